//! Signs of symbol fonts, which have codes of their own, as the signs that people see.

use std::borrow::Cow;

/// A font, as far as the signs that it shows are not those of their codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignFont {
    /// Shows the signs that are written.
    #[default]
    Letters,
    Symbol,
    Wingdings,
    Wingdings2,
}

impl SignFont {
    /// The font of a name.
    pub fn named(name: &str) -> Self {
        let name = name.trim().trim_matches(['"', '\'']);
        [("symbol", Self::Symbol), ("wingdings", Self::Wingdings), ("wingdings 2", Self::Wingdings2)]
            .into_iter()
            .find(|(known, _)| name.eq_ignore_ascii_case(known))
            .map_or(Self::Letters, |(_, font)| font)
    }

    /// The sign that the font shows for a code; none where it is not known here.
    fn sign(self, code: u32) -> Option<char> {
        // Programs write the codes of these fonts as they are, or in the private area from F000 on.
        let own = if (0xF000..0xF100).contains(&code) { code - 0xF000 } else { code };
        match self {
            SignFont::Letters => None,
            SignFont::Symbol => symbol(own),
            SignFont::Wingdings => wingdings(own),
            SignFont::Wingdings2 => wingdings_2(own),
        }
    }

    /// A text in this font as it is seen. Other signs, such as Han, are shown in another font.
    pub fn shown(self, text: &str) -> Cow<'_, str> {
        if text.chars().all(|sign| self.sign(u32::from(sign)).is_none_or(|shown| shown == sign)) {
            return Cow::Borrowed(text);
        }
        text.chars().map(|sign| self.sign(u32::from(sign)).unwrap_or(sign)).collect()
    }
}

/// The sign that a font shows for a code. A code that is not known here stays what it is.
pub fn sign(font: &str, code: u32) -> char {
    SignFont::named(font).sign(code).or_else(|| char::from_u32(code)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The encoding of Symbol from 0x40 on, a row for each sixteen codes; `\0` where it has no sign or only a part of one.
const SYMBOL: [&str; 12] = [
    "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟ",
    "ΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_",
    "\0αβχδεφγηιϕκλμνο",
    "πθρστυϖωξψζ{|}∼\0",
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0",
    "\0ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓",
    "°±″≥×∝∂•÷≠≡≈…\0\0↵",
    "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉",
    "∠∇®©™∏√·¬∧∨⇔⇐⇑⇒⇓",
    "◊⟨®©™∑\0\0\0\0\0\0\0\0\0\0",
    "\0⟩∫\0\0\0\0\0\0\0\0\0\0\0\0\0",
];

fn symbol(code: u32) -> Option<char> {
    Some(match code {
        0x22 => '∀',
        0x24 => '∃',
        0x27 => '∋',
        0x2A => '∗',
        0x20..=0x3F => char::from_u32(code)?,
        0x40..=0xFF => {
            let row = SYMBOL.get((code as usize - 0x40) / 16)?;
            row.chars().nth(code as usize % 16).filter(|sign| *sign != '\0')?
        }
        _ => return None,
    })
}

fn wingdings(code: u32) -> Option<char> {
    Some(match code {
        0x6C => '●',
        0x6D => '❍',
        0x6E => '■',
        0x6F | 0x70 | 0x71 | 0x72 | 0xA8 => '□',
        0x73 => '⬧',
        0x74 => '⧫',
        0x75 => '◆',
        0x76 => '❖',
        0x77 => '⬥',
        0x80 => '⓪',
        0x81..=0x8A => char::from_u32(u32::from('①') + code - 0x81)?,
        0x8C..=0x95 => char::from_u32(u32::from('❶') + code - 0x8C)?,
        0x9E => '·',
        0x9F => '•',
        0xA1 => '○',
        0xA7 => '▪',
        0xAB => '★',
        0xD8 => '➢',
        0xDF => '←',
        0xE0 => '→',
        0xE1 => '↑',
        0xE2 => '↓',
        0xFB => '✗',
        0xFC => '✓',
        0xFD => '☒',
        0xFE => '☑',
        _ => return None,
    })
}

fn wingdings_2(code: u32) -> Option<char> {
    Some(match code {
        0x4F => '✗',
        0x50 => '✓',
        0x51 | 0x53 | 0x54 => '☒',
        0x52 => '☑',
        0x69..=0x72 => char::from_u32(if code == 0x69 { 0x24EA } else { u32::from('①') + code - 0x6A })?,
        0x98 => '●',
        0xA2 => '■',
        0xA3 => '□',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_those_that_people_see() {
        for (font, code, expected) in [
            ("Symbol", 0xF0B3, '≥'),
            ("symbol", 0xA3, '≤'),
            ("Symbol", 0xB9, '≠'),
            ("Symbol", 0xB4, '×'),
            ("Symbol", 0x6D, 'μ'),
            ("Symbol", 0x39, '9'),
            ("Wingdings", 0xF0FE, '☑'),
            ("Wingdings 2", 0x52, '☑'),
            ("Wingdings 2", 0xF0A3, '□'),
            ("宋体", 0xF0B3, '\u{f0b3}'),
            ("Symbol", 0xF0A0, '\u{f0a0}'),
        ] {
            assert_eq!(sign(font, code), expected, "{font} {code:X}");
        }
        assert!(SYMBOL.iter().all(|row| row.chars().count() == 16));
        let shown = |name: &str, text: &'static str| SignFont::named(name).shown(text);
        assert_eq!(shown("\"Symbol\"", "\u{f0b3} 90，\u{a0}³"), "≥ 90，\u{a0}≥");
        assert_eq!(shown("Times New Roman", "³"), "³");
    }
}
