//! Definitions, and every place that names the same thing.

use crate::parallel::prelude::*;

use super::declaration::Declaration;
use super::entity::{NameResolver, NamedEntity};
use super::tokens::{Token, TokenRole, token_at, tokens};
use super::{is_built_in, is_settings};
use crate::model::text::key;
use crate::model::year::{NamedThing, Occasion};
use crate::source::{FileId, Span};
use crate::syntax::split;
use crate::workspace::Analysis;

/// A place that names something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// The name alone.
    pub span: Span,
    /// The name stands where it is declared.
    pub is_declaration: bool,
}

/// The token at a byte, and what it names.
#[derive(Clone, Debug)]
pub struct NamedToken {
    /// The token alone.
    pub span: Span,
    /// What it stands for.
    pub entity: NamedEntity,
}

/// What the text at a byte names.
pub fn named_at(analysis: &Analysis, file: FileId, offset: usize) -> Option<NamedToken> {
    if let Some(named) =
        in_settings(analysis).into_iter().find(|named| named.span.file == file && named.span.range().contains(&offset))
    {
        return Some(named);
    }
    if is_settings(analysis.sources.get(file)) {
        return None;
    }
    let declaration = Declaration::at(&analysis.sources, file, offset)?;
    let token = token_at(&tokens(&declaration), offset)?;
    let names = NameResolver::new(analysis);
    let entity = names.entity(&declaration, &names.setting(&declaration), &token)?;
    Some(NamedToken { span: declaration.span(token.bytes), entity })
}

/// Where what the text at a byte names is declared.
pub fn definition(analysis: &Analysis, file: FileId, offset: usize) -> Option<(NamedToken, Span)> {
    let named = named_at(analysis, file, offset)?;
    let declared = named.entity.declared_at(analysis)?;
    Some((named, declared))
}

/// Every place that names what the text at a byte names, in the order of files.
pub fn references(analysis: &Analysis, file: FileId, offset: usize) -> Vec<Occurrence> {
    named_at(analysis, file, offset).map_or_else(Vec::new, |named| occurrences(analysis, &named.entity))
}

/// The places in the same file that name what the text at a byte names.
pub fn references_in(analysis: &Analysis, file: FileId, offset: usize) -> Vec<Occurrence> {
    let named = named_at(analysis, file, offset);
    named.map_or_else(Vec::new, |named| in_files(analysis, &named.entity, &[file]))
}

/// Every place that names a thing.
pub fn occurrences(analysis: &Analysis, entity: &NamedEntity) -> Vec<Occurrence> {
    let files: Vec<FileId> = analysis
        .sources
        .iter()
        .filter(|(_, source)| may_hold(entity, is_built_in(source)))
        .map(|(file, _)| file)
        .collect();
    in_files(analysis, entity, &files)
}

fn in_files(analysis: &Analysis, entity: &NamedEntity, files: &[FileId]) -> Vec<Occurrence> {
    let declared = entity.declared_at(analysis);
    let (name, places) = (searched(analysis, entity), places(analysis, entity));
    let in_file = |file: &FileId| {
        let mut found = Vec::new();
        let source = analysis.sources.get(*file);
        let is_without = places.as_ref().is_some_and(|places| !places.iter().any(|place| place.file == *file));
        if is_settings(source) || is_without {
            return found;
        }
        let text = &source.text;
        let names = NameResolver::new(analysis);
        for chunk in split(*file, text).unwrap_or_default() {
            let may_name = |name: &str| {
                let chunk = &text[chunk.bytes.clone()];
                chunk.contains(name) || chunk.contains('\\')
            };
            let holds = |place: &Span| place.file == *file && chunk.bytes.contains(&place.range().start);
            let has_place = places.as_ref().is_none_or(|places| places.iter().any(holds));
            if !has_place || !name.as_deref().is_none_or(may_name) {
                continue;
            }
            let declaration = Declaration::of(*file, text, &chunk);
            let setting = names.setting(&declaration);
            for token in tokens(&declaration) {
                if is_name(&token) && names.entity(&declaration, &setting, &token).as_ref() == Some(entity) {
                    let span = declaration.span(token.bytes);
                    found.push(Occurrence { span, is_declaration: Some(span) == declared });
                }
            }
        }
        found
    };
    let mut found: Vec<Occurrence> = files.par_iter().flat_map_iter(in_file).collect();
    let is_it = |named: &NamedToken| named.entity == *entity && files.contains(&named.span.file);
    let settings = in_settings(analysis).into_iter().filter(is_it);
    found.extend(settings.map(|named| Occurrence { span: named.span, is_declaration: false }));
    found.sort();
    found
}

