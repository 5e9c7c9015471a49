//! The grammar for editors against the compiler's own: the same files parse, with the same statements.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::support::offices::{Facts, office};
use crate::support::{Generator, has, root, works};
use jixiao::source::Sources;
use jixiao::syntax::{self, StatementKind, vocabulary};
use jixiao::workspace::analyse;
use tree_sitter::{Node, Parser, Query, QueryCursor, StreamingIterator};

/// Files whose syntax errors only the compiler sees: a letter that stands among the digits of a number is a unit to a grammar
/// that knows no units.
const LEFT_TO_THE_COMPILER: [&str; 1] = ["tests/cases/errors/unknown-unit-and-bad-number.jx"];

/// Editors that load a grammar read this version: Neovim since 0.6, Emacs 29, Helix, Zed.
const VERSION_OF_THE_TABLES: usize = 14;

fn grammar() -> PathBuf {
    root().join("editors/tree-sitter-jixiao")
}

fn parse(text: &str) -> tree_sitter::Tree {
    let mut parser = Parser::new();
    parser.set_language(&tree_sitter_jixiao::LANGUAGE.into()).expect("a version that is read");
    parser.parse(text, None).expect("a tree")
}

/// Every `.jx` file of the project that people wrote, with its path from the root.
fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    for folder in ["examples", "standards", "tests/cases"] {
        for entry in walkdir::WalkDir::new(root().join(folder)).sort_by_file_name() {
            let entry = entry.expect("entry");
            if entry.path().extension().is_some_and(|extension| extension == "jx") {
                let path = entry.path().strip_prefix(root()).expect("below").display().to_string();
                files.push((path, std::fs::read_to_string(entry.path()).expect("text")));
            }
        }
    }
    files
}

fn nodes(tree: &tree_sitter::Tree) -> Vec<Node<'_>> {
    let mut found = vec![tree.root_node()];
    let mut next = 0;
    while let Some(node) = found.get(next).copied() {
        found.extend((0..node.child_count()).filter_map(|index| node.child(index as u32)));
        next += 1;
    }
    found
}

/// How many statements of each kind a text holds, by the compiler; none where it has syntax errors.
fn statements(text: &str) -> Option<BTreeMap<&'static str, usize>> {
    let mut sources = Sources::default();
    let file = sources.add("a.jx", text);
    let (tree, mistakes) = syntax::parse(file, text);
    let mut counts = BTreeMap::new();
    for statement in &tree.statements {
        let kind = match statement.kind {
            StatementKind::Department => "department",
            StatementKind::Project => "project",
            StatementKind::Standard => "standard",
            StatementKind::Occasion => "occasion",
            StatementKind::Indicator => "indicator",
            StatementKind::Field => "field",
        };
        *counts.entry(kind).or_default() += 1;
    }
    counts.insert("comment", tree.comments.len());
    counts.retain(|_, count| *count > 0);
    mistakes.is_empty().then_some(counts)
}

/// The same of the editors' tree, with the first place that it does not understand.
fn shapes(text: &str) -> (BTreeMap<&'static str, usize>, Option<String>) {
    let tree = parse(text);
    let mut counts = BTreeMap::new();
    let mut mistake = None;
    for node in nodes(&tree) {
        if node.is_error() || node.is_missing() {
            mistake.get_or_insert_with(|| format!("{}: {}", node.start_position().row + 1, node.to_sexp()));
        }
        let kind = match node.kind() {
            "account" => "field",
            kind @ ("department" | "project" | "standard" | "occasion" | "indicator" | "field" | "comment") => kind,
            _ => continue,
        };
        *counts.entry(kind).or_default() += 1;
    }
    (counts, mistake)
}

fn agrees(name: &str, text: &str) {
    let (found, mistake) = shapes(text);
    match statements(text) {
        Some(expected) => {
            assert_eq!(mistake, None, "{name} has no syntax error");
            assert_eq!(found, expected, "{name}");
        }
        None if LEFT_TO_THE_COMPILER.contains(&name) => assert_eq!(mistake, None, "{name} need not be listed"),
        None => assert!(mistake.is_some(), "{name} has syntax errors"),
    }
}

#[test]
fn the_same_files_parse_with_the_same_statements() {
    let files = files();
    assert!(files.len() >= 80, "only {} files", files.len());
    for (name, text) in &files {
        agrees(name, text);
        agrees(name, &text.replace('\n', "\r\n"));
    }
}

