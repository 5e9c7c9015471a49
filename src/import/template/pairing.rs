//! Which project of a template is which of the targets', and which of its rows gets which indicator.

use super::{FillOutcome, Filling, PairedProject};
use crate::diagnostic::texts;
use crate::import::recognise::draft::IndicatorDraft;
use crate::model::standard::Standard;
use crate::model::{DepartmentId, Indicator, Model, Project, ProjectId, text};

/// For each indicator that there is now the row that it gets: its own, else one of its category that is free. And the
/// rows that nothing needs.
pub(super) fn paired_rows(
    pair: &PairedProject<'_>,
    rows: &[(u32, &IndicatorDraft)],
) -> (Vec<Option<usize>>, Vec<usize>) {
    let path = |standard: &Standard, one: &Indicator| one.category.map(|id| standard.category_path(id));
    let old = |at: usize| {
        let one = &pair.old.indicators[rows[at].0 as usize];
        (path(pair.old_standard, one), text::key(&one.name.value))
    };
    let new = |index: usize| {
        let one = &pair.new.indicators[index];
        (path(pair.new_standard, one), text::key(&one.name.value))
    };
    let mut news: Vec<Option<usize>> = vec![None; pair.new.indicators.len()];
    let mut free: Vec<usize> = (0..rows.len()).collect();
    for by_name in [true, false] {
        for (index, row) in news.iter_mut().enumerate().filter(|(_, row)| row.is_none()) {
            let is_it = |at: &usize| {
                let (old, new) = (old(*at), new(index));
                old.0 == new.0 && (!by_name || old.1 == new.1)
            };
            if let Some(place) = free.iter().position(is_it) {
                *row = Some(free.remove(place));
            }
        }
    }
    (news, free)
}

impl<'a> Filling<'a> {
    /// The projects of the template, each with what it is now: of the same code, else of the same name, else the only ones
    /// that are left. Those that have no form, or are no more, are told.
    pub(super) fn projects(&self, outcome: &mut FillOutcome) -> Vec<PairedProject<'a>> {
        let (old, new) = (&self.old.projects, &self.new.projects);
        if let (Some(only), [draft]) = (self.only, &self.reading.draft.projects[..]) {
            return vec![self.paired(draft, ProjectId(0), only)];
        }
        let mut pairs: Vec<Option<usize>> = vec![None; old.len()];
        let mut taken = vec![false; new.len()];
        let code = |project: &Project| project.code.as_ref().map(|code| text::key(&code.value));
        let name = |project: &Project| Some(text::key(&project.name.value)).filter(|name| !name.is_empty());
        for key in [&code as &dyn Fn(&Project) -> Option<String>, &name] {
            for (index, project) in old.iter().enumerate().filter(|(_, project)| key(project).is_some()) {
                let is_it = |at: &usize| !taken[*at] && key(&new[*at]) == key(project);
                let mut found = (0..new.len()).filter(is_it);
                if pairs[index].is_none()
                    && let Some(only) = found.next()
                {
                    pairs[index] = Some(only);
                    taken[only] = true;
                }
            }
        }
        let open: Vec<usize> = (0..old.len()).filter(|index| pairs[*index].is_none()).collect();
        let free: Vec<usize> = (0..new.len()).filter(|index| !taken[*index]).collect();
        if let ([open], [free]) = (&open[..], &free[..]) {
            pairs[*open] = Some(*free);
            taken[*free] = true;
        }
        let mut paired = Vec::new();
        for (index, (draft, new_index)) in self.reading.draft.projects.iter().zip(&pairs).enumerate() {
            let old_id = ProjectId(index as u32);
            if let Some(new_index) = new_index {
                paired.push(self.paired(draft, old_id, ProjectId(*new_index as u32)));
                continue;
            }
            let place = draft.name.as_ref().or(draft.title.as_ref());
            let place = place.map(|piece| self.reading.cells.place(piece).clone());
            outcome.tell(place, texts::template_project_gone(&*self.old[old_id].name.value));
        }
        let departments = self.paired_departments();
        for (index, _) in taken.iter().enumerate().filter(|(_, is_taken)| !**is_taken) {
            // Of a department that the template is not about nothing is expected there.
            if new[index].department.is_some_and(|id| !departments.contains(&Some(id))) {
                continue;
            }
            outcome.tell(None, texts::template_project_without_form(&*new[index].name.value));
        }
        for draft in &self.reading.draft.wholes {
            let old_department = DepartmentId(draft.department as u32);
            let Some(new_department) = departments.get(draft.department).copied().flatten() else { continue };
            let has = |model: &Model, id| model.whole_of(Some(id)).is_some();
            if has(self.old, old_department) && has(self.new, new_department) {
                let (old, new) = (ProjectId::of_whole(old_department), ProjectId::of_whole(new_department));
                paired.push(self.paired(draft, old, new));
            }
        }
        paired
    }
}
