//! What `monitor --new` and `score --new` share: a report whose lines wait to be filled in.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::drafted::{NewText, is_mistake, office};
use super::options::{Asked, OptionTexts};
use super::output::{Terminal, cannot};
use super::{Failure, Outcome};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::drafting::{WantedReport, file_of_checkpoint, report, usual_file};
use crate::language::Keyword;
use crate::model::calendar::Date;
use crate::model::{Department, Text};
use crate::score::checkpoints;

/// How a new report is written.
#[derive(Args)]
#[group(skip)]
pub struct BlankReport {
    #[arg(long, requires = "new")]
    by_unit: bool,
    #[arg(short, long, requires = "new", value_hint = ValueHint::FilePath)]
    output: Option<String>,
}

impl BlankReport {
    pub const BY: OptionTexts = (
        "by_unit",
        None,
        [
            "和 --new 一起：每个单位一个文件，各填各的",
            "with --new: a file for each unit of account, so that each fills in its own",
        ],
    );
    pub const OUTPUT: OptionTexts = (
        "output",
        Some(["文件", "FILE"]),
        [
            "和 --new 一起：写到哪个文件；不写时在部门的文件夹里；- 表示标准输出",
            "with --new: the file to write; else one in the department's folder; - is standard output",
        ],
    );

    /// Writes what is not reported yet of a checkpoint, or of the year.
    pub fn write(&self, asked: &Asked, checkpoint: Option<&str>, terminal: &Terminal) -> Result<Outcome, Failure> {
        let [path] = &asked.paths[..] else {
            return Err(cannot(Code::JX707, texts::one_department_at_a_time(asked.paths.len())));
        };
        let Some(office) = office(path, is_mistake, terminal)? else { return Ok(Outcome::Findings) };
        let (model, id) = (&office.analysis.model, office.id);
        let year = model.fiscal_year(Some(id));
        let date = match checkpoint {
            Some(written) => {
                let known = checkpoints(model, Some(id));
                let meant = Date::read(written)
                    .and_then(|date| known.iter().copied().find(|one| one.in_year(year) == date.in_year(year)));
                Some(meant.ok_or_else(|| no_checkpoint(written, &known))?)
            }
            None => None,
        };
        let drafts = report(model, id, WantedReport { checkpoint: date, by_unit: self.by_unit });
        if drafts.is_empty() {
            terminal.note(&texts::report_nothing_left());
            return Ok(Outcome::Fine);
        }
        let place = |unit: Option<&str>| -> PathBuf {
            let whole = date.map_or_else(
                || usual_file(Keyword::SelfEvaluation),
                |date| format!("{}.jx", file_of_checkpoint(date)).into(),
            );
            match unit.filter(|_| self.by_unit) {
                Some(unit) => whole.with_extension("").join(format!("{}.jx", file_of_unit(office.department(), unit))),
                None => whole,
            }
        };
        let texts: Vec<NewText> = drafts
            .iter()
            .map(|draft| NewText { place: place(draft.unit.as_deref()), text: draft.text.clone(), extends: false })
            .collect();
        let blanks = drafts.iter().map(|draft| draft.blanks).sum::<usize>();
        office.write(&texts, self.output.as_deref(), is_mistake, terminal)?;
        terminal.note(&texts::report_blanks(blanks));
        Ok(Outcome::Fine)
    }
}

/// That no checkpoint is called so, and which there are.
pub fn no_checkpoint(written: &str, known: &[Date]) -> Failure {
    let mut names: Vec<String> = known.iter().map(ToString::to_string).collect();
    names.dedup();
    let message = texts::light_no_checkpoint(written);
    let help = texts::light_checkpoints_are(names.join(" "));
    Failure::Told(Diagnostic::without_place(Code::JX707, message).help(help))
}

/// `434001-办公室`: the code of a unit of account and its name, where it has one.
fn file_of_unit(department: &Department, code: &str) -> String {
    let of = department.units_of_account.iter().find(|one| *one.code.value == *code);
    let name: Option<&Text> = of.and_then(|one| one.name.as_ref());
    let parts: Vec<&str> = [Some(code), name.map(|name| &*name.value)].into_iter().flatten().collect();
    crate::backend::file_name(&parts.join("-"))
}
