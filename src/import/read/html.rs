//! Web pages, as governments publish them and as reports are saved: headings, paragraphs, tables with merged cells.
//!
//! Read is what a browser would show. A table that holds tables is there for the layout: its cells are read as text and
//! the tables inside it as tables; one of a single column in a cell of a table is a frame around words of the cell.
//! Pictures, scripts and what is hidden are not read; what is struck out is said.

mod equations;
mod form_fields;
mod markup;
mod rows;
mod sheet;
mod tree;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, texts};

use super::{encoding, limits, refusal};
use crate::import::document::{Cell, Document, DocumentBlock, DocumentPlace, Paragraph};
use rows::OpenTable;
use sheet::{StyleSheet, TextLook};
use tree::{HtmlContent, HtmlElement, HtmlTree, Id};
use words::FoldedText;

/// The document of a page, or of a page in a file of another name.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, Diagnostic> {
    let decoded = encoding::decode(bytes, declared_encoding(bytes).as_deref());
    let mut document = page(name, &decoded.text)?;
    document.remarks.splice(0..0, decoded.remarks);
    Ok(document)
}

/// The document of a page that is text already.
pub fn page(name: &str, text: &str) -> Result<Document, Diagnostic> {
    let Some(balanced) = markup::balanced(text) else {
        return Err(refusal::too_large(name, texts::limit_nesting(markup::NESTING)));
    };
    let tree = HtmlTree::of(&balanced.text);
    // One cell takes four bytes at least; more of them only come from cells that reach over rows.
    let limit = limits::CELLS.min(text.len() / 4 + 1_000_000);
    let sheet = StyleSheet::read(&balanced.styles);
    HtmlReading { name, sheet, limit, ..HtmlReading::default() }.read(&tree)
}

/// What the head of a page says of its encoding: `charset=` in a meta tag, `encoding=` in a declaration.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(8192)]).to_lowercase();
    let after = ["charset=", "encoding="].iter().find_map(|word| head.split_once(word))?.1;
    let name: String = after
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|sign| sign.is_ascii_alphanumeric() || "-_".contains(*sign))
        .collect();
    (!name.is_empty()).then_some(name)
}

/// What is still to be walked.
enum Step<'a> {
    Enter(Id),
    Leave(&'a HtmlElement),
}

#[derive(Default)]
struct HtmlReading<'a> {
    name: &'a str,
    document: Document,
    /// The tables that are open: none for one that is there for the layout.
    tables: Vec<Option<OpenTable>>,
    /// How many frames around words of a cell are open.
    frames: usize,
    sheet: StyleSheet,
    /// How the text of each open element looks.
    looks: Vec<TextLook>,
    words: FoldedText,
    level: u8,
    preformatted: usize,
    paragraphs: u32,
    table_count: u32,
    cells: usize,
    limit: usize,
}

