//! What a person does on a page, and the edits that make it.

use serde::Deserialize;

use super::fact::{Address, FormFact, NotMade, shown};
use super::{value, year};
use crate::diagnostic::{Diagnostic, Edit, Language, texts};
use crate::edit::declaration::Declaration;
use crate::edit::{self, At, DeclaredLines, EditPlace, EditRefusal, Field, RemovedComments, Request, declaration_of};
use crate::editor::actions::excused_by;
use crate::language::Block;
use crate::model::standard::Standard;
use crate::model::{IndicatorId, Model};
use crate::source::{Sources, Span};
use crate::syntax::vocabulary;
use crate::workspace::Analysis;

/// Something to be done. Values are as a person types them; `was` is what they saw before, so that nothing is overwritten
/// that somebody else wrote in between.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum DeskChange {
    /// A fact gets another value; an empty one takes it out.
    Set {
        /// Of which thing.
        at: Address,
        /// Which of its facts.
        fact: FormFact,
        /// What was shown.
        was: String,
        /// What is to stand there.
        value: String,
        /// Written as it is, though it is not understood: its finding stands beside it.
        #[serde(default)]
        verbatim: bool,
    },
    /// An indicator comes into a project.
    Add {
        /// The project.
        at: Address,
        /// Its category.
        category: String,
        /// Its name.
        name: String,
        /// Its target.
        target: String,
        /// Written as it is, though it is not understood.
        #[serde(default)]
        verbatim: bool,
    },
    /// A thing goes, with all it holds.
    Remove {
        /// Which one.
        at: Address,
    },
    /// A file gets another text.
    Text {
        /// The file.
        path: String,
        /// The version of the file that the text was made from.
        version: u64,
        /// The whole of it.
        text: String,
    },
    /// What a finding offers is done.
    Mend {
        /// The finding.
        finding: FindingKey,
    },
    /// A finding is excused by a comment.
    Excuse {
        /// The finding.
        finding: FindingKey,
        /// Why.
        reason: String,
    },
    /// The last change is taken back.
    Undo,
    /// What was taken back is done again.
    Redo,
}

/// A finding by its code and its place.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct FindingKey {
    /// `JX061`
    pub code: String,
    /// Its file.
    pub path: String,
    /// Where it starts, in bytes.
    pub start: u32,
    /// Where it ends.
    pub end: u32,
}

/// The edits of a change of facts.
///
/// # Errors
/// Why it is not made.
pub fn edits(analysis: &Analysis, change: &DeskChange) -> Result<Vec<Edit>, NotMade> {
    let Analysis { model, sources, .. } = analysis;
    match change {
        DeskChange::Set { at, fact, was, value, verbatim } => {
            let placed = PlacedFact::find(analysis, at, fact)?;
            let now = placed.shown(analysis).unwrap_or_default();
            if now != *was && now != *value {
                return Err(NotMade::Conflict { now, yours: value.clone() });
            }
            if now == *value {
                return Ok(Vec::new());
            }
            set(analysis, &placed, value.trim(), *verbatim)
        }
        DeskChange::Add { at, category, name, target, verbatim } => {
            let thing = at.find(model)?;
            let name = vocabulary::written_name(name.trim());
            let statement = |target: &str| format!("指标 {} {name} {target}", category.trim());
            let mut refused = None;
            for target in value::targets(target, standard_of(model, &thing)) {
                let request =
                    Request::Add { to: thing.clone(), place: EditPlace::Usual, statement: statement(&target) };
                match edit::plan(model, sources, &request) {
                    Ok(patch) => return Ok(patch.into_edits()),
                    Err(refusal) => refused = refused.or(Some(refusal)),
                }
            }
            if *verbatim {
                return last_line(analysis, &thing, &value::in_one_line(&statement(target)));
            }
            Err(NotMade::refused(refused.unwrap_or(EditRefusal::NotFound)))
        }
        DeskChange::Remove { at } => {
            let request = Request::Remove { what: at.find(model)?, comments: RemovedComments::Go };
            planned(model, sources, &request)
        }
        DeskChange::Mend { finding } => {
            let found = find(analysis, finding)?;
            let fix = found.fix.as_ref().ok_or_else(|| NotMade::because(texts::desk_no_fix()))?;
            Ok(fix.edits.to_vec())
        }
        DeskChange::Excuse { finding, reason } => {
            let found = find(analysis, finding)?;
            let reason = value::in_one_line(reason);
            if reason.is_empty() {
                return Err(NotMade::because(texts::desk_reason_wanted()));
            }
            let edit = excused_by(analysis, found, &reason, Language::Chinese);
            Ok(vec![edit.ok_or_else(|| NotMade::because(texts::desk_no_excuse()))?])
        }
        DeskChange::Text { .. } | DeskChange::Undo | DeskChange::Redo => Ok(Vec::new()),
    }
}

