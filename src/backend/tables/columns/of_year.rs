//! The columns of what happened in the year.

use super::{DEPARTMENT, FILE, LINE, PROJECT, REGION, SEQ, UNIT, YEAR, column, may};
use crate::backend::tables::ColumnType::{Day, Decimal, Share, Text, Truth, Whole};
use crate::backend::tables::{EngineTable, actuals, adjustments, scores};

pub(in crate::backend::tables) const ACTUALS: EngineTable = EngineTable {
    name: "actuals",
    label: "完成值",
    row: [
        "监控和自评报的一个数一行；指标序号为空的是支出",
        "a row a value that monitoring or self-evaluation reports; without an indicator_seq it is money spent",
    ],
    key: 7,
    rows: actuals::rows,
    columns: &[
        YEAR,
        REGION,
        DEPARTMENT,
        PROJECT,
        may(
            "indicator_seq",
            Whole,
            "指标序号",
            [
                "indicators 里的 seq，调整增加的接着往下数；空是支出",
                "the seq in indicators, counted on for those that an adjustment added; NULL for money spent",
            ],
        ),
        column(
            "period",
            Text,
            "时段",
            [
                "监控节点的日期，如 2025-06-30；自评是 year",
                "the day of the checkpoint, such as 2025-06-30; year for the self-evaluation",
            ],
        ),
        SEQ,
        column(
            "state",
            Text,
            "状态",
            [
                "quantity date yes_no grade attainment not_done pending not_applicable blank",
                "quantity date yes_no grade attainment not_done pending not_applicable blank",
            ],
        ),
        may(
            "actual",
            Decimal,
            "完成数",
            ["完成的数，以 unit 计；支出是元", "the value reached in unit; money in yuan"],
        ),
        UNIT,
        may(
            "base_value",
            Decimal,
            "基本单位数值",
            ["折合基本单位的数", "the number in the base unit of its dimension"],
        ),
        may("day", Day, "完成日期", ["时限目标完成的日期", "the day a deadline was met"]),
        column(
            "exact",
            Truth,
            "数值精确",
            ["假：有一个数放不进列里，该列为空", "false where a number does not fit: its column is NULL"],
        ),
        column("written", Text, "写法", ["照原文", "as written"]),
        may(
            "expected",
            Decimal,
            "全年预计",
            ["全年预计的数，以 unit 计", "what is expected at the end of the year, in unit"],
        ),
        may("likelihood", Text, "可能性", ["完成目标可能性", "whether the target will be reached"]),
        may(
            "deviation_kind",
            Text,
            "偏差类别",
            ["偏差原因的类别，有几条的是第一条", "the kind of the first cause of a deviation"],
        ),
        may("deviation", Text, "偏差原因", ["偏差原因，几条分行", "the causes of the deviation, a line each"]),
        may("measures", Text, "改进措施", ["改进措施，几条分行", "what is done about it, a line each"]),
        may(
            "light",
            Text,
            "灯",
            ["red yellow green blue grey；只有监控有", "red yellow green blue grey; of monitoring alone"],
        ),
        may("filed", Day, "填报日期", ["报送的日期", "when it was handed in"]),
        FILE,
        LINE,
    ],
};

pub(in crate::backend::tables) const ADJUSTMENTS: EngineTable = EngineTable {
    name: "adjustments",
    label: "调整表",
    row: [
        "调整的一行一行；按来源的资金另起一行",
        "a row a line of an adjustment; each fund source has a row of its own",
    ],
    key: 6,
    rows: adjustments::rows,
    columns: &[
        YEAR,
        REGION,
        DEPARTMENT,
        PROJECT,
        may(
            "indicator_seq",
            Whole,
            "指标序号",
            [
                "indicators 里的 seq，增加的接着往下数；空是项目本身",
                "the seq in indicators, counted on for those that are added; NULL for the project itself",
            ],
        ),
        SEQ,
        may("day", Day, "日期", ["调整的日期", "the day of the adjustment"]),
        may("document", Text, "文号", ["批准的文号", "the document that approves it"]),
        may("reason", Text, "理由", ["为什么调整", "why it was adjusted"]),
        column(
            "fact",
            Text,
            "调整事项",
            [
                "budget 预算 fund 来源 carry_over 结转 target 指标值 weight 权重 goal 目标 added_indicator 增加 withdrawn_indicator 撤销",
                "budget fund carry_over target weight goal added_indicator withdrawn_indicator",
            ],
        ),
        may("name", Text, "名称", ["资金来源或指标的名称", "the fund source or the indicator"]),
        may(
            "before",
            Decimal,
            "原数",
            [
                "原来的数：金额是元，指标值以写法里的单位计",
                "the old number: amounts in yuan, targets in the unit that is written",
            ],
        ),
        may("after", Decimal, "新数", ["新的数，同上", "the new number, likewise"]),
        may("before_written", Text, "原写法", ["原来的，照原文", "the old one as written"]),
        may("after_written", Text, "新写法", ["新的，照原文", "the new one as written"]),
        FILE,
        LINE,
    ],
};

pub(in crate::backend::tables) const SCORES: EngineTable = EngineTable {
    name: "scores",
    label: "得分表",
    row: [
        "自评的一项得分一行：预算执行、各指标、合计",
        "a row a score of the self-evaluation: execution, each indicator, the total",
    ],
    key: 7,
    rows: scores::rows,
    columns: &[
        YEAR,
        REGION,
        DEPARTMENT,
        PROJECT,
        may(
            "indicator_seq",
            Whole,
            "指标序号",
            ["indicators 里的 seq；空是执行和合计", "the seq in indicators; NULL for execution and the total"],
        ),
        column("part", Text, "项", ["execution 预算执行 indicator 指标 total 合计", "execution indicator total"]),
        column("period", Text, "时段", ["self_evaluation 自评 review 复核", "self_evaluation review"]),
        may(
            "score",
            Share,
            "得分",
            [
                "印出的得分，合计是各项之和；说不清时为空",
                "the points as printed, the total their sum; NULL where there are none",
            ],
        ),
        may("weight", Share, "分值", ["满分", "what all of it earns"]),
        may(
            "method",
            Text,
            "计分办法",
            [
                "ratio inverse linear both_ways between all_or_nothing steps tiers increment bands by_hand",
                "how it is scored",
            ],
        ),
        may(
            "rate",
            Share,
            "得分率",
            [
                "执行率或得分占分值，百分数，舍入一次",
                "the rate of execution, or the share of the weight, in percent, rounded once",
            ],
        ),
        may("grade", Text, "等次", ["合计的等次", "the grade of the total"]),
        may("name", Text, "指标", ["指标名称", "the name of the indicator"]),
    ],
};
