//! `jixiao git setup`: tells git, in this repository alone, how to show and merge our files. `--undo` takes it back.

use std::path::{Path, PathBuf};

use clap::{Args, Command};

use super::files;
use super::options::{help_flag, say, told};
use super::output::{Terminal, cannot};
use super::repository::Repository;
use super::textconv::RULER;
use super::writing;
use super::{Failure, Outcome};
use crate::diagnostic::{Code, Diagnostic, Language, Text, texts};

/// What `jixiao git setup` is asked.
#[derive(Args)]
#[group(skip)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub struct Setup {
    #[arg(long, conflicts_with = "check")]
    undo: bool,
    #[arg(long)]
    check: bool,
    #[arg(long)]
    absolute: bool,
    #[arg(long)]
    plain: bool,
}

pub fn command(language: Language) -> Command {
    let about = [
        "让 git 在这个仓库里按绩效目标的意思比较和合并",
        "make git compare and merge by what targets say, in this repository",
    ];
    let setup = told(
        Setup::augment_args(Command::new("setup")),
        language,
        about,
        &[
            ("undo", None, ["撤销，不留痕迹", "take it back without a trace"]),
            ("check", None, ["只看缺什么；缺时退出状态为 1", "say what is missing; exit status 1 if anything is"]),
            (
                "absolute",
                None,
                [
                    "写这个程序的完整路径；不写时 git 在 PATH 里找 jixiao",
                    "write the full path of this program; else git finds jixiao on PATH",
                ],
            ),
            (
                "plain",
                None,
                [
                    "比较时照源文件逐行显示，行号和源文件一致；标题可能是前一条指标",
                    "show source lines as they are, with their numbers; a header may name the indicator before",
                ],
            ),
        ],
    );
    told(Command::new("git"), language, ["和 git 配合", "work with git"], &[])
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading(say(["命令", "Commands"], language))
        .subcommand(setup.disable_help_flag(true).disable_version_flag(true).arg(help_flag(language)))
}

pub fn run(setup: &Setup, terminal: &Terminal) -> Result<Outcome, Failure> {
    let tree = WorkTree::here()?;
    if setup.undo {
        return undo(&tree, terminal);
    }
    let settings = settings(setup)?;
    if setup.check {
        return check(&tree, &settings, terminal);
    }
    set_up(&tree, &settings, terminal)
}

/// The work tree in whose folder we run.
struct WorkTree {
    repository: Repository,
    root: PathBuf,
}

impl WorkTree {
    fn here() -> Result<Self, Failure> {
        let repository = Repository::around(Path::new("."))?;
        let root = repository.git(&["rev-parse", "--show-toplevel"])?.unwrap_or_default();
        let root = String::from_utf8_lossy(&root).trim_end_matches(['\n', '\r']).to_owned();
        if root.is_empty() {
            return Err(cannot(Code::JX703, texts::no_working_tree()));
        }
        Ok(Self { repository, root: PathBuf::from(root) })
    }

    fn value(&self, key: &str) -> Result<Option<String>, Failure> {
        let found = self.repository.git(&["config", "--local", "--get", key])?.ok();
        Ok(found.map(|found| String::from_utf8_lossy(&found).trim_end_matches('\n').to_owned()))
    }

    fn must(&self, arguments: &[&str]) -> Result<(), Failure> {
        self.repository.must(arguments).map(drop)
    }

    fn attributes(&self) -> PathBuf {
        self.root.join(".gitattributes")
    }

