//! JX078: the wording that the official table prints does not say what the target says: another number, another date,
//! another comparator, another grade.
//!
//! A wording may say more than the target. It contradicts where it holds numbers of what the target measures, and none of
//! them is one that the target states; dates likewise. Comparators in words (word lists `比较用语`, `比较后缀`) are only held
//! to the direction, signs to the values they admit.

use std::ops::Range;

use super::stated::{SaidNumber, said, values};
use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::print::printed;
use crate::model::prose::{dates, mentions};
use crate::model::standard::Standard;
use crate::model::target::admitted::{Admitted, Relation, Stated};
use crate::model::target::{Comparator, Target};
use crate::model::text::folded;
use crate::model::unit::Quantity;

pub const RULE: Rule = Rule { codes: &[Code::JX078], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let Some(wording) = row.indicator.wording().filter(|wording| !wording.value.is_empty()) else { return };
    let text = &*wording.value;
    let whole = || 0..text.len();
    let contradiction = match &row.indicator.target.value {
        Target::Damaged => None,
        Target::Deadline { .. } => another_date(row, text),
        Target::YesNo(yes) => (folded(text) == if *yes { "否" } else { "是" }).then(whole),
        Target::Grade { grade, scale } => {
            let said = folded(text);
            (said != **grade && scale.iter().any(|one| **one == *said)).then(whole)
        }
        Target::Quantity { .. } | Target::Range { .. } | Target::Money { .. } | Target::LastYear { .. } => {
            another_number(row, text)
        }
        Target::Words(_) => another_number(row, text).or_else(|| past_date(row, text)),
    };
    let Some(bytes) = contradiction else { return };
    let target = printed(&row.indicator.target.value, row.standard).glued();
    let message = texts::wording_contradicts(&*row.indicator.name.value, text, target);
    let place = row.context.place_in(&wording.value, wording.span, bytes);
    found.push(
        Diagnostic::new(Code::JX078, message, place, texts::wording_contradicts_here())
            .label(row.target_span(), texts::target_here())
            .help(texts::wording_contradicts_help()),
    );
}

fn another_number(row: &Row<'_>, text: &str) -> Option<Range<usize>> {
    let values = values(row);
    let all = said(text, row.standard);
    let comparable: Vec<&SaidNumber> =
        all.iter().filter(|one| values.iter().any(|(space, _)| *space == one.space)).collect();
    let right = comparable.iter().find(|one| one.is_one_of(&values));
    let wrong = comparable.iter().find(|one| !one.is_one_of(&values));
    // A text of two numbers says both ends of a range.
    let is_range = matches!(row.indicator.target.value, Target::Range { .. }) && comparable.len() == 2;
    match (right, wrong) {
        (Some(_), Some(wrong)) if is_range => Some(wrong.bytes.clone()),
        (Some(right), _) => another_comparator(row, text, right),
        (None, Some(wrong)) => Some(wrong.bytes.clone()),
        (None, None) => another_bare_number(row, text),
    }
}

/// `≥80` for a target of 95%.
fn another_bare_number(row: &Row<'_>, text: &str) -> Option<Range<usize>> {
    let Target::Quantity { quantity, .. } = &row.indicator.target.value else { return None };
    let mention = mentions(text, row.standard).next()?;
    let is_bare = mention.unit.is_none()
        && text[mention.bytes.end..].trim().is_empty()
        && without_sign(&text[..mention.bytes.start]).0.trim().is_empty();
    let scaled = quantity.value.checked_mul(quantity.multiplier.factor());
    let is_right = mention.value == quantity.value || Some(mention.value) == scaled;
    (is_bare && !is_right).then_some(mention.bytes)
}

fn another_comparator(row: &Row<'_>, text: &str, said: &SaidNumber) -> Option<Range<usize>> {
    let Target::Quantity { comparator: Some(comparator), quantity } = &row.indicator.target.value else { return None };
    let (_, sign) = without_sign(&text[..said.bytes.start]);
    let contradicts = if let Some(sign) = sign {
        !admit_the_same(row, sign, quantity)
    } else {
        let word = in_words(text, &said.bytes, row.standard)?;
        direction(word).zip(direction(*comparator)).is_some_and(|(one, other)| one != other)
    };
    contradicts.then(|| said.bytes.clone())
}

/// Whether the target with another comparator is reached by the same values.
fn admit_the_same(row: &Row<'_>, comparator: Comparator, quantity: &Quantity) -> bool {
    let Row { context, standard, project, indicator, .. } = *row;
    let year = context.year_of(project);
    let other = Target::Quantity { comparator: Some(comparator), quantity: quantity.clone() };
    let set = |target| Admitted::of(Stated { target, indicator, project, standard, year });
    let both = set(&indicator.target.value).zip(set(&other));
    both.is_none_or(|(one, other)| one.relation(&other) == Relation::Equal)
}

/// What stands before the sign that a text ends with, and the sign where there is one.
fn without_sign(text: &str) -> (&str, Option<Comparator>) {
    let text = text.trim_end();
    let signs = ["≥", "≧", "⩾", "≤", "≦", "⩽", ">=", "<=", "＞", "＜", "＝", ">", "<", "="];
    let stripped = signs.iter().find_map(|sign| Some((text.strip_suffix(sign)?, Some(Comparator::read(sign)))));
    stripped.unwrap_or((text, None))
}

/// The comparator that words before or behind a number mean.
fn in_words(text: &str, number: &Range<usize>, standard: &Standard) -> Option<Comparator> {
    let (before, after) = (text[..number.start].trim_end(), text[number.end..].trim_start());
    let longest = |list: &str, stands: &dyn Fn(&str) -> bool| {
        let list = standard.words(list);
        let word = list.words().iter().filter(|word| stands(word)).max_by_key(|word| word.len())?;
        list.replacement(word).map(Comparator::read)
    };
    longest("比较用语", &|word| before.ends_with(word))
        .or_else(|| longest("比较后缀", &|word| after.starts_with(word)))
}

/// Whether more is better; none where it is neither.
fn direction(comparator: Comparator) -> Option<bool> {
    match comparator {
        Comparator::AtLeast | Comparator::Above => Some(true),
        Comparator::AtMost | Comparator::Below => Some(false),
        Comparator::Equal => None,
    }
}

fn another_date(row: &Row<'_>, text: &str) -> Option<Range<usize>> {
    let Target::Deadline { date, .. } = row.indicator.target.value else { return None };
    let all: Vec<_> = dates(text).collect();
    let year = row.context.year_of(row.project);
    let agrees = all.iter().any(|one| one.may_be(date, year));
    all.into_iter().next().filter(|_| !agrees).map(|first| first.bytes)
}

/// A day of an earlier year by which something should be done.
fn past_date(row: &Row<'_>, text: &str) -> Option<Range<usize>> {
    let year = row.context.year_of(row.project)?;
    let all: Vec<_> = dates(text).collect();
    let is_past = all.iter().all(|one| one.year.is_some_and(|stated| stated < year));
    all.into_iter().next().filter(|first| is_past && first.is_limit(text)).map(|first| first.bytes)
}
