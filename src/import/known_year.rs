//! What a form of the year prints of known projects and what follows from the rules: it is compared with what is known, and
//! left out where it comes to the same. So nobody states points that are computed, and no adjustment is made twice.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::build::of_year::StatedFigure;
use super::build::stated;
use super::recognise::draft::Reading;
use crate::model::actual::Actual;
use crate::model::calendar::{Date, Day};
use crate::model::standard::Standard;
use crate::model::standard::monitoring::LightColour;
use crate::model::standard::scoring::RoundingMode;
use crate::model::text::key;
use crate::model::unit::Quantity;
use crate::model::year::fingerprint::said_target;
use crate::model::year::{
    AdjustedFact, AdjustmentChange, NamedThing, Occasion, ReachedValue, Snapshot, SnapshotKind, YearSubject,
};
use crate::model::{DepartmentId, Model, ProjectId, print};
use crate::score::{
    AdjustmentsInForce, Exact, Figure, InForce, Light, ProjectInForce, Rounding, ScoreBasis, ScoredProject,
    StandingProject, is_right, monitor_project, score_projects, score_whole,
};

/// A department whose targets are known.
#[derive(Clone, Copy, Debug)]
pub struct KnownOffice<'a> {
    /// What holds it.
    pub model: &'a Model,
    /// Which one.
    pub id: DepartmentId,
}

/// The year of a known department, as far as it is computed.
pub struct KnownYear<'a> {
    known: KnownOffice<'a>,
    year: u16,
    adjustments: AdjustmentsInForce<'a>,
    scored: BTreeMap<ProjectId, ScoredProject<'a>>,
}

impl<'a> KnownYear<'a> {
    pub fn of(known: KnownOffice<'a>) -> Self {
        let (model, department) = (known.model, Some(known.id));
        let scored = score_projects(model, department, ScoreBasis::Reported);
        let whole = score_whole(model, department, &scored, ScoreBasis::Reported);
        Self {
            known,
            year: model.fiscal_year(department),
            adjustments: AdjustmentsInForce::of(model, department),
            scored: scored.into_iter().chain(whole).map(|one| (one.id, one)).collect(),
        }
    }

