//! What a bureau compares between departments: their sums side by side, and what only shows where several are looked at.
//! Departments are added one by one; of each no more is kept than its lines.

mod prices;
mod shared_words;
mod standing;

use std::sync::Arc;

use rust_decimal::Decimal;

use super::CheckOutcome;
use super::official::{self, standard_of};
use crate::diagnostic::Severity;
use crate::model::print::printed;
use crate::model::standard::monitoring::LightColour;
use crate::model::standard::{Role, Standard};
use crate::model::target::admitted::measured;
use crate::model::target::{Comparator, Target};
use crate::model::{DepartmentId, Indicator, Model, Project, ProjectId, summary};
use crate::score::Exact;

pub(super) use prices::ServicePrices;
pub(super) use standing::{LightCounts, MeanScore};

/// The departments of a workspace.
#[derive(Default)]
pub(super) struct County {
    pub departments: Vec<CountyDepartment>,
    /// The standard of the first, in whose unit sums are printed.
    pub standard: Option<Arc<Standard>>,
    pub prices: prices::Prices,
    pub words: shared_words::Words,
}

/// A department among others.
pub(super) struct CountyDepartment {
    /// None for the projects outside any.
    pub name: Option<String>,
    pub code: Option<String>,
    pub year: Option<u16>,
    /// What its files are called, without an ending.
    pub file_stem: String,
    pub projects: usize,
    pub indicators: usize,
    /// Whose targets can be measured: no finding says otherwise, or, where nobody asked for findings, that are numbers.
    pub measurable: usize,
    /// In base units.
    pub budget: Decimal,
    /// Of each severity.
    pub findings: [usize; 3],
    /// At the last checkpoint of which something was reported.
    pub lights: Option<LightCounts>,
    /// Of its self-evaluation.
    pub score: Option<MeanScore>,
    /// The projects without an indicator of satisfaction, though their standard knows them: with their budgets.
    pub unsatisfied: Vec<(PlaceInCounty, Decimal)>,
    /// The projects with a red or a yellow light.
    pub lit: Vec<(LightColour, PlaceInCounty)>,
    /// What each project earns, the least first.
    pub points: Vec<(Exact, PlaceInCounty)>,
    /// Targets that ask for less than was reached last year.
    pub relaxed: Vec<RelaxedTarget>,
}

/// A project or an indicator, where it stands in the pages and in the sources.
#[derive(Clone)]
pub(super) struct PlaceInCounty {
    /// Its department, by its number among those of the county.
    pub department: usize,
    /// By its number among those of the county, from one.
    pub project: usize,
    /// By its number in the project, from one.
    pub indicator: Option<usize>,
    /// Of the project.
    pub name: String,
    /// Of the indicator, where it is one.
    pub indicator_name: Option<String>,
    /// `folder/file.jx:12`; none where sources are not at hand.
    pub source: Option<String>,
    /// The page that it has for itself; none where it stands in that of its department.
    pub page: Option<String>,
}

/// A target and the value of last year that it is behind.
pub(super) struct RelaxedTarget {
    pub place: PlaceInCounty,
    pub last: String,
    pub now: String,
}

/// What is looked at of a department.
pub(super) struct LookedAt<'a> {
    pub model: &'a Model,
    pub id: Option<DepartmentId>,
    pub review: Option<CheckOutcome<'a>>,
    /// Whether a target can be measured.
    pub is_measurable: &'a dyn Fn(ProjectId, usize) -> bool,
    /// The page that a project has for itself.
    pub page_of: &'a dyn Fn(ProjectId) -> Option<String>,
    /// How many findings there are of each severity.
    pub findings: [usize; 3],
}

