//! 达成: how far words or a grade were met.

/// How far words or a grade were met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attainment {
    /// 未达成
    Missed,
    /// 部分达成
    Partly,
    /// 达成
    Reached,
}

impl Attainment {
    /// As the language writes it.
    pub const ALL: [(Attainment, &'static str, &'static str); 3] = [
        (Attainment::Missed, "未达成", "missed"),
        (Attainment::Partly, "部分达成", "partly"),
        (Attainment::Reached, "达成", "reached"),
    ];

    /// As a text writes it in Chinese.
    pub fn word(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The attainment that a word in either language means.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name, english)| *name == word || *english == word).map(|(one, ..)| *one)
    }
}
