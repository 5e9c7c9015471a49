//! 监控 and 自评: what was spent and reached by a checkpoint, or in the year.

use rust_decimal::Decimal;

use super::super::calendar::Date;
use super::super::project::fund_line;
use super::super::read::{self, FieldEntry, Name, any_name};
use super::super::standard::Standard;
use super::super::unit::Quantity;
use super::super::{FundLine, Text};
use super::reached::{ReportedValue, amount, points, value};
use super::subject::{ResultUse, YearSubject, result_use, subject};
use super::{date, text_behind};
use crate::diagnostic::{Diagnostic, texts};
use crate::language::{Block, Field, TO_FILL_IN, is_one_of, own};
use crate::source::{Span, Spanned};
use crate::syntax::{Node, Value, ValueKind};

/// What is reported of a checkpoint, or of the year. A checkpoint may be split over several files.
#[derive(Debug)]
pub struct Snapshot {
    /// The head of the declaration.
    pub span: Span,
    /// Whether it is of a checkpoint or of the year.
    pub kind: SnapshotKind,
    /// 6月底. None for a self-evaluation, and where it is damaged.
    pub checkpoint: Option<Spanned<Date>>,
    /// 截止: the last day counted. None for the checkpoint's date, or the end of the year.
    pub until: Option<Spanned<Date>>,
    /// 填报: when it was handed in.
    pub filed: Option<Spanned<Date>>,
    /// 执行, in the order of the text.
    pub spent: Vec<Execution>,
    /// 完成, in the order of the text.
    pub reached: Vec<ReachedValue>,
    /// 整改, in the order of the text.
    pub rectifications: Vec<Rectification>,
    /// 总体完成 and the closing cells of the form, in the order of the text.
    pub texts: Vec<ReportText>,
    /// 应用, in the order of the text.
    pub uses: Vec<ResultUse>,
    /// Something in it was not understood: what is not there may be that.
    pub is_damaged: bool,
}

/// Of what a snapshot is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SnapshotKind {
    /// 监控
    Monitoring,
    /// 自评
    SelfEvaluation,
}

/// 执行: money spent since 1 January.
#[derive(Debug)]
pub struct Execution {
    /// The label and the values.
    pub span: Span,
    /// A project, or the department.
    pub subject: YearSubject,
    /// None where it is to be filled in, or damaged.
    pub amount: Option<Quantity>,
    /// It waits to be filled in.
    pub is_blank: bool,
    /// By fund source, in the order of the text.
    pub funds: Vec<FundLine>,
    /// 预计: what will be spent by the end of the year.
    pub expected: Option<Quantity>,
    /// 偏差
    pub deviations: Vec<Deviation>,
    /// 措施
    pub measures: Vec<Text>,
}

/// 完成: the value reached, since 1 January or at the date.
#[derive(Debug)]
pub struct ReachedValue {
    /// The label and the values.
    pub span: Span,
    /// An indicator.
    pub subject: YearSubject,
    /// The value itself.
    pub value: ReportedValue,
    /// 预计: the value expected at the end of the year.
    pub expected: Option<ReportedValue>,
    /// 累计: the value of the whole period so far.
    pub whole_period: Option<ReportedValue>,
    /// 可能性: one of the words that the standard lists.
    pub likelihood: Option<Text>,
    /// 偏差
    pub deviations: Vec<Deviation>,
    /// 措施
    pub measures: Vec<Text>,
    /// 证据
    pub evidence: Vec<Text>,
    /// 样本
    pub sample: Option<Quantity>,
    /// 得分: points that a person gives, or that an imported form states.
    pub points: Option<Spanned<Decimal>>,
    /// 口径说明
    pub scope: Option<Text>,
}

/// 偏差: why a value or the money is not where it should be.
#[derive(Debug)]
pub struct Deviation {
    /// The label and the values.
    pub span: Span,
    /// One of the kinds that the standard lists; none where only a text is written.
    pub kind: Option<Text>,
    /// None where only the kind is written.
    pub text: Option<Text>,
}

/// 整改: what will be done by when.
#[derive(Debug)]
pub struct Rectification {
    /// The label and the values.
    pub span: Span,
    /// A project or an indicator.
    pub subject: YearSubject,
    /// By when.
    pub due: Spanned<Date>,
    /// What will be done.
    pub text: Text,
    /// 结果: it closes the line.
    pub result: Option<Text>,
}

/// A text on a project or on the department.
#[derive(Debug)]
pub struct ReportText {
    /// The label and the values.
    pub span: Span,
    /// Which cell of the form it is.
    pub kind: ReportTextKind,
    /// A project, or the department.
    pub subject: YearSubject,
    /// As it was written.
    pub text: Text,
}

