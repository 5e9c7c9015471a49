//! What is wrong with a command line, in the user's language; and help without the parser's own English.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::output::Terminal;
use super::{Failure, Outcome, output};
use crate::diagnostic::{Code, Diagnostic, Language, Text, texts};

/// Words of the parser that stand in help and usage, whatever the language.
const ITS_WORDS: [(&str, &str); 5] = [
    ("Possible values:", "可写："),
    ("[OPTIONS]", "[选项]"),
    ("<COMMAND>", "<命令>"),
    ("[COMMAND]", "[命令]"),
    ("Usage: ", "用法："),
];

/// Help and the version are answers; what is wrong with a command line is none.
pub fn answer(error: &clap::Error, language: Language) -> Outcome {
    let terminal = Terminal::new(language, "auto", false);
    let told = match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            terminal.print(&help(error, &terminal)).map(|()| Outcome::Fine)
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            output::usage(&help(error, &terminal));
            Ok(Outcome::CouldNotRun)
        }
        _ => Err(Failure::Told(mistake(error, language))),
    };
    told.unwrap_or_else(|failure| failure.report(&terminal))
}

fn help(error: &clap::Error, terminal: &Terminal) -> String {
    let help = error.render();
    let help = if terminal.style.colour { help.ansi().to_string() } else { help.to_string() };
    in_language(&help, terminal.language)
}

/// A text of the parser in a language.
pub fn in_language(text: &str, language: Language) -> String {
    match language {
        Language::Chinese => {
            ITS_WORDS.iter().fold(text.to_owned(), |text, (english, chinese)| text.replace(english, chinese))
        }
        Language::English => text.to_owned(),
    }
}

/// What is wrong, and what could have been written.
fn mistake(error: &clap::Error, language: Language) -> Diagnostic {
    let told = |kind| error.get(kind).map(words).unwrap_or_default();
    let one = |kind| told(kind).join(" ");
    let argument = || one(ContextKind::InvalidArg);
    let value = || one(ContextKind::InvalidValue);
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand => texts::no_such_command(one(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument if argument().starts_with('-') => texts::no_such_option(argument()),
        ErrorKind::UnknownArgument => texts::one_argument_too_many(argument()),
        ErrorKind::TooManyValues => texts::one_argument_too_many(value()),
        ErrorKind::InvalidValue if value().is_empty() => texts::option_without_value(argument()),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => texts::no_such_value(argument(), value()),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => texts::option_without_value(argument()),
        ErrorKind::NoEquals => texts::option_without_equals(argument()),
        ErrorKind::ArgumentConflict if one(ContextKind::PriorArg) == argument() => texts::option_twice(argument()),
        ErrorKind::ArgumentConflict => texts::options_clash(argument(), told(ContextKind::PriorArg).join("、")),
        ErrorKind::MissingRequiredArgument => texts::argument_missing(argument()),
        ErrorKind::MissingSubcommand => texts::command_missing(),
        ErrorKind::InvalidUtf8 => texts::argument_not_utf_8(),
        // Kinds that a later parser may know: what it says itself is better than nothing.
        _ => Text::same(error.to_string().trim().to_owned()),
    };
    let mut helps: Vec<Text> = Vec::new();
    let suggested = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let near: Vec<Text> = suggested.into_iter().flat_map(told).map(|name| Text::same(format!("`{name}`"))).collect();
    if !near.is_empty() {
        helps.push(texts::did_you_mean_one_of(texts::any_of(&near)));
    }
    let valid = told(ContextKind::ValidValue);
    if !valid.is_empty() {
        helps.push(texts::values_are(valid.join(" ")));
    } else if error.kind() == ErrorKind::ValueValidation {
        helps.push(texts::whole_number_wanted());
    }
    let usage = one(ContextKind::Usage);
    match usage.trim().strip_prefix("Usage: ") {
        Some(usage) => helps.push(texts::usage_is(in_language(usage, language))),
        None => helps.push(texts::see_help()),
    }
    let help = helps.into_iter().reduce(texts::two_lines).unwrap_or_else(texts::see_help);
    Diagnostic::without_place(Code::JX911, message).help(help)
}

fn words(value: &ContextValue) -> Vec<String> {
    match value {
        ContextValue::String(text) => vec![text.clone()],
        ContextValue::Strings(texts) => texts.clone(),
        ContextValue::StyledStr(text) => vec![text.to_string()],
        ContextValue::StyledStrs(texts) => texts.iter().map(ToString::to_string).collect(),
        ContextValue::Number(number) => vec![number.to_string()],
        _ => Vec::new(),
    }
}
