//! JX079: the name of an indicator states a number or a day, and the target another.
//!
//! A number counts where it ends the name (`达标率100%`), but for words that compare (word list `比较后缀`), or follows a
//! comparator; a number of one of many (`单件用语`) does not.

use std::ops::Range;

use super::stated::{SaidNumber, said, values};
use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::print::printed;
use crate::model::prose::dates;
use crate::model::standard::{List, Searched};
use crate::model::target::Target;
use crate::model::unit::{Dimension, Measure, Quantity};

pub const RULE: Rule = Rule { codes: &[Code::JX079], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let name = &row.indicator.name;
    let text = &*name.value;
    if !text.contains(|sign: char| sign.is_numeric()) {
        return;
    }
    let contradiction = match &row.indicator.target.value {
        Target::Quantity { quantity, .. } => another_number(row, text, quantity),
        Target::Range { ends } => another_number(row, text, &ends.high),
        Target::Deadline { date, .. } => {
            let year = row.context.year_of(row.project);
            let all: Vec<_> = dates(text).filter(|one| one.month.is_some() && one.is_limit(text)).collect();
            let agrees = all.iter().any(|one| one.may_be(*date, year));
            all.into_iter().next().filter(|_| !agrees).map(|first| first.bytes)
        }
        Target::Money { .. }
        | Target::LastYear { .. }
        | Target::YesNo(_)
        | Target::Grade { .. }
        | Target::Words(_)
        | Target::Damaged => None,
    };
    let Some(bytes) = contradiction else { return };
    let target = printed(&row.indicator.target.value, row.standard).glued();
    let message = texts::name_contradicts(text, &text[bytes.clone()], target);
    let place = row.context.place_in(&name.value, name.span, bytes);
    found.push(
        Diagnostic::new(Code::JX079, message, place, texts::name_contradicts_here())
            .label(row.target_span(), texts::target_here())
            .help(texts::name_contradicts_help()),
    );
}

fn another_number(row: &Row<'_>, text: &str, target: &Quantity) -> Option<Range<usize>> {
    let Measure::Unit(unit) = target.measure else { return None };
    // Hours a day and days a year are both times.
    let is_free = matches!(target.dimension(row.standard), Some(Dimension::Ratio | Dimension::Money));
    let all = said(text, row.standard);
    let stated: Vec<&SaidNumber> =
        all.iter().filter(|one| (is_free || one.unit == unit) && is_stated(row, text, one)).collect();
    let values = values(row);
    let is_comparable = |one: &&&SaidNumber| values.iter().any(|(space, _)| *space == one.space);
    let first = stated.iter().find(is_comparable)?;
    (!stated.iter().any(|one| one.is_one_of(&values))).then(|| first.bytes.clone())
}

/// Whether a number is what the name demands, and does not belong to what is measured (60岁以上老人, 第2期).
fn is_stated(row: &Row<'_>, text: &str, said: &SaidNumber) -> bool {
    let (before, after) = (&text[..said.bytes.start], &text[said.bytes.end..]);
    let is_compared = before.trim_end().ends_with(['≥', '≤', '>', '<', '=', '＞', '＜', '＝']);
    let of_one =
        Searched::new(row.standard, before).holds(List::UnitCost) || before.ends_with(['第', '前', '近', '每']);
    let suffixes = row.standard.words("比较后缀");
    let after = after.trim_end_matches([')', '）', ' ']).trim_start();
    is_compared || !of_one && (after.is_empty() || suffixes.holds(after))
}
