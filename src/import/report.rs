//! The account of an import as JSON and as a page: where every part of the document went, what was guessed, what is left.

use maud::{Markup, html};
use schemars::JsonSchema;
use serde::Serialize;

use super::account::{Destination, Use};
use super::document::DocumentPlace;
use super::{Imported, TOLD, Tally};
use crate::diagnostic::{Language, Text, json as documents, page, texts};

const STYLE: &str = concat!(include_str!("../findings/html/findings.css"), include_str!("report/report.css"));
const SCHEMA_VERSION: u32 = 1;

/// The accounts of one run.
#[derive(Serialize, JsonSchema)]
struct AccountsDocument<'a> {
    schema_version: u32,
    documents: Vec<JsonAccount<'a>>,
}

/// Where everything in a document went.
#[derive(Serialize, JsonSchema)]
struct JsonAccount<'a> {
    document: &'a str,
    standard: &'a str,
    projects: usize,
    indicators: usize,
    characters: CharacterCounts,
    findings: Vec<AccountFinding>,
    parts: Vec<AccountPart<'a>>,
}

/// Characters besides blanks. `furniture` are words of the form, `repeated` what the form says twice.
#[derive(Serialize, JsonSchema)]
struct CharacterCounts {
    total: usize,
    placed: usize,
    furniture: usize,
    repeated: usize,
    left_over: usize,
}

/// Something to look at; without a place it is about the whole document.
#[derive(Serialize, JsonSchema)]
struct AccountFinding {
    code: &'static str,
    place: Option<String>,
    text: String,
}

/// A part of a cell, in reading order. `fate` is `placed`, `furniture`, `repeated` or `left_over`; `to` is the fact that
/// it became.
#[derive(Serialize, JsonSchema)]
struct AccountPart<'a> {
    place: String,
    text: &'a str,
    fate: &'static str,
    to: Option<String>,
}

/// The accounts of several documents, by the name of each, as one JSON text.
pub fn json(imports: &[(String, &Imported)], language: Language) -> String {
    let accounts = imports.iter().map(|(name, imported)| account(name, imported, language)).collect();
    documents::text(&AccountsDocument { schema_version: SCHEMA_VERSION, documents: accounts })
}

/// The JSON Schema of the accounts.
pub fn schema() -> String {
    documents::schema::<AccountsDocument<'_>>()
}

fn account<'a>(name: &'a str, imported: &'a Imported, language: Language) -> JsonAccount<'a> {
    let say = |text: &Text| text.in_language(language).into_owned();
    let Tally { placed, furniture, repeated, left_over } = imported.tally();
    let finding = |finding: &super::Remark| AccountFinding {
        code: finding.code.id(),
        place: finding.place.as_ref().map(|place| say(&place.shown())),
        text: say(&finding.text),
    };
    let part = |entry: AccountEntry<'a>| AccountPart {
        place: say(&entry.place.shown()),
        text: entry.text,
        fate: fate_id(entry.fate),
        to: entry.fate.and_then(|fate| destination(fate, imported)),
    };
    let total = placed + furniture + repeated + left_over;
    JsonAccount {
        document: name,
        standard: &imported.standard,
        projects: imported.model.projects.len(),
        indicators: imported.indicator_count(),
        characters: CharacterCounts { total, placed, furniture, repeated, left_over },
        findings: imported.findings().iter().map(finding).collect(),
        parts: entries(imported).map(part).collect(),
    }
}

struct AccountEntry<'a> {
    place: &'a DocumentPlace,
    text: &'a str,
    fate: Option<Use>,
}

