//! What adjustments change, line by line.

use rust_decimal::Decimal;

use super::cell::EngineCell;
use super::{ColumnType, PutRow, TableOffice};
use crate::backend::source_text;
use crate::model::standard::Standard;
use crate::model::target::Target;
use crate::model::unit::Quantity;
use crate::model::year::{AdjustedFact, Adjustment, AdjustmentChange, NamedThing};

/// One side of a change: the number, and how it is written.
type ChangeSide = (Option<Decimal>, Option<String>);

/// What a row says beside the adjustment that it is of.
struct ChangeRow<'a> {
    fact: &'static str,
    name: Option<&'a str>,
    before: ChangeSide,
    after: ChangeSide,
}

/// A line with the key of its project, the number of its indicator, and the adjustment that it is of.
type ChangeLine<'a> = (&'a str, Option<usize>, NamedThing, &'a Adjustment, &'a AdjustmentChange);

pub(super) fn rows(office: &TableOffice<'_>, put: &mut PutRow<'_>) {
    if office.record().is_none() {
        return;
    }
    let mut lines: Vec<ChangeLine<'_>> = Vec::new();
    for (named, adjustment, change) in office.changes() {
        lines.extend(office.place_of(named).map(|(key, indicator)| (key, indicator, named, adjustment, change)));
    }
    let day = |one: &Adjustment| one.date.as_ref().map(|date| date.value.in_year(office.year));
    // Stable: those of one day stay in the order of the files.
    lines.sort_by_key(|(key, indicator, _, adjustment, _)| (*key, *indicator, day(adjustment)));
    for about_one in lines.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
        let mut seq = 0;
        for (key, indicator, named, adjustment, change) in about_one {
            let standard = office.standard_of(*named);
            for ChangeRow { fact, name, before, after } in changed(change, standard) {
                seq += 1;
                let [year, region, dept_key] = office.common();
                let [file, line, _] = office.place(Some(change.span));
                put(&[
                    year,
                    region,
                    dept_key,
                    EngineCell::text(*key),
                    EngineCell::may_count(*indicator),
                    EngineCell::count(seq),
                    EngineCell::day(day(adjustment)),
                    EngineCell::words(adjustment.document.as_ref()),
                    EngineCell::words(adjustment.reason.as_ref()),
                    EngineCell::text(fact),
                    EngineCell::may_text(name),
                    EngineCell::number(before.0, ColumnType::Decimal),
                    EngineCell::number(after.0, ColumnType::Decimal),
                    EngineCell::may_text(before.1),
                    EngineCell::may_text(after.1),
                    file,
                    line,
                ]);
            }
        }
    }
}

fn changed<'a>(change: &'a AdjustmentChange, standard: &'a Standard) -> Vec<ChangeRow<'a>> {
    let amount = |one: &Quantity| (one.base_value(standard), Some(source_text::quantity(one, standard)));
    let target = |one: &Target| {
        let value = if let Target::Quantity { quantity, .. } = one { Some(quantity.value) } else { None };
        (value, Some(source_text::target(one, standard)))
    };
    let points = |one: Decimal| (Some(one), Some(one.to_string()));
    let words = |one: &str| (None, Some(one.to_owned()));
    let none = (None, None);
    let own = |before, after| ChangeRow {
        fact: change.fact.field().english,
        name: change.subject.indicator.as_deref(),
        before,
        after,
    };
    match &change.fact {
        AdjustedFact::Budget { from, to, funds } => {
            let funds = funds.iter().map(|fund| ChangeRow {
                fact: "fund",
                name: Some(standard.fund_sources[fund.source].name.as_str()),
                before: amount(&fund.from),
                after: amount(&fund.to),
            });
            std::iter::once(own(amount(from), amount(to))).chain(funds).collect()
        }
        AdjustedFact::CarryOver(more) => vec![own(none, amount(more))],
        AdjustedFact::Target { from, to } => vec![own(target(&from.value), target(&to.value))],
        AdjustedFact::Weight { from, to } => vec![own(points(from.value), points(to.value))],
        AdjustedFact::Goal(goal) => vec![own(none, words(&goal.value))],
        AdjustedFact::Added(indicator) => vec![own(none, target(&indicator.target.value))],
        AdjustedFact::Withdrawn(_) => vec![own(none.clone(), none)],
    }
}
