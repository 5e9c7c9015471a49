//! Tables of departments that come one by one: the rows of each are kept aside as they come, and are put in the order of
//! their keys, a table after the other, once all are there.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::PathBuf;

use super::file::TableFile;
use super::kept::{RowsKept, read_rows};
use super::{VIEWS, common_folder, path, shared, write_views};
use crate::backend::tables::{KeysTaken, RegionsOfCodes, TABLES, TableContext, TableOffice, TableOffices, offices};
use crate::backend::{Aside, Departments, RenderOptions, Scope, Sink, Stream};
use crate::model::Model;

#[derive(Default)]
pub(super) struct ParquetStream {
    kept: KeptAside,
    offices: Vec<KeptOffice>,
    /// The first key of each year so far.
    first_keys: BTreeMap<u16, String>,
    /// What was found in no declaration, in the order in which it was found.
    nowhere: Vec<KeptOffice>,
    taken: KeysTaken,
    /// The region that was told, and those that codes name.
    region: Option<String>,
    regions: RegionsOfCodes,
    /// The folder that all files share; none before the first declaration.
    root: Option<String>,
}

/// Where the rows of a department lie.
struct KeptOffice {
    year: u16,
    key: String,
    start: u64,
    /// Behind the start, where those of each table end.
    ends: [u64; TABLES.len()],
}

impl KeptOffice {
    fn bytes(&self, table: usize) -> Range<u64> {
        let before = table.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.start + before..self.start + self.ends[table]
    }
}

impl Stream for ParquetStream {
    fn look(&mut self, model: &Model, options: &RenderOptions<'_>, _: &mut dyn Sink) -> io::Result<()> {
        self.regions.add(model);
        self.region = options.region.map(str::to_owned);
        if let Some(folder) = options.sources.and_then(|sources| common_folder(model, sources)) {
            let root = self.root.as_deref().map_or(folder, |root| shared(folder, root));
            self.root = Some(root.to_owned());
        }
        // Region and folder are put in when rows are written.
        let year = options.year.unwrap_or_default();
        let context = TableContext { region: "", year, review: options.review, sources: options.sources, root: "" };
        let TableOffices { years, nowhere } = offices(model, Scope::Workspace, context, &mut self.taken);
        if !nowhere.found.is_empty() {
            let kept = self.kept.office(&nowhere, options)?;
            self.nowhere.push(kept);
        }
        for mut office in years.into_iter().flat_map(|(_, offices)| offices) {
            // What the first says for its year is kept of each that may be it.
            office.is_first = self.first_keys.get(&office.year).is_none_or(|first| office.key < *first);
            if office.is_first {
                self.first_keys.insert(office.year, office.key.clone());
            }
            let kept = self.kept.office(&office, options)?;
            self.offices.push(kept);
        }
        Ok(())
    }

    fn names(&self) -> Vec<PathBuf> {
        let years = self.first_keys.keys();
        let tables = years.flat_map(|year| TABLES.iter().map(|table| path(table, *year, self.region())));
        tables.chain((!self.first_keys.is_empty()).then(|| VIEWS.into())).collect()
    }

    fn write(&mut self, _: &mut dyn Departments, _: &RenderOptions<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        self.offices.sort_by(|one, other| (one.year, &one.key).cmp(&(other.year, &other.key)));
        let Self { kept, offices, nowhere, region, regions, root, .. } = self;
        let region = region.as_deref().or(regions.only()).unwrap_or_default();
        let root = root.as_deref().unwrap_or_default();
        let mut nowhere = &nowhere[..];
        for offices in offices.chunk_by(|one, other| one.year == other.year) {
            let Some(first) = offices.first() else { continue };
            for (index, table) in TABLES.iter().enumerate() {
                sink.artifact(&path(table, first.year, region), &mut |out| {
                    let mut file = TableFile::new(table)?;
                    let mut seq = 0;
                    for one in nowhere {
                        read_rows(&kept.bytes(one, index)?, table.columns.len(), &mut |cells| {
                            seq += 1;
                            table.place_nowhere(cells, first.year, seq);
                            table.place_row(cells, region, root);
                            file.row(cells, out)
                        })?;
                    }
                    let said = if table.is_of_year() { &offices[..1] } else { offices };
                    for office in said {
                        read_rows(&kept.bytes(office, index)?, table.columns.len(), &mut |cells| {
                            table.place_row(cells, region, root);
                            file.row(cells, out)
                        })?;
                    }
                    file.finish(out)
                })?;
            }
            nowhere = &[];
        }
        if self.offices.is_empty() { Ok(()) } else { write_views(sink) }
    }
}

impl ParquetStream {
    fn region(&self) -> &str {
        self.region.as_deref().or(self.regions.only()).unwrap_or_default()
    }
}

/// Rows that are kept aside, one department behind the other.
#[derive(Default)]
struct KeptAside {
    /// None before the first.
    aside: Option<Box<dyn Aside>>,
    end: u64,
}

impl KeptAside {
    fn office(&mut self, office: &TableOffice<'_>, options: &RenderOptions<'_>) -> io::Result<KeptOffice> {
        let mut bytes = Vec::new();
        let ends = TABLES.each_ref().map(|table| {
            let mut rows = RowsKept::default();
            (table.rows)(office, &mut |cells| rows.add(cells));
            bytes.append(&mut rows.bytes);
            bytes.len() as u64
        });
        let aside = match &mut self.aside {
            Some(aside) => aside,
            none => none.insert(match options.room {
                Some(room) => room.aside()?,
                None => Box::new(Cursor::new(Vec::new())),
            }),
        };
        aside.write_all(&bytes)?;
        let start = self.end;
        self.end += bytes.len() as u64;
        Ok(KeptOffice { year: office.year, key: office.key.clone(), start, ends })
    }

    /// The rows of a department in one of the tables.
    fn bytes(&mut self, office: &KeptOffice, table: usize) -> io::Result<Vec<u8>> {
        let place = office.bytes(table);
        let mut bytes = vec![0; usize::try_from(place.end - place.start).map_err(io::Error::other)?];
        if let Some(aside) = self.aside.as_mut().filter(|_| !bytes.is_empty()) {
            aside.seek(SeekFrom::Start(place.start))?;
            aside.read_exact(&mut bytes)?;
        }
        Ok(bytes)
    }
}
