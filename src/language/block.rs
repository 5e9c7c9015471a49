//! The blocks of the language.

use super::field::FIELDS;
use super::words::INDICATOR;

/// A block of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Block {
    /// `部门 … { }`
    Department,
    /// `分项目标 … { }` in a department.
    SubGoal,
    /// `项目 … { }`
    Project,
    /// `预算 … { }`: lines by fund source.
    Budget,
    /// `支出计划 { }`: lines by checkpoint.
    Plan,
    /// `指标 … { }` in a project.
    Indicator,
    /// `标准 … { }`
    Standard,
    /// `计量单位 … { }` in a standard.
    Unit,
    /// `资金来源 … { }` and `支出节点 … { }` in a standard.
    FundSource,
    /// `一级指标 … { }` in a standard.
    Category,
    /// `二级指标 … { }` in a category.
    Subcategory,
    /// `权重方案 { }` in a standard.
    WeightScheme,
    /// `字段 … { }` in a standard.
    FieldRule,
    /// `项目编码 { }` in a standard.
    CodeForm,
    /// `指标表 { }` in a standard.
    IndicatorTable,
    /// `规则 JX… { }` in a standard.
    RuleSource,
    /// `监控规则 { }` in a standard.
    MonitoringRules,
    /// `自评规则 { }` in a standard.
    ScoringRules,
    /// `执行率 … { }` in the rules of scoring.
    ExecutionScore,
    /// `计分 … { }`: parameters of a method; also behind the scoring of an indicator.
    Method,
    /// `超额 … { }` in the rules of scoring.
    Excess,
    /// `等次 … { }` and the like in the rules of scoring and monitoring: where a rule comes from.
    Cited,
}

impl Block {
    /// Every block, in the order of the reference.
    pub const ALL: [Block; 22] = [
        Block::Department,
        Block::SubGoal,
        Block::Project,
        Block::Budget,
        Block::Plan,
        Block::Indicator,
        Block::Standard,
        Block::Unit,
        Block::FundSource,
        Block::Category,
        Block::Subcategory,
        Block::WeightScheme,
        Block::FieldRule,
        Block::CodeForm,
        Block::IndicatorTable,
        Block::RuleSource,
        Block::MonitoringRules,
        Block::ScoringRules,
        Block::ExecutionScore,
        Block::Method,
        Block::Excess,
        Block::Cited,
    ];

    /// The word that opens the block.
    pub fn word(self) -> (&'static str, &'static str) {
        match self {
            Block::Department => ("部门", "department"),
            Block::Project => ("项目", "project"),
            Block::Standard => ("标准", "standard"),
            Block::Indicator => INDICATOR,
            Block::SubGoal
            | Block::Budget
            | Block::Plan
            | Block::Unit
            | Block::FundSource
            | Block::Category
            | Block::Subcategory
            | Block::WeightScheme
            | Block::FieldRule
            | Block::CodeForm
            | Block::IndicatorTable
            | Block::RuleSource
            | Block::MonitoringRules
            | Block::ScoringRules
            | Block::ExecutionScore
            | Block::Method
            | Block::Excess
            | Block::Cited => FIELDS
                .iter()
                .find(|field| field.inner == Some(self))
                .map_or(("", ""), |field| (field.name, field.english)),
        }
    }

    /// Whether labels in the block are names that a standard declares, not words of the language.
    pub fn has_free_labels(self) -> bool {
        matches!(self, Block::Budget | Block::Plan | Block::WeightScheme | Block::Method)
    }
}
