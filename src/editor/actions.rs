//! What can be done about a finding, and at a place.

use std::collections::BTreeSet;

use super::declaration::{Declaration, PlacedStatement, department_at, project_at};
use super::tokens::block_inside;
use crate::diagnostic::{Code, Diagnostic, Edit, Language, Safety, Text, fix, texts};
use crate::edit::page::{NewStatement, Page};
use crate::edit::{order, written};
use crate::format::extents::Extents;
use crate::model::standard::{FieldKind, Standard};
use crate::source::{FileId, Span, TextChange, line_start};
use crate::syntax::vocabulary::{self, Block, Takes};
use crate::syntax::{Node, StatementKind};
use crate::workspace::Analysis;

/// What an action is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// Mends a finding.
    QuickFix,
    /// Mends all that is safe in the file.
    FixAll,
    /// Writes what is missing.
    Refactor,
}

/// Edits that a person may choose.
#[derive(Clone, Debug)]
pub struct Action {
    /// As a menu shows it.
    pub title: Text,
    /// What a client sorts it under.
    pub kind: ActionKind,
    /// The index in the findings of the analysis that it mends.
    pub finding: Option<usize>,
    /// The one to take when nothing speaks against it.
    pub is_preferred: bool,
    /// All are made, or none; they may be in several files.
    pub edits: Vec<Edit>,
}

/// The actions for a stretch of a file.
pub fn actions(analysis: &Analysis, within: Span, language: Language) -> Vec<Action> {
    let touches = |span: Span| span.file == within.file && span.start <= within.end && within.start <= span.end;
    let here: Vec<(usize, &Diagnostic)> =
        analysis.diagnostics.iter().enumerate().filter(|(_, found)| found.span().is_some_and(touches)).collect();
    let mut actions = Vec::new();
    for (index, found) in &here {
        if let Some(fix) = &found.fix {
            actions.push(Action {
                title: fix.title.clone(),
                kind: ActionKind::QuickFix,
                finding: Some(*index),
                is_preferred: fix.safety == Safety::Safe,
                edits: fix.edits.to_vec(),
            });
        }
    }
    let mut excused: BTreeSet<(Code, u32)> = BTreeSet::new();
    for (index, found) in here.iter().filter(|(_, found)| may_be_excused(found.code)) {
        let Some(span) = found.span() else { continue };
        if excused.insert((found.code, span.start)) {
            actions.extend(excuse(analysis, found, *index, language));
        }
    }
    actions.extend(missing_fields(analysis, within));
    if here.iter().any(|(_, found)| found.fix.is_some()) {
        actions.extend(fix_all(analysis, within.file));
    }
    actions
}

/// A comment that does nothing is not excused by another.
fn may_be_excused(code: Code) -> bool {
    code.has_level() && !matches!(code, Code::JX513 | Code::JX514)
}

/// All safe fixes of a file in one.
pub fn fix_all(analysis: &Analysis, file: FileId) -> Option<Action> {
    let in_file =
        |found: &&Diagnostic| found.fix.as_ref().is_some_and(|fix| fix.edits.iter().all(|edit| edit.span.file == file));
    let fixed = fix::apply(analysis.diagnostics.iter().filter(in_file), &analysis.sources, false);
    let text = fixed.texts.get(&file)?;
    let change = TextChange::between(file, &analysis.sources.get(file).text, &text.as_str().into())?;
    let text = change.new[change.start..change.new_end].to_owned();
    let edit = Edit { span: Span::new(file, change.start, change.old_end), text };
    Some(Action {
        title: texts::fix_all(fixed.count),
        kind: ActionKind::FixAll,
        finding: None,
        is_preferred: false,
        edits: vec![edit],
    })
}

/// `# 允许 JX…：` on a line of its own before the statement of a finding. The reason is left to a person.
fn excuse(analysis: &Analysis, found: &Diagnostic, index: usize, language: Language) -> Option<Action> {
    let reason = texts::reason_place();
    Some(Action {
        title: texts::excuse_finding(found.code.id()),
        kind: ActionKind::QuickFix,
        finding: Some(index),
        is_preferred: false,
        edits: vec![excused_by(analysis, found, &reason.in_language(language), language)?],
    })
}

