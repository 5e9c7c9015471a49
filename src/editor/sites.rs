//! Where the names that standards declare are declared.
//!
//! A standard's own declarations lie over those of the standard it extends, as in [`crate::model::standard::declare`].

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::declaration::Declaration;
use super::tokens::{Token, TokenRole, tokens};
use super::{is_built_in, tokens};
use crate::language::Field;
use crate::model::calendar::Date;
use crate::model::standard::Standard;
use crate::model::text::{inside_quotes, key, unquote};
use crate::model::unit::Multiplier;
use crate::model::{CategoryId, StandardId};
use crate::source::Span;
use crate::syntax::{Bytes, ValueKind};
use crate::workspace::{Analysis, analyse};

/// The declarations that hold under one standard: the places of their names.
#[derive(Clone, Debug, Default)]
pub struct Sites {
    pub standard: Option<Span>,
    /// By every written form.
    pub units: BTreeMap<String, Span>,
    pub fund_sources: BTreeMap<String, Span>,
    pub checkpoints: Vec<(String, Option<Date>, Span)>,
    pub first_levels: BTreeMap<String, Span>,
    pub second_levels: BTreeMap<(String, String), Span>,
    /// By `项目.主管部门`.
    pub fields: BTreeMap<String, Span>,
}

/// The sites of all standards of a run, each looked up when it is first asked for.
pub struct AllSites<'a> {
    analysis: &'a Analysis,
    known: RefCell<BTreeMap<usize, Arc<Sites>>>,
    built_in: Option<&'static BTreeMap<Span, Arc<Sites>>>,
}

impl<'a> AllSites<'a> {
    pub fn new(analysis: &'a Analysis) -> Self {
        // Those in the binary are the same in every run, unless one of them is replaced: others may extend it.
        let is_replaced = |standard: &Standard| {
            let same = analysis.model.standards.iter().filter(|other| other.name == standard.name).count();
            same > 1
        };
        let is_plain = !analysis.model.standards.iter().any(|standard| is_replaced(standard));
        Self { analysis, known: RefCell::default(), built_in: is_plain.then(built_in) }
    }

    pub fn of(&self, id: StandardId) -> Arc<Sites> {
        self.find(id.declared().0 as usize, 0)
    }

    /// The place of the name of a standard.
    pub fn standard_named(&self, name: &str) -> Option<Span> {
        let index = index_named(self.analysis, name, None)?;
        self.find(index, 0).standard
    }

    /// The standard that one of a name means when it extends: not itself.
    pub fn extended(&self, name: &str, by: Span) -> Option<Span> {
        let index = index_named(self.analysis, name, Some(by))?;
        self.find(index, 0).standard
    }

    fn find(&self, index: usize, depth: usize) -> Arc<Sites> {
        if let Some(known) = self.known.borrow().get(&index) {
            return known.clone();
        }
        let head = self.analysis.model.standards.get(index).and_then(|standard| standard.declared_at);
        let built_in = self.built_in.zip(head).and_then(|(all, head)| all.get(&head).cloned());
        let sites = built_in.unwrap_or_else(|| Arc::new(self.read(index, depth)));
        self.known.borrow_mut().insert(index, sites.clone());
        sites
    }

    fn read(&self, index: usize, depth: usize) -> Sites {
        let Some(head) = self.analysis.model.standards.get(index).and_then(|standard| standard.declared_at) else {
            return Sites::default();
        };
        let Some(declaration) = Declaration::at(&self.analysis.sources, head.file, head.start as usize) else {
            return Sites::default();
        };
        let tokens = tokens(&declaration);
        let base = tokens.iter().find(|token| matches!(token.role, TokenRole::Standard { is_declared: false }));
        let base = base.and_then(|token| index_named(self.analysis, &name_in(&declaration, token.bytes), Some(head)));
        // Standards that extend each other in a circle are reported; here the circle just ends.
        let is_sensible = depth < self.analysis.model.standards.len();
        let mut sites =
            base.filter(|_| is_sensible).map_or_else(Sites::default, |base| (*self.find(base, depth + 1)).clone());
        sites.add(&declaration, &tokens);
        sites
    }
}

/// The sites of the standards in the binary, read once a process. They take the first file ids of every run.
fn built_in() -> &'static BTreeMap<Span, Arc<Sites>> {
    static SITES: OnceLock<BTreeMap<Span, Arc<Sites>>> = OnceLock::new();
    SITES.get_or_init(|| {
        let analysis = analyse(Vec::new(), None);
        let all = AllSites { analysis: &analysis, known: RefCell::default(), built_in: None };
        let standards = analysis.model.standards.iter().enumerate();
        standards.filter_map(|(index, standard)| Some((standard.declared_at?, all.find(index, 0)))).collect()
    })
}

