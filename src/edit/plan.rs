//! A request to the edits that make it.

use super::address::{self, At, children};
use super::declaration::{Declaration, PlacedStatement};
use super::page::{NewStatement, Page, RemovedComments};
use super::written::{Written, label, written};
use super::{Conflict, EditPlace, EditRefusal, Field, Patch, Request, order, proof, rename};
use crate::diagnostic::Edit;
use crate::format::extents::Extents;
use crate::format::inner_block;
use crate::format::order::is_sorted;
use crate::model::standard::Standard;
use crate::model::text::unquote;
use crate::model::{DepartmentId, IndicatorId, Model, ProjectId};
use crate::source::{FileId, Sources, Span};
use crate::syntax::vocabulary::Block;
use crate::syntax::{Node, Part, StatementKind, ValueKind, parts};

/// The edits of a request.
///
/// # Errors
/// Why it is not made.
pub fn plan(model: &Model, sources: &Sources, request: &Request) -> Result<Patch, EditRefusal> {
    let planner = Planner { model, sources };
    let edits = match request {
        Request::Set { of, values } => return planner.set(of, values),
        Request::Add { to, place, statement } => planner.add(to, place, statement)?,
        Request::Remove { what, comments } => planner.remove(what, *comments)?,
        Request::Rename { what, name } => planner.rename(what, name)?,
        Request::Move { what, to, place } => planner.move_to(what, to, place)?,
    };
    let patch = joined(edits)?;
    proof::reads_well(model, sources, &patch)?;
    Ok(patch)
}

/// The edits of several requests about the same texts.
///
/// # Errors
/// Why each of them that is not made is not, by its index; else where two of them meet.
pub fn plan_all(model: &Model, sources: &Sources, requests: &[Request]) -> Result<Patch, Vec<(usize, EditRefusal)>> {
    let (mut patches, mut refused) = (Vec::new(), Vec::new());
    for (index, request) in requests.iter().enumerate() {
        match plan(model, sources, request) {
            Ok(patch) => patches.push(patch),
            Err(refusal) => refused.push((index, refusal)),
        }
    }
    if !refused.is_empty() {
        return Err(refused);
    }
    let holds = |patch: &Patch, edit: &Edit| patch.edits().contains(edit);
    Patch::join(patches.iter().cloned()).map_err(|conflicts| {
        let of = |conflict: &Conflict| patches.iter().rposition(|patch| holds(patch, &conflict.second)).unwrap_or(0);
        conflicts.into_iter().map(|one| (of(&one), EditRefusal::Conflict(Box::new(one)))).collect()
    })
}

fn joined(edits: Vec<Edit>) -> Result<Patch, EditRefusal> {
    Patch::touching(edits).map_err(|mut conflicts| EditRefusal::Conflict(Box::new(conflicts.swap_remove(0))))
}

struct Planner<'a> {
    model: &'a Model,
    sources: &'a Sources,
}

/// A statement that is edited, with all around it.
struct Site<'d> {
    declaration: &'d Declaration<'d>,
    placed: Vec<PlacedStatement<'d>>,
    index: usize,
    part: usize,
    page: Page<'d>,
}

impl<'d> Site<'d> {
    fn of(model: &Model, declaration: &'d Declaration<'d>, at: &At) -> Result<Self, EditRefusal> {
        let placed = declaration.placed();
        let (index, part) = address::index(model, &placed, at)?;
        // A place behind a head with mistakes may belong to it.
        if placed[index].node.is_broken() {
            return Err(EditRefusal::Damaged);
        }
        let extents = Extents::within(declaration.text, declaration.bytes.clone()).ok_or(EditRefusal::Damaged)?;
        Ok(Self { declaration, placed, index, part, page: Page::new(declaration.text, extents) })
    }

