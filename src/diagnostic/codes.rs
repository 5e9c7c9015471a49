//! The registry of codes. A code is never renumbered and never reused.
//!
//! To add one: a line here and the page `docs/explain/JX….md`, whose failing and mended examples are its first test.

/// How bad a finding is. The order is the order of weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
    Note,
}

macro_rules! codes {
    ($( $id:ident $slug:literal $severity:ident $chinese:literal $english:literal )*) => {
        /// A finding's stable name. Its number says the field: 0xx–10x targets, 2xx syntax, 3xx names, 4xx types and
        /// units, 5xx standards and configuration, 9xx limits and files.
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
                match self { $( Code::$id => super::Text::new($chinese, $english), )* }
            }

            /// The page that explains it, as Markdown in both languages.
            pub fn explanation(self) -> &'static str {
                match self {
                    $( Code::$id => include_str!(concat!("../../docs/explain/", stringify!($id), ".md")), )*
                }
            }
        }
    };
}

codes! {
    JX001 "missing-required"          Error   "必填项缺失"             "a required part is missing"
    JX003 "missing-year"              Warning "未写预算年度"           "no fiscal year is stated"
    JX004 "money-unit"                Error   "金额单位未写或混用"     "a money unit is missing or mixed"
    JX005 "placeholder-left"          Error   "残留占位符或填表提示"   "a placeholder or form hint was left in"
    JX010 "project-code-format"       Error   "项目编码格式不符"       "a project code does not have the standard's form"
    JX011 "project-code-check-sign"   Warning "项目编码校验位不符"     "the check sign of a project code does not fit"
    JX012 "project-code-contradicts"  Warning "项目编码与文档不一致"   "a project code contradicts the document"
    JX013 "duplicate-project"         Error   "项目重复"               "two projects share a code or a name"
    JX020 "money-does-not-balance"    Error   "金额合计不平"           "parts do not add up to their total"
    JX025 "plan-not-rising"           Error   "支出计划不递增或不到100%" "a spending plan falls or does not end at 100%"
    JX040 "missing-category"          Error   "缺少必设一级指标"       "a compulsory category has no indicator"
    JX041 "category-under-wrong-parent" Error "二级指标挂错一级"       "a category stands under the wrong parent"
    JX047 "duplicate-indicator"       Error   "三级指标重名"           "two indicators of a project share a name"
    JX066 "ratio-above-bound"         Error   "比率超出范围"           "a bounded ratio lies outside its bounds"
    JX067 "unit-contradicts-name"     Error   "单位与指标矛盾"         "a unit contradicts what the indicator measures"
    JX069 "deadline-after-year"       Error   "时限晚于预算年度"       "a deadline lies after the fiscal year"
    JX071 "cost-above-budget"         Error   "成本超预算"             "a cost target exceeds the budget"
    JX090 "weights-do-not-add-up"     Error   "权重不符"               "weights do not add up as the standard demands"
    JX100 "unresolved-reference"      Error   "引用未解析"             "a reference names no indicator"

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

    JX401 "wrong-kind-of-value"       Error   "值的类型不符"           "a value of the wrong kind"
    JX403 "not-a-whole-number"        Error   "应为整数"               "a count is not a whole number"
    JX404 "reversed-range"            Error   "范围颠倒"               "a range ends below its start"
    JX405 "direction-contradicts"     Error   "方向与比较符矛盾"       "the direction contradicts the comparator"
    JX406 "grade-not-on-scale"        Error   "等级不在分级之内"       "a grade is not on its scale"
    JX407 "missing-baseline"          Error   "缺少上年值"             "a relative target has no value of last year"
    JX408 "units-disagree"            Error   "计量单位不一致"         "two values that belong together differ in unit"
    JX409 "missing-scale"             Error   "缺少分级"               "a grade without a scale"
    JX410 "number-too-long"           Error   "数字位数过多"           "a number has more digits than can be kept exactly"

    JX501 "circular-standard"         Error   "标准循环扩展"           "standards extend each other in a circle"
    JX502 "bad-standard"              Error   "标准声明有误"           "a declaration in a standard cannot be used"
    JX503 "standard-not-in-force"     Warning "标准不在有效期"         "a standard is not in force in the stated year"
    JX511 "unknown-setting"           Error   "未知配置项"             "a setting of no known name"
    JX512 "bad-setting"               Error   "配置有误"               "a setting that cannot be used"

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
        self.id() < "JX200" || self == Code::JX503
    }

    /// Whether it reports text that does not have the shape of the language.
    pub fn is_syntax(self) -> bool {
        self.id().starts_with("JX2")
    }

    /// The code with this id (`JX301`, in any case) or slug (`unknown-field`).
    pub fn find(name: &str) -> Option<Code> {
        let same = |code: &&Code| code.id().eq_ignore_ascii_case(name) || code.slug() == name;
        Code::ALL.iter().find(same).copied()
    }
}
