//! Content controls: boxes to tick show their state, and one that nobody filled in holds only a prompt, which is blank.

use super::fields::box_sign;
use super::looks::is_on;
use crate::import::read::xml::XmlElement;

/// The controls that are open, the innermost last.
#[derive(Default)]
pub struct Controls {
    open: Vec<ContentControl>,
    /// How many of them hold only a prompt.
    prompts: usize,
}

#[derive(Default)]
struct ContentControl {
    is_prompt: bool,
    /// The state of a box, and whether it has been written.
    checked: Option<(bool, bool)>,
}

impl Controls {
    pub fn begin(&mut self) {
        self.open.push(ContentControl::default());
    }

    pub fn end(&mut self) {
        let is_prompt = self.open.pop().is_some_and(|control| control.is_prompt);
        self.prompts -= usize::from(is_prompt);
    }

    pub fn property(&mut self, element: &XmlElement) {
        let Some(control) = self.open.last_mut() else { return };
        let is_set = element.attribute("val").as_deref().is_none_or(is_on);
        match element.name() {
            "showingPlcHdr" if is_set && !control.is_prompt => {
                control.is_prompt = true;
                self.prompts += 1;
            }
            "checkbox" => control.checked = Some((false, false)),
            "checked" if control.checked.is_some() => control.checked = Some((is_set, false)),
            _ => {}
        }
    }

    /// What is shown of words here; none where they are a prompt, or stand for a box that is written already.
    pub fn shown<'a>(&mut self, words: &'a str) -> Option<&'a str> {
        if let Some((is_checked, is_written)) = self.open.last_mut().and_then(|control| control.checked.as_mut()) {
            return (!words.trim().is_empty() && !std::mem::replace(is_written, true)).then(|| box_sign(*is_checked));
        }
        (self.prompts == 0).then_some(words)
    }
}
