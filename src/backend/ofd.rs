//! `--to ofd`: the official document in the fixed layout of Chinese offices (GB/T 33190), one a department.
//!
//! Fonts stand in it by their names, as every office system has them, with the place of every sign: Han signs fill a square,
//! others half of one, which are the widths of 宋体. So no font is needed to write it, and every machine writes the same
//! bytes. Headings are its outline; the source text lies in it as an attachment, so that an archived copy can be compiled
//! again. It makes no claim of OFD/A, which wants fonts embedded.

mod sheet;

use std::fmt::Write as _;
use std::io::{self, Cursor, Write};

use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use self::sheet::{millimetres, page};
use super::page::{Canvas, DocumentPart, HalfAndFull, ListedHeading, PaperSheet, PartId, Thousandths, lay_out};
use super::printed::{PrintedDocument, write_each};
use super::source_text;
use super::stream::FilesOfEach;
use super::xml::XmlWriter;
use super::{Backend, RenderOptions, Scope, Sink, Stream};
use crate::model::Model;

pub struct Ofd;

impl Backend for Ofd {
    fn name(&self) -> &'static str {
        "ofd"
    }

    fn is_default(&self) -> bool {
        false
    }

    fn stream(&self) -> Option<Box<dyn Stream + '_>> {
        Some(FilesOfEach::of(self))
    }

    fn render(&self, model: &Model, scope: Scope, options: &RenderOptions<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        write_each((model, scope), options, self.name(), sink, |document, out| {
            let source = source_text::whole(model, scope.within(document.department()));
            out.write_all(&package(document, &source)?)
        })
    }
}

const NAMES: [(&str, &str); 1] = [("xmlns:ofd", "http://www.ofdspec.org/2016")];

/// # Errors
/// What the archive cannot hold.
fn package(document: &PrintedDocument<'_>, source: &str) -> io::Result<Vec<u8>> {
    let mut canvas = OfdCanvas::new();
    lay_out(|| document.drawn(), &HalfAndFull, &mut canvas);
    canvas.finished(document.title(), source)
}

/// Numbers up to this are those of the fonts; pages and what is on them get the following.
const FONTS: usize = 4;

/// Draws sheets into an archive.
struct OfdCanvas {
    archive: ZipWriter<Cursor<Vec<u8>>>,
    failure: Option<io::Error>,
    /// Of all that is written, for the number of the document.
    hash: Sha256,
    /// The last number that was given.
    last_id: usize,
    pages: Vec<usize>,
    headings: Vec<ListedHeading>,
    size: (Thousandths, Thousandths),
}

impl Canvas for OfdCanvas {
    fn headings(&mut self, headings: &[ListedHeading]) {
        self.headings = headings.to_vec();
    }

    fn part(&mut self, _: DocumentPart, _: Option<PartId>) -> PartId {
        PartId(0)
    }

    fn sheet(&mut self, sheet: PaperSheet) {
        let id = self.next_id();
        self.size = (sheet.width, sheet.height);
        let mut last = self.last_id;
        self.part_file(&format!("Doc_0/Pages/Page_{}/Content.xml", self.pages.len()), |xml| {
            page(xml, &sheet, &mut last);
        });
        self.last_id = last;
        self.pages.push(id);
    }
}

impl OfdCanvas {
    fn new() -> Self {
        Self {
            archive: ZipWriter::new(Cursor::new(Vec::new())),
            failure: None,
            hash: Sha256::new(),
            last_id: FONTS,
            pages: Vec::new(),
            headings: Vec::new(),
            size: (0, 0),
        }
    }

    fn next_id(&mut self) -> usize {
        self.last_id += 1;
        self.last_id
    }

    fn file(&mut self, name: &str, bytes: &[u8]) {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        self.hash.update(bytes);
        let written = self.archive.start_file(name, options).map_err(io::Error::from);
        let written = written.and_then(|()| self.archive.write_all(bytes));
        if let (Err(error), None) = (written, &self.failure) {
            self.failure = Some(error);
        }
    }

