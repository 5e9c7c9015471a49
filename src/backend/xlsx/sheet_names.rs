//! Names of sheets: what a spreadsheet refuses is written otherwise, and none occurs twice.

use std::collections::BTreeSet;

use crate::backend::xml;

/// The longest name, in units of UTF-16.
const LENGTH: usize = 31;

/// The names of a workbook so far, in small letters: a spreadsheet does not tell `A` from `a`.
pub(super) struct SheetNames {
    taken: BTreeSet<String>,
}

impl SheetNames {
    /// No name yet but these, which are written later as they are.
    pub fn keeping(names: &[&str]) -> Self {
        // A spreadsheet keeps this one for itself.
        let own = std::iter::once("history".to_owned());
        Self { taken: names.iter().map(|name| name.to_lowercase()).chain(own).collect() }
    }

    /// The name as a sheet can have it: refused signs in full width, cut to its length, numbered where it is taken.
    pub fn fitted(&mut self, name: &str) -> String {
        let plain: String = xml::plain(name).chars().filter(|sign| !sign.is_control()).map(full_width).collect();
        let plain = plain.trim().to_owned();
        let plain = if plain.is_empty() { "-".to_owned() } else { plain };
        let mut number = 1;
        loop {
            let ending = if number == 1 { String::new() } else { format!("（{number}）") };
            let candidate = format!("{}{ending}", cut(&plain, LENGTH - length(&ending)));
            if self.taken.insert(candidate.to_lowercase()) {
                return candidate;
            }
            number += 1;
        }
    }
}

fn full_width(sign: char) -> char {
    match sign {
        '[' => '［',
        ']' => '］',
        ':' => '：',
        '*' => '＊',
        '?' => '？',
        '/' => '／',
        '\\' => '＼',
        // Refused at both ends.
        '\'' => '’',
        _ => sign,
    }
}

fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

fn cut(text: &str, limit: usize) -> &str {
    let mut taken = 0;
    let fits = |(_, sign): &(usize, char)| {
        taken += sign.len_utf16();
        taken <= limit
    };
    let end = text.char_indices().take_while(fits).last().map_or(0, |(start, sign)| start + sign.len_utf8());
    text[..end].trim_end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_a_spreadsheet_takes() {
        let mut names = SheetNames::keeping(&["全部指标"]);
        assert_eq!(names.fitted("1.A/B[甲]:*?\\"), "1.A／B［甲］：＊？＼");
        assert_eq!(names.fitted("全部指标"), "全部指标（2）");
        assert_eq!(names.fitted("History"), "History（2）");
        assert_eq!(names.fitted("abc"), "abc");
        assert_eq!(names.fitted("ABC"), "ABC（2）");
        assert_eq!(names.fitted("'甲'"), "’甲’");
        assert_eq!(names.fitted(" \u{1} "), "-");
        assert_eq!(names.fitted("乙\u{FFFE}\u{FFFF}"), "乙");
        let long = "乡".repeat(40);
        assert_eq!(names.fitted(&long).chars().count(), 31);
        assert_eq!(names.fitted(&long), format!("{}（2）", "乡".repeat(28)));
        assert_eq!(names.fitted(&"🎯".repeat(20)).encode_utf16().count(), 30);
    }
}
