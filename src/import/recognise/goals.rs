//! Two goals in one form: that of more than a year, and that of the year.

use super::lexicon::key_of;
use super::recorder::Recorder;
use super::view::View;
use crate::diagnostic::texts;
use crate::import::account::CellPiece;
use crate::language::Field;

/// Of what a label says that the goal beside it is.
#[derive(PartialEq, Eq)]
enum GoalOf {
    /// `年度目标`
    Year,
    /// `项目总目标`, which is that of the year where no other stands beside it.
    All,
    /// `绩效目标`
    Any,
}

/// Puts down a goal. One behind another label is not joined to the first: one of them may be that of the whole period.
pub fn put(recorder: &mut Recorder<'_>, label: Option<&CellPiece>, value: &CellPiece) {
    let project = recorder.current(value.cell);
    let before = project.goal_label.clone();
    if project.goal_is_closed && label.is_none() {
        // The period's goal goes on, which is one text: the rest is left over.
        return;
    }
    project.goal_is_closed = false;
    project.goal_label = label.cloned().or(before.clone());
    let may_part = !project.is_whole && project.plain.iter().all(|(field, _)| *field != Field::PeriodGoal);
    let is_first = project.goal.is_empty();
    let view = recorder.view();
    let others = before.as_ref().zip(label).filter(|(before, label)| !is_first && !is_same(&view, before, label));
    let Some((before, label)) = others else {
        recorder.current(value.cell).goal.push(value.clone());
        return;
    };
    let told = texts::guessed_two_goals(view.text(before).trim(), view.text(label).trim());
    let kinds = [before, label].map(|label| goal_of(&view, label));
    let project = recorder.current(value.cell);
    match kinds {
        [GoalOf::All, GoalOf::Year] if may_part => {
            // Its further paragraphs are left over.
            let all = std::mem::replace(&mut project.goal, vec![value.clone()]);
            project.plain.extend(all.into_iter().next().map(|all| (Field::PeriodGoal, all)));
        }
        [GoalOf::Year, GoalOf::All] if may_part => {
            project.plain.push((Field::PeriodGoal, value.clone()));
            project.goal_is_closed = true;
        }
        _ => {
            project.goal.push(value.clone());
            recorder.reading.guess(Some(value), told);
        }
    }
}

/// Whether two labels are one: `年度目标1` and `年度目标2`.
fn is_same(view: &View<'_>, one: &CellPiece, other: &CellPiece) -> bool {
    let [one, other] = [one, other].map(|label| key_of(view.text(label)).text);
    let plain = |key: &str| key.trim_end_matches(|sign: char| sign.is_ascii_digit()).to_owned();
    plain(&one) == plain(&other)
}

fn goal_of(view: &View<'_>, label: &CellPiece) -> GoalOf {
    let text = view.text(label);
    if view.lexicon.names_a_year(text) {
        GoalOf::Year
    } else if view.lexicon.all_words.iter().any(|word| text.contains(word.as_str())) {
        GoalOf::All
    } else {
        GoalOf::Any
    }
}
