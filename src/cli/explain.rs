//! `jixiao explain`: the page of a rule, or all of them.

use clap::{Args, Command};

use super::options::told;
use super::output::Terminal;
use super::{Failure, Outcome};
use crate::diagnostic::{Code, Language, texts};
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
            ("code", Some(["代码", "CODE"]), ["如 JX020，或它的英文名称", "such as JX020, or its name"]),
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
        terminal.print(&handbook::change_page(class, language))?;
        return Ok(Outcome::Fine);
    }
    let Some(code) = Code::find(name) else {
        let upper = name.to_uppercase();
        let codes = Code::ALL.iter().map(|code| (code.id(), code.slug()));
        let known = codes.chain(Class::ALL.iter().map(|class| (class.code(), class.slug())));
        let distance =
            |(code, slug): &(&str, &str)| strsim::osa_distance(&upper, code).min(strsim::osa_distance(name, slug));
        let near = known.min_by_key(distance).filter(|one| distance(one) < 3);
        let mut failure = crate::diagnostic::Diagnostic::without_place(Code::JX910, texts::unknown_code(name));
        if let Some((near, _)) = near {
            failure = failure.help(texts::did_you_mean(near));
        }
        return Err(Failure::Told(failure));
    };
    terminal.print(&handbook::page(code, language))?;
    Ok(Outcome::Fine)
}
