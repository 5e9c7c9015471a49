//! JX123: an adjustment without the document that approves it, or without a reason.
//!
//! Serves 完整性.

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::{DepartmentId, Text};

pub const RULE: Rule = Rule { codes: &[Code::JX123], check: Check::Group(check) };

fn check(context: &Context<'_>, department: Option<DepartmentId>, found: &mut Findings) {
    let is_blank = |text: &Option<Text>| text.as_ref().is_none_or(|text| text.value.trim().is_empty());
    for adjustment in context.record(department).adjustments() {
        // Where the date was not understood, what stands behind it was not read either.
        let lacks_document = adjustment.date.is_some() && is_blank(&adjustment.document);
        let message = match (lacks_document, is_blank(&adjustment.reason)) {
            (true, true) => texts::adjustment_without_either(),
            (true, false) => texts::adjustment_without_document(),
            (false, true) => texts::adjustment_without_reason(),
            (false, false) => continue,
        };
        let finding = Diagnostic::new(Code::JX123, message, adjustment.span, texts::adjustment_lacks_here());
        found.push(finding.help(texts::adjustment_lacks_help()));
    }
}