    fn part_file(&mut self, name: &str, inside: impl FnOnce(&mut XmlWriter<'_>)) {
        let mut bytes = Vec::new();
        // Invariant: memory takes all that is written.
        let _ = XmlWriter::write(&mut bytes, inside);
        self.file(name, &bytes);
    }

    /// The rest of the parts, the entry last: its number depends on all others.
    ///
    /// # Errors
    /// The first failure of the archive.
    fn finished(mut self, title: &str, source: &str) -> io::Result<Vec<u8>> {
        let (pages, headings) = (std::mem::take(&mut self.pages), std::mem::take(&mut self.headings));
        let (size, last_id) = (self.size, self.last_id);
        self.file("Doc_0/PublicRes.xml", include_bytes!("ofd/fonts.xml"));
        self.part_file("Doc_0/Document.xml", |xml| tree(xml, size, last_id, &pages, &headings));
        self.file("Doc_0/Attachs/source.txt", source.as_bytes());
        self.part_file("Doc_0/Attachs/Attachments.xml", |xml| attachments(xml, source.len()));
        let mut number = String::new();
        for byte in self.hash.clone().finalize().iter().take(16) {
            // Invariant: a string takes all that is written.
            let _ = write!(number, "{byte:02x}");
        }
        self.part_file("OFD.xml", |xml| entry(xml, title, &number));
        match self.failure {
            Some(failure) => Err(failure),
            None => Ok(self.archive.finish()?.into_inner()),
        }
    }
}

/// The entry: what the document is called, and where it begins. Neither when nor by whom it was written.
fn entry(xml: &mut XmlWriter<'_>, title: &str, number: &str) {
    let attributes = [NAMES[0], ("Version", "1.1"), ("DocType", "OFD")];
    xml.element("ofd:OFD", &attributes, |xml| {
        xml.element("ofd:DocBody", &[], |xml| {
            xml.element("ofd:DocInfo", &[], |xml| {
                xml.element("ofd:DocID", &[], |xml| xml.text(number));
                xml.element("ofd:Title", &[], |xml| xml.text(title));
                xml.element("ofd:Creator", &[], |xml| xml.text(env!("CARGO_PKG_NAME")));
                xml.element("ofd:CreatorVersion", &[], |xml| xml.text(env!("CARGO_PKG_VERSION")));
            });
            xml.element("ofd:DocRoot", &[], |xml| xml.text("Doc_0/Document.xml"));
        });
    });
}

/// The pages, and the headings as an outline.
fn tree(
    xml: &mut XmlWriter<'_>,
    size: (Thousandths, Thousandths),
    last: usize,
    pages: &[usize],
    headings: &[ListedHeading],
) {
    xml.element("ofd:Document", &NAMES, |xml| {
        xml.element("ofd:CommonData", &[], |xml| {
            xml.element("ofd:MaxUnitID", &[], |xml| xml.text(&last.to_string()));
            xml.element("ofd:PageArea", &[], |xml| {
                let size = format!("0 0 {} {}", millimetres(size.0), millimetres(size.1));
                xml.element("ofd:PhysicalBox", &[], |xml| xml.text(&size));
            });
            xml.element("ofd:PublicRes", &[], |xml| xml.text("PublicRes.xml"));
        });
        xml.element("ofd:Pages", &[], |xml| {
            for (index, id) in pages.iter().enumerate() {
                let place = format!("Pages/Page_{index}/Content.xml");
                xml.empty("ofd:Page", &[("ID", &id.to_string()), ("BaseLoc", &place)]);
            }
        });
        if !headings.is_empty() {
            xml.element("ofd:Outlines", &[], |xml| {
                let mut rest = headings;
                while let Some(below) = outline(xml, rest, pages) {
                    rest = below;
                }
            });
        }
        xml.element("ofd:Attachments", &[], |xml| xml.text("Attachs/Attachments.xml"));
    });
}

/// An entry of the outline with those of lower levels that follow it; what comes after them.
fn outline<'a>(xml: &mut XmlWriter<'_>, headings: &'a [ListedHeading], pages: &[usize]) -> Option<&'a [ListedHeading]> {
    let (first, rest) = headings.split_first()?;
    let below = rest.iter().take_while(|one| one.level > first.level).count();
    let (mut inside, after) = rest.split_at(below);
    let count = below.to_string();
    let attributes = [("Title", first.text.as_str()), ("Count", &count), ("Expanded", "true")];
    xml.element("ofd:OutlineElem", &attributes[..], |xml| {
        xml.element("ofd:Actions", &[], |xml| {
            xml.element("ofd:Action", &[("Event", "CLICK")], |xml| {
                xml.element("ofd:Goto", &[], |xml| {
                    let page = pages.get(first.sheet).copied().unwrap_or_default().to_string();
                    let top = millimetres(first.top);
                    let place =
                        [("Type", "XYZ"), ("PageID", page.as_str()), ("Left", "0"), ("Top", &top), ("Zoom", "0")];
                    xml.empty("ofd:Dest", &place);
                });
            });
        });
        while let Some(after) = outline(xml, inside, pages) {
            inside = after;
        }
    });
    Some(after)
}

fn attachments(xml: &mut XmlWriter<'_>, bytes: usize) {
    // In thousands of bytes.
    let size = format!("{}.{:03}", bytes / 1000, bytes % 1000);
    xml.element("ofd:Attachments", &NAMES, |xml| {
        let attributes = [("ID", "1"), ("Name", "source"), ("Format", "txt"), ("Size", &size), ("Visible", "true")];
        xml.element("ofd:Attachment", &attributes, |xml| {
            xml.element("ofd:FileLoc", &[], |xml| xml.text("source.txt"));
        });
    });
}