    fn node(&self) -> Node<'_> {
        self.placed[self.index].node
    }

    /// The block in which it stands.
    fn around(&self) -> Option<Block> {
        self.placed[self.index].block
    }

    /// The block that it opens or may open.
    fn inside(&self) -> Result<Block, EditRefusal> {
        inner_block(self.node(), self.around()).ok_or(EditRefusal::NotHere)
    }

    fn line(&self, label: &str) -> Result<Option<(PlacedStatement<'_>, usize)>, EditRefusal> {
        match address::line(&self.placed, self.index, label, None) {
            Ok((index, _)) if self.placed[index].node.is_broken() => Err(EditRefusal::Damaged),
            Ok((index, part)) => Ok(Some((self.placed[index], part))),
            Err(EditRefusal::NotFound) => Ok(None),
            Err(refusal) => Err(refusal),
        }
    }

    fn children(&self) -> impl Iterator<Item = Node<'_>> {
        children(&self.placed, self.index).map(|(_, child)| child.node)
    }
}

impl Planner<'_> {
    fn set(&self, of: &At, values: &[(Field, Option<String>)]) -> Result<Patch, EditRefusal> {
        let declaration = address::declaration(self.model, self.sources, of)?;
        let site = Site::of(self.model, &declaration, of)?;
        let mut edits = Vec::new();
        let (mut gone, mut new): (Vec<Node<'_>>, Vec<(usize, NewStatement)>) = (Vec::new(), Vec::new());
        let standard = self.standard(&site);
        for (field, value) in values {
            let name = match field {
                Field::Code => {
                    edits.extend(code(&site, value.as_deref())?);
                    continue;
                }
                Field::Category => {
                    edits.extend(head(&site, HeadPart::Category, value.as_deref().ok_or(EditRefusal::NotHere)?)?);
                    continue;
                }
                Field::Target => {
                    edits.extend(head(&site, HeadPart::Target, value.as_deref().ok_or(EditRefusal::NotHere)?)?);
                    continue;
                }
                Field::Line(name) => name,
            };
            let block = site.inside()?;
            match (site.line(name)?, value) {
                (None, None) => {}
                (None, Some(value)) => {
                    let text = format!("{} {value}", label(site.node(), block, name));
                    let written = fact(&text, block)?;
                    let place = order::of_label(name, StatementKind::Field, block, standard);
                    new.push((place, NewStatement { lines: written.lines, is_spaced: false }));
                }
                (Some((line, part)), Some(value)) => edits.extend(replaced(&site, line, part, block, value)?),
                (Some((line, part)), None) => match Page::remove_part(line.node, block, part) {
                    Some(edit) => edits.push(edit),
                    None => gone.push(line.node),
                },
            }
        }
        let stays = |node: &Node<'_>| !gone.iter().any(|one| one.statement().head == node.statement().head);
        let closes = !gone.is_empty() && new.is_empty() && !site.children().any(|node| stays(&node));
        match site.page.without_block(site.node()).filter(|_| closes) {
            Some(block) => edits.extend(block),
            None => edits.extend(site.page.remove(&gone, RemovedComments::Stay)),
        }
        if let Some(block) = inner_block(site.node(), site.around()) {
            edits.extend(order::insert(&site.page, site.node(), &stays, block, standard, new));
        }
        let patch = joined(edits)?;
        proof::reads_well(self.model, self.sources, &patch)?;
        proof::says(self.sources, &patch, site.placed[0].node.head_span(), site.node(), values)?;
        Ok(patch)
    }

    fn add(&self, to: &At, place: &EditPlace, statement: &str) -> Result<Vec<Edit>, EditRefusal> {
        if let At::File(file) = to {
            let written = written(statement, None)?;
            return self.put_declaration(*file, place, &NewStatement { lines: written.lines, is_spaced: true }, None);
        }
        let declaration = address::declaration(self.model, self.sources, to)?;
        let site = Site::of(self.model, &declaration, to)?;
        let block = site.inside()?;
        let written = written(statement, Some(block))?;
        let node = written.node().ok_or(EditRefusal::NotOne)?;
        let (kind, place_there) = (node.kind(), order::of(node, block, self.standard(&site)));
        let piece = NewStatement { lines: written.lines.clone(), is_spaced: kind != StatementKind::Field };
        let behind = self.behind(&site, block, place_there, place)?;
        Ok(site.page.insert(site.node(), behind, &[piece]))
    }

    fn remove(&self, what: &At, comments: RemovedComments) -> Result<Vec<Edit>, EditRefusal> {
        let declaration = address::declaration(self.model, self.sources, what)?;
        let site = Site::of(self.model, &declaration, what)?;
        let node = site.node();
        if let Some(edit) = site.around().and_then(|block| Page::remove_part(node, block, site.part)) {
            return Ok(vec![edit]);
        }
        let owner =
            address::owner(&site.placed, site.index).filter(|owner| children(&site.placed, *owner).count() == 1);
        let without = owner.and_then(|owner| site.page.without_block(site.placed[owner].node));
        Ok(without.unwrap_or_else(|| site.page.remove(&[node], comments)))
    }

    fn rename(&self, what: &At, name: &str) -> Result<Vec<Edit>, EditRefusal> {
        let (model, sources) = (self.model, self.sources);
        match what {
            At::Department(id) => rename::department(model, *id, name),
            At::Project(id) => rename::project(model, sources, *id, name),
            At::Indicator(id) => rename::indicator(model, sources, *id, name),
            At::Span(span) => self.rename(&self.thing(*span).ok_or(EditRefusal::NotFound)?, name),
            At::File(_) | At::Line { .. } => Err(EditRefusal::NotHere),
        }
    }

    /// The thing in whose head a place stands.
    fn thing(&self, span: Span) -> Option<At> {
        let holds = |head: Span| head.file == span.file && head.start <= span.start && span.start <= head.end;
        let departments = self.model.departments.iter().position(|one| holds(one.span));
        let projects = self.model.projects.iter().enumerate().find_map(|(index, project)| {
            let project_id = ProjectId(index as u32);
            let indicator = project.indicators.iter().position(|one| holds(one.span));
            let indicator =
                indicator.map(|index| At::Indicator(IndicatorId { project: project_id, index: index as u32 }));
            indicator.or_else(|| holds(project.span).then_some(At::Project(project_id)))
        });
        departments.map(|index| At::Department(DepartmentId(index as u32))).or(projects)
    }

    fn move_to(&self, what: &At, to: &At, place: &EditPlace) -> Result<Vec<Edit>, EditRefusal> {
        let declaration = address::declaration(self.model, self.sources, what)?;
        let site = Site::of(self.model, &declaration, what)?;
        let node = site.node();
        let is_one = site.around().is_none_or(|block| parts(node, block).count() == 1);
        let piece = site.page.piece(node).filter(|_| is_one).ok_or(EditRefusal::SharesLine)?;
        let removal = || site.page.remove(&[node], RemovedComments::Go);
        if let At::File(file) = to {
            if site.around().is_some() {
                return Err(EditRefusal::NotHere);
            }
            let put = self.put_declaration(*file, place, &piece, Some(node))?;
            return Ok(if put.is_empty() { put } else { [removal(), put].concat() });
        }
        let there = address::declaration(self.model, self.sources, to)?;
        let target = Site::of(self.model, &there, to)?;
        let block = target.inside()?;
        if site.around() != Some(block) {
            return Err(EditRefusal::NotHere);
        }
        let behind = self.behind(&target, block, order::of(node, block, self.standard(&target)), place)?;
        let head = |node: Node<'_>| (node.file, node.statement().head);
        let siblings: Vec<_> = target.children().map(head).collect();
        let own = siblings.iter().position(|one| *one == head(node));
        let before = behind.and_then(|node| siblings.iter().position(|one| *one == head(node)));
        if own.is_some_and(|own| before == Some(own) || before == own.checked_sub(1)) {
            return Ok(Vec::new());
        }
        Ok([removal(), target.page.insert(target.node(), behind, &[piece])].concat())
    }

    /// The statement of a block behind which one of an order goes; none for the start of the block.
    fn behind<'s>(
        &self,
        site: &'s Site<'_>,
        block: Block,
        order: usize,
        place: &EditPlace,
    ) -> Result<Option<Node<'s>>, EditRefusal> {
        let standard = self.standard(site);
        let before = |is_before: &dyn Fn(usize) -> bool| {
            site.children().filter(|node| is_before(order::of(*node, block, standard))).last()
        };
        Ok(match place {
            EditPlace::Usual if !order::is_ordered(block) => site.children().last(),
            EditPlace::Usual => before(&|other| other <= order),
            EditPlace::First => before(&|other| other < order && is_sorted(block)),
            EditPlace::After(at) => {
                let (index, _) = address::index(self.model, &site.placed, at)?;
                if address::owner(&site.placed, index) != Some(site.index) {
                    return Err(EditRefusal::NotHere);
                }
                Some(site.placed[index].node)
            }
        })
    }

    /// A declaration put into a file; nothing where it stands there already.
    fn put_declaration(
        &self,
        file: FileId,
        place: &EditPlace,
        piece: &NewStatement,
        own: Option<Node<'_>>,
    ) -> Result<Vec<Edit>, EditRefusal> {
        let text = &self.sources.get(file).text;
        let all = Declaration::all(self.sources, file);
        let roots: Vec<(usize, Node<'_>)> =
            all.iter().enumerate().flat_map(|(index, one)| one.roots().map(move |root| (index, root))).collect();
        let is_own = |node: &Node<'_>| {
            own.is_some_and(|own| (own.file, own.statement().head) == (node.file, node.statement().head))
        };
        let index = match place {
            EditPlace::First => None,
            EditPlace::Usual => roots.len().checked_sub(1),
            EditPlace::After(at) => {
                let (there, offset) = address::start(self.model, at)?;
                let start = offset.filter(|_| there == file).ok_or(EditRefusal::NotHere)?;
                let is_it = |(_, root): &(usize, Node<'_>)| root.statement().head.start as usize == start;
                Some(roots.iter().position(is_it).ok_or(EditRefusal::NotFound)?)
            }
        };
        let now = roots.iter().position(|(_, root)| is_own(root));
        if now.is_some_and(|now| index == Some(now) || index == now.checked_sub(1)) {
            return Ok(Vec::new());
        }
        let Some((chunk, root)) = roots.get(index.unwrap_or(0)) else {
            let newline = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
            let text_end = text.len();
            let lines = piece.lines.join("\n");
            return Ok(vec![Edit { span: Span::new(file, text_end, text_end), text: format!("{newline}{lines}\n") }]);
        };
        let extents = Extents::within(text, all[*chunk].bytes.clone()).filter(|_| !root.is_broken());
        let page = Page::new(text, extents.ok_or(EditRefusal::Damaged)?);
        Ok(vec![page.beside(*root, index.is_some(), piece)])
    }

    /// The standard by which a declaration is read; none for a standard.
    fn standard(&self, site: &Site<'_>) -> Option<&Standard> {
        let head = site.placed.first()?.node.head_span();
        proof::standard_of(self.model, head).map(|id| &self.model[id])
    }
}

