//! A project's tables in the official form, as a browser shows and prints them.

use std::collections::BTreeSet;
use std::fmt::Write;

use maud::{Markup, html};

use super::{indicator_id, project_id};
use crate::backend::Scope;
use crate::backend::official::indicators::{ColumnContent, category, content, merges, subcategory};
use crate::backend::official::{CellKind, FormCell, FormTable, ProjectTables};
use crate::model::standard::{Column, Standard};
use crate::model::{Indicator, Model, Project, StandardId};
use crate::source::Sources;

/// A table with more rows of one category, or more text in all, may not fit on one sheet.
const LONG_CATEGORY: usize = 10;
/// Signs in the longest cells of all rows, added up.
const LONG_TEXT: usize = 150;

/// Heading, unit line, head table and indicator table.
pub(super) fn project(model: &Model, tables: &ProjectTables, sources: Option<&Sources>) -> Markup {
    let project = &model[tables.id];
    let standard = &model[project.standard];
    html! {
        section.project #(project_id(model, tables.id)) aria-labelledby={ (project_id(model, tables.id)) "-name" } {
            h3 #{ (project_id(model, tables.id)) "-name" } { (tables.heading) }
            @if let Some(sources) = sources { p.source data-derived { (sources.short_place(project.name.span)) } }
            (head(&tables.head))
            div.scroll { (indicators(model, tables, project, standard, sources)) }
            @if !tables.foot.rows.is_empty() { (head(&tables.foot)) }
        }
    }
}

/// The lines above, the table, and the lines below it.
pub(super) fn head(table: &FormTable) -> Markup {
    let is_outside = |row: &Vec<FormCell>| row.iter().any(|cell| cell.kind == CellKind::Above);
    let above = table.rows.iter().take_while(|row| is_outside(row)).count();
    let below = table.rows[above..].iter().rev().take_while(|row| is_outside(row)).count();
    let rows = &table.rows[above..table.rows.len() - below];
    html! {
        @for row in &table.rows[..above] { (outside(row)) }
        @if !rows.is_empty() {
            table.form.head {
                // The first column has its width, where the form does not say all of them; the others share what is left.
                @match widths(&table.widths) {
                    Some(widths) => { colgroup { @for width in widths { col width=(width); } } }
                    None => { colgroup { col; col span=(table.widths.len() - 1); } }
                }
                tbody {
                    @for row in rows {
                        tr {
                            @for (index, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.continues()) {
                                (head_cell(cell, is_of_column(row, index)))
                            }
                        }
                    }
                }
            }
        }
        @for row in &table.rows[table.rows.len() - below..] { (outside(row)) }
    }
}

/// A line without rules: a text alone stands in its middle.
fn outside(row: &[FormCell]) -> Markup {
    // What stands at the ends leaves the middle to one that is alone.
    let is_alone = row.len() == 1;
    html! {
        p.above {
            @if is_alone { span {} }
            @for (index, cell) in row.iter().enumerate() { @if index > 0 { " " } span { (cell.text) } }
            @if is_alone { span {} }
        }
    }
}

/// The widths of columns that differ, in percent; none where all but the first are alike.
fn widths(widths: &[u16]) -> Option<Vec<String>> {
    let sum: u32 = widths.iter().map(|width| u32::from(*width)).sum();
    let are_alike = widths.get(1..).is_none_or(|rest| rest.windows(2).all(|pair| pair[0] == pair[1]));
    let percent = |width: &u16| format!("{}%", 100 * u32::from(*width) / sum.max(1));
    (!are_alike).then(|| widths.iter().map(percent).collect())
}

/// Whether a heading is that of the cells below it: it is not the first, and no value follows it.
fn is_of_column(row: &[FormCell], index: usize) -> bool {
    index > 0 && row.get(index + 1).is_none_or(|next| next.kind == CellKind::Heading)
}

