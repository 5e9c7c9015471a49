//! `jixiao build`

use std::io;
use std::path::PathBuf;

use clap::builder::PossibleValue;
use clap::{ArgAction, Args, Command, ValueHint};

use super::artifacts::{Folder, SingleArtifact, chosen, not_one_file, output_folder, refuse_overwriting};
use super::build_by_department::{self, WantedTargets};
use super::cache::CacheOptions;
use super::checking::{checked, outcome};
use super::options::{Asked, told};
use super::output::{Terminal, summary};
use super::outputs;
use super::pdf::{self, PaperWay};
use super::region::{self, StatedPlaces};
use super::since;
use super::template;
use super::writing;
use super::{Failure, Outcome};
use crate::backend::{self, ArtifactNames, AskedCheckpoint, AskedForms, Backend, CheckOutcome, Scope, Sink};
use crate::control::Wishes;
use crate::diagnostic::{Code, Diagnostic, Language, Text, texts};
use crate::findings::draw;
use crate::model::Model;
use crate::model::calendar::Date;
use crate::model::standard::year_form::YearForm;

/// What `jixiao build` is asked.
#[derive(Args)]
#[group(skip)]
pub struct BuildOptions {
    #[arg(long, value_parser = backend::names().into_iter().chain([pdf::NAME]).collect::<Vec<_>>())]
    to: Vec<String>,
    #[arg(short, long, value_hint = ValueHint::DirPath)]
    output: Option<String>,
    #[arg(long, value_hint = ValueHint::FilePath, conflicts_with_all = ["to", "form", "at", "bom", "fonts", "findings"])]
    template: Option<PathBuf>,
    #[arg(long, value_parser = ["screen", "print", "none"], default_value = "screen")]
    findings: String,
    #[arg(long)]
    bom: bool,
    #[arg(long, value_hint = ValueHint::DirPath)]
    fonts: Option<PathBuf>,
    #[arg(long, value_delimiter = ',', action = ArgAction::Append, value_parser = form_words())]
    form: Vec<String>,
    #[arg(long, conflicts_with_all = ["form", "template"])]
    since: Option<String>,
    #[arg(long, requires = "form")]
    at: Option<String>,
    #[arg(long)]
    region: Option<String>,
    #[arg(long, value_parser = clap::value_parser!(u16).range(1949..=9999))]
    year: Option<u16>,
    #[command(flatten)]
    cache: CacheOptions,
    #[command(flatten)]
    asked: Asked,
}

/// Every form of the year.
const EVERY: (&str, &str) = ("全部", "all");

/// The words after `--form`, in Chinese; the English ones are taken, too.
fn form_words() -> Vec<PossibleValue> {
    let forms = YearForm::ALL.iter().map(|(_, chinese, english)| (*chinese, *english));
    forms.chain([EVERY]).map(|(chinese, english)| PossibleValue::new(chinese).alias(english)).collect()
}

