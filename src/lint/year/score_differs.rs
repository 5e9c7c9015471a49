//! JX115: stated points are not those that the rule gives.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::score::{Rounding, is_right};

pub const RULE: Rule = Rule { codes: &[Code::JX115], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for row in year.evaluated() {
        let (Some(line), Some(given), Some(weight)) = (row.line, row.given(), row.weight()) else { continue };
        let (Some(exact), Some(stated)) = (&row.row.points.exact, &line.points) else { continue };
        // What is told more sharply: too many, all for a missed target, too few for one that was reached.
        let is_told = given > *weight
            || given == *weight && row.is_met() == Some(false)
            || given < *weight && row.is_met() == Some(true);
        let Some(rounding) = Rounding::of(&row.standard.scoring).filter(|_| !is_told) else { continue };
        if !is_right(exact, stated.value, rounding.mode) {
            let message = texts::score_differs(row.path(), given.shown(), rounding.cut(exact).fixed(rounding.places));
            found.push(
                Diagnostic::new(Code::JX115, message, stated.span, texts::points_here())
                    .help(texts::score_comes_from(row.path())),
            );
        }
    }
}
