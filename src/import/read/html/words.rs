//! Text as a browser folds it: blanks in a row are one, and lines end at breaks and blocks.

#[derive(Default)]
pub struct FoldedText {
    text: String,
    blank_before_next: bool,
    /// Line ends are made where words follow.
    line_before_next: bool,
}

impl FoldedText {
    /// Text of a page. Within `pre` blanks and line ends stand as they are written.
    pub fn write(&mut self, text: &str, is_preformatted: bool) {
        for sign in text.chars() {
            match sign {
                '\n' if is_preformatted => self.end_line(),
                ' ' | '\t' if is_preformatted => {
                    self.make_line();
                    self.text.push(sign);
                }
                ' ' | '\t' | '\n' | '\r' | '\x0c' => self.blank_before_next = true,
                sign => {
                    self.make_line();
                    if std::mem::take(&mut self.blank_before_next)
                        && !self.text.is_empty()
                        && !self.text.ends_with('\n')
                    {
                        self.text.push(' ');
                    }
                    self.text.push(sign);
                }
            }
        }
    }

    /// What follows stands in a line of its own.
    pub fn end_line(&mut self) {
        self.line_before_next = !self.text.is_empty();
    }

    /// The words without blanks at their ends.
    pub fn finish(self) -> String {
        let trimmed = self.text.trim();
        if trimmed.len() == self.text.len() { self.text } else { trimmed.to_owned() }
    }

    fn make_line(&mut self) {
        if std::mem::take(&mut self.line_before_next) {
            self.text.push('\n');
            self.blank_before_next = false;
        }
    }
}
