//! `jixiao score`: points, totals and grades, how one of them came about, and what would be if.

use clap::{ArgAction, Args, Command};

use super::blank_report::BlankReport;
use super::checking::{checked, outcome};
use super::options::{Asked, told};
use super::output::{Terminal, cannot, summary};
use super::{Failure, Outcome};
use crate::control::Wishes;
use crate::diagnostic::{Code, Language, Text, texts};
use crate::drafting::{no_such_thing, several_things};
use crate::language::{Block, Field};
use crate::model::text::key;
use crate::model::year::{NamedThing, Snapshot, SnapshotKind};
use crate::score::{Exact, ScoreBasis, ScoredProject};
use crate::source::Span;
use crate::standing::{ScoresOfOffice, StandingPage, StandingPart, explained, scores_json, scores_page};
use crate::workspace::{Analysis, Input, analyse};

/// What `jixiao score` is asked.
#[derive(Args)]
#[group(skip)]
pub struct ScoreOptions {
    #[command(flatten)]
    asked: Asked,
    #[arg(long)]
    explain: Option<String>,
    #[arg(long = "try", conflicts_with_all = ["explain", "forecast", "by"])]
    what_if: Option<String>,
    #[arg(long)]
    forecast: bool,
    #[arg(long, action = ArgAction::Set, value_parser = ["等次", "grade"])]
    by: Option<String>,
    #[arg(short, long, requires = "explain")]
    verbose: bool,
    #[arg(long, value_parser = ["text", "json", "markdown", "html"], default_value = "text")]
    format: String,
    #[arg(long, conflicts_with_all = ["explain", "what_if", "forecast", "by", "format"])]
    new: bool,
    #[command(flatten)]
    blank: BlankReport,
}

pub fn command(language: Language) -> Command {
    let about = ["自评得分：各项得分、总分、等次和推导", "points, totals and grades, and how they came about"];
    told(
        ScoreOptions::augment_args(Command::new("score")),
        language,
        about,
        &[
            Asked::PATHS,
            Asked::STDIN_FILENAME,
            (
                "explain",
                Some(["项目.指标", "PROJECT.INDICATOR"]),
                ["这条指标的得分怎样算出来", "how the points of this indicator came about"],
            ),
            (
                "what_if",
                Some(["项目.指标=值", "PROJECT.INDICATOR=VALUE"]),
                ["完成值要是这样，得几分；什么都不写", "what it would earn with this value; writes nothing"],
            ),
            ("forecast", None, ["按最近一次监控预计年底得分", "what the year comes to by the last checkpoint"]),
            ("by", Some(["等次", "grade"]), ["只列项目，按等次排", "the projects alone, by grade"]),
            ("verbose", None, ["和 --explain 一起：别的方法得几分", "with --explain: what other methods would give"]),
            (
                "format",
                Some(["格式", "FORMAT"]),
                ["text 表格，json 供程序读取，markdown，html 网页", "text, json for programs, markdown, or html"],
            ),
            (
                "new",
                None,
                [
                    "写自评文件，每一行待填；已经报过的不再写",
                    "write the file of the self-evaluation, with every line to be filled in; what is reported is left out",
                ],
            ),
            BlankReport::BY,
            BlankReport::OUTPUT,
        ],
    )
}

pub fn run(options: &ScoreOptions, terminal: &Terminal) -> Result<Outcome, Failure> {
    if options.new {
        return options.blank.write(&options.asked, None, terminal);
    }
    let selection = options.asked.select()?;
    let (inputs, settings) = (selection.inputs.clone(), selection.settings.clone());
    let analysis = checked(selection, &Wishes { fixes_of_errors_alone: true, ..Wishes::default() }, terminal);
    let Analysis { model, sources, .. } = &analysis;
    let basis = if options.forecast { ScoreBasis::Forecast } else { ScoreBasis::Reported };
    let language = terminal.language;
    if analysis.has_errors() {
        terminal.note(&summary(&analysis));
    }
    let is_of_year = |one: &Snapshot| one.kind == SnapshotKind::SelfEvaluation;
    let has_reports = model.groups().any(|one| model.record(one).snapshots().any(is_of_year));
    if !options.forecast && options.what_if.is_none() && !has_reports {
        terminal.note(&texts::score_nothing_reported());
    }
    let offices = ScoresOfOffice::all(model, basis);
    let page = if let Some(written) = &options.what_if {
        let parts = written.split_once(['=', '＝']);
        let (path, value) = parts.ok_or_else(|| cannot(Code::JX911, texts::score_try_form(written)))?;
        let (one, index) = place_of(&offices, path.trim())?;
        let named = one.in_force.indicators[index].named;
        let path = path_of(one, index);
        let other = with_value(&analysis, inputs, settings, (named, &path), value.trim());
        let others = ScoresOfOffice::all(&other.model, basis);
        let (then, place) = place_of(&others, &path)?;
        let mut page = StandingPage {
            title: path,
            parts: vec![StandingPart::Lines(tried((one, index), (then, place), language))],
        };
        page.parts.extend(explained(&other.model, &other.sources, then, place, false, language).parts);
        page
    } else if let Some(path) = &options.explain {
        let (one, index) = place_of(&offices, path)?;
        explained(model, sources, one, index, options.verbose, language)
    } else if options.format == "json" {
        terminal.print(&scores_json(model, sources, &offices, language))?;
        return Ok(outcome(&analysis));
    } else {
        scores_page(model, sources, &offices, options.by.is_some(), language)
    };
    show(&page, &options.format, terminal)?;
    Ok(outcome(&analysis))
}

