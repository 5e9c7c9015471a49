//! Giving something another name, everywhere at once.
//!
//! What would not mean the same afterwards is refused: the new texts are checked, and may hold no mistake of names that
//! was not there before.

use std::collections::{BTreeMap, BTreeSet};

use super::entity::NamedEntity;
use super::references::{NamedToken, Occurrence, named_at, occurrences};
use super::sites::unquoted;
use super::{is_built_in, is_settings};
use crate::control::Wishes;
use crate::diagnostic::{Code, Diagnostic, Edit, Text, texts};
use crate::edit::{self, EditRefusal, Patch};
use crate::model::calendar::Date;
use crate::model::standard::stem;
use crate::model::text::key;
use crate::model::year::{NamedThing, Occasion};
use crate::model::{Department, DepartmentId, Model};
use crate::source::{FileId, Span};
use crate::syntax::point_of;
use crate::syntax::vocabulary::{INDICATOR, quoted, written_name};
use crate::workspace::{Analysis, Input, analyse_with};

/// The place whose text is to be edited, and the name that stands there.
///
/// # Errors
/// Why there is nothing to rename.
pub fn prepare(analysis: &Analysis, file: FileId, offset: usize) -> Result<(Span, String), Text> {
    let named = named_at(analysis, file, offset).ok_or_else(texts::nothing_to_rename)?;
    may_be_renamed(analysis, &named.entity)?;
    let is_code = !is_name_of(analysis, &named);
    if is_code {
        return Err(texts::codes_are_given());
    }
    Ok((named.span, unquoted(analysis.sources.slice(named.span))))
}

/// The edits that give the thing at a byte a new name, in the order of places.
///
/// # Errors
/// Why it cannot have that name.
pub fn rename(analysis: &Analysis, file: FileId, offset: usize, new: &str) -> Result<Vec<Edit>, Text> {
    prepare(analysis, file, offset)?;
    let named = named_at(analysis, file, offset).ok_or_else(texts::nothing_to_rename)?;
    let new = new.trim();
    let new = if new.starts_with(['"', '“', '＂']) { unquoted(new) } else { new.to_owned() };
    if new.is_empty() || new.contains(['\n', '\r']) {
        return Err(texts::bad_name());
    }
    let old = named.entity.name(analysis);
    may_be_called(analysis, &named.entity, &old, &new)?;
    let (model, sources) = (&analysis.model, &analysis.sources);
    let edits = match &named.entity {
        NamedEntity::Department(id) => edit::rename::department(model, *id, &new),
        NamedEntity::Project(id) => edit::rename::project(model, sources, *id, &new),
        NamedEntity::Indicator(id) => edit::rename::indicator(model, sources, *id, &new),
        NamedEntity::Account(..)
        | NamedEntity::Standard(_)
        | NamedEntity::Unit(_)
        | NamedEntity::FirstLevel(_)
        | NamedEntity::SecondLevel(_)
        | NamedEntity::FundSource(_)
        | NamedEntity::Checkpoint(_)
        | NamedEntity::Field(_)
        | NamedEntity::Rule(_) => {
            let all = occurrences(analysis, &named.entity).into_iter();
            Ok(all.filter_map(|one| name_edit(analysis, &named.entity, one, &old, &new)).collect())
        }
    };
    let made = |edits| Patch::new(edits).map_err(|mut all| EditRefusal::Conflict(Box::new(all.swap_remove(0))));
    let patch = edits.and_then(made).map_err(|refusal| refusal.text())?;
    if old != new {
        check(analysis, &named.entity, &patch, &new)?;
    }
    Ok(patch.into_edits())
}

