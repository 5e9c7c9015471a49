//! The arithmetic of the eleven methods: the share that a value earns, and how it came about.

use rust_decimal::Decimal;

use super::goal::amount;
use super::{
    Absence, DerivationStep, Exact, Figure, FigureOrigin, Goal, InUnit, NoPoints, Points, Reached, Rounding, Scored,
    formula,
};
use crate::diagnostic::{Text, texts};
use crate::model::actual::Attainment;
use crate::model::calendar::Day;
use crate::model::standard::method::{Loss, Method, MethodKind, Steps, Tier, TierBound};
use crate::model::standard::scoring::WithoutValue;
use crate::model::target::Comparator;
use crate::model::unit::{Dimension, Measure};

/// Whether a method can score a goal at all.
fn fits(method: MethodKind, goal: &Goal) -> bool {
    goal.shape().is_none_or(|shape| method.fits(shape))
}

/// What is earned of the weight, before it is cut.
enum Earned {
    Share(Exact),
    /// Points that are no share: given by a person, or lost in points.
    Points(Exact),
    None(NoPoints),
}

/// The points of an indicator.
pub fn score(scored: &Scored<'_>) -> Points {
    let Some(rounding) = Rounding::of(scored.rules) else { return Points::none(NoPoints::NoRule) };
    let mut points = Points::default();
    let earned = match scored.reached {
        Reached::Absent(Absence::Missing) => Earned::None(NoPoints::Missing),
        Reached::Absent(Absence::Pending) => Earned::None(NoPoints::Pending),
        Reached::Absent(Absence::WrongKind) => Earned::None(NoPoints::WrongKind),
        Reached::Absent(Absence::NotApplicable) => without_value(scored, rounding, &mut points),
        _ if *scored.goal == Goal::Unknown => Earned::None(NoPoints::NoTarget),
        _ if !fits(scored.method.value.kind(), scored.goal) => Earned::None(NoPoints::NoFit),
        _ => {
            points.is_met = scored.goal.is_met(scored.reached);
            by_method(scored, rounding, &mut points)
        }
    };
    let exact = match earned {
        Earned::Share(share) => {
            let exact = &scored.weight.value * &share;
            points.share = Some(share);
            exact
        }
        Earned::Points(exact) => {
            points.share = exact.over(&scored.weight.value);
            exact
        }
        Earned::None(why) => {
            points.none = Some(why);
            return points;
        }
    };
    points.rounded = Some(rounding.cut(&exact));
    points.exact = Some(exact);
    points
}

/// What does not apply, by the standard's rule.
fn without_value(scored: &Scored<'_>, rounding: Rounding, points: &mut Points) -> Earned {
    match scored.rules.not_applicable.map(|rule| rule.value) {
        None => Earned::None(NoPoints::NoRule),
        Some(WithoutValue::Scaled) => Earned::None(NoPoints::NotApplicable),
        Some(WithoutValue::Full) => full(scored, rounding, points),
        Some(WithoutValue::Zero) => nothing(rounding, texts::no_points_not_applicable(), points),
        Some(WithoutValue::ByHand) => by_hand(scored, rounding, points),
    }
}

