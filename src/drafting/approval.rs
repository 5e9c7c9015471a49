//! An approval of everything that a department has.

use super::{declaration, refused};
use crate::diagnostic::{Diagnostic, texts};
use crate::language::{Field, Keyword, quoted};
use crate::model::calendar::Day;
use crate::model::year::{YearSubject, fingerprint};
use crate::model::{DepartmentId, Model};

/// `批复 2025-01-20 "文号" { 指纹 … }`: a fingerprint of each project and of the department.
///
/// # Errors
/// JX707 where something was not understood whole, and so has no fingerprint.
pub fn approval(model: &Model, id: DepartmentId, day: Day, document: &str) -> Result<String, Diagnostic> {
    let subject = |project| YearSubject { span: model[id].span, project, indicator: None, named: None };
    let projects = model
        .projects_of(Some(id))
        .map(|(of, project)| (subject(Some(project.name.value.clone())), fingerprint::of_project(model, of)));
    let all = projects.chain([(subject(None), fingerprint::of_department(model, id))]);
    let mut lines = Vec::new();
    for (subject, sign) in all {
        let path = subject.path();
        let sign = sign.ok_or_else(|| refused(texts::approve_not_understood(&*path), None))?;
        lines.push(format!("{} {path} {}", Field::Fingerprint.name, quoted(&sign)));
    }
    Ok(declaration(Keyword::Approval, &format!("{day} {}", quoted(document)), &lines))
}
