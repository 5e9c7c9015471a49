//! Text as `jixiao fmt` writes it, by the lean half of the grammar: `grammar/canonical.pest`.
//!
//! The grammar cuts a line into tokens by their first sign. Here each token is held against what the whole grammar would
//! make of it; where that is not plain, the declaration is left to the whole grammar. So this is only ever faster: where
//! it gives a tree, it is the tree that [`super::parse`] gives, which a test holds.

use pest::Parser;
use pest::iterators::Pair;

use super::grammar::{self, Grammar, Rule};
use super::vocabulary::{INDICATOR, QUALITATIVE};
use super::{Bytes, Statement, StatementKind, Tree, Value, ValueKind};

/// The tree of a declaration in canonical form, which starts at `base` in its file; none where another form is used.
pub fn read(text: &str, base: usize) -> Option<Tree> {
    let whole = Grammar::parse(Rule::canonical, text).ok()?.next()?;
    let mut reading = DeclarationReading { text, base: base as u32, tree: Tree::default(), is_project: false };
    for pair in whole.into_inner() {
        match pair.as_rule() {
            Rule::canonical_project => {
                reading.is_project = true;
                reading.declaration(pair, StatementKind::Project)?;
            }
            Rule::canonical_department => reading.declaration(pair, StatementKind::Department)?,
            Rule::canonical_standard => reading.declaration(pair, StatementKind::Standard)?,
            Rule::canonical_occasion => reading.occasion(pair)?,
            Rule::written_comment => reading.comment(&pair)?,
            _ => {}
        }
    }
    Some(reading.tree)
}

const QUOTES: &str = "\"\"\"";

struct DeclarationReading<'a> {
    text: &'a str,
    base: u32,
    tree: Tree,
    /// Inside a project, where `指标` is no field.
    is_project: bool,
}

