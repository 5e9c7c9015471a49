//! The facts of a standard: each keyed part of it is a fact of its own, so that a change can be told by its part.

use std::collections::BTreeMap;
use std::sync::Arc;

use rpds::RedBlackTreeMapSync;
use rust_decimal::Decimal;

use super::Fact;
use super::facts::{Key, Sink, Worth};
use crate::language::{Field, quoted};
use crate::model::standard::framework::Framework;
use crate::model::standard::method::MethodRule;
use crate::model::standard::monitoring::{LightBand, MonitoringRules, Pace};
use crate::model::standard::scoring::{
    ExcessDeduction, ExcessRule, ExecutionRule, GradeBand, MoneyBase, ScoringRules, WithoutBudget, WithoutValue,
};
use crate::model::standard::year_form::{ClosingCell, FormLayout, YearColumn};
use crate::model::standard::{
    Category, CheckFormula, Checkpoint, Citation, CodeForm, Column, FieldKind, FieldRule, FrameworkLeaf, FundSource,
    Level, Role, RuleSource, Shared, Standard, Subcategory, WeightScheme, WordList,
};
use crate::model::unit::{Dimension, Unit};
use crate::source::Spanned;

/// All that a standard says but the order of its parts.
pub(super) fn facts(standard: &Standard, sink: &mut impl Sink) {
    let Standard {
        name,
        is_built_in: _,
        declared_at: _,
        title,
        documents,
        in_force_from,
        in_force_until,
        is_default,
        money_unit,
        units,
        unit_forms,
        fund_sources,
        checkpoints,
        categories,
        weight_total,
        weight_schemes,
        grades,
        field_rules,
        code_form,
        columns,
        merged_columns,
        labels,
        words,
        lexicon: _,
        readings,
        levels,
        rule_sources,
        name_length,
        frameworks,
        // They hold what the standard and its frameworks say.
        framed: _,
        framework: _,
        project_kinds,
        monitoring,
        scoring,
        forms,
        project_form,
    } = standard;
    let mut whole = |field, said: Option<String>| {
        if let Some(said) = said {
            sink.fact(field, Key::Whole, Worth::Text(&said), None);
        }
    };
    whole(Fact::Title, title.clone());
    whole(Fact::InForceFrom, in_force_from.map(|date| date.to_string()));
    whole(Fact::InForceUntil, in_force_until.map(|date| date.to_string()));
    whole(Fact::Default, is_default.then(String::new));
    whole(Fact::MoneyUnit, money_unit.map(|unit| units[unit as usize].name.clone()));
    whole(Fact::WeightTotal, weight_total.map(|total| total.to_string()));
    whole(Fact::Grades, (!grades.is_empty()).then(|| grades.join(" ")));
    whole(Fact::CodeForm, code_form.as_ref().map(code));
    whole(Fact::MergedColumns, (!merged_columns.is_empty()).then(|| merged_columns.join(" ")));
    whole(Fact::ProjectKinds, (!project_kinds.is_empty()).then(|| project_kinds.join(" ")));
    whole(Fact::NameLength, name_length.map(|length| length.to_string()));
    let mut part = |field, key: &str, said: &str| sink.fact(field, Key::Named(key), Worth::Text(said), None);
    for document in documents {
        part(Fact::Document, document, "");
    }
    for one in units {
        part(Fact::Measure, &one.name, &unit(one));
    }
    for (form, unit) in contested(units, unit_forms) {
        part(Fact::UnitForm, form, unit);
    }
    for FundSource { name, label } in fund_sources {
        part(Fact::FundSource, name, &properties([stated(Field::FundSourceLabel, label.as_deref())]));
    }
    for Checkpoint { date, label } in checkpoints {
        part(Fact::CheckpointRule, label, &date.to_string());
    }
    for one in categories {
        category(one, &mut part);
    }
    for (key, WeightScheme { weights, citation }) in scheme_names(weight_schemes).iter().zip(weight_schemes) {
        let weights = weights.iter().map(|(name, weight)| Some(format!("{name} {weight}")));
        part(Fact::WeightScheme, key, &properties(weights.chain(cited(citation))));
    }
    for one in frameworks {
        part(Fact::Framework, &one.name, &framework(one));
    }
    for one in field_rules {
        part(Fact::FieldRule, &format!("{}.{}", one.block.word().0, one.name), &field_rule(one));
    }
    for Column { content, above, heading } in columns {
        let both = above.as_ref().map(|above| format!("{} {}", quoted(above), quoted(heading)));
        part(Fact::Column, content, both.as_ref().unwrap_or(heading));
    }
    for (name, text) in labels {
        part(Fact::Label, name, text);
    }
    for (field, lists) in [(Fact::Words, words), (Fact::Reading, readings)] {
        for (name, entry) in entries(lists) {
            part(field, &entry.map_or_else(|| name.to_owned(), |entry| format!("{name} {}", quoted(entry))), "");
        }
    }
    for (code, level) in levels {
        part(Fact::Level, code.id(), word(&Level::ALL, level));
    }
    for (code, RuleSource { criteria, limit, citation }) in rule_sources {
        let criteria = (!criteria.is_empty()).then(|| format!("审核 {}", criteria.join(" ")));
        let limit = limit.map(|limit| format!("限度 {limit}%"));
        part(Fact::RuleSource, code.id(), &properties([criteria, limit].into_iter().chain(cited(citation))));
    }
    for (name, said) in of_monitoring(monitoring) {
        part(Fact::MonitoringRules, &name, &said);
    }
    for (name, said) in of_scoring(scoring, standard) {
        part(Fact::ScoringRules, &name, &said);
    }
    for (form, layout) in &**forms {
        for (name, said) in of_form(layout) {
            part(Fact::YearForm, &format!("{} {name}", form.word()), &said);
        }
    }
    if let Some(form) = &**project_form {
        part(Fact::ProjectForm, Field::ProjectForm.name, &form.written().join("；"));
    }
    part(Fact::StandardName, name, "");
}

