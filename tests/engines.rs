//! Tables for engines: what DuckDB, Spark and DataFusion answer is the same, and what the compiler says itself.
//!
//! The engines are Python packages (`tests/engines/requirements.txt`), which `tests/run` puts into `target/engines`; Spark
//! needs a Java runtime besides.

#![allow(clippy::cast_possible_wrap, clippy::format_push_string, reason = "small numbers, small texts")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::str::FromStr;

use crate::support::{has, root, works};
use rust_decimal::Decimal;
use serde_json::Value;

#[expect(dead_code, reason = "benches use the rest")]
#[path = "../benches/support/county.rs"]
mod county;

const ENGINES: [&str; 3] = ["duckdb", "datafusion", "spark"];

fn python() -> PathBuf {
    std::env::var_os("JIXIAO_ENGINES")
        .map_or_else(|| root().join("target/engines/bin/python"), |folder| Path::new(&folder).join("bin/python"))
}

fn runs(engine: &str) -> bool {
    let module = if engine == "spark" { "pyspark" } else { engine };
    let output = Command::new(python()).args(["-c", &format!("import {module}")]).output();
    let has_java = engine != "spark" || works("java", "-version");
    has(&format!("{engine} in target/engines"), has_java && output.is_ok_and(|output| output.status.success()))
}

/// Runs jixiao; its standard output.
fn jixiao(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .args(["--lang", "en"])
        .args(arguments)
        .current_dir(folder)
        .env("JIXIAO_CACHE", "")
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code().is_some_and(|code| code < 2), "{arguments:?}: {said}");
    assert!(!said.contains("nothing was written") && !said.contains("no parquet was written"), "{arguments:?}: {said}");
    output.stdout
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("an entry");
        let path = to.join(entry.path().strip_prefix(from).expect("below"));
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(path).expect("a folder");
        } else {
            std::fs::copy(entry.path(), path).expect("a file");
        }
    }
}

/// 97 offices like the county's own, each project with a price that one of them has a hundred times too high.
fn offices(folder: &Path, year: usize) {
    county::County { projects: 2_989, projects_an_office: 31, a_file_a_project: true }.write(folder);
    for (index, entry) in walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().enumerate() {
        let entry = entry.expect("an entry");
        if !entry.file_type().is_file() {
            continue;
        }
        let mut text = std::fs::read_to_string(entry.path()).expect("text");
        text = text.replace("年度 2025", &format!("年度 {year}"));
        if text.starts_with("项目 ") {
            // Each third is dearer than the year before.
            let price = 300 + index % 7 * 10 + if year == 2025 && index % 3 == 0 { 15 } else { 0 };
            let times = if index == 1_000 { 100 } else { 1 };
            let price = Decimal::new((price * times) as i64, 2);
            let end = text.trim_end().strip_suffix('}').expect("a brace").len();
            text.truncate(end);
            text += &format!(
                "\n  指标 成本 每平方米保洁费用 ≤ {price} 元/平方米 {{\n    描述 \"外包保洁的单价\"\n    依据 \"服务合同\"\n    权重 0\n  }}\n}}\n"
            );
        }
        std::fs::write(entry.path(), text).expect("written");
    }
}

/// A county of 100 departments and 3,000 projects, of which three are examples.
fn this_year(folder: &Path) {
    offices(folder, 2025);
    copy(&root().join("examples/yutian-2025"), &folder.join("县政府办公室"));
    copy(&root().join("examples/一个县"), folder);
}

/// The tables of a county in two years, and of a second county whose codes were copied, with what the compiler says of each.
fn province(folder: &Path) -> (PathBuf, [Told; 3]) {
    this_year(&folder.join("县"));
    offices(&folder.join("县2024"), 2024);
    copy(&root().join("examples/yutian-2025"), &folder.join("邻县"));
    let tables = folder.join("tables");
    let told = [("县", "130229"), ("县2024", "130229"), ("邻县", "013000")].map(|(county, region)| {
        let out = tables.to_str().expect("a path");
        jixiao(folder, &["build", county, "--to", "parquet", "--to", "json", "--region", region, "-o", out]);
        let json = std::fs::read(tables.join("targets.json")).expect("written");
        Told(serde_json::from_slice(&json).expect("JSON"))
    });
    (tables, told)
}

