//! Documents of offices to source text. Bytes in, texts out: no file is touched here.
//!
//! A reader makes a [`document::Document`] of a file; what its labels and headings mean is data of the standards.

pub mod document;
pub mod json;
mod limits;
