//! What is said of the history of a target.

use super::{Argument, Language, Text, Wording};

texts! {
    log_unknown(words) "`{words}` 不是文件，也没有叫这个名字的项目或指标" "`{words}` is no file, and no project or indicator has this name"
    log_ambiguous(words, count) "`{words}` 可以指 {count} 个项目或指标" "`{words}` may be any of {count} projects and indicators"
    log_no_commits(words) "没有提交改动过 `{words}`" "no commit has changed `{words}`"
    log_no_indicators() "没有指标" "there are no indicators"
    log_reading(count) "读取 {count} 次提交" "reading {count} commits"
    log_cut_at(commit) "历史只到 {commit}：克隆只取了最近的提交，更早的不知道；git fetch --unshallow 取全" "the history ends at {commit}: the clone is shallow and nothing earlier is known; git fetch --unshallow gets the rest"
    log_value_after(value) "此后是 {value}" "{value} from then on"
}
