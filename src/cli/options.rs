//! What the options of all commands share: their texts in two languages, and the options that several commands have.
//!
//! A command's options are the fields of a type of its own, to which they are read; what stands here gives them their texts,
//! which depend on the person's language.

use std::path::Path;

use clap::builder::PossibleValue;
use clap::{Arg, ArgAction, Args, Command, ValueHint};

use super::Failure;
use super::files::{self, Selection};
use crate::diagnostic::Language;

/// A text in Chinese and in English.
pub type Both = [&'static str; 2];

/// An option by the name of its field, what stands for its value where it takes one, and what it is for.
pub type OptionTexts = (&'static str, Option<Both>, Both);

pub fn say([chinese, english]: Both, language: Language) -> &'static str {
    match language {
        Language::Chinese => chinese,
        Language::English => english,
    }
}

/// A command with its texts; `options` tells of every option, in the order of completions.
pub fn told(command: Command, language: Language, about: Both, options: &[OptionTexts]) -> Command {
    options.iter().fold(command.about(say(about, language)), |command, (id, value, help)| {
        command.mut_arg(id, |option| {
            let heading = if option.is_positional() { ["参数", "Arguments"] } else { ["选项", "Options"] };
            let help = say(*help, language).to_owned() + &choices(&option, language);
            let option = option.help(help).help_heading(say(heading, language));
            let has_plain_values = has_plain_values(&option);
            match value {
                Some(value) => option
                    .value_name(say(*value, language))
                    .hide_default_value(true)
                    .hide_possible_values(has_plain_values),
                None => option,
            }
        })
    })
}

/// What can be written and what is meant where nothing is: the parser itself says it in English only.
fn choices(option: &Arg, language: Language) -> String {
    let values = option.get_possible_values();
    let names: Vec<&str> = values.iter().map(PossibleValue::get_name).filter(|_| has_plain_values(option)).collect();
    let defaults: Vec<_> = option.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    let parts = [(["可写", "one of"], names.join(" ")), (["默认", "default"], defaults.join(" "))];
    let parts = parts.iter().filter(|(_, words)| !words.is_empty() && option.get_action().takes_values());
    let parts: Vec<String> = parts.map(|(what, words)| format!("{} {words}", say(*what, language))).collect();
    match (parts.is_empty(), language) {
        (true, _) => String::new(),
        (false, Language::Chinese) => format!("（{}）", parts.join("；")),
        (false, Language::English) => format!(" ({})", parts.join("; ")),
    }
}

/// Whether the values it can have need no words: else they are listed with them.
fn has_plain_values(option: &Arg) -> bool {
    let values = option.get_possible_values();
    !values.is_empty() && values.iter().all(|value| value.get_help().is_none())
}

pub fn help_flag(language: Language) -> Arg {
    Arg::new("help").short('h').long("help").action(ArgAction::Help).help(say(["印出帮助", "print help"], language))
}

/// What holds for every command.
#[derive(Args)]
#[group(skip)]
pub struct Common {
    #[arg(long, value_parser = ["zh", "en"], global = true)]
    pub lang: Option<String>,
    #[arg(long, value_parser = ["auto", "always", "never"], default_value = "auto", global = true)]
    pub color: String,
    #[arg(short, long, global = true)]
    pub quiet: bool,
}

impl Common {
    pub const TOLD: [OptionTexts; 3] = [
        (
            "lang",
            Some(["语言", "LANG"]),
            [
                "说中文（zh）还是英文（en）；不写时看 JIXIAO_LANG 和系统语言",
                "zh or en; else JIXIAO_LANG, then the locale",
            ],
        ),
        ("color", Some(["何时", "WHEN"]), ["是否用颜色；auto 时遵从 NO_COLOR", "use colour; auto heeds NO_COLOR"]),
        ("quiet", None, ["只列错误，不印小结", "errors only, no summary"]),
    ];
}

/// What is to be read.
#[derive(Args)]
#[group(skip)]
pub struct Asked {
    #[arg(num_args = 0.., action = ArgAction::Set, default_value = ".", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<String>,
    #[arg(long, default_value = files::STDIN)]
    pub stdin_filename: String,
}

impl Asked {
    pub const PATHS: OptionTexts = (
        "paths",
        Some(["路径", "PATH"]),
        [
            "文件、部门文件夹或几个部门的文件夹；- 表示标准输入",
            "a file, a department's folder or a folder of departments; - is standard input",
        ],
    );
    pub const STDIN_FILENAME: OptionTexts = (
        "stdin_filename",
        Some(["名称", "NAME"]),
        [
            "标准输入算作哪个文件：消息里用这个名称，部门和配置按这个路径找",
            "the file that standard input stands for: named in messages, its department and settings found by its path",
        ],
    );

    pub fn select(&self) -> Result<Selection, Failure> {
        files::select(&self.paths, &self.stdin_filename)
    }

    /// Whether an input came from standard input.
    pub fn is_stdin(&self, path: &str) -> bool {
        self.paths.iter().any(|path| path == "-") && path == files::shown(Path::new(&self.stdin_filename))
    }
}
