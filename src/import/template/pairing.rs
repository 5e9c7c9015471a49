//! Which row of a template gets which indicator.

use super::PairedProject;
use crate::import::recognise::draft::IndicatorDraft;
use crate::model::standard::Standard;
use crate::model::{Indicator, text};

/// For each indicator that there is now the row that it gets: its own, else one of its category that is free. And the
/// rows that nothing needs.
pub(super) fn paired_rows(
    pair: &PairedProject<'_>,
    rows: &[(u32, &IndicatorDraft)],
) -> (Vec<Option<usize>>, Vec<usize>) {
    let path = |standard: &Standard, one: &Indicator| one.category.map(|id| standard.category_path(id));
    let old = |at: usize| {
        let one = &pair.old.indicators[rows[at].0 as usize];
        (path(pair.old_standard, one), text::key(&one.name.value))
    };
    let new = |index: usize| {
        let one = &pair.new.indicators[index];
        (path(pair.new_standard, one), text::key(&one.name.value))
    };
    let mut news: Vec<Option<usize>> = vec![None; pair.new.indicators.len()];
    let mut free: Vec<usize> = (0..rows.len()).collect();
    for by_name in [true, false] {
        for (index, row) in news.iter_mut().enumerate().filter(|(_, row)| row.is_none()) {
            let is_it = |at: &usize| {
                let (old, new) = (old(*at), new(index));
                old.0 == new.0 && (!by_name || old.1 == new.1)
            };
            if let Some(place) = free.iter().position(is_it) {
                *row = Some(free.remove(place));
            }
        }
    }
    (news, free)
}