fn by_method(scored: &Scored<'_>, rounding: Rounding, points: &mut Points) -> Earned {
    // A deadline for which nothing was done earns nothing, whatever the method.
    if *scored.reached == Reached::NotDone {
        return nothing(rounding, texts::score_not_done(), points);
    }
    match &scored.method.value {
        Method::ByHand => by_hand(scored, rounding, points),
        Method::Bands(_) => by_bands(scored, rounding, points),
        Method::AllOrNothing => match points.is_met {
            Some(true) => met(scored, rounding, points),
            Some(false) => missed(scored, rounding, points),
            None => Earned::None(NoPoints::WrongKind),
        },
        Method::Tiers(tiers) => by_tiers(scored, tiers, rounding, points),
        Method::Steps(steps) => by_steps(scored, steps, rounding, points),
        Method::Ratio
        | Method::Inverse
        | Method::Linear { .. }
        | Method::BothWays
        | Method::Between { .. }
        | Method::Increment => match (scored.goal, scored.reached) {
            (Goal::Number { bound, .. }, Reached::Number(actual)) => by_number(scored, bound, actual, rounding, points),
            (Goal::Range { low, high }, Reached::Number(actual)) => {
                if actual.value < low.value {
                    by_ratio(scored, low, actual, rounding, points)
                } else if actual.value > high.value {
                    let multiple = match scored.method.value {
                        Method::Between { multiple } => multiple,
                        _ => Decimal::ONE,
                    };
                    by_deviation(scored, high, actual, multiple, rounding, points)
                } else {
                    points.steps.push(formula![Deviation; low, " ≤ ", actual, " ≤ ", high]);
                    full(scored, rounding, points)
                }
            }
            _ => Earned::None(NoPoints::WrongKind),
        },
    }
}

/// A number beside a bound, by the methods that compute a share of the two.
fn by_number(scored: &Scored<'_>, bound: &Figure, actual: &Figure, rounding: Rounding, points: &mut Points) -> Earned {
    let (up, down) = (actual.value >= bound.value, actual.value <= bound.value);
    match &scored.method.value {
        Method::Ratio => {
            // More than what was to be exact is reached, too.
            points.is_met = Some(up);
            if up {
                return beyond(scored, bound, actual, rounding, points);
            }
            by_ratio(scored, bound, actual, rounding, points)
        }
        Method::Increment => {
            points.is_met = Some(up);
            if up {
                return beyond(scored, bound, actual, rounding, points);
            }
            let Some(last) = scored.last_year.filter(|last| bound.value > last.value) else {
                return Earned::None(NoPoints::NoLastYear);
            };
            let (way, whole) = (&actual.value - &last.value, &bound.value - &last.value);
            let Some(share) = way.over(&whole) else { return Earned::None(NoPoints::NoLastYear) };
            let share = share.clamped();
            let pieces = formula![Points; scored.weight, " × (", actual, " − ", last, ") ÷ (", bound, " − ", last, ")"];
            close(pieces, &(&scored.weight.value * &share), rounding, points);
            Earned::Share(share)
        }
        Method::Inverse | Method::Linear { .. } => {
            points.is_met = Some(down);
            if down {
                points.steps.push(formula![Deviation; actual, " ≤ ", bound]);
                return full(scored, rounding, points);
            }
            if !bound.value.is_positive() {
                points.steps.push(formula![Deviation; actual, " > ", bound]);
                return nothing(rounding, texts::score_not_reached(), points);
            }
            if let Method::Linear { multiple } = &scored.method.value {
                return by_deviation(scored, bound, actual, *multiple, rounding, points);
            }
            let Some(share) = bound.value.over(&actual.value) else { return Earned::None(NoPoints::NoRatio) };
            let pieces = formula![Points; scored.weight, " × ", bound, " ÷ ", actual];
            close(pieces, &(&scored.weight.value * &share), rounding, points);
            Earned::Share(share)
        }
        Method::BothWays => {
            if up && down {
                return met(scored, rounding, points);
            }
            if !bound.value.is_positive() {
                return missed(scored, rounding, points);
            }
            by_deviation(scored, bound, actual, Decimal::ONE, rounding, points)
        }
        Method::AllOrNothing
        | Method::Steps(_)
        | Method::Tiers(_)
        | Method::Between { .. }
        | Method::Bands(_)
        | Method::ByHand => Earned::None(NoPoints::NoFit),
    }
}

