//! Real repositories: what `git diff`, `git log -p`, `git show` and `git merge` say once `jixiao git setup` has run.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

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
        for file in &crate::support::county_targets() {
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

/// Two branches that change one target, and the text of a third that changes another.
fn parted(name: &str, file: &str) -> Repository {
    let text = |first: u32, second: u32| {
        format!("项目 甲 {{\n  指标 数量 场次 ≥ {first} 次\n\n  指标 数量 人次 ≥ {second} 人次\n}}\n")
    };
    let repository = Repository::new(name);
    assert_eq!(repository.jixiao(&["git", "setup"]).status.code(), Some(0));
    repository.write(file, &text(6, 60));
    repository.commit("一");
    for (branch, first, second) in [("低", 4, 60), ("人", 6, 70)] {
        repository.git(&["checkout", "-q", "-b", branch, "main"]);
        repository.write(file, &text(first, second));
        repository.commit(branch);
    }
    repository.git(&["checkout", "-q", "main"]);
    repository.write(file, &text(8, 60));
    repository.commit("高");
    repository
}

/// Whether both sides of the conflict stand between markers.
fn shows_both(text: &str) -> bool {
    let order = ["<<<<<<< ", "≥ 8 次", "=======\n", "≥ 4 次", ">>>>>>> "];
    let places: Vec<_> = order.iter().map(|part| text.find(part)).collect();
    places.iter().all(Option::is_some) && places.is_sorted()
}

#[test]
fn a_file_whose_name_begins_with_a_dash_is_shown_and_merged() {
    let repository = parted("dash", "-x.jx");
    let diff = repository.git(&["diff", "main~1", "main"]);
    assert!(diff.contains("+  指标 数量 场次 ≥ 8 次"), "{diff}");
    repository.git(&["merge", "-q", "-m", "合并", "人"]);
    assert!(repository.read("-x.jx").contains("≥ 8 次") && repository.read("-x.jx").contains("≥ 70 人次"));
    assert_eq!(repository.run(&["merge", "-m", "合并", "低"]).status.code(), Some(1));
    assert!(shows_both(&repository.read("-x.jx")), "{}", repository.read("-x.jx"));
    // What git cannot have meant is no conflict to it.
    assert_eq!(repository.jixiao(&["merge-driver", "--no-such", "a", "b", "c"]).status.code(), Some(129));
}

#[cfg(unix)]
#[test]
fn without_the_program_git_shows_and_merges_by_itself() {
    use std::os::unix::fs::PermissionsExt;
    let repository = parted("absent", "甲.jx");
    let stubs = repository.folder.with_extension("stubs");
    std::fs::create_dir_all(&stubs).expect("a folder");
    let path = std::env::var_os("PATH").unwrap_or_default();
    // None at all, one that git may not start, and one that knows nothing of drivers.
    for (stub, mode) in [(None, 0), (Some("#!/bin/sh\n"), 0o644), (Some("#!/bin/sh\nexit 2\n"), 0o755)] {
        let program = stubs.join("jixiao");
        let _ = std::fs::remove_file(&program);
        if let Some(text) = stub {
            std::fs::write(&program, text).expect("written");
            std::fs::set_permissions(&program, PermissionsExt::from_mode(mode)).expect("a mode");
        }
        let folders = std::iter::once(stubs.clone()).chain(std::env::split_paths(&path));
        let path = std::env::join_paths(folders).expect("paths");
        let git =
            |arguments: &[&str]| repository.command("git").env("PATH", &path).args(arguments).output().expect("git");
        let diff = git(&["diff", "main~1", "main"]);
        let shown = String::from_utf8_lossy(&diff.stdout).into_owned();
        assert!(diff.status.success() && shown.contains("+  指标 数量 场次 ≥ 8 次"), "{stub:?}: {shown}");
        assert!(git(&["merge", "-q", "-m", "合并", "人"]).status.success(), "{stub:?}");
        assert!(repository.read("甲.jx").contains("≥ 70 人次"), "{}", repository.read("甲.jx"));
        assert_eq!(git(&["merge", "-m", "合并", "低"]).status.code(), Some(1), "{stub:?}");
        assert!(shows_both(&repository.read("甲.jx")), "{stub:?}: {}", repository.read("甲.jx"));
        repository.git(&["merge", "--abort"]);
        repository.git(&["reset", "-q", "--hard", "HEAD~1"]);
    }
}

#[test]
fn a_set_up_of_an_earlier_version_is_told_and_renewed() {
    let repository = Repository::new("renewed");
    for (key, value) in [
        ("merge.jixiao.driver", "jixiao merge-driver -L %L %O %A %B %P"),
        ("diff.jixiao.textconv", "jixiao textconv"),
        ("diff.jixiao-document.cachetextconv", "true"),
    ] {
        assert_eq!(repository.jixiao(&["git", "setup"]).status.code(), Some(0));
        assert_eq!(repository.jixiao(&["git", "setup", "--check"]).status.code(), Some(0), "before {key}");
        repository.git(&["config", key, value]);
        let told = repository.jixiao(&["git", "setup", "--check"]);
        let said = String::from_utf8_lossy(&told.stdout).into_owned();
        assert!(told.status.code() == Some(1) && said.contains(key), "{key}: {said}");
    }
}

#[test]
fn conflicts_show_their_base_where_the_person_wants_it() {
    for style in ["diff3", "zdiff3"] {
        let repository = parted(style, "甲.jx");
        repository.git(&["config", "merge.conflictStyle", style]);
        assert_eq!(repository.run(&["merge", "-m", "合并", "低"]).status.code(), Some(1));
        let text = repository.read("甲.jx");
        let base = text.find("||||||| base\n  指标 数量 场次 ≥ 6 次\n=======\n");
        assert!(shows_both(&text) && base.is_some(), "{text}");
        let check = repository.jixiao(&["check", "--format", "short", "."]);
        let said = String::from_utf8_lossy(&check.stdout).into_owned();
        let of_syntax = said.lines().filter(|line| line.contains("错误[") && !line.contains("JX001")).count();
        assert_eq!((said.matches("JX213").count(), of_syntax), (1, 1), "{said}");
    }
}

#[test]
fn a_base_that_is_itself_a_conflict_is_a_part_of_its_conflict() {
    let text = "项目 甲 {\n<<<<<<< ours\n  指标 数量 场次 ≥ 8 次\n||||||| base\n<<<<<<<<< 一\n  指标 数量 场次 ≥ 6 次\n\
                ||||||||| 二\n=========\n  指标 数量 场次 ≥ 5 次\n>>>>>>>>> 三\n=======\n  指标 数量 场次 ≥ 4 次\n>>>>>>> theirs\n}\n";
    let input = jixiao::workspace::Input { path: "甲.jx".to_owned(), text: text.into() };
    let analysis = jixiao::workspace::analyse(vec![input], None);
    let errors: Vec<_> = analysis.diagnostics.iter().filter(|one| one.is_error()).map(|one| one.code.id()).collect();
    assert_eq!(errors.iter().filter(|code| !code.starts_with("JX0")).copied().collect::<Vec<_>>(), ["JX213"]);
    assert_eq!(analysis.model.projects[0].indicators.len(), 1);
}
