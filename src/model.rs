//! The resolved, typed workspace: every reference is an id, every value has a type, spans are kept for reports.
//!
//! [`standard`] reads what the rules of a place are; `department` and `project` read declarations by those rules;
//! `resolve` ties them together. Nothing here fails: what cannot be understood is reported and marked as damaged, so
//! that no rule reports what merely follows from it.

pub mod actual;
pub(crate) mod alone;
mod attainment;
mod before;
mod by_kind;
pub mod calendar;
pub(crate) mod cells;
pub mod code;
mod comparator;
pub mod computed;
mod dated;
pub(crate) mod department;
mod following;
pub(crate) mod literal;
mod meant;
mod mend;
pub mod number;
mod of_year;
mod plain;
pub mod price;
pub mod print;
pub(crate) mod project;
pub(crate) mod prose;
mod read;
pub(crate) mod resolve;
pub(crate) mod similarity;
pub mod standard;
mod stated_target;
pub(crate) mod summary;
pub mod target;
pub mod text;
pub mod unit;
pub(crate) mod written;
pub mod year;

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::language::Field;
use crate::source::{Span, Spanned, Words};
use crate::syntax::vocabulary::written_name;
pub use before::Before;
use calendar::Date;
pub use plain::{Plain, PlainFields};
use standard::Standard;
use target::Target;
use unit::Quantity;
use year::Occasion;

/// A text with its place.
pub type Text = Spanned<Words>;

/// Everything a run is about. Projects stand in the order of their departments, then of their files.
#[derive(Debug, Default)]
pub struct Model {
    /// Built-in and declared ones, by [`StandardId`].
    pub standards: Vec<Arc<Standard>>,
    /// By [`DepartmentId`], in the order of the files.
    pub departments: Vec<Department>,
    /// By [`ProjectId`].
    pub projects: Vec<Project>,
    /// What happened in the year outside any department.
    pub outside: YearRecord,
    /// Where it is a part of a workspace.
    pub before: Option<Before>,
}

macro_rules! ids {
    ($($id:ident $field:ident $item:ty;)*) => { $(
        #[doc = concat!("An index into [`Model::", stringify!($field), "`].")]
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $id(pub u32);

        /// # Panics
        /// On an id of another model.
        impl std::ops::Index<$id> for Model {
            type Output = $item;
            fn index(&self, id: $id) -> &$item {
                &self.$field[id.0 as usize]
            }
        }
    )* };
}
ids! {
    DepartmentId departments Department;
}

/// An index into [`Model::standards`]; or that of a framework which it declares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StandardId(pub u32);

impl StandardId {
    /// Above it stand the numbers of frameworks, from one.
    const FRAMEWORKS: u32 = 1 << 20;

    /// The standard with the categories of one of its frameworks.
    pub(crate) fn in_framework(self, index: usize) -> Self {
        Self(self.declared().0 + Self::FRAMEWORKS * (index as u32 + 1))
    }

    /// The standard that was declared.
    #[must_use]
    pub fn declared(self) -> Self {
        Self(self.0 % Self::FRAMEWORKS)
    }
}

/// # Panics
/// On an id of another model.
impl std::ops::Index<StandardId> for Model {
    type Output = Standard;
    fn index(&self, id: StandardId) -> &Standard {
        let declared = &self.standards[id.declared().0 as usize];
        match (id.0 / StandardId::FRAMEWORKS).checked_sub(1) {
            Some(framework) => &declared.framed[framework as usize],
            None => declared,
        }
    }
}

/// An index into [`Model::projects`]; or what a department has as a whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProjectId(pub u32);

impl ProjectId {
    /// Marks the numbers that are those of departments: a model has no room for so many projects.
    const WHOLE: u32 = 1 << 31;

    /// What a department has as a whole.
    pub fn of_whole(department: DepartmentId) -> Self {
        Self(department.0 | Self::WHOLE)
    }

    /// The department whose whole it is; none for a project.
    pub fn whole_of(self) -> Option<DepartmentId> {
        (self.0 >= Self::WHOLE).then_some(DepartmentId(self.0 & !Self::WHOLE))
    }
}

