//! `jixiao monitor`: how departments stand at a checkpoint: lights, forecasts, and what is missing.

use clap::{ArgAction, Args, Command};

use super::blank_report::{BlankReport, no_checkpoint};
use super::checking::{checked, outcome};
use super::options::{Asked, told};
use super::output::{Terminal, summary};
use super::score::show;
use super::{Failure, Outcome};
use crate::control::Wishes;
use crate::diagnostic::Language;
use crate::model::calendar::Date;
use crate::score::{checkpoints, last_checkpoint};
use crate::standing::{LightsOfOffice, Wanting, lights_json, lights_page};

/// What `jixiao monitor` is asked.
#[derive(Args)]
#[group(skip)]
pub struct MonitorOptions {
    #[command(flatten)]
    asked: Asked,
    #[arg(long)]
    at: Option<String>,
    #[arg(long, value_delimiter = ',', action = ArgAction::Append, value_parser = ["red", "yellow", "missing"])]
    fail_on: Vec<String>,
    #[arg(long, value_parser = ["text", "json", "markdown", "html"], default_value = "text")]
    format: String,
    #[arg(long, conflicts_with_all = ["at", "fail_on", "format"])]
    new: Option<String>,
    #[command(flatten)]
    blank: BlankReport,
}

pub fn command(language: Language) -> Command {
    let about = [
        "绩效运行监控：资金和目标的灯、年底预计、未填的项",
        "monitoring: lights of money and goals, forecasts, what is missing",
    ];
    told(
        MonitorOptions::augment_args(Command::new("monitor")),
        language,
        about,
        &[
            Asked::PATHS,
            Asked::STDIN_FILENAME,
            (
                "at",
                Some(["节点", "CHECKPOINT"]),
                [
                    "哪个监控节点，如 6月底；不写时是最近报过的",
                    "which checkpoint, such as 6月底; else the last that was reported",
                ],
            ),
            (
                "fail_on",
                Some(["什么", "WHAT"]),
                [
                    "有这些就以 1 退出：red 红灯，yellow 红灯或黄灯，missing 未填",
                    "exit with 1 where there is: a red light, a red or yellow one, something missing",
                ],
            ),
            (
                "format",
                Some(["格式", "FORMAT"]),
                ["text 表格，json 供程序读取，markdown，html 网页", "text, json for programs, markdown, or html"],
            ),
            (
                "new",
                Some(["节点", "CHECKPOINT"]),
                [
                    "写这个节点的监控文件，每一行待填；已经报过的不再写",
                    "write the file of this checkpoint, with every line to be filled in; what is reported is left out",
                ],
            ),
            BlankReport::BY,
            BlankReport::OUTPUT,
        ],
    )
}

pub fn run(options: &MonitorOptions, terminal: &Terminal) -> Result<Outcome, Failure> {
    if let Some(written) = &options.new {
        return options.blank.write(&options.asked, Some(written), terminal);
    }
    let analysis =
        checked(options.asked.select()?, &Wishes { fixes_of_errors_alone: true, ..Wishes::default() }, terminal);
    let (model, language) = (&analysis.model, terminal.language);
    if analysis.has_errors() {
        terminal.note(&summary(&analysis));
    }
    let known: Vec<Date> = model.groups().flat_map(|department| checkpoints(model, department)).collect();
    let unknown = |written: &str| no_checkpoint(written, &known);
    let date = match &options.at {
        Some(written) => Date::read(written)
            .filter(|date| known.iter().any(|one| one.in_year(0) == date.in_year(0) || one == date))
            .ok_or_else(|| unknown(written))?,
        None => model
            .groups()
            .filter_map(|department| last_checkpoint(model, department))
            .max_by_key(|date| date.order())
            .ok_or_else(|| unknown(""))?,
    };
    let offices = LightsOfOffice::all(model, date);
    if options.format == "json" {
        terminal.print(&lights_json(model, &analysis.sources, &offices, language))?;
    } else {
        show(&lights_page(model, &analysis.sources, &offices, language), &options.format, terminal)?;
    }
    let wanted = options.fail_on.iter().map(|word| match word.as_str() {
        "red" => Wanting::Red,
        "yellow" => Wanting::Yellow,
        _ => Wanting::Missing,
    });
    let fails = wanted.into_iter().any(|wanting| offices.iter().any(|office| office.holds(wanting)));
    Ok(if fails { Outcome::Findings } else { outcome(&analysis) })
}