/// Whether the place holds the name, not a code that stands for the thing.
fn is_name_of(analysis: &Analysis, named: &NamedToken) -> bool {
    match &named.entity {
        NamedEntity::Project(_) | NamedEntity::Department(_) => {
            key(&unquoted(analysis.sources.slice(named.span))) == key(&named.entity.name(analysis))
        }
        NamedEntity::Indicator(_)
        | NamedEntity::Account(..)
        | NamedEntity::Standard(_)
        | NamedEntity::Unit(_)
        | NamedEntity::FirstLevel(_)
        | NamedEntity::SecondLevel(_)
        | NamedEntity::FundSource(_)
        | NamedEntity::Checkpoint(_)
        | NamedEntity::Field(_)
        | NamedEntity::Rule(_) => true,
    }
}

fn may_be_renamed(analysis: &Analysis, entity: &NamedEntity) -> Result<(), Text> {
    if let NamedEntity::Rule(code) = entity {
        return Err(texts::codes_stay(code.id()));
    }
    let Some(declared) = entity.declared_at(analysis) else { return Err(texts::not_declared()) };
    let source = analysis.sources.get(declared.file);
    if is_built_in(source) {
        return Err(texts::built_in_stays(entity.name(analysis)));
    }
    Ok(())
}

/// Collisions that can be told in words.
fn may_be_called(analysis: &Analysis, entity: &NamedEntity, old: &str, new: &str) -> Result<(), Text> {
    let model = &analysis.model;
    let is_new = key(old) != key(new);
    let taken = match entity {
        NamedEntity::Project(id) => {
            let department = model[*id].department;
            model.projects_of(department).any(|(_, project)| key(&project.name.value) == key(new))
        }
        NamedEntity::Indicator(id) => {
            model[id.project].indicators.iter().any(|indicator| key(&indicator.name.value) == key(new))
        }
        NamedEntity::Account(id, _) => {
            if new.contains(char::is_whitespace) || new.contains(['{', '}', '"', '“', '｛', ';', '；', '#']) {
                return Err(texts::bad_code());
            }
            model[*id].units_of_account.iter().any(|account| *account.code.value == *new)
        }
        NamedEntity::Standard(_) => model.standards.iter().any(|standard| standard.name == new),
        NamedEntity::Checkpoint(_) if Date::read(new).is_none() => return Err(texts::checkpoint_is_a_date()),
        NamedEntity::FirstLevel(_) | NamedEntity::SecondLevel(_) if new.contains(['.', '．']) => {
            return Err(texts::no_point());
        }
        NamedEntity::Unit(span) => model.standards.iter().any(|standard| {
            standard.declared_at.is_some_and(|head| head.file == span.file) && standard.unit(new).is_some()
        }),
        NamedEntity::Department(_)
        | NamedEntity::FirstLevel(_)
        | NamedEntity::SecondLevel(_)
        | NamedEntity::FundSource(_)
        | NamedEntity::Checkpoint(_)
        | NamedEntity::Field(_)
        | NamedEntity::Rule(_) => false,
    };
    if taken && is_new { Err(texts::name_is_taken(new)) } else { Ok(()) }
}

/// The edit of one place; none where the thing is named by another of its names.
fn name_edit(analysis: &Analysis, entity: &NamedEntity, occurrence: Occurrence, old: &str, new: &str) -> Option<Edit> {
    let span = occurrence.span;
    let token = analysis.sources.slice(span);
    if is_settings(analysis.sources.get(span.file)) {
        return Some(Edit { span, text: toml_text(token, new) });
    }
    match entity {
        NamedEntity::Account(..) => Some(Edit { span, text: new.to_owned() }),
        NamedEntity::FirstLevel(_) | NamedEntity::SecondLevel(_) => category_edit(span, token, old, new),
        NamedEntity::Unit(_) => unit_edit(analysis, span, token, old, new),
        NamedEntity::Checkpoint(_) => {
            (Date::read(token).is_some() || unquoted(token) == old).then(|| Edit { span, text: new.to_owned() })
        }
        NamedEntity::Field(_) => field_edit(span, token, old, new),
        NamedEntity::Department(_)
        | NamedEntity::Project(_)
        | NamedEntity::Indicator(_)
        | NamedEntity::Standard(_)
        | NamedEntity::FundSource(_)
        | NamedEntity::Rule(_) => Some(Edit { span, text: written_name(new) }),
    }
}

