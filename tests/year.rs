//! What happened in the year: its declarations are read, formatted and checked, and every fact keeps its place.

use crate::support::{Generator, artifacts, year_cases};
use jixiao::diagnostic::{Code, Diagnostic, Language, fix};
use jixiao::diff::{Change, Said, Side, apply, compare, form};
use jixiao::format::{Formatting, format};
use jixiao::merge::{Markers, merge};
use jixiao::model::actual::{Actual, Attainment};
use jixiao::model::year::{AdjustedFact, LeafPoints, NamedThing, Occasion, SnapshotKind, WrittenActual};
use jixiao::model::{DepartmentId, Model};
use jixiao::workspace::{Analysis, Input, Session, VersionInput, Versions, analyse};

const TARGETS: &str = "部门 1 示例局 {\n  年度 2025\n}\n\n项目 防火宣传 {\n  预算 20000 元\n  目标 \"全年进村宣传六次以上。\"\n  \
    指标 数量 宣传场次 ≥ 6 次\n  指标 时效 印发时间 ≤ 3月底\n  指标 质量 通过验收 是\n  \
    指标 社会效益 火灾起数 ≤ 2 起\n  指标 可持续影响 机制 定性 \"村村有人讲\"\n  \
    指标 可持续影响 水平 定性 优 { 优 良 中 差 }\n  指标 满意度 村民满意度 ≥ 90%\n}\n";

fn check(files: &[(&str, &str)]) -> Analysis {
    let input = |(path, text): &(&str, &str)| Input { path: (*path).to_owned(), text: (*text).into() };
    analyse(files.iter().map(input).collect(), None)
}

fn with(year: &str) -> Analysis {
    check(&[("甲/目标.jx", TARGETS), ("甲/年.jx", year)])
}

/// The errors of the year and of the language: what targets lack is not looked at here.
/// What the language says of the year; what the rules say of it, their pages show.
fn errors(analysis: &Analysis) -> Vec<&Diagnostic> {
    let is_rule = |code: Code| jixiao::lint::RULES.iter().any(|rule| rule.codes.contains(&code));
    analysis
        .diagnostics
        .iter()
        .filter(|one| one.is_error() && (one.code >= Code::JX112 && !is_rule(one.code) || one.code == Code::JX004))
        .collect()
}

