//! 标准: the rules of a place, as declared in the language itself.
//!
//! A standard may extend another. Keyed declarations (units, fields, labels, word lists, levels) merge by key; lists
//! whose order matters (fund sources, checkpoints, categories, weight schemes, columns, documents) replace the inherited
//! list as a whole; single values override.

mod declare;
pub mod framework;
mod lexicon;
mod library;
pub mod method;
pub mod monitoring;
pub(crate) mod of_method;
mod of_year;
mod parts;
pub mod project_form;
pub mod scoring;
mod shared;
mod words;
pub mod year_form;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use rpds::RedBlackTreeMapSync;
use rust_decimal::Decimal;

use super::CategoryId;
use super::calendar::Date;
use super::unit::{Dimension, Unit};
use crate::diagnostic::{Code, Severity};
use crate::source::{Span, Spanned};
use crate::syntax::vocabulary::{self, Block};

pub use declare::declare;
use framework::Framework;
pub use lexicon::{List, Phrase, RuleLexicon, Searched};
pub use library::{Library, built_in_sources, built_in_trees};
use monitoring::MonitoringRules;
use project_form::ProjectForm;
use scoring::ScoringRules;
pub use shared::Shared;
pub use words::WordList;
use year_form::{FormLayout, YearForm};

/// A resolved standard: its own declarations over those it extends.
#[derive(Clone, Debug, Default)]
pub struct Standard {
    /// As departments name it.
    pub name: String,
    /// The head of its own declaration.
    pub declared_at: Option<Span>,
    /// Whether it is one of those in the binary.
    pub is_built_in: bool,
    /// In full, for people; none where it is known by its name alone.
    pub title: Option<String>,
    /// 文号: the documents that it rests on.
    pub documents: Shared<Vec<String>>,
    /// The first day it applies; none where it always did.
    pub in_force_from: Option<Date>,
    /// The last day it applies; none where no end is known.
    pub in_force_until: Option<Date>,
    /// It applies where neither the department nor the configuration names one.
    pub is_default: bool,
    /// The unit in which tables print amounts; an index in `units`.
    pub money_unit: Option<u32>,
    /// Indexed by [`Measure::Unit`](super::unit::Measure::Unit).
    pub units: Shared<Vec<Shared<Unit>>>,
    /// Every written form of a unit. The last declaration that claims a form has it. A standard that adds forms shares
    /// the others with the one that it extends.
    pub unit_forms: RedBlackTreeMapSync<Arc<str>, u32>,
    /// In the order of the text; indexed by [`FundLine::source`](super::FundLine::source).
    pub fund_sources: Shared<Vec<FundSource>>,
    /// In the order of the text; indexed by [`PlanLine::checkpoint`](super::PlanLine::checkpoint).
    pub checkpoints: Shared<Vec<Checkpoint>>,
    /// 一级指标 in the order of the table; indexed by [`CategoryId`].
    pub categories: Shared<Vec<Category>>,
    /// What the weights of a project add up to, such as 100; none where it demands no sum.
    pub weight_total: Option<Decimal>,
    /// The weights that categories must have; empty where it fixes none.
    pub weight_schemes: Shared<Vec<WeightScheme>>,
    /// Best first.
    pub grades: Shared<Vec<String>>,
    /// Demands on fields, and fields of its own; indexed by [`ExtraField::rule`](super::ExtraField::rule).
    pub field_rules: Shared<Vec<FieldRule>>,
    /// None where codes of any form are taken.
    pub code_form: Option<CodeForm>,
    /// Of the indicator table, from the left.
    pub columns: Shared<Vec<Column>>,
    /// Columns whose equal neighbours print as one cell.
    pub merged_columns: Shared<Vec<String>>,
    /// What the official form prints for a label, where it is not the label itself.
    pub labels: Shared<BTreeMap<String, String>>,
    /// What rules look for, by the name of the list.
    pub words: Shared<BTreeMap<String, WordList>>,
    /// The words of these lists that rules look into.
    pub lexicon: RuleLexicon,
    /// What an import takes for a content, by the content.
    pub readings: Shared<BTreeMap<String, WordList>>,
    /// Of the rules whose level differs from the usual one.
    pub levels: Shared<BTreeMap<Code, Level>>,
    /// What each rule serves.
    pub rule_sources: Shared<BTreeMap<Code, RuleSource>>,
    /// The signs an indicator's name should not exceed.
    pub name_length: Option<usize>,
    /// 指标框架, each by its name.
    pub frameworks: Shared<Vec<Framework>>,
    /// Itself with the categories of each of them.
    pub framed: Shared<Vec<Arc<Standard>>>,
    /// Whose categories it has; none where they are those that were declared for projects.
    pub framework: Option<String>,
    /// 项目类型: what kinds of projects there are; empty where it lists none.
    pub project_kinds: Shared<Vec<String>>,
    /// 监控规则
    pub monitoring: Shared<MonitoringRules>,
    /// 自评规则
    pub scoring: Shared<ScoringRules>,
    /// 自评表 and the like: what the printed forms of the year hold.
    pub forms: Shared<BTreeMap<YearForm, FormLayout>>,
    /// 项目表: the layout of a project's form; none for the usual one.
    pub project_form: Shared<Option<ProjectForm>>,
}

