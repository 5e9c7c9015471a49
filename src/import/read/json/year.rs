//! The year in `targets.json` back to declarations: their lines are tied to what they name once all is read.

use super::facts::{Reader, date, one_of};
use super::tree::{JsonTree, Object, Problem, Read};
use crate::diagnostic::texts;
use crate::language::{ATTAINMENTS, Field, NOT_APPLICABLE, NOT_DONE, YES_OR_NO};
use crate::model::actual::Actual;
use crate::model::calendar::Date;
use crate::model::standard::Standard;
use crate::model::unit::Quantity;
use crate::model::year::{
    AdjustedFact, AdjustedFund, Adjustment, AdjustmentChange, AreaMember, AreaTotal, Deviation, Evaluation, Execution,
    Fingerprint, FrameworkPoints, GivenPoints, LeafPoints, Occasion, ReachedValue, Rectification, ReportText,
    ReportTextKind, ReportedValue, ResultUse, ScoreReview, Snapshot, SnapshotKind, TargetsApproval, WrittenActual,
    YearSubject,
};
use crate::model::{FundLine, Indicator, Text};
use crate::source::{Spanned, Words};

#[derive(Clone, Copy, PartialEq, Eq)]
enum OccasionKind {
    Approval,
    Adjustment,
    Monitoring,
    SelfEvaluation,
    Review,
    Evaluation,
    Area,
}

const KINDS: [(&str, OccasionKind); 7] = [
    ("approval", OccasionKind::Approval),
    ("adjustment", OccasionKind::Adjustment),
    ("monitoring", OccasionKind::Monitoring),
    ("self_evaluation", OccasionKind::SelfEvaluation),
    ("review", OccasionKind::Review),
    ("evaluation", OccasionKind::Evaluation),
    ("area", OccasionKind::Area),
];

const TEXTS: [ReportTextKind; 5] = [
    ReportTextKind::Overall,
    ReportTextKind::Conclusion,
    ReportTextKind::Problem,
    ReportTextKind::Improvement,
    ReportTextKind::Suggestion,
];

/// The standard that a project is in the framework of, by its name.
pub(super) type FrameworkOf<'a> = &'a dyn Fn(&str) -> Option<&'a Standard>;

/// A declaration. Nothing in it is tied to what it names.
pub(super) fn occasion<'a>(tree: &JsonTree, reader: &Reader<'a>, framework_of: FrameworkOf<'a>) -> Read<Occasion> {
    Object::read(tree, |object| {
        let kind = object.required("kind", |one| one_of(one, &KINDS))?;
        object.derived(&["day"]);
        let day = object.optional("date", |one| Ok(reader.spanned(date(one)?)))?;
        Ok(match kind {
            OccasionKind::Approval => Occasion::Approval(TargetsApproval {
                span: reader.span,
                date: day,
                document: object.optional("name", |one| reader.text(one))?,
                fingerprints: object.list("lines", |one| fingerprint(one, reader))?,
                is_damaged: false,
            }),
            OccasionKind::Adjustment => Occasion::Adjustment(Adjustment {
                span: reader.span,
                date: day,
                document: object.optional("name", |one| reader.text(one))?,
                reason: object.optional("reason", |one| reader.text(one))?,
                changes: object.list("lines", |one| change(one, reader, framework_of))?,
            }),
            OccasionKind::Monitoring => snapshot(object, SnapshotKind::Monitoring, day, reader)?,
            OccasionKind::SelfEvaluation => snapshot(object, SnapshotKind::SelfEvaluation, day, reader)?,
            OccasionKind::Review => review(object, day, reader)?,
            OccasionKind::Evaluation => evaluation(object, day, reader)?,
            OccasionKind::Area => area(object, reader)?,
        })
    })
}

/// What a line is about.
fn about(tree: &JsonTree, reader: &Reader<'_>) -> Read<YearSubject> {
    Object::read(tree, |object| {
        object.derived(&["id"]);
        Ok(YearSubject {
            span: reader.span,
            project: object.optional("project", JsonTree::words)?,
            indicator: object.optional("indicator", JsonTree::words)?,
            named: None,
        })
    })
}

