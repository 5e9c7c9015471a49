//! What is asked of the server, and what it answers.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router, middleware};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::WatchStream;

use super::changes;
use super::guard::{self, Guard};
use super::import::SentDocument;
use super::office::{BroughtPage, ServedOffice};
use crate::desk::{
    Changes, DeskChange, DeskPage, Exported, PageStyle, TextQuestion, TriedOut, asked, asset, by_id, export, found,
    not_brought, state, told, tried_out, whole,
};
use crate::diagnostic::{Language, texts};

/// The longest request: a document of an office.
const LONGEST: usize = 32 << 20;

#[derive(Clone)]
struct Served {
    office: Arc<ServedOffice>,
    root: Arc<str>,
}

pub fn routes(guard: Arc<Guard>, office: Arc<ServedOffice>) -> Router {
    let served = Served { office, root: guard.root().into() };
    let app = Router::new()
        .route("/{secret}/", get(first_page))
        .route("/{secret}/{*page}", get(any_page))
        .route("/{secret}/assets/{name}", get(an_asset))
        .route("/{secret}/state", get(the_state))
        .route("/{secret}/search", get(search))
        .route("/{secret}/events", get(events))
        .route("/{secret}/export/{format}/{department}", get(an_export))
        .route("/{secret}/commit", post(commit))
        .route("/{secret}/import", get(import_page).post(bring))
        .route("/{secret}/begin", post(begin))
        .route("/{secret}/make", post(make))
        .route("/{secret}/try", post(try_out))
        .route("/{secret}/look", post(look))
        .with_state(served);
    app.layer(DefaultBodyLimit::max(LONGEST)).layer(middleware::from_fn_with_state(guard, guard::ask))
}

/// What every address may say.
#[derive(Deserialize, Default)]
struct AskedOfPage {
    lang: Option<String>,
    page: Option<String>,
    words: Option<String>,
}

/// A change and the page that asks for it.
#[derive(Deserialize)]
struct AskedChange {
    lang: Option<String>,
    page: String,
    change: DeskChange,
    /// What the editor of a text asks that it changed.
    #[serde(default)]
    question: Option<TextQuestion>,
}

/// What an editor asks about a text.
#[derive(Deserialize)]
struct AskedOfText {
    lang: Option<String>,
    path: String,
    text: String,
    question: TextQuestion,
}

impl Served {
    /// What git knows, for the page that shows it.
    fn changes(&self, page: &DeskPage, language: Language) -> Option<Changes> {
        (*page == DeskPage::Changes).then(|| changes::since_last_commit(&self.office.folder, language))
    }

    fn pages(&self, language: Option<&str>) -> PageStyle<'_> {
        let language = match language {
            Some("en") => Language::English,
            Some("zh") => Language::Chinese,
            _ => self.office.language,
        };
        PageStyle { language, is_read_only: self.office.is_read_only, root: &self.root, changes: None }
    }
}

async fn first_page(served: State<Served>, asked: Query<AskedOfPage>) -> Response {
    page(served, asked, "")
}

async fn any_page(
    served: State<Served>,
    asked: Query<AskedOfPage>,
    Path((_, path)): Path<(String, String)>,
) -> Response {
    page(served, asked, &path)
}

/// The page that documents are dropped on, which has the address of what they are sent to.
async fn import_page(served: State<Served>, asked: Query<AskedOfPage>) -> Response {
    page(served, asked, &DeskPage::Import.path())
}

fn page(State(served): State<Served>, Query(asked): Query<AskedOfPage>, path: &str) -> Response {
    let pages = served.pages(asked.lang.as_deref());
    let Some(page) = DeskPage::find(path) else { return StatusCode::NOT_FOUND.into_response() };
    let changes = served.changes(&page, pages.language);
    let pages = PageStyle { changes: changes.as_ref(), ..pages };
    let whole = whole(&served.office.desk(), &page, pages);
    whole.map_or_else(|| StatusCode::NOT_FOUND.into_response(), |page| Html(page).into_response())
}

async fn an_export(
    State(served): State<Served>,
    Query(asked): Query<AskedOfPage>,
    Path((_, format, department)): Path<(String, String, usize)>,
) -> Response {
    let language = served.pages(asked.lang.as_deref()).language;
    match export(&served.office.desk(), &format, department, language) {
        Ok(Exported { name, bytes }) => {
            let name = utf8_percent_encode(&name, NON_ALPHANUMERIC);
            let disposition = format!("attachment; filename*=UTF-8''{name}");
            let kind = "application/octet-stream".to_owned();
            ([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], bytes).into_response()
        }
        Err(reason) => (StatusCode::NOT_FOUND, reason.in_language(language).into_owned()).into_response(),
    }
}

/// What a commit is for.
#[derive(Deserialize)]
struct AskedCommit {
    lang: Option<String>,
    message: String,
}

