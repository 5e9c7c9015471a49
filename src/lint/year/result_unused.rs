//! JX168: a poor result leads to nothing.

use super::{Check, Findings, ReportedYear, Rule, is_poor};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::year::{NamedThing, YearSubject};

pub const RULE: Rule = Rule { codes: &[Code::JX168], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let Some(evaluation) = &year.evaluation else { return };
    let record = year.record;
    let reported = record.snapshots().flat_map(|one| &one.uses).chain(record.reviews().flat_map(|one| &one.uses));
    let reported = reported.filter_map(|one| one.subject.as_ref());
    let evaluated = record.evaluations().filter(|one| !one.uses.is_empty()).filter_map(|one| one.subject.as_ref());
    let holder =
        |subject: &YearSubject| subject.named.and_then(|named: NamedThing| named.holder(year.context, year.department));
    let used: Vec<_> = reported.chain(evaluated).filter_map(holder).collect();
    for project in evaluation.all().filter(|one| !used.contains(&one.id)) {
        let standard = &year.context[project.in_force.project.standard];
        if let Some(grade) = project.score.total.grade.as_deref().filter(|grade| is_poor(grade, standard)) {
            let place = project.report.line.map_or(evaluation.span, |line| line.span);
            let message = texts::result_unused(&*project.in_force.project.name.value, grade);
            let finding = Diagnostic::new(Code::JX168, message, place, texts::evaluated_here());
            found.push(finding.help(texts::result_unused_help(standard.scoring.uses.join(" "))));
        }
    }
}