/// A fact as a line: one statement without a block or a comment.
fn fact(text: &str, block: Block) -> Result<Written, EditRefusal> {
    let written = written(text, Some(block))?;
    let has_block = written.node().is_none_or(|node| node.statement().has_block);
    if has_block || written.has_comment() { Err(EditRefusal::NotOne) } else { Ok(written) }
}

/// Another value in a line that is there; its label stays as it is written.
fn replaced(
    site: &Site<'_>,
    line: PlacedStatement<'_>,
    part: usize,
    block: Block,
    value: &str,
) -> Result<Option<Edit>, EditRefusal> {
    let node = line.node;
    let Some(part) = parts(node, block).nth(part) else { return Err(EditRefusal::NotFound) };
    let written = fact(&format!("{} {value}", node.slice(part.label)), block)?;
    let label = written.node().map_or(0, |node| node.label_text().len());
    let start = node.statement().head.start as usize;
    let between = format!("{}{}", site.page.newline(start), site.page.indent(start));
    let lines = written.lines.join(&between);
    let text = lines.get(label..).unwrap_or_default().trim_start();
    let after_label = part.label.end as usize;
    let bytes = match values_end(site, node, &part) {
        Some((start, end)) if !text.is_empty() => (start, end, text.to_owned()),
        Some((_, end)) => (after_label, end, String::new()),
        None if text.is_empty() => return Ok(None),
        None => (after_label, after_label, format!(" {text}")),
    };
    let (start, end, text) = bytes;
    let is_same = site.declaration.text[start..end] == text;
    Ok((!is_same).then(|| Edit { span: Span::new(node.file, start, end), text }))
}