/// 8 × 11 ÷ 12
fn by_ratio(scored: &Scored<'_>, bound: &Figure, actual: &Figure, rounding: Rounding, points: &mut Points) -> Earned {
    if !bound.value.is_positive() {
        return Earned::None(NoPoints::NoRatio);
    }
    let Some(share) = actual.value.over(&bound.value) else { return Earned::None(NoPoints::NoRatio) };
    points.steps.push(formula![Deviation; actual, " ÷ ", bound, " = ", Figure::rate(share.clone())]);
    let share = share.clamped();
    let pieces = formula![Points; scored.weight, " × ", actual, " ÷ ", bound];
    close(pieces, &(&scored.weight.value * &share), rounding, points);
    Earned::Share(share)
}

/// 8 × (1 − 0.4 ÷ 5.5)
fn by_deviation(
    scored: &Scored<'_>,
    bound: &Figure,
    actual: &Figure,
    multiple: Decimal,
    rounding: Rounding,
    points: &mut Points,
) -> Earned {
    let miss = Figure::computed((&actual.value - &bound.value).absolute());
    let Some(rate) = miss.value.over(&bound.value) else { return Earned::None(NoPoints::NoRatio) };
    let (larger, lesser) = if actual.value >= bound.value { (actual, bound) } else { (bound, actual) };
    points.steps.push(formula![
        Deviation; larger, " − ", lesser, " = ", &miss, "；", &miss, " ÷ ", bound, " = ", Figure::rate(rate.clone())
    ]);
    let share = (Exact::one() - Exact::from(multiple) * rate).clamped();
    let mut pieces = if multiple == Decimal::ONE {
        formula![Points; scored.weight, " × (1 − ", &miss, " ÷ ", bound, ")"]
    } else {
        let multiple =
            Figure::new(multiple.into(), multiple.normalize().to_string(), FigureOrigin::Rule(scored.method.span));
        formula![Points; scored.weight, " × (1 − ", multiple, " × ", &miss, " ÷ ", bound, ")"]
    };
    let fraction = Figure { written: share.fraction(), ..Figure::computed(share.clone()) };
    pieces.pieces.extend([" = ".into(), scored.weight.into(), " × ".into(), fraction.into()]);
    close(pieces, &(&scored.weight.value * &share), rounding, points);
    Earned::Share(share)
}

/// Reached and more: all points, unless the standard takes something off.
fn beyond(scored: &Scored<'_>, bound: &Figure, actual: &Figure, rounding: Rounding, points: &mut Points) -> Earned {
    let Goal::Number { comparator: Comparator::AtLeast | Comparator::Above, .. } = scored.goal else {
        let sign = if actual.value == bound.value { " = " } else { " ≥ " };
        points.steps.push(formula![Deviation; actual, sign, bound]);
        return full(scored, rounding, points);
    };
    points.steps.push(formula![Deviation; actual, " ≥ ", bound]);
    let rule = scored.rules.excess.as_ref();
    let rate = actual.value.over(&bound.value).filter(|_| bound.value.is_positive());
    let Some((rule, rate)) = rule.zip(rate).filter(|(rule, rate)| *rate >= Exact::percent(rule.threshold.value)) else {
        return full(scored, rounding, points);
    };
    points.excess = Some(rate.clone());
    let Some(deduction) = &rule.deduction else { return full(scored, rounding, points) };
    let threshold = Figure::new(
        Exact::percent(rule.threshold.value),
        format!("{}%", rule.threshold.value.normalize()),
        FigureOrigin::Rule(rule.threshold.span),
    );
    let left = Exact::one() - Exact::from(deduction.multiple) * (&rate - &threshold.value);
    let share = left.clamped().max(Exact::percent(deduction.floor));
    let multiple = Figure::new(deduction.multiple.into(), deduction.multiple.normalize().to_string(), threshold.origin);
    points.steps.push(formula![Deviation; actual, " ÷ ", bound, " = ", Figure::rate(rate.clone())]);
    let pieces = formula![
        Points; scored.weight, " × (1 − ", multiple, " × (", Figure::rate(rate), " − ", threshold, "))"
    ];
    close(pieces, &(&scored.weight.value * &share), rounding, points);
    Earned::Share(share)
}

