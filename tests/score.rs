//! Points: every case of the table, and what holds for all.

use std::fmt::Write;

use rust_decimal::Decimal;

use crate::support::root;
use jixiao::diagnostic::Language;
use jixiao::model::actual::{Actual, Attainment};
use jixiao::model::calendar::Date;
use jixiao::model::standard::Standard;
use jixiao::model::standard::method::{MethodKind, ScoredKind};
use jixiao::model::target::Target;
use jixiao::model::year::NamedThing;
use jixiao::model::{IndicatorId, ProjectId};
use jixiao::score::{
    Exact, Figure, FigureOrigin, InForce, IndicatorReport, IndicatorRow, MoneyInForce, ScoredRow, execution, grade_of,
    is_right, total,
};
use jixiao::workspace::{Analysis, Input, analyse};

fn read(text: &str) -> Analysis {
    let analysis = analyse(vec![Input { path: "例.jx".to_owned(), text: text.into() }], None);
    let is_of_language = |code: &str| code >= "JX200";
    let errors: Vec<String> = (analysis.diagnostics.iter())
        .filter(|one| one.is_error() && is_of_language(one.code.id()))
        .map(|one| format!("{} {}", one.code.id(), one.message.in_language(Language::Chinese)))
        .collect();
    assert!(errors.is_empty(), "{text}\n{errors:#?}");
    analysis
}

fn decimal(text: &str) -> Decimal {
    Decimal::from_str_exact(text).unwrap_or_else(|_| panic!("no number: {text}"))
}

fn exact(text: &str) -> Exact {
    let (above, below) = text.split_once('/').unwrap_or((text, "1"));
    Exact::from(decimal(above)).over(&decimal(below).into()).expect("a denominator")
}

fn figure(text: &str, analysis: &Analysis) -> Figure {
    Figure::new(decimal(text).into(), text, FigureOrigin::Stated(analysis.model.projects[0].span))
}

/// A standard with some rules of its own, and a project by it whose first indicator is the one in question. The second says
/// what was reached, as a target where it can be one.
struct Case {
    rules: String,
    category: String,
    target: String,
    actual: String,
    fields: String,
    weight: String,
}

impl Case {
    fn read(&self) -> Analysis {
        let Case { rules, category, target, actual, fields, weight } = self;
        let mut text = "标准 试 扩展 财预2015 {\n  缺省\n  计量单位 艘 { 量纲 计数；整数 }\n".to_owned();
        if !rules.is_empty() {
            let _ = writeln!(text, "  自评规则 {{\n    {rules}\n  }}");
        }
        text.push_str("}\n部门 1 例局 {\n  年度 2025\n}\n项目 甲 {\n");
        let fields = split_fields(fields).iter().fold(String::new(), |text, field| text + "    " + field + "\n");
        let _ = writeln!(text, "  指标 {category} 甲 {target} {{\n    权重 {weight}\n{fields}  }}");
        if actual.starts_with(|sign: char| sign.is_ascii_digit() || sign == '-') {
            let _ = writeln!(text, "  指标 {category} 乙 = {actual}");
        }
        text.push_str("}\n");
        read(&text)
    }

    fn actual(&self, analysis: &Analysis) -> Actual {
        let indicators = &analysis.model.projects[0].indicators;
        match self.actual.as_str() {
            "待填" => Actual::Blank,
            "不适用" => Actual::NotApplicable("停办".into()),
            "未完成" => Actual::NotDone,
            "是" => Actual::YesNo(true),
            "否" => Actual::YesNo(false),
            text if text.starts_with('≥') => Actual::Damaged,
            text => match (Attainment::find(text), Date::read(text), indicators.get(1).map(|one| &one.target.value)) {
                (Some(state), ..) => Actual::Attainment(state),
                (None, _, Some(Target::Quantity { quantity, .. })) => Actual::Quantity(quantity.clone()),
                (None, Some(date), _) => Actual::Date(date),
                (None, None, _) => Actual::Grade(text.into()),
            },
        }
    }

