//! JX124: an adjustment states another old value than the one that is in force that day.
//!
//! Serves 相关性. Of the adjustments of one day none rests on another: all start from what was in force before the day.

use std::collections::BTreeMap;

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::calendar::Day;
use crate::model::standard::Standard;
use crate::model::target::Target;
use crate::model::unit::Quantity;
use crate::model::year::fingerprint::is_same_target;
use crate::model::year::{AdjustedFact, AdjustmentChange};
use crate::model::{DepartmentId, ProjectId, written};
use crate::score::{AdjustmentsInForce, Figure, FigureOrigin, InForce, ProjectInForce, money_figure};
use crate::source::Span;

pub const RULE: Rule = Rule { codes: &[Code::JX124], check: Check::Group(check) };

fn check(context: &Context<'_>, department: Option<DepartmentId>, found: &mut Findings) {
    let year = department.and_then(|id| context[id].year.as_ref()).map(|year| year.value);
    let record = context.record(department);
    let in_force = AdjustmentsInForce::of(context, department);
    let mut before: BTreeMap<(ProjectId, Day), ProjectInForce<'_>> = BTreeMap::new();
    for adjustment in record.adjustments() {
        let day = adjustment.date.as_ref().map(|date| date.value.in_year(year.unwrap_or_default()));
        for change in &adjustment.changes {
            let id = change.subject.named.and_then(|named| named.holder(context, department));
            let Some((id, day)) = id.zip(day).filter(|(id, _)| !context[*id].is_head) else {
                found.cannot_tell(Code::JX124, change.span);
                continue;
            };
            let project = before.entry((id, day)).or_insert_with(|| in_force.project_before(context, id, day));
            let line = AdjustedLine { change, day, year, standard: &context[context[id].standard], project };
            line.check(context[id].damage.budget, found);
        }
    }
}

/// A line of an adjustment beside what it changes.
struct AdjustedLine<'a> {
    change: &'a AdjustmentChange,
    day: Day,
    year: Option<u16>,
    standard: &'a Standard,
    project: &'a ProjectInForce<'a>,
}

impl AdjustedLine<'_> {
    fn check(&self, is_damaged: bool, found: &mut Findings) {
        match &self.change.fact {
            AdjustedFact::Budget { .. } if is_damaged => found.cannot_tell(Code::JX124, self.change.span),
            AdjustedFact::Budget { from, to: _, funds } => {
                self.money(from, self.project.money.total.as_ref(), found);
                for fund in funds {
                    let known = self.project.money.funds.iter().find(|(source, _)| *source == fund.source);
                    self.money(&fund.from, known.map(|(_, figure)| figure), found);
                }
            }
            AdjustedFact::Target { from, to: _ } => {
                let Some(indicator) = self.indicator(found) else { return };
                let target = &indicator.target.value;
                let is_unread = [&from.value, target].into_iter().any(|one| *one == Target::Damaged);
                if !is_unread && !is_same_target(&from.value, target, self.standard, self.year) {
                    let stated = written::target(&from.value, self.standard);
                    let in_force = (written::target(target, self.standard), Some(indicator.target.span));
                    self.differs(stated, from.span, Some(in_force), found);
                }
            }
            AdjustedFact::Weight { from, to: _ } => {
                let Some(indicator) = self.indicator(found) else { return };
                if indicator.weight.as_ref().is_none_or(|weight| weight.value != from.value.into()) {
                    let in_force = indicator.weight.as_ref().map(|weight| (weight.written.clone(), stated_at(weight)));
                    self.differs(from.value.normalize().to_string(), from.span, in_force, found);
                }
            }
            AdjustedFact::Withdrawn(_) => drop(self.indicator(found)),
            // These state no old value.
            AdjustedFact::CarryOver(_) | AdjustedFact::Goal(_) | AdjustedFact::Added(_) => {}
        }
    }

    /// The indicator that is in force.
    fn indicator(&self, found: &mut Findings) -> Option<&InForce<'_>> {
        let known = self.project.indicators.iter().find(|one| Some(one.named) == self.change.subject.named);
        if known.is_none() {
            let message = texts::not_in_force_on(self.change.subject.path(), self.day.to_string());
            let place = self.change.subject.span;
            found.push(Diagnostic::new(Code::JX124, message, place, texts::adjusted_from_here()));
        }
        known
    }

    fn money(&self, from: &Quantity, in_force: Option<&Figure>, found: &mut Findings) {
        // What cannot be reckoned with was told where it is read.
        let Some(stated) = money_figure(from, self.standard) else { return };
        let is_same = match in_force {
            Some(figure) => figure.value == stated.value,
            // A source that had no money so far.
            None => from.value.is_zero(),
        };
        if !is_same {
            let unit = self.standard.money_unit_name();
            let in_force = in_force.map(|figure| (format!("{} {unit}", figure.written), stated_at(figure)));
            self.differs(format!("{} {unit}", stated.written), from.span, in_force, found);
        }
    }

    fn differs(&self, stated: String, place: Span, in_force: Option<(String, Option<Span>)>, found: &mut Findings) {
        let path = self.change.subject.path();
        let (message, there) = match in_force {
            Some((in_force, there)) => (texts::adjusted_from_other(path, stated, in_force), there),
            None => (texts::adjusted_from_unstated(path, stated), None),
        };
        let finding = Diagnostic::new(Code::JX124, message, place, texts::adjusted_from_here());
        let finding = there.into_iter().fold(finding, |finding, span| finding.label(span, texts::in_force_here()));
        found.push(finding.help(texts::adjusted_from_help()));
    }
}

/// Where a figure is written; none where it was computed.
fn stated_at(figure: &Figure) -> Option<Span> {
    match &figure.origin {
        FigureOrigin::Stated(span) => Some(*span),
        FigureOrigin::Rule(_) | FigureOrigin::Computed => None,
    }
}
