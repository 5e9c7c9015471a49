//! Several files as one that can be saved: packed, the same bytes each time.

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::frame::NamedBytes;

/// The files under their paths.
pub fn packed(files: &[NamedBytes]) -> io::Result<Vec<u8>> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (path, bytes) in files {
        archive.start_file(path, options).map_err(io::Error::other)?;
        archive.write_all(bytes)?;
    }
    archive.finish().map(Cursor::into_inner).map_err(io::Error::other)
}
