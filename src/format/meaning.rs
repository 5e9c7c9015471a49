//! What a text says, apart from how it is spelt: the formatter compares it before and after, so that it can never change a
//! file's meaning or lose a comment.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::extents::Extents;
use super::layout::inner_block;
use super::order::is_sorted;
use super::spelling::path_parts;
use super::words::{self, QUALITATIVE, SYMBOLS, YES_OR_NO, meant};
use crate::model::target::Comparator;
use crate::model::{number, text};
use crate::source::{FileId, line_start};
use crate::syntax::vocabulary::{self, BECOMES, Block, Field, Takes, fields_of};
use crate::syntax::{Bytes, Node, Part, Statement, StatementKind, Tree, Value, ValueKind, is_blank, parts, unit_after};

/// A tree without places and spelling.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    facts: Vec<Fact>,
    comments: Vec<Comment>,
}

#[derive(Debug, PartialEq, Eq)]
struct Fact {
    kind: StatementKind,
    is_broken: bool,
    has_block: bool,
    depth: usize,
    label: String,
    values: Vec<Word>,
}

/// A comment, and the fact it is about: the first on its line, else the next one, else the one whose block it ends.
#[derive(Debug, PartialEq, Eq)]
struct Comment {
    words: String,
    about: Option<usize>,
}

#[derive(Debug, PartialEq, Eq)]
enum Word {
    Number(String),
    Unit(String),
    Comparator(Comparator),
    Range,
    Times,
    Plus,
    Minus,
    Date(String),
    /// A name, a path or a text: quoted or bare is the same.
    Content(Vec<String>),
    Verbatim(String),
}

/// What a tree means in its text.
pub(super) fn meaning(tree: &Tree, text: &Arc<str>, file: FileId) -> Meaning {
    let mut reader = MeaningReader {
        extents: Extents::new(text),
        facts: Vec::new(),
        starts: BTreeMap::new(),
        ends: BTreeMap::new(),
    };
    reader.add(tree.roots(file, text), None, 0);
    let comments = tree.comments.iter().map(|comment| reader.comment(text, *comment)).collect();
    Meaning { facts: reader.facts, comments }
}

struct MeaningReader<'a> {
    extents: Option<Extents<'a>>,
    facts: Vec<Fact>,
    /// Where statements start and end, with their facts.
    starts: BTreeMap<usize, usize>,
    ends: BTreeMap<usize, usize>,
}

impl MeaningReader<'_> {
    /// Adds statements of one block, field by field, in the order in which the formatter may put them.
    fn add<'n>(&mut self, nodes: impl Iterator<Item = Node<'n>>, block: Option<Block>, depth: usize) {
        let mut fields: Vec<(Node<'n>, Part<'n>, usize)> = Vec::new();
        for node in nodes {
            let whole = Part { label: node.statement().label, values: node.values() };
            match block {
                Some(block) if node.kind() == StatementKind::Field => {
                    fields.extend(parts(node, block).enumerate().map(|(index, part)| (node, part, index)));
                }
                _ => fields.push((node, whole, 0)),
            }
        }
        if let Some(block) = block.filter(|block| is_sorted(*block)) {
            fields.sort_by_key(|(node, part, _)| {
                let label = node.slice(part.label);
                let place = fields_of(block).iter().position(|field| field.name == label || field.english == label);
                (node.kind() == StatementKind::Indicator, place)
            });
        }
        for (node, part, index) in fields {
            self.add_field(node, part, block, depth);
            if index == 0 {
                self.add_block(node, block, depth);
            }
        }
    }

    fn add_field(&mut self, node: Node<'_>, part: Part<'_>, block: Option<Block>, depth: usize) {
        let statement = node.statement();
        let (label, values) = if statement.broken {
            (String::new(), vec![Word::Verbatim(node.slice(statement.head).to_owned())])
        } else {
            words_of(node, part, block)
        };
        let Statement { broken: is_broken, has_block, .. } = *statement;
        self.facts.push(Fact { kind: node.kind(), is_broken, has_block, depth, label, values });
    }

    /// Adds the place of the fact just added, and what its statement holds.
    fn add_block(&mut self, node: Node<'_>, block: Option<Block>, depth: usize) {
        let fact = self.facts.len() - 1;
        self.starts.insert(node.statement().head.start as usize, fact);
        // Where braces do not pair, a block has no end that we know, but a head has.
        let end = self.extents.as_ref().map_or(node.statement().head.end as usize, |extents| extents.extent(node).end);
        self.ends.insert(end, fact);
        self.add(node.children(), inner_block(node, block), depth + 1);
    }

    fn comment(&self, text: &str, comment: Bytes) -> Comment {
        let range = comment.start as usize..comment.end as usize;
        let line = line_start(text, range.start);
        let is_alone = text[line..range.start].chars().all(|sign| is_blank(sign) || matches!(sign, ';' | '；'));
        let about = if is_alone {
            self.starts.range(range.start..).next()
        } else {
            let on_line = self.starts.range(line..range.start).next();
            on_line.or_else(|| self.ends.range(..=range.start).next_back())
        };
        let words = text[range].trim_start_matches(['#', '＃']).trim_end().to_owned();
        Comment { words, about: about.map(|(_, fact)| *fact) }
    }
}

