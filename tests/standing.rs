//! The worked examples of a year: a county office at the end of June, and a project's self-evaluation. Every printed figure
//! is asserted.

use assert_cmd::Command;

use jixiao::diagnostic::Language;
use jixiao::model::calendar::Date;
use jixiao::score::{Exact, ScoreBasis, ScoredProject};
use jixiao::standing::{
    LightsOfOffice, ScoresOfOffice, Wanting, explained, lights_json, lights_page, scores_json, scores_page,
};
use jixiao::workspace::{Analysis, Input, analyse};

use crate::support::{Example, root};

pub const OFFICE: &str = r#"部门 434 示例县人民政府办公室 {
  年度 2025
  标准 河北2025
}

项目 政府业务费 {
  预算 200000.00 元 {
    财政资金 200000.00 元
  }
  支出计划 {
    3月底 25%
    6月底 50%
    10月底 75%
    12月底 100%
  }
  指标 质量 会议服务保障率 ≥ 90%
  指标 质量 办公任务完成率 ≥ 90%
  指标 社会效益 提高办事效率 定性 "提高办事效率"
  指标 满意度 参会人员满意度 ≥ 90%
}

项目 法律顾问服务费 {
  预算 199000.00 元
  支出计划 {
    6月底 50%
    12月底 100%
  }
  指标 数量 审核合同 ≥ 60 份 {
    节点 6月底 ≥ 25 份
  }
  指标 时效 平均办结时间 ≤ 15 天
}

项目 热线外包服务 {
  预算 630000.00 元
  支出计划 {
    6月底 50%
    12月底 100%
  }
  指标 数量 受理工单 ≥ 12000 件
  指标 质量 接听率 ≥ 95%
}
"#;

pub const JUNE: &str = r#"监控 6月底 {
  填报 2025-07-08
  执行 政府业务费 98000.00 元
  执行 法律顾问服务费 50000.00 元 {
    预计 180000.00 元
    偏差 人员保障 "二季度才签合同。"
    措施 "三季度按月付费。"
  }
  执行 热线外包服务 262500.00 元
  完成 政府业务费.会议服务保障率 96%
  完成 政府业务费.办公任务完成率 66% {
    预计 90%
    可能性 有可能
    偏差 人员保障 "借调两人，六月起由他人兼办。"
    措施 "八月补录一人。"
    证据 "任务台账（1—6月）"
  }
  完成 政府业务费.提高办事效率 部分达成
  完成 政府业务费.参会人员满意度 待测 "年底统一调查"
  完成 法律顾问服务费.审核合同 14 份 {
    可能性 确定能
    偏差 其他 "合同集中在四季度。"
  }
  完成 法律顾问服务费.平均办结时间 12 天
  完成 热线外包服务.受理工单 6480 件
  完成 热线外包服务.接听率 94%
}
"#;

pub const PURCHASE: &str = r"标准 示例四川 扩展 四川2023 {
  自评规则 {
    计分 时限 逐次 { 每 10 天；扣 10% }
  }
}

部门 901 示例县人民医院 {
  年度 2025
  标准 示例四川
}

项目 医疗设备购置 {
  预算 680.00 万元
  指标 经济成本 CT购置单价 ≤ 560 万元/台 { 权重 12 }
  指标 经济成本 监护仪购置单价 ≤ 5.5 万元/台 { 权重 8 }
  指标 数量 购置CT = 1 台 { 权重 8 }
  指标 数量 购置监护仪 = 12 台 { 权重 8 }
  指标 质量 设备开机率 ≥ 98% { 权重 12 }
  指标 时效 设备投入使用时间 ≤ 2025-09-30 { 权重 12 }
  指标 社会效益 检查平均等候时间 ≤ 30 分钟 { 权重 10 }
  指标 社会效益 县域急救能力 定性 优 { 优 良 中 差 } {
    权重 10
  }
  指标 满意度 受检患者满意度 ≥ 90% { 权重 10 }
}
";

