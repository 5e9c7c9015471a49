//! The flat table: one row an indicator, a column a fact, every value with its type. Each format only writes it.
//!
//! A project without indicators has one row with its own facts. What belongs to the department as a whole (its goals,
//! safeguards and own fields, units of account that no project names) has no place in such a table; nor have the order of
//! the lines of a budget and a plan, and texts that are empty.

use rust_decimal::Decimal;

use super::{Scope, source_text};
use crate::model::standard::{FieldRule, Standard};
use crate::model::target::Target;
use crate::model::unit::Quantity;
use crate::model::{Direction, ExtraField, ExtraValue, Indicator, Model, Project, Text as Prose, print};
use crate::syntax::vocabulary::Block;

/// The table of a scope. Its rows, each as long as its columns, are made one by one.
pub(super) struct Flat<'a> {
    model: &'a Model,
    scope: Scope,
    names: Names<'a>,
}

pub(super) struct Column {
    pub heading: String,
    pub content: Content,
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
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
pub(super) enum Value {
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
        Self { model, scope, names: Names::of(model, named_by) }
    }

    pub fn columns(&self) -> Vec<Column> {
        columns(&self.names)
    }

    pub fn rows(&self) -> impl Iterator<Item = Vec<Value>> {
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
#[derive(Default)]
struct Names<'a> {
    funds: Vec<&'a str>,
    checkpoints: Vec<&'a str>,
    project_fields: Vec<&'a str>,
    indicator_fields: Vec<&'a str>,
}

impl<'a> Names<'a> {
    fn of(model: &'a Model, scope: Scope) -> Self {
        let mut names = Self::default();
        let mut seen = Vec::new();
        for (_, project) in scope.projects(model) {
            if seen.contains(&project.standard) {
                continue;
            }
            seen.push(project.standard);
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
        names
    }
}

fn add<'a>(known: &mut Vec<&'a str>, more: impl Iterator<Item = &'a str>) {
    for name in more {
        if !known.contains(&name) {
            known.push(name);
        }
    }
}

fn columns(names: &Names<'_>) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let mut fixed = |headings: &[(&str, Content)], named: &[&str], before: &str, content: Content| {
        for (heading, content) in headings {
            columns.push(Column { heading: (*heading).to_owned(), content: *content });
        }
        for name in named {
            // A name of the standard that is also a heading of ours is told apart as the language does it.
            let is_taken = HEADINGS.contains(name) || columns.iter().any(|column| column.heading == *name);
            let heading = if is_taken { format!("{before}{BETWEEN}{name}") } else { (*name).to_owned() };
            columns.push(Column { heading, content });
        }
    };
    fixed(OF_PROJECT, &names.funds, FUND, Content::Amount);
    fixed(AFTER_FUNDS, &names.checkpoints, CHECKPOINT, Content::Share);
    fixed(AFTER_PLAN, &names.project_fields, Block::Project.word().0, Content::Prose);
    fixed(OF_INDICATOR, &names.indicator_fields, Block::Indicator.word().0, Content::Prose);
    columns
}

/// What stands before the name of a fund source or a checkpoint that is also a heading of ours, and after it.
pub(crate) const FUND: &str = "资金来源";
pub(crate) const CHECKPOINT: &str = "支出节点";
pub(crate) const BETWEEN: char = '.';

/// Each heading is one that 通用.jx lists as read so: the table comes back by its headings.
const OF_PROJECT: &[(&str, Content)] = &[
    ("部门编码", Content::Word),
    ("部门名称", Content::Word),
    ("年度", Content::Number),
    ("标准", Content::Word),
    ("单位编码", Content::Word),
    ("单位名称", Content::Word),
    ("项目编码", Content::Word),
    ("项目名称", Content::Word),
    ("预算数", Content::Amount),
    ("金额单位", Content::Word),
];
const AFTER_FUNDS: &[(&str, Content)] = &[("金额留空", Content::Word)];
const AFTER_PLAN: &[(&str, Content)] = &[("资金用途", Content::Prose), ("绩效目标", Content::Prose)];
const OF_INDICATOR: &[(&str, Content)] = &[
    ("一级指标", Content::Category),
    ("二级指标", Content::Subcategory),
    ("三级指标", Content::Prose),
    ("指标值", Content::Word),
    ("指标性质", Content::Nature),
    ("数值", Content::Number),
    ("计量单位", Content::Unit),
    ("目标值写法", Content::Word),
    ("描述", Content::Prose),
    ("依据类别", Content::Word),
    ("依据", Content::Prose),
    ("来源", Content::Prose),
    ("权重", Content::Number),
    ("方向", Content::Word),
    ("上年", Content::Word),
    ("计分", Content::Prose),
    ("表述", Content::Prose),
    ("实施期写法", Content::Word),
];
/// The headings of ours that stand after names of the standard.
const HEADINGS: &[&str] = &[
    "金额留空",
    "资金用途",
    "绩效目标",
    "一级指标",
    "二级指标",
    "三级指标",
    "指标值",
    "指标性质",
    "数值",
    "计量单位",
    "目标值写法",
    "描述",
    "依据类别",
    "依据",
    "来源",
    "权重",
    "方向",
    "上年",
    "计分",
    "表述",
    "实施期写法",
];

