//! Everyday slips in a head that does not match: signs of an input method, numbering, commas for blanks, a name that needs
//! quotes. Each is an edit; what shows that it was meant is that the head then matches.

use std::ops::Range;

use super::super::grammar::Rule;
use super::super::parse::parse_as;
use super::super::split::is_blank;
use super::super::vocabulary::{self, Block, INDICATOR, LookAlike, QUALITATIVE, Takes};
use super::super::{StatementKind, Tree, ValueKind};
use super::labels::{first_word, is_indicator, label_of};
use crate::diagnostic::{Code, Diagnostic, Edit, Safety, Text, texts};
use crate::source::{FileId, Span};

/// Whether a head that matches may still be one whose label slipped: a row without its keyword, or a label glued to its
/// value. Only then it is worth a second look.
pub(in super::super) fn may_be_slip(tree: &Tree, text: &str) -> bool {
    let Some(project) = tree.statements.first().filter(|one| one.kind == StatementKind::Project) else { return false };
    let mut index = 1;
    while index < project.end as usize {
        let one = &tree.statements[index];
        index = one.end as usize;
        if one.kind != StatementKind::Field {
            continue;
        }
        let label = &text[one.label.start as usize..one.label.end as usize];
        if vocabulary::field(Block::Project, label).is_some() {
            continue;
        }
        let values = &tree.values[one.values.start as usize..one.values.end as usize];
        let is_row = values.len() > 2 && values.iter().any(|value| value.kind == ValueKind::Comparator);
        let is_glued = values.is_empty() && label.contains(|sign: char| sign.is_ascii_digit());
        let is_indicator = label.starts_with(INDICATOR.0);
        if is_row || is_glued || is_indicator {
            return true;
        }
    }
    false
}

/// Edits of a head that make it match.
pub(super) struct Slip {
    /// In the order of the text, none touching another.
    edits: Vec<(Range<usize>, String)>,
    why: Text,
    sign: Option<&'static LookAlike>,
}

impl Slip {
    pub fn one(range: Range<usize>, text: impl Into<String>, why: Text) -> Self {
        Self { edits: vec![(range, text.into())], why, sign: None }
    }

    /// The head as it was meant.
    pub fn respelt(&self, head: &str) -> String {
        let mut text = String::with_capacity(head.len() + 8);
        let mut end = 0;
        for (range, new) in &self.edits {
            text += &head[end..range.start];
            text += new;
            end = range.end;
        }
        text + &head[end..]
    }

    /// Where a token of the head as it was meant starts or ends in the head as it is written.
    pub fn back(&self, offset: usize, is_end: bool) -> usize {
        let (mut written, mut meant) = (0, 0);
        for (range, new) in &self.edits {
            let start = meant + range.start - written;
            if offset < start || is_end && offset == start {
                break;
            }
            if offset == start && !new.is_empty() {
                return range.start;
            }
            if offset < start + new.len() || is_end && offset == start + new.len() {
                return range.end;
            }
            (written, meant) = (range.end, start + new.len());
        }
        written + offset - meant
    }

    /// One finding for the head, which starts at `start` of its file.
    pub fn finding(self, file: FileId, head: &str, start: usize) -> Diagnostic {
        let (Some((first, _)), Some((last, _))) = (self.edits.first(), self.edits.last()) else {
            return Diagnostic::new(Code::JX214, texts::unexpected(head), Span::new(file, start, start), self.why);
        };
        // Whole words are shown, where something is put between signs.
        let from = head[..first.start]
            .rfind(is_blank)
            .map_or(0, |at| at + head[at..].chars().next().map_or(1, char::len_utf8));
        let to = head[last.end..].find(is_blank).map_or(head.len(), |at| last.end + at);
        let is_deletion = self.edits.len() == 1 && self.edits[0].1.is_empty();
        let shown = if is_deletion { first.clone() } else { from..to };
        let span = Span::new(file, start + shown.start, start + shown.end);
        let right: String = {
            let respelt = self.respelt(head);
            let tail = head.len() - shown.end;
            respelt[shown.start..respelt.len() - tail].to_owned()
        };
        let written = &head[shown];
        let message = match self.sign {
            Some(sign) => {
                texts::sign_named(format!("U+{:04X}", u32::from(sign.sign)), Text::new(sign.chinese, sign.english))
            }
            None if is_deletion => texts::needless(written),
            None => texts::written_otherwise(written, &right),
        };
        let title = if is_deletion { texts::delete_this() } else { texts::replace_by(&right) };
        let edits = self
            .edits
            .into_iter()
            .map(|(range, text)| Edit { span: Span::new(file, start + range.start, start + range.end), text });
        Diagnostic::new(Code::JX214, message, span, self.why).edits(title, Safety::Suggested, edits.collect())
    }
}

