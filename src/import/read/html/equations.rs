//! Equations of a page in one line, as a person reads them: 10³, (a+b)/c.

use super::tree::{HtmlContent, HtmlTree, Id};
use crate::import::read::seen_text::{lowered, raised};

/// How deep an equation may go before its words are read as they stand.
const NESTING: usize = 40;

/// The words of a `math` element.
pub fn read(tree: &HtmlTree, id: Id) -> String {
    part(tree, id, 0)
}

fn part(tree: &HtmlTree, id: Id, depth: usize) -> String {
    if depth > NESTING {
        return tree.texts(id).concat().split_whitespace().collect();
    }
    let node = tree.node(id);
    let name = match &node.content {
        HtmlContent::Text(text) => return text.split_whitespace().collect(),
        HtmlContent::Element(element) => element.name(),
        HtmlContent::Nothing => return String::new(),
    };
    // What it says once more for programs.
    if matches!(name, "annotation" | "annotation-xml") {
        return String::new();
    }
    let is_blank = |child: &Id| matches!(&tree.node(*child).content, HtmlContent::Text(text) if text.trim().is_empty());
    let children = node.children.iter().filter(|child| !is_blank(child));
    let parts: Vec<String> = children.map(|child| part(tree, *child, depth + 1)).collect();
    let above = |text: &str| raised(text).unwrap_or_else(|| text.to_owned());
    let below = |before: &str, text: &str| {
        lowered(text, before.ends_with(|sign: char| sign.is_ascii_digit())).unwrap_or_else(|| text.to_owned())
    };
    match (name, &parts[..]) {
        ("msup" | "mover", [base, power]) => format!("{base}{}", above(power)),
        ("msub" | "munder", [base, index]) => format!("{base}{}", below(base, index)),
        ("msubsup" | "munderover", [base, index, power]) => format!("{base}{}{}", below(base, index), above(power)),
        ("mfrac", [over, under]) => format!("{}/{}", grouped(over), grouped(under)),
        ("msqrt", _) => format!("√{}", grouped(&parts.concat())),
        ("mroot", [base, degree]) => format!("{}√{}", above(degree), grouped(base)),
        (_, _) => parts.concat(),
    }
}

/// What is more than one number or name in brackets.
fn grouped(text: &str) -> String {
    let is_in_brackets = text.starts_with('(') && text.find(')') == Some(text.len().saturating_sub(1));
    let has_operator = text.contains(|sign: char| "+-×÷·=−±/ ".contains(sign));
    if has_operator && !is_in_brackets { format!("({text})") } else { text.to_owned() }
}
