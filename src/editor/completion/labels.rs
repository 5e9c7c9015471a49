//! Words that start a statement: keywords at the top, fields in a block, names of the standard in budgets and plans.

use super::offer::{ItemKind, Offer, Offers, in_snippet};
use super::{Scene, stated_labels};
use crate::diagnostic::{Language, Text, texts};
use crate::format::words;
use crate::model::standard::{FieldKind, Standard};
use crate::model::unit::Dimension;
use crate::syntax::vocabulary::{self, BECOMES, Block, Field, INDICATOR, KEYWORDS, Keyword, Takes, written_name};

/// Keywords at the top; after `标准 名称`, the standard that is extended.
pub fn at_top(scene: &Scene<'_>, offers: &mut Offers) {
    let before = scene.context.before();
    let Some(first) = before.first() else { return keywords(scene, offers) };
    if vocabulary::keyword_at(first.text) != Some(Keyword::Standard) {
        return;
    }
    let extends =
        |piece: &super::super::context::StatementPiece<'_>| [words::EXTENDS.0, words::EXTENDS.1].contains(&piece.text);
    match before.last() {
        Some(last) if extends(last) => super::values::standards(scene, offers, false),
        Some(_) if before.len() > 1 && !before.iter().any(extends) => {
            let (chinese, english) = words::EXTENDS;
            let (label, other) = if first.text.is_ascii() { (english, chinese) } else { (chinese, english) };
            offers.add(Offer::new(ItemKind::Keyword, label).also(other).text(format!("{label} ")));
        }
        Some(_) | None => {}
    }
}

fn keywords(scene: &Scene<'_>, offers: &mut Offers) {
    let is_english = scene.context.typed().starts_with(|sign: char| sign.is_ascii_alphabetic())
        && KEYWORDS.iter().any(|(_, _, english)| english.starts_with(scene.context.typed()));
    for (keyword, chinese, english) in KEYWORDS {
        let (word, other) = if is_english { (english, chinese) } else { (chinese, english) };
        let (shape, meaning) = match keyword {
            Keyword::Department => ("${1:编码} ${2:名称} {\n  $0\n}", texts::meaning_department()),
            Keyword::Project => ("${1:编码} ${2:名称} {\n  $0\n}", texts::meaning_project()),
            Keyword::Approval => ("${1:2025-01-20} \"${2:文号}\" {\n  $0\n}", texts::meaning_approval()),
            Keyword::Adjustment => ("${1:2025-09-10} \"${2:文号}\" {\n  $0\n}", texts::meaning_adjustment()),
            Keyword::Monitoring => ("${1:6月底} {\n  $0\n}", texts::meaning_monitoring()),
            Keyword::SelfEvaluation => ("{\n  $0\n}", texts::meaning_self_evaluation()),
            Keyword::Review => ("${1:2026-03-15} \"${2:复核单位}\" {\n  $0\n}", texts::meaning_review()),
            Keyword::Evaluation => ("${1:2026-06-20} ${2:项目} {\n  $0\n}", texts::meaning_evaluation()),
            Keyword::Area => ("${1:名称} {\n  $0\n}", texts::meaning_area()),
            Keyword::Standard => ("${1:名称} \"${2:说明}\" 扩展 ${3:标准} {\n  $0\n}", texts::meaning_standard()),
        };
        let shape = if is_english { shape.replace("扩展", words::EXTENDS.1) } else { shape.to_owned() };
        offers.add(Offer::new(ItemKind::Keyword, word).also(other).snippet(format!("{word} {shape}")).means(meaning));
    }
}

