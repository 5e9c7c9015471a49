//! 评价: the leaves of a framework scored: by a person, or by what the self-evaluation achieved of a category.

use super::{Exact, Figure, FigureOrigin, NoPoints, Points, Rounding, ScoredProject, ScoredRow, Total, formula, total};
use crate::model::standard::{Role, Standard};
use crate::model::year::{Evaluation, FrameworkPoints, LeafPoints, NamedThing};
use crate::model::{CategoryId, DepartmentId, Model};

/// An evaluation with its points.
#[derive(Clone)]
pub struct ScoredEvaluation<'a> {
    /// As it was written.
    pub evaluation: &'a Evaluation,
    /// The standard in the framework that it names; itself where it names none that is known.
    pub standard: &'a Standard,
    /// In the order of the text.
    pub leaves: Vec<ScoredLeaf<'a>>,
    /// Their sum. No grade where the weights do not add up to a hundred.
    pub total: Total,
}

/// A leaf with its points.
#[derive(Clone)]
pub struct ScoredLeaf<'a> {
    /// As it was written.
    pub line: &'a FrameworkPoints,
    /// Its place in the framework; none where the framework has no such leaf.
    pub category: Option<CategoryId>,
    /// What all of it earns; none where the framework leaves it open.
    pub weight: Option<Figure>,
    /// What it earns.
    pub points: Points,
}

/// The evaluations of a department: of its projects, and of itself as a whole.
pub fn score_evaluations<'a>(
    model: &'a Model,
    department: Option<DepartmentId>,
    scored: &[&ScoredProject<'_>],
) -> Vec<ScoredEvaluation<'a>> {
    let first = || model.projects_of(department).next().map(|(_, project)| project.standard.declared());
    let Some(base) = department.map(|id| model[id].standard).or_else(first) else { return Vec::new() };
    let of = |evaluation: &'a Evaluation| {
        let framework = evaluation.framework.as_ref().and_then(|name| model[base].in_framework(base, &name.value));
        let standard = framework.map_or(&model[base], |(_, standard)| standard);
        let named = evaluation.subject.as_ref().and_then(|subject| subject.named);
        let id = named.and_then(|named: NamedThing| named.holder(model, department));
        let project = id.and_then(|id| scored.iter().find(|one| one.id == id).copied());
        let leaves: Vec<ScoredLeaf<'a>> =
            evaluation.points.iter().map(|line| leaf(line, standard, project, model)).collect();
        let rows: Vec<ScoredRow<'_>> = leaves
            .iter()
            .map(|one| ScoredRow { weight: one.weight.as_ref().map(|weight| &weight.value), points: &one.points })
            .collect();
        let mut total = total(&rows, &standard.scoring);
        total.grade = total.grade.filter(|_| total.weight == Exact::hundred());
        ScoredEvaluation { evaluation, standard, leaves, total }
    };
    model.record(department).evaluations().map(of).collect()
}

fn leaf<'a>(
    line: &'a FrameworkPoints,
    standard: &'a Standard,
    project: Option<&ScoredProject<'_>>,
    model: &Model,
) -> ScoredLeaf<'a> {
    let place = standard.find_leaf(&line.leaf.value);
    let category = place.map(|(category, _)| category);
    let weight = place.and_then(|(_, leaf)| leaf?.weight).map(|weight| {
        Figure::new(weight.value.into(), weight.value.normalize().to_string(), FigureOrigin::Rule(weight.span))
    });
    let points = match &line.points {
        LeafPoints::Given { points, .. } => Points { rounded: Some(points.value.into()), ..Points::default() },
        LeafPoints::FromSelfEvaluation => {
            let role = category.and_then(|id| standard.role(id));
            let achieved = project.zip(role).and_then(|(project, role)| achieved(project, role, model));
            taken(weight.as_ref(), achieved, standard)
        }
    };
    ScoredLeaf { line, category, weight, points }
}

/// What the indicators of a role earned, and what all of it was worth; none where one has no points.
fn achieved(project: &ScoredProject<'_>, role: Role, model: &Model) -> Option<(Exact, Exact)> {
    let standard = &model[project.in_force.project.standard];
    let rows = project.in_force.indicators.iter().zip(&project.score.rows);
    let of_role = rows.filter(|(one, _)| one.indicator.category.and_then(|id| standard.role(id)) == Some(role));
    let earned = of_role.map(|(one, row)| Some((row.points.exact.clone()?, one.weight.as_ref()?.value.clone())));
    let earned: Vec<(Exact, Exact)> = earned.collect::<Option<_>>()?;
    let sum = |part: fn(&(Exact, Exact)) -> &Exact| earned.iter().map(|one| part(one).clone()).sum::<Exact>();
    Some((sum(|one| &one.0), sum(|one| &one.1)))
}

/// As much of the weight as was achieved.
fn taken(weight: Option<&Figure>, achieved: Option<(Exact, Exact)>, standard: &Standard) -> Points {
    let Some(weight) = weight else { return Points::none(NoPoints::NoWeight) };
    let Some(rounding) = Rounding::of(&standard.scoring) else { return Points::none(NoPoints::NoRule) };
    let share = achieved.and_then(|(earned, worth)| Some((earned.over(&worth)?, earned, worth)));
    let Some((share, earned, worth)) = share else { return Points::none(NoPoints::Missing) };
    let exact = &weight.value * &share;
    let rounded = rounding.cut(&exact);
    let mut line = formula![
        Points; weight, " × ", Figure::computed(earned), " ÷ ", Figure::computed(worth), " = ",
        Figure::computed(exact.clone())
    ];
    if rounded != exact {
        line.pieces.extend([" → ".into(), Figure::rounded(rounded.clone(), rounding.places).into()]);
    }
    Points { share: Some(share), exact: Some(exact), rounded: Some(rounded), steps: vec![line], ..Points::default() }
}
