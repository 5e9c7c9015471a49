//! Findings, told to the client.
//!
//! `data` of each is the object that `check --format json` writes for it, so that both ways say the same.

use std::collections::{BTreeMap, BTreeSet};

use lsp_types::{
    DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Location, NumberOrString, PublishDiagnosticsParams,
};

use super::notification;
use super::state::{ServerState, range};
use super::workspaces::Workspace;
use crate::diagnostic::{Code, Diagnostic, Severity, texts};
use crate::findings::finding;
use crate::source::Sources;
use crate::workspace::Analysis;

/// A file with more findings than this shows those of most weight: a client could not show more before the next key, and
/// nobody could read them.
const MAXIMUM_TOLD: usize = 500;

/// Tells the findings of every file for which they changed.
pub fn publish(state: &mut ServerState<'_>) {
    for index in 0..state.workspaces.len() {
        let workspace = &mut state.workspaces[index];
        let untold = workspace.untold.replace(BTreeSet::new());
        if untold.as_ref().is_some_and(BTreeSet::is_empty) {
            continue;
        }
        let workspace = &state.workspaces[index];
        let Some(session) = &workspace.session else { continue };
        let analysis = session.analysis();
        let mut by_path: BTreeMap<&str, Vec<&Diagnostic>> = BTreeMap::new();
        let is_wanted = |path: &str| {
            let own = workspace.settings.as_deref() == Some(path);
            own || workspace.checks(path) && state.home_of(path) == Some(index)
        };
        for (file, source) in analysis.sources.iter() {
            if !is_wanted(&source.path) || untold.as_ref().is_some_and(|untold| !untold.contains(&file)) {
                continue;
            }
            let found = session.findings_in(file);
            if !found.is_empty() || workspace.told.contains(&source.path) || state.documents.contains_key(&source.path)
            {
                by_path.insert(&source.path, found.iter().collect());
            }
        }
        let everywhere = workspace.settings.as_deref().unwrap_or(&workspace.path);
        if untold.is_none() {
            let placeless: Vec<&Diagnostic> = workspace.unreadable.iter().chain(session.placeless()).collect();
            if !placeless.is_empty() {
                by_path.entry(everywhere).or_default().splice(0..0, placeless);
            }
            let gone: Vec<&str> = workspace.told.iter().map(String::as_str).collect();
            for path in gone {
                by_path.entry(path).or_default();
            }
        }
        let messages: Vec<_> = by_path
            .iter()
            .filter_map(|(path, found)| {
                let shown = weightiest(found);
                let mut diagnostics: Vec<_> = shown.iter().map(|one| told(state, workspace, analysis, one)).collect();
                diagnostics.extend(left_out(found.len() - shown.len(), diagnostics.last(), state));
                let version = state.documents.get(*path).map(|document| document.version);
                Some(PublishDiagnosticsParams { uri: state.uri_of(path)?, diagnostics, version })
            })
            .map(|params| notification("textDocument/publishDiagnostics", params))
            .collect();
        let told: Vec<(String, bool)> =
            by_path.into_iter().map(|(path, found)| (path.to_owned(), found.is_empty())).collect();
        state.outgoing.extend(messages);
        for (path, is_empty) in told {
            if is_empty {
                state.workspaces[index].told.remove(&path);
            } else {
                state.workspaces[index].told.insert(path);
            }
        }
    }
}

/// At most [`MAXIMUM_TOLD`] findings, errors before warnings before notes, each where it stood.
fn weightiest<'d>(found: &[&'d Diagnostic]) -> Vec<&'d Diagnostic> {
    let mut places: Vec<usize> = (0..found.len()).collect();
    if found.len() > MAXIMUM_TOLD {
        places.sort_by_key(|place| found[*place].severity);
        places.truncate(MAXIMUM_TOLD);
        places.sort_unstable();
    }
    places.into_iter().map(|place| found[place]).collect()
}

/// Says how many findings of a file are not shown.
fn left_out(
    count: usize,
    last: Option<&lsp_types::Diagnostic>,
    state: &ServerState<'_>,
) -> Option<lsp_types::Diagnostic> {
    let last = last.filter(|_| count > 0)?;
    Some(lsp_types::Diagnostic {
        range: last.range,
        severity: Some(DiagnosticSeverity::INFORMATION),
        code: Some(NumberOrString::String(Code::JX903.id().to_owned())),
        source: last.source.clone(),
        message: texts::more_findings_in_file(count).in_language(state.language).into_owned(),
        ..lsp_types::Diagnostic::default()
    })
}

/// Takes back what was told of a file.
pub fn take_back(state: &mut ServerState<'_>, path: &str) {
    if let Some(uri) = state.uri_of(path) {
        let params = PublishDiagnosticsParams { uri, diagnostics: Vec::new(), version: None };
        state.outgoing.push(notification("textDocument/publishDiagnostics", params));
    }
}

/// A finding as the protocol has it.
pub fn told(
    state: &ServerState<'_>,
    workspace: &Workspace,
    analysis: &Analysis,
    diagnostic: &Diagnostic,
) -> lsp_types::Diagnostic {
    let language = state.language;
    let severity = match diagnostic.severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Note => DiagnosticSeverity::INFORMATION,
    };
    let why = diagnostic.labels.first().map(|label| &label.text);
    let lines = [Some(&diagnostic.message), why, diagnostic.help.as_ref()];
    let mut message: Vec<_> = lines.into_iter().flatten().map(|text| text.in_language(language)).collect();
    message.dedup();
    let related = diagnostic.labels.iter().skip(1).filter(|_| state.client.shows_related_places);
    let related: Vec<_> = related
        .filter_map(|label| {
            let uri = state.uri_of(&analysis.sources.get(label.span.file).path)?;
            let location = Location { uri, range: range(analysis, label.span, state.encoding) };
            Some(DiagnosticRelatedInformation { location, message: label.text.in_language(language).into_owned() })
        })
        .collect();
    let is_needless = diagnostic.code == Code::JX514 && state.client.shows_tags;
    // What could not be read has no source behind it.
    let is_unreadable = workspace.unreadable.iter().any(|one| std::ptr::eq(one, diagnostic));
    let nothing = Sources::default();
    let sources = if is_unreadable { &nothing } else { &analysis.sources };
    lsp_types::Diagnostic {
        range: diagnostic.span().map_or_else(Default::default, |span| range(analysis, span, state.encoding)),
        severity: Some(severity),
        code: Some(NumberOrString::String(diagnostic.code.id().to_owned())),
        code_description: None,
        source: Some("jixiao".to_owned()),
        message: message.join("\n"),
        related_information: (!related.is_empty()).then_some(related),
        tags: is_needless.then(|| vec![DiagnosticTag::UNNECESSARY]),
        data: serde_json::to_value(finding(diagnostic, sources, language)).ok(),
    }
}
