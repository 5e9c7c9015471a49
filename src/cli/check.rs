//! `jixiao check`

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Command, ValueHint};

use super::cache::CacheOptions;
use super::checking::{checked, outcome};
use super::files;
use super::fix::{self, Fixing};
use super::many_files::{CheckedParts, ManyFiles};
use super::options::{Asked, told};
use super::output::{Terminal, cannot, summary};
use super::writing;
use super::{Failure, Outcome, explain};
use crate::control::Wishes;
use crate::control::baseline::Baseline;
use crate::diagnostic::render::Style;
use crate::diagnostic::{Code, Diagnostic, Language, texts};
use crate::findings::{Format, FoundParts, SummedBy, write_sums};
use crate::workspace::Analysis;

/// What `jixiao check` is asked.
#[derive(Args)]
#[group(skip)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub struct CheckOptions {
    #[arg(long, value_parser = formats(Language::Chinese), default_value = Format::Grouped.id())]
    format: Format,
    #[arg(long, conflicts_with = "format")]
    full: bool,
    #[arg(long, value_parser = ["rule", "department", "project"], default_value = "rule", conflicts_with_all = ["format", "full"])]
    by: String,
    #[arg(long, value_delimiter = ',')]
    select: Vec<String>,
    #[arg(long, value_delimiter = ',')]
    ignore: Vec<String>,
    #[arg(long, value_delimiter = ',')]
    deny: Vec<String>,
    #[arg(long)]
    profile: Option<String>,
    #[arg(long)]
    fix: bool,
    #[arg(long, requires = "fix")]
    unsafe_fixes: bool,
    #[arg(long, requires = "fix")]
    diff: bool,
    #[arg(long, value_hint = ValueHint::FilePath)]
    baseline: Option<PathBuf>,
    #[arg(long, conflicts_with = "baseline", value_hint = ValueHint::FilePath)]
    write_baseline: Option<PathBuf>,
    #[arg(long)]
    max_findings: Option<usize>,
    #[command(flatten)]
    cache: CacheOptions,
    #[command(flatten)]
    asked: Asked,
}

pub fn command(language: Language) -> Command {
    let about = ["检查绩效目标，列出全部问题", "check targets and list every finding"];
    let command = CheckOptions::augment_args(Command::new("check"));
    let command = command.mut_arg("format", |option| option.value_parser(formats(language)));
    let (rules, file) = (Some(["规则", "RULES"]), Some(["文件", "FILE"]));
    told(
        command,
        language,
        about,
        &[
            Asked::PATHS,
            ("format", Some(["格式", "FORMAT"]), ["输出格式", "the output format"]),
            ("full", None, ["逐处画出，同 --format full", "draw every place, as --format full"]),
            (
                "by",
                Some(["归总", "BY"]),
                [
                    "按规则（rule）、部门（department）或项目（project）归总；后两样每个一行，只有个数",
                    "sum up by rule, department or project; of the latter a line each, with counts alone",
                ],
            ),
            (
                "select",
                rules,
                [
                    "只查这些规则：代码、名称或代码的开头，如 JX06",
                    "only these rules: codes, names, or beginnings such as JX06",
                ],
            ),
            ("ignore", rules, ["不查这些规则", "not these rules"]),
            (
                "deny",
                rules,
                ["这些规则算错误；warnings 表示所有警告", "these count as errors; warnings means every warning"],
            ),
            (
                "profile",
                Some(["标准", "STANDARD"]),
                ["审核口径：用这个标准的级别，如 严格", "use the levels of this standard, such as 严格"],
            ),
            ("fix", None, ["作不改变意思的修正", "make the fixes that keep the meaning"]),
            (
                "unsafe_fixes",
                None,
                ["连同建议的修正，改后请人看过", "with those that are proposals: look at them after"],
            ),
            ("diff", None, ["只显示修正会改什么，不写文件", "show what the fixes would change, and write nothing"]),
            ("baseline", file, ["这份文件里已有的问题不再列出", "leave out the findings that this file knows"]),
            ("write_baseline", file, ["把现有的问题写进这份文件", "write the present findings to this file"]),
            ("max_findings", Some(["个数", "COUNT"]), ["最多列出多少处", "list so many at most"]),
            CacheOptions::CACHE,
            CacheOptions::NO_CACHE,
            Asked::STDIN_FILENAME,
        ],
    )
}

/// The formats by name, told in a language.
fn formats(language: Language) -> impl TypedValueParser<Value = Format> {
    let formats = Format::ALL.iter().map(|format| PossibleValue::new(format.id()).help(format.about(language)));
    PossibleValuesParser::new(formats).try_map(|name| Format::find(&name).ok_or("no such format"))
}

