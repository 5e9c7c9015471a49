//! The headings of an indicator table once they are understood, and what the rows below one another inherit.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::import::account::CellPiece;
use crate::import::recognise::lexicon::{Content, LabelRoom};
use crate::import::recognise::slot::GridSlot;
use crate::import::recognise::view::View;
use crate::import::recognise::year_content::YearContent;

/// The headings of a table.
#[derive(Clone, Debug)]
pub struct Heads {
    pub columns: Vec<ColumnHeading>,
    pub year: Inherited,
    pub whole_period: Inherited,
    /// Codes and names of the department and the project that the row above names.
    pub identity: Option<[String; 4]>,
    pub is_fresh: bool,
    /// The money of the projects so far, where each row names its own.
    pub sums: ProjectSums,
}

/// The sums of the columns of money, over the projects so far.
#[derive(Clone, Debug, Default)]
pub struct ProjectSums {
    /// The project whose money was added last: its rows say it again.
    pub counted: Option<[String; 4]>,
    /// By headings: over all of them, and over those since the last sum.
    pub columns: BTreeMap<usize, [Decimal; 2]>,
}

/// The category and subcategory of the row above.
#[derive(Clone, Debug, Default)]
pub struct Inherited {
    pub category: Option<CellPiece>,
    pub subcategory: Option<CellPiece>,
}

#[derive(Clone, Debug)]
pub struct ColumnHeading {
    pub cell: u32,
    /// Its words, without what only tells it from another heading.
    pub label: CellPiece,
    pub column: u32,
    pub columns: u32,
    /// The cell of the heading over it and its neighbours.
    pub above: Option<u32>,
    pub meaning: HeadMeaning,
    /// In the half of the table that is about more than a year.
    pub is_whole_period: bool,
}

/// What the cells under a heading are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadMeaning {
    Category,
    Subcategory,
    Name,
    /// A field of the indicator, with the number of the heading in the draft.
    Field(u16, Content),
    /// A fact of the project: a table of several projects.
    Project(Content),
    /// The share of the money that is spent by then.
    Checkpoint,
    Furniture,
}

impl Heads {
    /// Whether the rows name their projects.
    pub fn is_flat(&self) -> bool {
        self.columns.iter().any(|head| matches!(head.meaning, HeadMeaning::Project(Content::Name | Content::Code)))
    }

    /// Whether the rows hold what was reached.
    pub fn is_of_year(&self) -> bool {
        let of_year = [YearContent::Reached, YearContent::Points].map(Content::OfYear);
        let says = |head: &ColumnHeading| matches!(head.meaning, HeadMeaning::Field(_, one) if of_year.contains(&one));
        self.columns.iter().any(says)
    }

    /// Whether the rows hold targets in the words of the language.
    pub fn is_typed(&self) -> bool {
        self.columns.iter().any(|head| matches!(head.meaning, HeadMeaning::Field(_, Content::Written)))
    }

    /// Whether the rows hold facts of their projects.
    pub fn has_facts(&self) -> bool {
        self.columns.iter().any(|head| matches!(head.meaning, HeadMeaning::Project(_) | HeadMeaning::Checkpoint))
    }

    /// Whether both have the same columns: the headings of a table come again on its next page.
    pub fn is_like(&self, other: &Heads) -> bool {
        let columns =
            |heads: &Heads| heads.columns.iter().map(|head| (head.meaning, head.is_whole_period)).collect::<Vec<_>>();
        columns(self) == columns(other)
    }

    pub fn first_column(&self) -> u32 {
        self.columns.iter().find(|head| head.meaning != HeadMeaning::Furniture).map_or(0, |head| head.column)
    }
}

/// What a heading announces in the columns of an indicator table.
pub fn content(view: &View<'_>, slot: &GridSlot) -> Option<Content> {
    let text = view.words(slot.cell);
    // Most cells are no headings, and asked no more.
    let found = view.lexicon.find(LabelRoom::Columns, text)?;
    (view.lexicon.find(LabelRoom::Project, text) != Some(Content::Furniture)).then_some(found)
}