/// The review criteria that a rule serves, and the document that demands it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleSource {
    /// 完整性, 相关性, 适当性, 可行性.
    pub criteria: Vec<String>,
    /// In percent, how far off is told; none for a rule that does not measure, or not here.
    pub limit: Option<Decimal>,
    /// The document that demands it.
    pub citation: Citation,
}

/// The document behind a requirement, and how sure we are of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Citation {
    /// Its name or number; none where the standard names none.
    pub document: Option<String>,
    /// 把握: 已核对, 据文件 or 推断; none where the standard does not say.
    pub sureness: Option<String>,
}

/// 资金来源: a line that a budget may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FundSource {
    /// As texts name it.
    pub name: String,
    /// What tables print; none for the name.
    pub label: Option<String>,
}

/// 支出节点: a day by which part of the money is to be spent.
#[derive(Clone, Debug)]
pub struct Checkpoint {
    /// Without a year: of every fiscal year.
    pub date: Date,
    /// What tables print.
    pub label: String,
}

/// 一级指标
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// As texts name it, 产出指标 for one.
    pub name: String,
    /// Every project must have an indicator in it.
    pub is_compulsory: bool,
    /// Its indicators measure what the project costs.
    pub is_cost: bool,
    /// None where it says nothing of what its subcategories measure.
    pub role: Option<Role>,
    /// The document that demands it.
    pub citation: Citation,
    /// 二级指标 in the order of the table; empty where indicators stand in the category itself.
    pub subcategories: Vec<Subcategory>,
}

/// 二级指标
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subcategory {
    /// Unique within its category.
    pub name: String,
    /// 三级指标 that an evaluation scores; empty where its indicators are those of the author.
    pub leaves: Vec<FrameworkLeaf>,
    /// Its indicators measure what the project costs.
    pub is_cost: bool,
    /// None where the category's role holds.
    pub role: Option<Role>,
}

/// 三级指标 of a framework: what an evaluation scores.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrameworkLeaf {
    /// Unique within its subcategory.
    pub name: String,
    /// What all of it earns; none where the standard leaves it open.
    pub weight: Option<Spanned<Decimal>>,
}

/// What the indicators of a category measure: rules ask for the role, never for a category's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// How much is done.
    Quantity,
    /// How well it is done.
    Quality,
    /// When it is done.
    Timeliness,
    /// What it costs.
    Cost,
    /// What it is good for.
    Benefit,
    /// How content those are whom it serves.
    Satisfaction,
}

/// Weights of the categories, for projects in which just these occur.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeightScheme {
    /// Categories by name, and the points of each.
    pub weights: Vec<(String, Decimal)>,
    /// The document that demands it.
    pub citation: Citation,
}

