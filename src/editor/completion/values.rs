//! What follows a label: categories, comparators, units, references, names of the standard, words to choose from.

use std::collections::BTreeSet;

use super::offer::{ItemKind, Offer, Offers, in_snippet};
use super::{MAXIMUM_ITEMS, Scene, named, offer_codes, project};
use crate::diagnostic::{Text, texts};
use crate::editor::context::{Inside, PieceKind, StatementPiece, is_one};
use crate::editor::is_built_in;
use crate::editor::reported::reported_beside;
use crate::editor::spelling;
use crate::format::words::{self, QUALITATIVE, SYMBOLS, YES_OR_NO};
use crate::language::{Block, Field, INDICATOR, Namespace, Takes};
use crate::model::standard::Standard;
use crate::model::target::Comparator;
use crate::model::unit::Dimension;
use crate::model::{CategoryId, IndicatorId, resolve};
use crate::syntax::vocabulary::{self, written_name};

/// What may stand behind the words of a statement in a block.
pub fn of_statement(scene: &Scene<'_>, block: Block, offers: &mut Offers) {
    let [label, before @ ..] = scene.context.before() else { return };
    if block == Block::Project && is_one(label.text, &[INDICATOR]) {
        return indicator(scene, before, offers);
    }
    let own = scene.standard.into_iter().flat_map(|standard| &standard.field_rules);
    let extra = own.clone().find(|rule| rule.block == block && rule.name == label.text).and_then(|rule| rule.kind);
    match (block, vocabulary::field(block, label.text)) {
        (_, Some(field)) => of_field(scene, field, before, offers),
        (Block::Budget, None) => units(scene, before, Some(Dimension::Money), offers),
        (Block::Plan, None) => units(scene, before, Some(Dimension::Ratio), offers),
        (_, None) => match extra {
            Some(crate::model::standard::FieldKind::YesNo) => pairs(scene, &YES_OR_NO, offers),
            Some(crate::model::standard::FieldKind::Amount) => units(scene, before, Some(Dimension::Money), offers),
            Some(crate::model::standard::FieldKind::Ratio) => units(scene, before, Some(Dimension::Ratio), offers),
            Some(_) | None => {}
        },
    }
}

fn of_field(scene: &Scene<'_>, field: Field, before: &[StatementPiece<'_>], offers: &mut Offers) {
    let choices = words::choices(field, before.len());
    pairs(scene, &choices, offers);
    let standard = scene.standard;
    let is_first = before.is_empty();
    match field.names {
        Namespace::Standards => standards(scene, offers, true),
        Namespace::UnitsOfAccount if is_first => accounts(scene, offers),
        Namespace::References if is_first || field.takes == Takes::Path => references(scene, offers),
        Namespace::Subjects if is_first => subjects(scene, offers),
        Namespace::BasisKinds if is_first => list(standard, BASIS_KINDS, texts::basis_kind(), offers),
        Namespace::MoneyUnits => units_of(standard, Some(Dimension::Money), offers),
        Namespace::Rules | Namespace::RuleLevels if is_first => offer_codes(scene, offers),
        Namespace::FieldPaths => field_paths(offers),
        Namespace::WordLists if is_first => names_of(standard.map(|one| one.words.keys()), offers),
        Namespace::Labels if is_first => names_of(standard.map(|one| one.labels.keys()), offers),
        Namespace::Readings if is_first => names_of(standard.map(|one| one.readings.keys()), offers),
        Namespace::Columns => columns(scene, offers),
        Namespace::Frameworks if is_first && field.inner.is_none() => {
            names_of(standard.map(|one| one.frameworks.iter().map(|one| &one.name)), offers);
        }
        Namespace::ProjectKinds if is_first && field.takes == Takes::Name => {
            names_of(standard.map(|one| one.project_kinds.iter()), offers);
        }
        Namespace::Listed => {
            // The words to choose from are the meaning of the field.
            for word in field.chinese_meaning.split(' ') {
                offers.add(Offer::new(ItemKind::Choice, word));
            }
        }
        Namespace::None
        | Namespace::References
        | Namespace::Subjects
        | Namespace::UnitsOfAccount
        | Namespace::BasisKinds
        | Namespace::Directions
        | Namespace::Measures
        | Namespace::MeasureForms
        | Namespace::FundSources
        | Namespace::Checkpoints
        | Namespace::Categories
        | Namespace::Subcategories
        | Namespace::Frameworks
        | Namespace::ProjectKinds
        | Namespace::Grades
        | Namespace::Labels
        | Namespace::WordLists
        | Namespace::Readings
        | Namespace::Rules
        | Namespace::RuleLevels
        | Namespace::Dimensions
        | Namespace::Roles
        | Namespace::FieldKinds
        | Namespace::Choices => of_kind(scene, field, before, offers),
    }
}

