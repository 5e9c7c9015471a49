//! Points, totals, grades, lights and forecasts: pure functions of what was to be reached, what was reached, and the rules
//! of a standard.
//!
//! Every number is an exact rational and is rounded once, by a named rule, when it becomes points. How a number came about
//! is data ([`DerivationStep`]), which all outputs print, so that they cannot differ.

mod area;
mod computed;
mod derivation;
mod evaluation;
mod exact;
mod execution;
mod forecast;
mod goal;
mod in_force;
mod light;
mod methods;
mod monitoring;
mod office;
mod points;
mod reviewed;
mod row;
mod table;
mod total;

pub use area::{AreaRow, ScoredArea, score_areas};
pub use computed::{ComputedValue, OfficeFacts};
pub(crate) use derivation::formula;
pub use derivation::{DerivationStep, Figure, FigureOrigin, FormulaPiece, StepKind};
pub use evaluation::{ScoredEvaluation, ScoredLeaf, score_evaluations};
pub use exact::Exact;
pub use execution::{Executed, execution};
pub use forecast::{forecast_money, forecast_value};
pub use goal::{Absence, Goal, InUnit, Reached, goal, reached, scored_kind};
pub use in_force::{AdjustmentsInForce, ReportedLines, money_computed, money_figure, money_written};
pub use light::{Due, GoalLight, Light, MoneyLight, counting_of, due_share, goal_light, money_light};
pub use methods::score;
pub use monitoring::{MonitoredDay, MonitoredIndicator, MonitoredProject, MonitoredSum, monitored_sum};
pub use office::{
    ScoreBasis, ScoredProject, StandingProject, checkpoints, last_checkpoint, monitor_project, monitor_projects,
    monitor_whole, score_project, score_projects, score_whole,
};
pub use points::{NoPoints, Points, Rounding, Scored, is_right};
pub use reviewed::ReviewedProject;
pub use row::{InForce, IndicatorReport, IndicatorRow, MoneyInForce};
use table::total_of;
pub use table::{ProjectInForce, ProjectReport, ProjectScore};
pub use total::{ScoredRow, Total, grade_of, total};
