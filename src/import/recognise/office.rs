//! From a document to a draft: prose on the department, titles, and the tables of projects.
//!
//! Nothing is known by its position on the page: a paragraph is what its label, its number or the section says.

use std::collections::BTreeMap;

use super::draft::{DepartmentDraft, Draft, LabelledValue, ProjectDraft, Reading, SafeguardDraft, SubGoalDraft};
use super::facts;
use super::lexicon::{Content, Lexicon, Room, key_of, ordinal_length};
use super::table::{self, Slot};
use super::title::{ends_with_page, plain_title};
use crate::diagnostic::texts;
use crate::import::account::{Account, Cells, Piece, Use};
use crate::import::document::{Block, Document};

/// The most signs of a safeguard's name, and of a label before a colon.
const NAME_SIGNS: usize = 30;

/// Reads a document into pieces, each with what it is.
pub fn read(document: Document, lexicon: &Lexicon) -> Reading {
    let reading = Reading { cells: Cells::default(), account: Account::default(), draft: Draft::default() };
    let mut walker = Walker::new(lexicon, reading);
    let blocks = walker.number(document);
    for block in &blocks {
        if let Numbered::Paragraph { cell, .. } = block {
            let text = walker.reading.cells.get(*cell).text.clone();
            *walker.ahead.entry(plain_title(&text)).or_default() += 1;
        }
    }
    for block in blocks {
        match block {
            Numbered::Part(name) => walker.part(&name),
            Numbered::Paragraph { cell, level } => walker.paragraph(cell, level),
            Numbered::Table(rows) => table::read(&mut walker, rows),
        }
    }
    walker.finish()
}

/// A block whose cells have their numbers.
enum Numbered {
    Part(String),
    Paragraph { cell: u32, level: u8 },
    Table(Vec<Vec<Slot>>),
}

/// What the paragraphs that follow are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    None,
    Contents,
    OverallGoal,
    SubGoals,
    Safeguards,
}

pub(super) struct Walker<'a> {
    pub lexicon: &'a Lexicon,
    pub reading: Reading,
    /// The project that the next rows belong to.
    pub project: Option<usize>,
    /// The index of the department that is being read.
    pub department: usize,
    pub section: Section,
    /// Whether the code of the department has a column of its own.
    pub has_code_column: bool,
    /// The sheet that is being read.
    sheet: Option<String>,
    /// The level of the heading that is being read.
    pub level: u8,
    /// How often each paragraph is still to come: an entry of a contents list comes again as a heading.
    ahead: BTreeMap<String, u32>,
    /// The unit of amounts that the document states before any form.
    money_unit: Option<String>,
}

impl<'a> Walker<'a> {
    fn new(lexicon: &'a Lexicon, mut reading: Reading) -> Self {
        reading.draft.departments.push(DepartmentDraft::default());
        let (section, ahead) = (Section::None, BTreeMap::new());
        let (project, sheet, money_unit) = (None, None, None);
        Self {
            lexicon,
            reading,
            project,
            department: 0,
            section,
            has_code_column: false,
            sheet,
            level: 0,
            ahead,
            money_unit,
        }
    }

    fn number(&mut self, document: Document) -> Vec<Numbered> {
        let mut blocks = Vec::with_capacity(document.blocks.len());
        for block in document.blocks {
            blocks.push(match block {
                Block::Part(name) => Numbered::Part(name),
                Block::Paragraph(paragraph) => {
                    Numbered::Paragraph { cell: self.reading.cells.add(paragraph.cell), level: paragraph.level }
                }
                // One column is no table: a sheet of prose has a paragraph in each row.
                Block::Table(table) if table.rows.iter().all(|row| row.cells.len() == 1) => {
                    let cells = table.rows.into_iter().flat_map(|row| row.cells);
                    blocks
                        .extend(cells.map(|cell| Numbered::Paragraph { cell: self.reading.cells.add(cell), level: 0 }));
                    continue;
                }
                Block::Table(table) => {
                    let rows = table.rows.into_iter().map(|row| table::slots(row, &mut self.reading.cells)).collect();
                    Numbered::Table(rows)
                }
            });
        }
        blocks
    }

    pub fn piece(&self, cell: u32) -> Piece {
        self.reading.cells.whole(cell)
    }

    pub fn claim(&mut self, piece: &Piece, use_: Use) {
        let Reading { cells, account, .. } = &mut self.reading;
        account.claim(piece, use_, cells);
    }