/// Every part of the document in reading order; marks of word processors last.
fn entries(imported: &Imported) -> impl Iterator<Item = AccountEntry<'_>> {
    let reading = &imported.reading;
    let of_cell = |cell: u32| reading.account.parts(cell, &reading.cells);
    let parts = (0..reading.cells.len()).flat_map(of_cell).map(|(piece, fate)| {
        let cell = reading.cells.get(piece.cell);
        let text = &cell.text[piece.bytes.start as usize..piece.bytes.end as usize];
        AccountEntry { place: &cell.place, text: text.trim(), fate }
    });
    let marks = imported.marks.iter().map(|(place, text)| AccountEntry { place, text, fate: Some(Use::Furniture) });
    parts.chain(marks)
}

fn fate_id(fate: Option<Use>) -> &'static str {
    match fate {
        Some(Use::Placed(_)) => "placed",
        Some(Use::Furniture) => "furniture",
        Some(Use::Repeat) => "repeated",
        None => "left_over",
    }
}

/// `政府业务费.会议服务保障率.目标值`
fn destination(fate: Use, imported: &Imported) -> Option<String> {
    let Use::Placed(Destination { project, indicator, field }) = fate else { return None };
    let Some(project) = project.and_then(|index| imported.model.projects.get(index as usize)) else {
        return Some(field.to_owned());
    };
    let indicator = indicator.and_then(|index| project.indicators.get(index as usize));
    let names = std::iter::once(&project.name).chain(indicator.map(|indicator| &indicator.name));
    let path: Vec<&str> = names.map(|name| &*name.value).chain([field]).collect();
    Some(path.join("."))
}

/// The accounts as one page that stands alone.
pub fn html(imports: &[(String, &Imported)], language: Language) -> String {
    let say = |text: Text| text.in_language(language).into_owned();
    let title = say(texts::import_report());
    let body = html! {
        h1 { (title) }
        @for (name, imported) in imports { (section(name, imported, language)) }
    };
    page::stand_alone(&title, STYLE, language, body)
}

/// The account of one document, as a section of a page.
pub(crate) fn section(name: &str, imported: &Imported, language: Language) -> Markup {
    let say = |text: Text| text.in_language(language).into_owned();
    let place =
        |place: Option<&DocumentPlace>| place.map_or_else(|| say(texts::whole_document()), |place| say(place.shown()));
    let tally = imported.tally();
    let findings = imported.findings();
    html! {
        section {
            h2 { (name) }
            p.summary { (say(texts::imported(name, imported.model.projects.len(), imported.indicator_count(), &*imported.standard))) }
            table.tally {
                @for (label, count) in [
                    (texts::fate_placed(), tally.placed),
                    (texts::fate_furniture(), tally.furniture),
                    (texts::fate_repeated(), tally.repeated),
                    (texts::fate_left_over(), tally.left_over),
                ] {
                    tr { th scope="row" { (say(label)) } td { (count) } }
                }
            }
            @for code in TOLD {
                @let found: Vec<_> = findings.iter().filter(|finding| finding.code == code).collect();
                @if !found.is_empty() {
                    h3 { span.code { (code.id()) } " " (say(code.title())) " " span.count { (found.len()) } }
                    ul { @for one in found { li { span.place { (place(one.place.as_ref())) } " " (say(one.text.clone())) } } }
                }
            }
            details {
                summary { (say(texts::every_part())) }
                div.scroll { table.parts {
                    thead { tr {
                        th scope="col" { (say(texts::heading_place())) }
                        th scope="col" { (say(texts::heading_text())) }
                        th scope="col" { (say(texts::heading_fate())) }
                    } }
                    tbody {
                        @for entry in entries(imported) {
                            tr class=(fate_id(entry.fate)) {
                                td.place { (say(entry.place.shown())) }
                                td { (entry.text) }
                                td { (entry.fate.and_then(|fate| destination(fate, imported)).unwrap_or_else(|| say(match entry.fate {
                                    Some(Use::Placed(_)) => texts::fate_placed(),
                                    Some(Use::Furniture) => texts::fate_furniture(),
                                    Some(Use::Repeat) => texts::fate_repeated(),
                                    None => texts::fate_left_over(),
                                }))) }
                            }
                        }
                    }
                } }
            }
        }
    }
}
