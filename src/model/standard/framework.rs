//! 指标框架: trees of categories beside that of projects: of the department as a whole, of an evaluation.
//!
//! What stands in a framework is read by a standard of its own: the declared one with the categories, weights and fund
//! sources of the framework in the place of its own. So all that is known of a standard holds there, too.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::super::read::{self, FieldEntry, Name};
use super::of_year;
use super::parts::{be_sure, cite, word_of};
use super::{
    Category, CategoryMatch, Citation, FrameworkLeaf, FundSource, Role, Shared, Standard, Subcategory, WeightScheme,
};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::language::{self, Block, WHOLE_DEPARTMENT, own};
use crate::model::{CategoryId, StandardId};
use crate::source::Span;
use crate::syntax::Node;

/// A framework as a standard declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Framework {
    /// As texts name it: 部门整体, 项目评价.
    pub name: String,
    /// 一级指标, in the order of the table.
    pub categories: Shared<Vec<Category>>,
    /// 资金来源; empty where those of the standard hold.
    pub fund_sources: Shared<Vec<FundSource>>,
    /// None where that of the standard holds.
    pub weight_total: Option<Decimal>,
    /// The weights that its categories must have; empty where it fixes none.
    pub weight_schemes: Shared<Vec<WeightScheme>>,
    /// 不打分: what stands in it is reported and not scored.
    pub is_unscored: bool,
    /// The document that demands it.
    pub citation: Citation,
}

impl Standard {
    /// The standard by which what stands in one of its frameworks is read, and its id beside that of the standard; none
    /// where it has no framework of that name.
    pub fn in_framework(&self, own: StandardId, name: &str) -> Option<(StandardId, &Standard)> {
        let index = self.frameworks.iter().position(|one| one.name == name)?;
        Some((own.in_framework(index), self.framed.get(index)?))
    }

    /// The place of a leaf of an evaluation, and the leaf itself where the framework lists those of its subcategory. None
    /// where it has no such place, or lists others.
    pub fn find_leaf(&self, path: &str) -> Option<(CategoryId, Option<&FrameworkLeaf>)> {
        let (category, name) = path.rsplit_once(['.', '．'])?;
        let CategoryMatch::One(id) = self.find_category(category) else { return None };
        let leaves = self.subcategory(id).map_or(&[][..], |subcategory| &subcategory.leaves);
        let leaf = leaves.iter().find(|leaf| leaf.name == name);
        (leaf.is_some() || leaves.is_empty()).then_some((id, leaf))
    }

    /// Reads its frameworks as standards, once all else is declared.
    pub(super) fn add_framed(&mut self) {
        self.framed = Shared::default();
        self.framed = self.frameworks.iter().map(|one| Arc::new(self.framed(one))).collect::<Vec<_>>().into();
    }

    /// Itself with a framework's categories.
    fn framed(&self, framework: &Framework) -> Standard {
        let mut framed = self.clone();
        framed.is_default = false;
        framed.categories = framework.categories.clone();
        framed.weight_schemes = framework.weight_schemes.clone();
        framed.weight_total = framework.weight_total.or(self.weight_total);
        if !framework.fund_sources.is_empty() {
            framed.fund_sources = framework.fund_sources.clone();
        }
        if framework.is_unscored {
            framed.scoring = Shared::default();
            framed.weight_total = None;
        }
        framed.framework = Some(framework.name.clone());
        framed
    }

    /// The declared name, and the framework where it stands for one.
    pub fn name_in_full(&self) -> String {
        match &self.framework {
            Some(framework) => format!("{} {framework}", self.name),
            None => self.name.clone(),
        }
    }
}

