//! Words in the drawings of a sheet: text boxes, shapes.

use crate::diagnostic::texts;
use crate::import::document::{Cell, Document, DocumentBlock, DocumentPlace, Paragraph, Remark};
use crate::import::read::package::PackagePart;
use crate::import::read::xml::{XmlPiece, XmlPieces};

/// What is open in a drawing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum DrawingPart {
    /// Where the drawing begins.
    Start,
    Row,
    Column,
    Text,
    Paragraph,
    Other,
}

/// Adds the paragraphs of a drawing to the document, each at the cell where its drawing begins.
pub fn read(part: &PackagePart, place_of: impl Fn(u32, u32) -> DocumentPlace, document: &mut Document) {
    let (mut row, mut column) = (1, 1);
    let mut text = String::new();
    let mut open: Vec<DrawingPart> = Vec::new();
    let mut xml = XmlPieces::new(&part.text);
    let end = loop {
        let piece = match xml.next() {
            Ok(Some(piece)) => piece,
            end => break end,
        };
        match piece {
            XmlPiece::Open(element) => {
                let inside = match (open.last(), element.name()) {
                    (_, "from") => DrawingPart::Start,
                    (Some(DrawingPart::Start), "row") => DrawingPart::Row,
                    (Some(DrawingPart::Start), "col") => DrawingPart::Column,
                    (_, "p") => DrawingPart::Paragraph,
                    (_, "t") => DrawingPart::Text,
                    (_, _) => DrawingPart::Other,
                };
                if element.name() == "br" {
                    text.push('\n');
                }
                open.push(inside);
            }
            XmlPiece::Text(written) => {
                let count = || written.trim().parse::<u32>().map_or(1, |number| number.saturating_add(1));
                match open.last() {
                    Some(DrawingPart::Row) => row = count(),
                    Some(DrawingPart::Column) => column = count(),
                    Some(DrawingPart::Text) => text.push_str(&written),
                    Some(DrawingPart::Start | DrawingPart::Paragraph | DrawingPart::Other) | None => {}
                }
            }
            XmlPiece::Close => {
                if open.pop() == Some(DrawingPart::Paragraph) {
                    let words = std::mem::take(&mut text);
                    if !words.trim().is_empty() {
                        let cell = Cell::new(words.trim(), place_of(row, column));
                        document.blocks.push(DocumentBlock::Paragraph(Paragraph { level: 0, cell }));
                    }
                }
            }
        }
    };
    if end.is_err() || part.is_damaged {
        document.remarks.push(Remark::partial(Some(place_of(row, column)), texts::breaks_off()));
    }
}
