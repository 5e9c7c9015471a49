//! What is printed cannot speak for itself: names, texts, files and commits that hold signs which a terminal or a reader of
//! lines obeys are shown by their numbers, in every format, and never reach XML.

use std::io::Read;
use std::path::Path;
use std::process::Command;

use crate::support::artifacts;
use jixiao::diagnostic::render::Style;
use jixiao::diagnostic::{Code, Language, fix};
use jixiao::findings::Format;
use jixiao::source::signs;
use jixiao::workspace::{Analysis, Input, analyse};

const FORGED: &str = "别的.jx:1:1: 错误[JX001]: 假的一行";

/// Names, a code and texts with signs of every kind, as escapes and as they are.
fn hostile() -> String {
    format!(
        r#"部门 "甲\u{{202E}}局" {{
  单位 001 "一\u{{1B}}[2J所"
  总体目标 "全年\u{{9B}}31m完成。"
  分项目标 "一\n{FORGED}" {{
    指标 "没有\n{FORGED}"
  }}
}}
项目 "政{zero}府\u{{FFFF}}业务费" {{
  单位 009
  预算 2 万元
  用途 "印{turned}材料，印材料印材料\u{{FFFE}}"
  目标 "办好\u{{1FFFE}}。"
  指标 数量 "次\u{{1B}}[31m数\u{{7}}" 6 次
  指标 质量 "甲\n{FORGED}" 1 次
  指标 时效 "乙\u{{2028}}及时率" 95%
  指标 成本 "丙{c1}成本" ≤ 1 未知\u{{1B}}
  指标 社会效益 "HР打印机" 定性 "较好\n{FORGED}"
  指标 满意度 "村民\u{{E0041}}满意度" ≥ 100%
}}
项目 "政{zero}府\u{{FFFF}}业务费" {{ 预算 1 元 }}
未知"一\u{{1B}}" {{ }}
"#,
        zero = '\u{200B}',
        turned = '\u{202E}',
        c1 = '\u{9B}',
    )
}

fn check(text: &str) -> Analysis {
    let path = format!("一\n{FORGED}\u{1B}[31m\u{202E}.jx");
    analyse(vec![Input { path, text: text.into() }], None)
}

/// A sign that speaks to a terminal or turns what is read.
fn spoken(text: &str) -> Option<char> {
    signs::hidden(text).map(|(_, sign)| sign).find(|sign| *sign != '\u{FEFF}' && *sign != '\r')
}

fn written(analysis: &Analysis, format: Format) -> String {
    let mut bytes = Vec::new();
    let style = Style { language: Language::Chinese, colour: false, width: 100 };
    format.write(&mut &*analysis, style, &mut bytes).expect("memory takes everything");
    String::from_utf8(bytes).expect("text")
}

#[test]
fn no_format_of_findings_lets_a_name_speak_or_forge_a_line() {
    let analysis = check(&hostile());
    assert!(analysis.diagnostics.len() > 10, "{}", analysis.diagnostics.len());
    for format in Format::ALL {
        let text = written(&analysis, *format);
        // What is read by programs escapes in its own way: what they read may be what was written.
        let is_for_programs = matches!(format.id(), "json" | "sarif" | "gitlab");
        let spoken =
            if is_for_programs { text.chars().find(|one| one.is_control() && *one != '\n') } else { spoken(&text) };
        assert_eq!(spoken, None, "{}:\n{text}", format.id());
        let is_forged = |line: &str| line.trim_start().starts_with(FORGED);
        assert!(!text.lines().any(is_forged), "{}:\n{text}", format.id());
    }
    let short = written(&analysis, Format::find("short").expect("short"));
    assert_eq!(short.lines().count(), analysis.diagnostics.len(), "a line a finding:\n{short}");
    assert!(short.lines().all(|line| line.starts_with("一\\n别的.jx") || line.starts_with("错误[")), "{short}");
}

#[test]
fn signs_that_xml_does_not_know_never_reach_it() {
    let text = "项目 \"政\\u{FFFF}府\\u{FFFE}业\\u{1B}务\\u{B}费\" {\n  预算 2 万元\n  目标 \"办好\\u{FFFF}\\u{0}。\"\n  \
        指标 数量 \"次\\u{1}数\" ≥ 6 次\n  指标 质量 合格率 ≥ 90%\n  指标 社会效益 \"群众\\u{FFFE}\" 定性 \"好\\u{8}\"\n  \
        指标 满意度 村民满意度 ≥ 90%\n}\n";
    let analysis = check(text);
    let is_forbidden = |sign: char| {
        sign.is_control() && !matches!(sign, '\n' | '\r' | '\t') || matches!(sign, '\u{FFFE}' | '\u{FFFF}')
    };
    for format in ["docx", "xlsx"] {
        for artifact in artifacts(&analysis.model, format) {
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(artifact.bytes)).expect("a zip");
            for index in 0..archive.len() {
                let mut part = archive.by_index(index).expect("a part");
                let mut text = String::new();
                if part.read_to_string(&mut text).is_ok() {
                    let found = text.chars().find(|sign| is_forbidden(*sign));
                    assert_eq!(found, None, "{format}: {:?}", part.name());
                }
            }
        }
    }
    assert!(!written(&analysis, Format::find("junit").expect("junit")).contains(is_forbidden));
}

