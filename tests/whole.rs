//! A department as a whole: its money and its targets in the framework of the standard, what is computed for it, and its
//! points. Every figure of the worked example is asserted.

use jixiao::diagnostic::{Code, Language};
use jixiao::format::{Formatting, format};
use jixiao::model::DepartmentId;
use jixiao::model::year::NamedThing;
use jixiao::score::ScoreBasis;
use jixiao::standing::{ScoresOfOffice, explained, scores_json, scores_page};
use jixiao::workspace::{Analysis, Input, analyse};

pub const OFFICE: &str = r#"部门 601 示例县农业农村局 {
  年度 2025
  标准 财预2021
  整体预算 12400.00 万元 {
    基本支出 3100.00 万元
    项目支出 9300.00 万元
  }

  指标 运行成本 公用经费控制率 ≤ 100% {
    权重 8
  }
  指标 运行成本 三公经费变动率 ≤ 0% {
    权重 7
  }
  指标 管理效率 预算调整率 ≤ 5% {
    权重 6
    取值 预算调整率
  }
  指标 管理效率 结转结余率 ≤ 3% {
    权重 7
    取值 结转结余率
  }
  指标 管理效率 政府采购执行率 ≥ 95% {
    权重 7
  }
  指标 履职效能 新建高标准农田 ≥ 3.2 万亩 {
    权重 15
  }
  指标 履职效能 农产品抽检合格率 ≥ 98% {
    权重 15
  }
  指标 社会效应 新增示范社 ≥ 12 家 {
    权重 10
  }
  指标 可持续发展能力 农田管护机制 定性 "县乡村三级管护落实" {
    权重 5
  }
  指标 服务对象满意度 农户满意度 ≥ 90% {
    权重 10
  }
}
"#;

pub const YEAR: &str = r#"调整 2025-10-15 "示财预〔2025〕88号" {
  理由 "中央资金结转下年。"
  预算 部门 12400.00 万元 改为 12150.00 万元
}
自评 {
  执行 部门 11786.40 万元
  完成 部门.公用经费控制率 97.2%
  完成 部门.三公经费变动率 -6.3%
  完成 部门.政府采购执行率 91.3% { 偏差 其他 "一个标段废标。"；措施 "提前一季度编标。" }
  完成 部门.新建高标准农田 3.05 万亩 { 偏差 硬件条件保障 "汛期停工。"；措施 "三月底前补建。" }
  完成 部门.农产品抽检合格率 98.7%
  完成 部门.新增示范社 17 家 { 偏差 其他 "省级新增认定批次。" }
  完成 部门.农田管护机制 达成
  完成 部门.农户满意度 86.5% { 样本 410 份；偏差 其他 "补贴到账偏晚。"；措施 "五个工作日内拨付。" }
}
"#;

fn read(files: &[(&str, &str)]) -> Analysis {
    let input = |(path, text): &(&str, &str)| Input { path: (*path).to_owned(), text: (*text).into() };
    analyse(files.iter().map(input).collect(), None)
}

/// The errors that no rule of the field finds.
fn mistakes(analysis: &Analysis) -> Vec<String> {
    let is_rule = |code: Code| jixiao::lint::RULES.iter().any(|rule| rule.codes.contains(&code));
    let errors = analysis.diagnostics.iter().filter(|one| one.is_error() && !is_rule(one.code));
    errors.map(|one| format!("{} {}", one.code.id(), one.message.in_language(Language::Chinese))).collect()
}

pub fn office() -> Analysis {
    let analysis = read(&[("局/部门.jx", OFFICE), ("局/自评.jx", YEAR)]);
    assert_eq!(mistakes(&analysis), [""; 0]);
    analysis
}

/// The cells of the row that begins with a name.
fn row<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    let line = text.lines().find(|line| line.trim_start().starts_with(name) && line.contains("  "));
    let line = line.unwrap_or_else(|| panic!("no row of {name} in\n{text}"));
    line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect()
}

