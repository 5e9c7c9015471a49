//! The facts of a model, thing by thing.
//!
//! Every struct of the model is taken apart here field by field, so that a new field does not compile until somebody says
//! what a change of it is.

use rust_decimal::Decimal;

use super::{Field, Side};
use crate::model::calendar::Date;
use crate::model::standard::Standard;
use crate::model::target::Target;
use crate::model::unit::{Measure, Quantity};
use crate::model::{
    Basis, Budget, Damage, Department, Direction, ExtraField, ExtraValue, FundLine, Indicator, Plan, PlanLine, Project,
    Reference, Safeguard, SubGoal, Text, UnitOfAccount, written,
};
use crate::source::{Span, Spanned};

/// What takes facts as they are found.
pub(super) trait Sink {
    fn fact(&mut self, field: Field, item: Key<'_>, worth: Worth<'_>, span: Option<Span>);
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
        overall_goal,
        sub_goals: _,
        safeguards: _,
        extra,
        is_damaged,
    } = department;
    let standard = &side.model[*standard];
    text(sink, Field::DepartmentName, Some(name));
    text(sink, Field::DepartmentCode, code.as_ref());
    if let Some(year) = year {
        sink.fact(Field::Year, Key::Whole, Worth::Number(year.value.into()), Some(year.span));
    }
    sink.fact(Field::DepartmentStandard, Key::Whole, Worth::Text(&standard.name), Some(*span));
    for UnitOfAccount { code, name } in units_of_account {
        let worth = name.as_ref().map_or(Worth::Blank, |name| Worth::Text(&name.value));
        sink.fact(Field::Unit, Key::Named(&code.value), worth, Some(code.span));
    }
    extra_fields(sink, Field::DepartmentExtra, extra, standard);
    text(sink, Field::OverallGoal, overall_goal.as_ref());
    if *is_damaged {
        sink.fact(Field::DepartmentDamage, Key::Whole, Worth::Blank, Some(*span));
    }
}

pub(super) fn sub_goal(goal: &SubGoal, sink: &mut impl Sink) {
    let SubGoal { span, goal, indicators } = goal;
    let span = goal.as_ref().map_or(*span, |goal| goal.span);
    let worth = goal.as_ref().map_or(Worth::Blank, |goal| Worth::Text(&goal.value));
    sink.fact(Field::SubGoalText, Key::Whole, worth, Some(span));
    for reference in indicators {
        let Reference { span, project: _, indicator: _, target: _ } = reference;
        sink.fact(Field::Reference, Key::Of(reference), Worth::Blank, Some(*span));
    }
}

