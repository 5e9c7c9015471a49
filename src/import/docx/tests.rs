//! Small Word documents, written here and read back.

use std::io::{Cursor, Write};

use super::*;
use crate::diagnostic::Code;
use crate::import::document::Table;

/// A packed file of these parts.
pub fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        zip.start_file(*path, zip::write::SimpleFileOptions::default()).expect("part");
        zip.write_all(bytes).expect("bytes");
    }
    zip.finish().expect("package").into_inner()
}

fn document(body: &str) -> Vec<u8> {
    let text = format!(r#"<w:document xmlns:w="w" xmlns:mc="mc"><w:body>{body}</w:body></w:document>"#);
    packed(&[("word/document.xml", text.as_bytes())])
}

fn read_body(body: &str) -> Document {
    read("甲.docx", &document(body)).expect("document")
}

fn shown(document: &Document) -> Vec<String> {
    let cell = |cell: &Cell| {
        let mark = if cell.continues { "↑" } else { "" };
        let width = if cell.columns > 1 { format!("×{}", cell.columns) } else { String::new() };
        format!("{mark}{}{width}", cell.text.replace('\n', "/"))
    };
    let table = |table: &Table| {
        let rows = table.rows.iter().map(|row| row.cells.iter().map(cell).collect::<Vec<_>>().join("|"));
        rows.collect::<Vec<_>>().join(" ; ")
    };
    let block = |block: &Block| match block {
        Block::Part(name) => format!("[{name}]"),
        Block::Paragraph(paragraph) => format!("{}:{}", paragraph.level, cell(&paragraph.cell)),
        Block::Table(one) => table(one),
    };
    document.blocks.iter().map(block).collect()
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn text_is_taken_as_it_is_shown() {
    let body = r#"<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>
        <w:r><w:t xml:space="preserve">甲 &amp; </w:t></w:r><w:ins><w:r><w:t>乙</w:t></w:r></w:ins>
        <w:del><w:r><w:delText>丙</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>丁</w:t></w:r></w:moveFrom>
        <w:r><w:tab/><w:sym w:font="Symbol" w:char="F0B3"/><w:t>9</w:t><w:noBreakHyphen/><w:br/><w:t>&#57;</w:t></w:r>
        <w:r><w:instrText>PAGE</w:instrText></w:r></w:p>
        <w:sdt><w:sdtContent><w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:r><w:t>框</w:t></w:r></w:p></w:sdtContent></w:sdt>"#;
    assert_eq!(shown(&read_body(body)), ["1:甲 & 乙\t≥9-/9", "3:框"]);
}

#[test]
fn merged_cells_and_inner_tables() {
    let cell = |properties: &str, inner: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>");
    let inner = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", cell("", &paragraph("内")));
    let body = format!(
        "<w:tbl><w:tr><w:trPr><w:gridBefore w:val=\"2\"/></w:trPr>{}{}</w:tr><w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>{}",
        cell("<w:vMerge w:val=\"restart\"/>", &(paragraph("甲") + &paragraph("乙"))),
        cell("<w:gridSpan w:val=\"3\"/>", &paragraph("丙")),
        cell("<w:vMerge/>", "<w:p/>"),
        cell("<w:gridSpan w:val=\"3\"/>", &(paragraph("丁") + &inner)),
        cell("<w:vMerge w:val=\"continue\"/>", "<w:p/>"),
        cell("<w:hMerge w:val=\"restart\"/>", &paragraph("戊")),
        cell("<w:hMerge/>", "<w:p/>"),
        paragraph("后"),
    );
    let document = read_body(&body);
    assert_eq!(shown(&document), ["×2|甲/乙|丙×3 ; ↑|丁×3 ; ↑|戊×2", "内", "0:后"]);
    let Block::Paragraph(last) = &document.blocks[2] else { panic!("a paragraph") };
    assert_eq!(last.cell.place, Place::Paragraph(1));
}

#[test]
fn a_text_box_is_read_once() {
    let text_box = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", paragraph(text));
    let body = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice>{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>
         <w:r><mc:AlternateContent><mc:Choice/><mc:Fallback>{}</mc:Fallback></mc:AlternateContent><w:t>外</w:t></w:r></w:p>",
        text_box("一"),
        text_box("一"),
        text_box("二"),
    );
    assert_eq!(shown(&read_body(&body)), ["0:一", "0:二", "0:外"]);
}

#[test]
fn hidden_text_is_told() {
    let document = read_body("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r><w:r><w:t>明</w:t></w:r></w:p>");
    assert_eq!(shown(&document), ["0:明"]);
    assert_eq!(document.remarks[0].place, Some(Place::Paragraph(1)));
}

#[test]
fn a_broken_document_comes_in_part_or_not_at_all() {
    let text =
        "<w:document><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>乙";
    let document = read("甲.docx", &packed(&[("word/document.xml", text.as_bytes())])).expect("a part");
    assert_eq!((shown(&document), document.remarks.len()), (vec!["甲|乙".to_owned()], 1));
    let code = |bytes: &[u8]| read("甲.docx", bytes).expect_err("an error").code;
    assert_eq!(code(&packed(&[("word/document.xml", b"<w:doc")])), Code::JX602);
    assert_eq!(code(&packed(&[("other.xml", b"")])), Code::JX602);
    assert_eq!(code(&super::tests::document(&paragraph("甲"))[..60]), Code::JX602);
    assert_eq!(code(&super::tests::document(&"<w:p>".repeat(300))), Code::JX604);
    let bomb = vec![b' '; 80 * 1024 * 1024];
    assert_eq!(code(&packed(&[("word/document.xml", &bomb)])), Code::JX604);
}
