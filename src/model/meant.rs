//! What a target or an amount means that is not written as the language writes it: `不少于六次`, `6-8次`, `年底前`.
//!
//! The text is respelt step by step, the words for that being lists of the standard, and then read as the cell of a
//! document is. What has a type then is written down in the words of the language. A reading that would leave something
//! to be guessed is none: `第四季度前` may be before the quarter or before its end.

use rust_decimal::Decimal;

use super::calendar::Date;
use super::cells::{QUALITATIVE, TargetReader, leading_number, leading_sign, longest, target_reader};
use super::dated::{date_in_words, numeric_date};
use super::number::{self, plain};
use super::standard::{List, Searched, Standard};
use super::target::{Comparator, Target};
use super::unit::{self, Dimension};
use super::{text, written};
use crate::diagnostic::{Text as Message, texts};
use crate::language::look_alike;
use crate::source::Span;
use crate::syntax::vocabulary::quoted;

/// What was meant, and what is wrong with how it is written.
pub(super) struct Meant {
    /// In the words of the language.
    pub text: String,
    /// Said where it stands.
    pub why: Message,
    /// What is written is not wrong, but incomplete or without its quotes: what was found of it says so already.
    pub completes: bool,
}

/// What the target of an indicator means; none where that is not clear.
pub(super) fn target(written: &str, name: &str, standard: &Standard, place: Span) -> Option<Meant> {
    let reader = target_reader(standard, place);
    let mut respelling = TargetRespelling::new(written, &reader);
    respelling.look_alikes();
    respelling.signs();
    respelling.number();
    respelling.tails();
    if let Some(date) = respelling.date() {
        return Some(respelling.meant(date));
    }
    if let Some(words) = respelling.decidable(written) {
        return Some(words);
    }
    respelling.durations();
    respelling.said_twice()?;
    let glued = respelling.text.clone();
    let (comparator, rest, is_spelt_out) = reader.comparator(&glued);
    if is_spelt_out {
        respelling.says(texts::comparison_in_words());
    }
    let comparator = comparator.or_else(|| respelling.is_in_words.then_some(Comparator::Equal));
    let sign = comparator.map_or(String::new(), |comparator| format!("{} ", comparator.sign()));
    if let Some((value, "")) = leading_number(reader.without_redundant(comparator, rest)) {
        let percent = percent(value, name, standard)?;
        return Some(Meant { text: format!("{sign}{percent}"), why: texts::ratio_without_unit(), completes: true });
    }
    let target = reader.typed(&glued, &mut Vec::new())?;
    let text = match &target {
        Target::Quantity { .. } => format!("{sign}{}", with_blank(reader.without_redundant(comparator, rest))),
        Target::Range { ends } => {
            respelling.says(texts::range_in_words());
            let unit = rest.trim_start_matches(|sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ','));
            let unit = unit.rsplit(|sign: char| sign.is_ascii_digit()).next().unwrap_or_default();
            if ends.low.measure == ends.high.measure && ends.low.multiplier == ends.high.multiplier {
                let end = |value: Decimal| with_blank(&format!("{value}{unit}"));
                format!("{} .. {}", end(ends.low.value), end(ends.high.value))
            } else {
                written::target(&target, standard)
            }
        }
        Target::Deadline { .. }
        | Target::Money { .. }
        | Target::LastYear { .. }
        | Target::YesNo(_)
        | Target::Grade { .. }
        | Target::Words(_)
        | Target::Damaged => written::target(&target, standard),
    };
    Some(respelling.meant(text))
}

/// What an amount means, of a dimension where one is given; none where that is not clear.
pub(super) fn quantity(written: &str, dimension: Option<Dimension>, standard: &Standard, place: Span) -> Option<Meant> {
    let reader = target_reader(standard, place);
    let mut respelling = TargetRespelling::new(written, &reader);
    respelling.number();
    if dimension == Some(Dimension::Money) {
        respelling.money_unit();
    }
    let (value, unit) = leading_number(&respelling.text)?;
    let found = reader.quantity(value, unit).filter(|_| !unit.is_empty())?;
    let fits = dimension.is_none_or(|dimension| found.dimension(standard) == Some(dimension));
    let text = with_blank(&respelling.text);
    fits.then(|| respelling.meant(text))
}

