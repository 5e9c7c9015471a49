//! How a run of signs looks, as far as it decides what is read: hidden, struck out, underlined, raised, in a symbol font.

use crate::import::read::seen_text::Manner;
use crate::import::read::symbols::SignFont;
use crate::import::read::xml::XmlElement;

/// What a style or a run says of its signs; nothing where it leaves them as they are.
#[derive(Clone, Copy, Debug, Default)]
pub struct RunLook {
    is_hidden: Option<bool>,
    is_struck: Option<bool>,
    is_struck_twice: Option<bool>,
    is_underlined: Option<bool>,
    position: Option<Manner>,
    font: Option<SignFont>,
}

impl RunLook {
    /// Takes a property of a run.
    pub fn take(&mut self, element: &XmlElement) {
        let value = element.attribute("val");
        let is_on = value.as_deref().is_none_or(is_on);
        match element.name() {
            "vanish" => self.is_hidden = Some(is_on),
            "strike" => self.is_struck = Some(is_on),
            "dstrike" => self.is_struck_twice = Some(is_on),
            "u" => self.is_underlined = Some(value.is_some_and(|value| value != "none")),
            "vertAlign" => {
                self.position = Some(match value.as_deref() {
                    Some("superscript") => Manner::Raised,
                    Some("subscript") => Manner::Lowered,
                    _ => Manner::Plain,
                });
            }
            "rFonts" => {
                let named = ["hAnsi", "ascii", "eastAsia", "cs"].map(|name| element.attribute(name));
                if named.iter().any(Option::is_some) {
                    let fonts = named.iter().flatten().map(|name| SignFont::named(name));
                    self.font = Some(fonts.into_iter().find(|font| *font != SignFont::Letters).unwrap_or_default());
                }
            }
            _ => {}
        }
    }

    /// This look over that of an older style: what is said here counts.
    pub fn over(self, older: Self) -> Self {
        Self {
            is_hidden: self.is_hidden.or(older.is_hidden),
            is_struck: self.is_struck.or(older.is_struck),
            is_struck_twice: self.is_struck_twice.or(older.is_struck_twice),
            is_underlined: self.is_underlined.or(older.is_underlined),
            position: self.position.or(older.position),
            font: self.font.or(older.font),
        }
    }

    /// The look of a style of signs over that of a paragraph: what both hide or strike out is shown again.
    pub fn toggled_over(self, paragraph: Self) -> Self {
        let toggled = |own: Option<bool>, other: Option<bool>| match (own, other) {
            (Some(own), Some(other)) => Some(own != other),
            (own, other) => own.or(other),
        };
        Self {
            is_hidden: toggled(self.is_hidden, paragraph.is_hidden),
            is_struck: toggled(self.is_struck, paragraph.is_struck),
            ..self.over(paragraph)
        }
    }

    pub fn is_hidden(self) -> bool {
        self.is_hidden == Some(true)
    }

    pub fn is_struck(self) -> bool {
        self.is_struck == Some(true) || self.is_struck_twice == Some(true)
    }

    pub fn font(self) -> SignFont {
        self.font.unwrap_or_default()
    }

    pub fn manner(self) -> Manner {
        let position = self.position.unwrap_or_default();
        if position == Manner::Plain && self.is_underlined == Some(true) { Manner::Underlined } else { position }
    }
}

/// Whether the value of a switch turns it on.
pub fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off")
}
