//! What is said of the printed forms of the year.

use super::{Argument, Language, Text, Wording};

texts! {
    form_without_data(form) "没有可以印 `{form}` 的内容" "there is nothing of which `{form}` could be printed"
    no_form_has_data() "没有可以印成全年各表的内容" "there is nothing of which a form of the year could be printed"
    form_not_in_standard(standard, form) "标准 `{standard}` 没有 `{form}`" "the standard `{standard}` has no `{form}`"
    form_in_standard_help(form) "在标准里写：{form} {{ 列 三级指标；列 完成值 \"实际完成值\" }}，或让它扩展内置的标准" "declare it in the standard: {form} {{ 列 三级指标；列 完成值 \"实际完成值\" }}, or let it extend a built-in one"
    form_not_in_format(forms, format) "`{forms}` 不能写成 {format}" "`{forms}` cannot be written as {format}"
    overview_is_a_page() "总览是网页：写 --to html，要打印就写 --to pdf；给程序用的数据：jixiao monitor 和 jixiao score 的 --format json" "an overview is a page: write --to html, or --to pdf to print it; for programs there are jixiao monitor and jixiao score with --format json"
    write_monitoring() "先写监控：监控 6月底 {{ 执行 项目 金额；完成 项目.指标 完成值 }}" "report a checkpoint first: 监控 6月底 {{ 执行 项目 金额；完成 项目.指标 完成值 }}"
    write_self_evaluation() "先写自评：自评 {{ 执行 项目 金额；完成 项目.指标 完成值 }}" "report the year first: 自评 {{ 执行 项目 金额；完成 项目.指标 完成值 }}"
    write_transfer() "先在项目里写 类型 转移支付，再写自评：自评 {{ 执行 项目 金额；完成 项目.指标 完成值 }}" "say 类型 转移支付 in the project, then report the year: 自评 {{ 执行 项目 金额；完成 项目.指标 完成值 }}"
    write_review() "先写复核：复核 2026-03-15 \"财政局\" {{ 得分 项目.指标 6 分 \"理由\" }}" "review it first: 复核 2026-03-15 \"财政局\" {{ 得分 项目.指标 6 分 \"理由\" }}"
    write_evaluation() "先写评价：评价 2026-06-20 项目 {{ 得分 决策.项目立项 3 分 \"理由\" }}" "evaluate it first: 评价 2026-06-20 项目 {{ 得分 决策.项目立项 3 分 \"理由\" }}"
}
