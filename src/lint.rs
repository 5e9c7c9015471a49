//! The rules of the field: what a reviewer would find in a model.
//!
//! A rule looks at one indicator, one project, one department or the whole workspace, and reports in its own words. To
//! add one: a file here and its line in [`RULES`]. Word lists, weights and requirements come from the standard, never
//! from a rule; which review criterion a rule serves, and by which document, is data of the standard, too (`规则`).

mod amount_in_text;
mod at_least_the_bound;
mod basis_is_source;
mod basis_repeats_name;
mod basis_repeats_target;
mod basis_without_kind;
mod benefit_repeats_work;
mod blank_amount;
mod concept_filed_differently;
mod context;
mod copied_indicator;
mod cost_above_budget;
mod cost_not_quantified;
mod deadline_after_year;
mod description_repeats_name;
mod dominant_weight;
mod duplicate_indicator;
mod duplicate_project;
mod few_bases;
mod formula;
mod generic_name;
mod goal_repeats_purpose;
mod goal_without_measure;
mod identical_plans;
mod identical_satisfaction;
mod long_name;
mod missing_category;
mod missing_comparator;
mod missing_required;
mod missing_year;
mod mixed_money_units;
mod money_balance;
mod near_miss_wording;
mod no_measured_benefit;
mod out_of_order;
mod placeholder_left;
mod preferred_term;
mod project_code;
mod project_without_sub_goal;
mod quality_is_completion;
mod quantity_is_ratio;
mod ratio_bounds;
mod redundant_word;
mod repeated_word;
mod slogan_name;
mod special_sign;
mod spending_plan;
mod standard_in_force;
mod stated_total;
mod sub_goal_repeats_indicator;
mod sub_goal_unmeasurable;
mod suspicious_direction;
mod suspicious_magnitude;
mod timeliness_without_time;
mod unit_contradicts_name;
mod unit_in_text;
mod unmeasurable_target;
mod vague_basis;
mod weights;
mod year_and_period;
mod zero_target;

use rayon::prelude::*;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{DepartmentId, Model, Project, StandardId};
use crate::source::{Sources, Span};

pub(crate) use context::{Context, Row};

/// A rule, the codes it reports, and what it looks at.
pub struct Rule {
    /// Whether it runs is asked for each.
    pub codes: &'static [Code],
    /// The finest unit that it can be run on alone.
    pub check: Check,
}

