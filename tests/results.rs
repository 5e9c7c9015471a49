//! What is scored beside self-evaluations: points of a review, evaluations by a framework, areas.

use jixiao::backend::AskedCheckpoint;
use jixiao::diagnostic::{Code, Language};
use jixiao::model::standard::year_form::YearForm;
use jixiao::score::{Exact, ScoreBasis};
use jixiao::standing::{ScoresOfOffice, scores_json, scores_page};
use jixiao::workspace::{Analysis, Input, analyse};

const OFFICE: &str = r#"标准 我县 扩展 财预2021 {
  指标框架 项目评价 {
    一级指标 决策 {
      二级指标 项目立项 { 三级指标 立项依据充分性 20 分 }
    }
    一级指标 产出 {
      二级指标 产出数量 { 衡量 数量；三级指标 实际完成率 50 分 }
    }
    一级指标 效益 {
      二级指标 满意度 { 衡量 满意度；三级指标 满意度 30 分 }
    }
  }
}

部门 901 甲县水务局 {
  年度 2025
  标准 我县
}

项目 河道治理 {
  预算 100 万元
  目标 "治理河道10公里，沿岸村民满意。"
  指标 数量 治理长度 ≥ 10 公里 {
    权重 50
  }
  指标 满意度 村民满意度 ≥ 90% {
    权重 30
  }
  指标 社会效益 管护机制 定性 "各村落实" {
    权重 10
  }
}
"#;

const YEAR: &str = r#"自评 {
  执行 河道治理 100 万元
  完成 河道治理.治理长度 8 公里
  完成 河道治理.村民满意度 90%
  完成 河道治理.管护机制 达成
}

复核 2026-03-15 "县财政局" {
  得分 河道治理.治理长度 30 分 "两公里没有验收。"
}

复核 2026-04-15 "县财政局" {
  得分 河道治理.治理长度 35 分 "补验一公里。"
}

评价 2026-06-20 河道治理 {
  框架 项目评价
  得分 决策.项目立项.立项依据充分性 18 分 "依据齐全。"
  得分 产出.产出数量.实际完成率 取自 自评
  得分 效益.满意度.满意度 取自 自评
  结论 "没有做完。"
  应用 整改 "补做。"
}
"#;

const OTHER: &str = r#"部门 902 乙县水务局 {
  年度 2025
  标准 我县
}

项目 河道治理 {
  预算 50 万元
  目标 "治理河道4公里，沿岸村民满意。"
  指标 数量 治理长度 ≥ 4 公里 {
    权重 50
  }
  指标 满意度 村民满意度 ≥ 90% {
    权重 30
  }
  指标 社会效益 管护机制 定性 "各村落实" {
    权重 10
  }
}

自评 {
  执行 河道治理 50 万元
  完成 河道治理.治理长度 4 公里
  完成 河道治理.村民满意度 84%
  完成 河道治理.管护机制 部分达成 {
    得分 7 分
  }
}

区域 某市河道治理 {
  汇总 甲县水务局.河道治理
  汇总 乙县水务局.河道治理
  指标 数量 治理长度 ≥ 14 公里 {
    权重 50
  }
  指标 满意度 村民满意度 ≥ 90% {
    权重 30
  }
  指标 社会效益 管护机制 定性 "各村落实" {
    权重 10
  }
}
"#;

fn read(files: &[(&str, &str)]) -> Analysis {
    let input = |(path, text): &(&str, &str)| Input { path: (*path).to_owned(), text: (*text).into() };
    analyse(files.iter().map(input).collect(), None)
}

fn both() -> Analysis {
    let analysis = read(&[("1甲/部门.jx", OFFICE), ("1甲/年.jx", YEAR), ("2乙/部门.jx", OTHER)]);
    let is_of_language = |code: Code| code.id() >= "JX200" || code == Code::JX138;
    let errors: Vec<_> = analysis.diagnostics.iter().filter(|one| is_of_language(one.code)).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    analysis
}