/// `6次` as `6 次`; signs such as % follow the number at once.
fn with_blank(glued: &str) -> String {
    let unit = glued.trim_start_matches(|sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ',' | '-'));
    let number = &glued[..glued.len() - unit.len()];
    let blank = unit::blank_before(unit);
    format!("{number}{blank}{unit}")
}

/// `0.95` of a ratio as `95%`, and `95` as well; none where the name says nothing of a ratio.
fn percent(value: Decimal, name: &str, standard: &Standard) -> Option<String> {
    let name = text::key(name);
    let searched = Searched::new(standard, name.as_str());
    let is_ratio = searched.phrase().end_of(List::RatioEnding).is_some() || searched.holds(List::BoundedRatio);
    if !is_ratio || searched.holds(List::RatioException) || value.is_sign_negative() {
        return None;
    }
    let hundred = Decimal::ONE_HUNDRED;
    let value = if value.scale() > 0 && value <= Decimal::ONE { value.checked_mul(hundred)? } else { value };
    // One is as well one in a hundred as all.
    (value > Decimal::ONE && value <= hundred).then(|| format!("{}%", plain(value)))
}

/// A text on its way to the spelling of the language, without blanks.
struct TargetRespelling<'a> {
    reader: &'a TargetReader<'a>,
    text: String,
    why: Option<Message>,
    /// Its number was.
    is_in_words: bool,
}

impl<'a> TargetRespelling<'a> {
    fn new(written: &str, reader: &'a TargetReader<'a>) -> Self {
        Self {
            reader,
            text: text::key(written).trim_start_matches([':', '：']).to_owned(),
            why: None,
            is_in_words: false,
        }
    }

    fn meant(self, text: String) -> Meant {
        Meant { text, why: self.why.unwrap_or_else(texts::other_spelling), completes: false }
    }

    /// What targets and amounts have in common: a number, and what people write around it.
    fn number(&mut self) {
        self.stops();
        self.note();
        self.leads();
        self.numerals();
        self.shares();
        self.approximate();
        self.money();
    }

    /// The first that is wrong is what is told.
    fn says(&mut self, why: Message) {
        self.why.get_or_insert(why);
    }

    fn becomes(&mut self, text: String, why: fn() -> Message) {
        if text != self.text {
            self.text = text;
            self.says(why());
        }
    }

