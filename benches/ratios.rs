//! Speed and memory as ratios within one run: `cargo bench --bench ratios [-- LARGEST]`.
//!
//! The data is generated from a seed and shaped like a county's: departments with sub-goals, 8 to 12 indicators a
//! project. Every measurement is a process of its own, run five times; medians are printed. Machines are noisy: compare
//! the ratios of one run, never absolute times of two. `-- documents [PROJECTS]` measures exports and imports alone,
//! `-- editor [EDITS]` the time from an edit to its findings, `-- answers [ROUNDS]` what the language server spends on an
//! answer, `-- diff [PROJECTS]` what comparing two versions costs.
#![expect(clippy::cast_precision_loss, reason = "sizes of data are far below 2^52")]

#[path = "support/answers.rs"]
mod answers;
#[path = "support/editing.rs"]
mod editing;

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use jixiao::backend::{ALL, Memory, RenderOptions, Scope};
use jixiao::control::Wishes;
use jixiao::diagnostic::render::Style;
use jixiao::diagnostic::{Code, Language};
use jixiao::diff::{Side, compare};
use jixiao::findings::Format;
use jixiao::format::{Formatting as Layout, format};
use jixiao::import::{self, Imported};
use jixiao::workspace::{Analysis, Input, VersionInput, Versions, analyse, analyse_with};
use jixiao::{lint, syntax};
use serde::Deserialize;

const RUNS: usize = 5;
const PROJECTS_A_DEPARTMENT: usize = 100;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match &arguments[..] {
        [mode] if mode == "rules" => rules(),
        [mode] if mode == "documents" => documents(10_000),
        [mode] if mode == "diff" => versions(10_000),
        [mode, size] if mode == "diff" => versions(size.parse().expect("a number of projects")),
        [mode] if mode == "editor" => editing::report(&generate(editing::PROJECTS), 10_000),
        [mode, edits] if mode == "editor" => {
            editing::report(&generate(editing::PROJECTS), edits.parse().expect("a number of edits"));
        }
        [mode] if mode == "answers" => answers::report(&generate(editing::PROJECTS), 11),
        [mode, rounds] if mode == "answers" => {
            answers::report(&generate(editing::PROJECTS), rounds.parse().expect("a number of rounds"));
        }
        [mode, size] if mode == "documents" => documents(size.parse().expect("a number of projects")),
        [mode, format, size, folder] => {
            let (size, folder) = (size.parse().expect("a number of projects"), Path::new(folder));
            match mode.as_str() {
                "write" => write_documents(format, size, folder),
                _ => import_documents(folder),
            }
        }
        [mode, size] => measure(mode, size.parse().expect("a number of projects")),
        [largest] => report(largest.parse().expect("a number of projects")),
        _ => report(100_000),
    }
}

struct Figures {
    seconds: f64,
    fastest: f64,
    slowest: f64,
    spread: f64,
    peak_bytes: f64,
    text_bytes: f64,
}

/// Runs one measurement in processes of its own and takes the medians.
fn run(mode: &str, size: usize, threads: usize) -> Figures {
    run_with(&[mode, &size.to_string()], threads)
}

fn run_with(arguments: &[&str], threads: usize) -> Figures {
    let program = std::env::current_exe().expect("this program");
    let mut runs: Vec<Vec<f64>> = (0..RUNS)
        .map(|_| {
            let output = Command::new(&program)
                .args(arguments)
                .env("RAYON_NUM_THREADS", threads.to_string())
                .output()
                .expect("a measurement");
            assert!(output.status.success(), "{arguments:?} failed: {}", String::from_utf8_lossy(&output.stderr));
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            text.split_whitespace().map(|figure| figure.parse().expect("a figure")).collect()
        })
        .collect();
    runs.sort_by(|one, other| one[0].total_cmp(&other[0]));
    let middle = &runs[RUNS / 2];
    Figures {
        seconds: middle[0],
        fastest: runs[0][0],
        slowest: runs[RUNS - 1][0],
        spread: (runs[RUNS - 1][0] - runs[0][0]) / middle[0],
        peak_bytes: middle[1],
        text_bytes: middle[2],
    }
}

