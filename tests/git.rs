//! Real repositories: what `git diff`, `git log -p`, `git show` and `git merge` say once `jixiao git setup` has run.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::root;

/// A repository of its own, with a home without configuration and our program on the path.
struct Repository {
    folder: PathBuf,
}

impl Repository {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("git").join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        let repository = Self { folder };
        repository.git(&["init", "-q", "-b", "main"]);
        repository
    }

    /// The county workspace, committed and set up.
    fn of_example(name: &str) -> Self {
        let repository = Self::new(name);
        for file in &crate::support::Example::read(&root().join("examples/yutian-2025")).files {
            repository.write(&file.path, &file.text);
        }
        repository.commit("建立 2025 年目标");
        assert_eq!(repository.jixiao(&["git", "setup"]).status.code(), Some(0));
        repository
    }

    fn command(&self, program: &str) -> Command {
        let ours = Path::new(env!("CARGO_BIN_EXE_jixiao")).parent().expect("a folder").to_path_buf();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths(std::iter::once(ours).chain(std::env::split_paths(&path))).expect("paths");
        let home = self.folder.with_extension("home");
        std::fs::create_dir_all(&home).expect("a home");
        let mut command = Command::new(program);
        command.current_dir(&self.folder).env("PATH", path).env("HOME", home).env("LANG", "zh_CN.UTF-8");
        command.env_remove("JIXIAO_LANG").env_remove("LC_ALL").env_remove("XDG_CONFIG_HOME");
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_PAGER", "cat");
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "office").env(format!("GIT_{role}_EMAIL"), "office@example.org");
            command.env(format!("GIT_{role}_DATE"), "2025-03-01T08:00:00Z");
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command("git").args(arguments).output().expect("git runs")
    }

    fn git(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn jixiao(&self, arguments: &[&str]) -> Output {
        self.command(env!("CARGO_BIN_EXE_jixiao")).args(arguments).output().expect("the program runs")
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.folder.join(path)).expect("text")
    }

    fn write(&self, path: &str, text: &str) {
        std::fs::write(self.folder.join(path), text).expect("written");
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert_eq!(text.matches(from).count(), 1, "{from}");
        self.write(path, &text.replace(from, to));
    }

    fn commit(&self, title: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", title]);
    }
}

const OFFICE: &str = "06-政府业务费.jx";

/// Six realistic edits: what, file, from, to, and what the header of its hunk says.
const EDITS: [(&str, &str, &str, &str, &str); 6] = [
    ("放宽一个目标值", OFFICE, "办公任务完成率 ≥ 90%", "办公任务完成率 ≥ 85%", "政府业务费 · 办公任务完成率"),
    ("改一条依据", OFFICE, "依据 \"对会议的满意度\"", "依据 \"满意度调查表\"", "政府业务费 · 服务对象满意度"),
    ("改第一条指标", OFFICE, "会议服务保障率 ≥ 90%", "会议服务保障率 ≥ 95%", "政府业务费 · 会议服务保障率"),
    ("换一个名称", OFFICE, "指标 社会效益 提高办事效率", "指标 社会效益 提升办事效率", "政府业务费 · 提升办事效率"),
    ("改支出计划", "01-劳务派遣人员报酬经费.jx", "6月底 50%", "6月底 55%", "劳务派遣人员报酬经费"),
    (
        "改人数",
        "01-劳务派遣人员报酬经费.jx",
        "支付费用人数 10 人",
        "支付费用人数 12 人",
        "劳务派遣人员报酬经费 · 支付费用人数",
    ),
];

#[test]
fn headers_of_hunks_name_project_and_indicator_in_diff_log_and_show() {
    let repository = Repository::of_example("headers");
    repository.commit("让 git 认得绩效目标");
    for (what, path, from, to, _) in EDITS {
        repository.edit(path, from, to);
        repository.commit(what);
    }
    let log = repository.git(&["log", "-p", "-6", "--reverse"]);
    for (what, path, from, to, header) in EDITS {
        // Where the name itself changes, both names stand in the hunk.
        let named = log.contains(&format!("@@ {header}\n")) || log.contains(&format!("\n+── {header}\n"));
        assert!(named, "{what}: {header}\n{log}");
        assert!(log.contains(&format!("diff --git a/{path} b/{path}")), "{log}");
        assert!(log.contains(from) && log.contains(to), "{what}\n{log}");
    }
    let show = repository.git(&["show", "HEAD"]);
    assert!(show.contains("@@ 劳务派遣人员报酬经费 · 支付费用人数\n"), "{show}");
    let diff = repository.git(&["diff", "HEAD~6", "HEAD", "--", OFFICE]);
    assert_eq!(diff.matches("\n@@ ").count(), 4, "{diff}");
    // What can be applied is there, too.
    let patch = repository.git(&["diff", "--no-textconv", "HEAD~6", "HEAD"]);
    repository.git(&["checkout", "-q", "HEAD~6"]);
    repository.write("../headers.patch", &patch);
    repository.git(&["apply", "../headers.patch"]);
}