impl HtmlReading<'_> {
    fn read(mut self, tree: &HtmlTree) -> Result<Document, Diagnostic> {
        let (layout, frames) = nested_tables(tree);
        let mut open = vec![Step::Enter(HtmlTree::ROOT)];
        while let Some(step) = open.pop() {
            let id = match step {
                Step::Enter(id) => id,
                Step::Leave(element) => {
                    self.close(element.name())?;
                    self.looks.pop();
                    continue;
                }
            };
            let node = tree.node(id);
            match &node.content {
                HtmlContent::Text(text) => {
                    let (is_preformatted, look) = (self.preformatted > 0, self.look());
                    self.words().write(text, is_preformatted, look);
                }
                HtmlContent::Element(element) if matches!(element.name(), "input" | "select") => {
                    self.form_field(tree, id);
                    continue;
                }
                HtmlContent::Element(element) if is_not_shown(element) => continue,
                HtmlContent::Element(element) if element.name() == "math" => {
                    let (text, look) = (equations::read(tree, id), self.look());
                    // A fraction after a number is no part of it.
                    let blank = if text.contains('/') && self.words().ends_with_digit() { " " } else { "" };
                    self.words().write(&format!("{blank}{text}"), false, look);
                    continue;
                }
                HtmlContent::Element(element) if element.attribute("data-derived").is_some() => {
                    self.set_apart(&tree.texts(id));
                    continue;
                }
                HtmlContent::Element(element) => {
                    self.looks.push(self.sheet.look(element).inside(self.look()));
                    self.open(element, layout.contains(&id), frames.contains(&id));
                    open.push(Step::Leave(element));
                }
                HtmlContent::Nothing => {}
            }
            open.extend(node.children.iter().rev().copied().map(Step::Enter));
        }
        self.end_paragraph();
        Ok(self.document)
    }

    fn open(&mut self, element: &HtmlElement, is_layout: bool, is_frame: bool) {
        let name = element.name();
        match (name, self.tables.last_mut()) {
            ("table", Some(Some(_))) if is_frame => {
                self.frames += 1;
                self.end_block();
            }
            ("tr" | "td" | "th", Some(Some(_))) if self.frames > 0 => self.end_block(),
            ("table", _) => {
                self.end_paragraph();
                self.table_count += u32::from(!is_layout);
                let number = self.table_count;
                self.tables.push((!is_layout).then(|| OpenTable::new(number)));
            }
            ("tr", Some(Some(table))) => table.begin_row(),
            ("td" | "th", Some(Some(table))) => {
                table.begin_cell(element.attribute("colspan"), element.attribute("rowspan"));
            }
            ("br" | "hr", _) => self.words().end_line(),
            ("pre", _) => {
                self.preformatted += 1;
                self.end_block();
            }
            (name, _) if is_block(name) => {
                self.end_block();
                self.level = heading_level(name).unwrap_or(self.level);
            }
            (_, _) => {}
        }
    }

    fn close(&mut self, name: &str) -> Result<(), Diagnostic> {
        match (name, self.tables.last_mut()) {
            ("table", _) if self.frames > 0 => {
                self.frames -= 1;
                self.end_block();
            }
            ("tr" | "td" | "th", Some(Some(_))) if self.frames > 0 => self.end_block(),
            ("table", _) => {
                if let Some(Some(table)) = self.tables.pop() {
                    // A caption, and what stands between cells.
                    self.end_paragraph();
                    let table = table.finish();
                    if !table.rows.is_empty() {
                        self.document.blocks.push(DocumentBlock::Table(table));
                    }
                }
                self.end_paragraph();
            }
            ("tr", Some(Some(table))) => table.end_row(self.name, &mut self.cells, self.limit)?,
            ("td" | "th", Some(Some(table))) => table.end_cell(&mut self.document.remarks),
            ("pre", _) => {
                self.preformatted = self.preformatted.saturating_sub(1);
                self.end_block();
            }
            (name, _) if is_block(name) => {
                self.end_block();
                if heading_level(name).is_some() {
                    self.level = 0;
                }
            }
            (_, _) => {}
        }
        Ok(())
    }

    /// What our own report computes from its tables, or has for its reader's use, says so; it is no content.
    fn set_apart(&mut self, texts: &[&str]) {
        let words: Vec<&str> = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
        if !words.is_empty() {
            self.document.marks.push((DocumentPlace::Paragraph(self.paragraphs + 1), words.join(" ").into()));
        }
    }

    /// What a field of a form shows in a cell of a table. Those elsewhere are there for the reader of the page.
    fn form_field(&mut self, tree: &HtmlTree, id: Id) {
        let look = self.look();
        let cell = self.tables.last_mut().and_then(Option::as_mut).and_then(OpenTable::words);
        let is_shown = tree.element(id).is_some_and(|element| !is_hidden(element));
        if let (Some(words), true, Some(text)) = (cell, is_shown, form_fields::shown(tree, id)) {
            words.write(&text, false, look);
        }
    }

    fn look(&self) -> TextLook {
        self.looks.last().copied().unwrap_or_default()
    }

    /// Where text goes: to the cell that is open, else to the paragraph.
    fn words(&mut self) -> &mut FoldedText {
        let cell = self.tables.last_mut().and_then(Option::as_mut).and_then(OpenTable::words);
        cell.unwrap_or(&mut self.words)
    }

    fn end_block(&mut self) {
        match self.tables.last_mut().and_then(Option::as_mut).and_then(OpenTable::words) {
            Some(words) => words.end_line(),
            None => self.end_paragraph(),
        }
    }

    fn end_paragraph(&mut self) {
        let place = DocumentPlace::Paragraph(self.paragraphs + 1);
        let text = std::mem::take(&mut self.words).finish(&place, &mut self.document.remarks);
        if text.is_empty() {
            return;
        }
        self.paragraphs += 1;
        let cell = Cell::new(text, place);
        self.document.blocks.push(DocumentBlock::Paragraph(Paragraph { level: self.level, cell }));
    }
}

