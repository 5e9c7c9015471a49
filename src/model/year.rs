//! What happened in the year: approval, adjustments, monitoring, self-evaluation, review and evaluation.
//!
//! Targets are never touched after their approval: each occasion is a declaration of its own, whose lines name in full what
//! they are about. A declaration is read by its standard alone ([`occasion`]); what its lines name, and the type of a value
//! that was reached, are told once the projects are read (`tie`). Nothing that can be computed is kept here.

mod adjustment;
mod approval;
mod area;
mod evaluation;
pub mod fingerprint;
mod lines;
mod reached;
mod review;
mod snapshot;
mod subject;
pub(crate) mod tie;
mod typed;

pub use adjustment::{AdjustedFact, AdjustedFund, Adjustment, AdjustmentChange};
pub use approval::{Fingerprint, TargetsApproval};
pub use area::{AreaMember, AreaTotal};
pub use evaluation::{Evaluation, FrameworkPoints, LeafPoints};
pub use lines::{YearLine, value_written};
pub use reached::{ReportedValue, WrittenActual};
pub use review::{GivenPoints, ScoreReview};
pub use snapshot::{
    Deviation, Execution, ReachedValue, Rectification, ReportText, ReportTextKind, Snapshot, SnapshotKind,
};
pub use subject::{NamedThing, ResultUse, YearSubject};

use super::calendar::Date;
use super::read::{self, FieldEntry};
use super::standard::Standard;
use super::{Indicator, Text, YearRecord};
use crate::diagnostic::{Diagnostic, Text as Message, texts};
use crate::language::Keyword;
use crate::source::{Span, Spanned};
use crate::syntax::{Node, StatementKind, Value, ValueKind};

/// One declaration of the year.
#[derive(Debug)]
pub enum Occasion {
    /// 批复
    Approval(TargetsApproval),
    /// 调整
    Adjustment(Adjustment),
    /// 监控 or 自评
    Snapshot(Box<Snapshot>),
    /// 复核
    Review(ScoreReview),
    /// 评价
    Evaluation(Box<Evaluation>),
    /// 区域
    Area(AreaTotal),
}

impl Occasion {
    /// The head of the declaration.
    pub fn span(&self) -> Span {
        match self {
            Occasion::Approval(one) => one.span,
            Occasion::Adjustment(one) => one.span,
            Occasion::Snapshot(one) => one.span,
            Occasion::Review(one) => one.span,
            Occasion::Evaluation(one) => one.span,
            Occasion::Area(one) => one.span,
        }
    }

    /// When it was; of monitoring the checkpoint. None for a self-evaluation and an area, and where it is damaged.
    pub fn date(&self) -> Option<Date> {
        let date = match self {
            Occasion::Approval(one) => &one.date,
            Occasion::Adjustment(one) => &one.date,
            Occasion::Snapshot(one) => &one.checkpoint,
            Occasion::Review(one) => &one.date,
            Occasion::Evaluation(one) => &one.date,
            Occasion::Area(_) => &None,
        };
        date.as_ref().map(|date| date.value)
    }

    /// What its lines are about, in their order; an area's members lie in other departments.
    pub fn subjects(&self) -> Vec<&YearSubject> {
        match self {
            Occasion::Approval(one) => one.fingerprints.iter().map(|line| &line.subject).collect(),
            Occasion::Adjustment(one) => one.changes.iter().map(|line| &line.subject).collect(),
            Occasion::Snapshot(one) => one.subjects().collect(),
            Occasion::Review(one) => one.subjects().collect(),
            Occasion::Evaluation(one) => one.subject.iter().collect(),
            Occasion::Area(_) => Vec::new(),
        }
    }

    /// The same, to be tied.
    pub(crate) fn subjects_mut(&mut self) -> Vec<&mut YearSubject> {
        match self {
            Occasion::Approval(one) => one.fingerprints.iter_mut().map(|line| &mut line.subject).collect(),
            Occasion::Adjustment(one) => one.changes.iter_mut().map(|line| &mut line.subject).collect(),
            Occasion::Snapshot(one) => one.subjects_mut().collect(),
            Occasion::Review(one) => one.subjects_mut().collect(),
            Occasion::Evaluation(one) => one.subject.iter_mut().collect(),
            Occasion::Area(_) => Vec::new(),
        }
    }
}

impl YearRecord {
    /// In the order of the files.
    pub fn approvals(&self) -> impl Iterator<Item = &TargetsApproval> {
        self.occasions.iter().filter_map(|one| if let Occasion::Approval(one) = one { Some(one) } else { None })
    }

    /// The indicator that a line of an adjustment adds.
    pub fn added(&self, occasion: u32, change: u32) -> Option<&Indicator> {
        let Some(Occasion::Adjustment(adjustment)) = self.occasions.get(occasion as usize) else { return None };
        match &adjustment.changes.get(change as usize)?.fact {
            AdjustedFact::Added(indicator) => Some(indicator),
            AdjustedFact::Budget { .. }
            | AdjustedFact::CarryOver(_)
            | AdjustedFact::Target { .. }
            | AdjustedFact::Weight { .. }
            | AdjustedFact::Goal(_)
            | AdjustedFact::Withdrawn(_) => None,
        }
    }

