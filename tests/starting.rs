//! `jixiao new`: whatever standard is chosen, the first check has little to say, and all of it is what the office has yet to
//! be given.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use jixiao::diagnostic::{Code, Diagnostic};
use jixiao::drafting::{WantedOffice, new_office};
use jixiao::model::StandardId;
use jixiao::workspace::{Analysis, Input, analyse, library};

use crate::support::{has, works};

/// 2026-11-28, at night in London and the next day in Beijing.
const NIGHT: &str = "1795899600";

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("starting").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn jixiao(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("jixiao"));
    command.current_dir(folder).args(arguments).env("JIXIAO_LANG", "zh").env("NO_COLOR", "1").env("COLUMNS", "100");
    command.env("SOURCE_DATE_EPOCH", NIGHT).stdin(Stdio::null()).output().expect("the program")
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn texts(folder: &Path) -> (String, String) {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("entry").path()).collect();
    files.sort();
    let [project, department] = &files[..] else { panic!("{files:?}") };
    let text = |path: &Path| fs::read_to_string(path).expect("text");
    (text(department), text(project))
}

fn started(inputs: &[Input], wanted: &dyn Fn(StandardId) -> WantedOffice<'static>) -> Vec<(String, Analysis)> {
    let library = library(inputs.to_vec());
    let names = library.names().into_iter().filter_map(|name| Some((name, library.find(name)?)));
    names
        .filter(|(_, id)| !library.standards[id.0 as usize].categories.is_empty())
        .map(|(name, id)| {
            let office = new_office(&library, wanted(id));
            let own = [("部门.jx", office.department), ("01.jx", office.project)];
            let own = own.map(|(path, text)| Input { path: path.to_owned(), text: text.into() });
            (name.to_owned(), analyse(inputs.iter().cloned().chain(own).collect(), None))
        })
        .collect()
}

fn wanted(standard: StandardId) -> WantedOffice<'static> {
    let (name, project) = ("示例镇中心小学", "");
    WantedOffice { name, code: "", year: 2027, standard, project, project_code: "", budget: "" }
}

fn told(found: &[Diagnostic]) -> Vec<String> {
    use jixiao::diagnostic::Language::Chinese;
    found.iter().map(|one| format!("{} {}", one.code.id(), one.message.in_language(Chinese))).collect()
}

#[test]
fn by_every_standard_only_what_is_not_known_yet_is_told() {
    for (name, analysis) in started(&[], &wanted) {
        let others: Vec<_> = told(&analysis.diagnostics);
        let is_expected = |one: &Diagnostic| one.code == Code::JX001;
        assert!(analysis.diagnostics.iter().all(is_expected) && others.len() <= 3, "{name}: {others:#?}");
    }
    let known = |standard| WantedOffice {
        code: "901",
        project: "校车运行",
        project_code: "99010127P00000000001",
        budget: "36.5万元",
        ..wanted(standard)
    };
    for (name, analysis) in started(&[], &known) {
        // Of the form of a code every place has its own.
        let is_expected = |one: &Diagnostic| matches!(one.code, Code::JX010 | Code::JX011 | Code::JX012);
        assert!(analysis.diagnostics.iter().all(is_expected), "{name}: {:#?}", told(&analysis.diagnostics));
    }
}

#[test]
fn what_is_written_is_in_the_one_layout_and_leads() {
    for (name, analysis) in started(&[], &wanted) {
        for (_, source) in analysis.sources.iter().filter(|(_, source)| matches!(&*source.path, "部门.jx" | "01.jx"))
        {
            let text = &source.text;
            let formatted = jixiao::format::format(text, &jixiao::format::Formatting::default());
            assert_eq!(&*formatted.text, &**text, "{name}");
            assert!(text.matches('#').count() >= 5 && !text.contains("{{"), "{name}: {text}");
            assert!(!text.contains("\n\n\n"), "{name}: {text}");
        }
        let project = &analysis.model.projects[0];
        assert!(project.indicators.len() >= 6, "{name}");
    }
}

