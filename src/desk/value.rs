//! What people type into a field, as the language writes it. The first spelling that reads back is taken.

use crate::language::{Block, Takes};
use crate::model::cells::{self, TargetCells};
use crate::model::standard::Standard;
use crate::model::target::{Comparator, Target};
use crate::model::text::key;
use crate::model::written;
use crate::source::{Sources, Span};
use crate::syntax::vocabulary::{self, quoted};

/// The ways to write a target: as it is typed, then as the language writes what is meant, then as words.
pub fn targets(typed: &str, standard: Option<&Standard>) -> Vec<String> {
    let typed = typed.trim();
    let mut spellings = vec![typed.to_owned()];
    let Some(standard) = standard else { return spellings };
    let cells = TargetCells { whole: Some(typed), ..TargetCells::default() };
    let read = cells::read(cells, true, standard, nowhere());
    // What holds a figure or a comparator was to be more than words.
    let says_words = matches!(read.target, Target::Words(_))
        && !typed.contains(char::is_numeric)
        && !Comparator::SIGNS.iter().any(|sign| typed.contains(sign));
    if says_words || !matches!(read.target, Target::Words(_) | Target::Damaged) && read.is_certain() {
        let meant = written::target(&read.target, standard);
        spellings.extend((!meant.is_empty() && meant != typed).then_some(meant));
    }
    spellings
}

/// The ways to write the value of a field.
pub fn of_field(block: Block, label: &str, typed: &str, standard: Option<&Standard>) -> Vec<String> {
    let field = vocabulary::field(block, label);
    let takes = field.map(|field| field.takes);
    let text = || vec![text(typed)];
    match takes {
        Some(Takes::Text) => text(),
        Some(Takes::Target) => targets(typed, standard),
        // A kind may come first; a text alone is one all the same.
        Some(Takes::KindedText | Takes::NameAndText | Takes::Labelled | Takes::CodeAndName | Takes::Cells) => {
            vec![kinded(typed, kinds(block, standard)), typed.to_owned(), self::text(typed)]
        }
        Some(Takes::Name) => vec![typed.to_owned(), vocabulary::written_name(typed)],
        Some(Takes::Quantity | Takes::Amount) => {
            let meant = standard.and_then(|standard| {
                let quantity = cells::quantity(typed, standard, nowhere())?;
                Some(written::quantity(&quantity, standard))
            });
            std::iter::once(typed.to_owned()).chain(meant).collect()
        }
        Some(_) => vec![typed.to_owned()],
        // Of a standard: what it takes says the first that reads back.
        None => vec![self::text(typed), typed.to_owned()],
    }
}

/// `年度工作计划：…` with a kind of the standard before the colon, else the text alone.
fn kinded(typed: &str, kinds: &[String]) -> String {
    for kind in kinds {
        let rest = typed.strip_prefix(kind.as_str()).map(|rest| rest.trim_start_matches([' ', ':', '：', '\u{3000}']));
        if let Some(rest) = rest.filter(|rest| !rest.is_empty()) {
            return format!("{} {}", vocabulary::written_name(kind), text(rest));
        }
        if key(typed) == key(kind) {
            return vocabulary::written_name(kind);
        }
    }
    text(typed)
}

/// The kinds that may stand before a text in a block: of a basis, else of why something deviates.
pub fn kinds(block: Block, standard: Option<&Standard>) -> &[String] {
    match (block, standard) {
        (_, None) => &[],
        (Block::Completion | Block::Execution, Some(standard)) => &standard.monitoring.deviation_kinds,
        (_, Some(standard)) => standard.words("依据类别").words(),
    }
}

/// A text in quotes; one of several lines as a block.
fn text(typed: &str) -> String {
    let lines: Vec<&str> = typed.lines().map(str::trim).collect();
    if lines.len() < 2 || typed.contains("\"\"\"") {
        return quoted(typed.trim());
    }
    // A line of a block goes on in the next one: an empty line parts paragraphs.
    let paragraphs: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
    format!("\"\"\"\n{}\n\"\"\"", paragraphs.join("\n\n"))
}

/// What is not understood stays on its line.
pub fn in_one_line(typed: &str) -> String {
    let plain: String = typed.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    plain.trim().to_owned()
}

/// A place for what stands in no text.
fn nowhere() -> Span {
    Span::new(Sources::default().add("", ""), 0, 0)
}
