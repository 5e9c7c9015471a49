//! What the commands share that write a declaration of the year into the folder of one department: who it is for, and how
//! the new text is read back before it is kept.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::checking::checked;
use super::files::{self, shown};
use super::output::{Terminal, cannot, summary};
use super::{Failure, writing};
use crate::control::Wishes;
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::findings::draw;
use crate::model::{Department, DepartmentId};
use crate::workspace::{Analysis, Input, analyse};

/// A department, and the texts that it was read from.
pub struct Office {
    pub analysis: Analysis,
    pub id: DepartmentId,
    /// Where its declaration lies.
    pub folder: PathBuf,
    inputs: Vec<Input>,
    settings: Option<Input>,
}

/// A text for a file in the folder of a department.
pub struct NewText {
    /// Below the folder of the department.
    pub place: PathBuf,
    pub text: String,
    /// The file is there, and the text is the whole of it with something more.
    pub extends: bool,
}

/// The one department of a path. None, and its mistakes told, where it has some for which nothing can be written.
pub fn office(
    path: &str,
    stands_in_the_way: fn(&Diagnostic) -> bool,
    terminal: &Terminal,
) -> Result<Option<Office>, Failure> {
    // A department has a folder, which standard input has not.
    let path = if path == "-" { "./-" } else { path };
    let mut selection = files::select(&[path.to_owned()], files::STDIN)?;
    let asked_for = std::mem::take(&mut selection.asked_for);
    // It is about the whole department: what is found beside the file that was named counts.
    selection.asked_for = selection.inputs.iter().map(|input| input.path.clone()).collect();
    let (inputs, settings) = (selection.inputs.clone(), selection.settings.clone());
    let analysis = checked(selection, &Wishes::default(), terminal);
    let mut wrong = analysis.diagnostics.iter().filter(|one| stands_in_the_way(one)).peekable();
    if wrong.peek().is_some() {
        let _ = draw(wrong, &analysis, terminal.style, &mut anstream::stderr().lock());
        terminal.note(&summary(&analysis));
        terminal.note(&texts::nothing_written());
        return Ok(None);
    }
    let model = &analysis.model;
    let path_of = |id: DepartmentId| &analysis.sources.get(model[id].span.file).path;
    let departments: Vec<DepartmentId> =
        model.groups().flatten().filter(|id| asked_for.contains(path_of(*id))).collect();
    let [id] = departments[..] else {
        return Err(cannot(Code::JX707, texts::one_department_at_a_time(departments.len())));
    };
    let folder = Path::new(path_of(id)).parent().unwrap_or(Path::new("")).to_owned();
    Ok(Some(Office { analysis, id, folder, inputs, settings }))
}

/// A mistake of writing, in contrast to what a rule of the field says.
pub fn is_mistake(diagnostic: &Diagnostic) -> bool {
    diagnostic.is_error() && !diagnostic.code.has_level()
}

impl Office {
    pub fn department(&self) -> &Department {
        &self.analysis.model[self.id]
    }

    /// Whether something of that name is in the folder.
    pub fn holds(&self, place: &Path) -> bool {
        self.folder.join(place).symlink_metadata().is_ok()
    }

    /// Reads new texts back, and writes them: below the folder, or where `output` says.
    ///
    /// # Errors
    /// The first finding in them that must not be, and what cannot be written; then nothing was written.
    pub fn write(
        self,
        texts: &[NewText],
        output: Option<&str>,
        must_not_be: fn(&Diagnostic) -> bool,
        terminal: &Terminal,
    ) -> Result<(), Failure> {
        let Self { folder, mut inputs, settings, .. } = self;
        let is_answer = output == Some("-");
        let place = |new: &NewText| output.map_or_else(|| folder.join(&new.place), PathBuf::from);
        if output.is_some() && !is_answer && texts.len() > 1 {
            return Err(cannot(Code::JX911, texts::several_files_one_name(texts.len())));
        }
        let there = |path: &Path| path.symlink_metadata().is_ok();
        let taken = texts.iter().find(|new| !is_answer && !new.extends && there(&place(new)));
        if let Some(taken) = taken {
            let diagnostic = Diagnostic::without_place(Code::JX909, texts::file_is_there(shown(&place(taken))));
            return Err(Failure::Told(diagnostic.help(texts::file_is_there_help())));
        }
        // Who reads them back has to find them in the department, wherever they go.
        let paths: BTreeSet<String> = texts.iter().map(|new| shown(&folder.join(&new.place))).collect();
        inputs.retain(|input| !paths.contains(&input.path));
        inputs.extend(
            texts.iter().map(|new| Input { path: shown(&folder.join(&new.place)), text: new.text.as_str().into() }),
        );
        let after = analyse(inputs, settings);
        let is_new =
            |one: &Diagnostic| one.span().is_some_and(|span| paths.contains(&after.sources.get(span.file).path));
        if let Some(wrong) = after.diagnostics.iter().find(|one| is_new(one) && must_not_be(one)) {
            let _ = draw([wrong], &after, terminal.style, &mut anstream::stderr().lock());
            return Err(cannot(Code::JX707, texts::draft_not_sound()));
        }
        if is_answer {
            let all: Vec<&str> = texts.iter().map(|new| new.text.as_str()).collect();
            return terminal.print(&all.join("\n"));
        }
        for new in texts {
            let path = place(new);
            writing::write(&path, new.text.as_bytes())?;
            terminal.note(&texts::written(shown(&path)));
        }
        Ok(())
    }
}
