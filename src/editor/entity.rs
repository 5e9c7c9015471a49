//! What a token names: the thing that is declared once and used in many places.

use super::declaration::{Declaration, department_at, project_at};
use super::sites::{AllSites, name_in};
use super::tokens::{Level, Role, Token};
use super::{department_of, standard_of};
use crate::diagnostic::Code;
use crate::model::standard::{CategoryMatch, Standard, stem};
use crate::model::text::key;
use crate::model::{CategoryId, DepartmentId, IndicatorId, ProjectId, StandardId};
use crate::source::Span;
use crate::syntax::{Node, StatementKind};
use crate::workspace::Analysis;

/// Something with a name. What a standard declares is known by the place of its declaration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entity {
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
pub struct Names<'a> {
    pub analysis: &'a Analysis,
    pub sites: AllSites<'a>,
}

/// A declaration with what holds in it.
pub struct Setting<'a> {
    pub project: Option<ProjectId>,
    pub department: Option<DepartmentId>,
    pub standard: Option<(&'a Standard, StandardId)>,
}

impl<'a> Names<'a> {
    pub fn new(analysis: &'a Analysis) -> Self {
        Self { analysis, sites: AllSites::new(analysis) }
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
    pub fn entity(&self, declaration: &Declaration<'_>, setting: &Setting<'_>, token: &Token) -> Option<Entity> {
        let name = || name_in(declaration, token.bytes);
        let sites = || setting.standard.map(|(_, id)| self.sites.of(id));
        let head = declaration.span(token.head);
        match token.role {
            Role::DepartmentCode | Role::DepartmentName => {
                department_at(self.analysis, head).map(|(id, _)| Entity::Department(id))
            }
            Role::ProjectCode | Role::ProjectName => project_at(self.analysis, head).map(|(id, _)| Entity::Project(id)),
            Role::IndicatorName => self.indicator(setting, head).map(Entity::Indicator),
            Role::Account { .. } => {
                Some(Entity::Account(setting.department?, declaration.slice(token.bytes).to_owned()))
            }
            Role::Standard { is_declared: true } => Some(Entity::Standard(declaration.span(token.bytes))),
            Role::Standard { is_declared: false } => match token.block {
                None => self.sites.extended(&name(), head),
                Some(_) => self.sites.standard_named(&name()),
            }
            .map(Entity::Standard),
            Role::Category | Role::CategoryParent => self.category(declaration, setting, token),
            Role::FirstLevel { .. } => sites()?.first_levels.get(&name()).copied().map(Entity::FirstLevel),
            Role::SecondLevel => Some(Entity::SecondLevel(declaration.span(token.bytes))),
            Role::FundSource { .. } => sites()?.fund_sources.get(&name()).copied().map(Entity::FundSource),
            Role::Checkpoint { .. } => sites()?.checkpoint(&name()).map(Entity::Checkpoint),
            Role::Measure { is_declared: true } => Some(Entity::Unit(declaration.span(token.bytes))),
            Role::Measure { is_declared: false } => sites()?.unit(declaration.slice(token.bytes)).map(Entity::Unit),
            Role::MeasureForm => sites()?.unit(&name()).map(Entity::Unit),
            Role::OtherLabel => {
                let block = token.block?.word().0;
                sites()?.fields.get(&format!("{block}.{}", name())).copied().map(Entity::Field)
            }
            Role::FieldRule => {
                let is_own = setting
                    .standard
                    .as_ref()?
                    .0
                    .field_rules
                    .iter()
                    .any(|rule| rule.kind.is_some() && format!("{}.{}", rule.block.word().0, rule.name) == name());
                is_own.then(|| Entity::Field(declaration.span(token.bytes)))
            }
            Role::ReferenceProject | Role::ReferenceIndicator => self.referred(declaration, setting, token),
            Role::RuleCode => Code::find(&name()).map(Entity::Rule),
            Role::Keyword
            | Role::Field(_)
            | Role::AccountName
            | Role::Comparator
            | Role::Operator
            | Role::Number
            | Role::Date
            | Role::YesOrNo
            | Role::Qualitative
            | Role::Grade
            | Role::Symbol
            | Role::Choice
            | Role::BasisKind
            | Role::Key
            | Role::Text
            | Role::Comment => None,
        }
    }

    fn indicator(&self, setting: &Setting<'_>, head: Span) -> Option<IndicatorId> {
        let project = setting.project?;
        let indicators = &self.analysis.model[project].indicators;
        let index = indicators.iter().position(|one| one.span.start == head.start && one.span.file == head.file)?;
        Some(IndicatorId { project, index: index as u32 })
    }

    fn category(&self, declaration: &Declaration<'_>, setting: &Setting<'_>, token: &Token) -> Option<Entity> {
        let (standard, id) = setting.standard?;
        let (category, level) = category_meant(standard, declaration.value_around(token.bytes))?;
        let level = if matches!(token.role, Role::CategoryParent) { Level::First } else { level };
        let span = self.sites.of(id).category(standard, category, level)?;
        let is_second = level == Level::Second && standard.subcategory(category).is_some();
        Some(if is_second { Entity::SecondLevel(span) } else { Entity::FirstLevel(span) })
    }

    /// The project or the indicator of a reference in a sub-goal.
    fn referred(&self, declaration: &Declaration<'_>, setting: &Setting<'_>, token: &Token) -> Option<Entity> {
        let department = &self.analysis.model[setting.department?];
        let span = declaration.span(token.bytes);
        let holds =
            |reference: Span| reference.file == span.file && reference.start <= span.start && span.end <= reference.end;
        let mut references = department.sub_goals.iter().flat_map(|goal| &goal.indicators);
        let reference = references.find(|reference| holds(reference.span))?;
        if matches!(token.role, Role::ReferenceIndicator) {
            return reference.target.map(Entity::Indicator);
        }
        let wanted = key(reference.project.as_ref()?);
        let mut projects = self.analysis.model.projects_of(setting.department);
        projects.find(|(_, project)| key(&project.name.value) == wanted).map(|(id, _)| Entity::Project(id))
    }
}

/// The category that a written path means, and the level that its last part names.
pub fn category_meant(standard: &Standard, written: &str) -> Option<(CategoryId, Level)> {
    let plain = written.replace(['"', '“', '”', '＂'], "");
    let CategoryMatch::One(id) = standard.find_category(&plain) else { return None };
    let last = plain.rsplit(['.', '．']).next().unwrap_or_default();
    if plain.contains(['.', '．']) {
        return Some((id, Level::Second));
    }
    let names = |name: &str| name == last || stem(name) == last;
    let first = &standard.category(id).name;
    let Some(second) = standard.subcategory(id) else { return Some((id, Level::First)) };
    let shortens = |name: &str| name.starts_with(stem(last));
    let is_second = names(&second.name) || !names(first) && shortens(&second.name);
    Some((id, if is_second { Level::Second } else { Level::First }))
}

impl Entity {
    /// Where it is declared; none for rules, which are explained, not declared.
    pub fn declared_at(&self, analysis: &Analysis) -> Option<Span> {
        let model = &analysis.model;
        match self {
            Entity::Department(id) => Some(model[*id].name.span),
            Entity::Project(id) => Some(model[*id].name.span),
            Entity::Indicator(id) => Some(model[*id].name.span),
            Entity::Account(department, code) => {
                let mut accounts = model[*department].units_of_account.iter();
                accounts.find(|one| *one.code.value == **code).map(|one| one.code.span)
            }
            Entity::Standard(span)
            | Entity::Unit(span)
            | Entity::FirstLevel(span)
            | Entity::SecondLevel(span)
            | Entity::FundSource(span)
            | Entity::Checkpoint(span)
            | Entity::Field(span) => Some(*span),
            Entity::Rule(_) => None,
        }
    }

    /// Its name as declared.
    pub fn name(&self, analysis: &Analysis) -> String {
        let model = &analysis.model;
        match self {
            Entity::Department(id) => model[*id].name.value.to_string(),
            Entity::Project(id) => model[*id].name.value.to_string(),
            Entity::Indicator(id) => model[*id].name.value.to_string(),
            Entity::Account(_, code) => code.clone(),
            Entity::Standard(span)
            | Entity::Unit(span)
            | Entity::FirstLevel(span)
            | Entity::SecondLevel(span)
            | Entity::FundSource(span)
            | Entity::Checkpoint(span)
            | Entity::Field(span) => super::sites::unquoted(analysis.sources.slice(*span)),
            Entity::Rule(code) => code.id().to_owned(),
        }
    }
}
