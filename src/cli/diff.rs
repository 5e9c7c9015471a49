//! `jixiao diff`: what changed between two versions, in the terms of those who review them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, Args, Command, ValueHint};

use super::checking::compared;
use super::files::{self, Selection};
use super::options::{say, told};
use super::output::Terminal;
use super::revisions::{self, ComparedVersion};
use super::{Failure, Outcome};
use crate::diagnostic::{Code, Diagnostic, Language, Severity, Text, texts};
use crate::diff::{self, Change, Class, Side};
use crate::model::Model;
use crate::review::approvals::{self, Approval};
use crate::review::{self, Entry, Format, Review, Standing, classes};
use crate::source::{Sources, Span};
use crate::workspace::Analysis;

/// What `jixiao diff` is asked.
#[derive(Args)]
#[group(skip)]
pub struct DiffOptions {
    #[arg(num_args = 0..=2, action = ArgAction::Set, value_hint = ValueHint::AnyPath)]
    versions: Vec<String>,
    #[arg(num_args = 1.., action = ArgAction::Set, last = true, value_hint = ValueHint::AnyPath)]
    paths: Vec<String>,
    #[arg(long, value_parser = formats(Language::Chinese), default_value = Format::Text.id())]
    format: Format,
    #[arg(long, conflicts_with = "format")]
    stat: bool,
    #[arg(long, value_delimiter = ',', visible_alias = "only")]
    class: Vec<String>,
    #[arg(long, value_delimiter = ',')]
    fail_on: Vec<String>,
    #[arg(long, value_hint = ValueHint::FilePath)]
    require_approval: Option<PathBuf>,
    #[arg(long, conflicts_with = "stat")]
    approve_template: bool,
}

pub fn command(language: Language) -> Command {
    let about = [
        "两个版本之间变了什么：目标、金额、指标，不是行",
        "what changed between two versions: targets, money, indicators, not lines",
    ];
    let after = [
        "旧、新可以是文件夹、文件、git 版本（HEAD~1、标签、A..B、A...B、版本:路径）或能导入的文档。\n只写一个版本时和工作区比，都不写时是上次提交以来的变化。\n退出状态：0 没有变化，1 有变化（有 --fail-on 或 --require-approval 时只看它们）或有文件没读到，2 无法运行",
        "OLD and NEW are folders, files, git revisions (HEAD~1, a tag, A..B, A...B, REV:PATH) or documents that can be imported.\nOne revision is compared with the working tree; with none, it is what changed since the last commit.\nExit status: 0 no changes, 1 changes (with --fail-on or --require-approval, only those) or a file that could not be read, 2 could not run",
    ];
    let command = DiffOptions::augment_args(Command::new("diff")).after_help(say(after, language));
    let command = command.mut_arg("format", |option| option.value_parser(formats(language)));
    let changes = Some(["变化", "CHANGES"]);
    told(
        command,
        language,
        about,
        &[
            (
                "versions",
                Some(["版本", "VERSION"]),
                ["旧和新；不写时是上次提交和工作区", "old and new; else the last commit and the working tree"],
            ),
            ("paths", Some(["路径", "PATH"]), ["只比较这些文件或文件夹", "compare these files or folders only"]),
            ("format", Some(["格式", "FORMAT"]), ["输出格式", "the output format"]),
            ("stat", None, ["只印小结", "the summary only"]),
            (
                "class",
                changes,
                [
                    "只列这些变化：代码（JC102）、代码的开头（JC4）、名称里的词（放宽、relaxed）或风险（high）",
                    "list these changes only: codes (JC102), beginnings (JC4), words of names (relaxed) or risks (high)",
                ],
            ),
            (
                "fail_on",
                changes,
                [
                    "有这些变化时退出状态才是 1，写法同 --class",
                    "status 1 for these changes only, written as for --class",
                ],
            ),
            (
                "require_approval",
                Some(["文件", "FILE"]),
                [
                    "可能放宽目标、或者动了金额的变化不在这份批准清单里时退出状态为 1",
                    "status 1 for any change that may relax a target, or moves money, and that this list does not approve",
                ],
            ),
            (
                "approve_template",
                None,
                [
                    "打印还没有批准的变化，供填写批准清单",
                    "print the changes that are not yet approved, to be filled in",
                ],
            ),
        ],
    )
}

