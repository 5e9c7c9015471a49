//! Writing XML into memory: elements within elements, texts with what XML has no way to write left out.

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

/// An XML document that is being written.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
}

pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl Xml {
    /// Begins with the declaration.
    pub fn new() -> Self {
        Self { writer: Writer::new(b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".to_vec()) }
    }

    pub fn into_bytes(self) -> Vec<u8> {
        self.writer.into_inner()
    }

    /// An element and what is inside.
    pub fn element(&mut self, name: &str, attributes: Attributes<'_>, inside: impl FnOnce(&mut Self)) {
        self.write(Event::Start(BytesStart::new(name).with_attributes(attributes.iter().copied())));
        inside(self);
        self.write(Event::End(BytesEnd::new(name)));
    }

    pub fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.write(Event::Empty(BytesStart::new(name).with_attributes(attributes.iter().copied())));
    }

    pub fn text(&mut self, text: &str) {
        if text.chars().all(is_writable) {
            self.write(Event::Text(BytesText::new(text)));
        } else {
            self.write(Event::Text(BytesText::new(&plain(text))));
        }
    }

    fn write(&mut self, event: Event<'_>) {
        // Invariant: memory does not fail.
        let _ = self.writer.write_event(event);
    }
}

/// A text without the control characters that XML has no way to write.
pub(crate) fn plain(text: &str) -> String {
    text.chars().filter(|sign| is_writable(*sign)).collect()
}

fn is_writable(sign: char) -> bool {
    (!sign.is_control() || matches!(sign, '\t' | '\n' | '\r')) && !matches!(sign, '\u{FFFE}' | '\u{FFFF}')
}
