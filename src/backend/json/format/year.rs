//! The shape of the year in `targets.json`: one entry a declaration, one a line.

use schemars::JsonSchema;
use serde::Serialize;

use super::{DecimalText, FundOut, IndicatorOut, QuantityOut, TargetOut};

/// A declaration of the year. What is not stated is left out.
#[derive(Default, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Occasion")]
pub(in crate::backend::json) struct OccasionOut<'a> {
    /// `approval`, `adjustment`, `monitoring`, `self_evaluation`, `review`, `evaluation` or `area`
    pub kind: &'static str,
    /// As written: a day, or a checkpoint by the end of its month.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Derived: the day that it means.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<String>,
    /// The number of the document, who reviewed, or the name of the area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'a str>,
    /// The last day counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// When it was handed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filed: Option<String>,
    /// Why it was adjusted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'a str>,
    /// The framework that is scored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub framework: Option<&'a str>,
    /// What is evaluated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<AboutOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<LineOut<'a>>,
}

/// What a line is about, resolved. Without a project it is the department.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "About")]
pub(in crate::backend::json) struct AboutOut<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indicator: Option<&'a str>,
    /// The `id` of the project or of the indicator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
}

/// A line. Which keys stand there follows from its field.
#[derive(Default, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "YearLine")]
pub(in crate::backend::json) struct LineOut<'a> {
    /// Its field of the language: `spent`, `reached`, `budget`, `fingerprint` …
    pub field: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<AboutOut<'a>>,
    /// The leaf of a framework, the member of an area, or the category of an indicator that is added, as written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<&'a str>,
    /// The kind of an application.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'a str>,
    /// By when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<QuantityOut<'a>>,
    /// What an adjustment changes it from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<ChangedOut<'a>>,
    /// What an adjustment changes it to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<ChangedOut<'a>>,
    /// An indicator that an adjustment adds, or an area has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indicator: Option<Box<IndicatorOut<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<ActualOut<'a>>,
    /// What is expected at the end of the year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<ActualOut<'a>>,
    /// The value of the whole period so far.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whole_period: Option<ActualOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub likelihood: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<DecimalText>,
    /// The points are those of the self-evaluation.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub taken_over: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sample: Option<QuantityOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scope: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub funds: Vec<FundOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub deviations: Vec<DeviationOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub measures: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<&'a str>,
}

/// One side of a change.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "Changed")]
pub(in crate::backend::json) enum ChangedOut<'a> {
    Amount(QuantityOut<'a>),
    Target(TargetOut<'a>),
    /// A weight, as text.
    Points(DecimalText),
}

#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Deviation")]
pub(in crate::backend::json) struct DeviationOut<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<&'a str>,
}

/// 完成值
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "Actual")]
pub(in crate::backend::json) enum ActualOut<'a> {
    Quantity {
        quantity: QuantityOut<'a>,
    },
    Date {
        date: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        day: Option<String>,
    },
    YesNo {
        value: bool,
    },
    Grade {
        grade: &'a str,
    },
    /// `reached`, `partly_reached` or `not_reached`
    Attainment {
        attainment: &'static str,
    },
    /// A deadline that nothing was done for.
    NotDone,
    Pending {
        reason: &'a str,
    },
    NotApplicable {
        reason: &'a str,
    },
    ToFillIn,
}
