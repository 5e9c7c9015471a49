//! `--to docx`: the official document for word processors, one a department, which a clerk can go on editing.
//!
//! Office Open XML by hand: the order of elements is part of the format, and word processors are strict about it. Headings
//! are real headings, merged cells real merged cells. No clock and no user is in it, so the same model gives the same bytes.

mod body;
mod table;

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::official::{Official, documents};
use super::xml::Xml;
use super::{Artifact, Backend, Options};
use crate::model::Model;

pub struct Docx;

impl Backend for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn is_default(&self) -> bool {
        false
    }

    fn render(&self, model: &Model, _: &Options<'_>) -> Vec<Artifact> {
        let artifact = |document: Official| Artifact {
            path: format!("{}.docx", document.file_stem).into(),
            bytes: package(&document),
        };
        documents(model).into_iter().map(artifact).collect()
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

fn package(document: &Official) -> Vec<u8> {
    let mut parts: Vec<(&str, Vec<u8>)> = PARTS.iter().map(|(name, text)| (*name, text.as_bytes().to_vec())).collect();
    parts.push(("docProps/core.xml", properties(&document.title)));
    parts.push(("word/document.xml", body::document(document)));
    zipped(&parts)
}

fn zipped(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        // Invariant: memory does not fail, and every part has a name of its own.
        let _ = archive.start_file(*name, options.large_file(u32::try_from(bytes.len()).is_err()));
        let _ = archive.write_all(bytes);
    }
    archive.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// The title and the language; neither when nor by whom.
fn properties(title: &str) -> Vec<u8> {
    let mut xml = Xml::new();
    let names = [
        ("xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"),
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ];
    xml.element("cp:coreProperties", &names, |xml| {
        xml.element("dc:title", &[], |xml| xml.text(title));
        xml.element("dc:language", &[], |xml| xml.text("zh-CN"));
    });
    xml.into_bytes()
}
