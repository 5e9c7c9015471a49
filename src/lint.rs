//! The rules of the field: what a reviewer would find in a model.
//!
//! A rule looks at one text, one indicator, one project, one department or the whole workspace, and reports in its own
//! words. To add one: a file here and its line in [`RULES`]. Word lists, weights and requirements come from the standard,
//! never from a rule; which review criterion a rule serves, and by which document, is data of the standard, too (`规则`).
//!
//! A text is folded and searched once for all rules, by the first that asks (`said`).

mod across;
mod adjusted_from_other;
mod adjustment_out_of_time;
mod amount_in_text;
mod at_least_the_bound;
mod at_most_of_works;
mod basis_is_source;
mod basis_repeats_name;
mod basis_repeats_target;
mod basis_without_kind;
mod benefit_repeats_work;
mod benefit_states_cost;
mod blank_amount;
mod changed_after_approval;
mod concept_filed_differently;
mod context;
mod copied_indicator;
mod copied_project;
mod cost_above_budget;
mod cost_is_ratio;
mod cost_not_quantified;
mod deadline_after_year;
mod description_repeats_name;
mod dominant_weight;
mod duplicate_indicator;
mod duplicate_project;
mod exact_cost;
mod far_below_last_year;
mod few_bases;
mod formula;
mod generic_name;
mod goal_repeats_purpose;
mod goal_without_measure;
mod hidden_sign;
mod identical_plans;
mod identical_satisfaction;
mod long_name;
mod missing_category;
mod missing_comparator;
mod missing_required;
mod missing_year;
mod mixed_money_units;
mod money_balance;
mod name_contradicts;
mod name_is_category;
mod near_miss_wording;
mod no_measured_benefit;
mod out_of_order;
mod placeholder_left;
mod preferred_term;
mod price_far_from_others;
mod price_times_quantity;
mod project_code;
mod project_without_sub_goal;
mod quality_is_completion;
mod quantitative_in_words;
mod quantity_is_ratio;
mod ratio_bounds;
mod redundant_word;
mod repeated_word;
mod said;
mod same_scoring;
mod similar_project;
mod slogan_at_bound;
mod slogan_name;
mod special_sign;
mod spending_plan;
mod standard_in_force;
mod stated;
mod stated_total;
mod sub_goal_repeats_indicator;
mod sub_goal_unmeasurable;
mod suspicious_direction;
mod suspicious_magnitude;
mod timeliness_without_time;
mod unapproved_adjustment;
mod unit_contradicts_name;
mod unit_in_text;
mod unmeasurable_target;
mod vague_basis;
mod weight_takes_all;
mod weights;
mod wording_contradicts;
mod year;
mod year_and_period;
mod zero_target;
mod zero_without_scoring;

use crate::parallel::prelude::*;

use crate::diagnostic::{Code, Diagnostic};
use crate::language::Field;
use crate::model::{DepartmentId, Model, Project, StandardId, extra_texts};
use crate::source::{Sources, Span};

pub use across::{Across, Marks, MarksBefore, marks};
pub(crate) use context::{Context, Row};
pub(crate) use said::SaidText;

/// A rule, the codes it reports, and what it looks at.
pub struct Rule {
    /// Whether it runs is asked for each.
    pub codes: &'static [Code],
    /// The finest unit that it can be run on alone.
    pub check: Check,
}

