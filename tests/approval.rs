//! Approval and adjustments: what a fingerprint covers, and what may change after it.

use jixiao::diagnostic::{Code, Language};
use jixiao::model::year::fingerprint;
use jixiao::model::{DepartmentId, ProjectId};
use jixiao::workspace::{Analysis, Input, analyse};

const OFFICE: &str = "部门 901 示例县水务局 {\n  年度 2025\n  总体目标 \"汛期平安。\"\n}\n";
const PROJECT: &str = r#"
项目 13012125P00901110001A 河道清淤 {
  预算 200000 元 {
    财政拨款 150000 元
    其他资金 50000 元
  }
  支出计划 {
    6月底 50%
    12月底 100%
  }
  目标 "汛期前清淤10公里，沿岸村庄不再内涝。"
  指标 数量 清淤长度 ≥ 10 公里 {
    权重 20
    节点 6月底 ≥ 6 公里
    实施期 ≥ 30 公里
    描述 "疏浚的河段"
    依据 计划标准 "水利规划"
    来源 "验收单"
  }
  指标 时效 完工时间 ≤ 11月底 {
    计分 逐次 { 每 10 天；扣 10% }
  }
  指标 社会效益 内涝村庄 ≤ 2 村 {
    方向 反向
    上年 4 村
  }
  指标 满意度 村民满意度 ≥ 90%
}
"#;

fn check(files: &[(&str, &str)]) -> Analysis {
    let input = |(path, text): &(&str, &str)| Input { path: (*path).to_owned(), text: (*text).into() };
    analyse(files.iter().map(input).collect(), None)
}

fn sign(project: &str) -> String {
    let analysis = check(&[("局/部门.jx", OFFICE), ("局/01.jx", project)]);
    fingerprint::of_project(&analysis.model, ProjectId(0)).unwrap_or_else(|| panic!("{:?}", analysis.diagnostics))
}

/// The codes of approvals and adjustments, with their messages.
fn found(year: &str) -> Vec<(Code, String)> {
    let analysis = check(&[("局/部门.jx", OFFICE), ("局/01.jx", PROJECT), ("局/年.jx", year)]);
    told(&analysis)
}

fn told(analysis: &Analysis) -> Vec<(Code, String)> {
    let codes = [Code::JX110, Code::JX123, Code::JX124, Code::JX125, Code::JX138];
    let of_the_year = analysis.diagnostics.iter().filter(|one| codes.contains(&one.code));
    of_the_year.map(|one| (one.code, one.message.in_language(Language::Chinese).into_owned())).collect()
}

fn codes(found: &[(Code, String)]) -> Vec<&'static str> {
    found.iter().map(|(code, _)| code.id()).collect()
}

/// Approvals hold fingerprints for years: what they are made of does not move.
#[test]
fn a_fingerprint_stays_what_it_is() {
    assert_eq!(sign(PROJECT), "6906ad39fd45a685");
    let analysis = check(&[("局/部门.jx", OFFICE)]);
    let of_office = fingerprint::of_department(&analysis.model, DepartmentId(0));
    assert_eq!(of_office.as_deref(), Some("ea0f88ec306c7a93"));
}

#[test]
fn a_fingerprint_covers_every_fact_that_was_approved() {
    let first = sign(PROJECT);
    for (from, to) in [
        ("13012125P00901110001A", "13012125P00901110002A"),
        ("预算 200000 元", "预算 210000 元"),
        ("财政拨款 150000 元", "财政拨款 160000 元"),
        ("    其他资金 50000 元\n", ""),
        ("6月底 50%", "6月底 40%"),
        ("清淤10公里", "清淤9公里"),
        ("指标 数量 清淤长度", "指标 质量 清淤长度"),
        ("清淤长度", "疏浚长度"),
        ("清淤长度 ≥ 10", "清淤长度 ≥ 9"),
        ("清淤长度 ≥ 10", "清淤长度 > 10"),
        ("权重 20", "权重 15"),
        ("    权重 20\n", ""),
        ("节点 6月底 ≥ 6", "节点 6月底 ≥ 5"),
        ("节点 6月底", "节点 7月底"),
        ("实施期 ≥ 30", "实施期 ≥ 20"),
        ("11月底", "12月底"),
        ("每 10 天", "每 20 天"),
        ("    方向 反向\n", ""),
        ("  指标 满意度 村民满意度 ≥ 90%\n", ""),
    ] {
        let text = PROJECT.replacen(from, to, 1);
        assert_ne!(text, PROJECT, "{from}");
        assert_ne!(sign(&text), first, "{from} → {to}");
    }
    // Last year's value counts where the target rests on it.
    let relative = PROJECT.replace("内涝村庄 ≤ 2 村", "内涝村庄 ≤ 上年 × 50%");
    assert_ne!(sign(&relative), sign(&relative.replace("上年 4 村", "上年 6 村")));
}

