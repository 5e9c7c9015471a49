//! The standard that fits a document: of those there are, the one whose form the document has; and over it, where the
//! document has more, a standard of the document's own.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::import::recognise::draft::{Draft, FormColumn, IndicatorDraft, ProjectDraft, Reading};
use crate::import::recognise::lexicon::{Content, LabelKey, column_content, column_key, key_of, without_brackets};
use crate::import::recognise::year_content::YearContent;
use crate::language::{Field, INDICATOR};
use rust_decimal::Decimal;

use crate::model::StandardId;
use crate::model::calendar::Date;
use crate::model::cells;
use crate::model::code;
use crate::model::standard::{Category, CategoryMatch, FieldRule, Library, Standard, WordList, stem};
use crate::model::unit::{self, Measure, Multiplier};
use crate::syntax::vocabulary::{self, Block, quoted, written_name};

/// What a document's form is made of.
#[derive(Debug, Default)]
pub struct DocumentForm {
    pub layout: Vec<FormColumn>,
    /// Whether it says what happened in a year.
    pub is_of_year: bool,
    /// First and second level, in the order in which they came.
    pub categories: Vec<(String, String)>,
    /// The labels of fund sources, by key, as first written.
    pub funds: Vec<(String, String)>,
    /// The same of the department as a whole.
    pub whole_categories: Vec<(String, String)>,
    pub whole_funds: Vec<(String, String)>,
    pub checkpoints: Vec<String>,
    pub money_units: BTreeSet<String>,
    pub codes: Vec<String>,
    /// The labels of extra fields of projects, by key, as first written.
    pub project_fields: Vec<(String, String)>,
    pub indicator_fields: Vec<(String, String)>,
    pub department_fields: Vec<(String, String)>,
    pub units: BTreeSet<String>,
    /// What stands behind the number of a whole target: `比率` in `≥90比率`.
    pub glued_units: BTreeSet<String>,
    /// What execution of the budget earns at most, as the forms state it.
    pub execution_weights: BTreeSet<String>,
    /// The fields of the language that the document fills somewhere.
    pub filled: BTreeSet<(Block, &'static str)>,
}

/// Reads the form of a department off a draft.
pub fn form(reading: &Reading, department: usize) -> DocumentForm {
    let draft = &reading.draft;
    let layout = if draft.layout.is_empty() { &draft.flat_layout } else { &draft.layout };
    let mut form = DocumentForm { layout: layout.clone(), ..DocumentForm::default() };
    fill_department(draft, department, &mut form.filled);
    for project in draft.projects.iter().filter(|project| project.department == department) {
        form.is_of_year |= project.is_of_year(&draft.columns);
        fill_project(project, draft, &mut form.filled);
        form.codes.extend(project.code.iter().map(|piece| reading.text(piece).to_owned()));
        // Where the targets are typed, each project says its unit, and the form has none.
        form.money_units.extend(project.money_unit.clone().filter(|_| !project.is_typed));
        for fund in project.funds.iter().chain(&project.investment) {
            keyed(&mut form.funds, reading.text(&fund.label));
        }
        for fund in project.year.facts.iter().filter_map(|fact| fact.fund.as_ref()) {
            keyed(&mut form.funds, reading.text(fund));
        }
        for fact in project.year.all(YearContent::ExecutionWeight).filter(|fact| fact.fund.is_none()) {
            let text: String = reading.text(&fact.value).split_whitespace().collect();
            form.execution_weights.insert(text.trim_end_matches('分').to_owned());
        }
        if scores_no_execution(reading, project) {
            form.execution_weights.insert("0".to_owned());
        }
        for line in &project.plan {
            let text: String = reading.text(&line.checkpoint).split_whitespace().collect();
            if !form.checkpoints.contains(&text) {
                form.checkpoints.push(text);
            }
        }
        if let Some(label) = unit_field(reading, project) {
            keyed(&mut form.project_fields, &label);
        }
        for label in project.extra.iter().filter_map(|one| reading.label_of(one)) {
            keyed(&mut form.project_fields, &label);
        }
        for indicator in project.indicators.iter().chain(&project.whole_period) {
            let text =
                |piece: &Option<_>| piece.as_ref().map(|piece| key_of(reading.text(piece)).text).unwrap_or_default();
            let pair = (text(&indicator.category), text(&indicator.subcategory));
            if form.categories.last() != Some(&pair) && !form.categories.contains(&pair) {
                form.categories.push(pair);
            }
            if let Some(piece) = indicator.field(Content::Target, &draft.columns) {
                let text: String = reading.text(piece).split_whitespace().collect();
                let number = text.trim_start_matches(|sign: char| !sign.is_ascii_digit());
                form.glued_units.extend(cells::leading_number(number).map(|(_, unit)| unit.to_owned()));
            }
            if let Some(unit) = indicator.field(Content::Measure, &draft.columns) {
                let is_value = indicator
                    .field(Content::Value, &draft.columns)
                    .is_some_and(|value| cells::leading_number(reading.text(value)).is_some());
                let unit: String = reading.text(unit).split_whitespace().collect();
                if is_value && !unit.is_empty() {
                    form.units.insert(unit);
                }
            }
        }
    }
    for column in draft.columns.iter().filter(|column| column.content == Content::Extra) {
        keyed(&mut form.indicator_fields, &column.heading);
    }
    form
}

/// Puts a label to others by its key, as it was first written.
pub(super) fn keyed(list: &mut Vec<(String, String)>, text: &str) {
    let LabelKey { text: key, .. } = key_of(text);
    if !key.is_empty() && list.iter().all(|(known, _)| *known != key) {
        list.push((key, text.split_whitespace().collect::<Vec<_>>().join(" ")));
    }
}

/// Whether a form of the year gives all its points to its indicators: their weights make a hundred without execution.
fn scores_no_execution(reading: &Reading, project: &ProjectDraft) -> bool {
    let columns = &reading.draft.columns;
    let of_execution = [YearContent::ExecutionWeight, YearContent::ExecutionPoints];
    let weight = |row: &IndicatorDraft| {
        let piece = row.field(Content::Plain(Field::Weight), columns)?;
        let folded: String = reading.text(piece).split_whitespace().collect();
        Some(cells::leading_number(&folded)?.0)
    };
    let sum: Option<Decimal> = project.indicators.iter().map(weight).sum();
    project.is_of_year(columns)
        && sum == Some(Decimal::ONE_HUNDRED)
        && of_execution.into_iter().all(|one| project.year.all(one).next().is_none())
}

/// The label of a unit that has no code and is not the department: no unit of account, but a fact of the project.
fn unit_field(reading: &Reading, project: &ProjectDraft) -> Option<String> {
    let unit = project.unit.as_ref().filter(|_| project.unit_code.is_none())?;
    let text = reading.text(&unit.value);
    let has_code = text.trim_start_matches(['[', '【', '(', '（']).starts_with(|sign: char| sign.is_ascii_digit());
    let department = reading.draft.departments[project.department].name.as_ref();
    let first = reading.draft.projects.iter().find_map(|one| one.unit.as_ref()).map(|one| reading.text(&one.value));
    let named = department.map(|piece| reading.text(piece)).or(first);
    let label = unit.label.as_ref().filter(|_| !has_code && named != Some(text))?;
    Some(reading.text(label).trim_end_matches(['：', ':']).to_owned())
}

fn fill_department(draft: &Draft, index: usize, filled: &mut BTreeSet<(Block, &'static str)>) {
    let department = &draft.departments[index];
    let projects = draft.projects.iter().filter(|project| project.department == index);
    let units = projects.clone().any(|project| project.unit.is_some() || project.unit_code.is_some());
    let fields = [
        ("编码", department.code.is_some()),
        (Field::Year.name, department.year.is_some()),
        (Field::ProjectUnit.name, units),
        (Field::OverallGoal.name, !department.overall_goal.is_empty()),
        (Field::SubGoal.name, !department.sub_goals.is_empty()),
        (Field::Safeguard.name, !department.safeguards.is_empty()),
    ];
    filled.extend(fields.into_iter().filter(|(_, has)| *has).map(|(name, _)| (Block::Department, name)));
}

fn fill_project(project: &ProjectDraft, draft: &Draft, filled: &mut BTreeSet<(Block, &'static str)>) {
    let fields = [
        ("编码", project.code.is_some()),
        (Field::ProjectUnit.name, project.unit.is_some() || project.unit_code.is_some()),
        (Field::Budget.name, project.budget.is_some() || !project.funds.is_empty()),
        (Field::Purpose.name, !project.purpose.is_empty()),
        (Field::SpendingPlan.name, !project.plan.is_empty()),
        (Field::Goal.name, !project.goal.is_empty()),
    ];
    if !project.whole_period.is_empty() {
        filled.insert((Block::Indicator, Field::WholePeriod.name));
    }
    filled.extend(fields.into_iter().filter(|(_, has)| *has).map(|(name, _)| (Block::Project, name)));
    let cells = project.indicators.iter().chain(&project.whole_period).flat_map(|indicator| &indicator.fields);
    let keys = cells.filter_map(|(column, _)| column_key(draft.columns[usize::from(*column)].content));
    filled.extend(keys.map(|name| (Block::Indicator, name)));
}

/// What a standard demands and the document nowhere has, by blocks.
fn demanded<'s>(form: &'s DocumentForm, standard: &'s Standard) -> impl Iterator<Item = &'s FieldRule> {
    let has = |rule: &FieldRule| form.filled.iter().any(|(block, name)| *block == rule.block && *name == rule.name);
    standard.field_rules.iter().filter(move |rule| rule.is_required && rule.kind.is_none() && !has(rule))
}

/// The standard whose form is nearest to the document's, and whether another is as near.
pub fn choose(form: &DocumentForm, library: &Library) -> (StandardId, bool) {
    let mut best: Option<(i64, StandardId)> = None;
    let mut is_tie = false;
    let ids = (0..library.standards.len() as u32).map(StandardId);
    for id in ids.filter(|id| library.find(&library.standards[id.0 as usize].name) == Some(*id)) {
        let standard = &library.standards[id.0 as usize];
        if standard.columns.is_empty() || standard.categories.is_empty() {
            continue;
        }
        let mut score = likeness(form, standard) * 2;
        score += i64::from(id == library.fallback());
        match best {
            Some((known, _)) if score < known => {}
            Some((known, _)) if score == known => is_tie = true,
            _ => {
                is_tie = false;
                best = Some((score, id));
            }
        }
    }
    (best.map_or(library.fallback(), |(_, id)| id), is_tie)
}

/// How much of the document's form a standard has: what both have counts for it, what only one has against it.
fn likeness(form: &DocumentForm, standard: &Standard) -> i64 {
    let mut score = 0;
    let mut note = |has: bool, weight: i64| score += if has { weight } else { -weight };
    let contents = column_contents(standard);
    for column in &form.layout {
        note(contents.iter().any(|(content, ..)| *content == column.content), 2);
        if contents.iter().any(|(content, _, heading)| *content == column.content && *heading == column.heading) {
            note(true, 1);
        }
    }
    for (content, ..) in contents.iter().filter(|_| !form.layout.is_empty()) {
        note(form.layout.iter().any(|column| column.content == *content), 1);
    }
    for (first, second) in &form.categories {
        note(category(standard, first, second).is_some(), 3);
    }
    for (key, label) in &form.funds {
        let found = fund(standard, key);
        note(found.is_some(), 2);
        note(found.is_some_and(|index| standard.fund_sources[index].label.as_ref() == Some(label)), 1);
    }
    for text in &form.checkpoints {
        note(checkpoint(standard, text).is_some(), 2);
    }
    for key in form.project_fields.iter().chain(&form.indicator_fields) {
        if field_rule(standard, Block::Project, &key.0)
            .or_else(|| field_rule(standard, Block::Indicator, &key.0))
            .is_some()
        {
            note(true, 2);
        }
    }
    let demanded = demanded(form, standard).count();
    (0..demanded).for_each(|_| note(false, 2));
    for written in &form.glued_units {
        // Printed otherwise than written: whoever knows that unit has the form.
        let is_printed = standard.units.iter().any(|unit| unit.printed.as_ref() == Some(written));
        note(is_printed || unit::find(standard, written).is_some(), 4);
    }
    if let Some(unit) = form.money_units.first() {
        note(standard.money_unit_name() == *unit, 1);
    }
    if let (Some(code_form), [code, ..]) = (&standard.code_form, &form.codes[..]) {
        note(code::segments(code_form, code).is_ok(), 2);
    }
    score
}

/// What a column holds, the heading over it, its own.
pub(super) type TableColumn = (Content, Option<String>, String);

/// The columns of a standard's table as contents.
pub(super) fn column_contents(standard: &Standard) -> Vec<TableColumn> {
    let content = |column: &crate::model::standard::Column| {
        let own = column_content(&column.content).unwrap_or(Content::Extra);
        (own, column.above.clone(), column.heading.split_whitespace().collect())
    };
    standard.columns.iter().map(content).collect()
}

/// The category of two names; the second may be blank where the first has one, or none, below it.
pub fn category(standard: &Standard, first: &str, second: &str) -> Option<crate::model::CategoryId> {
    let path = match (first, second) {
        ("", second) => second.to_owned(),
        (first, "") => first.to_owned(),
        (first, second) => format!("{first}.{second}"),
    };
    match standard.find_category(&path) {
        CategoryMatch::One(id) => Some(id),
        CategoryMatch::Several(_) | CategoryMatch::WrongParent { .. } | CategoryMatch::None => None,
    }
}

/// The fund source that a label's key names.
pub fn fund(standard: &Standard, key: &str) -> Option<usize> {
    let names = |source: &crate::model::standard::FundSource| {
        let others = standard.readings.get(&source.name).into_iter().flat_map(WordList::words);
        std::iter::once(&source.name).chain(&source.label).chain(others).any(|word| key_of(word).text == key)
    };
    standard.fund_sources.iter().position(names)
}

/// The checkpoint that a label names.
pub fn checkpoint(standard: &Standard, label: &str) -> Option<usize> {
    let date = Date::read(label).filter(|_| label.contains(['年', '月', '-']));
    standard.checkpoints.iter().position(|one| one.label == label || date == Some(one.date))
}

/// The extra field that a label's key names.
pub fn field_rule(standard: &Standard, block: Block, key: &str) -> Option<usize> {
    let names = |rule: &FieldRule| {
        rule.block == block
            && rule.kind.is_some()
            && std::iter::once(&rule.name).chain(&rule.label).any(|word| key_of(word).text == key)
    };
    standard.field_rules.iter().position(names)
}

/// The declaration of a standard of the document's own, over the one that fits, with tables and frameworks of its own; none where
/// that has all there is.
pub fn own_standard(
    form: &DocumentForm,
    base: &Standard,
    fallback: &Standard,
    name: &str,
    origin: &str,
    tables: impl IntoIterator<Item = String>,
) -> Option<String> {
    let mut lines: Vec<String> = Vec::new();
    money_unit(form, base, &mut lines);
    units(form, base, &mut lines);
    funds(form, base, &mut lines);
    checkpoints(form, base, &mut lines);
    categories(form, base, &mut lines);
    fields(form, base, &mut lines);
    lines.extend(tables);
    lines.extend(execution_weight(form, base));
    if lines.is_empty() {
        return None;
    }
    demands(form, base, fallback, &mut lines);
    Some(declared(name, &base.name, origin, &lines))
}

/// The declaration of a standard over another. Where the form was read stands in a comment: a title would be published.
pub fn declared(name: &str, base: &str, origin: &str, lines: &[String]) -> String {
    let origin = origin.replace(['\n', '\r'], " ");
    let mut text = format!("# {origin}\n标准 {} 扩展 {} {{\n}}\n", written_name(name), written_name(base));
    add_lines(&mut text, lines);
    text
}

/// Adds lines at the end of a declaration.
pub fn add_lines(text: &mut String, lines: &[String]) {
    text.truncate(text.trim_end().len() - "}".len());
    for part in lines.iter().flat_map(|line| line.lines()) {
        let _ = writeln!(text, "  {part}");
    }
    text.push_str("}\n");
}

/// What the base demands and the document's form has no place for is not demanded, unless it is so everywhere.
fn demands(form: &DocumentForm, base: &Standard, fallback: &Standard, lines: &mut Vec<String>) {
    let is_everywhere = |rule: &&FieldRule| {
        fallback.field_rules.iter().any(|one| one.is_required && one.block == rule.block && one.name == rule.name)
    };
    let mut rules = demanded(form, base).filter(|rule| !is_everywhere(rule)).peekable();
    if rules.peek().is_some() {
        lines.push("# 表上没有的内容，不作要求。".to_owned());
    }
    lines.extend(rules.map(|rule| format!("字段 {}.{} {{ }}", rule.block.word().0, written_name(&rule.name))));
}

fn money_unit(form: &DocumentForm, base: &Standard, lines: &mut Vec<String>) {
    let known = form.money_units.iter().find(|unit| base.unit(unit).is_some());
    if let Some(unit) = known.filter(|unit| form.money_units.len() == 1 && base.money_unit_name() != **unit) {
        lines.push(format!("金额单位 {}", written_name(unit)));
    }
}

/// `自评规则 { 执行率 20 分 }`, where the forms score execution otherwise than the standard.
fn execution_weight(form: &DocumentForm, base: &Standard) -> Option<String> {
    let [only] = &form.execution_weights.iter().collect::<Vec<_>>()[..] else { return None };
    let (points, rest) = cells::leading_number(only)?;
    let known = base.scoring.execution.as_ref().map(|rule| rule.points.value);
    let is_rule = rest.is_empty() && points.is_sign_positive() && known != Some(points);
    let [rules, execution] = [Field::ScoringRules.name, Field::ExecutionScore.name];
    let rest = Decimal::ONE_HUNDRED - points;
    let total = base.weight_total.as_ref().filter(|total| **total != rest && rest.is_sign_positive());
    let total = total.map(|_| format!("{} {rest}\n", Field::WeightTotal.name)).unwrap_or_default();
    is_rule.then(|| format!("{total}{rules} {{\n  {execution} {points} 分\n}}"))
}

fn units(form: &DocumentForm, base: &Standard, lines: &mut Vec<String>) {
    for written in &form.units {
        let is_known =
            unit::find(base, written).is_some() || base.units.iter().any(|unit| unit.label() == written.as_str());
        // A unit of the language has no brackets; the table prints it with them.
        let name: String = written.chars().filter(|sign| sign.is_alphanumeric()).collect();
        let is_word =
            written.chars().count() <= 8 && written.starts_with(char::is_alphabetic) && !written.contains('/');
        // The table prints a unit's name, not the other word that the document has for it.
        let known = unit::find(base, written).and_then(|(multiplier, measure)| match (multiplier, measure) {
            (Multiplier::One, Measure::Unit(unit)) => Some(&base.units[unit as usize]),
            _ => None,
        });
        if let Some(known) = known.filter(|known| known.label() != written.as_str() && is_word && name == *written) {
            let mut traits = vec![format!("量纲 {}", dimension_word(known.dimension))];
            traits.extend(known.factor.map(|factor| format!("换算 {factor}")));
            traits.extend(known.bounds.map(|(low, high)| format!("范围 {low} .. {high}")));
            traits.extend(known.is_whole.then(|| Field::UnitWhole.name.to_owned()));
            lines.push(format!("计量单位 {name} {{ {} }}", traits.join("；")));
        }
        if is_known || !is_word || unit::find(base, &name).is_some() {
            continue;
        }
        let label = if name == *written { String::new() } else { format!("；印作 {}", quoted(written)) };
        lines.push(format!("计量单位 {name} {{ 量纲 其他{label} }}"));
    }
}

fn dimension_word(dimension: unit::Dimension) -> &'static str {
    unit::Dimension::ALL.iter().find(|(one, ..)| *one == dimension).map_or("", |(_, word, _)| word)
}

fn funds(form: &DocumentForm, base: &Standard, lines: &mut Vec<String>) {
    if form.funds.iter().all(|(key, _)| fund(base, key).is_some()) {
        return;
    }
    for (key, label) in &form.funds {
        let name = fund(base, key).map_or(key, |index| &base.fund_sources[index].name);
        let label = if name == label { String::new() } else { format!(" {{ 标签 {} }}", quoted(label)) };
        lines.push(format!("资金来源 {}{label}", written_name(name)));
    }
}

fn checkpoints(form: &DocumentForm, base: &Standard, lines: &mut Vec<String>) {
    let fits = |text: &String| checkpoint(base, text).is_some();
    if form.checkpoints.iter().all(fits) {
        return;
    }
    let mut known: Vec<Date> = Vec::new();
    for text in &form.checkpoints {
        let Some(date) = Date::read(text).filter(|date| !known.contains(date)) else { continue };
        known.push(date);
        let label = if date.to_string() == *text { String::new() } else { format!(" {{ 标签 {} }}", quoted(text)) };
        lines.push(format!("支出节点 {date}{label}"));
    }
}

fn categories(form: &DocumentForm, base: &Standard, lines: &mut Vec<String>) {
    let is_missing = |pair: &(String, String)| {
        let found = category(base, &pair.0, &pair.1);
        found.is_none_or(|id| {
            let spells = |name: &str, written: &str| written.is_empty() || name == written;
            let second = base.subcategory(id).map_or("", |sub| sub.name.as_str());
            !spells(&base.category(id).name, &pair.0) || !spells(second, &pair.1)
        })
    };
    if !form.categories.iter().any(is_missing) {
        return;
    }
    let all = taxonomy(form, base);
    for (first, seconds) in all {
        let known = base_category(base, &first);
        let mut inside = String::new();
        if known.is_some_and(|category| category.is_compulsory) {
            inside += "  必设\n";
        }
        inside += &traits(
            known.is_some_and(|category| category.is_cost),
            known.and_then(|category| category.role),
            "  ",
            "\n",
        );
        for second in seconds {
            let sub =
                known.and_then(|category| category.subcategories.iter().find(|sub| stem(&sub.name) == stem(&second)));
            let more = traits(sub.is_some_and(|sub| sub.is_cost), sub.and_then(|sub| sub.role), "", "；");
            let more = more.trim_end_matches('；');
            let block = if more.is_empty() { String::new() } else { format!(" {{ {more} }}") };
            let _ = writeln!(inside, "  二级指标 {}{block}", written_name(&second));
        }
        let block = if inside.is_empty() { String::new() } else { format!(" {{\n{inside}}}") };
        lines.push(format!("一级指标 {}{block}", written_name(&first)));
    }
}

/// First levels with their seconds. Those of the document, in its spelling; where all its first levels are the
/// standard's, also what the standard has besides.
fn taxonomy(form: &DocumentForm, base: &Standard) -> Vec<(String, Vec<String>)> {
    let pairs: Vec<(String, String)> = form.categories.iter().map(|pair| placed_category(form, base, pair)).collect();
    let is_subset = pairs.iter().all(|(first, _)| base_category(base, first).is_some());
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    if is_subset {
        let seconds = |one: &Category| one.subcategories.iter().map(|sub| sub.name.clone()).collect();
        all.extend(base.categories.iter().map(|one| (one.name.clone(), seconds(one))));
    }
    let same = |one: &str, other: &str| stem(one) == stem(other);
    for (first, second) in &pairs {
        let index = all.iter().position(|(known, _)| same(known, first)).unwrap_or_else(|| {
            all.push((first.clone(), Vec::new()));
            all.len() - 1
        });
        first.clone_into(&mut all[index].0);
        let seconds = &mut all[index].1;
        match seconds.iter_mut().find(|known| same(known, second)) {
            _ if second.is_empty() => {}
            Some(known) => second.clone_into(known),
            None => seconds.push(second.clone()),
        }
    }
    // A form without second levels prints none.
    for (first, seconds) in &mut all {
        let mut own = pairs.iter().filter(|(one, _)| one == first).peekable();
        if own.peek().is_some() && own.all(|(_, second)| second.is_empty()) {
            seconds.clear();
        }
    }
    all
}

/// Both levels of a category that a table names in part.
fn placed_category(form: &DocumentForm, base: &Standard, (first, second): &(String, String)) -> (String, String) {
    match (first.as_str(), second.as_str()) {
        ("", "") => (UNSORTED.to_owned(), String::new()),
        ("", second) => match category(base, "", second) {
            Some(id) => (base.category(id).name.clone(), second.to_owned()),
            // A first level in the column of the second.
            None if base_category(base, second).is_some() => (second.to_owned(), UNSORTED.to_owned()),
            None => (second.to_owned(), String::new()),
        },
        (first, "") if form.categories.iter().any(|(one, second)| one == first && !second.is_empty()) => {
            (first.to_owned(), UNSORTED.to_owned())
        }
        (first, second) => (first.to_owned(), second.to_owned()),
    }
}

/// The category of what a table puts under none.
pub const UNSORTED: &str = "未分类";

/// The category for a row that says its first level at most.
pub fn unsorted(standard: &Standard, first: &str) -> Option<crate::model::CategoryId> {
    category(standard, first, UNSORTED).or_else(|| category(standard, UNSORTED, ""))
}

fn traits(is_cost: bool, role: Option<crate::model::standard::Role>, lead: &str, end: &str) -> String {
    let role = role.and_then(|role| crate::model::standard::Role::ALL.iter().find(|(one, ..)| *one == role));
    let cost = is_cost.then(|| format!("{lead}成本{end}"));
    cost.into_iter().chain(role.map(|(_, word, _)| format!("{lead}衡量 {word}{end}"))).collect()
}

fn base_category<'a>(base: &'a Standard, name: &str) -> Option<&'a Category> {
    base.categories.iter().find(|category| category.name == name || stem(&category.name) == stem(name))
}

