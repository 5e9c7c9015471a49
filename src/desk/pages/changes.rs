//! What changed since the last commit, in the terms of those who review it, and the commit itself.

use maud::{Markup, PreEscaped, html};

use super::{DeskPage, PageStyle, PageWords};
use crate::backend::{ChangesSince, report};
use crate::diagnostic::Text;

/// What changed; or why nobody can tell.
#[derive(Debug)]
pub struct Changes(pub Result<ChangesSince, Text>);

pub fn changes(changes: &Changes, pages: PageStyle<'_>, words: PageWords) -> Markup {
    let project = |number: usize| format!("{}{}", pages.root, DeskPage::Project(number).path());
    html! {
        h1 { (words.say("还没有提交的改动", "Changes that are not committed")) }
        @match &changes.0 {
            Err(reason) => { p.none { (reason.in_language(pages.language)) } }
            Ok(since) => {
                (PreEscaped(report::changes(since, pages.language, &project)))
                @if !pages.is_read_only && !since.lines.is_empty() {
                    form.commit data-commit {
                        label for="message" { (words.say("这次改动为了什么", "What this change is for")) }
                        input #message name="message" autocomplete="off" required;
                        button type="submit" { (words.say("提交", "Commit")) }
                    }
                }
            }
        }
    }
}
