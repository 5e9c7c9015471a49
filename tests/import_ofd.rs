//! OFD, the fixed layout of Chinese offices: pages that the suite draws itself, sign by sign and line by line.

use std::fmt::Write as _;
use std::io::Write as _;

use crate::import_year::{Form, cell, file, grid, html, imported};
use crate::support::Generator;
use jixiao::diagnostic::{Code, Language};
use jixiao::import::{Importing, import};

/// How the lines of a table are drawn.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Drawing {
    /// A frame around each cell, a text a cell.
    Boxes,
    /// Thin filled areas, and the texts of a row in one code with wide advances.
    Bars,
}

/// Thousandths of a millimetre.
const WIDTH: usize = 24_000;
const SIGN: usize = 3_500;
const LEADING: usize = 5_000;

fn millimetres(length: usize) -> String {
    format!("{}.{:03}", length / 1000, length % 1000)
}

/// The width of a sign in this font.
fn advance(sign: char) -> usize {
    if sign.is_ascii() { SIGN / 2 } else { SIGN }
}

/// A text in lines of a width.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut left = width;
    for sign in text.chars() {
        if advance(sign) > left {
            lines.push(String::new());
            left = width;
        }
        left -= advance(sign);
        lines.last_mut().expect("a line").push(sign);
    }
    lines
}

/// A page with contents over a template.
struct Drawn {
    contents: String,
    number: usize,
}

impl Drawn {
    fn new() -> Self {
        Self { contents: String::new(), number: 100 }
    }

    fn id(&mut self) -> usize {
        self.number += 1;
        self.number
    }

    /// Signs at their places, in one code; equal advances are told once.
    fn text(&mut self, signs: &[(char, usize)], baseline: usize) {
        let Some((_, start)) = signs.first().copied() else { return };
        let advances: Vec<usize> = signs.windows(2).map(|pair| pair[1].1 - pair[0].1).collect();
        let mut told = String::new();
        let mut index = 0;
        while index < advances.len() {
            let count = advances[index..].iter().take_while(|advance| **advance == advances[index]).count();
            let length = millimetres(advances[index]);
            if count > 2 {
                let _ = write!(told, "g {count} {length} ");
            } else {
                told += &format!("{length} ").repeat(count);
            }
            index += count;
        }
        let text: String = signs.iter().map(|(sign, _)| *sign).collect();
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        let (id, x, y) = (self.id(), millimetres(start), millimetres(baseline - 10_000));
        let _ = write!(
            self.contents,
            "<ofd:TextObject ID=\"{id}\" Boundary=\"0 10 200 10\" Font=\"1\" Size=\"{}\"><ofd:TextCode X=\"{x}\" Y=\"{y}\" DeltaX=\"{}\">{text}</ofd:TextCode></ofd:TextObject>",
            millimetres(SIGN),
            told.trim(),
        );
    }

    /// A text from a place on.
    fn line(&mut self, text: &str, left: usize, baseline: usize) {
        let mut x = left;
        let signs: Vec<(char, usize)> = text
            .chars()
            .map(|sign| {
                let place = x;
                x += advance(sign);
                (sign, place)
            })
            .collect();
        self.text(&signs, baseline);
    }

    /// A frame, by its upper left corner and its size.
    fn frame(&mut self, (left, top): (usize, usize), (width, height): (usize, usize)) {
        let (id, w, h) = (self.id(), millimetres(width), millimetres(height));
        let _ = write!(
            self.contents,
            "<ofd:PathObject ID=\"{id}\" Boundary=\"{} {} {w} {h}\" LineWidth=\"0.25\"><ofd:AbbreviatedData>M 0 0 L {w} 0 L {w} {h} L 0 {h} C</ofd:AbbreviatedData></ofd:PathObject>",
            millimetres(left),
            millimetres(top),
        );
    }

