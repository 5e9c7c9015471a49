//! `jixiao build --template`: a document in its own form, with what the targets say now. It is read again when it is done:
//! what does not come back is told, so that nobody takes it for filled in.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::output::Terminal;
use super::{Failure, Outcome};
use super::{files, outputs, writing};
use crate::backend::source_text;
use crate::diagnostic::{Code, Diagnostic, Text, texts};
use crate::diff::{self, Change, Class, Edit, Entity, Fact, Kind, Risk, Side};
use crate::import::document::{DocumentPlace, Remark};
use crate::import::template::{Filled, fill, fill_for, is_blank};
use crate::import::{self, Importing};
use crate::language::Field;
use crate::model::text::key;
use crate::model::year::fingerprint::said_target;
use crate::model::{Indicator, IndicatorId, Model, ProjectId};
use crate::workspace::{Analysis, Input, analyse};

/// Fills a template, and writes it into a folder, to a file of that name, or to standard output. A blank form serves each
/// project: where there are several, each gets a file of its own.
pub fn run(template: &Path, output: &Path, analysis: &Analysis, terminal: &Terminal) -> Result<Outcome, Failure> {
    let name = files::shown(template);
    let bytes = files::read_bytes(template, import::MAXIMUM_FILE_BYTES).map_err(Failure::Told)?;
    let options = choices(analysis, terminal);
    let model = &analysis.model;
    let is_of_each = model.projects.len() > 1 && is_blank(&name, &bytes, &options).map_err(Failure::Told)?;
    let is_answer = output == Path::new("-");
    if is_of_each && (is_answer || is_file(template, output)) {
        let message = texts::blank_form_of_several(&name, model.projects.len());
        return Err(Failure::Told(
            Diagnostic::without_place(Code::JX911, message).help(texts::blank_form_wants_folder()),
        ));
    }
    let mut count = 0;
    if is_of_each {
        terminal.note(&texts::blank_form_of_each(&name, model.projects.len()));
        let extension = template.extension().unwrap_or_default();
        for (project, stem) in source_text::project_files(model) {
            let filled = fill_for(&name, &bytes, &options, model, project).map_err(Failure::Told)?;
            let path = output.join(format!("{stem}.{}", files::shown(Path::new(extension))));
            write(template, &path, output, &filled, terminal)?;
            count += tell(&files::shown(&path), &filled, &options, analysis, terminal)?;
        }
    } else {
        let filled = fill(&name, &bytes, &options, model).map_err(Failure::Told)?;
        if is_answer {
            terminal.answer(|out| out.write_all(&filled.bytes))?;
        } else {
            let path = place(template, output);
            write(template, &path, path.parent().unwrap_or(Path::new("")), &filled, terminal)?;
        }
        count += tell(&name, &filled, &options, analysis, terminal)?;
    }
    if count > 0 {
        terminal.note(&texts::template_left(count));
    }
    Ok(if count == 0 { Outcome::Fine } else { Outcome::Findings })
}

/// Writes a filled form, and lists it among the outputs of a folder. The template is not written over.
fn write(template: &Path, path: &Path, folder: &Path, filled: &Filled, terminal: &Terminal) -> Result<(), Failure> {
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    if real(path).is_some_and(|there| Some(there) == real(template)) {
        let message = texts::would_overwrite_source(files::shown(path));
        return Err(Failure::Told(Diagnostic::without_place(Code::JX909, message).help(texts::write_elsewhere())));
    }
    outputs::note(folder, path.strip_prefix(folder).ok())?;
    writing::write(path, &filled.bytes)?;
    let [added, removed] = filled.rows;
    terminal.note(&texts::template_written(files::shown(path), filled.cells, added, removed));
    Ok(())
}

/// Tells what a form does not say that it should. How much that is.
fn tell(
    name: &str,
    filled: &Filled,
    options: &Importing,
    analysis: &Analysis,
    terminal: &Terminal,
) -> Result<usize, Failure> {
    let missing = not_back(name, filled, options, analysis)?;
    let tell = |place: Text, text: Text| {
        terminal.tell(&Diagnostic::without_place(Code::JX613, texts::template_told(name, place, text)));
    };
    for Remark { place, text, .. } in &filled.told {
        tell(place.as_ref().map_or_else(texts::whole_document, DocumentPlace::shown), text.clone());
    }
    for text in &missing {
        tell(texts::whole_document(), text.clone());
    }
    Ok(filled.told.len() + missing.len())
}

