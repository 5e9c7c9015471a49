//! Forms of other places whose cells are merged in ways of their own, and the forms of departments: the same in every format.

use crate::forms::printed;
use crate::import_ofd::{Drawing, ofd};
use crate::import_year::{Form, cell, columns, docx, file, html, imported, told, xlsx};
use crate::support::examples;
use jixiao::backend::AskedCheckpoint;
use jixiao::diagnostic::Code;
use jixiao::import::Imported;
use jixiao::model::standard::year_form::YearForm;
use jixiao::workspace::analyse;

/// A form in rows; `{3,2}` behind a text says how many columns and rows its cell takes.
fn merged(rows: &str) -> Form {
    let one = |text: &str| {
        let Some((text, spans)) = text.strip_suffix('}').and_then(|text| text.rsplit_once('{')) else {
            return cell(text, 1, 1);
        };
        let (columns, rows) = spans.split_once(',').unwrap_or((spans, "1"));
        cell(text, columns.parse().expect("columns"), rows.parse().expect("rows"))
    };
    rows.lines().map(|row| row.split('|').map(one).collect()).collect()
}

fn in_every_format(form: &Form) -> Vec<Imported> {
    let documents = [
        ("表.html", html(form)),
        ("表.csv", columns(form, ",")),
        ("表.txt", columns(form, "\t")),
        ("表.xlsx", xlsx(form)),
        ("表.docx", docx(form)),
        ("表.ofd", ofd(form, Drawing::Boxes)),
        ("表.ofd", ofd(form, Drawing::Bars)),
    ];
    documents.into_iter().map(|(name, bytes)| imported(name, &bytes)).collect()
}

/// Headings that go on over two rows, a target in three cells, a total in pairs, a note below.
#[test]
fn headings_in_two_rows_say_the_same_in_every_format() {
    let form = merged(
        "项目支出绩效自评表{10}\n（2025年度）{10}\n项目名称|村医补助{9}\n主管部门|云岭县卫健局{9}\n年度目标|发放补助。{9}\n绩效指标{3}|年度指标值{3}|实际完成值{1,2}|分值{1,2}|得分{1,2}|偏差原因分析及改进措施{1,2}\n一级指标|二级指标|三级指标|指标性质|指标值|度量单位\n产出指标|数量指标|补助村医人数|≥|212|人|208|60|58.87|四人离职\n效益指标|社会效益指标|就近看病|=|更方便|无|部分达成年度指标并具有一定效果|20|15|\n满意度指标|服务对象满意度指标|村民满意度|≥|90|%|94|20|20|\n其他需要说明的事项|无{9}\n总分|总分值{2}|100{2}|总得分{2}|93.87|自评等级|优{1}",
    );
    for imported in in_every_format(&form) {
        assert_eq!(
            file(&imported, "自评.jx"),
            "自评 {\n  完成 村医补助.补助村医人数 208 人 {\n    偏差 \"四人离职\"\n    得分 58.87 分\n  }\n  完成 村医补助.就近看病 部分达成 {\n    得分 15 分\n    口径说明 \"部分达成年度指标并具有一定效果\"\n  }\n  完成 村医补助.村民满意度 94% {\n    得分 20 分\n  }\n}\n",
            "{:?}",
            imported.kind
        );
        let targets = file(&imported, "01-村医补助.jx");
        for line in ["补助村医人数 ≥ 212 人 {", "就近看病 定性 \"更方便\" {", "村民满意度 ≥ 90% {"]
        {
            assert!(targets.contains(line), "{:?}: {line} is not in\n{targets}", imported.kind);
        }
        assert!(imported.left_over().is_empty(), "{:?}: {:?}", imported.kind, imported.left_over());
        assert_eq!(told(&imported, Code::JX612), Vec::<String>::new(), "{:?}", imported.kind);
    }
}

/// Long-term and annual targets beside each other: the sign, the number and the unit of each in cells of their own.
#[test]
fn the_whole_period_stands_beside_the_year() {
    let form = merged(
        "项目支出绩效目标表{9}\n（2025年度）{9}\n项目名称|污水处理{8}\n主管部门|临河县生态环境局{8}\n项目期|2024-2026年{8}\n项目资金（万元）{1,2}|实施期资金总额：{2}|900{2}|年度资金总额：{2}|300{2}\n其中：财政拨款{2}|600{2}|其中：财政拨款{2}|200{2}\n总体目标{1,2}|实施期总目标{4}|年度目标{4}\n三年建成32座。{4}|建成10座。{4}\n一级指标|二级指标|三级指标|实施期目标{2}|年度目标{2}|度量单位|备注\n产出指标|数量指标|建成污水站|≥|32|≥|10|座|\n效益指标|生态效益指标|河流水质|定性|明显改善|定性|有所改善||\n满意度指标|服务对象满意度指标|居民满意度|≥|90|≥|85|%|",
    );
    for imported in in_every_format(&form) {
        let targets = file(&imported, "01-污水处理.jx");
        for line in [
            "起止 2024年1月1日 .. 2026年12月31日",
            "总投资 900 万元 {\n    财政拨款 600 万元\n  }",
            "预算 300 万元 {\n    财政拨款 200 万元",
            "实施期目标 \"三年建成32座。\"",
            "  目标 \"建成10座。\"",
            "建成污水站 ≥ 10 座 {\n    实施期 ≥ 32 座",
            "河流水质 定性 \"有所改善\" {\n    实施期 定性 \"明显改善\"",
            "居民满意度 ≥ 85% {\n    实施期 ≥ 90%",
        ] {
            assert!(targets.contains(line), "{:?}: {line} is not in\n{targets}", imported.kind);
        }
        assert!(imported.left_over().is_empty(), "{:?}: {:?}", imported.kind, imported.left_over());
    }
}

