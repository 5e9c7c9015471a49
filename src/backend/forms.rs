//! The printed forms of the year: 监控表, 自评表, 复核表 and their like, as data that every format draws.
//!
//! What a form prints is declared by the standard ([`FormLayout`]); every figure is one that [`score`](crate::score) computed
//! or that somebody reported. A form is filled first ([`FilledProject`]) and then printed, so that tables and the data for
//! programs cannot differ.

mod department;
mod filled;
mod long;
mod money;
mod report;
mod rows;
mod sheet;
mod words;

use std::iter;

use super::official::{Drawn, FormBlock};
use super::{Scope, file_name, project_stem};
use crate::model::calendar::Date;
use crate::model::standard::Standard;
use crate::model::standard::year_form::{FormLayout, YearForm};
use crate::model::year::{Snapshot, SnapshotKind};
use crate::model::{DepartmentId, Model};
use crate::source::Sources;

pub(super) use filled::FilledProject;
pub(super) use long::{LongRow, long_rows};
pub(super) use money::MoneyRow;
pub(super) use report::scored;
pub(super) use rows::order;

/// The forms of the year that are asked for.
#[derive(Clone, Copy, Debug)]
pub struct AskedForms<'a> {
    /// Which ones.
    pub forms: &'a [YearForm],
    /// The checkpoint of forms of monitoring.
    pub at: AskedCheckpoint,
    /// Where what was reported stands.
    pub sources: &'a Sources,
}

/// The checkpoint of forms of monitoring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedCheckpoint {
    /// The last that was reported.
    Last,
    /// Every one that was reported.
    All,
    /// This one.
    At(Date),
}

/// A form of a department: what stands in one file.
pub(super) struct YearDocument<'a> {
    pub form: YearForm,
    /// `示例县人民医院2025年度绩效自评表`
    pub title: String,
    /// What its file is called, without an ending.
    pub file_stem: String,
    pub model: &'a Model,
    pub department: Option<DepartmentId>,
    /// The checkpoint of monitoring.
    pub at: Option<Date>,
    scope: Scope,
}

/// Whether a department declared what a form is made of.
fn is_reported(model: &Model, department: Option<DepartmentId>, form: YearForm) -> bool {
    let record = model.record(department);
    let has_year = || record.snapshots().any(|one| one.kind == SnapshotKind::SelfEvaluation);
    match form {
        YearForm::Monitoring => record.snapshots().any(|one| one.kind == SnapshotKind::Monitoring),
        YearForm::SelfEvaluation | YearForm::Department => has_year(),
        YearForm::Transfer => has_year() && model.projects_of(department).any(|(_, one)| filled::is_transfer(one)),
        YearForm::Review => record.reviews().next().is_some(),
        YearForm::Report => record.evaluations().next().is_some(),
        // Beside others that reported, it is told who did not.
        YearForm::Overview => {
            let mut holders = model.projects_of(department).map(|(id, _)| id);
            let has_any = holders.next().or(model.whole_of(department).map(|(id, _)| id)).is_some();
            has_any && model.groups().any(|one| model.record(one).is_reported())
        }
    }
}

/// Whether any department declared what a form is made of.
pub fn has_form(model: &Model, form: YearForm) -> bool {
    model.groups().any(|department| is_reported(model, department, form))
}

/// The checkpoints of which something was reported, in the order of their days.
pub fn reported_checkpoints(model: &Model, department: Option<DepartmentId>) -> Vec<Date> {
    let year = model.fiscal_year(department);
    let is_of_monitoring = |one: &&Snapshot| one.kind == SnapshotKind::Monitoring;
    let snapshots = model.record(department).snapshots().filter(is_of_monitoring);
    let mut all: Vec<Date> = snapshots.filter_map(|one| Some(one.checkpoint.as_ref()?.value)).collect();
    all.sort_by_key(|date| date.in_year(year));
    all.dedup_by_key(|date| date.in_year(year));
    all
}

/// The standards of projects that do not declare a form which is asked for, by name.
pub fn without_layout(model: &Model, form: YearForm) -> Vec<&str> {
    let mut names: Vec<&str> = (model.projects.iter())
        .map(|project| &model[project.standard])
        .filter(|standard| form.is_declared() && layout(standard, form).is_none())
        .map(|standard| standard.name.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

pub(super) fn layout(standard: &Standard, form: YearForm) -> Option<&FormLayout> {
    standard.forms.get(&form)
}

/// The documents of a scope, department by department, in the order of the forms. Overviews are none: they are pages.
pub(super) fn documents<'a>(
    model: &'a Model,
    scope: Scope,
    asked: AskedForms<'a>,
) -> impl Iterator<Item = YearDocument<'a>> {
    all(model, scope, asked).filter(|one| one.form != YearForm::Overview)
}

/// The overviews of a scope, one a department.
pub(super) fn overviews<'a>(
    model: &'a Model,
    scope: Scope,
    asked: AskedForms<'a>,
) -> impl Iterator<Item = YearDocument<'a>> {
    all(model, scope, asked).filter(|one| one.form == YearForm::Overview)
}

