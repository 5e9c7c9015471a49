//! Rules that hold one statement of a project against another: for each, what is told, and what looks like it and is right.

use jixiao::diagnostic::Code;
use jixiao::workspace::{Input, analyse};

/// The codes told of a text, each with its line.
fn told(text: &str) -> Vec<(Code, u32)> {
    let analysis = analyse(vec![Input { path: "例.jx".to_owned(), text: text.into() }], None);
    let place = |diagnostic: &jixiao::diagnostic::Diagnostic| {
        let span = diagnostic.span()?;
        Some((diagnostic.code, analysis.sources.get(span.file).location(span.start).line))
    };
    analysis.diagnostics.iter().filter_map(place).collect()
}

const HEAD: &str = "部门 901 示例县水务局 {\n  年度 2025\n}\n项目 示例 {\n  预算 20 万元\n  目标 \"修渠3公里。\"\n";

/// Whether a code is told of some indicators in a project of 20 万元 in 2025.
fn tells(code: Code, indicators: &str) -> bool {
    let text = format!("{HEAD}  {}\n}}\n", indicators.replace('\n', "\n  "));
    told(&text).iter().any(|(one, _)| *one == code)
}

#[track_caller]
fn assert_told(code: Code, wrong: &[&str], right: &[&str]) {
    for indicators in wrong {
        assert!(tells(code, indicators), "{} is not told of {indicators}", code.id());
    }
    for indicators in right {
        assert!(!tells(code, indicators), "{} is told of {indicators}", code.id());
    }
}

#[test]
fn a_printed_number_date_sign_or_grade_is_that_of_the_target() {
    assert_told(
        Code::JX078,
        &[
            "指标 质量 合格率 ≥ 95% { 表述 \"≥80%\" }",
            "指标 质量 合格率 ≥ 95% { 表述 \"≤95%\" }",
            "指标 质量 合格率 ≥ 95% { 表述 \"合格率不超过95%\" }",
            "指标 质量 合格率 ≥ 95% { 表述 \"95%以下\" }",
            "指标 质量 合格率 ≥ 95% { 表述 \"≥80\" }",
            "指标 质量 合格率 90% .. 95% { 表述 \"80%～95%\" }",
            "指标 数量 人数 = 40 人 { 表述 \"≥40人\" }",
            "指标 时效 完工时间 ≤ 10月底 { 表述 \"2024年10月底前\" }",
            "指标 时效 完工时间 ≤ 10月底 { 表述 \"2024年完成\" }",
            "指标 时效 完工时间 ≤ 10月底 { 表述 \"年底前\" }",
            "指标 时效 完工时间 ≤ 10月底 { 表述 \"2025-11-30\" }",
            "指标 时效 完工时间 定性 \"按期完工\" { 表述 \"2024年12月底前完工\" }",
            "指标 成本 总成本 ≤ 预算 { 表述 \"≤28万元\" }",
            "指标 成本 单价 ≤ 300 元/人 { 表述 \"≤500元/人\" }",
            "指标 质量 气密性 定性 优 { 优 良 差 } { 表述 \"良\" }",
            "指标 质量 合格率 ≥ 上年 + 2% {\n上年 90%\n表述 \"比上年提高5个百分点\"\n}",
        ],
        &[
            "指标 质量 合格率 ≥ 95% { 表述 \"合格率不低于95%，比上年高3个百分点\" }",
            "指标 质量 合格率 = 100% { 表述 \"≥100%\" }",
            "指标 质量 合格率 ≥ 95% { 表述 \"95\" }",
            "指标 质量 合格率 ≥ 95% { 表述 \"达到行业先进\" }",
            "指标 数量 人数 ≥ 1.5 万人 { 表述 \"≥15000人\" }",
            "指标 数量 人数 ≥ 40 人 { 表述 \"分3批培训40人\" }",
            "指标 时效 完工时间 ≤ 10月底 { 表述 \"2025年10月31日前\" }",
            "指标 时效 完工时间 ≤ 10月底 { 表述 \"11月前\" }",
            "指标 时效 完工时间 ≤ 12月底 { 表述 \"年底前\" }",
            "指标 成本 总成本 ≤ 预算 { 表述 \"≤20万元\" }",
            "指标 成本 总成本 ≤ 203456.78 元 { 表述 \"20.3万元以内\" }",
            "指标 成本 单价 ≤ 300 元/人 { 表述 \"每人不超过300元\" }",
            "指标 质量 合格率 ≥ 上年 + 2% {\n上年 90%\n表述 \"提高2个百分点，达到92%\"\n}",
            "指标 质量 合格率 ≥ 上年 × 110% {\n上年 80%\n表述 \"比上年提高10%\"\n}",
        ],
    );
}

