//! 灯: how money and goals stand at a checkpoint, by the bands of a standard.

use rust_decimal::Decimal;

use super::{Absence, DerivationStep, Exact, Figure, FigureOrigin, Goal, Reached, formula};
use crate::diagnostic::{Text, texts};
use crate::model::Indicator;
use crate::model::actual::Attainment;
use crate::model::calendar::Day;
use crate::model::standard::monitoring::{Counting, LightColour, MonitoringRules, Pace};
use crate::model::standard::{List, Searched, Standard};
use crate::model::target::{Comparator, Target};
use crate::model::unit::{Dimension, Measure, Quantity};

/// What is shown at a checkpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Light {
    /// By the bands.
    Lit(LightColour),
    /// There is no value: counted, and never mixed with the others.
    Grey(Absence),
    /// The standard has no bands.
    Unruled,
}

impl Light {
    /// As people call it; none where nothing is shown.
    pub fn text(self) -> Option<Text> {
        match self {
            Light::Lit(colour) => Some(Text::new(colour.word(), colour.english())),
            Light::Grey(_) => Some(texts::light_grey()),
            Light::Unruled => None,
        }
    }
}

/// The share of a year that is due by a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// Of the year.
    pub share: Figure,
    /// What it rests on.
    pub pace: Pace,
}

/// How the money stands.
#[derive(Clone, Debug)]
pub struct MoneyLight {
    /// What is shown.
    pub light: Light,
    /// Spent of the budget.
    pub rate: Option<Exact>,
    /// Spent of what is due: 序时.
    pub pace: Option<Exact>,
    /// How it came about.
    pub steps: Vec<DerivationStep>,
}

/// How a goal stands.
#[derive(Clone, Debug)]
pub struct GoalLight {
    /// What is shown.
    pub light: Light,
    /// How it came about; none where there is nothing to compare.
    pub step: Option<DerivationStep>,
}

/// The share of the year due by a day: the plan's cumulative share where there is one, else the months that are over.
pub fn due_share(rules: &MonitoringRules, plan: Option<&Figure>, day: Day) -> Option<Due> {
    rules.pace.iter().find_map(|pace| match pace {
        Pace::Plan => plan.map(|share| Due { share: share.clone(), pace: *pace }),
        Pace::Months => {
            let months = day.months_passed();
            let share = Exact::from(Decimal::from(months)).over(&Exact::from(Decimal::from(12)))?;
            let written = format!("{months}/12");
            Some(Due { share: Figure::new(share, written, FigureOrigin::Computed), pace: *pace })
        }
    })
}

/// The light of `spent` of `budget` beside the share that is due.
pub fn money_light(
    budget: Option<&Figure>,
    spent: Option<&Figure>,
    due: Option<&Due>,
    rules: &MonitoringRules,
) -> MoneyLight {
    let rate = budget.zip(spent).and_then(|(budget, spent)| spent.value.over(&budget.value));
    let dark = |light| MoneyLight { light, rate: rate.clone(), pace: None, steps: Vec::new() };
    let (Some(budget), Some(spent)) = (budget, spent) else { return dark(Light::Grey(Absence::Missing)) };
    let Some(due) = due else { return dark(Light::Unruled) };
    let wanted = &budget.value * &due.share.value;
    let Some(pace) = spent.value.over(&wanted) else {
        // Nothing was due.
        return dark(Light::Lit(LightColour::Green));
    };
    let line = formula![
        Execution; spent, " ÷ (", budget, " × ", &due.share, ") = ", Figure::rate(pace.clone())
    ];
    let light = by_bands(&pace, None, rules);
    MoneyLight { light, rate, pace: Some(pace), steps: vec![line] }
}

/// The light of a goal. `interim` is what the indicator itself asks for by the day; `is_last` tells the last checkpoint.
pub fn goal_light(
    goal: &Goal,
    reached: &Reached,
    counting: Counting,
    interim: Option<&Goal>,
    due: Option<&Due>,
    (day, is_last): (Day, bool),
    rules: &MonitoringRules,
) -> GoalLight {
    let light = |light, step| GoalLight { light, step };
    let lit = |colour| Light::Lit(colour);
    if rules.lights.is_empty() {
        return light(Light::Unruled, None);
    }
    if let Reached::Absent(absence) = reached {
        // A deadline without a word of it is not done yet.
        return match (goal, absence) {
            (Goal::Deadline(last), Absence::Missing) => light(of_deadline(*last, day, rules), None),
            _ => light(Light::Grey(*absence), None),
        };
    }
    match (goal, reached) {
        (Goal::Number { comparator, bound }, Reached::Number(actual)) => {
            let own = match interim {
                Some(Goal::Number { bound, .. }) => Some(bound),
                _ => None,
            };
            of_number((*comparator, bound), actual, counting, own, due, rules)
        }
        (Goal::Range { low, high }, Reached::Number(actual)) => {
            if actual.value < low.value {
                upward(low, low, actual, rules)
            } else if actual.value > high.value {
                light(lit(LightColour::Red), Some(formula![Deviation; actual, " > ", high]))
            } else {
                light(lit(LightColour::Green), Some(formula![Deviation; low, " ≤ ", actual, " ≤ ", high]))
            }
        }
        (Goal::Deadline(last), Reached::Day(done)) => {
            let is_late = done > last;
            let sign = if is_late { " > " } else { " ≤ " };
            let step = formula![Deviation; Text::same(done.to_string()), sign, Text::same(last.to_string())];
            light(lit(if is_late { LightColour::Red } else { LightColour::Green }), Some(step))
        }
        (Goal::Deadline(last), Reached::NotDone) => light(of_deadline(*last, day, rules), None),
        (Goal::YesNo(wanted), Reached::YesNo(answer)) => light(
            if wanted == answer {
                lit(LightColour::Green)
            } else if is_last {
                lit(LightColour::Red)
            } else {
                Light::Grey(Absence::Pending)
            },
            None,
        ),
        (goal, reached) => {
            let Some(state) = goal.state(reached) else { return light(Light::Grey(Absence::WrongKind), None) };
            let colour = match state {
                Attainment::Reached => LightColour::Green,
                Attainment::Partly => LightColour::Yellow,
                Attainment::Missed => LightColour::Red,
            };
            light(lit(colour), Some(formula![State; Text::same(state.word())]))
        }
    }
}

