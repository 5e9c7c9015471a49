//! The year in `targets.json`: one entry a declaration, each line with what it is about, resolved.

use super::format::{AboutOut, ActualOut, ChangedOut, DeviationOut, FundOut, IndicatorOut, LineOut, OccasionOut};
use super::{day, indicator_id, quantity, target};
use crate::language::Block;
use crate::model::actual::{Actual, Attainment};
use crate::model::calendar::Date;
use crate::model::standard::Standard;
use crate::model::year::{
    AdjustedFact, AdjustmentChange, Deviation, LeafPoints, NamedThing, Occasion, ReportedValue, ResultUse, Snapshot,
    YearSubject,
};
use crate::model::{FundLine, Indicator, Model, Text};
use crate::source::Spanned;

/// What the lines of a declaration are made with.
#[derive(Clone, Copy)]
struct YearWriter<'a> {
    model: &'a Model,
    standard: &'a Standard,
    year: Option<u16>,
}

pub(super) fn occasion<'a>(
    occasion: &'a Occasion,
    model: &'a Model,
    standard: &'a Standard,
    year: Option<u16>,
) -> OccasionOut<'a> {
    let writer = YearWriter { model, standard, year };
    let (_, kind) = Block::declared_by(occasion.keyword()).word();
    let date = occasion.date();
    let out = OccasionOut {
        kind,
        date: date.map(|date| date.to_string()),
        day: date.and_then(|date| day(date, year)),
        ..OccasionOut::default()
    };
    match occasion {
        Occasion::Approval(one) => OccasionOut {
            name: text(one.document.as_ref()),
            lines: one
                .fingerprints
                .iter()
                .map(|line| LineOut {
                    field: "fingerprint",
                    about: Some(about(model, &line.subject)),
                    text: Some(&line.sign.value),
                    ..LineOut::default()
                })
                .collect(),
            ..out
        },
        Occasion::Adjustment(one) => OccasionOut {
            name: text(one.document.as_ref()),
            reason: text(one.reason.as_ref()),
            lines: one.changes.iter().map(|line| writer.adjusted(line)).collect(),
            ..out
        },
        Occasion::Snapshot(one) => {
            let written = |date: &Option<Spanned<Date>>| date.as_ref().map(|date| date.value.to_string());
            OccasionOut { until: written(&one.until), filed: written(&one.filed), lines: writer.snapshot(one), ..out }
        }
        Occasion::Review(one) => {
            let points = one.points.iter().map(|line| LineOut {
                field: "points",
                about: Some(about(model, &line.subject)),
                points: Some(line.points.value.to_string()),
                text: text(line.reason.as_ref()),
                ..LineOut::default()
            });
            let uses = one.uses.iter().map(|one| used(model, one));
            OccasionOut { name: text(one.reviewer.as_ref()), lines: points.chain(uses).collect(), ..out }
        }
        Occasion::Evaluation(one) => {
            let points = one.points.iter().map(|line| {
                let line_out =
                    LineOut { field: "points", path: Some(line.leaf.value.to_string()), ..LineOut::default() };
                match &line.points {
                    LeafPoints::Given { points, reason } => {
                        LineOut { points: Some(points.value.to_string()), text: text(reason.as_ref()), ..line_out }
                    }
                    LeafPoints::FromSelfEvaluation => LineOut { taken_over: true, ..line_out },
                }
            });
            let conclusion = one.conclusion.iter().map(|words| LineOut {
                field: "conclusion",
                text: Some(&words.value),
                ..LineOut::default()
            });
            let uses = one.uses.iter().map(|one| used(model, one));
            OccasionOut {
                of: one.subject.as_ref().map(|subject| about(model, subject)),
                framework: text(one.framework.as_ref()),
                lines: points.chain(conclusion).chain(uses).collect(),
                ..out
            }
        }
        Occasion::Area(one) => {
            let members = one.members.iter().map(|member| LineOut {
                field: "member",
                path: Some(format!("{}.{}", member.department, member.project)),
                ..LineOut::default()
            });
            let targets = one.indicators.iter().map(|indicator| LineOut {
                field: "indicator",
                path: Some(indicator.name.value.to_string()),
                to: Some(ChangedOut::Target(target(&indicator.target.value, None, year, standard))),
                indicator: Some(writer.indicator(indicator, standard)),
                ..LineOut::default()
            });
            OccasionOut { name: Some(&one.name.value), lines: members.chain(targets).collect(), ..out }
        }
    }
}

fn text(text: Option<&Text>) -> Option<&str> {
    text.map(|text| &*text.value)
}

fn texts(texts: &[Text]) -> Vec<&str> {
    texts.iter().map(|text| &*text.value).collect()
}

fn about<'a>(model: &Model, subject: &'a YearSubject) -> AboutOut<'a> {
    let id = subject.named.and_then(|named| match named {
        NamedThing::Project(id) => Some(super::project_id(model, id)),
        NamedThing::Indicator(id) => Some(indicator_id(model, id.project, id.index as usize)),
        NamedThing::Department | NamedThing::Added { .. } => None,
    });
    AboutOut { project: subject.project.as_deref(), indicator: subject.indicator.as_deref(), id }
}

