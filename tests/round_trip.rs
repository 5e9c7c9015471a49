//! What is exported comes back: model, document, import, the same model. What a format cannot hold is listed here, by
//! format, and nowhere else: docs/formats.md is checked against these lists.

#[path = "support/losses.rs"]
mod losses;
use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use crate::support::offices::{Facts, office};
use crate::support::{Generator, artifacts as render, examples};
use jixiao::backend::{ALL, Artifact};
use jixiao::diagnostic::Language;
use jixiao::import::{self, Imported};
use jixiao::model::Model;
use jixiao::workspace::{Input, analyse};
use losses::{FORMATS, Format, Loss};

/// The whole model as text: reading that text again gives the model, as another suite proves.
fn source(model: &Model) -> String {
    let file = |artifact: Artifact| {
        let text = String::from_utf8(artifact.bytes).expect("text");
        // A folder is only there where there are several departments.
        let name = artifact.path.file_name().expect("a name").to_string_lossy().into_owned();
        format!("── {name}\n{text}")
    };
    render(model, "jx").into_iter().map(file).collect()
}

/// The standards that a workspace declares, as the importer finds them in the folder that it writes to.
fn standards(files: &[Input]) -> Vec<(String, String)> {
    let declares = |file: &&Input| file.text.lines().any(|line| line.starts_with("标准 "));
    files.iter().filter(declares).map(|file| (file.path.clone(), file.text.to_string())).collect()
}

fn import(name: &str, artifact: &Artifact, standard: Option<String>, files: &[Input]) -> Imported {
    let options = import::Importing { standard, standards: standards(files), ..import::Importing::default() };
    let path = artifact.path.display().to_string();
    import::import(&path, &artifact.bytes, &options)
        .unwrap_or_else(|problem| panic!("{name}: {}", problem.message.in_language(Language::English)))
}

/// The text of a model's department alone, to compare it with a document about that department.
fn alone(mut model: Model, index: usize) -> Model {
    let id = jixiao::model::DepartmentId(index as u32);
    let before = model.projects.iter().take_while(|project| project.department != Some(id)).count();
    model.projects.retain(|project| project.department == Some(id));
    model.departments = model.departments.into_iter().skip(index).take(1).collect();
    for project in &mut model.projects {
        project.department = Some(jixiao::model::DepartmentId(0));
    }
    let references =
        model.departments.iter_mut().flat_map(|one| &mut one.sub_goals).flat_map(|goal| &mut goal.indicators);
    for target in references.filter_map(|reference| reference.target.as_mut()) {
        target.project.0 -= before as u32;
    }
    model
}

/// Through a format and back. The differences that are left, as a diff; none where there are none.
fn difference(name: &str, format: &Format, files: &[Input], settings: Option<&Input>) -> Option<String> {
    let analyse = || analyse(files.to_vec(), settings.cloned()).model;
    let mut model = Some(analyse());
    let mut artifacts = model.as_ref().map(|model| render(model, format.backend)).unwrap_or_default();
    // Of several departments each has a page; the one before them holds nothing of its own.
    if artifacts.len() > 1 {
        artifacts.retain(|artifact| artifact.path != Path::new("report.html"));
    }
    let departments = model.as_ref().map_or(0, |model| model.departments.len());
    for (index, artifact) in artifacts.iter().enumerate() {
        let is_whole = artifacts.len() == 1;
        let whole = model.take().unwrap_or_else(analyse);
        let mut original = if is_whole { whole } else { alone(whole, index) };
        let department = &original.departments[0];
        // A document that names no standard is read by the one that the person names.
        let standard = (departments == 1 || !is_whole).then(|| original[department.standard].name.clone());
        let imported = import(name, artifact, standard.filter(|_| !format.says_standard), files);
        let left: Vec<String> = imported
            .left_over()
            .iter()
            .map(|left| format!("{} {}", left.place.shown().in_language(Language::English), left.text))
            .collect();
        let mut back = imported.model;
        for loss in format.losses {
            (loss.erase)(&mut original, &mut back);
        }
        let (original, back) = (source(&original), source(&back));
        if original != back || !left.is_empty() {
            let diff = similar::TextDiff::from_lines(&original, &back);
            return Some(format!("{name} ({}): left over {left:#?}\n{}", format.backend, diff.unified_diff()));
        }
    }
    None
}

