//! The shape of `targets.json`: what programs may rely on. The JSON Schema is made from it.
//!
//! What is not stated is left out: no key is null, and no list or text that may be missing is empty.

mod year;

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use crate::language::{Block, Field, PlainKind, fields_of, own};

pub(super) use year::{AboutOut, ActualOut, ChangedOut, DeviationOut, LineOut, OccasionOut};

/// A decimal as text, exactly as written: no program may round it on the way in.
pub(super) type DecimalText = String;

/// A list whose entries are made when their turn to be written comes.
pub(super) struct Entries<'a, T>(pub Box<dyn Fn() -> Box<dyn Iterator<Item = T> + 'a> + 'a>);

impl<T: Serialize> Serialize for Entries<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq((self.0)())
    }
}

/// Targets of one or several departments.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Document")]
pub(super) struct DocumentOut<D> {
    /// The version of this format.
    pub schema_version: u32,
    pub tool: ToolOut,
    pub departments: D,
}

#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Tool")]
pub(super) struct ToolOut {
    pub name: &'static str,
    pub version: &'static str,
}

/// 部门. Projects outside any department stand in an entry without name.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Department")]
pub(super) struct DepartmentOut<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'a str>,
    /// The fiscal year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<u16>,
    pub standard: StandardOut<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub units_of_account: Vec<UnitOfAccountOut<'a>>,
    #[serde(flatten, serialize_with = "in_order")]
    #[schemars(with = "DepartmentFields")]
    pub fields: Fields<'a>,
    /// 整体预算: the money of the whole department, by the fund sources of its framework.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overall_budget: Option<BudgetOut<'a>>,
    /// Indicators of the whole department, in its framework.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<IndicatorOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sub_goals: Vec<SubGoalOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub safeguards: Vec<SafeguardOut<'a>>,
    /// Fields that the standard declares.
    #[serde(serialize_with = "in_order", skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "BTreeMap<&str, ExtraOut>")]
    pub extra: Extra<'a>,
    #[schemars(with = "Vec<ProjectOut>")]
    pub projects: Entries<'a, ProjectOut<'a>>,
    /// What happened in the year, in the order of the files: approval, adjustments, monitoring, self-evaluation, review,
    /// evaluation.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub occasions: Vec<OccasionOut<'a>>,
    pub derived: TotalsOut,
}

#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Standard")]
pub(super) struct StandardOut<'a> {
    pub name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<&'a str>,
    /// The documents it rests on.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    pub documents: &'a [String],
    /// The unit in which its tables print amounts.
    pub money_unit: String,
}

#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "UnitOfAccount")]
pub(super) struct UnitOfAccountOut<'a> {
    pub code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'a str>,
}

/// 分项绩效目标
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "SubGoal")]
pub(super) struct SubGoalOut<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub goal: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<ReferenceOut<'a>>,
}

/// An indicator that a sub-goal names, resolved.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Reference")]
pub(super) struct ReferenceOut<'a> {
    pub project: &'a str,
    pub indicator: &'a str,
    /// The `id` of the indicator.
    pub id: String,
}

/// 工作保障措施
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Safeguard")]
pub(super) struct SafeguardOut<'a> {
    pub name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<&'a str>,
}

/// 项目
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Project")]
pub(super) struct ProjectOut<'a> {
    /// Unique in this document: `p1`.
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'a str>,
    /// The code's segments by the standard's names, where the code has the standard's form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code_segments: Option<BTreeMap<&'a str, &'a str>>,
    pub name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit_of_account: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<BudgetOut<'a>>,
    /// The parts of `total_investment` by fund source.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub total_investment_funds: Vec<FundOut<'a>>,
    #[serde(flatten, serialize_with = "in_order")]
    #[schemars(with = "ProjectFields")]
    pub fields: Fields<'a>,
    #[serde(serialize_with = "in_order", skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "BTreeMap<&str, ExtraOut>")]
    pub extra: Extra<'a>,
    pub indicators: Vec<IndicatorOut<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Budget")]
