//! JX154: the sources of what was spent, or of an adjusted budget, do not add up to it.

use std::collections::BTreeMap;

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::ProjectId;
use crate::model::calendar::Day;
use crate::model::year::{AdjustedFact, AdjustmentChange};
use crate::score::{AdjustmentsInForce, Exact, money_written};

pub const RULE: Rule = Rule { codes: &[Code::JX154], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for (project, line) in year.executions() {
        let standard = &year.context[project.standard];
        let amounts = line.funds.iter().map(|fund| fund.amount.as_ref()?.base_value(standard).map(Exact::from));
        let sum: Option<Exact> = amounts.sum();
        let total = line.amount.as_ref().and_then(|amount| amount.base_value(standard)).map(Exact::from);
        if let Some((sum, total)) = sum.zip(total).filter(|(sum, total)| !line.funds.is_empty() && sum != total) {
            let message = texts::execution_balance(
                &*project.name.value,
                money_written(&sum, standard),
                money_written(&total, standard),
            );
            found.push(Diagnostic::new(Code::JX154, message, line.span, texts::spent_here()));
        }
    }
    adjusted(year, found);
}

/// The budgets that the last adjustment of each project leaves. One that names no source leaves them open.
fn adjusted(year: &ReportedYear<'_>, found: &mut Findings) {
    let mut last: BTreeMap<ProjectId, (Day, &AdjustmentChange)> = BTreeMap::new();
    for adjustment in year.record.adjustments() {
        let Some(day) = adjustment.date.as_ref().map(|date| date.value.in_year(year.year)) else { continue };
        for change in adjustment.changes.iter().filter(|one| matches!(one.fact, AdjustedFact::Budget { .. })) {
            let id = change.subject.named.and_then(|named| named.holder(year.context, year.department));
            if let Some(id) = id.filter(|id| last.get(id).is_none_or(|(known, _)| *known <= day)) {
                last.insert(id, (day, change));
            }
        }
    }
    let in_force = AdjustmentsInForce::of(year.context, year.department);
    // Without what is carried over, which has no source.
    let after = Day::last_of(year.year.saturating_add(1));
    for (id, (_, change)) in last {
        let names_sources = matches!(&change.fact, AdjustedFact::Budget { funds, .. } if !funds.is_empty());
        let project = in_force.project_before(year.context, id, after);
        let funds = project.project.budget.as_ref().map_or(&[][..], |budget| &budget.funds);
        let is_known = !funds.is_empty() && funds.iter().all(|line| line.amount.is_some());
        if !names_sources || !is_known || project.project.damage.budget {
            continue;
        }
        let standard = &year.context[project.project.standard];
        let sum: Exact = project.money.funds.iter().map(|(_, figure)| figure.value.clone()).sum();
        if let Some(total) = project.money.total.as_ref().map(|total| &total.value).filter(|total| **total != sum) {
            let name = &*project.project.name.value;
            let message = texts::adjusted_balance(name, money_written(&sum, standard), money_written(total, standard));
            found.push(Diagnostic::new(Code::JX154, message, change.span, texts::adjusted_here()));
        }
    }
}
