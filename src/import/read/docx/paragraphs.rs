//! What is written in paragraphs: runs of signs as they look, results of fields, equations, automatic numbers.

use std::borrow::Cow;

use super::looks::RunLook;
use super::numbering::NumberReference;
use super::styles::{self, DocxStyles};
use super::{DocxReader, FieldEnd, Tag};
use crate::diagnostic::texts;
use crate::import::document::{Cell, DocumentBlock, DocumentPlace, Paragraph};
use crate::import::read::seen_text::{NotShown, SeenText};
use crate::import::read::symbols::SignFont;
use crate::import::read::xml::XmlElement;

/// A paragraph that is open.
#[derive(Default)]
pub struct DocxParagraph {
    pub number: u32,
    pub style: Option<String>,
    text: SeenText,
    level: Option<u8>,
    list: NumberReference,
}

/// A run of signs that is open: how it looks, and what it says of that itself.
pub struct DocxRun {
    look: RunLook,
    own: RunLook,
    style: Option<String>,
}

impl DocxParagraph {
    pub fn new(number: u32) -> Self {
        Self { number, ..Self::default() }
    }

    /// Takes a property.
    pub fn take(&mut self, element: &XmlElement) {
        match element.name() {
            "pStyle" => self.style = element.attribute("val").map(Cow::into_owned),
            "outlineLvl" => self.level = element.number::<u8>("val").map(styles::level_of_outline),
            _ => self.list.take(element),
        }
    }
}

impl DocxRun {
    pub fn new(look: RunLook) -> Self {
        Self { look, own: RunLook::default(), style: None }
    }

    /// Takes a property.
    pub fn take(&mut self, element: &XmlElement) {
        if element.name() == "rStyle" {
            self.style = element.attribute("val").map(Cow::into_owned);
        } else {
            self.own.take(element);
        }
    }

    /// All properties have been taken.
    pub fn end_properties(&mut self, styles: &DocxStyles, paragraph_style: Option<&str>) {
        self.look = self.own.over(styles.look(paragraph_style, self.style.as_deref()));
    }
}

impl DocxReader<'_> {
    pub(super) fn field_mark(&mut self, element: &XmlElement) -> Tag {
        match self.fields.mark(&element.attribute("fldCharType").unwrap_or_default()) {
            FieldEnd::Nothing => {}
            FieldEnd::Shown(text) => self.write_in(&text, SignFont::Letters),
            FieldEnd::Drawn(code) => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.text.leave_out(NotShown::FieldCode, &code);
                }
            }
        }
        Tag::Other
    }

    /// Ends the fields beyond the outer `count`: they have no end of their own.
    pub(super) fn end_fields(&mut self, count: usize) {
        if let Some(words) = self.fields.end_beyond(count) {
            let place = self.place();
            self.remark(place, texts::unfinished_field(words.trim()));
        }
    }

    /// Writes an equation. A fraction after a number is no part of it: 3½ is not 31/2.
    pub(super) fn equation(&mut self, text: &str) {
        let follows_digit = self
            .paragraphs
            .last()
            .is_some_and(|paragraph| paragraph.text.as_str().ends_with(|sign: char| sign.is_ascii_digit()));
        if follows_digit && text.contains('/') && text.starts_with(|sign: char| sign.is_ascii_digit()) {
            self.write_in(" ", SignFont::Letters);
        }
        self.write_in(text, SignFont::Letters);
    }

    /// Writes a sign that is what it is in every font.
    pub(super) fn sign(&mut self, sign: char) -> Tag {
        self.write_in(sign.encode_utf8(&mut [0; 4]), SignFont::Letters);
        Tag::Other
    }

    /// Writes text of the run that is open, in its font.
    pub(super) fn write(&mut self, text: &str) {
        let font = self.runs.last().map(|run| run.look.font()).unwrap_or_default();
        self.write_in(text, font);
    }

    fn write_in(&mut self, text: &str, font: SignFont) {
        self.fields.words(text);
        if !self.fields.is_shown() {
            return;
        }
        let Some(text) = self.controls.shown(text) else { return };
        let look = self.runs.last().map(|run| run.look).unwrap_or_default();
        let left_out = if self.deletions > 0 {
            Some(NotShown::Deleted)
        } else if look.is_hidden() {
            Some(NotShown::Hidden)
        } else {
            look.is_struck().then_some(NotShown::Struck)
        };
        // Text outside a paragraph, which only a damaged document has.
        let is_astray = self.paragraphs.is_empty();
        if is_astray {
            self.paragraphs.push(DocxParagraph::new(self.paragraph_count));
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            if let Some(why) = left_out {
                paragraph.text.leave_out(why, text);
            } else {
                self.signs += text.chars().filter(|sign| !sign.is_whitespace()).count();
                paragraph.text.write(&font.shown(text), look.manner());
            }
        }
        if is_astray {
            self.end_paragraph();
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        let place = self.place();
        let Some(paragraph) = self.paragraphs.pop() else { return };
        let number = self.automatic_number(&paragraph);
        let mut text = paragraph.text.finish(place.as_ref(), &mut self.document.remarks);
        if let Some(number) = number {
            text.insert_str(0, &number);
        }
        if text.is_empty() || self.tables.write(text.trim_end()) {
            return;
        }
        let style = paragraph.style.as_deref().unwrap_or_default();
        let level = paragraph.level.unwrap_or_else(|| self.styles.level(style));
        let cell = Cell::new(text, DocumentPlace::Paragraph(paragraph.number));
        self.document.blocks.push(DocumentBlock::Paragraph(Paragraph { level, cell }));
    }

    /// Counts a paragraph in its list. What is printed before its text: nothing where the paragraph is not printed.
    fn automatic_number(&mut self, paragraph: &DocxParagraph) -> Option<String> {
        let style = paragraph.style.as_deref();
        let of_style = self.styles.number(style);
        let mut reference = paragraph.list.over(of_style);
        if let (None, Some(list), Some(style)) = (reference.level, of_style.list, style) {
            reference.level = self.numbering.level_of_style(list, style);
        }
        let text = paragraph.text.as_str().trim();
        if text.is_empty() && paragraph.text.lacks(&[NotShown::Hidden, NotShown::Deleted]) {
            return None;
        }
        let number = self.numbering.next(reference, text)?;
        // A number without words stands only in a cell of its own: the column of serial numbers.
        let is_alone = self.tables.has_cell() && !self.tables.is_in_continued_cell();
        (!text.is_empty() || is_alone && !paragraph.text.lacks(&[NotShown::Struck])).then_some(number)
    }
}
