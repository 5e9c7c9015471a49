//! What an editor shows.

use super::{Argument, Language, Text, Wording};

texts! {
    more_findings_in_file(count) "这个文件还有 {count} 处没有列出；jixiao check 列出全部" "{count} more findings in this file are not shown; jixiao check lists them all"
    message_not_understood() "有一条消息看不懂，已跳过" "a message could not be understood and was passed over"
    document_not_open() "文档没有打开" "the document is not open"
    parameters_not_understood() "参数不合协议" "the parameters are not what the protocol says"
    request_failed() "这项请求没能回答" "the request could not be answered"
    references_count(count) "{count} 处引用" "{count} references"

    // Completion
    excuse_comment() "允许一处发现，要写明代码和理由" "excuses a finding: its code and the reason"
    format_off_comment() "从这里起不整理" "not formatted from here on"
    format_on_comment() "从这里起又整理" "formatted again from here on"
    meaning_department() "一个部门：年度、标准、单位、总体目标、分项目标" "a department: year, standard, units of account, goals"
    meaning_project() "一个项目：预算、支出计划、目标、指标" "a project: budget, spending plan, goal, indicators"
    meaning_standard() "一套标准：指标体系、单位、资金来源、表式" "a standard: categories, units, fund sources, forms"
    meaning_indicator() "一条指标：类别、名称、目标值" "an indicator: category, name, target"
    required_here() "必填" "required"
    field_of_standard(standard) "标准 {standard} 增加的字段" "a field that the standard {standard} adds"
    fund_source_of(standard) "标准 {standard} 的资金来源" "a fund source of the standard {standard}"
    checkpoint_of(standard) "标准 {standard} 的支出节点" "a checkpoint of the standard {standard}"
    first_level_of(standard) "标准 {standard} 的一级指标" "a first-level category of the standard {standard}"
    category_missing_here() "必设，本项目还没有" "compulsory, and this project has none yet"
    in_project(name) "见项目 {name}" "as in the project {name}"
    basis_kind() "依据类别" "a kind of basis"
    symbol_budget() "项目自己的预算数：预算改了，目标跟着变" "the budget of the project: the target moves with it"
    symbol_last_year() "上年实际值，写在花括号里的 `上年`" "the value of last year, stated as `last_year` in the braces"
    a_deadline() "时限" "a deadline"
    more_than_last_year() "比上年多" "more than last year"
    less_than_last_year() "比上年少" "less than last year"
    share_of_last_year() "上年的百分之几" "a share of last year's value"
    share_of_money() "这笔钱的百分之几" "a share of the amount"
    at_least() "不少于，越大越好" "at least: more is better"
    at_most() "不超过，越小越好" "at most: less is better"
    above() "大于" "more than"
    below() "小于" "less than"
    equal() "等于" "exactly"
    words_only() "只有文字，照原文印出" "words only, printed as written"
    a_grade() "分级里的一级" "a grade on a scale"
}

