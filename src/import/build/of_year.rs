//! What a form says of the year of a project: the lines of its self-evaluation or of a checkpoint, the change of its money,
//! and the figures that the language computes, to be compared.

use rust_decimal::Decimal;

use super::actual::BesideActual;
use super::builder::PartBuilder;
use super::fit;
use super::indicator;
use crate::diagnostic::texts;
use crate::import::account::CellPiece;
use crate::import::recognise::draft::{IndicatorDraft, ProjectDraft, YearFactDraft};
use crate::import::recognise::lexicon::{Content, key_of, ordinal_length};
use crate::import::recognise::year_content::{REPORT_TEXTS, YearContent};
use crate::language::Field;
use crate::model::calendar::Date;
use crate::model::cells::{self, TargetCells};
use crate::model::unit::Quantity;
use crate::model::year::{
    AdjustedFact, AdjustedFund, AdjustmentChange, Deviation, Execution, ReachedValue, ReportText, ReportTextKind,
    SnapshotKind, WrittenActual, YearSubject,
};
use crate::model::{Budget, FundLine, Project, Text};
use crate::source::Spanned;

/// The year of a project.
pub struct ProjectYear {
    pub kind: SnapshotKind,
    /// The end of the last month that is reported, in monitoring.
    pub checkpoint: Option<Date>,
    pub filed: Option<Spanned<Date>>,
    pub until: Option<Spanned<Date>>,
    pub spent: Option<Execution>,
    pub reached: Vec<ReachedValue>,
    pub texts: Vec<ReportText>,
    /// What became of its money and of its targets.
    pub changes: Vec<AdjustmentChange>,
    pub stated: Vec<StatedFigure>,
}

/// A figure that the form states and the language computes.
#[derive(Debug)]
pub struct StatedFigure {
    pub what: FigureKind,
    pub piece: CellPiece,
}

/// What a stated figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FigureKind {
    /// Of an indicator, by its place in the project. It is written, too.
    Points(u32),
    /// Of the project, or of a fund source.
    Rate(Option<usize>),
    ExecutionPoints,
    ExecutionWeight,
    Total,
    TotalWeight,
    Grade,
}

const STATED: [(YearContent, FigureKind); 5] = [
    (YearContent::ExecutionPoints, FigureKind::ExecutionPoints),
    (YearContent::ExecutionWeight, FigureKind::ExecutionWeight),
    (YearContent::Total, FigureKind::Total),
    (YearContent::TotalWeight, FigureKind::TotalWeight),
    (YearContent::Grade, FigureKind::Grade),
];

/// What a project's form says of the year; none where it is a form of targets. `rows` are the indicators of the form, by
/// their places in the project.
pub fn of_project(
    builder: &mut PartBuilder<'_>,
    draft: &ProjectDraft,
    rows: &[(u32, &IndicatorDraft)],
    project: &Project,
) -> Option<ProjectYear> {
    let columns = &builder.reading.draft.columns;
    if !draft.is_of_year(columns) {
        return None;
    }
    let mut contents: Vec<YearContent> = draft.year.facts.iter().map(|fact| fact.content).collect();
    let fields = rows.iter().flat_map(|(_, row)| &row.fields).map(|(column, _)| columns[usize::from(*column)].content);
    contents.extend(fields.filter_map(|content| if let Content::OfYear(one) = content { Some(one) } else { None }));
    let looks_ahead = draft.year.months.is_some()
        || contents
            .iter()
            .any(|one| matches!(one, YearContent::Expected | YearContent::Likelihood | YearContent::LikelihoodTick));
    let kind =
        draft.year.kind.unwrap_or(if looks_ahead { SnapshotKind::Monitoring } else { SnapshotKind::SelfEvaluation });
    let mut builder = YearBuilder { part: builder, draft, kind, stated: Vec::new() };
    let spent = builder.spent(project);
    let mut changes: Vec<AdjustmentChange> = builder.adjusted_money(project).into_iter().collect();
    let texts = builder.texts(project);
    let mut reached = Vec::with_capacity(rows.len());
    // A total and a grade under a form of targets say nothing of what was reached.
    let is_figure = |one: &YearContent| STATED.iter().any(|(content, _)| content == one);
    let reports = !contents.iter().all(is_figure);
    for (index, row) in rows.iter().filter(|_| reports) {
        builder.part.indicator = Some(*index);
        reached.push(builder.reached(*index, row, project));
        changes.extend(builder.adjusted_target(*index, row, project));
    }
    builder.part.indicator = None;
    builder.figures();
    let [filed, until] = [YearContent::Filed, YearContent::Until].map(|content| builder.date(content));
    let checkpoint = (kind == SnapshotKind::Monitoring).then(|| builder.checkpoint()).flatten();
    let stated = builder.stated;
    Some(ProjectYear { kind, checkpoint, filed, until, spent, reached, texts, changes, stated })
}

