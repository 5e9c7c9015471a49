//! From a file that an editor stored to its new content on a page, beside others that serve a page of text files.
//!
//! All are asked as soon as they know: ours and `mdbook serve` say that there is news, which is waited for; Fava is asked
//! without a pause, though its own page asks each five seconds. Then the content is fetched, and has to be the new one.
//! `mdbook` watches in its quicker way. What is not installed (`mdbook`, `fava`) is left out, and told.

use std::fmt::Write as _;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::county::County;
use super::processes::goal;
use super::served::{Page, ServedOffice, state};
use super::{milliseconds, told};

/// Files are stored so often.
const ROUNDS: usize = 20;
/// The project whose file is stored.
const NUMBER: usize = 149;

pub fn beside_others(projects: usize) {
    println!("from a file stored to its new content, {projects} projects");
    let folder = tempfile::tempdir().expect("a folder");
    let office = folder.path().join("office");
    County { projects_an_office: projects, a_file_a_project: true, ..County::of(projects) }.write(&office);
    let texts = texts(&office);
    let ours = ours(&office);
    let book = mdbook(&folder.path().join("book"), &texts);
    let ledger = fava(&folder.path().join("ledger"), &texts);
    if let Some(quicker) = [book, ledger].into_iter().flatten().min_by(f64::total_cmp) {
        goal("  ours / the quicker of them", ours / quicker, 0.1, &format!("{ours:.0} ms, {quicker:.0} ms"));
    }
}

/// The texts of the projects, in order.
fn texts(office: &Path) -> Vec<(PathBuf, String)> {
    let folder = fs::read_dir(office).expect("a folder").next().expect("a department").expect("a folder").path();
    let files = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path());
    let texts = files.map(|path| (path.clone(), fs::read_to_string(path).expect("a text")));
    let mut texts: Vec<_> = texts.filter(|(_, text)| text.starts_with("项目 ")).collect();
    texts.sort();
    texts
}

/// Stores a text as an editor does.
fn store(path: &Path, text: &str) -> Instant {
    let start = Instant::now();
    fs::write(path, text).expect("stored");
    start
}

fn ours(office: &Path) -> f64 {
    let server = ServedOffice::of(office);
    let (mut news, mut page) = (server.page(), server.page());
    news.send("GET", "events", "", "");
    let mut told_of = |after: u64| loop {
        let told = news.line();
        let revision = told.strip_prefix("data:").and_then(|number| number.trim().parse::<u64>().ok());
        if let Some(revision) = revision.filter(|revision| *revision > after) {
            return revision;
        }
    };
    let (path, text) = texts(office).swap_remove(NUMBER);
    let asked = format!("project/{}", NUMBER + 1);
    let mut revision = state(&mut page, &asked)["revision"].as_u64().expect("a revision");
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|round| {
            std::thread::sleep(Duration::from_millis(200));
            let sign = format!("第{round}次存盘");
            let start = store(&path, &text.replacen("  目标 \"", &format!("  目标 \"{sign}，"), 1));
            revision = told_of(revision);
            let (_, state) = page.ask("GET", &format!("state?page={asked}"), "");
            let time = start.elapsed();
            assert!(state.contains(&sign), "the page is not the new one");
            time
        })
        .collect();
    told("jixiao serve", &mut times, None)
}

