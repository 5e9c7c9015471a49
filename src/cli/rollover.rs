//! `jixiao rollover`: next year's workspace beside this year's, and what a person should look at in it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use clap::{ArgAction, Args, Command, ValueHint, value_parser};

use super::files::{self, Selection};
use super::options::told;
use super::output::{Terminal, cannot};
use super::writing::{self, NewFolder};
use super::{Failure, Outcome};
use crate::diagnostic::{Code, Diagnostic, Language, Text, texts};
use crate::rollover::{Note, Rolled, roll_over};
use crate::source::{FileId, Source, Sources};
use crate::workspace::{Analysis, Input, analyse};

/// What `jixiao rollover` is asked.
#[derive(Args)]
#[group(skip)]
pub struct RolloverOptions {
    #[arg(num_args = 0.., action = ArgAction::Set, default_value = ".", value_hint = ValueHint::DirPath)]
    paths: Vec<String>,
    #[arg(long, value_parser = value_parser!(u16).range(1900..=2200))]
    to: u16,
    #[arg(short, long, value_hint = ValueHint::DirPath)]
    output: Option<PathBuf>,
}

pub fn command(language: Language) -> Command {
    let about = [
        "结转到下一年：写出新一年的文件夹，列出改了什么、要看什么",
        "write next year's workspace, and list what changed and what needs a look",
    ];
    told(
        RolloverOptions::augment_args(Command::new("rollover")),
        language,
        about,
        &[
            (
                "paths",
                Some(["文件夹", "DIR"]),
                ["部门的文件夹，或几个部门的文件夹", "a department's folder, or a folder of departments"],
            ),
            ("to", Some(["年度", "YEAR"]), ["新的预算年度，如 2026", "the new fiscal year, such as 2026"]),
            (
                "output",
                Some(["文件夹", "DIR"]),
                [
                    "写到哪个新文件夹；不写时把名称里的年度换掉，名称里没有年度就加在后面",
                    "the new folder; else the name with its year replaced, or with the year behind it",
                ],
            ),
        ],
    )
}

pub fn run(options: &RolloverOptions, terminal: &Terminal) -> Result<Outcome, Failure> {
    let RolloverOptions { paths, to, output } = options;
    let to = *to;
    // All are made before any is written.
    let mut made = Vec::new();
    for path in paths {
        let folder = Path::new(path);
        let work = RolledFolder::read(folder, to, terminal)?;
        let target = match output {
            Some(output) if paths.len() > 1 => output.join(work.new_name(to)),
            Some(output) => output.clone(),
            None => folder
                .parent()
                .filter(|_| folder.file_name().is_some())
                .map_or_else(|| folder.join("..").join(work.new_name(to)), |parent| parent.join(work.new_name(to))),
        };
        made.push((work, target));
    }
    let (there, missing): (Vec<_>, Vec<_>) = made.iter().partition(|(_, target)| is_taken(target));
    // What an earlier run wrote of several folders before it was ended stays: the others are still to come.
    let taken = there.iter().find(|(work, target)| missing.is_empty() || !work.is_written(target));
    if let Some((_, target)) = taken {
        return Err(cannot(Code::JX909, texts::cannot_write(files::shown(target), texts::exists_already())));
    }
    let folders: Vec<_> = missing.iter().map(|(work, target)| work.new_folder(target)).collect();
    writing::write_folders(&folders)?;
    for (_, target) in there {
        terminal.note(&texts::there_already(files::shown(target)));
    }
    missing.iter().try_for_each(|(work, target)| work.tell(target, terminal))?;
    Ok(Outcome::Fine)
}

/// Whether something is there that is no empty folder.
fn is_taken(target: &Path) -> bool {
    std::fs::symlink_metadata(target).is_ok()
        && std::fs::read_dir(target).map_or(true, |mut entries| entries.next().is_some())
}

/// A folder and what becomes of it.
struct RolledFolder {
    folder: PathBuf,
    from: Option<u16>,
    selection: Selection,
    analysis: Analysis,
    asked: Vec<FileId>,
    rolled: Rolled,
}

impl RolledFolder {
    fn read(folder: &Path, to: u16, terminal: &Terminal) -> Result<Self, Failure> {
        let name = files::shown(folder);
        if !folder.is_dir() {
            return Err(cannot(Code::JX714, texts::cannot_roll_over(name, texts::roll_not_a_folder())));
        }
        let mut selection = files::select(&[folder.display().to_string()], "")?;
        // What is not read would be missing next year.
        if let Some(last) = selection.unreadable.pop() {
            selection.unreadable.iter().for_each(|diagnostic| terminal.tell(diagnostic));
            return Err(Failure::Told(last));
        }
        let analysis = analyse(selection.inputs.clone(), selection.settings.clone());
        let asked_for = |source: &Source| selection.asked_for.contains(&source.path);
        let asked: Vec<FileId> =
            analysis.sources.iter().filter(|(_, source)| asked_for(source)).map(|(file, _)| file).collect();
        let rolled = roll_over(&analysis.model, &analysis.sources, &asked, to).map_err(Failure::Told)?;
        let from = analysis.model.departments.iter().filter_map(|one| Some(one.year.as_ref()?.value)).max();
        Ok(Self { folder: folder.to_path_buf(), from, selection, analysis, asked, rolled })
    }

