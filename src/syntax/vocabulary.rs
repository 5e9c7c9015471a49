//! The words of the language: which field stands in which block, and what it takes.
//!
//! One entry gives the check (unknown, repeated, wrong kind, did-you-mean), recovery after a missing brace, and the
//! field tables of `docs/language.md`. What a standard declares (categories, units, fund sources, checkpoints, extra
//! fields) is not here: it joins these words when the model is built.

/// A block of the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Block {
    Department,
    SubGoal,
    Project,
    Budget,
    Plan,
    Indicator,
    Standard,
    Unit,
    FundSource,
    Category,
    Subcategory,
    WeightScheme,
    FieldRule,
    CodeForm,
    IndicatorTable,
    RuleSource,
}

/// What the values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    Nothing,
    /// A text in quotes or a text block; a bare name where the text is one word.
    Text,
    Name,
    Path,
    WholeNumber,
    Number,
    Date,
    Amount,
    Target,
    Range,
    /// A code and, where wanted, a name.
    CodeAndName,
    /// A name, then a text.
    NameAndText,
    /// A kind of basis, where wanted, and a text.
    KindedText,
    /// A name, then names or texts.
    NameAndTexts,
    Names,
    Quantity,
    Labelled,
}

/// One entry of the vocabulary.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub block: Block,
    pub name: &'static str,
    pub english: &'static str,
    pub takes: Takes,
    pub inner: Option<Block>,
    pub repeats: bool,
    pub chinese_meaning: &'static str,
    pub english_meaning: &'static str,
}

/// Words that start a top-level declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Keyword {
    Department,
    Project,
    Standard,
}

pub const KEYWORDS: [(Keyword, &str, &str); 3] = [
    (Keyword::Department, "部门", "department"),
    (Keyword::Project, "项目", "project"),
    (Keyword::Standard, "标准", "standard"),
];

/// The word that starts an indicator, and a reference to one.
pub const INDICATOR: (&str, &str) = ("指标", "indicator");

/// The words that open a comment which excuses findings: `# 允许 JX061：理由`.
pub const EXCUSES: [&str; 2] = ["允许", "allow"];

/// The declaring keyword a line starts with.
pub fn keyword_at(content: &str) -> Option<Keyword> {
    if !matches!(content.as_bytes().first(), Some(0xE9 | 0xE6 | b'd' | b'p' | b's')) {
        return None;
    }
    let starts = |word: &str| content.strip_prefix(word).is_some_and(|rest| !rest.starts_with(is_name_sign));
    KEYWORDS.iter().find(|(_, name, english)| starts(name) || starts(english)).map(|&(keyword, ..)| keyword)
}

/// The signs of a bare name after its first.
pub fn is_name_sign(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '_' | '-' | '·' | '（' | '）' | '(' | ')')
}

/// Whether a text can be written as a bare name: a letter first, then letters, digits, `_ - · （ ）`. The grammar knows
/// fewer letters and digits than [`char::is_alphanumeric`]: `²` and `Ⅳ` are none.
pub fn is_bare_name(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphabetic)
        && text.chars().all(is_name_sign)
        && super::parse::is_word(text)
}

/// A text in straight quotes, with escapes where they are needed.
pub fn quoted(text: &str) -> String {
    use std::fmt::Write;
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for sign in text.chars() {
        match sign {
            '"' | '\\' => literal.extend(['\\', sign]),
            '\n' => literal.push_str("\\n"),
            '\t' => literal.push_str("\\t"),
            '\r' | '\u{FEFF}' => {
                let _ = write!(literal, "\\u{{{:X}}}", u32::from(sign));
            }
            _ => literal.push(sign),
        }
    }
    literal.push('"');
    literal
}

/// A name as the language writes it: bare where it can be, else in quotes.
pub fn written_name(name: &str) -> String {
    if is_bare_name(name) { name.to_owned() } else { quoted(name) }
}

/// The field a label names in a block, in either language.
pub fn field(block: Block, label: &str) -> Option<&'static Field> {
    fields_of(block).iter().find(|field| field.name == label || field.english == label)
}

/// The fields of a block, in the order of the table.
pub fn fields_of(block: Block) -> &'static [Field] {
    // Invariant: the table is in the order of `Block`.
    let start = FIELDS.partition_point(|field| field.block < block);
    let end = FIELDS.partition_point(|field| field.block <= block);
    &FIELDS[start..end]
}

impl Block {
    pub const ALL: [Block; 16] = [
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
            | Block::RuleSource => FIELDS
                .iter()
                .find(|field| field.inner == Some(self))
                .map_or(("", ""), |field| (field.name, field.english)),
        }
    }

    /// Whether labels in the block are names that a standard declares, not words of the language.
    pub fn has_free_labels(self) -> bool {
        matches!(self, Block::Budget | Block::Plan | Block::WeightScheme)
    }
}