/// The fields of a block: those that are missing and required first, then those not stated yet.
pub fn in_block(scene: &Scene<'_>, block: Block, offers: &mut Offers) {
    let stated = stated_labels(scene);
    let is_stated = |names: &[&str]| stated.iter().any(|label| names.contains(&label.as_str()));
    if let Some(standard) = scene.standard {
        names_of_standard(scene, standard, block, &is_stated, offers);
    }
    let (chinese, english) = INDICATOR;
    if block == Block::Project {
        let (word, other) = word(scene, chinese, english);
        let shape = scene.standard.map(indicator_shape).unwrap_or_default();
        offers.add(
            Offer::new(ItemKind::Keyword, word)
                .also(other)
                .snippet(format!("{word} {shape}"))
                .means(texts::meaning_indicator()),
        );
    }
    for field in vocabulary::fields_of(block) {
        let (word, other) = word(scene, field.name, field.english);
        let is_required =
            scene.standard.is_some_and(|standard| standard.required_fields(block).any(|rule| rule.name == field.name));
        let rank = rank(is_stated(&[field.name, field.english]), field.repeats, is_required);
        let offer = Offer::new(ItemKind::Field, word)
            .also(other)
            .snippet(shape(scene, *field, word))
            .means(Text::new(field.chinese_meaning, field.english_meaning))
            .rank(rank);
        offers.add(if is_required { offer.detail(texts::required_here()) } else { offer });
    }
    let own = scene.standard.into_iter().flat_map(|standard| &standard.field_rules);
    for rule in own.filter(|rule| rule.block == block) {
        let Some(kind) = rule.kind else { continue };
        let name = written_name(&rule.name);
        let shape = match kind {
            FieldKind::Text => "\"${1}\"".to_owned(),
            FieldKind::Number => "${1:0}".to_owned(),
            FieldKind::Amount => amount_shape(scene, 1),
            FieldKind::Ratio => format!("${{1:0}}{}", ratio(scene.standard)),
            FieldKind::Date => "${1:2025-12-31}".to_owned(),
            FieldKind::YesNo => "${1|是,否|}".to_owned(),
        };
        let rank = rank(is_stated(&[&rule.name]), false, rule.is_required);
        let offer = Offer::new(ItemKind::Field, &rule.name)
            .snippet(format!("{} {shape}", in_snippet(&name)))
            .means(texts::field_of_standard(scene.standard.map_or("", |standard| &standard.name)))
            .rank(rank);
        offers.add(if rule.is_required { offer.detail(texts::required_here()) } else { offer });
    }
}

fn rank(is_stated: bool, repeats: bool, is_required: bool) -> u8 {
    match (is_stated, repeats, is_required) {
        (false, _, true) => 0,
        (false, _, false) => 1,
        (true, true, _) => 2,
        (true, false, _) => 3,
    }
}

/// A word in the language of the declaration, and its other spelling.
fn word(scene: &Scene<'_>, chinese: &'static str, english: &'static str) -> (&'static str, &'static str) {
    match scene.keywords {
        Language::Chinese => (chinese, english),
        Language::English => (english, chinese),
    }
}

/// Fund sources, checkpoints and first levels, as labels of a block.
fn names_of_standard(
    scene: &Scene<'_>,
    standard: &Standard,
    block: Block,
    is_stated: &dyn Fn(&[&str]) -> bool,
    offers: &mut Offers,
) {
    let mut add = |name: &str, shape: String, meaning: Text| {
        let rank = if is_stated(&[name]) { 3 } else { 1 };
        let written = in_snippet(&written_label(name));
        let offer = Offer::new(ItemKind::Name, name).snippet(format!("{written} {shape}"));
        offers.add(offer.means(meaning).rank(rank));
    };
    match block {
        Block::Budget | Block::Execution => {
            for source in &standard.fund_sources {
                add(&source.name, amount_shape(scene, 1), texts::fund_source_of(&standard.name));
            }
        }
        Block::Plan => {
            for checkpoint in &standard.checkpoints {
                let shape = format!("${{1:0}}{}", ratio(Some(standard)));
                add(&checkpoint.label, shape, texts::checkpoint_of(&standard.name));
            }
        }
        Block::WeightScheme => {
            for category in &standard.categories {
                add(&category.name, "${1:0}".to_owned(), texts::first_level_of(&standard.name));
            }
        }
        Block::AdjustedBudget => {
            for source in &standard.fund_sources {
                let shape = format!("{} {} {}", amount_shape(scene, 1), BECOMES.0, amount_shape(scene, 2));
                add(&source.name, shape, texts::fund_source_of(&standard.name));
            }
        }
        Block::Approval
        | Block::Adjustment
        | Block::Monitoring
        | Block::SelfEvaluation
        | Block::Completion
        | Block::Rectification
        | Block::Review
        | Block::Evaluation
        | Block::Area
        | Block::Department
        | Block::SubGoal
        | Block::Project
        | Block::Indicator
        | Block::Standard
        | Block::Unit
        | Block::FundSource
        | Block::Category
        | Block::Subcategory
        | Block::Framework
        | Block::FieldRule
        | Block::CodeForm
        | Block::IndicatorTable
        | Block::YearForm
        | Block::ProjectForm
        | Block::FormGroup
        | Block::RuleSource
        | Block::MonitoringRules
        | Block::ScoringRules
        | Block::ExecutionScore
        | Block::Method
        | Block::Excess
        | Block::Cited => {}
    }
}

