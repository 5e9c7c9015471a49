//! The first texts of a new office: its department and one project, with comments that lead.
//!
//! What they say lies in templates beside this file, in the language itself; what a standard rules (categories, weights,
//! fund sources, checkpoints, the unit of money) is asked of the standard that was chosen. A line whose blank has no value
//! goes, with the comments over it.

use rust_decimal::Decimal;

use crate::format::{Formatting, format};
use crate::language::{Block, Field, INDICATOR};
use crate::model::standard::{CategoryMatch, Library, Standard};
use crate::model::{CategoryId, StandardId, number};
use crate::syntax::vocabulary::written_name;

const DEPARTMENT: &str = include_str!("starter/部门.jx");
const PROJECT: &str = include_str!("starter/项目.jx");

/// What every office has, and so the project that the templates tell of.
pub const FIRST_PROJECT: &str = "办公设备购置";

/// What stands in the head of a project, and may be demanded like a field.
const CODE: &str = "编码";

/// In base units of money.
const FIRST_BUDGET: i64 = 200_000;

/// What is known of a new office; a text that is empty is not known.
#[derive(Clone, Copy, Debug)]
pub struct WantedOffice<'a> {
    /// Of the department.
    pub name: &'a str,
    /// Of the department.
    pub code: &'a str,
    /// The fiscal year.
    pub year: u16,
    /// One of the library, with categories.
    pub standard: StandardId,
    /// The name of the first project.
    pub project: &'a str,
    /// The code of the first project.
    pub project_code: &'a str,
    /// An amount as the language takes it; a bare number is in the unit of the standard's tables.
    pub budget: &'a str,
}

/// The texts of a new office, in the one layout.
#[derive(Clone, Debug)]
pub struct NewOffice {
    /// Declares the department.
    pub department: String,
    /// Declares its first project.
    pub project: String,
}

/// The first texts of an office by its standard.
pub fn new_office(library: &Library, wanted: WantedOffice<'_>) -> NewOffice {
    let standard = &library.standards[wanted.standard.0 as usize];
    let mut paragraphs: Vec<(&str, Option<CategoryId>)> = PROJECT
        .split("\n\n")
        .map(|paragraph| (paragraph, indicator(paragraph)))
        .filter_map(|(paragraph, indicator)| match indicator {
            Some([category, _]) => Some((paragraph, Some(same_category(library, standard, category)?))),
            None => Some((paragraph, None)),
        })
        .collect();
    // In the order of the standard's table; what is no indicator stays where it is.
    let first = paragraphs.iter().position(|(_, category)| category.is_some()).unwrap_or(paragraphs.len());
    let count = paragraphs[first..].iter().take_while(|(_, category)| category.is_some()).count();
    paragraphs[first..first + count].sort_by_key(|(_, id)| id.map(|id| (id.category, id.subcategory)));
    let categories: Vec<CategoryId> = paragraphs.iter().filter_map(|(_, category)| *category).collect();
    let mut weights = weights(standard, &categories).into_iter();
    let blanks = Blanks { standard, wanted, categories: &categories };
    let mut project = String::new();
    for (paragraph, category) in paragraphs {
        let mut text = blanks.filled(paragraph);
        if let (Some(id), Some([written, _])) = (category, indicator(paragraph)) {
            let head = |category: &str| format!("{} {category} ", INDICATOR.0);
            text = text.replacen(&head(written), &head(&standard.shortest_category(id)), 1);
            if let Some(weight) = weights.next() {
                text = text.replacen(" {\n", &format!(" {{\n{} {weight}\n", Field::Weight.name), 1);
            }
        }
        project += &text;
        project.push('\n');
    }
    let has = |line: &&str| {
        let named = line.trim_start().split_once("{{project}}.").map(|(_, name)| name);
        let is_there = |name: &str| {
            PROJECT
                .split("\n\n")
                .filter_map(indicator)
                .any(|[category, own]| own == name && same_category(library, standard, category).is_some())
        };
        named.is_none_or(is_there)
    };
    let department: Vec<&str> = DEPARTMENT.lines().filter(has).collect();
    let in_layout = |text: &str| format(text, &Formatting::default()).text;
    NewOffice { department: in_layout(&(blanks.filled(&department.join("\n")) + "\n")), project: in_layout(&project) }
}

/// The category and the name of the indicator that a paragraph of the template declares.
fn indicator(paragraph: &str) -> Option<[&str; 2]> {
    let head = paragraph.lines().find_map(|line| line.trim_start().strip_prefix(INDICATOR.0)?.strip_prefix(' '))?;
    let mut words = head.split(' ');
    Some([words.next()?, words.next()?])
}

/// The category of a standard that is called as in the template, or measures the same.
fn same_category(library: &Library, standard: &Standard, written: &str) -> Option<CategoryId> {
    if let CategoryMatch::One(id) = standard.find_category(written) {
        return Some(id);
    }
    let meant = library.standards.iter().find_map(|known| match known.find_category(written) {
        CategoryMatch::One(id) => Some((known.role(id)?, known.is_cost(id))),
        _ => None,
    })?;
    standard.all_categories().find(|id| standard.role(*id).map(|role| (role, standard.is_cost(*id))) == Some(meant))
}

