//! Units of measurement and quantities in them. Which units exist is data of the standard.

pub(super) mod slip;

use rust_decimal::Decimal;

use super::standard::Standard;
use super::text;
use crate::source::Span;

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// 比例
    Ratio,
    /// 计数: people, things, times.
    Count,
    /// 金额
    Money,
    /// 时长
    Duration,
    /// 长度
    Length,
    /// 面积
    Area,
    /// 体积
    Volume,
    /// 质量
    Mass,
    /// 能量
    Energy,
    /// What the standard puts under no other.
    Other,
}

impl Dimension {
    /// The names of dimensions in both languages.
    pub const ALL: [(Dimension, &'static str, &'static str); 10] = [
        (Dimension::Ratio, "比例", "ratio"),
        (Dimension::Count, "计数", "count"),
        (Dimension::Money, "金额", "money"),
        (Dimension::Duration, "时长", "duration"),
        (Dimension::Length, "长度", "length"),
        (Dimension::Area, "面积", "area"),
        (Dimension::Volume, "体积", "volume"),
        (Dimension::Mass, "重量", "mass"),
        (Dimension::Energy, "能量", "energy"),
        (Dimension::Other, "其他", "other"),
    ];

    /// The word in machine output.
    pub fn id(self) -> &'static str {
        Self::ALL.iter().find(|(dimension, ..)| *dimension == self).map_or("other", |(_, _, english)| english)
    }
}

/// 计量单位 as a standard declares it.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The first of its forms.
    pub name: String,
    /// Units of one dimension can be converted where both have a factor.
    pub dimension: Dimension,
    /// A sign, such as `%`; the way it is best written where there is one.
    pub symbol: Option<String>,
    /// Other spellings that are read.
    pub aliases: Vec<String>,
    /// What tables print; none for the symbol or the name.
    pub printed: Option<String>,
    /// How many base units of its dimension it is; one where the standard does not say.
    pub factor: Option<Decimal>,
    /// The least and the greatest value that make sense; JX066 reports others.
    pub bounds: Option<(Decimal, Decimal)>,
    /// Only whole numbers make sense; JX403 reports others.
    pub is_whole: bool,
}

impl Unit {
    /// How tables print it.
    pub fn label(&self) -> &str {
        self.printed.as_deref().or(self.symbol.as_deref()).unwrap_or(&self.name)
    }

    /// The way it is best written.
    pub fn written(&self) -> &str {
        self.symbol.as_deref().unwrap_or(&self.name)
    }

    /// Every way it may be written.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.symbol.as_deref()).chain(self.aliases.iter().map(String::as_str))
    }
}

/// A unit of a standard, or several joined by `/` and `·`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The index in the standard's units.
    Unit(u32),
    /// `元/人·月`: printed as written; every part is a unit of the standard.
    Compound(Box<str>),
}

/// A number and its unit, exactly as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The number with its unit.
    pub span: Span,
    /// The scale is kept: `87000.00` stays so.
    pub value: Decimal,
    /// The sign between number and unit.
    pub multiplier: Multiplier,
    /// What the number counts.
    pub measure: Measure,
}

/// 万 and 亿 before a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Multiplier {
    /// Without a sign.
    One,
    /// 万
    TenThousand,
    /// 亿
    HundredMillion,
    /// 万亿
    Trillion,
}

impl Multiplier {
    const WRITTEN: [(Multiplier, &'static str, i64); 4] = [
        (Multiplier::Trillion, "万亿", 1_000_000_000_000),
        (Multiplier::HundredMillion, "亿", 100_000_000),
        (Multiplier::TenThousand, "万", 10_000),
        (Multiplier::One, "", 1),
    ];

    /// Empty for [`Multiplier::One`].
    pub fn sign(self) -> &'static str {
        Self::WRITTEN.iter().find(|(multiplier, ..)| *multiplier == self).map_or("", |(_, sign, _)| sign)
    }

    /// What the number is multiplied by.
    pub fn factor(self) -> Decimal {
        Self::WRITTEN
            .iter()
            .find(|(multiplier, ..)| *multiplier == self)
            .map_or(Decimal::ONE, |(_, _, factor)| Decimal::from(*factor))
    }

