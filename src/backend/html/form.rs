//! A project's tables in the official form.

use maud::{Markup, html};

use super::{indicator_id, project_id};
use crate::model::standard::{Column, Standard};
use crate::model::{ExtraValue, Indicator, Model, Project, ProjectId, print};
use crate::syntax::vocabulary::Block;

/// The grid of the head table: so many parts beside the column of headings, which two, three, four or six checkpoints
/// fill evenly.
const GRID: usize = 24;
/// How many parts the label and the amount of a fund take, pair by pair. The second label is the longest of most forms.
const PAIRS: [(usize, usize); 3] = [(3, 4), (5, 4), (4, 4)];

/// A table with more rows of one category, or more text in all, may not fit on one sheet.
const LONG_CATEGORY: usize = 10;
/// Signs in the longest cells of all rows, added up.
const LONG_TEXT: usize = 150;

/// Heading, unit line, head table and indicator table.
pub(super) fn project(model: &Model, id: ProjectId, number: usize) -> Markup {
    let project = &model[id];
    let standard = &model[project.standard];
    let heading = format!("{}{}", project.name.value, standard.label("项目表"));
    html! {
        section.project #(project_id(id)) aria-labelledby={ (project_id(id)) "-name" } {
            h3 #{ (project_id(id)) "-name" } { (number) "." (heading) }
            p.above {
                span { (unit_line(model, project)) }
                span { (standard.label("金额单位")) "：" (standard.money_unit_name()) }
            }
            (head(project, standard))
            div.scroll { (indicators(id, project, standard)) }
        }
    }
}

/// `434001玉田县人民政府办公室本级`: code and name of the unit of account, without a blank, as the form has it.
fn unit_line(model: &Model, project: &Project) -> String {
    let Some(code) = &project.unit_of_account else { return String::new() };
    let units = project.department.map_or(&[][..], |department| &model[department].units_of_account);
    let name = units.iter().find(|unit| unit.code.value == code.value).and_then(|unit| unit.name.as_ref());
    format!("{}{}", code.value, name.map_or("", |name| &name.value))
}

fn head(project: &Project, standard: &Standard) -> Markup {
    let checkpoints = &standard.checkpoints;
    let share = |index: usize| {
        let mut lines = project.plan.iter().flat_map(|plan| &plan.lines);
        let line = lines.rfind(|line| line.checkpoint == index);
        line.map(|line| format!("{}%", line.share.value)).unwrap_or_default()
    };
    let funds = fund_cells(project, standard);
    let fund_rows = funds.chunks(PAIRS.len()).count();
    let span = |index: usize| GRID * (index + 1) / checkpoints.len() - GRID * index / checkpoints.len();
    html! {
        table.form.head {
            colgroup { @for _ in 0..=GRID { col; } }
            tbody {
                tr {
                    th scope="row" { (standard.label("项目编码")) }
                    td colspan="10" { (project.code.as_ref().map_or("", |code| &code.value)) }
                    th scope="row" colspan="4" { (standard.label("项目名称")) }
                    td colspan="10" { (project.name.value) }
                }
                @for (index, row) in funds.chunks(PAIRS.len()).enumerate() {
                    tr {
                        @if index == 0 {
                            th scope="row" rowspan=(fund_rows + usize::from(project.purpose.is_some())) { (standard.label("资金用途")) }
                        }
                        @for ((label, amount), (label_span, amount_span)) in row.iter().zip(PAIRS) {
                            th scope="row" colspan=(label_span) { (label) }
                            td.number colspan=(amount_span) { (amount) }
                        }
                        @let rest: usize = PAIRS[row.len()..].iter().map(|(label, amount)| label + amount).sum();
                        @if rest > 0 { td colspan=(rest) {} }
                    }
                }
                @if let Some(purpose) = &project.purpose {
                    tr { td.words colspan=(GRID) { (lines(&purpose.value)) } }
                }
                @if project.plan.is_some() && !checkpoints.is_empty() && checkpoints.len() <= GRID {
                    tr {
                        th scope="row" rowspan="2" { (standard.label("支出计划")) }
                        @for (index, checkpoint) in checkpoints.iter().enumerate() {
                            th scope="col" colspan=(span(index)) { (checkpoint.label) }
                        }
                    }
                    tr {
                        @for index in 0..checkpoints.len() {
                            td.number colspan=(span(index)) { (share(index)) }
                        }
                    }
                }
                @for field in &project.extra {
                    @let rule = &standard.field_rules[field.rule];
                    tr {
                        th scope="row" { (rule.label.as_deref().unwrap_or(&rule.name)) }
                        td.words colspan=(GRID) { (extra_text(&field.value, standard)) }
                    }
                }
                @if let Some(goal) = &project.goal {
                    tr {
                        th scope="row" { (standard.label("绩效目标")) }
                        td.words colspan=(GRID) { (numbered(&goal.value)) }
                    }
                }
            }
        }
    }
}

