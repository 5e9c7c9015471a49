//! What is said of git: revisions, merges, set-up.

use super::{Argument, Text};

texts! {
    not_a_repository(path) "`{path}` 不在 git 仓库里" "`{path}` is not in a git repository"
    unresolved_conflict() "未解决的合并冲突" "a conflict of a merge is not resolved"
    unresolved_conflict_of(name) "未解决的合并冲突：{name}" "a conflict of a merge is not resolved: {name}"
    conflict_here() "冲突从这里开始" "the conflict begins here"
    conflict_help() "在两边的写法里选定一种，删去三行标记" "choose what is to stand there, and delete the three lines of markers"
}
