//! What rules look at that compare departments: of each its marks, which are hashes with places, so that all that is
//! compared is found in one go, and no more is kept of a workspace that is read a department at a time.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::ops::Deref;
use std::sync::Arc;

use crate::parallel::prelude::*;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::diagnostic::decimal;
use crate::model::price::ServicePrice;
use crate::model::print::printed;
use crate::model::standard::Standard;
use crate::model::text::{folded, hash};
use crate::model::{Department, DepartmentId, Indicator, Model, Project, StandardId};
use crate::source::Span;

/// The workspace under review, the marks of its departments, and those of departments before it that meet them.
#[derive(Clone, Copy)]
pub struct Across<'a> {
    model: &'a Model,
    /// In the order of the departments.
    pub(super) marks: &'a [Marks<Span>],
    pub(super) before: &'a MarksBefore<Span>,
}

/// The marks of a department.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Marks<P> {
    department: Arc<str>,
    /// Of its sound projects.
    codes: Vec<(u128, P)>,
    pub(super) prices: Vec<(u128, PriceMark<P>)>,
    pub(super) projects: Vec<(u128, ProjectMark<P>)>,
}

/// The price of a service.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct PriceMark<P> {
    #[serde(with = "decimal")]
    pub value: Decimal,
    /// What it is paid for.
    pub name: Arc<str>,
    pub standard: StandardId,
    pub department: Arc<str>,
    /// As a form prints it.
    pub printed: Arc<str>,
    pub place: P,
}

/// A project that is known by all that its indicators say.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ProjectMark<P> {
    pub indicators: u32,
    pub department: Arc<str>,
    pub place: P,
}

/// What departments have that lie before others.
#[derive(Clone, Debug)]
pub struct MarksBefore<P> {
    /// Where each code of a project stands first.
    pub(super) codes: HashMap<u128, P>,
    /// The lowest and the highest price of each service.
    pub(super) prices: HashMap<u128, [PriceMark<P>; 2]>,
    /// The first project of those that say the same.
    pub(super) projects: HashMap<u128, ProjectMark<P>>,
}

impl<P> Default for MarksBefore<P> {
    fn default() -> Self {
        Self { codes: HashMap::new(), prices: HashMap::new(), projects: HashMap::new() }
    }
}

impl Deref for Across<'_> {
    type Target = Model;

    fn deref(&self) -> &Model {
        self.model
    }
}

impl<'a> Across<'a> {
    /// Marks and model are of the same departments.
    pub fn new(model: &'a Model, marks: &'a [Marks<Span>], before: &'a MarksBefore<Span>) -> Self {
        Self { model, marks, before }
    }
}

/// The marks of all departments of a model.
pub fn marks(model: &Model) -> Vec<Marks<Span>> {
    (0..model.departments.len() as u32).into_par_iter().map(|id| Marks::of(model, DepartmentId(id))).collect()
}

impl Marks<Span> {
    /// The marks of a department.
    pub fn of(model: &Model, id: DepartmentId) -> Self {
        let department = &model[id];
        let name: Arc<str> = Arc::from(&*department.name.value);
        let mut marks = Self { department: name, codes: Vec::new(), prices: Vec::new(), projects: Vec::new() };
        for (_, project) in model.projects_of(Some(id)).filter(|(_, project)| !project.damage.head) {
            let standard = &model[project.standard];
            marks.codes.extend(project.code.as_ref().map(|code| (hash(&code.value), code.span)));
            for indicator in &project.indicators {
                let Some(price) = ServicePrice::of(indicator, standard) else { continue };
                let key = hash(&format!("{}\n{}\n{}", year(department), price.service, price.unit));
                let printed = printed(&indicator.target.value, standard).glued().into();
                let mark = PriceMark {
                    value: price.value,
                    name: Arc::from(&*indicator.name.value),
                    standard: project.standard,
                    department: marks.department.clone(),
                    printed,
                    place: indicator.target.span,
                };
                marks.prices.push((key, mark));
            }
            marks.projects.extend(marks.project(project, department, standard));
        }
        marks
    }