/// The name of a level, shortened as it was.
fn category_edit(span: Span, token: &str, old: &str, new: &str) -> Option<Edit> {
    let written = unquoted(token);
    let is_whole = written == old && stem(old) != old;
    let shortened = if is_whole || !new.ends_with(INDICATOR.0) { new } else { stem(new) };
    let names = written == old || stem(old) == written || old.starts_with(stem(&written));
    names.then(|| Edit { span, text: written_name(shortened) })
}

/// A unit is renamed where it is written by its name, with its multiplier left.
fn unit_edit(analysis: &Analysis, span: Span, token: &str, old: &str, new: &str) -> Option<Edit> {
    let plain = unquoted(token);
    if plain == old {
        // After a number no quotes may stand.
        let is_quoted = token.starts_with(['"', '“', '＂']);
        let text = if is_quoted || !is_after_number(analysis, span) { written_name(new) } else { new.to_owned() };
        return Some(Edit { span, text });
    }
    let before = token.strip_suffix(old)?;
    let is_multiplier = crate::model::unit::Multiplier::is_sign(before.trim_end());
    is_multiplier.then(|| Edit { span, text: format!("{before}{new}") })
}

fn is_after_number(analysis: &Analysis, span: Span) -> bool {
    let before = &analysis.sources.get(span.file).text[..span.start as usize];
    before.trim_end_matches(crate::syntax::is_blank).ends_with(|sign: char| sign.is_numeric())
}

/// `项目.主管部门` where it is declared; the last part alone where it is a label.
fn field_edit(span: Span, token: &str, old: &str, new: &str) -> Option<Edit> {
    let old_field = old.rsplit(['.', '．']).next().unwrap_or(old);
    let new_field = new.rsplit(['.', '．']).next().unwrap_or(new);
    let start = point_of(token).map_or(0, |point| point.end);
    let is_it = unquoted(&token[start..]) == old_field || unquoted(token) == old;
    let start = span.start as usize + start;
    if token.starts_with(['"', '“', '＂']) && token.contains('.') {
        return Some(Edit { span, text: quoted(&old.replace(old_field, new_field)) });
    }
    is_it.then(|| Edit { span: Span { start: start as u32, ..span }, text: written_name(new_field) })
}

fn toml_text(token: &str, new: &str) -> String {
    let has_quotes = token.starts_with(['"', '\'']);
    if has_quotes { quoted(new) } else { new.to_owned() }
}

/// Checks the new texts: no mistake of names may be there that was not there before.
fn check(analysis: &Analysis, entity: &NamedEntity, patch: &Patch, new: &str) -> Result<(), Text> {
    let texts = patch.apply(&analysis.sources);
    let department = own_department(&analysis.model, entity, new);
    let elsewhere = department.map_or_else(BTreeSet::new, |own| files_elsewhere(&analysis.model, own));
    let mut files = Vec::new();
    let mut settings = None;
    let own = analysis.sources.iter().filter(|(file, source)| !is_built_in(source) && !elsewhere.contains(file));
    for (file, source) in own {
        let text = texts.get(&file).map_or_else(|| source.text.clone(), |text| text.as_str().into());
        let input = Input { path: source.path.clone(), text };
        if is_settings(source) { settings = Some(input) } else { files.push(input) }
    }
    let ignore = Code::ALL.iter().copied().filter(|code| !is_of_names(*code)).collect();
    let wishes = Wishes { ignore, fixes_of_errors_alone: true, ..Wishes::default() };
    let after = analyse_with(files, settings, &wishes);
    let is_here = |found: &&Diagnostic| found.span().is_none_or(|span| !elsewhere.contains(&span.file));
    let old = mistakes(analysis.diagnostics.iter().filter(is_here));
    for (code, count) in &mistakes(&after.diagnostics) {
        if *count > old.get(code).copied().unwrap_or_default() {
            let found = after.diagnostics.iter().find(|found| found.code == *code);
            let message = found.map_or_else(|| Text::same(code.id()), |found| found.message.clone());
            return Err(crate::diagnostic::texts::rename_breaks(new, message));
        }
    }
    let is_same = match department {
        Some(own) => {
            let home = &analysis.sources.get(analysis.model[own].span.file).path;
            let is_it = |one: &Department| after.sources.get(one.span.file).path == *home;
            let there = after.model.departments.iter().position(is_it).map(|index| DepartmentId(index as u32));
            there.is_some_and(|there| references(&analysis.model, Some(own)) == references(&after.model, Some(there)))
        }
        None => {
            analysis.model.groups().all(|group| references(&analysis.model, group) == references(&after.model, group))
        }
    };
    if is_same { Ok(()) } else { Err(crate::diagnostic::texts::name_is_taken(new)) }
}

