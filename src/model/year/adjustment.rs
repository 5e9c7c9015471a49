//! 调整: what is changed after the approval. Each line states what was and what is from now on.

use rust_decimal::Decimal;

use super::super::calendar::Date;
use super::super::project::{category_path, fund_source, named_indicator};
use super::super::read::{self, FieldEntry};
use super::super::standard::{CategoryMatch, Standard};
use super::super::stated_target::read_target;
use super::super::target::Target;
use super::super::unit::Quantity;
use super::super::{Indicator, Text};
use super::reached::{amount, points, span};
use super::subject::{YearSubject, subject};
use super::{date_and_text, text_behind};
use crate::diagnostic::{Diagnostic, texts};
use crate::language::{BECOMES, Block, Field, is_one_of, own};
use crate::source::{Span, Spanned, Words};
use crate::syntax::{Node, Value, ValueKind};

/// One adjustment. It holds from its date on.
#[derive(Debug)]
pub struct Adjustment {
    /// The head of the declaration.
    pub span: Span,
    /// None where it is missing or damaged.
    pub date: Option<Spanned<Date>>,
    /// 文号: of its approval.
    pub document: Option<Text>,
    /// 理由
    pub reason: Option<Text>,
    /// In the order of the text.
    pub changes: Vec<AdjustmentChange>,
}

/// One line of an adjustment.
#[derive(Debug)]
pub struct AdjustmentChange {
    /// The label and the values.
    pub span: Span,
    /// A project or the department for money and goals, an indicator for all else.
    pub subject: YearSubject,
    /// What becomes of it.
    pub fact: AdjustedFact,
    /// The category of an indicator that is added, as written: its project may stand in a framework of its own.
    pub category: Option<Words>,
}

/// What a line of an adjustment changes.
#[derive(Debug)]
pub enum AdjustedFact {
    /// 预算
    Budget {
        /// What was, and what is from now on.
        from: Quantity,
        /// The new total.
        to: Quantity,
        /// In the order of the text; sources that stay have no line.
        funds: Vec<AdjustedFund>,
    },
    /// 结转: added to the money of the year.
    CarryOver(Quantity),
    /// 指标值
    Target {
        /// What was in force.
        from: Spanned<Target>,
        /// What is from now on.
        to: Spanned<Target>,
    },
    /// 权重
    Weight {
        /// What was in force.
        from: Spanned<Decimal>,
        /// What is from now on.
        to: Spanned<Decimal>,
    },
    /// 目标
    Goal(Text),
    /// 增加指标
    Added(Box<Indicator>),
    /// 撤销指标, and why.
    Withdrawn(Text),
}

/// A fund source of an adjusted budget.
#[derive(Debug)]
pub struct AdjustedFund {
    /// The source and its amounts.
    pub span: Span,
    /// The index in the standard's fund sources.
    pub source: usize,
    /// What was.
    pub from: Quantity,
    /// What is from now on.
    pub to: Quantity,
}

impl AdjustedFact {
    /// The field that states it.
    pub fn field(&self) -> Field {
        match self {
            AdjustedFact::Budget { .. } => Field::AdjustmentBudget,
            AdjustedFact::CarryOver(_) => Field::CarryOver,
            AdjustedFact::Target { .. } => Field::AdjustedTarget,
            AdjustedFact::Weight { .. } => Field::AdjustedWeight,
            AdjustedFact::Goal(_) => Field::AdjustedGoal,
            AdjustedFact::Added(_) => Field::AddedIndicator,
            AdjustedFact::Withdrawn(_) => Field::WithdrawnIndicator,
        }
    }
}

