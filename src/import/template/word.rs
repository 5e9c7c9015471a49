//! The body of a Word document as places that can be written: the cells of its tables and its paragraphs, each with the
//! texts that it is made of. What is written changes these texts and no other byte.
//!
//! Places are counted as the reader of documents counts them. Where what stands at a place is not what was read there, it is
//! not written.

use std::collections::BTreeMap;
use std::ops::Range;

use super::cell_edit::{CellEdit, Unwritable};
use super::word_reader::{TextBox, TextParagraph, WordReader, WordRow};
use crate::import::document::DocumentPlace;

/// The parts of the body that can be written.
pub struct WordBody {
    text: String,
    boxes: Vec<TextBox>,
    at: BTreeMap<DocumentPlace, usize>,
    rows: BTreeMap<(u32, u32), WordRow>,
    /// In the order in which they were asked for: a part of the text, and what takes its place.
    changes: Vec<(Range<usize>, String)>,
}

impl WordBody {
    /// None where the text is no whole XML.
    pub fn read(text: String) -> Option<Self> {
        let mut reader = WordReader::default();
        reader.read(&text).ok()?;
        let WordReader { boxes, at, rows, .. } = reader;
        Some(Self { text, boxes, at, rows, changes: Vec::new() })
    }

    /// The text with its changes.
    pub fn finish(&self) -> String {
        changed(&self.text, 0..self.text.len(), &self.changes)
    }

    /// Writes a part of what was read at a place.
    pub fn write(&mut self, place: &DocumentPlace, edit: &CellEdit<'_>) -> Result<(), Unwritable> {
        let changes = self.of_edit(place, edit)?;
        self.changes.extend(changes);
        Ok(())
    }