/// The name of a workspace, its files and its settings.
type Case = (String, Vec<Input>, Option<Input>);

fn check(cases: impl Iterator<Item = Case>, format: &Format) {
    let different = cases.filter_map(|(name, files, settings)| difference(&name, format, &files, settings.as_ref()));
    let different: Vec<String> = different.collect();
    let shown: Vec<&str> = different.iter().take(SHOWN).map(String::as_str).collect();
    assert!(different.is_empty(), "{} do not come back:\n{}", different.len(), shown.join("\n"));
}

fn generated(format: &'static Format, seeds: std::ops::RangeInclusive<u64>) -> impl Iterator<Item = Case> {
    seeds.map(|seed| {
        let facts = if format.is_form { Facts::Printed } else { Facts::Every };
        (format!("seed {seed}"), office(&mut Generator::new(seed * 7919), facts).files, None)
    })
}

/// How many differences a failure shows.
const SHOWN: usize = 5;

fn format(backend: &str) -> &'static Format {
    FORMATS.iter().find(|format| format.backend == backend).expect("a format")
}

fn examples_come_back(backend: &str) {
    check(written(), format(backend));
}

/// The examples, and a department that states what few do.
fn written() -> impl Iterator<Item = Case> {
    let input = |(path, text): (&str, &str)| Input { path: path.to_owned(), text: text.into() };
    let rare = ("rare".to_owned(), RARE.into_iter().map(input).collect(), None);
    examples().into_iter().map(|one| (one.name, one.files, one.settings)).chain([rare])
}

/// A unit without a project and units in another order, paragraphs in a safeguard, sources out of order and left out,
/// amounts in another unit, one name in two projects, a wording beside a target.
const RARE: [(&str, &str); 3] = [
    (
        "部门.jx",
        r#"部门 905 示例县民政局 {
  年度 2025
  标准 财预2015
  单位 905002 示例县养老院
  单位 905001 示例县民政局本级
  单位 905003 示例县救助站
  总体目标 "办好　 民政。"
  分项目标 "老人住得好。" {
    指标 乙.人数
  }
  保障措施 落实责任 "第一段。
第二段。"
}
"#,
    ),
    (
        "01.jx",
        r#"项目 甲 {
  单位 905001
  预算 2 万元 {
    其他资金 1 万元
    财政拨款 1 万元
  }
  用途 "办事。"
  目标 "办好。"
  指标 数量 人数 ≥ 10 人 {
    依据 计划标准 "年度计划"
    表述 "不低于上年"
  }
  指标 成本 支出 ≤ 预算 × 95%
  指标 质量 合格 定性 好 { 好 一般 差 }
}
"#,
    ),
    (
        "02.jx",
        r#"项目 乙 {
  单位 905002
  预算 100.50 元 {
    财政拨款 100.50 元
  }
  用途 "办事。"
  目标 "办好。"
  指标 数量 人数 ≥ 上年 {
    上年 9 人
    方向 正向
    来源 "台账"
  }
}
"#,
    ),
];

macro_rules! round_trips {
    ($($format:ident: $backend:literal;)*) => { $(
        mod $format {
            #[test]
            fn every_example_comes_back() {
                super::examples_come_back($backend);
            }

            #[test]
            fn generated_offices_come_back() {
                let format = super::format($backend);
                super::check(super::generated(format, 1..=200), format);
            }

            #[test]
            #[ignore = "long: just test-long"]
            fn many_generated_offices_come_back() {
                let format = super::format($backend);
                super::check(super::generated(format, 1001..=3000), format);
            }
        }
    )* };
}
round_trips! {
    docx: "docx";
    ofd: "ofd";
    xlsx: "xlsx";
    text: "text";
    html: "html";
    csv: "csv";
    json: "json";
}

