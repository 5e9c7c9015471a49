//! Text to tree by the grammar in `grammar/`: the lean half first, then the whole.

use pest::Parser;
use pest::error::{ErrorVariant, InputLocation};
use pest::iterators::Pair;

use super::grammar::{Grammar, Rule};
use super::split::{Chunk, Mark, scan_line};
use super::{Bytes, Statement, StatementKind, Tree, Value, ValueKind, canonical, recover};
use crate::diagnostic::{Diagnostic, Text, texts};
use crate::source::FileId;

/// Reads one chunk: by the grammar where it matches, else statement by statement. Of a conflict that git left, ours is read.
pub fn parse_chunk(file: FileId, text: &str, chunk: &Chunk) -> (Tree, Vec<Diagnostic>) {
    let Some(conflicts) = &chunk.conflicts else { return parse_plain(file, text, chunk) };
    let (mut tree, mut found) = parse_plain(file, &conflicts.masked, chunk);
    conflicts.take_over(&mut found);
    found.extend(conflicts.report(file, text, &chunk.bytes, &mut tree));
    crate::diagnostic::sort(&mut found);
    (tree, found)
}

fn parse_plain(file: FileId, text: &str, chunk: &Chunk) -> (Tree, Vec<Diagnostic>) {
    let tree = if chunk.is_whole { canonical_tree(text, chunk).or_else(|| whole_tree(text, chunk)) } else { None };
    match tree {
        Some(tree) if !recover::may_be_slip(&tree, text) => (tree, Vec::new()),
        Some(_) | None => recover::parse_statements(file, text, chunk),
    }
}

/// The tree of a declaration in canonical form; none where it is written in another, which [`whole_tree`] may read.
pub fn canonical_tree(text: &str, chunk: &Chunk) -> Option<Tree> {
    chunk.keyword.and_then(|_| canonical::read(&text[chunk.bytes.clone()], chunk.bytes.start))
}

/// The tree of a chunk by the whole grammar; none where it does not match.
pub fn whole_tree(text: &str, chunk: &Chunk) -> Option<Tree> {
    let rule = if chunk.keyword.is_some() { Rule::one_item } else { Rule::only_trivia };
    parse_as(rule, &text[chunk.bytes.clone()], chunk.bytes.start)
}

/// The head of a whole project alone, as [`parse_chunk`] reads it. None where it does not end with a brace on its line.
pub fn parse_head(text: &str, chunk: &Chunk) -> Option<Tree> {
    let line = scan_line(text, chunk.bytes.start);
    let &(brace, _) = line.marks.first().filter(|(_, mark)| *mark == Mark::Open)?;
    parse_as(Rule::one_project, &text[line.content.start..brace], line.content.start)
}

/// Whether the grammar accepts a whole file in one piece: the yardstick for [`super::split`] and for the benchmarks.
pub fn grammar_accepts(text: &str) -> bool {
    Grammar::parse(Rule::file, text).is_ok()
}

/// The tree of a text that matches a rule; `base` is where the text starts in its file.
pub(super) fn parse_as(rule: Rule, text: &str, base: usize) -> Option<Tree> {
    let whole = Grammar::parse(rule, text).ok()?.next()?;
    let mut tree = Tree::default();
    let base = base as u32;
    match rule {
        Rule::one_item | Rule::only_trivia => {
            for pair in whole.into_inner() {
                add_part(&mut tree, pair, base);
            }
        }
        _ => add_statement(&mut tree, whole, base),
    }
    Some(tree)
}

fn add_part(tree: &mut Tree, pair: Pair<'_, Rule>, base: u32) {
    match pair.as_rule() {
        Rule::comment => tree.comments.push(bytes_of(&pair, base)),
        Rule::EOI => {}
        _ => add_statement(tree, pair, base),
    }
}

fn bytes_of(pair: &Pair<'_, Rule>, base: u32) -> Bytes {
    let span = pair.as_span();
    Bytes { start: base + span.start() as u32, end: base + span.end() as u32 }
}

