//! What changes mean, in the few words by which a bureau counts them.

use super::{Class, Risk, Sense};
use crate::diagnostic::Text;

/// What a change does, at a glance. The order is that in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeMeaning {
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

impl ChangeMeaning {
    /// Each of them, in their order.
    pub const ALL: [ChangeMeaning; 9] = [
        ChangeMeaning::Relaxed,
        ChangeMeaning::MayBeRelaxed,
        ChangeMeaning::Removed,
        ChangeMeaning::Money,
        ChangeMeaning::Tightened,
        ChangeMeaning::Added,
        ChangeMeaning::OfTheYear,
        ChangeMeaning::Rules,
        ChangeMeaning::Worded,
    ];

    /// The word in machine output.
    pub fn id(self) -> &'static str {
        match self {
            ChangeMeaning::Relaxed => "relaxed",
            ChangeMeaning::MayBeRelaxed => "may-be-relaxed",
            ChangeMeaning::Removed => "removed",
            ChangeMeaning::Money => "money",
            ChangeMeaning::Tightened => "tightened",
            ChangeMeaning::Added => "added",
            ChangeMeaning::OfTheYear => "year",
            ChangeMeaning::Rules => "rules",
            ChangeMeaning::Worded => "worded",
        }
    }

    /// In both languages, as a heading.
    pub fn title(self) -> Text {
        match self {
            ChangeMeaning::Relaxed => Text::new("放宽", "relaxed"),
            ChangeMeaning::MayBeRelaxed => Text::new("可能放宽", "may be relaxed"),
            ChangeMeaning::Removed => Text::new("删去", "removed"),
            ChangeMeaning::Money => Text::new("资金变动", "money"),
            ChangeMeaning::Tightened => Text::new("收紧", "tightened"),
            ChangeMeaning::Added => Text::new("新增", "added"),
            ChangeMeaning::OfTheYear => Text::new("执行情况", "reported"),
            ChangeMeaning::Rules => Text::new("标准变动", "standards"),
            ChangeMeaning::Worded => Text::new("文字等", "wording"),
        }
    }
}

impl Class {
    /// What it means, at a glance: read from its number, its name, its weight and its sense.
    pub fn meaning(self) -> ChangeMeaning {
        let is_of = |field: &str| self.code().starts_with(field);
        if self.is_of_the_year() {
            ChangeMeaning::OfTheYear
        } else if is_of("JC6") || self == Class::StandardSwitched {
            ChangeMeaning::Rules
        } else if self.risk() == Risk::None {
            ChangeMeaning::Worded
        } else if is_of("JC4") {
            ChangeMeaning::Money
        } else if self.slug().ends_with("-added") {
            ChangeMeaning::Added
        } else if self.slug().ends_with("-removed") {
            ChangeMeaning::Removed
        } else {
            match self.sense() {
                Sense::Looser => ChangeMeaning::Relaxed,
                Sense::Unclear => ChangeMeaning::MayBeRelaxed,
                Sense::Tighter => ChangeMeaning::Tightened,
                Sense::Neutral => ChangeMeaning::Worded,
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
            (Class::TargetRelaxed, ChangeMeaning::Relaxed),
            (Class::DeadlineLater, ChangeMeaning::Relaxed),
            (Class::TargetShifted, ChangeMeaning::MayBeRelaxed),
            (Class::TargetTightened, ChangeMeaning::Tightened),
            (Class::TargetRewritten, ChangeMeaning::Worded),
            (Class::IndicatorRemoved, ChangeMeaning::Removed),
            (Class::ProjectAdded, ChangeMeaning::Added),
            (Class::MoneyMoved, ChangeMeaning::Money),
            (Class::AmountRewritten, ChangeMeaning::Worded),
            (Class::PlanRemoved, ChangeMeaning::Money),
            (Class::StandardSwitched, ChangeMeaning::Rules),
            (Class::StandardPartRemoved, ChangeMeaning::Rules),
            (Class::ActualWithdrawn, ChangeMeaning::OfTheYear),
        ] {
            assert_eq!(class.meaning(), meaning, "{}", class.code());
        }
    }

    #[test]
    fn what_means_less_is_never_counted_as_words() {
        for class in Class::ALL.iter().filter(|class| class.meaning() == ChangeMeaning::Worded) {
            assert!(!matches!(class.sense(), Sense::Looser | Sense::Unclear), "{}", class.code());
        }
        assert!(ChangeMeaning::ALL.is_sorted());
    }
}