fn all<'a>(model: &'a Model, scope: Scope, asked: AskedForms<'a>) -> impl Iterator<Item = YearDocument<'a>> {
    let several = model.has_several_groups();
    scope.groups(model).flat_map(move |(index, department)| {
        let is_asked = move |form: &YearForm| asked.forms.contains(form) && is_reported(model, department, *form);
        let forms = YearForm::ALL.iter().map(|(form, ..)| *form).filter(is_asked);
        forms.flat_map(move |form| {
            let number = several.then_some(index + 1);
            dates(model, department, form, asked.at).into_iter().filter_map(move |at| {
                let document = document(model, scope, (department, number), form, at);
                document.has_pages().then_some(document)
            })
        })
    })
}

/// The days of the documents of a form: none for one of the whole year.
fn dates(model: &Model, department: Option<DepartmentId>, form: YearForm, at: AskedCheckpoint) -> Vec<Option<Date>> {
    match (form, at) {
        (YearForm::Monitoring, _) => {}
        // Of the year as it was seen on that day, whatever the department reported of it.
        (YearForm::Overview, AskedCheckpoint::At(date)) => return vec![Some(date)],
        _ => return vec![None],
    }
    let year = model.fiscal_year(department);
    let known = reported_checkpoints(model, department);
    match at {
        AskedCheckpoint::All => known.into_iter().map(Some).collect(),
        AskedCheckpoint::Last => known.last().map(|date| Some(*date)).into_iter().collect(),
        AskedCheckpoint::At(date) => {
            let same = known.into_iter().find(|one| one.in_year(year) == date.in_year(year));
            same.map(Some).into_iter().collect()
        }
    }
}

fn document(
    model: &Model,
    scope: Scope,
    (department, number): (Option<DepartmentId>, Option<usize>),
    form: YearForm,
    at: Option<Date>,
) -> YearDocument<'_> {
    let name = department.map_or("", |id| &*model[id].name.value);
    let year = match model.fiscal_year(department) {
        0 => String::new(),
        year => format!("{year}年度"),
    };
    let label = match super::official::standard_of_group(model, department) {
        Some(standard) => standard.label(form.word()),
        None => form.word(),
    };
    let day = at.map(|at| at.to_string());
    let of_day = day.as_ref().map(|day| format!("（{day}）")).unwrap_or_default();
    let only = scope.project().and_then(|_| scope.projects_of(model, department).next());
    let owner = if let Some((number, _, one)) = only {
        project_stem(number, model.projects_of(department).count(), one)
    } else {
        let number = number.map(|number| format!("{number:02}-")).unwrap_or_default();
        format!("{number}{}", file_name(name))
    };
    let parts = [owner.trim_end_matches('-'), form.word(), day.as_deref().unwrap_or_default()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    YearDocument {
        form,
        title: format!("{name}{year}{label}{of_day}"),
        file_stem: parts.join("-"),
        model,
        department,
        at,
        scope,
    }
}

impl YearDocument<'_> {
    /// Whether there is anything to print: a department may have declared a form's data and no project for it.
    fn has_pages(&self) -> bool {
        match self.form {
            YearForm::Report => report::evaluated(self).next().is_some(),
            YearForm::Department => self.department.is_some() && self.scope.project().is_none(),
            YearForm::Overview => self.scope.project().is_none(),
            YearForm::Monitoring | YearForm::SelfEvaluation | YearForm::Transfer | YearForm::Review => {
                let standard = |id: crate::model::StandardId| layout(&self.model[id], self.form).is_some();
                self.scope.projects_of(self.model, self.department).any(|(_, _, one)| standard(one.standard))
            }
        }
    }

    /// To be drawn.
    pub fn drawn(&self) -> Drawn<'_> {
        let owner = self.department.map_or("", |id| &*self.model[id].name.value);
        let mut contents = Vec::new();
        let blocks: Box<dyn Iterator<Item = FormBlock> + '_> = match self.form {
            YearForm::Report => {
                let blocks = report::blocks(self);
                contents.extend(blocks.iter().filter_map(FormBlock::listed));
                Box::new(blocks.into_iter())
            }
            YearForm::Department => Box::new(iter::once_with(|| department::block(self))),
            // Invariant: no document, see `documents`.
            YearForm::Overview => Box::new(iter::empty()),
            YearForm::Monitoring | YearForm::SelfEvaluation | YearForm::Transfer | YearForm::Review => {
                Box::new(self.filled().into_iter().map(|one| sheet::block(self, &one)))
            }
        };
        Drawn { title: &self.title, owner, contents, is_wide: self.is_wide(), blocks }
    }

    pub fn year(&self) -> u16 {
        self.model.fiscal_year(self.department)
    }

    /// Whether its tables have more columns than stand beside each other on an upright sheet.
    fn is_wide(&self) -> bool {
        const UPRIGHT: usize = 9;
        if self.form == YearForm::Department && self.model.whole_of(self.department).is_none() {
            return false;
        }
        let columns = |id: crate::model::StandardId| layout(&self.model[id], self.form).map(|one| one.columns.len());
        let all = self.model.projects_of(self.department).filter_map(|(_, one)| columns(one.standard));
        all.max().is_some_and(|columns| columns > UPRIGHT)
    }
}
