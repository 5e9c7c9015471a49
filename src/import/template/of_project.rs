//! The cells of a project: its head, its money, its texts and the rows of its indicators, with what the targets say now.

use rust_decimal::Decimal;

use super::fields::{plain, said};
use super::grid::{CellEdits, FormGridCell, Spot, TableName, row_of, spot};
use super::numbers;
use super::wording::{self, By, MoneyForm, exact_ratio};
use super::{Filling, PairedProject, PairedRow};
use crate::import::account::CellPiece;
use crate::import::build::fit;
use crate::import::recognise::draft::{Again, IndicatorDraft};
use crate::import::recognise::lexicon::{Content, LabelRoom, key_of};
use crate::language::{Block, Field, PlainKind};
use crate::model::print::{self, Printed};
use crate::model::standard::Standard;
use crate::model::target::Target;
use crate::model::unit::{self, Quantity};
use crate::model::{Indicator, Plain, Project, written};

impl Filling<'_> {
    /// The head of a project's form and its texts.
    pub(super) fn project(&self, pair: &PairedProject<'_>, edits: &mut CellEdits) {
        let PairedProject { draft, old, new, .. } = *pair;
        let cells = &self.reading.cells;
        let text = |piece: &CellPiece| self.reading.text(piece).to_owned();
        let name = Some((&*old.name.value, &*new.name.value));
        let code = old.code.as_ref().zip(new.code.as_ref()).map(|(old, new)| (&*old.value, &*new.value));
        let in_name = draft.code.is_none().then_some(code).flatten();
        for piece in draft.name.iter().chain(&draft.title) {
            let mut words = text(piece);
            for (old, new) in name.into_iter().chain(in_name) {
                words = if words == old || old.is_empty() { new.to_owned() } else { words.replacen(old, new, 1) };
            }
            edits.put_piece(cells, piece, Some(words), Field::Leaf.name);
        }
        if let Some(piece) = &draft.code {
            let code = |project: &Project| project.code.as_ref().map(|code| code.value.to_string());
            let words = wording::prose(&text(piece), code(old).as_deref(), code(new).as_deref());
            edits.put_piece(cells, piece, words, Field::ProjectCode.name);
        }
        self.unit(pair, edits);
        let form = self.money_form(pair);
        self.money(pair, form, edits);
        for (field, pieces) in [(Field::Purpose, &draft.purpose), (Field::Goal, &draft.goal)] {
            let said = |project: &Project| project.plain.text(field).map(|text| text.value.to_string());
            self.texts(pieces, said(old), said(new), field.name, edits);
            if pieces.is_empty() && said(new).is_some() {
                let content = if field == Field::Goal { Content::Goal } else { Content::Purpose };
                edits.put_blank(self.beside_label(pair, content), said(new), field.name);
            }
        }
        let printed = [Some(old), Some(new)].map(|project| {
            let goal = project.and_then(|project| project.plain.text(Field::Goal))?;
            Some(goal.value.to_string())
        });
        for again in &draft.again {
            match again {
                Again::Goal(piece) => {
                    let words = wording::prose(&text(piece), printed[0].as_deref(), printed[1].as_deref());
                    edits.put_piece(cells, piece, words, Field::Goal.name);
                }
                Again::Amount { fund: None, amount, .. } => {
                    let [old, new] = totals(pair);
                    edits.put_piece(cells, amount, wording::amount(&text(amount), old, new, form), Field::Budget.name);
                }
                Again::Amount { fund: Some(fund), amount, .. } => {
                    let [old, new] = self.of_fund(pair, fund);
                    edits.put_piece(cells, amount, wording::amount(&text(amount), old, new, form), Field::Budget.name);
                }
                Again::Field(_) => {}
            }
        }
        for (field, piece) in &draft.plain {
            let [old, new] = [(old, pair.old_standard), (new, pair.new_standard)]
                .map(|(project, standard)| project.plain.get(*field).map(|value| By { value, standard }));
            let words = if field.plain == Some(PlainKind::Amount) {
                let base = |one: &Option<By<'_, Plain>>| match one.as_ref()?.value {
                    Plain::Quantity(quantity) => quantity.base_value(one.as_ref()?.standard),
                    _ => None,
                };
                wording::amount(&text(piece), base(&old), base(&new), form)
            } else {
                plain(&text(piece), old, new)
            };
            edits.put_piece(cells, piece, words, field.name);
        }
        for one in &draft.extra {
            let Some(label) = self.reading.label_of(one) else { continue };
            let key = key_of(&label).text;
            let of = |project: &Project, standard: &Standard| {
                let rule = fit::field_rule(standard, Block::Project, &key)?;
                project.extra.iter().find(|field| field.rule == rule).map(|field| said(field, standard))
            };
            let (old, new) = (of(old, pair.old_standard), of(new, pair.new_standard));
            if old.is_none() && new.is_none() {
                continue;
            }
            if one.value.is_empty() {
                edits.put_blank(self.grid.blank_beside(cells, one.value.cell), new, &label);
            } else {
                let words = wording::prose(&text(&one.value), old.as_deref(), new.as_deref());
                edits.put_piece(cells, &one.value, words, &label);
            }
        }
    }

    /// `434001某某局本级`: the code and the name, each where it stands.
    fn unit(&self, pair: &PairedProject<'_>, edits: &mut CellEdits) {
        let name_of = |model: &crate::model::Model, project: &Project| {
            let code = project.unit_of_account.as_ref()?.value.to_string();
            let department = &model[project.department?];
            let unit = department.units_of_account.iter().find(|unit| *unit.code.value == *code);
            Some((code, unit.and_then(|unit| unit.name.as_ref()).map(|name| name.value.to_string())))
        };
        let (Some((old, old_name)), Some((new, new_name))) = (name_of(self.old, pair.old), name_of(self.new, pair.new))
        else {
            return;
        };
        let pieces = pair.draft.unit.iter().map(|unit| &unit.value).chain(&pair.draft.unit_code);
        for piece in pieces {
            let mut words = self.reading.text(piece).replacen(&old, &new, 1);
            if let (Some(old), Some(new)) = (&old_name, &new_name) {
                words = words.replacen(old.as_str(), new, 1);
            }
            edits.put_piece(&self.reading.cells, piece, Some(words), Field::ProjectUnit.name);
        }
    }

    /// Paragraphs that stand in one cell, or each in its own.
    pub(super) fn texts(
        &self,
        pieces: &[CellPiece],
        old: Option<String>,
        new: Option<String>,
        what: &str,
        edits: &mut CellEdits,
    ) {
        if old == new {
            return;
        }
        let lines: Vec<&str> = new.as_deref().unwrap_or_default().lines().collect();
        let before: Vec<&str> = old.as_deref().unwrap_or_default().lines().collect();
        let cells = &self.reading.cells;
        if pieces.len() > 1 && pieces.len() == before.len() {
            for (index, piece) in pieces.iter().enumerate() {
                let is_last = index + 1 == pieces.len();
                let line = if is_last {
                    lines.get(index..).unwrap_or_default().join("\n")
                } else {
                    lines.get(index).copied().unwrap_or_default().to_owned()
                };
                let words = wording::prose(self.reading.text(piece), Some(before[index]), Some(&line));
                edits.put_piece(cells, piece, words, what);
            }
            return;
        }
        let Some((first, rest)) = pieces.split_first() else { return };
        let words = wording::prose(self.reading.text(first), old.as_deref(), new.as_deref());
        edits.put_piece(cells, first, words, what);
        for piece in rest {
            edits.put_piece(cells, piece, Some(String::new()), what);
        }
    }

    /// The unit, the decimals and the separators of a form's amounts.
    pub(super) fn money_form(&self, pair: &PairedProject<'_>) -> MoneyForm {
        let draft = pair.draft;
        let known = |piece: Option<&CellPiece>, base: Option<Decimal>| {
            let number = numbers::all(self.reading.text(piece?)).into_iter().next()?;
            Some((exact_ratio(base?, number.value)?, number.places, number.is_grouped))
        };
        let mut all = vec![known(draft.budget.as_ref(), totals(pair)[0])];
        for fund in &draft.funds {
            all.push(known(fund.amount.as_ref(), self.of_fund(pair, &fund.label)[0]));
        }
        let stated = draft.money_unit.as_deref().and_then(|unit| unit::find(pair.old_standard, unit));
        let of_unit = stated.and_then(|(multiplier, measure)| {
            let place = pair.old.span;
            Quantity { span: place, value: Decimal::ONE, multiplier, measure }.base_value(pair.old_standard)
        });
        let known: Vec<(Decimal, u32, bool)> = all.into_iter().flatten().collect();
        MoneyForm {
            factor: known
                .first()
                .map(|(factor, ..)| *factor)
                .or(of_unit)
                .unwrap_or_else(|| pair.old_standard.money_factor()),
            places: known.iter().map(|(_, places, _)| *places).min().unwrap_or(0),
            is_grouped: known.iter().any(|(.., grouped)| *grouped),
        }
    }

    pub(super) fn of_fund(&self, pair: &PairedProject<'_>, label: &CellPiece) -> [Option<Decimal>; 2] {
        let key = key_of(self.reading.text(label)).text;
        [(pair.old, pair.old_standard), (pair.new, pair.new_standard)].map(|(project, standard)| {
            let source = fit::fund(standard, &key)?;
            let line = project.budget.as_ref()?.funds.iter().find(|line| line.source == source)?;
            line.amount.as_ref()?.base_value(standard)
        })
    }

    fn money(&self, pair: &PairedProject<'_>, form: MoneyForm, edits: &mut CellEdits) {
        let cells = &self.reading.cells;
        let text = |piece: &CellPiece| self.reading.text(piece).to_owned();
        let what = Field::Budget.name;
        let [old, new] = totals(pair);
        match &pair.draft.budget {
            Some(piece) => edits.put_piece(cells, piece, wording::amount(&text(piece), old, new, form), what),
            None if old.is_none() && new.is_some() => {
                let spot = [Content::Budget, Content::Money].into_iter().find_map(|one| self.beside_label(pair, one));
                edits.put_blank(spot, wording::amount("", None, new, form), what);
            }
            None => {}
        }
        for fund in &pair.draft.funds {
            let [old, new] = self.of_fund(pair, &fund.label);
            if let Some(piece) = &fund.amount {
                edits.put_piece(cells, piece, wording::amount(&text(piece), old, new, form), what);
            } else {
                let spot = self.grid.blank_beside(cells, fund.label.cell);
                edits.put_blank(spot, wording::amount("", None, new, form), what);
            }
        }
        for line in &pair.draft.plan {
            let label: String = self.reading.text(&line.checkpoint).split_whitespace().collect();
            let of = |project: &Project, standard: &Standard| {
                let checkpoint = fit::checkpoint(standard, &label)?;
                let line = project.plan.as_ref()?.lines.iter().find(|line| line.checkpoint == checkpoint)?;
                Some(line.share.value)
            };
            let (old, new) = (of(pair.old, pair.old_standard), of(pair.new, pair.new_standard));
            let what = Field::SpendingPlan.name;
            if let Some(piece) = &line.share {
                edits.put_piece(cells, piece, wording::number(&text(piece), old, new), what);
            } else {
                let words = new.map(|new| format!("{}%", numbers::in_form(new, 0, false)));
                edits.put_blank(self.grid.blank_beside(cells, line.checkpoint.cell), words, what);
            }
        }
    }

    /// The blank cell beside the label of a content, in the cells of a project.
    pub(super) fn beside_label(&self, pair: &PairedProject<'_>, content: Content) -> Option<Spot> {
        let cells = &self.reading.cells;
        let is_it = |cell: &u32| self.lexicon.find(LabelRoom::Project, &cells.get(*cell).text) == Some(content);
        pair.draft.cells.clone().filter(is_it).find_map(|cell| self.grid.blank_beside(cells, cell))
    }

    /// The cells of an indicator's row, with what the indicator is now.
    pub(super) fn indicator(&self, pair: &PairedProject<'_>, row: &PairedRow<'_>, edits: &mut CellEdits) {
        let PairedRow { draft, old, new, .. } = *row;
        let cells = &self.reading.cells;
        let text = |piece: &CellPiece| self.reading.text(piece).to_owned();
        let [was, is] =
            [By { value: old, standard: pair.old_standard }, By { value: new, standard: pair.new_standard }];
        if let Some(piece) = &draft.name {
            let words = wording::prose(&text(piece), Some(&old.name.value), Some(&new.name.value));
            edits.put_piece(cells, piece, words, Field::Leaf.name);
        }
        self.target(draft, was, is, edits);
        for (column, piece) in self.columns_of(draft) {
            let form = &self.reading.draft.columns[usize::from(column)];
            // The cells of a target are written together, those of the year by what was reported.
            if is_written_elsewhere(form.content) {
                continue;
            }
            let words = |cell: &str| cell_words(cell, form.content, &form.heading, was, is);
            let Some(what) = self.name_of(column) else { continue };
            match piece {
                Some(piece) => edits.put_piece(cells, &piece, words(&text(&piece)), &what),
                None => edits.put_blank(self.blank_under(draft, column), words(""), &what),
            }
        }
        for (column, piece) in &draft.again {
            let form = &self.reading.draft.columns[usize::from(*column)];
            let cell = text(piece);
            let words = match form.content {
                Content::Target | Content::Value => {
                    (!wording::is_same_target(was, is)).then(|| wording::whole_target(&cell, was, is))
                }
                content => cell_words(&cell, content, &form.heading, was, is),
            };
            edits.put_piece(cells, piece, words, &form.heading);
        }
    }

    /// The columns of an indicator's table, each with the cell that stands under it.
    pub(super) fn columns_of(&self, draft: &IndicatorDraft) -> Vec<(u16, Option<CellPiece>)> {
        let known =
            |column: u16| draft.fields.iter().find(|(other, _)| *other == column).map(|(_, piece)| piece.clone());
        (0..self.reading.draft.columns.len() as u16).map(|column| (column, known(column))).collect()
    }

    fn name_of(&self, column: u16) -> Option<String> {
        let column = self.reading.draft.columns.get(usize::from(column))?;
        Some(column.heading.clone())
    }

    /// The cells of a target: all in one, or one for each of its parts.
    fn target(&self, draft: &IndicatorDraft, old: By<'_, Indicator>, new: By<'_, Indicator>, edits: &mut CellEdits) {
        if wording::is_same_target(old, new) {
            return;
        }
        let cells = &self.reading.cells;
        let what = "目标值";
        let text = |piece: &CellPiece| self.reading.text(piece).to_owned();
        let piece = |content: Content| draft.field(content, &self.reading.draft.columns);
        let column = |content: Content| {
            self.columns_of(draft)
                .into_iter()
                .map(|(column, _)| column)
                .filter(move |column| self.reading.draft.columns[usize::from(*column)].content == content)
        };
        if let Some(piece) = piece(Content::Written) {
            let written = written::target(&new.value.target.value, new.standard);
            edits.put_piece(cells, piece, Some(written), what);
        }
        let has_parts = piece(Content::Value).is_some() || piece(Content::Nature).is_some();
        if let Some(piece) = piece(Content::Target) {
            edits.put_piece(cells, piece, Some(wording::whole_target(&text(piece), old, new)), what);
        } else if !has_parts
            && let Some(spot) = column(Content::Target).find_map(|column| self.blank_under(draft, column))
        {
            edits.put_blank(Some(spot), Some(print::target_cell(new.value, new.standard)), what);
        }
        if !has_parts && piece(Content::Measure).is_none() {
            return;
        }
        let [was, is] = [old, new].map(|one| print::printed(&one.value.target.value, one.standard));
        let units = [old, new].map(|one| match &one.value.target.value {
            Target::Quantity { quantity, .. } => quantity.written_unit(one.standard),
            _ => String::new(),
        });
        let unit_words = |cell: &str| {
            let is_written = cell.trim() == units[0] || was.unit.is_empty();
            if is_written {
                wording::part(cell, &units[0], &units[1])
            } else {
                wording::part(cell, &was.unit, &is.unit)
            }
        };
        let value_words = |cell: &str| {
            let number = |one: &Printed| one.value.parse::<Decimal>().ok();
            match (numbers::only(cell), number(&was), number(&is)) {
                (Some(known), Some(old), Some(new)) if known.value.abs() == old.abs() => {
                    (old != new).then(|| numbers::put(cell, &known, new))
                }
                _ => wording::part(cell, &was.value, &is.value).or_else(|| {
                    // The sign stands in a cell of its own.
                    if piece(Content::Nature).is_some() && !is.value.is_empty() && was.value != is.value {
                        return Some(is.value.clone());
                    }
                    (was.value != is.value).then(|| {
                        wording::target_words(
                            cell,
                            By { value: &old.value.target.value, standard: old.standard },
                            By { value: &new.value.target.value, standard: new.standard },
                        )
                    })
                }),
            }
        };
        let nature = |one: &Printed| self.word_of_sign(draft, &one.nature).unwrap_or_else(|| one.nature.clone());
        let nature_words = |_: &str| (was.nature != is.nature).then(|| nature(&is));
        let parts: [(Content, PartWords<'_>, String); 3] = [
            (Content::Nature, &nature_words, nature(&is)),
            (Content::Value, &value_words, is.value.clone()),
            (Content::Measure, &unit_words, units[1].clone()),
        ];
        for (content, words, blank) in parts {
            if let Some(piece) = piece(content) {
                edits.put_piece(cells, piece, words(&text(piece)), what);
            } else {
                let spot = column(content).find_map(|column| self.blank_under(draft, column));
                edits.put_blank(spot, Some(blank), what);
            }
        }
    }

    /// How the table writes a sign: as another row has it.
    fn word_of_sign(&self, draft: &IndicatorDraft, sign: &str) -> Option<String> {
        let table = row_of(&self.reading.cells.get(draft.name.as_ref()?.cell).place)?.0;
        let rows = self.all_rows.iter().filter(|row| row.table.as_ref() == Some(&table) && row.nature == sign);
        let mut cells = rows.filter_map(|row| {
            let piece = row.draft.field(Content::Nature, &self.reading.draft.columns)?;
            Some(self.reading.text(piece).to_owned())
        });
        cells.next()
    }

    /// The blank cell of an indicator's row under a heading: where other rows of its table have theirs, else below the
    /// heading itself.
    pub(super) fn blank_under(&self, draft: &IndicatorDraft, column: u16) -> Option<Spot> {
        let cells = &self.reading.cells;
        let (row, _) = self.grid.column_of(cells, draft.name.as_ref()?.cell)?;
        let of_rows = || {
            let of_table = self.all_rows.iter().filter(|one| one.table.as_ref() == Some(&row.0));
            let mut known = of_table.filter_map(|one| one.draft.fields.iter().find(|(other, _)| *other == column));
            known.find_map(|(_, piece)| self.grid.column_of(cells, piece.cell)).map(|(_, column)| column)
        };
        let at = of_rows().or_else(|| self.column_of_heading(&row.0, row.1, column))?;
        // A cell that says something of the same kind is the one that is meant.
        let columns = &self.reading.draft.columns;
        let content = columns.get(usize::from(column))?.content;
        let is_said = |other: &u16| *other != column && columns[usize::from(*other)].content == content;
        if draft.fields.iter().any(|(other, piece)| {
            is_said(other) && self.grid.column_of(cells, piece.cell).is_some_and(|(_, known)| known == at)
        }) {
            return None;
        }
        self.grid.blank_at(cells, &row, at)
    }

    /// The column of the grid below a heading of a table that says it.
    fn column_of_heading(&self, table: &TableName, above: u32, column: u16) -> Option<u32> {
        let heading = key_of(&self.reading.draft.columns.get(usize::from(column))?.heading).text;
        if heading.is_empty() {
            return None;
        }
        let rows = self.grid.rows_of(table).filter(|((_, row), _)| *row < above);
        let cells = rows.flat_map(|(_, row)| row);
        let found = cells.filter(|one| key_of(&self.reading.cells.get(one.cell).text).text == heading).last()?;
        // Under a wide heading stand several columns.
        (self.reading.cells.get(found.cell).columns <= 1 || self.is_one_column(table, found)).then_some(found.column)
    }

    /// Whether nothing stands under a wide heading but cells as wide.
    fn is_one_column(&self, table: &TableName, heading: &FormGridCell) -> bool {
        let width = u32::from(self.reading.cells.get(heading.cell).columns.max(1));
        let within = heading.column + 1..heading.column + width;
        let rows = self.all_rows.iter().filter(|row| row.table.as_ref() == Some(table));
        let mut names = rows.filter_map(|row| self.grid.column_of(&self.reading.cells, row.draft.name.as_ref()?.cell));
        names.all(|(row, _)| self.grid.row(&row).iter().all(|one| !within.contains(&one.column)))
    }

    /// Where an indicator of another category says so, in a copy of a row.
    pub(super) fn category_cells(&self, draft: &IndicatorDraft, path: [&str; 2], edits: &mut CellEdits) {
        let cells = &self.reading.cells;
        let Some((row, _)) = draft.name.as_ref().and_then(|name| self.grid.column_of(cells, name.cell)) else { return };
        for (piece, words) in [(&draft.category, path[0]), (&draft.subcategory, path[1])] {
            let Some(piece) = piece else { continue };
            let text = self.reading.text(piece);
            if key_of(text).text == key_of(words).text || words.is_empty() {
                continue;
            }
            let Some((_, column)) = self.grid.column_of(cells, piece.cell) else { continue };
            let Some(own) = self.grid.row(&row).iter().find(|one| one.column == column) else { continue };
            let own = spot(cells, own.cell);
            let whole = 0..own.was.len();
            edits.put(own, whole, Some(words.to_owned()), Field::Category.name);
        }
    }
}

