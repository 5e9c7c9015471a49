//! What a document's form has of its department as a whole, and the framework of its own that it asks for.

use std::fmt::Write;

use super::fit::{DocumentForm, UNSORTED, category, fund, keyed};
use crate::import::recognise::draft::Reading;
use crate::import::recognise::lexicon::{column_key, key_of};
use crate::language::{Block, Field, WHOLE_DEPARTMENT};
use crate::model::StandardId;
use crate::model::standard::{Role, Standard, stem};
use crate::syntax::vocabulary::{quoted, written_name};

/// Reads it off a draft.
pub fn fill(form: &mut DocumentForm, reading: &Reading, department: usize) {
    for whole in reading.draft.wholes.iter().filter(|whole| whole.department == department) {
        form.money_units.extend(whole.money_unit.clone());
        let of_year = whole.year.facts.iter().filter_map(|fact| fact.fund.as_ref());
        for label in whole.funds.iter().map(|fund| &fund.label).chain(of_year) {
            keyed(&mut form.whole_funds, reading.text(label));
        }
        for label in whole.extra.iter().filter_map(|one| reading.label_of(one)) {
            keyed(&mut form.department_fields, &label);
        }
        let cells = whole.indicators.iter().flat_map(|indicator| &indicator.fields);
        let keys = cells.filter_map(|(column, _)| column_key(reading.draft.columns[usize::from(*column)].content));
        form.filled.extend(keys.map(|name| (Block::Indicator, name)));
        for indicator in whole.indicators.iter().chain(&whole.whole_period) {
            let text =
                |piece: &Option<_>| piece.as_ref().map(|piece| key_of(reading.text(piece)).text).unwrap_or_default();
            let pair = match (text(&indicator.category), text(&indicator.subcategory)) {
                (first, second) if first.is_empty() && second.is_empty() => (UNSORTED.to_owned(), second),
                (first, second) if first.is_empty() => (second, first),
                pair => pair,
            };
            if !form.whole_categories.contains(&pair) {
                form.whole_categories.push(pair);
            }
        }
    }
}

/// `指标框架 部门整体 { … }`, where the document has the whole department's targets or money by other words than the
/// standard.
pub fn framework(form: &DocumentForm, base: &Standard) -> Option<String> {
    let (_, known) = base.in_framework(StandardId::default(), WHOLE_DEPARTMENT.0)?;
    let has_category = |(first, second): &(String, String)| category(known, first, second).is_some();
    let has_fund = |(key, _): &(String, String)| fund(known, key).is_some();
    if form.whole_categories.iter().all(has_category) && form.whole_funds.iter().all(has_fund) {
        return None;
    }
    let mut text = format!("{} {} {{\n", Field::Framework.name, WHOLE_DEPARTMENT.0);
    for (key, label) in &form.whole_funds {
        let name = fund(known, key).map_or(key, |index| &known.fund_sources[index].name);
        let label = if name == label { String::new() } else { format!(" {{ 标签 {} }}", quoted(label)) };
        let _ = writeln!(text, "  资金来源 {}{label}", written_name(name));
    }
    let mut firsts: Vec<&String> = Vec::new();
    for (first, _) in &form.whole_categories {
        if !firsts.contains(&first) {
            firsts.push(first);
        }
    }
    // What is not said otherwise stays as the standard has it.
    if firsts.is_empty() {
        for category in &known.categories {
            let _ = writeln!(text, "  一级指标 {}", written_name(&category.name));
        }
    }
    for first in firsts {
        let _ = write!(text, "  一级指标 {}", written_name(first));
        let seconds: Vec<&String> = (form.whole_categories.iter())
            .filter(|(one, second)| one == first && !second.is_empty())
            .map(|(_, second)| second)
            .collect();
        let measured = |second: &str| {
            let all = [base, known].into_iter().flat_map(|one| one.categories.iter());
            let all = all.flat_map(|one| one.subcategories.iter().map(|sub| (&sub.name, sub.role)));
            all.filter(|(name, _)| stem(name) == stem(second)).find_map(|(_, role)| role)
        };
        let role = |name: &str, before: &str| {
            let of_first =
                [base, known].into_iter().flat_map(|one| one.categories.iter().map(|one| (&one.name, one.role)));
            let mut of_first = of_first.filter(|(one, _)| stem(one) == stem(name));
            let role = measured(name).or_else(|| of_first.find_map(|(_, role)| role));
            let role = role.and_then(|role| Role::ALL.iter().find(|(one, ..)| *one == role));
            role.map(|(_, word, _)| format!("{before}衡量 {word}")).unwrap_or_default()
        };
        if seconds.is_empty() {
            let traits = role(first, "");
            let block = if traits.is_empty() { String::new() } else { format!(" {{ {traits} }}") };
            let _ = writeln!(text, "{block}");
            continue;
        }
        text += " {\n";
        for second in seconds {
            let traits = role(second, "");
            let block = if traits.is_empty() { String::new() } else { format!(" {{ {traits} }}") };
            let _ = writeln!(text, "    二级指标 {}{block}", written_name(second));
        }
        text += "  }\n";
    }
    text.push('}');
    Some(text)
}
