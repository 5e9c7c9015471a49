//! What was found is kept by what it was found of: a run that reads it says, byte for byte, what a run says that does not.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use jixiao::backend::{ALL, CheckOutcome, Memory, RenderOptions};
use jixiao::control::{Excused, Verdict, Wishes};
use jixiao::diagnostic::render::Style;
use jixiao::diagnostic::{Code, Diagnostic, Language};
use jixiao::findings::{Format, FoundParts, SummedBy, write_sums};
use jixiao::model::standard::Standard;
use jixiao::workspace::{Analysis, ByDepartment, EntryStore, Input, KeptEntries};

use crate::by_department::{below, county};
use crate::support::{Generator, review_cases, typing, year_cases};

/// Entries in memory, which can be damaged.
#[derive(Default)]
struct MemoryStore {
    entries: Mutex<BTreeMap<String, Vec<u8>>>,
    read: AtomicUsize,
    written: AtomicUsize,
}

impl EntryStore for MemoryStore {
    fn load(&self, name: &str) -> Option<Vec<u8>> {
        let found = self.entries.lock().expect("entries").get(name).cloned();
        self.read.fetch_add(usize::from(found.is_some()), Ordering::Relaxed);
        found
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        self.written.fetch_add(1, Ordering::Relaxed);
        self.entries.lock().expect("entries").insert(name.to_owned(), bytes.to_vec());
    }
}

impl MemoryStore {
    fn damage(&self, random: &mut Generator) {
        let mut entries = self.entries.lock().expect("entries");
        let names: Vec<String> = entries.keys().cloned().collect();
        if names.is_empty() {
            return;
        }
        let other = entries[&names[random.below(names.len())]].clone();
        let entry = entries.get_mut(&names[random.below(names.len())]).expect("it");
        let at = random.below(entry.len().max(1));
        match random.below(4) {
            0 => entry.truncate(at),
            1 if at < entry.len() => entry[at] ^= 1 << random.below(8),
            2 => *entry = other,
            _ => entry.push(0),
        }
    }
}

/// A workspace that is edited.
#[derive(Clone, Default)]
struct Edited {
    files: BTreeMap<String, Arc<str>>,
    settings: Option<&'static str>,
    wishes: Wishes,
}

/// All that a run says.
#[derive(PartialEq, Debug)]
struct Said {
    found: Vec<(Vec<Diagnostic>, Vec<Excused>)>,
    verdicts: Vec<Verdict>,
    written: Vec<(String, Vec<u8>)>,
}

struct Parts<'a> {
    departments: &'a ByDepartment<'a>,
    found: Vec<(Vec<Diagnostic>, Vec<Excused>)>,
    verdicts: Vec<Verdict>,
}

impl FoundParts for Parts<'_> {
    fn each(&mut self, take: &mut dyn FnMut(&Analysis) -> io::Result<()>) -> io::Result<()> {
        let parts = &mut self.found;
        self.verdicts = self.departments.check(&mut |part| {
            parts.push((part.diagnostics.clone(), part.excused.clone()));
            take(part).expect("memory");
        });
        Ok(())
    }

    fn verdicts(&self) -> Vec<Verdict> {
        self.verdicts.clone()
    }

    fn main_standard(&self) -> Option<Arc<Standard>> {
        self.departments.main_standard()
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    Findings(Format),
    Sums(SummedBy),
    Artifacts,
}

impl Edited {
    fn say(&self, wanted: Wanted, language: Language, store: Option<&MemoryStore>) -> Option<Said> {
        let read = |path: &str| self.files.get(path).cloned();
        let paths: Vec<String> = self.files.keys().cloned().collect();
        let settings = self.settings.map(|text| Input { path: "jixiao.toml".to_owned(), text: text.into() });
        let with_models = !matches!(wanted, Wanted::Findings(_));
        let entries = store.map(|store| KeptEntries { store, with_models });
        let departments = ByDepartment::survey_kept(&paths, settings, self.wishes.clone(), &read, entries)?;
        let style = Style { language, colour: false, width: 100 };
        let mut parts = Parts { departments: &departments, found: Vec::new(), verdicts: Vec::new() };
        let mut written = Vec::new();
        let mut bytes = Vec::new();
        match wanted {
            Wanted::Findings(format) => format.write(&mut parts, style, &mut bytes).expect("memory"),
            Wanted::Sums(by) => write_sums(by, &mut parts, style, &mut bytes).expect("memory"),
            Wanted::Artifacts => {
                let mut streams: Vec<_> = ALL
                    .iter()
                    .filter(|one| ["csv", "json", "html"].contains(&one.name()))
                    .filter_map(|one| one.stream())
                    .collect();
                let mut memory = Memory::default();
                parts
                    .each(&mut |part| {
                        if part.has_errors() {
                            return Ok(());
                        }
                        let (diagnostics, sources) = (&*part.diagnostics, &part.sources);
                        let review = Some(CheckOutcome { diagnostics, sources, in_print: false });
                        let options = RenderOptions { language, review, ..RenderOptions::default() };
                        streams.iter_mut().try_for_each(|stream| stream.look(&part.model, &options, &mut memory))
                    })
                    .expect("memory");
                written.extend(memory.0.into_iter().map(|one| (one.path.display().to_string(), one.bytes)));
            }
        }
        written.push((String::new(), bytes));
        Some(Said { found: parts.found, verdicts: parts.verdicts, written })
    }