/// The tables that are there for the layout, and those that are a frame around words of a cell.
fn nested_tables(tree: &HtmlTree) -> (BTreeSet<Id>, BTreeSet<Id>) {
    let is_named = |id: &Id, names: &[&str]| tree.element(*id).is_some_and(|element| names.contains(&element.name()));
    let is_table = |id: &Id| is_named(id, &["table"]);
    let outer = |id: Id| tree.ancestors(id).find(is_table);
    // The next table outside is enough: it is itself a table inside those further out.
    let nested: Vec<(Id, Id)> = tree.ids().filter(is_table).filter_map(|table| Some((table, outer(table)?))).collect();
    if nested.is_empty() {
        return (BTreeSet::new(), BTreeSet::new());
    }
    let holders: BTreeSet<Id> = nested.iter().map(|(_, outer)| *outer).collect();
    let is_wide = |row: &Id| tree.node(*row).children.iter().filter(|cell| is_named(cell, &["td", "th"])).count() > 1;
    let mut wide_rows: BTreeMap<Id, usize> = BTreeMap::new();
    for table in tree.ids().filter(|id| is_named(id, &["tr"])).filter(is_wide).filter_map(outer) {
        *wide_rows.entry(table).or_default() += 1;
    }
    // One row of columns is how pages were laid out.
    let is_of_facts = |table: &Id| wide_rows.get(table).is_some_and(|rows| *rows > 1);
    let is_frame =
        |(inner, outer): &&(Id, Id)| !holders.contains(inner) && !wide_rows.contains_key(inner) && is_of_facts(outer);
    let frames: BTreeSet<Id> = nested.iter().filter(is_frame).map(|(inner, _)| *inner).collect();
    let layout = nested.iter().filter(|(inner, _)| !frames.contains(inner)).map(|(_, outer)| *outer).collect();
    (layout, frames)
}

fn is_hidden(element: &HtmlElement) -> bool {
    let is_hidden_by_style = || {
        let style: String = element.attribute("style").unwrap_or_default().to_lowercase().split_whitespace().collect();
        style.split(';').any(|rule| rule.starts_with("display:none") || rule.starts_with("visibility:hidden"))
    };
    element.attribute("hidden").is_some() || element.attribute("aria-hidden") == Some("true") || is_hidden_by_style()
}

/// Whether a browser would show nothing of it, or a picture.
fn is_not_shown(element: &HtmlElement) -> bool {
    matches!(
        element.name(),
        "head"
            | "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "canvas"
            | "iframe"
            | "datalist"
            | "audio"
            | "video"
            | "map"
    ) || is_hidden(element)
}

