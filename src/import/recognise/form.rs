//! The head of a project's form: labels with their values beside them or below.

use super::claim::{Claim, Claims};
use super::clauses;
use super::groups::Groups;
use super::inside::{labelled_inside, says_pairs, unknown_inside};
use super::lexicon::Content;
use super::matrix::Matrix;
use super::money_detail::MoneyDetail;
use super::money_label::{is_money_section, money_line, with_bracket};
use super::pairs::{self, LabelPairs};
use super::signs::{amount_like, money_unit_in, year_length};
use super::slot::{GridSlot, LABEL_SIGNS, SlotMeaning, meaning};
use super::view::View;
use super::year_content::YearContent;
use crate::import::account::CellPiece;
use crate::language::Field;

/// The goal of more than a year.
const PERIOD_GOAL: Content = Content::Plain(Field::PeriodGoal);

/// What a row's first cell, spanning several rows, is about; and headings that wait for a row of values.
#[derive(Debug, Default)]
pub struct OpenForm {
    section: Option<Content>,
    heads: Vec<(GridSlot, SlotMeaning)>,
    /// The columns over rows of money.
    matrix: Option<Matrix>,
    /// The lines into which the money is broken down.
    detail: Option<MoneyDetail>,
    /// In the rows of this section, what stands left of the column is about more than a year.
    whole_period: Option<u32>,
    /// In the rows of this section, what stands from the column on is what became of the money.
    spent: Option<(u32, YearContent)>,
    /// Income at the left, spending at the right: where in the rows of this section a group begins, and its words.
    groups: Groups,
    /// An indicator of which each cell has a row of its own.
    indicator: LabelPairs,
}

/// A row of a form from a cell on.
pub struct FormPart {
    index: usize,
    meanings: Vec<SlotMeaning>,
}

impl OpenForm {
    /// What a row says first, and what is left of it.
    pub fn row(&mut self, view: &View<'_>, row: &[GridSlot], below: &[GridSlot]) -> (Claims, Option<FormPart>) {
        if let Some(claims) = self.indicator.row(view, row).or_else(|| pairs::path_row(view, row)) {
            return (claims, None);
        }
        // `填报单位：（盖章） 单位：万元` across the form: a line as above a table.
        let mut full = row.iter().filter(|slot| !slot.is_blank);
        if let (Some(only), None) = (full.next(), full.next())
            && money_unit_in(view.words(only.cell), view.lexicon).is_some()
        {
            return (vec![Claim::Paragraph(only.cell)], None);
        }
        let heads = std::mem::take(&mut self.heads);
        let meanings: Vec<SlotMeaning> = row.iter().map(|slot| meaning(view, slot)).collect();
        if !heads.is_empty()
            && let Some(claims) = self.values(view, &heads, row, &meanings)
        {
            return (claims, None);
        }
        if let Some(claims) = self.detail.as_mut().and_then(|detail| detail.row(view, row)) {
            return (claims, None);
        }
        self.detail = None;
        let goes_on = row.first().is_some_and(|slot| slot.is_blank);
        let own_labels = self.matrix.as_ref().filter(|matrix| !goes_on && matrix.has_labels_below(row));
        if let Some(claims) = own_labels.and_then(|matrix| matrix.row(view, row, &meanings)) {
            return (claims, None);
        }
        if !goes_on {
            let text = self.section.filter(|one| is_text_of_year(*one));
            (self.section, self.matrix, self.whole_period, self.spent) = (None, None, None, None);
            self.groups = Groups::default();
            // 存在问题 on a row of its own, and what it is on the next.
            if let (Some(content), [SlotMeaning::Text, rest @ ..]) = (text, &meanings[..])
                && rest.iter().all(|one| *one == SlotMeaning::Blank)
            {
                self.section = Some(content);
                return (vec![unlabelled(content, view.piece(row[0].cell))], None);
            }
        }
        if let Some(claims) = self.matrix.as_ref().and_then(|matrix| matrix.row(view, row, &meanings)) {
            return (claims, None);
        }
        self.go_on(view, row, below, FormPart { index: usize::from(goes_on), meanings })
    }

    /// What a row says next, and what is left of it.
    pub fn go_on(
        &mut self,
        view: &View<'_>,
        row: &[GridSlot],
        below: &[GridSlot],
        part: FormPart,
    ) -> (Claims, Option<FormPart>) {
        let FormPart { mut index, meanings } = part;
        while index < row.len() {
            let (claims, read) = self.cells(view, row, below, &meanings, index);
            index += read;
            if !claims.is_empty() {
                return (claims, Some(FormPart { index, meanings }));
            }
        }
        (Vec::new(), None)
    }