fn told(found: &[&Diagnostic]) -> String {
    let one = |one: &&Diagnostic| format!("{} {}", one.code.id(), one.message.in_language(Language::Chinese));
    found.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// The facts of the year without their places, as far as a text says them.
fn facts(analysis: &Analysis) -> String {
    let Model { departments, outside, .. } = &analysis.model;
    let all = departments.iter().map(|one| &one.record).chain([outside]);
    let shown = format!("{:#?}", all.collect::<Vec<_>>());
    // A place is `FileId` and two numbers on lines of their own.
    let is_place = |line: &&str| {
        let line = line.trim();
        line.starts_with("start:") || line.starts_with("end:")
    };
    shown.lines().filter(|line| !is_place(line)).collect::<Vec<_>>().join("\n")
}

/// What an area sums up beside the department of a case.
const OTHER_COUNTY: (&str, &str) =
    ("另/另.jx", "部门 2 甲县 {\n  年度 2025\n}\n\n项目 \"5G 试点\" {\n  指标 数量 宣传场次 ≥ 54 次\n}\n");

#[test]
fn the_cases_of_the_year_hold_no_mistake_and_are_formatted() {
    for (name, text) in year_cases() {
        let analysis = check(&[("例/例.jx", &text), OTHER_COUNTY]);
        assert!(errors(&analysis).is_empty(), "{name}: {}", told(&errors(&analysis)));
        assert_eq!(format(&text, &Formatting::default()).text, text, "{name}");
    }
}

#[test]
fn every_line_of_the_year_is_a_fact() {
    let (_, text) = year_cases().into_iter().find(|(name, _)| name == "every-line.jx").expect("the case");
    let analysis = check(&[("例.jx", &text)]);
    let record = analysis.model.record(Some(DepartmentId(0)));
    let labels = ["指纹", "截止", "填报", "执行", "完成", "整改", "总体完成", "结论", "问题", "改进", "建议", "应用"];
    let written = |label: &str| text.lines().filter(|line| line.trim_start().split(' ').next() == Some(label)).count();
    let read = |label: &str| -> usize {
        let snapshots = || record.snapshots();
        let texts = || snapshots().flat_map(|one| &one.texts).filter(|one| one.kind.field().name == label).count();
        match label {
            "指纹" => record.approvals().map(|one| one.fingerprints.len()).sum(),
            "截止" => snapshots().filter(|one| one.until.is_some()).count(),
            "填报" => snapshots().filter(|one| one.filed.is_some()).count(),
            "执行" => snapshots().map(|one| one.spent.len()).sum(),
            "完成" => snapshots().map(|one| one.reached.len()).sum(),
            "整改" => snapshots().map(|one| one.rectifications.len()).sum(),
            "应用" => {
                snapshots().map(|one| one.uses.len()).sum::<usize>()
                    + record.reviews().map(|one| one.uses.len()).sum::<usize>()
                    + record.evaluations().map(|one| one.uses.len()).sum::<usize>()
            }
            _ => texts(),
        }
    };
    // 结论 of an evaluation is a field of its own.
    let of_evaluations = |label: &str| usize::from(label == "结论");
    for label in labels {
        assert_eq!(read(label) + of_evaluations(label), written(label), "{label}");
    }
    let adjustment = record.adjustments().next().expect("an adjustment");
    let kinds: Vec<&str> = adjustment.changes.iter().map(|change| change.fact.field().name).collect();
    assert_eq!(kinds, ["预算", "预算", "结转", "指标值", "权重", "目标", "增加指标", "撤销指标"]);
    let AdjustedFact::Budget { funds, .. } = &adjustment.changes[0].fact else { panic!("a budget") };
    assert_eq!(funds.len(), 1);
    let named: Vec<bool> =
        record.occasions.iter().flat_map(Occasion::subjects).map(|one| one.named.is_some()).collect();
    assert!(named.len() > 40 && named.iter().all(|one| *one), "{named:?}");
    let evaluation = record.evaluations().next().expect("an evaluation");
    assert!(matches!(evaluation.points[1].points, LeafPoints::FromSelfEvaluation));
    assert_eq!(record.areas().next().map(|area| (area.members.len(), area.indicators.len())), Some((2, 1)));
    let added = record.snapshots().flat_map(|one| &one.reached).filter(|line| {
        matches!(line.subject.named, Some(NamedThing::Added { .. })) && line.value.actual != Actual::Damaged
    });
    assert_eq!(added.count(), 1);
}

#[test]
fn an_indicator_with_its_scale_is_added() {
    let line =
        "调整 2025-09-10 \"文号\" {\n  理由 \"补漏。\"\n  增加指标 防火宣传.材料质量 质量 定性 优 { 优 良 中 差 }\n}\n";
    let analysis = with(&format!("{line}\n自评 {{\n  完成 防火宣传.材料质量 良\n}}\n"));
    assert!(errors(&analysis).is_empty(), "{}", told(&errors(&analysis)));
    let snapshot = analysis.model.record(Some(DepartmentId(0))).snapshots().next().expect("a self-evaluation");
    assert!(matches!(&snapshot.reached[0].value.actual, Actual::Grade(grade) if &**grade == "良"));
    assert_eq!(format(line, &Formatting::default()).text, line);
}

type IsRight = fn(&Actual) -> bool;

/// What is written behind `完成`, of which indicator, and the value that is read.
const VALUES: &[(&str, &str, IsRight)] = &[
    ("宣传场次", "5 次", |one| matches!(one, Actual::Quantity(_))),
    ("宣传场次", "５次", |one| matches!(one, Actual::Quantity(_))),
    ("村民满意度", "-6.3%", |one| matches!(one, Actual::Damaged | Actual::Quantity(_))),
    ("村民满意度", "88.4%", |one| matches!(one, Actual::Quantity(_))),
    ("印发时间", "2025-03-20", |one| matches!(one, Actual::Date(_))),
    ("印发时间", "3月20日", |one| matches!(one, Actual::Date(_))),
    ("印发时间", "未完成", |one| *one == Actual::NotDone),
    ("通过验收", "是", |one| *one == Actual::YesNo(true)),
    ("通过验收", "否", |one| *one == Actual::YesNo(false)),
    ("水平", "良", |one| matches!(one, Actual::Grade(grade) if &**grade == "良")),
    ("水平", "部分达成", |one| *one == Actual::Attainment(Attainment::Partly)),
    ("机制", "达成", |one| *one == Actual::Attainment(Attainment::Reached)),
    ("机制", "未达成", |one| *one == Actual::Attainment(Attainment::Missed)),
    ("机制", "待测 \"年底\"", |one| matches!(one, Actual::Pending(why) if &**why == "年底")),
    ("机制", "不适用 \"取消\"", |one| matches!(one, Actual::NotApplicable(why) if &**why == "取消")),
    ("机制", "待填", |one| *one == Actual::Blank),
];

#[test]
fn a_value_has_the_type_of_its_target() {
    for (indicator, value, is_right) in VALUES {
        for (keyword, label) in [("监控 6月底", "完成"), ("monitoring 6月底", "reached")] {
            let year = format!("{keyword} {{\n  {label} 防火宣传.{indicator} {value}\n}}\n");
            let analysis = with(&year);
            let record = analysis.model.record(Some(DepartmentId(0)));
            let line = &record.snapshots().next().expect("a snapshot").reached[0];
            assert!(is_right(&line.value.actual), "{indicator} {value}: {:?}", line.value);
            let found: Vec<&Diagnostic> = errors(&analysis).into_iter().filter(|one| one.code != Code::JX131).collect();
            assert!(found.is_empty(), "{indicator} {value}: {}", told(&found));
        }
    }
}

/// A line of monitoring, and the one error that it is.
const WRONG: &[(&str, Code)] = &[
    ("完成 防火宣传.宣传场次 达成", Code::JX112),
    ("完成 防火宣传.宣传场次 5 公里", Code::JX112),
    ("完成 防火宣传.宣传场次 2025-03-20", Code::JX112),
    ("完成 防火宣传.印发时间 20 天", Code::JX112),
    ("完成 防火宣传.印发时间 是", Code::JX112),
    ("完成 防火宣传.通过验收 100%", Code::JX112),
    ("完成 防火宣传.水平 甲", Code::JX112),
    ("完成 防火宣传.机制 96%", Code::JX112),
    ("完成 防火宣传.机制 优", Code::JX112),
    ("完成 防火宣传.宣传场次 ≥ 5 次", Code::JX129),
    ("完成 防火宣传.宣传场次 5.5 次", Code::JX131),
    ("完成 防火宣传.村民满意度 884%", Code::JX131),
    ("完成 防火宣传.机制 不适用", Code::JX135),
    ("完成 防火宣传.机制 不适用 \"\"", Code::JX135),
    ("完成 防火宣传.宣传次数 5 次", Code::JX138),
    ("完成 宣传场次 5 次", Code::JX138),
    ("完成 防火宣传 5 次", Code::JX138),
    ("完成 部门.宣传场次 5 次", Code::JX138),
    ("执行 防火 5 元", Code::JX138),
    ("执行 防火宣传.宣传场次 5 元", Code::JX138),
    ("执行 防火宣传 5", Code::JX004),
    ("完成 防火宣传.宣传场次 5", Code::JX210),
    ("完成 防火宣传.宣传场次 5 次。", Code::JX214),
    ("完成 防火宣传.宣传场次 5 吹", Code::JX304),
    ("完戊 防火宣传.宣传场次 5 次", Code::JX301),
    ("完成防火宣传.宣传场次 5 次", Code::JX214),
    ("完成 防火宣传.甲.乙 5 次", Code::JX401),
    ("整改 防火宣传 \"补\"", Code::JX401),
    ("填报 明天", Code::JX401),
];

#[test]
fn a_wrong_line_costs_one_error_and_leaves_the_others() {
    let mut wrong = Vec::new();
    for (line, code) in WRONG {
        let year = format!("监控 6月底 {{\n  执行 防火宣传 10 元\n  {line}\n  完成 防火宣传.火灾起数 0 起\n}}\n");
        // The line may state once more what stands before it.
        let year =
            if line.starts_with("执行") { year.replacen("  执行 防火宣传 10 元\n", "", 1) } else { year };
        let analysis = with(&year);
        let found = errors(&analysis);
        let last =
            |one: &jixiao::model::year::Snapshot| one.reached.last().is_some_and(|line| line.subject.named.is_some());
        let is_kept = analysis.model.record(Some(DepartmentId(0))).snapshots().any(last);
        if !matches!(found[..], [only] if only.code == *code) || !is_kept {
            wrong.push(format!("{line}: {is_kept}\n{}", told(&found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_path_that_is_not_in_full_is_offered_in_full() {
    let analysis = with("自评 {\n  完成 宣传场次 5 次\n  完成 防火宣传.火灾起 1 起\n  执行 防火宣船 10 元\n}\n");
    let fixed = fix::apply(errors(&analysis).into_iter(), &analysis.sources, true).texts.into_values().next();
    assert_eq!(
        fixed.as_deref(),
        Some("自评 {\n  完成 防火宣传.宣传场次 5 次\n  完成 防火宣传.火灾起数 1 起\n  执行 防火宣传 10 元\n}\n")
    );
}

#[test]
fn a_checkpoint_may_be_split_and_no_fact_stands_twice() {
    let files = |second: &'static str| {
        check(&[
            ("甲/目标.jx", TARGETS),
            ("甲/监控/06月底/一.jx", "监控 6月底 {\n  完成 防火宣传.宣传场次 3 次\n  执行 防火宣传 10 元\n}\n"),
            ("甲/监控/06月底/二.jx", second),
        ])
    };
    let analysis = files("监控 6月底 {\n  完成 防火宣传.火灾起数 0 起\n}\n");
    assert!(errors(&analysis).is_empty(), "{}", told(&errors(&analysis)));
    for second in [
        "监控 6月底 {\n  完成 防火宣传.宣传场次 4 次\n}\n",
        "监控 2025-06-30 {\n  完成 \"防火宣传\".宣传场次 3 次\n}\n",
        "监控 6月底 {\n  执行 防火宣传 11 元\n}\n",
    ] {
        let analysis = files(second);
        let found = errors(&analysis);
        assert!(matches!(found[..], [only] if only.code == Code::JX139), "{second}: {}", told(&found));
    }
    for second in ["监控 3月底 {\n  完成 防火宣传.宣传场次 2 次\n}\n", "自评 {\n  完成 防火宣传.宣传场次 6 次\n}\n"]
    {
        assert!(errors(&files(second)).is_empty(), "{second}");
    }
}

/// A damaged head or brace costs one error, and no declaration is torn apart.
#[test]
fn slips_of_heads_and_braces_cost_one_error() {
    let whole = "监控 6月底 {\n  执行 防火宣传 10 元 {\n    财政拨款 10 元\n    预计 20 元\n  }\n  \
        完成 防火宣传.宣传场次 3 次 {\n    偏差 其他 \"迟。\"\n    措施 \"补。\"\n  }\n  完成 防火宣传.火灾起数 0 起\n}\n\n\
        自评 {\n  执行 防火宣传 20 元\n}\n";
    assert!(errors(&with(whole)).is_empty(), "{}", told(&errors(&with(whole))));
    for (from, to, code) in [
        ("监控 6月底 {", "监孔 6月底 {", "JX211"),
        ("监控 6月底 {", "监 控 6月底 {", "JX214"),
        ("监控 6月底 {", "监控 {", "JX209"),
        ("监控 6月底 {", "监控 六月 {", "JX401"),
        ("监控 6月底 {", "监控 6月底", "JX202"),
        ("监控 6月底 {\n", "", "JX211"),
        ("0 起\n}\n", "0 起\n", "JX203"),
        ("    措施 \"补。\"\n  }\n", "    措施 \"补。\"\n", "JX203"),
        ("    预计 20 元\n  }\n", "    预计 20 元\n", "JX203"),
        ("3 次 {", "3 次", "JX202"),
        ("  }\n  完成 防火宣传.火灾", "  }\n  }\n  完成 防火宣传.火灾", "JX204"),
        ("\"迟。\"", "\"迟。", "JX205"),
        ("自评 {", "白评 {", "JX211"),
    ] {
        let text = whole.replacen(from, to, 1);
        assert_ne!(text, whole, "{from}");
        let analysis = with(&text);
        let found = errors(&analysis);
        assert!(matches!(found[..], [only] if only.code.id() == code), "{to}: {}", told(&found));
    }
}

#[test]
fn words_mean_the_same_in_both_languages_and_keep_their_facts() {
    for (name, text) in year_cases() {
        let before = facts(&check(&[("例/例.jx", &text), OTHER_COUNTY]));
        let mut now = text.clone();
        for language in [Language::English, Language::Chinese] {
            let formatted = format(&now, &Formatting { keywords: Some(language), ..Formatting::default() });
            assert!(!formatted.has_mistakes && !formatted.is_refused, "{name}");
            now = formatted.text;
            let analysis = check(&[("例/例.jx", &now), OTHER_COUNTY]);
            assert!(errors(&analysis).is_empty(), "{name}: {}\n{now}", told(&errors(&analysis)));
        }
        assert_eq!(now, text, "{name} comes back from English as it was");
        assert_eq!(facts(&check(&[("例/例.jx", &now), OTHER_COUNTY])), before, "{name}");
    }
    let typed = "调整 2025-09-10 “文号” ｛\n预算 防火宣传 ２０，０００元→18000元\n指标值 防火宣传.宣传场次 >=6次 -> >= 5次\n｝\n";
    let formatted = format(typed, &Formatting::default()).text;
    assert_eq!(
        formatted,
        "调整 2025-09-10 \"文号\" {\n  预算 防火宣传 20000 元 改为 18000 元\n  指标值 防火宣传.宣传场次 ≥ 6 次 改为 ≥ 5 次\n}\n"
    );
    let quoted = "自评 {\n  执行 \"部门\" 5 元\n  执行 \"防火宣传\" 5 元\n}\n";
    assert_eq!(format(quoted, &Formatting::default()).text, "自评 {\n  执行 \"部门\" 5 元\n  执行 防火宣传 5 元\n}\n");
}

/// Blanks, full-width signs, colons, quotes: however a text is laid out, formatting it keeps every fact.
#[test]
fn however_it_is_typed_the_facts_stay() {
    let mut random = Generator::new(16);
    let cases = year_cases();
    for _ in 0..300 {
        let (name, text) = &cases[random.below(cases.len())];
        let before = facts(&check(&[("例.jx", text)]));
        let mut typed = String::new();
        for line in text.lines() {
            let content = line.trim_start();
            let is_prose = content.contains('"') || content.contains('#');
            let mut line = line.to_owned();
            if !is_prose {
                line = match random.below(6) {
                    0 => line.replace(' ', "　"),
                    1 => line.replace('%', "％"),
                    2 => line.replacen("完成 ", "完成：", 1),
                    3 => line.replace(" {", "{").replace(" 改为 ", "→"),
                    4 => format!("    {content}  "),
                    _ => line,
                };
            }
            typed += &line;
            typed += if random.below(10) == 0 { "\n\n" } else { "\n" };
        }
        let formatted = format(&typed, &Formatting::default());
        assert!(!formatted.has_mistakes && !formatted.is_refused, "{name}:\n{typed}");
        assert_eq!(facts(&check(&[("例.jx", &formatted.text)])), before, "{name}:\n{typed}");
        assert_eq!(format(&formatted.text, &Formatting::default()).text, formatted.text, "{name}");
    }
}

/// An editor that follows changes line by line knows what a check from nothing finds.
#[test]
fn a_session_knows_the_year_as_a_check_from_nothing() {
    let year = "监控 3月底 {\n  完成 防火宣传.宣传场次 2 次\n}\n\n监控 6月底 {\n  完成 防火宣传.宣传场次 3 次\n}\n";
    let input = |path: &str, text: &str| Input { path: path.to_owned(), text: text.into() };
    let files = |targets: &str, year: &str| vec![input("甲/目标.jx", targets), input("甲/年.jx", year)];
    let mut session = Session::new(files(TARGETS, year), None, jixiao::control::Wishes::default());
    let steps = [
        (TARGETS.to_owned(), year.replace("3 次", "三次")),
        (TARGETS.to_owned(), format!("{year}\n自评 {{\n  完成 防火宣传.机制 达成\n}}\n")),
        (TARGETS.replace("宣传场次", "场次"), year.to_owned()),
        (TARGETS.replace("≥ 6 次", "≥ 6 人"), year.to_owned()),
        (format!("项目 前 {{\n  预算 1 元\n}}\n\n{TARGETS}"), year.to_owned()),
        (TARGETS.to_owned(), "# 空\n".to_owned()),
        (TARGETS.to_owned(), year.replace("监控 3月底 {\n", "")),
        (TARGETS.to_owned(), year.to_owned()),
    ];
    for (targets, year) in steps {
        let texts = [("甲/目标.jx", &targets), ("甲/年.jx", &year)];
        let texts = texts.map(|(path, text)| (session.file(path).expect("a file"), text.as_str().into()));
        session.update(texts.into());
        let fresh = analyse(files(&targets, &year), None);
        assert_eq!(session.analysis().diagnostics, fresh.diagnostics, "{year}");
        assert_eq!(facts(session.analysis()), facts(&fresh), "{year}");
    }
}

#[test]
fn the_year_outside_any_department_is_read() {
    let text = "项目 甲 {\n  预算 1 元\n  指标 数量 乙 ≥ 1 次\n}\n自评 {\n  完成 甲.乙 1 次\n  完成 甲.丙 1 次\n}\n";
    let analysis = check(&[("例.jx", text)]);
    assert_eq!(analysis.diagnostics.iter().filter(|one| one.code == Code::JX138).count(), 1);
    let snapshot = analysis.model.outside.snapshots().next().expect("a self-evaluation");
    assert_eq!(snapshot.kind, SnapshotKind::SelfEvaluation);
    assert!(matches!(snapshot.reached[0].value.written, WrittenActual::Quantity(_)));
}

fn changes<'a>(old: &'a Analysis, new: &'a Analysis) -> Vec<&'static str> {
    let side = |one| {
        let Analysis { model, sources, .. }: &Analysis = one;
        Side { model, sources }
    };
    let changes = compare(side(old), side(new)).changes;
    assert_eq!(apply(&form(side(old)), &changes), form(side(new)), "a change lost something");
    changes.iter().map(|change| change.class.code()).collect()
}

#[test]
fn changes_of_the_year_are_told_line_by_line() {
    let year = "监控 6月底 {\n  执行 防火宣传 10 元\n  完成 防火宣传.宣传场次 3 次 {\n    措施 \"补。\"\n  }\n}\n";
    let old = with(year);
    for (from, to, codes) in [
        ("3 次", "3.0 次", &["JC702"][..]),
        ("3 次", "4 次", &["JC702"]),
        ("10 元", "11 元", &["JC703"]),
        ("补。", "八月补。", &["JC704"]),
        ("  执行 防火宣传 10 元\n", "", &["JC703"]),
        ("}\n}\n", "}\n  完成 防火宣传.火灾起数 0 起\n}\n", &["JC701"]),
        ("}\n}\n", "}\n}\n自评 {\n  结论 防火宣传 \"好。\"\n}\n", &["JC709"]),
        ("}\n}\n", "}\n}\n调整 2025-09-10 \"文号\" {\n  权重 防火宣传.宣传场次 5 改为 6\n}\n", &["JC708"]),
        ("监控 6月底", "monitoring 2025-06-30", &[]),
        ("3 次", "３次", &[]),
    ] {
        let text = year.replacen(from, to, 1);
        assert_ne!(text, year, "{from}");
        assert_eq!(changes(&old, &with(&text)), codes, "{to}");
    }
    // Where a line stands is no change.
    let split = check(&[
        ("甲/目标.jx", TARGETS),
        ("甲/一.jx", "监控 6月底 {\n  完成 防火宣传.宣传场次 3 次 {\n    措施 \"补。\"\n  }\n}\n"),
        ("甲/二.jx", "监控 6月底 {\n  执行 防火宣传 10 元\n}\n"),
    ]);
    assert_eq!(changes(&old, &split), [""; 0]);
    let renamed = check(&[
        ("甲/目标.jx", &TARGETS.replace("宣传场次", "进村宣传场次")),
        ("甲/年.jx", &year.replace("宣传场次", "进村宣传场次")),
    ]);
    assert_eq!(changes(&old, &renamed), ["JC203"]);
}

/// Two units that fill in one checkpoint file never conflict.
#[test]
fn two_units_fill_in_one_checkpoint_file() {
    let (_, text) = year_cases().into_iter().find(|(name, _)| name == "county-office.jx").expect("the case");
    let blank: Vec<String> = text
        .split_once("监控")
        .map(|(_, rest)| format!("监控{rest}"))
        .expect("monitoring")
        .lines()
        .filter(|line| !line.starts_with("    ") && *line != "  }")
        .map(|line| match line.trim_start().split(' ').collect::<Vec<_>>()[..] {
            [word @ ("执行" | "完成"), path, ..] => format!("  {word} {path} 待填"),
            _ => line.to_owned(),
        })
        .collect();
    let lines: Vec<usize> = (0..blank.len()).filter(|index| blank[*index].ends_with("待填")).collect();
    assert!(lines.len() > 8);
    let mut random = Generator::new(161);
    for _ in 0..200 {
        let (mut ours, mut theirs, mut both) = (blank.clone(), blank.clone(), blank.clone());
        for index in &lines {
            let own = if random.below(2) == 0 { &mut ours } else { &mut theirs };
            let mut line = blank[*index].replace("待填", ["96%", "14 份", "部分达成"][random.below(3)]);
            if random.below(3) == 0 {
                line += " {\n    偏差 其他 \"迟。\"\n  }";
            }
            if random.below(5) > 0 {
                own[*index].clone_from(&line);
                both[*index] = line;
            }
        }
        let text = |lines: &[String]| lines.join("\n") + "\n";
        let merged = merge(&text(&blank), &text(&ours), &text(&theirs), &Markers::default());
        assert!(merged.conflicts.is_empty(), "{:?}\n{}", merged.conflicts, merged.text);
        assert_eq!(merged.text, text(&both));
    }
}

/// What is written out is read back as the same facts.
#[test]
fn the_year_is_written_out_whole() {
    for (name, text) in year_cases() {
        let analysis = check(&[("例.jx", &text)]);
        let written = artifacts(&analysis.model, "jx").into_iter().map(|one| {
            let path = one.path.display().to_string();
            (path, String::from_utf8(one.bytes).expect("text"))
        });
        let written: Vec<(String, String)> = written.collect();
        let files: Vec<(&str, &str)> = written.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        assert_eq!(changes(&analysis, &check(&files)), [""; 0], "{name}");
    }
}

#[test]
fn points_lights_and_grades_that_follow_from_a_change_name_it() {
    let text = |monitored: &str, reached: &str, spent: &str| {
        format!(
            "部门 1 示例局 {{\n  年度 2025\n  标准 财预2021\n}}\n\n项目 清淤 {{\n  预算 200000 元\n  目标 \"汛期前清淤。\"\n  \
             指标 数量 长度 ≥ 10 公里 {{\n    权重 50\n  }}\n  指标 社会效益 村庄 ≥ 9 个 {{\n    权重 40\n  }}\n}}\n\n\
             监控 6月底 {{\n  完成 清淤.长度 {monitored} 公里\n}}\n\n\
             自评 {{\n  执行 清淤 {spent} 元\n  完成 清淤.长度 {reached} 公里\n  完成 清淤.村庄 9 个\n}}\n"
        )
    };
    let told = |new: (&str, &str, &str)| -> Vec<String> {
        let versions = [("2", "7", "200000"), new].map(|(monitored, reached, spent)| {
            let text = text(monitored, reached, spent);
            VersionInput { files: vec![Input { path: "例.jx".to_owned(), text: text.into() }], settings: None }
        });
        let [old, new] = versions;
        let whole = [old.clone().read(), new.clone().read()];
        let of = |old: &Analysis, new: &Analysis| -> Vec<String> {
            let sides = [old, new].map(|one| Side { model: &one.model, sources: &one.sources });
            let changes = compare(sides[0], sides[1]).changes;
            let line = |change: &Change| {
                let said = |side: &Option<Said>| side.as_ref().map_or("—".to_owned(), |one| one.text.clone());
                let field = change.subject.field.as_ref().map(|text| text.in_language(Language::Chinese).into_owned());
                let details = change.details.iter().map(|one| one.text().in_language(Language::Chinese).into_owned());
                let details: Vec<String> = details.collect();
                let name = change.subject.indicator.as_ref().map_or("", |one| &one.name);
                let (old, new) = (said(&change.old), said(&change.new));
                format!("{} {name} {} {old} → {new} {details:?}", change.class.code(), field.unwrap_or_default())
            };
            changes.iter().filter(|one| ["JC705", "JC706", "JC707"].contains(&one.class.code())).map(line).collect()
        };
        let [half_old, half_new] = Versions::default().read(old, new);
        let read = of(&half_old, &half_new);
        assert_eq!(read, of(&whole[0], &whole[1]), "a comparison reads as far as it needs");
        read
    };
    assert_eq!(told(("2", "7", "200000")), [""; 0]);
    assert_eq!(
        told(("2", "10", "200000")),
        [
            "JC705 长度 得分 35.00 → 50.00 [\"因完成值改动：7 公里 → 10 公里\"]",
            "JC705  总分 85.00 → 100.00 [\"因得分改变：35.00 → 50.00\"]",
            "JC707  等次 良 → 优 [\"因得分改变：85.00 → 100.00\"]",
        ]
    );
    assert_eq!(
        told(("2", "7", "100000")),
        [
            "JC705  预算执行率得分 10.00 → 5.00 [\"因执行数改动：200000 元 → 100000 元\"]",
            "JC705  总分 85.00 → 80.00 [\"因得分改变：10.00 → 5.00\"]",
        ]
    );
    assert_eq!(told(("6", "7", "200000")), ["JC706 长度 目标灯 红 → 绿 [\"因完成值改动：2 公里 → 6 公里\"]"]);
}
