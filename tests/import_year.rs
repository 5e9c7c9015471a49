//! The forms of the year: actual values, points, reasons, money and conclusions come into the fields of the language, with
//! their types; what has no type is kept and told, and stated figures are compared.

use std::fmt::Write;
use std::io::Write as _;

use crate::forms::printed;
use crate::support::examples;
use jixiao::backend::AskedCheckpoint;
use jixiao::diagnostic::{Code, Language};
use jixiao::import::{Imported, Importing, import};
use jixiao::model::standard::year_form::YearForm;
use jixiao::workspace::analyse;
use rust_xlsxwriter::{Format, Workbook};

/// A cell of a form: its text, and how many columns and rows it takes.
#[derive(Clone)]
pub(crate) struct FormCell {
    pub(crate) text: String,
    pub(crate) columns: usize,
    pub(crate) rows: usize,
}

pub(crate) fn cell(text: &str, columns: usize, rows: usize) -> FormCell {
    FormCell { text: text.to_owned(), columns, rows }
}

/// A form in rows; a cell that spans several rows stands in the first.
pub(crate) type Form = Vec<Vec<FormCell>>;

/// Rows of plain cells of one column: `|` parts them.
fn plain(rows: &str) -> Form {
    rows.lines().map(|row| row.split('|').map(|text| cell(text, 1, 1)).collect()).collect()
}

/// Every place of the grid: the cell that begins there, or none where one goes on from above.
pub(crate) fn grid(form: &Form) -> Vec<Vec<(usize, Option<FormCell>)>> {
    let mut open: Vec<(usize, usize, usize)> = Vec::new();
    let mut grid = Vec::new();
    for row in form {
        let mut places = Vec::new();
        let mut column = 0;
        let mut next = Vec::new();
        let mut cells = row.iter();
        loop {
            if let Some((_, columns, rows)) = open.iter().find(|(start, ..)| *start == column).copied() {
                places.push((columns, None));
                if rows > 1 {
                    next.push((column, columns, rows - 1));
                }
                column += columns;
                continue;
            }
            let Some(cell) = cells.next() else { break };
            places.push((cell.columns, Some(cell.clone())));
            if cell.rows > 1 {
                next.push((column, cell.columns, cell.rows - 1));
            }
            column += cell.columns;
        }
        open = next;
        grid.push(places);
    }
    grid
}

pub(crate) fn html(form: &Form) -> Vec<u8> {
    let mut page = "<table>".to_owned();
    for row in form {
        page += "<tr>";
        for cell in row {
            let _ = write!(page, "<td colspan={} rowspan={}>{}</td>", cell.columns, cell.rows, cell.text);
        }
        page += "</tr>\n";
    }
    (page + "</table>").into_bytes()
}

/// Columns parted by a sign; a merged cell has its text in its first.
pub(crate) fn columns(form: &Form, between: &str) -> Vec<u8> {
    let row = |places: Vec<(usize, Option<FormCell>)>| {
        let cells = places.into_iter().flat_map(|(columns, cell)| {
            let text = cell.map(|cell| cell.text).unwrap_or_default();
            std::iter::once(text).chain(std::iter::repeat_n(String::new(), columns - 1))
        });
        cells.collect::<Vec<_>>().join(between)
    };
    grid(form).into_iter().map(row).collect::<Vec<_>>().join("\n").into_bytes()
}

pub(crate) fn xlsx(form: &Form) -> Vec<u8> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    for (row, places) in grid(form).into_iter().enumerate() {
        let mut column = 0;
        for (columns, cell) in places {
            if let Some(cell) = cell {
                let (row, end) = (row as u32, (row + cell.rows - 1) as u32);
                if cell.rows * columns > 1 {
                    let last = column + columns as u16 - 1;
                    page.merge_range(row, column, end, last, &cell.text, &Format::new()).expect("a cell");
                } else {
                    page.write(row, column, cell.text).expect("a cell");
                }
            }
            column += columns as u16;
        }
    }
    book.save_to_buffer().expect("a workbook")
}

