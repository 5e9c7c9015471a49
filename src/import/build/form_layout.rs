//! How a document lays out the form of a project: the cells above and below its indicators, each a label as it is spelt
//! there, or the fact that was recognised in it. It is declared where the standard prints another form.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::fit;
use crate::diagnostic::texts;
use crate::import::account::{CellPiece, Use};
use crate::import::document::Remark;
use crate::import::recognise::draft::{Again, FundDraft, ProjectDraft, Reading};
use crate::import::recognise::lexicon::{Content, LabelRoom, Lexicon, key_of};
use crate::import::recognise::signs::{is_money_word, money_unit_in, unit_in_bracket, year_in};
use crate::language::{Block, Field};
use crate::model::standard::Standard;
use crate::model::standard::project_form::{
    FactWord, LayoutCell, LayoutLine, LayoutPart, PLAIN, ProjectFact, ProjectForm,
};
use crate::model::{Department, Model, Project};

/// The most lines between the title of a form and its first fact.
const ABOVE: usize = 5;
/// The most rows of headings over the indicators.
const HEADS: usize = 4;
/// A grid with more columns is no form.
const MOST_COLUMNS: usize = 60;

/// The layout of most projects of a department where it is not the usual one, and what is told of the others.
pub fn of_department(
    reading: &Reading,
    lexicon: &Lexicon,
    model: &Model,
    department: usize,
    standard: &Standard,
) -> Option<(ProjectForm, Option<Remark>)> {
    // A form that somebody declared is the one that is wanted.
    if standard.project_form.is_some() {
        return None;
    }
    let drafts = || (0..).zip(&reading.draft.projects).filter(|(_, draft)| draft.department == department);
    // A form of the year has a declaration of its own.
    if model.departments.get(department).is_some_and(|one| !one.record.occasions.is_empty()) {
        return None;
    }
    let mut known: Vec<(Option<ProjectForm>, usize, &str)> = Vec::new();
    for (index, _) in drafts() {
        let one = OfProject::new(reading, lexicon, model, index, standard)?;
        let Some(form) = one.form() else { continue };
        let form = (!one.is_usual(&form)).then_some(form);
        match known.iter_mut().find(|(other, ..)| *other == form) {
            Some((_, count, _)) => *count += 1,
            None => known.push((form, 1, &model.projects[index].name.value)),
        }
    }
    let total: usize = known.iter().map(|(_, count, _)| count).sum();
    let most = known.iter().map(|(_, count, _)| *count).max()?;
    let (form, count, name) = known.into_iter().find(|(_, count, _)| *count == most)?;
    let told = (count < total).then(|| Remark::guess(None, texts::guessed_layout(name, total - count)));
    Some((form?, told))
}

/// A project with what is known of it.
struct OfProject<'a> {
    reading: &'a Reading,
    lexicon: &'a Lexicon,
    standard: &'a Standard,
    index: usize,
    draft: &'a ProjectDraft,
    project: &'a Project,
    department: Option<&'a Department>,
    /// The facts that stand in cells, each with its bytes.
    facts: BTreeMap<u32, Vec<(Range<usize>, Vec<LayoutPart>)>>,
    /// The facts that labels announce.
    announced: BTreeMap<u32, ProjectFact>,
}

/// A row of cells on the grid.
struct Row {
    /// Its cells: by number, the first column and how many there are; none for a blank one that another goes on over.
    cells: Vec<Slot>,
}

#[derive(Clone)]
struct Slot {
    cell: u32,
    start: usize,
    columns: usize,
    continues: bool,
}

impl<'a> OfProject<'a> {
    fn new(
        reading: &'a Reading,
        lexicon: &'a Lexicon,
        model: &'a Model,
        index: usize,
        standard: &'a Standard,
    ) -> Option<Self> {
        let (draft, project) = (reading.draft.projects.get(index)?, model.projects.get(index)?);
        let department = project.department.map(|id| &model[id]);
        let (facts, announced) = (BTreeMap::new(), BTreeMap::new());
        let mut one = Self { reading, lexicon, standard, index, draft, project, department, facts, announced };
        one.know();
        Some(one)
    }

    // ── What stands where ────────────────────────────────────────────────────────────────────────────────────

