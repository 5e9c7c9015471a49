//! What stands in a cell comes in as what it says: values with their units wherever they stand, years and codes in any
//! signs, amounts with their unit. What is not certain stays words and is told.

use crate::import_year::{file, imported, told};
use jixiao::diagnostic::Code;
use jixiao::import::Imported;

/// A project's form as a page: what stands above it, the headings of its indicators, and their rows.
fn form(above: &str, money: &str, heads: &str, rows: &[&str]) -> Imported {
    let row = |cells: &str| -> String { format!("<tr><td>{}</td></tr>", cells.replace('|', "</td><td>")) };
    let rows: String = rows.iter().map(|cells| row(cells)).collect();
    let (name, money, heads) = (row("项目名称|灯塔维护"), row(&format!("预算数|{money}")), row(heads));
    let text = format!("<meta charset=\"utf-8\">{above}<table>{name}{money}{heads}{rows}</table>");
    imported("表.html", text.as_bytes())
}

/// The line about an indicator.
fn indicator(imported: &Imported, name: &str) -> String {
    let text = file(imported, "01-灯塔维护.jx");
    let line = text.lines().map(str::trim).find(|line| line.starts_with("指标 ") && line.contains(name));
    line.unwrap_or_default().trim_end_matches(" {").to_owned()
}

const ONE_CELL: &str = "一级指标|二级指标|三级指标|指标值";
const PARTS: &str = "一级指标|二级指标|三级指标|指标性质|指标值|度量单位";

#[test]
fn a_value_says_its_unit_wherever_it_stands() {
    for (cell, name, target) in [
        ("≥98.50(%)", "完好率", "≥ 98.50%"),
        ("≥98", "完好率（%）", "≥ 98%"),
        (">=45元/人*月", "补贴标准", "≥ 45 元/人·月"),
        ("45元/人.天", "补贴标准", "45 元/人·天"),
        ("45元每人每月", "补贴标准", "45 元/人·月"),
        ("17.5座", "灯塔", "定性 \"17.5座\""),
    ] {
        let read = form("", "250元", ONE_CELL, &[&format!("产出指标|质量指标|{name}|{cell}")]);
        let written = indicator(&read, name.trim_end_matches("（%）"));
        assert!(written.ends_with(target), "{cell}: {written}");
    }
    for (nature, value, unit, target) in [
        ("", "≥17座", "座", "≥ 17 座"),
        ("≥", "≥17座", "座", "≥ 17 座"),
        ("≥", "17座", "座", "≥ 17 座"),
        ("定量指标", "98%", "%", "98%"),
        ("定量", "17", "-", "17 无单位"),
        ("正向", "≥17座", "座", "≥ 17 座"),
        ("逆向指标", "≤2", "%", "≤ 2%"),
        ("无", "合规", "/", "定性 \"合规\""),
        ("≤", "≥17座", "座", "定性 \"≤≥17座座\""),
    ] {
        let read = form("", "250元", PARTS, &[&format!("产出指标|数量指标|灯塔|{nature}|{value}|{unit}")]);
        let written = indicator(&read, "灯塔");
        assert!(written.ends_with(target), "{nature} {value} {unit}: {written}");
    }
    let read = form("", "250元", PARTS, &["产出指标|质量指标|故障率|逆向|≤2%|%"]);
    assert!(file(&read, "01-灯塔维护.jx").contains("    方向 反向\n"), "{}", file(&read, "01-灯塔维护.jx"));
}

#[test]
fn a_stretch_of_time_and_a_month_are_no_numbers() {
    for cell in ["2024.03-2025.02", "2024-2026年", "4-10月", "2025.11", "2025", "2025年", "11.15", "20251115", "11月前"]
    {
        let read = form("", "250元", ONE_CELL, &[&format!("产出指标|时效指标|维护时间|{cell}")]);
        assert!(
            indicator(&read, "维护时间").ends_with(&format!("定性 \"{cell}\"")),
            "{}",
            indicator(&read, "维护时间")
        );
        assert_eq!(told(&read, Code::JX606).iter().filter(|one| one.contains("不是一个日子")).count(), 1, "{cell}");
    }
    let read = form("", "250元", ONE_CELL, &["产出指标|时效指标|维护时间|≤3个月"]);
    assert!(indicator(&read, "维护时间").ends_with("≤ 3 月"), "{}", indicator(&read, "维护时间"));
}

#[test]
fn the_unit_of_the_amounts_is_found_wherever_it_is_written() {
    for above in [
        "<p>（单位：万元）</p>",
        "<p>[金额单位：万元]</p>",
        "<p>计量单位：万元</p>",
        "<p>金额：人民币万元</p>",
        "<p>单位：万元（人民币）</p>",
        "<p>填报日期：2025年2月8日 单位：万元</p>",
        "<table><tr><td colspan=\"2\">填报单位：（盖章） 单位：万元</td></tr></table>",
    ] {
        let read = form(above, "250", ONE_CELL, &["产出指标|数量指标|灯塔|≥17座"]);
        assert!(file(&read, "01-灯塔维护.jx").contains("预算 250 万元"), "{above}\n{}", file(&read, "01-灯塔维护.jx"));
    }
    for (money, budget) in
        [("２５０．５万元", "250.5 万元"), ("30（万元）", "30 万元"), ("85万(灯塔50万元,航标35万元)", "85 万元")]
    {
        let read = form("", money, ONE_CELL, &["产出指标|数量指标|灯塔|≥17座"]);
        assert!(file(&read, "01-灯塔维护.jx").contains(&format!("预算 {budget}")), "{}", file(&read, "01-灯塔维护.jx"));
        let note: Vec<String> = read.left_over().iter().map(|one| format!("{one:?}")).collect();
        assert_eq!(note.iter().any(|one| one.contains("航标35万元")), money.contains("航标"), "{note:?}");
    }
}

#[test]
fn years_labels_and_codes_are_read_in_any_signs() {
    for above in ["（2025 年度）", "（２０２５年度）", "二〇二五年度", "2025年 度", "绩效目标申报表 (2025)"]
    {
        let read = form(&format!("<p>{above}</p>"), "250元", ONE_CELL, &["产出指标|数量指标|灯塔|≥17座"]);
        assert!(file(&read, "部门.jx").contains("  年度 2025\n"), "{above}: {}", file(&read, "部门.jx"));
        assert!(read.left_over().is_empty(), "{above}: {:?}", read.left_over());
    }
    let heads = "⼀级指标|⼆级\u{200B}指标|三级指\u{AD}标|指标值";
    let read = form("", "250元", heads, &["产出指标|数量指标|灯塔|≥17座"]);
    assert_eq!(indicator(&read, "灯塔"), "指标 数量 灯塔 ≥ 17 座");
    let page = "<meta charset=\"utf-8\"><table><tr><td>2025年度项目申报表</td></tr><tr><td>项目名称</td>\
                <td>33010025T000000000077-灯塔维护</td></tr><tr><td>一级指标</td><td>二级指标</td><td>三级指标</td>\
                <td>指标值</td></tr><tr><td>产出指标</td><td>数量指标</td><td>灯塔</td><td>≥17座</td></tr></table>";
    let read = imported("表.html", page.as_bytes());
    let project = &read.model.projects[0];
    assert_eq!(project.code.as_ref().map(|code| code.value.to_string()).as_deref(), Some("33010025T000000000077"));
    assert_eq!(
        (&*project.name.value, read.model.departments[0].year.as_ref().map(|year| year.value)),
        ("灯塔维护", Some(2025))
    );
    assert!(project.unit_of_account.is_none());
}
