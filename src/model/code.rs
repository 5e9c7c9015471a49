//! 项目编码: the parts of a project code, by the form that the standard declares.

use super::standard::CodeForm;

/// What is wrong with a code, first things first.
#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is too long or too short.
    Length {
        /// In signs.
        found: usize,
        /// What the segments of the form come to.
        wanted: usize,
    },
    /// The first sign that is not of the alphabet.
    Sign(char),
}

/// The sum over all segments.
pub fn length(form: &CodeForm) -> usize {
    form.segments.iter().map(|(_, length)| length).sum()
}

/// The segments of a code by name, in the order of the form.
///
/// # Errors
/// The first [`Fault`]: a wrong length, or a sign outside the alphabet.
pub fn segments<'a>(form: &'a CodeForm, code: &'a str) -> Result<Vec<(&'a str, &'a str)>, Fault> {
    let (found, wanted) = (code.chars().count(), length(form));
    if found != wanted {
        return Err(Fault::Length { found, wanted });
    }
    if let Some(sign) = code.chars().find(|sign| !form.alphabet.contains(*sign)) {
        return Err(Fault::Sign(sign));
    }
    let mut rest = code;
    let mut segments = Vec::with_capacity(form.segments.len());
    for (name, length) in &form.segments {
        let end = rest.char_indices().nth(*length).map_or(rest.len(), |(offset, _)| offset);
        let (segment, after) = rest.split_at(end);
        segments.push((name.as_str(), segment));
        rest = after;
    }
    Ok(segments)
}

/// The segment of the region where the project lies, as standards name it.
const REGION: &str = "区划";

/// The region that a code of the right form names; none where the form has no such segment.
pub fn region<'a>(form: &'a CodeForm, code: &'a str) -> Option<&'a str> {
    region_in(&segments(form, code).ok()?)
}

/// The same of segments that were read.
pub fn region_in<'a>(segments: &[(&str, &'a str)]) -> Option<&'a str> {
    segments.iter().find(|(name, _)| *name == REGION).map(|(_, text)| *text)
}

/// The check sign that the formula gives for a code of the right form; none where the form has no formula.
///
/// The formula was inferred from published codes and is in no document that we could read: it warns, never blocks.
pub fn check_sign(form: &CodeForm, code: &str) -> Option<char> {
    let formula = form.check?;
    let alphabet: Vec<char> = form.alphabet.chars().collect();
    let modulus = alphabet.len() as u64;
    let signs: Vec<char> = code.chars().collect();
    let (_, checked) = signs.split_last()?;
    let mut power = 1;
    let mut sum = 0;
    for sign in checked {
        let value = alphabet.iter().position(|one| one == sign)? as u64;
        sum = (sum + value * power) % modulus;
        power = power * u64::from(formula.base) % modulus;
    }
    let index = (u64::from(formula.remainder) % modulus + modulus - sum) % modulus;
    alphabet.get(index as usize).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::standard::{CheckFormula, Citation};

    fn form() -> CodeForm {
        CodeForm {
            segments: [(REGION, 6), ("year", 2), ("kind", 1), ("sequence", 11), ("check", 1)]
                .map(|(name, length)| (name.to_owned(), length))
                .to_vec(),
            alphabet: "0123456789ABCDEFGHJKLMNPQRTUWXY".to_owned(),
            check: Some(CheckFormula { base: 3, remainder: 30 }),
            citation: Citation::default(),
        }
    }

    #[test]
    fn every_published_code_fits_the_check_formula() {
        let codes = [
            "13022925P004R2810661U",
            "13022925P00JXC419610D",
            "13022925P00JXC419883X",
            "13022925P00JXC419882A",
            "13022925P00JXC419884H",
            "13022925P00JXC4198951",
            "13022925P00JXC4198855",
        ];
        for code in codes {
            assert_eq!(check_sign(&form(), code), code.chars().last(), "{code}");
            assert_eq!(region(&form(), code), Some("130229"));
        }
    }

    #[test]
    fn one_wrong_sign_or_two_swapped_signs_change_the_check_sign() {
        let code = "13022925P00JXC4198951";
        for index in 0..20 {
            let mut signs: Vec<char> = code.chars().collect();
            signs[index] = if signs[index] == '7' { '8' } else { '7' };
            let wrong: String = signs.iter().collect();
            assert_ne!(check_sign(&form(), &wrong), Some('1'), "{wrong}");
            let mut signs: Vec<char> = code.chars().collect();
            if index < 19 && signs[index] != signs[index + 1] {
                signs.swap(index, index + 1);
                let swapped: String = signs.iter().collect();
                assert_ne!(check_sign(&form(), &swapped), Some('1'), "{swapped}");
            }
        }
    }

    #[test]
    fn faults_name_the_length_before_the_sign() {
        assert_eq!(segments(&form(), "123"), Err(Fault::Length { found: 3, wanted: 21 }));
        assert_eq!(segments(&form(), "13022925P00JXC41989O1"), Err(Fault::Sign('O')));
    }
}
