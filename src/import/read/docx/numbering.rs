//! Automatic numbers of paragraphs, as they are printed: `1.`, `（一）`, `第二条`, `2.1`. Bullets are no words.

use std::collections::{BTreeMap, BTreeSet};

use super::looks::is_on;
use super::number_formats::{self, ListFormat};
use crate::import::read::xml::{XmlElement, XmlPiece, XmlPieces};

/// The list that a paragraph or a style takes part in, and its level there.
#[derive(Clone, Copy, Debug, Default)]
pub struct NumberReference {
    pub list: Option<u32>,
    pub level: Option<u8>,
}

/// The levels of a list.
const LEVELS: usize = 9;
/// The signs of a level's text: what is longer is no number.
const LONGEST: usize = 64;

/// The lists of a document, and how far they have counted.
#[derive(Default)]
pub struct Numbering {
    lists: BTreeMap<u32, NumberedList>,
    patterns: BTreeMap<u32, ListPattern>,
    counts: BTreeMap<u32, [Option<u32>; LEVELS]>,
    /// The levels of lists that began with a start of their own.
    begun: BTreeSet<(u32, usize)>,
}

/// A use of a pattern. Lists of one pattern count on one another.
#[derive(Default)]
struct NumberedList {
    pattern: u32,
    starts: [Option<u32>; LEVELS],
    levels: BTreeMap<usize, ListLevel>,
}

#[derive(Default)]
struct ListPattern {
    levels: BTreeMap<usize, ListLevel>,
    /// The style of lists that it is the pattern of, or that holds its pattern.
    of_style: String,
    by_style: String,
}

struct ListLevel {
    start: u32,
    format: ListFormat,
    text: String,
    follows: Option<&'static str>,
    is_decimal: bool,
    /// The level whose numbers let it begin anew; 0 for none. Else each level above.
    restarts_after: Option<usize>,
    paragraph_style: String,
}

impl NumberReference {
    pub fn take(&mut self, element: &XmlElement) {
        match element.name() {
            "numId" => self.list = element.number("val"),
            "ilvl" => self.level = element.number("val"),
            _ => {}
        }
    }

    /// What is said here, else there.
    pub fn over(self, older: Self) -> Self {
        Self { list: self.list.or(older.list), level: self.level.or(older.level) }
    }
}

impl Default for ListLevel {
    fn default() -> Self {
        Self {
            start: 0,
            format: ListFormat::Decimal,
            text: String::new(),
            follows: None,
            is_decimal: false,
            restarts_after: None,
            paragraph_style: String::new(),
        }
    }
}

impl ListLevel {
    fn take(&mut self, element: &XmlElement) {
        let value = element.attribute("val").unwrap_or_default();
        match element.name() {
            "start" => self.start = value.trim().parse().unwrap_or_default(),
            "numFmt" => self.format = ListFormat::named(&value),
            "lvlText" => self.text = value.chars().take(LONGEST).collect(),
            "suff" => {
                self.follows = match &*value {
                    "nothing" => Some(""),
                    "space" => Some(" "),
                    _ => None,
                };
            }
            "isLgl" => self.is_decimal = element.attribute("val").as_deref().is_none_or(is_on),
            "lvlRestart" => self.restarts_after = value.trim().parse().ok(),
            "pStyle" => self.paragraph_style = value.into_owned(),
            _ => {}
        }
    }
}

/// What an element of `numbering.xml` belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NumberingPart {
    Pattern(u32),
    List(u32),
    Override { list: u32, level: usize },
    LevelOfPattern { pattern: u32, level: usize },
    LevelOfList { list: u32, level: usize },
    Other,
}

impl Numbering {
    /// The lists of `numbering.xml`, as far as it can be read.
    pub fn read(text: &str) -> Self {
        let mut numbering = Self::default();
        let mut parts = Vec::new();
        let mut xml = XmlPieces::new(text);
        while let Ok(Some(piece)) = xml.next() {
            match piece {
                XmlPiece::Open(element) => {
                    let parent = parts.last().copied().unwrap_or(NumberingPart::Other);
                    parts.push(numbering.open(parent, &element).unwrap_or(NumberingPart::Other));
                }
                XmlPiece::Close => {
                    parts.pop();
                }
                XmlPiece::Text(_) => {}
            }
        }
        numbering
    }

