//! The house rules that a compiler does not keep: floors, registries, words that do not belong in the program.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::support::{modules, root};
use jixiao::language::FIELDS;

/// A module may use modules of its own floor's parts and of lower floors. See ARCHITECTURE.md.
const FLOORS: &[(&str, u8)] = &[
    ("parallel", 0),
    ("source", 0),
    ("diagnostic", 1),
    ("language", 2),
    ("syntax", 3),
    ("model", 4),
    ("format", 5),
    ("score", 5),
    ("diff", 6),
    ("edit", 6),
    ("lint", 7),
    ("backend", 7),
    ("config", 7),
    ("drafting", 7),
    ("merge", 7),
    ("rollover", 7),
    ("control", 8),
    ("handbook", 8),
    ("history", 8),
    ("import", 8),
    ("workspace", 9),
    ("editor", 10),
    ("findings", 10),
    ("review", 10),
    ("standing", 10),
    ("desk", 11),
    ("lsp", 11),
    ("browser", 12),
    ("cli", 12),
    ("lib", 13),
    ("main", 13),
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
    ("pest", &["src/syntax/canonical.rs", "src/syntax/grammar.rs", "src/syntax/parse.rs", "src/syntax/recover.rs"]),
    ("pest_derive", &["src/syntax/grammar.rs"]),
    ("miette", &["src/diagnostic/render.rs"]),
    (
        "maud",
        &[
            "src/backend/",
            "src/desk/pages",
            "src/diagnostic/page.rs",
            "src/findings/html.rs",
            "src/handbook.rs",
            "src/history/",
            "src/import/report.rs",
            "src/review/html.rs",
            "src/standing/page.rs",
        ],
    ),
    ("csv", &["src/backend/csv_table.rs", "src/findings/spreadsheet.rs", "src/import/read/csv_records.rs"]),
    ("quick_xml", &["src/backend/xml.rs", "src/findings/junit.rs", "src/import/read/xml.rs"]),
    ("krilla", &["src/backend/pdf/"]),
    ("hayro_interpret", &["src/import/read/pdf.rs", "src/import/read/pdf/"]),
    ("hayro_syntax", &["src/import/read/pdf.rs", "src/import/read/pdf/"]),
    ("hayro_cmap", &["src/import/read/pdf/"]),
    ("kurbo", &["src/import/read/pdf/"]),
    ("flate2", &["src/import/read/pdf/streams.rs"]),
    ("skrifa", &["src/backend/pdf/fonts.rs"]),
    ("fontdb", &["src/cli/fonts.rs"]),
    ("icu_segmenter", &["src/backend/page/lines.rs"]),
    (
        "zip",
        &[
            "src/backend/docx.rs",
            "src/backend/ofd.rs",
            "src/browser/packed.rs",
            "src/import/read/package.rs",
            "src/import/read/sample.rs",
        ],
    ),
    ("html5ever", &["src/import/read/html/tree.rs"]),
    ("encoding_rs", &["src/import/read/encoding.rs"]),
    ("chardetng", &["src/import/read/encoding.rs"]),
    ("num_bigint", &["src/score/exact.rs"]),
    ("num_integer", &["src/score/exact.rs"]),
    ("num_rational", &["src/score/exact.rs"]),
    ("num_traits", &["src/score/exact.rs"]),
    ("parquet", &["src/backend/parquet_table"]),
    ("percent_encoding", &["src/cli/serve/routes.rs", "src/findings/sarif.rs", "src/lsp/paths.rs"]),
    ("lsp_server", &["src/lsp"]),
    ("lsp_types", &["src/lsp/"]),
    ("pulldown_cmark", &["src/handbook.rs", "src/handbook/", "src/import/read/markdown.rs"]),
    ("textwrap", &["src/handbook/drawn.rs"]),
    ("simdutf8", &["src/syntax/limits.rs"]),
    ("rust_xlsxwriter", &["src/backend/xlsx"]),
    ("pinyin", &["src/editor/spelling.rs"]),
    ("rpds", &["src/diff/standard.rs", "src/model/standard.rs"]),
    ("rapidfuzz", &["src/model/similarity.rs"]),
    ("rayon", &["src/cli/import.rs", "src/parallel.rs"]),
    ("similar", &["src/cli/output.rs", "src/lsp/formatting.rs", "src/merge/lines.rs", "src/review/marked.rs"]),
    (
        "schemars",
        &[
            "src/backend/json/",
            "src/cli/rules.rs",
            "src/cli/table_columns.rs",
            "src/control/baseline.rs",
            "src/diagnostic/json.rs",
            "src/findings/json.rs",
            "src/history/json.rs",
            "src/import/report.rs",
            "src/review/json.rs",
            "src/standing/json.rs",
        ],
    ),
    ("clap", &["src/cli.rs", "src/cli/"]),
    ("axum", &["src/cli/serve"]),
    ("tokio", &["src/cli/serve"]),
    ("tokio_stream", &["src/cli/serve"]),
    ("notify", &["src/cli/serve.rs"]),
    ("open", &["src/cli/serve.rs"]),
    ("getrandom", &["src/cli/serve/guard.rs"]),
    ("toml", &["src/config.rs", "src/review/approvals.rs"]),
    ("walkdir", &["src/cli/listing.rs"]),
    ("postcard", &["src/workspace/by_department/kept.rs"]),
    ("tempfile", &["src/cli/programs.rs", "src/cli/staged.rs", "src/cli/writing.rs"]),
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

fn codes() -> Vec<(String, String)> {
    sources().into_iter().map(|(path, text)| (path, code(&text))).collect()
}

#[test]
fn a_module_uses_lower_floors_only() {
    for (path, text) in sources() {
        let own = modules::module(&path);
        for used in modules::uses(&own, &code(&text)) {
            let floor = FLOORS.iter().find(|(name, _)| Some(*name) == used.first().map(String::as_str));
            let Some((room, floor)) = floor.filter(|_| used.first() != own.first()) else { continue };
            assert!(*floor < floor_of(&path), "{path} uses {room}, which lies on no lower floor");
        }
    }
}

#[test]
fn a_use_is_seen_in_each_of_its_forms() {
    let seen = |code: &str| -> Vec<String> {
        let own = modules::module("src/diff/walk.rs");
        modules::uses(&own, code).into_iter().map(|path| path.join("::")).collect()
    };
    assert_eq!(
        seen("use crate::{\n    cli::files,\n    model::{self, unit::{Unit, *}, text as t},\n};"),
        ["cli::files", "model", "model::text", "model::unit", "model::unit::Unit"]
    );
    assert_eq!(
        seen("let a: super::super::cli::Outcome = crate::diff::b(super::c, $crate::d);"),
        ["cli::Outcome", "diff::b", "diff::c"]
    );
    assert_eq!(
        modules::circles(
            &[("a", "b"), ("b", "c::d"), ("c", "a"), ("e", "a")]
                .map(|(file, used)| { (format!("src/{file}.rs"), format!("use crate::{{{used}}};")) })
        ),
        [": a b c"]
    );
}

/// Neighbours that use each other in a circle. The list may only become shorter.
const CIRCLES: &[&str] = &[
    "backend::docx: body table",
    "diff: indicators projects walk",
    "diff: money target",
    "editor: hints hover",
    "format: layout order",
    "language: block field",
    "lsp: documents features findings formatting initialize requests state workspaces",
    "model: read standard unit",
    "syntax: conflict split",
    "syntax: parse recover",
];

#[test]
fn no_neighbours_use_each_other_in_a_circle() {
    let found = modules::circles(&codes());
    assert_eq!(found, CIRCLES, "now: {found:#?}");
}

#[test]
fn the_wings_of_an_import_look_down_only() {
    for (path, code) in codes() {
        let own = modules::module(&path);
        let [room, part, ..] = &own[..] else { continue };
        let Some((_, may_use)) = WINGS_OF_IMPORT.iter().find(|(wing, _)| room == "import" && wing == part) else {
            continue;
        };
        for used in modules::uses(&own, &code).iter().filter(|used| used[0] == "import") {
            let other = used.get(1).map_or("", String::as_str);
            assert!(other == part || may_use.contains(&other), "{path} uses {}", used.join("::"));
        }
    }
}

/// Type names that stand for several types, with how many. The list may only become shorter.
const TAKEN_TWICE: &[&str] =
    &["Bytes 2", "Context 2", "Difference 2", "Edit 2", "Piece 2", "Sink 2", "Text 2", "Value 2"];

#[test]
fn a_type_has_a_name_of_its_own() {
    let found = modules::names_taken_twice(&codes());
    assert_eq!(found, TAKEN_TWICE, "now: {found:?}");
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
    for (path, text) in sources().iter().filter(|(path, _)| floor_of(path) < 12) {
        for word in ["std::fs", "std::env", "std::process", "std::time", "println!", "eprintln!"] {
            assert!(!code(text).contains(word), "{path} uses {word}");
        }
    }
}

/// Words that are also names of fields, where they mean something else.
const OTHER_MEANINGS: &[(&str, &[&str])] = &[
    // Headings and figures for people.
    (
        "src/backend/html/year_overview",
        &["整体预算", "执行", "执行率", "监控节点", "目标", "节点", "预计", "指标", "指标值", "得分"],
    ),
    ("src/backend/html/", &["分项目标", "合计"]),
    ("src/backend/volume.rs", &["部门", "项目", "合计"]),
    ("src/backend/forms/", &["年度", "部门", "项目", "指标", "节点", "目标", "完成", "单位", "灯", "得分", "理由"]),
    ("src/cli/", &["标准", "规则", "年度", "级别", "审核", "出处", "文号", "节点", "等次"]),
    ("src/standing/", &["指标", "指标值", "预算", "执行", "执行率", "得分", "等次", "目标", "完成", "灯", "序时"]),
    ("src/findings/spreadsheet.rs", &["规则", "级别", "列", "结果", "问题", "理由"]),
    // What people call the columns of tables for engines.
    ("src/backend/tables/columns", &[]),
    // The column and the cell of a target; an adjustment names what it changes alike.
    ("src/backend/flat.rs", &["指标值"]),
    ("src/backend/official/indicators.rs", &["指标值"]),
    ("src/import/recognise/lexicon.rs", &["指标值"]),
    ("src/merge/items.rs", &["指标值"]),
    ("src/diagnostic/texts", &[]),
    // Lines of a budget and of a plan, which have no row.
    ("src/diff/fact.rs", &["资金来源", "支出节点"]),
    // A segment of a project's code, as standards name it.
    ("src/diff/pairs.rs", &["年度"]),
    ("src/import/build/typed.rs", &["年度"]),
    ("src/lint/project_code.rs", &["年度"]),
    // What stands behind the number of a year.
    ("src/import/recognise/prose.rs", &["年度"]),
    // What a category measures.
    ("src/model/standard.rs", &["成本"]),
];

#[test]
fn only_the_schema_names_fields() {
    let mut names = BTreeSet::new();
    for field in FIELDS {
        names.insert(field.name);
        // One word of English means too much.
        names.extend(Some(field.english).filter(|name| name.contains('_')));
    }
    for (path, text) in sources().iter().filter(|(path, _)| !path.starts_with("src/language/")) {
        let excused = OTHER_MEANINGS.iter().find(|(room, _)| path.starts_with(room)).map(|(_, words)| *words);
        // All texts for people stand there.
        if excused.is_some_and(<[_]>::is_empty) {
            continue;
        }
        let code = code(text);
        for name in &names {
            let written = format!("\"{name}\"");
            for (at, _) in code.match_indices(&written) {
                // A standard words the labels of its form, under keys of its own.
                let is_label = code[..at].ends_with(".label(");
                let is_excused = excused.is_some_and(|words| words.contains(name));
                assert!(is_label || is_excused, "{path} writes the name of the field {name}");
            }
        }
    }
}

#[test]
fn no_binary_floating_point() {
    // The libraries that write and read PDF files know places on a page in no other way.
    let rooms = ["src/backend/pdf/canvas.rs", "src/import/read/pdf/drawing.rs"];
    for (path, text) in sources().into_iter().filter(|(path, _)| !rooms.contains(&path.as_str())) {
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
    words.retain(|word| !["一级指标", "比例", "其他", "指标", "应用", "节点", "建议", "样本"].contains(&word.as_str()));
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
    let of_year = std::fs::read_to_string(root().join("src/lint/year.rs")).expect("year.rs");
    for (path, text) in sources() {
        assert!(text.starts_with("//! "), "{path} does not say what it is for");
        let rule = path.strip_prefix("src/lint/").and_then(|name| name.strip_suffix(".rs"));
        if let Some(rule) = rule.filter(|rule| !matches!(*rule, "across" | "context" | "said" | "stated" | "year")) {
            let rule = rule.replace('/', "::");
            let declared = rule.strip_prefix("year::").map_or(&registry, |_| &of_year);
            let name = rule.strip_prefix("year::").unwrap_or(&rule);
            assert!(declared.contains(&format!("mod {name};")), "{rule} is not declared");
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

/// A file beside the others that no program holds would never run.
#[test]
fn every_suite_is_run() {
    let program = std::fs::read_to_string(root().join("tests/suites.rs")).expect("suites.rs");
    for entry in std::fs::read_dir(root().join("tests")).expect("tests") {
        let path = entry.expect("entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if path.extension().is_some_and(|extension| extension == "rs") && name != "suites" {
            assert!(program.contains(&format!("mod {name};\n")), "tests/suites.rs does not name {name}");
        }
    }
}
