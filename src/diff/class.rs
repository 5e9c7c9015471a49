//! The registry of changes. A code is never renumbered and never reused.
//!
//! To add one: a line here and the page `docs/changes/JC….md`, whose example before and after is its first test.

use crate::diagnostic::Text;
use crate::diagnostic::names::{self, RegisteredNames};
use crate::language::Field;

/// How much a reviewer must look at a change. The order is the order of weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Risk {
    /// It changes money, or what is promised for it.
    High,
    /// It may change what is promised.
    Medium,
    /// It changes words.
    Low,
    /// Nothing that counts has changed.
    None,
}

/// What a change does to what was promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// More is demanded.
    Tighter,
    /// Less is demanded.
    Looser,
    /// Neither more nor less.
    Neutral,
    /// It cannot be told from what is written: it may be less.
    Unclear,
}

macro_rules! classes {
    ($( $code:ident $id:ident $slug:literal $risk:ident $sense:ident $mirror:ident $chinese:literal $english:literal )*) => {
        /// What has changed. The number's hundreds say the field: 1 targets, 2 indicators, 3 projects, 4 money,
        /// 5 departments, 6 standards, 7 the year, 9 what is not understood.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Class { $( #[doc = $english] $id, )* }

        impl Class {
            /// All classes, by number.
            pub const ALL: &'static [Class] = &[$( Class::$id, )*];

            /// `JC101`
            pub fn code(self) -> &'static str {
                match self { $( Class::$id => stringify!($code), )* }
            }

            /// `target-tightened`
            pub fn slug(self) -> &'static str {
                match self { $( Class::$id => $slug, )* }
            }

            /// How much a reviewer must look at it.
            pub fn risk(self) -> Risk {
                match self { $( Class::$id => Risk::$risk, )* }
            }

            /// What it does to what is demanded.
            pub fn sense(self) -> Sense {
                match self { $( Class::$id => Sense::$sense, )* }
            }

            /// What it is when the new side is taken for the old one.
            #[must_use]
            pub fn mirror(self) -> Class {
                match self { $( Class::$id => Class::$mirror, )* }
            }

            /// The page that explains it, as Markdown in both languages.
            pub fn explanation(self) -> &'static str {
                match self {
                    $( Class::$id => include_str!(concat!("../../docs/changes/", stringify!($code), ".md")), )*
                }
            }

            /// What happened, in few words.
            pub fn title(self) -> Text {
                match self { $( Class::$id => Text::new($chinese, $english), )* }
            }

            fn names(self) -> RegisteredNames {
                match self {
                    $( Class::$id => RegisteredNames { code: stringify!($code), slug: $slug, titles: [$chinese, $english] }, )*
                }
            }
        }
    };
}

