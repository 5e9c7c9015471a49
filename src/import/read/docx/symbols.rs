//! Signs of symbol fonts, which have codes of their own, as the signs that people see.

/// The sign that a font shows for a code. A code that is not known here stays what it is.
pub fn sign(font: &str, code: u32) -> char {
    // Programs write the codes of these fonts as they are, or in the private area from F000 on.
    let own = if (0xF000..0xF100).contains(&code) { code - 0xF000 } else { code };
    let known = match font.to_lowercase().as_str() {
        "symbol" => symbol(own),
        "wingdings" => wingdings(own),
        "wingdings 2" => wingdings_2(own),
        _ => None,
    };
    known.or_else(|| char::from_u32(code)).unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn symbol(code: u32) -> Option<char> {
    Some(match code {
        0x20..=0x21 | 0x23 | 0x25..=0x26 | 0x28..=0x29 | 0x2B..=0x2C | 0x2E..=0x3F => char::from_u32(code)?,
        0x2D => '-',
        0xA3 => '≤',
        0xA5 => '∞',
        0xB0 => '°',
        0xB1 => '±',
        0xB3 => '≥',
        0xB4 => '×',
        0xB7 => '•',
        0xB8 => '÷',
        0xB9 => '≠',
        0xBA => '≡',
        0xBB => '≈',
        0xBC => '…',
        0xAC => '←',
        0xAE => '→',
        0xD7 => '·',
        0xE5 => '∑',
        _ => return None,
    })
}

fn wingdings(code: u32) -> Option<char> {
    Some(match code {
        0x6C => '●',
        0x6E => '■',
        0x6F | 0xA8 => '□',
        0x75 => '◆',
        0xA1 => '○',
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
        0x51 => '☒',
        0x52 => '☑',
        0xA3 => '□',
        _ => return None,
    })
}
