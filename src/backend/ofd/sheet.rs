//! A sheet as a page: rules as one path, signs as text objects with the place of each.

use super::NAMES;
use crate::backend::page::{PaperSheet, RULE, Thousandths, Typeface, WordsAt};
use crate::backend::xml::XmlWriter;

/// Writes a page; `last` is the last number that was given.
pub(super) fn page(xml: &mut XmlWriter<'_>, sheet: &PaperSheet, last: &mut usize) {
    let mut next = || {
        *last += 1;
        last.to_string()
    };
    let whole = format!("0 0 {} {}", millimetres(sheet.width), millimetres(sheet.height));
    xml.element("ofd:Page", &NAMES, |xml| {
        xml.element("ofd:Area", &[], |xml| xml.element("ofd:PhysicalBox", &[], |xml| xml.text(&whole)));
        xml.element("ofd:Content", &[], |xml| {
            xml.element("ofd:Layer", &[("ID", &next()), ("Type", "Body")], |xml| {
                if !sheet.rules.is_empty() {
                    rules(xml, sheet, &whole, &next());
                }
                for words in &sheet.words {
                    text(xml, words, &next());
                }
            });
        });
    });
}

fn rules(xml: &mut XmlWriter<'_>, sheet: &PaperSheet, whole: &str, id: &str) {
    let attributes = [("ID", id), ("Boundary", whole), ("LineWidth", &millimetres(RULE)), ("Cap", "Square")];
    xml.element("ofd:PathObject", &attributes[..], |xml| {
        xml.empty("ofd:StrokeColor", &[("Value", "0 0 0")]);
        let path: Vec<String> = (sheet.rules.iter())
            .map(|rule| {
                let [from, to] = [rule.from, rule.to].map(|(x, y)| format!("{} {}", millimetres(x), millimetres(y)));
                format!("M {from} L {to}")
            })
            .collect();
        xml.element("ofd:AbbreviatedData", &[], |xml| xml.text(&path.join(" ")));
    });
}

/// The number of a font in `fonts.xml`.
fn font(typeface: Typeface) -> &'static str {
    match typeface {
        Typeface::Song => "1",
        Typeface::FangSong => "2",
        Typeface::Hei => "3",
        Typeface::Kai => "4",
    }
}

fn text(xml: &mut XmlWriter<'_>, words: &WordsAt, id: &str) {
    let width: Thousandths = words.advances.iter().sum();
    let top = words.baseline - words.size * 88 / 100;
    let [left, top_text, width, height] = [words.left, top, width, words.size].map(millimetres);
    let place = format!("{left} {top_text} {width} {height}");
    let size = millimetres(words.size);
    let attributes = [("ID", id), ("Boundary", &place), ("Font", font(words.typeface)), ("Size", &size)];
    xml.element("ofd:TextObject", &attributes[..], |xml| {
        let baseline = millimetres(words.baseline - top);
        let deltas = deltas(&words.advances);
        let mut attributes = vec![("X", "0"), ("Y", baseline.as_str())];
        if !deltas.is_empty() {
            attributes.push(("DeltaX", &deltas));
        }
        xml.element("ofd:TextCode", &attributes, |xml| xml.text(&words.text));
    });
}

/// From each sign to the next, the last left out; equal ones are counted. Rounded so that no sign is further from its place
/// than half a thousandth of a millimetre.
fn deltas(advances: &[Thousandths]) -> String {
    let mut told: Vec<(i64, usize)> = Vec::new();
    let (mut so_far, mut place) = (0, 0);
    for advance in advances.iter().take(advances.len().saturating_sub(1)) {
        so_far += i64::from(*advance);
        let delta = micrometres(so_far) - place;
        place += delta;
        match told.last_mut().filter(|last| last.0 == delta) {
            Some(last) => last.1 += 1,
            None => told.push((delta, 1)),
        }
    }
    let group = |(delta, count): &(i64, usize)| match count {
        1 => shown(*delta),
        2 => format!("{0} {0}", shown(*delta)),
        _ => format!("g {count} {}", shown(*delta)),
    };
    told.iter().map(group).collect::<Vec<_>>().join(" ")
}

/// Thousandths of a point as thousandths of a millimetre: an inch is 72 points and 25.4 millimetres.
fn micrometres(length: i64) -> i64 {
    (length * 127 + 180).div_euclid(360)
}

/// A length as the format writes it.
pub(super) fn millimetres(length: Thousandths) -> String {
    shown(micrometres(i64::from(length)))
}

fn shown(micrometres: i64) -> String {
    let sign = if micrometres < 0 { "-" } else { "" };
    let length = micrometres.unsigned_abs();
    let fraction = format!("{:03}", length % 1000);
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{}", length / 1000),
        fraction => format!("{sign}{}.{fraction}", length / 1000),
    }
}
