//! Everyday slips: each costs one error, at its place, and where the meaning is clear the finding has the way out. The fix
//! gives the line that was meant, and nothing is wrong then.

use jixiao::diagnostic::{Diagnostic, Language, fix};
use jixiao::format::{Formatting, format};
use jixiao::workspace::{Analysis, Input, analyse};

/// What is typed, and what was meant.
const CLEAR: &[(&str, &str)] = &[
    // Stops, numbering, commas.
    ("指标 数量 宣传场次 ≥ 6 次。", "指标 数量 宣传场次 ≥ 6 次"),
    ("指标 数量 宣传场次 >=6次。", "指标 数量 宣传场次 ≥ 6 次"),
    ("（1）指标 数量 宣传场次 ≥ 6 次", "指标 数量 宣传场次 ≥ 6 次"),
    ("1. 指标 数量 宣传场次 ≥ 6 次", "指标 数量 宣传场次 ≥ 6 次"),
    ("① 指标 数量 宣传场次 ≥ 6 次", "指标 数量 宣传场次 ≥ 6 次"),
    ("• 指标 数量 宣传场次 ≥ 6 次", "指标 数量 宣传场次 ≥ 6 次"),
    ("- 指标 数量 宣传场次 ≥ 6 次", "指标 数量 宣传场次 ≥ 6 次"),
    ("1 指标 数量 宣传场次 ≥ 6 次", "指标 数量 宣传场次 ≥ 6 次"),
    ("一、指标 数量 宣传场次 ≥ 6 次", "指标 数量 宣传场次 ≥ 6 次"),
    ("指标，数量，宣传场次，≥6次", "指标 数量 宣传场次 ≥6次"),
    ("| 指标 | 数量 | 宣传场次 | ≥ 6 次 |", "指标 数量 宣传场次 ≥ 6 次"),
    ("指标数量 宣传场次 ≥ 6 次", "指标 数量 宣传场次 ≥ 6 次"),
    // The keyword is missing: a row of a table.
    ("数量 宣传场次 ≥ 6 次", "指标 数量 宣传场次 ≥ 6 次"),
    ("数量指标\t宣传场次\t≥6次", "指标 数量指标\t宣传场次\t≥6次"),
    ("数量 宣传场次 ≥ 6 次 {", "指标 数量 宣传场次 ≥ 6 次 {"),
    // Names.
    ("指标 数量 宣传 场次 ≥ 6 次", "指标 数量 \"宣传 场次\" ≥ 6 次"),
    ("指标 数量 5G基站数 ≥ 6 个", "指标 数量 \"5G基站数\" ≥ 6 个"),
    ("指标 数量 《办法》印发数 ≥ 6 份", "指标 数量 \"《办法》印发数\" ≥ 6 份"),
    ("指标 数量 宣传/培训场次 ≥ 6 次", "指标 数量 \"宣传/培训场次\" ≥ 6 次"),
    ("指标 数量 「宣传场次」 ≥ 6 次", "指标 数量 “宣传场次” ≥ 6 次"),
    ("指标 数量 宣传\u{200B}场次 ≥ 6 次", "指标 数量 宣传场次 ≥ 6 次"),
    ("指标 数量 \"宣传场次≥6次\"", "指标 数量 宣传场次 ≥ 6 次"),
    ("指标 数量 宣传场次不少于6次", "指标 数量 宣传场次 ≥ 6 次"),
    ("项目 2025年防火宣传 {", "项目 \"2025年防火宣传\" {"),
    ("项目 防火 宣传 {", "项目 \"防火 宣传\" {"),
    ("项目 「防火宣传」 {", "项目 “防火宣传” {"),
    ("项目 防火宣传 （", "项目 防火宣传 {"),
    ("项目 防火宣传（", "项目 防火宣传{"),
    ("1、项目 防火宣传 {", "项目 防火宣传 {"),
    // Comparisons.
    ("指标 数量 宣传场次 不少于6次", "指标 数量 宣传场次 ≥ 6 次"),
    ("指标 数量 宣传场次 大于等于6次", "指标 数量 宣传场次 ≥ 6 次"),
    ("指标 数量 宣传场次 不少于六次", "指标 数量 宣传场次 ≥ 6 次"),
    ("指标 数量 宣传场次 最少6次", "指标 数量 宣传场次 ≥ 6 次"),
    ("指标 数量 宣传场次 不得少于 6 次", "指标 数量 宣传场次 ≥ 6 次"),
    ("指标 数量 宣传场次 =>6次", "指标 数量 宣传场次 ≥ 6 次"),
    ("指标 数量 宣传场次 〉=6次", "指标 数量 宣传场次 ≥ 6 次"),
    ("指标 数量 宣传场次 6次以上", "指标 数量 宣传场次 ≥ 6 次"),
    ("指标 数量 宣传场次 高于6次", "指标 数量 宣传场次 > 6 次"),
    ("指标 数量 宣传场次 6次以内", "指标 数量 宣传场次 ≤ 6 次"),
    ("指标 数量 宣传场次 全年不少于6次", "指标 数量 宣传场次 ≥ 6 次"),
    // Numbers.
    ("指标 数量 宣传场次 ≥ 两次", "指标 数量 宣传场次 ≥ 2 次"),
    ("指标 数量 宣传场次 ≥ 廿次", "指标 数量 宣传场次 ≥ 20 次"),
    ("指标 数量 宣传场次 约6次", "指标 数量 宣传场次 6 次"),
    ("指标 数量 宣传场次 ≥ 6 次（全年）", "指标 数量 宣传场次 ≥ 6 次"),
    ("指标 数量 面积 ≥ 三万亩", "指标 数量 面积 ≥ 3 万亩"),
    ("指标 质量 覆盖率 百分之九十五", "指标 质量 覆盖率 = 95%"),
    ("指标 质量 覆盖率 ≥ 九成", "指标 质量 覆盖率 ≥ 90%"),
    ("指标 质量 覆盖率 九成五以上", "指标 质量 覆盖率 ≥ 95%"),
    ("指标 质量 覆盖率 ≥ 95%左右", "指标 质量 覆盖率 ≥ 95%"),
    ("指标 质量 覆盖率 ≥ 0.95", "指标 质量 覆盖率 ≥ 95%"),
    ("指标 质量 差错率 ≤ 千分之三", "指标 质量 差错率 ≤ 3‰"),
    ("指标 质量 水质 一类", "指标 质量 水质 定性 \"一类\""),
    // Ranges.
    ("指标 数量 宣传场次 6-8次", "指标 数量 宣传场次 6 次 .. 8 次"),
    ("指标 数量 宣传场次 6至8次", "指标 数量 宣传场次 6 次 .. 8 次"),
    ("指标 数量 宣传场次 6〜8次", "指标 数量 宣传场次 6 次 .. 8 次"),
    ("指标 数量 宣传场次 6到8次之间", "指标 数量 宣传场次 6 次 .. 8 次"),
    ("指标 质量 覆盖率 90—95%", "指标 质量 覆盖率 90% .. 95%"),
    ("指标 质量 覆盖率 90％－95％", "指标 质量 覆盖率 90% .. 95%"),
    // Dates.
    ("指标 时效 完成时间 ≤ 2025.12.31", "指标 时效 完成时间 ≤ 2025-12-31"),
    ("指标 时效 完成时间 ≤ 2025/12/31", "指标 时效 完成时间 ≤ 2025-12-31"),
    ("指标 时效 完成时间 ≤ 12 月 31 日", "指标 时效 完成时间 ≤ 12月31日"),
    ("指标 时效 完成时间 年底前", "指标 时效 完成时间 ≤ 12月底"),
    ("指标 时效 完成时间 今年年底前完成", "指标 时效 完成时间 ≤ 12月底"),
    ("指标 时效 完成时间 12月31号前", "指标 时效 完成时间 ≤ 12月31日"),
    ("指标 时效 完成时间 2025年底前", "指标 时效 完成时间 ≤ 2025年12月底"),
    ("指标 时效 完成时间 ≤ 第三季度", "指标 时效 完成时间 ≤ 9月底"),
    ("指标 时效 完成时间 上半年", "指标 时效 完成时间 ≤ 6月底"),
    ("指标 时效 完成时间 半年内", "指标 时效 完成时间 ≤ 6 个月"),
    ("指标 时效 完成时间 ≤ 二〇二五年十二月三十一日", "指标 时效 完成时间 ≤ 2025-12-31"),
    ("指标 时效 办结时限 3个工作日以内", "指标 时效 办结时限 ≤ 3 个工作日"),
    // Money.
    ("预算 20000元（两万元）", "预算 20000 元"),
    ("预算 贰万元", "预算 2 万元"),
    ("预算 ￥20000", "预算 20000 元"),
    ("预算 人民币20000元", "预算 20000 元"),
    ("预算 20000元整", "预算 20000 元"),
    ("预算 2万", "预算 2 万元"),
    ("预算20000元", "预算 20000元"),
    ("预算 20000元。", "预算 20000元"),
    ("指标 成本 总成本 ≤ ￥20000", "指标 成本 总成本 ≤ 20000 元"),
    ("指标 成本 总成本 不超过2万圆", "指标 成本 总成本 ≤ 2 万元"),
    // Texts.
    ("描述 「进村宣传」", "描述 “进村宣传”"),
    ("描述 '进村宣传'", "描述 \"进村宣传\""),
    ("描述 ‘进村宣传’", "描述 “进村宣传”"),
    ("描述 \"进村宣传\"。", "描述 \"进村宣传\""),
    ("描述 进村宣传，发放材料。", "描述 \"进村宣传，发放材料。\""),
    ("描述\"进村宣传\"", "描述 \"进村宣传\""),
    ("依据 《工作方案》", "依据 \"《工作方案》\""),
    ("描述 \"进村宣传\" 依据 \"计划\"", "描述 \"进村宣传\"\n    依据 \"计划\""),
];

