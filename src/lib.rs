//! Jixiao.
extern crate alloc;

pub mod diagnostic;
pub mod source;
pub mod syntax;
