//! What was recognised to a model, by the standard that fits it.

pub mod fit;
mod indicator;
pub mod merge;
mod money;
mod target;
pub mod typed;
