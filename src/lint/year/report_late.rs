//! JX163: a checkpoint was reported later than the standard allows.

use super::{Check, Findings, ReportedYear, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::year::SnapshotKind;

pub const RULE: Rule = Rule { codes: &[Code::JX163], check: Check::Year(check) };

fn check(year: &ReportedYear<'_>, found: &mut Findings) {
    let within = year.standard().and_then(|standard| standard.monitoring.report_within.as_ref());
    let Some(within) = within else { return };
    for snapshot in year.record.snapshots().filter(|one| one.kind == SnapshotKind::Monitoring) {
        let (Some(at), Some(filed)) = (&snapshot.checkpoint, &snapshot.filed) else { continue };
        let days = filed.value.in_year(year.year).number() - at.value.in_year(year.year).number();
        if days > i64::from(within.value) {
            let message = texts::report_late(days.to_string(), within.value.to_string());
            found.push(Diagnostic::new(Code::JX163, message, filed.span, texts::filed_on_here()));
        }
    }
}
