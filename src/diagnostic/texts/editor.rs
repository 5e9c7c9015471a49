//! What an editor shows.

use super::{Argument, Text};

texts! {
    references_count(count) "{count} 处引用" "{count} references"
}