/// What an engine answers: a list for each file of questions.
fn asked(engine: &str, tables: &Path, questions: &[PathBuf]) -> Vec<BTreeMap<String, Answer>> {
    let output = Command::new(python())
        .arg(root().join("tests/engines/ask.py"))
        .arg(engine)
        .arg(tables)
        .args(questions)
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{engine}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("answers")
}

#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
struct Answer {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

impl Answer {
    /// A row by its first cells, its other cells as text.
    fn by(&self, keys: usize) -> BTreeMap<Vec<String>, Vec<String>> {
        let text = |cell: &Value| cell.as_str().map_or_else(|| cell.to_string(), str::to_owned);
        let row = |row: &Vec<Value>| {
            let cells: Vec<String> = row.iter().map(text).collect();
            (cells[..keys].to_vec(), cells[keys..].to_vec())
        };
        self.rows.iter().map(row).collect()
    }
}

fn number(text: &Value) -> Decimal {
    Decimal::from_str(text.as_str().expect("a number as text")).expect("a number")
}

fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}

/// What the compiler says of a county in JSON.
struct Told(Value);

impl Told {
    fn departments(&self) -> impl Iterator<Item = &Value> {
        self.0["departments"].as_array().expect("departments").iter()
    }

    fn projects(&self) -> impl Iterator<Item = &Value> {
        self.departments().flat_map(|one| one["projects"].as_array().expect("projects"))
    }

    fn indicators(&self) -> impl Iterator<Item = &Value> {
        let of = |one: &'_ Value| one["indicators"].as_array().cloned().unwrap_or_default();
        let all: Vec<Value> = self.departments().chain(self.projects()).flat_map(of).collect();
        all.leak().iter()
    }

    fn budget(&self) -> Decimal {
        self.projects().map(|one| number(&one["budget"]["total"]["base_value"])).sum()
    }
}

#[test]
fn three_engines_answer_what_the_compiler_says() {
    let here: Vec<&str> = ENGINES.into_iter().filter(|engine| runs(engine)).collect();
    if here.is_empty() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (tables, told) = province(folder.path());
    let mut questions = vec![root().join("examples/province/questions.sql")];
    let published = root().join("../shared/cases/province.sql");
    if published.exists() {
        questions.push(published);
    } else {
        eprintln!("skipped: the questions that were agreed on are not here, ours are asked alone");
    }
    let schema = folder.path().join("tables.json");
    std::fs::write(&schema, jixiao(folder.path(), &["schema", "--tables", "--format", "json"])).expect("written");
    let looked = Command::new(python()).arg(root().join("tests/engines/look.py")).arg(&tables).arg(&schema).output();
    let looked = looked.expect("it runs");
    let differs = String::from_utf8_lossy(&looked.stdout);
    assert!(
        looked.status.success() && differs.trim().is_empty(),
        "{differs}{}",
        String::from_utf8_lossy(&looked.stderr)
    );
    let answers: Vec<_> = here.iter().map(|engine| asked(engine, &tables, &questions)).collect();
    for (engine, other) in here.iter().zip(&answers).skip(1) {
        for (one, other) in answers[0].iter().zip(other) {
            assert_eq!(one.len(), 12);
            for (question, answer) in one {
                assert_eq!(answer.columns, other[question].columns, "{question} in {engine}");
                assert_eq!(answer.rows, other[question].rows, "{question} in {} and {engine}", here[0]);
            }
        }
    }
    for answers in &answers[0] {
        told_by_the_compiler(folder.path(), &told, answers);
    }
}

