//! A web page that stands alone: nothing from anywhere, no script, and no style but its own.

use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use super::Language;

/// The page of a title, a style sheet and a body, as text.
pub fn stand_alone(title: &str, style: &str, language: Language, body: Markup) -> String {
    let policy =
        format!("default-src 'none'; style-src 'sha256-{}'; base-uri 'none'", BASE64.encode(Sha256::digest(style)));
    let page = html! {
        (DOCTYPE)
        html lang=(match language { Language::Chinese => "zh-CN", Language::English => "en" }) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="color-scheme" content="light dark";
                title { (title) }
                style { (PreEscaped(style)) }
            }
            body { (body) }
        }
    };
    page.into_string() + "\n"
}
