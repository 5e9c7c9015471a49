//! What is told of a document that is filled in again in its own form.

use super::{Argument, Language, Text, Wording};

texts! {
    template_of_other_kind(path, kind) "`{path}` 是 {kind}，不能当模板" "`{path}` is {kind}, and cannot be a template"
    template_kinds() "模板要用 docx 或 xlsx：在原来的程序里另存为其中一种" "a template is a docx or an xlsx: save it as one of these in the program that made it"
    template_not_found() "在文件里找不到这一格" "the cell is not found in the file"
    template_other_text() "格里有域、修订、自动编号或特殊的字，和读到的文字不一样" "the cell holds a field, a tracked change, an automatic number or a special sign, and is not the text that was read"
    template_formula() "这一格是公式" "the cell is a formula"
    template_fixed_rows() "工作表不增加行" "no rows are added to a sheet"
    template_cell_kept(what, reason) "“{what}”没有写，这一格保持原样：{reason}；请在文件里手工改" "\"{what}\" was not written, the cell stays as it is: {reason}; change it in the file by hand"
    template_row_kept(indicator, reason) "指标“{indicator}”已经没有了，这一行保持原样：{reason}；请在文件里手工删" "the indicator \"{indicator}\" is no more, its row stays as it is: {reason}; delete it in the file by hand"
    template_indicator_without_row(indicator, reason) "指标“{indicator}”没有写：没有它的行，也加不了（{reason}）；请在文件里手工加" "the indicator \"{indicator}\" was not written: it has no row and none can be added ({reason}); add it in the file by hand"
    template_project_gone(project) "目标里没有项目“{project}”，它的表保持原样；请在文件里手工删" "there is no project \"{project}\" in the targets, its form stays as it is; delete it in the file by hand"
    template_project_without_form(project) "模板里没有项目“{project}”的表，没有写；在模板里复制一张空表并写上它的编码或名称，再编译一次" "the template has no form for the project \"{project}\": it was not written; copy a form in the template, put its code or name in, and build again"
    template_without_report(project, kind) "目标里没有项目“{project}”的{kind}，模板里的完成情况保持原样；写上{kind}再编译一次" "the targets have no {kind} of the project \"{project}\": what the template says of the year stays as it is; write one and build again"
    template_told(path, place, text) "{path} {place}：{text}" "{path}, {place}: {text}"
    template_not_back(class, count, shown) "填好的文件读回来和目标不一样，或没有它的位置：{class}（{count} 处）{shown}" "the filled file reads differently from the targets, or has no place for it: {class} ({count}) {shown}"
    template_not_printed(count, kinds) "表上没有位置的内容 {count} 处：{kinds}" "{count} things that the form has no place for: {kinds}"
    class_counted(class, count) "{class} {count} 处" "{class} ({count})"
    and_also(one, other) "{one}、{other}" "{one}, {other}"
    template_repeat_kept(text) "这一格又写了一遍 {text}，几处同样的数改得不一样，不知道它说的是哪一处，保持原样；请在文件里手工改" "the cell says {text} again, of which several become different ones: it stays as it is; change it in the file by hand"
    template_written(path, cells, added, removed) "已写出 {path}：改了 {cells} 格，加了 {added} 行，删了 {removed} 行，其余保持原样" "{path}: {cells} cells changed, {added} rows added, {removed} rows removed, all else as it was"
    blank_form_of_each(name, count) "`{name}` 是空表：{count} 个项目，一个项目填一份" "`{name}` is a blank form: {count} projects, a file for each"
    blank_form_of_several(name, count) "`{name}` 是空表，一份只填一个项目，目标里有 {count} 个项目" "`{name}` is a blank form, which holds one project, and the targets have {count}"
    blank_form_wants_folder() "-o 写一个文件夹：一个项目填一份；或者只给一个项目的文件" "name a folder with -o for a file a project, or give the file of one project alone"
    template_left(count) "有 {count} 处没有写上，见上面" "{count} things were not written, see above"
}
