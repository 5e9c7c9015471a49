//! stub
use super::{Artifact, Backend, Options};
use crate::model::Model;
pub struct Html;
impl Backend for Html {
    fn name(&self) -> &'static str { "html" }
    fn render(&self, _: &Model, _: &Options) -> Vec<Artifact> { Vec::new() }
}
