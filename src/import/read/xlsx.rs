//! Workbooks: every sheet as a part of the document with one table, its cells as people see them.
//!
//! The sheets are read from their own XML: numbers stay the decimals that the file holds, and are worded by the format of
//! their cell. Formulas give the value that was stored with them; nothing is computed.

mod drawings;
mod formats;
mod grid;
mod strings;

use std::sync::Arc;

use crate::diagnostic::{Diagnostic, texts};
use crate::source::Words;

use super::package::{Package, PackagePart, PackageRelation};
use super::xml::{Trouble, XmlElement, XmlPiece, XmlPieces};
use super::{limits, refusal};
use crate::import::document::{Document, DocumentBlock, DocumentPlace, Remark};
use formats::{Formats, ShownValue};
use grid::{SheetGrid, SheetSize};
use strings::{RichText, Strings};

/// The document of an `.xlsx` or `.xlsm` file.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, Diagnostic> {
    let mut package = Package::open(name, bytes)?;
    let main = package.main_part("xl/workbook.xml")?;
    let relations = package.relations(&main)?;
    let Some(workbook) = package.part(&main)? else {
        return Err(refusal::damaged(name, texts::reason_part_missing(&main)));
    };
    let mut document = Document::default();
    if package.paths().iter().any(|path| path.ends_with("vbaproject.bin")) {
        document.remarks.push(Remark::guess(None, texts::macros_not_run()));
    }
    let book = Book::read(&workbook.text);
    let styles = part_of_kind(&mut package, &relations, "styles")?;
    let strings = part_of_kind(&mut package, &relations, "sharedStrings")?;
    let formats = styles
        .map_or_else(|| Formats::plain(book.counts_from_1904), |part| Formats::read(&part.text, book.counts_from_1904));
    let shared = match strings {
        Some(part) => {
            let strings = strings::read(name, &part.text)?;
            if part.is_damaged || strings.is_damaged {
                document.remarks.push(Remark::partial(None, texts::texts_damaged()));
            }
            strings
        }
        None => Strings::default(),
    };
    let is_calculated = !book.is_to_be_calculated || relations.iter().any(|relation| relation.kind == "calcChain");
    let mut size = SheetSize::default();
    let mut choices = String::new();
    let mut hidden: Vec<(&str, std::ops::Range<usize>)> = Vec::new();
    for sheet in &book.sheets {
        let path = relations.iter().find(|relation| relation.id == sheet.relation);
        // Charts and dialogs are sheets without cells.
        if path.is_some_and(|relation| relation.kind != "worksheet") {
            continue;
        }
        let part = match path {
            Some(relation) => package.part(&relation.path)?,
            None => None,
        };
        let inner = match path {
            Some(relation) => package.relations(&relation.path)?,
            None => Vec::new(),
        };
        let Some(part) = part else {
            document.remarks.push(Remark::partial(None, texts::sheet_missing(&sheet.name)));
            continue;
        };
        let start = document.blocks.len();
        let mut grid = SheetGrid::new(name, &sheet.name);
        let sheet_texts = SheetTexts { formats: &formats, shared: &shared, is_calculated };
        Sheet { grid: &mut grid, texts: sheet_texts, hides_noughts: false, choices: &mut choices }.read(&part)?;
        grid.finish(&mut document, &mut size)?;
        if sheet.is_hidden {
            hidden.push((&sheet.name, start..document.blocks.len()));
        }
        let of_sheet: Arc<str> = sheet.name.as_str().into();
        for drawing in inner.iter().filter(|relation| relation.kind == "drawing") {
            let Some(part) = package.part(&drawing.path)? else { continue };
            let place = |row, column| DocumentPlace::Sheet { sheet: of_sheet.clone(), row, column };
            drawings::read(&part, place, &mut document);
        }
    }
    set_apart_lists(&mut document, hidden, &choices);
    if document.blocks.is_empty() && (workbook.is_damaged || book.is_damaged || book.sheets.is_empty()) {
        return Err(refusal::damaged(name, texts::reason_part_damaged(&main)));
    }
    if workbook.is_damaged || book.is_damaged {
        document.remarks.push(Remark::partial(None, texts::breaks_off()));
    }
    Ok(document)
}

