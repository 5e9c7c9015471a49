//! A workspace that is checked a department at a time: every format says of it, byte for byte, what it says of one that is
//! read at once.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use jixiao::backend::{ALL, CheckOutcome, Departments, Memory, RenderOptions, Scope};
use jixiao::control::{Verdict, Wishes};
use jixiao::diagnostic::Language;
use jixiao::diagnostic::render::Style;
use jixiao::findings::{Format, FoundParts};
use jixiao::model::Model;
use jixiao::model::standard::Standard;
use jixiao::workspace::{Analysis, ByDepartment, Input, analyse_with};

use crate::support::{Generator, examples, rendered, review_cases, typing, year_cases};

const STYLE: Style = Style { language: Language::Chinese, colour: false, width: 100 };

struct Streamed<'a> {
    departments: &'a ByDepartment<'a>,
    verdicts: Vec<Verdict>,
    parts: usize,
}

impl FoundParts for Streamed<'_> {
    fn each(&mut self, take: &mut dyn FnMut(&Analysis) -> io::Result<()>) -> io::Result<()> {
        let (mut outcome, parts) = (Ok(()), &mut self.parts);
        self.verdicts = self.departments.check(&mut |part| {
            *parts += 1;
            if outcome.is_ok() {
                outcome = take(part);
            }
        });
        outcome
    }

    fn verdicts(&self) -> Vec<Verdict> {
        self.verdicts.clone()
    }

    fn main_standard(&self) -> Option<Arc<Standard>> {
        self.departments.main_standard()
    }
}

/// Whether a workspace can be read a department at a time; if so, compares what is said of it.
fn compare(files: &[Input], settings: Option<&Input>, wishes: &Wishes, about: &str) -> bool {
    let texts: BTreeMap<&str, &Arc<str>> = files.iter().map(|file| (file.path.as_str(), &file.text)).collect();
    let read = |path: &str| texts.get(path).map(|text| Arc::clone(text));
    let paths = paths(files);
    let Some(departments) = ByDepartment::survey(&paths, settings.cloned(), wishes.clone(), &read) else {
        return false;
    };
    let whole = analyse_with(files.to_vec(), settings.cloned(), wishes);
    for format in Format::ALL {
        let mut streamed = Streamed { departments: &departments, verdicts: Vec::new(), parts: 0 };
        let (mut one, mut other) = (Vec::new(), Vec::new());
        format.write(&mut streamed, STYLE, &mut one).expect("memory");
        format.write(&mut &whole, STYLE, &mut other).expect("memory");
        let (one, other) = (String::from_utf8(one).expect("text"), String::from_utf8(other).expect("text"));
        assert!(streamed.parts > 1);
        let differs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
        assert!(one == other, "{about}: {}: {differs:#?}", format.id());
    }
    true
}

fn paths(files: &[Input]) -> Vec<String> {
    let mut paths: Vec<String> = files.iter().map(|file| file.path.clone()).collect();
    paths.sort_unstable();
    paths
}

fn below(folder: &str, files: &[Input]) -> Vec<Input> {
    files.iter().map(|file| Input { path: format!("{folder}/{}", file.path), ..file.clone() }).collect()
}

/// The departments of all examples but those that stand outside any, each folder by its name; codes are used twice.
fn county() -> Vec<Input> {
    let mut files = Vec::new();
    for example in examples() {
        files.extend(below(&example.name, &example.files));
        if example.name.starts_with("yutian") {
            files.extend(below("再来", &example.files));
            files.extend(below(&format!("{}-1", example.name), &example.files));
        }
    }
    files.retain(|file| !file.path.starts_with("入门"));
    files
}

#[test]
fn departments_one_by_one_are_told_as_all_at_once() {
    let files = county();
    assert!(compare(&files, None, &Wishes::default(), "the examples"));
    let settings = "standard = \"财预2021\"\n\n[levels]\nJX013 = \"deny\"\nJX099 = \"allow\"\n";
    let settings = Input { path: "jixiao.toml".to_owned(), text: settings.into() };
    assert!(compare(&files, Some(&settings), &Wishes::default(), "with settings"));
    let wishes = Wishes { profile: Some("没有".to_owned()), deny_warnings: true, ..Wishes::default() };
    assert!(compare(&files, Some(&settings), &wishes, "with a profile"));
}

