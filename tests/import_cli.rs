//! `jixiao import` as people run it: what is written, what is told, and the exit status.

use std::path::{Path, PathBuf};
use std::process::Output;

use crate::support::{has, root, works};
use assert_cmd::Command;

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("jixiao").expect("the program");
    command
        .current_dir(folder)
        .args(arguments)
        .env_remove("JIXIAO_LANG")
        .env("LANG", "zh_CN.UTF-8")
        .env_remove("LC_ALL");
    command
}

fn jixiao(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("the program runs")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("import_cli").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// An example in a format, in a folder of its own. The path of its first file.
fn built(folder: &Path, example: &str, format: &str) -> String {
    let path = root().join("examples").join(example).display().to_string();
    let output = jixiao(folder, &["build", &path, "--to", format, "-o", format]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let mut made: Vec<PathBuf> = std::fs::read_dir(folder.join(format))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')))
        .collect();
    made.sort();
    made[0].strip_prefix(folder).expect("below").display().to_string()
}

fn files(folder: &Path) -> Vec<(String, String)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    let read = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).expect("below").display().to_string();
        (path, std::fs::read_to_string(entry.path()).expect("text"))
    };
    files.map(read).collect()
}

const LEFT_OVER: &str = "项目名称,校园安全\n预算数,10万元\n绩效目标,学校不出事故。\n一级指标,二级指标,三级指标,指标值\n产出指标,数量指标,检查次数,≥4次\n\n这一行不知道说什么\n";

#[test]
fn an_office_goes_out_and_comes_in_as_it_was() {
    let folder = folder("whole");
    for format in ["docx", "xlsx", "text", "html", "csv", "json"] {
        let document = built(&folder, "yutian-2025", format);
        let office = format!("office-{format}");
        let output = jixiao(&folder, &["import", &document, "-o", &office]);
        assert_eq!(output.status.code(), Some(0), "{format}: {}{}", out(&output), err(&output));
        assert!(out(&output).contains("7 个项目，56 条指标，标准 河北2025"), "{format}: {}", out(&output));
        assert!(folder.join(&office).join("06-政府业务费.jx").is_file(), "{format}");
        // A table of indicators has no place for the goals of the department, which must be there.
        let status = i32::from(format == "csv");
        let output = jixiao(&folder, &["check", &office]);
        assert_eq!(output.status.code(), Some(status), "{format}: {}", out(&output));
    }
}

#[test]
fn several_departments_come_in_as_folders() {
    let folder = folder("county");
    for format in ["csv", "html", "json"] {
        let document = built(&folder, "一个县", format);
        let office = format!("office-{format}");
        std::fs::create_dir_all(folder.join(&office)).expect("a folder");
        std::fs::copy(root().join("examples/一个县/标准.jx"), folder.join(&office).join("标准.jx")).expect("a copy");
        let output = jixiao(&folder, &["import", &document, "-o", &office]);
        assert_eq!(output.status.code(), Some(0), "{format}: {}{}", out(&output), err(&output));
        let paths: Vec<String> = files(&folder.join(&office)).into_iter().map(|(path, _)| path).collect();
        assert!(paths.contains(&"01-示例县农业农村局/部门.jx".to_owned()), "{format}: {paths:?}");
        assert!(paths.contains(&"02-示例县教育局/01-农村校车补助.jx".to_owned()), "{format}: {paths:?}");
    }
}