/// What a rule is run on: an editor asks again only for what a change touches.
pub enum Check {
    /// One indicator, its project and standard.
    Indicator(fn(&Row<'_>, &mut Findings)),
    /// One project and its indicators.
    Project(fn(&Context<'_>, &Project, &mut Findings)),
    /// The projects of a department, or those outside any.
    Group(fn(&Context<'_>, Option<DepartmentId>, &mut Findings)),
    /// One department and its projects.
    Department(fn(&Context<'_>, DepartmentId, &mut Findings)),
    /// All departments and standards at once.
    Workspace(fn(&Context<'_>, &mut Findings)),
}

/// Every rule, by its first code.
pub const RULES: &[Rule] = &[
    missing_required::RULE,
    missing_required::DEPARTMENT_RULE,
    blank_amount::RULE,
    missing_year::RULE,
    mixed_money_units::RULE,
    placeholder_left::RULE,
    placeholder_left::DEPARTMENT_RULE,
    project_code::RULE,
    project_code::WORKSPACE_RULE,
    duplicate_project::RULE,
    money_balance::RULE,
    suspicious_magnitude::RULE,
    year_and_period::RULE,
    formula::RULE,
    amount_in_text::RULE,
    spending_plan::RULE,
    identical_plans::RULE,
    goal_repeats_purpose::RULE,
    goal_without_measure::RULE,
    repeated_word::RULE,
    repeated_word::DEPARTMENT_RULE,
    preferred_term::RULE,
    preferred_term::PROJECT_RULE,
    preferred_term::DEPARTMENT_RULE,
    missing_category::RULE,
    out_of_order::RULE,
    quantity_is_ratio::RULE,
    timeliness_without_time::RULE,
    concept_filed_differently::RULE,
    quality_is_completion::RULE,
    duplicate_indicator::RULE,
    copied_indicator::RULE,
    benefit_repeats_work::RULE,
    no_measured_benefit::RULE,
    slogan_name::RULE,
    generic_name::RULE,
    description_repeats_name::RULE,
    near_miss_wording::RULE,
    redundant_word::RULE,
    unit_in_text::RULE,
    long_name::RULE,
    unmeasurable_target::RULE,
    missing_comparator::RULE,
    at_least_the_bound::RULE,
    ratio_bounds::RULE,
    unit_contradicts_name::RULE,
    suspicious_direction::RULE,
    deadline_after_year::RULE,
    cost_not_quantified::RULE,
    cost_above_budget::RULE,
    identical_satisfaction::RULE,
    zero_target::RULE,
    special_sign::RULE,
    basis_repeats_target::RULE,
    basis_repeats_name::RULE,
    vague_basis::RULE,
    basis_is_source::RULE,
    few_bases::RULE,
    basis_without_kind::RULE,
    weights::RULE,
    dominant_weight::RULE,
    sub_goal_unmeasurable::RULE,
    project_without_sub_goal::RULE,
    sub_goal_repeats_indicator::RULE,
    stated_total::RULE,
    standard_in_force::RULE,
];

/// What rules found, and where they could not tell.
#[derive(Debug, Default)]
pub struct Findings {
    /// In the order in which the rules tell them.
    pub diagnostics: Vec<Diagnostic>,
    /// Where a code could not be judged, so that silence is no praise.
    pub undecided: Vec<Undecided>,
}

/// A place where a rule lacks what it needs to judge: a blank amount, a year that is not stated, a damaged line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Undecided {
    /// Where what is missing should stand.
    pub span: Span,
    /// What could not be judged there.
    pub code: Code,
}

impl Findings {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Says that a code cannot be judged at a place.
    pub fn cannot_tell(&mut self, code: Code, span: Span) {
        self.undecided.push(Undecided { span, code });
    }

    /// Adds what another one holds, behind its own.
    pub fn append(&mut self, mut other: Findings) {
        self.diagnostics.append(&mut other.diagnostics);
        self.undecided.append(&mut other.undecided);
    }
}

/// Which rules are to run for the projects of which standard: those of which at least one code is wanted.
pub struct Plan {
    wanted: Vec<Vec<bool>>,
}

impl Plan {
    /// Rules with at least one code that is wanted under a standard run for its projects.
    pub fn new(model: &Model, is_wanted: impl Fn(Code, StandardId) -> bool) -> Self {
        let standards = (0..model.standards.len() as u32).map(StandardId);
        let for_standard = |standard: StandardId| {
            RULES.iter().map(|rule| rule.codes.iter().any(|code| is_wanted(*code, standard))).collect()
        };
        Self { wanted: standards.map(for_standard).collect() }
    }

    fn runs(&self, rule: usize, standard: StandardId) -> bool {
        self.wanted[standard.0 as usize][rule]
    }
}

/// What all rules find. A rule none of whose codes is wanted under a standard is not run there.
pub fn check(model: &Model, sources: &Sources, is_wanted: impl Fn(Code, StandardId) -> bool) -> Findings {
    let context = Context::new(model, sources);
    let plan = Plan::new(model, is_wanted);
    let mut found = check_workspace(&context);
    for department in model.groups() {
        found.append(check_group(&context, department, &plan));
    }
    let parts: Vec<Findings> =
        model.projects.par_iter().map(|project| check_project(&context, project, &plan)).collect();
    for part in parts {
        found.append(part);
    }
    found
}

/// What the rules find that look at everything.
pub fn check_workspace(context: &Context<'_>) -> Findings {
    let mut found = Findings::default();
    for rule in RULES {
        if let Check::Workspace(check) = rule.check {
            check(context, &mut found);
        }
    }
    found
}

/// What the rules find that look at a department, or at the projects outside any.
pub fn check_group(context: &Context<'_>, department: Option<DepartmentId>, plan: &Plan) -> Findings {
    let first = || context.projects_of(department).next().map(|(_, project)| project.standard);
    let Some(standard) = department.map(|id| context[id].standard).or_else(first) else { return Findings::default() };
    let of_rule = |(index, rule): (usize, &Rule)| {
        let mut found = Findings::default();
        match (&rule.check, department) {
            _ if !plan.runs(index, standard) => {}
            (Check::Group(check), _) => check(context, department, &mut found),
            (Check::Department(check), Some(id)) => check(context, id, &mut found),
            (Check::Department(_), None) | (Check::Workspace(_) | Check::Project(_) | Check::Indicator(_), _) => {}
        }
        found
    };
    let parts: Vec<Findings> = RULES.par_iter().enumerate().map(of_rule).collect();
    parts.into_iter().fold(Findings::default(), |mut all, part| {
        all.append(part);
        all
    })
}

/// What the rules find that look at a project or an indicator. They depend on the project, its standard, its fiscal year
/// and the references to its indicators.
pub fn check_project(context: &Context<'_>, project: &Project, plan: &Plan) -> Findings {
    let mut found = Findings::default();
    let rules = || RULES.iter().enumerate().filter(|(index, _)| plan.runs(*index, project.standard));
    for (_, rule) in rules() {
        if let Check::Project(check) = rule.check {
            check(context, project, &mut found);
        }
    }
    for indicator in &project.indicators {
        let row = Row::new(context, project, indicator);
        for (_, rule) in rules() {
            if let Check::Indicator(check) = rule.check {
                check(&row, &mut found);
            }
        }
    }
    found
}
