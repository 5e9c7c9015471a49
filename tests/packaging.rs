//! What a release consists of: archives, packages and manifests from made-up programs, and the workflow that makes them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use saphyr::{LoadableYamlNode, Yaml};
use sha2::{Digest, Sha256};

use crate::support::{has, root, works};

const VERSION: &str = env!("CARGO_PKG_VERSION");
const UNIX: [&str; 4] =
    ["aarch64-apple-darwin", "aarch64-unknown-linux-musl", "x86_64-apple-darwin", "x86_64-unknown-linux-musl"];
const WINDOWS: &str = "x86_64-pc-windows-msvc";
const REPOSITORY: &str = "https://example.invalid/owner/jixiao";

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("packaging").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

fn is_there() -> bool {
    let tools = ["bash", "dpkg-deb", "tar", "gzip", "zip", "unzip"];
    tools.iter().all(|tool| {
        let option = if matches!(*tool, "zip" | "unzip") { "-v" } else { "--version" };
        has(tool, works(tool, option))
    })
}

/// A program for every target: those for Linux call the one under test, the others are only bytes.
fn programs(folder: &Path) {
    for target in UNIX.iter().chain([&WINDOWS]) {
        let name = if *target == WINDOWS { "jixiao.exe" } else { "jixiao" };
        let text = if target.contains("linux") {
            format!("#!/bin/sh\nexec '{}' \"$@\"\n", assert_cmd::cargo::cargo_bin("jixiao").display())
        } else {
            format!("made up for {target}\n")
        };
        fs::create_dir_all(folder.join(target)).expect("a folder");
        fs::write(folder.join(target).join(name), text).expect("written");
    }
}

fn packaging(arguments: &[&str], programs: &Path) -> Output {
    let program = programs.join("x86_64-unknown-linux-musl/jixiao");
    let mut command = Command::new(root().join("packaging/release"));
    command.args(arguments).env("SOURCE_DATE_EPOCH", "1767225600").env("JIXIAO", program);
    command.output().expect("bash")
}

fn released(name: &str) -> PathBuf {
    let folder = folder(name);
    let (built, release) = (folder.join("built"), folder.join("release"));
    programs(&built);
    let path = |path: &Path| path.to_str().expect("a path").to_owned();
    for arguments in [
        ["archives".to_owned(), path(&built), path(&release)],
        ["manifests".to_owned(), path(&release), REPOSITORY.to_owned()],
    ] {
        if arguments[0] == "manifests" {
            fs::write(release.join("jixiao.html"), "<!doctype html>").expect("written");
        }
        let output = packaging(&arguments.each_ref().map(String::as_str), &built);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    release
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
    entries.map(|path| (name(&path), fs::read(&path).expect("bytes"))).collect()
}

fn sum(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::new(), |mut sum, byte| {
        let _ = write!(sum, "{byte:02x}");
        sum
    })
}

fn run(program: &str, arguments: &[&str], folder: &Path) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output().expect(program);
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_release_is_whole_and_the_same_bytes_again() {
    if !is_there() {
        return;
    }
    let release = released("whole");
    let made = files(&release);
    let archives = UNIX.iter().map(|target| format!("jixiao-{VERSION}-{target}.tar.gz"));
    let downloads: Vec<String> = archives
        .chain([
            format!("jixiao-{VERSION}-{WINDOWS}.zip"),
            format!("jixiao_{VERSION}_amd64.deb"),
            format!("jixiao_{VERSION}_arm64.deb"),
            "jixiao.html".to_owned(),
        ])
        .collect();
    let sums = String::from_utf8(made["SHA256SUMS"].clone()).expect("text");
    for name in &downloads {
        let line = format!("{}  {name}", sum(&made[name]));
        assert!(sums.lines().any(|one| one == line), "{line}\n{sums}");
    }
    assert_eq!(sums.lines().count(), downloads.len(), "{sums}");
    run("sha256sum", &["--check", "--strict", "SHA256SUMS"], &release);

    // Every archive has a folder of its own, with licences, README, manuals and completions.
    for name in downloads.iter().filter(|name| name.contains(VERSION) && !name.ends_with(".deb")) {
        let is_zip = name.ends_with(".zip");
        let listed =
            if is_zip { run("unzip", &["-Z1", name], &release) } else { run("tar", &["-tzf", name], &release) };
        let stem = name.trim_end_matches(".zip").trim_end_matches(".tar.gz");
        let program = if is_zip { "jixiao.exe" } else { "jixiao" };
        let inside = [
            program,
            "LICENSE-APACHE",
            "LICENSE-MIT",
            "README.md",
            "completions/jixiao.bash",
            "man/man1/jixiao.1",
            "man/zh_CN/man1/jixiao-check.1",
        ];
        for file in inside {
            assert!(listed.lines().any(|line| line == format!("{stem}/{file}")), "{name}: {file}\n{listed}");
        }
        assert!(listed.lines().all(|line| line.starts_with(stem)), "{listed}");
    }
    let modes = run("tar", &["-tvzf", &format!("jixiao-{VERSION}-x86_64-unknown-linux-musl.tar.gz")], &release);
    assert!(modes.lines().any(|line| line.starts_with("-rwxr-xr-x 0/0") && line.ends_with("/jixiao")), "{modes}");

    let again = files(&released("again"));
    for (name, bytes) in &made {
        assert!(again.get(name) == Some(bytes), "{name} has other bytes the second time");
    }
    assert_eq!(again.len(), made.len());
}