/// What lies between the target and what was reached; none where nothing does.
fn miss(scored: &Scored<'_>) -> Option<(Figure, DerivationStep)> {
    let beyond = |larger: &Figure, lesser: &Figure| {
        let miss = Figure::computed(&larger.value - &lesser.value);
        let step = formula![Deviation; larger, " − ", lesser, " = ", &miss];
        (miss, step)
    };
    match (scored.goal, scored.reached) {
        (Goal::Number { bound, .. }, Reached::Number(actual)) if actual.value >= bound.value => {
            Some(beyond(actual, bound))
        }
        (Goal::Number { bound, .. }, Reached::Number(actual)) => Some(beyond(bound, actual)),
        (Goal::Range { low, .. }, Reached::Number(actual)) if actual.value < low.value => Some(beyond(low, actual)),
        (Goal::Range { high, .. }, Reached::Number(actual)) => Some(beyond(actual, high)),
        (Goal::Deadline(last), Reached::Day(day)) => {
            let late = days_between(*last, *day);
            let step = formula![Deviation; texts::score_days_late(late.to_string())];
            Some((Figure::computed(Decimal::from(late).into()), step))
        }
        _ => None,
    }
}

/// How many days one day lies behind another.
fn days_between(first: Day, second: Day) -> i64 {
    second.number() - first.number()
}

/// 12 × (1 − 2 × 10%)
fn by_steps(scored: &Scored<'_>, steps: &Steps, rounding: Rounding, points: &mut Points) -> Earned {
    if points.is_met == Some(true) {
        return met(scored, rounding, points);
    }
    let each = match scored.goal {
        Goal::Deadline(_) => in_days(steps, scored.unit),
        _ => scored.unit.figure(&steps.each),
    };
    let (Some((miss, step)), Some(each)) = (miss(scored), each.filter(|each| each.value.is_positive())) else {
        return Earned::None(NoPoints::WrongKind);
    };
    let each = Figure { origin: FigureOrigin::Rule(scored.method.span), ..each };
    let Some(count) = miss.value.over(&each.value) else { return Earned::None(NoPoints::WrongKind) };
    let count = if steps.begun_counts { count.ceiling() } else { count.floor() };
    let counted = if steps.begun_counts {
        texts::score_begun_steps(count.plain(0))
    } else {
        texts::score_full_steps(count.plain(0))
    };
    let mut line = step;
    line.pieces.extend(["；".into(), (&miss).into(), " ÷ ".into(), each.into(), "，".into(), counted.into()]);
    points.steps.push(line);
    let count = Figure { written: count.plain(0), ..Figure::computed(count) };
    match steps.loss {
        Loss::Percent(percent) => {
            let loss = Figure::new(
                Exact::percent(percent),
                format!("{}%", percent.normalize()),
                FigureOrigin::Rule(scored.method.span),
            );
            let share = (Exact::one() - &count.value * &loss.value).clamped();
            let pieces = formula![Points; scored.weight, " × (1 − ", count, " × ", loss, ")"];
            close(pieces, &(&scored.weight.value * &share), rounding, points);
            Earned::Share(share)
        }
        Loss::Points(each) => {
            let loss = Figure::new(each.into(), each.normalize().to_string(), FigureOrigin::Rule(scored.method.span));
            let left = (&scored.weight.value - &(&count.value * &loss.value)).max(Exact::zero());
            let pieces = formula![Points; scored.weight, " − ", count, " × ", loss];
            close(pieces, &left, rounding, points);
            Earned::Points(left)
        }
    }
}

/// The size of a step of a deadline, in days.
fn in_days(steps: &Steps, unit: InUnit<'_>) -> Option<Figure> {
    const DAY: i64 = 86400;
    let is_duration = steps.each.dimension(unit.standard) == Some(Dimension::Duration);
    let seconds = amount(&steps.each, unit.standard).filter(|_| is_duration && has_factor(steps, unit))?;
    let days = seconds.over(&Decimal::from(DAY).into())?;
    Some(Figure::computed(days))
}