    pub fn furniture(&mut self, piece: &Piece) {
        self.claim(piece, Use::Furniture);
    }

    /// The project of the current rows; a new one where there is none.
    pub fn current(&mut self, cell: u32) -> &mut ProjectDraft {
        if self.project.is_none() {
            self.begin_project(cell);
        }
        let index = self.project.unwrap_or_default();
        &mut self.reading.draft.projects[index]
    }

    /// Starts a project at a cell.
    pub fn begin_project(&mut self, cell: u32) {
        self.close_project(cell);
        let money_unit = self.money_unit.clone();
        let department = self.department;
        let sheet = self.sheet.clone();
        let project = ProjectDraft { department, cells: cell..cell, sheet, money_unit, ..ProjectDraft::default() };
        self.reading.draft.projects.push(project);
        self.project = Some(self.reading.draft.projects.len() - 1);
        self.section = Section::None;
    }

    pub fn close_project(&mut self, cell: u32) {
        if let Some(project) = self.project.take() {
            let cells = &mut self.reading.draft.projects[project].cells;
            cells.end = cells.end.max(cell);
        }
    }

    /// A sheet begins: its rows continue no project of another sheet by themselves.
    fn part(&mut self, name: &str) {
        self.close_project(self.reading.cells.len());
        self.section = Section::None;
        self.sheet = Some(name.to_owned());
    }

    pub fn state_money_unit(&mut self, unit: String) {
        match self.project {
            Some(project) => self.reading.draft.projects[project].money_unit = Some(unit),
            None => self.money_unit = Some(unit),
        }
    }

    /// A paragraph, or a row that has only one cell and reads like one. Whether it was understood.
    pub fn paragraph(&mut self, cell: u32, level: u8) {
        let piece = self.piece(cell);
        let text = self.reading.text(&piece).to_owned();
        if text.trim().is_empty() {
            return;
        }
        self.level = level;
        let plain = plain_title(&text);
        let comes_again = match self.ahead.get_mut(&plain) {
            Some(count) => {
                *count = count.saturating_sub(1);
                *count > 0
            }
            None => false,
        };
        if comes_again && self.section == Section::Contents {
            self.furniture(&piece);
            return;
        }
        if self.heading(&piece, &text)
            || self.money_line(&piece, &text)
            || self.title(&piece, &text, cell)
            || self.labelled(&piece, &text)
        {
            return;
        }
        // The entries of a contents list may stand without its heading.
        if comes_again && (level > 0 || ends_with_page(&text)) {
            self.furniture(&piece);
            return;
        }
        match self.section {
            Section::None | Section::Contents if self.says_department_again(&text) => self.claim(&piece, Use::Repeat),
            Section::None | Section::Contents => {}
            Section::OverallGoal => self.reading.draft.department.overall_goal.push(piece),
            Section::SubGoals => self.sub_goal(&piece, &text),
            Section::Safeguards => self.safeguard(&piece, &text),
        }
    }

    /// The head of a page: name and year of the department, as the document has stated them.
    fn says_department_again(&self, text: &str) -> bool {
        let department = &self.reading.draft.department;
        let says = |piece: &Option<Piece>| piece.as_ref().is_some_and(|piece| text.contains(self.reading.text(piece)));
        let is_short = text.chars().count() <= 2 * NAME_SIGNS && !text.contains(['。', '；', '，']);
        is_short && says(&department.name) && says(&department.year)
    }

    /// A label on a line of its own: the start of a section, or words of the form.
    fn heading(&mut self, piece: &Piece, text: &str) -> bool {
        let key = key_of(text);
        if key.text.is_empty() && self.section != Section::SubGoals {
            return false;
        }
        let section = match self.lexicon.find(Room::Department, text) {
            Some(Content::OverallGoal) => Section::OverallGoal,
            Some(Content::SubGoals) => Section::SubGoals,
            Some(Content::Safeguards) => Section::Safeguards,
            // Inside the sub-goals these words lead a paragraph; without text they are a mere line of the form.
            Some(Content::Furniture | Content::SubGoalIndicators | Content::Goal) => {
                self.year_within(piece, text);
                self.furniture(piece);
                if key.text == "目录" {
                    self.section = Section::Contents;
                } else if self.section != Section::SubGoals {
                    self.section = Section::None;
                }
                return true;
            }
            _ if self.is_of_the_page(text) => {
                self.furniture(piece);
                return true;
            }
            _ => return self.stated_in_brackets(piece, text),
        };
        self.furniture(piece);
        self.close_project(piece.cell);
        self.section = section;
        true
    }

