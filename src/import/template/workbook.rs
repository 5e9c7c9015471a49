//! A workbook as cells that can be written: a value takes the place of the one that stands there, in the form of its cell;
//! the sheet keeps every other byte. Where formulas may rest on what was written, the workbook asks to be calculated anew
//! when it is opened: what they stored is of before.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use super::cell_edit::{CellEdit, Unwritable};
use super::numbers;
use crate::diagnostic::{Diagnostic, texts};
use crate::import::document::{DocumentPlace, column_letters};
use crate::import::read::package::Package;
use crate::import::read::refusal;
use crate::import::read::xml::{XmlPiece, XmlPieces};

/// The sheets of a workbook by their names.
pub struct Workbook {
    path: String,
    text: String,
    sheets: BTreeMap<String, SheetText>,
}

struct SheetText {
    path: String,
    text: String,
    cells: BTreeMap<(u32, u32), StoredCell>,
    /// The ends of the rows: before their closing tags.
    rows: BTreeMap<u32, usize>,
    changes: Vec<(Range<usize>, String)>,
}

/// A cell as the sheet has it.
#[derive(Clone, Debug, Default)]
struct StoredCell {
    whole: Range<usize>,
    style: Option<String>,
    is_number: bool,
    is_computed: bool,
    value: String,
}

/// How many of what a cell stores is one of what it shows: percent, thousands, ten thousands.
const SCALES: [(i64, u32); 6] = [(1, 0), (1, 2), (1000, 0), (10_000, 0), (100_000_000, 0), (1, 4)];

impl Workbook {
    pub fn read(name: &str, package: &mut Package<'_>) -> Result<Self, Diagnostic> {
        let main = package.main_part("xl/workbook.xml")?;
        let relations = package.relations(&main)?;
        let damaged = |path: &str| refusal::damaged(name, texts::reason_part_damaged(path));
        let book = package.part(&main)?.ok_or_else(|| damaged(&main))?;
        let mut sheets = BTreeMap::new();
        let mut xml = XmlPieces::new(&book.text);
        while let Ok(Some(piece)) = xml.next() {
            let XmlPiece::Open(element) = piece else { continue };
            if element.name() != "sheet" {
                continue;
            }
            let id = element.attribute("id").unwrap_or_default();
            let Some(relation) = relations.iter().find(|one| one.id == *id && one.kind == "worksheet") else {
                continue;
            };
            let Some((bytes, is_damaged)) = package.bytes(&relation.path)? else { continue };
            let text = String::from_utf8(bytes).ok().filter(|_| !is_damaged).ok_or_else(|| damaged(&relation.path))?;
            let sheet = SheetText::read(relation.path.clone(), text).ok_or_else(|| damaged(&relation.path))?;
            sheets.insert(element.attribute("name").unwrap_or_default().into_owned(), sheet);
        }
        let text = book.text.clone();
        Ok(Self { path: main, text, sheets })
    }

    pub fn write(&mut self, place: &DocumentPlace, edit: &CellEdit<'_>) -> Result<(), Unwritable> {
        let DocumentPlace::Sheet { sheet, row, column } = place else { return Err(Unwritable::NotFound) };
        let sheet = self.sheets.get_mut(&**sheet).ok_or(Unwritable::NotFound)?;
        let mut text = edit.was.to_owned();
        if text.get(edit.part.clone()).is_some() {
            text.replace_range(edit.part.clone(), &edit.text);
        } else {
            text.clone_from(&edit.text);
        }
        let change = match sheet.cells.get(&(*row, *column)) {
            Some(cell) if cell.is_computed => return Err(Unwritable::Formula),
            Some(cell) => {
                let stored = cell.is_number.then(|| stored_number(&cell.value, edit.was, &text)).flatten();
                (cell.whole.clone(), cell_element(*row, *column, cell.style.as_deref(), stored, &text))
            }
            None => {
                let end = *sheet.rows.get(row).ok_or(Unwritable::NotFound)?;
                let next = sheet.cells.range((*row, *column)..=(*row, u32::MAX)).next();
                let at = next.map_or(end, |(_, cell)| cell.whole.start);
                (at..at, cell_element(*row, *column, None, None, &text))
            }
        };
        sheet.changes.push(change);
        Ok(())
    }

    /// The parts that were written, by their paths.
    pub fn finish(self) -> BTreeMap<String, String> {
        let has_formulas = self.sheets.values().any(|sheet| sheet.cells.values().any(|cell| cell.is_computed));
        let written = self.sheets.into_values().filter(|sheet| !sheet.changes.is_empty());
        let mut parts: BTreeMap<String, String> =
            written.map(|sheet| (sheet.path.to_lowercase(), sheet.finish())).collect();
        if has_formulas && !parts.is_empty() {
            parts.extend(calculated_anew(&self.text).map(|text| (self.path.to_lowercase(), text)));
        }
        parts
    }
}