pub fn command(language: Language) -> Command {
    let about = [
        "检查并编译成正式表格；有错误时什么也不写",
        "check and compile to the official tables; writes nothing where there are errors",
    ];
    told(
        BuildOptions::augment_args(Command::new("build")),
        language,
        about,
        &[
            Asked::PATHS,
            (
                "to",
                Some(["格式", "FORMAT"]),
                [
                    "要编译成的格式，可写多次；不写时 html 和 json；pdf 只印正式文本，总览和 --findings print 的报告由浏览器打印，也可用 JIXIAO_PDF 指定程序",
                    "what to compile to; may repeat; html and json where absent; pdf is the official document alone; an overview, or a report with --findings print, is printed by a browser or the program in JIXIAO_PDF",
                ],
            ),
            (
                "output",
                Some(["文件夹", "DIR"]),
                [
                    "写到哪个文件夹；不写时用配置里的 output，再不然是 jixiao-out；- 表示标准输出（只一种格式时）",
                    "the folder to write to; else the setting output, else jixiao-out; - is standard output, for one format",
                ],
            ),
            (
                "template",
                Some(["文件", "FILE"]),
                [
                    "填进这份 docx 或 xlsx：自己的表、去年的文件；字体、列宽、合并格、印章等其余一切保持原样，写不上的逐处报出",
                    "fill in this docx or xlsx, a form of your own or last year's file: fonts, widths, merged cells and seals stay as they are, what cannot be written is told",
                ],
            ),
            (
                "findings",
                Some(["去处", "WHERE"]),
                [
                    "报告里的检查发现：screen 只在屏幕上，print 也印在纸上，none 不写进文件",
                    "the findings in the report: screen shows them on the screen only, print on paper too, none leaves them out of the file",
                ],
            ),
            (
                "bom",
                None,
                [
                    "csv 以字节序标记开头，给认不出 UTF-8 的表格软件用",
                    "begin csv with a byte order mark, for spreadsheets that do not know UTF-8 otherwise",
                ],
            ),
            (
                "fonts",
                Some(["文件夹", "DIR"]),
                [
                    "pdf 只用这个文件夹里的字体；字体一样，各台机器写出的文件逐字节相同",
                    "take the fonts for pdf from this folder alone: with the same fonts every machine writes the same bytes",
                ],
            ),
            (
                "form",
                Some(["表", "FORM"]),
                [
                    "不印绩效目标，印全年的表，可写多个",
                    "the forms of the year in the place of the targets; may repeat; monitoring self_evaluation department transfer review report overview all",
                ],
            ),
            (
                "since",
                Some(["版本", "REVISION"]),
                [
                    "报告里列出自这个 git 版本以来的变化：按部门、按含义，连到各行；写法同 diff",
                    "the report tells what changed since this git revision: by department, by what it means, with links to the rows; named as for diff",
                ],
            ),
            (
                "at",
                Some(["节点", "CHECKPOINT"]),
                [
                    "监控表的节点，如 6月底；不写时是最近报过的，和 --form 全部 一起时是每一个；总览看到这个节点为止",
                    "the checkpoint of the form of monitoring, such as 6月底; else the last that was reported, with --form all every one; an overview looks no further",
                ],
            ),
            (
                "region",
                Some(["区划", "CODE"]),
                [
                    "parquet 里的区划编码，如 130229；不写时取各项目编码里的，不止一个就不写文件",
                    "the region in parquet, such as 130229; else the one that all codes of projects name, and nothing is written where they name several",
                ],
            ),
            (
                "year",
                Some(["年度", "YEAR"]),
                [
                    "parquet 里没有写年度的部门归哪一年；不写时同其他部门，其他部门不是同一年就不写文件",
                    "the year in parquet of departments that state none; else that of all others, and nothing is written where these differ",
                ],
            ),
            CacheOptions::CACHE,
            CacheOptions::NO_CACHE,
            Asked::STDIN_FILENAME,
        ],
    )
}