/// The word list of the kinds of a basis.
const BASIS_KINDS: &str = "依据类别";

fn of_kind(scene: &Scene<'_>, field: Field, before: &[StatementPiece<'_>], offers: &mut Offers) {
    match field.takes {
        Takes::Amount => units(scene, before, Some(Dimension::Money), offers),
        Takes::Quantity => units(scene, before, None, offers),
        Takes::Target => target(scene, before, offers),
        Takes::Nothing
        | Takes::Text
        | Takes::Name
        | Takes::Path
        | Takes::WholeNumber
        | Takes::Number
        | Takes::Date
        | Takes::Period
        | Takes::Range
        | Takes::CodeAndName
        | Takes::NameAndText
        | Takes::KindedText
        | Takes::NameAndTexts
        | Takes::Cells
        | Takes::Names
        | Takes::Labelled
        | Takes::Subject
        | Takes::Scored
        | Takes::Reached
        | Takes::Points
        | Takes::Indicator => {}
    }
}

/// `指标 类别 名称 目标值`
fn indicator(scene: &Scene<'_>, before: &[StatementPiece<'_>], offers: &mut Offers) {
    match before {
        [] => categories(scene, offers),
        [category] => names(scene, category.text, offers),
        [_, _, target_words @ ..] => target(scene, target_words, offers),
    }
}

fn categories(scene: &Scene<'_>, offers: &mut Offers) {
    let Some(standard) = scene.standard else { return };
    let has_path = scene.context.typed().contains(['.', '．']);
    let used: Vec<CategoryId> = project(scene)
        .into_iter()
        .flat_map(|project| project.indicators.iter().filter_map(|indicator| indicator.category))
        .collect();
    for id in standard.all_categories() {
        let path = standard.category_path(id);
        let shortest = standard.shortest_category(id);
        let second = standard.subcategory(id).map_or_else(String::new, |second| second.name.clone());
        let (label, other) = if has_path { (path.clone(), shortest) } else { (shortest, path.clone()) };
        let is_missing = standard.category(id).is_compulsory && !used.iter().any(|used| used.category == id.category);
        let mut offer = Offer::new(ItemKind::Category, label).also(other).also(second).detail(named(&path));
        if is_missing {
            offer = offer.means(texts::category_missing_here()).rank(0);
        }
        offers.add(offer);
    }
}

/// Names that other projects use in the same category.
fn names(scene: &Scene<'_>, category: &str, offers: &mut Offers) {
    let Some(standard) = scene.standard else { return };
    let Some((id, _)) = crate::editor::entity::category_meant(standard, category) else { return };
    let path = standard.category_path(id);
    let model = &scene.analysis.model;
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for project in &model.projects {
        let theirs = &model[project.standard];
        for indicator in &project.indicators {
            let is_same = indicator.category.is_some_and(|id| theirs.category_path(id) == path);
            let is_here = project.span.file == scene.file && indicator.span.start as usize == scene.context.start;
            if is_same && !is_here && known.len() < super::MAXIMUM_ITEMS && known.insert(&indicator.name.value) {
                let text = written_name(&indicator.name.value);
                let offer = Offer::new(ItemKind::Name, &*indicator.name.value).text(text);
                offers.add(offer.detail(texts::in_project(&*project.name.value)));
            }
        }
    }
}

