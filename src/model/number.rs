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
    in_groups(&value.to_string())
}

/// The same of a number that is written already.
pub fn in_groups(number: &str) -> String {
    let (sign, text) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
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

/// What a sign of a number in Han counts: a digit, or a power of ten.
fn han_sign(sign: char) -> Option<HanSign> {
    use HanSign::{Digit, Power};
    Some(match sign {
        '零' | '〇' => Digit(0),
        '一' | '壹' => Digit(1),
        '二' | '贰' | '两' | '俩' => Digit(2),
        '三' | '叁' | '仨' => Digit(3),
        '四' | '肆' => Digit(4),
        '五' | '伍' => Digit(5),
        '六' | '陆' => Digit(6),
        '七' | '柒' => Digit(7),
        '八' | '捌' => Digit(8),
        '九' | '玖' => Digit(9),
        '十' | '拾' => Power(1),
        '百' | '佰' => Power(2),
        '千' | '仟' => Power(3),
        '万' | '萬' => Power(4),
        '亿' | '億' => Power(8),
        _ => return None,
    })
}

#[derive(Clone, Copy)]
enum HanSign {
    Digit(u8),
    Power(u32),
}

/// Twenty and thirty in one sign.
fn score(sign: char) -> Option<i64> {
    match sign {
        '廿' => Some(20),
        '卅' => Some(30),
        _ => None,
    }
}

/// A text with every number in Han as digits: `三万亩` as `3万亩`, `百分之九十五` as `百分之95`, `二〇二五年` as `2025年`.
/// A multiplier that ends a number stays.
pub fn with_digits(text: &str) -> String {
    let mut digits = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let continues = digits.ends_with(|sign: char| sign.is_ascii_digit());
        if let Some((number, length)) = leading_han(rest).filter(|_| !continues) {
            digits += &number;
            rest = &rest[length..];
        } else {
            digits.push(sign);
            rest = &rest[sign.len_utf8()..];
        }
    }
    digits
}

/// Whether a sign is of numbers in Han: [`with_digits`] leaves all others where they stand.
pub fn is_of_number(sign: char) -> bool {
    han_sign(sign).is_some() || score(sign).is_some()
}

/// The number in Han that a text starts with, in digits, and its length. A power of ten alone is none, but for ten.
fn leading_han(text: &str) -> Option<(String, usize)> {
    let first = text.chars().next()?;
    if score(first).is_none() && !matches!(han_sign(first)?, HanSign::Digit(_) | HanSign::Power(1)) {
        return None;
    }
    let (mut total, mut section, mut digit) = (0_i64, 0_i64, None::<i64>);
    let mut plain = String::new();
    let mut multiplier = "";
    let mut last_power = 0;
    let mut length = 0;
    for (offset, sign) in text.char_indices() {
        let end = offset + sign.len_utf8();
        if let Some(tens) = score(sign) {
            section = section.checked_add(tens)?;
        } else {
            match han_sign(sign) {
                Some(HanSign::Digit(value)) => {
                    plain.push(char::from(b'0' + value));
                    digit = Some(digit.unwrap_or(0).checked_mul(10)?.checked_add(i64::from(value))?);
                }
                Some(HanSign::Power(power @ 1..=3)) => {
                    last_power = power;
                    section = section.checked_add(digit.take().unwrap_or(1).checked_mul(10_i64.pow(power))?)?;
                    plain.clear();
                }
                Some(HanSign::Power(power)) => {
                    last_power = power;
                    let so_far = section.checked_add(digit.take().unwrap_or(0))?;
                    let ends = !text[end..].starts_with(|next| han_sign(next).is_some() || score(next).is_some());
                    if ends && total == 0 {
                        multiplier = if power == 4 { "万" } else { "亿" };
                        section = so_far;
                    } else {
                        total = total.checked_add(so_far.checked_mul(10_i64.pow(power))?)?;
                        section = 0;
                    }
                    plain.clear();
                }
                None => break,
            }
        }
        length = end;
        if !multiplier.is_empty() {
            break;
        }
    }
    // 三百五 may be 350 or, of one who forgets the zero, 305.
    if last_power > 1 && plain.len() == 1 {
        return None;
    }
    let value = total.checked_add(section)?.checked_add(digit.unwrap_or(0))?;
    // 三点五: the digits behind the point stand one by one.
    let fraction: String = text[length..].strip_prefix('点').map_or_else(String::new, |after| {
        let values = after.chars().map_while(|sign| match han_sign(sign) {
            Some(HanSign::Digit(value)) => Some(char::from(b'0' + value)),
            Some(HanSign::Power(_)) | None => None,
        });
        values.collect()
    });
    let read: usize = text[length..].chars().take(fraction.len() + 1).map(char::len_utf8).sum();
    Some(if fraction.is_empty() || !multiplier.is_empty() {
        (format!("{value}{multiplier}"), length)
    } else {
        (format!("{value}.{fraction}"), length + read)
    })
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

    #[test]
    fn numbers_in_han_become_digits() {
        for (written, digits) in [
            ("不少于六次", "不少于6次"),
            ("三万亩", "3万亩"),
            ("十二个", "12个"),
            ("二十", "20"),
            ("廿五天", "25天"),
            ("一百零五人", "105人"),
            ("两千三百万元", "2300万元"),
            ("三万五千亩", "35000亩"),
            ("一亿二千万", "120000000"),
            ("贰万元", "2万元"),
            ("叁拾伍万陆仟元整", "356000元整"),
            ("百分之九十五", "百分之95"),
            ("三点五公里", "3.5公里"),
            ("二〇二五年十二月三十一日", "2025年12月31日"),
            ("20万元", "20万元"),
            ("3千米", "3千米"),
            ("零起", "0起"),
            ("三百五", "三百5"),
        ] {
            assert_eq!(with_digits(written), digits, "{written}");
        }
        let huge = format!("{0}千{0}千{0}百万{0}", "九".repeat(15));
        assert_eq!(with_digits(&huge).chars().next(), Some('九'), "more than a number holds stays as it is");
    }
}
