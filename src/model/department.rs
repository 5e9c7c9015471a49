//! A `部门` declaration by its standard.

use super::by_kind;
use super::read::{self, FieldEntry, Name};
use super::standard::{Library, Standard};
use super::{
    Department, PlainFields, Project, Reference, Safeguard, StandardId, SubGoal, UnitOfAccount, YearRecord, project,
};
use crate::diagnostic::{Diagnostic, texts};
use crate::language::{self, Block, Field, WHOLE_DEPARTMENT, own};
use crate::source::Words;
use crate::syntax::{Node, ValueKind, point_of};

/// The standard that a department names, or `fallback`. Reports JX303.
pub fn standard_of(node: Node<'_>, library: &Library, fallback: StandardId, found: &mut Vec<Diagnostic>) -> StandardId {
    let lines = || node.children().filter(|child| !child.is_broken());
    // A misspelt label is reported when the fields are read; what follows the standard is read by the one that is meant.
    let is_meant = |child: &Node<'_>| {
        language::similar_field(Block::Department, child.label_text()) == Some(Field::DepartmentStandard)
    };
    let named = lines().find(|child| Field::DepartmentStandard.is_called(child.label_text()));
    let named = named.or_else(|| lines().find(is_meant));
    let Some(value) = named.and_then(|child| Some((child, child.values().first()?))) else { return fallback };
    let (child, value) = value;
    let Some(name) = read::any_name(FieldEntry::of(child), value) else { return fallback };
    library.find(&name.value).unwrap_or_else(|| {
        let (report, meant) = library.report_unknown(&name.value, name.span);
        found.push(report);
        meant.unwrap_or(fallback)
    })
}

/// Reads a department. References are left unresolved.
pub fn department(node: Node<'_>, id: StandardId, standard: &Standard, found: &mut Vec<Diagnostic>) -> Department {
    let before = found.len();
    let (code, name) = project::head(node);
    let mut department = Department {
        span: node.head_span(),
        code,
        name,
        year: None,
        standard: id,
        units_of_account: Vec::new(),
        sub_goals: Vec::new(),
        safeguards: Vec::new(),
        whole: None,
        plain: PlainFields::default(),
        extra: Vec::new(),
        record: YearRecord::default(),
        is_damaged: node.holds_mistake(),
    };
    let mut plain = Vec::new();
    let (whole_id, in_whole) = standard.in_framework(id, WHOLE_DEPARTMENT.0).unwrap_or((id, standard));
    read::fields(node, Block::Department, &standard.field_rules, found, |name, entry, found| match name {
        Name::Word(field) => match own::Department::of(field) {
            Some(own::Department::Year) => department.year = read::one_whole(entry, found),
            // Found before: see `standard_of`.
            Some(own::Department::Standard) => {
                read::one_name(entry, found);
            }
            Some(own::Department::Unit) => {
                let unit = read::code_and_name(entry, found).map(|(code, name)| UnitOfAccount { code, name });
                department.units_of_account.extend(unit);
            }
            Some(own::Department::SubGoal) => department.sub_goals.push(sub_goal(entry, found)),
            Some(own::Department::Safeguard) => department.safeguards.extend(safeguard(entry, found)),
            Some(own::Department::Budget) => {
                let before = found.len();
                let budget = project::budget(entry, in_whole, found);
                let whole =
                    department.whole.get_or_insert_with(|| Box::new(Project::whole(node.head_span(), whole_id)));
                whole.budget = Some(budget);
                whole.damage.budget = is_damaged(entry, &found[before..]);
            }
            Some(own::Department::Indicator) => {
                let before = found.len();
                let indicator = project::indicator(entry, in_whole, found);
                let whole =
                    department.whole.get_or_insert_with(|| Box::new(Project::whole(node.head_span(), whole_id)));
                whole.indicators.extend(indicator);
                whole.damage.indicators |= is_damaged(entry, &found[before..]);
            }
            None => plain.extend(by_kind::plain(entry, field, standard, found)),
        },
        Name::Extra(rule) => department.extra.extend(by_kind::extra_field(entry, rule, standard, found)),
        Name::Free | Name::Indicator => {}
    });
    department.plain = plain.into_iter().collect();
    department.is_damaged |= found[before..].iter().any(Diagnostic::is_error);
    department
}

fn is_damaged(entry: FieldEntry<'_>, found: &[Diagnostic]) -> bool {
    entry.node.holds_mistake() || found.iter().any(Diagnostic::is_error)
}

fn sub_goal(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> SubGoal {
    let goal = read::one_text(entry, found);
    let mut indicators = Vec::new();
    read::fields(entry.node, Block::SubGoal, &[], found, |_, entry, found| match entry.values {
        [value] if matches!(value.kind, ValueKind::Path | ValueKind::Quoted) => {
            let token = entry.slice(value);
            let (project, indicator) = split_path(token);
            let plain = |part: &str| -> Words {
                if part.starts_with(['"', '“', '＂']) { super::text::unquote(part).0.into() } else { part.into() }
            };
            indicators.push(Reference {
                span: entry.value_span(value),
                project: project.map(plain),
                indicator: plain(indicator),
                target: None,
            });
        }
        _ => read::wrong_kind(entry, texts::expect_reference(), found),
    });
    SubGoal { span: entry.span(), goal, indicators }
}

/// The parts of `项目.指标`, at the point that stands outside quotes.
fn split_path(token: &str) -> (Option<&str>, &str) {
    match point_of(token) {
        Some(point) => (Some(&token[..point.start]), &token[point.end..]),
        None => (None, token),
    }
}

fn safeguard(entry: FieldEntry<'_>, found: &mut Vec<Diagnostic>) -> Option<Safeguard> {
    match entry.values {
        [name] => Some(Safeguard { name: read::any_name(entry, name)?, text: None }),
        [name, text] => {
            let name = read::any_name(entry, name)?;
            Some(Safeguard { name, text: read::content(entry, text, found) })
        }
        _ => {
            read::wrong_kind(entry, texts::expect_name_and_text(), found);
            None
        }
    }
}