/// Departments that say the same, at prices that are sometimes far apart.
#[test]
fn what_is_compared_between_departments_is_told_as_all_at_once() {
    let mut random = Generator::new(31);
    for round in 0..20 {
        let office = |number: usize, random: &mut Generator| {
            let price = [600, 650, 6000, 90][random.below(4)];
            let (code, people) = (random.below(12), random.below(3) + 1);
            let text = format!(
                "部门 局{number} {{\n  年度 2025\n}}\n\n项目 99010125T0000000000{code:02} 救助 {{\n  预算 20 万元\n  \
                 目标 \"救助。\"\n  # 允许 JX049：统一制定\n  指标 数量 救助人次 ≥ {people} 人次\n  指标 时效 时限 ≤ 7 天\n  \
                 指标 成本 救助费用 ≤ {price} 元/人次\n  指标 满意度 满意度 ≥ 90%\n}}\n"
            );
            Input { path: format!("局{number}/部门.jx"), text: text.into() }
        };
        let files: Vec<Input> = (0..12).map(|number| office(number, &mut random)).collect();
        assert!(compare(&files, None, &Wishes::default(), &format!("round {round}")));
    }
}

#[test]
fn standards_of_a_department_hold_for_all() {
    let mut files = county();
    let standard = |name: &str, rest: &str| format!("标准 {name} 扩展 通用 {{\n  级别 JX061 允许\n  {rest}\n}}\n");
    files.push(Input { path: "再来/标准.jx".to_owned(), text: standard("甲", "没有 1").into() });
    files.push(Input { path: "标准.jx".to_owned(), text: standard("甲", "").into() });
    files.push(Input { path: "一/部门.jx".to_owned(), text: "部门 1 一 {\n  标准 甲\n}\n".into() });
    let year = "监控 6月底 {\n  执行 没有 1 万元\n}\n";
    files.push(Input { path: "一/监控.jx".to_owned(), text: year.into() });
    assert!(compare(&files, None, &Wishes::default(), "standards"));
}

#[test]
fn what_looks_across_departments_is_read_at_once() {
    let mut files = county();
    let survey = |files: &[Input]| compare(files, None, &Wishes::default(), "across");
    files.push(Input { path: "项目.jx".to_owned(), text: "项目 甲 {\n  预算 1 万元\n}\n".into() });
    assert!(!survey(&files));
    files.pop();
    files.push(Input { path: "再来/区域.jx".to_owned(), text: "区域 甲 {\n}\n".into() });
    assert!(!survey(&files));
    files.pop();
    files.push(Input { path: "监控.jx".to_owned(), text: "监控 6月底 {\n  执行 没有 1 万元\n}\n".into() });
    assert!(!survey(&files));
    let one = below("甲", &examples().into_iter().find(|one| one.name.starts_with("yutian")).expect("it").files);
    assert!(!survey(&one));
}

