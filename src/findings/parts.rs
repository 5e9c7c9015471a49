//! What findings are written of: a workspace that was checked as a whole, or one that is checked while it is written, a
//! department at a time.

use std::cell::RefCell;
use std::io;
use std::sync::Arc;

use serde::ser::{Error, SerializeSeq};
use serde::{Serialize, Serializer};

use crate::control::Verdict;
use crate::model::standard::Standard;
use crate::workspace::Analysis;

/// A checked workspace in parts, each with the texts that its findings are about.
pub trait FoundParts {
    /// Hands in the parts in the order of their files, once.
    ///
    /// # Errors
    /// That of `take`, with which it ends.
    fn each(&mut self, take: &mut dyn FnMut(&Analysis) -> io::Result<()>) -> io::Result<()>;

    /// What the run says of each rule, once all parts were handed in.
    fn verdicts(&self) -> Vec<Verdict>;

    /// The standard that [`Analysis::main_standard`] names.
    fn main_standard(&self) -> Option<Arc<Standard>>;
}

impl FoundParts for &Analysis {
    fn each(&mut self, take: &mut dyn FnMut(&Analysis) -> io::Result<()>) -> io::Result<()> {
        take(self)
    }

    fn verdicts(&self) -> Vec<Verdict> {
        self.verdicts.clone()
    }

    fn main_standard(&self) -> Option<Arc<Standard>> {
        Analysis::main_standard(self).cloned().map(Arc::new)
    }
}

/// What a part contributes to a sequence.
pub(super) trait Items {
    fn write<S: SerializeSeq>(&self, part: &Analysis, sequence: &mut S) -> Result<(), S::Error>;

    /// What follows behind all parts.
    fn finish<S: SerializeSeq>(&self, _: &mut S) -> Result<(), S::Error> {
        Ok(())
    }
}

/// A sequence of the items of all parts. It can be written once.
pub(super) struct Sequence<'s, 'p, I> {
    pub parts: &'s RefCell<&'p mut dyn FoundParts>,
    pub items: &'s I,
}

impl<I: Items> Serialize for Sequence<'_, '_, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_seq(None)?;
        let mut failure = None;
        let outcome = self.parts.borrow_mut().each(&mut |part| {
            self.items.write(part, &mut sequence).map_err(|error| {
                let told = io::Error::other(error.to_string());
                failure = Some(error);
                told
            })
        });
        if let Some(error) = failure {
            return Err(error);
        }
        outcome.map_err(S::Error::custom)?;
        self.items.finish(&mut sequence)?;
        sequence.end()
    }
}

/// A value that is made when it is written.
pub(super) struct Made<F>(pub F);

impl<T: Serialize, F: Fn() -> T> Serialize for Made<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.0)().serialize(serializer)
    }
}
