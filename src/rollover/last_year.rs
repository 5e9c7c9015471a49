//! 上年: what this year was to reach is the value of last year.

use rust_decimal::Decimal;

use super::Rollover;
use crate::diagnostic::texts;
use crate::format::extents::Extents;
use crate::model::print::resolved;
use crate::model::standard::Standard;
use crate::model::target::Target;
use crate::model::unit::{Measure, Multiplier, Quantity};
use crate::model::{Indicator, Project, number};
use crate::source::{FileId, Span};
use crate::syntax::vocabulary::{self, Block, INDICATOR, fields_of};
use crate::syntax::{Node, StatementKind, Tree, is_blank};

/// The field that holds it.
const FIELD: &str = "上年";

/// Fills it in for every indicator of a file.
pub(super) fn file(work: &mut Rollover<'_>, file: FileId, tree: &Tree) {
    let text = &work.sources.get(file).text;
    let Some(extents) = Extents::new(text) else { return };
    let model = work.model;
    let indicators = model.projects.iter().filter(|project| project.span.file == file);
    let mut indicators: Vec<(&Project, &Indicator)> =
        indicators.flat_map(|project| project.indicators.iter().map(move |one| (project, one))).collect();
    indicators.sort_by_key(|(_, one)| one.span.start);
    let nodes = tree.roots(file, text).flat_map(Node::children).filter(|node| node.kind() == StatementKind::Indicator);
    for node in nodes {
        let start = node.statement().head.start;
        if let Ok(index) = indicators.binary_search_by_key(&start, |(_, one)| one.span.start) {
            let (project, one) = indicators[index];
            indicator(work, project, one, node, &extents);
        }
    }
}

fn indicator(work: &mut Rollover<'_>, project: &Project, indicator: &Indicator, node: Node<'_>, extents: &Extents<'_>) {
    let name = &*indicator.name.value;
    let value = match value(work, project, indicator) {
        LastYearValue::Known(value) => value,
        LastYearValue::None => {
            if let Some(old) = &indicator.last_year {
                work.look(old.span, texts::look_old_last_year(name, work.slice(old.span)));
            }
            return;
        }
        LastYearValue::Unknown => {
            work.look(indicator.target.span, texts::look_unresolved(name));
            return;
        }
    };
    if let Some(old) = &indicator.last_year {
        let written = work.slice(old.span);
        let is_stale = matches!(&indicator.target.value, Target::Quantity { quantity, .. } if same(quantity, old));
        if is_stale {
            work.look(indicator.target.span, texts::look_unchanged(name, &value));
        }
        if written != value {
            work.changed(old.span, texts::rolled_last_year_again(name, written, &value));
            work.edit(old.span, value);
        }
        return;
    }
    let (at, text) = insertion(node, extents, &value);
    let span = Span::new(node.file, at, at);
    work.changed(indicator.span, texts::rolled_last_year(name, &value));
    work.edit(span, text);
}

enum LastYearValue {
    Known(String),
    /// The target is no plain number.
    None,
    /// It would be one, but cannot be computed.
    Unknown,
}

/// What the target comes to, as written.
fn value(work: &Rollover<'_>, project: &Project, indicator: &Indicator) -> LastYearValue {
    match &indicator.target.value {
        Target::Quantity { quantity, .. } => LastYearValue::Known(work.slice(quantity.span).to_owned()),
        Target::LastYear { .. } => {
            let standard = &work.model[project.standard];
            let (Some(old), Some(value)) = (&indicator.last_year, resolved(indicator, project, standard)) else {
                return LastYearValue::Unknown;
            };
            if !fits(old, value, standard) {
                return LastYearValue::Unknown;
            }
            let written = work.slice(old.span);
            let digits = |sign: char| {
                sign.is_numeric() || matches!(sign, '.' | '．' | ',' | '，' | '_' | '-' | '+' | '－' | '＋')
            };
            let unit = written.trim_start_matches(digits);
            let value = number::plain(value.normalize());
            LastYearValue::Known(format!("{value}{unit}"))
        }
        Target::Range { .. }
        | Target::Deadline { .. }
        | Target::Money { .. }
        | Target::YesNo(_)
        | Target::Grade { .. }
        | Target::Words(_)
        | Target::Damaged => LastYearValue::None,
    }
}

/// Whether a unit takes a number: 61.95 次 there is none.
fn fits(like: &Quantity, value: Decimal, standard: &Standard) -> bool {
    let Measure::Unit(unit) = like.measure else { return true };
    value.is_integer() || like.multiplier != Multiplier::One || !standard.units[unit as usize].is_whole
}

fn same(one: &Quantity, other: &Quantity) -> bool {
    (one.value, one.multiplier, &one.measure) == (other.value, other.multiplier, &other.measure)
}

/// Where the field goes, and what is written there: behind the fields that stand before it in the one layout.
fn insertion(node: Node<'_>, extents: &Extents<'_>, value: &str) -> (usize, String) {
    let text = &**node.text;
    let is_english = node.label_text() == INDICATOR.1;
    let label = vocabulary::field(Block::Indicator, FIELD)
        .map_or(FIELD, |field| if is_english { field.english } else { field.name });
    let start = node.statement().head.start as usize;
    let line = text[..start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let indent: String = text[line..start].chars().take_while(|sign| is_blank(*sign)).collect();
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let Some((open, close)) = extents.block(node) else {
        let block = format!(" {{{newline}{indent}  {label} {value}{newline}{indent}}}");
        return (extents.extent(node).end, block);
    };
    let before = node.children().filter(|child| place(child.label_text()) < place(FIELD)).last();
    let inside = before.map_or_else(|| extents.after(open), |child| extents.extent(child).end);
    if !text[open..close].contains(['\n', '\r']) {
        return match before {
            Some(_) => (inside, format!("；{label} {value}")),
            None if node.children().next().is_some() => (inside, format!(" {label} {value}；")),
            None => (inside, format!(" {label} {value} ")),
        };
    }
    let rest = &text[inside..];
    let end = inside + rest.find(['\n', '\r']).unwrap_or(rest.len());
    let is_free =
        text[inside..end].trim_start_matches(is_blank).chars().next().is_none_or(|sign| matches!(sign, '#' | '＃'));
    if is_free && end <= close {
        return (end, format!("{newline}{indent}  {label} {value}"));
    }
    // Other facts stand on the line: beside them.
    match before {
        Some(_) => (inside, format!("；{label} {value}")),
        None => (inside, format!(" {label} {value}；")),
    }
}

/// The place of a field in the one layout; fields of the standard come last.
fn place(label: &str) -> usize {
    let fields = fields_of(Block::Indicator);
    fields.iter().position(|field| field.name == label || field.english == label).unwrap_or(fields.len())
}