/// # Panics
/// On an id of another model.
impl std::ops::Index<ProjectId> for Model {
    type Output = Project;
    fn index(&self, id: ProjectId) -> &Project {
        match id.whole_of() {
            Some(department) => self[department].whole.as_deref().expect("a department with targets of its own"),
            None => &self.projects[id.0 as usize],
        }
    }
}

/// An indicator by its project and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IndicatorId {
    /// The project that declares it.
    pub project: ProjectId,
    /// Its place in the indicators of the project.
    pub index: u32,
}

/// # Panics
/// On an id of another model.
impl std::ops::Index<IndicatorId> for Model {
    type Output = Indicator;
    fn index(&self, id: IndicatorId) -> &Indicator {
        &self[id.project].indicators[id.index as usize]
    }
}

/// 部门
#[derive(Debug)]
pub struct Department {
    /// The head of the declaration: keyword, code and name.
    pub span: Span,
    /// None where the department is declared by its name alone.
    pub code: Option<Text>,
    /// Without quotes.
    pub name: Text,
    /// The fiscal year.
    pub year: Option<Spanned<u16>>,
    /// The one that it names, else the configured one, else the default.
    pub standard: StandardId,
    /// In the order of the text.
    pub units_of_account: Vec<UnitOfAccount>,
    /// In the order of the text.
    pub sub_goals: Vec<SubGoal>,
    /// In the order of the text.
    pub safeguards: Vec<Safeguard>,
    /// 整体预算 and 指标: its money and its targets as a whole, which are those of a project in the framework of the
    /// standard for whole departments. None where neither is stated.
    pub whole: Option<Box<Project>>,
    /// The values of fields that need no reading of their own, such as the overall goal.
    pub plain: PlainFields,
    /// Values of fields that the standard adds to the language.
    pub extra: Vec<ExtraField>,
    /// What happened in the year.
    pub record: YearRecord,
    /// Something in it is a mistake that was reported: what is missing may only be unread.
    pub is_damaged: bool,
}

/// What happened in the year of a department, or outside any: in the order of the files.
#[derive(Debug, Default)]
pub struct YearRecord {
    /// Every declaration that could be read.
    pub occasions: Vec<Occasion>,
}

/// 单位: a unit of account of the department.
#[derive(Debug)]
pub struct UnitOfAccount {
    /// Unique within the department; projects refer to it.
    pub code: Text,
    /// None where only the code is written.
    pub name: Option<Text>,
}

/// 分项绩效目标
#[derive(Debug)]
pub struct SubGoal {
    /// The label and the text, without the block.
    pub span: Span,
    /// None where the text is missing or damaged.
    pub goal: Option<Text>,
    /// In the order of the text; the same indicator may be named by several sub-goals.
    pub indicators: Vec<Reference>,
}

/// `项目.指标` as written, and the indicator it names where there is one.
#[derive(Debug)]
pub struct Reference {
    /// The whole path.
    pub span: Span,
    /// None where the indicator is named alone, which must then be unique in the department.
    pub project: Option<Words>,
    /// The last part of the path.
    pub indicator: Words,
    /// None where nothing has that name, or several things have.
    pub target: Option<IndicatorId>,
}

/// 工作保障措施
#[derive(Debug)]
pub struct Safeguard {
    /// The heading in the official text.
    pub name: Text,
    /// None where only the name is written.
    pub text: Option<Text>,
}

/// 项目
#[derive(Clone, Debug)]
pub struct Project {
    /// The head of the declaration: keyword, code and name.
    pub span: Span,
    /// None for a project that stands before any department, or with a department of another name.
    pub department: Option<DepartmentId>,
    /// That of its department, with the categories of the framework that it names.
    pub standard: StandardId,
    /// None where the head has no code.
    pub code: Option<Text>,
    /// Without quotes; references name it.
    pub name: Text,
    /// The code of the unit that carries it out; not necessarily one that is declared.
    pub unit_of_account: Option<Text>,
    /// None where no budget is written.
    pub budget: Option<Budget>,
    /// None where no plan is written.
    pub plan: Option<SpendingPlan>,
    /// The parts of 总投资 by fund source, in the order of the text.
    pub investment: Vec<FundLine>,
    /// The values of fields that need no reading of their own: purpose and goal.
    pub plain: PlainFields,
    /// In the order of the text.
    pub indicators: Vec<Indicator>,
    /// Values of fields that the standard adds to the language.
    pub extra: Vec<ExtraField>,
    /// What a rule must not judge, since part of it is unread.
    pub damage: Damage,
    /// Only its head was read: the version it is compared with has it word for word.
    pub is_head: bool,
}

