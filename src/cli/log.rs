//! `jixiao log`: which commits changed a target, a project or a folder, and from what to what.

use std::collections::BTreeSet;
use std::path::Path;

use clap::{Args, Command};

use super::files::SETTINGS_FILE;
use super::options::told;
use super::output::{Terminal, cannot};
use super::repository::{Repository, Revision};
use super::revisions::selection_at;
use super::{Failure, Outcome};
use crate::diagnostic::{Code, Diagnostic, Language, texts};
use crate::diff::{self, Change, Comparison, Side};
use crate::history::{Blame, Commit, History, HistoryEntry, HistoryScope, Topic, Unknown};
use crate::workspace::{Analysis, VersionInput, Versions};

/// What `jixiao log` is asked.
#[derive(Args)]
#[group(skip)]
pub struct LogOptions {
    #[arg(default_value = ".", hide_default_value = true)]
    subject: String,
    #[arg(short = 'n', long)]
    number: Option<usize>,
    #[arg(long, default_value = "HEAD")]
    from: String,
    #[arg(long, conflicts_with = "number")]
    blame: bool,
    #[arg(long, value_parser = ["text", "json", "html"], default_value = "text")]
    format: String,
}

pub fn command(language: Language) -> Command {
    let about = [
        "一个目标的历史：谁、什么时候、从多少改到多少",
        "the history of a target: who changed it when, from what to what",
    ];
    told(
        LogOptions::augment_args(Command::new("log")),
        language,
        about,
        &[
            (
                "subject",
                Some(["项目.指标", "PROJECT.INDICATOR"]),
                [
                    "项目.指标、项目的名称或编码、指标名称，或文件、文件夹；不写时是所在的文件夹",
                    "project.indicator, a project's name or code, an indicator, or a file or folder; else this folder",
                ],
            ),
            ("number", Some(["个数", "COUNT"]), ["最多列出多少次提交", "the most commits to list"]),
            ("from", Some(["版本", "REV"]), ["从这个版本往前看", "look back from this revision"]),
            (
                "blame",
                None,
                ["每个指标一行：它的目标值是哪次提交定下的", "a line an indicator: the commit that set its target"],
            ),
            (
                "format",
                Some(["格式", "FORMAT"]),
                [
                    "text 文字，json 供程序读取，html 一个带图的网页",
                    "text, json for programs, or html for a page with a chart",
                ],
            ),
        ],
    )
}

pub fn run(options: &LogOptions, terminal: &Terminal) -> Result<Outcome, Failure> {
    let words = options.subject.as_str();
    let limit = options.number.unwrap_or(usize::MAX);
    let is_path = Path::new(words).exists();
    let is_file = is_path && !Path::new(words).is_dir();
    let folder = if is_file { Path::new(words).parent() } else { is_path.then_some(Path::new(words)) };
    let repository = Repository::around(folder.unwrap_or(Path::new(".")))?.without_submodules();
    let inside = |path: &str| {
        repository.path_of(&full(path)).ok_or_else(|| cannot(Code::JX703, texts::outside_repository(words)))
    };
    // What a file declares may have come from another file of its folder.
    let file = if is_file { Some(inside(words)?) } else { None };
    let path = match &file {
        Some(file) => file.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned()),
        None => inside(if is_path { words } else { "." })?,
    };
    let (commits, cut) = commits(&repository, &options.from, &path)?;
    let mut reader = CommitReader { repository: &repository, path, kept: None, versions: Versions::default(), cut };
    let scope = match (&file, is_path) {
        (Some(file), _) => of_file(&mut reader, &commits, file)?,
        (None, true) => Some(HistoryScope::of(Topic::Everything)),
        (None, false) if commits.is_empty() => None,
        (None, false) => Some(HistoryScope::of(find(&mut reader, &commits, words)?)),
    };
    let Some(scope) = scope.filter(|_| !commits.is_empty()) else {
        terminal.note(&texts::log_no_commits(words));
        for commit in &reader.cut {
            terminal.note(&texts::log_cut_at(commit.get(..8).unwrap_or(commit)));
        }
        return Ok(Outcome::Fine);
    };
    let format = options.format.as_str();
    if options.blame {
        let mut blame = blame(&mut reader, &commits, &scope, terminal)?;
        if !blame.is_complete() {
            blame.cut_at = reader.cut.into_iter().next();
        }
        terminal.answer(|out| {
            if format == "json" {
                blame.write_json(terminal.language, out)
            } else {
                blame.write_text(terminal.style, out)
            }
        })?;
        return Ok(Outcome::Fine);
    }
    let name = scope.one().filter(|_| !is_path).map(Topic::name).unwrap_or_default();
    let mut entries = entries(&mut reader, &commits, scope, limit, terminal)?;
    if is_path {
        // The one project of a file is not what was asked for.
        for entry in &mut entries {
            entry.value = None;
        }
    }
    let is_all = entries.len() < limit;
    let history = History { name, entries, cut_at: reader.cut.into_iter().next().filter(|_| is_all) };
    if format == "text" && history.entries.is_empty() && history.cut_at.is_none() {
        terminal.note(&texts::log_no_commits(words));
    }
    terminal.answer(|out| match format {
        "json" => history.write_json(terminal.language, out),
        "html" => history.write_html(terminal.language, out),
        _ => history.write_text(terminal.style, out),
    })?;
    Ok(Outcome::Fine)
}

