//! What every token of a declaration is. Colours, hovers, references and renaming all read this one table.

use super::declaration::{Declaration, PlacedStatement};
use crate::diagnostic::Code;
use crate::format::words;
use crate::language::{self, Block, EXCUSES, Field, Namespace, Takes};
use crate::syntax::{Bytes, Part, StatementKind, Value, ValueKind, parts, point_of, unit_after};

/// A stretch of a declaration, and what it is there.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    pub bytes: Bytes,
    pub role: TokenRole,
    /// The head of the statement it belongs to, and that of the statement around it: by these the model is found.
    pub head: Bytes,
    pub outer: Option<Bytes>,
    /// The block that the statement stands in.
    pub block: Option<Block>,
}

#[derive(Clone, Copy, Debug)]
pub enum TokenRole {
    Keyword,
    Field(Field),
    /// A label that is no word of the language: a field of the standard, or unknown.
    OtherLabel,
    DepartmentCode,
    DepartmentName,
    ProjectCode,
    ProjectName,
    IndicatorName,
    /// The code of a unit of account, where the department lists it and where a project names it.
    Account {
        is_declared: bool,
    },
    AccountName,
    Standard {
        is_declared: bool,
    },
    /// The last part of a category's path: with what stands before it, it means a category.
    Category,
    /// The part before.
    CategoryParent,
    /// A first level where it is declared, or named alone in a weight scheme.
    FirstLevel {
        is_declared: bool,
    },
    SecondLevel,
    FundSource {
        is_declared: bool,
    },
    Checkpoint {
        is_declared: bool,
    },
    /// A unit: its name where it is declared, else any of its forms.
    Measure {
        is_declared: bool,
    },
    /// Another spelling in the declaration of a unit.
    MeasureForm,
    ReferenceProject,
    ReferenceIndicator,
    /// `项目.主管部门` after `字段`: the owner and the field.
    FieldRule,
    RuleCode,
    Comparator,
    Operator,
    Number,
    Date,
    YesOrNo,
    Qualitative,
    Grade,
    /// `预算` or `上年` in a target.
    Symbol,
    /// A word out of those a field offers.
    Choice,
    BasisKind,
    /// The key of a label, a word list, a column, a segment.
    Key,
    Text,
    Comment,
}

/// The tokens of a declaration in order.
pub fn tokens(declaration: &Declaration<'_>) -> Vec<Token> {
    let mut tokens = Vec::new();
    let placed = declaration.placed();
    let mut heads: Vec<Bytes> = Vec::new();
    for one in &placed {
        heads.truncate(one.depth);
        let outer = heads.last().copied();
        heads.push(one.node.statement().head);
        let mut writer = TokenWriter { placed: *one, outer, tokens: &mut tokens };
        match one.node.kind() {
            StatementKind::Department | StatementKind::Project => writer.named_head(),
            StatementKind::Standard => writer.standard_head(),
            StatementKind::Occasion => writer.occasion(),
            StatementKind::Indicator => writer.indicator(),
            StatementKind::Field => writer.fields(),
        }
    }
    for comment in &declaration.tree.comments {
        add_comment(declaration, *comment, &mut tokens);
    }
    tokens.retain(|token| token.bytes.start < token.bytes.end);
    tokens.sort_by_key(|token| (token.bytes.start, token.bytes.end));
    // Invariant: tokens do not overlap; of two that would, the first stays.
    let mut end = 0;
    tokens.retain(|token| {
        let is_free = token.bytes.start >= end;
        end = if is_free { token.bytes.end } else { end };
        is_free
    });
    tokens
}

/// The token at a byte; just behind a token counts, where nothing starts there.
pub fn token_at(tokens: &[Token], offset: usize) -> Option<Token> {
    let offset = offset as u32;
    let holds = |token: &&Token| token.bytes.start <= offset && offset < token.bytes.end;
    let ends = |token: &&Token| token.bytes.end == offset;
    tokens.iter().find(holds).or_else(|| tokens.iter().find(ends)).copied()
}

struct TokenWriter<'a, 't> {
    placed: PlacedStatement<'a>,
    outer: Option<Bytes>,
    tokens: &'t mut Vec<Token>,
}

impl TokenWriter<'_, '_> {
    fn add(&mut self, bytes: Bytes, role: TokenRole) {
        let head = self.placed.node.statement().head;
        self.tokens.push(Token { bytes, role, head, outer: self.outer, block: self.placed.block });
    }

    fn label(&mut self, role: TokenRole) {
        self.add(self.placed.node.statement().label, role);
    }

