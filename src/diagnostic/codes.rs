//! The registry of codes. A code is never renumbered and never reused.
//!
//! To add one: a line here and the page `docs/explain/JX….md`, whose failing and mended examples are its first test.

use super::names::{self, RegisteredNames};
use super::text::Wording;

/// How bad a finding is. The order is the order of weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The text cannot be published.
    Error,
    /// The text is likely wrong.
    Warning,
    /// Something worth a look.
    Note,
}

macro_rules! codes {
    ($( $id:ident $slug:literal $severity:ident $chinese:literal $english:literal )*) => {
        /// A finding's stable name. Its number says the field: 0xx–10x targets, 2xx syntax, 3xx names, 4xx types and
        /// units, 5xx standards and configuration, 6xx import, 7xx changes
        /// and git, 9xx limits and files.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $( #[doc = $english] $id, )* }

        impl Code {
            /// All codes, by number.
            pub const ALL: &'static [Code] = &[$( Code::$id, )*];

            /// `JX301`
            pub fn id(self) -> &'static str {
                match self { $( Code::$id => stringify!($id), )* }
            }

            /// `unknown-field`
            pub fn slug(self) -> &'static str {
                match self { $( Code::$id => $slug, )* }
            }

            /// The severity where neither a standard nor the configuration says otherwise.
            pub fn severity(self) -> Severity {
                match self { $( Code::$id => Severity::$severity, )* }
            }

            /// The name of the rule.
            pub fn title(self) -> super::Text {
                match self { $( Code::$id => super::Text::constant(&Wording::Constant([$chinese, $english])), )* }
            }

            /// The page that explains it, as Markdown in both languages.
            pub fn explanation(self) -> &'static str {
                match self {
                    $( Code::$id => include_str!(concat!("../../docs/explain/", stringify!($id), ".md")), )*
                }
            }

            fn names(self) -> RegisteredNames {
                match self {
                    $( Code::$id => RegisteredNames { code: stringify!($id), slug: $slug, titles: [$chinese, $english] }, )*
                }
            }
        }
    };
}

