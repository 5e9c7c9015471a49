//! How a document lays out the form of a project: the cells above and below its indicators, each a label as it is spelt
//! there, or the fact that was recognised in it. It is declared where the standard prints another form.

mod cells;
mod rows;
mod usual;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::diagnostic::texts;
use crate::import::document::Remark;
use crate::import::recognise::draft::{IndicatorDraft, ProjectDraft, Reading};
use crate::import::recognise::lexicon::{Content, LabelRoom, Lexicon, key_of, ordinal_length};
use crate::import::recognise::signs::{money_unit_in, year_in};
use crate::import::recognise::title::is_page_number;
use crate::model::standard::Standard;
use crate::model::standard::project_form::{FactWord, LayoutCell, LayoutPart, ProjectFact, ProjectForm};
use crate::model::{Department, Model, Project};

/// The most lines between the title of a form and its first fact.
const ABOVE: usize = 5;
/// The most rows of headings over the indicators.
const HEADS: usize = 4;

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
        let one = ProjectLayout::new(reading, lexicon, model, index, standard)?;
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

/// The bytes of a cell, and what is printed in their place.
type PlacedParts = (Range<usize>, Vec<LayoutPart>);

/// A project with what is known of it.
struct ProjectLayout<'a> {
    reading: &'a Reading,
    lexicon: &'a Lexicon,
    standard: &'a Standard,
    index: usize,
    draft: &'a ProjectDraft,
    project: &'a Project,
    department: Option<&'a Department>,
    /// The facts that stand in cells, each with its bytes.
    facts: BTreeMap<u32, Vec<PlacedParts>>,
    /// The facts that labels announce.
    announced: BTreeMap<u32, ProjectFact>,
}

impl<'a> ProjectLayout<'a> {
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

    fn line_of(&self, cell: u32) -> usize {
        self.reading.lines.partition_point(|line| line.first <= cell).saturating_sub(1)
    }

    fn cells_of(&self, line: usize) -> Range<u32> {
        let lines = &self.reading.lines;
        lines[line].first..lines.get(line + 1).map_or(self.reading.cells.len(), |next| next.first)
    }

    /// The cells of a line that say something.
    fn full(&self, line: usize) -> Vec<u32> {
        let is_said = |cell: &u32| {
            // The page prints its number, wherever it ends.
            let is_of_page = || !self.reading.lines[line].is_table && is_page_number(self.words(*cell));
            !self.reading.cells.get(*cell).is_blank() && !is_of_page()
        };
        self.cells_of(line).filter(is_said).collect()
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
        let columns = || draft.layout.iter().chain(&draft.columns);
        let above = columns().filter_map(|column| column.above.as_deref());
        let headings: BTreeSet<&str> = columns().map(|column| column.heading.as_str()).chain(above).collect();
        let full = self.full(line);
        let plain = |cell: &u32| self.words(*cell).split_whitespace().collect::<String>();
        let known = full.iter().filter(|cell| headings.contains(plain(cell).as_str())).count();
        known >= 2 && known * 2 >= full.len()
    }

    /// Whether a line names the levels of the indicators.
    fn has_levels(&self, line: usize) -> bool {
        let is_level = |cell: &u32| {
            let content = self.lexicon.find(LabelRoom::Columns, self.words(*cell));
            matches!(content, Some(Content::Category | Content::Subcategory | Content::Indicator))
        };
        self.full(line).len() > 1 && self.full(line).iter().any(is_level)
    }

    /// Whether a line holds headings that stand over others, and nothing else.
    fn is_over_heads(&self, line: usize) -> bool {
        let plain = |cell: u32| self.words(cell).split_whitespace().collect::<String>();
        let columns = &self.reading.draft.layout;
        let is_over = |cell: &u32| columns.iter().any(|column| column.above.as_deref() == Some(&plain(*cell)));
        self.full(line).iter().any(is_over) && self.is_heads(line)
    }

