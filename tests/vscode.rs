//! The extension for VS Code: its grammar against the compiler's, its words against the vocabulary, its package.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{has, root, works};
use jixiao::diagnostic::Language;
use jixiao::language::{FIELDS, INDICATOR, KEYWORDS, QUALITATIVE};
use jixiao::source::Sources;
use jixiao::syntax::{self, StatementKind, ValueKind};
use serde_json::Value;

fn extension() -> PathBuf {
    root().join("editors/vscode")
}

fn read(name: &str) -> Value {
    let text = std::fs::read_to_string(extension().join(name)).expect(name);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn packages_are_here() -> bool {
    let is_here = works("node", "--version") && extension().join("node_modules").is_dir();
    has("`npm ci` in editors/vscode", is_here)
}

/// A piece of a text, with the names that the grammar gives it.
struct Token {
    bytes: std::ops::Range<usize>,
    scopes: String,
}

/// The tokens of files, made by the libraries that VS Code uses.
fn tokens(paths: &[PathBuf]) -> Vec<Vec<Token>> {
    let mut command = Command::new("node");
    command.arg(extension().join("test/tokens.mjs")).args(paths);
    let output = command.output().expect("node runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    let of = |(line, path): (&str, &PathBuf)| {
        let text = std::fs::read_to_string(path).expect("text");
        let mut bytes_of_unit = Vec::new();
        for (byte, sign) in text.char_indices() {
            bytes_of_unit.extend(std::iter::repeat_n(byte, sign.len_utf16()));
        }
        bytes_of_unit.push(text.len());
        let found: Vec<(usize, usize, String)> = serde_json::from_str(line).expect("tokens");
        let token = |(start, end, scopes)| Token { bytes: bytes_of_unit[start]..bytes_of_unit[end], scopes };
        found.into_iter().map(token).collect()
    };
    assert_eq!(lines.lines().count(), paths.len());
    lines.lines().zip(paths).map(of).collect()
}

fn files() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in ["examples", "standards", "tests/cases", "editors"] {
        let walk = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name();
        let walk = walk.into_iter().filter_entry(|entry| entry.file_name() != "node_modules");
        files.extend(
            walk.map(|entry| entry.expect("entry").into_path())
                .filter(|path| path.extension().is_some_and(|extension| extension == "jx")),
        );
    }
    files
}