    fn edit(&mut self, random: &mut Generator, sound: &[String]) -> String {
        let paths: Vec<String> = self.files.keys().cloned().collect();
        let path = paths[random.below(paths.len())].clone();
        let other = paths[random.below(paths.len())].clone();
        let new_path = format!("{}/{}.jx", random.below(6), random.below(9));
        match random.below(24) {
            0..8 => {
                let mut text = self.files[&path].to_string();
                let again = &sound[random.below(sound.len())];
                let (bytes, new) = typing::edit(random, &text, again);
                text.replace_range(bytes, &new);
                self.files.insert(path.clone(), text.into());
                format!("{path} is changed")
            }
            8..13 => {
                self.files.insert(path.clone(), sound[random.below(sound.len())].as_str().into());
                format!("{path} is another text")
            }
            13..15 => {
                let text = self.files[&path].clone();
                self.files.insert(new_path.clone(), text);
                format!("{new_path} is a copy of {path}")
            }
            15 if self.files.len() > 6 => {
                self.files.remove(&path);
                format!("{path} is gone")
            }
            16 => {
                let text = self.files.remove(&path).expect("it");
                self.files.insert(new_path.clone(), text);
                format!("{path} is called {new_path}")
            }
            17 => {
                let texts = [self.files[&path].clone(), self.files[&other].clone()];
                let [one, two] = texts;
                self.files.insert(path.clone(), two);
                self.files.insert(other.clone(), one);
                format!("{path} and {other} change places")
            }
            18 | 19 => {
                const SETTINGS: [Option<&str>; 5] = [
                    None,
                    Some("standard = \"财预2021\"\n"),
                    Some("[levels]\nJX013 = \"deny\"\nJX061 = \"allow\"\n"),
                    Some("[levels]\nJX043 = \"deny\"\n"),
                    Some("standard = \"没有\"\nprofile = \"严格\"\n"),
                ];
                self.settings = SETTINGS[random.below(SETTINGS.len())];
                format!("the settings are {:?}", self.settings)
            }
            20 => {
                let wishes = [
                    Wishes::default(),
                    Wishes { deny_warnings: true, ..Wishes::default() },
                    Wishes { profile: Some("严格".to_owned()), ..Wishes::default() },
                    Wishes { select: vec![Code::JX013, Code::JX061], ..Wishes::default() },
                    Wishes { fixes_of_errors_alone: true, ..Wishes::default() },
                ];
                self.wishes = wishes[random.below(wishes.len())].clone();
                format!("the wishes are {:?}", self.wishes)
            }
            21 => {
                let levels = ["级别 JX061 允许\n", "级别 JX043 禁止\n", "没有 1\n", ""];
                let text = format!("标准 甲 扩展 通用 {{\n  {}}}\n", levels[random.below(levels.len())]);
                let path = ["标准.jx", "1/标准.jx"][random.below(2)];
                self.files.insert(path.to_owned(), text.into());
                format!("{path} declares a standard")
            }
            22 => {
                self.files.retain(|path, _| !path.ends_with("标准.jx"));
                "no standard is declared".to_owned()
            }
            _ => {
                let comment = format!("# {}\n", random.below(1000));
                self.files.insert("外.jx".to_owned(), comment.into());
                "a comment stands outside".to_owned()
            }
        }
    }
}

