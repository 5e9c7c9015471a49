//! References between declarations: sub-goals name indicators, projects name units of account.

use std::collections::{HashMap, HashSet};

use super::text::key;
use super::{DepartmentId, IndicatorId, Model, ProjectId};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::syntax::vocabulary;

/// Ties every reference of a department and its projects to what it names. Reports JX100, JX309, JX312.
pub fn resolve(model: &mut Model, department: DepartmentId) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if !model[department].sub_goals.is_empty() {
        resolve_sub_goals(model, department, &mut found);
    }
    check_units_of_account(model, department, &mut found);
    found
}

fn resolve_sub_goals(model: &mut Model, department: DepartmentId, found: &mut Vec<Diagnostic>) {
    let mut by_name: HashMap<String, Vec<IndicatorId>> = HashMap::new();
    let mut projects: HashMap<String, ProjectId> = HashMap::new();
    let mut is_damaged = false;
    for (project_id, project) in model.projects_of(Some(department)) {
        is_damaged |= project.damage.head || project.damage.indicators;
        projects.entry(key(&project.name.value)).or_insert(project_id);
        for (index, indicator) in project.indicators.iter().enumerate() {
            let id = IndicatorId { project: project_id, index: index as u32 };
            by_name.entry(key(&indicator.name.value)).or_default().push(id);
        }
    }
    let mut searches = MOST_SEARCHES;
    let mut sub_goals = std::mem::take(&mut model.departments[department.0 as usize].sub_goals);
    for reference in sub_goals.iter_mut().flat_map(|goal| &mut goal.indicators) {
        reference.target = None;
        let candidates = by_name.get(&key(&reference.indicator)).map_or(&[][..], Vec::as_slice);
        let message = match &reference.project {
            Some(project) => match projects.get(&key(project)) {
                Some(&project) => {
                    let first = candidates.partition_point(|id| id.project < project);
                    reference.target = candidates.get(first).copied().filter(|id| id.project == project);
                    texts::unresolved_reference(&*reference.indicator)
                }
                None => texts::unresolved_project(&**project),
            },
            None if candidates.len() > 1 => {
                let paths = candidates.iter().map(|id| path(model, *id));
                let message = texts::ambiguous_reference(&*reference.indicator, candidates.len());
                let help = texts::write_one_of(some(paths));
                found.push(Diagnostic::new(Code::JX309, message, reference.span, texts::ambiguous_here()).help(help));
                continue;
            }
            None => {
                reference.target = candidates.first().copied();
                texts::unresolved_reference(&*reference.indicator)
            }
        };
        if reference.target.is_some() || is_damaged {
            continue;
        }
        let written = match &reference.project {
            Some(project) => format!("{project}.{}", reference.indicator),
            None => reference.indicator.to_string(),
        };
        let near = searched(&mut searches)
            .and_then(|()| nearest(model, Some(department), &written, reference.project.is_some()));
        found.push(match near {
            Some(right) => Diagnostic::new(Code::JX100, message, reference.span, texts::did_you_mean(&right)).fix(
                texts::replace_by(&right),
                reference.span,
                right,
            ),
            None => Diagnostic::new(Code::JX100, message, reference.span, texts::not_found_here())
                .help(texts::reference_form()),
        });
    }
    model.departments[department.0 as usize].sub_goals = sub_goals;
}

/// So many names that lead nowhere are compared with every name that there is, a department and a kind of names: who has
/// more of them has another trouble than a slip.
pub(super) const MOST_SEARCHES: usize = 20;

/// One search less.
pub(super) fn searched(left: &mut usize) -> Option<()> {
    *left = left.checked_sub(1)?;
    Some(())
}

/// Some of many names, for a message.
pub(super) fn some(names: impl Iterator<Item = impl AsRef<str>>) -> String {
    /// More is no help.
    const MOST: usize = 8;
    let mut text = String::new();
    for (index, name) in names.take(MOST + 1).enumerate() {
        if index > 0 {
            text.push(' ');
        }
        text.push_str(if index < MOST { name.as_ref() } else { "…" });
    }
    text
}

/// `项目.指标` as it is written in a reference, names in quotes where they need them.
pub fn path(model: &Model, id: IndicatorId) -> String {
    let (project, indicator) = (&model[id.project].name.value, &model[id].name.value);
    format!("{}.{}", vocabulary::written_name(project), vocabulary::written_name(indicator))
}

/// The indicator most like a written reference, where one is alike enough to be offered and no other as much.
pub(super) fn nearest(
    model: &Model,
    department: Option<DepartmentId>,
    written: &str,
    with_project: bool,
) -> Option<String> {
    let length = written.chars().count();
    let mut best: Option<(usize, Option<String>)> = None;
    for (project_id, project) in model.projects_of(department).chain(model.whole_of(department)) {
        for index in 0..project.indicators.len() {
            let full = path(model, IndicatorId { project: project_id, index: index as u32 });
            let indicator = &project.indicators[index].name.value;
            let candidate = if with_project { full } else { vocabulary::written_name(indicator) };
            // Lengths alone forbid most.
            if candidate.chars().count().abs_diff(length) * 3 > length {
                continue;
            }
            let distance = strsim::osa_distance(written, &candidate);
            match &mut best {
                Some((least, _)) if distance > *least => {}
                Some((least, kept)) if distance == *least => *kept = None,
                _ if distance * 3 <= length => best = Some((distance, Some(candidate))),
                _ => {}
            }
        }
    }
    best?.1
}

/// JX312: where a department lists its units of account, a project names one of them.
fn check_units_of_account(model: &Model, department: DepartmentId, found: &mut Vec<Diagnostic>) {
    let projects = model.projects_of(Some(department));
    let department = &model[department];
    if department.units_of_account.is_empty() || department.is_damaged {
        return;
    }
    let codes: Vec<&str> = department.units_of_account.iter().map(|known| &*known.code.value).collect();
    let known: HashSet<&str> = codes.iter().copied().collect();
    let mut searches = MOST_SEARCHES;
    for (_, project) in projects {
        let Some(unit) = project.unit_of_account.as_ref().filter(|unit| !known.contains(&*unit.value)) else {
            continue;
        };
        let message = texts::unknown_unit_of_account(&*unit.value, &*department.name.value);
        let near = searched(&mut searches)
            .and_then(|()| vocabulary::nearest(&unit.value, codes.iter().map(|code| (*code, *code))));
        let diagnostic = match near {
            Some(right) => Diagnostic::new(Code::JX312, message, unit.span, texts::did_you_mean(right)).fix(
                texts::replace_by(right),
                unit.span,
                right,
            ),
            None => Diagnostic::new(Code::JX312, message, unit.span, texts::not_found_here()),
        };
        found.push(
            diagnostic
                .label(department.units_of_account[0].code.span, texts::units_of_account_are(some(codes.iter())))
                .help(texts::units_of_account_are(some(codes.iter()))),
        );
    }
}