pub(crate) fn docx(form: &Form) -> Vec<u8> {
    let mut body = "<w:tbl>".to_owned();
    for places in grid(form) {
        body += "<w:tr>";
        for (columns, cell) in places {
            let merge = match &cell {
                None => "<w:vMerge/>",
                Some(cell) if cell.rows > 1 => "<w:vMerge w:val=\"restart\"/>",
                Some(_) => "",
            };
            let text = cell.map(|cell| cell.text).unwrap_or_default();
            let _ = write!(
                body,
                "<w:tc><w:tcPr><w:gridSpan w:val=\"{columns}\"/>{merge}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
            );
        }
        body += "</w:tr>";
    }
    body += "</w:tbl>";
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
    );
    let types = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let relations = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in
        [("[Content_Types].xml", types), ("_rels/.rels", relations), ("word/document.xml", document.as_str())]
    {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(text.as_bytes()).expect("a part");
    }
    archive.finish().expect("a package").into_inner()
}

pub(crate) fn imported(name: &str, bytes: &[u8]) -> Imported {
    import(name, bytes, &Importing::default())
        .unwrap_or_else(|problem| panic!("{name}: {}", problem.message.in_language(Language::Chinese)))
}

/// The text of one file.
pub(crate) fn file<'a>(imported: &'a Imported, path: &str) -> &'a str {
    let found = imported.files.iter().find(|(name, _)| name == path);
    found.map_or_else(|| panic!("no {path} in {:?}", imported.files), |(_, text)| text)
}

pub(crate) fn told(imported: &Imported, code: Code) -> Vec<String> {
    let found = imported.findings().into_iter().filter(|finding| finding.code == code);
    found.map(|finding| finding.text.in_language(Language::Chinese).into_owned()).collect()
}

fn no_extra_fields(imported: &Imported) {
    for project in &imported.model.projects {
        assert!(project.extra.is_empty(), "{:?}", project.extra);
        assert!(project.indicators.iter().all(|one| one.extra.is_empty()), "{}", project.name.value);
    }
}

/// A self-evaluation with merged cells, in the words of the national form.
pub(crate) fn self_evaluation() -> Form {
    let mut form = vec![
        vec![cell("项目支出绩效自评表", 9, 1)],
        vec![cell("（2025年度）", 9, 1)],
        vec![cell("项目名称", 2, 1), cell("校车运营补助", 7, 1)],
        vec![cell("主管部门", 2, 1), cell("明溪县教育局", 7, 1)],
        vec![cell("项目资金（万元）", 2, 4)],
        vec![cell("年度总体目标", 2, 2), cell("预期目标", 4, 1), cell("实际完成情况", 3, 1)],
        vec![cell("3200名学生坐上校车。", 4, 1), cell("3150名学生坐上校车。", 3, 1)],
    ];
    let money = plain(
        "|年初预算数|全年预算数（A）|全年执行数（B）|分值|执行率（B/A）|得分\n年度资金总额|260|250|240|10|96%|9.6\n其中：财政拨款|260|250|240|—|96%|—\n其他资金|0|0|0|—|—|—",
    );
    let mut money = money.into_iter();
    form[4].extend(money.next().expect("headings"));
    form.splice(5..5, money);
    let head = plain("一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施").remove(0);
    let wide = |mut row: Vec<FormCell>| {
        if let Some(last) = row.last_mut() {
            last.columns = 2;
        }
        row
    };
    form.push(wide(head));
    let rows = plain(
        "产出指标|数量指标|受益学生|≥3200人|3150人|30|29.53|原因：转学五十人；改进措施：按学籍测算。\n质量指标|车辆年检合格率|100%|100%|20|20|\n时效指标|补助拨付时间|≤2025年6月30日|2025年6月20日|10|10|无\n效益指标|社会效益指标|上学路上的时间|≤40分钟|35分钟|20|20|\n满意度指标|服务对象满意度指标|家长满意度|≥90%|92.5%|10|10|",
    );
    for (index, mut row) in rows.into_iter().enumerate() {
        if index == 0 {
            row[0].rows = 3;
        }
        form.push(wide(row));
    }
    form.push(vec![cell("总分", 5, 1), cell("100", 1, 1), cell("99.13", 1, 1), cell("", 2, 1)]);
    form.push(vec![cell("评价等次", 2, 1), cell("优", 7, 1)]);
    form.push(vec![cell("评价结论", 2, 1), cell("完成较好。", 7, 1)]);
    form.push(vec![cell("存在问题", 2, 1), cell("测算不准。", 7, 1)]);
    form.push(vec![cell("改进措施", 2, 1), cell("按学籍测算。", 7, 1)]);
    form.push(vec![cell("填报日期", 2, 1), cell("2026年1月20日", 7, 1)]);
    form
}