/// A hidden sheet from which cells of other sheets offer their choices is a part of the form, and no content; any other is
/// read, and told of. `choices` holds the formulas that say where lists stand.
fn set_apart_lists(document: &mut Document, hidden: Vec<(&str, std::ops::Range<usize>)>, choices: &str) {
    for (name, blocks) in hidden.into_iter().rev() {
        if !choices.contains(&format!("'{}'!", name.replace('\'', "''"))) && !choices.contains(&format!("\n{name}!")) {
            document.remarks.push(Remark::guess(None, texts::sheet_hidden(name)));
            continue;
        }
        for block in document.blocks.drain(blocks) {
            let DocumentBlock::Table(table) = block else { continue };
            let cells = table.rows.into_iter().flat_map(|row| row.cells).filter(|cell| !cell.is_blank());
            document.marks.extend(cells.map(|cell| (cell.place, cell.text)));
        }
    }
}

fn part_of_kind(
    package: &mut Package,
    relations: &[PackageRelation],
    kind: &str,
) -> Result<Option<PackagePart>, Diagnostic> {
    match relations.iter().find(|relation| relation.kind == kind) {
        Some(relation) => package.part(&relation.path),
        None => Ok(None),
    }
}

/// What the workbook says of its sheets.
#[derive(Default)]
struct Book {
    sheets: Vec<SheetName>,
    counts_from_1904: bool,
    /// Whether a program is to calculate all formulas when it opens the file.
    is_to_be_calculated: bool,
    is_damaged: bool,
}

struct SheetName {
    name: String,
    relation: String,
    is_hidden: bool,
}

impl Book {
    fn read(text: &str) -> Self {
        let mut book = Self::default();
        let mut xml = XmlPieces::new(text);
        loop {
            match xml.next() {
                Ok(Some(XmlPiece::Open(element))) => book.element(&element),
                Ok(Some(XmlPiece::Close | XmlPiece::Text(_))) => {}
                Ok(None) => return book,
                Err(_) => {
                    book.is_damaged = true;
                    return book;
                }
            }
        }
    }

    fn element(&mut self, element: &XmlElement) {
        match element.name() {
            "workbookPr" => self.counts_from_1904 = element.attribute("date1904").is_some_and(|value| is_true(&value)),
            "calcPr" => {
                self.is_to_be_calculated = element.attribute("fullCalcOnLoad").is_some_and(|value| is_true(&value));
            }
            "sheet" => self.sheets.push(SheetName {
                name: element.attribute("name").unwrap_or_default().into_owned(),
                relation: element.attribute("id").unwrap_or_default().into_owned(),
                is_hidden: element.attribute("state").is_some_and(|state| state != "visible"),
            }),
            _ => {}
        }
    }
}

fn is_true(value: &str) -> bool {
    value == "1" || value == "true"
}

/// What the cells of all sheets share.
#[derive(Clone, Copy)]
struct SheetTexts<'a> {
    formats: &'a Formats,
    shared: &'a Strings,
    /// Whether the values stored with formulas are theirs. Programs that only write put a nought there.
    is_calculated: bool,
}

/// One sheet on the way from its XML to the grid.
struct Sheet<'a> {
    grid: &'a mut SheetGrid,
    texts: SheetTexts<'a>,
    /// Whether noughts are shown as blanks.
    hides_noughts: bool,
    /// The formulas of the lists to choose from, a line each.
    choices: &'a mut String,
}

/// A cell while it is open.
#[derive(Default)]
struct SheetCell {
    row: u32,
    column: u32,
    kind: String,
    style: usize,
    value: String,
    inline: RichText,
    formula: Option<String>,
}

/// What the text between tags belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SheetPart {
    Value,
    Inline,
    Formula,
    /// Where a list to choose from stands.
    Choices,
    Other,
}

