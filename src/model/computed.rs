//! 取值: what an indicator's value is computed as, of facts that stand elsewhere.

use super::Indicator;
use crate::language::Field;

/// A quantity that nobody writes: it follows from money, points and lights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComputedQuantity {
    /// Spent of the budget with its adjustments.
    ExecutionRate,
    /// Adjusted, up or down, of the budget as approved.
    AdjustmentRate,
    /// Left over of the budget with its adjustments.
    CarryOverRate,
    /// Of the indicators of the projects, those that were reached.
    ProjectsCompleted,
    /// The total points of the projects, weighted by their money.
    ProjectsAverage,
    /// Of the checkpoints, those that were handed in in time.
    MonitoringInTime,
}

impl ComputedQuantity {
    /// The names in both languages.
    pub const ALL: [(ComputedQuantity, &'static str, &'static str); 6] = [
        (ComputedQuantity::ExecutionRate, "预算执行率", "execution_rate"),
        (ComputedQuantity::AdjustmentRate, "预算调整率", "adjustment_rate"),
        (ComputedQuantity::CarryOverRate, "结转结余率", "carry_over_rate"),
        (ComputedQuantity::ProjectsCompleted, "项目完成率", "projects_completed"),
        (ComputedQuantity::ProjectsAverage, "项目平均分", "projects_average"),
        (ComputedQuantity::MonitoringInTime, "监控及时率", "monitoring_in_time"),
    ];

    /// As a text writes it in Chinese.
    pub fn word(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// Whether it is one of a department as a whole, which a project by itself does not have.
    pub fn is_of_departments(self) -> bool {
        match self {
            ComputedQuantity::ExecutionRate | ComputedQuantity::AdjustmentRate | ComputedQuantity::CarryOverRate => {
                false
            }
            ComputedQuantity::ProjectsCompleted
            | ComputedQuantity::ProjectsAverage
            | ComputedQuantity::MonitoringInTime => true,
        }
    }
}

impl Indicator {
    /// 取值: what its value is computed as; none where somebody reports it.
    pub fn computed(&self) -> Option<ComputedQuantity> {
        let word = self.plain.text(Field::Computed)?;
        ComputedQuantity::ALL.iter().find(|(_, chinese, _)| *chinese == &*word.value).map(|(one, ..)| *one)
    }
}
