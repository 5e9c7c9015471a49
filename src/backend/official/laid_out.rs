//! The tables of a project as its standard lays them out: rows of labels and facts above and below the indicators.

use super::{CellKind, FormCell, FormTable, extra_text, numbered};
use crate::language::{Block, Field};
use crate::model::standard::Standard;
use crate::model::standard::project_form::{
    FactWord, GroupItem, ItemPart, LayoutCell, LayoutLine, LayoutPart, ProjectFact, ProjectForm,
};
use crate::model::unit::Quantity;
use crate::model::{Department, FundLine, Model, Plain, Project, print};

/// The signs that a label has on a line before it goes on below.
const LABEL_LINE: usize = 7;
/// The signs of a column that nothing makes wider, and of one that a fact asks for.
const NARROW: usize = 3;
const OF_FACT: usize = 7;

/// The most signs of a short answer, which stands in the middle of its cell.
const SHORT_ANSWER: usize = 20;

/// What prints a layout for a project.
pub(super) struct LayoutPrinter<'a> {
    pub model: &'a Model,
    /// The number of the project in its department.
    pub number: usize,
    pub project: &'a Project,
    pub standard: &'a Standard,
    pub form: &'a ProjectForm,
}

/// A cell that is printed, with the lines that it takes.
type Sized = (FormCell, usize);

