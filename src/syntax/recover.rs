//! A declaration with mistakes, read statement by statement.
//!
//! Three steps: cut the lines into heads and braces; decide which statement stands in which block, by the braces where
//! they pair sensibly and otherwise by words and indentation; match each head alone. Every step reports a mistake once,
//! at its own place, and marks the statement as broken so that nothing that follows from it is reported again.

mod findings;
mod labels;
mod pieces;
mod placement;
mod slips;

use std::ops::Range;

use findings::RecoveryFindings;
use labels::{declaration, first_word, is_indicator, label_of};
use pieces::{Head, pieces};
use placement::{Context, Placed, place};

use slips::Slip;

use super::grammar::Rule;
use super::parse::{mismatch, parse_as};
use super::split::{Chunk, is_blank};
use super::vocabulary::{self, Block, Keyword};
use super::{Bytes, Statement, StatementKind, Tree, Value, ValueKind};
use crate::diagnostic::{Code, Diagnostic, Text, texts};
use crate::source::{FileId, Span};

pub(super) use slips::may_be_slip;

/// The tree of a chunk that the grammar does not accept, and at least one diagnostic.
pub(super) fn parse_statements(file: FileId, text: &str, chunk: &Chunk) -> (Tree, Vec<Diagnostic>) {
    let (pieces, comments) = pieces(text, chunk.bytes.clone());
    let (placed, of_braces) = place(file, text, &pieces);
    drop(pieces);
    let tree = Tree { comments, ..Tree::default() };
    let mut recovery = Recovery { file, text, tree, diagnostics: RecoveryFindings::default() };
    let mut cursor = 0;
    while cursor < placed.len() {
        recovery.add(&placed, &mut cursor, None);
    }
    let mut found = of_braces.listed();
    found.extend(recovery.diagnostics.listed());
    found.sort_by_key(Diagnostic::span);
    (recovery.tree, found)
}

struct Recovery<'a> {
    file: FileId,
    text: &'a str,
    tree: Tree,
    diagnostics: RecoveryFindings,
}

