//! Every text the compiler says, in Chinese and English side by side: the compiler demands both.
//!
//! The first line of a message says what is wrong, the label says why here, the help says what to write.

use super::text::{Argument, Language, Text, Wording};

/// What could have stood at a place.
pub fn any_of(expected: &[Text]) -> Text {
    Text::one_of(expected)
}

#[macro_use]
mod registry;

#[cfg(feature = "office")]
mod browser;
mod changes;
mod commands;
mod comparing;
mod desk;
mod documents;
mod edit;
mod editor;
mod files;
mod forms;
mod git;
mod history;
mod review;
mod scores;
mod slips;
mod tables;
mod template;
mod year;
mod year_rules;

#[cfg(feature = "office")]
pub use browser::*;
pub use changes::*;
pub use commands::*;
pub use comparing::*;
pub use desk::*;
pub use documents::*;
pub use edit::*;
pub use editor::*;
pub use files::*;
pub use forms::*;
pub use git::*;
pub use history::*;
pub use review::*;
pub use scores::*;
pub use slips::*;
pub use tables::*;
pub use template::*;
pub use year::*;
pub use year_rules::*;

/// Every wording, in an order that stays as long as the program does.
pub(super) fn wordings() -> impl Iterator<Item = &'static Wording> {
    let of_trades = [
        #[cfg(feature = "office")]
        browser::WORDINGS,
        changes::WORDINGS,
        commands::WORDINGS,
        comparing::WORDINGS,
        desk::WORDINGS,
        documents::WORDINGS,
        edit::WORDINGS,
        editor::WORDINGS,
        files::WORDINGS,
        forms::WORDINGS,
        git::WORDINGS,
        history::WORDINGS,
        review::WORDINGS,
        scores::WORDINGS,
        slips::WORDINGS,
        tables::WORDINGS,
        template::WORDINGS,
        year::WORDINGS,
        year_rules::WORDINGS,
    ];
    [WORDINGS].into_iter().chain(of_trades).flatten().copied()
}

