//! What was recognised in a document, as pieces of its cells: nothing typed yet, no standard chosen.

use std::collections::BTreeMap;
use std::ops::Range;

use super::lexicon::{Content, key_of};
use super::year_content::YearContent;
use crate::diagnostic::Text;
use crate::import::account::{Account, CellPiece, Cells};
use crate::import::document::Remark;
use crate::language::Field;
use crate::model::standard::Standard;
use crate::model::year::SnapshotKind;

#[derive(Debug, Default)]
pub struct Draft {
    /// The department that is being read.
    pub department: DepartmentDraft,
    /// All of them, once all is read.
    pub departments: Vec<DepartmentDraft>,
    pub projects: Vec<ProjectDraft>,
    /// What the departments have as wholes, one a department: they read like projects.
    pub wholes: Vec<ProjectDraft>,
    /// The headings of the indicator tables, each once, in the order in which they came.
    pub columns: Vec<FormColumn>,
    /// The headings of the first form, with those of the categories and the name, from the left.
    pub layout: Vec<FormColumn>,
    /// The same of the first table of several projects.
    pub flat_layout: Vec<FormColumn>,
    /// The units of amounts whose own labels state them, by their cells.
    pub amount_units: BTreeMap<u32, String>,
    /// The first form of the year.
    pub year_form: YearFormDraft,
    pub guesses: Vec<Remark>,
}

/// How the first form of the year in a document is laid out.
#[derive(Debug, Default)]
pub struct YearFormDraft {
    /// Its title, without the year and names.
    pub title: Option<String>,
    /// The headings over rows of money, from the left.
    pub money: Vec<FormColumn>,
    /// Those over indicators, with what was reached.
    pub columns: Vec<FormColumn>,
    /// What it calls things, by the names under which a standard declares labels; as first written.
    pub labels: BTreeMap<&'static str, String>,
    /// The names of [`YearFormDraft::labels`] in the order in which they came.
    pub order: Vec<&'static str>,
}

#[derive(Debug, Default)]
pub struct DepartmentDraft {
    pub code: Option<CellPiece>,
    pub name: Option<CellPiece>,
    pub year: Option<CellPiece>,
    pub standard: Option<CellPiece>,
    pub overall_goal: Vec<CellPiece>,
    pub sub_goals: Vec<SubGoalDraft>,
    pub safeguards: Vec<SafeguardDraft>,
    /// Whether a project's form named it, and not the document.
    pub is_of_form: bool,
}

#[derive(Debug, Default)]
pub struct SubGoalDraft {
    pub goal: Vec<CellPiece>,
    pub indicators: Vec<CellPiece>,
}

#[derive(Debug)]
pub struct SafeguardDraft {
    pub name: CellPiece,
    pub text: Vec<CellPiece>,
}

/// A label, and what stands beside it.
#[derive(Clone, Debug)]
pub struct LabelledValue {
    /// None on the line above a form, which names the unit of account without a label.
    pub label: Option<CellPiece>,
    pub value: CellPiece,
    /// What tells the label from others of the same words: the row or the half of the form that it stands in.
    pub lead: Option<String>,
}

#[derive(Debug, Default)]
pub struct ProjectDraft {
    /// The index of its department.
    pub department: usize,
    pub code: Option<CellPiece>,
    pub name: Option<CellPiece>,
    /// The name as the title above the form has it.
    pub title: Option<CellPiece>,
    pub unit: Option<LabelledValue>,
    pub unit_code: Option<CellPiece>,
    pub budget: Option<CellPiece>,
    pub funds: Vec<FundDraft>,
    /// The parts of the money of the whole period.
    pub investment: Vec<FundDraft>,
    pub purpose: Vec<CellPiece>,
    pub plan: Vec<PlanDraft>,
    pub goal: Vec<CellPiece>,
    /// The label that the last goal stood beside, and whether what goes on under it is none of the year's.
    pub goal_label: Option<CellPiece>,
    pub goal_is_closed: bool,
    /// Plain fields of the schema that no form lays out in a way of its own.
    pub plain: Vec<(Field, CellPiece)>,
    pub extra: Vec<LabelledValue>,
    pub year: ProjectYearDraft,
    pub indicators: Vec<IndicatorDraft>,
    /// The rows of the half of a form that is about more than a year.
    pub whole_period: Vec<IndicatorDraft>,
    /// Whether a flat table of ours states it, in the words of the language.
    pub is_typed: bool,
    /// Whether its cells stand in rows that hold those of another project, too.
    pub is_beside: bool,
    /// Whether its form has named its department.
    pub names_department: bool,
    /// Whether it is no project, but the department as a whole.
    pub is_whole: bool,
    /// Amounts and fields that another table of the document states, too.
    pub again: Vec<Again>,
    /// The sheet that it stands on, by name.
    pub sheet: Option<String>,
    /// The unit of amounts, from the line above the form or a bracket.
    pub money_unit: Option<String>,
    /// Cells from the first to the one after the last that belong to it.
    pub cells: Range<u32>,
}

/// What a form says of the year of a project, beside what stands in the rows of its indicators.
#[derive(Clone, Debug, Default)]
pub struct ProjectYearDraft {
    /// As its title says.
    pub kind: Option<SnapshotKind>,
    /// The last of the months that are reported.
    pub months: Option<u8>,
    pub facts: Vec<YearFactDraft>,
}

/// A fact of the year: of the project, or of the fund source that its row names.
#[derive(Clone, Debug)]
pub struct YearFactDraft {
    pub content: YearContent,
    /// That of the day on which a form was filled in, which may be one of targets.
    pub label: Option<CellPiece>,
    pub fund: Option<CellPiece>,
    pub value: CellPiece,
}