impl LayoutPrinter<'_> {
    /// The lines of the title.
    pub fn titles(&self) -> Vec<String> {
        self.form.titles.iter().map(|title| self.text(title, None).0).collect()
    }

    /// What stands at the left of the indicators.
    pub fn beside(&self) -> Option<String> {
        self.form.beside.as_ref().map(|cell| self.text(cell, None).0)
    }

    /// The tables above and below the indicators, on one grid; further lines of the title lead the first.
    pub fn tables(&self, titles: &[String]) -> (FormTable, FormTable) {
        let placed = |lines: &[LayoutLine]| on_grid(&lines.iter().map(|line| self.rows(line)).collect::<Vec<_>>());
        let (before, after) = (placed(&self.form.before), placed(&self.form.after));
        let titles = titles.iter().map(|title| vec![FormCell::new(CellKind::Above, 1, title)]);
        let above: Vec<_> = titles.chain(self.form.above.iter().map(|row| self.line(row))).collect();
        let below: Vec<_> = self.form.below.iter().map(|row| self.line(row)).collect();
        let most = above.iter().chain(&below).map(Vec::len).max().unwrap_or(0);
        let grid = before.iter().chain(&after).map(|row| width(row)).max().unwrap_or(0).max(most);
        let filled = |rows: Vec<Vec<FormCell>>| rows.into_iter().map(|row| filled(row, grid)).collect::<Vec<_>>();
        let (before, after) = (filled(before), filled(after));
        let widths = widths(before.iter().chain(&after), grid);
        let spread = |row: Vec<FormCell>| -> Vec<FormCell> {
            let count = row.len();
            let edge = |index: usize| grid * index / count.max(1);
            let sized = |(index, cell): (usize, FormCell)| FormCell { columns: edge(index + 1) - edge(index), ..cell };
            row.into_iter().enumerate().map(sized).collect()
        };
        let table = |rows: Vec<Vec<FormCell>>| FormTable { widths: widths.clone(), heading_rows: 0, rows };
        let head = above.into_iter().map(spread).chain(before).collect();
        let foot = after.into_iter().chain(below.into_iter().map(spread)).collect();
        (table(head), table(foot))
    }

    fn line(&self, cells: &[LayoutCell]) -> Vec<FormCell> {
        let cell = |cell| FormCell::new(CellKind::Above, 1, self.text(cell, None).0);
        cells.iter().map(cell).collect()
    }

    /// The printed rows of a line.
    fn rows(&self, line: &LayoutLine) -> Vec<Vec<Sized>> {
        match line {
            LayoutLine::Row(row) => vec![self.row(row, None)],
            LayoutLine::Each { of, across, rows } => {
                let count = match of {
                    GroupItem::FundSource => self.standard.fund_sources.len(),
                    GroupItem::Checkpoint => self.standard.checkpoints.len(),
                };
                let items: Vec<usize> = (0..count).collect();
                let side_by_side = items.chunks(*across).flat_map(|items| {
                    rows.iter().map(|row| {
                        let mut cells: Vec<Sized> = items.iter().flat_map(|item| self.row(row, Some(*item))).collect();
                        // What fills up the last row belongs to nothing.
                        let rest: usize = row.iter().map(|cell| cell.columns).sum::<usize>() * (across - items.len());
                        cells.extend((rest > 0).then(|| (FormCell::new(CellKind::Text, rest, ""), 1)));
                        cells
                    })
                });
                side_by_side.collect()
            }
        }
    }

    fn row(&self, row: &[LayoutCell], item: Option<usize>) -> Vec<Sized> {
        let cell = |cell: &LayoutCell| {
            let (text, kind) = self.text(cell, item);
            (FormCell::new(kind, cell.columns, text), cell.lines)
        };
        row.iter().map(cell).collect()
    }

    /// What a cell prints, and as what.
    fn text(&self, cell: &LayoutCell, item: Option<usize>) -> (String, CellKind) {
        let part = |part: &LayoutPart| match part {
            LayoutPart::Text(text) => text.clone(),
            LayoutPart::Fact(fact) => self.fact(fact, item),
        };
        let text: String = cell.parts.iter().map(part).collect();
        let kind = match &cell.parts[..] {
            [] => CellKind::Text,
            [LayoutPart::Fact(ProjectFact::Own(_) | ProjectFact::OfDepartment(_))] if is_prose(&text) => {
                CellKind::Prose
            }
            [LayoutPart::Fact(fact)] => self.kind(fact),
            _ if cell.is_label() => CellKind::Heading,
            // A label before its fact stands at the left; a code before a name, in the middle.
            [LayoutPart::Text(text), ..] if text.contains(['：', ':']) => CellKind::Prose,
            _ => CellKind::Text,
        };
        (text, kind)
    }

    fn kind(&self, fact: &ProjectFact) -> CellKind {
        match fact {
            ProjectFact::Word(FactWord::Budget)
            | ProjectFact::Fund(_)
            | ProjectFact::Investment(_)
            | ProjectFact::Share(_)
            | ProjectFact::Item(ItemPart::Amount | ItemPart::Investment | ItemPart::Share) => CellKind::Number,
            ProjectFact::Item(ItemPart::FundSource | ItemPart::Checkpoint) => CellKind::Heading,
            ProjectFact::Plain(field) => match self.project.plain.get(*field) {
                Some(Plain::Number(_) | Plain::Quantity(_)) => CellKind::Number,
                Some(Plain::Text(_)) => CellKind::Prose,
                Some(Plain::Date(_) | Plain::Period(_)) | None => CellKind::Text,
            },
            ProjectFact::Own(_) | ProjectFact::OfDepartment(_) | ProjectFact::Word(_) => CellKind::Text,
        }
    }

    /// A fact as it is printed; blank where the project does not state it.
    fn fact(&self, fact: &ProjectFact, item: Option<usize>) -> String {
        let named = |name: &str| self.standard.fund_sources.iter().position(|source| source.name == *name);
        let own = |block: Block, name: &str, extra: &[crate::model::ExtraField]| {
            let is_meant = |rule: usize| {
                let rule = &self.standard.field_rules[rule];
                rule.block == block && rule.name == name
            };
            let field = extra.iter().find(|field| is_meant(field.rule));
            field.map(|field| extra_text(&field.value, self.standard))
        };
        let printed = match fact {
            ProjectFact::Word(word) => self.word(*word),
            ProjectFact::Plain(field) => self.project.plain.get(*field).map(|value| match value {
                Plain::Text(text) if *field == Field::Goal => numbered(&text.value, self.standard),
                Plain::Text(text) => text.value.to_string(),
                Plain::Number(number) => number.value.to_string(),
                Plain::Quantity(quantity) => print::amount(quantity, self.standard),
                Plain::Date(date) => date.value.to_string(),
                Plain::Period(period) => format!("{}—{}", period.value.from, period.value.to),
            }),
            ProjectFact::Fund(name) => named(name).and_then(|source| self.of_source(self.funds(), source)),
            ProjectFact::Investment(name) => {
                named(name).and_then(|source| self.of_source(&self.project.investment, source))
            }
            ProjectFact::Share(date) => {
                self.standard.checkpoints.iter().position(|one| one.date == *date).and_then(|one| self.share(one))
            }
            ProjectFact::Own(name) => own(Block::Project, name, &self.project.extra),
            ProjectFact::OfDepartment(name) => {
                self.department().and_then(|one| own(Block::Department, name, &one.extra))
            }
            ProjectFact::Item(part) => item.and_then(|item| self.item(*part, item)),
        };
        printed.unwrap_or_default()
    }

    fn word(&self, word: FactWord) -> Option<String> {
        let text = |text: &crate::model::Text| text.value.to_string();
        match word {
            FactWord::Number => Some(self.number.to_string()),
            FactWord::Name => Some(text(&self.project.name)),
            FactWord::Code => self.project.code.as_ref().map(text),
            FactWord::Department => self.department().map(|one| text(&one.name)),
            FactWord::DepartmentCode => self.department()?.code.as_ref().map(text),
            FactWord::Unit => {
                let code = self.project.unit_of_account.as_ref()?;
                let units = self.department().map_or(&[][..], |one| &one.units_of_account);
                let unit = units.iter().find(|unit| unit.code.value == code.value);
                unit.and_then(|unit| unit.name.as_ref()).map(text)
            }
            FactWord::UnitCode => self.project.unit_of_account.as_ref().map(text),
            FactWord::Year => self.department()?.year.as_ref().map(|year| year.value.to_string()),
            FactWord::MoneyUnit => Some(self.standard.money_unit_name()),
            FactWord::Budget => self.amount(self.project.budget.as_ref()?.total.as_ref()),
        }
    }

    fn item(&self, part: ItemPart, item: usize) -> Option<String> {
        let source = || self.standard.fund_sources.get(item);
        match part {
            ItemPart::FundSource => source().map(|one| one.label.clone().unwrap_or_else(|| one.name.clone())),
            ItemPart::Checkpoint => self.standard.checkpoints.get(item).map(|one| one.label.clone()),
            ItemPart::Amount => self.of_source(self.funds(), item),
            ItemPart::Investment => self.of_source(&self.project.investment, item),
            ItemPart::Share => self.share(item),
        }
    }

    fn department(&self) -> Option<&Department> {
        self.project.department.map(|id| &self.model[id])
    }

    fn funds(&self) -> &[FundLine] {
        self.project.budget.as_ref().map_or(&[], |budget| &budget.funds)
    }

    fn amount(&self, quantity: Option<&Quantity>) -> Option<String> {
        quantity.map(|quantity| print::amount(quantity, self.standard))
    }

    fn of_source(&self, lines: &[FundLine], source: usize) -> Option<String> {
        self.amount(lines.iter().find(|line| line.source == source)?.amount.as_ref())
    }

    fn share(&self, checkpoint: usize) -> Option<String> {
        let line = self.project.plan.as_ref()?.lines.iter().rfind(|line| line.checkpoint == checkpoint);
        line.map(|line| format!("{}%", line.share.value))
    }
}