#[test]
fn every_example_of_the_reference_parses() {
    let reference = std::fs::read_to_string(root().join("docs/language.md")).expect("the reference");
    for (number, example) in reference.split("```jx").skip(1).enumerate() {
        let body = example.split_once('\n').expect("a fence").1.split("```").next().expect("a body");
        let text = if example.starts_with(",part") { format!("项目 例 {{\n{body}}}\n") } else { body.to_owned() };
        assert!(statements(&text).is_some(), "the compiler reads example {number}");
        agrees("docs/language.md", &text);
    }
}

#[test]
fn made_up_offices_parse_in_both_spellings() {
    let mut generator = Generator::new(5);
    for number in 0..24 {
        let facts = if number % 2 == 0 { Facts::Every } else { Facts::Printed };
        let files = office(&mut generator, facts).files;
        for file in files {
            agrees(&format!("office {number}: {}", file.path), &file.text);
            let full_width = full_width(&file.text);
            agrees(&format!("office {number}, as an input method writes it: {}", file.path), &full_width);
        }
    }
}

/// The text as an input method writes it: other braces, comparators and digits, outside texts.
fn full_width(text: &str) -> String {
    let mut in_block = false;
    let mut written = String::new();
    for line in text.split_inclusive('\n') {
        let opens = line.trim_end().ends_with("\"\"\"");
        if in_block || line.contains(['"', '“', '#']) {
            in_block ^= opens;
            written += line;
        } else {
            written += &line.replace('{', "｛").replace('}', "｝").replace(">=", "＞＝").replace('%', "％");
        }
    }
    written
}

#[test]
fn a_mistake_costs_its_neighbourhood_not_the_file() {
    let text = std::fs::read_to_string(root().join("examples/yutian-2025/06-政府业务费.jx")).expect("text");
    let whole = shapes(&text).0;
    let half_typed = text.replacen("≥ 90%", "≥", 1);
    assert_ne!(text, half_typed);
    let (found, mistake) = shapes(&half_typed);
    assert!(mistake.is_some());
    assert!(found["indicator"] + 1 >= whole["indicator"], "{found:?} of {whole:?}");
    assert!(found["field"] + 3 >= whole["field"], "{found:?} of {whole:?}");
}

#[test]
fn any_cut_of_a_file_gives_a_tree() {
    let files = files();
    let mut generator = Generator::new(7);
    for _ in 0..300 {
        let (_, text) = &files[generator.below(files.len())];
        let mut signs: Vec<char> = text.chars().take(1500).collect();
        for _ in 0..=generator.below(4) {
            let at = generator.below(signs.len());
            let end = (at + generator.below(6)).min(signs.len());
            signs.splice(at..end, ["{", "}", "\"", "\"\"\"\n", "≥", "\n", "#", "定性 "][generator.below(8)].chars());
        }
        let text: String = signs.into_iter().collect();
        let tree = parse(&text);
        assert_eq!(tree.root_node().end_byte(), text.len());
    }
}

/// The corpus in the form of the tree-sitter tool: a name between lines of `=`, a text, `---`, and its tree.
#[test]
fn the_corpus_gives_its_trees() {
    let mut seen = 0;
    for entry in walkdir::WalkDir::new(grammar().join("test/corpus")).sort_by_file_name() {
        let entry = entry.expect("entry");
        if entry.file_type().is_file() {
            let text = std::fs::read_to_string(entry.path()).expect("text");
            let renewed: String = cases(&text).iter().map(Case::renewed).collect::<Vec<_>>().join("\n");
            if std::env::var_os("JIXIAO_BLESS").is_some() {
                std::fs::write(entry.path(), &renewed).expect("written");
            } else {
                assert!(text == renewed, "{}: JIXIAO_BLESS=1 renews it\n{renewed}", entry.path().display());
            }
            seen += cases(&text).len();
        }
    }
    assert!(seen >= 20, "only {seen} cases");
}

struct Case {
    name: String,
    text: String,
}

fn cases(corpus: &str) -> Vec<Case> {
    let rule = "=".repeat(18) + "\n";
    let mut pieces = corpus.split(&rule).skip(1);
    let mut cases = Vec::new();
    while let (Some(name), Some(body)) = (pieces.next(), pieces.next()) {
        let text = body.split("\n---\n").next().expect("a text").to_owned();
        cases.push(Case { name: name.trim_end().to_owned(), text });
    }
    cases
}

impl Case {
    fn renewed(&self) -> String {
        let rule = "=".repeat(18);
        let tree = parse(&self.text);
        let expects_error = self.name.starts_with("未完");
        assert_eq!(tree.root_node().has_error(), expects_error, "{}: {}", self.name, tree.root_node().to_sexp());
        format!("{rule}\n{}\n{rule}\n{}\n---\n\n{}\n", self.name, self.text, drawn(&tree))
    }
}