pub const OF_THE_YEAR: &str = r#"调整 2025-08-20 "示财预〔2025〕66号" {
  理由 "CT中标价低于预算，结余收回。"
  预算 医疗设备购置 680.00 万元 改为 655.00 万元
}

自评 {
  填报 2026-02-10
  执行 医疗设备购置 629.80 万元
  完成 医疗设备购置.CT购置单价 548 万元/台
  完成 医疗设备购置.监护仪购置单价 5.9 万元/台 {
    偏差 其他 "增配中央站软件。"
    措施 "配置清单先审后采。"
  }
  完成 医疗设备购置.购置CT 1 台
  完成 医疗设备购置.购置监护仪 11 台 {
    偏差 经费保障 "单价上升，少购一台。"
    措施 "列入下年计划。"
  }
  完成 医疗设备购置.设备开机率 98.6%
  完成 医疗设备购置.设备投入使用时间 2025-10-20 {
    偏差 硬件条件保障 "机房防护整改。"
    措施 "机房与设备同步招标。"
  }
  完成 医疗设备购置.检查平均等候时间 27 分钟
  完成 医疗设备购置.县域急救能力 良 {
    得分 7.5 分
    偏差 人员保障 "急救医师缺两名。"
    措施 "已列入招聘。"
  }
  完成 医疗设备购置.受检患者满意度 88.4% {
    样本 220 份
    偏差 其他 "夜间候诊无座位。"
    措施 "增设候诊区。"
  }
}
"#;

pub fn read(files: &[(&str, &str)]) -> Analysis {
    let input = |(path, text): &(&str, &str)| Input { path: (*path).to_owned(), text: (*text).into() };
    let analysis = analyse(files.iter().map(input).collect(), None);
    let is_rule = |code| jixiao::lint::RULES.iter().any(|rule| rule.codes.contains(&code));
    let errors = analysis.diagnostics.iter().filter(|one| one.is_error() && !is_rule(one.code));
    let errors: Vec<String> = errors.map(|one| one.message.in_language(Language::Chinese).into_owned()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    analysis
}

pub fn june() -> Analysis {
    read(&[("局/部门.jx", OFFICE), ("局/监控/06月底.jx", JUNE)])
}

pub fn purchase() -> Analysis {
    read(&[("院/部门.jx", PURCHASE), ("院/自评.jx", OF_THE_YEAR)])
}

/// The cells of the row that begins with a name.
fn row<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    let line = text.lines().find(|line| line.trim_start().starts_with(name) && line.contains("  "));
    let line = line.unwrap_or_else(|| panic!("no row of {name} in\n{text}"));
    line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect()
}

#[test]
fn a_county_office_at_the_end_of_june() {
    let analysis = june();
    let date = Date::read("6月底").expect("a date");
    let offices = LightsOfOffice::all(&analysis.model, date);
    let text = lights_page(&analysis.model, &analysis.sources, &offices, Language::Chinese).text();
    for (project, cells) in [
        ("政府业务费", ["200000.00", "98000.00", "49.00%", "98.00%", "绿", "黄", "196000.00"].as_slice()),
        ("法律顾问服务费", &["199000.00", "50000.00", "25.13%", "50.25%", "红", "红", "100000.00（填报 180000.00）"]),
        ("热线外包服务", &["630000.00", "262500.00", "41.67%", "83.33%", "绿", "绿", "525000.00"]),
        ("合计", &["1029000.00", "410500.00", "39.89%", "79.79%", "黄", "821000.00"]),
    ] {
        assert_eq!(row(&text, project)[1..], *cells, "{text}");
    }
    for (path, cells) in [
        ("政府业务费  会议服务保障率", ["96 ÷ 90 = 106.67%", "绿"]),
        ("政府业务费  办公任务完成率", ["66 ÷ 90 = 73.33%", "黄"]),
        ("政府业务费  提高办事效率", ["部分达成", "黄"]),
        ("法律顾问服务费  审核合同", ["14 ÷ 25 = 56.00%", "红"]),
        ("法律顾问服务费  平均办结时间", ["12 ≤ 15", "绿"]),
        ("热线外包服务  受理工单", ["6480 ÷ 6000 = 108.00%", "绿"]),
        ("热线外包服务  接听率", ["94 ÷ 95 = 98.95%", "绿"]),
    ] {
        let (project, indicator) = path.split_once("  ").expect("two names");
        let is_of = |line: &&str| line.starts_with(project) && line.contains(&format!("  {indicator}  "));
        let line = text.lines().find(is_of).unwrap_or_else(|| panic!("{path}\n{text}"));
        for cell in cells {
            assert!(line.split("  ").any(|one| one.trim() == cell), "{cell} in {line}");
        }
    }
    assert!(text.contains("1 项还没有测"), "{text}");
    let [office] = &offices[..] else { panic!("one department") };
    assert!(office.holds(Wanting::Red) && !office.holds(Wanting::Missing));
    let json = lights_json(&analysis.model, &analysis.sources, &offices, Language::Chinese);
    assert!(json.contains("\"written\": \"6480\"") && json.contains("\"path\": \"局/监控/06月底.jx\""), "{json}");
}