    fn open(&mut self, parent: NumberingPart, element: &XmlElement) -> Option<NumberingPart> {
        let level = || element.number("ilvl").filter(|level| *level < LEVELS);
        match (parent, element.name()) {
            (_, "abstractNum") => {
                let id = element.number("abstractNumId")?;
                self.patterns.insert(id, ListPattern::default());
                return Some(NumberingPart::Pattern(id));
            }
            (_, "num") => {
                let id = element.number("numId")?;
                self.lists.insert(id, NumberedList::default());
                return Some(NumberingPart::List(id));
            }
            (NumberingPart::Pattern(pattern), "lvl") => {
                return Some(NumberingPart::LevelOfPattern { pattern, level: level()? });
            }
            (NumberingPart::Pattern(pattern), "styleLink") => {
                self.patterns.get_mut(&pattern)?.of_style = element.attribute("val")?.into_owned();
            }
            (NumberingPart::Pattern(pattern), "numStyleLink") => {
                self.patterns.get_mut(&pattern)?.by_style = element.attribute("val")?.into_owned();
            }
            (NumberingPart::List(list), "abstractNumId") => {
                self.lists.get_mut(&list)?.pattern = element.number("val")?;
            }
            (NumberingPart::List(list), "lvlOverride") => {
                return Some(NumberingPart::Override { list, level: level()? });
            }
            (NumberingPart::Override { list, level }, "startOverride") => {
                self.lists.get_mut(&list)?.starts[level] = element.number("val");
            }
            (NumberingPart::Override { list, level }, "lvl") => {
                return Some(NumberingPart::LevelOfList { list, level });
            }
            (NumberingPart::LevelOfPattern { pattern, level }, _) => {
                self.patterns.get_mut(&pattern)?.levels.entry(level).or_default().take(element);
            }
            (NumberingPart::LevelOfList { list, level }, _) => {
                self.lists.get_mut(&list)?.levels.entry(level).or_default().take(element);
            }
            (_, _) => {}
        }
        None
    }

    /// Lists whose pattern is that of a style get the pattern itself; `list_of` says which list a style names.
    pub fn resolve(&mut self, list_of: impl Fn(&str) -> Option<u32>) {
        let own: BTreeMap<&str, u32> = self
            .patterns
            .iter()
            .filter(|(_, pattern)| !pattern.of_style.is_empty())
            .map(|(id, pattern)| (pattern.of_style.as_str(), *id))
            .collect();
        let of_style =
            |style: &str| own.get(style).copied().or_else(|| Some(self.lists.get(&list_of(style)?)?.pattern));
        let linked: BTreeMap<u32, u32> = self
            .patterns
            .iter()
            .filter(|(_, pattern)| !pattern.by_style.is_empty())
            .filter_map(|(id, pattern)| Some((*id, of_style(&pattern.by_style)?)))
            .collect();
        for list in self.lists.values_mut() {
            list.pattern = linked.get(&list.pattern).copied().unwrap_or(list.pattern);
        }
    }

    /// The level of a list that belongs to a style of paragraphs.
    pub fn level_of_style(&self, list: u32, style: &str) -> Option<u8> {
        let levels = &self.patterns.get(&self.lists.get(&list)?.pattern)?.levels;
        levels.iter().find(|(_, level)| level.paragraph_style == style).map(|(level, _)| *level as u8)
    }

