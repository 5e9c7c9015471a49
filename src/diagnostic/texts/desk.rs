//! What the page in the browser says of changes.

use super::{Argument, Language, Text, Wording};

texts! {
    desk_no_fix() "这条发现没有现成的改法" "there is no fix for this finding"
    desk_no_excuse() "这条发现不能用注释允许" "no comment can excuse this finding"
    desk_reason_wanted() "请写理由" "say why"
    desk_finding_gone() "这条发现已经不在了" "the finding is gone"
    desk_file_gone(path) "没有文件 `{path}` 了" "the file `{path}` is gone"
    desk_nothing_to_undo() "没有可以撤销或重做的" "there is nothing to undo or to do again"
    desk_read_only() "只读打开，不能改" "opened to look only: nothing can be changed"
    cannot_serve(address, reason) "不能在 {address} 上打开网页：{reason}" "the page cannot be served at {address}: {reason}"
    serving(page, folder) "在浏览器里打开 {page}\n正在看 {folder}；按 Ctrl+C 停止" "open {page} in a browser\nlooking at {folder}; Ctrl+C stops"
    open_it_yourself() "没有找到浏览器，请自己打开上面的地址" "no browser was found: open the address above yourself"
    no_folder_to_serve(folder) "没有文件夹 `{folder}`" "there is no folder `{folder}`"
    form_name() "名称" "Name"
    form_code() "编码" "Code"
    form_category() "类别" "Category"
    form_target() "指标值" "Target"
    form_budget() "预算" "Budget"
    form_indicators() "指标" "Indicators"
    desk_the_year() "年度" "The year"
    desk_lights() "灯" "Lights"
    desk_has_errors() "还有错误，请先改好" "there are errors: mend them first"
    desk_no_such_document() "没有这个文件" "there is no such document"
    desk_message_wanted() "请写这次改动为了什么" "say what the change is for"
    desk_changed_since(path) "`{path}` 后来又改过，不能撤销" "`{path}` was changed since: this cannot be taken back"
    desk_conflicts_first(paths) "上次导入的冲突还没有解决，没有读：{paths}；先在文本里解决冲突标记" "conflicts of the last import are not settled, and nothing was read: {paths}; settle the markers in the text first"
    desk_no_report(checkpoint) "{checkpoint} 的监控还没有开始填" "the report of {checkpoint} is not begun yet"
    desk_not_reached() "这不是完成值" "this is no value that was reached"
}