/// The cells of the row that begins with a name.
fn row<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    let line = text.lines().find(|line| line.trim_start().starts_with(name) && line.contains("  "));
    let line = line.unwrap_or_else(|| panic!("no row of {name} in\n{text}"));
    line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect()
}

#[test]
fn the_last_review_stands_beside_the_self_evaluation() {
    let analysis = both();
    let offices = ScoresOfOffice::all(&analysis.model, ScoreBasis::Reported);
    let text = scores_page(&analysis.model, &analysis.sources, &offices[..1], false, Language::Chinese).text();
    assert_eq!(
        row(&text, "治理长度"),
        ["治理长度", "≥ 10 公里", "8 公里", "50", "40.00", "35", "补验一公里。", "50 × 8 ÷ 10 = 40.00"]
    );
    // What no review names keeps its points.
    assert_eq!(row(&text, "村民满意度")[4..6], ["30.00", "30.00"]);
    assert_eq!(row(&text, "总分"), ["总分", "100", "90.00", "85.00", "优"]);
    let json = scores_json(&analysis.model, &analysis.sources, &offices, Language::Chinese);
    assert!(json.contains("\"reviewed\": {") && json.contains("\"reason\": \"补验一公里。\""), "{json}");
}

#[test]
fn an_evaluation_scores_the_leaves_of_its_framework() {
    let analysis = both();
    let offices = ScoresOfOffice::all(&analysis.model, ScoreBasis::Reported);
    let evaluation = &offices[0].evaluations[0];
    let points: Vec<String> =
        evaluation.leaves.iter().map(|leaf| leaf.points.rounded.as_ref().expect("points").fixed(2)).collect();
    // 18 given; 50 × 40 ÷ 50 of the self-evaluation; 30 × 30 ÷ 30.
    assert_eq!(points, ["18.00", "40.00", "30.00"]);
    assert_eq!(evaluation.total.points.as_ref().map(|total| total.fixed(2)).as_deref(), Some("88.00"));
    assert_eq!(evaluation.total.grade.as_deref(), Some("良"));
    let text = scores_page(&analysis.model, &analysis.sources, &offices[..1], false, Language::Chinese).text();
    assert!(row(&text, "产出.产出数量.实际完成率").contains(&"50 × 40 ÷ 50 = 40"), "{text}");
}

#[test]
fn a_report_takes_over_what_the_self_evaluation_achieved() {
    let analysis = both();
    let printed = |format: &str| {
        let artifacts = crate::forms::printed(&analysis, format, &[YearForm::Report], AskedCheckpoint::Last);
        String::from_utf8(artifacts[0].bytes.clone()).expect("text")
    };
    let text = printed("markdown");
    for row in [
        "| 决策.项目立项.立项依据充分性 | 20 | 18.00 | 依据齐全。 |",
        "| 产出.产出数量.实际完成率 | 50 | 40.00 | 取自自评：50 × 40 ÷ 50 = 40 |",
        "| 效益.满意度.满意度 | 30 | 30.00 | 取自自评：30 × 30 ÷ 30 = 30 |",
        "| 总分 | 100 | 88.00 |",
        "总分88.00，评价等次良。",
    ] {
        assert!(text.contains(row), "{row}\n{text}");
    }
    let json: serde_json::Value = serde_json::from_str(&printed("json")).expect("JSON");
    let evaluation = &json["forms"][0]["evaluations"][0];
    assert_eq!(evaluation["total"], "88.00");
    let leaf = &evaluation["points"][1];
    assert_eq!((&leaf["points"], &leaf["taken_over"], &leaf["weight"]), (&"40.00".into(), &true.into(), &"50".into()));
    // Without a value there are no points: the total is told by its bounds, and why.
    let lost = YEAR.replace("  完成 河道治理.治理长度 8 公里\n", "");
    let analysis = read(&[("1甲/部门.jx", OFFICE), ("1甲/年.jx", &lost)]);
    let artifacts = crate::forms::printed(&analysis, "markdown", &[YearForm::Report], AskedCheckpoint::Last);
    let text = String::from_utf8(artifacts[0].bytes.clone()).expect("text");
    assert!(text.contains("—（48.00～98.00）") && !text.contains("评价等次"), "{text}");
}

