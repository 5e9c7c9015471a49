// 绩效 for editors: the shapes of grammar/*.pest as an incremental parser.
//
// Which fields, categories, units and fund sources exist is not told here: a grammar for editors knows them by shape.
// tests/tree_sitter.rs compares this grammar with the compiler's over every example, standard and case, and makes
// src/parser.c from it.

const BLANK = "[ \\t\\u{3000}\\u{A0}\\u{FEFF}]";
const DIGIT = "[0-9０-９]";
const MINUS = "[-－−]";
const LETTER = "\\p{L}";
const NAME = `${LETTER}[${LETTER}\\p{Nd}_\\-·（）()]*`;
const UNIT_SIGN = `${LETTER}%％‰·\\p{So}\\p{No}`;
const UNIT_PART = `[${UNIT_SIGN}][${UNIT_SIGN}0-9０-９（）()]*`;
const PER = `([/／]${DIGIT}*${UNIT_PART})`;
const QUOTES = '("""|“““|”””|＂＂＂)';
const NEWLINE = "(\\r\\n?|\\n)";

const pattern = (...parts) => new RegExp(parts.join(""), "u");

/** A word of the language in Chinese and in English. */
const keyword = (chinese, english) => choice(chinese, english);

/** Statements, each ended by its line, a semicolon or the closing brace. */
const block = ($, statement) =>
  seq(
    field("open", choice("{", "｛")),
    repeat(choice(seq(statement, $._end), $._end)),
    optional(statement),
    field("close", choice("}", "｝")),
  );

/** A text in one kind of quotes. What stands in it comes before a comment: `"#REF!"`. */
const quoted = ($, open, inside, close) =>
  seq(open, repeat(choice(token.immediate(prec(1, inside)), $.escape)), token.immediate(close));

