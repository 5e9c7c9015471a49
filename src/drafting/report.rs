//! A report whose lines wait to be filled in: what is due of each project and indicator that is in force.

use std::collections::{BTreeMap, BTreeSet};

use super::declaration;
use crate::language::{Field, Keyword, TO_FILL_IN, quoted};
use crate::model::calendar::{Date, Day};
use crate::model::year::{NamedThing, SnapshotKind};
use crate::model::{DepartmentId, Model};
use crate::score::{AdjustmentsInForce, InForce};
use crate::syntax::vocabulary::written_name;

/// Which report is to be written.
#[derive(Clone, Copy, Debug)]
pub struct WantedReport {
    /// The checkpoint; none for the self-evaluation of the year.
    pub checkpoint: Option<Date>,
    /// One for each unit of account, so that each fills in its own.
    pub by_unit: bool,
}

/// A report to be filled in.
#[derive(Clone, Debug)]
pub struct DraftReport {
    /// The code of the unit of account that fills it in; none for all, and for projects without a unit.
    pub unit: Option<String>,
    /// As source text.
    pub text: String,
    /// How many lines wait.
    pub blanks: usize,
}

/// What is not reported yet, by the units that report it. Nothing where all of it is.
pub fn report(model: &Model, id: DepartmentId, wanted: WantedReport) -> Vec<DraftReport> {
    let year = model.fiscal_year(Some(id));
    let day = wanted.checkpoint.map_or(Day::last_of(year), |date| date.in_year(year));
    let record = model.record(Some(id));
    let known: Vec<_> = record
        .snapshots()
        .filter(|one| match (wanted.checkpoint, &one.checkpoint) {
            (None, _) => one.kind == SnapshotKind::SelfEvaluation,
            (Some(_), Some(of)) => one.kind == SnapshotKind::Monitoring && of.value.in_year(year) == day,
            (Some(_), None) => false,
        })
        .collect();
    let spent: BTreeSet<NamedThing> =
        known.iter().flat_map(|one| &one.spent).filter_map(|line| line.subject.named).collect();
    let reached: BTreeSet<NamedThing> =
        known.iter().flat_map(|one| &one.reached).filter_map(|line| line.subject.named).collect();
    let told: BTreeSet<(NamedThing, Field)> = known
        .iter()
        .flat_map(|one| &one.texts)
        .filter_map(|line| Some((line.subject.named?, line.kind.field())))
        .collect();
    let adjustments = AdjustmentsInForce::of(model, Some(id));
    let mut units: BTreeMap<Option<String>, DueLines> = BTreeMap::new();
    for (project, of) in model.whole_of(Some(id)).into_iter().chain(model.projects_of(Some(id))) {
        let unit = of.unit_of_account.as_ref().filter(|_| wanted.by_unit).map(|unit| unit.value.to_string());
        let in_force = adjustments.project(model, project, day);
        let due = units.entry(unit).or_default();
        let path = written_name(&of.name.value);
        let whole = project.whole_of().map(|_| NamedThing::Department);
        let named = whole.unwrap_or(NamedThing::Project(project));
        if in_force.money.total.is_some() && !spent.contains(&named) {
            due.money.push(blank(wanted, [Field::MonitoringSpent, Field::EvaluationSpent], &path));
        }
        // What follows from other facts is computed, not reported.
        let is_open = |one: &&InForce<'_>| !reached.contains(&one.named) && one.indicator.computed().is_none();
        let open = in_force.indicators.iter().filter(is_open);
        due.values.extend(open.map(|one| {
            let path = of.path_to(&one.indicator.name.value);
            blank(wanted, [Field::MonitoringReached, Field::EvaluationReached], &path)
        }));
        due.texts.extend(closing(named, wanted, &told).map(|field| format!("{} {path} {}", field.name, in_quotes())));
    }
    let keyword = if wanted.checkpoint.is_some() { Keyword::Monitoring } else { Keyword::SelfEvaluation };
    let head = wanted.checkpoint.map(|date| date.to_string()).unwrap_or_default();
    let drafts = units.into_iter().map(|(unit, due)| {
        let lines = [due.money, due.values, due.texts].concat();
        DraftReport { unit, text: declaration(keyword, &head, &lines), blanks: lines.len() }
    });
    drafts.filter(|draft| draft.blanks > 0).collect()
}

/// The lines of one report, in the order of the form.
#[derive(Default)]
struct DueLines {
    money: Vec<String>,
    values: Vec<String>,
    texts: Vec<String>,
}

fn blank(wanted: WantedReport, [monitoring, evaluation]: [Field; 2], path: &str) -> String {
    let field = if wanted.checkpoint.is_some() { monitoring } else { evaluation };
    format!("{} {path} {}", field.name, TO_FILL_IN.0)
}

fn in_quotes() -> String {
    quoted(TO_FILL_IN.0)
}

/// What the form of a self-evaluation has room for at its end; monitoring goes without.
fn closing(
    named: NamedThing,
    wanted: WantedReport,
    told: &BTreeSet<(NamedThing, Field)>,
) -> impl Iterator<Item = Field> {
    let fields = [Field::EvaluationOverall, Field::SelfConclusion, Field::SelfProblem, Field::SelfImprovement];
    let wanted_here = move |field: &Field| wanted.checkpoint.is_none() && !told.contains(&(named, *field));
    fields.into_iter().filter(wanted_here)
}
