//! How a workbook shows its values: what a person sees in a cell is what comes in, and where the stored number is another
//! one, it is told.
//!
//! A program keeps numbers in binary and shows fifteen digits of them, so `0.07` may be stored as
//! `7.0000000000000007E-2`. Where a format scales, as `0!.0,` shows ten thousands, the number comes in in that scale with
//! all its digits.

mod built_in;
mod clock;
mod code;
mod digits;

use std::collections::BTreeMap;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::diagnostic::{Text, texts};
use crate::import::read::xml::{XmlPiece, XmlPieces};
use crate::model::number;
use code::{FormatPart, FormatSection, NumberFormat};

/// The format of each cell style, by its number.
pub struct Formats {
    known: Vec<NumberFormat>,
    /// The format of each style among those.
    of_style: Vec<usize>,
    /// Whether the font of each style is struck out.
    struck: Vec<bool>,
    counts_from_1904: bool,
}

/// What an element of `styles.xml` stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum StyleRoom {
    CellStyles,
    Fonts,
    Font,
    Other,
}

/// What a cell shows.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct ShownValue {
    pub text: String,
    /// What is to be told of it.
    pub note: Option<Text>,
}

/// The digits that programs show of a number.
const DIGITS: u32 = 15;

impl Formats {
    /// Those of a workbook without styles.
    pub fn plain(counts_from_1904: bool) -> Self {
        Self {
            known: vec![NumberFormat::read(built_in::code(0))],
            of_style: Vec::new(),
            struck: Vec::new(),
            counts_from_1904,
        }
    }

    /// The formats of `styles.xml`, as far as it can be read.
    pub fn read(text: &str, counts_from_1904: bool) -> Self {
        let mut read = Self::plain(counts_from_1904);
        let mut codes: BTreeMap<u32, String> = BTreeMap::new();
        let mut by_number: BTreeMap<u32, usize> = BTreeMap::new();
        let mut fonts: Vec<bool> = Vec::new();
        let mut open: Vec<StyleRoom> = Vec::new();
        let mut xml = XmlPieces::new(text);
        while let Ok(Some(piece)) = xml.next() {
            match piece {
                XmlPiece::Open(element) => {
                    let outer = open.last().copied().unwrap_or(StyleRoom::Other);
                    let in_styles = outer == StyleRoom::CellStyles;
                    if outer == StyleRoom::Fonts && element.name() == "font" {
                        fonts.push(false);
                    } else if let (StyleRoom::Font, "strike", Some(last)) = (outer, element.name(), fonts.last_mut()) {
                        *last = element.attribute("val").is_none_or(|value| value != "0" && value != "false");
                    }
                    if element.name() == "numFmt" {
                        let code = element.attribute("formatCode").unwrap_or_default().into_owned();
                        codes.insert(element.number("numFmtId").unwrap_or_default(), code);
                    } else if in_styles && element.name() == "xf" {
                        let id = element.number("numFmtId").unwrap_or_default();
                        let format = *by_number.entry(id).or_insert_with(|| {
                            let code = codes.get(&id).map_or_else(|| built_in::code(id), String::as_str);
                            read.known.push(NumberFormat::read(code));
                            read.known.len() - 1
                        });
                        read.of_style.push(format);
                        let font: usize = element.number("fontId").unwrap_or_default();
                        read.struck.push(fonts.get(font).copied().unwrap_or_default());
                    }
                    open.push(match element.name() {
                        "cellXfs" => StyleRoom::CellStyles,
                        "fonts" => StyleRoom::Fonts,
                        "font" if outer == StyleRoom::Fonts => StyleRoom::Font,
                        _ => StyleRoom::Other,
                    });
                }
                XmlPiece::Close => {
                    open.pop();
                }
                XmlPiece::Text(_) => {}
            }
        }
        read
    }

    /// Whether what a style shows is struck out.
    pub fn is_struck(&self, style: usize) -> bool {
        self.struck.get(style).copied().unwrap_or_default()
    }

    fn of(&self, style: usize) -> &NumberFormat {
        &self.known[self.of_style.get(style).copied().unwrap_or(0)]
    }

