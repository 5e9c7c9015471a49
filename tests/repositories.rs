//! Repositories of all kinds: other people's, whose configuration names programs; shallow, partial and damaged ones;
//! worktrees, submodules, hashes of either length, names of any form.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder with a repository in it. Its git knows no configuration but its own.
struct Repository {
    _home: tempfile::TempDir,
    folder: PathBuf,
}

const OLD: &str = "项目 甲 {\n  预算 10 元\n  目标 \"办好。\"\n  指标 数量 场次 ≥ 6 次\n}\n";

fn text(count: u32) -> String {
    OLD.replace("≥ 6", &format!("≥ {count}"))
}

impl Repository {
    fn new(options: &[&str]) -> Self {
        let home = tempfile::tempdir().expect("a folder");
        let repository = Self { folder: home.path().join("repository"), _home: home };
        std::fs::create_dir(&repository.folder).expect("a folder");
        repository.git(&[&["init", "-q", "-b", "main"], options].concat());
        repository
    }

    /// One project whose target three commits set.
    fn with_history(options: &[&str]) -> Self {
        let repository = Self::new(options);
        for count in [6, 5, 4] {
            repository.write("甲.jx", &text(count));
            repository.commit(&format!("改为 {count}"));
        }
        repository
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.join(path)
    }

    fn write(&self, path: &str, text: &str) {
        std::fs::create_dir_all(self.at(path).parent().expect("a folder")).expect("a folder");
        std::fs::write(self.at(path), text).expect("written");
    }

    fn run(&self, folder: &Path, program: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new(program);
        command.current_dir(folder).args(arguments).env("HOME", self.folder.parent().expect("a home"));
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("JIXIAO_LANG", "zh").env("NO_COLOR", "1");
        for name in ["LC_ALL", "XDG_CONFIG_HOME", "COLUMNS"] {
            command.env_remove(name);
        }
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "甲").env(format!("GIT_{role}_EMAIL"), "a@example.org");
        }
        command.output().expect("it runs")
    }

    fn git(&self, arguments: &[&str]) -> String {
        let output = self.run(&self.folder, "git", arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    fn commit(&self, title: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", title]);
    }

    fn jixiao_in(&self, folder: &Path, arguments: &[&str]) -> (i32, String, String) {
        let output = self.run(folder, env!("CARGO_BIN_EXE_jixiao"), arguments);
        let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code().expect("a status"), said(&output.stdout), said(&output.stderr))
    }

    fn jixiao(&self, arguments: &[&str]) -> (i32, String, String) {
        self.jixiao_in(&self.folder, arguments)
    }

    /// Takes a stored object away.
    fn lose(&self, hash: &str) {
        let file = self.at(".git/objects").join(&hash[..2]).join(&hash[2..]);
        std::fs::remove_file(file).expect("a loose object");
    }
}

/// The titles that a history lists, and where it is cut.
fn history(answer: &(i32, String, String)) -> (Vec<String>, Option<String>) {
    let (code, out, errors) = answer;
    assert_eq!(*code, 0, "{errors}");
    let document: serde_json::Value = serde_json::from_str(out).expect("JSON");
    let entries = document["entries"].as_array().expect("entries").iter();
    let titles = entries.map(|entry| entry["title"].as_str().expect("a title").to_owned()).collect();
    (titles, document["cut_at"].as_str().map(str::to_owned))
}

#[test]
fn a_history_that_a_shallow_clone_cuts_says_so() {
    let whole = Repository::with_history(&[]);
    let log = ["log", "甲.场次", "--format", "json"];
    let (titles, cut) = history(&whole.jixiao(&log));
    assert_eq!((titles.len(), cut), (3, None));
    let address = format!("file://{}", whole.folder.display());
    for (depth, known) in [("1", 0), ("2", 1)] {
        let name = format!("clone-{depth}");
        whole.git(&["clone", "-q", "--depth", depth, &address, &name]);
        let clone = whole.at(&name);
        let (titles, cut) = history(&whole.jixiao_in(&clone, &log));
        let oldest = whole.git(&["rev-parse", &format!("HEAD~{known}")]);
        assert_eq!((titles.len(), cut), (known, Some(oldest.clone())), "{titles:?}");
        for arguments in [
            &["log", "甲.场次"] as &[&str],
            &["log", "."],
            &["log", "--blame"],
            &["log", "甲.场次", "--format", "html"],
        ] {
            let (code, out, errors) = whole.jixiao_in(&clone, arguments);
            // The newest commit sets the target: with it known, no line is without a commit.
            let is_whole = arguments.contains(&"--blame") && known > 0;
            let told = out.contains(&format!("历史只到 {}", &oldest[..8]));
            assert_eq!((code, told), (0, !is_whole), "{arguments:?}: {out}{errors}");
            assert!(!out.contains("新增项目"), "{out}");
        }
        // What was asked for is there, whatever lies before.
        let newest = whole.jixiao_in(&clone, &["log", "甲.场次", "-n", "1", "--format", "json"]);
        assert_eq!(history(&newest).1.is_some(), known == 0);
    }
}