/// A target by the words that stand before.
fn target(scene: &Scene<'_>, before: &[StatementPiece<'_>], offers: &mut Offers) {
    let Some(last) = before.last() else {
        for (comparator, meaning) in comparators() {
            let offer =
                Offer::new(ItemKind::Operator, comparator.sign()).also(comparator.ascii()).also(comparator.id());
            offers.add(offer.text(format!("{} ", comparator.sign())).detail(meaning).rank(0));
        }
        pairs(scene, &[QUALITATIVE], offers);
        pairs(scene, &YES_OR_NO, offers);
        return;
    };
    let funds = || scene.standard.into_iter().flat_map(|standard| standard.fund_sources.iter());
    match last.kind {
        PieceKind::Comparator => {
            for (pair, meaning) in SYMBOLS.into_iter().zip([texts::symbol_budget(), texts::symbol_last_year()]) {
                let offer = Offer::new(ItemKind::Choice, pair.0).also(pair.1);
                offers.add(offer.means(meaning));
            }
            for source in funds() {
                let standard = scene.standard.map_or("", |standard| &standard.name);
                offers.add(Offer::new(ItemKind::Name, &source.name).means(texts::fund_source_of(standard)));
            }
            for checkpoint in scene.standard.into_iter().flat_map(|standard| &standard.checkpoints) {
                offers.add(Offer::new(ItemKind::Name, &checkpoint.label).detail(texts::a_deadline()).rank(2));
            }
        }
        PieceKind::Number => units(scene, before, None, offers),
        PieceKind::Word if is_one(last.text, &[QUALITATIVE]) => qualitative(scene, offers),
        PieceKind::Word if is_one(last.text, &SYMBOLS[1..]) => {
            operators(&[("+", texts::more_than_last_year()), ("-", texts::less_than_last_year())], offers);
            operators(&[("×", texts::share_of_last_year())], offers);
        }
        PieceKind::Word if is_one(last.text, &SYMBOLS[..1]) || funds().any(|source| source.name == last.text) => {
            operators(&[("×", texts::share_of_money())], offers);
        }
        PieceKind::Word | PieceKind::Quoted | PieceKind::Operator => {}
    }
}

fn comparators() -> [(Comparator, Text); 5] {
    [
        (Comparator::AtLeast, texts::at_least()),
        (Comparator::AtMost, texts::at_most()),
        (Comparator::Above, texts::above()),
        (Comparator::Below, texts::below()),
        (Comparator::Equal, texts::equal()),
    ]
}

fn operators(all: &[(&str, Text)], offers: &mut Offers) {
    for (sign, meaning) in all {
        let offer = Offer::new(ItemKind::Operator, *sign).text(format!("{sign} "));
        offers.add(offer.detail(meaning.clone()));
    }
}

/// After `定性`: a grade with its scale, or words.
fn qualitative(scene: &Scene<'_>, offers: &mut Offers) {
    offers.add(Offer::new(ItemKind::Choice, "\"…\"").snippet("\"${1}\"").detail(texts::words_only()).rank(2));
    for scale in scales(scene.standard) {
        let choices = scale.iter().map(|grade| in_snippet(grade)).collect::<Vec<_>>();
        let Some(first) = choices.first() else { continue };
        let text = format!("${{1|{}|}} {{ {} }}", choices.join(","), choices.join(" "));
        let label = format!("{first} {{ {} }}", scale.join(" "));
        offers.add(Offer::new(ItemKind::Choice, label).snippet(text).detail(texts::a_grade()).rank(1));
    }
    let declared = scene.standard.map(|standard| &standard.grades[..]).unwrap_or_default();
    for grade in declared {
        offers.add(Offer::new(ItemKind::Choice, grade).detail(texts::a_grade()).rank(0));
    }
}

