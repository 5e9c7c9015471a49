//! JX133: what is said of the whole is the goal again.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::Standard;
use crate::model::year::{NamedThing, ReportTextKind};

pub const RULE: Rule = Rule { codes: &[Code::JX133], check: Check::Year(check) };

/// Below so many signs two texts are the same by chance.
const SIGNS: usize = 8;

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let texts_of = year.record.snapshots().flat_map(|one| &one.texts);
    for line in texts_of.filter(|line| line.kind == ReportTextKind::Overall) {
        let Some(NamedThing::Project(id)) = line.subject.named else { continue };
        let project = &year.context[id];
        let standard = &year.context[project.standard];
        let Some(goal) = project.goal() else { continue };
        let said = bare(&line.text.value, standard);
        if said.chars().count() >= SIGNS && said == bare(&goal.value, standard) {
            let message = texts::goal_copied(&*project.name.value);
            found.push(
                Diagnostic::new(Code::JX133, message, line.text.span, texts::said_again_here())
                    .label(goal.span, texts::goal_is_here())
                    .help(texts::goal_copied_help()),
            );
        }
    }
}

/// A text without what tells the plan from the deed, and without its punctuation.
fn bare(text: &str, standard: &Standard) -> String {
    let words = standard.words("时态用语").words();
    let bare = words.iter().fold(text.to_owned(), |text, word| text.replace(word.as_str(), ""));
    bare.chars().filter(|sign| sign.is_alphanumeric()).collect()
}
