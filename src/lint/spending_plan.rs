//! JX025: the cumulative spending plan falls, leaves 0–100 %, or does not end at 100 % at the last checkpoint.
//!
//! Serves 可行性. The form's plan is cumulative (seen in published tables); the checkpoints are data of the standard.

use rust_decimal::Decimal;

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, Text, texts};
use crate::model::number::plain;
use crate::model::{PlanLine, Project, SpendingPlan};

pub const RULE: Rule = Rule { codes: &[Code::JX025], check: Check::Project(check) };

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let Some(plan) = project.plan.as_ref().filter(|_| !project.damage.plan) else { return };
    let standard = &context[project.standard];
    let fault = first_fault(plan, standard.checkpoints.len(), |index| standard.checkpoints[index].label.clone());
    if let Some(fault) = fault {
        found.push(fault);
    }
}

/// One finding a plan: what comes after a wrong line follows from it.
fn first_fault(plan: &SpendingPlan, checkpoints: usize, label: impl Fn(usize) -> String) -> Option<Diagnostic> {
    let share = |line: &PlanLine| format!("{}%", plain(line.share.value));
    let report = |message: Text, line: &PlanLine| Diagnostic::new(Code::JX025, message, line.span, texts::plan_here());
    for line in &plan.lines {
        if line.share.value < Decimal::ZERO || line.share.value > Decimal::ONE_HUNDRED {
            return Some(report(texts::plan_out_of_range(share(line)), line));
        }
    }
    for pair in plan.lines.windows(2) {
        let [before, after] = pair else { continue };
        if after.checkpoint < before.checkpoint {
            let message = texts::plan_order(label(after.checkpoint));
            return Some(report(message, after).label(before.span, texts::plan_before_here()));
        }
        if after.share.value < before.share.value {
            let message = texts::plan_falls(share(before), share(after));
            return Some(report(message, after).label(before.span, texts::plan_before_here()));
        }
    }
    match plan.lines.last() {
        Some(last) if last.share.value != Decimal::ONE_HUNDRED => {
            Some(report(texts::plan_does_not_end(share(last)), last))
        }
        Some(last) if last.checkpoint + 1 != checkpoints => {
            let message = texts::missing_required(label(checkpoints - 1), texts::owner_plan());
            Some(report(message, last))
        }
        Some(_) => None,
        None => Some(Diagnostic::new(Code::JX025, texts::plan_does_not_end("0%"), plan.span, texts::plan_here())),
    }
}