    /// What the cells from an index on say first, and how many of them were read.
    fn cells(
        &mut self,
        view: &View<'_>,
        row: &[GridSlot],
        below: &[GridSlot],
        meanings: &[SlotMeaning],
        index: usize,
    ) -> (Claims, usize) {
        let slot = &row[index];
        if index == 0
            && let Some((detail, claims)) = MoneyDetail::read(view, row, meanings, below)
        {
            self.detail = Some(detail);
            return (claims, row.len());
        }
        // 填表人：李某 联系电话：…: pairs on a line, as outside a table.
        if meanings[index] == SlotMeaning::Text && says_pairs(view, slot) {
            return (vec![Claim::Paragraph(slot.cell)], 1);
        }
        if let Some(claim) = place_for_seal(view, row, meanings, index) {
            return (vec![claim], 1);
        }
        if let Some((matrix, claims)) = Matrix::read(view, row, meanings, index, below) {
            self.matrix = Some(matrix);
            return (claims, row.len() - index);
        }
        if let Some(claim) = self.whole_period_money(view, row, meanings, index) {
            return (vec![claim], 2);
        }
        if let Some(claim) = self.spent_of_fund(view, row, meanings, index) {
            return (vec![claim], 2);
        }
        if let Some((label, content, value)) = labelled_inside(view, slot) {
            return (vec![fact(content, label, value)], 1);
        }
        if !matches!(self.section, Some(Content::Money | Content::Budget))
            && let Some(read) = self.groups.cells(view, row, below, meanings, index)
        {
            return read;
        }
        let label = view.piece(slot.cell);
        let next = row.get(index + 1);
        if let Some(claims) = targets_in_prose(view, row, meanings, index) {
            return (claims, row.len() - index);
        }
        match meanings[index] {
            SlotMeaning::Blank => (Vec::new(), 1),
            // 实施期目标 | 年度目标, and a text below each.
            SlotMeaning::Label(_) if are_goals(&meanings[index..]) && starts_with_text(view, row, below) => {
                (self.wait(view, row, meanings, index), row.len() - index)
            }
            SlotMeaning::Label(content)
                if is_section(content) && waits_for_texts(view, row, meanings, index, below) =>
            {
                self.section = Some(content);
                let heads = self.wait(view, row, meanings, index + 1);
                let named = [Claim::FormLabel(content, label.clone()), Claim::Furniture(label)];
                (named.into_iter().chain(heads).collect(), row.len() - index)
            }
            SlotMeaning::Label(content) => self.labelled(view, row, meanings, index, content),
            SlotMeaning::Checkpoint if starts_heads(&meanings[index..]) => {
                (self.wait(view, row, meanings, index), row.len() - index)
            }
            SlotMeaning::Checkpoint => (vec![checkpoint(view, slot, next)], 2),
            // 预算金额 | 总额 | 450000
            SlotMeaning::Text
                if matches!(self.section, Some(Content::Money | Content::Budget))
                    && view.lexicon.is_money_sum(view.text(&label))
                    && next.is_some_and(|next| amount_like(view.words(next.cell))) =>
            {
                (vec![fact(Content::Budget, label, view.piece(row[index + 1].cell))], 2)
            }
            SlotMeaning::FundLike if next.is_some_and(|next| next.is_blank || amount_like(view.words(next.cell))) => {
                (vec![fact(Content::Fund, label, view.piece(row[index + 1].cell))], 2)
            }
            SlotMeaning::Text
                if self.section.is_none()
                    && let Some(((label, colon), value)) = unknown_inside(view, slot) =>
            {
                (vec![Claim::Furniture(colon), extra(label, value)], 1)
            }
            // 项目资金申请（万元）, over the rows of its sources: no standard has it, its bracket says what it is.
            SlotMeaning::FundLike | SlotMeaning::Text if is_money_section(view, row, meanings, index, below) => {
                self.section = Some(Content::Money);
                (with_bracket(view, label), 1)
            }
            SlotMeaning::FundLike | SlotMeaning::Text => self.free_text(view, row, meanings, index),
        }
    }

