//! The door through which every fix goes: what it writes is read back before anybody is offered it. A fix that leaves its
//! mistake, brings another or takes a target away is withdrawn; where another set of values would reach a target, or an
//! amount would be another, its title says so.
//!
//! Read back is what the edits lie in, under the heads around it: an indicator whole, any other line alone, and the whole
//! declarations where an edit changes braces or lines. What rules of the field say is not asked again here: they make
//! their fixes from what they know, and a test makes every one of them.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::reading::{Base, Piece, PieceId};
use crate::diagnostic::{Code, Diagnostic, Edit, Fix, Language, Text, errors_by_code, texts};
use crate::format::extents::Extents;
use crate::language::{Block, Field};
use crate::model::standard::{Library, Standard, built_in_trees};
use crate::model::target::Target;
use crate::model::target::admitted::{Admitted, Relation, Stated};
use crate::model::unit::Quantity;
use crate::model::{DepartmentId, Indicator, Model, Project, StandardId, department, project, written, year};
use crate::source::{FileId, Sources};
use crate::syntax::vocabulary::{INDICATOR, is_bare_name};
use crate::syntax::{self, Node, StatementKind, Tree, ValueKind};

/// So many bytes may be read back for a byte of the file, so that a text full of mistakes costs no more than its length.
/// Fixes beyond are not offered.
const READ_PER_BYTE: usize = 16;
const READ_AT_LEAST: usize = 1 << 16;
/// What it costs to tie a standard to those that it extends.
const READ_FOR_A_STANDARD: usize = 1 << 12;

/// What was made out of the fixes of declarations that are still as they were: after an edit elsewhere they are not read
/// back again.
#[derive(Default)]
pub struct TriedFixes(BTreeMap<PieceId, Vec<TriedFix>>);

struct TriedFix {
    attempt: Attempt,
    /// How many bytes were read.
    cost: usize,
    /// What the title has to say beside; none where the fix does not hold.
    told: Option<Vec<Text>>,
}

/// A fix within one declaration, by places that count from its start.
struct Attempt {
    code: Code,
    title: Text,
    edits: Vec<(Range<usize>, String)>,
}

impl Attempt {
    /// The fix of a finding in a declaration that starts at a byte.
    fn of(code: Code, fix: &Fix, start: usize) -> Self {
        let edits = fix.edits.iter().map(|edit| (within(edit, start), edit.text.clone()));
        Self { code, title: fix.title.clone(), edits: edits.collect() }
    }

    fn is(&self, code: Code, fix: &Fix, start: usize) -> bool {
        let edits = fix.edits.iter().map(|edit| (within(edit, start), &edit.text));
        self.code == code
            && self.edits.iter().map(|(bytes, text)| (bytes.clone(), text)).eq(edits)
            && self.title == fix.title
    }
}

fn within(edit: &Edit, start: usize) -> Range<usize> {
    let bytes = edit.span.range();
    bytes.start - start..bytes.end - start
}

impl TriedFixes {
    /// Forgets what was made out of a declaration.
    pub fn forget(&mut self, piece: PieceId) {
        self.0.remove(&piece);
    }
}

/// Takes back the fixes of a file's findings that do not hold, and completes the titles of the others.
pub fn keep_what_holds(file: FileId, found: &mut [Diagnostic], base: &Base, fixes: &mut TriedFixes) {
    let mut tried: Option<TriedFile<'_>> = None;
    for diagnostic in found.iter_mut().filter(|one| one.fix.is_some()) {
        let tried = match &mut tried {
            Some(tried) => tried,
            None => match TriedFile::of(file, base) {
                Some(new) => tried.insert(new),
                // A file without declarations: settings, or one that was refused.
                None => return,
            },
        };
        let told = tried.try_unless_known(diagnostic, fixes);
        // A finding that is told as it was found stays shared.
        if told.as_ref().is_none_or(|told| !told.is_empty()) {
            diagnostic.fix = diagnostic.fix.take().zip(told).map(|(mut fix, told)| {
                fix.title = told.into_iter().fold(fix.title, texts::fix_and);
                fix
            });
        }
    }
}

/// A text before and after a fix.
struct Trial {
    before: String,
    after: String,
    /// Where the indicator starts that it is about; none where it is about something else.
    indicator: Option<u32>,
}

