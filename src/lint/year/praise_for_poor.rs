//! JX166: a conclusion praises what the points call poor.

use super::{Check, Findings, ReportedYear, Rule, is_poor};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::year::ReportTextKind;

pub const RULE: Rule = Rule { codes: &[Code::JX166], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let Some(evaluation) = &year.evaluation else { return };
    let lines = year.record.snapshots().flat_map(|one| &one.texts);
    for line in lines.filter(|line| line.kind == ReportTextKind::Conclusion) {
        let id = line.subject.named.and_then(|named| named.holder(year.context, year.department));
        let Some(project) = evaluation.all().find(|one| Some(one.id) == id) else { continue };
        let standard = &year.context[project.in_force.project.standard];
        let Some(grade) = project.score.total.grade.as_deref().filter(|grade| is_poor(grade, standard)) else {
            continue;
        };
        let words = standard.words("褒扬用语").words();
        if let Some(word) = words.iter().find(|word| line.text.value.contains(word.as_str())) {
            let message = texts::praise_for_poor(&**word, grade);
            let finding = Diagnostic::new(Code::JX166, message, line.text.span, texts::concluded_here());
            found.push(finding.help(texts::praise_for_poor_help()));
        }
    }
}