    fn words(&self, list: &str) -> &'a [String] {
        self.reader.standard.words(list).words()
    }

    fn entries(&self, list: &str) -> &'a [String] {
        self.reader.standard.words(list).entries()
    }

    /// What can be decided without a number: `一类`, `达标`.
    fn decidable(&self, written: &str) -> Option<Meant> {
        let words = written.trim_matches(|sign: char| sign.is_whitespace() || matches!(sign, '。' | '；'));
        let searched = Searched::new(self.reader.standard, text::key(words));
        let phrase = searched.phrase();
        let is_one = phrase.is_in(List::Decidable)
            || phrase.end_of(List::DecidableEnding).is_some()
            || phrase.start_of(List::DecidableStart).is_some();
        let has_number = phrase.contains(|sign: char| sign.is_ascii_digit());
        let (comparator, ..) = self.reader.comparator(phrase.as_str());
        (is_one && !has_number && comparator.is_none() && !words.contains(['"', '\\'])).then(|| Meant {
            text: format!("{} {}", QUALITATIVE, quoted(words)),
            why: texts::words_without_qualitative(),
            completes: false,
        })
    }

    /// Signs that are easily taken for others: a letter of another script between digits is a nought.
    fn look_alikes(&mut self) {
        let mut text = String::with_capacity(self.text.len());
        let mut first = None;
        for sign in self.text.chars() {
            let Some(known) = look_alike(sign) else {
                text.push(sign);
                continue;
            };
            first = first.or(Some(known));
            let is_nought = known.right.eq_ignore_ascii_case("O") && text.ends_with(|sign: char| sign.is_ascii_digit());
            text.push_str(if is_nought { "0" } else { known.right.trim() });
        }
        if let Some(known) = first {
            self.text = text;
            let name = Message::new(known.chinese, known.english);
            self.says(texts::sign_named(format!("U+{:04X}", u32::from(known.sign)), name));
        }
    }

    /// `=>`, `》`, `≮`: signs that stand for a comparator.
    fn signs(&mut self) {
        let found = longest(self.entries("比较符写法"), |word| self.text.strip_prefix(word));
        if let Some((sign, rest)) = found {
            self.becomes(format!("{sign}{rest}"), texts::comparator_in_other_signs);
        }
    }

    /// `6次。`
    fn stops(&mut self) {
        let stops = ['。', '；', ';', '，', ',', '、', '.', '．', '！', '!'];
        self.becomes(self.text.trim_end_matches(stops).to_owned(), texts::no_stop_at_the_end);
    }

    /// `20000元（两万元）`: what stands in brackets at the end is not part of a value. An amount that differs is told.
    fn note(&mut self) {
        let Some(open) = self.text.rfind('(').filter(|&open| open > 0 && self.text.ends_with(')')) else { return };
        let note = &self.text[open + 1..self.text.len() - 1];
        let outside = self.text[..open].to_owned();
        if self.words("比较赘语").iter().any(|word| text::key(word) == self.text[open..]) {
            return;
        }
        let value = |text: &str| {
            let mut one = TargetRespelling::new(text, self.reader);
            one.numerals();
            one.money();
            one.money_unit();
            let (value, unit) = leading_number(&one.text)?;
            self.reader.quantity(value, unit)?.base_value(self.reader.standard)
        };
        let why = match (value(note), value(&outside)) {
            (Some(inside), Some(before)) if inside != before => texts::note_differs(note),
            _ => texts::note_after_value(),
        };
        self.text = outside;
        self.says(why);
    }

    /// `全年不少于6次`: words before a value that add nothing to it.
    fn leads(&mut self) {
        let mut rest = self.text.as_str();
        while let Some(word) =
            self.words("目标赘语").iter().filter(|word| rest.starts_with(word.as_str())).max_by_key(|word| word.len())
        {
            rest = &rest[word.len()..];
        }
        self.becomes(rest.to_owned(), texts::words_around_value);
    }

    /// `六次`, `三万亩`
    fn numerals(&mut self) {
        let digits = number::with_digits(&self.text);
        self.is_in_words |= digits != self.text;
        self.becomes(digits, texts::number_in_words);
    }

    /// `百分之95`, `9成`
    fn shares(&mut self) {
        for (word, sign) in self.entries("分数用语").iter().filter_map(|entry| entry.split_once('→')) {
            while let Some(at) = self.text.find(word) {
                let after = &self.text[at + word.len()..];
                let Some((_, rest)) = leading_number(after) else { break };
                let number = &after[..after.len() - rest.len()];
                self.becomes(format!("{}{number}{sign}{rest}", &self.text[..at]), texts::number_in_words);
            }
        }
        let tenths = |word: &String| {
            let at = self.text.find(word.as_str())?;
            let digit = self.text[..at].chars().next_back().filter(char::is_ascii_digit)?;
            let before = &self.text[..at - 1];
            let after = &self.text[at + word.len()..];
            let half = after.chars().next().filter(char::is_ascii_digit);
            let is_one_digit = !before.ends_with(|sign: char| sign.is_ascii_digit() || sign == '.');
            let rest = &after[half.map_or(0, char::len_utf8)..];
            is_one_digit.then(|| format!("{before}{digit}{}%{rest}", half.unwrap_or('0')))
        };
        if let Some(percent) = self.words("成数用语").iter().find_map(tenths) {
            self.becomes(percent, texts::number_in_words);
        }
    }

    /// `半年内` as `6个月内`
    fn durations(&mut self) {
        let found = self.entries("时长写法").iter().filter_map(|entry| entry.split_once('→'));
        let found = found.map(|(word, right)| (number::with_digits(word), right)).find_map(|(word, right)| {
            let at = self.text.find(&word)?;
            Some(format!("{}{right}{}", &self.text[..at], &self.text[at + word.len()..]))
        });
        if let Some(text) = found {
            self.becomes(text, texts::other_spelling);
        }
    }

    /// `95%左右`, `约6次`: what is only about so cannot be measured.
    fn approximate(&mut self) {
        let ends =
            self.words("约数后缀").iter().filter_map(|word| Some((word, self.text.strip_suffix(word.as_str())?)));
        if let Some((word, rest)) = ends.max_by_key(|(word, _)| word.len()) {
            let (word, rest) = (word.clone(), rest.to_owned());
            self.text = rest;
            self.says(texts::only_about(word));
        }
        let (_, rest, _) = self.reader.comparator(&self.text);
        let lead = self.text.len() - rest.len();
        let starts = self.words("约数前缀").iter().filter(|word| rest.starts_with(word.as_str()));
        if let Some(word) = starts.max_by_key(|word| word.len()).filter(|_| self.text.ends_with(rest)) {
            self.text = format!("{}{}", &self.text[..lead], &rest[word.len()..]);
            self.says(texts::only_about(word));
        }
    }

    /// `￥20000`, `2万圆整`: signs and words for money that are no unit.
    fn money(&mut self) {
        let (_, rest, _) = self.reader.comparator(&self.text);
        let lead = if self.text.ends_with(rest) { self.text.len() - rest.len() } else { 0 };
        let signs = self.words("货币用语").iter().filter(|word| self.text[lead..].starts_with(word.as_str()));
        if let Some(word) = signs.max_by_key(|word| word.len()) {
            let amount = &self.text[lead + word.len()..];
            let bare = |rest: &str| rest.is_empty() || unit::Multiplier::is_sign(rest);
            let unit =
                leading_number(amount).filter(|(_, rest)| bare(rest)).map(|_| self.reader.standard.money_unit_name());
            let text = format!("{}{amount}{}", &self.text[..lead], unit.unwrap_or_default());
            self.becomes(text, texts::sign_of_money);
        }
        let found = longest(self.entries("金额写法"), |word| self.text.strip_suffix(word));
        if let Some((unit, rest)) = found.filter(|(_, rest)| {
            rest.ends_with(|sign: char| sign.is_ascii_digit() || unit::Multiplier::is_sign(&sign.to_string()))
        }) {
            self.becomes(format!("{rest}{unit}"), texts::sign_of_money);
        }
    }

    /// `2万` of a field that takes money.
    fn money_unit(&mut self) {
        if let Some((_, rest)) = leading_number(&self.text)
            && unit::Multiplier::is_sign(rest)
        {
            self.becomes(format!("{}{}", self.text, self.reader.standard.money_unit_name()), texts::sign_of_money);
        }
    }

    /// `6至8次之间`: words behind a value that add nothing to it.
    fn tails(&mut self) {
        let mut rest = self.text.as_str();
        for word in self.words("目标尾语") {
            rest = rest.strip_suffix(word.as_str()).unwrap_or(rest);
        }
        self.becomes(rest.to_owned(), texts::words_around_value);
    }

    /// The deadline that the text means: `2025.12.31`, `年底前`, `第3季度`. A word for a stretch of time is its end, but
    /// not where something is to be done before it.
    fn date(&mut self) -> Option<String> {
        let (comparator, rest, _) = self.reader.comparator(&self.text);
        let is_leading = self.text.ends_with(rest) && comparator.is_some();
        let (sign, rest) = if is_leading { (comparator, rest) } else { (None, self.text.as_str()) };
        let until = longest(self.entries("时限后缀"), |word| rest.strip_suffix(word));
        let body = until.map_or(rest, |(_, body)| body);
        let is_before = rest[body.len()..].contains('前');
        let (date, is_word) = match numeric_date(body, until.is_some()) {
            Some(date) => (date, false),
            None => (date_in_words(body, is_before, self.reader.standard)?, true),
        };
        let read = Date::read(&date)?;
        let sign = sign.or_else(|| (until.is_some() || is_word).then_some(Comparator::AtMost));
        let date = match (read.year, read.day) {
            (Some(year), Some(day)) => format!("{year:04}-{:02}-{day:02}", read.month),
            _ => read.to_string(),
        };
        self.says(texts::date_in_other_form());
        Some(sign.map_or(String::new(), |sign| format!("{} ", sign.sign())) + &date)
    }

    /// `≥95%以上`: the comparison stands before and behind. None where the two disagree.
    fn said_twice(&mut self) -> Option<()> {
        let Some((sign, _)) = leading_sign(&self.text) else { return Some(()) };
        let Some((word, rest)) = longest(self.entries("比较后缀"), |word| self.text.strip_suffix(word)) else {
            return Some(());
        };
        if Comparator::read(word) != sign {
            return None;
        }
        self.becomes(rest.to_owned(), texts::comparison_in_words);
        Some(())
    }
}