#[test]
fn what_is_left_over_is_told_kept_and_reported() {
    let folder = folder("left");
    std::fs::write(folder.join("表.csv"), LEFT_OVER).expect("written");
    let output = jixiao(&folder, &["import", "表.csv", "-o", "office", "--report", "account"]);
    assert_eq!(output.status.code(), Some(1), "{}", out(&output));
    assert!(out(&output).contains("这一行不知道说什么"), "{}", out(&output));
    let kept = files(&folder.join("office"))
        .iter()
        .any(|(_, text)| text.contains("# ") && text.contains("这一行不知道说什么"));
    assert!(kept, "kept as a comment");
    let account = std::fs::read_to_string(folder.join("account.json")).expect("the account");
    let account: serde_json::Value = serde_json::from_str(&account).expect("JSON");
    let signs = &account["documents"][0]["characters"];
    let count = |key: &str| signs[key].as_u64().unwrap_or_else(|| panic!("{key} in {signs}"));
    let all = LEFT_OVER.chars().filter(|sign| !sign.is_whitespace()).count() - LEFT_OVER.matches(',').count();
    assert_eq!(count("total"), all as u64);
    assert!(std::fs::read_to_string(folder.join("account.html")).expect("a page").contains("这一行不知道说什么"));
    let output = jixiao(&folder, &["import", "表.csv", "-o", "other", "--report", "only.html"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(folder.join("only.html").is_file() && !folder.join("only.html.json").exists());
}

#[test]
fn a_folder_comes_in_with_a_line_a_document() {
    let folder = folder("many");
    built(&folder, "入门", "docx");
    built(&folder, "四川2023-示例", "docx");
    std::fs::write(folder.join("docx/坏.docx"), b"PK\x03\x04").expect("written");
    std::fs::write(folder.join("docx/照片.jpg"), b"\xFF\xD8\xFF").expect("written");
    let output = jixiao(&folder, &["import", "docx", "-o", "offices"]);
    assert_eq!(output.status.code(), Some(1), "{}{}", out(&output), err(&output));
    let table = out(&output);
    let line =
        |word: &str| table.lines().find(|line| line.contains(word)).unwrap_or_else(|| panic!("{word} in {table}"));
    assert!(line("示例县图书馆.docx").contains("财预2015"));
    assert!(line("示例县人民医院.docx").contains("四川2023"));
    line("坏.docx");
    assert!(folder.join("offices/示例县图书馆/部门.jx").is_file());
    assert!(folder.join("offices/示例县人民医院/部门.jx").is_file());
    let nothing = jixiao(&folder, &["import", "offices"]);
    assert_eq!(nothing.status.code(), Some(2), "{}", out(&nothing));
}

#[test]
fn what_cannot_be_read_says_how_to_convert_it() {
    let folder = folder("convert");
    std::fs::write(folder.join("旧.doc"), b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1").expect("written");
    std::fs::write(folder.join("稿.rtf"), b"{\\rtf1 }").expect("written");
    for (document, wanted) in [("旧.doc", "soffice"), ("稿.rtf", "soffice")] {
        let output = jixiao(&folder, &["import", document, "-o", "office"]);
        assert_eq!(output.status.code(), Some(2), "{document}");
        assert!(err(&output).contains("JX601") && err(&output).contains(wanted), "{document}: {}", err(&output));
        assert!(!folder.join("office").exists(), "{document}");
    }
    let no_programs = command(&folder, &["import", "旧.doc", "--convert"]).env("PATH", "").output().expect("runs");
    assert_eq!(no_programs.status.code(), Some(2));
    assert!(err(&no_programs).contains("JX611"), "{}", err(&no_programs));
    assert_eq!(jixiao(&folder, &["import", "没有.docx"]).status.code(), Some(2));
}

#[test]
fn an_old_document_comes_in_through_libreoffice() {
    if !has("LibreOffice", works("soffice", "--version")) {
        return;
    }
    let folder = folder("old");
    let document = built(&folder, "入门", "docx");
    let profile = format!("-env:UserInstallation=file://{}", folder.join("profile").display());
    let run = std::process::Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "doc", "--outdir", "."])
        .arg(&document)
        .current_dir(&folder)
        .output()
        .expect("it runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let old = Path::new(&document).with_extension("doc");
    let old = old.file_name().expect("a name").to_string_lossy().into_owned();
    let output = jixiao(&folder, &["import", &old, "--convert", "-o", "office"]);
    assert_eq!(output.status.code(), Some(0), "{}{}", out(&output), err(&output));
    assert_eq!(jixiao(&folder, &["check", "office"]).status.code(), Some(0));
}

/// A form in HTML, a row a line, `|` between cells.
fn page(rows: &str) -> String {
    let cells = |row: &str| row.split('|').map(|cell| format!("<td>{cell}</td>")).collect::<Vec<_>>().concat();
    let rows = rows.lines().map(|row| format!("<tr>{}</tr>\n", cells(row))).collect::<Vec<_>>().concat();
    format!("<meta charset=\"utf-8\"><table>\n{rows}</table>\n")
}

const FIRE: &str = "项目支出绩效目标表\n（2025年度）\n项目名称|防火宣传|主管部门|示例县林业局\n项目资金（万元）|年度资金总额|20|\n年度绩效目标|进村宣传防火，不发生火灾。||\n一级指标|二级指标|三级指标|年度指标值\n产出指标|数量指标|宣传场次|≥6次\n效益指标|社会效益指标|火灾起数|≤2起";
const RAIN: &str = "项目支出绩效目标表\n（2025年度）\n项目名称|防汛值守|主管部门|示例县林业局\n项目资金（万元）|年度资金总额|10|\n年度绩效目标|汛期昼夜值守。||\n一级指标|二级指标|三级指标|年度指标值\n产出指标|数量指标|值守天数|≥90天";
const FIRE_EVALUATED: &str = "项目支出绩效自评表\n（2025年度）\n项目名称|防火宣传|主管部门|示例县林业局|||\n项目资金（万元）||年初预算数|全年预算数|全年执行数|执行率|\n|年度资金总额|20|20|19|95%|\n一级指标|二级指标|三级指标|年度指标值|实际完成值|佐证材料|\n产出指标|数量指标|宣传场次|≥8次|7次|签到表|\n效益指标|社会效益指标|火灾起数|≤2起|1起|台账|";

fn listed(folder: &Path) -> Vec<String> {
    files(folder).into_iter().map(|(path, _)| path).filter(|path| path.ends_with(".jx")).collect()
}

#[test]
fn a_form_of_the_year_meets_the_targets_of_its_projects() {
    let folder = folder("meets");
    std::fs::create_dir_all(folder.join("表")).expect("a folder");
    for (name, rows) in [("目标.html", format!("{FIRE}\n{RAIN}")), ("自评.html", FIRE_EVALUATED.to_owned())] {
        let tables = rows.replace(
            "\n项目支出绩效目标表\n（2025年度）\n项目名称|防汛",
            "\n||||\n项目支出绩效目标表\n（2025年度）\n项目名称|防汛",
        );
        std::fs::write(folder.join("表").join(name), page(&tables)).expect("written");
    }
    let output = jixiao(&folder, &["import", "表", "-o", "我局"]);
    let found = listed(&folder.join("我局"));
    assert_eq!(
        found,
        ["目标/01-防火宣传.jx", "目标/02-防汛值守.jx", "目标/标准.jx", "目标/自评/防火宣传.jx", "目标/部门.jx"],
        "{}\n{}",
        out(&output),
        err(&output)
    );
    let year = std::fs::read_to_string(folder.join("我局/目标/自评/防火宣传.jx")).expect("text");
    for line in
        ["执行 防火宣传 19 万元", "完成 防火宣传.宣传场次 7 次 {\n    证据 \"签到表\"", "完成 防火宣传.火灾起数 1 起"]
    {
        assert!(year.contains(line), "{line}\n{year}");
    }
    let targets = std::fs::read_to_string(folder.join("我局/目标/01-防火宣传.jx")).expect("text");
    assert!(targets.contains("宣传场次 ≥ 6 次"), "{targets}");
    // One office: the lines of the year find what they name.
    let output = jixiao(&folder, &["check", "--format", "short", "我局"]);
    for code in ["JX138", "JX066", "JX307"] {
        assert!(!out(&output).contains(code), "{}", out(&output));
    }
}

#[test]
fn a_form_of_the_year_goes_to_the_folder_of_the_targets_and_tells_what_differs() {
    let folder = folder("meets-later");
    std::fs::write(folder.join("目标.html"), page(FIRE)).expect("written");
    std::fs::write(folder.join("自评.html"), page(FIRE_EVALUATED)).expect("written");
    let output = jixiao(&folder, &["import", "目标.html", "-o", "我局"]);
    assert_eq!(listed(&folder.join("我局")), ["01-防火宣传.jx", "标准.jx", "部门.jx"], "{}", err(&output));
    let before = files(&folder.join("我局"));
    let output = jixiao(&folder, &["import", "自评.html", "-o", "我局"]);
    assert_eq!(listed(&folder.join("我局")), ["01-防火宣传.jx", "标准.jx", "自评.jx", "部门.jx"], "{}", err(&output));
    for (path, text) in before.iter().filter(|(path, _)| path.ends_with(".jx")) {
        assert_eq!(&std::fs::read_to_string(folder.join("我局").join(path)).expect("text"), text);
    }
    let told = out(&output);
    for line in [
        "项目已经在 `示例县林业局` 里：只写全年的文件，目标没有改动",
        "`防火宣传.宣传场次` 的指标值，表上是 ≥ 8 次，已有的是 ≥ 6 次",
    ] {
        assert!(told.contains(line), "{line}\n{told}");
    }
    // Again: nothing new.
    let output = jixiao(&folder, &["import", "自评.html", "-o", "我局"]);
    assert_eq!(listed(&folder.join("我局")).len(), 4, "{}", err(&output));
    assert!(err(&output).contains('1'), "{}", err(&output));
    // A form a project: each has a file of its own, whichever comes in first, and stays there.
    std::fs::write(folder.join("防汛.html"), page(RAIN)).expect("written");
    jixiao(&folder, &["import", "防汛.html", "-o", "我局"]);
    let of_rain = FIRE_EVALUATED.replace("防火宣传", "防汛值守").replace("宣传场次|≥8次|7次", "值守天数|≥90天|92天");
    std::fs::write(folder.join("防汛自评.html"), page(&of_rain)).expect("written");
    for _ in 0..2 {
        let output = jixiao(&folder, &["import", "防汛自评.html", "-o", "我局"]);
        let found = listed(&folder.join("我局"));
        assert!(found.contains(&"自评/防汛值守.jx".to_owned()), "{found:?} {}", err(&output));
        let own = std::fs::read_to_string(folder.join("我局/自评/防汛值守.jx")).expect("text");
        let other = std::fs::read_to_string(folder.join("我局/自评.jx")).expect("text");
        assert!(own.contains("防汛值守.值守天数 92 天") && !own.contains("防火"), "{own}");
        assert!(other.contains("防火宣传.宣传场次 7 次") && !other.contains("防汛"), "{other}");
    }
    // Another department's form makes an office of its own, which is told as before.
    let other = FIRE_EVALUATED.replace("示例县林业局", "示例县水务局");
    std::fs::write(folder.join("其他.html"), page(&other)).expect("written");
    let output = jixiao(&folder, &["import", "其他.html", "-o", "我局"]);
    assert!(err(&output).contains("JX608"), "{}", err(&output));
}
