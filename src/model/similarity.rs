//! How alike two texts are.
//!
//! The measure is the share of common signs: twice the length of the longest common subsequence over the lengths of both
//! texts (the Indel similarity, also known as the ratio of a sequence matcher). It is exact: two whole numbers, compared
//! by multiplication. Callers hand in texts folded by [`super::text::folded`].

use rapidfuzz::distance::lcs_seq;

/// `2 · common / total`, as a fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Similarity {
    common: usize,
    total: usize,
}

impl Similarity {
    /// The similarity of two texts.
    pub fn of(one: &str, other: &str) -> Self {
        let total = one.chars().count() + other.chars().count();
        Self { common: lcs_seq::similarity(one.chars(), other.chars()), total }
    }

    /// Whether it reaches a percentage.
    pub fn reaches(self, percent: usize) -> bool {
        200 * self.common >= percent * self.total && self.total > 0
    }

    /// In whole percent, rounded down.
    pub fn percent(self) -> usize {
        (200 * self.common).checked_div(self.total).unwrap_or(0)
    }
}

/// Whether two texts are at least so alike. Texts whose lengths alone forbid it are not compared.
pub fn are_alike(one: &str, other: &str, percent: usize) -> Option<Similarity> {
    let (first, second) = (one.chars().count(), other.chars().count());
    if 200 * first.min(second) < percent * (first + second) {
        return None;
    }
    Some(Similarity::of(one, other)).filter(|similarity| similarity.reaches(percent))
}

/// A text without the number in front of it: `1.`, `（一）`, `一、`.
pub fn without_numbering(text: &str) -> &str {
    let rest = text
        .trim_start_matches(|sign: char| sign.is_numeric() || "一二三四五六七八九十第（(）)、.．:：".contains(sign));
    let numbering = &text[..text.len() - rest.len()];
    let ends = numbering.ends_with(['、', '.', '．', ')', '）', ':', '：']);
    if ends && numbering.chars().count() < 7 { rest } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_as_computed_by_hand() {
        // 7 of 9 signs are common: 14 / 16.
        assert_eq!(Similarity::of("不超出预算金额", "支出不超出预算金额").percent(), 87);
        // 11 of 13 on both sides: 22 / 26.
        assert_eq!(Similarity::of("促进劳务派遣人员消费水平", "租金劳务派遣人员消费水平").percent(), 83);
        assert!(are_alike("甲乙丙丁", "甲", 80).is_none());
        assert_eq!(Similarity::of("", "").percent(), 0);
    }

    #[test]
    fn numbering_is_taken_off() {
        assert_eq!(without_numbering("1.修桥"), "修桥");
        assert_eq!(without_numbering("（一）修桥"), "修桥");
        assert_eq!(without_numbering("12345热线"), "12345热线");
        assert_eq!(without_numbering("三公经费"), "三公经费");
    }
}