/// What each commit did to the scope, newest first.
fn entries(
    reader: &mut CommitReader<'_>,
    commits: &[Logged],
    mut scope: HistoryScope,
    limit: usize,
    terminal: &Terminal,
) -> Result<Vec<HistoryEntry>, Failure> {
    let bar = terminal.progress_of(commits.len() as u64, &texts::log_reading(commits.len()));
    let mut entries = Vec::new();
    for logged in commits.iter().take_while(|_| limit > 0) {
        if let Some(bar) = &bar {
            bar.inc(1);
        }
        if !reader.knows_parents(logged) {
            continue;
        }
        let step = reader.step(logged)?;
        let value = scope.value(&step.new.model);
        let changes = scope.step(&step.old.model, &step.new.model, &step.comparison);
        if !changes.is_empty() {
            entries.push(HistoryEntry { commit: logged.commit.clone(), changes, value });
        }
        if entries.len() == limit {
            break;
        }
    }
    bar.iter().for_each(indicatif::ProgressBar::finish_and_clear);
    Ok(entries)
}

/// The commit that set each target of the scope.
fn blame(
    reader: &mut CommitReader<'_>,
    commits: &[Logged],
    scope: &HistoryScope,
    terminal: &Terminal,
) -> Result<Blame, Failure> {
    let bar = terminal.progress_of(commits.len() as u64, &texts::log_reading(commits.len()));
    let newest = commits.first().map_or("", |logged| &logged.commit.hash);
    let mut blame = Blame::of(scope, &reader.whole(newest)?.model);
    for logged in commits {
        if blame.is_complete() {
            break;
        }
        if !reader.knows_parents(logged) {
            continue;
        }
        if let Some(bar) = &bar {
            bar.inc(1);
        }
        let step = reader.step(logged)?;
        blame.step(&step.old.model, &step.new.model, &step.comparison, &logged.commit);
    }
    bar.iter().for_each(indicatif::ProgressBar::finish_and_clear);
    Ok(blame)
}

/// What a file declares in the newest version.
fn of_file(reader: &mut CommitReader<'_>, commits: &[Logged], file: &str) -> Result<Option<HistoryScope>, Failure> {
    let Some(Logged { commit, .. }) = commits.first() else { return Ok(None) };
    let analysis = reader.whole(&commit.hash)?;
    Ok(HistoryScope::of_file(&analysis.model, &analysis.sources, file))
}

fn side(analysis: &Analysis) -> Side<'_> {
    Side { model: &analysis.model, sources: &analysis.sources }
}

fn full(path: &str) -> String {
    std::fs::canonicalize(path).map_or_else(|_| path.to_owned(), |path| path.display().to_string())
}

/// A commit with its parents; a merge has several.
struct Logged {
    commit: Commit,
    parents: Vec<String>,
}