#[test]
fn a_debian_package_installs_a_program_that_runs() {
    if !is_there() {
        return;
    }
    let release = released("debian");
    let package = format!("jixiao_{VERSION}_amd64.deb");
    let field = |name: &str| run("dpkg-deb", &["--field", &package, name], &release).trim().to_owned();
    assert_eq!([field("Package"), field("Version"), field("Architecture")], ["jixiao", VERSION, "amd64"]);
    assert!(field("Description").contains("budget performance") && field("Depends").is_empty());
    run("dpkg-deb", &["--extract", &package, "system"], &release);
    let system = release.join("system");
    for file in [
        "usr/share/doc/jixiao/copyright",
        "usr/share/doc/jixiao/changelog.gz",
        "usr/share/man/man1/jixiao.1.gz",
        "usr/share/man/zh_CN/man1/jixiao-new.1.gz",
        "usr/share/bash-completion/completions/jixiao",
        "usr/share/zsh/vendor-completions/_jixiao",
        "usr/share/fish/vendor_completions.d/jixiao.fish",
    ] {
        assert!(fs::metadata(system.join(file)).is_ok_and(|file| file.len() > 0), "{file}");
    }
    let program = system.join("usr/bin/jixiao");
    let told = run(program.to_str().expect("a path"), &["--version"], &release);
    assert_eq!(told, format!("jixiao {VERSION}\n"));
    // The checksums that the package says of itself hold.
    run("dpkg-deb", &["--control", &package, "control"], &release);
    run("md5sum", &["--check", "--strict", "--quiet", "../control/md5sums"], &system);
}

#[test]
fn homebrew_and_winget_are_told_of_the_files_that_are_there() {
    if !is_there() {
        return;
    }
    let made = files(&released("manifests"));
    let text = |name: &str| String::from_utf8(made[name].clone()).expect("text");
    let formula = text("jixiao.rb");
    for target in UNIX {
        let name = format!("jixiao-{VERSION}-{target}.tar.gz");
        let told = format!(
            "      url \"{REPOSITORY}/releases/download/v{VERSION}/{name}\"\n      sha256 \"{}\"\n",
            sum(&made[&name])
        );
        assert!(formula.contains(&told), "{told}\n{formula}");
    }
    assert_eq!(formula.matches("sha256").count(), UNIX.len());
    let opened = formula.lines().map(str::trim).filter(|line| line.ends_with(" do") || starts_block(line)).count();
    assert_eq!(opened, formula.lines().filter(|line| line.trim() == "end").count(), "{formula}");

    let archive = format!("jixiao-{VERSION}-{WINDOWS}.zip");
    for (file, kind) in [
        ("Jixiao.Jixiao.yaml", "version"),
        ("Jixiao.Jixiao.installer.yaml", "installer"),
        ("Jixiao.Jixiao.locale.zh-CN.yaml", "defaultLocale"),
        ("Jixiao.Jixiao.locale.en-US.yaml", "locale"),
    ] {
        let text = text(file);
        let documents = Yaml::load_from_str(&text).expect("YAML");
        let manifest = &documents[0];
        let value = |key: &str| manifest[key].as_str().unwrap_or_default().to_owned();
        assert_eq!(value("ManifestType"), kind, "{text}");
        assert_eq!([value("PackageIdentifier"), value("PackageVersion")], ["Jixiao.Jixiao", VERSION], "{text}");
        if kind == "installer" {
            let installer = &manifest["Installers"][0];
            let told = |key: &str| installer[key].as_str().unwrap_or_default().to_owned();
            assert_eq!(told("InstallerSha256"), sum(&made[&archive]).to_uppercase());
            assert!(told("InstallerUrl").ends_with(&archive), "{text}");
            let nested = manifest["NestedInstallerFiles"][0]["RelativeFilePath"].as_str().unwrap_or_default();
            assert_eq!(nested, format!("jixiao-{VERSION}-{WINDOWS}\\jixiao.exe"));
        }
        if kind.ends_with("ocale") {
            assert!(file.contains(&value("PackageLocale")) && !value("ShortDescription").is_empty(), "{text}");
        }
    }
}

fn starts_block(line: &str) -> bool {
    line.starts_with("class ") || line.starts_with("def ")
}

#[test]
fn a_release_without_a_target_is_none() {
    if !is_there() {
        return;
    }
    let folder = folder("missing");
    let (built, release) = (folder.join("built"), folder.join("release"));
    programs(&built);
    fs::remove_file(built.join("aarch64-apple-darwin/jixiao")).expect("removed");
    let path = |path: &Path| path.to_str().expect("a path").to_owned();
    let output = packaging(&["archives", &path(&built), &path(&release)], &built);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && told.contains("aarch64-apple-darwin"), "{told}");
    assert!(files(&release).is_empty());
    let output = packaging(&["manifests", &path(&release), REPOSITORY], &built);
    assert!(!output.status.success() && files(&release).is_empty());
}