    /// A filled area that is as thin as a line; the object is turned by its matrix where it is upright.
    fn bar(&mut self, (left, top): (usize, usize), length: usize, is_upright: bool) {
        let (id, long) = (self.id(), millimetres(length));
        let turned = if is_upright { " CTM=\"0 1 1 0 0 0\"" } else { "" };
        let _ = write!(
            self.contents,
            "<ofd:PathObject ID=\"{id}\" Boundary=\"{} {} {long} 0.3\" Stroke=\"false\" Fill=\"true\"{turned}><ofd:AbbreviatedData>M 0 0 L {long} 0 L {long} 0.3 L 0 0.3 L 0 0</ofd:AbbreviatedData></ofd:PathObject>",
            millimetres(left),
            millimetres(top),
        );
    }

    fn table(&mut self, form: &Form, top: usize, drawing: Drawing) {
        let places = grid(form);
        // A row is as high as the texts that stand in it alone.
        let height = |row: &Vec<(usize, Option<crate::import_year::FormCell>)>| {
            let cells = row.iter().filter_map(|(columns, cell)| Some((columns, cell.as_ref()?)));
            let lines =
                cells.map(|(columns, cell)| wrapped(&cell.text, columns * WIDTH - 1_000).len().div_ceil(cell.rows));
            lines.max().unwrap_or(1) * LEADING + 2_000
        };
        let heights: Vec<usize> = places.iter().map(height).collect();
        let mut y = top;
        for (row, cells) in places.iter().enumerate() {
            let mut column = 0;
            let mut in_row: Vec<Vec<(char, usize)>> = Vec::new();
            for (columns, cell) in cells {
                let left = 20_000 + column * WIDTH;
                column += columns;
                let Some(cell) = cell else { continue };
                let width = columns * WIDTH;
                let height: usize = heights[row..row + cell.rows].iter().sum();
                match drawing {
                    Drawing::Boxes => self.frame((left, y), (width, height)),
                    Drawing::Bars => {
                        for (place, length, is_upright) in [
                            ((left, y), width, false),
                            ((left, y + height), width, false),
                            ((left, y), height, true),
                            ((left + width, y), height, true),
                        ] {
                            self.bar(place, length, is_upright);
                        }
                    }
                }
                for (number, line) in wrapped(&cell.text, width - 1_000).iter().enumerate() {
                    if in_row.len() <= number {
                        in_row.push(Vec::new());
                    }
                    let mut x = left + 500;
                    if drawing == Drawing::Boxes || cell.rows > 1 {
                        self.line(line, x, y + 4_000 + number * LEADING);
                        continue;
                    }
                    for sign in line.chars() {
                        in_row[number].push((sign, x));
                        x += advance(sign);
                    }
                }
            }
            for (number, signs) in in_row.iter().enumerate() {
                self.text(signs, y + 4_000 + number * LEADING);
            }
            y += heights[row];
        }
    }

    /// The packed file. Where the places of parts start at the root, the names of an older edition are used, too.
    fn packed(&self, template: &str, from_root: bool) -> Vec<u8> {
        let space = if from_root { "http://www.ofdspec.org" } else { "http://www.ofdspec.org/2016" };
        let page = |contents: &str, more: &str| {
            format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ofd:Page xmlns:ofd=\"{space}\"><ofd:Area><ofd:PhysicalBox>0 0 297 210</ofd:PhysicalBox></ofd:Area>{more}<ofd:Content><ofd:Layer ID=\"2\"><ofd:PageBlock ID=\"3\">{contents}</ofd:PageBlock></ofd:Layer></ofd:Content></ofd:Page>"
            )
        };
        let place = |path: &str| if from_root { format!("/Doc_0/{path}") } else { path.to_owned() };
        let root = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ofd:OFD xmlns:ofd=\"{space}\" DocType=\"OFD\" Version=\"1.0\"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0</ofd:DocID></ofd:DocInfo><ofd:DocRoot>{}</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            if from_root { "/Doc_0/Document.xml" } else { "Doc_0/Document.xml" }
        );
        let document = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ofd:Document xmlns:ofd=\"{space}\"><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID><ofd:TemplatePage ID=\"7\" BaseLoc=\"{}\"/></ofd:CommonData><ofd:Pages><ofd:Page ID=\"1\" BaseLoc=\"{}\"/></ofd:Pages></ofd:Document>",
            place("Tpls/Tpl_0/Content.xml"),
            place("Pages/Page_0/Content.xml"),
        );
        let over = "<ofd:Template TemplateID=\"7\" ZOrder=\"Background\"/>";
        let parts = [
            ("OFD.xml", root),
            ("Doc_0/Document.xml", document),
            ("Doc_0/Tpls/Tpl_0/Content.xml", page(template, "")),
            ("Doc_0/Pages/Page_0/Content.xml", page(&self.contents, over)),
        ];
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in parts {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
            archive.write_all(text.as_bytes()).expect("a part");
        }
        archive.finish().expect("a package").into_inner()
    }
}

