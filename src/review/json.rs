//! One JSON document with stable keys. Numbers that count are integers, all others are texts of exact decimals.

use std::collections::BTreeMap;
use std::io::{self, Write};

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::{Entry, Review, Standing, Version};
use crate::diagnostic::Language;
use crate::diagnostic::json::{self, Each, Saying, SpanInFile, TOOL, Tool};
use crate::diagnostic::render::Style;
use crate::diff::{Class, Detail, Risk, Said, Sense, Side};

/// Raised when a key is renamed or removed; new keys do not raise it.
pub const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ReviewDocument")]
struct ReviewDocument<'a, C> {
    schema_version: u32,
    tool: Tool,
    old: JsonVersion<'a>,
    new: JsonVersion<'a>,
    changes: C,
    unused_approvals: Vec<&'a str>,
    summary: ReviewSummary,
}

#[derive(Serialize, JsonSchema)]
struct JsonVersion<'a> {
    name: Saying<'a>,
    errors: usize,
}

#[derive(Serialize, JsonSchema)]
struct ReviewSummary {
    changes: usize,
    #[serde(serialize_with = "as_object")]
    #[schemars(with = "BTreeMap<String, usize>")]
    by_risk: Vec<(&'static str, usize)>,
    #[serde(serialize_with = "as_object")]
    #[schemars(with = "BTreeMap<String, usize>")]
    by_class: Vec<(&'static str, usize)>,
    departments: usize,
    projects: usize,
    approved: usize,
    unapproved: usize,
    failing: usize,
}

#[derive(Serialize, JsonSchema)]
struct JsonChange<'a> {
    code: &'static str,
    slug: &'static str,
    title: String,
    risk: &'static str,
    sense: &'static str,
    fingerprint: &'a str,
    department: Option<&'a str>,
    project: Option<JsonProject<'a>>,
    indicator: Option<JsonIndicator<'a>>,
    field: Option<Saying<'a>>,
    item: Option<&'a str>,
    standard: Option<&'a str>,
    old: Option<JsonValue<'a>>,
    new: Option<JsonValue<'a>>,
    details: Vec<JsonDetail<'a>>,
    approval: JsonStanding<'a>,
    fails: bool,
}

#[derive(Serialize, JsonSchema)]
struct JsonProject<'a> {
    code: Option<&'a str>,
    name: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct JsonIndicator<'a> {
    category: Option<&'a str>,
    name: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct JsonValue<'a> {
    text: &'a str,
    place: Option<SpanInFile<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct JsonStanding<'a> {
    state: &'static str,
    #[serde(flatten)]
    approval: Option<JsonApproval<'a>>,
}

#[derive(Serialize, JsonSchema)]
struct JsonApproval<'a> {
    reason: &'a str,
    document: &'a str,
    date: &'a str,
    by: &'a str,
}

#[derive(Serialize, JsonSchema)]
struct JsonDetail<'a> {
    #[serde(flatten)]
    figures: Figures<'a>,
    text: String,
}

#[derive(Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Figures<'a> {
    Difference {
        amount: String,
        unit: &'a str,
        percent: Option<String>,
    },
    Resolved {
        old: Option<&'a str>,
        new: Option<&'a str>,
    },
    Area {
        percent_months: String,
    },
    Widest {
        points: String,
        checkpoint: &'a str,
    },
    Alike {
        percent: usize,
        old: &'a str,
        new: &'a str,
    },
    Counterpart {
        name: &'a str,
        amount: String,
        unit: &'a str,
    },
    Because {
        code: &'static str,
        old: Option<&'a str>,
        new: Option<&'a str>,
    },
    Balance {
        out: String,
        #[serde(rename = "in")]
        into: String,
        unit: &'a str,
    },
    Part {
        name: &'a str,
        amount: Option<&'a str>,
        shared_percent: usize,
    },
}

