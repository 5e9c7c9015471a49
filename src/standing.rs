//! How money, goals and points stand, written out: as text, Markdown, HTML and JSON. Every derivation is printed as
//! [`score`](crate::score) made it.

mod cells;
mod json;
mod lights;
mod others;
mod page;
mod scores;

pub use json::{schema_of_lights, schema_of_scores};
pub use lights::{LightsOfOffice, Wanting, lights_json, lights_page};
pub use page::{StandingPage, StandingPart};
pub use scores::{ScoresOfOffice, explained, scores_json, scores_page};