/// A demand on a field of the language, or an extra field where it has a kind.
#[derive(Clone, Debug)]
pub struct FieldRule {
    /// The block that holds the field.
    pub block: Block,
    /// The field in Chinese, as the language or this rule names it.
    pub name: String,
    /// It must be written.
    pub is_required: bool,
    /// An amount that the budgets of the projects must add up to.
    pub is_total: bool,
    /// None for a demand on a field that the language has.
    pub kind: Option<FieldKind>,
    /// What tables print; none for the name.
    pub label: Option<String>,
    /// The document that demands it.
    pub citation: Citation,
}

/// What an extra field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A text in quotes or a text block.
    Text,
    /// A number without a unit.
    Number,
    /// A quantity of money.
    Amount,
    /// A quantity of a ratio, such as `25%`.
    Ratio,
    /// A day, or a month by its end.
    Date,
    /// `是` or `否`.
    YesNo,
}

/// The form of project codes.
#[derive(Clone, Debug, Default)]
pub struct CodeForm {
    /// Names and lengths in signs, from the left; together the length of the code.
    pub segments: Vec<(String, usize)>,
    /// The signs that a code may hold, in the order of their values.
    pub alphabet: String,
    /// None where the last sign checks nothing.
    pub check: Option<CheckFormula>,
    /// The document that demands it.
    pub citation: Citation,
}

/// The last sign is `alphabet[(remainder − Σ value·baseⁱ) mod length]`, i from zero at the left.
#[derive(Clone, Copy, Debug)]
pub struct CheckFormula {
    /// 校验权数
    pub base: u32,
    /// 校验余数
    pub remainder: u32,
}

/// A column of the indicator table: what it holds, and its heading.
#[derive(Clone, Debug)]
pub struct Column {
    /// The content by its name, the key of what an import reads there.
    pub content: String,
    /// The heading over it and its neighbours; none where it has one heading.
    pub above: Option<String>,
    /// As the table prints it.
    pub heading: String,
}

/// What a standard or the configuration makes of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It is reported, as bad as this.
    Report(Severity),
    /// It is not reported.
    Off,
}

/// What a written category may mean.
#[derive(Debug, PartialEq, Eq)]
pub enum CategoryMatch {
    /// Just this one.
    One(CategoryId),
    /// Subcategories of several categories have the name: it must say which.
    Several(Vec<CategoryId>),
    /// Both levels exist, but the second stands under another first level.
    WrongParent {
        /// The path that stands there.
        written: String,
        /// Where the subcategory belongs.
        right: CategoryId,
    },
    /// Nothing has the name.
    None,
}

impl Standard {
    /// One that says nothing. All of them share what they hold.
    pub(crate) fn empty() -> Self {
        static EMPTY: LazyLock<Standard> = LazyLock::new(Standard::default);
        EMPTY.clone()
    }

    /// The index in `units` of a written form; none for an unknown one.
    pub fn unit(&self, form: &str) -> Option<u32> {
        self.unit_forms.get(form).copied()
    }

    /// How the unit of printed amounts is written.
    pub fn money_unit_name(&self) -> String {
        self.money_unit.map(|unit| self.units[unit as usize].name.clone()).unwrap_or_default()
    }

    /// How many base units of money a printed amount counts in.
    pub fn money_factor(&self) -> Decimal {
        self.money_unit.and_then(|unit| self.units[unit as usize].factor).unwrap_or(Decimal::ONE)
    }

    /// What the form prints for a label: the label itself where the standard does not word it.
    pub fn label<'a>(&'a self, key: &'a str) -> &'a str {
        self.labels.get(key).map_or(key, String::as_str)
    }

    /// What the form prints before a paragraph of a goal: nothing where it does not number them.
    pub fn goal_number(&self, number: usize) -> String {
        self.labels.get("目标序号").map_or_else(String::new, |first| first.replace('1', &number.to_string()))
    }

