//! Packed files: the parts of a docx, xlsx or ods, unpacked within limits.
//!
//! What a header says of a size is not believed: bytes are counted as they come.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::diagnostic::{Diagnostic, texts};

use super::{encoding, limits, refusal};

/// A packed file and what may still be unpacked of it.
pub struct Package<'a> {
    name: &'a str,
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// The names of its parts as they are looked up, in the order of the archive.
    paths: Vec<String>,
    packed: u64,
    unpacked: u64,
}

/// The text of a part.
pub struct PackagePart {
    pub text: String,
    /// Whether the part ends early or does not have the bytes that it was packed with.
    pub is_damaged: bool,
}

/// What a part says of another one.
#[derive(Clone, Debug)]
pub struct PackageRelation {
    pub id: String,
    /// The last word of its type: `worksheet`, `styles`.
    pub kind: String,
    pub path: String,
}

impl<'a> Package<'a> {
    pub fn open(name: &'a str, bytes: &'a [u8]) -> Result<Self, Diagnostic> {
        let archive =
            ZipArchive::new(Cursor::new(bytes)).map_err(|_| refusal::damaged(name, texts::reason_not_a_package()))?;
        if archive.len() > limits::PARTS {
            return Err(refusal::too_large(name, texts::limit_parts(limits::PARTS)));
        }
        let part = |index| {
            archive.name_for_index(index).and_then(Result::ok).map_or_else(String::new, |name| looked_up(&name))
        };
        let paths = (0..archive.len()).map(part).collect();
        Ok(Self { name, paths, archive, packed: bytes.len() as u64, unpacked: 0 })
    }

    /// Whether a part's path begins like this, in small letters.
    pub fn has(&self, start: &str) -> bool {
        self.paths.iter().any(|path| path.starts_with(start))
    }

    /// The paths of the parts, in small letters.
    pub fn paths(&self) -> &[String] {
        &self.paths
    }

    /// The text of a part; none where there is no such part.
    pub fn part(&mut self, path: &str) -> Result<Option<PackagePart>, Diagnostic> {
        let Some((bytes, is_damaged)) = self.bytes(path)? else { return Ok(None) };
        let (text, is_lossy) = encoding::decode_xml(bytes);
        Ok(Some(PackagePart { text, is_damaged: is_damaged || is_lossy }))
    }

    /// The bytes of a part, and whether they are not those that it was packed with.
    pub fn bytes(&mut self, path: &str) -> Result<Option<(Vec<u8>, bool)>, Diagnostic> {
        let wanted = looked_up(path);
        let Some(index) = self.paths.iter().position(|path| *path == wanted) else { return Ok(None) };
        let name = self.name;
        let file = match self.archive.by_index(index) {
            Ok(file) => file,
            Err(ZipError::UnsupportedArchive(text)) if text == ZipError::PASSWORD_REQUIRED => {
                return Err(refusal::locked(name));
            }
            Err(ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_)) => {
                return Err(refusal::damaged(name, texts::reason_packing(path)));
            }
            Err(_) => return Ok(Some((Vec::new(), true))),
        };
        // One byte more than allowed tells a part at the limit from one above it.
        let left = limits::UNPACKED_BYTES.min(self.packed.saturating_mul(limits::EXPANSION).max(limits::FREE_BYTES));
        let left = left.saturating_sub(self.unpacked);
        let mut bytes = Vec::new();
        let is_damaged = file.take(left + 1).read_to_end(&mut bytes).is_err();
        if bytes.len() as u64 > left {
            return Err(refusal::too_large(name, texts::limit_unpacked(path)));
        }
        self.unpacked += bytes.len() as u64;
        Ok(Some((bytes, is_damaged)))
    }

    /// What a part says of others, by its own path; the empty path is the package itself.
    pub fn relations(&mut self, path: &str) -> Result<Vec<PackageRelation>, Diagnostic> {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let Some(part) = self.part(&joined(folder, &format!("_rels/{file}.rels")))? else { return Ok(Vec::new()) };
        let mut relations = Vec::new();
        let mut xml = super::xml::XmlPieces::new(&part.text);
        while let Ok(Some(piece)) = xml.next() {
            let super::xml::XmlPiece::Open(element) = piece else { continue };
            let is_outside = element.attribute("TargetMode").is_some_and(|mode| mode == "External");
            let (Some(id), Some(kind), Some(target)) =
                (element.attribute("Id"), element.attribute("Type"), element.attribute("Target"))
            else {
                continue;
            };
            if !is_outside {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                relations.push(PackageRelation { id: id.into_owned(), kind, path: joined(folder, &target) });
            }
        }
        Ok(relations)
    }

    /// The path of the part that the package is about: a text document, a workbook.
    pub fn main_part(&mut self, usual: &str) -> Result<String, Diagnostic> {
        let found = self.relations("")?.into_iter().find(|relation| relation.kind == "officeDocument");
        Ok(found.map_or_else(|| usual.to_owned(), |relation| relation.path))
    }
}

/// A packed file with the text of some parts, by their paths, in the place of what they hold. All else is copied as it is packed.
///
/// # Errors
/// What the packed file says of itself where it is damaged.
pub fn with_parts(bytes: &[u8], parts: &BTreeMap<String, String>) -> io::Result<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut written = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    written.set_raw_comment(archive.comment().into())?;
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index)?;
        let name = file.name()?.into_owned();
        let Some(text) = parts.get(&looked_up(&name)) else {
            written.raw_copy_file(file)?;
            continue;
        };
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(file.last_modified().unwrap_or_default());
        drop(file);
        written.start_file(name, options)?;
        written.write_all(text.as_bytes())?;
    }
    Ok(written.finish()?.into_inner())
}

/// A path as parts are compared: some programs write `\` and capitals of their own.
fn looked_up(path: &str) -> String {
    path.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// A path in a folder, with `..` resolved.
pub(super) fn joined(folder: &str, path: &str) -> String {
    let from_root = path.starts_with('/');
    let mut steps: Vec<&str> = if from_root { Vec::new() } else { folder.split('/').collect() };
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}