/// The length of the numbering or bullet before a statement, with its blanks: `（1）`, `1. `, `①`, `• `.
pub(super) fn numbering(stretch: &str) -> usize {
    let known = |rest: &str| {
        let label = label_of(rest);
        is_indicator(label)
            || vocabulary::KEYWORDS.iter().any(|(_, name, english)| *name == label || *english == label)
            || vocabulary::FIELDS.iter().any(|field| field.is_called(label))
    };
    let is_number = |sign: char| sign.is_numeric() || "一二三四五六七八九十第".contains(sign);
    let is_frame = |sign: char| "（）()〔〕[]［］【】、.．,，:：)）".contains(sign);
    let is_bullet = |sign: char| {
        "·•●○◆◇■□▪▫◦‣►▶→√✓☑★☆*＊-－–—".contains(sign)
            || vocabulary::look_alike(sign).is_some_and(|one| one.right.is_empty())
    };
    let rest =
        stretch.trim_start_matches(|sign: char| is_number(sign) || is_frame(sign) || is_bullet(sign) || is_blank(sign));
    let lead = &stretch[..stretch.len() - rest.len()];
    let is_mark = |sign: char| is_frame(sign) || is_bullet(sign) || !sign.is_ascii_digit() && sign.is_numeric();
    let is_lead = lead.ends_with(is_blank) || lead.chars().any(is_mark);
    if is_lead && lead.chars().count() < 12 && known(rest) { lead.len() } else { 0 }
}

/// What slipped in a head that does not match the rule, in a block where one is known.
pub(super) fn slip(head: &str, rule: Rule, block: Option<Block>) -> Option<Slip> {
    let matches = |slip: &Slip| is_meant(&slip.respelt(head), rule) && !is_meant(head, rule);
    let signs = other_signs(head);
    let mut slips = vec![signs, None];
    if rule == Rule::one_field {
        slips[1] = bare_text(head, block);
    }
    slips.push(stop_at_the_end(head));
    if rule == Rule::one_indicator {
        slips.push(commas_for_blanks(head));
        slips.push(name_in_quotes(head, &vocabulary_start(head)));
    } else if rule != Rule::one_field {
        slips.push(name_in_quotes(head, &[first_word(head)]));
    }
    let slips: Vec<Slip> = slips.into_iter().flatten().collect();
    if let Some(index) = slips.iter().position(matches) {
        return slips.into_iter().nth(index);
    }
    // Two at once: quotes of another kind and a stop behind them, for instance.
    let together = together(slips)?;
    matches(&together).then_some(together)
}

/// `单 位 434001`: a blank inside the label.
pub(super) fn parted_label(head: &str, names: impl Iterator<Item = &'static str>) -> Option<Slip> {
    let label = label_of(head);
    // A label in quotes is one piece.
    let after = head.strip_prefix(label)?.trim_start_matches(is_blank);
    if label.is_empty() || label.len() + after.len() == head.len() {
        return None;
    }
    let mut parted = names.filter(|name| !name.is_ascii()).filter_map(|name| {
        let rest = vocabulary::completed(name, label, after)?;
        let blank = if rest.is_empty() || rest.starts_with(is_blank) { "" } else { " " };
        Some(Slip::one(0..head.len() - rest.len(), format!("{name}{blank}"), texts::label_in_one_piece(name)))
    });
    parted.next()
}

/// What slipped in a head whose label no block knows: `数量 宣传场次 ≥ 6 次`, `预算20000元`.
pub(super) fn slip_of_label(head: &str, block: Block) -> Option<Slip> {
    let label = label_of(head);
    let names = vocabulary::fields_of(block).iter().flat_map(|field| [field.name, field.english]);
    let indicators = [INDICATOR.0, INDICATOR.1].into_iter().filter(|_| block == Block::Project);
    if let Some(slip) = parted_label(head, names.clone().chain(indicators.clone())) {
        return Some(slip);
    }
    let glued =
        names.chain(indicators).filter(|name| label.len() > name.len() && head.starts_with(name) && !name.is_ascii());
    if let Some(name) = glued.max_by_key(|name| name.len()) {
        let rule = if is_indicator(name) { Rule::one_indicator } else { Rule::one_field };
        let slip = Slip::one(name.len()..name.len(), " ", texts::blank_after_label(name));
        let respelt = slip.respelt(head);
        // A field that a standard declares may begin with the name of another: only a value in the label itself is glued.
        let is_value = |sign: char| sign.is_numeric() || "\"“＂".contains(sign);
        let names_subject = vocabulary::field(block, name).is_some_and(|field| field.takes == Takes::Subject);
        let holds_value = if is_indicator(name) {
            respelt.contains(is_value)
        } else {
            head[name.len()..].starts_with(is_value) || names_subject && label.contains(['.', '．'])
        };
        if holds_value && parse_as(rule, &respelt, 0).is_some() {
            return Some(slip);
        }
    }
    if block != Block::Project || !head.contains(is_blank) && !head.contains(['，', ',', '|', '｜']) {
        return None;
    }
    let row = commas_for_blanks(head).filter(|slip| is_indicator(label_of(&slip.respelt(head))));
    if let Some(row) = row.filter(|row| is_meant(&row.respelt(head), Rule::one_indicator)) {
        return Some(row);
    }
    let mut slips = vec![Slip::one(0..0, format!("{} ", INDICATOR.0), texts::row_of_indicator())];
    slips.extend(commas_for_blanks(head));
    let slip = together(slips)?;
    let respelt = slip.respelt(head);
    let target = respelt.split(is_blank).skip(3).collect::<Vec<_>>();
    let starts_target = target.iter().any(|word| {
        word.starts_with(['≥', '≤', '>', '<', '=', '＞', '＜', '＝', '≧', '≦'])
            || [QUALITATIVE.0, QUALITATIVE.1].contains(word)
    });
    (starts_target && parse_as(Rule::one_indicator, &respelt, 0).is_some()).then_some(slip)
}

