//! The facts that a page shows of a thing, how a change names them, and what stands there.

use serde::Deserialize;

use crate::diagnostic::{Diagnostic, Text};
use crate::edit::{self, At, DeclaredLines, EditRefusal};
use crate::model::{IndicatorId, Model, ProjectId};
use crate::workspace::Analysis;

/// A thing by its names; a name alone where only one thing has it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Address {
    /// Of the department.
    pub department: Option<String>,
    /// Its name or code.
    pub project: Option<String>,
    /// Of the indicator; none for the project itself.
    pub indicator: Option<String>,
}

/// Which fact of a thing.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FormFact {
    /// The name in the head.
    Name,
    /// The code in the head.
    Code,
    /// The category of an indicator.
    Category,
    /// The target of an indicator.
    Target,
    /// A line in the block, by its label in either language.
    Line(String),
    /// A line in the block of a line: a fund source of `预算`, a checkpoint of `支出计划`.
    Part(String, String),
    /// What was reported of an indicator at a checkpoint, or spent of a project by then.
    Reported(String),
    /// What is said of that, by its label: why it deviates, whether the target will be reached.
    ReportedLine(String, String),
}

/// Why a change was not made.
#[derive(Clone, Debug)]
pub enum NotMade {
    /// For a reason that a person can mend.
    Refused {
        /// In a sentence.
        reason: Text,
        /// What the compiler says of it, where it does.
        finding: Option<Box<Diagnostic>>,
        /// Whether it may be written as it is.
        may_be_verbatim: bool,
    },
    /// Somebody changed the same in between.
    Conflict {
        /// What stands there now.
        now: String,
        /// What was to stand there.
        yours: String,
    },
}

impl NotMade {
    /// What `edit` refuses.
    pub(super) fn refused(refusal: EditRefusal) -> Self {
        let reason = refusal.text();
        let finding = match refusal {
            EditRefusal::Mistake(found) => Some(Box::new(found)),
            _ => None,
        };
        let may_be_verbatim = finding.is_some();
        Self::Refused { reason, finding, may_be_verbatim }
    }

    /// For a reason that nothing can be done about as it stands.
    pub fn because(reason: Text) -> Self {
        Self::Refused { reason, finding: None, may_be_verbatim: false }
    }
}

impl Address {
    /// What it names.
    ///
    /// # Errors
    /// Where none or several have these names.
    pub fn find(&self, model: &Model) -> Result<At, NotMade> {
        edit::find(model, self.department.as_deref(), self.project.as_deref(), self.indicator.as_deref())
            .map_err(NotMade::refused)
    }
}

/// What a form shows of a fact: the words of a text, else the value as it is written. `lines` are those of the declaration
/// that the thing stands in.
pub fn shown(
    analysis: &Analysis,
    lines: Option<&DeclaredLines<'_, '_>>,
    thing: &At,
    fact: &FormFact,
) -> Option<String> {
    let model = &analysis.model;
    match (thing, fact) {
        (At::Department(id), FormFact::Name) => Some(model[*id].name.value.to_string()),
        (At::Project(id), FormFact::Name) => Some(model[*id].name.value.to_string()),
        (At::Indicator(id), FormFact::Name) => Some(model[*id].name.value.to_string()),
        (At::Project(id), FormFact::Code) => model[*id].code.as_ref().map(|code| code.value.to_string()),
        (At::Department(id), FormFact::Code) => model[*id].code.as_ref().map(|code| code.value.to_string()),
        (At::Indicator(id), FormFact::Category) => Some(analysis.sources.slice(model[*id].category_span).to_owned()),
        (At::Indicator(id), FormFact::Target) => Some(analysis.sources.slice(model[*id].target.span).to_owned()),
        (_, FormFact::Line(label)) => Some(lines?.value(model, &thing.clone().line(label))?.shown),
        (_, FormFact::Part(line, label)) => Some(lines?.value(model, &thing.clone().line(line).line(label))?.shown),
        _ => None,
    }
}

/// The project that an address lies in.
pub fn project_of(thing: &At) -> Option<ProjectId> {
    match thing {
        At::Project(id) | At::Indicator(IndicatorId { project: id, .. }) => Some(*id),
        At::File(_) | At::Department(_) | At::Span(_) | At::Line { .. } => None,
    }
}
