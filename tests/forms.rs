//! The printed forms of the year: the worked examples cell by cell, in every format, with the columns that a standard
//! declares; what is missing says so, and every figure is one that was computed or reported.

use std::collections::BTreeMap;

use assert_cmd::Command;

use crate::standing::{OF_THE_YEAR, OFFICE, PURCHASE, june, purchase, read};
use crate::support::{examples, rendered};
use jixiao::backend::{ALL, Artifact, AskedCheckpoint, AskedForms, RenderOptions, Scope, has_form};
use jixiao::model::standard::year_form::YearForm;
use jixiao::score::{Exact, ScoreBasis, score_projects};
use jixiao::workspace::{Analysis, Input, analyse};

const EVERY: [YearForm; 6] = [
    YearForm::Monitoring,
    YearForm::SelfEvaluation,
    YearForm::Department,
    YearForm::Transfer,
    YearForm::Review,
    YearForm::Report,
];

const REVIEW: &str = r#"复核 2026-03-15 "县财政局" {
  得分 医疗设备购置.县域急救能力 6 分 "没有第三方评价。"
  应用 医疗设备购置 整改 "九月底前补齐制度。"
}
评价 2026-06-20 医疗设备购置 {
  框架 项目评价
  得分 决策.项目立项.立项依据充分性 3 分 "依据齐全。"
  得分 产出.产出数量.实际完成率 4.5 分 "少购一台。"
  结论 "总体良好，成本核算要细。"
  应用 整改 "九月底前补齐制度。"
}
"#;

pub(crate) fn printed(analysis: &Analysis, format: &str, forms: &[YearForm], at: AskedCheckpoint) -> Vec<Artifact> {
    let asked = AskedForms { forms, at, sources: &analysis.sources };
    let options = RenderOptions { forms: Some(asked), ..RenderOptions::default() };
    rendered(&analysis.model, format, Scope::Workspace, &options)
}

fn one(analysis: &Analysis, format: &str, form: YearForm) -> String {
    let mut artifacts = printed(analysis, format, &[form], AskedCheckpoint::Last);
    assert_eq!(artifacts.len(), 1, "{form:?}");
    String::from_utf8(artifacts.remove(0).bytes).expect("text")
}

/// The cells of the rows of a Markdown table, by the cell of a column.
fn by_column(markdown: &str, column: usize) -> BTreeMap<String, Vec<String>> {
    let rows = markdown.lines().filter(|line| line.starts_with("| "));
    let cells = |line: &str| -> Vec<String> {
        let line = line.strip_prefix("| ").and_then(|line| line.strip_suffix(" |")).expect("a row");
        line.split(" | ").map(|cell| cell.trim().replace("<br>", "；")).collect()
    };
    rows.map(cells).filter_map(|cells| Some((cells.get(column)?.clone(), cells))).collect()
}

#[test]
fn a_project_is_evaluated_as_the_worked_example_says() {
    let analysis = purchase();
    let artifacts = printed(&analysis, "markdown", &[YearForm::SelfEvaluation], AskedCheckpoint::Last);
    assert_eq!(artifacts[0].path.to_str(), Some("示例县人民医院-自评表.md"));
    let text = one(&analysis, "markdown", YearForm::SelfEvaluation);
    let money = by_column(&text, 0);
    assert_eq!(money["年度资金总额"][1..], ["680.00", "655.00", "629.80", "10", "96.15%", "9.62"], "{text}");
    let rows = by_column(&text, 2);
    for (name, target, actual, weight, points, reasons) in [
        ("CT购置单价", "≤560万元/台", "548万元/台", "12", "12.00", ""),
        (
            "监护仪购置单价",
            "≤5.5万元/台",
            "5.9万元/台",
            "8",
            "7.42",
            "其他：增配中央站软件。；措施：配置清单先审后采。",
        ),
        ("购置CT", "=1台", "1台", "8", "8.00", ""),
        ("购置监护仪", "=12台", "11台", "8", "7.33", "经费保障：单价上升，少购一台。；措施：列入下年计划。"),
        ("设备开机率", "≥98%", "98.6%", "12", "12.00", ""),
        (
            "设备投入使用时间",
            "≤2025年9月30日",
            "2025年10月20日",
            "12",
            "9.60",
            "硬件条件保障：机房防护整改。；措施：机房与设备同步招标。",
        ),
        ("检查平均等候时间", "≤30分钟", "27分钟", "10", "10.00", ""),
        ("县域急救能力", "优", "良", "10", "7.50", "人员保障：急救医师缺两名。；措施：已列入招聘。"),
        ("受检患者满意度", "≥90%", "88.4%", "10", "9.82", "其他：夜间候诊无座位。；措施：增设候诊区。"),
    ] {
        assert_eq!(rows[name][3..], [target, actual, weight, points, reasons], "{text}");
    }
    assert!(text.contains("| 总分 |  |  |  |  | 100 | 93.29 |  |"), "{text}");
    assert!(text.contains("| 评价等次 | 优 |"), "{text}");
    insta::assert_snapshot!("self_evaluation_as_text", one(&analysis, "text", YearForm::SelfEvaluation));
}