pub(super) struct BudgetOut<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<QuantityOut<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub funds: Vec<FundOut<'a>>,
}

/// A part of the budget. A blank amount is left out and differs from zero.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Fund")]
pub(super) struct FundOut<'a> {
    pub source: &'a str,
    /// In an adjustment, what was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<QuantityOut<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<QuantityOut<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "PlanLine")]
pub(super) struct PlanLineOut<'a> {
    pub checkpoint: &'a str,
    /// The cumulative share.
    pub share: QuantityOut<'a>,
}

/// A number and its unit.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Quantity")]
pub(super) struct QuantityOut<'a> {
    /// As written, the scale kept.
    pub value: DecimalText,
    /// 万 or 亿 before the unit.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub multiplier: &'static str,
    /// The unit's name in the standard, or the compound unit as written.
    pub unit: &'a str,
    /// The sign it is written with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symbol: Option<&'a str>,
    /// ratio, count, money …; none for compound units.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dimension: Option<&'static str>,
    /// Derived: the value in the base unit of its dimension.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_value: Option<DecimalText>,
}

/// 三级指标
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Indicator")]
pub(super) struct IndicatorOut<'a> {
    /// Unique in this document: `p1-i3`. None for one that the year adds.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// 一级指标
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<&'a str>,
    /// 二级指标
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subcategory: Option<&'a str>,
    pub name: &'a str,
    pub target: TargetOut<'a>,
    /// 实施期
    #[serde(skip_serializing_if = "Option::is_none")]
    pub whole_period: Option<TargetOut<'a>>,
    #[serde(flatten, serialize_with = "in_order")]
    #[schemars(with = "IndicatorFields")]
    pub fields: Fields<'a>,
    #[serde(serialize_with = "in_order", skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "BTreeMap<&str, ExtraOut>")]
    pub extra: Extra<'a>,
    pub printed: PrintedOut,
}

#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Basis")]
pub(super) struct BasisOut<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'a str>,
    pub text: &'a str,
}

/// 节点: a target of a checkpoint.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Interim")]
pub(super) struct InterimOut<'a> {
    /// As written: `6月底`.
    pub checkpoint: String,
    pub target: TargetOut<'a>,
}

/// Whether more is better.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Direction")]
pub(super) struct DirectionOut {
    /// `up` or `down`
    pub value: &'static str,
    /// Derived from the comparator, not stated.
    pub derived: bool,
}

/// Derived: the cells as the standard's table prints them.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Printed")]
pub(super) struct PrintedOut {
    /// The whole target in one cell: `≥90比率`.
    pub cell: String,
    pub nature: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub value: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub unit: String,
}

/// 指标值
#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "Target")]
pub(super) enum TargetOut<'a> {
    Quantity {
        #[serde(skip_serializing_if = "Option::is_none")]
        comparator: Option<ComparatorOut>,
        quantity: QuantityOut<'a>,
    },
    Range {
        low: QuantityOut<'a>,
        high: QuantityOut<'a>,
    },
    Deadline {
        #[serde(skip_serializing_if = "Option::is_none")]
        comparator: Option<ComparatorOut>,
        date: DecimalText,
        #[serde(skip_serializing_if = "Option::is_none")]
        day: Option<String>,
    },
    Money {
        comparator: ComparatorOut,
        of: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        share: Option<QuantityOut<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        resolved: Option<DecimalText>,
    },
    RelativeToLastYear {
        comparator: ComparatorOut,
        #[serde(skip_serializing_if = "Option::is_none")]
        change: Option<ChangeOut<'a>>,
        /// Derived, in the unit of last year's value.
        #[serde(skip_serializing_if = "Option::is_none")]
        resolved: Option<DecimalText>,
    },
    YesNo {
        value: bool,
    },
    Grade {
        grade: &'a str,
        scale: Vec<&'a str>,
    },
    Words {
        text: &'a str,
    },
}

#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Change")]
pub(super) struct ChangeOut<'a> {
    /// `plus`, `minus` or `times`
    pub kind: &'static str,
    pub by: QuantityOut<'a>,
}

