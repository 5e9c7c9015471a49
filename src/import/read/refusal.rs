//! Why a file is not imported: the findings that a reader ends with.

use crate::diagnostic::{Code, Diagnostic, Text, texts};

/// JX602: what the file holds cannot be read.
pub fn damaged(name: &str, reason: Text) -> Diagnostic {
    let finding = Diagnostic::without_place(Code::JX602, texts::damaged_document(name, reason));
    finding.help(texts::send_again())
}

/// JX603: the file asks for a password.
pub fn locked(name: &str) -> Diagnostic {
    let finding = Diagnostic::without_place(Code::JX603, texts::locked_document(name));
    finding.help(texts::save_without_password())
}

/// JX604: a limit is passed; `what` says which.
pub fn too_large(name: &str, what: Text) -> Diagnostic {
    let finding = Diagnostic::without_place(Code::JX604, texts::document_too_large(name, what));
    finding.help(texts::split_document())
}

/// JX604 for the cells of a document.
pub fn too_many_cells(name: &str) -> Diagnostic {
    too_large(name, texts::limit_cells(super::limits::CELLS))
}
