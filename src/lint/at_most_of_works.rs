//! JX098: at most so many are to be built or bought (word list `建购用语`): doing none would reach it. What should be rare
//! (`愈少愈好`) or is saved (`节约用语`) has an upper limit rightly.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::{List, Role};
use crate::model::target::{Comparator, Target};
use crate::model::unit::Dimension;

pub const RULE: Rule = Rule { codes: &[Code::JX098], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let Target::Quantity { comparator: Some(comparator @ (Comparator::AtMost | Comparator::Below)), quantity } =
        &row.indicator.target.value
    else {
        return;
    };
    let is_amount = matches!(
        quantity.dimension(row.standard),
        Some(Dimension::Count | Dimension::Length | Dimension::Area | Dimension::Volume | Dimension::Mass)
    );
    if row.role != Some(Role::Quantity) || !is_amount || quantity.value.is_zero() || row.indicator.direction.is_some() {
        return;
    }
    let has = |list| row.name().first_in(list).is_some();
    let is_told = row.name().end_of(List::MoreIsBetter).is_some();
    if !has(List::Works) || has(List::FewerIsBetter) || has(List::Saving) || is_told {
        return;
    }
    let message = texts::at_most_of_works(&*row.indicator.name.value, comparator.sign());
    found.push(
        Diagnostic::new(Code::JX098, message, row.target_span(), texts::at_most_of_works_here())
            .help(texts::at_most_of_works_help()),
    );
}
