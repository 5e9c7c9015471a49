//! A document in its own form, filled in again: what the targets say now stands where the same facts stood before, and
//! every other byte of the file stays.
//!
//! The document is imported, so that each of its cells is known by its fact. Its projects and indicators are paired with
//! those of the targets; a fact that is the same leaves its cell alone, another is written in the words of the cell. Rows of
//! indicators that came are copies of a neighbour's, rows of those that are gone go.

mod blank_form;
mod causes;
mod cell_edit;
mod fields;
mod file;
mod grid;
mod numbers;
mod of_day;
mod of_project;
mod of_year;
mod pairing;
mod word;
mod word_reader;
mod wording;
mod workbook;

use std::collections::{BTreeMap, BTreeSet};

use super::account::{CellPiece, Use};
use super::document::{DocumentPlace, Remark};
use super::kind::{self, FileKind};
use super::recognise::draft::{DepartmentDraft, IndicatorDraft, ProjectDraft, Reading};
use super::recognise::lexicon::{Content, Lexicon};
use super::recognise::year_content::YearContent;
use super::{Importing, imported};
use crate::diagnostic::{Code, Diagnostic, Text, texts};
use crate::language::Field;
use crate::model::calendar::Date;
use crate::model::standard::Standard;
use crate::model::year::SnapshotKind;
use crate::model::year::fingerprint::said_target;
use crate::model::{CategoryId, Department, DepartmentId, Indicator, Model, Project, ProjectId, SubGoal, print, text};
pub use blank_form::is_blank;
use cell_edit::{CellEdit, Unwritable};
use file::TemplateFile;
use grid::{CellEdits, FormGrid, Repeated, TableName, row_of};
use of_day::ProjectOfDay;
use of_year::{ReportPair, Reported, Scores};
use pairing::paired_rows;

/// A template that was filled in.
#[derive(Debug)]
pub struct Filled {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// What was not written, and why.
    pub told: Vec<Remark>,
    /// How many cells say something else than before.
    pub cells: usize,
    /// Rows that came, and rows that went.
    pub rows: [usize; 2],
    /// The projects that the template has a form for.
    pub projects: BTreeSet<ProjectId>,
    /// Of forms of the year: the indicators of their day, and what their targets asked for then.
    pub in_force: BTreeMap<ProjectId, BTreeMap<String, String>>,
}

/// Fills a template with what a model says. Facts in `kept` stay as they are: what was written for them did not come back.
///
/// # Errors
/// Those of an import; JX601 for a file that is neither docx nor xlsx.
pub fn fill(name: &str, bytes: &[u8], options: &Importing, model: &Model) -> Result<Filled, Diagnostic> {
    filled(name, bytes, options, model, None)
}

/// Fills a blank form with what a model says of one of its projects.
///
/// # Errors
/// Those of [`fill`].
pub fn fill_for(
    name: &str,
    bytes: &[u8],
    options: &Importing,
    model: &Model,
    project: ProjectId,
) -> Result<Filled, Diagnostic> {
    filled(name, bytes, options, model, Some(project))
}

