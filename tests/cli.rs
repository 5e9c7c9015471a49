//! The program as people run it: exit status, streams, and what is written.

mod support;

use std::path::PathBuf;
use std::process::Output;

use assert_cmd::Command;
use support::root;

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
    for example in support::examples() {
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