#[test]
fn a_department_is_scored_as_a_whole_with_every_step_told() {
    let analysis = office();
    let offices = ScoresOfOffice::all(&analysis.model, ScoreBasis::Reported);
    let text = scores_page(&analysis.model, &analysis.sources, &offices, false, Language::Chinese).text();
    for (name, weight, points, derivation) in [
        ("预算执行率", "10", "9.70", "10 × 11786.40 ÷ 12150.00 = 9.70074… → 9.70"),
        ("公用经费控制率", "8", "8.00", "97.2 ≤ 100"),
        ("三公经费变动率", "7", "7.00", "-6.3 ≤ 0"),
        ("预算调整率", "6", "6.00", "| 12150.00 − 12400.00 | ÷ 12400.00 = 2.02%"),
        ("结转结余率", "7", "7.00", "( 12150.00 − 11786.40 ) ÷ 12150.00 = 2.99%"),
        ("政府采购执行率", "7", "6.73", "7 × 91.3 ÷ 95 = 6.72736… → 6.73"),
        ("新建高标准农田", "15", "14.30", "15 × 3.05 ÷ 3.2 = 14.296875 → 14.30"),
        ("农产品抽检合格率", "15", "15.00", "98.7 ≥ 98"),
        ("新增示范社", "10", "10.00", "17 ≥ 12"),
        ("农田管护机制", "5", "5.00", "5.00"),
        ("农户满意度", "10", "9.61", "10 × 86.5 ÷ 90 = 9.61111… → 9.61"),
    ] {
        let cells = row(&text, name);
        assert!(cells.contains(&weight) && cells.contains(&points), "{name} {cells:?}\n{text}");
        assert!(cells.last().expect("a derivation").contains(derivation), "{name} {cells:?}");
    }
    assert!(row(&text, "预算调整率").contains(&"2.02%"), "{text}");
    assert!(row(&text, "结转结余率").contains(&"2.99%"), "{text}");
    assert_eq!(row(&text, "总分"), ["总分", "100", "98.34", "优"]);
    assert_eq!(row(&text, "部门  "), ["部门", "12150.00", "11786.40", "97.01%", "9.70", "88.64", "98.34", "优"]);
    let json = scores_json(&analysis.model, &analysis.sources, &offices, Language::Chinese);
    assert!(json.contains("\"total\": \"98.34\"") && json.contains("\"step\": \"computed\""), "{json}");
    assert!(!analysis.diagnostics.iter().any(|one| one.code == Code::JX116), "the excess has its reason");
}

#[test]
fn a_computed_value_is_explained_from_the_money() {
    let analysis = office();
    let offices = ScoresOfOffice::all(&analysis.model, ScoreBasis::Reported);
    let whole = offices[0].whole.as_ref().expect("targets as a whole");
    let text = explained(&analysis.model, &analysis.sources, whole, 3, false, Language::Chinese).text();
    assert!(
        text.starts_with(
            "结转结余率  目标 ≤ 3%  完成 2.99%  分值 7
  方法  反向 · 线性 · 倍数 1    财预2021 自评规则 计分 反向
  取值  ( 12150.00 − 11786.40 ) ÷ 12150.00 = 2.99%
  偏差  2.99259… ≤ 3
"
        ),
        "{text}"
    );
}

#[test]
fn lines_of_the_year_name_the_department_and_its_indicators() {
    let analysis = office();
    let record = analysis.model.record(Some(DepartmentId(0)));
    let named: Vec<_> = record.snapshots().flat_map(|one| &one.reached).map(|line| line.subject.named).collect();
    assert!(named.iter().all(|one| matches!(one, Some(NamedThing::Indicator(id)) if id.project.whole_of().is_some())));

    let lost = YEAR.replace("部门.农户满意度", "部门.农户满意率");
    let analysis = read(&[("局/部门.jx", OFFICE), ("局/自评.jx", &lost)]);
    let finding = analysis.diagnostics.iter().find(|one| one.code == Code::JX138).expect("a finding");
    let fix = finding.fix.as_ref().expect("the name that is meant");
    assert_eq!(fix.edits[0].text, "部门.农户满意度");
}

