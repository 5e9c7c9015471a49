//! The flat table: one row an indicator, a column a fact, every value with its type. Each format only writes it.
//!
//! A project without indicators has one row with its own facts. What belongs to the department as a whole (its goals,
//! safeguards and own fields, its money and indicators as a whole, units of account that no project names) has no place in
//! such a table; nor have the order of
//! the lines of a budget and a plan, and texts that are empty.

use std::borrow::Cow;

use rust_decimal::Decimal;

use super::{Scope, source_text};
use crate::language::{Block, Field, PlainKind, fields_of, own, plain_fields};
use crate::model::standard::{FieldRule, Standard};
use crate::model::target::Target;
use crate::model::unit::Quantity;
use crate::model::{
    ExtraField, ExtraValue, Indicator, Interim, Model, Plain, PlainFields, Project, StandardId, Text as Prose, print,
};

/// The table of a scope. Its rows, each as long as its columns, are made one by one.
pub(super) struct Flat<'a> {
    model: &'a Model,
    scope: Scope,
    names: Cow<'a, StandardNames>,
}

pub(super) struct FlatColumn {
    pub heading: String,
    pub content: FlatContent,
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum FlatContent {
    /// A code or a word: never a number, even where it looks like one.
    Word,
    /// Sentences.
    Prose,
    Number,
    Amount,
    Share,
    Category,
    Subcategory,
    Nature,
    Unit,
}

#[derive(Clone)]
pub(super) enum FlatValue {
    Blank,
    Text(String),
    Number(Decimal),
    /// A number and its unit: `25%`, or an amount that is not in the unit of the budget.
    Quantity {
        value: Decimal,
        unit: String,
        /// As a source text has it.
        written: String,
    },
}

impl<'a> Flat<'a> {
    /// The table of a scope, with the columns of the standards of another.
    pub fn new(model: &'a Model, scope: Scope, named_by: Scope) -> Self {
        let mut names = StandardNames::default();
        names.add(model, named_by);
        Self { model, scope, names: Cow::Owned(names) }
    }

    /// The same with columns that are known.
    pub fn with_columns(model: &'a Model, scope: Scope, names: &'a StandardNames) -> Self {
        Self { model, scope, names: Cow::Borrowed(names) }
    }

    pub fn columns(&self) -> Vec<FlatColumn> {
        columns(&self.names)
    }

    pub fn rows(&self) -> impl Iterator<Item = Vec<FlatValue>> {
        self.scope.projects(self.model).flat_map(|(_, one)| {
            let own = project(self.model, one, &self.names);
            let standard = &self.model[one.standard];
            let blank = one.indicators.is_empty().then(|| no_indicator(&self.names));
            let indicators = one.indicators.iter().map(|each| indicator(each, standard, &self.names));
            indicators.chain(blank).map(move |row| own.iter().cloned().chain(row).collect())
        })
    }
}

/// What the standards of the projects name, each once, in the order in which it first occurs.
#[derive(Clone)]
pub(super) struct StandardNames {
    funds: Vec<String>,
    checkpoints: Vec<String>,
    project_fields: Vec<String>,
    indicator_fields: Vec<String>,
    /// The plain fields of projects and indicators that have a column, and the sparse ones that are stated.
    stated: Vec<Field>,
    seen: Vec<StandardId>,
}

impl Default for StandardNames {
    fn default() -> Self {
        let stated = all_plain().filter(|field| !field.is_sparse).collect();
        let (funds, checkpoints, project_fields, indicator_fields) = Default::default();
        Self { funds, checkpoints, project_fields, indicator_fields, stated, seen: Vec::new() }
    }
}

impl StandardNames {
    /// Adds what the projects of a scope need.
    pub fn add(&mut self, model: &Model, scope: Scope) {
        let names = self;
        for (_, project) in scope.projects(model) {
            let stated = std::iter::once(&project.plain).chain(project.indicators.iter().map(|one| &one.plain));
            for (field, _) in stated.flat_map(PlainFields::iter) {
                if !names.stated.contains(&field) {
                    names.stated.push(field);
                }
            }
            if !project.investment.is_empty() && !names.stated.contains(&Field::TotalInvestment) {
                names.stated.push(Field::TotalInvestment);
            }
            if project.indicators.iter().any(|one| !one.interim.is_empty()) && !names.stated.contains(&Field::Interim) {
                names.stated.push(Field::Interim);
            }
            if names.seen.contains(&project.standard) {
                continue;
            }
            names.seen.push(project.standard);
            let standard = &model[project.standard];
            let extra = |block: Block| {
                let declared = move |rule: &&FieldRule| rule.block == block && rule.kind.is_some();
                standard.field_rules.iter().filter(declared).map(|rule| rule.name.as_str())
            };
            add(&mut names.funds, standard.fund_sources.iter().map(|source| source.name.as_str()));
            add(&mut names.checkpoints, standard.checkpoints.iter().map(|checkpoint| checkpoint.label.as_str()));
            add(&mut names.project_fields, extra(Block::Project));
            add(&mut names.indicator_fields, extra(Block::Indicator));
        }
    }
}

fn add<'a>(known: &mut Vec<String>, more: impl Iterator<Item = &'a str>) {
    for name in more {
        if !known.iter().any(|known| known == name) {
            known.push(name.to_owned());
        }
    }
}

