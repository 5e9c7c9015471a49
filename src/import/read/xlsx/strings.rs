//! The texts of the cells of a workbook: shared or inline, in runs that may be struck out, raised or underlined.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, texts};
use crate::import::document::Remark;
use crate::import::read::seen_text::{Manner, NotShown, SeenText};
use crate::import::read::symbols::SignFont;
use crate::import::read::xml::{Trouble, XmlElement, XmlPiece, XmlPieces};
use crate::import::read::{limits, refusal};
use crate::source::Words;

#[derive(Default)]
pub struct Strings {
    pub texts: Vec<Words>,
    /// What is to be told of some of them, by their numbers: it has the place of the cell.
    pub remarks: BTreeMap<usize, Vec<Remark>>,
    pub is_damaged: bool,
}

/// A text in runs, as it is shown.
#[derive(Debug, Default)]
pub struct RichText {
    text: SeenText,
    is_struck: bool,
    manner: Manner,
    font: SignFont,
}

impl RichText {
    /// Takes a run, or how it looks.
    pub fn element(&mut self, element: &XmlElement) {
        let value = element.attribute("val");
        match element.name() {
            "r" => (self.is_struck, self.manner, self.font) = (false, Manner::Plain, SignFont::default()),
            "strike" => self.is_struck = !matches!(value.as_deref(), Some("0" | "false")),
            "u" if self.manner == Manner::Plain && value.as_deref() != Some("none") => {
                self.manner = Manner::Underlined;
            }
            "vertAlign" => match value.as_deref() {
                Some("superscript") => self.manner = Manner::Raised,
                Some("subscript") => self.manner = Manner::Lowered,
                _ => {}
            },
            "rFont" => self.font = value.map(|name| SignFont::named(&name)).unwrap_or_default(),
            _ => {}
        }
    }

    pub fn write(&mut self, text: &str) {
        if self.is_struck {
            self.text.leave_out(NotShown::Struck, text);
        } else {
            self.text.write(&self.font.shown(text), self.manner);
        }
    }

    /// The text, and what is to be told of it.
    pub fn finish(self) -> (String, Vec<Remark>) {
        let mut remarks = Vec::new();
        let text = plain(&self.text.finish(None, &mut remarks));
        (text, remarks)
    }
}

/// The texts of `sharedStrings.xml`. `name` is that of the file.
pub fn read(name: &str, text: &str) -> Result<Strings, Diagnostic> {
    let mut strings = Strings::default();
    let mut one = RichText::default();
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
            Ok(Some(XmlPiece::Open(element))) => {
                one.element(&element);
                open.push(element.name() == "t");
            }
            Ok(Some(XmlPiece::Text(text))) => {
                if open.last() == Some(&true) {
                    one.write(&text);
                }
            }
            Ok(Some(XmlPiece::Close)) => {
                open.pop();
                // The list itself is at depth 1, each text at depth 2.
                if open.len() == 1 {
                    let (text, remarks) = std::mem::take(&mut one).finish();
                    if !remarks.is_empty() {
                        strings.remarks.insert(strings.texts.len(), remarks);
                    }
                    strings.texts.push(text.into());
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
