//! Several departments in one document, as a county publishes them: parted by their titles, or named in each row of a
//! table.

use super::draft::DepartmentDraft;
use super::recorder::Recorder;
use super::view::View;
use crate::import::account::CellPiece;

/// What follows is about another department than before.
pub fn begin(recorder: &mut Recorder<'_>, cell: u32) {
    let index = recorder.reading.draft.departments.len();
    recorder.reading.draft.departments.push(DepartmentDraft::default());
    go_to(recorder, index, cell);
}

/// Goes to the department that a row names, by its code, its name or both. Blank where it names none.
pub fn enter(recorder: &mut Recorder<'_>, code: &str, name: &str, cell: u32) {
    let view = recorder.view();
    let current = &view.draft.department;
    let is_nameless = current.code.is_none() && current.name.is_none();
    if code.is_empty() && name.is_empty() || is_nameless || is_called(&view, current, code, name) {
        return;
    }
    match view.draft.departments.iter().position(|known| is_called(&view, known, code, name)) {
        Some(index) => go_to(recorder, index, cell),
        None => begin(recorder, cell),
    }
}

/// A project's form names its department: the first that one names is the document's, another is one more. Where the
/// document itself has named its department, the form's is a fact of the project.
pub fn named_by_form(recorder: &mut Recorder<'_>, name: &str, cell: u32) {
    let department = &mut recorder.reading.draft.department;
    if department.name.is_none() {
        department.is_of_form = true;
    } else if department.is_of_form {
        let project = recorder.at.project;
        enter(recorder, "", name, cell);
        recorder.reading.draft.department.is_of_form = true;
        if let Some(project) = project {
            recorder.reading.draft.projects[project].department = recorder.at.department;
            recorder.at.project = Some(project);
        }
    }
}

/// Puts the department that is being read to the others.
pub fn keep(recorder: &mut Recorder<'_>) {
    let draft = &mut recorder.reading.draft;
    draft.departments[recorder.at.department] = std::mem::take(&mut draft.department);
}

fn is_called(view: &View<'_>, department: &DepartmentDraft, code: &str, name: &str) -> bool {
    let says = |known: &Option<CellPiece>, stated: &str| {
        known.as_ref().filter(|_| !stated.is_empty()).map(|piece| view.text(piece) == stated)
    };
    let found = [says(&department.code, code), says(&department.name, name)];
    found.contains(&Some(true)) && !found.contains(&Some(false))
}

fn go_to(recorder: &mut Recorder<'_>, index: usize, cell: u32) {
    recorder.end_project(cell);
    keep(recorder);
    recorder.at.department = index;
    recorder.reading.draft.department = std::mem::take(&mut recorder.reading.draft.departments[index]);
}
