//! A project as a form: what may be filled in, from the schema of the language and the standard of the project.

use std::sync::Arc;

use super::fact::{Address, FormFact, project_of, shown};
use super::value::kinds;
use crate::diagnostic::{Language, Text, texts};
use crate::edit::{At, DeclaredLines, declaration_of};
use crate::editor::filter_text;
use crate::format::words;
use crate::language::{Block, Field, FieldRow, Namespace, Takes, fields_of, own};
use crate::model::print;
use crate::model::standard::{FieldKind, Standard};
use crate::model::{Direction, IndicatorId, Model, ProjectId};
use crate::workspace::Analysis;

/// A project as a form.
pub struct FilledProject {
    /// The project itself.
    pub address: Address,
    /// Its code, name and fields.
    pub rows: Vec<FormRow>,
    /// The money: the budget, then its fund sources.
    pub money: Vec<FormRow>,
    /// The shares by checkpoints.
    pub plan: Vec<FormRow>,
    /// In the order of the text.
    pub indicators: Vec<IndicatorForm>,
    /// What may stand before the name of a new one.
    pub categories: Vec<String>,
}

/// Names to choose from, as a form holds them.
fn spelt<'n>(names: impl IntoIterator<Item = &'n String>) -> Arc<str> {
    let lines = names.into_iter().map(|name| format!("{name}\t{}", filter_text("", name, &[])));
    lines.collect::<Vec<_>>().join("\n").into()
}

/// An indicator as a form.
pub struct IndicatorForm {
    /// Its project and its name.
    pub address: Address,
    /// Of the model.
    pub id: IndicatorId,
    /// Category, name and target.
    pub head: Vec<FormRow>,
    /// Its fields: what is filled in, and what may be.
    pub rows: Vec<FormRow>,
}

/// A field of a form.
pub struct FormRow {
    /// What it is.
    pub fact: FormFact,
    /// What the form calls it.
    pub label: String,
    /// What it means, in a sentence.
    pub meaning: String,
    /// What is written; empty where nothing is.
    pub value: String,
    /// How the official table prints it, where that is not what is written.
    pub printed: Option<String>,
    /// What it may be, each in a line with its spellings behind a tab; empty where it is written freely.
    pub choices: Arc<str>,
    /// Whether it may have several lines.
    pub is_long: bool,
    /// Whether the standard demands it.
    pub is_required: bool,
}

/// The form of a project.
pub fn project(analysis: &Analysis, id: ProjectId, language: Language) -> FilledProject {
    let model = &analysis.model;
    let project = &model[id];
    let standard = &model[project.standard];
    let declaration = declaration_of(model, &analysis.sources, &At::Project(id)).ok();
    let lines = declaration.as_ref().map(DeclaredLines::of);
    let form = FormOf { analysis, lines: lines.as_ref(), thing: At::Project(id), standard, language };
    let mut rows = vec![
        FormRow { is_required: true, ..form.row(FormFact::Name, form.say(texts::form_name()), "") },
        form.row(FormFact::Code, form.say(texts::form_code()), ""),
    ];
    let is_plain = |field: &Field| {
        let has_a_place = matches!(own::Project::of(*field), Some(own::Project::Budget | own::Project::SpendingPlan));
        !has_a_place && !field.repeats && field.takes != Takes::Nothing && field.inner != Some(Block::Indicator)
    };
    rows.extend(form.fields(Block::Project, is_plain));
    let mut money = vec![FormRow {
        printed: project.budget.as_ref().and_then(|budget| Some(print::amount(budget.total.as_ref()?, standard))),
        is_required: true,
        ..form.field(Field::Budget)
    }];
    money.extend(standard.fund_sources.iter().map(|source| {
        let fact = FormFact::Part(Field::Budget.name.to_owned(), source.name.clone());
        form.row(fact, source.name.clone(), "")
    }));
    let plan = standard.checkpoints.iter().map(|checkpoint| {
        let fact = FormFact::Part(Field::SpendingPlan.name.to_owned(), checkpoint.date.to_string());
        form.row(fact, checkpoint.label.clone(), "")
    });
    let indicators = 0..project.indicators.len() as u32;
    let categories: Vec<String> = standard.all_categories().map(|id| standard.shortest_category(id)).collect();
    let choices = spelt(&categories);
    FilledProject {
        address: address(model, id, None),
        rows,
        money,
        plan: plan.collect(),
        indicators: indicators.map(|index| indicator(&form, IndicatorId { project: id, index }, &choices)).collect(),
        categories,
    }
}

