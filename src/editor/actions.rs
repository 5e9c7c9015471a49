//! What can be done about a finding, and at a place.

use std::collections::BTreeSet;

use super::declaration::{Declaration, Placed, department_at, project_at};
use super::tokens::block_inside;
use crate::diagnostic::{Code, Diagnostic, Edit, Language, Safety, Text, fix, texts};
use crate::model::standard::{FieldKind, FieldRule, Standard};
use crate::source::{FileId, Source, Span};
use crate::syntax::StatementKind;
use crate::syntax::vocabulary::{self, Block, Takes};
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
    pub title: Text,
    pub kind: ActionKind,
    /// The index in the findings of the analysis that it mends.
    pub finding: Option<usize>,
    /// The one to take when nothing speaks against it.
    pub is_preferred: bool,
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
        let source = analysis.sources.get(span.file);
        if excused.insert((found.code, span.start)) {
            actions.extend(excuse(analysis, source, found, *index, span, language));
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
    let old = &*analysis.sources.get(file).text;
    let edit = smallest_edit(file, old, text)?;
    Some(Action {
        title: texts::fix_all(fixed.count),
        kind: ActionKind::FixAll,
        finding: None,
        is_preferred: false,
        edits: vec![edit],
    })
}

/// What differs between two texts, as one edit.
fn smallest_edit(file: FileId, old: &str, new: &str) -> Option<Edit> {
    if old == new {
        return None;
    }
    let same = old.char_indices().zip(new.chars()).take_while(|((_, one), other)| one == other);
    let start = same.last().map_or(0, |((offset, sign), _)| offset + sign.len_utf8());
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let tail = old_rest.chars().rev().zip(new_rest.chars().rev()).take_while(|(one, other)| one == other);
    let tail: usize = tail.map(|(sign, _)| sign.len_utf8()).sum();
    let text = new_rest[..new_rest.len() - tail].to_owned();
    Some(Edit { span: Span::new(file, start, old.len() - tail), text })
}

/// `# 允许 JX…：` on a line of its own before the statement of a finding. The reason is left to a person.
fn excuse(
    analysis: &Analysis,
    source: &Source,
    found: &Diagnostic,
    index: usize,
    span: Span,
    language: Language,
) -> Option<Action> {
    let declaration = Declaration::at(&analysis.sources, span.file, span.start as usize)?;
    let placed = declaration.placed();
    let holds = |one: &&Placed<'_>| {
        let head = one.node.statement().head;
        head.start <= span.start && span.start <= head.end
    };
    let statement = placed.iter().rev().find(holds)?;
    let start = statement.node.statement().head.start as usize;
    let line = source.text[..start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let before = &source.text[line..start];
    // Several statements on a line: the first of them has the line of its own.
    let indent: String =
        before.chars().take_while(|sign| crate::syntax::is_blank(*sign) && *sign != '\u{FEFF}').collect();
    let newline = if source.text.contains("\r\n") { "\r\n" } else { "\n" };
    let (word, colon) = match language {
        Language::Chinese => (vocabulary::EXCUSES[0], "："),
        Language::English => (vocabulary::EXCUSES[1], ": "),
    };
    let reason = texts::reason_place();
    let reason = reason.in_language(language);
    let opening = format!("# {word} {}{colon}", found.code.id());
    let line_start = if source.text[line..].starts_with('\u{FEFF}') { line + '\u{FEFF}'.len_utf8() } else { line };
    let text = format!("{indent}{opening}{reason}{newline}");
    Some(Action {
        title: texts::excuse_finding(found.code.id()),
        kind: ActionKind::QuickFix,
        finding: Some(index),
        is_preferred: false,
        edits: vec![Edit { span: Span::new(span.file, line_start, line_start), text }],
    })
}

/// Writes the required fields that the block at a place lacks.
fn missing_fields(analysis: &Analysis, within: Span) -> Option<Action> {
    let declaration = Declaration::at(&analysis.sources, within.file, within.start as usize)?;
    let placed = declaration.placed();
    let holds = |one: &&Placed<'_>| {
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
    let lines = missing_lines(standard, block, &stated);
    if lines.is_empty() {
        return None;
    }
    let count = lines.len();
    let edit = insertion(analysis, &declaration, owner, &lines)?;
    Some(Action {
        title: texts::write_missing_fields(count),
        kind: ActionKind::Refactor,
        finding: None,
        is_preferred: false,
        edits: vec![edit],
    })
}

/// A line for each required field that is not stated: its label and an empty value where it takes a text.
fn missing_lines(standard: &Standard, block: Block, stated: &[String]) -> Vec<String> {
    let mut lines = Vec::new();
    let fields = vocabulary::fields_of(block);
    let place = |name: &str| fields.iter().position(|field| field.name == name).unwrap_or(fields.len());
    let mut required: Vec<&FieldRule> = standard.required_fields(block).collect();
    required.sort_by_key(|rule| place(&rule.name));
    for rule in required {
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
        let label = vocabulary::written_name(&rule.name);
        lines.push(match (takes_text, field.and_then(|field| field.inner), field.map(|field| field.takes)) {
            (true, ..) => format!("{label} \"\""),
            (false, Some(_), Some(Takes::Nothing)) => format!("{label} {{\n}}"),
            (false, ..) => label,
        });
    }
    lines
}

/// Puts lines at the start of a block, or makes the block.
fn insertion(analysis: &Analysis, declaration: &Declaration<'_>, owner: &Placed<'_>, lines: &[String]) -> Option<Edit> {
    let text = &analysis.sources.get(declaration.file).text;
    let statement = owner.node.statement();
    let start = statement.head.start as usize;
    let line = text[..start].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let indent: String = text[line..start].chars().take_while(|sign| matches!(sign, ' ' | '\t' | '\u{3000}')).collect();
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let inner: Vec<String> = lines
        .iter()
        .flat_map(|line| line.split('\n').map(|line| format!("{indent}  {line}")).collect::<Vec<_>>())
        .collect();
    let inner = inner.join(newline);
    let end = statement.head.end as usize;
    if !statement.has_block {
        let text = format!(" {{{newline}{inner}{newline}{indent}}}");
        return Some(Edit { span: Span::new(declaration.file, end, end), text });
    }
    let after = &text[end..];
    let brace = after.find(['{', '｛'])?;
    // Only blanks may stand between: else what stands there is no sound head.
    if !after[..brace].chars().all(crate::syntax::is_blank) {
        return None;
    }
    let brace_end = end + brace + after[brace..].chars().next().map_or(1, char::len_utf8);
    let rest = &text[brace_end..];
    let is_line_end = rest.trim_start_matches(crate::syntax::is_blank).starts_with(['\n', '\r', '#', '＃']);
    if is_line_end {
        let line_end = rest.find(['\n', '\r']).map_or(text.len(), |length| brace_end + length);
        let text = format!("{newline}{inner}");
        return Some(Edit { span: Span::new(declaration.file, line_end, line_end), text });
    }
    // A block on one line is opened up.
    let text = format!("{newline}{inner}{newline}{indent}  ");
    Some(Edit { span: Span::new(declaration.file, brace_end, brace_end), text })
}