    fn know(&mut self) {
        let (draft, word) = (self.draft, ProjectFact::Word);
        let own = |label: Option<&CellPiece>, lead: Option<String>| {
            let key = key_of(self.reading.text(label?).trim_end_matches(['：', ':'])).text;
            let key = lead.map_or(key.clone(), |lead| key_of(&format!("{lead}{key}")).text);
            let rule = fit::field_rule(self.standard, Block::Project, &key)?;
            Some(ProjectFact::Own(self.standard.field_rules[rule].name.clone()))
        };
        let mut known: Vec<(CellPiece, ProjectFact)> = Vec::new();
        let mut announced: Vec<(u32, ProjectFact)> = Vec::new();
        for piece in draft.name.iter().chain(&draft.title) {
            let text = self.reading.text(piece);
            // 51000024T000000019951 公路养护
            let code = self.project.code.as_ref().map(|code| &*code.value).filter(|code| text.starts_with(code));
            if let Some(code) = code {
                known.push((piece.part(text, 0..code.len()), word(FactWord::Code)));
            }
            known.push((piece.part(text, code.map_or(0, str::len)..text.len()), word(FactWord::Name)));
        }
        known.extend(draft.code.iter().cloned().map(|piece| (piece, word(FactWord::Code))));
        known.extend(draft.unit_code.iter().cloned().map(|piece| (piece, word(FactWord::UnitCode))));
        known.extend(draft.budget.iter().cloned().map(|piece| (piece, word(FactWord::Budget))));
        let of_funds: [(&[FundDraft], fn(String) -> ProjectFact); 2] =
            [(&draft.funds, ProjectFact::Fund), (&draft.investment, ProjectFact::Investment)];
        for (funds, fact) in of_funds {
            for fund in funds {
                let source = fit::fund(self.standard, &key_of(self.reading.text(&fund.label)).text);
                let Some(source) = source.map(|source| &self.standard.fund_sources[source]) else { continue };
                announced.push((fund.label.cell, fact(source.name.clone())));
                known.extend(fund.amount.clone().map(|piece| (piece, fact(source.name.clone()))));
            }
        }
        for line in &draft.plan {
            let text: String = self.reading.text(&line.checkpoint).split_whitespace().collect();
            let Some(at) = fit::checkpoint(self.standard, &text) else { continue };
            let share = ProjectFact::Share(self.standard.checkpoints[at].date);
            announced.push((line.checkpoint.cell, share.clone()));
            known.extend(line.share.clone().map(|piece| (piece, share)));
        }
        known.extend(draft.purpose.iter().cloned().map(|piece| (piece, ProjectFact::Plain(Field::Purpose))));
        known.extend(draft.goal.iter().cloned().map(|piece| (piece, ProjectFact::Plain(Field::Goal))));
        let plain = draft.plain.iter().filter(|(field, _)| PLAIN.contains(field));
        known.extend(plain.map(|(field, piece)| (piece.clone(), ProjectFact::Plain(*field))));
        for one in &draft.extra {
            let Some(fact) = own(one.label.as_ref(), one.lead.clone()) else { continue };
            announced.extend(one.label.as_ref().map(|label| (label.cell, fact.clone())));
            known.push((one.value.clone(), fact));
        }
        for again in &draft.again {
            known.extend(match again {
                Again::Amount { fund: None, amount, .. } => Some((amount.clone(), word(FactWord::Budget))),
                Again::Goal(piece) => Some((piece.clone(), ProjectFact::Plain(Field::Goal))),
                Again::Amount { fund: Some(fund), amount, .. } => {
                    let source = fit::fund(self.standard, &key_of(self.reading.text(fund)).text);
                    let name = source.map(|source| self.standard.fund_sources[source].name.clone());
                    name.map(|name| (amount.clone(), ProjectFact::Fund(name)))
                }
                Again::Field(_) => None,
            });
        }
        let department = &self.reading.draft.departments[draft.department];
        known.extend(department.code.iter().cloned().map(|piece| (piece, word(FactWord::DepartmentCode))));
        known.extend(department.name.iter().cloned().map(|piece| (piece, word(FactWord::Department))));
        known.extend(department.year.iter().cloned().map(|piece| (piece, word(FactWord::Year))));
        if let Some(unit) = &draft.unit {
            match own(unit.label.as_ref(), None) {
                Some(fact) => {
                    announced.extend(unit.label.as_ref().map(|label| (label.cell, fact.clone())));
                    known.push((unit.value.clone(), fact));
                }
                None => known.extend(self.of_unit(&unit.value)),
            }
        }
        self.announced.extend(announced);
        for (piece, fact) in known {
            let (range, parts) = self.placed(&piece, fact);
            let of_cell = self.facts.entry(piece.cell).or_default();
            if of_cell.iter().all(|(other, _)| other.end <= range.start || range.end <= other.start) {
                of_cell.push((range, parts));
                of_cell.sort_by_key(|(range, _)| range.start);
            }
        }
    }