/// A form on a page; its first row is the title where it is as wide as the table.
pub(crate) fn ofd(form: &Form, drawing: Drawing) -> Vec<u8> {
    let mut page = Drawn::new();
    page.table(form, 20_000, drawing);
    page.packed("", drawing == Drawing::Bars)
}

fn project() -> Form {
    vec![
        vec![cell("项目名称", 1, 1), cell("水渠清淤", 4, 1)],
        vec![
            cell("年度目标", 1, 1),
            cell("全年清淤干渠12公里，汛期前完成，灌区群众满意，做到渠道畅通、旱能浇涝能排。", 4, 1),
        ],
        vec![
            cell("绩效指标", 1, 3),
            cell("一级指标", 1, 1),
            cell("二级指标", 1, 1),
            cell("三级指标", 1, 1),
            cell("指标值", 1, 1),
        ],
        vec![
            cell("产出指标", 1, 2),
            cell("数量指标", 1, 1),
            cell("清淤干渠公里数及配套闸门维护", 1, 1),
            cell("≥12公里", 1, 1),
        ],
        vec![cell("时效指标", 1, 1), cell("完成时间", 1, 1), cell("≤5月底", 1, 1)],
    ]
}

#[test]
fn what_stands_in_cells_is_what_another_format_says() {
    let from_page = imported("表.html", &html(&project()));
    // A standard of the document's own says where it comes from.
    let files = |files: &[(String, String)]| -> Vec<(String, String)> {
        files.iter().map(|(path, text)| (path.clone(), text.replace("表.html", "表.ofd"))).collect()
    };
    for drawing in [Drawing::Boxes, Drawing::Bars] {
        let from_ofd = imported("表.ofd", &ofd(&project(), drawing));
        assert_eq!(files(&from_ofd.files), files(&from_page.files));
        assert!(from_ofd.left_over().is_empty(), "{:?}", from_ofd.left_over());
    }
}

/// Lines of running text go on in the next line, what is raised is raised, and blanks between objects are blanks.
#[test]
fn lines_become_paragraphs() {
    let mut page = Drawn::new();
    page.line("项目绩效目标表", 90_000, 20_000);
    page.line("部门名称：青石县水利局", 20_000, 30_000);
    page.line("单位：万元", 140_000, 30_000);
    page.table(&project(), 40_000, Drawing::Boxes);
    let imported = imported("表.ofd", &page.packed("", false));
    let department = file(&imported, "部门.jx");
    assert!(department.contains("青石县水利局"), "{department}");
    assert!(imported.left_over().is_empty(), "{:?}", imported.left_over());
}

#[test]
fn the_signs_of_a_template_are_below_those_of_the_page() {
    let mut template = Drawn::new();
    template.table(&project(), 40_000, Drawing::Bars);
    let mut page = Drawn::new();
    page.line("水渠清淤项目绩效目标表", 90_000, 20_000);
    let imported = imported("表.ofd", &page.packed(&template.contents, true));
    assert!(file(&imported, "01-水渠清淤.jx").contains("清淤干渠公里数及配套闸门维护 ≥ 12 公里"));
}

