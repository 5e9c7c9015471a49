//! What stands in cells of tables of points.

use crate::diagnostic::Language;
use crate::model::standard::Standard;
use crate::score::{Exact, Points, Rounding, StepKind};

/// Headings in a language.
pub(super) fn headings(both: &[[&'static str; 2]], language: Language) -> Vec<&'static str> {
    both.iter().map(|pair| pair[language as usize]).collect()
}

/// The decimals of a score.
pub(super) fn places(standard: &Standard) -> u32 {
    Rounding::of(&standard.scoring).map_or(0, |rounding| rounding.places)
}

/// Points as they are printed; `—` where there are none.
pub(super) fn printed(points: Option<&Exact>, standard: &Standard) -> String {
    points.map_or_else(|| "—".to_owned(), |points| points.fixed(places(standard)))
}

/// The last line of a derivation, or why there are no points.
pub(super) fn reason(points: &Points, language: Language) -> String {
    if let Some(why) = &points.none {
        let code = why.code().map(|code| format!(" {code}")).unwrap_or_default();
        return why.text().in_language(language).into_owned() + &code;
    }
    let comparison = points.steps.iter().find(|step| step.kind != StepKind::Points);
    let line = points.steps.iter().rev().find(|step| step.kind == StepKind::Points);
    match (comparison, line) {
        (Some(comparison), Some(line)) if line.pieces.len() < 4 => {
            format!("{}；{}", comparison.text(language), line.text(language))
        }
        (_, Some(line)) => line.text(language),
        (_, None) => String::new(),
    }
}