#[test]
fn a_fingerprint_covers_nothing_else() {
    let first = sign(PROJECT);
    for (from, to) in [
        ("疏浚的河段", "清理的河段"),
        ("水利规划", "县水利规划"),
        ("    来源 \"验收单\"\n", ""),
        ("  支出计划 {", "  # 按汛期安排\n  支出计划 {"),
        ("预算 200000 元", "预算 20.00 万元"),
        ("≥ 10 公里", ">= 10.0 公里"),
        ("≥ 10 公里", "≥ 10000 米"),
        ("≤ 11月底", "≤ 2025年11月30日"),
        ("权重 20", "权重 20.00"),
        ("上年 4 村", "上年 5 村"),
        ("    财政拨款 150000 元\n    其他资金 50000 元\n", "    其他资金 50000 元\n    财政拨款 150000 元\n"),
        ("指标 数量", "indicator 产出指标.数量指标"),
        ("  目标 \"汛期前清淤10公里，沿岸村庄不再内涝。\"\n", "  goal \"汛期前清淤10公里，沿岸村庄不再内涝。\"\n"),
    ] {
        let text = PROJECT.replacen(from, to, 1);
        assert_ne!(text, PROJECT, "{from}");
        assert_eq!(sign(&text), first, "{from} → {to}");
    }
    let last = "  指标 满意度 村民满意度 ≥ 90%\n";
    let moved = PROJECT.replace(last, "").replace("  指标 数量", &format!("{last}  指标 数量"));
    assert_eq!(sign(&moved), first);
}

#[test]
fn what_stands_is_held_against_its_approval() {
    let sign = sign(PROJECT);
    let approval = |sign: &str| format!("批复 2025-01-20 \"示财预〔2025〕3号\" {{\n  指纹 河道清淤 \"{sign}\"\n}}\n");
    assert_eq!(codes(&found(&approval(&sign))), [""; 0]);
    assert_eq!(codes(&found(&approval("0000000000000000"))), ["JX110"]);
    // An adjustment explains no difference: it leaves the targets as they are.
    let adjusted = "调整 2025-09-10 \"示财预〔2025〕41号\" {\n  理由 \"并入水库工程。\"\n  \
        指标值 河道清淤.清淤长度 ≥ 10 公里 改为 ≥ 8 公里\n}\n";
    assert_eq!(codes(&found(&(approval(&sign) + adjusted))), [""; 0]);
    let relaxed = PROJECT.replace("≥ 10 公里", "≥ 8 公里");
    let year = approval(&sign) + adjusted;
    let both = check(&[("局/部门.jx", OFFICE), ("局/01.jx", &relaxed), ("局/年.jx", &year)]);
    assert_eq!(codes(&told(&both)), ["JX110", "JX124"]);
    // Of several approvals the later one counts.
    let later = approval(&sign).replace("2025-01-20", "2025-02-20");
    assert_eq!(codes(&found(&(later + &approval("0000000000000000")))), [""; 0]);
}

#[test]
fn a_project_that_came_or_went_after_the_approval_is_told() {
    let of_other = "批复 2025-01-20 \"示财预〔2025〕3号\" {\n  指纹 堤防加固 \"4f21e029c129fdbe\"\n}\n";
    let found = found(of_other);
    assert_eq!(codes(&found), ["JX110", "JX110"]);
    assert!(found.iter().any(|(_, message)| message.contains("堤防加固") && message.contains("不在了")), "{found:?}");
    assert!(found.iter().any(|(_, message)| message.contains("没有项目 `河道清淤`")), "{found:?}");
    // The help holds the line that approves it.
    let analysis = check(&[("局/部门.jx", OFFICE), ("局/01.jx", PROJECT), ("局/年.jx", of_other)]);
    let help = analysis.diagnostics.iter().filter(|one| one.code == Code::JX110).filter_map(|one| one.help.clone());
    let line = format!("指纹 河道清淤 \"{}\"", sign(PROJECT));
    assert!(help.into_iter().any(|help| help.in_language(Language::Chinese).contains(&line)));
}

#[test]
fn the_departments_own_targets_are_held_against_their_approval() {
    let analysis = check(&[("局/部门.jx", OFFICE)]);
    let sign = fingerprint::of_department(&analysis.model, DepartmentId(0)).expect("read");
    let year = format!("批复 2025-01-20 \"示财预〔2025〕3号\" {{\n  指纹 部门 \"{sign}\"\n}}\n");
    assert_eq!(codes(&told(&check(&[("局/部门.jx", OFFICE), ("局/年.jx", &year)]))), [""; 0]);
    let changed = OFFICE.replace("汛期平安", "汛期大致平安");
    assert_eq!(codes(&told(&check(&[("局/部门.jx", &changed), ("局/年.jx", &year)]))), ["JX110"]);
}

/// What is not understood is told where it is read, and nothing follows from it.
#[test]
fn a_damaged_project_is_not_held_against_its_approval() {
    let year = "批复 2025-01-20 \"示财预〔2025〕3号\" {\n  指纹 河道清淤 \"4f21e029c129fdbe\"\n}\n";
    let damaged = PROJECT.replace("预算 200000 元", "预算 二十万");
    let analysis = check(&[("局/部门.jx", OFFICE), ("局/01.jx", &damaged), ("局/年.jx", year)]);
    assert!(analysis.has_errors());
    assert_eq!(codes(&told(&analysis)), [""; 0]);
}