impl DeclarationReading<'_> {
    fn declaration(&mut self, pair: Pair<'_, Rule>, kind: StatementKind) -> Option<()> {
        // Every keyword is two signs of Han.
        let index = self.open(&pair, kind, INDICATOR.0.len());
        let mut parts = pair.into_inner().peekable();
        while let Some(part) = parts.next_if(is_value) {
            match part.as_rule() {
                Rule::written_code if part.as_str().bytes().all(|sign| sign.is_ascii_alphanumeric()) => {
                    self.value(ValueKind::Code, &part);
                }
                Rule::written_extended if is_word(part.as_str()) => self.value(ValueKind::Extends, &part),
                _ => self.title(&part)?,
            }
        }
        self.finish_head(index);
        self.rest(index, parts)
    }

    /// A declaration whose head is as free as a field.
    fn occasion(&mut self, pair: Pair<'_, Rule>) -> Option<()> {
        let index = self.open(&pair, StatementKind::Occasion, INDICATOR.0.len());
        let mut parts = pair.into_inner().peekable();
        while let Some(part) = parts.next_if(is_value) {
            self.field_value(&part)?;
        }
        self.finish_head(index);
        self.rest(index, parts)
    }

    /// What follows the head of a statement.
    fn rest<'i>(&mut self, index: usize, parts: impl Iterator<Item = Pair<'i, Rule>>) -> Option<()> {
        for part in parts {
            self.inner(part)?;
        }
        self.tree.statements[index].end = self.tree.statements.len() as u32;
        Some(())
    }

    /// A statement of a block, or a comment.
    fn inner(&mut self, pair: Pair<'_, Rule>) -> Option<()> {
        match pair.as_rule() {
            Rule::written_comment => self.comment(&pair),
            Rule::written_indicator => self.indicator(pair),
            _ => self.field(pair),
        }
    }

    fn comment(&mut self, pair: &Pair<'_, Rule>) -> Option<()> {
        // A carriage return alone ends a line, too.
        if pair.as_str().contains('\r') {
            return None;
        }
        self.tree.comments.push(self.bytes(pair));
        Some(())
    }

    fn field(&mut self, pair: Pair<'_, Rule>) -> Option<()> {
        let index = self.open(&pair, StatementKind::Field, 0);
        let mut parts = pair.into_inner().peekable();
        let label = parts.next()?;
        let words = label.as_str();
        let is_label = match label.as_rule() {
            Rule::written_text => true,
            Rule::written_digits => is_date(words),
            _ => is_word(words) && !(self.is_project && [INDICATOR.0, INDICATOR.1].contains(&words)),
        };
        if !is_label {
            return None;
        }
        let bytes = self.bytes(&label);
        let statement = &mut self.tree.statements[index];
        (statement.label, statement.head.end) = (bytes, bytes.end);
        while let Some(part) = parts.next_if(is_value) {
            self.field_value(&part)?;
        }
        self.finish_head(index);
        self.rest(index, parts)
    }

    fn field_value(&mut self, part: &Pair<'_, Rule>) -> Option<()> {
        match part.as_rule() {
            Rule::written_digits => self.digits(part).map(|_| ()),
            Rule::written_negative => self.digits(part).filter(|kind| *kind != ValueKind::Date).map(|_| ()),
            Rule::written_name => {
                let words = part.as_str();
                if is_unit(words) && words.contains('/') {
                    self.value(ValueKind::Unit, part);
                    return Some(());
                }
                // `定性` may start a scale, which is no block.
                if !is_path(words) || [QUALITATIVE.0, QUALITATIVE.1].contains(&words) {
                    return None;
                }
                self.value(ValueKind::Path, part);
                Some(())
            }
            Rule::written_text => {
                self.value(ValueKind::Quoted, part);
                Some(())
            }
            Rule::written_comparator => {
                self.value(ValueKind::Comparator, part);
                Some(())
            }
            Rule::written_range => {
                self.value(ValueKind::RangeSign, part);
                Some(())
            }
            Rule::written_operator => {
                self.operator(part);
                Some(())
            }
            Rule::rest_of_block => self.text_block(part),
            _ => None,
        }
    }

    /// A text block, of which the first two quotes were read as an empty text.
    fn text_block(&mut self, part: &Pair<'_, Rule>) -> Option<()> {
        let rest = self.bytes(part);
        let opening = self.tree.values.last_mut()?;
        let is_opening = opening.kind == ValueKind::Quoted && opening.bytes.end == rest.start;
        let words = part.as_str().strip_suffix(QUOTES)?;
        let is_closed_by_a_line = words.rsplit('\n').next()?.bytes().all(|sign| sign == b' ');
        // Other quotes close it, too; a carriage return alone ends a line.
        if !is_opening || !is_closed_by_a_line || words.contains(['“', '”', '＂', '\r']) {
            return None;
        }
        *opening = Value { kind: ValueKind::TextBlock, bytes: Bytes { end: rest.end, ..opening.bytes } };
        Some(())
    }

    fn operator(&mut self, part: &Pair<'_, Rule>) {
        let kind = if part.as_str() == "×" { ValueKind::Times } else { ValueKind::Plus };
        self.value(kind, part);
    }

    fn indicator(&mut self, pair: Pair<'_, Rule>) -> Option<()> {
        let index = self.open(&pair, StatementKind::Indicator, INDICATOR.0.len());
        let mut parts = pair.into_inner().peekable();
        let category = parts.next()?;
        if !is_path(category.as_str()) {
            return None;
        }
        self.value(ValueKind::Path, &category);
        self.title(&parts.next()?)?;
        let mut last = None;
        while let Some(part) = parts.next_if(is_value) {
            last = Some(self.target_value(last, &part)?);
        }
        self.finish_target(index, last)?;
        self.rest(index, parts)
    }

    /// A token of a target behind what stands before it.
    fn target_value(&mut self, last: Option<ValueKind>, part: &Pair<'_, Rule>) -> Option<ValueKind> {
        let words = part.as_str();
        let kind = match (part.as_rule(), last) {
            (Rule::written_comparator, None) => ValueKind::Comparator,
            (Rule::written_digits, None | Some(ValueKind::Comparator)) => return self.digits(part),
            (Rule::written_digits, Some(ValueKind::Plus | ValueKind::RangeSign)) => {
                return self.digits(part).filter(|kind| *kind != ValueKind::Date);
            }
            (Rule::written_unit, Some(ValueKind::Number)) if is_unit(words) => ValueKind::Unit,
            (Rule::written_name, None) if words == QUALITATIVE.0 => ValueKind::Qualitative,
            (Rule::written_name, None) if matches!(words, "是" | "否") => ValueKind::YesOrNo,
            (Rule::written_name, Some(ValueKind::Comparator)) if is_word(words) => ValueKind::Path,
            (Rule::written_name, Some(ValueKind::Qualitative)) if is_word(words) => ValueKind::Grade,
            (Rule::written_text, Some(ValueKind::Qualitative)) => ValueKind::Quoted,
            (Rule::written_range, Some(ValueKind::Number | ValueKind::Unit)) => ValueKind::RangeSign,
            (Rule::written_grade, Some(ValueKind::Grade | ValueKind::ScaleGrade)) if is_word(words) => {
                ValueKind::ScaleGrade
            }
            (Rule::written_operator, Some(ValueKind::Path)) => {
                self.operator(part);
                return Some(ValueKind::Plus);
            }
            _ => return None,
        };
        self.value(kind, part);
        Some(kind)
    }

    fn finish_target(&mut self, index: usize, last: Option<ValueKind>) -> Option<()> {
        use ValueKind::{Date, Grade, Path, Quoted, ScaleGrade, Unit, YesOrNo};
        self.finish_head(index);
        let values = &self.tree.values[self.tree.statements[index].values.start as usize..];
        // A scale has two grades at least.
        let is_scale_short = values.iter().filter(|value| value.kind == ScaleGrade).count() == 1;
        (!is_scale_short && matches!(last?, Unit | Date | Path | Quoted | Grade | ScaleGrade | YesOrNo)).then_some(())
    }

    /// A number, one with its sign of hundredths, or a date; says what came last.
    fn digits(&mut self, part: &Pair<'_, Rule>) -> Option<ValueKind> {
        let words = part.as_str();
        let bytes = self.bytes(part);
        let digits = number_length(words)?;
        match &words[digits..] {
            "" => self.tree.values.push(Value { kind: ValueKind::Number, bytes }),
            "%" | "‰" => {
                let middle = bytes.start + digits as u32;
                self.tree.values.push(Value { kind: ValueKind::Number, bytes: Bytes { end: middle, ..bytes } });
                self.tree.values.push(Value { kind: ValueKind::Unit, bytes: Bytes { start: middle, ..bytes } });
                return Some(ValueKind::Unit);
            }
            _ if is_date(words) => {
                self.tree.values.push(Value { kind: ValueKind::Date, bytes });
                return Some(ValueKind::Date);
            }
            _ => return None,
        }
        Some(ValueKind::Number)
    }

    fn title(&mut self, part: &Pair<'_, Rule>) -> Option<()> {
        match part.as_rule() {
            Rule::written_text => self.value(ValueKind::Quoted, part),
            Rule::written_name if is_word(part.as_str()) => self.value(ValueKind::Path, part),
            _ => return None,
        }
        Some(())
    }

    fn open(&mut self, pair: &Pair<'_, Rule>, kind: StatementKind, label: usize) -> usize {
        let start = self.bytes(pair).start;
        let head = Bytes { start, end: start + label as u32 };
        let first = self.tree.values.len() as u32;
        self.tree.statements.push(Statement::opened(kind, head, first));
        self.tree.statements.len() - 1
    }

    /// All values of a statement are read.
    fn finish_head(&mut self, index: usize) {
        let statement = &mut self.tree.statements[index];
        statement.values.end = self.tree.values.len() as u32;
        if let Some(last) = self.tree.values[statement.values.start as usize..].last() {
            statement.head.end = last.bytes.end;
        }
        let end = (statement.head.end - self.base) as usize;
        let rest = &self.text[end..];
        statement.has_block = rest.strip_prefix(" }").unwrap_or(rest).starts_with(" {");
    }

    fn value(&mut self, kind: ValueKind, part: &Pair<'_, Rule>) {
        let bytes = self.bytes(part);
        self.tree.values.push(Value { kind, bytes });
    }

    fn bytes(&self, pair: &Pair<'_, Rule>) -> Bytes {
        let span = pair.as_span();
        Bytes { start: self.base + span.start() as u32, end: self.base + span.end() as u32 }
    }
}

