//! What an approver relies on cannot be got round: every field of the schema, and whatever else a target rests on, is
//! weakened, and both gates of `diff` see it. What is shown to ask for no less passes.

use jixiao::diff::{Change, Class, Sense, Side, compare};
use jixiao::language::{FIELDS, Field};
use jixiao::workspace::{Analysis, Input, VersionInput, Versions, analyse};

const STANDARD: &str = r#"标准 我县 "示例县绩效目标表" 扩展 财预2015 {
  文号 "示财〔2025〕1号"
  生效 2025-01-01
  失效 2030-12-31
  金额单位 元
  计量单位 筐 {
    量纲 计数
    符号 "K"
    别名 篓
    印作 "大筐"
    换算 10
    范围 0 .. 100
    整数
    出处 "示财〔2025〕1号"
    把握 已核对
  }
  资金来源 财政拨款 { 标签 "拨款"；出处 "甲"；把握 已核对 }
  资金来源 其他资金
  支出节点 6月底
  支出节点 12月底
  一级指标 产出指标 {
    必设
    衡量 数量
    出处 "甲"
    把握 已核对
    二级指标 数量指标 { 衡量 数量；出处 "甲"；把握 已核对 }
    二级指标 质量指标
    二级指标 成本指标 { 成本 }
  }
  一级指标 满意度指标 { 成本；二级指标 服务对象满意度指标 }
  权重合计 90
  权重方案 { 产出指标 60；满意度指标 30；出处 "甲"；把握 已核对 }
  等级 优 良 中 差
  字段 项目.附记 { 必填；类型 文本；标签 "附记栏"；出处 "甲"；把握 已核对 }
  字段 部门.收入 { 类型 金额；合计 }
  项目编码 { 段 年度 2；字母表 "0123456789"；校验权数 3；校验余数 1；出处 "甲"；把握 已核对 }
  指标表 { 列 三级指标 "三级指标"；列 指标值 "指标值"；合并 三级指标；出处 "甲"；把握 已核对 }
  标签 预算 "预算数"
  词表 可超百分之百 "增长"
  读作 三级指标 "三级"
  名称长度 20
  规则 JX012 { 审核 完整性；出处 "甲"；把握 已核对 }
  级别 JX040 警告
  监控规则 {
    监控节点 6月底 { 出处 "甲"；把握 已核对 }
    报送 15 天
    序时 支出计划 月份
    灯 红 < 60%
    灯 黄 < 80%
    灯 绿
    临期 30 天
    累计 计数
    偏差类别 甲因 乙因
    可能性 能 不能
  }
  自评规则 {
    执行率 10 分 { 基数 年初；须说明 90%；零预算 无分；出处 "甲"；把握 已核对 }
    得分小数 2
    舍入 四舍五入
    计分 正向 比例 { 出处 "甲"；把握 已核对 }
    计分 反向 线性 { 倍数 1 }
    计分 时限 逐次 { 每 10 天；扣 10%；不满也扣 }
    计分 满意度 分档 { 档 ≥ 90% 100%；档 ≥ 80% 60% }
    超额 130% { 倍数 1；保底 0%；出处 "甲"；把握 已核对 }
    不适用 折算
    等次 优 90 分
    等次 差 0 分
    应用 继续安排 取消
  }
  监控表 { 资金列 执行数 "已执行"；列 完成值 "已完成"；合并 一级指标；结尾 结论；出处 "甲"；把握 已核对 }
  自评表 { 列 完成值 "甲完成" }
  项目表 { 表题 "甲表"；表上 "上左" "上右"；表行 "名" 项目名称；逐项 资金来源 { 表行 资金来源 金额 }；指标表 "指"；表行 "码" 项目编码；表下 "下"；出处 "甲"；把握 已核对 }
  部门自评表 { 列 完成值 "乙完成" }
  转移支付自评表 { 列 完成值 "丙完成" }
  复核表 { 列 完成值 "丁完成" }
  指标框架 部门整体 {
    资金来源 基本支出
    资金来源 项目支出
    一级指标 运行成本 { 必设 }
    一级指标 履职效能
    权重合计 90
    权重方案 { 运行成本 30；履职效能 60 }
    出处 "甲"
    把握 已核对
  }
  指标框架 附加 {
    一级指标 决策 { 二级指标 立项 { 三级指标 依据充分 4 分 } }
    不打分
  }
  指标框架 附加乙 {
    一级指标 决策 { 二级指标 立项 }
  }
  项目类型 运转类 特定目标类
  出处 "乙"
  把握 已核对
}
标准 你县 扩展 我县 {
  缺省
  等级 优 良 及格
}
"#;