#[test]
fn what_nobody_reported_is_missing() {
    let part = JUNE.replace("  执行 热线外包服务 262500.00 元\n", "").replace("  完成 热线外包服务.接听率 94%\n", "");
    let analysis = read(&[("局/部门.jx", OFFICE), ("局/监控.jx", &part)]);
    let offices = LightsOfOffice::all(&analysis.model, Date::read("6月底").expect("a date"));
    assert_eq!(offices[0].missing(), ["热线外包服务", "热线外包服务.接听率"]);
    assert!(offices[0].holds(Wanting::Missing));
    // A sum without one of its parts is lit by nobody: it is what was told so far.
    let text = lights_page(&analysis.model, &analysis.sources, &offices, Language::Chinese).text();
    assert_eq!(row(&text, "合计")[1..], ["1029000.00", "148000.00", "—", "—", "灰", "—"], "{text}");
    let nobody = read(&[("局/部门.jx", OFFICE)]);
    let offices = LightsOfOffice::all(&nobody.model, Date::read("6月底").expect("a date"));
    let text = lights_page(&nobody.model, &nobody.sources, &offices, Language::Chinese).text();
    assert_eq!(row(&text, "合计")[1..], ["1029000.00", "—", "—", "—", "灰", "—"], "{text}");
}

#[test]
fn a_project_is_scored_with_every_step_told() {
    let analysis = purchase();
    let offices = ScoresOfOffice::all(&analysis.model, ScoreBasis::Reported);
    let text = scores_page(&analysis.model, &analysis.sources, &offices, false, Language::Chinese).text();
    for (name, weight, points, derivation) in [
        ("预算执行率", "10", "9.62", "10 × 629.80 ÷ 655.00 = 9.61526… → 9.62"),
        ("CT购置单价", "12", "12.00", "548 ≤ 560"),
        ("监护仪购置单价", "8", "7.42", "8 × (1 − 0.4 ÷ 5.5) = 8 × 51/55 = 7.41818… → 7.42"),
        ("购置CT", "8", "8.00", "1 = 1"),
        ("购置监护仪", "8", "7.33", "8 × 11 ÷ 12 = 7.33333… → 7.33"),
        ("设备开机率", "12", "12.00", "98.6 ≥ 98"),
        ("设备投入使用时间", "12", "9.60", "12 × (1 − 2 × 10%) = 9.60"),
        ("检查平均等候时间", "10", "10.00", "27 ≤ 30"),
        ("县域急救能力", "10", "7.50", "7.5 → 7.50"),
        ("受检患者满意度", "10", "9.82", "10 × 88.4 ÷ 90 = 9.82222… → 9.82"),
    ] {
        let cells = row(&text, name);
        assert!(cells.contains(&weight) && cells.contains(&points), "{name} {cells:?}\n{text}");
        assert!(cells.last().expect("a derivation").contains(derivation), "{name} {cells:?}");
    }
    assert_eq!(row(&text, "总分"), ["总分", "100", "93.29", "优"]);
    assert_eq!(
        row(&text, "医疗设备购置"),
        ["医疗设备购置", "655.00", "629.80", "96.15%", "9.62", "83.67", "93.29", "优"]
    );
    let json = scores_json(&analysis.model, &analysis.sources, &offices, Language::Chinese);
    assert!(json.contains("\"exact\": \"408/55\"") && json.contains("\"total\": \"93.29\""), "{json}");
}

