//! Code actions.

use lsp_types::{CodeActionKind, CodeActionParams, Diagnostic, NumberOrString};
use serde_json::{Value, json};

use super::{place, say, workspace_edit};
use crate::editor::actions::{Action, ActionKind, actions, fix_all};
use crate::lsp::requests::NoAnswer;
use crate::lsp::state::{CheckedDocument, ServerState};
use crate::source::Span;

/// The kinds that are answered.
pub const KINDS: [CodeActionKind; 3] =
    [CodeActionKind::QUICKFIX, CodeActionKind::REFACTOR, CodeActionKind::SOURCE_FIX_ALL];

pub fn code_actions(state: &ServerState<'_>, params: CodeActionParams) -> Result<Vec<Value>, NoAnswer> {
    let place = place(state, &params.text_document.uri)?;
    let bytes = place.bytes(params.range);
    let within = Span::new(place.file, bytes.start, bytes.end);
    let mut found = actions(place.analysis, within, state.language);
    if !found.iter().any(|action| action.kind == ActionKind::FixAll) {
        found.extend(fix_all(place.analysis, place.file));
    }
    let is_wanted = |action: &Action| {
        params.context.only.as_ref().is_none_or(|only| only.iter().any(|wanted| belongs(kind(action.kind), wanted)))
    };
    let told = found.into_iter().filter(is_wanted);
    Ok(told.map(|action| told_action(state, &place, action, &params.context.diagnostics)).collect())
}

fn kind(kind: ActionKind) -> CodeActionKind {
    match kind {
        ActionKind::QuickFix => CodeActionKind::QUICKFIX,
        ActionKind::FixAll => CodeActionKind::SOURCE_FIX_ALL,
        ActionKind::Refactor => CodeActionKind::REFACTOR,
    }
}

/// Kinds are paths: `source` holds `source.fixAll`.
fn belongs(kind: CodeActionKind, wanted: &CodeActionKind) -> bool {
    let (kind, wanted) = (kind.as_str(), wanted.as_str());
    wanted.is_empty() || kind.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn told_action(state: &ServerState<'_>, place: &CheckedDocument<'_>, action: Action, shown: &[Diagnostic]) -> Value {
    let mended = action.finding.and_then(|index| {
        let finding = &place.analysis.diagnostics[index];
        let range = finding.span().map(|span| place.range(span))?;
        let is_it = |one: &&Diagnostic| {
            let has_code = matches!(&one.code, Some(NumberOrString::String(code)) if code == finding.code.id());
            has_code && one.range == range
        };
        shown.iter().find(is_it)
    });
    let mut told = json!({
        "title": say(state, action.title),
        "kind": kind(action.kind),
        "edit": workspace_edit(state, place, &action.edits),
    });
    if action.is_preferred {
        told["isPreferred"] = json!(true);
    }
    if let Some(mended) = mended {
        told["diagnostics"] = json!([mended]);
    }
    told
}