/// Whether what is asked for is a file of the template's kind, and not a folder.
fn is_file(template: &Path, output: &Path) -> bool {
    let extension = |path: &Path| path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
    extension(output).is_some() && extension(output) == extension(template) && !output.is_dir()
}

/// Where the file goes: to the file that is named, else into the folder, under the template's name.
fn place(template: &Path, output: &Path) -> PathBuf {
    if is_file(template, output) {
        return output.to_path_buf();
    }
    output.join(template.file_name().unwrap_or_default())
}

/// The template is read by the standards of the workspace, and into that of its department.
fn choices(analysis: &Analysis, terminal: &Terminal) -> Importing {
    let Analysis { model, sources, .. } = analysis;
    let of_departments: BTreeSet<&str> =
        model.departments.iter().map(|department| model[department.standard].name.as_str()).collect();
    let only = of_departments.iter().next().filter(|_| of_departments.len() == 1);
    let declared = model.standards.iter().filter(|standard| !standard.is_built_in);
    let mut files: Vec<_> = declared.filter_map(|standard| Some(standard.declared_at?.file)).collect();
    files.sort_unstable();
    files.dedup();
    let standards = sources.iter().filter(|(id, _)| files.contains(id));
    Importing {
        standard: only.map(|name| (*name).to_owned()),
        standards: standards.map(|(_, source)| (source.path.clone(), source.text.to_string())).collect(),
        department: None,
        language: terminal.language,
    }
}

/// What the targets say and the filled file does not, by its kind.
fn not_back(name: &str, filled: &Filled, options: &Importing, analysis: &Analysis) -> Result<Vec<Text>, Failure> {
    let read = import::import(name, &filled.bytes, options).map_err(Failure::Told)?;
    let input = |(path, text): (String, String)| Input { path, text: Arc::from(text) };
    let own = read.files.into_iter().map(input);
    let known = options.standards.iter().cloned().map(input);
    let back = analyse(own.chain(known).collect(), None);
    let [old, new] = [&back, analysis].map(|one| Side { model: &one.model, sources: &one.sources });
    let changes = diff::compare(old, new).changes;
    // What happened in the year stands on forms of its own: those that the template is.
    let occasion =
        |entity: &Entity| entity.0.iter().find(|(kind, _)| *kind == Kind::Occasion).map(|(_, key)| key.clone());
    let occasions: BTreeSet<String> =
        diff::form(old).facts.keys().filter_map(|place| occasion(&place.entity)).collect();
    let is_of_form = |edit: &Edit| match edit {
        Edit::Put(place, _) | Edit::Take(place) => occasion(&place.entity).is_some_and(|key| occasions.contains(&key)),
        Edit::Drop(entity) | Edit::Move(entity, _) => occasion(entity).is_some_and(|key| occasions.contains(&key)),
    };
    // A form of the year prints what was in force on its day, whatever was approved.
    let is_of_day = |change: &Change| {
        let Some(rows) = change.subject.new_project.and_then(|id| filled.in_force.get(&id)) else { return false };
        match change.class {
            Class::IndicatorAdded => {
                named(&analysis.model, change.subject.new_indicator).is_some_and(|(name, _)| !rows.contains_key(&name))
            }
            Class::IndicatorRemoved => {
                named(&back.model, change.subject.old_indicator).is_some_and(|(name, _)| rows.contains_key(&name))
            }
            _ => {
                let is_target = |edit: &Edit| matches!(edit, Edit::Put(place, _) if place.field == Fact::Target);
                let Some((name, indicator)) = named(&back.model, change.subject.old_indicator) else { return false };
                let id = change.subject.old_indicator.map(|id| id.project);
                let standard = id.map(|id| &back.model[back.model[id].standard]);
                let said = standard.map(|standard| said_target(&indicator.target.value, standard, None));
                !change.edits.is_empty() && change.edits.iter().all(is_target) && rows.get(&name) == said.as_ref()
            }
        }
    };
    let is_meant = |change: &&Change| {
        if is_of_day(change) {
            return false;
        }
        if change.class.is_of_the_year() && !change.edits.iter().any(is_of_form) {
            return false;
        }
        let of_form =
            change.subject.new_project.is_none_or(|id| filled.projects.contains(&id) || id.whole_of().is_some());
        let is_told = matches!(
            change.class,
            Class::ProjectAdded
                | Class::ProjectRemoved
                | Class::StandardSwitched
                | Class::Reordered
                | Class::PointsMoved
                | Class::LightMoved
                | Class::GradeMoved
        );
        // Points that follow from the rules are printed, and nobody need state them.
        let is_points =
            |edit: &Edit| matches!(edit, Edit::Take(place) if place.field == Fact::Plain(Field::CompletionPoints));
        let is_of_points = change.new.is_none() && change.edits.iter().any(is_points);
        let is_order = change.class == Class::IndicatorsReordered && is_ordered_alike(change, &back, analysis);
        let is_meant = !is_told && !is_of_points && !is_order && change.subject.standard.is_none();
        of_form && is_meant && change.class.risk() != Risk::None
    };
    let mut kinds: Vec<(Class, Vec<&Change>)> = Vec::new();
    for change in changes.iter().filter(is_meant) {
        match kinds.iter_mut().find(|(class, _)| *class == change.class) {
            Some((_, all)) => all.push(change),
            None => kinds.push((change.class, vec![change])),
        }
    }
    // What a form has no cell for is nobody's mistake: how much that is, in one line.
    let (not_printed, kinds): (Vec<_>, Vec<_>) =
        kinds.into_iter().partition(|(_, all)| all.iter().all(|change| change.old.is_none() && change.new.is_some()));
    let count: usize = not_printed.iter().map(|(_, all)| all.len()).sum();
    let title = |(class, all): &(Class, Vec<&Change>)| texts::class_counted(class.title(), all.len());
    let titles = not_printed.iter().map(title).reduce(texts::and_also);
    let not_printed = titles.map(|titles| texts::template_not_printed(count, titles));
    let told = kinds.into_iter().map(|(class, all)| {
        let shown: Vec<String> = all.iter().take(MOST_SHOWN).map(|change| shown(change)).collect();
        let shown = crate::source::signs::in_one_line(&shown.join("；")).into_owned();
        texts::template_not_back(class.title(), all.len(), shown)
    });
    Ok(told.chain(not_printed).collect())
}

