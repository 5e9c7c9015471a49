//! SARIF 2.1.0, the format in which analysis tools exchange results.

use std::cell::RefCell;
use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde::ser::{Error, SerializeSeq};
use serde_json::Value;

use super::json::verdict;
use super::parts::{Items, Made, Sequence};
use super::{Fingerprints, FoundParts, message_and_help};
use crate::control::Excused;
use crate::diagnostic::json::{self, Each, Saying};
use crate::diagnostic::render::Style;
use crate::diagnostic::{Code, Diagnostic, Edit, Fix, Label, Language, Text};
use crate::model::standard::{RuleSource, Standard};
use crate::source::Span;
use crate::workspace::Analysis;

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";

/// What stands unchanged in the path of an address.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

#[derive(Serialize)]
struct SarifLog<R> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [R; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifRun<D, R, V> {
    tool: SarifTool<D>,
    column_kind: &'static str,
    results: R,
    properties: RunProperties<V>,
}

#[derive(Serialize)]
struct SarifTool<D> {
    driver: SarifDriver<D>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifDriver<D> {
    name: &'static str,
    semantic_version: &'static str,
    language: &'static str,
    rules: D,
}

#[derive(Serialize)]
struct RunProperties<V> {
    verdicts: V,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifRule<'a> {
    id: &'static str,
    name: &'static str,
    short_description: SarifText<String>,
    help: RuleHelp,
    default_configuration: RuleConfiguration,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<RuleProperties<'a>>,
}

#[derive(Serialize)]
struct RuleHelp {
    text: &'static str,
    markdown: &'static str,
}

#[derive(Serialize)]
struct RuleConfiguration {
    level: &'static str,
}

#[derive(Serialize)]
struct RuleProperties<'a> {
    tags: &'a [String],
    document: Option<&'a str>,
    sureness: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'a> {
    rule_id: &'static str,
    rule_index: Option<usize>,
    level: &'static str,
    message: SarifText<String>,
    locations: Vec<SarifLocation<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<SarifLocation<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixes: Option<[SarifFix<'a>; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    partial_fingerprints: Option<PartialFingerprints>,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<[SarifSuppression<'a>; 1]>,
}

#[derive(Serialize)]
struct PartialFingerprints {
    #[serde(rename = "jixiao/v1")]
    first: String,
}

#[derive(Serialize)]
struct SarifSuppression<'a> {
    kind: &'static str,
    justification: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifLocation<'a> {
    physical_location: PhysicalLocation,
    message: SarifText<Saying<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: SarifRegion,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifRegion {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifFix<'a> {
    description: SarifText<Saying<'a>>,
    artifact_changes: Vec<ArtifactChange<'a>>,
    properties: FixProperties,
}

#[derive(Serialize)]
struct FixProperties {
    safety: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'a> {
    artifact_location: ArtifactLocation,
    replacements: [Replacement<'a>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'a> {
    deleted_region: SarifRegion,
    inserted_content: SarifText<&'a str>,
}

#[derive(Serialize)]
struct SarifText<T> {
    text: T,
}

pub fn write(parts: &mut dyn FoundParts, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let standard = parts.main_standard();
    let parts = RefCell::new(parts);
    let results = Results { language: style.language, fingerprints: RefCell::default(), excused: RefCell::default() };
    let language = match style.language {
        Language::Chinese => "zh-CN",
        Language::English => "en",
    };
    let driver = SarifDriver {
        name: "jixiao",
        semantic_version: env!("CARGO_PKG_VERSION"),
        language,
        rules: Each(|| Code::ALL.iter().map(|code| rule(*code, standard.as_deref(), style.language))),
    };
    let run = SarifRun {
        tool: SarifTool { driver },
        column_kind: "unicodeCodePoints",
        results: Sequence { parts: &parts, items: &results },
        properties: RunProperties {
            verdicts: Made(|| parts.borrow().verdicts().iter().map(verdict).collect::<Vec<_>>()),
        },
    };
    json::write(&SarifLog { schema: SCHEMA, version: "2.1.0", runs: [run] }, out)
}

fn rule(code: Code, standard: Option<&Standard>, language: Language) -> SarifRule<'_> {
    let source = standard.and_then(|standard| standard.rule_sources.get(&code));
    SarifRule {
        id: code.id(),
        name: code.slug(),
        short_description: SarifText { text: code.title().in_language(language).to_string() },
        help: RuleHelp { text: code.explanation(), markdown: code.explanation() },
        default_configuration: RuleConfiguration { level: code.severity().id() },
        properties: source.map(|RuleSource { criteria, citation, .. }| RuleProperties {
            tags: criteria,
            document: citation.document.as_deref(),
            sureness: citation.sureness.as_deref(),
        }),
    }
}

/// The findings, and behind all of them those that are excused.
struct Results {
    language: Language,
    fingerprints: RefCell<Fingerprints>,
    excused: RefCell<Vec<Value>>,
}

impl Items for Results {
    fn write<S: SerializeSeq>(&self, part: &Analysis, sequence: &mut S) -> Result<(), S::Error> {
        let run = InLanguage { analysis: part, language: self.language };
        for one in &part.excused {
            let excused = serde_json::to_value(run.excused(one));
            self.excused.borrow_mut().push(excused.map_err(S::Error::custom)?);
        }
        let mut fingerprints = self.fingerprints.borrow_mut();
        part.diagnostics.iter().try_for_each(|one| sequence.serialize_element(&run.found(one, &mut fingerprints)))
    }

    fn finish<S: SerializeSeq>(&self, sequence: &mut S) -> Result<(), S::Error> {
        self.excused.borrow().iter().try_for_each(|excused| sequence.serialize_element(excused))
    }
}

/// Findings to results, with texts in one language.
#[derive(Clone, Copy)]
struct InLanguage<'a> {
    analysis: &'a Analysis,
    language: Language,
}

impl<'a> InLanguage<'a> {
    fn found(self, diagnostic: &'a Diagnostic, fingerprints: &mut Fingerprints) -> SarifResult<'a> {
        let first = fingerprints.next(diagnostic, self.analysis);
        SarifResult { partial_fingerprints: Some(PartialFingerprints { first }), ..self.result(diagnostic) }
    }

    fn excused(self, excused: &'a Excused) -> SarifResult<'a> {
        let suppression = SarifSuppression { kind: "inSource", justification: &excused.reason };
        SarifResult { suppressions: Some([suppression]), ..self.result(&excused.diagnostic) }
    }

    fn result(self, diagnostic: &'a Diagnostic) -> SarifResult<'a> {
        let (first, others) = diagnostic.labels.split_at(diagnostic.labels.len().min(1));
        let locations = |labels: &'a [Label]| labels.iter().map(|label| self.location(label)).collect();
        SarifResult {
            rule_id: diagnostic.code.id(),
            rule_index: Code::ALL.iter().position(|code| *code == diagnostic.code),
            level: diagnostic.severity.id(),
            message: SarifText { text: message_and_help(diagnostic, self.language) },
            locations: locations(first),
            related_locations: locations(others),
            fixes: diagnostic.fix.as_ref().map(|fix| [self.fix(fix)]),
            partial_fingerprints: None,
            suppressions: None,
        }
    }

    fn location(self, label: &'a Label) -> SarifLocation<'a> {
        SarifLocation {
            physical_location: PhysicalLocation {
                artifact_location: self.artifact(label.span),
                region: self.region(label.span),
            },
            message: self.say(&label.text),
        }
    }

    fn fix(self, fix: &'a Fix) -> SarifFix<'a> {
        let change = |edit: &'a Edit| ArtifactChange {
            artifact_location: self.artifact(edit.span),
            replacements: [Replacement {
                deleted_region: self.region(edit.span),
                inserted_content: SarifText { text: &edit.text },
            }],
        };
        SarifFix {
            description: self.say(&fix.title),
            artifact_changes: fix.edits.iter().map(change).collect(),
            properties: FixProperties { safety: fix.safety.id() },
        }
    }

    fn say(self, text: &'a Text) -> SarifText<Saying<'a>> {
        SarifText { text: Saying { text, language: self.language } }
    }

    fn artifact(self, span: Span) -> ArtifactLocation {
        ArtifactLocation { uri: utf8_percent_encode(&self.analysis.sources.get(span.file).path, PATH).to_string() }
    }

    fn region(self, span: Span) -> SarifRegion {
        let source = self.analysis.sources.get(span.file);
        let (start, end) = (source.location(span.start), source.location(span.end));
        SarifRegion { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
    }
}
