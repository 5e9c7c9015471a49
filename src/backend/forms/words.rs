//! The words of cells: headings of a month, lights, causes and measures, and that a figure was computed.

use crate::language::{Field, NOT_APPLICABLE, PENDING, TO_FILL_IN};
use crate::model::Text;
use crate::model::standard::Standard;
use crate::model::standard::year_form::YearColumn;
use crate::model::year::Deviation;
use crate::score::{Absence, Light};

/// The heading of a column: `1—N月执行数` as that of a month.
pub(super) fn headed(column: &YearColumn, at_month: Option<u8>) -> String {
    in_month(&column.heading, at_month)
}

pub(super) fn in_month(heading: &str, at_month: Option<u8>) -> String {
    at_month.map_or_else(|| heading.to_owned(), |month| heading.replace('N', &month.to_string()))
}

/// `12960件（推算）`: what nobody stated says so.
pub(super) fn computed(written: &str, standard: &Standard) -> String {
    format!("{written}（{}）", standard.label("推算"))
}

/// A light by its sign and its word: colour alone tells nothing on paper.
pub(super) fn light(light: Light) -> String {
    match light {
        Light::Lit(colour) => format!("{} {}", colour.sign(), colour.word()),
        Light::Grey(absence) => format!("○ {}", absent(absence)),
        Light::Unruled => String::new(),
    }
}

fn absent(absence: Absence) -> &'static str {
    match absence {
        Absence::Missing | Absence::WrongKind => TO_FILL_IN.0,
        Absence::Pending => PENDING.0,
        Absence::NotApplicable => NOT_APPLICABLE.0,
    }
}

/// `人员保障：借调两人。`, one below the other.
pub(super) fn deviations(all: &[Deviation]) -> String {
    let one = |one: &Deviation| match (&one.kind, &one.text) {
        (Some(kind), Some(text)) => format!("{}：{}", kind.value, text.value),
        (Some(one), None) | (None, Some(one)) => one.value.to_string(),
        (None, None) => String::new(),
    };
    all.iter().map(one).collect::<Vec<_>>().join("\n")
}

pub(super) fn measures(all: &[Text]) -> String {
    all.iter().map(|text| &*text.value).collect::<Vec<_>>().join("\n")
}

/// Causes, then measures.
pub(super) fn reasons(all: &[Deviation], taken: &[Text], standard: &Standard) -> String {
    let label = standard.label(Field::CompletionMeasure.name);
    let measures = taken.iter().map(|text| format!("{label}：{}", text.value));
    let causes = Some(deviations(all)).filter(|said| !said.is_empty());
    causes.into_iter().chain(measures).collect::<Vec<_>>().join("\n")
}
