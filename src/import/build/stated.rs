//! Figures that a form states and the language computes: rates, points, totals, grades. The same is a repeat; another is
//! told, and stays in the files as a comment, since nothing of the language holds it.

use rust_decimal::Decimal;

use super::of_year::{FigureKind, StatedFigure};
use crate::diagnostic::{Text as Message, texts};
use crate::import::account::Use;
use crate::import::document::Remark;
use crate::import::recognise::draft::Reading;
use crate::model::cells;
use crate::model::standard::Standard;
use crate::model::standard::scoring::RoundingMode;
use crate::model::unit::Quantity;
use crate::model::year::{Execution, NamedThing};
use crate::model::{DepartmentId, Model, ProjectId};
use crate::score::{
    Exact, Rounding, ScoreBasis, ScoredProject, grade_of, is_right, money_figure, score_projects, score_whole,
};

/// Compares all stated figures with the computed ones. Those that are not the same.
pub fn compare(
    model: &Model,
    stated: Vec<(ProjectId, StatedFigure)>,
    reading: &mut Reading,
) -> Vec<(ProjectId, StatedFigure)> {
    let mut settled: Vec<bool> = vec![false; stated.len()];
    for index in 0..model.departments.len() {
        let department = Some(DepartmentId(index as u32));
        let scored = score_projects(model, department, ScoreBasis::Reported);
        let whole = score_whole(model, department, &scored, ScoreBasis::Reported);
        for project in scored.iter().chain(&whole) {
            let places: Vec<usize> = (0..stated.len()).filter(|at| stated[*at].0 == project.id).collect();
            let own: Vec<&StatedFigure> = places.iter().map(|at| &stated[*at].1).collect();
            let spent = model.departments[index].record.snapshots().flat_map(|one| &one.spent);
            let named = match project.id.whole_of() {
                Some(_) => NamedThing::Department,
                None => NamedThing::Project(project.id),
            };
            let line = spent.into_iter().find(|line| line.subject.named == Some(named));
            let form = StatedForm { project, standard: &model[model[project.id].standard], figures: &own, line };
            let verdicts: Vec<FigureVerdict> = own.iter().map(|figure| form.verdict(figure, reading)).collect();
            for ((figure, at), verdict) in own.iter().zip(&places).zip(verdicts) {
                settled[*at] = matches!(verdict, FigureVerdict::Same);
                put(figure, verdict, reading);
            }
        }
    }
    stated.into_iter().zip(settled).filter(|(_, settled)| !settled).map(|(one, _)| one).collect()
}

/// Whether a stated figure is what a project comes to that is known from elsewhere, with what was said of its money there.
pub fn comes_to(
    figure: &StatedFigure,
    own: &Standard,
    project: &ScoredProject<'_>,
    standard: &Standard,
    line: Option<&Execution>,
    reading: &Reading,
) -> bool {
    let what = match figure.what {
        FigureKind::Rate(Some(source)) => {
            let name = &own.fund_sources[source].name;
            let known = standard.fund_sources.iter().position(|one| one.name == *name);
            let Some(known) = known else { return false };
            FigureKind::Rate(Some(known))
        }
        what => what,
    };
    let figure = StatedFigure { what, piece: figure.piece.clone() };
    let form = StatedForm { project, standard, figures: &[], line };
    matches!(form.verdict(&figure, reading), FigureVerdict::Same)
}

/// What comes of a comparison.
enum FigureVerdict {
    Same,
    /// It says again what is written, which itself is not what is computed.
    Summed(Message),
    Other(Message),
    /// Nothing is computed that it could be compared with.
    Unknown(Option<Message>),
}

fn put(figure: &StatedFigure, verdict: FigureVerdict, reading: &mut Reading) {
    let Reading { cells, account, draft, .. } = reading;
    let told = match verdict {
        FigureVerdict::Same => {
            account.claim(&figure.piece, Use::Repeat, cells);
            None
        }
        FigureVerdict::Summed(text) => {
            account.claim(&figure.piece, Use::Repeat, cells);
            Some(text)
        }
        FigureVerdict::Other(text) => Some(text),
        FigureVerdict::Unknown(text) => text,
    };
    let place = Some(cells.place(&figure.piece).clone());
    draft.guesses.extend(told.map(|text| Remark { code: crate::diagnostic::Code::JX612, place, text }));
}

/// The figures of one form.
struct StatedForm<'a> {
    project: &'a ScoredProject<'a>,
    standard: &'a Standard,
    figures: &'a [&'a StatedFigure],
    /// What was said of its money.
    line: Option<&'a Execution>,
}

