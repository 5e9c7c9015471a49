//! Word documents: paragraphs with their heading levels, and tables with their merged cells.
//!
//! Read are the text of the document, its text boxes and notes. Headers and footers are furniture of the page; what is
//! marked as deleted or hidden is not shown and not read, and said. Macros are never run.

mod styles;
mod symbols;
mod tables;

use crate::diagnostic::{Diagnostic, Text, texts};

use super::package::Package;
use super::xml::{Trouble, XmlElement, XmlPiece, XmlPieces};
use super::{limits, refusal};
use crate::import::document::{Cell, Document, DocumentBlock, DocumentPlace, Paragraph, Remark};
use styles::DocxStyles;
use tables::{DocxTable, Tables};

/// The document of a `.docx` or `.docm` file.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, Diagnostic> {
    let mut package = Package::open(name, bytes)?;
    let main = package.main_part("word/document.xml")?;
    let relations = package.relations(&main)?;
    let path_of = |kind: &str| relations.iter().find(|one| one.kind == kind).map(|one| one.path.clone());
    let styles = match path_of("styles") {
        Some(path) => package.part(&path)?.map_or_else(DocxStyles::default, |part| DocxStyles::read(&part.text)),
        None => DocxStyles::default(),
    };
    let Some(part) = package.part(&main)? else {
        return Err(refusal::damaged(name, texts::reason_part_missing(&main)));
    };
    let mut reading = DocxReader::new(name, &styles);
    if package.paths().iter().any(|path| path.ends_with("vbaproject.bin")) {
        reading.document.remarks.push(Remark::guess(None, texts::macros_not_run()));
    }
    reading.part(&part.text, part.is_damaged)?;
    if reading.document.blocks.is_empty() && reading.is_damaged {
        return Err(refusal::damaged(name, texts::reason_part_damaged(&main)));
    }
    for kind in ["footnotes", "endnotes"] {
        let Some(path) = path_of(kind) else { continue };
        if let Some(part) = package.part(&path)? {
            reading.part(&part.text, part.is_damaged)?;
        }
    }
    Ok(reading.document)
}

/// An element that has a meaning here, while it is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    Paragraph,
    ParagraphProperties,
    Run,
    RunProperties,
    Text,
    Table,
    Row,
    RowProperties,
    Cell,
    CellProperties,
    /// Offers the same content in several forms.
    Alternatives,
    /// The first form; `signs` had been read before it.
    Choice {
        signs: usize,
    },
    Other,
}

/// A paragraph that is open. A text box opens another inside it.
#[derive(Default)]
struct DocxParagraph {
    text: String,
    level: Option<u8>,
    style_level: u8,
    number: u32,
}

struct DocxReader<'a> {
    name: &'a str,
    styles: &'a DocxStyles,
    document: Document,
    tags: Vec<Tag>,
    paragraphs: Vec<DocxParagraph>,
    tables: Tables,
    /// Whether the run that is open is hidden.
    is_hidden: bool,
    /// The signs read so far.
    signs: usize,
    paragraph_count: u32,
    /// The signs that had been read before the choice that ended last.
    choice_signs: usize,
    is_damaged: bool,
}

impl<'a> DocxReader<'a> {
    fn new(name: &'a str, styles: &'a DocxStyles) -> Self {
        Self {
            name,
            styles,
            document: Document::default(),
            tags: Vec::new(),
            paragraphs: Vec::new(),
            tables: Tables::default(),
            is_hidden: false,
            signs: 0,
            paragraph_count: 0,
            choice_signs: 0,
            is_damaged: false,
        }
    }

    /// Reads one part of the document to its end, or to where it breaks off.
    fn part(&mut self, text: &str, is_damaged: bool) -> Result<(), Diagnostic> {
        let mut xml = XmlPieces::new(text);
        let end = self.pieces(&mut xml)?;
        if end == Err(Trouble::TooDeep) {
            return Err(refusal::too_large(self.name, texts::limit_nesting(limits::NESTING)));
        }
        while let Some(tag) = self.tags.pop() {
            self.close(tag)?;
        }
        if is_damaged || end.is_err() {
            self.is_damaged = true;
            let place = self.document.blocks.iter().rev().find_map(place);
            self.remark(place, texts::breaks_off());
        }
        Ok(())
    }