const DEPARTMENT: &str = r#"部门 905 示例局 {
  年度 2025
  标准 我县
  单位 1 机关
  总体目标 "全部办成。"
  收入 100 元
  整体预算 300 元 {
    基本支出 100 元
    项目支出 200 元
  }

  分项目标 "发放到户。" {
    指标 甲.发放
    指标 甲.提高
  }

  保障措施 制度 "专人负责。"

  指标 运行成本 总支出 ≤ 预算 × 90% {
    权重 30
  }
  指标 履职效能 巡查次数 ≥ 12 次 {
    权重 60
  }
}
"#;

const PROJECT: &str = r#"项目 甲 {
  单位 1
  类型 特定目标类
  起止 2025-01-01 .. 2026-12-31
  总投资 900 元
  预算 100 元 {
    财政拨款 60 元
    其他资金 40 元
  }
  用途 "购置六台设备。"
  支出计划 {
    6月底 60%
    12月底 100%
  }
  实施期目标 "两年全部办成。"
  目标 "全部办成。"
  附记 "不得转包。"

  指标 数量 发放 ≥ 3 筐 {
    描述 "发放到户的数量。"
    依据 计划标准 "年度计划"
    来源 "验收单"
    权重 60
    方向 正向
    计分 "完成得满分。"
    实施期 ≥ 9 筐
    节点 6月底 ≥ 2 筐
    口径 累计
    核心 是
    取值 预算执行率
    备注 "须全部入户。"
  }

  指标 质量 合格率 ≥ 95% {
    表述 "≥95%"
  }

  指标 质量 提高 ≥ 上年 + 2% {
    上年 90%
  }

  指标 成本 支出 ≤ 财政拨款
  指标 成本 总支出 ≤ 预算 × 90%
  指标 满意度 评价 定性 良
  指标 数量 装箱 ≤ 3 筐
}

项目 乙 {
  附记 ""
  指标 数量 巡查 ≥ 12 次
}

项目 丙 {
  框架 附加
  附记 ""
  指标 立项 论证次数 ≥ 2 次
}
"#;

/// Which of the three files is edited. The others stand word for word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Standard,
    Department,
    Project,
}

use Place::{Department, Project, Standard};

