//! What a page says of a version: its documents and their accounts, what is refused and why, and how much was found.

use serde::Serialize;

use super::documents::DroppedDocument;
use super::version::DroppedVersion;
use crate::backend::{has_form, without_layout};
use crate::diagnostic::{Diagnostic, Language, Severity, Text, texts};
use crate::import::{Imported, TOLD};
use crate::model::standard::year_form::YearForm;

/// A version in the words of a page.
#[derive(Serialize)]
pub struct ToldVersion {
    name: String,
    departments: Vec<String>,
    projects: usize,
    indicators: usize,
    /// Texts, by path; none of them may be understood.
    texts: Vec<String>,
    documents: Vec<ToldDocument>,
    errors: usize,
    warnings: usize,
    notes: usize,
    /// How many findings there are, in a sentence.
    summary: String,
    /// Whether forms of the year can be printed.
    has_forms: bool,
    /// What keeps tables from being made: the first errors.
    first_errors: Vec<ToldDiagnostic>,
}

/// A finding without its text in the source.
#[derive(Serialize)]
pub struct ToldDiagnostic {
    code: &'static str,
    title: String,
    message: String,
    help: Option<String>,
    place: Option<String>,
}

#[derive(Serialize)]
struct ToldDocument {
    path: String,
    refused: Option<ToldDiagnostic>,
    account: Option<ToldAccount>,
}

/// How much of a document was understood.
#[derive(Serialize)]
struct ToldAccount {
    kind: String,
    standard: String,
    projects: usize,
    indicators: usize,
    is_whole: bool,
    characters: usize,
    left_over: usize,
    told: Vec<ToldOfImport>,
}

/// What an import tells under a code.
#[derive(Serialize)]
struct ToldOfImport {
    code: &'static str,
    title: String,
    places: Vec<ToldPlace>,
}

#[derive(Serialize)]
struct ToldPlace {
    place: String,
    text: String,
}

/// Errors that are told before the findings are looked at.
const FIRST_ERRORS: usize = 5;

impl ToldDiagnostic {
    pub fn of(diagnostic: &Diagnostic, language: Language) -> Self {
        let say = |text: &Text| text.in_language(language).into_owned();
        Self {
            code: diagnostic.code.id(),
            title: say(&diagnostic.code.title()),
            message: say(&diagnostic.message),
            help: diagnostic.help.as_ref().map(say),
            place: None,
        }
    }
}

pub fn version(version: &DroppedVersion, language: Language) -> ToldVersion {
    let analysis = &version.analysis;
    let count = |severity| analysis.diagnostics.iter().filter(|one| one.severity == severity).count();
    let (errors, warnings, notes) = (count(Severity::Error), count(Severity::Warning), count(Severity::Note));
    let model = &analysis.model;
    let placed = |diagnostic: &Diagnostic| {
        let place = diagnostic.span().map(|span| {
            let source = analysis.sources.get(span.file);
            format!("{}:{}", source.shown_path(), source.location(span.start).line)
        });
        ToldDiagnostic { place, ..ToldDiagnostic::of(diagnostic, language) }
    };
    let is_there = |form: &YearForm| has_form(model, *form) && without_layout(model, *form).is_empty();
    ToldVersion {
        name: version.name.clone(),
        departments: model.departments.iter().map(|one| one.name.value.to_string()).collect(),
        projects: model.projects.len(),
        indicators: model.projects.iter().map(|project| project.indicators.len()).sum(),
        texts: version.files.iter().map(|file| file.path.clone()).collect(),
        documents: version.documents.iter().map(|one| document(one, language)).collect(),
        errors,
        warnings,
        notes,
        summary: texts::summary(errors, warnings, notes).in_language(language).into_owned(),
        has_forms: YearForm::ALL.into_iter().any(|(form, ..)| is_there(&form)),
        first_errors: analysis.diagnostics.iter().filter(|one| one.is_error()).take(FIRST_ERRORS).map(placed).collect(),
    }
}

fn document(document: &DroppedDocument, language: Language) -> ToldDocument {
    let (refused, account) = match &document.result {
        Ok(imported) => (None, Some(account(imported, language))),
        Err(diagnostic) => (Some(ToldDiagnostic::of(diagnostic, language)), None),
    };
    ToldDocument { path: document.path.clone(), refused, account }
}

fn account(imported: &Imported, language: Language) -> ToldAccount {
    let say = |text: &Text| text.in_language(language).into_owned();
    let findings = imported.findings();
    let of_code = |code: crate::diagnostic::Code| {
        let places: Vec<ToldPlace> = findings
            .iter()
            .filter(|one| one.code == code)
            .map(|one| ToldPlace {
                place: one.place.as_ref().map_or_else(|| say(&texts::whole_document()), |place| say(&place.shown())),
                text: say(&one.text),
            })
            .collect();
        (!places.is_empty()).then(|| ToldOfImport { code: code.id(), title: say(&code.title()), places })
    };
    let tally = imported.tally();
    ToldAccount {
        kind: say(&imported.kind.shown()),
        standard: imported.standard.clone(),
        projects: imported.model.projects.len(),
        indicators: imported.indicator_count(),
        is_whole: imported.is_whole(),
        characters: tally.placed + tally.furniture + tally.repeated + tally.left_over,
        left_over: tally.left_over,
        told: TOLD.into_iter().filter_map(of_code).collect(),
    }
}
