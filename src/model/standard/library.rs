//! The standards a run can use: those in the binary, and those of the workspace, which may replace them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use include_dir::{Dir, include_dir};

use super::Standard;
use super::declare::{declare, extends, name_of};
use crate::diagnostic::{Code, Diagnostic, texts};
use crate::model::StandardId;
use crate::source::{Sources, Span};
use crate::syntax::{self, Node, Tree};

static BUILT_IN: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/standards");

/// Path and text of the standards in the binary, by name.
pub fn built_in_sources() -> Vec<(String, &'static str)> {
    let mut sources: Vec<(String, &str)> = BUILT_IN
        .files()
        .filter_map(|file| Some((format!("<standards>/{}", file.path().display()), file.contents_utf8()?)))
        .collect();
    sources.sort();
    sources
}

/// The built-in standards, parsed once a process. They take the first file ids of every run.
pub fn built_in_trees() -> &'static [(String, Arc<str>, Tree)] {
    static TREES: OnceLock<Vec<(String, Arc<str>, Tree)>> = OnceLock::new();
    TREES.get_or_init(|| {
        let mut sources = Sources::default();
        let parse = |(path, text): (String, &str)| {
            let tree = syntax::parse(sources.add(path.clone(), text), text).0;
            (path, Arc::from(text), tree)
        };
        built_in_sources().into_iter().map(parse).collect()
    })
}

/// The built-in standards by name, resolved once a process.
fn resolved_built_in() -> &'static BTreeMap<String, Arc<Standard>> {
    static STANDARDS: OnceLock<BTreeMap<String, Arc<Standard>>> = OnceLock::new();
    STANDARDS.get_or_init(|| {
        let mut sources = Sources::default();
        let trees = built_in_trees();
        let files = trees.iter().map(|(path, text, _)| sources.add(path.clone(), text.clone()));
        let nodes = trees.iter().zip(files).flat_map(|((_, text, tree), file)| tree.roots(file, text));
        let mut all: Vec<Declared<'_>> = nodes.map(|node| Declared::new(node, true)).collect();
        let mut library = Library::default();
        let named = by_name(&all);
        for index in 0..all.len() {
            library.resolve(&mut all, &named, index, None, &mut Vec::new());
        }
        library.standards.into_iter().map(|standard| (standard.name.clone(), standard)).collect()
    })
}

/// The standards of a run.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// Built-in ones first, then those of the workspace; by [`StandardId`].
    pub standards: Vec<Arc<Standard>>,
    by_name: BTreeMap<String, StandardId>,
    fallback: StandardId,
}

struct Declared<'a> {
    name: String,
    node: Node<'a>,
    is_built_in: bool,
    resolved: Option<StandardId>,
    in_progress: bool,
}

impl<'a> Declared<'a> {
    fn new(node: Node<'a>, is_built_in: bool) -> Self {
        Self { name: name_of(node), node, is_built_in, resolved: None, in_progress: false }
    }
}

