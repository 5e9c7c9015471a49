//! A fact in the words of the cell that it stands in: with its numbers, marks and units where the old one had them.

use rust_decimal::Decimal;

use super::numbers;
use crate::language::PENDING;
use crate::model::actual::Actual;
use crate::model::cells;
use crate::model::print::{self, Printed};
use crate::model::standard::Standard;
use crate::model::target::Target;
use crate::model::unit::Quantity;
use crate::model::{Indicator, text, written};

/// A value with the standard that it is written by.
pub struct By<'a, T> {
    pub value: &'a T,
    pub standard: &'a Standard,
}

impl<T> Clone for By<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for By<'_, T> {}

/// How a form writes amounts.
#[derive(Clone, Copy, Debug)]
pub struct MoneyForm {
    /// How many base units the unit of its amounts is.
    pub factor: Decimal,
    pub places: u32,
    pub is_grouped: bool,
}

/// Words in the place of others, with what the cell has around them; none where they are the same. What nothing is said of
/// now stays: the form may know more than the targets.
pub fn prose(cell: &str, old: Option<&str>, new: Option<&str>) -> Option<String> {
    prose_or_blank(cell, old, Some(new?))
}

/// As [`prose`], and a blank where nothing is said any more: a cause of what is reached now, a tick that moved.
pub fn prose_or_blank(cell: &str, old: Option<&str>, new: Option<&str>) -> Option<String> {
    if old == new {
        return None;
    }
    let new = new.unwrap_or_default();
    let Some(old) = old.filter(|old| !old.is_empty()) else { return Some(new.to_owned()) };
    if cell.contains(old) {
        return Some(cell.replacen(old, new, 1));
    }
    if let Some(numbered) = line_by_line(cell, old, new) {
        return Some(numbered);
    }
    Some(new.to_owned())
}

/// Lines that the form numbers by itself.
fn line_by_line(cell: &str, old: &str, new: &str) -> Option<String> {
    let lines: Vec<&str> = cell.lines().filter(|line| !line.trim().is_empty()).collect();
    let old: Vec<&str> = old.lines().collect();
    if lines.len() != old.len() {
        return None;
    }
    let leads: Vec<&str> =
        lines.iter().zip(&old).map(|(line, old)| line.trim_end().strip_suffix(old.trim())).collect::<Option<_>>()?;
    let lead = |index: usize| -> Option<String> {
        if let Some(lead) = leads.get(index) {
            return Some((*lead).to_owned());
        }
        // One more than the number of the first line.
        let first = leads.first()?;
        match numbers::only(first) {
            Some(number) => Some(numbers::put(first, &number, number.value + Decimal::from(index))),
            None => first.trim().is_empty().then(|| (*first).to_owned()),
        }
    };
    let lines = new.lines().enumerate().map(|(index, line)| Some(lead(index)? + line));
    lines.collect::<Option<Vec<_>>>().map(|lines| lines.join("\n"))
}

/// A plain number; none where it is the same.
pub fn number(cell: &str, old: Option<Decimal>, new: Option<Decimal>) -> Option<String> {
    if old == new {
        return None;
    }
    let Some(new) = new else { return Some(String::new()) };
    Some(match numbers::all(cell).first() {
        Some(known) if known.value == new => return None,
        Some(known) => numbers::put_in_form(cell, known, new),
        None => numbers::in_form(new, 0, false),
    })
}

/// An amount by its base units, in the unit of its cell; none where it is the same, or has no such number.
pub fn amount(cell: &str, old: Option<Decimal>, new: Option<Decimal>, form: MoneyForm) -> Option<String> {
    if old == new {
        return None;
    }
    let Some(new) = new else { return Some(String::new()) };
    let number = numbers::all(cell).into_iter().next();
    let of_cell = number.as_ref().zip(old).and_then(|(number, old)| exact_ratio(old, number.value));
    let factor = of_cell.unwrap_or(form.factor);
    let value = exact_ratio(new, factor)?;
    Some(match number {
        Some(number) => numbers::put_in_form(cell, &number, value),
        None => numbers::in_form(value, form.places, form.is_grouped),
    })
}

/// A quotient that is no rounded one.
pub fn exact_ratio(whole: Decimal, part: Decimal) -> Option<Decimal> {
    let ratio = whole.checked_div(part).filter(|ratio| !ratio.is_zero() || whole.is_zero())?;
    (ratio.checked_mul(part)? == whole).then(|| ratio.normalize())
}

