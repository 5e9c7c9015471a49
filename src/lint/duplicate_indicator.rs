//! JX047: two indicators of one project share a name.
//!
//! Serves 规范性: 一体化 systems refuse repeated names (seen in their messages).

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::Project;
use crate::model::text::folded;
use crate::source::Span;

pub const RULE: Rule = Rule { codes: &[Code::JX047], check: Check::Targets(check) };

fn check(_: &Context<'_>, project: &Project, found: &mut Findings) {
    let mut seen: HashMap<Cow<'_, str>, Span> = HashMap::with_capacity(project.indicators.len());
    for indicator in &project.indicators {
        let span = indicator.name.span;
        let Some(first) = seen.insert(folded(&indicator.name.value), span) else { continue };
        let message = texts::duplicate_indicator(&*indicator.name.value, &*project.name.value);
        found.push(
            Diagnostic::new(Code::JX047, message, span, texts::stated_again_here())
                .label(first, texts::stated_first_here()),
        );
    }
}