// Code, name, slug, risk, what it does to the promise, its mirror (itself where it reads the same backwards), titles.
classes! {
    JC101 TargetTightened     "target-tightened"     Low    Tighter TargetRelaxed       "目标收紧"           "target tightened"
    JC102 TargetRelaxed       "target-relaxed"       High   Looser  TargetTightened     "目标放宽"           "target relaxed"
    JC103 TargetRewritten     "target-rewritten"     None   Neutral TargetRewritten     "目标换了写法"       "target rewritten, worth the same"
    JC104 TargetRedefined     "target-redefined"     High   Unclear TargetRedefined     "目标口径改变"       "target redefined"
    JC105 TargetShifted       "target-shifted"       High   Unclear TargetShifted       "目标值移动"         "target shifted"
    JC106 ComparisonReversed  "comparison-reversed"  High   Unclear ComparisonReversed  "比较方向反转"       "comparison reversed"
    JC107 BecameWords         "became-words"         High   Looser  BecameMeasured      "定量改为定性"       "a measured target became words"
    JC108 BecameMeasured      "became-measured"      Low    Tighter BecameWords         "定性改为定量"       "words became a measured target"
    JC109 WordsChanged        "words-changed"        Medium Unclear WordsChanged        "定性目标改写"       "the words of a target changed"
    JC110 GradeRaised         "grade-raised"         Low    Tighter GradeLowered        "等级提高"           "grade raised"
    JC111 GradeLowered        "grade-lowered"        High   Looser  GradeRaised         "等级降低"           "grade lowered"
    JC112 ScaleChanged        "scale-changed"        Medium Unclear ScaleChanged        "分级改变"           "scale of grades changed"
    JC113 DeadlineEarlier     "deadline-earlier"     Low    Tighter DeadlineLater       "时限提前"           "deadline brought forward"
    JC114 DeadlineLater       "deadline-later"       High   Looser  DeadlineEarlier     "时限推后"           "deadline put off"
    JC115 RangeNarrowed       "range-narrowed"       Low    Tighter RangeWidened        "范围收窄"           "range narrowed"
    JC116 RangeWidened        "range-widened"        High   Looser  RangeNarrowed       "范围放宽"           "range widened"
    JC117 AnswerReversed      "answer-reversed"      High   Unclear AnswerReversed      "是否互换"           "yes and no exchanged"
    JC118 WholePeriodAdded    "whole-period-added"   Low    Tighter WholePeriodRemoved  "增加实施期目标"     "whole-period target added"
    JC119 WholePeriodRemoved  "whole-period-removed" High   Looser  WholePeriodAdded    "删去实施期目标"     "whole-period target removed"

    JC201 IndicatorAdded      "indicator-added"      Low    Tighter IndicatorRemoved    "新增指标"           "indicator added"
    JC202 IndicatorRemoved    "indicator-removed"    High   Looser  IndicatorAdded      "删去指标"           "indicator removed"
    JC203 IndicatorRenamed    "indicator-renamed"    Medium Unclear IndicatorRenamed    "指标改名"           "indicator renamed"
    JC204 CategoryMoved       "category-moved"       Medium Unclear CategoryMoved       "指标类别改变"       "indicator moved to another category"
    JC205 DescriptionChanged  "description-changed"  Medium Unclear DescriptionChanged  "指标描述改变"       "description changed"
    JC206 BasisChanged        "basis-changed"        Medium Neutral BasisChanged        "指标值依据改变"     "basis changed"
    JC207 SourceChanged       "source-changed"       Low    Neutral SourceChanged       "数据来源改变"       "source of data changed"
    JC208 WordingChanged      "wording-changed"      Low    Neutral WordingChanged      "印出的文字改变"     "printed wording changed"
    JC209 ScoringChanged      "scoring-changed"      Medium Unclear ScoringChanged      "计分办法改变"       "scoring changed"
    JC210 WeightRaised        "weight-raised"        Medium Tighter WeightLowered       "权重提高"           "weight raised"
    JC211 WeightLowered       "weight-lowered"       Medium Looser  WeightRaised        "权重降低"           "weight lowered"
    JC212 LastYearRestated    "last-year-restated"   Medium Neutral LastYearRestated    "上年值改变"         "last year's value restated"
    JC213 DirectionChanged    "direction-changed"    Medium Unclear DirectionChanged    "方向改变"           "direction changed"
    JC214 IndicatorsReordered "indicators-reordered" Low    Neutral IndicatorsReordered "指标次序改变"       "indicators reordered"
    JC215 FieldChanged        "field-changed"        Medium Unclear FieldChanged        "新增字段的内容改变" "a field of the standard changed"
    JC216 FigureRewritten     "figure-rewritten"     None   Neutral FigureRewritten     "数字换了写法"       "a figure rewritten, worth the same"
    JC217 PrintedTightened    "printed-tightened"    Low    Tighter PrintedRelaxed      "印出的目标收紧"     "printed target tightened"
    JC218 PrintedRelaxed      "printed-relaxed"      High   Looser  PrintedTightened    "印出的目标放宽"     "printed target relaxed"
    JC219 PrintedChanged      "printed-changed"      High   Unclear PrintedChanged      "印出的目标改变"     "printed target changed"
    JC220 CountingChanged     "counting-changed"     Medium Unclear CountingChanged     "口径改变"           "counting changed"
    JC221 CoreChanged         "core-changed"         Medium Unclear CoreChanged         "核心指标改变"       "core indicators changed"
    JC222 InterimChanged      "interim-changed"      Medium Unclear InterimChanged      "节点目标改变"       "interim target changed"
    JC223 ComputedChanged     "computed-changed"     Medium Unclear ComputedChanged     "取值改变"           "what a value is computed as changed"

    JC301 ProjectAdded        "project-added"        Medium Tighter ProjectRemoved      "新增项目"           "project added"
    JC302 ProjectRemoved      "project-removed"      High   Looser  ProjectAdded        "删去项目"           "project removed"
    JC303 ProjectRenamed      "project-renamed"      Medium Unclear ProjectRenamed      "项目改名"           "project renamed"
    JC304 ProjectSplit        "project-split"        High   Unclear ProjectsMerged      "项目拆分"           "project split"
    JC305 ProjectsMerged      "projects-merged"      High   Unclear ProjectSplit        "项目合并"           "projects merged"
    JC306 ProjectCodeChanged  "project-code-changed" Low    Neutral ProjectCodeChanged  "项目编码改变"       "project code changed"
    JC307 ProjectMoved        "project-moved"        Medium Unclear ProjectMoved        "项目换了部门"       "project moved to another department"
    JC308 ProjectUnitChanged  "project-unit-changed" Medium Neutral ProjectUnitChanged  "承担单位改变"       "unit of account of a project changed"
    JC309 PurposeChanged      "purpose-changed"      Medium Neutral PurposeChanged      "资金用途改变"       "purpose changed"
    JC310 GoalChanged         "goal-changed"         Medium Unclear GoalChanged         "项目目标改变"       "goal of a project changed"
    JC311 FrameworkChanged    "framework-changed"    Medium Unclear FrameworkChanged    "指标框架改变"       "framework of a project changed"
    JC312 ProjectKindChanged  "project-kind-changed" Low    Neutral ProjectKindChanged  "项目类型改变"       "kind of a project changed"
    JC313 PeriodChanged       "period-changed"       Medium Unclear PeriodChanged       "起止改变"           "period of a project changed"

    JC401 BudgetRaised        "budget-raised"        High   Neutral BudgetLowered       "预算增加"           "budget raised"
    JC402 BudgetLowered       "budget-lowered"       Medium Neutral BudgetRaised        "预算减少"           "budget lowered"
    JC403 BudgetStated        "budget-stated"        High   Neutral BudgetBlanked       "补填预算"           "budget stated where it was blank"
    JC404 BudgetBlanked       "budget-blanked"       High   Neutral BudgetStated        "预算改为空白"       "budget left blank"
    JC405 AmountRewritten     "amount-rewritten"     None   Neutral AmountRewritten     "金额换了写法"       "an amount rewritten, worth the same"
    JC406 FundRaised          "fund-raised"          Medium Neutral FundLowered         "资金来源增加"       "a fund source raised"
    JC407 FundLowered         "fund-lowered"         Medium Neutral FundRaised          "资金来源减少"       "a fund source lowered"
    JC408 FundStated          "fund-stated"          Medium Neutral FundBlanked         "补填资金来源"       "a fund source stated where it was blank"
    JC409 FundBlanked         "fund-blanked"         Medium Neutral FundStated          "资金来源改为空白"   "a fund source left blank"
    JC410 FundsMoved          "funds-moved"          High   Neutral FundsMoved          "资金来源之间调剂"   "money moved between fund sources"
    JC411 MoneyMoved          "money-moved"          High   Neutral MoneyMoved          "项目之间调剂资金"   "money moved between projects"
    JC412 PlanBroughtForward  "plan-brought-forward" Low    Tighter PlanDelayed         "支出计划提前"       "spending plan brought forward"
    JC413 PlanDelayed         "plan-delayed"         Medium Looser  PlanBroughtForward  "支出计划推后"       "spending plan delayed"
    JC414 PlanReshaped        "plan-reshaped"        Medium Neutral PlanReshaped        "支出计划改变"       "spending plan reshaped"
    JC415 PlanAdded           "plan-added"           Low    Tighter PlanRemoved         "增加支出计划"       "spending plan added"
    JC416 PlanRemoved         "plan-removed"         High   Looser  PlanAdded           "删去支出计划"       "spending plan removed"
    JC417 TotalInvestmentChanged "total-investment-changed" Medium Neutral TotalInvestmentChanged "总投资改变" "total investment changed"

    JC501 DepartmentAdded     "department-added"     Medium Tighter DepartmentRemoved   "新增部门"           "department added"
    JC502 DepartmentRemoved   "department-removed"   High   Looser  DepartmentAdded     "删去部门"           "department removed"
    JC503 DepartmentRenamed   "department-renamed"   Medium Neutral DepartmentRenamed   "部门改名"           "department renamed"
    JC504 DepartmentCodeChanged "department-code-changed" Low Neutral DepartmentCodeChanged "部门编码改变"   "department code changed"
    JC505 YearChanged         "year-changed"         Medium Unclear YearChanged         "预算年度改变"       "fiscal year changed"
    JC506 StandardSwitched    "standard-switched"    High   Unclear StandardSwitched    "换了标准"           "another standard applies"
    JC507 OverallGoalChanged  "overall-goal-changed" Medium Unclear OverallGoalChanged  "总体目标改变"       "overall goal changed"
    JC508 SubGoalAdded        "sub-goal-added"       Low    Tighter SubGoalRemoved      "新增分项目标"       "sub-goal added"
    JC509 SubGoalRemoved      "sub-goal-removed"     High   Looser  SubGoalAdded        "删去分项目标"       "sub-goal removed"
    JC510 SubGoalReworded     "sub-goal-reworded"    Medium Unclear SubGoalReworded     "分项目标改写"       "sub-goal reworded"
    JC511 SubGoalGained       "sub-goal-gained"      Low    Tighter SubGoalLost         "分项目标增加指标"   "sub-goal gained an indicator"
    JC512 SubGoalLost         "sub-goal-lost"        High   Looser  SubGoalGained       "分项目标失去指标"   "sub-goal lost an indicator"
    JC513 SafeguardAdded      "safeguard-added"      Low    Tighter SafeguardRemoved    "新增保障措施"       "safeguard added"
    JC514 SafeguardRemoved    "safeguard-removed"    Medium Looser  SafeguardAdded      "删去保障措施"       "safeguard removed"
    JC515 SafeguardChanged    "safeguard-changed"    Low    Neutral SafeguardChanged    "保障措施改变"       "safeguard changed"
    JC516 UnitAdded           "unit-added"           Low    Neutral UnitRemoved         "新增所属单位"       "unit of account added"
    JC517 UnitRemoved         "unit-removed"         Medium Neutral UnitAdded           "删去所属单位"       "unit of account removed"
    JC518 UnitRenamed         "unit-renamed"         Low    Neutral UnitRenamed         "所属单位改名"       "unit of account renamed"
    JC519 Reordered           "reordered"            Low    Neutral Reordered           "次序改变"           "order changed"
    JC520 WholeTargetsAdded   "whole-targets-added"  Medium Tighter WholeTargetsRemoved "新增部门整体目标"   "targets of the whole department added"
    JC521 WholeTargetsRemoved "whole-targets-removed" High  Looser  WholeTargetsAdded   "删去部门整体目标"   "targets of the whole department removed"

    JC601 StandardAdded       "standard-added"       Medium Unclear StandardRemoved     "新增标准"           "standard added"
    JC602 StandardRemoved     "standard-removed"     High   Unclear StandardAdded       "删去标准"           "standard removed"
    JC603 StandardPartAdded   "standard-part-added"  Medium Unclear StandardPartRemoved "标准增加规定"       "a standard gained a part"
    JC604 StandardPartRemoved "standard-part-removed" High  Unclear StandardPartAdded   "标准删去规定"       "a standard lost a part"
    JC605 StandardPartChanged "standard-part-changed" High  Unclear StandardPartChanged "标准规定改变"       "a part of a standard changed"

    JC701 ActualReported      "actual-reported"      Low    Neutral ActualWithdrawn     "完成值新报"         "a value reached was reported"
    JC702 ActualChanged       "actual-changed"       High   Neutral ActualChanged       "完成值改动"         "a value reached was changed"
    JC703 SpendingChanged     "spending-changed"     Medium Neutral SpendingChanged     "执行数改动"         "money spent was changed"
    JC704 ReasonChanged       "reason-changed"       Low    Neutral ReasonChanged       "原因改动"           "reasons and measures changed"
    JC705 PointsMoved         "points-moved"         Low    Neutral PointsMoved         "得分改变"           "points are others"
    JC706 LightMoved          "light-moved"          Low    Neutral LightMoved          "灯变"               "a light is another"
    JC707 GradeMoved          "grade-moved"          Medium Neutral GradeMoved          "等次变"             "a grade is another"
    JC708 Adjusted            "adjusted"             High   Unclear AdjustmentWithdrawn "新调整"             "targets or money were adjusted"
    JC709 ConclusionChanged   "conclusion-changed"   Medium Neutral ConclusionChanged   "结论改动"           "a conclusion or given points changed"
    JC710 ActualWithdrawn     "actual-withdrawn"     High   Neutral ActualReported      "完成值撤回"         "a value reached was withdrawn"
    JC711 AdjustmentWithdrawn "adjustment-withdrawn" High   Unclear Adjusted            "调整撤回"           "an adjustment was withdrawn"
    JC712 AdjustmentChanged   "adjustment-changed"   High   Unclear AdjustmentChanged   "调整改动"           "an adjustment was changed"
    JC713 ReportChanged       "report-changed"       Low    Neutral ReportChanged       "填报情况改动"       "how something was reported changed"
    JC714 ApprovalChanged     "approval-changed"     High   Unclear ApprovalChanged     "批复改动"           "an approval was changed"

    JC901 NotUnderstood       "not-understood"       High   Unclear Understood          "改后无法理解"       "what was clear is no longer understood"
    JC902 Understood          "understood"           Medium Unclear NotUnderstood       "改后可以理解"       "what was not understood is now clear"
}

