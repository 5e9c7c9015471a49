//! A target that stands by itself, as tables and documents hold it.

use super::StandardId;
use super::project::project;
use super::standard::Standard;
use super::target::Target;
use crate::language::Field;
use crate::syntax::vocabulary::written_name;

/// Whether a comment may start in a text: a sign of one stands outside plain quotes.
fn holds_comment(text: &str) -> bool {
    let (mut is_quoted, mut is_escaped) = (false, false);
    for sign in text.chars() {
        match sign {
            '#' | '＃' if !is_quoted => return true,
            '“' | '”' | '＂' if !is_quoted => return text.contains(['#', '＃']),
            '"' if !is_escaped => is_quoted = !is_quoted,
            _ => {}
        }
        is_escaped = sign == '\\' && !is_escaped;
    }
    false
}

/// The target that a text by itself states, in the words of the language; none where it states none. A target that refers
/// to last year's value needs to have that, too.
pub fn target_alone(text: &str, last_year: Option<&str>, standard: &Standard) -> Option<Target> {
    let last_year = last_year.map(|value| format!(" {{ {} {value} }}", Field::LastYear.name)).unwrap_or_default();
    if text.contains(['\n', '\r']) || last_year.contains(['\n', '\r', '#', '＃']) || holds_comment(text) {
        return None;
    }
    let category = standard.category_names().into_iter().next()?;
    let source: std::sync::Arc<str> =
        format!("项目 甲 {{\n指标 {} 甲 {text}{last_year}\n}}\n", written_name(&category)).into();
    let file = crate::source::Sources::default().add("", source.clone());
    let (tree, mut found) = crate::syntax::parse(file, &source);
    let node = tree.roots(file, &source).next()?;
    let mut read = project(node, StandardId(0), standard, &mut found);
    let only = read.indicators.pop().filter(|_| read.indicators.is_empty() && found.is_empty())?;
    Some(only.target.value).filter(|target| *target != Target::Damaged)
}