/// A workbook that is calculated when it is opened; none where it is so already, or cannot be told.
fn calculated_anew(text: &str) -> Option<String> {
    const ASKS: &str = "fullCalcOnLoad";
    // Behind these stands what says how a workbook is calculated.
    const BEFORE: [&str; 4] = ["sheets", "functionGroups", "externalReferences", "definedNames"];
    let mut xml = XmlPieces::new(text);
    let mut open: Vec<String> = Vec::new();
    let mut behind = None;
    while let Some(piece) = xml.next().ok()? {
        match piece {
            XmlPiece::Open(element) => {
                if element.name() == "calcPr" {
                    if element.attribute(ASKS).is_some() {
                        return None;
                    }
                    let start = text[..xml.position()].rfind('<')?;
                    let name = text[start..].find(|sign: char| sign.is_whitespace() || matches!(sign, '/' | '>'))?;
                    let at = start + name;
                    return Some(format!("{} {ASKS}=\"1\"{}", &text[..at], &text[at..]));
                }
                open.push(element.name().to_owned());
            }
            XmlPiece::Close => {
                let name = open.pop()?;
                if open.len() == 1 && BEFORE.contains(&&*name) {
                    behind = Some(xml.position());
                }
            }
            XmlPiece::Text(_) => {}
        }
    }
    let at = behind?;
    let tag = &text[text[..at].rfind('<')? + 1..at];
    let prefix = tag.trim_start_matches('/').split_once(':').map_or("", |(prefix, _)| prefix);
    let colon = if prefix.is_empty() { "" } else { ":" };
    Some(format!("{}<{prefix}{colon}calcPr {ASKS}=\"1\"/>{}", &text[..at], &text[at..]))
}

impl SheetText {
    fn read(path: String, text: String) -> Option<Self> {
        let (mut cells, mut rows) = (BTreeMap::new(), BTreeMap::new());
        let mut xml = XmlPieces::new(&text);
        let mut open: Vec<(String, usize)> = Vec::new();
        let (mut row, mut column) = (0_u32, 0_u32);
        let mut cell: Option<((u32, u32), StoredCell)> = None;
        loop {
            let before = xml.position();
            match xml.next().ok()? {
                None => break,
                Some(XmlPiece::Open(element)) => {
                    let start = text[..xml.position()].rfind('<').unwrap_or(before).max(before);
                    match element.name() {
                        "row" => (row, column) = (element.number("r").unwrap_or(row.saturating_add(1)), 0),
                        "c" => {
                            let place = element.attribute("r").and_then(|name| place_of(&name));
                            (row, column) = place.unwrap_or((row.max(1), column.saturating_add(1)));
                            let kind = element.attribute("t").unwrap_or_default();
                            let stored = StoredCell {
                                style: element.attribute("s").map(std::borrow::Cow::into_owned),
                                is_number: matches!(&*kind, "" | "n"),
                                ..StoredCell::default()
                            };
                            cell = Some(((row, column), stored));
                        }
                        "f" => {
                            if let Some((_, cell)) = &mut cell {
                                cell.is_computed = true;
                            }
                        }
                        _ => {}
                    }
                    open.push((element.name().to_owned(), start));
                }
                Some(XmlPiece::Text(words)) => {
                    if let (Some((name, _)), Some((_, cell))) = (open.last(), &mut cell)
                        && name == "v"
                    {
                        cell.value.push_str(&words);
                    }
                }
                Some(XmlPiece::Close) => match open.pop() {
                    Some((name, start)) if name == "c" => {
                        if let Some((place, mut stored)) = cell.take() {
                            stored.whole = start..xml.position();
                            cells.insert(place, stored);
                        }
                    }
                    Some((name, _)) if name == "row" && !text[before..xml.position()].is_empty() => {
                        rows.insert(row, before);
                    }
                    _ => {}
                },
            }
        }
        Some(Self { path, text, cells, rows, changes: Vec::new() })
    }

    fn finish(mut self) -> String {
        self.changes.sort_by_key(|(range, _)| (range.start, range.end));
        let mut written = String::with_capacity(self.text.len());
        let mut at = 0;
        for (range, new) in &self.changes {
            if range.start < at {
                continue;
            }
            written.push_str(&self.text[at..range.start]);
            written.push_str(new);
            at = range.end;
        }
        written.push_str(&self.text[at..]);
        written
    }
}

/// What a cell stores for a new text: a number where it stored one and only the number is another. None for words.
fn stored_number(stored: &str, was: &str, text: &str) -> Option<Decimal> {
    let stored: Decimal = stored.trim().parse().ok()?;
    let (old, new) = (numbers::only(was)?, numbers::only(text)?);
    let is_same_form =
        was[..old.bytes.start] == text[..new.bytes.start] && was[old.bytes.end..] == text[new.bytes.end..];
    if !is_same_form {
        return None;
    }
    if old.value.is_zero() || stored.is_zero() {
        return (old.value == stored).then_some(new.value);
    }
    let scales = SCALES.iter().map(|(number, places)| Decimal::new(*number, *places));
    let is_near = |scale: &Decimal| {
        let shown = old.value.checked_mul(*scale);
        let off = shown.and_then(|shown| (shown - stored).abs().checked_div(stored.abs()));
        off.is_some_and(|off| off < Decimal::new(5, 2))
    };
    new.value.checked_mul(scales.into_iter().find(is_near)?).map(|value| value.normalize())
}

fn cell_element(row: u32, column: u32, style: Option<&str>, number: Option<Decimal>, text: &str) -> String {
    let style = style.map(|style| format!(" s=\"{style}\"")).unwrap_or_default();
    let place = format!("{}{row}", column_letters(column));
    if text.is_empty() {
        return format!("<c r=\"{place}\"{style}/>");
    }
    if let Some(number) = number {
        return format!("<c r=\"{place}\"{style}><v>{number}</v></c>");
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!("<c r=\"{place}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{escaped}</t></is></c>")
}

/// `B7`: row and column.
fn place_of(name: &str) -> Option<(u32, u32)> {
    let end = name.find(|sign: char| !sign.is_ascii_alphabetic())?;
    let column = name[..end].bytes().try_fold(0_u32, |column, letter| {
        column.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    })?;
    Some((name[end..].parse().ok()?, column))
}
