//! The texts that the cells of a workbook share.

use crate::diagnostic::{Diagnostic, texts};
use crate::import::read::xml::{Trouble, XmlPiece, XmlPieces};
use crate::import::read::{limits, refusal};
use crate::source::Words;

#[derive(Default)]
pub struct Strings {
    pub texts: Vec<Words>,
    pub is_damaged: bool,
}

/// The texts of `sharedStrings.xml`. `name` is that of the file.
pub fn read(name: &str, text: &str) -> Result<Strings, Diagnostic> {
    let mut strings = Strings::default();
    let mut one = String::new();
    let mut open: Vec<bool> = Vec::new();
    let mut xml = XmlPieces::new(text);
    loop {
        match xml.next() {
            Ok(Some(XmlPiece::Open(element))) if element.name() == "rPh" => {
                if xml.skip().is_err() {
                    strings.is_damaged = true;
                    return Ok(strings);
                }
            }
            Ok(Some(XmlPiece::Open(element))) => open.push(element.name() == "t"),
            Ok(Some(XmlPiece::Text(text))) => {
                if open.last() == Some(&true) {
                    one.push_str(&text);
                }
            }
            Ok(Some(XmlPiece::Close)) => {
                open.pop();
                // The list itself is at depth 1, each text at depth 2.
                if open.len() == 1 {
                    strings.texts.push(plain(&one).into());
                    one.clear();
                }
            }
            Ok(None) => return Ok(strings),
            Err(Trouble::TooDeep) => return Err(refusal::too_large(name, texts::limit_nesting(limits::NESTING))),
            Err(Trouble::Damaged) => {
                strings.is_damaged = true;
                return Ok(strings);
            }
        }
    }
}

/// The text of a cell: signs that XML cannot hold stand in it as `_x000D_`.
pub fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("_x") {
        plain.push_str(&rest[..start]);
        rest = &rest[start..];
        let code = rest.get(2..6).filter(|_| rest.get(6..7) == Some("_"));
        let sign = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32);
        let taken = if let Some(sign) = sign {
            plain.push(sign);
            7
        } else {
            plain.push_str("_x");
            2
        };
        rest = &rest[taken..];
    }
    plain.push_str(rest);
    plain.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}