impl StatedForm<'_> {
    fn verdict(&self, figure: &StatedFigure, reading: &Reading) -> FigureVerdict {
        let text = reading.text(&figure.piece).trim();
        match figure.what {
            FigureKind::Points(index) => self.points(index, text),
            FigureKind::Rate(source) => self.rate(source, text),
            FigureKind::ExecutionPoints => {
                self.number(text, self.project.score.execution.points.exact.as_ref(), texts::what_execution_points())
            }
            FigureKind::ExecutionWeight => {
                let weight = self.project.score.execution.weight.as_ref().map(|weight| &weight.value);
                self.number(text, weight, texts::what_execution_weight())
            }
            FigureKind::TotalWeight => {
                self.number(text, Some(&self.project.score.total.weight), texts::what_total_weight())
            }
            FigureKind::Total => self.total(text, reading),
            FigureKind::Grade => self.grade(text, reading),
        }
    }

    fn mode(&self) -> RoundingMode {
        Rounding::of(&self.standard.scoring).map_or(RoundingMode::HalfUp, |rounding| rounding.mode)
    }

    fn shown(&self, exact: &Exact) -> String {
        let places = Rounding::of(&self.standard.scoring).map_or(2, |rounding| rounding.places);
        exact.rounded(places, self.mode()).fixed(places)
    }

    /// A number of points against the exact one.
    fn number(&self, text: &str, exact: Option<&Exact>, what: Message) -> FigureVerdict {
        let (Some(stated), Some(exact)) = (points_in(text), exact) else {
            return FigureVerdict::Unknown(Some(texts::stated_without_computed(what, text)));
        };
        if is_right(exact, stated, self.mode()) {
            FigureVerdict::Same
        } else {
            FigureVerdict::Other(texts::stated_differs(what, text, self.shown(exact)))
        }
    }

    /// The points of an indicator: they are written, so that nothing is left over.
    fn points(&self, index: u32, text: &str) -> FigureVerdict {
        let Some(row) = self.project.score.rows.get(index as usize) else { return FigureVerdict::Unknown(None) };
        let name = &self.project.in_force.indicators[index as usize].indicator.name.value;
        let (Some(stated), Some(exact)) = (points_in(text), &row.points.exact) else {
            return FigureVerdict::Unknown(None);
        };
        if is_right(exact, stated, self.mode()) {
            FigureVerdict::Unknown(None)
        } else {
            FigureVerdict::Unknown(Some(texts::stated_differs(texts::what_points_of(&**name), text, self.shown(exact))))
        }
    }

    /// A rate in percent, or as a part of one.
    fn rate(&self, source: Option<usize>, text: &str) -> FigureVerdict {
        let what = || match source {
            None => texts::what_rate(),
            Some(source) => texts::what_rate_of(&self.standard.fund_sources[source].name),
        };
        let folded: String = text.split_whitespace().collect();
        let Some((stated, rest)) = cells::leading_number(&folded) else {
            return FigureVerdict::Unknown(Some(texts::stated_without_computed(what(), text)));
        };
        let Some(rate) = self.computed_rate(source) else {
            // Of nothing, nothing was spent.
            if stated.is_zero() && self.is_without_money(source) {
                return FigureVerdict::Same;
            }
            return FigureVerdict::Unknown(Some(texts::stated_without_computed(what(), text)));
        };
        let percent = &rate * &Exact::hundred();
        let is_percent = is_right(&percent, stated, RoundingMode::HalfUp);
        let is_share = !matches!(rest, "%" | "％") && is_right(&rate, stated, RoundingMode::HalfUp);
        if is_percent || is_share {
            FigureVerdict::Same
        } else {
            FigureVerdict::Other(texts::stated_differs(what(), text, rate.as_percent()))
        }
    }

    /// What was spent of the money, or of that of a fund source.
    fn computed_rate(&self, source: Option<usize>) -> Option<Exact> {
        let (spent, budget) = self.spent_of(source);
        money_figure(spent?, self.standard)?.value.over(budget?)
    }

    /// Whether neither money nor spending of a fund source is more than nothing.
    fn is_without_money(&self, source: Option<usize>) -> bool {
        let (spent, budget) = self.spent_of(source);
        spent.is_none_or(|spent| spent.value.is_zero()) && budget.is_none_or(|budget| *budget == Exact::zero())
    }

    fn spent_of(&self, source: Option<usize>) -> (Option<&Quantity>, Option<&Exact>) {
        let money = &self.project.in_force.money;
        match source {
            None => (self.line.and_then(|line| line.amount.as_ref()), money.total.as_ref().map(|total| &total.value)),
            Some(source) => {
                let spent = self.line.and_then(|line| line.funds.iter().find(|fund| fund.source == source));
                let budget = money.funds.iter().find(|(known, _)| *known == source).map(|(_, budget)| &budget.value);
                (spent.and_then(|fund| fund.amount.as_ref()), budget)
            }
        }
    }

    /// The total against the sum of the rows as they are stated, and against the computed one.
    fn total(&self, text: &str, reading: &Reading) -> FigureVerdict {
        let Some(stated) = points_in(text) else {
            return FigureVerdict::Unknown(Some(texts::stated_without_computed(texts::what_total(), text)));
        };
        // Of a project in a list nothing is known that its points could come from.
        if self.project.score.rows.is_empty() {
            return FigureVerdict::Unknown(Some(texts::stated_without_computed(texts::what_total(), text)));
        }
        let is_row =
            |figure: &&&StatedFigure| matches!(figure.what, FigureKind::Points(_) | FigureKind::ExecutionPoints);
        let rows: Vec<Decimal> = (self.figures.iter().filter(is_row))
            .filter_map(|figure| points_in(reading.text(&figure.piece).trim()))
            .collect();
        let sum: Exact = rows.iter().map(|points| Exact::from(*points)).sum();
        let is_sum = rows.is_empty() || is_right(&sum, stated, self.mode());
        let computed = self.project.score.total.points.as_ref();
        let is_computed = computed.is_some_and(|computed| is_right(computed, stated, self.mode()));
        if !is_sum {
            return FigureVerdict::Other(texts::total_is_no_sum(text, sum.plain(MOST_PLACES)));
        }
        match computed {
            Some(computed) if !is_computed => {
                // It is the sum of what is written: only its parts differ.
                let told = texts::stated_differs(texts::what_total(), text, self.shown(computed));
                if rows.is_empty() { FigureVerdict::Other(told) } else { FigureVerdict::Summed(told) }
            }
            None if rows.is_empty() => {
                FigureVerdict::Unknown(Some(texts::stated_without_computed(texts::what_total(), text)))
            }
            Some(_) | None => FigureVerdict::Same,
        }
    }

    /// The grade of the stated total, else of the computed one.
    fn grade(&self, text: &str, reading: &Reading) -> FigureVerdict {
        let stated = self.figures.iter().find(|figure| figure.what == FigureKind::Total);
        let stated = stated.and_then(|figure| points_in(reading.text(&figure.piece).trim())).map(Exact::from);
        let Some(total) = stated.or_else(|| self.project.score.total.points.clone()) else {
            return FigureVerdict::Unknown(Some(texts::stated_without_computed(texts::what_grade(), text)));
        };
        let text = ticked(text);
        match grade_of(&total, &self.standard.scoring.grades) {
            Some(grade) if grade.name == text => FigureVerdict::Same,
            Some(grade) => FigureVerdict::Other(texts::stated_differs(texts::what_grade(), text, &*grade.name)),
            None => FigureVerdict::Unknown(Some(texts::stated_without_computed(texts::what_grade(), text))),
        }
    }
}

/// The word behind the only ticked box: `优☑ 良□ 中□`, `■优 □良`; else the text.
fn ticked(text: &str) -> &str {
    const BOXES: [char; 5] = ['☑', '■', '√', '☒', '✓'];
    let is_sign = |sign: char| BOXES.contains(&sign) || matches!(sign, '□' | '☐' | '○') || sign.is_whitespace();
    let Some((before, after)) = text.split_once(BOXES).filter(|(_, after)| !after.contains(BOXES)) else { return text };
    // A box stands before its word where the text begins with one.
    let word = if text.starts_with(is_sign) {
        after.trim_start().split(is_sign).next()
    } else {
        before.trim_end().rsplit(is_sign).next()
    };
    word.filter(|word| !word.is_empty()).unwrap_or(text)
}

/// The most decimals of a sum that is told.
const MOST_PLACES: u32 = 4;

/// The points that a cell states.
fn points_in(text: &str) -> Option<Decimal> {
    let folded: String = text.split_whitespace().collect();
    cells::leading_number(&folded).filter(|(_, rest)| matches!(*rest, "" | "分")).map(|(points, _)| points)
}