/// How an edit of a field can ask for less.
enum Way {
    /// The gate on relaxed targets sees it, by this class if one is named.
    Relaxes(Place, &'static str, &'static str, Option<Class>),
    /// The demand stays, but what it was approved on is another: only the list of approvals has to know.
    Grounds(Place, &'static str, &'static str),
    /// No target rests on it and none is printed by it, because …
    Nothing(&'static str),
}

use Way::{Grounds, Nothing, Relaxes};

const SOURCE: &str = "it says where a rule comes from";
const OF_THE_YEAR: &str = "it says what became of a target after its approval, and leaves the target as it is";

/// A field of the schema does not compile here until somebody has thought of how it could weaken a target.
fn way(field: Field) -> Way {
    let part = |old, new| Relaxes(Standard, old, new, None);
    match field {
        Field::Year => Relaxes(Department, "2025", "2026", Some(Class::YearChanged)),
        Field::DepartmentStandard => Relaxes(Department, "标准 我县", "标准 你县", Some(Class::ScaleChanged)),
        Field::OverallGoal => Relaxes(Department, "全部办成", "尽量办成", Some(Class::OverallGoalChanged)),
        Field::SubGoal => Relaxes(Department, "发放到户。", "发放。", Some(Class::SubGoalReworded)),
        Field::Safeguard => Grounds(Department, "专人负责", "有人负责"),
        Field::SubGoalIndicator => Relaxes(Department, "    指标 甲.提高\n", "", Some(Class::SubGoalLost)),
        Field::DepartmentUnit | Field::ProjectUnit => Nothing("it says who keeps the accounts"),
        Field::OverallBudget => Relaxes(Department, "整体预算 300 元", "整体预算 400 元", Some(Class::TargetRelaxed)),
        Field::OverallIndicator => Relaxes(Department, "≥ 12 次", "≥ 11 次", Some(Class::TargetRelaxed)),
        Field::ProjectFramework => Relaxes(Project, "框架 附加", "框架 附加乙", Some(Class::FrameworkChanged)),
        Field::ProjectKind => Nothing("it says what kind of project it is"),
        Field::Period => Relaxes(Project, "2026-12-31", "2029-12-31", Some(Class::PeriodChanged)),
        Field::TotalInvestment => Grounds(Project, "总投资 900 元", "总投资 1900 元"),
        Field::PeriodGoal => Relaxes(Project, "两年全部", "两年尽量", Some(Class::GoalChanged)),
        Field::Budget => Relaxes(Project, "预算 100 元", "预算 120 元", Some(Class::TargetRelaxed)),
        Field::Purpose => Grounds(Project, "六台", "一台"),
        Field::SpendingPlan => Relaxes(Project, "6月底 60%", "6月底 10%", Some(Class::PlanDelayed)),
        Field::Goal => Relaxes(Project, "全部办成", "尽量办成", Some(Class::GoalChanged)),
        Field::Description => Relaxes(Project, "发放到户的数量", "计划发放的数量", Some(Class::DescriptionChanged)),
        Field::Basis => Grounds(Project, "年度计划", "估计"),
        Field::Source => Grounds(Project, "验收单", "自报"),
        Field::Weight => Relaxes(Project, "权重 60", "权重 1", Some(Class::WeightLowered)),
        Field::Direction => Relaxes(Project, "正向", "反向", Some(Class::DirectionChanged)),
        Field::LastYear => Relaxes(Project, "上年 90%", "上年 70%", Some(Class::TargetRelaxed)),
        Field::Scoring => Relaxes(Project, "完成得满分", "开工得满分", Some(Class::ScoringChanged)),
        Field::Wording => Relaxes(Project, "\"≥95%\"", "\"80%以上\"", Some(Class::PrintedRelaxed)),
        Field::WholePeriod => Relaxes(Project, "实施期 ≥ 9", "实施期 ≥ 4", Some(Class::TargetRelaxed)),
        Field::Interim => Relaxes(Project, "节点 6月底 ≥ 2", "节点 6月底 ≥ 1", Some(Class::InterimChanged)),
        Field::Counting => Relaxes(Project, "口径 累计", "口径 期末", Some(Class::CountingChanged)),
        Field::Core => Relaxes(Project, "核心 是", "核心 否", Some(Class::CoreChanged)),
        Field::MonitoringRules => part("灯 红 < 60%", "灯 红 < 50%"),
        Field::ScoringRules => part("不适用 折算", "不适用 零分"),
        Field::MonitoringForm => part("\"已完成\"", "\"预计\""),
        Field::SelfEvaluationForm => part("甲完成", "完成"),
        Field::DepartmentForm => part("乙完成", "完成"),
        Field::TransferForm => part("丙完成", "完成"),
        Field::ReviewForm => part("丁完成", "完成"),
        Field::ProjectForm => part("表行 \"名\" 项目名称；", ""),
        Field::ProjectFormTitle => part("甲表", "乙表"),
        Field::ProjectFormAbove => part("上左", "右上"),
        Field::ProjectFormRow => part("表行 \"码\" 项目编码", "表行 \"码\" 项目名称"),
        Field::ProjectFormEach => part("逐项 资金来源 {", "逐项 资金来源 2 {"),
        Field::ProjectFormIndicators => part("指标表 \"指\"", "指标表 \"标\""),
        Field::ProjectFormBelow => part("表下 \"下\"", "表下 \"底\""),
        Field::FormGroupRow => part("表行 资金来源 金额", "表行 资金来源 2 金额"),
        Field::MoneyColumn => part("资金列 执行数 \"已执行\"；", ""),
        Field::FormColumn => part("列 完成值 \"已完成\"；", ""),
        Field::FormMerged => part("合并 一级指标；结尾", "结尾"),
        Field::FormClosing => part("结尾 结论", "结尾 等次"),
        Field::MonitoringPoint => part("监控节点 6月底", "监控节点 8月底"),
        Field::ReportWithin => part("报送 15 天", "报送 90 天"),
        Field::Pace => part("序时 支出计划 月份", "序时 月份"),
        Field::Light => part("灯 黄 < 80%", "灯 黄 < 70%"),
        Field::DueSoon => part("临期 30 天", "临期 1 天"),
        Field::Cumulative => part("累计 计数", "累计 长度"),
        Field::DeviationKinds => part("甲因 乙因", "甲因"),
        Field::Possibilities => part("可能性 能 不能", "可能性 能"),
        Field::ExecutionScore => part("执行率 10 分", "执行率 5 分"),
        Field::ScorePlaces => part("得分小数 2", "得分小数 0"),
        Field::Rounding => part("舍入 四舍五入", "舍入 截去"),
        Field::MethodOf => part("计分 正向 比例", "计分 正向 全或无"),
        Field::Excess => part("超额 130%", "超额 300%"),
        Field::NotApplicable => part("不适用 折算", "不适用 满分"),
        Field::GradeBand => part("等次 优 90 分", "等次 优 60 分"),
        Field::Uses => part("继续安排 取消", "继续安排"),
        Field::ExecutionBase => part("基数 年初", "基数 调整后"),
        Field::ExplainBelow => part("须说明 90%", "须说明 50%"),
        Field::ZeroBudget => part("零预算 无分", "零预算 满分"),
        Field::Multiple => part("线性 { 倍数 1 }", "线性 { 倍数 0.5 }"),
        Field::Each => part("每 10 天", "每 100 天"),
        Field::Loss => part("扣 10%", "扣 1%"),
        Field::BegunCounts => part("；不满也扣", ""),
        Field::Tier => part("档 ≥ 80% 60%", "档 ≥ 50% 60%"),
        Field::ExcessMultiple => part("倍数 1；保底", "倍数 0.1；保底"),
        Field::ExcessFloor => part("保底 0%", "保底 90%"),
        Field::Computed => Relaxes(Project, "取值 预算执行率", "取值 预算调整率", Some(Class::ComputedChanged)),
        Field::Note => Relaxes(Project, "须全部入户", "不作考核", Some(Class::FieldChanged)),
        Field::Document => part("示财〔2025〕1号\"\n  生效", "示财〔2020〕1号\"\n  生效"),
        Field::InForceFrom => part("生效 2025", "生效 2026"),
        Field::InForceUntil => part("失效 2030", "失效 2024"),
        Field::Default => part("  缺省\n", ""),
        Field::MoneyUnit => part("金额单位 元", "金额单位 万元"),
        Field::Measure => part("计量单位 筐 {", "计量单位 次 {\n    量纲 计数\n    换算 9\n  }\n  计量单位 筐 {"),
        Field::FundSource => part("  资金来源 其他资金\n", "  资金来源 其他资金\n  资金来源 自筹\n"),
        Field::Checkpoint => part("支出节点 12月底", "支出节点 12月31日"),
        Field::Category => part("一级指标 满意度指标 {", "一级指标 社会指标\n  一级指标 满意度指标 {"),
        Field::WeightTotal => part("权重合计 90", "权重合计 50"),
        Field::WeightScheme => part("产出指标 60；满意度指标 30", "产出指标 10；满意度指标 80"),
        Field::Framework => part("指标框架 附加 {", "指标框架 又加 { 一级指标 甲 }\n  指标框架 附加 {"),
        Field::ProjectKinds => part("项目类型 运转类 特定目标类", "项目类型 特定目标类"),
        Field::FrameworkCategory => part("    一级指标 履职效能\n", "    一级指标 履职效能\n    一级指标 社会效应\n"),
        Field::FrameworkFund => part("    资金来源 项目支出\n", "    资金来源 项目支出\n    资金来源 其他支出\n"),
        Field::FrameworkWeightTotal => part("    权重合计 90", "    权重合计 50"),
        Field::FrameworkWeightScheme => part("运行成本 30；履职效能 60", "运行成本 60；履职效能 30"),
        Field::FrameworkUnscored => part("    不打分\n", ""),
        Field::FrameworkCitedFrom | Field::FrameworkSureness => {
            part("60 }\n    出处 \"甲\"\n    把握 已核对", "60 }\n    出处 \"丙\"\n    把握 推断")
        }
        Field::Leaf => part("依据充分 4 分", "依据充分 1 分"),
        Field::Grades => Relaxes(Standard, "等级 优 良 中 差", "等级 优 中 良 差", Some(Class::ScaleChanged)),
        Field::FieldRule => part("字段 部门.收入 {", "字段 项目.又记 { 类型 文本 }\n  字段 部门.收入 {"),
        Field::ProjectCode => part("段 年度 2", "段 年度 4"),
        Field::IndicatorTable => part("列 指标值 \"指标值\"；", ""),
        Field::Label => {
            Relaxes(Standard, "标签 预算 \"预算数\"", "标签 预算 \"两倍预算\"", Some(Class::PrintedChanged))
        }
        Field::WordList => part("\"增长\"", "\"合格\""),
        Field::Reading => part("\"三级\"", "\"四级\""),
        Field::NameLength => part("名称长度 20", "名称长度 90"),
        Field::RuleSource => part("规则 JX012 {", "规则 JX011 { 审核 可行性 }\n  规则 JX012 {"),
        Field::RuleLevel => part("级别 JX040 警告", "级别 JX040 关闭"),
        Field::UnitDimension => {
            Relaxes(Standard, "量纲 计数\n    符号", "量纲 重量\n    符号", Some(Class::TargetRedefined))
        }
        Field::UnitSymbol => part("符号 \"K\"", "符号 \"G\""),
        Field::UnitAlias => part("别名 篓", "别名 次"),
        Field::UnitPrintedAs => Relaxes(Standard, "印作 \"大筐\"", "印作 \"小筐\"", Some(Class::PrintedChanged)),
        Field::UnitFactor => Relaxes(Standard, "换算 10", "换算 20", Some(Class::TargetRelaxed)),
        Field::UnitBounds => Relaxes(Standard, "0 .. 100", "0 .. 900", Some(Class::TargetRelaxed)),
        Field::UnitWhole => part("    整数\n", ""),
        Field::FundSourceLabel => part("\"拨款\"", "\"自筹\""),
        Field::CategoryCompulsory => part("    必设\n", ""),
        Field::Subcategory => part("二级指标 质量指标", "二级指标 质量指标\n    二级指标 时效指标"),
        Field::CategoryCost => part("{ 成本；二级", "{ 二级"),
        Field::CategoryMeasures => part("    衡量 数量\n", "    衡量 效益\n"),
        Field::SubcategoryCost => part("二级指标 成本指标 { 成本 }", "二级指标 成本指标"),
        Field::SubcategoryMeasures => part("{ 衡量 数量；", "{ 衡量 质量；"),
        Field::FieldRequired => part("必填；", ""),
        Field::FieldTotal => part("；合计", ""),
        Field::FieldKind => part("必填；类型 文本", "必填；类型 数值"),
        Field::FieldLabel => part("附记栏", "备查栏"),
        Field::CodeSegment => part("段 年度 2", "段 年度 2；段 序号 3"),
        Field::CodeAlphabet => part("0123456789", "9876543210"),
        Field::CodeCheckBase => part("校验权数 3", "校验权数 7"),
        Field::CodeCheckRemainder => part("校验余数 1", "校验余数 2"),
        Field::Column => part("列 指标值 \"指标值\"", "列 指标值 \"参考值\""),
        Field::MergedColumns => part("；合并 三级指标", ""),
        Field::RuleCriteria => part("审核 完整性", "审核 相关性"),
        Field::RuleLimit => part("完整性；出处", "完整性；限度 9%；出处"),
        Field::CategoryCitedFrom | Field::CategorySureness => {
            part("出处 \"甲\"\n    把握 已核对\n    二级", "出处 \"丙\"\n    把握 推断\n    二级")
        }
        Field::WeightSchemeCitedFrom | Field::WeightSchemeSureness => {
            part("30；出处 \"甲\"；把握 已核对", "30；出处 \"丙\"；把握 推断")
        }
        Field::FieldCitedFrom | Field::FieldSureness => {
            part("栏\"；出处 \"甲\"；把握 已核对", "栏\"；出处 \"丙\"；把握 推断")
        }
        Field::CodeCitedFrom | Field::CodeSureness => part("1；出处 \"甲\"；把握 已核对", "1；出处 \"丙\"；把握 推断"),
        Field::ExecutionCitedFrom | Field::ExecutionSureness => {
            part("无分；出处 \"甲\"；把握 已核对", "无分；出处 \"丙\"；把握 推断")
        }
        Field::MethodCitedFrom | Field::MethodSureness => {
            part("比例 { 出处 \"甲\"；把握 已核对", "比例 { 出处 \"丙\"；把握 推断")
        }
        Field::ExcessCitedFrom | Field::ExcessSureness => {
            part("保底 0%；出处 \"甲\"；把握 已核对", "保底 0%；出处 \"丙\"；把握 推断")
        }
        Field::RuleCitedFrom | Field::RuleSureness => {
            part("完整性；出处 \"甲\"；把握 已核对", "完整性；出处 \"丙\"；把握 推断")
        }
        Field::StandardCitedFrom
        | Field::StandardSureness
        | Field::UnitCitedFrom
        | Field::UnitSureness
        | Field::FundSourceCitedFrom
        | Field::FundSourceSureness
        | Field::SubcategoryCitedFrom
        | Field::SubcategorySureness
        | Field::TableCitedFrom
        | Field::TableSureness
        | Field::FormCitedFrom
        | Field::FormSureness
        | Field::ProjectFormCitedFrom
        | Field::ProjectFormSureness
        | Field::CitedFrom
        | Field::CitedSureness => Nothing(SOURCE),
        Field::Fingerprint
        | Field::AdjustmentReason
        | Field::AdjustmentBudget
        | Field::CarryOver
        | Field::AdjustedTarget
        | Field::AdjustedWeight
        | Field::AdjustedGoal
        | Field::AddedIndicator
        | Field::WithdrawnIndicator
        | Field::MonitoringUntil
        | Field::MonitoringFiled
        | Field::MonitoringSpent
        | Field::MonitoringReached
        | Field::Rectification
        | Field::MonitoringOverall
        | Field::EvaluationUntil
        | Field::EvaluationFiled
        | Field::EvaluationSpent
        | Field::EvaluationReached
        | Field::EvaluationOverall
        | Field::SelfConclusion
        | Field::SelfProblem
        | Field::SelfImprovement
        | Field::SelfSuggestion
        | Field::SelfApplied
        | Field::ExecutionExpected
        | Field::ExecutionDeviation
        | Field::ExecutionMeasure
        | Field::CompletionExpected
        | Field::CompletionLikelihood
        | Field::CompletionDeviation
        | Field::CompletionMeasure
        | Field::CompletionEvidence
        | Field::CompletionSample
        | Field::CompletionPoints
        | Field::CompletionWholePeriod
        | Field::CompletionScope
        | Field::RectificationResult
        | Field::ReviewPoints
        | Field::ReviewApplied
        | Field::EvaluationFramework
        | Field::EvaluationPoints
        | Field::EvaluationConclusion
        | Field::EvaluationApplied
        | Field::AreaMember
        | Field::AreaIndicator => Nothing(OF_THE_YEAR),
    }
}

/// What a target rests on besides the fields of the schema: names, places, the order of a list, other targets.
const OTHERS: &[(Place, &str, &str, Class)] = &[
    (Project, "≥ 12 次", "≥ 11 次", Class::TargetRelaxed),
    (Project, "≥ 12 次", "≥ 12 场", Class::TargetRedefined),
    (Project, "≥ 12 次", "≤ 12 次", Class::ComparisonReversed),
    (Project, "≥ 12 次", "> 十二", Class::NotUnderstood),
    (Project, "指标 数量 巡查 ≥ 12 次", "指标 数量 巡查 定性 \"经常\"", Class::BecameWords),
    (Project, "指标 数量 巡查 ≥ 12 次", "", Class::IndicatorRemoved),
    (Project, "数量 巡查", "质量 巡查", Class::CategoryMoved),
    (Project, "巡查", "抽查巡查", Class::IndicatorRenamed),
    (Project, "≥ 12 次", "≥ 12 次 {\n    表述 \"适当巡查\"\n  }", Class::PrintedChanged),
    (Project, "≥ 12 次", "≥ 12 次 {\n    表述 \"\"\n  }", Class::PrintedChanged),
    (Project, "≥ 12 次", "≥ 12 次 {\n    表述 \"10次以上\"\n  }", Class::PrintedRelaxed),
    (Project, "≥ 12 次", "≥ 12 次 {\n    表述 \"不少于10次\"\n  }", Class::PrintedRelaxed),
    (Project, "≥ 12 次", "≥ 12 次 {\n    表述 \"≥10次（含）\"\n  }", Class::PrintedRelaxed),
    (Project, "≥95%", "≥95‰", Class::PrintedRelaxed),
    (Project, "\"≥95%\"", "\"不作要求\"", Class::PrintedChanged),
    (Project, "    财政拨款 60 元", "    财政拨款 80 元", Class::TargetRelaxed),
    (Project, "    财政拨款 60 元", "    财政拨款", Class::TargetRedefined),
    (Project, "    上年 90%\n", "", Class::TargetRedefined),
    (Project, "≥ 上年 + 2%", "≥ 上年 + 1%", Class::TargetRelaxed),
    (Project, "定性 良", "定性 中", Class::GradeLowered),
    (Project, "项目 乙 {\n  附记 \"\"\n  指标 数量 巡查 ≥ 12 次\n}\n", "", Class::ProjectRemoved),
    (Standard, "等级 优 良 中 差", "等级 优 良 中 差 极差", Class::ScaleChanged),
    (Standard, "标准 你县", "标准 他县", Class::StandardRemoved),
    (Department, "示例局 {\n  年度 2025", "示例局 {", Class::YearChanged),
    (Department, "  标准 我县\n", "", Class::StandardSwitched),
];

/// What asks for no less: neither gate may stop it.
const HARMLESS: &[(Place, &str, &str)] = &[
    (Project, "≥ 12 次", "≥ 12.0 次"),
    (Project, "≥ 12 次", "> 11 次"),
    (Project, "≥ 12 次", "≥ 12 次 {\n    表述 \"≥12次\"\n  }"),
    (Project, "≥ 12 次", "≥ 12 次 {\n    表述 \"不少于12次\"\n  }"),
    (Project, "\"≥95%\"", "\"95%以上\""),
    (Project, "    表述 \"≥95%\"\n", ""),
    (Project, "≤ 财政拨款", "≤ 财政拨款 × 100%"),
    (Project, "财政拨款 60 元", "财政拨款 0.006 万元"),
    (Project, "上年 90%", "上年 90.0%"),
    (Project, "项目 乙 {", "# 附注\n\n项目 乙 {"),
    (Department, "单位 1 机关", "单位 1 本级"),
];

fn texts(edited: Option<(Place, &str, &str)>) -> Vec<Input> {
    let file = |place: Place, path: &str, text: &str| {
        let text = match edited {
            Some((at, old, new)) if at == place => {
                assert!(text.contains(old), "nothing to edit: {old}");
                text.replacen(old, new, 1)
            }
            _ => text.to_owned(),
        };
        Input { path: path.to_owned(), text: text.into() }
    };
    vec![
        file(Standard, "标准.jx", STANDARD),
        file(Department, "局/部门.jx", DEPARTMENT),
        file(Project, "局/甲.jx", PROJECT),
    ]
}

fn side(analysis: &Analysis) -> Side<'_> {
    Side { model: &analysis.model, sources: &analysis.sources }
}