pub fn write(review: &Review<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let language = style.language;
    let risks = [Risk::High, Risk::Medium, Risk::Low, Risk::None];
    let (departments, projects) = review.reach();
    let document = ReviewDocument {
        schema_version: SCHEMA_VERSION,
        tool: TOOL,
        old: version(&review.old, language),
        new: version(&review.new, language),
        changes: Each(|| review.entries.iter().map(|entry| change(entry, review, language))),
        unused_approvals: review.unused.iter().map(|approval| approval.fingerprint.as_str()).collect(),
        summary: ReviewSummary {
            changes: review.entries.len(),
            by_risk: risks.map(|risk| (risk.id(), review.count(risk))).to_vec(),
            by_class: review.counts().into_iter().map(|(class, count): (Class, usize)| (class.slug(), count)).collect(),
            departments,
            projects,
            approved: review.approved(),
            unapproved: review.unapproved(),
            failing: review.entries.iter().filter(|entry| entry.fails).count(),
        },
    };
    json::write(&document, out)
}

/// The JSON Schema of what [`write`] writes.
pub fn schema() -> String {
    json::schema::<ReviewDocument<'_, Vec<JsonChange<'_>>>>()
}

/// Counts under their names, in their order.
fn as_object<S: Serializer>(counts: &[(&str, usize)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(counts.iter().copied())
}

fn version<'a>(version: &'a Version<'_>, language: Language) -> JsonVersion<'a> {
    JsonVersion { name: Saying { text: &version.name, language }, errors: version.errors }
}

fn change<'a>(entry: &'a Entry<'_>, review: &'a Review<'_>, language: Language) -> JsonChange<'a> {
    let change = entry.change;
    let subject = &change.subject;
    let approval = match entry.standing {
        Standing::Approved(approval) => Some(JsonApproval {
            reason: &approval.reason,
            document: &approval.document,
            date: &approval.date,
            by: &approval.by,
        }),
        Standing::Unapproved | Standing::Free => None,
    };
    JsonChange {
        code: change.class.code(),
        slug: change.class.slug(),
        title: change.class.title().in_language(language).to_string(),
        risk: change.class.risk().id(),
        sense: sense(change.class.sense()),
        fingerprint: &entry.fingerprint,
        department: subject.department.as_deref(),
        project: subject.project.as_ref().map(|one| JsonProject { code: one.code.as_deref(), name: &one.name }),
        indicator: subject
            .indicator
            .as_ref()
            .map(|one| JsonIndicator { category: one.category.as_deref(), name: &one.name }),
        field: subject.field.as_ref().map(|text| Saying { text, language }),
        item: subject.item.as_deref(),
        standard: subject.standard.as_deref(),
        old: change.old.as_ref().map(|said| value(said, review.old.side)),
        new: change.new.as_ref().map(|said| value(said, review.new.side)),
        details: change.details.iter().map(|one| detail(one, language)).collect(),
        approval: JsonStanding { state: entry.standing.id(), approval },
        fails: entry.fails,
    }
}

fn sense(sense: Sense) -> &'static str {
    match sense {
        Sense::Tighter => "tighter",
        Sense::Looser => "looser",
        Sense::Neutral => "neutral",
        Sense::Unclear => "unclear",
    }
}

fn value<'a>(said: &'a Said, side: Side<'a>) -> JsonValue<'a> {
    JsonValue { text: &said.text, place: said.span.map(|span| SpanInFile::new(span, side.sources)) }
}

fn detail(detail: &Detail, language: Language) -> JsonDetail<'_> {
    let figures = match detail {
        Detail::Difference { amount, unit, percent } => Figures::Difference {
            amount: amount.to_string(),
            unit,
            percent: percent.map(|percent| percent.to_string()),
        },
        Detail::Resolved { old, new } => Figures::Resolved { old: old.as_deref(), new: new.as_deref() },
        Detail::Area { percent_months } => Figures::Area { percent_months: percent_months.to_string() },
        Detail::Widest { points, checkpoint } => Figures::Widest { points: points.to_string(), checkpoint },
        Detail::Alike { percent, old, new } => Figures::Alike { percent: *percent, old, new },
        Detail::Counterpart { name, amount, unit } => Figures::Counterpart { name, amount: amount.to_string(), unit },
        Detail::Because { class, old, new } => {
            Figures::Because { code: class.code(), old: old.as_deref(), new: new.as_deref() }
        }
        Detail::Balance { out, into, unit } => Figures::Balance { out: out.to_string(), into: into.to_string(), unit },
        Detail::Part { name, amount, shared_percent } => {
            Figures::Part { name, amount: amount.as_deref(), shared_percent: *shared_percent }
        }
    };
    JsonDetail { figures, text: detail.text().in_language(language).to_string() }
}