    /// `部门 编码 名称`, `项目 编码 名称`
    fn named_head(&mut self) {
        let is_project = self.placed.node.kind() == StatementKind::Project;
        self.label(TokenRole::Keyword);
        for value in self.placed.node.values() {
            let role = match (value.kind == ValueKind::Code, is_project) {
                (true, true) => TokenRole::ProjectCode,
                (true, false) => TokenRole::DepartmentCode,
                (false, true) => TokenRole::ProjectName,
                (false, false) => TokenRole::DepartmentName,
            };
            self.add(value.bytes, role);
        }
    }

    /// `监控 6月底`, `评价 2026-06-20 政府业务费`
    fn occasion(&mut self) {
        self.label(TokenRole::Keyword);
        self.measured(self.placed.node.values());
    }

    fn standard_head(&mut self) {
        self.label(TokenRole::Keyword);
        for (index, value) in self.placed.node.values().iter().enumerate() {
            if value.kind == ValueKind::Extends {
                if let Some(word) = self.extends_before(value.bytes) {
                    self.add(word, TokenRole::Keyword);
                }
                self.add(value.bytes, TokenRole::Standard { is_declared: false });
            } else if index == 0 {
                self.add(value.bytes, TokenRole::Standard { is_declared: true });
            } else {
                self.add(value.bytes, TokenRole::Text);
            }
        }
    }

    /// The word 扩展 before a name: it is no value of the tree.
    fn extends_before(&self, name: Bytes) -> Option<Bytes> {
        let head = self.placed.node.statement().head;
        let before = self.placed.node.slice(Bytes { start: head.start, end: name.start });
        let (chinese, english) = words::EXTENDS;
        [chinese, english].into_iter().find_map(|word| {
            let start = head.start + before.rfind(word)? as u32;
            Some(Bytes { start, end: start + word.len() as u32 })
        })
    }

    fn indicator(&mut self) {
        self.label(TokenRole::Keyword);
        self.row(self.placed.node.values());
    }

    /// Category, name and target.
    fn row(&mut self, mut rest: &[Value]) {
        if let [category, tail @ ..] = rest {
            self.category(*category);
            rest = tail;
        }
        if let [name, tail @ ..] = rest {
            self.add(name.bytes, TokenRole::IndicatorName);
            rest = tail;
        }
        self.measured(rest);
    }

    /// `产出指标.数量指标`, or one part of it.
    fn category(&mut self, value: Value) {
        let Bytes { start, end } = value.bytes;
        let point = point_of(self.placed.node.slice(value.bytes));
        if let Some(point) = &point {
            self.add(Bytes { start, end: start + point.start as u32 }, TokenRole::CategoryParent);
        }
        let from = start + point.map_or(0, |point| point.end) as u32;
        self.add(Bytes { start: from, end }, TokenRole::Category);
    }

    fn fields(&mut self) {
        let node = self.placed.node;
        let Some(block) = self.placed.block else {
            self.label(TokenRole::OtherLabel);
            return self.measured(node.values());
        };
        for Part { label, values } in parts(node, block) {
            let field = language::field(block, node.slice(label));
            let role = match (field, block) {
                (Some(field), _) => TokenRole::Field(field),
                (None, Block::Budget | Block::Execution | Block::AdjustedBudget) => {
                    TokenRole::FundSource { is_declared: false }
                }
                (None, Block::Plan) => TokenRole::Checkpoint { is_declared: false },
                (None, Block::WeightScheme) => TokenRole::FirstLevel { is_declared: false },
                (None, _) => TokenRole::OtherLabel,
            };
            self.add(label, role);
            match field {
                Some(field) => self.values(field, values),
                None => self.measured(values),
            }
        }
    }