macro_rules! fields {
    ($( $block:ident { $( $name:literal $english:literal $takes:ident $(-> $inner:ident)? $(* $repeats:tt)? , $zh:literal, $en:literal; )* } )*) => {
        /// Every field of the language.
        pub const FIELDS: &[Field] = &[$($( Field {
            block: Block::$block,
            name: $name,
            english: $english,
            takes: Takes::$takes,
            inner: fields!(@inner $($inner)?),
            repeats: fields!(@repeats $($repeats)?),
            chinese_meaning: $zh,
            english_meaning: $en,
        }, )*)*];
    };
    (@inner) => { None };
    (@inner $inner:ident) => { Some(Block::$inner) };
    (@repeats) => { false };
    (@repeats $repeats:tt) => { true };
}

fields! {
    Department {
        "年度" "year" WholeNumber, "预算年度", "the fiscal year";
        "标准" "standard" Name, "适用的标准；不写时用配置或缺省标准", "the standard that applies; else the configured or default one";
        "单位" "unit" CodeAndName * yes, "所属单位的编码和名称，可有多个", "a unit of account: code and name; may repeat";
        "总体目标" "overall_goal" Text, "部门总体绩效目标", "the overall goal of the department";
        "分项目标" "sub_goal" Text -> SubGoal * yes, "一条分项绩效目标和它所列的指标", "a sub-goal and the indicators it names";
        "保障措施" "safeguard" NameAndText * yes, "一条工作保障措施：名称和内容", "a safeguard: name and text";
    }
    SubGoal {
        "指标" "indicator" Path * yes, "项目.指标，或只写全部门唯一的指标名称", "project.indicator, or a name that only one project has";
    }
    Project {
        "单位" "unit" CodeAndName, "承担单位的编码", "the code of the unit of account";
        "预算" "budget" Amount -> Budget, "预算数；花括号内按资金来源列明", "the budget; in braces by fund source";
        "用途" "purpose" Text, "资金用途", "what the money is for";
        "支出计划" "spending_plan" Nothing -> Plan, "到各支出节点的累计支出比例", "the cumulative share spent by each checkpoint";
        "目标" "goal" Text, "项目绩效目标", "the goal of the project";
    }
    Indicator {
        "描述" "description" Text, "指标解释：算法、口径或衡量内容", "what is counted and how";
        "依据" "basis" KindedText, "指标值确定依据，可先写依据类别", "why the target is what it is; its kind may come first";
        "来源" "source" Text, "完成值的数据来源", "where the actual value will be found";
        "权重" "weight" Number, "权重（分值）", "the weight in points";
        "方向" "direction" Name, "正向 或 反向；不写时由比较符推定", "up or down; follows from the comparator";
        "上年" "last_year" Quantity, "上年实际值", "the value of last year";
        "计分" "scoring" Text, "计分办法", "how it is scored";
        "表述" "wording" Text, "正式表格中照此印出的文字", "what the official table prints instead";
        "实施期" "whole_period" Target, "整个实施期的目标值", "the target for the whole period";
    }
    Standard {
        "文号" "document" Text * yes, "所依据的文件", "a document the standard rests on";
        "生效" "in_force_from" Date, "开始适用的日期", "the first day it applies";
        "失效" "in_force_until" Date, "停止适用的日期", "the last day it applies";
        "缺省" "default" Nothing, "没有指明标准时使用", "used where no standard is named";
        "金额单位" "money_unit" Name, "印表时的金额单位", "the unit in which amounts are printed";
        "计量单位" "measure" Name -> Unit * yes, "一个计量单位", "a unit of measurement";
        "资金来源" "fund_source" Name -> FundSource * yes, "一种资金来源", "a fund source";
        "支出节点" "checkpoint" Labelled -> FundSource * yes, "支出计划的一个时间节点", "a checkpoint of the spending plan";
        "一级指标" "category" Name -> Category * yes, "一个一级指标及其二级指标", "a first-level category and its subcategories";
        "权重合计" "weight_total" Number, "一个项目的权重之和", "what the weights of a project add up to";
        "权重方案" "weight_scheme" Nothing -> WeightScheme * yes, "各一级指标的权重，按出现的一级指标选用", "weights of the categories, chosen by those present";
        "等级" "grades" Names, "定性指标的分级，由好到差", "the scale of qualitative targets, best first";
        "字段" "field" Path -> FieldRule * yes, "对字段的要求，或新增的字段", "a demand on a field, or an extra field";
        "项目编码" "project_code" Nothing -> CodeForm, "项目编码的组成", "the form of project codes";
        "指标表" "indicator_table" Nothing -> IndicatorTable, "印出的指标表有哪些列", "the columns of the printed indicator table";
        "标签" "label" NameAndText * yes, "表格中印出的文字", "a text printed in the tables";
        "词表" "words" NameAndTexts * yes, "规则使用的词语", "words that rules use";
        "读作" "read_as" NameAndTexts * yes, "导入时认得的写法：内容和它在各地表格里的说法", "what an import takes for a content: its spellings in the tables of many places";
        "名称长度" "name_length" WholeNumber, "三级指标名称的字数上限", "the signs an indicator's name should not exceed";
        "规则" "rule" Name -> RuleSource * yes, "一条规则的审核要求和出处", "what a rule serves, and the document behind it";
        "级别" "level" NameAndText * yes, "一条规则的严重程度：错误 警告 提示 关闭", "the severity of a rule: error warning note off";
        "出处" "cited_from" Text, "要求的出处", "the document behind it";
        "把握" "sureness" Name, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    Unit {
        "量纲" "dimension" Name, "比例 计数 金额 时长 长度 面积 体积 重量 能量 其他", "ratio count money duration length area volume mass energy other";
        "符号" "symbol" Text, "书写时用的符号", "the sign it is written with";
        "别名" "alias" Names, "其他写法", "other spellings";
        "印作" "printed_as" Text, "表格中印出的写法", "how the tables print it";
        "换算" "factor" Number, "折合基本单位的倍数", "how many base units it is";
        "范围" "bounds" Range, "允许的取值范围", "the values allowed";
        "整数" "whole" Nothing, "只能取整数", "whole numbers only";
        "出处" "cited_from" Text, "要求的出处", "the document behind it";
        "把握" "sureness" Name, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    FundSource {
        "标签" "label" Text, "表格中印出的写法", "how the tables print it";
        "出处" "cited_from" Text, "要求的出处", "the document behind it";
        "把握" "sureness" Name, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    Category {
        "必设" "compulsory" Nothing, "每个项目都要有这类指标", "every project must have such an indicator";
        "二级指标" "subcategory" Name -> Subcategory * yes, "一个二级指标", "a second-level category";
        "成本" "cost" Nothing, "属于成本指标", "a cost category";
        "衡量" "measures" Name, "数量 质量 时效 成本 效益 满意度", "quantity quality timeliness cost benefit satisfaction";
        "出处" "cited_from" Text, "要求的出处", "the document behind it";
        "把握" "sureness" Name, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    Subcategory {
        "成本" "cost" Nothing, "属于成本指标", "a cost category";
        "衡量" "measures" Name, "数量 质量 时效 成本 效益 满意度", "quantity quality timeliness cost benefit satisfaction";
        "出处" "cited_from" Text, "要求的出处", "the document behind it";
        "把握" "sureness" Name, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    WeightScheme {
        "出处" "cited_from" Text, "要求的出处", "the document behind it";
        "把握" "sureness" Name, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    FieldRule {
        "必填" "required" Nothing, "不能缺少", "must be there";
        "合计" "total" Nothing, "金额应等于各项目预算之和", "an amount that the budgets must add up to";
        "类型" "kind" Name, "文本 数值 金额 比例 日期 是否", "text number amount ratio date yes_no";
        "标签" "label" Text, "表格中印出的写法", "how the tables print it";
        "出处" "cited_from" Text, "要求的出处", "the document behind it";
        "把握" "sureness" Name, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    CodeForm {
        "段" "segment" Labelled * yes, "一段的名称和位数，由左到右", "a segment's name and length, from the left";
        "字母表" "alphabet" Text, "允许的字符，按值由小到大", "the signs allowed, by rising value";
        "校验权数" "check_base" WholeNumber, "校验位公式的权数", "the base of the check formula";
        "校验余数" "check_remainder" WholeNumber, "校验位公式的余数", "the remainder of the check formula";
        "出处" "cited_from" Text, "要求的出处", "the document behind it";
        "把握" "sureness" Name, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    IndicatorTable {
        "列" "column" NameAndText * yes, "一列的内容和表头", "a column's content and heading";
        "合并" "merged" Names, "相邻相同的单元格合并的列", "columns whose equal neighbours are merged";
        "出处" "cited_from" Text, "要求的出处", "the document behind it";
        "把握" "sureness" Name, "已核对 据文件 推断", "verified, from_document or inferred";
    }
    RuleSource {
        "审核" "criteria" Names, "完整性 相关性 适当性 可行性", "completeness relevance appropriateness feasibility";
        "出处" "cited_from" Text, "要求的出处", "the document behind it";
        "把握" "sureness" Name, "已核对 据文件 推断", "verified, from_document or inferred";
    }
}

/// The field of a block whose name a label most likely misspells.
pub fn similar_field(block: Block, label: &str) -> Option<&'static Field> {
    fields_of(block).iter().find(|field| is_near(label, field.name) || is_near(label, field.english))
}

/// Whether two words differ as a slip of the keyboard does: one sign for two to four, two for longer words.
pub fn is_near(written: &str, meant: &str) -> bool {
    let length = meant.chars().count().max(written.chars().count());
    let allowed = if length < 2 {
        0
    } else if length < 5 {
        1
    } else {
        2
    };
    written != meant && strsim::osa_distance(written, meant) <= allowed
}