/// The comment that excuses a finding for a reason; none where no comment can.
pub fn excused_by(analysis: &Analysis, found: &Diagnostic, reason: &str, language: Language) -> Option<Edit> {
    let span = found.span().filter(|_| may_be_excused(found.code))?;
    let source = analysis.sources.get(span.file);
    let declaration = Declaration::at(&analysis.sources, span.file, span.start as usize)?;
    let placed = declaration.placed();
    let holds = |one: &&PlacedStatement<'_>| {
        let head = one.node.statement().head;
        head.start <= span.start && span.start <= head.end
    };
    let statement = placed.iter().rev().find(holds)?;
    let start = statement.node.statement().head.start as usize;
    let line = line_start(&source.text, start);
    let before = &source.text[line..start];
    // Several statements on a line: the first of them has the line of its own.
    let indent: String =
        before.chars().take_while(|sign| crate::syntax::is_blank(*sign) && *sign != '\u{FEFF}').collect();
    let newline = if source.text.contains("\r\n") { "\r\n" } else { "\n" };
    let (word, colon) = match language {
        Language::Chinese => (vocabulary::EXCUSES[0], "："),
        Language::English => (vocabulary::EXCUSES[1], ": "),
    };
    let opening = format!("# {word} {}{colon}", found.code.id());
    let line_start = if source.text[line..].starts_with('\u{FEFF}') { line + '\u{FEFF}'.len_utf8() } else { line };
    let text = format!("{indent}{opening}{reason}{newline}");
    Some(Edit { span: Span::new(span.file, line_start, line_start), text })
}

/// Writes the required fields that the block at a place lacks.
fn missing_fields(analysis: &Analysis, within: Span) -> Option<Action> {
    let declaration = Declaration::at(&analysis.sources, within.file, within.start as usize)?;
    let placed = declaration.placed();
    let holds = |one: &&PlacedStatement<'_>| {
        let head = one.node.statement().head;
        head.start <= within.start && within.start <= head.end
    };
    let owner = placed.iter().rev().find(holds).filter(|one| one.node.kind() != StatementKind::Field)?;
    let block = block_inside(owner)?;
    let root = declaration.roots().next()?.head_span();
    let standard = match (project_at(analysis, root), department_at(analysis, root)) {
        (Some((_, project)), _) => &analysis.model[project.standard],
        (None, Some((_, department))) => &analysis.model[department.standard],
        (None, None) => return None,
    };
    let stated: Vec<String> = owner.node.children().map(|child| super::sites::unquoted(child.label_text())).collect();
    let lines = missing_lines(standard, owner.node, block, &stated);
    if lines.is_empty() || owner.node.is_broken() {
        return None;
    }
    let count = lines.len();
    let page = Page::new(declaration.text, Extents::within(declaration.text, declaration.bytes.clone())?);
    let edits = order::insert(&page, owner.node, &|_| true, block, Some(standard), lines);
    Some(Action {
        title: texts::write_missing_fields(count),
        kind: ActionKind::Refactor,
        finding: None,
        is_preferred: false,
        edits,
    })
}

/// A line for each required field that is not stated: its label and an empty value where it takes a text.
fn missing_lines(standard: &Standard, owner: Node<'_>, block: Block, stated: &[String]) -> Vec<(usize, NewStatement)> {
    let mut pieces = Vec::new();
    for rule in standard.required_fields(block) {
        let field = vocabulary::field(block, &rule.name);
        // A code stands in the head, not in the block.
        if field.is_none() && rule.kind.is_none() {
            continue;
        }
        let is_stated = |label: &String| *label == rule.name || field.is_some_and(|field| *label == field.english);
        if stated.iter().any(is_stated) {
            continue;
        }
        let takes_text = field
            .map_or(rule.kind == Some(FieldKind::Text), |field| matches!(field.takes, Takes::Text | Takes::KindedText));
        let label = written::label(owner, block, &rule.name);
        let lines = match (takes_text, field.and_then(|field| field.inner), field.map(|field| field.takes)) {
            (true, ..) => vec![format!("{label} \"\"")],
            (false, Some(_), Some(Takes::Nothing)) => vec![format!("{label} {{"), "}".to_owned()],
            (false, ..) => vec![label],
        };
        let place = order::of_label(&rule.name, StatementKind::Field, block, Some(standard));
        pieces.push((place, NewStatement { lines, is_spaced: false }));
    }
    pieces
}
