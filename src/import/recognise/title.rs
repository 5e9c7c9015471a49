//! Titles and what a page prints by itself: names, years and page numbers on lines of their own.

use super::claim::{Claim, Claims};
use super::lexicon::{Content, LabelRoom, key_of, ordinal_length};
use super::signs::{year_figures, year_in, year_length};
use super::view::{Section, View};
use super::year_content::months_in;
use crate::import::account::CellPiece;
use crate::language::Block;
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
    let mut claims = Vec::from(form_of_title(view, piece));
    claims.extend(named(view, piece, name)?);
    Some(claims)
}

/// Of which form a title is: of which part of the year, of a project or of the department as a whole.
pub fn form_of_title(view: &View<'_>, piece: &CellPiece) -> [Claim; 3] {
    let key = key_of(view.text(piece)).text;
    let kind = view.lexicon.form_of_year(&key);
    let months = months_of(view, &key).map(|(_, month)| month);
    let is_whole = view.lexicon.is_of_whole(&key);
    let name = view.lexicon.title_end(&key).map_or(0, |end| key.len() - end.len());
    let mut words = key[view.lexicon.before_title_words(&key[..name]).len()..].to_owned();
    // 上半年…监控表 is that of any checkpoint.
    if let Some((bytes, _)) = months_of(view, &words) {
        words.replace_range(bytes, "");
    }
    [Claim::TitleOfYear { kind, months }, Claim::OfWhole { is_whole, cell: piece.cell }, Claim::FormTitle(words)]
}

/// Whether a line is the first of a title of two: it names an office, and the next begins with the year.
pub fn is_owner_of_title(view: &View<'_>, line: &str, next: &str) -> bool {
    let (key, next) = (key_of(line).text, key_of(next).text);
    year_length(&next).is_some()
        && view.lexicon.title_end(&next).is_some()
        && view.lexicon.names_office(&key)
        && !key.contains(['。', '；', '，', '：', ':'])
}

/// The first line of a title of two.
pub fn owner_of_title(view: &View<'_>, piece: CellPiece) -> Claims {
    let known = view.draft.department.name.as_ref().map(|known| view.text(known));
    match known {
        Some(known) if key_of(known).text == key_of(view.text(&piece)).text => vec![Claim::Repeat(piece)],
        Some(_) if view.at.level == 1 => vec![Claim::Department(piece.cell), Claim::DepartmentName(piece)],
        Some(_) => Vec::new(),
        None => vec![Claim::DepartmentName(piece)],
    }
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
    // 2024年村路维修项目绩效目标表; several years are none of the document.
    let period = behind_period(name);
    let months = || months_of(view, &key_of(text).text).filter(|(bytes, _)| bytes.start < name.len());
    let one_year = || (year == Some(0) && months().is_none()).then(|| behind_year(name)).flatten();
    let is_name = |rest: &&str| !view.lexicon.is_title_word(rest) && !view.lexicon.before_title_words(rest).is_empty();
    let behind = period.or_else(one_year).filter(is_name);
    if let (Some(rest), None) = (period, behind) {
        let words = find_folded(text, rest).map(|found| piece.part(text, found.start..text.len()));
        return Some(words.into_iter().map(Claim::Furniture).collect());
    }
    // 村路维修项目2024年绩效目标表
    let ahead = year.filter(|at| *at > 0).map(|at| &name[..at]).filter(|before| {
        let named = view.lexicon.before_title_words(before);
        before.ends_with(Block::Project.word().0) && !named.is_empty() && !view.lexicon.names_office(named)
    });
    if let Some(at) = year.or_else(|| Some(months()?.0.start)).filter(|_| behind.is_none() && ahead.is_none()) {
        // 石桥镇2025年农村公路养护项目绩效目标表
        let is_project = |rest: &&str| rest.ends_with(Block::Project.word().0) && is_name(rest) && months().is_none();
        let project = behind_year(&name[at..]).filter(|_| at > 0).filter(is_project);
        return Some(whole_title(view, piece, &name[..at], project));
    }
    let name = behind.or(ahead).unwrap_or(name);
    let named = view.lexicon.before_title_words(name);
    if behind.is_some() && view.lexicon.names_office(named) {
        return Some(whole_title(view, piece, name, None));
    }
    let found = find_folded(text, named)?;
    let is_of_whole = view.lexicon.is_of_whole(&key_of(text).text);
    if (ordinal_length(text) == 0 || is_of_whole) && view.lexicon.is_of_department(&name[named.len()..]) {
        return Some(whole_title(view, piece, name, None));
    }
    // The year may stand in a bracket at the end.
    let [before, rest] = [0..found.start, found.end..text.len()].map(|bytes| piece.part(text, bytes));
    let mut claims = vec![Claim::Project(piece.cell), Claim::Title(piece.part(text, found))];
    if period.is_some() {
        claims.push(Claim::Furniture(rest));
        return Some(claims);
    }
    claims.extend(year_within(view, if behind.is_some() { &before } else { &rest }));
    claims.extend([before, rest].map(Claim::Furniture));
    Some(claims)
}

