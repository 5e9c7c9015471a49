//! 监控规则: when execution and goals are looked at, and what their lights mean.

use rust_decimal::Decimal;

use super::super::calendar::Date;
use super::super::unit::Dimension;
use super::Standard;
use crate::diagnostic::Language;
use crate::source::Spanned;

/// What a standard says of monitoring.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MonitoringRules {
    /// 监控节点, in the order of the text; empty where the checkpoints of the spending plan are meant.
    pub points: Vec<Spanned<Date>>,
    /// 报送: days after the checkpoint.
    pub report_within: Option<Spanned<u32>>,
    /// 序时: what the share due rests on, first of all.
    pub pace: Vec<Pace>,
    /// 灯, from the lowest.
    pub lights: Vec<LightBand>,
    /// 临期: days before a deadline from which it is told.
    pub due_soon: Option<Spanned<u32>>,
    /// 累计: the dimensions that are counted up.
    pub cumulative: Vec<Dimension>,
    /// 偏差类别
    pub deviation_kinds: Vec<String>,
    /// 可能性, likeliest first.
    pub possibilities: Vec<String>,
}

/// 灯: up to its bound, which does not belong to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LightBand {
    /// What it shows.
    pub colour: LightColour,
    /// In percent of what is due; none for the highest.
    pub below: Option<Spanned<Decimal>>,
}

/// What a light shows. The order is from bad to good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LightColour {
    /// Far behind.
    Red,
    /// Behind.
    Yellow,
    /// As planned.
    Green,
    /// Far beyond.
    Blue,
}

/// What the share due by a day rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// The spending plan of the project.
    Plan,
    /// The months of the year that have passed.
    Months,
}

/// 口径: how a value of a year is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counting {
    /// Since 1 January.
    Cumulative,
    /// As it stands at the day.
    Level,
}

impl LightColour {
    /// The names in both languages.
    pub const ALL: [(LightColour, &'static str, &'static str); 4] = [
        (LightColour::Red, "红", "red"),
        (LightColour::Yellow, "黄", "yellow"),
        (LightColour::Green, "绿", "green"),
        (LightColour::Blue, "蓝", "blue"),
    ];

    /// As a text writes it in Chinese.
    pub fn word(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The word in machine output.
    pub fn english(self) -> &'static str {
        Self::ALL[self as usize].2
    }

    /// As people call it.
    pub fn in_language(self, language: Language) -> &'static str {
        match language {
            Language::Chinese => self.word(),
            Language::English => self.english(),
        }
    }

    /// A sign of its own: who sees no colours, or prints without, tells lights apart by it.
    pub fn sign(self) -> &'static str {
        match self {
            LightColour::Red => "■",
            LightColour::Yellow => "▲",
            LightColour::Green => "●",
            LightColour::Blue => "◆",
        }
    }
}

impl Pace {
    /// The names in both languages.
    pub const ALL: [(Pace, &'static str, &'static str); 2] =
        [(Pace::Plan, crate::language::Field::SpendingPlan.row().name, "plan"), (Pace::Months, "月份", "months")];
}

impl Counting {
    /// The names in both languages.
    pub const ALL: [(Counting, &'static str, &'static str); 2] = [
        (Counting::Cumulative, crate::language::Field::Cumulative.row().name, "cumulative"),
        (Counting::Level, "期末", "level"),
    ];

    /// The counting that a word in either language names.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, chinese, english)| *chinese == word || *english == word).map(|(one, ..)| *one)
    }
}

impl Standard {
    /// The days of monitoring: those declared, else the checkpoints of the spending plan.
    pub fn monitoring_points(&self) -> Vec<Date> {
        let own: Vec<Date> = self.monitoring.points.iter().map(|point| point.value).collect();
        if own.is_empty() { self.checkpoints.iter().map(|one| one.date).collect() } else { own }
    }
}