    /// `（2025年度）`, `2025年`, `（单位：万元）`: on a line of its own.
    fn stated_in_brackets(&mut self, piece: &Piece, text: &str) -> bool {
        let inner = text.trim().trim_start_matches(['（', '(']).trim_end_matches(['）', ')']);
        let start = text.find(inner).unwrap_or(0);
        if let Some(length) = year_length(inner).filter(|length| is_year_word(&inner[*length..])) {
            if self.reading.draft.department.year.is_none() {
                let year = piece.part(text, start..start + length);
                self.reading.draft.department.year = Some(year);
                let rest = piece.part(text, start + length..start + inner.len());
                self.furniture(&rest);
                self.furniture(&piece.part(text, 0..start));
                self.furniture(&piece.part(text, start + inner.len()..text.len()));
            } else {
                self.claim(piece, Use::Repeat);
            }
            return true;
        }
        false
    }

    /// `434001某某局本级 单位：元`: what stands above a form, on one line.
    fn money_line(&mut self, piece: &Piece, text: &str) -> bool {
        let Some((unit, rest)) = text.rsplit_once(char::is_whitespace) else { return false };
        let Some((label, money)) = rest.split_once(['：', ':']) else { return false };
        let content = self.lexicon.find(Room::Project, label);
        let is_unit = unit.trim().starts_with(|sign: char| sign.is_ascii_digit()) && !unit.contains(['：', ':', '。']);
        if !is_unit || !matches!(content, Some(Content::Unit | Content::MoneyUnit)) || !is_money_word(money) {
            return false;
        }
        // It opens a form, where the title did not.
        let is_full = |index: usize| !self.reading.draft.projects[index].indicators.is_empty();
        if self.project.is_none_or(is_full) {
            self.begin_project(piece.cell);
        }
        self.state_money_unit(money.to_owned());
        self.furniture(&piece.part(text, text.len() - rest.len()..text.len()));
        facts::field(self, Content::Unit, None, &piece.part(text, 0..unit.len()))
    }

    /// `单位：万元`, `部门名称：某某局`, several of them on one line.
    fn labelled(&mut self, piece: &Piece, text: &str) -> bool {
        let mut understood = false;
        for bytes in labelled_parts(text, self.section == Section::SubGoals) {
            let part = &text[bytes.clone()];
            let Some(colon) = part.find(['：', ':']) else { continue };
            let (label, after) = part.split_at(colon);
            let colon_length = after.chars().next().map_or(0, char::len_utf8);
            if label.chars().count() > NAME_SIGNS {
                continue;
            }
            let at = bytes.start + colon + colon_length;
            let (label, value) = (piece.part(text, bytes.start..at), piece.part(text, at..bytes.end));
            understood |= self.labelled_value(&label, &value);
        }
        understood
    }

    fn labelled_value(&mut self, label: &Piece, value: &Piece) -> bool {
        let label_text = self.reading.text(label).to_owned();
        let value_text = self.reading.text(value).to_owned();
        let Some(content) = self.lexicon.find(Room::Department, &label_text) else { return false };
        if matches!(content, Content::Unit | Content::MoneyUnit) && is_money_word(&value_text) {
            self.furniture(label);
            self.furniture(value);
            self.state_money_unit(value_text);
            return true;
        }
        let department = &mut self.reading.draft.department;
        match content {
            Content::Goal if self.section == Section::SubGoals => {
                if department.sub_goals.last().is_none_or(|goal| !goal.goal.is_empty()) {
                    department.sub_goals.push(SubGoalDraft::default());
                }
                if let Some(goal) = department.sub_goals.last_mut() {
                    goal.goal.push(value.clone());
                }
            }
            // A line of a project's form that stands outside its tables.
            Content::Goal if self.project.is_some() => return facts::field(self, content, Some(label), value),
            Content::SubGoalIndicators if self.section == Section::SubGoals => {
                let names = names_in(&value_text);
                let mut end = 0;
                for bytes in names {
                    let part = value.part(&value_text, bytes.clone());
                    self.furniture(&value.part(&value_text, end..bytes.start));
                    end = bytes.end;
                    let goals = &mut self.reading.draft.department.sub_goals;
                    if goals.is_empty() {
                        goals.push(SubGoalDraft::default());
                    }
                    if let Some(goal) = goals.last_mut() {
                        goal.indicators.push(part);
                    }
                }
                self.furniture(&value.part(&value_text, end..value_text.len()));
            }
            Content::DepartmentName | Content::DepartmentCode | Content::Year | Content::StandardName => {
                return self.department_field(content, label, value);
            }
            Content::OverallGoal => {
                self.section = Section::OverallGoal;
                department.overall_goal.push(value.clone());
            }
            Content::Code | Content::Name | Content::Unit | Content::UnitCode => {
                return facts::field(self, content, Some(label), value);
            }
            _ => return false,
        }
        self.furniture(label);
        true
    }