/// The named nodes as the tree-sitter tool writes them, one a line.
fn drawn(tree: &tree_sitter::Tree) -> String {
    fn draw(node: Node<'_>, field: Option<&str>, depth: usize, text: &mut String) {
        if !text.is_empty() {
            text.push('\n');
            text.push_str(&"  ".repeat(depth));
        }
        let missing = format!("MISSING {:?}", node.kind());
        let kind = if node.is_error() { "ERROR" } else { node.kind() };
        text.extend(field.map(|field| format!("{field}: ")));
        text.push('(');
        text.push_str(if node.is_missing() { &missing } else { kind });
        for index in 0..node.child_count() as u32 {
            let child = node.child(index).expect("a child");
            if child.is_named() || child.is_missing() {
                draw(child, node.field_name_for_child(index), depth + 1, text);
            }
        }
        text.push(')');
    }
    let mut text = String::new();
    draw(tree.root_node(), None, 0, &mut text);
    text
}

fn query(name: &str) -> Query {
    let text = std::fs::read_to_string(grammar().join("queries").join(name)).expect("a query");
    Query::new(&tree_sitter_jixiao::LANGUAGE.into(), &text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// What a query captures in a text: the words with the last name that is given to them.
fn captures(query: &Query, text: &str) -> Vec<(std::ops::Range<usize>, String)> {
    let tree = parse(text);
    let mut cursor = QueryCursor::new();
    let mut found = cursor.captures(query, tree.root_node(), text.as_bytes());
    let mut named = BTreeMap::new();
    while let Some((captured, index)) = found.next() {
        let capture = captured.captures[*index];
        let name = query.capture_names()[capture.index as usize].to_owned();
        let range = capture.node.byte_range();
        named.insert((range.start, std::cmp::Reverse(range.end), captured.pattern_index), (range, name));
    }
    named.into_values().collect()
}

#[test]
fn every_query_holds() {
    for name in ["highlights.scm", "folds.scm", "indents.scm", "locals.scm", "injections.scm", "textobjects.scm"] {
        let query = query(name);
        let text = std::fs::read_to_string(root().join("examples/入门/01-全民阅读活动.jx")).expect("text");
        let found: BTreeSet<String> = captures(&query, &text).into_iter().map(|(_, name)| name).collect();
        assert!(!found.is_empty(), "{name} captures nothing");
    }
}

#[test]
fn the_queries_of_every_editor_hold() {
    let mut seen = 0;
    let walk = walkdir::WalkDir::new(root().join("editors")).into_iter();
    for entry in walk.filter_entry(|entry| entry.file_name() != "node_modules") {
        let entry = entry.expect("entry");
        if entry.path().extension().is_some_and(|extension| extension == "scm") {
            let text = std::fs::read_to_string(entry.path()).expect("a query");
            let query = Query::new(&tree_sitter_jixiao::LANGUAGE.into(), &text);
            assert!(query.is_ok(), "{}: {}", entry.path().display(), query.expect_err("wrong"));
            seen += 1;
        }
    }
    assert!(seen >= 11, "only {seen}");
}

/// Zed has other names for some colours; what is coloured is the same.
#[test]
fn zed_colours_the_same_parts() {
    let patterns = |path: &str| -> Vec<String> {
        let text = std::fs::read_to_string(root().join("editors").join(path)).expect("a query");
        let lines = text.lines().filter(|line| !line.starts_with(';'));
        lines.map(|line| line.split('@').next().expect("a pattern").trim_end().to_owned()).collect()
    };
    assert_eq!(patterns("zed/languages/jixiao/highlights.scm"), patterns("tree-sitter-jixiao/queries/highlights.scm"));
}

#[test]
fn words_have_the_colours_of_their_parts() {
    let text = std::fs::read_to_string(grammar().join("test/highlight.jx")).expect("text");
    let query = query("highlights.scm");
    let lines: Vec<String> =
        captures(&query, &text).iter().map(|(range, name)| format!("{name:<22}{:?}", &text[range.clone()])).collect();
    insta::assert_snapshot!("tree_sitter_highlights", lines.join("\n"));
}

#[test]
fn every_block_and_text_block_of_several_lines_folds() {
    let text = std::fs::read_to_string(root().join("examples/入门/部门.jx")).expect("text");
    let folds = captures(&query("folds.scm"), &text);
    let several = folds.iter().filter(|(range, _)| text[range.clone()].contains('\n')).count();
    let blocks = text.lines().filter(|line| !line.starts_with('#') && line.trim_end().ends_with('{')).count();
    let texts = text.lines().filter(|line| line.trim_end().ends_with("\"\"\"")).count() / 2;
    assert_eq!(several, blocks + texts);
}

/// The words that the two grammars write out are the same, and the vocabulary's.
#[test]
fn the_words_of_the_grammar_are_the_words_of_the_language() {
    let text = std::fs::read_to_string(grammar().join("grammar.js")).expect("the grammar");
    let mut found = BTreeSet::new();
    for pair in text.split("keyword(\"").skip(1) {
        let (chinese, rest) = pair.split_once("\", \"").expect("two words");
        found.insert((chinese.to_owned(), rest.split('"').next().expect("English").to_owned()));
    }
    let pest = std::fs::read_to_string(root().join("grammar/file.pest")).expect("the grammar of the compiler");
    let mut expected = BTreeSet::new();
    for line in pest.lines().filter(|line| line.contains("~ !name_char }")) {
        let words: Vec<String> = line.split('"').skip(1).step_by(2).map(str::to_owned).collect();
        let half = words.len() / 2;
        let pairs = if half == 1 { vec![(0, 1)] } else { vec![(0, 2), (1, 3)] };
        expected.extend(pairs.iter().map(|&(one, other)| (words[one].clone(), words[other].clone())));
    }
    for (_, chinese, english) in vocabulary::KEYWORDS {
        assert!(expected.contains(&(chinese.to_owned(), english.to_owned())), "{chinese} is in both");
    }
    // The one field whose number is a code.
    let account = vocabulary::field(vocabulary::Block::Project, "单位").expect("a field");
    expected.insert((account.name.to_owned(), account.english.to_owned()));
    assert_eq!(found, expected);
}

/// No place's words in a grammar: what a standard declares is known by its shape.
#[test]
fn the_grammar_names_nothing_that_a_standard_declares() {
    let library = analyse(Vec::new(), None).model.standards;
    let text = std::fs::read_to_string(grammar().join("grammar.js")).expect("the grammar");
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    for standard in &library {
        let units = standard.units.iter().map(|unit| &unit.name);
        let sources = standard.fund_sources.iter().map(|source| &source.name);
        let categories = standard.categories.iter().map(|category| &category.name);
        for name in units.chain(sources).chain(categories) {
            // `%` and the signs of dates are signs; `指标` opens an indicator.
            assert!(!code.contains(&format!("\"{name}\"")) || name == "指标", "the grammar names {name}");
        }
    }
}

/// `src/` is made from `grammar.js`. JIXIAO_BLESS=1 makes it anew.
#[test]
fn the_parser_is_made_from_the_grammar() {
    if !has("node", works("node", "--version")) {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tree-sitter");
    let made = |into: &Path| {
        tree_sitter_generate::generate_parser_in_directory(
            grammar(),
            Some(into),
            None::<&str>,
            VERSION_OF_THE_TABLES,
            None,
            Some("node"),
            true,
            tree_sitter_generate::OptLevel::default(),
        )
        .unwrap_or_else(|error| panic!("{error}"));
    };
    let committed = grammar().join("src");
    if std::env::var_os("JIXIAO_BLESS").is_some() {
        made(&committed);
        return;
    }
    made(&folder);
    for name in ["parser.c", "grammar.json", "node-types.json", "tree_sitter/parser.h"] {
        let read = |folder: &Path| std::fs::read_to_string(folder.join(name)).expect("made");
        assert!(read(&folder) == read(&committed), "src/{name} is old: JIXIAO_BLESS=1 makes it anew");
    }
}

/// What `editors/README.md` tells a user to type, typed in a home where nothing is yet.
#[test]
fn the_lines_that_build_the_grammar_work_in_an_empty_home() {
    if !has("a C compiler", works("cc", "--version")) {
        return;
    }
    let text = std::fs::read_to_string(root().join("editors/README.md")).expect("the page");
    let blocks = text.split("```sh\n").skip(1).filter_map(|rest| rest.split_once("```").map(|(block, _)| block));
    let built: Vec<&str> = blocks.filter(|block| block.contains("cc -O2")).collect();
    let libraries = [
        ".config/nvim/parser/jixiao.so",
        ".config/helix/runtime/grammars/jixiao.so",
        ".emacs.d/tree-sitter/libtree-sitter-jixiao.so",
    ];
    assert_eq!(built.len(), libraries.len(), "Neovim, Helix and Emacs");
    for (block, library) in built.iter().zip(libraries) {
        let home = tempfile::tempdir().expect("a folder");
        let output = std::process::Command::new("sh")
            .args(["-e", "-c", block])
            .current_dir(root())
            .env("HOME", home.path())
            .output()
            .expect("a shell");
        assert!(output.status.success(), "{block}\n{}", String::from_utf8_lossy(&output.stderr));
        assert!(home.path().join(library).exists(), "{library} is not there after\n{block}");
    }
}