    /// The first and the last line of the indicators.
    fn indicators(&self, draft: &ProjectDraft) -> Option<(usize, usize)> {
        let first = |one: &IndicatorDraft| one.first_cell;
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
        let (first, last) = self.indicators(self.draft).filter(|_| !self.draft.is_typed && !self.draft.is_beside)?;
        let heads = (first.saturating_sub(HEADS)..first).rev().find(|line| self.is_heads(*line))?;
        let start = self.start(self.index);
        // Headings may stand over one another.
        let heads = (start..heads)
            .rev()
            .take_while(|line| self.has_levels(*line) || self.is_over_heads(*line))
            .last()
            .unwrap_or(heads);
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
                Some(LineRole::Title) => form.titles.extend(self.title(&full)),
                Some(LineRole::Line) => form.above.push(self.parted(&full)),
                Some(LineRole::Nothing) => {}
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
    fn outside(&self, line: usize, full: &[u32]) -> Option<LineRole> {
        let says = |cell: &u32| self.words(*cell).contains(['：', ':']);
        match full {
            [] => Some(LineRole::Nothing),
            _ if self.is_title(line) => Some(LineRole::Title),
            _ if !self.reading.lines[line].is_table && full.iter().all(says) => Some(LineRole::Line),
            [only] if says(only) => Some(LineRole::Line),
            // （2025年度）
            [only] if self.words(*only).starts_with(['(', '（']) || year_in(self.words(*only)).is_some() => {
                Some(LineRole::Title)
            }
            [only] if !self.reading.lines[line].is_table && self.is_no_label(*only) => Some(LineRole::Title),
            // 编制单位： | 某局 | 单位： | 万元
            [_, .., before, last] | [before, last]
                if money_unit_in(&format!("{}{}", self.words(*before), self.words(*last)), self.lexicon).is_some() =>
            {
                Some(LineRole::Line)
            }
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
            let parts = self.parts(*cell, start..text.len());
            // A label whose value stands in the next cell.
            let waits = |cell: &LayoutCell| match cell.parts.last() {
                Some(LayoutPart::Text(text)) => text.ends_with(['：', ':']),
                Some(LayoutPart::Fact(_)) | None => false,
            };
            match cells.last_mut().filter(|last| waits(last) && start == 0) {
                Some(last)
                    if !parts
                        .iter()
                        .any(|part| matches!(part, LayoutPart::Text(text) if text.contains(['：', ':']))) =>
                {
                    last.parts.extend(parts);
                }
                _ => cells.push(LayoutCell::new(parts)),
            }
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

    /// A line of the title. A number before the name of the project is that of each.
    fn title(&self, full: &[u32]) -> Vec<LayoutCell> {
        let names = |part: &LayoutPart| *part == LayoutPart::Fact(ProjectFact::Word(FactWord::Name));
        let titles = full.iter().map(|cell| {
            let mut parts = self.parts(*cell, 0..self.words(*cell).len());
            let number = match parts.first() {
                Some(LayoutPart::Text(text)) if parts.iter().any(names) => ordinal_length(text),
                _ => 0,
            };
            if let Some(LayoutPart::Text(text)) = parts.first_mut().filter(|_| number > 0) {
                let digits = text.bytes().take_while(u8::is_ascii_digit).count();
                *text = if digits == 0 { text[number..].to_owned() } else { text[digits..].to_owned() };
                if digits > 0 {
                    parts.insert(0, LayoutPart::Fact(ProjectFact::Word(FactWord::Number)));
                }
            }
            parts.retain(|part| !matches!(part, LayoutPart::Text(text) if text.is_empty()));
            LayoutCell::new(parts)
        });
        titles.collect()
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
}

/// What a line is that stands outside the rows of a form.
enum LineRole {
    Title,
    Line,
    Nothing,
}

fn is_blank(cells: &[LayoutCell]) -> bool {
    cells.iter().all(|cell| cell.parts.is_empty())
}
