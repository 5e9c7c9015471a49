//! JX110: a project is not what its approval says.
//!
//! Serves 完整性. Targets are never touched after their approval, so that an adjustment explains no difference: what changes
//! stands in the adjustment, and the targets stay. Of several approvals the latest that names a project counts.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::DepartmentId;
use crate::model::year::{Fingerprint, NamedThing, fingerprint};
use crate::syntax::vocabulary::written_name;

pub const RULE: Rule = Rule { codes: &[Code::JX110], check: Check::Group(check) };

fn check(context: &Context<'_>, department: Option<DepartmentId>, found: &mut Findings) {
    let year = context.fiscal_year(department);
    let mut approvals: Vec<_> = context.record(department).approvals().collect();
    if approvals.is_empty() {
        return;
    }
    // Stable: those of one day stay in the order of the files.
    approvals.sort_by_key(|one| one.date.as_ref().map(|date| date.value.in_year(year)));
    let mut approved: BTreeMap<NamedThing, &Fingerprint> = BTreeMap::new();
    let mut gone: BTreeMap<_, &Fingerprint> = BTreeMap::new();
    for line in approvals.iter().flat_map(|one| &one.fingerprints) {
        match line.subject.named {
            Some(named) => drop(approved.insert(named, line)),
            None if line.subject.indicator.is_none() => drop(gone.insert(line.subject.key(), line)),
            // That it names an indicator is told where it is read.
            None => {}
        }
    }
    // A name that was not understood may be the one.
    let heads_are_read = context.projects_of(department).all(|(_, project)| !project.damage.head);
    for line in gone.values() {
        if !heads_are_read {
            found.cannot_tell(Code::JX110, line.span);
            continue;
        }
        let message = texts::approved_is_gone(line.subject.path());
        let finding = Diagnostic::new(Code::JX110, message, line.span, texts::approved_is_gone_here());
        found.push(finding.help(texts::approved_is_gone_help()));
    }
    let mut compare = |line: &Fingerprint, stands: Option<String>, place| match stands {
        None => found.cannot_tell(Code::JX110, place),
        Some(sign) if sign == *line.sign.value => {}
        Some(_) => {
            let message = texts::changed_after_approval(line.subject.path());
            let finding = Diagnostic::new(Code::JX110, message, place, texts::changed_after_approval_here());
            let finding = finding.label(line.span, texts::approved_here());
            found.push(finding.help(texts::changed_after_approval_help()));
        }
    };
    if let Some((id, line)) = department.zip(approved.get(&NamedThing::Department)) {
        compare(line, fingerprint::of_department(context, id), context[id].span);
    }
    // A line that was not understood may be the one that names a project.
    let is_partly_unread = approvals.iter().any(|one| one.is_damaged);
    let mut unnamed = BTreeSet::new();
    for (id, project) in context.projects_of(department) {
        match approved.get(&NamedThing::Project(id)) {
            Some(line) => compare(line, fingerprint::of_project(context, id), project.span),
            None => drop(unnamed.insert(id)),
        }
    }
    for id in unnamed {
        let project = &context[id];
        let Some(sign) = fingerprint::of_project(context, id).filter(|_| !is_partly_unread) else {
            found.cannot_tell(Code::JX110, project.span);
            continue;
        };
        let message = texts::not_among_approved(&*project.name.value);
        let finding = Diagnostic::new(Code::JX110, message, project.span, texts::not_among_approved_here());
        found.push(finding.help(texts::not_among_approved_help(written_name(&project.name.value), sign)));
    }
}