    /// A word list; an empty one where the standard declares none of the name.
    pub fn words(&self, list: &str) -> &WordList {
        static NONE: WordList = WordList::none();
        self.words.get(list).unwrap_or(&NONE)
    }

    /// How far off a rule lets things be, in percent; none where the standard does not say, and then it tells nothing.
    pub fn limit(&self, code: Code) -> Option<Decimal> {
        self.rule_sources.get(&code)?.limit
    }

    /// What should stand in the place of a word, where its list says so.
    pub fn replacement(&self, list: List, word: &str) -> Option<&str> {
        self.words(list.name()).replacement(word)
    }

    /// The first level.
    ///
    /// # Panics
    /// On the id of another standard.
    pub fn category(&self, id: CategoryId) -> &Category {
        &self.categories[id.category as usize]
    }

    /// The second level's name; none where the first stands for itself.
    pub fn subcategory(&self, id: CategoryId) -> Option<&Subcategory> {
        self.category(id).subcategories.get(id.subcategory? as usize)
    }

    /// Whether category or subcategory measure what the project costs.
    pub fn is_cost(&self, id: CategoryId) -> bool {
        self.category(id).is_cost || self.subcategory(id).is_some_and(|subcategory| subcategory.is_cost)
    }

    /// What the indicators of a category measure; none where the standard does not say.
    pub fn role(&self, id: CategoryId) -> Option<Role> {
        self.subcategory(id).and_then(|subcategory| subcategory.role).or(self.category(id).role)
    }

    /// `产出指标.数量指标`
    pub fn category_path(&self, id: CategoryId) -> String {
        match self.subcategory(id) {
            Some(subcategory) => format!("{}.{}", self.category(id).name, subcategory.name),
            None => self.category(id).name.clone(),
        }
    }

    /// The category as people write it: the shortest of its names that is clear, without 指标; else the whole path.
    pub fn shortest_category(&self, id: CategoryId) -> String {
        let first = &self.category(id).name;
        let name = self.subcategory(id).map_or(first, |subcategory| &subcategory.name);
        let mut tries = [stem(name), stem(first), name];
        tries.sort_by_key(|name| name.len());
        let clear = tries
            .into_iter()
            .find(|name| vocabulary::is_bare_name(name) && self.find_category(name) == CategoryMatch::One(id));
        clear.map_or_else(
            || match self.subcategory(id) {
                Some(subcategory) => format!(
                    "{}.{}",
                    vocabulary::written_name(&self.category(id).name),
                    vocabulary::written_name(&subcategory.name)
                ),
                None => vocabulary::written_name(&self.category(id).name),
            },
            str::to_owned,
        )
    }

    /// Those that a block must hold.
    pub fn required_fields(&self, block: Block) -> impl Iterator<Item = &FieldRule> {
        self.field_rules.iter().filter(move |rule| rule.block == block && rule.is_required)
    }

