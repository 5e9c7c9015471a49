//! What happened to a target in the year: how it was adjusted, what was reached, which light that gave and which points.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Language, texts};
use crate::language::{Block, Keyword};
use crate::model::calendar::{Date, Day};
use crate::model::standard::Standard;
use crate::model::year::{AdjustedFact, NamedThing, Occasion, Snapshot, SnapshotKind, WrittenActual};
use crate::model::{DepartmentId, IndicatorId, Model, ProjectId, written};
use crate::score::{
    AdjustmentsInForce, Exact, Light, ProjectInForce, ScoreBasis, StepKind, money_written, monitor_project,
    score_project,
};
use crate::source::{FileId, Span};
use crate::workspace::Analysis;

/// What was reported of the indicators of a file, as it is written, in the order of the year: `6月底 66% · 年度 87.5%`.
pub fn of_file(analysis: &Analysis, file: FileId) -> BTreeMap<IndicatorId, String> {
    let model = &analysis.model;
    let mut all: BTreeMap<IndicatorId, String> = BTreeMap::new();
    for group in model.groups() {
        for snapshot in in_order(model, group) {
            let name = match &snapshot.checkpoint {
                Some(date) => date.value.to_string(),
                None => model.fiscal_year(group).to_string(),
            };
            for line in &snapshot.reached {
                let Some(NamedThing::Indicator(id)) = line.subject.named else { continue };
                if model[id].span.file == file {
                    let said = all.entry(id).or_default();
                    if !said.is_empty() {
                        said.push_str(" · ");
                    }
                    said.extend([&name, " ", analysis.sources.slice(line.value.span)]);
                }
            }
        }
    }
    all
}

/// The reports of a department in the order of the year.
fn in_order(model: &Model, group: Option<DepartmentId>) -> Vec<&Snapshot> {
    let year = model.fiscal_year(group);
    let mut all: Vec<&Snapshot> = model.record(group).snapshots().collect();
    all.sort_by_key(|one| (one.kind, one.checkpoint.as_ref().map(|date| date.value.in_year(year))));
    all
}

/// The indicators of which the report that a byte lies in says a value already, whichever of its files holds the line.
pub fn reported_beside(analysis: &Analysis, file: FileId, offset: usize) -> BTreeSet<IndicatorId> {
    let model = &analysis.model;
    let is_before = |one: &Snapshot| one.span.file == file && one.span.start as usize <= offset;
    let all = model.groups().flat_map(|group| in_order(model, group).into_iter().map(move |one| (group, one)));
    let here = all.filter(|(_, one)| is_before(one)).max_by_key(|(_, one)| one.span.start);
    let Some((group, here)) = here else { return BTreeSet::new() };
    let day = |one: &Snapshot| one.checkpoint.as_ref().map(|date| date.value.in_year(model.fiscal_year(group)));
    let same = model.record(group).snapshots().filter(|one| one.kind == here.kind && day(one) == day(here));
    let filled = same.flat_map(|one| &one.reached).filter(|line| !matches!(line.value.written, WrittenActual::Blank));
    let named = filled.filter_map(|line| match line.subject.named? {
        NamedThing::Indicator(id) => Some(id),
        NamedThing::Department | NamedThing::Project(_) | NamedThing::Added { .. } => None,
    });
    named.collect()
}

/// The department that a project belongs to, or whose whole it is.
fn group_of(model: &Model, id: ProjectId) -> Option<DepartmentId> {
    id.whole_of().or(model[id].department)
}

fn word(keyword: Keyword, language: Language) -> String {
    let (chinese, english) = Block::declared_by(keyword).word();
    match language {
        Language::Chinese => chinese.to_owned(),
        Language::English => english.to_owned(),
    }
}

/// The days of monitoring of which something was reported.
fn days(model: &Model, group: Option<DepartmentId>) -> Vec<Date> {
    let year = model.fiscal_year(group);
    let reported = model.record(group).snapshots().filter(|one| one.kind == SnapshotKind::Monitoring);
    let mut all: Vec<Date> = reported.filter_map(|one| Some(one.checkpoint.as_ref()?.value)).collect();
    all.sort_by_key(|date| date.in_year(year));
    all.dedup_by_key(|date| date.in_year(year));
    all
}

fn is_evaluated(model: &Model, group: Option<DepartmentId>) -> bool {
    model.record(group).snapshots().any(|one| one.kind == SnapshotKind::SelfEvaluation)
}

fn light(light: Light, language: Language) -> Option<&'static str> {
    match light {
        Light::Lit(colour) => Some(colour.in_language(language)),
        Light::Grey(_) | Light::Unruled => None,
    }
}

fn item(name: &str, parts: impl IntoIterator<Item = String>) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("- {name}　{}", parts.join(" · "))
}

fn in_money_unit(amount: &Exact, standard: &Standard) -> String {
    format!("{} {}", money_written(amount, standard), standard.money_unit_name())
}

