//! From a document to a draft. The walker goes through the blocks in order, asks the rules what each says, and puts down
//! what they claim before it asks again.
//!
//! Nothing is known by its position on the page: a paragraph is what its label, its number or the section says.

use std::collections::{BTreeMap, BTreeSet};

use super::claim::{Claim, Claims};
use super::columns::heading::Heads;
use super::draft::{DocumentLine, FundDraft, PlanDraft, Reading, SubGoalDraft};
use super::lexicon::{Content, Lexicon, key_of};
use super::recorder::Recorder;
use super::side_by_side::{self, Beside, PartOfTable};
use super::signs::money_unit_in;
use super::slot::{GridSlot, slots};
use super::table::TableReader;
use super::title::{ends_with_page, is_of_the_page, is_owner_of_title, owner_of_title, plain_title, title};
use super::view::{Section, View};
use super::{departments, facts, layout, prose, year_layout};
use crate::diagnostic::texts;
use crate::import::account::{CellPiece, Cells};
use crate::import::document::{Document, DocumentBlock, Remark};

/// Reads a document into pieces, each with what it is.
pub fn read(document: Document, lexicon: &Lexicon) -> Reading {
    let mut recorder = Recorder::new(lexicon);
    let Reading { cells, lines, .. } = &mut recorder.reading;
    let blocks = number(document, cells, lines);
    let mut ahead = BTreeMap::new();
    for block in &blocks {
        if let Numbered::Paragraph { cell, .. } = block {
            *ahead.entry(plain_title(recorder.view().words(*cell))).or_default() += 1;
        }
    }
    let owners = owners(&recorder.view(), &blocks);
    let mut walker = Walker { recorder, ahead, owners, open_heads: None };
    for block in blocks {
        match block {
            Numbered::Part(name) => walker.part(name),
            Numbered::Paragraph { cell, level } => walker.paragraph(cell, level),
            Numbered::Table(rows) => walker.table(rows),
        }
    }
    walker.finish()
}

/// The paragraphs that name an office, of which the next says what of which year this is the title of.
fn owners(view: &View<'_>, blocks: &[Numbered]) -> BTreeSet<u32> {
    let paragraph = |block: &Numbered| match block {
        Numbered::Paragraph { cell, .. } => Some(*cell),
        Numbered::Part(_) | Numbered::Table(_) => None,
    };
    let pairs = blocks.windows(2).filter_map(|pair| Some((paragraph(&pair[0])?, paragraph(&pair[1])?)));
    pairs
        .filter(|(cell, next)| is_owner_of_title(view, view.words(*cell), view.words(*next)))
        .map(|one| one.0)
        .collect()
}

/// A block whose cells have their numbers.
enum Numbered {
    Part(String),
    Paragraph { cell: u32, level: u8 },
    Table(Vec<Vec<GridSlot>>),
}

fn number(document: Document, numbered: &mut Cells, lines: &mut Vec<DocumentLine>) -> Vec<Numbered> {
    let mut begin = |numbered: &Cells, is_table| lines.push(DocumentLine { first: numbered.len(), is_table });
    let mut blocks = Vec::with_capacity(document.blocks.len());
    for block in document.blocks {
        match block {
            DocumentBlock::Part(name) => blocks.push(Numbered::Part(name)),
            DocumentBlock::Paragraph(paragraph) => {
                begin(numbered, false);
                blocks.push(Numbered::Paragraph { cell: numbered.add(paragraph.cell), level: paragraph.level });
            }
            // One column is no table: a sheet of prose has a paragraph in each row.
            DocumentBlock::Table(table) if table.rows.iter().all(|row| row.cells.len() == 1) => {
                let cells = table.rows.into_iter().flat_map(|row| row.cells);
                blocks.extend(cells.map(|cell| {
                    begin(numbered, false);
                    Numbered::Paragraph { cell: numbered.add(cell), level: 0 }
                }));
            }
            DocumentBlock::Table(table) => {
                let rows = table.rows.into_iter().map(|row| {
                    begin(numbered, true);
                    slots(row, numbered)
                });
                blocks.push(Numbered::Table(rows.collect()));
            }
        }
    }
    blocks
}

