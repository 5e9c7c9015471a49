//! Text as a browser folds it: blanks in a row are one, and lines end at breaks and blocks.

use super::sheet::TextLook;
use crate::import::document::{DocumentPlace, Remark};
use crate::import::read::seen_text::{NotShown, SeenText};

#[derive(Default)]
pub struct FoldedText {
    text: SeenText,
    blank_before_next: bool,
    /// Line ends are made where words follow.
    line_before_next: bool,
}

impl FoldedText {
    /// Text of a page as it looks. Within `pre` blanks and line ends stand as they are written.
    pub fn write(&mut self, text: &str, is_preformatted: bool, look: TextLook) {
        if look.is_struck {
            let words: Vec<&str> = text.split_whitespace().collect();
            self.text.leave_out(NotShown::Struck, &words.join(" "));
            return;
        }
        let manner = look.manner();
        for sign in look.font().shown(text).chars() {
            match sign {
                '\n' if is_preformatted => self.end_line(),
                ' ' | '\t' if is_preformatted => {
                    self.make_line();
                    self.text.push(sign, manner);
                }
                ' ' | '\t' | '\n' | '\r' | '\x0c' => self.blank_before_next = true,
                sign => {
                    self.make_line();
                    if std::mem::take(&mut self.blank_before_next)
                        && !self.text.as_str().is_empty()
                        && !self.text.as_str().ends_with('\n')
                    {
                        self.text.part(' ');
                    }
                    self.text.push(sign, manner);
                }
            }
        }
    }

    pub fn ends_with_digit(&self) -> bool {
        !self.blank_before_next && self.text.as_str().ends_with(|sign: char| sign.is_ascii_digit())
    }

    /// What follows stands in a line of its own.
    pub fn end_line(&mut self) {
        self.line_before_next = !self.text.as_str().is_empty();
    }

    /// The words without blanks at their ends. What is to be told of them goes to the remarks.
    pub fn finish(self, place: &DocumentPlace, remarks: &mut Vec<Remark>) -> String {
        self.text.finish(Some(place), remarks)
    }

    fn make_line(&mut self) {
        if std::mem::take(&mut self.line_before_next) {
            self.text.part('\n');
            self.blank_before_next = false;
        }
    }
}