fn report(largest: usize) {
    let middle = 10_000.min(largest);
    println!("median of {RUNS} runs, {middle} projects; seconds, (max − min) / median, peak memory / text");
    let row = |name: &str, figures: &Figures| {
        let memory = figures.peak_bytes / figures.text_bytes;
        println!("{name:34} {:8.3} s  ±{:3.0} %  {memory:5.2} ×", figures.seconds, figures.spread * 100.0);
    };
    let parse = run("parse", middle, 1);
    row("pest, the whole text at once", &parse);
    let serde = run("serde", middle, 1);
    row("serde_json typed, same checks", &serde);
    let read = run("read", middle, 1);
    row("check without rules, one thread", &read);
    let check = run("check", middle, 1);
    row("check with all rules, one thread", &check);
    let parallel = run("check", middle, 2);
    row("check, two threads", &parallel);
    let json = run("json", middle, 1);
    row("JSON of the model", &json);
    let html = run("html", middle, 1);
    row("HTML of the model", &html);
    let told = run("findings", middle, 1);
    row("findings of check by rule", &told);
    let drawn = run("drawn", middle, 1);
    row("findings of check, each drawn", &drawn);
    let formatted = run("format", middle, 1);
    row("formatting what is formatted", &formatted);
    println!();
    let goal = |name: &str, ratio: f64, limit: f64| {
        println!("{name:44} {ratio:5.2}  goal ≤ {limit:4.2}  {}", if ratio <= limit { "met" } else { "missed" });
    };
    goal("check without rules / pest parse", read.seconds / parse.seconds, 1.5);
    goal("check with all rules / without", check.seconds / read.seconds, 2.0);
    goal("check / serde_json with the same checks", check.seconds / serde.seconds, 1.6);
    goal("check on two threads / pest parse", parallel.seconds / parse.seconds, 0.9);
    goal("check on two threads / on one", parallel.seconds / check.seconds, 0.9);
    goal("peak memory of check / text", check.peak_bytes / check.text_bytes, 2.5);
    goal("JSON / check", json.seconds / check.seconds, 1.5);
    goal("HTML / check", html.seconds / check.seconds, 1.5);
    goal("formatting / check", formatted.seconds / check.seconds, 1.2);
    let small = run("check", 1_000, 1);
    let large = run("check", largest, 1);
    let exponent = (large.seconds / small.seconds).ln() / (largest as f64 / 1_000.0).ln();
    goal(&format!("exponent of time, 1,000 to {largest} projects"), exponent, 1.05);
    println!(
        "check of {largest} projects: {:.3} s, memory {:.2} × text",
        large.seconds,
        large.peak_bytes / large.text_bytes
    );
    println!();
    documents(middle);
}

/// What offices send and get: each export and each import, by cell and beside `check`.
fn documents(size: usize) {
    let check = run("check", size, 1);
    println!(
        "documents of {size} projects, {PROJECTS_A_DEPARTMENT} each; median (fastest to slowest) of {RUNS} runs, one thread"
    );
    println!("check: {:.3} s ({:.3} to {:.3})", check.seconds, check.fastest, check.slowest);
    let folder = tempfile::tempdir().expect("a folder");
    let cells = cells(size);
    let row = |name: String, figures: &Figures, cells: usize, limits: [f64; 3]| {
        let cell = |seconds: f64| seconds * 1e6 / cells as f64;
        let ratios = [cell(figures.seconds), figures.seconds / check.seconds, figures.peak_bytes / figures.text_bytes];
        let told = if ratios.iter().zip(limits).all(|(ratio, limit)| *ratio <= limit) { "met" } else { "missed" };
        println!(
            "{name:24} {:6.2} µs a cell ({:5.2} to {:5.2})  {:5.2} × check  memory {:5.2} × input  {told}",
            ratios[0],
            cell(figures.fastest),
            cell(figures.slowest),
            ratios[1],
            ratios[2],
        );
    };
    let any = f64::INFINITY;
    for format in ["text", "docx", "xlsx", "csv", "markdown", "html", "json"] {
        let by_cell = if matches!(format, "docx" | "xlsx") { 20.0 } else { any };
        let figures = run(format, size, 1);
        row(format!("export of {format}"), &figures, cells.of(format), [by_cell, any, 10.0]);
    }
    for format in ["text", "docx", "xlsx", "csv", "html", "json"] {
        let own = folder.path().join(format);
        std::fs::create_dir(&own).expect("a folder");
        let arguments = |mode| [mode, format, &size.to_string(), own.to_str().expect("a path")].map(str::to_owned);
        let written = Command::new(std::env::current_exe().expect("this program")).args(arguments("write")).status();
        assert!(written.is_ok_and(|status| status.success()), "{format} is not written");
        let arguments = arguments("import");
        let figures = run_with(&arguments.each_ref().map(String::as_str), 1);
        let limits = match format {
            "text" => [any, 3.0, 10.0],
            "docx" | "xlsx" => [20.0, any, 10.0],
            _ => [any, any, 10.0],
        };
        row(format!("import of {format}"), &figures, cells.of(format), limits);
    }
}

