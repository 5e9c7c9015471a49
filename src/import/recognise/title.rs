//! Titles and what a page prints by itself: names, years and page numbers on lines of their own.

use super::lexicon::{Content, Room, key_of, ordinal_length};
use super::office::{Section, Walker, year_length};
use crate::import::account::{Piece, Use};

/// The most signs of a page number with its words.
const PAGE_SIGNS: usize = 16;

impl Walker<'_> {
    /// `— 12 —`, `第 3 页 共 9 页`, `附件2-1`: printed on a page, and no content.
    pub fn is_of_the_page(&self, text: &str) -> bool {
        let is_number = |sign: char| sign.is_ascii_digit() || sign.is_whitespace() || "-—–－─·.:：".contains(sign);
        let plain = text.trim_matches(is_number);
        let pages: String = plain.chars().filter(|sign| !is_number(*sign) && !"第共页/".contains(*sign)).collect();
        let is_page =
            pages.is_empty() && text.contains(|sign: char| sign.is_ascii_digit()) && text.chars().count() <= PAGE_SIGNS;
        is_page || plain.len() < text.len() && self.lexicon.find(Room::Department, plain) == Some(Content::Furniture)
    }

    /// The year that a title has before its words, or in a bracket behind them.
    pub fn year_within(&mut self, piece: &Piece, text: &str) {
        let at = text.char_indices().map(|(at, _)| at).find(|at| year_length(&text[*at..]).is_some());
        let Some(at) = at.filter(|at| text[*at + 4..].starts_with('年')) else { return };
        let year = piece.part(text, at..at + 4);
        if self.reading.draft.department.year.is_none() {
            self.furniture(&piece.part(text, 0..at));
            self.furniture(&piece.part(text, at + 4..text.len()));
            self.reading.draft.department.year = Some(year);
        } else {
            self.claim(&year, Use::Repeat);
        }
    }

    /// A title: of a project's form (`1.甲项目绩效目标表`), or of the whole (`某局2025年度部门预算绩效目标`).
    pub fn title(&mut self, piece: &Piece, text: &str, cell: u32) -> bool {
        let key = key_of(text).text;
        let Some(end) = self.lexicon.title_end(&key).map(str::to_owned) else { return false };
        if key.contains(['。', '；', '，']) || self.lexicon.find(Room::Department, text).is_some() {
            return false;
        }
        let name = &key[..key.len() - end.len()];
        if name.is_empty() || self.lexicon.is_title_word(name) {
            self.year_within(piece, text);
            self.furniture(piece);
            self.section = Section::None;
            return true;
        }
        if let Some(at) = (0..name.len()).find(|at| name.is_char_boundary(*at) && year_length(&name[*at..]).is_some()) {
            self.whole_title(piece, text, &name[..at]);
            return true;
        }
        let named = self.lexicon.before_title_words(name).to_owned();
        let Some(found) = find_folded(text, &named) else { return false };
        if ordinal_length(text) == 0 && self.lexicon.is_of_department(&name[named.len()..]) {
            self.whole_title(piece, text, name);
            return true;
        }
        self.begin_project(cell);
        let title = piece.part(text, found.clone());
        self.furniture(&piece.part(text, 0..found.start));
        self.furniture(&piece.part(text, found.end..text.len()));
        self.current(cell).title = Some(title);
        true
    }

    /// Name and year in the title of the whole.
    fn whole_title(&mut self, piece: &Piece, text: &str, name: &str) {
        self.section = Section::None;
        let name = self.lexicon.before_title_words(name).to_owned();
        let department = &self.reading.draft.department;
        let known = department.name.as_ref().map(|piece| self.reading.text(piece).to_owned());
        let mut spare: Vec<std::ops::Range<usize>> = Vec::new();
        let mut end = 0;
        if !name.is_empty()
            && let Some(found) = find_folded(text, &name)
        {
            let part = piece.part(text, found.clone());
            spare.push(0..found.start);
            end = found.end;
            let is_other = known.as_deref().is_some_and(|known| known != &text[found.clone()]);
            let known = known.filter(|_| !(is_other && self.level == 1));
            if is_other && known.is_none() {
                self.begin_department(piece.cell);
            }
            match known {
                None => self.reading.draft.department.name = Some(part),
                Some(known) if known == text[found.clone()] => self.claim(&part, Use::Repeat),
                Some(_) => {}
            }
        }
        let at = (end..text.len()).find(|at| text.is_char_boundary(*at) && year_length(&text[*at..]).is_some());
        if let Some(at) = at {
            let length = year_length(&text[at..]).unwrap_or_default();
            let year = piece.part(text, at..at + length);
            spare.push(end..at);
            end = at + length;
            if self.reading.draft.department.year.is_none() {
                self.reading.draft.department.year = Some(year);
            } else {
                self.claim(&year, Use::Repeat);
            }
        }
        spare.push(end..text.len());
        for bytes in spare {
            self.furniture(&piece.part(text, bytes));
        }
    }
}

/// A title as a contents list has it: without blanks, leader dots and the number of its page.
pub(super) fn plain_title(text: &str) -> String {
    let rest = text.trim_end_matches(|sign: char| sign.is_ascii_digit() || sign.is_whitespace());
    let rest = if rest.len() < text.len() { rest.trim_end_matches(['.', '…', '·', '\t', ' ']) } else { text };
    rest.chars().filter(|sign| !sign.is_whitespace()).collect()
}

pub(super) fn ends_with_page(text: &str) -> bool {
    let rest = text.trim_end_matches(|sign: char| sign.is_ascii_digit());
    rest.len() < text.len() && rest.ends_with(['\t', ' ', '.', '…', '·'])
}

/// Where a text without blanks stands in one that may have some.
fn find_folded(text: &str, wanted: &str) -> Option<std::ops::Range<usize>> {
    let mut signs = Vec::new();
    for (at, sign) in text.char_indices() {
        for folded in crate::model::text::folded(sign.encode_utf8(&mut [0; 4])).chars() {
            signs.push((at, at + sign.len_utf8(), folded));
        }
    }
    let wanted: Vec<char> = wanted.chars().collect();
    if wanted.is_empty() {
        return None;
    }
    let found =
        signs.windows(wanted.len()).find(|window| window.iter().map(|(.., sign)| *sign).eq(wanted.iter().copied()))?;
    Some(found[0].0..found[found.len() - 1].1)
}