/// What the compiler makes of a file's parts, and what VS Code colours them as.
#[test]
fn what_the_compiler_reads_has_the_colour_of_its_kind() {
    if !packages_are_here() {
        return;
    }
    let mut seen = 0;
    let files = files();
    for (path, tokens) in files.iter().zip(tokens(&files)) {
        let text = std::fs::read_to_string(path).expect("text");
        let mut sources = Sources::default();
        let file = sources.add("a.jx", text.as_str());
        let (tree, mistakes) = syntax::parse(file, &text);
        if !mistakes.is_empty() {
            continue;
        }
        let mut is = |bytes: syntax::Bytes, kinds: &[&str]| {
            let range = bytes.start as usize..bytes.end as usize;
            let inside = tokens.iter().filter(|token| token.bytes.start < range.end && range.start < token.bytes.end);
            for token in inside {
                let words = &text[token.bytes.clone()];
                let fits = kinds.iter().any(|kind| token.scopes.contains(kind)) || matches!(words.trim(), "" | ".");
                assert!(fits, "{}: {words:?} of {:?} is {:?}", path.display(), &text[range], token.scopes);
            }
            seen += 1;
        };
        for comment in &tree.comments {
            is(*comment, &["comment.line"]);
        }
        for statement in &tree.statements {
            match statement.kind {
                StatementKind::Department
                | StatementKind::Project
                | StatementKind::Standard
                | StatementKind::Occasion => {
                    is(statement.label, &["keyword.control.declaration"]);
                }
                StatementKind::Indicator => is(statement.label, &["keyword.control.indicator"]),
                // Where several fields stand on a line, a label stands among the values of the first.
                StatementKind::Field => {
                    let kinds =
                        ["support.type.property-name", "variable.other.property", "constant.numeric.date", "string"];
                    let label = statement.label.start as usize..statement.label.end as usize;
                    // In an area it is an indicator, too, which the tree has as any other line.
                    let is_row = [INDICATOR.0, INDICATOR.1].contains(&&text[label]);
                    is(
                        statement.label,
                        if is_row { &["support.type.property-name", "keyword.control.indicator"] } else { &kinds },
                    );
                }
            }
        }
        for value in &tree.values {
            let kinds: &[&str] = match value.kind {
                ValueKind::Quoted | ValueKind::TextBlock => &["string.quoted"],
                ValueKind::Code => &["constant.other.code"],
                ValueKind::Number => &["constant.numeric", "constant.other.code"],
                ValueKind::Multiplier | ValueKind::Unit => &["keyword.other.unit"],
                ValueKind::Date => &["constant.numeric.date"],
                ValueKind::Comparator => &["keyword.operator.comparison"],
                ValueKind::RangeSign => &["keyword.operator.range"],
                ValueKind::Becomes => &["keyword.operator.becomes"],
                ValueKind::Times | ValueKind::Plus => &["keyword.operator.arithmetic"],
                ValueKind::Extends => &["entity.other.inherited-class"],
                ValueKind::Qualitative => &["keyword.other.qualitative"],
                ValueKind::Grade | ValueKind::ScaleGrade => &["constant.language.grade"],
                ValueKind::YesOrNo => &["constant.language.boolean"],
                // A name, a category, a reference, the rest of a code, a unit after a blank: told by where it stands.
                // In the indicators of a department, which the tree has as other lines, so is the word of the language.
                ValueKind::Path if QUALITATIVE.0 == &text[value.bytes.start as usize..value.bytes.end as usize] => {
                    &["keyword.other.qualitative", "variable"]
                }
                ValueKind::Path => {
                    &["entity.name", "variable", "separator", "string", "keyword.other.unit", "constant.other.code"]
                }
            };
            is(value.bytes, kinds);
        }
    }
    assert!(seen > 10_000, "only {seen} parts");
}

#[test]
fn nothing_that_the_compiler_accepts_looks_wrong() {
    if !packages_are_here() {
        return;
    }
    let sample = root().join("editors/tree-sitter-jixiao/test/highlight.jx");
    let text = std::fs::read_to_string(&sample).expect("text");
    let found = tokens(&[sample]).remove(0);
    let lines: Vec<String> = found
        .iter()
        .filter(|token| !token.scopes.is_empty())
        .map(|token| format!("{:<58}{:?}", token.scopes.replace(".jixiao", ""), &text[token.bytes.clone()]))
        .collect();
    assert!(lines.iter().all(|line| !line.starts_with("invalid")), "{}", lines.join("\n"));
    insta::assert_snapshot!("vscode_tokens", lines.join("\n"));
}

/// The grammar lists the words of the language, and no others: what a standard declares is known by its shape.
#[test]
fn the_words_of_the_grammar_are_the_words_of_the_language() {
    let grammar = read("syntaxes/jixiao.tmLanguage.json");
    let pattern = grammar["repository"]["field"]["match"].as_str().expect("a pattern");
    let list = pattern.rsplit_once(")(?!").expect("no letter after").0.rsplit_once('(').expect("a list").1;
    let found: BTreeSet<&str> = list.split('|').collect();
    let names = FIELDS.iter().map(|field| field.row().name);
    let words: Vec<&str> = names.chain(FIELDS.iter().map(|field| field.row().english)).collect();
    let expected: BTreeSet<&str> = words.iter().copied().collect();
    let mut seen = BTreeSet::new();
    let wanted = words.into_iter().filter(|word| seen.insert(*word)).collect::<Vec<_>>().join("|");
    if std::env::var_os("JIXIAO_BLESS").is_some() && found != expected {
        let path = extension().join("syntaxes/jixiao.tmLanguage.json");
        let text = std::fs::read_to_string(&path).expect("the grammar");
        std::fs::write(path, text.replacen(list, &wanted, 1)).expect("the grammar");
    }
    assert_eq!(found, expected, "the list of `field` in jixiao.tmLanguage.json: JIXIAO_BLESS=1 writes it");
    let begins = |rule: &str| grammar["repository"][rule]["begin"].as_str().expect("a pattern").to_owned();
    let all = ["declaration", "standard", "occasion"].map(begins).concat();
    for (_, chinese, english) in KEYWORDS {
        assert!(all.contains(chinese) && all.contains(english), "{chinese} declares");
    }
    assert!(begins("indicator").contains(&format!("({}|{})", INDICATOR.0, INDICATOR.1)));
    let account = grammar["repository"]["account"]["match"].as_str().expect("a pattern");
    assert!(expected.contains("单位") && account.contains("(单位|unit)"));
}