fn add_statement(tree: &mut Tree, pair: Pair<'_, Rule>, base: u32) {
    let kind = match pair.as_rule() {
        Rule::department | Rule::one_department => StatementKind::Department,
        Rule::project | Rule::one_project => StatementKind::Project,
        Rule::standard | Rule::one_standard => StatementKind::Standard,
        Rule::occasion | Rule::one_occasion | Rule::occasion_start => StatementKind::Occasion,
        Rule::indicator | Rule::one_indicator | Rule::indicator_start => StatementKind::Indicator,
        _ => StatementKind::Field,
    };
    let index = tree.statements.len();
    let start = bytes_of(&pair, base).start;
    let first_value = tree.values.len() as u32;
    let mut statement = Statement::opened(kind, Bytes { start, end: start }, first_value);
    tree.statements.push(statement.clone());
    for part in pair.into_inner() {
        let bytes = bytes_of(&part, base);
        match part.as_rule() {
            Rule::open => statement.has_block = true,
            Rule::field | Rule::inner_field | Rule::indicator => add_statement(tree, part, base),
            Rule::comment => tree.comments.push(bytes),
            Rule::label
            | Rule::kw_department
            | Rule::kw_project
            | Rule::kw_standard
            | Rule::kw_occasion
            | Rule::kw_indicator => {
                statement.label = bytes;
                statement.head.end = bytes.end;
            }
            rule => {
                if let Some(kind) = value_kind(rule) {
                    tree.values.push(Value { kind, bytes });
                    statement.values.end += 1;
                    statement.head.end = bytes.end;
                }
            }
        }
    }
    statement.end = tree.statements.len() as u32;
    tree.statements[index] = statement;
}

fn value_kind(rule: Rule) -> Option<ValueKind> {
    Some(match rule {
        Rule::word | Rule::path | Rule::symbol => ValueKind::Path,
        Rule::quoted => ValueKind::Quoted,
        Rule::text_block => ValueKind::TextBlock,
        Rule::code => ValueKind::Code,
        Rule::number => ValueKind::Number,
        Rule::multiplier => ValueKind::Multiplier,
        Rule::unit => ValueKind::Unit,
        Rule::date => ValueKind::Date,
        Rule::comparator => ValueKind::Comparator,
        Rule::range_sign => ValueKind::RangeSign,
        Rule::times => ValueKind::Times,
        Rule::plus => ValueKind::Plus,
        Rule::becomes => ValueKind::Becomes,
        Rule::extended => ValueKind::Extends,
        Rule::kw_qualitative => ValueKind::Qualitative,
        Rule::grade => ValueKind::Grade,
        Rule::scale_grade => ValueKind::ScaleGrade,
        Rule::yes_or_no => ValueKind::YesOrNo,
        _ => return None,
    })
}

/// Where a rule stops matching a text, and what could have stood there.
pub(super) struct Mismatch {
    pub offset: usize,
    pub expects_unit: bool,
    pub expected: Vec<Text>,
}

/// Why `rule` does not match; none where it does.
pub(super) fn mismatch(rule: Rule, text: &str) -> Option<Mismatch> {
    let error = Grammar::parse(rule, text).err()?;
    let offset = match error.location {
        InputLocation::Pos(offset) | InputLocation::Span((offset, _)) => offset,
    };
    let positives = match error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives,
        ErrorVariant::CustomError { .. } => Vec::new(),
    };
    let expects_unit = positives.iter().any(|rule| matches!(rule, Rule::unit | Rule::multiplier));
    let mut expected: Vec<Text> = Vec::new();
    for text in positives.into_iter().filter_map(describe) {
        if !expected.contains(&text) {
            expected.push(text);
        }
    }
    Some(Mismatch { offset, expects_unit, expected })
}

/// What a rule is called in a message. Rules that only end a statement have no name.
fn describe(rule: Rule) -> Option<Text> {
    Some(match rule {
        Rule::word | Rule::quoted | Rule::label | Rule::extended => texts::expect_name(),
        Rule::path => texts::expect_path(),
        Rule::symbol => texts::expect_symbol(),
        Rule::code => texts::expect_code(),
        Rule::number => texts::expect_number(),
        Rule::unit | Rule::multiplier => texts::expect_unit(),
        Rule::date => texts::expect_date(),
        Rule::comparator => texts::expect_comparator(),
        Rule::yes_or_no => texts::expect_yes_or_no(),
        Rule::kw_qualitative => texts::expect_qualitative(),
        Rule::grade | Rule::scale_grade => texts::expect_grade(),
        Rule::text_block => texts::expect_text(),
        _ => return None,
    })
}