impl Library {
    /// Resolves all declarations. A workspace standard takes the place of a built-in one of its name; it may extend the
    /// one it replaces. Reports JX303, JX310, JX501 and what [`declare`] reports.
    pub fn new<'a>(
        built_in: impl Iterator<Item = Node<'a>>,
        workspace: impl Iterator<Item = Node<'a>>,
        found: &mut Vec<Diagnostic>,
    ) -> Self {
        let workspace = workspace.map(|node| Declared::new(node, false));
        let mut all: Vec<Declared<'a>> = workspace.chain(built_in.map(|node| Declared::new(node, true))).collect();
        let mut firsts: BTreeMap<(&str, bool), usize> = BTreeMap::new();
        for index in 0..all.len() {
            let first = *firsts.entry((&all[index].name, all[index].is_built_in)).or_insert(index);
            if first != index {
                let first = &all[first];
                found.push(
                    Diagnostic::new(
                        Code::JX310,
                        texts::duplicate_declaration(texts::kind_standard(), &all[index].name),
                        all[index].node.head_span(),
                        texts::stated_again_here(),
                    )
                    .label(first.node.head_span(), texts::stated_first_here()),
                );
            }
        }
        let is_replaced = |one: &Declared<'_>| !one.is_built_in && firsts.contains_key(&(one.name.as_str(), true));
        // Those in the binary are the same in every run, unless one of them is replaced: others may extend it.
        let known = (!all.iter().any(is_replaced)).then(resolved_built_in);
        let named = by_name(&all);
        let mut library: Library = Self::default();
        for index in 0..all.len() {
            library.resolve(&mut all, &named, index, known, found);
        }
        // Those of the workspace stand first; a built-in one may have been replaced by name.
        let marked = all.iter().filter_map(|one| one.resolved).find(|id| library.standards[id.0 as usize].is_default);
        let name = marked.map(|id| library.standards[id.0 as usize].name.clone()).unwrap_or_default();
        library.fallback = library.find(&name).unwrap_or_default();
        library
    }

    /// Resolves a standard after those that it extends, as many as they may be.
    fn resolve(
        &mut self,
        all: &mut [Declared<'_>],
        named: &BTreeMap<String, Vec<usize>>,
        index: usize,
        known: Option<&BTreeMap<String, Arc<Standard>>>,
        found: &mut Vec<Diagnostic>,
    ) {
        let mut chain = Vec::new();
        let mut next = Some(index).filter(|index| all[*index].resolved.is_none());
        while let Some(index) = next {
            all[index].in_progress = true;
            let base = base_of(all, named, index, found);
            chain.push((index, base));
            next = base.filter(|base| all[*base].resolved.is_none());
        }
        for (index, base) in chain.into_iter().rev() {
            let base = base.and_then(|base| all[base].resolved);
            self.add(&mut all[index], base, known, found);
        }
    }

    /// Adds a standard over the one that it extends.
    fn add(
        &mut self,
        one: &mut Declared<'_>,
        base: Option<StandardId>,
        known: Option<&BTreeMap<String, Arc<Standard>>>,
        found: &mut Vec<Diagnostic>,
    ) {
        let (node, is_built_in) = (one.node, one.is_built_in);
        let known = known.filter(|_| is_built_in).and_then(|known| known.get(&one.name));
        let declared = || {
            let base = base.map_or_else(Standard::empty, |id| Standard::clone(&self.standards[id.0 as usize]));
            Arc::new(Standard { is_built_in, ..declare(node, base, found) })
        };
        let standard = known.cloned().unwrap_or_else(declared);
        let id = StandardId(self.standards.len() as u32);
        if !is_built_in || !self.by_name.contains_key(&standard.name) {
            self.by_name.insert(standard.name.clone(), id);
        }
        self.standards.push(standard);
        one.resolved = Some(id);
    }

    /// The standard of a name: one of the workspace before a built-in one.
    pub fn find(&self, name: &str) -> Option<StandardId> {
        self.by_name.get(name).copied()
    }

    /// The standard used where none is named.
    pub fn fallback(&self) -> StandardId {
        self.fallback
    }

    /// The names by which departments may ask for one, sorted.
    pub fn names(&self) -> Vec<&str> {
        self.by_name.keys().map(String::as_str).collect()
    }

    /// JX303 for a name that stands in no file.
    pub fn report_unknown_name(&self, name: &str) -> Diagnostic {
        let names = self.names().join(" ");
        Diagnostic::without_place(Code::JX303, texts::unknown_standard(name)).help(texts::standards_are(names))
    }

    /// JX303 with the nearest name, and the standard of that name: what follows is read by the one that is meant.
    pub fn report_unknown(&self, name: &str, span: Span) -> (Diagnostic, Option<StandardId>) {
        // A profile holds levels and no form: no department can follow it.
        let has_form =
            |name: &&str| self.find(name).is_some_and(|id| !self.standards[id.0 as usize].categories.is_empty());
        let with_form: Vec<&str> = self.names().into_iter().filter(has_form).collect();
        (unknown_standard(name, span, &with_form), meant_by(name, &with_form).and_then(|name| self.find(name)))
    }
}

/// The declarations of each name, in order.
fn by_name(all: &[Declared<'_>]) -> BTreeMap<String, Vec<usize>> {
    let mut named: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, one) in all.iter().enumerate() {
        named.entry(one.name.clone()).or_default().push(index);
    }
    named
}

/// The declaration that one extends. Reports JX303 and JX501.
fn base_of(
    all: &[Declared<'_>],
    named: &BTreeMap<String, Vec<usize>>,
    index: usize,
    found: &mut Vec<Diagnostic>,
) -> Option<usize> {
    let (name, span) = extends(all[index].node)?;
    // A standard that extends its own name means the one it replaces.
    let is_meant = |other: &usize| *other != index && (all[*other].name != all[index].name || all[*other].is_built_in);
    let Some(other) = named.get(&name).and_then(|known| known.iter().copied().find(is_meant)) else {
        let is_other = |of: &&usize| **of != index && !all[**of].in_progress;
        let others = named.iter().filter(|(_, all)| all.iter().any(|one| is_other(&one)));
        let known: Vec<&str> = others.map(|(name, _)| name.as_str()).collect();
        found.push(unknown_standard(&name, span, &known));
        // What follows is read by the one that is meant.
        let meant = meant_by(&name, &known).and_then(|name| named.get(name));
        return meant.and_then(|all| all.iter().find(is_other).copied());
    };
    if all[other].in_progress && all[other].resolved.is_none() {
        let circle = format!("{} → {name}", all[index].name);
        found.push(Diagnostic::new(
            Code::JX501,
            texts::circular_standard(circle),
            span,
            texts::circular_standard_here(),
        ));
        return None;
    }
    Some(other)
}

/// The name that a misspelt one must mean.
fn meant_by<'a>(name: &str, names: &[&'a str]) -> Option<&'a str> {
    crate::syntax::vocabulary::nearest(name, names.iter().map(|known| (*known, *known)))
}

fn unknown_standard(name: &str, span: Span, names: &[&str]) -> Diagnostic {
    let message = texts::unknown_standard(name);
    match meant_by(name, names) {
        Some(right) => Diagnostic::new(Code::JX303, message, span, texts::did_you_mean(right)).fix(
            texts::replace_by(right),
            span,
            right,
        ),
        None => Diagnostic::new(Code::JX303, message, span, texts::not_found_here())
            .help(texts::standards_are(names.join(" "))),
    }
}
