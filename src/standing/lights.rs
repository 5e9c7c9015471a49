//! 监控: how departments stand at a checkpoint: lights of money and goals, what is due, forecasts, and what is missing.

use super::cells::headings;
use super::json::{self, IndicatorLight, OfficeLights, ProjectLights};
use super::page::{StandingPage, StandingPart};
use super::scores::{absent, name_of, said};
use crate::diagnostic::{Language, Text, texts};
use crate::model::calendar::Date;
use crate::model::standard::Standard;
use crate::model::standard::monitoring::LightColour;
use crate::model::{DepartmentId, Model, written};
use crate::score::{
    Absence, Exact, Figure, Light, MonitoredSum, Reached, StandingProject, money_written, monitor_projects,
    monitor_whole, monitored_sum,
};
use crate::source::Sources;

/// A department at a checkpoint.
pub struct LightsOfOffice<'a> {
    /// Which department; none for projects outside any.
    pub department: Option<DepartmentId>,
    /// The checkpoint.
    pub date: Date,
    /// Its projects, in their order.
    pub projects: Vec<StandingProject<'a>>,
    /// The department as a whole, where anything is reported of it as such.
    pub whole: Option<StandingProject<'a>>,
}

const OF_PROJECTS: [[&str; 2]; 8] = [
    ["项目", "project"],
    ["预算", "budget"],
    ["执行", "spent"],
    ["执行率", "rate"],
    ["序时", "of due"],
    ["资金", "money"],
    ["目标", "goals"],
    ["年底预计(按进度)", "by year end"],
];

const OF_INDICATORS: [[&str; 2]; 7] = [
    ["项目", "project"],
    ["指标", "indicator"],
    ["指标值", "target"],
    ["完成", "reached"],
    ["进度", "of due"],
    ["灯", "light"],
    ["年底预计", "by year end"],
];

/// What a run is to fail on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanting {
    /// A red light.
    Red,
    /// A red or a yellow light.
    Yellow,
    /// A project or an indicator of which nothing was reported.
    Missing,
}

impl<'a> LightsOfOffice<'a> {
    /// Every department at a checkpoint.
    pub fn all(model: &'a Model, date: Date) -> Vec<Self> {
        let of = |department| {
            let whole = monitor_whole(model, department, date).filter(|one| one.report.is_made());
            Self { department, date, projects: monitor_projects(model, department, date), whole }
        };
        model.groups().map(of).filter(|office| office.standing().next().is_some()).collect()
    }

    /// Its projects, and the department as a whole.
    pub fn standing(&self) -> impl Iterator<Item = &StandingProject<'a>> {
        self.projects.iter().chain(&self.whole)
    }

    /// The paths of which nothing was reported, in the order of the projects.
    pub fn missing(&self) -> Vec<String> {
        self.standing().flat_map(StandingProject::missing).collect()
    }

    /// Whether something is as a run is to fail on.
    pub fn holds(&self, wanting: Wanting) -> bool {
        let lit = |worst: LightColour| {
            self.standing().any(|one| {
                let money = matches!(one.standing.money.light, Light::Lit(colour) if colour <= worst);
                money || one.standing.goals.is_some_and(|colour| colour <= worst)
            })
        };
        match wanting {
            Wanting::Red => lit(LightColour::Red),
            Wanting::Yellow => lit(LightColour::Yellow),
            Wanting::Missing => !self.missing().is_empty(),
        }
    }
}

fn light(light: Light, language: Language) -> String {
    light.text().map(|text| text.in_language(language).into_owned()).unwrap_or_default()
}

fn id(light: Light) -> &'static str {
    match light {
        Light::Lit(colour) => colour.english(),
        Light::Grey(_) => "grey",
        Light::Unruled => "none",
    }
}

fn share(exact: Option<&Exact>) -> String {
    exact.map_or_else(|| "—".to_owned(), Exact::as_percent)
}

fn money(exact: Option<&Exact>, standard: &Standard) -> String {
    exact.map_or_else(|| "—".to_owned(), |exact| money_written(exact, standard))
}