/// The changes that an edit makes: read whole and read side by side they are the same.
fn changes(edited: (Place, &str, &str)) -> Vec<Change> {
    let (old, new) = (texts(None), texts(Some(edited)));
    let whole = [old.clone(), new.clone()].map(|files| analyse(files, None));
    let version = |files: Vec<Input>| VersionInput { files, settings: None };
    let beside = Versions::default().read(version(old), version(new));
    let found = [whole, beside].map(|[old, new]| compare(side(&old), side(&new)).changes);
    assert_eq!(format!("{:#?}", found[0]), format!("{:#?}", found[1]), "{} → {}", edited.1, edited.2);
    let [whole, _] = found;
    whole
}

/// What the gates on approvals and on relaxed targets stop.
fn stopped(changes: &[Change]) -> [Vec<Class>; 2] {
    let all = || changes.iter().map(|change| change.class);
    let may_be_less = |class: &Class| matches!(class.sense(), Sense::Looser | Sense::Unclear);
    [all().filter(|one| one.touches_targets_or_money()).collect(), all().filter(may_be_less).collect()]
}

#[test]
fn the_office_that_is_weakened_has_no_mistake() {
    let analysis = analyse(texts(None), None);
    let errors: Vec<_> =
        analysis.diagnostics.iter().filter(|one| one.is_error() && !one.code.has_level()).map(|one| one.code).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let both = stopped(&compare(side(&analysis), side(&analysis)).changes);
    assert_eq!(both, [vec![], vec![]]);
}