fn subject(line: &mut Object<'_>, reader: &Reader<'_>) -> Read<YearSubject> {
    line.required("about", |one| about(one, reader))
}

/// A line whose field is one of some.
fn of_field<T: Copy>(line: &mut Object<'_>, fields: &[(&str, T)]) -> Read<T> {
    line.required("field", |one| one_of(one, fields))
}

fn points(tree: &JsonTree, reader: &Reader<'_>) -> Read<Spanned<rust_decimal::Decimal>> {
    Ok(reader.spanned(tree.decimal()?))
}

fn fingerprint(tree: &JsonTree, reader: &Reader<'_>) -> Read<Fingerprint> {
    Object::read(tree, |line| {
        of_field(line, &[(Field::Fingerprint.english, ())])?;
        let subject = subject(line, reader)?;
        Ok(Fingerprint { span: reader.span, subject, sign: line.required("text", |one| reader.text(one))? })
    })
}

fn change<'a>(tree: &JsonTree, reader: &Reader<'a>, framework_of: FrameworkOf<'a>) -> Read<AdjustmentChange> {
    let fields = [
        Field::AdjustmentBudget,
        Field::CarryOver,
        Field::AdjustedTarget,
        Field::AdjustedWeight,
        Field::AdjustedGoal,
        Field::AddedIndicator,
        Field::WithdrawnIndicator,
    ];
    Object::read(tree, |line| {
        let field = of_field(line, &fields.map(|field| (field.english, field)))?;
        let subject = subject(line, reader)?;
        let reader = &of_subject(&subject, reader);
        let mut category = None;
        let fact = match field {
            Field::AdjustmentBudget => AdjustedFact::Budget {
                from: line.required("from", |one| reader.quantity(one))?,
                to: line.required("to", |one| reader.quantity(one))?,
                funds: line.list("funds", |one| adjusted_fund(one, reader))?,
            },
            Field::CarryOver => AdjustedFact::CarryOver(line.required("amount", |one| reader.quantity(one))?),
            Field::AdjustedTarget => AdjustedFact::Target {
                from: reader.spanned(line.required("from", |one| reader.target(one))?),
                to: reader.spanned(line.required("to", |one| reader.target(one))?),
            },
            Field::AdjustedWeight => AdjustedFact::Weight {
                from: line.required("from", |one| points(one, reader))?,
                to: line.required("to", |one| points(one, reader))?,
            },
            Field::AddedIndicator => {
                line.derived(&["to"]);
                category = Some(line.required("path", JsonTree::words)?);
                let framework = subject.project.as_deref().and_then(framework_of);
                let reader = Reader { standard: framework.unwrap_or(reader.standard), span: reader.span };
                AdjustedFact::Added(Box::new(indicator(line, &reader)?))
            }
            Field::AdjustedGoal => AdjustedFact::Goal(line.required("text", |one| reader.text(one))?),
            _ => AdjustedFact::Withdrawn(line.required("text", |one| reader.text(one))?),
        };
        Ok(AdjustmentChange { span: reader.span, subject, fact, category })
    })
}

/// What is said of the department as a whole is said in the framework for that.
fn of_subject<'a>(subject: &YearSubject, reader: &Reader<'a>) -> Reader<'a> {
    Reader { standard: subject.standard(reader.standard), span: reader.span }
}

fn adjusted_fund(tree: &JsonTree, reader: &Reader<'_>) -> Read<AdjustedFund> {
    Object::read(tree, |object| {
        Ok(AdjustedFund {
            span: reader.span,
            source: object.required("source", |one| reader.source(one))?,
            from: object.required("from", |one| reader.quantity(one))?,
            to: object.required("amount", |one| reader.quantity(one))?,
        })
    })
}

/// An indicator that a line adds.
fn indicator(line: &mut Object<'_>, reader: &Reader<'_>) -> Read<Indicator> {
    line.required("indicator", |one| Ok(reader.indicator(one)?.0))
}

