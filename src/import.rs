//! Documents of offices to source text. Bytes in, texts out: no file is touched here.
//!
//! A reader makes a [`document::Document`] of a file; what its labels and headings mean is data of the standards.

pub mod csv;
pub mod document;
pub mod docx;
mod encoding;
pub mod html;
pub mod kind;
mod limits;
pub mod mhtml;
mod package;
mod refusal;
#[cfg(test)]
mod sample;
pub mod xlsx;
mod xml;
