//! Every row of the schema that a record has, through all places of the language: text, layout, model, JSON, difference,
//! flat table, and back.

use std::collections::BTreeSet;

use crate::support::artifacts;
use jixiao::backend::Artifact;
use jixiao::diagnostic::Language;
use jixiao::diff::{Class, Fact, Side, compare};
use jixiao::format::{Formatting, format};
use jixiao::import;
use jixiao::language::{Block, FIELDS, Field, PlainKind, fields_of, own, plain_fields};
use jixiao::model::{Model, PlainFields};
use jixiao::workspace::{Analysis, Input, analyse};

const RECORDS: [Block; 3] = [Block::Department, Block::Project, Block::Indicator];

/// Two values of a field, the second worth more; none for the standard, which other suites change.
fn values(field: Field) -> Option<[&'static str; 2]> {
    let own = match (own::Department::of(field), own::Project::of(field), own::Indicator::of(field)) {
        (Some(own::Department::Year), ..) => Some(["2025", "2026"]),
        (Some(own::Department::Standard), ..) => return None,
        (Some(own::Department::Unit), ..) => Some(["1 甲", "1 乙"]),
        (Some(own::Department::SubGoal), ..) => Some(["\"一件事办成。\"", "\"两件事办成。\""]),
        (Some(own::Department::Budget), ..) => Some(["1 元", "2 元"]),
        (Some(own::Department::Indicator), ..) => Some(["履职效能 某事 ≥ 1 次", "履职效能 某事 ≥ 2 次"]),
        (Some(own::Department::Safeguard), ..) => Some(["组织 \"专人负责。\"", "组织 \"两人负责。\""]),
        (_, Some(own::Project::Unit), _) => Some(["1", "2"]),
        (_, Some(own::Project::Budget), _) => Some(["1 元", "2 元"]),
        (_, Some(own::Project::SpendingPlan), _) => Some(["{ 12月底 90% }", "{ 12月底 100% }"]),
        (_, _, Some(own::Indicator::Basis)) => Some(["\"计划第一条\"", "\"计划第二条\""]),
        (_, _, Some(own::Indicator::Direction)) => Some(["正向", "反向"]),
        (_, _, Some(own::Indicator::WholePeriod)) => Some(["≥ 5 次", "≥ 6 次"]),
        (_, _, Some(own::Indicator::Interim)) => Some(["6月底 ≥ 5 次", "6月底 ≥ 6 次"]),
        _ if field == Field::Counting => Some(["累计", "期末"]),
        _ if field == Field::Computed => Some(["预算执行率", "预算调整率"]),
        // With another framework a category may be another, and one more change: the categories of both are the same.
        _ if field == Field::ProjectFramework => return None,
        _ if field == Field::ProjectKind => Some(["运转类", "特定目标类"]),
        _ if field == Field::Core => Some(["是", "否"]),
        (None, None, None) => None,
    };
    own.or_else(|| {
        Some(match field.plain? {
            PlainKind::Text => ["\"写明的话。\"", "\"另写的话。\""],
            PlainKind::Name => ["甲", "乙"],
            PlainKind::Number => ["7", "9"],
            PlainKind::Quantity => ["3 次", "4 次"],
            PlainKind::Amount => ["3 元", "4 元"],
            PlainKind::Period => ["2025-01-01 .. 2026-12-31", "2025-01-01 .. 2027-12-31"],
            PlainKind::Date => ["2025-01-31", "2025-02-01"],
        })
    })
}

/// A workspace in which one field is stated.
fn stated(field: Field, value: &str) -> String {
    let statement = format!("{} {value}", field.name);
    let at = |block: Block| if field.block == block { statement.as_str() } else { "" };
    let year = if field == Field::Year { "" } else { "年度 2025" };
    let (department, project, indicator) = (at(Block::Department), at(Block::Project), at(Block::Indicator));
    format!(
        "部门 905 示例局 {{\n  {year}\n  标准 财预2015\n  {department}\n}}\n\n项目 甲 {{\n  {project}\n  指标 数量 某事 = 1 次 {{\n    {indicator}\n  }}\n}}\n"
    )
}

