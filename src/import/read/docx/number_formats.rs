//! How an automatic number is written: by digits, letters, Roman or Han numerals, or a sign for each.

/// A format of numbers. One that is not known is decimal, as word processors have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListFormat {
    Decimal,
    /// `01`
    TwoDigits,
    /// `１`
    FullWidth,
    /// `一` `十` `十一` `一百零一`
    Han,
    /// `一` `一〇` `一一`
    HanDigits,
    /// `壹` `拾` `壹拾壹`
    HanLegal,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
    /// One sign a number, from the first on.
    Signs(&'static str),
    /// `- 1 -`
    Dashes,
    /// A sign of a list, which is no number.
    Bullet,
    /// Only the text around it.
    Nothing,
}

const CIRCLED: &str = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳";
const IN_BRACKETS: &str = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇";
const WITH_STOP: &str = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛";
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";
const HAN_CIRCLED: &str = "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉";
const HAN_DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];

impl ListFormat {
    /// The format of a name in a document.
    pub fn named(name: &str) -> Self {
        match name {
            "decimalZero" => Self::TwoDigits,
            "decimalFullWidth" | "decimalFullWidth2" => Self::FullWidth,
            "chineseCounting"
            | "chineseCountingThousand"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
            | "japaneseCounting" => Self::Han,
            "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand" => Self::HanDigits,
            "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => Self::HanLegal,
            "lowerLetter" => Self::LowerLetter,
            "upperLetter" => Self::UpperLetter,
            "lowerRoman" => Self::LowerRoman,
            "upperRoman" => Self::UpperRoman,
            "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => Self::Signs(CIRCLED),
            "decimalEnclosedParen" => Self::Signs(IN_BRACKETS),
            "decimalEnclosedFullstop" => Self::Signs(WITH_STOP),
            "ideographTraditional" => Self::Signs(STEMS),
            "ideographZodiac" => Self::Signs(BRANCHES),
            "ideographEnclosedCircle" => Self::Signs(HAN_CIRCLED),
            "numberInDash" => Self::Dashes,
            "bullet" => Self::Bullet,
            "none" => Self::Nothing,
            _ => Self::Decimal,
        }
    }
}

/// A number in a format; in digits where the format has none for it.
pub fn written(format: ListFormat, number: u32) -> String {
    let special = match format {
        ListFormat::Decimal => None,
        ListFormat::TwoDigits => Some(format!("{number:02}")),
        ListFormat::FullWidth => Some(number.to_string().chars().map(full_width).collect()),
        ListFormat::Han => {
            han(number, &["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"], &["", "十", "百", "千"])
                .map(|text| text.strip_prefix("一十").map_or(text.clone(), |rest| format!("十{rest}")))
        }
        ListFormat::HanLegal => {
            han(number, &["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"], &["", "拾", "佰", "仟"])
        }
        ListFormat::HanDigits => {
            Some(number.to_string().bytes().map(|digit| HAN_DIGITS[usize::from(digit - b'0')]).collect())
        }
        ListFormat::LowerLetter => letters(number, b'a'),
        ListFormat::UpperLetter => letters(number, b'A'),
        ListFormat::LowerRoman => roman(number).map(|text| text.to_lowercase()),
        ListFormat::UpperRoman => roman(number),
        ListFormat::Signs(signs) => {
            (number as usize).checked_sub(1).and_then(|at| signs.chars().nth(at)).map(String::from)
        }
        ListFormat::Dashes => Some(format!("- {number} -")),
        ListFormat::Bullet | ListFormat::Nothing => Some(String::new()),
    };
    special.unwrap_or_else(|| number.to_string())
}

fn full_width(digit: char) -> char {
    char::from_u32(u32::from(digit) - u32::from('0') + u32::from('０')).unwrap_or(digit)
}

/// `一千零五`: places with nothing in them are one 零. Below ten thousand.
fn han(number: u32, digits: &[&str; 10], places: &[&str; 4]) -> Option<String> {
    if number == 0 || number > 9999 {
        return (number == 0).then(|| digits[0].to_owned());
    }
    let (mut text, mut has_gap) = (String::new(), false);
    for (place, name) in places.iter().enumerate().rev() {
        let digit = number / 10_u32.pow(place as u32) % 10;
        if digit == 0 {
            has_gap = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut has_gap) {
            text.push_str(digits[0]);
        }
        text.push_str(digits[digit as usize]);
        text.push_str(name);
    }
    Some(text)
}

/// `z`, then `aa`, `bb`: the letter again and again, a few times at most.
fn letters(number: u32, first: u8) -> Option<String> {
    let at = number.checked_sub(1).filter(|at| *at < 26 * 30)?;
    Some(char::from(first + (at % 26) as u8).to_string().repeat(at as usize / 26 + 1))
}

fn roman(number: u32) -> Option<String> {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = (1..4000).contains(&number).then_some(number)?;
    let mut text = String::new();
    for (value, sign) in STEPS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_writes_its_numbers() {
        for (name, number, expected) in [
            ("decimal", 12, "12"),
            ("decimalZero", 3, "03"),
            ("decimalFullWidth", 12, "１２"),
            ("chineseCounting", 10, "十"),
            ("chineseCountingThousand", 11, "十一"),
            ("chineseCountingThousand", 110, "一百一十"),
            ("japaneseCounting", 2005, "二千零五"),
            ("ideographDigital", 10, "一〇"),
            ("chineseLegalSimplified", 10, "壹拾"),
            ("lowerLetter", 28, "bb"),
            ("upperLetter", 26, "Z"),
            ("lowerRoman", 9, "ix"),
            ("upperRoman", 44, "XLIV"),
            ("upperRoman", 4_000_000, "4000000"),
            ("decimalEnclosedCircleChinese", 20, "⑳"),
            ("decimalEnclosedCircle", 21, "21"),
            ("ideographTraditional", 2, "乙"),
            ("numberInDash", 7, "- 7 -"),
            ("none", 7, ""),
            ("of another century", 7, "7"),
        ] {
            assert_eq!(written(ListFormat::named(name), number), expected, "{name}");
        }
    }
}
