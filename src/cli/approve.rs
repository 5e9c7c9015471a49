//! `jixiao approve`: writes the approval of a department's targets, with a fingerprint of each project.

use std::path::{Path, PathBuf};

use clap::{Args, Command, ValueHint};

use super::checking::{checked, outcome};
use super::files::{self, shown};
use super::options::told;
use super::output::{Terminal, cannot, summary};
use super::writing;
use super::{Failure, Outcome};
use crate::control::Wishes;
use crate::diagnostic::{Code, Diagnostic, Language, texts};
use crate::findings::draw;
use crate::format::{Formatting, format};
use crate::language::{Block, Field, Keyword};
use crate::model::calendar::Date;
use crate::model::year::{YearSubject, fingerprint};
use crate::model::{DepartmentId, Model};
use crate::syntax::vocabulary::quoted;
use crate::workspace::{Input, analyse};

/// What `jixiao approve` is asked.
#[derive(Args)]
#[group(skip)]
pub struct ApproveOptions {
    #[arg(default_value = ".", value_hint = ValueHint::AnyPath)]
    path: String,
    #[arg(long)]
    date: String,
    #[arg(long)]
    document: String,
    #[arg(short, long, value_hint = ValueHint::FilePath)]
    output: Option<String>,
}

pub fn command(language: Language) -> Command {
    let about = [
        "目标批复了：写 批复.jx，记下每个项目的指纹；有错误时什么也不写",
        "the targets are approved: write 批复.jx with a fingerprint of each project; writes nothing where there are errors",
    ];
    told(
        ApproveOptions::augment_args(Command::new("approve")),
        language,
        about,
        &[
            ("path", Some(["路径", "PATH"]), ["一个部门的文件夹", "the folder of one department"]),
            (
                "date",
                Some(["日期", "DATE"]),
                ["批复的日期，如 2025-01-20", "the day of the approval, such as 2025-01-20"],
            ),
            ("document", Some(["文号", "NUMBER"]), ["批复的文号", "the number of the document that approves them"]),
            (
                "output",
                Some(["文件", "FILE"]),
                [
                    "写到哪个文件；不写时是部门文件夹里的 批复.jx；- 表示标准输出",
                    "the file to write; else 批复.jx in the department's folder; - is standard output",
                ],
            ),
        ],
    )
}

pub fn run(options: &ApproveOptions, terminal: &Terminal) -> Result<Outcome, Failure> {
    // A department has a folder, which standard input has not.
    let path = if options.path == "-" { "./-" } else { &options.path };
    let mut selection = files::select(&[path.to_owned()], files::STDIN)?;
    let asked_for = std::mem::take(&mut selection.asked_for);
    // An approval is of the whole department: what is found beside the file that was named counts.
    selection.asked_for = selection.inputs.iter().map(|input| input.path.clone()).collect();
    let (mut inputs, settings) = (selection.inputs.clone(), selection.settings.clone());
    let analysis = checked(selection, &Wishes::default(), terminal);
    if analysis.has_errors() {
        let errors = analysis.diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
        let _ = draw(errors, &analysis, terminal.style, &mut anstream::stderr().lock());
        terminal.note(&summary(&analysis));
        terminal.note(&texts::nothing_written());
        return Ok(outcome(&analysis));
    }
    let model = &analysis.model;
    let path_of = |id: DepartmentId| &analysis.sources.get(model[id].span.file).path;
    let departments: Vec<DepartmentId> =
        model.groups().flatten().filter(|id| asked_for.contains(path_of(*id))).collect();
    let [id] = departments[..] else {
        return Err(cannot(Code::JX707, texts::approve_one_department(departments.len())));
    };
    let folder = Path::new(path_of(id)).parent().unwrap_or(Path::new(""));
    let place = match options.output.as_deref() {
        Some(output) => PathBuf::from(output),
        None => folder.join(format!("{}.jx", Block::declared_by(Keyword::Approval).word().0)),
    };
    let is_answer = options.output.as_deref() == Some("-");
    let known = model
        .record(Some(id))
        .approvals()
        .next()
        .map(|one| shown(Path::new(&analysis.sources.get(one.span.file).path)));
    if let Some(there) = known.or_else(|| (!is_answer && place.symlink_metadata().is_ok()).then(|| shown(&place))) {
        let diagnostic = Diagnostic::without_place(Code::JX909, texts::approved_already(there));
        return Err(Failure::Told(diagnostic.help(texts::approved_already_help())));
    }
    let text = approval(model, id, &options.date, &options.document)?;
    // Who reads it back has to find it in the department, and agree.
    let new = shown(&folder.join(format!("{}.jx", Block::declared_by(Keyword::Approval).word().0)));
    inputs.push(Input { path: new, text: text.as_str().into() });
    let after = analyse(inputs, settings);
    if let Some(wrong) = after.diagnostics.into_iter().find(Diagnostic::is_error) {
        return Err(Failure::Told(wrong));
    }
    if is_answer {
        terminal.print(&text)?;
    } else {
        writing::write(&place, text.as_bytes())?;
        terminal.note(&texts::written(shown(&place)));
    }
    Ok(Outcome::Fine)
}

/// The text of an approval of everything that a department has.
fn approval(model: &Model, id: DepartmentId, date: &str, document: &str) -> Result<String, Failure> {
    let year = model[id].year.as_ref().map(|year| year.value);
    let day = Date::read(date).and_then(|date| Some(date.in_year(date.year.or(year)?)));
    let day = day.ok_or_else(|| cannot(Code::JX911, texts::approve_no_date(date)))?;
    if document.trim().is_empty() {
        return Err(cannot(Code::JX911, texts::approve_no_document()));
    }
    let subject = |project| YearSubject { span: model[id].span, project, indicator: None, named: None };
    let projects = model
        .projects_of(Some(id))
        .map(|(of, project)| (subject(Some(project.name.value.clone())), fingerprint::of_project(model, of)));
    let all = projects.chain([(subject(None), fingerprint::of_department(model, id))]);
    let mut lines = String::new();
    for (subject, sign) in all {
        let path = subject.path();
        let sign = sign.ok_or_else(|| cannot(Code::JX707, texts::approve_not_understood(&*path)))?;
        lines.extend(["  ", Field::Fingerprint.name, " ", &path, " ", &quoted(&sign), "\n"]);
    }
    let keyword = Block::declared_by(Keyword::Approval).word().0;
    let text = format!("{keyword} {day} {} {{\n{lines}}}\n", quoted(document.trim()));
    Ok(format(&text, &Formatting::default()).text)
}
