//! JX304: a unit that the standard does not know, and what was meant by it, where only one thing can be.
//!
//! A unit decides what a number is worth: what is guessed here is written into a budget. Where two units are as near, or
//! where the unit may be a right one that nobody declared, the standard's way to declare it is told instead.

use super::Dimension;
use crate::diagnostic::{Code, Diagnostic, Text, texts};
use crate::language::Field;
use crate::model::standard::Standard;
use crate::source::Span;
use crate::syntax::vocabulary::{is_near, nearest};
use crate::syntax::{Bytes, Node, StatementKind, Value, ValueKind};

/// A number with an unknown unit behind it, and where they stand.
pub(in crate::model) struct UnknownUnit<'a> {
    pub node: Node<'a>,
    pub label: Bytes,
    /// What stands before the number on its line.
    pub before: Option<&'a Value>,
    pub number: Bytes,
    pub unit: Bytes,
    /// The unit without its blanks.
    pub written: String,
    /// What its field measures, where it takes one dimension alone.
    pub dimension: Option<Dimension>,
}

/// What should stand in the place of a quantity.
struct MeantAmount {
    place: Span,
    text: String,
}

/// Words behind a number that compare, and the signs that stand for them.
const COMPARING: [(&str, &str); 6] =
    [("以上", "≥"), ("及以上", "≥"), ("以下", "≤"), ("及以下", "≤"), ("以内", "≤"), ("之内", "≤")];

/// Letters that are taken for figures.
const LIKE_FIGURES: [(char, char); 8] =
    [('O', '0'), ('o', '0'), ('Ｏ', '0'), ('ｏ', '0'), ('l', '1'), ('I', '1'), ('ｌ', '1'), ('Ｉ', '1')];

pub(in crate::model) fn report(unknown: &UnknownUnit<'_>, standard: &Standard) -> Diagnostic {
    let UnknownUnit { node, unit, written, .. } = unknown;
    let place = node.span(*unit);
    let message = texts::unknown_unit(written, &standard.name);
    let told = |label| Diagnostic::new(Code::JX304, message, place, label);
    if let Some(comparison) = unknown.comparison(standard) {
        let told = told(texts::not_found_here());
        return match comparison {
            Ok(MeantAmount { place, text }) => {
                told.help(texts::write_comparator(&text)).fix(texts::replace_by(&text), place, text)
            }
            Err(help) => told.help(help),
        };
    }
    let meant = unknown.figures(standard).or_else(|| unknown.multiplied(standard));
    if let Some(MeantAmount { place, text }) = meant {
        return told(texts::did_you_mean(&text)).fix(texts::replace_by(&text), place, text);
    }
    match unknown.similar(standard) {
        Some(right) => told(texts::did_you_mean(right)).fix(texts::replace_by(right), place, right),
        None => told(texts::not_found_here()).help(texts::declare_unit(written, &standard.name)),
    }
}