/// What is read as it is typed.
const READ: &[&str] = &[
    "指标：数量：宣传场次：≥6次",
    "指标: 数量: 宣传场次: ≥ 6 次",
    "指标　数量　宣传场次　≥　６次",
    "指标 数量 宣传场次 ≥６次；",
    "指标 数量 宣传场次 >= 6次",
    "指标 数量 宣传场次，≥6次",
];

/// What has several meanings, or none: one finding without a fix.
const UNCLEAR: &[&str] = &[
    "指标 时效 完成时间 第四季度前",
    "指标 数量 宣传场次 几十次",
    "指标 数量 宣传场次 若干",
    "指标 数量 宣传场次 ≥ 三百五次",
];

/// A whole office around a line.
fn office(line: &str) -> String {
    let label = line.trim_start_matches(|sign: char| !sign.is_alphabetic() || "一二三".contains(sign));
    let is = |names: &[&str]| names.iter().any(|name| label.starts_with(name));
    let (mut head, mut budget, mut goal) = ("项目 防火宣传 {", "预算 20000 元", "目标 \"办好防火宣传，全年6次。\"");
    let mut indicator = "指标 数量 宣传场次 ≥ 6 次 {\n    描述 \"进村宣传\"\n  }".to_owned();
    if is(&["项目"]) {
        head = line;
    } else if is(&["预算"]) {
        budget = line;
    } else if is(&["目标"]) {
        goal = line;
    } else if is(&["描述", "依据"]) {
        indicator = format!("指标 数量 宣传场次 ≥ 6 次 {{\n    {line}\n  }}");
    } else if line.ends_with('{') {
        indicator = format!("{line}\n    描述 \"进村宣传\"\n  }}");
    } else {
        line.clone_into(&mut indicator);
    }
    format!(
        "{head}\n  {budget}\n  {goal}\n  {indicator}\n  指标 社会效益 火灾起数 ≤ 2 起\n  指标 满意度 村民满意度 ≥ 90%\n}}\n"
    )
}

