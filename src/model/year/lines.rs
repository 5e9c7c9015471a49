//! The year as lines: what each declaration says, in the words of the language, with its place. Outputs write them,
//! comparisons hold them against each other.

use super::super::calendar::Date;
use super::super::standard::{CategoryMatch, Standard};
use super::super::unit::Quantity;
use super::super::{Indicator, Text, written};
use super::evaluation::LeafPoints;
use super::reached::{ReportedValue, WrittenActual};
use super::snapshot::{Deviation, Execution, ReachedValue, Snapshot, SnapshotKind};
use super::subject::{NamedThing, ResultUse, YearSubject};
use super::{AdjustedFact, Occasion};
use crate::language::{
    ATTAINMENTS, BECOMES, Block, Field, Keyword, NOT_APPLICABLE, NOT_DONE, PENDING, TAKEN_FROM, TO_FILL_IN, YES_OR_NO,
    in_chinese, quoted,
};
use crate::source::{Span, Spanned};
use crate::syntax::vocabulary::written_name;

/// One line of a declaration of the year.
#[derive(Debug)]
pub struct YearLine<'a> {
    /// None for a line by fund source.
    pub field: Option<Field>,
    /// The label as it is written in Chinese.
    pub label: String,
    /// What the line is about, in full; empty where it is about the declaration as a whole.
    pub about: String,
    /// What that is.
    pub named: Option<NamedThing>,
    /// What it says, in the words of the language.
    pub said: String,
    /// The label and the values.
    pub span: Span,
    /// What stands in its braces.
    pub inner: Vec<YearLine<'a>>,
    /// The indicator that it adds, whose fields stand in its braces, too.
    pub indicator: Option<&'a Indicator>,
}

