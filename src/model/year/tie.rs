//! The lines of the year are tied to what they name, and values get the types of their targets.
//!
//! All of a department's year is tied anew when anything in the department changes.

use std::borrow::Cow;
use std::collections::HashMap;

use super::reached::ReportedValue;
use super::snapshot::{ReportTextKind, SnapshotKind};
use super::subject::{NamedThing, YearSubject};
use super::typed::actual;
use super::{AdjustedFact, Occasion};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::language::{self, Field};
use crate::model::actual::Actual;
use crate::model::calendar::{Date, Day};
use crate::model::project::category_of;
use crate::model::resolve::{MOST_SEARCHES, nearest, path, searched, some};
use crate::model::text::folded;
use crate::model::{DepartmentId, Indicator, IndicatorId, Model, ProjectId, YearRecord};
use crate::source::Span;
use crate::syntax::vocabulary::written_name;

/// Ties the year of a department, or of what lies outside any. Reports JX112, JX131, JX138, JX139.
pub fn tie(model: &mut Model, department: Option<DepartmentId>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut record = std::mem::take(model.record_mut(department));
    if !record.occasions.is_empty() {
        let mut names = YearNames::of(model, department, &record);
        for occasion in &mut record.occasions {
            names.tie(occasion, &mut found);
        }
        give_types(model, &mut record, &mut found);
        let year = department.and_then(|id| model[id].year.as_ref()).map(|year| year.value);
        repeats(&record, year.unwrap_or_default(), &mut found);
    }
    *model.record_mut(department) = record;
    found
}

/// What a line may be about.
#[derive(Clone, Copy, PartialEq, Eq)]
enum WantedSubject {
    /// A project, or the department.
    Whole,
    Indicator,
    Either,
    /// A name that no indicator of the project has.
    NewIndicator,
}

/// What a department's lines can name.
struct YearNames<'m> {
    model: &'m Model,
    department: Option<DepartmentId>,
    projects: HashMap<Cow<'m, str>, ProjectId>,
    /// Those of projects that have many, once a line names one.
    indicators: HashMap<ProjectId, HashMap<Cow<'m, str>, u32>>,
    /// Once a line names an indicator alone.
    by_name: Option<HashMap<Cow<'m, str>, Vec<IndicatorId>>>,
    added: HashMap<(ProjectId, String), NamedThing>,
    /// Some names are unread: what is not found may be among them.
    is_damaged: bool,
    searches: usize,
}

impl<'m> YearNames<'m> {
    fn of(model: &'m Model, department: Option<DepartmentId>, record: &YearRecord) -> Self {
        let mut names = Self {
            model,
            department,
            projects: HashMap::new(),
            indicators: HashMap::new(),
            by_name: None,
            added: HashMap::new(),
            is_damaged: false,
            searches: MOST_SEARCHES,
        };
        let whole = model.whole_of(department);
        for (id, project) in model.projects_of(department).chain(whole) {
            names.is_damaged |= project.damage.head || project.damage.indicators;
            if id.whole_of().is_none() {
                names.projects.entry(folded(&project.name.value)).or_insert(id);
            }
        }
        for (occasion, one) in record.occasions.iter().enumerate() {
            let Occasion::Adjustment(adjustment) = one else { continue };
            for (change, line) in adjustment.changes.iter().enumerate() {
                let (AdjustedFact::Added(_), (project, Some(name))) = (&line.fact, line.subject.key()) else {
                    continue;
                };
                let Some(project) = names.holder(project.as_deref()) else { continue };
                let added = NamedThing::Added { project, occasion: occasion as u32, change: change as u32 };
                names.added.entry((project, name)).or_insert(added);
            }
        }
        names
    }

    /// The project of a name; without one the department as a whole, where it has targets or money as such.
    fn holder(&self, project: Option<&str>) -> Option<ProjectId> {
        match project {
            Some(name) => self.projects.get(name).copied(),
            None => self.model.whole_of(self.department).map(|(id, _)| id),
        }
    }