/// Which cell of the form a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReportTextKind {
    /// 总体完成
    Overall,
    /// 结论
    Conclusion,
    /// 问题
    Problem,
    /// 改进
    Improvement,
    /// 建议
    Suggestion,
}

impl ReportTextKind {
    /// The field that states it.
    pub fn field(self) -> Field {
        match self {
            ReportTextKind::Overall => Field::EvaluationOverall,
            ReportTextKind::Conclusion => Field::SelfConclusion,
            ReportTextKind::Problem => Field::SelfProblem,
            ReportTextKind::Improvement => Field::SelfImprovement,
            ReportTextKind::Suggestion => Field::SelfSuggestion,
        }
    }
}

impl Snapshot {
    pub(crate) fn subjects(&self) -> impl Iterator<Item = &YearSubject> {
        let spent = self.spent.iter().map(|line| &line.subject);
        let reached = self.reached.iter().map(|line| &line.subject);
        let rectified = self.rectifications.iter().map(|line| &line.subject);
        let texts = self.texts.iter().map(|line| &line.subject);
        spent
            .chain(reached)
            .chain(rectified)
            .chain(texts)
            .chain(self.uses.iter().filter_map(|one| one.subject.as_ref()))
    }

    pub(super) fn subjects_mut(&mut self) -> impl Iterator<Item = &mut YearSubject> {
        let spent = self.spent.iter_mut().map(|line| &mut line.subject);
        let reached = self.reached.iter_mut().map(|line| &mut line.subject);
        let rectified = self.rectifications.iter_mut().map(|line| &mut line.subject);
        let texts = self.texts.iter_mut().map(|line| &mut line.subject);
        let uses = self.uses.iter_mut().filter_map(|one| one.subject.as_mut());
        spent.chain(reached).chain(rectified).chain(texts).chain(uses)
    }
}

/// A line of either kind.
enum SnapshotLine {
    Until,
    Filed,
    Spent,
    Reached,
    Rectification,
    Text(ReportTextKind),
    Applied,
}

fn line(name: Name, kind: SnapshotKind) -> Option<SnapshotLine> {
    let field = name.word()?;
    Some(match kind {
        SnapshotKind::Monitoring => match own::Monitoring::of(field)? {
            own::Monitoring::Until => SnapshotLine::Until,
            own::Monitoring::Filed => SnapshotLine::Filed,
            own::Monitoring::Spent => SnapshotLine::Spent,
            own::Monitoring::Reached => SnapshotLine::Reached,
            own::Monitoring::Rectification => SnapshotLine::Rectification,
            own::Monitoring::Overall => SnapshotLine::Text(ReportTextKind::Overall),
        },
        SnapshotKind::SelfEvaluation => match own::SelfEvaluation::of(field)? {
            own::SelfEvaluation::Until => SnapshotLine::Until,
            own::SelfEvaluation::Filed => SnapshotLine::Filed,
            own::SelfEvaluation::Spent => SnapshotLine::Spent,
            own::SelfEvaluation::Reached => SnapshotLine::Reached,
            own::SelfEvaluation::Overall => SnapshotLine::Text(ReportTextKind::Overall),
            own::SelfEvaluation::Conclusion => SnapshotLine::Text(ReportTextKind::Conclusion),
            own::SelfEvaluation::Problem => SnapshotLine::Text(ReportTextKind::Problem),
            own::SelfEvaluation::Improvement => SnapshotLine::Text(ReportTextKind::Improvement),
            own::SelfEvaluation::Suggestion => SnapshotLine::Text(ReportTextKind::Suggestion),
            own::SelfEvaluation::Applied => SnapshotLine::Applied,
        },
    })
}

pub(super) fn snapshot(
    node: Node<'_>,
    kind: SnapshotKind,
    standard: &Standard,
    found: &mut Vec<Diagnostic>,
) -> Snapshot {
    let head = FieldEntry::of(node);
    let checkpoint = match kind {
        SnapshotKind::Monitoring => date(head, found),
        SnapshotKind::SelfEvaluation => {
            if !head.values.is_empty() {
                read::wrong_kind(head, texts::expect_nothing(), found);
            }
            None
        }
    };
    let mut snapshot = Snapshot {
        span: node.head_span(),
        kind,
        checkpoint,
        until: None,
        filed: None,
        spent: Vec::new(),
        reached: Vec::new(),
        rectifications: Vec::new(),
        texts: Vec::new(),
        uses: Vec::new(),
        is_damaged: false,
    };
    let block = match kind {
        SnapshotKind::Monitoring => Block::Monitoring,
        SnapshotKind::SelfEvaluation => Block::SelfEvaluation,
    };
    read::fields(node, block, &[], found, |name, entry, found| match line(name, kind) {
        Some(SnapshotLine::Until) => snapshot.until = date(entry, found),
        Some(SnapshotLine::Filed) => snapshot.filed = date(entry, found),
        Some(SnapshotLine::Spent) => snapshot.spent.extend(execution(entry, standard, found)),
        Some(SnapshotLine::Reached) => snapshot.reached.extend(reached(entry, standard, found)),
        Some(SnapshotLine::Rectification) => snapshot.rectifications.extend(rectification(entry, found)),
        Some(SnapshotLine::Text(kind)) => {
            let Some((subject, rest)) = subject(entry, found) else { return };
            let text = text_behind(entry, rest, texts::expect_text(), found);
            snapshot.texts.extend(text.map(|text| ReportText { span: entry.span(), kind, subject, text }));
        }
        Some(SnapshotLine::Applied) => snapshot.uses.extend(result_use(entry, true, found)),
        None => {}
    });
    snapshot
}

