//! What the names after `jixiao diff` mean, in repositories of every shape: subfolders, bare ones, worktrees, before the
//! first commit, with names in any script. The working tree and the index stay as they are.

use std::path::{Path, PathBuf};
use std::process::Output;

use crate::support::root;

/// Two projects of one department; a target is the only thing that differs.
const DEPARTMENT: &str = "部门 1 县局 {\n  年度 2026\n}\n";

fn project(target: u32) -> String {
    format!("项目 甲 {{\n  预算 10 元\n  目标 \"办好。\"\n  指标 数量 场次 ≥ {target} 次\n}}\n")
}

/// A folder of its own for each test, outside every other repository.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("written");
    }

    fn git(&self, inside: &str, arguments: &[&str]) -> String {
        let mut command = std::process::Command::new("git");
        clean(&mut command).current_dir(self.path(inside)).args(["-c", "init.defaultBranch=main"]).args(arguments);
        let output = command.output().expect("git");
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    fn commit(&self, title: &str) {
        self.git("", &["add", "-A"]);
        self.git("", &["commit", "-q", "-m", title]);
    }

    fn diff(&self, inside: &str, arguments: &[&str]) -> Output {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("jixiao"));
        clean(&mut command).current_dir(self.path(inside)).args(["--lang", "zh", "diff"]).args(arguments);
        command.output().expect("the program runs")
    }

    /// That the comparison tells of one target that went from one number to another.
    #[track_caller]
    fn tells(&self, inside: &str, arguments: &[&str], old: u32, new: u32) {
        let output = self.diff(inside, arguments);
        let (told, complaint) = texts(&output);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {told}{complaint}");
        let class = if new < old { "JC102" } else { "JC101" };
        for word in [class, &format!("≥ [{old}] 次 → ≥ [{new}] 次")] {
            assert!(told.contains(word), "{arguments:?} does not tell {word}: {told}{complaint}");
        }
    }

    #[track_caller]
    fn tells_nothing(&self, inside: &str, arguments: &[&str]) {
        let output = self.diff(inside, arguments);
        let (told, complaint) = texts(&output);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {told}{complaint}");
    }

    #[track_caller]
    fn refuses(&self, inside: &str, arguments: &[&str], words: &[&str]) {
        let output = self.diff(inside, arguments);
        let (told, complaint) = texts(&output);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}{complaint}");
        assert!(told.is_empty(), "{arguments:?}: {told}");
        for word in words {
            assert!(complaint.contains(word), "{arguments:?} does not say {word}: {complaint}");
        }
    }
}

/// No settings of this machine or this person.
fn clean(command: &mut std::process::Command) -> &mut std::process::Command {
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "JIXIAO_LANG", "COLUMNS"] {
        command.env_remove(name);
    }
    command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
    for person in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{person}_NAME"), "张三").env(format!("GIT_{person}_EMAIL"), "zhang@example.cn");
        command.env(format!("GIT_{person}_DATE"), "2026-03-01T09:00:00+0800");
    }
    command
}