fn has_factor(steps: &Steps, unit: InUnit<'_>) -> bool {
    match steps.each.measure {
        Measure::Unit(one) => unit.standard.units.get(one as usize).is_some_and(|one| one.factor.is_some()),
        Measure::Compound(_) => false,
    }
}

/// The first tier that is reached.
fn by_tiers(scored: &Scored<'_>, tiers: &[Tier], rounding: Rounding, points: &mut Points) -> Earned {
    for Tier { bound, share } in tiers {
        let share = Figure::new(
            Exact::percent(*share),
            format!("{}%", share.normalize()),
            FigureOrigin::Rule(scored.method.span),
        );
        let earns = match (bound, scored.reached) {
            (TierBound::Number(comparator, bound), Reached::Number(actual)) => {
                let Some(bound) = scored.unit.figure(bound) else { return Earned::None(NoPoints::WrongKind) };
                let bound = Figure { origin: share.origin, ..bound };
                let (is_in, sign) = match comparator {
                    Comparator::AtLeast => (actual.value >= bound.value, " ≥ "),
                    Comparator::Above => (actual.value > bound.value, " > "),
                    Comparator::AtMost => (actual.value <= bound.value, " ≤ "),
                    Comparator::Below => (actual.value < bound.value, " < "),
                    Comparator::Equal => (actual.value == bound.value, " = "),
                };
                is_in.then(|| formula![Deviation; actual, sign, bound])
            }
            (TierBound::Name(name), reached) => {
                let said = said(scored.goal, reached);
                let is_in = said.as_deref().is_some_and(|said| said == &**name);
                is_in.then(|| formula![State; Text::same(&**name)])
            }
            (TierBound::Number(..), _) => return Earned::None(NoPoints::WrongKind),
        };
        if let Some(step) = earns {
            points.steps.push(step);
            let exact = &scored.weight.value * &share.value;
            close(formula![Points; scored.weight, " × ", &share], &exact, rounding, points);
            return Earned::Share(share.value.clamped());
        }
    }
    missed(scored, rounding, points)
}

/// The grade that was reached, or the state.
fn said(goal: &Goal, reached: &Reached) -> Option<String> {
    match (goal, reached) {
        (Goal::Grade { scale, .. }, Reached::Grade(place)) => scale.get(*place).map(ToString::to_string),
        (_, Reached::State(state)) => Some(state.word().to_owned()),
        _ => None,
    }
}

/// A person gives points inside the band of the state; what is met earns all without.
fn by_bands(scored: &Scored<'_>, rounding: Rounding, points: &mut Points) -> Earned {
    let Some(state) = scored.goal.state(scored.reached) else { return Earned::None(NoPoints::WrongKind) };
    let bands = scored.rules.bands(&scored.method.value);
    let Some(band) = bands.iter().find(|band| &*band.name == state.word()) else {
        return Earned::None(NoPoints::NoRule);
    };
    let weight = &scored.weight.value;
    let (low, high) = (weight * &Exact::percent(band.low), weight * &Exact::percent(band.high));
    let shown = |value: &Exact| value.plain(6);
    points.steps.push(formula![State; texts::score_band(state.word(), shown(&low), shown(&high))]);
    let Some(given) = scored.given else {
        return if state == Attainment::Reached {
            full(scored, rounding, points)
        } else {
            Earned::None(NoPoints::ByHand)
        };
    };
    let is_top = bands.iter().all(|other| other.high <= band.high);
    let is_inside = given.value >= low && (given.value < high || is_top && given.value == high);
    if !is_inside {
        return Earned::None(NoPoints::Outside(shown(&low), shown(&high)));
    }
    given_points(given, rounding, points)
}