fn execution(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<Execution> {
    let (subject, rest) = subject(entry, found)?;
    let standard = subject.standard(standard);
    let is_blank = is_to_fill_in(entry, rest);
    let mut execution = Execution {
        span: entry.span(),
        subject,
        amount: if is_blank { None } else { amount(entry, rest, standard, found) },
        is_blank,
        funds: Vec::new(),
        expected: None,
        deviations: Vec::new(),
        measures: Vec::new(),
    };
    read::fields(entry.node, Block::Execution, &[], found, |name, line, found| {
        match name.word().and_then(own::Execution::of) {
            Some(own::Execution::Expected) => execution.expected = amount(line, line.values, standard, found),
            Some(own::Execution::Deviation) => execution.deviations.extend(deviation(line, found)),
            Some(own::Execution::Measure) => execution.measures.extend(read::one_text(line, found)),
            None => fund_line(line, &mut execution.funds, standard, found),
        }
    });
    Some(execution)
}

fn reached(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<ReachedValue> {
    let (subject, rest) = subject(entry, found)?;
    let mut reached = ReachedValue {
        span: entry.span(),
        subject,
        value: value(entry, rest, standard, found),
        expected: None,
        whole_period: None,
        likelihood: None,
        deviations: Vec::new(),
        measures: Vec::new(),
        evidence: Vec::new(),
        sample: None,
        points: None,
        scope: None,
    };
    read::fields(entry.node, Block::Completion, &[], found, |name, line, found| {
        let Some(field) = name.word().and_then(own::Completion::of) else { return };
        match field {
            own::Completion::Expected => reached.expected = Some(value(line, line.values, standard, found)),
            own::Completion::WholePeriod => reached.whole_period = Some(value(line, line.values, standard, found)),
            own::Completion::Likelihood => reached.likelihood = read::one_name(line, found),
            own::Completion::Deviation => reached.deviations.extend(deviation(line, found)),
            own::Completion::Measure => reached.measures.extend(read::one_text(line, found)),
            own::Completion::Evidence => reached.evidence.extend(read::one_text(line, found)),
            own::Completion::Sample => {
                reached.sample = read::one_quantity(line, None, texts::expect_quantity(), standard, found);
            }
            own::Completion::Points => reached.points = points(line, line.values, found),
            own::Completion::Scope => reached.scope = read::one_text(line, found),
        }
    });
    Some(reached)
}

/// A kind and a text, or one of them.
fn deviation(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<Deviation> {
    let is_text = |value: &Value| matches!(value.kind, ValueKind::Quoted | ValueKind::TextBlock);
    let (kind, text) = match entry.values {
        [kind, text] if is_text(text) => (any_name(entry, kind), read::content(entry, text, found)),
        [text] if is_text(text) => (None, read::content(entry, text, found)),
        [kind] => (any_name(entry, kind), None),
        _ => (None, None),
    };
    if kind.is_none() && text.is_none() {
        read::wrong_kind(entry, texts::expect_deviation(), found);
        return None;
    }
    Some(Deviation { span: entry.span(), kind, text })
}

fn rectification(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<Rectification> {
    let (subject, rest) = subject(entry, found)?;
    let mut result = None;
    read::fields(entry.node, Block::Rectification, &[], found, |_, line, found| result = read::one_text(line, found));
    let [day, rest @ ..] = rest else {
        read::wrong_kind(entry, texts::expect_rectification(), found);
        return None;
    };
    if day.kind != ValueKind::Date {
        read::wrong_kind(entry, texts::expect_rectification(), found);
        return None;
    }
    let due = Spanned::new(read::date_of(entry, day, found)?, entry.value_span(day));
    let text = text_behind(entry, rest, texts::expect_rectification(), found)?;
    Some(Rectification { span: entry.span(), subject, due, text, result })
}

fn is_to_fill_in(entry: FieldEntry<'_>, values: &[Value]) -> bool {
    matches!(values, [word] if word.kind == ValueKind::Path && is_one_of(entry.slice(word), &[TO_FILL_IN]))
}
