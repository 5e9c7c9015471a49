//! JX094: every indicator of a project is scored in the same words.

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::text::folded;
use crate::model::{Indicator, Project};

pub const RULE: Rule = Rule { codes: &[Code::JX094], check: Check::Project(check) };

/// Two may well be alike.
const INDICATORS: usize = 3;

fn check(_: &Context<'_>, project: &Project, found: &mut Findings) {
    let mut all = project.indicators.iter().filter_map(Indicator::scoring).filter(|text| !text.value.is_empty());
    let (Some(first), Some(second)) = (all.next(), all.next()) else { return };
    let key = folded(&first.value);
    let count = 2 + all.clone().count();
    if count >= INDICATORS && std::iter::once(second).chain(all).all(|text| folded(&text.value) == key) {
        found.push(
            Diagnostic::new(Code::JX094, texts::same_scoring(count), first.span, texts::same_scoring_here())
                .help(texts::same_scoring_help()),
        );
    }
}
