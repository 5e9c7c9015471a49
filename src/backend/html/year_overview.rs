//! 总览: a department's year on one page, to be looked at before it is read. It has no script; nothing is told by colour
//! alone; every figure that is drawn is written beside the drawing.

mod lights;
mod scores;
mod spending;
mod unsettled;

use std::io::{self, Write};

use maud::{Markup, html};

use crate::backend::overview::{DepartmentMoney, YearOverview};
use crate::diagnostic::{Language, page};
use crate::language::{NOT_APPLICABLE, PENDING, TO_FILL_IN};
use crate::model::Project;
use crate::model::number::in_groups;
use crate::model::standard::Standard;
use crate::model::standard::monitoring::LightColour;
use crate::score::{Absence, Exact, Light, Rounding, ScoredProject, money_written};
use crate::source::signs;

/// So many checkpoints are named one by one.
const NAMED: usize = 4;

const STYLE: &str = include_str!("year_overview.css");

/// Writes the page.
pub(super) fn page(out: &mut dyn Write, overview: &YearOverview<'_>, language: Language) -> io::Result<()> {
    let title = signs::in_one_line(overview.title);
    page::write(&title, STYLE, language, out, |out| {
        page::put(out, head(overview, language))?;
        page::put(out, lights::section(overview, language))?;
        page::put(out, spending::section(overview, language))?;
        page::put(out, unsettled::sections(overview, language))?;
        page::put(out, scores::section(overview, language))
    })
}

fn say(language: Language, chinese: &'static str, english: &'static str) -> &'static str {
    [chinese, english][language as usize]
}

/// A name of an author.
fn name(project: &Project) -> String {
    signs::in_one_line(&project.name.value).into_owned()
}

/// An amount with its groups of figures, without its unit.
fn amount(exact: &Exact, standard: &Standard) -> String {
    in_groups(&money_written(exact, standard))
}

/// Points with the decimals of a standard.
fn points(exact: &Exact, standard: &Standard) -> String {
    exact.fixed(Rounding::of(&standard.scoring).map_or(0, |rounding| rounding.places))
}

/// A project in the list of scores, by its place there.
fn score_id(index: usize) -> String {
    format!("s{}", index + 1)
}

/// The class, the sign and the word of a light.
fn told(light: Light, language: Language) -> (&'static str, &'static str, &'static str) {
    match light {
        Light::Lit(colour) => lit(colour, language),
        Light::Grey(absence) => ("grey", "○", absent(absence, language)),
        Light::Unruled => ("grey", "", "—"),
    }
}

fn lit(colour: LightColour, language: Language) -> (&'static str, &'static str, &'static str) {
    (colour.english(), colour.sign(), colour.in_language(language))
}

fn absent(absence: Absence, language: Language) -> &'static str {
    match absence {
        Absence::Missing | Absence::WrongKind => say(language, TO_FILL_IN.0, "missing"),
        Absence::Pending => say(language, PENDING.0, "pending"),
        Absence::NotApplicable => say(language, NOT_APPLICABLE.0, "n/a"),
    }
}

fn head(overview: &YearOverview<'_>, language: Language) -> Markup {
    let rest = overview.title.strip_prefix(overview.owner).unwrap_or(overview.title);
    let standard = overview.standard;
    html! {
        header {
            h1 { (signs::in_one_line(overview.owner)) wbr; span.whole { (signs::in_one_line(rest)) } }
            p.told { (standing_of(overview, language)) }
            dl.figures {
                (money(&overview.money, standard, language))
                (grades(overview, language))
                div {
                    dt { (say(language, "监控节点", "Checkpoints")) }
                    dd { (overview.checkpoints.len()) " " small { (checkpoints(overview)) } }
                }
            }
        }
    }
}

/// `3月底 6月底 10月底`; of many the first and the last.
fn checkpoints(overview: &YearOverview<'_>) -> String {
    let all: Vec<String> = overview.checkpoints.iter().map(|one| one.date.to_string()).collect();
    match &all[..] {
        [first, .., last] if all.len() > NAMED => format!("{first}—{last}"),
        _ => all.join(" "),
    }
}

