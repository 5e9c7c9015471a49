//! The draft and the account while they are written: what is claimed goes into both, and into nothing else.

use super::asked::AskedLexicon;
use super::draft::{DepartmentDraft, LabelledValue, ProjectDraft, ProjectYearDraft, Reading};
use super::lexicon::Lexicon;
use super::view::{Position, Section, View};
use crate::import::account::{CellPiece, Use};
use crate::model::year::SnapshotKind;

pub struct Recorder<'a> {
    lexicon: AskedLexicon<'a>,
    pub reading: Reading,
    pub at: Position,
}

impl<'a> Recorder<'a> {
    pub fn new(lexicon: &'a Lexicon) -> Self {
        let mut reading = Reading::default();
        reading.draft.departments.push(DepartmentDraft::default());
        Self { lexicon: AskedLexicon::new(lexicon), reading, at: Position::default() }
    }

    /// What a rule may look at.
    pub fn view(&self) -> View<'_> {
        View { lexicon: &self.lexicon, cells: &self.reading.cells, draft: &self.reading.draft, at: &self.at }
    }

    pub fn claim(&mut self, piece: &CellPiece, use_: Use) {
        let Reading { cells, account, .. } = &mut self.reading;
        account.claim(piece, use_, cells);
    }

    pub fn furniture(&mut self, piece: &CellPiece) {
        self.claim(piece, Use::Furniture);
    }

    pub fn repeat(&mut self, piece: &CellPiece) {
        self.claim(piece, Use::Repeat);
    }

    /// The project of the current rows; a new one where there is none.
    pub fn current(&mut self, cell: u32) -> &mut ProjectDraft {
        if self.at.project.is_none() {
            self.begin_project(cell);
        }
        let index = self.at.project.unwrap_or_default();
        &mut self.reading.draft.projects[index]
    }

    /// Starts a project at a cell.
    pub fn begin_project(&mut self, cell: u32) {
        self.end_project(cell);
        let Position { department, sheet, money_unit, year, is_whole, .. } = &self.at;
        self.reading.draft.projects.push(ProjectDraft {
            department: *department,
            cells: cell..cell,
            sheet: sheet.clone(),
            money_unit: money_unit.clone(),
            year: year.clone(),
            is_whole: *is_whole,
            ..ProjectDraft::default()
        });
        self.at.project = Some(self.reading.draft.projects.len() - 1);
        self.at.section = Section::None;
    }

    /// A form about the department as a whole follows, or one about a project.
    pub fn of_whole(&mut self, is_whole: bool, cell: u32) {
        let current = self.at.project.map(|project| self.reading.draft.projects[project].is_whole);
        if current.is_some_and(|current| current != is_whole) {
            self.end_project(cell);
        }
        self.at.is_whole = is_whole;
    }

    /// A project of its own, while another, or the department as a whole, is being read. What is to be taken up after it.
    pub fn begin_listed(&mut self, cell: u32) -> (Option<usize>, bool) {
        let open = (self.at.project.take(), std::mem::take(&mut self.at.is_whole));
        let unit = open.0.and_then(|project| self.reading.draft.projects[project].money_unit.clone());
        self.begin_project(cell);
        let listed = self.current(cell);
        listed.money_unit = unit.or(listed.money_unit.take());
        open
    }

    pub fn end_project(&mut self, cell: u32) {
        if let Some(project) = self.at.project.take() {
            let cells = &mut self.reading.draft.projects[project].cells;
            cells.end = cells.end.max(cell);
        }
    }

    pub fn state_money_unit(&mut self, unit: String) {
        match self.at.project {
            Some(project) => self.reading.draft.projects[project].money_unit = Some(unit),
            None => self.at.money_unit = Some(unit),
        }
    }

    /// What is said of the year of the project that is being read; of all that follow where none is.
    pub fn year(&mut self) -> &mut ProjectYearDraft {
        match self.at.project {
            Some(project) => &mut self.reading.draft.projects[project].year,
            None => &mut self.at.year,
        }
    }

    /// The title of a form: it is about the projects that follow, and about one that has just begun.
    pub fn title_of_year(&mut self, kind: Option<SnapshotKind>, months: Option<u8>) {
        (self.at.year.kind, self.at.year.months) = (kind, months);
        let current = self.at.project.map(|project| &mut self.reading.draft.projects[project]);
        if let Some(project) = current.filter(|project| project.says_no_more_than_its_name()) {
            (project.year.kind, project.year.months) = (kind, months);
        }
    }

    /// A label that is no word of the language, kept as an extra field: it has a letter.
    pub fn extra(&mut self, lead: Option<String>, label: &CellPiece, value: &CellPiece) {
        if self.reading.text(label).contains(char::is_alphabetic) {
            let one = LabelledValue { label: Some(label.clone()), value: value.clone(), lead };
            self.current(label.cell).extra.push(one);
        }
    }
}