/// The names of standards in the settings of the workspace.
fn in_settings(analysis: &Analysis) -> Vec<NamedToken> {
    let names = NameResolver::new(analysis);
    let stated = [&analysis.config.standard, &analysis.config.profile];
    let all = stated.into_iter().flatten().filter_map(|(name, span)| {
        Some(NamedToken { span: *span, entity: NamedEntity::Standard(names.sites.standard_named(name)?) })
    });
    all.collect()
}

/// Places in the declarations that may name the thing, as the model knows them; none where any may.
fn places(analysis: &Analysis, entity: &NamedEntity) -> Option<Vec<Span>> {
    let model = &analysis.model;
    if let NamedEntity::Department(id) = entity {
        return Some(vec![model[*id].span]);
    }
    let id = entity.project().filter(|id| id.whole_of().is_none())?;
    let wanted = key(&model[id].name.value);
    let of_goals = model.departments.iter().flat_map(|department| &department.sub_goals);
    let of_goals = of_goals.flat_map(|goal| &goal.indicators).filter(|reference| {
        let is_called_so = reference.project.as_ref().is_some_and(|name| key(name) == wanted);
        is_called_so || reference.target.is_some_and(|target| target.project == id)
    });
    let occasions = model.groups().flat_map(|group| &model.record(group).occasions);
    let of_year = occasions.flat_map(Occasion::subjects);
    let of_year = of_year.filter(|subject| subject.named.and_then(NamedThing::project) == Some(id));
    let referring = of_goals.map(|reference| reference.span).chain(of_year.map(|subject| subject.span));
    Some(std::iter::once(model[id].span).chain(referring).collect())
}

/// What must stand in a declaration that names the thing; none where it may be written in other ways.
fn searched(analysis: &Analysis, entity: &NamedEntity) -> Option<String> {
    match entity {
        // A code is compared as it is written.
        NamedEntity::Account(_, code) => Some(code.clone()),
        NamedEntity::Project(_) | NamedEntity::Indicator(_) | NamedEntity::Standard(_) | NamedEntity::FundSource(_) => {
            let name = entity.name(analysis);
            // Names are compared without blanks, and full-width signs are folded.
            let is_plain = name.chars().all(|sign| sign.is_alphanumeric() && !sign.is_ascii());
            is_plain.then_some(name)
        }
        NamedEntity::Department(_)
        | NamedEntity::Unit(_)
        | NamedEntity::FirstLevel(_)
        | NamedEntity::SecondLevel(_)
        | NamedEntity::Checkpoint(_)
        | NamedEntity::Field(_)
        | NamedEntity::Rule(_) => None,
    }
}

/// Built-in standards name no projects.
fn may_hold(entity: &NamedEntity, is_built_in: bool) -> bool {
    match entity {
        NamedEntity::Department(_) | NamedEntity::Project(_) | NamedEntity::Indicator(_) | NamedEntity::Account(..) => {
            !is_built_in
        }
        NamedEntity::Standard(_)
        | NamedEntity::Unit(_)
        | NamedEntity::FirstLevel(_)
        | NamedEntity::SecondLevel(_)
        | NamedEntity::FundSource(_)
        | NamedEntity::Checkpoint(_)
        | NamedEntity::Field(_)
        | NamedEntity::Rule(_) => true,
    }
}

/// A code of a department or project stands for it, but is no place of its name.
fn is_name(token: &Token) -> bool {
    !matches!(token.role, TokenRole::ProjectCode | TokenRole::DepartmentCode)
}
