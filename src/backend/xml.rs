//! Writing XML: elements within elements, texts with what XML has no way to write left out.
//!
//! What a writer fails to take is told once, at the end: what describes a document need not look at it at every tag.

use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesEnd, BytesStart, BytesText, Event};

/// An XML document that is being written.
pub(super) struct XmlWriter<'a> {
    writer: Writer<&'a mut dyn Write>,
    failure: Option<io::Error>,
}

pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

impl XmlWriter<'_> {
    /// Writes a document, which begins with the declaration.
    ///
    /// # Errors
    /// The first failure of the writer.
    pub fn write(out: &mut dyn Write, document: impl FnOnce(&mut XmlWriter<'_>)) -> io::Result<()> {
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")?;
        let mut xml = XmlWriter { writer: Writer::new(out), failure: None };
        document(&mut xml);
        xml.failure.map_or(Ok(()), Err)
    }

    /// An element and what is inside.
    pub fn element(&mut self, name: &str, attributes: Attributes<'_>, inside: impl FnOnce(&mut Self)) {
        self.event(Event::Start(BytesStart::new(name).with_attributes(attributes.iter().copied())));
        inside(self);
        self.event(Event::End(BytesEnd::new(name)));
    }

    pub fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.event(Event::Empty(BytesStart::new(name).with_attributes(attributes.iter().copied())));
    }

    pub fn text(&mut self, text: &str) {
        if text.chars().all(is_writable) {
            self.event(Event::Text(BytesText::new(text)));
        } else {
            self.event(Event::Text(BytesText::new(&plain(text))));
        }
    }

    fn event(&mut self, event: Event<'_>) {
        if self.failure.is_none() {
            self.failure = self.writer.write_event(event).err();
        }
    }
}

/// A text without the control characters that XML has no way to write.
pub(crate) fn plain(text: &str) -> String {
    text.chars().filter(|sign| is_writable(*sign)).collect()
}

fn is_writable(sign: char) -> bool {
    (!sign.is_control() || matches!(sign, '\t' | '\n' | '\r')) && !matches!(sign, '\u{FFFE}' | '\u{FFFF}')
}
