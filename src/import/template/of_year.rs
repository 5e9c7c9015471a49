//! The cells of a form of the year: what was spent and reached, why, how many points, and the figures that follow from it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::causes::{both, causes, joined};
use super::fields::date;
use super::grid::CellEdits;
use super::wording::{self, By, MoneyForm};
use super::{Filling, PairedProject, PairedRow};
use crate::import::account::CellPiece;
use crate::import::build::fit;
use crate::import::recognise::draft::{FormColumn, YearFactDraft};
use crate::import::recognise::lexicon::{Content, key_of};
use crate::import::recognise::year_content::{REPORT_TEXTS, YearContent};
use crate::model::calendar::Date;
use crate::model::cells::{self, TargetCells};
use crate::model::standard::Standard;
use crate::model::standard::scoring::RoundingMode;
use crate::model::target::Target;
use crate::model::unit::Quantity;
use crate::model::year::fingerprint::said_target;
use crate::model::year::{Deviation, Execution, NamedThing, ReachedValue, ReportTextKind, Snapshot, SnapshotKind};
use crate::model::{DepartmentId, IndicatorId, Model, ProjectId, print, text, year::ReportedValue};
use crate::score::{
    Exact, ProjectInForce, Rounding, ScoreBasis, ScoredProject, StandingProject, score_projects, score_whole,
};

/// What was reported of a project, on one of the two sides.
#[derive(Default)]
pub(super) struct Reported<'a> {
    snapshots: Vec<&'a Snapshot>,
}

/// The points of the projects, and of the departments as wholes.
pub(super) type Scores<'a> = BTreeMap<ProjectId, ScoredProject<'a>>;

/// The decimals of an amount in its base unit.
pub(super) const MONEY_PLACES: u32 = 6;

/// The decimals of an amount that is computed.
const CENTS: u32 = 2;

/// The points of all projects of a model.
pub(super) fn scores(model: &Model) -> Scores<'_> {
    let mut all = Scores::new();
    for index in 0..model.departments.len() {
        let department = Some(DepartmentId(index as u32));
        let scored = score_projects(model, department, ScoreBasis::Reported);
        let whole = score_whole(model, department, &scored, ScoreBasis::Reported);
        all.extend(scored.into_iter().chain(whole).map(|one| (one.id, one)));
    }
    all
}

impl<'a> Reported<'a> {
    /// The reports of the department of a project that say something of it.
    pub(super) fn of(model: &'a Model, id: ProjectId, is_meant: impl Fn(&Snapshot) -> bool) -> Self {
        let department = id.whole_of().or_else(|| model[id].department);
        let own = named(id);
        let speaks = |one: &&Snapshot| {
            one.subjects().any(|subject| match subject.named {
                Some(NamedThing::Indicator(indicator)) => indicator.project == id,
                Some(NamedThing::Added { project, .. }) => project == id,
                other => other == Some(own),
            })
        };
        let snapshots = model.record(department).snapshots().filter(|one| is_meant(one) && speaks(one)).collect();
        Self { snapshots }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.snapshots.is_empty()
    }

    /// The kind and the checkpoint of the form.
    pub(super) fn occasion(&self) -> Option<(SnapshotKind, Option<Date>)> {
        let first = self.snapshots.first()?;
        Some((first.kind, first.checkpoint.as_ref().map(|date| date.value)))
    }

    fn reached(&self, named: NamedThing) -> Option<&'a ReachedValue> {
        let mut all = self.snapshots.iter().flat_map(|one| &one.reached);
        all.rfind(|line| line.subject.named == Some(named))
    }

    fn spent(&self, id: ProjectId) -> Option<&'a Execution> {
        let mut all = self.snapshots.iter().flat_map(|one| &one.spent);
        all.rfind(|line| line.subject.named == Some(named(id)))
    }

    fn text(&self, id: ProjectId, kind: ReportTextKind) -> Option<String> {
        let all = self.snapshots.iter().flat_map(|one| &one.texts);
        let own = all.filter(|text| text.kind == kind && text.subject.named == Some(named(id)));
        let texts: Vec<&str> = own.map(|text| &*text.text.value).collect();
        (!texts.is_empty()).then(|| texts.join("\n"))
    }

    fn filed(&self) -> Option<Date> {
        self.snapshots.iter().find_map(|one| one.filed.as_ref()).map(|date| date.value)
    }

    fn until(&self) -> Option<Date> {
        self.snapshots.iter().find_map(|one| one.until.as_ref()).map(|date| date.value)
    }
}

