//! The cells of a target to a typed target: `≥90比率`, `95%以上`, `10月底前`, or `≥`, `90` and `%` in three cells.
//!
//! What has no type stays words. Whether the official table prints the typed target as the document has it is asked of
//! the printer itself; where it does not, the author's wording is kept.

use rust_decimal::Decimal;

use crate::language::Field;
use crate::model::Direction;
use crate::model::calendar::Date;
use crate::model::dated::{date_in_words, numeric_date, speaks_of_a_day};
use crate::model::number;
use crate::model::print::{self, Printed};
use crate::model::standard::Standard;
use crate::model::target::{Comparator, Ends, SinceLastYear, SymbolicAmount, Target};
use crate::model::text;
use crate::model::unit::{self, Dimension, Measure, Multiplier, Quantity};
use crate::source::Span;

/// The cells that say what an indicator is to reach.
#[derive(Clone, Copy, Debug, Default)]
pub struct TargetCells<'a> {
    /// All in one.
    pub whole: Option<&'a str>,
    pub nature: Option<&'a str>,
    pub value: Option<&'a str>,
    pub unit: Option<&'a str>,
    /// Whether it is asked when something is done: a bare number may then be a date.
    pub is_of_time: bool,
}

/// A typed target.
#[derive(Clone, Debug)]
pub struct Typed {
    pub target: Target,
    /// What the official table has to print instead of the typed target.
    pub wording: Option<String>,
    pub doubts: Vec<Doubt>,
}

/// What is not certain about a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// A comparison in words was taken as its sign.
    SpeltOut,
    /// A number without a unit.
    NoUnit,
    /// The value names the whole scale; its best grade is taken.
    WholeScale,
    /// `292%` may be `≥92%` damaged on its way.
    DamagedSign,
    /// The comparator stands in another form than the table prints.
    OtherSign,
    /// The words speak of a day, and are not just one.
    UnreadDate,
    /// A part of what is counted in whole ones.
    Fraction,
    /// Words in a bracket behind the value, which is read without them.
    Noted,
}

impl Typed {
    /// Whether the target is what the cells say, at most in signs for words.
    pub fn is_certain(&self) -> bool {
        self.doubts.iter().all(|doubt| matches!(doubt, Doubt::SpeltOut))
    }
}

/// Says that words follow.
pub const QUALITATIVE: &str = "定性";
/// Says no more than that a number follows.
const QUANTITATIVE: &str = "定量";

/// Whether a cell says of what kind its target is, and no more.
pub fn is_kind_of_target(cell: &str) -> bool {
    matches!(cell.trim(), QUALITATIVE | QUANTITATIVE)
}

/// Reads the cells of a target. `has_last_year` says whether last year's value is known: only then may a target refer to
/// it. Spans are those of `place`.
pub fn read(cells: TargetCells<'_>, has_last_year: bool, standard: &Standard, place: Span) -> Typed {
    let reader = TargetReader { standard, has_last_year, place, is_of_time: cells.is_of_time };
    match cells.whole {
        Some(whole) => reader.whole(whole),
        None => reader.parts(cells),
    }
}

/// A quantity by itself: last year's value, an amount.
pub fn quantity(cell: &str, standard: &Standard, place: Span) -> Option<Quantity> {
    let reader = TargetReader { standard, has_last_year: false, place, is_of_time: false };
    let folded = text::key(cell);
    let (value, rest) = leading_number(&folded)?;
    reader.quantity(value, rest)
}

/// What a cell says of whether more is better: 正向, 逆向指标.
pub fn direction(cell: &str, standard: &Standard) -> Option<Direction> {
    Direction::find(meant(standard.words("方向写法").entries(), &text::key(cell))?)
}

/// A reader that takes no target to refer to last year's value.
pub(super) fn target_reader(standard: &Standard, place: Span) -> TargetReader<'_> {
    TargetReader { standard, has_last_year: false, place, is_of_time: false }
}

pub(super) struct TargetReader<'a> {
    pub standard: &'a Standard,
    has_last_year: bool,
    place: Span,
    is_of_time: bool,
}