/// What a line of a snapshot says.
enum JsonLine {
    Spent(Execution),
    Reached(Box<ReachedValue>),
    Rectification(Rectification),
    Text(ReportText),
    Use(ResultUse),
}

#[derive(Clone, Copy)]
enum JsonLineKind {
    Spent,
    Reached,
    Rectification,
    Text(ReportTextKind),
    Use,
}

fn snapshot(
    object: &mut Object<'_>,
    kind: SnapshotKind,
    checkpoint: Option<Spanned<Date>>,
    reader: &Reader<'_>,
) -> Read<Occasion> {
    let day = |one: &JsonTree| Ok(reader.spanned(date(one)?));
    let mut snapshot = Snapshot {
        span: reader.span,
        kind,
        checkpoint,
        until: object.optional("until", day)?,
        filed: object.optional("filed", day)?,
        spent: Vec::new(),
        reached: Vec::new(),
        rectifications: Vec::new(),
        texts: Vec::new(),
        uses: Vec::new(),
        is_damaged: false,
    };
    for line in object.list("lines", |one| snapshot_line(one, reader))? {
        match line {
            JsonLine::Spent(one) => snapshot.spent.push(one),
            JsonLine::Reached(one) => snapshot.reached.push(*one),
            JsonLine::Rectification(one) => snapshot.rectifications.push(one),
            JsonLine::Text(one) => snapshot.texts.push(one),
            JsonLine::Use(one) => snapshot.uses.push(one),
        }
    }
    Ok(Occasion::Snapshot(Box::new(snapshot)))
}

fn snapshot_line(tree: &JsonTree, reader: &Reader<'_>) -> Read<JsonLine> {
    let mut fields = vec![
        (Field::EvaluationSpent.english, JsonLineKind::Spent),
        (Field::EvaluationReached.english, JsonLineKind::Reached),
        (Field::Rectification.english, JsonLineKind::Rectification),
        (Field::SelfApplied.english, JsonLineKind::Use),
    ];
    fields.extend(TEXTS.map(|kind| (kind.field().english, JsonLineKind::Text(kind))));
    Object::read(tree, |line| {
        Ok(match of_field(line, &fields)? {
            JsonLineKind::Spent => JsonLine::Spent(execution(line, reader)?),
            JsonLineKind::Reached => JsonLine::Reached(Box::new(reached(line, reader)?)),
            JsonLineKind::Rectification => JsonLine::Rectification(Rectification {
                span: reader.span,
                subject: subject(line, reader)?,
                due: reader.spanned(line.required("date", date)?),
                text: line.required("text", |one| reader.text(one))?,
                result: line.optional("result", |one| reader.text(one))?,
            }),
            JsonLineKind::Text(kind) => JsonLine::Text(ReportText {
                span: reader.span,
                kind,
                subject: subject(line, reader)?,
                text: line.required("text", |one| reader.text(one))?,
            }),
            JsonLineKind::Use => JsonLine::Use(used(line, true, reader)?),
        })
    })
}

fn execution(line: &mut Object<'_>, reader: &Reader<'_>) -> Read<Execution> {
    let blank = line.optional("value", |one| actual(one, reader))?;
    if blank.as_ref().is_some_and(|one| one.written != WrittenActual::Blank) {
        return Err(Problem::new(texts::expected(texts::expect_one_of("to_fill_in"))).at_key("value"));
    }
    let expected = line.optional("expected", |one| amount(one, reader))?;
    let subject = subject(line, reader)?;
    let reader = &of_subject(&subject, reader);
    Ok(Execution {
        span: reader.span,
        subject,
        amount: line.optional("amount", |one| reader.quantity(one))?,
        is_blank: blank.is_some(),
        funds: line.list("funds", |one| fund(one, reader))?,
        expected,
        deviations: deviations(line, reader)?,
        measures: line.list("measures", |one| reader.text(one))?,
    })
}

/// An amount, which stands there as a value does.
fn amount(tree: &JsonTree, reader: &Reader<'_>) -> Read<Quantity> {
    match actual(tree, reader)?.written {
        WrittenActual::Quantity(quantity) => Ok(quantity),
        _ => Err(Problem::new(texts::expected(texts::expect_one_of("quantity"))).at_key("kind")),
    }
}