#[test]
fn every_field_that_weakens_a_target_is_seen() {
    let mut wrong = Vec::new();
    for field in FIELDS.iter().copied() {
        let name = format!("{:?} {}", field.block, field.name);
        let (place, old, new, wanted, is_weaker) = match way(field) {
            Relaxes(place, old, new, wanted) => (place, old, new, wanted, true),
            Grounds(place, old, new) => (place, old, new, None, false),
            Nothing(reason) => {
                assert!(!reason.is_empty());
                continue;
            }
        };
        let changes = changes((place, old, new));
        let [unapproved, relaxed] = stopped(&changes);
        let is_wanted = wanted.is_none_or(|class| changes.iter().any(|one| one.class == class));
        if unapproved.is_empty() || relaxed.is_empty() == is_weaker || !is_wanted {
            let told: Vec<_> = changes.iter().map(|one| (one.class, &one.subject.identity)).collect();
            wrong.push(format!("{name}: {old} → {new}: {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn whatever_else_weakens_a_target_is_seen() {
    let mut wrong = Vec::new();
    for &(place, old, new, class) in OTHERS {
        let changes = changes((place, old, new));
        let [unapproved, relaxed] = stopped(&changes);
        if !unapproved.contains(&class) || !relaxed.contains(&class) {
            let told: Vec<_> = changes.iter().map(|one| (one.class, &one.subject.identity)).collect();
            wrong.push(format!("{old} → {new}: {told:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_asks_for_no_less_passes() {
    for &edited in HARMLESS {
        let changes = changes(edited);
        assert_eq!(stopped(&changes), [vec![], vec![]], "{} → {}", edited.1, edited.2);
    }
}

#[test]
fn the_same_words_are_approved_with_what_they_come_to() {
    let fingerprint = |last_year: &str| {
        let changes = changes((Project, "上年 90%", last_year));
        let relaxed = changes.iter().find(|one| one.class == Class::TargetRelaxed).expect("a relaxed target");
        let texts = [&relaxed.old, &relaxed.new].map(|said| said.as_ref().expect("words").text.clone());
        assert_eq!(texts, ["≥ 上年 + 2%", "≥ 上年 + 2%"]);
        relaxed.fingerprint()
    };
    assert_ne!(fingerprint("上年 80%"), fingerprint("上年 70%"));
    assert_eq!(fingerprint("上年 80%"), fingerprint("上年 80.0%"));
}

#[test]
fn a_sense_reads_backwards() {
    for class in Class::ALL {
        let (sense, mirror) = (class.sense(), class.mirror().sense());
        let wanted = match sense {
            Sense::Tighter => Sense::Looser,
            Sense::Looser => Sense::Tighter,
            Sense::Neutral => Sense::Neutral,
            Sense::Unclear => Sense::Unclear,
        };
        assert_eq!(mirror, wanted, "{}", class.code());
    }
}
