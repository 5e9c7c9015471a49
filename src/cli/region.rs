//! Of which region and year the tables for engines are: told, or what all that say it agree on; never guessed.

use super::Failure;
use super::output::{Terminal, cannot};
use crate::backend::tables::{RegionsOfCodes, StatedYears};
use crate::diagnostic::{Code, Diagnostic, Text, texts};
use crate::model::Model;

/// The format whose files are told apart by year and region.
const FORMAT: &str = "parquet";
/// A code of a region is a part of a file's name, and no longer than those of villages.
const MOST_SIGNS: usize = 12;
/// So many departments are named.
const FEW: usize = 3;

/// Of which region and year tables are; none where no tables are written.
#[derive(Default)]
pub struct PlaceOfTables {
    pub region: Option<String>,
    /// Of what states none.
    pub year: Option<u16>,
}

/// What departments and codes say of it.
#[derive(Default)]
pub struct StatedPlaces {
    regions: RegionsOfCodes,
    pub years: StatedYears,
}

impl StatedPlaces {
    pub fn of(model: &Model) -> Self {
        Self { regions: RegionsOfCodes::of(model), years: StatedYears::of(model) }
    }

    /// Adds what another part of the workspace says.
    pub fn add(&mut self, model: &Model) {
        self.regions.add(model);
        self.years.add(model);
    }
}

/// # Errors
/// JX911 where a region is not one, where none or several are named, and where something has no year.
pub fn of_tables(
    told: Option<&str>,
    year: Option<u16>,
    wanted: &[String],
    said: &StatedPlaces,
    terminal: &Terminal,
) -> Result<PlaceOfTables, Failure> {
    if let Some(told) = told {
        let is_code = told.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_code || told.is_empty() || told.len() > MOST_SIGNS {
            return Err(cannot(Code::JX911, texts::region_is_no_code(told)));
        }
    }
    if !wanted.iter().any(|name| name == FORMAT) {
        return Ok(PlaceOfTables::default());
    }
    let region = Some(region(told, &said.regions)?);
    let stated = &said.years;
    if stated.is_any_outside {
        return Err(told_with(texts::tables_outside_departments(), texts::tables_outside_departments_help()));
    }
    let names = &stated.without;
    if names.is_empty() {
        return Ok(PlaceOfTables { region, year: None });
    }
    let shown = names.iter().take(FEW).cloned().collect::<Vec<_>>().join("、");
    let shown = if names.len() > FEW { format!("{shown}…（{}）", names.len()) } else { shown };
    let Some(year) = year.or(stated.only()) else {
        return Err(told_with(texts::tables_without_year(shown), texts::tables_without_year_help()));
    };
    terminal.note(&texts::tables_in_year(shown, u32::from(year)));
    Ok(PlaceOfTables { region, year: Some(year) })
}

/// The region that is told, else the only one that codes name.
fn region(told: Option<&str>, regions: &RegionsOfCodes) -> Result<String, Failure> {
    if let Some(one) = told.or(regions.only()) {
        return Ok(one.to_owned());
    }
    if regions.0.is_empty() {
        return Err(told_with(texts::tables_without_region(), texts::tables_without_region_help()));
    }
    let shown = regions.0.iter().map(|(region, count)| format!("{region}（{count}）")).collect::<Vec<_>>();
    Err(told_with(texts::tables_of_regions(shown.join("、")), texts::tables_of_regions_help()))
}

fn told_with(message: Text, help: Text) -> Failure {
    Failure::Told(Diagnostic::without_place(Code::JX911, message).help(help))
}
