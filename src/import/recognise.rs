//! The cells of a document to what they say: its labels and headings tell, and their words are data of the standards.
//!
//! Rules look at a [`view`] of the cells and return [`claim`]s; the walker of [`office`] alone puts them down, in order,
//! and so keeps the draft and the account of every sign.

mod asked;
mod claim;
mod clauses;
mod columns;
mod comparators;
mod department_fact;
mod departments;
pub mod draft;
mod facts;
mod form;
mod goals;
mod groups;
mod identity;
mod inside;
mod label_key;
mod layout;
pub mod lexicon;
mod listed;
mod matrix;
mod money_detail;
mod money_label;
pub mod office;
mod pairs;
mod prose;
mod recorder;
mod run_together;
mod scales;
mod side_by_side;
pub mod signs;
mod slot;
mod slot_meaning;
mod table;
pub mod title;
mod view;
pub mod year_content;
mod year_layout;
