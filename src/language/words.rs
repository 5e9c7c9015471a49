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
    /// `批复`, `approval`
    Approval,
    /// `调整`, `adjustment`
    Adjustment,
    /// `监控`, `monitoring`
    Monitoring,
    /// `自评`, `self_evaluation`
    SelfEvaluation,
    /// `复核`, `review`
    Review,
    /// `评价`, `evaluation`
    Evaluation,
    /// `区域`, `area`
    Area,
}

impl Keyword {
    /// Whether it declares what happened in the year, not what is planned or by which rules.
    pub fn is_of_the_year(self) -> bool {
        match self {
            Keyword::Department | Keyword::Project | Keyword::Standard => false,
            Keyword::Approval
            | Keyword::Adjustment
            | Keyword::Monitoring
            | Keyword::SelfEvaluation
            | Keyword::Review
            | Keyword::Evaluation
            | Keyword::Area => true,
        }
    }

    /// The keyword that a label is.
    pub fn of(label: &str) -> Option<Self> {
        KEYWORDS.iter().find(|(_, name, english)| *name == label || *english == label).map(|(keyword, ..)| *keyword)
    }
}

/// Each keyword in both languages.
pub const KEYWORDS: [(Keyword, &str, &str); 10] = [
    (Keyword::Department, "部门", "department"),
    (Keyword::Project, "项目", "project"),
    (Keyword::Standard, "标准", "standard"),
    (Keyword::Approval, "批复", "approval"),
    (Keyword::Adjustment, "调整", "adjustment"),
    (Keyword::Monitoring, "监控", "monitoring"),
    (Keyword::SelfEvaluation, "自评", "self_evaluation"),
    (Keyword::Review, "复核", "review"),
    (Keyword::Evaluation, "评价", "evaluation"),
    (Keyword::Area, "区域", "area"),
];

/// The word between what was and what is from now on.
pub const BECOMES: (&str, &str) = ("改为", "to");

/// Whether a word is one of some, in either language.
pub fn is_one_of(word: &str, words: &[(&str, &str)]) -> bool {
    words.iter().any(|(chinese, english)| *chinese == word || *english == word)
}

/// The Chinese one of some words; the word itself where it is none of them.
pub fn in_chinese<'a>(word: &'a str, words: &[(&'static str, &'static str)]) -> &'a str {
    words.iter().find(|(_, english)| *english == word).map_or(word, |(chinese, _)| chinese)
}

/// The line that waits to be filled in.
pub const TO_FILL_IN: (&str, &str) = ("待填", "to_fill_in");
/// What is not measured yet.
pub const PENDING: (&str, &str) = ("待测", "pending");
/// What fell away.
pub const NOT_APPLICABLE: (&str, &str) = ("不适用", "not_applicable");
/// A deadline that nothing was done for.
pub const NOT_DONE: (&str, &str) = ("未完成", "not_done");
/// How far words were met: not, partly, all.
pub const ATTAINMENTS: [(&str, &str); 3] =
    [("未达成", "not_reached"), ("部分达成", "partly_reached"), ("达成", "reached")];
/// 是 and 否, of which the first is meant where a thing is so.
pub const YES_OR_NO: [(&str, &str); 2] = [("是", "yes"), ("否", "no")];

/// The word before what a score is taken from.
pub const TAKEN_FROM: (&str, &str) = ("取自", "taken_from");

/// The framework of a standard in which the targets of a department as a whole stand.
pub const WHOLE_DEPARTMENT: (&str, &str) = ("部门整体", "whole_department");

/// The word that starts an indicator, and a reference to one.
pub const INDICATOR: (&str, &str) = ("指标", "indicator");

/// The word before a grade or a text, which may also stand before a scale.
pub const QUALITATIVE: (&str, &str) = ("定性", "qualitative");

/// The words that open a comment which excuses findings: `# 允许 JX061：理由`.
pub const EXCUSES: [&str; 2] = ["允许", "allow"];

/// The declaring keyword a line starts with.
pub fn keyword_at(content: &str) -> Option<Keyword> {
    // Nearly every line starts with a sign that no keyword starts with.
    if !content
        .starts_with(['部', '项', '标', '批', '调', '监', '自', '复', '评', '区', 'd', 'p', 's', 'a', 'm', 'r', 'e'])
    {
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

/// Whether two words differ as a slip of the keyboard does: one sign for two to four, two for longer words. Figures are
/// never slips of each other: `9月底` is not a misspelt `6月底`, nor 百元 a misspelt 万元.
pub fn is_near(written: &str, meant: &str) -> bool {
    slips(written, meant).is_some()
}

/// The one meaning that a misspelt word can have; none where several names are as near: which, only its author knows.
pub fn nearest<'a, T: PartialEq>(written: &str, names: impl IntoIterator<Item = (&'a str, T)>) -> Option<T> {
    let mut best: Option<(usize, Option<T>)> = None;
    for (name, meaning) in names {
        let Some(slips) = slips(written, name) else { continue };
        match &mut best {
            Some((least, _)) if slips > *least => {}
            Some((least, kept)) if slips == *least => {
                if kept.as_ref() != Some(&meaning) {
                    *kept = None;
                }
            }
            _ => best = Some((slips, Some(meaning))),
        }
    }
    best?.1
}

/// How many slips part two different words that are near.
fn slips(written: &str, meant: &str) -> Option<usize> {
    let length = meant.chars().count().max(written.chars().count());
    let allowed = match length {
        0 | 1 => 0,
        2..5 => 1,
        _ => 2,
    };
    // Before the costly part: most names differ far too much in length.
    if written == meant || written.chars().count().abs_diff(meant.chars().count()) > allowed {
        return None;
    }
    let slips = strsim::osa_distance(written, meant);
    (slips <= allowed && written.chars().filter(is_figure).eq(meant.chars().filter(is_figure))).then_some(slips)
}

fn is_figure(sign: &char) -> bool {
    sign.is_numeric() || "〇零一二三四五六七八九十百千万亿".contains(*sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_no_slips_and_a_slip_of_two_words_is_one_of_neither() {
        assert!(is_near("描术", "描述") && is_near("里公", "公里") && !is_near("描述", "描述"));
        assert!(!is_near("9月底", "6月底") && !is_near("百元", "万元") && !is_near("002", "003"));
        let names = |names: [&'static str; 3]| names.map(|name| (name, name));
        assert_eq!(nearest("公倾", names(["公里", "公顷", "公斤"])), None);
        assert_eq!(nearest("平方末", names(["平方米", "立方米", "公顷"])), Some("平方米"));
        assert_eq!(nearest("权种", [("权重", 1), ("表述", 2), ("权重", 1)]), Some(1));
    }
}
