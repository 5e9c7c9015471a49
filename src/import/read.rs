//! A file of an office to a document: one reader a format. What stands where, and nothing of what it means.

mod csv;
mod docx;
mod encoding;
mod html;
pub mod json;
pub mod kind;
pub mod limits;
mod mhtml;
mod package;
mod refusal;
#[cfg(test)]
mod sample;
mod text;
mod xlsx;
mod xml;

use super::document::Document;
use crate::diagnostic::Diagnostic;
use kind::Kind;

/// The document that a file of a kind holds.
pub fn document(kind: Kind, name: &str, bytes: &[u8]) -> Result<Document, Box<Diagnostic>> {
    match kind {
        Kind::Docx => docx::read(name, bytes),
        Kind::Xlsx => xlsx::read(name, bytes),
        Kind::Html => html::read(name, bytes),
        Kind::Mhtml => mhtml::read(name, bytes),
        Kind::Csv => csv::read(name, bytes),
        Kind::Text
        | Kind::Json
        | Kind::Doc
        | Kind::Xls
        | Kind::Slides
        | Kind::Rtf
        | Kind::Odt
        | Kind::OtherWorkbook
        | Kind::WordXml
        | Kind::ExcelXml
        | Kind::Pdf
        | Kind::Ofd
        | Kind::Image
        | Kind::Archive
        | Kind::Unknown => Ok(text::read_bytes(bytes)),
    }
}
