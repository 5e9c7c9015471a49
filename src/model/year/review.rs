//! 复核: points that the finance bureau gives after a self-evaluation.

use rust_decimal::Decimal;

use super::super::Text;
use super::super::calendar::Date;
use super::super::read::{self, FieldEntry};
use super::date_and_text;
use super::reached::points_and_rest;
use super::subject::{ResultUse, YearSubject, result_use, subject};
use crate::diagnostic::{Diagnostic, texts};
use crate::language::{Block, own};
use crate::source::{Span, Spanned};
use crate::syntax::Node;

/// A review of a self-evaluation.
#[derive(Debug)]
pub struct ScoreReview {
    /// The head of the declaration.
    pub span: Span,
    /// None where it is missing or damaged.
    pub date: Option<Spanned<Date>>,
    /// Who reviewed.
    pub reviewer: Option<Text>,
    /// In the order of the text.
    pub points: Vec<GivenPoints>,
    /// 应用, in the order of the text.
    pub uses: Vec<ResultUse>,
}

/// The points that a review gives an indicator.
#[derive(Debug)]
pub struct GivenPoints {
    /// The label and the values.
    pub span: Span,
    /// An indicator.
    pub subject: YearSubject,
    /// Not above the weight: a rule tells.
    pub points: Spanned<Decimal>,
    /// Why.
    pub reason: Option<Text>,
}

impl ScoreReview {
    pub(super) fn subjects(&self) -> impl Iterator<Item = &YearSubject> {
        let uses = self.uses.iter().filter_map(|one| one.subject.as_ref());
        self.points.iter().map(|line| &line.subject).chain(uses)
    }

    pub(super) fn subjects_mut(&mut self) -> impl Iterator<Item = &mut YearSubject> {
        let uses = self.uses.iter_mut().filter_map(|one| one.subject.as_mut());
        self.points.iter_mut().map(|line| &mut line.subject).chain(uses)
    }
}

pub(super) fn review(node: Node<'_>, found: &mut Vec<Diagnostic>) -> ScoreReview {
    let (date, reviewer) = date_and_text(FieldEntry::of(node), found);
    let mut review = ScoreReview { span: node.head_span(), date, reviewer, points: Vec::new(), uses: Vec::new() };
    read::fields(node, Block::Review, &[], found, |name, entry, found| match name.word().and_then(own::Review::of) {
        Some(own::Review::Points) => review.points.extend(given(entry, found)),
        Some(own::Review::Applied) => review.uses.extend(result_use(entry, true, found)),
        None => {}
    });
    review
}

fn given(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<GivenPoints> {
    let (subject, rest) = subject(entry, found)?;
    let (points, rest) = points_and_rest(entry, rest, found)?;
    let reason = match rest {
        [] => None,
        [reason] => read::content(entry, reason, found),
        _ => {
            read::wrong_kind(entry, texts::expect_points_and_reason(), found);
            return None;
        }
    };
    Some(GivenPoints { span: entry.span(), subject, points, reason })
}