fn check(text: &str) -> Analysis {
    analyse(vec![Input { path: "例.jx".to_owned(), text: text.into() }], None)
}

fn errors(analysis: &Analysis) -> Vec<&Diagnostic> {
    analysis.diagnostics.iter().filter(|one| one.is_error()).collect()
}

fn told(found: &[&Diagnostic]) -> String {
    let one = |one: &&Diagnostic| format!("{} {}", one.code.id(), one.message.in_language(Language::Chinese));
    found.iter().map(one).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_clear_slip_costs_one_error_and_its_fix_is_what_was_meant() {
    let mut wrong = Vec::new();
    for (typed, meant) in CLEAR {
        let text = office(typed);
        let analysis = check(&text);
        let found = errors(&analysis);
        let [only] = found[..] else {
            wrong.push(format!("{typed}: {} errors\n{}", found.len(), told(&found)));
            continue;
        };
        let place = only.span().map(|span| text[span.range()].to_owned()).unwrap_or_default();
        let line = typed.lines().next().unwrap_or_default();
        if !line.contains(place.trim()) {
            wrong.push(format!("{typed}: told at `{place}`"));
        }
        let fixed = fix::apply([only].into_iter(), &analysis.sources, true).texts.into_values().next();
        let fixed = fixed.unwrap_or_default();
        if fixed != office(meant) {
            let differs = fixed.lines().find(|line| !office(meant).lines().any(|other| other == *line));
            wrong.push(format!("{typed}: the fix gives `{}`\n{}", differs.unwrap_or("nothing").trim(), told(&found)));
            continue;
        }
        let after = check(&fixed);
        if !errors(&after).is_empty() {
            wrong.push(format!("{typed}: after the fix\n{}", told(&errors(&after))));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), CLEAR.len(), wrong.join("\n"));
}

#[test]
fn what_is_clear_to_the_grammar_is_read() {
    for typed in READ {
        let text = office(typed);
        let analysis = check(&text);
        assert!(errors(&analysis).is_empty(), "{typed}: {}", told(&errors(&analysis)));
        let formatted = format(&text, &Formatting::default());
        assert!(!formatted.has_mistakes && !formatted.is_refused, "{typed}");
        assert!(formatted.text.contains("  指标 数量 宣传场次 ≥ 6 次\n"), "{typed}: {}", formatted.text);
    }
}

#[test]
fn what_is_not_clear_costs_one_error_and_has_no_fix() {
    let mut wrong = Vec::new();
    for typed in UNCLEAR {
        let analysis = check(&office(typed));
        let found = errors(&analysis);
        if found.len() != 1 || found[0].fix.is_some() || found[0].help.is_none() {
            wrong.push(format!("{typed}: {:?}\n{}", found.first().map(|one| (&one.fix, &one.help)), told(&found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn signs_that_are_not_seen_are_named() {
    for (typed, code) in [
        ("指标 数量 宣传\u{200B}场次 ≥ 6 次", "U+200B"),
        ("指标 数量 「宣传场次」 ≥ 6 次", "U+300C"),
        ("指标 数量 宣传场次 ≥ 9\u{041E}%", "U+041E"),
    ] {
        let analysis = check(&office(typed));
        let found = errors(&analysis);
        assert_eq!(found.len(), 1, "{typed:?}: {}", told(&found));
        let labels = found[0].labels.iter().map(|label| label.text.in_language(Language::Chinese).into_owned());
        let said = told(&found) + &labels.collect::<String>();
        assert!(said.contains(code), "{typed:?}: {said}");
    }
}

/// What follows from lines that were lost, doubled or cut off is not told again.
#[test]
fn what_editing_leaves_behind_costs_one_error() {
    let whole = "项目 防火宣传 {\n  预算 2 万元\n  目标 \"全年6次。\"\n\n  指标 数量 宣传场次 ≥ 6 次 {\n    描述 \"场次\"\n    依据 \"计划\"\n  }\n\n  \
         指标 质量 合格率 ≥ 90% {\n    描述 \"合格\"\n    依据 \"计划\"\n  }\n\n  指标 社会效益 火灾起数 ≤ 2 起\n  指标 满意度 村民满意度 ≥ 90%\n}\n";
    assert!(errors(&check(whole)).is_empty());
    for (from, to, code) in [
        // A surplus brace, a lost line of an indicator, of a project.
        ("  }\n\n  指标 质量", "  }\n  }\n\n  指标 质量", "JX204"),
        ("  指标 质量 合格率 ≥ 90% {\n", "", "JX202"),
        ("项目 防火宣传 {\n", "", "JX211"),
        // A field in the wrong block; a row, a heading, a block that were pasted.
        ("    描述 \"合格\"\n", "    描述 \"合格\"\n    用途 \"放错了\"\n", "JX301"),
        ("  指标 社会效益", "  数量指标\t误贴场次\t≥6次\n  指标 社会效益", "JX214"),
        ("    描述 \"合格\"\n", "    描述 \"合格\"\n  指标 数量 误贴场次 ≥ 6 次 {\n    描述 \"误贴\"\n  }\n", "JX301"),
        // The only indicator of a category, with a slip.
        ("指标 满意度 村民满意度 ≥ 90%", "1. 指标 满意度 村民满意度 ≥ 90%", "JX214"),
        ("指标 满意度 村民满意度 ≥ 90%", "满意度 村民满意度 ≥ 90%", "JX214"),
        ("指标 满意度 村民满意度 ≥ 90%", "指标 满意度 村民满意度 九成", "JX214"),
        // The end is cut off.
        ("  指标 社会效益 火灾起数 ≤ 2 起\n  指标 满意度 村民满意度 ≥ 90%\n}\n", "", "JX203"),
    ] {
        let text = whole.replacen(from, to, 1);
        assert_ne!(text, whole, "{from}");
        let analysis = check(&text);
        let found = errors(&analysis);
        assert!(matches!(found[..], [only] if only.code.id() == code), "{to}: {}\n{text}", told(&found));
    }
    // With another mistake beside it.
    let text = whole.replacen("≥ 6 次", "≥ 6", 1).replacen("\"合格\"\n", "\"合格\"\n    用途 \"放错了\"\n", 1);
    let analysis = check(&text);
    assert_eq!(errors(&analysis).len(), 2, "{}", told(&errors(&analysis)));
    // Projects that are opened and never closed.
    let analysis = check(&"项目 甲 {\n".repeat(40));
    let found = errors(&analysis);
    assert!(found.len() == 40 && found.iter().all(|one| one.code.id() == "JX203"), "{}", told(&found));
}

/// An amount in brackets that differs from the one before it is told, not only taken away.
#[test]
fn a_note_that_disagrees_is_told() {
    let labels = |typed: &str| -> String {
        let analysis = check(&office(typed));
        let found = errors(&analysis);
        assert_eq!(found.len(), 1, "{typed}: {}", told(&found));
        found[0].labels.iter().map(|label| label.text.in_language(Language::Chinese).into_owned()).collect()
    };
    assert!(labels("预算 20000元（三万元）").contains("不一致"));
    assert!(!labels("预算 20000元（两万元）").contains("不一致"));
}
