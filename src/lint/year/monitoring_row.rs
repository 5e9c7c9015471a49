//! JX122: an indicator that is off its course lacks its judgement or its reason.

use super::{Check, Findings, ReportedYear, Rule, is_warning};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::language::Field;
use crate::syntax::vocabulary::Block;

pub const RULE: Rule = Rule { codes: &[Code::JX122], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for row in year.watched() {
        let Some(line) = row.line.filter(|_| is_warning(row.colour())) else { continue };
        let rules = &row.standard.monitoring;
        let lacks_judgement = line.likelihood.is_none() && !rules.possibilities.is_empty();
        // Of which kind it is, JX140 asks.
        let lacks_reason = !line.deviations.iter().any(|one| one.text.is_some());
        let lacking = [(lacks_judgement, Field::CompletionLikelihood), (lacks_reason, Field::CompletionDeviation)];
        let names: Vec<&str> = lacking.iter().filter(|(lacks, _)| *lacks).map(|(_, field)| field.name).collect();
        if !names.is_empty() {
            let message = texts::monitoring_row(row.path(), names.join("、"));
            let finding = Diagnostic::new(Code::JX122, message, line.span, texts::reached_here())
                .label(row.in_force.target.span, texts::target_is_here())
                .help(texts::monitoring_row_help());
            // The possibility only its author knows.
            found.push(if lacks_judgement {
                finding
            } else {
                year.with_deviation(finding, line.span, Block::Completion, row.standard)
            });
        }
    }
}
