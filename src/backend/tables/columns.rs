//! The columns of every table. Keys come first; a new column is added at the end of its table.

pub(super) mod of_year;

use super::ColumnType::{Day, Decimal, Share, Text, Truth, Whole};
use super::{ColumnType, EngineColumn, EngineTable, extras, findings, goals, indicators, projects, rules};

const fn column(name: &'static str, kind: ColumnType, label: &'static str, meaning: [&'static str; 2]) -> EngineColumn {
    EngineColumn { name, kind, may_be_null: false, label, meaning }
}

const fn may(name: &'static str, kind: ColumnType, label: &'static str, meaning: [&'static str; 2]) -> EngineColumn {
    EngineColumn { name, kind, may_be_null: true, label, meaning }
}

pub(super) const YEAR: EngineColumn = column("year", Whole, "年度", ["预算年度", "the fiscal year"]);
pub(super) const REGION: EngineColumn = column(
    "region_code",
    Text,
    "区划",
    [
        "区划编码：取自项目编码或 --region，是文字，开头的零保留",
        "the region: from the codes of projects or --region; a text, zeros at its start stay",
    ],
);
pub(super) const DEPARTMENT: EngineColumn = column(
    "dept_key",
    Text,
    "部门键",
    [
        "部门的编码，没有编码时是名称；同键的第二个加 #2",
        "the department's code, else its name; the second with the same one has #2 behind it",
    ],
);
const PROJECT: EngineColumn = column(
    "project_key",
    Text,
    "项目键",
    [
        "项目的编码，没有编码时是名称；同键的第二个加 #2；部门整体是空文字",
        "the project's code, else its name; the second with the same one has #2 behind it; empty for the department as a whole",
    ],
);
pub(super) const SEQ: EngineColumn =
    column("seq", Whole, "序号", ["从 1 起，按原文的次序", "from 1, in the order of the text"]);
const OF_INDICATOR: EngineColumn = may(
    "indicator_seq",
    Whole,
    "指标序号",
    ["indicators 里的 seq；空是项目本身", "the seq in indicators; NULL for the project itself"],
);
pub(super) const FILE: EngineColumn = may(
    "file",
    Text,
    "文件",
    ["源文件，从各文件共同的文件夹算起", "the source file, counted from the folder that all files share"],
);
const LINE: EngineColumn = may("line", Whole, "行", ["源文件的行", "the line of the source file"]);
const UNIT: EngineColumn = may(
    "unit",
    Text,
    "单位",
    ["数的计量单位，照原文，连同万、亿", "the unit of the number as written, with its multiplier"],
);

pub(super) const DEPARTMENTS: EngineTable = EngineTable {
    name: "departments",
    label: "部门表",
    row: ["一个部门一行", "a row a department"],
    key: 3,
    rows: projects::departments,
    columns: &[
        YEAR,
        REGION,
        DEPARTMENT,
        may("code", Text, "编码", ["部门编码", "the code of the department"]),
        column("name", Text, "名称", ["部门名称", "the name of the department"]),
        column("standard", Text, "标准", ["适用的标准", "the standard that applies"]),
        may("overall_goal", Text, "总体目标", ["部门总体绩效目标", "the overall goal"]),
        may(
            "source_hash",
            Text,
            "源文件指纹",
            [
                "各源文件内容的 SHA-256，内容一样就一样",
                "the SHA-256 of what its source files hold: the same for the same texts",
            ],
        ),
        column("tool_version", Text, "编译器版本", ["jixiao 的版本", "the version of jixiao"]),
        may(
            "budget",
            Decimal,
            "整体预算",
            [
                "部门整体预算，元；不是各项目之和",
                "the budget of the whole department in yuan; not the sum of its projects",
            ],
        ),
        may("budget_written", Text, "整体预算写法", ["整体预算照原文", "the same as written"]),
    ],
};

pub(super) const PROJECTS: EngineTable = EngineTable {
    name: "projects",
    label: "项目表",
    row: ["一个项目一行；部门整体不在内", "a row a project; departments as a whole are none"],
    key: 4,
    rows: projects::projects,
    columns: &[
        YEAR,
        REGION,
        DEPARTMENT,
        PROJECT,
        may("code", Text, "编码", ["项目编码", "the code of the project"]),
        column("name", Text, "名称", ["项目名称", "the name of the project"]),
        may("unit_code", Text, "单位编码", ["承担单位的编码", "the code of the unit of account"]),
        may(
            "budget",
            Decimal,
            "预算",
            [
                "预算数，元；没有写，或放不进这一列时为空（看 budget_written）",
                "the budget in yuan; NULL where none is written or it does not fit (see budget_written)",
            ],
        ),
        may("budget_written", Text, "预算写法", ["预算数照原文", "the budget as written"]),
        may("purpose", Text, "用途", ["资金用途", "what the money is for"]),
        may("goal", Text, "目标", ["项目绩效目标", "the goal of the project"]),
        column("damaged", Truth, "有误", ["有一处没有读懂，不全", "part of it was not understood: it is not whole"]),
        may("unit_name", Text, "单位名称", ["承担单位的名称", "the name of the unit of account"]),
        FILE,
        LINE,
    ],
};

pub(super) const FUNDS: EngineTable = EngineTable {
    name: "funds",
    label: "资金",
    row: ["项目预算的一个资金来源一行", "a row a fund source of a project's budget"],
    key: 5,
    rows: projects::funds,
    columns: &[
        YEAR,
        REGION,
        DEPARTMENT,
        PROJECT,
        SEQ,
        column("source", Text, "资金来源", ["资金来源", "the fund source"]),
        may("amount", Decimal, "金额", ["元；留空的为空，不是零", "in yuan; a blank is NULL, never zero"]),
        may(
            "written",
            Text,
            "金额写法",
            ["金额照原文；留空时为空", "the amount as written; NULL where it is left blank"],
        ),
    ],
};

pub(super) const PLAN_POINTS: EngineTable = EngineTable {
    name: "plan_points",
    label: "支出计划",
    row: ["支出计划的一个节点一行", "a row a checkpoint of a spending plan"],
    key: 5,
    rows: projects::plan_points,
    columns: &[
        YEAR,
        REGION,
        DEPARTMENT,
        PROJECT,
        SEQ,
        column("label", Text, "节点", ["支出节点", "the checkpoint"]),
        may("due", Day, "日期", ["节点的日期", "its day"]),
        may(
            "share",
            Share,
            "累计比例",
            ["到这一天应支出的累计比例，百分数", "the share to be spent by then, in percent"],
        ),
        may(
            "amount_by",
            Decimal,
            "累计金额",
            [
                "到这一天应支出的金额，元；精确算出，只舍入一次",
                "the amount to be spent by then in yuan; exact, rounded once",
            ],
        ),
    ],
};

pub(super) const GOALS: EngineTable = EngineTable {
    name: "goals",
    label: "分项目标表",
    row: ["部门的一条分项目标一行", "a row a sub-goal of a department"],
    key: 4,
    rows: goals::goals,
    columns: &[
        YEAR,
        REGION,
        DEPARTMENT,
        column("goal_seq", Whole, "目标序号", ["从 1 起，按原文的次序", "from 1, in the order of the text"]),
        may("goal", Text, "分项目标", ["分项绩效目标", "the sub-goal"]),
    ],
};

pub(super) const GOAL_REFS: EngineTable = EngineTable {
    name: "goal_refs",
    label: "分项目标所列指标",
    row: ["分项目标所列的一条指标一行", "a row an indicator that a sub-goal names"],
    key: 5,
    rows: goals::goal_refs,
    columns: &[
        YEAR,
        REGION,
        DEPARTMENT,
        column("goal_seq", Whole, "目标序号", ["goals 里的 goal_seq", "the goal_seq in goals"]),
        SEQ,
        may(
            "project_key",
            Text,
            "项目键",
            ["所指的项目；没有这样的指标时为空", "the project that is meant; NULL where there is no such indicator"],
        ),
        may(
            "indicator_seq",
            Whole,
            "指标序号",
            ["所指的指标在 indicators 里的 seq", "the seq in indicators of the one that is meant"],
        ),
        column("written", Text, "写法", ["照原文：项目.指标", "as written: project.indicator"]),
    ],
};

pub(super) const INDICATORS: EngineTable = EngineTable {
    name: "indicators",
    label: "指标表",
    row: [
        "批复的一条指标一行；部门整体的指标 project_key 为空文字",
        "a row an approved indicator; those of a department as a whole have an empty project_key",
    ],
    key: 5,
    rows: indicators::rows,
    columns: &[
        YEAR,
        REGION,
        DEPARTMENT,
        PROJECT,
        SEQ,
        column(
            "category",
            Text,
            "一级指标",
            ["不带“指标”二字，如 产出", "the first level, without the word for indicator"],
        ),
        column(
            "subcategory",
            Text,
            "二级指标",
            ["不带“指标”二字，如 数量；没有二级的是空文字", "the second level, likewise; empty where there is none"],
        ),
        column("name", Text, "三级指标", ["三级指标的名称", "the name of the indicator"]),
        column(
            "name_key",
            Text,
            "名称键",
            [
                "名称去掉数字、符号和空白，全角并作半角：比较用",
                "the name without figures, signs and blanks, widths folded: for comparing",
            ],
        ),
        column(
            "kind",
            Text,
            "种类",
            [
                "quantity 数量 range 区间 deadline 时限 money 随预算 last_year 随上年 yes_no 是否 grade 等级 words 文字",
                "quantity range deadline money last_year yes_no grade words",
            ],
        ),
        may(
            "comparator",
            Text,
            "比较符",
            [
                "at_least ≥ at_most ≤ above > below < equal =；没有写时为空",
                "at_least at_most above below equal; NULL where none is written",
            ],
        ),
        may(
            "value",
            Decimal,
            "数值",
            [
                "目标的数，以 unit 计；随预算、随上年的是算出的数",
                "the number of the target in unit; for money and last_year what it comes to",
            ],
        ),
        may("low", Decimal, "下限", ["区间的下限，以 unit 计", "the lower end of a range in unit"]),
        may("high", Decimal, "上限", ["区间的上限，以 unit 计", "the upper end of a range in unit"]),
        UNIT,
        may(
            "dimension",
            Text,
            "量纲",
            [
                "ratio count money duration length area volume mass energy other；复合单位为空",
                "the dimension of the unit; NULL for compound units",
            ],
        ),
        may(
            "base_value",
            Decimal,
            "基本单位数值",
            ["折合基本单位的数", "the number in the base unit of its dimension"],
        ),
        may("base_unit", Text, "基本单位", ["基本单位", "that unit"]),
        may("decimals", Whole, "小数位", ["原文写了几位小数", "how many decimals are written"]),
        column(
            "exact",
            Truth,
            "数值精确",
            [
                "假：有一个数放不进列里（多于 4 位小数或 18 位数字），该列为空，看 written",
                "false where a number does not fit (more than 4 decimals or 18 digits): its column is NULL, see written",
            ],
        ),
        column("written", Text, "目标写法", ["目标值照源文件的写法", "the target as a source text has it"]),
        may("description", Text, "描述", ["指标解释", "what is counted and how"]),
        may("basis_kind", Text, "依据类别", ["指标值确定依据的类别", "the kind of the basis"]),
        may("basis", Text, "依据", ["指标值确定依据", "why the target is what it is"]),
        may("source", Text, "来源", ["完成值的数据来源", "where the actual value will be found"]),
        may("weight", Share, "权重", ["分值", "the weight in points"]),
        may(
            "direction",
            Text,
            "方向",
            [
                "up 正向 down 反向；没有写时由比较符推定",
                "up or down; follows from the comparator where it is not stated",
            ],
        ),
        may(
            "last_year",
            Decimal,
            "上年",
            ["上年实际值，以 last_year_unit 计", "the value of last year in last_year_unit"],
        ),
        column(
            "measurable",
            Truth,
            "可衡量",
            ["不是文字，达到没有可以判定", "no words: whether it is reached can be told"],
        ),
        may(
            "role",
            Text,
            "衡量",
            [
                "quantity quality timeliness cost benefit satisfaction，标准写明类别衡量什么；各地名称不同时用它",
                "what its category measures, as the standard says: compare places by it",
            ],
        ),
        may("deadline", Day, "时限", ["时限目标的日期", "the day of a deadline"]),
        may("last_year_unit", Text, "上年单位", ["上年实际值的单位", "the unit of last_year"]),
        FILE,
        LINE,
    ],
};

pub(super) const EXTRAS: EngineTable = EngineTable {
    name: "extras",
    label: "其他字段",
    row: [
        "没有列的字段一个一行：标准另加的、少用的、部门的保障措施和单位",
        "a row a field without a column: those that a standard adds, rare ones, safeguards and units of departments",
    ],
    key: 6,
    rows: extras::rows,
    columns: &[
        YEAR,
        REGION,
        DEPARTMENT,
        PROJECT,
        OF_INDICATOR,
        SEQ,
        column(
            "name",
            Text,
            "字段",
            [
                "字段的名称；保障措施、单位、资金来源是它们的名称或编码",
                "the name of the field, or of the safeguard, unit or fund source",
            ],
        ),
        column(
            "type",
            Text,
            "类型",
            [
                "text number quantity amount ratio date period yes_no target safeguard unit fund investment",
                "text number quantity amount ratio date period yes_no target safeguard unit fund investment",
            ],
        ),
        column("text", Text, "内容", ["照原文", "as written"]),
        may("number", Decimal, "数", ["数；金额是元", "the number; amounts are in yuan"]),
    ],
};

pub(super) const FINDINGS: EngineTable = EngineTable {
    name: "findings",
    label: "检查发现",
    row: ["检查发现一处一行；有理由放过的不在内", "a row a finding; those that a comment excuses are none"],
    key: 6,
    rows: findings::rows,
    columns: &[
        YEAR,
        REGION,
        DEPARTMENT,
        may(
            "project_key",
            Text,
            "项目键",
            ["关于哪个项目；空是部门本身", "the project it is about; NULL for the department itself"],
        ),
        OF_INDICATOR,
        SEQ,
        column("code", Text, "规则", ["规则的编号，见 rules", "the code of the rule, see rules"]),
        column("level", Text, "级别", ["error warning note", "error warning note"]),
        FILE,
        LINE,
        may("col", Whole, "列", ["第几个字", "the column, in signs"]),
        may("subject", Text, "对象", ["项目、指标或部门的名称", "the name of the indicator, project or department"]),
    ],
};

pub(super) const RULES: EngineTable = EngineTable {
    name: "rules",
    label: "规则表",
    row: ["一条规则一行", "a row a rule"],
    key: 3,
    rows: rules::rows,
    columns: &[
        YEAR,
        REGION,
        column("code", Text, "规则", ["规则的编号", "the code"]),
        column("name_zh", Text, "中文名称", ["中文名称", "the name in Chinese"]),
        column("name_en", Text, "英文名称", ["英文名称", "the name in English"]),
        may("criterion", Text, "审核要求", ["服务于哪项审核要求", "the review criterion that it serves"]),
        may("help_zh", Text, "中文改法", ["怎么改", "how to mend it, in Chinese"]),
        may("help_en", Text, "英文改法", ["英文的怎么改", "how to mend it, in English"]),
        may("document", Text, "出处", ["要求的出处", "the document behind it"]),
    ],
};
