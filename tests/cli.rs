//! The program as people run it: exit status, streams, and what is written.

use std::path::{Path, PathBuf};
use std::process::Output;

use crate::support::root;
use assert_cmd::Command;

fn jixiao(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the program runs")
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("jixiao").expect("the program");
    command
        .current_dir(root())
        .args(arguments)
        .env_remove("JIXIAO_LANG")
        .env("LANG", "zh_CN.UTF-8")
        .env_remove("LC_ALL");
    command
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cli").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

const CLEAN: &str = "项目 甲 {\n  预算 10 元\n  目标 \"办好。\"\n  指标 数量 场次 ≥ 6 次\n  指标 社会效益 起数 ≤ 2 起\n  指标 满意度 满意 ≥ 90%\n}\n";

#[test]
fn exit_status_is_0_for_fine_1_for_findings_2_for_could_not_run() {
    assert_eq!(jixiao(&["check", "examples/yutian-2025"]).status.code(), Some(0));
    assert_eq!(jixiao(&["check", "tests/cases/errors/mixed-quotes.jx"]).status.code(), Some(1));
    assert_eq!(jixiao(&["check", "no/such/folder"]).status.code(), Some(2));
    assert_eq!(jixiao(&["check", "--no-such-option"]).status.code(), Some(2));
    assert_eq!(jixiao(&["explain", "JX999"]).status.code(), Some(2));
    assert_eq!(jixiao(&["--help"]).status.code(), Some(0));
    assert_eq!(jixiao(&["check", "docs"]).status.code(), Some(2));
}

#[test]
fn every_example_checks_clean_and_builds() {
    let folder = folder("build");
    for example in crate::support::examples() {
        let path = format!("examples/{}", example.name);
        let target = folder.join(&example.name);
        let output = jixiao(&["build", &path, "-o", target.to_str().expect("a path")]);
        assert_eq!(output.status.code(), Some(0), "{}: {}", example.name, err(&output));
        assert!(target.join("report.html").is_file() && target.join("targets.json").is_file());
    }
}

#[test]
fn nothing_is_written_where_there_are_errors() {
    let folder = folder("errors");
    let output = jixiao(&["build", "tests/cases/errors/mixed-quotes.jx", "-o", folder.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(err(&output).contains("什么也没有写"), "{}", err(&output));
    assert_eq!(std::fs::read_dir(&folder).expect("a folder").count(), 0);
}

#[test]
fn standard_input_is_a_dash_and_may_have_a_name() {
    let output = command(&["check", "-", "--stdin-filename", "甲.jx", "--format", "short"])
        .write_stdin("项目 甲 {\n  目标 \"办好。\n}\n")
        .output()
        .expect("runs");
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("甲.jx:2:6: 错误[JX205]"), "{}", out(&output));
    let output = command(&["check", "-"]).write_stdin(CLEAN).output().expect("runs");
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
}

#[test]
fn the_language_follows_the_option_then_the_variable_then_the_locale() {
    let told = |environment: &[(&str, &str)], arguments: &[&str]| {
        let mut command = command(arguments);
        for (name, value) in environment {
            command.env(name, value);
        }
        err(&command.output().expect("runs"))
    };
    let arguments = ["check", "examples/yutian-2025"];
    assert!(told(&[("LANG", "zh_CN.UTF-8")], &arguments).contains("错误"));
    assert!(told(&[("LANG", "en_US.UTF-8")], &arguments).contains("0 errors"));
    assert!(told(&[("LANG", "C.UTF-8")], &arguments).contains("错误"));
    assert!(told(&[("LANG", "en_US.UTF-8"), ("JIXIAO_LANG", "zh")], &arguments).contains("错误"));
    assert!(told(&[("JIXIAO_LANG", "zh")], &["check", "examples/yutian-2025", "--lang", "en"]).contains("0 errors"));
    assert!(out(&jixiao(&["build", "--help", "--lang", "en"])).contains("Usage"));
    assert!(out(&jixiao(&["build", "--help", "--lang", "zh"])).contains("jixiao-out"));
}

#[test]
fn json_findings_hold_place_code_and_fix() {
    let text = std::fs::read_to_string(root().join("tests/cases/errors/mixed-quotes.jx")).expect("a case");
    let output = command(&["check", "-", "--format", "json", "--lang", "en"]).write_stdin(text).output().expect("runs");
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(document["schema_version"], 1);
    let finding = &document["findings"][0];
    assert_eq!((&finding["code"], &finding["severity"]), (&"JX205".into(), &"error".into()));
    assert_eq!(finding["labels"][0]["line"], 3);
    assert_eq!(finding["labels"][0]["column"], 6);
    assert_eq!(finding["fix"]["edits"][0]["replacement"], "”");
    assert_eq!(document["summary"]["errors"], 2);
}

#[test]
fn a_file_inside_a_department_is_checked_by_its_departments_standard() {
    let output = jixiao(&["check", "examples/yutian-2025/06-政府业务费.jx"]);
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
    let output = jixiao(&["check", "examples/一个县/示例县教育局"]);
    assert_eq!(output.status.code(), Some(0), "{}", out(&output));
}

#[test]
fn colour_is_used_when_asked_and_never_against_no_color() {
    let path = "tests/cases/errors/mixed-quotes.jx";
    assert!(out(&jixiao(&["check", path, "--color", "always"])).contains("\u{1b}["));
    assert!(!out(&jixiao(&["check", path])).contains("\u{1b}["));
    let output = command(&["check", path]).env("NO_COLOR", "1").env("CLICOLOR_FORCE", "1").output().expect("runs");
    assert!(!out(&output).contains("\u{1b}["));
}

#[test]
fn quiet_leaves_errors_only() {
    let output = jixiao(&["check", "examples/yutian-2025", "--quiet"]);
    assert_eq!((out(&output).as_str(), err(&output).as_str()), ("", ""));
}

#[test]
fn explain_shows_the_page_in_the_persons_language() {
    let chinese = out(&jixiao(&["explain", "jx020", "--lang", "zh"]));
    assert!(chinese.contains("金额合计不平") && chinese.contains("```jx"), "{chinese}");
    let english = out(&jixiao(&["explain", "money-does-not-balance", "--lang", "en"]));
    assert!(english.contains("Meaning") && english.contains("```jx"), "{english}");
    assert!(err(&jixiao(&["explain", "JX02O"])).contains("JX020"));
}

#[test]
fn new_makes_a_workspace_that_checks_clean_and_never_overwrites() {
    let folder = folder("new").join("我的单位");
    let path = folder.to_str().expect("a path");
    assert_eq!(jixiao(&["new", path]).status.code(), Some(0));
    assert_eq!(jixiao(&["check", path]).status.code(), Some(0));
    let again = jixiao(&["new", path]);
    assert_eq!(again.status.code(), Some(2));
    assert!(err(&again).contains("已经存在"), "{}", err(&again));
}

#[test]
fn settings_with_unknown_keys_are_errors_with_the_nearest_key() {
    let folder = folder("settings");
    std::fs::write(folder.join("jixiao.toml"), "standrad = \"财预2015\"\n[levels]\nJX010 = \"off\"\n")
        .expect("written");
    std::fs::write(folder.join("甲.jx"), CLEAN).expect("written");
    let output = jixiao(&["check", folder.to_str().expect("a path"), "--format", "short"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("JX511") && out(&output).contains("JX512"), "{}", out(&output));
    assert!(out(&jixiao(&["check", folder.to_str().expect("a path")])).contains("standard"));
}

#[test]
fn unreadable_bytes_are_told_with_the_way_out() {
    let folder = folder("bytes");
    std::fs::write(folder.join("甲.jx"), [0xFF, 0xFE, 0x98, 0x79]).expect("written");
    let output = jixiao(&["check", folder.to_str().expect("a path")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("JX905") && out(&output).contains("UTF-8"), "{}", out(&output));
}

#[test]
fn schema_completions_and_manual_are_printed() {
    let schema: serde_json::Value = serde_json::from_slice(&jixiao(&["schema"]).stdout).expect("JSON");
    assert!(schema["properties"]["departments"].is_object());
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(out(&jixiao(&["completions", shell])).contains("jixiao"));
    }
    assert!(out(&jixiao(&["man"])).contains(".TH"));
}

#[test]
fn one_format_can_go_to_standard_output() {
    let output = jixiao(&["build", "examples/入门", "--to", "json", "-o", "-"]);
    assert!(serde_json::from_slice::<serde_json::Value>(&output.stdout).is_ok());
    assert_eq!(jixiao(&["build", "examples/入门", "-o", "-"]).status.code(), Some(2));
}

/// One JX064 with a safe fix, one JX052 with a suggested one.
const FIXABLE: &str = "项目 甲 {\n  预算 10 元\n  目标 \"办好6场。\"\n  指标 数量 场次 ≥ 6 次\n  指标 时效 支付及时率 ≥ 100%\n  指标 社会效益 提高就业率 定性 \"好转\"\n  指标 满意度 满意 ≥ 90%\n}\n";

fn fixable(name: &str) -> (PathBuf, String) {
    let file = folder(name).join("甲.jx");
    std::fs::write(&file, FIXABLE).expect("a file");
    let path = file.to_str().expect("a path").to_owned();
    (file, path)
}

#[test]
fn fix_writes_safe_fixes_and_unsafe_fixes_the_proposals_and_diff_writes_nothing() {
    let (file, path) = fixable("fix");
    let text = || std::fs::read_to_string(&file).expect("text");
    let preview = jixiao(&["check", &path, "--fix", "--diff", "--unsafe-fixes"]);
    assert_eq!(preview.status.code(), Some(1));
    assert!(
        out(&preview).contains("-  指标 时效 支付及时率 ≥ 100%\n")
            && out(&preview).contains("+  指标 时效 支付及时率 = 100%\n")
    );
    assert_eq!(text(), FIXABLE);
    assert_eq!(jixiao(&["check", &path, "--fix"]).status.code(), Some(0));
    assert_eq!(text(), FIXABLE.replace("≥ 100%", "= 100%"));
    assert_eq!(jixiao(&["check", &path, "--fix", "--unsafe-fixes", "--select", "JX052"]).status.code(), Some(0));
    assert_eq!(text(), FIXABLE.replace("≥ 100%", "= 100%").replace("提高就业率", "就业率"));
    assert_eq!(jixiao(&["check", &path, "--fix", "--diff"]).status.code(), Some(0));
    assert_eq!(jixiao(&["check", &path, "--diff"]).status.code(), Some(2));
}

#[test]
fn fix_of_standard_input_goes_to_standard_output() {
    let output = command(&["check", "-", "--fix", "--format", "short"]).write_stdin(FIXABLE).output().expect("runs");
    assert!(out(&output).starts_with(&FIXABLE.replace("≥ 100%", "= 100%")));
}

#[test]
fn fix_keeps_references_of_files_that_were_not_asked_for() {
    let folder = folder("references");
    let project = folder.join("甲.jx");
    std::fs::write(&project, FIXABLE).expect("a file");
    let department = folder.join("部门.jx");
    std::fs::write(
        &department,
        "部门 办公室 {\n  年度 2026\n  分项目标 \"就业好转\" {\n    指标 甲.提高就业率\n  }\n}\n",
    )
    .expect("a file");
    let path = project.to_str().expect("a path");
    assert_eq!(jixiao(&["check", path, "--fix", "--unsafe-fixes", "--select", "JX052"]).status.code(), Some(0));
    let department = std::fs::read_to_string(department).expect("text");
    assert!(department.contains("指标 甲.就业率"), "{department}");
    assert_eq!(jixiao(&["check", folder.to_str().expect("a path"), "-q"]).status.code(), Some(0));
}

#[test]
fn each_of_several_files_of_a_department_is_asked_for() {
    let folder = folder("several");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.join(name), text).expect("a file");
        folder.join(name).to_str().expect("a path").to_owned()
    };
    write("部门.jx", "部门 办公室 {\n  年度 2026\n}\n");
    let [one, other] =
        ["甲", "乙"].map(|name| write(&format!("{name}.jx"), &FIXABLE.replace("项目 甲", &format!("项目  {name}"))));
    let output = out(&jixiao(&["check", &one, &other, "--format", "short", "--select", "JX052"]));
    assert_eq!(output.lines().filter(|line| line.contains("JX052")).count(), 2, "{output}");
    let output = out(&jixiao(&["fmt", "--check", &one, &other]));
    assert_eq!(output.lines().count(), 2, "{output}");
}

#[test]
fn denied_findings_fail_and_a_baseline_forgives_what_was_there() {
    let (file, path) = fixable("baseline");
    let baseline = file.with_file_name("基线.json");
    let baseline = baseline.to_str().expect("a path");
    assert_eq!(jixiao(&["check", &path]).status.code(), Some(0));
    assert_eq!(jixiao(&["check", &path, "--deny", "warnings"]).status.code(), Some(1));
    assert_eq!(jixiao(&["check", &path, "--deny", "JX064"]).status.code(), Some(1));
    assert_eq!(jixiao(&["check", &path, "--deny", "JX064", "--ignore", "at-least-the-bound"]).status.code(), Some(0));
    assert_eq!(jixiao(&["check", &path, "--select", "没有"]).status.code(), Some(2));
    assert_eq!(jixiao(&["check", &path, "--write-baseline", baseline]).status.code(), Some(0));
    let deny = ["check", &path, "--deny", "warnings", "--baseline", baseline];
    assert_eq!(jixiao(&deny).status.code(), Some(0));
    std::fs::write(&file, FIXABLE.replace("满意 ≥ 90%", "满意 定性 \"满意\"")).expect("a file");
    let output = jixiao(&deny);
    assert_eq!(output.status.code(), Some(1));
    assert!(out(&output).contains("JX061") && !out(&output).contains("JX064"), "{}", out(&output));
    std::fs::write(baseline, "不是").expect("a file");
    assert_eq!(jixiao(&deny).status.code(), Some(2));
}

#[test]
fn findings_are_grouped_by_rule_and_full_draws_each() {
    let grouped = jixiao(&["check", "examples/yutian-2025"]);
    assert!(out(&grouped).contains("警告 JX061 指标值照抄指标名称 · 18 处\n"), "{}", out(&grouped));
    assert!(out(&grouped).contains("还有 15 处"));
    let full = jixiao(&["check", "examples/yutian-2025", "--full"]);
    assert_eq!(out(&full).matches("警告 JX061 target-repeats-name").count(), 18);
    let some = jixiao(&["check", "examples/yutian-2025", "--format", "short", "--max-findings", "10"]);
    assert_eq!(out(&some).lines().count(), 10);
    assert!(err(&some).contains("还有 248 处没有列出"), "{}", err(&some));
}

#[test]
fn rules_are_listed_with_levels_sources_and_sureness() {
    let listed = out(&jixiao(&["rules"]));
    let line = listed.lines().find(|line| line.starts_with("JX061")).expect("the rule");
    for word in ["警告", "相关性", "财预〔2015〕88号", "据文件", "严格 错误"] {
        assert!(line.contains(word), "{line}");
    }
    let document: serde_json::Value =
        serde_json::from_str(&out(&jixiao(&["rules", "examples/yutian-2025", "--format", "json"]))).expect("JSON");
    let rules = document["rules"].as_array().expect("rules");
    assert_eq!(rules.len(), jixiao::diagnostic::Code::ALL.iter().filter(|code| code.has_level()).count());
    assert!(
        rules.iter().all(|rule| rule["code"].as_str().is_some_and(|code| code >= "JX500") || rule["criteria"] != "")
    );
}

#[test]
fn the_rule_pages_make_one_web_page_whose_links_lead_somewhere() {
    for language in ["zh", "en"] {
        let page = out(&jixiao(&["explain", "--all", "--to", "html", "--lang", language]));
        for link in page.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(page.contains(&format!("id=\"{link}\"")), "{link}");
        }
        assert!(!page.contains("http://") && !page.contains("<script"));
    }
    assert_eq!(jixiao(&["explain"]).status.code(), Some(2));
    assert!(out(&jixiao(&["explain", "--all"])).contains("# JX061"));
}