/// The label and the values of a part.
fn words_of(node: Node<'_>, part: Part<'_>, block: Option<Block>) -> (String, Vec<Word>) {
    let written = node.slice(part.label);
    let field = block.and_then(|block| vocabulary::field(block, written));
    let label = match field {
        Some(field) => field.name.to_owned(),
        None if node.kind() == StatementKind::Field => half_width(&text::unquote(written).0),
        None => meant(written, &words::keywords()).to_owned(),
    };
    let values = part.values;
    if field.is_some_and(|field| field.takes == Takes::CodeAndName) {
        let joined = values.windows(2).take_while(|pair| pair[0].bytes.end == pair[1].bytes.start).count();
        let (code, name) = values.split_at((joined + 1).min(values.len()));
        let mut words = vec![Word::Verbatim(whole(node, code))];
        match name {
            [] => {}
            [only] => words.push(word(node, *only)),
            several => words.push(Word::Verbatim(whole(node, several))),
        }
        return (label, words);
    }
    let mut words = Vec::new();
    let mut rest = values;
    while let [value, after @ ..] = rest {
        rest = after;
        let index = values.len() - rest.len() - 1;
        words.push(match value.kind {
            ValueKind::Path if node.kind() == StatementKind::Indicator && index == 0 => {
                let plain = |part: &&str| part.replace(['"', '“', '”', '＂'], "");
                Word::Content(path_parts(node.slice(value.bytes)).iter().map(plain).collect())
            }
            ValueKind::Path
                if field.is_some_and(|field| field.block == Block::SubGoal || names_subject(field, index)) =>
            {
                let parts = path_parts(node.slice(value.bytes));
                Word::Content(parts.into_iter().map(|part| text::unquote(part).0).collect())
            }
            ValueKind::Path | ValueKind::Quoted => chosen(node, *value, field, index),
            _ => word(node, *value),
        });
        if value.kind == ValueKind::Number {
            let (unit, after) = unit_after(node, rest);
            rest = after;
            if !unit.is_empty() {
                let written: String = whole(node, unit).chars().filter(|sign| !sign.is_whitespace()).collect();
                words.push(Word::Unit(text::key(&written)));
            }
        }
    }
    (label, words)
}

/// A name or a text; a word of the language as the Chinese one.
fn chosen(node: Node<'_>, value: Value, field: Option<Field>, index: usize) -> Word {
    let Word::Content(content) = word(node, value) else { return word(node, value) };
    let content: Vec<String> = content
        .into_iter()
        .map(|one| {
            if value.kind == ValueKind::Path && field.is_none_or(is_said) {
                meant(meant(&one, &SYMBOLS), &words::said_of_the_year()).to_owned()
            } else if field.is_some_and(|field| (field.block, field.takes) == (Block::Standard, Takes::Path)) {
                let pairs = [Block::Department, Block::Project, Block::Indicator].map(Block::word);
                let (block, name) = one.split_once(['.', '．']).unwrap_or((&one, ""));
                format!("{}.{name}", meant(block, &pairs))
            } else {
                meant(&one, &field.map(|field| words::choices(field, index)).unwrap_or_default()).to_owned()
            }
        })
        .collect();
    Word::Content(content)
}

/// Whether a value says what a line of the year is about.
fn names_subject(field: Field, index: usize) -> bool {
    index == 0 && matches!(field.takes, Takes::Subject | Takes::Scored | Takes::Indicator)
}

/// Whether the words of a field are those of targets and of what was reached.
fn is_said(field: Field) -> bool {
    matches!(field.takes, Takes::Target | Takes::Subject | Takes::Scored | Takes::Reached | Takes::Indicator)
}

fn word(node: Node<'_>, value: Value) -> Word {
    let token = node.slice(value.bytes);
    match value.kind {
        ValueKind::Number => {
            Word::Number(number::decimal(token).map_or_else(|| token.to_owned(), |value| value.to_string()))
        }
        ValueKind::Comparator => Word::Comparator(Comparator::read(token)),
        ValueKind::RangeSign => Word::Range,
        ValueKind::Times => Word::Times,
        ValueKind::Plus => {
            if matches!(token, "+" | "＋") {
                Word::Plus
            } else {
                Word::Minus
            }
        }
        ValueKind::Becomes => Word::Content(vec![BECOMES.0.to_owned()]),
        ValueKind::Date => Word::Date(half_width(token)),
        ValueKind::Quoted | ValueKind::Extends => Word::Content(vec![text::unquote(token).0]),
        ValueKind::TextBlock => Word::Content(vec![text::unblock(token)]),
        ValueKind::Path => Word::Content(vec![token.to_owned()]),
        ValueKind::Qualitative => Word::Content(vec![meant(token, &[QUALITATIVE]).to_owned()]),
        ValueKind::YesOrNo => Word::Content(vec![meant(token, &YES_OR_NO).to_owned()]),
        ValueKind::Code | ValueKind::Multiplier | ValueKind::Unit | ValueKind::Grade | ValueKind::ScaleGrade => {
            Word::Verbatim(token.to_owned())
        }
    }
}

fn whole(node: Node<'_>, values: &[Value]) -> String {
    let start = values.first().map_or(0, |value| value.bytes.start);
    node.slice(Bytes { start, end: values.last().map_or(start, |value| value.bytes.end) }).to_owned()
}

/// The signs of dates in half width.
fn half_width(token: &str) -> String {
    let half = |sign: char| match sign {
        '０'..='９' => char::from_u32(sign as u32 - '０' as u32 + '0' as u32).unwrap_or(sign),
        '－' | '−' => '-',
        _ => sign,
    };
    token.chars().map(half).collect()
}
