//! OFD, the fixed layout of Chinese offices (GB/T 33190): packed pages of signs and lines.
//!
//! `OFD.xml` names documents, a document its pages and templates, a page its contents; places are told from the part that
//! names them or from the root. What was drawn as a picture, or as glyphs alone, is no text and told; so are seals and
//! annotations, which lie over the pages in parts of their own.

mod content;

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, texts};
use crate::import::document::{Document, Remark};

use super::layout::{LaidPage, Pages};
use super::package::{Package, joined};
use super::refusal;
use super::xml::{XmlElement, XmlPiece, XmlPieces};
use content::{LeftOut, PageDrawing, PageObject};

/// The document of a file.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, Diagnostic> {
    const ROOT: &str = "ofd.xml";
    let mut package = Package::open(name, bytes)?;
    let Some(root) = package.part(ROOT)? else {
        return Err(refusal::damaged(name, texts::reason_part_missing("OFD.xml")));
    };
    let mut reading = OfdReading { package, pages: Pages::default(), number: 0, pictures: 0 };
    for path in texts_of(&root.text, "DocRoot") {
        reading.document(&joined("", &path))?;
    }
    if reading.number == 0 {
        return Err(refusal::damaged(name, texts::reason_no_pages()));
    }
    for path in texts_of(&root.text, "Signatures") {
        reading.seals(&joined("", &path))?;
    }
    let mut document = reading.pages.document;
    // What a person sees of a scan is a picture.
    document.is_picture = reading.pictures > 0 && document.blocks.is_empty();
    Ok(document)
}

struct OfdReading<'a> {
    package: Package<'a>,
    pages: Pages,
    /// The page that was read last, counted from one.
    number: usize,
    /// How many pages show pictures.
    pictures: usize,
}

/// The parts that a document names.
#[derive(Default)]
struct DocumentParts {
    templates: BTreeMap<String, String>,
    pages: Vec<String>,
}

impl OfdReading<'_> {
    fn document(&mut self, path: &str) -> Result<(), Diagnostic> {
        let Some(text) = self.part(path)? else { return Ok(()) };
        let mut parts = DocumentParts::default();
        each_element(&text, |element| {
            let place = element.attribute("BaseLoc").map(|place| joined(folder_of(path), &place));
            match (element.name(), place) {
                ("TemplatePage", Some(place)) => {
                    let id = element.attribute("ID").unwrap_or_default().into_owned();
                    parts.templates.insert(id, place);
                }
                ("Page", Some(place)) => parts.pages.push(place),
                _ => {}
            }
        });
        let mut units = BTreeMap::new();
        for resource in ["PublicRes", "DocumentRes"].iter().flat_map(|name| texts_of(&text, name)) {
            // Pictures and fonts may be missing: what holds no text is not missed.
            if let Some(part) = self.package.part(&joined(folder_of(path), &resource))? {
                units.extend(content::read(&part.text).units);
            }
        }
        for page in &parts.pages {
            self.number += 1;
            self.page(page, &parts.templates, &units)?;
        }
        let folder = folder_of(path);
        for path in texts_of(&text, "Annotations") {
            self.annotations(&joined(folder, &path))?;
        }
        Ok(())
    }

    /// What lies over the pages: remarks, highlights, stamps. Their words are no words of the document.
    fn annotations(&mut self, path: &str) -> Result<(), Diagnostic> {
        let Some(list) = self.part(path)? else { return Ok(()) };
        let (mut count, mut words) = (0, String::new());
        for page in texts_of(&list, "FileLoc") {
            let Some(text) = self.part(&joined(folder_of(path), &page))? else { continue };
            each_element(&text, |element| count += usize::from(element.name() == "Annot"));
            for text in texts_of(&text, "TextCode") {
                words.extend([if words.is_empty() { "" } else { " " }, &text]);
            }
        }
        if count > 0 && words.is_empty() {
            self.tell(texts::annotations_left_out(count));
        } else if count > 0 {
            self.tell(texts::annotations_with_words_left_out(count, words));
        }
        Ok(())
    }

    /// Seals are drawn by the signatures that hold them.
    fn seals(&mut self, path: &str) -> Result<(), Diagnostic> {
        let Some(list) = self.part(path)? else { return Ok(()) };
        let mut count = 0;
        each_element(&list, |element| count += usize::from(element.name() == "Signature"));
        if count > 0 {
            self.tell(texts::seals_left_out(count));
        }
        Ok(())
    }

    fn page(
        &mut self,
        path: &str,
        templates: &BTreeMap<String, String>,
        units: &BTreeMap<String, Vec<PageObject>>,
    ) -> Result<(), Diagnostic> {
        let Some(text) = self.part(path)? else { return Ok(()) };
        let mut texts = Vec::new();
        each_element(&text, |element| {
            if element.name() == "Template" {
                texts.extend(element.attribute("TemplateID").and_then(|id| templates.get(&*id).cloned()));
            }
        });
        let below = texts.into_iter().map(|path| self.part(&path)).collect::<Result<Vec<_>, Diagnostic>>()?;
        let mut drawing = PageDrawing { units, page: LaidPage::default(), left_out: LeftOut::default() };
        let mut is_damaged = false;
        for text in below.into_iter().flatten().chain([text]) {
            let contents = content::read(&text);
            is_damaged |= contents.is_damaged;
            drawing.left_out.has_pictures |= contents.has_pictures;
            drawing.draw(&contents.objects, &[]);
        }
        let PageDrawing { page, left_out, .. } = drawing;
        if is_damaged {
            self.remark(texts::breaks_off());
        }
        if !left_out.hidden.trim().is_empty() {
            self.remark(texts::hidden_text_not_read(left_out.hidden.trim().to_owned()));
        }
        if left_out.has_glyphs_alone {
            self.remark(texts::glyphs_without_text(self.number));
        }
        self.pictures += usize::from(left_out.has_pictures);
        if page.signs.is_empty() {
            self.remark(texts::page_without_text(self.number));
        }
        self.pages.add(&page);
        Ok(())
    }

    /// The text of a part; what is missing or damaged is told.
    fn part(&mut self, path: &str) -> Result<Option<String>, Diagnostic> {
        let part = self.package.part(path)?;
        match &part {
            None => self.remark(texts::reason_part_missing(path)),
            Some(part) if part.is_damaged => self.remark(texts::reason_part_damaged(path)),
            Some(_) => {}
        }
        Ok(part.map(|part| part.text))
    }

    /// What was left out and is no part of the document's text.
    fn tell(&mut self, text: crate::diagnostic::Text) {
        self.pages.document.remarks.push(Remark::guess(None, text));
    }

    fn remark(&mut self, text: crate::diagnostic::Text) {
        self.pages.document.remarks.push(Remark::partial(None, text));
    }
}

/// The texts of the elements of a name.
fn texts_of(xml: &str, name: &str) -> Vec<String> {
    let mut pieces = XmlPieces::new(xml);
    let (mut found, mut is_inside) = (Vec::new(), false);
    while let Ok(Some(piece)) = pieces.next() {
        match piece {
            XmlPiece::Open(element) => is_inside = element.name() == name,
            XmlPiece::Text(text) if is_inside && !text.trim().is_empty() => found.push(text.trim().to_owned()),
            XmlPiece::Text(_) => {}
            XmlPiece::Close => is_inside = false,
        }
    }
    found
}

fn each_element(xml: &str, mut look: impl FnMut(&XmlElement<'_>)) {
    let mut pieces = XmlPieces::new(xml);
    while let Ok(Some(piece)) = pieces.next() {
        if let XmlPiece::Open(element) = piece {
            look(&element);
        }
    }
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}