/// Where the values of a part start and end; the braces of a scale belong to them.
fn values_end(site: &Site<'_>, node: Node<'_>, part: &Part<'_>) -> Option<(usize, usize)> {
    let (first, last) = (part.values.first()?, part.values.last()?);
    let end = match last.kind {
        ValueKind::ScaleGrade => site.page.extents.head_end(node),
        _ => last.bytes.end as usize,
    };
    Some((first.bytes.start as usize, end))
}

/// A part of the head of an indicator.
#[derive(Clone, Copy, PartialEq, Eq)]
enum HeadPart {
    Category,
    Target,
}

/// Another category or target in the head of an indicator.
fn head(site: &Site<'_>, changed: HeadPart, value: &str) -> Result<Option<Edit>, EditRefusal> {
    let node = site.node();
    let [category, name, target @ ..] = node.values() else { return Err(EditRefusal::NotHere) };
    let block = site.around().filter(|_| node.kind() == StatementKind::Indicator).ok_or(EditRefusal::NotHere)?;
    let label = node.statement().label;
    let (start, end) = values_end(site, node, &Part { label, values: target }).ok_or(EditRefusal::Damaged)?;
    let (category, called) = (category.bytes, node.slice(name.bytes));
    let (label, old_target) = (node.label_text(), &site.declaration.text[start..end]);
    let text = match changed {
        HeadPart::Category => format!("{label} {value} {called} {old_target}"),
        HeadPart::Target => format!("{label} {} {called} {value}", node.slice(category)),
    };
    let written = fact(&text, block)?;
    let new = written.node().ok_or(EditRefusal::NotOne)?;
    let [new_category, new_name, new_target, ..] = new.values() else { return Err(EditRefusal::NotOne) };
    let [line] = &written.lines[..] else { return Err(EditRefusal::NotOne) };
    if unquote(new.slice(new_name.bytes)) != unquote(called) {
        return Err(EditRefusal::NotOne);
    }
    let (start, end, text) = match changed {
        HeadPart::Category => (category.start as usize, category.end as usize, new.slice(new_category.bytes)),
        // In a line of its own nothing follows the target.
        HeadPart::Target => (start, end, &line[(new_target.bytes.start - new.statement().head.start) as usize..]),
    };
    let is_same = site.declaration.text[start..end] == *text;
    Ok((!is_same).then(|| Edit { span: Span::new(node.file, start, end), text: text.to_owned() }))
}

