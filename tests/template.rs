//! A document in its own form: what the targets say now stands where the same facts stood, every other byte stays, and what
//! cannot be written is told.

use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::import_year::{Form, cell, docx, file, imported, monitoring, self_evaluation, xlsx};
use assert_cmd::Command;
use jixiao::diagnostic::Language;
use jixiao::import::template::{Filled, fill};
use jixiao::import::{Imported, Importing, import};
use jixiao::model::Model;
use jixiao::workspace::{Input, analyse};

/// The parts of a packed file.
fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut read = |index| {
        let mut file = archive.by_index(index).expect("a part");
        let name = file.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        (name, bytes)
    };
    (0..archive_length(bytes)).map(&mut read).collect()
}

fn archive_length(bytes: &[u8]) -> usize {
    zip::ZipArchive::new(Cursor::new(bytes)).expect("a package").len()
}

fn part(bytes: &[u8], name: &str) -> String {
    let found = parts(bytes).into_iter().find(|(path, _)| path == name).expect("the part");
    String::from_utf8(found.1).expect("text")
}

/// The texts of an import with some words in the place of others, and what they say.
fn office(imported: &Imported, changes: &[(&str, &str)]) -> (Vec<(String, String)>, Model) {
    let mut files = imported.files.clone();
    for (old, new) in changes {
        let mut is_there = false;
        for (_, text) in &mut files {
            is_there |= text.contains(old);
            *text = text.replace(old, new);
        }
        assert!(is_there, "{old} is nowhere in {files:?}");
    }
    let inputs = files.iter().map(|(path, text)| Input { path: path.clone(), text: Arc::from(text.as_str()) });
    (files.clone(), analyse(inputs.collect(), None).model)
}

/// A form filled in again after some changes, and the texts that it should give.
fn filled(name: &str, bytes: &[u8], changes: &[(&str, &str)]) -> (Filled, Vec<(String, String)>) {
    let imported = imported(name, bytes);
    let (files, model) = office(&imported, changes);
    let options = options(&files);
    (fill(name, bytes, &options, &model).expect("a file"), files)
}

/// The standard that was declared over the form.
fn options(files: &[(String, String)]) -> Importing {
    let declares = |text: &str| text.lines().any(|line| line.starts_with("标准 "));
    let own: Vec<(String, String)> = files.iter().filter(|(_, text)| declares(text)).cloned().collect();
    let stated = files.iter().flat_map(|(_, text)| text.lines()).find_map(|line| line.strip_prefix("  标准 "));
    Importing { standard: stated.map(str::to_owned), standards: own, ..Importing::default() }
}

fn told(filled: &Filled) -> Vec<String> {
    filled.told.iter().map(|one| one.text.in_language(Language::Chinese).into_owned()).collect()
}

/// The texts that a file gives, without those of standards.
fn comes_back(name: &str, filled: &Filled, files: &[(String, String)]) {
    let again = import(name, &filled.bytes, &options(files)).expect("an office");
    for (path, text) in files.iter().filter(|(path, _)| !path.contains("标准")) {
        assert_eq!(file(&again, path), text, "{name}: {path}");
    }
}

/// Facts of every kind that the national form of a self-evaluation has.
const CHANGES: &[(&str, &str)] = &[
    ("预算 260 万元", "预算 1300 万元"),
    ("财政拨款 260 万元", "财政拨款 1300 万元"),
    ("260 万元 改为 250 万元", "1300 万元 改为 1250.5 万元"),
    ("3200名学生坐上校车。", "3300名学生坐上校车。"),
    ("≥ 3200 人", "≥ 3300 人"),
    ("≤ 2025年6月30日", "≤ 2025年7月15日"),
    ("≥ 90%", "≥ 92%"),
    ("执行 校车运营补助 240 万元", "执行 校车运营补助 1234.56 万元"),
    ("财政拨款 240 万元", "财政拨款 1234.56 万元"),
    ("3150 人", "3251 人"),
    ("转学五十人", "转学四十九人"),
    ("2025年6月20日", "2025年7月1日"),
    ("得分 29.53 分", "得分 29.55 分"),
    ("92.5%", "93%"),
    ("3150名学生坐上校车。", "3251名学生坐上校车。"),
    ("完成较好。", "完成很好。"),
    ("2026年1月20日", "2026年2月3日"),
];