    /// A known project on the day of a form: of monitoring the checkpoint, else the end of the year.
    pub fn in_force(&self, id: ProjectId, date: Option<Date>) -> ProjectInForce<'a> {
        let day = date.map_or_else(|| Day::last_of(self.year), |date| date.in_year(self.year));
        self.adjustments.project(self.known.model, id, day)
    }

    /// Leaves out of the occasions of a form what is known, and computes to the same. How much that was.
    pub fn leave_out(&self, occasions: &mut Vec<Occasion>, own: &Standard) -> usize {
        let mut left_out = 0;
        for occasion in &mut *occasions {
            match occasion {
                Occasion::Snapshot(one) => left_out += self.of_snapshot(one, own),
                Occasion::Adjustment(one) => {
                    let date = one.date.as_ref().map(|date| date.value);
                    let before = one.changes.len();
                    one.changes.retain(|change| !self.is_in_force(change, date, own));
                    left_out += before - one.changes.len();
                }
                // No form gives these.
                Occasion::Approval(_) | Occasion::Review(_) | Occasion::Evaluation(_) | Occasion::Area(_) => {}
            }
        }
        occasions.retain(|one| !matches!(one, Occasion::Adjustment(one) if one.changes.is_empty()));
        left_out
    }

    /// The department as a whole.
    pub fn whole(&self) -> ProjectId {
        ProjectId::of_whole(self.known.id)
    }

    /// Whether a figure of a form is what a known project comes to on the day of the form.
    pub fn comes_to(
        &self,
        id: ProjectId,
        (kind, date): (SnapshotKind, Option<Date>),
        figure: &StatedFigure,
        own: &Standard,
        reading: &Reading,
    ) -> bool {
        let Some(scored) = self.scored.get(&id) else { return false };
        let project = ScoredProject { in_force: self.in_force(id, date), ..scored.clone() };
        let standard = &self.known.model[project.in_force.project.standard];
        let named = id.whole_of().map_or(NamedThing::Project(id), |_| NamedThing::Department);
        let mut spent = self.snapshots(kind, date).flat_map(|one| &one.spent);
        let line = spent.find(|line| line.subject.named == Some(named));
        stated::comes_to(figure, own, &project, standard, line, reading)
    }

    /// What is known of the occasion of a form.
    fn snapshots(&self, kind: SnapshotKind, date: Option<Date>) -> impl Iterator<Item = &'a Snapshot> + use<'a> {
        let year = self.year;
        let day = move |date: Option<Date>| date.map(|date| date.in_year(year));
        let all = self.known.model.record(Some(self.known.id)).snapshots();
        all.filter(move |one| one.kind == kind && day(one.checkpoint.as_ref().map(|date| date.value)) == day(date))
    }

    /// The known project that a line is about, or the department as a whole.
    fn holder(&self, subject: &YearSubject) -> Option<ProjectId> {
        let KnownOffice { model, id } = self.known;
        let Some(name) = &subject.project else { return model.whole_of(Some(id)).map(|(id, _)| id) };
        let name = key(name);
        model.projects_of(Some(id)).find(|(_, project)| key(&project.name.value) == name).map(|(id, _)| id)
    }

    fn is_in_force(&self, change: &AdjustmentChange, date: Option<Date>, own: &Standard) -> bool {
        let Some(id) = self.holder(&change.subject) else { return false };
        let project = self.in_force(id, date);
        let standard = &self.known.model[project.project.standard];
        let is_amount = |figure: Option<&Figure>, to: &Quantity| {
            let base = to.base_value(own).map(Exact::from);
            figure.map(|figure| &figure.value) == base.as_ref()
        };
        match &change.fact {
            AdjustedFact::Budget { from: _, to, funds } => {
                let of_fund = |source: usize| {
                    let name = &own.fund_sources.get(source)?.name;
                    let is_it = |(known, _): &&(usize, Figure)| standard.fund_sources[*known].name == *name;
                    project.money.funds.iter().find(is_it).map(|(_, figure)| figure)
                };
                is_amount(project.money.total.as_ref(), to)
                    && funds.iter().all(|fund| is_amount(of_fund(fund.source), &fund.to))
            }
            AdjustedFact::Target { from: _, to } => {
                let said = said_target(&to.value, own, Some(self.year));
                row(&project, &change.subject)
                    .is_some_and(|(_, one)| said == said_target(&one.target.value, standard, Some(self.year)))
            }
            AdjustedFact::CarryOver(_)
            | AdjustedFact::Weight { .. }
            | AdjustedFact::Goal(_)
            | AdjustedFact::Added(_)
            | AdjustedFact::Withdrawn(_) => false,
        }
    }

    fn of_snapshot(&self, form: &mut Snapshot, own: &Standard) -> usize {
        let department = Some(self.known.id);
        let date = form.checkpoint.as_ref().map(|date| date.value);
        let known: BTreeMap<NamedThing, &ReachedValue> = (self.snapshots(form.kind, date))
            .flat_map(|one| &one.reached)
            .filter_map(|line| Some((line.subject.named?, line)))
            .collect();
        let mut left_out = 0;
        let mut projects: BTreeMap<ProjectId, ProjectInForce<'a>> = BTreeMap::new();
        let mut standings: BTreeMap<ProjectId, Option<StandingProject<'a>>> = BTreeMap::new();
        for line in &mut form.reached {
            let Some(id) = self.holder(&line.subject) else { continue };
            let project = &*projects.entry(id).or_insert_with(|| self.in_force(id, date));
            let Some((index, in_force)) = row(project, &line.subject) else { continue };
            let Some(before) = known.get(&in_force.named) else { continue };
            let standard = &self.known.model[project.project.standard];
            // A form has no room for the reason of what is not measured yet.
            if is_pending_alike(&line.value.actual, &before.value.actual, own, standard) {
                line.value.actual = before.value.actual.clone();
                line.value.written = before.value.written.clone();
            }
            if let (None, Some(stated)) = (&before.points, &line.points)
                && form.kind == SnapshotKind::SelfEvaluation
                && self.is_computed(id, index, stated.value)
            {
                line.points = None;
                left_out += 1;
            }
            if let (None, Some(stated), Some(date)) = (&before.likelihood, &line.likelihood, date)
                && standard.monitoring.possibilities.first().is_some_and(|first| **first == *stated.value)
                && let standing =
                    standings.entry(id).or_insert_with(|| monitor_project(self.known.model, department, date, id))
                && standing.as_ref().is_some_and(|standing| is_on_track(standing, index))
            {
                line.likelihood = None;
                left_out += 1;
            }
        }
        left_out
    }

    /// Whether the points that a form states are those that its line of the table earns.
    fn is_computed(&self, id: ProjectId, index: usize, stated: Decimal) -> bool {
        let Some(scored) = self.scored.get(&id) else { return false };
        let standard = &self.known.model[scored.in_force.project.standard];
        let mode = Rounding::of(&standard.scoring).map_or(RoundingMode::HalfUp, |rounding| rounding.mode);
        let exact = scored.score.rows.get(index).and_then(|row| row.points.exact.as_ref());
        exact.is_some_and(|exact| is_right(exact, stated, mode))
    }
}

/// Whether nothing is behind: a form then says by itself what is likeliest.
fn is_on_track(project: &StandingProject<'_>, index: usize) -> bool {
    let light = project.standing.indicators.get(index).map(|one| one.light.light);
    matches!(light, Some(Light::Lit(colour)) if colour >= LightColour::Green)
}

/// The row of a table that a line is about.
fn row<'p, 'a>(project: &'p ProjectInForce<'a>, subject: &YearSubject) -> Option<(usize, &'p InForce<'a>)> {
    let name = key(subject.indicator.as_ref()?);
    project.indicators.iter().enumerate().find(|(_, one)| key(&one.indicator.name.value) == name)
}

fn is_pending_alike(own: &Actual, known: &Actual, of_own: &Standard, of_known: &Standard) -> bool {
    let has_reason = |one: &Actual| match one {
        Actual::Pending(why) | Actual::NotApplicable(why) => Some(!why.is_empty()),
        _ => None,
    };
    (has_reason(own), has_reason(known)) == (Some(false), Some(true))
        && print::actual(own, of_own) == print::actual(known, of_known)
}
