//! JX068: the comparison looks reversed: `≤` on what is wanted, `≥` on what is not.
//!
//! Told by how the name ends (word lists `愈多愈好`, `愈少愈好`), by money among costs and by durations among deadlines.
//! Where the author states a direction, nothing is reported.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::{List, Role};
use crate::model::target::{Comparator, Target};
use crate::model::unit::Dimension;

pub const RULE: Rule = Rule { codes: &[Code::JX068], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let Target::Quantity { comparator: Some(comparator), quantity } = &row.indicator.target.value else { return };
    if row.indicator.direction.is_some() {
        return;
    }
    let has = |list| row.name().first_in(list).is_some();
    let ends = |list| row.name().end_of(list).is_some();
    let dimension = quantity.dimension(row.standard);
    let right = match comparator {
        Comparator::AtMost | Comparator::Below if ends(List::MoreIsBetter) && !quantity.value.is_zero() => "≥",
        Comparator::AtLeast | Comparator::Above => {
            // More saved is better, and more of what should last.
            if has(List::Saving) || dimension == Some(Dimension::Duration) && has(List::LongerIsBetter) {
                return;
            }
            let is_cost = row.role == Some(Role::Cost) && dimension == Some(Dimension::Money);
            let is_slow = row.role == Some(Role::Timeliness) && dimension == Some(Dimension::Duration);
            if !(ends(List::FewerIsBetter) || is_cost || is_slow) {
                return;
            }
            "≤"
        }
        _ => return,
    };
    let message = texts::suspicious_direction(&*row.indicator.name.value, comparator.sign());
    found.push(
        Diagnostic::new(Code::JX068, message, row.target_span(), texts::suspicious_direction_here(right))
            .help(texts::suspicious_direction_help()),
    );
}
