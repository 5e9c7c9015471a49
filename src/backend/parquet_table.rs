//! `--to parquet`: tables for engines, a file a table, a year and a region. No clock, path or host is in them: the same
//! texts give the same bytes.
//!
//! A file holds the rows of one row group and no more: departments are appended one by one, by the key of each.

mod file;

use std::io;
use std::path::PathBuf;

use super::tables::{RegionsOfCodes, StatedYears, TABLES, TableContext, offices, views};
use super::{Backend, RenderOptions, Scope, Sink};
use crate::model::Model;
use crate::model::standard::year_form::YearForm;
use crate::model::year::Occasion;
use crate::source::Sources;
use file::TableFile;

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
        let root = options.sources.map(|sources| common_folder(model, sources)).unwrap_or_default();
        let year = options.year.or(StatedYears::of(model).only()).unwrap_or_default();
        let context = TableContext { region, year, review: options.review, sources: options.sources, root };
        let years = offices(model, scope, context);
        for (year, offices) in &years {
            for table in &TABLES {
                let name = if region.is_empty() { format!("{year:04}") } else { format!("{year:04}-{region}") };
                let path = PathBuf::from(table.name).join(format!("{name}.parquet"));
                sink.artifact(&path, &mut |out| {
                    let mut file = TableFile::new(table)?;
                    for office in offices {
                        file.department(office, out)?;
                    }
                    file.finish(out)
                })?;
            }
        }
        if !years.is_empty() {
            sink.artifact("views.sql".as_ref(), &mut |out| out.write_all(views().as_bytes()))?;
        }
        Ok(())
    }
}

/// The folder that the files of all declarations lie in, with the sign behind it: how a run was called is not published.
fn common_folder<'a>(model: &Model, sources: &'a Sources) -> &'a str {
    let heads = model.departments.iter().map(|one| one.span).chain(model.projects.iter().map(|one| one.span));
    let year = model.groups().flat_map(|id| model.record(id).occasions.iter().map(Occasion::span));
    let folders = heads.chain(year).map(|span| {
        let path = &*sources.get(span.file).path;
        path.rfind('/').map_or("", |end| &path[..=end])
    });
    folders.reduce(shared).unwrap_or_default()
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
