//! 预计: what a year comes to if it goes on as it did. Capped by nothing.

use super::{Exact, Figure};
use crate::model::standard::monitoring::Counting;

/// What will be spent: what was spent by the share that was due. None where nothing was due.
pub fn forecast_money(spent: &Exact, due: &Exact) -> Option<Exact> {
    spent.over(due)
}

/// What will be reached: a level stays, what is counted up goes on. None where nothing was due.
pub fn forecast_value(reached: &Figure, counting: Counting, due: &Exact) -> Option<Figure> {
    match counting {
        Counting::Level => Some(reached.clone()),
        Counting::Cumulative => reached.value.over(due).map(Figure::computed),
    }
}