fn texts(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

/// A repository whose project asks for 6, then 5, then 4, with a tag on the second version; the working tree asks for 3.
fn three_versions() -> Place {
    let place = Place::new();
    place.git("", &["init", "-q"]);
    place.write("县局/部门.jx", DEPARTMENT);
    for (target, title) in [(6, "起草"), (5, "初审"), (4, "复审")] {
        place.write("县局/甲.jx", &project(target));
        place.commit(title);
        if title == "初审" {
            place.git("", &["tag", "报送稿"]);
        }
    }
    place.write("县局/甲.jx", &project(3));
    place
}

#[test]
fn none_one_and_two_names() {
    let place = three_versions();
    place.tells("", &[], 4, 3);
    place.tells("", &["HEAD~2"], 6, 3);
    place.tells("", &["报送稿"], 5, 3);
    place.tells("", &["报送稿..HEAD"], 5, 4);
    place.tells("", &["HEAD~2.."], 6, 4);
    place.tells("", &["HEAD~2", "报送稿"], 6, 5);
    place.tells("", &["HEAD", "HEAD~2"], 4, 6);
    place.tells_nothing("", &["HEAD", "main"]);
    place.tells("", &["县局"], 4, 3);
    place.tells("", &["HEAD~1", "--", "县局/甲.jx"], 5, 3);
    place.tells_nothing("", &["HEAD~1", "--", "县局/部门.jx"]);
    place.tells("", &["HEAD~2:县局", "县局"], 6, 3);
    place.tells("", &["HEAD~2:县局/甲.jx", "HEAD:县局/甲.jx"], 6, 4);
}

#[test]
fn nothing_is_touched() {
    let place = three_versions();
    let state =
        || (place.git("", &["status", "--porcelain"]), std::fs::read(place.path(".git/index")).expect("an index"));
    let before = state();
    place.tells("", &["HEAD~2..HEAD"], 6, 4);
    place.tells("", &[], 4, 3);
    assert_eq!(before, state());
}

#[test]
fn three_dots_begin_where_the_lines_of_work_parted() {
    let place = three_versions();
    place.git("", &["checkout", "-q", "-f", "-b", "改稿", "HEAD~2"]);
    place.write("县局/甲.jx", &project(7));
    place.commit("改稿");
    place.tells("", &["main...改稿"], 6, 7);
    place.tells("", &["main..改稿"], 4, 7);
}

#[test]
fn a_subfolder_is_what_check_would_read_there() {
    let place = three_versions();
    place.write("别局/乙.jx", "项目 乙 {\n  预算 1 元\n  目标 \"办好。\"\n  指标 数量 份数 ≥ 1 份\n}\n");
    place.tells("县局", &["HEAD~2"], 6, 3);
    let (told, _) = texts(&place.diff("县局", &["HEAD~2"]));
    assert!(!told.contains('乙'), "{told}");
    let (told, _) = texts(&place.diff("", &["HEAD~2"]));
    assert!(told.contains("项目 乙") || told.contains("新增项目"), "{told}");
    place.tells("县局", &["HEAD~1", "--", "../县局/甲.jx"], 5, 3);
    place.tells("县局", &["HEAD~2:./甲.jx", "HEAD:县局/甲.jx"], 6, 4);
}

#[test]
fn a_bare_repository_has_versions_but_no_working_tree() {
    let place = three_versions();
    place.git("", &["clone", "-q", "--bare", ".", "库.git"]);
    place.tells("库.git", &["HEAD~1", "HEAD"], 5, 4);
    place.tells("库.git", &["HEAD~2..main"], 6, 4);
    place.refuses("库.git", &["HEAD~1"], &["JX703"]);
    place.refuses("库.git", &[], &["JX703"]);
}

#[test]
fn a_worktree_has_its_own_files() {
    let place = three_versions();
    place.git("", &["worktree", "add", "-q", "另一处", "报送稿"]);
    place.tells_nothing("另一处", &[]);
    place.write("另一处/县局/甲.jx", &project(9));
    place.tells("另一处", &[], 5, 9);
    place.tells("另一处", &["main"], 4, 9);
}

#[test]
fn before_the_first_commit_all_is_new() {
    let place = Place::new();
    place.git("", &["init", "-q"]);
    place.write("甲.jx", &project(6));
    let output = place.diff("", &[]);
    let (told, complaint) = texts(&output);
    assert_eq!(output.status.code(), Some(1), "{complaint}");
    assert!(told.contains("JC301"), "{told}");
    place.refuses("", &["HEAD~1"], &["JX702"]);
}

#[test]
fn settings_of_a_version_hold_for_its_folders() {
    let place = Place::new();
    place.git("", &["init", "-q"]);
    place.write("jixiao.toml", "standard = \"财预2021\"\n");
    place.write("县局/甲.jx", &project(6));
    place.commit("起草");
    place.write("县局/甲.jx", &project(5));
    place.tells("", &[], 6, 5);
    place.tells("县局", &["HEAD"], 6, 5);
    place.tells("", &["HEAD:县局", "县局"], 6, 5);
}

/// Four signs are enough for git to find a commit, and a year has four.
#[test]
fn a_folder_called_like_the_beginning_of_a_hash_is_a_folder() {
    let place = Place::new();
    place.git("", &["init", "-q"]);
    place.write("2025/甲.jx", &project(6));
    place.write("2026/甲.jx", &project(5));
    place.commit("两年");
    place.tells("", &["2025", "2026"], 6, 5);
    place.tells("", &["2025/", "./2026"], 6, 5);
    let hash = place.git("", &["rev-parse", "HEAD"]);
    let short = &hash[..4];
    place.git("", &["rev-parse", "--verify", &format!("{short}^{{tree}}")]);
    place.write(&format!("{short}/甲.jx"), &project(4));
    place.tells("", &[short, "2025"], 4, 6);
}

#[test]
fn a_name_that_is_both_is_asked_about() {
    let place = three_versions();
    place.git("", &["branch", "县局"]);
    place.refuses("", &["县局"], &["JX703", "./县局"]);
    place.tells("", &["./县局"], 4, 3);
    place.tells("", &["refs/heads/县局"], 4, 3);
}

#[test]
fn what_is_not_there_is_said_plainly() {
    let place = three_versions();
    place.refuses("", &["HAED"], &["JX702", "HAED"]);
    place.refuses("", &["mian"], &["JX702", "main"]);
    place.refuses("", &["./没有", "县局"], &["JX907", "没有"]);
    place.refuses("", &["../没有的文件夹"], &["JX907"]);
    place.refuses("", &["HEAD:没有.jx", "县局"], &["没有.jx"]);
    let outside = Place::new();
    outside.write("甲.jx", &project(6));
    outside.refuses("", &[], &["JX701"]);
    outside.refuses("", &["HEAD~1"], &["JX701"]);
}

#[test]
fn two_folders_need_no_repository() {
    let place = Place::new();
    place.write("旧/甲.jx", &project(6));
    place.write("新/甲.jx", &project(8));
    place.tells("", &["旧", "新"], 6, 8);
    place.tells("", &["旧/甲.jx", "新/甲.jx"], 6, 8);
    place.tells_nothing("", &["旧", "旧"]);
}

#[test]
fn a_deleted_folder_is_told_as_removed() {
    let place = three_versions();
    std::fs::remove_dir_all(place.path("县局")).expect("gone");
    let output = place.diff("", &[]);
    let (told, complaint) = texts(&output);
    assert_eq!(output.status.code(), Some(1), "{complaint}");
    assert!(told.contains("JC502") || told.contains("JC302"), "{told}");
    let limited = place.diff("", &["HEAD", "--", "县局"]);
    assert_eq!(limited.status.code(), Some(1), "{}", texts(&limited).1);
}

/// The office as a document of words beside its source: the importer reads it, and the comparison is the same.
#[test]
fn a_document_is_a_version() {
    let place = Place::new();
    let office = root().join("examples/入门");
    let run = |arguments: &[&str], inside: &Path| {
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("jixiao"));
        clean(&mut command).current_dir(inside).args(["--lang", "zh"]).args(arguments).output().expect("runs")
    };
    let office = office.to_str().expect("a path");
    let target = place.path("文本");
    let built = run(&["build", office, "--to", "docx", "-o", target.to_str().expect("a path")], place.folder.path());
    assert!(built.status.success(), "{}", texts(&built).1);
    let document = std::fs::read_dir(&target).expect("a folder").next().expect("a file").expect("a file").path();
    let name = document.file_name().expect("a name").to_string_lossy().into_owned();
    place.git("", &["init", "-q"]);
    place.commit("报送");
    let stored = format!("HEAD:文本/{name}");
    let disk = format!("./文本/{name}");
    place.tells_nothing("", &[&stored, &disk]);
    let output = place.diff("", &[&disk, office]);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}", texts(&output).1);
}
