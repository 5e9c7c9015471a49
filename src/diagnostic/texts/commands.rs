//! What is wrong with a command line.

use super::{Argument, Language, Text, Wording};

texts! {
    no_such_command(name) "没有命令 `{name}`" "there is no command `{name}`"
    no_such_option(name) "没有选项 `{name}`" "there is no option `{name}`"
    no_such_value(option, value) "`{option}` 不能写 `{value}`" "`{option}` cannot be `{value}`"
    one_argument_too_many(value) "多写了 `{value}`" "`{value}` is one too many"
    option_without_value(option) "`{option}` 后面缺少内容" "`{option}` needs a value"
    option_without_equals(option) "`{option}` 和内容之间要写等号" "an equals sign stands between `{option}` and its value"
    option_twice(option) "`{option}` 写了两次" "`{option}` is given twice"
    options_clash(option, other) "`{option}` 不能和 `{other}` 一起用" "`{option}` cannot be used with `{other}`"
    argument_missing(arguments) "缺少 {arguments}" "missing: {arguments}"
    command_missing() "缺少命令" "a command is missing"
    argument_not_utf_8() "命令行里有不是 UTF-8 的文字" "the command line holds text that is not UTF-8"
    did_you_mean_one_of(names) "是不是 {names}？" "did you mean {names}?"
    approve_one_department(count) "一次批复一个部门，这里有 {count} 个：写部门的文件夹" "one department is approved at a time, and here are {count}: name its folder"
    approve_no_date(written) "`{written}` 不是日期：写成 2025-01-20" "`{written}` is no date: write one such as 2025-01-20"
    approve_no_document() "文号是空的：--document 写批复的文号" "the document has no number: --document states it"
    approve_not_understood(path) "`{path}` 没有全读懂，不能写指纹" "`{path}` was not understood whole: it cannot have a fingerprint"
    approved_already(path) "已经批复过：{path}" "approved already: {path}"
    approved_already_help() "批复后的改动写成 调整；批复作废重来的，先删去旧的 批复" "what changes after the approval is an `adjustment`; where the approval itself was withdrawn, delete the old one first"
    values_are(values) "可以写：{values}" "it can be: {values}"
    whole_number_wanted() "这里写一个范围之内的整数" "a whole number within its range stands here"
    usage_is(usage) "用法：{usage}" "usage: {usage}"
    see_help() "加 --help 查看用法" "--help tells how it is used"
    two_lines(one, other) "{one}\n{other}" "{one}\n{other}"
    example_that_fails() "✗ 会报告" "✗ reported"
    example_mended() "✓ 改好后" "✓ mended"
    example_before() "− 原来" "− before"
    example_after() "+ 现在" "+ after"
    rules_are_listed() "全部规则见 jixiao rules" "jixiao rules lists every rule"
}