/// What a rule is run on: an editor asks again only for what a change touches.
pub enum Check {
    /// Every text of a project or a department.
    Text(OfText),
    /// The purpose and the goal of a project, and every text of a department.
    Prose(OfText),
    /// One indicator, its project and standard.
    Indicator(OfIndicator),
    /// One project and its indicators.
    Project(OfProject),
    /// The money and the indicators of a project, or of a department as a whole.
    Targets(OfProject),
    /// The projects of a department, or those outside any.
    Group(OfGroup),
    /// One department and its projects.
    Department(OfDepartment),
    /// What happened in the year of a department, or of the projects outside any.
    Year(OfYear),
    /// All departments and standards at once.
    Workspace(fn(&Across<'_>, &mut Findings)),
}

type OfText = fn(&Context<'_>, &SaidText<'_>, &mut Findings);
type OfIndicator = fn(&Row<'_>, &mut Findings);
type OfProject = fn(&Context<'_>, &Project, &mut Findings);
type OfGroup = fn(&Context<'_>, Option<DepartmentId>, &mut Findings);
type OfYear = fn(&year::ReportedYear<'_>, &mut Findings);
type OfDepartment = fn(&Context<'_>, DepartmentId, &mut Findings);

/// Every rule, by its first code.
pub const RULES: &[Rule] = &[
    missing_required::RULE,
    missing_required::DEPARTMENT_RULE,
    blank_amount::RULE,
    missing_year::RULE,
    mixed_money_units::RULE,
    placeholder_left::RULE,
    project_code::RULE,
    project_code::DEPARTMENT_RULE,
    duplicate_project::RULE,
    similar_project::RULE,
    money_balance::RULE,
    suspicious_magnitude::RULE,
    year_and_period::RULE,
    formula::RULE,
    amount_in_text::RULE,
    spending_plan::RULE,
    identical_plans::RULE,
    price_times_quantity::RULE,
    goal_repeats_purpose::RULE,
    goal_without_measure::RULE,
    repeated_word::RULE,
    preferred_term::RULE,
    preferred_term::PROSE_RULE,
    preferred_term::DEPARTMENT_RULE,
    slogan_at_bound::RULE,
    name_is_category::RULE,
    benefit_states_cost::RULE,
    missing_category::RULE,
    out_of_order::RULE,
    quantity_is_ratio::RULE,
    timeliness_without_time::RULE,
    concept_filed_differently::RULE,
    quality_is_completion::RULE,
    duplicate_indicator::RULE,
    copied_indicator::RULE,
    copied_project::RULE,
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
    far_below_last_year::RULE,
    price_far_from_others::RULE,
    zero_target::RULE,
    special_sign::RULE,
    wording_contradicts::RULE,
    name_contradicts::RULE,
    hidden_sign::RULE,
    hidden_sign::DEPARTMENT_RULE,
    basis_repeats_target::RULE,
    basis_repeats_name::RULE,
    vague_basis::RULE,
    basis_is_source::RULE,
    few_bases::RULE,
    basis_without_kind::RULE,
    weights::RULE,
    weight_takes_all::RULE,
    zero_without_scoring::RULE,
    dominant_weight::RULE,
    same_scoring::RULE,
    quantitative_in_words::RULE,
    exact_cost::RULE,
    cost_is_ratio::RULE,
    at_most_of_works::RULE,
    sub_goal_unmeasurable::RULE,
    project_without_sub_goal::RULE,
    sub_goal_repeats_indicator::RULE,
    stated_total::RULE,
    year::missing_actual::RULE,
    year::missed_without_reason::RULE,
    year::score_above_weight::RULE,
    year::score_differs::RULE,
    year::excess_unexplained::RULE,
    year::no_budget::RULE,
    year::score_out_of_band::RULE,
    year::execution_above_budget::RULE,
    year::slow_spending::RULE,
    year::monitoring_row::RULE,
    year::relaxed_after_warning::RULE,
    year::money_changed_alone::RULE,
    year::actuals_copied::RULE,
    year::value_falls::RULE,
    year::dates_contradict::RULE,
    year::evidence_missing::RULE,
    year::vague_reason::RULE,
    year::reason_without_deviation::RULE,
    year::reason_without_measure::RULE,
    year::judged_score_missing::RULE,
    year::reached_but_deducted::RULE,
    year::full_score_for_missed::RULE,
    year::score_weights::RULE,
    year::decimals_of_scores::RULE,
    year::score_without_money::RULE,
    year::fund_overspent::RULE,
    year::unplanned_fund::RULE,
    year::execution_balance::RULE,
    year::spending_falls::RULE,
    year::low_execution::RULE,
    year::judgement_and_light::RULE,
    year::judgement_and_forecast::RULE,
    year::report_missing::RULE,
    year::red_twice::RULE,
    year::report_late::RULE,
    year::stated_sum_differs::RULE,
    year::budget_fitted::RULE,
    year::goal_copied::RULE,
    year::sample_missing::RULE,
    year::deviation_without_kind::RULE,
    year::stated_grade_differs::RULE,
    year::no_ratio_target::RULE,
    year::all_full_scores::RULE,
    year::expected_out_of_pace::RULE,
    year::department_and_project_differ::RULE,
    year::computed_differs::RULE,
    year::praise_for_poor::RULE,
    year::closing_cell_empty::RULE,
    year::result_unused::RULE,
    year::area_sum_differs::RULE,
    year::levels_differ::RULE,
    year::period_below_year::RULE,
    year::period_missed::RULE,
    changed_after_approval::RULE,
    unapproved_adjustment::RULE,
    adjusted_from_other::RULE,
    adjustment_out_of_time::RULE,
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

/// Which rules are to run for what follows which standard: those of which at least one code is wanted.
pub struct Plan {
    wanted: Vec<WantedRules>,
}

/// Such rules by what they look at.
#[derive(Default)]
struct WantedRules {
    texts: Vec<OfText>,
    prose: Vec<OfText>,
    indicators: Vec<OfIndicator>,
    projects: Vec<OfProject>,
    targets: Vec<OfProject>,
    groups: Vec<OfGroup>,
    departments: Vec<OfDepartment>,
    years: Vec<(OfYear, &'static [Code])>,
}

impl Plan {
    /// Rules with at least one code that is wanted under a standard run for its projects.
    pub fn new(model: &Model, is_wanted: impl Fn(Code, StandardId) -> bool) -> Self {
        let for_standard = |standard: StandardId| {
            let mut wanted = WantedRules::default();
            for rule in RULES.iter().filter(|rule| rule.codes.iter().any(|code| is_wanted(*code, standard))) {
                match rule.check {
                    Check::Text(check) => wanted.texts.push(check),
                    Check::Prose(check) => wanted.prose.push(check),
                    Check::Indicator(check) => wanted.indicators.push(check),
                    Check::Project(check) => wanted.projects.push(check),
                    Check::Targets(check) => wanted.targets.push(check),
                    Check::Group(check) => wanted.groups.push(check),
                    Check::Department(check) => wanted.departments.push(check),
                    Check::Year(check) => wanted.years.push((check, rule.codes)),
                    Check::Workspace(_) => {}
                }
            }
            wanted
        };
        Self { wanted: (0..model.standards.len() as u32).map(StandardId).map(for_standard).collect() }
    }

    fn of(&self, standard: StandardId) -> &WantedRules {
        // A framework follows the levels of its standard.
        &self.wanted[standard.declared().0 as usize]
    }
}

/// What the rules find that look at no more than a department. A rule none of whose codes is wanted under a standard is not
/// run there.
pub fn check(model: &Model, sources: &Sources, is_wanted: impl Fn(Code, StandardId) -> bool) -> Findings {
    let context = Context::new(model, sources);
    let plan = Plan::new(model, is_wanted);
    let mut found = Findings::default();
    let groups: Vec<Option<DepartmentId>> = model.groups().collect();
    let of_groups: Vec<Findings> = groups.par_iter().map(|group| check_group(&context, *group, &plan)).collect();
    let of_projects: Vec<Findings> =
        model.projects.par_iter().map(|project| check_project(&context, project, &plan)).collect();
    for part in of_groups.into_iter().chain(of_projects) {
        found.append(part);
    }
    found
}

/// What the rules find that compare departments.
pub fn check_across(across: &Across<'_>) -> Findings {
    let mut found = Findings::default();
    for rule in RULES {
        if let Check::Workspace(check) = rule.check {
            check(across, &mut found);
        }
    }
    found
}

/// What the rules find that look at a department, or at the projects outside any.
pub fn check_group(context: &Context<'_>, department: Option<DepartmentId>, plan: &Plan) -> Findings {
    let first = || context.projects_of(department).next().map(|(_, project)| project.standard);
    let Some(standard) = department.map(|id| context[id].standard).or_else(first) else { return Findings::default() };
    let wanted = plan.of(standard);
    let mut found = Findings::default();
    for text in department.iter().flat_map(|id| context[*id].texts()) {
        let said = SaidText::text(&context[standard], text);
        wanted.texts.iter().chain(&wanted.prose).for_each(|check| check(context, &said, &mut found));
    }
    for (words, span) in department.iter().flat_map(|id| extra_texts(&context[*id].extra)) {
        let said = SaidText::new(&context[standard], words, span);
        wanted.texts.iter().for_each(|check| check(context, &said, &mut found));
    }
    let part = |check: &dyn Fn(&mut Findings)| {
        let mut found = Findings::default();
        check(&mut found);
        found
    };
    let of_groups = wanted.groups.par_iter().map(|check| part(&|found| check(context, department, found)));
    let of_departments = wanted.departments.par_iter().filter_map(|check| {
        let id = department?;
        Some(part(&|found| check(context, id, found)))
    });
    if let Some((_, whole)) = context.whole_of(department) {
        check_targets(context, whole, wanted, &mut found);
    }
    if !wanted.years.is_empty()
        && let Some(year) = year::ReportedYear::of(context, department)
    {
        for (check, codes) in &wanted.years {
            check(&year, &mut found);
            year.unread.iter().for_each(|place| codes.iter().for_each(|code| found.cannot_tell(*code, *place)));
        }
    }
    let parts: Vec<Findings> = of_groups.chain(of_departments).collect();
    for part in parts {
        found.append(part);
    }
    found
}

/// What the rules find that look at a project, an indicator or their texts. They depend on the project, its standard,
/// its fiscal year and the references to its indicators.
pub fn check_project(context: &Context<'_>, project: &Project, plan: &Plan) -> Findings {
    let wanted = plan.of(project.standard);
    let standard = &context[project.standard];
    let mut found = Findings::default();
    let check_text = |said: &SaidText<'_>, found: &mut Findings| {
        wanted.texts.iter().for_each(|check| check(context, said, found));
    };
    check_text(&SaidText::text(standard, &project.name), &mut found);
    for (field, text) in project.plain.iter().filter_map(|(field, value)| Some((field, value.as_text()?))) {
        let said = SaidText::text(standard, text);
        check_text(&said, &mut found);
        if matches!(field, Field::Purpose | Field::Goal) {
            wanted.prose.iter().for_each(|check| check(context, &said, &mut found));
        }
    }
    for (words, span) in extra_texts(&project.extra) {
        check_text(&SaidText::new(standard, words, span), &mut found);
    }
    wanted.projects.iter().for_each(|check| check(context, project, &mut found));
    check_targets(context, project, wanted, &mut found);
    found
}

/// What the rules find that look at the money and the indicators of a project, or of a department as a whole.
fn check_targets(context: &Context<'_>, project: &Project, wanted: &WantedRules, found: &mut Findings) {
    let standard = &context[project.standard];
    let check_text = |said: &SaidText<'_>, found: &mut Findings| {
        wanted.texts.iter().for_each(|check| check(context, said, found));
    };
    for (words, span) in project.indicators.iter().flat_map(|indicator| extra_texts(&indicator.extra)) {
        check_text(&SaidText::new(standard, words, span), found);
    }
    wanted.targets.iter().for_each(|check| check(context, project, found));
    for indicator in &project.indicators {
        let row = Row::new(context, project, indicator);
        row.said.all().for_each(|said| check_text(said, found));
        indicator.other_texts().for_each(|text| check_text(&SaidText::text(standard, text), found));
        wanted.indicators.iter().for_each(|check| check(&row, found));
    }
}