impl ProjectYearDraft {
    /// The facts of a content.
    pub fn all(&self, content: YearContent) -> impl Iterator<Item = &YearFactDraft> {
        self.facts.iter().filter(move |fact| fact.content == content)
    }
}

#[derive(Debug)]
pub struct FundDraft {
    pub label: CellPiece,
    /// None where the cell beside it is blank.
    pub amount: Option<CellPiece>,
}

/// What a table says again in its own way.
#[derive(Debug)]
pub enum Again {
    /// An amount in the unit of its table: of the fund source that its label names, or the whole.
    Amount {
        fund: Option<CellPiece>,
        amount: CellPiece,
        money_unit: Option<String>,
    },
    Field(LabelledValue),
    /// The goal as a form prints it, with its numbers.
    Goal(CellPiece),
}

#[derive(Debug)]
pub struct PlanDraft {
    pub checkpoint: CellPiece,
    pub share: Option<CellPiece>,
}

#[derive(Clone, Debug, Default)]
pub struct IndicatorDraft {
    pub category: Option<CellPiece>,
    pub subcategory: Option<CellPiece>,
    pub name: Option<CellPiece>,
    /// The other cells of the row, by the index of the heading in [`Draft::columns`].
    pub fields: Vec<(u16, CellPiece)>,
    /// The cells of the same indicator in another table.
    pub again: Vec<(u16, CellPiece)>,
    /// The first cell of its row.
    pub first_cell: u32,
}

/// A heading of an indicator table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormColumn {
    pub content: Content,
    /// The heading over it and its neighbours; none where it has one heading.
    pub above: Option<String>,
    pub heading: String,
}

impl FormColumn {
    /// Whether it holds the source of an actual value in a form of targets, and what proves it in one of the year.
    pub fn holds_evidence(&self, standard: &Standard) -> bool {
        let is_word = || standard.words("佐证列").words().contains(&key_of(&self.heading).text);
        self.content == Content::Plain(Field::Source) && is_word()
    }
}

impl DepartmentDraft {
    /// What is known under the label of a content.
    pub fn fact(&self, content: Content) -> Option<&CellPiece> {
        match content {
            Content::DepartmentName => self.name.as_ref(),
            Content::DepartmentCode => self.code.as_ref(),
            Content::Year => self.year.as_ref(),
            Content::StandardName => self.standard.as_ref(),
            _ => None,
        }
    }

    /// The sub-goal that is being read; the first where there is none.
    pub fn last_sub_goal(&mut self) -> &mut SubGoalDraft {
        if self.sub_goals.is_empty() {
            self.sub_goals.push(SubGoalDraft::default());
        }
        let last = self.sub_goals.len() - 1;
        &mut self.sub_goals[last]
    }

    /// Puts down what a label announces.
    pub fn set(&mut self, content: Content, value: CellPiece) {
        match content {
            Content::DepartmentName => self.name = Some(value),
            Content::DepartmentCode => self.code = Some(value),
            Content::Year => self.year = Some(value),
            Content::StandardName => self.standard = Some(value),
            _ => {}
        }
    }
}

impl ProjectDraft {
    /// Whether its form is one of the year: it has more of that than the day on which it was filled in.
    pub fn is_of_year(&self, columns: &[FormColumn]) -> bool {
        let is_line = |fact: &YearFactDraft| !fact.content.is_day();
        let is_cell =
            |(column, _): &(u16, CellPiece)| matches!(columns[usize::from(*column)].content, Content::OfYear(_));
        self.year.facts.iter().any(is_line) || self.indicators.iter().any(|row| row.fields.iter().any(is_cell))
    }

    /// Whether nothing but its name is known yet.
    pub fn says_no_more_than_its_name(&self) -> bool {
        self.indicators.is_empty() && self.goal.is_empty() && self.budget.is_none() && self.funds.is_empty()
    }
}

impl IndicatorDraft {
    /// The cell under the first heading of a content.
    pub fn field(&self, content: Content, columns: &[FormColumn]) -> Option<&CellPiece> {
        self.fields.iter().find(|(column, _)| columns[*column as usize].content == content).map(|(_, piece)| piece)
    }
}

/// The working state of a reading: the cells, what became of them, and the draft.
#[derive(Debug, Default)]
pub struct Reading {
    pub cells: Cells,
    pub account: Account,
    pub draft: Draft,
    /// The lines of the document: paragraphs, and the rows of its tables.
    pub lines: Vec<DocumentLine>,
}

/// A paragraph, or a row of a table.
#[derive(Clone, Copy, Debug)]
pub struct DocumentLine {
    /// Its first cell; it has those up to the first of the next.
    pub first: u32,
    pub is_table: bool,
}

impl Reading {
    pub fn text(&self, piece: &CellPiece) -> &str {
        self.cells.text(piece)
    }

    /// The words of a label, with what tells it from others.
    pub fn label_of(&self, one: &LabelledValue) -> Option<String> {
        let label = self.text(one.label.as_ref()?);
        let plain = label.trim().trim_end_matches(['：', ':']);
        Some(match &one.lead {
            Some(lead) => format!("{lead}{}", key_of(plain).text),
            None => plain.to_owned(),
        })
    }

    pub fn guess(&mut self, piece: Option<&CellPiece>, text: Text) {
        let place = piece.map(|piece| self.cells.place(piece).clone());
        self.draft.guesses.push(Remark::guess(place, text));
    }
}