    /// Adds a copy of a row behind it, with other texts in some cells. Cells that are not named go on from above where the
    /// row above them is merged with others.
    pub fn add_row(
        &mut self,
        like: (u32, u32),
        edits: &[(DocumentPlace, CellEdit<'_>)],
        shared: &[DocumentPlace],
    ) -> Result<(), Unwritable> {
        let row = self.rows.get(&like).ok_or(Unwritable::NotFound)?.clone();
        let mut changes = Vec::new();
        for (place, edit) in edits {
            changes.extend(self.of_edit(place, edit)?);
        }
        let shared: Vec<usize> = shared.iter().filter_map(|place| self.at.get(place).copied()).collect();
        let edited: Vec<usize> = edits.iter().filter_map(|(place, _)| self.at.get(place).copied()).collect();
        let is_merged_anywhere = self
            .rows
            .range((like.0, 0)..=(like.0, u32::MAX))
            .flat_map(|(_, row)| &row.cells)
            .any(|(_, cell)| self.boxes[*cell].merge.is_some());
        let mut own = Vec::new();
        for (_, index) in &row.cells {
            let cell = &self.boxes[*index];
            if edited.contains(index) {
                if let Some((element, _)) = &cell.merge {
                    changes.push((element.clone(), String::new()));
                }
                continue;
            }
            let goes_on = match &cell.merge {
                Some((element, true)) => {
                    changes.push((element.clone(), self.merge_element(element, false)));
                    true
                }
                None if shared.contains(index) && is_merged_anywhere => {
                    let Some(at) = cell.merge_at else { continue };
                    let prefix = self.prefix(cell.whole.start);
                    own.push((at..at, format!("<{prefix}vMerge {prefix}val=\"restart\"/>")));
                    changes.push((at..at, format!("<{prefix}vMerge/>")));
                    true
                }
                Some(_) | None => false,
            };
            if goes_on {
                for segment in cell.paragraphs.iter().flat_map(|paragraph| &paragraph.segments) {
                    changes.push((segment.element.clone(), String::new()));
                }
            }
        }
        let copy = without_marks(&changed(&self.text, row.whole.clone(), &changes));
        self.changes.extend(own);
        self.changes.push((row.whole.end..row.whole.end, copy));
        Ok(())
    }

    /// Leaves a row out. Where it began merged cells, the first row below that stays begins them.
    pub fn remove_row(&mut self, at: (u32, u32), gone: &[(u32, u32)]) -> Result<(), Unwritable> {
        let row = self.rows.get(&at).ok_or(Unwritable::NotFound)?.clone();
        let next = self.rows.range((at.0, at.1 + 1)..=(at.0, u32::MAX)).find(|(place, _)| !gone.contains(place));
        let mut changes = vec![(row.whole.clone(), String::new())];
        if let Some((_, next)) = next {
            for (column, index) in &row.cells {
                let cell = &self.boxes[*index];
                let below = next.cells.iter().find(|(other, _)| other == column).map(|(_, index)| &self.boxes[*index]);
                if let (Some((_, true)), Some(below)) = (&cell.merge, below)
                    && matches!(below.merge, Some((_, false)))
                {
                    changes.push((below.whole.clone(), self.text[cell.whole.clone()].to_owned()));
                }
            }
        }
        self.changes.extend(changes);
        Ok(())
    }

    /// The cells of the row in which a place stands, by the columns of the grid in which they begin.
    pub fn row_of(&self, place: &DocumentPlace) -> Option<(u32, u32)> {
        match place {
            DocumentPlace::Table { table, row, .. } if self.rows.contains_key(&(*table, *row)) => Some((*table, *row)),
            _ => None,
        }
    }

    fn merge_element(&self, element: &Range<usize>, begins: bool) -> String {
        let prefix = self.prefix(element.start);
        if begins { format!("<{prefix}vMerge {prefix}val=\"restart\"/>") } else { format!("<{prefix}vMerge/>") }
    }

    /// `w:`, as the element at a byte has it.
    fn prefix(&self, element: usize) -> String {
        let name = self.text[element..].trim_start_matches('<');
        let end = name.find(|sign: char| !sign.is_alphanumeric() && sign != '_' && sign != '-').unwrap_or(0);
        if name[end..].starts_with(':') { name[..=end].to_owned() } else { String::new() }
    }

    fn of_edit(&self, place: &DocumentPlace, edit: &CellEdit<'_>) -> Result<Vec<(Range<usize>, String)>, Unwritable> {
        let cell = &self.boxes[*self.at.get(place).ok_or(Unwritable::NotFound)?];
        let prefix = self.prefix(cell.whole.start);
        if edit.was.trim().is_empty() {
            return self.fill_blank(cell, edit, &prefix);
        }
        let signs = aligned(cell, edit.was).ok_or(Unwritable::OtherText)?;
        let is_meant = |sign: &&AlignedSign| sign.byte.is_some_and(|byte| edit.part.contains(&byte));
        let meant: Vec<&AlignedSign> = signs.iter().filter(is_meant).collect();
        let Some(first) = meant.first() else { return Err(Unwritable::OtherText) };
        let mut paragraphs: Vec<usize> = meant.iter().map(|sign| sign.paragraph).collect();
        paragraphs.dedup();
        let mut lines: Vec<String> = edit.text.split('\n').map(str::to_owned).collect();
        let last = *paragraphs.last().unwrap_or(&first.paragraph);
        // What stands behind the part in its last paragraph stays behind its last line.
        let ends_paragraph = signs
            .iter()
            .rfind(|sign| sign.paragraph == last && sign.byte.is_some())
            .and_then(|sign| sign.byte)
            .is_some_and(|byte| edit.part.contains(&byte));
        if lines.len() > paragraphs.len() && (!ends_paragraph || paragraphs.len() == 1 && edit.was_lines() > 1) {
            let rest = lines.split_off(paragraphs.len() - 1);
            lines.push(rest.join("\n"));
        }
        let mut changes = Vec::new();
        for (number, paragraph) in paragraphs.iter().enumerate() {
            let of_paragraph = &cell.paragraphs[*paragraph];
            let own: Vec<&AlignedSign> = signs.iter().filter(|sign| sign.paragraph == *paragraph).collect();
            let within = |sign: &&AlignedSign| sign.byte.is_some_and(|byte| edit.part.contains(&byte));
            let (Some(start), Some(end)) = (own.iter().position(within), own.iter().rposition(within)) else {
                continue;
            };
            match lines.get(number) {
                Some(line) => replace_signs(of_paragraph, &own, start..end + 1, line, &prefix, &mut changes),
                None if of_paragraph.is_plain && start == 0 && end + 1 == own.len() => {
                    changes.push((of_paragraph.whole.clone(), String::new()));
                }
                None => replace_signs(of_paragraph, &own, start..end + 1, "", &prefix, &mut changes),
            }
        }
        let behind = &cell.paragraphs[last];
        for line in lines.iter().skip(paragraphs.len()) {
            changes.push((behind.whole.end..behind.whole.end, self.new_paragraph(behind, line, &prefix)));
        }
        Ok(changes)
    }

    /// Writes into a cell that has no words.
    fn fill_blank(
        &self,
        cell: &TextBox,
        edit: &CellEdit<'_>,
        prefix: &str,
    ) -> Result<Vec<(Range<usize>, String)>, Unwritable> {
        if cell.paragraphs.iter().flat_map(|one| &one.segments).any(|one| !one.text.trim().is_empty()) {
            return Err(Unwritable::OtherText);
        }
        let Some(paragraph) = cell.paragraphs.first() else { return Err(Unwritable::NotFound) };
        let mut lines = edit.text.split('\n');
        let run = self.new_run(paragraph, lines.next().unwrap_or_default(), prefix);
        let tag = &self.text[paragraph.whole.start..paragraph.opened];
        let mut changes: Vec<(Range<usize>, String)> =
            paragraph.segments.iter().map(|segment| (segment.element.clone(), String::new())).collect();
        if let Some(open) = tag.strip_suffix("/>") {
            changes.push((paragraph.whole.clone(), format!("{open}>{run}</{prefix}p>")));
        } else {
            let close = self.text[paragraph.whole.clone()].rfind("</").ok_or(Unwritable::NotFound)?;
            let at = paragraph.whole.start + close;
            changes.push((at..at, run));
        }
        let end = paragraph.whole.end;
        changes.extend(lines.map(|line| (end..end, self.new_paragraph(paragraph, line, prefix))));
        Ok(changes)
    }

    fn new_paragraph(&self, like: &TextParagraph, words: &str, prefix: &str) -> String {
        let properties = &self.text[like.properties.clone()];
        format!("<{prefix}p>{properties}{}</{prefix}p>", self.new_run(like, words, prefix))
    }

    fn new_run(&self, like: &TextParagraph, words: &str, prefix: &str) -> String {
        let looks = like.run_looks.clone().or(like.mark_looks.clone());
        let looks = looks.map(|looks| &self.text[looks]).unwrap_or_default();
        format!("<{prefix}r>{looks}{}</{prefix}r>", text_element(words, prefix))
    }
}

/// A sign of a cell, and where it stands in what was read of it; a blank stands nowhere.
struct AlignedSign {
    paragraph: usize,
    segment: usize,
    sign: char,
    byte: Option<usize>,
}

/// The signs of a cell beside those that were read of it; none where they are others. A line may begin with a number that
/// Word counts by itself.
fn aligned(cell: &TextBox, was: &str) -> Option<Vec<AlignedSign>> {
    let mut signs = Vec::new();
    for (paragraph, one) in cell.paragraphs.iter().enumerate() {
        for (segment, part) in one.segments.iter().enumerate() {
            let of_part = part.text.chars().map(|sign| AlignedSign { paragraph, segment, sign, byte: None });
            signs.extend(of_part);
        }
    }
    let is_private = |sign: char| ('\u{e000}'..='\u{f8ff}').contains(&sign);
    let is_same = |one: char, other: char| one == other || is_private(one);
    let read: Vec<(usize, char)> = was.char_indices().filter(|(_, sign)| !sign.is_whitespace()).collect();
    let full: Vec<usize> = (0..signs.len()).filter(|at| !signs[*at].sign.is_whitespace()).collect();
    let matches = |full: &[usize], read: &[(usize, char)], signs: &[AlignedSign]| {
        full.len() == read.len() && full.iter().zip(read).all(|(at, (_, sign))| is_same(signs[*at].sign, *sign))
    };
    if matches(&full, &read, &signs) {
        for (at, (byte, _)) in full.iter().zip(&read) {
            signs[*at].byte = Some(*byte);
        }
        return Some(signs);
    }
    let mut start = 0;
    let mut lines = was.split('\n').map(|line| {
        let from = start;
        start += line.len() + 1;
        let of_line = line.char_indices().filter(|(_, sign)| !sign.is_whitespace());
        of_line.map(|(at, sign)| (from + at, sign)).collect::<Vec<_>>()
    });
    for paragraph in 0..cell.paragraphs.len() {
        let own: Vec<usize> = full.iter().copied().filter(|at| signs[*at].paragraph == paragraph).collect();
        if own.is_empty() {
            continue;
        }
        let line = lines.by_ref().find(|line| !line.is_empty())?;
        let numbered = line.len().checked_sub(own.len())?;
        if !matches(&own, &line[numbered..], &signs) {
            return None;
        }
        for (at, (byte, _)) in own.iter().zip(&line[numbered..]) {
            signs[*at].byte = Some(*byte);
        }
    }
    lines.all(|line| line.is_empty()).then_some(signs)
}

/// Puts a line in the place of some signs of a paragraph. What both have at their ends stays in its runs.
fn replace_signs(
    paragraph: &TextParagraph,
    signs: &[&AlignedSign],
    part: Range<usize>,
    line: &str,
    prefix: &str,
    changes: &mut Vec<(Range<usize>, String)>,
) {
    let old: Vec<char> = signs[part.clone()].iter().map(|sign| sign.sign).collect();
    let new: Vec<char> = line.chars().collect();
    let same = |pairs: &mut dyn Iterator<Item = (&char, &char)>| pairs.take_while(|(one, other)| one == other).count();
    let before = same(&mut old.iter().zip(&new));
    let after = same(&mut old[before..].iter().rev().zip(new[before..].iter().rev()));
    let (from, to) = (part.start + before, part.end - after);
    let inserted: String = new[before..new.len() - after].iter().collect();
    if from == to && inserted.is_empty() {
        return;
    }
    // The run of the first sign that goes takes what comes; else that of the sign before.
    let host = if from < to || before == 0 { from } else { from - 1 };
    let host = signs[host.min(signs.len() - 1)].segment;
    let mut texts: BTreeMap<usize, String> = BTreeMap::new();
    let mut is_put = false;
    for (at, sign) in signs.iter().enumerate() {
        let text = texts.entry(sign.segment).or_default();
        if at == from && sign.segment == host && !is_put {
            text.push_str(&inserted);
            is_put = true;
        }
        if !(from..to).contains(&at) {
            text.push(sign.sign);
        }
        if at + 1 == from && from == to && sign.segment == host && !is_put {
            text.push_str(&inserted);
            is_put = true;
        }
    }
    if !is_put {
        texts.entry(host).or_default().push_str(&inserted);
    }
    for (index, text) in texts {
        let segment = &paragraph.segments[index];
        if segment.text != text {
            let is_gone = text.is_empty() && segment.is_sign;
            changes.push((segment.element.clone(), if is_gone { String::new() } else { text_element(&text, prefix) }));
        }
    }
}

/// Words as an element, with line ends and tabs as elements of their own.
fn text_element(text: &str, prefix: &str) -> String {
    let mut element = String::new();
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            element.extend(["<", prefix, "br/>"]);
        }
        for (place, part) in line.split('\t').enumerate() {
            if place > 0 {
                element.extend(["<", prefix, "tab/>"]);
            }
            let escaped = part.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            let space = if part.trim() == part { "" } else { " xml:space=\"preserve\"" };
            element.extend(["<", prefix, "t", space, ">", &escaped, "</", prefix, "t>"]);
        }
    }
    element
}