/// The department in which alone a name counts, where its file declares no other. Its own name counts among all of them
/// where another has it, too.
fn own_department(model: &Model, entity: &NamedEntity, new: &str) -> Option<DepartmentId> {
    let is_called_so = |one: &Department| key(&one.name.value) == key(new);
    let own = match entity {
        NamedEntity::Department(_) if model.departments.iter().any(is_called_so) => None,
        NamedEntity::Department(id) | NamedEntity::Account(id, _) => Some(*id),
        named => named.project().and_then(|id| id.whole_of().or_else(|| model[id].department)),
    }?;
    let is_beside = |one: &&Department| one.span.file == model[own].span.file;
    (model.departments.iter().filter(is_beside).count() == 1).then_some(own)
}

/// The files that hold declarations of other departments alone: a name of this one is nothing to them.
fn files_elsewhere(model: &Model, own: DepartmentId) -> BTreeSet<FileId> {
    let of_department = |group: Option<DepartmentId>| {
        let occasions = model.record(group).occasions.iter().map(|one| one.span().file);
        model.projects_of(group).map(|(_, project)| project.span.file).chain(occasions)
    };
    let own_files: BTreeSet<FileId> = of_department(Some(own)).chain([model[own].span.file]).collect();
    let others = model.groups().filter(|group| *group != Some(own)).flat_map(of_department);
    let standards = model.standards.iter().filter_map(|one| Some(one.declared_at?.file));
    let kept: BTreeSet<FileId> = own_files.into_iter().chain(standards).collect();
    others.chain(model.departments.iter().map(|one| one.span.file)).filter(|file| !kept.contains(file)).collect()
}

/// What the references of a department lead to: a project by its number in the department, and an indicator of it.
fn references(model: &Model, group: Option<DepartmentId>) -> Vec<Option<(Option<u32>, Option<u32>)>> {
    let first = model.projects_of(group).next().map_or(0, |(id, _)| id.0);
    let led_to = |named: NamedThing| {
        let indicator = if let NamedThing::Indicator(id) = named { Some(id.index) } else { None };
        let project = named.project().filter(|id| id.whole_of().is_none());
        (project.map(|id| id.0.wrapping_sub(first)), indicator)
    };
    let goals = group.into_iter().flat_map(|id| &model[id].sub_goals).flat_map(|goal| &goal.indicators);
    let of_goals = goals.map(|one| one.target.map(NamedThing::Indicator));
    let of_year = model.record(group).occasions.iter().flat_map(Occasion::subjects).map(|one| one.named);
    of_goals.chain(of_year).map(|named| named.map(led_to)).collect()
}

/// Mistakes of the language and of names; what else a rule may say does not depend on names alone.
fn is_of_names(code: Code) -> bool {
    !code.has_level() || matches!(code, Code::JX013 | Code::JX047 | Code::JX100)
}

/// How often each mistake of language and names is reported.
fn mistakes<'d>(found: impl IntoIterator<Item = &'d Diagnostic>) -> BTreeMap<Code, usize> {
    let mut counts = BTreeMap::new();
    for found in found.into_iter().filter(|found| is_of_names(found.code)) {
        *counts.entry(found.code).or_default() += 1;
    }
    counts
}