/// The columns that some standards need.
pub(super) fn columns(names: &StandardNames) -> Vec<FlatColumn> {
    let mut columns: Vec<FlatColumn> = Vec::new();
    let mut fixed = |headings: &[(&str, FlatContent)], named: &[String], before: &str, content: FlatContent| {
        columns.extend(
            headings.iter().map(|(heading, content)| FlatColumn { heading: (*heading).to_owned(), content: *content }),
        );
        for name in named {
            // A name of the standard that is also a heading of ours is told apart as the language does it.
            let is_taken = is_heading(name) || columns.iter().any(|column| column.heading == *name);
            let heading = if is_taken { format!("{before}{BETWEEN}{name}") } else { name.clone() };
            columns.push(FlatColumn { heading, content });
        }
    };
    fixed(OF_PROJECT, &names.funds, FUND, FlatContent::Amount);
    fixed(AFTER_FUNDS, &names.checkpoints, CHECKPOINT, FlatContent::Share);
    let after_plan: Vec<(&str, FlatContent)> = names.columns(Block::Project).collect();
    fixed(&after_plan, &names.project_fields, Block::Project.word().0, FlatContent::Prose);
    let of_indicator: Vec<(&str, FlatContent)> =
        OF_INDICATOR.iter().copied().chain(names.columns(Block::Indicator)).collect();
    fixed(&of_indicator, &names.indicator_fields, Block::Indicator.word().0, FlatContent::Prose);
    columns
}

/// What stands before the name of a fund source or a checkpoint that is also a heading of ours, and after it.
pub(crate) const FUND: &str = Field::FundSource.row().name;
pub(crate) const CHECKPOINT: &str = Field::Checkpoint.row().name;
pub(crate) const BETWEEN: char = '.';

/// Each heading is one that 通用.jx lists as read so: the table comes back by its headings.
const OF_PROJECT: &[(&str, FlatContent)] = &[
    ("部门编码", FlatContent::Word),
    ("部门名称", FlatContent::Word),
    (Field::Year.row().name, FlatContent::Number),
    (Field::DepartmentStandard.row().name, FlatContent::Word),
    ("单位编码", FlatContent::Word),
    ("单位名称", FlatContent::Word),
    (Field::ProjectCode.row().name, FlatContent::Word),
    ("项目名称", FlatContent::Word),
    ("预算数", FlatContent::Amount),
    (Field::MoneyUnit.row().name, FlatContent::Word),
];
const AFTER_FUNDS: &[(&str, FlatContent)] = &[("金额留空", FlatContent::Word)];
const OF_INDICATOR: &[(&str, FlatContent)] = &[
    (Field::Category.row().name, FlatContent::Category),
    (Field::Subcategory.row().name, FlatContent::Subcategory),
    (Field::Leaf.row().name, FlatContent::Prose),
    ("指标值", FlatContent::Word),
    ("指标性质", FlatContent::Nature),
    ("数值", FlatContent::Number),
    (Field::Measure.row().name, FlatContent::Unit),
    ("目标值写法", FlatContent::Word),
];
/// Whether a name is a heading of ours that stands after names of the standard.
fn is_heading(name: &str) -> bool {
    let ours = AFTER_FUNDS.iter().chain(OF_INDICATOR).any(|(heading, _)| *heading == name);
    ours || [Block::Project, Block::Indicator]
        .into_iter()
        .flat_map(fields_of)
        .any(|field| columns_of(*field).into_iter().any(|(heading, _)| heading == name))
}

