//! What imports cost beside a check of the same department: `cargo bench --bench imports [-- PROJECTS]`.
//!
//! The department is built to documents, and each is imported into a folder that is not there yet, in a process of its own.
#![expect(clippy::cast_precision_loss, reason = "sizes of data are far below 2^52")]

#[path = "support/processes.rs"]
mod processes;
#[path = "support/year.rs"]
mod year;

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use processes::{goal, measured, mebibytes, once};
use year::DepartmentYear;

const RUNS: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["once", ref command @ ..] => once(command),
        [projects] => report(projects.parse().expect("a number of projects")),
        _ => report(300),
    }
}

fn report(projects: usize) {
    let made = DepartmentYear { reports: Vec::new(), ..DepartmentYear::of(projects) };
    println!("a department of {} projects; CPU, median of {RUNS} runs", made.targets.len() - 1);
    let folder = tempfile::tempdir().expect("a folder");
    let sources = folder.path().join("sources");
    made.write(&sources);
    let program = Path::new(env!("CARGO_BIN_EXE_jixiao"));
    let check = measured(program, &["check", "--format", "json", "sources"], folder.path(), RUNS);
    println!("check {:.3} s, {:.0} MiB", check.cpu_seconds, mebibytes(check.peak_bytes));
    for kind in ["text", "docx", "xlsx"] {
        let document = built(program, folder.path(), kind);
        let Input { bytes, cells } = Input::of(&document);
        let document = document.to_str().expect("a path");
        // Each run finds nothing where it writes.
        let numbered = |run: usize| {
            let output = format!("{kind}-{run}");
            measured(program, &["import", document, "--output", &output], folder.path(), 1)
        };
        let mut costs: Vec<_> = (0..RUNS).map(numbered).collect();
        costs.sort_by(|one, other| one.cpu_seconds.total_cmp(&other.cpu_seconds));
        let cost = costs[RUNS / 2];
        let figures = format!("{:.3} s, {:.0} MiB", cost.cpu_seconds, mebibytes(cost.peak_bytes));
        match cells {
            None => goal(&format!("import of {kind} / check"), cost.cpu_seconds / check.cpu_seconds, 1.2, &figures),
            Some(cells) => {
                let each = cost.cpu_seconds * 1e6 / cells as f64;
                goal(&format!("import of {kind}: µs a cell"), each, 3.0, &format!("{figures}, {cells} cells"));
            }
        }
        let figures = format!("{:.1} MiB read", mebibytes(bytes as f64));
        goal(&format!("peak of an import of {kind} / input"), cost.peak_bytes / bytes as f64, 5.0, &figures);
    }
}

/// The only document of the department in a format.
fn built(program: &Path, folder: &Path, kind: &str) -> PathBuf {
    let output = folder.join(format!("documents-{kind}"));
    let status = Command::new(program)
        .args(["build", "sources", "--to", kind, "--output"])
        .arg(&output)
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(status.expect("the program").code().is_some_and(|code| code <= 1), "no {kind}");
    let files = fs::read_dir(&output).expect("the documents").filter_map(Result::ok).map(|entry| entry.path());
    let is_document = |path: &PathBuf| !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    files.filter(is_document).min().expect("a document")
}

/// What is read of a document: its bytes, unpacked where it is a package, and the cells of its tables.
struct Input {
    bytes: u64,
    cells: Option<usize>,
}

impl Input {
    fn of(document: &Path) -> Self {
        let file = File::open(document).expect("the document");
        let length = file.metadata().expect("its size").len();
        let Ok(mut package) = zip::ZipArchive::new(file) else { return Self { bytes: length, cells: None } };
        let (mut bytes, mut cells) = (0, 0);
        for index in 0..package.len() {
            let mut part = package.by_index(index).expect("a part");
            bytes += part.size();
            let mut text = String::new();
            // Pictures and fonts hold no cells.
            if part.read_to_string(&mut text).is_ok() {
                cells += ["<w:tc>", "<w:tc ", "<c ", "<c>"].map(|tag| text.matches(tag).count()).iter().sum::<usize>();
            }
        }
        Self { bytes, cells: Some(cells) }
    }
}
