//! A workspace that is written a department at a time: no more of it is held.

use std::io;
use std::path::PathBuf;

use super::{ArtifactNames, Backend, RenderOptions, Scope, Sink};
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

/// Writes a workspace in two goes through its departments: one in which they are looked at, one in which they are written.
pub trait Stream {
    /// Looks at the next department.
    ///
    /// # Errors
    /// What cannot be written of it.
    fn look(&mut self, model: &Model, options: &RenderOptions<'_>) -> io::Result<()>;

    /// The artifacts that there will be, once all departments were looked at.
    fn names(&self) -> Vec<PathBuf>;

    /// Writes all.
    ///
    /// # Errors
    /// What the sink could not write.
    fn write(
        &mut self,
        departments: &mut dyn Departments,
        options: &RenderOptions<'_>,
        sink: &mut dyn Sink,
    ) -> io::Result<()>;
}

/// The stream of a format that makes files of each department alone.
pub(super) struct FilesOfEach<'b> {
    backend: &'b dyn Backend,
    names: ArtifactNames,
}

impl<'b> FilesOfEach<'b> {
    pub fn of(backend: &'b dyn Backend) -> Box<dyn Stream + 'b> {
        Box::new(Self { backend, names: ArtifactNames::default() })
    }
}

impl Stream for FilesOfEach<'_> {
    fn look(&mut self, model: &Model, options: &RenderOptions<'_>) -> io::Result<()> {
        self.backend.render(model, Scope::Workspace, options, &mut self.names)
    }

    fn names(&self) -> Vec<PathBuf> {
        self.names.0.clone()
    }

    fn write(
        &mut self,
        departments: &mut dyn Departments,
        options: &RenderOptions<'_>,
        sink: &mut dyn Sink,
    ) -> io::Result<()> {
        departments.each(&mut |model| self.backend.render(model, Scope::Workspace, options, sink))
    }
}