#[test]
fn fmt_writes_shows_or_checks() {
    let folder = folder("fmt");
    let file = folder.join("甲.jx");
    let path = file.to_str().expect("a path");
    let untidy = "项目　甲　｛\n预算：1,000元\n指标　数量　场次＞＝６次\n｝\n";
    let tidy = "项目 甲 {\n  预算 1000 元\n\n  指标 数量 场次 ≥ 6 次\n}\n";
    std::fs::write(&file, untidy).expect("written");
    let read = || std::fs::read_to_string(&file).expect("text");

    let checked = jixiao(&["fmt", "--check", path]);
    assert_eq!((checked.status.code(), read().as_str()), (Some(1), untidy));
    assert!(out(&checked).contains("甲.jx"), "{}", out(&checked));
    let shown = jixiao(&["fmt", "--diff", path]);
    assert_eq!((shown.status.code(), read().as_str()), (Some(1), untidy));
    assert!(out(&shown).contains("-预算：1,000元\n") && out(&shown).contains("+  预算 1000 元\n"), "{}", out(&shown));
    let part = jixiao(&["fmt", "--range", "2:2", path]);
    assert_eq!((part.status.code(), read().as_str()), (Some(0), &*untidy.replace("预算：1,000元", "  预算 1000 元")));
    assert_eq!(jixiao(&["fmt", "--range", "2-2", path]).status.code(), Some(2));
    assert_eq!(jixiao(&["fmt", folder.to_str().expect("a path")]).status.code(), Some(0));
    assert_eq!(read(), tidy);
    let again = jixiao(&["fmt", "--check", path]);
    assert_eq!((again.status.code(), out(&again).as_str()), (Some(0), ""));

    let piped = command(&["fmt", "-", "--keywords", "en"]).write_stdin(untidy).output().expect("runs");
    let english = "project 甲 {\n  budget 1000 元\n\n  indicator 数量 场次 ≥ 6 次\n}\n";
    assert_eq!((piped.status.code(), out(&piped).as_str()), (Some(0), english));
}

