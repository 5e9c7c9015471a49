//! The cell of a value that was reached, by the target that it is a value of.
//!
//! A report says what was measured. What is no measured value of its target waits to be filled in, its words are kept beside
//! it, and both are told: a comparator is never dropped, and no number is made of a word.

use rust_decimal::Decimal;

use super::builder::PartBuilder;
use crate::diagnostic::{Text as Message, texts};
use crate::import::account::CellPiece;
use crate::language::{NOT_APPLICABLE, NOT_DONE, PENDING, YES_OR_NO};
use crate::model::actual::{Actual, Attainment};
use crate::model::calendar::Date;
use crate::model::cells::{self, TargetCells};
use crate::model::standard::Standard;
use crate::model::standard::method::ScoredKind;
use crate::model::target::Target;
use crate::model::unit::{Dimension, Quantity};
use crate::model::year::{ReportedValue, SnapshotKind, WrittenActual};
use crate::model::{Indicator, text, unit, written};

/// A value, and the words of its cell where it does not say all of them.
pub struct ReadActual {
    pub value: WrittenActual,
    pub has_words: bool,
    /// What is told of it.
    doubt: Option<Message>,
    /// The cell of the cause was the reason why nothing applies.
    pub takes_reason: bool,
}

/// What stands beside a value and helps to understand it.
#[derive(Clone, Copy)]
pub struct BesideActual<'a> {
    pub kind: SnapshotKind,
    pub indicator: &'a Indicator,
    /// The unit of amounts of the form.
    pub money_unit: Option<&'a str>,
    /// Why the value is not where it should be.
    pub reason: Option<&'a str>,
    /// The points that the form states.
    pub points: Option<Decimal>,
}

impl ReadActual {
    fn certain(value: WrittenActual) -> Self {
        Self { value, has_words: false, doubt: None, takes_reason: false }
    }

    fn with_words(value: WrittenActual) -> Self {
        Self { has_words: true, ..Self::certain(value) }
    }

    fn doubtful(value: WrittenActual, doubt: Message) -> Self {
        Self { doubt: Some(doubt), ..Self::with_words(value) }
    }
}

impl PartBuilder<'_> {
    /// The value in a cell; tells what is not certain of it.
    pub fn actual(&mut self, piece: &CellPiece, beside: BesideActual<'_>) -> ReadActual {
        let reader =
            ActualReader { standard: self.standard, beside, target: &beside.indicator.target.value, place: self.place };
        let mut read = reader.read(self.text(piece));
        if let Some(doubt) = read.doubt.take() {
            self.guess(Some(piece), doubt);
        }
        read
    }

    /// A value as a line of the year holds it.
    pub fn reported(&self, value: WrittenActual) -> ReportedValue {
        ReportedValue { span: self.place, written: value, actual: Actual::Damaged }
    }
}

/// A value that a person types for a report of monitoring, by the target that is in force; none where that is not certain.
pub fn typed_actual(typed: &str, indicator: &Indicator, target: &Target, standard: &Standard) -> Option<WrittenActual> {
    let place = crate::source::Span::new(crate::source::Sources::default().add("", ""), 0, 0);
    let beside =
        BesideActual { kind: SnapshotKind::Monitoring, indicator, money_unit: None, reason: None, points: None };
    let read = ActualReader { standard, beside, target, place }.read(typed);
    (read.doubt.is_none() && !read.has_words && read.value != WrittenActual::Blank).then_some(read.value)
}

struct ActualReader<'a> {
    standard: &'a Standard,
    beside: BesideActual<'a>,
    target: &'a Target,
    place: crate::source::Span,
}

