//! SARIF 2.1.0, the format in which analysis tools exchange results.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{fingerprints, json::verdict};
use crate::diagnostic::{Code, Diagnostic, Fix, Label, Language};
use crate::model::standard::{RuleSource, Standard};
use crate::source::Span;
use crate::workspace::Analysis;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

/// What stands unchanged in the path of an address.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

pub fn document(analysis: &Analysis, language: Language) -> Value {
    let standard = analysis.main_standard();
    let mut results: Vec<Value> = analysis
        .diagnostics
        .iter()
        .zip(fingerprints(analysis))
        .map(|(diagnostic, fingerprint)| {
            let mut value = result(diagnostic, analysis, language);
            value["partialFingerprints"] = json!({ "jixiao/v1": fingerprint });
            value
        })
        .collect();
    results.extend(analysis.excused.iter().map(|excused| {
        let mut value = result(&excused.diagnostic, analysis, language);
        value["suppressions"] = json!([{ "kind": "inSource", "justification": &*excused.reason }]);
        value
    }));
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "jixiao",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "language": match language { Language::Chinese => "zh-CN", Language::English => "en" },
                "rules": Code::ALL.iter().map(|code| rule(*code, standard, language)).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
            "properties": { "verdicts": analysis.verdicts.iter().map(verdict).collect::<Vec<_>>() },
        }],
    })
}

fn rule(code: Code, standard: Option<&Standard>, language: Language) -> Value {
    let mut value = json!({
        "id": code.id(),
        "name": code.slug(),
        "shortDescription": { "text": code.title().in_language(language) },
        "help": { "text": code.explanation(), "markdown": code.explanation() },
        "defaultConfiguration": { "level": code.severity().id() },
    });
    let source = standard.and_then(|standard| standard.rule_sources.get(&code));
    if let Some(RuleSource { criteria, citation }) = source {
        value["properties"] = json!({
            "tags": criteria,
            "document": citation.document,
            "sureness": citation.sureness,
        });
    }
    value
}

fn result(diagnostic: &Diagnostic, analysis: &Analysis, language: Language) -> Value {
    let index = Code::ALL.iter().position(|code| *code == diagnostic.code);
    let mut message = diagnostic.message.in_language(language).into_owned();
    if let Some(help) = &diagnostic.help {
        message = format!("{message}\n{}", help.in_language(language));
    }
    let location = |label: &Label| {
        json!({
            "physicalLocation": {
                "artifactLocation": { "uri": address(label.span, analysis) },
                "region": region(label.span, analysis),
            },
            "message": { "text": label.text.in_language(language) },
        })
    };
    let (first, others) = diagnostic.labels.split_at(diagnostic.labels.len().min(1));
    let mut value = json!({
        "ruleId": diagnostic.code.id(),
        "ruleIndex": index,
        "level": diagnostic.severity.id(),
        "message": { "text": message },
        "locations": first.iter().map(location).collect::<Vec<_>>(),
    });
    if !others.is_empty() {
        value["relatedLocations"] = others.iter().map(location).collect();
    }
    if let Some(fix) = &diagnostic.fix {
        value["fixes"] = json!([fix_of(fix, analysis, language)]);
    }
    value
}

fn fix_of(fix: &Fix, analysis: &Analysis, language: Language) -> Value {
    let change = |edit: &crate::diagnostic::Edit| {
        json!({
            "artifactLocation": { "uri": address(edit.span, analysis) },
            "replacements": [{
                "deletedRegion": region(edit.span, analysis),
                "insertedContent": { "text": edit.text },
            }],
        })
    };
    json!({
        "description": { "text": fix.title.in_language(language) },
        "artifactChanges": fix.edits.iter().map(change).collect::<Vec<_>>(),
        "properties": { "safety": fix.safety.id() },
    })
}

fn address(span: Span, analysis: &Analysis) -> String {
    utf8_percent_encode(&analysis.sources.get(span.file).path, PATH).to_string()
}

fn region(span: Span, analysis: &Analysis) -> Value {
    let source = analysis.sources.get(span.file);
    let (start, end) = (source.location(span.start), source.location(span.end));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}