    /// Counts a paragraph. What is printed before `text`, with what parts it from the text; none where it has no number.
    pub fn next(&mut self, reference: NumberReference, text: &str) -> Option<String> {
        let id = reference.list?;
        let list = self.lists.get(&id)?;
        let pattern = self.patterns.get(&list.pattern)?;
        let at = |level: usize| list.levels.get(&level).or_else(|| pattern.levels.get(&level));
        let level = usize::from(reference.level.unwrap_or_default());
        let own = at(level)?;
        let start = |level: usize| list.starts[level].or_else(|| Some(at(level)?.start)).unwrap_or_default();
        let counts = self.counts.entry(list.pattern).or_default();
        let is_fresh = list.starts[level].is_some() && self.begun.insert((id, level));
        counts[level] = Some(match counts[level] {
            Some(count) if !is_fresh => count.saturating_add(1),
            _ => start(level),
        });
        for (above, count) in counts.iter_mut().enumerate().take(level) {
            count.get_or_insert_with(|| start(above));
        }
        for (below, count) in counts.iter_mut().enumerate().skip(level + 1) {
            if at(below).and_then(|below| below.restarts_after).is_none_or(|after| level < after) {
                *count = None;
            }
        }
        if own.format == ListFormat::Bullet {
            return None;
        }
        let shown = |level: usize| {
            let format = if own.is_decimal { ListFormat::Decimal } else { at(level)?.format };
            Some(number_formats::written(format, counts[level]?))
        };
        let number = filled(&own.text, |level| shown(level).unwrap_or_default());
        if number.trim().is_empty() {
            return None;
        }
        let parts = |sign: char| sign.is_alphanumeric();
        let between = own.follows.unwrap_or_else(|| {
            let is_apart = !number.ends_with(parts) && !text.starts_with(|sign: char| sign.is_ascii_digit());
            if is_apart || text.is_empty() { "" } else { " " }
        });
        Some(number + between)
    }
}

/// A level's text with the numbers of its levels: `%1.%2`.
fn filled(text: &str, number: impl Fn(usize) -> String) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('%') {
        filled.push_str(&rest[..at]);
        let digit = rest[at + 1..].chars().next().and_then(|sign| sign.to_digit(10)).filter(|digit| *digit > 0);
        if let Some(digit) = digit {
            filled.push_str(&number(digit as usize - 1));
            rest = &rest[at + 2..];
        } else {
            filled.push('%');
            rest = &rest[at + 1..];
        }
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const LISTS: &str = r#"<w:numbering xmlns:w="w">
        <w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="chineseCounting"/>
        <w:suff w:val="nothing"/><w:lvlText w:val="（%1）"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>
        <w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl><w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/>
        <w:lvlRestart w:val="0"/><w:lvlText w:val="%3)"/></w:lvl><w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/>
        <w:lvlText w:val="&#xF06C;"/></w:lvl></w:abstractNum>
        <w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="列"/></w:abstractNum>
        <w:abstractNum w:abstractNumId="2"><w:styleLink w:val="列"/><w:lvl w:ilvl="0"><w:start w:val="1"/>
        <w:numFmt w:val="decimal"/><w:lvlText w:val="第%1条"/><w:pStyle w:val="条"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
        <w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num></w:numbering>"#;

    #[test]
    fn numbers_are_those_that_are_printed() {
        let mut numbering = Numbering::read(LISTS);
        numbering.resolve(|_| None);
        let mut printed = Vec::new();
        for (list, level) in
            [(1, 0), (1, 1), (1, 2), (1, 1), (1, 0), (1, 1), (1, 2), (1, 3), (2, 0), (2, 0), (1, 0), (3, 0), (9, 0)]
        {
            let reference = NumberReference { list: Some(list), level: Some(level) };
            printed.push(numbering.next(reference, "甲").unwrap_or_default());
        }
        let expected =
            ["（三）", "3.1 ", "a)", "3.2 ", "（四）", "4.1 ", "b)", "", "（一）", "（二）", "（三）", "第1条 ", ""];
        assert_eq!(printed, expected);
        assert_eq!(numbering.level_of_style(3, "条"), Some(0));
    }

    #[test]
    fn a_number_is_parted_from_a_number() {
        let lists = r#"<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>
            <w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
        let mut numbering = Numbering::read(lists);
        let reference = NumberReference { list: Some(1), level: None };
        let printed = ["购置12台", "2025年", ""].map(|text| numbering.next(reference, text).unwrap_or_default());
        assert_eq!(printed, ["1.", "2. ", "3."]);
    }
}
