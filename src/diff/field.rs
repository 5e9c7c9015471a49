//! Every field that can change, by what it belongs to.

use crate::diagnostic::Text;

macro_rules! fields {
    ($( $id:ident $chinese:literal $english:literal )*) => {
        /// A fact of a model that has a place of its own. The order is the order in which changes of one thing are told.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $( $id, )* }

        impl Field {
            pub const ALL: &'static [Field] = &[$( Field::$id, )*];

            /// As the language calls it.
            pub fn name(self) -> Text {
                match self { $( Field::$id => Text::new($chinese, $english), )* }
            }
        }
    };
}

fields! {
    DepartmentName "名称" "name"
    DepartmentCode "编码" "code"
    Year "年度" "year"
    DepartmentStandard "标准" "standard"
    Unit "单位" "unit"
    UnitOrder "单位次序" "order of units"
    DepartmentExtra "新增字段" "extra field"
    OverallGoal "总体目标" "overall_goal"
    SubGoalOrder "分项目标次序" "order of sub-goals"
    SafeguardOrder "保障措施次序" "order of safeguards"
    DepartmentDamage "无法理解的部分" "what is not understood"

    SubGoalText "分项目标" "sub_goal"
    Reference "分项目标的指标" "indicator of a sub-goal"
    ReferenceOrder "分项目标的指标次序" "order of a sub-goal's indicators"

    SafeguardName "保障措施名称" "name of a safeguard"
    SafeguardText "保障措施" "safeguard"

    ProjectName "名称" "name"
    ProjectCode "编码" "code"
    ProjectStandard "标准" "standard"
    ProjectUnit "单位" "unit"
    ProjectExtra "新增字段" "extra field"
    Budget "预算" "budget"
    Fund "资金来源" "fund source"
    Purpose "用途" "purpose"
    Plan "支出计划" "spending_plan"
    Checkpoint "支出节点" "checkpoint"
    Goal "目标" "goal"
    IndicatorOrder "指标次序" "order of indicators"
    ProjectDamage "无法理解的部分" "what is not understood"

    IndicatorName "名称" "name"
    Category "类别" "category"
    Target "目标值" "target"
    WholePeriod "实施期" "whole_period"
    Description "描述" "description"
    BasisKind "依据类别" "kind of basis"
    Basis "依据" "basis"
    Source "来源" "source"
    Weight "权重" "weight"
    Direction "方向" "direction"
    LastYear "上年" "last_year"
    Scoring "计分" "scoring"
    Wording "表述" "wording"
    IndicatorExtra "新增字段" "extra field"

    StandardName "标准名称" "name of the standard"
    Title "说明" "title"
    Document "文号" "document"
    DocumentOrder "文号次序" "order of documents"
    InForceFrom "生效" "in_force_from"
    InForceUntil "失效" "in_force_until"
    Default "缺省" "default"
    MoneyUnit "金额单位" "money_unit"
    Measure "计量单位" "measure"
    UnitForm "单位写法" "spelling of a unit"
    FundSource "资金来源" "fund_source"
    FundSourceOrder "资金来源次序" "order of fund sources"
    CheckpointRule "支出节点" "checkpoint"
    CheckpointOrder "支出节点次序" "order of checkpoints"
    CategoryRule "指标类别" "category"
    CategoryOrder "指标类别次序" "order of categories"
    WeightTotal "权重合计" "weight_total"
    WeightScheme "权重方案" "weight_scheme"
    WeightSchemeOrder "权重方案次序" "order of weight schemes"
    Grades "等级" "grades"
    FieldRule "字段" "field"
    FieldRuleOrder "字段次序" "order of fields"
    CodeForm "项目编码" "project_code"
    Column "指标表的列" "column of the indicator table"
    ColumnOrder "指标表的列次序" "order of columns"
    MergedColumns "合并的列" "merged columns"
    Label "标签" "label"
    Words "词表" "words"
    Reading "读作" "read_as"
    Level "级别" "level"
    RuleSource "规则" "rule"
    NameLength "名称长度" "name_length"
}