struct YearBuilder<'b, 'r> {
    part: &'b mut PartBuilder<'r>,
    draft: &'b ProjectDraft,
    kind: SnapshotKind,
    stated: Vec<StatedFigure>,
}

impl YearBuilder<'_, '_> {
    fn subject(&self, project: &Project, indicator: Option<u32>) -> YearSubject {
        let indicator = indicator.map(|index| project.indicators[index as usize].name.value.clone());
        let project = (!self.draft.is_whole).then(|| project.name.value.clone());
        YearSubject { span: self.part.place, project, indicator, named: None }
    }

    fn facts(&self, content: YearContent) -> Vec<YearFactDraft> {
        self.draft.year.all(content).cloned().collect()
    }

    /// The amounts of a content: of the project, and of its fund sources.
    fn amounts(&mut self, content: YearContent, field: &'static str) -> (Option<Quantity>, Vec<FundLine>) {
        let unit = self.part.money_unit_of(self.draft);
        let (mut total, mut funds): (Option<Quantity>, Vec<FundLine>) = (None, Vec::new());
        for YearFactDraft { fund, value, .. } in self.facts(content) {
            if self.is_computed(&value) {
                continue;
            }
            match fund {
                None if total.is_none() => total = self.part.amount(&value, unit.as_deref(), field),
                // Said otherwise a second time: it is left over.
                None => {}
                Some(label) => {
                    let Some(source) = fit::fund(self.part.standard, &key_of(self.part.text(&label)).text) else {
                        continue;
                    };
                    if funds.iter().all(|line| line.source != source) {
                        let amount = self.part.amount(&value, unit.as_deref(), field);
                        self.part.furniture(&label);
                        let span = self.part.place;
                        funds.extend(amount.map(|amount| FundLine { span, source, amount: Some(amount) }));
                    }
                }
            }
        }
        (total, funds)
    }

    fn spent(&mut self, project: &Project) -> Option<Execution> {
        let (amount, funds) = self.amounts(YearContent::Spent, Field::EvaluationSpent.name);
        let (expected, _) = self.amounts(YearContent::Expected, Field::ExecutionExpected.name);
        let (mut deviations, mut measures) = (Vec::new(), Vec::new());
        for YearFactDraft { value, .. } in self.facts(YearContent::SpentDeviation) {
            if self.says_nothing(&value) {
                continue;
            }
            let (cause, remedy) = self.parted(&value);
            if let Some(cause) = cause {
                let (kind, text) = match self.kind_before(&cause) {
                    Some((kind, text)) => (Some(kind), text),
                    None => (None, cause),
                };
                let text = Some(self.part.prose(&text, Field::ExecutionDeviation.name));
                deviations.push(Deviation { span: self.part.place, kind, text });
            }
            measures.extend(remedy.map(|piece| self.part.prose(&piece, Field::ExecutionMeasure.name)));
        }
        (amount.is_some() || expected.is_some() || !funds.is_empty()).then(|| Execution {
            span: self.part.place,
            subject: self.subject(project, None),
            is_blank: amount.is_none(),
            amount,
            funds,
            expected,
            deviations,
            measures,
        })
    }

