//! XML as a row of pieces: elements open and close, texts stand between. Nothing nests on the stack.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::limits;

/// The pieces of a text, one after another.
pub struct XmlPieces<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
}

pub enum XmlPiece<'a> {
    Open(XmlElement<'a>),
    /// The element that opened last closes.
    Close,
    Text(Cow<'a, str>),
}

pub struct XmlElement<'a>(BytesStart<'a>);

/// Why there are no more pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The text breaks off or is not XML from here on.
    Damaged,
    /// More elements inside one another than [`limits::NESTING`].
    TooDeep,
}

impl<'a> XmlPieces<'a> {
    pub fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, depth: 0 }
    }

    /// The next piece; none at the end.
    pub fn next(&mut self) -> Result<Option<XmlPiece<'a>>, Trouble> {
        loop {
            let piece = match self.reader.read_event().map_err(|_| Trouble::Damaged)? {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > limits::NESTING {
                        return Err(Trouble::TooDeep);
                    }
                    XmlPiece::Open(XmlElement(start))
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    XmlPiece::Close
                }
                Event::Text(text) => XmlPiece::Text(text.xml10_content()),
                Event::CData(text) => XmlPiece::Text(text.xml10_content()),
                Event::GeneralRef(reference) => XmlPiece::Text(resolved(&reference)),
                Event::Eof if self.depth == 0 => return Ok(None),
                Event::Eof => return Err(Trouble::Damaged),
                // Empty elements are given as an opening and a closing one.
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            };
            return Ok(Some(piece));
        }
    }

    /// The byte of the text behind the last piece.
    pub fn position(&self) -> usize {
        self.reader.buffer_position() as usize
    }

    /// Leaves out the rest of the element that opened last.
    pub fn skip(&mut self) -> Result<(), Trouble> {
        let mut open = 1_usize;
        while open > 0 {
            match self.next()? {
                Some(XmlPiece::Open(_)) => open += 1,
                Some(XmlPiece::Close) => open -= 1,
                Some(XmlPiece::Text(_)) => {}
                None => return Err(Trouble::Damaged),
            }
        }
        Ok(())
    }
}

impl XmlElement<'_> {
    /// Its name without the prefix: programs choose prefixes as they like.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute, by its name without a prefix.
    pub fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        let found = attributes.flatten().find(|attribute| attribute.key.local_name().into_inner() == name)?;
        Some(found.normalized_value(XmlVersion::Implicit1_0).unwrap_or(found.value))
    }

    /// The value of an attribute that counts something.
    pub fn number<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.attribute(name)?.trim().parse().ok()
    }
}

/// The sign of a reference such as `&amp;` or `&#8805;`; one of an unknown name stays as it stands.
fn resolved(reference: &BytesRef) -> Cow<'static, str> {
    let name: &str = reference;
    let sign = match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => match reference.resolve_char_ref() {
            Ok(Some(sign)) => return sign.to_string().into(),
            Ok(None) | Err(_) => return format!("&{name};").into(),
        },
    };
    sign.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(xml: &str) -> String {
        let mut xml = XmlPieces::new(xml);
        let mut all = String::new();
        while let Ok(Some(piece)) = xml.next() {
            if let XmlPiece::Text(text) = piece {
                all.push_str(&text);
            }
        }
        all
    }

    #[test]
    fn no_reference_is_lost() {
        assert_eq!(text("<a>≥&#57;&#x30;&amp;&lt;<![CDATA[<b>]]>&other; & 是</a>"), "≥90&<<b>&other; & 是");
    }

    #[test]
    fn depth_and_damage_are_told_apart() {
        let deep = "<a>".repeat(limits::NESTING + 1);
        let mut xml = XmlPieces::new(&deep);
        let trouble = loop {
            match xml.next() {
                Ok(_) => {}
                Err(trouble) => break trouble,
            }
        };
        assert_eq!(trouble, Trouble::TooDeep);
        assert_eq!(XmlPieces::new("<a>").skip(), Err(Trouble::Damaged));
    }
}
