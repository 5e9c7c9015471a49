//! The resolved, typed workspace: every reference is an id, every value has a type, spans are kept for reports.
//!
//! [`standard`] reads what the rules of a place are; [`department`] and [`project`] read declarations by those rules;
//! [`resolve`] ties them together. Nothing here fails: what cannot be understood is reported and marked as damaged, so
//! that no rule reports what merely follows from it.

pub mod calendar;
pub mod code;
pub mod department;
mod following;
pub mod literal;
pub mod number;
mod plain;
pub mod print;
pub mod project;
pub mod prose;
mod read;
pub mod resolve;
pub mod similarity;
pub mod standard;
pub mod summary;
pub mod target;
pub mod text;
pub mod unit;
pub mod written;

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::language::Field;
use crate::source::{Span, Spanned, Words};
use calendar::Date;
pub use plain::{Plain, PlainFields};
use standard::Standard;
use target::Target;
use unit::Quantity;

/// A text with its place.
pub type Text = Spanned<Words>;

/// Everything a run is about. Projects stand in the order of their departments, then of their files.
#[derive(Debug, Default)]
pub struct Model {
    pub standards: Vec<Arc<Standard>>,
    pub departments: Vec<Department>,
    pub projects: Vec<Project>,
}

macro_rules! ids {
    ($($id:ident $field:ident $item:ty;)*) => { $(
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $id(pub u32);

        impl std::ops::Index<$id> for Model {
            type Output = $item;
            fn index(&self, id: $id) -> &$item {
                &self.$field[id.0 as usize]
            }
        }
    )* };
}
ids! {
    StandardId standards Standard;
    DepartmentId departments Department;
    ProjectId projects Project;
}

/// An indicator by its project and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IndicatorId {
    pub project: ProjectId,
    pub index: u32,
}

impl std::ops::Index<IndicatorId> for Model {
    type Output = Indicator;
    fn index(&self, id: IndicatorId) -> &Indicator {
        &self[id.project].indicators[id.index as usize]
    }
}

/// 部门
#[derive(Debug)]
pub struct Department {
    pub span: Span,
    pub code: Option<Text>,
    pub name: Text,
    /// The fiscal year.
    pub year: Option<Spanned<u16>>,
    pub standard: StandardId,
    pub units_of_account: Vec<UnitOfAccount>,
    pub sub_goals: Vec<SubGoal>,
    pub safeguards: Vec<Safeguard>,
    pub plain: PlainFields,
    pub extra: Vec<ExtraField>,
    pub is_damaged: bool,
}

/// 单位: a unit of account of the department.
#[derive(Debug)]
pub struct UnitOfAccount {
    pub code: Text,
    pub name: Option<Text>,
}

/// 分项绩效目标
#[derive(Debug)]
pub struct SubGoal {
    pub span: Span,
    pub goal: Option<Text>,
    pub indicators: Vec<Reference>,
}

/// `项目.指标` as written, and the indicator it names where there is one.
#[derive(Debug)]
pub struct Reference {
    pub span: Span,
    pub project: Option<Words>,
    pub indicator: Words,
    pub target: Option<IndicatorId>,
}

/// 工作保障措施
#[derive(Debug)]
pub struct Safeguard {
    pub name: Text,
    pub text: Option<Text>,
}

/// 项目
#[derive(Debug)]
pub struct Project {
    pub span: Span,
    pub department: Option<DepartmentId>,
    pub standard: StandardId,
    pub code: Option<Text>,
    pub name: Text,
    pub unit_of_account: Option<Text>,
    pub budget: Option<Budget>,
    pub plan: Option<Plan>,
    pub plain: PlainFields,
    pub indicators: Vec<Indicator>,
    pub extra: Vec<ExtraField>,
    pub damage: Damage,
    /// Only its head was read: the version it is compared with has it word for word.
    pub is_head: bool,
}

/// Which parts of a project hold a mistake that was already reported.
#[derive(Clone, Copy, Debug, Default)]
pub struct Damage {
    pub head: bool,
    pub fields: bool,
    pub budget: bool,
    pub plan: bool,
    pub indicators: bool,
}

/// 预算数, and its parts by fund source.
#[derive(Debug)]
pub struct Budget {
    pub span: Span,
    pub total: Option<Quantity>,
    pub funds: Vec<FundLine>,
}

/// A line of the budget. A blank amount is not zero.
#[derive(Debug)]
pub struct FundLine {
    pub span: Span,
    /// The index in the standard's fund sources.
    pub source: usize,
    pub amount: Option<Quantity>,
}

/// 支出计划: cumulative shares.
#[derive(Debug)]
pub struct Plan {
    pub span: Span,
    pub lines: Vec<PlanLine>,
}

#[derive(Debug)]
pub struct PlanLine {
    pub span: Span,
    /// The index in the standard's checkpoints.
    pub checkpoint: usize,
    /// In the unit as written: 25 for `25%`.
    pub share: Quantity,
}

