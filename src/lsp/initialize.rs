//! The first messages: what client and server can do, which folders there are, in which language to speak.

use lsp_server::{ErrorCode, Message, Request, Response};
use lsp_types::{
    CodeActionOptions, CodeActionProviderCapability, CodeLensOptions, CompletionOptions,
    DocumentOnTypeFormattingOptions, FoldingRangeProviderCapability, HoverProviderCapability, InitializeParams,
    InitializeResult, OneOf, RenameOptions, SelectionRangeProviderCapability, SemanticTokensFullOptions,
    SemanticTokensOptions, SemanticTokensServerCapabilities, ServerCapabilities, ServerInfo,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions, Uri, WorkDoneProgressOptions,
    WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};
use serde_json::{Value, json};

use super::documents::read;
use super::features::{self, actions, colours, completion};
use super::inbox::Inbox;
use super::paths;
use super::positions::Encoding;
use super::state::{Client, ServerState};
use super::workspaces::{Disk, Workspace};
use crate::diagnostic::Language;

/// The question for the client's settings, by which its answer is known.
pub const SETTINGS_QUESTION: &str = "jixiao/settings";

/// Waits for the first request and answers it. None where the client goes away before.
pub fn initialize<'a>(
    inbox: &mut Inbox<'_>,
    disk: &'a dyn Disk,
    language: Option<Language>,
) -> Option<ServerState<'a>> {
    loop {
        let (id, params) = match inbox.next()? {
            Message::Request(request) if request.method == "initialize" => (request.id, request.params),
            Message::Request(request) => {
                inbox.refuse(request, ErrorCode::ServerNotInitialized);
                continue;
            }
            Message::Notification(notification) if notification.method == "exit" => return None,
            Message::Notification(_) | Message::Response(_) => continue,
        };
        let Some(params) = read::<InitializeParams>(params) else {
            inbox.send(Response::new_err(id, ErrorCode::InvalidParams as i32, "initialize".to_owned()).into());
            continue;
        };
        let state = state(&params, disk, language);
        let result = InitializeResult {
            capabilities: capabilities(&state),
            server_info: Some(ServerInfo {
                name: "jixiao".to_owned(),
                version: Some(env!("CARGO_PKG_VERSION").to_owned()),
            }),
        };
        inbox.send(Response::new_ok(id, result).into());
        return Some(state);
    }
}

/// What the server can do. Each answer of [`super::requests::answer`] is announced here.
fn capabilities(state: &ServerState<'_>) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(state.encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(TextDocumentSyncOptions {
            open_close: Some(true),
            change: Some(TextDocumentSyncKind::INCREMENTAL),
            ..TextDocumentSyncOptions::default()
        })),
        document_formatting_provider: Some(OneOf::Left(true)),
        document_range_formatting_provider: Some(OneOf::Left(true)),
        document_on_type_formatting_provider: Some(DocumentOnTypeFormattingOptions {
            first_trigger_character: "}".to_owned(),
            more_trigger_character: Some(vec!["｝".to_owned(), "\n".to_owned()]),
        }),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(completion::TRIGGERS.map(str::to_owned).to_vec()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        document_highlight_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: WorkDoneProgressOptions::default(),
        })),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
        selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
        semantic_tokens_provider: Some(SemanticTokensServerCapabilities::SemanticTokensOptions(
            SemanticTokensOptions {
                legend: colours::legend(),
                range: Some(true),
                full: Some(SemanticTokensFullOptions::Bool(true)),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            },
        )),
        inlay_hint_provider: Some(OneOf::Left(true)),
        code_lens_provider: Some(CodeLensOptions { resolve_provider: None }),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(actions::KINDS.to_vec()),
            ..CodeActionOptions::default()
        })),
        // The standards in the program are documents of this scheme.
        experimental: Some(json!({ "textDocumentContent": { "schemes": [features::SCHEME] } })),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: None,
        }),
        ..ServerCapabilities::default()
    }
}

fn state<'a>(params: &InitializeParams, disk: &'a dyn Disk, language: Option<Language>) -> ServerState<'a> {
    let capabilities = &params.capabilities;
    let workspace = capabilities.workspace.as_ref();
    let publishing = capabilities.text_document.as_ref().and_then(|document| document.publish_diagnostics.as_ref());
    let client = Client {
        shows_related_places: publishing.is_some_and(|one| one.related_information == Some(true)),
        shows_tags: publishing.is_some_and(|one| one.tag_support.is_some()),
        takes_registrations_of_watchers: workspace
            .and_then(|workspace| workspace.did_change_watched_files.as_ref())
            .is_some_and(|watching| watching.dynamic_registration == Some(true)),
        takes_snippets: capabilities
            .text_document
            .as_ref()
            .and_then(|document| document.completion.as_ref()?.completion_item.as_ref()?.snippet_support)
            == Some(true),
        tells_settings: workspace.is_some_and(|workspace| workspace.configuration == Some(true)),
    };
    let offered = capabilities.general.as_ref().and_then(|general| general.position_encodings.as_deref());
    let locale = params.locale.as_deref().and_then(self::language);
    let mut state = ServerState {
        disk,
        language: language.or(locale).unwrap_or(Language::Chinese),
        encoding: Encoding::agreed(offered),
        client,
        documents: std::collections::BTreeMap::new(),
        workspaces: Vec::new(),
        outgoing: Vec::new(),
    };
    state.workspaces = folders(params).into_iter().map(|path| Workspace::new(path, true)).collect();
    if let Some(options) = &params.initialization_options {
        state.set(options);
    }
    state
}

fn folders(params: &InitializeParams) -> Vec<String> {
    let mut folders: Vec<String> = match &params.workspace_folders {
        Some(folders) => folders.iter().map(|folder| folder_path(&folder.uri)).collect(),
        #[expect(deprecated, reason = "older clients know nothing else")]
        None => params.root_uri.iter().map(folder_path).collect(),
    };
    folders.sort();
    folders.dedup();
    folders.retain(|path| paths::is_file(path));
    folders
}

/// The path of a folder, without a slash at its end.
pub fn folder_path(uri: &Uri) -> String {
    let path = paths::path_of(uri);
    match path.trim_end_matches('/') {
        "" => path,
        trimmed => trimmed.to_owned(),
    }
}

/// The language of a locale such as `zh-cn`; none where it names none.
pub fn language(locale: &str) -> Option<Language> {
    match locale.to_ascii_lowercase() {
        locale if locale.starts_with("zh") => Some(Language::Chinese),
        locale if locale.is_empty() || locale == "c" || locale == "posix" => None,
        _ => Some(Language::English),
    }
}

/// Asks for what only a client that is ready gives: news of files, and its settings.
pub fn initialized(state: &mut ServerState<'_>) {
    if state.client.takes_registrations_of_watchers {
        let watchers = json!([{ "globPattern": "**/*.jx" }, { "globPattern": "**/jixiao.toml" }]);
        let registration = json!({
            "id": "jixiao/files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        });
        ask(state, "jixiao/registration", "client/registerCapability", json!({ "registrations": [registration] }));
    }
    if state.client.tells_settings {
        ask_for_settings(state);
    }
}

pub fn ask_for_settings(state: &mut ServerState<'_>) {
    ask(state, SETTINGS_QUESTION, "workspace/configuration", json!({ "items": [{ "section": "jixiao" }] }));
}

fn ask(state: &mut ServerState<'_>, id: &str, method: &str, params: Value) {
    state.outgoing.push(Request::new(id.to_owned().into(), method.to_owned(), params).into());
}
