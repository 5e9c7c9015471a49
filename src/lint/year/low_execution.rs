//! JX156: the rate of execution is low, and nothing says why.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::number::plain;
use crate::score::Exact;
use crate::syntax::vocabulary::Block;

pub const RULE: Rule = Rule { codes: &[Code::JX156], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let Some(evaluation) = &year.evaluation else { return };
    for project in evaluation.all() {
        let standard = &year.context[project.in_force.project.standard];
        let bound = standard.scoring.execution.as_ref().and_then(|rule| rule.explain_below.as_ref());
        let (Some(bound), Some(rate), Some(line)) = (bound, &project.score.execution.rate, project.report.line) else {
            continue;
        };
        if *rate < Exact::percent(bound.value) && line.deviations.is_empty() {
            let name = &*project.in_force.project.name.value;
            let message = texts::low_execution(name, rate.as_percent(), plain(bound.value));
            let finding =
                Diagnostic::new(Code::JX156, message, line.span, texts::spent_here()).help(texts::give_deviation());
            found.push(year.with_deviation(finding, line.span, Block::Execution, standard));
        }
    }
}
