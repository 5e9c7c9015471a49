//! One change as a reviewer reads it: what, where, from what to what, and what follows from it by arithmetic.

use rust_decimal::Decimal;

use super::Class;
use super::form::Edit;
use crate::diagnostic::{Text, texts};
use crate::model::year::fingerprint::digest;
use crate::model::{IndicatorId, ProjectId};
use crate::source::Span;

/// Something that changed.
#[derive(Clone, Debug)]
pub struct Change {
    /// What the change means.
    pub class: Class,
    /// What changed.
    pub subject: Subject,
    /// None where nothing stood there.
    pub old: Option<Said>,
    /// None where nothing is left.
    pub new: Option<Said>,
    /// What a reviewer would reckon by hand.
    pub details: Vec<Detail>,
    /// What it does to the old side's form: see [`super::apply`].
    pub edits: Vec<Edit>,
    /// A digest of what is added or removed as a whole.
    pub(super) content: String,
}

/// Where it is, in the words of the new side; of the old side where the new one has no such thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// By its name; none for a change of a standard.
    pub department: Option<String>,
    /// None for a change of the department itself.
    pub project: Option<Named>,
    /// None for a change of the project itself.
    pub indicator: Option<IndicatorName>,
    /// The field, as the language calls it.
    pub field: Option<Text>,
    /// The fund source, the sub-goal, the safeguard, the unit, the part of a standard.
    pub item: Option<String>,
    /// The standard that changed.
    pub standard: Option<String>,
    /// In the old model; none where it is new.
    pub old_project: Option<ProjectId>,
    /// In the new model; none where it is gone.
    pub new_project: Option<ProjectId>,
    /// In the old model; none where it is new.
    pub old_indicator: Option<IndicatorId>,
    /// In the new model; none where it is gone.
    pub new_indicator: Option<IndicatorId>,
    /// What it is known by on the old side (the new one, where it is new): the fingerprint rests on it.
    pub identity: String,
}

/// A project by its code, where it has one, and its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// None where the project has none.
    pub code: Option<String>,
    /// Without quotes.
    pub name: String,
}

/// An indicator by the path of its category and its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IndicatorName {
    /// `一级指标.二级指标`; none where the category is damaged.
    pub category: Option<String>,
    /// Without quotes.
    pub name: String,
}

/// A value as the language writes it, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// In the spelling of the one layout.
    pub text: String,
    /// None where it stands nowhere by itself.
    pub span: Option<Span>,
}

/// What follows from a change by arithmetic, or what speaks for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Detail {
    /// New minus old, in a unit as it is written, and in percent of the old value, rounded to two places.
    Difference {
        /// Negative where it became less.
        amount: Decimal,
        /// Blank for a number without one.
        unit: String,
        /// None where the old value is zero.
        percent: Option<Decimal>,
    },
    /// What a symbolic or relative target comes to on both sides.
    Resolved {
        /// None where it cannot be told.
        old: Option<String>,
        /// None where it cannot be told.
        new: Option<String>,
    },
    /// The area between two spending plans in percent-months: positive where money is spent earlier.
    Area {
        /// A percent of the budget spent a month earlier counts one.
        percent_months: Decimal,
    },
    /// The largest difference of two plans, in percentage points, and its checkpoint.
    Widest {
        /// New minus old.
        points: Decimal,
        /// As the standard labels it.
        checkpoint: String,
    },
    /// Why two things are taken for one.
    Alike {
        /// From 0 to 100.
        percent: usize,
        /// What is said on the old side.
        old: String,
        /// What is said on the new side.
        new: String,
    },
    /// Where the same money went to or came from.
    Counterpart {
        /// What lost or gained it.
        name: String,
        /// Negative where it lost it.
        amount: Decimal,
        /// The standard's unit of money.
        unit: String,
    },
    /// The change that a computed value follows from.
    Because {
        /// What that change means.
        class: Class,
        /// None where nothing stood there.
        old: Option<String>,
        /// None where nothing is left.
        new: Option<String>,
    },
    /// What went out and what came in.
    Balance {
        /// The sum of what became less.
        out: Decimal,
        /// The sum of what became more.
        into: Decimal,
        /// The standard's unit of money.
        unit: String,
    },
    /// A project that another one was divided into, or made of: its budget, and how many of its indicators the other has.
    Part {
        /// The name of the project.
        name: String,
        /// None where it has no budget.
        amount: Option<String>,
        /// From 0 to 100.
        shared_percent: usize,
    },
}

