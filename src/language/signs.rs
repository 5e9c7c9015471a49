//! Signs that are none of the language's, but are easily taken for one, or are not seen at all.

/// A sign, what it is called in both languages, and what should stand there.
pub struct LookAlike {
    /// As it came from an input method or another program.
    pub sign: char,
    /// In Chinese.
    pub chinese: &'static str,
    /// In English.
    pub english: &'static str,
    /// Empty where nothing should stand there.
    pub right: &'static str,
}

macro_rules! signs {
    ($( $sign:literal $right:literal $chinese:literal $english:literal )*) => {
        /// By what they are taken for.
        pub const LOOK_ALIKES: &[LookAlike] =
            &[$( LookAlike { sign: $sign, chinese: $chinese, english: $english, right: $right }, )*];
    };
}

signs! {
    '\u{200B}' "" "零宽空格" "zero width space"
    '\u{200C}' "" "零宽不连字" "zero width non-joiner"
    '\u{200D}' "" "零宽连字" "zero width joiner"
    '\u{2060}' "" "零宽的词连接符" "word joiner"
    '\u{00AD}' "" "软连字符" "soft hyphen"
    '\u{200E}' "" "左至右标记" "left-to-right mark"
    '\u{200F}' "" "右至左标记" "right-to-left mark"
    '\u{202A}' "" "左至右嵌入符" "left-to-right embedding"
    '\u{202B}' "" "右至左嵌入符" "right-to-left embedding"
    '\u{202C}' "" "方向结束符" "pop directional formatting"
    '\u{202D}' "" "左至右强制符" "left-to-right override"
    '\u{202E}' "" "右至左强制符" "right-to-left override"
    '\u{2066}' "" "左至右隔离符" "left-to-right isolate"
    '\u{2067}' "" "右至左隔离符" "right-to-left isolate"
    '\u{2068}' "" "方向隔离符" "first strong isolate"
    '\u{2069}' "" "隔离结束符" "pop directional isolate"
    '\u{2002}' " " "半身空格" "en space"
    '\u{2003}' " " "全身空格" "em space"
    '\u{2009}' " " "窄空格" "thin space"
    '\u{202F}' " " "窄的不换行空格" "narrow no-break space"
    '\u{2028}' " " "行分隔符" "line separator"
    '「' "“" "直角引号" "corner quote"
    '」' "”" "直角引号" "corner quote"
    '『' "“" "双直角引号" "double corner quote"
    '』' "”" "双直角引号" "double corner quote"
    '‘' "“" "单引号" "single quote"
    '’' "”" "单引号" "single quote"
    '〝' "“" "斜角引号" "slanted quote"
    '〞' "”" "斜角引号" "slanted quote"
    '„' "“" "低位引号" "low quote"
    '«' "“" "书名式引号" "angle quote"
    '»' "”" "书名式引号" "angle quote"
    '﹛' "{" "小花括号" "small brace"
    '﹜' "}" "小花括号" "small brace"
    '︰' "：" "竖排冒号" "vertical colon"
    '∶' "：" "比例号" "ratio sign"
    '﹕' "：" "小冒号" "small colon"
    '〜' "～" "波浪号" "wave dash"
    '∼' "～" "相似号" "tilde operator"
    '∙' "·" "圆点运算符" "bullet operator"
    '•' "·" "项目符号" "bullet"
    'О' "O" "西里尔字母 О" "Cyrillic letter O"
    'о' "o" "西里尔字母 о" "Cyrillic letter o"
    'Ο' "O" "希腊字母 Ο" "Greek letter omicron"
    'ο' "o" "希腊字母 ο" "Greek letter omicron"
    'А' "A" "西里尔字母 А" "Cyrillic letter A"
    'а' "a" "西里尔字母 а" "Cyrillic letter a"
    'В' "B" "西里尔字母 В" "Cyrillic letter Ve"
    'Е' "E" "西里尔字母 Е" "Cyrillic letter Ie"
    'Р' "P" "西里尔字母 Р" "Cyrillic letter Er"
    'С' "C" "西里尔字母 С" "Cyrillic letter Es"
    'Х' "X" "西里尔字母 Х" "Cyrillic letter Ha"
}

/// What is known of a sign; none for those of the language and for all others.
pub fn look_alike(sign: char) -> Option<&'static LookAlike> {
    if sign.is_ascii() || matches!(sign, '\u{3400}'..='\u{9FFF}') {
        return None;
    }
    LOOK_ALIKES.iter().find(|one| one.sign == sign)
}
