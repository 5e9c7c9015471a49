//! `targets.json`: the model for programs. Decimals are strings, references are resolved, what is derived says so.
//!
//! The structs of [`format`] are the format; the model's own types stay free to change. [`schema`] is made from them.
//! Departments and projects become such structs one by one, as they are written, each entry of the long lists on a line of
//! its own: small, and a change of an indicator is the change of a line.

mod format;
mod forms;
mod lines;
mod year;

use std::cell::RefCell;
use std::io::{self, Write};
use std::path::PathBuf;

use rust_decimal::Decimal;

use format::{
    BasisOut, BudgetOut, ChangeOut, ComparatorOut, DepartmentOut, DirectionOut, DocumentOut, Entries, Extra, ExtraOut,
    FieldOut, Fields, FundOut, IndicatorOut, InterimOut, PlanLineOut, PrintedOut, ProjectOut, QuantityOut,
    ReferenceOut, SafeguardOut, StandardOut, SubGoalOut, SumOut, TargetOut, ToolOut, TotalsOut, UnitOfAccountOut,
};

use lines::JsonLines;
use serde::Serialize;
use serde::ser::{Error, SerializeSeq};
use serde_json::Serializer;

use super::official::standard_of;
use super::{Backend, Departments, RenderOptions, Scope, Sink, Stream};
use crate::diagnostic::json;
use crate::language::{Block, Field, fields_of, own, plain_fields};
use crate::model::calendar::Date;
use crate::model::standard::Standard;
use crate::model::summary::{self, Totals};
use crate::model::target::{Comparator, SinceLastYear, SymbolicAmount, Target};
use crate::model::unit::{Measure, Quantity};
use crate::model::{
    Budget, Department, DepartmentId, Direction, ExtraField, ExtraValue, FundLine, Indicator, Interim, Model, Plain,
    PlainFields, Project, ProjectId,
};
use crate::model::{code, print};

/// Raised when a key is renamed or removed, may be missing where it never was, or changes its meaning; new keys do not raise
/// it. What is read back reads all versions so far.
const SCHEMA_VERSION: u32 = 2;

pub struct Json;

impl Backend for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn render(&self, model: &Model, scope: Scope, options: &RenderOptions<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        if let Some(asked) = options.forms {
            return sink.artifact("year.json".as_ref(), &mut |out| forms::write(out, model, scope, asked));
        }
        sink.artifact(TARGETS.as_ref(), &mut |out| write(&mut &*model, scope, out))
    }

    fn stream(&self) -> Option<Box<dyn Stream + '_>> {
        Some(Box::new(TargetsStream))
    }
}

const TARGETS: &str = "targets.json";

/// The document, a department at a time.
struct TargetsStream;

impl Stream for TargetsStream {
    fn names(&self) -> Vec<PathBuf> {
        vec![TARGETS.into()]
    }

    fn write(
        &mut self,
        departments: &mut dyn Departments,
        _: &RenderOptions<'_>,
        sink: &mut dyn Sink,
    ) -> io::Result<()> {
        sink.artifact(TARGETS.as_ref(), &mut |out| write(departments, Scope::Workspace, out))
    }
}

fn write(departments: &mut dyn Departments, scope: Scope, out: &mut dyn Write) -> io::Result<()> {
    let document = DocumentOut {
        schema_version: SCHEMA_VERSION,
        tool: ToolOut { name: "jixiao", version: env!("CARGO_PKG_VERSION") },
        departments: DepartmentsOut { departments: RefCell::new(departments), scope },
    };
    document.serialize(&mut Serializer::with_formatter(&mut *out, JsonLines::default()))?;
    out.write_all(b"\n")
}

/// The departments as they are handed in. They can be written once.
struct DepartmentsOut<'d> {
    departments: RefCell<&'d mut dyn Departments>,
    scope: Scope,
}

impl Serialize for DepartmentsOut<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sequence = serializer.serialize_seq(None)?;
        let mut failure = None;
        let outcome = self.departments.borrow_mut().each(&mut |model| {
            let mut groups = self.scope.groups(model);
            let written = groups.try_for_each(|(_, id)| sequence.serialize_element(&department(model, id, self.scope)));
            written.map_err(|error| {
                let told = io::Error::other(error.to_string());
                failure = Some(error);
                told
            })
        });
        if let Some(error) = failure {
            return Err(error);
        }
        outcome.map_err(S::Error::custom)?;
        sequence.end()
    }
}

/// The JSON Schema (draft 2020-12) of the output.
pub fn schema() -> String {
    json::schema::<DocumentOut<Vec<DepartmentOut<'_>>>>()
}

/// The same of the forms of the year.
pub fn schema_of_forms() -> String {
    json::schema::<forms::FormsDocument<'_>>()
}

