//! What is drawn on a page of a PDF, as signs and lines. Places are whole thousandths of a millimetre; floating point is
//! what the interpreter hands over, and ends here.

use hayro_cmap::BfString;
use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::{BlendMode, ClipPath, Device, DrawMode, DrawProps, Image, ImageDrawProps, SoftMask};
use hayro_syntax::page::Page;
use kurbo::{Affine, BezPath, PathEl, Point, Rect};
use unicode_width::UnicodeWidthChar;

use crate::import::read::layout::{LaidPage, Length, PlacedSign};

/// Takes in what is drawn.
#[derive(Default)]
pub struct PdfDrawing {
    pub page: LaidPage,
    /// Signs of which the file says no text.
    pub without_text: usize,
    pub has_pictures: bool,
}

/// How a page is turned so that it is read from above, and its edges.
pub fn place(page: &Page<'_>) -> (Affine, Rect) {
    let upright = Affine::new(page.initial_transform(true).as_coeffs());
    let (width, height) = page.render_dimensions();
    (upright, Rect::new(0.0, 0.0, f64::from(width), f64::from(height)))
}

/// A point is a 72nd of an inch, an inch 25.4 millimetres.
fn length(points: f64) -> Length {
    // Out of reach is out of the page; what is no number stands at its edge.
    (points * 25_400.0 / 72.0).clamp(-1e9, 1e9) as Length
}

/// A glyph stands for few signs.
fn whole(count: usize) -> f64 {
    f64::from(u16::try_from(count).unwrap_or(u16::MAX))
}

fn corner(point: Point) -> (Length, Length) {
    (length(point.x), length(point.y))
}

impl PdfDrawing {
    fn path(&mut self, path: &BezPath, transform: Affine, mode: &DrawMode) {
        let (is_filled, is_stroked) = match mode {
            DrawMode::Fill(_) => (true, false),
            DrawMode::Stroke(_) => (false, true),
            DrawMode::FillAndStroke(..) => (true, true),
            DrawMode::Invisible => return,
        };
        let mut strokes: Vec<Vec<(Length, Length)>> = Vec::new();
        for element in (transform * path.clone()).elements() {
            match element {
                PathEl::MoveTo(to) => strokes.push(vec![corner(*to)]),
                PathEl::LineTo(to) | PathEl::QuadTo(_, to) | PathEl::CurveTo(_, _, to) => {
                    if let Some(stroke) = strokes.last_mut() {
                        stroke.push(corner(*to));
                    }
                }
                PathEl::ClosePath => {
                    if let Some(stroke) = strokes.last_mut() {
                        stroke.extend(stroke.first().copied());
                    }
                }
            }
        }
        for stroke in strokes {
            self.page.shape(&stroke, is_filled, is_stroked);
        }
    }

    /// The signs of a glyph share its place.
    fn glyph(&mut self, glyph: &Glyph<'_>, transform: Affine) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(sign)) => sign.to_string(),
            Some(BfString::String(text)) => text,
            None => {
                self.without_text += 1;
                return;
            }
        };
        let advance = match glyph {
            Glyph::Outline(glyph) => glyph.advance_width(),
            Glyph::Type3(glyph) => glyph.advance_width(),
        };
        let count = whole(text.chars().count().max(1));
        let fallback = || whole(text.chars().filter_map(UnicodeWidthChar::width_cjk).sum()) * 500.0;
        let advance = advance.filter(|width| *width > 0.0).map_or_else(fallback, f64::from) / count;
        let origin = transform * Point::ZERO;
        // A thousand units are the size of the type.
        let size = length((transform * Point::new(0.0, 1000.0)).distance(origin));
        for (index, sign) in text.chars().enumerate() {
            let at = |units: f64| length((transform * Point::new(units, 0.0)).x);
            let (left, right) = (at(advance * whole(index)), at(advance * whole(index + 1)));
            let baseline = length(origin.y);
            self.page.signs.push(PlacedSign { sign, left: left.min(right), right: left.max(right), baseline, size });
        }
    }
}

impl<'a> Device<'a> for PdfDrawing {
    fn draw_path(&mut self, path: &BezPath, props: DrawProps<'a>, mode: &DrawMode) {
        self.path(path, props.transform, mode);
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        // What a scanner believes to have read lies unseen over its picture.
        if matches!(mode, DrawMode::Invisible) {
            return;
        }
        for glyph in run.glyphs() {
            self.glyph(glyph, props.transform * glyph.transform());
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.has_pictures = true;
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