#[test]
fn one_row_is_explained_as_its_bureau_would_sign_it() {
    let analysis = purchase();
    let offices = ScoresOfOffice::all(&analysis.model, ScoreBasis::Reported);
    let one = &offices[0].projects[0];
    let text = explained(&analysis.model, &analysis.sources, one, 1, true, Language::Chinese).text();
    assert_eq!(
        text,
        "监护仪购置单价  目标 ≤ 5.5 万元/台  完成 5.9 万元/台  分值 8
  方法  反向 · 线性 · 倍数 1    示例四川 自评规则 计分 反向
  偏差  5.9 − 5.5 = 0.4；0.4 ÷ 5.5 = 7.27%
  得分  8 × (1 − 0.4 ÷ 5.5) = 8 × 51/55 = 7.41818… → 7.42    四舍五入到 0.01
  另法  反比 7.46；全或无 0.00
"
    );
    let late = explained(&analysis.model, &analysis.sources, one, 5, false, Language::Chinese).text();
    assert!(late.contains("晚 20 天；20 ÷ 10，满 2 次"), "{late}");
}

#[test]
fn any_order_of_files_gives_the_same_bytes() {
    let files =
        [("局/部门.jx", OFFICE), ("局/监控/06月底.jx", JUNE), ("院/部门.jx", PURCHASE), ("院/自评.jx", OF_THE_YEAR)];
    let pages = |files: &[(&str, &str)]| {
        let analysis = read(files);
        let scores = ScoresOfOffice::all(&analysis.model, ScoreBasis::Reported);
        let lights = LightsOfOffice::all(&analysis.model, Date::read("6月底").expect("a date"));
        let mut names: Vec<String> = vec![
            scores_page(&analysis.model, &analysis.sources, &scores, true, Language::Chinese).text(),
            lights_page(&analysis.model, &analysis.sources, &lights, Language::English).html(Language::English),
        ];
        names.push(scores_page(&analysis.model, &analysis.sources, &scores, false, Language::English).markdown());
        names
    };
    let mut turned = files;
    turned.reverse();
    assert_eq!(pages(&files), pages(&turned));
}

#[test]
fn what_the_year_comes_to_is_scored_ahead() {
    let analysis = june();
    let offices = ScoresOfOffice::all(&analysis.model, ScoreBasis::Forecast);
    let reached = |project: usize, index: usize| {
        let row = &offices[0].projects[project].score.rows[index];
        match &row.reached {
            jixiao::score::Reached::Number(figure) => figure.written.clone(),
            other => format!("{other:?}"),
        }
    };
    // Stated, a level, and counted up.
    assert_eq!((reached(0, 1), reached(1, 1), reached(2, 0)), ("90".into(), "12".into(), "12960".into()));
    let spent = offices[0].projects[1].score.spent.as_ref().map(|spent| spent.written.clone());
    assert_eq!(spent.as_deref(), Some("180000.00"));
}