fn department(model: &Model, id: Option<DepartmentId>, scope: Scope) -> DepartmentOut<'_> {
    let department = id.map(|id| &model[id]);
    let standard = standard_of(model, id);
    // Of one project alone, what its department says of all is left out.
    let said = department.filter(|_| scope.project().is_none());
    let fiscal_year = department.and_then(|department| department.year.as_ref()).map(|year| year.value);
    let whole = said.and_then(|_| model.whole_of(id));
    let projects = move || scope.projects_of(model, id).map(|(_, id, one)| project(model, id, one));
    DepartmentOut {
        code: department.and_then(|department| text(department.code.as_ref())),
        name: department.map(|department| &*department.name.value),
        year: fiscal_year,
        standard: StandardOut {
            name: &standard.name,
            title: standard.title.as_deref(),
            documents: &standard.documents,
            money_unit: standard.money_unit_name(),
        },
        units_of_account: department.map_or(Vec::new(), |department| {
            let units = department.units_of_account.iter();
            units.map(|unit| UnitOfAccountOut { code: &unit.code.value, name: text(unit.name.as_ref()) }).collect()
        }),
        fields: said.map_or(Vec::new(), |department| stated(Block::Department, &department.plain, standard)),
        overall_budget: whole.and_then(|(_, one)| Some(budget(one.budget.as_ref()?, &model[one.standard]))),
        indicators: whole.map_or(Vec::new(), |(id, one)| indicators(model, id, one, fiscal_year, &model[one.standard])),
        sub_goals: said.map_or(Vec::new(), |department| sub_goals(model, department)),
        safeguards: said.map_or(Vec::new(), |department| {
            let safeguards = department.safeguards.iter();
            safeguards.map(|one| SafeguardOut { name: &one.name.value, text: text(one.text.as_ref()) }).collect()
        }),
        extra: said.map_or(Vec::new(), |department| extra(&department.extra, standard)),
        projects: Entries(Box::new(move || Box::new(projects()))),
        occasions: if scope.project().is_none() {
            model.record(id).occasions.iter().map(|one| year::occasion(one, model, standard, fiscal_year)).collect()
        } else {
            Vec::new()
        },
        derived: totals(&summary::of_projects(model, scope.projects_of(model, id).map(|(_, _, one)| one))),
    }
}

fn totals(totals: &Totals) -> TotalsOut {
    let sums = |sums: &[(String, Decimal)]| {
        sums.iter().map(|(name, amount)| SumOut { name: name.clone(), amount: amount.to_string() }).collect()
    };
    TotalsOut {
        projects: totals.projects,
        indicators: totals.indicators,
        quantitative_indicators: totals.quantitative,
        budget: totals.budget.to_string(),
        funds: sums(&totals.funds),
        planned: sums(&totals.planned),
    }
}

fn text(text: Option<&crate::model::Text>) -> Option<&str> {
    text.map(|text| &*text.value)
}

fn sub_goals<'a>(model: &'a Model, department: &'a Department) -> Vec<SubGoalOut<'a>> {
    let reference = |id: crate::model::IndicatorId| ReferenceOut {
        project: &model[id.project].name.value,
        indicator: &model[id].name.value,
        id: indicator_id(model, id.project, id.index as usize),
    };
    let sub_goals = department.sub_goals.iter();
    sub_goals
        .map(|goal| SubGoalOut {
            goal: text(goal.goal.as_ref()),
            indicators: goal.indicators.iter().filter_map(|one| one.target).map(reference).collect(),
        })
        .collect()
}

/// `p1`; `d1` is what the first department has as a whole.
fn project_id(model: &Model, id: ProjectId) -> String {
    let before = model.before.unwrap_or_default();
    match id.whole_of() {
        Some(department) => format!("d{}", before.departments + department.0 as usize + 1),
        None => format!("p{}", before.projects + id.0 as usize + 1),
    }
}

fn indicator_id(model: &Model, project: ProjectId, index: usize) -> String {
    format!("{}-i{}", project_id(model, project), index + 1)
}

fn project<'a>(model: &'a Model, id: ProjectId, project: &'a Project) -> ProjectOut<'a> {
    let standard = &model[project.standard];
    let segments = project
        .code
        .as_ref()
        .zip(standard.code_form.as_ref())
        .and_then(|(code, form)| code::segments(form, &code.value).ok());
    let year = model.year_of(project);
    ProjectOut {
        id: project_id(model, id),
        code: text(project.code.as_ref()),
        code_segments: segments.map(|segments| segments.into_iter().collect()),
        name: &project.name.value,
        unit_of_account: text(project.unit_of_account.as_ref()),
        budget: project.budget.as_ref().map(|money| budget(money, standard)),
        total_investment_funds: project.investment.iter().map(|line| fund(line, standard)).collect(),
        fields: fields_of(Block::Project).iter().filter_map(|field| project_field(*field, project, standard)).collect(),
        extra: extra(&project.extra, standard),
        indicators: indicators(model, id, project, year, standard),
    }
}

