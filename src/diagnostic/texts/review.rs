//! What is said of versions and their review: revisions, approvals, the list of changes.

use super::{Argument, Text};

texts! {
    not_in_a_repository(path) "`{path}` 不在 git 仓库里，没有旧版本可比" "`{path}` is in no git repository, so there is no older version"
    git_says(words) "git 说：{words}" "git says: {words}"
    git_failed(words) "git 没有完成：{words}" "git did not do its work: {words}"
    no_git(reason) "不能运行 git：{reason}" "git cannot be run: {reason}"
    no_git_help() "装好 git，或者直接比较两个文件夹：jixiao diff 旧 新" "install git, or compare two folders: jixiao diff OLD NEW"
    unknown_revision(name) "没有版本 `{name}`" "there is no revision `{name}`"
    no_path_nor_revision(name) "`{name}` 不是文件或文件夹，这里也没有 git 仓库" "`{name}` is no file or folder, and there is no git repository here"
    revisions_are() "用 git log --oneline 和 git tag 核对" "see git log --oneline and git tag"
    shallow_repository() "这个仓库只取了最近的提交：先 git fetch --unshallow" "this repository holds the last commits only: git fetch --unshallow first"
    no_commit_yet() "这个仓库还没有提交" "this repository has no commit yet"
    no_common_base(one, other) "`{one}` 和 `{other}` 没有共同的起点" "`{one}` and `{other}` have no common base"
    path_and_revision(name) "`{name}` 既是路径又是版本" "`{name}` is both a path and a revision"
    path_and_revision_help(name) "路径写成 `./{name}`，版本写成 `refs/heads/{name}` 或 `refs/tags/{name}`" "write `./{name}` for the path, `refs/heads/{name}` or `refs/tags/{name}` for the revision"
    no_working_tree() "这个仓库没有工作区，要写明两个版本" "this repository has no working tree: name two revisions"
    outside_repository(path) "`{path}` 不在这个仓库里" "`{path}` lies outside the repository"
    working_tree() "工作区" "working tree"
}