/// What a part of a target is in the words of its cell; none where it stays.
type PartWords<'f> = &'f dyn Fn(&str) -> Option<String>;

fn is_written_elsewhere(content: Content) -> bool {
    matches!(
        content,
        Content::Target | Content::Nature | Content::Value | Content::Measure | Content::Written | Content::OfYear(_)
    )
}

/// The money as a whole, on both sides, in base units.
fn totals(pair: &PairedProject<'_>) -> [Option<Decimal>; 2] {
    [(pair.old, pair.old_standard), (pair.new, pair.new_standard)]
        .map(|(project, standard)| project.budget.as_ref()?.total.as_ref()?.base_value(standard))
}

/// What a cell of a row says; none where it stays, or is none of the targets.
fn cell_words(
    cell: &str,
    content: Content,
    heading: &str,
    old: By<'_, Indicator>,
    new: By<'_, Indicator>,
) -> Option<String> {
    let prose = |said: &dyn Fn(&By<'_, Indicator>) -> Option<String>| {
        wording::prose(cell, said(&old).as_deref(), said(&new).as_deref())
    };
    match content {
        Content::Plain(field) => {
            let [old, new] =
                [old, new].map(|one| one.value.plain.get(field).map(|value| By { value, standard: one.standard }));
            plain(cell, old, new)
        }
        Content::Basis => prose(&|one| Some(one.value.basis.as_ref()?.text.value.to_string())),
        Content::BasisKind => prose(&|one| Some(one.value.basis.as_ref()?.kind.as_ref()?.value.to_string())),
        Content::Direction => prose(&|one| Some(one.value.direction.as_ref()?.value.word().to_owned())),
        Content::WholePeriod => {
            let [was, is] = [old, new].map(|one| {
                let target = &one.value.whole_period.as_ref()?.value;
                Some(By { value: target, standard: one.standard })
            });
            let said = |one: &Option<By<'_, Target>>| {
                one.map(|one| written::target(one.value, one.standard)).unwrap_or_default()
            };
            match (was, is) {
                _ if said(&was) == said(&is) => None,
                (Some(was), Some(is)) => Some(wording::target_words(cell, was, is)),
                (None, Some(is)) => Some(print::printed(is.value, is.standard).glued()),
                (_, None) => Some(String::new()),
            }
        }
        Content::WholePeriodWritten => {
            prose(&|one| Some(written::target(&one.value.whole_period.as_ref()?.value, one.standard)))
        }
        Content::Extra => prose(&|one| {
            let rule = fit::field_rule(one.standard, Block::Indicator, &key_of(heading).text)?;
            one.value.extra.iter().find(|field| field.rule == rule).map(|field| said(field, one.standard))
        }),
        _ => None,
    }
}