#[test]
fn what_is_no_text_is_told() {
    let mut page = Drawn::new();
    page.table(&project(), 40_000, Drawing::Boxes);
    page.contents += "<ofd:TextObject ID=\"900\" Boundary=\"0 0 50 10\" Font=\"1\" Size=\"3.5\" Visible=\"false\"><ofd:TextCode X=\"1\" Y=\"5\">别人看不见</ofd:TextCode></ofd:TextObject>";
    page.contents += "<ofd:TextObject ID=\"901\" Boundary=\"0 0 50 10\" Font=\"1\" Size=\"3.5\"><ofd:CGTransform CodePosition=\"0\" CodeCount=\"1\" GlyphCount=\"1\"><ofd:Glyphs>7</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X=\"1\" Y=\"5\"></ofd:TextCode></ofd:TextObject>";
    let read = imported("表.ofd", &page.packed("", false));
    let told: Vec<String> = read
        .findings()
        .iter()
        .filter(|one| one.code == Code::JX607)
        .map(|one| one.text.in_language(Language::Chinese).into_owned())
        .collect();
    assert!(told.iter().any(|text| text.contains("别人看不见")), "{told:?}");
    assert!(told.iter().any(|text| text.contains("只画了字形")), "{told:?}");
    let empty = import("扫描.ofd", &Drawn::new().packed("", false), &Importing::default()).expect_err("no targets");
    assert_eq!(empty.code, Code::JX609);
}

/// A watermark is nothing of a cell; what is printed twice to look bold stands there once; lines drawn in pieces are lines.
#[test]
fn what_is_drawn_for_the_eye_changes_nothing() {
    let plain = imported("表.ofd", &ofd(&project(), Drawing::Boxes));
    let mut page = Drawn::new();
    page.table(&project(), 20_000, Drawing::Boxes);
    let mark = |more: &str| {
        format!(
            "<ofd:TextObject ID=\"900\" Boundary=\"30 30 100 40\" Font=\"1\" Size=\"9\" {more}><ofd:TextCode X=\"1\" Y=\"9\" DeltaX=\"g 6 9\">青石县财政局印</ofd:TextCode></ofd:TextObject>"
        )
    };
    let bold = page.contents.replace("Boundary=\"0 10 200 10\"", "Boundary=\"0.15 10 200 10\"");
    let bold: String = bold
        .split("<ofd:PathObject")
        .filter_map(|part| part.split_once("</ofd:PathObject>"))
        .map(|(_, text)| text)
        .collect();
    for more in [mark("CTM=\"0.866 0.5 -0.5 0.866 0 0\""), mark("Alpha=\"0\""), bold] {
        let mut page = Drawn { contents: page.contents.clone(), number: 500 };
        page.contents += &more;
        let read = imported("表.ofd", &page.packed("", false));
        assert_eq!(read.files, plain.files);
        assert_eq!(read.findings().iter().any(|one| one.code == Code::JX607), more.contains("印"));
    }
}

/// Whatever the numbers and elements of a page become, it is read or refused.
#[test]
fn damaged_pages_are_read_or_refused() {
    const HOSTILE: [&str; 12] = [
        "",
        "-",
        "9999999999999",
        "1e9",
        "0",
        "g 99999999 1",
        "<ofd:TextObject>",
        "</ofd:TextCode>",
        "\"",
        "CTM=\"0 0 0 0 0 0\" ",
        "C",
        "M",
    ];
    let mut page = Drawn::new();
    page.table(&project(), 20_000, Drawing::Bars);
    page.table(&project(), 120_000, Drawing::Boxes);
    let signs: Vec<char> = page.contents.chars().collect();
    let mut made = Generator::new(17);
    for _ in 0..150 {
        let mut signs = signs.clone();
        for _ in 0..=made.below(6) {
            let start = made.below(signs.len());
            let end = (start + made.below(12)).min(signs.len());
            signs.splice(start..end, HOSTILE[made.below(HOSTILE.len())].chars());
        }
        page.contents = signs.into_iter().collect();
        let _ = import("表.ofd", &page.packed("", false), &Importing::default());
    }
}