#[test]
fn two_branches_that_lines_cannot_merge_are_merged() {
    let repository = Repository::of_example("merge");
    repository.commit("让 git 认得绩效目标");
    repository.git(&["checkout", "-q", "-b", "rename"]);
    repository.edit(OFFICE, "指标 时效 机关工作运转效率", "指标 时效 各项工作及时率");
    repository.edit(OFFICE, "保证各项工作开展及时率", "按时完成的工作的比率");
    repository.commit("换名称");
    repository.git(&["checkout", "-q", "main"]);
    repository.edit(OFFICE, "机关工作运转效率 ≥ 90%", "机关工作运转效率 ≥ 95%");
    repository.commit("提高目标");
    let base = repository.git(&["show", &format!("main~1:{OFFICE}")]);
    let theirs = repository.git(&["show", &format!("rename:{OFFICE}")]);
    for (name, text) in [("base", &base), ("theirs", &theirs)] {
        repository.write(&format!("../merge-{name}"), text);
    }
    let by_lines = repository.run(&["merge-file", "-p", OFFICE, "../merge-base", "../merge-theirs"]);
    assert!(!by_lines.status.success(), "lines merge this: the story says nothing");
    repository.git(&["merge", "-q", "-m", "合并", "rename"]);
    let merged = repository.read(OFFICE);
    assert!(merged.contains("指标 时效 各项工作及时率 ≥ 95% {\n    描述 \"按时完成的工作的比率\""), "{merged}");
    assert_eq!(repository.jixiao(&["check", "-q", "."]).status.code(), Some(0));
}

#[test]
fn a_true_conflict_stops_the_merge_and_shows_both() {
    let repository = Repository::of_example("conflict");
    repository.commit("让 git 认得绩效目标");
    repository.git(&["checkout", "-q", "-b", "other"]);
    repository.edit(OFFICE, "办公任务完成率 ≥ 90%", "办公任务完成率 ≥ 85%");
    repository.commit("放宽");
    repository.git(&["checkout", "-q", "main"]);
    repository.edit(OFFICE, "办公任务完成率 ≥ 90%", "办公任务完成率 ≥ 95%");
    repository.commit("收紧");
    let output = repository.run(&["merge", "-m", "合并", "other"]);
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("政府业务费.办公任务完成率 指标值"), "{told}");
    let text = repository.read(OFFICE);
    assert!(text.contains("<<<<<<< ours 政府业务费.办公任务完成率 指标值\n"), "{text}");
    assert!(text.contains("≥ 95% {\n=======\n") && text.contains("≥ 85% {\n>>>>>>> theirs"), "{text}");
    assert!(repository.git(&["status", "--porcelain"]).contains("UU "));
    let check = repository.jixiao(&["check", "--format", "json", "."]);
    let found: serde_json::Value = serde_json::from_slice(&check.stdout).expect("json");
    let errors: Vec<&str> = found["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|one| one["severity"] == "error")
        .filter_map(|one| one["code"].as_str())
        .collect();
    assert_eq!(errors, ["JX213"], "{found}");
}

#[test]
fn documents_are_compared_as_what_they_say() {
    let repository = Repository::of_example("documents");
    let build = |to: &str| {
        let output = repository.jixiao(&["build", "--to", to, "-o", "out", "-q", "."]);
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    };
    for kind in ["docx", "xlsx"] {
        build(kind);
    }
    repository.commit("公布");
    repository.edit(OFFICE, "办公任务完成率 ≥ 90%", "办公任务完成率 ≥ 85%");
    for kind in ["docx", "xlsx"] {
        build(kind);
    }
    for kind in ["docx", "xlsx"] {
        let diff = repository.git(&["diff", "--", &format!("out/*.{kind}")]);
        let line = |sign: char, value: &str| {
            diff.lines().any(|line| line.starts_with(sign) && line.contains("办公任务完成率") && line.contains(value))
        };
        assert!(line('-', "90%") && line('+', "85%"), "{kind}: {diff}");
    }
    repository.write("out/坏.docx", "不是文档");
    repository.git(&["add", "-N", "out/坏.docx"]);
    let diff = repository.git(&["diff", "--", "out/坏.docx"]);
    assert!(diff.contains("+sha256 "), "{diff}");
}