#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Comparator")]
pub(super) struct ComparatorOut {
    /// `at_least`, `at_most`, `above`, `below` or `equal`
    pub id: &'static str,
    pub sign: &'static str,
    /// For systems that damage the sign.
    pub ascii: &'static str,
}

#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
#[schemars(rename = "ExtraValue")]
pub(super) enum ExtraOut<'a> {
    Text(&'a str),
    /// A number or a date, as text.
    Number(String),
    YesNo(bool),
    Quantity(QuantityOut<'a>),
}

/// What a field of the schema says.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum FieldOut<'a> {
    Text(&'a str),
    /// A number or a date, as text.
    Decimal(DecimalText),
    Quantity(QuantityOut<'a>),
    Basis(BasisOut<'a>),
    Direction(DirectionOut),
    Plan(Vec<PlanLineOut<'a>>),
    Interim(Vec<InterimOut<'a>>),
}

/// Fields of the schema by their keys, in its order.
pub(super) type Fields<'a> = Vec<(&'static str, FieldOut<'a>)>;

/// The JSON Schema of the fields of a block, those left out that stand elsewhere.
macro_rules! field_schemas {
    ($( $name:ident $block:ident: $( $own:ident => $kind:ty, )* | $( $elsewhere:ident )* ; )*) => { $(
        pub(super) struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                let mut properties = serde_json::Map::new();
                for field in fields_of(Block::$block) {
                    let schema = match own::$block::of(*field) {
                        $( Some(own::$block::$elsewhere) => continue, )*
                        $( Some(own::$block::$own) => generator.subschema_for::<$kind>(), )*
                        None => plain(*field, generator),
                    };
                    properties.insert(field.english.to_owned(), described(schema, *field));
                }
                schemars::json_schema!({ "type": "object", "properties": properties })
            }
        }
    )* };
}

field_schemas! {
    DepartmentFields Department: | Year Standard Unit Budget SubGoal Safeguard Indicator;
    ProjectFields Project: SpendingPlan => Vec<PlanLineOut<'_>>, | Unit Budget;
    IndicatorFields Indicator: Basis => Option<BasisOut<'_>>, Direction => Option<DirectionOut>,
        Interim => Vec<InterimOut<'_>>, | WholePeriod;
}

fn plain(field: Field, generator: &mut SchemaGenerator) -> Schema {
    match field.plain {
        Some(PlainKind::Quantity | PlainKind::Amount) => generator.subschema_for::<Option<QuantityOut<'_>>>(),
        Some(PlainKind::Text | PlainKind::Name | PlainKind::Number | PlainKind::Date | PlainKind::Period) | None => {
            generator.subschema_for::<Option<&str>>()
        }
    }
}

/// With what the schema of the language says of the field.
fn described(schema: Schema, field: Field) -> serde_json::Value {
    let mut described = serde_json::Map::new();
    described.insert("description".to_owned(), field.english_meaning.into());
    described.extend(schema.as_object().cloned().unwrap_or_default());
    described.into()
}

/// Fields that the standard declares, by name, as the author ordered them.
pub(super) type Extra<'a> = Vec<(&'a str, ExtraOut<'a>)>;

fn in_order<S: Serializer, T: Serialize>(fields: &[(&str, T)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(fields.iter().map(|(name, value)| (name, value)))
}

/// Derived: sums over the projects that stand here.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Totals")]
pub(super) struct TotalsOut {
    pub projects: usize,
    pub indicators: usize,
    /// Indicators whose target holds a number or a date.
    pub quantitative_indicators: usize,
    /// In the base unit of money.
    pub budget: DecimalText,
    /// By fund source; blank lines count as nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub funds: Vec<SumOut>,
    /// Money planned to be spent by each checkpoint.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub planned: Vec<SumOut>,
}

/// Derived: an amount in the base unit of money.
#[derive(Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Sum")]
pub(super) struct SumOut {
    pub name: String,
    pub amount: DecimalText,
}
