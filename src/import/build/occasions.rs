//! What happened in the year, as declarations: one a checkpoint, one the self-evaluation, one an adjustment.

use super::of_year::{ProjectYear, StatedFigure};
use crate::backend::source_text;
use crate::diagnostic::texts;
use crate::import::recognise::draft::Reading;
use crate::model::calendar::Date;
use crate::model::year::tie::tie;
use crate::model::year::{Adjustment, AdjustmentChange, Occasion, Snapshot};
use crate::model::{DepartmentId, Model, ProjectId};
use crate::source::{Span, Spanned};

/// Puts the years of projects into the records of their departments, ties them to what they name and gives the values
/// their types. The figures to be compared, by their projects.
pub fn put(
    model: &mut Model,
    years: Vec<(ProjectId, ProjectYear)>,
    place: Span,
    reading: &mut Reading,
) -> Vec<(ProjectId, StatedFigure)> {
    let mut stated = Vec::new();
    let mut of_departments: Vec<DepartmentYear> = model.departments.iter().map(|_| DepartmentYear::default()).collect();
    for (id, mut year) in years {
        let Some(department) = id.whole_of().or_else(|| model[id].department) else { continue };
        stated.extend(std::mem::take(&mut year.stated).into_iter().map(|figure| (id, figure)));
        of_departments[department.0 as usize].add(year, place);
    }
    for (index, of) in of_departments.into_iter().enumerate() {
        let id = DepartmentId(index as u32);
        let year = model[id].year.as_ref().map(|year| year.value);
        let adjustments = of.adjustments.into_iter().map(|(checkpoint, changes)| {
            // The form says neither when nor by which document: JX123 asks for these.
            let end = Date { year, month: 12, day: Some(31) };
            let date = checkpoint.map_or(end, |date| Date { year, ..date });
            reading.guess(None, texts::guessed_adjustment(source_text::day_name(date)));
            let date = Some(Spanned::new(date, place));
            Occasion::Adjustment(Adjustment { span: place, date, document: None, reason: None, changes })
        });
        let adjustments: Vec<Occasion> = adjustments.collect();
        let snapshots = of.snapshots.into_iter().map(|one| Occasion::Snapshot(Box::new(one)));
        model.departments[index].record.occasions.extend(adjustments.into_iter().chain(snapshots));
        // What the values lack is told when the files are checked.
        let _ = tie(model, Some(id));
    }
    stated
}

/// The year of a department, while its projects are put together.
#[derive(Default)]
struct DepartmentYear {
    /// By the checkpoint at which they are reported; none for the whole year.
    adjustments: Vec<(Option<Date>, Vec<AdjustmentChange>)>,
    snapshots: Vec<Snapshot>,
}

impl DepartmentYear {
    /// Forms that were handed in on different days are declarations of their own.
    fn add(&mut self, year: ProjectYear, place: Span) {
        let ProjectYear { kind, checkpoint, filed, until, spent, reached, texts, changes, stated: _ } = year;
        if !changes.is_empty() {
            match self.adjustments.iter_mut().find(|(known, _)| *known == checkpoint) {
                Some((_, known)) => known.extend(changes),
                None => self.adjustments.push((checkpoint, changes)),
            }
        }
        if spent.is_none() && reached.is_empty() && texts.is_empty() && filed.is_none() && until.is_none() {
            return;
        }
        let day = |date: &Option<Spanned<Date>>| date.as_ref().map(|date| date.value);
        let is_same = |one: &Snapshot| {
            one.kind == kind
                && day(&one.checkpoint) == checkpoint
                && day(&one.filed) == day(&filed)
                && day(&one.until) == day(&until)
        };
        let index = self.snapshots.iter().position(is_same).unwrap_or_else(|| {
            self.snapshots.push(Snapshot {
                span: place,
                kind,
                checkpoint: checkpoint.map(|date| Spanned::new(date, place)),
                until,
                filed,
                spent: Vec::new(),
                reached: Vec::new(),
                rectifications: Vec::new(),
                texts: Vec::new(),
                uses: Vec::new(),
                is_damaged: false,
            });
            self.snapshots.len() - 1
        });
        let snapshot = &mut self.snapshots[index];
        snapshot.spent.extend(spent);
        snapshot.reached.extend(reached);
        snapshot.texts.extend(texts);
    }
}
