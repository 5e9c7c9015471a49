//! The flat sheet: one row an indicator, numbers as numbers, lists to choose from, a heading that stays in sight.

use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Formula, Workbook, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::lines::{self, HIGHEST};
use super::styles::{CellLook, NumberStyle, Styles, size};
use super::{ALL_INDICATORS, CHOICES};
use crate::backend::flat::{Flat, FlatColumn, FlatContent, FlatValue};
use crate::model::print::QUALITATIVE;
use crate::model::standard::Standard;
use crate::model::target::Comparator;

/// The rows of one sheet, below what a spreadsheet takes.
const ROWS: usize = 1_000_000;
/// How many rows below the last one may be filled in with the lists at hand.
const SPARE_ROWS: u32 = 200;
/// The pixels of columns that one sheet of paper takes side by side, made smaller as far as they stay readable.
const PAPER: u32 = 1500;
const A4: u8 = 9;

pub(super) fn write(
    workbook: &mut Workbook,
    table: &Flat<'_>,
    standard: &Standard,
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    let columns = table.columns();
    let choices = choices(&columns, standard);
    let count = table.rows().count();
    for part in 0..count.div_ceil(ROWS).max(1) {
        let name = if part == 0 { ALL_INDICATORS.to_owned() } else { format!("{ALL_INDICATORS}{}", part + 1) };
        let sheet = workbook.add_worksheet().set_name(name)?;
        let rows = || table.rows().skip(part * ROWS).take(ROWS);
        let count = (count - part * ROWS).min(ROWS) as u32;
        fill(sheet, &columns, &rows, count, styles)?;
        for (list, (content, values)) in (0..).zip(&choices) {
            validate(sheet, &columns, count, *content, list, values.len() as u32)?;
        }
    }
    let sheet = workbook.add_worksheet().set_name(CHOICES)?;
    sheet.set_hidden(true);
    for (column, (_, values)) in (0..).zip(&choices) {
        for (row, value) in (0..).zip(values) {
            sheet.write_string(row, column, value)?;
        }
    }
    Ok(())
}

/// Fills a sheet with so many rows, which are made twice: for their widths, then to be written.
fn fill<Rows: Iterator<Item = Vec<FlatValue>>>(
    sheet: &mut Worksheet,
    columns: &[FlatColumn],
    rows: &dyn Fn() -> Rows,
    count: u32,
    styles: &mut Styles,
) -> Result<(), XlsxError> {
    sheet.set_paper_size(A4).set_landscape().set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
    let widths = widths(columns, rows());
    let across = widths.iter().sum::<u32>().div_ceil(PAPER);
    sheet.set_print_fit_to_pages(across as u16, 0).set_page_order(true).set_footer("&C第 &P 页，共 &N 页");
    let mut highest = 0;
    for (column, (one, width)) in (0..).zip(columns.iter().zip(&widths)) {
        sheet.set_column_width_pixels(column, *width)?;
        styles.text(sheet, (0, column), &one.heading, CellLook::Shaded)?;
        highest = highest.max(lines::height(&one.heading, *width, size(CellLook::Shaded)));
    }
    sheet.set_row_height(0, highest.min(HIGHEST))?;
    for (row, values) in (1..).zip(rows()) {
        let mut highest = 0;
        for (column, (value, one)) in (0..).zip(values.iter().zip(columns)) {
            let width = widths[usize::from(column)];
            highest = highest.max(cell(sheet, (row, column), value, one.content, width, styles)?);
        }
        sheet.set_row_height(row, highest.min(HIGHEST))?;
    }
    sheet.autofilter(0, 0, count, (columns.len() - 1) as u16)?;
    sheet.set_freeze_panes(1, 0)?.set_repeat_rows(0, 0)?;
    Ok(())
}