fn named(id: ProjectId) -> NamedThing {
    id.whole_of().map_or(NamedThing::Project(id), |_| NamedThing::Department)
}

/// Both sides of a project's report.
pub(super) struct ReportPair<'a> {
    pub(super) old: Reported<'a>,
    pub(super) new: Reported<'a>,
}

impl Filling<'_> {
    /// What the form says of the year of a project.
    pub(super) fn year(&self, pair: &PairedProject<'_>, reports: &ReportPair<'_>, edits: &mut CellEdits) {
        let cells = &self.reading.cells;
        let form = self.money_form(pair);
        let [old, new] = [(&reports.old, pair.old_id), (&reports.new, pair.new_id)].map(|(one, id)| one.spent(id));
        for fact in &pair.draft.year.facts {
            let cell = self.reading.text(&fact.value);
            let words = match fact.content {
                YearContent::Spent => {
                    let [old, new] = self.spent_of(pair, fact, [old, new]);
                    wording::amount(cell, old, new, form)
                }
                YearContent::Expected if new.is_none_or(|line| line.expected.is_none()) => {
                    foreseen(cell, pair, |standing, _| {
                        let value = standing.standing.forecast.as_ref()?.over(&Exact::from(form.factor))?;
                        let value = decimal(&value, CENTS)?;
                        Some(super::numbers::in_form(value, form.places, form.is_grouped))
                    })
                }
                YearContent::Expected => {
                    let base = |line: Option<&Execution>, standard| line?.expected.as_ref()?.base_value(standard);
                    wording::amount(cell, base(old, pair.old_standard), base(new, pair.new_standard), form)
                }
                YearContent::AdjustedBudget => self.adjusted(pair, fact, form),
                YearContent::SpentDeviation => {
                    let cause = |line: Option<&Execution>| {
                        line.map(|line| causes(&line.deviations)).filter(|text| !text.is_empty())
                    };
                    let remedy = |line: Option<&Execution>| {
                        line.map(|line| joined(&line.measures)).filter(|text| !text.is_empty())
                    };
                    both(cell, [cause(old), cause(new)], [remedy(old), remedy(new)], pair.new_standard)
                }
                YearContent::ExecutionRate => self.rate(pair, fact, [old, new]),
                YearContent::ExecutionPoints => {
                    self.points(cell, pair, |one| one.score.execution.points.rounded.clone())
                }
                YearContent::ExecutionWeight => {
                    self.points(cell, pair, |one| Some(one.score.execution.weight.as_ref()?.value.clone()))
                }
                YearContent::Total => self.points(cell, pair, |one| one.score.total.points.clone()),
                YearContent::TotalWeight => self.points(cell, pair, |one| Some(one.score.total.weight.clone())),
                YearContent::Grade => {
                    let grade = |one: Option<&ScoredProject<'_>>| one?.score.total.grade.clone();
                    let (old, new) =
                        (grade(self.old_scores.get(&pair.old_id)), grade(self.new_scores.get(&pair.new_id)));
                    new.filter(|new| Some(new) != old.as_ref()).map(|new| wording::ticked(cell, old.as_deref(), &new))
                }
                YearContent::Filed => date(cell, reports.old.filed(), reports.new.filed()),
                YearContent::Until => date(cell, reports.old.until(), reports.new.until()),
                content => {
                    let kind = REPORT_TEXTS.iter().find(|(one, _)| *one == content).map(|(_, kind)| *kind);
                    let of_kind = kind.filter(|_| pair.draft.year.all(content).count() == 1);
                    of_kind.and_then(|kind| {
                        let old = reports.old.text(pair.old_id, kind);
                        wording::prose(cell, old.as_deref(), reports.new.text(pair.new_id, kind).as_deref())
                    })
                }
            };
            edits.put_piece(cells, &fact.value, words, &what(fact.content));
        }
        for (content, kind) in REPORT_TEXTS {
            let pieces: Vec<CellPiece> = pair.draft.year.all(content).map(|fact| fact.value.clone()).collect();
            let [old, new] = [reports.old.text(pair.old_id, kind), reports.new.text(pair.new_id, kind)];
            if pieces.is_empty() {
                let spot = self.beside_label(pair, Content::OfYear(content));
                edits.put_blank(spot, new, &what(content));
            } else if pieces.len() > 1 {
                self.texts(&pieces, old, new, &what(content), edits);
            }
        }
        self.blank_money(pair, [old, new], form, edits);
    }

    /// Amounts of the year where nothing stood: under a heading of the row of their money, or beside a label.
    fn blank_money(
        &self,
        pair: &PairedProject<'_>,
        spent: [Option<&Execution>; 2],
        form: MoneyForm,
        edits: &mut CellEdits,
    ) {
        let is_known = |content: YearContent, fund: Option<&CellPiece>| {
            let key = |piece: &CellPiece| key_of(self.reading.text(piece)).text;
            pair.draft.year.all(content).any(|fact| fact.fund.as_ref().map(key) == fund.map(key))
        };
        if !is_known(YearContent::Spent, None) {
            let base = spent[1].and_then(|line| line.amount.as_ref()?.base_value(pair.new_standard));
            let words = wording::amount("", None, base, form);
            let spot = pair.draft.budget.as_ref().and_then(|piece| self.crossing(pair, piece, YearContent::Spent));
            let spot = spot.or_else(|| self.beside_label(pair, Content::OfYear(YearContent::Spent)));
            edits.put_blank(spot, words, &what(YearContent::Spent));
        }
        for fund in &pair.draft.funds {
            if is_known(YearContent::Spent, Some(&fund.label)) {
                continue;
            }
            let fact = YearFactDraft {
                content: YearContent::Spent,
                label: None,
                fund: Some(fund.label.clone()),
                value: fund.label.clone(),
            };
            let [_, new] = self.spent_of(pair, &fact, spent);
            let spot = self.crossing(pair, &fund.label, YearContent::Spent);
            edits.put_blank(spot, wording::amount("", None, new, form), &what(YearContent::Spent));
        }
    }

    /// The blank cell in the row of a piece under the heading of a content above it.
    fn crossing(&self, pair: &PairedProject<'_>, piece: &CellPiece, content: YearContent) -> Option<super::grid::Spot> {
        use crate::import::recognise::lexicon::LabelRoom;
        let cells = &self.reading.cells;
        let (row, _) = self.grid.column_of(cells, piece.cell)?;
        let is_heading = |cell: &u32| {
            self.lexicon.find(LabelRoom::Project, &cells.get(*cell).text) == Some(Content::OfYear(content))
        };
        let heading = pair.draft.cells.clone().filter(is_heading).find_map(|cell| self.grid.column_of(cells, cell));
        let (heading_row, column) = heading?;
        (heading_row.0 == row.0 && heading_row.1 < row.1).then(|| self.grid.blank_at(cells, &row, column))?
    }

    fn spent_of(
        &self,
        pair: &PairedProject<'_>,
        fact: &YearFactDraft,
        lines: [Option<&Execution>; 2],
    ) -> [Option<Decimal>; 2] {
        let key = fact.fund.as_ref().map(|label| key_of(self.reading.text(label)).text);
        let [old, new] = lines;
        [(old, pair.old_standard), (new, pair.new_standard)].map(|(line, standard)| {
            let line = line?;
            let amount: Option<&Quantity> = match &key {
                None => line.amount.as_ref(),
                Some(key) => {
                    let source = fit::fund(standard, key)?;
                    line.funds.iter().find(|fund| fund.source == source)?.amount.as_ref()
                }
            };
            amount?.base_value(standard)
        })
    }

    /// The money with its adjustments.
    fn adjusted(&self, pair: &PairedProject<'_>, fact: &YearFactDraft, form: MoneyForm) -> Option<String> {
        let key = fact.fund.as_ref().map(|label| key_of(self.reading.text(label)).text);
        let of = |in_force: Option<&ProjectInForce<'_>>, standard| {
            let money = &in_force?.money;
            let figure = match &key {
                None => money.total.as_ref()?,
                Some(key) => {
                    let source = fit::fund(standard, key)?;
                    &money.funds.iter().find(|(known, _)| *known == source)?.1
                }
            };
            decimal(&figure.value, MONEY_PLACES)
        };
        let old = of(self.old_scores.get(&pair.old_id).map(|scored| &scored.in_force), pair.old_standard);
        let new = of(pair.day.map(|day| &day.in_force), pair.new_standard);
        new?;
        wording::amount(self.reading.text(&fact.value), old, new, form)
    }

    /// What was spent of the money, as a share in the form of its cell.
    fn rate(&self, pair: &PairedProject<'_>, fact: &YearFactDraft, lines: [Option<&Execution>; 2]) -> Option<String> {
        let cell = self.reading.text(&fact.value);
        let key = fact.fund.as_ref().map(|label| key_of(self.reading.text(label)).text);
        let [_, spent] = self.spent_of(pair, fact, lines);
        // The money of the day: what is adjusted later counts later.
        let money = &pair.day?.in_force.money;
        let budget = match &key {
            None => &money.total.as_ref()?.value,
            Some(key) => {
                let source = fit::fund(pair.new_standard, key)?;
                &money.funds.iter().find(|(known, _)| *known == source)?.1.value
            }
        };
        let rate = Exact::from(spent?).over(budget)?;
        let known = super::numbers::all(cell).into_iter().next();
        let is_share = known.as_ref().is_some_and(|known| known.value <= Decimal::ONE) && !cell.contains(['%', '％']);
        let figure = if is_share { rate } else { &rate * &Exact::hundred() };
        let places = known.as_ref().map_or(0, |known| known.places).max(if is_share { 4 } else { 2 });
        // What the cell says in its own decimals may be right already.
        let is_right =
            |known: &super::numbers::NumberIn| decimal(&figure, known.places) == Some(known.value.normalize());
        if known.as_ref().is_some_and(is_right) {
            return None;
        }
        let value = decimal(&figure, places)?;
        Some(match known {
            Some(known) => super::numbers::put_in_form(cell, &known, value),
            None => format!("{}%", super::numbers::in_form(value, 0, false)),
        })
    }

    /// Points that follow from the rules, in the form of their cell.
    fn points(
        &self,
        cell: &str,
        pair: &PairedProject<'_>,
        of: impl Fn(&ScoredProject<'_>) -> Option<Exact>,
    ) -> Option<String> {
        let figure = of(self.new_scores.get(&pair.new_id)?)?;
        let before = self.old_scores.get(&pair.old_id).and_then(&of);
        if before.as_ref() == Some(&figure) {
            return None;
        }
        let places = Rounding::of(&pair.new_standard.scoring).map_or(2, |rounding| rounding.places);
        wording::number(cell, None, decimal(&figure, places))
    }

    /// The cells of an indicator's row that say what became of it.
    pub(super) fn indicator_year(
        &self,
        pair: &PairedProject<'_>,
        row: &PairedRow<'_>,
        reports: &ReportPair<'_>,
        edits: &mut CellEdits,
    ) {
        let cells = &self.reading.cells;
        let old = NamedThing::Indicator(IndicatorId { project: pair.old_id, index: row.old_index });
        let new = pair.day.and_then(|day| day.named(row.new_index));
        let (old, new) = (reports.old.reached(old), new.and_then(|new| reports.new.reached(new)));
        for (column, piece) in self.columns_of(row.draft) {
            let FormColumn { content: Content::OfYear(content), heading, .. } =
                &self.reading.draft.columns[usize::from(column)]
            else {
                continue;
            };
            let cell = piece.as_ref().map(|piece| self.reading.text(piece)).unwrap_or_default();
            let words = self.reached_words(cell, *content, heading, pair, row, [old, new]);
            match piece {
                Some(piece) => edits.put_piece(cells, &piece, words, heading),
                None => edits.put_blank(self.blank_under(row.draft, column), words, heading),
            }
        }
    }

    fn has_column(&self, content: YearContent) -> bool {
        self.reading.draft.columns.iter().any(|column| column.content == Content::OfYear(content))
    }

    fn reached_words(
        &self,
        cell: &str,
        content: YearContent,
        heading: &str,
        pair: &PairedProject<'_>,
        row: &PairedRow<'_>,
        [old, new]: [Option<&ReachedValue>; 2],
    ) -> Option<String> {
        let said = |of: &dyn Fn(&ReachedValue) -> String| {
            let text = |line: Option<&ReachedValue>| line.map(of).filter(|text| !text.is_empty());
            [text(old), text(new)]
        };
        let prose =
            |texts: [Option<String>; 2]| wording::prose_or_blank(cell, texts[0].as_deref(), texts[1].as_deref());
        let kept = |texts: [Option<String>; 2]| wording::prose(cell, texts[0].as_deref(), texts[1].as_deref());
        let value = |of: fn(&ReachedValue) -> Option<&ReportedValue>| {
            let [was, is] = [old, new].map(|line| line.and_then(of).map(|one| &one.actual));
            // A cell in words is kept as its scope.
            let scopes = said(&|line| line.scope.as_ref().map(|text| text.value.to_string()).unwrap_or_default());
            if let [Some(before), Some(now)] = &scopes
                && cell.contains(before.as_str())
                && before != now
            {
                return Some(cell.replacen(before.as_str(), now, 1));
            }
            let is = is?;
            let was = was.map(|value| By { value, standard: pair.old_standard });
            wording::actual(cell, was, By { value: is, standard: pair.new_standard })
        };
        match content {
            YearContent::Reached => value(|line| Some(&line.value)),
            // What nobody stated goes on as it did.
            YearContent::Expected if new.is_none_or(|line| line.expected.is_none()) => {
                foreseen(cell, pair, |standing, standard| {
                    let named = pair.day?.named(row.new_index)?;
                    let index = standing.in_force.indicators.iter().position(|one| one.named == named)?;
                    foreseen_value(standing, index, standard)
                })
            }
            YearContent::Expected => value(|line| line.expected.as_ref()),
            YearContent::AdjustedTarget => {
                let in_force = pair.day?.in_force.indicators.get(row.new_index as usize)?;
                let is_other = in_force.target.value != in_force.indicator.target.value;
                let is = print::printed(&in_force.target.value, pair.new_standard).glued();
                let was = cells::read(
                    TargetCells { whole: Some(cell), ..TargetCells::default() },
                    in_force.indicator.last_year().is_some(),
                    pair.old_standard,
                    in_force.indicator.span,
                );
                let is_same = said_target(&was.target, pair.old_standard, None)
                    == said_target(&in_force.target.value, pair.new_standard, None);
                match is_other {
                    true if is_same => None,
                    true => Some(is),
                    false => (!cell.is_empty() && !is_same).then(String::new),
                }
            }
            YearContent::Points => {
                let stated =
                    |line: Option<&ReachedValue>| line.and_then(|line| line.points.as_ref()).map(|one| one.value);
                let computed = || {
                    let scored = self.new_scores.get(&pair.new_id)?;
                    let named = pair.day?.named(row.new_index)?;
                    let index = scored.in_force.indicators.iter().position(|one| one.named == named)?;
                    let points = scored.score.rows.get(index)?.points.rounded.as_ref()?;
                    let places = Rounding::of(&pair.new_standard.scoring).map_or(2, |rounding| rounding.places);
                    decimal(points, places)
                };
                let is_new = new.is_some() || old.is_some();
                is_new.then(|| wording::number(cell, stated(old), stated(new).or_else(computed)))?
            }
            // Beside columns of its kinds a cause is a text without one.
            YearContent::Deviation if self.has_column(YearContent::DeviationOfKind) => {
                let texts = |line: &ReachedValue| {
                    let all = line.deviations.iter().filter_map(|one| one.text.as_ref());
                    all.map(|text| &*text.value).collect::<Vec<_>>().join("\n")
                };
                prose(said(&texts))
            }
            YearContent::Deviation => prose(said(&|line| causes(&line.deviations))),
            YearContent::Remedy => prose(said(&|line| joined(&line.measures))),
            YearContent::DeviationAndRemedy => {
                let (cause, remedy) = (said(&|line| causes(&line.deviations)), said(&|line| joined(&line.measures)));
                both(cell, cause, remedy, pair.new_standard)
            }
            YearContent::DeviationOfKind => {
                let kind = key_of(heading).text;
                let has_texts = self.has_column(YearContent::Deviation);
                let of = |line: &ReachedValue| {
                    let is_it = |one: &&Deviation| one.kind.as_ref().is_some_and(|known| *known.value == *kind);
                    let own = line.deviations.iter().find(is_it);
                    own.map(|one| match one.text.as_ref().filter(|_| !has_texts) {
                        Some(text) => text.value.to_string(),
                        None => tick(cell, pair),
                    })
                    .unwrap_or_default()
                };
                prose(said(&of))
            }
            YearContent::LikelihoodTick => {
                let word = key_of(heading).text;
                let of = |line: &ReachedValue| {
                    let is_it = line.likelihood.as_ref().is_some_and(|known| *known.value == *word);
                    if is_it { tick(cell, pair) } else { String::new() }
                };
                prose(said(&of))
            }
            YearContent::Likelihood => {
                kept(said(&|line| line.likelihood.as_ref().map(|text| text.value.to_string()).unwrap_or_default()))
            }
            YearContent::Evidence => kept(said(&|line| joined(&line.evidence))),
            YearContent::Scope => {
                kept(said(&|line| line.scope.as_ref().map(|text| text.value.to_string()).unwrap_or_default()))
            }
            YearContent::Sample => {
                let [was, is] = [old, new].map(|line| line.and_then(|line| line.sample.as_ref()));
                let was = was.map(|value| By { value, standard: pair.old_standard });
                wording::quantity(cell, was, is.map(|value| By { value, standard: pair.new_standard }))
            }
            _ => None,
        }
    }
}