impl TargetReader<'_> {
    fn whole(&self, cell: &str) -> Typed {
        let mut doubts = Vec::new();
        let folded = text::key(cell);
        let target = self.typed(&folded, &mut doubts).unwrap_or_else(|| {
            if speaks_of_a_day(&folded) {
                tell_once(&mut doubts, Doubt::UnreadDate);
            }
            Target::Words(cell.to_owned().into())
        });
        let prints = print::printed(&target, self.standard).glued();
        let wording = (!same_but_blanks(&prints, cell)).then(|| cell.to_owned());
        Typed { target, wording, doubts }
    }

    /// Comparator, value and unit in cells of their own.
    fn parts(&self, cells: TargetCells<'_>) -> Typed {
        let blanks = self.standard.words("空白格").words();
        let (nature, value, unit) =
            (cells.nature.unwrap_or("").trim(), cells.value.unwrap_or("").trim(), cells.unit.unwrap_or("").trim());
        let [nature, unit] =
            [nature, unit].map(|cell| if blanks.iter().any(|blank| blank == cell) { "" } else { cell });
        let nature =
            if nature.starts_with(QUANTITATIVE) || direction(nature, self.standard).is_some() { "" } else { nature };
        let mut doubts = Vec::new();
        let is_words = nature == QUALITATIVE;
        let sign = Comparator::in_words(nature, self.standard);
        let target = if is_words {
            self.grade(&text::key(value), &mut doubts)
        } else {
            let glued = format!("{}{}{}", sign.map_or("", Comparator::sign), text::key(value), text::key(unit));
            // A comparator that is not understood must not be lost by typing the rest.
            Some(glued)
                .filter(|_| sign.is_some() || nature.is_empty())
                .and_then(|glued| self.typed(&glued, &mut doubts))
                .or_else(|| self.whole_in_value(sign.filter(|_| !nature.is_empty()), value, unit, &mut doubts))
        };
        // Words hold all that the cells say.
        let lead = match sign {
            _ if is_words => "",
            Some(sign) => sign.sign(),
            None => nature,
        };
        let is_typed = target.is_some();
        if !is_typed && !is_words && speaks_of_a_day(&text::key(value)) {
            tell_once(&mut doubts, Doubt::UnreadDate);
        }
        let target = target.unwrap_or_else(|| Target::Words(format!("{lead}{value}{unit}").into()));
        let Printed { nature: printed_nature, value: printed_value, unit: printed_unit } =
            print::printed(&target, self.standard);
        if !nature.is_empty() && !same_but_blanks(&printed_nature, nature) && !is_words {
            doubts.push(Doubt::OtherSign);
        }
        let same = same_but_blanks(&printed_value, value) && same_but_blanks(&printed_unit, unit);
        let is_other = !same && !value.is_empty() && !same_but_blanks(&printed_value, value);
        let has_more_cells = !nature.is_empty() || !unit.is_empty();
        let says_more = !is_typed && !is_words && has_more_cells;
        let wording = (is_other && !says_more).then(|| value.to_owned());
        Typed { target, wording, doubts }
    }

    /// A value that says its sign and its unit, which stand in cells of their own once more.
    fn whole_in_value(
        &self,
        sign: Option<Comparator>,
        value: &str,
        unit: &str,
        doubts: &mut Vec<Doubt>,
    ) -> Option<Target> {
        let (value, unit) = (text::key(value), text::key(unit));
        let target = self.typed(&value, doubts)?;
        let target = match (sign, target.comparator()) {
            (Some(sign), None) => self.typed(&format!("{}{value}", sign.sign()), doubts)?,
            (Some(sign), Some(own)) if sign != own => return None,
            _ => target,
        };
        let says_unit = |quantity: &Quantity| {
            let of_cell = unit::find(self.standard, &unit);
            of_cell
                .is_some_and(|(multiplier, measure)| (multiplier, &measure) == (quantity.multiplier, &quantity.measure))
        };
        let is_same = unit.is_empty()
            || value.contains(unit.as_str())
            || matches!(&target, Target::Quantity { quantity, .. } if says_unit(quantity));
        is_same.then_some(target)
    }

    /// What a text without blanks says.
    pub fn typed(&self, folded: &str, doubts: &mut Vec<Doubt>) -> Option<Target> {
        match folded {
            "是" => return Some(Target::YesNo(true)),
            "否" => return Some(Target::YesNo(false)),
            _ => {}
        }
        if let Some(grade) = self.grade(folded, doubts) {
            return Some(grade);
        }
        let (comparator, rest, is_spelt_out) = self.comparator(folded);
        let rest = self.without_redundant(comparator, rest);
        let found = self.deadline(comparator, rest).or_else(|| self.symbolic(comparator, rest));
        // 9月前 is no stretch of nine months, nor is it a day.
        let is_month = is_spelt_out && rest.ends_with('月') && !rest.ends_with("个月");
        let found = found.or_else(|| self.range(comparator, rest, doubts));
        let found = found.or_else(|| self.number(comparator, rest, doubts).filter(|_| !is_month));
        let found = found.or_else(|| self.noted(folded, doubts));
        if found.is_some() && is_spelt_out {
            doubts.push(Doubt::SpeltOut);
        }
        found
    }

    /// `≥90%（问卷）`: a sign and a number, and words about them.
    fn noted(&self, folded: &str, doubts: &mut Vec<Doubt>) -> Option<Target> {
        let open = folded.rfind(['(', '（']).filter(|at| *at > 0)?;
        let note = folded[open..].strip_suffix([')', '）'])?;
        let note = &note[note.chars().next().map_or(0, char::len_utf8)..];
        let is_note = note.chars().count() > 1 && note.chars().all(char::is_alphabetic);
        leading_sign(folded).filter(|_| is_note && unit::find(self.standard, note).is_none())?;
        let target = self.typed(&folded[..open], doubts)?;
        doubts.push(Doubt::Noted);
        Some(target)
    }

    /// ≥95%（含）: the sign says so already.
    pub fn without_redundant<'t>(&self, comparator: Option<Comparator>, rest: &'t str) -> &'t str {
        let ends = self.standard.words("比较赘语").words().iter();
        ends.filter(|_| comparator.is_some()).find_map(|end| rest.strip_suffix(text::key(end).as_str())).unwrap_or(rest)
    }

    /// The comparator before or after a value, the value, and whether it was written in words.
    pub fn comparator<'t>(&self, folded: &'t str) -> (Option<Comparator>, &'t str, bool) {
        if let Some((comparator, rest)) = leading_sign(folded) {
            return (Some(comparator), rest, false);
        }
        if let Some((sign, rest)) =
            longest(self.standard.words("比较用语").entries(), |word| folded.strip_prefix(word))
        {
            let rest = longest(self.standard.words("比较后缀").entries(), |word| rest.strip_suffix(word))
                .map_or(rest, |(_, rest)| rest);
            return (Some(Comparator::read(sign)), rest, true);
        }
        let holds_digit = |rest: &&str| rest.starts_with(|sign: char| sign.is_ascii_digit());
        for list in ["比较后缀", "时限后缀"] {
            if let Some((sign, rest)) =
                longest(self.standard.words(list).entries(), |word| folded.strip_suffix(word).filter(holds_digit))
            {
                return (Some(Comparator::read(sign)), rest, true);
            }
        }
        (None, folded, false)
    }

    fn deadline(&self, comparator: Option<Comparator>, rest: &str) -> Option<Target> {
        let entries = self.standard.words("时限后缀").entries();
        let until = longest(entries, |word| rest.strip_suffix(word));
        let stripped = until.map_or(rest, |(_, rest)| rest);
        let is_until = comparator.is_some() || stripped != rest;
        let date =
            Date::read(stripped).filter(|_| is_date(stripped)).or_else(|| self.date_in_words(stripped, is_until));
        let comparator = comparator.or_else(|| until.map(|(sign, _)| Comparator::read(sign)));
        Some(Target::Deadline { comparator, date: date? })
    }

    /// A date in another form than the language's. Where nothing says that it is one, `12月` is a stretch of time, and
    /// `2025.10` a number.
    fn date_in_words(&self, text: &str, is_until: bool) -> Option<Date> {
        let body = number::with_digits(text);
        let written = numeric_date(&body, is_until).or_else(|| date_in_words(&body, is_until, self.standard));
        let date = Date::read(&written?)?;
        let is_certain =
            if date.year.is_some() { date.day.is_some() || body.contains('年') } else { !body.ends_with('月') };
        is_certain.then_some(date)
    }

    /// `≤预算数`, `≥上年+2%`
    fn symbolic(&self, comparator: Option<Comparator>, rest: &str) -> Option<Target> {
        let comparator = comparator?;
        let parts = |name: &str| {
            let after = rest.strip_prefix(name)?;
            let Some(sign) = after.chars().next() else { return Some(None) };
            let change = match sign {
                '+' | '＋' => SinceLastYear::Plus,
                '-' | '－' | '−' => SinceLastYear::Minus,
                '×' | '*' | '＊' => SinceLastYear::Times,
                _ => return None,
            };
            let (value, unit) = leading_number(&after[sign.len_utf8()..])?;
            Some(Some((change, self.quantity(value, unit)?)))
        };
        let budget = text::key(self.standard.label("预算"));
        for name in [budget.as_str(), Field::Budget.name] {
            if let Some(change) = parts(name) {
                let share = match change {
                    None => None,
                    Some((SinceLastYear::Times, share)) => Some(Box::new(share)),
                    Some((SinceLastYear::Plus | SinceLastYear::Minus, _)) => return None,
                };
                return Some(Target::Money { comparator, symbol: SymbolicAmount::Budget, share });
            }
        }
        for (index, source) in self.standard.fund_sources.iter().enumerate() {
            let share = match parts(&text::key(&source.name)) {
                Some(None) => None,
                Some(Some((SinceLastYear::Times, share))) => Some(Box::new(share)),
                Some(Some((SinceLastYear::Plus | SinceLastYear::Minus, _))) | None => continue,
            };
            return Some(Target::Money { comparator, symbol: SymbolicAmount::Fund(index), share });
        }
        let change = parts(Field::LastYear.name).filter(|_| self.has_last_year)?;
        Some(Target::LastYear { comparator, change: change.map(Box::new) })
    }

    fn range(&self, comparator: Option<Comparator>, rest: &str, doubts: &mut Vec<Doubt>) -> Option<Target> {
        let (low, after) = leading_number(rest)?;
        let words = self.standard.words("范围用语").words();
        // 90%～95%: the first end may have its unit.
        let split = after.char_indices().map(|(at, _)| at).chain([after.len()]).find_map(|at| {
            let word =
                words.iter().filter(|word| after[at..].starts_with(word.as_str())).max_by_key(|word| word.len())?;
            leading_number(&after[at + word.len()..]).map(|(high, unit)| (&after[..at], high, unit))
        });
        let (low_unit, high, high_unit) = split?;
        if comparator.is_some() || high < low {
            return None;
        }
        // 2023.07-2024.01, 2023-2025年, 3-11月
        let is_period = matches!(high_unit, "" | "年") && [low, high].into_iter().all(is_year)
            || high_unit == "月" && self.is_of_time && high <= Decimal::from(12);
        if is_period {
            tell_once(doubts, Doubt::UnreadDate);
            return None;
        }
        let high = self.quantity(high, high_unit)?;
        let low =
            if low_unit.is_empty() { Quantity { value: low, ..high.clone() } } else { self.quantity(low, low_unit)? };
        low.is_comparable(&high, self.standard).then(|| Target::Range { ends: Box::new(Ends { low, high }) })
    }

    fn number(&self, comparator: Option<Comparator>, rest: &str, doubts: &mut Vec<Doubt>) -> Option<Target> {
        let (value, unit) = leading_number(rest)?;
        if unit == "月" && comparator.is_none() {
            // A month of the calendar, and no stretch of time.
            return None;
        }
        // 2025年 is no stretch of two thousand years; 2025.10 and 20251031 are no numbers where it is asked when.
        let digits = &rest[..rest.len() - unit.len()];
        let may_be_day = self.is_of_time && (is_year(value) || digits.len() == 8 || digits.contains('.'));
        if unit == "年" && is_year(value) || unit.is_empty() && may_be_day {
            tell_once(doubts, Doubt::UnreadDate);
            return None;
        }
        // ≥90.00(%)
        let unit = unit.strip_prefix('(').and_then(|unit| unit.strip_suffix(')')).unwrap_or(unit);
        let quantity = self.quantity(value, unit)?;
        if !value.fract().is_zero() && self.counts_whole(&quantity) {
            doubts.push(Doubt::Fraction);
            return None;
        }
        if unit.is_empty() {
            doubts.push(Doubt::NoUnit);
        }
        if comparator.is_none() && self.looks_damaged(&quantity, rest) {
            doubts.push(Doubt::DamagedSign);
        }
        Some(Target::Quantity { comparator, quantity })
    }

    fn counts_whole(&self, quantity: &Quantity) -> bool {
        let Measure::Unit(unit) = quantity.measure else { return false };
        self.standard.units[unit as usize].is_whole && quantity.multiplier == Multiplier::One
    }

    /// `≥92%` loses its comparator in transport and arrives as `292%`: above the bounds, and within them without the 2.
    fn looks_damaged(&self, quantity: &Quantity, written: &str) -> bool {
        let Measure::Unit(unit) = quantity.measure else { return false };
        let unit = &self.standard.units[unit as usize];
        let Some((_, high)) = unit.bounds.filter(|_| unit.dimension == Dimension::Ratio) else { return false };
        let rest = written.strip_prefix('2').and_then(leading_number);
        quantity.value > high && rest.is_some_and(|(value, _)| value <= high && written.len() > 3)
    }

    /// A number and the unit that a text names whole; a number alone has the unit that prints as nothing.
    pub fn quantity(&self, value: Decimal, unit: &str) -> Option<Quantity> {
        let (multiplier, measure) = if unit.is_empty() {
            let blank = self.standard.units.iter().position(|unit| unit.label().is_empty())?;
            (Multiplier::One, Measure::Unit(blank as u32))
        } else {
            let found = unit::find(self.standard, unit).or_else(|| unit::find(self.standard, &respelt_unit(unit)?));
            found.or_else(|| self.printed_unit(unit).map(|unit| (Multiplier::One, Measure::Unit(unit))))?
        };
        Some(Quantity { span: self.place, value, multiplier, measure })
    }

    /// The unit that a table prints so.
    fn printed_unit(&self, label: &str) -> Option<u32> {
        self.standard.units.iter().position(|unit| text::key(unit.label()) == text::key(label)).map(|unit| unit as u32)
    }

    /// A grade of the standard's scale, or a scale as a whole: then its best grade is meant.
    fn grade(&self, folded: &str, doubts: &mut Vec<Doubt>) -> Option<Target> {
        let own = &self.standard.grades;
        if let Some(grade) = own.iter().find(|grade| *grade == folded) {
            let scale = own.iter().map(|grade| grade.clone().into()).collect();
            return Some(Target::Grade { grade: grade.clone().into(), scale });
        }
        let plain: String = folded.chars().filter(|sign| sign.is_alphanumeric()).collect();
        let is_whole = |scale: &Vec<&str>| {
            !scale.is_empty() && scale.iter().try_fold(&*plain, |rest, grade| rest.strip_prefix(grade)) == Some("")
        };
        let known = self.standard.words("分级").words().iter().map(|scale| scale.split_whitespace().collect());
        let own: Vec<&str> = own.iter().map(String::as_str).collect();
        let scale: Vec<String> =
            std::iter::once(own).chain(known).find(is_whole)?.into_iter().map(str::to_owned).collect();
        doubts.push(Doubt::WholeScale);
        let best = scale[0].clone().into();
        Some(Target::Grade { grade: best, scale: scale.into_iter().map(Into::into).collect() })
    }
}

