//! 自评得分: the points of departments' projects, and how one of them came about.

use std::collections::BTreeMap;

use super::cells::{headings, places, printed, reason};
use super::json::{self, OfficeScores, ScoreLine};
use super::others;
use super::page::{StandingPage, StandingPart};
use crate::diagnostic::{Language, Text, texts};
use crate::model::standard::Standard;
use crate::model::standard::method::ScoredKind;
use crate::model::{DepartmentId, Model, Project, written};
use crate::score::{
    Absence, Exact, Figure, FigureOrigin, InForce, IndicatorReport, IndicatorRow, Reached, Rounding, ScoreBasis,
    ScoredArea, ScoredEvaluation, ScoredProject, StepKind, money_written, score_areas, score_evaluations,
    score_projects, score_whole,
};
use crate::source::Sources;

/// A department's projects with their points.
pub struct ScoresOfOffice<'a> {
    /// Which department; none for projects outside any.
    pub department: Option<DepartmentId>,
    /// Its projects, in their order.
    pub projects: Vec<ScoredProject<'a>>,
    /// The department as a whole, where it has money or targets as such.
    pub whole: Option<ScoredProject<'a>>,
    /// 评价
    pub evaluations: Vec<ScoredEvaluation<'a>>,
    /// 区域
    pub areas: Vec<ScoredArea<'a>>,
}

const OF_PROJECTS: [[&str; 2]; 8] = [
    ["项目", "project"],
    ["全年预算数", "budget"],
    ["全年执行数", "spent"],
    ["执行率", "rate"],
    ["执行得分", "execution"],
    ["指标得分", "indicators"],
    ["总分", "total"],
    ["等次", "grade"],
];

const OF_ROWS: [[&str; 2]; 6] = [
    ["指标", "indicator"],
    ["指标值", "target"],
    ["实际完成值", "reached"],
    ["分值", "weight"],
    ["得分", "points"],
    ["得分依据", "derivation"],
];

impl<'a> ScoresOfOffice<'a> {
    /// Those of every department.
    pub fn all(model: &'a Model, basis: ScoreBasis) -> Vec<Self> {
        let of = |department| {
            let projects = score_projects(model, department, basis);
            let whole = score_whole(model, department, &projects, basis);
            let scored: Vec<&ScoredProject<'_>> = projects.iter().chain(&whole).collect();
            let evaluations = score_evaluations(model, department, &scored);
            Self { department, projects, whole, evaluations, areas: score_areas(model, department) }
        };
        model.groups().map(of).collect()
    }

    /// Its projects, and the department as a whole.
    pub fn scored(&self) -> impl Iterator<Item = &ScoredProject<'a>> {
        self.projects.iter().chain(&self.whole)
    }
}

/// What a department is called; nothing for what lies outside any.
pub(super) fn name_of(model: &Model, department: Option<DepartmentId>) -> String {
    let Some(id) = department else { return String::new() };
    let department = &model[id];
    let year = department.year.as_ref().map(|year| format!("{} ", year.value)).unwrap_or_default();
    format!("{year}{}", &*department.name.value)
}

/// The value as a table prints it.
pub(super) fn said(reached: &Reached, report: &IndicatorReport<'_>, sources: &Sources, language: Language) -> String {
    if let Some(computed) = &report.computed {
        return computed.said.clone();
    }
    match (reached, &report.foreseen, report.actual) {
        (Reached::Number(figure), Some(_), _) => figure.written.clone(),
        (_, _, Some((_, place))) => sources.slice(place).to_owned(),
        (Reached::Absent(absence), _, None) => absent(*absence).in_language(language).into_owned(),
        (_, _, None) => String::new(),
    }
}

pub(super) fn absent(absence: Absence) -> Text {
    match absence {
        Absence::Missing => texts::no_points_missing(),
        Absence::Pending => texts::no_points_pending(),
        Absence::NotApplicable => texts::no_points_not_applicable(),
        Absence::WrongKind => texts::no_points_kind(),
    }
}