fn filled(
    name: &str,
    bytes: &[u8],
    options: &Importing,
    model: &Model,
    only: Option<ProjectId>,
) -> Result<Filled, Diagnostic> {
    let (kind, _) = kind::readable(name, bytes)?;
    if !matches!(kind, FileKind::Docx | FileKind::Xlsx) {
        return Err(Diagnostic::without_place(Code::JX601, texts::template_of_other_kind(name, kind.shown()))
            .help(texts::template_kinds()));
    }
    let of_blank = blank_form::named(kind, name, bytes, options, model, only)?;
    let (bytes, names) = of_blank.as_ref().map_or((bytes, 0), |form| (&*form.bytes, form.cells));
    let template = imported(name, bytes, options)?;
    let mut paper = TemplateFile::read(kind, name, bytes)?;
    let reading = &template.reading;
    let grid = FormGrid::of(&reading.cells);
    let lexicon = Lexicon::new(&template.model.standards, &[]);
    let mut filling = Filling {
        reading,
        old: &template.model,
        new: model,
        only,
        grid,
        lexicon: &lexicon,
        old_scores: of_year::scores(&template.model),
        new_scores: of_year::scores(model),
        all_rows: Vec::new(),
    };
    filling.all_rows = filling.known_rows();
    let mut outcome = FillOutcome::default();
    let pairs = filling.projects(&mut outcome);
    let mut edits = CellEdits::default();
    // The form of another office stays what it is.
    if !pairs.is_empty() {
        filling.departments(&mut edits);
    }
    let mut reports = Vec::with_capacity(pairs.len());
    let mut days = Vec::with_capacity(pairs.len());
    for pair in &pairs {
        let reported = filling.reports(pair, &mut outcome);
        days.push(reported.as_ref().and_then(|reports| filling.of_day(pair, reports)));
        reports.push(reported);
    }
    for ((pair, day), reports) in pairs.iter().zip(&days).zip(reports) {
        let pair = &day.as_ref().map_or(*pair, |day| PairedProject { new: &day.project, day: Some(day), ..*pair });
        filling.project(pair, &mut edits);
        if let Some(reports) = &reports {
            filling.year(pair, reports, &mut edits);
        }
        filling.rows(pair, reports.as_ref(), &mut edits, &mut paper, &mut outcome);
    }
    filling.repeats(&mut edits, &mut outcome);
    for one in edits.finish() {
        match paper.write(&one.place, &one.edit()) {
            Ok(()) => outcome.cells += 1,
            Err(why) => outcome.tell(Some(one.place.clone()), texts::template_cell_kept(&one.what, why.text())),
        }
    }
    let damaged = |_| super::read::refusal::damaged(name, texts::reason_not_a_package());
    let projects = pairs.iter().map(|pair| pair.new_id).collect();
    let FillOutcome { told, cells, rows } = outcome;
    let bytes = if cells == 0 && rows == [0, 0] { bytes.to_vec() } else { paper.finish(bytes).map_err(damaged)? };
    let in_force = pairs.iter().zip(&days).filter_map(|(pair, day)| {
        let rows = day.as_ref()?.in_force.indicators.iter().map(|one| {
            let said = said_target(&one.target.value, pair.new_standard, None);
            (text::key(&one.indicator.name.value), said)
        });
        Some((pair.new_id, rows.collect()))
    });
    let in_force = in_force.collect();
    Ok(Filled { bytes, told, cells: cells + names, rows, projects, in_force })
}

/// What came of it, while it is filled in.
#[derive(Default)]
struct FillOutcome {
    told: Vec<Remark>,
    cells: usize,
    rows: [usize; 2],
}

impl FillOutcome {
    fn tell(&mut self, place: Option<DocumentPlace>, text: Text) {
        self.told.push(Remark { code: Code::JX613, place, text });
    }
}

/// The two sides, and what is known of the template.
struct Filling<'a> {
    reading: &'a Reading,
    old: &'a Model,
    new: &'a Model,
    /// The project that a blank form is filled for, where there are several.
    only: Option<ProjectId>,
    grid: FormGrid,
    lexicon: &'a Lexicon,
    old_scores: Scores<'a>,
    new_scores: Scores<'a>,
    all_rows: Vec<KnownRow<'a>>,
}

/// A row of an indicator in the template.
struct KnownRow<'a> {
    draft: &'a IndicatorDraft,
    table: Option<TableName>,
    /// The nature of its target as tables print it.
    nature: String,
}

/// A project of the template, and what it is now.
#[derive(Clone, Copy)]
struct PairedProject<'a> {
    draft: &'a ProjectDraft,
    old_id: ProjectId,
    new_id: ProjectId,
    old: &'a Project,
    new: &'a Project,
    /// In a form of the year: as it is in force on its day.
    day: Option<&'a ProjectOfDay<'a>>,
    old_standard: &'a Standard,
    new_standard: &'a Standard,
}

/// A row of the template, and the indicator that stands there now.
struct PairedRow<'a> {
    draft: &'a IndicatorDraft,
    old_index: u32,
    new_index: u32,
    old: &'a Indicator,
    new: &'a Indicator,
}