/// What a form prints, list by list: the order of its columns counts.
fn of_form(layout: &FormLayout) -> Vec<(&'static str, String)> {
    let FormLayout { money, columns, merged, closing } = layout;
    let listed = |columns: &[YearColumn]| {
        let one = |YearColumn { content, above, heading }: &YearColumn| {
            let headings = above.iter().chain([heading]).map(|heading| quoted(heading));
            std::iter::once(content.clone()).chain(headings).collect::<Vec<_>>().join(" ")
        };
        columns.iter().map(one).collect::<Vec<_>>().join("；")
    };
    let closing: Vec<&str> = closing.iter().map(|cell| word(&ClosingCell::ALL, cell)).collect();
    vec![
        (Field::MoneyColumn.name, listed(money)),
        (Field::FormColumn.name, listed(columns)),
        (Field::FormMerged.name, merged.join(" ")),
        (Field::FormClosing.name, closing.join(" ")),
    ]
}

/// The rules of monitoring, line by line.
fn of_monitoring(rules: &MonitoringRules) -> Vec<(String, String)> {
    let MonitoringRules { points, report_within, pace, lights, due_soon, cumulative, deviation_kinds, possibilities } =
        rules;
    let words = |field: Field, words: Vec<&str>| (field.name.to_owned(), words.join(" "));
    let days =
        |field: Field, days: Option<Spanned<u32>>| days.map(|days| (field.name.to_owned(), days.value.to_string()));
    let light = |LightBand { colour, below }: &LightBand| {
        let below = below.map_or_else(|| "—".to_owned(), |bound| format!("{}%", bound.value.normalize()));
        (format!("{} {}", Field::Light.name, colour.word()), below)
    };
    let strings = |all: &[String]| all.join(" ");
    let point = |date: String| (format!("{} {date}", Field::MonitoringPoint.name), date);
    let points = points.iter().map(|one| point(one.value.to_string()));
    let mut all: Vec<(String, String)> = points.collect();
    all.extend(days(Field::ReportWithin, *report_within));
    all.push(words(Field::Pace, pace.iter().map(|one| word(&Pace::ALL, one)).collect()));
    all.extend(lights.iter().map(light));
    all.extend(days(Field::DueSoon, *due_soon));
    all.push(words(Field::Cumulative, cumulative.iter().map(|one| word(&Dimension::ALL, one)).collect()));
    all.push((Field::DeviationKinds.name.to_owned(), strings(deviation_kinds)));
    all.push((Field::Possibilities.name.to_owned(), strings(possibilities)));
    all.retain(|(_, said)| !said.is_empty());
    all
}

