//! The text of a paragraph or a cell as a person sees it: raised and lowered signs, comparators drawn with an underline,
//! signs of symbol fonts; what stands in the file and is not shown, and what of all that is to be told.

use crate::diagnostic::texts;
use crate::import::document::{DocumentPlace, Remark};

/// How signs stand in their line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Manner {
    #[default]
    Plain,
    Underlined,
    Raised,
    Lowered,
}

/// Why text of a file is not part of what it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotShown {
    Hidden,
    Struck,
    /// With changes tracked.
    Deleted,
    /// A formula that is drawn from its code, which is not known here.
    FieldCode,
}

#[derive(Debug, Default)]
pub struct SeenText {
    text: String,
    manner: Manner,
    /// Where the stretch begins that stands in this manner.
    start: usize,
    left_out: Vec<(NotShown, String)>,
    /// Comparators with the signs that they were drawn with.
    drawn: Vec<(char, char)>,
}

impl SeenText {
    /// The text so far. A stretch that goes on stands as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn write(&mut self, text: &str, manner: Manner) {
        self.turn(manner);
        self.text.push_str(text);
    }

    pub fn push(&mut self, sign: char, manner: Manner) {
        self.turn(manner);
        self.text.push(sign);
    }

    /// Adds a blank or a line end in the manner of what stands before it.
    pub fn part(&mut self, blank: char) {
        self.text.push(blank);
    }

    fn turn(&mut self, manner: Manner) {
        if manner != self.manner {
            self.end_stretch();
            self.manner = manner;
        }
    }

    /// Takes note of text that is not shown. What follows in the same way belongs to it.
    pub fn leave_out(&mut self, why: NotShown, text: &str) {
        match self.left_out.last_mut() {
            Some((last, all)) if *last == why => all.push_str(text),
            _ if text.trim().is_empty() => {}
            _ => self.left_out.push((why, text.to_owned())),
        }
    }

    /// Whether something was left out in one of these ways.
    pub fn lacks(&self, ways: &[NotShown]) -> bool {
        self.left_out.iter().any(|(why, _)| ways.contains(why))
    }

    /// The text without blanks at its ends. What is to be told of it goes to the remarks.
    pub fn finish(mut self, place: Option<&DocumentPlace>, remarks: &mut Vec<Remark>) -> String {
        self.end_stretch();
        for (why, text) in &self.left_out {
            remarks.push(why.remark(place.cloned(), text.trim()));
        }
        for (sign, comparator) in &self.drawn {
            remarks.push(Remark::guess(place.cloned(), texts::underlined_comparator(*sign, *comparator)));
        }
        if let Some(sign) = self.text.chars().find(|sign| ('\u{e000}'..='\u{f8ff}').contains(sign)) {
            let code = format!("U+{:04X}", u32::from(sign));
            remarks.push(Remark::guess(place.cloned(), texts::private_sign(code)));
        }
        let trimmed = self.text.trim();
        if trimmed.len() == self.text.len() { self.text } else { trimmed.to_owned() }
    }

    fn end_stretch(&mut self) {
        let written = &self.text[self.start..];
        let core = written.trim();
        let shown = match self.manner {
            Manner::Plain => None,
            Manner::Underlined => drawn_comparator(core).map(|(sign, comparator)| {
                self.drawn.push((sign, comparator));
                comparator.to_string()
            }),
            Manner::Raised => raised(core),
            Manner::Lowered => lowered(core, self.text[..self.start].ends_with(|sign: char| sign.is_ascii_digit())),
        };
        if let Some(shown) = shown {
            let before = self.start + (written.len() - written.trim_start().len());
            self.text.replace_range(before..before + core.len(), &shown);
        }
        self.start = self.text.len();
    }
}

impl NotShown {
    fn remark(self, place: Option<DocumentPlace>, text: &str) -> Remark {
        match self {
            NotShown::Hidden => Remark::partial(place, texts::hidden_text_not_read(text)),
            NotShown::Struck => Remark::guess(place, texts::struck_text_not_read(text)),
            NotShown::Deleted => Remark::guess(place, texts::deleted_text_not_read(text)),
            NotShown::FieldCode => Remark::partial(place, texts::field_code_not_read(text)),
        }
    }
}

/// An underline below `>` is how people draw a sign that their keyboard lacks.
fn drawn_comparator(text: &str) -> Option<(char, char)> {
    let mut signs = text.chars();
    let (sign, None) = (signs.next()?, signs.next()) else { return None };
    match sign {
        '>' | '＞' => Some((sign, '≥')),
        '<' | '＜' => Some((sign, '≤')),
        _ => None,
    }
}