impl Recovery<'_> {
    /// Adds the statement at the cursor and those it holds.
    fn add(&mut self, placed: &[Placed], cursor: &mut usize, parent: Option<usize>) {
        let current = &placed[*cursor];
        *cursor += 1;
        let index = self.tree.statements.len();
        let is_understood = self.add_head(current);
        if current.is_cut_off && current.context == Context::File && is_understood {
            // What it lacks may stand behind the cut.
            self.tree.statements[index].broken = true;
        }
        while *cursor < placed.len() && placed[*cursor].depth > current.depth {
            if is_understood {
                self.add(placed, cursor, Some(index));
            } else {
                *cursor += 1;
            }
        }
        if is_understood {
            let end = self.tree.statements.len() as u32;
            let statement = &mut self.tree.statements[index];
            statement.end = end;
            statement.has_block |= current.has_block;
        } else if let Some(parent) = parent {
            self.tree.statements[parent].broken = true;
        }
    }

    /// Adds one statement without its block; false where nothing of it could be understood.
    fn add_head(&mut self, placed: &Placed) -> bool {
        let head = &placed.head;
        let stretch = &self.text[head.bytes.clone()];
        let label = label_of(stretch);
        if let Some(block) = placed.lost {
            self.add_lost(head, block);
            return true;
        }
        if let Some(start) = head.numbered_from {
            self.report_numbering(start..head.bytes.start);
        }
        let (rule, block) = match placed.context {
            Context::File => {
                let Some((keyword, misspelt)) = declaration(label) else {
                    self.report_unknown_declaration(head, label, None);
                    return false;
                };
                if let Some(slip) = misspelt.and_then(|right| slips::parted_label(stretch, std::iter::once(right))) {
                    return self.add_slip(head, rule_of(keyword), slip);
                }
                if let Some(right) = misspelt {
                    self.report_unknown_declaration(head, label, Some(right));
                    let slip = Slip::one(0..first_word(stretch).len(), right, texts::did_you_mean(right));
                    return self.add_respelt(head, rule_of(keyword), &slip);
                }
                (rule_of(keyword), None)
            }
            Context::Block(Block::Project) if is_indicator(label) => (Rule::one_indicator, Some(Block::Project)),
            Context::Block(block) => (Rule::one_field, Some(block)),
            // The label of the statement around is no word of the language: the model reports it.
            Context::Unknown => (Rule::one_field, None),
            Context::Stray => return false,
        };
        if let Some(unclosed) = head.unclosed {
            return self.add_unclosed(head, rule, unclosed);
        }
        let is_known = |block: Block| block.has_free_labels() || vocabulary::field(block, label).is_some();
        let unknown = block.filter(|block| rule == Rule::one_field && !is_known(*block));
        if let Some(slip) = unknown.and_then(|block| slips::slip_of_label(stretch, block)) {
            let is_row = is_indicator(label_of(&slip.respelt(stretch)));
            return self.add_slip(head, if is_row { Rule::one_indicator } else { rule }, slip);
        }
        if let Some(tree) = parse_as(rule, stretch, head.bytes.start) {
            self.tree.append(tree);
            return true;
        }
        if let Some(slip) = slips::slip(stretch, rule, block) {
            return self.add_slip(head, rule, slip);
        }
        self.report_mismatch(head, rule, stretch);
        self.add_broken(head, rule)
    }

    /// Adds a statement for a line that was lost, so that what it held is read.
    fn add_lost(&mut self, head: &Head, block: Block) {
        let kind = match block {
            Block::Project => StatementKind::Project,
            Block::Indicator => StatementKind::Indicator,
            _ => StatementKind::Occasion,
        };
        self.tree.append(self.bare(head, kind));
    }

    /// Reports a slip, and adds the statement that was meant.
    fn add_slip(&mut self, head: &Head, rule: Rule, slip: Slip) -> bool {
        let first = self.tree.statements.len();
        let is_added = self.add_respelt(head, rule, &slip);
        for statement in &mut self.tree.statements[first..] {
            statement.broken = true;
            statement.head.end = head.bytes.end as u32;
        }
        let stretch = &self.text[head.bytes.clone()];
        self.diagnostics.push(slip.finding(self.file, stretch, head.bytes.start));
        is_added
    }

    /// Parses a head as it was meant, and puts the places right.
    fn add_respelt(&mut self, head: &Head, rule: Rule, slip: &Slip) -> bool {
        let respelt = slip.respelt(&self.text[head.bytes.clone()]);
        let start = head.bytes.start;
        let whole = parse_as(rule, &respelt, 0);
        let Some(mut tree) = whole.or_else(|| parse_as(start_of(rule), &respelt, 0)) else {
            return self.add_broken(head, rule);
        };
        let right = |bytes: &mut Bytes| {
            bytes.start = (start + slip.back(bytes.start as usize, false)) as u32;
            bytes.end = ((start + slip.back(bytes.end as usize, true)) as u32).max(bytes.start);
        };
        for statement in &mut tree.statements {
            statement.kind = kind_of(rule);
            right(&mut statement.label);
            right(&mut statement.head);
            statement.head.start = start as u32;
        }
        tree.values.iter_mut().for_each(|value| right(&mut value.bytes));
        self.tree.append(tree);
        true
    }

    /// A head whose last text does not close: closed for it, so that what stands before is understood.
    fn add_unclosed(&mut self, head: &Head, rule: Rule, (offset, is_block): (usize, bool)) -> bool {
        let stretch = &self.text[head.bytes.clone()];
        let opening = self.text[offset..].chars().next().unwrap_or('"');
        let closing = if opening == '“' { '”' } else { opening };
        let (body, repaired) = if is_block {
            self.report_unclosed_block(head, offset);
            (stretch, format!("{stretch}\n\"\"\""))
        } else {
            let body = stretch.trim_end_matches(['"', '“', '”', '＂']);
            let body = if body.len() <= offset - head.bytes.start { stretch } else { body };
            let at_end = head.bytes.start + body.len()..head.bytes.end;
            let place = self.word_before(head, offset).map_or(at_end, |start| start..start);
            self.report_unclosed_text(head, offset, closing, place);
            (body, format!("{body}{closing}"))
        };
        if let Some(mut tree) = parse_as(rule, &repaired, head.bytes.start) {
            // What ends with the sign that was put in ends with the head; the label itself may.
            let (body_end, end) = (head.bytes.start + body.len(), head.bytes.end as u32);
            let right = |offset: &mut u32| *offset = if *offset as usize > body_end { end } else { *offset };
            for statement in &mut tree.statements {
                statement.broken = true;
                right(&mut statement.label.end);
                right(&mut statement.head.end);
            }
            tree.values.iter_mut().for_each(|value| right(&mut value.bytes.end));
            self.tree.append(tree);
            return true;
        }
        self.add_broken(head, rule)
    }

    /// What can be saved of a head that does not match: its label and the values before the mistake.
    fn add_broken(&mut self, head: &Head, rule: Rule) -> bool {
        let stretch = &self.text[head.bytes.clone()];
        let kind = kind_of(rule);
        let mut tree = parse_as(start_of(rule), stretch, head.bytes.start).unwrap_or_else(|| self.bare(head, kind));
        for statement in &mut tree.statements {
            statement.kind = kind;
            statement.broken = true;
            statement.head.end = head.bytes.end as u32;
        }
        self.tree.append(tree);
        true
    }

    fn bare(&self, head: &Head, kind: StatementKind) -> Tree {
        let start = head.bytes.start;
        let word = first_word(&self.text[head.bytes.clone()]);
        let bytes = |range: Range<usize>| Bytes { start: range.start as u32, end: range.end as u32 };
        let rest = start + word.len()..head.bytes.end;
        let name = self.text[rest.clone()].trim_matches(is_blank);
        let name_start = rest.start + self.text[rest].find(name).unwrap_or(0);
        let values = if kind == StatementKind::Field || name.is_empty() {
            Vec::new()
        } else {
            vec![Value { kind: ValueKind::Path, bytes: bytes(name_start..name_start + name.len()) }]
        };
        let statement = Statement {
            kind,
            broken: true,
            has_block: false,
            label: bytes(start..start + word.len()),
            head: bytes(head.bytes.clone()),
            values: 0..values.len() as u32,
            end: 1,
        };
        Tree { statements: vec![statement], values, comments: Vec::new() }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    fn report_numbering(&mut self, bytes: Range<usize>) {
        let span = self.span(bytes.start, bytes.end);
        let message = texts::needless(self.text[bytes].trim_matches(is_blank));
        let diagnostic = Diagnostic::new(Code::JX214, message, span, texts::no_numbering());
        self.diagnostics.push(diagnostic.fix(texts::delete_this(), span, ""));
    }

    fn report_unknown_declaration(&mut self, head: &Head, label: &str, right: Option<&'static str>) {
        let first_line = self.text[head.bytes.clone()].lines().next().unwrap_or("");
        let word = first_word(first_line);
        let span = self.span(head.bytes.start, head.bytes.start + word.len());
        let diagnostic = match right {
            Some(right) => {
                Diagnostic::new(Code::JX211, texts::unknown_declaration(label), span, texts::did_you_mean(right)).fix(
                    texts::replace_by(right),
                    span,
                    right,
                )
            }
            None => {
                Diagnostic::new(Code::JX211, texts::unknown_declaration(label), span, texts::only_declarations_here())
            }
        };
        self.diagnostics.push(diagnostic.help(texts::declarations()));
    }

    /// Where the only word between the label and a quote starts, if that quote closes it: `标准 我县农口" 扩展 …`.
    fn word_before(&self, head: &Head, offset: usize) -> Option<usize> {
        let stretch = &self.text[head.bytes.start..offset];
        let rest = stretch[first_word(stretch).len()..].trim_start_matches(is_blank);
        let after = self.text[offset..head.bytes.end].chars().nth(1);
        let is_one = !rest.is_empty() && !rest.contains(is_blank) && after.is_none_or(is_blank);
        is_one.then_some(offset - rest.len())
    }

    fn report_unclosed_text(&mut self, head: &Head, offset: usize, closing: char, place: Range<usize>) {
        let end = head.bytes.end;
        let diagnostic = Diagnostic::new(
            Code::JX205,
            texts::unclosed_text(closing),
            self.span(offset, end),
            texts::unclosed_text_here(closing),
        );
        self.diagnostics.push(diagnostic.fix(texts::insert(closing), self.span(place.start, place.end), closing));
    }

    fn report_unclosed_block(&mut self, head: &Head, offset: usize) {
        let end = head.bytes.end;
        let last = self.text[..end].chars().next_back().map_or(0, char::len_utf8);
        let line_start = self.text[..offset].rfind('\n').map_or(0, |line_end| line_end + 1);
        let indent = self.text[line_start..].len() - self.text[line_start..].trim_start_matches(is_blank).len();
        let place = self.span(end, end);
        let diagnostic = Diagnostic::new(
            Code::JX206,
            texts::unclosed_text_block(),
            self.span(end - last, end),
            texts::unclosed_text_block_here(),
        );
        let diagnostic = diagnostic.label(self.span(offset, offset + 3), texts::text_block_opened_here());
        self.diagnostics.push(diagnostic.fix(
            texts::insert("\"\"\""),
            place,
            format!("\n{}  \"\"\"", " ".repeat(indent)),
        ));
    }

    /// `指标`, `指标 数量`, `项目`: the line ends before its name. Blanks leave no trace in the parser's own account.
    fn missing_part_of_head(&self, head: &Head, rule: Rule, stretch: &str) -> Option<Diagnostic> {
        let (start_rule, parts): (Rule, &[fn() -> Text]) = match rule {
            Rule::one_indicator => (Rule::indicator_start, &[texts::expect_category, texts::expect_name]),
            Rule::one_department | Rule::one_project | Rule::one_standard => {
                (Rule::project_start, &[texts::expect_name])
            }
            _ => return None,
        };
        let tree = parse_as(start_rule, stretch, head.bytes.start)?;
        let statement = tree.statements.first()?;
        let expected = parts.get(tree.values.len()).filter(|_| statement.head.end as usize == head.bytes.end)?;
        let last = stretch.chars().next_back().map_or(0, char::len_utf8);
        let span = self.span(head.bytes.end - last, head.bytes.end);
        let message = texts::missing_value(first_word(stretch));
        Some(Diagnostic::new(Code::JX209, message, span, texts::expected(expected())))
    }

    /// Says what was expected where the strict rule stopped.
    fn report_mismatch(&mut self, head: &Head, rule: Rule, stretch: &str) {
        let Some(mismatch) = mismatch(rule, stretch) else { return };
        if let Some(diagnostic) = self.missing_part_of_head(head, rule, stretch) {
            self.diagnostics.push(diagnostic);
            return;
        }
        let offset = mismatch.offset.min(stretch.len());
        let word_start = stretch[..offset]
            .rfind(is_blank)
            .map_or(0, |blank| blank + stretch[blank..].chars().next().map_or(1, char::len_utf8));
        let word_end = stretch[offset..].find(is_blank).map_or(stretch.len(), |length| offset + length);
        let start = head.bytes.start;
        let word = &stretch[word_start..word_end];
        let expected = texts::any_of(&mismatch.expected);
        let diagnostic = if offset == stretch.len() || word.is_empty() {
            let last = stretch.chars().next_back().map_or(0, char::len_utf8);
            let span = self.span(start + stretch.len() - last, start + stretch.len());
            if mismatch.expects_unit {
                Diagnostic::new(Code::JX210, texts::missing_unit(), span, texts::expected(texts::expect_unit()))
            } else {
                Diagnostic::new(Code::JX209, texts::missing_value(first_word(stretch)), span, texts::expected(expected))
            }
        } else if is_number_like(word) && !word.contains(['年', '月']) {
            let number_start = word.find(|sign: char| sign.is_numeric()).unwrap_or(0);
            let span = self.span(start + word_start + number_start, start + word_end);
            Diagnostic::new(Code::JX208, texts::bad_number(&word[number_start..]), span, texts::bad_number_here())
                .help(texts::number_forms())
        } else if mismatch.expects_unit {
            let span = self.span(start + offset, start + word_end);
            Diagnostic::new(Code::JX210, texts::missing_unit(), span, texts::expected(texts::expect_unit()))
        } else {
            let span = self.span(start + offset, start + word_end);
            let label = if mismatch.expected.is_empty() { texts::not_here() } else { texts::expected(expected) };
            Diagnostic::new(Code::JX201, texts::unexpected(&stretch[offset..word_end]), span, label)
        };
        let diagnostic = match rule {
            Rule::one_indicator if diagnostic.help.is_none() && !mismatch.expects_unit => {
                diagnostic.help(texts::comparators_are())
            }
            _ => diagnostic,
        };
        self.diagnostics.push(diagnostic);
    }
}

