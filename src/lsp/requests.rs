//! What a client may ask.

use lsp_server::{ErrorCode, Request, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::documents::read;
use super::formatting;
use super::state::State;
use crate::diagnostic::{Text, texts};

/// Why there is no answer.
pub enum Refusal {
    /// The document is not open, or no source text.
    NotHere,
}

type Answer<T> = Result<T, Refusal>;

/// Answers a request by what is written now.
pub fn answer(state: &mut State<'_>, request: Request) -> Response {
    let Request { id, method, params } = request;
    state.check();
    let state = &*state;
    let result = match method.as_str() {
        "textDocument/formatting" => by(state, params, formatting::document),
        "textDocument/rangeFormatting" => by(state, params, formatting::range),
        "textDocument/onTypeFormatting" => by(state, params, formatting::on_type),
        _ => Err((ErrorCode::MethodNotFound, method)),
    };
    match result {
        Ok(value) => Response::new_ok(id, value),
        Err((code, message)) => Response::new_err(id, code as i32, message),
    }
}

fn by<P: DeserializeOwned, T: Serialize>(
    state: &State<'_>,
    params: Value,
    handler: impl FnOnce(&State<'_>, P) -> Answer<T>,
) -> Result<Value, (ErrorCode, String)> {
    let told = |text: Text| text.in_language(state.language).to_owned();
    let Some(params) = read(params) else {
        return Err((ErrorCode::InvalidParams, told(texts::parameters_not_understood())));
    };
    match handler(state, params) {
        Ok(answer) => serde_json::to_value(answer).map_err(|error| (ErrorCode::InternalError, error.to_string())),
        Err(Refusal::NotHere) => Err((ErrorCode::RequestFailed, told(texts::document_not_open()))),
    }
}