pub fn run(options: &CheckOptions, terminal: &Terminal) -> Result<Outcome, Failure> {
    let wishes = wishes(options)?;
    let is_plain = !options.fix && options.baseline.is_none() && options.write_baseline.is_none();
    if is_plain && let Some(files) = ManyFiles::listed(&options.asked.paths) {
        let (cache, with_models) = (options.cache.folder(), options.summed_by().is_some());
        let told = |parts: &mut CheckedParts<'_>| told_by_department(parts, options, terminal);
        if let Some(outcome) = files.check(&wishes, cache.as_ref(), with_models, terminal, told) {
            return outcome;
        }
    }
    let mut selection = options.asked.select()?;
    if options.fix {
        let fixing = Fixing { asked: &options.asked, with_suggested: options.unsafe_fixes, is_preview: options.diff };
        let fixed = fix::run(&fixing, &mut selection, &wishes, terminal)?;
        if fixed.is_preview {
            return Ok(if fixed.changes { Outcome::Findings } else { Outcome::Fine });
        }
    }
    let mut analysis = checked(selection, &wishes, terminal);
    if let Some(path) = &options.write_baseline {
        let baseline = Baseline::of(&analysis.diagnostics, &analysis.sources, |name| name_from(path, name));
        writing::write(path, baseline.to_json().as_bytes())?;
        terminal.note(&texts::written(files::shown(path)));
        terminal.note(&summary(&analysis));
        return Ok(Outcome::Fine);
    }
    if let Some(path) = &options.baseline {
        subtract(path, &mut analysis, terminal)?;
    }
    let outcome = outcome(&analysis);
    let counts = summary(&analysis);
    let format = options.format();
    // What programs read is the same however much a person wants to see.
    if terminal.is_quiet && format.is_for_people() {
        analysis.diagnostics.retain(Diagnostic::is_error);
    }
    let most = options.max_findings.unwrap_or(usize::MAX);
    let left_out = analysis.diagnostics.len().saturating_sub(most);
    analysis.diagnostics.truncate(most);
    terminal.answer(|out| options.write(&mut &analysis, terminal.style, out))?;
    if left_out > 0 {
        terminal.note(&texts::more_findings(left_out));
    }
    terminal.note(&counts);
    if let (Format::Grouped, Some(first)) = (format, analysis.diagnostics.first()) {
        terminal.note(&texts::explain_hint(first.code.id()));
    }
    // The program ends: taking a county apart piece by piece would only take time.
    std::mem::forget(analysis);
    Ok(outcome)
}

/// Writes what is found while it is found.
fn told_by_department(
    parts: &mut CheckedParts<'_>,
    options: &CheckOptions,
    terminal: &Terminal,
) -> Result<Outcome, Failure> {
    let format = options.format();
    parts.are_errors_alone = terminal.is_quiet && format.is_for_people();
    parts.most = options.max_findings.unwrap_or(usize::MAX);
    terminal.answer(|out| options.write(parts, terminal.style, out))?;
    if parts.left_out > 0 {
        terminal.note(&texts::more_findings(parts.left_out));
    }
    terminal.note(&parts.counts.summary());
    if let (Format::Grouped, Some(first)) = (format, parts.first) {
        terminal.note(&texts::explain_hint(first.id()));
    }
    Ok(if parts.counts.has_errors() { Outcome::Findings } else { Outcome::Fine })
}

impl CheckOptions {
    /// Writes what is found, in the format or the sums that are asked for.
    fn write(&self, parts: &mut dyn FoundParts, style: Style, out: &mut dyn Write) -> io::Result<()> {
        match self.summed_by() {
            Some(by) => write_sums(by, parts, style, out),
            None => self.format().write(parts, style, out),
        }
    }

    fn summed_by(&self) -> Option<SummedBy> {
        match self.by.as_str() {
            "department" => Some(SummedBy::Department),
            "project" => Some(SummedBy::Project),
            _ => None,
        }
    }

    fn format(&self) -> Format {
        if self.full { Format::Full } else { self.format }
    }
}

fn wishes(options: &CheckOptions) -> Result<Wishes, Failure> {
    let mut wishes = Wishes { profile: options.profile.clone(), ..Wishes::default() };
    for name in options.select.iter().map(|name| name.trim()) {
        wishes.select.extend(codes(name)?);
    }
    for name in options.ignore.iter().map(|name| name.trim()) {
        wishes.ignore.extend(codes(name)?);
    }
    for name in options.deny.iter().map(|name| name.trim()) {
        match name {
            "warnings" => wishes.deny_warnings = true,
            name => wishes.deny.extend(codes(name)?),
        }
    }
    Ok(wishes)
}

/// The rules of a name.
fn codes(name: &str) -> Result<Vec<Code>, Failure> {
    let found = Code::matching(name);
    if found.is_empty() {
        return Err(explain::unknown(name));
    }
    Ok(found)
}

fn subtract(path: &Path, analysis: &mut Analysis, terminal: &Terminal) -> Result<(), Failure> {
    let shown = files::shown(path);
    let text = files::read_text(path).map_err(Failure::Told)?;
    let baseline =
        Baseline::from_json(&text).map_err(|reason| cannot(Code::JX907, texts::bad_baseline(shown, reason)))?;
    let Analysis { diagnostics, sources, .. } = analysis;
    let (known, gone) = baseline.subtract(diagnostics, sources, |name| name_from(path, name));
    if known > 0 {
        terminal.note(&texts::known_findings(known));
    }
    if gone > 0 {
        terminal.note(&texts::gone_findings(gone));
    }
    Ok(())
}

/// A file's path from the folder of the baseline, so that it holds wherever the command is run.
fn name_from(baseline: &Path, name: &str) -> String {
    let folder = baseline.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let full = |path: &Path| std::fs::canonicalize(path).ok();
    match (full(folder), full(Path::new(name))) {
        (Some(folder), Some(file)) => file.strip_prefix(&folder).map_or_else(|_| name.to_owned(), files::shown),
        _ => name.to_owned(),
    }
}
