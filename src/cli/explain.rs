//! `jixiao explain`: the page of a rule, or all of them.

use std::io::IsTerminal;

use clap::{Args, Command};

use super::options::told;
use super::output::Terminal;
use super::{Failure, Outcome};
use crate::diagnostic::{Code, Diagnostic, Language, texts};
use crate::diff::Class;
use crate::handbook;

/// What `jixiao explain` is asked.
#[derive(Args)]
#[group(skip)]
pub struct ExplainOptions {
    #[arg(required_unless_present = "all")]
    code: Option<String>,
    #[arg(long, conflicts_with = "code")]
    all: bool,
    #[arg(long, value_parser = ["text", "html"], requires = "all")]
    to: Option<String>,
}

pub fn command(language: Language) -> Command {
    told(
        ExplainOptions::augment_args(Command::new("explain")),
        language,
        ["解释一条规则", "explain a rule"],
        &[
            ("code", Some(["代码", "CODE"]), ["如 JX020，或规则的名称", "such as JX020, or its name"]),
            ("all", None, ["全部规则", "every rule"]),
            (
                "to",
                Some(["格式", "FORMAT"]),
                ["和 --all 一起：text 文字，html 一个网页", "with --all: text, or html for one web page"],
            ),
        ],
    )
}

/// Prints the page of a code in the person's language, or all of them.
pub fn run(options: &ExplainOptions, terminal: &Terminal) -> Result<Outcome, Failure> {
    let language = terminal.language;
    let as_html = options.to.as_deref() == Some("html");
    if options.all {
        let pages = || {
            let codes = Code::ALL.iter().map(|code| handbook::page(*code, language));
            let classes = Class::ALL.iter().map(|class| handbook::change_page(*class, language));
            codes.chain(classes).collect::<Vec<_>>().join("\n")
        };
        terminal.print(&if as_html { handbook::book(language) } else { pages() })?;
        return Ok(Outcome::Fine);
    }
    let name = options.code.as_deref().unwrap_or("");
    if let Some(class) = Class::find(name) {
        return show(&handbook::change_page(class, language), terminal);
    }
    let code = Code::find(name).ok_or_else(|| unknown(name))?;
    show(&handbook::page(code, language), terminal)
}

/// Draws a page for a person; a program gets its Markdown.
fn show(page: &str, terminal: &Terminal) -> Result<Outcome, Failure> {
    let is_for_person = terminal.style.colour || std::io::stdout().is_terminal();
    let page = if is_for_person { handbook::drawn(page, terminal.style) } else { page.to_owned() };
    terminal.print(&page)?;
    Ok(Outcome::Fine)
}

/// That nothing is called so, and what it might be.
pub fn unknown(name: &str) -> Failure {
    let codes = Code::meant_by(name).map(Code::id);
    let near = codes.or_else(|| Class::meant_by(name).map(Class::code));
    let help = near.map_or_else(texts::rules_are_listed, texts::did_you_mean);
    Failure::Told(Diagnostic::without_place(Code::JX910, texts::unknown_code(name)).help(help))
}
