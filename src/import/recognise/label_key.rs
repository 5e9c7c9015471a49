//! What of a label counts, and what does not: its number, blanks, brackets at its end.

use crate::model::text;

/// A label without what does not count: blanks, its number, `其中：`, a colon and a bracket at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelKey {
    pub text: String,
    /// What stands in the bracket, such as `万元`.
    pub bracket: Option<String>,
}

pub fn key_of(label: &str) -> LabelKey {
    let folded = text::folded(label);
    let mut rest: &str = &folded;
    let mut bracket = None;
    rest = rest.trim_start_matches(['*', '★', '☆', '•', '·', '△', '▲', '#']);
    rest = &rest[ordinal_length(rest)..];
    for lead in ["其中:", "其中：", "其中,", "其中，"] {
        rest = rest.strip_prefix(lead).unwrap_or(rest);
    }
    loop {
        let shorter = rest.trim_end_matches([':', '：', '.', '。', '*', '★']);
        let closed = shorter.strip_suffix([')', ']', '】']).filter(|_| shorter.chars().count() > 2);
        let opened = closed.and_then(|inner| inner.rfind(['(', '[', '【']).filter(|at| *at > 0).map(|at| (inner, at)));
        match opened {
            Some((inner, at)) => {
                let opening = inner[at..].chars().next().map_or(1, char::len_utf8);
                bracket.get_or_insert_with(|| inner[at + opening..].to_owned());
                rest = &inner[..at];
            }
            None if shorter.len() < rest.len() => rest = shorter,
            None => break,
        }
    }
    LabelKey { text: rest.to_owned(), bracket }
}

/// The bytes of the number that a label or a paragraph starts with: `1.`, `二、`, `（三）`, `第二部分` before its name.
pub fn ordinal_length(text: &str) -> usize {
    let is_numeral = |sign: char| sign.is_ascii_digit() || "一二三四五六七八九十百〇零".contains(sign);
    if let Some(name) =
        text.strip_prefix('第').and_then(|rest| rest.trim_start_matches(is_numeral).strip_prefix("部分"))
    {
        return if name.trim().is_empty() { 0 } else { text.len() - name.len() };
    }
    let (open, rest) = match text.strip_prefix(['(', '（']) {
        Some(rest) => (text.len() - rest.len(), rest),
        None => (0, text),
    };
    let digits = rest.find(|sign| !is_numeral(sign)).unwrap_or(rest.len());
    if digits == 0 {
        return 0;
    }
    let after = &rest[digits..];
    let Some(sign) = after.chars().next() else { return 0 };
    let is_point =
        matches!(sign, '.' | '．') && !after[sign.len_utf8()..].starts_with(|next: char| next.is_ascii_digit());
    let ends = if open > 0 { matches!(sign, ')' | '）') } else { is_point || matches!(sign, '、' | ')' | '）') };
    if !ends {
        return 0;
    }
    let end = open + digits + sign.len_utf8();
    // （一）、
    let more =
        text[end..].chars().next().filter(|sign| open > 0 && matches!(sign, '、' | '.')).map_or(0, char::len_utf8);
    end + more
}

/// A key without what it has in brackets, wherever that stands.
pub fn without_brackets(key: &str) -> String {
    let mut depth = 0_usize;
    let mut plain = String::with_capacity(key.len());
    for sign in key.chars() {
        match sign {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(sign),
            _ => {}
        }
    }
    plain
}

/// What stands behind the year that a label begins with: `2025年度绩效目标`.
pub fn without_year(key: &str) -> Option<&str> {
    let rest = key.get(4..).filter(|_| key.as_bytes()[..4].iter().all(u8::is_ascii_digit))?;
    let rest = rest.strip_prefix('年')?;
    // A year alone is a value, not a label.
    Some(rest.strip_prefix('度').unwrap_or(rest)).filter(|rest| !rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_leaves_out_what_does_not_count() {
        let key = |label| key_of(label).text;
        assert_eq!(key("其中：财政    资金"), "财政资金");
        assert_eq!(key("资金支出计划（%）"), "资金支出计划");
        assert_eq!(key_of("项目资金（万元）").bracket.as_deref(), Some("万元"));
        assert_eq!(key("评（扣）分标准"), "评(扣)分标准");
        assert_eq!(key("一、总体绩效目标："), "总体绩效目标");
        assert_eq!(key("★ 三级 指标"), "三级指标");
        assert_eq!(key("（一）完善制度"), "完善制度");
        assert_eq!(key("2.5万元"), "2.5万元");
        assert_eq!(key("（一）"), "");
    }
}
