//! Paths and what goes wrong with them, in words for people.

use std::io::{Error, ErrorKind};
use std::path::Path;

use crate::diagnostic::{Code, Diagnostic, Text, texts};

/// A path as people read it: with `/`, without a leading `./`.
pub fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    // Elsewhere the other slash is a sign like any other.
    let text = if cfg!(windows) { text.replace('\\', "/") } else { text };
    text.strip_prefix("./").filter(|rest| !rest.is_empty()).map_or(text.clone(), str::to_owned)
}

/// The folder itself where a path names none.
pub fn or_here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

pub fn reason(error: &Error) -> Text {
    match error.kind() {
        ErrorKind::NotFound => texts::no_such_file(),
        ErrorKind::PermissionDenied => texts::no_permission(),
        ErrorKind::AlreadyExists | ErrorKind::DirectoryNotEmpty => texts::exists_already(),
        ErrorKind::ReadOnlyFilesystem => texts::is_read_only(),
        ErrorKind::IsADirectory => texts::is_a_folder(),
        _ => Text::same(error.to_string()),
    }
}

/// That something cannot be read (JX907).
pub fn cannot_read(path: &Path, reason: Text) -> Diagnostic {
    Diagnostic::without_place(Code::JX907, texts::cannot_read(shown(path), reason))
}

/// That what lies at a path is no file with an end: to read it could take forever.
pub fn no_regular_file(path: &Path) -> Diagnostic {
    cannot_read(path, texts::is_no_regular_file()).help(texts::pipe_help())
}
