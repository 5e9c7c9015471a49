//! Equations, written in one line: `10³`, `a/b`, `√(x)`.

use crate::import::read::seen_text::{lowered, raised};
use crate::import::read::xml::{Trouble, XmlElement, XmlPiece, XmlPieces};

/// A part of an equation that is open.
#[derive(Default)]
struct MathPart {
    name: String,
    text: String,
    /// The parts that it is made of, by name.
    parts: Vec<(String, String)>,
    /// The signs that it names for itself: brackets, an operator.
    signs: Vec<(&'static str, String)>,
    /// Whether it is a fraction without a line.
    has_no_line: bool,
}

/// Reads the equation that opened last to its end.
pub fn read(xml: &mut XmlPieces) -> Result<String, Trouble> {
    let mut open = vec![MathPart::default()];
    loop {
        match xml.next()? {
            Some(XmlPiece::Open(element)) if matches!(element.name(), "del" | "moveFrom") => xml.skip()?,
            Some(XmlPiece::Open(element)) => {
                if let Some(part) = open.iter_mut().rev().nth(1) {
                    part.property(&element);
                }
                open.push(MathPart { name: element.name().to_owned(), ..MathPart::default() });
            }
            Some(XmlPiece::Text(text)) => {
                if let Some(part) = open.last_mut().filter(|part| part.name == "t") {
                    part.text.push_str(&text);
                }
            }
            Some(XmlPiece::Close) => {
                let Some(part) = open.pop() else { return Err(Trouble::Damaged) };
                match open.last_mut() {
                    Some(outer) => outer.take(part),
                    None => return Ok(part.text),
                }
            }
            None => return Err(Trouble::Damaged),
        }
    }
}

impl MathPart {
    /// Takes a property of the part, which stands in an element of its own.
    fn property(&mut self, element: &XmlElement) {
        let value = || element.attribute("val").unwrap_or_default().into_owned();
        match element.name() {
            "begChr" => self.signs.push(("begin", value())),
            "endChr" => self.signs.push(("end", value())),
            "sepChr" => self.signs.push(("part", value())),
            "chr" => self.signs.push(("operator", value())),
            "type" => self.has_no_line = value() == "noBar",
            _ => {}
        }
    }

    /// Takes a part that has ended.
    fn take(&mut self, part: MathPart) {
        if matches!(&*part.name, "e" | "sup" | "sub" | "num" | "den" | "deg" | "lim" | "fName" | "mr") {
            let text = if part.name == "mr" { part.all("e", " ") } else { part.text };
            self.parts.push((part.name, text));
            return;
        }
        let (text, is_fraction) = (part.written(), part.name == "f");
        let is_digit = |sign: char| sign.is_ascii_digit();
        // 3½ is no 31/2.
        if is_fraction && self.text.ends_with(is_digit) {
            self.text.push(' ');
        }
        self.text.push_str(&text);
    }

    /// The part in one line.
    fn written(&self) -> String {
        let part =
            |name: &str| self.parts.iter().find(|(known, _)| known == name).map_or("", |(_, text)| text.as_str());
        let above = |text: &str| raised(text).unwrap_or_else(|| text.to_owned());
        let below = |text: &str| lowered(text, true).unwrap_or_else(|| text.to_owned());
        let sign = |name: &str, usual: &str| {
            let own = self.signs.iter().find(|(known, _)| *known == name);
            own.map_or_else(|| usual.to_owned(), |(_, sign)| sign.clone())
        };
        match &*self.name {
            "sSup" => grouped(part("e")) + &above(part("sup")),
            "sSub" => part("e").to_owned() + &below(part("sub")),
            "sSubSup" => part("e").to_owned() + &below(part("sub")) + &above(part("sup")),
            "sPre" => below(part("sub")) + &above(part("sup")) + part("e"),
            "f" if self.has_no_line => format!("({}, {})", part("num"), part("den")),
            "f" => format!("{}/{}", grouped(part("num")), grouped(part("den"))),
            "rad" if part("deg").is_empty() => format!("√{}", grouped(part("e"))),
            "rad" => format!("{}√{}", above(part("deg")), grouped(part("e"))),
            "d" => sign("begin", "(") + &self.all("e", &sign("part", "|")) + &sign("end", ")"),
            "nary" => sign("operator", "∫") + &below(part("sub")) + &above(part("sup")) + part("e"),
            "func" => part("fName").to_owned() + part("e"),
            "limLow" | "limUpp" => format!("{}_({})", part("e"), part("lim")),
            "m" => self.all("mr", "; "),
            "eqArr" => self.all("e", "; "),
            _ => self.text.clone() + &self.all("e", ""),
        }
    }

    fn all(&self, name: &str, between: &str) -> String {
        let parts = self.parts.iter().filter(|(known, _)| known == name).map(|(_, text)| text.as_str());
        parts.collect::<Vec<_>>().join(between)
    }
}

/// What is more than one number or name in brackets.
fn grouped(text: &str) -> String {
    let is_one = text.chars().all(|sign| sign.is_alphanumeric() || ".%√".contains(sign) || !sign.is_ascii());
    let is_in_brackets = text.starts_with('(') && text.find(')') == Some(text.len().saturating_sub(1));
    let has_operator = text.contains(|sign: char| "+-×÷·=−±/ ".contains(sign));
    if is_in_brackets || is_one && !has_operator { text.to_owned() } else { format!("({text})") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn equation(inner: &str) -> String {
        let text = format!("<m:oMath>{inner}</m:oMath>");
        let mut xml = XmlPieces::new(&text);
        assert!(matches!(xml.next(), Ok(Some(XmlPiece::Open(_)))));
        read(&mut xml).expect("an equation")
    }

    #[test]
    fn equations_are_written_in_one_line() {
        let run = |text: &str| format!("<m:r><m:t>{text}</m:t></m:r>");
        let part = |name: &str, text: &str| format!("<m:{name}>{}</m:{name}>", run(text));
        let fraction = |above: &str, below: &str| format!("<m:f>{}{}</m:f>", part("num", above), part("den", below));
        let power = |base: &str, above: &str| format!("<m:sSup>{}{}</m:sSup>", part("e", base), part("sup", above));
        for (inner, expected) in [
            (power("10", "3"), "10³"),
            (power("2", "n+x"), "2^(n+x)"),
            (format!("<m:sSub>{}{}</m:sSub>", part("e", "CO"), part("sub", "2")), "CO₂"),
            (run("3") + &fraction("1", "2") + &run("人"), "3 1/2人"),
            (fraction("实际数+甲", "计划数"), "(实际数+甲)/计划数"),
            (format!("<m:rad><m:deg/>{}</m:rad>", part("e", "x")), "√x"),
            (
                format!("<m:d><m:dPr><m:begChr m:val=\"[\"/><m:endChr m:val=\"]\"/></m:dPr>{}</m:d>", part("e", "a")),
                "[a]",
            ),
            (
                format!(
                    "<m:nary><m:naryPr><m:chr m:val=\"∑\"/></m:naryPr>{}{}</m:nary>",
                    part("sub", "i"),
                    part("e", "x")
                ),
                "∑_(i)x",
            ),
            (format!("<m:sSup><m:e>{}</m:e>{}</m:sSup>", fraction("1", "2"), part("sup", "2")), "(1/2)²"),
        ] {
            assert_eq!(equation(&inner), expected);
        }
        assert_eq!(read(&mut XmlPieces::new("<m:r>")), Err(Trouble::Damaged));
    }
}