/// Whether a part of a statement is a value of its head.
fn is_value(pair: &Pair<'_, Rule>) -> bool {
    !matches!(
        pair.as_rule(),
        Rule::first_field
            | Rule::second_field
            | Rule::third_field
            | Rule::field_of_line
            | Rule::written_indicator
            | Rule::written_comment
    )
}

/// Whether a sign is one that names commonly hold; rarer ones are left to the whole grammar.
fn is_common(sign: char) -> bool {
    matches!(sign, '\u{4E00}'..='\u{9FFF}' | 'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' | '·' | '（' | '）' | '(' | ')')
}

/// Whether a token that starts with a letter is one bare name.
fn is_word(token: &str) -> bool {
    token.chars().all(is_common) || grammar::is_word(token)
}

/// Whether a token that starts with a letter is names joined by points: bare ones, the last perhaps in quotes.
fn is_path(token: &str) -> bool {
    let is_letter = |sign: char| matches!(sign, '\u{4E00}'..='\u{9FFF}') || sign.is_ascii_alphabetic();
    let is_name = |name: &str| name.starts_with(is_letter) && name.chars().all(is_common) || grammar::is_word(name);
    let quoted = token.strip_suffix('"').and_then(|rest| rest.split_once(".\""));
    let is_plain = |words: &str| !words.is_empty() && !words.contains(['"', '“', '”', '＂', '\\']);
    let bare = quoted.filter(|(_, last)| is_plain(last)).map_or(token, |(bare, _)| bare);
    bare.split('.').all(is_name)
}

