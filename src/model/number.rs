//! Numbers as people write them, to exact decimals.

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

#[cfg(test)]
mod tests {
    use super::*;

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
