//! `--to parquet`: tables for engines, a file a table, a year and a region. No clock, path or host is in them: the same
//! texts give the same bytes.
//!
//! A file holds the rows of one row group and no more: departments are appended one by one, by the key of each.

mod file;
mod kept;
mod stream;

use std::io;
use std::path::PathBuf;

use super::tables::{
    EngineTable, KeysTaken, RegionsOfCodes, StatedYears, TABLES, TableContext, TableOffices, offices, views,
};
use super::{Backend, RenderOptions, Scope, Sink, Stream};
use crate::model::Model;
use crate::model::standard::year_form::YearForm;
use crate::model::year::Occasion;
use crate::source::Sources;
use file::TableFile;
use stream::ParquetStream;

/// What the views are written to.
const VIEWS: &str = "views.sql";

pub struct Parquet;

impl Backend for Parquet {
    fn name(&self) -> &'static str {
        "parquet"
    }

    fn holds(&self, _: YearForm) -> bool {
        // What was reported in the year has tables of its own.
        false
    }

    fn is_default(&self) -> bool {
        false
    }

    fn render(&self, model: &Model, scope: Scope, options: &RenderOptions<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        let regions = RegionsOfCodes::of(model);
        let region = options.region.or(regions.only()).unwrap_or_default();
        let root = options.sources.and_then(|sources| common_folder(model, sources)).unwrap_or_default();
        let year = options.year.or(StatedYears::of(model).only()).unwrap_or_default();
        let context = TableContext { region, year, review: options.review, sources: options.sources, root };
        let TableOffices { years, nowhere } = offices(model, scope, context, &mut KeysTaken::new());
        for (index, (year, offices)) in years.iter().enumerate() {
            let nowhere = (index == 0).then_some(&nowhere);
            for table in &TABLES {
                sink.artifact(&path(table, *year, region), &mut |out| {
                    let mut file = TableFile::new(table)?;
                    for office in nowhere.into_iter().chain(offices) {
                        file.department(office, out)?;
                    }
                    file.finish(out)
                })?;
            }
        }
        if years.is_empty() { Ok(()) } else { write_views(sink) }
    }

    fn stream(&self) -> Option<Box<dyn Stream + '_>> {
        Some(Box::new(ParquetStream::default()))
    }
}

/// The file of a table.
fn path(table: &EngineTable, year: u16, region: &str) -> PathBuf {
    let name = if region.is_empty() { format!("{year:04}") } else { format!("{year:04}-{region}") };
    PathBuf::from(table.name).join(format!("{name}.parquet"))
}

fn write_views(sink: &mut dyn Sink) -> io::Result<()> {
    sink.artifact(VIEWS.as_ref(), &mut |out| out.write_all(views().as_bytes()))
}

/// The folder that the files of all declarations lie in, with the sign behind it: how a run was called is not published.
/// None where nothing is declared.
fn common_folder<'a>(model: &Model, sources: &'a Sources) -> Option<&'a str> {
    let heads = model.departments.iter().map(|one| one.span).chain(model.projects.iter().map(|one| one.span));
    let year = model.groups().flat_map(|id| model.record(id).occasions.iter().map(Occasion::span));
    let folders = heads.chain(year).map(|span| {
        let path = &*sources.get(span.file).path;
        path.rfind('/').map_or("", |end| &path[..=end])
    });
    folders.reduce(shared)
}

/// The folders that two paths begin with.
fn shared<'a>(one: &'a str, other: &str) -> &'a str {
    let mut parts = one.split_inclusive('/').zip(other.split_inclusive('/'));
    let same = parts.by_ref().take_while(|(one, other)| one == other).map(|(one, _)| one.len());
    &one[..same.sum()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_shared_part_by_part() {
        for (one, other, both) in [
            ("/home/甲/县/教育局/", "/home/甲/县/教体局/", "/home/甲/县/"),
            ("县/", "县/", "县/"),
            ("县/", "县城/", ""),
            ("", "县/", ""),
            ("../县/局/", "../县/", "../县/"),
        ] {
            assert_eq!(shared(one, other), both);
        }
    }
}
