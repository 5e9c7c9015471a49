//! Causes and what is done about them, in the words of a cell.

use crate::model::Text;
use crate::model::standard::Standard;
use crate::model::year::Deviation;

pub fn joined(texts: &[Text]) -> String {
    texts.iter().map(|text| &*text.value).collect::<Vec<_>>().join("\n")
}

/// The causes as one cell says them: the kind before its words.
pub fn causes(all: &[Deviation]) -> String {
    let one = |one: &Deviation| match (&one.kind, &one.text) {
        (Some(kind), Some(text)) => format!("{}：{}", kind.value, text.value),
        (Some(kind), None) => kind.value.to_string(),
        (None, text) => text.as_ref().map(|text| text.value.to_string()).unwrap_or_default(),
    };
    all.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// A cause and what is done about it, each in its own part of a cell, behind the words of the form or of the standard.
pub fn both(
    cell: &str,
    cause: [Option<String>; 2],
    remedy: [Option<String>; 2],
    standard: &Standard,
) -> Option<String> {
    if cause[0] == cause[1] && remedy[0] == remedy[1] {
        return None;
    }
    let mut words = cell.to_owned();
    let mut rest: Vec<String> = Vec::new();
    let is_one = cause[1].is_none() || remedy[1].is_none();
    for ([old, new], list) in [(cause, "原因引语"), (remedy, "措施引语")] {
        let new = new.filter(|new| !new.is_empty());
        match (old.filter(|old| !old.is_empty() && words.contains(old.as_str())), new) {
            (Some(old), Some(new)) => words = words.replacen(old.as_str(), &new, 1),
            (Some(old), None) => words = without(&words, &old, standard, list),
            (None, Some(new)) => {
                let lead = standard.words(list).words().last().filter(|_| !is_one || list == "措施引语");
                rest.push(lead.map_or_else(|| new.clone(), |lead| format!("{lead}：{new}")));
            }
            (None, None) => {}
        }
    }
    // Words that no fact accounts for go with what takes their place.
    if cell.trim().is_empty() || words == cell && !rest.is_empty() {
        return Some(rest.join("\n"));
    }
    if !rest.is_empty() {
        words = [words].into_iter().filter(|words| !words.is_empty()).chain(rest).collect::<Vec<_>>().join("\n");
    }
    Some(words)
}

/// A cell without one of its parts, the words before it and the sign that parts it from the other.
fn without(cell: &str, part: &str, standard: &Standard, list: &str) -> String {
    let Some(at) = cell.find(part) else { return cell.to_owned() };
    let is_between = |sign: char| sign.is_whitespace() || matches!(sign, '；' | ';' | '。');
    let before = cell[..at].trim_end();
    let labelled = before.trim_end_matches(['：', ':']);
    let label = standard.words(list).words().iter().filter(|word| labelled.ends_with(word.as_str()));
    let before = match label.max_by_key(|word| word.len()).filter(|_| labelled.len() < before.len()) {
        Some(word) => &labelled[..labelled.len() - word.len()],
        None => before,
    };
    let after = cell[at + part.len()..].trim_start_matches(is_between);
    match (before.trim().is_empty(), after.is_empty()) {
        (true, _) => after.to_owned(),
        (false, true) => before.trim_end_matches(|sign: char| is_between(sign) && sign != '。').to_owned(),
        (false, false) => format!("{before}{after}"),
    }
}
