//! `jixiao man`: the manual, a page a command.

use std::path::{Path, PathBuf};

use clap::{Args, Command, ValueHint};

use super::mistyped::in_language;
use super::options::told;
use super::output::{Terminal, cannot};
use super::{Failure, Outcome, files, writing};
use crate::diagnostic::{Code, Diagnostic, Language, texts};

/// Headings of a manual page, as manuals in Chinese have them.
const HEADINGS: [(&str, &str); 6] = [
    ("NAME", "名称"),
    ("SYNOPSIS", "概要"),
    ("DESCRIPTION", "说明"),
    ("OPTIONS", "选项"),
    ("EXTRA", "其他"),
    ("VERSION", "版本"),
];

/// What `jixiao man` is asked.
#[derive(Args)]
#[group(skip)]
pub struct ManualOptions {
    /// The name of a command, and of one below it.
    #[arg(num_args = 0..)]
    names: Vec<String>,
    #[arg(short, long, conflicts_with = "names", value_hint = ValueHint::DirPath)]
    output: Option<PathBuf>,
}

pub fn command(language: Language) -> Command {
    told(
        ManualOptions::augment_args(Command::new("man")),
        language,
        ["打印手册页（roff）", "print a manual page (roff)"],
        &[
            (
                "names",
                Some(["命令", "COMMAND"]),
                ["只印这个命令的一页，如 check", "the page of this command, such as check"],
            ),
            (
                "output",
                Some(["文件夹", "FOLDER"]),
                [
                    "把每个命令的手册页写到这里，如 jixiao-check.1",
                    "write the page of every command here, such as jixiao-check.1",
                ],
            ),
        ],
    )
}

/// Prints a page, or writes all of them.
///
/// # Errors
/// JX911 where no command has the name; JX909 where pages cannot be written.
pub fn run(options: &ManualOptions, mut whole: Command, terminal: &Terminal) -> Result<Outcome, Failure> {
    whole.build();
    if let Some(folder) = &options.output {
        std::fs::create_dir_all(folder).map_err(|error| writing::cannot_write(folder, &error))?;
        write_all(&whole, "jixiao", folder, terminal)?;
        return Ok(Outcome::Fine);
    }
    let (mut chosen, mut title) = (&whole, "jixiao".to_owned());
    for name in &options.names {
        let missing =
            || Diagnostic::without_place(Code::JX911, texts::no_such_command(&**name)).help(texts::see_help());
        chosen = chosen.find_subcommand(name).ok_or_else(|| Failure::Told(missing()))?;
        title = format!("{title}-{}", chosen.get_name());
    }
    terminal.print(&page(chosen, title, terminal.language)?)?;
    Ok(Outcome::Fine)
}

fn write_all(command: &Command, title: &str, folder: &Path, terminal: &Terminal) -> Result<(), Failure> {
    let path = folder.join(format!("{title}.1"));
    writing::write(&path, page(command, title.to_owned(), terminal.language)?.as_bytes())?;
    terminal.note(&texts::written(files::shown(&path)));
    let below = command.get_subcommands();
    below
        .map(|one| (one, format!("{title}-{}", one.get_name())))
        .try_for_each(|(one, title)| write_all(one, &title, folder, terminal))
}

fn page(command: &Command, title: String, language: Language) -> Result<String, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone())
        .title(title)
        .render(&mut page)
        .map_err(|error| cannot(Code::JX909, texts::cannot_write("man", error.to_string())))?;
    let page = in_language(&String::from_utf8_lossy(&page), language);
    Ok(match language {
        Language::Chinese => HEADINGS.iter().fold(page, |page, (english, chinese)| {
            page.replace(&format!("\n.SH {english}\n"), &format!("\n.SH {chinese}\n"))
        }),
        Language::English => page,
    })
}