/// What each question comes to by the compiler's own JSON.
fn told_by_the_compiler(folder: &Path, [now, before, other]: &[Told; 3], answers: &BTreeMap<String, Answer>) {
    assert_eq!(now.departments().count(), 100);
    assert_eq!(now.projects().count(), 3_000);
    let regions = [("130229", now), ("013000", other)];
    let answer = |question: &str, keys: usize| answers[question].by(keys);

    let mut funds: BTreeMap<Vec<String>, (usize, Option<Decimal>)> = BTreeMap::new();
    for (region, told) in regions {
        for line in told.projects().flat_map(|one| one["budget"]["funds"].as_array().expect("funds")) {
            let source = line["source"].as_str().expect("a source").to_owned();
            let sum = funds.entry(vec![region.to_owned(), source]).or_default();
            sum.0 += 1;
            if !line["amount"].is_null() {
                sum.1 = Some(sum.1.unwrap_or_default() + number(&line["amount"]["base_value"]));
            }
        }
    }
    let funds: BTreeMap<_, _> = funds
        .into_iter()
        .map(|(key, (lines, sum))| (key, vec![lines.to_string(), sum.map_or_else(|| "null".to_owned(), plain)]))
        .collect();
    assert_eq!(answer("q01", 2), funds);

    let q02 = answer("q02", 1);
    for (region, told) in regions {
        let targets = told.indicators().count();
        let in_words = told.indicators().filter(|one| one["target"]["kind"] == "words").count();
        assert_eq!(q02[&vec![region.to_owned()]][..2], [targets.to_string(), in_words.to_string()]);
    }

    // The county that copied has the same indicators in words.
    let q03 = &answers["q03"].rows;
    assert!(q03.len() == 20 && q03.iter().all(|row| row[2] == 2), "{q03:?}");

    // The one price that is a hundred times the others.
    let q04 = &answers["q04"].rows;
    assert!(q04.len() == 1 && q04[0][4] == "每平方米保洁费用" && q04[0][5] == "元/平方米", "{q04:?}");

    let last_year: BTreeMap<(String, usize), Value> = numbered(before).collect();
    let (mut compared, mut relaxed) = (0, 0);
    for (key, target) in numbered(now) {
        let Some(last) = last_year.get(&key) else { continue };
        let same = |field: &str| target["quantity"][field] == last["quantity"][field];
        let is_same = same("unit") && same("multiplier") && target["comparator"]["id"] == last["comparator"]["id"];
        if target["kind"] != "quantity" || last["kind"] != "quantity" || target["comparator"].is_null() || !is_same {
            continue;
        }
        compared += 1;
        let [now, last] = [&target, last].map(|one| number(&one["quantity"]["value"]));
        relaxed += usize::from(match target["comparator"]["id"].as_str() {
            Some("at_least") => now < last,
            Some("at_most") => now > last,
            _ => false,
        });
    }
    assert!(compared > 2_000 && relaxed > 900, "{compared} {relaxed}");
    assert_eq!(answer("q05", 1)[&vec!["130229".to_owned()]], [compared.to_string(), relaxed.to_string()]);

    let q06 = answer("q06", 1);
    for (region, told) in regions {
        let asks = |one: &&Value| {
            let indicators = one["indicators"].as_array().expect("indicators");
            indicators.iter().any(|one| one["category"].as_str().is_some_and(|name| name.starts_with("满意度")))
        };
        let silent: Vec<&Value> = told.projects().filter(|one| !asks(one)).collect();
        let money: Decimal = silent.iter().map(|one| number(&one["budget"]["total"]["base_value"])).sum();
        let wanted = (!silent.is_empty()).then(|| vec![silent.len().to_string(), plain(money)]);
        assert_eq!(q06.get(&vec![region.to_owned()]), wanted.as_ref(), "{region}");
    }

    let ends = [
        ("3月底", "2025-03-31"),
        ("6月底", "2025-06-30"),
        ("9月底", "2025-09-30"),
        ("10月底", "2025-10-31"),
        ("12月底", "2025-12-31"),
    ];
    let mut due: BTreeMap<Vec<String>, Decimal> = BTreeMap::new();
    for (_, told) in regions {
        for project in told.projects() {
            let budget = number(&project["budget"]["total"]["base_value"]);
            for line in project["spending_plan"].as_array().into_iter().flatten() {
                let day = ends.iter().find(|(label, _)| line["checkpoint"] == *label).expect("a checkpoint").1;
                let share = number(&line["share"]["base_value"]);
                *due.entry(vec![day.to_owned()]).or_default() += budget * share / Decimal::ONE_HUNDRED;
            }
        }
    }
    let due: BTreeMap<_, _> = due.into_iter().map(|(day, sum)| (day, vec![plain(sum)])).collect();
    assert_eq!(answer("q07", 1), due);

    let mut found: BTreeMap<(String, String), (usize, BTreeSet<&str>)> = BTreeMap::new();
    for (region, county) in [("130229", "县"), ("013000", "邻县")] {
        let json = jixiao(folder, &["check", county, "--format", "json"]);
        let told: Value = serde_json::from_slice(&json).expect("JSON");
        for one in told["findings"].as_array().expect("findings") {
            let text = |key: &str| one[key].as_str().expect("a word").to_owned();
            let counted = found.entry((text("code"), text("severity"))).or_default();
            counted.0 += 1;
            counted.1.insert(region);
        }
    }
    let found: BTreeMap<_, _> = found
        .into_iter()
        .map(|((code, level), (count, regions))| {
            (vec![code, level], vec![count.to_string(), regions.len().to_string()])
        })
        .collect();
    assert_eq!(answer("q11", 2), found);
    let q08 = &answers["q08"].rows;
    assert_eq!(q08.len(), 6, "five departments, and the only one of the other county");

    // The second county's codes are those of the office that it copied.
    let q09 = &answers["q09"].rows;
    assert!(q09.len() == 14 && q09.iter().all(|row| row[1] == 2), "{q09:?}");

    let growth = &answer("q10", 1)[&vec!["130229".to_owned()]];
    assert_eq!(growth[..2], [plain(before.budget()), plain(now.budget())]);
    assert_eq!(growth[3], "1");
    assert!(answers["q12"].rows.iter().all(|row| row[3] == 1 || row[3] == 2));
}