fn fields(form: &DocumentForm, base: &Standard, lines: &mut Vec<String>) {
    let blocks = [
        (Block::Department, "部门", &form.department_fields),
        (Block::Project, "项目", &form.project_fields),
        (Block::Indicator, INDICATOR.0, &form.indicator_fields),
    ];
    for (block, word, fields) in blocks {
        for (key, label) in fields.iter().filter(|(key, _)| field_rule(base, block, key).is_none()) {
            let name = field_name(block, key);
            let label = if name == *label { String::new() } else { format!("；标签 {}", quoted(label)) };
            lines.push(format!("字段 {word}.{} {{ 类型 文本{label} }}", written_name(&name)));
        }
    }
}

/// A name for an extra field that no word of the language has.
pub fn field_name(block: Block, key: &str) -> String {
    let plain = without_brackets(key);
    let key = if plain.is_empty() { key } else { plain.as_str() };
    // A field stands before its value without quotes: what no name has is in its label.
    let bare = || key.chars().filter(|sign| sign.is_alphanumeric()).collect::<String>();
    let bare = if vocabulary::is_bare_name(key) { key.to_owned() } else { bare() };
    let key = if vocabulary::is_bare_name(&bare) { bare.as_str() } else { key };
    if vocabulary::field(block, key).is_some() || key == vocabulary::INDICATOR.0 {
        format!("表中{key}")
    } else {
        key.to_owned()
    }
}
