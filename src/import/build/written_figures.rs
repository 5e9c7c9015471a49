//! Figures that a cell writes in a way that no target has: `10³`, `5×10²`, a number beside 定性.

use rust_decimal::Decimal;

use crate::model::cells::{self, QUALITATIVE, TargetCells, Typed};
use crate::model::standard::Standard;
use crate::model::target::Target;
use crate::source::Span;

/// What is to be told of such a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureTold {
    /// A power is read as the number that it is.
    Power(String),
    /// A power is not read: the words of the cell are kept.
    UnreadPower,
    /// It is a figure, though its kind is said to be words.
    Quantitative,
}

/// The highest power that is read.
const MOST_ZEROS: u32 = 12;

/// Reads the cells of a target, in which such figures may stand.
pub fn read(
    cells: TargetCells<'_>,
    has_last_year: bool,
    standard: &Standard,
    place: Span,
) -> (Typed, Option<FigureTold>) {
    let read = |cells: TargetCells<'_>| cells::read(cells, has_last_year, standard, place);
    let cell = cells.whole.or(cells.value).unwrap_or("");
    if has_power(cell) {
        if let Some((plain, number)) = without_power(cell) {
            let with = if cells.whole.is_some() {
                TargetCells { whole: Some(&plain), ..cells }
            } else {
                TargetCells { value: Some(&plain), ..cells }
            };
            let typed = read(with);
            if matches!(typed.target, Target::Quantity { .. }) {
                let wording = Some(cell.to_owned());
                return (Typed { wording, ..typed }, Some(FigureTold::Power(number)));
            }
        }
        return (read(cells), Some(FigureTold::UnreadPower));
    }
    if cells.whole.is_none() && cells.nature.is_some_and(|nature| nature.trim() == QUALITATIVE) {
        let typed = read(TargetCells { nature: None, ..cells });
        if matches!(typed.target, Target::Quantity { .. } | Target::Range { .. }) && typed.is_certain() {
            return (typed, Some(FigureTold::Quantitative));
        }
    }
    (read(cells), None)
}

/// The digit of a superscript.
fn raised(sign: char) -> Option<u32> {
    Some(match sign {
        '⁰' => 0,
        '¹' => 1,
        '²' => 2,
        '³' => 3,
        '⁴'..='⁹' => sign as u32 - '⁴' as u32 + 4,
        _ => return None,
    })
}

/// Whether a superscript stands behind a digit. Behind a letter it is a unit's: `m²`.
fn has_power(text: &str) -> bool {
    let mut signs = text.chars().peekable();
    std::iter::from_fn(|| Some((signs.next()?, signs.peek().copied())))
        .any(|(sign, next)| sign.is_ascii_digit() && next.and_then(raised).is_some())
}

/// The text with its only power of ten as a plain number, and that number: `≥5×10³人` as `≥5000人`.
fn without_power(text: &str) -> Option<(String, String)> {
    let at = text.char_indices().find_map(|(at, sign)| raised(sign).map(|_| at))?;
    let digits = text[at..].chars().map_while(raised).collect::<Vec<_>>();
    let end = at + text[at..].chars().take(digits.len()).map(char::len_utf8).sum::<usize>();
    let zeros = digits.iter().try_fold(0_u32, |sum, digit| sum.checked_mul(10)?.checked_add(*digit))?;
    let before = text[..at].strip_suffix("10")?;
    if zeros > MOST_ZEROS
        || before.ends_with(|sign: char| sign.is_ascii_digit() || sign == '.')
        || has_power(&text[end..])
    {
        return None;
    }
    let lead = before.trim_end().strip_suffix(['×', 'x', 'X', '*', '＊', '✕']).map(str::trim_end);
    let start = lead.map(|lead| lead.trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == '.').len());
    let (start, factor) = match (lead, start) {
        (Some(lead), Some(start)) => (start, lead[start..].parse::<Decimal>().ok()?),
        _ => (before.len(), Decimal::ONE),
    };
    let number = factor.checked_mul(Decimal::from(10_u64.pow(zeros)))?.normalize().to_string();
    Some((format!("{}{number}{}", &text[..start], &text[end..]), number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_power_of_ten_is_its_number() {
        let plain = |text| without_power(text).map(|(plain, _)| plain);
        assert_eq!(plain("≥10³人").as_deref(), Some("≥1000人"));
        assert_eq!(plain("≤2.5×10⁴ 平方米").as_deref(), Some("≤25000 平方米"));
        assert_eq!(plain("10¹²").as_deref(), Some("1000000000000"));
        for other in ["2⁵", "110³", "10³×10³", "10¹³", "甲10", "10⁻³"] {
            assert_eq!(plain(other), None, "{other}");
        }
        assert!(has_power("10³人") && has_power("2⁵"));
        assert!(!has_power("5000m³") && !has_power("㎡ 10"));
    }
}
