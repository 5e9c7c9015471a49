//! How many lines a text takes in a cell. A spreadsheet does not fit rows to texts in merged cells, so the heights are
//! computed here, rather a little too high than too low.

use unicode_width::UnicodeWidthChar;

/// The highest row of a spreadsheet, in points.
pub(super) const HIGHEST: u32 = 409;
/// What the edges of a cell take of its width, in pixels.
const EDGES: u32 = 8;
/// What stands above and below the lines, in points.
const MARGIN: u32 = 5;

/// The height that a text of a size (in points) needs in a width (in pixels), in points.
pub(super) fn height(text: &str, width: u32, size: u32) -> u32 {
    let room = width.saturating_sub(EDGES).max(size) * 100;
    let lines: u32 = text.split('\n').map(|paragraph| lines(paragraph, room, size)).sum();
    lines.saturating_mul(size * 3 / 2) + MARGIN
}

/// Lines break between Chinese signs and at blanks; a word of letters and digits stays whole where it can, and what closes
/// stands with what it closes.
fn lines(paragraph: &str, room: u32, size: u32) -> u32 {
    let signs: Vec<char> = paragraph.chars().collect();
    let (mut count, mut used, mut start) = (1, 0, 0);
    while start < signs.len() {
        let mut end = start + 1;
        while end < signs.len() && !may_break(signs[end - 1], signs[end]) {
            end += 1;
        }
        let width: u32 = signs[start..end].iter().map(|sign| sign_width(*sign, size)).sum();
        if used + width > room && used > 0 {
            count += 1;
            used = 0;
        }
        // A word longer than a line goes on over several.
        count += width.saturating_sub(1) / room;
        used = if width > room { width % room } else { used + width };
        start = end;
    }
    count
}

/// In hundredths of a pixel: a point is 4/3 of one. Letters are narrower, but not in every font.
fn sign_width(sign: char, size: u32) -> u32 {
    match sign.width() {
        Some(2) => size * 134,
        Some(0) | None => 0,
        Some(_) => size * 76,
    }
}

fn may_break(before: char, after: char) -> bool {
    let closes = matches!(after, '，' | '。' | '；' | '：' | '、' | '！' | '？' | '）' | '》' | '”' | '’' | '％' | '%');
    let opens = matches!(before, '（' | '《' | '“' | '‘');
    let in_word = before.width() == Some(1) && after.width() == Some(1) && before != ' ' && after != ' ';
    !closes && !opens && !in_word
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_follow_the_lines() {
        assert_eq!(height("", 100, 10), 20);
        assert_eq!(height("一二三四五六", 100, 10), 20);
        assert_eq!(height("一二三四五六七", 100, 10), 35);
        assert_eq!(height("一二三四五六。", 100, 10), 35);
        assert_eq!(height("一\n二", 100, 10), 35);
        assert_eq!(height(&"x".repeat(60), 100, 10), 80);
        assert_eq!(height("字", 0, 10), 35);
    }
}
