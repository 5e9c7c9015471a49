//! A row of a table of points: an indicator as it is in force, and what was reached.

use super::{
    Absence, ComputedValue, Exact, Figure, FigureOrigin, Goal, InUnit, NoPoints, Points, Reached, Scored, goal,
    reached, score, scored_kind,
};
use crate::model::Indicator;
use crate::model::actual::Actual;
use crate::model::standard::method::{Method, MethodKind, ScoredKind};
use crate::model::standard::{Role, Standard};
use crate::model::target::{SymbolicAmount, Target};
use crate::model::year::{NamedThing, ReachedValue};
use crate::source::{Span, Spanned};

/// An indicator with what adjustments made of it.
#[derive(Clone)]
pub struct InForce<'a> {
    /// As it was approved, or added.
    pub indicator: &'a Indicator,
    /// By which lines of the year name it.
    pub named: NamedThing,
    /// The target on the day.
    pub target: &'a Spanned<Target>,
    /// The weight on the day; none where none is stated.
    pub weight: Option<Figure>,
}

/// The money of a project on a day, in the base unit.
#[derive(Clone, Debug, Default)]
pub struct MoneyInForce {
    /// With adjustments and what was carried over; none where it is blank.
    pub total: Option<Figure>,
    /// By fund source, where they are stated.
    pub funds: Vec<(usize, Figure)>,
}