pub(super) fn safeguard(safeguard: &Safeguard, sink: &mut impl Sink) {
    let Safeguard { name, text: words } = safeguard;
    text(sink, Field::SafeguardName, Some(name));
    text(sink, Field::SafeguardText, words.as_ref());
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
        purpose,
        plan,
        goal,
        indicators: _,
        extra,
        damage,
    } = project;
    let standard = &side.model[*standard_id];
    text(sink, Field::ProjectName, Some(name));
    text(sink, Field::ProjectCode, code.as_ref());
    // A department's standard is that of its projects, and is told there.
    if department.is_none_or(|id| side.model[id].standard != *standard_id) {
        sink.fact(Field::ProjectStandard, Key::Whole, Worth::Text(&standard.name), Some(*span));
    }
    text(sink, Field::ProjectUnit, unit_of_account.as_ref());
    extra_fields(sink, Field::ProjectExtra, extra, standard);
    if let Some(Budget { span, total, funds }) = budget {
        amount(sink, Field::Budget, Key::Whole, total.as_ref(), *span, standard);
        for FundLine { span, source, amount: of_fund } in funds {
            let key = Key::Named(&standard.fund_sources[*source].name);
            amount(sink, Field::Fund, key, of_fund.as_ref(), *span, standard);
        }
    }
    text(sink, Field::Purpose, purpose.as_ref());
    if let Some(Plan { span, lines }) = plan {
        sink.fact(Field::Plan, Key::Whole, Worth::Blank, Some(*span));
        for PlanLine { span, checkpoint, share } in lines {
            let key = Key::Named(&standard.checkpoints[*checkpoint].label);
            sink.fact(Field::Checkpoint, key, Worth::Quantity(share, standard), Some(*span));
        }
    }
    text(sink, Field::Goal, goal.as_ref());
    let Damage { head, fields, budget, plan, indicators } = *damage;
    for (is_damaged, part) in
        [(head, "head"), (fields, "fields"), (budget, "budget"), (plan, "spending_plan"), (indicators, "indicators")]
    {
        if is_damaged {
            sink.fact(Field::ProjectDamage, Key::Named(part), Worth::Blank, Some(*span));
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
        description,
        basis,
        source,
        weight,
        direction,
        last_year,
        scoring,
        wording,
        extra,
    } = indicator;
    text(sink, Field::IndicatorName, Some(name));
    let path = category.map(|id| standard.category_path(id));
    let path = path.as_deref().unwrap_or_else(|| side.sources.slice(*category_span));
    sink.fact(Field::Category, Key::Whole, Worth::Text(path), Some(*category_span));
    target(sink, side, Field::Target, target_value, standard);
    if let Some(whole_period) = whole_period {
        target(sink, side, Field::WholePeriod, whole_period, standard);
    }
    text(sink, Field::Description, description.as_ref());
    if let Some(Basis { kind, text: words }) = basis {
        text(sink, Field::BasisKind, kind.as_deref());
        text(sink, Field::Basis, Some(words));
    }
    text(sink, Field::Source, source.as_deref());
    if let Some(weight) = weight {
        sink.fact(Field::Weight, Key::Whole, Worth::Number(weight.value), Some(weight.span));
    }
    if let Some(direction) = direction {
        sink.fact(Field::Direction, Key::Whole, Worth::Direction(direction.value), Some(direction.span));
    }
    if let Some(last_year) = last_year {
        sink.fact(Field::LastYear, Key::Whole, Worth::Quantity(last_year, standard), Some(last_year.span));
    }
    text(sink, Field::Scoring, scoring.as_deref());
    text(sink, Field::Wording, wording.as_deref());
    extra_fields(sink, Field::IndicatorExtra, extra, standard);
}

fn text(sink: &mut impl Sink, field: Field, text: Option<&Text>) {
    if let Some(text) = text {
        sink.fact(field, Key::Whole, Worth::Text(&text.value), Some(text.span));
    }
}

fn amount(
    sink: &mut impl Sink,
    field: Field,
    key: Key<'_>,
    amount: Option<&Quantity>,
    span: Span,
    standard: &Standard,
) {
    let worth = amount.map_or(Worth::Blank, |amount| Worth::Quantity(amount, standard));
    sink.fact(field, key, worth, Some(amount.map_or(span, |amount| amount.span)));
}

fn target(sink: &mut impl Sink, side: Side<'_>, field: Field, target: &Spanned<Target>, standard: &Standard) {
    let words = if target.value == Target::Damaged { side.sources.slice(target.span) } else { "" };
    sink.fact(field, Key::Whole, Worth::Target(&target.value, words, standard), Some(target.span));
}

fn extra_fields(sink: &mut impl Sink, field: Field, extra: &[ExtraField], standard: &Standard) {
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
pub(super) struct Bytes(pub(super) Vec<u8>);

impl Bytes {
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
    fn fact(&mut self, field: Field, item: Key<'_>, worth: Worth<'_>, _: Option<Span>) {
        self.0.push(field as u8);
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
            Worth::Number(_) | Worth::Target(..) | Worth::Date(_) | Worth::YesNo(_) | Worth::Direction(_) => {
                self.text(&worth.said());
            }
        }
    }
}