#[test]
fn a_standard_of_the_workspace_has_its_own_words() {
    let text = "标准 本县 \"本县的表\" 扩展 财预2021 {\n  金额单位 千元\n  资金来源 县级资金\n  支出节点 4月底\n  支出节点 12月底\n  一级指标 做了什么 {\n    必设\n    二级指标 做了多少 { 衡量 数量 }\n    二级指标 做得多好 { 衡量 质量 }\n  }\n  一级指标 党建 {\n    必设\n  }\n  权重合计 100\n  权重方案 {\n    做了什么 100\n  }\n}\n";
    let inputs = [Input { path: "标准.jx".to_owned(), text: text.into() }];
    let (_, analysis) = started(&inputs, &wanted).into_iter().find(|(name, _)| name == "本县").expect("the standard");
    let project = analysis.sources.iter().find(|(_, source)| &*source.path == "01.jx").expect("a project").1;
    for words in [
        "预算 200.00 千元 {",
        "县级资金 200.00 千元",
        "4月底 30%",
        "12月底 100%",
        "指标 做了多少 ",
        "指标 做得多好 ",
        "党建",
    ] {
        assert!(project.text.contains(words), "{words}\n{}", project.text);
    }
    assert_eq!(project.text.matches("权重 50").count(), 2, "{}", project.text);
    let others: Vec<_> = analysis.diagnostics.iter().filter(|one| one.is_error()).cloned().collect();
    assert!(
        others.iter().all(|one| !matches!(one.code, Code::JX306 | Code::JX307 | Code::JX308)),
        "{:#?}",
        told(&others)
    );
}

#[test]
fn without_a_terminal_defaults_are_taken_and_told() {
    let folder = folder("defaults");
    let output = jixiao(&folder, &["new", "示例镇中心小学"]);
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let (department, project) = texts(&folder.join("示例镇中心小学"));
    assert!(department.contains("部门 示例镇中心小学 {\n  年度 2027\n"), "{department}");
    assert!(department.contains("标准 财预2015") && project.contains("项目 办公设备购置 {"), "{department}{project}");
    for words in ["--name 示例镇中心小学", "--year 2027（今天是 2026-11-29", "--standard 财预2015", "jixiao check"]
    {
        assert!(err(&output).contains(words), "{words}: {}", err(&output));
    }
    let check = jixiao(&folder, &["check", "示例镇中心小学", "--format", "short"]);
    assert_eq!((check.status.code(), check.stdout.len()), (Some(0), 0), "{}", String::from_utf8_lossy(&check.stdout));
    assert_eq!(jixiao(&folder, &["build", "示例镇中心小学", "-o", "公开"]).status.code(), Some(0));
}

#[test]
fn options_say_all_of_it() {
    let folder = folder("options");
    let output = jixiao(
        &folder,
        &[
            "new",
            "校",
            "--name",
            "示例县（城关）小学",
            "--code",
            "901",
            "--year",
            "2026",
            "--standard",
            "河北2025",
            "--project",
            "校车运行",
            "--project-code",
            "13022926P00000000001X",
            "--budget",
            "365000",
        ],
    );
    assert_eq!(output.status.code(), Some(0), "{}", err(&output));
    let (department, project) = texts(&folder.join("校"));
    assert!(department.contains("部门 901 示例县（城关）小学 {\n  年度 2026\n"), "{department}");
    assert!(department.contains("单位 901001 示例县（城关）小学") && department.contains("校车运行."), "{department}");
    assert!(project.contains("项目 13022926P00000000001X 校车运行 {\n  单位 901001"), "{project}");
    assert!(project.contains("预算 365000 元 {\n    财政资金 365000 元\n    其他资金 0 元\n  }"), "{project}");
    assert!(folder.join("校/01-校车运行.jx").exists() && !err(&output).contains("--year"), "{}", err(&output));
    // The folder is called as the office where none is given.
    assert_eq!(jixiao(&folder, &["new", "--name", "甲/乙 局"]).status.code(), Some(0));
    assert!(texts(&folder.join("甲乙局")).0.contains("部门 \"甲/乙 局\" {"));
}