#[test]
fn a_number_that_ends_a_name_is_that_of_the_target() {
    assert_told(
        Code::JX079,
        &[
            "指标 质量 \"达标率100%\" ≥ 90%",
            "指标 质量 \"达标率95%以上\" ≥ 90%",
            "指标 时效 处理时间不超过3天 ≤ 5 天",
            "指标 质量 \"合格率≥98%\" ≥ 95%",
            "指标 时效 \"10月底前完工\" ≤ 12月底",
        ],
        &[
            "指标 质量 \"达标率100%\" = 100%",
            "指标 数量 \"60岁以上老人\" ≥ 90 人",
            "指标 数量 每村宣传2次 ≥ 60 次",
            "指标 数量 第2期培训 ≥ 30 人",
            "指标 数量 日均开放8小时 ≥ 300 天",
            "指标 质量 \"24小时响应率\" ≥ 95%",
            "指标 时效 \"9月开学前到位\" ≤ 8月底",
        ],
    );
}

#[test]
fn a_price_by_its_quantity_fits_the_budget() {
    assert_told(
        Code::JX027,
        &[
            "指标 数量 服务点 ≥ 40 个\n指标 成本 建设成本 ≤ 9000 元/个",
            "指标 数量 服务点 ≥ 40 个\n指标 成本 每个服务点成本 ≤ 9000 元",
            "指标 数量 渠道 ≥ 3000 米\n指标 成本 单价 ≤ 9 万元/公里",
            "指标 数量 渠道 ≥ 3 公里\n指标 数量 涵洞 ≥ 9 道\n指标 成本 渠道单价 ≤ 9 万元/公里",
            // Two of one unit add up.
            "指标 数量 电脑 ≥ 20 台\n指标 数量 打印机 ≥ 20 台\n指标 成本 电脑单价 ≤ 6000 元/台\n指标 成本 打印机单价 ≤ 5000 元/台",
            // All that is done comes to less than half of the budget.
            "指标 数量 服务点 ≥ 40 个\n指标 成本 建设成本 ≤ 2400 元/个",
        ],
        &[
            "指标 数量 服务点 ≥ 40 个\n指标 成本 建设成本 ≤ 5000 元/个",
            // Within the limit of the standard.
            "指标 数量 服务点 ≥ 40 个\n指标 成本 建设成本 ≤ 5250 元/个",
            // The same money twice.
            "指标 数量 人数 ≥ 400 人\n指标 数量 期数 ≥ 4 期\n指标 成本 人均 ≤ 500 元/人\n指标 成本 期均 ≤ 5 万元/期",
            // How many months is not said.
            "指标 数量 人数 ≥ 40 人\n指标 成本 补贴 ≤ 600 元/人·月",
            // A sum, not a price.
            "指标 数量 服务点 ≥ 40 个\n指标 成本 每年运行成本 ≤ 20 万元",
            "指标 数量 服务点 ≥ 40 个\n指标 成本 标准化建设成本 ≤ 20 万元",
            // Other things are paid from the same budget.
            "指标 数量 服务点 ≥ 40 个\n指标 数量 培训 ≥ 40 人次\n指标 成本 建设成本 ≤ 2400 元/个",
        ],
    );
}