impl UnknownUnit<'_> {
    fn token(&self) -> &str {
        self.node.slice(self.number)
    }

    fn quantity(&self, number: &str, unit: &str) -> MeantAmount {
        let blank = super::blank_before(unit);
        let place = self.node.span(self.number).to(self.node.span(self.unit));
        MeantAmount { place, text: format!("{number}{blank}{unit}") }
    }

    /// `95%以上` as `≥ 95%`, and `≥ 95%以上` too; what to write where sign and word disagree. None where nothing is compared.
    fn comparison(&self, standard: &Standard) -> Option<Result<MeantAmount, Text>> {
        let (unit, word, sign) = COMPARING.iter().find_map(|(word, sign)| {
            let unit = self.written.strip_suffix(word)?;
            super::find(standard, unit).map(|_| (unit, *word, *sign))
        })?;
        let is_target =
            self.node.kind() == StatementKind::Indicator || Field::WholePeriod.is_called(self.node.slice(self.label));
        let meant = self.quantity(self.token(), unit);
        match self.before {
            _ if !is_target => Some(Err(texts::only_in_targets(word, &meant.text))),
            Some(value) if value.kind == ValueKind::Comparator => {
                let written = self.node.slice(value.bytes);
                if !means(written, sign) {
                    return Some(Err(texts::comparisons_disagree(written, word)));
                }
                let place = self.node.span(value.bytes).to(meant.place);
                Some(Ok(MeantAmount { place, text: format!("{sign} {}", meant.text) }))
            }
            Some(value) if matches!(value.kind, ValueKind::RangeSign | ValueKind::Plus | ValueKind::Times) => {
                Some(Err(texts::only_in_targets(word, &meant.text)))
            }
            _ => Some(Ok(MeantAmount { text: format!("{sign} {}", meant.text), ..meant })),
        }
    }

    /// `9O%` as `90%`: letters right behind the figures, and a unit behind them. `5lm` may be a unit by itself.
    fn figures(&self, standard: &Standard) -> Option<MeantAmount> {
        if self.number.end != self.unit.start {
            return None;
        }
        let figure = |sign: char| {
            let like = LIKE_FIGURES.iter().find(|(letter, _)| *letter == sign).map(|(_, figure)| *figure);
            like.or_else(|| Some(sign).filter(|sign| sign.is_ascii_digit() || *sign == '.'))
        };
        let end = self.written.find(|sign| figure(sign).is_none())?;
        let (letters, unit) = self.written.split_at(end);
        let is_unit =
            !unit.starts_with(|sign: char| sign.is_ascii_alphabetic()) && super::find(standard, unit).is_some();
        (is_unit && !letters.is_empty()).then(|| {
            let figures: String = letters.chars().filter_map(figure).collect();
            self.quantity(&format!("{}{figures}", self.token()), unit)
        })
    }

    /// `2 W` as `2 万元` where money is meant, `3 w人` as `3 万人`: the words of `数量俗写`.
    fn multiplied(&self, standard: &Standard) -> Option<MeantAmount> {
        let words = standard.words("数量俗写");
        let (rest, sign) = words
            .words()
            .iter()
            .find_map(|word| Some((self.written.strip_prefix(word.as_str())?, words.replacement(word)?)))?;
        let money = standard.units.iter().find(|unit| {
            unit.dimension == Dimension::Money && unit.factor.is_some_and(|factor| factor == rust_decimal::Decimal::ONE)
        });
        let rest = match (rest, self.dimension) {
            ("", Some(Dimension::Money)) => money?.name.as_str(),
            ("", _) => return None,
            _ => rest,
        };
        let unit = format!("{sign}{rest}");
        super::find(standard, &unit).map(|_| self.quantity(self.token(), &unit))
    }

    /// The unit that was misspelt. Letters are misspelt by their case alone (`KG`): `W` is no `MW`. Of two signs with one
    /// of them wrong nobody knows what was meant (`台时`, `台次`).
    fn similar<'a>(&self, standard: &'a Standard) -> Option<&'a str> {
        let fits =
            |index: u32| self.dimension.is_none_or(|dimension| standard.units[index as usize].dimension == dimension);
        let forms = || standard.unit_forms.iter().filter(|(_, index)| fits(**index));
        if self.written.is_ascii() {
            let mut same = forms().filter(|(form, _)| form.eq_ignore_ascii_case(&self.written));
            let (form, index) = same.next()?;
            return same.all(|(_, other)| other == index).then_some(form);
        }
        let near = nearest(&self.written, forms().map(|(form, index)| (&**form, *index)))?;
        let (form, _) = forms().find(|(form, index)| **index == near && is_near(&self.written, form))?;
        let sorted = |text: &str| {
            let mut signs: Vec<char> = text.chars().collect();
            signs.sort_unstable();
            signs
        };
        let (mut written, mut right) = (sorted(&self.written), sorted(form));
        let is_turned = written == right;
        written.dedup();
        right.dedup();
        (is_turned || written == right || self.written.chars().count() > 2).then_some(form)
    }
}

/// Whether a comparator, in any of its widths, is the sign that a word stands for.
fn means(written: &str, sign: &str) -> bool {
    let signs = if sign == "≥" { ['≥', '≧', '⩾', '>', '＞'] } else { ['≤', '≦', '⩽', '<', '＜'] };
    let is_strict = matches!(written, ">" | "＞" | "<" | "＜");
    written.starts_with(signs) && !is_strict
}