#[test]
fn what_cannot_be_written_is_refused_with_the_way_out_and_nothing_is_left() {
    let folder = folder("refused");
    fs::create_dir(folder.join("有")).expect("a folder");
    fs::write(folder.join("有/记.txt"), "我的").expect("written");
    for (arguments, words) in [
        (&["new"][..], "--name"),
        (&["new", "有"], "换一个新的名称"),
        (&["new", "甲", "--standard", "河北2O25"], "河北2025"),
        (&["new", "甲", "--standard", "通用"], "可用的标准"),
        (&["new", "甲", "--year", "27"], "--year"),
        (&["new", "甲", "--code", "9 { 1"], "编码是字母和数字"),
        (&["new", "甲", "--budget", "很多"], "20万元"),
        (&["new", "甲", "--name", "甲\n}"], "换行"),
    ] {
        let output = jixiao(&folder, arguments);
        let told = err(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains(words), "{arguments:?}: {told}");
        let english = Command::new(assert_cmd::cargo::cargo_bin("jixiao"))
            .current_dir(&folder)
            .args(arguments)
            .args(["--lang", "en"])
            .stdin(Stdio::null())
            .output()
            .expect("the program");
        assert_eq!(english.status.code(), Some(2), "{arguments:?}");
        let left: Vec<_> =
            fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("entry").file_name()).collect();
        assert_eq!(left, ["有"], "{arguments:?}");
    }
    assert_eq!(fs::read_dir(folder.join("有")).expect("a folder").count(), 1);
}

/// At a terminal of its own, made by `script`: what is typed, and what is shown.
fn at_a_terminal(folder: &Path, arguments: &str, typed: &str, is_automatic: bool) -> Option<(Option<i32>, String)> {
    if !has("script of util-linux", works("script", "--version")) {
        return None;
    }
    let program = assert_cmd::cargo::cargo_bin("jixiao");
    let mut command = Command::new("script");
    command
        .current_dir(folder)
        .args(["-qec", &format!("'{}' new {arguments}", program.display()), "/dev/null"])
        .env("JIXIAO_LANG", "zh")
        .env("NO_COLOR", "1")
        .env("SOURCE_DATE_EPOCH", NIGHT)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    if is_automatic {
        command.env("CI", "true")
    } else {
        command.env_remove("CI")
    };
    let mut child = command.spawn().expect("script");
    child.stdin.take().expect("a pipe").write_all(typed.as_bytes()).expect("typed");
    let output = child.wait_with_output().expect("it ends");
    Some((output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned()))
}

#[test]
fn at_a_terminal_each_thing_is_asked_once_and_a_slip_is_asked_again() {
    let folder = folder("asked");
    let typed = "示例镇中心小学\n校\n901\n二七\n\n河北2O25\n2\n校车运行\n\n很多\n36.5万元\n";
    let Some((status, shown)) = at_a_terminal(&folder, "", typed, false) else { return };
    assert_eq!(status, Some(0), "{shown}");
    let (department, project) = texts(&folder.join("校"));
    assert!(department.contains("部门 901 示例镇中心小学 {\n  年度 2027"), "{department}");
    assert!(project.contains("项目 校车运行 {") && project.contains("预算 36.5 万元"), "{project}");
    for words in [
        "单位名称",
        "2026-11-29",
        "1  四川2023  四川省部门预算项目绩效目标表",
        "没有名为 `河北2O25` 的标准",
        "check 还会提到",
    ] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
}

#[test]
fn answers_that_end_too_early_leave_nothing_and_a_machine_is_not_asked() {
    let folder = folder("ended");
    let Some((status, shown)) = at_a_terminal(&folder, "校", "示例\n\u{4}", false) else { return };
    assert!(status == Some(2) && shown.contains("没有答完"), "{shown}");
    assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 0);
    let Some((status, shown)) = at_a_terminal(&folder, "校", "", true) else { return };
    assert!(status == Some(0) && shown.contains("用了默认"), "{shown}");
}
