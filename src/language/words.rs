//! Keywords, the signs of names, and how texts are quoted.

/// Words that start a top-level declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keyword {
    /// `部门`, `department`
    Department,
    /// `项目`, `project`
    Project,
    /// `标准`, `standard`
    Standard,
}

/// Each keyword in both languages.
pub const KEYWORDS: [(Keyword, &str, &str); 3] = [
    (Keyword::Department, "部门", "department"),
    (Keyword::Project, "项目", "project"),
    (Keyword::Standard, "标准", "standard"),
];

/// The word that starts an indicator, and a reference to one.
pub const INDICATOR: (&str, &str) = ("指标", "indicator");

/// The word before a grade or a text, which may also stand before a scale.
pub const QUALITATIVE: (&str, &str) = ("定性", "qualitative");

/// The words that open a comment which excuses findings: `# 允许 JX061：理由`.
pub const EXCUSES: [&str; 2] = ["允许", "allow"];

/// The declaring keyword a line starts with.
pub fn keyword_at(content: &str) -> Option<Keyword> {
    if !matches!(content.as_bytes().first(), Some(0xE9 | 0xE6 | b'd' | b'p' | b's')) {
        return None;
    }
    let starts = |word: &str| content.strip_prefix(word).is_some_and(|rest| !rest.starts_with(is_name_sign));
    KEYWORDS.iter().find(|(_, name, english)| starts(name) || starts(english)).map(|&(keyword, ..)| keyword)
}

/// The signs of a bare name after its first.
pub fn is_name_sign(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '_' | '-' | '·' | '（' | '）' | '(' | ')')
}

/// A text in straight quotes, with escapes where they are needed.
pub fn quoted(text: &str) -> String {
    use std::fmt::Write;
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for sign in text.chars() {
        match sign {
            '"' | '\\' => literal.extend(['\\', sign]),
            '\n' => literal.push_str("\\n"),
            '\t' => literal.push_str("\\t"),
            '\r' | '\u{FEFF}' => {
                let _ = write!(literal, "\\u{{{:X}}}", u32::from(sign));
            }
            _ => literal.push(sign),
        }
    }
    literal.push('"');
    literal
}

/// Whether two words differ as a slip of the keyboard does: one sign for two to four, two for longer words.
pub fn is_near(written: &str, meant: &str) -> bool {
    let length = meant.chars().count().max(written.chars().count());
    let allowed = if length < 2 {
        0
    } else if length < 5 {
        1
    } else {
        2
    };
    written != meant && strsim::osa_distance(written, meant) <= allowed
}