/// The formats by name, told in a language.
fn formats(language: Language) -> impl TypedValueParser<Value = Format> {
    let formats = Format::ALL.iter().map(|format| PossibleValue::new(format.id()).help(format.about(language)));
    PossibleValuesParser::new(formats).try_map(|name| Format::find(&name).ok_or("no such format"))
}

pub fn run(options: &DiffOptions, terminal: &Terminal) -> Result<Outcome, Failure> {
    let only = kinds(&options.class)?;
    let fail_on = kinds(&options.fail_on)?;
    let wants_template = options.approve_template;
    let approvals = options.require_approval.as_deref().map(|path| read_approvals(path, terminal)).transpose()?;
    let trimmed = |words: &[String]| words.iter().map(|word| word.trim().to_owned()).collect::<Vec<_>>();
    let (versions, paths) = (trimmed(&options.versions), trimmed(&options.paths));
    let (old, new) = revisions::versions(&versions, &paths, terminal.language)?;
    // What is not read looks like what is not there.
    let unreadable = || old.selection.unreadable.iter().chain(&new.selection.unreadable);
    unreadable().for_each(|diagnostic| terminal.tell(diagnostic));
    let is_partial = unreadable().next().is_some();
    let [old, new] = Checked::both(old, new, terminal);

    let mut comparison = diff::compare(old.side(), new.side());
    comparison.changes.retain(|change| is_asked_for(change, &old, &new));
    let needs = approvals.is_some() || wants_template;
    let entry = |change| entry(change, approvals.as_deref(), needs, fail_on.as_deref());
    let mut entries: Vec<Entry<'_>> = comparison.changes.iter().map(entry).collect();
    let listed = approvals.as_deref().unwrap_or_default();
    let unused =
        listed.iter().filter(|one| !entries.iter().any(|entry| entry.fingerprint == one.fingerprint)).collect();
    let all = entries.len();
    // What is not listed does not pass unapproved.
    let fails = entries.iter().any(|entry| entry.fails);
    if let Some(only) = &only {
        entries.retain(|entry| only.contains(&entry.change.class));
    }
    let is_gate = approvals.is_some() || fail_on.is_some();
    let fails = if is_gate { fails } else { !entries.is_empty() };
    let review = Review { old: old.version(), new: new.version(), entries, unused };
    for version in [&review.old, &review.new].into_iter().filter(|version| version.errors > 0) {
        terminal.note(&texts::errors_in_version(version.name.clone(), version.errors));
    }
    if wants_template {
        let wanting = review.entries.iter().filter(|entry| entry.standing == Standing::Unapproved);
        terminal.answer(|out| approvals::write_template(wanting, terminal.language, out))?;
        return Ok(Outcome::Fine);
    }
    if options.stat {
        terminal.answer(|out| review::counts(&review, terminal.style, out))?;
    } else {
        terminal.answer(|out| options.format.write(&review, terminal.style, out))?;
    }
    if review.entries.is_empty() && all > 0 {
        terminal.note(&texts::nothing_wanted_changed(all));
    }
    Ok(if fails || is_partial { Outcome::Findings } else { Outcome::Fine })
}

/// A version that was read.
pub(super) struct Checked {
    name: Text,
    analysis: Analysis,
    /// Paths of what was asked for; none where that is everything.
    asked_for: Option<BTreeSet<String>>,
}

impl Checked {
    pub(super) fn both(old: ComparedVersion, new: ComparedVersion, terminal: &Terminal) -> [Self; 2] {
        let asked_for = |version: &ComparedVersion| {
            let Selection { beside, asked_for, .. } = &version.selection;
            (!beside.is_empty()).then(|| asked_for.clone())
        };
        let (old_asked_for, new_asked_for) = (asked_for(&old), asked_for(&new));
        let [old_analysis, new_analysis] = compared(old.selection, new.selection, terminal);
        [
            Self { name: old.name, analysis: old_analysis, asked_for: old_asked_for },
            Self { name: new.name, analysis: new_analysis, asked_for: new_asked_for },
        ]
    }

