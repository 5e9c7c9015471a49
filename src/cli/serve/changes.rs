//! What git knows of the office that is served.

use std::path::Path;

use crate::cli::Failure;
use crate::cli::files::{SETTINGS_FILE, shown};
use crate::cli::repository::Repository;
use crate::cli::revisions::versions;
use crate::desk::{Changes, ListedChange};
use crate::diagnostic::{Language, Text, texts};
use crate::diff::{self, Side};
use crate::workspace::{Analysis, VersionInput, Versions};

/// What changed since the last commit.
pub fn since_last_commit(folder: &Path, language: Language) -> Changes {
    Changes(lines(folder, language).map_err(reason))
}

fn lines(folder: &Path, language: Language) -> Result<Vec<ListedChange>, Failure> {
    let (old, new) = versions(&[shown(folder)], &[], language)?;
    let [old, new] = [old, new].map(|version| {
        let selection = version.selection;
        VersionInput { files: selection.inputs, settings: selection.settings }
    });
    let [old, new] = Versions::default().read(old, new);
    let comparison = diff::compare(side(&old), side(&new));
    Ok(comparison.changes.iter().map(|change| ListedChange::of(change, language)).collect())
}

fn side(analysis: &Analysis) -> Side<'_> {
    Side { model: &analysis.model, sources: &analysis.sources }
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
