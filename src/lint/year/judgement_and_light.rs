//! JX159: the judgement of an indicator contradicts its light.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::monitoring::LightColour;

pub const RULE: Rule = Rule { codes: &[Code::JX159], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    for row in year.watched() {
        let Some(told) = row.line.and_then(|line| line.likelihood.as_ref()) else { continue };
        let possibilities = &row.standard.monitoring.possibilities;
        let [surest, .., least] = &possibilities[..] else { continue };
        let colour = row.colour();
        let contradicts = colour == Some(LightColour::Red) && *told.value == **surest
            || matches!(colour, Some(LightColour::Green | LightColour::Blue)) && *told.value == **least;
        if let Some(colour) = colour.filter(|_| contradicts) {
            let message = texts::judgement_and_light(row.path(), colour.word(), colour.english(), &*told.value);
            found.push(Diagnostic::new(Code::JX159, message, told.span, texts::judged_here()));
        }
    }
}
