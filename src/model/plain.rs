//! Plain fields of a department, project or indicator: kept by their rows of the schema, whatever the rows are.

use rust_decimal::Decimal;

use super::calendar::{Date, Period};
use super::unit::Quantity;
use super::{Department, Indicator, Project, Text};
use crate::language::Field;
use crate::source::{Span, Spanned, TextChange};

/// The plain fields that are stated, in the order of the schema.
#[derive(Clone, Debug, Default)]
pub struct PlainFields(Box<[(Field, Plain)]>);

/// A plain value with its place.
#[derive(Clone, Debug)]
pub enum Plain {
    /// A text or a name.
    Text(Text),
    /// A number without a unit, such as a weight.
    Number(Spanned<Decimal>),
    /// A number and its unit, such as the value of last year.
    Quantity(Box<Quantity>),
    /// A day, or a month by its end.
    Date(Spanned<Date>),
    /// From one day to another.
    Period(Spanned<Period>),
}

impl PlainFields {
    /// Whether none is written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// None where it is not written, or its value was a mistake.
    pub fn get(&self, field: Field) -> Option<&Plain> {
        self.0.iter().find(|(known, _)| *known == field).map(|(_, value)| value)
    }

    /// In the order in which they were written.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &Plain)> {
        self.0.iter().map(|(field, value)| (*field, value))
    }

    /// Whether a field says something: an empty text does not.
    pub fn is_filled(&self, field: Field) -> bool {
        self.get(field).is_some_and(|value| value.as_text().is_none_or(|text| !text.value.is_empty()))
    }

    /// None also for a field that holds no text.
    pub fn text(&self, field: Field) -> Option<&Text> {
        self.get(field).and_then(Plain::as_text)
    }

    /// None also for a field that holds no number.
    pub fn number(&self, field: Field) -> Option<&Spanned<Decimal>> {
        match self.get(field)? {
            Plain::Number(number) => Some(number),
            Plain::Text(_) | Plain::Quantity(_) | Plain::Date(_) | Plain::Period(_) => None,
        }
    }

    /// None also for a field that holds no quantity.
    pub fn quantity(&self, field: Field) -> Option<&Quantity> {
        match self.get(field)? {
            Plain::Quantity(quantity) => Some(quantity),
            Plain::Text(_) | Plain::Number(_) | Plain::Date(_) | Plain::Period(_) => None,
        }
    }

    /// The texts, to be changed.
    pub fn texts_mut(&mut self) -> impl Iterator<Item = &mut Text> {
        self.0.iter_mut().filter_map(|(_, value)| match value {
            Plain::Text(text) => Some(text),
            Plain::Number(_) | Plain::Quantity(_) | Plain::Date(_) | Plain::Period(_) => None,
        })
    }

    /// Takes fields away.
    pub fn retain(&mut self, stays: impl Fn(Field) -> bool) {
        self.0 = std::mem::take(&mut self.0).into_iter().filter(|(field, _)| stays(*field)).collect();
    }

    pub(super) fn follow(&mut self, change: &TextChange) {
        for (_, value) in &mut self.0 {
            match value {
                Plain::Text(text) => {
                    change.span(&mut text.span);
                    change.words(&mut text.value);
                }
                Plain::Number(number) => {
                    change.span(&mut number.span);
                }
                Plain::Quantity(quantity) => {
                    change.span(&mut quantity.span);
                }
                Plain::Date(date) => {
                    change.span(&mut date.span);
                }
                Plain::Period(period) => {
                    change.span(&mut period.span);
                }
            }
        }
    }
}

impl IntoIterator for PlainFields {
    type Item = (Field, Plain);
    type IntoIter = std::vec::IntoIter<(Field, Plain)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_vec().into_iter()
    }
}

impl FromIterator<(Field, Plain)> for PlainFields {
    fn from_iter<I: IntoIterator<Item = (Field, Plain)>>(fields: I) -> Self {
        let mut fields: Vec<(Field, Plain)> = fields.into_iter().collect();
        fields.sort_by_key(|(field, _)| *field);
        Self(fields.into())
    }
}

impl Plain {
    /// None for numbers, quantities and dates.
    pub fn as_text(&self) -> Option<&Text> {
        match self {
            Plain::Text(text) => Some(text),
            Plain::Number(_) | Plain::Quantity(_) | Plain::Date(_) | Plain::Period(_) => None,
        }
    }

    /// Where the value is written.
    pub fn span(&self) -> Span {
        match self {
            Plain::Text(text) => text.span,
            Plain::Number(number) => number.span,
            Plain::Quantity(quantity) => quantity.span,
            Plain::Date(date) => date.span,
            Plain::Period(period) => period.span,
        }
    }
}

impl Department {
    /// 总体目标
    pub fn overall_goal(&self) -> Option<&Text> {
        self.plain.text(Field::OverallGoal)
    }
}

impl Project {
    /// 用途: what the money is for.
    pub fn purpose(&self) -> Option<&Text> {
        self.plain.text(Field::Purpose)
    }

    /// 框架: by which of the standard's frameworks its indicators stand.
    pub fn framework(&self) -> Option<&Text> {
        self.plain.text(Field::ProjectFramework)
    }

    /// 起止
    pub fn period(&self) -> Option<Period> {
        match self.plain.get(Field::Period)? {
            Plain::Period(period) => Some(period.value),
            Plain::Text(_) | Plain::Number(_) | Plain::Quantity(_) | Plain::Date(_) => None,
        }
    }

    /// 目标
    pub fn goal(&self) -> Option<&Text> {
        self.plain.text(Field::Goal)
    }
}

impl Indicator {
    /// 描述: what is counted and how.
    pub fn description(&self) -> Option<&Text> {
        self.plain.text(Field::Description)
    }

    /// 来源: where the actual value will be found.
    pub fn source(&self) -> Option<&Text> {
        self.plain.text(Field::Source)
    }

    /// 权重, in points of the standard's total.
    pub fn weight(&self) -> Option<&Spanned<Decimal>> {
        self.plain.number(Field::Weight)
    }

    /// 上年: the actual value of last year.
    pub fn last_year(&self) -> Option<&Quantity> {
        self.plain.quantity(Field::LastYear)
    }

    /// 计分: how it is scored.
    pub fn scoring(&self) -> Option<&Text> {
        self.plain.text(Field::Scoring)
    }

    /// What the table prints instead of the target.
    pub fn wording(&self) -> Option<&Text> {
        self.plain.text(Field::Wording)
    }
}