    /// A label and what follows it, and how many cells were read.
    fn labelled(
        &mut self,
        view: &View<'_>,
        row: &[GridSlot],
        meanings: &[SlotMeaning],
        index: usize,
        content: Content,
    ) -> (Claims, usize) {
        let label = view.piece(row[index].cell);
        let after = meanings.get(index + 1).copied();
        let is_first = row[..index].iter().all(|slot| slot.is_blank);
        let is_section = is_section(content);
        let next = row.get(index + 1).map(|next| view.piece(next.cell));
        if content == Content::Furniture {
            return match next.filter(|_| matches!(after, Some(SlotMeaning::Text))) {
                // The sum of the money, and the goal of more than a year.
                Some(value) if self.section == Some(Content::Money) && amount_like(view.text(&value)) => {
                    (vec![fact(Content::Budget, label, value)], 2)
                }
                _ => (vec![Claim::Furniture(label)], 1),
            };
        }
        match (after, next) {
            (Some(SlotMeaning::Label(_) | SlotMeaning::Checkpoint), _) if is_section && is_first => {
                self.section = Some(content);
                if starts_heads(&meanings[index + 1..]) {
                    let heads = self.wait(view, row, meanings, index + 1);
                    return (with_bracket(view, label).into_iter().chain(heads).collect(), row.len() - index);
                }
                (with_bracket(view, label), 1)
            }
            (Some(SlotMeaning::Label(_)), _)
                if is_first
                    && starts_heads(&meanings[index..])
                    && !matches!(content, Content::Name | Content::Code) =>
            {
                (self.wait(view, row, meanings, index), row.len() - index)
            }
            (Some(SlotMeaning::Label(_)), _) if content != Content::Name => {
                let nothing = CellPiece { cell: label.cell, bytes: label.bytes.end..label.bytes.end };
                (vec![fact(content, label, nothing)], 1)
            }
            (Some(after), Some(value)) => {
                if is_first && is_section {
                    self.section = Some(content);
                }
                // A fund source or a sum as the value of the money section: 项目资金 | 财政拨款 | 100.
                let amount_follows = row.get(index + 2).is_some_and(|next| amount_like(view.words(next.cell)));
                let is_money = matches!(content, Content::Money | Content::Budget);
                let value_is_label =
                    is_money && (after == SlotMeaning::FundLike || amount_follows) && !amount_like(view.text(&value));
                if value_is_label || labelled_inside(view, &row[index + 1]).is_some() {
                    self.section = Some(content);
                    return (with_bracket(view, label), 1);
                }
                (vec![fact(content, label, value)], 2)
            }
            // A label of its own row, or one that spans the rows below.
            (_, _) => {
                self.section = Some(content);
                (with_bracket(view, label), 1)
            }
        }
    }