#[test]
fn a_department_without_targets_as_a_whole_has_no_line_of_them() {
    let bare = "部门 601 示例县农业农村局 {\n  年度 2025\n  标准 财预2021\n}\n";
    let analysis = read(&[("局/部门.jx", bare), ("局/自评.jx", YEAR)]);
    assert!(analysis.diagnostics.iter().any(|one| one.code == Code::JX138));
    let offices = ScoresOfOffice::all(&analysis.model, ScoreBasis::Reported);
    assert!(offices[0].whole.is_none());
}

#[test]
fn categories_and_fund_sources_are_those_of_the_framework() {
    let wrong = OFFICE.replace("指标 运行成本 公用", "指标 数量 公用").replace("基本支出", "财政资金");
    let analysis = read(&[("局/部门.jx", &wrong)]);
    let codes: Vec<&str> = analysis.diagnostics.iter().filter(|one| one.is_error()).map(|one| one.code.id()).collect();
    assert!(codes.contains(&"JX305") && codes.contains(&"JX307"), "{codes:?}");
    let weights = read(&[("局/部门.jx", &OFFICE.replace("权重 15", "权重 16"))]);
    assert!(weights.diagnostics.iter().any(|one| one.code == Code::JX090));
}

#[test]
fn an_indicator_is_added_in_the_framework_of_what_it_is_added_to() {
    let project = "项目 农机补贴 {\n  框架 项目评价\n  指标 产出数量 补贴台数 ≥ 10 台\n}\n";
    let year = r#"调整 2025-10-15 "示财预〔2025〕88号" {
  理由 "增加考核。"
  增加指标 部门.新增家庭农场 社会效应 ≥ 5 家
  增加指标 农机补贴.发放及时率 产出时效 ≥ 95%
  增加指标 农机补贴.误 社会效应 ≥ 5 家
}
"#;
    let analysis = read(&[("局/部门.jx", OFFICE), ("局/项目.jx", project), ("局/调整.jx", year)]);
    let found = mistakes(&analysis);
    assert!(found.len() == 1 && found[0].contains("JX305") && found[0].contains("项目评价"), "{found:?}");
    let offices = ScoresOfOffice::all(&analysis.model, ScoreBasis::Reported);
    let whole = offices[0].whole.as_ref().expect("targets as a whole");
    let added = whole.in_force.indicators.last().expect("an indicator");
    let standard = &analysis.model[whole.in_force.project.standard];
    assert_eq!(standard.category_path(added.indicator.category.expect("a category")), "社会效应");
}

#[test]
fn an_unscored_framework_gives_no_points() {
    let standard =
        "标准 我县 扩展 财预2021 {\n  指标框架 转移支付 {\n    一级指标 产出 { 二级指标 数量 }\n    不打分\n  }\n}\n";
    let office = "部门 601 示例局 {\n  年度 2025\n  标准 我县\n}\n项目 甲 {\n  框架 转移支付\n  预算 10 万元\n  指标 数量 补助人数 ≥ 10 人\n}\n";
    let year = "自评 {\n  执行 甲 9 万元\n  完成 甲.补助人数 12 人\n}\n";
    let analysis = read(&[("标准.jx", standard), ("局/部门.jx", office), ("局/自评.jx", year)]);
    assert_eq!(mistakes(&analysis), [""; 0]);
    let offices = ScoresOfOffice::all(&analysis.model, ScoreBasis::Reported);
    let project = &offices[0].projects[0];
    assert!(project.score.total.points.is_none() && project.score.execution.weight.is_none());
}

#[test]
fn the_layout_keeps_the_whole() {
    let laid_out = format(OFFICE, &Formatting::default()).text;
    assert_eq!(format(&laid_out, &Formatting::default()).text, laid_out);
    let analysis = read(&[("局/部门.jx", &laid_out), ("局/自评.jx", YEAR)]);
    assert_eq!(mistakes(&analysis), [""; 0]);
    let english = format(OFFICE, &Formatting { keywords: Some(Language::English), ..Formatting::default() }).text;
    assert!(english.contains("overall_budget 12400.00 万元") && english.contains("indicator 运行成本"), "{english}");
    let other = read(&[("局/部门.jx", &english), ("局/自评.jx", YEAR)]);
    assert_eq!(mistakes(&other), [""; 0]);
}
