//! Addresses of documents to paths as people read them, and back.

use std::str::FromStr;

use lsp_types::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

/// Signs that stay as they are in the path of an address.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// The path of a document, with `/`. A document that is no file has its address for a path.
pub fn path_of(uri: &Uri) -> String {
    let text = uri.as_str();
    let Some(rest) = text.strip_prefix("file://") else { return text.to_owned() };
    let path = rest.find('/').map_or("", |slash| &rest[slash..]);
    let path = percent_decode_str(path).decode_utf8_lossy().into_owned();
    match path.as_bytes() {
        // `/c:/folder` is a path of Windows.
        [b'/', drive, b':', ..] if drive.is_ascii_alphabetic() => path[1..].to_owned(),
        _ => path,
    }
}

/// The address of a path.
pub fn uri_of(path: &str) -> Option<Uri> {
    let slash = if path.starts_with('/') { "" } else { "/" };
    match Uri::from_str(path) {
        // Only what was an address before has a scheme longer than the name of a drive.
        Ok(uri) if uri.scheme().is_some_and(|scheme| scheme.as_str().len() > 1) => Some(uri),
        _ => Uri::from_str(&format!("file://{slash}{}", utf8_percent_encode(path, KEPT))).ok(),
    }
}

/// A name as a part of an address.
pub fn encoded(name: &str) -> String {
    utf8_percent_encode(name, NON_ALPHANUMERIC).to_string()
}

/// The name that a part of an address stands for.
pub fn decoded(part: &str) -> String {
    percent_decode_str(part).decode_utf8_lossy().into_owned()
}

/// Whether a document can be a file.
pub fn is_file(path: &str) -> bool {
    path.starts_with('/') || path.as_bytes().get(1) == Some(&b':')
}

/// Writes the addresses in a message as the rules for them demand: there are clients that leave Chinese as it is.
pub fn mend_addresses(value: &mut Value) {
    match value {
        Value::Object(entries) => {
            for (key, value) in entries.iter_mut() {
                match value {
                    Value::String(text) if key.ends_with("uri") || key.ends_with("Uri") => {
                        let mended = utf8_percent_encode(text, SPOILT).to_string();
                        *text = mended;
                    }
                    value => mend_addresses(value),
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(mend_addresses),
        _ => {}
    }
}

/// Signs that no address may hold.
const SPOILT: &AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}')
    .add(b'[')
    .add(b']');

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_comes_back_from_its_address() {
        for path in ["/a b/绩效 100%.jx", "/tmp/部门.jx", "C:/局/部门.jx", "untitled:Untitled-1"] {
            let uri = uri_of(path).expect("an address");
            assert_eq!(path_of(&uri), path, "{}", uri.as_str());
        }
        let encoded = Uri::from_str("file:///c%3A/%E5%B1%80.jx").expect("an address");
        assert_eq!(path_of(&encoded), "c:/局.jx");
    }
}
