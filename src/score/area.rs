//! 区域: what several departments reached together, scored once and never as the mean of their scores. What is counted or
//! weighed is added; ratios, and how far words were met, are weighted by the money that was spent.

use super::{
    DerivationStep, Exact, Figure, FormulaPiece, InForce, InUnit, IndicatorReport, IndicatorRow, MoneyInForce, Points,
    Reached, Rounding, ScoreBasis, ScoredProject, ScoredRow, StepKind, Total, money_computed, score_project, total,
};
use crate::model::actual::Actual;
use crate::model::standard::Standard;
use crate::model::text::key;
use crate::model::unit::Dimension;
use crate::model::year::{AreaMember, AreaTotal, NamedThing};
use crate::model::{DepartmentId, Indicator, Model, ProjectId};

/// An area with what its members reached together.
#[derive(Clone)]
pub struct ScoredArea<'a> {
    /// As it was written.
    pub area: &'a AreaTotal,
    /// Its members with their points; none where no department has such a project.
    pub members: Vec<(&'a AreaMember, Option<ScoredProject<'a>>)>,
    /// By its indicators.
    pub rows: Vec<AreaRow<'a>>,
    /// The sum.
    pub total: Total,
}

/// An indicator of an area.
#[derive(Clone)]
pub struct AreaRow<'a> {
    /// Its target.
    pub indicator: &'a Indicator,
    /// What all of it earns; none where no weight is stated.
    pub weight: Option<Figure>,
    /// What was reached together and what that earns.
    pub row: IndicatorRow,
}

/// The areas that a department declares, or that are declared outside any.
pub fn score_areas(model: &Model, department: Option<DepartmentId>) -> Vec<ScoredArea<'_>> {
    let areas = model.record(department).areas();
    areas
        .map(|area| {
            let members: Vec<_> = area
                .members
                .iter()
                .map(|member| {
                    let found = member_of(model, member);
                    (member, found.map(|(of, id)| score_project(model, Some(of), id, ScoreBasis::Reported)))
                })
                .collect();
            let first = members.iter().find_map(|(_, one)| Some(one.as_ref()?.in_force.project.standard.declared()));
            let standard = department.map(|id| model[id].standard).or(first).map(|id| &model[id]);
            let year = model.fiscal_year(department);
            let known: Option<Vec<&ScoredProject<'_>>> = members.iter().map(|(_, one)| one.as_ref()).collect();
            let rows: Vec<AreaRow<'_>> = standard
                .into_iter()
                .flat_map(|standard| area.indicators.iter().map(move |one| (one, standard)))
                .map(|(one, standard)| row(one, known.as_deref().unwrap_or_default(), year, standard))
                .collect();
            let scored: Vec<ScoredRow<'_>> = rows
                .iter()
                .map(|one| ScoredRow {
                    weight: one.weight.as_ref().map(|weight| &weight.value),
                    points: &one.row.points,
                })
                .collect();
            let none = crate::model::standard::scoring::ScoringRules::default();
            let mut total = total(&scored, standard.map_or(&none, |standard| &standard.scoring));
            total.grade = total.grade.filter(|_| total.weight == Exact::hundred());
            ScoredArea { area, members, rows, total }
        })
        .collect()
}

/// The project that a member names, and its department.
fn member_of(model: &Model, member: &AreaMember) -> Option<(DepartmentId, ProjectId)> {
    let department = model.departments.iter().position(|one| key(&one.name.value) == key(&member.department))?;
    let department = DepartmentId(department as u32);
    let mut projects = model.projects_of(Some(department));
    let (id, _) = projects.find(|(_, project)| key(&project.name.value) == key(&member.project))?;
    Some((department, id))
}

