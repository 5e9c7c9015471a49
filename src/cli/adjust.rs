//! `jixiao adjust`: writes an adjustment, with what was in force and what is from now on.

use clap::{ArgAction, Args, Command, ValueHint};

use super::drafted::{NewText, is_mistake, office};
use super::options::told;
use super::output::{Terminal, cannot};
use super::{Failure, Outcome};
use crate::diagnostic::{Code, Diagnostic, Language, texts};
use crate::drafting::{WantedChange, adjustment, adjustment_lines, file_of_adjustment};
use crate::edit::{At, EditPlace, Request, plan_all};
use crate::model::calendar::Date;
use crate::model::year::Adjustment;

/// What `jixiao adjust` is asked.
#[derive(Args)]
#[group(skip)]
pub struct AdjustOptions {
    #[arg(num_args = 1.., required = true, action = ArgAction::Set)]
    changes: Vec<String>,
    #[arg(long)]
    date: String,
    #[arg(long)]
    document: String,
    #[arg(long)]
    reason: String,
    #[arg(long = "in", default_value = ".", value_hint = ValueHint::AnyPath)]
    path: String,
    #[arg(short, long, value_hint = ValueHint::FilePath)]
    output: Option<String>,
}

pub fn command(language: Language) -> Command {
    let about = [
        "调整批复过的目标或预算：写一个 调整，原值按当天有效的填好",
        "adjust approved targets or money: write an `adjustment`, the old values filled in as they are in force that day",
    ];
    told(
        AdjustOptions::augment_args(Command::new("adjust")),
        language,
        about,
        &[
            (
                "changes",
                Some(["什么 改成什么", "WHAT BECOMES"]),
                [
                    "成对写：项目.指标 \"≥ 85%\"；项目 \"18 万元\"；项目.来源 \"18 万元\"；也可以是 \"权重 12\"、\"撤销指标 理由\"、\"增加指标 数量 ≥ 2 场\"、\"结转 5 万元\"、\"目标 文字\"",
                    "in pairs: PROJECT.INDICATOR '≥ 85%'; PROJECT '18 万元'; PROJECT.SOURCE '18 万元'; or 'weight 12', 'withdrawn_indicator why', 'added_indicator 数量 ≥ 2 场', 'carry_over 5 万元', 'goal words'",
                ],
            ),
            (
                "date",
                Some(["日期", "DATE"]),
                ["批准的日期，如 2025-09-10", "the day it was approved, such as 2025-09-10"],
            ),
            ("document", Some(["文号", "NUMBER"]), ["批准的文号", "the number of the document that approves it"]),
            ("reason", Some(["为什么", "WHY"]), ["为什么调整", "why it is adjusted"]),
            ("path", Some(["路径", "PATH"]), ["一个部门的文件夹", "the folder of one department"]),
            (
                "output",
                Some(["文件", "FILE"]),
                [
                    "写到哪个文件；不写时是部门文件夹里的 调整/日期.jx；- 表示标准输出",
                    "the file to write; else 调整/DATE.jx in the department's folder; - is standard output",
                ],
            ),
        ],
    )
}

pub fn run(options: &AdjustOptions, terminal: &Terminal) -> Result<Outcome, Failure> {
    let (document, reason) = (options.document.trim(), options.reason.trim());
    if document.is_empty() {
        return Err(cannot(Code::JX911, texts::document_is_blank()));
    }
    if reason.is_empty() {
        return Err(cannot(Code::JX911, texts::reason_is_blank()));
    }
    if options.changes.iter().any(|one| one.contains(['\n', '\r'])) {
        return Err(cannot(Code::JX911, texts::adjust_wrong_line_end()));
    }
    let (pairs, rest) = options.changes.as_chunks::<2>();
    if !rest.is_empty() {
        let diagnostic = Diagnostic::without_place(Code::JX911, texts::adjust_pairs());
        return Err(Failure::Told(diagnostic.help(texts::adjust_forms())));
    }
    let Some(office) = office(&options.path, is_mistake, terminal)? else { return Ok(Outcome::Findings) };
    let (model, sources, id) = (&office.analysis.model, &office.analysis.sources, office.id);
    let year = model[id].year.as_ref().map(|year| year.value);
    let date = Date::read(&options.date).and_then(|date| Some(date.in_year(date.year.or(year)?)));
    let day = date.ok_or_else(|| cannot(Code::JX911, texts::day_wanted(&*options.date)))?;
    let wanted: Vec<WantedChange> =
        pairs.iter().map(|[about, to]| WantedChange { about: about.clone(), to: to.clone() }).collect();
    let lines = adjustment_lines(model, id, day, &wanted).map_err(Failure::Told)?;
    // What one document approved that day is one adjustment.
    let is_same = |one: &&Adjustment| {
        let on = one.date.as_ref().map(|date| date.value.in_year(day.year));
        on == Some(day) && one.document.as_ref().is_some_and(|of| &*of.value == document)
    };
    let same = model.record(Some(id)).adjustments().find(is_same).filter(|_| options.output.is_none());
    let place_of = |one: &Adjustment| {
        let path = std::path::Path::new(&sources.get(one.span.file).path);
        path.strip_prefix(super::files::shown(&office.folder)).unwrap_or(path).to_owned()
    };
    let new = if let Some(same) = same {
        let add =
            |line: &String| Request::Add { to: At::Span(same.span), place: EditPlace::Usual, statement: line.clone() };
        let requests: Vec<Request> = lines.iter().map(add).collect();
        let patch = plan_all(model, sources, &requests);
        let patch = patch.map_err(|_| cannot(Code::JX707, texts::draft_not_sound()))?;
        NewText {
            place: place_of(same),
            text: patch.apply(sources).remove(&same.span.file).unwrap_or_default(),
            extends: true,
        }
    } else {
        let mut number = 1;
        while options.output.is_none() && office.holds(&file_of_adjustment(day, number)) {
            number += 1;
        }
        let text = adjustment(day, document, reason, &lines);
        NewText { place: file_of_adjustment(day, number), text, extends: false }
    };
    office.write(&[new], options.output.as_deref(), Diagnostic::is_error, terminal)?;
    Ok(Outcome::Fine)
}
