//! What the page in the browser says of changes.

use super::{Argument, Language, Text, Wording};

texts! {
    desk_no_fix() "这条发现没有现成的改法" "there is no fix for this finding"
    desk_no_excuse() "这条发现不能用注释允许" "no comment can excuse this finding"
    desk_reason_wanted() "请写理由" "say why"
    desk_finding_gone() "这条发现已经不在了" "the finding is gone"
    desk_file_gone(path) "没有文件 `{path}` 了" "the file `{path}` is gone"
    desk_nothing_to_undo() "没有可以撤销或重做的" "there is nothing to undo or to do again"
    desk_changed_since(path) "`{path}` 后来又改过，不能撤销" "`{path}` was changed since: this cannot be taken back"
}
