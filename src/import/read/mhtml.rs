//! Pages saved as one file (`.mht`), also under the names `.doc` and `.xls`: the page among the parts of a message.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use crate::diagnostic::{Diagnostic, texts};

use super::{encoding, html, refusal};
use crate::import::document::Document;

/// The document of the first page in the file.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, Diagnostic> {
    let (head, body) = parted(bytes);
    let parts: Vec<&[u8]> = match parameter(&head, "boundary=") {
        Some(boundary) => parts(body, format!("--{boundary}").as_bytes()),
        None => vec![bytes],
    };
    let page = parts.into_iter().map(parted).find(|(head, _)| field(head, "content-type").starts_with("text/html"));
    let Some((head, body)) = page else {
        return Err(refusal::damaged(name, texts::reason_no_page()));
    };
    let bytes = match field(&head, "content-transfer-encoding").trim() {
        "base64" => from_base64(body),
        "quoted-printable" => from_quoted(body),
        _ => body.to_vec(),
    };
    let Some(declared) = parameter(&head, "charset=") else { return html::read(name, &bytes) };
    let decoded = encoding::decode(&bytes, Some(&declared));
    let mut document = html::page(name, &decoded.text)?;
    document.remarks.splice(0..0, decoded.remarks);
    Ok(document)
}

/// The head and the body of a message or a part: a blank line lies between.
fn parted(bytes: &[u8]) -> (String, &[u8]) {
    let bytes = bytes.trim_ascii_start();
    let end = [&b"\r\n\r\n"[..], b"\n\n"].iter().filter_map(|blank| Some((find(bytes, blank)?, blank.len()))).min();
    let (at, length) = end.unwrap_or((bytes.len(), 0));
    // A field goes on in lines that begin with a blank.
    let head = String::from_utf8_lossy(&bytes[..at]).replace("\r\n", "\n").replace("\n\t", " ").replace("\n ", " ");
    (head, &bytes[at + length..])
}

/// The value of a field, in small letters.
fn field(head: &str, name: &str) -> String {
    let value = head.lines().filter_map(|line| line.split_once(':')).find(|(key, _)| key.eq_ignore_ascii_case(name));
    value.map(|(_, value)| value.trim().to_lowercase()).unwrap_or_default()
}

/// What follows `boundary=` or `charset=` in the head, with or without quotes.
fn parameter(head: &str, key: &str) -> Option<String> {
    let at = head.to_ascii_lowercase().find(key)?;
    let value = &head[at + key.len()..];
    let quoted = value.strip_prefix('"').and_then(|value| value.split('"').next());
    let value = quoted.or_else(|| value.split([';', ' ', '\n']).next()).unwrap_or_default();
    (!value.is_empty()).then(|| value.to_owned())
}

fn parts<'a>(body: &'a [u8], boundary: &[u8]) -> Vec<&'a [u8]> {
    let mut parts = Vec::new();
    let mut rest = body;
    while let Some(at) = find(rest, boundary) {
        parts.push(&rest[..at]);
        rest = &rest[at + boundary.len()..];
    }
    parts.push(rest);
    parts
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// As much as can be read: the rest of a broken text is left out.
fn from_base64(body: &[u8]) -> Vec<u8> {
    let config = GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent);
    let clean: Vec<u8> =
        body.iter().copied().filter(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(byte)).collect();
    let whole = clean.len() - usize::from(clean.len() % 4 == 1);
    GeneralPurpose::new(&STANDARD, config).decode(&clean[..whole]).unwrap_or_default()
}

fn from_quoted(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first != b'=' {
            bytes.push(*first);
        } else if let Some(after) = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")) {
            rest = after;
        } else if let Some(byte) = rest.get(..2).and_then(hexadecimal) {
            bytes.push(byte);
            rest = &rest[2..];
        } else {
            bytes.push(b'=');
        }
    }
    bytes
}

fn hexadecimal(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read::sample::{shown, survives};

    const FILE: &str = "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"--x\"\r\n\r\n----x\r\n\
        Content-Type: image/png\r\n\r\n<p>no\r\n----x\r\nContent-Type: text/html; charset=\"utf-8\"\r\n\
        Content-Transfer-Encoding: quoted-printable\r\n\r\n<p class=3Dx>=E7=94=B2=\r\n=E4=B9=99</p>\r\n----x--\r\n";

    #[test]
    fn the_page_is_found_and_decoded() {
        assert_eq!(shown(&read("甲.mht", FILE.as_bytes()).expect("document")), ["0:甲乙"]);
        let page = FILE
            .replace("quoted-printable", "base64")
            .replace("<p class=3Dx>=E7=94=B2=\r\n=E4=B9=99</p>", "PHA+\r\n55Sy");
        assert_eq!(shown(&read("甲.doc", page.as_bytes()).expect("document")), ["0:甲"]);
        survives(FILE.as_bytes(), 2000, |bytes| drop(read("甲.mht", bytes)));
    }
}
