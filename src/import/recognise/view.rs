//! What a rule may look at: the words of the standards, the cells, what is known so far, and where the reading stands.

use super::asked::AskedLexicon;
use super::draft::{Draft, FormColumn, ProjectYearDraft};
use super::lexicon::Content;
use crate::import::account::{CellPiece, Cells};

#[derive(Clone, Copy)]
pub struct View<'a> {
    pub lexicon: &'a AskedLexicon<'a>,
    pub cells: &'a Cells,
    pub draft: &'a Draft,
    pub at: &'a Position,
}

/// Where the reading stands.
#[derive(Debug, Default)]
pub struct Position {
    /// The project that the next rows belong to.
    pub project: Option<usize>,
    /// The index of the department that is being read.
    pub department: usize,
    pub section: Section,
    /// Whether the code of the department has a column of its own.
    pub has_code_column: bool,
    /// The sheet that is being read.
    pub sheet: Option<String>,
    /// The level of the heading that is being read.
    pub level: u8,
    /// The unit of amounts that the document states before any form.
    pub money_unit: Option<String>,
    /// What the document says of the year before any form.
    pub year: ProjectYearDraft,
    /// Whether the forms that follow are about the department as a whole.
    pub is_whole: bool,
}

impl Position {
    /// Whether a form is being read: of a project, or of the department as a whole, which no name opens.
    pub fn is_of_form(&self) -> bool {
        self.project.is_some() || self.is_whole
    }
}

/// What the paragraphs that follow are about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Section {
    #[default]
    None,
    Contents,
    OverallGoal,
    SubGoals,
    Safeguards,
}

impl<'a> View<'a> {
    /// The words of a cell.
    pub fn words(&self, cell: u32) -> &'a str {
        &self.cells.get(cell).text
    }

    pub fn text(&self, piece: &CellPiece) -> &'a str {
        self.cells.text(piece)
    }

    /// The whole of a cell.
    pub fn piece(&self, cell: u32) -> CellPiece {
        self.cells.whole(cell)
    }

    /// The headings of all tables so far, to be numbered on.
    pub fn columns(&self) -> NumberedColumns<'a> {
        NumberedColumns { known: &self.draft.columns, new: Vec::new() }
    }
}

/// The headings of the draft, and those that a rule adds to them: each has one number.
pub struct NumberedColumns<'a> {
    known: &'a [FormColumn],
    pub new: Vec<FormColumn>,
}

impl NumberedColumns<'_> {
    /// The number of a heading, which is put down once.
    pub fn number(&mut self, content: Content, heading: &str) -> u16 {
        let column = FormColumn { content, above: None, heading: heading.split_whitespace().collect() };
        let index = self.known.iter().chain(&self.new).position(|known| *known == column).unwrap_or_else(|| {
            self.new.push(column);
            self.known.len() + self.new.len() - 1
        });
        index as u16
    }
}
