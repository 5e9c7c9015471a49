//! What changes mean, in the few words by which a bureau counts them.

use super::{Class, Risk, Sense};
use crate::diagnostic::Text;

/// What a change does, at a glance. The order is that in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// Less is demanded.
    Relaxed,
    /// It cannot be told from what is written: it may be less.
    MayBeRelaxed,
    /// Something is no longer there.
    Removed,
    /// Money is another, or spent at another time.
    Money,
    /// More is demanded.
    Tightened,
    /// Something is new.
    Added,
    /// What was reported of the year.
    OfTheYear,
    /// The rules by which all is read.
    Rules,
    /// Words, names and orders: neither more nor less.
    Worded,
}

impl Meaning {
    /// Each of them, in their order.
    pub const ALL: [Meaning; 9] = [
        Meaning::Relaxed,
        Meaning::MayBeRelaxed,
        Meaning::Removed,
        Meaning::Money,
        Meaning::Tightened,
        Meaning::Added,
        Meaning::OfTheYear,
        Meaning::Rules,
        Meaning::Worded,
    ];

    /// The word in machine output.
    pub fn id(self) -> &'static str {
        match self {
            Meaning::Relaxed => "relaxed",
            Meaning::MayBeRelaxed => "may-be-relaxed",
            Meaning::Removed => "removed",
            Meaning::Money => "money",
            Meaning::Tightened => "tightened",
            Meaning::Added => "added",
            Meaning::OfTheYear => "year",
            Meaning::Rules => "rules",
            Meaning::Worded => "worded",
        }
    }

    /// In both languages, as a heading.
    pub fn title(self) -> Text {
        match self {
            Meaning::Relaxed => Text::new("放宽", "relaxed"),
            Meaning::MayBeRelaxed => Text::new("可能放宽", "may be relaxed"),
            Meaning::Removed => Text::new("删去", "removed"),
            Meaning::Money => Text::new("资金变动", "money"),
            Meaning::Tightened => Text::new("收紧", "tightened"),
            Meaning::Added => Text::new("新增", "added"),
            Meaning::OfTheYear => Text::new("执行情况", "reported"),
            Meaning::Rules => Text::new("标准", "standards"),
            Meaning::Worded => Text::new("文字等", "wording"),
        }
    }
}

impl Class {
    /// What it means, at a glance: read from its number, its name, its weight and its sense.
    pub fn meaning(self) -> Meaning {
        let is_of = |field: &str| self.code().starts_with(field);
        if self.is_of_the_year() {
            Meaning::OfTheYear
        } else if is_of("JC6") || self == Class::StandardSwitched {
            Meaning::Rules
        } else if self.risk() == Risk::None {
            Meaning::Worded
        } else if is_of("JC4") {
            Meaning::Money
        } else if self.slug().ends_with("-added") {
            Meaning::Added
        } else if self.slug().ends_with("-removed") {
            Meaning::Removed
        } else {
            match self.sense() {
                Sense::Looser => Meaning::Relaxed,
                Sense::Unclear => Meaning::MayBeRelaxed,
                Sense::Tighter => Meaning::Tightened,
                Sense::Neutral => Meaning::Worded,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_means_what_its_class_says() {
        for (class, meaning) in [
            (Class::TargetRelaxed, Meaning::Relaxed),
            (Class::DeadlineLater, Meaning::Relaxed),
            (Class::TargetShifted, Meaning::MayBeRelaxed),
            (Class::TargetTightened, Meaning::Tightened),
            (Class::TargetRewritten, Meaning::Worded),
            (Class::IndicatorRemoved, Meaning::Removed),
            (Class::ProjectAdded, Meaning::Added),
            (Class::MoneyMoved, Meaning::Money),
            (Class::AmountRewritten, Meaning::Worded),
            (Class::PlanRemoved, Meaning::Money),
            (Class::StandardSwitched, Meaning::Rules),
            (Class::StandardPartRemoved, Meaning::Rules),
            (Class::ActualWithdrawn, Meaning::OfTheYear),
        ] {
            assert_eq!(class.meaning(), meaning, "{}", class.code());
        }
    }

    #[test]
    fn what_means_less_is_never_counted_as_words() {
        for class in Class::ALL.iter().filter(|class| class.meaning() == Meaning::Worded) {
            assert!(!matches!(class.sense(), Sense::Looser | Sense::Unclear), "{}", class.code());
        }
        assert!(Meaning::ALL.is_sorted());
    }
}