impl ActualReader<'_> {
    fn target(&self) -> &Target {
        self.target
    }

    fn read(&self, cell: &str) -> ReadActual {
        let folded = text::key(cell);
        let folded = folded.trim_end_matches(['。', '；', '，']);
        if folded.is_empty() || self.standard.words("空白金额").words().iter().any(|word| word == folded) {
            return ReadActual::certain(WrittenActual::Blank);
        }
        if let Some(read) = self.pending(cell, folded).or_else(|| self.not_applicable(folded)) {
            return read;
        }
        let plain =
            self.standard.words("完成值赘语").words().iter().filter_map(|word| folded.strip_prefix(word.as_str()));
        let plain = plain.filter(|rest| !rest.is_empty()).min_by_key(|rest| rest.len());
        let with_lead = || {
            let read = self.value(plain?)?;
            Some(ReadActual { has_words: true, ..read })
        };
        self.value(folded).or_else(with_lead).or_else(|| self.in_words(folded)).unwrap_or_else(|| {
            let target = written::target(self.target(), self.standard);
            let is_compared = matches!(self.as_target(folded), Target::Quantity { comparator: Some(_), .. })
                || matches!(self.as_target(folded), Target::Deadline { comparator: Some(_), .. });
            let doubt = if is_compared {
                texts::doubt_compared_actual(cell)
            } else {
                texts::doubt_actual_of_other_kind(cell, target)
            };
            ReadActual::doubtful(WrittenActual::Blank, doubt)
        })
    }

    /// The cell read as a target: what it says besides its comparator is a value.
    fn as_target(&self, folded: &str) -> Target {
        let cells = TargetCells { whole: Some(folded), ..TargetCells::default() };
        cells::read(cells, false, self.standard, self.place).target
    }

    /// `待测`, `年底统一调查`: only where the year is not over.
    fn pending(&self, cell: &str, folded: &str) -> Option<ReadActual> {
        let is_known = self.standard.words("待测用语").words().iter().any(|word| word == folded);
        let is_due = self.beside.kind == SnapshotKind::Monitoring;
        let reason = if folded == PENDING.0 { String::new() } else { cell.trim().to_owned() };
        (is_known && is_due).then(|| ReadActual::certain(WrittenActual::Pending(reason.into())))
    }

    /// `不适用（政策取消）`: the reason stands behind it, else in the cell of the cause.
    fn not_applicable(&self, folded: &str) -> Option<ReadActual> {
        let words = self.standard.words("不适用用语");
        let rest =
            words.words().iter().filter_map(|word| folded.strip_prefix(word.as_str())).min_by_key(|rest| rest.len())?;
        let signs = |sign: char| matches!(sign, '(' | ')' | '：' | ':' | '，' | ',' | '—' | '-');
        let own = rest.trim_matches(signs);
        let is_part = !rest.is_empty() && !rest.starts_with(signs);
        if is_part {
            return None;
        }
        let from_cause = self.beside.reason.filter(|_| own.is_empty());
        let Some(reason) = Some(own).filter(|own| !own.is_empty()).or(from_cause) else {
            return Some(ReadActual::doubtful(WrittenActual::Blank, texts::doubt_not_applicable(NOT_APPLICABLE.0)));
        };
        let value = WrittenActual::NotApplicable(reason.to_owned().into());
        Some(ReadActual { takes_reason: from_cause.is_some(), ..ReadActual::certain(value) })
    }

    /// A number, a date, a word of the kind that its target asks for.
    fn value(&self, folded: &str) -> Option<ReadActual> {
        match self.target() {
            Target::Deadline { .. } => self.day(folded),
            Target::YesNo(_) => {
                let is_word = |word: &&(&str, &str)| word.0 == folded;
                YES_OR_NO.iter().find(is_word).map(|word| ReadActual::certain(WrittenActual::Word(word.0.into())))
            }
            Target::Grade { scale, .. } => {
                let grade = scale.iter().find(|grade| &***grade == folded)?;
                Some(ReadActual::certain(WrittenActual::Word(grade.clone())))
            }
            Target::Quantity { quantity, .. } => self.quantity(folded, Some(quantity)),
            Target::Range { ends } => self.quantity(folded, Some(&ends.low)),
            Target::LastYear { .. } => self.quantity(folded, self.beside.indicator.last_year()),
            Target::Money { .. } => self.quantity(folded, None),
            Target::Words(_) | Target::Damaged => None,
        }
    }

    /// `2025年9月20日`; a month alone is its end, and that nothing was done is a word.
    fn day(&self, folded: &str) -> Option<ReadActual> {
        if self.standard.words("未办用语").words().iter().any(|word| word == folded) {
            let word = ReadActual::certain(WrittenActual::Word(NOT_DONE.0.into()));
            return Some(ReadActual { has_words: folded != NOT_DONE.0, ..word });
        }
        let plain = Date::read(folded);
        let date = plain.or_else(|| match self.as_target(folded) {
            Target::Deadline { comparator: None, date } => Some(date),
            _ => None,
        })?;
        if date.day.is_some() {
            return Some(ReadActual::certain(WrittenActual::Date(date)));
        }
        Some(ReadActual::doubtful(WrittenActual::Date(date), texts::guessed_month_end(folded)))
    }

    /// A number with its unit, or in the unit of its target.
    fn quantity(&self, folded: &str, wanted: Option<&Quantity>) -> Option<ReadActual> {
        let (value, rest) = cells::leading_number(folded)?;
        let of_target = |value: Decimal| {
            if let Some(wanted) = wanted {
                return Some(Quantity { value, ..wanted.clone() });
            }
            let (multiplier, measure) = unit::find(self.standard, self.beside.money_unit?)?;
            Some(Quantity { span: self.place, value, multiplier, measure })
        };
        let quantity = if rest.is_empty() {
            // 0.98 of a target of 95% is 98% or less than 1%.
            let is_ratio = wanted.is_some_and(|wanted| wanted.dimension(self.standard) == Some(Dimension::Ratio));
            let is_large = wanted.is_some_and(|wanted| wanted.value > Decimal::ONE);
            let is_unclear = is_ratio && is_large && value <= Decimal::ONE && !value.fract().is_zero();
            Some(of_target(value)?).filter(|_| !is_unclear)?
        } else {
            cells::quantity(folded, self.standard, self.place)?
        };
        let fits = match wanted {
            Some(wanted) => quantity.is_comparable(wanted, self.standard),
            None => quantity.dimension(self.standard) == Some(Dimension::Money),
        };
        fits.then(|| ReadActual::certain(WrittenActual::Quantity(quantity)))
    }

    /// Words for words: how far they were met. As the words say, as the target itself says, or by the points that were given.
    fn in_words(&self, folded: &str) -> Option<ReadActual> {
        let known = self.attainment(folded);
        let word = |attainment: Attainment| WrittenActual::Word(attainment.word().into());
        match self.target() {
            Target::YesNo(_) => {
                let is_yes = match known? {
                    Attainment::Reached => true,
                    Attainment::Missed => false,
                    Attainment::Partly => return None,
                };
                let (answer, _) = YES_OR_NO[usize::from(!is_yes)];
                Some(ReadActual::with_words(WrittenActual::Word(answer.into())))
            }
            Target::Grade { .. } => {
                let known = known?;
                let read = ReadActual::certain(word(known));
                Some(ReadActual { has_words: folded != known.word(), ..read })
            }
            Target::Words(words) => {
                if let Some(known) = known {
                    let read = ReadActual::certain(word(known));
                    return Some(ReadActual { has_words: folded != known.word(), ..read });
                }
                if text::key(words) == folded {
                    let doubt = texts::guessed_as_the_target(folded, Attainment::Reached.word());
                    return Some(ReadActual::doubtful(word(Attainment::Reached), doubt));
                }
                let attainment = self.by_points()?;
                let doubt = texts::guessed_by_points(folded, attainment.word());
                Some(ReadActual::doubtful(word(attainment), doubt))
            }
            Target::Quantity { .. }
            | Target::Range { .. }
            | Target::Deadline { .. }
            | Target::Money { .. }
            | Target::LastYear { .. }
            | Target::Damaged => None,
        }
    }

    /// `部分达成年度指标并具有一定效果`: by the word itself, or without what it is about and what is added.
    fn attainment(&self, folded: &str) -> Option<Attainment> {
        let entries = self.standard.words("达成用语").entries();
        let ends = |list: &str, text: &str| -> Vec<String> {
            let without = |word: &String| text.strip_suffix(text::key(word).as_str()).map(str::to_owned);
            std::iter::once(text.to_owned())
                .chain(self.standard.words(list).words().iter().filter_map(without))
                .collect()
        };
        let plain: String = folded.chars().filter(|sign| !matches!(sign, '、' | '，' | ',' | '。')).collect();
        let shorter = ends("达成补语", &plain).into_iter().flat_map(|text| ends("达成宾语", &text));
        let found = std::iter::once(folded.to_owned()).chain(shorter);
        found.filter_map(|text| cells::meant(entries, &text)).find_map(Attainment::find)
    }

    /// The band of the standard that the stated points lie in.
    fn by_points(&self) -> Option<Attainment> {
        let rules = &self.standard.scoring;
        let weight = self.beside.indicator.weight()?.value;
        let share = self.beside.points?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(weight)?;
        let bands = rules.bands(&rules.method(ScoredKind::Words)?.method.value);
        // Of two bands that meet, the upper begins with the bound.
        let band = bands.iter().filter(|band| band.low <= share && share <= band.high).max_by_key(|band| band.low)?;
        Attainment::find(&band.name)
    }
}