/// The cells of the official tables, and of the flat one.
struct CellCounts {
    official: usize,
    flat: usize,
}

impl CellCounts {
    fn of(&self, format: &str) -> usize {
        match format {
            "csv" | "json" => self.flat,
            "xlsx" => self.official + self.flat,
            _ => self.official,
        }
    }
}

fn cells(size: usize) -> CellCounts {
    let analysis = sound(generate(size));
    let text = |format| String::from_utf8(render(format, &analysis).concat()).expect("text");
    let flat = text("csv");
    let columns = flat.lines().next().map_or(0, |line| line.split(',').count());
    let indicators: usize = analysis.model.projects.iter().map(|project| project.indicators.len()).sum();
    let official = text("text").lines().filter(|line| line.starts_with('\t')).count();
    CellCounts { official, flat: (indicators + 1) * columns }
}

fn write_documents(format: &str, size: usize, folder: &Path) {
    for (number, bytes) in render(format, &sound(generate(size))).into_iter().enumerate() {
        let extension = if format == "text" { "txt" } else { format };
        std::fs::write(folder.join(format!("{number:05}.{extension}")), bytes).expect("written");
    }
}

/// As the command imports a folder: every result is kept until all are there. Memory is told by the bytes that a program
/// reads: those of packed parts after unpacking.
fn import_documents(folder: &Path) {
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    let mut bytes_read = 0;
    let mut seconds = 0.0;
    let mut all: Vec<Imported> = Vec::new();
    for path in &paths {
        let bytes = std::fs::read(path).expect("bytes");
        bytes_read += unpacked(&bytes);
        let name = path.to_string_lossy();
        seconds += time(|| all.push(import::import(&name, &bytes, &import::Importing::default()).expect("targets")));
    }
    // A figure for a part of the work would be worth nothing.
    if let Some(left) = all.iter().flat_map(Imported::left_over).next() {
        eprintln!("left over, among others: {} {}", left.place.shown().in_language(Language::English), left.text);
    }
    println!("{seconds} {} {bytes_read}", peak_bytes());
}

fn unpacked(bytes: &[u8]) -> u64 {
    let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) else { return bytes.len() as u64 };
    (0..archive.len()).map(|index| archive.by_index(index).expect("a part").size()).sum()
}

/// One measurement: prints seconds, peak bytes of the process, bytes of text.
fn measure(mode: &str, size: usize) {
    let files = generate(size);
    let bytes: usize = files.iter().map(|file| file.text.len()).sum();
    let seconds = match mode {
        "parse" => {
            let whole: String = files.iter().map(|file| &*file.text).collect();
            drop(files);
            time(|| assert!(syntax::grammar_accepts(&whole)))
        }
        "check" => time(|| sound(files)),
        "compare" => {
            let version = |files| VersionInput { files, settings: None };
            let (old, new) = (version(files.clone()), version(changed(files)));
            time(|| {
                let read = Versions::default().read(old, new);
                let sides = read.each_ref().map(|one| Side { model: &one.model, sources: &one.sources });
                let comparison = compare(sides[0], sides[1]);
                assert!(comparison.changes.len() >= size / 100, "{} changes", comparison.changes.len());
                read
            })
        }
        "format" => {
            let formatted = |text: &str| format(text, &Layout::default()).text;
            let texts: Vec<String> = files.iter().map(|file| formatted(&file.text)).collect();
            time(|| texts.iter().for_each(|text| assert!(formatted(text) == *text, "formatted twice")))
        }
        "read" => {
            let wishes = Wishes { ignore: Code::ALL.to_vec(), ..Wishes::default() };
            time(|| analyse_with(files, None, &wishes))
        }
        "findings" | "drawn" => {
            let analysis = sound(files);
            let format = if mode == "drawn" { Format::Full } else { Format::Grouped };
            let style = Style { language: Language::Chinese, colour: false, width: 100 };
            time(|| format.write(&mut &analysis, style, &mut Vec::new()))
        }
        "serde" => {
            let analysis = sound(files);
            let json = render("json", &analysis).concat();
            let parse = time(|| serde_json::from_slice::<Document>(&json).expect("our own JSON"));
            parse + time(|| lint::check(&analysis.model, &analysis.sources, |_, _| true))
        }
        format => {
            let analysis = sound(files);
            time(|| render(format, &analysis))
        }
    };
    println!("{seconds} {} {bytes}", peak_bytes());
}