impl Change {
    pub(super) fn new(class: Class, subject: Subject, old: Option<Said>, new: Option<Said>) -> Self {
        Self { class, subject, old, new, details: Vec::new(), edits: Vec::new(), content: String::new() }
    }

    /// Names this change in a list of accepted ones: the same whatever else changes, however the text is laid out, in
    /// either language of keywords and in any file.
    pub fn fingerprint(&self) -> String {
        let said = |side: &Option<Said>| side.as_ref().map_or("\u{1}", |said| said.text.as_str()).to_owned();
        let (old, new) = (said(&self.old), said(&self.new));
        digest([self.class.code(), &self.subject.identity, &old, &new, &self.content])
    }

    /// Where it stands: on the new side where there is a place, else on the old side.
    pub fn new_span(&self) -> Option<Span> {
        self.new.as_ref().and_then(|said| said.span)
    }

    /// Where it stood on the old side.
    pub fn old_span(&self) -> Option<Span> {
        self.old.as_ref().and_then(|said| said.span)
    }
}

impl Detail {
    /// As a sentence for people.
    pub fn text(&self) -> Text {
        match self {
            Detail::Difference { amount, unit, percent } => {
                let signed = signed(*amount);
                match percent {
                    // A share of a share would be taken for the difference itself.
                    _ if unit == "%" => texts::change_points(signed),
                    Some(percent) => texts::change_difference(signed, unit, self::signed(*percent)),
                    None => texts::change_difference_alone(signed, unit),
                }
            }
            Detail::Resolved { old, new } => {
                let say = |side: &Option<String>| side.clone().map_or_else(texts::change_unknown_value, Text::same);
                texts::change_resolved(say(old), say(new))
            }
            Detail::Area { percent_months } => texts::change_area(signed(*percent_months)),
            Detail::Widest { points, checkpoint } => texts::change_widest(checkpoint, signed(*points)),
            Detail::Alike { percent, old, new } => texts::change_alike(old, new, *percent),
            Detail::Counterpart { name, amount, unit } => texts::change_counterpart(name, signed(*amount), unit),
            Detail::Because { class, old, new } => {
                let say = |side: &Option<String>| side.clone().unwrap_or_else(|| "—".to_owned());
                texts::change_because(class.title(), say(old), say(new))
            }
            Detail::Balance { out, into, unit } => {
                let rest = into.checked_sub(*out).unwrap_or_default();
                texts::change_balance(*out, *into, signed(rest), unit)
            }
            Detail::Part { name, amount, shared_percent } => match amount {
                Some(amount) => texts::change_part(name, amount, *shared_percent),
                None => texts::change_part_without_amount(name, *shared_percent),
            },
        }
    }
}

/// `+5`, `-5`, `0`
fn signed(number: Decimal) -> String {
    if number > Decimal::ZERO { format!("+{number}") } else { number.to_string() }
}

impl Subject {
    pub(super) fn extend_identity(&mut self, part: &str) {
        self.identity.push('/');
        self.identity.push_str(part);
    }
}

impl Said {
    /// A text and its place.
    pub fn new(text: impl Into<String>, span: Option<Span>) -> Self {
        Self { text: text.into(), span }
    }
}

impl Named {
    /// `编码 名称`
    pub fn written(&self) -> String {
        match &self.code {
            Some(code) => format!("{code} {}", self.name),
            None => self.name.clone(),
        }
    }
}
