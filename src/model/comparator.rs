//! 比较符: how an actual value must lie to what is written.

/// How an actual value must lie to the one that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// `≥`
    AtLeast,
    /// `≤`
    AtMost,
    /// `>`
    Above,
    /// `<`
    Below,
    /// `=`
    Equal,
}

impl Comparator {
    const ALL: [(Comparator, &'static str, &'static str, &'static str); 5] = [
        (Comparator::AtLeast, "≥", ">=", "at_least"),
        (Comparator::AtMost, "≤", "<=", "at_most"),
        (Comparator::Above, ">", ">", "above"),
        (Comparator::Below, "<", "<", "below"),
        (Comparator::Equal, "=", "=", "equal"),
    ];

    /// The signs of all, as tables print them.
    pub const SIGNS: [&'static str; 5] = ["≥", "≤", ">", "<", "="];

    /// The comparator a token stands for, in any of its widths.
    pub fn read(token: &str) -> Comparator {
        let has_equals = token.ends_with(['=', '＝']);
        match token.chars().next() {
            Some('≥' | '≧' | '⩾') => Comparator::AtLeast,
            Some('≤' | '≦' | '⩽') => Comparator::AtMost,
            Some('>' | '＞') if has_equals => Comparator::AtLeast,
            Some('<' | '＜') if has_equals => Comparator::AtMost,
            Some('>' | '＞') => Comparator::Above,
            Some('<' | '＜') => Comparator::Below,
            _ => Comparator::Equal,
        }
    }

    /// As tables print it.
    pub fn sign(self) -> &'static str {
        self.entry().1
    }

    /// For systems that damage `≥` in transport.
    pub fn ascii(self) -> &'static str {
        self.entry().2
    }

    /// The word in machine output.
    pub fn id(self) -> &'static str {
        self.entry().3
    }

    fn entry(self) -> (Comparator, &'static str, &'static str, &'static str) {
        Self::ALL[self as usize]
    }
}
