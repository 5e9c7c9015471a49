//! A file of an office to a document: one reader a format. What stands where, and nothing of what it means.

mod continued;
mod csv_records;
mod docx;
mod encoding;
mod html;
pub mod json;
pub mod kind;
mod layout;
pub mod limits;
mod markdown;
mod mhtml;
mod ofd;
pub mod package;
#[cfg(feature = "from-pdf")]
mod pdf;
pub mod refusal;
#[cfg(test)]
mod sample;
mod seen_text;
mod symbols;
mod text;
mod xlsx;
pub mod xml;

use super::document::Document;
use crate::diagnostic::Diagnostic;
use kind::FileKind;

/// The document that a file of a kind holds.
pub fn document(kind: FileKind, name: &str, bytes: &[u8]) -> Result<Document, Diagnostic> {
    match kind {
        FileKind::Docx => docx::read(name, bytes),
        FileKind::Xlsx => xlsx::read(name, bytes),
        FileKind::Html => html::read(name, bytes),
        FileKind::Mhtml => mhtml::read(name, bytes),
        FileKind::Csv => csv_records::read(name, bytes),
        FileKind::Markdown => markdown::read(name, bytes),
        FileKind::Ofd => ofd::read(name, bytes),
        #[cfg(feature = "from-pdf")]
        FileKind::Pdf => pdf::read(name, bytes),
        #[cfg(not(feature = "from-pdf"))]
        FileKind::Pdf => Err(kind::unsupported(name, kind)),
        FileKind::Text
        | FileKind::Json
        | FileKind::Doc
        | FileKind::Xls
        | FileKind::Slides
        | FileKind::Rtf
        | FileKind::Odt
        | FileKind::OtherWorkbook
        | FileKind::WordXml
        | FileKind::ExcelXml
        | FileKind::Image
        | FileKind::Archive
        | FileKind::Unknown => Ok(text::read_bytes(bytes)),
    }
}
