//! The contents of a page: texts sign by sign, and the lines of its paths.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::import::read::layout::{LaidPage, Length, PlacedSign};
use crate::import::read::xml::{XmlElement, XmlPiece, XmlPieces};
use unicode_width::UnicodeWidthChar;

/// Paler than this, of 255, or turned, a text is a watermark.
const PALE: u32 = 128;
/// So many signs an advance may be said to hold for.
const MOST_REPEATED: usize = 1 << 16;

/// Units inside one another, and what all of them may draw on a page: units that use units multiply.
const DEEPEST: usize = 8;
const MOST_DRAWN: usize = 1 << 21;

/// What a part holds.
#[derive(Default)]
pub struct PartContents {
    /// Objects of its own, in order.
    pub objects: Vec<PageObject>,
    /// Those of the units that objects elsewhere use, by number.
    pub units: BTreeMap<String, Vec<PageObject>>,
    pub has_pictures: bool,
    pub is_damaged: bool,
}

/// What of a page was not read.
#[derive(Debug, Default)]
pub struct LeftOut {
    pub hidden: String,
    /// An object shows glyphs and does not say which signs they are.
    pub has_glyphs_alone: bool,
    pub has_pictures: bool,
}

/// Reads what a part holds.
pub fn read(xml: &str) -> PartContents {
    let mut contents = PartContents::default();
    let mut pieces = XmlPieces::new(xml);
    // The elements that are open, by name; the objects among them, since one may hold others; the unit around.
    let mut open: Vec<String> = Vec::new();
    let mut objects: Vec<PageObject> = Vec::new();
    let mut unit: Option<String> = None;
    loop {
        match pieces.next() {
            Ok(Some(XmlPiece::Open(element))) => {
                match element.name() {
                    "TextObject" | "PathObject" | "CompositeObject" => objects.push(PageObject::of(&element)),
                    "CompositeGraphicUnit" | "CompositeGraphUnit" => {
                        unit = element.attribute("ID").map(std::borrow::Cow::into_owned);
                    }
                    "ImageObject" => contents.has_pictures = true,
                    name => {
                        if let Some(object) = objects.last_mut() {
                            object.has_glyphs |= name == "CGTransform";
                            if name == "TextCode" {
                                object.codes.push(TextCode::of(&element, object.codes.last()));
                            }
                        }
                    }
                }
                open.push(element.name().to_owned());
            }
            Ok(Some(XmlPiece::Text(text))) => {
                let Some(object) = objects.last_mut() else { continue };
                match (open.last().map(String::as_str), object.codes.last_mut()) {
                    // Blanks count: advances are told for them, too.
                    (Some("TextCode"), Some(code)) => code.text.push_str(&text),
                    (Some("AbbreviatedData"), _) => object.path.push_str(&text),
                    _ => {}
                }
            }
            Ok(Some(XmlPiece::Close)) => match open.pop().as_deref() {
                Some("TextObject" | "PathObject" | "CompositeObject") => {
                    let Some(object) = objects.pop() else { continue };
                    match &unit {
                        Some(unit) => contents.units.entry(unit.clone()).or_default().push(object),
                        None => contents.objects.push(object),
                    }
                }
                Some("CompositeGraphicUnit" | "CompositeGraphUnit") => unit = None,
                _ => {}
            },
            Ok(None) => return contents,
            Err(_) => {
                contents.is_damaged = true;
                return contents;
            }
        }
    }
}

/// Draws objects on a page.
pub struct PageDrawing<'a> {
    pub units: &'a BTreeMap<String, Vec<PageObject>>,
    pub page: LaidPage,
    pub left_out: LeftOut,
}

impl PageDrawing<'_> {
    /// `outer` are the matrices of the objects around, the nearest first.
    pub fn draw(&mut self, objects: &[PageObject], outer: &[PageMatrix]) {
        for object in objects {
            if self.page.signs.len() + self.page.rulings.len() > MOST_DRAWN {
                return;
            }
            if object.is_hidden {
                self.left_out.hidden.extend(object.codes.iter().map(|code| code.text.as_str()));
                continue;
            }
            let matrices: Vec<PageMatrix> = std::iter::once(object.matrix).chain(outer.iter().copied()).collect();
            if !object.codes.is_empty() && is_turned(&matrices) {
                self.left_out.hidden.extend(object.codes.iter().map(|code| code.text.as_str()));
                continue;
            }
            let has_text = object.codes.iter().any(|code| !code.text.trim().is_empty());
            self.left_out.has_glyphs_alone |= object.has_glyphs && !has_text;
            let place = |point| on_page(&matrices, point);
            for code in &object.codes {
                // None where a number is beyond all pages: there nobody sees the rest.
                let _ = code.place(object.size, &place, &mut self.page);
            }
            object.draw(&place, &mut self.page);
            let unit = object.unit.as_ref().and_then(|unit| self.units.get(unit)).filter(|_| outer.len() < DEEPEST);
            if let Some(unit) = unit {
                self.draw(unit, &matrices);
            }
        }
    }
}