    /// A cell and the one beside it, below the heading of money.
    fn of_money<'s>(&self, row: &'s [GridSlot], index: usize) -> Option<(&'s GridSlot, &'s GridSlot)> {
        let next = row.get(index + 1).filter(|_| self.section == Some(Content::Money))?;
        Some((&row[index], next))
    }

    /// The money of the whole period at the left of a year's: `实施期资金总额 | 900 | 年度资金总额 | 300`, and the sources
    /// below.
    fn whole_period_money(
        &mut self,
        view: &View<'_>,
        row: &[GridSlot],
        meanings: &[SlotMeaning],
        index: usize,
    ) -> Option<Claim> {
        let (slot, next) = self.of_money(row, index)?;
        let (label, value) = (view.piece(slot.cell), view.piece(next.cell));
        if !next.is_blank && !amount_like(view.text(&value)) {
            return None;
        }
        if self.whole_period.is_some_and(|column| slot.column < column) {
            let is_fund = matches!(meanings[index], SlotMeaning::FundLike | SlotMeaning::Label(Content::Fund));
            let amount = (!next.is_blank).then_some(value);
            return is_fund.then_some(Claim::InvestmentFund { label, amount });
        }
        let total = Content::Plain(Field::TotalInvestment);
        let is_sum = matches!(meanings[index], SlotMeaning::Text | SlotMeaning::FundLike)
            || meanings[index] == SlotMeaning::Label(total);
        view.lexicon.period_word(view.text(&label)).filter(|_| is_sum)?;
        self.whole_period = Some(next.column + next.columns);
        Some(fact(total, label, value))
    }

    /// What was spent beside what was planned: `预算数 | 100 | 执行数 | 98`, and the sources below, each twice.
    fn spent_of_fund(
        &mut self,
        view: &View<'_>,
        row: &[GridSlot],
        meanings: &[SlotMeaning],
        index: usize,
    ) -> Option<Claim> {
        let (slot, next) = self.of_money(row, index)?;
        let (label, value) = (view.piece(slot.cell), view.piece(next.cell));
        match meanings[index] {
            SlotMeaning::Label(Content::OfYear(content)) => {
                self.spent = Some((slot.column, content));
                None
            }
            SlotMeaning::FundLike | SlotMeaning::Label(Content::Fund) if amount_like(view.text(&value)) => {
                let (_, content) = self.spent.filter(|(column, _)| *column <= slot.column)?;
                Some(Claim::OfYear { content, fund: Some(label), value })
            }
            SlotMeaning::FundLike
            | SlotMeaning::Label(_)
            | SlotMeaning::Checkpoint
            | SlotMeaning::Text
            | SlotMeaning::Blank => None,
        }
    }

    /// Keeps headings for the values in the row below, which may be blank: their words are the form's.
    fn wait(&mut self, view: &View<'_>, row: &[GridSlot], meanings: &[SlotMeaning], index: usize) -> Claims {
        self.heads = row[index..].iter().cloned().zip(meanings[index..].iter().copied()).collect();
        let is_word = |(_, kind): &&(GridSlot, SlotMeaning)| {
            matches!(
                kind,
                SlotMeaning::Label(
                    Content::Goal
                        | PERIOD_GOAL
                        | Content::Money
                        | Content::Budget
                        | Content::OfYear(YearContent::Overall)
                )
            )
        };
        self.heads.iter().filter(is_word).map(|(slot, _)| Claim::Furniture(view.piece(slot.cell))).collect()
    }

    /// The values under headings; none where the row holds something else.
    fn values(
        &self,
        view: &View<'_>,
        heads: &[(GridSlot, SlotMeaning)],
        row: &[GridSlot],
        meanings: &[SlotMeaning],
    ) -> Option<Claims> {
        // Beside what was reached, the only goal is the year's, whatever it is called.
        let is_goal = |kind: SlotMeaning| matches!(kind, SlotMeaning::Label(Content::Goal | PERIOD_GOAL));
        let is_of_year =
            heads.iter().any(|(_, kind)| *kind == SlotMeaning::Label(Content::OfYear(YearContent::Overall)))
                && heads.iter().filter(|(_, kind)| is_goal(*kind)).count() == 1;
        let is_value =
            |one: &SlotMeaning| matches!(one, SlotMeaning::Text | SlotMeaning::Blank | SlotMeaning::FundLike);
        let values =
            if row.first().is_some_and(|slot| slot.is_blank) && row.len() > heads.len() { &row[1..] } else { row };
        if !meanings[row.len() - values.len()..].iter().all(is_value) {
            return None;
        }
        let claim = |(place, (head, kind)): (usize, &(GridSlot, SlotMeaning))| {
            let by_order = values.get(place).filter(|_| values.len() == heads.len());
            let value = by_order.or_else(|| values.iter().find(|slot| slot.covers(head.column)));
            let label = view.piece(head.cell);
            match *kind {
                SlotMeaning::Checkpoint => Some(checkpoint(view, head, value)),
                SlotMeaning::Label(content) => {
                    let value = view.piece(value?.cell);
                    let is_period = view.lexicon.names_whole_period(view.text(&label));
                    let content = match content {
                        PERIOD_GOAL if is_of_year => Content::Goal,
                        Content::Goal | Content::Furniture if is_period && !is_of_year => PERIOD_GOAL,
                        content => content,
                    };
                    Some(fact(content, label, value))
                }
                SlotMeaning::FundLike | SlotMeaning::Text | SlotMeaning::Blank => {
                    let value = view.piece(value?.cell);
                    let is_of_goal = matches!(
                        self.section,
                        Some(Content::Goal | PERIOD_GOAL | Content::OfYear(YearContent::Overall))
                    );
                    Some(if is_of_goal && view.lexicon.names_whole_period(view.text(&label)) {
                        fact(PERIOD_GOAL, label, value)
                    } else if is_of_goal {
                        extra(label, value)
                    } else {
                        fact(Content::Fund, label, value)
                    })
                }
            }
        };
        Some(heads.iter().enumerate().filter_map(claim).collect())
    }

    /// A text that no label leads: the value of the section, or a label that no standard knows. How many cells were read.
    fn free_text(&self, view: &View<'_>, row: &[GridSlot], meanings: &[SlotMeaning], index: usize) -> (Claims, usize) {
        let piece = view.piece(row[index].cell);
        let text = view.text(&piece);
        let is_value = |kind| matches!(kind, SlotMeaning::Text | SlotMeaning::Blank | SlotMeaning::FundLike);
        let next = row
            .get(index + 1)
            .filter(|_| is_value(meanings[index + 1]) || self.is_day_of_label(view, row, meanings, index));
        let goes_on = row.first().is_some_and(|slot| slot.is_blank);
        if let Some(claims) = money_line(view, row, text).filter(|_| index == 0) {
            return (claims, row.len());
        }
        match self.section {
            Some(Content::Purpose | Content::Budget) if goes_on && next.is_none() => {
                (vec![unlabelled(Content::Purpose, piece)], 1)
            }
            Some(content @ (Content::Goal | PERIOD_GOAL)) if goes_on && next.is_none() => {
                (vec![unlabelled(content, piece)], 1)
            }
            Some(content) if goes_on && next.is_none() && is_text_of_year(content) => {
                (vec![unlabelled(content, piece)], 1)
            }
            // A row of indicators without its headings is none of the project's fields.
            _ if view.lexicon.category(text).is_some() => (Vec::new(), 1),
            _ if is_short(text) && next.is_some_and(|next| !next.is_blank) && is_of_form(view, row) => {
                (vec![extra(piece, view.piece(row[index + 1].cell))], 2)
            }
            // `2020年项目申报表`
            _ if index == 0 && row.len() <= 2 && year_length(text).is_some() => {
                (vec![Claim::Paragraph(row[index].cell)], 1)
            }
            // `434001某某局本级` on the line above the form.
            _ if index == 0
                && row.len() <= 2
                && text.starts_with(|sign: char| sign.is_ascii_digit())
                && text.chars().any(char::is_alphabetic) =>
            {
                (vec![unlabelled(Content::Unit, piece)], 1)
            }
            _ => (Vec::new(), 1),
        }
    }

    /// Whether the cell beside a label is the day that it announces, and no checkpoint of a plan: `开始时间 | 2024年3月`.
    fn is_day_of_label(&self, view: &View<'_>, row: &[GridSlot], meanings: &[SlotMeaning], index: usize) -> bool {
        let after = row.get(index + 2);
        self.section != Some(Content::Plan)
            && meanings[index] == SlotMeaning::Text
            && meanings[index + 1] == SlotMeaning::Checkpoint
            && meanings.get(index + 2) != Some(&SlotMeaning::Checkpoint)
            && after.is_none_or(|slot| !amount_like(view.words(slot.cell)))
    }
}