/// What comparing two versions costs, with one project in a hundred changed: `cargo bench --bench ratios -- diff`.
fn versions(size: usize) {
    let check = run("check", size, 1);
    let compare = run("compare", size, 1);
    println!("{size} projects, one in a hundred changed; median (fastest to slowest) of {RUNS} runs, one thread");
    for (name, figures) in [("one check", &check), ("both versions and their comparison", &compare)] {
        println!("{name:34} {:.3} s ({:.3} to {:.3})", figures.seconds, figures.fastest, figures.slowest);
    }
    let ratio = compare.seconds / check.seconds;
    println!(
        "comparison / check                     {ratio:5.2}  goal ≤ 0.30  {}",
        if ratio <= 0.3 { "met" } else { "missed" }
    );
    let folder = tempfile::tempdir().expect("a folder");
    for (name, files) in [("old", generate(size)), ("new", changed(generate(size)))] {
        for file in files {
            let path = folder.path().join(name).join(file.path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, &*file.text).expect("a file");
        }
    }
    let git = || Command::new("git").args(["diff", "--no-index", "old", "new"]).current_dir(folder.path()).output();
    let mut seconds: Vec<f64> = (0..RUNS).map(|_| time(git)).collect();
    seconds.sort_by(f64::total_cmp);
    println!("git diff --no-index                    {:5.2}", seconds[RUNS / 2] / check.seconds);
}

/// One project in a hundred with another budget and another target.
fn changed(files: Vec<Input>) -> Vec<Input> {
    files
        .into_iter()
        .map(|file| {
            let mut text = String::with_capacity(file.text.len());
            for (index, part) in file.text.split_inclusive("}\n\n").enumerate() {
                let part = if index % 100 == 7 {
                    part.replace(".00 元", "0.00 元").replacen(" ≥ ", " ≥ 1", 1)
                } else {
                    part.to_owned()
                };
                text.push_str(&part);
            }
            Input { text: text.into(), ..file }
        })
        .collect()
}

/// The time of each rule alone, and how it grows: `cargo bench --bench ratios -- rules`.
fn rules() {
    const SIZES: [usize; 2] = [4_000, 16_000];
    let analyses = SIZES.map(|size| sound(generate(size)));
    let seconds = |analysis: &Analysis, code: Code| {
        let mut runs: Vec<f64> =
            (0..RUNS).map(|_| time(|| lint::check(&analysis.model, &analysis.sources, |one, _| one == code))).collect();
        runs.sort_by(f64::total_cmp);
        runs[RUNS / 2]
    };
    // What walking the model costs, without any rule.
    let [small_walk, large_walk] = [0, 1].map(|index| seconds(&analyses[index], Code::JX301));
    let mut rows: Vec<(f64, f64, Code)> = Code::ALL
        .iter()
        .filter(|code| code.id() < "JX200")
        .map(|code| {
            let (small, large) = (seconds(&analyses[0], *code), seconds(&analyses[1], *code));
            let exponent = (large / small).ln() / (SIZES[1] as f64 / SIZES[0] as f64).ln();
            (large - large_walk, exponent, *code)
        })
        .collect();
    rows.sort_by(|one, other| other.0.total_cmp(&one.0));
    println!(
        "each rule alone on {} projects, less the walk of {large_walk:.4} s (at {}: {small_walk:.4} s)",
        SIZES[1], SIZES[0]
    );
    for (seconds, exponent, code) in &rows {
        println!("{} {seconds:8.4} s  grows as n^{exponent:4.2}", code.id());
    }
}

fn time<T>(work: impl FnOnce() -> T) -> f64 {
    let started = Instant::now();
    let result = work();
    let seconds = started.elapsed().as_secs_f64();
    drop(result);
    seconds
}

fn sound(files: Vec<Input>) -> Analysis {
    let analysis = analyse(files, None);
    assert!(!analysis.has_errors(), "{:?}", analysis.diagnostics.iter().find(|one| one.is_error()));
    analysis
}

/// The files of a format.
fn render(format: &str, analysis: &Analysis) -> Vec<Vec<u8>> {
    let backend = ALL.iter().find(|backend| backend.name() == format).expect("a backend");
    let mut memory = Memory::default();
    backend
        .render(&analysis.model, Scope::Workspace, &RenderOptions::default(), &mut memory)
        .expect("memory takes everything");
    memory.0.into_iter().map(|artifact| artifact.bytes).collect()
}

/// The most memory the process has had, where the system tells.
fn peak_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|kibibytes| kibibytes.parse::<u64>().ok()).unwrap_or(0) * 1024
}

