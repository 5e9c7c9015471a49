//! 批复: which targets were approved, by whose document.

use super::super::Text;
use super::super::calendar::Date;
use super::super::read::{self, FieldEntry};
use super::subject::{YearSubject, subject};
use super::{date_and_text, text_behind};
use crate::diagnostic::{Diagnostic, texts};
use crate::language::Block;
use crate::source::{Span, Spanned};
use crate::syntax::Node;

/// An approval of the targets of a department.
#[derive(Debug)]
pub struct TargetsApproval {
    /// The head of the declaration.
    pub span: Span,
    /// None where it is missing or damaged.
    pub date: Option<Spanned<Date>>,
    /// 文号
    pub document: Option<Text>,
    /// In the order of the text.
    pub fingerprints: Vec<Fingerprint>,
    /// Something in it was not understood: what is not there may be that.
    pub is_damaged: bool,
}

/// What a project, or the department's own targets, said when they were approved.
#[derive(Debug)]
pub struct Fingerprint {
    /// The label and the values.
    pub span: Span,
    /// A project, or the department.
    pub subject: YearSubject,
    /// As the program wrote it.
    pub sign: Text,
}

pub(super) fn approval(node: Node<'_>, found: &mut Vec<Diagnostic>) -> TargetsApproval {
    let (date, document) = date_and_text(FieldEntry::of(node), found);
    let mut fingerprints = Vec::new();
    read::fields(node, Block::Approval, &[], found, |_, entry, found| {
        let Some((subject, rest)) = subject(entry, found) else { return };
        let sign = text_behind(entry, rest, texts::expect_fingerprint(), found);
        fingerprints.extend(sign.map(|sign| Fingerprint { span: entry.span(), subject, sign }));
    });
    TargetsApproval { span: node.head_span(), date, document, fingerprints, is_damaged: false }
}