impl YearLine<'_> {
    /// Label, subject and words, without the braces.
    pub fn head(&self) -> String {
        let parts = [&self.label, &self.about, &self.said];
        parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

impl Occasion {
    /// The keyword that declares it.
    pub fn keyword(&self) -> Keyword {
        match self {
            Occasion::Approval(_) => Keyword::Approval,
            Occasion::Adjustment(_) => Keyword::Adjustment,
            Occasion::Snapshot(one) => match one.kind {
                SnapshotKind::Monitoring => Keyword::Monitoring,
                SnapshotKind::SelfEvaluation => Keyword::SelfEvaluation,
            },
            Occasion::Review(_) => Keyword::Review,
            Occasion::Evaluation(_) => Keyword::Evaluation,
            Occasion::Area(_) => Keyword::Area,
        }
    }

    /// What its head says behind the keyword: when it was, whose it is.
    pub fn head(&self) -> String {
        let dated = |date: Option<&Spanned<Date>>, text: Option<String>| {
            let date = date.map(|date| date.value.to_string());
            date.into_iter().chain(text).collect::<Vec<_>>().join(" ")
        };
        let in_quotes = |text: Option<&Text>| text.map(|text| quoted(&text.value));
        match self {
            Occasion::Approval(one) => dated(one.date.as_ref(), in_quotes(one.document.as_ref())),
            Occasion::Adjustment(one) => dated(one.date.as_ref(), in_quotes(one.document.as_ref())),
            Occasion::Snapshot(one) => dated(one.checkpoint.as_ref(), None),
            Occasion::Review(one) => dated(one.date.as_ref(), in_quotes(one.reviewer.as_ref())),
            Occasion::Evaluation(one) => dated(one.date.as_ref(), one.subject.as_ref().map(YearSubject::path)),
            Occasion::Area(one) => written_name(&one.name.value),
        }
    }

    /// Its lines in the order of the text, but for the fields that stand once, which come first.
    pub fn lines<'a>(&'a self, standard: &'a Standard) -> Vec<YearLine<'a>> {
        match self {
            Occasion::Approval(one) => {
                let fingerprints = one.fingerprints.iter();
                let said = |sign: &Text| quoted(&sign.value);
                fingerprints.map(|line| about(Field::Fingerprint, &line.subject, said(&line.sign), line.span)).collect()
            }
            Occasion::Adjustment(one) => {
                let reason = one.reason.iter().map(|reason| text(Field::AdjustmentReason, reason));
                reason.chain(one.changes.iter().map(|line| adjusted(line, standard))).collect()
            }
            Occasion::Snapshot(one) => snapshot(one, standard),
            Occasion::Review(one) => {
                let points = one.points.iter().map(|line| {
                    let said = points(&line.points, line.reason.as_ref());
                    about(Field::ReviewPoints, &line.subject, said, line.span)
                });
                points.chain(one.uses.iter().map(|one| used(Field::ReviewApplied, one))).collect()
            }
            Occasion::Evaluation(one) => {
                let framework = one
                    .framework
                    .iter()
                    .map(|framework| plain(Field::EvaluationFramework, written_name(&framework.value), framework.span));
                let leaves = one.points.iter().map(|line| {
                    let said = match &line.points {
                        LeafPoints::Given { points: given, reason } => points(given, reason.as_ref()),
                        LeafPoints::FromSelfEvaluation => {
                            let (from, _) = Block::declared_by(Keyword::SelfEvaluation).word();
                            format!("{} {from}", TAKEN_FROM.0)
                        }
                    };
                    let leaf = line.leaf.value.split(['.', '．']).map(written_name).collect::<Vec<_>>().join(".");
                    YearLine { about: leaf, ..plain(Field::EvaluationPoints, said, line.span) }
                });
                let conclusion = one.conclusion.iter().map(|words| text(Field::EvaluationConclusion, words));
                let uses = one.uses.iter().map(|one| used(Field::EvaluationApplied, one));
                framework.chain(leaves).chain(conclusion).chain(uses).collect()
            }
            Occasion::Area(one) => {
                let members = one.members.iter().map(|member| {
                    let path = format!("{}.{}", written_name(&member.department), written_name(&member.project));
                    plain(Field::AreaMember, path, member.span)
                });
                let indicators = one.indicators.iter().map(|indicator| YearLine {
                    about: written_name(&indicator.name.value),
                    indicator: Some(indicator),
                    ..plain(Field::AreaIndicator, written::target(&indicator.target.value, standard), indicator.span)
                });
                members.chain(indicators).collect()
            }
        }
    }
}

fn plain<'a>(field: Field, said: String, span: Span) -> YearLine<'a> {
    YearLine {
        field: Some(field),
        label: field.name.to_owned(),
        about: String::new(),
        named: None,
        said,
        span,
        inner: Vec::new(),
        indicator: None,
    }
}

fn about<'a>(field: Field, subject: &YearSubject, said: String, span: Span) -> YearLine<'a> {
    YearLine { about: subject.path(), named: subject.named, ..plain(field, said, span) }
}

fn text<'a>(field: Field, words: &Text) -> YearLine<'a> {
    plain(field, quoted(&words.value), words.span)
}

fn points(points: &Spanned<rust_decimal::Decimal>, reason: Option<&Text>) -> String {
    let reason = reason.map(|reason| format!(" {}", quoted(&reason.value)));
    format!("{} 分{}", points.value, reason.unwrap_or_default())
}

fn used<'a>(field: Field, one: &ResultUse) -> YearLine<'a> {
    let note = one.note.as_ref().map(|note| format!(" {}", quoted(&note.value)));
    let said = format!("{}{}", written_name(&one.kind.value), note.unwrap_or_default());
    match &one.subject {
        Some(subject) => about(field, subject, said, one.span),
        None => plain(field, said, one.span),
    }
}

fn adjusted<'a>(line: &'a super::AdjustmentChange, standard: &'a Standard) -> YearLine<'a> {
    let standard = line.subject.standard(standard);
    let change = |from: &str, to: &str| format!("{from} {} {to}", BECOMES.0);
    let amounts =
        |from: &Quantity, to: &Quantity| change(&written::quantity(from, standard), &written::quantity(to, standard));
    let mut inner = Vec::new();
    let mut added = None;
    let said = match &line.fact {
        AdjustedFact::Budget { from, to, funds } => {
            inner.extend(funds.iter().map(|fund| YearLine {
                field: None,
                label: written_name(&standard.fund_sources[fund.source].name),
                ..plain(Field::AdjustmentBudget, amounts(&fund.from, &fund.to), fund.span)
            }));
            amounts(from, to)
        }
        AdjustedFact::CarryOver(amount) => written::quantity(amount, standard),
        AdjustedFact::Target { from, to } => {
            change(&written::target(&from.value, standard), &written::target(&to.value, standard))
        }
        AdjustedFact::Weight { from, to } => change(&format!("{} 分", from.value), &format!("{} 分", to.value)),
        AdjustedFact::Goal(words) | AdjustedFact::Withdrawn(words) => quoted(&words.value),
        AdjustedFact::Added(indicator) => {
            added = Some(&**indicator);
            let category = line.category.as_deref().map(|written| shortest(written, standard)).unwrap_or_default();
            format!("{category} {}", written::target(&indicator.target.value, standard))
        }
    };
    YearLine { inner, indicator: added, ..about(line.fact.field(), &line.subject, said, line.span) }
}

/// A category as it is shortest in the framework that has it.
fn shortest(written: &str, standard: &Standard) -> String {
    let frameworks = std::iter::once(standard).chain(standard.framed.iter().map(|one| &**one));
    let mut known = frameworks.filter_map(|one| match one.find_category(written) {
        CategoryMatch::One(id) => Some(one.shortest_category(id)),
        CategoryMatch::Several(_) | CategoryMatch::WrongParent { .. } | CategoryMatch::None => None,
    });
    known.next().unwrap_or_else(|| written.to_owned())
}

fn snapshot<'a>(one: &'a Snapshot, standard: &'a Standard) -> Vec<YearLine<'a>> {
    let is_monitoring = one.kind == SnapshotKind::Monitoring;
    let of = |monitoring: Field, evaluation: Field| if is_monitoring { monitoring } else { evaluation };
    let date = |field: Field, date: &Spanned<Date>| plain(field, date.value.to_string(), date.span);
    let until = one.until.iter().map(|day| date(of(Field::MonitoringUntil, Field::EvaluationUntil), day));
    let filed = one.filed.iter().map(|day| date(of(Field::MonitoringFiled, Field::EvaluationFiled), day));
    let spent = one.spent.iter().map(|line| {
        let own = spent(line, line.subject.standard(standard));
        about_with(of(Field::MonitoringSpent, Field::EvaluationSpent), &line.subject, own, line.span)
    });
    let reached = one.reached.iter().map(|line| {
        let own = reached(line, standard);
        about_with(of(Field::MonitoringReached, Field::EvaluationReached), &line.subject, own, line.span)
    });
    let rectified = one.rectifications.iter().map(|line| {
        let said = format!("{} {}", line.due.value, quoted(&line.text.value));
        let inner = line.result.iter().map(|result| text(Field::RectificationResult, result)).collect();
        about_with(Field::Rectification, &line.subject, (said, inner), line.span)
    });
    let texts = one.texts.iter().map(|line| {
        let overall = line.kind.field() == Field::EvaluationOverall;
        let field = if overall { of(Field::MonitoringOverall, Field::EvaluationOverall) } else { line.kind.field() };
        about(field, &line.subject, quoted(&line.text.value), line.span)
    });
    let uses = one.uses.iter().map(|one| used(Field::SelfApplied, one));
    until.chain(filed).chain(spent).chain(reached).chain(rectified).chain(texts).chain(uses).collect()
}

fn about_with<'a>(
    field: Field,
    subject: &YearSubject,
    (said, inner): (String, Vec<YearLine<'a>>),
    span: Span,
) -> YearLine<'a> {
    YearLine { inner, ..about(field, subject, said, span) }
}

