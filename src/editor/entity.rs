//! What a token names: the thing that is declared once and used in many places.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::declaration::{Declaration, department_at, project_at};
use super::sites::{AllSites, name_in};
use super::tokens::{TaxonomyLevel, Token, TokenRole};
use super::{department_of, standard_of};
use crate::diagnostic::Code;
use crate::model::standard::{CategoryMatch, Standard, stem};
use crate::model::text::key;
use crate::model::year::{NamedThing, Occasion};
use crate::model::{CategoryId, DepartmentId, IndicatorId, Model, ProjectId, StandardId};
use crate::source::Span;
use crate::syntax::{Node, StatementKind};
use crate::workspace::Analysis;

/// Something with a name. What a standard declares is known by the place of its declaration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NamedEntity {
    Department(DepartmentId),
    Project(ProjectId),
    Indicator(IndicatorId),
    /// A unit of account, by its department and code.
    Account(DepartmentId, String),
    Standard(Span),
    Unit(Span),
    FirstLevel(Span),
    SecondLevel(Span),
    FundSource(Span),
    Checkpoint(Span),
    /// A field that a standard adds.
    Field(Span),
    Rule(Code),
}

/// Reads what tokens name, for any number of declarations of one analysis.
pub struct NameResolver<'a> {
    pub analysis: &'a Analysis,
    pub sites: AllSites<'a>,
    /// What the lines of the year are about, by their places; read when it is first asked for.
    reported: OnceCell<BTreeMap<Span, NamedThing>>,
}

/// A declaration with what holds in it.
pub struct Setting<'a> {
    pub project: Option<ProjectId>,
    pub department: Option<DepartmentId>,
    pub standard: Option<(&'a Standard, StandardId)>,
}

impl<'a> NameResolver<'a> {
    pub fn new(analysis: &'a Analysis) -> Self {
        Self { analysis, sites: AllSites::new(analysis), reported: OnceCell::new() }
    }

