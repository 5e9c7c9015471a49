//! JX152: nearly all points were earned with far less of the money. Where the same was bought for less, that is as it
//! should be.

use super::{Check, Findings, ReportedYear, Rule, tells_of_saving};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::year::Deviation;
use crate::score::Exact;

pub const RULE: Rule = Rule { codes: &[Code::JX152], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let Some(evaluation) = &year.evaluation else { return };
    for project in evaluation.all() {
        let standard = &year.context[project.in_force.project.standard];
        let score = &project.score;
        let points: Option<Exact> = score.rows.iter().map(|row| row.points.rounded.clone()).sum();
        let weights: Option<Exact> = score.weights.iter().cloned().sum();
        let share = points.zip(weights).and_then(|(points, weights)| points.over(&weights));
        let is_saved = |one: &Deviation| one.text.as_ref().is_some_and(|text| tells_of_saving(&text.value, standard));
        let line = project.report.line.filter(|line| !line.deviations.iter().any(is_saved));
        let (Some(limit), Some(share), Some(rate), Some(line)) =
            (standard.limit(Code::JX152), share, score.execution.rate.clone().map(Exact::clamped), line)
        else {
            continue;
        };
        let gap = (share.clone() - rate.clone()).over(&share);
        if gap.is_some_and(|gap| gap > Exact::percent(limit)) {
            let name = &*project.in_force.project.name.value;
            let message = texts::score_without_money(name, share.as_percent(), rate.as_percent());
            found.push(
                Diagnostic::new(Code::JX152, message, line.span, texts::spent_here())
                    .help(texts::score_without_money_help()),
            );
        }
    }
}