/// The rules of scoring, line by line.
fn of_scoring(rules: &ScoringRules, standard: &Standard) -> Vec<(String, String)> {
    let ScoringRules { execution, places, rounding, methods, excess, not_applicable, grades, uses } = rules;
    let named = |field: Field, said: String| (field.name.to_owned(), said);
    let percent = |field: Field, share: Decimal| Some(format!("{} {}%", field.name, share.normalize()));
    let mut all = Vec::new();
    if let Some(ExecutionRule { points, base, explain_below, zero_budget, citation }) = execution {
        let own = [
            Some(points.value.normalize().to_string()),
            Some(word(&MoneyBase::ALL, base).to_owned()),
            explain_below.and_then(|share| percent(Field::ExplainBelow, share.value)),
            Some(format!("{} {}", Field::ZeroBudget.name, word(&WithoutBudget::ALL, zero_budget))),
        ];
        all.push(named(Field::ExecutionScore, properties(own.into_iter().chain(cited(citation)))));
    }
    all.extend(places.map(|places| named(Field::ScorePlaces, places.value.to_string())));
    all.extend(rounding.map(|mode| named(Field::Rounding, mode.value.word().to_owned())));
    for (kind, MethodRule { method, citation }) in methods {
        let said = std::iter::once(Some(method.value.written(standard))).chain(cited(citation));
        all.push((format!("{} {}", Field::MethodOf.name, kind.word()), properties(said)));
    }
    if let Some(ExcessRule { threshold, deduction, citation }) = excess {
        let mut own = vec![Some(format!("{}%", threshold.value.normalize()))];
        if let Some(ExcessDeduction { multiple, floor }) = deduction {
            own.push(Some(format!("{} {}", Field::ExcessMultiple.name, multiple.normalize())));
            own.push(percent(Field::ExcessFloor, *floor));
        }
        all.push(named(Field::Excess, properties(own.into_iter().chain(cited(citation)))));
    }
    all.extend(
        not_applicable.map(|rule| named(Field::NotApplicable, word(&WithoutValue::ALL, &rule.value).to_owned())),
    );
    for GradeBand { name, from } in grades {
        all.push((format!("{} {name}", Field::GradeBand.name), from.value.normalize().to_string()));
    }
    all.extend((!uses.is_empty()).then(|| named(Field::Uses, uses.join(" "))));
    all
}

/// The orders of its parts that count.
pub(super) fn orders(standard: &Standard) -> [(Fact, Vec<String>); 7] {
    let categories = standard.categories.iter().flat_map(|category| {
        let subcategories = category.subcategories.iter().map(|sub| format!("{}.{}", category.name, sub.name));
        std::iter::once(category.name.clone()).chain(subcategories)
    });
    let field_rules = standard.field_rules.iter().map(|one| format!("{}.{}", one.block.word().0, one.name));
    [
        (Fact::DocumentOrder, standard.documents.to_vec()),
        (Fact::FundSourceOrder, standard.fund_sources.iter().map(|one| one.name.clone()).collect()),
        (Fact::CheckpointOrder, standard.checkpoints.iter().map(|one| one.label.clone()).collect()),
        (Fact::CategoryOrder, categories.collect()),
        (Fact::WeightSchemeOrder, scheme_names(&standard.weight_schemes)),
        (Fact::FieldRuleOrder, field_rules.collect()),
        (Fact::ColumnOrder, standard.columns.iter().map(|one| one.content.clone()).collect()),
    ]
}

/// A scheme is known by the categories that it weighs.
fn scheme_names(schemes: &[WeightScheme]) -> Vec<String> {
    let name =
        |scheme: &WeightScheme| scheme.weights.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" ");
    schemes.iter().map(name).collect()
}

fn unit(unit: &Unit) -> String {
    let Unit { name: _, dimension, symbol, aliases, printed, factor, bounds, is_whole } = unit;
    properties([
        Some(format!("量纲 {}", word(&Dimension::ALL, dimension))),
        stated(Field::UnitSymbol, symbol.as_deref()),
        (!aliases.is_empty()).then(|| format!("别名 {}", aliases.join(" "))),
        stated(Field::UnitPrintedAs, printed.as_deref()),
        factor.map(|factor| format!("换算 {factor}")),
        bounds.map(|(low, high): (Decimal, Decimal)| format!("范围 {low} .. {high}")),
        is_whole.then(|| Field::UnitWhole.name.to_owned()),
    ])
}

/// The forms that several units claim, and the unit that has each.
fn contested<'a>(
    units: &'a [Shared<Unit>],
    forms: &'a RedBlackTreeMapSync<Arc<str>, u32>,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let claims = |form: &str| units.iter().filter(|unit| unit.forms().any(|one| one == form)).count();
    forms.iter().filter(move |(form, _)| claims(form.as_ref()) > 1).map(|(form, unit)| {
        let name = units.get(*unit as usize).map_or("", |unit| unit.name.as_str());
        (form.as_ref(), name)
    })
}