#[test]
fn the_commands_answer_and_write_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in
        [("局/部门.jx", OFFICE), ("局/监控/06月底.jx", JUNE), ("院/部门.jx", PURCHASE), ("院/自评.jx", OF_THE_YEAR)]
    {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    let run = |arguments: &[&str]| {
        let mut command = Command::cargo_bin("jixiao").expect("the program");
        let output = command.current_dir(folder.path()).args(["--lang", "zh"]).args(arguments).output().expect("a run");
        (String::from_utf8(output.stdout).expect("text"), output.status.code())
    };
    let (text, _) = run(&["score", "院", "--try", "医疗设备购置.购置监护仪=12 台"]);
    assert!(text.contains("医疗设备购置.购置监护仪：7.33 → 8") && text.contains("93.29 优 → 93.96 优"), "{text}");
    let (text, _) = run(&["score", "院", "--explain", "购置监护仪"]);
    assert!(text.contains("得分  8 × 11 ÷ 12 = 7.33333… → 7.33"), "{text}");
    let (text, code) = run(&["monitor", "局", "--at", "6月底", "--fail-on", "red,missing"]);
    assert!(text.contains("50.25%") && code == Some(1), "{text}");
    let (_, code) = run(&["monitor", "局", "--at", "5月底"]);
    assert_eq!(code, Some(2));
    let (_, code) = run(&["score", "院", "--explain", "没有的指标"]);
    assert_eq!(code, Some(2));
    let left: Vec<_> =
        walkdir::WalkDir::new(folder.path()).into_iter().flatten().filter(|one| one.file_type().is_file()).collect();
    assert_eq!(left.len(), 4);
}

#[test]
fn what_an_adjustment_changed_is_what_is_scored() {
    let adjusted = OF_THE_YEAR.replace(
        "  预算 医疗设备购置 680.00 万元 改为 655.00 万元\n",
        "  预算 医疗设备购置 680.00 万元 改为 655.00 万元\n  指标值 医疗设备购置.购置监护仪 = 12 台 改为 = 11 台\n",
    );
    let analysis = read(&[("院/部门.jx", PURCHASE), ("院/自评.jx", &adjusted)]);
    let offices = ScoresOfOffice::all(&analysis.model, ScoreBasis::Reported);
    let text = scores_page(&analysis.model, &analysis.sources, &offices, false, Language::Chinese).text();
    assert_eq!(row(&text, "购置监护仪")[1..5], ["= 11 台", "11 台", "8", "8.00"], "{text}");
    assert_eq!(row(&text, "总分"), ["总分", "100", "93.96", "优"]);
}

/// The example of a whole year, as a bureau would read it.
#[test]
fn the_county_office_has_a_year() {
    let analysis = Example::read(&root().join("examples/yutian-2025")).analyse();
    let (model, sources) = (&analysis.model, &analysis.sources);
    let of_year: Vec<String> = (analysis.diagnostics.iter())
        .filter(|one| ("JX110".."JX180").contains(&one.code.id()))
        .map(|one| format!("{} {}", one.code.id(), one.message.in_language(Language::Chinese)))
        .collect();
    assert_eq!(
        of_year,
        [
            "JX121 `法律顾问服务费` 执行数是应达进度的 60.30%，黄灯",
            "JX121 `法律顾问服务费` 执行数是应达进度的 50.25%，红灯"
        ]
    );
    let mut text = String::new();
    for checkpoint in ["3月底", "6月底", "10月底"] {
        let offices = LightsOfOffice::all(model, Date::read(checkpoint).expect("a date"));
        text += &lights_page(model, sources, &offices, Language::Chinese).text();
        text += "\n";
    }
    let offices = ScoresOfOffice::all(model, ScoreBasis::Reported);
    text += &scores_page(model, sources, &offices, false, Language::Chinese).text();
    let total = |one: &ScoredProject<'_>| one.score.total.points.clone().expect("all is known");
    for project in &offices[0].projects {
        let rows: Exact = project.score.rows.iter().map(|row| row.points.rounded.clone().expect("points")).sum();
        let money = project.score.execution.points.rounded.clone().expect("points");
        assert_eq!(rows + money, total(project), "{}", project.in_force.project.name.value);
    }
    insta::assert_snapshot!("county_year", text);
}
