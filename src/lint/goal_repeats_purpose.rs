//! JX030: the goal says what the money is for, not what is to come of it.

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::Project;
use crate::model::similarity::{are_alike, without_numbering};
use crate::model::text::folded;

pub const RULE: Rule = Rule { codes: &[Code::JX030], check: Check::Project(check) };

const PERCENT: usize = 90;

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let _ = context;
    let (Some(goal), Some(purpose)) = (project.goal(), project.purpose()) else {
        return found.cannot_tell(Code::JX030, project.span);
    };
    let (goal_key, purpose_key) = (folded(&goal.value), folded(&purpose.value));
    let Some(similarity) = are_alike(without_numbering(&goal_key), without_numbering(&purpose_key), PERCENT) else {
        return;
    };
    found.push(
        Diagnostic::new(
            Code::JX030,
            texts::goal_repeats_purpose(&*project.name.value, similarity.percent()),
            goal.span,
            texts::goal_repeats_purpose_here(),
        )
        .label(purpose.span, texts::purpose_here())
        .help(texts::goal_repeats_purpose_help()),
    );
}
