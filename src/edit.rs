//! Smallest edits of a text: a fact is set, put in, taken out, renamed or moved, and all that nobody touches stays as its
//! author wrote it, sign by sign.
//!
//! ```text
//! Request ─place─▶ statement ─▶ edits ─read back─▶ Patch
//! ```
//!
//! What is put in stands where the formatter would put it, in its spelling; what is there keeps its layout. A request
//! whose text would not read back as what was asked for is refused, and so is one about a line with mistakes. Requests
//! are made against one version of the texts; a [`Patch`] tells where two of them meet, and can be taken back.
//!
//! `page` knows lines and braces only and serves those who have a tree already: fixes, the rollover.

mod address;
pub(crate) mod declaration;
pub(crate) mod order;
pub(crate) mod page;
mod patch;
mod plan;
mod proof;
pub(crate) mod rename;
pub(crate) mod written;

pub use address::{At, find};
pub(crate) use address::{DeclaredLines, declaration as declaration_of};
pub use page::RemovedComments;
pub use patch::{Conflict, ConflictKind, Patch};
pub use plan::{plan, plan_all};

use crate::diagnostic::{Diagnostic, Text, texts};

/// Something to change in a text. Values are written as the language writes them: `20 万元`, `"全年六次。"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Each of some facts of one thing gets a value; without one, it goes.
    Set {
        /// The thing that has the facts.
        of: At,
        /// The facts and their values as the language writes them.
        values: Vec<(Field, Option<String>)>,
    },
    /// A statement comes into a block or a declaration into a file.
    Add {
        /// The block or the file.
        to: At,
        /// Where in it.
        place: EditPlace,
        /// As source text, without the indentation of its place.
        statement: String,
    },
    /// A statement goes, with its block.
    Remove {
        /// The statement.
        what: At,
        /// What becomes of its comments.
        comments: RemovedComments,
    },
    /// A department, a project or an indicator gets another name, here and in all references.
    Rename {
        /// The department, project or indicator.
        what: At,
        /// The new name, without quotes.
        name: String,
    },
    /// A statement goes to another place in its block or in another block of the same kind, with its comments.
    Move {
        /// The statement.
        what: At,
        /// Its new block.
        to: At,
        /// Where in it.
        place: EditPlace,
    },
}

/// A fact by what the language calls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// The code in the head of a department or project.
    Code,
    /// The category in the head of an indicator.
    Category,
    /// The target in the head of an indicator.
    Target,
    /// A line in the block: a field in either language, a fund source, a checkpoint, a field of the standard.
    Line(String),
}

/// Where something is put.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditPlace {
    /// Where the one layout has it; what has no order comes last.
    Usual,
    /// Before all others.
    First,
    /// Right behind a statement of the same block.
    After(At),
}

/// Why a request is not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditRefusal {
    /// Nothing is there that it could be about.
    NotFound,
    /// Several things have that name.
    Ambiguous,
    /// The place holds a mistake that was reported: nobody knows what belongs to it.
    Damaged,
    /// The place cannot hold that.
    NotHere,
    /// The text is none or several statements, or brings a comment where a value was asked for.
    NotOne,
    /// Something else has the name.
    Taken,
    /// What the compiler would say of the new text.
    Mistake(Diagnostic),
    /// Other facts stand on its line, which would have to be parted first.
    SharesLine,
    /// It cannot be made together with another request.
    Conflict(Box<Conflict>),
}

impl EditRefusal {
    /// As a sentence for people.
    pub fn text(&self) -> Text {
        match self {
            EditRefusal::NotFound => texts::edit_not_found(),
            EditRefusal::Ambiguous => texts::edit_ambiguous(),
            EditRefusal::Damaged => texts::edit_damaged(),
            EditRefusal::NotHere => texts::edit_not_here(),
            EditRefusal::NotOne => texts::edit_not_one(),
            EditRefusal::Taken => texts::edit_taken(),
            EditRefusal::Mistake(found) => texts::edit_mistake(found.message.clone()),
            EditRefusal::SharesLine => texts::edit_shares_line(),
            EditRefusal::Conflict(conflict) => match conflict.kind {
                ConflictKind::Overlap => texts::edit_overlap(),
                ConflictKind::SamePlace => texts::edit_same_place(),
                ConflictKind::InsideRemoved => texts::edit_inside_removed(),
            },
        }
    }
}