/// An indicator, and its name as it is compared.
fn named(model: &Model, id: Option<IndicatorId>) -> Option<(String, &Indicator)> {
    let id = id?;
    let indicator = model[id.project].indicators.get(id.index as usize)?;
    Some((key(&indicator.name.value), indicator))
}

/// Whether the indicators of a project stand in the same order within each category: a form prints these together.
fn is_ordered_alike(change: &Change, back: &Analysis, analysis: &Analysis) -> bool {
    let order = |analysis: &Analysis, id: Option<ProjectId>| {
        let model = &analysis.model;
        let project = &model[id?];
        let standard = &model[project.standard];
        let mut names: Vec<(Option<String>, String)> = project
            .indicators
            .iter()
            .map(|one| (one.category.map(|id| standard.category_path(id)), one.name.value.to_string()))
            .collect();
        names.sort_by(|(one, _), (other, _)| one.cmp(other));
        Some(names)
    };
    order(back, change.subject.old_project) == order(analysis, change.subject.new_project)
}

/// How many changes of a kind are named.
const MOST_SHOWN: usize = 3;

/// `防火宣传.宣传场次 ≥ 6 次 → ≥ 8 次`
fn shown(change: &Change) -> String {
    let subject = &change.subject;
    let names = [
        subject.project.as_ref().map(|project| project.name.clone()),
        subject.indicator.as_ref().map(|indicator| indicator.name.clone()),
        subject.item.clone(),
    ];
    let path: Vec<String> = names.into_iter().flatten().collect();
    let said = |said: &Option<diff::Said>| said.as_ref().map_or_else(|| "—".to_owned(), |said| said.text.clone());
    let values = match (&change.old, &change.new) {
        (None, None) => String::new(),
        (old, new) => format!(" {} → {}", said(old), said(new)),
    };
    format!("{}{values}", path.join("."))
}
