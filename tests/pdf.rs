//! `build --to pdf`: our own pages with the fonts of the machine; pages made for the screen are printed by a program of the
//! machine. Words can be searched, and the bytes are the same each time.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::{Example, Generator, has, root, works};
use jixiao::diagnostic::Language;
use jixiao::import::{Importing, import};

fn build(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    command.current_dir(root()).args(["--lang", "zh", "build", "--to", "pdf"]).args(arguments);
    command.env_remove("JIXIAO_PDF").env_remove("SOURCE_DATE_EPOCH").envs(variables.iter().copied());
    command.output().expect("it runs")
}

/// Whether our own pages can be drawn.
fn has_fonts() -> bool {
    let found = Command::new("fc-list").arg(":lang=zh").output();
    has("a font with Han signs", found.is_ok_and(|output| !output.stdout.is_empty()))
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("pdf").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// The words of a PDF, without blanks.
fn words(pdf: &[u8], name: &str) -> String {
    let path = folder(name).join("a.pdf");
    std::fs::write(&path, pdf).expect("written");
    let text = Command::new("pdftotext").arg("-raw").arg(path).arg("-").output().expect("it runs");
    String::from_utf8_lossy(&text.stdout).split_whitespace().collect()
}

/// Every name, code and text of the county's projects can be found in a PDF of a program, and two runs write the same.
fn prints_the_county(program: &str) {
    let county = ["examples/yutian-2025", "-o", "-"];
    let variables = [("JIXIAO_PDF", program)];
    let first = build(&county, &variables);
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    // The clock goes on by more than the second that a file would tell.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    let second = build(&county, &variables);
    assert!(first.stdout == second.stdout, "{program} wrote two different files");
    let dated = build(&county, &[("JIXIAO_PDF", program), ("SOURCE_DATE_EPOCH", "1735689600")]);
    assert!(String::from_utf8_lossy(&dated.stdout).contains("(D:20250101000000"), "SOURCE_DATE_EPOCH is heeded");
    if !has("pdftotext of poppler", works("pdftotext", "-v")) {
        return;
    }
    let printed = words(&first.stdout, program);
    let model = Example::read(&root().join("examples/yutian-2025")).analyse().model;
    for project in &model.projects {
        let texts = project.indicators.iter().map(|indicator| &indicator.name);
        for text in texts.chain([&project.name]).chain(&project.code) {
            let text: String = text.value.split_whitespace().collect();
            assert!(printed.contains(&text), "{program}: {text} is not in the PDF");
        }
    }
}

/// What a reader who does not see the pages is read: the texts of all parts, in their order, without blanks.
fn read_aloud(pdf: &Path) -> String {
    let told = Command::new("pdfinfo").arg("-struct-text").arg(pdf).output().expect("it runs");
    let told = String::from_utf8_lossy(&told.stdout).into_owned();
    let texts = told.lines().filter_map(|line| line.trim().strip_prefix('"')?.strip_suffix('"'));
    texts.flat_map(str::split_whitespace).collect()
}

#[test]
fn our_own_pages_say_every_word_once_and_in_order() {
    if !has_fonts() || !has("pdftotext of poppler", works("pdftotext", "-v")) {
        return;
    }
    for example in ["yutian-2025", "入门", "四川2023-示例", "财预2021-示例"] {
        let output = folder(&format!("words-{example}"));
        let path = format!("examples/{example}");
        let built = build(&[&path, "--to", "text", "-o", output.to_str().expect("a path")], &[]);
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let with = |ending: &str| {
            let files = std::fs::read_dir(&output).expect("a folder").map(|entry| entry.expect("an entry").path());
            files.into_iter().find(|path| path.extension().is_some_and(|one| one == ending)).expect("a file")
        };
        let words: String = std::fs::read_to_string(with("txt")).expect("text").split_whitespace().collect();
        let read = read_aloud(&with("pdf"));
        assert!(read.ends_with(&words), "{example}: {read}\n\n{words}");
        // Before them: the title, and the contents with the numbers of their pages.
        assert!(read.contains("部门预算绩效目标目录"), "{read}");
        let fonts = Command::new("pdffonts").arg(with("pdf")).output().expect("it runs");
        let fonts = String::from_utf8_lossy(&fonts.stdout).into_owned();
        for font in fonts.lines().skip(2) {
            assert!(font.contains("CID") && font.contains("yes yes yes"), "embedded, a part, with its signs: {font}");
        }
        let bytes = std::fs::read(with("pdf")).expect("bytes");
        let holds = |word: &str| bytes.windows(word.len()).any(|one| one == word.as_bytes());
        for claim in ["pdfaid:part>2<", "pdfaid:conformance>A<", "pdfuaid:part>1<", "/Outlines", "/Lang"] {
            assert!(holds(claim), "{example}: {claim}");
        }
    }
}

/// What an import makes of a file: the texts of its declarations, without blanks and comments, and what is left over.
fn imported(path: &Path) -> (String, Vec<String>) {
    let bytes = std::fs::read(path).expect("bytes");
    let name = path.file_name().and_then(|name| name.to_str()).expect("a name");
    let imported = import(name, &bytes, &Importing::default()).unwrap_or_else(|finding| {
        panic!("{name}: {}", finding.message.in_language(Language::English));
    });
    let lines = imported.files.iter().flat_map(|(_, text)| text.lines());
    let said = lines.filter(|line| !line.trim_start().starts_with('#')).flat_map(str::split_whitespace).collect();
    (said, imported.left_over().into_iter().map(|one| one.text).collect())
}

#[test]
fn our_own_pages_come_back_whole() {
    if !has_fonts() {
        return;
    }
    for example in ["yutian-2025", "入门", "四川2023-示例", "财预2021-示例"] {
        let output = folder(&format!("back-{example}"));
        let path = format!("examples/{example}");
        let built = build(&[&path, "--to", "docx", "-o", output.to_str().expect("a path")], &[]);
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let of = |ending: &str| {
            let files = std::fs::read_dir(&output).expect("a folder").map(|entry| entry.expect("an entry").path());
            imported(&files.into_iter().find(|path| path.extension().is_some_and(|one| one == ending)).expect("a file"))
        };
        let (pdf, docx) = (of("pdf"), of("docx"));
        assert_eq!(pdf.0, docx.0, "{example}");
        assert!(pdf.1.is_empty(), "{example}: {:?}", pdf.1);
    }
}

#[test]
fn pages_of_another_program_come_back_with_every_indicator() {
    if !has("LibreOffice", works("soffice", "--version")) {
        return;
    }
    let output = folder("office-back");
    let variables = [("JIXIAO_PDF", "soffice")];
    let built = build(&["examples/yutian-2025", "-o", output.to_str().expect("a path")], &variables);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let (said, _) = imported(&output.join("玉田县人民政府办公室.pdf"));
    let model = Example::read(&root().join("examples/yutian-2025")).analyse().model;
    for project in &model.projects {
        for indicator in &project.indicators {
            let name: String = indicator.name.value.split_whitespace().collect();
            assert!(said.contains(&name), "{name}");
        }
    }
}

#[test]
fn a_damaged_file_is_read_or_refused() {
    if !has_fonts() {
        return;
    }
    let output = folder("damaged");
    let built = build(&["examples/入门", "-o", output.to_str().expect("a path")], &[]);
    assert!(built.status.success());
    let files = std::fs::read_dir(&output).expect("a folder").map(|entry| entry.expect("an entry").path());
    let path = files.into_iter().find(|path| path.extension().is_some_and(|one| one == "pdf")).expect("a file");
    let whole = std::fs::read(path).expect("bytes");
    let mut generator = Generator::new(7);
    for _ in 0..60 {
        let mut bytes = whole.clone();
        bytes.truncate(1 + generator.below(whole.len()));
        for _ in 0..generator.below(40) {
            let place = generator.below(bytes.len());
            bytes[place] = generator.below(256) as u8;
        }
        // The first bytes say what it is.
        bytes.splice(0..bytes.len().min(8), *b"%PDF-1.7");
        let _ = import("表.pdf", &bytes, &Importing::default());
    }
}

#[test]
fn our_own_pages_are_the_same_bytes_each_time_and_need_no_program() {
    if !has_fonts() {
        return;
    }
    let run = || build(&["examples/yutian-2025", "-o", "-"], &[("PATH", ""), ("SOURCE_DATE_EPOCH", "1735689600")]);
    let (first, second) = (run(), run());
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    assert!(first.stdout.starts_with(b"%PDF-1.7") && first.stdout == second.stdout);
}

#[test]
fn a_sign_that_no_font_has_is_told() {
    if !has_fonts() {
        return;
    }
    let workspace = folder("missing");
    let text = "项目 \"防火\u{E000}宣传\" {\n  预算 2 万元\n  目标 \"办好宣传。\"\n  指标 数量 宣传场次 ≥ 6 场\n  指标 社会效益 火灾起数 ≤ 2 起\n  指标 满意度 群众满意度 ≥ 90%\n}\n";
    std::fs::write(workspace.join("甲.jx"), text).expect("written");
    let output = workspace.join("out");
    let built = build(&[workspace.to_str().expect("a path"), "-o", output.to_str().expect("a path")], &[]);
    let told = String::from_utf8_lossy(&built.stderr).into_owned();
    assert_eq!(built.status.code(), Some(1), "{told}");
    assert!(told.contains("JX614") && told.contains("U+E000"), "{told}");
    let bytes = std::fs::read(output.join("预算绩效目标.pdf")).expect("it is written");
    assert!(!bytes.windows(7).any(|one| one == b"pdfaid:"), "no claim that is not true");
}

#[test]
fn a_folder_of_fonts_is_the_only_one_that_is_looked_at() {
    let fonts = folder("no-fonts");
    let output = folder("no-fonts-out");
    let path = |path: &Path| path.to_str().expect("a path").to_owned();
    let built = build(&["examples/入门", "--fonts", &path(&fonts), "-o", &path(&output)], &[]);
    let told = String::from_utf8_lossy(&built.stderr).into_owned();
    assert!(built.status.code() == Some(2) && told.contains("JX611") && told.contains("--fonts"), "{told}");
    assert_eq!(std::fs::read_dir(&output).expect("a folder").count(), 0, "{told}");
}

#[test]
fn a_browser_prints_the_report() {
    if has("Chromium", works("chromium", "--version")) {
        prints_the_county("chromium");
        let output = folder("report");
        let built = build(&["examples/入门", "--findings", "print", "-o", output.to_str().expect("a path")], &[]);
        assert!(built.status.success() && output.join("report.pdf").is_file());
    }
}

#[test]
fn libreoffice_prints_the_official_documents() {
    if has("LibreOffice", works("soffice", "--version")) {
        prints_the_county("soffice");
    }
}

#[cfg(unix)]
#[test]
fn another_program_is_given_the_page_and_the_file_to_write() {
    use std::os::unix::fs::PermissionsExt;
    let script = folder("own").join("printer");
    std::fs::write(&script, "#!/bin/sh\ngrep -q '<html' \"$1\" && printf '%%PDF-1.4 /ModDate (D:20261231)' > \"$2\"\n")
        .expect("written");
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).expect("it may run");
    let built = build(&["examples/入门", "-o", "-"], &[("JIXIAO_PDF", script.to_str().expect("a path"))]);
    assert_eq!(String::from_utf8_lossy(&built.stdout), "%PDF-1.4 /ModDate (D:20000101)");
}

