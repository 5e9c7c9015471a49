//! Edits of two people on one text, at random: for merges.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use jixiao::format::{Formatting, format};
use jixiao::source::Sources;
use jixiao::syntax::{self, Bytes, Node, StatementKind, ValueKind};

use super::Generator;
use super::offices::{Facts, office};

/// What two people made of a text.
pub struct Triple {
    pub base: String,
    pub ours: String,
    pub theirs: String,
    /// Both made one after the other, where they touch different facts.
    pub both: Option<String>,
    /// What each edit wrote and no other text holds.
    pub marks: Vec<String>,
    pub what: String,
    /// Neither added where the other did.
    pub adds_apart: bool,
}

/// One edit: what it replaces, and the fact it changes.
#[derive(Clone, Debug)]
pub struct Edit {
    pub what: &'static str,
    pub bytes: Range<usize>,
    pub text: String,
    pub mark: Option<String>,
    /// What it touches: nothing else may change there.
    pub touches: Range<usize>,
    /// Where it adds, if it only adds.
    pub adds: bool,
}

/// A formatted file of a generated office, with a comment or two.
pub fn file(generator: &mut Generator) -> String {
    let office = office(generator, Facts::Every);
    let files: Vec<_> = office.files.iter().filter(|file| file.path != "标准.jx").collect();
    let text = &files[generator.below(files.len())].text;
    format(text, &Formatting::default()).text
}

/// Edits of both sides on one file; on different facts where asked.
pub fn triple(generator: &mut Generator, apart: bool) -> Triple {
    let base = file(generator);
    let all = edits(generator, &base);
    let mut ours: Vec<Edit> = Vec::new();
    let mut theirs: Vec<Edit> = Vec::new();
    for _ in 0..=generator.below(4) {
        add(generator, &all, &mut ours, &[]);
    }
    for _ in 0..=generator.below(4) {
        let taken = if apart { ours.clone() } else { Vec::new() };
        add(generator, &all, &mut theirs, &taken);
    }
    if !apart && generator.below(3) == 0 {
        // The same edit on both sides.
        theirs.retain(|edit| !meets(edit, &ours[0]));
        theirs.push(ours[0].clone());
    }
    let places =
        |edits: &[Edit]| edits.iter().filter(|edit| edit.adds).map(|edit| edit.bytes.start).collect::<BTreeSet<_>>();
    let adds_apart = places(&ours).is_disjoint(&places(&theirs));
    let is_disjoint = ours.iter().all(|one| theirs.iter().all(|other| !meets(one, other)));
    let marks = ours.iter().chain(&theirs).filter_map(|edit| edit.mark.clone()).collect();
    let what = [&ours, &theirs].map(|side| side.iter().map(|edit| edit.what).collect::<Vec<_>>().join("+")).join(" | ");
    let both = is_disjoint.then(|| applied(&base, &[ours.clone(), theirs.clone()].concat()));
    Triple { ours: applied(&base, &ours), theirs: applied(&base, &theirs), base, both, marks, what, adds_apart }
}

fn add(generator: &mut Generator, all: &[Edit], side: &mut Vec<Edit>, taken: &[Edit]) {
    let edit = &all[generator.below(all.len())];
    if side.iter().chain(taken).all(|other| !meets(edit, other)) {
        side.push(edit.clone());
    }
}

fn meets(one: &Edit, other: &Edit) -> bool {
    one.touches.start < other.touches.end && other.touches.start < one.touches.end
        || one.bytes.start == other.bytes.start
}

fn applied(base: &str, edits: &[Edit]) -> String {
    let mut edits = edits.to_vec();
    edits.sort_by_key(|edit| (edit.bytes.start, edit.bytes.end));
    let mut out = String::new();
    let mut end = 0;
    for edit in edits {
        out += &base[end..edit.bytes.start];
        out += &edit.text;
        end = edit.bytes.end;
    }
    out + &base[end..]
}

/// Every edit that a text offers, several for some facts.
fn edits(generator: &mut Generator, base: &str) -> Vec<Edit> {
    let file = Sources::default().add("", "");
    let text: Arc<str> = base.into();
    let (tree, found) = syntax::parse(file, &text);
    assert!(found.is_empty(), "{base}");
    let braces = syntax::braces(&text).expect("braces");
    let mut maker = Maker { generator, text: &text, braces, edits: Vec::new() };
    for root in tree.roots(file, &text) {
        maker.statement(root, None);
    }
    maker.edits
}

struct Maker<'a> {
    generator: &'a mut Generator,
    text: &'a str,
    braces: Vec<(usize, usize)>,
    edits: Vec<Edit>,
}