pub fn run(options: &BuildOptions, terminal: &Terminal) -> Result<Outcome, Failure> {
    // First: who asks for a version that is not there waits for nothing.
    let version = match &options.since {
        None => None,
        Some(revision) => {
            since::refuse_untold(&options.to)?;
            Some(since::version(revision, &options.asked.paths)?)
        }
    };
    let is_of_targets = options.template.is_none() && options.form.is_empty();
    if is_of_targets && !options.to.iter().any(|name| name == pdf::NAME) {
        let wanted = WantedTargets {
            formats: &options.to,
            output: options.output.as_deref(),
            findings: &options.findings,
            has_mark: options.bom,
            since: version.as_ref(),
            region: options.region.as_deref(),
            year: options.year,
        };
        let cache = options.cache.folder();
        if let Some(outcome) = build_by_department::run(&wanted, &options.asked, cache.as_ref(), terminal) {
            return outcome;
        }
    }
    let mut selection = options.asked.select()?;
    let read: Vec<PathBuf> = selection.inputs.iter().map(|input| PathBuf::from(&input.path)).collect();
    // The neighbours of a single file stand in the outputs, too: what is found in them counts, unlike in `check`.
    selection.asked_for = selection.inputs.iter().map(|input| input.path.clone()).collect();
    let settings = selection.settings.as_ref().map(|settings| PathBuf::from(&settings.path));
    let compared = version.map(|version| (version, selection.clone()));
    let analysis = checked(selection, &Wishes { fixes_of_errors_alone: true, ..Wishes::default() }, terminal);
    let errors = analysis.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    let _ = draw(errors, &analysis, terminal.style, &mut anstream::stderr().lock());
    if analysis.has_errors() {
        terminal.note(&summary(&analysis));
        terminal.note(&texts::nothing_written());
        return Ok(outcome(&analysis));
    }
    if let Some(template) = &options.template {
        let folder = match options.output.as_deref() {
            Some(output) => PathBuf::from(output),
            None => output_folder(settings.as_deref(), analysis.config.output.as_deref())?,
        };
        let done = template::run(template, &folder, &analysis, terminal)?;
        terminal.note(&summary(&analysis));
        return Ok(done);
    }
    let wanted = &options.to;
    let forms = asked_forms(options, &analysis.model)?;
    if let Some(forms) = &forms {
        refuse_unheld(&forms.forms, wanted)?;
    }
    let is_held =
        |one: &dyn Backend| forms.as_ref().is_none_or(|asked| asked.forms.iter().any(|form| one.holds(*form)));
    let changes = compared.map(|(old, new)| since::changes(old, new, terminal));
    let said = StatedPlaces::of(&analysis.model);
    let place = region::of_tables(options.region.as_deref(), options.year, wanted, &said, terminal)?;
    let backends = chosen(wanted).filter(|one| is_held(*one));
    let (sources, model) = (&analysis.sources, &analysis.model);
    let findings = options.findings.as_str();
    let review =
        CheckOutcome { diagnostics: &analysis.diagnostics, sources: &analysis.sources, in_print: findings == "print" };
    let shape = backend::RenderOptions {
        language: terminal.language,
        review: (findings != "none").then_some(review),
        since: changes.as_ref(),
        byte_order_mark: options.bom,
        is_one_page: false,
        forms: forms.as_ref().map(|asked| AskedForms { forms: &asked.forms, at: asked.at, sources }),
        sources: Some(sources),
        region: place.region.as_deref(),
        year: place.year,
        room: None,
    };
    let on_paper = forms.as_ref().map(|asked| AskedForms { forms: &asked.on_paper, at: asked.at, sources });
    // First, so that nothing is written where nothing can print it.
    let on_paper = backend::RenderOptions { forms: on_paper, ..shape };
    let paper = if wanted.iter().any(|name| *name == pdf::NAME) {
        Some(pdf::paper(model, &on_paper, options.fonts.as_deref())?)
    } else {
        None
    };
    let render = |sink: &mut dyn Sink| -> io::Result<()> {
        for backend in backends.clone() {
            backend.render(model, Scope::Workspace, &shape, sink)?;
        }
        paper.as_ref().map_or(Ok(()), |paper| paper.render(model, &on_paper, sink))
    };
    let mut names = ArtifactNames::default();
    // Invariant: names alone never fail.
    let _ = render(&mut names);
    let folder = match options.output.as_deref() {
        Some("-") => {
            if names.0.len() != 1 {
                return Err(not_one_file(wanted, names.0.len()));
            }
            terminal.answer(|out| render(&mut SingleArtifact(out)))?;
            return Ok(printed(paper.as_ref(), terminal));
        }
        Some(folder) => PathBuf::from(folder),
        None => output_folder(settings.as_deref(), analysis.config.output.as_deref())?,
    };
    refuse_overwriting(&folder, &names.0, &read)?;
    outputs::note(&folder, names.0.iter().map(PathBuf::as_path))?;
    let mut folder = Folder { path: folder, last: PathBuf::new(), terminal };
    render(&mut folder).map_err(|error| writing::cannot_write(&folder.last, &error))?;
    terminal.note(&summary(&analysis));
    Ok(printed(paper.as_ref(), terminal))
}

/// Tells which signs no font has.
fn printed(paper: Option<&PaperWay>, terminal: &Terminal) -> Outcome {
    let missing = paper.map(PaperWay::missing).unwrap_or_default();
    if missing.is_empty() {
        return Outcome::Fine;
    }
    let shown = missing.iter().map(|sign| format!("{sign} (U+{:04X})", u32::from(*sign))).collect::<Vec<_>>();
    let diagnostic = Diagnostic::without_place(Code::JX614, texts::signs_without_glyph(shown.join("、")));
    terminal.tell(&diagnostic.help(texts::signs_without_glyph_help()));
    Outcome::Findings
}

/// The forms that a person wants.
struct WantedForms {
    forms: Vec<YearForm>,
    /// Of them, those that are printed: a page that was not asked for by its name need not be.
    on_paper: Vec<YearForm>,
    at: AskedCheckpoint,
}