module.exports = grammar({
  name: "jixiao",

  word: ($) => $.name,

  extras: ($) => [pattern(BLANK), $.comment],

  // `定性 优 { 优 良 } ` and `定性 优 { 依据 甲 }` part only after the brace.
  conflicts: ($) => [[$.qualitative]],

  rules: {
    source_file: ($) => repeat(choice($._end, $.department, $.project, $.standard, $.occasion)),

    _end: (_) => token(choice(pattern(NEWLINE), ";", "；")),
    comment: (_) => token(seq(choice("#", "＃"), /[^\r\n]*/)),

    // 部门 434 玉田县人民政府办公室 { … }
    department: ($) =>
      seq(field("keyword", alias(keyword("部门", "department"), $.keyword)), $._code_and_name, field("body", $.block)),

    // 项目 13022925P00JXC4198951 政府业务费 { … }
    project: ($) =>
      seq(
        field("keyword", alias(keyword("项目", "project"), $.keyword)),
        $._code_and_name,
        field("body", alias($.project_block, $.block)),
      ),

    // 标准 我县 "说明" 扩展 河北2025 { … }
    standard: ($) =>
      seq(
        field("keyword", alias(keyword("标准", "standard"), $.keyword)),
        optional($._colon),
        field("name", $._name),
        optional(field("title", $.string)),
        optional(
          seq(
            field("keyword", alias(keyword("扩展", "extends"), $.keyword)),
            optional($._colon),
            field("base", $._name),
          ),
        ),
        field("body", $.block),
      ),

    // 监控 6月底 { … } · 调整 2025-09-10 "文号" { … }
    occasion: ($) =>
      seq(
        field(
          "keyword",
          alias(
            choice(
              keyword("批复", "approval"),
              keyword("调整", "adjustment"),
              keyword("监控", "monitoring"),
              keyword("自评", "self_evaluation"),
              keyword("复核", "review"),
              keyword("评价", "evaluation"),
              keyword("区域", "area"),
            ),
            $.keyword,
          ),
        ),
        optional($._colon),
        optional($._values),
        field("body", $.block),
      ),

    _code_and_name: ($) =>
      seq(
        optional($._colon),
        optional(field("code", choice($.code, alias($.name, $.code)))),
        field("name", $._name),
      ),

    block: ($) => block($, choice($.field, $.account)),
    project_block: ($) => block($, choice(alias($.project_field, $.field), $.account, $.indicator)),

    // 指标 数量 会议服务保障率 ≥ 90% { … }
    indicator: ($) =>
      seq(
        field("keyword", alias(keyword("指标", "indicator"), $.keyword)),
        optional($._colon),
        field("category", $.path),
        optional($._colon),
        field("name", $._name),
        optional(choice($._comma, $._colon)),
        field("target", $.target),
        optional(field("body", $.block)),
      ),

    target: ($) =>
      choice(
        $.qualitative,
        $.yes_or_no,
        seq(field("comparator", $.comparator), choice($._constant, $._symbolic)),
        $._constant,
      ),

    // 定性 "提升社会稳定水平" · 定性 优 { 优 良 中 差 }
    qualitative: ($) =>
      seq(
        alias(keyword("定性", "qualitative"), $.keyword),
        optional($._colon),
        choice($.string, $.text_block, seq(field("grade", alias($.name, $.grade)), optional($.scale))),
      ),
    scale: ($) =>
      prec.dynamic(
        1,
        seq(
          choice("{", "｛"),
          alias($.name, $.grade),
          repeat1(seq(optional($._comma), alias($.name, $.grade))),
          choice("}", "｝"),
        ),
      ),

    yes_or_no: (_) => choice(keyword("是", "yes"), keyword("否", "no")),

    // 90% · 90 .. 95% · 10月底
    _constant: ($) => choice($.quantity, $.range, $.date),
    range: ($) => seq($.quantity, $.range_sign, $.quantity),
    quantity: ($) => prec.right(seq($.number, optional($._measure))),
    _measure: ($) => prec.right(choice($.unit, seq($.multiplier, optional($.unit)))),

    // 预算 × 95% · 上年 + 2%
    _symbolic: ($) => seq(field("symbol", alias($.name, $.symbol)), optional(seq($._operator, $.quantity))),
    _operator: ($) => choice($.times, $.plus),

    // 依据 计划标准 "年度工作计划" · 预算 20 万元 { … } · 3月底 25% · 实施期 定性 优 { 优 良 中 差 }
    field: ($) =>
      seq(
        field("label", $._label),
        optional($._colon),
        optional(choice($._values, $.qualitative, seq($._values, $.qualitative))),
        optional(field("body", $.block)),
      ),
    // A field of a project compares nothing: `数量 宣传场次 ≥ 6 次` lost its keyword, and is no field.
    project_field: ($) =>
      seq(
        field("label", $._label),
        optional($._colon),
        optional(choice($._plain_values, $.qualitative, seq($._plain_values, $.qualitative))),
        optional(field("body", $.block)),
      ),
    // 单位 434001 玉田县人民政府办公室本级: a code, not a quantity
    account: ($) =>
      seq(
        field("label", alias(keyword("单位", "unit"), $.label)),
        optional($._colon),
        optional(seq(field("code", choice($.code, alias($.name, $.code))), optional($._comma), optional($._values))),
        optional(field("body", $.block)),
      ),
    _label: ($) => choice($.name, $.string, $.date),

    _values: ($) => seq($._value, repeat(seq(optional($._comma), $._value))),
    _value: ($) => choice($._plain_value, $.comparator),
    _plain_values: ($) => seq($._plain_value, repeat(seq(optional($._comma), $._plain_value))),
    _plain_value: ($) =>
      choice(
        $.text_block,
        prec(1, $.string),
        $.quantity,
        $.path,
        alias($.lone_unit, $.unit),
        $.date,
        $.range_sign,
        $.times,
        $.plus,
        $.becomes,
      ),

    // 产出指标.数量指标 · "甲.乙项目".指标名
    path: ($) =>
      seq(
        $._name,
        repeat(
          seq(
            token.immediate(choice(".", "．")),
            choice(alias(token.immediate(pattern(NAME)), $.name), alias($.next_string, $.string)),
          ),
        ),
      ),
    _name: ($) => choice($.name, $.string),
    name: (_) => pattern(NAME),
    // Starts with a digit or an ASCII letter and runs to the next blank.
    code: (_) => pattern(`[0-9０-９A-Za-z][^\\r\\n{｛"“”＂ \\t\\u{3000}\\u{A0}\\u{FEFF}]*`),

    string: ($) =>
      choice(
        quoted($, '"', /[^"\\\r\n]+/, '"'),
        quoted($, "“", /[^”\\\r\n]+/, "”"),
        quoted($, "＂", /[^＂\\\r\n]+/, "＂"),
      ),
    next_string: ($) =>
      choice(
        quoted($, token.immediate('"'), /[^"\\\r\n]+/, '"'),
        quoted($, token.immediate("“"), /[^”\\\r\n]+/, "”"),
        quoted($, token.immediate("＂"), /[^＂\\\r\n]+/, "＂"),
      ),
    escape: (_) => token.immediate(/\\(u\{[0-9A-Fa-f]+\}|[^\r\n])/),

    // Opens at the end of a line, closes at the first line that starts with three quotes.
    text_block: ($) =>
      seq(
        alias(token(pattern(QUOTES, BLANK, "*", NEWLINE)), $.quotes),
        repeat(alias(token.immediate(prec(1, pattern(`("{0,2}[^"\\r\\n])*"{0,2}`, NEWLINE))), $.line)),
        alias(token.immediate(prec(2, pattern(BLANK, "*", QUOTES))), $.quotes),
      ),

    number: (_) => pattern(`([-+＋－−])?${DIGIT}+(_${DIGIT}+|[,，]${DIGIT}{3})*([.．]${DIGIT}+)?`),
    // Before `unit`: of two that match as much, the first one counts.
    multiplier: (_) => token(prec(1, choice("万亿", "亿", "万"))),
    unit: (_) => token(prec(1, pattern(UNIT_PART, PER, "*"))),
    // A unit that no number stands before: % · 元/株
    lone_unit: (_) => token(choice(pattern(UNIT_PART, PER, "+"), pattern("[%％‰·\\p{So}\\p{No}]"))),
    date: (_) =>
      token(
        choice(
          pattern(`${DIGIT}{4}${MINUS}${DIGIT}{1,2}${MINUS}${DIGIT}{1,2}`),
          pattern(`${DIGIT}{4}年${DIGIT}{1,2}月(${DIGIT}{1,2}[日号]|[底末])`),
          pattern(`${DIGIT}{4}年[底末]`),
          pattern(`${DIGIT}{1,2}月(${DIGIT}{1,2}[日号]|[底末])`),
        ),
      ),

    comparator: (_) =>
      token(choice(/[≥≧⩾≤≦⩽]/, /[>＞<＜][=＝]?/, "=", "==", "＝", "═")),
    range_sign: (_) => token(choice("..", "．．", "～", "~")),
    times: (_) => token(choice("×", "*", "＊")),
    // 199000 元 → 180000 元
    becomes: (_) => token(choice("→", pattern("[-－][>＞]"))),
    plus: (_) => token(choice("+", "＋", pattern(MINUS))),
    _colon: (_) => token(choice(":", "：")),
    _comma: (_) => token(choice(",", "，", "、")),
  },
});