fn budget<'a>(budget: &'a Budget, standard: &'a Standard) -> BudgetOut<'a> {
    BudgetOut {
        total: budget.total.as_ref().map(|total| quantity(total, standard)),
        funds: budget.funds.iter().map(|line| fund(line, standard)).collect(),
    }
}

fn fund<'a>(line: &'a FundLine, standard: &'a Standard) -> FundOut<'a> {
    FundOut {
        source: &standard.fund_sources[line.source].name,
        from: None,
        amount: line.amount.as_ref().map(|amount| quantity(amount, standard)),
    }
}

fn indicators<'a>(
    model: &Model,
    id: ProjectId,
    project: &'a Project,
    year: Option<u16>,
    standard: &'a Standard,
) -> Vec<IndicatorOut<'a>> {
    let all = project.indicators.iter().enumerate();
    all.map(|(index, one)| IndicatorOut {
        id: indicator_id(model, id, index),
        ..indicator(one, Some(project), year, standard)
    })
    .collect()
}

fn quantity<'a>(quantity: &'a Quantity, standard: &'a Standard) -> QuantityOut<'a> {
    let (unit, symbol) = match &quantity.measure {
        Measure::Unit(unit) => {
            let unit = &standard.units[*unit as usize];
            (unit.name.as_str(), unit.symbol.as_deref())
        }
        Measure::Compound(written) => (&**written, None),
    };
    let base = match &quantity.measure {
        Measure::Unit(unit) if standard.units[*unit as usize].factor.is_some() => quantity.base_value(standard),
        Measure::Unit(_) | Measure::Compound(_) => None,
    };
    QuantityOut {
        value: quantity.value.to_string(),
        multiplier: quantity.multiplier.sign(),
        unit,
        symbol,
        dimension: quantity.dimension(standard).map(super::super::model::unit::Dimension::id),
        base_value: base.map(|base| base.normalize().to_string()),
    }
}

fn indicator<'a>(
    indicator: &'a Indicator,
    project: Option<&'a Project>,
    year: Option<u16>,
    standard: &'a Standard,
) -> IndicatorOut<'a> {
    let printed = print::printed(&indicator.target.value, standard);
    IndicatorOut {
        id: String::new(),
        category: indicator.category.map(|id| standard.category(id).name.as_str()),
        subcategory: indicator.category.and_then(|id| standard.subcategory(id)).map(|one| one.name.as_str()),
        name: &indicator.name.value,
        target: target(
            &indicator.target.value,
            project.and_then(|project| print::resolved(indicator, project, standard)),
            year,
            standard,
        ),
        whole_period: indicator.whole_period.as_ref().map(|one| target(&one.value, None, year, standard)),
        fields: fields_of(Block::Indicator)
            .iter()
            .filter_map(|field| indicator_field(*field, indicator, standard))
            .collect(),
        extra: extra(&indicator.extra, standard),
        printed: PrintedOut {
            cell: print::target_cell(indicator, standard),
            nature: printed.nature,
            value: printed.value,
            unit: printed.unit,
        },
    }
}

/// The plain fields of a block.
fn stated<'a>(block: Block, fields: &'a PlainFields, standard: &'a Standard) -> Fields<'a> {
    plain_fields(block).filter_map(|field| plain(field, fields, standard)).collect()
}

fn plain<'a>(field: Field, fields: &'a PlainFields, standard: &'a Standard) -> Option<(&'static str, FieldOut<'a>)> {
    let value = match fields.get(field)? {
        Plain::Text(text) => FieldOut::Text(&text.value),
        Plain::Number(number) => FieldOut::Decimal(number.value.to_string()),
        Plain::Quantity(one) => FieldOut::Quantity(quantity(one, standard)),
        Plain::Date(date) => FieldOut::Decimal(date.value.to_string()),
        Plain::Period(period) => FieldOut::Decimal(period.value.to_string()),
    };
    Some((field.english, value))
}

fn project_field<'a>(
    field: Field,
    project: &'a Project,
    standard: &'a Standard,
) -> Option<(&'static str, FieldOut<'a>)> {
    let value = match own::Project::of(field) {
        // They stand before.
        Some(own::Project::Unit | own::Project::Budget) => return None,
        // A plan without lines says nothing.
        Some(own::Project::SpendingPlan) => FieldOut::Plan(
            project
                .plan
                .as_ref()
                .filter(|plan| !plan.lines.is_empty())?
                .lines
                .iter()
                .map(|line| PlanLineOut {
                    checkpoint: &standard.checkpoints[line.checkpoint].label,
                    share: quantity(&line.share, standard),
                })
                .collect(),
        ),
        None => return plain(field, &project.plain, standard),
    };
    Some((field.english, value))
}

