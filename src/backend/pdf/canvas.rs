//! Draws sheets into a PDF document.

use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::configure::{Accessibility, Archival, Configuration, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::{NumberingStyle, PageLabel, PageSettings};
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag};
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings, color::luma};

use super::LANGUAGE;
use super::fonts::{PrintFonts, is_drawn_over};
use super::tags::Tags;
use crate::backend::page::{
    Canvas, DocumentPart, ListedHeading, POINT, PaperSheet, PartId, RULE, Thousandths, WordsAt,
};

pub(super) struct PdfCanvas<'a> {
    document: Document,
    fonts: &'a PrintFonts,
    tags: Tags,
    headings: Vec<ListedHeading>,
    sheets: usize,
}

impl<'a> PdfCanvas<'a> {
    /// A document that claims to be fit for archives and for those who do not see it, and is checked for it.
    pub fn new(fonts: &'a PrintFonts, is_checked: bool) -> Self {
        let settings = SerializeSettings {
            configuration: if is_checked { checked() } else { Configuration::default() },
            ..SerializeSettings::default()
        };
        let document = Document::new_with(settings);
        Self { document, fonts, tags: Tags::default(), headings: Vec::new(), sheets: 0 }
    }

    /// The whole file.
    ///
    /// # Errors
    /// What keeps the document from being what it claims to be, or a font that cannot be embedded.
    pub fn finished(mut self, title: &str, date: [u16; 6]) -> Result<Vec<u8>, KrillaError> {
        let [year, rest @ ..] = date;
        let [month, day, hour, minute, second] = rest.map(|one| u8::try_from(one).unwrap_or_default());
        let date = DateTime::new(year).month(month).day(day).hour(hour).minute(minute).second(second);
        let metadata = Metadata::new()
            .title(title.to_owned())
            .language(LANGUAGE.to_owned())
            .creator(env!("CARGO_PKG_NAME").to_owned())
            .creation_date(date.utc_offset_hour(0).utc_offset_minute(0));
        self.document.set_metadata(metadata);
        self.document.set_outline(outline(&self.headings));
        self.document.set_tag_tree(self.tags.tree(&self.headings));
        self.document.finish()
    }
}

fn checked() -> Configuration {
    let both = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A2_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish();
    // Invariant: both are of PDF 1.7.
    both.expect("versions that meet")
}

impl Canvas for PdfCanvas<'_> {
    fn headings(&mut self, headings: &[ListedHeading]) {
        self.headings = headings.to_vec();
    }

    fn part(&mut self, part: DocumentPart, within: Option<PartId>) -> PartId {
        self.tags.begin(part, within)
    }

    fn sheet(&mut self, sheet: PaperSheet) {
        let Some(settings) = PageSettings::from_wh(points(sheet.width), points(sheet.height)) else { return };
        let label = match sheet.number {
            Some(number) => PageLabel::new(
                Some(NumberingStyle::Arabic),
                None,
                u32::try_from(number).ok().and_then(std::num::NonZeroU32::new),
            ),
            None => PageLabel::new(
                Some(NumberingStyle::LowerRoman),
                None,
                u32::try_from(self.sheets + 1).ok().and_then(std::num::NonZeroU32::new),
            ),
        };
        self.sheets += 1;
        let mut page = self.document.start_page_with(settings.with_page_label(label));
        let mut surface = page.surface();
        rules(&mut surface, &sheet);
        let mut words = &sheet.words[..];
        while let Some(first) = words.first() {
            let count = words.iter().take_while(|one| one.part == first.part).count();
            let tag = match first.part {
                Some(_) => ContentTag::Other,
                None => ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)),
            };
            let identifier = surface.start_tagged(tag);
            surface.set_fill(Some(black()));
            for one in &words[..count] {
                draw(&mut surface, one, self.fonts);
            }
            surface.end_tagged();
            if let Some(part) = first.part {
                self.tags.holds(part, identifier);
            }
            words = &words[count..];
        }
        surface.finish();
        for link in &sheet.links {
            let Some(heading) = self.headings.get(link.heading) else { continue };
            let (left, top) = (points(link.left), points(link.top));
            let Some(place) = Rect::from_xywh(left, top, points(link.width), points(link.height)) else { continue };
            let target = Target::Destination(destination(heading).into());
            let annotation = Annotation::new_link(LinkAnnotation::new(place, target), Some(heading.text.clone()));
            self.tags.holds(link.part, page.add_tagged_annotation(annotation));
        }
        page.finish();
    }
}