/// The standard of a name: one of the workspace before a built-in one; for one that extends, not itself.
fn index_named(analysis: &Analysis, name: &str, by: Option<Span>) -> Option<usize> {
    let standards = &analysis.model.standards;
    let own = by.and_then(|by| standards.iter().position(|one| one.declared_at == Some(by)));
    let is_own_name = own.is_some_and(|own| standards[own].name == name);
    let is_fit = |index: &usize| {
        let standard = &standards[*index];
        let is_of_binary = standard.declared_at.is_some_and(|span| is_built_in(analysis.sources.get(span.file)));
        standard.name == name && Some(*index) != own && (!is_own_name || is_of_binary)
    };
    let is_of_workspace =
        |index: &usize| standards[*index].declared_at.is_some_and(|span| !is_built_in(analysis.sources.get(span.file)));
    let fit: Vec<usize> = (0..standards.len()).filter(is_fit).collect();
    fit.iter().copied().find(|index| is_of_workspace(index)).or_else(|| fit.first().copied())
}

/// The text of a name token, without quotes.
pub fn name_in(declaration: &Declaration<'_>, bytes: Bytes) -> String {
    unquoted(declaration.slice(bytes))
}

pub fn unquoted(token: &str) -> String {
    if token.contains('\\') { unquote(token).0 } else { token[inside_quotes(token)].to_owned() }
}

impl Sites {
    fn add(&mut self, declaration: &Declaration<'_>, tokens: &[Token]) {
        let (mut funds, mut checkpoints, mut levels) = (false, false, false);
        let mut first_level = String::new();
        let mut unit: Option<Span> = None;
        for token in tokens {
            let span = declaration.span(token.bytes);
            let name = || name_in(declaration, token.bytes);
            match token.role {
                TokenRole::Standard { is_declared: true } => self.standard = Some(span),
                TokenRole::Measure { is_declared: true } => {
                    unit = Some(span);
                    self.add_unit(name(), span);
                }
                TokenRole::MeasureForm => {
                    if let Some(unit) = unit {
                        self.add_unit(name(), unit);
                    }
                }
                TokenRole::FundSource { is_declared: true } => {
                    if !std::mem::replace(&mut funds, true) {
                        self.fund_sources.clear();
                    }
                    self.fund_sources.entry(name()).or_insert(span);
                }
                TokenRole::Checkpoint { is_declared: true } => {
                    if !std::mem::replace(&mut checkpoints, true) {
                        self.checkpoints.clear();
                    }
                    let date = Date::read(&name());
                    let label = label_of(declaration, token).unwrap_or_else(name);
                    self.checkpoints.push((label, date, span));
                }
                TokenRole::FirstLevel { is_declared: true } => {
                    if !std::mem::replace(&mut levels, true) {
                        self.first_levels.clear();
                        self.second_levels.clear();
                    }
                    first_level = name();
                    self.first_levels.entry(first_level.clone()).or_insert(span);
                }
                TokenRole::SecondLevel => {
                    self.second_levels.entry((first_level.clone(), name())).or_insert(span);
                }
                TokenRole::FieldRule => {
                    self.fields.insert(name(), span);
                }
                _ => {}
            }
        }
    }

    fn add_unit(&mut self, form: String, span: Span) {
        self.units.insert(key(&form), span);
        self.units.insert(form, span);
    }

    /// Where a written unit is declared: itself, or what follows its multiplier.
    pub fn unit(&self, written: &str) -> Option<Span> {
        let plain: String = written.chars().filter(|sign| !sign.is_whitespace()).collect();
        let folded = key(&plain);
        let find = |form: &str| self.units.get(form).copied();
        find(&plain).or_else(|| find(&folded)).or_else(|| find(Multiplier::strip(&folded).1))
    }

    /// Where a checkpoint is declared, by its label or its date.
    pub fn checkpoint(&self, label: &str) -> Option<Span> {
        let date = Date::read(label);
        let is_it = |(known, known_date, _): &&(String, Option<Date>, Span)| {
            known == label || date.is_some() && *known_date == date
        };
        self.checkpoints.iter().find(is_it).map(|(.., span)| *span)
    }

    /// Where the level of a category is declared that a name alone means.
    pub fn category(&self, standard: &Standard, id: CategoryId, level: tokens::TaxonomyLevel) -> Option<Span> {
        let first = &standard.category(id).name;
        match (level, standard.subcategory(id)) {
            (tokens::TaxonomyLevel::Second, Some(second)) => {
                self.second_levels.get(&(first.clone(), second.name.clone())).copied()
            }
            (tokens::TaxonomyLevel::Second | tokens::TaxonomyLevel::First, _) => self.first_levels.get(first).copied(),
        }
    }
}

/// The `标签` in the block of a checkpoint.
fn label_of(declaration: &Declaration<'_>, token: &Token) -> Option<String> {
    let placed = declaration.placed();
    let owner = placed.iter().find(|one| one.node.statement().head == token.head)?;
    let label = owner.node.children().find(|child| Field::FundSourceLabel.is_called(child.label_text()))?;
    let value = label.values().first().filter(|value| value.kind == ValueKind::Quoted)?;
    Some(name_in(declaration, value.bytes))
}