/// A file whose fixes are tried.
struct TriedFile<'a> {
    file: FileId,
    department: Option<DepartmentId>,
    model: &'a Model,
    text: &'a Arc<str>,
    pieces: &'a [Piece],
    standard: &'a Standard,
    id: StandardId,
    /// What the model knows of the file's indicators, by where they start.
    known_indicators: OnceCell<BTreeMap<u32, (&'a Project, &'a Indicator)>>,
    /// The two declarations last looked at: a fix may be made in a project and in what refers to it.
    declared: [Option<OpenDeclaration<'a>>; 2],
    /// How many bytes may still be read.
    left: usize,
    /// More was to be read than may be.
    is_exhausted: bool,
}

/// A declaration, and which statement stands around each of its statements.
struct OpenDeclaration<'a> {
    piece: usize,
    tree: Tree,
    around: Vec<Option<usize>>,
    /// Where its statements end; none where the braces do not pair.
    extents: Option<Extents<'a>>,
}

/// What is understood of a text.
struct Understood {
    mistakes: BTreeMap<Code, usize>,
    projects: Vec<Project>,
}

impl<'a> TriedFile<'a> {
    fn of(file: FileId, base: &'a Base) -> Option<Self> {
        let known = base.file(file)?;
        let id = base.standard_of(known.department);
        let text = &base.analysis.sources.get(file).text;
        let (pieces, standard) = (known.pieces.as_deref()?, &base.analysis.model[id]);
        let left = READ_AT_LEAST.saturating_add(text.len().saturating_mul(READ_PER_BYTE));
        let known_indicators = OnceCell::new();
        Some(Self {
            file,
            department: known.department,
            model: &base.analysis.model,
            text,
            pieces,
            standard,
            id,
            known_indicators,
            declared: [None, None],
            left,
            is_exhausted: false,
        })
    }

    /// As [`Self::try_fix`], which is asked only where it was not before.
    fn try_unless_known(&mut self, diagnostic: &Diagnostic, fixes: &mut TriedFixes) -> Option<Vec<Text>> {
        let fix = diagnostic.fix.as_ref()?;
        let Some(piece) = self.piece_around(fix) else { return self.try_fix(diagnostic) };
        let start = piece.chunk.bytes.start;
        let known = fixes.0.entry(piece.id).or_default();
        let is_it = |one: &&TriedFix| one.cost < self.left && one.attempt.is(diagnostic.code, fix, start);
        if let Some(known) = known.iter().find(is_it) {
            self.left -= known.cost;
            return known.told.clone();
        }
        let left = self.left;
        let told = self.try_fix(diagnostic);
        // Where nothing more may be read, nothing was made out.
        if !self.is_exhausted {
            let attempt = Attempt::of(diagnostic.code, fix, start);
            known.push(TriedFix { attempt, cost: left - self.left, told: told.clone() });
        }
        told
    }

    /// Fixes that were tried before ask for none of them.
    fn known_indicators(&self) -> &BTreeMap<u32, (&'a Project, &'a Indicator)> {
        self.known_indicators.get_or_init(|| {
            let projects = self.model.projects_of(self.department).map(|(_, project)| project);
            let projects = projects.filter(|project| project.span.file == self.file);
            let indicators = projects.flat_map(|project| project.indicators.iter().map(move |one| (project, one)));
            indicators.map(|(project, one)| (one.span.start, (project, one))).collect()
        })
    }