/// Departments of single texts, some of them damaged.
#[test]
fn damaged_departments_are_told_as_all_at_once() {
    let mut cases: Vec<String> = review_cases().into_iter().chain(year_cases()).map(|(_, text)| text).collect();
    cases.retain(|text| text.contains("部门 ") && !text.contains("区域 "));
    let rounds = std::env::var("JIXIAO_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(25);
    let mut random = Generator::new(29);
    let mut compared = 0;
    for round in 0..rounds {
        let mut files = Vec::new();
        for number in 0..3 + random.below(6) {
            let sound = cases[random.below(cases.len())].clone();
            let mut text = sound.clone();
            for _ in 0..random.below(4) {
                let (bytes, other) = typing::edit(&mut random, &text, &sound);
                text.replace_range(bytes, &other);
            }
            files.push(Input { path: format!("{}/{number}.jx", random.below(5)), text: text.into() });
        }
        files.dedup_by(|one, other| one.path == other.path);
        compared += usize::from(compare(&files, None, &Wishes::default(), &format!("round {round}")));
    }
    assert!(compared * 3 > rounds, "{compared} of {rounds} could be read a department at a time");
}

#[test]
fn the_command_says_the_same_of_many_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |files: &[Input]| {
        for file in files {
            let path = folder.path().join(&file.path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, file.text.as_bytes()).expect("written");
        }
    };
    let files = county();
    write(&files);
    let run = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
        let output = command.arg("check").args(arguments).current_dir(folder.path()).output().expect("the program");
        (
            output.status.code(),
            String::from_utf8(output.stdout).expect("text"),
            String::from_utf8(output.stderr).expect("text"),
        )
    };
    let every: Vec<Vec<&str>> = vec![
        vec!["."],
        vec![".", "--format", "json"],
        vec![".", "--format", "short", "--max-findings", "7"],
        vec![".", "--quiet"],
        vec![".", "--by", "department"],
        vec![".", "--by", "project", "--select", "JX013"],
        vec![".", "--deny", "JX013", "--format", "sarif"],
    ];
    std::fs::write(folder.path().join("再来/乱.jx"), "项目  乱 {\n}\n").expect("written");
    let layout = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
        let output = command.args(["fmt", "--check", "."]).current_dir(folder.path()).output().expect("the program");
        (output.status.code(), String::from_utf8(output.stdout).expect("text"))
    };
    let before: Vec<_> = every.iter().map(|arguments| run(arguments)).collect();
    let layout_before = layout();
    assert!(layout_before.0 == Some(1) && layout_before.1.contains("乱.jx"), "{layout_before:?}");
    // Files without a declaration make them many.
    let comments: Vec<Input> =
        (0..300).map(|number| Input { path: format!("再来/注释/{number}.jx"), text: "# 只有注释\n".into() }).collect();
    write(&comments);
    std::fs::write(folder.path().join("再来/坏.jx"), [0xff, 0xfe, 0xfd]).expect("written");
    let with_unreadable: Vec<_> = every.iter().map(|arguments| run(arguments)).collect();
    assert!(with_unreadable.iter().all(|(code, ..)| *code == Some(1)), "{with_unreadable:?}");
    assert!(with_unreadable[0].1.contains("坏.jx"));
    assert_eq!(layout().0, Some(2));
    std::fs::remove_file(folder.path().join("再来/坏.jx")).expect("gone");
    assert_eq!(layout(), layout_before);
    for (arguments, before) in every.iter().zip(before) {
        assert_eq!(run(arguments), before, "{arguments:?}");
    }
    // What has mistakes is not built.
    for name in ["再来", "yutian-2025-1"] {
        std::fs::remove_dir_all(folder.path().join(name)).expect("gone");
    }
    write(
        &comments
            .iter()
            .map(|file| Input { path: format!("yutian-2025/{}", file.path), ..file.clone() })
            .collect::<Vec<_>>(),
    );
    builds_the_same(folder.path());
}

/// `build` of the many files, and of the same without what makes them many.
fn builds_the_same(folder: &Path) {
    let build = |output: &str, more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
        command.args(["build", ".", "-o", output]).args(more).current_dir(folder);
        let output = command.output().expect("the program");
        (output.status.code(), String::from_utf8(output.stderr).expect("text"), output.stdout)
    };
    let formats = ["--to", "csv", "--to", "json", "--to", "docx"];
    let many = build("甲", &formats);
    let to_stream = build("-", &["--to", "csv"]);
    let pages = build("-", &["--to", "html"]);
    assert!(pages.0 == Some(2) && pages.1.contains("-o"), "{pages:?}");
    let mistake = folder.join("yutian-2025/错.jx");
    std::fs::write(&mistake, "项目 错 {\n  预算 很多\n}\n").expect("written");
    let wrong = build("丙", &formats);
    assert!(wrong.0 == Some(1) && wrong.1.contains("错.jx") && !folder.join("丙").exists(), "{wrong:?}");
    std::fs::remove_file(mistake).expect("gone");
    std::fs::remove_dir_all(folder.join("yutian-2025/再来")).expect("gone");
    let few = build("乙", &formats);
    let sorted = |told: &str| {
        let mut lines: Vec<String> = told.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!((many.0, sorted(&many.1.replace('甲', "乙"))), (few.0, sorted(&few.1)));
    let names = |folder: &Path| {
        let entries = std::fs::read_dir(folder).expect("written").map(|entry| entry.expect("an entry").file_name());
        entries.collect::<BTreeSet<_>>()
    };
    let written = names(&folder.join("甲"));
    assert_eq!(written, names(&folder.join("乙")));
    for name in written {
        let read = |of: &str| std::fs::read(folder.join(of).join(&name)).expect("a file");
        assert!(read("甲") == read("乙"), "{}", name.display());
    }
    assert_eq!(to_stream.2, std::fs::read(folder.join("乙/targets.csv")).expect("a table"));
}

