//! Tables for spreadsheets: other programs read in them what the model says.

use crate::support::offices::{Facts, office};
use crate::support::{Generator, examples, root};
use std::path::{Path, PathBuf};
use std::process::Command;

use jixiao::backend::{Artifact, RenderOptions, Scope};
use jixiao::model::Model;
use jixiao::workspace::{Input, analyse};
use serde_json::Value;

fn render(model: &Model, format: &str, options: &RenderOptions<'_>) -> Vec<Artifact> {
    crate::support::rendered(model, format, Scope::Workspace, options)
}

/// Every example, and generated offices of every kind.
fn models() -> Vec<(String, Model)> {
    let mut models: Vec<(String, Model)> =
        examples().iter().map(|example| (example.name.clone(), example.analyse().model)).collect();
    for seed in 1..=12 {
        let office = office(&mut Generator::new(seed * 104_729), Facts::Every);
        models.push((format!("office-{seed}"), analyse(office.files, None).model));
    }
    models
}

/// A project whose texts look like formulas, with a name that no sheet can have; a project without indicators.
const HOSTILE: &str = "项目 \"=1+1 [甲]:*?/\\\\ 很长很长很长很长很长很长很长很长很长很长的名称\" {
  预算 123456789012345.6789 元
  目标 \"@SUM(A1)\"
  指标 数量 -甲 = 100%
  指标 数量 \"+乙\" ≥ 12345678901234567.89 元 {
    描述 \"=HYPERLINK(\\\"x\\\")\"
  }
}
项目 空 {
  预算 1 元
}
";

fn hostile() -> Model {
    analyse(vec![Input { path: "case.jx".to_owned(), text: HOSTILE.replace("-甲", "\"-甲\"").into() }], None).model
}

fn write(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    std::fs::create_dir_all(folder).expect("a folder");
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("written");
    path
}

/// Whether a tool runs; tells where it does not.
fn runs(tool: &str, arguments: &[&str]) -> bool {
    let runs = Command::new(tool).args(arguments).output().is_ok_and(|output| output.status.success());
    if !runs {
        eprintln!("skipped: `{tool} {}` does not run here", arguments.join(" "));
    }
    runs
}

#[test]
fn an_independent_reader_finds_every_fact_in_the_workbooks() {
    let python = "/usr/bin/python3";
    if !runs(python, &["-c", "import openpyxl"]) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(python);
    command.arg(root().join("tests/validate/xlsx.py"));
    for (name, model) in models().into_iter().chain([("hostile".to_owned(), hostile())]) {
        let folder = folder.path().join(&name);
        let json = write(&folder, "targets.json", &render(&model, "json", &RenderOptions::default())[0].bytes);
        for (index, artifact) in render(&model, "xlsx", &RenderOptions::default()).iter().enumerate() {
            let path = write(&folder, &artifact.path.display().to_string(), &artifact.bytes);
            command.arg(path).arg(format!("{}#{index}", json.display()));
        }
    }
    let output = command.output().expect("runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn an_office_program_prints_the_workbooks() {
    if !runs("soffice", &["--version"]) || !runs("pdftotext", &["-v"]) {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let example = &examples()[0];
    let model = example.analyse().model;
    let artifact = &render(&model, "xlsx", &RenderOptions::default())[0];
    let path = write(folder.path(), "workbook.xlsx", &artifact.bytes);
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let output = Command::new("soffice")
        .args(["--headless", &profile, "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .arg(&path)
        .output()
        .expect("soffice");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = Command::new("pdftotext").arg(path.with_extension("pdf")).arg("-").output().expect("pdftotext");
    let text: String = String::from_utf8_lossy(&text.stdout).chars().filter(|sign| !sign.is_whitespace()).collect();
    for project in &model.projects {
        for words in project.texts() {
            let words: String = words.value.chars().filter(|sign| !sign.is_whitespace()).collect();
            assert!(text.contains(&words), "{words} is not printed");
        }
    }
}

#[test]
fn the_same_model_gives_the_same_bytes() {
    for (name, model) in models() {
        for format in ["csv", "xlsx"] {
            let bytes = || -> Vec<Vec<u8>> {
                render(&model, format, &RenderOptions::default()).into_iter().map(|artifact| artifact.bytes).collect()
            };
            assert_eq!(bytes(), bytes(), "{name} as {format}");
        }
    }
}

/// The rows of a CSV by their headings.
fn rows(bytes: &[u8]) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    reader.deserialize().collect::<Result<_, _>>().expect("rows of one length")
}

#[test]
fn the_flat_table_has_the_facts_of_every_project_and_indicator() {
    for (name, model) in models() {
        let table = rows(&render(&model, "csv", &RenderOptions::default())[0].bytes);
        let json: Value =
            serde_json::from_slice(&render(&model, "json", &RenderOptions::default())[0].bytes).expect("JSON");
        let mut left = table.iter();
        for department in json["departments"].as_array().expect("departments") {
            for project in department["projects"].as_array().expect("projects") {
                for indicator in project["indicators"].as_array().expect("indicators") {
                    let row = left.next().expect("a row");
                    let same = |heading: &str, value: &Value| {
                        assert_eq!(row[heading], value.as_str().unwrap_or_default(), "{name}: {heading}");
                    };
                    same("部门名称", &department["name"]);
                    same("标准", &department["standard"]["name"]);
                    same("项目编码", &project["code"]);
                    same("项目名称", &project["name"]);
                    same("预算数", &project["budget"]["total"]["value"]);
                    same("资金用途", &project["purpose"]);
                    same("绩效目标", &project["goal"]);
                    same("一级指标", &indicator["category"]);
                    same("三级指标", &indicator["name"]);
                    same("指标值", &indicator["printed"]["cell"]);
                    same("描述", &indicator["description"]);
                    same("依据", &indicator["basis"]["text"]);
                    same("依据类别", &indicator["basis"]["kind"]);
                    same("来源", &indicator["source"]);
                    same("权重", &indicator["weight"]);
                    same("表述", &indicator["wording"]);
                    assert!(!row["目标值写法"].is_empty(), "{name}");
                    for line in project["budget"]["funds"].as_array().into_iter().flatten() {
                        let source = line["source"].as_str().expect("a name");
                        match line["amount"]["value"].as_str() {
                            Some(amount) => assert_eq!(row[source], amount, "{name}: {source}"),
                            None => assert!(row["金额留空"].split('、').any(|one| one == source), "{name}: {source}"),
                        }
                    }
                }
            }
        }
        assert!(left.next().is_none(), "{name}");
    }
}

#[test]
fn a_table_for_programs_is_exact_and_ends_its_lines_as_the_standard_has_it() {
    let model = hostile();
    let plain = render(&model, "csv", &RenderOptions::default()).remove(0).bytes;
    let marked =
        render(&model, "csv", &RenderOptions { byte_order_mark: true, ..RenderOptions::default() }).remove(0).bytes;
    assert_eq!([b"\xEF\xBB\xBF", &plain[..]].concat(), marked);
    assert!(String::from_utf8(plain.clone()).expect("UTF-8").ends_with("\r\n"));
    let table = rows(&plain);
    assert_eq!(table.len(), 3);
    assert_eq!(table[0]["目标值写法"], "= 100%");
    assert_eq!(table[1]["描述"], "=HYPERLINK(\"x\")");
    assert_eq!(table[1]["数值"], "12345678901234567.89");
    assert_eq!(table[2]["项目名称"], "空");
    assert_eq!(table[2]["三级指标"], "");
}