#[test]
fn fmt_formats_around_mistakes_and_says_so() {
    let source = "项目 甲 {\n预算：1,000元\n  目标 \"办好。\n}\n";
    let output = command(&["fmt", "-", "--stdin-filename", "甲.jx"]).write_stdin(source).output().expect("runs");
    assert_eq!(out(&output), "项目 甲 {\n预算 1000 元\n  目标 \"办好。\n}\n");
    assert_eq!(output.status.code(), Some(0));
    assert!(err(&output).contains("`甲.jx` 有语法错误"), "{}", err(&output));
}

/// Every command line that prints an answer. `所/甲.jx` is the standard input of each.
const ANSWERS: &[&[&str]] = &[
    &["check", "所"],
    &["check", "--format", "full", "所"],
    &["check", "--format", "short", "所"],
    &["check", "--format", "json", "所"],
    &["check", "--format", "sarif", "所"],
    &["check", "--format", "github", "所"],
    &["check", "--format", "gitlab", "所"],
    &["check", "--format", "junit", "所"],
    &["check", "--format", "csv", "所"],
    &["check", "--format", "html", "所"],
    &["check", "--fix", "--unsafe-fixes", "--diff", "所"],
    &["check", "--fix", "-"],
    &["build", "所", "--to", "json", "-o", "-"],
    &["build", "所", "--to", "html", "-o", "-"],
    &["diff"],
    &["diff", "--format", "json"],
    &["diff", "--format", "markdown"],
    &["diff", "--format", "html"],
    &["diff", "--format", "github"],
    &["diff", "--stat"],
    &["diff", "--approve-template"],
    &["log"],
    &["log", "--format", "json"],
    &["log", "--format", "html"],
    &["log", "--blame"],
    &["log", "--blame", "--format", "json"],
    &["fmt", "--check", "所"],
    &["fmt", "--diff", "所"],
    &["fmt", "-"],
    &["import", "表.csv", "-o", "读入"],
    &["import", "表.csv", "表.csv", "-o", "读入两次"],
    &["rollover", "所", "--to", "2027", "-o", "下年"],
    &["rules"],
    &["rules", "--format", "json"],
    &["explain", "JX001"],
    &["explain", "JC102"],
    &["explain", "--all"],
    &["explain", "--all", "--to", "html"],
    &["schema"],
    &["completions", "bash"],
    &["man"],
    &["textconv", "所/甲.jx"],
    &["textconv", "表.csv"],
    &["git", "setup"],
    &["git", "setup", "--check"],
    &["git", "setup", "--undo"],
    &["--help"],
    &["check", "--help"],
    &["--version"],
];

