//! Documents of offices to source text. Bytes in, texts out: no file is touched here.
//!
//! A reader makes a [`document::Document`] of a file; what its labels and headings mean is data of the standards.

pub mod document;
pub mod docx;
mod encoding;
pub mod html;
mod limits;
mod package;
mod refusal;
#[cfg(test)]
mod sample;
pub mod xlsx;
mod xml;
