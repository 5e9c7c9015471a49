//! The office's documents in every format that is one file.

use super::Desk;
use crate::backend::{ALL, Memory, RenderOptions, Scope};
use crate::diagnostic::{Language, Text, texts};
use crate::model::DepartmentId;

/// A document to be taken away.
pub struct Exported {
    /// Its file name.
    pub name: String,
    /// The whole of it.
    pub bytes: Vec<u8>,
}

/// The formats that a page offers: those that make one file of a department.
pub const FORMATS: [&str; 6] = ["html", "docx", "xlsx", "ofd", "csv", "json"];

/// A department in a format.
///
/// # Errors
/// Why there is none: it has errors, or there is no such format or department.
pub fn export(desk: &Desk, format: &str, department: usize, language: Language) -> Result<Exported, Text> {
    let analysis = desk.analysis();
    if analysis.has_errors() {
        return Err(texts::desk_has_errors());
    }
    let model = &analysis.model;
    let id = department.checked_sub(1).map(|index| DepartmentId(index as u32));
    let is_there = id.is_none_or(|id| (id.0 as usize) < model.departments.len());
    let backend = ALL.iter().find(|backend| backend.name() == format && FORMATS.contains(&format));
    let backend = backend.filter(|_| is_there).ok_or_else(texts::desk_no_such_document)?;
    let mut made = Memory::default();
    let options = RenderOptions { language, byte_order_mark: format == "csv", ..RenderOptions::default() };
    // What is held in memory can be written.
    let _ = backend.render(model, Scope::Department(id), &options, &mut made);
    let only = made.0.pop().filter(|_| made.0.is_empty()).ok_or_else(texts::desk_no_such_document)?;
    let name = only.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Exported { name, bytes: only.bytes })
}
