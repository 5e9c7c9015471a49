//! The house rules that a compiler does not keep: floors, registries, words that do not belong in the program.

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use support::root;

/// A module may use modules of its own floor's parts and of lower floors. See ARCHITECTURE.md.
const FLOORS: &[(&str, u8)] = &[
    ("source", 0),
    ("diagnostic", 1),
    ("syntax", 2),
    ("model", 3),
    ("format", 4),
    ("lint", 4),
    ("backend", 5),
    ("config", 5),
    ("diff", 5),
    ("merge", 5),
    ("rollover", 5),
    ("control", 6),
    ("handbook", 6),
    ("history", 6),
    ("import", 6),
    ("workspace", 7),
    ("editor", 8),
    ("findings", 8),
    ("review", 8),
    ("lsp", 9),
    ("cli", 10),
    ("lib", 11),
    ("main", 11),
];

/// The parts of an import, and the parts that each may use: a wing knows no wing that comes after it. Its report and its
/// root may use them all.
const WINGS_OF_IMPORT: &[(&str, &[&str])] = &[
    ("document", &[]),
    ("account", &["document"]),
    ("read", &["document"]),
    ("recognise", &["account", "document"]),
    ("build", &["account", "document", "recognise"]),
];

/// Outside crates, and the only modules that may name them.
const KEPT_INSIDE: &[(&str, &[&str])] = &[
    ("pest", &["src/syntax/parse.rs", "src/syntax/recover.rs"]),
    ("pest_derive", &["src/syntax/parse.rs"]),
    ("miette", &["src/diagnostic/render.rs"]),
    (
        "maud",
        &[
            "src/backend/",
            "src/diagnostic/page.rs",
            "src/findings/html.rs",
            "src/handbook.rs",
            "src/history/",
            "src/import/report.rs",
            "src/review/html.rs",
        ],
    ),
    ("csv", &["src/backend/csv_table.rs", "src/findings/spreadsheet.rs", "src/import/read/csv_records.rs"]),
    ("quick_xml", &["src/backend/xml.rs", "src/findings/junit.rs", "src/import/read/xml.rs"]),
    ("zip", &["src/backend/docx.rs", "src/import/read/package.rs", "src/import/read/sample.rs"]),
    ("scraper", &["src/import/read/html.rs"]),
    ("encoding_rs", &["src/import/read/encoding.rs"]),
    ("chardetng", &["src/import/read/encoding.rs"]),
    ("percent_encoding", &["src/findings/sarif.rs", "src/lsp/paths.rs"]),
    ("lsp_server", &["src/lsp"]),
    ("lsp_types", &["src/lsp/"]),
    ("pulldown_cmark", &["src/handbook.rs"]),
    ("rust_xlsxwriter", &["src/backend/xlsx"]),
    ("pinyin", &["src/editor/spelling.rs"]),
    ("rapidfuzz", &["src/model/similarity.rs"]),
    (
        "similar",
        &[
            "src/cli/fix.rs",
            "src/cli/format.rs",
            "src/cli/import.rs",
            "src/lsp/formatting.rs",
            "src/merge/lines.rs",
            "src/review/marked.rs",
        ],
    ),
    ("schemars", &["src/backend/json"]),
    ("clap", &["src/cli.rs", "src/cli/"]),
    ("toml", &["src/config.rs", "src/review/approvals.rs"]),
    ("walkdir", &["src/cli/files.rs"]),
    ("tempfile", &["src/cli/convert.rs", "src/cli/files.rs", "src/cli/pdf.rs", "src/cli/programs.rs"]),
];

