//! `--to pdf`: the official document as pages that an archive takes: PDF/A-2a and PDF/UA-1, with the fonts that it uses,
//! bookmarks, and a tag for every heading, paragraph and cell. No clock is in it, so the same model and the same fonts give
//! the same bytes.
//!
//! Figures are never computed here: binary floating point only says where on the page a sign stands, since the library that
//! writes the file takes nothing else.

mod canvas;
mod fonts;
mod tags;

use std::io;

pub use fonts::{FontFile, PrintFonts};

use self::canvas::PdfCanvas;
use super::page::{lay_out, lay_out_volume};
use super::printed::{PrintedDocument, write_each};
use super::volume::Volume;
use super::{Backend, RenderOptions, Scope, Sink};
use crate::model::Model;

/// What its texts are written in.
const LANGUAGE: &str = "zh-CN";

/// Writes PDF files.
#[derive(Clone, Copy, Debug)]
pub struct Pdf<'a> {
    /// What it prints with.
    pub fonts: &'a PrintFonts,
    /// The date of the file, which an archive wants: year, month, day, hour, minute, second.
    pub date: [u16; 6],
}

impl Backend for Pdf<'_> {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn is_default(&self) -> bool {
        false
    }

    fn render(&self, model: &Model, scope: Scope, options: &RenderOptions<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        let all = Volume::of(model).filter(|_| scope == Scope::Workspace && options.forms.is_none());
        if let Some(all) = all {
            let path = format!("{}.{}", all.file_stem(), self.name());
            sink.artifact(path.as_ref(), &mut |out| out.write_all(&self.volume(&all)?))?;
        }
        write_each((model, scope), options, self.name(), sink, |document, out| out.write_all(&self.pages(document)?))
    }
}

impl Pdf<'_> {
    /// # Errors
    /// What the library says of a font that it cannot embed.
    fn pages(&self, document: &PrintedDocument<'_>) -> io::Result<Vec<u8>> {
        self.written(document.title(), &|canvas| lay_out(|| document.drawn(), self.fonts, canvas))
    }

    /// # Errors
    /// What the library says of a font that it cannot embed.
    fn volume(&self, volume: &Volume<'_>) -> io::Result<Vec<u8>> {
        self.written(&volume.title, &|canvas| {
            let document = |index: usize| volume.documents[index].drawn();
            lay_out_volume(|| volume.before(), volume.documents.len(), document, self.fonts, canvas);
        })
    }

    fn written(&self, title: &str, draw: &dyn Fn(&mut PdfCanvas<'_>)) -> io::Result<Vec<u8>> {
        let write = |is_checked: bool| {
            let mut canvas = PdfCanvas::new(self.fonts, is_checked);
            draw(&mut canvas);
            canvas.finished(title, self.date)
        };
        // A sign that no font has, or a font that may not be embedded, takes the claim away, not the document.
        write(true).or_else(|_| write(false)).map_err(io::Error::other)
    }
}