/// The targets of coded projects, by code and place.
fn numbered(told: &Told) -> impl Iterator<Item = ((String, usize), Value)> {
    let of = |project: &Value| {
        let code = project["code"].as_str().expect("a code").to_owned();
        let indicators = project["indicators"].as_array().expect("indicators").clone();
        indicators.into_iter().enumerate().map(move |(index, one)| ((code.clone(), index), one["target"].clone()))
    };
    told.projects().flat_map(of).collect::<Vec<_>>().into_iter()
}

/// Numbers that fit no column, blanks, texts of every kind.
const HOSTILE: &str = "部门 \"甲\\\"'、局\" {
  年度 2025
  标准 财预2015
  总体目标 \"一行\\n两行\\t'\\\"\"
  整体预算 1234567890123456789012345678 元
}
项目 \"01'\\\";--项目\" {
  预算 7922816251426433759354395033.5 元 {
    财政拨款 0.00001 元
    其他资金
  }
  目标 \"\"
  支出计划 { 3月底 33.33333%；12月底 100% }
  指标 数量 很多 ≥ 7922816251426433759354395033 次
  指标 数量 很细 ≥ 0.00001 公里
  指标 数量 正好 ≥ 99999999999999.9999 元/人
  指标 数量 过一 ≥ 100000000000000 元/人
  指标 数量 区间 0.5 万次 .. 9000 次
  指标 质量 文字 定性 \"\u{1F600}说不清\"
  指标 时效 期限 ≤ 2月底
}
项目 \"01'\\\";--项目 二\" {
  预算 99999999999999.9999 元
  指标 数量 空 = 0 次
}
";

