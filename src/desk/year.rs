//! 年度: what is due of a department at a checkpoint, line by line, and how a line of a report gets another value.

use super::fact::{Address, FormFact, NotMade};
use super::form::{FormOf, FormRow};
use crate::diagnostic::{Edit, Language, texts};
use crate::drafting::{WantedReport, file_of_checkpoint, report};
use crate::edit::declaration::Declaration;
use crate::edit::{self, At, DeclaredLines, EditPlace, EditRefusal, Request};
use crate::import::typed_actual;
use crate::language::{Block, Field, TO_FILL_IN, is_one_of, own, quoted};
use crate::model::actual::Actual;
use crate::model::calendar::Date;
use crate::model::standard::Standard;
use crate::model::standard::monitoring::LightColour;
use crate::model::target::Target;
use crate::model::year::{NamedThing, Snapshot, SnapshotKind, WrittenActual, value_written};
use crate::model::{DepartmentId, Model, cells, print, written};
use crate::score::{
    Exact, Figure, InForce, Light, StandingProject, checkpoints, money_written, monitor_project, monitor_projects,
    monitor_whole,
};
use crate::source::{Sources, Span};
use crate::syntax::vocabulary::written_name;
use crate::workspace::Analysis;

/// A department at a checkpoint, to be filled in.
pub struct CheckpointForm<'a> {
    /// Its projects, then the department as a whole where it has money or targets as such.
    pub projects: Vec<CheckpointProject<'a>>,
    /// A report of the checkpoint is there.
    pub has_report: bool,
}

/// A project with what is due of it.
pub struct CheckpointProject<'a> {
    /// How it stands.
    pub standing: StandingProject<'a>,
    /// Its money first, then its indicators in their order.
    pub lines: Vec<CheckpointLine>,
}

/// A line of the report, written or not.
pub struct CheckpointLine {
    /// The names that lead to it.
    pub address: Address,
    /// The indicator; none for the money.
    pub name: Option<String>,
    /// What is to be reached by the end of the year, or the budget.
    pub target: String,
    /// As it is written; nothing where it waits.
    pub value: String,
    /// What is shown.
    pub light: Light,
    /// How the light came about, in one line.
    pub why: String,
    /// It follows from other facts, and is not written.
    pub is_computed: bool,
    /// What may be said of it: why it deviates, whether the target will be reached. Empty where it is not written yet.
    pub said: Vec<FormRow>,
}

/// The checkpoint that is due: the last that was reported as long as something of it waits, else the next.
pub fn due(model: &Model, department: Option<DepartmentId>) -> Option<Date> {
    let year = model.fiscal_year(department);
    let all = checkpoints(model, department);
    let is_reported = |date: &Date| snapshots(model, department, *date).next().is_some();
    let Some(last) = all.iter().rposition(is_reported) else { return all.first().copied() };
    let waits = monitor_projects(model, department, all[last]).iter().any(|one| !one.missing().is_empty());
    let next = all.iter().find(|date| date.in_year(year) > all[last].in_year(year));
    if waits { Some(all[last]) } else { Some(next.copied().unwrap_or(all[last])) }
}

/// What is due of a department at a checkpoint: of all its projects, else of the one that an address lies in.
pub fn form<'a>(
    analysis: &'a Analysis,
    department: Option<DepartmentId>,
    date: Date,
    of: Option<&Address>,
    language: Language,
) -> CheckpointForm<'a> {
    let Analysis { model, sources, .. } = analysis;
    let heads = snapshots(model, department, date).map(|one| one.span);
    let declarations: Vec<Declaration<'_>> = heads
        .map(|head| Declaration::starting_at(head.file, &sources.get(head.file).text, head.start as usize))
        .collect();
    let reports: Vec<DeclaredLines<'_, '_>> = declarations.iter().map(DeclaredLines::of).collect();
    let all: Vec<StandingProject<'_>> = match of.map(|of| &of.project) {
        None => {
            let projects = monitor_projects(model, department, date).into_iter();
            projects.chain(monitor_whole(model, department, date)).collect()
        }
        Some(None) => monitor_whole(model, department, date).into_iter().collect(),
        Some(Some(name)) => {
            let called = model.projects_of(department).filter(|(_, one)| *one.name.value == **name);
            called.filter_map(|(id, _)| monitor_project(model, department, date, id)).collect()
        }
    };
    let projects = all.into_iter().map(|standing| {
        let form = LineForms {
            analysis,
            reports: &reports,
            standard: &model[standing.in_force.project.standard],
            checkpoint: date.to_string(),
            language,
        };
        let lines = lines(&form, department, &standing);
        CheckpointProject { standing, lines }
    });
    let projects = projects.filter(|one| !one.lines.is_empty()).collect();
    CheckpointForm { projects, has_report: snapshots(model, department, date).next().is_some() }
}