/// Which parts of a project hold a mistake that was already reported.
#[derive(Clone, Copy, Debug, Default)]
pub struct Damage {
    /// The code or the name.
    pub head: bool,
    /// A field of its own block.
    pub fields: bool,
    /// The amount, or a line of the block.
    pub budget: bool,
    /// A line of the plan.
    pub plan: bool,
    /// An indicator, or a field of one.
    pub indicators: bool,
}

/// 预算数, and its parts by fund source.
#[derive(Clone, Debug)]
pub struct Budget {
    /// The label and the amount, without the block.
    pub span: Span,
    /// None where only fund lines are written, or the amount is damaged.
    pub total: Option<Quantity>,
    /// In the order of the text.
    pub funds: Vec<FundLine>,
}

/// A line of the budget. A blank amount is not zero.
#[derive(Clone, Debug)]
pub struct FundLine {
    /// The source and its amount.
    pub span: Span,
    /// The index in the standard's fund sources.
    pub source: usize,
    /// None where it is left blank.
    pub amount: Option<Quantity>,
}

/// 支出计划: cumulative shares.
#[derive(Clone, Debug)]
pub struct SpendingPlan {
    /// The label, without the block.
    pub span: Span,
    /// In the order of the text; a standard's checkpoints that are missing have no line.
    pub lines: Vec<PlanLine>,
}

/// What is to be spent by a checkpoint, counted from the start of the year.
#[derive(Clone, Debug)]
pub struct PlanLine {
    /// The checkpoint and the share.
    pub span: Span,
    /// The index in the standard's checkpoints.
    pub checkpoint: usize,
    /// In the unit as written: 25 for `25%`.
    pub share: Quantity,
}

/// 三级指标
#[derive(Clone, Debug)]
pub struct Indicator {
    /// The head: category, name and target.
    pub span: Span,
    /// None where the standard knows no such category.
    pub category: Option<CategoryId>,
    /// The path of the category as written.
    pub category_span: Span,
    /// Unique within its project.
    pub name: Text,
    /// The target of the fiscal year.
    pub target: Spanned<Target>,
    /// 实施期: the target of a project of several years. None where it is not stated.
    pub whole_period: Option<Box<Spanned<Target>>>,
    /// None where it is not stated.
    pub basis: Option<Basis>,
    /// None where it is not stated: the comparator then tells it.
    pub direction: Option<Spanned<Direction>>,
    /// 节点: what is to be reached by a checkpoint, in the order of the text.
    pub interim: Box<[Interim]>,
    /// The values of fields that need no reading of their own, such as source and weight.
    pub plain: PlainFields,
    /// Values of fields that the standard adds to the language.
    pub extra: Box<[ExtraField]>,
}

/// 节点目标: a target of a checkpoint.
#[derive(Clone, Debug)]
pub struct Interim {
    /// The checkpoint and the target.
    pub span: Span,
    /// The checkpoint, in the fiscal year.
    pub date: Date,
    /// What is to be reached by it.
    pub target: Spanned<Target>,
}

/// A subcategory in the taxonomy of a standard; a category without subcategories stands for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CategoryId {
    /// The index in the standard's categories.
    pub category: u32,
    /// The index in the subcategories of the category.
    pub subcategory: Option<u32>,
}

/// 指标值确定依据
#[derive(Clone, Debug)]
pub struct Basis {
    /// The kind as written; none where only a text stands there. The kinds are the language's.
    pub kind: Option<Box<Text>>,
    /// Empty where only the kind is written.
    pub text: Text,
}

/// 方向: whether more is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// 正向: more is better.
    Up,
    /// 反向: less is better.
    Down,
}

impl Direction {
    /// As the language writes it.
    pub const ALL: [(Direction, &'static str, &'static str); 2] =
        [(Direction::Up, "正向", "up"), (Direction::Down, "反向", "down")];

