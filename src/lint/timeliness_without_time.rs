//! JX044: a timeliness indicator says nothing of time, neither in its target nor in a word of the list `时间用语`.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::{List, Role};
use crate::model::target::Target;
use crate::model::unit::{Dimension, Measure};

pub const RULE: Rule = Rule { codes: &[Code::JX044], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    if row.role != Some(Role::Timeliness) || row.is_damaged() || is_time(row) {
        return;
    }
    if row.says().any(|text| text.first_in(List::Time).is_some()) {
        return;
    }
    let message = texts::timeliness_without_time(&*row.indicator.name.value);
    found.push(
        Diagnostic::new(Code::JX044, message, row.name_span(), texts::timeliness_without_time_here())
            .help(texts::timeliness_without_time_help()),
    );
}

fn is_time(row: &Row<'_>) -> bool {
    match &row.indicator.target.value {
        Target::Deadline { .. } => true,
        Target::Quantity { quantity, .. } => match quantity.measure {
            Measure::Unit(_) => quantity.dimension(row.standard) == Some(Dimension::Duration),
            Measure::Compound(_) => true,
        },
        Target::Range { ends } => ends.high.dimension(row.standard) == Some(Dimension::Duration),
        _ => false,
    }
}
