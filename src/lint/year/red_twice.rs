//! JX162: a project was red at two checkpoints running, and nothing is being mended.

use super::{Check, Findings, ReportedYear, Rule, colour};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::monitoring::LightColour;
use crate::model::year::NamedThing;
use crate::score::StandingProject;

pub const RULE: Rule = Rule { codes: &[Code::JX162], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for pair in year.checkpoints.windows(2) {
        let [before, now] = pair else { continue };
        for project in now.all() {
            let was_red = before.all().any(|one| one.id == project.id && is_red(one));
            if !was_red || !is_red(project) {
                continue;
            }
            let mut lines = year.record.snapshots().flat_map(|one| &one.rectifications);
            let of_it = |named: NamedThing| named.holder(year.context, year.department) == Some(project.id);
            if lines.any(|line| line.result.is_none() && line.subject.named.is_some_and(of_it)) {
                continue;
            }
            let name = &*project.in_force.project.name.value;
            found.push(
                Diagnostic::new(Code::JX162, texts::red_twice(name), now.span, texts::red_here())
                    .label(before.span, texts::red_here())
                    .help(texts::red_twice_help()),
            );
        }
    }
}

fn is_red(project: &StandingProject<'_>) -> bool {
    let money = colour(&project.standing.money.light);
    [money, project.standing.goals].contains(&Some(LightColour::Red))
}