fn planned(model: &Model, sources: &Sources, request: &Request) -> Result<Vec<Edit>, NotMade> {
    edit::plan(model, sources, request).map(edit::Patch::into_edits).map_err(NotMade::refused)
}

fn find<'a>(analysis: &'a Analysis, key: &FindingKey) -> Result<&'a Diagnostic, NotMade> {
    let is_it = |one: &&Diagnostic| {
        one.code.id() == key.code
            && one.span().is_some_and(|span| {
                (span.start, span.end) == (key.start, key.end) && analysis.sources.get(span.file).path == key.path
            })
    };
    analysis.diagnostics.iter().find(is_it).ok_or_else(|| NotMade::because(texts::desk_finding_gone()))
}

/// The standard in which a thing is read.
fn standard_of<'m>(model: &'m Model, thing: &At) -> Option<&'m Standard> {
    match thing {
        At::Project(id) | At::Indicator(IndicatorId { project: id, .. }) => Some(&model[model[*id].standard]),
        At::Department(id) => Some(&model[model[*id].standard]),
        At::File(_) | At::Span(_) | At::Line { .. } => None,
    }
}

/// A fact and what it is one of.
struct PlacedFact<'m> {
    thing: At,
    fact: FormFact,
    /// Whose fields the thing has.
    block: Block,
    standard: Option<&'m Standard>,
}

impl<'m> PlacedFact<'m> {
    /// # Errors
    /// Where there is no such thing, or several.
    fn find(analysis: &'m Analysis, at: &Address, fact: &FormFact) -> Result<Self, NotMade> {
        let model = &analysis.model;
        let named = at.find(model)?;
        let standard = standard_of(model, &named);
        let is_of_indicator = matches!(named, At::Indicator(_));
        let (thing, fact, block) = match fact {
            FormFact::ReportedLine(checkpoint, label) => {
                let block = if is_of_indicator { Block::Completion } else { Block::Execution };
                (year::reported_at(analysis, at, checkpoint)?, FormFact::Line(label.clone()), block)
            }
            other => (named, other.clone(), if is_of_indicator { Block::Indicator } else { Block::Project }),
        };
        Ok(Self { thing, fact, block, standard })
    }

    fn shown(&self, analysis: &Analysis) -> Option<String> {
        let declaration = declaration_of(&analysis.model, &analysis.sources, &self.thing).ok();
        let lines = declaration.as_ref().map(DeclaredLines::of);
        shown(analysis, lines.as_ref(), &self.thing, &self.fact)
    }

    /// The place of its value.
    fn span(&self, analysis: &Analysis) -> Option<Span> {
        let Analysis { model, sources, .. } = analysis;
        match (&self.thing, &self.fact) {
            (At::Indicator(id), FormFact::Target) => Some(model[*id].target.span),
            (At::Indicator(id), FormFact::Category) => Some(model[*id].category_span),
            (thing, FormFact::Line(label)) => {
                let declaration = declaration_of(model, sources, thing).ok()?;
                DeclaredLines::of(&declaration).value(model, &thing.clone().line(label))?.span
            }
            _ => None,
        }
    }
}