pub(super) fn adjustment(node: Node<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Adjustment {
    let (date, document) = date_and_text(FieldEntry::of(node), found);
    let (mut reason, mut changes) = (None, Vec::new());
    read::fields(node, Block::Adjustment, &[], found, |name, entry, found| {
        let Some(field) = name.word().and_then(own::Adjustment::of) else { return };
        if field == own::Adjustment::Reason {
            reason = read::one_text(entry, found);
            return;
        }
        let Some((subject, rest)) = subject(entry, found) else { return };
        let category = rest.first().filter(|_| field == own::Adjustment::Added);
        let category: Option<Words> = category.map(|value| category_path(entry.slice(value)).into());
        let standard = subject.standard(standard);
        let standard = category.as_deref().map_or(standard, |category| knows_category(standard, category));
        let fact = fact(field, &subject, entry, rest, standard, found);
        changes.extend(fact.map(|fact| AdjustmentChange { span: entry.span(), subject, fact, category }));
    });
    Adjustment { span: node.head_span(), date, document, reason, changes }
}

/// The standard itself, or the first of its frameworks that has a category. Which of them the project stands in is told
/// when the line is tied to it.
fn knows_category<'a>(standard: &'a Standard, category: &str) -> &'a Standard {
    let knows = |one: &&Standard| matches!(one.find_category(category), CategoryMatch::One(_));
    let frameworks = standard.framed.iter().map(|one| &**one);
    std::iter::once(standard).chain(frameworks).find(knows).unwrap_or(standard)
}

fn fact(
    field: own::Adjustment,
    subject: &YearSubject,
    entry: FieldEntry<'_>,
    rest: &[Value],
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Option<AdjustedFact> {
    match field {
        own::Adjustment::Reason => None,
        own::Adjustment::Budget => {
            let (from, to) = both(entry, rest, found)?;
            let (from, to) = (amount(entry, from, standard, found)?, amount(entry, to, standard, found)?);
            let mut funds = Vec::new();
            read::fields(entry.node, Block::AdjustedBudget, &[], found, |_, line, found| {
                let Some(source) = fund_source(line, standard, found) else { return };
                let Some((from, to)) = both(line, line.values, found) else { return };
                let amounts = amount(line, from, standard, found).zip(amount(line, to, standard, found));
                funds.extend(amounts.map(|(from, to)| AdjustedFund { span: line.span(), source, from, to }));
            });
            Some(AdjustedFact::Budget { from, to, funds })
        }
        own::Adjustment::CarryOver => amount(entry, rest, standard, found).map(AdjustedFact::CarryOver),
        own::Adjustment::Target => {
            let (from, to) = both(entry, rest, found)?;
            let target = |values: &[Value], found: &mut Vec<Diagnostic>| {
                let target =
                    if entry.is_broken { Target::Damaged } else { read_target(entry, values, standard, found) };
                Spanned::new(target, span(entry, values))
            };
            Some(AdjustedFact::Target { from: target(from, found), to: target(to, found) })
        }
        own::Adjustment::Weight => {
            let (from, to) = both(entry, rest, found)?;
            Some(AdjustedFact::Weight { from: points(entry, from, found)?, to: points(entry, to, found)? })
        }
        own::Adjustment::Goal => text_behind(entry, rest, texts::expect_text(), found).map(AdjustedFact::Goal),
        own::Adjustment::Withdrawn => {
            text_behind(entry, rest, texts::expect_reason(), found).map(AdjustedFact::Withdrawn)
        }
        own::Adjustment::Added => {
            let [category, target @ ..] = rest else {
                read::wrong_kind(entry, texts::expect_path(), found);
                return None;
            };
            let Some(name) = subject.indicator.clone() else {
                read::wrong_kind(entry, texts::expect_reference(), found);
                return None;
            };
            let name = Spanned::new(name, subject.span);
            let indicator = named_indicator(entry, category, name, target, standard, found);
            Some(AdjustedFact::Added(Box::new(indicator)))
        }
    }
}

/// What stands before and behind 改为.
fn both<'a>(
    entry: FieldEntry<'_>,
    values: &'a [Value],
    found: &mut Vec<Diagnostic>,
) -> Option<(&'a [Value], &'a [Value])> {
    let is_word = |value: &Value| {
        value.kind == ValueKind::Becomes || value.kind == ValueKind::Path && is_one_of(entry.slice(value), &[BECOMES])
    };
    let at = values.iter().position(is_word).filter(|at| 0 < *at && at + 1 < values.len());
    if at.is_none() {
        read::wrong_kind(entry, texts::expect_change(), found);
    }
    at.map(|at| (&values[..at], &values[at + 1..]))
}
