//! What a rule says of the cells that it read. Rules only claim; the walker applies their claims, in order, and it alone
//! keeps the draft and the account.

use super::draft::{FormColumn, IndicatorDraft, SafeguardDraft};
use super::lexicon::Content;
use super::view::Section;
use crate::diagnostic::Text;
use crate::import::account::Piece;

pub type Claims = Vec<Claim>;

#[derive(Debug)]
pub enum Claim {
    /// The form prints it by itself.
    Furniture(Piece),
    /// It says again what stands elsewhere.
    Repeat(Piece),
    /// Something that the document does not say in so many words.
    Guess(Piece, Text),
    /// A cell of a table that reads as a paragraph.
    Paragraph(u32),
    /// What the paragraphs that follow are about.
    Section(Section),

    /// A project begins at a cell, under whatever name.
    Project(u32),
    /// The project that is being read ends at a cell.
    EndOfProject(u32),
    /// A table or a row names its project: another than the one that is being read begins at a cell.
    ProjectNamed {
        code: Option<String>,
        name: Option<String>,
        cell: u32,
        /// Whether one begins even where none is being read.
        begins: bool,
    },
    /// The name of the project in the title above its form.
    Title(Piece),
    /// The value that a label announces: a fact of the project, stated once.
    Fact {
        content: Content,
        label: Option<Piece>,
        value: Piece,
    },
    /// The same in a table of several projects, whose rows repeat it.
    RowFact {
        content: Content,
        label: Piece,
        value: Piece,
    },
    /// A label that is no word of the language, with the row or the half of the form that tells it from others.
    Extra {
        lead: Option<String>,
        label: Piece,
        value: Piece,
    },
    /// A line of the plan by which the money is spent.
    Share {
        checkpoint: Piece,
        share: Option<Piece>,
    },
    /// The same in a table of several projects, whose rows repeat it.
    RowShare {
        checkpoint: Piece,
        share: Piece,
    },
    /// The unit of the amounts that follow.
    MoneyUnit(String),
    /// The project's targets are typed, in the words of the language.
    Typed,

    /// Headings that no table had before, numbered on from those of the draft.
    Columns(Vec<FormColumn>),
    /// Whether the code of the department has a column of its own.
    CodeColumn(bool),
    /// The headings of a table from the left, and whether it holds several projects.
    Layout {
        columns: Vec<FormColumn>,
        is_flat: bool,
    },
    /// A second row of headings says more than the layout that was noted.
    LayoutAnew,
    /// The table says the first level in rows of their own.
    CategoryRows,
    /// The column of the second level holds the names.
    NamesInSecondLevel,
    Indicator {
        row: IndicatorDraft,
        is_whole_period: bool,
    },
    /// A cell of the last indicator, by the number of its heading; `label` is the cell of its label.
    IndicatorCell {
        label: u32,
        column: u16,
        value: Piece,
    },

    /// What follows is about another department than before.
    Department(u32),
    /// A row names its department: by code, by name or by both, blank where it names none.
    DepartmentNamed {
        code: String,
        name: String,
        cell: u32,
    },
    /// A fact of the department beside its label.
    DepartmentFact {
        content: Content,
        label: Piece,
        value: Piece,
    },
    DepartmentName(Piece),
    DepartmentYear(Piece),
    OverallGoal(Piece),
    /// A sub-goal begins.
    SubGoal,
    /// A paragraph of the last sub-goal.
    SubGoalText(Piece),
    /// The text of a sub-goal behind its label: of the last one, where it has none yet.
    SubGoalLabelled(Piece),
    SubGoalIndicator(Piece),
    Safeguard(SafeguardDraft),
    /// A paragraph more of the last safeguard.
    SafeguardText(Piece),
}