/// The tables: projects beside each other with their sum, then each indicator, and what is missing.
pub fn lights_page(
    model: &Model,
    sources: &Sources,
    offices: &[LightsOfOffice<'_>],
    language: Language,
) -> StandingPage {
    let say = |text: Text| text.in_language(language).into_owned();
    let title = offices.first().map_or_else(String::new, |office| office.date.to_string());
    let mut page = StandingPage { title: format!("{title} {}", say(texts::light_title())), parts: Vec::new() };
    for office in offices {
        let Some(first) = office.standing().next() else { continue };
        let standard = &model[first.in_force.project.standard];
        let heading = format!("{} {} {}", name_of(model, office.department), office.date, say(texts::light_title()));
        page.parts.push(StandingPart::Heading(heading.trim().to_owned()));
        let mut rows: Vec<Vec<String>> = office.projects.iter().map(|one| row(one, model, language)).collect();
        let all: Vec<_> = office.projects.iter().map(|one| one.standing.clone()).collect();
        let MonitoredSum { budget, spent, money: sum, forecast } = monitored_sum(&all, standard);
        if office.projects.len() > 1 {
            rows.push(vec![
                say(texts::light_sum()),
                money_written(&budget, standard),
                money(spent.as_ref(), standard),
                share(sum.rate.as_ref()),
                share(sum.pace.as_ref()),
                light(sum.light, language),
                String::new(),
                money(forecast.as_ref(), standard),
            ]);
        }
        rows.extend(office.whole.iter().map(|one| row(one, model, language)));
        page.parts.push(StandingPart::Table {
            headings: headings(&OF_PROJECTS, language),
            numbers: vec![false, true, true, true, true, false, false, true],
            rows,
        });
        indicators(office, model, sources, &mut page, language);
        let missing = office.missing();
        if !missing.is_empty() {
            let lines = missing.iter().map(|path| say(texts::light_missing(path))).collect();
            page.parts.push(StandingPart::Lines(lines));
        }
    }
    page
}

fn row(one: &StandingProject<'_>, model: &Model, language: Language) -> Vec<String> {
    let standard = &model[one.in_force.project.standard];
    let standing = &one.standing;
    let amount = |figure: &Option<Figure>| money(figure.as_ref().map(|figure| &figure.value), standard);
    let expected = standing.expected.as_ref().map(|expected| {
        texts::light_expected(money_written(&expected.value, standard)).in_language(language).into_owned()
    });
    vec![
        one.in_force.project.name.value.to_string(),
        amount(&standing.budget),
        amount(&standing.spent),
        share(standing.money.rate.as_ref()),
        share(standing.money.pace.as_ref()),
        light(standing.money.light, language),
        standing.goals.map_or("", |colour| colour.in_language(language)).to_owned(),
        money(standing.forecast.as_ref(), standard) + &expected.unwrap_or_default(),
    ]
}

/// Each indicator with what its light rests on; those without a value are counted.
fn indicators(
    office: &LightsOfOffice<'_>,
    model: &Model,
    sources: &Sources,
    page: &mut StandingPage,
    language: Language,
) {
    let mut rows = Vec::new();
    let mut grey: Vec<(Absence, usize)> = Vec::new();
    for one in office.standing() {
        let standard = &model[one.in_force.project.standard];
        let all = one.in_force.indicators.iter().zip(&one.standing.indicators).zip(&one.report.reports);
        for ((indicator, standing), report) in all {
            if let Light::Grey(absence) = standing.light.light {
                match grey.iter_mut().find(|(known, _)| *known == absence) {
                    Some((_, count)) => *count += 1,
                    None => grey.push((absence, 1)),
                }
                continue;
            }
            rows.push(vec![
                one.in_force.project.name.value.to_string(),
                indicator.indicator.name.value.to_string(),
                written::target(&indicator.target.value, standard),
                said(&standing.reached, report, sources, language),
                standing.light.step.as_ref().map(|step| step.text(language)).unwrap_or_default(),
                light(standing.light.light, language),
                forecast(standing.forecast.as_ref(), &standing.reached),
            ]);
        }
    }
    if !rows.is_empty() {
        page.parts.push(StandingPart::Table {
            headings: headings(&OF_INDICATORS, language),
            numbers: vec![false, false, false, true, false, false, true],
            rows,
        });
    }
    let counted = grey
        .iter()
        .map(|(absence, count)| texts::light_counted(*count, absent(*absence)).in_language(language).into_owned());
    let counted: Vec<String> = counted.collect();
    if !counted.is_empty() {
        page.parts.push(StandingPart::Lines(counted));
    }
}

fn forecast(forecast: Option<&Figure>, reached: &Reached) -> String {
    match (forecast, reached) {
        (Some(forecast), Reached::Number(_)) => forecast.written.clone(),
        _ => String::new(),
    }
}

/// The document for programs.
pub fn lights_json(model: &Model, sources: &Sources, offices: &[LightsOfOffice<'_>], language: Language) -> String {
    let office = |office: &LightsOfOffice<'_>| {
        let year = model.fiscal_year(office.department);
        OfficeLights {
            department: name_of(model, office.department),
            checkpoint: office.date.to_string(),
            day: office.date.in_year(year).to_string(),
            projects: office.projects.iter().map(|one| project_lights(one, model, sources, language)).collect(),
            whole: office.whole.as_ref().map(|one| project_lights(one, model, sources, language)),
            missing: office.missing(),
        }
    };
    json::lights(offices.iter().map(office).collect())
}

fn project_lights<'a>(
    one: &StandingProject<'_>,
    model: &Model,
    sources: &'a Sources,
    language: Language,
) -> ProjectLights<'a> {
    let standard = &model[one.in_force.project.standard];
    let standing = &one.standing;
    let amount = |figure: &Option<Figure>| figure.as_ref().map(|figure| money_written(&figure.value, standard));
    let all = one.in_force.indicators.iter().zip(&standing.indicators).zip(&one.report.reports);
    let indicators = all.map(|((indicator, each), report)| IndicatorLight {
        name: indicator.indicator.name.value.to_string(),
        target: written::target(&indicator.target.value, standard),
        actual: said(&each.reached, report, sources, language),
        light: id(each.light.light),
        step: each.light.step.as_ref().map(|step| json::step(step, sources, language)),
        forecast: each.forecast.as_ref().map(|figure| figure.written.clone()),
    });
    ProjectLights {
        project: one.in_force.project.name.value.to_string(),
        money_unit: standard.money_unit_name(),
        budget: amount(&standing.budget),
        spent: amount(&standing.spent),
        rate: standing.money.rate.as_ref().map(Exact::as_percent),
        pace: standing.money.pace.as_ref().map(Exact::as_percent),
        money: id(standing.money.light),
        goals: standing.goals.map_or("none", LightColour::english),
        forecast: standing.forecast.as_ref().map(|exact| money_written(exact, standard)),
        expected: amount(&standing.expected),
        steps: standing.money.steps.iter().map(|step| json::step(step, sources, language)).collect(),
        indicators: indicators.collect(),
    }
}
