//! PDF: pages of signs and lines, read into the same tables and paragraphs as those of OFD.
//!
//! The drawing of a page is interpreted; a sign is what the font's map says of it, and no pictures are looked at. Streams
//! are measured before any of them is unpacked, so that a small file cannot ask for much memory.

mod drawing;
mod streams;

use std::panic::{AssertUnwindSafe, catch_unwind};

use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, RenderContent, interpret_page};
use hayro_syntax::{LoadPdfError, Pdf};

use super::layout::Pages;
use super::{limits, refusal};
use crate::diagnostic::{Diagnostic, texts};
use crate::import::document::{Document, Remark};
use drawing::PdfDrawing;

/// The document of a file.
///
/// # Errors
/// JX602 for a damaged file, JX603 for one with a password, JX604 for one that unpacks to too much.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, Diagnostic> {
    let limit = limits::UNPACKED_BYTES.min(limits::FREE_BYTES.max(bytes.len() as u64 * limits::EXPANSION));
    if !streams::unpack_to_at_most(bytes, limit) {
        return Err(refusal::too_large(name, texts::limit_bytes(limit / (1024 * 1024))));
    }
    // The interpreter is not ours: should it stumble over a damaged file, the file is refused.
    let read = catch_unwind(AssertUnwindSafe(|| pages(name, bytes)));
    read.unwrap_or_else(|_| Err(refusal::damaged(name, texts::reason_no_pages())))
}

fn pages(name: &str, bytes: &[u8]) -> Result<Document, Diagnostic> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
        LoadPdfError::Decryption(_) => refusal::locked(name),
        LoadPdfError::Invalid => refusal::damaged(name, texts::reason_no_pages()),
    })?;
    let cache = InterpreterCache::new();
    let (mut pages, mut pictures) = (Pages::default(), 0);
    for (index, page) in pdf.pages().iter().enumerate() {
        // Notes and fields lie over the page.
        let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
        let (upright, frame) = drawing::place(page);
        let mut context = Context::new(upright, frame, &cache, pdf.xref(), settings);
        let mut drawing = PdfDrawing::default();
        interpret_page(page, &mut context, &mut drawing);
        let PdfDrawing { page, without_text, has_pictures } = drawing;
        if without_text > 0 {
            pages.document.remarks.push(Remark::partial(None, texts::glyphs_without_text(index + 1)));
        }
        pictures += usize::from(has_pictures);
        if page.signs.is_empty() {
            pages.document.remarks.push(Remark::partial(None, texts::page_without_text(index + 1)));
        }
        pages.add(&page);
    }
    let mut document = pages.document;
    document.is_picture = pictures > 0 && document.blocks.is_empty();
    Ok(document)
}