    /// A fact of the department; said again it is a repeat, said otherwise it is left over.
    pub fn department_field(&mut self, content: Content, label: &Piece, value: &Piece) -> bool {
        let text = self.reading.text(value).to_owned();
        let value = match content {
            Content::Year => match year_length(&text) {
                Some(length) => {
                    self.furniture(&value.part(&text, length..text.len()));
                    value.part(&text, 0..length)
                }
                None => return false,
            },
            Content::DepartmentName => self.department_code(value, &text),
            _ => value.clone(),
        };
        let Reading { cells, draft, .. } = &mut self.reading;
        let slot = match content {
            Content::DepartmentName => &mut draft.department.name,
            Content::DepartmentCode => &mut draft.department.code,
            Content::Year => &mut draft.department.year,
            Content::StandardName => &mut draft.department.standard,
            _ => return false,
        };
        let is_repeat = match slot {
            Some(known) if cells.text(known) == cells.text(&value) => true,
            // A second department in one document, or a slip: nothing is overwritten.
            Some(_) => return false,
            None => {
                *slot = Some(value.clone());
                false
            }
        };
        if is_repeat {
            self.claim(&value, Use::Repeat);
        }
        self.furniture(label);
        true
    }

    /// `[036]交通运输局`: the code before the name. The name.
    fn department_code(&mut self, value: &Piece, text: &str) -> Piece {
        let signs = |sign: char| {
            matches!(sign, '[' | ']' | '【' | '】' | '(' | ')' | '（' | '）' | '-' | '—') || sign.is_whitespace()
        };
        let inner = text.trim_start_matches(signs);
        let start = text.len() - inner.len();
        let length = inner.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(inner.len());
        let name = inner[length..].trim_start_matches(signs);
        // 12345热线中心 is a name.
        let is_parted = start + length + name.len() < text.len();
        if self.has_code_column
            || length < 3
            || !is_parted
            || !name.starts_with(char::is_alphabetic)
            || name.starts_with('年')
        {
            return value.clone();
        }
        let code = value.part(text, start..start + length);
        let name = value.part(text, text.len() - name.len()..text.len());
        let known = self.reading.draft.department.code.clone();
        match known {
            None => self.reading.draft.department.code = Some(code),
            Some(known) if self.reading.text(&known) == self.reading.text(&code) => self.claim(&code, Use::Repeat),
            Some(_) => return value.clone(),
        }
        self.furniture(&value.part(text, 0..start));
        self.furniture(&value.part(text, start + length..text.len() - self.reading.text(&name).len()));
        name
    }

    fn sub_goal(&mut self, piece: &Piece, text: &str) {
        let ordinal = ordinal_length(text);
        let rest = piece.part(text, ordinal..text.len());
        if ordinal > 0 {
            self.furniture(&piece.part(text, 0..ordinal));
            self.reading.draft.department.sub_goals.push(SubGoalDraft::default());
        }
        if rest.is_empty() {
            return;
        }
        let rest_text = self.reading.text(&rest).to_owned();
        if self.labelled(&rest, &rest_text) {
            return;
        }
        let goals = &mut self.reading.draft.department.sub_goals;
        if goals.is_empty() {
            goals.push(SubGoalDraft::default());
        }
        if let Some(goal) = goals.last_mut() {
            goal.goal.push(rest);
        }
    }