    /// What a cell of this style shows for a stored number. What is no number stays as it is.
    pub fn number(&self, style: usize, stored: &str) -> ShownValue {
        let Some(number) = number(stored) else { return ShownValue { text: stored.to_owned(), note: None } };
        let Some((section, magnitude)) = section_of(self.of(style), number) else {
            return not_shown(number);
        };
        if section.is_date() {
            let worded = clock::worded(section, number, self.counts_from_1904);
            return worded.map_or_else(|| not_shown(number), |text| ShownValue { text, note: None });
        }
        let Some(written) = digits::written(section, magnitude) else { return not_shown(number) };
        let stored = number::plain(number);
        let shown = signed(written.shown, number, magnitude);
        if shown.is_empty() {
            return ShownValue { text: shown, note: Some(texts::value_not_displayed(stored)) };
        }
        if let Some(scaled) = written.scaled {
            let text = signed(scaled, number, magnitude);
            let note = Some(texts::value_scaled(&text, shown, stored));
            return ShownValue { text, note };
        }
        let note = if written.is_rounded {
            Some(texts::value_displayed_otherwise(&shown, stored))
        } else {
            (number.trunc().abs() >= Decimal::from(10_u64.pow(DIGITS))).then(|| texts::digits_are_lost(stored))
        };
        ShownValue { text: shown, note }
    }

    /// What a cell of this style shows for a text; none where it shows it as it is.
    pub fn text(&self, style: usize, text: &str) -> Option<ShownValue> {
        let format = self.of(style);
        let section = format.of_texts().filter(|_| !text.is_empty())?;
        if matches!(&section.parts[..], [FormatPart::Text]) {
            return None;
        }
        let part = |part: &FormatPart| match part {
            FormatPart::Words(words) => words.clone(),
            FormatPart::Text | FormatPart::General => text.to_owned(),
            FormatPart::Percent => "%".to_owned(),
            FormatPart::Slash => "/".to_owned(),
            FormatPart::Point => ".".to_owned(),
            FormatPart::Comma => ",".to_owned(),
            FormatPart::Digit(_) | FormatPart::Exponent | FormatPart::Clock(..) => String::new(),
        };
        let shown: String = section.parts.iter().map(part).collect();
        let shown = shown.trim().to_owned();
        let note = shown.is_empty().then(|| texts::value_not_displayed(text));
        Some(ShownValue { text: shown, note })
    }
}

/// The section of a format that a number is shown by, and the number without a sign that the section itself writes; none
/// where no section is for it.
fn section_of(format: &NumberFormat, number: Decimal) -> Option<(&FormatSection, Decimal)> {
    let sections = format.of_numbers();
    let last = sections.len().checked_sub(1)?;
    if sections.iter().any(|section| section.condition.is_some()) {
        let holds = |(at, section): &(usize, &FormatSection)| match section.condition {
            Some(condition) => condition.holds(number),
            None => *at == last || if *at == 0 { number > Decimal::ZERO } else { number < Decimal::ZERO },
        };
        return (0..).zip(sections).find(holds).map(|(_, section)| (section, number));
    }
    let at = if number.is_zero() { 2 } else { usize::from(number.is_sign_negative()) };
    // A format of two sections shows nought by the first.
    let at = if at > last { 0 } else { at };
    Some((&sections[at], if at == 1 { number.abs() } else { number }))
}

/// A negative number that a section of its own shows: by a minus, by words, or by brackets or a colour, which would be
/// lost.
fn signed(shown: String, number: Decimal, magnitude: Decimal) -> String {
    let has_own_section = number != magnitude;
    let bare = shown.trim_matches(['(', ')', '（', '）', ' ']);
    let is_number = bare.starts_with(|sign: char| sign.is_ascii_digit());
    if has_own_section && is_number { format!("-{bare}") } else { shown }
}

/// `####`: a date before the calendar, a number that no section is for.
fn not_shown(number: Decimal) -> ShownValue {
    let text = number::plain(number);
    ShownValue { note: Some(texts::value_not_fit_for_format(&text)), text }
}