fn read(text: &str) -> Analysis {
    let analysis = analyse(vec![Input { path: "例.jx".to_owned(), text: text.into() }], None);
    // What is missing is no mistake of what is there.
    let errors = analysis.diagnostics.iter().filter(|one| one.is_error() && one.code.id() >= "JX200");
    let errors: Vec<String> = errors.map(|one| one.message.in_language(Language::English).into_owned()).collect();
    assert!(errors.is_empty(), "{text}\n{errors:?}");
    analysis
}

fn side(analysis: &Analysis) -> Side<'_> {
    Side { model: &analysis.model, sources: &analysis.sources }
}

fn plain(model: &Model, block: Block) -> &PlainFields {
    match block {
        Block::Department => &model.departments[0].plain,
        Block::Project => &model.projects[0].plain,
        _ => &model.projects[0].indicators[0].plain,
    }
}

/// The whole model as text.
fn source(model: &Model) -> String {
    artifacts(model, "jx").into_iter().map(|one| String::from_utf8(one.bytes).expect("text")).collect()
}

fn one(model: &Model, format: &str) -> Artifact {
    artifacts(model, format).into_iter().next().expect("an artifact")
}

fn back(artifact: &Artifact) -> String {
    let options = import::Importing { standard: Some("财预2015".to_owned()), ..import::Importing::default() };
    let path = artifact.path.display().to_string();
    let imported = import::import(&path, &artifact.bytes, &options);
    let imported = imported.unwrap_or_else(|problem| panic!("{}", problem.message.in_language(Language::English)));
    source(&imported.model)
}

#[test]
fn every_field_goes_everywhere_and_comes_back() {
    let all = RECORDS.into_iter().flat_map(fields_of).filter_map(|field| Some((*field, values(*field)?)));
    for (field, [first, second]) in all {
        let text = stated(field, first);
        let analysis = read(&text);
        let model = &analysis.model;
        let whole = source(model);
        assert!(whole.contains(&format!("{} ", field.name)), "{field:?}\n{whole}");
        if field.plain.is_some() {
            assert!(plain(model, field.block).is_filled(field), "{field:?}");
            assert_eq!(plain(model, field.block).iter().count(), 1, "{field:?}");
        }

        // The layout keeps it, in both languages.
        for keywords in [Language::Chinese, Language::English] {
            let options = Formatting { keywords: Some(keywords), ..Formatting::default() };
            let laid_out = format(&text, &options).text;
            let word = if keywords == Language::Chinese { field.name } else { field.english };
            assert!(laid_out.contains(&format!("{word} ")), "{field:?}\n{laid_out}");
            assert_eq!(source(&read(&laid_out).model), whole, "{field:?}\n{laid_out}");
        }

        let json = one(model, "json");
        assert_eq!(back(&json), whole, "{field:?} in JSON");
        if field.plain.is_some() {
            let text = String::from_utf8_lossy(&json.bytes);
            assert!(text.contains(&format!("\"{}\":", field.english)), "{field:?}\n{text}");
        }

        // Its change is told once, and by its own name.
        let other = read(&stated(field, second));
        let told = compare(side(&analysis), side(&other)).changes;
        assert_eq!(told.len(), 1, "{field:?} {told:?}");
        let name = told[0].subject.field.as_ref().expect("a field");
        if field.plain.is_some() {
            assert_eq!(name.in_language(Language::Chinese), field.name);
            assert_eq!(told[0].class.code(), field.change.0, "{field:?}");
        }

        if field.block != Block::Department {
            let table = one(model, "csv");
            // A department gets the units that its projects name.
            let project = |text: &str| text.split_once("项目 甲").expect("a project").1.to_owned();
            let table_text = String::from_utf8_lossy(&table.bytes);
            assert_eq!(project(&back(&table)), project(&whole), "{field:?} in a table\n{table_text}");
            let heading = String::from_utf8_lossy(&table.bytes).lines().next().map(str::to_owned).unwrap_or_default();
            if field.plain.is_some() {
                assert!(heading.split(',').any(|one| one == field.heading), "{field:?} {heading}");
            }
        }
    }
}

