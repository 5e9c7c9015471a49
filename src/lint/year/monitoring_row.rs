//! JX122: an indicator that is off its course lacks its judgement or its reason.

use super::{Check, Findings, ReportedYear, Rule, is_warning};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::language::Field;
use crate::model::year::Deviation;

pub const RULE: Rule = Rule { codes: &[Code::JX122], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for row in year.watched() {
        let Some(line) = row.line.filter(|_| is_warning(row.colour())) else { continue };
        let rules = &row.standard.monitoring;
        let lacks_judgement = line.likelihood.is_none() && !rules.possibilities.is_empty();
        let is_reason =
            |one: &Deviation| one.text.is_some() && (one.kind.is_some() || rules.deviation_kinds.is_empty());
        let lacks_reason = !line.deviations.iter().any(is_reason);
        let lacking = [(lacks_judgement, Field::CompletionLikelihood), (lacks_reason, Field::CompletionDeviation)];
        let names: Vec<&str> = lacking.iter().filter(|(lacks, _)| *lacks).map(|(_, field)| field.name).collect();
        if !names.is_empty() {
            let message = texts::monitoring_row(row.path(), names.join("、"));
            found.push(
                Diagnostic::new(Code::JX122, message, line.span, texts::reached_here())
                    .label(row.in_force.target.span, texts::target_is_here())
                    .help(texts::monitoring_row_help()),
            );
        }
    }
}
