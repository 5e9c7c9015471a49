//! Paragraphs to lines: where Han text may be broken, what may stand at the ends of a line, how a line is filled.

use icu_segmenter::options::{LineBreakOptions, LineBreakStrictness};
use icu_segmenter::{LineSegmenter, LineSegmenterBorrowed};

use super::{SignWidths, Thousandths, Typeface, times};
use crate::source::signs::is_han;

/// A paragraph, sign by sign.
#[derive(Default)]
pub(super) struct SignRow {
    signs: Vec<SetSign>,
}

#[derive(Clone, Copy)]
struct SetSign {
    sign: char,
    typeface: Typeface,
    advance: Thousandths,
    /// Whether a line may end after it.
    may_end: bool,
}

/// Some of the signs, in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SetLine {
    first: usize,
    end: usize,
    /// What is seen of it.
    pub width: Thousandths,
    /// Whether the paragraph goes on below.
    pub goes_on: bool,
}

/// Signs of one type, with what each takes.
pub(super) struct TypeStretch {
    pub typeface: Typeface,
    pub text: String,
    pub advances: Vec<Thousandths>,
}

const SEGMENTER: LineSegmenterBorrowed<'static> = {
    let mut options = LineBreakOptions::default();
    options.strictness = Some(LineBreakStrictness::Strict);
    LineSegmenter::new_for_non_complex_scripts(options)
};

impl SignRow {
    /// A paragraph of some stretches of text, each in its type, of a size.
    pub fn new(stretches: &[(Typeface, &str)], size: Thousandths, widths: &dyn SignWidths) -> Self {
        let whole: String = stretches.iter().map(|(_, text)| *text).collect();
        let mut may_end = vec![false; whole.len() + 1];
        for at in SEGMENTER.segment_str(&with_han_quotes(&whole)) {
            may_end[at] = true;
        }
        let mut signs = Vec::with_capacity(whole.len() / 2);
        let mut at = 0;
        for (typeface, text) in stretches {
            for sign in text.chars() {
                at += sign.len_utf8();
                let advance = (i64::from(widths.of(sign, *typeface)) * i64::from(size) / 1000) as Thousandths;
                signs.push(SetSign { sign, typeface: *typeface, advance, may_end: may_end[at] });
            }
        }
        let mut row = Self { signs };
        row.keep_numbers();
        row.narrow_neighbours();
        row
    }

    /// A number stays with the unit behind it.
    fn keep_numbers(&mut self) {
        for index in 1..self.signs.len() {
            let before = self.signs[index - 1].sign;
            if (before.is_ascii_digit() || before == '%') && is_han(self.signs[index].sign) {
                self.signs[index - 1].may_end = false;
            }
        }
    }

    /// Of two marks of full width beside each other the first gives up its blank half.
    fn narrow_neighbours(&mut self) {
        for index in 1..self.signs.len() {
            let (before, sign) = (self.signs[index - 1].sign, self.signs[index].sign);
            if closes(before) && (closes(sign) || opens(sign)) {
                self.signs[index - 1].advance /= 2;
            }
        }
    }

    /// Lines as full as they can be; the last of several holds more than one sign.
    pub fn broken(&self, width: Thousandths, indent: Thousandths) -> Vec<SetLine> {
        let mut lines = self.filled(width, indent);
        if let [.., before, last] = &mut lines[..]
            && last.end - last.first == 1
            && let Some(earlier) = (before.first + 1..before.end - 1).rev().find(|index| self.signs[*index].may_end)
            && earlier > before.first
        {
            let (first, middle, end) = (before.first, earlier + 1, last.end);
            *before = self.line(first, middle, end);
            *last = self.line(middle, end, end);
        }
        lines
    }

    /// As many lines as it takes, each about as long as the others: for what stands in the middle of a cell.
    pub fn balanced(&self, width: Thousandths) -> Vec<SetLine> {
        let lines = self.filled(width, 0);
        if lines.len() < 2 {
            return lines;
        }
        let (mut too_narrow, mut wide_enough) = (0, width);
        while wide_enough - too_narrow > super::POINT {
            let middle = Thousandths::midpoint(too_narrow, wide_enough);
            if self.filled(middle, 0).len() == lines.len() {
                wide_enough = middle;
            } else {
                too_narrow = middle;
            }
        }
        self.filled(wide_enough, 0)
    }

    fn filled(&self, width: Thousandths, indent: Thousandths) -> Vec<SetLine> {
        let count = self.signs.len();
        let mut lines = Vec::new();
        let mut first = 0;
        while first < count {
            let room = if lines.is_empty() { width - indent } else { width };
            let end = self.end_of_line(first, room);
            lines.push(self.line(first, end, count));
            first = end;
        }
        if lines.is_empty() {
            lines.push(self.line(0, 0, 0));
        }
        lines
    }

    /// Where a line ends that begins here: at the last sign that fits and may end it, else where it is full.
    fn end_of_line(&self, first: usize, room: Thousandths) -> usize {
        let mut used = 0;
        let mut end = None;
        for (index, sign) in self.signs.iter().enumerate().skip(first) {
            let seen = if closes(sign.sign) { sign.advance / 2 } else { sign.advance };
            // Blanks at the end of a line are not seen.
            if used + seen > room && !sign.sign.is_whitespace() {
                // What is drawn over the sign before stays with it.
                let forced = index.max(first + 1);
                return end.unwrap_or(forced);
            }
            used += sign.advance;
            if sign.may_end {
                end = Some(index + 1);
            }
        }
        self.signs.len()
    }

