//! What was recognised to a model, by the standard that fits it.

mod builder;
pub mod fit;
mod indicator;
mod money;
pub mod parted_projects;
pub mod typed;
