//! JX118: a conclusion states another total than the points add up to.

use super::{Check, Findings, ReportedYear, Rule, stated_results};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::number::decimal;
use crate::score::{Exact, Rounding};

pub const RULE: Rule = Rule { codes: &[Code::JX118], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for stated in stated_results(year, "总分用语") {
        let standard = &year.context[stated.project.in_force.project.standard];
        let digits: String = stated.rest.chars().take_while(|sign| sign.is_ascii_digit() || *sign == '.').collect();
        let is_points = stated.rest[digits.len()..].trim_start().starts_with('分');
        let number = decimal(digits.trim_end_matches('.')).filter(|_| is_points);
        let (Some(number), Some(total), Some(rounding)) =
            (number, &stated.project.score.total.points, Rounding::of(&standard.scoring))
        else {
            continue;
        };
        if total.rounded(number.scale(), rounding.mode) != Exact::from(number) {
            let message = texts::stated_sum_differs(number, total.fixed(rounding.places));
            let finding = Diagnostic::new(Code::JX118, message, stated.line.text.span, texts::concluded_here());
            found.push(finding.help(texts::stated_sum_differs_help()));
        }
    }
}