/// Whether a label that no standard knows is one of a form: of the department as a whole, which lists what it does, too,
/// where it and its value are alone.
fn is_of_form(view: &View<'_>, row: &[GridSlot]) -> bool {
    let is_pair = || row.iter().filter(|slot| !slot.is_blank).count() == 2;
    if view.at.is_whole { is_pair() } else { view.at.project.is_some() }
}

/// `数量指标 | 1.加固河堤≥12公里；2.新建泵站≥3座`: a level, or the label of all indicators, and a text beside it.
fn targets_in_prose(view: &View<'_>, row: &[GridSlot], meanings: &[SlotMeaning], index: usize) -> Option<Claims> {
    let next = row.get(index + 1)?;
    let is_last = row[index + 2..].iter().all(|slot| slot.is_blank);
    let label = view.piece(row[index].cell);
    let leads = match meanings[index] {
        SlotMeaning::Text => view.lexicon.category(view.text(&label)).is_some(),
        SlotMeaning::Label(content) => content == Content::Furniture,
        SlotMeaning::Checkpoint | SlotMeaning::FundLike | SlotMeaning::Blank => false,
    };
    let is_text = matches!(meanings[index + 1], SlotMeaning::Text);
    (leads && is_last && is_text && view.at.project.is_some())
        .then(|| clauses::read(view, &label, &view.piece(next.cell)))
        .flatten()
}

/// A cell that is left for a seal, with nothing beside it.
fn place_for_seal(view: &View<'_>, row: &[GridSlot], meanings: &[SlotMeaning], index: usize) -> Option<Claim> {
    let is_for_seal = |slot: &GridSlot| view.lexicon.is_for_seal(view.words(slot.cell));
    let is_free = matches!(meanings[index], SlotMeaning::Text | SlotMeaning::FundLike);
    let is_empty = row.get(index + 1).is_none_or(|next| next.is_blank || is_for_seal(next));
    (is_free && is_empty && is_for_seal(&row[index])).then(|| Claim::Furniture(view.piece(row[index].cell)))
}

