//! How text of a page looks, as far as it decides what is read: struck out, raised, underlined, in a symbol font. Said by
//! elements, by their styles, and by the rules of the page for their classes.

use std::collections::BTreeMap;

use super::markup::MADE_PLAIN;
use super::tree::HtmlElement;
use crate::import::read::seen_text::Manner;
use crate::import::read::symbols::SignFont;

/// What is said of text; nothing where it stays as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextLook {
    pub is_struck: bool,
    manner: Option<Manner>,
    font: Option<SignFont>,
}

/// The rules of a page by their selectors: `s`, `.xl65`, `td.xl65`. What depends on other elements is left out.
#[derive(Default)]
pub struct StyleSheet(BTreeMap<String, TextLook>);

impl TextLook {
    pub fn manner(self) -> Manner {
        self.manner.unwrap_or_default()
    }

    pub fn font(self) -> SignFont {
        self.font.unwrap_or_default()
    }

    /// What an element looks like inside another. What is struck out stays so, whatever stands inside.
    pub fn inside(self, outer: Self) -> Self {
        Self {
            is_struck: self.is_struck || outer.is_struck,
            manner: self.manner.or(outer.manner),
            font: self.font.or(outer.font),
        }
    }

    fn of_declarations(text: &str) -> Self {
        let mut look = Self::default();
        for declaration in text.split(';') {
            let Some((name, value)) = declaration.split_once(':') else { continue };
            let value = value.trim().to_ascii_lowercase();
            match name.trim().to_ascii_lowercase().as_str() {
                "text-decoration" | "text-decoration-line" => {
                    look.is_struck |= value.contains("line-through");
                    if value.contains("underline") {
                        look.manner = look.manner.or(Some(Manner::Underlined));
                    }
                }
                "vertical-align" if value.starts_with("super") => look.manner = Some(Manner::Raised),
                "vertical-align" if value.starts_with("sub") => look.manner = Some(Manner::Lowered),
                "font-family" => look.font = value.split(',').next().map(SignFont::named),
                _ => {}
            }
        }
        look
    }
}

impl StyleSheet {
    /// The rules in the text of style elements.
    pub fn read(text: &str) -> Self {
        let mut rules: BTreeMap<String, TextLook> = BTreeMap::new();
        let mut rest = text;
        while let Some((selectors, after)) = rest.split_once('{') {
            // Comments, and the marks of one around it all, stand before selectors.
            let selectors = selectors.rsplit(['}', ';']).next().unwrap_or_default();
            let selectors = selectors.rsplit("*/").next().unwrap_or_default().trim().trim_start_matches("<!--");
            if selectors.trim_start().starts_with('@') && !selectors.trim_start().starts_with("@font-face") {
                rest = after_group(after);
                continue;
            }
            let (declarations, after) = after.split_once('}').unwrap_or((after, ""));
            rest = after;
            let look = TextLook::of_declarations(declarations);
            if look == TextLook::default() {
                continue;
            }
            for selector in selectors.split(',').map(str::trim).filter(|selector| is_simple(selector)) {
                let known = rules.entry(selector.to_owned()).or_default();
                *known = look.inside(*known);
            }
        }
        Self(rules)
    }

    /// What is said of the text of an element: by its name, its classes and its own style.
    pub fn look(&self, element: &HtmlElement) -> TextLook {
        let name = element.attribute(MADE_PLAIN).unwrap_or(element.name());
        let mut look = match name {
            "s" | "strike" | "del" => TextLook { is_struck: true, ..TextLook::default() },
            "u" => TextLook { manner: Some(Manner::Underlined), ..TextLook::default() },
            "sup" => TextLook { manner: Some(Manner::Raised), ..TextLook::default() },
            "sub" => TextLook { manner: Some(Manner::Lowered), ..TextLook::default() },
            // How a cell stands in what is around it says nothing of its text.
            "td" | "th" => TextLook { manner: Some(Manner::Plain), ..TextLook::default() },
            _ => TextLook::default(),
        };
        if let Some(face) = element.attribute("face") {
            look.font = face.split(',').next().map(SignFont::named);
        }
        if !self.0.is_empty() {
            let classes = element.attribute("class").unwrap_or_default().split_ascii_whitespace();
            let selectors = classes.flat_map(|class| [format!(".{class}"), format!("{name}.{class}")]);
            for selector in std::iter::once(name.to_owned()).chain(selectors) {
                if let Some(rule) = self.0.get(&selector) {
                    look = rule.inside(look);
                }
            }
        }
        let own = element.attribute("style").map(TextLook::of_declarations).unwrap_or_default();
        own.inside(look)
    }
}

/// Whether a selector names an element, a class, or both, and nothing else.
fn is_simple(selector: &str) -> bool {
    let is_of_name = |sign: char| sign.is_alphanumeric() || "-_.".contains(sign);
    !selector.is_empty() && selector.chars().all(is_of_name) && selector.matches('.').count() <= 1
}

/// What comes after a group of rules, such as those for printing.
fn after_group(text: &str) -> &str {
    let mut depth = 1_usize;
    for (at, sign) in text.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[at + 1..];
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_say_what_is_struck_out() {
        let sheet = StyleSheet::read(
            "<!-- .a, td.b{color:red; text-decoration : line-through} /* { */ i { }
            @media print { .c { text-decoration:line-through } .d { } } .e .f, .g { vertical-align:super }
            .h{font-family:\"Wingdings 2\",serif} -->",
        );
        let selectors: Vec<&str> = sheet.0.keys().map(String::as_str).collect();
        assert_eq!(selectors, [".a", ".g", ".h", "td.b"]);
        assert!(sheet.0[".a"].is_struck && sheet.0[".g"].manner() == Manner::Raised);
        assert_eq!(sheet.0[".h"].font(), SignFont::Wingdings2);
    }
}