fn all_plain() -> impl Iterator<Item = Field> {
    plain_fields(Block::Project).chain(plain_fields(Block::Indicator))
}

/// The columns of a field that stand in the order of the schema.
fn columns_of(field: Field) -> Vec<(&'static str, FlatContent)> {
    match (own::Project::of(field), own::Indicator::of(field)) {
        // They have places of their own.
        (Some(own::Project::Unit | own::Project::Budget | own::Project::SpendingPlan), _) => Vec::new(),
        (None, Some(own::Indicator::Basis)) => {
            vec![(BASIS_KIND, FlatContent::Word), (field.heading, FlatContent::Prose)]
        }
        (None, Some(own::Indicator::Direction | own::Indicator::WholePeriod | own::Indicator::Interim)) => {
            vec![(field.heading, FlatContent::Word)]
        }
        (None, None) if field == Field::TotalInvestment => {
            vec![(field.heading, FlatContent::Word), (INVESTMENT_FUNDS, FlatContent::Word)]
        }
        (None, None) => field.plain.map(|kind| (field.heading, plain_content(kind))).into_iter().collect(),
    }
}

fn plain_content(kind: PlainKind) -> FlatContent {
    match kind {
        PlainKind::Text => FlatContent::Prose,
        PlainKind::Number => FlatContent::Number,
        PlainKind::Name | PlainKind::Quantity | PlainKind::Amount | PlainKind::Date | PlainKind::Period => {
            FlatContent::Word
        }
    }
}

impl StandardNames {
    /// The fields of a block that have columns, in the order of the schema.
    fn fields(&self, block: Block) -> impl Iterator<Item = Field> {
        let has_column = move |field: &Field| field.plain.is_none() && !field.is_sparse || self.stated.contains(field);
        fields_of(block).iter().copied().filter(has_column)
    }

    fn columns(&self, block: Block) -> impl Iterator<Item = (&'static str, FlatContent)> {
        self.fields(block).flat_map(columns_of)
    }
}

const BASIS_KIND: &str = "依据类别";
/// The parts of the money of the whole period.
pub(crate) const INVESTMENT_FUNDS: &str = "总投资来源写法";

fn word(text: impl Into<String>) -> FlatValue {
    let text = text.into();
    if text.is_empty() { FlatValue::Blank } else { FlatValue::Text(text) }
}

fn prose(text: Option<&Prose>) -> FlatValue {
    text.map_or(FlatValue::Blank, |text| word(&*text.value))
}

fn quantity(quantity: &Quantity, standard: &Standard) -> FlatValue {
    FlatValue::Quantity {
        value: quantity.value,
        unit: quantity.written_unit(standard),
        written: source_text::quantity(quantity, standard),
    }
}

/// The cells that all rows of a project share.
fn project(model: &Model, project: &Project, names: &StandardNames) -> Vec<FlatValue> {
    let standard = &model[project.standard];
    let department = project.department.map(|id| &model[id]);
    let unit = project.unit_of_account.as_ref();
    let units = department.map_or(&[][..], |department| &department.units_of_account);
    let unit_name = unit.and_then(|unit| units.iter().find(|known| known.code.value == unit.value)?.name.as_ref());
    let budget = project.budget.as_ref();
    let total = budget.and_then(|budget| budget.total.as_ref());
    let mut cells = vec![
        prose(department.and_then(|department| department.code.as_ref())),
        prose(department.map(|department| &department.name)),
        model.year_of(project).map_or(FlatValue::Blank, |year| FlatValue::Number(Decimal::from(year))),
        word(&standard.name),
        prose(unit),
        prose(unit_name),
        prose(project.code.as_ref()),
        prose(Some(&project.name)),
        total.map_or(FlatValue::Blank, |total| FlatValue::Number(total.value)),
        word(total.map(|total| total.written_unit(standard)).unwrap_or_default()),
    ];
    let funds = budget.map_or(&[][..], |budget| &budget.funds);
    let name_of = |source: usize| standard.fund_sources[source].name.as_str();
    cells.extend(names.funds.iter().map(|name| {
        let line = funds.iter().find(|line| name_of(line.source) == *name);
        match line.and_then(|line| line.amount.as_ref()) {
            Some(amount) if total.is_some_and(|total| in_one_unit(total, amount)) => FlatValue::Number(amount.value),
            Some(amount) => quantity(amount, standard),
            None => FlatValue::Blank,
        }
    }));
    let blank = funds.iter().filter(|line| line.amount.is_none()).map(|line| name_of(line.source));
    cells.push(word(blank.collect::<Vec<_>>().join("、")));
    let plan = project.plan.as_ref().map_or(&[][..], |plan| &plan.lines);
    cells.extend(names.checkpoints.iter().map(|name| {
        let line = plan.iter().find(|line| standard.checkpoints[line.checkpoint].label == *name);
        line.map_or(FlatValue::Blank, |line| quantity(&line.share, standard))
    }));
    let stated = names.fields(Block::Project).filter(|field| field.plain.is_some());
    for field in stated {
        cells.push(plain_cell(project.plain.get(field), standard));
        if field == Field::TotalInvestment {
            let funds = project.investment.iter().map(|line| source_text::fund(line, standard));
            cells.push(word(funds.collect::<Vec<_>>().join("；")));
        }
    }
    cells.extend(names.project_fields.iter().map(|name| extra(&project.extra, name, standard)));
    cells
}