fn indicator_field<'a>(
    field: Field,
    indicator: &'a Indicator,
    standard: &'a Standard,
) -> Option<(&'static str, FieldOut<'a>)> {
    let value = match own::Indicator::of(field) {
        // It stands beside the target.
        Some(own::Indicator::WholePeriod) => return None,
        Some(own::Indicator::Basis) => indicator
            .basis
            .as_ref()
            .map(|basis| FieldOut::Basis(BasisOut { kind: text(basis.kind.as_deref()), text: &basis.text.value })),
        Some(own::Indicator::Direction) => direction(indicator).map(FieldOut::Direction),
        Some(own::Indicator::Interim) => {
            let due = |one: &'a Interim| InterimOut {
                checkpoint: one.date.to_string(),
                target: target(&one.target.value, None, None, standard),
            };
            let all: Vec<_> = indicator.interim.iter().map(due).collect();
            (!all.is_empty()).then_some(FieldOut::Interim(all))
        }
        None => return plain(field, &indicator.plain, standard),
    };
    Some((field.english, value?))
}

fn direction(indicator: &Indicator) -> Option<DirectionOut> {
    if let Some(stated) = &indicator.direction {
        return Some(DirectionOut { value: stated.value.english(), derived: false });
    }
    let direction = match indicator.target.value.comparator()? {
        Comparator::AtLeast | Comparator::Above => Direction::Up,
        Comparator::AtMost | Comparator::Below => Direction::Down,
        Comparator::Equal => return None,
    };
    Some(DirectionOut { value: direction.english(), derived: true })
}

fn comparator(comparator: Comparator) -> ComparatorOut {
    ComparatorOut { id: comparator.id(), sign: comparator.sign(), ascii: comparator.ascii() }
}

fn target<'a>(
    target: &'a Target,
    resolved: Option<Decimal>,
    year: Option<u16>,
    standard: &'a Standard,
) -> TargetOut<'a> {
    let resolved = resolved.map(|value| value.normalize().to_string());
    match target {
        Target::Quantity { comparator: sign, quantity: one } => {
            TargetOut::Quantity { comparator: sign.map(comparator), quantity: quantity(one, standard) }
        }
        Target::Range { ends } => {
            TargetOut::Range { low: quantity(&ends.low, standard), high: quantity(&ends.high, standard) }
        }
        Target::Deadline { comparator: sign, date } => {
            TargetOut::Deadline { comparator: sign.map(comparator), date: date.to_string(), day: day(*date, year) }
        }
        Target::Money { comparator: sign, symbol, share } => TargetOut::Money {
            comparator: comparator(*sign),
            of: match symbol {
                SymbolicAmount::Budget => Field::Budget.english,
                SymbolicAmount::Fund(source) => &standard.fund_sources[*source].name,
            },
            share: share.as_deref().map(|share| quantity(share, standard)),
            resolved,
        },
        Target::LastYear { comparator: sign, change } => TargetOut::RelativeToLastYear {
            comparator: comparator(*sign),
            change: change.as_deref().map(|(kind, by)| ChangeOut {
                kind: match kind {
                    SinceLastYear::Plus => "plus",
                    SinceLastYear::Minus => "minus",
                    SinceLastYear::Times => "times",
                },
                by: quantity(by, standard),
            }),
            resolved,
        },
        Target::YesNo(value) => TargetOut::YesNo { value: *value },
        Target::Grade { grade, scale } => {
            TargetOut::Grade { grade, scale: scale.iter().map(|grade| &**grade).collect() }
        }
        Target::Words(text) => TargetOut::Words { text },
        // Invariant: a backend sees only models without errors.
        Target::Damaged => TargetOut::Words { text: "" },
    }
}

fn day(date: Date, year: Option<u16>) -> Option<String> {
    date.year.or(year).map(|year| date.in_year(year).to_string())
}

fn extra<'a>(fields: &'a [ExtraField], standard: &'a Standard) -> Extra<'a> {
    fields
        .iter()
        .map(|field| {
            let value = match &field.value {
                ExtraValue::Text(text) => ExtraOut::Text(text),
                ExtraValue::Number(number) => ExtraOut::Number(number.to_string()),
                ExtraValue::Date(date) => ExtraOut::Number(date.to_string()),
                ExtraValue::Quantity(one) => ExtraOut::Quantity(quantity(one, standard)),
                ExtraValue::YesNo(value) => ExtraOut::YesNo(*value),
            };
            (standard.field_rules[field.rule].name.as_str(), value)
        })
        .collect()
}