    fn values(&mut self, field: Field, values: &[Value]) {
        match field.takes {
            Takes::CodeAndName => self.account(field.block, values),
            Takes::Path if field.block == Block::SubGoal => values.iter().for_each(|value| self.reference(*value)),
            Takes::Indicator => self.row(values),
            Takes::Subject => {
                let (first, rest) = values.split_at(values.len().min(1));
                for value in first {
                    self.subject(*value);
                }
                self.measured(rest);
            }
            Takes::Name
            | Takes::Names
            | Takes::NameAndText
            | Takes::KindedText
            | Takes::NameAndTexts
            | Takes::Path
            | Takes::Labelled => {
                let (first, rest) = values.split_at(values.len().min(1));
                let is_only = rest.is_empty();
                for value in first {
                    self.add(value.bytes, first_role(field, *value, is_only));
                }
                if field.takes == Takes::Labelled {
                    return self.measured(rest);
                }
                for (index, value) in rest.iter().enumerate() {
                    let is_choice = !words::choices(field, index + 1).is_empty();
                    let role = match (field.names, value.kind) {
                        (Namespace::MeasureForms, _) => TokenRole::MeasureForm,
                        (_, ValueKind::Quoted | ValueKind::TextBlock) => TokenRole::Text,
                        _ if is_choice => TokenRole::Choice,
                        _ => TokenRole::Key,
                    };
                    self.add(value.bytes, role);
                }
            }
            Takes::Cells => {
                for value in values {
                    match value.kind {
                        ValueKind::Quoted | ValueKind::TextBlock => self.add(value.bytes, TokenRole::Text),
                        ValueKind::Path | ValueKind::Code => self.add(value.bytes, TokenRole::Choice),
                        _ => self.measured(std::slice::from_ref(value)),
                    }
                }
            }
            Takes::Nothing
            | Takes::Text
            | Takes::WholeNumber
            | Takes::Number
            | Takes::Date
            | Takes::Period
            | Takes::Amount
            | Takes::Target
            | Takes::Range
            | Takes::Quantity
            | Takes::Scored
            | Takes::Reached
            | Takes::Points => {
                if field.names == Namespace::MeasureForms {
                    for value in values {
                        self.add(value.bytes, TokenRole::MeasureForm);
                    }
                } else {
                    self.measured(values);
                }
            }
        }
    }

    /// A code runs up to the first blank; what follows is the name.
    fn account(&mut self, block: Block, values: &[Value]) {
        let [first, rest @ ..] = values else { return };
        let mut end = first.bytes.end;
        let mut after = rest;
        while let [next, tail @ ..] = after {
            if next.bytes.start != end {
                break;
            }
            end = next.bytes.end;
            after = tail;
        }
        let is_declared = block == Block::Department;
        self.add(Bytes { start: first.bytes.start, end }, TokenRole::Account { is_declared });
        for value in after {
            self.add(value.bytes, TokenRole::AccountName);
        }
    }

    fn reference(&mut self, value: Value) {
        let token = self.placed.node.slice(value.bytes);
        let point = point_of(token);
        let start = value.bytes.start;
        if let Some(point) = &point {
            self.add(Bytes { start, end: start + point.start as u32 }, TokenRole::ReferenceProject);
        }
        let from = start + point.map_or(0, |point| point.end) as u32;
        self.add(Bytes { start: from, end: value.bytes.end }, TokenRole::ReferenceIndicator);
    }

    /// What a line of the year is about: `项目.指标`, `项目`, `部门`.
    fn subject(&mut self, value: Value) {
        let token = self.placed.node.slice(value.bytes);
        let point = point_of(token);
        let Bytes { start, end } = value.bytes;
        let length = point.as_ref().map_or(token.len(), |point| point.start);
        let is_department = language::is_one_of(&token[..length], &[Block::Department.word()]);
        let role = if is_department { TokenRole::Keyword } else { TokenRole::ReferenceProject };
        self.add(Bytes { start, end: start + length as u32 }, role);
        if let Some(point) = point {
            self.add(Bytes { start: start + point.end as u32, end }, TokenRole::ReferenceIndicator);
        }
    }

    /// Numbers with their units, comparators, symbols, words.
    fn measured(&mut self, values: &[Value]) {
        let mut rest = values;
        while let [value, tail @ ..] = rest {
            rest = tail;
            let role = match value.kind {
                ValueKind::Number => {
                    self.add(value.bytes, TokenRole::Number);
                    let node = self.placed.node;
                    let (unit, after) = unit_after(node, tail);
                    if let (Some(first), Some(last)) = (unit.first(), unit.last()) {
                        let bytes = Bytes { start: first.bytes.start, end: last.bytes.end };
                        self.add(bytes, TokenRole::Measure { is_declared: false });
                    }
                    rest = after;
                    continue;
                }
                ValueKind::Comparator => TokenRole::Comparator,
                ValueKind::RangeSign | ValueKind::Times | ValueKind::Plus | ValueKind::Becomes => TokenRole::Operator,
                ValueKind::Date => TokenRole::Date,
                ValueKind::YesOrNo => TokenRole::YesOrNo,
                ValueKind::Qualitative => TokenRole::Qualitative,
                ValueKind::Grade | ValueKind::ScaleGrade => TokenRole::Grade,
                ValueKind::Quoted | ValueKind::TextBlock => TokenRole::Text,
                ValueKind::Unit | ValueKind::Multiplier => TokenRole::Measure { is_declared: false },
                ValueKind::Path | ValueKind::Code | ValueKind::Extends => self.word(*value),
            };
            self.add(value.bytes, role);
        }
    }

