//! Conflicts that git left in a text: where they are, and the text with ours alone in its place.
//!
//! ```text
//! <<<<<<< ours 项目.指标 指标值
//!   指标 数量 宣传场次 ≥ 8 次
//! =======
//!   指标 数量 宣传场次 ≥ 10 次
//! >>>>>>> theirs 项目.指标 指标值
//! ```
//!
//! One conflict is one error: the markers and the other side are read as blanks, so that the rest of the file, and every
//! place in it, is understood.

use std::ops::Range;
use std::sync::Arc;

use super::split::scan_line;
use super::{Bytes, MAXIMUM_SYNTAX_ERRORS, Statement, StatementKind, Tree};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::source::{FileId, Span};

/// The conflicts of a text, and what is read in their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflicts {
    /// Whole lines from marker to marker, without the last line end, in order.
    pub regions: Vec<Region>,
    /// The text with blanks for markers and for theirs: as long as the text, with the same lines.
    pub masked: Arc<str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    pub bytes: Range<usize>,
    /// The line of the first marker.
    pub marker: Range<usize>,
    pub ours: Range<usize>,
    pub theirs: Range<usize>,
}

const SIZE: usize = 7;

/// The conflicts of a text; none where it has none.
pub fn conflicts(text: &str) -> Option<Arc<Conflicts>> {
    // Most texts have none: a look for the sign is all they cost.
    if !text.contains("<<<<<<<") && !text.contains(">>>>>>>") {
        return None;
    }
    let mut regions = Vec::new();
    let mut open: Option<OpenConflict> = None;
    let mut start = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end_matches(['\n', '\r']);
        let range = start..start + line.len();
        let next = start + whole.len();
        match (marker(line), &mut open) {
            // What both sides began with may itself be a conflict, which git marks by longer lines.
            (Some((_, size)), Some(one)) if size > one.size && one.is_in_base() => {}
            (Some(('<', size)), _) => {
                regions.extend(open.take().map(|lost| lone(lost.marker)));
                open = Some(OpenConflict { size, marker: range, ours: next, ours_end: None, theirs: None });
            }
            (Some(('|', size)), Some(one)) if one.size == size && one.ours_end.is_none() => one.ours_end = Some(start),
            (Some(('=', size)), Some(one)) if one.size == size && one.theirs.is_none() => {
                one.ours_end.get_or_insert(start);
                one.theirs = Some(next);
            }
            (Some(('>', size)), Some(one)) if one.size == size && one.theirs.is_some() => {
                let theirs = one.theirs.unwrap_or(start)..start;
                regions.push(Region {
                    bytes: one.marker.start..range.end,
                    marker: one.marker.clone(),
                    ours: one.ours..one.ours_end.unwrap_or(start),
                    theirs,
                });
                open = None;
            }
            (Some(('>', _)), None) => regions.push(lone(range)),
            _ => {}
        }
        start = next;
    }
    regions.extend(open.map(|lost| lone(lost.marker)));
    if regions.is_empty() {
        return None;
    }
    let masked = masked(text, &regions).into();
    Some(Arc::new(Conflicts { regions, masked }))
}

/// A conflict whose end is not found yet.
struct OpenConflict {
    size: usize,
    marker: Range<usize>,
    ours: usize,
    /// Where ours ends: before the common text that some styles show, else before theirs.
    ours_end: Option<usize>,
    theirs: Option<usize>,
}

impl OpenConflict {
    fn is_in_base(&self) -> bool {
        self.ours_end.is_some() && self.theirs.is_none()
    }
}

/// A marker without its others.
fn lone(marker: Range<usize>) -> Region {
    Region { ours: marker.end..marker.end, theirs: marker.end..marker.end, bytes: marker.clone(), marker }
}

/// The sign and the size of a marker: at the start of a line, then a blank or nothing.
fn marker(line: &str) -> Option<(char, usize)> {
    let sign = line.chars().next().filter(|sign| matches!(sign, '<' | '|' | '=' | '>'))?;
    let rest = line.trim_start_matches(sign);
    let size = line.len() - rest.len();
    let is_marker = size >= SIZE && (rest.is_empty() || rest.starts_with(' ') && sign != '=');
    is_marker.then_some((sign, size))
}