/// Printed as `≤预算数×80.5%`, and no number.
#[test]
fn targets_that_follow_the_money_come_back_as_such() {
    let department = "部门 示例局 {\n  年度 2025\n  标准 财预2015\n  单位 905001 示例局本级\n  总体目标 \"办好。\"\n  分项目标 \"办好。\" {\n    指标 甲.支出\n  }\n  保障措施 落实 \"到人。\"\n}\n";
    let project = "项目 甲 {\n  单位 905001\n  预算 10.00 元 {\n    财政拨款 10.00 元\n    上年结转资金\n    其他资金\n  }\n  用途 \"办事。\"\n  目标 \"办好。\"\n  指标 成本 支出 ≤ 预算\n  指标 成本 节约 ≤ 预算 × 80.5%\n  指标 成本 拨款 ≤ 财政拨款 × 95%\n}\n";
    let input = |path: &str, text: &str| Input { path: path.to_owned(), text: text.into() };
    let files = [input("部门.jx", department), input("甲.jx", project)];
    for format in FORMATS.iter().filter(|format| format.is_form) {
        assert_eq!(difference("money", format, &files, None), None);
    }
}

/// Every loss of every format, each once.
fn losses() -> Vec<&'static Loss> {
    let mut all: Vec<&Loss> = Vec::new();
    for loss in FORMATS.iter().flat_map(|format| format.losses) {
        if all.iter().all(|known| known.english != loss.english) {
            all.push(loss);
        }
    }
    all
}

/// The lists are the source of the table in the documentation. `JIXIAO_BLESS=1` renews it.
#[test]
fn the_page_of_formats_says_what_is_lost() {
    let heads: Vec<&str> = FORMATS.iter().map(|format| format.backend).collect();
    let mut table = format!("| 内容 | {} | what |\n|---|{}---|\n", heads.join(" | "), "---|".repeat(FORMATS.len()));
    let standard: String = FORMATS.iter().map(|format| if format.says_standard { " ✓ |" } else { " — |" }).collect();
    let _ = writeln!(table, "| 适用哪个标准 |{standard} which standard applies |");
    for loss in losses() {
        let keeps = |format: &Format| format.losses.iter().chain(format.implied).all(|one| one.english != loss.english);
        let cells: String = FORMATS.iter().map(|format| if keeps(format) { " ✓ |" } else { " — |" }).collect();
        let _ = writeln!(table, "| {} |{cells} {} |", loss.chinese, loss.english);
    }
    let path = crate::support::root().join("docs/formats.md");
    let page = std::fs::read_to_string(&path).expect("the page");
    let (before, rest) = page.split_once("<!-- losses -->\n").expect("a mark");
    let (_, after) = rest.split_once("<!-- end -->").expect("a mark");
    let wanted = format!("{before}<!-- losses -->\n{table}<!-- end -->{after}");
    if std::env::var_os("JIXIAO_BLESS").is_some() {
        std::fs::write(&path, &wanted).expect("written");
    }
    assert_eq!(std::fs::read_to_string(&path).expect("the page"), wanted, "JIXIAO_BLESS=1 renews it");
}

/// Without any one of the losses something differs: none is listed in vain.
#[test]
#[ignore = "long: just test-long"]
fn every_loss_that_is_listed_is_one() {
    for format in FORMATS {
        for left_out in format.losses {
            let losses: Vec<&Loss> =
                format.losses.iter().copied().filter(|loss| loss.english != left_out.english).collect();
            let fewer = Format { losses: losses.leak(), ..*format };
            let every = |seed: u64| {
                (format!("seed {seed}"), office(&mut Generator::new(seed * 7919), Facts::Every).files, None)
            };
            let mut cases = written().chain((1..=200).map(every));
            let differs =
                cases.any(|(name, files, settings)| difference(&name, &fewer, &files, settings.as_ref()).is_some());
            assert!(differs, "{}: {}", format.backend, left_out.english);
        }
    }
}

#[test]
fn every_backend_that_is_read_again_is_listed() {
    let listed: BTreeSet<&str> = FORMATS.iter().map(|format| format.backend).collect();
    let all: BTreeSet<&str> =
        ALL.iter().map(|backend| backend.name()).filter(|name| !["jx", "markdown", "parquet"].contains(name)).collect();
    assert_eq!(listed, all);
}