impl<'a> Filling<'a> {
    fn paired(&self, draft: &'a ProjectDraft, old_id: ProjectId, new_id: ProjectId) -> PairedProject<'a> {
        let (old, new) = (&self.old[old_id], &self.new[new_id]);
        PairedProject {
            draft,
            old_id,
            new_id,
            old,
            new,
            day: None,
            old_standard: &self.old[old.standard],
            new_standard: &self.new[new.standard],
        }
    }

    /// The departments of the template, each with what it is now.
    fn paired_departments(&self) -> Vec<Option<DepartmentId>> {
        let (old, new) = (&self.old.departments, &self.new.departments);
        let find = |one: &Department| {
            let name = text::key(&one.name.value);
            let by_name = new.iter().position(|other| text::key(&other.name.value) == name);
            let code = one.code.as_ref().map(|code| &code.value);
            by_name.or_else(|| {
                new.iter().position(|other| code.is_some() && other.code.as_ref().map(|code| &code.value) == code)
            })
        };
        let mut found: Vec<Option<usize>> = old.iter().map(find).collect();
        if let ([one], 1) = (&mut found[..], new.len()) {
            *one = Some(0);
        }
        found.into_iter().map(|index| index.map(|index| DepartmentId(index as u32))).collect()
    }

    fn drafts(&self) -> impl Iterator<Item = (ProjectId, &'a ProjectDraft)> + use<'a> {
        let draft = &self.reading.draft;
        let projects = (0..).map(ProjectId).zip(&draft.projects);
        let wholes = draft.wholes.iter().map(|one| (ProjectId::of_whole(DepartmentId(one.department as u32)), one));
        projects.chain(wholes)
    }

    fn known_rows(&self) -> Vec<KnownRow<'a>> {
        let mut rows = Vec::new();
        for (id, draft) in self.drafts() {
            let is_there = id.whole_of().is_none_or(|department| self.old.whole_of(Some(department)).is_some());
            if !is_there {
                continue;
            }
            let project = &self.old[id];
            let standard = &self.old[project.standard];
            for (index, row) in self.indicator_rows(id, draft) {
                let indicator = &project.indicators[index as usize];
                let table = row.name.as_ref().and_then(|name| row_of(&self.reading.cells.get(name.cell).place));
                let nature = print::printed(&indicator.target.value, standard).nature;
                rows.push(KnownRow { draft: row, table: table.map(|(table, _)| table), nature });
            }
        }
        rows
    }

    /// The rows of a project's indicators by the places of these in the project, as the account has them.
    fn indicator_rows(&self, id: ProjectId, draft: &'a ProjectDraft) -> Vec<(u32, &'a IndicatorDraft)> {
        let project = id.whole_of().is_none().then_some(id.0);
        let count = self.old[id].indicators.len();
        let index_of = |row: &IndicatorDraft| {
            let pieces = row.name.iter().chain(row.fields.iter().map(|(_, piece)| piece));
            pieces.into_iter().find_map(|piece| {
                let parts = self.reading.account.parts(piece.cell, &self.reading.cells);
                parts.into_iter().find_map(|(part, use_)| match use_ {
                    Some(Use::Placed(to))
                        if to.project == project
                            && part.bytes.start >= piece.bytes.start
                            && part.bytes.end <= piece.bytes.end =>
                    {
                        to.indicator
                    }
                    _ => None,
                })
            })
        };
        let rows = draft.indicators.iter().filter_map(|row| Some((index_of(row)?, row)));
        rows.filter(|(index, _)| (*index as usize) < count).collect()
    }

    /// What the two sides report of a project; none where the template is no form of the year, or nothing was reported.
    fn reports(&self, pair: &PairedProject<'a>, outcome: &mut FillOutcome) -> Option<ReportPair<'a>> {
        let old = Reported::of(self.old, pair.old_id, |_| true);
        let (kind, checkpoint) = old.occasion()?;
        let is_meant = |is_exact: bool| {
            Reported::of(self.new, pair.new_id, |one| {
                // Of whichever year: the template may be of the last.
                let day = |date: Option<Date>| date.map(|date| Date { year: None, ..date }.order());
                let is_same = day(one.checkpoint.as_ref().map(|date| date.value)) == day(checkpoint);
                one.kind == kind && (!is_exact || kind != SnapshotKind::Monitoring || is_same)
            })
        };
        let new = is_meant(true);
        if new.is_empty() {
            let word = match kind {
                SnapshotKind::Monitoring => crate::language::Keyword::Monitoring,
                SnapshotKind::SelfEvaluation => crate::language::Keyword::SelfEvaluation,
            };
            let (word, _) = crate::language::Block::declared_by(word).word();
            outcome.tell(None, texts::template_without_report(&*pair.new.name.value, word));
            return None;
        }
        Some(ReportPair { old, new })
    }

    /// The project on the day of a form of the year.
    fn of_day(&self, pair: &PairedProject<'a>, reports: &ReportPair<'_>) -> Option<ProjectOfDay<'a>> {
        let occasion = reports.new.occasion()?;
        let has_column = |content| self.reading.draft.columns.iter().any(|one| one.content == Content::OfYear(content));
        Some(ProjectOfDay::of(self.new, pair.new_id, occasion, has_column(YearContent::AdjustedTarget)))
    }

    /// The rows of a project's indicators: those that stay, those that came and those that are gone.
    fn rows(
        &self,
        pair: &PairedProject<'a>,
        reports: Option<&ReportPair<'_>>,
        edits: &mut CellEdits,
        paper: &mut TemplateFile,
        outcome: &mut FillOutcome,
    ) {
        let old_rows = self.indicator_rows(pair.old_id, pair.draft);
        let (news, left) = paired_rows(pair, &old_rows);
        let paired = |at: usize, new_index: usize| {
            let (old_index, draft) = old_rows[at];
            PairedRow {
                draft,
                old_index,
                new_index: new_index as u32,
                old: &pair.old.indicators[old_index as usize],
                new: &pair.new.indicators[new_index],
            }
        };
        let fill = |row: &PairedRow<'_>, edits: &mut CellEdits| {
            self.indicator(pair, row, edits);
            if let Some(reports) = reports {
                self.indicator_year(pair, row, reports, edits);
            }
        };
        for (new_index, at) in news.iter().enumerate() {
            if let Some(at) = at {
                fill(&paired(*at, new_index), edits);
            }
        }
        for (new_index, _) in news.iter().enumerate().filter(|(_, at)| at.is_none()) {
            let indicator = &pair.new.indicators[new_index];
            let path = |id: Option<CategoryId>| id.map(|id| pair.new_standard.category_path(id));
            let is_alike = |other: &usize| path(pair.new.indicators[*other].category) == path(indicator.category);
            let kept = |index: &usize| news[*index].is_some();
            let before = (0..new_index).rev().filter(kept);
            let after = (new_index + 1..news.len()).filter(kept);
            let like = before.clone().find(is_alike).or_else(|| after.clone().find(is_alike));
            let like = like.or_else(|| before.clone().next()).or_else(|| after.clone().next());
            let Some((like, at)) = like.and_then(|like| Some((like, news[like]?))) else {
                outcome.tell(
                    None,
                    texts::template_indicator_without_row(&*indicator.name.value, texts::template_not_found()),
                );
                continue;
            };
            let row = paired(at, new_index);
            let mut own = CellEdits::default();
            // A copy of what stands in the template, which becomes the new one.
            fill(&row, &mut own);
            if !is_alike(&like)
                && let Some(id) = indicator.category
            {
                let first = &pair.new_standard.category(id).name;
                let second = pair.new_standard.subcategory(id).map_or("", |one| one.name.as_str());
                self.category_cells(row.draft, [first, second], &mut own);
            }
            let finished: Vec<grid::FinishedEdit> = own.finish().collect();
            let of_row = |place: &DocumentPlace| {
                self.row_place(row.draft).as_ref().is_some_and(|row| row_of(place) == row_of(row))
            };
            let own: Vec<(DocumentPlace, CellEdit<'_>)> =
                finished.iter().filter(|one| of_row(&one.place)).map(|one| (one.place.clone(), one.edit())).collect();
            let of_first_level = |index: usize| {
                let id = pair.new.indicators[index].category?;
                Some(pair.new_standard.category(id).name.as_str())
            };
            let levels = [of_first_level(like) == of_first_level(new_index), is_alike(&like)];
            let shared = self.shared_cells(row.draft, levels);
            let Some(place) = self.row_place(row.draft) else { continue };
            match paper.add_row(&place, &own, &shared) {
                Ok(()) => outcome.rows[0] += 1,
                Err(why) => {
                    outcome
                        .tell(Some(place), texts::template_indicator_without_row(&*indicator.name.value, why.text()));
                }
            }
        }
        let gone: Vec<DocumentPlace> = left.iter().filter_map(|at| self.row_place(old_rows[*at].1)).collect();
        for at in left {
            let (old_index, draft) = old_rows[at];
            let name = &pair.old.indicators[old_index as usize].name.value;
            let Some(place) = self.row_place(draft) else { continue };
            match paper.remove_row(&place, &gone) {
                Ok(()) => outcome.rows[1] += 1,
                Err(Unwritable::FixedRows) => self.blank_row(draft, name, edits),
                Err(why) => outcome.tell(Some(place), texts::template_row_kept(&**name, why.text())),
            }
        }
    }

    /// The place of the name in a row.
    fn row_place(&self, draft: &IndicatorDraft) -> Option<DocumentPlace> {
        let place = &self.reading.cells.get(draft.name.as_ref()?.cell).place;
        row_of(place).is_some().then(|| place.clone())
    }

    /// The cells of a row's categories, where other rows of its table merge theirs: of those levels that a copy shares.
    fn shared_cells(&self, draft: &IndicatorDraft, levels: [bool; 2]) -> Vec<DocumentPlace> {
        let cells = &self.reading.cells;
        let Some((row, _)) = draft.name.as_ref().and_then(|name| self.grid.column_of(cells, name.cell)) else {
            return Vec::new();
        };
        let is_merged = |column: u32| {
            let of_table = self.all_rows.iter().filter(|known| known.table.as_ref() == Some(&row.0));
            let mut rows = of_table.filter_map(|known| self.grid.column_of(cells, known.draft.name.as_ref()?.cell));
            rows.any(|(name, _)| self.grid.row(&name).iter().any(|one| one.column == column && one.continues))
        };
        let own = [&draft.category, &draft.subcategory].into_iter().zip(levels).filter(|(_, is_shared)| *is_shared);
        let own = own.filter_map(|(piece, _)| {
            let piece: &CellPiece = piece.as_ref()?;
            let (own_row, column) = self.grid.column_of(cells, piece.cell)?;
            (own_row == row && is_merged(column)).then(|| cells.place(piece).clone())
        });
        own.collect()
    }

    /// Leaves nothing in the cells of a row that are its own.
    fn blank_row(&self, draft: &IndicatorDraft, name: &str, edits: &mut CellEdits) {
        let pieces = draft.name.iter().chain(draft.fields.iter().map(|(_, piece)| piece));
        for piece in pieces {
            edits.put_piece(&self.reading.cells, piece, Some(String::new()), name);
        }
    }

    /// What the document says of departments: names, years, goals.
    fn departments(&self, edits: &mut CellEdits) {
        for (index, (draft, new)) in self.reading.draft.departments.iter().zip(self.paired_departments()).enumerate() {
            let Some(new) = new else { continue };
            self.department(draft, &self.old.departments[index], &self.new[new], edits);
        }
    }

    fn department(&self, draft: &DepartmentDraft, old: &Department, new: &Department, edits: &mut CellEdits) {
        let cells = &self.reading.cells;
        let cell = |piece: &CellPiece| self.reading.text(piece).to_owned();
        if let Some(piece) = &draft.name {
            let words = wording::prose(&cell(piece), Some(&old.name.value), Some(&new.name.value));
            edits.put_piece(cells, piece, words, Field::Leaf.name);
        }
        if let (Some(piece), Some(old), Some(new)) = (&draft.code, &old.code, &new.code) {
            edits.put_piece(cells, piece, wording::prose(&cell(piece), Some(&old.value), Some(&new.value)), "编码");
        }
        let said = |one: &Department| one.overall_goal().map(|text| text.value.to_string());
        self.texts(&draft.overall_goal, said(old), said(new), Field::OverallGoal.name, edits);
        for (index, one) in draft.sub_goals.iter().enumerate() {
            let goal = |one: &SubGoal| Some(one.goal.as_ref()?.value.to_string());
            let Some(old) = old.sub_goals.get(index) else { continue };
            // Of one more or one less none is at its place: those that say the same are the same.
            let is_same = |other: &&SubGoal| goal(other).is_some() && goal(other) == goal(old);
            let at_place = new.sub_goals.get(index).filter(|_| new.sub_goals.len() == draft.sub_goals.len());
            let Some(new) = new.sub_goals.iter().find(is_same).or(at_place) else { continue };
            self.texts(&one.goal, goal(old), goal(new), Field::SubGoal.name, edits);
            let names = |one: &SubGoal| one.indicators.iter().map(|one| one.indicator.to_string()).collect::<Vec<_>>();
            let (old, new) = (names(old), names(new));
            for (piece, (old, new)) in one.indicators.iter().zip(old.iter().zip(&new)) {
                edits.put_piece(cells, piece, wording::prose(&cell(piece), Some(old), Some(new)), Field::SubGoal.name);
            }
        }
        for one in &draft.safeguards {
            let name = text::key(&cell(&one.name));
            let said = |department: &Department| {
                let found = department.safeguards.iter().find(|known| text::key(&known.name.value) == name);
                Some(found?.text.as_ref()?.value.to_string())
            };
            self.texts(&one.text, said(old), said(new), Field::Safeguard.name, edits);
        }
        self.years(old, new, edits);
    }

    /// What the document says a second time, where it is clear what that is.
    fn repeats(&self, edits: &mut CellEdits, outcome: &mut FillOutcome) {
        let cells = &self.reading.cells;
        let mut unclear = Vec::new();
        for cell in 0..cells.len() {
            for (piece, use_) in self.reading.account.parts(cell, cells) {
                if use_ != Some(Use::Repeat) || edits.is_written(cells.place(&piece)) {
                    continue;
                }
                let text = self.reading.text(&piece);
                match edits.said_again(text) {
                    Repeated::Becomes(new) => {
                        let new = Some(new.to_owned());
                        edits.put_piece(cells, &piece, new, Field::Leaf.name);
                    }
                    Repeated::Unclear => unclear.push((cells.place(&piece).clone(), text.to_owned())),
                    Repeated::Stays => {}
                }
            }
        }
        for (place, text) in unclear {
            outcome.tell(Some(place), texts::template_repeat_kept(text));
        }
    }

    /// The year wherever the form names it: in titles, headings and labels.
    fn years(&self, old: &Department, new: &Department, edits: &mut CellEdits) {
        let (Some(old), Some(new)) = (&old.year, &new.year) else { return };
        if old.value == new.value {
            return;
        }
        let (old, new) = (old.value.to_string(), new.value.to_string());
        let cells = &self.reading.cells;
        for cell in 0..cells.len() {
            for (piece, use_) in self.reading.account.parts(cell, cells) {
                let is_of_form = match use_ {
                    Some(Use::Furniture | Use::Repeat) => true,
                    Some(Use::Placed(to)) => to.field == Field::Year.name,
                    None => false,
                };
                let said = self.reading.text(&piece);
                let is_year = |at: usize| {
                    let behind = said[at + old.len()..].trim_start();
                    let is_named = behind.starts_with('年') || said.trim() == old;
                    let before = !said[..at].ends_with(|sign: char| sign.is_ascii_digit());
                    before && is_named
                };
                if is_of_form && said.match_indices(&old).any(|(at, _)| is_year(at)) {
                    edits.put_piece(cells, &piece, Some(said.replacen(&old, &new, 1)), Field::Year.name);
                }
            }
        }
    }
}