fn in_one_unit(one: &Quantity, other: &Quantity) -> bool {
    one.measure == other.measure && one.multiplier == other.multiplier
}

fn indicator(indicator: &Indicator, standard: &Standard, names: &StandardNames) -> Vec<FlatValue> {
    let target = &indicator.target.value;
    let printed = print::printed(target, standard);
    let category = indicator.category.map(|id| standard.category(id).name.as_str());
    let subcategory = indicator.category.and_then(|id| standard.subcategory(id)).map(|one| one.name.as_str());
    let mut cells = vec![
        word(category.unwrap_or_default()),
        word(subcategory.unwrap_or_default()),
        prose(Some(&indicator.name)),
        word(print::target_cell(indicator, standard)),
        word(printed.nature),
        match target {
            Target::Quantity { quantity, .. } => FlatValue::Number(quantity.value),
            _ => word(printed.value),
        },
        word(printed.unit),
        word(source_text::target(target, standard)),
    ];
    for field in names.fields(Block::Indicator) {
        match own::Indicator::of(field) {
            Some(own::Indicator::Basis) => {
                let basis = indicator.basis.as_ref();
                cells.push(prose(basis.and_then(|basis| basis.kind.as_deref())));
                cells.push(prose(basis.map(|basis| &basis.text)));
            }
            Some(own::Indicator::Direction) => {
                cells.push(word(indicator.direction.as_ref().map_or("", |direction| direction.value.word())));
            }
            Some(own::Indicator::WholePeriod) => {
                let written = indicator.whole_period.as_ref().map(|one| source_text::target(&one.value, standard));
                cells.push(word(written.unwrap_or_default()));
            }
            Some(own::Indicator::Interim) => {
                let due = |one: &Interim| format!("{} {}", one.date, source_text::target(&one.target.value, standard));
                cells.push(word(indicator.interim.iter().map(due).collect::<Vec<_>>().join("；")));
            }
            None => cells.push(plain_cell(indicator.plain.get(field), standard)),
        }
    }
    cells.extend(names.indicator_fields.iter().map(|name| extra(&indicator.extra, name, standard)));
    cells
}

fn plain_cell(value: Option<&Plain>, standard: &Standard) -> FlatValue {
    match value {
        None => FlatValue::Blank,
        Some(Plain::Text(text)) => word(&*text.value),
        Some(Plain::Number(number)) => FlatValue::Number(number.value),
        Some(Plain::Quantity(one)) => word(source_text::quantity(one, standard)),
        Some(Plain::Date(date)) => word(date.value.to_string()),
        Some(Plain::Period(period)) => word(period.value.to_string()),
    }
}

fn no_indicator(names: &StandardNames) -> Vec<FlatValue> {
    vec![FlatValue::Blank; OF_INDICATOR.len() + names.columns(Block::Indicator).count() + names.indicator_fields.len()]
}

fn extra(fields: &[ExtraField], name: &str, standard: &Standard) -> FlatValue {
    let field = fields.iter().find(|field| standard.field_rules[field.rule].name == name);
    match field.map(|field| &field.value) {
        None => FlatValue::Blank,
        Some(ExtraValue::Text(text)) => word(&**text),
        Some(ExtraValue::Number(number)) => FlatValue::Number(*number),
        Some(ExtraValue::Quantity(one)) => quantity(one, standard),
        Some(ExtraValue::Date(date)) => word(date.to_string()),
        Some(ExtraValue::YesNo(yes)) => word(if *yes { "是" } else { "否" }),
    }
}