fn category(category: &Category, part: &mut impl FnMut(Fact, &str, &str)) {
    let Category { name, is_compulsory, is_cost, role, citation, subcategories } = category;
    let measures = |role: &Option<Role>| role.map(|role| format!("衡量 {}", word(&Role::ALL, &role)));
    let cost = |is_cost: bool| is_cost.then(|| Field::CategoryCost.name.to_owned());
    let own = [is_compulsory.then(|| Field::CategoryCompulsory.name.to_owned()), cost(*is_cost), measures(role)];
    part(Fact::CategoryRule, name, &properties(own.into_iter().chain(cited(citation))));
    for Subcategory { name: sub, leaves, is_cost, role } in subcategories {
        let own = [cost(*is_cost), measures(role)].into_iter().chain(leaves.iter().map(leaf).map(Some));
        part(Fact::CategoryRule, &format!("{name}.{sub}"), &properties(own));
    }
}

/// `三级指标 立项依据充分性 4`
fn leaf(leaf: &FrameworkLeaf) -> String {
    let FrameworkLeaf { name, weight } = leaf;
    let weight = weight.map(|weight| format!(" {}", weight.value.normalize())).unwrap_or_default();
    format!("{} {name}{weight}", Field::Leaf.name)
}

/// All that a framework says, part by part.
fn framework(framework: &Framework) -> String {
    let Framework { name: _, categories, fund_sources, weight_total, weight_schemes, is_unscored, citation } =
        framework;
    let mut parts = Vec::new();
    let mut part = |_: Fact, key: &str, said: &str| parts.push(Some(format!("{key} {said}").trim_end().to_owned()));
    for one in categories {
        category(one, &mut part);
    }
    let funds = fund_sources.iter().map(|one| {
        let label = stated(Field::FundSourceLabel, one.label.as_deref());
        Some(format!("{} {} {}", Field::FundSource.name, one.name, label.unwrap_or_default()).trim_end().to_owned())
    });
    let schemes = weight_schemes.iter().map(|WeightScheme { weights, citation }| {
        let weights = weights.iter().map(|(name, weight)| Some(format!("{name} {weight}")));
        Some(format!("{} {}", Field::WeightScheme.name, properties(weights.chain(cited(citation)))))
    });
    let own = [
        weight_total.map(|total| format!("{} {}", Field::WeightTotal.name, total.normalize())),
        is_unscored.then(|| Field::FrameworkUnscored.name.to_owned()),
    ];
    properties(parts.into_iter().chain(funds).chain(schemes).chain(own).chain(cited(citation)))
}

fn field_rule(rule: &FieldRule) -> String {
    let FieldRule { block: _, name: _, is_required, is_total, kind, label, citation } = rule;
    let own = [
        is_required.then(|| Field::FieldRequired.name.to_owned()),
        is_total.then(|| Field::FieldTotal.name.to_owned()),
        kind.map(|kind| format!("类型 {}", word(&FieldKind::ALL, &kind))),
        stated(Field::FieldLabel, label.as_deref()),
    ];
    properties(own.into_iter().chain(cited(citation)))
}

fn code(form: &CodeForm) -> String {
    let CodeForm { segments, alphabet, check, citation } = form;
    let segments = segments.iter().map(|(name, length)| Some(format!("段 {name} {length}")));
    let check = check.map(|CheckFormula { base, remainder }| format!("校验权数 {base}；校验余数 {remainder}"));
    let own = [stated(Field::CodeAlphabet, Some(alphabet)), check];
    properties(segments.chain(own).chain(cited(citation)))
}

fn cited(citation: &Citation) -> [Option<String>; 2] {
    let Citation { document, sureness } = citation;
    [
        stated(Field::StandardCitedFrom, document.as_deref()),
        sureness.as_ref().map(|sureness| format!("把握 {sureness}")),
    ]
}

fn stated(field: Field, text: Option<&str>) -> Option<String> {
    text.map(|text| format!("{} {}", field.name, quoted(text)))
}

fn properties(all: impl IntoIterator<Item = Option<String>>) -> String {
    all.into_iter().flatten().collect::<Vec<_>>().join("；")
}

/// The lists and their entries; a list alone where it is empty.
fn entries(lists: &BTreeMap<String, WordList>) -> impl Iterator<Item = (&str, Option<&str>)> {
    lists.iter().flat_map(|(name, list)| {
        let alone = list.entries().is_empty().then_some((name.as_str(), None));
        alone.into_iter().chain(list.entries().iter().map(move |entry| (name.as_str(), Some(entry.as_str()))))
    })
}

fn word<T: PartialEq>(table: &[(T, &'static str, &'static str)], wanted: &T) -> &'static str {
    table.iter().find(|(one, ..)| one == wanted).map_or("", |(_, chinese, _)| chinese)
}
