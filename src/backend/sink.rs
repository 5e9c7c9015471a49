//! Where artifacts go. A sink decides what becomes of what is written: a file, standard output, memory.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What writes an artifact into the writer that it is given, from its beginning.
pub type Contents<'a> = &'a mut dyn FnMut(&mut dyn Write) -> io::Result<()>;

/// Takes what a backend makes, an artifact at a time.
pub trait Sink {
    /// Takes an artifact: its path below the output folder, and what writes it. It is there whole or, where its contents
    /// or the sink fail, not at all, as far as the sink can take back what it has.
    ///
    /// # Errors
    /// What could not be written.
    fn artifact(&mut self, path: &Path, contents: Contents<'_>) -> io::Result<()>;
}

/// A file in memory: its path below the output folder, and its bytes.
#[derive(Clone, Debug)]
pub struct Artifact {
    /// Below the output folder, with the parts that the format names.
    pub path: PathBuf,
    /// As they would stand in the file.
    pub bytes: Vec<u8>,
}

/// Keeps artifacts.
#[derive(Debug, Default)]
pub struct Memory(pub Vec<Artifact>);

impl Sink for Memory {
    fn artifact(&mut self, path: &Path, contents: Contents<'_>) -> io::Result<()> {
        let mut bytes = Vec::new();
        contents(&mut bytes)?;
        self.0.push(Artifact { path: path.to_owned(), bytes });
        Ok(())
    }
}

/// Learns which artifacts there are, without making them.
#[derive(Debug, Default)]
pub struct ArtifactNames(pub Vec<PathBuf>);

impl Sink for ArtifactNames {
    fn artifact(&mut self, path: &Path, _: Contents<'_>) -> io::Result<()> {
        self.0.push(path.to_owned());
        Ok(())
    }
}
