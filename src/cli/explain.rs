//! `jixiao explain`, `completions` and `man`: what the program says about itself.

use clap::ArgMatches;

use super::output::{Terminal, cannot};
use super::{Failure, Outcome, command};
use crate::diagnostic::{Code, Language, texts};

/// Prints the page of a code in the person's language; examples stand once, in the Chinese half.
pub fn run(arguments: &ArgMatches, terminal: &Terminal) -> Result<Outcome, Failure> {
    let name = arguments.get_one::<String>("code").map_or("", String::as_str);
    let Some(code) = Code::find(name) else {
        let upper = name.to_uppercase();
        let distance =
            |code: &&Code| strsim::osa_distance(&upper, code.id()).min(strsim::osa_distance(name, code.slug()));
        let near = Code::ALL.iter().min_by_key(distance).filter(|code| distance(code) < 3);
        let mut failure = crate::diagnostic::Diagnostic::without_place(Code::JX910, texts::unknown_code(name));
        if let Some(near) = near {
            failure = failure.help(texts::did_you_mean(near.id()));
        }
        return Err(Failure::Told(Box::new(failure)));
    };
    terminal.print(&page(code, terminal.language))?;
    Ok(Outcome::Fine)
}

/// The half of a page that is in a language, under the page's title, with the examples of the Chinese half.
fn page(code: Code, language: Language) -> String {
    let whole = code.explanation();
    let (title, body) = whole.split_once('\n').unwrap_or((whole, ""));
    let (chinese, english) = body.split_once("## English").unwrap_or((body, ""));
    let chinese = chinese.trim().trim_start_matches("## 中文").trim();
    let half = match language {
        Language::Chinese => chinese.to_owned(),
        Language::English => {
            let examples = fenced(chinese).map(|example| format!("\n{example}\n")).collect::<Vec<_>>().concat();
            format!("{}\n{examples}", english.trim())
        }
    };
    let severity = code.severity().word(language);
    format!("{title}\n[{severity}] {}\n\n{}\n", code.slug(), half.trim())
}

/// The fenced examples of a page, with their fences.
fn fenced(page: &str) -> impl Iterator<Item = &str> {
    let mut rest = page;
    std::iter::from_fn(move || {
        let start = rest.find("```")?;
        let length = 3 + rest[start + 3..].find("```")? + 3;
        let example = &rest[start..start + length];
        rest = &rest[start + length..];
        Some(example)
    })
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
