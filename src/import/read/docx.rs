//! Word documents: paragraphs with their heading levels, and tables with their merged cells.
//!
//! Read is what a person sees of the document, its text boxes and notes: results of fields, choices of forms, automatic
//! numbers. Headers and footers are furniture of the page; what is marked as deleted, struck out or hidden is not read,
//! and said. Macros are never run.

mod controls;
mod embedded;
mod equations;
mod fields;
mod looks;
mod number_formats;
mod numbering;
mod paragraphs;
mod styles;
mod tables;

use crate::diagnostic::{Diagnostic, Text, texts};

use super::package::{Package, PackageRelation};
use super::xml::{Trouble, XmlElement, XmlPiece, XmlPieces};
use super::{limits, refusal, symbols};
use crate::import::document::{Document, DocumentBlock, DocumentPlace, Remark};
use controls::Controls;
use fields::{DocxFields, FieldEnd};
use numbering::Numbering;
use paragraphs::{DocxParagraph, DocxRun};
use styles::DocxStyles;
use tables::{DocxTable, Tables};

/// The document of a `.docx` or `.docm` file.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, Diagnostic> {
    let mut package = Package::open(name, bytes)?;
    let main = package.main_part("word/document.xml")?;
    let relations = package.relations(&main)?;
    let path_of = |kind: &str| relations.iter().find(|one| one.kind == kind).map(|one| one.path.clone());
    let mut text_of = |kind: &str| match path_of(kind) {
        Some(path) => package.part(&path).map(|part| part.map(|part| part.text).unwrap_or_default()),
        None => Ok(String::new()),
    };
    let styles = DocxStyles::read(&text_of("styles")?);
    let mut numbering = Numbering::read(&text_of("numbering")?);
    numbering.resolve(|style| styles.number(Some(style)).list);
    let Some(part) = package.part(&main)? else {
        return Err(refusal::damaged(name, texts::reason_part_missing(&main)));
    };
    let has_macros = package.paths().iter().any(|path| path.ends_with("vbaproject.bin"));
    let mut reading = DocxReader::new(name, &styles, numbering, package);
    if has_macros {
        reading.document.remarks.push(Remark::guess(None, texts::macros_not_run()));
    }
    reading.relations.clone_from(&relations);
    reading.part(&part.text, part.is_damaged)?;
    if reading.document.blocks.is_empty() && reading.is_damaged {
        return Err(refusal::damaged(name, texts::reason_part_damaged(&main)));
    }
    for kind in ["footnotes", "endnotes"] {
        let Some(path) = path_of(kind) else { continue };
        if let Some(part) = reading.package.part(&path)? {
            reading.relations = reading.package.relations(&path)?;
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
    NumberProperties,
    Run,
    RunProperties,
    Text,
    FieldCode,
    /// What a form field offers, and what was chosen.
    FormField,
    /// A content control.
    Control,
    ControlProperties,
    ControlBox,
    /// Marked as deleted.
    Deleted,
    Table,
    Row,
    RowProperties,
    /// `fields` were open before it.
    Cell {
        fields: usize,
    },
    CellProperties,
    /// Offers the same content in several forms.
    Alternatives,
    /// The first form; `signs` had been read before it.
    Choice {
        signs: usize,
    },
    Other,
}

struct DocxReader<'a> {
    name: &'a str,
    styles: &'a DocxStyles,
    numbering: Numbering,
    package: Package<'a>,
    /// What the part that is read says of others.
    relations: Vec<PackageRelation>,
    document: Document,
    tags: Vec<Tag>,
    /// The paragraphs that are open: a text box opens one inside another.
    paragraphs: Vec<DocxParagraph>,
    runs: Vec<DocxRun>,
    fields: DocxFields,
    controls: Controls,
    tables: Tables,
    /// How many marks of deletion are open.
    deletions: usize,
    /// The signs read so far.
    signs: usize,
    paragraph_count: u32,
    /// The signs that had been read before the choice that ended last.
    choice_signs: usize,
    is_damaged: bool,
}

