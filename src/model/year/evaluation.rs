//! 评价: the evaluation of a project or of the department by a framework of the standard.

use rust_decimal::Decimal;

use super::super::Text;
use super::super::calendar::Date;
use super::super::read::{self, FieldEntry};
use super::dated_head;
use super::reached::points_and_rest;
use super::subject::{self, ResultUse, YearSubject, result_use};
use crate::diagnostic::{Diagnostic, texts};
use crate::language::{Block, Keyword, TAKEN_FROM, is_one_of, own};
use crate::source::{Span, Spanned};
use crate::syntax::{Node, Value, ValueKind};

/// An evaluation.
#[derive(Debug)]
pub struct Evaluation {
    /// The head of the declaration.
    pub span: Span,
    /// None where it is missing or damaged.
    pub date: Option<Spanned<Date>>,
    /// A project, or the department. None where it is missing or damaged.
    pub subject: Option<YearSubject>,
    /// 框架: by its name in the standard.
    pub framework: Option<Text>,
    /// In the order of the text.
    pub points: Vec<FrameworkPoints>,
    /// 结论
    pub conclusion: Option<Text>,
    /// 应用, in the order of the text.
    pub uses: Vec<ResultUse>,
}

/// The points of one leaf of the framework.
#[derive(Debug)]
pub struct FrameworkPoints {
    /// The label and the values.
    pub span: Span,
    /// `决策.项目立项.立项依据充分性`, without quotes.
    pub leaf: Text,
    /// Given or taken over.
    pub points: LeafPoints,
}

/// Where the points of a leaf come from.
#[derive(Debug)]
pub enum LeafPoints {
    /// By a person, who may say why.
    Given {
        /// Not above the weight: a rule tells.
        points: Spanned<Decimal>,
        /// Why.
        reason: Option<Text>,
    },
    /// 取自 自评: as much of the weight as was achieved there.
    FromSelfEvaluation,
}

pub(super) fn evaluation(node: Node<'_>, found: &mut Vec<Diagnostic>) -> Evaluation {
    let head = FieldEntry::of(node);
    let (date, rest) = dated_head(head, texts::expect_date_and_subject(), found);
    let subject = match rest {
        [value] => subject::one(head, value).filter(|subject| subject.indicator.is_none()),
        _ => None,
    };
    if subject.is_none() && date.is_some() {
        read::wrong_kind(head, texts::expect_date_and_subject(), found);
    }
    let mut evaluation = Evaluation {
        span: node.head_span(),
        date,
        subject,
        framework: None,
        points: Vec::new(),
        conclusion: None,
        uses: Vec::new(),
    };
    read::fields(node, Block::Evaluation, &[], found, |name, entry, found| {
        match name.word().and_then(own::Evaluation::of) {
            Some(own::Evaluation::Framework) => evaluation.framework = read::one_name(entry, found),
            Some(own::Evaluation::Points) => evaluation.points.extend(leaf(entry, found)),
            Some(own::Evaluation::Conclusion) => evaluation.conclusion = read::one_text(entry, found),
            Some(own::Evaluation::Applied) => evaluation.uses.extend(result_use(entry, false, found)),
            None => {}
        }
    });
    evaluation
}

fn leaf(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<FrameworkPoints> {
    let [path, rest @ ..] = entry.values else {
        read::wrong_kind(entry, texts::expect_leaf(), found);
        return None;
    };
    if !matches!(path.kind, ValueKind::Path | ValueKind::Quoted) {
        read::wrong_kind(entry, texts::expect_leaf(), found);
        return None;
    }
    let leaf = Spanned::new(entry.slice(path).replace(['"', '“', '”', '＂'], "").into(), entry.value_span(path));
    let own_evaluation = Block::declared_by(Keyword::SelfEvaluation).word();
    let is_word = |value: &Value, pair| value.kind == ValueKind::Path && is_one_of(entry.slice(value), &[pair]);
    let points = match rest {
        [taken, from] if is_word(taken, TAKEN_FROM) && is_word(from, own_evaluation) => LeafPoints::FromSelfEvaluation,
        _ => {
            let (points, rest) = points_and_rest(entry, rest, found)?;
            let reason = match rest {
                [] => None,
                [reason] => read::content(entry, reason, found),
                _ => {
                    read::wrong_kind(entry, texts::expect_points_and_reason(), found);
                    return None;
                }
            };
            LeafPoints::Given { points, reason }
        }
    };
    Some(FrameworkPoints { span: entry.span(), leaf, points })
}