codes! {
    JX001 "missing-required"          Error   "必填项缺失"             "a required part is missing"
    JX002 "blank-amount"               Note    "金额空白" "an amount is left blank"
    JX003 "missing-year"              Warning "未写预算年度"           "no fiscal year is stated"
    JX004 "money-unit"                Error   "金额单位未写或混用"     "a money unit is missing or mixed"
    JX005 "placeholder-left"          Error   "残留占位符或填表提示"   "a placeholder or form hint was left in"
    JX010 "project-code-format"       Error   "项目编码格式不符"       "a project code does not have the standard's form"
    JX011 "project-code-check-sign"   Warning "项目编码校验位不符"     "the check sign of a project code does not fit"
    JX012 "project-code-contradicts"  Warning "项目编码与文档不一致"   "a project code contradicts the document"
    JX013 "duplicate-project"         Error   "项目重复"               "two projects share a code or a name"
    JX014 "similar-project-name"       Warning "项目名称近似" "two projects have nearly the same name"
    JX020 "money-does-not-balance"    Error   "金额合计不平"           "parts do not add up to their total"
    JX021 "suspicious-magnitude"       Warning "数量级可疑" "an amount looks off by a power of ten"
    JX022 "year-and-period-mixed"      Warning "年度与累计口径混用" "a year's target exceeds that of the whole period"
    JX023 "formula-does-not-evaluate"  Error   "测算公式不等" "a stated calculation does not come to its amount"
    JX024 "amount-in-text-differs"     Warning "文字金额与预算不符" "an amount in the text differs from the budget"
    JX025 "plan-not-rising"           Error   "支出计划不递增或不到100%" "a spending plan falls or does not end at 100%"
    JX026 "identical-plans"            Note    "支出计划千篇一律" "every project has the same spending plan"
    JX027 "price-times-quantity"       Warning "单价乘数量与预算不符" "unit price by quantity does not fit the budget"
    JX030 "goal-repeats-purpose"       Warning "绩效目标照抄资金用途" "the goal repeats the purpose"
    JX031 "goal-without-measure"       Note    "绩效目标无可量化内容" "the goal holds nothing measurable"
    JX034 "repeated-word"              Warning "文字重复" "a word is repeated"
    JX035 "preferred-term"             Note    "规范用语" "a preferred term exists"
    JX037 "slogan-at-hundred-percent"  Warning "口号配百分之百" "a slogan is to reach 100%"
    JX038 "name-is-category"           Warning "指标名称就是类别名" "an indicator is named like a category"
    JX039 "benefit-states-cost"        Warning "效益指标写的是成本" "a benefit states a cost"
    JX040 "missing-category"          Error   "缺少必设一级指标"       "a compulsory category has no indicator"
    JX041 "category-under-wrong-parent" Error "二级指标挂错一级"       "a category stands under the wrong parent"
    JX042 "out-of-order"               Note    "指标顺序不合标准" "an indicator is out of order"
    JX043 "quantity-is-ratio"          Warning "数量指标是比率" "a quantity indicator is a ratio"
    JX044 "timeliness-without-time"    Warning "时效指标不涉及时间" "a timeliness indicator says nothing of time"
    JX045 "concept-filed-differently"  Warning "同类内容归类不一" "one concept is filed under different categories"
    JX046 "quality-is-completion"      Note    "质量指标是完成率" "a quality indicator measures completion"
    JX047 "duplicate-indicator"       Error   "三级指标重名"           "two indicators of a project share a name"
    JX048 "copied-indicator"           Note    "跨项目雷同指标" "an indicator is the same in several projects"
    JX049 "project-copied"             Note    "照抄别的部门" "a project says what one of another department says"
    JX050 "benefit-repeats-work"       Warning "效益指标只复述履职" "a benefit says that work goes on"
    JX051 "no-measured-benefit"        Note    "无定量效益指标" "no benefit is measured"
    JX052 "slogan-name"                Warning "指标名称是口号" "the name is a slogan"
    JX053 "generic-name"               Note    "指标名称空泛" "the name is generic"
    JX054 "description-repeats-name"   Note    "描述照抄名称" "the description repeats the name"
    JX056 "near-miss-wording"          Warning "疑似错字" "two wordings differ by a slip"
    JX057 "redundant-word"             Note    "冗词" "a redundant word"
    JX058 "unit-in-text"               Note    "单位写进文字" "a unit stands in the text"
    JX059 "long-name"                  Note    "名称过长" "a name is too long"
    JX060 "unmeasurable-target"        Warning "指标值不可衡量" "the target cannot be measured"
    JX061 "target-repeats-name"        Warning "指标值照抄指标名称" "the target repeats the name"
    JX062 "target-repeats-description" Warning "指标值照抄描述" "the target repeats the description"
    JX063 "missing-comparator"         Warning "缺少比较符" "a comparator is missing"
    JX064 "at-least-the-bound"         Warning "有界比率写成≥上限" "at least the most that is possible"
    JX065 "category-word-as-unit"      Note    "单位是类别词" "a category word stands for a unit"
    JX066 "ratio-above-bound"         Error   "比率超出范围"           "a bounded ratio lies outside its bounds"
    JX067 "unit-contradicts-name"     Error   "单位与指标矛盾"         "a unit contradicts what the indicator measures"
    JX068 "suspicious-direction"       Warning "比较方向可疑" "the comparison looks reversed"
    JX069 "deadline-after-year"       Error   "时限晚于预算年度"       "a deadline lies after the fiscal year"
    JX070 "cost-not-quantified"        Warning "成本指标未量化" "a cost has no amount"
    JX071 "cost-above-budget"         Error   "成本超预算"             "a cost target exceeds the budget"
    JX072 "identical-satisfaction"     Note    "满意度取值一律" "all satisfaction targets are equal"
    JX073 "far-below-last-year"        Warning "目标远不如上年" "a target is far behind last year"
    JX074 "price-far-from-others"      Note    "单价远离别的部门" "a price is far from what other departments pay"
    JX075 "qualitative-without-scale"  Warning "定性指标无分级" "a qualitative target has no scale"
    JX076 "zero-target-scored-by-ratio" Warning "零目标不能按比例计分" "a zero target cannot be scored by ratio"
    JX077 "special-sign"               Note    "含特殊字符" "a special sign"
    JX078 "wording-contradicts-target" Warning "表述与指标值不符" "the wording contradicts the target"
    JX079 "name-contradicts-target"    Warning "名称里的数与指标值不符" "a number in the name contradicts the target"
    JX081 "basis-repeats-target"       Warning "依据照抄指标值" "the basis repeats the target"
    JX082 "basis-repeats-name"         Warning "依据照抄名称或描述" "the basis repeats the name or description"
    JX083 "vague-basis"                Note    "依据空泛" "the basis is vague"
    JX084 "basis-is-data-source"       Note    "依据是数据来源" "the basis is a data source"
    JX085 "few-bases"                  Note    "依据单一" "few different bases"
    JX086 "basis-without-kind"         Note    "依据未归入标准类别" "a basis names no kind"
    JX087 "hidden-sign"                Warning "含看不见的字符" "a sign that nobody sees"
    JX090 "weights-do-not-add-up"     Error   "权重不符"               "weights do not add up as the standard demands"
    JX091 "one-weight-takes-all"       Warning "一条指标占了大半权重" "one indicator carries most of the weight"
    JX092 "zero-target-without-scoring" Note   "零目标没有计分办法" "a zero target does not say how it is scored"
    JX093 "one-weight-dominates"       Warning "单一指标权重过大" "one indicator outweighs its category"
    JX094 "same-scoring"               Note    "计分办法千篇一律" "every indicator is scored in the same words"
    JX095 "quantitative-in-words"      Warning "定量指标没有数" "a quantitative indicator has no number"
    JX096 "exact-cost"                 Warning "成本写成等于" "a cost is to be exact"
    JX097 "cost-is-ratio"              Warning "成本是比率" "a cost is a ratio"
    JX098 "at-most-of-works"           Warning "建购数量写成≤" "at most so many are to be built or bought"
    JX100 "unresolved-reference"      Error   "引用未解析"             "a reference names no indicator"
    JX101 "sub-goal-unmeasurable"      Warning "分项指标不可衡量" "a sub-goal rests on a target that cannot be measured"
    JX102 "project-without-sub-goal"   Note    "项目未对应分项目标" "no sub-goal points at a project"
    JX103 "sub-goal-repeats-indicator" Note    "分项目标与三级指标同文" "a sub-goal has the words of an indicator"
    JX106 "stated-total-differs"       Warning "部门合计不符" "a stated total differs"
    JX110 "changed-after-approval"    Error   "批复后改目标"           "a target was changed after its approval"
    JX111 "missing-actual" Error "缺实际完成值" "an actual value is missing"
    JX112 "actual-of-other-kind"      Error   "完成值类型与指标值不符" "a value reached is of another kind than its target"
    JX113 "missed-without-reason" Warning "未完成而无原因" "a missed target without a reason"
    JX114 "score-above-weight" Error "得分大于分值" "more points than the weight"
    JX115 "score-differs-from-rule" Warning "得分与规则不符" "the points are not those of the rule"
    JX116 "overachievement-unexplained" Warning "超额过大未说明" "far above the target, unexplained"
    JX117 "no-budget-to-execute" Error "预算数为零" "there is no budget to execute"
    JX118 "stated-sum-differs" Error "总分不等于各项之和" "a stated total is not the sum of the points"
    JX119 "score-out-of-band" Error "定性得分超出区间" "points outside the band of words"
    JX120 "execution-above-budget" Warning "执行率超过100%" "more was spent than budgeted"
    JX121 "slow-spending" Warning "执行进度预警" "spending is behind its schedule"
    JX122 "monitoring-row-incomplete" Error "监控表缺项" "a monitored row lacks its judgement"
    JX123 "unapproved-adjustment"     Error   "调整缺批准"             "an adjustment lacks its document or reason"
    JX124 "adjusted-from-other"       Error   "调整的原值不符"         "an adjustment states another old value than the one in force"
    JX125 "adjustment-out-of-time"    Warning "调整日期不合"           "an adjustment before the approval or outside the year"
    JX126 "relaxed-after-warning" Warning "先亮灯后放宽" "a target relaxed after its light"
    JX127 "money-changed-alone" Note "钱变目标不变" "money moved, and no target"
    JX128 "budget-fitted-to-spending" Note "按执行数调预算" "the budget was adjusted to what was spent"
    JX129 "compared-actual"           Error   "完成值带比较符"         "a value reached carries a comparator"
    JX130 "actuals-copied" Note "完成值全照抄指标值" "every actual value is its target"
    JX131 "impossible-actual"         Error   "完成值超出单位范围"     "a value reached that its unit does not know"
    JX132 "cumulative-value-falls" Warning "完成值倒退" "a cumulative value falls"
    JX133 "goal-copied" Warning "完成情况照抄目标" "how the goal stands is the goal again"
    JX134 "dates-contradict" Error "日期矛盾" "dates contradict each other"
    JX135 "not-applicable-unexplained" Error  "不适用无理由"           "what is not applicable has no reason"
    JX136 "evidence-missing" Warning "佐证缺失" "evidence is missing"
    JX137 "sample-missing" Note "满意度无样本" "a satisfaction without a sample"
    JX138 "unresolved-fact"           Error   "完成值找不到指标"       "a line of the year names nothing that is there"
    JX139 "fact-stated-twice"         Error   "同一事实报了两次"       "a fact of one time is stated twice"
    JX140 "deviation-without-kind" Error "偏差未归类" "a deviation of no declared kind"
    JX141 "vague-reason" Note "原因空泛" "a vague reason"
    JX142 "reason-without-deviation" Note "有原因而无偏差" "a reason without a deviation"
    JX143 "reason-without-measure" Note "有原因而无改进措施" "a reason without a measure"
    JX144 "judged-score-missing" Error "须人工评分而未评" "points that a person must give are missing"
    JX145 "reached-but-deducted" Warning "达标却扣分无理由" "points taken off a target that was reached"
    JX146 "full-score-for-missed" Error "未达标而满分" "all points for a missed target"
    JX147 "stated-grade-differs" Error "等次与总分不符" "a stated grade is not that of the points"
    JX148 "score-weights-not-100" Error "分值合计不为100" "weights do not add up to 100"
    JX149 "decimals-of-scores-differ" Note "得分小数位不一" "scores of different decimals"
    JX150 "no-ratio-target" Warning "目标值不能按比例计分" "a target that gives no ratio"
    JX151 "all-full-scores" Note "各项目全部满分" "every project has all points"
    JX152 "score-without-money" Warning "得分与执行率失衡" "points out of step with the money"
    JX153 "fund-source-overspent" Error "来源超支" "a fund source was overspent"
    JX154 "execution-does-not-balance" Error "执行数与分项不平" "spending does not balance"
    JX155 "spending-falls" Error "执行数倒退" "spending falls between checkpoints"
    JX156 "low-execution-without-reason" Warning "执行率低而无原因" "low execution without a reason"
    JX157 "expected-out-of-pace" Note "全年预计不合进度" "what is expected does not fit the pace"
    JX158 "unplanned-fund-source" Warning "用了没有安排的来源" "money of a source that had none"
    JX159 "light-contradicts-judgement" Warning "灯与判断矛盾" "a judgement that contradicts the light"
    JX160 "sure-but-forecast-misses" Error "预计未达而称确定能" "sure, and the forecast misses"
    JX161 "report-missing" Warning "漏报" "a report is missing"
    JX162 "red-twice-without-rectification" Warning "连续红灯无整改" "red twice, and nothing is mended"
    JX163 "report-late" Note "报送过期" "a report came late"
    JX164 "department-and-project-differ" Warning "部门与项目同名不同值" "department and project state other values"
    JX165 "computed-differs" Warning "计算值与手填不符" "a reported value is not the computed one"
    JX166 "praise-for-poor" Warning "结论与等次矛盾" "a conclusion that contradicts the grade"
    JX167 "closing-cell-empty" Note "自评或评价缺内容" "a closing cell of the form is empty"
    JX168 "result-unused" Warning "结果未应用" "a poor result leads to nothing"
    JX169 "area-sum-differs" Error "区域汇总不等于各地之和" "an area is not the sum of its members"
    JX170 "levels-differ" Error "转移支付各级资金不平" "the money of a transfer payment by level does not balance"
    JX171 "period-below-year" Error "实施期累计小于本年完成" "less so far than in this year alone"
    JX172 "period-missed" Warning "末年未达实施期目标而无原因" "the target of the period missed without a reason"

    JX201 "unexpected-text"           Error   "此处内容无法识别"       "text that does not belong here"
    JX202 "missing-open-brace"        Error   "缺少左花括号"           "an opening brace is missing"
    JX203 "missing-close-brace"       Error   "缺少右花括号"           "a closing brace is missing"
    JX204 "stray-close-brace"         Error   "多余的右花括号"         "a closing brace closes nothing"
    JX205 "unclosed-text"             Error   "引号没有收尾"           "a text is not closed"
    JX206 "unclosed-text-block"       Error   "文本块没有收尾"         "a text block is not closed"
    JX207 "unknown-escape"            Error   "无法识别的转义"         "an escape that means nothing"
    JX208 "bad-number"                Error   "数字写错"               "a number is not written as one"
    JX209 "missing-value"             Error   "缺少内容"               "a value is missing"
    JX210 "missing-unit"              Error   "缺少计量单位"           "a number has no unit"
    JX211 "unknown-declaration"       Error   "未知的顶层声明"         "a declaration of no known kind"
    JX212 "bad-date"                  Error   "日期不存在"             "a date that is not in the calendar"
    JX213 "unresolved-conflict"       Error   "未解决的合并冲突"       "a conflict of a merge is not resolved"
    JX214 "other-form"                Error   "写法不对，意思清楚"     "clear, but not as the language writes it"

    JX301 "unknown-field"             Error   "未知字段"               "a field of no known name"
    JX302 "repeated-field"            Error   "字段重复"               "a field is stated twice"
    JX303 "unknown-standard"          Error   "未知标准"               "a standard of no known name"
    JX304 "unknown-unit"              Error   "未知计量单位"           "a unit that the standard does not declare"
    JX305 "unknown-category"          Error   "未知指标类别"           "a category that the standard does not declare"
    JX306 "ambiguous-category"        Error   "指标类别有歧义"         "a shortened category fits several"
    JX307 "unknown-fund-source"       Error   "未知资金来源"           "a fund source that the standard does not declare"
    JX308 "unknown-checkpoint"        Error   "未知支出节点"           "a checkpoint that the standard does not declare"
    JX309 "ambiguous-reference"       Error   "引用有歧义"             "a reference fits several indicators"
    JX310 "duplicate-declaration"     Error   "重复声明"               "two declarations share a name"
    JX312 "unknown-unit-of-account"   Error   "单位编码未声明"         "a unit code that the department does not list"
    JX313 "unknown-framework"         Error   "未知指标框架"             "a framework that the standard does not declare"

    JX401 "wrong-kind-of-value"       Error   "值的类型不符"           "a value of the wrong kind"
    JX403 "not-a-whole-number"        Error   "应为整数"               "a count is not a whole number"
    JX404 "reversed-range"            Error   "范围颠倒"               "a range ends below its start"
    JX405 "direction-contradicts"     Error   "方向与比较符矛盾"       "the direction contradicts the comparator"
    JX406 "grade-not-on-scale"        Error   "等级不在分级之内"       "a grade is not on its scale"
    JX407 "missing-baseline"          Error   "缺少上年值"             "a relative target has no value of last year"
    JX408 "units-disagree"            Error   "计量单位不一致"         "two values that belong together differ in unit"
    JX409 "missing-scale"             Error   "缺少分级"               "a grade without a scale"
    JX410 "number-too-long"           Error   "数字位数过多"           "a number has more digits than can be kept exactly"
    JX411 "method-does-not-fit"       Error   "计分方法不合目标"       "a method of scoring does not fit its target"

    JX501 "circular-standard"         Error   "标准循环扩展"           "standards extend each other in a circle"
    JX502 "bad-standard"              Error   "标准声明有误"           "a declaration in a standard cannot be used"
    JX503 "standard-not-in-force"     Warning "标准不在有效期"         "a standard is not in force in the stated year"
    JX504 "scale-with-hole"           Error   "分级有空档或重叠"       "a scale leaves values to none, or to two"
    JX505 "bounds-out-of-order"       Error   "界限次序不对"           "bounds are out of order"
    JX511 "unknown-setting"           Error   "未知配置项"             "a setting of no known name"
    JX512 "bad-setting"               Error   "配置有误"               "a setting that cannot be used"
    JX513 "bad-suppression"            Warning "允许注释有误" "a suppression cannot be used"
    JX514 "unused-suppression"         Warning "多余的允许注释" "a suppression excuses nothing"

    JX601 "unsupported-document"      Error   "不能直接导入的格式"     "a format that cannot be imported as it is"
    JX602 "damaged-document"          Error   "文件损坏，或不是所称的格式" "a file is damaged, or is not what its name says"
    JX603 "locked-document"           Error   "文件有密码"             "a file is locked with a password"
    JX604 "document-too-large"        Error   "文件超出上限"           "a document exceeds a limit"
    JX605 "left-over"                 Error   "有内容没有导入"         "a part of the document was not imported"
    JX606 "guessed"                   Note    "导入时的推断"           "something was guessed while importing"
    JX607 "partial-document"          Warning "文件不完整"             "a document came in part"
    JX608 "import-conflict"           Error   "导入与已有的内容冲突"   "a document and its folder say otherwise"
    JX609 "no-targets-found"          Error   "没有找到绩效目标"       "no targets were found in a document"
    JX610 "damaged-sign"              Warning "疑似损坏的比较符"       "a comparator looks damaged"
    JX611 "cannot-convert"            Error   "无法转换"               "a document cannot be converted"
    JX612 "stated-differs"            Warning "表上的数与算出的不一致"   "a figure of the form is not the computed one"
    JX613 "not-in-template"           Warning "模板里没有写上"         "something was not written into the template"
    JX614 "sign-without-glyph"        Warning "字体里没有的字"         "a sign that no font has"

    JX701 "not-a-repository"          Error   "不在 git 仓库里"        "no git repository"
    JX702 "unknown-revision"          Error   "没有这个版本"           "a revision of no known name"
    JX703 "unclear-versions"          Error   "看不出比较什么"         "what to compare is not clear"
    JX704 "no-git"                    Error   "不能运行 git"           "git cannot be run"
    JX705 "bad-approvals"             Error   "批准清单有误"           "a list of approvals that cannot be used"
    JX706 "git-failed"                Error   "git 出错"               "git failed"
    JX707 "unclear-subject"           Error   "看不出指哪个目标"       "which target is meant is not clear"
    JX713 "git-not-set-up"            Error   "git 没有设置好"         "git is not set up for these files"
    JX714 "cannot-roll-over"          Error   "不能结转到这一年"       "cannot roll over to that year"
    JX715 "code-not-renewed"          Warning "项目编码没有换年度"     "the year in a project code was not renewed"

    JX901 "file-too-large"            Error   "文件过大"               "a file is larger than the limit"
    JX902 "nesting-too-deep"          Error   "嵌套过深"               "blocks are nested deeper than the limit"
    JX903 "too-many-errors"           Note    "错误过多"               "more errors than are shown"
    JX904 "not-utf-8"                 Error   "不是 UTF-8 文本"        "a file is not UTF-8 text"
    JX905 "utf-16"                    Error   "文件是 UTF-16 编码"     "a file is UTF-16"
    JX906 "control-characters"        Error   "含有控制字符"           "a file holds control characters"
    JX907 "cannot-read"               Error   "无法读取"               "a file cannot be read"
    JX908 "nothing-to-check"          Error   "没有可检查的文件"       "there is nothing to check"
    JX909 "cannot-write"              Error   "无法写入"               "a file cannot be written"
    JX910 "unknown-code"              Error   "未知的规则代码"         "a rule of no known code"
    JX911 "wrong-command-line"        Error   "命令行有误"             "a command line that is not understood"
}

impl Severity {
    /// The word in machine output.
    pub fn id(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

impl Code {
    /// Whether a standard or the configuration may set its level: the rules of the field, not those of the language.
    pub fn has_level(self) -> bool {
        self.id() < "JX200" || matches!(self, Code::JX503 | Code::JX513 | Code::JX514)
    }

    /// The codes that a name on the command line means: a code, a slug, or the beginning of codes (`JX06`).
    pub fn matching(name: &str) -> Vec<Code> {
        let begins = |code: &&Code| code.id().get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
        let all = || Code::ALL.iter().filter(begins).copied().collect();
        Code::find(name).map_or_else(|| if name.len() < 2 { Vec::new() } else { all() }, |code| vec![code])
    }

    /// Whether it reports text that does not have the shape of the language.
    pub fn is_syntax(self) -> bool {
        self.id().starts_with("JX2")
    }

    /// The code with this id (`JX301`, in any case), slug (`unknown-field`) or title (`未知的属性`).
    pub fn find(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.names().hold(name))
    }

    /// The code that was meant beyond doubt by a name that none has.
    pub fn meant_by(name: &str) -> Option<Code> {
        names::only_meant(Code::ALL, name, Code::names)
    }
}