/// 总投资 by fund source, with a blank one, and without a sum of its own.
#[test]
fn the_parts_of_the_total_investment_go_everywhere_and_come_back() {
    for value in ["9 万元 {\n    财政拨款 6 万元\n    其他资金\n  }", "{\n    财政拨款 6 万元\n  }"] {
        let text = stated(Field::TotalInvestment, value);
        let analysis = read(&text);
        let model = &analysis.model;
        let whole = source(model);
        assert!(whole.contains(&format!("总投资 {value}")), "{whole}");
        for keywords in [Language::Chinese, Language::English] {
            let options = Formatting { keywords: Some(keywords), ..Formatting::default() };
            let laid_out = format(&text, &options).text;
            assert_eq!(format(&laid_out, &options).text, laid_out);
            assert_eq!(source(&read(&laid_out).model), whole, "{laid_out}");
        }
        assert_eq!(back(&one(model, "json")), whole);
        let table = one(model, "csv");
        let project = |text: &str| text.split_once("项目 甲").expect("a project").1.to_owned();
        assert_eq!(project(&back(&table)), project(&whole), "{}", String::from_utf8_lossy(&table.bytes));
    }
    let codes = |text: &str| -> Vec<_> {
        let inputs = vec![Input { path: "例.jx".to_owned(), text: text.into() }];
        analyse(inputs, None).diagnostics.iter().map(|one| one.code.id()).collect()
    };
    let wrong = stated(Field::TotalInvestment, "9 万元 {\n    财政拨款 6 万元\n    其他资金 2 万元\n  }");
    assert!(codes(&wrong).contains(&"JX020") && !codes(&wrong.replace("2 万元", "3 万元")).contains(&"JX020"));
    assert!(codes(&wrong.replace("财政拨款", "财政拔款")).contains(&"JX307"));
    assert!(codes(&wrong.replace("其他资金", "财政拨款")).contains(&"JX302"));
}

/// The official table prints a plain field where a standard's table has a column for it, and nowhere else.
#[test]
fn a_table_prints_a_field_where_it_has_its_column() {
    for field in plain_fields(Block::Indicator) {
        let [value, _] = values(field).expect("values");
        let said = value.trim_matches('"').replace(' ', "");
        let form = |column: &str| {
            let columns = format!("指标表 {{\n    列 三级指标 \"指标\"\n    {column}\n  }}");
            let standard = format!("标准 我县 扩展 财预2015 {{\n  {columns}\n}}\n\n");
            let text = standard + &stated(field, value).replace("标准 财预2015", "标准 我县");
            String::from_utf8(one(&read(&text).model, "markdown").bytes).expect("text")
        };
        let with = form(&format!("列 {} \"这一列\"", field.name));
        assert!(with.contains("这一列") && with.contains(&said), "{field:?}\n{with}");
        assert!(!form("").contains(&said), "{field:?}");
    }
}

#[test]
fn the_codes_of_changes_are_codes() {
    for field in RECORDS.into_iter().flat_map(plain_fields) {
        let (one, fallen) = field.change;
        assert!(Class::find(one).is_some() && Class::find(fallen).is_some(), "{field:?}");
        assert!(Fact::all().contains(&Fact::Plain(field)), "{field:?}");
    }
}

#[test]
fn a_name_means_one_field_of_its_block() {
    let mut seen = BTreeSet::new();
    for field in FIELDS {
        for word in [field.name, field.english] {
            assert!(seen.insert((field.block, word)), "{word} stands twice in {:?}", field.block);
        }
    }
}