    /// A bare word in a target or a text.
    fn word(&self, value: Value) -> TokenRole {
        let written = self.placed.node.slice(value.bytes);
        let follows_comparator = self.tokens.last().is_some_and(|token| matches!(token.role, TokenRole::Comparator));
        if is_one(written, &words::YES_OR_NO) {
            TokenRole::YesOrNo
        } else if is_one(written, &words::SYMBOLS) && follows_comparator {
            TokenRole::Symbol
        } else if follows_comparator {
            TokenRole::FundSource { is_declared: false }
        } else if is_one(written, &[words::QUALITATIVE]) {
            TokenRole::Qualitative
        } else {
            TokenRole::Text
        }
    }
}

fn is_one(word: &str, pairs: &[words::Pair]) -> bool {
    pairs.iter().any(|(chinese, english)| *chinese == word || *english == word)
}

/// What the first value of a field is.
fn first_role(field: Field, value: Value, is_only: bool) -> TokenRole {
    let declared = match field.names {
        Namespace::Standards => Some(TokenRole::Standard { is_declared: false }),
        Namespace::MoneyUnits => Some(TokenRole::Measure { is_declared: false }),
        Namespace::Measures => Some(TokenRole::Measure { is_declared: true }),
        Namespace::FundSources => Some(TokenRole::FundSource { is_declared: true }),
        Namespace::Checkpoints => Some(TokenRole::Checkpoint { is_declared: true }),
        Namespace::Categories => Some(TokenRole::FirstLevel { is_declared: true }),
        Namespace::Subcategories => Some(TokenRole::SecondLevel),
        Namespace::FieldPaths => Some(TokenRole::FieldRule),
        Namespace::Rules | Namespace::RuleLevels => Some(TokenRole::RuleCode),
        Namespace::Grades => Some(TokenRole::Grade),
        Namespace::MeasureForms => Some(TokenRole::MeasureForm),
        Namespace::BasisKinds => Some(TokenRole::BasisKind).filter(|_| !is_only),
        Namespace::None
        | Namespace::UnitsOfAccount
        | Namespace::References
        | Namespace::Subjects
        | Namespace::Directions
        | Namespace::Frameworks
        | Namespace::ProjectKinds
        | Namespace::Labels
        | Namespace::WordLists
        | Namespace::Readings
        | Namespace::Columns
        | Namespace::Dimensions
        | Namespace::Roles
        | Namespace::FieldKinds
        | Namespace::Listed
        | Namespace::Choices => None,
    };
    match declared {
        Some(role) => role,
        None if field.takes == Takes::KindedText || matches!(value.kind, ValueKind::TextBlock) => TokenRole::Text,
        None if !words::choices(field, 0).is_empty() => TokenRole::Choice,
        None => TokenRole::Key,
    }
}

/// A comment; the codes in one that excuses findings are tokens of their own.
fn add_comment(declaration: &Declaration<'_>, bytes: Bytes, tokens: &mut Vec<Token>) {
    let mut add = |start: usize, end: usize, role: TokenRole| {
        let at = |offset: usize| bytes.start + offset as u32;
        let stretch = Bytes { start: at(start), end: at(end) };
        tokens.push(Token { bytes: stretch, role, head: bytes, outer: None, block: None });
    };
    let comment = declaration.slice(bytes);
    let Some(names) = excused_names(comment) else { return add(0, comment.len(), TokenRole::Comment) };
    let mut end = 0;
    for (start, stop) in names {
        add(end, start, TokenRole::Comment);
        add(start, stop, TokenRole::RuleCode);
        end = stop;
    }
    add(end, comment.len(), TokenRole::Comment);
}

/// Where the codes stand in a comment that excuses findings; none in another comment.
pub fn excused_names(comment: &str) -> Option<Vec<(usize, usize)>> {
    let body = comment.trim_start_matches(['#', '＃', ' ', '\t', '\u{3000}']);
    let rest = EXCUSES.iter().find_map(|word| body.strip_prefix(word))?;
    let list = rest.split(['：', ':']).next().unwrap_or_default();
    let start = comment.len() - rest.len();
    let mut names = Vec::new();
    let mut offset = 0;
    for name in list.split([' ', '\t', '\u{3000}', '、', ',', '，']) {
        let at = offset + list[offset..].find(name).unwrap_or(0);
        if Code::find(name).is_some() {
            names.push((start + at, start + at + name.len()));
        }
        offset = at + name.len();
    }
    Some(names)
}

/// Which level of a taxonomy a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaxonomyLevel {
    First,
    Second,
}

/// The block inside a statement.
pub fn block_inside(placed: &PlacedStatement<'_>) -> Option<Block> {
    crate::format::inner_block(placed.node, placed.block)
}
