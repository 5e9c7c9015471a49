//! Completion.

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionParams, CompletionTextEdit, Documentation,
    InsertTextFormat, MarkupContent, MarkupKind, TextEdit,
};

use super::{offset, place, say};
use crate::editor::completion::{ItemKind, OfferedItem, complete};
use crate::lsp::requests::NoAnswer;
use crate::lsp::state::{CheckedDocument, ServerState};

/// Signs after which a client asks without being told.
pub const TRIGGERS: [&str; 9] = [" ", ".", "≥", "≤", ">", "<", "=", "#", "　"];

pub fn completion(state: &ServerState<'_>, params: CompletionParams) -> Result<CompletionList, NoAnswer> {
    let position = params.text_document_position;
    let place = place(state, &position.text_document.uri)?;
    let found = complete(place.analysis, place.file, offset(&place, position.position));
    let items = found.items.into_iter().map(|one| item(state, &place, one)).collect();
    Ok(CompletionList { is_incomplete: found.is_incomplete, items })
}

fn item(state: &ServerState<'_>, place: &CheckedDocument<'_>, item: OfferedItem) -> CompletionItem {
    let is_snippet = item.is_snippet && state.client.takes_snippets;
    let text = if item.is_snippet && !is_snippet { without_places(&item.text) } else { item.text };
    CompletionItem {
        label: item.label,
        kind: Some(kind(item.kind)),
        detail: item.detail.map(|text| say(state, text)),
        documentation: item.documentation.map(|text| {
            Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value: say(state, text) })
        }),
        sort_text: Some(item.sort),
        filter_text: Some(item.filter),
        insert_text_format: Some(if is_snippet { InsertTextFormat::SNIPPET } else { InsertTextFormat::PLAIN_TEXT }),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit { range: place.range(item.replaces), new_text: text })),
        ..CompletionItem::default()
    }
}

fn kind(kind: ItemKind) -> CompletionItemKind {
    match kind {
        ItemKind::Keyword => CompletionItemKind::KEYWORD,
        ItemKind::Field => CompletionItemKind::PROPERTY,
        ItemKind::Category => CompletionItemKind::CLASS,
        ItemKind::Unit => CompletionItemKind::UNIT,
        ItemKind::Name => CompletionItemKind::VARIABLE,
        ItemKind::Reference => CompletionItemKind::REFERENCE,
        ItemKind::Choice => CompletionItemKind::ENUM_MEMBER,
        ItemKind::Operator => CompletionItemKind::OPERATOR,
        ItemKind::Code => CompletionItemKind::CONSTANT,
        ItemKind::Standard => CompletionItemKind::MODULE,
    }
}

/// A snippet as plain text, with what stands in its places.
fn without_places(snippet: &str) -> String {
    let mut text = String::with_capacity(snippet.len());
    let mut signs = snippet.chars().peekable();
    let mut is_inside = false;
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => text.extend(signs.next()),
            '$' => {
                is_inside = signs.next_if_eq(&'{').is_some();
                while signs.next_if(char::is_ascii_digit).is_some() {}
                // Of several words to choose from, the first.
                if is_inside && signs.next_if_eq(&'|').is_some() {
                    text.extend(std::iter::from_fn(|| signs.next_if(|sign| !matches!(sign, ',' | '|'))));
                    while signs.next_if(|sign| *sign != '}').is_some() {}
                } else if is_inside {
                    signs.next_if_eq(&':');
                }
            }
            '}' if is_inside => is_inside = false,
            _ => text.push(sign),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::without_places;

    #[test]
    fn places_become_what_stands_in_them() {
        assert_eq!(without_places("预算 ${1:0} 元 {\n  $0\n}"), "预算 0 元 {\n  \n}");
        assert_eq!(without_places("${1|优,良|} { 优 良 }"), "优 { 优 良 }");
        assert_eq!(without_places("描述 \"${1}\" \\$"), "描述 \"\" $");
    }
}