fn mdbook(folder: &Path, texts: &[(PathBuf, String)]) -> Option<f64> {
    let version = version("mdbook")?;
    let chapters = folder.join("src");
    fs::create_dir_all(&chapters).expect("a folder");
    fs::write(folder.join("book.toml"), "[book]\ntitle = \"示例\"\n").expect("written");
    let chapter = |text: &str| {
        let mut lines = text.lines().filter(|line| !line.trim().is_empty());
        let head = lines.next().expect("a head").trim_end_matches(" {");
        lines.fold(format!("# {head}\n\n"), |all, line| all + "- " + line.trim() + "\n")
    };
    let mut summary = "# Summary\n\n".to_owned();
    for (number, (_, text)) in texts.iter().enumerate() {
        fs::write(chapters.join(format!("{number}.md")), chapter(text)).expect("written");
        let _ = writeln!(summary, "- [{number}]({number}.md)");
    }
    fs::write(chapters.join("SUMMARY.md"), summary).expect("written");
    let port = free_port();
    let command = ["serve", "--watcher", "native", "-n", "127.0.0.1", "-p", &port];
    let _server = Peer::start(Command::new("mdbook").args(command).arg(folder), &port)?;
    let host = format!("127.0.0.1:{port}");
    let path = chapters.join(format!("{NUMBER}.md"));
    let mut times: Vec<Duration> = (0..ROUNDS / 2)
        .map(|round| {
            std::thread::sleep(Duration::from_millis(200));
            let sign = format!("stored-{round}");
            let start = store(&path, &format!("{}- {sign}\n", chapter(&texts[NUMBER].1)));
            // Asked all the while, which is sooner than its news: these come when the whole book is built.
            while !Page::open(&host, "/").ask("GET", &format!("{NUMBER}.html"), "").1.contains(&sign) {
                assert!(start.elapsed() < Duration::from_mins(1), "no news");
            }
            start.elapsed()
        })
        .collect();
    Some(told(&format!("{version}, {} chapters", texts.len()), &mut times, None))
}

fn fava(folder: &Path, texts: &[(PathBuf, String)]) -> Option<f64> {
    let version = version("fava")?;
    fs::create_dir_all(folder).expect("a folder");
    let mut ledger =
        "option \"title\" \"office\"\noption \"operating_currency\" \"CNY\"\n2025-01-01 open Assets:Bank CNY\n"
            .to_owned();
    let mut transactions = 0;
    for (number, (_, text)) in texts.iter().enumerate() {
        let _ = writeln!(ledger, "2025-01-01 open Expenses:Project{number} CNY");
        for line in text.lines().filter(|line| line.starts_with("  指标 ")) {
            transactions += 1;
            let said = line.trim().trim_end_matches(" {").replace('"', "");
            let _ = writeln!(ledger, "2025-06-30 * \"{said}\"\n  Expenses:Project{number}  1.00 CNY\n  Assets:Bank\n");
        }
    }
    let path = folder.join("office.beancount");
    fs::write(&path, &ledger).expect("written");
    let port = free_port();
    let _server = Peer::start(Command::new("fava").args(["--host", "127.0.0.1", "-p", &port]).arg(&path), &port)?;
    let host = format!("127.0.0.1:{port}");
    let ask = |path: &str| Page::open(&host, "/office/").ask("GET", path, "").1;
    ask("api/changed");
    let mut times: Vec<Duration> = (0..ROUNDS / 2)
        .map(|round| {
            std::thread::sleep(Duration::from_millis(500));
            let sign = format!("stored-{round}");
            let text = format!("{ledger}2025-12-31 * \"{sign}\"\n  Expenses:Project0  1.00 CNY\n  Assets:Bank\n");
            let start = store(&path, &text);
            while !ask("api/changed").replace(' ', "").contains("\"data\":true") {
                assert!(start.elapsed() < Duration::from_mins(1), "no news");
            }
            let found = ask(&format!("api/journal?filter={sign}"));
            let time = start.elapsed();
            assert!(found.contains(&sign), "{found}");
            time
        })
        .collect();
    Some(told(&format!("{version}, {transactions} transactions"), &mut times, None))
}

/// What a program says of its version; none where it is not here.
fn version(program: &str) -> Option<String> {
    let output = Command::new(program).arg("--version").output();
    let Ok(output) = output else {
        println!("  {program} is not here: left out");
        return None;
    };
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn free_port() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port().to_string()
}

/// Another server, stopped when it is dropped.
struct Peer(Child);

impl Peer {
    /// None where it does not come up within two minutes.
    fn start(command: &mut Command, port: &str) -> Option<Self> {
        let server = Self(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?);
        let start = Instant::now();
        while start.elapsed() < Duration::from_mins(2) {
            if std::net::TcpStream::connect(format!("127.0.0.1:{port}")).is_ok() {
                println!("  up after {:.0} ms", milliseconds(start.elapsed()));
                return Some(server);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        println!("  it does not come up: left out");
        None
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