fn fact(content: Content, label: CellPiece, value: CellPiece) -> Claim {
    Claim::Fact { content, label: Some(label), value }
}

fn unlabelled(content: Content, value: CellPiece) -> Claim {
    Claim::Fact { content, label: None, value }
}

fn extra(label: CellPiece, value: CellPiece) -> Claim {
    Claim::Extra { lead: None, label, value }
}

fn checkpoint(view: &View<'_>, head: &GridSlot, value: Option<&GridSlot>) -> Claim {
    let share = value.filter(|slot| !slot.is_blank).map(|slot| view.piece(slot.cell));
    Claim::Share { checkpoint: view.piece(head.cell), share }
}

/// Whether a text may be a label that no standard knows.
fn is_short(text: &str) -> bool {
    text.chars().count() <= LABEL_SIGNS && !text.contains(['。', '，', '；', '\n']) && !amount_like(text)
}

fn is_section(content: Content) -> bool {
    matches!(
        content,
        Content::Money
            | Content::Purpose
            | Content::Plan
            | Content::Goal
            | PERIOD_GOAL
            | Content::Furniture
            | Content::Budget
            | Content::OfYear(YearContent::Overall)
    )
}

/// Whether a label stands below the indicators: a text on the year, its grade, when it was handed in.
pub fn is_closing(content: Content) -> bool {
    let others = [YearContent::Grade, YearContent::Filed, YearContent::Until].map(Content::OfYear);
    is_text_of_year(content) || others.contains(&content)
}

/// Whether a label announces a text on the year.
fn is_text_of_year(content: Content) -> bool {
    matches!(
        content,
        Content::OfYear(
            YearContent::Overall
                | YearContent::Conclusion
                | YearContent::Problem
                | YearContent::Improvement
                | YearContent::Suggestion
        )
    )
}

/// Whether a label that spans the rows below has headings beside it, and texts below these: 年度目标 | 预期目标 | 完成情况.
fn waits_for_texts(
    view: &View<'_>,
    row: &[GridSlot],
    meanings: &[SlotMeaning],
    index: usize,
    below: &[GridSlot],
) -> bool {
    let heads = &row[index + 1..];
    let is_head = |(slot, kind): (&GridSlot, &SlotMeaning)| {
        let text = view.words(slot.cell);
        let is_short =
            text.chars().count() <= LABEL_SIGNS && !text.contains(['。', '，', '；', '\n']) && !amount_like(text);
        matches!(kind, SlotMeaning::Label(_)) || *kind == SlotMeaning::Text && is_short
    };
    let values = below.get(1..).unwrap_or_default();
    let kinds: Vec<SlotMeaning> = values.iter().map(|slot| meaning(view, slot)).collect();
    heads.len() > 1
        && row[..index].iter().all(|slot| slot.is_blank)
        && heads.iter().zip(&meanings[index + 1..]).all(is_head)
        && meanings[index + 1..].iter().any(|kind| matches!(kind, SlotMeaning::Label(_)))
        && below.first().is_some_and(|slot| slot.continues)
        && values.len() == heads.len()
        && kinds.iter().all(|kind| matches!(kind, SlotMeaning::Text | SlotMeaning::Blank))
        && kinds.contains(&SlotMeaning::Text)
}

/// Whether all cells from here on are labels of goals, or of what became of them.
fn are_goals(meanings: &[SlotMeaning]) -> bool {
    let is_goal = |one: &SlotMeaning| {
        matches!(one, SlotMeaning::Label(Content::Goal | PERIOD_GOAL | Content::OfYear(YearContent::Overall)))
    };
    meanings.len() > 1 && meanings.iter().all(is_goal)
}

/// Whether a text stands below the first cell of a row, which does not go on over it.
fn starts_with_text(view: &View<'_>, row: &[GridSlot], below: &[GridSlot]) -> bool {
    let first = below.first().filter(|slot| !slot.continues && below.len() == row.len());
    first.is_some_and(|slot| meaning(view, slot) == SlotMeaning::Text)
}

/// Whether all cells from here on are labels: the values stand in the row below.
fn starts_heads(meanings: &[SlotMeaning]) -> bool {
    let full = meanings
        .iter()
        .all(|one| matches!(one, SlotMeaning::Label(_) | SlotMeaning::Checkpoint | SlotMeaning::FundLike));
    full && meanings.len() > 1
}
