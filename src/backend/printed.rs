//! The documents that are printed of a scope, whichever were asked for: the targets as they were approved, or the forms of
//! the year.

use std::cell::OnceCell;
use std::io::{self, Write};

use super::forms::{self, YearDocument};
use super::official::{self, Drawn, Official, Widths};
use super::{RenderOptions, Scope, Sink};
use crate::model::{DepartmentId, Model};

/// A document that is printed.
pub(super) enum PrintedDocument<'a> {
    /// With the widths of its columns, once they were asked for.
    Targets(Official<'a>, OnceCell<Widths>),
    Year(YearDocument<'a>),
}

impl PrintedDocument<'_> {
    /// To be drawn; as often as it is asked, the same.
    #[cfg(feature = "office")]
    pub fn drawn(&self) -> Drawn<'_> {
        match self {
            PrintedDocument::Targets(one, widths) => one.drawn(widths.get_or_init(|| one.widths()).clone()),
            PrintedDocument::Year(one) => one.drawn(),
        }
    }

    /// Its words alone, for formats without columns of a width.
    pub fn words(&self) -> Drawn<'_> {
        match self {
            PrintedDocument::Targets(one, _) => one.drawn(Widths::default()),
            PrintedDocument::Year(one) => one.drawn(),
        }
    }

    #[cfg(feature = "office")]
    pub fn title(&self) -> &str {
        match self {
            PrintedDocument::Targets(one, _) => &one.title,
            PrintedDocument::Year(one) => &one.title,
        }
    }

    /// What its file is called, without an ending.
    pub fn file_stem(&self) -> &str {
        match self {
            PrintedDocument::Targets(one, _) => &one.file_stem,
            PrintedDocument::Year(one) => &one.file_stem,
        }
    }

    #[cfg(feature = "office")]
    pub fn department(&self) -> Option<DepartmentId> {
        match self {
            PrintedDocument::Targets(one, _) => one.id,
            PrintedDocument::Year(one) => one.department,
        }
    }
}

/// Writes the documents of a scope into files of an ending, one by one.
///
/// # Errors
/// What the sink could not write, and what `write` says.
pub(super) fn write_each(
    (model, scope): (&Model, Scope),
    options: &RenderOptions<'_>,
    ending: &str,
    sink: &mut dyn Sink,
    write: impl Fn(&PrintedDocument<'_>, &mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut one = |document: &PrintedDocument<'_>| {
        let path = format!("{}.{ending}", document.file_stem());
        sink.artifact(path.as_ref(), &mut |out| write(document, out))
    };
    match options.forms {
        Some(asked) => forms::documents(model, scope, asked).try_for_each(|it| one(&PrintedDocument::Year(it))),
        None => {
            official::documents(model, scope).try_for_each(|it| one(&PrintedDocument::Targets(it, OnceCell::new())))
        }
    }
}