/// What may be said of the lines of some reports.
struct LineForms<'a> {
    analysis: &'a Analysis,
    reports: &'a [DeclaredLines<'a, 'a>],
    standard: &'a Standard,
    checkpoint: String,
    language: Language,
}

impl LineForms<'_> {
    /// The fields in the braces of a line, as a form; where its light is a warning, its judgement and its reason are wanted.
    fn said(&self, line: Option<Span>, block: Block, light: Light) -> Vec<FormRow> {
        let Self { analysis, standard, language, .. } = *self;
        let report = line.and_then(|line| self.reports.iter().find(|report| report.holds(line)).zip(Some(line)));
        let Some((report, line)) = report else { return Vec::new() };
        let thing = At::Span(line);
        let form = FormOf { analysis, lines: Some(report), thing: thing.clone(), standard, language };
        let is_off = matches!(light, Light::Lit(LightColour::Yellow | LightColour::Red));
        let is_plain = |field: &Field| {
            let is_of_the_end = own::Completion::of(*field) == Some(own::Completion::Points);
            let at = thing.clone().line(field.name);
            field.inner.is_none() && !is_of_the_end && !(field.repeats && report.has_several(&analysis.model, &at))
        };
        let is_wanted = |label: &str| {
            let wanted = [Field::CompletionLikelihood, Field::CompletionDeviation];
            is_off && block == Block::Completion && wanted.iter().any(|field| field.name == label)
        };
        let mut rows = form.fields(block, is_plain);
        for row in &mut rows {
            if let FormFact::Line(label) = &row.fact {
                row.is_required |= is_wanted(label);
                row.fact = FormFact::ReportedLine(self.checkpoint.clone(), label.clone());
            }
        }
        rows
    }
}

fn lines(form: &LineForms<'_>, department: Option<DepartmentId>, one: &StandingProject<'_>) -> Vec<CheckpointLine> {
    let LineForms { analysis, standard, language, .. } = *form;
    let Analysis { model, sources, .. } = analysis;
    let project = one.in_force.project;
    let address = |indicator: Option<&str>| Address {
        department: department.map(|id| model[id].name.value.to_string()),
        project: one.id.whole_of().is_none().then(|| project.name.value.to_string()),
        indicator: indicator.map(str::to_owned),
    };
    let money = one.in_force.money.total.as_ref().map(|total| CheckpointLine {
        address: address(None),
        name: None,
        target: with_unit(total, standard),
        value: value_of(sources, place_of_money(one)),
        light: one.standing.money.light,
        why: money_why(one, standard, language),
        is_computed: false,
        said: form.said(one.report.line.map(|line| line.span), Block::Execution, one.standing.money.light),
    });
    let indicators = one.in_force.indicators.iter().zip(&one.standing.indicators).zip(&one.report.reports);
    let indicators = indicators.map(|((indicator, standing), report)| {
        let computed = report.computed.as_ref();
        let value = computed.map_or_else(|| value_of(sources, place_of(one, indicator)), |value| value.said.clone());
        CheckpointLine {
            address: address(Some(&indicator.indicator.name.value)),
            name: Some(indicator.indicator.name.value.to_string()),
            target: print::printed(&indicator.target.value, standard).glued(),
            value,
            light: standing.light.light,
            why: standing.light.step.as_ref().map(|step| step.text(language)).unwrap_or_default(),
            is_computed: computed.is_some() || indicator.indicator.computed().is_some(),
            said: form.said(report.line.map(|line| line.span), Block::Completion, standing.light.light),
        }
    });
    money.into_iter().chain(indicators).collect()
}

fn with_unit(figure: &Figure, standard: &Standard) -> String {
    format!("{} {}", money_written(&figure.value, standard), standard.money_unit_name())
}

/// The share that was spent, and of what is due.
fn money_why(one: &StandingProject<'_>, standard: &Standard, language: Language) -> String {
    let money = &one.standing.money;
    let rate = money.rate.as_ref().map(Exact::as_percent);
    let spent = one.standing.spent.as_ref().map(|spent| with_unit(spent, standard));
    let steps = money.steps.iter().map(|step| step.text(language));
    spent.into_iter().chain(rate).chain(steps).collect::<Vec<_>>().join(" · ")
}

/// The place of a value behind the path that it is a value of.
fn behind(subject: Span, line: Span) -> Span {
    Span { file: line.file, start: subject.end, end: line.end.max(subject.end) }
}

