//! What a project says when it is approved, as sixteen figures: whoever changes a target afterwards cannot keep them.
//!
//! Covered are the code, the money by source, the plan and the goal, and of each indicator its category, name, target with
//! what a table prints for it, weight, direction, method, interim targets, target of the period and what it is computed as;
//! of a project of several years its period, its money and its goal; of a department the code, the goal, the sub-goals, and
//! its money and targets as a whole. Descriptions, bases, sources, comments, order, layout and files are not, and the same
//! amount or quantity in another unit is the same. Only what is stated goes in, so that a field that the language gains
//! later leaves the fingerprints of older approvals as they are.
//!
//! This is another thing than [`crate::diff::Change::fingerprint`]: that one names one *change* between two versions, so
//! that a list of accepted changes can point at it (`diff --require-approval`); this one names what *stands*, needs no older
//! version, and is told wherever the file is checked.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::language::Field;
use crate::model::calendar::Date;
use crate::model::comparator::Comparator;
use crate::model::standard::Standard;
use crate::model::target::{SinceLastYear, SymbolicAmount, Target};
use crate::model::text::key;
use crate::model::unit::{Measure, Quantity};
use crate::model::{Department, DepartmentId, FundLine, Indicator, Model, Project, ProjectId};

/// The first bytes of a digest over parts, in hexadecimal figures.
pub fn digest<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    const BYTES: usize = 8;
    let mut hash = Sha256::new();
    for part in parts {
        // As wide on every machine.
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().take(BYTES).fold(String::new(), |mut text, byte| {
        // Invariant: a text takes whatever is written.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The fingerprint of a project; none where part of it was not understood.
pub fn of_project(model: &Model, id: ProjectId) -> Option<String> {
    let project = &model[id];
    let damage = project.damage;
    let is_unread = damage.head || damage.fields || damage.budget || damage.plan || damage.indicators;
    let year = model.year_of(project);
    // What a day or a last year's value means hangs on the year.
    let is_year_unread = year.is_none() && project.department.is_some_and(|id| model[id].is_damaged);
    if project.is_head || is_unread || is_year_unread {
        return None;
    }
    let said = SaidFacts { standard: &model[project.standard], year };
    Some(said.project(project))
}

/// The fingerprint of a department's own targets; none where part of them was not understood.
pub fn of_department(model: &Model, id: DepartmentId) -> Option<String> {
    let department: &Department = &model[id];
    if department.is_damaged {
        return None;
    }
    let year = department.year.as_ref().map(|year| year.value);
    let mut facts = StatedFacts::default();
    facts.add("code", department.code.as_ref().map(|code| key(&code.value)));
    facts.add("goal", department.overall_goal().map(|goal| goal.value.to_string()));
    for goal in &department.sub_goals {
        let mut of_goal = StatedFacts::default();
        of_goal.add("goal", goal.goal.as_ref().map(|goal| goal.value.to_string()));
        for reference in &goal.indicators {
            let named = reference.target.map(|id| (&*model[id.project].name.value, &*model[id].name.value));
            let (project, indicator) =
                named.unwrap_or((reference.project.as_deref().unwrap_or_default(), &reference.indicator));
            of_goal.add("indicator", Some(digest([key(project).as_str(), key(indicator).as_str()])));
        }
        facts.add("sub", Some(of_goal.digest()));
    }
    facts.add(
        "whole",
        department.whole.as_ref().map(|whole| {
            let said = SaidFacts { standard: &model[whole.standard], year };
            said.project(whole)
        }),
    );
    Some(facts.digest())
}

/// Whether two targets ask for the same: the spelling of numbers, units and signs does not count.
pub fn is_same_target(one: &Target, other: &Target, standard: &Standard, year: Option<u16>) -> bool {
    let said = SaidFacts { standard, year };
    said.target(one) == said.target(other)
}

/// What a target asks for, in one spelling: the same under standards that call its units alike.
pub fn said_target(target: &Target, standard: &Standard, year: Option<u16>) -> String {
    SaidFacts { standard, year }.target(target)
}

/// Facts by what they are, in no order.
#[derive(Default)]
struct StatedFacts(Vec<(&'static str, String)>);

impl StatedFacts {
    fn add(&mut self, what: &'static str, fact: Option<String>) {
        self.0.extend(fact.map(|fact| (what, fact)));
    }

    fn digest(mut self) -> String {
        self.0.sort();
        digest(self.0.iter().flat_map(|(what, fact)| [*what, fact.as_str()]))
    }
}

/// Facts in one spelling.
struct SaidFacts<'a> {
    standard: &'a Standard,
    year: Option<u16>,
}

impl SaidFacts<'_> {
    fn project(&self, project: &Project) -> String {
        let mut facts = StatedFacts::default();
        facts.add("code", project.code.as_ref().map(|code| key(&code.value)));
        facts.add("goal", project.goal().map(|goal| goal.value.to_string()));
        facts.add("period goal", project.plain.text(Field::PeriodGoal).map(|goal| goal.value.to_string()));
        let day = |date: Date| self.date(date);
        let period = project.period();
        facts.add("period", period.map(|period| format!("{} .. {}", day(period.from), day(period.to))));
        let invested = project.plain.quantity(Field::TotalInvestment);
        facts.add("investment", invested.map(|total| self.quantity(total)));
        for line in &project.investment {
            facts.add("investment fund", self.fund(line));
        }
        if let Some(budget) = &project.budget {
            facts.add("money", budget.total.as_ref().map(|total| self.quantity(total)));
            for line in &budget.funds {
                facts.add("fund", self.fund(line));
            }
        }
        for line in project.plan.iter().flat_map(|plan| &plan.lines) {
            let day = self.date(self.standard.checkpoints[line.checkpoint].date);
            facts.add("plan", Some(digest([day.as_str(), self.quantity(&line.share).as_str()])));
        }
        for indicator in &project.indicators {
            facts.add("indicator", Some(self.indicator(indicator)));
        }
        facts.digest()
    }

    /// None for a source whose amount is left blank.
    fn fund(&self, line: &FundLine) -> Option<String> {
        let source = &self.standard.fund_sources[line.source].name;
        let amount = line.amount.as_ref().map(|amount| self.quantity(amount));
        amount.map(|amount| digest([source.as_str(), amount.as_str()]))
    }

    fn indicator(&self, indicator: &Indicator) -> String {
        let mut facts = StatedFacts::default();
        facts.add("category", indicator.category.map(|id| self.standard.category_path(id)));
        facts.add("name", Some(key(&indicator.name.value)));
        facts.add("target", Some(self.target(&indicator.target.value)));
        if matches!(indicator.target.value, Target::LastYear { .. }) {
            facts.add("before", indicator.last_year().map(|last| self.quantity(last)));
        }
        facts.add("wording", indicator.wording().map(|wording| key(&wording.value)));
        facts.add("weight", indicator.weight().map(|weight| weight.value.normalize().to_string()));
        facts.add("direction", indicator.direction.as_ref().map(|one| one.value.english().to_owned()));
        let method = indicator.method(self.standard).map(|(method, _)| method.written(self.standard));
        facts.add("method", method.or_else(|| indicator.scoring().map(|scoring| scoring.value.to_string())));
        for interim in &indicator.interim {
            let parts = [self.date(interim.date), self.target(&interim.target.value)];
            facts.add("interim", Some(digest(parts.iter().map(String::as_str))));
        }
        facts.add("computed", indicator.computed().map(|one| one.word().to_owned()));
        facts.add("period", indicator.whole_period.as_ref().map(|target| self.target(&target.value)));
        facts.digest()
    }

    fn target(&self, target: &Target) -> String {
        let sign = |comparator: Comparator| comparator.sign();
        match target {
            // Without a comparator equality is meant.
            Target::Quantity { comparator, quantity } => {
                format!("{} {}", sign(comparator.unwrap_or(Comparator::Equal)), self.quantity(quantity))
            }
            Target::Range { ends } => format!("{} .. {}", self.quantity(&ends.low), self.quantity(&ends.high)),
            Target::Deadline { comparator, date } => {
                format!("{} {}", comparator.map(sign).unwrap_or_default(), self.date(*date))
            }
            Target::Money { comparator, symbol, share } => {
                let symbol = match symbol {
                    SymbolicAmount::Budget => "budget",
                    SymbolicAmount::Fund(source) => &self.standard.fund_sources[*source].name,
                };
                let share = share.as_ref().map(|share| self.quantity(share)).unwrap_or_default();
                format!("{} {symbol} × {share}", sign(*comparator))
            }
            Target::LastYear { comparator, change } => {
                let change = change.as_deref().map(|(change, by)| {
                    let change = match change {
                        SinceLastYear::Plus => "+",
                        SinceLastYear::Minus => "-",
                        SinceLastYear::Times => "×",
                    };
                    format!("{change} {}", self.quantity(by))
                });
                format!("{} before {}", sign(*comparator), change.unwrap_or_default())
            }
            Target::YesNo(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Target::Grade { grade, scale } => format!("{grade} of {}", scale.join(" ")),
            Target::Words(words) => format!("in words {words}"),
            Target::Damaged => String::new(),
        }
    }

    /// In the base unit of its dimension where it can be converted.
    fn quantity(&self, quantity: &Quantity) -> String {
        let unit = match &quantity.measure {
            Measure::Unit(unit) => Some(&self.standard.units[*unit as usize]),
            Measure::Compound(_) => None,
        };
        let converted = unit.filter(|unit| unit.factor.is_some()).zip(quantity.base_value(self.standard));
        if let Some((unit, value)) = converted {
            return format!("{} {}", value.normalize(), unit.dimension.id());
        }
        let value = quantity.value.checked_mul(quantity.multiplier.factor());
        let unit = match &quantity.measure {
            Measure::Unit(unit) => &self.standard.units[*unit as usize].name,
            Measure::Compound(written) => &**written,
        };
        match value {
            Some(value) => format!("{} {unit}", value.normalize()),
            // Too large to be multiplied.
            None => format!("{} {}{unit}", quantity.value.normalize(), quantity.multiplier.sign()),
        }
    }

    fn date(&self, date: Date) -> String {
        self.year.map_or_else(|| date.to_string(), |year| date.in_year(year).to_string())
    }
}
