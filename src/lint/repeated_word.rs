//! JX034: a word stands twice in a row. Words that may rightly do so, and words that reach over the seam (点对点 in
//! 点对点对接), are the word list `可重叠词`.

use std::ops::Range;

use super::{Check, Context, Findings, Rule, SaidText};
use crate::diagnostic::{Code, Diagnostic, Edit, Safety, texts};
use crate::model::standard::{List, Phrase};

pub const RULE: Rule = Rule { codes: &[Code::JX034], check: Check::Text(check) };

/// The bytes of a Han sign.
const SIGN: usize = 3;

fn check(context: &Context<'_>, said: &SaidText<'_>, found: &mut Findings) {
    let Some(bytes) = first_repeated(said.written()) else { return };
    let word = said.words[bytes.clone()].to_owned();
    let both = bytes.start..bytes.end + word.len();
    let place = context.place_in(said.words, said.span, both);
    let mut diagnostic = Diagnostic::new(Code::JX034, texts::repeated_word(&word), place, texts::repeated_word_here());
    if place != said.span {
        let edit = Edit { span: place, text: word.clone() };
        diagnostic = diagnostic.edits(texts::keep_one(&word), Safety::Suggested, vec![edit]);
    }
    found.push(diagnostic);
}

/// The first of two equal words of two to four Han signs in a row.
fn first_repeated(text: Phrase<'_>) -> Option<Range<usize>> {
    let sign_at = |offset: usize| text.as_bytes().get(offset..).and_then(<[u8]>::first_chunk::<SIGN>);
    for start in text.char_indices().filter(|(_, sign)| is_han(*sign)).map(|(start, _)| start) {
        for length in [2 * SIGN, 3 * SIGN, 4 * SIGN] {
            // The first sign alone mostly tells them apart.
            if sign_at(start) != sign_at(start + length) {
                continue;
            }
            let first = text.get(start..start + length).filter(|first| is_word(first));
            let word = first.filter(|first| text[start + length..].starts_with(first));
            if word.is_some_and(|word| !may_repeat(text, word, start)) {
                return Some(start..start + length);
            }
        }
    }
    None
}

/// Whether it is Han signs, and not all of them the same.
fn is_word(text: &str) -> bool {
    let first = text.chars().next();
    text.chars().all(is_han) && text.chars().any(|sign| Some(sign) != first)
}

fn is_han(sign: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&sign)
}

/// 一项一项 and 逐个逐个 count off; 专项资金资金使用 joins two words.
fn may_repeat(text: Phrase<'_>, word: &str, start: usize) -> bool {
    let (seam, end) = (start + word.len(), start + 2 * word.len());
    let reaches_over = |other: Range<usize>| {
        other.start < seam && seam < other.end || seam <= other.start && other.start < end && end < other.end
    };
    word.starts_with(['一', '逐', '某'])
        || text.part(start..seam).is_in(List::MayRepeat)
        || text.all_in(List::MayRepeat).any(reaches_over)
}