    /// The outer result is a limit passed, the inner one the state of the XML.
    fn pieces(&mut self, xml: &mut XmlPieces) -> Result<Result<(), Trouble>, Diagnostic> {
        loop {
            match xml.next() {
                Ok(None) => return Ok(Ok(())),
                Err(trouble) => return Ok(Err(trouble)),
                Ok(Some(XmlPiece::Text(text))) => {
                    if self.tags.last() == Some(&Tag::Text) {
                        self.write(&text);
                    }
                }
                Ok(Some(XmlPiece::Open(element))) => match self.open(&element) {
                    Some(tag) => self.tags.push(tag),
                    None => {
                        if let Err(trouble) = xml.skip() {
                            return Ok(Err(trouble));
                        }
                    }
                },
                Ok(Some(XmlPiece::Close)) => {
                    if let Some(tag) = self.tags.pop() {
                        self.close(tag)?;
                    }
                }
            }
        }
    }

    /// What an element begins; none where it is left out as a whole.
    fn open(&mut self, element: &XmlElement) -> Option<Tag> {
        let parent = self.tags.last().copied().unwrap_or(Tag::Other);
        Some(match (parent, element.name()) {
            (_, "p") => {
                let number = self.paragraph_count + u32::from(self.tables.open.is_empty());
                self.paragraph_count = number;
                self.paragraphs.push(DocxParagraph { number, ..DocxParagraph::default() });
                Tag::Paragraph
            }
            (Tag::Paragraph, "pPr") => Tag::ParagraphProperties,
            (Tag::ParagraphProperties, "pStyle" | "outlineLvl") => {
                self.paragraph_property(element);
                Tag::Other
            }
            (_, "r") => {
                self.is_hidden = false;
                Tag::Run
            }
            (Tag::Run, "rPr") => Tag::RunProperties,
            (Tag::RunProperties, "vanish") => {
                self.is_hidden = element.attribute("val").is_none_or(|value| value != "0" && value != "false");
                Tag::Other
            }
            (_, "t") => Tag::Text,
            (Tag::Run, "tab" | "ptab") => self.sign('\t'),
            (Tag::Run, "br" | "cr") => self.sign('\n'),
            (Tag::Run, "noBreakHyphen") => self.sign('-'),
            (Tag::Run, "sym") => {
                let font = element.attribute("font").unwrap_or_default();
                let code = u32::from_str_radix(&element.attribute("char").unwrap_or_default(), 16).unwrap_or_default();
                self.sign(symbols::sign(&font, code))
            }
            (_, "tbl") => {
                self.tables.begin();
                Tag::Table
            }
            (_, "tr") => {
                self.tables.begin_row();
                Tag::Row
            }
            (Tag::Row, "trPr") => Tag::RowProperties,
            (_, "tc") => {
                self.tables.begin_cell();
                Tag::Cell
            }
            (Tag::Cell, "tcPr") => Tag::CellProperties,
            (Tag::RowProperties | Tag::CellProperties, name) => {
                self.tables.property(name, element);
                Tag::Other
            }
            (_, "AlternateContent") => Tag::Alternatives,
            (Tag::Alternatives, "Choice") => Tag::Choice { signs: self.signs },
            // A form that has been read in words is not read again in another.
            (Tag::Alternatives, "Fallback") if self.signs > self.choice_signs => return None,
            // The notes that only draw lines.
            (_, "footnote" | "endnote") => {
                if element.attribute("type").is_some_and(|kind| kind != "normal") {
                    return None;
                }
                Tag::Other
            }
            (_, "altChunk" | "OLEObject") => {
                let place = self.place();
                self.remark(place, texts::embedded_not_read());
                Tag::Other
            }
            // Deleted or moved away with changes tracked; the pronunciation that stands above signs.
            (_, "del" | "moveFrom" | "rt") => return None,
            (_, _) => Tag::Other,
        })
    }

    fn close(&mut self, tag: Tag) -> Result<(), Diagnostic> {
        match tag {
            Tag::Paragraph => self.end_paragraph(),
            Tag::Cell => self.tables.end_cell(),
            Tag::Row => self.tables.end_row(self.name)?,
            Tag::Table => {
                let ended = self.tables.end();
                self.document.blocks.extend(ended.into_iter().map(DocumentBlock::Table));
            }
            Tag::Run => self.is_hidden = false,
            Tag::Choice { signs } => self.choice_signs = signs,
            Tag::ParagraphProperties
            | Tag::RunProperties
            | Tag::Text
            | Tag::RowProperties
            | Tag::CellProperties
            | Tag::Alternatives
            | Tag::Other => {}
        }
        Ok(())
    }

