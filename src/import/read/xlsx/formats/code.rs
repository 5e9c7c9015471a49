//! A number format as it is written: `[>=1]"≥"0"人数";0"人数"`, `yyyy"年"m"月"`, `0!.0,"万元"`.

use rust_decimal::Decimal;

/// A format: up to four sections, by the sign of the number, by conditions, and for texts.
#[derive(Clone, Debug)]
pub struct NumberFormat {
    pub sections: Vec<FormatSection>,
}

/// What a format makes of some of the values.
#[derive(Clone, Debug, Default)]
pub struct FormatSection {
    pub condition: Option<FormatCondition>,
    pub parts: Vec<FormatPart>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatCondition {
    comparison: FormatComparison,
    with: Decimal,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FormatComparison {
    Less,
    AtMost,
    Equal,
    Other,
    AtLeast,
    More,
}

/// A piece of a section, in the order in which it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormatPart {
    /// Signs that stand as they are.
    Words(String),
    /// `0`, `#` or `?`: the place of a digit.
    Digit(char),
    Point,
    /// Between digits it parts thousands, after them it scales.
    Comma,
    Percent,
    Slash,
    /// `E+`, `E-`
    Exponent,
    /// As many digits as there are.
    General,
    /// `@`
    Text,
    /// A part of a date, by its letter, and how often it is written.
    Clock(ClockPart, usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockPart {
    Year,
    Month,
    Day,
    /// `aaa`, `aaaa`, `ddd`, `dddd`
    Weekday,
    Hour,
    Minute,
    Second,
    /// AM or PM.
    HalfDay,
    /// `[h]`, `[m]`, `[s]`: all that have passed, in seconds of one.
    Passed(u32),
}

impl FormatCondition {
    fn read(text: &str) -> Option<Self> {
        const SIGNS: [(&str, FormatComparison); 6] = [
            ("<=", FormatComparison::AtMost),
            ("<>", FormatComparison::Other),
            (">=", FormatComparison::AtLeast),
            ("<", FormatComparison::Less),
            (">", FormatComparison::More),
            ("=", FormatComparison::Equal),
        ];
        let (rest, comparison) = SIGNS.iter().find_map(|(sign, one)| Some((text.strip_prefix(sign)?, *one)))?;
        Some(Self { comparison, with: rest.trim().parse().ok()? })
    }

    pub fn holds(self, number: Decimal) -> bool {
        match self.comparison {
            FormatComparison::Less => number < self.with,
            FormatComparison::AtMost => number <= self.with,
            FormatComparison::Equal => number == self.with,
            FormatComparison::Other => number != self.with,
            FormatComparison::AtLeast => number >= self.with,
            FormatComparison::More => number > self.with,
        }
    }
}

impl FormatSection {
    pub fn has(&self, wanted: &FormatPart) -> bool {
        self.parts.contains(wanted)
    }

    pub fn is_date(&self) -> bool {
        self.parts.iter().any(|part| matches!(part, FormatPart::Clock(..)))
    }

    fn words(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        match self.parts.last_mut() {
            Some(FormatPart::Words(words)) => words.push_str(text),
            _ => self.parts.push(FormatPart::Words(text.to_owned())),
        }
    }

    fn clock(&mut self, part: ClockPart, count: usize) {
        self.parts.push(FormatPart::Clock(part, count));
    }

    /// What stands between square brackets: a condition, a currency, a clock that runs on; colours and scripts of digits
    /// change no value.
    fn bracket(&mut self, inner: &str) {
        let small = inner.to_lowercase();
        if let Some(condition) = FormatCondition::read(inner.trim()) {
            self.condition = Some(condition);
        } else if let Some(currency) = inner.strip_prefix('$') {
            self.words(currency.split_once('-').map_or(currency, |(sign, _)| sign));
        } else if !small.is_empty() {
            for (letter, seconds) in [('h', 3600), ('m', 60), ('s', 1)] {
                if small.chars().all(|sign| sign == letter) {
                    self.clock(ClockPart::Passed(seconds), small.len());
                }
            }
        }
    }

    /// A run of one letter.
    fn letters(&mut self, letter: char, count: usize) {
        match letter {
            'y' | 'e' => self.clock(ClockPart::Year, count),
            'm' => self.clock(ClockPart::Month, count),
            'd' if count < 3 => self.clock(ClockPart::Day, count),
            'a' if count < 3 => self.words(&"a".repeat(count)),
            'd' | 'a' => self.clock(ClockPart::Weekday, count),
            'h' => self.clock(ClockPart::Hour, count),
            's' => self.clock(ClockPart::Second, count),
            // Eras and the calendar of another country.
            'g' | 'b' => {}
            letter => self.words(&String::from(letter).repeat(count)),
        }
    }

    /// `m` counts minutes right after hours and right before seconds.
    fn tell_minutes(&mut self) {
        let clocks: Vec<(usize, ClockPart)> = (0..)
            .zip(&self.parts)
            .filter_map(|(index, part)| match part {
                FormatPart::Clock(part, _) => Some((index, *part)),
                _ => None,
            })
            .collect();
        for (at, (index, _)) in clocks.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| clocks[at].1);
            let after = clocks.get(at + 1).map(|clock| clock.1);
            let is_minute = matches!(before, Some(ClockPart::Hour | ClockPart::Passed(3600)))
                || matches!(after, Some(ClockPart::Second | ClockPart::Passed(1)));
            if let FormatPart::Clock(part @ ClockPart::Month, 1..=2) = &mut self.parts[*index]
                && is_minute
            {
                *part = ClockPart::Minute;
            }
        }
    }
}

impl NumberFormat {
    /// Every text is some format: what has no meaning stands for itself.
    pub fn read(code: &str) -> Self {
        let mut sections = vec![FormatSection::default()];
        let mut rest = code;
        while let Some(sign) = rest.chars().next() {
            let section = sections.last_mut().expect("one section at least");
            if let Some((word, part)) = whole_word(rest) {
                section.parts.push(part);
                rest = &rest[word..];
                continue;
            }
            rest = &rest[sign.len_utf8()..];
            match sign {
                ';' => sections.push(FormatSection::default()),
                '"' => {
                    let (words, after) = rest.split_once('"').unwrap_or((rest, ""));
                    section.words(words);
                    rest = after;
                }
                '\\' | '!' => section.words(&taken(&mut rest)),
                // A blank as wide as the next sign; a sign that fills the cell.
                '_' | '*' => drop(taken(&mut rest)),
                '[' => {
                    let (inner, after) = rest.split_once(']').unwrap_or((rest, ""));
                    rest = after;
                    if let Some(code) = of_system(inner) {
                        section.parts = Self::read(code).sections.swap_remove(0).parts;
                        rest = &rest[rest.find(';').unwrap_or(rest.len())..];
                    } else {
                        section.bracket(inner);
                    }
                }
                '0' | '#' | '?' => section.parts.push(FormatPart::Digit(sign)),
                '.' => section.parts.push(FormatPart::Point),
                ',' => section.parts.push(FormatPart::Comma),
                '%' => section.parts.push(FormatPart::Percent),
                '/' => section.parts.push(FormatPart::Slash),
                '@' => section.parts.push(FormatPart::Text),
                letter if letter.is_ascii_alphabetic() => {
                    let count =
                        rest.len() - rest.trim_start_matches(|sign: char| sign.eq_ignore_ascii_case(&letter)).len();
                    rest = &rest[count..];
                    section.letters(letter.to_ascii_lowercase(), count + 1);
                }
                sign => section.words(sign.encode_utf8(&mut [0; 4])),
            }
        }
        sections.iter_mut().for_each(FormatSection::tell_minutes);
        Self { sections }
    }