/// Whether a token that starts with a letter is a unit.
fn is_unit(token: &str) -> bool {
    let is_sign = |sign: char| matches!(sign, '\u{4E00}'..='\u{9FFF}' | 'a'..='z' | 'A'..='Z' | '%' | '‰' | '·');
    token
        .split('/')
        .all(|part| part.starts_with(is_sign) && part.chars().all(|sign| is_sign(sign) || sign.is_ascii_digit()))
}

/// How far a token that starts with a digit is a number: digits, a point, digits.
fn number_length(token: &str) -> Option<usize> {
    let count = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = usize::from(token.starts_with('-'));
    let whole = whole + count(&token[whole..]);
    match token[whole..].strip_prefix('.') {
        Some(rest) => Some(count(rest)).filter(|places| *places > 0).map(|places| whole + 1 + places),
        None => Some(whole),
    }
}

/// Whether a token is a date in full: 2025-12-31, 2025年12月31日, 2025年12月底, 2025年底, 12月31日, 12月底.
fn is_date(token: &str) -> bool {
    let digits = |text: &str, lengths: std::ops::RangeInclusive<usize>| {
        lengths.contains(&text.len()) && text.bytes().all(|sign| sign.is_ascii_digit())
    };
    let is_end = |text: &str| matches!(text, "底" | "末");
    let is_month = |text: &str| {
        let Some((month, rest)) = text.split_once('月') else { return false };
        let day = rest.strip_suffix('日').or_else(|| rest.strip_suffix('号'));
        digits(month, 1..=2) && (is_end(rest) || day.is_some_and(|day| digits(day, 1..=2)))
    };
    if let Some((year, rest)) = token.split_once('年') {
        return digits(year, 4..=4) && (is_end(rest) || is_month(rest));
    }
    if let [year, month, day] = token.split('-').collect::<Vec<_>>()[..] {
        return digits(year, 4..=4) && digits(month, 1..=2) && digits(day, 1..=2);
    }
    is_month(token)
}