/// What goes on as it did, in a cell that says that it was computed, or is blank; other words are somebody's.
fn foreseen(
    cell: &str,
    pair: &PairedProject<'_>,
    of: impl Fn(&StandingProject<'_>, &Standard) -> Option<String>,
) -> Option<String> {
    let computed = |words: &str| format!("{words}（{}）", pair.new_standard.label("推算"));
    let is_computed = text::key(cell).ends_with(&text::key(&computed("")));
    let standing = pair.day?.standing.as_ref()?;
    match of(standing, pair.new_standard) {
        Some(words) if is_computed && text::key(cell) != text::key(&computed(&words)) => Some(computed(&words)),
        Some(_) => None,
        None => is_computed.then(String::new),
    }
}

/// The value of an indicator at the end of the year if it goes on as it did, with the unit of its target.
fn foreseen_value(project: &StandingProject<'_>, index: usize, standard: &Standard) -> Option<String> {
    const PLACES: u32 = 2;
    let value = &project.standing.indicators.get(index)?.forecast.as_ref()?.value;
    let in_force = &project.in_force.indicators[index];
    let unit = match &in_force.target.value {
        Target::Quantity { quantity, .. } => quantity.unit_label(standard),
        Target::Range { ends } => ends.high.unit_label(standard),
        Target::LastYear { .. } => in_force.indicator.last_year()?.unit_label(standard),
        _ => String::new(),
    };
    Some(format!("{}{unit}", value.rounded(PLACES, RoundingMode::HalfUp).plain(PLACES)))
}

/// A figure with so many decimals, without noughts at its end.
pub(super) fn decimal(figure: &Exact, places: u32) -> Option<Decimal> {
    let rounded = figure.rounded(places, RoundingMode::HalfUp).fixed(places);
    rounded.parse::<Decimal>().ok().map(|value| value.normalize())
}

/// The words of a content where its heading is not known.
fn what(content: YearContent) -> String {
    use crate::language::Field;
    let field = match content {
        YearContent::Spent | YearContent::ExecutionRate => Field::EvaluationSpent,
        YearContent::AdjustedBudget => Field::AdjustmentBudget,
        YearContent::Expected => Field::ExecutionExpected,
        YearContent::SpentDeviation => Field::ExecutionDeviation,
        YearContent::Filed => Field::EvaluationFiled,
        YearContent::Until => Field::EvaluationUntil,
        content => match REPORT_TEXTS.iter().find(|(one, _)| *one == content) {
            Some((_, kind)) => kind.field(),
            None => Field::CompletionPoints,
        },
    };
    field.name.to_owned()
}

/// The sign of a tick: that of the cell, else the first that the standard takes for one.
fn tick(cell: &str, pair: &PairedProject<'_>) -> String {
    let own = cell.trim();
    if !own.is_empty() {
        return own.to_owned();
    }
    pair.new_standard.words("勾选").words().first().cloned().unwrap_or_default()
}