fn place_of_money(one: &StandingProject<'_>) -> Option<Span> {
    one.report.line.map(|line| behind(line.subject.span, line.span))
}

fn place_of(one: &StandingProject<'_>, indicator: &InForce<'_>) -> Option<Span> {
    let index = one.in_force.indicators.iter().position(|other| other.named == indicator.named)?;
    one.report.reports[index].line.map(|line| behind(line.subject.span, line.span))
}

/// What a form shows of a value: nothing where it waits.
fn value_of(sources: &Sources, place: Option<Span>) -> String {
    let said = place.map(|place| sources.slice(place).trim()).unwrap_or_default();
    if is_one_of(said, &[TO_FILL_IN]) { String::new() } else { said.to_owned() }
}

fn snapshots(model: &Model, department: Option<DepartmentId>, date: Date) -> impl Iterator<Item = &Snapshot> {
    let day = date.in_year(model.fiscal_year(department));
    let year = model.fiscal_year(department);
    model.record(department).snapshots().filter(move |one| {
        one.kind == SnapshotKind::Monitoring
            && one.checkpoint.as_ref().is_some_and(|checkpoint| checkpoint.value.in_year(year) == day)
    })
}

/// A line of a report by the names that lead to it.
struct LineOfReport<'a> {
    department: Option<DepartmentId>,
    date: Date,
    standing: StandingProject<'a>,
    /// Of the indicators in force; none for the money.
    index: Option<usize>,
}

fn find<'a>(analysis: &'a Analysis, at: &Address, checkpoint: &str) -> Result<LineOfReport<'a>, NotMade> {
    let model = &analysis.model;
    let missing = || NotMade::refused(EditRefusal::NotFound);
    let is_it = |group: &Option<DepartmentId>| group.map(|id| &*model[id].name.value) == at.department.as_deref();
    let mut groups = model.groups().filter(is_it);
    let department = groups.next().ok_or_else(missing)?;
    let date = Date::read(checkpoint).ok_or_else(missing)?;
    let id = match &at.project {
        Some(name) => {
            let mut named = model.projects_of(department).filter(|(_, one)| *one.name.value == **name);
            let found = named.next().ok_or_else(missing)?;
            if named.next().is_some() || groups.next().is_some() {
                return Err(NotMade::refused(EditRefusal::Ambiguous));
            }
            found.0
        }
        None => model.whole_of(department).ok_or_else(missing)?.0,
    };
    let standing = monitor_project(model, department, date, id).ok_or_else(missing)?;
    let index = match &at.indicator {
        Some(name) => {
            let of = |one: &InForce<'_>| *one.indicator.name.value == **name;
            Some(standing.in_force.indicators.iter().position(of).ok_or_else(missing)?)
        }
        None => None,
    };
    Ok(LineOfReport { department, date, standing, index })
}

impl LineOfReport<'_> {
    fn place(&self) -> Option<Span> {
        match self.index {
            Some(index) => place_of(&self.standing, &self.standing.in_force.indicators[index]),
            None => place_of_money(&self.standing),
        }
    }

    fn path(&self) -> String {
        let project = self.standing.in_force.project;
        match self.index {
            Some(index) => project.path_to(&self.standing.in_force.indicators[index].indicator.name.value),
            None => written_name(&project.name.value),
        }
    }

    /// Whether what is written there says what was reached.
    fn is_understood(&self) -> bool {
        let Some(index) = self.index else {
            return self.standing.report.line.is_some_and(|line| line.amount.is_some() || line.is_blank);
        };
        let target = &self.standing.in_force.indicators[index].target.value;
        let line = self.standing.report.reports[index].line;
        line.is_some_and(|line| match line.value.actual {
            Actual::Damaged => matches!(target, Target::Damaged) && line.value.written != WrittenActual::Damaged,
            _ => true,
        })
    }

    /// The ways to write a value: as it is typed, then as an import of a report would read it.
    fn spellings(&self, typed: &str, standard: &Standard, is_english: bool) -> Vec<String> {
        if typed.is_empty() {
            return vec![if is_english { TO_FILL_IN.1 } else { TO_FILL_IN.0 }.to_owned()];
        }
        let nowhere = Span::new(Sources::default().add("", ""), 0, 0);
        let meant = match self.index {
            Some(index) => {
                let in_force = &self.standing.in_force.indicators[index];
                typed_actual(typed, in_force.indicator, &in_force.target.value, standard)
                    .map(|value| value_written(&value, standard))
            }
            None => cells::quantity(typed, standard, nowhere).map(|quantity| written::quantity(&quantity, standard)),
        };
        // A reason behind a word: `待测 年底统一调查`.
        let reason = typed.split_once(char::is_whitespace);
        let with_reason = reason.map(|(word, reason)| format!("{word} {}", quoted(reason.trim())));
        let own = super::value::in_one_line(typed);
        let others = meant.into_iter().chain(with_reason).filter(|one| !one.is_empty() && *one != own);
        std::iter::once(own.clone()).chain(others).collect()
    }
}

