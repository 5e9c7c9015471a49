//! What people call a rule or a class of changes, and what they meant where they slipped.

/// The names of one: `JX020`, `missing-basis`, and its title in both languages, as lists print them.
pub struct RegisteredNames {
    /// Never another one's.
    pub code: &'static str,
    /// English words with hyphens.
    pub slug: &'static str,
    /// In Chinese and in English.
    pub titles: [&'static str; 2],
}

impl RegisteredNames {
    /// Whether it is called so. Codes and titles may be written in any case.
    pub fn hold(&self, name: &str) -> bool {
        self.code.eq_ignore_ascii_case(name)
            || self.slug == name
            || self.titles.iter().any(|title| title.eq_ignore_ascii_case(name))
    }

    /// Whether a name that nothing is called by may be this one: by signs that look alike in a code, or by a slip in its
    /// slug or title. Another digit would be another rule, so that a wrong number is never mended.
    pub fn may_be_meant_by(&self, name: &str) -> bool {
        let length = name.chars().count();
        let is_near = |own: &str, slips: usize| length > 2 * slips && strsim::osa_distance(name, own) <= slips;
        if looks_like_code(name, &self.code[..2]) {
            return half_width(name).is_some_and(|name| name == self.code);
        }
        is_near(self.slug, 2) || is_near(self.titles[0], 1)
    }
}

/// Whether somebody meant to write a number, whatever became of it.
fn looks_like_code(name: &str, prefix: &str) -> bool {
    let start: String = name.chars().take(prefix.len()).filter_map(half_width_sign).collect();
    start.eq_ignore_ascii_case(prefix)
}

/// A code with half-width capitals, and with digits for the letters that look like them.
fn half_width(name: &str) -> Option<String> {
    let sign = |(place, sign): (usize, char)| {
        let sign = half_width_sign(sign)?.to_ascii_uppercase();
        Some(match sign {
            'O' if place > 1 => '0',
            'I' | 'L' if place > 1 => '1',
            sign => sign,
        })
    };
    name.chars().enumerate().map(sign).collect()
}

fn half_width_sign(sign: char) -> Option<char> {
    match sign {
        '！'..='～' => char::from_u32(u32::from(sign) - 0xFEE0),
        sign => sign.is_ascii().then_some(sign),
    }
}

/// The only one of many that a misspelt name can mean.
pub fn only_meant<T: Copy>(all: &[T], name: &str, names: impl Fn(T) -> RegisteredNames) -> Option<T> {
    let mut meant = all.iter().filter(|one| names(**one).may_be_meant_by(name));
    meant.next().filter(|_| meant.next().is_none()).copied()
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Code;

    #[test]
    fn a_rule_is_called_by_its_code_its_slug_or_its_title() {
        for name in ["JX910", "jx910", "unknown-code", "未知的规则代码", "A rule of no known code"] {
            assert_eq!(Code::find(name), Some(Code::JX910), "{name}");
        }
    }

    #[test]
    fn a_slip_is_mended_but_never_into_another_rule() {
        for name in ["JX9l0", "JX91O", "ＪＸ９１０", "unknow-code", "未知规则代码"] {
            assert_eq!(Code::meant_by(name), Some(Code::JX910), "{name}");
        }
        for name in ["JX9", "JX91", "JX0910", "JX911", "JX019", "J910", "", "码", "nothing-like-it"] {
            assert_eq!(Code::meant_by(name), None, "{name}");
        }
    }
}