/// Departments with their projects, one file each.
fn generate(projects: usize) -> Vec<Input> {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut files = Vec::new();
    for department in 0..projects.div_ceil(PROJECTS_A_DEPARTMENT) {
        let mut text = String::new();
        let first = department * PROJECTS_A_DEPARTMENT;
        let last = (first + PROJECTS_A_DEPARTMENT).min(projects);
        let _ = write!(
            text,
            "部门 {department} 示例部门{department} {{\n  年度 2025\n  标准 财预2015\n  单位 {department}001 示例部门{department}本级\n  总体目标 \"\"\"\n    围绕全县中心工作，做好本部门职责范围内的各项事务。\n    按时完成年度任务，用好每一笔预算资金。\n    \"\"\"\n"
        );
        for goal in 0..5 {
            let _ = write!(
                text,
                "  分项目标 \"做好第{goal}类服务，保证质量和时限。\" {{\n    指标 示例项目{}.服务完成数量0\n  }}\n",
                first + goal % (last - first)
            );
        }
        text.push_str("}\n\n");
        for project in first..last {
            self::project(&mut text, department, project, &mut random);
        }
        files.push(Input { path: format!("{department:05}/部门.jx"), text: Arc::from(text) });
    }
    files
}

fn project(text: &mut String, department: usize, number: usize, random: &mut Random) {
    let yuan = 10_000 + random.below(900_000);
    let _ = write!(
        text,
        "项目 13022925T{number:012} 示例项目{number} {{\n  单位 {department}001\n  预算 {yuan}.00 元 {{\n    财政拨款 {yuan}.00 元\n    其他资金\n  }}\n  用途 \"用于第{number}号项目的各项开支，保证服务不间断。\"\n  支出计划 {{\n    3月底 25%\n    6月底 50%\n    9月底 75%\n    12月底 100%\n  }}\n  目标 \"全年完成第{number}号项目的服务任务，服务对象满意。\"\n\n"
    );
    let kinds = ["数量", "质量", "时效", "成本", "社会效益", "经济效益", "可持续影响", "满意度"];
    let count = 8 + random.below(5);
    for index in 0..count {
        let kind = kinds[index.min(7)];
        let target = match index {
            0 => format!("服务完成数量{index} ≥ {} 次", 1 + random.below(500)),
            2 => format!("服务办结时限{index} ≤ {} 天", 1 + random.below(180)),
            3 => format!("控制在预算金额内{index} ≤ 预算"),
            4 => format!("提升服务水平{index} 定性 \"服务水平比上年有所提升\""),
            _ => format!("服务达标率{index} ≥ {}%", 60 + random.below(40)),
        };
        let _ = write!(
            text,
            "  指标 {kind} {target} {{\n    描述 \"第{index}项服务按要求完成的情况\"\n    依据 计划标准 \"第{number}号项目年度工作计划\"\n  }}\n"
        );
    }
    text.push_str("}\n\n");
}

/// A small deterministic generator.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

// What a program that reads JSON would hold: the same facts, typed.

#[derive(Deserialize)]
#[expect(dead_code, reason = "the yardstick only reads")]
struct Document {
    departments: Vec<Department>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "the yardstick only reads")]
struct Department {
    code: Option<String>,
    name: Option<String>,
    year: Option<u16>,
    overall_goal: Option<String>,
    sub_goals: Vec<SubGoal>,
    projects: Vec<Project>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "the yardstick only reads")]
struct SubGoal {
    goal: Option<String>,
    indicators: Vec<Reference>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "the yardstick only reads")]
struct Reference {
    project: String,
    indicator: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "the yardstick only reads")]
struct Project {
    code: Option<String>,
    name: String,
    unit_of_account: Option<String>,
    budget: Option<Budget>,
    purpose: Option<String>,
    spending_plan: Vec<PlanLine>,
    goal: Option<String>,
    indicators: Vec<Indicator>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "the yardstick only reads")]
struct Budget {
    total: Option<Quantity>,
    funds: Vec<Fund>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "the yardstick only reads")]
struct Fund {
    source: String,
    amount: Option<Quantity>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "the yardstick only reads")]
struct PlanLine {
    checkpoint: String,
    share: Quantity,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "the yardstick only reads")]
struct Quantity {
    value: String,
    unit: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "the yardstick only reads")]
struct Indicator {
    category: Option<String>,
    subcategory: Option<String>,
    name: String,
    target: Target,
    description: Option<String>,
    basis: Option<Basis>,
    weight: Option<String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "the yardstick only reads")]
struct Basis {
    kind: Option<String>,
    text: String,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[expect(dead_code, reason = "the yardstick only reads")]
enum Target {
    Quantity { quantity: Quantity },
    Range { low: Quantity, high: Quantity },
    Deadline { date: String },
    Money { of: String },
    RelativeToLastYear { resolved: Option<String> },
    YesNo { value: bool },
    Grade { grade: String },
    Words { text: String },
}