async fn commit(State(served): State<Served>, Json(asked): Json<AskedCommit>) -> Response {
    let language = served.pages(asked.lang.as_deref()).language;
    let done = if served.office.is_read_only {
        Err(texts::desk_read_only())
    } else {
        changes::commit(&served.office.folder, &asked.message)
    };
    match done {
        Ok(()) => Json(json!({ "committed": true })).into_response(),
        Err(reason) => {
            let told = json!({ "refused": reason.in_language(language) });
            (StatusCode::CONFLICT, Json(told)).into_response()
        }
    }
}

/// The report of which checkpoint is to be begun.
#[derive(Deserialize)]
struct AskedReport {
    lang: Option<String>,
    department: usize,
    checkpoint: String,
}

async fn begin(State(served): State<Served>, Json(asked): Json<AskedReport>) -> Response {
    let language = served.pages(asked.lang.as_deref()).language;
    match served.office.begin(asked.department, &asked.checkpoint) {
        Ok(()) => Json(json!({ "begun": true })).into_response(),
        Err(not_made) => (StatusCode::CONFLICT, Json(told(&not_made, language))).into_response(),
    }
}

/// How a document is to come in; the document itself is the body.
#[derive(Deserialize)]
struct AskedImport {
    lang: Option<String>,
    name: String,
    theirs: Option<String>,
    /// What a person saw, and wants written.
    seen: Option<String>,
}

async fn bring(State(served): State<Served>, Query(asked): Query<AskedImport>, bytes: Bytes) -> Response {
    let takes_theirs = asked.theirs.is_some_and(|theirs| !theirs.is_empty());
    let document = SentDocument::new(&asked.name, bytes, takes_theirs);
    // A long document keeps nobody else waiting.
    let read = tokio::task::spawn_blocking(move || {
        let pages = served.pages(asked.lang.as_deref());
        let brought = served.office.bring(document, asked.seen.as_deref(), pages);
        brought.map_err(|findings| not_brought(&findings, pages))
    });
    match read.await {
        Ok(Ok(BroughtPage { markup, key, is_written })) => {
            Json(json!({ "brought": markup, "seen": key, "written": is_written })).into_response()
        }
        Ok(Err(markup)) => (StatusCode::CONFLICT, Json(json!({ "brought": markup }))).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn an_asset(Path((_, name)): Path<(String, String)>) -> Response {
    match asset(&name) {
        Some((kind, text)) => ([(header::CONTENT_TYPE, kind)], text).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn search(State(served): State<Served>, Query(asked): Query<AskedOfPage>) -> Json<Value> {
    Json(found(&served.office.desk(), &asked.words.unwrap_or_default(), served.office.language))
}

async fn the_state(State(served): State<Served>, Query(asked): Query<AskedOfPage>) -> Response {
    let pages = served.pages(asked.lang.as_deref());
    let Some(page) = asked.page.as_deref().and_then(DeskPage::find) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let changes = served.changes(&page, pages.language);
    let pages = PageStyle { changes: changes.as_ref(), ..pages };
    Json(state(&served.office.desk(), &page, pages)).into_response()
}

async fn events(State(served): State<Served>) -> Sse<impl tokio_stream::Stream<Item = Result<Event, Infallible>>> {
    let news = WatchStream::new(served.office.news());
    let events = news.map(|revision| Ok(Event::default().event("revision").data(revision.to_string())));
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

async fn make(State(served): State<Served>, Json(asked): Json<AskedChange>) -> Response {
    let pages = served.pages(asked.lang.as_deref());
    let Some(page) = DeskPage::find(&asked.page) else { return StatusCode::NOT_FOUND.into_response() };
    match served.office.make(&asked.change) {
        Ok(()) => Json(state(&served.office.desk(), &page, pages)).into_response(),
        Err(not_made) => (StatusCode::CONFLICT, Json(told(&not_made, pages.language))).into_response(),
    }
}

async fn try_out(State(served): State<Served>, Json(asked): Json<AskedChange>) -> Response {
    let pages = served.pages(asked.lang.as_deref());
    let Some(page) = DeskPage::find(&asked.page) else { return StatusCode::NOT_FOUND.into_response() };
    let TriedOut { parts, answer, text } =
        tried_out(&mut served.office.desk(), &asked.change, &page, pages, asked.question);
    let mut said = match parts {
        Ok(parts) => json!({ "parts": by_id(parts), "text": text }),
        Err(not_made) => told(&not_made, pages.language),
    };
    said["answer"] = answer.into();
    Json(said).into_response()
}

/// What the editor of a text asks that nobody changed.
async fn look(State(served): State<Served>, Json(about): Json<AskedOfText>) -> Response {
    let AskedOfText { lang, path, text, question } = about;
    let language = served.pages(lang.as_deref()).language;
    match asked(&mut served.office.desk(), &path, &text, question, language) {
        Some(answer) => Json(json!({ "answer": answer })).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