    /// The first indicator of a folded name in a project. Most have few: they are looked through.
    fn indicator(&mut self, project: ProjectId, name: &str) -> Option<IndicatorId> {
        const FEW: usize = 24;
        let all = &self.model[project].indicators;
        let index = if all.len() <= FEW {
            let is_called = |one: &Indicator| *one.name.value == *name || folded(&one.name.value) == name;
            all.iter().position(is_called)? as u32
        } else {
            let names = self.indicators.entry(project).or_insert_with(|| {
                let mut names = HashMap::with_capacity(all.len());
                for (index, one) in (0..).zip(all) {
                    names.entry(folded(&one.name.value)).or_insert(index);
                }
                names
            });
            *names.get(name)?
        };
        Some(IndicatorId { project, index })
    }

    /// The indicators of a folded name, in whatever project.
    fn called(&mut self, name: &str) -> &[IndicatorId] {
        let names = self.by_name.get_or_insert_with(|| {
            let mut names: HashMap<Cow<'m, str>, Vec<IndicatorId>> = HashMap::new();
            let holders = self.model.projects_of(self.department).chain(self.model.whole_of(self.department));
            for (project, one) in holders {
                for (index, one) in (0..).zip(&one.indicators) {
                    names.entry(folded(&one.name.value)).or_default().push(IndicatorId { project, index });
                }
            }
            names
        });
        names.get(name).map_or(&[], Vec::as_slice)
    }

    fn tie(&mut self, occasion: &mut Occasion, found: &mut Vec<Diagnostic>) {
        match occasion {
            Occasion::Approval(one) => {
                for line in &mut one.fingerprints {
                    let before = found.len();
                    self.find(&mut line.subject, WantedSubject::Whole, found);
                    // That a project is gone that was approved is told as such: JX110.
                    if line.subject.indicator.is_none() {
                        found.truncate(before);
                    }
                }
            }
            Occasion::Adjustment(one) => {
                for line in &mut one.changes {
                    let wanted = match &line.fact {
                        AdjustedFact::Budget { .. } | AdjustedFact::CarryOver(_) | AdjustedFact::Goal(_) => {
                            WantedSubject::Whole
                        }
                        AdjustedFact::Target { .. } | AdjustedFact::Weight { .. } | AdjustedFact::Withdrawn(_) => {
                            WantedSubject::Indicator
                        }
                        AdjustedFact::Added(_) => WantedSubject::NewIndicator,
                    };
                    self.find(&mut line.subject, wanted, found);
                    if let AdjustedFact::Added(indicator) = &mut line.fact {
                        self.give_category(indicator, line.category.as_deref(), line.subject.named, found);
                    }
                }
            }
            Occasion::Snapshot(one) => {
                one.spent.iter_mut().for_each(|line| self.find(&mut line.subject, WantedSubject::Whole, found));
                one.reached.iter_mut().for_each(|line| self.find(&mut line.subject, WantedSubject::Indicator, found));
                one.rectifications
                    .iter_mut()
                    .for_each(|line| self.find(&mut line.subject, WantedSubject::Either, found));
                one.texts.iter_mut().for_each(|line| self.find(&mut line.subject, WantedSubject::Whole, found));
                let uses = one.uses.iter_mut().filter_map(|one| one.subject.as_mut());
                uses.for_each(|subject| self.find(subject, WantedSubject::Whole, found));
            }
            Occasion::Review(one) => {
                one.points.iter_mut().for_each(|line| self.find(&mut line.subject, WantedSubject::Indicator, found));
                let uses = one.uses.iter_mut().filter_map(|one| one.subject.as_mut());
                uses.for_each(|subject| self.find(subject, WantedSubject::Whole, found));
            }
            Occasion::Evaluation(one) => {
                one.subject.iter_mut().for_each(|subject| self.find(subject, WantedSubject::Whole, found));
            }
            // Its members lie in other departments: who sums them up finds them by their names.
            Occasion::Area(_) => {}
        }
    }

    /// Gives an indicator that is added the category that its words name in the framework of its project.
    fn give_category(
        &self,
        indicator: &mut Indicator,
        written: Option<&str>,
        named: Option<NamedThing>,
        found: &mut Vec<Diagnostic>,
    ) {
        let project = named.and_then(NamedThing::project);
        let Some((project, written)) = project.zip(written).filter(|_| indicator.category.is_some()) else { return };
        let standard = &self.model[self.model[project].standard];
        indicator.category = category_of(written, indicator.category_span, standard, found);
    }