    /// The section for texts, where there is one.
    pub fn of_texts(&self) -> Option<&FormatSection> {
        let last = self.sections.last().filter(|section| section.has(&FormatPart::Text));
        self.sections.get(3).or(last)
    }

    /// The sections for numbers.
    pub fn of_numbers(&self) -> &[FormatSection] {
        let count = self.sections.len().min(3);
        let is_for_texts = (2..4).contains(&self.sections.len()) && self.of_texts().is_some();
        &self.sections[..count - usize::from(is_for_texts)]
    }
}

/// The format that the system has for long dates and for times, where a bracket asks for it whatever else the section
/// says. The systems of offices are Chinese.
fn of_system(bracket: &str) -> Option<&'static str> {
    match bracket.to_lowercase().as_str() {
        "$-f800" | "$-x-sysdate" => Some("yyyy\"年\"m\"月\"d\"日\""),
        "$-f400" | "$-x-systime" => Some("h:mm:ss"),
        _ => None,
    }
}

/// A word of several letters at the start of a text: its length and what it says.
fn whole_word(text: &str) -> Option<(usize, FormatPart)> {
    let words = [
        ("general", FormatPart::General),
        ("g/通用格式", FormatPart::General),
        ("am/pm", FormatPart::Clock(ClockPart::HalfDay, 1)),
        ("a/p", FormatPart::Clock(ClockPart::HalfDay, 1)),
        ("上午/下午", FormatPart::Clock(ClockPart::HalfDay, 1)),
        ("e+", FormatPart::Exponent),
        ("e-", FormatPart::Exponent),
    ];
    let starts = |word: &str| text.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    words.into_iter().find(|(word, _)| starts(word)).map(|(word, part)| (word.len(), part))
}

/// The first sign of a text, which goes on after it.
fn taken(rest: &mut &str) -> String {
    let sign = rest.chars().next();
    *rest = &rest[sign.map_or(0, char::len_utf8)..];
    sign.map_or_else(String::new, String::from)
}