/// A number with its unit.
pub fn quantity(cell: &str, old: Option<By<'_, Quantity>>, new: Option<By<'_, Quantity>>) -> Option<String> {
    let said = |one: &By<'_, Quantity>| written::quantity(one.value, one.standard);
    if old.as_ref().map(said) == new.as_ref().map(said) {
        return None;
    }
    let Some(new) = new else { return Some(String::new()) };
    if let Some(old) = old
        && old.value.written_unit(old.standard) == new.value.written_unit(new.standard)
        && let Some(number) = numbers::only(cell).filter(|number| number.value.abs() == old.value.value.abs())
    {
        return Some(numbers::put(cell, &number, new.value.value));
    }
    let is_written = old.is_some_and(|old| cell.contains(&old.value.written_unit(old.standard)));
    let unit = if is_written { new.value.written_unit(new.standard) } else { new.value.unit_label(new.standard) };
    Some(format!("{}{unit}", new.value.value))
}

/// Whether the official table says the same of two indicators' targets.
pub fn is_same_target(old: By<'_, Indicator>, new: By<'_, Indicator>) -> bool {
    let wording = |one: &Indicator| one.wording().map(|text| text.value.to_string());
    written::target(&old.value.target.value, old.standard) == written::target(&new.value.target.value, new.standard)
        && wording(old.value) == wording(new.value)
}

/// The whole of a target in one cell.
pub fn whole_target(cell: &str, old: By<'_, Indicator>, new: By<'_, Indicator>) -> String {
    if let Some(wording) = new.value.wording() {
        return wording.value.to_string();
    }
    let (was, becomes) = (&old.value.target.value, &new.value.target.value);
    target_words(cell, By { value: was, standard: old.standard }, By { value: becomes, standard: new.standard })
}

/// A target in the words of a cell that holds another.
pub fn target_words(cell: &str, old: By<'_, Target>, new: By<'_, Target>) -> String {
    let unit = |one: &By<'_, Target>| match one.value {
        Target::Quantity { quantity, .. } => Some(quantity.written_unit(one.standard)),
        _ => None,
    };
    let is_same_sign = old.value.comparator() == new.value.comparator();
    match (old.value, new.value) {
        (Target::Quantity { quantity: was, .. }, Target::Quantity { quantity, .. })
            if is_same_sign && unit(&old) == unit(&new) =>
        {
            if let Some(number) = numbers::only(cell).filter(|number| number.value.abs() == was.value.abs()) {
                return numbers::put(cell, &number, quantity.value);
            }
        }
        (Target::Deadline { date: was, .. }, Target::Deadline { date, .. }) if is_same_sign => {
            if let Some(redated) = numbers::redated(cell, *was, *date) {
                return redated;
            }
            if cell.contains(&was.to_string()) {
                return cell.replacen(&was.to_string(), &date.to_string(), 1);
            }
        }
        _ => {}
    }
    let known = forms_of(old);
    let form = known.iter().position(|form| cells::same_but_blanks(form, cell)).unwrap_or(0);
    forms_of(new).swap_remove(form)
}

/// The ways in which a form may glue a target.
fn forms_of(target: By<'_, Target>) -> Vec<String> {
    let printed = print::printed(target.value, target.standard);
    let with_unit = match target.value {
        Target::Quantity { quantity, .. } => {
            Printed { unit: quantity.written_unit(target.standard), ..printed.clone() }
        }
        _ => printed.clone(),
    };
    // The nature stands in a cell of its own, or the unit does.
    let without = |one: &Printed, sign: bool, unit: bool| Printed {
        nature: if sign { String::new() } else { one.nature.clone() },
        unit: if unit { String::new() } else { one.unit.clone() },
        ..one.clone()
    };
    [
        with_unit.clone(),
        printed.clone(),
        without(&with_unit, true, false),
        without(&printed, true, false),
        without(&printed, false, true),
        without(&printed, true, true),
    ]
    .iter()
    .map(Printed::glued)
    .collect()
}

/// A part of a target in its own cell: its sign, its value or its unit.
pub fn part(cell: &str, old: &str, new: &str) -> Option<String> {
    if old == new {
        return None;
    }
    if text::key(cell) == text::key(old) || old.is_empty() {
        return Some(new.to_owned());
    }
    if cell.contains(old) {
        return Some(cell.replacen(old, new, 1));
    }
    None
}