fn indicator(of: &FormOf<'_>, id: IndicatorId, categories: &Arc<str>) -> IndicatorForm {
    let FormOf { analysis, standard, .. } = *of;
    let model = &analysis.model;
    let one = &model[id];
    let form = FormOf { thing: At::Indicator(id), ..*of };
    let category = FormRow {
        choices: categories.clone(),
        is_required: true,
        ..form.row(FormFact::Category, form.say(texts::form_category()), "")
    };
    let target = FormRow {
        printed: Some(print::printed(&one.target.value, standard).glued()),
        is_required: true,
        ..form.row(FormFact::Target, form.say(texts::form_target()), "")
    };
    let name = FormRow { is_required: true, ..form.row(FormFact::Name, form.say(texts::form_name()), "") };
    let is_plain = |field: &Field| !field.repeats && (field.inner.is_none() || *field == Field::Scoring);
    IndicatorForm {
        address: address(model, id.project, Some(&one.name.value)),
        id,
        head: vec![category, name, target],
        rows: form.fields(Block::Indicator, is_plain),
    }
}

/// The names that lead to a thing.
pub fn address(model: &Model, id: ProjectId, indicator: Option<&str>) -> Address {
    let project = &model[id];
    Address {
        department: project.department.map(|id| model[id].name.value.to_string()),
        project: Some(project.name.value.to_string()),
        indicator: indicator.map(str::to_owned),
    }
}

/// A form of a thing that is declared.
pub struct FormOf<'a> {
    /// The workspace.
    pub analysis: &'a Analysis,
    /// Of the declaration that the thing stands in.
    pub lines: Option<&'a DeclaredLines<'a, 'a>>,
    /// What has the fields.
    pub thing: At,
    /// What it is declared by.
    pub standard: &'a Standard,
    /// Of labels and meanings.
    pub language: Language,
}

impl FormOf<'_> {
    fn say(&self, text: Text) -> String {
        text.in_language(self.language).into_owned()
    }

    fn row(&self, fact: FormFact, label: String, meaning: &str) -> FormRow {
        let value = shown(self.analysis, self.lines, &self.thing, &fact).unwrap_or_default();
        FormRow {
            fact,
            label,
            meaning: meaning.to_owned(),
            value,
            printed: None,
            choices: "".into(),
            is_long: false,
            is_required: false,
        }
    }

    fn field(&self, field: Field) -> FormRow {
        let FieldRow { chinese_meaning, english_meaning, .. } = &*field;
        let label = in_language([field.name, field.english], self.language).replace('_', " ");
        FormRow {
            choices: spelt(&self.choices(field)),
            is_long: field.takes == Takes::Text,
            ..self.row(
                FormFact::Line(field.name.to_owned()),
                label,
                in_language([chinese_meaning, english_meaning], self.language),
            )
        }
    }

    /// The fields of the language that are wanted, then those that the standard adds.
    pub fn fields(&self, block: Block, is_wanted: impl Fn(&Field) -> bool) -> Vec<FormRow> {
        let own = fields_of(block).iter().filter(|field| is_wanted(field));
        let demanded = |name: &str| self.standard.required_fields(block).any(|rule| rule.name == name);
        let own = own.map(|field| FormRow { is_required: demanded(field.name), ..self.field(*field) });
        let added = self.standard.field_rules.iter().filter(|rule| rule.block == block).filter_map(|rule| {
            let kind = rule.kind?;
            let label = rule.label.as_ref().unwrap_or(&rule.name).clone();
            let choices = match kind {
                FieldKind::YesNo => spelt(&words::YES_OR_NO.map(|(word, _)| word.to_owned())),
                FieldKind::Text | FieldKind::Number | FieldKind::Amount | FieldKind::Ratio | FieldKind::Date => {
                    "".into()
                }
            };
            let is_long = kind == FieldKind::Text;
            Some(FormRow {
                choices,
                is_long,
                is_required: rule.is_required,
                ..self.row(FormFact::Line(rule.name.clone()), label, "")
            })
        });
        own.chain(added).collect()
    }

    fn choices(&self, field: Field) -> Vec<String> {
        let names = |all: &mut dyn Iterator<Item = &String>| all.cloned().collect();
        match field.names {
            Namespace::Directions => Direction::ALL.map(|(_, word, _)| word.to_owned()).to_vec(),
            Namespace::Frameworks => names(&mut self.standard.frameworks.iter().map(|one| &one.name)),
            Namespace::ProjectKinds => names(&mut self.standard.project_kinds.iter()),
            Namespace::BasisKinds => kinds(Block::Indicator, Some(self.standard)).to_vec(),
            Namespace::Listed => match own::Completion::of(field) {
                Some(own::Completion::Likelihood) => self.standard.monitoring.possibilities.clone(),
                _ => Vec::new(),
            },
            Namespace::UnitsOfAccount => {
                let model = &self.analysis.model;
                let department = project_of(&self.thing).and_then(|id| model[id].department);
                let units = department.into_iter().flat_map(|id| &model[id].units_of_account);
                units.map(|unit| unit.code.value.to_string()).collect()
            }
            Namespace::Choices => words::choices(field, 0).iter().map(|(word, _)| (*word).to_owned()).collect(),
            // Why something deviates: its kind comes first.
            _ if field.takes == Takes::KindedText => kinds(Block::Completion, Some(self.standard)).to_vec(),
            _ => Vec::new(),
        }
    }
}

fn in_language(words: [&str; 2], language: Language) -> &str {
    match language {
        Language::Chinese => words[0],
        Language::English => words[1],
    }
}
