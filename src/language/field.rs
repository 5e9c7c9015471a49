//! Every field of the language, one row each.
//!
//! A row says: the field's name in both languages (the English one is its key in JSON, the Chinese one its key in the
//! synonyms that an import knows), what it takes, whose names its values are, which block follows it, whether it repeats,
//! and what it means. The order of the rows is the order in which `fmt` writes them. A field of a department, project or
//! indicator whose value is a plain one needs no other code: its row also says which change its change is, and the heading
//! of its column in the flat table where that is not its name. A field with a form of its own has a second name in
//! brackets: its variant of [`own`], over which those who read and write that block match without a wildcard.

use super::block::Block;
use super::kinds::{Namespace, PlainKind, Takes};

/// What the schema says of a field.
#[derive(Debug)]
pub struct FieldRow {
    /// The block that holds it.
    pub block: Block,
    /// In Chinese, as texts write it.
    pub name: &'static str,
    /// In English, with `_`; a text may write either.
    pub english: &'static str,
    /// What its values are.
    pub takes: Takes,
    /// Whose names its first values are.
    pub names: Namespace,
    /// The block in its braces; none where it opens none.
    pub inner: Option<Block>,
    /// Several lines of one block may have it.
    pub repeats: bool,
    /// Of what kind its value is where it is a plain one: read, kept, compared and written by that. None for a field with a
    /// form of its own.
    pub plain: Option<PlainKind>,
    /// The codes of a change: the first of any, or of a number that rises or comes; the second of one that falls or goes.
    pub change: (&'static str, &'static str),
    /// The heading of its column in the flat table.
    pub heading: &'static str,
    /// Tables and JSON have a place for it only where a thing of theirs has a value: their form is older than the field.
    pub is_sparse: bool,
    /// What completion, hover and the reference say of it.
    pub chinese_meaning: &'static str,
    /// What they say in English.
    pub english_meaning: &'static str,
}