/// Whether a field of the standard holds more than a short answer.
fn is_prose(text: &str) -> bool {
    text.contains(['。', '\n']) || text.chars().count() > SHORT_ANSWER
}

fn width(row: &[FormCell]) -> usize {
    row.iter().map(|cell| cell.columns).sum()
}

/// The rows of all lines with what goes on into them from above. A cell takes lines, of which each may be several rows.
fn on_grid(lines: &[Vec<Vec<Sized>>]) -> Vec<Vec<FormCell>> {
    let mut placed: Vec<Vec<FormCell>> = Vec::new();
    // What still goes on: where it begins, the cell, how many rows are left.
    let mut open: Vec<(usize, FormCell, usize)> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        for (inside, row) in line.iter().enumerate() {
            let mut own = row.iter();
            let mut cells = Vec::new();
            let mut column = 0;
            let mut going: Vec<(usize, FormCell, usize)> = Vec::new();
            loop {
                if let Some((_, above, left)) = open.iter().find(|(start, ..)| *start == column) {
                    cells.push(FormCell::continued(above));
                    if *left > 1 {
                        going.push((column, above.clone(), left - 1));
                    }
                    column += above.columns;
                    continue;
                }
                let next_open = open.iter().map(|(start, ..)| *start).filter(|start| *start > column).min();
                let room = next_open.map(|next| next - column);
                let Some((cell, wanted)) = own.next() else {
                    let Some(room) = room else { break };
                    cells.push(FormCell::new(CellKind::Text, room, ""));
                    column += room;
                    continue;
                };
                // Within a group a cell goes on over the rows of its item; elsewhere over whole lines.
                let rows = if line.len() > 1 || *wanted == 1 {
                    (*wanted).min(line.len() - inside)
                } else {
                    lines[index..].iter().take(*wanted).map(Vec::len).sum()
                };
                let columns = room.map_or(cell.columns, |room| cell.columns.min(room));
                let cell = FormCell { columns, ..cell.clone() }.over_rows(rows);
                if rows > 1 {
                    going.push((column, cell.clone(), rows - 1));
                }
                column += columns;
                cells.push(cell);
            }
            open = going;
            placed.push(cells);
        }
    }
    placed
}

