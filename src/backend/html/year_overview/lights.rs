//! The lights of money and goals, by project and checkpoint, and what stands behind those that are not green.

use maud::{Markup, html};

use super::{absent, lit, name, say, score_id, told};
use crate::backend::overview::{OverviewCheckpoint, YearOverview};
use crate::diagnostic::{Language, texts};
use crate::model::standard::Standard;
use crate::model::standard::monitoring::LightColour;
use crate::score::{Absence, Figure, Light, Reached, StandingProject, monitored_sum};
use crate::source::signs;

/// So many lines stand open.
const OPEN: usize = 12;
/// More checkpoints than these stand close to each other.
const WIDE: usize = 5;

pub(super) fn section(overview: &YearOverview<'_>, language: Language) -> Markup {
    html! {
        section aria-labelledby="lights" {
            h2 #lights { (say(language, "各项目的灯", "Lights of the projects")) }
            @if overview.checkpoints.is_empty() {
                p { (say(language, "没有报监控，没有灯。", "Nothing was monitored: there are no lights.")) }
            } @else {
                div.scroll tabindex="0" role="group" aria-labelledby="lights" { (matrix(overview, language)) }
                (key(overview.standard, language))
                @if let Some(last) = overview.checkpoints.last() { (behind(last, overview, language)) }
            }
        }
    }
}

fn matrix(overview: &YearOverview<'_>, language: Language) -> Markup {
    let all = &overview.checkpoints;
    let money = say(language, "资金", "money");
    let goals = say(language, "目标", "goals");
    // The checkpoint that tells of the most: of the whole department some may tell nothing.
    let most = all.iter().max_by_key(|at| at.standing.len());
    html! {
        table.lights.close[all.len() > WIDE] {
            thead {
                tr {
                    th scope="col" rowspan="2" { (say(language, "项目", "Project")) }
                    @for at in all { th scope="colgroup" colspan="2" { (at.date) } }
                }
                tr { @for _ in all { th scope="col" { (money) } th scope="col" { (goals) } } }
            }
            tbody {
                @for (index, one) in most.into_iter().flat_map(|at| at.standing.iter().enumerate()) {
                    tr {
                        th scope="row" {
                            @if overview.scored.get(index).is_some_and(|scored| scored.id == one.id) {
                                a href={ "#" (score_id(index)) } { (name(one.in_force.project)) }
                            } @else { (name(one.in_force.project)) }
                        }
                        @for at in all {
                            @match at.standing.get(index) {
                                Some(one) => { (cell(one.standing.money.light, language)) (of_goals(one, language)) }
                                None => { td {} td {} }
                            }
                        }
                    }
                }
            }
            @if overview.checkpoints.iter().any(|at| at.projects().len() > 1) {
                tfoot { tr {
                    th scope="row" { (texts::light_sum().in_language(language)) }
                    @for at in all {
                        @let standing: Vec<_> = at.projects().iter().map(|one| one.standing.clone()).collect();
                        (cell(monitored_sum(&standing, overview.standard).money.light, language))
                        td {}
                    }
                } }
            }
        }
    }
}

fn cell(light: Light, language: Language) -> Markup {
    let (class, sign, word) = told(light, language);
    html! { td class={ "light " (class) } { span.sign aria-hidden="true" { (sign) } " " span { (word) } } }
}

/// The worst light of the goals; where none has one, why.
fn of_goals(one: &StandingProject<'_>, language: Language) -> Markup {
    let indicators = &one.standing.indicators;
    let first = indicators.iter().map(|each| each.light.light).find(|light| matches!(light, Light::Grey(_)));
    let light = one.standing.goals.map(Light::Lit).or(first).unwrap_or(Light::Unruled);
    cell(light, language)
}