#[test]
fn what_is_the_same_leaves_the_file_as_it_is() {
    for (name, bytes) in [("表.docx", docx(&self_evaluation())), ("表.xlsx", xlsx(&self_evaluation()))] {
        let (filled, _) = filled(name, &bytes, &[]);
        assert_eq!(told(&filled), Vec::<String>::new(), "{name}");
        assert_eq!((filled.cells, filled.rows), (0, [0, 0]), "{name}");
        assert!(filled.bytes == bytes, "{name}");
    }
}

#[test]
fn a_self_evaluation_comes_back_in_its_own_form() {
    for (name, bytes) in [("表.docx", docx(&self_evaluation())), ("表.xlsx", xlsx(&self_evaluation()))] {
        let (filled, files) = filled(name, &bytes, CHANGES);
        assert_eq!(told(&filled), Vec::<String>::new(), "{name}");
        comes_back(name, &filled, &files);
    }
}

#[test]
fn only_the_words_of_changed_cells_are_others() {
    let bytes = docx(&self_evaluation());
    let (filled, _) = filled("表.docx", &bytes, CHANGES);
    let before = parts(&bytes);
    let after = parts(&filled.bytes);
    assert_eq!(before.len(), after.len());
    for ((old_name, old), (new_name, new)) in before.iter().zip(&after) {
        assert_eq!(old_name, new_name);
        assert!(old_name == "word/document.xml" || old == new, "{old_name}");
    }
    let without_words = |bytes: &[u8]| {
        let text = part(bytes, "word/document.xml");
        text.split("<w:t")
            .map(|part| part.split_once("</w:t>").map_or(part, |(_, rest)| rest).to_owned())
            .collect::<String>()
    };
    assert_eq!(without_words(&bytes), without_words(&filled.bytes));
    let text = part(&filled.bytes, "word/document.xml");
    for words in ["≥3300人", "≤2025年7月15日", "原因：转学四十九人；改进措施：按学籍测算。", "1234.56", "98.73%"]
    {
        assert!(text.contains(&format!("<w:t>{words}</w:t>")), "{words}");
    }
}

#[test]
fn a_checkpoint_comes_back_in_its_own_form() {
    let changes = [
        ("675 万元", "700 万元"),
        ("880 万元", "890.5 万元"),
        ("加固水库 4 座", "加固水库 5 座"),
        ("两座库区道路塌方，机械进不去。", "一座库区道路塌方。"),
        ("可能性 有可能", "可能性 确定能"),
        ("完工时间 未完成", "完工时间 2025年10月9日"),
        ("预计 92%", "预计 93%"),
    ];
    for (name, bytes) in [("表.docx", docx(&monitoring())), ("表.xlsx", xlsx(&monitoring()))] {
        let (filled, files) = filled(name, &bytes, &changes);
        assert_eq!(told(&filled), Vec::<String>::new(), "{name}");
        comes_back(name, &filled, &files);
    }
}

/// Targets with a row for each indicator, some merged over their categories.
fn targets() -> Form {
    let row = |cells: &[&str]| cells.iter().map(|text| cell(text, 1, 1)).collect::<Vec<_>>();
    let mut form = vec![
        vec![cell("项目支出绩效目标表", 6, 1)],
        vec![cell("（2024年度）", 6, 1)],
        vec![cell("项目名称", 2, 1), cell("水质监测", 4, 1)],
        vec![cell("主管部门", 2, 1), cell("青河县水利局", 4, 1)],
        vec![cell("预算数（万元）", 2, 1), cell("1,120.50", 4, 1)],
        vec![cell("年度目标", 2, 1), cell("建好监测站。", 4, 1)],
        row(&["一级指标", "二级指标", "三级指标", "指标性质", "指标值", "计量单位"]),
    ];
    let mut first = vec![cell("产出指标", 1, 3), cell("数量指标", 1, 2)];
    first.extend(row(&["建成监测站", "≥", "12", "座"]));
    form.push(first);
    form.push(row(&["采样次数", "≥", "240", "次"]));
    form.push(row(&["质量指标", "设备合格率", "=", "100", "%"]));
    form.push(row(&["效益指标", "生态效益指标", "水质达标率", "≥", "90", "%"]));
    form.push(row(&["满意度指标", "服务对象满意度指标", "村民满意度", "≥", "85", "%"]));
    form
}