/// A row as wide as the grid: what is missing is its last cell's, where that is its own.
fn filled(mut row: Vec<FormCell>, grid: usize) -> Vec<FormCell> {
    let missing = grid.saturating_sub(width(&row));
    match row.last_mut() {
        Some(last) if missing > 0 && last.rows == 1 => last.columns += missing,
        _ if missing > 0 => row.push(FormCell::new(CellKind::Text, missing, "")),
        _ => {}
    }
    row
}

/// How wide each column is: what its labels need on two lines or so, and room for facts. Facts themselves are not looked
/// at, so that all forms of a standard are alike.
fn widths<'a>(rows: impl Iterator<Item = &'a Vec<FormCell>>, grid: usize) -> Vec<u16> {
    let mut wanted: Vec<(usize, usize, usize)> = Vec::new();
    for row in rows {
        let mut start = 0;
        for cell in row {
            let signs = match cell.kind {
                CellKind::Heading => {
                    let longest = cell.text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
                    longest.div_ceil(longest.div_ceil(LABEL_LINE).max(1)) + 1
                }
                CellKind::Text | CellKind::Prose | CellKind::Number => OF_FACT,
                CellKind::Above => 0,
            };
            wanted.push((cell.columns, start, signs));
            start += cell.columns;
        }
    }
    wanted.sort_unstable();
    let mut widths = vec![NARROW; grid];
    for (columns, start, signs) in wanted {
        let end = (start + columns).min(grid);
        let Some(own) = widths.get_mut(start..end) else { continue };
        let missing = signs.saturating_sub(own.iter().sum());
        for (index, width) in own.iter_mut().enumerate() {
            *width += missing * (index + 1) / columns - missing * index / columns;
        }
    }
    widths.into_iter().map(|width| u16::try_from(width).unwrap_or(u16::MAX)).collect()
}
