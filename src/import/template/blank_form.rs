//! A form that nobody has filled in yet: labels alone. The names of its project and of the indicators are put where they
//! belong, with their targets; so all the rest is filled in as in any other form.

use std::collections::BTreeMap;

use super::cell_edit::CellEdit;
use super::file::TemplateFile;
use super::grid::{FormGrid, FormGridCell, RowName, Spot};
use crate::diagnostic::Diagnostic;
use crate::import::account::Cells;
use crate::import::kind::{self, FileKind};
use crate::import::read;
use crate::import::recognise::draft::ProjectDraft;
use crate::import::recognise::lexicon::{Content, LabelRoom, Lexicon, key_of};
use crate::import::recognise::office;
use crate::import::{Importing, declared, library};
use crate::model::standard::Standard;
use crate::model::{Indicator, Model, Project, ProjectId, print};

/// A form with what it is known by.
pub(super) struct NamedForm {
    pub bytes: Vec<u8>,
    /// How many cells were written.
    pub cells: usize,
}

/// Whether a file is a blank form with a place for the name of a project, so that it serves any of them.
///
/// # Errors
/// JX601, JX602 and JX604 where it cannot be read.
pub fn is_blank(name: &str, bytes: &[u8], options: &Importing) -> Result<bool, Diagnostic> {
    let (kind, _) = kind::readable(name, bytes)?;
    if !matches!(kind, FileKind::Docx | FileKind::Xlsx) {
        return Ok(false);
    }
    let lexicon = lexicon(options);
    let reading = office::read(read::document(kind, name, bytes)?, &lexicon);
    let says_one = |one: &ProjectDraft| one.code.is_some() || one.name.is_some() || !one.indicators.is_empty();
    let form = BlankForm { cells: &reading.cells, grid: FormGrid::of(&reading.cells), lexicon: &lexicon };
    Ok(!reading.draft.projects.iter().any(says_one) && form.spot_beside(Content::Name).is_some())
}

fn lexicon(options: &Importing) -> Lexicon {
    let standards = library(&options.standards, None).0.standards;
    Lexicon::new(&standards, &declared(&options.standards))
}

/// Writes the names into a blank form of one project; none where the form is not blank, or it is not clear what it is for.
///
/// # Errors
/// JX602 and JX604 where it cannot be read.
pub(super) fn named(
    kind: FileKind,
    name: &str,
    bytes: &[u8],
    options: &Importing,
    model: &Model,
    only: Option<ProjectId>,
) -> Result<Option<NamedForm>, Diagnostic> {
    let project = match (only, &model.projects[..]) {
        (Some(id), _) => &model[id],
        (None, [project]) => project,
        (None, _) => return Ok(None),
    };
    let lexicon = lexicon(options);
    let reading = office::read(read::document(kind, name, bytes)?, &lexicon);
    let known = &reading.draft.projects;
    if known.len() > 1 || known.iter().any(|one| !one.indicators.is_empty()) {
        return Ok(None);
    }
    let form = BlankForm { cells: &reading.cells, grid: FormGrid::of(&reading.cells), lexicon: &lexicon };
    let mut written = form.head(model, project);
    written.extend(form.rows(project, &model[project.standard]));
    let mut paper = TemplateFile::read(kind, name, bytes)?;
    let mut cells = 0;
    for (spot, text) in written.into_iter().filter(|(_, text)| !text.is_empty()) {
        let part = 0..spot.was.len();
        cells += usize::from(paper.write(&spot.place, &CellEdit { was: &spot.was, part, text }).is_ok());
    }
    if cells == 0 {
        return Ok(None);
    }
    // What was packed once can be packed again.
    Ok(paper.finish(bytes).ok().map(|bytes| NamedForm { bytes, cells }))
}

struct BlankForm<'a> {
    cells: &'a Cells,
    grid: FormGrid,
    lexicon: &'a Lexicon,
}

