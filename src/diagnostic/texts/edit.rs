//! Why an edit is not made.

use super::{Argument, Language, Text, Wording};

texts! {
    edit_not_found() "这里没有要改的内容" "there is nothing here to change"
    edit_ambiguous() "有几处叫这个名称" "several things have this name"
    edit_damaged() "这一处有语法错误，先改好再试" "there is a mistake of syntax here: mend it first"
    edit_not_here() "这里不能写这项内容" "this does not belong here"
    edit_not_one() "要写的不是一项内容" "this is not one fact"
    edit_taken() "已经有这个名称" "the name is taken"
    edit_mistake(reason) "这样写会出错：{reason}" "this would be a mistake: {reason}"
    edit_shares_line() "这一行还有别的内容，先分成几行" "other facts stand on this line: part it first"
    edit_overlap() "两处修改改到了同样的文字" "two edits change the same words"
    edit_same_place() "两处修改改的是同一个地方" "two edits are about the same place"
    edit_inside_removed() "一处修改的内容被另一处删去了" "one edit is about what another removes"
}