#[test]
fn an_adjustment_states_its_document_and_reason() {
    let line = "指标值 河道清淤.清淤长度 ≥ 10 公里 改为 ≥ 8 公里";
    for (head, reason, wanted) in [
        ("调整 2025-09-10 \"示财预〔2025〕41号\"", "理由 \"并入水库工程。\"", &[][..]),
        ("调整 2025-09-10", "理由 \"并入水库工程。\"", &["JX123"]),
        ("调整 2025-09-10 \" \"", "理由 \"并入水库工程。\"", &["JX123"]),
        ("调整 2025-09-10 \"示财预〔2025〕41号\"", "", &["JX123"]),
        ("调整 2025-09-10", "", &["JX123"]),
    ] {
        assert_eq!(codes(&found(&format!("{head} {{\n  {reason}\n  {line}\n}}\n"))), wanted, "{head} {reason}");
    }
}

fn adjustment(day: &str, lines: &[&str]) -> String {
    format!("调整 {day} \"示财预〔2025〕41号\" {{\n  理由 \"并入水库工程。\"\n  {}\n}}\n", lines.join("\n  "))
}

#[test]
fn an_adjustment_starts_from_what_is_in_force_that_day() {
    for (line, is_right) in [
        ("指标值 河道清淤.清淤长度 ≥ 10 公里 改为 ≥ 8 公里", true),
        ("指标值 河道清淤.清淤长度 ≥ 10000 米 改为 ≥ 8 公里", true),
        ("指标值 河道清淤.清淤长度 ≥ 9 公里 改为 ≥ 8 公里", false),
        ("指标值 河道清淤.清淤长度 > 10 公里 改为 ≥ 8 公里", false),
        ("指标值 河道清淤.完工时间 ≤ 2025-11-30 改为 ≤ 12月底", true),
        ("指标值 河道清淤.完工时间 ≤ 10月底 改为 ≤ 12月底", false),
        ("权重 河道清淤.清淤长度 20 改为 15", true),
        ("权重 河道清淤.清淤长度 10 改为 15", false),
        ("权重 河道清淤.村民满意度 10 改为 15", false),
        ("预算 河道清淤 20.00 万元 改为 180000 元", true),
        ("预算 河道清淤 210000 元 改为 180000 元", false),
        ("预算 河道清淤 200000 元 改为 180000 元 {\n    财政拨款 150000 元 改为 130000 元\n  }", true),
        ("预算 河道清淤 200000 元 改为 180000 元 {\n    财政拨款 140000 元 改为 120000 元\n  }", false),
        ("撤销指标 河道清淤.村民满意度 \"并入年度调查。\"", true),
    ] {
        let wanted: &[&str] = if is_right { &[] } else { &["JX124"] };
        assert_eq!(codes(&found(&adjustment("2025-09-10", &[line]))), wanted, "{line}");
    }
}

#[test]
fn adjustments_follow_each_other_by_their_days() {
    let first = adjustment("2025-05-10", &["预算 河道清淤 200000 元 改为 180000 元", "结转 河道清淤 5000 元"]);
    let second = |old: &str| adjustment("2025-09-10", &[&format!("预算 河道清淤 {old} 元 改为 170000 元")]);
    // Whatever the order of the files; what was carried over is not counted.
    assert_eq!(codes(&found(&(second("180000") + &first))), [""; 0]);
    let found_other = found(&(first.clone() + &second("185000")));
    assert_eq!(codes(&found_other), ["JX124"]);
    assert!(found_other[0].1.contains("180000 元") && found_other[0].1.contains("185000 元"), "{found_other:?}");
    // Of a withdrawn indicator nothing can be adjusted, and an added one can.
    let withdrawn = adjustment("2025-05-10", &["撤销指标 河道清淤.村民满意度 \"并入年度调查。\""]);
    let later = adjustment("2025-09-10", &["指标值 河道清淤.村民满意度 ≥ 90% 改为 ≥ 85%"]);
    assert_eq!(codes(&found(&(withdrawn + &later))), ["JX124"]);
    let added = adjustment("2025-05-10", &["增加指标 河道清淤.培训场次 数量 ≥ 2 次"]);
    let later = adjustment("2025-09-10", &["指标值 河道清淤.培训场次 ≥ 2 次 改为 ≥ 1 次"]);
    assert_eq!(codes(&found(&(added + &later))), [""; 0]);
}

#[test]
fn an_adjustment_lies_in_the_year_and_after_the_approval() {
    let line = ["指标值 河道清淤.清淤长度 ≥ 10 公里 改为 ≥ 8 公里"];
    let approval = format!("批复 2025-01-20 \"示财预〔2025〕3号\" {{\n  指纹 河道清淤 \"{}\"\n}}\n", sign(PROJECT));
    for (day, wanted) in
        [("2025-01-20", &[][..]), ("2025-12-31", &[]), ("2025-01-19", &["JX125"]), ("2026-01-05", &["JX125"])]
    {
        assert_eq!(codes(&found(&(approval.clone() + &adjustment(day, &line)))), wanted, "{day}");
    }
}
