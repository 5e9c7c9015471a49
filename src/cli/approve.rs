//! `jixiao approve`: writes the approval of a department's targets, with a fingerprint of each project.

use std::path::Path;

use clap::{Args, Command, ValueHint};

use super::drafted::{NewText, office};
use super::files::shown;
use super::options::told;
use super::output::{Terminal, cannot};
use super::{Failure, Outcome};
use crate::diagnostic::{Code, Diagnostic, Language, texts};
use crate::drafting::{approval, usual_file};
use crate::language::Keyword;
use crate::model::calendar::Date;

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
    let Some(office) = office(&options.path, Diagnostic::is_error, terminal)? else { return Ok(Outcome::Findings) };
    let (model, id) = (&office.analysis.model, office.id);
    let known = model.record(Some(id)).approvals().next();
    let known = known.map(|one| shown(Path::new(&office.analysis.sources.get(one.span.file).path)));
    if let Some(there) = known {
        let diagnostic = Diagnostic::without_place(Code::JX909, texts::approved_already(there));
        return Err(Failure::Told(diagnostic.help(texts::approved_already_help())));
    }
    let year = model[id].year.as_ref().map(|year| year.value);
    let date = Date::read(&options.date).and_then(|date| Some(date.in_year(date.year.or(year)?)));
    let day = date.ok_or_else(|| cannot(Code::JX911, texts::day_wanted(&*options.date)))?;
    let document = options.document.trim();
    if document.is_empty() {
        return Err(cannot(Code::JX911, texts::document_is_blank()));
    }
    let text = approval(model, id, day, document).map_err(Failure::Told)?;
    let new = NewText { place: usual_file(Keyword::Approval), text, extends: false };
    office.write(&[new], options.output.as_deref(), Diagnostic::is_error, terminal)?;
    Ok(Outcome::Fine)
}
