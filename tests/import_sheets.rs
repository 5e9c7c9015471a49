//! Sheets and texts as programs save them: what a person sees in a cell comes in, and what nobody sees is told.

use jixiao::diagnostic::{Code, Diagnostic, Language};
use jixiao::import::{Imported, Importing, import};
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

const HEADS: [&str; 4] = ["一级指标", "二级指标", "三级指标", "指标值"];

/// The category and the name of an indicator, and what writes its target into a cell.
type WrittenTarget<'a> = (&'a str, &'a str, &'a dyn Fn(&mut Worksheet, u32, u16));

/// A project with some indicators, the target of each written by a function into a cell of its own.
fn workbook(targets: &[WrittenTarget<'_>], more: impl Fn(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("表").expect("a name");
    for (column, text) in (0..).zip(["项目名称", "测站建设", "预算数", "20万元"]) {
        sheet.write(0, column, text).expect("a text");
    }
    for (column, text) in (0..).zip(HEADS) {
        sheet.write(1, column, text).expect("a text");
    }
    for (row, (subcategory, name, write)) in (2..).zip(targets) {
        sheet.write(row, 0, "产出指标").expect("a text");
        sheet.write(row, 1, *subcategory).expect("a text");
        sheet.write(row, 2, *name).expect("a text");
        write(sheet, row, 3);
    }
    more(sheet);
    book.save_to_buffer().expect("a workbook")
}

/// A number under a format.
fn under(format: &'static str, number: f64) -> impl Fn(&mut Worksheet, u32, u16) {
    move |sheet, row, column| {
        sheet.write_with_format(row, column, number, &Format::new().set_num_format(format)).expect("a number");
    }
}

fn text_under(format: &'static str, text: &'static str) -> impl Fn(&mut Worksheet, u32, u16) {
    move |sheet, row, column| {
        sheet.write_with_format(row, column, text, &Format::new().set_num_format(format)).expect("a text");
    }
}

fn read(name: &str, bytes: &[u8]) -> Imported {
    let problem = |problem: Diagnostic| problem.message.in_language(Language::Chinese).into_owned();
    import(name, bytes, &Importing::default()).map_err(problem).expect("a document with targets")
}

fn text(imported: &Imported) -> String {
    imported.files.iter().map(|(_, text)| text.as_str()).collect()
}

/// What is told of a place, by its code.
fn told(imported: &Imported, code: Code, place: &str) -> Vec<String> {
    let findings = imported.findings().into_iter().filter(|finding| finding.code == code);
    let of_place = findings.filter(|finding| {
        let shown = finding.place.as_ref().map(|place| place.shown().in_language(Language::Chinese).into_owned());
        shown.as_deref().unwrap_or_default() == place
    });
    of_place.map(|finding| finding.text.in_language(Language::Chinese).into_owned()).collect()
}

fn says(imported: &Imported, wanted: &[&str]) {
    let text = text(imported);
    for line in wanted {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
}

#[test]
fn a_number_comes_in_as_its_format_shows_it() {
    let bytes = workbook(
        &[
            ("数量指标", "受益人数", &under("[>=1]\"≥\"0\"人次\";0\"人次\"", 10.0)),
            ("数量指标", "培训人数", &text_under("\"≥\"@\"人次\"", "12")),
            ("数量指标", "走访户数", &under("0\"户\"", 9.6)),
            ("成本指标", "设备费用", &under("\"≤\"0!.0,\"万元\"", 516_541.09)),
            ("质量指标", "合格率", &under("\"≥\"0%", 0.95)),
        ],
        |_| {},
    );
    let imported = read("甲.xlsx", &bytes);
    says(
        &imported,
        &["受益人数 ≥ 10 人次", "培训人数 ≥ 12 人次", "走访户数 10 户", "设备费用 ≤ 516541.09 元", "合格率 ≥ 95%"],
    );
    assert!(told(&imported, Code::JX606, "表!D3").is_empty());
    assert!(told(&imported, Code::JX606, "表!D5").iter().any(|text| text.contains("10户") && text.contains("9.6")));
    assert!(
        told(&imported, Code::JX606, "表!D6").iter().any(|text| text.contains("51.7") && text.contains("516541.09"))
    );
}

#[test]
fn dates_keep_the_words_of_the_sheet() {
    let bytes = workbook(
        &[
            ("时效指标", "开工", &under("yyyy\"年\"m\"月\"d\"日\"", 45_961.0)),
            ("时效指标", "完工", &under("m\"月底\"", 45_991.0)),
            ("时效指标", "验收", &under("m\"月\"d\"日\"", 46_022.0)),
        ],
        |_| {},
    );
    let imported = read("甲.xlsx", &bytes);
    says(&imported, &["开工 2025年10月31日", "完工 11月底", "验收 12月31日"]);
    assert!(!text(&imported).contains("表述"), "{}", text(&imported));
}

#[test]
fn what_nobody_sees_is_told() {
    let bytes = workbook(
        &[
            ("数量指标", "测站", &under("0\"座\"", 12.0)),
            ("数量指标", "人数", &under(";;;", 999.0)),
            ("数量指标", "户数", &under("0\"户\"", 7.0)),
        ],
        |sheet| {
            sheet.write(0, 4, "项目编码").expect("a text");
            sheet.write(0, 5, 990_101_250_000_000_000_000_f64).expect("a number");
            sheet.set_row_hidden(4).expect("a row");
        },
    );
    let imported = read("甲.xlsx", &bytes);
    says(&imported, &["测站 12 座", "户数 7 户"]);
    assert!(!text(&imported).contains("999"));
    assert!(told(&imported, Code::JX606, "表!D4").iter().any(|text| text.contains("999")));
    assert!(told(&imported, Code::JX606, "表!A5").iter().any(|text| text.contains('5')));
    assert!(told(&imported, Code::JX606, "表!F1").iter().any(|text| text.contains("15 位")));
    let hidden_column = workbook(&[("数量指标", "测站", &under("0\"座\"", 12.0))], |sheet| {
        sheet.set_column_hidden(2).expect("a column");
    });
    assert!(told(&read("甲.xlsx", &hidden_column), Code::JX606, "表!C1").iter().any(|text| text.contains('C')));
}

#[test]
fn formulas_that_were_never_calculated_are_blank() {
    let formula = |result: &'static str| {
        move |sheet: &mut Worksheet, row: u32, column: u16| {
            let formula = Formula::new("=6*2").set_result(result);
            sheet.write_with_format(row, column, formula, &Format::new().set_num_format("0\"座\"")).expect("a formula");
        }
    };
    let (placeholder, calculated) = (formula("0"), formula("12"));
    let bytes =
        workbook(&[("数量指标", "测站", &placeholder), ("数量指标", "水库", &calculated)], |sheet| {
            sheet.write(0, 4, "财政拨款").expect("a text");
            sheet.write_formula(0, 5, "=150000+50000").expect("a formula");
        });
    let imported = read("甲.xlsx", &bytes);
    says(&imported, &["水库 12 座"]);
    assert!(!text(&imported).contains("财政拨款 0"));
    for place in ["表!D3", "表!F1"] {
        assert!(told(&imported, Code::JX607, place).iter().any(|text| text.contains("没有算过")), "{place}");
    }
    assert!(told(&imported, Code::JX607, "表!D4").is_empty());
}

#[test]
fn a_text_that_thousands_of_cells_share_is_refused_and_not_worked_on() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let long = "长".repeat(32_000);
    for row in 0..3000 {
        sheet.write(row, 0, &long).expect("a text");
    }
    let bytes = book.save_to_buffer().expect("a workbook");
    let problem = import("甲.xlsx", &bytes, &Importing::default()).expect_err("a refusal");
    assert_eq!(problem.code, Code::JX604);
}

