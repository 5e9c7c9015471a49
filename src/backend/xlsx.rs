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

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::official::{Block, Official, documents};
use super::{Artifact, Backend, Options, flat};
use crate::model::{DepartmentId, Model};
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

    fn render(&self, model: &Model, _: &Options<'_>) -> Vec<Artifact> {
        let groups = model.groups();
        let artifact = |(document, id): (Official, Option<DepartmentId>)| Artifact {
            path: format!("{}.xlsx", document.file_stem).into(),
            // Invariant: names are fitted, texts are cut to what a cell takes, and rows are counted: nothing is refused.
            bytes: workbook(model, id, &document).expect("a workbook is written to memory"),
        };
        documents(model).into_iter().zip(groups).map(artifact).collect()
    }
}

fn workbook(model: &Model, id: Option<DepartmentId>, document: &Official) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_title(&document.title).set_creation_datetime(&created));
    let mut styles = Styles::default();
    let mut names = SheetNames::keeping(&[ALL_INDICATORS, CHOICES]);
    let prose: Vec<&Block> = document.blocks.iter().take_while(|block| !is_part_of_projects(block)).collect();
    if prose.len() > 1 {
        let name = prose.iter().find_map(|block| match block {
            Block::Part { name, .. } => Some(name.as_str()),
            Block::Heading(_) | Block::Ordinal(_) | Block::Paragraph { .. } | Block::Project(_) => None,
        });
        let sheet = workbook.add_worksheet().set_name(names.fitted(name.unwrap_or(&document.title)))?;
        form::overall(sheet, document, &prose, &mut styles)?;
    }
    for block in &document.blocks {
        if let Block::Project(tables) = block {
            let sheet = workbook.add_worksheet().set_name(names.fitted(&project_name(model, tables)))?;
            form::project(sheet, tables, &mut styles)?;
        }
    }
    all_indicators::write(
        &mut workbook,
        &flat::table(model, &[id]),
        super::official::standard_of(model, id),
        &mut styles,
    )?;
    workbook.save_to_buffer()
}

/// The sheet of all indicators, and the hidden one of what may be chosen there.
const ALL_INDICATORS: &str = "全部指标";
const CHOICES: &str = "选项";

/// The last part of a document has the projects; what stands before it is prose.
fn is_part_of_projects(block: &Block) -> bool {
    matches!(block, Block::Project(_))
}

/// `1.劳务派遣人员报酬经费`
fn project_name(model: &Model, tables: &super::official::ProjectTables) -> String {
    let number = tables.heading.split('.').next().unwrap_or_default();
    format!("{number}.{}", model[tables.id].name.value)
}
