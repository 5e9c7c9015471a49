//! The money of a project by its types: amounts with their units, and the plan by which they are spent.

use super::builder::PartBuilder;
use super::fit;
use crate::diagnostic::texts;
use crate::import::account::CellPiece;
use crate::import::recognise::draft::{Again, ProjectDraft, YearFactDraft};
use crate::import::recognise::lexicon::key_of;
use crate::import::recognise::signs::{unit_in_bracket, without_note};
use crate::import::recognise::year_content::YearContent;
use crate::language::Field;
use crate::model::cells;
use crate::model::unit::{self, Dimension, Measure, Multiplier, Quantity};
use crate::model::{Budget, FundLine, PlanLine, SpendingPlan, text};

impl PartBuilder<'_> {
    /// The unit of the amounts of a form. Where it states none, one amount that has it says it for the others.
    pub fn money_unit_of(&self, draft: &ProjectDraft) -> Option<String> {
        let stated = || {
            let amounts = draft.budget.iter().chain(draft.funds.iter().filter_map(|fund| fund.amount.as_ref()));
            let text = |piece: &CellPiece| text::key(self.reading.text(piece));
            let mut units =
                amounts.filter_map(|piece| cells::leading_number(&text(piece)).map(|(_, unit)| unit.to_owned()));
            units.find(|unit| !unit.is_empty())
        };
        draft.money_unit.clone().or_else(stated)
    }

    /// The money of a project: the whole, and what comes from each source.
    pub fn budget(&mut self, draft: &ProjectDraft) -> Option<Budget> {
        let unit = self.money_unit_of(draft);
        let unit = unit.as_deref();
        let mut total = draft.budget.as_ref().and_then(|piece| self.amount(piece, unit, Field::Budget.name));
        // A form of the year may state no other money than that after adjustments.
        let adjusted = |fund: Option<&str>| {
            let key = |fact: &YearFactDraft| fact.fund.as_ref().map(|label| key_of(self.reading.text(label)).text);
            let mut all = draft.year.all(YearContent::AdjustedBudget);
            all.find(|fact| key(fact).as_deref() == fund).map(|fact| fact.value.clone())
        };
        let is_adjusted_only =
            total.is_none() && draft.funds.iter().all(|fund| self.is_blank_amount(fund.amount.as_ref()));
        let instead = adjusted(None).filter(|_| is_adjusted_only);
        let of_funds: Vec<Option<CellPiece>> = draft
            .funds
            .iter()
            .map(|fund| adjusted(Some(&key_of(self.text(&fund.label)).text)).filter(|_| instead.is_some()))
            .collect();
        if let Some(piece) = &instead {
            total = self.amount(piece, unit, Field::Budget.name);
            self.guess(Some(piece), texts::guessed_adjusted_budget());
        }
        let mut funds: Vec<FundLine> = Vec::new();
        for (fund, instead) in draft.funds.iter().zip(of_funds) {
            let key = key_of(self.text(&fund.label)).text;
            let Some(source) = fit::fund(self.standard, &key) else { continue };
            if let Some(known) = funds.iter().find(|line| line.source == source) {
                let is_said = match (&fund.amount, known.amount.as_ref()) {
                    (Some(piece), Some(known)) => self.says_amount(piece, unit, known),
                    (None, None) => true,
                    (Some(_), None) | (None, Some(_)) => false,
                };
                if is_said {
                    self.furniture(&fund.label);
                    fund.amount.iter().for_each(|piece| self.repeat(piece));
                }
                continue;
            }
            let piece = instead.as_ref().or(fund.amount.as_ref());
            let amount = piece.and_then(|piece| self.amount(piece, unit, Field::Budget.name));
            self.furniture(&fund.label);
            funds.push(FundLine { span: self.place, source, amount });
        }
        if draft.is_typed {
            funds.sort_by_key(|line| line.source);
        }
        for again in &draft.again {
            let Again::Amount { fund, amount, money_unit } = again else { continue };
            let known = match fund {
                None => total.as_ref(),
                Some(label) => {
                    let source = fit::fund(self.standard, &key_of(self.text(label)).text);
                    funds.iter().find(|line| Some(line.source) == source).and_then(|line| line.amount.as_ref())
                }
            };
            if known.is_some_and(|known| self.says_amount(amount, money_unit.as_deref(), known)) {
                self.repeat(amount);
            }
        }
        (total.is_some() || !funds.is_empty()).then_some(Budget { span: self.place, total, funds })
    }

    /// The parts of the money of the whole period.
    pub fn investment(&mut self, draft: &ProjectDraft) -> Vec<FundLine> {
        let unit = self.money_unit_of(draft);
        let mut funds: Vec<FundLine> = Vec::new();
        for fund in &draft.investment {
            let source = fit::fund(self.standard, &key_of(self.text(&fund.label)).text);
            let Some(source) = source.filter(|source| funds.iter().all(|line| line.source != *source)) else {
                continue;
            };
            let piece = fund.amount.as_ref();
            let amount = piece.and_then(|piece| self.amount(piece, unit.as_deref(), Field::TotalInvestment.name));
            self.furniture(&fund.label);
            funds.push(FundLine { span: self.place, source, amount });
        }
        funds
    }

    fn is_blank_amount(&self, piece: Option<&CellPiece>) -> bool {
        piece.is_none_or(|piece| self.standard.words("空白金额").words().contains(&self.folded_amount(piece)))
    }

    /// An amount in the unit that it, its form or the standard states.
    pub fn amount(&mut self, piece: &CellPiece, money_unit: Option<&str>, field: &'static str) -> Option<Quantity> {
        // 854万(村路400万元,水渠454万元): what is in the brackets is left over, and told.
        let written = self.text(piece);
        let noted = without_note(written).filter(|_| unit_in_bracket(written).is_none());
        let noted = noted.map(|end| piece.part(written, 0..end));
        let piece = noted.as_ref().unwrap_or(piece);
        let folded = self.folded_amount(piece);
        if self.standard.words("空白金额").words().contains(&folded) {
            self.furniture(piece);
            return None;
        }
        let own = self.reading.draft.amount_units.get(&piece.cell).map(String::as_str);
        let (quantity, has_unit) = self.money(&folded, own.or(money_unit))?;
        if !has_unit {
            self.guess(Some(piece), texts::guessed_money_unit(self.standard.money_unit_name()));
        }
        self.placed(piece, field);
        Some(quantity)
    }

    fn folded_amount(&self, piece: &CellPiece) -> String {
        let written = self.text(piece);
        // 30（万元）
        if let (Some(end), Some(unit)) = (without_note(written), unit_in_bracket(written)) {
            return format!("{}{unit}", text::key(&written[..end]));
        }
        text::key(written).replace('．', ".").replace(['¥', '￥'], "")
    }

    /// An amount, and whether its unit is stated anywhere.
    fn money(&self, folded: &str, money_unit: Option<&str>) -> Option<(Quantity, bool)> {
        let (value, rest) = cells::leading_number(folded)?;
        let stated = match rest {
            "" => money_unit.and_then(|unit| unit::find(self.standard, unit)),
            unit => Some(unit::find(self.standard, unit).or_else(|| unit::find(self.standard, &format!("{unit}元")))?),
        };
        let has_unit = stated.is_some();
        let (multiplier, measure) =
            stated.or_else(|| Some((Multiplier::One, Measure::Unit(self.standard.money_unit?))))?;
        let quantity = Quantity { span: self.place, value, multiplier, measure };
        (quantity.dimension(self.standard) == Some(Dimension::Money)).then_some((quantity, has_unit))
    }

    /// Whether an amount says a known one again, in whatever unit.
    fn says_amount(&self, piece: &CellPiece, money_unit: Option<&str>, known: &Quantity) -> bool {
        let said = self.money(&self.folded_amount(piece), money_unit);
        said.is_some_and(|(said, _)| said.base_value(self.standard) == known.base_value(self.standard))
    }

    /// The shares of the money that are to be spent by the checkpoints.
    pub fn plan(&mut self, draft: &ProjectDraft) -> Option<SpendingPlan> {
        let ratio = self
            .standard
            .units
            .iter()
            .position(|unit| unit.dimension == Dimension::Ratio && unit.symbol.as_deref() == Some("%"));
        let mut lines: Vec<PlanLine> = Vec::new();
        for line in &draft.plan {
            let label: String = self.text(&line.checkpoint).split_whitespace().collect();
            let Some(checkpoint) = fit::checkpoint(self.standard, &label) else { continue };
            self.furniture(&line.checkpoint);
            let Some(piece) = &line.share else { continue };
            let Some((value, rest)) = cells::leading_number(self.text(piece).trim()) else { continue };
            let is_share = matches!(rest.trim(), "" | "%" | "％");
            let (true, Some(unit), true) = (is_share, ratio, lines.iter().all(|known| known.checkpoint != checkpoint))
            else {
                continue;
            };
            let share =
                Quantity { span: self.place, value, multiplier: Multiplier::One, measure: Measure::Unit(unit as u32) };
            self.placed(&piece.clone(), Field::SpendingPlan.name);
            lines.push(PlanLine { span: self.place, checkpoint, share });
        }
        (!lines.is_empty()).then_some(SpendingPlan { span: self.place, lines })
    }
}
