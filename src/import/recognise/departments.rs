//! Several departments in one document, as a county publishes them: parted by their titles, or named in each row of a
//! table.

use super::draft::DepartmentDraft;
use super::office::Walker;
use crate::import::account::Piece;

impl Walker<'_> {
    /// What follows is about another department than before.
    pub fn begin_department(&mut self, cell: u32) {
        let index = self.reading.draft.departments.len();
        self.reading.draft.departments.push(DepartmentDraft::default());
        self.go_to_department(index, cell);
    }

    /// Goes to the department that a row names, by its code, its name or both. Blank where it names none.
    pub fn enter_department(&mut self, code: &str, name: &str, cell: u32) {
        let draft = &self.reading.draft;
        let is_nameless = draft.department.code.is_none() && draft.department.name.is_none();
        if code.is_empty() && name.is_empty() || is_nameless || self.is_called(&draft.department, code, name) {
            return;
        }
        match draft.departments.iter().position(|known| self.is_called(known, code, name)) {
            Some(index) => self.go_to_department(index, cell),
            None => self.begin_department(cell),
        }
    }

    /// A project's form names its department: the first that one names is the document's, another is one more. Where the
    /// document itself has named its department, the form's is a fact of the project.
    pub fn department_of_form(&mut self, name: &str, cell: u32) {
        let department = &mut self.reading.draft.department;
        if department.name.is_none() {
            department.is_of_form = true;
        } else if department.is_of_form {
            let project = self.project;
            self.enter_department("", name, cell);
            self.reading.draft.department.is_of_form = true;
            if let Some(project) = project {
                self.reading.draft.projects[project].department = self.department;
                self.project = Some(project);
            }
        }
    }

    fn is_called(&self, department: &DepartmentDraft, code: &str, name: &str) -> bool {
        let says = |known: &Option<Piece>, stated: &str| {
            known.as_ref().filter(|_| !stated.is_empty()).map(|piece| self.reading.text(piece) == stated)
        };
        let found = [says(&department.code, code), says(&department.name, name)];
        found.contains(&Some(true)) && !found.contains(&Some(false))
    }

    fn go_to_department(&mut self, index: usize, cell: u32) {
        self.close_project(cell);
        self.keep_department();
        self.department = index;
        self.reading.draft.department = std::mem::take(&mut self.reading.draft.departments[index]);
    }

    /// Puts the department that is being read to the others.
    pub fn keep_department(&mut self) {
        let draft = &mut self.reading.draft;
        draft.departments[self.department] = std::mem::take(&mut draft.department);
    }
}