fn heading_level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// What stands in lines of its own.
fn is_block(name: &str) -> bool {
    heading_level(name).is_some()
        || matches!(
            name,
            "address"
                | "article"
                | "aside"
                | "blockquote"
                | "body"
                | "caption"
                | "center"
                | "dd"
                | "details"
                | "dialog"
                | "dir"
                | "div"
                | "dl"
                | "dt"
                | "fieldset"
                | "figcaption"
                | "figure"
                | "footer"
                | "header"
                | "hgroup"
                | "html"
                | "legend"
                | "li"
                | "main"
                | "menu"
                | "nav"
                | "ol"
                | "option"
                | "p"
                | "section"
                | "summary"
                | "tbody"
                | "td"
                | "tfoot"
                | "th"
                | "thead"
                | "tr"
                | "ul"
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::import::read::sample::{shown, survives};

    fn read_page(text: &str) -> Vec<String> {
        shown(&read("甲.html", text.as_bytes()).expect("document"))
    }

    const TABLE: &str = "<h2>一、<b>项目</b>\n 甲</h2><div>说明&nbsp;&ge;90<br>二<p>三</div>
        <table><caption>表一</caption><tr><td rowspan=2>甲<td colspan='2'>乙<p>丙</p></tr>
        <tr><td>丁<td>戊</tr><tr><th><span>己</span>
        庚<td rowspan=0>辛<td>壬<tr><td>癸<td></table>后";

    #[test]
    fn tables_and_text_are_read_as_they_are_shown() {
        let text = "2:一、项目 甲|0:说明\u{a0}≥90/二|0:三|0:表一".split('|').map(str::to_owned);
        let table = ["甲|乙/丙×2 ; ↑|丁|戊 ; 己 庚|辛|壬 ; 癸|↑|".to_owned(), "0:后".to_owned()];
        assert_eq!(read_page(TABLE), text.chain(table).collect::<Vec<_>>());
    }

    #[test]
    fn layout_tables_are_passed_through_and_hidden_things_left_out() {
        let page = "<table><tr><td>导航<td><table><tr><td>甲</table><tr hidden><td>暗</table>
            <p style='color:red; DISPLAY : none'>暗</p><script>'<p>暗'</script><pre> 一\n  二</pre>";
        assert_eq!(read_page(page), ["0:导航", "甲", "0:一/  二"]);
    }

    #[test]
    fn a_frame_in_a_cell_is_text_and_a_field_shows_what_was_chosen() {
        let page = "<table><tr><td>甲<td>乙<table><tr><td>丙<tr><td>丁</table>戊<tr><td>
            <select><option value=''>请选择<option>≥<option selected>≤</select><input value=9><input type=hidden value=0>
            <td><input type=checkbox checked>己<input type=radio>庚</table><select><option>首页</select>";
        assert_eq!(read_page(page), ["甲|乙/丙/丁/戊 ; ≤9|☑己☐庚"]);
    }

    #[test]
    fn text_is_read_as_it_looks() {
        let page = "<style>.old{text-decoration:line-through} .up{vertical-align:super}</style>
            <p>≥<s>1</s><del>2</del><span class=old>3<b>4</b></span><i style='text-decoration-line: LINE-THROUGH'>5</i>12座</p>
            <p>10<sup>3</sup>人 m<span class=up>2</span> CO<sub>2</sub></p><p><u>&gt;</u>95% <u>&lt;5</u></p>
            <p><span style='font-family:Symbol;color:red'><span>³</span></span>9<font face='Wingdings 2'>R</font></p>";
        let document = read("甲.html", page.as_bytes()).expect("document");
        assert_eq!(shown(&document), ["0:≥12座", "0:10³人 m² CO₂", "0:≥95% <5", "0:≥9☑"]);
        assert_eq!(document.remarks.len(), 2);
    }

    #[test]
    fn an_equation_is_written_in_one_line() {
        let page =
            "<p>≥<math><msup><mn>10</mn><mn>3</mn></msup></math>人，3<math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>
            <math><semantics><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>
            <annotation encoding=x>a+b over c</annotation></semantics></math></p>";
        assert_eq!(read_page(page), ["0:≥10³人，3 1/2 (a+b)/c"]);
    }

    #[test]
    fn a_page_in_gbk_is_read_by_its_declaration_or_by_its_bytes() {
        for head in ["<meta http-equiv=Content-Type content='text/html; charset=gb2312'>", ""] {
            let (bytes, _, _) = encoding_rs::GBK.encode("<p>玉米种植面积</p>");
            let bytes: Vec<u8> = head.bytes().chain(bytes.iter().copied()).collect();
            let document = read("甲.html", &bytes).expect("document");
            assert_eq!(shown(&document), ["0:玉米种植面积"]);
            assert_eq!(document.remarks.is_empty(), !head.is_empty());
        }
    }

    #[test]
    fn no_page_makes_it_fail_or_wait() {
        survives(TABLE.as_bytes(), 2000, |bytes| drop(read("甲.html", bytes)));
        let deep = read("甲.html", "<div>".repeat(100_000).as_bytes());
        assert!(deep.is_err_and(|error| error.code == Code::JX604));
        let again: String = (0..3000).fold(String::new(), |page, number| page + &format!("<font size={number}><p>"));
        let _ = read("甲.html", again.as_bytes());
        let tall = format!("<table><tr>{}{}", "<td rowspan=60000>".repeat(1000), "<tr><td>".repeat(60_000));
        assert!(read("甲.html", tall.as_bytes()).is_err_and(|error| error.code == Code::JX604));
    }
}