/// A form of another place, row by row; the places of merged cells are blank.
const FORM: [&str; 9] = [
    "项目编码|51990125T000000000101||项目名称|测站建设||",
    "资金用途|预算数|680.00万元|财政资金|400.00万元|单位资金|280.00万元",
    "|购置监测设备。|||||",
    "资金支出计划|3月底||6月底|9月底||12月底",
    "|10%||60%|90%||100%",
    "一级指标|二级指标|三级指标|指标性质|指标值|度量单位|权重",
    "产出指标|数量指标|测站|=|12|座|50",
    "||水库|≥|2|座|20",
    "效益指标|社会效益指标|预警能力|定性|优||30",
];

fn rows(between: &str) -> String {
    FORM.iter().map(|row| row.replace('|', between) + "\n").collect()
}

fn is_the_form(imported: &Imported) {
    says(
        imported,
        &[
            "项目 51990125T000000000101 测站建设",
            "用途 \"购置监测设备。\"",
            "    3月底 10%\n    6月底 60%\n    9月底 90%\n    12月底 100%",
            "预警能力 定性 优",
        ],
    );
    assert_eq!(imported.indicator_count(), 3);
    assert!(imported.left_over().is_empty(), "{:?}", imported.left_over());
}

#[test]
fn a_form_without_merged_cells_comes_in_from_every_text() {
    let line = |row: &&str| format!("| {} |\n", row.replace('|', " | "));
    let lines: Vec<String> = FORM.iter().map(line).collect();
    let markdown = format!("{}|---|---|---|---|---|---|---|\n{}", lines[0], lines[1..].concat());
    let wide: Vec<u8> = [0xFF, 0xFE].into_iter().chain(rows("\t").encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let bare: Vec<u8> = rows(",").encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (name, bytes) in [
        ("甲.csv", rows(",").into_bytes()),
        ("甲.txt", rows("\t").into_bytes()),
        ("甲.txt", wide),
        ("甲.csv", bare),
        ("甲.md", markdown.clone().into_bytes()),
        ("甲.txt", markdown.into_bytes()),
        ("甲.txt", ruled().into_bytes()),
    ] {
        is_the_form(&read(name, &bytes));
    }
}

/// The form under lines of dashes, each column as wide as its widest cell.
fn ruled() -> String {
    let width = |text: &str| text.chars().map(|sign| if sign.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let cells: Vec<Vec<&str>> = FORM.iter().map(|row| row.split('|').collect()).collect();
    let widths: Vec<usize> =
        (0..7).map(|column| cells.iter().map(|row| width(row[column])).max().unwrap_or(0).max(2)).collect();
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    let rule = format!("  {}\n", rule.join(" "));
    let line = |row: &Vec<&str>| {
        let padded = row.iter().zip(&widths).map(|(cell, wide)| format!("{cell}{}", " ".repeat(wide - width(cell))));
        format!("  {}\n", padded.collect::<Vec<_>>().join(" "))
    };
    format!("{rule}{}{rule}", cells.iter().map(line).collect::<String>())
}

#[test]
fn a_cell_on_each_line_gives_what_is_certain() {
    let cells: Vec<&str> = FORM.iter().flat_map(|row| row.split('|')).collect();
    let imported = read("甲.txt", cells.join("\n\n").as_bytes());
    assert_eq!(imported.indicator_count(), 3);
    says(&imported, &["项目 51990125T000000000101 测站建设", "测站 = 12 座", "预警能力 定性 优"]);
}

#[test]
fn codes_that_spreadsheets_leave_alone_are_codes() {
    let head = "项目编码,项目名称,预算数,一级指标,二级指标,三级指标,指标值\n";
    let row =
        "\"=\"\"99010125T000000000001\"\"\",'测站建设,\"=\"\"20万元\"\"\",产出指标,数量指标,测站,\"=\"\"≥12座\"\"\"\n";
    let imported = read("甲.csv", format!("{head}{row}").as_bytes());
    says(&imported, &["项目 99010125T000000000001 测站建设", "预算 20 万元", "测站 ≥ 12 座"]);
    assert!(imported.left_over().is_empty(), "{:?}", imported.left_over());
}

#[test]
fn what_build_writes_as_markdown_comes_back() {
    for example in crate::support::examples() {
        let model = example.analyse().model;
        let options = jixiao::backend::RenderOptions::default();
        let artifacts = crate::support::rendered(&model, "markdown", jixiao::backend::Scope::Workspace, &options);
        for artifact in artifacts {
            let imported = read(&artifact.path.display().to_string(), &artifact.bytes);
            assert!(imported.left_over().is_empty(), "{}: {:?}", example.name, imported.left_over());
        }
    }
}

#[test]
fn what_is_not_read_is_named_with_a_way_out() {
    let flat = "<?xml version='1.0'?><office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
                office:mimetype='application/vnd.oasis.opendocument.spreadsheet'/>";
    for (name, bytes, code, words) in [
        ("甲.fods", flat, Code::JX601, "soffice"),
        ("甲.json", "{\"项目\": []}", Code::JX602, "build --to json"),
        ("甲.txt", "[{\"项目\": 1}]", Code::JX602, "build --to json"),
    ] {
        let problem = import(name, bytes.as_bytes(), &Importing::default()).expect_err("a refusal");
        assert_eq!(problem.code, code, "{name}");
        let help = problem.help.as_ref().expect("help").in_language(Language::Chinese);
        assert!(help.contains(words), "{name}: {help}");
    }
}