#[test]
fn what_the_repository_lost_is_an_error_and_no_change() {
    let repository = Repository::with_history(&[]);
    let lost = repository.git(&["rev-parse", "HEAD~1:甲.jx"]);
    repository.lose(&lost);
    for arguments in [
        &["log", "甲.场次"] as &[&str],
        &["log", "--blame"],
        &["diff", "HEAD~1"],
        &["diff", "HEAD~1", "HEAD"],
        &["diff", "HEAD~1:甲.jx"],
    ] {
        let (code, out, errors) = repository.jixiao(arguments);
        let named =
            errors.contains("JX706") && errors.replace("\n  │ ", "").contains(&lost) && errors.contains("git fsck");
        assert!(code == 2 && named && out.is_empty(), "{arguments:?}: {code} {out}{errors}");
    }
    let (code, _, errors) = repository.jixiao(&["diff", "HEAD~2", "HEAD"]);
    assert_eq!(code, 1, "{errors}");
    repository.lose(&repository.git(&["rev-parse", "HEAD~2^{tree}"]));
    for arguments in [&["log", "甲.场次"] as &[&str], &["diff", "HEAD~2", "HEAD"]] {
        let (code, out, errors) = repository.jixiao(arguments);
        assert!(code == 2 && out.is_empty(), "{arguments:?}: {code} {out}{errors}");
    }
}

#[cfg(unix)]
#[test]
fn reading_a_repository_starts_none_of_its_programs_and_fetches_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let repository = Repository::with_history(&[]);
    let (trap, sprung) = (repository.at("../trap"), repository.at("../sprung"));
    std::fs::write(&trap, format!("#!/bin/sh\necho \"$0 $*\" >> '{}'\n", sprung.display())).expect("written");
    std::fs::set_permissions(&trap, PermissionsExt::from_mode(0o755)).expect("a mode");
    let hooks = repository.at("../hooks");
    std::fs::create_dir(&hooks).expect("a folder");
    for hook in ["reference-transaction", "post-index-change", "post-checkout", "fsmonitor-watchman", "pre-auto-gc"] {
        std::fs::copy(&trap, hooks.join(hook)).expect("copied");
    }
    // A commit with a signature, which `log.showSignature` has checked.
    let head = repository.git(&["cat-file", "commit", "HEAD"]);
    let (fields, title) = head.split_once("\n\n").expect("a title");
    let signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n AAAA\n -----END PGP SIGNATURE-----";
    repository.write("../commit", &format!("{fields}\n{signature}\n\n{title}\n"));
    let signed = repository.git(&["hash-object", "-t", "commit", "-w", "../commit"]);
    repository.git(&["update-ref", "HEAD", &signed]);
    repository.write(".git/info/attributes", "*.jx diff=jixiao filter=trap merge=jixiao\n");
    let trap = trap.display().to_string();
    for key in [
        "core.fsmonitor",
        "core.pager",
        "pager.log",
        "pager.diff",
        "core.editor",
        "core.askPass",
        "core.sshCommand",
        "core.gitProxy",
        "core.alternateRefsCommand",
        "credential.helper",
        "diff.external",
        "diff.jixiao.textconv",
        "diff.jixiao.command",
        "filter.trap.smudge",
        "filter.trap.clean",
        "filter.trap.process",
        "merge.jixiao.driver",
        "gpg.program",
        "remote.origin.uploadpack",
    ] {
        repository.git(&["config", key, &trap]);
    }
    let hooks = hooks.display().to_string();
    let remote = format!("ext::{trap} %S");
    for (key, value) in [
        ("core.hooksPath", hooks.as_str()),
        ("log.showSignature", "true"),
        ("remote.origin.url", &remote),
        ("remote.origin.promisor", "true"),
        ("protocol.allow", "always"),
        ("protocol.ext.allow", "always"),
        ("extensions.partialClone", "origin"),
        ("core.repositoryFormatVersion", "1"),
    ] {
        repository.git(&["config", key, value]);
    }
    let lost = repository.git(&["rev-parse", "HEAD~2:甲.jx"]);
    repository.lose(&lost);
    // Whoever asks git itself walks into it.
    for arguments in [&["log", "-1"] as &[&str], &["cat-file", "-e", &lost]] {
        let _ = std::fs::remove_file(&sprung);
        repository.run(&repository.folder, "git", arguments);
        assert!(sprung.exists(), "{arguments:?}");
    }
    let _ = std::fs::remove_file(&sprung);
    repository.write("甲.jx", &text(3));
    for (arguments, wanted) in [
        (&["diff"] as &[&str], 1),
        (&["diff", "HEAD~1"], 1),
        (&["diff", "HEAD~1..HEAD"], 1),
        (&["diff", "HEAD~1...HEAD"], 1),
        (&["diff", "HEAD~1:甲.jx", "甲.jx"], 1),
        (&["diff", "HEAD~2"], 2),
        (&["diff", "no-such"], 2),
        (&["log", "-n", "1", "甲.场次"], 0),
        (&["log", "甲.场次"], 2),
        (&["log", "--blame"], 0),
        (&["git", "setup", "--check"], 1),
    ] {
        let (code, out, errors) = repository.jixiao(arguments);
        let told = std::fs::read_to_string(&sprung).unwrap_or_default();
        assert!(told.is_empty(), "{arguments:?} started {told}");
        assert_eq!(code, wanted, "{arguments:?}: {out}{errors}");
    }
}