    /// The money after adjustments where it is another than that of the targets; the same again is a repeat.
    fn adjusted_money(&mut self, project: &Project) -> Option<AdjustmentChange> {
        let standard = self.part.standard;
        let place = self.part.place;
        let zero = |like: &Quantity| Quantity { value: Decimal::ZERO, ..like.clone() };
        let differs = |one: &Quantity, other: &Quantity| one.base_value(standard) != other.base_value(standard);
        let Budget { total: Some(from), funds: known, .. } = project.budget.as_ref()? else { return None };
        let (total, lines) = self.amounts(YearContent::AdjustedBudget, Field::AdjustmentBudget.name);
        let total = total?;
        let mut funds: Vec<AdjustedFund> = Vec::new();
        for line in lines {
            let Some(to) = line.amount else { continue };
            let from = known.iter().find(|one| one.source == line.source).and_then(|one| one.amount.clone());
            let from = from.unwrap_or_else(|| zero(&to));
            if differs(&from, &to) {
                funds.push(AdjustedFund { span: place, source: line.source, from, to });
            }
        }
        (differs(from, &total) || !funds.is_empty()).then(|| AdjustmentChange {
            span: place,
            subject: self.subject(project, None),
            fact: AdjustedFact::Budget { from: from.clone(), to: total, funds },
            category: None,
        })
    }

    /// The target after adjustments where it is another than the approved one.
    fn adjusted_target(&mut self, index: u32, row: &IndicatorDraft, project: &Project) -> Option<AdjustmentChange> {
        let indicator = &project.indicators[index as usize];
        let piece = self.cell(row, YearContent::AdjustedTarget)?;
        let cells = TargetCells { whole: Some(self.part.text(&piece)), ..TargetCells::default() };
        let standard = self.part.standard;
        let to = cells::read(cells, indicator.last_year().is_some(), standard, self.part.place).target;
        let from = indicator.target.value.clone();
        if to == from
            || cells::same_but_blanks(&crate::model::print::target_cell(indicator, standard), self.part.text(&piece))
        {
            self.part.repeat(&piece);
            return None;
        }
        self.part.placed(&piece, Field::AdjustedTarget.name);
        let span = self.part.place;
        let fact = AdjustedFact::Target { from: Spanned::new(from, span), to: Spanned::new(to, span) };
        Some(AdjustmentChange { span, subject: self.subject(project, Some(index)), fact, category: None })
    }

    fn texts(&mut self, project: &Project) -> Vec<ReportText> {
        let mut texts: Vec<ReportText> = Vec::new();
        for (content, kind) in REPORT_TEXTS {
            // A checkpoint has no closing cells.
            if self.kind == SnapshotKind::Monitoring && kind != ReportTextKind::Overall {
                continue;
            }
            let pieces: Vec<CellPiece> = self.facts(content).into_iter().map(|fact| fact.value).collect();
            let said: Vec<CellPiece> = pieces.into_iter().filter(|piece| !self.says_nothing(piece)).collect();
            for piece in &said {
                let hint = self
                    .part
                    .standard
                    .words("占位符")
                    .words()
                    .iter()
                    .find(|word| self.part.text(piece).contains(*word));
                if let Some(hint) = hint.cloned() {
                    self.part.guess(Some(piece), texts::guessed_hint(self.part.text(piece).to_owned(), hint));
                }
            }
            let Some(text) = self.part.joined(&said, kind.field().name) else { continue };
            texts.push(ReportText { span: self.part.place, kind, subject: self.subject(project, None), text });
        }
        texts
    }

    /// `9人（推算）`: what the form computed where nobody stated anything. It is computed again.
    fn is_computed(&mut self, piece: &CellPiece) -> bool {
        let note = crate::model::text::key(&format!("（{}）", self.part.standard.label("推算")));
        let is_computed = crate::model::text::key(self.part.text(piece)).ends_with(&note);
        if is_computed {
            self.part.furniture(piece);
        }
        is_computed
    }

    /// Whether a cell says that there is nothing to say: the form's.
    fn says_nothing(&mut self, piece: &CellPiece) -> bool {
        let folded = crate::model::text::key(self.part.text(piece));
        let is_nothing = self.part.standard.words("空白说明").words().contains(&folded);
        if is_nothing {
            self.part.furniture(piece);
        }
        is_nothing
    }

    /// The cell of a row under the first heading of a content.
    fn cell(&self, row: &IndicatorDraft, content: YearContent) -> Option<CellPiece> {
        row.field(Content::OfYear(content), &self.part.reading.draft.columns).cloned()
    }