/// The budget, then every fund source of the standard, blank where the project states none.
fn fund_cells(project: &Project, standard: &Standard) -> Vec<(String, String)> {
    let amount = |quantity: Option<&crate::model::unit::Quantity>| {
        quantity.map(|quantity| print::amount(quantity, standard)).unwrap_or_default()
    };
    let budget = project.budget.as_ref();
    let total = (standard.label("预算").to_owned(), amount(budget.and_then(|budget| budget.total.as_ref())));
    let funds = standard.fund_sources.iter().enumerate().map(|(index, source)| {
        let line = budget.and_then(|budget| budget.funds.iter().find(|line| line.source == index));
        let label = source.label.clone().unwrap_or_else(|| source.name.clone());
        (label, amount(line.and_then(|line| line.amount.as_ref())))
    });
    std::iter::once(total).chain(funds).collect()
}

/// Goals are numbered in the form: one a paragraph.
fn numbered(text: &str) -> Markup {
    html! {
        @for (index, paragraph) in text.lines().enumerate() {
            @if index > 0 { br; }
            (index + 1) "." (paragraph)
        }
    }
}

fn lines(text: &str) -> Markup {
    html! { @for (index, line) in text.lines().enumerate() { @if index > 0 { br; } (line) } }
}

fn extra_text(value: &ExtraValue, standard: &Standard) -> String {
    match value {
        ExtraValue::Text(text) => text.to_string(),
        ExtraValue::Number(number) => number.to_string(),
        ExtraValue::Quantity(quantity) => format!("{}{}", quantity.value, quantity.unit_label(standard)),
        ExtraValue::Date(date) => date.to_string(),
        ExtraValue::YesNo(yes) => if *yes { "是" } else { "否" }.to_owned(),
    }
}

/// What a column of the indicator table holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Content<'a> {
    Category,
    Subcategory,
    Name,
    Other(&'a str),
}

fn content(column: &Column) -> Content<'_> {
    match column.content.as_str() {
        "一级指标" => Content::Category,
        "二级指标" => Content::Subcategory,
        "三级指标" => Content::Name,
        other => Content::Other(other),
    }
}

/// Neighbouring indicators of one category, printed beside one merged cell.
struct Group<'a> {
    category: &'a str,
    rows: Vec<(usize, &'a Indicator)>,
}

fn groups<'a>(project: &'a Project, standard: &'a Standard) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    for (index, indicator) in project.indicators.iter().enumerate() {
        let category = indicator.category.map_or("", |id| standard.category(id).name.as_str());
        match groups.last_mut() {
            Some(group) if group.category == category => group.rows.push((index, indicator)),
            _ => groups.push(Group { category, rows: vec![(index, indicator)] }),
        }
    }
    groups
}