/// `指标框架 部门整体 { … }`
pub(super) fn framework(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<Framework> {
    let name = read::one_name(entry, found)?;
    let mut framework = Framework {
        name: name.value.into(),
        categories: Shared::default(),
        fund_sources: Shared::default(),
        weight_total: None,
        weight_schemes: Shared::default(),
        is_unscored: false,
        citation: Citation::default(),
    };
    read::fields(entry.node, Block::Framework, &[], found, |name, entry, found| {
        let Some(part) = name.word().and_then(own::Framework::of) else { return };
        match part {
            own::Framework::Category => framework.categories.extend(category(entry, standard, found)),
            // Lines of the year are read before it is known in which framework their project stands.
            own::Framework::FundSource if framework.name != WHOLE_DEPARTMENT.0 => {
                let message = texts::bad_standard(texts::reason_funds_of_whole(WHOLE_DEPARTMENT.0));
                found.push(Diagnostic::new(Code::JX502, message, entry.span(), texts::bad_standard_here()));
            }
            own::Framework::FundSource => framework.fund_sources.extend(fund_source(entry, found)),
            own::Framework::WeightTotal => {
                framework.weight_total = read::one_number(entry, found).map(|number| number.value);
            }
            own::Framework::WeightScheme => {
                let scheme = weight_scheme(entry, &framework.categories, found);
                framework.weight_schemes.push(scheme);
            }
            own::Framework::Unscored => framework.is_unscored = true,
            own::Framework::CitedFrom => cite(&mut framework.citation, entry, found),
            own::Framework::Sureness => be_sure(&mut framework.citation, entry, found),
        }
    });
    Some(framework)
}

/// `资金来源 财政资金 { 标签 "…" }`
pub(super) fn fund_source(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<FundSource> {
    let name = read::one_name(entry, found)?;
    let label = label_in(entry.node, found);
    Some(FundSource { name: name.value.into(), label })
}

pub(super) fn category(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<Category> {
    let name = read::one_name(entry, found)?;
    let mut category = Category {
        name: name.value.into(),
        is_compulsory: false,
        is_cost: false,
        role: None,
        citation: Citation::default(),
        subcategories: Vec::new(),
    };
    read::fields(entry.node, Block::Category, &[], found, |name, entry, found| {
        let Some(part) = name.word().and_then(own::Category::of) else { return };
        match part {
            own::Category::Compulsory => category.is_compulsory = true,
            own::Category::Cost => category.is_cost = true,
            own::Category::Measures => category.role = word_of(entry, &Role::ALL, found),
            own::Category::Subcategory => {
                let Some(name) = read::one_name(entry, found) else { return };
                let mut subcategory =
                    Subcategory { name: name.value.into(), leaves: Vec::new(), is_cost: false, role: None };
                read::fields(entry.node, Block::Subcategory, &[], found, |name, entry, found| {
                    let Some(part) = name.word().and_then(own::Subcategory::of) else { return };
                    match part {
                        own::Subcategory::Leaf => subcategory.leaves.extend(leaf(entry, standard, found)),
                        own::Subcategory::Cost => subcategory.is_cost = true,
                        own::Subcategory::Measures => subcategory.role = word_of(entry, &Role::ALL, found),
                        own::Subcategory::CitedFrom | own::Subcategory::Sureness => {}
                    }
                });
                category.subcategories.push(subcategory);
            }
            own::Category::CitedFrom => cite(&mut category.citation, entry, found),
            own::Category::Sureness => be_sure(&mut category.citation, entry, found),
        }
    });
    Some(category)
}

/// `三级指标 立项依据充分性 4 分`, the points optional.
fn leaf(entry: FieldEntry<'_>, standard: &Standard, found: &mut Vec<Diagnostic>) -> Option<FrameworkLeaf> {
    let (first, rest) = entry.values.split_at(entry.values.len().min(1));
    let name = read::one_name(FieldEntry { values: first, ..entry }, found)?;
    let weight = if rest.is_empty() {
        None
    } else {
        Some(of_year::points(FieldEntry { values: rest, ..entry }, standard, found)?)
    };
    Some(FrameworkLeaf { name: name.value.into(), weight })
}

pub(super) fn weight_scheme(
    entry: FieldEntry<'_>,
    categories: &[Category],
    found: &mut Vec<Diagnostic>,
) -> WeightScheme {
    let mut scheme = WeightScheme { weights: Vec::new(), citation: Citation::default() };
    read::fields(entry.node, Block::WeightScheme, &[], found, |name, entry, found| match name {
        Name::Word(field) => match own::WeightScheme::of(field) {
            Some(own::WeightScheme::CitedFrom) => cite(&mut scheme.citation, entry, found),
            Some(own::WeightScheme::Sureness) => be_sure(&mut scheme.citation, entry, found),
            None => {}
        },
        Name::Extra(_) | Name::Free | Name::Indicator => {
            let label = entry.label_text();
            if !categories.iter().any(|category| category.name == label) {
                let message = texts::bad_standard(texts::reason_no_category(&label));
                found.push(Diagnostic::new(Code::JX502, message, entry.label_span(), texts::bad_standard_here()));
            } else if let Some(weight) = read::one_number(entry, found) {
                scheme.weights.push((label, weight.value));
            }
        }
    });
    scheme
}

pub(super) fn label_in(node: Node<'_>, found: &mut Vec<Diagnostic>) -> Option<String> {
    let mut label = None;
    read::fields(node, Block::FundSource, &[], found, |name, entry, found| {
        match name.word().and_then(own::FundSource::of) {
            Some(own::FundSource::Label) => label = read::one_text(entry, found).map(|text| text.value.into()),
            Some(own::FundSource::CitedFrom | own::FundSource::Sureness) | None => {}
        }
    });
    label
}

/// JX313: a framework that the standard does not declare.
pub(crate) fn unknown(name: &str, span: Span, standard: &Standard) -> Diagnostic {
    let names: Vec<&str> = standard.frameworks.iter().map(|one| one.name.as_str()).collect();
    let message = texts::unknown_framework(name, &standard.name);
    let help = texts::frameworks_are(names.join(" "));
    match language::nearest(name, names.iter().map(|known| (*known, *known))) {
        Some(right) => Diagnostic::new(Code::JX313, message, span, texts::did_you_mean(right))
            .fix(texts::replace_by(right), span, right)
            .help(help),
        None => Diagnostic::new(Code::JX313, message, span, texts::not_found_here()).help(help),
    }
}