    /// The cells of a row under headings of a content, with these headings.
    fn cells(&self, row: &IndicatorDraft, content: YearContent) -> Vec<(String, CellPiece)> {
        let columns = &self.part.reading.draft.columns;
        let of =
            row.fields.iter().filter(|(column, _)| columns[usize::from(*column)].content == Content::OfYear(content));
        of.map(|(column, piece)| (columns[usize::from(*column)].heading.clone(), piece.clone())).collect()
    }

    fn reached(&mut self, index: u32, row: &IndicatorDraft, project: &Project) -> ReachedValue {
        let place = self.part.place;
        let indicator = &project.indicators[index as usize];
        let points = self.points(index, row);
        let causes = self.causes(row);
        let reason = causes.first().and_then(|one| one.text.as_ref()).map(|text| text.value.clone());
        let unit = self.part.money_unit_of(self.draft);
        let beside = BesideActual {
            kind: self.kind,
            indicator,
            money_unit: unit.as_deref(),
            reason: reason.as_deref(),
            points: points.as_ref().map(|points| points.value),
        };
        let mut scope: Vec<CellPiece> = Vec::new();
        let (mut value, mut takes_reason) = (WrittenActual::Blank, false);
        if let Some(piece) = self.cell(row, YearContent::Reached) {
            let read = self.part.actual(&piece, beside);
            let field = if read.has_words { Field::CompletionScope } else { Field::EvaluationReached };
            scope.extend(read.has_words.then(|| piece.clone()));
            self.part.placed(&piece, field.name);
            (value, takes_reason) = (read.value, read.takes_reason);
        }
        let expected = self.cell(row, YearContent::Expected).filter(|piece| !self.is_computed(piece));
        let expected = expected.and_then(|piece| {
            let read = self.part.actual(&piece, BesideActual { points: None, reason: None, ..beside });
            scope.extend(read.has_words.then(|| piece.clone()));
            self.part.placed(&piece, Field::CompletionExpected.name);
            (read.value != WrittenActual::Blank).then(|| self.part.reported(read.value))
        });
        scope.extend(self.cell(row, YearContent::Scope).filter(|piece| !self.says_nothing(piece)));
        let scope = self.part.joined(&scope, Field::CompletionScope.name);
        let measures = self.measures(row);
        let evidence = self.cell(row, YearContent::Evidence);
        let evidence = evidence.or_else(|| indicator::evidence_in_source(self.part, row));
        let evidence = evidence.filter(|piece| !self.says_nothing(piece));
        let evidence = evidence.map(|piece| self.part.prose(&piece, Field::CompletionEvidence.name));
        let sample = self.cell(row, YearContent::Sample).and_then(|piece| {
            let sample = cells::quantity(self.part.text(&piece), self.part.standard, place)?;
            self.part.placed(&piece, Field::CompletionSample.name);
            Some(sample)
        });
        let value = self.part.reported(value);
        ReachedValue {
            span: place,
            subject: self.subject(project, Some(index)),
            value,
            expected,
            whole_period: None,
            likelihood: self.likelihood(row),
            deviations: if takes_reason { Vec::new() } else { causes },
            measures,
            evidence: evidence.into_iter().collect(),
            sample,
            points,
            scope,
        }
    }

    /// The points that the form states; none where they are no number.
    fn points(&mut self, index: u32, row: &IndicatorDraft) -> Option<Spanned<Decimal>> {
        let piece = self.cell(row, YearContent::Points)?;
        let folded: String = self.part.text(&piece).split_whitespace().collect();
        let (points, rest) = cells::leading_number(&folded)?;
        if !matches!(rest, "" | "分") {
            return None;
        }
        self.part.placed(&piece, Field::CompletionPoints.name);
        self.stated.push(StatedFigure { what: FigureKind::Points(index), piece });
        Some(Spanned::new(points, self.part.place))
    }