    pub(super) fn side(&self) -> Side<'_> {
        Side { model: &self.analysis.model, sources: &self.analysis.sources }
    }

    pub(super) fn version(&self) -> review::Version<'_> {
        // A rule of the field that is broken keeps nothing from being understood.
        let is_error =
            |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error && !diagnostic.code.has_level();
        let errors = self.analysis.diagnostics.iter().filter(is_error).count();
        review::Version { name: self.name.clone(), side: self.side(), errors }
    }

    fn holds(&self, span: Span) -> bool {
        let sources: &Sources = &self.analysis.sources;
        self.asked_for.as_ref().is_none_or(|paths| paths.contains(&sources.get(span.file).path))
    }
}

/// Files are also read because those that were asked for refer to them: their changes are not of interest.
fn is_asked_for(change: &Change, old: &Checked, new: &Checked) -> bool {
    let project = |model: &Model, id: Option<crate::model::ProjectId>| id.map(|id| model[id].span);
    let places = [
        (old, change.old_span().or_else(|| project(&old.analysis.model, change.subject.old_project))),
        (new, change.new_span().or_else(|| project(&new.analysis.model, change.subject.new_project))),
    ];
    let mut known = places.into_iter().filter_map(|(side, span)| Some((side, span?))).peekable();
    known.peek().is_none() || known.any(|(side, span)| side.holds(span))
}

fn entry<'a>(
    change: &'a Change,
    approvals: Option<&'a [Approval]>,
    needs: bool,
    fail_on: Option<&[Class]>,
) -> Entry<'a> {
    let fingerprint = change.fingerprint();
    let approval = approvals.into_iter().flatten().find(|approval| approval.fingerprint == fingerprint);
    let standing = match approval {
        Some(approval) => Standing::Approved(approval),
        None if needs && change.class.touches_targets_or_money() => Standing::Unapproved,
        None => Standing::Free,
    };
    let is_named = fail_on.is_some_and(|classes| classes.contains(&change.class));
    let fails = approvals.is_some() && standing == Standing::Unapproved || is_named && approval.is_none();
    Entry { change, fingerprint, standing, fails }
}

/// The classes that words name; none where there are no words.
fn kinds(words: &[String]) -> Result<Option<Vec<Class>>, Failure> {
    if words.is_empty() {
        return Ok(None);
    }
    let mut found = Vec::new();
    for word in words.iter().map(|word| word.trim()) {
        let classes = classes(word);
        if classes.is_empty() {
            let diagnostic = Diagnostic::without_place(Code::JX910, texts::unknown_change_kind(word));
            let help = texts::unknown_change_kind_help("relaxed removed raised moved");
            return Err(Failure::Told(diagnostic.help(help)));
        }
        found.extend(classes);
    }
    Ok(Some(found))
}

fn read_approvals(path: &Path, terminal: &Terminal) -> Result<Vec<Approval>, Failure> {
    let text = files::read_text(path).map_err(Failure::Told)?;
    approvals::read(&text).map_err(|mistakes| {
        let mut sources = Sources::default();
        let file = sources.add(files::shown(path), text.as_str());
        let mut told = mistakes.into_iter().map(|mistake| {
            let at = u32::try_from(mistake.at).unwrap_or(u32::MAX).min(text.len() as u32);
            let place = sources.get(file).location(at);
            let message = texts::bad_approvals(files::shown(path), place.line, place.column, mistake.reason);
            Diagnostic::without_place(Code::JX705, message)
        });
        // Invariant: what cannot be used has a mistake.
        let last = told.next_back().expect("a mistake");
        told.for_each(|diagnostic| terminal.tell(&diagnostic));
        Failure::Told(last.help(texts::bad_approvals_help()))
    })
}