/// Whether the table may need more than one sheet: then it carries what the style needs to name a category again on the
/// next. A browser breaks a cell with rowspan badly and never repeats its text.
fn is_long(groups: &[Group<'_>], standard: &Standard) -> bool {
    let longest_cell = |indicator: &Indicator| {
        let cells = standard.columns.iter().map(|column| match content(column) {
            Content::Category | Content::Subcategory => 0,
            Content::Name => indicator.name.value.chars().count(),
            Content::Other(key) => cell(key, indicator, standard).chars().count(),
        });
        cells.max().unwrap_or(0)
    };
    let text: usize = groups.iter().flat_map(|group| &group.rows).map(|(_, indicator)| longest_cell(indicator)).sum();
    let leads = standard.columns.first().is_some_and(|column| content(column) == Content::Category);
    leads && (text > LONG_TEXT || groups.iter().any(|group| group.rows.len() > LONG_CATEGORY))
}

fn indicators(id: ProjectId, project: &Project, standard: &Standard) -> Markup {
    let merges = |name: &str| standard.merged_columns.iter().any(|merged| merged == name);
    let merges_content = |wanted: Content<'_>| {
        standard.columns.iter().any(|column| content(column) == wanted && merges(&column.content))
    };
    let subcategory = |indicator: &Indicator| {
        indicator.category.and_then(|id| standard.subcategory(id)).map_or("", |one| one.name.as_str())
    };
    let groups = groups(project, standard);
    let is_long = merges_content(Content::Category) && is_long(&groups, standard);
    let repeats_second = is_long && merges_content(Content::Subcategory);
    html! {
        table.form.rows.long[is_long] {
            thead { tr { @for column in &standard.columns { th scope="col" { (column.heading) } } } }
            @for group in &groups {
                tbody {
                    @if is_long {
                        tr.label aria-hidden="true" { td colspan=(standard.columns.len()) { span { (group.category) } } }
                    }
                    @for (place, (index, indicator)) in group.rows.iter().enumerate() {
                        @let same_before = place > 0 && subcategory(group.rows[place - 1].1) == subcategory(indicator);
                        @let run = group.rows[place..].iter().take_while(|(_, one)| subcategory(one) == subcategory(indicator)).count();
                        tr #(indicator_id(id, *index)) data-second=[repeats_second.then(|| subcategory(indicator))] {
                            @for column in &standard.columns {
                                @match content(column) {
                                    Content::Category if merges(&column.content) => {
                                        @if place == 0 {
                                            th.first scope="rowgroup" rowspan=(group.rows.len()) { span { (group.category) } }
                                        }
                                    }
                                    Content::Category => { th.first scope="row" { (group.category) } }
                                    Content::Subcategory if merges(&column.content) => {
                                        @if !same_before { th.second scope="rowgroup" rowspan=(run) { (subcategory(indicator)) } }
                                    }
                                    Content::Subcategory => { th.second scope="row" { (subcategory(indicator)) } }
                                    Content::Name => { td.name data-heading=(column.heading) { (indicator.name.value) } }
                                    Content::Other(key) => { td data-heading=(column.heading) { (cell(key, indicator, standard)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The text of a cell by the column's key: a field of the language, a part of the target, or a field of the standard.
fn cell(key: &str, indicator: &Indicator, standard: &Standard) -> String {
    let text = |text: Option<&crate::model::Text>| text.map(|text| text.value.to_string()).unwrap_or_default();
    match key {
        "指标值" => print::target_cell(indicator, standard),
        "指标性质" => print::printed(&indicator.target.value, standard).nature,
        "数值" => match &indicator.wording {
            Some(wording) => wording.value.to_string(),
            None => print::printed(&indicator.target.value, standard).value,
        },
        "计量单位" => print::printed(&indicator.target.value, standard).unit,
        "权重" => indicator.weight.as_ref().map(|weight| weight.value.to_string()).unwrap_or_default(),
        "描述" => text(indicator.description.as_ref()),
        // A table without a column for sources has always printed them here.
        "依据" => {
            let has_own_column = standard.columns.iter().any(|column| column.content == "来源");
            let source = indicator.source.as_deref().filter(|_| !has_own_column);
            text(indicator.basis.as_ref().map(|basis| &basis.text).or(source))
        }
        "来源" => text(indicator.source.as_deref()),
        "计分" => text(indicator.scoring.as_deref()),
        "上年" => {
            let last_year = indicator.last_year.as_ref();
            last_year.map(|one| format!("{}{}", one.value, one.unit_label(standard))).unwrap_or_default()
        }
        "实施期" => {
            let target = indicator.whole_period.as_ref();
            target.map(|target| print::printed(&target.value, standard).glued()).unwrap_or_default()
        }
        _ => {
            let is_meant = |rule: usize| {
                let rule = &standard.field_rules[rule];
                rule.block == Block::Indicator && rule.name == key
            };
            let field = indicator.extra.iter().find(|field| is_meant(field.rule));
            field.map(|field| extra_text(&field.value, standard)).unwrap_or_default()
        }
    }
}