/// What the lights mean, as the standard has it.
fn key(standard: &Standard, language: Language) -> Markup {
    let (grey, waits) = ("○", absent(Absence::Missing, language));
    html! {
        @if !standard.monitoring.lights.is_empty() {
            p.key {
                (say(language, "按应达进度：", "Of what was due: "))
                @for band in &standard.monitoring.lights {
                    @let (class, sign, word) = lit(band.colour, language);
                    span class={ "light " (class) } { (sign) " " (word) }
                    @if let Some(below) = &band.below { " < " (below.value.normalize()) "%" }
                    " "
                }
                span.light.grey { (grey) " " (waits) (say(language, "、待测等没有值，不计入", ", pending: no value, not counted")) }
            }
        }
    }
}

/// A light that is not green, with what it rests on.
struct WarningLight {
    colour: LightColour,
    name: String,
    said: String,
    expected: Option<String>,
}

fn behind(last: &OverviewCheckpoint<'_>, overview: &YearOverview<'_>, language: Language) -> Markup {
    let mut warnings: Vec<WarningLight> =
        last.standing.iter().flat_map(|one| warnings(one, overview, language)).collect();
    warnings.sort_by_key(|one| one.colour);
    let summary = match language {
        Language::Chinese => format!("{}没有亮绿灯的：{} 处", last.date, warnings.len()),
        Language::English => format!("Not green at {}: {}", last.date, warnings.len()),
    };
    html! {
        @if warnings.is_empty() {
            p.fine { (last.date) (say(language, "没有黄灯和红灯。", ": neither yellow nor red.")) }
        } @else {
            details.behind open[warnings.len() <= OPEN] {
                summary { (summary) }
                ul { @for one in &warnings {
                    @let (class, sign, word) = lit(one.colour, language);
                    li {
                        span class={ "light " (class) } { (sign) " " (word) }
                        " " b { (one.name) }
                        @if !one.said.is_empty() { " " span.formula { (one.said) } }
                        @if let Some(expected) = &one.expected { " " span.expected { (expected) } }
                    }
                } }
            }
        }
    }
}

fn warnings(one: &StandingProject<'_>, overview: &YearOverview<'_>, language: Language) -> Vec<WarningLight> {
    let (project, standing) = (one.in_force.project, &one.standing);
    let standard = overview.standard_of(project);
    let warned = |light: Light| match light {
        Light::Lit(colour) if colour < LightColour::Green => Some(colour),
        Light::Lit(_) | Light::Grey(_) | Light::Unruled => None,
    };
    let money = warned(standing.money.light).map(|colour| {
        let unit = standard.money_unit_name();
        let stated = standing.expected.as_ref().map(|expected| expected.value.clone());
        let foreseen = stated.or_else(|| standing.forecast.clone());
        WarningLight {
            colour,
            name: format!("{} {}", name(project), say(language, "资金", "money")),
            said: standing.money.steps.iter().map(|step| step.text(language)).collect::<Vec<_>>().join("；"),
            expected: foreseen
                .map(|exact| by_year_end(&format!("{} {unit}", super::amount(&exact, standard)), language)),
        }
    });
    let both = one.in_force.indicators.iter().zip(&standing.indicators).zip(&one.report.reports);
    let indicators = both.filter_map(|((indicator, each), report)| {
        let stated = report.expected.map(|(_, place)| overview.sources.slice(place).to_owned());
        let foreseen = || each.forecast.as_ref().filter(|_| matches!(each.reached, Reached::Number(_))).map(forecast);
        Some(WarningLight {
            colour: warned(each.light.light)?,
            name: signs::in_one_line(&project.path_to(&indicator.indicator.name.value)).into_owned(),
            said: each.light.step.as_ref().map(|step| step.text(language)).unwrap_or_default(),
            expected: stated.or_else(foreseen).map(|written| by_year_end(&written, language)),
        })
    });
    money.into_iter().chain(indicators).collect()
}

fn forecast(figure: &Figure) -> String {
    figure.written.clone()
}

fn by_year_end(written: &str, language: Language) -> String {
    let said = signs::in_one_line(written);
    match language {
        Language::Chinese => format!("预计全年 {said}"),
        Language::English => format!("expected by the year's end: {said}"),
    }
}