fn head_cell(cell: &FormCell, is_of_column: bool) -> Markup {
    let scope = if is_of_column { "col" } else { "row" };
    let columns = (cell.columns > 1).then_some(cell.columns);
    let rows = (cell.rows > 1).then_some(cell.rows);
    html! {
        @match cell.kind {
            CellKind::Heading => { th scope=(scope) colspan=[columns] rowspan=[rows] { (cell.text) } }
            CellKind::Number => { td.number colspan=[columns] rowspan=[rows] { (cell.text) } }
            CellKind::Prose => { td.words colspan=[columns] rowspan=[rows] { (lines(&cell.text)) } }
            CellKind::Text | CellKind::Above => { td colspan=[columns] rowspan=[rows] { (cell.text) } }
        }
    }
}

pub(super) fn lines(text: &str) -> Markup {
    html! { @for (index, line) in text.lines().enumerate() { @if index > 0 { br; } (line) } }
}

/// Neighbouring indicators of one category, printed beside one merged cell, with their rows.
type CategoryGroup<'a> = (&'a [Indicator], &'a [Vec<FormCell>]);

fn groups<'a>(indicators: &'a [Indicator], rows: &'a [Vec<FormCell>], standard: &Standard) -> Vec<CategoryGroup<'a>> {
    let mut start = 0;
    let of_one_category = |one: &Indicator, other: &Indicator| category(one, standard) == category(other, standard);
    let group = |group: &'a [Indicator]| {
        let first = start;
        start += group.len();
        (group, &rows[first..start])
    };
    indicators.chunk_by(of_one_category).map(group).collect()
}

