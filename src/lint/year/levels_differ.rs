//! JX170: the money of a transfer payment by level is not what its members have of it.
//!
//! Serves 适当性. An area and a project of one department with one name are one payment: what the project has of a fund
//! source is parted among the members of the area. A source that only members state is their own, and a member that states
//! no source may have any.

use super::super::{Across, Findings};
use super::{Check, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::calendar::Day;
use crate::model::text::key;
use crate::model::{DepartmentId, ProjectId};
use crate::score::{AdjustmentsInForce, Exact, FigureOrigin, ProjectInForce, ScoredArea, money_written, score_areas};

pub const RULE: Rule = Rule { codes: &[Code::JX170], check: Check::Workspace(check) };

fn check(across: &Across<'_>, found: &mut Findings) {
    for department in across.groups() {
        for area in score_areas(across, department) {
            let name = key(&area.area.name.value);
            let own = across.projects_of(department).find(|(_, project)| key(&project.name.value) == name);
            if let Some((id, _)) = own {
                levels(across, department, id, &area, found);
            }
        }
    }
}

fn levels(
    across: &Across<'_>,
    department: Option<DepartmentId>,
    id: ProjectId,
    area: &ScoredArea<'_>,
    found: &mut Findings,
) {
    let end = Day::last_of(across.fiscal_year(department));
    let own = AdjustmentsInForce::of(across, department).project(across, id, end);
    let members: Option<Vec<&ProjectInForce<'_>>> =
        area.members.iter().map(|(_, member)| member.as_ref().map(|member| &member.in_force)).collect();
    let is_read = |one: &&ProjectInForce<'_>| !one.project.damage.budget && !one.project.damage.head;
    let states_sources = |one: &&ProjectInForce<'_>| !one.money.funds.is_empty();
    let Some(members) =
        members.filter(|all| !all.is_empty() && all.iter().all(|one| is_read(one) && states_sources(one)))
    else {
        return;
    };
    // A payment that is its own member is parted no further.
    if !is_read(&&own) || members.iter().any(|one| std::ptr::eq(one.project, own.project)) {
        return;
    }
    let standard = &across[own.project.standard];
    for (source, amount) in &own.money.funds {
        let source = key(&standard.fund_sources[*source].name);
        let of_member = |one: &&ProjectInForce<'_>| {
            let sources = &across[one.project.standard].fund_sources;
            let line = one.money.funds.iter().find(|(known, _)| key(&sources[*known].name) == source);
            line.map_or_else(Exact::zero, |(_, amount)| amount.value.clone())
        };
        let sum: Exact = members.iter().map(of_member).sum();
        let (FigureOrigin::Stated(span), true) = (&amount.origin, sum != amount.value) else { continue };
        let money = |exact: &Exact| money_written(exact, standard);
        let message = texts::levels_differ(&*own.project.name.value, source, money(&amount.value), money(&sum));
        let finding = Diagnostic::new(Code::JX170, message, *span, texts::disposed_here());
        found.push(finding.label(area.area.span, texts::parted_here()).help(texts::levels_differ_help()));
    }
}