#[test]
fn how_far_off_is_data_of_the_standard() {
    let project = |limit: &str| {
        format!(
            "标准 我县 扩展 财预2015 {{\n  规则 JX027 {{ {limit} }}\n}}\n部门 901 甲 {{ 年度 2025；标准 我县 }}\n项目 乙 {{\n  预算 20 万元\n  \
             目标 \"修渠3公里。\"\n  指标 数量 服务点 ≥ 40 个\n  指标 成本 建设成本 ≤ 5400 元/个\n  \
             指标 社会效益 受益村 ≥ 3 村\n  指标 满意度 村民满意度 ≥ 90%\n}}\n"
        )
    };
    let is_told = |limit| told(&project(limit)).iter().any(|(code, _)| *code == Code::JX027);
    assert!(is_told("把握 推断"), "the limit is inherited");
    assert!(!is_told("限度 10%"));
    assert!(is_told("限度 7.99%"));
    assert!(!is_told("限度 8%"), "just at the limit");
}

#[test]
fn a_target_keeps_up_with_last_year() {
    assert_told(
        Code::JX073,
        &[
            "指标 质量 准确率 ≥ 60% { 上年 96% }",
            "指标 社会效益 投诉 ≤ 20 件 { 上年 6 件 }",
            "指标 数量 人次 = 1.2 万人次 { 上年 3 万人次 }",
            "指标 质量 准确率 ≥ 上年 × 50% { 上年 96% }",
        ],
        &[
            "指标 质量 准确率 ≥ 90% { 上年 96% }",
            "指标 社会效益 投诉 ≤ 6 件 { 上年 20 件 }",
            "指标 社会效益 事故 ≤ 3 起 { 上年 1 起 }",
            "指标 成本 总成本 ≤ 20 万元 { 上年 8 万元 }",
            "指标 数量 人次 ≥ 1 万人次 {\n上年 3 万人次\n依据 \"场馆检修，任务调减\"\n}",
        ],
    );
}

#[test]
fn costs_are_limits_in_money() {
    assert_told(
        Code::JX096,
        &["指标 成本 采购费用 = 20 万元", "指标 成本 采购费用 = 预算", "指标 成本 讲课费用 = 500 元/人"],
        &["指标 成本 补助标准 = 500 元/人", "指标 成本 采购费用 ≤ 20 万元", "指标 数量 人数 = 20 人"],
    );
    assert_told(
        Code::JX097,
        &["指标 成本 成本控制率 ≤ 100%", "指标 成本 资金使用率 90% .. 100%"],
        &["指标 成本 成本节约率 ≥ 5%", "指标 成本 三公经费下降 ≥ 5%", "指标 成本 总成本 ≤ 预算 × 95%"],
    );
    assert_told(
        Code::JX039,
        &[
            "指标 经济效益 项目总成本 ≤ 20 万元",
            "指标 社会效益 投入 ≤ 预算",
            "指标 经济效益 工程造价 定性 \"不超概算\"",
        ],
        &[
            "指标 经济效益 降低用电成本 ≥ 2 万元",
            "指标 社会效益 患者自付费用 ≤ 90 元",
            "指标 经济效益 带动投资额 ≥ 9 万元",
        ],
    );
}

#[test]
fn what_is_to_be_built_or_bought_has_no_upper_limit() {
    assert_told(
        Code::JX098,
        &["指标 数量 新建公厕 ≤ 4 座", "指标 数量 购置设备 < 9 台", "指标 数量 硬化道路 ≤ 6 公里"],
        &[
            "指标 数量 新建公厕 ≥ 4 座",
            "指标 数量 购置车辆 ≤ 4 辆 { 方向 反向 }",
            "指标 数量 投诉次数 ≤ 4 次",
            "指标 社会效益 新建小区投诉 ≤ 4 件",
        ],
    );
}

