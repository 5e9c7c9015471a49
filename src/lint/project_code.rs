//! JX010, JX011, JX012: a project code does not have the standard's form, its check sign does not fit, or it contradicts
//! the document.
//!
//! Serves 规范性. The form is data of the standard (`项目编码 { … }`); 21 signs are national (PRO_CODE, known by name). The
//! check formula was inferred from published codes, so JX011 warns and never blocks.

use std::collections::BTreeMap;

use super::{Check, Context, Findings, Rule};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::code::{Fault, check_sign, region_in, segments};
use crate::model::{DepartmentId, Project, Text};

pub const RULE: Rule = Rule { codes: &[Code::JX010, Code::JX011], check: Check::Project(check) };
pub const DEPARTMENT_RULE: Rule = Rule { codes: &[Code::JX012], check: Check::Department(check_consistency) };

fn check(context: &Context<'_>, project: &Project, found: &mut Findings) {
    let standard = &context[project.standard];
    let (Some(code), Some(form)) = (&project.code, &standard.code_form) else { return };
    let written = &*code.value;
    if let Err(fault) = segments(form, written) {
        let message = match fault {
            Fault::Length { found, wanted } => texts::code_length(written, found, wanted),
            Fault::Sign(sign) => texts::code_sign(written, sign),
        };
        let help = match fault {
            Fault::Length { .. } => {
                let names: Vec<String> =
                    form.segments.iter().map(|(name, length)| format!("{name} {length}")).collect();
                texts::code_form(names.join(" · "))
            }
            Fault::Sign(_) => texts::code_alphabet(&form.alphabet),
        };
        let label = texts::code_length_here(&standard.name);
        found.push(Diagnostic::new(Code::JX010, message, code.span, label).help(help));
    } else {
        let last = written.chars().last();
        if let (Some(wanted), Some(last)) = (check_sign(form, written), last)
            && wanted != last
        {
            let message = texts::code_check_sign(written, last, wanted);
            found.push(
                Diagnostic::new(Code::JX011, message, code.span, texts::code_check_sign_here())
                    .help(texts::code_check_sign_help()),
            );
        }
    }
}

/// The segments of the department's codes that say a year or a region agree with the document and with each other.
fn check_consistency(context: &Context<'_>, id: DepartmentId, found: &mut Findings) {
    let department = &context[id];
    let standard = &context[department.standard];
    let Some(form) = &standard.code_form else { return };
    let codes: Vec<(&Text, Vec<(&str, &str)>)> = context
        .projects_of(Some(id))
        .filter_map(|(_, project)| project.code.as_ref())
        .filter_map(|code| Some((code, segments(form, &code.value).ok()?)))
        .collect();
    let segment = |segments: &[(&str, &str)], name: &str| {
        segments.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned())
    };
    if let Some(year) = &department.year {
        let wanted = format!("{:02}", year.value % 100);
        for (code, segments) in &codes {
            if let Some(found_year) = segment(segments, "年度").filter(|text| *text != wanted) {
                let message = texts::code_year(found_year, u32::from(year.value));
                found.push(
                    Diagnostic::new(Code::JX012, message, code.span, texts::code_contradicts_here())
                        .label(year.span, texts::year_stated_here()),
                );
            }
        }
    }
    let mut regions: BTreeMap<String, usize> = BTreeMap::new();
    for (_, segments) in &codes {
        *regions.entry(region_in(segments).unwrap_or_default().to_owned()).or_default() += 1;
    }
    let usual = regions.iter().max_by_key(|(_, count)| **count).map(|(region, _)| region.clone()).unwrap_or_default();
    for (code, segments) in &codes {
        if let Some(region) = region_in(segments).filter(|region| *region != usual && codes.len() > 2) {
            let message = texts::code_region(region, &usual);
            found.push(Diagnostic::new(Code::JX012, message, code.span, texts::code_contradicts_here()));
        }
    }
}