#[test]
fn rows_come_and_go_with_their_indicators() {
    let bytes = docx(&targets());
    let changes = [
        ("年度 2024", "年度 2025"),
        ("预算 1120.50 万元", "预算 2345.60 万元"),
        ("  指标 数量 建成监测站 ≥ 12 座\n\n", ""),
        ("指标 质量 设备合格率 = 100%\n", "指标 质量 设备合格率 = 100%\n\n  指标 质量 数据差错率 ≤ 1%\n"),
        ("指标 满意度", "指标 社会效益 用水投诉 ≤ 3 件\n\n  指标 满意度"),
    ];
    let (filled, files) = filled("去年.docx", &bytes, &changes);
    assert_eq!(told(&filled), Vec::<String>::new());
    assert_eq!(filled.rows, [2, 1]);
    comes_back("去年.docx", &filled, &files);
    let text = part(&filled.bytes, "word/document.xml");
    assert!(text.contains("（2025年度）") && text.contains("2,345.60"), "{text}");
    // The merged cells of the row that went begin in the next one.
    assert_eq!(text.matches("产出指标").count(), 1);
    assert_eq!(text.matches("数量指标").count(), 1);
}

#[test]
fn a_sheet_keeps_its_rows_and_says_what_has_none() {
    let bytes = xlsx(&targets());
    let changes = [
        ("  指标 数量 采样次数 ≥ 240 次\n", ""),
        ("指标 质量 设备合格率 = 100%\n", "指标 质量 设备合格率 = 100%\n\n  指标 质量 数据差错率 ≤ 1%\n"),
    ];
    let (filled, _) = filled("去年.xlsx", &bytes, &changes);
    let told = told(&filled);
    assert!(told.len() == 1 && told[0].contains("数据差错率"), "{told:?}");
    assert!(!part(&filled.bytes, "xl/worksheets/sheet1.xml").contains("采样次数"));
}