    fn line(&self, first: usize, end: usize, count: usize) -> SetLine {
        let shown = &self.signs[first..end];
        let blank = shown.iter().rev().take_while(|one| one.sign.is_whitespace()).count();
        let shown = &shown[..shown.len() - blank];
        let mut width: Thousandths = shown.iter().map(|one| one.advance).sum();
        if end < count
            && let Some(last) = shown.last().filter(|last| closes(last.sign))
        {
            width -= last.advance / 2;
        }
        SetLine { first, end, width, goes_on: end < count }
    }

    /// The signs of a line; where it is to be filled, with what is missing spread between them, so little that no reader
    /// takes it for blanks.
    pub fn stretches(&self, line: &SetLine, fill: Option<Thousandths>) -> Vec<TypeStretch> {
        let signs = &self.signs[line.first..line.end];
        // Blanks at the end are there for those who copy the text.
        let seen = signs.iter().rposition(|one| !one.sign.is_whitespace()).unwrap_or(0);
        let gaps = times(signs[..seen].iter().filter(|one| one.may_end).count(), 1);
        let em = signs.iter().map(|one| one.advance).max().unwrap_or(0);
        let missing = fill.filter(|_| line.goes_on).map_or(0, |width| width - line.width);
        let is_spread = gaps > 0 && missing > 0 && missing <= gaps * em / UNSEEN;
        let (mut spread, mut given) = (0, 0);
        let mut stretches: Vec<TypeStretch> = Vec::new();
        for (index, one) in signs.iter().enumerate() {
            let mut advance = one.advance;
            if is_spread && one.may_end && index < seen {
                given += 1;
                let so_far = (i64::from(missing) * i64::from(given) / i64::from(gaps)) as Thousandths;
                advance += so_far - spread;
                spread = so_far;
            }
            match stretches.last_mut().filter(|last| last.typeface == one.typeface) {
                Some(last) => {
                    last.text.push(one.sign);
                    last.advances.push(advance);
                }
                None => stretches.push(TypeStretch {
                    typeface: one.typeface,
                    text: one.sign.to_string(),
                    advances: vec![advance],
                }),
            }
        }
        stretches
    }

    /// What the longest piece takes that no line may break.
    pub fn longest_word(&self) -> Thousandths {
        let words = self.signs.split_inclusive(|one| one.may_end);
        words.map(|word| word.iter().map(|one| one.advance).sum()).max().unwrap_or(0)
    }

    /// What all its signs take in one line.
    pub fn width(&self) -> Thousandths {
        self.signs.iter().map(|one| one.advance).sum()
    }
}

/// Readers of pages take a gap of a tenth of the size for a blank.
const UNSEEN: Thousandths = 12;

/// The quotes that Chinese and English share are, beside Han signs, those of Chinese: lines break before and after them.
fn with_han_quotes(text: &str) -> String {
    let mut before = None;
    let shared = |sign: char, before: Option<char>| match sign {
        '“' => '「',
        '”' => '」',
        '‘' => '『',
        '’' if !before.is_some_and(|before: char| before.is_ascii_alphanumeric()) => '』',
        other => other,
    };
    text.chars().map(|sign| shared(sign, before.replace(sign))).collect()
}

/// Marks of full width whose right half is blank.
fn closes(sign: char) -> bool {
    "、。，．：；！？）》〉」』】〕〗”’".contains(sign)
}

/// Marks of full width whose left half is blank.
fn opens(sign: char) -> bool {
    "（《〈「『【〔〖“‘".contains(sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::page::{HalfAndFull, POINT};

    /// In a width of so many halves of a Han sign.
    fn broken(text: &str, halves: Thousandths) -> Vec<String> {
        let row = SignRow::new(&[(Typeface::Song, text)], 10 * POINT, &HalfAndFull);
        said(&row, &row.broken(halves * 5 * POINT, 0))
    }

    fn said(row: &SignRow, lines: &[SetLine]) -> Vec<String> {
        let text = |line| row.stretches(line, None).into_iter().map(|one| one.text).collect();
        lines.iter().map(text).collect()
    }

    #[test]
    fn marks_stand_where_they_may() {
        assert_eq!(broken("全年进村宣传，火灾减少。", 13), ["全年进村宣传，", "火灾减少。"]);
        assert_eq!(broken("全年进村（含镇）宣传", 10), ["全年进村", "（含镇）", "宣传"]);
        assert_eq!(broken("办好“防火”宣传", 7), ["办好", "“防火”", "宣传"]);
        assert_eq!(broken("每年开展120次", 12), ["每年开展", "120次"]);
    }

    #[test]
    fn no_sign_stands_alone_in_the_last_line() {
        assert_eq!(broken("支付费用合规率", 12), ["支付费用合", "规率"]);
        let row = SignRow::new(&[(Typeface::Song, "支付费用合规率")], 10 * POINT, &HalfAndFull);
        assert_eq!(said(&row, &row.balanced(60 * POINT)), ["支付费用", "合规率"]);
    }

    #[test]
    fn what_cannot_be_broken_is_broken_where_the_line_is_full() {
        assert_eq!(broken("13022925P00JXC4198951", 10), ["13022925P0", "0JXC419895", "1"]);
    }

    #[test]
    fn a_filled_line_is_as_wide_as_it_should_be() {
        let text = "全面完成年度各项重点工作任务，确保机关运转有序、服务保障到位，";
        let row = SignRow::new(&[(Typeface::Song, text)], 10 * POINT, &HalfAndFull);
        let width = 203 * POINT;
        let lines = row.broken(width, 0);
        let stretch = &row.stretches(&lines[0], Some(width))[0];
        let blank_half = 0;
        assert_eq!(stretch.advances.iter().sum::<Thousandths>() - blank_half, width);
    }
}
