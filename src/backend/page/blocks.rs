//! The blocks of a document, one below the other, page after page.

use super::flow::Flow;
use super::look;
use super::{Canvas, DocumentPart, SignWidths, table};
use crate::backend::official::{Drawn, FormBlock};

/// Draws the blocks of a document; its pages are numbered from a number on.
pub(super) fn draw(document: Drawn<'_>, first: usize, widths: &dyn SignWidths, canvas: &mut dyn Canvas) {
    let mut flow = Flow::new(document.is_wide, Some(first), widths, canvas);
    let (mut is_first, mut follows_part) = (true, false);
    for block in document.blocks {
        let begins_page = match &block {
            FormBlock::Part { .. } => !is_first,
            FormBlock::Project(_) | FormBlock::Form(_) => !is_first && !follows_part,
            FormBlock::Heading(_) | FormBlock::Ordinal(_) | FormBlock::Paragraph { .. } | FormBlock::Table { .. } => {
                false
            }
        };
        if begins_page {
            flow.turn();
        }
        (is_first, follows_part) = (false, matches!(block, FormBlock::Part { .. }));
        one(&mut flow, &block);
    }
    flow.end();
}

fn one(flow: &mut Flow<'_>, block: &FormBlock) {
    match block {
        FormBlock::Part { ordinal, .. } => {
            if let Some(ordinal) = ordinal {
                flow.paragraph(&[ordinal], look::PART_ORDINAL, DocumentPart::Paragraph);
            }
            flow.heading(block);
        }
        FormBlock::Heading(_) => {
            flow.reserve(3 * look::PROSE.line);
            flow.heading(block);
        }
        FormBlock::Ordinal(text) => {
            flow.reserve(3 * look::ORDINAL.line);
            flow.paragraph(&[text], look::ORDINAL, DocumentPart::Paragraph);
        }
        FormBlock::Paragraph { lead, text } => flow.paragraph(&[lead, text], look::PROSE, DocumentPart::Paragraph),
        FormBlock::Project(tables) => {
            flow.heading(block);
            for one in tables.drawn() {
                table::draw(flow, &one, &tables.listed);
            }
        }
        FormBlock::Form(sheet) => {
            flow.heading(block);
            for one in &sheet.tables {
                table::draw(flow, one, &sheet.heading);
            }
        }
        FormBlock::Table { caption, table } => {
            flow.reserve(4 * look::CAPTION.line);
            flow.paragraph(&[caption], look::CAPTION, DocumentPart::Paragraph);
            table::draw(flow, table, caption);
        }
    }
}