/// Between nothing and the weight.
fn by_hand(scored: &Scored<'_>, rounding: Rounding, points: &mut Points) -> Earned {
    let Some(given) = scored.given else { return Earned::None(NoPoints::ByHand) };
    if given.value < Exact::zero() || given.value > scored.weight.value {
        return Earned::None(NoPoints::Outside("0".to_owned(), scored.weight.written.clone()));
    }
    given_points(given, rounding, points)
}

fn given_points(given: &Figure, rounding: Rounding, points: &mut Points) -> Earned {
    let cut = Figure::rounded(rounding.cut(&given.value), rounding.places);
    points.steps.push(formula![Points; texts::score_given(), " ", given, " → ", cut]);
    Earned::Points(given.value.clone())
}

/// Reached: what was compared, and all points.
fn met(scored: &Scored<'_>, rounding: Rounding, points: &mut Points) -> Earned {
    points.steps.extend(compared(scored));
    full(scored, rounding, points)
}

/// Missed: what was compared, and no points.
fn missed(scored: &Scored<'_>, rounding: Rounding, points: &mut Points) -> Earned {
    points.steps.extend(compared(scored));
    nothing(rounding, texts::score_not_reached(), points)
}

/// What was reached beside what was to be.
fn compared(scored: &Scored<'_>) -> Option<DerivationStep> {
    let sign = |first: &Exact, second: &Exact| match first.cmp(second) {
        std::cmp::Ordering::Less => " < ",
        std::cmp::Ordering::Equal => " = ",
        std::cmp::Ordering::Greater => " > ",
    };
    match (scored.goal, scored.reached) {
        (Goal::Number { comparator, bound }, Reached::Number(actual)) => {
            let sign = match (comparator, scored.goal.is_met(scored.reached)) {
                (Comparator::AtLeast | Comparator::Above, Some(true)) => " ≥ ",
                (Comparator::AtMost | Comparator::Below, Some(true)) => " ≤ ",
                _ => sign(&actual.value, &bound.value),
            };
            Some(formula![Deviation; actual, sign, bound])
        }
        (Goal::Range { low, high }, Reached::Number(actual)) => Some(if actual.value < low.value {
            formula![Deviation; actual, " < ", low]
        } else if actual.value > high.value {
            formula![Deviation; actual, " > ", high]
        } else {
            formula![Deviation; low, " ≤ ", actual, " ≤ ", high]
        }),
        (Goal::Deadline(last), Reached::Day(day)) => {
            let sign = if day <= last { " ≤ " } else { " > " };
            Some(formula![Deviation; Text::same(day.to_string()), sign, Text::same(last.to_string())])
        }
        (goal, reached) => said(goal, reached).map(|said| formula![State; Text::same(said)]),
    }
}

/// All points.
fn full(scored: &Scored<'_>, rounding: Rounding, points: &mut Points) -> Earned {
    let cut = Figure::rounded(rounding.cut(&scored.weight.value), rounding.places);
    points.steps.push(formula![Points; texts::score_reached(), " ", cut]);
    Earned::Share(Exact::one())
}

/// None of the points.
fn nothing(rounding: Rounding, why: Text, points: &mut Points) -> Earned {
    points.steps.push(formula![Points; why, " ", Figure::rounded(Exact::zero(), rounding.places)]);
    Earned::Share(Exact::zero())
}

/// Ends a line with what it comes to, before and after it is cut: ` = 7.41818… → 7.42`.
fn close(mut line: DerivationStep, exact: &Exact, rounding: Rounding, points: &mut Points) {
    let cut = rounding.cut(exact);
    if cut == *exact {
        line.pieces.extend([" = ".into(), Figure::rounded(cut, rounding.places).into()]);
    } else {
        let exact = Figure::computed(exact.clone());
        line.pieces.extend([" = ".into(), exact.into(), " → ".into(), Figure::rounded(cut, rounding.places).into()]);
    }
    points.steps.push(line);
}