/// The money and the targets of a department are its own: no project is made of them.
#[test]
fn the_form_of_a_department_is_no_project() {
    let form = merged(
        "部门整体支出绩效自评表{9}\n（2024年度）{9}\n部门名称|南江市图书馆{8}\n部门预算资金（万元）{1,4}|{2}|年初预算数|全年预算数|全年执行数|分值|执行率|得分\n年度资金总额{2}|1280|1300|1274|10|98%|9.8\n基本支出{2}|780|790|790|—|100%|—\n项目支出{2}|500|510|484|—|94.90%|—\n年度总体目标{1,2}|预期目标{4}|实际完成情况{4}\n开放330天。{4}|开放332天。{4}\n一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施{2}\n履职效能|开放服务|开放天数|≥330天|332天|50|50|{2}\n社会效应|公共服务|到馆人次|≥80万人次|76万人次|20|19|维修闭馆{2}\n服务对象满意度|满意度|读者满意度|≥95%|97%|20|20|{2}\n总分{5}|100|98.8|{2}\n存在问题|馆舍老旧。{8}",
    );
    for imported in in_every_format(&form) {
        assert!(imported.model.projects.is_empty(), "{:?}: {:?}", imported.kind, imported.model.projects);
        let department = file(&imported, "部门.jx");
        for line in [
            "部门 南江市图书馆 {",
            "年度 2024",
            "总体目标 \"开放330天。\"",
            "整体预算 1280 万元 {\n    基本支出 780 万元\n    项目支出 500 万元",
            "开放天数 ≥ 330 天 {\n    权重 50",
            "到馆人次 ≥ 80 万人次 {",
            "读者满意度 ≥ 95% {",
        ] {
            assert!(department.contains(line), "{:?}: {line} is not in\n{department}", imported.kind);
        }
        assert_eq!(
            file(&imported, "自评.jx"),
            "自评 {\n  执行 部门 1274 万元 {\n    基本支出 790 万元\n    项目支出 484 万元\n  }\n  完成 部门.开放天数 332 天 {\n    得分 50 分\n  }\n  完成 部门.到馆人次 76 万人次 {\n    偏差 \"维修闭馆\"\n    得分 19 分\n  }\n  完成 部门.读者满意度 97% {\n    得分 20 分\n  }\n  总体完成 部门 \"开放332天。\"\n  问题 部门 \"馆舍老旧。\"\n}\n",
            "{:?}",
            imported.kind
        );
        assert!(file(&imported, "调整/2024-12-31.jx").contains("预算 部门 1280 万元 改为 1300 万元 {"));
        assert!(imported.left_over().is_empty(), "{:?}: {:?}", imported.kind, imported.left_over());
        assert_eq!(told(&imported, Code::JX612), Vec::<String>::new(), "{:?}", imported.kind);
        // The form says neither of which kind a cause is, nor when and by which document the money was changed.
        let found = crate::import::check(&imported).diagnostics;
        let errors: Vec<Code> = found.iter().filter(|one| one.is_error()).map(|one| one.code).collect();
        assert_eq!(errors, [Code::JX140, Code::JX123], "{:?}", imported.kind);
    }
}

/// Our own form of a department lists its projects: each with its money; of its points nothing says where they come from.
#[test]
fn the_list_of_projects_that_we_print_comes_back() {
    let example = examples().into_iter().find(|one| one.name == "yutian-2025").expect("the example");
    let analysis = analyse(example.files.clone(), example.settings.clone());
    let source = |path: &str| &*example.files.iter().find(|one| one.path == path).expect("a file").text;
    let money = |text: &str| {
        let lines = text.lines().map(str::trim).filter(|line| line.starts_with("执行 "));
        lines.map(|line| line.trim_end_matches(" {").to_owned()).collect::<Vec<_>>()
    };
    for format in ["docx", "html", "xlsx", "text"] {
        let artifact = printed(&analysis, format, &[YearForm::Department], AskedCheckpoint::Last).remove(0);
        let name = artifact.path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
        let imported = imported(&name, &artifact.bytes);
        let names: Vec<&str> = imported.model.projects.iter().map(|one| &*one.name.value).collect();
        let wanted: Vec<&str> = analysis.model.projects.iter().map(|one| &*one.name.value).collect();
        assert_eq!(names, wanted, "{name}");
        assert_eq!(money(file(&imported, "自评.jx")), money(source("自评.jx")), "{name}");
        let budget =
            |one: &jixiao::model::Project| one.budget.as_ref().and_then(|one| one.total.clone()).map(|one| one.value);
        let budgets = imported.model.projects.iter().map(budget);
        assert!(budgets.eq(analysis.model.projects.iter().map(budget)), "{name}");
        assert_eq!(imported.model.departments[0].name.value, analysis.model.departments[0].name.value, "{name}");
        assert!(imported.model.departments[0].overall_goal().is_some(), "{name}");
        let told = told(&imported, Code::JX612);
        assert_eq!(told.len(), wanted.len(), "{name}: {told:?}");
        assert_eq!(imported.left_over().len(), wanted.len(), "{name}: {:?}", imported.left_over());
    }
}
