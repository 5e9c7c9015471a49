//! `build --since`: what changed in what is built since a version of the repository, for the report to tell.

use super::Failure;
use super::artifacts::chosen;
use super::diff::Checked;
use super::files::Selection;
use super::output::{Terminal, cannot};
use super::revisions::{self, ComparedVersion};
use crate::backend::ChangesSince;
use crate::diagnostic::{Code, texts};
use crate::diff;
use crate::review::{Review, told};

/// # Errors
/// JX911 where no format that is asked for tells of changes.
pub fn refuse_untold(formats: &[String]) -> Result<(), Failure> {
    let is_told = chosen(formats).any(|format| format.name() == "html");
    if is_told { Ok(()) } else { Err(cannot(Code::JX911, texts::since_needs_html())) }
}

/// What of some paths stood in a revision.
///
/// # Errors
/// There is no repository around them (JX701), no such revision (JX702), a path lies outside (JX703), or something of it
/// cannot be read: what is not read would look like what is not there.
pub fn version(revision: &str, paths: &[String]) -> Result<ComparedVersion, Failure> {
    let mut version = revisions::before(revision, paths)?;
    if version.selection.unreadable.is_empty() {
        return Ok(version);
    }
    Err(Failure::Told(version.selection.unreadable.remove(0)))
}

/// The changes from a version to what is built. The two are held together, as far as their comparison needs, until its lines
/// are made.
pub fn changes(old: ComparedVersion, new: Selection, terminal: &Terminal) -> ChangesSince {
    let new = ComparedVersion { name: texts::working_tree(), selection: new };
    let [old, new] = Checked::both(old, new, terminal);
    let comparison = diff::compare(old.side(), new.side());
    let review = Review::unasked(&comparison.changes, old.version(), new.version());
    if review.old.errors > 0 {
        terminal.note(&texts::errors_in_version(review.old.name.clone(), review.old.errors));
    }
    told(&review, terminal.language)
}