    /// What holds in a declaration: its project or department, and the standard.
    pub fn setting(&self, declaration: &Declaration<'_>) -> Setting<'a> {
        let model = &self.analysis.model;
        let root = declaration.roots().next();
        let head = root.map(Node::head_span);
        let project = head.and_then(|head| project_at(self.analysis, head));
        let own = head.and_then(|head| department_at(self.analysis, head)).map(|(id, _)| id);
        let department = match project {
            Some((_, project)) => project.department,
            None => own.or_else(|| department_of(self.analysis, declaration.file)),
        };
        let is_standard = root.is_some_and(|root| root.kind() == StatementKind::Standard);
        let of_declaration = head.filter(|_| is_standard).and_then(|head| {
            let index = model.standards.iter().position(|one| one.declared_at == Some(head))?;
            Some(StandardId(index as u32))
        });
        let by_name = |standard: &Standard| {
            let same = |one: &Standard| std::ptr::eq(one, standard);
            model.standards.iter().position(|one| same(one)).map(|index| StandardId(index as u32))
        };
        let id = of_declaration
            .or_else(|| project.map(|(_, project)| project.standard))
            .or_else(|| department.map(|id| model[id].standard))
            .or_else(|| by_name(standard_of(self.analysis, declaration.file)?));
        let standard = id.map(|id| (&model[id], id));
        Setting { project: project.map(|(id, _)| id), department, standard }
    }

    /// What a token names; none where it names nothing that is declared.
    pub fn entity(&self, declaration: &Declaration<'_>, setting: &Setting<'_>, token: &Token) -> Option<NamedEntity> {
        let name = || name_in(declaration, token.bytes);
        let sites = || setting.standard.map(|(_, id)| self.sites.of(id));
        let head = declaration.span(token.head);
        match token.role {
            TokenRole::DepartmentCode | TokenRole::DepartmentName => {
                department_at(self.analysis, head).map(|(id, _)| NamedEntity::Department(id))
            }
            TokenRole::ProjectCode | TokenRole::ProjectName => {
                project_at(self.analysis, head).map(|(id, _)| NamedEntity::Project(id))
            }
            TokenRole::IndicatorName => self.indicator(setting, head).map(NamedEntity::Indicator),
            TokenRole::Account { .. } => {
                Some(NamedEntity::Account(setting.department?, declaration.slice(token.bytes).to_owned()))
            }
            TokenRole::Standard { is_declared: true } => Some(NamedEntity::Standard(declaration.span(token.bytes))),
            TokenRole::Standard { is_declared: false } => match token.block {
                None => self.sites.extended(&name(), head),
                Some(_) => self.sites.standard_named(&name()),
            }
            .map(NamedEntity::Standard),
            TokenRole::Category | TokenRole::CategoryParent => self.category(declaration, setting, token),
            TokenRole::FirstLevel { .. } => sites()?.first_levels.get(&name()).copied().map(NamedEntity::FirstLevel),
            TokenRole::SecondLevel => Some(NamedEntity::SecondLevel(declaration.span(token.bytes))),
            TokenRole::FundSource { .. } => sites()?.fund_sources.get(&name()).copied().map(NamedEntity::FundSource),
            TokenRole::Checkpoint { .. } => sites()?.checkpoint(&name()).map(NamedEntity::Checkpoint),
            TokenRole::Measure { is_declared: true } => Some(NamedEntity::Unit(declaration.span(token.bytes))),
            TokenRole::Measure { is_declared: false } => {
                sites()?.unit(declaration.slice(token.bytes)).map(NamedEntity::Unit)
            }
            TokenRole::MeasureForm => sites()?.unit(&name()).map(NamedEntity::Unit),
            TokenRole::OtherLabel => {
                let block = token.block?.word().0;
                sites()?.fields.get(&format!("{block}.{}", name())).copied().map(NamedEntity::Field)
            }
            TokenRole::FieldRule => {
                let is_own = setting
                    .standard
                    .as_ref()?
                    .0
                    .field_rules
                    .iter()
                    .any(|rule| rule.kind.is_some() && format!("{}.{}", rule.block.word().0, rule.name) == name());
                is_own.then(|| NamedEntity::Field(declaration.span(token.bytes)))
            }
            TokenRole::ReferenceProject | TokenRole::ReferenceIndicator => self.referred(declaration, setting, token),
            TokenRole::RuleCode => Code::find(&name()).map(NamedEntity::Rule),
            TokenRole::Keyword
            | TokenRole::Field(_)
            | TokenRole::AccountName
            | TokenRole::Comparator
            | TokenRole::Operator
            | TokenRole::Number
            | TokenRole::Date
            | TokenRole::YesOrNo
            | TokenRole::Qualitative
            | TokenRole::Grade
            | TokenRole::Symbol
            | TokenRole::Choice
            | TokenRole::BasisKind
            | TokenRole::Key
            | TokenRole::Text
            | TokenRole::Comment => None,
        }
    }

    fn indicator(&self, setting: &Setting<'_>, head: Span) -> Option<IndicatorId> {
        let project = setting.project?;
        let indicators = &self.analysis.model[project].indicators;
        let index = indicators.iter().position(|one| one.span.start == head.start && one.span.file == head.file)?;
        Some(IndicatorId { project, index: index as u32 })
    }

    fn category(&self, declaration: &Declaration<'_>, setting: &Setting<'_>, token: &Token) -> Option<NamedEntity> {
        let (standard, id) = setting.standard?;
        let (category, level) = category_meant(standard, declaration.value_around(token.bytes))?;
        let level = if matches!(token.role, TokenRole::CategoryParent) { TaxonomyLevel::First } else { level };
        let span = self.sites.of(id).category(standard, category, level)?;
        let is_second = level == TaxonomyLevel::Second && standard.subcategory(category).is_some();
        Some(if is_second { NamedEntity::SecondLevel(span) } else { NamedEntity::FirstLevel(span) })
    }

    /// The project or the indicator of a reference in a sub-goal, or in a line of the year.
    fn referred(&self, declaration: &Declaration<'_>, setting: &Setting<'_>, token: &Token) -> Option<NamedEntity> {
        if declaration.roots().next().is_some_and(|root| root.kind() == StatementKind::Occasion) {
            return self.reported(declaration, token);
        }
        let department = &self.analysis.model[setting.department?];
        let span = declaration.span(token.bytes);
        let holds =
            |reference: Span| reference.file == span.file && reference.start <= span.start && span.end <= reference.end;
        let mut references = department.sub_goals.iter().flat_map(|goal| &goal.indicators);
        let reference = references.find(|reference| holds(reference.span))?;
        if matches!(token.role, TokenRole::ReferenceIndicator) {
            return reference.target.map(NamedEntity::Indicator);
        }
        let wanted = key(reference.project.as_ref()?);
        let mut projects = self.analysis.model.projects_of(setting.department);
        projects.find(|(_, project)| key(&project.name.value) == wanted).map(|(id, _)| NamedEntity::Project(id))
    }
}

impl NameResolver<'_> {
    /// The project or the indicator that a line of the year is about.
    fn reported(&self, declaration: &Declaration<'_>, token: &Token) -> Option<NamedEntity> {
        let span = declaration.span(token.bytes);
        let reported = self.reported.get_or_init(|| reported(&self.analysis.model));
        let last = reported.range(..=Span { end: u32::MAX, ..span }).next_back();
        let (_, named) = last.filter(|(one, _)| one.file == span.file && span.end <= one.end)?;
        match (token.role, *named) {
            (TokenRole::ReferenceIndicator, NamedThing::Indicator(id)) => Some(NamedEntity::Indicator(id)),
            (TokenRole::ReferenceIndicator, _) => None,
            (_, named) => named.project().map(NamedEntity::Project),
        }
    }
}