const SELF_EVALUATION: &str = r#"自评 {
  填报 2026年1月20日
  执行 校车运营补助 240 万元 {
    财政拨款 240 万元
    其他资金 0 万元
  }
  完成 校车运营补助.受益学生 3150 人 {
    偏差 "转学五十人"
    措施 "按学籍测算。"
    得分 29.53 分
  }
  完成 校车运营补助.车辆年检合格率 100% {
    得分 20 分
  }
  完成 校车运营补助.补助拨付时间 2025年6月20日 {
    得分 10 分
  }
  完成 校车运营补助.上学路上的时间 35 分钟 {
    得分 20 分
  }
  完成 校车运营补助.家长满意度 92.5% {
    得分 10 分
  }
  总体完成 校车运营补助 "3150名学生坐上校车。"
  结论 校车运营补助 "完成较好。"
  问题 校车运营补助 "测算不准。"
  改进 校车运营补助 "按学籍测算。"
}
"#;

#[test]
fn a_self_evaluation_says_the_same_in_every_format() {
    let form = self_evaluation();
    let documents = [
        ("表.html", html(&form)),
        ("表.csv", columns(&form, ",")),
        ("表.txt", columns(&form, "\t")),
        ("表.xlsx", xlsx(&form)),
        ("表.docx", docx(&form)),
    ];
    for (name, bytes) in documents {
        let imported = imported(name, &bytes);
        assert_eq!(file(&imported, "自评.jx"), SELF_EVALUATION, "{name}");
        let adjusted = "调整 2025年12月31日 {\n  预算 校车运营补助 260 万元 改为 250 万元 {\n    财政拨款 260 万元 改为 250 万元\n  }\n}\n";
        assert_eq!(file(&imported, "调整/2025-12-31.jx"), adjusted, "{name}");
        assert!(imported.left_over().is_empty(), "{name}: {:?}", imported.left_over());
        assert_eq!(told(&imported, Code::JX612), Vec::<String>::new(), "{name}");
        no_extra_fields(&imported);
    }
}

/// A checkpoint with a column a kind of cause and a column a word of likelihood.
pub(crate) fn monitoring() -> Form {
    let mut form = vec![
        vec![cell("项目支出绩效目标执行监控表", 16, 1)],
        vec![cell("（2025年1—10月）", 16, 1)],
        vec![cell("项目名称", 3, 1), cell("水库除险加固", 13, 1)],
        vec![cell("主管部门", 3, 1), cell("松岭县水利局", 13, 1)],
        vec![
            cell("项目资金（万元）", 3, 2),
            cell("", 2, 1),
            cell("年初预算数", 3, 1),
            cell("1—10月执行数", 3, 1),
            cell("1—10月执行率", 2, 1),
            cell("全年预计执行数", 3, 1),
        ],
        vec![cell("年度资金总额", 2, 1), cell("900", 3, 1), cell("675", 3, 1), cell("75%", 2, 1), cell("880", 3, 1)],
        vec![cell("年度总体目标", 3, 1), cell("加固小型水库6座。", 13, 1)],
    ];
    let mut head: Vec<FormCell> =
        ["一级指标", "二级指标", "三级指标", "年度指标值", "1—10月执行情况", "全年预计完成情况"]
            .map(|text| cell(text, 1, 2))
            .to_vec();
    head.extend([cell("偏差原因分析", 6, 1), cell("完成目标可能性", 3, 1), cell("备注", 1, 2)]);
    form.push(head);
    form.extend(plain("经费保障|制度保障|人员保障|硬件条件保障|其他|说明|确定能|有可能|完全不可能"));
    form.extend(plain(
        "产出指标|数量指标|加固水库|≥6座|4座|6座||||√||两座库区道路塌方，机械进不去。||√||\n产出指标|时效指标|完工时间|≤2025年12月20日|未完成|2025年12月10日|||||||√|||\n满意度指标|服务对象满意度指标|下游村民满意度|≥90%|待测|92%|||||||√|||",
    ));
    form
}

