//! JX064: `≥ 100%` on a ratio that cannot pass 100 %.
//!
//! Names with a word of `可超百分之百` may pass it, unless they end in one of `按时比率` (完成及时率). For those with a word of `有界比率` the mending is certain.

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, Edit, Safety, texts};
use crate::model::standard::List;
use crate::model::target::admitted::may_pass_bounds;
use crate::model::target::{Comparator, Target};
use crate::model::unit::Measure;
use crate::source::Span;

pub const RULE: Rule = Rule { codes: &[Code::JX064], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let Target::Quantity { comparator: Some(comparator @ (Comparator::AtLeast | Comparator::Above)), quantity } =
        &row.indicator.target.value
    else {
        return;
    };
    let Measure::Unit(unit) = quantity.measure else { return };
    let standard = row.standard;
    let is_bound = standard.units[unit as usize].bounds.is_some_and(|(_, high)| quantity.value == high);
    if !is_bound || may_pass_bounds(row.indicator, standard) {
        return;
    }
    let is_certain = row.name().first_in(List::BoundedRatio).is_some();
    let safety = if is_certain { Safety::Safe } else { Safety::Suggested };
    let sign = Span { end: quantity.span.start, ..row.target_span() };
    let value = format!("{}{}", quantity.value, quantity.written_unit(standard));
    found.push(
        Diagnostic::new(
            Code::JX064,
            texts::at_least_the_bound(&*row.indicator.name.value, comparator.sign(), &value),
            row.target_span(),
            texts::at_least_the_bound_here(&value),
        )
        .help(texts::at_least_the_bound_help(&value))
        .edits(
            texts::replace_by(format!("= {value}")),
            safety,
            vec![Edit { span: sign, text: "= ".to_owned() }],
        ),
    );
}
