//! JX038: an indicator is named like a category of its standard. 服务对象满意度 does say what is measured, and is left to JX053
//! (word list `空泛名称`).

use super::{Check, Findings, Row, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::standard::{List, Role, stem};

pub const RULE: Rule = Rule { codes: &[Code::JX038], check: Check::Indicator(check) };

fn check(row: &Row<'_>, found: &mut Findings) {
    if is_category(row) {
        let message = texts::name_is_category(&*row.indicator.name.value);
        found.push(
            Diagnostic::new(Code::JX038, message, row.name_span(), texts::name_is_category_here())
                .help(texts::name_is_category_help()),
        );
    }
}

/// Whether the name is that of a category.
pub(super) fn is_category(row: &Row<'_>) -> bool {
    let name = row.name();
    let is_one = |category: &str| stem(&name) == stem(category);
    (row.role != Some(Role::Satisfaction) || !name.is_in(List::GenericName))
        && row.standard.categories.iter().any(|category| {
            is_one(&category.name) || category.subcategories.iter().any(|subcategory| is_one(&subcategory.name))
        })
}