/// The steps of all jobs of the workflow, each with its job.
fn steps<'a, 'b>(workflow: &'a Yaml<'b>) -> Vec<(&'a str, &'a Yaml<'b>)> {
    let jobs = workflow["jobs"].as_mapping().expect("jobs");
    jobs.iter()
        .flat_map(|(name, job)| {
            let steps = job["steps"].as_sequence().expect("steps");
            steps.iter().map(move |step| (name.as_str().expect("a name"), step))
        })
        .collect()
}

/// The text of a key; an empty one where it is not there.
fn text_of<'a>(step: &'a Yaml<'_>, key: &str) -> &'a str {
    step.as_mapping_get(key).and_then(|value| value.as_str()).unwrap_or_default()
}

#[test]
fn the_workflow_builds_every_target_with_what_is_pinned_and_may_do_little() {
    let text = fs::read_to_string(root().join(".github/workflows/release.yml")).expect("the workflow");
    let documents = Yaml::load_from_str(&text).expect("YAML");
    let workflow = &documents[0];
    let jobs = workflow["jobs"].as_mapping().expect("jobs");
    let steps = steps(workflow);

    let matrix = workflow["jobs"]["program"]["strategy"]["matrix"]["include"].as_sequence().expect("a matrix");
    let mut targets: Vec<&str> = matrix.iter().map(|one| one["target"].as_str().expect("a target")).collect();
    targets.sort_unstable();
    let mut wanted: Vec<&str> = UNIX.into_iter().chain([WINDOWS]).collect();
    wanted.sort_unstable();
    assert_eq!(targets, wanted);

    // Runners have a version; actions are commits, with their version behind.
    let runners = matrix.iter().map(|one| &one["runner"]).chain(jobs.iter().map(|(_, job)| &job["runs-on"]));
    for runner in runners.filter_map(|one| one.as_str()).filter(|one| !one.contains("matrix")) {
        let is_pinned = !runner.ends_with("latest") && runner.contains(|sign: char| sign.is_ascii_digit());
        assert!(is_pinned, "{runner}");
    }
    for line in text.lines().filter(|line| line.contains("uses:")) {
        let used = line.split_once("uses:").expect("a use").1.trim();
        let (action, comment) = used.split_once(" # ").unwrap_or((used, ""));
        let commit = action.split_once('@').map_or("", |(_, commit)| commit);
        let is_commit = commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(is_commit && comment.starts_with('v'), "{line}");
        assert!(action.starts_with("actions/"), "{line}: by somebody else");
    }
    let version = workflow["env"]["RUST_VERSION"].as_str().expect("a version");
    let numbers = |version: &str| version.split('.').map(|part| part.parse().expect("a number")).collect::<Vec<u32>>();
    assert!(numbers(version).len() == 3 && numbers(version) >= numbers(env!("CARGO_PKG_RUST_VERSION")), "{version}");

    // Nothing but the last job may write, and it runs nothing of the repository.
    assert!(workflow["permissions"].as_mapping().is_some_and(|none| none.iter().next().is_none()));
    for (name, job) in jobs {
        let name = name.as_str().expect("a name");
        let permissions = job["permissions"].as_mapping().expect("permissions");
        let granted: Vec<_> = permissions.iter().map(|(on, what)| (on.as_str(), what.as_str())).collect();
        let wanted = if name == "publish" { "write" } else { "read" };
        assert_eq!(granted, [(Some("contents"), Some(wanted))], "{name}");
        assert!(job["timeout-minutes"].as_integer().is_some(), "{name} could run for hours");
    }
    for (name, step) in &steps {
        let used = text_of(step, "uses");
        if used.starts_with("actions/checkout@") {
            assert_eq!(step["with"]["persist-credentials"].as_bool(), Some(false), "{name}");
            assert_ne!(*name, "publish");
        }
        // What others name (tags, branches) reaches a shell as a variable, never as text of the script.
        let script = text_of(step, "run");
        assert!(!script.contains("${{ github."), "{name}: {script}");
        assert!(!script.contains("npm ") || script.contains("npm ci "), "{name}: npm takes what is locked");
        for line in script.lines().filter(|line| line.contains("cargo ") && !line.contains("toolchain")) {
            assert!(line.contains("--locked"), "{name}: {line}");
        }
    }
    let scripts = |job: &str| {
        let of = steps.iter().filter(|(name, _)| *name == job).map(|(_, step)| text_of(step, "run"));
        of.collect::<Vec<_>>().join("\n")
    };
    assert!(scripts("program").contains("--profile dist --target ${{ matrix.target }}"));
    assert!(scripts("page").contains("just page"));
    for words in ["packaging/release archives", "packaging/release manifests", "dpkg -i"] {
        assert!(scripts("pack").contains(words), "{words}");
    }
    let published = &workflow["jobs"]["publish"];
    assert_eq!(published["if"].as_str(), Some("github.ref_type == 'tag'"));
    assert!(scripts("publish").contains("sha256sum --check --strict SHA256SUMS"));
}