/// Writes a value, and gives the height it needs.
fn cell(
    sheet: &mut Worksheet,
    at: (u32, u16),
    value: &FlatValue,
    content: FlatContent,
    width: u32,
    styles: &mut Styles,
) -> Result<u32, XlsxError> {
    let look = match content {
        FlatContent::Prose => CellLook::Left,
        FlatContent::Number | FlatContent::Amount | FlatContent::Share => CellLook::Right,
        FlatContent::Word
        | FlatContent::Category
        | FlatContent::Subcategory
        | FlatContent::Nature
        | FlatContent::Unit => CellLook::Middle,
    };
    let text = match value {
        FlatValue::Blank => "",
        FlatValue::Text(text) => text,
        FlatValue::Number(number) => {
            let shown = if content == FlatContent::Amount { NumberStyle::Grouped } else { NumberStyle::Plain };
            styles.number(sheet, at, *number, look, shown)?;
            return Ok(0);
        }
        FlatValue::Quantity { value, unit, .. } if unit == "%" => {
            styles.number(sheet, at, *value, look, NumberStyle::Percent)?;
            return Ok(0);
        }
        FlatValue::Quantity { written, .. } => written,
    };
    styles.text(sheet, at, text, look)?;
    Ok(lines::height(text, width, size(look)))
}

/// The widths of the columns in pixels: their widest texts, within what their contents are given.
fn widths(columns: &[FlatColumn], rows: impl Iterator<Item = Vec<FlatValue>>) -> Vec<u32> {
    let mut widest = vec![0; columns.len()];
    for row in rows {
        for (widest, value) in widest.iter_mut().zip(&row) {
            *widest = halves(value).max(*widest);
        }
    }
    let pixels = |(column, widest): (&FlatColumn, usize)| {
        let most = match column.content {
            FlatContent::Prose => 32,
            FlatContent::Word => 20,
            FlatContent::Number
            | FlatContent::Amount
            | FlatContent::Share
            | FlatContent::Category
            | FlatContent::Subcategory
            | FlatContent::Nature
            | FlatContent::Unit => 16,
        };
        // The heading has a button at its side.
        let heading = column.heading.width().min(8) + 4;
        (widest.min(most).max(heading) * 7 + 14) as u32
    };
    columns.iter().zip(widest).map(pixels).collect()
}

/// The width of a value, in halves of a Chinese sign.
fn halves(value: &FlatValue) -> usize {
    match value {
        FlatValue::Blank => 0,
        FlatValue::Text(text) => text.lines().map(UnicodeWidthStr::width).max().unwrap_or(0),
        // With the signs that part the thousands.
        FlatValue::Number(number) => number.to_string().len() * 4 / 3,
        FlatValue::Quantity { written, .. } => written.width(),
    }
}

/// What may be chosen in which column.
fn choices(columns: &[FlatColumn], standard: &Standard) -> Vec<(FlatContent, Vec<String>)> {
    let categories = standard.categories.iter().map(|category| category.name.clone());
    let subcategories = standard.categories.iter().flat_map(|one| one.subcategories.iter().map(|sub| sub.name.clone()));
    let natures = Comparator::SIGNS.iter().map(|sign| (*sign).to_owned()).chain([QUALITATIVE.to_owned()]);
    let units = standard.units.iter().map(|unit| unit.label().to_owned()).filter(|label| !label.is_empty());
    let all = [
        (FlatContent::Category, unique(categories)),
        (FlatContent::Subcategory, unique(subcategories)),
        (FlatContent::Nature, unique(natures)),
        (FlatContent::Unit, unique(units)),
    ];
    let is_there = |content: FlatContent| columns.iter().any(|column| column.content == content);
    all.into_iter().filter(|(content, values)| is_there(*content) && !values.is_empty()).collect()
}

fn unique(values: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = std::collections::BTreeSet::new();
    values.filter(|value| seen.insert(value.clone())).collect()
}

/// Offers the list of a content in its columns. What is not on it is asked about, not refused: compound units are none.
fn validate(
    sheet: &mut Worksheet,
    columns: &[FlatColumn],
    rows: u32,
    content: FlatContent,
    list: u8,
    length: u32,
) -> Result<(), XlsxError> {
    let letter = char::from(b'A' + list);
    let formula = Formula::new(format!("='{CHOICES}'!${letter}$1:${letter}${length}"));
    let validation = DataValidation::new()
        .allow_list_formula(formula)
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_title("不在标准之内")?
        .set_error_message("标准里没有这一项，请核对。")?;
    for (column, one) in (0..).zip(columns) {
        if one.content == content {
            sheet.add_data_validation(1, column, rows + SPARE_ROWS, column, &validation)?;
        }
    }
    Ok(())
}