    /// Finds what a path names, or says why nothing has that name.
    fn find(&mut self, subject: &mut YearSubject, wanted: WantedSubject, found: &mut Vec<Diagnostic>) {
        let (project, indicator) = (subject.project.as_deref().map(folded), subject.indicator.as_deref().map(folded));
        let id = self.holder(project.as_deref());
        let is_unread = id.is_some_and(|id| self.model[id].is_head);
        subject.named = match (id, indicator, wanted) {
            // It is there also where it has nothing as a whole.
            (_, None, WantedSubject::Whole | WantedSubject::Either) if project.is_none() => {
                Some(NamedThing::Department)
            }
            (Some(id), None, WantedSubject::Whole | WantedSubject::Either) => Some(NamedThing::Project(id)),
            (Some(id), Some(name), WantedSubject::Indicator | WantedSubject::Either) => {
                let known = self.indicator(id, &name).map(NamedThing::Indicator);
                known.or_else(|| self.added.get(&(id, name.into_owned())).copied())
            }
            (Some(id), Some(name), WantedSubject::NewIndicator) => {
                if let Some(first) = self.indicator(id, &name) {
                    let first = self.model[first].name.span;
                    let message = texts::indicator_is_there(subject.path());
                    let finding = Diagnostic::new(Code::JX047, message, subject.span, texts::stated_again_here());
                    found.push(finding.label(first, texts::stated_first_here()));
                }
                self.added.get(&(id, name.into_owned())).copied()
            }
            (None, _, _) | (Some(_), None, _) | (Some(_), Some(_), WantedSubject::Whole) => None,
        };
        if subject.named.is_none() && !is_unread {
            found.extend(self.missing(subject, wanted));
        }
    }

    /// JX138. None where what is meant may be unread.
    fn missing(&mut self, subject: &YearSubject, wanted: WantedSubject) -> Option<Diagnostic> {
        let (project, indicator) = subject.key();
        let written = subject.path();
        let known = project.as_ref().and_then(|project| self.projects.get(project.as_str())).copied();
        let report = |message, label| Diagnostic::new(Code::JX138, message, subject.span, label);
        let offer = |message, right: String| {
            report(message, texts::did_you_mean(&right)).fix(texts::replace_by(&right), subject.span, right)
        };
        match (known, &indicator, wanted) {
            (Some(id), Some(_), WantedSubject::Whole) => {
                return Some(offer(texts::about_a_project(written), written_name(&self.model[id].name.value)));
            }
            (Some(_), None, WantedSubject::Indicator | WantedSubject::NewIndicator) => {
                let finding = report(texts::about_an_indicator(written), texts::not_found_here());
                return Some(finding.help(texts::path_in_full()));
            }
            (None | Some(_), _, _) => {}
        }
        // The indicator alone: which project has it?
        if let (Some(name), None, WantedSubject::Indicator | WantedSubject::Either) = (&project, &indicator, wanted) {
            let model = self.model;
            match self.called(name) {
                [] => {}
                [only] => return Some(offer(texts::path_not_in_full(written), path(model, *only))),
                several => {
                    let paths = some(several.iter().map(|id| path(model, *id)));
                    let finding = report(texts::path_not_in_full(written), texts::ambiguous_here());
                    return Some(finding.help(texts::write_one_of(paths)));
                }
            }
        }
        if self.is_damaged {
            return None;
        }
        let near = searched(&mut self.searches).and_then(|()| {
            if indicator.is_some() && matches!(wanted, WantedSubject::Indicator | WantedSubject::Either) {
                return nearest(self.model, self.department, &written, true);
            }
            let name = subject.project.as_deref()?;
            let names = self.model.projects_of(self.department).map(|(_, project)| &*project.name.value);
            let right = written_name(language::nearest(name, names.map(|name| (name, name)))?);
            Some(subject.indicator.as_ref().map_or(right.clone(), |own| format!("{right}.{}", written_name(own))))
        });
        let message = texts::nothing_of_that_name(written);
        Some(match near {
            Some(right) => offer(message, right),
            None => report(message, texts::not_found_here()).help(texts::path_in_full()),
        })
    }
}