impl Comparator {
    /// The comparator that a cell names, in a sign or in words.
    fn in_words(cell: &str, standard: &Standard) -> Option<Comparator> {
        let folded = text::key(cell);
        if let Some((comparator, "")) = leading_sign(&folded) {
            return Some(comparator);
        }
        let found = longest(standard.words("比较用语").entries(), |word| (word == folded).then_some(""));
        found.map(|(sign, _)| Comparator::read(sign))
    }
}

fn tell_once(doubts: &mut Vec<Doubt>, doubt: Doubt) {
    if !doubts.contains(&doubt) {
        doubts.push(doubt);
    }
}

/// `元/人*月`, `元每人每月` as `元/人·月`; none where it is written so.
fn respelt_unit(unit: &str) -> Option<String> {
    let mut respelt = unit.replace(['*', '＊', '×', '•', '.', '．'], "·");
    if let Some((counted, per)) = respelt.split_once('每').filter(|(counted, _)| !counted.is_empty()) {
        respelt = format!("{}/{}", counted.trim_end_matches('/'), per.replace(['每', '/'], "·").replace("··", "·"));
    }
    (respelt != unit).then_some(respelt)
}

/// Whether a number may be a year, or a year and a month: 2023.07.
fn is_year(number: Decimal) -> bool {
    (Decimal::from(1990)..Decimal::from(2100)).contains(&number)
}

