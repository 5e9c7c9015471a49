//! `--to xlsx`: a workbook a department: what concerns it as a whole, a sheet a project in the official layout, and one
//! flat sheet of all indicators with typed columns.
//!
//! Texts are texts even where they look like formulas; numbers are numbers where a spreadsheet keeps all their digits. The
//! date of creation is fixed, so that the same model gives the same bytes.

mod all_indicators;
mod form;
mod lines;
mod sheet_names;
mod styles;

use std::io;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::flat::Flat;
use super::forms;
use super::official::{Drawn, FormBlock, Official, documents, standard_of};
use super::stream::FilesOfEach;
use super::{Backend, RenderOptions, Scope, Sink, Stream};
use crate::model::Model;
use sheet_names::SheetNames;
use styles::Styles;

pub struct Xlsx;

impl Backend for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn is_default(&self) -> bool {
        false
    }

    fn stream(&self) -> Option<Box<dyn Stream + '_>> {
        Some(FilesOfEach::of(self))
    }

    fn render(&self, model: &Model, scope: Scope, options: &RenderOptions<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        if let Some(asked) = options.forms {
            for document in forms::documents(model, scope, asked) {
                let path = format!("{}.xlsx", document.file_stem);
                sink.artifact(path.as_ref(), &mut |out| {
                    out.write_all(&of_the_year(document.drawn()).map_err(io::Error::other)?)
                })?;
            }
            return Ok(());
        }
        for document in documents(model, scope) {
            let path = format!("{}.xlsx", document.file_stem);
            sink.artifact(path.as_ref(), &mut |out| {
                // Names are fitted, texts are cut to what a cell takes, and rows are counted: only memory may be short.
                let bytes = workbook(model, scope, &document).map_err(io::Error::other)?;
                out.write_all(&bytes)
            })?;
        }
        Ok(())
    }
}

/// A workbook of forms of the year: a sheet a form, and one for what stands between them.
fn of_the_year(document: Drawn<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = empty(document.title)?;
    let mut styles = Styles::default();
    let mut names = SheetNames::keeping(&[]);
    let mut prose = Vec::new();
    for block in document.blocks {
        match &block {
            FormBlock::Form(sheet) => {
                let own = workbook.add_worksheet().set_name(names.fitted(&sheet.name))?;
                form::sheet(own, &sheet.heading, &sheet.tables, document.is_wide, &mut styles)?;
            }
            FormBlock::Table { caption, table } => {
                let own = workbook.add_worksheet().set_name(names.fitted(caption))?;
                form::sheet(own, caption, [&**table], document.is_wide, &mut styles)?;
            }
            FormBlock::Part { .. }
            | FormBlock::Heading(_)
            | FormBlock::Ordinal(_)
            | FormBlock::Paragraph { .. }
            | FormBlock::Project(_) => prose.push(block),
        }
    }
    if !prose.is_empty() {
        let sheet = workbook.add_worksheet().set_name(names.fitted(document.title))?;
        form::prose(sheet, document.title, &prose, None, &mut styles)?;
    }
    workbook.save_to_buffer()
}

/// A workbook without a sheet. Its date is fixed.
fn empty(title: &str) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&created));
    Ok(workbook)
}

fn workbook(model: &Model, scope: Scope, document: &Official<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = empty(&document.title)?;
    let mut styles = Styles::default();
    let mut names = SheetNames::keeping(&[ALL_INDICATORS, CHOICES]);
    let prose = document.front();
    if prose.len() > 1 {
        let name = form::parts(&prose).next().unwrap_or(&document.title);
        let sheet = workbook.add_worksheet().set_name(names.fitted(name))?;
        // The last part has the projects: its heading stands on no sheet.
        let left_out = form::parts(&prose).next_back();
        form::prose(sheet, &document.title, &prose, left_out, &mut styles)?;
    }
    let widths = document.widths();
    for (number, id, one) in document.projects() {
        let name = format!("{number}.{}", one.name.value);
        let sheet = workbook.add_worksheet().set_name(names.fitted(&name))?;
        let tables = document.tables(number, id, one, &widths);
        let drawn = tables.drawn();
        form::sheet(sheet, &tables.heading, drawn.iter().map(|table| &**table), false, &mut styles)?;
    }
    let table = Flat::new(model, scope.within(document.id), Scope::Department(document.id));
    all_indicators::write(&mut workbook, &table, standard_of(model, document.id), &mut styles)?;
    workbook.save_to_buffer()
}

/// The sheet of all indicators, and the hidden one of what may be chosen there.
const ALL_INDICATORS: &str = "全部指标";
const CHOICES: &str = "选项";
