//! Signs that nobody sees, or that are taken for others. A terminal obeys some of them, some turn the order of what is
//! shown, and a name with one is not the name that it looks like.

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::RangeInclusive;

/// Whether a sign is drawn as nothing, or changes how others are drawn: controls, marks of direction, signs without width,
/// fillers, and what is no character. A line feed and a tab are blanks.
pub fn is_hidden(sign: char) -> bool {
    // Most signs of a text that are asked for are of these.
    if matches!(sign, ' '..='~' | '\u{3000}'..='\u{3163}' | '\u{3400}'..='\u{9FFF}' | '\u{FF01}'..='\u{FF60}') {
        return false;
    }
    // The last two signs of every plane are none.
    let is_none = sign as u32 & 0xFFFE == 0xFFFE;
    sign.is_control() && !matches!(sign, '\n' | '\t') || is_none || HIDDEN.iter().any(|stretch| stretch.contains(&sign))
}

/// Whether a text is Han signs and ASCII alone, as nearly every text is: then nothing in it is hidden, nor a [`twin`].
pub fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b'\n' | b'\t' | 0x20..=0x7E | 0x80..=0xC1 | 0xE4..=0xEE))
}

/// Besides controls and what is no sign.
const HIDDEN: [RangeInclusive<char>; 16] = [
    '\u{AD}'..='\u{AD}',
    '\u{34F}'..='\u{34F}',
    '\u{61C}'..='\u{61C}',
    '\u{115F}'..='\u{1160}',
    '\u{17B4}'..='\u{17B5}',
    '\u{180B}'..='\u{180E}',
    '\u{200B}'..='\u{200F}',
    '\u{2028}'..='\u{202E}',
    '\u{2060}'..='\u{206F}',
    '\u{3164}'..='\u{3164}',
    '\u{FDD0}'..='\u{FDEF}',
    '\u{FEFF}'..='\u{FEFF}',
    '\u{FFA0}'..='\u{FFA0}',
    '\u{FFF0}'..='\u{FFFB}',
    '\u{1D173}'..='\u{1D17A}',
    '\u{E0000}'..='\u{E007F}',
];

/// The hidden signs of a text with their places. What joins the parts of a picture sign is none.
pub fn hidden(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut before = None;
    text.char_indices().filter(move |(_, sign)| {
        let joins = *sign == '\u{200D}' && before.is_some_and(is_picture);
        before = Some(*sign);
        !joins && is_hidden(*sign)
    })
}