fn masked(text: &str, regions: &[Region]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for region in regions {
        for part in [region.bytes.start..region.ours.start, region.ours.end..region.bytes.end] {
            for byte in bytes[part].iter_mut().filter(|byte| !matches!(byte, b'\n' | b'\r')) {
                *byte = b' ';
            }
        }
    }
    // Whole lines became blanks: no sign is cut.
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

impl Conflicts {
    /// Drops the mistakes inside conflicts: who settles those settles these.
    pub(super) fn take_over(&self, found: &mut Vec<Diagnostic>) {
        let inside = |span: Span| {
            let before = self.regions.partition_point(|region| region.bytes.start <= span.start as usize);
            self.regions[..before].last().is_some_and(|region| span.end as usize <= region.bytes.end)
        };
        found.retain(|one| one.span().is_none_or(|span| !inside(span)));
    }

    /// Reports the conflicts that begin in a chunk, and marks what lies in any as broken, so that nothing that follows from
    /// it is reported.
    pub(super) fn report(&self, file: FileId, text: &str, chunk: &Range<usize>, tree: &mut Tree) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        // Invariant: regions and heads stand in the order of the text, none in another.
        let first = self.regions.partition_point(|region| region.bytes.end <= chunk.start);
        for region in self.regions[first..].iter().take_while(|region| region.bytes.start < chunk.end) {
            if chunk.contains(&region.marker.start) {
                // Names are looked for as long as the findings are shown.
                let is_shown = found.len() < MAXIMUM_SYNTAX_ERRORS;
                let name = if is_shown { subject(text, region, tree) } else { None };
                let span = Span::new(file, region.marker.start, region.marker.end);
                let message = match name {
                    Some(name) => texts::unresolved_conflict_of(name),
                    None => texts::unresolved_conflict(),
                };
                let label = texts::conflict_here();
                found.push(Diagnostic::new(Code::JX213, message, span, label).help(texts::conflict_help()));
            }
            let first = tree.statements.partition_point(|statement| statement.head.end as usize <= region.bytes.start);
            let reached = |statement: &&mut Statement| (statement.head.start as usize) < region.bytes.end;
            tree.statements[first..].iter_mut().take_while(reached).for_each(|statement| statement.broken = true);
        }
        found
    }
}

/// What a conflict is about: the indicator in it or around it, else the project.
fn subject(text: &str, region: &Region, tree: &Tree) -> Option<String> {
    let written = text[region.marker.clone()].trim_start_matches('<').trim();
    if let Some((_, about)) = written.split_once(' ').filter(|(side, _)| *side == "ours") {
        return Some(about.to_owned());
    }
    let inside = |bytes: Bytes| region.ours.contains(&(bytes.start as usize));
    let first = tree.statements.iter().position(|one| inside(one.head));
    let name_of = |index: usize| {
        let statement = &tree.statements[index];
        let place = usize::from(statement.kind == StatementKind::Indicator || statement.values.len() > 1);
        let value = tree.values[statement.values.start as usize..statement.values.end as usize].get(place)?;
        Some(text[value.bytes.start as usize..value.bytes.end as usize].to_owned())
    };
    let around =
        |index: &usize| first.is_some_and(|first| *index <= first && tree.statements[*index].end as usize > first);
    let known = (0..tree.statements.len()).filter(around).filter(|index| {
        let kind = tree.statements[*index].kind;
        matches!(kind, StatementKind::Indicator | StatementKind::Project)
    });
    let mut names: Vec<String> = known.filter_map(name_of).collect();
    if names.is_empty() {
        // Ours has nothing there: the other side says what it was.
        let line = scan_line(text, region.theirs.start);
        let words: Vec<&str> = text[line.content].split_whitespace().collect();
        if let [label, _, name, ..] = words[..]
            && (label == super::vocabulary::INDICATOR.0 || label == super::vocabulary::INDICATOR.1)
        {
            names.push(name.to_owned());
        }
    }
    (!names.is_empty()).then(|| names.join("."))
}