type PagePoint = (Decimal, Decimal);
/// `x' = a·x + c·y + e`, `y' = b·x + d·y + f`.
type PageMatrix = [Decimal; 6];

/// Whether what is drawn slants: by more than it is wide in a hundred.
fn is_turned(matrices: &[PageMatrix]) -> bool {
    const ACROSS: Decimal = Decimal::ONE_HUNDRED;
    let ends = [(Decimal::ZERO, Decimal::ZERO), (ACROSS, Decimal::ZERO)].map(|point| on_page(matrices, point));
    let [Some(from), Some(to)] = ends else { return false };
    let (across, down) = ((to.0 - from.0).abs(), (to.1 - from.1).abs());
    // Upright and upside down are directions of writing.
    down * 20 > across && across * 20 > down
}

/// A place of an object on the page.
fn on_page(matrices: &[PageMatrix], point: PagePoint) -> Option<(Length, Length)> {
    let mut place = point;
    for [a, b, c, d, e, f] in matrices {
        let (x, y) = place;
        place = (
            a.checked_mul(x)?.checked_add(c.checked_mul(y)?)?.checked_add(*e)?.round_dp(9),
            b.checked_mul(x)?.checked_add(d.checked_mul(y)?)?.checked_add(*f)?.round_dp(9),
        );
    }
    Some((length(place.0)?, length(place.1)?))
}

/// An object of a page.
pub struct PageObject {
    is_hidden: bool,
    /// From its own measure to that of what is around it.
    matrix: PageMatrix,
    /// Of its font.
    size: Decimal,
    codes: Vec<TextCode>,
    has_glyphs: bool,
    path: String,
    /// Whether the line of its path is drawn, and whether its area is.
    is_stroked: bool,
    is_filled: bool,
    /// The number of the unit that it shows.
    unit: Option<String>,
}

/// A stretch of text; where it does not say where it starts, it starts where the one before it did.
struct TextCode {
    text: String,
    x: Decimal,
    y: Decimal,
    advances: Vec<Decimal>,
    /// Downwards.
    falls: Vec<Decimal>,
}

impl PageObject {
    fn of(element: &XmlElement<'_>) -> Self {
        let numbers = |name: &str| element.attribute(name).map(|text| numbers(&text)).unwrap_or_default();
        let says = |name: &str, unless: bool| element.attribute(name).map_or(unless, |word| word.trim() == "true");
        let boundary = numbers("Boundary");
        let at = |index: usize| boundary.get(index).copied().unwrap_or_default();
        let (one, none) = (Decimal::ONE, Decimal::ZERO);
        let mut matrix: PageMatrix = numbers("CTM").try_into().unwrap_or([one, none, none, one, none, none]);
        // Its corner counts in the measure of what is around it.
        for (index, corner) in [(4, at(0)), (5, at(1))] {
            matrix[index] = matrix[index].checked_add(corner).unwrap_or_default();
        }
        Self {
            is_hidden: !says("Visible", true) || element.number("Alpha").is_some_and(|alpha: u32| alpha < PALE),
            matrix,
            size: numbers("Size").first().copied().unwrap_or_default(),
            codes: Vec::new(),
            has_glyphs: false,
            path: String::new(),
            is_stroked: says("Stroke", true),
            is_filled: says("Fill", false),
            unit: element.attribute("ResourceID").map(std::borrow::Cow::into_owned),
        }
    }

    /// Adds the lines of a path along the edges of the page.
    fn draw(&self, place: &dyn Fn(PagePoint) -> Option<(Length, Length)>, page: &mut LaidPage) {
        if !(self.is_stroked || self.is_filled) {
            return;
        }
        for points in strokes(&self.path) {
            let points: Option<Vec<(Length, Length)>> = points.into_iter().map(place).collect();
            if let Some(points) = points {
                page.shape(&points, self.is_filled, self.is_stroked);
            }
        }
    }
}