#[test]
fn a_partial_clone_is_told_and_not_completed() {
    let whole = Repository::with_history(&[]);
    whole.git(&["config", "uploadpack.allowFilter", "true"]);
    let address = format!("file://{}", whole.folder.display());
    whole.git(&["clone", "-q", "--filter=blob:none", &address, "partial"]);
    let clone = whole.at("partial");
    let objects = || whole.run(&clone, "git", &["count-objects", "-v"]).stdout;
    let before = objects();
    let (code, _, errors) = whole.jixiao_in(&clone, &["diff"]);
    assert_eq!(code, 0, "{errors}");
    let (code, out, errors) = whole.jixiao_in(&clone, &["diff", "HEAD~1"]);
    assert!(code == 2 && errors.contains("JX706") && out.is_empty(), "{code} {out}{errors}");
    assert_eq!(objects(), before);
}

#[test]
fn long_hashes_worktrees_and_submodules_are_read() {
    let long = Repository::with_history(&["--object-format=sha256"]);
    let (code, out, errors) = long.jixiao(&["diff", "HEAD~2"]);
    assert!(code == 1 && out.contains("目标放宽"), "{out}{errors}");
    assert_eq!(history(&long.jixiao(&["log", "甲.场次", "--format", "json"])).0.len(), 3);
    assert_eq!(long.jixiao(&["git", "setup"]).0, 0);

    let repository = Repository::with_history(&[]);
    repository.git(&["worktree", "add", "-q", "../旁", "HEAD~1"]);
    let beside = repository.at("../旁");
    let (code, out, errors) = repository.jixiao_in(&beside, &["diff", "main"]);
    assert!(code == 1 && out.contains("目标收紧"), "{out}{errors}");
    assert_eq!(history(&repository.jixiao_in(&beside, &["log", "甲.场次", "--format", "json"])).0.len(), 2);

    let above = Repository::new(&[]);
    let address = repository.folder.display().to_string();
    above.git(&["-c", "protocol.file.allow=always", "submodule", "add", "-q", &address, "局"]);
    above.commit("带上局里的仓库");
    let same = |answer: (i32, String, String)| assert_eq!(answer.0, 0, "{}{}", answer.1, answer.2);
    same(above.jixiao(&["diff"]));
    let inside = above.at("局");
    above.write("局/甲.jx", &text(3));
    for (folder, arguments) in
        [(&above.folder, &["diff"] as &[&str]), (&inside, &["diff"]), (&above.folder, &["diff", "--", "局"])]
    {
        let (code, out, errors) = above.jixiao_in(folder, arguments);
        assert!(code == 1 && out.contains("目标放宽") && !out.contains("新增"), "{arguments:?}: {out}{errors}");
    }
    above.run(&inside, "git", &["commit", "-q", "-a", "-m", "再放宽"]);
    above.commit("跟上");
    let (code, out, errors) = above.jixiao(&["diff", "HEAD~1", "HEAD"]);
    assert!(code == 1 && out.contains("目标放宽"), "{out}{errors}");
    same(above.jixiao(&["diff"]));
    assert_eq!(history(&above.jixiao_in(&inside, &["log", "甲.场次", "--format", "json"])).0.len(), 4);
    assert_eq!(above.jixiao(&["log"]).0, 0);
}

#[test]
fn a_file_whose_name_begins_with_a_dash_is_a_file() {
    let repository = Repository::new(&[]);
    repository.write("-x.jx", &text(6));
    repository.commit("一");
    repository.write("-x.jx", &text(5));
    for arguments in [&["diff"] as &[&str], &["diff", "--", "-x.jx"], &["diff", "HEAD:-x.jx"]] {
        let (code, out, errors) = repository.jixiao(arguments);
        assert!(code == 1 && out.contains("目标放宽"), "{arguments:?}: {out}{errors}");
    }
    repository.commit("二");
    assert_eq!(history(&repository.jixiao(&["log", "--format", "json", "--", "-x.jx"])).0.len(), 2);
}