/// A repository with a change, something to format, something to find and a document.
fn repository(name: &str) -> PathBuf {
    let folder = folder(name);
    let git = |arguments: &[&str]| {
        let who = ["-c", "user.name=甲", "-c", "user.email=a@example.invalid"];
        let output = std::process::Command::new("git").current_dir(&folder).args(who).args(arguments).output();
        assert!(output.expect("git").status.success(), "{arguments:?}");
    };
    std::fs::create_dir(folder.join("所")).expect("a folder");
    let project = folder.join("所").join("甲.jx");
    let department = "部门 所 {\n  年度 2026\n  总体目标 \"办好。\"\n}\n";
    std::fs::write(folder.join("所").join("部门.jx"), department).expect("written");
    std::fs::write(&project, CLEAN).expect("written");
    std::fs::copy(root().join("tests/cases/import/值.csv"), folder.join("表.csv")).expect("a document");
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "年初"]);
    std::fs::write(&project, FIXABLE.replace("≥ 100%", "≥   100%")).expect("written");
    folder
}

fn answer(folder: &Path, arguments: &[&str], out: impl Into<std::process::Stdio>) -> (Option<i32>, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_jixiao"));
    command.current_dir(folder).args(arguments).env("JIXIAO_LANG", "zh");
    command.stdin(std::fs::File::open(folder.join("所").join("甲.jx")).expect("a text"));
    let output = command.stdout(out).output().expect("runs");
    (output.status.code(), err(&output))
}

#[test]
fn an_answer_that_cannot_be_written_is_told_with_status_2() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let folder = repository("full");
    for arguments in ANSWERS {
        let (status, said) = answer(&folder, arguments, full.try_clone().expect("the full disk"));
        assert_eq!(status, Some(2), "{arguments:?}: {said}");
        assert!(said.contains("JX909") && said.contains("无法写到标准输出"), "{arguments:?}: {said}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure_and_makes_no_success_of_one() {
    let (folder, open) = (repository("closed"), repository("open"));
    for arguments in ANSWERS {
        let (wanted, _) = answer(&open, arguments, std::process::Stdio::null());
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let (status, said) = answer(&folder, arguments, writer);
        assert_eq!(status, wanted, "{arguments:?}: {said}");
        assert!(!said.contains("JX909") && !said.contains("panicked"), "{arguments:?}: {said}");
    }
}
