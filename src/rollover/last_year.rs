//! 上年: what this year reached; where nobody has reported it, what it was to reach.

use rust_decimal::Decimal;

use super::Rollover;
use crate::diagnostic::{Edit, Text, texts};
use crate::edit::order;
use crate::edit::page::{NewStatement, Page};
use crate::edit::written;
use crate::format::extents::Extents;
use crate::language::Field;
use crate::model::actual::Actual;
use crate::model::print::resolved;
use crate::model::standard::Standard;
use crate::model::target::Target;
use crate::model::unit::{Measure, Multiplier, Quantity};
use crate::model::year::NamedThing;
use crate::model::{Indicator, IndicatorId, Project, ProjectId, number};
use crate::source::FileId;
use crate::syntax::vocabulary::Block;
use crate::syntax::{Node, StatementKind, Tree};

/// The field that holds it.
const FIELD: &str = Field::LastYear.row().name;

/// Fills it in for every indicator of a file.
pub(super) fn file(work: &mut Rollover<'_>, file: FileId, tree: &Tree) {
    let text = &work.sources.get(file).text;
    let Some(extents) = Extents::new(text) else { return };
    let model = work.model;
    let indicators = model.project_ids().map(|id| (id, &model[id])).filter(|(_, project)| project.span.file == file);
    let ids = |(id, project): (ProjectId, &'_ Project)| {
        (0..project.indicators.len() as u32).map(move |index| IndicatorId { project: id, index }).collect::<Vec<_>>()
    };
    let mut indicators: Vec<IndicatorId> = indicators.flat_map(ids).collect();
    indicators.sort_by_key(|id| model[*id].span.start);
    let nodes = tree.roots(file, text).flat_map(Node::children).filter(|node| node.kind() == StatementKind::Indicator);
    for node in nodes {
        let start = node.statement().head.start;
        if let Ok(index) = indicators.binary_search_by_key(&start, |id| model[*id].span.start) {
            indicator(work, indicators[index], node, &extents);
        }
    }
}

fn indicator(work: &mut Rollover<'_>, id: IndicatorId, node: Node<'_>, extents: &Extents<'_>) {
    let (project, indicator) = (&work.model[id.project], &work.model[id]);
    let name = &*indicator.name.value;
    let reported = reported(work, id);
    let is_reported = reported.is_some();
    let known = reported.unwrap_or_else(|| (value(work, project, indicator), texts::from_target()));
    let (value, from) = match known {
        (LastYearValue::Known(value), from) => (value, from),
        (LastYearValue::None, _) => {
            if let Some(old) = indicator.last_year() {
                work.look(old.span, texts::look_old_last_year(name, work.slice(old.span)));
            }
            return;
        }
        (LastYearValue::Unknown, _) => {
            work.look(indicator.target.span, texts::look_unresolved(name));
            return;
        }
    };
    work.rolled.from_targets += usize::from(!is_reported);
    if let Some(old) = indicator.last_year() {
        let written = work.slice(old.span);
        let is_stale =
            !is_reported && matches!(&indicator.target.value, Target::Quantity { quantity, .. } if same(quantity, old));
        if is_stale {
            work.look(indicator.target.span, texts::look_unchanged(name, &value));
        }
        if written != value {
            work.changed(old.span, texts::rolled_last_year_again(name, written, &value, from));
            work.edit(old.span, value);
        }
        return;
    }
    work.changed(indicator.span, texts::rolled_last_year(name, &value, from));
    work.edits.extend(insertion(node, extents, &value));
}

/// The number that was reached, and who says so: the self-evaluation, else the last checkpoint.
fn reported(work: &Rollover<'_>, id: IndicatorId) -> Option<(LastYearValue, Text)> {
    let record = work.model.record(work.model[id.project].department);
    let lines = record.snapshots().flat_map(|snapshot| snapshot.reached.iter().map(move |line| (snapshot, line)));
    let of_it = lines.filter_map(|(snapshot, line)| match &line.value.actual {
        Actual::Quantity(quantity) if line.subject.named == Some(NamedThing::Indicator(id)) => {
            // A self-evaluation comes after every checkpoint.
            let time = snapshot.checkpoint.as_ref().map_or((u8::MAX, 0), |checkpoint| checkpoint.value.order());
            Some((time, snapshot, quantity))
        }
        _ => None,
    });
    let (_, snapshot, quantity) = of_it.max_by_key(|(time, ..)| *time)?;
    let from = match &snapshot.checkpoint {
        Some(checkpoint) => texts::from_checkpoint(work.slice(checkpoint.span)),
        None => texts::from_self_evaluation(),
    };
    Some((LastYearValue::Known(work.slice(quantity.span).to_owned()), from))
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
            let (Some(old), Some(value)) = (indicator.last_year(), resolved(indicator, project, standard)) else {
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

/// The edits that state the value: behind the fields that stand before it in the one layout.
fn insertion(node: Node<'_>, extents: &Extents<'_>, value: &str) -> Vec<Edit> {
    let line = format!("{} {value}", written::label(node, Block::Indicator, FIELD));
    let place = order::of_label(FIELD, StatementKind::Field, Block::Indicator, None);
    let page = Page::new(node.text, extents.clone());
    let piece = NewStatement { lines: vec![line], is_spaced: false };
    order::insert(&page, node, &|_| true, Block::Indicator, None, vec![(place, piece)])
}