impl TextCode {
    fn of(element: &XmlElement<'_>, before: Option<&TextCode>) -> Self {
        let number = |name: &str| element.attribute(name).and_then(|text| numbers(&text).first().copied());
        let list = |name: &str| element.attribute(name).map(|text| advances(&text)).unwrap_or_default();
        let (x, y) = before.map_or((Decimal::ZERO, Decimal::ZERO), |code| (code.x, code.y));
        Self {
            text: String::new(),
            x: number("X").unwrap_or(x),
            y: number("Y").unwrap_or(y),
            advances: list("DeltaX"),
            falls: list("DeltaY"),
        }
    }

    /// Adds its signs to a page.
    fn place(
        &self,
        size: Decimal,
        place: &dyn Fn(PagePoint) -> Option<(Length, Length)>,
        page: &mut LaidPage,
    ) -> Option<()> {
        let (mut x, mut y) = (self.x, self.y);
        let (_, top) = place((Decimal::ZERO, Decimal::ZERO))?;
        let (_, bottom) = place((Decimal::ZERO, size))?;
        let height = (bottom - top).abs().max(1);
        for (index, sign) in self.text.chars().enumerate() {
            let (left, baseline) = place((x, y))?;
            let usual = size.checked_mul(Decimal::new(if sign.width().unwrap_or(1) > 1 { 10 } else { 5 }, 1))?;
            let fall = self.falls.get(index).copied().unwrap_or_default();
            let advance = self.advances.get(index).copied();
            let (right, _) = place((x.checked_add(usual)?, y))?;
            let (next, _) = place((x.checked_add(advance.unwrap_or(usual))?, y))?;
            // Signs that are set apart a little belong to one another.
            let right = if advance.is_some() && next > left && next - left < 2 * height { next } else { right };
            if !sign.is_control() {
                page.signs.push(PlacedSign { sign, left, right: right.max(left + 1), baseline, size: height });
            }
            x = x.checked_add(advance.unwrap_or(if fall.is_zero() { usual } else { Decimal::ZERO }))?;
            y = y.checked_add(fall)?;
        }
        Some(())
    }
}

/// The corners of each stroke of a path; curves count as the lines between their ends.
fn strokes(path: &str) -> Vec<Vec<(Decimal, Decimal)>> {
    let mut strokes: Vec<Vec<(Decimal, Decimal)>> = Vec::new();
    let mut words = path.split_whitespace();
    while let Some(word) = words.next() {
        let count = match word {
            "S" | "M" | "L" => 2,
            "Q" => 4,
            "B" => 6,
            "A" => 7,
            "C" => {
                if let Some(stroke) = strokes.last_mut()
                    && let Some(first) = stroke.first().copied()
                {
                    stroke.push(first);
                }
                continue;
            }
            _ => continue,
        };
        let numbers: Vec<Decimal> = words.by_ref().take(count).map_while(number).collect();
        let [.., x, y] = numbers[..] else { continue };
        if numbers.len() < count {
            continue;
        }
        match strokes.last_mut() {
            Some(stroke) if !matches!(word, "S" | "M") => stroke.push((x, y)),
            _ => strokes.push(vec![(x, y)]),
        }
    }
    strokes
}

/// `3.5 g 4 2`: 3.5, and four times 2.
fn advances(text: &str) -> Vec<Decimal> {
    let mut all = Vec::new();
    let mut words = text.split_whitespace();
    while let Some(word) = words.next() {
        if word == "g" {
            let count = words.next().and_then(|count| count.parse::<usize>().ok()).unwrap_or(0);
            let Some(advance) = words.next().and_then(number) else { break };
            all.extend(std::iter::repeat_n(advance, count.min(MOST_REPEATED.saturating_sub(all.len()))));
        } else if let Some(advance) = number(word) {
            all.push(advance);
        }
    }
    all
}

fn numbers(text: &str) -> Vec<Decimal> {
    text.split_whitespace().filter_map(number).collect()
}

fn number(word: &str) -> Option<Decimal> {
    word.parse().or_else(|_| Decimal::from_scientific(word)).ok()
}

/// Millimetres as thousandths.
fn length(millimetres: Decimal) -> Option<Length> {
    /// Beyond ten kilometres nothing is on a page.
    const MOST: Length = 10_000_000_000;
    millimetres.checked_mul(Decimal::ONE_THOUSAND)?.round().to_i64().filter(|length| length.abs() < MOST)
}
