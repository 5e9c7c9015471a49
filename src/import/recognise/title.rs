//! Titles and what a page prints by itself: names, years and page numbers on lines of their own.

use super::claim::{Claim, Claims};
use super::lexicon::{Content, LabelRoom, key_of, ordinal_length};
use super::signs::{year_in, year_length};
use super::view::{Section, View};
use super::year_content::months_in;
use crate::import::account::CellPiece;
use crate::model::year::SnapshotKind;

/// The most signs of a page number with its words.
const PAGE_SIGNS: usize = 16;

/// A title: of a project's form (`1.甲项目绩效目标表`), or of the whole (`某局2025年度部门预算绩效目标`).
pub fn title(view: &View<'_>, piece: &CellPiece) -> Option<Claims> {
    let text = view.text(piece);
    let key = key_of(text).text;
    let end = view.lexicon.title_end(&key)?;
    if key.contains(['。', '；', '，']) || view.lexicon.find(LabelRoom::Department, text).is_some() {
        return None;
    }
    let name = &key[..key.len() - end.len()];
    let kind = view.lexicon.form_of_year(&key);
    let months = months_of(view, &key).map(|(_, month)| month);
    let is_whole = view.lexicon.is_of_whole(&key);
    let mut claims = vec![Claim::TitleOfYear { kind, months }, Claim::OfWhole { is_whole, cell: piece.cell }];
    claims.extend(named(view, piece, name)?);
    Some(claims)
}

/// What stands before the end of a title.
fn named(view: &View<'_>, piece: &CellPiece, name: &str) -> Option<Claims> {
    let text = view.text(piece);
    let is_form = view.lexicon.is_title_word(name)
        || view.lexicon.is_title_word(&joined_brackets(name))
        || view.lexicon.before_title_words(name).is_empty();
    if is_form {
        let mut claims = year_within(view, piece);
        claims.push(Claim::Furniture(piece.clone()));
        claims.push(Claim::Section(Section::None));
        return Some(claims);
    }
    let year = (0..name.len()).find(|at| name.is_char_boundary(*at) && year_length(&name[*at..]).is_some());
    let months = || months_of(view, &key_of(text).text).filter(|(bytes, _)| bytes.start < name.len());
    if let Some(at) = year.or_else(|| Some(months()?.0.start)) {
        return Some(whole_title(view, piece, &name[..at]));
    }
    let named = view.lexicon.before_title_words(name);
    let found = find_folded(text, named)?;
    let is_of_whole = view.lexicon.is_of_whole(&key_of(text).text);
    if (ordinal_length(text) == 0 || is_of_whole) && view.lexicon.is_of_department(&name[named.len()..]) {
        return Some(whole_title(view, piece, name));
    }
    // The year may stand in a bracket at the end.
    let rest = piece.part(text, found.end..text.len());
    let mut claims = vec![Claim::Project(piece.cell), Claim::Title(piece.part(text, found.clone()))];
    claims.extend(year_within(view, &rest));
    claims.push(Claim::Furniture(piece.part(text, 0..found.start)));
    claims.push(Claim::Furniture(rest));
    Some(claims)
}

/// The months of a title: a word for a part of the year means them only where it speaks of monitoring.
fn months_of(view: &View<'_>, key: &str) -> Option<(std::ops::Range<usize>, u8)> {
    let is_of_monitoring = view.lexicon.form_of_year(key) == Some(SnapshotKind::Monitoring);
    if is_of_monitoring { view.lexicon.parts_of_year.months_in(key) } else { months_in(key) }
}

/// 专项（项目）资金 as 专项项目资金.
fn joined_brackets(name: &str) -> String {
    name.replace(['(', ')', '（', '）'], "")
}

/// Name and year in the title of the whole.
fn whole_title(view: &View<'_>, piece: &CellPiece, name: &str) -> Claims {
    let text = view.text(piece);
    let department = &view.draft.department;
    let mut claims = vec![Claim::Section(Section::None)];
    let mut spare: Vec<std::ops::Range<usize>> = Vec::new();
    let mut end = 0;
    let mut has_year = department.year.is_some();
    let name = view.lexicon.before_title_words(name);
    if !name.is_empty()
        && let Some(found) = find_folded(text, name)
    {
        spare.push(0..found.start);
        end = found.end;
        let part = piece.part(text, found.clone());
        let said = &text[found];
        match department.name.as_ref().map(|known| view.text(known)) {
            None => claims.push(Claim::DepartmentName(part)),
            Some(known) if known == said => claims.push(Claim::Repeat(part)),
            // The title of the whole of another department, which has said no year yet.
            Some(_) if view.at.level == 1 => {
                claims.extend([Claim::Department(piece.cell), Claim::DepartmentName(part)]);
                has_year = false;
            }
            Some(_) => {}
        }
    }
    let at = (end..text.len()).find(|at| text.is_char_boundary(*at) && year_length(&text[*at..]).is_some());
    if let Some(at) = at {
        let length = year_length(&text[at..]).unwrap_or_default();
        let year = piece.part(text, at..at + length);
        spare.push(end..at);
        end = at + length;
        claims.push(if has_year { Claim::Repeat(year) } else { Claim::DepartmentYear(year) });
    }
    spare.push(end..text.len());
    claims.extend(spare.into_iter().map(|bytes| Claim::Furniture(piece.part(text, bytes))));
    claims
}

/// `— 12 —`, `第 3 页 共 9 页`, `附件2-1`: printed on a page, and no content.
pub fn is_of_the_page(view: &View<'_>, text: &str) -> bool {
    let is_number = |sign: char| sign.is_ascii_digit() || sign.is_whitespace() || "-—–－─·.:：".contains(sign);
    let plain = text.trim_matches(is_number);
    let pages: String = plain.chars().filter(|sign| !is_number(*sign) && !"第共页/".contains(*sign)).collect();
    let is_page =
        pages.is_empty() && text.contains(|sign: char| sign.is_ascii_digit()) && text.chars().count() <= PAGE_SIGNS;
    // 公开13表
    let plain = text.strip_suffix('表').map_or(plain, |numbered| numbered.trim_matches(is_number));
    is_page || plain.len() < text.len() && view.lexicon.find(LabelRoom::Department, plain) == Some(Content::Furniture)
}

/// The year that a title has before its words, or in a bracket behind them.
pub fn year_within(view: &View<'_>, piece: &CellPiece) -> Claims {
    let text = view.text(piece);
    let Some(bytes) = year_in(text) else { return Vec::new() };
    let year = piece.part(text, bytes.clone());
    if view.draft.department.year.is_some() {
        return vec![Claim::Repeat(year)];
    }
    vec![
        Claim::Furniture(piece.part(text, 0..bytes.start)),
        Claim::Furniture(piece.part(text, bytes.end..text.len())),
        Claim::DepartmentYear(year),
    ]
}

/// A title as a contents list has it: without blanks, leader dots and the number of its page.
pub fn plain_title(text: &str) -> String {
    let rest = text.trim_end_matches(|sign: char| sign.is_ascii_digit() || sign.is_whitespace());
    let rest = if rest.len() < text.len() { rest.trim_end_matches(['.', '…', '·', '\t', ' ']) } else { text };
    rest.chars().filter(|sign| !sign.is_whitespace()).collect()
}

pub fn ends_with_page(text: &str) -> bool {
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