/// What a snippet inserts is read without a mistake when its places hold what they propose.
#[test]
fn every_snippet_is_read_by_the_compiler() {
    let snippets = read("snippets/jixiao.json");
    for (name, snippet) in snippets.as_object().expect("snippets") {
        let lines: Vec<&str> = snippet["body"].as_array().expect("lines").iter().filter_map(Value::as_str).collect();
        let body = filled(&lines.join("\n"));
        let text = match body.split_whitespace().next().expect("a word") {
            "项目" | "部门" | "project" | "department" | "#" => body.clone(),
            "分项目标" => format!("部门 甲 {{\n{body}\n}}"),
            "\"\"\"" => format!("项目 甲 {{\n目标 {body}\n}}"),
            _ => format!("项目 甲 {{\n{body}\n}}"),
        };
        let mut sources = Sources::default();
        let file = sources.add("a.jx", text.as_str());
        let (_, mistakes) = syntax::parse(file, &text);
        assert!(mistakes.is_empty(), "{name}: {}\n{text}", mistakes[0].message.in_language(Language::Chinese));
    }
}

/// A snippet as it stands where nobody changes its places: `${1:甲}` is `甲`, `${1|≥,≤|}` is `≥`, `${1}` what 1 held.
fn filled(body: &str) -> String {
    let mut held: Vec<(String, String)> = Vec::new();
    let mut text = String::new();
    let mut rest = body;
    while let Some((before, after)) = rest.split_once('$') {
        text += before;
        if let Some(inside) = after.strip_prefix('{') {
            let (place, behind) = inside.split_once('}').expect("a place ends");
            let (number, proposed) = match (place.split_once(':'), place.split_once('|')) {
                (Some((number, proposed)), _) => (number, proposed.to_owned()),
                (None, Some((number, choices))) => (number, choices.split(',').next().expect("one").to_owned()),
                (None, None) => {
                    let found = held.iter().find(|(number, _)| number == place);
                    (place, found.map(|(_, proposed)| proposed.clone()).unwrap_or_default())
                }
            };
            held.push((number.to_owned(), proposed.clone()));
            text += &proposed;
            rest = behind;
        } else {
            rest = after.trim_start_matches(|sign: char| sign.is_ascii_digit());
        }
    }
    text + rest
}

#[test]
fn what_the_package_names_is_there() {
    let package = read("package.json");
    let contributes = &package["contributes"];
    for path in [
        &contributes["languages"][0]["configuration"],
        &contributes["grammars"][0]["path"],
        &contributes["snippets"][0]["path"],
    ] {
        assert!(extension().join(path.as_str().expect("a path")).is_file(), "{path} is there");
    }
    let code = std::fs::read_to_string(extension().join("src/extension.js")).expect("code");
    for command in contributes["commands"].as_array().expect("commands") {
        assert!(
            code.contains(&format!("registerCommand({}", command["command"])),
            "{} is registered",
            command["command"]
        );
    }
    for (setting, _) in contributes["configuration"]["properties"].as_object().expect("settings") {
        let name = setting.strip_prefix("jixiao.").expect("of this extension");
        assert!(code.contains(&format!("setting(\"{name}\")")), "{setting} is read");
    }
    for matcher in contributes["problemMatchers"].as_array().expect("matchers") {
        assert!(code.contains(&format!("\"${}\"", matcher["name"].as_str().expect("a name"))), "{matcher} is used");
    }
    let version = package["version"].as_str().expect("a version");
    assert_eq!(version, env!("CARGO_PKG_VERSION"));
}