#[test]
fn an_area_adds_up_by_the_levels_of_its_money() {
    let own = "部门 900 某市水务局 {\n  年度 2025\n  标准 我县\n}\n项目 某市河道治理 {\n  类型 转移支付\n  预算 150 万元 {\n    财政拨款 130 万元\n    其他资金 20 万元\n  }\n}\n区域 某市河道治理 {\n  汇总 甲县水务局.河道治理\n  汇总 乙县水务局.河道治理\n}\n";
    let told = |own: &str, of_first: &str, of_second: &str| {
        let with = |office: &str, budget: &str, funds: &str| office.replacen(budget, &format!("{budget} {funds}"), 1);
        let first = with(OFFICE, "预算 100 万元", of_first);
        let other = OTHER.split("区域 ").next().expect("an office");
        let second = with(other, "预算 50 万元", of_second);
        let analysis = read(&[("0市/部门.jx", own), ("1甲/部门.jx", &first), ("2乙/部门.jx", &second)]);
        let all = analysis.diagnostics.iter().filter(|one| one.code == Code::JX170);
        all.map(|one| one.message.in_language(Language::Chinese).into_owned()).collect::<Vec<_>>()
    };
    let first = "{\n    财政拨款 90 万元\n    其他资金 10 万元\n  }";
    let second = "{\n    财政拨款 40 万元\n    上年结转资金 10 万元\n  }";
    // 90 + 40 of one source; of the other a member has none, and its own source is nobody else's.
    assert_eq!(told(own, first, second), ["`某市河道治理` 的其他资金是 20.00，各地合计 10.00"]);
    assert_eq!(told(&own.replace("130", "140").replace("20 万元", "10 万元"), first, second).len(), 1);
    assert_eq!(told(&own.replace("20 万元", "10 万元"), first, second), Vec::<String>::new());
    // A member that lists no source may have any.
    assert_eq!(told(own, first, ""), Vec::<String>::new());
}

#[test]
fn an_area_is_scored_once_on_what_its_members_reached_together() {
    let analysis = both();
    let offices = ScoresOfOffice::all(&analysis.model, ScoreBasis::Reported);
    let area = &offices[1].areas[0];
    let figures: Vec<String> =
        area.rows.iter().map(|one| one.row.points.rounded.as_ref().expect("points").fixed(2)).collect();
    // 50 × 12 ÷ 14; 30 × 88 ÷ 90, where 88 = (90 × 100 + 84 × 50) ÷ 150; 10 × (1 × 100 + 0.7 × 50) ÷ 150.
    assert_eq!(figures, ["42.86", "29.33", "9.00"]);
    let total = area.total.points.as_ref().expect("a total");
    assert_eq!(total.fixed(2), "81.19");
    assert_eq!(area.total.weight, Exact::from(rust_decimal::Decimal::from(90)));
    assert_eq!(area.total.grade, None);
    let text = scores_page(&analysis.model, &analysis.sources, &offices[1..], false, Language::Chinese).text();
    assert!(text.contains("区域 某市河道治理"), "{text}");
}

#[test]
fn an_area_adds_up_and_knows_its_members() {
    let wrong = OTHER.replace("≥ 14 公里", "≥ 15 公里").replace("汇总 乙县水务局.河道治理", "汇总 丙县水务局.河道治理");
    let analysis = read(&[("1甲/部门.jx", OFFICE), ("1甲/年.jx", YEAR), ("2乙/部门.jx", &wrong)]);
    let codes = |analysis: &Analysis| -> Vec<Code> { analysis.diagnostics.iter().map(|one| one.code).collect() };
    assert!(codes(&analysis).contains(&Code::JX138));
    let wrong = OTHER.replace("≥ 14 公里", "≥ 15 公里");
    let analysis = read(&[("1甲/部门.jx", OFFICE), ("1甲/年.jx", YEAR), ("2乙/部门.jx", &wrong)]);
    assert!(codes(&analysis).contains(&Code::JX169) && !codes(&both()).contains(&Code::JX169));
}