impl<'a> YearWriter<'a> {
    fn adjusted(self, line: &'a AdjustmentChange) -> LineOut<'a> {
        let amount = |amount| Some(ChangedOut::Amount(quantity(amount, self.standard)));
        let target = |one| Some(ChangedOut::Target(target(one, None, self.year, self.standard)));
        let out = LineOut {
            field: line.fact.field().english,
            about: Some(about(self.model, &line.subject)),
            ..LineOut::default()
        };
        match &line.fact {
            AdjustedFact::Budget { from, to, funds } => LineOut {
                from: amount(from),
                to: amount(to),
                funds: funds
                    .iter()
                    .map(|fund| FundOut {
                        source: &line.subject.standard(self.standard).fund_sources[fund.source].name,
                        from: Some(quantity(&fund.from, self.standard)),
                        amount: Some(quantity(&fund.to, self.standard)),
                    })
                    .collect(),
                ..out
            },
            AdjustedFact::CarryOver(one) => LineOut { amount: Some(quantity(one, self.standard)), ..out },
            AdjustedFact::Target { from, to } => LineOut { from: target(&from.value), to: target(&to.value), ..out },
            AdjustedFact::Weight { from, to } => LineOut {
                from: Some(ChangedOut::Points(from.value.to_string())),
                to: Some(ChangedOut::Points(to.value.to_string())),
                ..out
            },
            AdjustedFact::Goal(words) | AdjustedFact::Withdrawn(words) => LineOut { text: Some(&words.value), ..out },
            AdjustedFact::Added(indicator) => {
                // In the framework of its project; the category also as it is written.
                let project = line.subject.named.and_then(NamedThing::project);
                let standard = project.map_or(self.standard, |id| &self.model[self.model[id].standard]);
                LineOut {
                    path: line.category.as_deref().map(str::to_owned),
                    to: target(&indicator.target.value),
                    indicator: Some(self.indicator(indicator, standard)),
                    ..out
                }
            }
        }
    }

    /// An indicator that a line adds. It has no number of its own.
    fn indicator(self, indicator: &'a Indicator, standard: &'a Standard) -> Box<IndicatorOut<'a>> {
        Box::new(super::indicator(indicator, None, self.year, standard))
    }

    fn snapshot(self, one: &'a Snapshot) -> Vec<LineOut<'a>> {
        let spent = one.spent.iter().map(|line| LineOut {
            field: "spent",
            about: Some(about(self.model, &line.subject)),
            amount: line.amount.as_ref().map(|amount| quantity(amount, self.standard)),
            value: line.is_blank.then_some(ActualOut::ToFillIn),
            expected: line
                .expected
                .as_ref()
                .map(|amount| ActualOut::Quantity { quantity: quantity(amount, self.standard) }),
            funds: line.funds.iter().map(|fund| self.fund(fund, &line.subject)).collect(),
            deviations: deviations(&line.deviations),
            measures: texts(&line.measures),
            ..LineOut::default()
        });
        let reached = one.reached.iter().map(|line| LineOut {
            field: "reached",
            about: Some(about(self.model, &line.subject)),
            value: self.actual(&line.value),
            expected: line.expected.as_ref().and_then(|value| self.actual(value)),
            whole_period: line.whole_period.as_ref().and_then(|value| self.actual(value)),
            likelihood: text(line.likelihood.as_ref()),
            points: line.points.as_ref().map(|points| points.value.to_string()),
            sample: line.sample.as_ref().map(|sample| quantity(sample, self.standard)),
            scope: text(line.scope.as_ref()),
            deviations: deviations(&line.deviations),
            measures: texts(&line.measures),
            evidence: texts(&line.evidence),
            ..LineOut::default()
        });
        let rectified = one.rectifications.iter().map(|line| LineOut {
            field: "rectification",
            about: Some(about(self.model, &line.subject)),
            date: Some(line.due.value.to_string()),
            text: Some(&line.text.value),
            result: text(line.result.as_ref()),
            ..LineOut::default()
        });
        let said = one.texts.iter().map(|line| LineOut {
            field: line.kind.field().english,
            about: Some(about(self.model, &line.subject)),
            text: Some(&line.text.value),
            ..LineOut::default()
        });
        let uses = one.uses.iter().map(|one| used(self.model, one));
        spent.chain(reached).chain(rectified).chain(said).chain(uses).collect()
    }

    fn fund(self, fund: &'a FundLine, of: &YearSubject) -> FundOut<'a> {
        FundOut {
            source: &of.standard(self.standard).fund_sources[fund.source].name,
            from: None,
            amount: fund.amount.as_ref().map(|amount| quantity(amount, self.standard)),
        }
    }

    /// None for what is damaged: a backend sees only models without errors.
    fn actual(self, value: &'a ReportedValue) -> Option<ActualOut<'a>> {
        Some(match &value.actual {
            Actual::Quantity(one) => ActualOut::Quantity { quantity: quantity(one, self.standard) },
            Actual::Date(date) => ActualOut::Date { date: date.to_string(), day: day(*date, self.year) },
            Actual::YesNo(value) => ActualOut::YesNo { value: *value },
            Actual::Grade(grade) => ActualOut::Grade { grade },
            Actual::Attainment(attainment) => ActualOut::Attainment {
                attainment: match attainment {
                    Attainment::Missed => "not_reached",
                    Attainment::Partly => "partly_reached",
                    Attainment::Reached => "reached",
                },
            },
            Actual::NotDone => ActualOut::NotDone,
            Actual::Pending(reason) => ActualOut::Pending { reason },
            Actual::NotApplicable(reason) => ActualOut::NotApplicable { reason },
            Actual::Blank => ActualOut::ToFillIn,
            Actual::Damaged => return None,
        })
    }
}

fn deviations(all: &[Deviation]) -> Vec<DeviationOut<'_>> {
    all.iter().map(|one| DeviationOut { kind: text(one.kind.as_ref()), text: text(one.text.as_ref()) }).collect()
}

fn used<'a>(model: &Model, one: &'a ResultUse) -> LineOut<'a> {
    LineOut {
        field: "applied",
        about: one.subject.as_ref().map(|subject| about(model, subject)),
        kind: Some(&one.kind.value),
        text: text(one.note.as_ref()),
        ..LineOut::default()
    }
}
