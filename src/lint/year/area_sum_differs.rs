//! JX169: the target of an area is not the sum of those of its members. JX138: a member names no project.

use super::super::{Across, Findings};
use super::{Check, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::Standard;
use crate::model::target::Target;
use crate::model::text::key;
use crate::model::unit::{Dimension, Quantity};
use crate::score::{Exact, Figure, FigureOrigin, InUnit, ScoredArea, score_areas};

pub const RULE: Rule = Rule { codes: &[Code::JX169], check: Check::Workspace(check) };

fn check(across: &Across<'_>, found: &mut Findings) {
    for department in across.groups() {
        for area in score_areas(across, department) {
            for (member, _) in area.members.iter().filter(|(_, project)| project.is_none()) {
                let path = format!("{}.{}", member.department, member.project);
                let message = texts::nothing_of_that_name(path);
                let finding = Diagnostic::new(Code::JX138, message, member.span, texts::not_found_here());
                found.push(finding.help(texts::expect_member_help()));
            }
            if let Some(standard) = department.map(|id| &across[across[id].standard]) {
                sums(&area, standard, found);
            }
        }
    }
}

fn sums(area: &ScoredArea<'_>, standard: &Standard, found: &mut Findings) {
    for one in area.rows.iter().map(|row| row.indicator) {
        let Some((own, bound)) = counted(&one.target.value, standard) else { continue };
        let unit = InUnit { quantity: Some(bound), standard };
        let parts: Option<Vec<Exact>> = area
            .members
            .iter()
            .map(|(_, project)| {
                let all = &project.as_ref()?.in_force.indicators;
                let part = all.iter().find(|part| key(&part.indicator.name.value) == key(&one.name.value))?;
                let (comparator, quantity) = counted(&part.target.value, standard)?;
                Some(unit.figure(quantity).filter(|_| comparator == own)?.value)
            })
            .collect();
        let Some(parts) = parts.filter(|parts| !parts.is_empty()) else { continue };
        let sum: Exact = parts.into_iter().sum();
        let wanted = Figure::new(bound.value.into(), bound.value.normalize().to_string(), FigureOrigin::Computed);
        if sum != wanted.value {
            let message = texts::area_sum_differs(&*one.name.value, wanted.written, sum.plain(6));
            let finding = Diagnostic::new(Code::JX169, message, one.target.span, texts::target_is_here());
            found.push(finding.help(texts::area_sum_differs_help()));
        }
    }
}

/// A target of what is counted or weighed, which adds up.
fn counted<'t>(
    target: &'t Target,
    standard: &Standard,
) -> Option<(Option<crate::model::target::Comparator>, &'t Quantity)> {
    match target {
        Target::Quantity { comparator, quantity } => {
            let dimension = quantity.dimension(standard)?;
            let adds_up = !matches!(dimension, Dimension::Ratio | Dimension::Duration | Dimension::Other);
            adds_up.then_some((*comparator, quantity))
        }
        _ => None,
    }
}