/// The forms that are asked for, in the order of the year; none where the targets are. Every form is taken to mean those for
/// which there is something, and which a format that is written holds.
///
/// # Errors
/// JX911 where nothing declares what a form is made of, or the standard has no such form; JX707 for a checkpoint of which
/// nothing was reported.
fn asked_forms(options: &BuildOptions, model: &Model) -> Result<Option<WantedForms>, Failure> {
    if options.form.is_empty() {
        return Ok(None);
    }
    let is_asked = |word: &str, english: &str| options.form.iter().any(|one| *one == word || *one == english);
    let is_every = is_asked(EVERY.0, EVERY.1);
    let mut forms = Vec::new();
    for (form, word, english) in YearForm::ALL {
        let has_form = backend::has_form(model, form);
        let lacking = backend::without_layout(model, form);
        if is_asked(word, english) {
            if !has_form {
                let diagnostic = Diagnostic::without_place(Code::JX911, texts::form_without_data(word));
                return Err(Failure::Told(diagnostic.help(how_to_declare(form))));
            }
            if !lacking.is_empty() {
                let diagnostic =
                    Diagnostic::without_place(Code::JX911, texts::form_not_in_standard(lacking.join("、"), word));
                return Err(Failure::Told(diagnostic.help(texts::form_in_standard_help(word))));
            }
            forms.push(form);
        } else if is_every && has_form && lacking.is_empty() {
            let is_page = form == YearForm::Overview;
            if !is_page || chosen(&options.to).any(|one| one.holds(form)) {
                forms.push(form);
            }
        }
    }
    if forms.is_empty() {
        let diagnostic = Diagnostic::without_place(Code::JX911, texts::no_form_has_data());
        return Err(Failure::Told(diagnostic.help(how_to_declare(YearForm::SelfEvaluation))));
    }
    let at = match &options.at {
        Some(written) => checkpoint(written, model)?,
        None if is_every => AskedCheckpoint::All,
        None => AskedCheckpoint::Last,
    };
    let by_name = |form: &YearForm| *form != YearForm::Overview || is_asked(form.word(), form.english());
    let on_paper = forms.iter().copied().filter(by_name).collect();
    Ok(Some(WantedForms { forms, on_paper, at }))
}

/// A checkpoint of which something was reported.
fn checkpoint(written: &str, model: &Model) -> Result<AskedCheckpoint, Failure> {
    let known: Vec<Date> = model.groups().flat_map(|one| backend::reported_checkpoints(model, one)).collect();
    let asked = Date::read(written).filter(|asked| known.iter().any(|one| is_same(*asked, *one)));
    asked.map(AskedCheckpoint::At).ok_or_else(|| {
        let mut names: Vec<String> = known.iter().map(ToString::to_string).collect();
        names.dedup();
        let diagnostic = Diagnostic::without_place(Code::JX707, texts::light_no_checkpoint(written));
        Failure::Told(diagnostic.help(texts::light_checkpoints_are(names.join(" "))))
    })
}

/// Whether two dates are of one day of any year in which either may lie.
fn is_same(one: Date, other: Date) -> bool {
    let year = one.year.or(other.year).unwrap_or_default();
    one.in_year(year) == other.in_year(year)
}

/// What has to be written before a form can be printed.
fn how_to_declare(form: YearForm) -> Text {
    match form {
        YearForm::Monitoring | YearForm::Overview => texts::write_monitoring(),
        YearForm::SelfEvaluation | YearForm::Department => texts::write_self_evaluation(),
        YearForm::Transfer => texts::write_transfer(),
        YearForm::Review => texts::write_review(),
        YearForm::Report => texts::write_evaluation(),
    }
}

/// # Errors
/// JX911 for a format that is named and can hold none of the forms, or a form that none of the formats can hold.
fn refuse_unheld(forms: &[YearForm], wanted: &[String]) -> Result<(), Failure> {
    let refused = |forms: &[YearForm], formats: &str| {
        let words = forms.iter().map(|form| form.word()).collect::<Vec<_>>().join("、");
        let diagnostic = Diagnostic::without_place(Code::JX911, texts::form_not_in_format(words, formats));
        let is_page = forms.contains(&YearForm::Overview);
        Err(Failure::Told(if is_page { diagnostic.help(texts::overview_is_a_page()) } else { diagnostic }))
    };
    if let Some(one) = chosen(wanted).find(|one| !wanted.is_empty() && !forms.iter().any(|form| one.holds(*form))) {
        return refused(forms, one.name());
    }
    let is_printed = wanted.iter().any(|name| name == pdf::NAME);
    match forms.iter().find(|form| !is_printed && !chosen(wanted).any(|one| one.holds(**form))) {
        Some(form) => refused(&[*form], &wanted.join("、")),
        None => Ok(()),
    }
}
