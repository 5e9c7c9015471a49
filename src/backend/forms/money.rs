//! The money of a form: the total, and below it each fund source.

use super::filled::FilledProject;
use super::words::{computed, deviations, headed, light, measures};
use crate::backend::official::{CellKind, FormCell, FormTable};
use crate::model::standard::Standard;
use crate::model::standard::scoring::MoneyBase;
use crate::model::standard::year_form::{MoneyContent, YearColumn, meant};
use crate::model::unit::Quantity;
use crate::score::{Exact, Figure, MoneyInForce, money_figure, money_written};

/// A row of money, in the base unit.
#[derive(Clone, Debug, Default)]
pub(in crate::backend) struct MoneyRow {
    /// The fund source; none for the total.
    pub source: Option<usize>,
    pub approved: Option<Exact>,
    pub budget: Option<Exact>,
    pub spent: Option<Exact>,
    /// What will be spent, and whether that is computed.
    pub expected: Option<(Exact, bool)>,
}

/// The share of the names of rows in the width, in percent.
const NAME: u16 = 22;
/// A row has as many columns at most.
const MOST: u16 = 20;

impl FilledProject<'_> {
    /// The total, then every fund source of the standard of which something is known.
    pub fn money(&self) -> Vec<MoneyRow> {
        let value = |figure: Option<&Figure>| figure.map(|figure| figure.value.clone());
        let stated = value(self.report.expected.as_ref()).map(|stated| (stated, false));
        let forecast = self.standing().and_then(|standing| standing.forecast.clone()).map(|computed| (computed, true));
        let total = MoneyRow {
            source: None,
            approved: value(self.in_force.original.total.as_ref()),
            budget: value(self.in_force.money.total.as_ref()),
            spent: value(self.report.spent.as_ref()),
            expected: stated.or(forecast),
        };
        let fund = |money: &MoneyInForce, source: usize| {
            value(money.funds.iter().find(|(known, _)| *known == source).map(|(_, figure)| figure))
        };
        let spent = |source: usize| {
            let line = self.spent?.funds.iter().find(|line| line.source == source)?;
            value(line.amount.as_ref().and_then(|amount: &Quantity| money_figure(amount, self.standard)).as_ref())
        };
        let funds = (0..self.standard.fund_sources.len()).map(|source| MoneyRow {
            source: Some(source),
            approved: fund(&self.in_force.original, source),
            budget: fund(&self.in_force.money, source),
            spent: spent(source),
            expected: None,
        });
        std::iter::once(total).chain(funds.filter(MoneyRow::is_known)).collect()
    }
}

impl MoneyRow {
    fn is_known(&self) -> bool {
        self.approved.is_some() || self.budget.is_some() || self.spent.is_some()
    }

    /// What it is called.
    pub fn label(&self, standard: &Standard) -> String {
        match self.source.and_then(|source| standard.fund_sources.get(source)) {
            Some(source) => source.label.clone().unwrap_or_else(|| source.name.clone()),
            None => standard.label("年度资金").to_owned(),
        }
    }

    /// Spent of what the standard measures execution by.
    pub fn rate(&self, standard: &Standard) -> Option<Exact> {
        let is_original = standard.scoring.execution.as_ref().is_some_and(|rule| rule.base == MoneyBase::Original);
        let base = if is_original { &self.approved } else { &self.budget };
        self.spent.as_ref()?.over(base.as_ref()?)
    }
}

/// The table of money; none where the form has no column of it.
pub(super) fn table(one: &FilledProject<'_>, at_month: Option<u8>) -> Option<FormTable> {
    let columns = &one.layout?.money;
    let count = u16::try_from(columns.len()).ok().filter(|count| (1..=MOST).contains(count))?;
    let name = format!("{}（{}）", one.standard.label("项目资金"), one.standard.money_unit_name());
    let mut heading = vec![FormCell::new(CellKind::Heading, 1, name)];
    heading.extend(columns.iter().map(|column| FormCell::new(CellKind::Heading, 1, headed(column, at_month))));
    let mut rows = vec![heading];
    rows.extend(one.money().iter().map(|row| {
        let mut cells = vec![FormCell::new(CellKind::Heading, 1, row.label(one.standard))];
        cells.extend(columns.iter().map(|column| cell(one, row, column)));
        cells
    }));
    let widths = std::iter::once(NAME).chain(columns.iter().map(|_| (100 - NAME) / count)).collect();
    Some(FormTable { widths, heading_rows: 1, rows })
}

fn cell(one: &FilledProject<'_>, row: &MoneyRow, column: &YearColumn) -> FormCell {
    let number = |text: String| FormCell::new(CellKind::Number, 1, text);
    let amount = |exact: &Option<Exact>| {
        number(exact.as_ref().map(|exact| money_written(exact, one.standard)).unwrap_or_default())
    };
    let share = |exact: Option<Exact>| number(exact.map(|exact| exact.as_percent()).unwrap_or_default());
    let is_total = row.source.is_none();
    let of_total = |cell: FormCell| if is_total { cell } else { FormCell::new(CellKind::Text, 1, "—") };
    let Some((content, _)) = meant(&MoneyContent::ALL, &column.content) else { return number(String::new()) };
    let executed = one.score().map(|score| &score.execution);
    match content {
        MoneyContent::Approved => amount(&row.approved),
        MoneyContent::Budget => amount(&row.budget),
        MoneyContent::Spent => amount(&row.spent),
        MoneyContent::Rate => share(row.rate(one.standard)),
        MoneyContent::Weight => of_total(number(
            executed.and_then(|executed| executed.weight.as_ref()).map_or("—", |weight| &weight.written).to_owned(),
        )),
        MoneyContent::Points => {
            let points = executed.and_then(|executed| executed.points.rounded.as_ref());
            of_total(number(one.points(points)))
        }
        MoneyContent::Expected => match &row.expected {
            Some((expected, is_computed)) => {
                let written = money_written(expected, one.standard);
                if *is_computed {
                    FormCell::new(CellKind::Text, 1, computed(&written, one.standard))
                } else {
                    number(written)
                }
            }
            None => of_total(number(String::new())),
        },
        MoneyContent::Pace => of_total(share(one.standing().and_then(|standing| standing.money.pace.clone()))),
        MoneyContent::Light => {
            let shown = one.standing().map(|standing| light(standing.money.light)).unwrap_or_default();
            of_total(FormCell::new(CellKind::Text, 1, shown))
        }
        MoneyContent::Deviation => {
            let said = one.spent.map(|line| deviations(&line.deviations)).unwrap_or_default();
            of_total(FormCell::new(CellKind::Prose, 1, said))
        }
        MoneyContent::Measure => {
            let said = one.spent.map(|line| measures(&line.measures)).unwrap_or_default();
            of_total(FormCell::new(CellKind::Prose, 1, said))
        }
    }
}