    fn paragraph_property(&mut self, element: &XmlElement) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        if element.name() == "pStyle" {
            paragraph.style_level = self.styles.level(&element.attribute("val").unwrap_or_default());
        } else {
            paragraph.level = element.number::<u8>("val").map(styles::level_of_outline);
        }
    }

    fn sign(&mut self, sign: char) -> Tag {
        self.write(sign.encode_utf8(&mut [0; 4]));
        Tag::Other
    }

    fn write(&mut self, text: &str) {
        if self.is_hidden {
            if !text.trim().is_empty() {
                let place = self.place();
                self.remark(place, texts::hidden_text_not_read(text.trim()));
            }
            return;
        }
        self.signs += text.chars().filter(|sign| !sign.is_whitespace()).count();
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(text);
            return;
        }
        // Text outside a paragraph, which only a damaged document has.
        let number = self.paragraph_count;
        self.paragraphs.push(DocxParagraph { text: text.to_owned(), number, ..DocxParagraph::default() });
        self.end_paragraph();
    }

    fn end_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        let text = paragraph.text.trim();
        if text.is_empty() {
            return;
        }
        if self.tables.write(text) {
            return;
        }
        let level = paragraph.level.unwrap_or(paragraph.style_level);
        let cell = Cell::new(text, DocumentPlace::Paragraph(paragraph.number));
        self.document.blocks.push(DocumentBlock::Paragraph(Paragraph { level, cell }));
    }

    fn place(&self) -> Option<DocumentPlace> {
        let in_table = self.tables.open.last().and_then(DocxTable::place);
        in_table.or_else(|| self.paragraphs.last().map(|paragraph| DocumentPlace::Paragraph(paragraph.number)))
    }

    fn remark(&mut self, place: Option<DocumentPlace>, text: Text) {
        self.document.remarks.push(Remark::partial(place, text));
    }
}

/// Where a block ends.
fn place(block: &DocumentBlock) -> Option<DocumentPlace> {
    match block {
        DocumentBlock::Part(_) => None,
        DocumentBlock::Paragraph(paragraph) => Some(paragraph.cell.place.clone()),
        DocumentBlock::Table(table) => {
            table.rows.iter().rev().find_map(|row| row.cells.last()).map(|cell| cell.place.clone())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::import::read::sample::{packed, shown, survives};

    fn document(body: &str) -> Vec<u8> {
        let text = format!(r#"<w:document xmlns:w="w" xmlns:mc="mc"><w:body>{body}</w:body></w:document>"#);
        packed(&[("word/document.xml", text.as_bytes())])
    }

    fn read_body(body: &str) -> Document {
        read("甲.docx", &document(body)).expect("document")
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
        let DocumentBlock::Paragraph(last) = &document.blocks[2] else { panic!("a paragraph") };
        assert_eq!(last.cell.place, DocumentPlace::Paragraph(1));
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
        let document =
            read_body("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r><w:r><w:t>明</w:t></w:r></w:p>");
        assert_eq!(shown(&document), ["0:明"]);
        assert_eq!(document.remarks[0].place, Some(DocumentPlace::Paragraph(1)));
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
        assert_eq!(code(&self::document(&paragraph("甲"))[..60]), Code::JX602);
        assert_eq!(code(&self::document(&"<w:p>".repeat(300))), Code::JX604);
        let bomb = vec![b' '; 80 * 1024 * 1024];
        assert_eq!(code(&packed(&[("word/document.xml", &bomb)])), Code::JX604);
    }

    /// What a part holds is damaged here, not its package, which would only refuse it.
    #[test]
    fn no_damage_makes_it_fail() {
        let body = format!(
            "{}<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{}</w:tc></w:tr></w:tbl>",
            paragraph("甲"),
            paragraph("乙")
        );
        let whole = document(&body);
        survives(&whole, 2000, |bytes| drop(read("甲.docx", bytes)));
        let text = format!("<w:document><w:body>{body}</w:body></w:document>");
        survives(text.as_bytes(), 2000, |bytes| drop(read("甲.docx", &packed(&[("word/document.xml", bytes)]))));
    }
}