    /// Why a value is not where it should be: in one cell, or in a column a kind.
    fn causes(&mut self, row: &IndicatorDraft) -> Vec<Deviation> {
        let place = self.part.place;
        let field = Field::CompletionDeviation.name;
        let mut kinds: Vec<(Text, Option<Text>)> = Vec::new();
        for (heading, piece) in self.cells(row, YearContent::DeviationOfKind) {
            if self.says_nothing(&piece) {
                continue;
            }
            let kind = Spanned::new(key_of(&heading).text.into(), place);
            let is_tick = self.is_tick(&piece);
            let text = if is_tick {
                self.part.placed(&piece, field);
                None
            } else {
                Some(self.part.prose(&piece, field))
            };
            kinds.push((kind, text));
        }
        let mut texts: Vec<Text> = Vec::new();
        for content in [YearContent::Deviation, YearContent::DeviationAndRemedy] {
            for (_, piece) in self.cells(row, content) {
                if self.says_nothing(&piece) {
                    continue;
                }
                let (Some(cause), _) = self.parted(&piece) else { continue };
                match self.kind_before(&cause) {
                    Some((kind, text)) => kinds.push((kind, Some(self.part.prose(&text, field)))),
                    None => texts.push(self.part.prose(&cause, field)),
                }
            }
        }
        // A text beside ticked kinds explains the first of them.
        for (_, text) in kinds.iter_mut().filter(|(_, text)| text.is_none()) {
            *text = (!texts.is_empty()).then(|| texts.remove(0));
        }
        let of_kinds = kinds.into_iter().map(|(kind, text)| Deviation { span: place, kind: Some(kind), text });
        let of_texts = texts.into_iter().map(|text| Deviation { span: place, kind: None, text: Some(text) });
        of_kinds.chain(of_texts).collect()
    }

    /// `人员保障：借调两人。`: the kind of a cause that its cell begins with, and the cause.
    fn kind_before(&mut self, piece: &CellPiece) -> Option<(Text, CellPiece)> {
        let text = self.part.text(piece).to_owned();
        let (label, rest) = text.split_once(['：', ':'])?;
        let kind = self.part.standard.monitoring.deviation_kinds.iter().find(|kind| **kind == label.trim())?.clone();
        let start = text.len() - rest.len();
        self.part.placed(&piece.part(&text, 0..start), Field::CompletionDeviation.name);
        Some((Spanned::new(kind.into(), self.part.place), piece.part(&text, start..text.len())))
    }

    fn measures(&mut self, row: &IndicatorDraft) -> Vec<Text> {
        let field = Field::CompletionMeasure.name;
        let mut measures = Vec::new();
        for (_, piece) in self.cells(row, YearContent::DeviationAndRemedy) {
            if let (_, Some(remedy)) = self.parted(&piece) {
                measures.push(self.part.prose(&remedy, field));
            }
        }
        for (_, piece) in self.cells(row, YearContent::Remedy) {
            if !self.says_nothing(&piece) {
                measures.push(self.part.prose(&piece, field));
            }
        }
        measures
    }

    /// The cause and what is done about it, where words before a colon part them: `原因：…；改进措施：…`. Else all is the
    /// cause: where it ends cannot be told.
    fn parted(&mut self, piece: &CellPiece) -> (Option<CellPiece>, Option<CellPiece>) {
        let text = self.part.text(piece).to_owned();
        let standard = self.part.standard;
        let label = |from: usize, list: &str| {
            let found = standard.words(list).words().iter().filter_map(|word| {
                let at = text[from..].find(word.as_str())? + from;
                let colon = text[at + word.len()..].chars().next().filter(|sign| matches!(sign, '：' | ':'))?;
                Some((at, at + word.len() + colon.len_utf8()))
            });
            found.min_by_key(|(at, end)| (*at, std::cmp::Reverse(*end)))
        };
        let remedy = label(0, "措施引语");
        let end = remedy.map_or(text.len(), |(at, _)| at);
        let start = label(0, "原因引语")
            .filter(|(at, _)| *at < end && ordinal_length(text[..*at].trim()) == text[..*at].trim().len());
        let cause = piece.part(&text, start.map_or(0, |(_, end)| end)..end);
        let cause_text = self.part.text(&cause).to_owned();
        let cause = if remedy.is_some() {
            // The number of the next part, and the sign before it.
            cause.part(&cause_text, 0..without_number(&cause_text).len())
        } else {
            cause
        };
        let remedy = remedy.map(|(_, end)| piece.part(&text, end..text.len()));
        let mut furniture = vec![CellPiece { cell: piece.cell, bytes: piece.bytes.start..cause.bytes.start }];
        if let Some(remedy) = &remedy {
            furniture.push(CellPiece { cell: piece.cell, bytes: cause.bytes.end..remedy.bytes.start });
        }
        for piece in &furniture {
            self.part.furniture(piece);
        }
        let full = |piece: Option<CellPiece>| piece.filter(|piece| !piece.is_empty());
        (full(Some(cause)), full(remedy))
    }