#[test]
fn names_say_what_is_measured() {
    assert_told(
        Code::JX038,
        &[
            "指标 数量 数量指标 ≥ 4 座",
            "指标 质量 质量 ≥ 90%",
            "指标 社会效益 社会效益 ≥ 90 人",
            "指标 满意度 服务对象满意度指标 ≥ 90%",
        ],
        &["指标 数量 公厕数量 ≥ 4 座", "指标 满意度 服务对象满意度 ≥ 90%"],
    );
    assert_told(
        Code::JX037,
        &[
            "指标 社会效益 提升群众幸福感 = 100%",
            "指标 社会效益 保障社会稳定 ≥ 100%",
            "指标 社会效益 社会和谐稳定 = 100%",
        ],
        &["指标 社会效益 提高政策知晓率 = 100%", "指标 质量 保障设备合格率 = 100%", "指标 社会效益 提高收入 ≥ 10%"],
    );
}

#[test]
fn what_comes_in_time_is_never_more_than_all() {
    assert_told(
        Code::JX064,
        &["指标 时效 任务完成及时率 ≥ 100%", "指标 时效 按时完成率 ≥ 100%"],
        &["指标 时效 任务完成及时率 = 100%", "指标 数量 任务完成率 ≥ 100%"],
    );
    assert_told(Code::JX066, &["指标 时效 任务完成及时率 ≥ 120%"], &["指标 数量 任务完成率 ≥ 120%"]);
}

#[test]
fn a_fixed_rate_and_a_damaged_sign_lack_no_comparator() {
    assert_told(
        Code::JX063,
        &["指标 成本 总成本 20 万元", "指标 数量 补助人数 20 人"],
        &["指标 成本 补助标准 500 元/人", "指标 质量 合格率 292%"],
    );
    assert!(tells(Code::JX066, "指标 质量 合格率 292%"));
}

#[test]
fn time_is_said_in_many_words() {
    assert_told(
        Code::JX044,
        &["指标 时效 到位率 ≥ 95%"],
        &["指标 时效 到位情况 定性 \"年末到位\"", "指标 时效 实施情况 定性 \"按计划实施\""],
    );
}

/// Two projects of a department, and whether they are told as one.
fn are_alike(first: &str, second: &str) -> bool {
    let project = |name: &str| format!("项目 \"{name}\" {{\n  预算 20 万元\n  目标 \"修渠3公里。\"\n}}\n");
    let text = format!("部门 901 甲 {{ 年度 2025 }}\n{}{}", project(first), project(second));
    told(&text).iter().any(|(code, _)| *code == Code::JX014)
}

#[test]
fn projects_of_nearly_one_name_are_told_and_numbered_ones_are_not() {
    for (first, second) in [
        ("校舍维修改造", "校舍维修改造项目"),
        ("校舍维修改造", "2025年校舍维修与改造工程"),
        ("校舍维修改造", "校舍改造维修"),
        ("校舍维修改造（60万）", "校舍维修改造工程"),
        ("农村饮水安全巩固提升", "农村饮水安全巩固提档"),
    ] {
        assert!(are_alike(first, second), "{first} {second}");
    }
    for (first, second) in [
        ("校舍维修改造一期", "校舍维修改造二期"),
        ("河东村道路硬化", "河西村道路硬化"),
        ("张庄村道路硬化", "李庄村道路硬化"),
        ("道路硬化（张家村）", "道路硬化（王家村）"),
        ("小学营养餐", "中学营养餐"),
        ("工作经费", "业务经费"),
        ("乡镇供水管网维修", "乡镇供水设施维修"),
    ] {
        assert!(!are_alike(first, second), "{first} {second}");
    }
}

