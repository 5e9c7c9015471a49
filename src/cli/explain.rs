//! `jixiao explain`, `completions` and `man`: what the program says about itself.

use clap::ArgMatches;

use super::output::{Terminal, cannot};
use super::{Failure, Outcome, command};
use crate::diagnostic::{Code, texts};
use crate::diff::Class;
use crate::handbook;

/// Prints the page of a code in the person's language, or all of them.
pub fn run(arguments: &ArgMatches, terminal: &Terminal) -> Result<Outcome, Failure> {
    let language = terminal.language;
    let as_html = arguments.get_one::<String>("to").is_some_and(|format| format == "html");
    if arguments.get_flag("all") {
        let pages = || {
            let codes = Code::ALL.iter().map(|code| handbook::page(*code, language));
            let classes = Class::ALL.iter().map(|class| handbook::change_page(*class, language));
            codes.chain(classes).collect::<Vec<_>>().join("\n")
        };
        terminal.print(&if as_html { handbook::book(language) } else { pages() })?;
        return Ok(Outcome::Fine);
    }
    let name = arguments.get_one::<String>("code").map_or("", String::as_str);
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
        return Err(Failure::Told(Box::new(failure)));
    };
    terminal.print(&handbook::page(code, language))?;
    Ok(Outcome::Fine)
}

/// The script is made in memory first: its generator cannot stand a closed pipe.
pub fn completions(arguments: &ArgMatches, terminal: &Terminal) -> Result<Outcome, Failure> {
    let Some(shell) = arguments.get_one::<clap_complete::Shell>("shell") else { return Ok(Outcome::CouldNotRun) };
    let mut script = Vec::new();
    clap_complete::generate(*shell, &mut command(terminal.language), "jixiao", &mut script);
    terminal.print(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Fine)
}

pub fn manual(terminal: &Terminal) -> Result<Outcome, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command(terminal.language))
        .render(&mut page)
        .map_err(|error| cannot(Code::JX909, texts::cannot_write("man", error.to_string())))?;
    terminal.print(&String::from_utf8_lossy(&page))?;
    Ok(Outcome::Fine)
}