/// Raised text in signs of its own, so that 10³ is not 103; none where raising says nothing.
pub fn raised(text: &str) -> Option<String> {
    if text.chars().all(|sign| sign == 'o' || sign == 'O') && text.len() == 1 {
        return Some("°".to_owned());
    }
    let signs: Option<String> = text.chars().map(raised_sign).collect();
    signs.or_else(|| text.chars().any(|sign| sign.is_ascii_alphanumeric()).then(|| format!("^({text})")))
}

/// Lowered text in signs of its own; none where it is read as it stands, as that of PM2.5.
pub fn lowered(text: &str, follows_digit: bool) -> Option<String> {
    let signs: Option<String> = text.chars().map(lowered_sign).collect();
    signs.or_else(|| (follows_digit && !text.is_empty()).then(|| format!("_({text})")))
}

fn raised_sign(sign: char) -> Option<char> {
    Some(match sign {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4'..='9' => char::from_u32(u32::from('⁴') + u32::from(sign) - u32::from('4'))?,
        '+' => '⁺',
        '-' | '−' | '–' => '⁻',
        '=' => '⁼',
        '(' | '（' => '⁽',
        ')' | '）' => '⁾',
        'n' => 'ⁿ',
        'i' => 'ⁱ',
        ' ' => ' ',
        _ => return None,
    })
}

fn lowered_sign(sign: char) -> Option<char> {
    Some(match sign {
        '0'..='9' => char::from_u32(u32::from('₀') + u32::from(sign) - u32::from('0'))?,
        '+' => '₊',
        '-' | '−' | '–' => '₋',
        '=' => '₌',
        '(' | '（' => '₍',
        ')' | '）' => '₎',
        ' ' => ' ',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finished(parts: &[(&str, Manner)]) -> (String, usize) {
        let mut text = SeenText::default();
        for (part, manner) in parts {
            text.write(part, *manner);
        }
        let mut remarks = Vec::new();
        let text = text.finish(None, &mut remarks);
        (text, remarks.len())
    }

    #[test]
    fn raised_and_lowered_signs_are_not_taken_for_others() {
        use Manner::{Lowered, Plain, Raised};
        for (parts, expected) in [
            (vec![("≥10", Plain), ("3", Raised), ("人", Plain)], "≥10³人"),
            (vec![("10", Plain), ("1", Raised), ("2 ", Raised), ("人", Plain)], "10¹² 人"),
            (vec![("2", Plain), ("x+1", Raised)], "2^(x+1)"),
            (vec![("指标", Plain), ("①", Raised)], "指标①"),
            (vec![("25", Plain), ("o", Raised), ("C", Plain)], "25°C"),
            (vec![("CO", Plain), ("2", Lowered)], "CO₂"),
            (vec![("PM", Plain), ("2.5", Lowered), ("浓度", Plain)], "PM2.5浓度"),
            (vec![("10", Plain), ("a", Lowered)], "10_(a)"),
            (vec![("10", Plain), ("-6", Raised)], "10⁻⁶"),
        ] {
            assert_eq!(finished(&parts), (expected.to_owned(), 0));
        }
    }

    #[test]
    fn an_underline_draws_a_comparator_only_where_it_stands_alone() {
        use Manner::{Plain, Underlined};
        assert_eq!(finished(&[(" >", Underlined), ("95%", Plain)]), ("≥95%".to_owned(), 1));
        assert_eq!(finished(&[("＜ ", Underlined), ("5", Plain)]), ("≤ 5".to_owned(), 1));
        assert_eq!(finished(&[(">", Underlined), ("95%", Underlined)]), (">95%".to_owned(), 0));
        assert_eq!(finished(&[(">95", Plain), ("\u{f0b3}", Plain)]).1, 1);
    }

    #[test]
    fn what_is_left_out_is_told_once() {
        let mut text = SeenText::default();
        text.leave_out(NotShown::Struck, " ");
        text.leave_out(NotShown::Struck, "1");
        text.leave_out(NotShown::Struck, "0");
        text.write("12", Manner::Plain);
        let mut remarks = Vec::new();
        assert!(text.lacks(&[NotShown::Hidden, NotShown::Struck]) && !text.lacks(&[NotShown::Hidden]));
        assert_eq!((text.finish(None, &mut remarks), remarks.len()), ("12".to_owned(), 1));
    }
}