impl<'a> DocxReader<'a> {
    fn new(name: &'a str, styles: &'a DocxStyles, numbering: Numbering, package: Package<'a>) -> Self {
        Self {
            name,
            styles,
            numbering,
            package,
            relations: Vec::new(),
            document: Document::default(),
            tags: Vec::new(),
            paragraphs: Vec::new(),
            runs: Vec::new(),
            fields: DocxFields::default(),
            controls: Controls::default(),
            tables: Tables::default(),
            deletions: 0,
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
        self.end_fields(0);
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
                Ok(Some(XmlPiece::Text(text))) => match self.tags.last() {
                    Some(Tag::Text) => self.write(&text),
                    Some(Tag::FieldCode) => self.fields.code(&text),
                    _ => {}
                },
                Ok(Some(XmlPiece::Open(element))) if element.name() == "oMath" => match equations::read(xml) {
                    Ok(text) => self.equation(&text),
                    Err(trouble) => return Ok(Err(trouble)),
                },
                Ok(Some(XmlPiece::Open(element))) if element.name() == "altChunk" => {
                    self.embedded(&element.attribute("id").unwrap_or_default())?;
                    self.tags.push(Tag::Other);
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
                self.paragraphs.push(DocxParagraph::new(number));
                Tag::Paragraph
            }
            (Tag::Paragraph, "pPr") => Tag::ParagraphProperties,
            (Tag::ParagraphProperties, "numPr") => Tag::NumberProperties,
            (Tag::ParagraphProperties | Tag::NumberProperties, _) => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.take(element);
                }
                Tag::Other
            }
            (_, "r") => {
                let style = self.paragraphs.last().and_then(|paragraph| paragraph.style.as_deref());
                self.runs.push(DocxRun::new(self.styles.look(style, None)));
                Tag::Run
            }
            (Tag::Run, "rPr") => Tag::RunProperties,
            (Tag::RunProperties, _) => {
                if let Some(run) = self.runs.last_mut() {
                    run.take(element);
                }
                Tag::Other
            }
            (_, "t" | "delText") => Tag::Text,
            (_, "instrText") => Tag::FieldCode,
            (Tag::Run, "fldChar") if self.deletions == 0 => self.field_mark(element),
            (_, "ddList" | "checkBox" | "textInput") => {
                self.fields.begin_form(element.name());
                Tag::FormField
            }
            (Tag::FormField, _) => {
                self.fields.form_property(element);
                Tag::Other
            }
            (_, "sdt") => {
                self.controls.begin();
                Tag::Control
            }
            (Tag::Control, "sdtPr") => Tag::ControlProperties,
            (Tag::ControlProperties | Tag::ControlBox, name) => {
                self.controls.property(element);
                if name == "checkbox" { Tag::ControlBox } else { Tag::Other }
            }
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
                Tag::Cell { fields: self.fields.count() }
            }
            (Tag::Cell { .. }, "tcPr") => Tag::CellProperties,
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
            (_, "OLEObject") => {
                let place = self.place();
                self.remark(place, texts::embedded_not_read());
                Tag::Other
            }
            // Deleted or moved away with changes tracked.
            (_, "del" | "moveFrom") => {
                self.deletions += 1;
                Tag::Deleted
            }
            // The pronunciation that stands above signs.
            (_, "rt") => return None,
            (_, _) => Tag::Other,
        })
    }

    fn close(&mut self, tag: Tag) -> Result<(), Diagnostic> {
        match tag {
            Tag::Paragraph => self.end_paragraph(),
            Tag::Cell { fields } => {
                self.end_fields(fields);
                self.tables.end_cell();
            }
            Tag::Row => self.tables.end_row(self.name)?,
            Tag::Table => {
                let ended = self.tables.end();
                self.document.blocks.extend(ended.into_iter().map(DocumentBlock::Table));
            }
            Tag::RunProperties => {
                let style = self.paragraphs.last().and_then(|paragraph| paragraph.style.as_deref());
                if let Some(run) = self.runs.last_mut() {
                    run.end_properties(self.styles, style);
                }
            }
            Tag::Run => drop(self.runs.pop()),
            Tag::Control => self.controls.end(),
            Tag::Deleted => self.deletions -= 1,
            Tag::Choice { signs } => self.choice_signs = signs,
            Tag::ParagraphProperties
            | Tag::NumberProperties
            | Tag::Text
            | Tag::FieldCode
            | Tag::FormField
            | Tag::ControlProperties
            | Tag::ControlBox
            | Tag::RowProperties
            | Tag::CellProperties
            | Tag::Alternatives
            | Tag::Other => {}
        }
        Ok(())
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
        let table = |cells: &str| format!("<w:tbl><w:tr>{cells}</w:tr></w:tbl>");
        let frame = table(&cell("", &paragraph("框")));
        let inner = table(&(cell("", &paragraph("内")) + &cell("", &paragraph("里")))) + &frame;
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
        assert_eq!(shown(&document), ["×2|甲/乙|丙×3 ; ↑|丁/框×3 ; ↑|戊×2", "内|里", "0:后"]);
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