    fn score(&self, given: &str, budget: &str) -> IndicatorRow {
        let analysis = self.read();
        let project = &analysis.model.projects[0];
        let standard = &analysis.model[project.standard];
        let indicator = &project.indicators[0];
        let actual = self.actual(&analysis);
        let amount = |text: &str| (!text.is_empty()).then(|| figure(text, &analysis));
        let money = MoneyInForce { total: amount(budget), funds: Vec::new() };
        let report = IndicatorReport {
            actual: Some((&actual, indicator.span)),
            given: amount(given),
            ..IndicatorReport::default()
        };
        InForce::approved(indicator, NamedThing::Indicator(IndicatorId { project: ProjectId(0), index: 0 }))
            .score(&money, &report, 2025, standard)
    }
}

/// `上年 88%；计分 逐次 { 每 1 起；扣 50% }` by its outer separators.
fn split_fields(text: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut depth = 0;
    for sign in text.chars() {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            '；' if depth == 0 => {
                fields.push(String::new());
                continue;
            }
            _ => {}
        }
        fields.last_mut().expect("one").push(sign);
    }
    fields.retain(|field| !field.is_empty());
    fields
}

/// The line in which a standard of the case says its rules.
fn standard_of(rules: &str) -> Analysis {
    let one = |text: &str| text.to_owned();
    let (category, target) = (one("数量"), one("≥ 1 次"));
    Case { rules: one(rules), category, target, actual: String::new(), fields: String::new(), weight: one("1") }.read()
}

fn of_case(analysis: &Analysis) -> &Standard {
    &analysis.model[analysis.model.projects[0].standard]
}

/// Points as the table states them: `无 JX150`, `10.00 超额`.
fn told(points: &jixiao::score::Points) -> String {
    match (&points.rounded, &points.none) {
        (Some(rounded), _) => {
            let excess = if points.excess.is_some() && points.share == Some(Exact::one()) { " 超额" } else { "" };
            format!("{}{excess}", rounded.fixed(2))
        }
        (None, Some(why)) => ["无", why.code().unwrap_or_default()].join(" ").trim().to_owned(),
        (None, None) => "?".to_owned(),
    }
}