    /// The code and the name of a unit in one cell; the department's name where that is what it says.
    fn of_unit(&self, value: &CellPiece) -> Vec<(CellPiece, ProjectFact)> {
        let text = self.reading.text(value);
        let part = |found: Option<usize>, said: &str, fact| {
            found.map(|at| (value.part(text, at..at + said.len()), ProjectFact::Word(fact)))
        };
        let Some(code) = self.project.unit_of_account.as_ref().map(|code| &*code.value) else {
            return vec![(value.clone(), ProjectFact::Word(FactWord::Department))];
        };
        let unit = self.department.and_then(|one| one.units_of_account.iter().find(|unit| &*unit.code.value == code));
        let name = unit.and_then(|unit| unit.name.as_ref()).map_or("", |name| &*name.value);
        let of_code = part(text.find(code), code, FactWord::UnitCode);
        let of_name = part(text.find(name).filter(|_| !name.is_empty()), name, FactWord::Unit);
        of_code.into_iter().chain(of_name).collect()
    }

    /// The bytes of its cell that a fact takes, and how it is printed there.
    fn placed(&self, piece: &CellPiece, fact: ProjectFact) -> (Range<usize>, Vec<LayoutPart>) {
        let (start, mut end) = (piece.bytes.start as usize, piece.bytes.end as usize);
        let text = self.reading.text(piece);
        let is_amount = match &fact {
            ProjectFact::Word(word) => *word == FactWord::Budget,
            ProjectFact::Plain(field) => *field == Field::TotalInvestment,
            ProjectFact::Fund(_) | ProjectFact::Investment(_) => true,
            ProjectFact::Share(_) | ProjectFact::Own(_) | ProjectFact::OfDepartment(_) | ProjectFact::Item(_) => false,
        };
        if fact == ProjectFact::Word(FactWord::Name)
            // A title leaves out what titles hold anyway: 村路维修 of 村路维修项目.
            && let Some(rest) = self.project.name.value.strip_prefix(text)
            && self.reading.cells.get(piece.cell).text[end..].starts_with(rest)
        {
            end += rest.len();
        }
        let behind = text.rfind(|sign: char| sign.is_ascii_digit()).map_or("", |at| text[at + 1..].trim());
        let mut parts = vec![LayoutPart::Fact(fact)];
        if is_amount && is_money_word(behind) {
            parts.push(LayoutPart::Fact(ProjectFact::Word(FactWord::MoneyUnit)));
        }
        (start..end, parts)
    }

    // ── Which lines are the form's ───────────────────────────────────────────────────────────────────────────

    fn line_of(&self, cell: u32) -> usize {
        self.reading.lines.partition_point(|line| line.first <= cell).saturating_sub(1)
    }

    fn cells_of(&self, line: usize) -> Range<u32> {
        let lines = &self.reading.lines;
        lines[line].first..lines.get(line + 1).map_or(self.reading.cells.len(), |next| next.first)
    }

    /// The cells of a line that say something.
    fn full(&self, line: usize) -> Vec<u32> {
        self.cells_of(line).filter(|cell| !self.reading.cells.get(*cell).is_blank()).collect()
    }

