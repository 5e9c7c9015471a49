//! JX024: an amount in the project's name, purpose or goal differs from its budget.
//!
//! In the purpose and the goal only amounts that a word of total introduces are compared (word list `总额用语`); amounts of
//! one of many (`单价用语`) and of other years (`历史用语`) never.

use rust_decimal::Decimal;

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::number::plain;
use crate::model::print::base_amount;
use crate::model::prose::{Mention, mentions};
use crate::model::standard::{List, Phrase, Searched, Shared, Standard};
use crate::model::unit::{Dimension, Multiplier, Unit};
use crate::model::{Project, Text};

pub const RULE: Rule = Rule { codes: &[Code::JX024], check: Check::Project(check) };

/// How many signs before an amount may say that it is one of many.
const CLOSE: usize = 6;

/// `（20万）` in a name is an amount, too.
pub(super) fn in_short(mention: Mention, text: &str, standard: &Standard) -> Mention {
    let (multiplier, rest) = Multiplier::strip(&text[mention.bytes.end..]);
    let ends = rest.is_empty() || rest.starts_with([')', '）', '】', ']', '(', '（']);
    let base = |unit: &Shared<Unit>| unit.dimension == Dimension::Money && unit.factor == Some(Decimal::ONE);
    match standard.units.iter().position(base) {
        Some(unit) if mention.unit.is_none() && multiplier != Multiplier::One && ends => {
            let bytes = mention.bytes.start..text.len() - rest.len();
            Mention { bytes, multiplier, unit: Some(unit as u32), ..mention }
        }
        _ => mention,
    }
}

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let standard = &context[project.standard];
    let total = project.budget.as_ref().and_then(|budget| budget.total.as_ref());
    let Some((total, budget)) = total.and_then(|total| Some((total, total.base_value(standard)?))) else {
        return found.cannot_tell(Code::JX024, project.span);
    };
    let follows_total = |before: Phrase<'_>| {
        let before = before.trim_end_matches(&[' ', '为', '约', '：', ':', '是', '共']);
        before.end_of(List::Total).is_some()
    };
    let is_other = |before: Phrase<'_>| {
        let comma = before.rfind(['，', '。', '；', '、', ',', ';']).unwrap_or_default();
        let clause = before.part(comma..before.len());
        // A word of one of many stands close to its amount: 每人200元; 高标准农田 is none.
        let close = clause.char_indices().rev().nth(CLOSE - 1).map_or(0, |(start, _)| start);
        clause.part(close..clause.len()).first_in(List::UnitPrice).is_some()
            || clause.first_in(List::EarlierYear).is_some()
    };
    let of = |text: &Text, is_name: bool| -> Vec<Mention> {
        let searched = Searched::new(standard, &*text.value);
        let before = |mention: &Mention| searched.phrase().part(0..mention.bytes.start);
        let all = mentions(&text.value, standard);
        all.map(|mention| if is_name { in_short(mention, &text.value, standard) } else { mention })
            .filter(|mention| mention.dimension(standard) == Some(Dimension::Money))
            .filter(|mention| is_name || follows_total(before(mention)))
            .filter(|mention| !is_other(before(mention)))
            .collect()
    };
    let parts = [(Some(&project.name), true), (project.purpose(), false), (project.goal(), false)];
    for (text, is_name) in parts {
        let Some(text) = text else { continue };
        let amounts = of(text, is_name);
        let agrees = |mention: &Mention| {
            let (value, tolerance) = (mention.base_value(standard), mention.tolerance(standard));
            value.zip(tolerance).is_none_or(|(value, tolerance)| (value - budget).abs() <= tolerance)
        };
        // Where one agrees, the others are parts of it; several may be parts of the budget.
        let sum: Option<Decimal> = amounts.iter().map(|mention| mention.base_value(standard)).sum();
        if amounts.iter().any(agrees) || sum == Some(budget) {
            continue;
        }
        let Some(first) = amounts.first() else { continue };
        let unit = standard.money_unit_name();
        let told = format!("{} {unit}", plain(base_amount(budget, standard)));
        let place = context.place_in(&text.value, text.span, first.bytes.clone());
        let message = texts::amount_in_text(&text.value[first.bytes.clone()], &told);
        found.push(
            Diagnostic::new(Code::JX024, message, place, texts::amount_in_text_here())
                .label(total.span, texts::budget_stated_here(told)),
        );
    }
}