    /// Every category an indicator can have, in order.
    pub fn all_categories(&self) -> impl Iterator<Item = CategoryId> + '_ {
        self.categories.iter().enumerate().flat_map(|(category, one)| {
            let category = category as u32;
            let none = one.subcategories.is_empty().then_some(CategoryId { category, subcategory: None });
            let each = (0..one.subcategories.len() as u32)
                .map(move |subcategory| CategoryId { category, subcategory: Some(subcategory) });
            none.into_iter().chain(each)
        })
    }

    /// What a category path means: `数量`, `数量指标`, `产出指标.数量指标`, `产出.数量`, shortened as far as it stays clear.
    pub fn find_category(&self, written: &str) -> CategoryMatch {
        let parts: Vec<&str> = written.split(['.', '．']).collect();
        let leaf = |id: &CategoryId| self.subcategory(*id).map_or("", |subcategory| subcategory.name.as_str());
        let parent = |id: &CategoryId| self.category(*id).name.as_str();
        let select =
            |fits: &dyn Fn(&CategoryId) -> bool| self.all_categories().filter(|id| fits(id)).collect::<Vec<_>>();
        let found = match parts[..] {
            [one] => {
                // A full name before a shortened one, a second level before a first.
                let tries: [&dyn Fn(&CategoryId) -> bool; 4] =
                    [&|id| names(leaf(id), one), &|id| names(parent(id), one), &|id| shortens(leaf(id), one), &|id| {
                        shortens(parent(id), one)
                    }];
                tries.iter().map(|fits| select(fits)).find(|found| !found.is_empty()).unwrap_or_default()
            }
            [first, second] => {
                let both = select(&|id| names(parent(id), first) && names(leaf(id), second));
                let found = if both.is_empty() {
                    select(&|id| fits(parent(id), first) && fits(leaf(id), second))
                } else {
                    both
                };
                let elsewhere = select(&|id| names(leaf(id), second));
                let parent_exists = self.categories.iter().any(|category| names(&category.name, first));
                if let (true, true, [right, ..]) = (found.is_empty(), parent_exists, &elsewhere[..]) {
                    return CategoryMatch::WrongParent { written: first.to_owned(), right: *right };
                }
                found
            }
            _ => Vec::new(),
        };
        match found[..] {
            [] => CategoryMatch::None,
            [one] => CategoryMatch::One(one),
            _ => CategoryMatch::Several(found),
        }
    }

    /// The shortest clear names of all categories, for help.
    pub fn category_names(&self) -> Vec<String> {
        self.all_categories()
            .map(|id| {
                let name = self.subcategory(id).map_or(&self.category(id).name, |subcategory| &subcategory.name);
                stem(name).to_owned()
            })
            .collect()
    }

    /// The category name that a misspelt one must mean.
    pub fn similar_category(&self, written: &str) -> Option<String> {
        let names = self.category_names();
        let known = names.iter().filter(|name| !matches!(self.find_category(name), CategoryMatch::None));
        vocabulary::nearest(stem(written), known.map(|name| (name.as_str(), name))).cloned()
    }
}

/// A category's name without the word that every category ends with.
pub fn stem(name: &str) -> &str {
    name.strip_suffix(vocabulary::INDICATOR.0).filter(|stem| !stem.is_empty()).unwrap_or(name)
}

fn names(name: &str, written: &str) -> bool {
    !name.is_empty() && (name == written || stem(name) == written)
}

fn shortens(name: &str, written: &str) -> bool {
    written.chars().count() > 1 && name.starts_with(stem(written))
}

fn fits(name: &str, written: &str) -> bool {
    names(name, written) || shortens(name, written)
}

impl Role {
    /// The names of roles in both languages.
    pub const ALL: [(Role, &'static str, &'static str); 6] = [
        (Role::Quantity, "数量", "quantity"),
        (Role::Quality, "质量", "quality"),
        (Role::Timeliness, "时效", "timeliness"),
        (Role::Cost, "成本", "cost"),
        (Role::Benefit, "效益", "benefit"),
        (Role::Satisfaction, "满意度", "satisfaction"),
    ];
}

impl FieldKind {
    /// The names of kinds in both languages.
    pub const ALL: [(FieldKind, &'static str, &'static str); 6] = [
        (FieldKind::Text, "文本", "text"),
        (FieldKind::Number, "数值", "number"),
        (FieldKind::Amount, "金额", "amount"),
        (FieldKind::Ratio, "比例", "ratio"),
        (FieldKind::Date, "日期", "date"),
        (FieldKind::YesNo, "是否", "yes_no"),
    ];
}

impl Level {
    /// The words of a standard: 错误 警告 提示 关闭.
    pub const ALL: [(Level, &'static str, &'static str); 4] = [
        (Level::Report(Severity::Error), "错误", "error"),
        (Level::Report(Severity::Warning), "警告", "warning"),
        (Level::Report(Severity::Note), "提示", "note"),
        (Level::Off, "关闭", "off"),
    ];
}

impl Unit {
    pub(crate) fn measures(&self, dimension: Dimension) -> bool {
        self.dimension == dimension
    }
}
