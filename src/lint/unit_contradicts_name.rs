//! JX067: the unit contradicts what the indicator says it measures: money for a rate, a percentage for a head count.
//!
//! Serves 规范性. Names are told by their endings (word lists `比率后缀`, `比率例外`, `计数后缀`, `计数例外`). Only clear
//! contradictions are reported: a rate in money, duration or length; a count in money or as a ratio. Compound units are
//! never judged.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, Text, texts};
use crate::model::standard::{List, Phrase};
use crate::model::target::Target;
use crate::model::unit::Dimension;

pub const RULE: Rule = Rule { codes: &[Code::JX067], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let Target::Quantity { quantity, .. } = &row.indicator.target.value else { return };
    let Some(dimension) = quantity.dimension(row.standard) else { return };
    let Some(measured) = contradiction(row.said.name.written(), dimension) else { return };
    let unit = quantity.unit_label(row.standard);
    let message = texts::unit_contradicts(&*row.indicator.name.value, unit, measured);
    found.push(
        Diagnostic::new(Code::JX067, message, quantity.span, texts::unit_contradicts_here())
            .label(row.name_span(), texts::name_here()),
    );
}

/// What the name says is measured, where the dimension cannot be that.
fn contradiction(name: Phrase<'_>, dimension: Dimension) -> Option<Text> {
    let ends = |list| name.end_of(list).is_some();
    let is_ratio = ends(List::RatioEnding) && !ends(List::RatioException);
    let is_count = ends(List::CountEnding) && !ends(List::CountException);
    match dimension {
        Dimension::Money | Dimension::Duration | Dimension::Length if is_ratio => Some(texts::dimension_ratio()),
        Dimension::Money | Dimension::Ratio if is_count => Some(texts::dimension_count()),
        _ => None,
    }
}
