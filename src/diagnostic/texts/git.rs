//! What is said of git: revisions, merges, set-up.

use super::{Argument, Text};

texts! {
    not_a_repository(path) "`{path}` 不在 git 仓库里" "`{path}` is not in a git repository"
}
