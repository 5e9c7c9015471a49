//! The tables of a document: the head of a project's form, label by label; its indicators, by their headings.
//!
//! A form is read row by row. A row of headings starts an indicator table; a label of a project ends it.

use super::claim::{Claim, Claims};
use super::columns::heading::{HeadMeaning, Heads};
use super::columns::heads;
use super::columns::rows::{self, RowPart};
use super::form::{FormPart, OpenForm, is_closing};
use super::identity::identity;
use super::inside::{labelled_inside, says_pairs, unknown_inside};
use super::lexicon::{CategoryLevel, Content, LabelRoom, key_of};
use super::listed::ProjectList;
use super::run_together::split_long_rows;
use super::slot::{GridSlot, LABEL_SIGNS, SlotMeaning, meaning, single, without_gaps};
use super::title::is_of_the_page;
use super::view::{Section, View};
use super::year_content::YearContent;

/// A table that is being read. It says one thing at a time: what it says next may hang on what became of that.
pub struct TableReader {
    rows: Vec<Vec<GridSlot>>,
    /// The row that is read next.
    next: usize,
    part: RowRest,
    /// The headings of the indicators that are being read.
    heads: Option<Heads>,
    /// Those of the table before, which may come again.
    before: Option<Heads>,
    form: OpenForm,
    /// The list of projects that is being read.
    list: Option<ProjectList>,
    /// The row of a form that was read last.
    group: Option<usize>,
    /// The row that is read and the one below it, without the gaps of merged cells: a row says many things.
    solid: Option<(usize, [Vec<GridSlot>; 2])>,
}

/// What of a row is read next.
#[derive(Default)]
enum RowRest {
    #[default]
    Start,
    Indicator(RowPart),
    Form(FormPart),
}

impl TableReader {
    /// A table, and which project it says that it is about. `before` are the headings that the table before it ended
    /// under: a page may have parted the two.
    pub fn new(view: &View<'_>, rows: Vec<Vec<GridSlot>>, before: Option<Heads>) -> (Self, Claims) {
        let rows = split_long_rows(view, rows);
        let claims: Claims = identity(view, &rows).into_iter().collect();
        let form = OpenForm::default();
        let before = before.filter(|_| claims.is_empty());
        let first = rows.iter().find(|row| row.iter().any(|slot| !slot.is_blank) && !says_continued(view, row));
        let heads = before.clone().filter(|heads| first.is_some_and(|row| rows::goes_on(view, heads, row)));
        let table =
            Self { rows, next: 0, part: RowRest::Start, heads, before, form, list: None, group: None, solid: None };
        (table, claims)
    }

    /// The headings under which the table ended.
    pub fn last_heads(self) -> Option<Heads> {
        self.heads
    }