    /// `（一）完善制度建设。制定…`: the name ends at the first full stop.
    fn safeguard(&mut self, piece: &Piece, text: &str) {
        let ordinal = ordinal_length(text);
        let safeguards = &mut self.reading.draft.department.safeguards;
        if ordinal == 0
            && let Some(last) = safeguards.last_mut()
        {
            last.text.push(piece.clone());
            return;
        }
        let body = &text[ordinal..];
        let stop = body.char_indices().find(|(_, sign)| matches!(sign, '。' | '：' | ':' | '\n'));
        let stop = stop.filter(|(at, _)| body[..*at].chars().count() <= NAME_SIGNS);
        if stop.is_none() && body.chars().count() > NAME_SIGNS {
            // No name can be told from the text: it stays as it is, and is told.
            self.reading.guess(Some(piece), texts::guessed_safeguard_name());
        }
        let (name, rest) = stop.map_or((ordinal..text.len(), text.len()), |(at, sign)| {
            (ordinal..ordinal + at, ordinal + at + sign.len_utf8())
        });
        let (name, rest_bytes) = (piece.part(text, name.clone()), rest..text.len());
        let between = Piece { cell: piece.cell, bytes: name.bytes.end..piece.bytes.start + rest as u32 };
        let rest = piece.part(text, rest_bytes);
        let more = if rest.is_empty() { Vec::new() } else { vec![rest] };
        self.reading.draft.department.safeguards.push(SafeguardDraft { name, text: more });
        self.furniture(&piece.part(text, 0..ordinal));
        self.furniture(&between);
    }

    /// A label that is no word of the language: kept as an extra field.
    pub fn extra(&mut self, label: &Piece, value: &Piece) {
        self.extra_under(None, label, value);
    }

    /// The same, with the row or the half of the form that tells the label from others. A label has a letter.
    pub fn extra_under(&mut self, lead: Option<&str>, label: &Piece, value: &Piece) {
        if self.reading.text(label).contains(char::is_alphabetic) {
            let lead = lead.map(str::to_owned);
            self.current(label.cell).extra.push(LabelledValue {
                label: Some(label.clone()),
                value: value.clone(),
                lead,
            });
        }
    }

    fn finish(mut self) -> Reading {
        let end = self.reading.cells.len();
        self.close_project(end);
        self.keep_department();
        // What lies between two projects belongs to the one before.
        let starts: Vec<u32> = self.reading.draft.projects.iter().map(|project| project.cells.start).collect();
        for (project, next) in self.reading.draft.projects.iter_mut().zip(starts.into_iter().skip(1).chain([end])) {
            project.cells.end = project.cells.end.max(next);
        }
        self.reading
    }
}

/// The bytes of `2025` where a text starts with `2025年` or is just a year.
pub(super) fn year_length(text: &str) -> Option<usize> {
    let digits = text.get(..4).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let is_year = digits.starts_with("20") && (text.len() == 4 || text[4..].starts_with('年'));
    is_year.then_some(4)
}

fn is_year_word(rest: &str) -> bool {
    matches!(rest.trim(), "" | "年" | "年度")
}

pub(super) fn is_money_word(text: &str) -> bool {
    text.ends_with('元') && text.chars().count() <= 4 && !text.contains(|sign: char| sign.is_ascii_digit())
}

/// The parts of a line between wide blanks and tabs.
fn wide_parts(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut parts: Vec<std::ops::Range<usize>> = Vec::new();
    let mut blanks = 2;
    for (at, sign) in text.char_indices() {
        match sign {
            '\t' | '\u{3000}' | '\n' => blanks += 2,
            ' ' | '\u{A0}' => blanks += 1,
            _ => {
                let end = at + sign.len_utf8();
                match parts.last_mut() {
                    Some(last) if blanks < 2 => last.end = end,
                    _ => parts.push(at..end),
                }
                blanks = 0;
            }
        }
    }
    parts
}

/// The same, where a label whose value stands after a wide blank has it, and prose has what stands after one.
fn labelled_parts(text: &str, is_prose: bool) -> Vec<std::ops::Range<usize>> {
    let mut parts: Vec<std::ops::Range<usize>> = Vec::new();
    for part in wide_parts(text) {
        let is_value = !text[part.clone()].contains(['：', ':']);
        let takes = |label: &str| label.ends_with(['：', ':']) || is_prose && label.contains(['：', ':']);
        match parts.last_mut().filter(|last| is_value && takes(&text[last.start..last.end])) {
            Some(label) => label.end = part.end,
            None => parts.push(part),
        }
    }
    parts
}

/// The names of a list: parted by 、 or ；, with a full stop at its end.
pub(super) fn names_in(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut names = Vec::new();
    let mut start = 0;
    for (at, sign) in text.char_indices().chain([(text.len(), '、')]) {
        if matches!(sign, '、' | '；' | ';' | '。' | '\n') {
            let name = &text[start..at];
            if !name.trim().is_empty() {
                let lead = name.len() - name.trim_start().len();
                names.push(start + lead..start + lead + name.trim().len());
            }
            start = at + if at < text.len() { sign.len_utf8() } else { 0 };
        }
    }
    names
}