    /// The declaration of a fix; none where it reaches beyond one.
    fn piece_around(&self, fix: &Fix) -> Option<&'a Piece> {
        let piece = &self.pieces[self.piece_at(fix.edits.first()?.span.start as usize)];
        let bytes = &piece.chunk.bytes;
        let is_within = |edit: &Edit| {
            let Range { start, end } = edit.span.range();
            edit.span.file == self.file && bytes.start <= start && end < bytes.end
        };
        fix.edits.iter().all(is_within).then_some(piece)
    }

    fn spend(&mut self, bytes: usize) -> Option<()> {
        let left = self.left.checked_sub(bytes);
        self.is_exhausted |= left.is_none();
        self.left = left?;
        Some(())
    }

    /// What the title of a fix has to say beside; none where the fix does not hold.
    fn try_fix(&mut self, diagnostic: &Diagnostic) -> Option<Vec<Text>> {
        let fix = diagnostic.fix.as_ref()?;
        // What a name is called in other files follows the name here.
        let mut edits: Vec<&Edit> = fix.edits.iter().filter(|edit| edit.span.file == self.file).collect();
        edits.sort_by_key(|edit| edit.span);
        let mut told = Vec::new();
        for trial in self.trials(&edits) {
            self.spend(trial.before.len() + trial.after.len())?;
            let after = self.read(trial.after);
            let known = trial.indicator.and_then(|start| self.known_indicators().get(&start).copied());
            let known = known.filter(|(_, indicator)| after.mistakes.is_empty() && !counts_money(indicator));
            let differences = if let Some(known) = known {
                // Where no mistake is left, none is new, and the model knows what stood there.
                differences(&[known], &[], &after, self.standard)?
            } else {
                let before = self.read(trial.before);
                let is_mended = |code| {
                    let count = |read: &Understood| read.mistakes.get(code).copied().unwrap_or_default();
                    count(&after) < count(&before) || count(&before) == 0 && count(&after) == 0
                };
                let is_new = |(code, count): (&Code, &usize)| before.mistakes.get(code).is_none_or(|old| old < count);
                if after.mistakes.iter().any(is_new) || !diagnostic.code.has_level() && !is_mended(&diagnostic.code) {
                    return None;
                }
                differences(&indicators(&before), &amounts(&before), &after, self.standard)?
            };
            let title = plain(&fix.title);
            told.extend(differences.into_iter().filter_map(|one| one.unless_said(&title)));
        }
        Some(told)
    }

    /// The texts to read, before and after: one for each statement that changes, or one for the declarations as a whole.
    fn trials(&mut self, edits: &[&Edit]) -> Vec<Trial> {
        let mut of_statements: BTreeMap<(usize, usize), Vec<&Edit>> = BTreeMap::new();
        for edit in edits {
            match self.place(edit) {
                EditReach::Statement(piece, index) => of_statements.entry((piece, index)).or_default().push(edit),
                EditReach::Harmless => {}
                EditReach::Between => return self.whole(edits).into_iter().collect(),
            }
        }
        of_statements.into_iter().map(|((piece, index), edits)| self.alone(piece, index, &edits)).collect()
    }

    fn piece_at(&self, offset: usize) -> usize {
        self.pieces.partition_point(|piece| piece.chunk.bytes.start <= offset).saturating_sub(1)
    }

    fn declared(&mut self, piece: usize) -> &OpenDeclaration<'a> {
        let is_it = |known: &Option<OpenDeclaration<'_>>| known.as_ref().is_some_and(|known| known.piece == piece);
        if is_it(&self.declared[1]) {
            self.declared.swap(0, 1);
        }
        if !is_it(&self.declared[0]) {
            let (tree, _) = syntax::parse_chunk(self.file, self.text, &self.pieces[piece].chunk);
            let mut around = vec![None; tree.statements.len()];
            for index in 0..tree.statements.len() {
                // A later one lies deeper: the innermost stays.
                tree.inside(index).for_each(|inner| around[inner] = Some(index));
            }
            let extents = Extents::within(self.text, self.pieces[piece].chunk.bytes.clone());
            self.declared.swap(0, 1);
            self.declared[0] = Some(OpenDeclaration { piece, tree, around, extents });
        }
        self.declared[0].as_ref().expect("just read")
    }

    /// What an edit changes.
    fn place(&mut self, edit: &Edit) -> EditReach {
        let (file, text) = (self.file, self.text);
        let piece = self.piece_at(edit.span.start as usize);
        let is_within = edit.span.end as usize <= self.pieces[piece].chunk.bytes.end;
        let replaced = &text[edit.span.range()];
        let OpenDeclaration { tree, around, extents, .. } = self.declared(piece);
        let holds = |start: u32, end: u32| start <= edit.span.start && edit.span.end <= end;
        let comment = tree.comments.partition_point(|one| one.start <= edit.span.start).checked_sub(1);
        let is_comment = comment.is_some_and(|index| holds(tree.comments[index].start, tree.comments[index].end));
        if is_comment && !edit.text.contains(['\n', '\r']) {
            return EditReach::Harmless;
        }
        let last = tree.statements.partition_point(|statement| statement.head.start <= edit.span.start);
        let Some(last) = last.checked_sub(1).filter(|_| is_within) else { return EditReach::Between };
        let statement = &tree.statements[last];
        if Field::ProjectFramework.is_called(&text[range(statement.label)]) {
            // In which framework a project stands decides how its indicators are read.
            return EditReach::Between;
        }
        let outer = std::iter::successors(Some(last), |index| around[*index]);
        if outer.clone().any(|index| tree.statements[index].head.start == tree.statements[index].head.end) {
            // The line that opened a block was lost: what stands in it is read where it stands.
            return EditReach::Between;
        }
        // What a declaration is decides how all of it is read; a department is read by all of it.
        let indicator = outer.clone().find(|index| tree.statements[*index].kind == StatementKind::Indicator);
        let root = outer.last().unwrap_or(last);
        let is_label = statement.label.start <= edit.span.start && edit.span.end <= statement.label.end;
        if is_label && (root == last || tree.statements[root].kind == StatementKind::Department) {
            return EditReach::Between;
        }
        let is_head = holds(0, statement.head.end);
        let value = tree.values.partition_point(|one| one.bytes.start <= edit.span.start).checked_sub(1);
        let value = value.map(|index| &tree.values[index]).filter(|value| holds(value.bytes.start, value.bytes.end));
        if is_head && statement.kind == StatementKind::Field && !statement.broken {
            let is_plain = |text: &str| !text.contains(['"', '“', '”', '＂', '\\', '\n', '\r']);
            let is_words = value.is_some_and(|value| {
                let is_text = matches!(value.kind, ValueKind::Quoted | ValueKind::TextBlock);
                is_text && holds(value.bytes.start + 1, value.bytes.end - 1)
            });
            // What an indicator is called where a sub-goal names it.
            let is_in_field = around[last].is_some_and(|outer| tree.statements[outer].kind == StatementKind::Field);
            let is_reference = is_in_field
                && [INDICATOR.0, INDICATOR.1].contains(&&text[range(statement.label)])
                && value.is_some_and(|value| value.kind == ValueKind::Path)
                && [replaced, &edit.text].iter().all(|path| path.split('.').all(is_bare_name));
            if is_words && is_plain(&edit.text) && is_plain(replaced) || is_reference {
                return EditReach::Harmless;
            }
        }
        let parts = ['{', '}', '｛', '｝', ';', '；', '\n', '\r'];
        if is_head && !edit.text.contains(parts) && !replaced.contains(parts) {
            return EditReach::Statement(piece, indicator.unwrap_or(last));
        }
        // Lines that come into an indicator, or stand there otherwise.
        let is_in_it = |index: &usize| {
            let extent = extents.as_ref().map(|extents| extents.extent(tree.node(*index, file, text)));
            let is_sound = !tree.statements[*index..tree.inside(*index).end].iter().any(|statement| statement.broken);
            is_sound && extent.is_some_and(|extent| holds(extent.start as u32, extent.end as u32))
        };
        match indicator.filter(is_in_it) {
            Some(index) if !replaced.contains(parts) && syntax::braces(&edit.text).is_some() => {
                EditReach::Statement(piece, index)
            }
            _ => EditReach::Between,
        }
    }

    /// A statement under the heads around it. An indicator is read whole, since its target depends on its fields.
    fn alone(&mut self, piece: usize, index: usize, edits: &[&Edit]) -> Trial {
        let (file, text) = (self.file, self.text);
        let OpenDeclaration { tree, around, extents, .. } = self.declared(piece);
        let is_indicator = tree.statements[index].kind == StatementKind::Indicator;
        let outer = std::iter::successors(around[index], |index| around[*index]);
        let mut heads: Vec<&str> = outer.map(|index| &text[range(tree.statements[index].head)]).collect();
        heads.reverse();
        // An indicator behind a surplus brace is still read as one.
        let lost = format!("{} {}", Block::Project.word().0, INDICATOR.0);
        if is_indicator && heads.is_empty() {
            heads.push(&lost);
        }
        let extent = extents.as_ref().filter(|_| is_indicator).map(|one| one.extent(tree.node(index, file, text)));
        let write = |edits: &[&Edit]| {
            let mut written = String::new();
            // As `fmt` lays it out, which is read more quickly.
            let indent = |depth: usize| "  ".repeat(depth);
            for (depth, head) in heads.iter().enumerate() {
                written += &indent(depth);
                written += head;
                written += " {\n";
            }
            written += &indent(heads.len());
            match extent.clone() {
                Some(extent) => {
                    written += &edited(text, extent, edits);
                    written += "\n";
                }
                None => write_statement(text, tree, index, is_indicator, edits, &mut written),
            }
            for depth in (0..heads.len()).rev() {
                written += &indent(depth);
                written += "}\n";
            }
            written
        };
        let indicator = is_indicator.then(|| tree.statements[index].head.start);
        Trial { before: write(&[]), after: write(edits), indicator }
    }

    /// The declarations that edits reach, whole. None where there are none.
    fn whole(&self, edits: &[&Edit]) -> Option<Trial> {
        let (first, last) = (edits.first()?, edits.last()?);
        let start = self.pieces[self.piece_at(first.span.start as usize)].chunk.bytes.start;
        let end = self.pieces[self.piece_at(last.span.end as usize)].chunk.bytes.end;
        let all = start..end.max(last.span.end as usize);
        Some(Trial { before: self.text[all.clone()].to_owned(), after: edited(self.text, all, edits), indicator: None })
    }

    fn read(&mut self, text: String) -> Understood {
        let text: Arc<str> = text.into();
        let file = Sources::default().add("", "");
        let (tree, mut found) = syntax::parse(file, &text);
        let mut projects = Vec::new();
        let is_standard = |node: &Node<'_>| node.kind() == StatementKind::Standard;
        if tree.roots(file, &text).any(|node| is_standard(&node)) {
            if self.spend(READ_FOR_A_STANDARD).is_none() {
                self.left = 0;
            }
            let built_in = built_in_trees().iter().flat_map(|(_, text, tree)| tree.roots(file, text));
            Library::new(built_in, tree.roots(file, &text).filter(is_standard), &mut found);
        }
        for root in tree.roots(file, &text) {
            match root.kind() {
                StatementKind::Project => projects.push(project::project(root, self.id, self.standard, &mut found)),
                StatementKind::Department => drop(department::department(root, self.id, self.standard, &mut found)),
                StatementKind::Occasion => drop(year::occasion(root, self.standard, &mut found)),
                StatementKind::Standard | StatementKind::Indicator | StatementKind::Field => {}
            }
        }
        Understood { mistakes: errors_by_code(&found), projects }
    }
}

