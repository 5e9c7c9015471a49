//! What is edited is read back before anybody sees it: no mistake may be new, and a fact that was set must say what was
//! asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::declaration::Declaration;
use super::written::{label, without_places, written};
use super::{EditRefusal, Field, Patch, address};
use crate::diagnostic::{Code, Diagnostic};
use crate::format::inner_block;
use crate::model::{Model, StandardId, department, project, year};
use crate::source::{FileId, Sources, Span, TextChange};
use crate::syntax::{Chunk, Node, StatementKind, parse_chunk, parts, split, split_again};

/// Whether the new texts hold no mistake of syntax or of types that the old ones do not hold. Only declarations that
/// change are read.
pub fn reads_well(model: &Model, sources: &Sources, patch: &Patch) -> Result<(), EditRefusal> {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for (file, new) in patch.apply(sources) {
        let (old, new): (&Arc<str>, Arc<str>) = (&sources.get(file).text, new.into());
        let Some(change) = TextChange::between(file, old, &new) else { continue };
        let standard = model.projects.iter().map(|one| (one.span, one.standard));
        let standard = standard.chain(model.departments.iter().map(|one| (one.span, one.standard)));
        let standard = standard.chain(model.occasions());
        let standard = standard.into_iter().find(|(span, _)| span.file == file);
        let standard = standard.map(|(_, standard)| standard.declared());
        let old_chunks = split(file, old);
        let new_chunks = match &old_chunks {
            Ok(chunks) => split_again(chunks, &change),
            Err(_) => split(file, &new).map(|chunks| (0, chunks, 0)),
        };
        // What lies before and behind all edits is not looked at; of what lies between them, what is the same is not read.
        let (first, kept) = new_chunks.as_ref().map_or((0, 0), |(first, _, kept)| (*first, *kept));
        let old_chunks = old_chunks.map(|mut chunks| chunks.drain(first..chunks.len() - kept).collect());
        let new_chunks = new_chunks.map(|(_, between, _)| between);
        let texts = |chunks: &Result<Vec<Chunk>, Diagnostic>, text: &Arc<str>| -> BTreeSet<String> {
            chunks.iter().flatten().map(|chunk| text[chunk.bytes.clone()].to_owned()).collect()
        };
        let same = &texts(&old_chunks, old) & &texts(&new_chunks, &new);
        before.extend(mistakes(model, file, old, old_chunks, standard, &same));
        after.extend(mistakes(model, file, &new, new_chunks, standard, &same));
    }
    let (old, new) = (counts(&before), counts(&after));
    let worse = new.iter().find(|(code, count)| **count > old.get(code).copied().unwrap_or_default());
    let Some((code, _)) = worse else { return Ok(()) };
    let is_new = |found: &&Diagnostic| {
        found.code == *code && !before.iter().any(|one| one.code == *code && one.message == found.message)
    };
    let found = after.iter().find(is_new).or_else(|| after.iter().find(|found| found.code == *code));
    Err(found.map_or(EditRefusal::NotOne, |found| EditRefusal::Mistake(without_places(found.clone()))))
}

/// The standard by which a declaration is read that starts with a head.
pub fn standard_of(model: &Model, head: Span) -> Option<StandardId> {
    let is_it = |span: Span| (span.file, span.start) == (head.file, head.start);
    let project = model.projects.iter().find(|one| is_it(one.span)).map(|one| one.standard.declared());
    let department = || model.departments.iter().find(|one| is_it(one.span)).map(|one| one.standard);
    project.or_else(department).or_else(|| model.occasions().find(|(span, _)| is_it(*span)).map(|(_, id)| id))
}

/// The mistakes in some declarations of a text that are not among the known ones.
fn mistakes(
    model: &Model,
    file: FileId,
    text: &Arc<str>,
    chunks: Result<Vec<Chunk>, Diagnostic>,
    standard: Option<StandardId>,
    known: &BTreeSet<String>,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let chunks = match chunks {
        Ok(chunks) => chunks,
        Err(refused) => return vec![refused],
    };
    for chunk in chunks.iter().filter(|chunk| !known.contains(&text[chunk.bytes.clone()])) {
        let (tree, syntax) = parse_chunk(file, text, chunk);
        found.extend(syntax);
        let Some(id) = standard else { continue };
        for root in tree.roots(file, text) {
            match root.kind() {
                StatementKind::Department => drop(department::department(root, id, &model[id], &mut found)),
                StatementKind::Project => drop(project::project(root, id, &model[id], &mut found)),
                StatementKind::Occasion => drop(year::occasion(root, &model[id], &mut found)),
                StatementKind::Standard | StatementKind::Indicator | StatementKind::Field => {}
            }
        }
    }
    found
}

fn counts(found: &[Diagnostic]) -> BTreeMap<Code, usize> {
    let mut counts = BTreeMap::new();
    for found in found {
        *counts.entry(found.code).or_default() += 1;
    }
    counts
}

/// Whether the lines of a statement say what they were set to. `head` is that of its declaration.
pub fn says(
    sources: &Sources,
    patch: &Patch,
    head: Span,
    owner: Node<'_>,
    values: &[(Field, Option<String>)],
) -> Result<(), EditRefusal> {
    let Some(text) = patch.apply(sources).remove(&owner.file) else { return Ok(()) };
    let start = patch.moved(owner.file, owner.statement().head.start as usize);
    let mut after = Sources::default();
    let file = after.add("", text);
    let head = patch.moved(owner.file, head.start as usize);
    let declaration = Declaration::of_head(&after, file, head).ok_or(EditRefusal::NotOne)?;
    let placed = declaration.placed();
    let index = placed.iter().position(|one| one.node.statement().head.start as usize == start);
    let index = index.ok_or(EditRefusal::NotOne)?;
    let block = inner_block(placed[index].node, placed[index].block);
    let signs = |text: &str| text.chars().filter(|sign| !sign.is_whitespace()).collect::<String>();
    for (field, value) in values {
        let (Field::Line(name), Some(block)) = (field, block) else { continue };
        let said = match address::line(&placed, index, name, None) {
            Ok((line, part)) => {
                let node = placed[line].node;
                let part = parts(node, block).nth(part).ok_or(EditRefusal::NotOne)?;
                let end = part.values.last().map_or(part.label.end, |value| value.bytes.end);
                Some(signs(&node.text[part.label.end as usize..end as usize]))
            }
            Err(_) => None,
        };
        let asked = match value {
            Some(value) => {
                let label = label(owner, block, name);
                let written = written(&format!("{label} {value}"), Some(block))?;
                let node = written.node().ok_or(EditRefusal::NotOne)?;
                Some(signs(&node.text[node.statement().label.end as usize..node.statement().head.end as usize]))
            }
            None => None,
        };
        let colon = |said: &Option<String>| said.as_deref().map(|said| said.trim_start_matches([':', '：']).to_owned());
        if colon(&said) != colon(&asked) {
            return Err(EditRefusal::NotOne);
        }
    }
    Ok(())
}