fn set(analysis: &Analysis, placed: &PlacedFact<'_>, value: &str, verbatim: bool) -> Result<Vec<Edit>, NotMade> {
    let PlacedFact { thing, fact, block, standard } = placed;
    let Analysis { model, sources, .. } = analysis;
    let one = |of: At, field: Field, value: Option<String>| Request::Set { of, values: vec![(field, value)] };
    let written = |spellings: Vec<String>, request: &dyn Fn(Option<String>) -> Request| {
        let mut refused = None;
        for spelling in spellings {
            match edit::plan(model, sources, &request(Some(spelling))) {
                Ok(patch) => return Ok(patch.into_edits()),
                Err(refusal) => refused = refused.or(Some(refusal)),
            }
        }
        Err(refused.unwrap_or(EditRefusal::NotHere))
    };
    let outcome = match fact {
        FormFact::Name => {
            let request = Request::Rename { what: thing.clone(), name: value.to_owned() };
            return planned(model, sources, &request);
        }
        FormFact::Code => {
            let request = one(thing.clone(), Field::Code, (!value.is_empty()).then(|| value.to_owned()));
            return planned(model, sources, &request);
        }
        FormFact::Category => written(vec![value.to_owned()], &|value| one(thing.clone(), Field::Category, value)),
        FormFact::Target => {
            let spellings = value::targets(value, *standard);
            written(spellings, &|value| one(thing.clone(), Field::Target, value))
        }
        FormFact::Line(label) if value.is_empty() => {
            return planned(model, sources, &one(thing.clone(), Field::Line(label.clone()), None));
        }
        FormFact::Line(label) => {
            let spellings = value::of_field(*block, label, value, *standard);
            written(spellings, &|value| one(thing.clone(), Field::Line(label.clone()), value))
        }
        FormFact::Part(line, label) => return part(analysis, thing, line, label, value),
        // A value of the year is written in its own way, and a line of it stands in its place already.
        FormFact::Reported(_) | FormFact::ReportedLine(..) => Err(EditRefusal::NotHere),
    };
    match outcome {
        Ok(edits) => Ok(edits),
        Err(_) if verbatim => {
            let place = placed.span(analysis).ok_or_else(|| NotMade::because(texts::edit_not_here()))?;
            Ok(vec![Edit { span: place, text: value::in_one_line(value) }])
        }
        Err(refusal) => Err(NotMade::refused(refusal)),
    }
}

/// A line in the block of a line: the block comes with its first line, and a fund source stays as a blank one.
fn part(analysis: &Analysis, thing: &At, line: &str, label: &str, value: &str) -> Result<Vec<Edit>, NotMade> {
    let Analysis { model, sources, .. } = analysis;
    let of = thing.clone().line(line);
    let value = (!value.is_empty()).then(|| value.to_owned());
    let request = Request::Set { of, values: vec![(Field::Line(label.to_owned()), value.clone())] };
    match (edit::plan(model, sources, &request), value) {
        (Ok(patch), _) => Ok(patch.into_edits()),
        // The line itself is not there yet.
        (Err(EditRefusal::NotFound), Some(value)) => {
            let statement = format!("{line} {{\n  {} {value}\n}}", vocabulary::written_name(label));
            let request = Request::Add { to: thing.clone(), place: EditPlace::Usual, statement };
            planned(model, sources, &request)
        }
        (Err(refusal), _) => Err(NotMade::refused(refusal)),
    }
}

/// A line put last into the block of a thing, whatever it says.
fn last_line(analysis: &Analysis, thing: &At, line: &str) -> Result<Vec<Edit>, NotMade> {
    let gone = || NotMade::because(texts::edit_not_here());
    let At::Project(id) = thing else { return Err(gone()) };
    let head = analysis.model[*id].span;
    let text = &analysis.sources.get(head.file).text;
    let declaration = Declaration::starting_at(head.file, text, head.start as usize);
    let own = &text[declaration.bytes.clone()];
    let end = own.rfind(['}', '｝']).ok_or_else(gone)?;
    let start = own[..end].rfind('\n').map_or(end, |newline| newline + 1);
    let place = declaration.bytes.start + start;
    Ok(vec![Edit { span: Span::new(head.file, place, place), text: format!("  {line}\n") }])
}
