//! The facts of projects in `targets.json` by one standard: money, plans, indicators, targets.

use super::tree::{JsonTree, Object, Problem, Read};
use crate::diagnostic::{Code, texts};
use crate::language::{Block, Field, PlainKind, plain_fields};
use crate::model::calendar::{Date, Period};
use crate::model::standard::{FieldKind, Standard};
use crate::model::target::{Comparator, Ends, SinceLastYear, SymbolicAmount, Target};
use crate::model::unit::{self, Measure, Multiplier, Quantity};
use crate::model::{
    Basis, Budget, CategoryId, Direction, ExtraField, ExtraValue, FundLine, Indicator, Interim, Plain, PlainFields,
    PlanLine, SpendingPlan, Text,
};
use crate::source::{Span, Spanned, Words};
use crate::syntax::vocabulary;

/// Reads by a standard. What it reads stands at one place, which lies in no file.
pub(super) struct Reader<'a> {
    pub standard: &'a Standard,
    pub span: Span,
}

impl Reader<'_> {
    pub fn spanned<T>(&self, value: T) -> Spanned<T> {
        Spanned::new(value, self.span)
    }

    pub fn text(&self, tree: &JsonTree) -> Read<Text> {
        Ok(self.spanned(tree.words()?))
    }

    /// A code as the language can write it.
    pub fn code(&self, tree: &JsonTree) -> Read<Text> {
        let code = tree.words()?;
        let starts = code.starts_with(|sign: char| sign.is_ascii_alphanumeric());
        let is_end =
            |sign: char| sign.is_whitespace() || matches!(sign, '{' | '｛' | '"' | '“' | '”' | '＂' | '\u{FEFF}');
        if !starts || code.contains(is_end) {
            return Err(Problem::new(texts::expected(texts::expect_code())));
        }
        Ok(self.spanned(code))
    }

    pub fn budget(&self, tree: &JsonTree) -> Read<Budget> {
        Object::read(tree, |object| {
            let total = object.optional("total", |one| self.quantity(one))?;
            Ok(Budget { span: self.span, total, funds: self.funds(object, "funds")? })
        })
    }

    /// The parts of an amount by fund source.
    pub fn funds(&self, object: &mut Object<'_>, key: &'static str) -> Read<Vec<FundLine>> {
        object.list(key, |one| {
            Object::read(one, |object| {
                Ok(FundLine {
                    span: self.span,
                    source: object.required("source", |one| self.source(one))?,
                    amount: object.optional("amount", |one| self.quantity(one))?,
                })
            })
        })
    }

    /// A fund source by its name.
    pub fn source(&self, tree: &JsonTree) -> Read<usize> {
        let name = tree.words()?;
        self.fund_source(&name).ok_or_else(|| self.unknown_fund_source(&name))
    }

    fn fund_source(&self, name: &str) -> Option<usize> {
        self.standard.fund_sources.iter().position(|source| source.name == name)
    }

    fn unknown_fund_source(&self, name: &str) -> Problem {
        let names: Vec<&str> = self.standard.fund_sources.iter().map(|source| source.name.as_str()).collect();
        Problem::new(texts::unknown_fund_source(name, &self.standard.name))
            .code(Code::JX307)
            .help(texts::fund_sources_are(names.join(" ")))
    }

    /// A plan without lines is none.
    pub fn plan(&self, project: &mut Object<'_>) -> Read<Option<SpendingPlan>> {
        let lines = project.list(Field::SpendingPlan.english, |one| {
            Object::read(one, |object| {
                Ok(PlanLine {
                    span: self.span,
                    checkpoint: object.required("checkpoint", |one| self.checkpoint(one))?,
                    share: object.required("share", |one| self.quantity(one))?,
                })
            })
        })?;
        Ok((!lines.is_empty()).then_some(SpendingPlan { span: self.span, lines }))
    }

    /// The targets of checkpoints.
    fn interims(&self, object: &mut Object<'_>) -> Read<Box<[Interim]>> {
        let all = object.list(Field::Interim.english, |one| {
            Object::read(one, |object| {
                let date = object.required("checkpoint", date)?;
                let target = object.required("target", |one| self.target(one))?;
                Ok(Interim { span: self.span, date, target: self.spanned(target) })
            })
        })?;
        Ok(all.into())
    }

    fn checkpoint(&self, tree: &JsonTree) -> Read<usize> {
        let label = tree.words()?;
        let checkpoints = &self.standard.checkpoints;
        checkpoints.iter().position(|one| one.label == *label).ok_or_else(|| {
            let names: Vec<&str> = checkpoints.iter().map(|one| one.label.as_str()).collect();
            Problem::new(texts::unknown_checkpoint(&*label, &self.standard.name))
                .code(Code::JX308)
                .help(texts::checkpoints_are(names.join(" ")))
        })
    }

    /// An indicator, and its `id` in the document.
    pub fn indicator(&self, tree: &JsonTree) -> Read<(Indicator, Option<Words>)> {
        Object::read(tree, |object| {
            let id = object.optional("id", JsonTree::words)?;
            object.derived(&["printed"]);
            let category = object.required("category", JsonTree::words)?;
            let subcategory = object.optional("subcategory", JsonTree::words)?;
            let indicator = Indicator {
                span: self.span,
                category: Some(self.category(&category, subcategory.as_deref())?),
                category_span: self.span,
                name: object.required("name", |one| self.text(one))?,
                target: self.spanned(object.required("target", |one| self.target(one))?),
                whole_period: object
                    .optional(Field::WholePeriod.english, |one| self.target(one))?
                    .map(|target| Box::new(self.spanned(target))),
                basis: object.optional(Field::Basis.english, |one| self.basis(one))?,
                direction: object
                    .optional(Field::Direction.english, direction)?
                    .flatten()
                    .map(|direction| self.spanned(direction)),
                interim: self.interims(object)?,
                plain: self.plain(object, Block::Indicator)?,
                extra: object.optional("extra", |one| self.extra(one, Block::Indicator))?.unwrap_or_default().into(),
            };
            Ok((indicator, id))
        })
    }

    /// The plain fields of a block, by their kinds.
    pub fn plain(&self, object: &mut Object<'_>, block: Block) -> Read<PlainFields> {
        let mut fields = Vec::new();
        for field in plain_fields(block) {
            let value = object.optional(field.english, |one| {
                Ok(match field.plain {
                    Some(PlainKind::Number) => Plain::Number(self.spanned(one.decimal()?)),
                    Some(PlainKind::Quantity | PlainKind::Amount) => Plain::Quantity(Box::new(self.quantity(one)?)),
                    Some(PlainKind::Period) => Plain::Period(self.spanned(period(one)?)),
                    Some(PlainKind::Date) => Plain::Date(self.spanned(date(one)?)),
                    Some(PlainKind::Text | PlainKind::Name) | None => Plain::Text(self.text(one)?),
                })
            })?;
            fields.extend(value.map(|value| (field, value)));
        }
        Ok(fields.into_iter().collect())
    }

    /// By both names in full.
    fn category(&self, category: &str, subcategory: Option<&str>) -> Read<CategoryId> {
        let found = self.standard.categories.iter().position(|one| one.name == category).and_then(|index| {
            let children = &self.standard.categories[index].subcategories;
            let child = match subcategory {
                None => children.is_empty().then_some(None),
                Some(name) => Some(Some(children.iter().position(|child| child.name == name)? as u32)),
            };
            child.map(|subcategory| CategoryId { category: index as u32, subcategory })
        });
        found.ok_or_else(|| {
            let written = subcategory.map_or(category.to_owned(), |child| format!("{category}.{child}"));
            Problem::new(texts::unknown_category(written, &self.standard.name))
                .code(Code::JX305)
                .help(texts::categories_are(self.standard.category_names().join(" ")))
        })
    }

    fn basis(&self, tree: &JsonTree) -> Read<Basis> {
        Object::read(tree, |object| {
            Ok(Basis {
                kind: object.optional("kind", |one| self.text(one))?.map(Box::new),
                text: object.required("text", |one| self.text(one))?,
            })
        })
    }

    pub fn target(&self, tree: &JsonTree) -> Read<Target> {
        Object::read(tree, |object| {
            let kind = object.required("kind", JsonTree::words)?;
            Ok(match &*kind {
                "quantity" => Target::Quantity {
                    comparator: object.optional("comparator", comparator)?,
                    quantity: object.required("quantity", |one| self.quantity(one))?,
                },
                "range" => {
                    let low = object.required("low", |one| self.quantity(one))?;
                    let high = object.required("high", |one| self.quantity(one))?;
                    Target::Range { ends: Box::new(Ends { low, high }) }
                }
                "deadline" => {
                    object.derived(&["day"]);
                    Target::Deadline {
                        comparator: object.optional("comparator", comparator)?,
                        date: object.required("date", date)?,
                    }
                }
                "money" => {
                    object.derived(&["resolved"]);
                    Target::Money {
                        comparator: object.required("comparator", comparator)?,
                        symbol: object.required("of", |one| self.symbol(one))?,
                        share: object.optional("share", |one| self.quantity(one))?.map(Box::new),
                    }
                }
                "relative_to_last_year" => {
                    object.derived(&["resolved"]);
                    Target::LastYear {
                        comparator: object.required("comparator", comparator)?,
                        change: object.optional("change", |one| self.change(one))?.map(Box::new),
                    }
                }
                "yes_no" => Target::YesNo(object.required("value", JsonTree::yes_no)?),
                "grade" => Target::Grade {
                    grade: object.required("grade", grade)?,
                    scale: object.list("scale", grade)?.into(),
                },
                "words" => Target::Words(object.required("text", JsonTree::words)?),
                _ => {
                    let kinds = "quantity range deadline money relative_to_last_year yes_no grade words";
                    let what = texts::expected(texts::expect_one_of(kinds));
                    return Err(Problem::new(what).at_key("kind"));
                }
            })
        })
    }

    fn symbol(&self, tree: &JsonTree) -> Read<SymbolicAmount> {
        let name = tree.words()?;
        if &*name == Field::Budget.english {
            return Ok(SymbolicAmount::Budget);
        }
        self.fund_source(&name).map(SymbolicAmount::Fund).ok_or_else(|| self.unknown_fund_source(&name))
    }

    fn change(&self, tree: &JsonTree) -> Read<(SinceLastYear, Quantity)> {
        Object::read(tree, |object| {
            let kinds =
                [("plus", SinceLastYear::Plus), ("minus", SinceLastYear::Minus), ("times", SinceLastYear::Times)];
            Ok((object.required("kind", |one| one_of(one, &kinds))?, object.required("by", |one| self.quantity(one))?))
        })
    }

    pub fn quantity(&self, tree: &JsonTree) -> Read<Quantity> {
        Object::read(tree, |object| {
            object.derived(&["symbol", "dimension", "base_value"]);
            let value = object.required("value", JsonTree::decimal)?;
            let multiplier = object.optional("multiplier", |one| {
                let sign = one.words()?;
                let (multiplier, rest) = Multiplier::strip(&sign);
                let is_one = rest.is_empty();
                is_one.then_some(multiplier).ok_or_else(|| Problem::new(texts::reason_unknown_word(&*sign)))
            })?;
            let measure = object.required("unit", |one| self.measure(one))?;
            Ok(Quantity { span: self.span, value, multiplier: multiplier.unwrap_or(Multiplier::One), measure })
        })
    }

    /// A unit by its name in the standard, or a compound one.
    fn measure(&self, tree: &JsonTree) -> Read<Measure> {
        let name = tree.words()?;
        if let Some(unit) = self.standard.units.iter().position(|unit| unit.name == *name) {
            return Ok(Measure::Unit(unit as u32));
        }
        match unit::find(self.standard, &name) {
            Some((Multiplier::One, measure)) => Ok(measure),
            Some(_) | None => Err(Problem::new(texts::unknown_unit(&*name, &self.standard.name)).code(Code::JX304)),
        }
    }

    /// The fields that the standard declares for a block, by the kinds it declares.
    pub fn extra(&self, tree: &JsonTree, block: Block) -> Read<Vec<ExtraField>> {
        let read = |(name, value): &(String, JsonTree)| {
            let rules = &self.standard.field_rules;
            let declared = |rule: &crate::model::standard::FieldRule| rule.block == block && rule.name == *name;
            let index = rules.iter().position(declared);
            let Some((rule, kind)) = index.and_then(|index| Some((index, rules[index].kind?))) else {
                let (chinese, english) = block.word();
                let block = crate::diagnostic::Text::new(chinese, english);
                return Err(Problem::new(texts::unknown_field(name, block)).code(Code::JX301));
            };
            let value = match kind {
                FieldKind::Text => ExtraValue::Text(value.words()?),
                FieldKind::Number => ExtraValue::Number(value.decimal()?),
                FieldKind::Amount | FieldKind::Ratio => ExtraValue::Quantity(self.quantity(value)?),
                FieldKind::Date => ExtraValue::Date(date(value)?),
                FieldKind::YesNo => ExtraValue::YesNo(value.yes_no()?),
            };
            Ok(ExtraField { rule, span: self.span, value })
        };
        let members = tree.members()?.iter();
        members.map(|member| read(member).map_err(|problem| problem.at_key(&member.0))).collect()
    }
}