#[test]
fn every_case_of_the_table_earns_its_points() {
    let table = std::fs::read_to_string(root().join("tests/cases/scoring.tsv")).expect("the table");
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for (number, line) in table.lines().enumerate().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [kind, category, target, actual, weight, fields, given, rules, budget, expected, _note] = cells[..] else {
            panic!("row {number}: {line}");
        };
        seen += 1;
        let found = match kind {
            "指标" => {
                let [rules, category, target, actual, fields, weight] =
                    [rules, category, target, actual, fields, weight].map(str::to_owned);
                let mut told =
                    told(&Case { rules, category, target, actual, fields, weight }.score(given, budget).points);
                // At the bound itself nothing is taken off, so that the reason may be due there.
                if !expected.contains("超额") {
                    told = told.replace(" 超额", "");
                }
                told
            }
            "执行率" => {
                let analysis = standard_of(rules);
                let amount = |text: &str| {
                    let (number, unit) = text.split_once(' ').expect("a unit");
                    let factor = if unit == "万元" { 10_000 } else { 1 };
                    figure(&(decimal(number) * Decimal::from(factor)).to_string(), &analysis)
                };
                let executed = execution(Some(&amount(target)), Some(&amount(actual)), &of_case(&analysis).scoring);
                assert_eq!(executed.weight.map(|weight| weight.value), Some(exact(weight)), "{line}");
                told(&executed.points)
            }
            "等次" => {
                let analysis = standard_of(rules);
                let grade = grade_of(&exact(target), &of_case(&analysis).scoring.grades);
                grade.map_or("无", |grade| &grade.name).to_owned()
            }
            "核对" => {
                let analysis = standard_of(rules);
                let mode = of_case(&analysis).scoring.rounding.expect("a rule").value;
                if is_right(&exact(target), decimal(actual), mode) { "对" } else { "错" }.to_owned()
            }
            _ => panic!("row {number}: {kind}"),
        };
        if found != expected {
            wrong.push(format!("row {}: {line}\n  {found}", number + 1));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(seen, 97);
}

/// A number of a case, its unit behind it.
const GOALS: &[(&str, &str, &[&str])] = &[
    ("≥ 80%", "%", &["", "计分 比例", "计分 全或无", "计分 逐次 { 每 3%；扣 7% }", "计分 增量；上年 60%"]),
    (
        "≥ 80%",
        "%",
        &["计分 分档 { 档 ≥ 80% 100%；档 ≥ 50% 60%；档 ≥ 20% 30% }", "计分 逐次 { 每 3%；扣 0.4 分；不满也扣 }"],
    ),
    ("≤ 40%", "%", &["", "计分 线性 { 倍数 2 }", "计分 反比", "计分 全或无", "计分 逐次 { 每 4%；扣 1 分 }"]),
    ("= 40%", "%", &["", "计分 线性", "计分 双向", "计分 全或无"]),
    ("30% .. 60%", "%", &["", "计分 区间 { 倍数 3 }", "计分 全或无", "计分 逐次 { 每 5%；扣 20% }"]),
];

#[test]
fn more_of_what_is_wanted_never_earns_less_and_nobody_earns_more_than_the_weight() {
    for (target, unit, all) in GOALS {
        for fields in *all {
            let mut last: Option<Exact> = None;
            for step in 0..=25 {
                let case = Case {
                    rules: String::new(),
                    category: "质量".to_owned(),
                    target: (*target).to_owned(),
                    actual: format!("{}{unit}", step * 4),
                    fields: (*fields).to_owned(),
                    weight: "7.5".to_owned(),
                };
                let row = case.score("", "");
                let points = row.points.rounded.unwrap_or_else(|| panic!("{target} {fields}: {:?}", row.points.none));
                assert!(points >= Exact::zero() && points <= exact("7.5"), "{target} {fields}: {}", points.fixed(2));
                let rises = target.starts_with('≥') || fields.is_empty() && target.starts_with('=');
                let falls = target.starts_with('≤') || *fields == "计分 线性" && target.starts_with('=');
                if let Some(last) = last.filter(|_| rises || falls) {
                    assert!(if rises { points >= last } else { points <= last }, "{target} {fields} {}", case.actual);
                }
                last = Some(points);
                let is_full = row.points.is_met == Some(true);
                assert!(!is_full || row.points.share == Some(Exact::one()), "{target} {fields} {}", case.actual);
            }
        }
    }
}

#[test]
fn the_printed_rows_add_up_to_the_printed_total_and_open_ones_leave_bounds() {
    let analysis = standard_of("不适用 折算");
    let rules = &of_case(&analysis).scoring;
    let row = |share: &str, weight: &str| {
        let amount = |text: &str| figure(text, &analysis);
        let executed = execution(Some(&amount("3")), Some(&amount(share)), rules);
        let exact = exact(weight) * executed.points.share.clone().expect("a share");
        let rounded = Some(exact.rounded(2, rules.rounding.expect("a rule").value));
        jixiao::score::Points { exact: Some(exact), rounded, ..executed.points }
    };
    let weights: Vec<Exact> = ["33", "41", "26"].map(exact).into();
    let points = [row("1", "33"), row("2", "41"), row("2", "26")];
    let rows = |points: &[jixiao::score::Points]| {
        let rows: Vec<ScoredRow<'_>> =
            weights.iter().zip(points).map(|(weight, points)| ScoredRow { weight: Some(weight), points }).collect();
        total(&rows, rules)
    };
    let whole = rows(&points);
    let printed: Exact = points.iter().filter_map(|one| one.rounded.clone()).sum();
    assert_eq!(whole.points.as_ref(), Some(&printed));
    assert_eq!((whole.printed(rules).as_str(), whole.grade.as_deref()), ("55.66", Some("差")));
    let open = |why| jixiao::score::Points::none(why);
    let mut with_open = points.clone();
    with_open[1] = open(jixiao::score::NoPoints::Missing);
    let part = rows(&with_open);
    assert_eq!((part.printed(rules).as_str(), part.grade), ("—", None));
    assert_eq!((part.low.fixed(2), part.high.fixed(2)), ("28.33".to_owned(), "69.33".to_owned()));
    // What does not apply leaves the total: 28.33 of 59 is 48.02 of 100.
    with_open[1] = open(jixiao::score::NoPoints::NotApplicable);
    let scaled = rows(&with_open);
    assert_eq!(scaled.printed(rules), "48.02");
    assert_eq!(scaled.scaled_from.map(|from| from.fixed(2)), Some("28.33".to_owned()));
}

#[test]
fn a_derivation_says_each_number_once_with_where_it_comes_from() {
    let [rules, category, target, actual, fields, weight] =
        ["", "成本", "≤ 5.5 万元/台", "5.9 万元/台", "", "8"].map(str::to_owned);
    let row = Case { rules, category, target, actual, fields, weight }.score("", "");
    let lines: Vec<String> = row.points.steps.iter().map(|step| step.text(Language::Chinese)).collect();
    assert_eq!(lines, ["5.9 − 5.5 = 0.4；0.4 ÷ 5.5 = 7.27%", "8 × (1 − 0.4 ÷ 5.5) = 8 × 51/55 = 7.41818… → 7.42"]);
    assert_eq!(row.kind.map(ScoredKind::word), Some("反向"));
    assert!(matches!(row.method, Some((MethodKind::Linear, FigureOrigin::Rule(_)))));
    let others: Vec<String> =
        row.others.iter().map(|(kind, points)| format!("{} {}", kind.word(), points.fixed(2))).collect();
    assert_eq!(others, ["反比 7.46", "全或无 0.00"]);
}

#[test]
fn a_method_is_read_in_its_own_form_and_words_stay_words() {
    let scoring = |field: &str| {
        let [rules, category, target, actual, fields, weight] =
            ["", "数量", "≥ 60 份", "", field, "10"].map(str::to_owned);
        let analysis = Case { rules, category, target, actual, fields, weight }.read();
        let indicator = &analysis.model.projects[0].indicators[0];
        let method = indicator.method(of_case(&analysis)).map(|(method, _)| method.written(of_case(&analysis)));
        (indicator.scoring().map(|text| text.value.to_string()), method)
    };
    let of = |text: &str| Some(text.to_owned());
    assert_eq!(scoring("计分 比例"), (of("比例"), of("比例")));
    assert_eq!(scoring("计分 ratio"), (of("比例"), of("比例")));
    assert_eq!(scoring("计分 \"每少一份扣0.5分\""), (of("每少一份扣0.5分"), None));
    let steps = "逐次 { 每 5 份；扣 0.5 分；不满也扣 }";
    assert_eq!(scoring(&format!("计分 {steps}")), (of(steps), of(steps)));
    assert_eq!(scoring("计分 steps {\n      each 5 份\n      loss 10%\n    }").1, of("逐次 { 每 5 份；扣 10% }"));
}

#[test]
fn a_standard_over_another_changes_only_the_lines_that_it_writes() {
    let analysis = standard_of("执行率 20 分\n    计分 反向 反比\n    等次 合格 60 分\n    等次 不合格 0 分");
    let (own, base) = (&of_case(&analysis).scoring, analysis.model.standards.iter().find(|one| one.name == "财预2015"));
    let base = &base.expect("the base").scoring;
    let kind = |rules: &jixiao::model::standard::scoring::ScoringRules, kind| {
        rules.method(kind).map(|rule| rule.method.value.kind())
    };
    assert_eq!(kind(own, ScoredKind::Down), Some(MethodKind::Inverse));
    assert_eq!(kind(base, ScoredKind::Down), Some(MethodKind::Linear));
    assert_eq!(kind(own, ScoredKind::Up), kind(base, ScoredKind::Up));
    let rule = own.execution.as_ref().expect("a rule");
    assert_eq!(rule.points.value, Decimal::from(20));
    assert_eq!(rule.explain_below.map(|bound| bound.value), Some(Decimal::from(90)));
    assert_eq!(own.grades.iter().map(|grade| grade.name.as_str()).collect::<Vec<_>>(), ["合格", "不合格"]);
    assert_eq!(own.places, base.places);
}