/// 三级指标
#[derive(Debug)]
pub struct Indicator {
    pub span: Span,
    pub category: Option<CategoryId>,
    pub category_span: Span,
    pub name: Text,
    pub target: Spanned<Target>,
    pub whole_period: Option<Box<Spanned<Target>>>,
    pub basis: Option<Basis>,
    pub direction: Option<Spanned<Direction>>,
    pub plain: PlainFields,
    pub extra: Box<[ExtraField]>,
}

/// A subcategory in the taxonomy of a standard; a category without subcategories stands for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CategoryId {
    pub category: u32,
    pub subcategory: Option<u32>,
}

/// 指标值确定依据
#[derive(Debug)]
pub struct Basis {
    pub kind: Option<Box<Text>>,
    pub text: Text,
}

/// 方向: whether more is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
}

impl Direction {
    /// As the language writes it.
    pub const ALL: [(Direction, &'static str, &'static str); 2] =
        [(Direction::Up, "正向", "up"), (Direction::Down, "反向", "down")];

    pub fn word(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// Its key in JSON, and its English word.
    pub fn english(self) -> &'static str {
        Self::ALL[self as usize].2
    }

    /// The direction that a word in either language means.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, name, english)| *name == word || *english == word).map(|(direction, ..)| *direction)
    }
}

/// A field that the standard declares.
#[derive(Debug)]
pub struct ExtraField {
    /// The index in the standard's field rules.
    pub rule: usize,
    pub span: Span,
    pub value: ExtraValue,
}

#[derive(Debug, PartialEq)]
pub enum ExtraValue {
    Text(Words),
    Number(Decimal),
    Quantity(Quantity),
    Date(Date),
    YesNo(bool),
}

impl Model {
    pub fn project_ids(&self) -> impl Iterator<Item = ProjectId> + use<> {
        (0..self.projects.len() as u32).map(ProjectId)
    }

    /// The projects of a department, or those outside any.
    pub fn projects_of(&self, department: Option<DepartmentId>) -> impl Iterator<Item = (ProjectId, &Project)> {
        // Invariant: projects stand in the order of their departments, those outside any last.
        let order = |department: Option<DepartmentId>| department.map_or(u32::MAX, |department| department.0);
        let wanted = order(department);
        let start = self.projects.partition_point(|project| order(project.department) < wanted);
        let end = self.projects.partition_point(|project| order(project.department) <= wanted);
        (start..end).map(|index| (ProjectId(index as u32), &self.projects[index]))
    }

    /// The departments, and none for projects outside any where there are such.
    pub fn groups(&self) -> impl Iterator<Item = Option<DepartmentId>> + '_ {
        let outside = self.projects.iter().any(|project| project.department.is_none());
        (0..self.departments.len() as u32).map(|id| Some(DepartmentId(id))).chain(outside.then_some(None))
    }

    /// The fiscal year of a project's department.
    pub fn year_of(&self, project: &Project) -> Option<u16> {
        Some(self[project.department?].year.as_ref()?.value)
    }
}

impl Department {
    /// What the author wrote in prose.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let goals = self.sub_goals.iter().filter_map(|goal| goal.goal.as_ref());
        let safeguards = self.safeguards.iter().flat_map(|one| std::iter::once(&one.name).chain(&one.text));
        self.overall_goal().into_iter().chain(goals).chain(safeguards)
    }
}

impl Indicator {
    /// Name and texts, in the order in which they are mostly written; the words of a target are not among them.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let basis = self.basis.as_ref().map(|basis| &basis.text);
        let own = std::iter::once(&self.name).chain(self.description()).chain(basis);
        // The description stands before the basis, as it is written.
        let others = self.plain.iter().filter(|(field, _)| *field != Field::Description);
        own.chain(others.filter_map(|(_, value)| value.as_text()))
    }

    /// The words of a target that has no type, and their place.
    pub fn target_words(&self) -> Option<(&Words, Span)> {
        match &self.target.value {
            Target::Words(words) => Some((words, self.target.span)),
            _ => None,
        }
    }
}

impl Project {
    /// Name, purpose and goal, and the texts of the indicators.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let plain = self.plain.iter().filter_map(|(_, value)| value.as_text());
        std::iter::once(&self.name).chain(plain).chain(self.indicators.iter().flat_map(Indicator::texts))
    }

    /// The same with the words of targets, each with its place.
    pub fn all_words(&self) -> impl Iterator<Item = (&Words, Span)> {
        let targets = self.indicators.iter().filter_map(Indicator::target_words);
        self.texts().map(|text| (&text.value, text.span)).chain(targets)
    }

    /// The budget in the base unit of money; none where it is blank or not understood.
    pub fn budget_amount(&self, standard: &Standard) -> Option<Decimal> {
        self.budget.as_ref()?.total.as_ref()?.base_value(standard)
    }
}

impl Damage {
    pub fn any(self) -> bool {
        self.head || self.fields || self.budget || self.plan || self.indicators
    }
}