impl BlankForm<'_> {
    /// The blank cell beside the first label of a content.
    fn spot_beside(&self, content: Content) -> Option<Spot> {
        let says = |cell: &u32| self.lexicon.find(LabelRoom::Project, &self.cells.get(*cell).text) == Some(content);
        (0..self.cells.len()).filter(says).find_map(|cell| self.grid.blank_beside(self.cells, cell))
    }

    /// By what a project and its department are known, in the blank cells beside their labels.
    fn head(&self, model: &Model, project: &Project) -> Vec<(Spot, String)> {
        let mut written: BTreeMap<&str, (Spot, String)> = BTreeMap::new();
        for cell in 0..self.cells.len() {
            let found = self.lexicon.find(LabelRoom::Project, &self.cells.get(cell).text);
            let said = match found {
                Some(Content::Name) => Some(("name", project.name.value.to_string())),
                Some(Content::Code) => project.code.as_ref().map(|code| ("code", code.value.to_string())),
                Some(Content::DepartmentName) => {
                    project.department.map(|id| ("department", model[id].name.value.to_string()))
                }
                _ => None,
            };
            if let (Some((what, text)), Some(spot)) = (said, self.grid.blank_beside(self.cells, cell)) {
                written.entry(what).or_insert((spot, text));
            }
        }
        written.into_values().collect()
    }

    /// The indicators of a project in the blank rows of their categories.
    fn rows(&self, project: &Project, standard: &Standard) -> Vec<(Spot, String)> {
        let mut written = Vec::new();
        let mut left: Vec<&Indicator> = project.indicators.iter().collect();
        let mut columns: BTreeMap<u32, Content> = BTreeMap::new();
        let mut levels = [String::new(), String::new()];
        let mut table = None;
        for (row, cells) in self.grid.all() {
            if table.as_ref() != Some(&row.0) {
                (table, columns) = (Some(row.0.clone()), BTreeMap::new());
            }
            let headings = self.headings(cells);
            if headings.values().any(|content| *content == Content::Indicator) {
                (columns, levels) = (headings, Default::default());
                continue;
            }
            let Some(spot) = self.blank(row, &columns, Content::Indicator) else { continue };
            for (level, content) in levels.iter_mut().zip([Content::Category, Content::Subcategory]) {
                let column = columns.iter().find(|(_, one)| **one == content).map(|(column, _)| *column);
                let own = cells.iter().find(|one| Some(one.column) == column && !one.is_blank && !one.continues);
                if let Some(own) = own {
                    *level = key_of(&self.cells.get(own.cell).text).text;
                }
            }
            let is_here = |one: &&Indicator| {
                let Some(id) = one.category else { return false };
                let second = standard.subcategory(id).map(|one| key_of(&one.name).text);
                let is_second = second.as_ref().is_none_or(|second| *second == levels[1] || levels[1].is_empty());
                key_of(&standard.category(id).name).text == levels[0] && is_second
            };
            let Some(at) = left.iter().position(is_here) else { continue };
            let indicator = left.remove(at);
            written.push((spot, indicator.name.value.to_string()));
            if let Some(whole) = self.blank(row, &columns, Content::Target) {
                let parts = [Content::Nature, Content::Value].map(|one| self.blank(row, &columns, one));
                if parts.iter().all(Option::is_none) {
                    written.push((whole, print::target_cell(indicator, standard)));
                    continue;
                }
            }
            let printed = print::printed(&indicator.target.value, standard);
            let unit = printed.unit.clone();
            for (content, text) in
                [(Content::Nature, printed.nature), (Content::Value, printed.value), (Content::Measure, unit)]
            {
                // 指标值 beside 指标性质 is the number.
                let spot = self.blank(row, &columns, content);
                let number = || self.blank(row, &columns, Content::Target).filter(|_| content == Content::Value);
                written.extend(spot.or_else(number).map(|spot| (spot, text)));
            }
        }
        written
    }

    /// What stands under the cells of a row, where it is a row of headings.
    fn headings(&self, cells: &[FormGridCell]) -> BTreeMap<u32, Content> {
        let said = cells.iter().filter(|one| !one.is_blank && !one.continues);
        let found = said.filter_map(|one| {
            Some((one.column, self.lexicon.find(LabelRoom::Columns, &self.cells.get(one.cell).text)?))
        });
        found.collect()
    }

    fn blank(&self, row: &RowName, columns: &BTreeMap<u32, Content>, content: Content) -> Option<Spot> {
        let (column, _) = columns.iter().find(|(_, one)| **one == content)?;
        self.grid.blank_at(self.cells, row, *column)
    }
}
