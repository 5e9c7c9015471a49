//! JX127: an adjustment moved much of the money of a project, and none of its targets.

use super::{Check, Findings, ReportedYear, Rule, tells_of_saving};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::year::{AdjustedFact, AdjustmentChange, NamedThing};
use crate::score::Exact;

pub const RULE: Rule = Rule { codes: &[Code::JX127], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for adjustment in year.record.adjustments() {
        for change in &adjustment.changes {
            let AdjustedFact::Budget { from, to, .. } = &change.fact else { continue };
            let Some(id) = change.subject.named.and_then(NamedThing::project) else { continue };
            let standard = &year.context[year.context[id].standard];
            let (Some(limit), Some(from), Some(to)) =
                (standard.limit(Code::JX127), from.base_value(standard), to.base_value(standard))
            else {
                continue;
            };
            let moved = (Exact::from(to) - Exact::from(from)).absolute().over(&Exact::from(from));
            let is_much = moved.as_ref().is_some_and(|moved| *moved >= Exact::percent(limit));
            // The same was bought for less.
            if to < from && adjustment.reason.as_ref().is_some_and(|reason| tells_of_saving(&reason.value, standard)) {
                continue;
            }
            let is_target = |other: &&AdjustmentChange| {
                other.subject.named.and_then(NamedThing::project) == Some(id)
                    && !matches!(other.fact, AdjustedFact::Budget { .. } | AdjustedFact::CarryOver(_))
            };
            if let Some(moved) = moved.filter(|_| is_much && !adjustment.changes.iter().any(|one| is_target(&one))) {
                let message = texts::money_changed_alone(&*year.context[id].name.value, moved.as_percent());
                found.push(
                    Diagnostic::new(Code::JX127, message, change.span, texts::changed_here())
                        .help(texts::money_changed_alone_help()),
                );
            }
        }
    }
}
