//! 达成: how far words or a grade were met.

use crate::language::{ATTAINMENTS, is_one_of};

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
    /// From the worst.
    pub const ALL: [Attainment; 3] = [Attainment::Missed, Attainment::Partly, Attainment::Reached];

    /// As a text writes it in Chinese.
    pub fn word(self) -> &'static str {
        ATTAINMENTS[self as usize].0
    }

    /// The attainment that a word in either language means.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| is_one_of(word, &ATTAINMENTS[*one as usize..=*one as usize]))
    }
}