/// Gives each value that was reached the type of its target.
fn give_types(model: &Model, record: &mut YearRecord, found: &mut Vec<Diagnostic>) {
    let mut typed = Vec::new();
    for snapshot in record.snapshots() {
        for line in &snapshot.reached {
            let (indicator, project) = match line.subject.named {
                Some(NamedThing::Indicator(id)) => (Some(&model[id]), id.project),
                Some(NamedThing::Added { project, occasion, change }) => (record.added(occasion, change), project),
                Some(NamedThing::Department | NamedThing::Project(_)) | None => (None, ProjectId(0)),
            };
            let mut actual = |value: &ReportedValue| match indicator {
                Some(indicator) => actual(value, snapshot.kind, indicator, &model[model[project].standard], found),
                None => Actual::Damaged,
            };
            let others = [&line.expected, &line.whole_period].map(|value| value.as_ref().map(&mut actual));
            typed.push((actual(&line.value), others));
        }
    }
    let snapshots = record.occasions.iter_mut().filter_map(|one| match one {
        Occasion::Snapshot(snapshot) => Some(snapshot),
        Occasion::Approval(_)
        | Occasion::Adjustment(_)
        | Occasion::Review(_)
        | Occasion::Evaluation(_)
        | Occasion::Area(_) => None,
    });
    for (line, (own, others)) in snapshots.flat_map(|snapshot| &mut snapshot.reached).zip(typed) {
        line.value.actual = own;
        for (value, actual) in [&mut line.expected, &mut line.whole_period].into_iter().zip(others) {
            if let (Some(value), Some(actual)) = (value, actual) {
                value.actual = actual;
            }
        }
    }
}

/// When a line holds: two lines of one time that say the same of one thing are one too many.
type Time = (u8, Option<Day>);

/// When, what, and about what: by what its path names, by the path where it names nothing.
type StatedFact = (Time, &'static str, Result<NamedThing, (Option<String>, Option<String>)>);

/// JX139: a fact of one time is stated twice, in one file or in two.
fn repeats(record: &YearRecord, year: u16, found: &mut Vec<Diagnostic>) {
    let mut seen: HashMap<StatedFact, Span> = HashMap::new();
    let day = |date: Option<Date>| date.map(|date| date.in_year(year));
    let mut see = |time: Time, what: &'static str, subject: &YearSubject, span: Span| {
        let first = *seen.entry((time, what, subject.named.ok_or_else(|| subject.key()))).or_insert(span);
        if first != span {
            let message = texts::stated_twice(what, subject.path());
            let finding = Diagnostic::new(Code::JX139, message, span, texts::stated_again_here());
            found.push(finding.label(first, texts::stated_first_here()).help(texts::keep_one_of_them()));
        }
    };
    for occasion in &record.occasions {
        match occasion {
            Occasion::Approval(one) => {
                let time = (0, day(one.date.as_ref().map(|date| date.value)));
                one.fingerprints.iter().for_each(|line| see(time, Field::Fingerprint.name, &line.subject, line.span));
            }
            Occasion::Adjustment(one) => {
                let time = (1, day(one.date.as_ref().map(|date| date.value)));
                for line in &one.changes {
                    see(time, line.fact.field().name, &line.subject, line.span);
                }
            }
            Occasion::Snapshot(one) => {
                let time = match one.kind {
                    SnapshotKind::Monitoring => (2, day(one.checkpoint.as_ref().map(|date| date.value))),
                    SnapshotKind::SelfEvaluation => (3, None),
                };
                one.spent.iter().for_each(|line| see(time, Field::MonitoringSpent.name, &line.subject, line.span));
                one.reached.iter().for_each(|line| see(time, Field::MonitoringReached.name, &line.subject, line.span));
                for line in &one.texts {
                    match line.kind {
                        ReportTextKind::Overall | ReportTextKind::Conclusion => {
                            see(time, line.kind.field().name, &line.subject, line.span);
                        }
                        // There may be several.
                        ReportTextKind::Problem | ReportTextKind::Improvement | ReportTextKind::Suggestion => {}
                    }
                }
            }
            Occasion::Review(one) => {
                let time = (4, day(one.date.as_ref().map(|date| date.value)));
                one.points.iter().for_each(|line| see(time, Field::ReviewPoints.name, &line.subject, line.span));
            }
            Occasion::Evaluation(_) | Occasion::Area(_) => {}
        }
    }
}
