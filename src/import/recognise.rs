//! The cells of a document to what they say: its labels and headings tell, and their words are data of the standards.

mod columns;
mod departments;
pub mod draft;
mod facts;
mod identity;
pub mod lexicon;
mod matrix;
pub mod office;
mod pairs;
mod run_together;
mod table;
mod title;
