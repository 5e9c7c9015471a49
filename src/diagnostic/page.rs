//! A web page that stands alone: nothing from anywhere, no script. Findings, changes, histories, rules and imports share
//! one frame and one style sheet, to which each adds its own.

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::Language;

/// The page of a title, a style sheet and a body, as text.
pub fn stand_alone(title: &str, style: &str, language: Language, body: Markup) -> String {
    format!("{}{}{END}", head(title, style, language).into_string(), body.into_string())
}

/// Writes the page of a title and a style sheet; `body` writes what stands in it.
pub fn write(
    title: &str,
    style: &str,
    language: Language,
    out: &mut dyn Write,
    body: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    put(out, head(title, style, language))?;
    body(out)?;
    out.write_all(END.as_bytes())
}

/// Writes a part of a body.
pub fn put(out: &mut dyn Write, part: Markup) -> io::Result<()> {
    out.write_all(part.into_string().as_bytes())
}

const STYLE: &str = include_str!("page.css");

const END: &str = "</main></body></html>\n";

/// What stands before the body, whose main part is left open.
fn head(title: &str, style: &str, language: Language) -> Markup {
    let style = format!("{STYLE}{style}");
    let policy =
        format!("default-src 'none'; style-src 'sha256-{}'; base-uri 'none'", BASE64.encode(Sha256::digest(&style)));
    let tag = match language {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    };
    html! {
        (DOCTYPE)
        (PreEscaped(format!("<html lang=\"{tag}\">")))
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1";
            meta http-equiv="Content-Security-Policy" content=(policy);
            meta name="color-scheme" content="light dark";
            title { (title) }
            style { (PreEscaped(style)) }
        }
        (PreEscaped("<body><main>"))
    }
}
