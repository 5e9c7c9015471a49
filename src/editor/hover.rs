//! What a thing is, in words, where the pointer rests.

use rust_decimal::Decimal;

use super::declaration::{Declaration, PlacedStatement};
use super::entity::{NameResolver, NamedEntity, Setting};
use super::reported;
use super::tokens::{Token, TokenRole, token_at, tokens};
use super::{department_of, is_built_in};
use crate::diagnostic::{Code, Language, Text, texts};
use crate::handbook;
use crate::model::calendar::{Date, Day};
use crate::model::number::grouped;
use crate::model::print::{printed, resolved, target_cell};
use crate::model::standard::{Citation, Shared, Standard};
use crate::model::target::{Comparator, SinceLastYear, SymbolicAmount, Target};
use crate::model::unit::{Dimension, Measure, Quantity, Unit};
use crate::model::{CategoryId, Direction, IndicatorId, ProjectId};
use crate::source::{FileId, Span};
use crate::syntax::vocabulary::Field;
use crate::workspace::Analysis;

/// Markdown about the text of a span.
#[derive(Clone, Debug)]
pub struct Hover {
    /// What the text is about.
    pub span: Span,
    /// Markdown, in the language asked for.
    pub text: String,
}

/// What happened in the year, an item a line.
fn of_the_year(items: &[String]) -> Option<String> {
    (!items.is_empty()).then(|| items.join("\n"))
}

/// What is to be said of the text at a byte.
pub fn hover(analysis: &Analysis, file: FileId, offset: usize, language: Language) -> Option<Hover> {
    let declaration = Declaration::at(&analysis.sources, file, offset)?;
    let all = tokens(&declaration);
    let token = token_at(&all, offset)?;
    let names = NameResolver::new(analysis);
    let setting = names.setting(&declaration);
    let writer = HoverWriter { analysis, declaration: &declaration, names: &names, setting: &setting, language };
    let text = writer.token(&token)?;
    Some(Hover { span: declaration.span(token.bytes), text })
}

struct HoverWriter<'a, 'b> {
    analysis: &'a Analysis,
    declaration: &'b Declaration<'a>,
    names: &'b NameResolver<'a>,
    setting: &'b Setting<'a>,
    language: Language,
}