fn spent<'a>(line: &'a Execution, standard: &'a Standard) -> (String, Vec<YearLine<'a>>) {
    let amount = |amount: &Quantity| written::quantity(amount, standard);
    let funds = line.funds.iter().map(|fund| YearLine {
        field: None,
        label: written_name(&standard.fund_sources[fund.source].name),
        ..plain(Field::MonitoringSpent, fund.amount.as_ref().map(amount).unwrap_or_default(), fund.span)
    });
    let expected = line.expected.iter().map(|one| plain(Field::ExecutionExpected, amount(one), one.span));
    let deviations = line.deviations.iter().map(|one| deviation(Field::ExecutionDeviation, one));
    let measures = line.measures.iter().map(|one| text(Field::ExecutionMeasure, one));
    let said = match &line.amount {
        Some(one) => amount(one),
        None if line.is_blank => TO_FILL_IN.0.to_owned(),
        None => String::new(),
    };
    (said, funds.chain(expected).chain(deviations).chain(measures).collect())
}

fn reached<'a>(line: &'a ReachedValue, standard: &'a Standard) -> (String, Vec<YearLine<'a>>) {
    let value = |field: Field, one: &ReportedValue| plain(field, said_of(one, standard), one.span);
    let mut inner: Vec<YearLine<'a>> = Vec::new();
    inner.extend(line.expected.iter().map(|one| value(Field::CompletionExpected, one)));
    inner.extend(
        line.likelihood.iter().map(|one| plain(Field::CompletionLikelihood, written_name(&one.value), one.span)),
    );
    inner.extend(line.deviations.iter().map(|one| deviation(Field::CompletionDeviation, one)));
    inner.extend(line.measures.iter().map(|one| text(Field::CompletionMeasure, one)));
    inner.extend(line.evidence.iter().map(|one| text(Field::CompletionEvidence, one)));
    inner.extend(
        line.sample.iter().map(|one| plain(Field::CompletionSample, written::quantity(one, standard), one.span)),
    );
    inner.extend(line.points.iter().map(|one| plain(Field::CompletionPoints, points(one, None), one.span)));
    inner.extend(line.whole_period.iter().map(|one| value(Field::CompletionWholePeriod, one)));
    inner.extend(line.scope.iter().map(|one| text(Field::CompletionScope, one)));
    (said_of(&line.value, standard), inner)
}