/// A label of a plan may be a date as it stands.
pub fn written_label(name: &str) -> String {
    if crate::model::calendar::Date::read(name).is_some() { name.to_owned() } else { written_name(name) }
}

/// What follows a field's label.
fn shape(scene: &Scene<'_>, field: Field, word: &str) -> String {
    let value = match field.takes {
        Takes::Nothing => String::new(),
        Takes::Text | Takes::KindedText => "\"${1}\"".to_owned(),
        Takes::Indicator => scene.standard.map(indicator_shape).unwrap_or_default(),
        Takes::CodeAndName if field.block == Block::Department => "${1:编码} ${2:名称}".to_owned(),
        Takes::CodeAndName
        | Takes::Name
        | Takes::Path
        | Takes::Names
        | Takes::Labelled
        | Takes::Subject
        | Takes::Scored => "${1}".to_owned(),
        Takes::WholeNumber | Takes::Number | Takes::Points => "${1:0}".to_owned(),
        Takes::Date => "${1:2025-12-31}".to_owned(),
        Takes::Period => "${1:2025-01-01} .. ${2:2027-12-31}".to_owned(),
        Takes::Amount => amount_shape(scene, 1),
        Takes::Target => "${1:≥} ${2:90%}".to_owned(),
        Takes::Quantity | Takes::Reached => format!("${{1:0}}{}", ratio(scene.standard)),
        Takes::Range => "${1:0} .. ${2:100}".to_owned(),
        Takes::Cells => "\"${1}\" ${2:项目名称}".to_owned(),
        Takes::NameAndText | Takes::NameAndTexts => "${1:名称} \"${2}\"".to_owned(),
    };
    let block = match (field.inner, scene.standard) {
        (Some(Block::Budget), Some(standard)) => {
            lines(standard.fund_sources.iter().enumerate().map(|(index, source)| {
                format!("{} {}", in_snippet(&written_name(&source.name)), amount_shape(scene, index + 2))
            }))
        }
        (Some(Block::Plan), Some(standard)) => {
            lines(standard.checkpoints.iter().enumerate().map(|(index, checkpoint)| {
                let label = in_snippet(&written_label(&checkpoint.label));
                format!("{label} ${{{}:0}}{}", index + 1, ratio(Some(standard)))
            }))
        }
        (Some(_), _) => "{\n  $0\n}".to_owned(),
        (None, _) => String::new(),
    };
    let parts = [word, &value, &block];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn lines(lines: impl Iterator<Item = String>) -> String {
    let lines: Vec<String> = lines.map(|line| format!("  {line}\n")).collect();
    format!("{{\n{}}}", lines.concat())
}

fn amount_shape(scene: &Scene<'_>, place: usize) -> String {
    let unit = scene.standard.map(Standard::money_unit_name).unwrap_or_default();
    format!("${{{place}:0}} {}", in_snippet(&unit))
}

/// The sign of the standard's unit of ratio.
pub fn ratio(standard: Option<&Standard>) -> String {
    let Some(standard) = standard else { return String::new() };
    let usual = standard.words("常用单位").words();
    let is_ratio = |form: &str| {
        standard.unit(form).is_some_and(|unit| standard.units[unit as usize].dimension == Dimension::Ratio)
    };
    usual.iter().find(|form| is_ratio(form)).cloned().unwrap_or_default()
}

/// `数量 名称 ≥ 90%` with the standard's first category.
fn indicator_shape(standard: &Standard) -> String {
    let first = standard.all_categories().next().map(|id| standard.shortest_category(id)).unwrap_or_default();
    format!("${{1:{}}} ${{2:名称}} ${{3:≥}} ${{4:90{}}}", in_snippet(&first), in_snippet(&ratio(Some(standard))))
}