#[test]
fn numbers_that_do_not_fit_are_null_and_texts_stay_as_they_are() {
    if !runs("duckdb") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("部门.jx"), HOSTILE).expect("written");
    // What the rules think of it is not asked.
    let levels = ["JX001", "JX002", "JX004", "JX040"].map(|code| format!("{code} = \"allow\"")).join("\n");
    std::fs::write(folder.path().join("jixiao.toml"), format!("[levels]\n{levels}\n")).expect("written");
    jixiao(folder.path(), &["build", ".", "--to", "parquet", "--region", "013000", "-o", "tables"]);
    let questions = folder.path().join("questions.sql");
    std::fs::write(
        &questions,
        "
-- q01
SELECT region_code, dept_key, overall_goal, budget, budget_written FROM departments;
-- q02
SELECT budget, budget_written, goal FROM projects ORDER BY project_key;
-- q03
SELECT source, amount, written FROM funds ORDER BY seq;
-- q04
SELECT name, value, low, high, exact, deadline, written FROM indicators ORDER BY project_key, seq;
-- q05
SELECT share, amount_by FROM plan_points ORDER BY seq;
",
    )
    .expect("written");
    for engine in ENGINES.into_iter().filter(|engine| *engine != "spark" && runs(engine)) {
        let answers = asked(engine, &folder.path().join("tables"), std::slice::from_ref(&questions));
        let rows = |question: &str| {
            let rows = answers[0][question].rows.iter();
            rows.map(|row| serde_json::to_string(row).expect("JSON")).collect::<Vec<_>>()
        };
        let (wide, fits) = ("7922816251426433759354395033", "99999999999999.9999");
        assert_eq!(rows("q01"), [r#"["013000","甲\"'、局","一行\n两行\t'\"",null,"1234567890123456789012345678 元"]"#]);
        assert_eq!(rows("q02"), [format!("[null,\"{wide}.5 元\",null]"), format!("[\"{fits}\",\"{fits} 元\",null]")]);
        assert_eq!(rows("q03"), [r#"["财政拨款",null,"0.00001 元"]"#, r#"["其他资金",null,null]"#]);
        assert_eq!(
            rows("q04"),
            [
                format!("[\"很多\",null,null,null,false,null,\"≥ {wide} 次\"]"),
                r#"["很细",null,null,null,false,null,"≥ 0.00001 公里"]"#.to_owned(),
                format!("[\"正好\",\"{fits}\",null,null,true,null,\"≥ {fits} 元/人\"]"),
                r#"["过一",null,null,null,false,null,"≥ 100000000000000 元/人"]"#.to_owned(),
                r#"["区间",null,"5000","9000",true,null,"0.5 万次 .. 9000 次"]"#.to_owned(),
                "[\"文字\",null,null,null,true,null,\"定性 \\\"\u{1F600}说不清\\\"\"]".to_owned(),
                r#"["期限",null,null,null,true,"2025-02-28","≤ 2月底"]"#.to_owned(),
                r#"["空","0",null,null,true,null,"= 0 次"]"#.to_owned(),
            ]
        );
        assert_eq!(rows("q05"), ["[null,null]", "[\"100\",null]"]);
    }
}

/// A county a task: errors are a result.
#[test]
fn spark_checks_a_county_a_task() {
    if !runs("spark") {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let counties = folder.path().join("counties");
    for name in ["yutian-2025", "入门", "四川2023-示例"] {
        copy(&root().join("examples").join(name), &counties.join(name));
    }
    std::fs::create_dir_all(counties.join("wrong")).expect("a folder");
    std::fs::write(counties.join("wrong/部门.jx"), "部门 甲 {\n  年度 2025\n}\n项目 乙 {\n  预算 1 趟\n}\n")
        .expect("written");
    let job = || {
        let output = Command::new(python())
            .arg(root().join("examples/province/spark.py"))
            .arg(&counties)
            .arg(folder.path().join("province"))
            .env("JIXIAO", env!("CARGO_BIN_EXE_jixiao"))
            .env("JIXIAO_CACHE", "")
            .env("PYSPARK_SUBMIT_ARGS", "--master local[2] --conf spark.driver.host=127.0.0.1 pyspark-shell")
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let statuses: Vec<String> = said
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .map(|(status, county)| format!("{status} {}", county.rsplit('/').next().unwrap_or_default()))
            .collect();
        (statuses, output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let (statuses, is_done, said) = job();
    assert!(is_done, "{said}");
    assert_eq!(statuses, ["1 wrong", "0 yutian-2025", "0 入门", "0 四川2023-示例"]);
    let files = std::fs::read_dir(folder.path().join("province/indicators")).expect("tables").count();
    assert_eq!(files, 3);
    // What cannot be checked fails the job.
    std::fs::create_dir_all(counties.join("empty")).expect("a folder");
    assert!(!job().1);
}