    fn attributes_text(&self) -> Result<String, Failure> {
        match std::fs::read_to_string(self.attributes()) {
            Ok(text) => Ok(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
            Err(error) => {
                let shown = files::shown(&self.attributes());
                Err(cannot(Code::JX907, texts::cannot_read(shown, files::reason(&error))))
            }
        }
    }
}

/// The sections of the configuration that are ours.
const SECTIONS: [&str; 4] = ["diff.jixiao", "diff.jixiao-document", "merge.jixiao", "jixiao"];
const SHOWN_SOURCE: &str = "diff.jixiao.textconv";
const HEADING_LINES: &str = "diff.jixiao.xfuncname";
/// What earlier versions set: git would keep what an older program, or none, made of a document.
const NO_LONGER: [&str; 1] = ["diff.jixiao-document.cachetextconv"];
/// What git kept of converted documents by that.
const CACHES: [&str; 2] = ["refs/notes/textconv/jixiao", "refs/notes/textconv/jixiao-document"];
const QUOTE_PATH: &str = "core.quotePath";
/// Says that [`QUOTE_PATH`] is set by us.
const QUOTE_PATH_IS_OURS: &str = "jixiao.quotePath";

/// Lines of source that may head a hunk.
const HEADS: &str =
    "^[ \t]*((部门|项目|标准|指标|分项目标|department|project|standard|indicator|sub_goal)( |\t|　|:|：).*)$";

/// What the configuration is to hold.
fn settings(setup: &Setup) -> Result<Vec<(&'static str, String)>, Failure> {
    let program = if setup.absolute {
        let path = std::env::current_exe()
            .map_err(|error| cannot(Code::JX907, texts::cannot_read("jixiao", files::reason(&error))))?;
        // Git hands it to a shell.
        format!("'{}'", files::shown(&path).replace('\'', "'\\''"))
    } else {
        "jixiao".to_owned()
    };
    let rulers = format!("^{RULER}(.*)$");
    let is_plain = setup.plain;
    let mut settings = vec![(HEADING_LINES, if is_plain { HEADS.to_owned() } else { rulers.clone() })];
    if !is_plain {
        settings.push((SHOWN_SOURCE, format!("{SHOW}{program}{OR_AS_IT_IS}")));
    }
    settings.extend([
        ("diff.jixiao-document.xfuncname", rulers),
        ("diff.jixiao-document.textconv", format!("{SHOW}{program}{OR_ITS_HASH}")),
        ("merge.jixiao.name", "Jixiao".to_owned()),
        ("merge.jixiao.driver", format!("{program}{OR_BY_GIT}")),
    ]);
    Ok(settings)
}

// Git hands these lines to a shell. Whoever has the configuration but not the program must not lose a diff, nor a side of
// a merge: git takes a driver that ends with 2 to 128 for one that wrote markers, and shows nothing where a filter fails.
const SHOW: &str = "show() { ";
const OR_AS_IT_IS: &str = r#" textconv -- "$1" || cat -- "$1"; }; show"#;
const OR_ITS_HASH: &str = r#" textconv -- "$1" || git hash-object --no-filters -- "$1"; }; show"#;
const OR_BY_GIT: &str = " merge-driver -L %L -- %O %A %B %P; ended=$?; test $ended -le 1 || \
    { git merge-file -q --marker-size=%L -L ours -L base -L theirs -- %A %O %B; ended=$?; }; exit $ended";

/// Whether a line of the configuration is the wanted one but for the program that it names.
fn is_of_some_program(found: &str, wanted: &str) -> bool {
    let rest = |line: &str| {
        [OR_AS_IT_IS, OR_ITS_HASH, OR_BY_GIT].into_iter().find(|rest| line.ends_with(rest)).map(str::to_owned)
    };
    rest(wanted).is_some_and(|wanted| rest(found) == Some(wanted))
}

const BEGIN: &str = "# >>> jixiao git setup";
const END: &str = "# <<< jixiao git setup";
/// Stands on the first line where what was there before ended without a line end.
const JOINED: &str = " +";
const ATTRIBUTES: &str = "*.jx diff=jixiao merge=jixiao\n*.docx diff=jixiao-document\n*.xlsx diff=jixiao-document\n";

fn set_up(tree: &WorkTree, settings: &[(&str, String)], terminal: &Terminal) -> Result<Outcome, Failure> {
    let before = tree.attributes_text()?;
    let after = with_block(&before);
    let mut done: Vec<Text> = Vec::new();
    if before != after {
        writing::write(&tree.attributes(), after.as_bytes())?;
        done.push(texts::written(".gitattributes"));
    }
    for (key, value) in settings {
        if tree.value(key)?.as_ref() != Some(value) {
            tree.must(&["config", "--local", key, value])?;
            done.push(texts::git_set(*key, value));
        }
    }
    let is_plain = !settings.iter().any(|(key, _)| *key == SHOWN_SOURCE);
    for key in NO_LONGER.into_iter().chain(is_plain.then_some(SHOWN_SOURCE)) {
        if tree.value(key)?.is_some() {
            tree.must(&["config", "--local", "--unset-all", key])?;
            done.push(texts::git_unset(key));
        }
    }
    if tree.value(QUOTE_PATH)?.is_none() {
        tree.must(&["config", "--local", QUOTE_PATH, "false"])?;
        tree.must(&["config", "--local", QUOTE_PATH_IS_OURS, "true"])?;
        done.push(texts::git_set(QUOTE_PATH, "false"));
    }
    tell(&done, &texts::git_was_set_up(), terminal)?;
    terminal.note(&texts::git_set_up_next());
    Ok(Outcome::Fine)
}

fn check(tree: &WorkTree, settings: &[(&str, String)], terminal: &Terminal) -> Result<Outcome, Failure> {
    let mut missing: Vec<Text> = Vec::new();
    let before = tree.attributes_text()?;
    if with_block(&before) != before {
        missing.push(Text::same(".gitattributes"));
    }
    for (key, value) in settings {
        let found = tree.value(key)?;
        // Which program, and whether sources are shown as they are, is the person's choice.
        let is_chosen = match found.as_deref() {
            Some(found) => found == value || *key == HEADING_LINES || is_of_some_program(found, value),
            None => *key == SHOWN_SOURCE && tree.value(HEADING_LINES)?.as_deref() == Some(HEADS),
        };
        if !is_chosen {
            missing.push(Text::same(*key));
        }
    }
    for key in NO_LONGER {
        missing.extend(tree.value(key)?.map(|_| Text::same(key)));
    }
    if missing.is_empty() {
        terminal.print(&format!("{}\n", texts::git_is_set_up().in_language(terminal.language)))?;
        return Ok(Outcome::Fine);
    }
    for one in &missing {
        terminal.print(&format!("{}\n", texts::git_lacks(one.clone()).in_language(terminal.language)))?;
    }
    let diagnostic = Diagnostic::without_place(Code::JX713, texts::git_not_set_up(missing.len()));
    terminal.tell(&diagnostic.help(texts::git_set_up_help()));
    Ok(Outcome::Findings)
}

fn undo(tree: &WorkTree, terminal: &Terminal) -> Result<Outcome, Failure> {
    let mut done: Vec<Text> = Vec::new();
    let before = tree.attributes_text()?;
    let after = without_block(&before);
    if before != after {
        if after.is_empty() {
            std::fs::remove_file(tree.attributes()).map_err(|error| {
                cannot(Code::JX909, texts::cannot_write(files::shown(&tree.attributes()), files::reason(&error)))
            })?;
        } else {
            writing::write(&tree.attributes(), after.as_bytes())?;
        }
        done.push(texts::git_block_removed(".gitattributes"));
    }
    if tree.value(QUOTE_PATH_IS_OURS)?.is_some() {
        tree.must(&["config", "--local", "--unset-all", QUOTE_PATH])?;
        done.push(texts::git_unset(QUOTE_PATH));
    }
    for section in SECTIONS {
        if tree.repository.git(&["config", "--local", "--remove-section", section])?.is_ok() {
            done.push(texts::git_unset(section));
        }
    }
    for cache in CACHES {
        if tree.repository.git(&["rev-parse", "--verify", "--quiet", cache])?.is_ok() {
            tree.must(&["update-ref", "-d", cache])?;
            done.push(texts::git_unset(cache));
        }
    }
    tell(&done, &texts::git_was_not_set_up(), terminal)?;
    Ok(Outcome::Fine)
}

fn tell(done: &[Text], nothing: &Text, terminal: &Terminal) -> Result<(), Failure> {
    let lines = if done.is_empty() { std::slice::from_ref(nothing) } else { done };
    lines.iter().try_for_each(|line| terminal.print(&format!("{}\n", line.in_language(terminal.language))))
}

/// The attributes with our block: at its place where there is one, else at the end.
fn with_block(before: &str) -> String {
    if let Some(range) = block(before) {
        let is_joined = before[range.clone()].lines().next().is_some_and(|line| line.ends_with(JOINED));
        let ours = ours(is_joined);
        return format!("{}{ours}{}", &before[..range.start], &before[range.end..]);
    }
    let is_joined = !before.is_empty() && !before.ends_with('\n');
    format!("{before}{}{}", if is_joined { "\n" } else { "" }, ours(is_joined))
}

fn ours(is_joined: bool) -> String {
    format!("{BEGIN}{}\n{ATTRIBUTES}{END}\n", if is_joined { JOINED } else { "" })
}

fn without_block(before: &str) -> String {
    let Some(range) = block(before) else { return before.to_owned() };
    let is_joined = before[range.clone()].lines().next().is_some_and(|line| line.ends_with(JOINED));
    let start = range.start - usize::from(is_joined && range.end == before.len() && range.start > 0);
    format!("{}{}", &before[..start], &before[range.end..])
}

fn block(text: &str) -> Option<std::ops::Range<usize>> {
    let start = text.find(BEGIN).filter(|start| *start == 0 || text[..*start].ends_with('\n'))?;
    let end = start + text[start..].find(END)?;
    Some(start..text[end..].find('\n').map_or(text.len(), |length| end + length + 1))
}