/// Whether a text is a whole date, not a number with a unit: it names a month or a year, or is written with hyphens.
fn is_date(text: &str) -> bool {
    let has_parts = text.contains(['月', '年']) && text.ends_with(['日', '号', '底', '末']);
    has_parts || text.split('-').count() == 3 && text.chars().all(|sign| sign.is_ascii_digit() || sign == '-')
}

/// The comparator that a text starts with, in any of its widths.
pub(super) fn leading_sign(folded: &str) -> Option<(Comparator, &str)> {
    const SIGNS: [char; 14] = ['≥', '≧', '⩾', '≤', '≦', '⩽', '>', '＞', '<', '＜', '=', '＝', '═', '﹥'];
    let length: usize = folded.chars().take_while(|sign| SIGNS.contains(sign)).take(2).map(char::len_utf8).sum();
    (length > 0).then(|| (Comparator::read(&folded[..length]), &folded[length..]))
}

/// The longest entry `甲→乙` whose word fits, as what stands for it and the rest of the text.
pub(super) fn longest<'e, 't>(
    entries: &'e [String],
    fits: impl Fn(&str) -> Option<&'t str>,
) -> Option<(&'e str, &'t str)> {
    let split = entries.iter().filter_map(|entry| entry.split_once('→'));
    let found = split.filter_map(|(word, sign)| Some((word.len(), sign, fits(word)?)));
    found.max_by_key(|(length, ..)| *length).map(|(_, sign, rest)| (sign, rest))
}

