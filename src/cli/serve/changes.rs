//! What git knows of the office that is served.

use std::path::Path;

use crate::backend::ChangesSince;
use crate::cli::Failure;
use crate::cli::files::{SETTINGS_FILE, Selection, shown};
use crate::cli::repository::Repository;
use crate::cli::revisions::versions;
use crate::desk::Changes;
use crate::diagnostic::{Language, Text, texts};
use crate::diff::{self, Side};
use crate::review::{Review, Version, told};
use crate::workspace::{VersionInput, Versions};

/// What changed since the last commit.
pub fn since_last_commit(folder: &Path, language: Language) -> Changes {
    Changes(told_since(folder, language).map_err(reason))
}

fn told_since(folder: &Path, language: Language) -> Result<ChangesSince, Failure> {
    let (old, new) = versions(&[shown(folder)], &[], language)?;
    let input = |selection: Selection| VersionInput { files: selection.inputs, settings: selection.settings };
    let [before, after] = Versions::default().read(input(old.selection), input(new.selection));
    let [before, after] = [&before, &after].map(|one| Side { model: &one.model, sources: &one.sources });
    let comparison = diff::compare(before, after);
    let version = |name, side| Version { name, side, errors: 0 };
    let review = Review::unasked(&comparison.changes, version(old.name, before), version(new.name, after));
    Ok(told(&review, language))
}

/// Commits the sources of the office, and nothing else that lies there.
///
/// # Errors
/// What git says.
pub fn commit(folder: &Path, message: &str) -> Result<(), Text> {
    let message = message.trim();
    if message.is_empty() {
        return Err(texts::desk_message_wanted());
    }
    let settings = folder.join(SETTINGS_FILE).is_file().then_some(SETTINGS_FILE);
    let paths: Vec<&str> = std::iter::once("*.jx").chain(settings).collect();
    let repository = Repository::around(folder).map_err(reason)?;
    let git = |options: &[&str]| repository.must(&[options, &["--"], &paths].concat()).map(drop).map_err(reason);
    git(&["add", "-A"])?;
    git(&["commit", "-q", "-m", message])
}

fn reason(failure: Failure) -> Text {
    let Failure::Told(told) = failure;
    told.message.clone()
}