/// A packed file with words in the place of others, and more parts.
fn repacked(bytes: &[u8], changes: &[(&str, &str)], more: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
    let mut packed = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("a part");
        let name = file.name().expect("a name").into_owned();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut file, &mut text).expect("text");
        for (old, new) in changes {
            text = text.replace(old, new);
        }
        packed.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        packed.write_all(text.as_bytes()).expect("a part");
    }
    for (name, text) in more {
        packed.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a part");
        packed.write_all(text.as_bytes()).expect("a part");
    }
    packed.finish().expect("a package").into_inner()
}

#[test]
fn seals_and_annotations_are_told() {
    let space = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
    let list = format!(
        "<ofd:Annotations {space}><ofd:Page PageID=\"1\"><ofd:FileLoc>Page_0/Annotation.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>"
    );
    let notes = format!(
        "<ofd:PageAnnot {space}><ofd:Annot ID=\"5\" Type=\"Stamp\"><ofd:Appearance Boundary=\"0 0 30 10\"><ofd:TextObject ID=\"6\" Boundary=\"0 0 30 10\" Font=\"1\" Size=\"3.5\"><ofd:TextCode X=\"1\" Y=\"5\">已审核</ofd:TextCode></ofd:TextObject></ofd:Appearance></ofd:Annot></ofd:PageAnnot>"
    );
    let seals = format!(
        "<ofd:Signatures {space}><ofd:Signature ID=\"s1\" Type=\"Seal\" BaseLoc=\"Sign_0/Signature.xml\"/></ofd:Signatures>"
    );
    let bytes = repacked(
        &ofd(&project(), Drawing::Boxes),
        &[
            ("</ofd:DocRoot>", "</ofd:DocRoot><ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>"),
            ("</ofd:Pages>", "</ofd:Pages><ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>"),
        ],
        &[
            ("Doc_0/Annots/Annotations.xml", &list),
            ("Doc_0/Annots/Page_0/Annotation.xml", &notes),
            ("Doc_0/Signs/Signatures.xml", &seals),
        ],
    );
    let read = imported("表.ofd", &bytes);
    let plain = imported("表.ofd", &ofd(&project(), Drawing::Boxes));
    assert_eq!(read.files, plain.files);
    let told: Vec<String> =
        read.findings().iter().map(|one| one.text.in_language(Language::Chinese).into_owned()).collect();
    assert!(told.iter().any(|text| text.contains("已审核") && text.contains("没有导入")), "{told:?}");
    assert!(told.iter().any(|text| text.contains("1 个签章")), "{told:?}");
    assert!(read.is_whole());
}

/// Who gets a scan is told what to do.
#[test]
fn a_scan_and_an_empty_file_are_told_apart() {
    let mut scan = Drawn::new();
    scan.contents += "<ofd:ImageObject ID=\"8\" Boundary=\"0 0 210 297\" ResourceID=\"9\"/>";
    let message = |page: &Drawn| {
        let refused = import("文件.ofd", &page.packed("", false), &Importing::default()).expect_err("no text");
        assert_eq!(refused.code, Code::JX609);
        let help = refused.help.as_ref().map(|help| help.in_language(Language::Chinese).into_owned());
        (refused.message.in_language(Language::Chinese).into_owned(), help.unwrap_or_default())
    };
    let (said, help) = message(&scan);
    assert!(said.contains("扫描件") && help.contains("OCR"), "{said} {help}");
    assert!(message(&Drawn::new()).0.contains("一个字也没有"));
}
