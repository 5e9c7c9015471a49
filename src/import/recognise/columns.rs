//! An indicator table: what its headings mean, and its rows by their headings.

pub mod by_cells;
pub mod heading;
pub mod heads;
pub mod rows;
mod several;