    /// What the table says next; none at its end.
    pub fn next(&mut self, view: &View<'_>) -> Option<Claims> {
        let row = self.rows.get(self.next)?;
        let below = self.rows.get(self.next + 1).map_or(&[][..], Vec::as_slice);
        let solid = &mut self.solid;
        let (claims, rest) = match (std::mem::take(&mut self.part), &mut self.heads) {
            (RowRest::Indicator(part), Some(known)) => indicator(view, known, row, part),
            (RowRest::Form(part), _) => {
                let [row, below] = solid_rows(solid, self.next, || [row, below].map(|row| without_gaps(view, row)));
                form(self.form.go_on(view, row, below, part))
            }
            (RowRest::Start | RowRest::Indicator(_), _) if row.iter().all(|slot| slot.is_blank) => {
                (Vec::new(), RowRest::Start)
            }
            // A page ends or begins within the table.
            (RowRest::Start | RowRest::Indicator(_), _) if says_continued(view, row) => {
                let words = row.iter().filter(|slot| !slot.is_blank);
                (words.map(|slot| Claim::Furniture(view.piece(slot.cell))).collect(), RowRest::Start)
            }
            (RowRest::Start | RowRest::Indicator(_), known) => {
                let group = self.group.filter(|index| index + 1 == self.next).map(|index| &*self.rows[index]);
                if let Some(claims) = self.list.as_mut().and_then(|list| list.row(view, row)) {
                    (claims, RowRest::Start)
                } else if let Some((found, claims)) = heads::read(view, row, group, &self.rows[self.next + 1..]) {
                    self.list = None;
                    let mut found = found;
                    let known_before = known.take().or_else(|| self.before.take());
                    if let Some(before) = known_before.filter(|before| before.is_like(&found)) {
                        found.year = before.year;
                        found.whole_period = before.whole_period;
                        found.identity = before.identity;
                        found.sums = before.sums;
                    }
                    (*known, self.form) = (Some(found), OpenForm::default());
                    self.group = Some(self.next);
                    (claims, RowRest::Start)
                } else if heads::is_group(view, row, below) {
                    self.group = Some(self.next);
                    (row.iter().map(|slot| Claim::Furniture(view.piece(slot.cell))).collect(), RowRest::Start)
                } else if let Some(claims) = known.as_mut().and_then(|known| heads::refine(view, known, row)) {
                    (claims, RowRest::Start)
                } else if let Some(known) = known.as_mut().filter(|known| !ends_indicators(view, row, known)) {
                    indicator(view, known, row, RowPart::Start)
                } else {
                    (*known, self.list) = (None, None);
                    if let Some((list, claims)) = ProjectList::read(view, row, below) {
                        (self.list, self.form) = (Some(list), OpenForm::default());
                        (claims, RowRest::Start)
                    } else if let Some(line) = line(view, row, self.next) {
                        (vec![line], RowRest::Start)
                    } else {
                        self.group = Some(self.next);
                        let [row, below] =
                            solid_rows(solid, self.next, || [row, below].map(|row| without_gaps(view, row)));
                        form(self.form.row(view, row, below))
                    }
                }
            }
        };
        self.next += usize::from(matches!(rest, RowRest::Start));
        self.part = rest;
        Some(claims)
    }
}

fn indicator(view: &View<'_>, heads: &mut Heads, row: &[GridSlot], part: RowPart) -> (Claims, RowRest) {
    let (claims, rest) = rows::read(view, heads, row, part);
    (claims, rest.map_or(RowRest::Start, RowRest::Indicator))
}

/// Those of a row by its number, which are made once.
fn solid_rows(
    known: &mut Option<(usize, [Vec<GridSlot>; 2])>,
    at: usize,
    make: impl FnOnce() -> [Vec<GridSlot>; 2],
) -> &[Vec<GridSlot>; 2] {
    let rows = known.take().filter(|(of, _)| *of == at).map_or_else(make, |(_, rows)| rows);
    &known.insert((at, rows)).1
}

fn form((claims, rest): (Claims, Option<FormPart>)) -> (Claims, RowRest) {
    (claims, rest.map_or(RowRest::Start, RowRest::Form))
}

/// A row with one cell that reads as a paragraph: a title, a line that states the unit.
fn line(view: &View<'_>, row: &[GridSlot], index: usize) -> Option<Claim> {
    let only = single(row)?;
    let text = view.words(only.cell);
    let is_alone = row.len() == 1 || row.iter().all(|slot| slot.cell == only.cell || slot.is_blank && !slot.continues);
    let key = key_of(text).text;
    // 单位名称：某某厅    金额单位：元
    let label = text.split_once(['：', ':']).map_or("", |(label, _)| label);
    let states = matches!(
        view.lexicon.find(LabelRoom::Department, label),
        Some(
            Content::DepartmentName
                | Content::DepartmentCode
                | Content::Unit
                | Content::UnitCode
                | Content::MoneyUnit
                | Content::Year
        )
    );
    let is_first = index == 0 && !label.is_empty();
    // The prose on the department goes on, a row for each paragraph.
    let is_prose = !matches!(view.at.section, Section::None | Section::Contents);
    let reads = states
        || is_prose
        || is_first
        || text.starts_with(['（', '('])
        || view.lexicon.title_end(&key).is_some()
        || is_of_the_page(view, text);
    (is_alone && row[0].cell == only.cell && reads).then_some(Claim::Paragraph(only.cell))
}