/// Whether a text matches a rule; an indicator also where only its target does not: that is told by its standard.
fn is_meant(text: &str, rule: Rule) -> bool {
    if parse_as(rule, text, 0).is_some() {
        return true;
    }
    rule == Rule::one_indicator
        && parse_as(Rule::indicator_start, text, 0).is_some_and(|tree| {
            let end = tree.statements.first().map_or(0, |statement| statement.head.end as usize);
            tree.values.len() == 2 && text[end..].starts_with(|sign: char| is_blank(sign) || matches!(sign, ':' | '：'))
        })
}

fn together(slips: Vec<Slip>) -> Option<Slip> {
    let mut all: Option<Slip> = None;
    for slip in slips {
        let Some(whole) = &mut all else {
            all = Some(slip);
            continue;
        };
        let touches = |range: &Range<usize>| {
            whole.edits.iter().any(|(other, _)| range.start < other.end && other.start < range.end)
        };
        let apart: Vec<_> = slip.edits.into_iter().filter(|(range, _)| !touches(range)).collect();
        whole.edits.extend(apart);
        whole.edits.sort_by_key(|(range, _)| range.start);
    }
    all
}

/// The stretches of a head outside its texts.
fn outside_texts(head: &str) -> impl Iterator<Item = (usize, char)> {
    let mut closing = None;
    head.char_indices().filter(move |(_, sign)| match (closing, *sign) {
        (Some(quote), sign) if sign == quote => {
            closing = None;
            false
        }
        (Some(_), _) => false,
        (None, '"' | '＂') => {
            closing = Some(*sign);
            false
        }
        (None, '“') => {
            closing = Some('”');
            false
        }
        (None, _) => true,
    })
}

/// Signs that are none of the language's, each by the one it is taken for.
fn other_signs(head: &str) -> Option<Slip> {
    let found: Vec<_> =
        outside_texts(head).filter_map(|(at, sign)| Some((at, vocabulary::look_alike(sign)?))).collect();
    let (_, first) = *found.first()?;
    let apostrophes = head.match_indices('\'').map(|(at, _)| (at..at + 1, "\"".to_owned()));
    let mut edits: Vec<(Range<usize>, String)> = found
        .iter()
        .map(|(at, one)| (*at..*at + one.sign.len_utf8(), one.right.to_owned()))
        .chain(apostrophes)
        .collect();
    edits.sort_by_key(|(range, _)| range.start);
    let right =
        if first.right.trim().is_empty() { texts::sign_is_not_seen() } else { texts::sign_instead(first.right) };
    Some(Slip { edits, why: right, sign: Some(first) })
}

/// `≥ 6 次。`
fn stop_at_the_end(head: &str) -> Option<Slip> {
    let kept = head.trim_end_matches(|sign| {
        is_blank(sign) || matches!(sign, '。' | '，' | ',' | '、' | '.' | '．' | '！' | '!' | '|' | '｜' | '\\')
    });
    (kept.len() < head.len()).then(|| Slip::one(kept.len()..head.len(), "", texts::no_stop_at_the_end()))
}