/// The grades inside a scale: those of the scales in use that go on as the words do.
pub fn grades(scene: &Scene<'_>, offers: &mut Offers) {
    let written: Vec<&str> = scene.context.before().iter().map(|piece| piece.text).collect();
    for scale in scales(scene.standard) {
        let is_begun = scale.iter().zip(&written).all(|(grade, word)| grade == word);
        for grade in scale.iter().filter(|grade| !written.contains(&grade.as_str())) {
            let rank = u8::from(!is_begun);
            offers.add(Offer::new(ItemKind::Choice, grade).rank(rank));
        }
    }
}

/// The scale that the standard declares, and those that it knows.
fn scales(standard: Option<&Standard>) -> Vec<Vec<String>> {
    let Some(standard) = standard else { return Vec::new() };
    let declared = (!standard.grades.is_empty()).then(|| standard.grades.to_vec());
    let known = standard.words("分级").words().iter().map(|words| words.split(' ').map(str::to_owned).collect());
    declared.into_iter().chain(known).collect()
}

/// Units behind a number.
fn units(scene: &Scene<'_>, before: &[StatementPiece<'_>], dimension: Option<Dimension>, offers: &mut Offers) {
    if before.last().is_some_and(|last| last.kind == PieceKind::Number) {
        units_of(scene.standard, dimension, offers);
    }
}

fn units_of(standard: Option<&Standard>, dimension: Option<Dimension>, offers: &mut Offers) {
    let Some(standard) = standard else { return };
    let usual = standard.words("常用单位").words();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    // The last declaration that claims a form has it.
    for unit in standard.units.iter().rev() {
        let is_known =
            standard.unit(unit.written()).is_some_and(|index| standard.units[index as usize].name == unit.name);
        if !is_known || dimension.is_some_and(|dimension| unit.dimension != dimension) || !seen.insert(unit.written()) {
            continue;
        }
        let rank = u8::from(usual.iter().all(|form| *form != unit.written()));
        let mut offer = Offer::new(ItemKind::Unit, unit.written()).also(&unit.name).rank(rank);
        offer.others.extend(unit.aliases.iter().cloned());
        offers.add(offer.detail(dimension_text(unit.dimension)));
    }
}

fn dimension_text(dimension: Dimension) -> Text {
    let entry = Dimension::ALL.iter().find(|(one, ..)| *one == dimension);
    entry.map_or_else(|| named(""), |(_, chinese, english)| Text::new(*chinese, *english))
}

/// Standards that a department can follow, or that can be extended.
pub fn standards(scene: &Scene<'_>, offers: &mut Offers, with_form: bool) {
    for standard in &scene.analysis.model.standards {
        if with_form && standard.categories.is_empty() {
            continue;
        }
        let offer = Offer::new(ItemKind::Standard, &standard.name).text(written_name(&standard.name));
        let is_own = standard.declared_at.is_some_and(|span| !is_built_in(scene.analysis.sources.get(span.file)));
        let offer = offer.rank(u8::from(!is_own));
        offers.add(match &standard.title {
            Some(title) => offer.detail(named(title)),
            None => offer,
        });
    }
}

/// The units of account that the department lists.
fn accounts(scene: &Scene<'_>, offers: &mut Offers) {
    let Some(department) = scene.department else { return };
    for account in &scene.analysis.model[department].units_of_account {
        let mut offer = Offer::new(ItemKind::Name, &*account.code.value);
        if let Some(name) = &account.name {
            offer = offer.also(&*name.value).detail(named(&name.value));
        }
        offers.add(offer);
    }
}

