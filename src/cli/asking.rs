//! Questions to a person at a terminal, each with the answer that an empty line gives.

use std::io::{BufRead, IsTerminal, Write};

use super::Failure;
use super::output::{Terminal, cannot};
use crate::diagnostic::{Code, Text, texts};

/// Where questions go.
pub struct Questions<'a> {
    terminal: &'a Terminal,
    /// Somebody is there who can answer: without one a run would wait for ever.
    pub may_ask: bool,
}

impl<'a> Questions<'a> {
    pub fn new(terminal: &'a Terminal) -> Self {
        let is_automatic = std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false");
        let is_there = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
        Self { terminal, may_ask: is_there && !is_automatic && !terminal.is_quiet }
    }

    /// Asks until an answer can be understood; what is wrong with one is said.
    ///
    /// # Errors
    /// JX911 where the answers end before.
    pub fn ask<T>(
        &self,
        question: &Text,
        default: &str,
        mut understand: impl FnMut(&str) -> Result<T, Text>,
    ) -> Result<T, Failure> {
        loop {
            let prompt = match default {
                "" => texts::open_question(question.clone()),
                default => texts::question(question.clone(), default),
            };
            let mut out = std::io::stderr().lock();
            let _ = write!(out, "{}", prompt.in_language(self.terminal.language)).and_then(|()| out.flush());
            drop(out);
            let mut line = String::new();
            let ended = cannot(Code::JX911, texts::answers_ended());
            match std::io::stdin().lock().read_line(&mut line) {
                Ok(0) | Err(_) => return Err(ended),
                Ok(_) => {}
            }
            let answer = line.trim();
            let understood = if answer.chars().any(char::is_control) {
                Err(texts::answer_has_signs())
            } else {
                understand(if answer.is_empty() { default } else { answer })
            };
            match understood {
                Ok(answer) => return Ok(answer),
                Err(why) => self.say(&why),
            }
        }
    }

    /// Says something between two questions.
    pub fn say(&self, text: &Text) {
        let _ = writeln!(std::io::stderr(), "{}", text.in_language(self.terminal.language));
    }
}