/// Whether the table may need more than one sheet: then it carries what the style needs to name a category again on the
/// next. A browser breaks a cell with rowspan badly and never repeats its text.
fn is_long(groups: &[CategoryGroup<'_>], standard: &Standard) -> bool {
    let is_category = |column: &Column| matches!(content(column), ColumnContent::Category | ColumnContent::Subcategory);
    let longest_cell = |row: &Vec<FormCell>| {
        let cells = standard.columns.iter().zip(row).filter(|(column, _)| !is_category(column));
        cells.map(|(_, cell)| cell.text.chars().count()).max().unwrap_or(0)
    };
    let text: usize = groups.iter().flat_map(|(_, rows)| *rows).map(longest_cell).sum();
    let leads = standard.columns.first().is_some_and(|column| content(column) == ColumnContent::Category);
    let merges_others = standard.columns.iter().any(|column| !is_category(column) && merges(column, standard));
    leads && !merges_others && (text > LONG_TEXT || groups.iter().any(|(_, rows)| rows.len() > LONG_CATEGORY))
}

fn indicators(
    model: &Model,
    tables: &ProjectTables,
    project: &Project,
    standard: &Standard,
    sources: Option<&Sources>,
) -> Markup {
    let merges_content = |wanted: ColumnContent<'_>| {
        standard.columns.iter().any(|column| content(column) == wanted && merges(column, standard))
    };
    let table = &tables.indicators;
    let (heading, rows) = table.rows.split_at(table.heading_rows);
    let groups = groups(&project.indicators, rows, standard);
    let is_long = merges_content(ColumnContent::Category) && is_long(&groups, standard);
    let repeats_second = is_long && merges_content(ColumnContent::Subcategory);
    let headed = headed_cells(standard).is_none();
    let mut index = 0..;
    html! {
        table.form.rows.long[is_long].{ "s" (project.standard.0) } {
            @if let Some(label) = &tables.beside { caption { (label) } }
            thead { @for row in heading { tr {
                @for cell in row.iter().filter(|cell| !cell.continues()) {
                    th scope=(if cell.columns > 1 { "colgroup" } else { "col" })
                        colspan=[several(cell.columns)] rowspan=[several(cell.rows)] { (cell.text) }
                }
            } } }
            @for (members, rows) in groups {
                tbody {
                    @if is_long {
                        tr.label aria-hidden="true" data-derived {
                            td colspan=(standard.columns.len()) { span { (category(&members[0], standard)) } }
                        }
                    }
                    @for ((indicator, row), index) in members.iter().zip(rows).zip(&mut index) {
                        @let line = sources.map(|sources| sources.short_place(indicator.name.span));
                        tr #(indicator_id(model, tables.id, index)) data-second=[repeats_second.then(|| subcategory(indicator, standard))] {
                            @for (column, cell) in standard.columns.iter().zip(row).filter(|(_, cell)| !cell.continues()) {
                                (indicator_cell(column, cell, merges(column, standard), is_long, headed, line.as_deref()))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How many rows or columns a cell takes, where that is more than one.
pub(super) fn several(count: usize) -> Option<usize> {
    (count > 1).then_some(count)
}

/// A label that stands beside all rows elsewhere leads them here: a merged cell would not go on over the next sheet.
const BESIDE: &str = "table.form.rows caption { border: 1px solid var(--line); border-bottom: 0; \
    background: var(--head); font-family: var(--hei); padding: .4rem }\n";

/// A cell; `is_headed`, if it says itself under which heading it stands. The name says in which line of the sources.
fn indicator_cell(
    column: &Column,
    cell: &FormCell,
    merges: bool,
    is_long: bool,
    is_headed: bool,
    line: Option<&str>,
) -> Markup {
    let scope = if merges { "rowgroup" } else { "row" };
    let rows = (cell.rows > 1).then_some(cell.rows);
    let heading = is_headed.then_some(&column.heading);
    html! {
        @match content(column) {
            // The name stays in sight beside a long category.
            ColumnContent::Category if merges && is_long => { th.first scope=(scope) rowspan=[rows] { span { (cell.text) } } }
            ColumnContent::Category => { th.first scope=(scope) rowspan=[rows] { (cell.text) } }
            ColumnContent::Subcategory => { th scope=(scope) rowspan=[rows] { (cell.text) } }
            ColumnContent::Name if is_headed => { td.name title=[line] data-heading=[heading] rowspan=[rows] { (cell.text) } }
            ColumnContent::Name => { td title=[line] rowspan=[rows] { (cell.text) } }
            ColumnContent::Other(_) => { td data-heading=[heading] rowspan=[rows] { (cell.text) } }
        }
    }
}

/// The columns of cells that are no heads of rows, in which the place of a cell tells its column; none where cells over
/// several rows leave gaps.
fn headed_cells(standard: &Standard) -> Option<Vec<&Column>> {
    let is_head = |column: &Column| matches!(content(column), ColumnContent::Category | ColumnContent::Subcategory);
    let cells: Vec<&Column> = standard.columns.iter().filter(|column| !is_head(column)).collect();
    cells.iter().all(|column| !merges(column, standard)).then_some(cells)
}

/// The style that writes headings before the cells of narrow screens, once a standard.
pub(super) fn headings(model: &Model, scope: Scope) -> String {
    let standards: BTreeSet<StandardId> = scope.projects(model).map(|(_, project)| project.standard).collect();
    let mut rules = String::new();
    let has_beside = |id: &StandardId| (*model[*id].project_form).as_ref().is_some_and(|form| form.beside.is_some());
    let beside = if standards.iter().any(has_beside) { BESIDE } else { "" };
    if !beside.is_empty() {
        rules.push_str("  table.form.rows caption { display: block; }\n");
    }
    for id in standards {
        for (place, column) in (1..).zip(headed_cells(&model[id]).into_iter().flatten()) {
            let cell = format!(".s{} td:nth-of-type({place})", id.0);
            let _ = writeln!(rules, "  {cell}::before {{ content: \"{}：\"; }}", css_text(&column.heading));
            if content(column) == ColumnContent::Name {
                let _ = writeln!(rules, "  {cell} {{ font-weight: 700; }}");
            }
        }
    }
    format!("{beside}@media screen and (max-width: 44rem) {{\n{rules}}}\n")
}

/// A text as CSS has it between quotes: what is neither letter nor digit by its number.
fn css_text(text: &str) -> String {
    let sign = |sign: char| if sign.is_alphanumeric() { sign.to_string() } else { format!("\\{:x} ", u32::from(sign)) };
    text.chars().map(sign).collect()
}