/// An item a line, in the order of the year: adjustments, values with their lights, the points and where they come from.
pub fn of_indicator(analysis: &Analysis, id: IndicatorId, language: Language) -> Vec<String> {
    let (model, sources) = (&analysis.model, &analysis.sources);
    let project = &model[id.project];
    let (group, standard) = (group_of(model, id.project), &model[project.standard]);
    let mut lines = Vec::new();
    for one in model.record(group).adjustments() {
        let changes = one.changes.iter().filter(|change| change.subject.named == Some(NamedThing::Indicator(id)));
        for change in changes {
            let said = match &change.fact {
                AdjustedFact::Target { from, to } => {
                    let target = |one| written::target(one, standard);
                    texts::hover_adjusted(target(&from.value), target(&to.value))
                }
                AdjustedFact::Weight { from, to } => {
                    texts::hover_adjusted(from.value.normalize(), to.value.normalize())
                }
                AdjustedFact::Withdrawn(reason) => texts::hover_withdrawn(&*reason.value),
                AdjustedFact::Budget { .. }
                | AdjustedFact::CarryOver(_)
                | AdjustedFact::Goal(_)
                | AdjustedFact::Added(_) => continue,
            };
            let date = one.date.as_ref().map(|date| date.value.to_string()).unwrap_or_default();
            lines.push(item(&date, [said.in_language(language).into_owned()]));
        }
    }
    for date in days(model, group) {
        let Some(one) = monitor_project(model, group, date, id.project) else { continue };
        let place = one.in_force.indicators.iter().position(|one| one.named == NamedThing::Indicator(id));
        let Some(place) = place else { continue };
        let Some((_, span)) = one.report.reports.get(place).and_then(|report| report.actual) else { continue };
        let goal = &one.standing.indicators[place].light;
        let step = goal.step.as_ref().map(|step| step.text(language)).unwrap_or_default();
        let lit = light(goal.light, language).unwrap_or_default().to_owned();
        lines.push(item(&date.to_string(), [sources.slice(span).to_owned(), lit, step]));
    }
    if is_evaluated(model, group)
        && let one = score_project(model, group, id.project, ScoreBasis::Reported)
        && let Some(place) = one.in_force.indicators.iter().position(|one| one.named == NamedThing::Indicator(id))
        && let Some((_, span)) = one.report.reports.get(place).and_then(|report| report.actual)
    {
        let points = &one.score.rows[place].points;
        let last = points.steps.iter().rev().find(|step| step.kind == StepKind::Points);
        let said = match (&points.none, last) {
            (Some(why), _) => why.text().in_language(language).into_owned(),
            (None, Some(step)) => step.text(language),
            (None, None) => String::new(),
        };
        let name = word(Keyword::SelfEvaluation, language);
        lines.push(item(&name, [sources.slice(span).to_owned(), said]));
    }
    lines
}

/// An item a line: the money at each checkpoint with its light, and the total with its grade.
pub fn of_project(analysis: &Analysis, id: ProjectId, language: Language) -> Vec<String> {
    let model = &analysis.model;
    let project = &model[id];
    let (group, standard) = (group_of(model, id), &model[project.standard]);
    let mut lines = Vec::new();
    for date in days(model, group) {
        let Some(one) = monitor_project(model, group, date, id) else { continue };
        let Some(spent) = &one.standing.spent else { continue };
        let money = &one.standing.money;
        let pace =
            money.pace.as_ref().map(|pace| texts::hover_pace(pace.as_percent()).in_language(language).into_owned());
        let lit = light(money.light, language).unwrap_or_default().to_owned();
        lines.push(item(&date.to_string(), [in_money_unit(&spent.value, standard), pace.unwrap_or_default(), lit]));
    }
    if is_evaluated(model, group) {
        let one = score_project(model, group, id, ScoreBasis::Reported);
        let total = &one.score.total;
        let points = total.points.as_ref().map(|points| points.plain(2)).unwrap_or_default();
        let name = word(Keyword::SelfEvaluation, language);
        lines.push(item(&name, [points, total.grade.clone().unwrap_or_default()]));
    }
    lines
}

/// What is to be reached or spent that day, by the end of the path of each line that reports it.
pub fn wanted(analysis: &Analysis, within: Span) -> Vec<(u32, String)> {
    let model = &analysis.model;
    let mut all = Vec::new();
    for group in model.groups() {
        let record = model.record(group);
        let is_here = |one: &&Occasion| one.span().file == within.file;
        let year = model.fiscal_year(group);
        let mut adjustments = None;
        for occasion in record.occasions.iter().filter(is_here) {
            let Occasion::Snapshot(snapshot) = occasion else { continue };
            let checkpoint = snapshot.checkpoint.as_ref();
            let day = checkpoint.map_or(Day::last_of(year), |date| date.value.in_year(year));
            let adjustments = adjustments.get_or_insert_with(|| AdjustmentsInForce::of(model, group));
            let mut known: BTreeMap<ProjectId, ProjectInForce<'_>> = BTreeMap::new();
            let reached = snapshot.reached.iter().map(|line| &line.subject);
            for subject in snapshot.spent.iter().map(|line| &line.subject).chain(reached) {
                if subject.span.end < within.start || within.end < subject.span.start {
                    continue;
                }
                let Some(named) = subject.named else { continue };
                let Some(id) = named.holder(model, group) else { continue };
                let in_force = known.entry(id).or_insert_with(|| adjustments.project(model, id, day));
                let standard = &model[in_force.project.standard];
                let wanted = match named {
                    NamedThing::Project(_) | NamedThing::Department => {
                        let total = in_force.money.total.as_ref();
                        total.map(|total| in_money_unit(&total.value, standard))
                    }
                    NamedThing::Indicator(_) | NamedThing::Added { .. } => {
                        let one = in_force.indicators.iter().find(|one| one.named == named);
                        one.map(|one| written::target(&one.target.value, standard))
                    }
                };
                let wanted = wanted.filter(|wanted| !wanted.is_empty());
                all.extend(wanted.map(|wanted| (subject.span.end, wanted)));
            }
        }
    }
    all
}