    /// In the order of the files: not of their dates.
    pub fn adjustments(&self) -> impl Iterator<Item = &Adjustment> {
        self.occasions.iter().filter_map(|one| if let Occasion::Adjustment(one) = one { Some(one) } else { None })
    }

    /// Of monitoring and self-evaluation, in the order of the files: not of their checkpoints. A checkpoint may be split
    /// over several.
    pub fn snapshots(&self) -> impl Iterator<Item = &Snapshot> {
        self.occasions.iter().filter_map(|one| if let Occasion::Snapshot(one) = one { Some(&**one) } else { None })
    }

    /// Whether anything was monitored or evaluated.
    pub fn is_reported(&self) -> bool {
        self.snapshots().next().is_some()
    }

    /// Whether a line of monitoring or self-evaluation was not understood: what none of them states may be that.
    pub fn is_partly_unread(&self) -> bool {
        self.snapshots().any(|one| one.is_damaged)
    }

    /// In the order of the files.
    pub fn reviews(&self) -> impl Iterator<Item = &ScoreReview> {
        self.occasions.iter().filter_map(|one| if let Occasion::Review(one) = one { Some(one) } else { None })
    }

    /// In the order of the files.
    pub fn evaluations(&self) -> impl Iterator<Item = &Evaluation> {
        self.occasions.iter().filter_map(|one| if let Occasion::Evaluation(one) = one { Some(&**one) } else { None })
    }

    /// In the order of the files.
    pub fn areas(&self) -> impl Iterator<Item = &AreaTotal> {
        self.occasions.iter().filter_map(|one| if let Occasion::Area(one) = one { Some(one) } else { None })
    }
}

/// Reads a declaration of the year. Nothing in it is tied to what it names. None where its keyword was lost.
pub fn occasion(node: Node<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<Occasion> {
    if node.kind() != StatementKind::Occasion {
        return None;
    }
    let before = found.len();
    let mut occasion = match Keyword::of(node.label_text())? {
        Keyword::Department | Keyword::Project | Keyword::Standard => return None,
        Keyword::Approval => Occasion::Approval(approval::approval(node, found)),
        Keyword::Adjustment => Occasion::Adjustment(adjustment::adjustment(node, standard, found)),
        Keyword::Monitoring => {
            Occasion::Snapshot(Box::new(snapshot::snapshot(node, SnapshotKind::Monitoring, standard, found)))
        }
        Keyword::SelfEvaluation => {
            Occasion::Snapshot(Box::new(snapshot::snapshot(node, SnapshotKind::SelfEvaluation, standard, found)))
        }
        Keyword::Review => Occasion::Review(review::review(node, found)),
        Keyword::Evaluation => Occasion::Evaluation(Box::new(evaluation::evaluation(node, found))),
        Keyword::Area => Occasion::Area(area::area(node, standard, found)),
    };
    if node.holds_mistake() || found[before..].iter().any(Diagnostic::is_error) {
        match &mut occasion {
            Occasion::Approval(one) => one.is_damaged = true,
            Occasion::Snapshot(one) => one.is_damaged = true,
            // Nothing is told of what they leave out.
            Occasion::Adjustment(_) | Occasion::Review(_) | Occasion::Evaluation(_) | Occasion::Area(_) => {}
        }
    }
    Some(occasion)
}

/// The date that a head starts with, and what follows it.
fn dated_head<'a>(
    head: FieldEntry<'a>,
    what: Message,
    found: &mut Vec<Diagnostic>,
) -> (Option<Spanned<Date>>, &'a [Value]) {
    match head.values {
        [date, rest @ ..] if date.kind == ValueKind::Date => {
            let read = read::date_of(head, date, found);
            (read.map(|read| Spanned::new(read, head.value_span(date))), rest)
        }
        rest => {
            read::wrong_kind(head, what, found);
            (None, rest)
        }
    }
}

/// A date, and the text or name behind it: `2025-01-20 "示财预〔2025〕3号"`.
fn date_and_text(head: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> (Option<Spanned<Date>>, Option<Text>) {
    let before = found.len();
    let (date, rest) = dated_head(head, texts::expect_date_and_text(), found);
    match rest {
        [] => (date, None),
        [text] => (date, read::content(head, text, found)),
        _ => {
            if found.len() == before {
                read::wrong_kind(head, texts::expect_date_and_text(), found);
            }
            (date, None)
        }
    }
}

/// A plain date with its place.
fn date(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<Spanned<Date>> {
    read::one_date(entry, found).map(|date| Spanned::new(date, entry.values_span()))
}

/// What stands behind a line's subject as one text; none where nothing does.
fn text_behind(entry: FieldEntry<'_>, rest: &[Value], what: Message, found: &mut Vec<Diagnostic>) -> Option<Text> {
    let text = match rest {
        [value] if matches!(value.kind, ValueKind::Quoted | ValueKind::TextBlock) => read::content(entry, value, found),
        _ => None,
    };
    if text.is_none() {
        read::wrong_kind(entry, what, found);
    }
    text
}