/// LibreOffice starts another program that does the work: it must not go on for nobody.
#[cfg(unix)]
#[test]
fn a_run_that_is_ended_ends_what_it_started() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder("ended");
    let (script, alive) = (folder.join("printer"), folder.join("alive"));
    let text = format!("#!/bin/sh\n(while :; do date > '{}'; sleep 0.1; done) & wait\n", alive.display());
    std::fs::write(&script, text).expect("written");
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).expect("it may run");
    let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    command.current_dir(root()).args(["build", "--to", "pdf", "examples/入门", "-o"]).arg(&folder);
    let mut run = command.env("JIXIAO_PDF", &script).spawn().expect("it runs");
    let wait = |is_done: &dyn Fn() -> bool| {
        (0..300).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(100));
            is_done()
        })
    };
    assert!(wait(&|| alive.exists()), "the printer was started");
    run.kill().expect("ended");
    run.wait().expect("gone");
    let is_quiet = || {
        std::fs::remove_file(&alive).is_ok_and(|()| {
            std::thread::sleep(std::time::Duration::from_millis(900));
            !alive.exists()
        })
    };
    assert!(wait(&is_quiet), "what the printer started is gone");
}

#[cfg(unix)]
#[test]
fn without_a_program_nothing_is_written_and_the_way_out_is_told() {
    let output = folder("none");
    let path = output.to_str().expect("a path");
    for (variables, expected) in [
        (&[("PATH", "")][..], "没有能打印 PDF 的程序"),
        (&[("JIXIAO_PDF", "no-such-program")], "no-such-program"),
        (&[("JIXIAO_PDF", "sh -c exit")], "没有写出 PDF"),
        (&[("JIXIAO_PDF", "cat --no-such-option")], "--help"),
    ] {
        let built = build(&["examples/入门", "--findings", "print", "--to", "html", "-o", path], variables);
        let told = String::from_utf8_lossy(&built.stderr).into_owned();
        assert_eq!(built.status.code(), Some(2), "{told}");
        for word in ["JX611", expected, "JIXIAO_PDF"] {
            assert!(told.contains(word), "{word} is not in: {told}");
        }
        assert_eq!(std::fs::read_dir(&output).expect("a folder").count(), 0, "{told}");
    }
}