/// Every line of `check --format short` with a place is found by the matcher of its severity, in both languages.
#[test]
fn the_problem_matchers_find_every_line() {
    if !has("node", works("node", "--version")) {
        return;
    }
    let script = "
        const [file, ...matchers] = process.argv.slice(1);
        const lines = require('fs').readFileSync(file, 'utf8').split('\\n').filter((line) => /^[^ ]+:\\d+:\\d+: /.test(line));
        const found = lines.map((line) => matchers.filter((one) => new RegExp(one).test(line)).length);
        console.log(lines.length, found.every((count) => count === 1));
    ";
    let matchers: Vec<String> = read("package.json")["contributes"]["problemMatchers"]
        .as_array()
        .expect("matchers")
        .iter()
        .map(|matcher| matcher["pattern"][0]["regexp"].as_str().expect("a pattern").to_owned())
        .collect();
    for language in ["zh", "en"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
        command.current_dir(root()).args(["--lang", language, "check", "--format", "short", "tests/cases/review"]);
        let output = command.output().expect("it runs");
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("short-{language}.txt"));
        std::fs::write(&file, &output.stdout).expect("written");
        let node = Command::new("node").args(["-e", script]).arg(&file).args(&matchers).output().expect("node runs");
        let said = String::from_utf8_lossy(&node.stdout).into_owned();
        let (count, is_found) = said.trim().split_once(' ').unwrap_or_else(|| {
            panic!("{}", String::from_utf8_lossy(&node.stderr));
        });
        assert!(count.parse::<usize>().is_ok_and(|count| count > 50), "{count} lines");
        assert_eq!(is_found, "true", "{language}");
    }
}

/// The library with which VS Code speaks to servers gets, for every file of an example, what the command line says.
#[test]
fn the_library_of_vs_code_gets_what_the_command_line_says() {
    if !packages_are_here() {
        return;
    }
    let folder = root().join("examples/yutian-2025");
    let mut check = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    check.args(["--lang", "zh", "check", "--format", "json"]).arg(&folder);
    let checked: Value = serde_json::from_slice(&check.output().expect("it runs").stdout).expect("JSON");
    let mut seen = 0;
    for name in ["02-残疾人保障金.jx", "06-政府业务费.jx"] {
        let file = folder.join(name);
        let mut client = Command::new("node");
        client.arg(extension().join("test/client.mjs")).arg(env!("CARGO_BIN_EXE_jixiao"));
        let output = client.arg(&folder).arg(&file).arg("指标 数").output().expect("node runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let is_here = |finding: &&Value| finding["labels"][0]["path"].as_str().is_some_and(|path| path.ends_with(name));
        let expected: Vec<&Value> = checked["findings"].as_array().expect("findings").iter().filter(is_here).collect();
        let found: Vec<&Value> = answer["findings"].as_array().expect("findings").iter().collect();
        assert_eq!(found, expected, "{name}");
        seen += found.len();
        assert!(answer["labels"].as_array().is_some_and(|labels| labels.contains(&"数量".into())), "{answer:#}");
        assert!(answer["tokens"].as_u64().is_some_and(|count| count > 100));
        assert_eq!((&answer["encoding"], &answer["status"]), (&"utf-16".into(), &0.into()), "it goes in order");
    }
    assert!(seen > 3, "only {seen} findings");
}

#[test]
fn the_package_holds_what_an_editor_needs_and_no_more() {
    if !packages_are_here() || !has("npm", works("npm", "--version")) {
        return;
    }
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("jixiao.vsix");
    let mut command = Command::new("npm");
    command.current_dir(extension()).args(["run", "--silent", "package", "--", "--out"]).arg(&package);
    let output = command.output().expect("npm runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let archive = zip::ZipArchive::new(std::fs::File::open(&package).expect("the package")).expect("a zip");
    let mut names: Vec<String> = archive.file_names().map(|name| name.expect("a name").into_owned()).collect();
    names.sort_unstable();
    let expected = [
        "[Content_Types].xml",
        "extension.vsixmanifest",
        "extension/LICENSE.txt",
        "extension/dist/extension.js",
        "extension/language-configuration.json",
        "extension/package.json",
        "extension/readme.md",
        "extension/snippets/jixiao.json",
        "extension/syntaxes/jixiao.tmLanguage.json",
    ];
    assert_eq!(names, expected);
    assert!(package.metadata().expect("a size").len() < 300_000);
}