    fn words(&self, cell: u32) -> &'a str {
        &self.reading.cells.get(cell).text
    }

    fn is_title(&self, line: usize) -> bool {
        matches!(self.full(line)[..], [only] if self.lexicon.title_end(&key_of(self.words(only)).text).is_some()
            && self.is_no_label(only))
    }

    /// Whether a cell announces no fact.
    fn is_no_label(&self, cell: u32) -> bool {
        matches!(self.lexicon.find(LabelRoom::Project, self.words(cell)), None | Some(Content::Furniture))
    }

    fn is_heads(&self, line: usize) -> bool {
        let draft = &self.reading.draft;
        let headings: BTreeSet<&str> =
            draft.layout.iter().chain(&draft.columns).map(|column| column.heading.as_str()).collect();
        let full = self.full(line);
        let plain = |cell: &u32| self.words(*cell).split_whitespace().collect::<String>();
        let known = full.iter().filter(|cell| headings.contains(plain(cell).as_str())).count();
        known >= 2 && known * 2 >= full.len()
    }

    /// The first and the last line of the indicators.
    fn indicators(&self, draft: &ProjectDraft) -> Option<(usize, usize)> {
        let first = |one: &crate::import::recognise::draft::IndicatorDraft| one.first_cell;
        let rows = || draft.indicators.iter().chain(&draft.whole_period).map(first);
        Some((self.line_of(rows().min()?), self.line_of(rows().max()?)))
    }

    /// Where the form of a project begins: at its title, or at its first fact.
    fn start(&self, index: usize) -> usize {
        let draft = &self.reading.draft.projects[index];
        let begin = self.line_of(draft.cells.start);
        let before = index.checked_sub(1).and_then(|before| self.indicators(&self.reading.draft.projects[before]));
        let least = before.map_or(0, |(_, last)| last + 1).max(begin.saturating_sub(ABOVE));
        (least..=begin).rev().find(|line| self.is_title(*line)).unwrap_or(begin)
    }

    /// The layout; none where the project has no form of its own.
    fn form(&self) -> Option<ProjectForm> {
        let (first, last) = self.indicators(self.draft).filter(|_| !self.draft.is_typed)?;
        let heads = (first.saturating_sub(HEADS)..first).rev().find(|line| self.is_heads(*line))?;
        let start = self.start(self.index);
        let end = match self.reading.draft.projects.get(self.index + 1) {
            Some(_) => self.start(self.index + 1),
            None => self.reading.lines.len(),
        };
        if start > heads || end <= last {
            return None;
        }
        let mut form = ProjectForm { beside: self.beside(heads), ..ProjectForm::default() };
        let mut line = start;
        while line < heads {
            let full = self.full(line);
            match self.outside(line, &full) {
                Some(Outside::Title) => form.titles.extend(self.cells_in(&full)),
                Some(Outside::Line) => form.above.push(self.parted(&full)),
                Some(Outside::Nothing) => {}
                None => break,
            }
            line += 1;
        }
        form.titles.retain(|title| !title.parts.is_empty());
        form.before = self.rows(line..heads)?;
        let mut foot: Vec<usize> = (last + 1..end).filter(|line| !self.full(*line).is_empty()).collect();
        let is_table = |line: &usize| self.reading.lines[*line].is_table;
        let below = foot.iter().rposition(is_table).map_or(0, |at| at + 1);
        for line in foot.split_off(below) {
            let cells = self.parted(&self.full(line));
            form.below.extend((!is_blank(&cells)).then_some(cells));
        }
        form.after = match (foot.first(), foot.last()) {
            (Some(first), Some(last)) => self.rows(*first..*last + 1)?,
            _ => Vec::new(),
        };
        let has_any = !form.before.is_empty() || !form.titles.is_empty() || !form.above.is_empty();
        has_any.then_some(form)
    }

    /// What a line is before the rows of the form; none for a row.
    fn outside(&self, line: usize, full: &[u32]) -> Option<Outside> {
        let says = |cell: &u32| self.words(*cell).contains(['：', ':']);
        match full {
            [] => Some(Outside::Nothing),
            _ if self.is_title(line) => Some(Outside::Title),
            _ if !self.reading.lines[line].is_table && full.iter().all(says) => Some(Outside::Line),
            [only] if says(only) => Some(Outside::Line),
            // （2025年度）
            [only] if self.words(*only).starts_with(['(', '（']) || year_in(self.words(*only)).is_some() => {
                Some(Outside::Title)
            }
            [only] if !self.reading.lines[line].is_table && self.is_no_label(*only) => Some(Outside::Title),
            [_, .., last] if money_unit_in(self.words(*last), self.lexicon).is_some() => Some(Outside::Line),
            _ => None,
        }
    }

    /// `填报单位：某局　　单位：万元` as the cells of a line: parts that wide blanks keep apart.
    fn parted(&self, full: &[u32]) -> Vec<LayoutCell> {
        let mut cells = Vec::new();
        for cell in full {
            let text = self.words(*cell);
            let mut start = 0;
            let mut at = 0;
            // The unit of the amounts stands at the right of what is before it.
            let unit = money_unit_in(text, self.lexicon).map(|(bytes, _)| bytes.start);
            while at < text.len() {
                let blank = text[at..].find(|sign: char| !sign.is_whitespace()).unwrap_or(text.len() - at);
                let is_wide =
                    text[at..at + blank].chars().map(|sign| if sign.is_ascii() { 1 } else { 2 }).sum::<usize>() > 2;
                if (is_wide || blank > 0 && unit == Some(at + blank)) && at > start {
                    cells.push(LayoutCell::new(self.parts(*cell, start..at)));
                    start = at + blank;
                }
                at += blank;
                at += text[at..].find(char::is_whitespace).unwrap_or(text.len() - at);
            }
            cells.push(LayoutCell::new(self.parts(*cell, start..text.len())));
        }
        // A text alone would stand in the middle.
        if let [only] = &cells[..]
            && only.parts.iter().any(|part| matches!(part, LayoutPart::Text(text) if text.contains(['：', ':'])))
        {
            let nothing = LayoutCell::new(Vec::new());
            let is_unit = money_unit_in(self.words(full[0]), self.lexicon).is_some();
            cells.insert(usize::from(!is_unit), nothing);
        }
        cells
    }

    fn cells_in(&self, full: &[u32]) -> Vec<LayoutCell> {
        full.iter().map(|cell| LayoutCell::new(self.parts(*cell, 0..self.words(*cell).len()))).collect()
    }

    /// A label in the first row of the headings that goes on beside the indicators.
    fn beside(&self, heads: usize) -> Option<LayoutCell> {
        let draft = &self.reading.draft;
        let first = self.full(heads).first().copied()?;
        let plain: String = self.words(first).split_whitespace().collect();
        let is_heading = draft.layout.iter().chain(&draft.columns).any(|column| column.heading == plain);
        let parts = self.parts(first, 0..self.words(first).len());
        (!is_heading && !parts.is_empty()).then(|| LayoutCell::new(parts))
    }

    // ── Rows and cells ───────────────────────────────────────────────────────────────────────────────────────

    /// Lines as rows on the least grid that has all of their edges.
    fn rows(&self, lines: Range<usize>) -> Option<Vec<LayoutLine>> {
        let mut rows: Vec<Row> = lines.filter(|line| !self.full(*line).is_empty()).map(|line| self.row(line)).collect();
        let mut edges: BTreeSet<usize> = BTreeSet::from([0]);
        edges.extend(rows.iter().flat_map(|row| &row.cells).flat_map(|slot| [slot.start, slot.start + slot.columns]));
        let whole = *edges.last()?;
        let edges: Vec<usize> = edges.into_iter().collect();
        if edges.len() > MOST_COLUMNS {
            return None;
        }
        let place = |edge: usize| edges.partition_point(|known| *known < edge);
        for row in &mut rows {
            // A paragraph among the rows, and a row that is shorter than the others.
            if let Some(last) = row.cells.last_mut() {
                last.columns = whole - last.start;
            }
            for slot in &mut row.cells {
                let end = place(slot.start + slot.columns);
                slot.start = place(slot.start);
                slot.columns = end - slot.start;
            }
        }
        let mut used = BTreeSet::new();
        let mut laid_out: Vec<Vec<(Slot, LayoutCell)>> = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            let own = row.cells.iter().enumerate().filter(|(_, slot)| !slot.continues);
            let cells = own.map(|(place, slot)| {
                let lines = rows[index + 1..]
                    .iter()
                    .take_while(|row| row.cells.iter().any(|below| below.continues && below.start == slot.start));
                let mut parts = self.parts(slot.cell, 0..self.words(slot.cell).len());
                if self.reading.cells.get(slot.cell).is_blank() {
                    let above = index.checked_sub(1).and_then(|above| {
                        rows[above].cells.iter().find(|one| one.start == slot.start && one.columns == slot.columns)
                    });
                    let left = place.checked_sub(1).map(|left| &row.cells[left]).filter(|left| !left.continues);
                    let fact = [left, above].into_iter().flatten().find_map(|label| self.announced_by(label.cell));
                    parts.extend(fact.map(LayoutPart::Fact));
                }
                // What is stated in several cells is printed in the first.
                parts.retain(|part| match part {
                    LayoutPart::Text(_) => true,
                    LayoutPart::Fact(ProjectFact::Word(FactWord::MoneyUnit | FactWord::Year)) => true,
                    LayoutPart::Fact(fact) => used.insert(format!("{fact:?}")) || matches!(fact, ProjectFact::Word(_)),
                });
                let cell = LayoutCell { parts, columns: slot.columns.max(1), lines: lines.count() + 1 };
                (slot.clone(), cell)
            });
            laid_out.push(cells.collect());
        }
        Some(without_blank_rows(laid_out).into_iter().map(LayoutLine::Row).collect())
    }

    /// A line on the grid. Where a format has no merged cells, a blank cell is what another goes on over: behind a value
    /// or a second blank, and below the label at the left.
    fn row(&self, line: usize) -> Row {
        let is_table = self.reading.lines[line].is_table;
        let mut column = 0;
        let mut cells: Vec<Slot> = Vec::new();
        for number in self.cells_of(line) {
            let cell = self.reading.cells.get(number);
            let columns = usize::from(cell.columns.max(1));
            cells.push(Slot { cell: number, start: column, columns, continues: cell.continues });
            column += columns;
        }
        let merges = cells.iter().any(|slot| slot.continues || slot.columns > 1);
        if merges || !is_table {
            return Row { cells };
        }
        let is_blank = |slot: &Slot| self.reading.cells.get(slot.cell).is_blank();
        let mut kept: Vec<Slot> = Vec::new();
        for (index, slot) in cells.iter().enumerate() {
            let before = kept.last().map(|before| is_blank(before) || self.announced_by(before.cell).is_none());
            match kept.last_mut() {
                Some(last) if is_blank(slot) && before == Some(true) && !last.continues => last.columns += slot.columns,
                _ => kept.push(Slot { continues: index == 0 && is_blank(slot), ..slot.clone() }),
            }
        }
        Row { cells: kept }
    }

    /// The fact that a label announces.
    fn announced_by(&self, label: u32) -> Option<ProjectFact> {
        if let Some(fact) = self.announced.get(&label) {
            return Some(fact.clone());
        }
        let text = self.words(label).trim().trim_end_matches(['：', ':']);
        let word = |word| Some(ProjectFact::Word(word));
        if self.facts.contains_key(&label) {
            return None;
        }
        match self.lexicon.find(LabelRoom::Project, text)? {
            Content::DepartmentName => word(FactWord::Department),
            Content::DepartmentCode => word(FactWord::DepartmentCode),
            Content::Year => word(FactWord::Year),
            Content::Code => word(FactWord::Code),
            Content::Name => word(FactWord::Name),
            Content::Unit => word(FactWord::Unit),
            Content::UnitCode => word(FactWord::UnitCode),
            Content::MoneyUnit => word(FactWord::MoneyUnit),
            Content::Budget | Content::Money => word(FactWord::Budget),
            Content::Purpose => Some(ProjectFact::Plain(Field::Purpose)),
            Content::Goal => Some(ProjectFact::Plain(Field::Goal)),
            Content::Plain(field) => PLAIN.contains(&field).then_some(ProjectFact::Plain(field)),
            Content::Fund => {
                let source = fit::fund(self.standard, &key_of(text).text)?;
                Some(ProjectFact::Fund(self.standard.fund_sources[source].name.clone()))
            }
            Content::Extra => {
                let rule = fit::field_rule(self.standard, Block::Project, &key_of(text).text)?;
                Some(ProjectFact::Own(self.standard.field_rules[rule].name.clone()))
            }
            _ => None,
        }
    }

    /// What a part of a cell prints: its facts, and the words of the form between them. What is left over, or says again
    /// what nobody knows, is no word of the form.
    fn parts(&self, cell: u32, bytes: Range<usize>) -> Vec<LayoutPart> {
        let text = self.words(cell);
        let none = Vec::new();
        let facts = self.facts.get(&cell).unwrap_or(&none);
        let mut parts = Vec::new();
        let mut at = bytes.start;
        for (range, own) in facts.iter().filter(|(range, _)| bytes.start <= range.start && range.end <= bytes.end) {
            if range.start >= at {
                self.words_of_form(cell, at..range.start, &mut parts);
                // Several paragraphs of one fact are one.
                if parts.last() != own.last() {
                    parts.extend(own.iter().cloned());
                }
                at = range.end;
            }
        }
        self.words_of_form(cell, at..bytes.end.min(text.len()), &mut parts);
        if let Some(LayoutPart::Text(text)) = parts.last_mut() {
            text.truncate(text.trim_end().len());
        }
        parts.retain(|part| !matches!(part, LayoutPart::Text(text) if text.is_empty()));
        parts
    }

    fn words_of_form(&self, cell: u32, bytes: Range<usize>, parts: &mut Vec<LayoutPart>) {
        let text = self.words(cell);
        let mut kept = String::new();
        let mut at = bytes.start;
        for (piece, use_) in self.reading.account.parts(cell, &self.reading.cells) {
            let (start, end) = (piece.bytes.start as usize, piece.bytes.end as usize);
            let (start, end) = (start.clamp(at, bytes.end.max(at)), end.clamp(at, bytes.end.max(at)));
            match use_ {
                Some(Use::Furniture | Use::Placed(_)) => kept.push_str(&text[at..end]),
                Some(Use::Repeat) => {
                    kept.push_str(&text[at..start]);
                    self.labelled(&std::mem::take(&mut kept), parts);
                    parts.extend(self.repeated(&text[start..end]).map(LayoutPart::Fact));
                }
                None => kept.push_str(&text[at..start]),
            }
            at = end;
        }
        kept.push_str(&text[at..bytes.end.max(at)]);
        self.labelled(&kept, parts);
    }

    /// A fact of the department or the project by what it says.
    fn repeated(&self, text: &str) -> Option<ProjectFact> {
        let is = |said: Option<&str>| said.is_some_and(|said| said == text.trim());
        let department = self.department?;
        let year = department.year.as_ref().map(|year| year.value.to_string());
        let unit = self.project.unit_of_account.as_ref().map(|code| &*code.value);
        let units = &department.units_of_account;
        let unit_name = units.iter().find(|one| Some(&*one.code.value) == unit).and_then(|one| one.name.as_ref());
        let known = [
            (is(Some(&department.name.value)), FactWord::Department),
            (is(department.code.as_ref().map(|code| &*code.value)), FactWord::DepartmentCode),
            (is(year.as_deref()), FactWord::Year),
            (is(Some(&self.project.name.value)), FactWord::Name),
            (is(self.project.code.as_ref().map(|code| &*code.value)), FactWord::Code),
            (is(unit), FactWord::UnitCode),
            (is(unit_name.map(|name| &*name.value)), FactWord::Unit),
        ];
        known.into_iter().find(|(is, _)| *is).map(|(_, word)| ProjectFact::Word(word))
    }

    /// Words of the form, in which the year and the unit of the amounts are facts.
    fn labelled(&self, text: &str, parts: &mut Vec<LayoutPart>) {
        // A blank parts two facts.
        let blank = |is_one: bool| if is_one { " " } else { "" };
        let (lead, trail) = (text.starts_with(char::is_whitespace), text.ends_with(char::is_whitespace));
        let line = one_line(text);
        let text = match (parts.is_empty(), line.is_empty()) {
            (false, true) => blank(lead).to_owned(),
            (is_first, _) => format!("{}{line}{}", blank(lead && !is_first), blank(trail && !line.is_empty())),
        };
        let year = self.department.and_then(|one| one.year.as_ref()).map(|year| year.value.to_string());
        // 实施期目标（2024年—2026年） is about several years.
        let is_only = |bytes: &Range<usize>| year_in(&text[bytes.end..]).is_none();
        let of_year = year_in(&text).filter(|bytes| Some(&text[bytes.clone()]) == year.as_deref() && is_only(bytes));
        let unit = self.standard.money_unit_name();
        let is_unit =
            unit_in_bracket(&text).or(money_unit_in(&text, self.lexicon).map(|(_, unit)| unit)) == Some(unit.clone());
        let of_unit = text.rfind(&unit).filter(|_| is_unit && !unit.is_empty()).map(|at| at..at + unit.len());
        let mut holes: Vec<(Range<usize>, FactWord)> =
            of_year.map(|bytes| (bytes, FactWord::Year)).into_iter().collect();
        holes.extend(of_unit.map(|bytes| (bytes, FactWord::MoneyUnit)));
        holes.sort_by_key(|(bytes, _)| bytes.start);
        let mut at = 0;
        let put = |words: &str, parts: &mut Vec<LayoutPart>| {
            if !words.is_empty() {
                parts.push(LayoutPart::Text(words.to_owned()));
            }
        };
        for (bytes, word) in holes {
            put(&text[at..bytes.start], parts);
            parts.push(LayoutPart::Fact(ProjectFact::Word(word)));
            at = bytes.end;
        }
        put(&text[at..], parts);
    }

    // ── The usual form ───────────────────────────────────────────────────────────────────────────────────────

    /// Whether the standard prints the form as it is: its labels are the usual ones, in their order.
    fn is_usual(&self, form: &ProjectForm) -> bool {
        let standard = self.standard;
        let plain = |text: &str| text.split_whitespace().collect::<String>();
        if form.beside.is_some() || !form.after.is_empty() || !form.below.is_empty() || form.titles.len() > 1 {
            return false;
        }
        let name = &self.project.name.value;
        let usual_title = plain(&format!("{name}{}", standard.label("项目表")));
        let is_usual_title = |title: &LayoutCell| {
            let said: String = title
                .parts
                .iter()
                .map(|part| match part {
                    LayoutPart::Text(text) => plain(text),
                    LayoutPart::Fact(ProjectFact::Word(FactWord::Name)) => plain(name),
                    LayoutPart::Fact(_) => String::new(),
                })
                .collect();
            said.trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '.') == usual_title
        };
        if !form.titles.iter().all(is_usual_title) {
            return false;
        }
        let mut labels = vec![
            standard.label("项目编码"),
            standard.label("项目名称"),
            standard.label("资金用途"),
            standard.label("预算"),
        ];
        labels.extend(standard.fund_sources.iter().map(|one| one.label.as_deref().unwrap_or(&one.name)));
        labels.push(standard.label("支出计划"));
        labels.extend(standard.checkpoints.iter().map(|one| one.label.as_str()));
        let own = standard.field_rules.iter().filter(|rule| rule.block == Block::Project && rule.kind.is_some());
        labels.extend(own.map(|rule| rule.label.as_deref().unwrap_or(&rule.name)));
        labels.push(standard.label("绩效目标"));
        let labels: Vec<String> = labels.into_iter().map(plain).collect();
        let mut at = 0;
        let rows = form.before.iter().flat_map(|line| match line {
            LayoutLine::Row(row) => row.iter(),
            LayoutLine::Each { .. } => [].iter(),
        });
        for cell in rows.filter(|cell| cell.is_label()) {
            let said: String = cell
                .parts
                .iter()
                .map(|part| match part {
                    LayoutPart::Text(text) => plain(text),
                    LayoutPart::Fact(_) => String::new(),
                })
                .collect();
            let mut parts = said.split(['：', ':']);
            let is_whole = |label: &String| *label == said;
            if let Some(found) = labels.iter().position(is_whole) {
                if found < at {
                    return false;
                }
                at = found;
            } else if !parts.all(|part| labels.iter().any(|label| label == part)) {
                return false;
            }
        }
        let Some(above) = form.above.first() else { return true };
        let unit = plain(standard.label("金额单位"));
        form.above.len() == 1
            && above.iter().all(|cell| match cell.parts.first() {
                Some(LayoutPart::Text(text)) => plain(text).trim_end_matches(['：', ':']) == unit,
                Some(LayoutPart::Fact(_)) | None => true,
            })
    }
}