#[test]
fn an_office_is_monitored_as_the_worked_example_says() {
    let analysis = june();
    let artifacts = printed(&analysis, "markdown", &[YearForm::Monitoring], AskedCheckpoint::Last);
    assert_eq!(artifacts[0].path.to_str(), Some("示例县人民政府办公室-监控表-6月底.md"));
    let text = one(&analysis, "markdown", YearForm::Monitoring);
    for row in [
        "| 年度资金总额 | 200000.00 | 98000.00 | 49.00% | 196000.00（推算） | ● 绿 |",
        "| 年度资金总额 | 199000.00 | 50000.00 | 25.13% | 180000.00 | ■ 红 |",
        "| 年度资金总额 | 630000.00 | 262500.00 | 41.67% | 525000.00（推算） | ● 绿 |",
    ] {
        assert!(text.contains(row), "{row}\n{text}");
    }
    assert!(text.contains("1—6月执行数") && text.contains("1—6月执行情况") && !text.contains('N'), "{text}");
    let rows = by_column(&text, 2);
    for (name, cells) in [
        (
            "办公任务完成率",
            [
                "≥90比率",
                "66比率",
                "90比率",
                "人员保障：借调两人，六月起由他人兼办。；措施：八月补录一人。",
                "有可能",
                "▲ 黄",
                "证据：任务台账（1—6月）",
            ],
        ),
        ("会议服务保障率", ["≥90比率", "96比率", "96比率（推算）", "", "确定能", "● 绿", ""]),
        ("参会人员满意度", ["≥90比率", "待测", "", "", "", "○ 待测", "年底统一调查"]),
        ("审核合同", ["≥60份", "14份", "28份（推算）", "其他：合同集中在四季度。", "确定能", "■ 红", ""]),
        ("受理工单", ["≥12000件", "6480件", "12960件（推算）", "", "确定能", "● 绿", ""]),
    ] {
        assert_eq!(rows[name][3..], cells, "{text}");
    }
    insta::assert_snapshot!("monitoring_as_text", one(&analysis, "text", YearForm::Monitoring));
}

/// Whatever a form prints as points is what was computed, and the printed rows add up to the printed total.
#[test]
fn points_are_those_of_the_derivation() {
    let analysis = purchase();
    let model = &analysis.model;
    let json: serde_json::Value =
        serde_json::from_str(&one(&analysis, "json", YearForm::SelfEvaluation)).expect("JSON");
    let form = &json["forms"][0]["projects"][0];
    let department = model.groups().next().expect("a department");
    let scored = score_projects(model, department, ScoreBasis::Reported).remove(0);
    let mut sum = Exact::zero();
    for (row, out) in scored.score.rows.iter().zip(form["indicators"].as_array().expect("rows")) {
        let points = row.points.rounded.as_ref().expect("points");
        assert_eq!(out["points"], points.fixed(2));
        assert_eq!(out["share"], row.points.share.as_ref().expect("a share").fraction());
        sum = sum + points.clone();
    }
    let execution = scored.score.execution.points.rounded.clone().expect("points");
    assert_eq!(form["execution_points"], execution.fixed(2));
    assert_eq!(form["total"], (sum + execution).fixed(2));
    assert_eq!(form["indicators"][1]["place"]["path"], "院/自评.jx");
    assert_eq!(form["money"][0]["rate"], "96.15%");
}