fn rules(surface: &mut Surface<'_>, sheet: &PaperSheet) {
    if sheet.rules.is_empty() {
        return;
    }
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke {
        paint: luma::Color::black().into(),
        width: points(RULE),
        line_cap: krilla::paint::LineCap::Square,
        ..Stroke::default()
    }));
    let mut path = PathBuilder::new();
    for rule in &sheet.rules {
        path.move_to(points(rule.from.0), points(rule.from.1));
        path.line_to(points(rule.to.0), points(rule.to.1));
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
    surface.set_stroke(None);
    surface.end_tagged();
}

fn black() -> Fill {
    Fill { paint: luma::Color::black().into(), opacity: NormalizedF32::ONE, ..Fill::default() }
}

/// Signs of one typeface, font by font.
fn draw(surface: &mut Surface<'_>, words: &WordsAt, fonts: &PrintFonts) {
    let mut left = words.left;
    let (mut run_left, mut run_font, mut run_start) = (left, None, 0);
    let mut glyphs: Vec<KrillaGlyph> = Vec::new();
    let mut flush =
        |glyphs: &mut Vec<KrillaGlyph>, font: Option<usize>, left: Thousandths, range: std::ops::Range<usize>| {
            let Some(font) = font.filter(|_| !glyphs.is_empty()) else { return };
            let at = Point::from_xy(points(left), points(words.baseline));
            surface.draw_glyphs(at, glyphs, fonts.font(font), &words.text[range], points(words.size), false);
            glyphs.clear();
        };
    for ((start, sign), advance) in words.text.char_indices().zip(&words.advances) {
        let end = start + sign.len_utf8();
        if is_drawn_over(sign)
            && let Some(last) = glyphs.last_mut()
        {
            last.text_range.end = end - run_start;
            continue;
        }
        let (font, glyph) = match fonts.shape(sign, words.typeface) {
            Some(shape) => (shape.font, shape.glyph),
            None => (fonts.blank(words.typeface), 0),
        };
        if run_font != Some(font) {
            flush(&mut glyphs, run_font, run_left, run_start..start);
            (run_left, run_font, run_start) = (left, Some(font), start);
        }
        let share = points(*advance) / points(words.size);
        let range = start - run_start..end - run_start;
        glyphs.push(KrillaGlyph::new(GlyphId::new(glyph), share, 0.0, 0.0, 0.0, range, None));
        left += advance;
    }
    flush(&mut glyphs, run_font, run_left, run_start..words.text.len());
}

#[expect(clippy::cast_precision_loss, reason = "a page is less than 2^23 thousandths of a point wide and high")]
fn points(length: Thousandths) -> f32 {
    length as f32 / POINT as f32
}

fn destination(heading: &ListedHeading) -> XyzDestination {
    // With some room above.
    let top = (heading.top - 6 * POINT).max(0);
    XyzDestination::new(heading.sheet, Point::from_xy(0.0, points(top)))
}

/// The bookmarks: a heading holds those of lower levels that follow it.
fn outline(headings: &[ListedHeading]) -> Outline {
    let mut outline = Outline::new();
    let mut rest = headings;
    while let Some(node) = node(&mut rest) {
        outline.push_child(node);
    }
    outline
}

fn node(rest: &mut &[ListedHeading]) -> Option<OutlineNode> {
    let (first, following) = rest.split_first()?;
    *rest = following;
    let mut node = OutlineNode::new(first.text.clone(), destination(first));
    while rest.first().is_some_and(|next| next.level > first.level)
        && let Some(child) = self::node(rest)
    {
        node.push_child(child);
    }
    Some(node)
}