/// What a line is that stands outside the rows of a form.
enum Outside {
    Title,
    Line,
    Nothing,
}

/// A day as a checkpoint of a plan.
fn is_blank(cells: &[LayoutCell]) -> bool {
    cells.iter().all(|cell| cell.parts.is_empty())
}

/// The rows without those in which nothing is printed; what goes on over them takes fewer lines.
fn without_blank_rows(mut rows: Vec<Vec<(Slot, LayoutCell)>>) -> Vec<Vec<LayoutCell>> {
    let mut index = 0;
    while index < rows.len() {
        if rows[index].iter().any(|(_, cell)| !cell.parts.is_empty()) {
            index += 1;
            continue;
        }
        rows.remove(index);
        for (at, row) in rows[..index].iter_mut().enumerate() {
            for (_, cell) in row.iter_mut().filter(|(_, cell)| at + cell.lines > index) {
                cell.lines -= 1;
            }
        }
    }
    rows.into_iter().map(|row| row.into_iter().map(|(_, cell)| cell).collect()).collect()
}

/// A label on one line: where a line ends between Han signs, nothing stands.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    for part in text.split(['\n', '\r']).map(str::trim).filter(|part| !part.is_empty()) {
        let is_ascii = |sign: Option<char>| sign.is_some_and(|sign| sign.is_ascii_alphanumeric());
        if is_ascii(line.chars().next_back()) && is_ascii(part.chars().next()) {
            line.push(' ');
        }
        let words: Vec<&str> = part.split_whitespace().collect();
        line.push_str(&words.join(" "));
    }
    line
}
