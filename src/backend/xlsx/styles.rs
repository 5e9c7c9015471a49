//! The looks of cells, each made once: fonts by the names that offices use, borders, formats of numbers.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

/// What a cell looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CellLook {
    /// The title of a sheet.
    Title,
    /// The heading of a chapter of prose.
    Chapter,
    /// A paragraph of prose, without borders.
    Paragraph,
    /// The line above a table: at its left, in the middle, and at its right.
    AboveLeft,
    AboveMiddle,
    AboveRight,
    /// A label or heading in a table.
    Heading,
    /// A heading of the flat table.
    Shaded,
    /// In the middle of its cell.
    Middle,
    /// From the left.
    Left,
    Right,
}

/// How a number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NumberStyle {
    Text,
    /// So many decimal places.
    Plain(u32),
    Grouped(u32),
    Percent(u32),
}

#[derive(Default)]
pub(super) struct Styles {
    made: BTreeMap<(CellLook, NumberStyle, bool), Format>,
}

/// The most signs that a cell holds.
const SIGNS: usize = 32_767;
/// The digits that a spreadsheet keeps of a number.
const DIGITS: usize = 15;

impl Styles {
    /// A text; never a formula, not even when somebody edits it.
    pub fn text(&mut self, sheet: &mut Worksheet, at: (u32, u16), text: &str, look: CellLook) -> Result<(), XlsxError> {
        let format = self.of_text(text, look);
        if text.is_empty() {
            sheet.write_blank(at.0, at.1, format)?;
        } else {
            sheet.write_string_with_format(at.0, at.1, fitted(text), format)?;
        }
        Ok(())
    }

    /// A number, as text where it has more digits than a spreadsheet keeps.
    pub fn number(
        &mut self,
        sheet: &mut Worksheet,
        at: (u32, u16),
        number: Decimal,
        look: CellLook,
        shown: fn(u32) -> NumberStyle,
    ) -> Result<(), XlsxError> {
        let shown = shown(number.scale());
        let percent = matches!(shown, NumberStyle::Percent(_));
        let stored = if percent { number / Decimal::ONE_HUNDRED } else { number };
        let digits = stored.normalize().mantissa().unsigned_abs().to_string().len();
        if digits > DIGITS {
            let text = format!("{number}{}", if percent { "%" } else { "" });
            return self.text(sheet, at, &text, look);
        }
        // Invariant: a decimal is written as digits, a point and a minus sign, which every number type reads.
        let value = stored.to_string().parse().unwrap_or(0.0);
        sheet.write_number_with_format(at.0, at.1, value, self.get(look, shown, false))?;
        Ok(())
    }

    pub fn of_text(&mut self, text: &str, look: CellLook) -> &Format {
        self.get(look, NumberStyle::Text, text.starts_with(['=', '+', '-', '@']))
    }

    fn get(&mut self, look: CellLook, shown: NumberStyle, looks_like_formula: bool) -> &Format {
        self.made.entry((look, shown, looks_like_formula)).or_insert_with(|| {
            let format = format(look).set_num_format(code(shown));
            if looks_like_formula { format.set_quote_prefix() } else { format }
        })
    }
}

/// What stands in the place of a text's end that no cell can hold.
const MORE: &str = "……（此处放不下，全文见其他格式）";

/// What a cell takes of a text; where that is not all of it, the cell says so.
fn fitted(text: &str) -> String {
    if text.encode_utf16().count() <= SIGNS {
        return text.to_owned();
    }
    let mut room = SIGNS - MORE.encode_utf16().count();
    let fits = |sign: &char| {
        let takes = sign.len_utf16();
        let is_room = takes <= room;
        room = room.saturating_sub(takes);
        is_room
    };
    text.chars().take_while(fits).collect::<String>() + MORE
}

/// The code of a format.
fn code(shown: NumberStyle) -> String {
    let places = |places: u32| if places == 0 { String::new() } else { format!(".{:0>1$}", "", places as usize) };
    match shown {
        NumberStyle::Text => "@".to_owned(),
        NumberStyle::Plain(scale) => format!("0{}", places(scale)),
        NumberStyle::Grouped(scale) => format!("#,##0{}", places(scale)),
        NumberStyle::Percent(scale) => format!("0{}%", places(scale)),
    }
}

/// The size of the letters, in points.
pub(super) fn size(look: CellLook) -> u32 {
    match look {
        CellLook::Title => 16,
        CellLook::Chapter => 14,
        CellLook::Paragraph => 12,
        CellLook::AboveLeft
        | CellLook::AboveMiddle
        | CellLook::AboveRight
        | CellLook::Heading
        | CellLook::Shaded
        | CellLook::Middle
        | CellLook::Left
        | CellLook::Right => 10,
    }
}

fn format(look: CellLook) -> Format {
    // 134: the Chinese signs of these fonts.
    let plain = |font: &str| {
        let format = Format::new().set_font_name(font).set_font_charset(134).set_font_size(size(look));
        format.set_text_wrap().set_align(FormatAlign::VerticalCenter)
    };
    let bordered = |font: &str| plain(font).set_border(FormatBorder::Thin);
    match look {
        CellLook::Title => plain("黑体").set_align(FormatAlign::Center),
        CellLook::Chapter => plain("黑体").set_align(FormatAlign::Left),
        CellLook::Paragraph | CellLook::AboveLeft => plain("宋体").set_align(FormatAlign::Left),
        CellLook::AboveMiddle => plain("宋体").set_align(FormatAlign::Center),
        CellLook::AboveRight => plain("宋体").set_align(FormatAlign::Right),
        CellLook::Heading => bordered("宋体").set_bold().set_align(FormatAlign::Center),
        // Light enough for print in black and white.
        CellLook::Shaded => format(CellLook::Heading).set_background_color(0xE6_E6_E6),
        CellLook::Middle => bordered("宋体").set_align(FormatAlign::Center),
        CellLook::Left => bordered("宋体").set_align(FormatAlign::Left),
        CellLook::Right => bordered("宋体").set_align(FormatAlign::Right),
    }
}