/// What was reported of an indicator.
#[derive(Clone, Debug, Default)]
pub struct IndicatorReport<'a> {
    /// The line of the report; none where there is none.
    pub line: Option<&'a ReachedValue>,
    /// The value and its place; none where there is no line.
    pub actual: Option<(&'a Actual, Span)>,
    /// What the author expects at the end of the year, and its place.
    pub expected: Option<(&'a Actual, Span)>,
    /// The points that a person gave or stated.
    pub given: Option<Figure>,
    /// The value where it is computed of other facts; it stands before what is reported.
    pub computed: Option<ComputedValue>,
    /// What it comes to at the end of the year, where that is scored instead.
    pub foreseen: Option<Reached>,
}

/// A row with all that it rests on.
#[derive(Clone, Debug)]
pub struct IndicatorRow {
    /// What is to be reached.
    pub goal: Goal,
    /// What was reached.
    pub reached: Reached,
    /// What kind of target it is; none for one that is not known.
    pub kind: Option<ScoredKind>,
    /// How it is scored, and the line that says so; none where nothing does.
    pub method: Option<(MethodKind, FigureOrigin)>,
    /// What it earns.
    pub points: Points,
    /// What other methods without parameters would give.
    pub others: Vec<(MethodKind, Exact)>,
}

impl<'a> InForce<'a> {
    /// As it was approved.
    pub fn approved(indicator: &'a Indicator, named: NamedThing) -> Self {
        let weight = indicator.weight().map(|weight| {
            Figure::new(weight.value.into(), weight.value.normalize().to_string(), FigureOrigin::Stated(weight.span))
        });
        Self { indicator, named, target: &indicator.target, weight }
    }

    /// The goal, and the unit in which it is compared.
    pub fn goal(&self, money: &MoneyInForce, year: u16, standard: &'a Standard) -> (Goal, InUnit<'a>) {
        let amount = |symbol| match symbol {
            SymbolicAmount::Budget => money.total.clone(),
            SymbolicAmount::Fund(source) => {
                money.funds.iter().find(|(known, _)| *known == source).map(|(_, figure)| figure.clone())
            }
        };
        goal(self.target, self.indicator.last_year(), amount, year, standard)
    }

    /// What was reported, in the terms of the goal. What is computed waits for its facts.
    pub(super) fn reached(&self, report: &IndicatorReport<'_>, goal: &Goal, unit: InUnit<'_>, year: u16) -> Reached {
        match (&report.computed, report.actual) {
            (Some(computed), _) => Reached::Number(computed.value.clone()),
            (None, Some((actual, place))) => reached(actual, place, goal, unit, year),
            (None, None) if self.indicator.computed().is_some() => Reached::Absent(Absence::Pending),
            (None, None) => Reached::Absent(Absence::Missing),
        }
    }

    /// Points for what was reported.
    pub fn score(
        &self,
        money: &MoneyInForce,
        report: &IndicatorReport<'_>,
        year: u16,
        standard: &'a Standard,
    ) -> IndicatorRow {
        let rules = &standard.scoring;
        let (goal, unit) = self.goal(money, year, standard);
        let reached = match (&report.computed, &report.foreseen) {
            (Some(computed), _) => Reached::Number(computed.value.clone()),
            (None, Some(foreseen)) => foreseen.clone(),
            (None, None) => self.reached(report, &goal, unit, year),
        };
        let category = self.indicator.category;
        let of_category = (
            category.is_some_and(|id| standard.is_cost(id)),
            category.is_some_and(|id| standard.role(id) == Some(Role::Satisfaction)),
        );
        let direction = self.indicator.direction.as_ref().map(|one| one.value);
        let kind = scored_kind(&goal, direction, of_category, rules);
        let (method, is_in_words) = self.method(kind, standard);
        let mut row = IndicatorRow {
            goal,
            reached,
            kind,
            method: method.as_ref().map(|(method, origin)| (method.value.kind(), *origin)),
            points: Points::default(),
            others: Vec::new(),
        };
        let Some(weight) = &self.weight else {
            row.points = Points::none(NoPoints::NoWeight);
            return row;
        };
        let Some((method, _)) = method else {
            let why = if row.goal == Goal::Unknown { NoPoints::NoTarget } else { NoPoints::NoRule };
            row.points = Points::none(why);
            return row;
        };
        let last_year = self.indicator.last_year().and_then(|last_year| unit.figure(last_year));
        let scored = Scored {
            goal: &row.goal,
            reached: &row.reached,
            weight,
            method: &method,
            last_year: last_year.as_ref(),
            given: report.given.as_ref(),
            unit,
            rules,
        };
        let mut points = score(&scored);
        if is_in_words && points.none == Some(NoPoints::ByHand) {
            points.none = Some(NoPoints::InWords);
        }
        let others = others(&scored);
        if let Some(computed) = &report.computed {
            points.steps.insert(0, computed.step.clone());
        }
        row.points = points;
        row.others = others;
        row
    }

    /// How it is scored, with the line that says so, and whether that is in words: as the indicator says, else by the kind
    /// of its target.
    fn method(&self, kind: Option<ScoredKind>, standard: &Standard) -> (Option<(Spanned<Method>, FigureOrigin)>, bool) {
        if let Some((method, place)) = self.indicator.method(standard) {
            return (Some((Spanned::new(method, place), FigureOrigin::Stated(place))), false);
        }
        if let Some(words) = self.indicator.scoring().filter(|words| !words.value.is_empty()) {
            return (Some((Spanned::new(Method::ByHand, words.span), FigureOrigin::Stated(words.span))), true);
        }
        let rule = kind.and_then(|kind| standard.scoring.method(kind));
        (rule.map(|rule| (rule.method.clone(), FigureOrigin::Rule(rule.span()))), false)
    }
}

/// What the methods that need no parameters would give instead.
fn others(scored: &Scored<'_>) -> Vec<(MethodKind, Exact)> {
    use rust_decimal::Decimal;
    let tries = [
        Method::Ratio,
        Method::Inverse,
        Method::Linear { multiple: Decimal::ONE },
        Method::BothWays,
        Method::AllOrNothing,
        Method::Increment,
    ];
    let Some(shape) = scored.goal.shape() else { return Vec::new() };
    let fitting =
        tries.into_iter().filter(|other| other.kind() != scored.method.value.kind() && other.kind().fits(shape));
    let points = fitting.filter_map(|other| {
        let kind = other.kind();
        let method = Spanned::new(other, scored.method.span);
        score(&Scored { method: &method, ..*scored }).rounded.map(|rounded| (kind, rounded))
    });
    points.collect()
}