/// The direction where it is stated; what follows from the comparator is derived.
fn direction(tree: &JsonTree) -> Read<Option<Direction>> {
    Object::read(tree, |object| {
        let ids = Direction::ALL.map(|(direction, _, english)| (english, direction));
        let value = object.required("value", |one| one_of(one, &ids))?;
        let is_derived = object.optional("derived", JsonTree::yes_no)?.unwrap_or(false);
        Ok((!is_derived).then_some(value))
    })
}

fn comparator(tree: &JsonTree) -> Read<Comparator> {
    Object::read(tree, |object| {
        object.derived(&["sign", "ascii"]);
        let all = [Comparator::AtLeast, Comparator::AtMost, Comparator::Above, Comparator::Below, Comparator::Equal];
        object.required("id", |one| one_of(one, &all.map(|comparator| (comparator.id(), comparator))))
    })
}

pub(super) fn date(tree: &JsonTree) -> Read<Date> {
    let token = tree.words()?;
    Date::read(&token).ok_or_else(|| Problem::new(texts::bad_date(&*token)).code(Code::JX212))
}

fn period(tree: &JsonTree) -> Read<Period> {
    let token = tree.words()?;
    Period::read(&token).ok_or_else(|| Problem::new(texts::expected(texts::expect_period())).code(Code::JX212))
}

/// A grade is a bare name.
fn grade(tree: &JsonTree) -> Read<Words> {
    let grade = tree.words()?;
    if vocabulary::is_bare_name(&grade) { Ok(grade) } else { Err(Problem::new(texts::expected(texts::expect_grade()))) }
}

pub(super) fn one_of<T: Copy>(tree: &JsonTree, all: &[(&str, T)]) -> Read<T> {
    let word = tree.words()?;
    all.iter().find(|(name, _)| *name == &*word).map(|(_, value)| *value).ok_or_else(|| {
        let names: Vec<&str> = all.iter().map(|(name, _)| *name).collect();
        Problem::new(texts::expected(texts::expect_one_of(names.join(" "))))
    })
}