/// A word that was meant as a number: it starts with a digit, perhaps after a comparator, and is none.
fn is_number_like(word: &str) -> bool {
    let word = word.trim_start_matches(['≥', '≤', '>', '<', '=', '＞', '＜', '＝', '-', '－', '−', '+', '.']);
    word.starts_with(|sign: char| sign.is_numeric())
}

/// The rule that saves the start of what another does not match.
fn start_of(rule: Rule) -> Rule {
    match rule {
        Rule::one_indicator => Rule::indicator_start,
        Rule::one_department | Rule::one_project | Rule::one_standard => Rule::project_start,
        Rule::one_occasion => Rule::occasion_start,
        _ => Rule::field_start,
    }
}

fn kind_of(rule: Rule) -> StatementKind {
    match rule {
        Rule::one_department => StatementKind::Department,
        Rule::one_project => StatementKind::Project,
        Rule::one_standard => StatementKind::Standard,
        Rule::one_occasion => StatementKind::Occasion,
        Rule::one_indicator => StatementKind::Indicator,
        _ => StatementKind::Field,
    }
}

fn rule_of(keyword: Keyword) -> Rule {
    match keyword {
        Keyword::Department => Rule::one_department,
        Keyword::Project => Rule::one_project,
        Keyword::Standard => Rule::one_standard,
        Keyword::Approval
        | Keyword::Adjustment
        | Keyword::Monitoring
        | Keyword::SelfEvaluation
        | Keyword::Review
        | Keyword::Evaluation
        | Keyword::Area => Rule::one_occasion,
    }
}
