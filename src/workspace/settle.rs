//! What becomes of the findings of a file: levels, excuses, order, and what only the standard knows.

use std::collections::BTreeMap;

use super::offer::{self, TriedFixes};
use super::reading::{Base, Found};
use crate::control::{Excused, Levels, Suppressions};
use crate::diagnostic::{self, Code, Diagnostic, texts};
use crate::model::standard::{Level, Standard};
use crate::source::FileId;
use crate::syntax;

/// The findings that are wanted, by file, with their severities and in the order of the work.
pub fn by_file(found: Vec<Found>, base: &Base, levels: &Levels<'_>) -> BTreeMap<Option<FileId>, Vec<Found>> {
    let mut files: BTreeMap<Option<FileId>, Vec<Found>> = BTreeMap::new();
    for mut one in found {
        let file = one.diagnostic.span().map(|span| span.file);
        if levels.apply(&mut one.diagnostic, file.map(|file| base.standard_in(file))) {
            files.entry(file).or_default().push(one);
        }
    }
    for file in base.files.iter().filter(|file| file.pieces.is_some()) {
        // A comment that excuses nothing is a finding where there is none.
        files.entry(Some(file.id)).or_default();
    }
    for found in files.values_mut() {
        in_order(found);
    }
    files
}

/// Puts the findings of a file in the order of their places, and of the work.
pub fn in_order(found: &mut [Found]) {
    found.sort_by_key(|one| (one.diagnostic.span(), one.diagnostic.code, one.owner));
}

/// The findings of a file that count, and those that its comments excuse.
pub fn settle(
    file: Option<FileId>,
    mut found: Vec<Diagnostic>,
    base: &Base,
    levels: &Levels<'_>,
    fixes: &mut TriedFixes,
) -> (Vec<Diagnostic>, Vec<Excused>) {
    let Some(file) = file else { return (found, Vec::new()) };
    let standard = base.standard_in(file);
    let pieces = base.file(file).and_then(|file| file.pieces.as_ref());
    let chunks = pieces.into_iter().flatten().map(|piece| &piece.chunk);
    let mut own = Vec::new();
    let mut suppressions = Suppressions::read(file, &base.analysis.sources.get(file).text, chunks, &mut own);
    own.retain_mut(|diagnostic| levels.apply(diagnostic, Some(standard)));
    if !own.is_empty() {
        found.extend(own);
        diagnostic::sort(&mut found);
    }
    if levels.wishes.fixes_of_errors_alone {
        found.iter_mut().filter(|one| !one.is_error()).for_each(|one| one.fix = None);
    }
    offer::keep_what_holds(file, &mut found, base, fixes);
    let excused = suppressions.excuse(&mut found);
    let mut unused = suppressions.unused(|code| levels.level(code, Some(standard)) != Level::Off);
    unused.retain_mut(|diagnostic| levels.apply(diagnostic, Some(standard)));
    if !unused.is_empty() {
        found.extend(unused);
        diagnostic::sort(&mut found);
    }
    finish(&mut found, standard);
    (found, excused)
}

/// Caps the syntax errors of a file, and fills in what only the standard knows.
fn finish(found: &mut Vec<Diagnostic>, standard: &Standard) {
    syntax::cap(found);
    syntax::cap_each(found);
    for diagnostic in found.iter_mut().filter(|one| one.code == Code::JX210 && one.help.is_none()) {
        diagnostic.help = unit_examples(standard);
    }
}

/// The units that the standard names as the usual ones.
fn unit_examples(standard: &Standard) -> Option<diagnostic::Text> {
    let examples = standard.words("常用单位").words();
    (!examples.is_empty()).then(|| texts::units_such_as(examples.join(" "), &standard.name))
}