/// What an edit changes.
enum EditReach {
    /// The piece, and the index of the statement in its tree.
    Statement(usize, usize),
    /// More than one statement.
    Between,
    /// Words that nobody computes with.
    Harmless,
}

fn range(bytes: syntax::Bytes) -> Range<usize> {
    bytes.start as usize..bytes.end as usize
}

/// Some bytes of a text with edits made.
fn edited(text: &str, bytes: Range<usize>, edits: &[&Edit]) -> String {
    let mut written = String::new();
    let mut end = bytes.start;
    for edit in edits.iter().filter(|edit| bytes.start <= edit.span.range().start && edit.span.range().end <= bytes.end)
    {
        written += &text[end..edit.span.range().start.max(end)];
        written += &edit.text;
        end = edit.span.range().end;
    }
    written + &text[end..bytes.end]
}

/// A statement with its block, or with an empty one.
fn write_statement(text: &str, tree: &Tree, index: usize, with_block: bool, edits: &[&Edit], written: &mut String) {
    let statement = &tree.statements[index];
    *written += &edited(text, range(statement.head), edits);
    let inside = tree.inside(index);
    if statement.has_block || with_block && !inside.is_empty() {
        *written += " {\n";
        let mut next = inside.start;
        while with_block && next < inside.end {
            write_statement(text, tree, next, true, edits, written);
            next = tree.inside(next).end;
        }
        *written += "}";
    }
    *written += "\n";
}