/// A stored number, in as many digits as programs show.
fn number(stored: &str) -> Option<Decimal> {
    let stored = stored.trim();
    let number = Decimal::from_str_exact(stored).or_else(|_| Decimal::from_scientific(stored)).ok();
    let number = number.or_else(|| stored.parse().ok())?;
    let number = number.round_sf_with_strategy(DIGITS, RoundingStrategy::MidpointAwayFromZero).unwrap_or(number);
    Some(if number.is_zero() { Decimal::ZERO } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;

    fn of(code: &str) -> Formats {
        Formats {
            known: vec![NumberFormat::read(code)],
            of_style: vec![0],
            struck: Vec::new(),
            counts_from_1904: false,
        }
    }

    /// What is shown; behind a stroke the number that is told.
    fn shown(code: &str, stored: &str) -> String {
        let ShownValue { text, note } = of(code).number(0, stored);
        match note {
            None => text,
            Some(note) => {
                let number = number::plain(number(stored).expect("a number"));
                assert!(note.in_language(Language::Chinese).contains(&number), "{number} is not told");
                assert!(note.in_language(Language::English).contains(&number), "{number} is not told");
                text + " !"
            }
        }
    }

    /// Behind `!` the stored number is told.
    #[test]
    fn numbers_are_those_that_people_see() {
        for (code, stored, expected) in [
            ("General", "516541.09", "516541.09"),
            ("General", "516541.09000000003", "516541.09"),
            ("General", "100", "100"),
            ("General", "1E+14", "100000000000000"),
            ("General", "1E+15", "1000000000000000 !"),
            ("0", "990101250000000000001", "990101250000000000000 !"),
            ("General", "1e-7", "0.0000001"),
            ("General", "-0", "0"),
            ("General", "1e300", "1e300"),
            ("#,##0.00_);[Red]\\(#,##0.00\\)", "1234.5", "1234.50"),
            ("#,##0.00_);[Red]\\(#,##0.00\\)", "-1234.5", "-1234.50"),
            ("0.00;[Red]0.00", "-5", "-5.00"),
            ("0%", "0.25", "25%"),
            ("0%", "0.925", "93% !"),
            ("0.00%;[Red]-0.00%", "7.0000000000000007E-2", "7.00%"),
            ("\"≥\"0%", "0.9", "≥90%"),
            ("\"≥\"0", "-9", "≥-9"),
            ("0\"人次\"", "12", "12人次"),
            ("0\"人数\"", "9.6", "10人数 !"),
            ("#,##0.00\"元\"", "516541.095", "516541.10元 !"),
            ("0.00\"%\"", "95", "95.00%"),
            ("General\"人\"", "95", "95人"),
            ("G/通用格式\"人\"", "95.5", "95.5人"),
            ("@", "95.5", "95.5"),
            ("\"≥\"@\"人数\"", "10", "≥10人数"),
            ("\"增\"0;\"减\"0", "-5", "减5"),
            ("0;-0;\"-\"", "0", "-"),
            ("0;-0;;@", "0", " !"),
            (";;;", "999", " !"),
            ("\"完成\"", "3", "完成 !"),
            ("0.00E+00", "1200", "1200"),
            ("# ?/?", "0.5", "0.5"),
            ("0\\%", "95", "95%"),
            ("\"¥\"#,##0.00", "3.5", "3.50"),
            ("[$¥-804]#,##0.00;[$¥-804]\\-#,##0.00", "-3.5", "-3.50"),
            ("\"$\"#,##0.00", "3.5", "$3.50"),
            ("_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)", "3.5", "3.50"),
            ("_(* #,##0.00_);_(* (#,##0.00);_(* \"-\"??_);_(@_)", "0", "-"),
            ("0000", "12", "0012"),
            ("000-0000", "5551234", "555-1234"),
            ("0\"万\"0000\"元\"", "516541", "51万6541元"),
            ("#.##", "5", "5"),
            ("#.0#", "0.25", "0.25"),
            ("0%", "文字", "文字"),
        ] {
            assert_eq!(shown(code, stored), expected, "{code} {stored}");
        }
    }

    #[test]
    fn sections_are_chosen_by_their_conditions() {
        const TWO: &str = "[>=1]\"≥\"0\"人数\";0\"人数\"";
        const THREE: &str = "[=1]\"是\";[=0]\"否\";0.0";
        for (code, stored, expected) in [
            (TWO, "10", "≥10人数"),
            (TWO, "0", "0人数"),
            (THREE, "1", "是 !"),
            (THREE, "0", "否"),
            (THREE, "2.5", "2.5"),
            ("[<10]0.0;[<>20]0;\"二十\"", "20", "二十 !"),
            ("[>100]0", "5", "5 !"),
            ("[红色][>=90]0\"分\";[<90]0\"分（差）\"", "80", "80分（差）"),
        ] {
            assert_eq!(shown(code, stored), expected, "{code} {stored}");
        }
    }

    #[test]
    fn what_is_scaled_keeps_its_digits_and_is_told() {
        for (code, stored, expected) in [
            ("0!.0,", "516541.09", "51.654109 !"),
            ("0\\.0,\"万元\"", "516541.09", "516541.09元 !"),
            ("0!.0000\"万元\"", "516541", "516541元 !"),
            ("0.00,\"千元\"", "123456", "123456元 !"),
            ("0.00,\"万元\"", "123456", "123.456万元 !"),
            ("#,##0.00,,", "123456000", "123.456 !"),
            ("[>=10000]0!.0,\"万\";0\"元\"", "20000", "2万 !"),
            ("[>=10000]0!.0,\"万\";0\"元\"", "200", "200元"),
            ("0.00,;-0.00,", "-123456", "-123.456 !"),
        ] {
            assert_eq!(shown(code, stored), expected, "{code} {stored}");
        }
    }

    #[test]
    fn dates_keep_the_words_of_the_sheet() {
        for (code, stored, expected) in [
            ("yyyy/m/d", "46387", "2026/12/31"),
            ("yyyy-mm-dd", "46387", "2026-12-31"),
            ("yyyy\"年\"m\"月\"d\"日\"", "46387", "2026年12月31日"),
            ("yyyy\"年\"m\"月\"", "46296", "2026年10月"),
            ("[DBNum1][$-804]yyyy\"年\"m\"月\"d\"日\";@", "46387", "2026年12月31日"),
            ("[$-804]m\"月\"", "45931", "10月"),
            ("m\"月底\"", "45747", "3月底"),
            ("m\"月\"d\"日\"前", "45747", "3月31日前"),
            ("yyyy.mm", "45747", "2025.03"),
            ("yyyy\"年\"m\"月\"d\"日\" aaaa", "46387", "2026年12月31日 星期四"),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "46387.5", "2026年12月31日"),
            ("d-mmm-yy", "46387", "2026-12-31"),
            ("mmm-yy", "46387", "2026-12"),
            ("dd/mm/yyyy", "46387", "2026-12-31"),
            ("yyyy-mm-dd hh:mm", "46387.5", "2026-12-31 12:00"),
            ("yyyy-mm-dd hh:mm:ss", "46387", "2026-12-31"),
            ("h:mm", "0.75", "18:00"),
            ("上午/下午h\"时\"mm\"分\"", "0.75", "下午6时00分"),
            ("[h]:mm", "1.5", "36:00"),
            ("mm:ss", "0.75", "00:00"),
            ("yyyy-mm-dd", "-5", "-5 !"),
            ("yyyy-mm-dd", "60", "1900-02-29"),
            ("yyyy-mm-dd", "1", "1900-01-01"),
        ] {
            assert_eq!(shown(code, stored), expected, "{code} {stored}");
        }
        let from_1904 = Formats { counts_from_1904: true, ..of("yyyy\"年\"m\"月\"d\"日\"") };
        assert_eq!(from_1904.number(0, "44925").text, "2026年12月31日");
    }

    #[test]
    fn the_built_in_formats_of_chinese_programs_have_numbers_only() {
        let styles = r#"<styleSheet><cellXfs><xf numFmtId="31"/><xf numFmtId="57"/><xf numFmtId="58"/><xf numFmtId="27"/>
            <xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="49"/></cellXfs></styleSheet>"#;
        let formats = Formats::read(styles, false);
        let shown: Vec<String> = (0..8).map(|style| formats.number(style, "46387").text).collect();
        let expected =
            ["2026年12月31日", "2026年12月", "12月31日", "2026年12月", "2026/12/31", "4638700.00%", "46387", "46387"];
        assert_eq!(shown, expected);
    }

    #[test]
    fn texts_have_a_section_of_their_own() {
        for (code, expected) in [
            ("\"≥\"@\"人数\"", Some("≥10人数")),
            ("0;-0;0;\"约\"@", Some("约10")),
            ("0;@\"个\"", Some("10个")),
            (";;;", Some("")),
            ("0.00", None),
            ("@", None),
        ] {
            assert_eq!(of(code).text(0, "10").map(|shown| shown.text).as_deref(), expected, "{code}");
        }
    }

    #[test]
    fn every_text_is_some_format() {
        let signs =
            ['0', '#', '?', '.', ',', ';', '[', ']', '"', '\\', '!', '_', '*', '@', '%', 'y', 'm', 'h', '万', '>'];
        let mut seed = 7_usize;
        for _ in 0..20_000 {
            let code: String = (0..9)
                .map(|_| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                    signs[(seed >> 33) % signs.len()]
                })
                .collect();
            let formats = of(&code);
            for stored in ["0", "-3.75", "516541.09", "46387.5", "7e27"] {
                drop(formats.number(0, stored));
            }
            drop(formats.text(0, "甲"));
        }
    }
}
