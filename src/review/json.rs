//! One JSON document with stable keys. Numbers that count are integers, all others are texts of exact decimals.

use serde_json::{Map, Value, json};

use super::{Entry, Review, Standing, Version};
use crate::diagnostic::Language;
use crate::diff::{Detail, Risk, Said, Sense, Side};
use crate::source::Span;

/// Raised when a key is renamed or removed; new keys do not raise it.
pub const SCHEMA_VERSION: u32 = 1;

pub fn document(review: &Review<'_>, language: Language) -> Value {
    let risks = [Risk::High, Risk::Medium, Risk::Low, Risk::None];
    let by_risk: Map<String, Value> =
        risks.into_iter().map(|risk| (risk.id().to_owned(), review.count(risk).into())).collect();
    let by_class: Map<String, Value> =
        review.counts().into_iter().map(|(class, count)| (class.slug().to_owned(), count.into())).collect();
    let (departments, projects) = review.reach();
    json!({
        "schema_version": SCHEMA_VERSION,
        "tool": { "name": "jixiao", "version": env!("CARGO_PKG_VERSION") },
        "old": version(&review.old, language),
        "new": version(&review.new, language),
        "changes": review.entries.iter().map(|entry| change(entry, review, language)).collect::<Vec<_>>(),
        "unused_approvals": review.unused.iter().map(|approval| approval.fingerprint.as_str()).collect::<Vec<_>>(),
        "summary": {
            "changes": review.entries.len(),
            "by_risk": by_risk,
            "by_class": by_class,
            "departments": departments,
            "projects": projects,
            "approved": review.approved(),
            "unapproved": review.unapproved(),
            "failing": review.entries.iter().filter(|entry| entry.fails).count(),
        },
    })
}

fn version(version: &Version<'_>, language: Language) -> Value {
    json!({ "name": version.name.in_language(language), "errors": version.errors })
}

fn change(entry: &Entry<'_>, review: &Review<'_>, language: Language) -> Value {
    let change = entry.change;
    let subject = &change.subject;
    let approval = match entry.standing {
        Standing::Approved(approval) => json!({
            "state": entry.standing.id(),
            "reason": approval.reason,
            "document": approval.document,
            "date": approval.date,
            "by": approval.by,
        }),
        Standing::Unapproved | Standing::Free => json!({ "state": entry.standing.id() }),
    };
    json!({
        "code": change.class.code(),
        "slug": change.class.slug(),
        "title": change.class.title().in_language(language),
        "risk": change.class.risk().id(),
        "sense": sense(change.class.sense()),
        "fingerprint": entry.fingerprint,
        "department": subject.department,
        "project": subject.project.as_ref().map(|project| json!({ "code": project.code, "name": project.name })),
        "indicator": subject.indicator.as_ref().map(|one| json!({ "category": one.category, "name": one.name })),
        "field": subject.field.as_ref().map(|field| field.in_language(language)),
        "item": subject.item,
        "standard": subject.standard,
        "old": change.old.as_ref().map(|said| value(said, review.old.side)),
        "new": change.new.as_ref().map(|said| value(said, review.new.side)),
        "details": change.details.iter().map(|one| detail(one, language)).collect::<Vec<_>>(),
        "approval": approval,
        "fails": entry.fails,
    })
}

fn sense(sense: Sense) -> &'static str {
    match sense {
        Sense::Tighter => "tighter",
        Sense::Looser => "looser",
        Sense::Neutral => "neutral",
    }
}

fn value(said: &Said, side: Side<'_>) -> Value {
    json!({ "text": said.text, "place": said.span.map(|span| place(span, side)) })
}

/// A place: path, bytes, and line and column counted from one in characters.
fn place(span: Span, side: Side<'_>) -> Value {
    let source = side.sources.get(span.file);
    let (start, end) = (source.location(span.start), source.location(span.end));
    json!({
        "path": source.path,
        "start_byte": span.start,
        "end_byte": span.end,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
    })
}

fn detail(detail: &Detail, language: Language) -> Value {
    let mut value = match detail {
        Detail::Difference { amount, unit, percent } => json!({
            "kind": "difference",
            "amount": amount.to_string(),
            "unit": unit,
            "percent": percent.map(|percent| percent.to_string()),
        }),
        Detail::Resolved { old, new } => json!({ "kind": "resolved", "old": old, "new": new }),
        Detail::Area { percent_months } => json!({ "kind": "area", "percent_months": percent_months.to_string() }),
        Detail::Widest { points, checkpoint } => {
            json!({ "kind": "widest", "points": points.to_string(), "checkpoint": checkpoint })
        }
        Detail::Alike { percent, old, new } => json!({ "kind": "alike", "percent": percent, "old": old, "new": new }),
        Detail::Counterpart { name, amount, unit } => {
            json!({ "kind": "counterpart", "name": name, "amount": amount.to_string(), "unit": unit })
        }
        Detail::Balance { out, into, unit } => {
            json!({ "kind": "balance", "out": out.to_string(), "in": into.to_string(), "unit": unit })
        }
        Detail::Part { name, amount, shared_percent } => {
            json!({ "kind": "part", "name": name, "amount": amount, "shared_percent": shared_percent })
        }
    };
    value["text"] = detail.text().in_language(language).into();
    value
}