/// What the page rests on: `截至 10月底监控，已自评 · 河北2025 · 金额单位：元`.
fn standing_of(overview: &YearOverview<'_>, language: Language) -> String {
    let last = overview.checkpoints.last().map(|one| match language {
        Language::Chinese => format!("监控到{}", one.date),
        Language::English => format!("monitored to {}", one.date),
    });
    let unmonitored = || say(language, "没有报监控", "not monitored").to_owned();
    let evaluated = if overview.scored.is_empty() {
        say(language, "还没有自评", "not yet evaluated")
    } else {
        say(language, "已自评", "self-evaluated")
    };
    let unit = format!("{}{}", say(language, "金额单位：", "amounts in "), overview.standard.money_unit_name());
    let parts = [last.unwrap_or_else(unmonitored), evaluated.to_owned(), overview.standard.name.clone(), unit];
    parts.join(" · ")
}

fn money(money: &DepartmentMoney, standard: &Standard, language: Language) -> Markup {
    let at = money.at.map(|date| format!("1—{date}"));
    let is_adjusted = money.approved != money.budget;
    let budget = if money.is_whole {
        say(language, "整体预算", "Budget as a whole")
    } else {
        say(language, "项目预算", "Budget of projects")
    };
    html! {
        div.amount { dt { (budget) @if is_adjusted { (say(language, "（年初）", ", approved")) } } dd { (amount(&money.approved, standard)) } }
        @if is_adjusted {
            div.amount { dt { (budget) (say(language, "（调整后）", ", adjusted")) } dd { (amount(&money.budget, standard)) } }
        }
        div.amount {
            dt { (say(language, "执行", "Spent")) @if let Some(at) = &at { " " (at) } }
            dd { (money.spent.as_ref().map_or_else(|| "—".to_owned(), |spent| amount(spent, standard))) }
        }
        div {
            dt { (say(language, "执行率", "Execution")) }
            dd { (money.rate.as_ref().map_or_else(|| "—".to_owned(), Exact::as_percent)) }
        }
        @if money.unreported > 0 && money.spent.is_some() {
            div.note {
                dt { (say(language, "没有报执行数", "No spending reported")) }
                dd { (money.unreported) " " small { (say(language, "个项目，预算仍计入", "projects, whose budget is counted")) } }
            }
        }
    }
}

/// The total of the department as a whole, and how many projects have which grade.
fn grades(overview: &YearOverview<'_>, language: Language) -> Markup {
    let (whole, projects): (Vec<_>, Vec<_>) = overview.scored.iter().partition(|one| one.id.whole_of().is_some());
    let of_grade =
        |grade: Option<&str>| projects.iter().filter(|one| one.score.total.grade.as_deref() == grade).count();
    // In the order of the standard, best first; a project may have grades of another standard.
    let mut names: Vec<&str> = Vec::new();
    let declared = overview.standard.scoring.grades.iter().map(|grade| grade.name.as_str());
    for grade in declared.chain(projects.iter().filter_map(|one| one.score.total.grade.as_deref())) {
        if !names.contains(&grade) && of_grade(Some(grade)) > 0 {
            names.push(grade);
        }
    }
    html! {
        @for one in whole {
            div {
                dt { (say(language, "部门整体得分", "Department as a whole")) }
                dd { (total(overview, one)) @if let Some(grade) = &one.score.total.grade { " " small { (grade) } } }
            }
        }
        @if !projects.is_empty() {
            div {
                dt { (say(language, "项目等次", "Grades of projects")) }
                dd {
                    @for (index, grade) in names.iter().enumerate() {
                        @if index > 0 { (say(language, "，", ", ")) }
                        (grade) " " (of_grade(Some(grade)))
                    }
                    @if of_grade(None) > 0 {
                        @if !names.is_empty() { (say(language, "，", ", ")) }
                        (say(language, "未评", "ungraded")) " " (of_grade(None))
                    }
                }
            }
        }
    }
}

/// A total; with its bounds where a row has no points.
fn total(overview: &YearOverview<'_>, one: &ScoredProject<'_>) -> String {
    let standard = overview.standard_of(one.in_force.project);
    let total = &one.score.total;
    match &total.points {
        Some(sum) => points(sum, standard),
        None => format!("{}～{}", points(&total.low, standard), points(&total.high, standard)),
    }
}
