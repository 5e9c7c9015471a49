//! What the suites share: the examples, a generator of numbers, and one way to check a text.
#![allow(dead_code, reason = "each suite uses a part")]

pub mod editor;
pub mod modules;
pub mod offices;
pub mod revisions;
pub mod shapes;
pub mod triples;
pub mod typing;

use std::path::{Path, PathBuf};
use std::process::Command;

use jixiao::backend::{ALL, Artifact, Memory, RenderOptions, Scope};
use jixiao::diagnostic::Language;
use jixiao::model::Model;
use jixiao::workspace::{Analysis, Input, analyse};

/// A workspace of `examples/`.
pub struct Example {
    pub name: String,
    pub files: Vec<Input>,
    pub settings: Option<Input>,
}

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What cargo knows of all the crates in our lock file. `cargo fetch` has brought them.
pub fn metadata() -> serde_json::Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked"])
        .current_dir(root())
        .output()
        .expect("cargo metadata");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("metadata")
}

/// The targets of the county's office as they were published: without weights, and what happened to them in the year.
pub fn county_targets() -> Vec<Input> {
    let is_of_targets = |file: &Input| file.path.starts_with(|sign: char| sign.is_ascii_digit() || sign == '部');
    let mut files = Example::read(&root().join("examples/yutian-2025")).files;
    files.retain(is_of_targets);
    for file in &mut files {
        let published = file.text.lines().filter(|line| !line.starts_with("    权重 "));
        file.text = published.flat_map(|line| [line, "\n"]).collect::<String>().into();
    }
    files
}

/// Every example, by name.
pub fn examples() -> Vec<Example> {
    let folder = root().join("examples");
    let mut names: Vec<PathBuf> =
        std::fs::read_dir(&folder).expect("examples").map(|entry| entry.expect("entry").path()).collect();
    names.sort();
    let all = names.into_iter().filter(|path| path.is_dir()).map(|path| Example::read(&path));
    // Beside them lie questions to their tables.
    all.filter(|example| !example.files.is_empty()).collect()
}

impl Example {
    pub fn read(folder: &Path) -> Self {
        let mut files = Vec::new();
        let mut settings = None;
        for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
            let entry = entry.expect("entry");
            if !entry.file_type().is_file() {
                continue;
            }
            let path = entry.path().strip_prefix(folder).expect("below").display().to_string();
            let text = std::fs::read_to_string(entry.path()).expect("text");
            let input = Input { path: path.clone(), text: text.into() };
            match entry.path().extension().and_then(|extension| extension.to_str()) {
                Some("jx") => files.push(input),
                Some("toml") => settings = Some(input),
                _ => {}
            }
        }
        let name = folder.file_name().expect("name").to_string_lossy().into_owned();
        Self { name, files, settings }
    }

    pub fn analyse(&self) -> Analysis {
        analyse(self.files.clone(), self.settings.clone())
    }

    /// Each department with its projects and the workspace's standards as one text.
    pub fn as_single_files(&self) -> Vec<String> {
        let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
        let mut folders: Vec<String> = self.files.iter().map(|file| folder(&file.path)).collect();
        folders.dedup();
        let has_inner = folders.iter().any(|one| !one.is_empty());
        folders
            .iter()
            .filter(|one| !has_inner || !one.is_empty())
            .map(|one| {
                let texts =
                    self.files.iter().filter(|file| folder(&file.path) == *one || folder(&file.path).is_empty());
                texts.map(|file| &*file.text).collect::<Vec<_>>().join("\n")
            })
            .collect()
    }
}

/// What a format makes of a model, as `build` does.
pub fn artifacts(model: &Model, format: &str) -> Vec<Artifact> {
    rendered(model, format, Scope::Workspace, &RenderOptions::default())
}

pub fn rendered(model: &Model, format: &str, scope: Scope, options: &RenderOptions<'_>) -> Vec<Artifact> {
    let mut memory = Memory::default();
    let backend = ALL.iter().find(|backend| backend.name() == format).expect("a format");
    backend.render(model, scope, options, &mut memory).expect("memory takes everything");
    memory.0
}

/// The labelled review cases: name and text, by name.
pub fn review_cases() -> Vec<(String, String)> {
    cases_in("tests/cases/review")
}

/// The cases of the year, by name: whole texts without a mistake.
pub fn year_cases() -> Vec<(String, String)> {
    cases_in("tests/cases/year")
}

fn cases_in(folder: &str) -> Vec<(String, String)> {
    let folder = root().join(folder);
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("cases").map(|entry| entry.expect("entry").path()).collect();
    paths.sort();
    let read = |path: &PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).expect("text"))
    };
    paths.iter().map(read).collect()
}

/// The errors of one text: line counted from one, and message.
pub fn check(text: &str) -> Vec<(usize, String)> {
    let analysis = analyse(vec![Input { path: "case.jx".to_owned(), text: text.into() }], None);
    analysis
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .map(|diagnostic| {
            let line = diagnostic.span().map_or(0, |span| analysis.sources.get(span.file).location(span.start).line);
            (line as usize, format!("{} {}", diagnostic.code.id(), diagnostic.message.in_language(Language::English)))
        })
        .collect()
}

/// Whether a program can be started.
pub fn works(program: &str, argument: &str) -> bool {
    Command::new(program).arg(argument).output().is_ok()
}

/// Whether the packages of `tests/browser` are here, by the folder of one of them.
pub fn has_packages(package: &str) -> bool {
    let is_here = works("node", "--version") && root().join("tests/browser/node_modules").join(package).exists();
    has("node with the packages of tests/browser", is_here)
}

/// Whether a browser can be driven, with a package.
pub fn has_browser(package: &str) -> bool {
    let chromium = std::env::var_os("CHROMIUM").map_or_else(|| PathBuf::from("/usr/bin/chromium"), PathBuf::from);
    has_packages(package) && has("Chromium", chromium.exists())
}

/// Whether a tool is here; on CI it must be.
pub fn has(what: &str, is_here: bool) -> bool {
    assert!(is_here || std::env::var_os("CI").is_none(), "{what} is missing: tests/run installs it");
    if !is_here {
        eprintln!("skipped: {what} is missing; tests/run installs it");
    }
    is_here
}

/// A small deterministic generator: the same seed gives the same cases on every machine.
pub struct Generator(u64);

impl Generator {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}
