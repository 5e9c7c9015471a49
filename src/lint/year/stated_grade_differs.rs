//! JX147: a conclusion states another grade than the points give.

use super::{Check, Findings, ReportedYear, Rule, stated_results};
use crate::diagnostic::{Code, Diagnostic, texts};

pub const RULE: Rule = Rule { codes: &[Code::JX147], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for stated in stated_results(year, "等次用语") {
        let standard = &year.context[stated.project.in_force.project.standard];
        let rest = stated.rest.trim_start_matches(['“', '"', '「']);
        let grades = &standard.scoring.grades;
        let Some(named) = grades.iter().find(|grade| rest.starts_with(grade.name.as_str())) else { continue };
        let after = rest[named.name.len()..].chars().next();
        // 优化, 良种: the grade is part of another word.
        let is_whole = after.is_none_or(|sign| !sign.is_alphanumeric() || matches!(sign, '级' | '等' | '次'));
        let given = stated.project.score.total.grade.as_deref();
        if let Some(given) = given.filter(|given| is_whole && *given != named.name) {
            let message = texts::stated_grade_differs(&*named.name, given);
            let finding = Diagnostic::new(Code::JX147, message, stated.line.text.span, texts::concluded_here());
            found.push(finding.help(texts::stated_sum_differs_help()));
        }
    }
}