impl Sheet<'_> {
    fn read(&mut self, part: &PackagePart) -> Result<(), Diagnostic> {
        let mut xml = XmlPieces::new(&part.text);
        match self.pieces(&mut xml)? {
            Err(Trouble::TooDeep) => Err(refusal::too_large(&self.grid.file, texts::limit_nesting(limits::NESTING))),
            end => {
                if end.is_err() || part.is_damaged {
                    let place = self.grid.last_place();
                    self.grid.remark(place, texts::breaks_off());
                }
                Ok(())
            }
        }
    }

    /// The outer result is a limit passed, the inner one the state of the XML.
    fn pieces(&mut self, xml: &mut XmlPieces) -> Result<Result<(), Trouble>, Diagnostic> {
        let (mut row, mut column) = (0_u32, 0_u32);
        let mut cell: Option<SheetCell> = None;
        let mut open: Vec<SheetPart> = Vec::new();
        // The depth at which the cell that is open stands.
        let mut cell_depth = 0;
        loop {
            let piece = match xml.next() {
                Ok(Some(piece)) => piece,
                end => {
                    self.take(cell)?;
                    return Ok(end.map(|_| ()));
                }
            };
            match piece {
                XmlPiece::Open(element) => {
                    let mut inside = SheetPart::Other;
                    match (element.name(), &mut cell) {
                        ("row", _) => {
                            row = element.number("r").unwrap_or(row.saturating_add(1));
                            column = 0;
                            if is_hidden(&element, "ht") {
                                self.grid.hide_row(row);
                            }
                        }
                        ("col", None) if is_hidden(&element, "width") => {
                            let (first, last) = (element.number("min"), element.number("max"));
                            self.grid.hide_columns(first.unwrap_or(0)..=last.unwrap_or(0));
                        }
                        ("sheetView", None) => {
                            self.hides_noughts = element.attribute("showZeros").is_some_and(|value| !is_true(&value));
                        }
                        ("c", None) => {
                            let place = element.attribute("r").and_then(|name| grid::place_of(&name));
                            (row, column) = place.unwrap_or((row.max(1), column.saturating_add(1)));
                            cell_depth = open.len();
                            cell = Some(SheetCell {
                                row,
                                column,
                                kind: element.attribute("t").unwrap_or_default().into_owned(),
                                style: element.number("s").unwrap_or(0),
                                ..SheetCell::default()
                            });
                        }
                        ("v", Some(_)) => inside = SheetPart::Value,
                        ("t", Some(_)) => inside = SheetPart::Inline,
                        ("f", Some(cell)) => {
                            cell.formula = Some(String::new());
                            inside = SheetPart::Formula;
                        }
                        // The pronunciation that stands above signs.
                        ("rPh", _) => {
                            if let Err(trouble) = xml.skip() {
                                return Ok(Err(trouble));
                            }
                            continue;
                        }
                        ("formula1", None) => inside = SheetPart::Choices,
                        ("f", None) if open.last() == Some(&SheetPart::Choices) => inside = SheetPart::Choices,
                        ("mergeCell", None) => {
                            if let Some(area) = element.attribute("ref").and_then(|name| grid::area_of(&name)) {
                                self.grid.merge(area);
                            }
                        }
                        (_, Some(cell)) => cell.inline.element(&element),
                        (_, None) => {}
                    }
                    open.push(inside);
                }
                XmlPiece::Close => {
                    open.pop();
                    if open.len() == cell_depth {
                        self.take(cell.take())?;
                    }
                }
                XmlPiece::Text(text) if open.last() == Some(&SheetPart::Choices) => {
                    self.choices.push('\n');
                    self.choices.push_str(text.trim().trim_start_matches('='));
                }
                XmlPiece::Text(text) => {
                    let Some(cell) = &mut cell else { continue };
                    match open.last().copied().unwrap_or(SheetPart::Other) {
                        SheetPart::Value => cell.value.push_str(&text),
                        SheetPart::Inline => cell.inline.write(&text),
                        SheetPart::Formula => cell.formula.get_or_insert_default().push_str(&text),
                        SheetPart::Choices | SheetPart::Other => {}
                    }
                }
            }
        }
    }

    fn take(&mut self, cell: Option<SheetCell>) -> Result<(), Diagnostic> {
        let Some(mut cell) = cell else { return Ok(()) };
        let (inline, mut remarks) = std::mem::take(&mut cell.inline).finish();
        let place = self.grid.place(cell.row, cell.column);
        let value = cell.value.trim();
        let formula = cell.formula.as_deref().map(str::trim);
        let words: Words = match cell.kind.as_str() {
            "s" => {
                let index = value.parse::<usize>().ok();
                remarks.extend(
                    index.and_then(|index| self.texts.shared.remarks.get(&index)).into_iter().flatten().cloned(),
                );
                let text = index.and_then(|index| self.texts.shared.texts.get(index));
                self.worded(&cell, text.cloned().unwrap_or_else(|| Words::from("")))
            }
            "inlineStr" => self.worded(&cell, inline.into()),
            "str" => self.worded(&cell, strings::plain(&cell.value).into()),
            "b" => if value == "1" { "TRUE" } else { "FALSE" }.into(),
            "d" => value.into(),
            "e" => {
                self.grid.remark(Some(place.clone()), texts::error_value(value));
                value.into()
            }
            _ => match formula {
                Some(formula) if value == "0" && !self.texts.is_calculated => {
                    self.grid.remark(Some(place), texts::formula_not_calculated(formula));
                    return Ok(());
                }
                Some(_) | None if self.hides_noughts && value == "0" => {
                    self.grid.guess(place, texts::value_not_displayed(value));
                    return Ok(());
                }
                Some(formula) if value.is_empty() => {
                    self.grid.remark(Some(place), texts::formula_without_value(formula));
                    return Ok(());
                }
                Some(_) | None => self.told(&cell, self.texts.formats.number(cell.style, value)),
            },
        };
        for remark in remarks {
            self.grid.tell(Remark { place: Some(self.grid.place(cell.row, cell.column)), ..remark });
        }
        if !words.is_empty() && self.texts.formats.is_struck(cell.style) {
            self.grid.guess(self.grid.place(cell.row, cell.column), texts::struck_text_not_read(&*words));
            return Ok(());
        }
        self.grid.put(cell.row, cell.column, words)
    }

    /// A text as its cell shows it.
    fn worded(&mut self, cell: &SheetCell, text: Words) -> Words {
        match self.texts.formats.text(cell.style, &text) {
            Some(shown) => self.told(cell, shown),
            None => text,
        }
    }

    fn told(&mut self, cell: &SheetCell, shown: ShownValue) -> Words {
        if let Some(note) = shown.note {
            self.grid.guess(self.grid.place(cell.row, cell.column), note);
        }
        shown.text.into()
    }
}