/// What a form shows of a line of a report.
pub fn shown(analysis: &Analysis, at: &Address, checkpoint: &str) -> Result<String, NotMade> {
    Ok(value_of(&analysis.sources, find(analysis, at, checkpoint)?.place()))
}

/// Whether a line of a report says what was reached.
pub fn is_understood(analysis: &Analysis, at: &Address, checkpoint: &str) -> bool {
    find(analysis, at, checkpoint).is_ok_and(|line| line.is_understood())
}

/// Where a line of a report stands.
///
/// # Errors
/// Where it is not written yet.
pub fn reported_at(analysis: &Analysis, at: &Address, checkpoint: &str) -> Result<At, NotMade> {
    let line = find(analysis, at, checkpoint)?;
    let span = match line.index {
        Some(index) => line.standing.report.reports[index].line.map(|line| line.span),
        None => line.standing.report.line.map(|line| line.span),
    };
    span.map(At::Span).ok_or_else(|| NotMade::because(texts::desk_no_report(checkpoint)))
}

/// The ways to give a line of a report another value, the likeliest first: its value alone is another, or the line comes
/// into the report that is there.
///
/// # Errors
/// Why there is none.
pub fn edits(analysis: &Analysis, at: &Address, checkpoint: &str, value: &str) -> Result<Vec<Vec<Edit>>, NotMade> {
    let Analysis { model, sources, .. } = analysis;
    let line = find(analysis, at, checkpoint)?;
    let project = line.standing.in_force.project;
    let standard = &model[project.standard];
    let is_english = |span: Span| sources.slice(span).starts_with(|sign: char| sign.is_ascii_alphabetic());
    if let Some(place) = line.place() {
        let own = snapshots(model, line.department, line.date).map(|one| one.span).find(|span| span.file == place.file);
        let all = line.spellings(value.trim(), standard, own.is_some_and(is_english)).into_iter();
        return Ok(all.map(|spelling| vec![Edit { span: place, text: format!(" {spelling}") }]).collect());
    }
    // The report that has lines of the project already, where several share the checkpoint.
    let holds = |one: &&Snapshot| {
        let of = |named: NamedThing| named.holder(model, line.department) == Some(line.standing.id);
        one.subjects().any(|subject| subject.named.is_some_and(of))
    };
    let mut all = snapshots(model, line.department, line.date);
    let first = snapshots(model, line.department, line.date).find(holds).or_else(|| all.next());
    let Some(report) = first else { return Err(NotMade::because(texts::desk_no_report(checkpoint))) };
    if report.is_damaged {
        return Err(NotMade::refused(EditRefusal::Damaged));
    }
    let field = if line.index.is_some() { Field::MonitoringReached } else { Field::MonitoringSpent };
    let label = if is_english(report.span) { field.english } else { field.name };
    let path = line.path();
    let statements = line.spellings(value.trim(), standard, is_english(report.span)).into_iter();
    let planned = statements.map(|spelling| {
        let statement = format!("{label} {path} {spelling}");
        let request = Request::Add { to: At::Span(report.span), place: EditPlace::Usual, statement };
        edit::plan(model, sources, &request).map(edit::Patch::into_edits)
    });
    let (good, bad): (Vec<_>, Vec<_>) = planned.partition(Result::is_ok);
    if good.is_empty()
        && let Some(Err(refusal)) = bad.into_iter().next()
    {
        let NotMade::Refused { reason, finding, .. } = NotMade::refused(refusal) else { return Ok(Vec::new()) };
        return Err(NotMade::Refused { reason, finding, may_be_verbatim: false });
    }
    Ok(good.into_iter().flatten().collect())
}

/// A new report of a checkpoint, whose lines wait; none where nothing is due.
pub fn new_report(model: &Model, department: DepartmentId, date: Date) -> Option<String> {
    let wanted = WantedReport { checkpoint: Some(date), by_unit: false };
    Some(report(model, department, wanted).into_iter().next()?.text)
}

/// Where a report of a checkpoint lies, below the folder of its department.
pub fn usual_place(date: Date) -> String {
    format!("{}.jx", file_of_checkpoint(date))
}