/// After each of many edits, a run that reads what earlier ones kept says what a cold one says.
#[test]
fn what_is_kept_is_never_wrong() {
    let mut sound: Vec<String> = review_cases().into_iter().chain(year_cases()).map(|(_, text)| text).collect();
    sound.retain(|text| text.contains("部门 ") && !text.contains("区域 ") && text.len() < 4000);
    let rounds = std::env::var("JIXIAO_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(200);
    let mut random = Generator::new(41);
    let mut edited = Edited::default();
    let reset = |edited: &mut Edited, random: &mut Generator| {
        *edited = Edited::default();
        for number in 0..8 {
            let text = sound[random.below(sound.len())].as_str();
            edited.files.insert(format!("{}/{number}.jx", number % 5), text.into());
        }
    };
    reset(&mut edited, &mut random);
    let store = MemoryStore::default();
    let wanted: Vec<Wanted> = Format::ALL
        .iter()
        .map(|format| Wanted::Findings(*format))
        .chain([Wanted::Sums(SummedBy::Department), Wanted::Sums(SummedBy::Project), Wanted::Artifacts])
        .collect();
    let mut compared = 0;
    for round in 0..rounds {
        let what = edited.edit(&mut random, &sound);
        if random.below(10) == 0 {
            store.damage(&mut random);
        }
        let wanted = wanted[random.below(wanted.len())];
        let language = [Language::Chinese, Language::English][random.below(2)];
        let cold = edited.say(wanted, language, None);
        let warm = edited.say(wanted, language, Some(&store));
        assert!(cold == warm, "round {round}: {what}: {cold:#?} {warm:#?}");
        compared += usize::from(cold.is_some());
        // Back to what can be read a department at a time.
        if cold.is_none() || edited.files.len() > 14 {
            reset(&mut edited, &mut random);
        }
    }
    assert!(compared * 2 > rounds, "{compared} of {rounds} could be read a department at a time");
    let (read, written) = (store.read.into_inner(), store.written.into_inner());
    assert!(rounds < 100 || read > written, "{read} read, {written} written");
}

#[test]
fn an_unchanged_department_is_not_read_a_second_time() {
    let files: BTreeMap<String, Arc<str>> = county().into_iter().map(|file| (file.path, file.text)).collect();
    let paths: Vec<String> = files.keys().cloned().collect();
    let store = MemoryStore::default();
    let run = || {
        let asked = AtomicUsize::new(0);
        let read = |path: &str| {
            asked.fetch_add(1, Ordering::Relaxed);
            files.get(path).cloned()
        };
        let entries = Some(KeptEntries { store: &store, with_models: false });
        let departments = ByDepartment::survey_kept(&paths, None, Wishes::default(), &read, entries);
        let mut found = 0;
        departments.expect("departments").check(&mut |part| found += part.diagnostics.len());
        (found, asked.into_inner())
    };
    let (cold, asked_cold) = run();
    let (warm, asked) = run();
    assert_eq!(cold, warm);
    // Once each, but for what lies outside departments, and the first places of codes that are used twice.
    assert!(asked >= paths.len() && asked < paths.len() + asked_cold / 3, "{asked} of {asked_cold}");
}

/// A folder of many files, and one of entries beside it.
struct Disk(tempfile::TempDir);

impl Disk {
    fn new() -> Self {
        let disk = Self(tempfile::tempdir().expect("a folder"));
        let comments =
            (0..300).map(|number| Input { path: format!("再来/注释/{number}.jx"), text: "# 注\n".into() });
        for file in below("县", &county()).into_iter().chain(below("县", &comments.collect::<Vec<_>>())) {
            disk.write(&file.path, &file.text);
        }
        disk
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("written");
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
        command.args(arguments).current_dir(self.0.path()).env("JIXIAO_CACHE", self.entries());
        command
    }

    fn run(&self, arguments: &[&str]) -> (Option<i32>, String, String) {
        said(self.command(arguments).output().expect("the program"))
    }

    fn entries(&self) -> std::path::PathBuf {
        self.0.path().join("entries")
    }

    fn names(&self) -> BTreeSet<String> {
        let names = std::fs::read_dir(self.entries()).into_iter().flatten();
        names.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect()
    }
}

fn said(output: Output) -> (Option<i32>, String, String) {
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_command_keeps_what_it_found() {
    let disk = Disk::new();
    let cold = disk.run(&["check", "县", "--no-cache"]);
    assert!(!disk.entries().exists());
    assert_eq!(disk.run(&["check", "县"]), cold);
    let kept = disk.names();
    let entries = kept.iter().filter(|name| name.ends_with(".found")).count();
    assert!(entries > 4 && kept.contains("CACHEDIR.TAG") && kept.contains(".gitignore"), "{kept:?}");
    assert_eq!(disk.run(&["check", "县"]), cold);
    for arguments in [&["--format", "json"][..], &["--full"], &["--by", "department"], &["--lang", "en"]] {
        let arguments = [&["check", "县"][..], arguments].concat();
        assert_eq!(disk.run(&arguments), disk.run(&[&arguments[..], &["--no-cache"]].concat()), "{arguments:?}");
    }
    assert_eq!(disk.names(), kept);
    // One department changes.
    disk.write("县/再来/注释/1.jx", "# 另一句\n");
    assert_eq!(disk.run(&["check", "县"]), disk.run(&["check", "县", "--no-cache"]));
    assert!(disk.names().len() <= kept.len() + 2);
    // Damage.
    for name in disk.names().iter().filter(|name| name.ends_with(".found")) {
        let path = disk.entries().join(name);
        let mut bytes = std::fs::read(&path).expect("an entry");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&path, bytes).expect("written");
    }
    assert_eq!(disk.run(&["check", "县"]), disk.run(&["check", "县", "--no-cache"]));
    assert_eq!(disk.run(&["check", "县"]), disk.run(&["check", "县", "--no-cache"]));
}

#[test]
fn a_build_takes_what_was_found_before() {
    let disk = Disk::new();
    let wrong: Vec<_> = [0, 1].map(|_| disk.run(&["build", "县", "-o", "错"])).into();
    assert_eq!(wrong[0], wrong[1]);
    assert_eq!(wrong[0].0, Some(1));
    let mistakes = disk.run(&["check", "县", "--format", "short", "--quiet"]).1;
    for line in mistakes.lines() {
        let folder = line.split('/').nth(1).expect("a folder");
        let _ = std::fs::remove_dir_all(disk.0.path().join("县").join(folder));
    }
    let comments = (0..300).map(|number| (format!("县/yutian-2025/注释/{number}.jx"), "# 注\n"));
    comments.for_each(|(path, text)| disk.write(&path, text));
    let build = |folder: &str, more: &[&str]| {
        let told = disk
            .run(&[&["build", "县", "--to", "csv", "--to", "json", "--to", "html", "-o", folder][..], more].concat());
        assert_eq!(told.0, Some(0), "{told:?}");
        let files = walkdir::WalkDir::new(disk.0.path().join(folder)).sort_by_file_name().into_iter();
        let files = files.map(|entry| entry.expect("an entry")).filter(|entry| entry.file_type().is_file());
        let name = |path: &Path| path.strip_prefix(disk.0.path().join(folder)).expect("below").to_path_buf();
        files.map(|entry| (name(entry.path()), std::fs::read(entry.path()).expect("a file"))).collect::<Vec<_>>()
    };
    let cold = build("冷", &["--no-cache"]);
    assert!(cold.len() > 3);
    assert!(build("一", &[]) == cold);
    assert!(build("二", &[]) == cold);
}

#[test]
fn several_runs_at_once_share_a_folder() {
    let disk = Disk::new();
    let cold = disk.run(&["check", "县", "--no-cache"]);
    let spawned = |_| {
        let mut command = disk.command(&["check", "县"]);
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        command.spawn().expect("the program")
    };
    let children: Vec<_> = (0..4).map(spawned).collect();
    for child in children {
        assert_eq!(said(child.wait_with_output().expect("an end")), cold);
    }
    assert!(disk.names().iter().all(|name| !name.starts_with(".jixiao-")), "{:?}", disk.names());
}

#[test]
fn a_folder_that_cannot_be_used_changes_nothing() {
    let disk = Disk::new();
    let cold = disk.run(&["check", "县", "--no-cache"]);
    disk.write("datei", "");
    assert_eq!(disk.run(&["check", "县", "--cache", "datei"]), cold);
    assert_eq!(disk.run(&["check", "县", "--cache", "datei/darunter"]), cold);
    // It lies among the sources, and is none.
    assert_eq!(disk.run(&["check", "县", "--cache", "县/缓存"]), cold);
    assert_eq!(disk.run(&["check", "县", "--cache", "县/缓存"]), cold);
    assert!(disk.0.path().join("县/缓存/CACHEDIR.TAG").exists());
    // What lies there of others stays.
    disk.write("fremd/.gitignore", "mine\n");
    assert_eq!(disk.run(&["check", "县", "--cache", "fremd"]), cold);
    assert_eq!(std::fs::read_to_string(disk.0.path().join("fremd/.gitignore")).expect("it"), "mine\n");
    // Only read.
    let mut closed = std::fs::metadata(disk.0.path().join("fremd")).expect("it").permissions();
    let open = closed.clone();
    closed.set_readonly(true);
    std::fs::set_permissions(disk.0.path().join("fremd"), closed).expect("closed");
    disk.write("县/再来/注释/2.jx", "# 另一句\n");
    assert_eq!(disk.run(&["check", "县", "--cache", "fremd"]), disk.run(&["check", "县", "--no-cache"]));
    std::fs::set_permissions(disk.0.path().join("fremd"), open).expect("open");
}