impl<'a> HoverWriter<'a, '_> {
    fn say(&self, text: Text) -> String {
        text.in_language(self.language).into_owned()
    }

    fn standard(&self) -> Option<&'a Standard> {
        self.setting.standard.map(|(standard, _)| standard)
    }

    fn token(&self, token: &Token) -> Option<String> {
        let entity = self.names.entity(self.declaration, self.setting, token);
        match token.role {
            TokenRole::Field(field) => Some(self.field(field)),
            TokenRole::Number
            | TokenRole::Measure { .. }
            | TokenRole::Comparator
            | TokenRole::Operator
            | TokenRole::Symbol
            | TokenRole::YesOrNo => {
                let of_target = self.indicator_of(token).map(|id| self.indicator(id));
                let unit = matches!(token.role, TokenRole::Measure { .. }).then_some(entity).flatten();
                let unit = unit.and_then(|entity| self.entity(&entity, token));
                let parts: Vec<String> = [unit, of_target].into_iter().flatten().collect();
                (!parts.is_empty()).then(|| parts.join("\n\n---\n\n"))
            }
            TokenRole::Date => self.date(token),
            TokenRole::Keyword => {
                let named = self.keyword(token)?;
                self.entity(&named, token)
            }
            TokenRole::Grade | TokenRole::Qualitative => self.indicator_of(token).map(|id| self.indicator(id)),
            TokenRole::DepartmentCode
            | TokenRole::DepartmentName
            | TokenRole::ProjectCode
            | TokenRole::ProjectName
            | TokenRole::IndicatorName
            | TokenRole::Account { .. }
            | TokenRole::AccountName
            | TokenRole::Standard { .. }
            | TokenRole::Category
            | TokenRole::CategoryParent
            | TokenRole::FirstLevel { .. }
            | TokenRole::SecondLevel
            | TokenRole::FundSource { .. }
            | TokenRole::Checkpoint { .. }
            | TokenRole::MeasureForm
            | TokenRole::ReferenceProject
            | TokenRole::ReferenceIndicator
            | TokenRole::FieldRule
            | TokenRole::OtherLabel
            | TokenRole::RuleCode
            | TokenRole::Choice
            | TokenRole::BasisKind
            | TokenRole::Key
            | TokenRole::Text
            | TokenRole::Comment => self.entity(&entity?, token),
        }
    }

    /// The indicator in whose head or block a token stands.
    fn indicator_of(&self, token: &Token) -> Option<IndicatorId> {
        let project = self.setting.project?;
        let starts =
            |start: u32| self.analysis.model[project].indicators.iter().position(|one| one.span.start == start);
        let index = starts(token.head.start).or_else(|| starts(token.outer?.start))?;
        Some(IndicatorId { project, index: index as u32 })
    }

    /// What a keyword declares: that whose head it opens.
    fn keyword(&self, token: &Token) -> Option<NamedEntity> {
        let head = self.declaration.span(token.head);
        if let Some(id) = self.indicator_of(token).filter(|_| token.outer.is_some()) {
            return Some(NamedEntity::Indicator(id));
        }
        let project = super::declaration::project_at(self.analysis, head).map(|(id, _)| NamedEntity::Project(id));
        let department =
            || super::declaration::department_at(self.analysis, head).map(|(id, _)| NamedEntity::Department(id));
        let standard = || self.names.sites.of(self.setting.standard?.1).standard.map(NamedEntity::Standard);
        project.or_else(department).or_else(standard)
    }

    fn entity(&self, entity: &NamedEntity, token: &Token) -> Option<String> {
        match entity {
            NamedEntity::Department(id) => Some(self.department(*id)),
            NamedEntity::Project(id) => Some(self.project(*id)),
            NamedEntity::Indicator(id) => Some(self.indicator(*id)),
            NamedEntity::Account(department, code) => {
                let department = &self.analysis.model[*department];
                let account = department.units_of_account.iter().find(|one| *one.code.value == **code)?;
                let name = account.name.as_ref().map_or("", |name| &*name.value);
                Some(self.say(texts::hover_account(code, name, &*department.name.value)))
            }
            NamedEntity::Standard(span) => {
                let standard = self.standard_at(*span)?;
                Some(self.about_standard(standard, *span))
            }
            NamedEntity::Unit(span) => {
                let standard = self.standard()?;
                let form: String =
                    self.declaration.slice(token.bytes).chars().filter(|sign| !sign.is_whitespace()).collect();
                let form = super::sites::unquoted(&form);
                let index = match crate::model::unit::find(standard, &form)?.1 {
                    Measure::Unit(index) => index,
                    Measure::Compound(_) => return None,
                };
                Some(self.unit(&standard.units[index as usize], *span))
            }
            NamedEntity::FirstLevel(span) | NamedEntity::SecondLevel(span) => self.category(token, *span),
            NamedEntity::FundSource(span) => {
                let name = entity.name(self.analysis);
                Some(format!("**{name}** — {}\n\n{}", self.say(texts::hover_fund_source()), self.declared(*span)))
            }
            NamedEntity::Checkpoint(span) => {
                let name = entity.name(self.analysis);
                let day = Date::read(&name).and_then(|date| self.day(date));
                let day = day.map(|day| format!("\n\n{day}")).unwrap_or_default();
                Some(format!("**{name}** — {}{day}\n\n{}", self.say(texts::hover_checkpoint()), self.declared(*span)))
            }
            NamedEntity::Field(span) => {
                let name = entity.name(self.analysis);
                Some(format!("**{name}** — {}\n\n{}", self.say(texts::hover_extra_field()), self.declared(*span)))
            }
            NamedEntity::Rule(code) => Some(rule(*code, self.language)),
        }
    }

    fn field(&self, field: Field) -> String {
        let meaning = match self.language {
            Language::Chinese => field.chinese_meaning,
            Language::English => field.english_meaning,
        };
        let mut parts = vec![format!("**{}** `{}` — {meaning}", field.name, field.english)];
        let rule = self.standard().and_then(|standard| {
            standard.required_fields(field.block).find(|rule| rule.name == field.name).map(|rule| (standard, rule))
        });
        if let Some((standard, rule)) = rule {
            parts.push(self.say(texts::required_by_standard(&standard.name)));
            parts.extend(self.citation(&rule.citation));
        }
        if let Some(project) = self.setting.project.filter(|_| field == Field::Budget) {
            parts.push(self.money(project));
        }
        parts.join("\n\n")
    }

    fn citation(&self, citation: &Citation) -> Option<String> {
        let document = citation.document.as_ref()?;
        let sureness = citation.sureness.as_ref().map(|word| format!("（{word}）")).unwrap_or_default();
        Some(format!("{}{sureness}", self.say(texts::required_by(document))))
    }

    fn department(&self, id: crate::model::DepartmentId) -> String {
        let model = &self.analysis.model;
        let department = &model[id];
        let standard = &model[department.standard];
        let count = model.projects_of(Some(id)).count();
        let budgets = model.projects_of(Some(id)).filter_map(|(_, project)| project.budget_amount(standard));
        let total = budgets.fold(Decimal::ZERO, |sum, one| sum.checked_add(one).unwrap_or(sum));
        let head = format!("**{}**", department.name.value);
        let money = self.say(texts::hover_department(count, grouped(total), base_unit(standard)));
        format!("{head}\n\n{money}\n\n{}", self.say(texts::hover_follows(&standard.name)))
    }

    fn project(&self, id: ProjectId) -> String {
        let project = &self.analysis.model[id];
        let code = project.code.as_ref().map(|code| format!(" `{}`", code.value)).unwrap_or_default();
        let mut parts = vec![format!("**{}**{code}", project.name.value)];
        parts.push(self.money(id));
        parts.extend(self.plan(id));
        parts.push(self.say(texts::hover_indicator_count(project.indicators.len())));
        parts.extend(of_the_year(&reported::of_project(self.analysis, id, self.language)));
        parts.join("\n\n")
    }

    /// The budget, the sum of its parts so far, and what is missing.
    fn money(&self, id: ProjectId) -> String {
        let project = &self.analysis.model[id];
        let standard = &self.analysis.model[project.standard];
        let unit = base_unit(standard);
        let Some(budget) = &project.budget else { return self.say(texts::hover_no_budget()) };
        let mut parts = Vec::new();
        let total = budget.total.as_ref().and_then(|total| total.base_value(standard));
        if let Some(total) = total {
            parts.push(self.say(texts::hover_budget(grouped(total), &unit)));
        }
        if let Some(sum) = super::hints::sum_of_funds(project, standard) {
            parts.push(self.say(texts::hover_funds(grouped(sum), &unit)));
            if let Some(missing) = total.and_then(|total| total.checked_sub(sum)).filter(|left| !left.is_zero()) {
                parts.push(if missing.is_sign_negative() {
                    self.say(texts::hover_too_much(grouped(-missing), &unit))
                } else {
                    self.say(texts::hover_missing(grouped(missing), &unit))
                });
            }
        }
        parts.join("\n\n")
    }

    fn plan(&self, id: ProjectId) -> Option<String> {
        let project = &self.analysis.model[id];
        let standard = &self.analysis.model[project.standard];
        let plan = project.plan.as_ref()?;
        let lines = plan.lines.iter().map(|line| {
            let label = &standard.checkpoints[line.checkpoint].label;
            format!("{label} {}{}", line.share.value, line.share.unit_label(standard))
        });
        let lines: Vec<String> = lines.collect();
        (!lines.is_empty()).then(|| format!("{} {}", self.say(texts::hover_plan()), lines.join(" · ")))
    }

    fn indicator(&self, id: IndicatorId) -> String {
        let model = &self.analysis.model;
        let indicator = &model[id];
        let project = &model[id.project];
        let standard = &model[project.standard];
        let mut parts = vec![format!("**{}**", indicator.name.value)];
        if let Some(category) = indicator.category {
            parts.push(self.say(texts::hover_category(standard.category_path(category))));
        }
        parts.push(self.target(id));
        if let Some(direction) = direction(indicator) {
            parts.push(self.say(match direction {
                Direction::Up => texts::hover_up(),
                Direction::Down => texts::hover_down(),
            }));
        }
        let printed = target_cell(indicator, standard);
        if !printed.is_empty() {
            parts.push(self.say(texts::hover_printed(printed)));
        }
        if let Some(text) = indicator.description() {
            parts.push(format!("> {}", text.value.replace('\n', "\n> ")));
        }
        parts.extend(of_the_year(&reported::of_indicator(self.analysis, id, self.language)));
        parts.push(self.say(texts::in_project(&*project.name.value)));
        parts.join("\n\n")
    }

    /// The target in words, and what a symbolic one comes to.
    fn target(&self, id: IndicatorId) -> String {
        let model = &self.analysis.model;
        let indicator = &model[id];
        let project = &model[id.project];
        let standard = &model[project.standard];
        let target = &indicator.target.value;
        let written = written_target(target, standard);
        let said = match target {
            Target::Quantity { comparator, .. } | Target::Deadline { comparator, .. } => {
                comparator.map_or_else(texts::equal, meaning)
            }
            Target::Money { comparator, .. } | Target::LastYear { comparator, .. } => meaning(*comparator),
            Target::Range { .. } => texts::hover_range(),
            Target::YesNo(_) => texts::hover_yes_no(),
            Target::Grade { .. } => texts::a_grade(),
            Target::Words(_) => texts::words_only(),
            Target::Damaged => texts::not_here(),
        };
        let value = resolved(indicator, project, standard).map(|value| match target {
            Target::Money { .. } => format!(" = **{} {}**", grouped(value), base_unit(standard)),
            Target::LastYear { .. }
            | Target::Quantity { .. }
            | Target::Range { .. }
            | Target::Deadline { .. }
            | Target::YesNo(_)
            | Target::Grade { .. }
            | Target::Words(_)
            | Target::Damaged => {
                let unit = indicator.last_year().map(|last| last.unit_label(standard)).unwrap_or_default();
                format!(" = **{value} {unit}**")
            }
        });
        let day = match target {
            Target::Deadline { date, .. } => {
                model.year_of(project).map(|year| format!(" = {}", written_day(date.in_year(year))))
            }
            _ => None,
        };
        let scale = match target {
            Target::Grade { scale, .. } => format!("（{}）", scale.join(" ")),
            _ => String::new(),
        };
        format!("`{written}`{}{}{scale} — {}", value.unwrap_or_default(), day.unwrap_or_default(), self.say(said))
    }

    fn unit(&self, unit: &Unit, span: Span) -> String {
        let mut parts = vec![format!("**{}** — {}", unit.written(), self.say(dimension(unit.dimension)))];
        if unit.label() != unit.written() {
            parts.push(self.say(texts::hover_printed(unit.label())));
        }
        if let Some((low, high)) = unit.bounds {
            parts.push(self.say(texts::hover_bounds(low, high)));
        }
        if unit.is_whole {
            parts.push(self.say(texts::hover_whole()));
        }
        if !unit.aliases.is_empty() {
            parts.push(self.say(texts::hover_aliases(unit.aliases.join(" "))));
        }
        parts.push(self.declared(span));
        parts.join("\n\n")
    }

    fn category(&self, token: &Token, span: Span) -> Option<String> {
        let standard = self.standard()?;
        let written = self.declaration.value_around(token.bytes);
        let named = super::entity::category_meant(standard, written);
        let id: CategoryId = named.map(|(id, _)| id).or_else(|| {
            let name = super::sites::unquoted(written);
            standard.all_categories().find(|id| standard.subcategory(*id).is_some_and(|second| second.name == name))
        })?;
        let mut parts = vec![format!("**{}**", standard.category_path(id))];
        let category = standard.category(id);
        if category.is_compulsory {
            parts.push(self.say(texts::hover_compulsory()));
        }
        parts.extend(self.citation(&category.citation));
        parts.push(self.declared(span));
        Some(parts.join("\n\n"))
    }

    fn about_standard(&self, standard: &Standard, span: Span) -> String {
        let title = standard.title.as_ref().map(|title| format!(" — {title}")).unwrap_or_default();
        let mut parts = vec![format!("**{}**{title}", standard.name)];
        if !standard.documents.is_empty() {
            parts.push(self.say(texts::required_by(standard.documents.join("、"))));
        }
        if !standard.categories.is_empty() {
            parts.push(self.say(texts::categories_are(standard.category_names().join(" "))));
        }
        parts.push(self.declared(span));
        parts.join("\n\n")
    }

    fn standard_at(&self, name: Span) -> Option<&'a Standard> {
        let standards = self.analysis.model.standards.iter();
        standards.map(|standard| &**standard).find(|standard| {
            standard
                .declared_at
                .is_some_and(|head| head.file == name.file && head.start <= name.start && name.end <= head.end)
        })
    }

    /// `标准 河北2025，据 …，第 12 行`: where a name is declared, and by which document.
    fn declared(&self, span: Span) -> String {
        let source = self.analysis.sources.get(span.file);
        let line = source.location(span.start).line;
        let path = source.path.rsplit('/').next().unwrap_or(&source.path);
        let place = Declaration::at(&self.analysis.sources, span.file, span.start as usize);
        let (name, document) = place.map_or((None, None), |declaration| about_place(&declaration, span));
        let standard = name.unwrap_or_default();
        let mut said = self.say(if is_built_in(source) {
            texts::hover_declared_built_in(standard, line)
        } else {
            texts::hover_declared(standard, path, line)
        });
        if let Some(document) = document {
            said += "\n\n";
            said += &self.say(texts::required_by(document));
        }
        said
    }

    fn date(&self, token: &Token) -> Option<String> {
        let written = self.declaration.slice(token.bytes);
        let date = Date::read(written)?;
        let day = self.day(date)?;
        let indicator = self.indicator_of(token).map(|id| format!("\n\n---\n\n{}", self.indicator(id)));
        Some(format!("`{written}` = {day}{}", indicator.unwrap_or_default()))
    }

    /// The day that a date means in the fiscal year of the place.
    fn day(&self, date: Date) -> Option<String> {
        let department = self.setting.department.or_else(|| department_of(self.analysis, self.declaration.file));
        let year = date.year.or_else(|| Some(self.analysis.model[department?].year.as_ref()?.value))?;
        Some(written_day(date.in_year(year)))
    }
}