/// Whether a row or a column is hidden: said so, or without height or width.
fn is_hidden(element: &XmlElement, size: &str) -> bool {
    element.attribute("hidden").is_some_and(|value| is_true(&value))
        || element.attribute(size).is_some_and(|size| size.trim() == "0")
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{Format, Formula, Workbook};

    use super::*;
    use crate::diagnostic::{Code, Language};
    use crate::import::read::sample::{packed, shown, survives};

    fn workbook() -> Vec<u8> {
        let mut book = Workbook::new();
        let percent = Format::new().set_num_format("0%");
        let date = Format::new().set_num_format("yyyy-mm-dd");
        let sheet = book.add_worksheet().set_name("项目一").expect("name");
        sheet.merge_range(0, 1, 1, 2, "合 & 并", &Format::new()).expect("merge");
        sheet.write(0, 3, 516_541.09).expect("number");
        sheet.write(1, 3, 100).expect("number");
        sheet.write_with_format(4, 1, 0.07, &percent).expect("percent");
        sheet.write_with_format(4, 2, 46_387, &date).expect("date");
        sheet.write_formula(5, 1, Formula::new("=1+1").set_result("2")).expect("formula");
        sheet.write(5, 2, true).expect("yes");
        let shape = rust_xlsxwriter::Shape::textbox().set_text("框 & 边");
        sheet.insert_shape(7, 2, &shape).expect("shape");
        let hidden = book.add_worksheet().set_name("暗").expect("name");
        hidden.set_hidden(true).write(0, 0, "甲\n乙").expect("text");
        book.save_to_buffer().expect("workbook")
    }

    #[test]
    fn values_are_read_as_they_are_shown() {
        let document = read("甲.xlsx", &workbook()).expect("document");
        let table = "合 & 并×2|516541.09 ; ↑×2|100 ; 7%|2026-12-31| ; 2|TRUE|";
        assert_eq!(shown(&document), ["[项目一]", table, "0:框 & 边", "[暗]", "甲/乙"]);
        let DocumentBlock::Table(table) = &document.blocks[1] else { panic!("a table") };
        assert_eq!(table.rows[2].cells[0].place.shown().in_language(Language::Chinese), "项目一!B5");
        assert_eq!(document.remarks.len(), 1);
    }

    /// Another reader, which keeps numbers in binary, finds as many cells, at the same places.
    #[test]
    fn another_reader_sees_the_same_cells() {
        use calamine::Reader;
        let bytes = workbook();
        let mut other: calamine::Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(&bytes)).expect("book");
        let range = other.worksheet_range("项目一").expect("sheet");
        let (top, left) = range.start().expect("cells");
        let theirs = range.used_cells().map(|(row, column, _)| (top + row as u32 + 1, left + column as u32 + 1));
        let document = read("甲.xlsx", &bytes).expect("document");
        let DocumentBlock::Table(table) = &document.blocks[1] else { panic!("a table") };
        let cells = table.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.is_blank());
        let ours = cells.map(|cell| match cell.place {
            DocumentPlace::Sheet { row, column, .. } => (row, column),
            _ => panic!("a cell of a sheet"),
        });
        assert_eq!(ours.collect::<Vec<_>>(), theirs.collect::<Vec<_>>());
    }

    fn sheet(rows: &str) -> Vec<u8> {
        let workbook = r#"<workbook xmlns:r="r"><sheets><sheet name="表" sheetId="1" r:id="a"/></sheets></workbook>"#;
        let relations =
            r#"<Relationships><Relationship Id="a" Type="x/worksheet" Target="worksheets/s.xml"/></Relationships>"#;
        packed(&[
            ("xl/workbook.xml", workbook.as_bytes()),
            ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
            ("xl/worksheets/s.xml", rows.as_bytes()),
        ])
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let rows = r#"<worksheet><sheetData><row><c><f>1/0</f></c><c t="e"><v>#DIV/0!</v></c><c t="inlineStr"><is><t>甲</t>
            <rPh><t>jia</t></rPh></is></c><c t="str"><f>A1</f><v></v></c><c r="F1" t="inlineStr"><is><t>_x4E59_&#13;</t></is></c></row>
            <row><c><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="A1:B9"/></mergeCells>"#;
        let document = read("甲.xlsx", &sheet(rows)).expect("document");
        assert_eq!(shown(&document)[1], "|#DIV/0!|甲|||乙 ; ↑|||||");
        let remarks = document.remarks.iter().map(|remark| remark.text.in_language(Language::Chinese));
        let remarks: Vec<_> = remarks.collect();
        assert_eq!(remarks.len(), 4, "{remarks:?}");
    }

    #[test]
    fn a_sparse_sheet_exhausts_nothing() {
        let far =
            r#"<worksheet><sheetData><c r="A1"><v>1</v></c><c r="XFD1048576"><v>2</v></c></sheetData></worksheet>"#;
        assert_eq!(shown(&read("甲.xlsx", &sheet(far)).expect("document")).len(), 2);
        let beyond = r#"<worksheet><sheetData><c r="ZZZZ1"><v>1</v></c></sheetData></worksheet>"#;
        assert!(read("甲.xlsx", &sheet(beyond)).is_err_and(|error| error.code == Code::JX604));
        let rows: String = (1..=2000).fold(String::new(), |rows, row| {
            rows + &format!(r#"<c r="XFD{row}"><v>1</v></c><c r="A{row}"><v>1</v></c>"#)
        });
        let wide = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
        assert!(read("甲.xlsx", &sheet(&wide)).is_err_and(|error| error.code == Code::JX604));
    }

    #[test]
    fn no_damage_makes_it_fail() {
        survives(&workbook(), 2000, |bytes| drop(read("甲.xlsx", bytes)));
        let rows = r#"<worksheet><row r="1"><c r="A1" s="0"><f>1</f><v>46387</v></c></row><mergeCell ref="A1:B2"/></worksheet>"#;
        survives(rows.as_bytes(), 2000, |bytes| {
            let rows = String::from_utf8_lossy(bytes);
            drop(read("甲.xlsx", &sheet(&rows)));
        });
    }
}