macro_rules! fields {
    ($( $block:ident { $(
        $id:ident $([$own:ident])? $name:literal $english:literal $takes:ident $(of $names:ident)? $(-> $inner:ident)?
        $(* $repeats:tt)? $(= $change:ident $(/ $fallen:ident)?)? $(headed $heading:literal)? $(~ $sparse:tt)?,
        $zh:literal, $en:literal;
    )* } )*) => {
        /// A field of the language. What its row says can be asked of it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field { $($( #[doc = $en] $id, )*)* }

        /// Every field, in the order of the rows.
        pub const FIELDS: &[Field] = &[$($( Field::$id, )*)*];

        static ROWS: &[FieldRow] = &[$($( FieldRow {
            block: Block::$block,
            name: $name,
            english: $english,
            takes: Takes::$takes,
            names: fields!(@names $($names)?),
            inner: fields!(@inner $($inner)?),
            repeats: fields!(@is $($repeats)?),
            plain: fields!(@plain $takes $($own)?),
            change: fields!(@change $($change $(/ $fallen)?)?),
            heading: fields!(@first $($heading)? $name),
            is_sparse: fields!(@is $($sparse)?),
            chinese_meaning: $zh,
            english_meaning: $en,
        }, )*)*];

        /// The fields with a form of their own, by their blocks.
        pub mod own {
            use super::Field;
            $(
                #[doc = concat!("Fields of [`Block::", stringify!($block), "`](crate::language::Block::", stringify!($block), ").")]
                #[derive(Clone, Copy, Debug, PartialEq, Eq)]
                pub enum $block { $( $( #[doc = $en] $own, )? )* }

                impl $block {
                    /// None for a plain field.
                    pub fn of(field: Field) -> Option<Self> {
                        match field {
                            $( $( Field::$id => Some(Self::$own), )? )*
                            _ => None,
                        }
                    }
                }
            )*
        }
    };
    (@plain $takes:ident) => { Some(Takes::$takes.plain()) };
    (@plain $takes:ident $own:ident) => { None };
    (@names) => { Namespace::None };
    (@names $names:ident) => { Namespace::$names };
    (@inner) => { None };
    (@inner $inner:ident) => { Some(Block::$inner) };
    (@is) => { false };
    (@is $is:tt) => { true };
    (@change) => { ("", "") };
    (@change $change:ident) => { (stringify!($change), stringify!($change)) };
    (@change $change:ident / $fallen:ident) => { (stringify!($change), stringify!($fallen)) };
    (@first $first:literal $($rest:literal)?) => { $first };
}

fields! {
    Department {
        Year [Year] "年度" "year" WholeNumber, "预算年度", "the fiscal year";
        DepartmentStandard [Standard] "标准" "standard" Name of Standards, "适用的标准；不写时用配置或缺省标准", "the standard that applies; else the configured or default one";
        DepartmentUnit [Unit] "单位" "unit" CodeAndName * yes, "所属单位的编码和名称，可有多个", "a unit of account: code and name; may repeat";
        OverallBudget [Budget] "整体预算" "overall_budget" Amount of FundSources -> Budget, "部门全年的预算；花括号内按标准里部门整体框架的资金来源列明", "the budget of the whole department; in braces by the fund sources of its framework";
        OverallGoal "总体目标" "overall_goal" Text = JC507, "部门总体绩效目标", "the overall goal of the department";
        SubGoal [SubGoal] "分项目标" "sub_goal" Text -> SubGoal * yes, "一条分项绩效目标和它所列的指标", "a sub-goal and the indicators it names";
        Safeguard [Safeguard] "保障措施" "safeguard" NameAndText * yes, "一条工作保障措施：名称和内容", "a safeguard: name and text";
        OverallIndicator [Indicator] "指标" "indicator" Indicator of Categories -> Indicator * yes, "部门整体的一条指标：类别、名称、目标值", "an indicator of the whole department: category, name, target";
    }
    SubGoal {
        SubGoalIndicator [Indicator] "指标" "indicator" Path of References * yes, "项目.指标，或只写全部门唯一的指标名称", "project.indicator, or a name that only one project has";
    }
    Project {
        ProjectUnit [Unit] "单位" "unit" CodeAndName of UnitsOfAccount, "承担单位的编码", "the code of the unit of account";
        ProjectFramework "框架" "framework" Name of Frameworks = JC311 headed "框架写法" ~ sparse, "指标按标准里的哪个指标框架设；不写时用标准自己的", "the framework of the standard in which its indicators stand; else the standard's own";
        ProjectKind "类型" "kind" Name of ProjectKinds = JC312 headed "类型写法" ~ sparse, "项目类型，见标准的 项目类型", "what kind of project it is: one that the standard lists";
        Period "起止" "period" Period = JC313 headed "起止写法" ~ sparse, "项目的实施期：第一天 .. 最后一天", "the period of the project: its first day .. its last day";
        TotalInvestment "总投资" "total_investment" Amount -> Budget = JC417 headed "总投资写法" ~ sparse, "整个实施期的资金；花括号内按资金来源列明", "the money of the whole period; in braces by fund source";
        Budget [Budget] "预算" "budget" Amount -> Budget, "预算数；花括号内按资金来源列明", "the budget; in braces by fund source";
        Purpose "用途" "purpose" Text = JC309 headed "资金用途", "资金用途", "what the money is for";
        SpendingPlan [SpendingPlan] "支出计划" "spending_plan" Nothing -> Plan, "到各支出节点的累计支出比例", "the cumulative share spent by each checkpoint";
        PeriodGoal "实施期目标" "period_goal" Text = JC310 headed "实施期目标写法" ~ sparse, "整个实施期的绩效目标", "the goal of the whole period";
        Goal "目标" "goal" Text = JC310 headed "绩效目标", "项目绩效目标", "the goal of the project";
    }
    Indicator {
        Description "描述" "description" Text = JC205, "指标解释：算法、口径或衡量内容", "what is counted and how";
        Basis [Basis] "依据" "basis" KindedText of BasisKinds, "指标值确定依据，可先写依据类别", "why the target is what it is; its kind may come first";
        Source "来源" "source" Text = JC207, "完成值的数据来源", "where the actual value will be found";
        Weight "权重" "weight" Number = JC210 / JC211, "权重（分值）", "the weight in points";
        Direction [Direction] "方向" "direction" Name of Directions, "正向 或 反向；不写时由比较符推定", "up or down; follows from the comparator";
        LastYear "上年" "last_year" Quantity = JC212, "上年实际值", "the value of last year";
        Scoring "计分" "scoring" Text -> Method = JC209, "计分办法：文字，或一种计分方法", "how it is scored: in words, or by a method";
        Wording "表述" "wording" Text = JC219, "正式表格中照此印出的文字", "what the official table prints instead";
        WholePeriod [WholePeriod] "实施期" "whole_period" Target headed "实施期写法", "整个实施期的目标值", "the target for the whole period";
        Interim [Interim] "节点" "interim" Labelled of Checkpoints * yes headed "节点目标写法" ~ sparse, "到一个监控节点应达到的值", "what is to be reached by a checkpoint";
        Counting "口径" "counting" Name of Choices = JC220 ~ sparse, "累计 或 期末；不写时由计量单位推定", "cumulative or level; follows from the unit";
        Core "核心" "core" Name of Choices = JC221 ~ sparse, "是 或 否：核心指标", "yes or no: whether it is a core indicator";
        Computed "取值" "computed" Name of Choices = JC223 headed "取值写法" ~ sparse, "完成值由部门或项目自己的事实算出：预算执行率 预算调整率 结转结余率 项目完成率 项目平均分 监控及时率", "which quantity its value is computed as: execution_rate adjustment_rate carry_over_rate projects_completed projects_average monitoring_in_time";
        Note "备注" "note" Text = JC215 ~ sparse, "别处写不下的话", "what has no place elsewhere";
    }
    Approval {
        Fingerprint [Fingerprint] "指纹" "fingerprint" Subject of Subjects * yes, "批复时的内容：项目或 部门，和它的指纹", "what was approved: a project or `department`, and its fingerprint";
    }
    Adjustment {
        AdjustmentReason [Reason] "理由" "reason" Text, "为什么调整", "why it was adjusted";
        AdjustmentBudget [Budget] "预算" "budget" Subject of Subjects -> AdjustedBudget * yes, "项目 原数 改为 新数；花括号内按资金来源列明", "project, old amount, `to`, new amount; in braces by fund source";
        CarryOver [CarryOver] "结转" "carry_over" Subject of Subjects * yes, "项目 金额：上年结转，加到全年预算数", "project and amount: carried over, added to the money of the year";
        AdjustedTarget [Target] "指标值" "target" Subject of References * yes, "项目.指标 原值 改为 新值", "project.indicator, old target, `to`, new target";
        AdjustedWeight [Weight] "权重" "weight" Subject of References * yes, "项目.指标 原分值 改为 新分值", "project.indicator, old weight, `to`, new weight";
        AdjustedGoal [Goal] "目标" "goal" Subject of Subjects * yes, "项目 \"新的绩效目标\"", "project and its new goal";
        AddedIndicator [Added] "增加指标" "added_indicator" Subject -> Indicator * yes, "项目.新指标 类别 目标值", "project.new_indicator, category and target";
        WithdrawnIndicator [Withdrawn] "撤销指标" "withdrawn_indicator" Subject of References * yes, "项目.指标 \"理由\"", "project.indicator and why";
    }
    Monitoring {
        MonitoringUntil [Until] "截止" "until" Date, "统计到哪一天；不写时就是节点的日期", "the last day counted; the checkpoint's date by default";
        MonitoringFiled [Filed] "填报" "filed" Date, "报送的日期", "when it was handed in";
        MonitoringSpent [Spent] "执行" "spent" Subject of Subjects -> Execution * yes, "项目 金额：1月1日以来的支出", "project and amount: spent since 1 January";
        MonitoringReached [Reached] "完成" "reached" Subject of References -> Completion * yes, "项目.指标 完成值", "project.indicator and the value reached";
        Rectification [Rectification] "整改" "rectification" Subject of Subjects -> Rectification * yes, "项目或项目.指标 期限 \"内容\"", "project or indicator, by when, and what will be done";
        MonitoringOverall [Overall] "总体完成" "overall" Subject of Subjects * yes, "项目 \"目标完成得怎样\"", "project, and how its goal stands";
    }
    SelfEvaluation {
        EvaluationUntil [Until] "截止" "until" Date, "统计到哪一天；不写时就是年底", "the last day counted; the end of the year by default";
        EvaluationFiled [Filed] "填报" "filed" Date, "报送的日期", "when it was handed in";
        EvaluationSpent [Spent] "执行" "spent" Subject of Subjects -> Execution * yes, "项目 金额：全年执行数", "project and amount: spent in the year";
        EvaluationReached [Reached] "完成" "reached" Subject of References -> Completion * yes, "项目.指标 完成值", "project.indicator and the value reached";
        EvaluationOverall [Overall] "总体完成" "overall" Subject of Subjects * yes, "项目 \"目标完成得怎样\"", "project, and how its goal stands";
        SelfConclusion [Conclusion] "结论" "conclusion" Subject of Subjects * yes, "项目 \"评价结论\"", "project and conclusion";
        SelfProblem [Problem] "问题" "problem" Subject of Subjects * yes, "项目 \"存在问题\"", "project and problem";
        SelfImprovement [Improvement] "改进" "improvement" Subject of Subjects * yes, "项目 \"改进措施\"", "project and measure";
        SelfSuggestion [Suggestion] "建议" "suggestion" Subject of Subjects * yes, "项目 \"有关建议\"", "project and suggestion";
        SelfApplied [Applied] "应用" "applied" Subject of Subjects * yes, "项目 怎样应用 \"说明\"", "project, how the result is applied, and a note";
    }
    Execution {
        ExecutionExpected [Expected] "预计" "expected" Amount, "全年预计执行数", "what will be spent by the end of the year";
        ExecutionDeviation [Deviation] "偏差" "deviation" KindedText * yes, "偏差原因：类别和说明", "why it deviates: kind and text";
        ExecutionMeasure [Measure] "措施" "measure" Text * yes, "改进措施", "what is done about it";
    }
    Completion {
        CompletionExpected [Expected] "预计" "expected" Reached, "全年预计完成值", "the value expected at the end of the year";
        CompletionLikelihood [Likelihood] "可能性" "likelihood" Name of Listed, "完成目标可能性：确定能 有可能 完全不可能", "whether the target will be reached: certain possible impossible";
        CompletionDeviation [Deviation] "偏差" "deviation" KindedText * yes, "偏差原因：类别和说明", "why it deviates: kind and text";
        CompletionMeasure [Measure] "措施" "measure" Text * yes, "改进措施", "what is done about it";
        CompletionEvidence [Evidence] "证据" "evidence" Text * yes, "佐证材料", "what proves it";
        CompletionSample [Sample] "样本" "sample" Quantity, "调查的样本", "how many were asked";
        CompletionPoints [Points] "得分" "points" Points, "由人打的分，或导入的得分", "points that a person gives, or imported ones";
        CompletionWholePeriod [WholePeriod] "累计" "whole_period" Reached, "整个实施期到现在的完成值", "the value of the whole period so far";
        CompletionScope [Scope] "口径说明" "scope" Text, "完成值怎样统计", "how the value was counted";
    }
    Rectification {
        RectificationResult [Result] "结果" "result" Text, "整改的结果；写了就是办结", "what came of it; it closes the line";
    }
    Review {
        ReviewPoints [Points] "得分" "points" Subject of References * yes, "项目.指标 得分 \"理由\"", "project.indicator, points and why";
        ReviewApplied [Applied] "应用" "applied" Subject of Subjects * yes, "项目 怎样应用 \"说明\"", "project, how the result is applied, and a note";
    }
    Evaluation {
        EvaluationFramework [Framework] "框架" "framework" Name, "按标准里的哪个指标框架评价", "the framework of the standard that is scored";
        EvaluationPoints [Points] "得分" "points" Scored * yes, "框架里的一条 得分 \"理由\"，或 取自 自评", "a leaf of the framework, points and why, or `taken_from self_evaluation`";
        EvaluationConclusion [Conclusion] "结论" "conclusion" Text, "评价结论", "the conclusion";
        EvaluationApplied [Applied] "应用" "applied" KindedText * yes, "怎样应用 \"说明\"", "how the result is applied, and a note";
    }
    Area {
        AreaMember [Member] "汇总" "member" Path * yes, "部门.项目：算进来的一处", "department.project that is counted in";
        AreaIndicator [Indicator] "指标" "indicator" Indicator -> Indicator * yes, "区域的一条指标：类别、名称、目标值", "an indicator of the area: category, name, target";
    }
    Standard {
        Document [Document] "文号" "document" Text * yes, "所依据的文件", "a document the standard rests on";
        InForceFrom [InForceFrom] "生效" "in_force_from" Date, "开始适用的日期", "the first day it applies";
        InForceUntil [InForceUntil] "失效" "in_force_until" Date, "停止适用的日期", "the last day it applies";
        Default [Default] "缺省" "default" Nothing, "没有指明标准时使用", "used where no standard is named";
        MoneyUnit [MoneyUnit] "金额单位" "money_unit" Name of MoneyUnits, "印表时的金额单位", "the unit in which amounts are printed";
        Measure [Measure] "计量单位" "measure" Name of Measures -> Unit * yes, "一个计量单位", "a unit of measurement";
        FundSource [FundSource] "资金来源" "fund_source" Name of FundSources -> FundSource * yes, "一种资金来源", "a fund source";
        Checkpoint [Checkpoint] "支出节点" "checkpoint" Labelled of Checkpoints -> FundSource * yes, "支出计划的一个时间节点", "a checkpoint of the spending plan";
        Category [Category] "一级指标" "category" Name of Categories -> Category * yes, "一个一级指标及其二级指标", "a first-level category and its subcategories";
        Framework [Framework] "指标框架" "indicator_framework" Name of Frameworks -> Framework * yes, "一个指标框架：部门整体、项目评价 等的一级指标和权重", "a framework: the categories and weights of the whole department, of an evaluation …";
        ProjectKinds [ProjectKinds] "项目类型" "project_kinds" Names of ProjectKinds, "项目有哪些类型", "the kinds of projects";
        WeightTotal [WeightTotal] "权重合计" "weight_total" Number, "一个项目的权重之和", "what the weights of a project add up to";
        WeightScheme [WeightScheme] "权重方案" "weight_scheme" Nothing -> WeightScheme * yes, "各一级指标的权重，按出现的一级指标选用", "weights of the categories, chosen by those present";
        Grades [Grades] "等级" "grades" Names of Grades, "定性指标的分级，由好到差", "the scale of qualitative targets, best first";
        FieldRule [FieldRule] "字段" "field" Path of FieldPaths -> FieldRule * yes, "对字段的要求，或新增的字段", "a demand on a field, or an extra field";
        ProjectCode [ProjectCode] "项目编码" "project_code" Nothing -> CodeForm, "项目编码的组成", "the form of project codes";
        IndicatorTable [IndicatorTable] "指标表" "indicator_table" Nothing -> IndicatorTable, "印出的指标表有哪些列", "the columns of the printed indicator table";
        ProjectForm [ProjectForm] "项目表" "project_form" Nothing -> ProjectForm, "印出的项目表怎样排：标题、指标表上下的各行", "how the printed form of a project is laid out: its title, the rows above and below its indicators";
        Label [Label] "标签" "label" NameAndText of Labels * yes, "表格中印出的文字", "a text printed in the tables";
        WordList [WordList] "词表" "words" NameAndTexts of WordLists * yes, "规则使用的词语", "words that rules use";
        Reading [Reading] "读作" "read_as" NameAndTexts of Readings * yes, "导入时认得的写法：内容和它在各地表格里的说法", "what an import takes for a content: its spellings in the tables of many places";
        NameLength [NameLength] "名称长度" "name_length" WholeNumber, "三级指标名称的字数上限", "the signs an indicator's name should not exceed";
        RuleSource [RuleSource] "规则" "rule" Name of Rules -> RuleSource * yes, "一条规则的审核要求和出处", "what a rule serves, and the document behind it";
        RuleLevel [RuleLevel] "级别" "level" NameAndText of RuleLevels * yes, "一条规则的严重程度：错误 警告 提示 关闭", "the severity of a rule: error warning note off";
        MonitoringRules [MonitoringRules] "监控规则" "monitoring_rules" Nothing -> MonitoringRules, "绩效运行监控的节点、灯和判断用语", "the checkpoints, lights and words of monitoring";
        ScoringRules [ScoringRules] "自评规则" "scoring_rules" Nothing -> ScoringRules, "自评怎样计分、舍入、评等次", "how a self-evaluation is scored, rounded and graded";
        MonitoringForm [MonitoringForm] "监控表" "monitoring_form" Nothing -> YearForm, "印出的监控表有哪些列", "the columns of the printed form of monitoring";
        SelfEvaluationForm [SelfEvaluationForm] "自评表" "self_evaluation_form" Nothing -> YearForm, "印出的自评表有哪些列", "the columns of the printed form of self-evaluation";
        DepartmentForm [DepartmentForm] "部门自评表" "department_form" Nothing -> YearForm, "印出的部门自评表有哪些列", "the columns of the printed self-evaluation of a department";
        TransferForm [TransferForm] "转移支付自评表" "transfer_form" Nothing -> YearForm, "印出的转移支付自评表有哪些列", "the columns of the printed self-evaluation of a transfer payment";
        ReviewForm [ReviewForm] "复核表" "review_form" Nothing -> YearForm, "印出的复核表有哪些列", "the columns of the printed form of a review";
        StandardCitedFrom [CitedFrom] "出处" "cited_from" Text, "要求的出处", "the document behind it";
        StandardSureness [Sureness] "把握" "sureness" Name of Listed, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    Unit {
        UnitDimension [Dimension] "量纲" "dimension" Name of Dimensions, "比例 计数 金额 时长 长度 面积 体积 重量 能量 其他", "ratio count money duration length area volume mass energy other";
        UnitSymbol [Symbol] "符号" "symbol" Text of MeasureForms, "书写时用的符号", "the sign it is written with";
        UnitAlias [Alias] "别名" "alias" Names of MeasureForms, "其他写法", "other spellings";
        UnitPrintedAs [PrintedAs] "印作" "printed_as" Text, "表格中印出的写法", "how the tables print it";
        UnitFactor [Factor] "换算" "factor" Number, "折合基本单位的倍数", "how many base units it is";
        UnitBounds [Bounds] "范围" "bounds" Range, "允许的取值范围", "the values allowed";
        UnitWhole [Whole] "整数" "whole" Nothing, "只能取整数", "whole numbers only";
        UnitCitedFrom [CitedFrom] "出处" "cited_from" Text, "要求的出处", "the document behind it";
        UnitSureness [Sureness] "把握" "sureness" Name of Listed, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    FundSource {
        FundSourceLabel [Label] "标签" "label" Text, "表格中印出的写法", "how the tables print it";
        FundSourceCitedFrom [CitedFrom] "出处" "cited_from" Text, "要求的出处", "the document behind it";
        FundSourceSureness [Sureness] "把握" "sureness" Name of Listed, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    Category {
        CategoryCompulsory [Compulsory] "必设" "compulsory" Nothing, "每个项目都要有这类指标", "every project must have such an indicator";
        Subcategory [Subcategory] "二级指标" "subcategory" Name of Subcategories -> Subcategory * yes, "一个二级指标", "a second-level category";
        CategoryCost [Cost] "成本" "cost" Nothing, "属于成本指标", "a cost category";
        CategoryMeasures [Measures] "衡量" "measures" Name of Roles, "数量 质量 时效 成本 效益 满意度", "quantity quality timeliness cost benefit satisfaction";
        CategoryCitedFrom [CitedFrom] "出处" "cited_from" Text, "要求的出处", "the document behind it";
        CategorySureness [Sureness] "把握" "sureness" Name of Listed, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    Subcategory {
        Leaf [Leaf] "三级指标" "leaf" Labelled * yes, "评价时打分的一条三级指标和它的分值", "a third-level indicator that an evaluation scores, and its weight";
        SubcategoryCost [Cost] "成本" "cost" Nothing, "属于成本指标", "a cost category";
        SubcategoryMeasures [Measures] "衡量" "measures" Name of Roles, "数量 质量 时效 成本 效益 满意度", "quantity quality timeliness cost benefit satisfaction";
        SubcategoryCitedFrom [CitedFrom] "出处" "cited_from" Text, "要求的出处", "the document behind it";
        SubcategorySureness [Sureness] "把握" "sureness" Name of Listed, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    Framework {
        FrameworkCategory [Category] "一级指标" "category" Name of Categories -> Category * yes, "框架的一个一级指标及其二级指标", "a first-level category of the framework and its subcategories";
        FrameworkFund [FundSource] "资金来源" "fund_source" Name of FundSources -> FundSource * yes, "框架里资金怎样分：如 基本支出 项目支出；不写时用标准的", "how money is parted in the framework; else as in the standard";
        FrameworkWeightTotal [WeightTotal] "权重合计" "weight_total" Number, "权重之和；不写时用标准的", "what the weights add up to; else as in the standard";
        FrameworkWeightScheme [WeightScheme] "权重方案" "weight_scheme" Nothing -> WeightScheme * yes, "各一级指标的权重，按出现的一级指标选用", "weights of the categories, chosen by those present";
        FrameworkUnscored [Unscored] "不打分" "unscored" Nothing, "按这个框架设的指标只报完成，不打分", "what stands in this framework is reported and not scored";
        FrameworkCitedFrom [CitedFrom] "出处" "cited_from" Text, "要求的出处", "the document behind it";
        FrameworkSureness [Sureness] "把握" "sureness" Name of Listed, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    WeightScheme {
        WeightSchemeCitedFrom [CitedFrom] "出处" "cited_from" Text, "要求的出处", "the document behind it";
        WeightSchemeSureness [Sureness] "把握" "sureness" Name of Listed, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    FieldRule {
        FieldRequired [Required] "必填" "required" Nothing, "不能缺少", "must be there";
        FieldTotal [Total] "合计" "total" Nothing, "金额应等于各项目预算之和", "an amount that the budgets must add up to";
        FieldKind [Kind] "类型" "kind" Name of FieldKinds, "文本 数值 金额 比例 日期 是否", "text number amount ratio date yes_no";
        FieldLabel [Label] "标签" "label" Text, "表格中印出的写法", "how the tables print it";
        FieldCitedFrom [CitedFrom] "出处" "cited_from" Text, "要求的出处", "the document behind it";
        FieldSureness [Sureness] "把握" "sureness" Name of Listed, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    CodeForm {
        CodeSegment [Segment] "段" "segment" Labelled * yes, "一段的名称和位数，由左到右", "a segment's name and length, from the left";
        CodeAlphabet [Alphabet] "字母表" "alphabet" Text, "允许的字符，按值由小到大", "the signs allowed, by rising value";
        CodeCheckBase [CheckBase] "校验权数" "check_base" WholeNumber, "校验位公式的权数", "the base of the check formula";
        CodeCheckRemainder [CheckRemainder] "校验余数" "check_remainder" WholeNumber, "校验位公式的余数", "the remainder of the check formula";
        CodeCitedFrom [CitedFrom] "出处" "cited_from" Text, "要求的出处", "the document behind it";
        CodeSureness [Sureness] "把握" "sureness" Name of Listed, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    IndicatorTable {
        Column [Column] "列" "column" NameAndTexts of Columns * yes, "一列的内容和表头；两层表头先写上一层", "a column's content and heading; of two headings the upper one first";
        MergedColumns [Merged] "合并" "merged" Names of Columns, "相邻相同的单元格合并的列", "columns whose equal neighbours are merged";
        TableCitedFrom [CitedFrom] "出处" "cited_from" Text, "要求的出处", "the document behind it";
        TableSureness [Sureness] "把握" "sureness" Name of Listed, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    YearForm {
        MoneyColumn [Money] "资金列" "money_column" NameAndTexts of Choices * yes, "资金部分的一列：内容和表头", "a column of the money: content and heading";
        FormColumn [Column] "列" "column" NameAndTexts of Columns * yes, "指标部分的一列：内容和表头；两层表头先写上一层", "a column of the indicators: content and heading; of two headings the upper one first";
        FormMerged [Merged] "合并" "merged" Names of Columns, "相邻相同的单元格合并的列", "columns whose equal neighbours are merged";
        FormClosing [Closing] "结尾" "closing" Names of Choices, "表末的各格：等次 结论 问题 改进 建议 应用", "the cells at the end: grade conclusion problem improvement suggestion applied";
        FormCitedFrom [CitedFrom] "出处" "cited_from" Text, "要求的出处", "the document behind it";
        FormSureness [Sureness] "把握" "sureness" Name of Listed, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    ProjectForm {
        ProjectFormTitle [Title] "表题" "form_title" Text * yes, "表的标题，一行一句", "the title of the form, a line each";
        ProjectFormAbove [Above] "表上" "above_form" Cells of Choices * yes, "表上方没有格线的一行", "a line without rules above the table";
        ProjectFormRow [Row] "表行" "form_row" Cells of Choices * yes, "一行：各格由左到右，文字照印，名称是要填的内容；数是占几列，`2 × 3` 是占 2 列 3 行", "a row, its cells from the left: texts are printed, names are facts; a number is the columns that a cell takes, `2 × 3` takes 2 columns and 3 lines";
        ProjectFormEach [Each] "逐项" "each" Labelled of Choices -> FormGroup * yes, "资金来源或支出节点，每项印一次花括号里的行；数是一行并排几项", "fund_source or checkpoint: the rows in braces once for each; a number says how many stand side by side";
        ProjectFormIndicators [Indicators] "指标表" "indicator_table" Cells of Choices, "指标表在这里；左边可以有一格文字", "the indicator table stands here; a text may stand at its left";
        ProjectFormBelow [Below] "表下" "below_form" Cells of Choices * yes, "表下方没有格线的一行", "a line without rules below the table";
        ProjectFormCitedFrom [CitedFrom] "出处" "cited_from" Text, "要求的出处", "the document behind it";
        ProjectFormSureness [Sureness] "把握" "sureness" Name of Listed, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    FormGroup {
        FormGroupRow [Row] "表行" "form_row" Cells of Choices * yes, "每项的一行", "a row of each";
    }
    RuleSource {
        RuleCriteria [Criteria] "审核" "criteria" Names of Listed, "完整性 相关性 适当性 可行性", "completeness relevance appropriateness feasibility";
        RuleLimit [Limit] "限度" "limit" Quantity, "多大的出入才报", "how far off is told";
        RuleCitedFrom [CitedFrom] "出处" "cited_from" Text, "要求的出处", "the document behind it";
        RuleSureness [Sureness] "把握" "sureness" Name of Listed, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    MonitoringRules {
        MonitoringPoint [Point] "监控节点" "monitoring_point" Date -> Cited * yes, "要监控的日期；不写时用支出节点", "a day of monitoring; else the checkpoints of the spending plan";
        ReportWithin [ReportWithin] "报送" "report_within" Quantity -> Cited, "节点之后几天内报送", "within how many days it is handed in";
        Pace [Pace] "序时" "pace" Names of Choices -> Cited, "应达进度的依据，依次选用：支出计划 月份", "what the share due rests on, first of all: plan months";
        Light [Light] "灯" "light" Labelled of Choices -> Cited * yes, "一种灯和它的上限，由低到高：红 黄 绿 蓝", "a light and its upper bound, from the lowest: red yellow green blue";
        DueSoon [DueSoon] "临期" "due_soon" Quantity -> Cited, "离时限几天起亮黄灯", "how near a deadline is told";
        Cumulative [Cumulative] "累计" "cumulative" Names of Dimensions -> Cited, "不写口径时按累计算的量纲", "the dimensions that are counted up where no counting is stated";
        DeviationKinds [DeviationKinds] "偏差类别" "deviation_kinds" Names -> Cited, "偏差原因的类别", "the kinds of causes";
        Possibilities [Possibilities] "可能性" "possibilities" Names -> Cited, "完成目标的可能性，由高到低", "how likely a target is met, likeliest first";
    }
    ScoringRules {
        ExecutionScore [Execution] "执行率" "execution" Quantity -> ExecutionScore, "预算执行率的分值", "the points for execution of the budget";
        ScorePlaces [Places] "得分小数" "score_places" WholeNumber -> Cited, "得分保留几位小数", "the decimals of a score";
        Rounding [Rounding] "舍入" "rounding" Name of Choices -> Cited, "四舍五入 四舍六入五成双 截去", "half_up half_even down";
        MethodOf [Method] "计分" "scoring" Names of Choices -> Method * yes, "一类指标值和它的计分方法", "a kind of target and its method";
        Excess [Excess] "超额" "excess" Quantity -> Excess, "完成到目标的多少须说明；花括号里写扣减", "from which share of the target a reason is due; in braces what is taken off";
        NotApplicable [NotApplicable] "不适用" "not_applicable" Name of Choices -> Cited, "不适用的指标怎样计：人工 折算 满分 零分", "how what does not apply counts: by_hand scaled full zero";
        GradeBand [Grade] "等次" "grade_band" Labelled -> Cited * yes, "一个等次和它的下限，由高到低", "a grade and its lower bound, best first";
        Uses [Uses] "应用" "uses" Names -> Cited, "评价结果怎样应用", "what results are used for";
    }
    ExecutionScore {
        ExecutionBase [Base] "基数" "base" Name of Choices, "年初 调整后", "original adjusted";
        ExplainBelow [ExplainBelow] "须说明" "explain_below" Quantity, "执行率低于多少须说明", "below which rate a reason is due";
        ZeroBudget [ZeroBudget] "零预算" "zero_budget" Name of Choices, "预算为零时：无分 满分 零分", "what a budget of zero earns: none full zero";
        ExecutionCitedFrom [CitedFrom] "出处" "cited_from" Text, "要求的出处", "the document behind it";
        ExecutionSureness [Sureness] "把握" "sureness" Name of Listed, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    Method {
        Multiple [Multiple] "倍数" "multiple" Number, "线性：偏差的几倍", "linear: how often the deviation counts";
        Each [Each] "每" "each" Quantity, "逐次：多大的偏差算一次", "steps: how large one is";
        Loss [Loss] "扣" "loss" Quantity, "逐次：一次扣几分，或扣分值的百分之几", "steps: what each costs, in points or in percent";
        BegunCounts [BegunCounts] "不满也扣" "begun_counts" Nothing, "逐次：不满一次也扣", "steps: one that is begun counts";
        Tier [Tier] "档" "tier" Target * yes, "分档：达到什么，得百分之几", "tiers: what is reached, and the share it earns";
        MethodCitedFrom [CitedFrom] "出处" "cited_from" Text, "要求的出处", "the document behind it";
        MethodSureness [Sureness] "把握" "sureness" Name of Listed, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    Excess {
        ExcessMultiple [Multiple] "倍数" "multiple" Number, "超出部分的几倍", "how often the excess counts";
        ExcessFloor [Floor] "保底" "floor" Quantity, "最少得分值的百分之几", "the least share that is left";
        ExcessCitedFrom [CitedFrom] "出处" "cited_from" Text, "要求的出处", "the document behind it";
        ExcessSureness [Sureness] "把握" "sureness" Name of Listed, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    Cited {
        CitedFrom [CitedFrom] "出处" "cited_from" Text, "要求的出处", "the document behind it";
        CitedSureness [Sureness] "把握" "sureness" Name of Listed, "已核对 据文件 推断", "verified, from_document or inferred";
    }
}

// Invariant: a plain field stands once, no block follows it but parameters of its text or parts of its amount, and its change
// has a code.
const _: () = {
    let mut index = 0;
    while index < ROWS.len() {
        let row = &ROWS[index];
        let is_alone = row.inner.is_none() || matches!(row.inner, Some(Block::Method | Block::Budget));
        let is_one = !row.repeats && is_alone && !row.change.0.is_empty();
        assert!(
            row.plain.is_none() || is_one,
            "this is no plain field: give it a name in brackets, or a code of change"
        );
        index += 1;
    }
};

impl std::ops::Deref for Field {
    type Target = FieldRow;

    fn deref(&self) -> &FieldRow {
        self.row()
    }
}

impl Field {
    /// The row, also where constants are made.
    pub const fn row(self) -> &'static FieldRow {
        &ROWS[self as usize]
    }

    /// Whether a word is its name in either language.
    pub fn is_called(self, word: &str) -> bool {
        self.name == word || self.english == word
    }
}

/// The field a label names in a block, in either language.
pub fn field(block: Block, label: &str) -> Option<Field> {
    fields_of(block).iter().copied().find(|field| field.is_called(label))
}

/// The fields of a block, in the order of the rows.
pub fn fields_of(block: Block) -> &'static [Field] {
    // Invariant: the rows are in the order of `Block`.
    const PLACES: [(usize, usize); Block::ALL.len()] = {
        let mut places = [(0, 0); Block::ALL.len()];
        let mut index = 0;
        while index < FIELDS.len() {
            let place = &mut places[FIELDS[index].row().block as usize];
            *place = (if place.1 == 0 { index } else { place.0 }, index + 1);
            index += 1;
        }
        places
    };
    let (start, end) = PLACES[block as usize];
    &FIELDS[start..end]
}

/// The plain fields of a block.
pub fn plain_fields(block: Block) -> impl Iterator<Item = Field> + Clone {
    fields_of(block).iter().copied().filter(|field| field.plain.is_some())
}

/// The field that a misspelt label of a block must mean; none where it is as near to several.
pub fn similar_field(block: Block, label: &str) -> Option<Field> {
    let fields = fields_of(block).iter();
    super::words::nearest(label, fields.flat_map(|field| [(field.name, *field), (field.english, *field)]))
}
