//! `jixiao build`

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Command, ValueHint};

use super::checking::{checked, outcome};
use super::files;
use super::options::{Asked, told};
use super::output::{Terminal, cannot, summary};
use super::outputs;
use super::pdf;
use super::writing;
use super::{Failure, Outcome};
use crate::backend::{self, ArtifactNames, CheckOutcome, Contents, Scope, Sink};
use crate::control::Wishes;
use crate::diagnostic::{Code, Diagnostic, Language, texts};
use crate::findings::draw;

/// What `jixiao build` is asked.
#[derive(Args)]
#[group(skip)]
pub struct BuildOptions {
    #[arg(long, value_parser = backend::names().into_iter().chain([pdf::NAME]).collect::<Vec<_>>())]
    to: Vec<String>,
    #[arg(short, long, value_hint = ValueHint::DirPath)]
    output: Option<String>,
    #[arg(long, value_parser = ["screen", "print", "none"], default_value = "screen")]
    findings: String,
    #[arg(long)]
    bom: bool,
    #[command(flatten)]
    asked: Asked,
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
                    "要编译成的格式，可写多次；不写时 html 和 json；pdf 由机器上的浏览器或 LibreOffice 打印，也可用 JIXIAO_PDF 指定程序",
                    "what to compile to; may repeat; html and json where absent; pdf is printed by a browser or LibreOffice on this machine, or by the program in JIXIAO_PDF",
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
            Asked::STDIN_FILENAME,
        ],
    )
}

pub fn run(options: &BuildOptions, terminal: &Terminal) -> Result<Outcome, Failure> {
    let mut selection = options.asked.select()?;
    let read: Vec<PathBuf> =
        selection.inputs.iter().filter_map(|input| std::fs::canonicalize(&input.path).ok()).collect();
    // The neighbours of a single file stand in the outputs, too: what is found in them counts, unlike in `check`.
    selection.asked_for = selection.inputs.iter().map(|input| input.path.clone()).collect();
    let settings = selection.settings.as_ref().map(|settings| PathBuf::from(&settings.path));
    let analysis = checked(selection, &Wishes { fixes_of_errors_alone: true, ..Wishes::default() }, terminal);
    let errors = analysis.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    let _ = draw(errors, &analysis, terminal.style, &mut anstream::stderr().lock());
    if analysis.has_errors() {
        terminal.note(&summary(&analysis));
        terminal.note(&texts::nothing_written());
        return Ok(outcome(&analysis));
    }
    let wanted = &options.to;
    let backends = backend::ALL
        .iter()
        .filter(|one| wanted.is_empty() && one.is_default() || wanted.iter().any(|name| *name == one.name()));
    let findings = options.findings.as_str();
    let review =
        CheckOutcome { diagnostics: &analysis.diagnostics, sources: &analysis.sources, in_print: findings == "print" };
    let shape = backend::RenderOptions {
        language: terminal.language,
        review: (findings != "none").then_some(review),
        byte_order_mark: options.bom,
    };
    // First, so that nothing is written where no program can print it.
    let pdf = if wanted.iter().any(|name| *name == pdf::NAME) {
        pdf::render(&analysis.model, Scope::Workspace, &shape)?
    } else {
        Vec::new()
    };
    let render = |sink: &mut dyn Sink| -> io::Result<()> {
        for backend in backends.clone() {
            backend.render(&analysis.model, Scope::Workspace, &shape, sink)?;
        }
        pdf.iter().try_for_each(|artifact| sink.artifact(&artifact.path, &mut |out| out.write_all(&artifact.bytes)))
    };
    let mut names = ArtifactNames::default();
    // Invariant: names alone never fail.
    let _ = render(&mut names);
    let folder = match options.output.as_deref() {
        Some("-") => {
            if names.0.len() != 1 {
                return Err(cannot(Code::JX909, texts::one_format_for_standard_output()));
            }
            terminal.answer(|out| render(&mut SingleArtifact(out)))?;
            return Ok(Outcome::Fine);
        }
        Some(folder) => PathBuf::from(folder),
        None => match (&settings, analysis.config.output.as_deref()) {
            (Some(settings), Some(output)) => below(settings, output)?,
            _ => PathBuf::from(outputs::FOLDER),
        },
    };
    let is_read = |name: &&PathBuf| std::fs::canonicalize(folder.join(name)).is_ok_and(|path| read.contains(&path));
    if let Some(name) = names.0.iter().find(is_read) {
        let message = texts::would_overwrite_source(files::shown(&folder.join(name)));
        return Err(Failure::Told(Diagnostic::without_place(Code::JX909, message).help(texts::write_elsewhere())));
    }
    outputs::note(&folder, names.0.iter().map(PathBuf::as_path))?;
    let mut folder = Folder { path: folder, last: PathBuf::new(), terminal };
    render(&mut folder).map_err(|error| writing::cannot_write(&folder.last, &error))?;
    terminal.note(&summary(&analysis));
    Ok(Outcome::Fine)
}

/// The folder of the setting `output`, which counts from its file. Links on the way may not lead out of there: who may edit
/// the settings of a workspace does not choose what is written elsewhere.
fn below(settings: &Path, output: &str) -> Result<PathBuf, Failure> {
    let home = settings.parent().unwrap_or(Path::new(""));
    let folder = home.join(output);
    let real =
        |path: &Path| std::fs::canonicalize(if path.as_os_str().is_empty() { Path::new(".") } else { path }).ok();
    let there = folder.ancestors().find_map(real);
    match (real(home), there) {
        (Some(home), Some(there)) if !there.starts_with(&home) => {
            Err(cannot(Code::JX909, texts::output_leads_outside(files::shown(&folder))))
        }
        _ => Ok(folder),
    }
}

/// Files in a folder, each told when it is there.
struct Folder<'a> {
    path: PathBuf,
    /// The last file that was begun.
    last: PathBuf,
    terminal: &'a Terminal,
}

impl Sink for Folder<'_> {
    fn artifact(&mut self, path: &Path, contents: Contents<'_>) -> io::Result<()> {
        self.last = self.path.join(path);
        writing::write_by(&self.last, contents)?;
        self.terminal.note(&texts::written(files::shown(&self.last)));
        Ok(())
    }
}

/// The one artifact that is an answer.
struct SingleArtifact<'a>(&'a mut dyn Write);

impl Sink for SingleArtifact<'_> {
    fn artifact(&mut self, _: &Path, contents: Contents<'_>) -> io::Result<()> {
        contents(self.0)
    }
}