texts! {
    // Files and limits
    file_too_large(path, limit) "`{path}` 超过 {limit} MiB 的上限" "`{path}` is larger than the limit of {limit} MiB"
    file_too_large_help() "把它拆成每个项目一个文件" "split it into one file a project"
    utf_16(path) "`{path}` 是 UTF-16 编码" "`{path}` is UTF-16"
    not_utf_8(path, line) "`{path}` 第 {line} 行起不是 UTF-8 文本" "`{path}` is not UTF-8 text from line {line} on"
    save_as_utf_8() "在编辑器或记事本里“另存为”，编码选 UTF-8" "save it as UTF-8 in the editor"
    control_character(path, line, name) "`{path}` 第 {line} 行有控制字符 {name}" "`{path}` holds the control character {name} in line {line}"
    cannot_read(path, reason) "无法读取 `{path}`：{reason}" "cannot read `{path}`: {reason}"
    cannot_write(path, reason) "无法写入 `{path}`：{reason}" "cannot write `{path}`: {reason}"
    cannot_print(reason) "无法写到标准输出：{reason}" "cannot write to standard output: {reason}"
    no_such_file() "没有这个文件或文件夹" "there is no such file or folder"
    no_permission() "没有权限" "permission denied"
    exists_already() "已经存在，里面有内容" "it exists and is not empty"
    one_format_for_standard_output() "写到标准输出时只能有一种格式，请加 --to" "standard output takes one format: add --to"
    one_file_for_standard_output(count) "标准输出只能是一个文件，这里有 {count} 个：写一个部门的文件夹，或用 -o 写进文件夹" "standard output takes one file, and here are {count}: name one department's folder, or a folder to write to with -o"
    since_needs_html() "--since 写进 html 报告：加上 --to html" "--since is told in the html report: add --to html"
    unknown_code(name) "没有代码为 `{name}` 的规则" "there is no rule `{name}`"
    checking(size) "正在检查 {size} MiB…" "checking {size} MiB…"
    written(path) "已写入 {path}" "wrote {path}"
    nothing_written() "有错误，什么也没有写" "there are errors: nothing was written"
    what_next(folder) "接下来：打开这些文件，照里面的说明改成自己的；再 jixiao check {folder}，jixiao build {folder}" "next: open these files and make them yours, as their comments say; then jixiao check {folder}, jixiao build {folder}"
    summary(errors, warnings, notes) "错误 {errors} 个，警告 {warnings} 个，提示 {notes} 个" "{errors} errors, {warnings} warnings, {notes} notes"
    places(count) "{count} 处" "{count} places"
    more_places(count) "还有 {count} 处，加 --full 逐处列出" "{count} more: --full shows each"
    help_word() "帮助：" "help: "
    help_for_first() "帮助（第一处）：" "help (the first): "
    fix_word() "修正：" "fix: "
    fixable(count, option) "{count} 处可用 {option} 自动修正" "{option} mends {count}"
    explain_hint(code) "jixiao explain {code} 解释规则" "jixiao explain {code} explains a rule"
    two_sentences(one, other) "{one}；{other}" "{one}; {other}"
    excused_count(count) "另有 {count} 处以注释允许" "{count} more are excused in comments"
    fixed(count, files) "已修正 {count} 处，改了 {files} 个文件" "mended {count}, in {files} files"
    would_fix(count, files) "可修正 {count} 处，涉及 {files} 个文件" "would mend {count}, in {files} files"
    would_format(count, files) "{files} 个文件中有 {count} 个会改动" "{count} of {files} files would change"
    formatted_around_mistakes(path) "`{path}` 有语法错误，错处照原样" "`{path}` has mistakes of syntax: they stay as they are"
    not_formatted(path) "`{path}` 没有整理：改写后内容会不一样，请报告这个问题" "`{path}` was left alone: the result would not have meant the same; please report this"
    range_of_one_file() "--range 只用于一个文件" "--range takes one file"
    bad_range(range) "行范围 `{range}` 应写成 起:止，如 3:12" "the range `{range}` should be START:END, such as 3:12"
    fix_made_errors() "再修正会带来新的错误，已停在这里" "further fixes would bring new errors: stopped here"
    known_findings(count) "基线里已有的 {count} 处没有列出" "{count} known from the baseline are left out"
    gone_findings(count) "基线里有 {count} 处已经改好，可以重写基线" "{count} of the baseline are gone: it can be written again"
    bad_baseline(path, reason) "`{path}` 不是基线文件：{reason}" "`{path}` is no baseline: {reason}"
    more_findings(count) "还有 {count} 处没有列出（--max-findings）" "{count} more are left out (--max-findings)"
    output_leads_outside(path) "配置里的 output `{path}` 经链接通到工作区之外；要写到那里，用 --output" "the setting output `{path}` leads outside the workspace by a link: to write there, use --output"
    nothing_to_check(path) "`{path}` 里没有 .jx 文件" "there is no .jx file in `{path}`"
    nothing_to_check_help() "用 `jixiao new 文件夹` 建一个起步的文件夹" "`jixiao new FOLDER` makes a starter"
    nesting_too_deep(limit) "花括号嵌套超过 {limit} 层" "braces are nested deeper than {limit} levels"
    nesting_too_deep_here() "到这里已经超出上限" "the limit is passed here"
    too_many_errors(count) "此文件还有 {count} 处语法错误没有列出" "{count} more syntax errors in this file are not shown"
    too_many_of_a_code(count, code, title) "此文件还有 {count} 处 {code}（{title}）没有列出" "{count} more {code} ({title}) in this file are not shown"
    last_shown_here() "列到这里为止" "shown up to here"

    // Syntax
    unexpected(found) "此处不应有 `{found}`" "unexpected `{found}`"
    no_block_after(label) "`{label}` 后面没有花括号里的内容" "no block follows `{label}`"
    unexpected_brace() "此处不应有花括号" "unexpected brace"
    brace_on_its_own_line() "左花括号要写在它所属那一行的末尾" "an opening brace stands at the end of the line it belongs to"
    brace_without_statement() "这个花括号前面没有可以展开的内容" "nothing before this brace can hold a block"
    not_here() "此处无法识别" "not understood here"
    ambiguous_here() "可以有几种理解" "can be understood in several ways"
    direction_here() "方向写在这里" "the direction is stated here"
    no_scale_here() "没有分级" "no scale"
    expected(what) "应为{what}" "expected {what}"
    missing_open_brace() "缺少左花括号 `{{`" "an opening brace `{{` is missing"
    missing_open_brace_here() "行末应有 `{{`" "`{{` expected at the end of the line"
    missing_close_brace() "缺少右花括号 `}}`" "a closing brace `}}` is missing"
    missing_close_brace_here() "其后应有 `}}`" "`}}` expected after this"
    block_opened_here(label) "`{label}` 的花括号从这里开始" "the block of `{label}` opens here"
    stray_close_brace() "多余的右花括号 `}}`" "a closing brace `}}` closes nothing"
    stray_close_brace_here() "没有与它成对的左花括号" "no block is open here"
    unclosed_text(closing) "引号没有收尾，缺少 `{closing}`" "a text is not closed: `{closing}` is missing"
    unclosed_text_here(closing) "从这里开始的文字应以 `{closing}` 结束" "the text that starts here must end with `{closing}`"
    unclosed_text_block() "文本块没有收尾" "a text block is not closed"
    unclosed_text_block_here() "其后应有单独一行 `\"\"\"`" "a line `\"\"\"` expected after this"
    text_block_opened_here() "文本块从这里开始" "the text block opens here"
    unknown_escape(found) "无法识别的转义 `{found}`" "unknown escape `{found}`"
    escapes() "可用的转义：`\\\"` `\\\\` `\\n` `\\t` `\\u{{4E00}}`" "the escapes are `\\\"` `\\\\` `\\n` `\\t` `\\u{{4E00}}`"
    bad_number(found) "`{found}` 不是数字" "`{found}` is not a number"
    bad_number_here() "数字写错" "not written as a number"
    number_forms() "数字只含数字、小数点和千分位，如 200000.00 或 200,000.00，其后写计量单位" "a number has digits, a point and thousand separators, such as 200000.00 or 200,000.00; a unit follows"
    missing_unit() "数字后面缺少计量单位" "a number has no unit"
    units_such_as(examples, standard) "标准 {standard} 声明的单位有 {examples} 等" "units of the standard {standard} are {examples} …"
    missing_value(label) "`{label}` 缺少内容" "`{label}` has no value"
    unknown_declaration(found) "未知的声明 `{found}`" "unknown declaration `{found}`"
    only_declarations_here() "花括号之外只能写声明" "only declarations stand outside braces"
    declarations() "顶层声明有 `部门`、`项目`、`标准`，和一年里的 `批复`、`调整`、`监控`、`自评`、`复核`、`评价`、`区域`" "declarations are `department`, `project` and `standard`, and those of the year: `approval`, `adjustment`, `monitoring`, `self_evaluation`, `review`, `evaluation` and `area`"
    did_you_mean(right) "是不是 `{right}`？" "did you mean `{right}`?"
    insert(what) "补上 `{what}`" "insert `{what}`"
    replace_by(what) "改为 `{what}`" "replace by `{what}`"
    delete_this() "删去" "delete it"
    fix_and(title, told) "{title}，{told}" "{title}; {told}"
    target_becomes(after) "指标值成为 `{after}`" "the target is then `{after}`"
    target_changes(before, after) "指标值由 `{before}` 变为 `{after}`" "the target changes from `{before}` to `{after}`"
    amount_becomes(after) "金额成为 `{after}`" "the amount is then `{after}`"
    amount_changes(before, after) "金额由 `{before}` 变为 `{after}`" "the amount changes from `{before}` to `{after}`"
    bad_date(found) "日历上没有 `{found}`" "`{found}` is not in the calendar"
    bad_date_here() "没有这一天" "no such day"

    // What may stand at a place
    expect_name() "名称" "a name"
    expect_path() "指标类别或名称" "a category or name"
    expect_category() "指标类别" "a category"
    expect_symbol() "“预算”或“上年”" "`budget` or `last_year`"
    expect_code() "编码" "a code"
    expect_number() "数字" "a number"
    expect_unit() "计量单位" "a unit"
    expect_date() "日期" "a date"
    expect_period() "起止日期，如 2024-01-01 .. 2026-12-31" "two dates such as 2024-01-01 .. 2026-12-31"
    expect_comparator() "比较符（≥ ≤ > < =）" "a comparator (≥ ≤ > < =)"
    expect_yes_or_no() "“是”“否”" "`yes`, `no`"
    expect_qualitative() "“定性”" "`qualitative`"
    expect_grade() "等级" "a grade"
    expect_text() "引号里的文字" "a text in quotes"
    expect_amount() "数字和金额单位" "a number and a money unit"
    expect_percent() "数字和比率单位" "a number and a unit of ratio"
    expect_quantity() "数字和计量单位" "a number and its unit"
    expect_whole_number() "整数" "a whole number"
    expect_target() "目标值：比较符、数字和单位，或者 定性 \"…\"" "a target: comparator, number and unit, or qualitative \"…\""
    expect_range() "范围，如 0 .. 100" "a range such as 0 .. 100"
    expect_code_and_name() "编码和名称" "a code and a name"
    expect_name_and_text() "名称和文字" "a name and a text"
    expect_cells() "一格接一格的文字和名称，后面可以跟 `2` 列或 `2 × 3` 列×行（不超过 200）" "texts and names, each with its columns `2` or columns and lines `2 × 3` behind it where it takes more than one (200 at most)"
    expect_reference() "项目.指标" "project.indicator"
    expect_nothing() "空白" "nothing"
    expect_one_of(names) "{names} 之一" "one of {names}"

    // Fields and names
    unknown_field(label, block) "`{block}` 里没有 `{label}` 这个字段" "`{block}` has no field `{label}`"
    unknown_field_here() "未知字段" "unknown field"
    fields_are(block, names) "`{block}` 可以写：{names}" "`{block}` takes: {names}"
    repeated_field(label) "`{label}` 写了两次" "`{label}` is stated twice"
    stated_first_here() "第一次写在这里" "first stated here"
    stated_again_here() "这里又写了一次" "stated again here"
    unknown_standard(name) "没有名为 `{name}` 的标准" "there is no standard named `{name}`"
    unknown_framework(name, standard) "标准 `{standard}` 没有名为 `{name}` 的指标框架" "the standard `{standard}` has no framework named `{name}`"
    frameworks_are(names) "它的指标框架：{names}" "its frameworks are {names}"
    standards_are(names) "可用的标准：{names}" "the standards are {names}"
    unknown_unit(name, standard) "标准 {standard} 没有计量单位 `{name}`" "the standard {standard} has no unit `{name}`"
    declare_unit(name, standard) "如确需使用，可在工作区声明：标准 本单位 扩展 {standard} {{ 计量单位 {name} {{ 量纲 计数 }} }}" "to add it, declare in the workspace: 标准 本单位 扩展 {standard} {{ 计量单位 {name} {{ 量纲 计数 }} }}"
    write_comparator(target) "比较用符号写在数字前面：{target}" "write the comparison before the number: {target}"
    comparisons_disagree(sign, word) "`{sign}` 和 `{word}` 说法不一致：只留意思对的那一个，用符号写在数字前面" "`{sign}` and `{word}` disagree: keep the one that is meant, as a sign before the number"
    only_in_targets(word, right) "`{word}` 只用于指标值，这里写成 {right}" "`{word}` is for targets alone: write {right} here"
    comparators_are() "不少于、以上写 ≥，不超过、以下、以前写 ≤；只有文字时写 定性 \"…\"" "comparisons are written ≥ ≤ > < =; words go after `qualitative`, in quotes"
    unknown_category(name, standard) "标准 {standard} 没有指标类别 `{name}`" "the standard {standard} has no category `{name}`"
    categories_are(names) "可用的类别：{names}" "the categories are {names}"
    ambiguous_category(name, count) "`{name}` 可以指 {count} 个类别" "`{name}` fits {count} categories"
    write_one_of(names) "写明其中一个：{names}" "write one of {names}"
    wrong_parent(child, written, right) "`{child}` 不在 `{written}` 之下，而在 `{right}` 之下" "`{child}` does not stand under `{written}` but under `{right}`"
    unknown_fund_source(name, standard) "标准 {standard} 没有资金来源 `{name}`" "the standard {standard} has no fund source `{name}`"
    fund_sources_are(names) "可用的资金来源：{names}" "the fund sources are {names}"
    unknown_checkpoint(name, standard) "标准 {standard} 没有支出节点 `{name}`" "the standard {standard} has no checkpoint `{name}`"
    checkpoints_are(names) "支出节点有：{names}" "the checkpoints are {names}"
    ambiguous_reference(name, count) "`{name}` 可以指 {count} 个指标" "`{name}` fits {count} indicators"
    duplicate_declaration(kind, name) "{kind} `{name}` 声明了两次" "{kind} `{name}` is declared twice"
    kind_department() "部门" "the department"
    kind_standard() "标准" "the standard"
    one_department_a_folder() "一个文件夹只能有一个部门" "a folder holds one department"
    unknown_unit_of_account(code, department) "部门 `{department}` 没有声明单位 {code}" "the department `{department}` does not list the unit {code}"
    units_of_account_are(names) "已声明的单位：{names}" "listed units are {names}"
    unresolved_reference(name) "没有指标 `{name}`" "there is no indicator `{name}`"
    unresolved_project(name) "没有项目 `{name}`" "there is no project `{name}`"
    not_found_here() "找不到" "not found"
    reference_form() "引用写成 项目.指标" "a reference is written project.indicator"

    // Types and units
    wrong_kind(label, what) "`{label}` 应为{what}" "`{label}` takes {what}"
    wrong_kind_here() "类型不符" "of another kind"
    not_whole(value, unit) "`{unit}` 只能取整数，不能是 {value}" "`{unit}` takes whole numbers, not {value}"
    not_whole_here() "不是整数" "not a whole number"
    reversed_range(low, high) "范围从 {low} 到 {high} 是颠倒的" "the range from {low} to {high} is reversed"
    swap_ends() "小的写在前面" "the smaller end comes first"
    direction_contradicts(direction, comparator) "方向“{direction}”与比较符 `{comparator}` 矛盾" "the direction {direction} contradicts the comparator `{comparator}`"
    comparator_is_here() "比较符在这里" "the comparator is here"
    directions() "正向 `≥`：越大越好；反向 `≤`：越小越好" "up goes with `≥`, down with `≤`"
    grade_not_on_scale(grade, scale) "等级 `{grade}` 不在分级 {scale} 之内" "the grade `{grade}` is not on the scale {scale}"
    grade_here() "不在分级之内" "not on the scale"
    missing_baseline() "目标相对上年，但没有写上年值" "the target is relative to last year, whose value is not stated"
    missing_baseline_here() "相对上年" "relative to last year"
    state_baseline() "在花括号里补一行 `上年 数字 单位`" "add a line `last_year NUMBER UNIT` in the braces"
    units_disagree(first, second) "计量单位 `{first}` 与 `{second}` 不能比较" "the units `{first}` and `{second}` cannot be compared"
    unit_here() "单位不一致" "another unit"
    missing_scale(grade, standard) "等级 `{grade}` 没有分级，标准 {standard} 也没有声明等级" "the grade `{grade}` has no scale, and the standard {standard} declares none"
    write_scale() "写出分级，如 定性 优 {{ 优 良 中 差 }}；只有文字时写 定性 \"…\"" "write the scale, as in 定性 优 {{ 优 良 中 差 }}; words go in quotes"
    number_too_long(found) "`{found}` 的位数超过 28 位" "`{found}` has more than 28 digits"
    number_too_long_here() "无法精确保存" "cannot be kept exactly"
    unknown_symbol(name) "`{name}` 既不是预算，也不是资金来源" "`{name}` is neither the budget nor a fund source"
    symbols_are(names) "可以写：{names}" "the names are {names}"

    // Targets: the catalogue
    missing_required(label, owner) "{owner}缺少 `{label}`" "{owner} has no `{label}`"
    missing_required_here() "这里没有写" "not stated here"
    required_by(document) "依据：{document}" "required by {document}"
    required_by_standard(standard) "标准 {standard} 要求填写" "required by the standard {standard}"
    owner_project(name) "项目 `{name}` " "the project `{name}`"
    owner_department(name) "部门 `{name}` " "the department `{name}`"
    owner_plan() "支出计划" "the spending plan"
    owner_indicator(name) "指标 `{name}` " "the indicator `{name}`"
    missing_year() "没有写预算年度" "no fiscal year is stated"
    missing_year_here() "加一行 `年度`" "add a line `year`"
    missing_money_unit(value) "金额 {value} 没有写单位" "the amount {value} has no unit"
    missing_money_unit_here(unit) "应写成“{unit}”等金额单位" "a money unit such as {unit} is needed"
    mixed_money_units(first, second) "同一张表里混用了 {first} 和 {second}" "{first} and {second} are mixed in one table"
    first_unit_here(unit) "这里用的是 {unit}" "{unit} is used here"
    placeholder_left(found) "残留的占位符或填表提示 `{found}`" "the placeholder or form hint `{found}` was left in"
    placeholder_here() "请写上实际内容" "the real content belongs here"
    code_length(code, found, wanted) "项目编码 `{code}` 有 {found} 位，应为 {wanted} 位" "the project code `{code}` has {found} signs, not {wanted}"
    code_length_here(standard) "标准 {standard} 规定的格式不同" "the standard {standard} has another form"
    code_sign(code, sign) "项目编码 `{code}` 含有不允许的字符 `{sign}`" "the project code `{code}` holds `{sign}`, which is not allowed"
    code_alphabet(alphabet) "允许的字符：{alphabet}" "the signs allowed are {alphabet}"
    code_form(segments) "编码由左到右：{segments}" "from the left: {segments}"
    code_check_sign(code, found, wanted) "项目编码 `{code}` 的校验位是 `{found}`，按公式应为 `{wanted}`" "the check sign of the project code `{code}` is `{found}`; the formula gives `{wanted}`"
    code_check_sign_here() "编码可能抄错了一位" "one sign may have been miscopied"
    code_check_sign_help() "核对原编码；公式由已公布的编码推出，未见于文件，所以只作警告" "compare with the source; the formula was inferred from published codes, so this only warns"
    code_year(found, year) "项目编码写的年度是 {found}，部门的预算年度是 {year}" "the project code says the year {found}, the department {year}"
    code_region(found, other) "项目编码的区划是 {found}，其他项目是 {other}" "the project code says the region {found}, other projects {other}"
    code_contradicts_here() "与文档不一致" "contradicts the document"
    year_stated_here() "年度写在这里" "the year is stated here"
    duplicate_code(code) "两个项目用了同一个编码 {code}" "two projects have the code {code}"
    duplicate_name(name) "两个项目同名 `{name}`" "two projects are named `{name}`"
    money_does_not_balance(parts, total, difference) "各来源合计 {parts}，预算 {total}，相差 {difference}" "the sources add up to {parts}, the budget is {total}: {difference} apart"
    investment_does_not_balance(parts, total, difference) "各来源合计 {parts}，总投资 {total}，相差 {difference}" "the sources add up to {parts}, the total investment is {total}: {difference} apart"
    investment_stated_here(total) "总投资 {total}" "the total investment is {total}"
    budget_stated_here(total) "预算 {total}" "the budget is {total}"
    parts_stated_here() "资金来源在这里" "the fund sources are here"
    plan_falls(before, after) "累计支出比例由 {before} 降到 {after}" "the cumulative share falls from {before} to {after}"
    plan_out_of_range(share) "累计支出比例 {share} 不在 0 到 100% 之间" "the cumulative share {share} is not between 0 and 100%"
    plan_does_not_end(share) "支出计划止于 {share}，应到 100%" "the spending plan ends at {share}, not at 100%"
    plan_order(checkpoint) "支出节点 `{checkpoint}` 的次序不对" "the checkpoint `{checkpoint}` is out of order"
    plan_here() "比例是从年初起累计的" "shares are cumulative from the start of the year"
    plan_before_here() "前一个节点在这里" "the checkpoint before is here"
    missing_category(category, project) "项目 `{project}` 没有{category}" "the project `{project}` has no indicator under {category}"
    missing_category_here() "至少要有一条" "at least one is needed"
    add_indicator(category) "加一行：指标 {category} 名称 ≥ 数字 单位" "add a line: 指标 {category} NAME ≥ NUMBER UNIT"
    add_indicator_by(category, document) "加一行：指标 {category} 名称 ≥ 数字 单位（依据：{document}）" "add a line: 指标 {category} NAME ≥ NUMBER UNIT (required by {document})"
    duplicate_indicator(name, project) "项目 `{project}` 有两条指标叫 `{name}`" "the project `{project}` has two indicators named `{name}`"
    ratio_above_bound(value, low, high) "{value} 超出范围 {low} 到 {high}" "{value} lies outside {low} to {high}"
    ratio_above_bound_here() "这个比率不会超过上限" "this ratio cannot pass its bound"
    ratio_above_bound_help() "如果是增长一类可以超过上限的比率，在名称里写明（词表“可超百分之百”），或改用别的单位" "a ratio that can pass it, such as growth, should say so in its name (the word list 可超百分之百), or use another unit"
    unit_contradicts(name, unit, dimension) "`{name}` 应是{dimension}，单位却是 `{unit}`" "`{name}` measures a {dimension}, but the unit is `{unit}`"
    unit_contradicts_here() "单位与名称不符" "the unit does not fit the name"
    name_here() "名称在这里" "the name is here"
    dimension_ratio() "一个比率" "ratio"
    dimension_count() "一个数量" "count"
    deadline_after_year(date, year) "时限 {date} 晚于预算年度 {year}" "the deadline {date} lies after the fiscal year {year}"
    deadline_here() "年度目标应在当年完成" "a year's target is due within the year"
    deadline_help() "跨年的时限写在 `实施期` 里" "a later deadline belongs under `whole_period`"
    cost_above_budget(cost, budget) "成本目标 {cost} 超过项目预算 {budget}" "the cost target {cost} exceeds the project's budget {budget}"
    cost_here() "超过预算" "above the budget"
    write_symbolic() "不超过预算时写 `≤ 预算`，预算调整后它随之变动" "`≤ 预算` keeps in step with the budget"
    weights_total(found, wanted) "权重合计 {found}，应为 {wanted}" "the weights add up to {found}, not {wanted}"
    weight_not_positive(weight) "权重 {weight} 应大于 0" "the weight {weight} must be above 0"
    weight_missing(name) "其他指标有权重，`{name}` 没有" "other indicators have weights, `{name}` has none"
    weights_here(project) "项目 `{project}` 的指标" "the indicators of `{project}`"
    weight_here() "权重写在这里" "the weight is here"
    category_weight(category, found, wanted) "{category}的权重合计 {found}，应为 {wanted}" "the weights under {category} add up to {found}, not {wanted}"
    category_weight_here(category) "{category}从这里开始" "{category} starts here"

    // Targets: what a reviewer would say
    blank_amount(source) "资金来源 `{source}` 的金额空白" "the fund source `{source}` has no amount"
    blank_amount_here() "空白和 0 不是一回事" "blank is not zero"
    blank_amount_help() "没有这项资金就写 0 或删去这一行；金额未定才留空" "write 0 or drop the line where there is none; leave it blank only while the amount is open"
    write_zero(amount) "补上 `{amount}`" "write `{amount}`"
    suspicious_magnitude(cost, budget) "成本目标 {cost} 与预算 {budget} 数字相同而位数不同" "the cost target {cost} has the digits of the budget {budget} but not its size"
    suspicious_magnitude_here() "小数点或单位可能错了" "the decimal point or the unit may be wrong"
    year_above_period(year, period) "本年目标 {year} 大于整个实施期的 {period}" "the year's target {year} exceeds {period} for the whole period"
    year_above_period_here() "本年" "the year"
    period_here() "整个实施期" "the whole period"
    year_above_period_help() "实施期的数应包括本年；核对两处的口径" "the period includes the year: one of the two counts something else"
    formula(formula, value, stated) "`{formula}` 算出来是 {value}，不是 {stated}" "`{formula}` comes to {value}, not {stated}"
    formula_here(value) "应为 {value}" "should be {value}"
    amount_in_text(found, budget) "文字里写的是 `{found}`，预算是 {budget}" "the text says `{found}`, the budget is {budget}"
    amount_in_text_here() "与预算不符" "differs from the budget"
    identical_plans(count) "{count} 个项目的支出计划完全相同" "all {count} projects have the same spending plan"
    identical_plans_here() "与其他项目相同" "the same as everywhere"
    identical_plans_help() "支出进度要按项目自己的付款时间填，执行监控会照它对账" "a plan follows the project's own payments: execution is monitored against it"
    goal_repeats_purpose(project, percent) "项目 `{project}` 的绩效目标照抄资金用途（相似度 {percent}%）" "the goal of `{project}` repeats its purpose (similarity {percent}%)"
    goal_repeats_purpose_here() "写的是钱花在哪里" "says what the money is for"
    purpose_here() "资金用途" "the purpose"
    goal_repeats_purpose_help() "用途写钱花在哪里，目标写花了以后有什么产出和效果" "the purpose says what is bought; the goal says what comes of it"
    goal_without_measure(project) "项目 `{project}` 的绩效目标没有可量化的内容" "the goal of `{project}` holds nothing measurable"
    goal_without_measure_here() "没有数量、期限或等级" "no number, date or grade"
    goal_without_measure_help() "写明做多少、到什么程度、什么时候完成" "say how much, how well and by when"
    goal_may_say(measures) "指标里已有的数可以写进目标：{measures}" "the indicators already say: {measures}"
    repeated_word(word) "`{word}` 连写了两次" "`{word}` stands twice in a row"
    repeated_word_here() "多写了一次" "once too often"
    keep_one(word) "只留一个 `{word}`" "keep one `{word}`"
    preferred_term(found, right) "`{found}` 现在规范的说法是 `{right}`" "the term preferred to `{found}` is `{right}`"
    write_instead(right) "宜作 `{right}`" "better `{right}`"
    use_preferred() "改用规范用语" "use the preferred term"
    out_of_order(category, before) "{category} 写在了 {before} 之后" "{category} stands after {before}"
    out_of_order_here() "标准的次序在前" "comes earlier in the standard"
    later_category_here() "标准的次序在后" "comes later in the standard"
    quantity_is_ratio(name) "数量指标 `{name}` 是比率" "the quantity indicator `{name}` is a ratio"
    quantity_is_ratio_here() "数量指标应是个数" "a quantity counts things"
    ratio_here() "这是比率" "this is a ratio"
    quantity_is_ratio_help(categories) "移到 {categories}，或者改写成多少件、多少人次" "move it to {categories}, or count things"
    timeliness_without_time(name) "时效指标 `{name}` 与时间无关" "the timeliness indicator `{name}` says nothing of time"
    timeliness_without_time_here() "没有时间、期限或及时率" "no time, deadline or promptness"
    timeliness_without_time_help() "写成时限（≤ 30 天）、截止日期（≤ 10月底）或及时率" "write a duration (≤ 30 天), a date (≤ 10月底) or a rate of promptness"
    concept_filed_differently(concept) "同样是 `{concept}`，归在不同的二级指标" "`{concept}` is filed under different categories"
    filed_here() "归在这里" "filed here"
    filed_elsewhere_here() "别处归在这里" "elsewhere filed here"
    quality_is_completion(name) "质量指标 `{name}` 说的是完成了没有" "the quality indicator `{name}` asks whether it was done"
    quality_is_completion_here() "质量是做得好不好" "quality is how well"
    quality_is_completion_help() "写合格率、准确率、达标率一类；完成多少写在数量里" "measure a rate of passing or accuracy; how much was done is a quantity"
    copied_indicator(name, count) "`{name}` 在 {count} 个项目里一字不差" "`{name}` is word for word the same in {count} projects"
    copied_indicator_here() "与别的项目相同" "the same elsewhere"
    copied_project(count, department) "{count} 条指标与 `{department}` 的一个项目逐字相同" "all {count} indicators are word for word those of a project of `{department}`"
    copied_project_here() "与别的部门的项目相同" "the same in another department"
    copied_project_help() "按本部门要做的事写指标和指标值；确是统一制定的，不用改" "write indicators and targets of what this department does; where they were set for all, leave them"
    price_far_from_others(name, price, department, other) "`{name}` 是 {price}，`{department}` 是 {other}" "`{name}` is {price}, and {other} in `{department}`"
    price_far_above_here(limit) "达到此前各部门最高价的 {limit}" "{limit} of the highest price before it, or more"
    price_far_below_here(limit) "此前各部门的最低价达到它的 {limit}" "the lowest price before it is {limit} of it, or more"
    price_far_from_others_help() "核对单位和数量级；服务内容确实不同的，在名称里写明" "check the unit and the zeros; where the service differs, say so in the name"
    benefit_repeats_work(name, word) "效益指标 `{name}` 只说工作照常（{word}）" "the benefit `{name}` says that work goes on ({word})"
    benefit_repeats_work_here() "没有说带来什么变化" "no change is named"
    benefit_repeats_work_help() "写服务对象因此有什么不同：少等多久、少发生几起、增加多少" "say what differs for those served: shorter, fewer, more"
    no_measured_benefit(project, count) "项目 `{project}` 的 {count} 条效益指标都没有数字" "none of the {count} benefits of `{project}` holds a number"
    no_measured_benefit_here() "至少要有一条能量化" "one at least should"
    benefits_start_here() "效益指标从这里开始" "the benefits start here"
    slogan_name(name, verb) "指标名称 `{name}` 是口号：以 `{verb}` 开头，没有数" "the name `{name}` is a slogan: it starts with `{verb}`, and there is no number"
    slogan_name_here() "是方向，不是可衡量的量" "a direction, not a quantity"
    slogan_name_help() "用名词写被衡量的量，如某某率、某某数" "name what is measured, with a noun"
    noun_form(noun) "写成名词 `{noun}`，再给目标值一个数" "write the noun `{noun}`, and give the target a number"
    generic_name(name) "指标名称 `{name}` 放在哪个项目都行" "the name `{name}` would fit any project"
    generic_name_here() "没有说是谁的、什么的" "does not say whose or what"
    generic_name_help() "把对象写进名称，如“参训学员满意度”" "name the object, as in 参训学员满意度"
    description_repeats_name(name) "`{name}` 的描述就是名称" "the description of `{name}` is its name"
    same_as_name_here() "与名称相同" "the same as the name"
    description_repeats_name_help() "定量指标写算法或口径，定性指标写衡量什么、怎样衡量" "say how it is computed or what is counted"
    description_here() "描述在这里" "the description is here"
    near_miss_wording(words, percent) "描述与目标值 `{words}` 只差几个字（相似度 {percent}%）" "the description differs from the target `{words}` by a few signs (similarity {percent}%)"
    near_miss_here() "可能有错字" "perhaps a slip"
    target_here() "目标值在这里" "the target is here"
    redundant_word(word) "`{word}` 里有多余的字" "`{word}` says it twice"
    unit_in_text(unit) "计量单位 `{unit}` 写进了文字" "the unit `{unit}` stands in the text"
    unit_in_text_here() "不必写在这里" "needless here"
    unit_has_its_place_here() "单位写在目标值里" "the unit belongs to the target"
    long_name(name, length, limit) "指标名称 `{name}` 有 {length} 个字，超过 {limit}" "the name `{name}` has {length} signs, more than {limit}"
    long_name_here() "太长" "too long"
    long_name_help() "名称只留被衡量的量，其余写进描述" "keep what is measured; the rest goes to the description"
    unmeasurable(name) "`{name}` 的目标值无法衡量" "the target of `{name}` cannot be measured"
    unmeasurable_here() "没有数、日期、等级或是否" "no number, date, grade, yes or no"
    measurable_help() "写成 ≥ 数字 单位；不能量化的分级，如 定性 优 {{ 优 良 中 差 }}" "write ≥ NUMBER UNIT, or a grade on a scale: 定性 优 {{ 优 良 中 差 }}"
    target_repeats_name(name) "`{name}` 的目标值就是指标名称" "the target of `{name}` is its name"
    target_repeats_name_here() "等于没有目标" "this is no target"
    target_repeats_description(name) "`{name}` 的目标值就是描述" "the target of `{name}` is its description"
    target_repeats_description_here() "等于没有目标" "this is no target"
    qualitative_without_scale(name) "定性指标 `{name}` 没有分级" "the qualitative target of `{name}` has no scale"
    write_grade(best, scale) "按标准的等级写，如 定性 {best}（{scale}）" "use the standard's grades, as in 定性 {best} ({scale})"
    missing_comparator(name, value) "`{name}` 的目标值 `{value}` 没有比较符" "the target `{value}` of `{name}` has no comparator"
    missing_comparator_here() "是至少、至多还是等于？" "at least, at most or equal?"
    comparators_mean() "≥ 至少，≤ 至多，= 正好；计分时要用" "≥ at least, ≤ at most, = just so: scoring needs it"
    at_least_the_bound(name, sign, value) "`{name}` 不会超过 {value}，却写成 {sign} {value}" "`{name}` cannot pass {value}, yet the target is {sign} {value}"
    at_least_the_bound_here(value) "最多就是 {value}" "{value} is the most"
    at_least_the_bound_help(value) "写 = {value}；达不到时写实际要求的数" "write = {value}, or the number that is truly demanded"
    category_word_as_unit(found, right) "`{found}` 是类别，不是计量单位，应写 `{right}`" "`{found}` is a category, not a unit: write `{right}`"
    category_word_here(right) "单位是 `{right}`" "the unit is `{right}`"
    suspicious_direction(name, sign) "`{name}` 用了 {sign}，方向可能反了" "`{name}` with {sign} may be the wrong way round"
    suspicious_direction_here(right) "是不是 {right}？" "did you mean {right}?"
    suspicious_direction_help() "确实如此就写明方向：方向 正向 或 方向 反向" "if it is right, state it: 方向 正向 or 方向 反向"
    cost_not_quantified(name) "成本指标 `{name}` 没有金额" "the cost `{name}` has no amount"
    cost_not_quantified_here() "没有金额、单价或比率" "no amount, unit price or rate"
    cost_not_quantified_help() "写总额（≤ 预算）或单价（≤ 数字 元/人）" "write the sum (≤ 预算) or a unit price (≤ NUMBER 元/人)"
    write_budget(budget) "写 `≤ 预算`，也就是 ≤ {budget}；有标准的写单价" "write `≤ 预算`, which is ≤ {budget}, or the unit price of a standard"
    budget_and_unit_cost(budget, cost, unit, count) "写 `≤ 预算`，也就是 ≤ {budget}；或写单位成本，预算除以数量是 {cost} {unit}/{count}" "write `≤ 预算`, which is ≤ {budget}; or the unit cost: budget over count is {cost} {unit}/{count}"
    identical_satisfaction(count, target) "{count} 条满意度指标的目标值都是 {target}" "all {count} satisfaction targets are {target}"
    identical_satisfaction_here() "与其他满意度相同" "the same as everywhere"
    identical_satisfaction_help() "按各自的调查结果或上年值定" "set each by its own survey or last year's value"
    zero_target(name) "`{name}` 的目标是 0，不能按比例计分" "the target of `{name}` is 0: it cannot be scored by ratio"
    zero_target_here() "按比例要除以 0" "a ratio would divide by zero"
    zero_here() "目标是 0" "the target is zero"
    zero_target_help() "写发生一起扣几分，或发生即不得分" "say what each case costs, or that any case scores nothing"
    hidden_sign(sign) "含有看不见的字符 {sign}" "holds a sign that nobody sees, {sign}"
    hidden_sign_here() "看上去一样，其实不同；或者显示的顺序不是真的" "looks like another text, or is shown in a false order"
    twin_sign(sign, letter) "`{sign}` 像 `{letter}`，其实是另一个字符" "`{sign}` looks like `{letter}` but is another sign"
    special_sign(sign) "含有系统不接受的字符 `{sign}`" "`{sign}` is a sign that budget systems refuse"
    special_sign_here() "导入时会被退回或损坏" "refused or damaged on import"
    basis_repeats_target(name) "`{name}` 的依据就是目标值" "the basis of `{name}` is its target"
    same_as_target_here() "与目标值相同" "the same as the target"
    basis_help() "写定这个值的文件、标准或往年数据，如 计划标准 \"《…》（文号）\"" "name the document, standard or past figure it rests on, as in 计划标准 \"《…》\""
    basis_repeats_name(name) "`{name}` 的依据照抄名称或描述" "the basis of `{name}` repeats its name or description"
    basis_repeats_name_here() "没有说为什么定这个值" "does not say why this value"
    vague_basis(basis) "依据 `{basis}` 太空泛" "the basis `{basis}` is vague"
    vague_basis_here() "哪一份文件、哪一条？" "which document, which part?"
    basis_is_source(basis) "`{basis}` 是数据来源，不是依据" "`{basis}` is a data source, not a basis"
    basis_is_source_here() "说的是完成值从哪里来" "says where the actual value is found"
    basis_is_source_help() "完成值的出处写在 `来源`；`依据` 写为什么定这个值" "where the value is found is `source`; `basis` says why the target is so"
    move_to_source() "改为 `来源`" "call it `source`"
    few_bases(project, rows, count) "项目 `{project}` 的 {rows} 条指标只有 {count} 种依据" "the {rows} indicators of `{project}` rest on {count} bases"
    few_bases_here() "各指标的依据应当各有出处" "each should have its own"
    basis_without_kind(name) "`{name}` 的依据没有归入类别" "the basis of `{name}` names no kind"
    basis_without_kind_here() "是哪一类标准？" "which kind of standard?"
    basis_kinds_are(names) "类别有：{names}" "the kinds are {names}"
    dominant_weight(name, weight, category, sum) "`{name}` 的权重 {weight} 超过{category}合计 {sum} 的一半" "the weight {weight} of `{name}` is more than half of {sum} under {category}"
    dominant_weight_help() "除非这一条就是项目的核心，否则把权重分开" "spread the weight unless this is what the project is about"
    sub_goal_unmeasurable(name) "分项目标所列的指标 `{name}` 无法衡量" "the sub-goal rests on `{name}`, which cannot be measured"
    sub_goal_unmeasurable_here() "引用在这里" "named here"
    project_without_sub_goal(project) "没有分项目标对应项目 `{project}`" "no sub-goal points at the project `{project}`"
    project_without_sub_goal_here() "钱花在这里，部门目标里没有它" "money without a goal of the department"
    project_without_sub_goal_help() "在部门的分项目标里引用它的一条指标" "name one of its indicators in a sub-goal"
    sub_goal_repeats(name) "分项目标与三级指标 `{name}` 同文" "the sub-goal has the words of the indicator `{name}`"
    sub_goal_repeats_here() "目标和指标不是一回事" "a goal is not an indicator"
    stated_total(stated, sum, difference) "写明的合计 {stated}，各项目预算之和 {sum}，相差 {difference}" "the stated total is {stated}, the budgets add up to {sum}: {difference} apart"
    stated_total_here(count) "应等于 {count} 个项目之和" "should be the sum of {count} projects"
    no_reason() "允许注释没有写理由" "the suppression gives no reason"
    no_reason_here() "写成 # 允许 代码：理由" "write # allow CODE: reason"
    not_suppressible(code) "`{code}` 不能用注释允许" "`{code}` cannot be suppressed"
    not_suppressible_here() "语言本身的规定要改正" "a rule of the language has to be kept"
    unused_suppression(code) "这里没有 {code}，允许注释是多余的" "nothing here is {code}: the suppression is needless"
    unused_suppression_here() "可以删去" "can go"
    delete_suppression() "删去这条允许注释" "delete the suppression"
    unknown_profile(name, names) "没有名为 `{name}` 的标准可作审核口径；有 {names}" "there is no standard `{name}` to serve as a profile; there are {names}"

    // Standards and settings
    circular_standard(names) "标准循环扩展：{names}" "standards extend each other: {names}"
    circular_standard_here() "从这里又回到自己" "this leads back to itself"
    bad_standard(reason) "标准声明有误：{reason}" "a declaration in a standard cannot be used: {reason}"
    bad_standard_here() "无法使用" "cannot be used"
    reason_unknown_word(word) "不认识 `{word}`" "`{word}` is not known"
    reason_brace() "花括号里写要填的内容，左右要成对；印出花括号写两个" "braces stand in pairs around a fact; a brace that is printed is written twice"
    reason_no_unit(name) "金额单位 `{name}` 没有声明为量纲“金额”的计量单位" "the money unit `{name}` is not declared with the dimension money"
    reason_no_category(name) "没有一级指标 `{name}`" "there is no category `{name}`"
    reason_funds_of_whole(name) "只有指标框架 {name} 可以另写资金来源" "only the framework {name} may have fund sources of its own"
    reason_no_code(code) "没有代码为 `{code}` 的规则" "there is no rule `{code}`"
    reason_factor() "换算应大于 0" "the factor must be above 0"
    not_in_force(standard, year) "标准 {standard} 在 {year} 年度不适用" "the standard {standard} is not in force in {year}"
    not_in_force_here() "年度与标准的有效期不符" "the year lies outside its validity"
    unknown_setting(key) "没有配置项 `{key}`" "there is no setting `{key}`"
    settings_are(names) "配置项有：{names}" "the settings are {names}"
    bad_setting(reason) "配置文件有误：{reason}" "the configuration cannot be used: {reason}"
    bad_setting_here() "在这里" "here"
    reason_output(path) "output 是 `{path}`，出了这份配置所在的文件夹；要写到别处，用 jixiao build --output" "output is `{path}`, outside the folder of the settings; `jixiao build --output` writes elsewhere"
    reason_level(found) "级别应为 deny、warn、note 或 allow，不能是 `{found}`" "a level is deny, warn, note or allow, not `{found}`"
    reason_fixed_level(code) "{code} 是语言本身的规定，级别不能改" "{code} is a rule of the language: its level is fixed"
    reason_toml(reason) "不符合 TOML 格式（{reason}）" "not valid TOML ({reason})"
    reason_type(key, what) "`{key}` 应为{what}" "`{key}` takes {what}"
    what_text() "文字" "a text"
    what_table() "表" "a table"
    damaged_document(name, reason) "`{name}` 无法读取：{reason}" "`{name}` cannot be read: {reason}"
    locked_document(name) "`{name}` 有打开密码" "`{name}` is locked with a password"
    import_report() "导入的去处" "Where the import went"
    imported(name, projects, indicators, standard) "已读 {name}：{projects} 个项目，{indicators} 条指标，标准 {standard}" "read {name}: {projects} projects, {indicators} indicators, standard {standard}"
    whole_document() "全文" "the whole"
    fate_placed() "写进目标" "placed in the targets"
    fate_furniture() "表格自己会印" "printed by the form itself"
    fate_repeated() "与别处重复" "said elsewhere, too"
    fate_left_over() "没有导入" "left over"
    finding_heading(code, title, count) "{code} {title} · {count} 处" "{code} {title} · {count}"
    left_over_kept() "没有导入的文字已作为注释留在原处；--report 写出每个字的去处" "what is left over is kept as comments in its place; --report writes where every sign went"
    every_part() "逐处去向" "every part"
    heading_place() "位置" "place"
    heading_text() "原文" "text"
    heading_fate() "去处" "went to"
    unchanged_files(count) "{count} 个文件和原来一样" "{count} files are as they were"
    import_conflicts(count) "{count} 处文件夹和文档里写的不一样，两种写法都留在冲突标记之间" "{count} places say otherwise in the folder and in the document: both stand between conflict markers"
    folder_of_other_department_help() "是同一个部门的，先把两处的名称改成一样；是另一个部门的，导入到它自己的文件夹" "if it is the same department, give both the same name first; another department goes into a folder of its own"
    folder_of_other_department(ours, theirs) "文件夹里是 {ours}，文档里是 {theirs}，什么也没有写" "the folder is of {ours}, the document of {theirs}: nothing was written"
    import_it_first(path) "这是文档，先用 jixiao import {path} 变成绩效目标的文件" "this is a document: turn it into files of targets with jixiao import {path} first"
    damaged_in_folder(path, line, reason) "`{path}` 第 {line} 行有写错的地方（{reason}），不知道它说的是什么，什么也没有写；先改好它" "`{path}` has a mistake in line {line} ({reason}): what it says is not known, and nothing was written; mend it first"
    gone_from_folder(names, document) "文件夹里已经删去、{document} 里还和上次一样的，没有再写：{names}" "taken out of the folder, and in {document} as before: not written again: {names}"
    import_renamed(old, new) "文档里改了名称，文件夹里提到它的地方也跟着改：{old} → {new}" "the document gave it another name, and what names it in the folder follows: {old} → {new}"
    no_file_written() "什么也没有写" "nothing was written"
    written_before(paths) "已经写下、没能改回的：{paths}" "written before it, and not put back: {paths}"
    record_damaged(reason) "不是导入写下的记录（{reason}）；改好它，或删去它再导入" "it is no record of an import ({reason}); mend it, or delete it and import again"
    conflicts_first(paths) "上次导入的冲突还没有解决，什么也没有写：{paths}；先解决冲突标记，或用 --force 都取文档里的" "conflicts of the last import are not settled, and nothing was written: {paths}; settle them first, or take what the document says with --force"
    side_of_folder() "文件夹" "folder"
    no_more_in_document(document, names) "{document} 里已没有，文件夹里仍保留：{names}" "no more in {document}, kept in the folder: {names}"
    no_documents(path) "`{path}` 里没有可以导入的文档" "there is no document to import in `{path}`"
    importing(count) "正在导入 {count} 个文档" "importing {count} documents"
    converter_missing(program) "这台机器上没有 {program}" "{program} is not on this machine"
    converter_failed(program, reason) "{program} 没有转换成功：{reason}" "{program} failed: {reason}"
    install_converter(program) "装好 {program} 再试，或在别的机器上转换" "install {program} and try again, or convert on another machine"
    converted_by(program) "由 {program} 转换后读取" "converted by {program} and read"
    no_pdf_program() "这台机器上没有中文字体，也没有能打印 PDF 的程序" "this machine has no font with Han signs, and no program that prints PDF files"
    no_pdf_printer() "这台机器上没有能打印 PDF 的程序" "no program on this machine prints PDF files"
    pdf_help() "装好中文字体（如思源宋体、Noto CJK）再试，或用 --fonts 指定字体文件夹；打印网页还要 Chromium、Chrome 或 Edge，也可用环境变量 JIXIAO_PDF 指定程序" "install a font with Han signs (Noto CJK, Source Han Serif), or name a folder of fonts with --fonts; a page is printed by Chromium, Chrome or Edge, or the program in the variable JIXIAO_PDF"
    no_font_in(path) "`{path}` 里没有含汉字的字体" "no font with Han signs is in `{path}`"
    font_help() "放进 ttf、otf、ttc 格式的中文字体，或不写 --fonts，用机器上的" "put a font with Han signs there (ttf, otf, ttc), or leave --fonts out to use those of the machine"
    signs_without_glyph(signs) "这些字所用的字体里都没有，PDF 里印成空框：{signs}" "no font has these signs, the PDF shows boxes in their place: {signs}"
    signs_without_glyph_help() "装一种有这些字的字体，或用 --fonts 指定字体文件夹，再编译一次" "install a font that has them, or name a folder of fonts with --fonts, and build again"
    reason_no_pdf() "它没有写出 PDF" "it wrote no PDF"
    reason_too_slow() "超过了时限" "it took too long"
    column_document() "文档" "document"
    column_projects() "项目" "projects"
    column_indicators() "指标" "indicators"
    column_standard() "标准" "standard"
    column_guesses() "推断" "guessed"
    column_left_over() "未导入" "left over"
    column_result() "结果" "result"
    result_written() "已写" "written"
    result_unchanged() "没有变化" "unchanged"
    result_shown() "会改" "would change"
    result_conflict() "与已有的冲突" "conflicts with what is there"
    result_failed() "无法读取" "cannot be read"
    no_targets(name) "`{name}` 里没有找到绩效目标" "no targets were found in `{name}`"
    no_words(name) "`{name}` 里一个字也没有" "`{name}` holds no words at all"
    no_targets_because(name, why) "`{name}` 里没有找到绩效目标：{why}" "no targets were found in `{name}`: {why}"
    only_pictures(name) "`{name}` 的页面是图片（扫描件），没有文字可读" "the pages of `{name}` are pictures, a scan: there is no text to read"
    pictures_help() "请对方给 docx、xlsx，或在电脑上生成的 ofd；只有扫描件时，先用文字识别（OCR）软件转成 docx 或 xlsx，核对数字后再导入" "ask for a docx, an xlsx or an ofd that a program made; where there is only a scan, turn it into a docx or an xlsx by a program for text recognition first, and check the figures"
    labels_wanted() "要有写着项目名称或项目编码的表格，或有一级指标、二级指标、三级指标和指标值的表头；别的写法可在标准里用 读作 补上" "a table with the name or the code of a project is wanted, or headings for categories, names and targets; other words for them can be added in a standard with 读作"
    own_standard_origin(name) "由 {name} 的表式归纳" "after the form of {name}"
    unnamed_project(number) "项目{number}" "project {number}"
    guessed_name(name) "文档没有写项目名称，写作 `{name}`" "the document names no project here: `{name}` is written"
    guessed_money_unit(unit) "没有写金额单位，按 `{unit}` 计" "no money unit is stated: `{unit}` is taken"
    guessed_department(name) "文档没有写部门名称，写作 `{name}`" "the document names no department: `{name}` is written"
    guessed_known_department(name) "文档没有写部门名称，归入 `{name}`" "the document names no department: it is taken for one of `{name}`"
    guessed_year(year) "文档没有写年度，按项目编码写作 {year}" "the document states no year: {year} is taken from the project codes"
    reference_not_found(name) "分项目标所列的 `{name}` 在各项目里没有找到" "`{name}`, named by a sub-goal, is in no project"
    guessed_reference(name, count) "分项目标所列的 `{name}` 有 {count} 个项目都有，取第一个" "`{name}`, named by a sub-goal, is in {count} projects: the first is taken"
    guessed_category(path) "没有写到二级指标，归入 {path}" "no second level is stated: filed under {path}"
    guessed_no_target() "没有目标值，留空" "there is no target: it is left blank"
    guessed_standard(name) "采用标准 {name}，它的表式最接近" "the standard {name} is used: its form is the nearest"
    guessed_standard_tie(name) "采用标准 {name}；还有别的标准表式同样接近，可用 --standard 指定" "the standard {name} is used; another is as near: --standard chooses"
    guessed_own_standard(name, base) "表式与 {base} 不尽相同，差别写进标准 {name}" "the form differs from {base}: the differences are declared in the standard {name}"
    guessed_layout(name, count) "有 {count} 个项目的表样不同，都照 `{name}` 的印" "{count} projects have a form of another layout: all are printed in that of `{name}`"
    doubt_spelt_out(text) "`{text}` 的比较用文字写成，已换成比较符，原文留作 表述" "the comparison in `{text}` is in words: it became a sign, and the words are kept as 表述"
    doubt_noted(text) "`{text}` 按括号前面的数读取，原文留作 表述" "`{text}` is read as the figure before the bracket, and the words are kept as 表述"
    doubt_no_unit(text) "`{text}` 没有计量单位，写作 无单位" "`{text}` has no unit: it is written without one (无单位)"
    doubt_whole_scale(text) "`{text}` 是整个分级，取最好的一级为目标" "`{text}` names the whole scale: its best grade is taken"
    doubt_damaged_sign(text) "`{text}` 开头的 2 可能是损坏的 ≥，请核对" "the leading 2 of `{text}` may be a damaged ≥: compare with the original"
    doubt_other_sign(text) "`{text}` 的指标性质写法与印出的不同" "the nature of `{text}` is written otherwise than it is printed"
    doubt_fraction(text) "`{text}` 数的东西没有零头，照原文留作定性" "`{text}` counts what has no fractions: its words are kept"
    doubt_power(text) "`{text}` 里的乘方没有读，照原文留作定性" "the power in `{text}` is not read: its words are kept"
    guessed_power(text, number) "`{text}` 里的乘方读作 {number}，原文留作 表述" "the power in `{text}` is read as {number}: its words are kept as the wording"
    doubt_quantitative(text) "`{text}` 旁边写着定性，说的却是一个数：按数读取" "`{text}` is said to be qualitative, but is a figure: it is read as one"
    doubt_unread_date(text) "`{text}` 说的不是一个日子，照原文留作定性" "`{text}` is not just one day: its words are kept"
    left_over_comment(place, text) "导入时没有认出（{place}）：{text}" "not recognised while importing ({place}): {text}"
    guessed_safeguard_name() "整段当作保障措施的名称：看不出名称到哪里为止" "the whole paragraph is taken as the name of a safeguard: where the name ends cannot be told"
    detail_is_no_sum(stated, sum) "合计 {stated} 与各行之和 {sum} 不一致" "the sum {stated} is not that of its lines, {sum}"
    guessed_level_elsewhere(first, second, right) "表上 `{second}` 放在 `{first}` 下面；标准里它属于 `{right}`" "the table has `{second}` below `{first}`; in the standards it is `{right}`"
    guessed_hint(text, hint) "`{text}` 含有 `{hint}`，像是没有换掉的填表提示，照原文导入" "`{text}` holds `{hint}`, which looks like a hint of the form that was left in: it is imported as it stands"
    guessed_target_column(text) "没有哪个标准列出列名 `{text}`：按它下面各格，读作目标值" "no standard lists the heading `{text}`: by the cells below, it is read as the targets"
    unclear_projects_beside() "几个项目并排在这张表里，看不出哪一格是哪个项目的：整张表没有导入" "several projects stand beside each other in this table, and which cell is whose cannot be told: none of it is imported"
    projects_beside_help() "一个项目一张表，或者在每个项目自己的列上面写出它的名称，行首写 项目名称" "give each project a table of its own, or write its name over its own columns, behind the label 项目名称"
    guessed_projects_beside(count) "{count} 个项目并排在一张表里：各成一个项目，印出来一个项目一张表" "{count} projects stand beside each other in one table: each becomes a project, and is printed in a table of its own"
    guessed_two_goals(first, second) "`{first}` 和 `{second}` 旁边各有一段目标，看不出哪段是年度的，合在一起导入" "there is a goal beside `{first}` and one beside `{second}`: which is the year's cannot be told, and they are imported as one"
    guessed_column(text) "`{text}` 所在的列没有认出" "the column of `{text}` was not recognised"
    at_path(path, what) "`{path}`：{what}" "`{path}`: {what}"
    what_object() "对象" "an object"
    what_list() "列表" "a list"
    what_boolean() "true 或 false" "true or false"
    what_decimal() "写成文字的数字，如 \"12.40\"" "a number as text, such as \"12.40\""
    keys_are(names) "这里的键有：{names}" "the keys here are {names}"
    other_schema_version(found, known) "是第 {found} 版的格式，这个程序读第 {known} 版" "it is of version {found} of the format; this program reads version {known}"
    not_json(line, column) "第 {line} 行第 {column} 列不合 JSON 的写法" "not JSON at line {line}, column {column}"
    json_ends_early(line) "JSON 没有写完，到第 {line} 行就断了" "the JSON ends early, in line {line}"
    json_number(line, column) "第 {line} 行第 {column} 列的数字要写成文字，如 \"12.40\"" "the number at line {line}, column {column} has to be a text, such as \"12.40\""
    document_too_large(name, what) "`{name}` 超出上限：{what}" "`{name}` exceeds a limit: {what}"
}

#[cfg(test)]
mod tests {
    /// Both languages of a text must name the same arguments.
    #[test]
    fn both_languages_use_the_same_arguments() {
        let sources = [
            include_str!("texts.rs"),
            include_str!("texts/browser.rs"),
            include_str!("texts/changes.rs"),
            include_str!("texts/documents.rs"),
            include_str!("texts/editor.rs"),
            include_str!("texts/git.rs"),
            include_str!("texts/history.rs"),
            include_str!("texts/year.rs"),
        ];
        let arguments = |literal: &str| {
            let plain = literal.replace("{{", "").replace("}}", "");
            let mut names: Vec<String> =
                plain.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect();
            names.sort();
            names
        };
        let mut seen = 0;
        for line in sources
            .iter()
            .flat_map(|source| source.lines())
            .filter(|line| line.starts_with("    ") && line.contains(") \""))
        {
            let line = line.replace("\\\"", "'");
            let literals: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
            if let [chinese, english] = literals[..] {
                assert_eq!(arguments(chinese), arguments(english), "{line}");
                seen += 1;
            }
        }
        assert!(seen > 100, "only {seen} texts were found");
    }
}