fn sources() -> Vec<(String, String)> {
    let mut files: Vec<PathBuf> = walkdir::WalkDir::new(root().join("src"))
        .into_iter()
        .map(|entry| entry.expect("entry").into_path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect();
    files.sort();
    let relative = |path: &Path| path.strip_prefix(root()).expect("below").display().to_string();
    files.iter().map(|path| (relative(path), std::fs::read_to_string(path).expect("text"))).collect()
}

fn floor_of(path: &str) -> u8 {
    let module = path.trim_start_matches("src/").split(['/', '.']).next().expect("module");
    FLOORS.iter().find(|(name, _)| *name == module).unwrap_or_else(|| panic!("{path} has no floor")).1
}

/// The code of a file, without its tests and comments.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests").next().expect("code");
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_module_uses_lower_floors_only() {
    for (path, text) in sources() {
        for used in paths(&code(&text)) {
            let Some(used) = used.strip_prefix("crate::") else { continue };
            let module = used.split("::").next().unwrap_or_default();
            let Some((_, floor)) = FLOORS.iter().find(|(name, _)| *name == module) else { continue };
            let own = path.trim_start_matches("src/").split(['/', '.']).next() == Some(module);
            assert!(own || *floor < floor_of(&path), "{path} uses {module}, which lies on no lower floor");
        }
    }
}

#[test]
fn the_wings_of_an_import_look_down_only() {
    let arrows = arrows("import");
    for (from, used) in &arrows {
        let part_of = |module: &str| module.split("::").nth(1).unwrap_or_default().to_owned();
        let Some((_, may_use)) = WINGS_OF_IMPORT.iter().find(|(part, _)| *part == part_of(from)) else { continue };
        for to in used {
            let part = part_of(to);
            assert!(part == part_of(from) || may_use.contains(&&*part), "{from} uses {to}");
        }
    }
    for module in arrows.keys() {
        let (mut reached, mut ahead) = (BTreeSet::new(), vec![module]);
        while let Some(next) = ahead.pop() {
            ahead.extend(arrows[next].iter().filter(|to| reached.insert(*to)));
        }
        assert!(!reached.contains(module), "{module} lies on a circle of modules");
    }
}

/// Which modules of a room each of its modules names: in a `use`, in a path, or below itself.
fn arrows(room: &str) -> BTreeMap<String, BTreeSet<String>> {
    let module = |path: &str| path.trim_start_matches("src/").trim_end_matches(".rs").replace('/', "::");
    let texts: BTreeMap<String, String> = sources()
        .iter()
        .filter(|(path, _)| path.split(['/', '.']).nth(1) == Some(room))
        .map(|(path, text)| (module(path), code(text)))
        .collect();
    let arrows_of = |(module, text): (&String, &String)| {
        let mut named: BTreeSet<String> =
            paths(text).iter().filter_map(|path| resolved(module, path, &texts)).collect();
        let below = texts.keys().filter(|other| {
            let name = other.strip_prefix(&format!("{module}::"));
            name.is_some_and(|name| !name.contains("::") && text.contains(&format!("{name}::")))
        });
        named.extend(below.cloned());
        named.remove(module);
        (module.clone(), named)
    };
    texts.iter().map(arrows_of).collect()
}

/// The paths that a text names from `crate` or `super`, each by itself where one `use` names several.
fn paths(text: &str) -> Vec<String> {
    let is_of_path = |sign: char| sign.is_alphanumeric() || "_:".contains(sign);
    let mut paths = Vec::new();
    for (at, _) in text.match_indices("crate::").chain(text.match_indices("super::")) {
        if text[..at].ends_with(is_of_path) {
            continue;
        }
        let mut depth = 0_usize;
        let end = text[at..].find(|sign: char| {
            depth = (depth + usize::from(sign == '{')).saturating_sub(usize::from(sign == '}'));
            depth == 0 && sign != '}' && !is_of_path(sign)
        });
        let tree: String = text[at..at + end.unwrap_or(text.len() - at)].split_whitespace().collect();
        spread("", &tree, &mut paths);
    }
    paths
}

/// `a::{b, c::d}` as `a::b` and `a::c::d`.
fn spread(lead: &str, tree: &str, paths: &mut Vec<String>) {
    let Some((head, rest)) = tree.split_once('{') else {
        paths.push(format!("{lead}{tree}"));
        return;
    };
    let (lead, mut depth) = (format!("{lead}{head}"), 0_usize);
    let parts = rest.trim_end_matches('}').split(|sign: char| {
        depth = (depth + usize::from(sign == '{')).saturating_sub(usize::from(sign == '}'));
        depth == 0 && sign == ','
    });
    for part in parts {
        spread(&lead, part, paths);
    }
}

/// The module of a room that a path leads into, as `module` names it.
fn resolved(module: &str, path: &str, known: &BTreeMap<String, String>) -> Option<String> {
    let mut at: Vec<&str> = module.split("::").collect();
    for part in path.split("::") {
        match part {
            "crate" => at.clear(),
            "super" => at.truncate(at.len() - 1),
            part => at.push(part),
        }
    }
    (1..=at.len()).rev().map(|length| at[..length].join("::")).find(|lead| known.contains_key(lead))
}

#[test]
fn outside_crates_stay_in_their_rooms() {
    for (path, text) in sources() {
        for (name, rooms) in KEPT_INSIDE {
            let names_it = code(&text).contains(&format!("{name}::"));
            assert!(!names_it || rooms.iter().any(|room| path.starts_with(room)), "{path} names {name}");
        }
    }
}

#[test]
fn nothing_below_the_command_line_touches_the_world() {
    for (path, text) in sources().iter().filter(|(path, _)| floor_of(path) < 10) {
        for word in ["std::fs", "std::env", "std::process", "std::time", "println!", "eprintln!"] {
            assert!(!code(text).contains(word), "{path} uses {word}");
        }
    }
}

#[test]
fn no_binary_floating_point() {
    for (path, text) in sources() {
        for word in ["f64", "f32", "to_f64", "as_f64"] {
            assert!(!code(&text).contains(word), "{path} uses {word}");
        }
    }
}

/// What belongs to a place is data in standards/: the program names no province, unit, category or month.
#[test]
fn the_rules_of_a_place_are_not_in_the_program() {
    let library = jixiao::workspace::analyse(Vec::new(), None).model.standards;
    let mut words: Vec<String> = Vec::new();
    for standard in &library {
        words.push(standard.name.clone());
        words.extend(standard.categories.iter().map(|category| category.name.clone()));
        words.extend(standard.categories.iter().flat_map(|one| one.subcategories.iter().map(|sub| sub.name.clone())));
        words.extend(standard.fund_sources.iter().map(|source| source.name.clone()));
        words.extend(standard.checkpoints.iter().map(|checkpoint| checkpoint.label.clone()));
        words.extend(standard.units.iter().map(|unit| unit.name.clone()).filter(|name| name.chars().count() > 1));
    }
    words.extend(["河北", "四川", "玉田", "财预"].map(str::to_owned));
    words.sort();
    words.dedup();
    // Words of the language itself that a standard also uses as a unit's or a source's name.
    words.retain(|word| !["一级指标", "比例", "其他", "指标"].contains(&word.as_str()));
    for (path, text) in sources() {
        for word in &words {
            let quoted = [format!("\"{word}\""), format!("\"{word}=")];
            let found = quoted.iter().any(|one| code(&text).contains(one));
            let found = found || word.starts_with(['河', '四', '玉', '财']) && code(&text).contains(word.as_str());
            assert!(!found, "{path} names {word}");
        }
    }
}

#[test]
fn no_unfinished_or_forgotten_words() {
    for (path, text) in sources() {
        for word in ["todo!", "unimplemented!", "dbg!", "TODO", "FIXME", "XXX", "#[allow("] {
            assert!(!code(&text).contains(word), "{path} holds {word}");
        }
    }
}

#[test]
fn every_rule_is_in_the_registry_and_every_file_says_what_it_is() {
    let registry = std::fs::read_to_string(root().join("src/lint.rs")).expect("lint.rs");
    for (path, text) in sources() {
        assert!(text.starts_with("//! "), "{path} does not say what it is for");
        let rule = path.strip_prefix("src/lint/").and_then(|name| name.strip_suffix(".rs"));
        if let Some(rule) = rule.filter(|rule| *rule != "context") {
            assert!(registry.contains(&format!("mod {rule};")), "{rule} is not declared");
            assert!(registry.contains(&format!("{rule}::RULE")), "{rule} is not in RULES");
        }
    }
}

#[test]
fn files_stay_readable() {
    for (path, text) in sources() {
        let limit = if path.ends_with("texts.rs") { 700 } else { 600 };
        assert!(text.lines().count() <= limit, "{path} has {} lines: split it, or say why not", text.lines().count());
    }
}
