//! JX014: two projects of a department have nearly the same name: the same signs once words that any project may have are
//! taken off (word list `项目名称赘语`), or one sign apart in the latter half.
//!
//! A sign that tells places, numbers or sizes apart (`区分用字`), or stands before one, makes two names. Projects of different
//! units of account may well be called alike.

use std::collections::HashMap;

use super::amount_in_text::in_short;
use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::prose::mentions;
use crate::model::standard::{List, Searched, Standard};
use crate::model::text::key;
use crate::model::unit::Dimension;
use crate::model::{DepartmentId, Project};

pub const RULE: Rule = Rule { codes: &[Code::JX014], check: Check::Group(check) };

/// Shorter names differ by a sign rightly, and longer ones are no names.
const SIGNS: std::ops::RangeInclusive<usize> = 7..=60;

fn check(context: &Context<'_>, department: Option<DepartmentId>, found: &mut Findings) {
    let mut known: HashMap<(Option<&str>, String), &Project> = HashMap::new();
    for (_, project) in context.projects_of(department) {
        let standard = &context[project.standard];
        let unit = project.unit_of_account.as_ref().map(|unit| &*unit.value);
        let signs = bare(&project.name.value, standard);
        let mut first = None;
        for variant in variants(&signs, standard) {
            let other = *known.entry((unit, variant)).or_insert(project);
            let is_other = !std::ptr::eq(other, project) && key(&other.name.value) != key(&project.name.value);
            first = first.or(Some(other).filter(|_| is_other));
        }
        if let Some(first) = first {
            let message = texts::similar_project(&*project.name.value, &*first.name.value);
            found.push(
                Diagnostic::new(Code::JX014, message, project.name.span, texts::similar_project_here())
                    .label(first.name.span, texts::stated_first_here())
                    .help(texts::similar_project_help()),
            );
        }
    }
}

/// The signs of a name without what says nothing: years, amounts, stops, words of the list.
fn bare(name: &str, standard: &Standard) -> Vec<char> {
    let name = key(name);
    let searched = Searched::new(standard, &*name);
    let words = searched.phrase().all_in(List::EmptyInProject);
    let numbers = mentions(&name, standard).map(|number| in_short(number, &name, standard));
    let amounts = numbers.filter(|number| number.dimension(standard) == Some(Dimension::Money));
    let mut says_nothing = vec![false; name.len()];
    words.chain(amounts.map(|amount| amount.bytes)).for_each(|bytes| says_nothing[bytes].fill(true));
    let kept = name.char_indices().filter(|(place, _)| !says_nothing[*place]).map(|(_, sign)| sign);
    let kept: Vec<char> = kept.collect();
    let starts_year = |start: usize| {
        kept.get(start..start + 5).is_some_and(|signs| signs[..4].iter().all(char::is_ascii_digit) && signs[4] == '年')
    };
    let in_year = |index: usize| (index.saturating_sub(4)..=index).any(starts_year);
    let is_kept = |(index, sign): &(usize, char)| sign.is_alphanumeric() && !in_year(*index);
    kept.iter().copied().enumerate().filter(is_kept).map(|(_, sign)| sign).collect()
}

/// What two names share that are nearly the same: their signs in order; and the name without one of its latter signs.
fn variants(signs: &[char], standard: &Standard) -> Vec<String> {
    let text: String = signs.iter().collect();
    let searched = Searched::new(standard, &*text);
    let words: Vec<usize> = searched.phrase().all_in(List::TellsApart).map(|word| word.start).collect();
    let places =
        text.char_indices().map(|(place, sign)| sign.is_ascii_alphanumeric() || words.binary_search(&place).is_ok());
    let tells_apart: Vec<bool> = places.collect();
    // 维修改造 is 改造维修; 一期二标 is not 二期一标.
    let mut sorted = signs.to_vec();
    sorted.sort_unstable();
    let telling = signs.iter().zip(&tells_apart).filter(|(_, tells)| **tells).map(|(sign, _)| sign);
    let sorted: String = sorted.iter().chain(telling).collect();
    // Names of hardly anything else than such words are not compared.
    let mut all: Vec<String> = if signs.len() < 2 { Vec::new() } else { vec![sorted] };
    let latter = if SIGNS.contains(&signs.len()) { signs.len() / 2 } else { signs.len() };
    let is_free = |index: &usize| !tells_apart[*index..].iter().take(3).any(|tells| *tells);
    all.extend((latter..signs.len()).filter(is_free).map(|index| {
        // The gap keeps the place: signs left out at different places make no pair.
        signs[..index].iter().chain(&['\u{0}']).chain(&signs[index + 1..]).collect::<String>()
    }));
    all
}
