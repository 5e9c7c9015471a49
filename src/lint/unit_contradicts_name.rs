//! JX067: the unit contradicts what the indicator says it measures: money for a rate, a percentage for a head count.
//!
//! Serves 规范性. Names are told by their endings (word lists `比率后缀`, `比率例外`, `计数后缀`, `计数例外`). Only clear
//! contradictions are reported: a rate in money, duration or length; a count in money or as a ratio. Compound units are
//! never judged.

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, Text, texts};
use crate::model::Project;
use crate::model::standard::Standard;
use crate::model::target::Target;
use crate::model::unit::Dimension;

pub const RULE: Rule = Rule { codes: &[Code::JX067], check: Check::Project(check) };

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let standard = &context[project.standard];
    for indicator in &project.indicators {
        let Target::Quantity { quantity, .. } = &indicator.target.value else { continue };
        let Some(dimension) = quantity.dimension(standard) else { continue };
        let Some(measured) = contradiction(&indicator.name.value, dimension, standard) else { continue };
        let unit = quantity.unit_label(standard);
        let message = texts::unit_contradicts(&*indicator.name.value, unit, measured);
        found.push(
            Diagnostic::new(Code::JX067, message, quantity.span, texts::unit_contradicts_here())
                .label(indicator.name.span, texts::name_here()),
        );
    }
}

/// What the name says is measured, where the dimension cannot be that.
fn contradiction(name: &str, dimension: Dimension, standard: &Standard) -> Option<Text> {
    let ends = |list: &str| standard.words(list).end_of(name).is_some();
    let is_ratio = ends("比率后缀") && !ends("比率例外");
    let is_count = ends("计数后缀") && !ends("计数例外");
    match dimension {
        Dimension::Money | Dimension::Duration | Dimension::Length if is_ratio => Some(texts::dimension_ratio()),
        Dimension::Money | Dimension::Ratio if is_count => Some(texts::dimension_count()),
        _ => None,
    }
}