#[test]
fn hidden_signs_are_told_where_they_stand_and_taken_out() {
    let text = "项目 \"政\u{200B}府业务费\" {\n  预算 2 万元\n  用途 \"印\u{202E}材\\u{2066}料。\"\n  目标 \"办HР机。\"\n  \
        指标 数量 \"次\\u{200D}数\" ≥ 6 次\n  指标 质量 合格率 ≥ 90%\n  指标 社会效益 受益人数 ≥ 9 人\n  \
        指标 满意度 村民满意度 ≥ 90%\n}\n部门 甲局 {\n  年度 2025\n  单位 101 \"办公\u{200B}室\"\n  分项目标 一 {\n    指标 \"次\\u{200D}数\"\n  }\n}\n";
    let mut text = text.to_owned();
    let mut count = None;
    for _ in 0..5 {
        let analysis = check(&text);
        let hidden: Vec<_> = analysis.diagnostics.iter().filter(|one| one.code == Code::JX087).collect();
        count.get_or_insert(hidden.len());
        let fixed = fix::apply(hidden.iter().copied(), &analysis.sources, true);
        match fixed.texts.into_values().next() {
            Some(mended) => text = mended,
            None => break,
        }
    }
    assert_eq!(count, Some(5));
    assert_eq!(spoken(&text), None, "{text}");
    assert!(!text.contains("\\u{") && text.contains("HP机") && text.contains("政府业务费"), "{text}");
    assert!(text.contains("数量 次数 ≥ 6 次") && text.contains("政府业务费.次数\n"), "{text}");
}

fn run(folder: &Path, program: &str, arguments: &[&str]) -> (String, Option<i32>) {
    let output = Command::new(program).current_dir(folder).env("JIXIAO_LANG", "zh").args(arguments).output();
    let output = output.expect("it starts");
    let text = [output.stdout, output.stderr].concat();
    (String::from_utf8_lossy(&text).into_owned(), output.status.code())
}

fn jixiao(folder: &Path, arguments: &[&str]) -> (String, Option<i32>) {
    run(folder, env!("CARGO_BIN_EXE_jixiao"), arguments)
}

#[test]
fn commits_and_changes_do_not_speak() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let git = |arguments: &[&str]| {
        let name = "user.name=甲\u{1B}[31m\u{202E}乙";
        let fixed = ["-c", name, "-c", "user.email=a@example.invalid", "-c", "init.defaultBranch=main"];
        let (told, code) = run(path, "git", &[&fixed, arguments].concat());
        assert_eq!(code, Some(0), "{told}");
    };
    git(&["init", "-q"]);
    for value in ["90", "80"] {
        let text = hostile().replace("≥ 100%", &format!("≥ {value}%")).replace("未知\\u{1B}", "元");
        std::fs::write(path.join("一.jx"), text).expect("written");
        git(&["add", "-A"]);
        git(&["commit", "-q", "-m", "改\u{1B}]0;题\u{7}\u{202E}目\u{9B}2J"]);
    }
    for arguments in [
        &["log"][..],
        &["log", "--blame"],
        &["log", "一.jx"],
        &["diff", "HEAD~1"],
        &["diff", "HEAD~1", "--format", "markdown"],
        &["diff", "HEAD~1", "--format", "github"],
        &["diff", "HEAD~1", "--format", "html"],
        &["log", "--format", "html"],
        &["check"],
        &["fmt", "--check"],
    ] {
        let (told, _) = jixiao(path, arguments);
        assert!(told.len() > 20, "{arguments:?}: {told}");
        assert_eq!(spoken(&told), None, "{arguments:?}:\n{}", told.escape_debug());
        let is_forged = |line: &str| line.trim_start().starts_with(FORGED);
        assert!(!told.lines().any(is_forged), "{arguments:?}:\n{told}");
    }
}

#[test]
fn the_setting_output_counts_from_its_file_and_stays_below_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let workspace = folder.path().join("工作区");
    let deep = workspace.join("深处");
    std::fs::create_dir_all(&deep).expect("folders");
    let project = "项目 甲 {\n  预算 2 万元\n  目标 \"办六次。\"\n  指标 数量 次数 ≥ 6 次\n  指标 质量 合格率 ≥ 90%\n  \
        指标 社会效益 受益人数 ≥ 9 人\n  指标 满意度 村民满意度 ≥ 90%\n}\n";
    std::fs::write(deep.join("甲.jx"), project).expect("written");
    let settings = |output: &str| {
        std::fs::write(workspace.join("jixiao.toml"), format!("output = {output:?}\n")).expect("written");
    };
    settings("成果/./表");
    let (told, code) = jixiao(&deep, &["build", "--to", "csv"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(workspace.join("成果/表").is_dir() && !deep.join("成果").exists(), "{told}");
    for outside in ["../外面", "/tmp/外面", "成果/../../外面", "..", "C:\\外面"] {
        settings(outside);
        let (told, code) = jixiao(&deep, &["build", "--to", "csv"]);
        assert_eq!(code, Some(1), "{outside}: {told}");
        assert!(told.contains("JX512") && told.contains("--output"), "{outside}: {told}");
        assert!(!folder.path().join("外面").exists(), "{outside}");
    }
    #[cfg(unix)]
    {
        let elsewhere = folder.path().join("别处");
        std::fs::create_dir_all(&elsewhere).expect("a folder");
        std::os::unix::fs::symlink(&elsewhere, workspace.join("链接")).expect("a link");
        settings("链接/表");
        let (told, code) = jixiao(&deep, &["build", "--to", "csv"]);
        assert_eq!(code, Some(2), "{told}");
        assert!(std::fs::read_dir(&elsewhere).expect("a folder").next().is_none(), "{told}");
        // A person who names a folder means it.
        let (told, code) = jixiao(&deep, &["build", "--to", "csv", "--output", "../../别处"]);
        assert_eq!(code, Some(0), "{told}");
    }
}
