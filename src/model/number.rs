//! Numbers as people write them, to exact decimals.

use std::borrow::Cow;

use rust_decimal::Decimal;

/// The decimal a number token stands for, its scale as written (`12.40` is not `12.4`). Full-width digits and thousand
/// separators are understood. None where it has more digits than a [`Decimal`] keeps exactly (28).
pub fn decimal(token: &str) -> Option<Decimal> {
    if token.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return Decimal::from_str_exact(token).ok();
    }
    let plain: String = token.chars().filter_map(half_width).collect();
    Decimal::from_str_exact(&plain).ok()
}

/// The half-width form of a sign of a number; none for a separator.
fn half_width(sign: char) -> Option<char> {
    match sign {
        '_' | ',' | '，' | '+' | '＋' => None,
        '．' => Some('.'),
        '－' | '−' => Some('-'),
        '０'..='９' => char::from_u32(sign as u32 - '０' as u32 + '0' as u32),
        _ => Some(sign),
    }
}

/// A whole number that fits the type.
pub fn whole<T: TryFrom<u64>>(token: &str) -> Option<T> {
    use rust_decimal::prelude::ToPrimitive;
    let value = decimal(token).filter(|value| value.scale() == 0)?;
    value.to_u64().and_then(|value| T::try_from(value).ok())
}

/// Amounts and shares without needless zeros: `100`, not `100.00`.
pub fn plain(value: Decimal) -> String {
    value.normalize().to_string()
}

/// `1752541.09` as `1,752,541.09`: for people, in reports and messages.
pub fn grouped(value: Decimal) -> String {
    let text = value.to_string();
    let (sign, text) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    fraction.map_or(format!("{sign}{grouped}"), |fraction| format!("{sign}{grouped}.{fraction}"))
}

/// A text whose amounts have thousands separators. An amount is a number before a unit (`54600 元`): codes and numbers of
/// documents stay as they are.
pub fn with_separators(text: &str) -> Cow<'_, str> {
    let mut shown = String::new();
    let (mut rest, mut before) = (text, None);
    while let Some(start) = rest.find(|sign: char| sign.is_ascii_digit()) {
        let before_number = rest[..start].chars().next_back().or(before);
        let digits = &rest[start..];
        let end = digits.find(|sign: char| !(sign.is_ascii_digit() || sign == '.')).unwrap_or(digits.len());
        let (number, after) = digits.split_at(end);
        let unit = after.trim_start_matches(' ').chars().next();
        let stands_alone = before_number.is_none_or(|sign| !sign.is_alphanumeric() && !matches!(sign, '-' | ',' | '.'));
        let has_unit = unit.is_some_and(|sign| sign.is_alphabetic() && !sign.is_ascii());
        let is_long = number.split('.').next().is_some_and(|whole| whole.len() > 4);
        let amount = if stands_alone && has_unit && is_long { Decimal::from_str_exact(number).ok() } else { None };
        shown.push_str(&rest[..start]);
        shown.push_str(&amount.map_or_else(|| number.to_owned(), grouped));
        before = number.chars().next_back();
        rest = after;
    }
    if rest.len() == text.len() {
        return text.into();
    }
    (shown + rest).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_before_a_unit_get_separators_and_nothing_else_does() {
        for (text, shown) in [
            ("≤ 54600 元", "≤ 54,600 元"),
            ("1752541.09元", "1,752,541.09元"),
            ("财政拨款 1000000 元，其他 20000 元", "财政拨款 1,000,000 元，其他 20,000 元"),
            ("9000 元", "9000 元"),
            ("901003", "901003"),
            ("13022925P00JXC419610D", "13022925P00JXC419610D"),
            ("第20250号", "第20250号"),
            ("2025-06-01", "2025-06-01"),
            ("54,600 元", "54,600 元"),
            ("1.2345678 万元", "1.2345678 万元"),
            ("", ""),
        ] {
            assert_eq!(with_separators(text), shown);
        }
    }

    #[test]
    fn numbers_keep_their_scale_and_lose_their_separators() {
        let read = |token| decimal(token).map(|value| value.to_string());
        assert_eq!(read("516541.09").as_deref(), Some("516541.09"));
        assert_eq!(read("87000.00").as_deref(), Some("87000.00"));
        assert_eq!(read("１，２３４．５０").as_deref(), Some("1234.50"));
        assert_eq!(read("1_000,000").as_deref(), Some("1000000"));
        assert_eq!(read("－3.5").as_deref(), Some("-3.5"));
        assert_eq!(read(&"9".repeat(40)), None);
    }

    #[test]
    fn grouping_counts_from_the_point() {
        assert_eq!(grouped(Decimal::new(175_254_109, 2)), "1,752,541.09");
        assert_eq!(grouped(Decimal::new(-100, 0)), "-100");
        assert_eq!(grouped(Decimal::new(100_000, 0)), "100,000");
    }
}
