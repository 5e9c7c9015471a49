//! `--to docx`: the official document for word processors, one a department, which a clerk can go on editing.
//!
//! Office Open XML by hand: the order of elements is part of the format, and word processors are strict about it. Headings
//! are real headings, merged cells real merged cells. No clock and no user is in it, so the same model gives the same bytes.

mod body;
mod table;

use std::io::{self, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::official::Drawn;
use super::printed::write_each;
use super::stream::FilesOfEach;
use super::xml::XmlWriter;
use super::{Backend, RenderOptions, Scope, Sink, Stream};
use crate::model::Model;

pub struct Docx;

impl Backend for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn is_default(&self) -> bool {
        false
    }

    fn stream(&self) -> Option<Box<dyn Stream + '_>> {
        Some(FilesOfEach::of(self))
    }

    fn render(&self, model: &Model, scope: Scope, options: &RenderOptions<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        write_each((model, scope), options, self.name(), sink, |document, out| {
            out.write_all(&package(document.drawn())?)
        })
    }
}

/// What no document changes.
const PARTS: [(&str, &str); 7] = [
    ("[Content_Types].xml", include_str!("docx/content-types.xml")),
    ("_rels/.rels", include_str!("docx/package-rels.xml")),
    ("word/_rels/document.xml.rels", include_str!("docx/document-rels.xml")),
    ("word/styles.xml", include_str!("docx/styles.xml")),
    ("word/settings.xml", include_str!("docx/settings.xml")),
    ("word/fontTable.xml", include_str!("docx/fontTable.xml")),
    ("word/footer1.xml", include_str!("docx/footer.xml")),
];

/// The archive: deflated, so that it is small enough for memory, where its table of contents can be filled in.
fn package(document: Drawn<'_>) -> io::Result<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in PARTS {
        archive.start_file(name, options)?;
        archive.write_all(text.as_bytes())?;
    }
    archive.start_file("docProps/core.xml", options)?;
    properties(&mut archive, document.title)?;
    archive.start_file("word/document.xml", options)?;
    let mut parts = EvenParts { out: &mut archive, held: Vec::with_capacity(PART) };
    body::document(&mut parts, document)?;
    parts.flush()?;
    Ok(archive.finish()?.into_inner())
}

/// What deflating looks at together.
const PART: usize = 64 * 1024;

/// Hands on what it gets in even parts: how a text is deflated depends on where it is cut, and at these places it comes out
/// as if it had been one piece.
struct EvenParts<W> {
    out: W,
    held: Vec<u8>,
}

impl<W: Write> Write for EvenParts<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(PART - self.held.len());
        self.held.extend_from_slice(&bytes[..taken]);
        if self.held.len() == PART {
            self.flush()?;
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.write_all(&self.held)?;
        self.held.clear();
        Ok(())
    }
}

/// The title and the language; neither when nor by whom.
fn properties(out: &mut dyn Write, title: &str) -> io::Result<()> {
    let names = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    XmlWriter::write(out, |xml| {
        xml.element("cp:coreProperties", &names, |xml| {
            xml.element("dc:title", &[], |xml| xml.text(title));
            xml.element("dc:language", &[], |xml| xml.text("zh-CN"));
        });
    })
}
