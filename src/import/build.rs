//! What was recognised to a model, by the standard that fits it.

mod actual;
mod builder;
pub mod fit;
pub mod form_layout;
mod indicator;
pub mod indicator_columns;
pub mod levels;
mod money;
mod occasions;
pub mod of_year;
pub mod parted_projects;
pub mod stated;
pub mod typed;
pub mod whole;
mod written_figures;
pub mod year_form;

pub use actual::typed_actual;