impl County {
    /// Adds a department.
    pub fn add(&mut self, one: &LookedAt<'_>, file_stem: &str) {
        let LookedAt { model, id, findings, .. } = *one;
        let number = self.departments.len();
        let standard = standard_of(model, id);
        if self.standard.is_none() {
            self.standard = Some(Arc::new(standard.clone()));
        }
        let totals = summary::of_department(model, id);
        let mut department = CountyDepartment {
            name: id.map(|id| model[id].name.value.to_string()),
            code: id.and_then(|id| Some(model[id].code.as_ref()?.value.to_string())),
            year: id.and_then(|id| Some(model[id].year.as_ref()?.value)),
            file_stem: file_stem.to_owned(),
            projects: totals.projects,
            indicators: totals.indicators,
            measurable: 0,
            budget: totals.budget,
            findings,
            lights: standing::lights(model, id),
            score: standing::score(model, id),
            unsatisfied: Vec::new(),
            lit: Vec::new(),
            points: Vec::new(),
            relaxed: Vec::new(),
        };
        for (id, project) in model.projects_of(id) {
            let standard = &model[project.standard];
            if lacks_satisfaction(project, standard) {
                let budget = project.budget_amount(standard).unwrap_or_default();
                department.unsatisfied.push((one.place(number, id, project, None), budget));
            }
            for (index, indicator) in project.indicators.iter().enumerate() {
                department.measurable += usize::from((one.is_measurable)(id, index));
                let place = || one.place(number, id, project, Some((index, indicator)));
                self.prices.add(indicator, standard, place);
                self.words.add(indicator, number, place);
                if let Some((last, now)) = relaxed(indicator, standard) {
                    department.relaxed.push(RelaxedTarget { place: place(), last, now });
                }
            }
        }
        let place = |id: ProjectId| one.place(number, id, &model[id], None);
        let lit = department.lights.iter_mut().flat_map(|lights| std::mem::take(&mut lights.lit));
        department.lit = lit.map(|(colour, id)| (colour, place(id))).collect();
        let points = department.score.iter_mut().flat_map(|score| std::mem::take(&mut score.points));
        department.points = points.map(|(points, id)| (points, place(id))).collect();
        self.departments.push(department);
    }

    /// How many of each severity were found.
    pub fn findings(&self) -> [usize; 3] {
        self.departments.iter().fold([0; 3], |all, one| [0, 1, 2].map(|index| all[index] + one.findings[index]))
    }
}

impl LookedAt<'_> {
    fn place(
        &self,
        department: usize,
        id: ProjectId,
        project: &Project,
        indicator: Option<(usize, &Indicator)>,
    ) -> PlaceInCounty {
        let span = indicator.map_or(project.name.span, |(_, indicator)| indicator.name.span);
        PlaceInCounty {
            department,
            project: self.model.before.map_or(0, |before| before.projects) + id.0 as usize + 1,
            indicator: indicator.map(|(index, _)| index + 1),
            name: project.name.value.to_string(),
            indicator_name: indicator.map(|(_, indicator)| indicator.name.value.to_string()),
            source: self.review.map(|review| review.sources.short_place(span)),
            page: (self.page_of)(id),
        }
    }
}

impl PlaceInCounty {
    fn indicator_name(&self) -> &str {
        self.indicator_name.as_deref().unwrap_or(&self.name)
    }
}

/// The severities in the order of [`CountyDepartment::findings`].
pub(super) const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

fn lacks_satisfaction(project: &Project, standard: &Standard) -> bool {
    let role = |indicator: &Indicator| indicator.category.and_then(|id| standard.role(id));
    let is_asked_for = has_role(standard, Role::Satisfaction);
    is_asked_for && !project.indicators.iter().any(|one| role(one) == Some(Role::Satisfaction))
}

fn has_role(standard: &Standard, role: Role) -> bool {
    let of_subcategories = standard.categories.iter().flat_map(|category| &category.subcategories);
    let mut roles =
        standard.categories.iter().map(|category| category.role).chain(of_subcategories.map(|one| one.role));
    roles.any(|one| one == Some(role))
}

/// Last year's value and the target, where that asks for less: fewer at least, or more at most. Costs follow the budget.
fn relaxed(indicator: &Indicator, standard: &Standard) -> Option<(String, String)> {
    let last = indicator.last_year()?;
    let Target::Quantity { comparator: Some(comparator), quantity } = &indicator.target.value else { return None };
    if indicator.category.is_some_and(|category| standard.is_cost(category)) {
        return None;
    }
    let ((space, value), (of_last, base)) = (measured(quantity, standard)?, measured(last, standard)?);
    let is_less = match comparator {
        Comparator::AtLeast | Comparator::Above => value < base,
        Comparator::AtMost | Comparator::Below => value > base,
        Comparator::Equal => false,
    };
    let told = || format!("{}{}", crate::model::number::plain(last.value), last.unit_label(standard));
    (space == of_last && is_less).then(|| (told(), printed(&indicator.target.value, standard).glued()))
}

/// What the files of a group are called.
pub(super) fn file_stem(model: &Model, id: Option<DepartmentId>) -> String {
    official::documents(model, super::Scope::Department(id)).next().map(|one| one.file_stem).unwrap_or_default()
}