fn fund(tree: &JsonTree, reader: &Reader<'_>) -> Read<FundLine> {
    Object::read(tree, |object| {
        Ok(FundLine {
            span: reader.span,
            source: object.required("source", |one| reader.source(one))?,
            amount: object.optional("amount", |one| reader.quantity(one))?,
        })
    })
}

fn deviations(line: &mut Object<'_>, reader: &Reader<'_>) -> Read<Vec<Deviation>> {
    line.list("deviations", |one| {
        Object::read(one, |object| {
            Ok(Deviation {
                span: reader.span,
                kind: object.optional("kind", |one| reader.text(one))?,
                text: object.optional("text", |one| reader.text(one))?,
            })
        })
    })
}

fn reached(line: &mut Object<'_>, reader: &Reader<'_>) -> Read<ReachedValue> {
    let value = |one: &JsonTree| actual(one, reader);
    Ok(ReachedValue {
        span: reader.span,
        subject: subject(line, reader)?,
        value: line.required("value", value)?,
        expected: line.optional("expected", value)?,
        whole_period: line.optional(Field::CompletionWholePeriod.english, value)?,
        likelihood: line.optional("likelihood", |one| reader.text(one))?,
        deviations: deviations(line, reader)?,
        measures: line.list("measures", |one| reader.text(one))?,
        evidence: line.list("evidence", |one| reader.text(one))?,
        sample: line.optional("sample", |one| reader.quantity(one))?,
        points: line.optional("points", |one| points(one, reader))?,
        scope: line.optional("scope", |one| reader.text(one))?,
    })
}

/// 完成值, as it is written before it is known what it is a value of.
fn actual(tree: &JsonTree, reader: &Reader<'_>) -> Read<ReportedValue> {
    let written = Object::read(tree, |object| {
        let kind = object.required("kind", JsonTree::words)?;
        let reason = |object: &mut Object<'_>| object.required("reason", JsonTree::words);
        Ok(match &*kind {
            "quantity" => WrittenActual::Quantity(object.required("quantity", |one| reader.quantity(one))?),
            "date" => {
                object.derived(&["day"]);
                WrittenActual::Date(object.required("date", date)?)
            }
            "yes_no" => {
                let is_yes = object.required("value", JsonTree::yes_no)?;
                WrittenActual::Word(YES_OR_NO[usize::from(!is_yes)].0.into())
            }
            "grade" => WrittenActual::Word(object.required("grade", JsonTree::words)?),
            "attainment" => {
                let words = ATTAINMENTS.map(|(chinese, english)| (english, chinese));
                WrittenActual::Word(object.required("attainment", |one| one_of(one, &words))?.into())
            }
            "not_done" => WrittenActual::Word(NOT_DONE.0.into()),
            "pending" => WrittenActual::Pending(reason(object)?),
            word if word == NOT_APPLICABLE.1 => WrittenActual::NotApplicable(reason(object)?),
            "to_fill_in" => WrittenActual::Blank,
            _ => {
                let kinds = "quantity date yes_no grade attainment not_done pending not_applicable to_fill_in";
                return Err(Problem::new(texts::expected(texts::expect_one_of(kinds))).at_key("kind"));
            }
        })
    })?;
    Ok(ReportedValue { span: reader.span, written, actual: Actual::Damaged })
}

fn used(line: &mut Object<'_>, has_subject: bool, reader: &Reader<'_>) -> Read<ResultUse> {
    Ok(ResultUse {
        span: reader.span,
        subject: if has_subject { Some(subject(line, reader)?) } else { None },
        kind: line.required("kind", |one| reader.text(one))?,
        note: line.optional("text", |one| reader.text(one))?,
    })
}