/// The commits that touched sources or settings at a path, newest first; and those at which the clone ends.
fn commits(repository: &Repository, from: &str, path: &str) -> Result<(Vec<Logged>, Vec<String>), Failure> {
    if repository.revision(from)?.tree.is_none() {
        return Ok((Vec::new(), Vec::new()));
    }
    let literal: String = path
        .chars()
        .flat_map(|sign| ['\\'].into_iter().filter(move |_| "*?[\\".contains(sign)).chain([sign]))
        .collect();
    let folder = if literal.is_empty() { literal.clone() } else { format!("{literal}/") };
    let wanted = [
        format!(":(top,glob){literal}"),
        format!(":(top,glob){folder}**/*.jx"),
        format!(":(top,glob){folder}**/{SETTINGS_FILE}"),
    ];
    let wanted = wanted.iter().skip(usize::from(!path.ends_with(".jx"))).map(String::as_str);
    let format = "--format=%H%x00%P%x00%an%x00%ad%x00%s";
    let mut arguments = vec!["log", "--topo-order", "--date=short", format, "--end-of-options", from, "--"];
    arguments.extend(wanted);
    let listed = repository.must(&arguments)?;
    let listed = String::from_utf8_lossy(&listed);
    let commit = |line: &str| {
        let mut parts = line.splitn(5, '\0').map(str::to_owned);
        let (hash, parents) = (parts.next()?, parts.next()?);
        let (author, date, title) = (parts.next()?, parts.next()?, parts.next()?);
        let parents = parents.split_whitespace().map(str::to_owned).collect();
        Some(Logged { commit: Commit { hash, author, date, title }, parents })
    };
    Ok((listed.lines().filter_map(commit).collect(), repository.cut_at(from)?))
}

/// Versions of a path, read; one of them is kept.
struct CommitReader<'a> {
    repository: &'a Repository,
    path: String,
    kept: Option<(String, VersionInput)>,
    versions: Versions,
    /// The commits whose parents the clone does not have.
    cut: Vec<String>,
}

impl CommitReader<'_> {
    /// Whether it can be told what a commit did. Against nothing it would seem to have made all that it holds.
    fn knows_parents(&self, logged: &Logged) -> bool {
        !self.cut.contains(&logged.commit.hash)
    }

    /// The version of a commit; the empty one before the first.
    fn version(&mut self, hash: &str) -> Result<VersionInput, Failure> {
        if let Some((_, version)) = self.kept.as_ref().filter(|(kept, _)| kept == hash) {
            return Ok(version.clone());
        }
        let revision = match hash {
            "" => Revision { name: String::new(), tree: None },
            hash => self.repository.revision(hash)?,
        };
        let selection = selection_at(self.repository, &revision, std::slice::from_ref(&self.path))?;
        Ok(VersionInput { files: selection.inputs, settings: selection.settings })
    }

    /// All that a commit holds.
    fn whole(&mut self, hash: &str) -> Result<Analysis, Failure> {
        let version = self.version(hash)?;
        self.kept = Some((hash.to_owned(), version.clone()));
        Ok(version.read())
    }

    /// A commit against its parent. A merge changes what differs from all of its parents: a conflict that was resolved.
    fn step(&mut self, logged: &Logged) -> Result<LoggedStep, Failure> {
        let version = self.version(&logged.commit.hash)?;
        let first = logged.parents.first().cloned().unwrap_or_default();
        let before = self.version(&first)?;
        let [old, new] = self.versions.read(before.clone(), version.clone());
        let mut comparison = diff::compare(side(&old), side(&new));
        for parent in logged.parents.iter().skip(1) {
            if comparison.changes.is_empty() {
                break;
            }
            let other = self.version(parent)?;
            let [other, new] = self.versions.read(other, version.clone());
            let differences = diff::compare(side(&other), side(&new)).changes;
            let place = |change: &Change| (change.subject.identity.clone(), change.subject.field.clone());
            let places: BTreeSet<_> = differences.iter().map(place).collect();
            comparison.changes.retain(|change| places.contains(&place(change)));
        }
        // The parent of one commit is mostly the next commit.
        self.kept = Some((first, before));
        Ok(LoggedStep { old, new, comparison })
    }
}

/// A commit with both of its sides.
struct LoggedStep {
    old: Analysis,
    new: Analysis,
    comparison: Comparison,
}

/// The topic in the newest version that has it.
fn find(reader: &mut CommitReader<'_>, commits: &[Logged], words: &str) -> Result<Topic, Failure> {
    let mut near = Vec::new();
    for Logged { commit, .. } in commits {
        match Topic::find(&reader.whole(&commit.hash)?.model, words) {
            Ok(topic) => return Ok(topic),
            Err(Unknown::Several(names)) => {
                let diagnostic = Diagnostic::without_place(Code::JX707, texts::log_ambiguous(words, names.len()));
                let diagnostic = diagnostic.help(texts::write_one_of(names.join("、")));
                return Err(Failure::Told(diagnostic));
            }
            Err(Unknown::Nothing(names)) => near = if near.is_empty() { names } else { near },
        }
    }
    let mut diagnostic = Diagnostic::without_place(Code::JX707, texts::log_unknown(words));
    if !near.is_empty() {
        diagnostic = diagnostic.help(texts::did_you_mean(near.join("、")));
    }
    Err(Failure::Told(diagnostic))
}
