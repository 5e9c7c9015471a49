//! A workspace that is written a department at a time: no more of it is held.

use std::fmt::Debug;
use std::io::{self, Read, Seek, Write};
use std::path::PathBuf;

use super::{Backend, RenderOptions, Scope, Sink};
use crate::model::Model;

/// The departments of a workspace, in order.
pub trait Departments {
    /// Hands in models of one department or a few, each of which knows what stands before it.
    ///
    /// # Errors
    /// That of `take`, with which it ends.
    fn each(&mut self, take: &mut dyn FnMut(&Model) -> io::Result<()>) -> io::Result<()>;
}

impl Departments for &Model {
    fn each(&mut self, take: &mut dyn FnMut(&Model) -> io::Result<()>) -> io::Result<()> {
        take(self)
    }
}

/// Room for what is too much to be held, which goes with it.
pub trait Aside: Read + Write + Seek {}

impl<T: Read + Write + Seek> Aside for T {}

/// Gives room aside.
pub trait RoomAside: Debug + Sync {
    /// A place of its own, with nothing in it.
    ///
    /// # Errors
    /// Where there is none.
    fn aside(&self) -> io::Result<Box<dyn Aside>>;
}

/// Writes a workspace in two goes through its departments: one in which they are looked at, and what is of each alone is
/// written; one for what holds all of them.
pub trait Stream {
    /// Looks at the next department. What is written here counts only where no department has errors: the sink keeps it
    /// until then.
    ///
    /// # Errors
    /// What the sink could not write.
    fn look(&mut self, _model: &Model, _options: &RenderOptions<'_>, _sink: &mut dyn Sink) -> io::Result<()> {
        Ok(())
    }

    /// The artifacts that [`Self::write`] makes.
    fn names(&self) -> Vec<PathBuf> {
        Vec::new()
    }

    /// Writes what holds all departments, once all were looked at.
    ///
    /// # Errors
    /// What the sink could not write.
    fn write(
        &mut self,
        _departments: &mut dyn Departments,
        _options: &RenderOptions<'_>,
        _sink: &mut dyn Sink,
    ) -> io::Result<()> {
        Ok(())
    }
}

/// The stream of a format that makes files of each department alone.
pub(super) struct FilesOfEach<'b>(&'b dyn Backend);

impl<'b> FilesOfEach<'b> {
    pub fn of(backend: &'b dyn Backend) -> Box<dyn Stream + 'b> {
        Box::new(Self(backend))
    }
}

impl Stream for FilesOfEach<'_> {
    fn look(&mut self, model: &Model, options: &RenderOptions<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        self.0.render(model, Scope::Workspace, options, sink)
    }
}
