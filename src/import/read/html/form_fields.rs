//! Fields of a form in a page: what was chosen, ticked or filled in.

use super::tree::{HtmlContent, HtmlTree, Id};

/// What a field shows; none for what is no field, or a button.
pub fn shown(tree: &HtmlTree, id: Id) -> Option<String> {
    let element = tree.element(id)?;
    match element.name() {
        "input" => match element.attribute("type").unwrap_or("text").to_ascii_lowercase().as_str() {
            "checkbox" | "radio" => Some(if element.attribute("checked").is_some() { "☑" } else { "☐" }.to_owned()),
            "hidden" | "button" | "submit" | "reset" | "image" | "file" | "password" => None,
            _ => element.attribute("value").map(str::to_owned),
        },
        "select" => {
            let options = options(tree, id);
            let has = |id: &Id, name: &str| tree.element(*id).is_some_and(|option| option.attribute(name).is_some());
            let chosen = options.iter().find(|id| has(id, "selected")).or_else(|| options.first())?;
            // The first choice is often a prompt, which has no value.
            let is_prompt = tree.element(*chosen).and_then(|option| option.attribute("value")) == Some("");
            (!is_prompt).then(|| tree.texts(*chosen).concat())
        }
        _ => None,
    }
}

/// The choices below an element, also those in groups.
fn options(tree: &HtmlTree, id: Id) -> Vec<Id> {
    let (mut options, mut open) = (Vec::new(), vec![id]);
    while let Some(id) = open.pop() {
        if let HtmlContent::Element(element) = &tree.node(id).content
            && element.name() == "option"
        {
            options.push(id);
            continue;
        }
        open.extend(tree.node(id).children.iter().rev());
    }
    options
}