/// `指标，数量，宣传场次，≥6次`, `| 数量 | 宣传场次 | ≥6次 |`
fn commas_for_blanks(head: &str) -> Option<Slip> {
    let mut edits: Vec<(Range<usize>, String)> = Vec::new();
    for (at, sign) in
        outside_texts(head).filter(|(_, sign)| matches!(sign, '，' | ',' | '、' | '|' | '｜' | '/' | '／' | '→'))
    {
        let (before, after) = (head[..at].trim_end_matches(is_blank), &head[at + sign.len_utf8()..]);
        let has_digit = |sign: char| sign.is_ascii_digit();
        let is_in_number = head[..at].ends_with(has_digit) && after.starts_with(has_digit);
        let is_in_unit = matches!(sign, '/' | '／') && !after.starts_with(is_blank);
        if is_in_number || is_in_unit {
            continue;
        }
        let rest = after.trim_start_matches(is_blank);
        let start = edits.last().map_or(before.len(), |(last, _)| before.len().max(last.end));
        let new = if before.is_empty() || rest.is_empty() { "" } else { " " };
        edits.push((start..head.len() - rest.len(), new.to_owned()));
    }
    (!edits.is_empty()).then(|| Slip { edits, why: texts::blanks_part_words(), sign: None })
}

/// `「…」` apart, a text field whose text stands without quotes.
fn bare_text(head: &str, block: Option<Block>) -> Option<Slip> {
    let label = label_of(head);
    let field = vocabulary::field(block?, label)?;
    let word = first_word(head).len();
    let rest = head[word..].trim_start_matches(|sign: char| is_blank(sign) || matches!(sign, ':' | '：' | '，' | ','));
    let is_single = rest.len() > 1 && rest.starts_with('\'') && rest.ends_with('\'');
    if is_single && field.takes != Takes::Nothing {
        let start = head.len() - rest.len();
        let body = &rest[1..rest.len() - 1];
        return Some(Slip::one(start..head.len(), vocabulary::quoted(body), texts::text_in_quotes()));
    }
    let rest = match field.takes {
        Takes::Text => rest,
        Takes::KindedText | Takes::NameAndText => {
            let after = rest.find(is_blank).map_or("", |at| rest[at..].trim_start_matches(is_blank));
            let has_kind = field.block.is_of_the_year() && !after.is_empty();
            if field.takes == Takes::NameAndText || has_kind || after.starts_with('《') { after } else { rest }
        }
        Takes::Nothing
        | Takes::Name
        | Takes::Path
        | Takes::WholeNumber
        | Takes::Number
        | Takes::Date
        | Takes::Period
        | Takes::Amount
        | Takes::Target
        | Takes::Range
        | Takes::CodeAndName
        | Takes::NameAndTexts
        | Takes::Cells
        | Takes::Names
        | Takes::Quantity
        | Takes::Labelled
        | Takes::Subject
        | Takes::Scored
        | Takes::Reached
        | Takes::Points
        | Takes::Indicator => return None,
    };
    let is_bare = !rest.is_empty() && !rest.contains(['"', '“', '”', '＂', '\\']);
    is_bare.then(|| Slip::one(head.len() - rest.len()..head.len(), vocabulary::quoted(rest), texts::text_in_quotes()))
}

/// The label and the category of an indicator.
fn vocabulary_start(head: &str) -> Vec<&str> {
    head.split(|sign: char| is_blank(sign) || matches!(sign, ':' | '：'))
        .filter(|word| !word.is_empty())
        .take(2)
        .collect()
}

/// A name that holds blanks or signs of its own: `宣传 场次`, `5G基站数`, `2025年防火宣传`. It stands behind some words, up to
/// the target of an indicator, or to the end.
fn name_in_quotes(head: &str, before: &[&str]) -> Option<Slip> {
    let last = before.last()?;
    let start = last.as_ptr() as usize - head.as_ptr() as usize + last.len();
    let rest = &head[start..];
    let name = rest.trim_start_matches(|sign: char| is_blank(sign) || matches!(sign, ':' | '：'));
    let start = start + rest.len() - name.len();
    let is_indicator = before.len() == 2;
    let end = if is_indicator { target_start(name)? } else { name.len() };
    let name = name[..end].trim_end_matches(|sign: char| is_blank(sign) || matches!(sign, ':' | '：'));
    if name.is_empty() || name.contains(['\\', '{', '｛']) {
        return None;
    }
    Some(Slip::one(start..start + name.len(), vocabulary::quoted(name), texts::name_needs_quotes()))
}

/// Where the target starts behind a name: at its first word that starts with a comparator, or is a number or a word that
/// only a target starts with.
fn target_start(name: &str) -> Option<usize> {
    let mut at = 0;
    for word in name.split_inclusive(is_blank) {
        let starts = word.starts_with(['≥', '≤', '>', '<', '=', '＞', '＜', '＝', '≧', '≦', '⩾', '⩽'])
            || at > 0 && word.starts_with(|sign: char| sign.is_ascii_digit())
            || at > 0 && [QUALITATIVE.0, QUALITATIVE.1, "是", "否"].contains(&word.trim_matches(is_blank));
        if starts {
            return Some(at);
        }
        at += word.len();
    }
    // Glued: 2025年培训人次≥6次.
    name.find(['≥', '≤', '＞', '＜', '＝']).filter(|at| *at > 0)
}