texts! {
    // Hover
    hover_account(code, name, department) "**{code}** {name} — 部门 {department} 的单位" "**{code}** {name} — a unit of account of {department}"
    hover_fund_source() "资金来源" "a fund source"
    hover_checkpoint() "支出计划的时间节点" "a checkpoint of the spending plan"
    hover_extra_field() "标准增加的字段" "a field that the standard adds"
    hover_department(count, amount, unit) "{count} 个项目，预算合计 {amount} {unit}" "{count} projects, {amount} {unit} in all"
    hover_follows(standard) "适用标准 {standard}" "follows the standard {standard}"
    hover_indicator_count(count) "{count} 条指标" "{count} indicators"
    hover_no_budget() "没有写预算" "no budget is stated"
    hover_budget(amount, unit) "预算 {amount} {unit}" "budget {amount} {unit}"
    hover_funds(amount, unit) "各资金来源合计 {amount} {unit}" "fund sources so far: {amount} {unit}"
    hover_missing(amount, unit) "还差 {amount} {unit}" "{amount} {unit} are missing"
    hover_too_much(amount, unit) "多出 {amount} {unit}" "{amount} {unit} too much"
    hover_plan() "支出计划" "spending plan:"
    hover_category(path) "类别 {path}" "category {path}"
    hover_up() "正向：越大越好" "up: more is better"
    hover_down() "反向：越小越好" "down: less is better"
    hover_printed(text) "表格印作 `{text}`" "printed as `{text}`"
    hover_range() "两端都算在内" "both ends included"
    hover_yes_no() "是或否" "yes or no"
    hover_bounds(low, high) "取值 {low} 至 {high}" "from {low} to {high}"
    hover_whole() "只能取整数" "whole numbers only"
    hover_aliases(names) "也写作 {names}" "also written {names}"
    hover_compulsory() "必设：每个项目都要有" "compulsory: every project has one"
    hover_declared_built_in(standard, line) "内置标准 {standard} 第 {line} 行" "built-in standard {standard}, line {line}"
    hover_declared(standard, path, line) "标准 {standard}，{path} 第 {line} 行" "standard {standard}, {path} line {line}"

    // Hints
    hint_equal() "没有比较符：等于，表格照样不印" "no comparator: equality is meant, and the table prints none"
    hint_resolved() "按现在的数算出的目标值" "what the target comes to as things stand"
    hint_unit_cost() "预算除以数量" "the budget over the count"
    hint_sum_of_funds() "各资金来源合计" "the sum of the fund sources"

    // Lenses
    lens_department(count, amount, unit, covered) "{count} 个项目，预算合计 {amount} {unit}，其中分项目标覆盖 {covered} {unit}" "{count} projects, {amount} {unit} in all, {covered} {unit} under a sub-goal"
    lens_project(count) "{count} 条指标" "{count} indicators"
    lens_project_covered(count, amount, unit) "{count} 条指标，{amount} {unit}，有分项目标" "{count} indicators, {amount} {unit}, under a sub-goal"
    lens_project_not_covered(count, amount, unit) "{count} 条指标，{amount} {unit}，没有分项目标" "{count} indicators, {amount} {unit}, under no sub-goal"
    lens_indicator(count) "{count} 条分项目标引用" "{count} sub-goals refer to it"
}

texts! {
    // Actions
    fix_all(count) "修正此文件里 {count} 处可以放心修正的问题" "make the {count} safe fixes of this file"
    excuse_finding(code) "允许 {code}，写明理由" "excuse {code} with a reason"
    reason_place() "写明理由" "say why"
    write_missing_fields(count) "补上 {count} 个必填的字段" "add the {count} required fields that are missing"

    // Renaming
    nothing_to_rename() "这里没有可以改名的内容" "nothing here can be renamed"
    codes_are_given() "编码由财政部门编定，改名请选名称" "codes are given by the office of finance: rename the name"
    codes_stay(code) "规则代码 {code} 不能改" "the code {code} stays"
    not_declared() "找不到声明它的地方" "it is declared nowhere"
    built_in_stays(name) "`{name}` 由内置标准声明，不能改名" "`{name}` is declared in a built-in standard"
    bad_name() "名称不能是空白，也不能换行" "a name is neither empty nor longer than a line"
    bad_code() "编码里不能有空白、引号和花括号" "a code holds no blanks, quotes or braces"
    checkpoint_is_a_date() "支出节点要写成日期，如 6月底" "a checkpoint is a date"
    no_point() "类别名称里不能有点" "the name of a category holds no point"
    name_is_taken(name) "已经有 `{name}`，改名后分不清" "`{name}` is there already: the two could not be told apart"
    rename_breaks(name, reason) "改为 `{name}` 会出错：{reason}" "`{name}` would bring a mistake: {reason}"

    // Kinds of symbols
    symbol_department() "部门" "department"
    symbol_project() "项目" "project"
    symbol_standard() "标准" "standard"
    symbol_indicator() "指标" "indicator"
    symbol_sub_goal() "分项目标" "sub-goal"
    symbol_safeguard() "保障措施" "safeguard"
    symbol_category() "类别" "category"
    symbol_unit() "计量单位" "unit"
    symbol_field() "声明" "declaration"
}