#[test]
fn a_review_stands_beside_what_it_reviews() {
    let analysis = read(&[("院/部门.jx", PURCHASE), ("院/自评.jx", OF_THE_YEAR), ("院/复核.jx", REVIEW)]);
    let text = one(&analysis, "markdown", YearForm::Review);
    let rows = by_column(&text, 2);
    assert_eq!(rows["县域急救能力"][5..], ["10", "7.50", "6.00", "没有第三方评价。"], "{text}");
    assert_eq!(rows["购置监护仪"][5..], ["8", "7.33", "7.33", ""], "{text}");
    // 93.29 − 7.50 + 6
    assert!(text.contains("| 100 | 93.29 | 91.79 |  |"), "{text}");
    assert!(text.contains("| 结果应用 | 整改：九月底前补齐制度。 |"), "{text}");
}

#[test]
fn a_report_has_its_numbers_and_waits_for_its_prose() {
    let analysis = read(&[("院/部门.jx", PURCHASE), ("院/自评.jx", OF_THE_YEAR), ("院/复核.jx", REVIEW)]);
    let text = one(&analysis, "markdown", YearForm::Report);
    for part in [
        "### 一、基本情况",
        "年初预算680.00万元，全年预算655.00万元，全年执行629.80万元，预算执行率96.15%。",
        "### 三、综合评价情况及评价结论",
        "总体良好，成本核算要细。",
        "| 决策.项目立项.立项依据充分性 | — | 3.00 | 依据齐全。 |",
        "| 总分 | — | 7.50 |  |",
        "待填",
        "整改：九月底前补齐制度。",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn a_department_adds_up_its_projects() {
    let of_year =
        "自评 {\n  执行 政府业务费 190000 元\n  执行 法律顾问服务费 199000 元\n  执行 热线外包服务 600000 元\n}\n";
    let analysis = read(&[("局/部门.jx", OFFICE), ("局/自评.jx", of_year)]);
    let text = one(&analysis, "markdown", YearForm::Department);
    let rows = by_column(&text, 0);
    assert_eq!(rows["合计"][1..5], ["1029000.00", "1029000.00", "989000.00", "96.11%"], "{text}");
    assert_eq!(rows["政府业务费"][1..5], ["200000.00", "200000.00", "190000.00", "95.00%"], "{text}");
}

#[test]
fn a_department_as_a_whole_is_evaluated_as_the_worked_example_says() {
    let analysis = crate::whole::office();
    let text = one(&analysis, "markdown", YearForm::Department);
    let money = by_column(&text, 0);
    assert_eq!(money["年度资金总额"][1..], ["12400.00", "12150.00", "11786.40", "10", "97.01%", "9.70"], "{text}");
    assert!(money.contains_key("基本支出") && money.contains_key("项目支出"), "{text}");
    // With each row: the value, its weight, the share of it, the points.
    let rows: BTreeMap<&str, Vec<&str>> = (text.lines().filter(|line| line.starts_with("| ")))
        .map(|line| line.trim_matches(['|', ' ']).split(" | ").map(str::trim).collect::<Vec<&str>>())
        .filter(|cells| cells.len() >= 9)
        .map(|cells| (cells[2], cells))
        .collect();
    for (name, figures) in [
        ("公用经费控制率", ["97.2%", "8", "100.00%", "8.00"]),
        ("预算调整率", ["2.02%", "6", "100.00%", "6.00"]),
        ("结转结余率", ["2.99%", "7", "100.00%", "7.00"]),
        ("政府采购执行率", ["91.3%", "7", "96.11%", "6.73"]),
        ("新建高标准农田", ["3.05万亩", "15", "95.31%", "14.30"]),
        ("农户满意度", ["86.5%", "10", "96.11%", "9.61"]),
    ] {
        assert_eq!(rows[name][5..9], figures, "{text}");
    }
    assert!(text.contains("| 98.34 |") && text.contains("| 评价等次 | 优 |"), "{text}");
    let table = one(&analysis, "csv", YearForm::Department);
    assert!(table.contains("结转结余率,自评,≤ 3,2.99,%,,7,7.00,"), "{table}");
}

#[test]
fn a_transfer_payment_is_what_says_that_it_is_one() {
    assert!(!has_form(&purchase().model, YearForm::Transfer));
    let transfer = PURCHASE.replace("  预算 680.00 万元\n", "  类型 转移支付\n  预算 680.00 万元\n");
    let analysis = read(&[("院/部门.jx", &transfer), ("院/自评.jx", OF_THE_YEAR)]);
    let text = one(&analysis, "markdown", YearForm::Transfer);
    let rows = by_column(&text, 2);
    assert_eq!(
        rows["购置监护仪"][3..],
        ["=12台", "11台", "经费保障：单价上升，少购一台。；措施：列入下年计划。"],
        "{text}"
    );
    assert!(!text.contains("得分") && !text.contains("总分"), "{text}");
}

#[test]
fn what_nobody_reported_is_seen_on_the_form() {
    let part = OF_THE_YEAR.replace("  完成 医疗设备购置.购置CT 1 台\n", "");
    let analysis = read(&[("院/部门.jx", PURCHASE), ("院/自评.jx", &part)]);
    let text = one(&analysis, "markdown", YearForm::SelfEvaluation);
    assert_eq!(by_column(&text, 2)["购置CT"][3..7], ["=1台", "待填", "8", "—"], "{text}");
    // 93.29 without the row, and with all of it.
    assert!(text.contains("—（85.29～93.29）"), "{text}");
}

#[test]
fn the_standard_says_which_columns_there_are() {
    let standard = r#"标准 我县 扩展 四川2023 {
  自评表 {
    资金列 全年预算数 "预算数(A)"
    资金列 执行率 "B/A"
    列 三级指标 "指标"
    列 年初指标值 "年初"
    列 调整指标值 "调整后"
    列 完成值 "指标" "完成"
    列 得分系数 "指标" "系数"
    列 得分依据 "怎样得来"
    列 经费保障 "原因" "经费"
    列 其他 "原因" "其他"
    结尾 结论 应用
  }
  标签 结论 "自评结论"
}
"#;
    let purchase = PURCHASE.replace("扩展 四川2023 {", "扩展 我县 {");
    let year = OF_THE_YEAR
        .replace("指纹", "")
        .replace("  预算 医疗设备购置", "  指标值 医疗设备购置.购置监护仪 = 12 台 改为 = 11 台\n  预算 医疗设备购置");
    let analysis = read(&[("标准.jx", standard), ("院/部门.jx", &purchase), ("院/自评.jx", &year)]);
    let text = one(&analysis, "markdown", YearForm::SelfEvaluation);
    assert!(text.contains("| 项目资金（万元） | 预算数(A) | B/A |"), "{text}");
    assert!(text.contains("| 指标 | 年初 | 调整后 | 完成 | 系数 | 怎样得来 | 经费 | 其他 |"), "{text}");
    let rows = by_column(&text, 0);
    assert_eq!(rows["购置监护仪"][1..5], ["=12台", "=11台", "11台", "100.00%"], "{text}");
    assert_eq!(rows["购置CT"][2], "", "{text}");
    assert_eq!(rows["监护仪购置单价"][7], "增配中央站软件。", "{text}");
    assert!(rows["监护仪购置单价"][5].contains("= 7.41818… → 7.42"), "{text}");
    assert!(text.contains("| 自评结论 |") && text.contains("| 结果应用 |") && !text.contains("存在问题"), "{text}");

    let wrong = standard.replace("列 完成值", "列 完成直");
    let analysis = analyse(vec![Input { path: "标准.jx".to_owned(), text: wrong.into() }], None);
    let codes: Vec<&str> = analysis.diagnostics.iter().map(|one| one.code.id()).collect();
    assert_eq!(codes, ["JX502"]);
}

/// Every example that has a year, and the worked ones.
fn years() -> Vec<(String, Analysis)> {
    let examples = examples().into_iter().map(|example| (example.name.clone(), example.analyse()));
    let mut all: Vec<(String, Analysis)> =
        examples.filter(|(_, analysis)| EVERY.iter().any(|form| has_form(&analysis.model, *form))).collect();
    all.push(("june".to_owned(), june()));
    let whole = [("院/部门.jx", PURCHASE), ("院/自评.jx", OF_THE_YEAR), ("院/复核.jx", REVIEW)];
    all.push(("purchase".to_owned(), read(&whole)));
    all
}

#[test]
fn every_format_holds_every_form_and_the_same_bytes_each_time() {
    for (name, analysis) in years() {
        for backend in ALL.iter().filter(|backend| backend.holds(YearForm::SelfEvaluation)) {
            let first = printed(&analysis, backend.name(), &EVERY, AskedCheckpoint::All);
            let again = printed(&analysis, backend.name(), &EVERY, AskedCheckpoint::All);
            assert!(!first.is_empty(), "{name} {}", backend.name());
            let mut paths: Vec<_> = first.iter().map(|one| one.path.clone()).collect();
            paths.dedup();
            assert_eq!(paths.len(), first.len(), "{paths:?}");
            for (one, other) in first.iter().zip(&again) {
                assert!(!one.bytes.is_empty());
                assert!(one.path == other.path && one.bytes == other.bytes, "{name} {}", one.path.display());
            }
        }
    }
}

#[test]
fn the_order_of_files_does_not_matter() {
    let files = [("院/部门.jx", PURCHASE), ("院/自评.jx", OF_THE_YEAR), ("院/复核.jx", REVIEW)];
    let turned: Vec<(&str, &str)> = files.into_iter().rev().collect();
    let (one, other) = (read(&files), read(&turned));
    for format in ["text", "csv", "json", "docx"] {
        let bytes = |analysis: &Analysis| -> Vec<Vec<u8>> {
            printed(analysis, format, &EVERY, AskedCheckpoint::All).into_iter().map(|one| one.bytes).collect()
        };
        assert!(bytes(&one) == bytes(&other), "{format}");
    }
}

#[test]
fn the_long_table_has_a_row_a_value() {
    let analysis = june();
    let text = one(&analysis, "csv", YearForm::Monitoring);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "年度,部门,项目,指标,节点,目标,完成,单位,灯,分值,得分,依据行");
    assert_eq!(lines.len(), 1 + 3 + 8, "{text}");
    assert_eq!(lines[1], "2025,示例县人民政府办公室,政府业务费,,6月底,200000.00,98000.00,元,绿,,,局/监控/06月底.jx:3");
    assert!(
        lines
            .contains(&"2025,示例县人民政府办公室,政府业务费,办公任务完成率,6月底,≥ 90,66,%,黄,,,局/监控/06月底.jx:11"),
        "{text}"
    );
    let analysis = read(&[("院/部门.jx", PURCHASE), ("院/自评.jx", OF_THE_YEAR), ("院/复核.jx", REVIEW)]);
    let all = printed(&analysis, "csv", &EVERY, AskedCheckpoint::All).remove(0).bytes;
    let text = String::from_utf8(all).expect("text");
    // The year once, however many forms print it; of the review what it changed.
    assert_eq!(text.lines().count(), 1 + 10 + 1, "{text}");
    assert!(text.contains("购置监护仪,自评,= 12,11,台,,8,7.33,院/自评.jx:"), "{text}");
    assert!(text.contains("县域急救能力,复核,"), "{text}");
}