const MONITORING: &str = r#"监控 10月底 {
  执行 水库除险加固 675 万元 {
    预计 880 万元
  }
  完成 水库除险加固.加固水库 4 座 {
    预计 6 座
    可能性 有可能
    偏差 硬件条件保障 "两座库区道路塌方，机械进不去。"
  }
  完成 水库除险加固.完工时间 未完成 {
    预计 2025年12月10日
    可能性 确定能
  }
  完成 水库除险加固.下游村民满意度 待测 {
    预计 92%
    可能性 确定能
  }
}
"#;

#[test]
fn a_checkpoint_says_the_same_in_every_format() {
    let form = monitoring();
    let documents = [
        ("表.html", html(&form)),
        ("表.csv", columns(&form, ",")),
        ("表.txt", columns(&form, "\t")),
        ("表.xlsx", xlsx(&form)),
        ("表.docx", docx(&form)),
    ];
    for (name, bytes) in documents {
        let imported = imported(name, &bytes);
        assert_eq!(file(&imported, "监控/10月底.jx"), MONITORING, "{name}");
        assert!(imported.left_over().is_empty(), "{name}: {:?}", imported.left_over());
        assert_eq!(told(&imported, Code::JX612), Vec::<String>::new(), "{name}");
        no_extra_fields(&imported);
    }
}

/// What a report says, line by line, without what a form cannot say.
fn said(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| line.starts_with("完成 ") || line.starts_with("执行 "));
    // A form has no place for why a value is still to come.
    let line =
        |line: &str| line.split(" {").next().unwrap_or_default().split(" \"").next().unwrap_or_default().to_owned();
    lines.map(line).collect()
}

/// What was published once comes in again, also in the words of the place that prints units its own way.
#[test]
fn forms_that_we_print_come_back() {
    let example = examples().into_iter().find(|one| one.name == "yutian-2025").expect("the example");
    let source = |path: &str| &*example.files.iter().find(|one| one.path == path).expect("a file").text;
    let analysis = analyse(example.files.clone(), example.settings.clone());
    for (form, path) in [(YearForm::SelfEvaluation, "自评.jx"), (YearForm::Monitoring, "监控/10月底.jx")] {
        for format in ["docx", "html", "xlsx", "text", "ofd"] {
            let artifact = printed(&analysis, format, &[form], AskedCheckpoint::Last).remove(0);
            let name = artifact.path.file_name().and_then(|name| name.to_str()).expect("a name").to_owned();
            let imported = imported(&name, &artifact.bytes);
            assert_eq!(said(file(&imported, path)), said(source(path)), "{name}");
            // The rate is of the money after the adjustment, for which monitoring has no column: it is told to differ.
            let rates = if form == YearForm::Monitoring { &["77.78%"][..] } else { &[] };
            let left: Vec<String> = imported.left_over().into_iter().map(|one| one.text).collect();
            assert_eq!(left, rates, "{name}");
        }
    }
}

/// A form of one indicator.
fn of_one(target: &str, actual: &str, points: &str) -> Imported {
    let form = plain(&format!(
        "项目支出绩效自评表|||||||\n项目名称|甲||||||\n年度目标|办好。||||||\n一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析\n产出指标|数量指标|乙|{target}|{actual}|50|{points}|"
    ));
    imported("表.csv", &columns(&form, ","))
}