impl Maker<'_> {
    fn fresh(&mut self) -> String {
        format!("改{}号", 1000 + self.generator.below(9_000_000))
    }

    fn replace(&mut self, what: &'static str, bytes: Range<usize>, text: String, mark: Option<String>) {
        self.edits.push(Edit { what, touches: bytes.clone(), bytes, text, mark, adds: false });
    }

    fn insert(&mut self, what: &'static str, at: usize, text: String, mark: String) {
        self.edits.push(Edit { what, bytes: at..at, text, mark: Some(mark), touches: at..at, adds: true });
    }

    /// From the start of its first line to the end of its last.
    fn lines(&self, node: Node<'_>) -> Range<usize> {
        let head = node.statement().head;
        let (start, end) = (head.start as usize, head.end as usize);
        let open = self.braces.partition_point(|(open, _)| *open < end);
        let end = if node.statement().has_block { self.braces[open].1 } else { end };
        let start = self.text[..start].rfind('\n').map_or(0, |at| at + 1);
        start..self.text[end..].find('\n').map_or(self.text.len(), |at| end + at + 1)
    }

    fn statement(&mut self, node: Node<'_>, parent: Option<Node<'_>>) {
        let range = |bytes: Bytes| bytes.start as usize..bytes.end as usize;
        let values = node.values();
        match node.kind() {
            StatementKind::Indicator => self.indicator(node),
            StatementKind::Project => {
                let name = range(values[values.len() - 1].bytes);
                let mark = self.fresh();
                self.replace("rename project", name, mark.clone(), Some(mark));
            }
            StatementKind::Department | StatementKind::Standard | StatementKind::Occasion => {}
            StatementKind::Field => {
                let last = values.last();
                if let [value] = values
                    && value.kind == ValueKind::Quoted
                {
                    let mark = self.fresh();
                    self.replace("rewrite", range(value.bytes), format!("\"{mark}。\""), Some(mark));
                }
                if let Some(value) = last.filter(|value| value.kind == ValueKind::TextBlock) {
                    let bytes = range(value.bytes);
                    let inside: Vec<(usize, &str)> = lines_of(self.text, bytes.clone());
                    for (at, line) in inside.into_iter().filter(|(_, line)| line.len() > 3 && !line.contains('"')) {
                        let mark = self.fresh();
                        self.replace("sentence", at..at + line.len(), format!("{mark}。"), Some(mark));
                    }
                }
                let is_line = parent.is_some_and(|parent| matches!(parent.label_text(), "支出计划"));
                if let Some(number) = values.iter().find(|value| value.kind == ValueKind::Number).filter(|_| is_line) {
                    let number = range(number.bytes);
                    let share = 10 + self.generator.below(80);
                    let zeros = format!("{share}.{}", 100 + self.generator.below(900));
                    self.replace("share", number, zeros.clone(), Some(zeros));
                }
                let lines = self.lines(node);
                if parent.is_some_and(|parent| parent.kind() == StatementKind::Indicator) {
                    self.replace("drop field", lines, String::new(), None);
                }
            }
        }
        for child in node.children() {
            self.statement(child, Some(node));
        }
    }

    fn indicator(&mut self, node: Node<'_>) {
        let values = node.values();
        let target = values[2].bytes.start as usize..node.statement().head.end as usize;
        let has_scale = values.iter().any(|value| value.kind == ValueKind::ScaleGrade);
        if !has_scale {
            let number = (10_000 + self.generator.below(9_000_000)).to_string();
            self.replace("retarget", target, format!("≥ {number} 次"), Some(number));
        }
        let name = values[1].bytes.start as usize..values[1].bytes.end as usize;
        let mark = self.fresh();
        self.replace(
            "rename",
            name.clone(),
            format!("{}{mark}", self.text[name].trim_matches('"').replace(|sign: char| !sign.is_alphabetic(), ""))
                .trim_start_matches(|sign: char| !sign.is_alphabetic())
                .to_owned(),
            Some(mark),
        );
        let lines = self.lines(node);
        let blank = lines.start - usize::from(self.text[..lines.start].ends_with("\n\n"));
        self.edits.push(Edit {
            what: "remove",
            bytes: blank..lines.end,
            text: String::new(),
            mark: None,
            touches: blank..lines.end,
            adds: false,
        });
        let mark = self.fresh();
        self.insert("comment", lines.start, format!("  # 说明{mark}\n"), mark);
        let mark = self.fresh();
        self.insert("add indicator", lines.end, format!("\n  指标 数量 新增{mark} ≥ 3 次\n"), mark);
        let is_block = node.statement().has_block && self.text[..lines.end].ends_with("  }\n");
        if is_block && !self.text[lines.clone()].contains("    计分") {
            let at = lines.end - "  }\n".len();
            let mark = self.fresh();
            self.insert("add field", at, format!("    计分 \"{mark}\"\n"), mark);
        }
    }
}

/// The lines of a stretch without their indentation, each with its place.
fn lines_of(text: &str, bytes: Range<usize>) -> Vec<(usize, &str)> {
    let mut at = bytes.start;
    let mut lines = Vec::new();
    for line in text[bytes].split_inclusive('\n') {
        let content = line.trim();
        lines.push((at + line.find(content).unwrap_or(0), content));
        at += line.len();
    }
    lines
}
