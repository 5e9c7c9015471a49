//! JX034: a word stands twice in a row. Words that may rightly do so, and words that reach over the seam (点对点 in
//! 点对点对接), are the word list `可重叠词`.

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, Edit, Safety, texts};
use crate::model::standard::Standard;
use crate::model::{DepartmentId, Project};
use crate::source::{Span, Words};

pub const RULE: Rule = Rule { codes: &[Code::JX034], check: Check::Project(check_project) };
pub const DEPARTMENT_RULE: Rule = Rule { codes: &[Code::JX034], check: Check::Department(check_department) };

fn check_project(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let standard = &context[project.standard];
    for (words, span) in project.all_words() {
        check(context, words, span, standard, found);
    }
}

fn check_department(context: &Context<'_>, id: DepartmentId, found: &mut Findings) {
    let department = &context[id];
    let standard = &context[department.standard];
    for text in department.texts() {
        check(context, &text.value, text.span, standard, found);
    }
}

fn check(context: &Context<'_>, words: &Words, span: Span, standard: &Standard, found: &mut Findings) {
    let Some(bytes) = first_repeated(words, standard) else { return };
    let word = words[bytes.clone()].to_owned();
    let both = bytes.start..bytes.end + word.len();
    let place = context.place_in(words, span, both.clone());
    let mut diagnostic = Diagnostic::new(Code::JX034, texts::repeated_word(&word), place, texts::repeated_word_here());
    if place != span {
        let edit = Edit { span: place, text: word.clone() };
        diagnostic = diagnostic.edits(texts::keep_one(&word), Safety::Suggested, vec![edit]);
    }
    found.push(diagnostic);
}

/// The first of two equal words of two to four Han signs in a row.
fn first_repeated(text: &str, standard: &Standard) -> Option<std::ops::Range<usize>> {
    let signs: Vec<(usize, char)> = text.char_indices().collect();
    let offset = |index: usize| signs.get(index).map_or(text.len(), |(offset, _)| *offset);
    let is_han = |sign: char| ('\u{4E00}'..='\u{9FFF}').contains(&sign);
    for index in 0..signs.len() {
        for length in 2..=4 {
            let Some(second) = signs.get(index + length..index + 2 * length) else { break };
            let first = &signs[index..index + length];
            if first[0].1 != second[0].1 || !first.iter().zip(second).all(|(one, other)| one.1 == other.1) {
                continue;
            }
            let bytes = offset(index)..offset(index + length);
            let word = &text[bytes.clone()];
            let is_one_sign = first.iter().all(|(_, sign)| *sign == first[0].1);
            // 一项一项 and 逐个逐个 count off; 专项资金资金使用 joins two words.
            let exceptions = standard.words("可重叠词");
            let may_repeat = || {
                let (seam, end) = (bytes.end, bytes.end + word.len());
                let reaches_over = |other: std::ops::Range<usize>| {
                    other.start < seam && seam < other.end
                        || seam <= other.start && other.start < end && end < other.end
                };
                word.starts_with(['一', '逐', '某'])
                    || exceptions.holds(word)
                    || exceptions.all_in(text).any(|other| reaches_over(other.bytes))
            };
            if first.iter().all(|(_, sign)| is_han(*sign)) && !is_one_sign && !may_repeat() {
                return Some(bytes);
            }
        }
    }
    None
}