/// The line of the value, with what stands in its braces.
fn value(imported: &Imported) -> String {
    let text = file(imported, "自评.jx");
    let (_, line) = text.split_once("完成 甲.乙 ").expect("a line");
    let line = line.trim_end().strip_suffix('}').expect("the end of the declaration");
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn values_have_the_types_of_their_targets() {
    let cases = [
        ("≥95%", "96.20%", "96.20%"),
        ("≥95%", "98", "98%"),
        ("≥12场", "共完成14场", "14 场"),
        ("≥3.2万亩", "30500亩", "30500 亩"),
        ("≤5.5万元/台", "5.9万元/台", "5.9 万元/台"),
        ("≤9月底", "2025年9月20日", "2025年9月20日"),
        ("≤9月底", "2025.9.20", "2025年9月20日"),
        ("≤9月底", "尚未完成", "未完成"),
        ("是", "否", "否"),
        ("是", "已完成", "是"),
        ("有所提升", "达成预期指标", "达成"),
        ("有所提升", "部分完成", "部分达成"),
        ("有所提升", "未达成预期指标且效果较差", "未达成"),
        ("≥90%", "不适用（活动取消）", "不适用 \"活动取消\""),
        ("有所提升", "有所提升", "达成"),
    ];
    for (target, actual, wanted) in cases {
        let found = value(&of_one(target, actual, "50"));
        assert!(found.starts_with(&format!("{wanted} {{ 得分 50 分")), "{target} {actual}: {found}");
    }
    // By the points where the words do not say.
    for (points, wanted) in [("45", "达成"), ("40", "达成"), ("35", "部分达成"), ("10", "未达成")] {
        let found = value(&of_one("有所提升", "群众反映比去年好", points));
        assert_eq!(found, format!("{wanted} {{ 得分 {points} 分 口径说明 \"群众反映比去年好\" }}"));
    }
}

#[test]
fn what_cannot_be_typed_is_kept_and_told() {
    for (target, actual) in [
        ("≥90%", "≥90%"),
        ("≥90%", "0.93"),
        ("≥90%", "达到预期"),
        ("≥3次", "3元"),
        ("≤9月底", "9月底前"),
        ("≤9月底", "按时完成"),
        ("≥90%", "不适用"),
    ] {
        let imported = of_one(target, actual, "50");
        assert_eq!(value(&imported), format!("待填 {{ 得分 50 分 口径说明 \"{actual}\" }}"), "{target}");
        let told = told(&imported, Code::JX606);
        assert!(
            told.iter().any(|text| text.contains("待填") && text.contains("口径说明")),
            "{target} {actual}: {told:?}"
        );
        assert!(imported.left_over().is_empty(), "{target} {actual}: {:?}", imported.left_over());
    }
}

#[test]
fn stated_figures_are_compared() {
    let form = |rate: &str, points: &str, one: &str, total: &str, grade: &str| {
        let form = plain(&format!(
            "项目支出绩效自评表|||||||\n项目名称|甲||||||\n项目资金（万元）||年初预算数|全年预算数|全年执行数|分值|执行率|得分\n|年度资金总额|100|100|93|10|{rate}|{points}\n年度目标|办好。||||||\n一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因\n产出指标|数量指标|乙|≥100人|87人|90|{one}|人少\n总分|||||100|{total}|\n等次|{grade}||||||"
        ));
        imported("表.csv", &columns(&form, ","))
    };
    let right = form("93%", "9.3", "78.3", "87.6", "良");
    assert_eq!(told(&right, Code::JX612), Vec::<String>::new());
    assert!(right.left_over().is_empty(), "{:?}", right.left_over());
    // Rounded to what is stated.
    assert_eq!(told(&form("93.0%", "9", "78", "87", "良"), Code::JX612), ["总分写的是 87，算出来是 87.60"]);
    let wrong = form("95%", "9.5", "80", "89.6", "优");
    assert_eq!(
        told(&wrong, Code::JX612),
        [
            "`乙` 的得分写的是 80，算出来是 78.30",
            "执行率的得分写的是 9.5，算出来是 9.30",
            "总分写的是 89.6，各行得分相加是 89.5",
            "等次写的是 优，算出来是 良",
            "执行率写的是 95%，算出来是 93.00%",
        ]
    );
    // What is not computed so stays in the files.
    let left: Vec<String> = wrong.left_over().into_iter().map(|left| left.text).collect();
    assert_eq!(left, ["95%", "9.5", "89.6", "优"]);
}

#[test]
fn execution_among_the_indicators_is_the_rule_of_the_place() {
    let imported = imported(
        "表.csv",
        &columns(
            &plain(
                "项目支出绩效自评表||||||\n项目名称|甲|||||\n预算数|50万元|||||\n全年执行数|45万元|||||\n年度目标|办好。|||||\n一级指标|二级指标|三级指标|目标值|完成值|分值|得分\n预算执行|预算执行率|预算执行率|100%|90%|20|18\n产出指标|数量指标|乙|≥10次|10次|80|80",
            ),
            ",",
        ),
    );
    assert!(file(&imported, "标准.jx").contains("自评规则 {\n    执行率 20 分\n  }"), "{}", file(&imported, "标准.jx"));
    assert_eq!(file(&imported, "自评.jx"), "自评 {\n  执行 甲 45 万元\n  完成 甲.乙 10 次 {\n    得分 80 分\n  }\n}\n");
    assert_eq!(told(&imported, Code::JX612), Vec::<String>::new());
    assert!(imported.left_over().is_empty(), "{:?}", imported.left_over());
}

#[test]
fn the_only_money_of_a_form_is_its_budget() {
    let imported = imported(
        "表.csv",
        &columns(
            &plain(
                "项目支出绩效自评表|||||\n项目名称|甲||||\n项目资金（万元）||年初预算数|全年预算数|全年执行数|执行率\n|年度资金总额||30|30|100%\n|其中：财政拨款||30|30|100%\n年度目标|办好。||||\n一级指标|二级指标|三级指标|年度指标值|实际完成值|偏差原因\n产出指标|数量指标|乙|≥10次|10次|",
            ),
            ",",
        ),
    );
    assert!(file(&imported, "01-甲.jx").contains("预算 30 万元 {\n    财政拨款 30 万元"), "{:?}", imported.files);
    assert!(imported.files.iter().all(|(path, _)| !path.starts_with("调整")), "{:?}", imported.files);
    assert!(told(&imported, Code::JX606).contains(&"没有年初预算数，以调整后的预算数为预算".to_owned()));
}

#[test]
fn an_adjusted_target_is_an_adjustment() {
    let imported = imported(
        "表.csv",
        &columns(
            &plain(
                "项目支出绩效自评表||||||\n（2025年度）||||||\n项目名称|甲|||||\n年度目标|办好。|||||\n一级指标|二级指标|三级指标|年初指标值|调整后指标值|实际完成值|得分\n产出指标|数量指标|乙|≥60份|≥50份|52份|10\n产出指标|数量指标|丙|≥5次|≥5次|5次|10",
            ),
            ",",
        ),
    );
    let adjusted = file(&imported, "调整/2025-12-31.jx");
    assert_eq!(adjusted, "调整 2025年12月31日 {\n  指标值 甲.乙 ≥ 60 份 改为 ≥ 50 份\n}\n");
    assert!(told(&imported, Code::JX606).iter().any(|text| text.contains("调整/2025-12-31.jx")));
}

/// 上半年 in a title or a heading is a checkpoint as `1—6月` is; 佐证材料 proves what was reached.
#[test]
fn a_part_of_the_year_is_the_month_of_its_end() {
    for (title, heading, day) in [
        ("2025年上半年项目支出绩效运行监控表", "完成值", "监控 6月底 {"),
        ("2025年前三季度项目支出绩效运行监控表", "完成值", "监控 9月底 {"),
        ("项目支出绩效运行监控表", "上半年完成值", "监控 6月底 {"),
        ("项目支出绩效运行监控表", "一季度完成情况", "监控 3月底 {"),
    ] {
        let rows = format!(
            "{title}\n项目名称|防火宣传|主管部门|示例县林业局||\n一级指标|二级指标|三级指标|年度指标值|{heading}|佐证材料\n产出指标|数量指标|宣传场次|≥6次|3次|签到表\n效益指标|社会效益指标|火灾起数|≤2起|0起|"
        );
        let imported = import("表.csv", rows.replace('|', ",").as_bytes(), &Importing::default()).expect("imported");
        let all: String = imported.files.iter().map(|(_, text)| text.as_str()).collect();
        for line in [day, "完成 防火宣传.宣传场次 3 次 {", "证据 \"签到表\""] {
            assert!(all.contains(line), "{title} {heading}: {line} is not in\n{all}");
        }
        assert!(!all.contains("来源"), "{all}");
    }
    // In a form of targets it is where the value will be found.
    let rows = "项目支出绩效目标表\n项目名称,防火宣传,主管部门,示例县林业局,\n一级指标,二级指标,三级指标,年度指标值,佐证材料\n产出指标,数量指标,宣传场次,≥6次,签到表";
    let imported = import("表.csv", rows.as_bytes(), &Importing::default()).expect("imported");
    assert!(imported.files.iter().any(|(_, text)| text.contains("来源 \"签到表\"")), "{:?}", imported.files);
}