/// Another code before the name of a department or project, or none.
fn code(site: &Site<'_>, value: Option<&str>) -> Result<Option<Edit>, EditRefusal> {
    let node = site.node();
    if !matches!(node.kind(), StatementKind::Department | StatementKind::Project) {
        return Err(EditRefusal::NotHere);
    }
    let (old, name) = match node.values() {
        [code, name] => (Some(code.bytes), name.bytes),
        [name] => (None, name.bytes),
        _ => return Err(EditRefusal::Damaged),
    };
    let (start, end) = old.map_or((name.start, name.start), |code| (code.start, code.end));
    let edit = |start, end, text| Edit { span: Span { file: node.file, start, end }, text };
    let Some(value) = value.filter(|value| !value.is_empty()) else {
        return Ok(old.map(|code| edit(code.start, name.start, String::new())));
    };
    let written = written(&format!("{} {value} {} {{\n}}", node.label_text(), node.slice(name)), None)?;
    let is_code = written.node().is_some_and(|node| match node.values() {
        [code, _] => code.kind == ValueKind::Code && node.slice(code.bytes) == value,
        _ => false,
    });
    if !is_code {
        return Err(EditRefusal::NotOne);
    }
    let is_same = old.is_some_and(|code| node.slice(code) == value);
    let gap = if old.is_some() { "" } else { " " };
    Ok((!is_same).then(|| edit(start, end, format!("{value}{gap}"))))
}