    /// The folder's name with the new year.
    fn new_name(&self, to: u16) -> String {
        let full = std::fs::canonicalize(&self.folder).unwrap_or_else(|_| self.folder.clone());
        let name = full.file_name().map_or_else(|| "jixiao".to_owned(), |name| name.to_string_lossy().into_owned());
        let from = self.from.unwrap_or(to.saturating_sub(1)).to_string();
        if name.contains(&from) { name.replace(&from, &to.to_string()) } else { format!("{name}-{to}") }
    }

    /// The new text of a file.
    fn text(&self, file: FileId) -> &str {
        self.rolled.texts.get(&file).map_or_else(|| &*self.analysis.sources.get(file).text, String::as_str)
    }

    /// The path of a file below the folder.
    fn below(&self, file: FileId) -> PathBuf {
        let path = Path::new(&self.analysis.sources.get(file).path);
        let inside = path.strip_prefix(&self.folder).or_else(|_| path.strip_prefix(files::shown(&self.folder)));
        inside.unwrap_or(path).to_path_buf()
    }

    fn new_folder(&self, target: &Path) -> NewFolder<'_> {
        let stays = |file: &&FileId| !self.rolled.left_behind.contains(file);
        let mut files: Vec<_> =
            self.asked.iter().filter(stays).map(|file| (self.below(*file), self.text(*file).as_bytes())).collect();
        if let Some(settings) = self.selection.settings.as_ref().filter(|_| self.root_is_inside()) {
            let name = Path::new(&settings.path).file_name().unwrap_or_default();
            files.push((name.into(), settings.text.as_bytes()));
        }
        NewFolder { path: target.to_path_buf(), files }
    }

    /// Whether the new folder is there already, as it would be written.
    fn is_written(&self, target: &Path) -> bool {
        let is_there =
            |(name, bytes): &(PathBuf, &[u8])| std::fs::read(target.join(name)).is_ok_and(|there| there == *bytes);
        self.new_folder(target).files.iter().all(is_there)
    }

    /// The new texts under their new paths, each by the id of the old one.
    fn new_sources(&self, target: &Path) -> Sources {
        let mut new = Sources::default();
        for (file, source) in self.analysis.sources.iter() {
            if self.asked.binary_search(&file).is_ok() {
                new.add(files::shown(&target.join(self.below(file))), self.text(file));
            } else {
                new.add(&*source.path, source.text.clone());
            }
        }
        new
    }

    /// Whether the settings stand in the folder itself.
    fn root_is_inside(&self) -> bool {
        let full = |path: &Path| std::fs::canonicalize(path).ok();
        let root = self.selection.root.as_deref();
        let root = root.map(|root| if root.as_os_str().is_empty() { Path::new(".") } else { root });
        root.and_then(full).is_some_and(|root| Some(root) == full(&self.folder))
    }

    fn tell(&self, target: &Path, terminal: &Terminal) -> Result<(), Failure> {
        let say = |text: Text| text.in_language(terminal.language).into_owned();
        let shown = files::shown(target);
        let mut out = format!("{}\n", say(texts::rolled_over(files::shown(&self.folder), &*shown)));
        let sources = &self.new_sources(target);
        let rolled = &self.rolled;
        let _ = writeln!(out, "\n{}", say(texts::rolled_changes(rolled.changes.len())));
        out += &list(&rolled.changes, sources, terminal.language);
        let mut looks = rolled.looks.clone();
        let targets = Some(rolled.from_targets).filter(|count| *count > 0).map(texts::look_targets);
        let behind = Some(rolled.left_behind.len()).filter(|count| *count > 0).map(texts::rolled_year_stays);
        let general = targets.into_iter().chain([texts::look_amounts()]).chain(behind);
        looks.extend(general.map(|text| Note { span: None, text, code: None }));
        let more = self.new_errors();
        if more > 0 {
            looks.push(Note { span: None, text: texts::look_new_errors(more), code: None });
        }
        let _ = writeln!(out, "\n{}", say(texts::rolled_looks(looks.len())));
        out += &list(&looks, sources, terminal.language);
        terminal.print(&out)
    }

    /// How many errors the new workspace has more.
    fn new_errors(&self) -> usize {
        let texts = self.rolled.texts.iter().map(|(file, text)| (&*self.analysis.sources.get(*file).path, text));
        let texts: BTreeMap<&str, &String> = texts.collect();
        let text_of =
            |input: &Input| texts.get(&*input.path).map_or_else(|| input.text.clone(), |text| text.as_str().into());
        let is_behind = |input: &&Input| {
            let behind = self.rolled.left_behind.iter();
            behind.map(|file| &self.analysis.sources.get(*file).path).any(|path| *path == input.path)
        };
        let inputs = self
            .selection
            .inputs
            .iter()
            .filter(|input| !is_behind(input))
            .map(|input| Input { path: input.path.clone(), text: text_of(input) })
            .collect();
        let count = |analysis: &Analysis| analysis.diagnostics.iter().filter(|one| Diagnostic::is_error(one)).count();
        count(&analyse(inputs, self.selection.settings.clone())).saturating_sub(count(&self.analysis))
    }
}

/// A line a note: where, and what.
fn list(notes: &[Note], sources: &Sources, language: Language) -> String {
    let line = |note: &Note| {
        let place = note.span.map(|span| {
            let source = sources.get(span.file);
            format!("{}:{}  ", source.shown_path(), source.location(span.start).line)
        });
        let code = note.code.map(|code| format!("{} ", code.id())).unwrap_or_default();
        format!("  {}{code}{}\n", place.unwrap_or_default(), note.text.in_language(language))
    };
    notes.iter().map(line).collect()
}
