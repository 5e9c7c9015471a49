//! What a client may ask.

use lsp_server::{ErrorCode, Request, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::documents::read;
use super::features::{self, actions, colours, completion, hints, hover, navigation, outline};
use super::formatting;
use super::state::ServerState;
use crate::diagnostic::{Text, texts};

/// Why there is no answer.
pub enum NoAnswer {
    /// The document is not open, or no source text.
    NotHere,
    /// For a reason that a person should read.
    Because(Text),
}

type Answer<T> = Result<T, NoAnswer>;

/// Answers a request by what is written now.
pub fn answer(state: &mut ServerState<'_>, request: Request) -> Response {
    let Request { id, method, params } = request;
    state.check();
    let state = &*state;
    let result = match method.as_str() {
        "textDocument/formatting" => by(state, params, formatting::document),
        "textDocument/rangeFormatting" => by(state, params, formatting::range),
        "textDocument/onTypeFormatting" => by(state, params, formatting::on_type),
        "textDocument/completion" => by(state, params, completion::completion),
        "textDocument/hover" => by(state, params, hover::hover),
        "textDocument/definition" => by(state, params, navigation::definition),
        "textDocument/references" => by(state, params, navigation::all),
        "textDocument/documentHighlight" => by(state, params, navigation::highlights),
        "textDocument/prepareRename" => by(state, params, navigation::prepare_rename),
        "textDocument/rename" => by(state, params, navigation::rename),
        "textDocument/documentSymbol" => by(state, params, outline::document_symbols),
        "workspace/symbol" => by(state, params, outline::workspace_symbols),
        "textDocument/foldingRange" => by(state, params, outline::folding),
        "textDocument/selectionRange" => by(state, params, outline::selection),
        "textDocument/semanticTokens/full" => by(state, params, colours::full),
        "textDocument/semanticTokens/range" => by(state, params, colours::range),
        "textDocument/inlayHint" => by(state, params, hints::inlay),
        "textDocument/codeLens" => by(state, params, hints::code_lenses),
        "textDocument/codeAction" => by(state, params, actions::code_actions),
        "workspace/textDocumentContent" => by(state, params, features::content),
        _ => Err((ErrorCode::MethodNotFound, method)),
    };
    match result {
        Ok(value) => Response::new_ok(id, value),
        Err((code, message)) => Response::new_err(id, code as i32, message),
    }
}

fn by<P: DeserializeOwned, T: Serialize>(
    state: &ServerState<'_>,
    params: Value,
    handler: impl FnOnce(&ServerState<'_>, P) -> Answer<T>,
) -> Result<Value, (ErrorCode, String)> {
    let told = |text: Text| text.in_language(state.language).into_owned();
    let Some(params) = read(params) else {
        return Err((ErrorCode::InvalidParams, told(texts::parameters_not_understood())));
    };
    match handler(state, params) {
        Ok(answer) => serde_json::to_value(answer).map_err(|error| (ErrorCode::InternalError, error.to_string())),
        Err(NoAnswer::Because(reason)) => Err((ErrorCode::RequestFailed, told(reason))),
        Err(NoAnswer::NotHere) => Err((ErrorCode::RequestFailed, told(texts::document_not_open()))),
    }
}