/// A target or an amount that is another after a fix.
struct NewMeaning {
    is_amount: bool,
    /// None where it was not understood.
    before: Option<String>,
    after: String,
}

impl NewMeaning {
    /// What to tell; none where it was unknown before, and the title names what it becomes.
    fn unless_said(self, title: &str) -> Option<Text> {
        let Self { is_amount, before, after } = self;
        let is_said = title.contains(&without_blanks(&after));
        match before {
            None if is_said => None,
            None => Some(if is_amount { texts::amount_becomes(after) } else { texts::target_becomes(after) }),
            Some(before) if is_amount => Some(texts::amount_changes(before, after)),
            Some(before) => Some(texts::target_changes(before, after)),
        }
    }
}

fn plain(title: &Text) -> String {
    without_blanks(&title.in_language(Language::Chinese))
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_whitespace()).collect()
}

/// What differs between two readings of the same statements; none where something is no longer understood.
fn differences(
    old: &[(&Project, &Indicator)],
    old_amounts: &[Option<&Quantity>],
    after: &Understood,
    standard: &Standard,
) -> Option<Vec<NewMeaning>> {
    let mut all = Vec::new();
    let new = indicators(after);
    // Where statements find their places again, each of those known before must be among them as it was.
    let is_same_shape = old.len() == new.len();
    for (index, (project, indicator)) in old.iter().enumerate() {
        let is_it = |other: &&(&Project, &Indicator)| other.1.name.value == indicator.name.value;
        let other = if is_same_shape { new.get(index) } else { new.iter().find(is_it) };
        let of_other = other.map_or([None; 2], |(_, other)| targets(other));
        for (old, new) in targets(indicator).into_iter().zip(of_other) {
            let Some(old) = old else {
                all.extend(new.filter(|_| is_same_shape).map(|new| NewMeaning {
                    is_amount: false,
                    before: None,
                    after: written::target(new, standard),
                }));
                continue;
            };
            let ((other_project, other), new) = (other?, new?);
            let states =
                |target, indicator, project| Admitted::of(Stated { target, indicator, project, standard, year: None });
            let is_same = match (states(old, indicator, project), states(new, other, other_project)) {
                (Some(old), Some(new)) => old.relation(&new) == Relation::Equal,
                (None, None) => {
                    matches!((old, new), (Target::Words(_), Target::Words(_)))
                        || written::target(old, standard) == written::target(new, standard)
                }
                (Some(_), None) | (None, Some(_)) => false,
            };
            if !is_same {
                let (before, after) = (written::target(old, standard), written::target(new, standard));
                all.push(NewMeaning { is_amount: false, before: Some(before), after });
            }
        }
    }
    let new = amounts(after);
    for (index, old) in old_amounts.iter().enumerate().filter(|_| old_amounts.len() == new.len()) {
        let say = |amount: Option<&Quantity>| amount.map(|amount| written::quantity(amount, standard));
        let (old, new) = (say(*old), say(new[index]));
        if old != new {
            all.push(NewMeaning { is_amount: true, before: old, after: new? });
        }
    }
    Some(all)
}

fn indicators(read: &Understood) -> Vec<(&Project, &Indicator)> {
    read.projects.iter().flat_map(|project| project.indicators.iter().map(move |one| (project, one))).collect()
}

/// Whether a target counts from the money of its project, which does not stand in the indicator.
fn counts_money(indicator: &Indicator) -> bool {
    targets(indicator).into_iter().flatten().any(|target| matches!(target, Target::Money { .. }))
}

/// The target, and that of the whole period.
fn targets(indicator: &Indicator) -> [Option<&Target>; 2] {
    [Some(&indicator.target.value), indicator.whole_period.as_ref().map(|target| &target.value)]
        .map(|target| target.filter(|one| **one != Target::Damaged))
}

/// The amounts of the budgets: the total, then the lines.
fn amounts(read: &Understood) -> Vec<Option<&Quantity>> {
    let budgets = read.projects.iter().filter_map(|project| project.budget.as_ref());
    budgets
        .flat_map(|budget| {
            let lines = budget.funds.iter().map(|line| line.amount.as_ref());
            std::iter::once(budget.total.as_ref()).chain(lines)
        })
        .collect()
}