    /// As a text writes it in Chinese.
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
#[derive(Clone, Debug)]
pub struct ExtraField {
    /// The index in the standard's field rules.
    pub rule: usize,
    /// The label and the value.
    pub span: Span,
    /// Of the kind that the rule asks for.
    pub value: ExtraValue,
}

/// A value of a field that a standard adds.
#[derive(Clone, Debug, PartialEq)]
pub enum ExtraValue {
    /// 文本
    Text(Words),
    /// 数字, without a unit.
    Number(Decimal),
    /// 金额 or 比例, in the unit as written.
    Quantity(Quantity),
    /// 日期
    Date(Date),
    /// 是 or 否
    YesNo(bool),
}

/// The texts of fields that the standard declares, each with the place of its field.
pub fn extra_texts(fields: &[ExtraField]) -> impl Iterator<Item = (&Words, Span)> {
    fields.iter().filter_map(|field| match &field.value {
        ExtraValue::Text(words) => Some((words, field.span)),
        ExtraValue::Number(_) | ExtraValue::Quantity(_) | ExtraValue::Date(_) | ExtraValue::YesNo(_) => None,
    })
}

impl Model {
    /// All, in the order of the projects.
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

    /// The money and the targets of a department as a whole, under the id that lines of the year name.
    pub fn whole_of(&self, department: Option<DepartmentId>) -> Option<(ProjectId, &Project)> {
        let id = department?;
        Some((ProjectId::of_whole(id), self[id].whole.as_deref()?))
    }

    /// The departments, and none for what lies outside any where there is such.
    pub fn groups(&self) -> impl Iterator<Item = Option<DepartmentId>> + '_ {
        let outside = !self.outside.occasions.is_empty() || self.projects.iter().any(|one| one.department.is_none());
        (0..self.departments.len() as u32).map(|id| Some(DepartmentId(id))).chain(outside.then_some(None))
    }

    /// What happened in the year of a department, or outside any.
    pub fn record(&self, department: Option<DepartmentId>) -> &YearRecord {
        department.map_or(&self.outside, |id| &self[id].record)
    }

    /// The same, to be changed.
    pub(crate) fn record_mut(&mut self, department: Option<DepartmentId>) -> &mut YearRecord {
        match department {
            Some(id) => &mut self.departments[id.0 as usize].record,
            None => &mut self.outside,
        }
    }

    /// The heads of the declarations of the year in departments, and by which standard each is read.
    pub(crate) fn occasions(&self) -> impl Iterator<Item = (Span, StandardId)> {
        let of = |one: &'_ Department| {
            let standard = one.standard;
            one.record.occasions.iter().map(move |occasion| (occasion.span(), standard)).collect::<Vec<_>>()
        };
        self.departments.iter().flat_map(of)
    }

    /// The fiscal year of a department; zero where it states none, and for what lies outside any.
    pub fn fiscal_year(&self, department: Option<DepartmentId>) -> u16 {
        department.and_then(|id| self[id].year.as_ref()).map_or(0, |year| year.value)
    }

    /// The fiscal year of a project's department.
    pub fn year_of(&self, project: &Project) -> Option<u16> {
        Some(self[project.department?].year.as_ref()?.value)
    }
}

impl Department {
    /// Itself under its id, which what it has as a whole knows.
    #[must_use]
    pub(crate) fn with_id(mut self, id: DepartmentId) -> Self {
        if let Some(whole) = &mut self.whole {
            whole.department = Some(id);
        }
        self
    }

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
        // The description stands before the basis, as it is written.
        std::iter::once(&self.name).chain(self.description()).chain(basis).chain(self.other_texts())
    }

    /// The texts besides name, description and basis.
    pub fn other_texts(&self) -> impl Iterator<Item = &Text> {
        let others = self.plain.iter().filter(|(field, _)| *field != Field::Description);
        others.filter_map(|(_, value)| value.as_text())
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

    /// `项目.指标`: an indicator as a line names it in full.
    pub fn path_to(&self, indicator: &str) -> String {
        format!("{}.{}", written_name(&self.name.value), written_name(indicator))
    }

    /// The budget in the base unit of money; none where it is blank or not understood.
    pub fn budget_amount(&self, standard: &Standard) -> Option<Decimal> {
        self.budget.as_ref()?.total.as_ref()?.base_value(standard)
    }
}

impl Damage {
    /// Whether any part is damaged.
    pub fn any(self) -> bool {
        self.head || self.fields || self.budget || self.plan || self.indicators
    }
}