/// `其他需要说明的事项 | 无`: a label and a text over all other columns, where an indicator has a cell in each.
fn is_note(view: &View<'_>, row: &[GridSlot], heads: &Heads) -> bool {
    let mut full = row.iter().filter(|slot| !slot.is_blank);
    let (Some(label), Some(text), None) = (full.next(), full.next(), full.next()) else { return false };
    let columns: u32 = heads.columns.iter().map(|head| head.columns).sum();
    let rest = row.iter().filter(|slot| slot.is_blank && slot.column > text.column && !slot.continues);
    let width = text.columns + rest.map(|slot| slot.columns).sum::<u32>();
    let is_name = heads.columns.iter().any(|head| head.column == label.column && head.meaning == HeadMeaning::Name);
    columns >= 5
        && rows::total_figures(view, row).is_none()
        && !is_name
        && width + 2 >= columns
        && view.lexicon.category(view.words(text.cell)).is_none()
        && view.words(label.cell).chars().count() <= LABEL_SIGNS
}

/// Whether a row says no more than that the table goes on.
fn says_continued(view: &View<'_>, row: &[GridSlot]) -> bool {
    single(row).is_some_and(|only| view.lexicon.says_continued(view.words(only.cell)))
}

/// Whether a row is no indicator any more, but a label of a project's form.
fn ends_indicators(view: &View<'_>, row: &[GridSlot], heads: &Heads) -> bool {
    let Some(first) = row.iter().find(|slot| !slot.is_blank) else { return false };
    let text = view.words(first.cell);
    if view.lexicon.category(text).is_some() || heads.is_flat() {
        return false;
    }
    let is_first_column = first.column <= heads.first_column();
    let is_for_seal = |slot: &GridSlot| view.lexicon.is_for_seal(view.words(slot.cell));
    if is_first_column && is_for_seal(first) || row.iter().all(|slot| slot.is_blank || is_for_seal(slot)) {
        return true;
    }
    let is_labelled = |slot: &GridSlot| {
        labelled_inside(view, slot).is_some() || unknown_inside(view, slot).is_some() || says_pairs(view, slot)
    };
    if row.iter().all(|slot| slot.is_blank || is_labelled(slot)) {
        return true;
    }
    if is_first_column && is_note(view, row, heads) {
        return true;
    }
    match meaning(view, first) {
        // 预算执行 | 预算执行率 | 100% | 98%
        SlotMeaning::Label(Content::Money) if view.lexicon.is_execution(text) => false,
        SlotMeaning::Label(Content::Furniture) => single(row).is_some(),
        // 总分 | 100 | 95.8 stands under the headings, 总分 | 95.8 | 等次 | 优 does not.
        SlotMeaning::Label(Content::OfYear(YearContent::Total)) => rows::total_figures(view, row).is_none(),
        // 预算执行率 may be the name of an indicator.
        SlotMeaning::Label(content @ Content::OfYear(_)) => is_first_column && is_closing(content),
        // 项目年度绩效目标 | 数量指标 | 修路里程 is an indicator, whatever its first cell says.
        SlotMeaning::Label(content) => {
            let has_level =
                || row.iter().any(|slot| view.lexicon.category(view.words(slot.cell)) == Some(CategoryLevel::Second));
            is_first_column && (matches!(content, Content::Name | Content::Code) || !has_level())
        }
        SlotMeaning::Checkpoint | SlotMeaning::FundLike | SlotMeaning::Text | SlotMeaning::Blank => {
            single(row).is_some() && view.lexicon.title_end(&key_of(text).text).is_some()
        }
    }
}