/// Prints a page in a format for people.
pub fn show(page: &StandingPage, format: &str, terminal: &Terminal) -> Result<(), Failure> {
    terminal.print(&match format {
        "markdown" => page.markdown(),
        "html" => page.html(terminal.language),
        _ => page.text(),
    })
}

/// `项目.指标`, in full.
fn path_of(one: &ScoredProject<'_>, index: usize) -> String {
    one.in_force.project.path_to(&one.in_force.indicators[index].indicator.name.value)
}

/// The one indicator that words name: in full, or by a name that only one project has.
fn place_of<'o, 'a>(offices: &'o [ScoresOfOffice<'a>], words: &str) -> Result<(&'o ScoredProject<'a>, usize), Failure> {
    let all = || {
        let projects = offices.iter().flat_map(ScoresOfOffice::scored);
        projects.flat_map(|one| (0..one.in_force.indicators.len()).map(move |index| (one, index)))
    };
    let meant = key(words);
    let in_full: Vec<_> = all().filter(|(one, index)| key(&path_of(one, *index)) == meant).collect();
    let name = |one: &ScoredProject<'_>, index: usize| key(&one.in_force.indicators[index].indicator.name.value);
    let found =
        if in_full.is_empty() { all().filter(|(one, index)| name(one, *index) == meant).collect() } else { in_full };
    match found[..] {
        [only] => Ok(only),
        [] => {
            let names: Vec<String> = all().map(|(one, index)| path_of(one, index)).collect();
            Err(Failure::Told(no_such_thing(words, names.iter().map(String::as_str))))
        }
        _ => {
            let names: Vec<String> = found.iter().map(|(one, index)| path_of(one, *index)).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            Err(Failure::Told(several_things(words, &names)))
        }
    }
}

/// The same texts, in which an indicator reached another value. Nothing is written.
fn with_value(
    analysis: &Analysis,
    mut inputs: Vec<Input>,
    settings: Option<Input>,
    (named, path): (NamedThing, &str),
    value: &str,
) -> Analysis {
    let Analysis { model, sources, .. } = analysis;
    let snapshots = model.groups().flat_map(|one| model.record(one).snapshots());
    let mut lines = snapshots.filter(|one| one.kind == SnapshotKind::SelfEvaluation).flat_map(|one| &one.reached);
    let line = lines.find(|line| line.subject.named == Some(named));
    let place = line.map(|line| line.value.span).filter(|span| span.start < span.end);
    let of_project = named.project().map(|id| sources.get(model[id].span.file).path.clone()).unwrap_or_default();
    let is_of = |span: Span| move |one: &&mut Input| one.path == sources.get(span.file).path;
    if let Some((span, input)) = place.and_then(|span| Some((span, inputs.iter_mut().find(is_of(span))?))) {
        let mut text = input.text.to_string();
        text.replace_range(span.range(), value);
        input.text = text.into();
    } else {
        let folder = of_project.rsplit_once('/').map_or("", |(folder, _)| folder);
        let name = if folder.is_empty() { TRIAL.to_owned() } else { format!("{folder}/{TRIAL}") };
        let (report, line) = (Block::SelfEvaluation.word().0, Field::EvaluationReached.name);
        inputs.push(Input { path: name, text: format!("{report} {{\n  {line} {path} {value}\n}}\n").into() });
    }
    analyse(inputs, settings)
}

/// The file that only a trial has.
const TRIAL: &str = "~试算.jx";

/// What a trial changes: the points, and the total.
fn tried(
    (before, index): (&ScoredProject<'_>, usize),
    (after, place): (&ScoredProject<'_>, usize),
    language: Language,
) -> Vec<String> {
    let shown = |exact: Option<&Exact>| exact.map_or_else(|| "—".to_owned(), |exact| exact.plain(6));
    let points = |one: &ScoredProject<'_>, index: usize| shown(one.score.rows[index].points.rounded.as_ref());
    let total = |one: &ScoredProject<'_>| {
        let total = &one.score.total;
        [shown(total.points.as_ref()), total.grade.clone().unwrap_or_default()].join(" ").trim_end().to_owned()
    };
    let say = |text: Text| text.in_language(language).into_owned();
    vec![
        say(texts::score_tried(path_of(after, place), points(before, index), points(after, place))),
        say(texts::score_tried_total(total(before), total(after))),
    ]
}