/// The standard that a place belongs to, and the document cited in the statement there.
fn about_place(declaration: &Declaration<'_>, span: Span) -> (Option<String>, Option<String>) {
    let root = declaration.roots().next();
    let name = root.and_then(|root| Some(super::sites::unquoted(root.slice(root.values().first()?.bytes))));
    let placed = declaration.placed();
    let holds = |one: &&PlacedStatement<'_>| {
        let head = one.node.statement().head;
        head.start <= span.start && span.end <= head.end
    };
    let owner = placed.iter().rev().find(holds);
    let cited = owner.and_then(|owner| {
        let children = owner.node.children();
        let mut parts = children.flat_map(|child| {
            let block = super::tokens::block_inside(owner);
            block.into_iter().flat_map(move |block| crate::syntax::parts(child, block)).collect::<Vec<_>>()
        });
        let part = parts.find(|part| Field::StandardCitedFrom.is_called(owner.node.slice(part.label)))?;
        Some(super::sites::unquoted(owner.node.slice(part.values.first()?.bytes)))
    });
    (name, cited)
}

/// A rule's title and what it finds: the first paragraph of its page.
pub fn rule(code: Code, language: Language) -> String {
    let page = handbook::page(code, language);
    let mut paragraphs = page.split("\n\n").skip(1);
    let first = paragraphs.find(|paragraph| !paragraph.trim().is_empty() && !paragraph.starts_with(['#', '[', '`']));
    format!(
        "**{}** `{}` — {}\n\n{}",
        code.id(),
        code.slug(),
        code.title().in_language(language),
        first.unwrap_or_default().trim()
    )
}

