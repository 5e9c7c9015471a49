//! The language server: the same findings as the command line, while a file is being written.
//!
//! ```text
//!  client ──▶ wire ──▶ inbox ──▶ documents ──▶ workspaces ──▶ findings ──▶ client
//!                        └─────▶ requests ─────────┘
//! ```
//!
//! One thread does the work, in the order in which messages came: what was already written when a finding is made counts,
//! and several changes that wait are read before anything is checked. No message ends the server but `exit`. Files are
//! read through [`Disk`], so that the server itself touches no file.
//!
//! To answer another request: a line in `requests::answer`.

mod documents;
mod features;
mod findings;
mod formatting;
mod inbox;
mod initialize;
mod paths;
mod positions;
mod requests;
mod state;
mod wire;
mod workspaces;

use std::panic::{AssertUnwindSafe, catch_unwind};

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, Response};
use serde::Serialize;

use crate::diagnostic::{Language, texts};
use inbox::Inbox;
use state::ServerState;

pub use wire::standard_streams;
pub use workspaces::{Disk, WorkspaceReading};

/// Serves a client until it says goodbye or goes away. True where it said goodbye in order.
///
/// `language` is the language a person asked for; without one the client's counts.
pub fn serve(connection: &Connection, disk: &dyn Disk, language: Option<Language>) -> bool {
    let mut inbox = Inbox::new(connection);
    let Some(mut state) = initialize::initialize(&mut inbox, disk, language) else { return false };
    let mut is_shut_down = false;
    loop {
        if inbox.is_quiet() {
            guarded(&mut state, ServerState::check_and_publish);
            state.send_all(connection);
        }
        let Some(message) = inbox.next() else { return false };
        match message {
            Message::Request(request) if is_shut_down => inbox.refuse(request, ErrorCode::InvalidRequest),
            Message::Request(request) if request.method == "shutdown" => {
                is_shut_down = true;
                inbox.send(Response::new_ok(request.id, ()).into());
            }
            Message::Request(request) => {
                let response = answer(&mut state, request);
                state.send_all(connection);
                inbox.send(response.into());
            }
            Message::Notification(notification) if notification.method == "exit" => return is_shut_down,
            Message::Notification(notification) => {
                guarded(&mut state, |state| documents::notified(state, notification));
            }
            Message::Response(response) => guarded(&mut state, |state| state.answered(response)),
        }
    }
}

fn answer(state: &mut ServerState<'_>, request: Request) -> Response {
    let id = request.id.clone();
    let answered = catch_unwind(AssertUnwindSafe(|| requests::answer(state, request)));
    answered.unwrap_or_else(|_| {
        state.start_anew();
        let message = texts::request_failed().in_language(state.language).into_owned();
        Response::new_err(id, ErrorCode::InternalError as i32, message)
    })
}

/// Does a piece of work; should it fail, everything is read anew, so that the server goes on with what is true.
fn guarded<'a>(state: &mut ServerState<'a>, work: impl FnOnce(&mut ServerState<'a>)) {
    if catch_unwind(AssertUnwindSafe(|| work(state))).is_err() {
        state.start_anew();
    }
}

fn notification(method: &str, params: impl Serialize) -> Message {
    Notification::new(method.to_owned(), params).into()
}
