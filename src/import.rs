//! Documents of offices to source text. Bytes in, texts out: no file is touched here.
//!
//! A reader makes a [`document::Document`] of a file; what its labels and headings mean is data of the standards.

mod account;
mod columns;
pub mod document;
pub mod docx;
mod draft;
mod encoding;
mod fit;
mod lexicon;
mod limits;
mod office;
mod package;
mod refusal;
#[cfg(test)]
mod sample;
mod table;
mod target;
mod text;
pub mod xlsx;
mod xml;