/// The tables: each project with its rows, then the projects beside each other. `by_grade` leaves the rows out and puts the
/// projects under their grades.
pub fn scores_page(
    model: &Model,
    sources: &Sources,
    offices: &[ScoresOfOffice<'_>],
    by_grade: bool,
    language: Language,
) -> StandingPage {
    let say = |text: Text| text.in_language(language).into_owned();
    let mut page = StandingPage { title: say(texts::score_title()), parts: Vec::new() };
    for office in offices.iter().filter(|office| office.scored().next().is_some()) {
        if !by_grade {
            for one in office.scored() {
                project((model, sources), office.department, one, &mut page, language);
            }
            others::evaluations(&office.evaluations, &mut page, language);
            others::areas(&office.areas, model, &mut page, language);
        }
        let heading = [name_of(model, office.department), say(texts::score_title())].join(" ");
        page.parts.push(StandingPart::Heading(heading.trim().to_owned()));
        let mut rows: Vec<(String, Vec<String>)> = office
            .projects
            .iter()
            .map(|one| {
                let standard = &model[one.in_force.project.standard];
                let row = summary(one, standard);
                (one.score.total.grade.clone().unwrap_or_default(), row)
            })
            .collect();
        if by_grade {
            let best: Vec<String> = office
                .projects
                .first()
                .map(|one| &model[one.in_force.project.standard])
                .map(|standard| standard.scoring.grades.iter().map(|grade| grade.name.clone()).collect())
                .unwrap_or_default();
            rows.sort_by_key(|(grade, _)| best.iter().position(|one| one == grade).unwrap_or(usize::MAX));
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (grade, _) in &rows {
            *counts.entry(grade).or_default() += 1;
        }
        let counted: Vec<String> = counts
            .iter()
            .map(|(grade, count)| {
                let grade = if grade.is_empty() { say(texts::score_without_grade()) } else { (*grade).to_owned() };
                format!("{grade} {count}")
            })
            .collect();
        let whole = office.whole.iter().map(|one| summary(one, &model[one.in_force.project.standard]));
        page.parts.push(StandingPart::Table {
            headings: headings(&OF_PROJECTS, language),
            numbers: vec![false, true, true, true, true, true, true, false],
            rows: rows.iter().map(|(_, row)| row.clone()).chain(whole).collect(),
        });
        if !counted.is_empty() {
            page.parts.push(StandingPart::Lines(vec![counted.join("，")]));
        }
    }
    page
}

fn amount(figure: Option<&Figure>, standard: &Standard) -> String {
    figure.map_or_else(|| "—".to_owned(), |figure| money_written(&figure.value, standard))
}

fn rate(one: &ScoredProject<'_>) -> String {
    one.score.execution.rate.as_ref().map_or_else(|| "—".to_owned(), Exact::as_percent)
}

/// The sum of the printed points of the indicators; none where one has none.
fn of_indicators(one: &ScoredProject<'_>) -> Option<Exact> {
    let rows = one.score.rows.iter().map(|row| row.points.rounded.clone());
    rows.sum()
}

fn summary(one: &ScoredProject<'_>, standard: &Standard) -> Vec<String> {
    let total = &one.score.total;
    let bounds = || format!("— ({} .. {})", total.low.fixed(places(standard)), total.high.fixed(places(standard)));
    vec![
        one.in_force.project.name.value.to_string(),
        amount(one.score.budget.as_ref(), standard),
        amount(one.score.spent.as_ref(), standard),
        rate(one),
        printed(one.score.execution.points.rounded.as_ref(), standard),
        printed(of_indicators(one).as_ref(), standard),
        total.points.as_ref().map_or_else(bounds, |points| points.fixed(places(standard))),
        total.grade.clone().unwrap_or_default(),
    ]
}

/// A project's own table.
fn project(
    (model, sources): (&Model, &Sources),
    department: Option<DepartmentId>,
    one: &ScoredProject<'_>,
    page: &mut StandingPage,
    language: Language,
) {
    let say = |text: Text| text.in_language(language).into_owned();
    let Project { name, standard, .. } = one.in_force.project;
    let standard = &model[*standard];
    page.parts.push(StandingPart::Heading(name.value.to_string()));
    let mut rows = Vec::new();
    let executed = &one.score.execution;
    if let Some(weight) = &executed.weight {
        rows.push(vec![
            say(texts::score_execution_row()),
            String::new(),
            rate(one),
            weight.written.clone(),
            printed(executed.points.rounded.as_ref(), standard),
            reason(&executed.points, language),
        ]);
    }
    for ((indicator, row), report) in one.in_force.indicators.iter().zip(&one.score.rows).zip(&one.report.reports) {
        rows.push(vec![
            indicator.indicator.name.value.to_string(),
            written::target(&indicator.target.value, standard),
            said(&row.reached, report, sources, language),
            indicator.weight.as_ref().map(|weight| weight.written.clone()).unwrap_or_default(),
            printed(row.points.rounded.as_ref(), standard),
            reason(&row.points, language),
        ]);
    }
    let reviewed = one.reviewed(model, department, standard);
    let total = &one.score.total;
    let bound = |exact: &Exact| exact.fixed(places(standard));
    let bounds = || say(texts::score_bounds(bound(&total.low), bound(&total.high)));
    let closing = if total.points.is_some() { total.grade.clone().unwrap_or_default() } else { bounds() };
    rows.push(vec![
        say(texts::score_total()),
        String::new(),
        String::new(),
        total.weight.plain(2),
        printed(total.points.as_ref(), standard),
        closing,
    ]);
    let mut table = (headings(&OF_ROWS, language), vec![false, false, false, true, true, false]);
    if let Some(reviewed) = &reviewed {
        others::review(reviewed, standard, &mut rows);
        table.0.splice(4..5, headings(&others::OF_REVIEW, language));
        table.1.splice(4..5, [true, true, false]);
    }
    page.parts.push(StandingPart::Table { headings: table.0, numbers: table.1, rows });
}

/// How the points of one indicator came about. `has_others` adds what other methods would give.
pub fn explained(
    model: &Model,
    sources: &Sources,
    one: &ScoredProject<'_>,
    index: usize,
    has_others: bool,
    language: Language,
) -> StandingPage {
    let say = |text: Text| text.in_language(language).into_owned();
    let standard = &model[one.in_force.project.standard];
    // Invariant: a project has a row and a report an indicator.
    let (indicator, row) = (&one.in_force.indicators[index], &one.score.rows[index]);
    let report = &one.report.reports[index];
    let name = indicator.indicator.name.value.to_string();
    let mut lines = vec![say(texts::score_facts(
        &name,
        written::target(&indicator.target.value, standard),
        said(&row.reached, report, sources, language),
        indicator.weight.as_ref().map_or("—", |weight| weight.written.as_str()),
    ))];
    lines.extend(method_line(indicator, row, standard, sources, language));
    for step in &row.points.steps {
        let rounding = Rounding::of(&standard.scoring).filter(|_| step.kind == StepKind::Points);
        let rounding = rounding.map(|rounding| {
            let unit = Exact::one().over(&power(rounding.places)).map(|unit| unit.plain(6)).unwrap_or_default();
            format!("    {}", say(texts::score_rounding(rounding.mode.word(), unit)))
        });
        lines.push(format!("  {}  {}{}", say(step.kind.title()), step.text(language), rounding.unwrap_or_default()));
    }
    if let Some(why) = &row.points.none {
        let code = why.code().map(|code| format!("  {code}")).unwrap_or_default();
        lines.push(format!("  {}  —  {}{code}", say(StepKind::Points.title()), say(why.text())));
    }
    if has_others && !row.others.is_empty() {
        let others: Vec<String> = row
            .others
            .iter()
            .map(|(kind, points)| format!("{} {}", kind.word(), points.fixed(places(standard))))
            .collect();
        lines.push(format!("  {}  {}", say(texts::score_other_methods()), others.join("；")));
    }
    StandingPage { title: name, parts: vec![StandingPart::Lines(lines)] }
}

fn power(places: u32) -> Exact {
    (0..places).fold(Exact::one(), |power, _| power * Exact::from(rust_decimal::Decimal::TEN))
}

/// `方法  反向 · 线性 · 倍数 1    四川2023 自评规则 计分 反向`
fn method_line(
    indicator: &InForce<'_>,
    row: &IndicatorRow,
    standard: &Standard,
    sources: &Sources,
    language: Language,
) -> Option<String> {
    use crate::language::Field;
    let (method, origin) = row.method?;
    let own = indicator.indicator.method(standard).map(|(method, _)| method.parameters(standard));
    let rule = row.kind.and_then(|kind| standard.scoring.method(kind));
    let parameters = own.or_else(|| rule.map(|rule| rule.method.value.parameters(standard))).unwrap_or_default();
    let parts = row.kind.map(ScoredKind::word).into_iter().chain([method.word()]).map(str::to_owned);
    let said: Vec<String> = parts.chain(parameters).collect();
    let from = match origin {
        FigureOrigin::Rule(_) => {
            let kind = row.kind.map_or("", ScoredKind::word);
            format!("{} {} {} {kind}", standard.name, Field::ScoringRules.name, Field::MethodOf.name)
        }
        FigureOrigin::Stated(span) => {
            let source = sources.get(span.file);
            format!("{}:{}", source.path, source.location(span.start).line)
        }
        FigureOrigin::Computed => String::new(),
    };
    let title = texts::score_method().in_language(language).into_owned();
    Some(format!("  {title}  {}    {from}", said.join(" · ")))
}

/// The document for programs.
pub fn scores_json(model: &Model, sources: &Sources, offices: &[ScoresOfOffice<'_>], language: Language) -> String {
    json::scores(offices.iter().map(|one| office_scores((model, sources), one, language)).collect())
}

fn office_scores<'o>(
    (model, sources): (&Model, &'o Sources),
    office: &'o ScoresOfOffice<'_>,
    language: Language,
) -> OfficeScores<'o> {
    let scores = |one: &'o ScoredProject<'_>| {
        let standard = &model[one.in_force.project.standard];
        let reviewed = one.reviewed(model, office.department, standard);
        let lines = one.in_force.indicators.iter().zip(&one.score.rows).zip(&one.report.reports);
        let lines = lines.map(|((indicator, row), report)| ScoreLine {
            name: indicator.indicator.name.value.to_string(),
            target: written::target(&indicator.target.value, standard),
            actual: said(&row.reached, report, sources, language),
            weight: indicator.weight.as_ref().map(|weight| weight.written.clone()),
            kind: row.kind.map(ScoredKind::word),
            method: row.method.map(|(method, _)| method.english()),
            points: json::points(&row.points, places(standard), sources, language),
            review: None,
        });
        let mut lines: Vec<ScoreLine<'_>> = lines.collect();
        for (line, given) in lines.iter_mut().zip(reviewed.iter().flat_map(|one| &one.points)) {
            line.review = given.map(json::review);
        }
        json::project_scores((one, reviewed.as_ref()), standard, lines, sources, language)
    };
    let projects = office.projects.iter().map(scores).collect();
    let evaluations = office.evaluations.iter().map(|one| json::evaluation(one, sources, language)).collect();
    let areas = office.areas.iter().map(|one| json::area(one, sources, language)).collect();
    json::office_scores(
        name_of(model, office.department),
        (projects, office.whole.as_ref().map(scores)),
        (evaluations, areas),
    )
}