/// A folder of a department with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> std::path::PathBuf {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("forms").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    for (path, text) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("written");
    }
    folder
}

fn build(folder: &std::path::Path, arguments: &[&str]) -> std::process::Output {
    let mut command = Command::cargo_bin("jixiao").expect("the program");
    command.current_dir(folder).env("JIXIAO_LANG", "zh").arg("build").args(arguments).output().expect("a run")
}

fn told(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// An example with its self-evaluation: a folder that a person could have.
fn hospital(name: &str) -> std::path::PathBuf {
    let example = examples().into_iter().find(|one| one.name == "四川2023-示例").expect("the example");
    let (_, own) = OF_THE_YEAR.split_once("\n\n").expect("an adjustment, then the year");
    let of_health = [
        "执行 基本公共卫生服务 142.50 万元",
        "完成 基本公共卫生服务.老年人体检人数 3260 人",
        "完成 基本公共卫生服务.健康讲座场次 48 场次",
        "完成 基本公共卫生服务.高血压患者规范管理率 76%",
        "完成 基本公共卫生服务.传染病报告及时率 100%",
        "完成 基本公共卫生服务.居民健康素养水平 31%",
        "完成 基本公共卫生服务.乡镇卫生院服务能力 良",
        "完成 基本公共卫生服务.服务对象满意度 90% { 样本 300 份 }",
    ];
    let own = own.replace("2025-10-20 {", "2025-10-20 {\n    得分 9.6 分");
    let own = own.trim_end().strip_suffix('}').expect("a block");
    let year = format!("{own}  {}\n}}\n", of_health.join("\n  "));
    let mut files: Vec<(String, String)> =
        example.files.iter().map(|input| (file_name(&input.path), input.text.to_string())).collect();
    files.push(("自评.jx".to_owned(), year));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    folder(name, &files)
}

fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

#[test]
fn forms_are_built_and_what_is_not_there_is_told() {
    let folder = hospital("hospital");
    let output = build(&folder, &["--form", "自评表,department", "--to", "docx", "--to", "xlsx", "."]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    for path in ["示例县人民医院-自评表.docx", "示例县人民医院-自评表.xlsx", "示例县人民医院-部门自评表.docx"]
    {
        assert!(folder.join("jixiao-out").join(path).is_file(), "{path}");
    }
    // What was built is no source of the next run.
    let output = build(&folder, &["--form", "all", "--to", "text", "-o", "-", "--form", "复核表", "."]);
    assert_eq!(output.status.code(), Some(2));
    for (arguments, words) in [
        (&["--form", "复核表"][..], &["没有可以印 `复核表` 的内容", "复核 2026-03-15"][..]),
        (&["--form", "监控表", "--at", "6月底"], &["没有可以印 `监控表` 的内容", "监控 6月底 {"]),
        (&["--form", "自评表", "--at", "6月底"], &["没有监控节点 `6月底`"]),
        (&["--form", "评价报告"], &["没有可以印 `评价报告` 的内容", "评价 2026-06-20"]),
        (&["--form", "自评表", "--to", "jx"], &["`自评表` 不能写成 jx"]),
        (&["--form", "自评"], &["监控表"]),
        (&["--at", "6月底"], &["--form"]),
    ] {
        let output = build(&folder, &[arguments, &["."]].concat());
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        for word in words {
            assert!(told(&output).contains(word), "{word}\n{}", told(&output));
        }
    }
    // A standard of one's own that has no such form.
    let own = "标准 我省 {\n  金额单位 元\n  计量单位 元 { 量纲 金额；换算 1 }\n  一级指标 产出\n}\n部门 例局 {\n  年度 2025\n  标准 我省\n}\n项目 甲 {\n  预算 1 元\n}\n自评 {\n  执行 甲 1 元\n}\n";
    let other = self::folder("own", &[("全部.jx", own)]);
    let output = build(&other, &["--form", "自评表", "."]);
    assert!(told(&output).contains("标准 `我省` 没有 `自评表`"), "{}", told(&output));
}