fn is_picture(sign: char) -> bool {
    matches!(sign, '\u{2190}'..='\u{2BFF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

/// The letter that a sign of another script is taken for.
pub fn twin(sign: char) -> Option<char> {
    const TWINS: [(&str, &str); 3] =
        [("АВЕКМНОРСТУХЅІЈ", "ABEKMHOPCTYXSIJ"), ("аеорсухѕіј", "aeopcyxsij"), ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo")];
    // Greek and Cyrillic.
    let is_of_them = ('\u{370}'..='\u{52F}').contains(&sign);
    TWINS.iter().filter(|_| is_of_them).find_map(|(twins, letters)| {
        let place = twins.chars().position(|one| one == sign)?;
        letters.chars().nth(place)
    })
}

/// Whether a sign is a Han sign, of any of the blocks that hold them.
pub fn is_han(sign: char) -> bool {
    matches!(sign, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The Han sign that a radical is drawn as: the signs of a text that was copied out of a PDF. None for any other sign.
pub fn radical(sign: char) -> Option<char> {
    /// U+2F00 to U+2FD5, in their order.
    const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴\
     廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿\
     目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵\
     邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";
    /// Those of U+2E80 to U+2EF3 that are drawn as a whole sign, and the signs.
    const SUPPLEMENT: [&str; 2] = [
        "⺁⺄⺆⺈⺊⺌⺍⺎⺏⺐⺒⺓⺛⺜⺝⺞⺟⺠⺧⺩⺫⺬⺶⺻⺽⻁⻄⻅⻆⻉⻋⻏⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭\
     ⻮⻯⻰⻱⻲⻳",
        "厂乙冂刀卜小小兀尣尢巳幺旡日月歺母民牛王目示羊聿臼虎西见角贝车邑長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾斉齐歯\
     齿竜龙龜亀龟",
    ];
    match sign {
        '\u{2E80}'..='\u{2EF3}' => {
            let place = SUPPLEMENT[0].chars().position(|one| one == sign)?;
            SUPPLEMENT[1].chars().nth(place)
        }
        '\u{2F00}'..='\u{2FD5}' => KANGXI.chars().nth(sign as usize - 0x2F00),
        _ => None,
    }
}

/// A text as it may stand in a line: hidden signs and line ends by their numbers, as the language writes them.
pub fn in_one_line(text: &str) -> Cow<'_, str> {
    escaped(text, |sign| matches!(sign, '\n' | '\t'))
}

/// A text of several lines: hidden signs by their numbers.
pub fn in_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |_| false)
}

fn escaped(text: &str, also: impl Fn(char) -> bool) -> Cow<'_, str> {
    if (is_plain(text) || hidden(text).next().is_none()) && !text.contains(&also) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    let mut hidden = hidden(text).map(|(place, _)| place).peekable();
    for (place, sign) in text.char_indices() {
        match sign {
            '\n' if also(sign) => shown += "\\n",
            '\t' if also(sign) => shown += "\\t",
            _ if hidden.next_if_eq(&place).is_some() => {
                // Invariant: a string takes everything.
                let _ = write!(shown, "\\u{{{:X}}}", sign as u32);
            }
            _ => shown.push(sign),
        }
    }
    Cow::Owned(shown)
}

/// A text in which each hidden sign has a visible one of as many bytes in its place, so that places stay. A byte order mark
/// at the start stays, too.
pub fn drawn(text: &str) -> Cow<'_, str> {
    let hidden: Vec<(usize, char)> = if is_plain(text) { Vec::new() } else { hidden(text).collect() };
    let mut shown = String::new();
    let mut end = 0;
    for (place, sign) in hidden.into_iter().filter(|(place, sign)| (*place, *sign) != (0, '\u{FEFF}') && *sign != '\r')
    {
        shown += &text[end..place];
        shown += match sign.len_utf8() {
            1 => "?",
            2 => "¿",
            3 => "\u{FFFD}",
            _ => "\u{FFFD}?",
        };
        end = place + sign.len_utf8();
    }
    if end == 0 { Cow::Borrowed(text) } else { Cow::Owned(shown + &text[end..]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_obeys_nobody() {
        assert_eq!(in_one_line("甲\n乙\u{1B}[31m\u{9B}\u{202E}丙"), "甲\\n乙\\u{1B}[31m\\u{9B}\\u{202E}丙");
        assert_eq!(in_lines("甲\r\n乙\u{200B}"), "甲\\u{D}\n乙\\u{200B}");
        assert!(matches!(in_one_line("≥ 95%，Ａ 😀"), Cow::Borrowed(_)));
        assert_eq!(in_one_line("👩\u{200D}🌾"), "👩\u{200D}🌾");
        assert_eq!(in_one_line("甲\u{200D}乙\u{FFFF}\u{1FFFE}"), "甲\\u{200D}乙\\u{FFFF}\\u{1FFFE}");
    }

    #[test]
    fn places_stay_where_signs_are_drawn() {
        for text in ["\u{FEFF}项目 甲\u{200B}乙\n", "a\u{9B}b\u{E0041}c", "甲\r\n乙"] {
            let drawn = drawn(text);
            assert_eq!(drawn.len(), text.len());
            assert!(text.char_indices().all(|(place, _)| drawn.is_char_boundary(place)));
        }
        assert_eq!(drawn("甲\u{202E}乙"), "甲\u{FFFD}乙");
    }

    #[test]
    fn every_twin_has_its_letter() {
        assert_eq!("ОоΗх".chars().map(twin).collect::<Vec<_>>(), [Some('O'), Some('o'), Some('H'), Some('x')]);
        assert_eq!("Oo甲0".chars().find_map(twin), None);
    }

    #[test]
    fn every_radical_has_its_sign() {
        let all: Vec<char> = ('\u{2F00}'..='\u{2FD5}').filter_map(radical).collect();
        assert_eq!((all.len(), all[0], all[213]), (214, '一', '龠'));
        assert_eq!(
            "项⽬⾦额⻓⻔⻚".chars().map(|sign| radical(sign).unwrap_or(sign)).collect::<String>(),
            "项目金额长门页"
        );
        let supplement: Vec<char> = ('\u{2E80}'..='\u{2EF3}').filter_map(radical).collect();
        assert!(supplement.iter().all(|sign| ('\u{4E00}'..='\u{9FFF}').contains(sign)));
        assert_eq!("目门A0".chars().find_map(radical), None);
    }
}