    /// Whether a text is one of the signs.
    pub fn is_sign(written: &str) -> bool {
        Self::WRITTEN.iter().any(|(_, sign, _)| *sign == written && !sign.is_empty())
    }

    /// The multiplier a unit starts with, and the rest.
    pub fn strip(written: &str) -> (Multiplier, &str) {
        Self::WRITTEN
            .iter()
            .find_map(|(multiplier, sign, _)| written.strip_prefix(sign).map(|rest| (*multiplier, rest)))
            .unwrap_or((Multiplier::One, written))
    }
}

/// What stands between a number and its unit: signs such as % follow at once, words after a blank.
pub fn blank_before(unit: &str) -> &'static str {
    if unit.starts_with(char::is_alphabetic) { " " } else { "" }
}

/// The unit a text names: itself, after a multiplier, or part by part.
pub fn find(standard: &Standard, written: &str) -> Option<(Multiplier, Measure)> {
    if let Some(unit) = standard.unit(written) {
        return Some((Multiplier::One, Measure::Unit(unit)));
    }
    let folded = text::key(written);
    if let Some(unit) = standard.unit(&folded) {
        return Some((Multiplier::One, Measure::Unit(unit)));
    }
    let (multiplier, rest) = Multiplier::strip(&folded);
    if let Some(unit) = standard.unit(rest).filter(|_| !rest.is_empty()) {
        return Some((multiplier, Measure::Unit(unit)));
    }
    let is_known = |part: &str| {
        let part = part.trim_start_matches(|sign: char| sign.is_ascii_digit());
        standard.unit(part).is_some() || standard.unit(Multiplier::strip(part).1).is_some()
    };
    let is_compound = folded.contains(['/', '·']) && folded.split(['/', '·']).all(is_known);
    is_compound.then(|| (Multiplier::One, Measure::Compound(folded.into())))
}

impl Quantity {
    /// None for compound units.
    pub fn dimension(&self, standard: &Standard) -> Option<Dimension> {
        match self.measure {
            Measure::Unit(unit) => Some(standard.units[unit as usize].dimension),
            Measure::Compound(_) => None,
        }
    }

    /// Whether it is an amount of money, or one for something: `元/人`.
    pub fn is_money(&self, standard: &Standard) -> bool {
        let unit = match &self.measure {
            Measure::Unit(unit) => Some(*unit),
            Measure::Compound(written) => {
                let first = written.split(['/', '·']).next().unwrap_or_default();
                standard.unit(first).or_else(|| standard.unit(Multiplier::strip(first).1))
            }
        };
        unit.is_some_and(|unit| standard.units[unit as usize].dimension == Dimension::Money)
    }

    /// The value in the base unit of its dimension; none for compound units and units without a factor.
    pub fn base_value(&self, standard: &Standard) -> Option<Decimal> {
        let Measure::Unit(unit) = self.measure else { return None };
        let factor = standard.units[unit as usize].factor.unwrap_or(Decimal::ONE);
        self.value.checked_mul(self.multiplier.factor())?.checked_mul(factor)
    }

    /// Whether two quantities can be compared: the same unit, or convertible ones of one dimension.
    pub fn is_comparable(&self, other: &Quantity, standard: &Standard) -> bool {
        let (Measure::Unit(first), Measure::Unit(second)) = (&self.measure, &other.measure) else {
            return self.measure == other.measure;
        };
        let (first, second) = (&standard.units[*first as usize], &standard.units[*second as usize]);
        first.name == second.name
            || first.dimension == second.dimension && first.factor.is_some() && second.factor.is_some()
    }

    /// How the unit is written in a source, with its multiplier.
    pub fn written_unit(&self, standard: &Standard) -> String {
        let written = match &self.measure {
            Measure::Unit(unit) => standard.units[*unit as usize].written(),
            Measure::Compound(written) => written,
        };
        [self.multiplier.sign(), written].concat()
    }

    /// How the unit is printed, with its multiplier.
    pub fn unit_label(&self, standard: &Standard) -> String {
        let label = match &self.measure {
            Measure::Unit(unit) => standard.units[*unit as usize].label(),
            Measure::Compound(written) => written,
        };
        [self.multiplier.sign(), label].concat()
    }
}