fn review(analysis: &Analysis) -> CheckOutcome<'_> {
    CheckOutcome { diagnostics: &analysis.diagnostics, sources: &analysis.sources, in_print: false }
}

/// The models of the departments of a workspace.
struct Models<'a>(&'a ByDepartment<'a>);

impl Departments for Models<'_> {
    fn each(&mut self, take: &mut dyn FnMut(&Model) -> io::Result<()>) -> io::Result<()> {
        self.0.models(take)
    }
}

#[test]
fn formats_of_departments_one_by_one_have_the_same_bytes() {
    let files = county();
    let texts: BTreeMap<&str, &Arc<str>> = files.iter().map(|file| (file.path.as_str(), &file.text)).collect();
    let read = |path: &str| texts.get(path).map(|text| Arc::clone(text));
    let paths = paths(&files);
    let departments = ByDepartment::survey(&paths, None, Wishes::default(), &read).expect("departments");
    let whole = analyse_with(files.clone(), None, &Wishes::default());
    let options = RenderOptions::default();
    let mut streamed = Vec::new();
    for (backend, mut stream) in ALL.iter().filter_map(|backend| Some((backend, backend.stream()?))) {
        let mut written = Memory::default();
        departments.check(&mut |part| {
            let options = RenderOptions { review: Some(review(part)), ..options };
            stream.look(&part.model, &options, &mut written).expect("memory");
        });
        let looked = written.0.len();
        let names = stream.names();
        stream.write(&mut Models(&departments), &options, &mut written).expect("memory");
        let written_names: Vec<_> = written.0[looked..].iter().map(|artifact| artifact.path.clone()).collect();
        assert_eq!(written_names, names, "{}", backend.name());
        let names: Vec<_> = written.0.iter().map(|artifact| artifact.path.clone()).collect();
        let of_whole = RenderOptions { review: Some(review(&whole)), ..options };
        let wanted = rendered(&whole.model, backend.name(), Scope::Workspace, &of_whole);
        let wanted_names: Vec<_> = wanted.iter().map(|artifact| artifact.path.clone()).collect();
        assert_eq!(names, wanted_names, "{}", backend.name());
        for (one, other) in written.0.iter().zip(&wanted) {
            let texts = [one, other].map(|artifact| String::from_utf8_lossy(&artifact.bytes).replace('>', ">\n"));
            let differs = texts[0].lines().zip(texts[1].lines()).find(|(one, other)| one != other);
            assert!(one.bytes == other.bytes, "{}: {}: {differs:?}", backend.name(), one.path.display());
        }
        streamed.push(backend.name());
    }
    assert!(["csv", "json", "xlsx", "docx", "jx", "html"].iter().all(|name| streamed.contains(name)), "{streamed:?}");
}

#[test]
fn findings_are_summed_up_by_department_and_project() {
    let folder = tempfile::tempdir().expect("a folder");
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("written");
    };
    let project = "项目 甲 {\n  预算 1 万元\n  目标 \"办。\"\n  指标 数量 次数 ≥ 900%\n}\n";
    put("一/部门.jx", "部门 1 一局 {\n}\n");
    put("一/甲.jx", project);
    put("一/下面/乙.jx", &project.replace('甲', "乙"));
    put("二/部门.jx", "部门 2 二局 {\n  没有 1\n}\n");
    put("外.jx", &project.replace('甲', "外"));
    let sums = |by: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
        let output = command.args(["check", "--by", by]).current_dir(folder.path()).output().expect("the program");
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        String::from_utf8(output.stdout).expect("text")
    };
    let names = |told: &str| -> Vec<String> {
        told.lines().map(|line| line.split("  ").next().expect("a name").to_owned()).collect()
    };
    let by_department = sums("department");
    let mut told = names(&by_department);
    told.sort();
    assert_eq!(told, ["一局", "二局", "（不属于部门）"], "{by_department}");
    let by_project = sums("project");
    assert!(
        ["一局 · 甲", "一局 · 乙"].iter().all(|name| names(&by_project).iter().any(|told| told == name)),
        "{by_project}"
    );
    let count = |told: &str, word: &str| -> usize {
        let numbers =
            told.lines().filter_map(|line| line.split(word).nth(1)?.split_whitespace().next()?.parse::<usize>().ok());
        numbers.sum()
    };
    for word in ["错误", "警告", "提示"] {
        assert_eq!(count(&by_department, word), count(&by_project, word), "{by_department}{by_project}");
    }
}