/// Names one sign apart are found without comparing each with each.
#[test]
fn many_projects_are_compared_in_one_pass() {
    let project = |number: u32| {
        // Other signs at each place: none is another in another order.
        let sign = |place: u32| char::from_u32(0x5000 + 100 * place + number / 30_u32.pow(place) % 30);
        let name: String = (0..3).filter_map(sign).chain("水利灌溉设施".chars()).collect();
        format!("项目 \"{name}\" {{\n  预算 20 万元\n  目标 \"修渠3公里。\"\n}}\n")
    };
    let text: String =
        std::iter::once("部门 901 甲 { 年度 2025 }\n".to_owned()).chain((0..3000).map(project)).collect();
    let started = std::time::Instant::now();
    let found = told(&text);
    assert!(started.elapsed() < std::time::Duration::from_mins(1), "took {:?}", started.elapsed());
    assert!(found.iter().all(|(code, _)| *code != Code::JX014));
}

#[test]
fn what_is_no_table_is_compared_in_bounded_time() {
    let long = "修渠".repeat(60_000);
    let numbers = "年底3天、".repeat(20_000);
    let row = |number: u32| format!("指标 数量 渠{number} ≥ 3 个\n  指标 成本 价{number} ≤ 9000 元/个");
    let names = (0..2000).map(row).collect::<Vec<_>>().join("\n  ");
    let text = format!(
        "部门 901 甲 {{ 年度 2025 }}\n项目 \"{long}\" {{\n  预算 20 万元\n  目标 \"修渠3公里。\"\n  \
         指标 时效 \"{numbers}\" ≤ 3 天 {{ 表述 \"{numbers}\" }}\n  \
         指标 时效 工期 定性 \"{numbers}\" {{ 表述 \"{numbers}\" }}\n  {names}\n}}\n"
    );
    let started = std::time::Instant::now();
    assert!(!told(&text).is_empty());
    assert!(started.elapsed() < std::time::Duration::from_mins(1), "took {:?}", started.elapsed());
}

#[test]
fn placeholders_in_fields_of_the_standard_are_told_at_their_place() {
    let text = "标准 我县 扩展 财预2015 {\n  字段 项目.说明 { 类型 文本 }\n  字段 指标.口径 { 类型 文本 }\n  字段 部门.备注 { 类型 文本 }\n}\n\
                部门 901 甲 {\n  年度 2025\n  标准 我县\n  备注 \"此处填写\"\n}\n\
                项目 乙 {\n  预算 20 万元\n  说明 \"说明立项依据（200字以内）\"\n  目标 \"修渠3公里。\"\n  \
                指标 数量 渠道 ≥ 3 公里 {\n    口径 \"请填写具体口径\"\n  }\n}\n";
    let lines: Vec<u32> =
        told(text).into_iter().filter(|(code, _)| *code == Code::JX005).map(|(_, line)| line).collect();
    assert_eq!(lines, [9, 13, 16]);
}

#[test]
fn weights_and_scoring_are_held_against_each_other() {
    let rows = |weights: [u32; 4], scoring: [&str; 4]| -> String {
        let row = |(index, (weight, scoring)): (usize, (u32, &str))| {
            let scoring = if scoring.is_empty() { String::new() } else { format!("\n计分 \"{scoring}\"") };
            format!("指标 数量 事故{index} = {index} 起 {{\n权重 {weight}{scoring}\n}}\n")
        };
        weights.into_iter().zip(scoring).enumerate().map(row).collect()
    };
    let differing = ["发生即不得分", "少一个扣1分", "按比例", "少一个扣2分"];
    assert!(tells(Code::JX091, &rows([5, 75, 5, 5], differing)));
    assert!(!tells(Code::JX093, &rows([5, 75, 5, 5], differing)), "told once");
    assert!(!tells(Code::JX091, &rows([20, 40, 15, 15], differing)));
    assert!(tells(Code::JX094, &rows([20, 40, 15, 15], ["完成得满分"; 4])));
    assert!(!tells(Code::JX094, &rows([20, 40, 15, 15], differing)));
    assert!(tells(Code::JX092, &rows([20, 40, 15, 15], ["", "a", "b", "c"])));
    assert!(!tells(Code::JX092, &rows([20, 40, 15, 15], differing)));
    assert!(!tells(Code::JX092, "指标 社会效益 事故 = 0 起"), "nothing is scored here");
}
