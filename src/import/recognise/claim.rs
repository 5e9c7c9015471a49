//! What a rule says of the cells that it read. Rules only claim; the walker applies their claims, in order, and it alone
//! keeps the draft and the account.

use super::draft::{FormColumn, IndicatorDraft, SafeguardDraft};
use super::lexicon::Content;
use super::view::Section;
use super::year_content::YearContent;
use crate::diagnostic::Text;
use crate::import::account::CellPiece;
use crate::model::year::SnapshotKind;

pub type Claims = Vec<Claim>;

#[derive(Debug)]
pub enum Claim {
    /// The form prints it by itself.
    Furniture(CellPiece),
    /// It says again what stands elsewhere.
    Repeat(CellPiece),
    /// Something that the document does not say in so many words.
    Guess(CellPiece, Text),
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
    Title(CellPiece),
    /// The value that a label announces: a fact of the project, stated once.
    Fact {
        content: Content,
        label: Option<CellPiece>,
        value: CellPiece,
    },
    /// The same in a table of several projects, whose rows repeat it.
    RowFact {
        content: Content,
        label: CellPiece,
        value: CellPiece,
    },
    /// A fact of the year: of the project, or of the fund source that its row names.
    OfYear {
        content: YearContent,
        fund: Option<CellPiece>,
        value: CellPiece,
    },
    /// Of which occasion of the year the form below a title is, and up to which month.
    TitleOfYear {
        kind: Option<SnapshotKind>,
        months: Option<u8>,
    },
    /// Whether the form below a title is about the department as a whole; the title stands in a cell.
    OfWhole {
        is_whole: bool,
        cell: u32,
    },
    /// A row of a list of projects: one of its own, with its facts. What was being read before goes on after it.
    Listed {
        cell: u32,
        facts: Claims,
    },
    /// The last of the months that a heading names.
    Months(u8),
    /// A label that is no word of the language, with the row or the half of the form that tells it from others.
    Extra {
        lead: Option<String>,
        label: CellPiece,
        value: CellPiece,
    },
    /// A part of the money of the whole period: its fund source, and the amount where there is one.
    InvestmentFund {
        label: CellPiece,
        amount: Option<CellPiece>,
    },
    /// A line of the plan by which the money is spent.
    Share {
        checkpoint: CellPiece,
        share: Option<CellPiece>,
    },
    /// The same in a table of several projects, whose rows repeat it.
    RowShare {
        checkpoint: CellPiece,
        share: CellPiece,
    },
    /// The unit of the amounts that follow.
    MoneyUnit(String),
    /// The project's targets are typed, in the words of the language.
    Typed,

    /// Headings that no table had before, numbered on from those of the draft.
    Columns(Vec<FormColumn>),
    /// Whether the code of the department has a column of its own.
    CodeColumn(bool),
    /// The headings of a table from the left, those of the year among them, and whether it holds several projects.
    Layout {
        columns: Vec<FormColumn>,
        is_flat: bool,
    },
    /// The words of the title of a form, without a year and a name.
    FormTitle(String),
    /// The headings over rows of money.
    MoneyLayout(Vec<FormColumn>),
    /// A label over more than its value.
    FormLabel(Content, CellPiece),
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
        value: CellPiece,
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
        label: CellPiece,
        value: CellPiece,
    },
    DepartmentName(CellPiece),
    DepartmentYear(CellPiece),
    OverallGoal(CellPiece),
    /// A sub-goal begins.
    SubGoal,
    /// A paragraph of the last sub-goal.
    SubGoalText(CellPiece),
    /// The text of a sub-goal behind its label: of the last one, where it has none yet.
    SubGoalLabelled(CellPiece),
    SubGoalIndicator(CellPiece),
    Safeguard(SafeguardDraft),
    /// A paragraph more of the last safeguard.
    SafeguardText(CellPiece),
}