#[test]
fn setting_up_twice_changes_nothing_and_undoing_leaves_no_trace() {
    for (index, attributes) in [None, Some(""), Some("*.png binary\n"), Some("*.png binary")].into_iter().enumerate() {
        let repository = Repository::new(&format!("setup-{index}"));
        if let Some(text) = attributes {
            repository.write(".gitattributes", text);
        }
        let state =
            || (repository.read(".git/config"), std::fs::read_to_string(repository.folder.join(".gitattributes")).ok());
        let before = state();
        assert_eq!(repository.jixiao(&["git", "setup", "--check"]).status.code(), Some(1));
        std::fs::create_dir_all(repository.folder.join("深/处")).expect("a folder");
        let mut below = repository.command(env!("CARGO_BIN_EXE_jixiao"));
        below.current_dir(repository.folder.join("深/处")).args(["git", "setup"]);
        assert!(below.output().expect("runs").status.success());
        let set_up = state();
        assert!(set_up.1.as_ref().is_some_and(|text| text.starts_with(attributes.unwrap_or_default())), "{set_up:?}");
        assert_eq!(repository.jixiao(&["git", "setup", "--check"]).status.code(), Some(0));
        let again = repository.jixiao(&["git", "setup"]);
        assert!(String::from_utf8_lossy(&again.stdout).contains("没有改动"));
        assert_eq!(state(), set_up);
        assert_eq!(repository.jixiao(&["git", "setup", "--plain", "--absolute"]).status.code(), Some(0));
        assert_eq!(repository.jixiao(&["git", "setup", "--check"]).status.code(), Some(0));
        assert_eq!(repository.jixiao(&["git", "setup", "--undo"]).status.code(), Some(0));
        let text =
            |state: &(String, Option<String>)| (state.0.clone(), state.1.clone().filter(|text| !text.is_empty()));
        assert_eq!(text(&state()), text(&before), "{index}");
        let nothing = repository.jixiao(&["git", "setup", "--undo"]);
        assert!(String::from_utf8_lossy(&nothing.stdout).contains("没有改动"));
    }
}

#[test]
fn outside_a_repository_it_says_so() {
    let folder = std::env::temp_dir().join("jixiao-no-repository");
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    command.current_dir(&folder).args(["git", "setup"]).env("GIT_CEILING_DIRECTORIES", std::env::temp_dir());
    let output = command.output().expect("runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("JX701"));
}

#[test]
fn a_merge_that_cannot_be_made_is_a_crash_to_git_and_other_encodings_are_merged_as_lines() {
    let repository = Repository::new("driver");
    let merge =
        |names: [&str; 3]| repository.jixiao(&["merge-driver", "-L", "9", names[0], names[1], names[2], "甲.jx"]);
    assert_eq!(merge(["no", "such", "file"]).status.code(), Some(129));
    let gbk = |tail: &[u8]| [b"\xcf\xee\xc4\xbf\n".as_slice(), tail].concat();
    for (name, tail) in [("base", b"1\n"), ("ours", b"2\n"), ("theirs", b"3\n")] {
        std::fs::write(repository.folder.join(name), gbk(tail)).expect("written");
    }
    assert_eq!(merge(["base", "ours", "theirs"]).status.code(), Some(1));
    let text = std::fs::read(repository.folder.join("ours")).expect("bytes");
    assert!(text.windows(10).any(|bytes| bytes == b"<<<<<<<<< "), "{text:?}");
    repository.write("base", "项目 甲 {\n}\n");
    repository.write("ours", "项目 甲 {\n  用途 \"乙\"\n}\n");
    repository.write("theirs", "项目 甲 {\n  用途 \"丙\"\n}\n");
    assert_eq!(merge(["base", "ours", "theirs"]).status.code(), Some(1));
    assert!(repository.read("ours").contains("<<<<<<<<< ours 甲 用途\n"), "{}", repository.read("ours"));
}
