//! What changed between two versions.

use super::{Argument, Text};

texts! {
    nothing_changed() "没有变化" "nothing changed"
    changes_counted(count) "{count} 处变化" "{count} changes"
}
