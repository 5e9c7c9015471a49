//! The blocks of the language.

use super::field::{FIELDS, Field};
use super::words::{INDICATOR, KEYWORDS, Keyword};

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
    /// `批复 … { }`
    Approval,
    /// `调整 … { }`
    Adjustment,
    /// `预算 … 改为 … { }` in an adjustment: lines by fund source.
    AdjustedBudget,
    /// `监控 … { }`
    Monitoring,
    /// `自评 { }`
    SelfEvaluation,
    /// `执行 … { }`: lines by fund source, and what is said of the money.
    Execution,
    /// `完成 … { }`: what is said of a value that was reached.
    Completion,
    /// `整改 … { }`
    Rectification,
    /// `复核 … { }`
    Review,
    /// `评价 … { }`
    Evaluation,
    /// `区域 … { }`
    Area,
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
    /// `指标框架 … { }` in a standard.
    Framework,
    /// `权重方案 { }` in a standard.
    WeightScheme,
    /// `字段 … { }` in a standard.
    FieldRule,
    /// `项目编码 { }` in a standard.
    CodeForm,
    /// `指标表 { }` in a standard.
    IndicatorTable,
    /// `自评表 { }` and the like in a standard: the columns of a printed form of the year.
    YearForm,
    /// `项目表 { }` in a standard: the layout of the printed form of a project.
    ProjectForm,
    /// `逐项 … { }` in the layout: rows for each fund source or checkpoint.
    FormGroup,
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

/// What a block is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Realm {
    /// What is approved: a department, its projects, their targets.
    Targets,
    /// What happened after that.
    Year,
    /// The rules of a place.
    Standard,
}

impl Block {
    /// Every block, in the order of the reference.
    pub const ALL: [Block; 37] = [
        Block::Department,
        Block::SubGoal,
        Block::Project,
        Block::Budget,
        Block::Plan,
        Block::Indicator,
        Block::Approval,
        Block::Adjustment,
        Block::AdjustedBudget,
        Block::Monitoring,
        Block::SelfEvaluation,
        Block::Execution,
        Block::Completion,
        Block::Rectification,
        Block::Review,
        Block::Evaluation,
        Block::Area,
        Block::Standard,
        Block::Unit,
        Block::FundSource,
        Block::Category,
        Block::Subcategory,
        Block::Framework,
        Block::WeightScheme,
        Block::FieldRule,
        Block::CodeForm,
        Block::IndicatorTable,
        Block::YearForm,
        Block::ProjectForm,
        Block::FormGroup,
        Block::RuleSource,
        Block::MonitoringRules,
        Block::ScoringRules,
        Block::ExecutionScore,
        Block::Method,
        Block::Excess,
        Block::Cited,
    ];

    /// The block that a declaration opens.
    pub fn declared_by(keyword: Keyword) -> Self {
        match keyword {
            Keyword::Department => Block::Department,
            Keyword::Project => Block::Project,
            Keyword::Standard => Block::Standard,
            Keyword::Approval => Block::Approval,
            Keyword::Adjustment => Block::Adjustment,
            Keyword::Monitoring => Block::Monitoring,
            Keyword::SelfEvaluation => Block::SelfEvaluation,
            Keyword::Review => Block::Review,
            Keyword::Evaluation => Block::Evaluation,
            Keyword::Area => Block::Area,
        }
    }

    /// What it is a part of.
    pub fn realm(self) -> Realm {
        match self {
            Block::Department | Block::SubGoal | Block::Project | Block::Budget | Block::Plan | Block::Indicator => {
                Realm::Targets
            }
            Block::Approval
            | Block::Adjustment
            | Block::AdjustedBudget
            | Block::Monitoring
            | Block::SelfEvaluation
            | Block::Execution
            | Block::Completion
            | Block::Rectification
            | Block::Review
            | Block::Evaluation
            | Block::Area => Realm::Year,
            Block::Standard
            | Block::Unit
            | Block::FundSource
            | Block::Category
            | Block::Subcategory
            | Block::Framework
            | Block::WeightScheme
            | Block::FieldRule
            | Block::CodeForm
            | Block::IndicatorTable
            | Block::YearForm
            | Block::ProjectForm
            | Block::FormGroup
            | Block::RuleSource
            | Block::MonitoringRules
            | Block::ScoringRules
            | Block::ExecutionScore
            | Block::Method
            | Block::Excess
            | Block::Cited => Realm::Standard,
        }
    }

    /// Whether it holds what happened in the year: its lines keep their order and stay on their lines, so that each reads
    /// alone.
    pub fn is_of_the_year(self) -> bool {
        self.realm() == Realm::Year
    }

    /// The word that opens the block.
    pub fn word(self) -> (&'static str, &'static str) {
        let declared = KEYWORDS.iter().find(|(keyword, ..)| Self::declared_by(*keyword) == self);
        if let Some((_, chinese, english)) = declared {
            return (chinese, english);
        }
        if self == Block::Indicator {
            return INDICATOR;
        }
        // Other blocks of money are called and read after it.
        if self == Block::Budget {
            return (Field::Budget.row().name, Field::Budget.row().english);
        }
        let opens = FIELDS.iter().find(|field| field.inner == Some(self));
        opens.map_or(("", ""), |field| (field.name, field.english))
    }

    /// Whether labels in the block are names that a standard declares, not words of the language.
    pub fn has_free_labels(self) -> bool {
        matches!(
            self,
            Block::Budget
                | Block::Plan
                | Block::WeightScheme
                | Block::Method
                | Block::Execution
                | Block::AdjustedBudget
        )
    }
}
