//! JX027: a unit price by the quantity it is for does not fit the budget, by more than the standard's `限度`.
//!
//! Of which quantity it is the price, its unit says (`元/个`), or a word of `单件用语` in its name; and both names speak of
//! the same thing, or that of the price of none. Prices of one quantity may be the same money seen twice, and so may those of
//! different units: the greatest sum of one unit counts. A sum below half of the budget is told where the project has no
//! other quantity and no other cost, and is not for several things.

use rust_decimal::Decimal;

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::number::plain;
use crate::model::print::base_amount;
use crate::model::standard::{List, Role, Searched, Standard};
use crate::model::target::admitted::measured;
use crate::model::target::{Comparator, Target};
use crate::model::unit::{Dimension, Measure, Multiplier, Quantity};
use crate::model::{Budget, Indicator, Project, Text};
use crate::source::Span;

pub const RULE: Rule = Rule { codes: &[Code::JX027], check: Check::Project(check) };

/// A single sign is hardly a word.
const WORD: usize = 2;

/// Signs that a name is compared by: a longer one is no name.
const NAME: usize = 60;

/// A table has a dozen: what has more than so many prices is not judged, since each is held against each quantity.
const INDICATORS: usize = 60;

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let standard = &context[project.standard];
    let (Some(limit), Some(budget)) = (standard.limit(Code::JX027), &project.budget) else { return };
    let Some(total) = amount_of(budget, standard).filter(|total| *total > Decimal::ZERO) else { return };
    if project.damage.budget || project.damage.indicators {
        return;
    }
    let quantities: Vec<Counted<'_>> =
        project.indicators.iter().filter_map(|indicator| Counted::of(indicator, standard)).collect();
    let costs: Vec<&Indicator> = project.indicators.iter().filter(|one| is_cost(one, standard)).collect();
    if quantities.len().max(costs.len()) > INDICATORS {
        return;
    }
    let products: Vec<Product> = costs.iter().filter_map(|cost| Product::of(cost, &quantities, standard)).collect();
    let Some((sum, first)) = greatest(&products) else { return };
    let unit = standard.money_unit_name();
    let money = |value| format!("{} {unit}", plain(base_amount(value, standard)));
    let is_half = sum.checked_mul(Decimal::TWO).is_some_and(|twice| twice < total);
    let message = if sum > total && !is_near(sum, total, limit) {
        texts::price_times_quantity_above(money(sum), money(total), format!("{}%", plain(limit)))
    } else if is_half && is_all(project, first, &costs, standard) && !is_a_fund_line(sum, limit, budget, standard) {
        texts::price_times_quantity_below(money(sum), money(total))
    } else {
        return;
    };
    let here = texts::price_times_quantity_here(money(first.value));
    let mut diagnostic = Diagnostic::new(Code::JX027, message, first.price, here)
        .label(first.quantity, texts::quantity_here())
        .help(texts::price_times_quantity_help());
    if let Some(stated) = &budget.total {
        diagnostic = diagnostic.label(stated.span, texts::budget_stated_here(money(total)));
    }
    found.push(diagnostic);
}

/// The budget, or what its lines add up to.
fn amount_of(budget: &Budget, standard: &Standard) -> Option<Decimal> {
    if let Some(total) = &budget.total {
        return total.base_value(standard);
    }
    let mut amounts = budget.funds.iter().map(|line| line.amount.as_ref()?.base_value(standard));
    amounts.try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount?))
}

fn is_cost(indicator: &Indicator, standard: &Standard) -> bool {
    indicator.category.is_some_and(|category| standard.is_cost(category))
}

/// A quantity that may have a price.
struct Counted<'a> {
    name: &'a str,
    quantity: &'a Quantity,
    unit: u32,
}

impl<'a> Counted<'a> {
    fn of(indicator: &'a Indicator, standard: &Standard) -> Option<Self> {
        let Target::Quantity { quantity, .. } = &indicator.target.value else { return None };
        let is_amount = indicator.category.and_then(|id| standard.role(id)) == Some(Role::Quantity);
        let Measure::Unit(unit) = quantity.measure else { return None };
        let has_price = match standard.units[unit as usize].dimension {
            Dimension::Count | Dimension::Length | Dimension::Area | Dimension::Volume | Dimension::Mass => true,
            Dimension::Ratio | Dimension::Money | Dimension::Duration | Dimension::Energy | Dimension::Other => false,
        };
        (is_amount && has_price).then_some(Self { name: &indicator.name.value, quantity, unit })
    }

    /// How many of a unit it is.
    fn in_unit(&self, unit: u32, standard: &Standard) -> Option<Decimal> {
        let count = self.quantity.value.checked_mul(self.quantity.multiplier.factor())?;
        if self.unit == unit {
            return Some(count);
        }
        let (own, other) = (&standard.units[self.unit as usize], &standard.units[unit as usize]);
        let is_same = own.dimension == other.dimension;
        count.checked_mul(own.factor?)?.checked_div(other.factor?).filter(|_| is_same)
    }
}

/// A price by its quantity.
struct Product {
    price: Span,
    quantity: Span,
    unit: u32,
    value: Decimal,
    /// The unit says of what it is the price, not the name alone.
    is_sure: bool,
}