    /// None where it is damaged, or has no indicators.
    fn project(
        &self,
        project: &Project,
        department: &Department,
        standard: &Standard,
    ) -> Option<(u128, ProjectMark<Span>)> {
        if project.damage.any() || project.indicators.is_empty() {
            return None;
        }
        let said = |one: &Indicator| {
            let target = printed(&one.target.value, standard).glued();
            format!("{}\n{}", folded(&one.name.value), folded(&target))
        };
        let mut said: Vec<String> = project.indicators.iter().map(said).collect();
        said.sort_unstable();
        let key = hash(&format!("{}\n{}", year(department), said.join("\n")));
        let (indicators, department) = (said.len() as u32, self.department.clone());
        Some((key, ProjectMark { indicators, department, place: project.name.span }))
    }
}

/// What is of different years is not compared.
fn year(department: &Department) -> u16 {
    department.year.as_ref().map_or(0, |year| year.value)
}

impl<P> Marks<P> {
    /// The same with other places; a mark without one is left out.
    pub fn placed<Q>(self, place: impl Fn(P) -> Option<Q>) -> Marks<Q> {
        let placed = |(key, one): (u128, P)| Some((key, place(one)?));
        Marks {
            department: self.department,
            codes: self.codes.into_iter().filter_map(placed).collect(),
            prices: self.prices.into_iter().filter_map(|(key, one)| Some((key, one.placed(&place)?))).collect(),
            projects: self.projects.into_iter().filter_map(|(key, one)| Some((key, one.placed(&place)?))).collect(),
        }
    }
}

impl<P> PriceMark<P> {
    fn placed<Q>(self, place: impl FnOnce(P) -> Option<Q>) -> Option<PriceMark<Q>> {
        let Self { value, name, standard, department, printed, place: old } = self;
        Some(PriceMark { value, name, standard, department, printed, place: place(old)? })
    }
}

impl<P> ProjectMark<P> {
    fn placed<Q>(self, place: impl FnOnce(P) -> Option<Q>) -> Option<ProjectMark<Q>> {
        Some(ProjectMark { indicators: self.indicators, department: self.department, place: place(self.place)? })
    }
}

impl<P: Serialize> MarksBefore<P> {
    /// All of it, as data in one order.
    pub fn in_order(&self) -> impl Serialize + '_ {
        let codes: BTreeMap<_, _> = self.codes.iter().collect();
        let prices: BTreeMap<_, _> = self.prices.iter().collect();
        let projects: BTreeMap<_, _> = self.projects.iter().collect();
        (codes, prices, projects)
    }
}

impl<P: Clone> MarksBefore<P> {
    /// Puts a department behind those that are there.
    pub fn add(&mut self, marks: &Marks<P>) {
        for (code, place) in &marks.codes {
            self.codes.entry(*code).or_insert_with(|| place.clone());
        }
        self.add_prices(marks);
        self.add_projects(marks);
    }

    pub(super) fn add_prices(&mut self, marks: &Marks<P>) {
        for (key, price) in &marks.prices {
            let [low, high] = self.prices.entry(*key).or_insert_with(|| [price.clone(), price.clone()]);
            if price.value < low.value {
                *low = price.clone();
            } else if price.value > high.value {
                *high = price.clone();
            }
        }
    }

    pub(super) fn add_projects(&mut self, marks: &Marks<P>) {
        for (key, project) in &marks.projects {
            self.projects.entry(*key).or_insert_with(|| project.clone());
        }
    }

    /// What the marks of some departments meet, with places made of the places here.
    pub fn met_by<M, Q: Clone>(&self, marks: &[Marks<M>], mut place: impl FnMut(&P) -> Option<Q>) -> MarksBefore<Q> {
        let mut met = MarksBefore::default();
        for one in marks {
            each_met(&self.codes, &one.codes, &mut met.codes, &mut place);
            let mut prices = |[low, high]: &[PriceMark<P>; 2]| {
                Some([low.clone().placed(|old| place(&old))?, high.clone().placed(|old| place(&old))?])
            };
            each_met(&self.prices, &one.prices, &mut met.prices, &mut prices);
            let mut projects = |one: &ProjectMark<P>| one.clone().placed(|old| place(&old));
            each_met(&self.projects, &one.projects, &mut met.projects, &mut projects);
        }
        met
    }
}

fn each_met<K: Hash + Eq + Copy, T, M, U>(
    known: &HashMap<K, T>,
    marks: &[(K, M)],
    met: &mut HashMap<K, U>,
    make: &mut impl FnMut(&T) -> Option<U>,
) {
    for (key, _) in marks {
        if let Some(known) = known.get(key)
            && !met.contains_key(key)
            && let Some(made) = make(known)
        {
            met.insert(*key, made);
        }
    }
}