    /// One of the words of the standard, in a cell or ticked in the column of a word.
    fn likelihood(&mut self, row: &IndicatorDraft) -> Option<Text> {
        let place = self.part.place;
        let words = &self.part.standard.monitoring.possibilities;
        for (heading, piece) in self.cells(row, YearContent::LikelihoodTick) {
            if self.says_nothing(&piece) {
                continue;
            }
            self.part.placed(&piece, Field::CompletionLikelihood.name);
            return Some(Spanned::new(key_of(&heading).text.into(), place));
        }
        let piece = self.cell(row, YearContent::Likelihood)?;
        let folded = crate::model::text::key(self.part.text(&piece));
        let word = words.iter().find(|word| **word == folded)?;
        self.part.placed(&piece, Field::CompletionLikelihood.name);
        Some(Spanned::new(word.clone().into(), place))
    }

    fn is_tick(&self, piece: &CellPiece) -> bool {
        let folded = crate::model::text::key(self.part.text(piece));
        self.part.standard.words("勾选").words().contains(&folded)
    }

    /// The figures that the language computes, to be compared.
    fn figures(&mut self) {
        for (content, what) in STATED {
            let (of_project, of_funds): (Vec<_>, Vec<_>) =
                self.facts(content).into_iter().partition(|fact| fact.fund.is_none());
            let own = of_project.first().map(|fact| fact.value.clone());
            for YearFactDraft { value, .. } in of_funds {
                // 财政拨款 | … | 10 | 9.75, and the same again beside the sum.
                match &own {
                    Some(own) if self.part.text(own) == self.part.text(&value) => self.part.repeat(&value),
                    Some(_) | None => {}
                }
            }
            self.stated.extend(of_project.into_iter().map(|fact| StatedFigure { what, piece: fact.value }));
        }
        for YearFactDraft { fund, value, .. } in self.facts(YearContent::ExecutionRate) {
            let source = match fund {
                None => None,
                Some(label) => match fit::fund(self.part.standard, &key_of(self.part.text(&label)).text) {
                    Some(source) => Some(source),
                    None => continue,
                },
            };
            self.stated.push(StatedFigure { what: FigureKind::Rate(source), piece: value });
        }
    }

    fn date(&mut self, content: YearContent) -> Option<Spanned<Date>> {
        let field = if content == YearContent::Filed { Field::EvaluationFiled } else { Field::EvaluationUntil };
        let fact = self.facts(content).into_iter().next()?;
        let folded: String = self.part.text(&fact.value).split_whitespace().collect();
        let date = Date::read(&folded)?;
        fact.label.iter().for_each(|label| self.part.furniture(label));
        self.part.placed(&fact.value, field.name);
        Some(Spanned::new(date, self.part.place))
    }

    /// The end of the months that the form names; where it names none, the first day of monitoring that the standard has.
    fn checkpoint(&mut self) -> Option<Date> {
        if let Some(month) = self.draft.year.months {
            return Some(Date { year: None, month, day: None });
        }
        let first = self.part.standard.monitoring_points().into_iter().next()?;
        self.part.guess(None, texts::guessed_checkpoint(first.to_string()));
        Some(first)
    }
}

/// A part of a cell without the number of the next part behind it, and without the sign between them.
fn without_number(text: &str) -> &str {
    let text = text.trim_end();
    let starts = text.char_indices().filter(|(_, sign)| sign.is_whitespace() || matches!(sign, '。' | '；' | ';'));
    let number = starts.map(|(at, sign)| at + sign.len_utf8()).chain([0]).find(|at| {
        let rest = text[*at..].trim_start();
        !rest.is_empty() && ordinal_length(rest) == rest.len()
    });
    text[..number.unwrap_or(text.len())].trim_end_matches(['；', ';', ' ', '\n', '\u{3000}'])
}