fn of_number(
    (comparator, bound): (Comparator, &Figure),
    actual: &Figure,
    counting: Counting,
    interim: Option<&Figure>,
    due: Option<&Due>,
    rules: &MonitoringRules,
) -> GoalLight {
    let scaled = due.map(|due| Figure::computed(&bound.value * &due.share.value));
    let due = match counting {
        Counting::Cumulative => interim.cloned().or(scaled).unwrap_or_else(|| bound.clone()),
        // A level is never scaled by months: 60% of satisfaction in June is not on schedule.
        Counting::Level => interim.unwrap_or(bound).clone(),
    };
    let light = |colour, step| GoalLight { light: Light::Lit(colour), step: Some(step) };
    match comparator {
        Comparator::AtLeast | Comparator::Above => upward(bound, &due, actual, rules),
        Comparator::AtMost | Comparator::Below => {
            if actual.value > bound.value {
                light(LightColour::Red, formula![Deviation; actual, " > ", bound])
            } else if actual.value > due.value {
                light(LightColour::Yellow, formula![Deviation; actual, " > ", &due])
            } else {
                light(LightColour::Green, formula![Deviation; actual, " ≤ ", &due])
            }
        }
        Comparator::Equal if actual.value == bound.value => {
            light(LightColour::Green, formula![Deviation; actual, " = ", bound])
        }
        Comparator::Equal if actual.value < bound.value && bound.value.is_positive() => {
            upward(bound, &due, actual, rules)
        }
        Comparator::Equal => light(LightColour::Red, formula![Deviation; actual, " ≠ ", bound]),
    }
}

/// More is better: by the bands, of what is due; far beyond the year's target by itself.
fn upward(bound: &Figure, due: &Figure, actual: &Figure, rules: &MonitoringRules) -> GoalLight {
    let is_met = actual.value >= due.value;
    let Some(rate) = actual.value.over(&due.value).filter(|_| due.value.is_positive()) else {
        let colour = if is_met { LightColour::Green } else { LightColour::Red };
        let sign = if is_met { " ≥ " } else { " < " };
        return GoalLight { light: Light::Lit(colour), step: Some(formula![Deviation; actual, sign, due]) };
    };
    let step = formula![Deviation; actual, " ÷ ", due, " = ", Figure::rate(rate.clone())];
    let of_year = actual.value.over(&bound.value).filter(|_| bound.value.is_positive());
    GoalLight { light: by_bands(&rate, of_year.as_ref(), rules), step: Some(step) }
}

/// Not done: past due, near, or in time.
fn of_deadline(last: Day, day: Day, rules: &MonitoringRules) -> Light {
    let left = last.number() - day.number();
    let is_near = rules.due_soon.is_some_and(|days| left <= i64::from(days.value));
    Light::Lit(if left < 0 {
        LightColour::Red
    } else if is_near {
        LightColour::Yellow
    } else {
        LightColour::Green
    })
}

/// The light of a rate. The highest is for what has passed the target of the whole year.
fn by_bands(rate: &Exact, of_year: Option<&Exact>, rules: &MonitoringRules) -> Light {
    let is_below = |rate: &Exact, bound: Decimal| *rate < Exact::percent(bound);
    let mut shown = Light::Unruled;
    for band in &rules.lights {
        let beyond = of_year.filter(|_| band.colour == LightColour::Blue);
        if band.colour == LightColour::Blue && shown != Light::Unruled {
            let last = rules.lights.iter().rev().find_map(|band| band.below);
            let is_beyond = beyond.zip(last).is_some_and(|(year, bound)| !is_below(year, bound.value));
            return if is_beyond { Light::Lit(LightColour::Blue) } else { shown };
        }
        shown = Light::Lit(band.colour);
        if band.colour != LightColour::Green && band.below.is_some_and(|bound| is_below(rate, bound.value)) {
            return shown;
        }
    }
    shown
}

/// How a target is counted: as the indicator says, else by what its unit measures.
pub fn counting_of(indicator: &Indicator, standard: &Standard) -> Counting {
    let stated = indicator.plain.text(crate::language::Field::Counting);
    if let Some(counting) = stated.and_then(|word| Counting::find(&word.value)) {
        return counting;
    }
    let Target::Quantity { comparator, quantity } = &indicator.target.value else { return Counting::Level };
    let is_exact = matches!(comparator, None | Some(Comparator::Equal));
    let is_fixed = || {
        let name = Searched::new(standard, &*indicator.name.value);
        name.phrase().first_in(List::Fixed).is_some()
    };
    let is_counted = dimension(quantity, standard).is_some_and(|one| standard.monitoring.cumulative.contains(&one));
    if is_counted && !is_exact && !is_fixed() { Counting::Cumulative } else { Counting::Level }
}

fn dimension(quantity: &Quantity, standard: &Standard) -> Option<Dimension> {
    match quantity.measure {
        Measure::Unit(unit) => standard.units.get(unit as usize).map(|unit| unit.dimension),
        Measure::Compound(_) => None,
    }
}