/// What stands behind a stroke between two years.
fn behind_dash(text: &str) -> Option<&str> {
    text.strip_prefix(['-', '—', '－', '–', '~', '～', '至', '到'])
}

/// What stands behind several years that a text begins with: `2024-2026年`.
fn behind_period(name: &str) -> Option<&str> {
    let from = name[year_figures(name)?..].trim_start_matches('年');
    behind_year(behind_dash(from)?)
}

/// What stands behind the year that a text begins with.
fn behind_year(name: &str) -> Option<&str> {
    let rest = name[year_length(name)?..].trim_start_matches('年');
    Some(rest.strip_prefix('度').unwrap_or(rest))
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

/// Name and year in the title of the whole, which may name a project behind them.
fn whole_title(view: &View<'_>, piece: &CellPiece, name: &str, project: Option<&str>) -> Claims {
    let text = view.text(piece);
    let department = &view.draft.department;
    let mut claims = vec![Claim::Section(Section::None)];
    let mut taken: Vec<std::ops::Range<usize>> = Vec::new();
    let mut has_year = department.year.is_some();
    let name = view.lexicon.before_title_words(name);
    if !name.is_empty()
        && let Some(found) = find_folded(text, name)
    {
        taken.push(found.clone());
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
    let (start, end) = taken.first().map_or((0, 0), |name| (name.start, name.end));
    let is_year = |at: &usize| text.is_char_boundary(*at) && year_length(&text[*at..]).is_some();
    if let Some(at) = (end..text.len()).chain(0..start).find(is_year) {
        let length = year_length(&text[at..]).unwrap_or_default();
        let year = piece.part(text, at..at + length);
        taken.push(at..at + length);
        claims.push(if has_year { Claim::Repeat(year) } else { Claim::DepartmentYear(year) });
    }
    let project = project.map(|rest| view.lexicon.before_title_words(rest));
    if let Some(found) = project.and_then(|named| find_folded(text, named)) {
        claims.extend([Claim::Project(piece.cell), Claim::Title(piece.part(text, found.clone()))]);
        taken.push(found);
    }
    taken.sort_by_key(|bytes| bytes.start);
    let starts = std::iter::once(0).chain(taken.iter().map(|bytes| bytes.end));
    let ends = taken.iter().map(|bytes| bytes.start).chain([text.len()]);
    claims.extend(starts.zip(ends).map(|(start, end)| Claim::Furniture(piece.part(text, start..end))));
    claims
}

/// `— 12 —`, `第 3 页 共 9 页`
pub fn is_page_number(text: &str) -> bool {
    let says_more = |sign: char| !is_of_number(sign) && !"第共页/".contains(sign);
    !text.contains(says_more) && text.contains(|sign: char| sign.is_ascii_digit()) && text.chars().count() <= PAGE_SIGNS
}

fn is_of_number(sign: char) -> bool {
    sign.is_ascii_digit() || sign.is_whitespace() || "-—–－─·.:：".contains(sign)
}

/// The number of a page, `附件2-1`: printed on a page, and no content.
pub fn is_of_the_page(view: &View<'_>, text: &str) -> bool {
    if view.lexicon.says_continued(text) || is_page_number(text) {
        return true;
    }
    let plain = text.trim_matches(is_of_number);
    // 公开13表
    let numbered = |text: &&str| text.trim_matches(is_of_number) != *text;
    let plain = text.strip_suffix('表').filter(numbered).map_or(plain, |text| text.trim_matches(is_of_number));
    plain.len() < text.len() && view.lexicon.find(LabelRoom::Department, plain) == Some(Content::Furniture)
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