fn review(object: &mut Object<'_>, day: Option<Spanned<Date>>, reader: &Reader<'_>) -> Read<Occasion> {
    let reviewer = object.optional("name", |one| reader.text(one))?;
    let mut review = ScoreReview { span: reader.span, date: day, reviewer, points: Vec::new(), uses: Vec::new() };
    let fields = [(Field::ReviewPoints.english, true), (Field::ReviewApplied.english, false)];
    let lines = object.list("lines", |one| {
        Object::read(one, |line| {
            if !of_field(line, &fields)? {
                return Ok((None, Some(used(line, true, reader)?)));
            }
            let given = GivenPoints {
                span: reader.span,
                subject: subject(line, reader)?,
                points: line.required("points", |one| points(one, reader))?,
                reason: line.optional("text", |one| reader.text(one))?,
            };
            Ok((Some(given), None))
        })
    })?;
    for (points, used) in lines {
        review.points.extend(points);
        review.uses.extend(used);
    }
    Ok(Occasion::Review(review))
}

/// What a line of an evaluation says.
enum EvaluationLine {
    Points(FrameworkPoints),
    Conclusion(Text),
    Use(ResultUse),
}

fn evaluation(object: &mut Object<'_>, day: Option<Spanned<Date>>, reader: &Reader<'_>) -> Read<Occasion> {
    let mut evaluation = Evaluation {
        span: reader.span,
        date: day,
        subject: object.optional("of", |one| about(one, reader))?,
        framework: object.optional("framework", |one| reader.text(one))?,
        points: Vec::new(),
        conclusion: None,
        uses: Vec::new(),
    };
    let fields = [
        (Field::EvaluationPoints.english, 0),
        (Field::EvaluationConclusion.english, 1),
        (Field::EvaluationApplied.english, 2),
    ];
    let lines = object.list("lines", |one| {
        Object::read(one, |line| {
            Ok(match of_field(line, &fields)? {
                0 => {
                    let leaf = line.required("path", |one| reader.text(one))?;
                    let is_taken = line.optional("taken_over", JsonTree::yes_no)?.unwrap_or(false);
                    let points = if is_taken {
                        LeafPoints::FromSelfEvaluation
                    } else {
                        LeafPoints::Given {
                            points: line.required("points", |one| points(one, reader))?,
                            reason: line.optional("text", |one| reader.text(one))?,
                        }
                    };
                    EvaluationLine::Points(FrameworkPoints { span: reader.span, leaf, points })
                }
                1 => EvaluationLine::Conclusion(line.required("text", |one| reader.text(one))?),
                _ => EvaluationLine::Use(used(line, false, reader)?),
            })
        })
    })?;
    for line in lines {
        match line {
            EvaluationLine::Points(one) => evaluation.points.push(one),
            EvaluationLine::Conclusion(text) => evaluation.conclusion = Some(text),
            EvaluationLine::Use(one) => evaluation.uses.push(one),
        }
    }
    Ok(Occasion::Evaluation(Box::new(evaluation)))
}

fn area(object: &mut Object<'_>, reader: &Reader<'_>) -> Read<Occasion> {
    let name = object.required("name", |one| reader.text(one))?;
    let mut area = AreaTotal { span: reader.span, name, members: Vec::new(), indicators: Vec::new() };
    let fields = [(Field::AreaMember.english, true), (Field::AreaIndicator.english, false)];
    let lines = object.list("lines", |one| {
        Object::read(one, |line| {
            if of_field(line, &fields)? {
                return Ok((Some(member(&line.required("path", JsonTree::words)?, reader)?), None));
            }
            line.derived(&["path", "to"]);
            Ok((None, Some(indicator(line, reader)?)))
        })
    })?;
    for (member, indicator) in lines {
        area.members.extend(member);
        area.indicators.extend(indicator);
    }
    Ok(Occasion::Area(area))
}

fn member(path: &Words, reader: &Reader<'_>) -> Read<AreaMember> {
    let parts = path.split_once('.').filter(|(department, project)| !department.is_empty() && !project.is_empty());
    let (department, project) =
        parts.ok_or_else(|| Problem::new(texts::expected(texts::expect_member())).at_key("path"))?;
    Ok(AreaMember { span: reader.span, department: department.into(), project: project.into() })
}
