//! What the program says of itself: command lines that are wrong, help, manual, pages, schemas, files for CI.

use std::path::PathBuf;
use std::process::Output;

use assert_cmd::Command;
use jixiao::cli;
use jixiao::diagnostic::{Code, Language};
use saphyr::{LoadableYamlNode, Yaml};
use serde_json::Value;

use crate::support::{has_browser, root};

fn jixiao(language: &str, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("jixiao").expect("the program");
    command.current_dir(root()).args(arguments).env("JIXIAO_LANG", language).env("NO_COLOR", "1").env("COLUMNS", "100");
    command.output().expect("the program runs")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("words").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

#[test]
fn what_is_wrong_with_a_command_line_is_said_in_the_users_language() {
    let cases: [(&[&str], &str, &str); 13] = [
        (&["chekc", "."], "没有命令 `chekc`", "there is no command `chekc`"),
        (&["check", "--formt", "json"], "没有选项 `--formt`", "there is no option `--formt`"),
        (&["check", "--formt", "json"], "是不是 `--format`？", "did you mean `--format`?"),
        (&["check", "--format", "yaml"], "不能写 `yaml`", "cannot be `yaml`"),
        (&["check", "--format", "yaml"], "可以写：grouped full short", "it can be: grouped full short"),
        (&["check", "--max-findings", "many"], "不能写 `many`", "cannot be `many`"),
        (&["rollover", "--to", "3000", "."], "整数", "a whole number"),
        (&["diff", "甲", "乙", "丙"], "多写了 `丙`", "`丙` is one too many"),
        (&["explain"], "缺少 <代码>", "missing: <CODE>"),
        (&["check", "--stdin-filename"], "后面缺少内容", "needs a value"),
        (&["explain", "JX020", "--all"], "不能和 `--all` 一起用", "cannot be used with `--all`"),
        (&["check", "--quiet", "--quiet"], "`--quiet` 写了两次", "`--quiet` is given twice"),
        (&["man", "chekc"], "没有命令 `chekc`", "there is no command `chekc`"),
    ];
    for (arguments, chinese, english) in cases {
        for (language, words) in [("zh", chinese), ("en", english)] {
            let output = jixiao(language, arguments);
            assert_eq!((output.status.code(), out(&output)), (Some(2), String::new()), "{arguments:?}");
            let told = err(&output);
            assert!(told.contains(words) && told.contains("JX911"), "{arguments:?}: {words}\n{told}");
            let borrowed = ["Usage:", "[OPTIONS]", "possible values", "tip:", "error:", "try '--help'"];
            assert!(language == "en" || !borrowed.iter().any(|words| told.contains(words)), "{told}");
        }
    }
}

#[test]
fn help_and_manual_are_of_one_language() {
    let folder = folder("manual");
    let written = jixiao("zh", &["man", "-o", folder.to_str().expect("a path")]);
    assert_eq!(written.status.code(), Some(0), "{}", err(&written));
    let whole = cli::command(Language::Chinese);
    let mut pages = 1;
    for command in whole.get_subcommands() {
        let name = command.get_name();
        let help = out(&jixiao("zh", &[name, "--help"]));
        for words in ["Usage:", "[OPTIONS]", "possible", "Commands:", "Options:", "Arguments:", "default"] {
            assert!(!help.contains(words), "{name}: {words}\n{help}");
        }
        let page = out(&jixiao("zh", &["man", name]));
        assert!(page.contains(&format!(".TH jixiao-{name}")) && page.contains(".SH 概要"), "{page}");
        let file = std::fs::read_to_string(folder.join(format!("jixiao-{name}.1"))).expect("a page of each command");
        assert_eq!(file, page);
        pages += 1 + command.get_subcommands().count();
    }
    assert_eq!(std::fs::read_dir(&folder).expect("a folder").count(), pages);
    assert!(out(&jixiao("en", &["man", "git", "setup"])).contains(".SH SYNOPSIS"));
}

#[test]
fn a_rule_is_asked_for_by_any_of_its_names_and_never_answered_by_another() {
    for code in Code::ALL {
        let title = code.title().in_language(Language::Chinese).into_owned();
        let found = Code::ALL.iter().filter(|one| one.title().in_language(Language::Chinese) == title).count();
        assert_eq!((found, Code::find(&title)), (1, Some(*code)), "{title}");
    }
    let page = out(&jixiao("zh", &["explain", "金额合计不平"]));
    assert_eq!(page, out(&jixiao("zh", &["explain", "JX020"])));
    assert_eq!(jixiao("zh", &["check", "--select", "金额合计不平", "examples/入门"]).status.code(), Some(0));
    for (name, meant) in
        [("JX02O", "`JX020`"), ("JX9", "jixiao rules"), ("JX19", "jixiao rules"), ("JX2010", "jixiao rules")]
    {
        let told = err(&jixiao("zh", &["explain", name]));
        assert!(told.contains(meant), "{name}: {told}");
    }
}

#[test]
fn a_page_is_drawn_for_a_person_and_is_markdown_for_a_program() {
    assert!(out(&jixiao("zh", &["explain", "JX020"])).contains("**含义**"));
    let mut command = Command::cargo_bin("jixiao").expect("the program");
    command.args(["explain", "JX020", "--color", "always", "--lang", "zh"]).env_remove("NO_COLOR");
    let drawn = out(&command.output().expect("the program runs"));
    assert!(drawn.contains("\u{1b}[1m含义\u{1b}[0m") && drawn.contains("│\u{1b}[0m   预算 200000 元 {"), "{drawn}");
    assert!(!drawn.contains("**") && !drawn.contains("```"), "{drawn}");
}

#[test]
fn every_json_output_fits_its_schema() {
    let folder = folder("schema");
    let path = |name: &str| folder.join(name).to_str().expect("a path").to_owned();
    let faulty = "项目 甲 {\n  预算 10 元\n  目标 \"办好。\"\n  指标 数量 场次 ≥ 6\n  指标 质量 合格率 ≥ 1O0%\n}\n";
    std::fs::write(folder.join("旧.jx"), faulty).expect("written");
    std::fs::write(folder.join("新.jx"), faulty.replace("10 元", "20 元")).expect("written");
    let git = |arguments: &[&str]| {
        let output = std::process::Command::new("git")
            .current_dir(&folder)
            .args(["-c", "user.name=甲", "-c", "user.email=a@example.invalid", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .output();
        assert!(output.is_ok_and(|output| output.status.success()), "git {arguments:?}");
    };
    std::fs::create_dir(folder.join("库")).expect("a folder");
    let stored = folder.join("库/甲.jx");
    let sound = |amount: &str| format!("项目 甲 {{\n  预算 {amount} 元\n  指标 数量 场次 ≥ 6 次\n}}\n");
    git(&["init", "--quiet", "库"]);
    for amount in ["10", "20"] {
        std::fs::write(&stored, sound(amount)).expect("written");
        git(&["-C", "库", "add", "."]);
        git(&["-C", "库", "commit", "--quiet", "-m", amount]);
    }
    let run = |arguments: &[&str]| -> Value {
        let output = jixiao("zh", arguments);
        serde_json::from_slice(&output.stdout)
            .unwrap_or_else(|error| panic!("{arguments:?}: {error}\n{}", err(&output)))
    };
    let file = |name: &str| -> Value {
        serde_json::from_str(&std::fs::read_to_string(folder.join(name)).expect("written")).expect("JSON")
    };
    let history = Command::cargo_bin("jixiao")
        .expect("the program")
        .current_dir(folder.join("库"))
        .args(["log", "甲", "--format", "json"])
        .output();
    let history: Value = serde_json::from_slice(&history.expect("the program runs").stdout).expect("JSON");
    jixiao("zh", &["check", &path("旧.jx"), "--write-baseline", &path("已知.json")]);
    let text = out(&jixiao("zh", &["build", "examples/入门", "--to", "text", "-o", "-"]));
    std::fs::write(folder.join("表.txt"), text).expect("written");
    let imported = jixiao("zh", &["import", &path("表.txt"), "-o", &path("导入"), "--report", &path("去处.json")]);
    let documents = [
        ("targets", run(&["build", "examples/yutian-2025", "--to", "json", "-o", "-"])),
        ("findings", run(&["check", &path("旧.jx"), "--format", "json"])),
        ("findings", run(&["check", "examples/yutian-2025", "--format", "json"])),
        ("changes", run(&["diff", &path("旧.jx"), &path("新.jx"), "--format", "json"])),
        ("history", history),
        ("rules", run(&["rules", "--format", "json"])),
        ("baseline", file("已知.json")),
        ("import", if imported.status.code() == Some(2) { panic!("{}", err(&imported)) } else { file("去处.json") }),
    ];
    for (name, document) in documents {
        let schema = run(&["schema", name]);
        let validator = jsonschema::validator_for(&schema).expect("a schema");
        let errors: Vec<String> =
            validator.iter_errors(&document).map(|error| format!("{}: {error}", error.instance_path)).collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
        assert!(!validator.is_valid(&serde_json::json!({})), "the schema of {name} refuses nothing");
    }
}

#[test]
fn every_page_is_for_everybody() {
    if !has_browser("axe-core") {
        return;
    }
    let folder = folder("pages");
    let path = |name: &str| folder.join(name).to_str().expect("a path").to_owned();
    let changed = |text: String| text.replace("20000", "25000").replace("≥ 90%", "≥ 80%");
    for name in ["部门.jx", "项目.jx"] {
        let Ok(text) = std::fs::read_to_string(root().join("examples/入门").join(name)) else { continue };
        std::fs::write(folder.join(name), changed(text)).expect("written");
    }
    for example in ["yutian-2025", "一个县"] {
        jixiao("zh", &["build", "--to", "html", "-o", &path(example), &format!("examples/{example}")]);
    }
    jixiao("zh", &["build", "--form", "总览", "-o", &path("yutian-2025"), "examples/yutian-2025"]);
    jixiao("en", &["build", "--form", "总览", "--at", "6月底", "-o", &path("yutian-2025"), "examples/yutian-2025"]);
    let text = out(&jixiao("zh", &["build", "examples/入门", "--to", "text", "-o", "-"]));
    std::fs::write(folder.join("表.txt"), text).expect("written");
    jixiao("zh", &["import", &path("表.txt"), "-o", &path("导入"), "--report", &path("去处.html")]);
    let shown: [(&str, &[&str]); 4] = [
        ("发现.html", &["check", "--format", "html", "examples/yutian-2025"]),
        ("变化.html", &["diff", "--format", "html", "examples/入门", &path("")]),
        ("历史.html", &["log", "--format", "html", "examples/yutian-2025"]),
        ("规则.html", &["explain", "--all", "--to", "html"]),
    ];
    for (name, arguments) in shown {
        std::fs::write(folder.join(name), jixiao("zh", arguments).stdout).expect("written");
    }
    let pages = [
        "发现.html",
        "变化.html",
        "历史.html",
        "规则.html",
        "去处.html",
        "yutian-2025/report.html",
        "yutian-2025/玉田县人民政府办公室-总览.html",
        "yutian-2025/玉田县人民政府办公室-总览-6月底.html",
        "一个县/report.html",
    ];
    let output = std::process::Command::new("node")
        .arg(root().join("tests/browser/pages.mjs"))
        .args(pages.map(path))
        .output()
        .expect("node");
    assert!(output.status.success(), "{}\n{}", out(&output), err(&output));
}

/// Every text of a document below one of some keys.
fn texts<'a>(yaml: &'a Yaml<'_>, keys: &[&str], inside: bool, found: &mut Vec<&'a str>) {
    match yaml {
        Yaml::Mapping(entries) => {
            for (key, value) in entries {
                texts(value, keys, key.as_str().is_some_and(|key| keys.contains(&key)), found);
            }
        }
        Yaml::Sequence(items) => items.iter().for_each(|item| texts(item, keys, inside, found)),
        other => found.extend(other.as_str().filter(|_| inside)),
    }
}

#[test]
fn the_files_for_ci_hold_command_lines_that_this_program_takes() {
    for (file, jobs) in [("github.yml", "jobs"), ("gitlab.yml", "绩效目标")] {
        let text = std::fs::read_to_string(root().join("docs/ci").join(file)).expect("a file");
        let documents = Yaml::load_from_str(&text).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert!(documents[0].as_mapping_get(jobs).is_some(), "{file} has no {jobs}");
        let mut scripts = Vec::new();
        texts(&documents[0], &["run", "script", "before_script"], false, &mut scripts);
        let lines = scripts.iter().flat_map(|script| script.lines()).map(str::trim);
        let commands: Vec<&str> = lines.filter(|line| line.starts_with("jixiao ")).collect();
        assert!(commands.len() >= 4, "{file}: {commands:?}");
        for line in commands {
            let line = line.split(" > ").next().unwrap_or_default().replace("${{ ", "").replace(" }}", "");
            let words = line.split(' ').map(|word| word.trim_matches('"'));
            let taken = cli::command(Language::English).try_get_matches_from(words);
            assert!(taken.is_ok(), "{file}: {line}\n{}", taken.expect_err("refused"));
        }
    }
}
