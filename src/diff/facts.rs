//! The facts of a model, thing by thing.
//!
//! Every struct of the model is taken apart here field by field, so that a new field does not compile until somebody says
//! what a change of it is.

use rust_decimal::Decimal;

use super::{Fact, Side};
use crate::language::Field;
use crate::model::calendar::{Date, Period};
use crate::model::standard::Standard;
use crate::model::target::Target;
use crate::model::unit::{Measure, Quantity};
use crate::model::{
    Basis, Budget, Damage, Department, Direction, ExtraField, ExtraValue, FundLine, Indicator, Interim, Plain,
    PlainFields, PlanLine, Project, Reference, Safeguard, SpendingPlan, SubGoal, Text, UnitOfAccount, written,
};
use crate::source::{Span, Spanned};

/// What takes facts as they are found.
pub(super) trait Sink {
    fn fact(&mut self, field: Fact, item: Key<'_>, worth: Worth<'_>, span: Option<Span>);
}

/// Which of several facts of one field.
#[derive(Clone, Copy)]
pub(super) enum Key<'a> {
    Whole,
    Named(&'a str),
    Of(&'a Reference),
}

/// What a fact says.
pub(super) enum Worth<'a> {
    Blank,
    Text(&'a str),
    Number(Decimal),
    Quantity(&'a Quantity, &'a Standard),
    /// The words of the file say what is not understood.
    Target(&'a Target, &'a str, &'a Standard),
    Date(Date),
    Period(Period),
    YesNo(bool),
    Direction(Direction),
}

impl Worth<'_> {
    /// As the language writes it; texts without their quotes.
    pub(super) fn said(&self) -> String {
        match self {
            Worth::Blank => String::new(),
            Worth::Text(text) => (*text).to_owned(),
            Worth::Number(number) => number.to_string(),
            Worth::Quantity(quantity, standard) => written::quantity(quantity, standard),
            Worth::Target(Target::Damaged, words, _) => format!("？{}", words.trim()),
            Worth::Target(target, _, standard) => written::target(target, standard),
            Worth::Date(date) => date.to_string(),
            Worth::Period(period) => period.to_string(),
            Worth::YesNo(yes) => if *yes { "是" } else { "否" }.to_owned(),
            Worth::Direction(Direction::Up) => "正向".to_owned(),
            Worth::Direction(Direction::Down) => "反向".to_owned(),
        }
    }
}

pub(super) fn department(side: Side<'_>, department: &Department, sink: &mut impl Sink) {
    let Department {
        span,
        code,
        name,
        year,
        standard,
        units_of_account,
        sub_goals: _,
        safeguards: _,
        // Told as a project is.
        whole: _,
        plain,
        extra,
        record: _,
        is_damaged,
    } = department;
    let standard = &side.model[*standard];
    text(sink, Fact::DepartmentName, Some(name));
    text(sink, Fact::DepartmentCode, code.as_ref());
    if let Some(year) = year {
        sink.fact(Fact::Year, Key::Whole, Worth::Number(year.value.into()), Some(year.span));
    }
    sink.fact(Fact::DepartmentStandard, Key::Whole, Worth::Text(&standard.name), Some(*span));
    for UnitOfAccount { code, name } in units_of_account {
        let worth = name.as_ref().map_or(Worth::Blank, |name| Worth::Text(&name.value));
        sink.fact(Fact::Unit, Key::Named(&code.value), worth, Some(code.span));
    }
    extra_fields(sink, Fact::DepartmentExtra, extra, standard);
    plain_fields(sink, plain, standard);
    if *is_damaged {
        sink.fact(Fact::DepartmentDamage, Key::Whole, Worth::Blank, Some(*span));
    }
}

pub(super) fn sub_goal(goal: &SubGoal, sink: &mut impl Sink) {
    let SubGoal { span, goal, indicators } = goal;
    let span = goal.as_ref().map_or(*span, |goal| goal.span);
    let worth = goal.as_ref().map_or(Worth::Blank, |goal| Worth::Text(&goal.value));
    sink.fact(Fact::SubGoalText, Key::Whole, worth, Some(span));
    for reference in indicators {
        let Reference { span, project: _, indicator: _, target: _ } = reference;
        sink.fact(Fact::Reference, Key::Of(reference), Worth::Blank, Some(*span));
    }
}

pub(super) fn safeguard(safeguard: &Safeguard, sink: &mut impl Sink) {
    let Safeguard { name, text: words } = safeguard;
    text(sink, Fact::SafeguardName, Some(name));
    text(sink, Fact::SafeguardText, words.as_ref());
}

/// All but its indicators.
pub(super) fn project(side: Side<'_>, project: &Project, sink: &mut impl Sink) {
    let Project {
        span,
        department,
        standard: standard_id,
        code,
        name,
        unit_of_account,
        budget,
        plan,
        investment,
        plain,
        indicators: _,
        extra,
        damage,
        is_head: _,
    } = project;
    let standard = &side.model[*standard_id];
    text(sink, Fact::ProjectName, Some(name));
    text(sink, Fact::ProjectCode, code.as_ref());
    // A department's standard is that of its projects, and is told there.
    if department.is_none_or(|id| side.model[id].standard != standard_id.declared()) {
        sink.fact(Fact::ProjectStandard, Key::Whole, Worth::Text(&standard.name), Some(*span));
    }
    text(sink, Fact::ProjectUnit, unit_of_account.as_ref());
    extra_fields(sink, Fact::ProjectExtra, extra, standard);
    if let Some(Budget { span, total, funds }) = budget {
        amount(sink, Fact::Budget, Key::Whole, total.as_ref(), *span, standard);
        for FundLine { span, source, amount: of_fund } in funds {
            let key = Key::Named(&standard.fund_sources[*source].name);
            amount(sink, Fact::Fund, key, of_fund.as_ref(), *span, standard);
        }
    }
    for FundLine { span, source, amount: of_fund } in investment {
        let key = Key::Named(&standard.fund_sources[*source].name);
        amount(sink, Fact::InvestmentFund, key, of_fund.as_ref(), *span, standard);
    }
    if let Some(SpendingPlan { span, lines }) = plan {
        sink.fact(Fact::Plan, Key::Whole, Worth::Blank, Some(*span));
        for PlanLine { span, checkpoint, share } in lines {
            let key = Key::Named(&standard.checkpoints[*checkpoint].label);
            sink.fact(Fact::Checkpoint, key, Worth::Quantity(share, standard), Some(*span));
        }
    }
    plain_fields(sink, plain, standard);
    let Damage { head, fields, budget, plan, indicators } = *damage;
    for (is_damaged, part) in [
        (head, "head"),
        (fields, "fields"),
        (budget, "budget"),
        (plan, Field::SpendingPlan.english),
        (indicators, "indicators"),
    ] {
        if is_damaged {
            sink.fact(Fact::ProjectDamage, Key::Named(part), Worth::Blank, Some(*span));
        }
    }
}

pub(super) fn indicator(side: Side<'_>, indicator: &Indicator, standard: &Standard, sink: &mut impl Sink) {
    let Indicator {
        span: _,
        category,
        category_span,
        name,
        target: target_value,
        whole_period,
        basis,
        direction,
        interim,
        plain,
        extra,
    } = indicator;
    text(sink, Fact::IndicatorName, Some(name));
    let path = category.map(|id| standard.category_path(id));
    let path = path.as_deref().unwrap_or_else(|| side.sources.slice(*category_span));
    sink.fact(Fact::Category, Key::Whole, Worth::Text(path), Some(*category_span));
    target(sink, side, Fact::Target, target_value, standard);
    if let Some(whole_period) = whole_period {
        target(sink, side, Fact::WholePeriod, whole_period, standard);
    }
    if let Some(Basis { kind, text: words }) = basis {
        text(sink, Fact::BasisKind, kind.as_deref());
        text(sink, Fact::Basis, Some(words));
    }
    if let Some(direction) = direction {
        sink.fact(Fact::Direction, Key::Whole, Worth::Direction(direction.value), Some(direction.span));
    }
    for Interim { span, date, target } in interim {
        let said = written::target(&target.value, standard);
        sink.fact(Fact::Interim, Key::Named(&date.to_string()), Worth::Text(&said), Some(*span));
    }
    plain_fields(sink, plain, standard);
    extra_fields(sink, Fact::IndicatorExtra, extra, standard);
}

fn text(sink: &mut impl Sink, field: Fact, text: Option<&Text>) {
    if let Some(text) = text {
        sink.fact(field, Key::Whole, Worth::Text(&text.value), Some(text.span));
    }
}

fn plain_fields(sink: &mut impl Sink, fields: &PlainFields, standard: &Standard) {
    for (field, value) in fields.iter() {
        let worth = match value {
            Plain::Text(text) => Worth::Text(&text.value),
            Plain::Number(number) => Worth::Number(number.value),
            Plain::Quantity(quantity) => Worth::Quantity(quantity, standard),
            Plain::Date(date) => Worth::Date(date.value),
            Plain::Period(period) => Worth::Period(period.value),
        };
        sink.fact(Fact::Plain(field), Key::Whole, worth, Some(value.span()));
    }
}

fn amount(sink: &mut impl Sink, field: Fact, key: Key<'_>, amount: Option<&Quantity>, span: Span, standard: &Standard) {
    let worth = amount.map_or(Worth::Blank, |amount| Worth::Quantity(amount, standard));
    sink.fact(field, key, worth, Some(amount.map_or(span, |amount| amount.span)));
}

fn target(sink: &mut impl Sink, side: Side<'_>, field: Fact, target: &Spanned<Target>, standard: &Standard) {
    let words = if target.value == Target::Damaged { side.sources.slice(target.span) } else { "" };
    sink.fact(field, Key::Whole, Worth::Target(&target.value, words, standard), Some(target.span));
}

fn extra_fields(sink: &mut impl Sink, field: Fact, extra: &[ExtraField], standard: &Standard) {
    for ExtraField { rule, span, value } in extra {
        let worth = match value {
            ExtraValue::Text(text) => Worth::Text(text),
            ExtraValue::Number(number) => Worth::Number(*number),
            ExtraValue::Quantity(quantity) => Worth::Quantity(quantity, standard),
            ExtraValue::Date(date) => Worth::Date(*date),
            ExtraValue::YesNo(yes) => Worth::YesNo(*yes),
        };
        sink.fact(field, Key::Named(&standard.field_rules[*rule].name), worth, Some(*span));
    }
}

/// Facts as bytes: equal bytes are equal facts. Most projects of two versions are the same, and writing bytes costs less
/// than writing words.
#[derive(Default)]
pub(super) struct Bytes(Vec<u8>);

impl Bytes {
    /// All that a project says, with its indicators.
    pub(super) fn of_project(side: Side<'_>, one: &Project) -> Vec<u8> {
        let mut bytes = Self::default();
        project(side, one, &mut bytes);
        for one_indicator in &one.indicators {
            indicator(side, one_indicator, &side.model[one.standard], &mut bytes);
        }
        bytes.0
    }

    fn text(&mut self, text: &str) {
        self.0.extend_from_slice(&(text.len() as u32).to_le_bytes());
        self.0.extend_from_slice(text.as_bytes());
    }

    fn quantity(&mut self, quantity: &Quantity, standard: &Standard) {
        let Quantity { span: _, value, multiplier, measure } = quantity;
        self.0.extend_from_slice(&value.serialize());
        self.text(multiplier.sign());
        match measure {
            Measure::Unit(unit) => self.text(standard.units[*unit as usize].written()),
            Measure::Compound(written) => self.text(written),
        }
    }
}

impl Sink for Bytes {
    fn fact(&mut self, field: Fact, item: Key<'_>, worth: Worth<'_>, _: Option<Span>) {
        let (row, place) = field.place();
        self.0.extend([row as u8, place]);
        match item {
            Key::Whole => {}
            Key::Named(name) => self.text(name),
            // Where it leads cannot be said in bytes: departments are compared in words.
            Key::Of(reference) => self.text(&reference.indicator),
        }
        match worth {
            Worth::Text(text) => self.text(text),
            Worth::Quantity(quantity, standard) => self.quantity(quantity, standard),
            Worth::Target(Target::Quantity { comparator, quantity }, _, standard) => {
                self.text(comparator.map_or("", |comparator| comparator.sign()));
                self.quantity(quantity, standard);
            }
            // A blank is told by its own sign from an empty text.
            Worth::Blank => self.0.push(u8::MAX),
            Worth::Number(_)
            | Worth::Target(..)
            | Worth::Date(_)
            | Worth::Period(_)
            | Worth::YesNo(_)
            | Worth::Direction(_) => {
                self.text(&worth.said());
            }
        }
    }
}