impl Product {
    fn of(cost: &Indicator, quantities: &[Counted<'_>], standard: &Standard) -> Option<Self> {
        let Target::Quantity { comparator, quantity } = &cost.target.value else { return None };
        let is_limit = matches!(comparator, None | Some(Comparator::AtMost | Comparator::Below | Comparator::Equal));
        if !is_limit {
            return None;
        }
        let (_, price) = measured(quantity, standard)?;
        let per = match &quantity.measure {
            Measure::Compound(written) => Some(priced_unit(written, standard)?),
            Measure::Unit(_) => None,
        };
        let is_plain_price = per.is_none()
            && quantity.dimension(standard) == Some(Dimension::Money)
            && is_price_of_one(&cost.name.value, standard);
        if per.is_none() && !is_plain_price {
            return None;
        }
        let fits = |one: &&Counted<'_>| per.is_none_or(|unit| one.in_unit(unit, standard).is_some());
        let fitting: Vec<&Counted<'_>> = quantities.iter().filter(fits).collect();
        let counted = match fitting[..] {
            [only] if names_nothing(&cost.name.value, standard) => only,
            _ => most_alike(&cost.name.value, &fitting)?,
        };
        let unit = per.unwrap_or(counted.unit);
        let value = counted.in_unit(unit, standard)?.checked_mul(price)?;
        Some(Self { price: quantity.span, quantity: counted.quantity.span, unit, value, is_sure: per.is_some() })
    }
}

/// The unit that `元/个` or `元/人/年` is the price of; none for what is paid by the month or the day.
fn priced_unit(written: &str, standard: &Standard) -> Option<u32> {
    let mut parts = written.split(['/', '·']);
    let first = parts.next()?;
    let money = standard.unit(first).or_else(|| standard.unit(Multiplier::strip(first).1))?;
    let unit = standard.unit(parts.next()?)?;
    let is_yearly = parts.next().is_none_or(|part| standard.unit(part) == standard.unit("年"));
    let is_money = standard.units[money as usize].dimension == Dimension::Money;
    (is_money && is_yearly && parts.next().is_none()).then_some(unit)
}

fn is_price_of_one(name: &str, standard: &Standard) -> bool {
    let name = Searched::new(standard, name);
    name.holds(List::UnitCost) && !name.holds(List::UnitCostException)
}

/// Whether the name of a price does not say of what it is the price: 单价, 人均补助标准.
fn names_nothing(name: &str, standard: &Standard) -> bool {
    let name = Searched::new(standard, name);
    let lists = [List::UnitCost, List::CostWord, List::Works, List::FixedRate, List::EmptyInProject];
    let mut is_said = vec![false; name.phrase().len()];
    for word in lists.into_iter().flat_map(|list| name.phrase().all_in(list)) {
        is_said[word].fill(true);
    }
    name.phrase().char_indices().filter(|(place, _)| !is_said[*place]).count() < WORD
}

/// The quantity whose name shares the longest word with that of a price; none where two share as much.
fn most_alike<'a, 'b>(price: &str, quantities: &[&'b Counted<'a>]) -> Option<&'b Counted<'a>> {
    let price: String = price.chars().take(NAME).collect();
    let shared = |one: &Counted<'_>| {
        let signs: Vec<char> = one.name.chars().take(NAME).collect();
        let words = (WORD..=signs.len()).rev().flat_map(|length| signs.windows(length));
        words.map(|word| word.iter().collect::<String>()).find(|word| price.contains(word)).map_or(0, |word| word.len())
    };
    let lengths: Vec<usize> = quantities.iter().map(|one| shared(one)).collect();
    let most = lengths.iter().copied().max().filter(|most| *most > 0)?;
    let mut best = quantities.iter().zip(&lengths).filter(|(_, length)| **length == most);
    let (one, _) = best.next()?;
    best.next().is_none().then_some(*one)
}

/// The greatest sum of products of one unit, each quantity by its highest price, and the first of them.
fn greatest(products: &[Product]) -> Option<(Decimal, &Product)> {
    let is_highest = |one: &&Product| {
        let same = products.iter().filter(|other| other.quantity == one.quantity && other.unit == one.unit);
        same.min_by(|a, b| b.value.cmp(&a.value)).is_some_and(|highest| highest.price == one.price)
    };
    let highest: Vec<&Product> = products.iter().filter(is_highest).collect();
    let sums = highest.iter().filter_map(|first| {
        let mut same = highest.iter().filter(|one| one.unit == first.unit).map(|one| one.value);
        Some((same.try_fold(Decimal::ZERO, Decimal::checked_add)?, *first))
    });
    sums.min_by(|(one, _), (other, _)| other.cmp(one))
}

/// Whether the price is all that the project says of its cost, its quantity all that it does, and its purpose no list.
fn is_all(project: &Project, product: &Product, costs: &[&Indicator], standard: &Standard) -> bool {
    let quantities = project
        .indicators
        .iter()
        .filter(|one| one.category.and_then(|id| standard.role(id)) == Some(Role::Quantity))
        .count();
    let is_list = |purpose: &Text| purpose.value.contains(['、', '和', '及', '等', '+']);
    product.is_sure && quantities == 1 && costs.len() == 1 && !project.purpose().is_some_and(is_list)
}

fn is_a_fund_line(sum: Decimal, limit: Decimal, budget: &Budget, standard: &Standard) -> bool {
    let mut amounts = budget.funds.iter().filter_map(|line| line.amount.as_ref()?.base_value(standard));
    amounts.any(|line| is_near(sum, line, limit))
}

/// Whether a sum is off by no more than some percent.
fn is_near(sum: Decimal, wanted: Decimal, limit: Decimal) -> bool {
    let off = sum.checked_sub(wanted).and_then(|off| off.abs().checked_mul(Decimal::ONE_HUNDRED));
    off.zip(wanted.checked_mul(limit)).is_none_or(|(off, most)| off <= most)
}