/// What stands for a text in a list of entries `甲→乙`; none where it is none of their words.
pub fn meant<'e>(entries: &'e [String], folded: &str) -> Option<&'e str> {
    longest(entries, |word| (text::key(word) == folded).then_some("")).map(|(sign, _)| sign)
}

/// The number a text starts with, and the rest.
pub fn leading_number(text: &str) -> Option<(Decimal, &str)> {
    let sign = text.chars().next().filter(|sign| matches!(sign, '-' | '－' | '−')).map_or(0, char::len_utf8);
    let is_part = |sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ',' | '，');
    let body = &text[sign..];
    let mut length = body.find(|sign| !is_part(sign)).unwrap_or(body.len());
    let digits = body[..length].trim_end_matches(['.', ',', '，']);
    length = digits.len();
    if !digits.starts_with(|sign: char| sign.is_ascii_digit()) || !separators_part_thousands(digits) {
        return None;
    }
    let value = number::decimal(&text[..sign + length])?;
    Some((value, &text[sign + length..]))
}

/// Whether every comma has just three digits after it.
fn separators_part_thousands(digits: &str) -> bool {
    let whole = digits.split('.').next().unwrap_or(digits);
    let mut groups = whole.split([',', '，']);
    let first = groups.next().unwrap_or("");
    let rest: Vec<&str> = groups.collect();
    digits.matches('.').count() <= 1
        && (rest.is_empty() || first.len() <= 3 && rest.iter().all(|group| group.len() == 3))
}

/// Whether two texts differ in blanks at most.
pub fn same_but_blanks(one: &str, other: &str) -> bool {
    let signs = |text: &str| text.chars().filter(|sign| !sign.is_whitespace()).collect::<Vec<_>>();
    signs(one) == signs(other)
}