/// A body around the form of one project, with what programs write besides words.
fn styled() -> Vec<u8> {
    let run = |looks: &str, text: &str| format!("<w:r><w:rPr>{looks}</w:rPr><w:t>{text}</w:t></w:r>");
    let one =
        |text: &str| format!("<w:tc><w:tcPr><w:tcW w:w=\"900\"/></w:tcPr><w:p>{}</w:p></w:tc>", run("<w:b/>", text));
    let texts = |texts: &[&str]| texts.iter().map(|text| one(text)).collect::<String>();
    let value = format!(
        "<w:tc><w:p w14:paraId=\"00AA0001\"><w:pPr><w:jc w:val=\"left\"/></w:pPr>{}<w:bookmarkStart w:id=\"1\" w:name=\"甲\"/>{}{}</w:p></w:tc>",
        run("<w:color w:val=\"FF0000\"/>", "≥"),
        run("<w:sz w:val=\"30\"/>", "1"),
        run("<w:i/>", "2座"),
    );
    let seal = "<w:r><w:drawing><seal/></w:drawing></w:r>";
    let name = format!("<w:tc><w:p>{}{seal}</w:p></w:tc>", run("", "水质监测"));
    let field = "<w:tc><w:p><w:r><w:t>计划</w:t></w:r><w:del w:id=\"3\"><w:r><w:delText>旧的</w:delText></w:r></w:del><w:r><w:t>标准</w:t></w:r></w:p></w:tc>";
    let rows = [
        format!("{}{name}{}", one("项目名称"), texts(&["预算数", "20000"])),
        texts(&["一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "指标值确定依据"]),
        format!("{}{value}{field}", texts(&["产出指标", "数量指标", "建成监测站", "验收的座数"])),
    ];
    let rows = rows.map(|row| format!("<w:tr>{row}</w:tr>")).concat();
    let document =
        format!("<w:document xmlns:w=\"w\" xmlns:w14=\"w14\"><w:body><w:tbl>{rows}</w:tbl></w:body></w:document>");
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [("word/document.xml", document.as_str()), ("word/media/seal.png", "seal")] {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(text.as_bytes()).expect("a part");
    }
    archive.finish().expect("a package").into_inner()
}

#[test]
fn runs_seals_and_bookmarks_stay() {
    let bytes = styled();
    let changes = [("≥ 12 座", "≥ 15 座"), ("水质监测", "水质监测二期")];
    let (filled, _) = filled("去年.docx", &bytes, &changes);
    let wanted = part(&bytes, "word/document.xml")
        .replace("<w:t>2座</w:t>", "<w:t>5座</w:t>")
        .replace("水质监测", "水质监测二期");
    assert_eq!(part(&filled.bytes, "word/document.xml"), wanted);
}

#[test]
fn a_copy_of_a_row_has_no_marks_of_its_own_twice() {
    let (filled, _) = filled("去年.docx", &styled(), &[("  指标 数量", "  指标 数量 采样 ≥ 3 次\n\n  指标 数量")]);
    let text = part(&filled.bytes, "word/document.xml");
    assert_eq!((text.matches("paraId").count(), text.matches("bookmarkStart").count()), (1, 1), "{text}");
    assert!(text.contains("采样"), "{text}");
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("template").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn jixiao(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::cargo_bin("jixiao").expect("the program");
    command
        .current_dir(folder)
        .args(arguments)
        .env_remove("JIXIAO_LANG")
        .env("LANG", "zh_CN.UTF-8")
        .env_remove("LC_ALL");
    let output = command.output().expect("the program runs");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn the_program_fills_a_template_and_tells_what_is_missing() {
    let folder = folder("program");
    std::fs::write(folder.join("去年.docx"), docx(&targets())).expect("a file");
    let (code, told) = jixiao(&folder, &["import", "去年.docx", "-o", "表"]);
    assert_eq!(code, Some(0), "{told}");
    let text = std::fs::read_to_string(folder.join("表/01-水质监测.jx")).expect("a project");
    let path = folder.join("表/01-水质监测.jx");
    std::fs::write(&path, text.replace("≥ 240 次", "≥ 260 次")).expect("a file");
    let (code, said) = jixiao(&folder, &["build", "表", "--template", "去年.docx", "-o", "今年"]);
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("改了 1 格"), "{said}");
    let bytes = std::fs::read(folder.join("今年/去年.docx")).expect("a file");
    assert!(part(&bytes, "word/document.xml").contains(">260<"));
    // To a file of its own name, and never over the template.
    let (code, said) = jixiao(&folder, &["build", "表", "--template", "去年.docx", "-o", "今年/绩效.docx"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(std::fs::read(folder.join("今年/绩效.docx")).expect("a file"), bytes);
    let (code, said) = jixiao(&folder, &["build", "表", "--template", "去年.docx", "-o", "."]);
    assert_eq!(code, Some(2), "{said}");
    // What the form has no place for is told.
    let text = std::fs::read_to_string(&path).expect("a project");
    std::fs::write(&path, text.replace("≥ 260 次", "≥ 260 次 {\n    来源 \"监测日志\"\n  }")).expect("a file");
    let (code, said) = jixiao(&folder, &["build", "表", "--template", "去年.docx", "-o", "今年"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("JX613") && said.contains("数据来源改变"), "{said}");
    let (code, said) = jixiao(&folder, &["build", "表", "--template", "表/部门.jx", "-o", "今年"]);
    assert_eq!(code, Some(2), "{said}");
}

/// A form filled in again where a text of the year came, and what its cells say.
fn filled_with(name: &str, bytes: &[u8], text: &str) -> (Filled, String) {
    let imported = imported(name, bytes);
    let mut files = imported.files.clone();
    files.push(("调整.jx".to_owned(), text.to_owned()));
    let inputs = files.iter().map(|(path, text)| Input { path: path.clone(), text: Arc::from(text.as_str()) });
    let model = analyse(inputs.collect(), None).model;
    let filled = fill(name, bytes, &options(&files), &model).expect("a file");
    let text = part(&filled.bytes, "word/document.xml");
    (filled, text)
}

/// What is adjusted in November is no matter of the form of October.
#[test]
fn a_form_of_the_year_says_what_was_in_force_on_its_day() {
    let adjusted = |day: &str| {
        format!(
            "调整 {day} \"松财〔2025〕9号\" {{\n  理由 \"减项\"\n  预算 水库除险加固 900 万元 改为 750 万元\n  指标值 水库除险加固.加固水库 ≥ 6 座 改为 ≥ 5 座\n}}\n"
        )
    };
    let bytes = docx(&monitoring());
    let (later, _) = filled_with("表.docx", &bytes, &adjusted("2025-11-05"));
    assert_eq!((told(&later), later.cells), (Vec::new(), 0));
    let (filled, text) = filled_with("表.docx", &bytes, &adjusted("2025-09-05"));
    assert_eq!(told(&filled), Vec::<String>::new());
    for words in ["≥5座", "90%"] {
        assert!(text.contains(&format!("<w:t>{words}</w:t>")), "{words}: {text}");
    }
    assert!(!text.contains("≥6座") && !text.contains("75%"), "{text}");
}

#[test]
fn noughts_at_the_end_are_of_the_form() {
    let mut form = self_evaluation();
    for cell in form.iter_mut().flatten().filter(|cell| cell.text == "29.53") {
        cell.text = "29.50".to_owned();
    }
    let (filled, _) = filled("表.docx", &docx(&form), &[("得分 29.50 分", "得分 6 分")]);
    assert!(part(&filled.bytes, "word/document.xml").contains("<w:t>6.00</w:t>"));
}

#[test]
fn a_cause_or_a_measure_that_is_gone_takes_its_label_with_it() {
    let bytes = docx(&self_evaluation());
    let cell = |gone: &str| {
        let (filled, _) = filled("表.docx", &bytes, &[(gone, "")]);
        let text = part(&filled.bytes, "word/document.xml");
        let words = text.split("<w:t>").filter_map(|part| part.split("</w:t>").next());
        words.filter(|words| words.contains("转学") || words.contains("措施：")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(cell("    措施 \"按学籍测算。\"\n"), ["原因：转学五十人"]);
    assert_eq!(cell("    偏差 \"转学五十人\"\n"), ["改进措施：按学籍测算。"]);
}

#[test]
fn a_sign_in_a_cell_of_its_own_stands_there_once() {
    let folder = folder("since_last_year");
    let source = crate::support::root().join("examples/四川2023-示例");
    for entry in std::fs::read_dir(source).expect("the example") {
        let path = entry.expect("an entry").path();
        let text = std::fs::read_to_string(&path).expect("a text");
        std::fs::write(folder.join(path.file_name().expect("a name")), text).expect("a file");
    }
    let (code, said) = jixiao(&folder, &["build", ".", "--to", "docx", "-o", "去年"]);
    assert_eq!(code, Some(0), "{said}");
    let path = folder.join("02-基本公共卫生服务.jx");
    let text = std::fs::read_to_string(&path).expect("a text");
    std::fs::write(&path, text.replace("≥ 上年 + 2%", "≥ 上年 + 3%")).expect("a file");
    let (_, said) = jixiao(&folder, &["build", ".", "--template", "去年/示例县人民医院.docx", "-o", "今年"]);
    let bytes = std::fs::read(folder.join("今年/示例县人民医院.docx")).expect("a file");
    let text = part(&bytes, "word/document.xml");
    assert!(text.contains(">上年+3%<") && !text.contains("≥上年"), "{said}");
    // What the form has no cells for is one line.
    assert_eq!(said.matches("表上没有位置的内容").count(), 1, "{said}");
    assert!(said.matches("JX613").count() <= 3, "{said}");
}

#[test]
fn formulas_are_calculated_anew() {
    let bytes = xlsx(&self_evaluation());
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, mut part) in parts(&bytes) {
        if name == "xl/worksheets/sheet1.xml" {
            let text = String::from_utf8(part).expect("text");
            part = text
                .replace("</sheetData>", "<row r=\"60\"><c r=\"C60\"><f>C7+0</f><v>260</v></c></row></sheetData>")
                .into_bytes();
        }
        if name == "xl/workbook.xml" {
            let text = String::from_utf8(part).expect("text");
            let start = text.find("<calcPr").expect("how it is calculated");
            let end = start + text[start..].find("/>").expect("its end") + 2;
            part = (text[..start].to_owned() + &text[end..]).into_bytes();
        }
        archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        archive.write_all(&part).expect("a part");
    }
    let bytes = archive.finish().expect("a package").into_inner();
    let (filled, _) = filled("表.xlsx", &bytes, &[("3200名学生坐上校车。", "3300名学生坐上校车。")]);
    assert_eq!(filled.cells, 1, "{:?}", told(&filled));
    let book = part(&filled.bytes, "xl/workbook.xml");
    assert!(
        book.contains("</sheets><calcPr fullCalcOnLoad=\"1\"/>") || book.contains("<calcPr fullCalcOnLoad"),
        "{book}"
    );
}

/// Labels alone: the file that a finance office sends out.
#[test]
fn a_blank_form_is_filled_whole() {
    let mut form = targets();
    for row in &mut form {
        let is_label = |text: &str| {
            ["名称", "部门", "预算数", "目标", "指标", "性质", "单位"].iter().any(|label| text.contains(label))
                || text.contains("年度")
        };
        for cell in row.iter_mut().filter(|cell| !is_label(&cell.text)) {
            cell.text = String::new();
        }
    }
    assert!(!form.iter().flatten().any(|cell| cell.text.contains("水质")));
    let full = imported("表.docx", &docx(&targets()));
    // How many decimals an amount had no blank cell says.
    let (files, model) = office(&full, &[("1120.50 万元", "1120.5 万元")]);
    let filled = fill("空表.docx", &docx(&form), &options(&files), &model).expect("a file");
    assert_eq!(told(&filled), Vec::<String>::new());
    comes_back("空表.docx", &filled, &files);
    // A sheet stores nothing of a row that is blank: what has no row there is told.
    let filled = fill("空表.xlsx", &xlsx(&form), &options(&files), &model).expect("a file");
    let told = told(&filled);
    assert!(told.len() == 1 && told[0].contains("采样次数"), "{told:?}");
    assert!(part(&filled.bytes, "xl/worksheets/sheet1.xml").contains("村民满意度"));
}

/// A blank form serves each project: a file for each, by the names of their files.
#[test]
fn a_blank_form_is_filled_for_each_project() {
    let folder = folder("blank");
    let mut blank = targets();
    for cell in blank.iter_mut().flatten() {
        let is_label = ["名称", "部门", "预算数", "目标", "指标", "性质", "单位", "年度"];
        if !is_label.iter().any(|label| cell.text.contains(label)) {
            cell.text = String::new();
        }
    }
    std::fs::write(folder.join("空表.docx"), docx(&blank)).expect("a file");
    std::fs::write(folder.join("去年.docx"), docx(&targets())).expect("a file");
    let (code, told) = jixiao(&folder, &["import", "去年.docx", "-o", "表"]);
    assert_eq!(code, Some(0), "{told}");
    let text = std::fs::read_to_string(folder.join("表/01-水质监测.jx")).expect("a project");
    let text = text.replace("1120.50 万元", "1120.5 万元");
    let other = text.replace("项目 水质监测", "项目 河道保洁").replace("≥ 240 次", "≥ 12 次");
    std::fs::write(folder.join("表/01-水质监测.jx"), text).expect("a file");
    std::fs::write(folder.join("表/02-河道保洁.jx"), other).expect("a file");
    let (code, said) = jixiao(&folder, &["build", "表", "--template", "空表.docx", "-o", "今年"]);
    assert!(said.contains("2 个项目，一个项目填一份"), "{said}");
    assert_eq!(code, Some(0), "{said}");
    for (file, name, figure) in [("01-水质监测", "水质监测", "240"), ("02-河道保洁", "河道保洁", "12")]
    {
        let bytes = std::fs::read(folder.join(format!("今年/{file}.docx"))).expect("a file");
        let back = imported("表.docx", &bytes);
        let text = file_of(&back, name);
        assert!(text.contains(&format!("≥ {figure} 次")), "{text}");
        assert_eq!(back.model.projects.len(), 1);
    }
    // One file cannot hold them.
    let (code, said) = jixiao(&folder, &["build", "表", "--template", "空表.docx", "-o", "今年/全部.docx"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("JX911") && said.contains("2 个项目"), "{said}");
}

/// The text of a project by its name.
fn file_of<'a>(imported: &'a Imported, name: &str) -> &'a str {
    let found = imported.files.iter().find(|(path, _)| path.ends_with(&format!("{name}.jx")));
    &found.expect("the project's file").1
}

/// The words of a document, cell by cell.
fn words(bytes: &[u8]) -> Vec<String> {
    let text = part(bytes, "word/document.xml");
    let cells = text.split("</w:tc>").flat_map(|cell| cell.split("</w:p>"));
    let words = |cell: &str| {
        let pieces = cell.split("<w:t").skip(1).filter_map(|piece| piece.split_once('>')?.1.split_once("</w:t>"));
        pieces.map(|(text, _)| text).collect::<String>()
    };
    cells.map(words).filter(|words| !words.is_empty()).collect()
}

/// Last month's form of ours, filled in after an adjustment and a late payment, says what a new one says.
#[test]
fn a_form_of_ours_that_is_filled_in_again_is_the_form_that_is_printed() {
    let folder = folder("own_forms");
    let source = crate::support::root().join("examples/yutian-2025");
    for office in ["从前", "现在"] {
        for entry in walkdir::WalkDir::new(&source).into_iter().map(|entry| entry.expect("an entry")) {
            let path = folder.join(office).join(entry.path().strip_prefix(&source).expect("inside"));
            if entry.file_type().is_dir() {
                std::fs::create_dir_all(path).expect("a folder");
            } else {
                std::fs::copy(entry.path(), path).expect("a copy");
            }
        }
    }
    std::fs::remove_dir_all(folder.join("从前/调整")).expect("removed");
    let paid = folder.join("现在/监控/10月底.jx");
    let text = std::fs::read_to_string(&paid).expect("a text");
    assert!(text.contains("执行 政府业务费 152000.00 元"), "{text}");
    std::fs::write(&paid, text.replace("执行 政府业务费 152000.00 元", "执行 政府业务费 153000.00 元"))
        .expect("written");
    for form in
        [&["--form", "自评表"][..], &["--form", "监控表", "--at", "6月底"], &["--form", "监控表", "--at", "10月底"]]
    {
        for office in ["从前", "现在"] {
            let _ = std::fs::remove_dir_all(folder.join(office).join("表"));
            let output = format!("{office}/表");
            let (code, said) = jixiao(&folder, &[&["build", office, "--to", "docx", "-o", &output], form].concat());
            assert_eq!(code, Some(0), "{said}");
        }
        let made = std::fs::read_dir(folder.join("从前/表")).expect("a folder").map(|entry| entry.expect("one").path());
        let name = made.filter_map(|path| path.file_name()?.to_str().map(str::to_owned));
        let name = name.into_iter().find(|name| name.ends_with(".docx")).expect("a form");
        let (_, said) = jixiao(&folder, &["build", "现在", "--template", &format!("从前/表/{name}"), "-o", "填好"]);
        let read = |path: PathBuf| words(&std::fs::read(path).expect("a form"));
        let (filled, printed) = (read(folder.join("填好").join(&name)), read(folder.join("现在/表").join(&name)));
        assert_eq!(filled, printed, "{form:?}: {said}");
    }
}