/// A value that was reached, in the words of a cell that holds another.
pub fn actual(cell: &str, old: Option<By<'_, Actual>>, new: By<'_, Actual>) -> Option<String> {
    if let Some(old) = old {
        if is_same_actual(old, new) {
            return None;
        }
        match (old.value, new.value) {
            // Why it is not known yet has no cell of its own.
            (Actual::Pending(_), Actual::Pending(_)) => return None,
            (Actual::Quantity(was), Actual::Quantity(quantity))
                if was.written_unit(old.standard) == quantity.written_unit(new.standard) =>
            {
                if let Some(number) = numbers::only(cell).filter(|number| number.value.abs() == was.value.abs()) {
                    return Some(numbers::put(cell, &number, quantity.value));
                }
            }
            (Actual::Quantity(was), Actual::Quantity(quantity)) if cell.contains(&was.written_unit(old.standard)) => {
                return Some(format!("{}{}", quantity.value, quantity.written_unit(new.standard)));
            }
            (Actual::Date(was), Actual::Date(date)) => {
                if let Some(redated) = numbers::redated(cell, *was, *date) {
                    return Some(redated);
                }
            }
            _ => {}
        }
    }
    Some(match new.value {
        Actual::Blank | Actual::Damaged => String::new(),
        Actual::NotApplicable(reason) => format!("{}（{reason}）", print::actual(new.value, new.standard)),
        Actual::Pending(reason) if !reason.is_empty() => reason.to_string(),
        Actual::Pending(_) => PENDING.0.to_owned(),
        Actual::Quantity(quantity) => format!("{}{}", quantity.value, quantity.written_unit(new.standard)),
        _ => print::actual(new.value, new.standard),
    })
}

fn is_same_actual(old: By<'_, Actual>, new: By<'_, Actual>) -> bool {
    match (old.value, new.value) {
        (Actual::Quantity(was), Actual::Quantity(quantity)) => {
            written::quantity(was, old.standard) == written::quantity(quantity, new.standard)
        }
        (old, new) => old == new,
    }
}

/// A word among those that a cell offers with boxes: the tick goes to another. Else the word itself.
pub fn ticked(cell: &str, old: Option<&str>, new: &str) -> String {
    const TICKS: [char; 5] = ['☑', '■', '√', '☒', '✓'];
    const BLANKS: [char; 3] = ['□', '☐', '○'];
    let is_box = |sign: char| TICKS.contains(&sign) || BLANKS.contains(&sign);
    let boxes: Vec<(usize, char)> = cell.char_indices().filter(|(_, sign)| is_box(*sign)).collect();
    let wanted = cell.find(new);
    let tick = boxes.iter().find(|(_, sign)| TICKS.contains(sign));
    let blank = boxes.iter().find(|(_, sign)| BLANKS.contains(sign));
    if let (Some(wanted), Some((_, blank))) = (wanted, blank) {
        let is_before = cell.trim_start().starts_with(is_box);
        let own = if is_before {
            boxes.iter().rfind(|(at, _)| *at < wanted)
        } else {
            boxes.iter().find(|(at, _)| *at > wanted)
        };
        if let Some((own, _)) = own {
            let mark = tick.map_or('☑', |(_, sign)| *sign);
            let moved = cell.char_indices().map(|(at, sign)| match sign {
                _ if at == *own => mark,
                sign if TICKS.contains(&sign) => *blank,
                sign => sign,
            });
            return moved.collect();
        }
    }
    match old.filter(|old| cell.contains(old)) {
        Some(old) => cell.replacen(old, new, 1),
        None => new.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_what_the_cell_has_around_them() {
        assert_eq!(prose("原因：雨多", Some("雨多"), Some("雨多路滑")).as_deref(), Some("原因：雨多路滑"));
        let numbered = prose("1.修路\n2.架桥", Some("修路\n架桥"), Some("修路\n架桥\n植树"));
        assert_eq!(numbered.as_deref(), Some("1.修路\n2.架桥\n3.植树"));
        assert_eq!(prose("雨多", Some("雨多"), Some("雨多")), None);
    }

    #[test]
    fn a_tick_goes_to_another_word() {
        assert_eq!(ticked("优☑ 良□ 中□", Some("优"), "良"), "优□ 良☑ 中□");
        assert_eq!(ticked("■优 □良", Some("优"), "良"), "□优 ■良");
        assert_eq!(ticked("优", Some("优"), "良"), "良");
    }

    #[test]
    fn an_amount_keeps_the_unit_of_its_cell() {
        let form = MoneyForm { factor: Decimal::from(10_000), places: 2, is_grouped: false };
        let base = |value: i64| Some(Decimal::from(value));
        assert_eq!(amount("112.90", base(1_129_000), base(1_500_000), form).as_deref(), Some("150.00"));
        assert_eq!(amount("1,129,000元", base(1_129_000), base(1_500_000), form).as_deref(), Some("1,500,000元"));
        assert_eq!(amount("", None, base(1_500_000), form).as_deref(), Some("150.00"));
        assert_eq!(amount("3", base(3), base(3), form), None);
    }
}
