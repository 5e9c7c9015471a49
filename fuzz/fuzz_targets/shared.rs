//! What the targets share: packed documents of fuzzed parts, and what must hold of every import.

use std::io::{Cursor, Write};

use jixiao::import::{self, Importing};
use jixiao::workspace::{Input, analyse};

/// Parts the bytes of one input: no document holds this.
const PART: &[u8] = b"\n%%%%\n";

/// A packed file whose parts are the fuzzed bytes, in this order; bytes that are a packed file already stay as they are.
/// A checksum that a changed byte breaks would keep the fuzzer out of the parts.
pub fn packed(paths: &[&str], bytes: &[u8]) -> Vec<u8> {
    if bytes.starts_with(b"PK") {
        return bytes.to_vec();
    }
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut rest = bytes;
    for path in paths {
        let end = rest.windows(PART.len()).position(|window| window == PART);
        let (part, after) = end.map_or((rest, &[][..]), |end| (&rest[..end], &rest[end + PART.len()..]));
        zip.start_file(*path, options).expect("a part");
        zip.write_all(part).expect("bytes");
        rest = after;
    }
    zip.finish().expect("a package").into_inner()
}

/// Imports and checks what holds of every document: what is left over is told whole, and what is written is text of the
/// language.
pub fn imported(name: &str, bytes: &[u8]) {
    let options = Importing::default();
    let Ok(imported) = import::import(name, bytes, &options) else { return };
    let tally = imported.tally();
    let left_over: usize =
        imported.left_over().iter().map(|one| one.text.chars().filter(|sign| !sign.is_whitespace()).count()).sum();
    assert_eq!(tally.left_over, left_over, "what is left over is told whole");
    let inputs = imported.files.iter().map(|(path, text)| Input { path: path.clone(), text: text.as_str().into() });
    let analysis = analyse(inputs.collect(), None);
    // JX2xx: what is no text of the language.
    let broken = analysis.diagnostics.iter().find(|one| one.is_error() && one.code.id().starts_with("JX2"));
    assert!(broken.is_none(), "an import is written in the language: {broken:?}\n{:#?}", imported.files);
}
