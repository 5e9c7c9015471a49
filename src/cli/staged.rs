//! What is made before it is known whether it counts: artifacts, and what a format keeps aside.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::{Failure, writing};
use crate::backend::{Aside, Contents, RoomAside, Sink};

/// Artifacts that count only once all is checked: kept in a folder of the system, which goes with it.
pub struct StagedArtifacts {
    folder: tempfile::TempDir,
    /// In the order in which they were made.
    pub names: Vec<PathBuf>,
}

impl StagedArtifacts {
    /// # Errors
    /// JX909 where the system has no room for it.
    pub fn new() -> Result<Self, Failure> {
        let folder = tempfile::tempdir().map_err(|error| writing::cannot_write(&std::env::temp_dir(), &error))?;
        Ok(Self { folder, names: Vec::new() })
    }

    /// Hands them on.
    ///
    /// # Errors
    /// What the sink could not write.
    pub fn release(&self, sink: &mut dyn Sink) -> io::Result<()> {
        self.names.iter().try_for_each(|name| {
            sink.artifact(name, &mut |out| {
                io::copy(&mut File::open(self.folder.path().join(name))?, out)?;
                Ok(())
            })
        })
    }
}

/// The files that the system takes away by itself.
#[derive(Debug)]
pub struct RoomOfSystem;

impl RoomAside for RoomOfSystem {
    fn aside(&self) -> io::Result<Box<dyn Aside>> {
        Ok(Box::new(tempfile::tempfile()?))
    }
}

impl Sink for StagedArtifacts {
    fn artifact(&mut self, path: &Path, contents: Contents<'_>) -> io::Result<()> {
        let file = self.folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap_or(self.folder.path()))?;
        let mut file = BufWriter::new(File::create(file)?);
        contents(&mut file)?;
        file.flush()?;
        self.names.push(path.to_owned());
        Ok(())
    }
}