/// The weight of each indicator, where the standard wants weights: what its scheme gives the first level, or else the
/// whole, shared out in whole points.
fn weights(standard: &Standard, categories: &[CategoryId]) -> Vec<Decimal> {
    let Some(total) = standard.weight_total else { return Vec::new() };
    let first = |id: &CategoryId| standard.category(*id).name.as_str();
    let scheme = standard.weight_schemes.iter().find(|scheme| {
        let names = |id: &CategoryId| scheme.weights.iter().any(|(name, _)| name == first(id));
        categories.iter().all(names)
            && scheme.weights.iter().all(|(name, _)| categories.iter().any(|id| first(id) == name))
    });
    let share = |index: usize| {
        let own = first(&categories[index]);
        let weight = scheme.and_then(|scheme| scheme.weights.iter().find(|(name, _)| name == own));
        let shares = |id: &CategoryId| weight.is_none() || first(id) == own;
        let count = Decimal::from(categories.iter().filter(|id| shares(id)).count());
        let weight = weight.map_or(total, |(_, weight)| *weight);
        let each = (weight / count).floor();
        let is_first = !categories[..index].iter().any(shares);
        if is_first { weight - each * (count - Decimal::ONE) } else { each }
    };
    (0..categories.len()).map(share).collect()
}

/// What the blanks of the templates are filled with.
struct Blanks<'a> {
    standard: &'a Standard,
    wanted: WantedOffice<'a>,
    categories: &'a [CategoryId],
}

impl Blanks<'_> {
    fn filled(&self, template: &str) -> String {
        let mut lines: Vec<String> = Vec::new();
        for line in template.lines() {
            let is_comment = |line: &str| line.trim_start().starts_with('#');
            match self.line(line) {
                Some(line) => lines.push(line),
                None if is_comment(line) => {}
                None => while lines.pop_if(|above| is_comment(above)).is_some() {},
            }
        }
        lines.push(String::new());
        lines.join("\n")
    }

    /// None where a blank has no value.
    fn line(&self, line: &str) -> Option<String> {
        let mut pieces = line.split("{{");
        let mut filled = pieces.next()?.to_owned();
        for piece in pieces {
            let (blank, rest) = piece.split_once("}}")?;
            filled += &self.value(blank)?;
            filled += rest;
        }
        Some(filled)
    }

    fn value(&self, blank: &str) -> Option<String> {
        let WantedOffice { name, code, year, project, project_code, .. } = self.wanted;
        let said = |is_so: bool| is_so.then(String::new);
        match blank {
            "department" => Some(written_name(name)),
            "department_code" => Some(code.to_owned()),
            "unit" => (!code.is_empty()).then(|| format!("{code}001")),
            "without_code" => said(code.is_empty()),
            "year" => Some(year.to_string()),
            "standard" => Some(written_name(&self.standard.name)),
            "project" => Some(written_name(if project.is_empty() { FIRST_PROJECT } else { project })),
            "code_of_project" => Some(project_code.to_owned()),
            "as_a_sample" => said(!project.is_empty() && project != FIRST_PROJECT),
            "wants_code" => said(project_code.is_empty() && wants_project_code(self.standard)),
            "budget" => Some(self.budget()),
            "sources" => Some(self.fund_sources()),
            "plan" => self.plan(),
            "also" => self.compulsory_left(),
            _ => None,
        }
    }

    fn budget(&self) -> String {
        let unit = self.standard.money_unit_name();
        match self.wanted.budget {
            "" => usual_budget(self.standard),
            written if number::decimal(written).is_some() => format!("{written} {unit}"),
            written => written.to_owned(),
        }
    }

    /// All of it comes from the first.
    fn fund_sources(&self) -> String {
        let budget = self.budget();
        let unit = budget.trim_start_matches(|sign: char| !sign.is_alphabetic());
        let names: Vec<String> = self.standard.fund_sources.iter().map(|one| written_name(&one.name)).collect();
        match &names[..] {
            [] => String::new(),
            [first, others @ ..] => {
                let mut lines = vec![format!("{first} {budget}")];
                lines.extend(others.iter().map(|name| format!("{name} 0 {unit}")));
                format!("{{\n{}\n}}", lines.join("\n"))
            }
        }
    }

    /// By the months that are gone, in steps of five percent.
    fn plan(&self) -> Option<String> {
        let checkpoints = &self.standard.checkpoints;
        let line = |(index, checkpoint): (usize, &crate::model::standard::Checkpoint)| {
            let is_last = index + 1 == checkpoints.len();
            let share = if is_last { 100 } else { u32::from(checkpoint.date.month) * 20 / 12 * 5 };
            format!("{} {share}%", checkpoint.date)
        };
        let lines: Vec<String> = checkpoints.iter().enumerate().map(line).collect();
        (!lines.is_empty()).then(|| format!("{{\n{}\n}}", lines.join("\n")))
    }

    fn compulsory_left(&self) -> Option<String> {
        let standard = self.standard;
        let is_left = |index: usize| !self.categories.iter().any(|id| id.category as usize == index);
        let categories = standard.categories.iter().enumerate();
        let left: Vec<&str> = categories
            .filter(|(index, category)| category.is_compulsory && is_left(*index))
            .map(|(_, category)| category.name.as_str())
            .collect();
        (!left.is_empty()).then(|| left.join(" "))
    }
}

/// The budget of a project of which nothing is known, in the unit of a standard.
pub fn usual_budget(standard: &Standard) -> String {
    let mut amount = Decimal::from(FIRST_BUDGET) / standard.money_factor();
    amount.rescale(2);
    format!("{amount} {}", standard.money_unit_name())
}

/// Whether projects of a standard must have a code.
pub fn wants_project_code(standard: &Standard) -> bool {
    standard.required_fields(Block::Project).any(|rule| rule.name == CODE)
}