fn reported(model: &Model) -> BTreeMap<Span, NamedThing> {
    let occasions = model.groups().flat_map(|group| &model.record(group).occasions);
    occasions.flat_map(Occasion::subjects).filter_map(|one| Some((one.span, one.named?))).collect()
}

/// The category that a written path means, and the level that its last part names.
pub fn category_meant(standard: &Standard, written: &str) -> Option<(CategoryId, TaxonomyLevel)> {
    let plain = written.replace(['"', '“', '”', '＂'], "");
    let CategoryMatch::One(id) = standard.find_category(&plain) else { return None };
    let last = plain.rsplit(['.', '．']).next().unwrap_or_default();
    if plain.contains(['.', '．']) {
        return Some((id, TaxonomyLevel::Second));
    }
    let names = |name: &str| name == last || stem(name) == last;
    let first = &standard.category(id).name;
    let Some(second) = standard.subcategory(id) else { return Some((id, TaxonomyLevel::First)) };
    let shortens = |name: &str| name.starts_with(stem(last));
    let is_second = names(&second.name) || !names(first) && shortens(&second.name);
    Some((id, if is_second { TaxonomyLevel::Second } else { TaxonomyLevel::First }))
}

impl NamedEntity {
    /// Where it is declared; none for rules, which are explained, not declared.
    pub fn declared_at(&self, analysis: &Analysis) -> Option<Span> {
        let model = &analysis.model;
        match self {
            NamedEntity::Department(id) => Some(model[*id].name.span),
            NamedEntity::Project(id) => Some(model[*id].name.span),
            NamedEntity::Indicator(id) => Some(model[*id].name.span),
            NamedEntity::Account(department, code) => {
                let mut accounts = model[*department].units_of_account.iter();
                accounts.find(|one| *one.code.value == **code).map(|one| one.code.span)
            }
            NamedEntity::Standard(span)
            | NamedEntity::Unit(span)
            | NamedEntity::FirstLevel(span)
            | NamedEntity::SecondLevel(span)
            | NamedEntity::FundSource(span)
            | NamedEntity::Checkpoint(span)
            | NamedEntity::Field(span) => Some(*span),
            NamedEntity::Rule(_) => None,
        }
    }

    /// The project that it is or belongs to.
    pub fn project(&self) -> Option<ProjectId> {
        match self {
            NamedEntity::Project(id) => Some(*id),
            NamedEntity::Indicator(id) => Some(id.project),
            NamedEntity::Department(_)
            | NamedEntity::Account(..)
            | NamedEntity::Standard(_)
            | NamedEntity::Unit(_)
            | NamedEntity::FirstLevel(_)
            | NamedEntity::SecondLevel(_)
            | NamedEntity::FundSource(_)
            | NamedEntity::Checkpoint(_)
            | NamedEntity::Field(_)
            | NamedEntity::Rule(_) => None,
        }
    }

    /// Its name as declared.
    pub fn name(&self, analysis: &Analysis) -> String {
        let model = &analysis.model;
        match self {
            NamedEntity::Department(id) => model[*id].name.value.to_string(),
            NamedEntity::Project(id) => model[*id].name.value.to_string(),
            NamedEntity::Indicator(id) => model[*id].name.value.to_string(),
            NamedEntity::Account(_, code) => code.clone(),
            NamedEntity::Standard(span)
            | NamedEntity::Unit(span)
            | NamedEntity::FirstLevel(span)
            | NamedEntity::SecondLevel(span)
            | NamedEntity::FundSource(span)
            | NamedEntity::Checkpoint(span)
            | NamedEntity::Field(span) => super::sites::unquoted(analysis.sources.slice(*span)),
            NamedEntity::Rule(code) => code.id().to_owned(),
        }
    }
}