/// Whether a line may stand between two halves of a table: the number of a page, `续表`, the unit of its amounts, its title
/// once more.
fn parts_pages(view: &View<'_>, text: &str) -> bool {
    let is_again = key_of(text).bracket.is_some_and(|bracket| view.lexicon.says_continued(&bracket));
    is_again || is_of_the_page(view, text) || money_unit_in(text, view.lexicon).is_some()
}

struct Walker<'a> {
    recorder: Recorder<'a>,
    /// How often each paragraph is still to come: an entry of a contents list comes again as a heading.
    ahead: BTreeMap<String, u32>,
    /// The paragraphs that hold the first line of a title of two.
    owners: BTreeSet<u32>,
    /// The headings under which the last table ended, as long as no more than the end of a page follows.
    open_heads: Option<Heads>,
}

impl Walker<'_> {
    fn view(&self) -> View<'_> {
        self.recorder.view()
    }

    /// A sheet begins: its rows continue no project of another sheet by themselves.
    fn part(&mut self, name: String) {
        self.recorder.end_project(self.view().cells.len());
        self.open_heads = None;
        self.recorder.at.section = Section::None;
        self.recorder.at.sheet = Some(name);
    }

    fn table(&mut self, rows: Vec<Vec<GridSlot>>) {
        let before = self.open_heads.take();
        let first = rows.first().and_then(|row| row.first()).map(|slot| slot.cell);
        match side_by_side::parted(&self.view(), rows) {
            Beside::One(rows) => self.open_heads = self.rows(rows, before, true),
            Beside::Several(parts) => {
                let place = first.map(|cell| self.view().cells.place(&self.view().piece(cell)).clone());
                let told = Remark::guess(place, texts::guessed_projects_beside(parts.len()));
                self.recorder.reading.draft.guesses.push(told);
                for PartOfTable { rows, claims, has_headings } in parts {
                    self.apply(claims);
                    self.rows(rows, None, has_headings);
                    if let Some(project) = self.recorder.at.project {
                        self.recorder.reading.draft.projects[project].is_beside = true;
                    }
                }
            }
            Beside::Unclear => {
                let place = first.map(|cell| self.view().cells.place(&self.view().piece(cell)).clone());
                let told = Remark::partial(place, texts::unclear_projects_beside());
                self.recorder.reading.draft.guesses.push(told);
            }
        }
    }

    /// The rows of a table. The headings under which it ended.
    fn rows(&mut self, rows: Vec<Vec<GridSlot>>, before: Option<Heads>, has_headings: bool) -> Option<Heads> {
        let (mut table, claims) = TableReader::new(&self.view(), rows, before);
        self.apply(claims);
        while let Some(mut claims) = table.next(&self.view()) {
            claims.retain(|claim| has_headings || !matches!(claim, Claim::Layout { .. }));
            self.apply(claims);
        }
        table.last_heads()
    }

    /// A paragraph, or a cell of a table that reads like one.
    fn paragraph(&mut self, cell: u32, level: u8) {
        let piece = self.view().piece(cell);
        if self.view().text(&piece).trim().is_empty() {
            return;
        }
        if !parts_pages(&self.view(), self.view().text(&piece)) {
            self.open_heads = None;
        }
        self.recorder.at.level = level;
        let plain = plain_title(self.view().text(&piece));
        let comes_again = match self.ahead.get_mut(&plain) {
            Some(count) => {
                *count = count.saturating_sub(1);
                *count > 0
            }
            None => false,
        };
        if comes_again && self.view().at.section == Section::Contents {
            self.recorder.furniture(&piece);
            return;
        }
        if self.owners.contains(&cell) {
            self.apply(owner_of_title(&self.view(), piece));
            return;
        }
        for rule in [prose::heading, prose::money_line, title] {
            if let Some(claims) = rule(&self.view(), &piece) {
                self.apply(claims);
                return;
            }
        }
        let Some(piece) = self.without_money_unit(piece) else { return };
        if self.labels(&piece) {
            return;
        }
        // The entries of a contents list may stand without its heading.
        if comes_again && (level > 0 || ends_with_page(self.view().text(&piece))) {
            self.recorder.furniture(&piece);
            return;
        }
        let claims = match self.view().at.section {
            Section::None | Section::Contents => prose::outside_sections(&self.view(), piece),
            Section::OverallGoal => vec![Claim::OverallGoal(piece)],
            Section::SubGoals => return self.sub_goal(&piece),
            Section::Safeguards => prose::safeguard(&self.view(), &piece),
        };
        self.apply(claims);
    }

    /// What a line says beside the unit of the amounts; none where it says no more.
    fn without_money_unit(&mut self, piece: CellPiece) -> Option<CellPiece> {
        let text = self.view().text(&piece).to_owned();
        if !matches!(self.view().at.section, Section::None | Section::Contents) {
            return Some(piece);
        }
        let Some((bytes, unit)) = money_unit_in(&text, self.view().lexicon) else { return Some(piece) };
        let (before, after) = (piece.part(&text, 0..bytes.start), piece.part(&text, bytes.end..text.len()));
        self.apply(vec![Claim::MoneyUnit(unit), Claim::Furniture(piece.part(&text, bytes.clone()))]);
        let is_blank = [&text[..bytes.start], &text[bytes.end..]].map(|part| part.trim().is_empty());
        match is_blank {
            [true, true] => None,
            [true, false] => Some(after),
            [false, _] => Some(before),
        }
    }

    /// The labels of a line, one after another, each with its value. Whether one was understood.
    fn labels(&mut self, piece: &CellPiece) -> bool {
        let mut is_understood = false;
        for (label, value) in prose::labels(&self.view(), piece) {
            let (claims, is_one) = prose::labelled(&self.view(), label, value);
            self.apply(claims);
            is_understood |= is_one;
        }
        is_understood
    }

    /// A paragraph among the sub-goals: its number begins one, its labels part it.
    fn sub_goal(&mut self, piece: &CellPiece) {
        let (claims, rest) = prose::sub_goal_number(&self.view(), piece);
        self.apply(claims);
        if !rest.is_empty() && !self.labels(&rest) {
            self.apply(vec![Claim::SubGoalText(rest)]);
        }
    }

    /// Puts down what a rule claims.
    fn apply(&mut self, claims: Claims) {
        for claim in claims {
            self.put(claim);
        }
    }

    fn put(&mut self, claim: Claim) {
        let recorder = &mut self.recorder;
        let draft = &mut recorder.reading.draft;
        match claim {
            Claim::Furniture(piece) => recorder.furniture(&piece),
            Claim::Repeat(piece) => recorder.repeat(&piece),
            Claim::Guess(piece, text) => recorder.reading.guess(Some(&piece), text),
            Claim::Paragraph(cell) => self.paragraph(cell, 0),
            Claim::Section(section) => recorder.at.section = section,

            Claim::Project(cell) => {
                recorder.at.is_whole = false;
                recorder.begin_project(cell);
            }
            Claim::EndOfProject(cell) => recorder.end_project(cell),
            Claim::ProjectNamed { code, name, cell, begins } => {
                facts::project_named(recorder, code.as_deref(), name.as_deref(), cell, begins);
            }
            Claim::Title(title) => {
                let cell = title.cell;
                recorder.current(cell).title = Some(title);
            }
            Claim::Fact { content, label, value } => facts::field(recorder, content, label.as_ref(), &value),
            Claim::RowFact { content, label, value } => facts::field_of_row(recorder, content, &label, &value),
            Claim::OfYear { content, fund, value } => facts::of_year(recorder, content, fund, &value),
            Claim::TitleOfYear { kind, months } => recorder.title_of_year(kind, months),
            Claim::OfWhole { is_whole, cell } => recorder.of_whole(is_whole, cell),
            Claim::Listed { cell, facts } => {
                let (project, is_whole) = recorder.begin_listed(cell);
                self.apply(facts);
                if is_whole {
                    self.recorder.end_project(cell + 1);
                    (self.recorder.at.project, self.recorder.at.is_whole) = (project, is_whole);
                }
            }
            Claim::Months(month) => recorder.year().months = Some(month),
            Claim::InvestmentFund { label, amount } => {
                recorder.current(label.cell).investment.push(FundDraft { label, amount });
            }
            Claim::Extra { lead, label, value } => recorder.extra(lead, &label, &value),
            Claim::Share { checkpoint, share } => {
                recorder.current(checkpoint.cell).plan.push(PlanDraft { checkpoint, share });
            }
            Claim::RowShare { checkpoint, share } => facts::share_of_row(recorder, checkpoint, share),
            Claim::MoneyUnit(unit) => recorder.state_money_unit(unit),
            Claim::Typed => {
                if let Some(project) = recorder.at.project {
                    draft.projects[project].is_typed = true;
                }
            }

            Claim::Columns(columns) => draft.columns.extend(columns),
            Claim::CodeColumn(has_one) => recorder.at.has_code_column = has_one,
            Claim::Layout { columns, is_flat } => layout::note(draft, columns, is_flat),
            Claim::LayoutAnew => {
                draft.layout.clear();
                draft.year_form.columns.clear();
            }
            Claim::FormTitle(words) => {
                draft.year_form.title.get_or_insert(words);
            }
            Claim::MoneyLayout(columns) => {
                if draft.year_form.money.is_empty() {
                    draft.year_form.money = columns;
                }
            }
            Claim::FormLabel(content, label) => {
                let text = recorder.reading.text(&label).to_owned();
                year_layout::note_label(&mut recorder.reading.draft.year_form, content, &text, true);
            }
            Claim::CategoryRows => layout::category_rows(draft),
            Claim::NamesInSecondLevel => layout::names_in_second_level(draft),
            Claim::Indicator { row, is_whole_period } => {
                let project = recorder.current(row.first_cell);
                if is_whole_period { &mut project.whole_period } else { &mut project.indicators }.push(row);
            }
            Claim::IndicatorCell { label, column, value } => {
                if let Some(last) = recorder.current(label).indicators.last_mut() {
                    last.fields.push((column, value));
                }
            }

            Claim::Department(cell) => departments::begin(recorder, cell),
            Claim::DepartmentNamed { code, name, cell } => departments::enter(recorder, &code, &name, cell),
            Claim::DepartmentFact { content, label, value } => {
                facts::department(recorder, content, &label, &value);
            }
            Claim::DepartmentName(name) => draft.department.set(Content::DepartmentName, name),
            Claim::DepartmentYear(year) => draft.department.set(Content::Year, year),
            Claim::OverallGoal(text) => draft.department.overall_goal.push(text),
            Claim::SubGoal => draft.department.sub_goals.push(SubGoalDraft::default()),
            Claim::SubGoalText(text) => draft.department.last_sub_goal().goal.push(text),
            Claim::SubGoalLabelled(text) => {
                let goals = &mut draft.department.sub_goals;
                if goals.last().is_some_and(|last| !last.goal.is_empty()) {
                    goals.push(SubGoalDraft::default());
                }
                draft.department.last_sub_goal().goal.push(text);
            }
            Claim::SubGoalIndicator(name) => draft.department.last_sub_goal().indicators.push(name),
            Claim::Safeguard(safeguard) => draft.department.safeguards.push(safeguard),
            Claim::SafeguardText(text) => {
                if let Some(last) = draft.department.safeguards.last_mut() {
                    last.text.push(text);
                }
            }
        }
    }

    fn finish(mut self) -> Reading {
        let end = self.view().cells.len();
        self.recorder.end_project(end);
        departments::keep(&mut self.recorder);
        let mut reading = self.recorder.reading;
        // What lies between two projects belongs to the one before.
        let starts: Vec<u32> = reading.draft.projects.iter().map(|project| project.cells.start).collect();
        for (project, next) in reading.draft.projects.iter_mut().zip(starts.into_iter().skip(1).chain([end])) {
            project.cells.end = project.cells.end.max(next);
        }
        reading
    }
}
