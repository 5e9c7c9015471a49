//! Which rows of a table stay on one page.

use super::{FormCell, FormTable};

/// A merged cell of more rows may cross pages: its text stands at its top, where it is seen first.
pub(in crate::backend) const LONG: usize = 12;

impl FormTable {
    /// Which rows stay with the next: those beside one merged cell, if they are few enough for a page.
    pub fn kept(&self) -> Vec<bool> {
        let mut run = 0;
        let mut kept = Vec::with_capacity(self.rows.len());
        for (index, row) in self.rows.iter().enumerate() {
            run = row.first().filter(|first| !first.continues()).map_or(run, |first| first.rows);
            let goes_on = self.rows.get(index + 1).and_then(|next| next.first()).is_some_and(FormCell::continues);
            kept.push(goes_on && run <= LONG);
        }
        kept
    }

    /// Where each column of the grid begins, and where the last ends, in a width of any unit.
    pub fn edges(&self, width: usize) -> Vec<usize> {
        let sum: usize = self.widths.iter().map(|width| usize::from(*width)).sum();
        let mut so_far = 0;
        let mut edges = vec![0];
        for one in &self.widths {
            so_far += usize::from(*one);
            edges.push(width * so_far / sum.max(1));
        }
        edges
    }

    /// Whether it has so many columns that the letters are smaller.
    pub fn is_crowded(&self) -> bool {
        self.heading_rows > 0 && self.widths.len() > MANY_COLUMNS
    }
}

/// Above so many columns the letters are smaller.
const MANY_COLUMNS: usize = 8;