/// `项目.指标` of the department; first those that no sub-goal names, or of which the report says no value yet.
fn references(scene: &Scene<'_>, offers: &mut Offers) {
    let model = &scene.analysis.model;
    let goals = scene.department.map(|id| &model[id].sub_goals[..]).unwrap_or_default();
    let is_of_year = scene
        .context
        .open
        .first()
        .is_some_and(|open| matches!(open.inside, Inside::Block(Block::Monitoring | Block::SelfEvaluation)));
    let used: BTreeSet<IndicatorId> = if is_of_year {
        reported_beside(scene.analysis, scene.file, scene.context.start)
    } else {
        goals.iter().flat_map(|goal| &goal.indicators).filter_map(|reference| reference.target).collect()
    };
    let typed = scene.context.typed();
    let mut best = Vec::new();
    for (id, project) in model.projects_of(scene.department) {
        for (index, indicator) in project.indicators.iter().enumerate() {
            let id = IndicatorId { project: id, index: index as u32 };
            let rank = if used.contains(&id) { 2 } else { 1 };
            let path = resolve::path(model, id);
            if let Some(fit) = spelling::fit(typed, &path, &[&indicator.name.value]) {
                best.push((fit, rank, id, path));
            }
        }
    }
    // Most would be cut off again: what is shown beside is written only for those that stay.
    best.sort_by_key(|(fit, rank, id, _)| (*fit, *rank, *id));
    best.truncate(MAXIMUM_ITEMS);
    best.sort_by_key(|(_, _, id, _)| *id);
    for (_, rank, id, path) in best {
        let written = crate::model::print::target_cell(&model[id], &model[model[id.project].standard]);
        let offer = Offer::new(ItemKind::Reference, path).also(&*model[id].name.value);
        offers.add(offer.detail(named(&written)).rank(rank));
    }
}

/// The projects, and the department itself.
fn subjects(scene: &Scene<'_>, offers: &mut Offers) {
    let (chinese, english) = Block::Department.word();
    offers.add(Offer::new(ItemKind::Keyword, chinese).also(english).means(texts::meaning_department()));
    for (_, project) in scene.analysis.model.projects_of(scene.department) {
        offers.add(Offer::new(ItemKind::Reference, written_name(&project.name.value)));
    }
}

/// The fields of departments, projects and indicators, for demands on them.
fn field_paths(offers: &mut Offers) {
    for block in [Block::Department, Block::Project, Block::Indicator] {
        let (chinese, english) = block.word();
        for field in vocabulary::fields_of(block) {
            let offer = Offer::new(ItemKind::Field, format!("{chinese}.{}", field.name));
            let offer = offer.also(field.name).also(format!("{english}.{}", field.english));
            offers.add(offer.means(Text::new(field.chinese_meaning, field.english_meaning)));
        }
    }
}

fn names_of<'a>(names: Option<impl Iterator<Item = &'a String>>, offers: &mut Offers) {
    for name in names.into_iter().flatten() {
        offers.add(Offer::new(ItemKind::Name, name).text(written_name(name)));
    }
}

/// The contents that a column may hold, as standards use them.
fn columns(scene: &Scene<'_>, offers: &mut Offers) {
    for standard in &scene.analysis.model.standards {
        for column in &standard.columns {
            let text = written_name(&column.content);
            offers.add(Offer::new(ItemKind::Name, &column.content).text(text).detail(named(&column.heading)));
        }
    }
}

fn list(standard: Option<&Standard>, name: &str, meaning: Text, offers: &mut Offers) {
    for word in standard.map(|standard| standard.words(name).words()).unwrap_or_default() {
        let offer = Offer::new(ItemKind::Choice, word).snippet(format!("{} \"${{1}}\"", in_snippet(word)));
        offers.add(offer.detail(meaning.clone()));
    }
    offers.add(Offer::new(ItemKind::Choice, "\"…\"").snippet("\"${1}\"").rank(2));
}

/// Words to choose from, in the language of the declaration.
fn pairs(scene: &Scene<'_>, pairs: &[words::Pair], offers: &mut Offers) {
    for (chinese, english) in pairs {
        let is_english = scene.keywords == crate::diagnostic::Language::English;
        let (word, other) = if is_english { (english, chinese) } else { (chinese, english) };
        offers.add(Offer::new(ItemKind::Choice, *word).also(*other));
    }
}
