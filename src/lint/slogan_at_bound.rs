//! JX037: a slogan (word list `口号动词`) is to reach 100 %: no share of anything. A benefit may end in its verb, too.
//!
//! Names that end as ratios do (`比率后缀`), or hold a word of `有界比率`, are shares all the same.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::{List, Role};
use crate::model::target::Target;
use crate::model::unit::Measure;

pub const RULE: Rule = Rule { codes: &[Code::JX037], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let Target::Quantity { quantity, .. } = &row.indicator.target.value else { return };
    let Measure::Unit(unit) = quantity.measure else { return };
    let is_bound = row.standard.units[unit as usize].bounds.is_some_and(|(_, high)| quantity.value == high);
    // 及时报送 = 100% is the share that comes in time.
    if !is_bound || !matches!(row.role, Some(Role::Benefit | Role::Quality)) {
        return;
    }
    let at_end = || row.name().end_of(List::Slogan).filter(|_| row.role == Some(Role::Benefit));
    let Some(verb) = row.name().start_of(List::Slogan).or_else(at_end) else { return };
    if row.name().end_of(List::RatioEnding).is_some() || row.name().first_in(List::BoundedRatio).is_some() {
        return;
    }
    let value = format!("{}{}", quantity.value, quantity.unit_label(row.standard));
    let message = texts::slogan_at_bound(&*row.indicator.name.value, verb, value);
    found.push(
        Diagnostic::new(Code::JX037, message, row.name_span(), texts::slogan_at_bound_here())
            .label(row.target_span(), texts::ratio_here())
            .help(texts::slogan_at_bound_help()),
    );
}