fn word(text: impl Into<String>) -> Value {
    let text = text.into();
    if text.is_empty() { Value::Blank } else { Value::Text(text) }
}

fn prose(text: Option<&Prose>) -> Value {
    text.map_or(Value::Blank, |text| word(&*text.value))
}

fn quantity(quantity: &Quantity, standard: &Standard) -> Value {
    Value::Quantity {
        value: quantity.value,
        unit: quantity.written_unit(standard),
        written: source_text::quantity(quantity, standard),
    }
}

/// The cells that all rows of a project share.
fn project(model: &Model, project: &Project, names: &Names<'_>) -> Vec<Value> {
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
        model.year_of(project).map_or(Value::Blank, |year| Value::Number(Decimal::from(year))),
        word(&standard.name),
        prose(unit),
        prose(unit_name),
        prose(project.code.as_ref()),
        prose(Some(&project.name)),
        total.map_or(Value::Blank, |total| Value::Number(total.value)),
        word(total.map(|total| total.written_unit(standard)).unwrap_or_default()),
    ];
    let funds = budget.map_or(&[][..], |budget| &budget.funds);
    let name_of = |source: usize| standard.fund_sources[source].name.as_str();
    cells.extend(names.funds.iter().map(|name| {
        let line = funds.iter().find(|line| name_of(line.source) == *name);
        match line.and_then(|line| line.amount.as_ref()) {
            Some(amount) if total.is_some_and(|total| in_one_unit(total, amount)) => Value::Number(amount.value),
            Some(amount) => quantity(amount, standard),
            None => Value::Blank,
        }
    }));
    let blank = funds.iter().filter(|line| line.amount.is_none()).map(|line| name_of(line.source));
    cells.push(word(blank.collect::<Vec<_>>().join("、")));
    let plan = project.plan.as_ref().map_or(&[][..], |plan| &plan.lines);
    cells.extend(names.checkpoints.iter().map(|name| {
        let line = plan.iter().find(|line| standard.checkpoints[line.checkpoint].label == *name);
        line.map_or(Value::Blank, |line| quantity(&line.share, standard))
    }));
    cells.push(prose(project.purpose.as_ref()));
    cells.push(prose(project.goal.as_ref()));
    cells.extend(names.project_fields.iter().map(|name| extra(&project.extra, name, standard)));
    cells
}

fn in_one_unit(one: &Quantity, other: &Quantity) -> bool {
    one.measure == other.measure && one.multiplier == other.multiplier
}

fn indicator(indicator: &Indicator, standard: &Standard, names: &Names<'_>) -> Vec<Value> {
    let target = &indicator.target.value;
    let printed = print::printed(target, standard);
    let category = indicator.category.map(|id| standard.category(id).name.as_str());
    let subcategory = indicator.category.and_then(|id| standard.subcategory(id)).map(|one| one.name.as_str());
    let kind = indicator.basis.as_ref().and_then(|basis| basis.kind.as_deref());
    let direction = indicator.direction.as_ref().map(|direction| match direction.value {
        Direction::Up => "正向",
        Direction::Down => "反向",
    });
    let mut cells = vec![
        word(category.unwrap_or_default()),
        word(subcategory.unwrap_or_default()),
        prose(Some(&indicator.name)),
        word(print::target_cell(indicator, standard)),
        word(printed.nature),
        match target {
            Target::Quantity { quantity, .. } => Value::Number(quantity.value),
            _ => word(printed.value),
        },
        word(printed.unit),
        word(source_text::target(target, standard)),
        prose(indicator.description.as_ref()),
        prose(kind),
        prose(indicator.basis.as_ref().map(|basis| &basis.text)),
        prose(indicator.source.as_deref()),
        indicator.weight.as_ref().map_or(Value::Blank, |weight| Value::Number(weight.value)),
        word(direction.unwrap_or_default()),
        word(indicator.last_year.as_ref().map(|one| source_text::quantity(one, standard)).unwrap_or_default()),
        prose(indicator.scoring.as_deref()),
        prose(indicator.wording.as_deref()),
        word(indicator.whole_period.as_ref().map(|one| source_text::target(&one.value, standard)).unwrap_or_default()),
    ];
    cells.extend(names.indicator_fields.iter().map(|name| extra(&indicator.extra, name, standard)));
    cells
}

fn no_indicator(names: &Names<'_>) -> Vec<Value> {
    vec![Value::Blank; OF_INDICATOR.len() + names.indicator_fields.len()]
}

fn extra(fields: &[ExtraField], name: &str, standard: &Standard) -> Value {
    let field = fields.iter().find(|field| standard.field_rules[field.rule].name == name);
    match field.map(|field| &field.value) {
        None => Value::Blank,
        Some(ExtraValue::Text(text)) => word(&**text),
        Some(ExtraValue::Number(number)) => Value::Number(*number),
        Some(ExtraValue::Quantity(one)) => quantity(one, standard),
        Some(ExtraValue::Date(date)) => word(date.to_string()),
        Some(ExtraValue::YesNo(yes)) => word(if *yes { "是" } else { "否" }),
    }
}