impl Class {
    /// Whether it is a change of what happened in the year, not of the targets.
    pub fn is_of_the_year(self) -> bool {
        self.code().starts_with("JC7")
    }

    /// Whether points and lights of money may follow from it.
    pub(super) fn moves_money(self) -> bool {
        self.code().starts_with("JC4") || self.is_of_the_year()
    }
}

impl Risk {
    /// The word in machine output.
    pub fn id(self) -> &'static str {
        match self {
            Risk::High => "high",
            Risk::Medium => "medium",
            Risk::Low => "low",
            Risk::None => "none",
        }
    }

    /// In both languages, as a heading.
    pub fn title(self) -> Text {
        match self {
            Risk::High => Text::new("高", "high"),
            Risk::Medium => Text::new("中", "medium"),
            Risk::Low => Text::new("低", "low"),
            Risk::None => Text::new("无", "none"),
        }
    }
}

impl Class {
    /// The class with this code (`JC101`, in any case), slug (`target-tightened`) or title.
    pub fn find(name: &str) -> Option<Class> {
        Class::ALL.iter().copied().find(|class| class.names().hold(name))
    }

    /// The class that was meant beyond doubt by a name that none has.
    pub fn meant_by(name: &str) -> Option<Class> {
        names::only_meant(Class::ALL, name, Class::names)
    }

    /// What a change of a plain field is, and what it is where a number falls or goes.
    pub(super) fn of_plain(field: Field) -> [Class; 2] {
        let (one, fallen) = field.change;
        // Invariant: the codes of the schema are ours (a test).
        [one, fallen].map(|code| Class::find(code).unwrap_or(Class::FieldChanged))
    }

    /// Whether less may be promised, or what is paid, and on what grounds, is another: these need approval. What is
    /// printed only for those who read it and what is shown to be worth the same need none.
    pub fn touches_targets_or_money(self) -> bool {
        let code = self.code();
        let may_be_less = matches!(self.sense(), Sense::Looser | Sense::Unclear);
        self.risk() != Risk::None
            && (may_be_less
                || code.starts_with("JC1")
                || code.starts_with("JC4")
                || matches!(
                    self,
                    Class::IndicatorAdded
                        | Class::PrintedTightened
                        | Class::BasisChanged
                        | Class::SourceChanged
                        | Class::LastYearRestated
                        | Class::ProjectAdded
                        | Class::PurposeChanged
                        | Class::SafeguardChanged
                ))
    }
}