fn deviation<'a>(field: Field, one: &Deviation) -> YearLine<'a> {
    let kind = one.kind.as_ref().map(|kind| written_name(&kind.value));
    let words = one.text.as_ref().map(|words| quoted(&words.value));
    plain(field, kind.into_iter().chain(words).collect::<Vec<_>>().join(" "), one.span)
}

fn said_of(value: &ReportedValue, standard: &Standard) -> String {
    value_written(&value.written, standard)
}

/// A value as the language writes it; nothing where it is damaged.
pub fn value_written(value: &WrittenActual, standard: &Standard) -> String {
    let with_reason = |word: &str, reason: &str| {
        if reason.is_empty() { word.to_owned() } else { format!("{word} {}", quoted(reason)) }
    };
    match value {
        WrittenActual::Quantity(one) => written::quantity(one, standard),
        WrittenActual::Date(date) => date.to_string(),
        WrittenActual::Word(word) => {
            let words: Vec<_> = ATTAINMENTS.into_iter().chain(YES_OR_NO).chain([NOT_DONE]).collect();
            in_chinese(word, &words).to_owned()
        }
        WrittenActual::Pending(reason) => with_reason(PENDING.0, reason),
        WrittenActual::NotApplicable(reason) => with_reason(NOT_APPLICABLE.0, reason),
        WrittenActual::Blank => TO_FILL_IN.0.to_owned(),
        WrittenActual::Damaged => String::new(),
    }
}