/// An indicator of an area by those of its name in the projects of the members.
fn row<'a>(indicator: &'a Indicator, members: &[&ScoredProject<'_>], year: u16, standard: &'a Standard) -> AreaRow<'a> {
    let in_force = InForce::approved(indicator, NamedThing::Department);
    let money = MoneyInForce::default();
    let (_, unit) = in_force.goal(&money, year, standard);
    let together = together(indicator, members, unit, standard);
    let report = match &together {
        Some(Together::Number(value, _)) => {
            IndicatorReport { foreseen: Some(Reached::Number(value.clone())), ..IndicatorReport::default() }
        }
        Some(Together::Share(..)) | None => IndicatorReport::default(),
    };
    let mut row = in_force.score(&money, &report, year, standard);
    match together {
        Some(Together::Number(_, step)) => row.points.steps.insert(0, step),
        Some(Together::Share(share, step)) => {
            if let (Some(weight), Some(rounding)) = (&in_force.weight, Rounding::of(&standard.scoring)) {
                let exact = &weight.value * &share;
                let rounded = Some(rounding.cut(&exact));
                row.points =
                    Points { share: Some(share), exact: Some(exact), rounded, steps: vec![step], ..Points::default() };
            }
        }
        None => {}
    }
    AreaRow { indicator, weight: in_force.weight, row }
}

/// What several reached.
enum Together {
    Number(Figure, DerivationStep),
    /// Of the weight, where it was met in words.
    Share(Exact, DerivationStep),
}

/// None where a member has no such indicator, or nothing that can be taken together.
fn together(
    indicator: &Indicator,
    members: &[&ScoredProject<'_>],
    unit: InUnit<'_>,
    standard: &Standard,
) -> Option<Together> {
    let name = key(&indicator.name.value);
    let places: Vec<(&ScoredProject<'_>, usize)> = members
        .iter()
        .map(|one| {
            let index = one.in_force.indicators.iter().position(|own| key(&own.indicator.name.value) == name);
            index.map(|index| (*one, index))
        })
        .collect::<Option<Vec<_>>>()
        .filter(|all| !all.is_empty())?;
    let Some(quantity) = unit.quantity else {
        let shares = places.iter().map(|(one, index)| one.score.rows[*index].points.share.clone());
        let (mean, step) = weighted(&places, &shares.collect::<Option<Vec<_>>>()?, standard)?;
        return Some(Together::Share(mean, step));
    };
    let values = places.iter().map(|(one, index)| match one.report.reports[*index].actual {
        Some((Actual::Quantity(actual), _)) => unit.figure(actual),
        _ => None,
    });
    let values: Vec<Figure> = values.collect::<Option<_>>()?;
    if quantity.dimension(standard) == Some(Dimension::Ratio) {
        let numbers: Vec<Exact> = values.into_iter().map(|one| one.value).collect();
        let (mean, step) = weighted(&places, &numbers, standard)?;
        return Some(Together::Number(Figure::computed(mean), step));
    }
    let sum: Exact = values.iter().map(|one| one.value.clone()).sum();
    let mut pieces: Vec<FormulaPiece> = Vec::new();
    for value in values {
        if !pieces.is_empty() {
            pieces.push(" + ".into());
        }
        pieces.push(value.into());
    }
    pieces.extend([" = ".into(), Figure::computed(sum.clone()).into()]);
    Some(Together::Number(Figure::computed(sum), DerivationStep { kind: StepKind::Computed, pieces }))
}

/// The mean of some numbers, weighted by what each project spent.
fn weighted(
    places: &[(&ScoredProject<'_>, usize)],
    numbers: &[Exact],
    standard: &Standard,
) -> Option<(Exact, DerivationStep)> {
    let spent: Vec<&Figure> = places.iter().map(|(one, _)| one.report.spent.as_ref()).collect::<Option<_>>()?;
    let all: Exact = spent.iter().map(|one| one.value.clone()).sum();
    let sum: Exact = numbers.iter().zip(&spent).map(|(number, spent)| number * &spent.value).sum();
    let mean = sum.over(&all)?;
    let mut pieces: Vec<FormulaPiece> = vec!["( ".into()];
    for (index, (number, spent)) in numbers.iter().zip(&spent).enumerate() {
        if index > 0 {
            pieces.push(" + ".into());
        }
        pieces.extend([Figure::computed(number.clone()).into(), " × ".into(), (*spent).into()]);
    }
    let all = money_computed(all, standard);
    pieces.extend([" ) ÷ ".into(), all.into(), " = ".into(), Figure::computed(mean.clone()).into()]);
    Some((mean, DerivationStep { kind: StepKind::Computed, pieces }))
}