/// A part of a text with changes inside it; of two that meet, the one that was asked for later goes.
fn changed(text: &str, whole: Range<usize>, changes: &[(Range<usize>, String)]) -> String {
    let mut own: Vec<(usize, &(Range<usize>, String))> = changes
        .iter()
        .enumerate()
        .filter(|(_, (range, _))| whole.start <= range.start && range.end <= whole.end)
        .collect();
    own.sort_by_key(|(order, (range, _))| (range.start, std::cmp::Reverse(range.end), *order));
    let mut written = String::with_capacity(whole.len());
    let mut at = whole.start;
    for (_, (range, new)) in own {
        // What lies in a part that is replaced as a whole goes with it.
        if range.start < at {
            continue;
        }
        written.push_str(&text[at..range.start]);
        written.push_str(new);
        at = range.end;
    }
    written.push_str(&text[at..whole.end]);
    written
}

/// A copy of a row without what may stand once in a document: the numbers of its paragraphs, bookmarks.
fn without_marks(row: &str) -> String {
    let mut plain = String::with_capacity(row.len());
    let mut rest = row;
    while let Some(start) = rest.find('<') {
        let Some(length) = rest[start..].find('>') else { break };
        let tag = &rest[start..=start + length];
        plain.push_str(&rest[..start]);
        rest = &rest[start + length + 1..];
        let name = tag.trim_start_matches(['<', '/']);
        let local =
            name.split(|sign: char| sign.is_whitespace() || matches!(sign, '/' | '>')).next().unwrap_or_default();
        let local = local.rsplit(':').next().unwrap_or_default();
        if matches!(local, "bookmarkStart" | "bookmarkEnd" | "commentRangeStart" | "commentRangeEnd") {
            continue;
        }
        if matches!(local, "p" | "tr") {
            plain.push_str(&without_numbers(tag));
        } else {
            plain.push_str(tag);
        }
    }
    plain.push_str(rest);
    plain
}

/// A tag without the numbers that are the element's own.
fn without_numbers(tag: &str) -> String {
    let mut plain = tag.to_owned();
    for name in ["paraId", "textId"] {
        let Some(at) = plain.find(&format!("{name}=\"")) else { continue };
        let start = plain[..at].rfind(char::is_whitespace).unwrap_or(at);
        let value = at + name.len() + 2;
        let Some(length) = plain[value..].find('"') else { continue };
        plain.replace_range(start..=value + length, "");
    }
    plain
}
