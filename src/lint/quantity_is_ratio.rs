//! JX043: a quantity indicator measures a ratio: its unit is one, or its name ends as ratios do (`比率后缀`). How much it grew is a
//! quantity all the same (`增减用语`).

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::{List, Role, stem};
use crate::model::target::Target;
use crate::model::unit::Dimension;

pub const RULE: Rule = Rule { codes: &[Code::JX043], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    let standard = row.standard;
    let is_growth = || row.name().first_in(List::Growth).is_some();
    if row.role != Some(Role::Quantity) || row.is_damaged() || is_growth() {
        return;
    }
    let is_ratio = match &row.indicator.target.value {
        Target::Quantity { quantity, .. } => match quantity.dimension(standard) {
            Some(dimension) => dimension == Dimension::Ratio,
            None => false,
        },
        Target::Range { ends } => ends.high.dimension(standard) == Some(Dimension::Ratio),
        _ => {
            let ends = |list| row.name().end_of(list).is_some();
            ends(List::RatioEnding) && !ends(List::RatioException)
        }
    };
    if !is_ratio {
        return;
    }
    let others: Vec<&str> = standard
        .categories
        .iter()
        .flat_map(|category| &category.subcategories)
        .filter(|one| matches!(one.role, Some(Role::Quality | Role::Timeliness)))
        .map(|one| stem(&one.name))
        .collect();
    let message = texts::quantity_is_ratio(&*row.indicator.name.value);
    found.push(
        Diagnostic::new(Code::JX043, message, row.indicator.category_span, texts::quantity_is_ratio_here())
            .label(row.target_span(), texts::ratio_here())
            .help(texts::quantity_is_ratio_help(others.join(" "))),
    );
}