fn written_day(day: Day) -> String {
    format!("{}-{:02}-{:02}", day.year, day.month, day.day)
}

/// Whether more is better, as stated or as the comparator says.
fn direction(indicator: &crate::model::Indicator) -> Option<Direction> {
    if let Some(stated) = &indicator.direction {
        return Some(stated.value);
    }
    match indicator.target.value.comparator()? {
        Comparator::AtLeast | Comparator::Above => Some(Direction::Up),
        Comparator::AtMost | Comparator::Below => Some(Direction::Down),
        Comparator::Equal => None,
    }
}

fn meaning(comparator: Comparator) -> Text {
    match comparator {
        Comparator::AtLeast => texts::at_least(),
        Comparator::AtMost => texts::at_most(),
        Comparator::Above => texts::above(),
        Comparator::Below => texts::below(),
        Comparator::Equal => texts::equal(),
    }
}

/// The name of a dimension in both languages.
pub fn dimension(dimension: Dimension) -> Text {
    let entry = Dimension::ALL.iter().find(|(one, ..)| *one == dimension);
    entry.map_or_else(|| Text::same(""), |(_, chinese, english)| Text::new(*chinese, *english))
}

/// A target as it is written in a source.
fn written_target(target: &Target, standard: &Standard) -> String {
    let quantity = |quantity: &Quantity| {
        let unit = quantity.written_unit(standard);
        let blank = if unit.starts_with(['%', '‰']) { "" } else { " " };
        format!("{}{blank}{unit}", quantity.value)
    };
    let sign = |comparator: Option<Comparator>| comparator.map(|one| format!("{} ", one.sign())).unwrap_or_default();
    match target {
        Target::Quantity { comparator, quantity: value } => format!("{}{}", sign(*comparator), quantity(value)),
        Target::Range { ends } => format!("{} .. {}", quantity(&ends.low), quantity(&ends.high)),
        Target::Deadline { comparator, date } => format!("{}{date}", sign(*comparator)),
        Target::Money { comparator, symbol, share } => {
            let name = match symbol {
                SymbolicAmount::Budget => crate::format::words::SYMBOLS[0].0,
                SymbolicAmount::Fund(source) => &standard.fund_sources[*source].name,
            };
            let share = share.as_ref().map(|share| format!(" × {}", quantity(share))).unwrap_or_default();
            format!("{} {name}{share}", comparator.sign())
        }
        Target::LastYear { comparator, change } => {
            let change = change.as_ref().map(|change| {
                let sign = match change.0 {
                    SinceLastYear::Plus => "+",
                    SinceLastYear::Minus => "-",
                    SinceLastYear::Times => "×",
                };
                format!(" {sign} {}", quantity(&change.1))
            });
            format!("{} {}{}", comparator.sign(), crate::format::words::SYMBOLS[1].0, change.unwrap_or_default())
        }
        Target::YesNo(_) | Target::Grade { .. } | Target::Words(_) | Target::Damaged => {
            printed(target, standard).glued()
        }
    }
}

/// How the base unit of money is written.
pub fn base_unit(standard: &Standard) -> String {
    let is_base = |unit: &&Shared<Unit>| {
        unit.dimension == Dimension::Money && unit.factor.unwrap_or(Decimal::ONE) == Decimal::ONE
    };
    standard.units.iter().find(is_base).map_or_else(String::new, |unit| unit.written().to_owned())
}
