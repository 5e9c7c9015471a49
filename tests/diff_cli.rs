//! `jixiao diff` as people run it: revisions of real repositories, folders and documents, formats, approvals, exit status.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::{county_targets, has_browser, root};

/// A repository with an office's history, made anew for each test.
struct Repository {
    folder: PathBuf,
}

impl Repository {
    fn empty(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("diff").join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        let repository = Self { folder };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository
    }

    /// The county's office with six edits, a commit each.
    fn county(name: &str) -> Self {
        let repository = Self::empty(name);
        for file in county_targets() {
            std::fs::write(repository.folder.join(&file.path), &*file.text).expect("written");
        }
        repository.commit("批复的目标");
        repository.edit("03-法律顾问服务费.jx", &[("≤ 180 天", "≤ 210 天")]);
        repository.commit("放宽办案时限");
        repository.edit("06-政府业务费.jx", &[("200000.00 元", "175000.00 元")]);
        repository.edit("07-政务服务便民热线外包服务.jx", &[("630000.00 元", "655000.00 元")]);
        repository.commit("业务费调剂给热线");
        repository.edit(
            "04-防范和打击非法集资专项经费.jx",
            &[("≥ 6 次", "≥ 8 次"), ("接受宣传人群满意度", "参加宣传活动的人群的满意度")],
        );
        repository.commit("多宣传两次");
        repository.edit("01-劳务派遣人员报酬经费.jx", &[("6月底 50%", "6月底 40%")]);
        repository.commit("推后支出");
        repository.edit(
            "05-玉田县红十字会专项业务费.jx",
            &[("财政资金 20000.00 元", "财政资金 18000.00 元"), ("其他资金\n", "其他资金 2000.00 元\n")],
        );
        repository.commit("红十字会换资金来源");
        repository.edit(
            "02-残疾人保障金.jx",
            &[(
                "  指标 社会效益 提高残疾人就业率 定性 \"提高残疾人就业率\" {\n    描述 \"提高残疾人就业率\"\n    依据 \"工作完成情况\"\n  }\n\n",
                "",
            )],
        );
        repository.edit("部门.jx", &[("预算绩效管理、资金管理和工作保障几方面", "预算绩效管理和资金管理")]);
        repository.commit("删去就业率");
        repository
    }

    fn git(&self, arguments: &[&str]) -> String {
        let output = Command::new("git")
            .current_dir(&self.folder)
            .args(["-c", "user.name=王", "-c", "user.email=wang@example.org", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .env("GIT_AUTHOR_DATE", "2025-03-01T08:00:00Z")
            .env("GIT_COMMITTER_DATE", "2025-03-01T08:00:00Z")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .expect("git");
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn commit(&self, subject: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", subject]);
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.folder.join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("written");
    }

    fn edit(&self, path: &str, edits: &[(&str, &str)]) {
        let mut text = std::fs::read_to_string(self.folder.join(path)).expect("text");
        for (from, to) in edits {
            assert!(text.contains(from), "{path} holds {from}");
            text = text.replace(from, to);
        }
        self.write(path, &text);
    }

    fn diff(&self, arguments: &[&str]) -> Output {
        self.diff_in("", arguments)
    }

    fn diff_in(&self, folder: &str, arguments: &[&str]) -> Output {
        diff(&self.folder.join(folder), arguments)
    }
}

fn diff(folder: &Path, arguments: &[&str]) -> Output {
    jixiao(folder, &[&["diff"], arguments].concat())
}

fn jixiao(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .current_dir(folder)
        .args(arguments)
        .env_remove("JIXIAO_LANG")
        .env_remove("LC_ALL")
        .env_remove("COLUMNS")
        .env("LANG", "zh_CN.UTF-8")
        .env("NO_COLOR", "1")
        .output()
        .expect("the program runs")
}

fn out(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("a status")
}

const OLD: &str = "项目 甲 {\n  预算 10 元\n  目标 \"办好。\"\n  指标 数量 场次 ≥ 6 次\n  指标 社会效益 起数 ≤ 2 起\n  指标 满意度 满意 ≥ 90%\n}\n";

fn relaxed() -> String {
    OLD.replace("≥ 90%", "≥ 85%")
}

#[test]
fn the_county_list_is_one_that_a_bureau_could_sign() {
    let county = Repository::county("county");
    let output = county.diff(&["HEAD~6"]);
    assert_eq!(status(&output), 1, "{}", err(&output));
    insta::assert_snapshot!("diff_of_the_county", out(&output));
    let output = county.diff(&["HEAD~3", "--format", "markdown"]);
    insta::assert_snapshot!("diff_of_the_county_markdown", out(&output));
    let output = county.diff(&["HEAD~6..HEAD~4", "--format", "github"]);
    insta::assert_snapshot!("diff_of_the_county_github", out(&output));
    let output = county.diff(&["HEAD~6", "HEAD~5", "--format", "json"]);
    insta::assert_snapshot!("diff_of_the_county_json", out(&output).replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    assert_eq!(out(&county.diff(&["HEAD~6"])), out(&county.diff(&["HEAD~6"])), "the same from run to run");
}

#[test]
fn lines_fit_the_terminal_and_no_number_is_cut() {
    let county = Repository::county("width");
    for width in [60, 80, 100] {
        let output = Command::new(env!("CARGO_BIN_EXE_jixiao"))
            .current_dir(&county.folder)
            .args(["diff", "HEAD~6"])
            .env("COLUMNS", width.to_string())
            .env("NO_COLOR", "1")
            .env("LANG", "zh_CN.UTF-8")
            .output()
            .expect("the program runs");
        for line in out(&output).lines().filter(|line| line.contains('│')) {
            assert!(unicode_width::UnicodeWidthStr::width(line) <= width, "{width}: {line}");
        }
        assert!(out(&output).contains("[175000.00]"), "{}", out(&output));
    }
}

#[test]
fn nothing_changed_is_0_changes_are_1_and_what_cannot_run_is_2() {
    let repository = Repository::empty("status");
    repository.write("甲.jx", OLD);
    repository.commit("一");
    let output = repository.diff(&[]);
    assert_eq!((status(&output), &*out(&output)), (0, "HEAD → 工作区：没有变化\n"));
    repository.write("甲.jx", &relaxed());
    assert_eq!(status(&repository.diff(&[])), 1);
    assert_eq!(status(&repository.diff(&["no-such"])), 2);
    assert_eq!(status(&repository.diff(&["--fail-on", "tightened"])), 0);
    assert_eq!(status(&repository.diff(&["--fail-on", "removed,relaxed"])), 1);
    assert_eq!(status(&repository.diff(&["--fail-on", "放宽"])), 1);
    assert_eq!(status(&repository.diff(&["--fail-on", "high"])), 1);
    let output = repository.diff(&["--fail-on", "nonsense"]);
    assert!(status(&output) == 2 && err(&output).contains("JX910"), "{}", err(&output));
    let output = repository.diff(&["--class", "JC4"]);
    assert!(status(&output) == 0 && err(&output).contains("另有 1 处"), "{}", err(&output));
}

#[test]
fn layout_keywords_and_file_names_are_no_change() {
    let repository = Repository::empty("layout");
    repository.write("甲.jx", OLD);
    repository.commit("一");
    std::fs::remove_file(repository.folder.join("甲.jx")).expect("removed");
    repository.write("子/乙.jx", "project 甲 {\n  budget 10 元\n\n  goal \"办好。\"\n  指标 数量   场次 ≥ 6 次\n  indicator 社会效益 起数 ≤ 2 起\n  指标 满意度 满意 ≥ 90%\n}\n");
    let output = repository.diff(&[]);
    assert_eq!(status(&output), 0, "{}", out(&output));
}

#[test]
fn revisions_are_names_ranges_and_paths() {
    let repository = Repository::empty("revisions");
    repository.write("甲.jx", OLD);
    repository.commit("一");
    repository.git(&["tag", "批复"]);
    repository.git(&["checkout", "--quiet", "-b", "调整"]);
    repository.write("甲.jx", &relaxed());
    repository.commit("二");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.write("乙.jx", &OLD.replace("项目 甲", "项目 乙"));
    repository.commit("三");
    for arguments in [&["批复", "调整"] as &[&str], &["批复..调整"], &["main...调整"], &["批复:甲.jx", "调整:甲.jx"]]
    {
        let output = repository.diff(arguments);
        assert!(
            out(&output).contains("目标放宽") && !out(&output).contains("新增项目"),
            "{arguments:?}: {}",
            out(&output)
        );
    }
    let output = repository.diff(&["main..调整"]);
    assert!(out(&output).contains("删去项目"), "{}", out(&output));
    let output = repository.diff(&["批复", "--", "乙.jx"]);
    assert!(out(&output).contains("新增项目") && !out(&output).contains("目标放宽"), "{}", out(&output));
    let output = repository.diff(&["批复:甲.jx"]);
    assert_eq!((status(&output), &*out(&output)), (0, "批复:甲.jx → 工作区：没有变化\n"));
}

#[test]
fn a_revision_is_read_without_touching_working_tree_or_index() {
    let repository = Repository::county("untouched");
    repository.edit("03-法律顾问服务费.jx", &[("≤ 210 天", "≤ 240 天")]);
    repository.git(&["add", "--all"]);
    repository.edit("03-法律顾问服务费.jx", &[("≤ 240 天", "≤ 270 天")]);
    let read = |path: &str| std::fs::read(repository.folder.join(path)).expect("bytes");
    let before = (read(".git/index"), read("03-法律顾问服务费.jx"));
    let output = repository.diff(&["HEAD~2"]);
    assert!(out(&output).contains("270"), "{}", out(&output));
    assert!(before == (read(".git/index"), read("03-法律顾问服务费.jx")));
}

#[test]
fn subfolders_worktrees_bare_repositories_and_first_commits_are_read() {
    let repository = Repository::empty("places");
    repository.write("卫生 局/甲.jx", OLD);
    let output = repository.diff(&[]);
    assert!(status(&output) == 1 && out(&output).contains("新增项目"), "without a commit: {}", err(&output));
    repository.commit("一");
    repository.write("卫生 局/甲.jx", &relaxed());
    repository.write("教育局/乙.jx", &OLD.replace("项目 甲", "项目 乙"));
    repository.commit("二");
    let output = repository.diff_in("卫生 局", &["HEAD~1"]);
    assert!(out(&output).contains("目标放宽") && !out(&output).contains("新增项目"), "{}", out(&output));
    let output = repository.diff_in("卫生 局", &["HEAD~1", "HEAD", "--", "../教育局"]);
    assert!(out(&output).contains("新增项目") && !out(&output).contains("目标放宽"), "{}", out(&output));
    let output = repository.diff(&["HEAD~1", "--", "卫生 局/甲.jx"]);
    assert!(out(&output).contains("目标放宽"), "{} {}", out(&output), err(&output));

    let beside = repository.folder.with_file_name("places-beside");
    let _ = std::fs::remove_dir_all(&beside);
    repository.git(&["worktree", "add", "--quiet", "--detach", beside.to_str().expect("a path"), "HEAD~1"]);
    let output = diff(&beside, &["main"]);
    assert!(out(&output).contains("目标收紧") && out(&output).contains("删去项目"), "{}", out(&output));

    let bare = repository.folder.with_file_name("places-bare");
    let _ = std::fs::remove_dir_all(&bare);
    repository.git(&["clone", "--quiet", "--bare", ".", bare.to_str().expect("a path")]);
    let output = diff(&bare, &["main~1", "main"]);
    assert!(out(&output).contains("目标放宽"), "{} {}", out(&output), err(&output));
    let output = diff(&bare, &["main~1"]);
    assert!(status(&output) == 2 && err(&output).contains("JX703"), "{}", err(&output));
}

#[test]
fn a_path_alone_is_compared_with_the_last_commit() {
    let repository = Repository::empty("path");
    repository.write("甲/一.jx", OLD);
    repository.commit("一");
    repository.write("甲/一.jx", &relaxed());
    repository.write("二.jx", &OLD.replace("项目 甲", "项目 乙"));
    for arguments in [["甲"], ["甲/一.jx"]] {
        let output = repository.diff(&arguments);
        assert!(
            out(&output).contains("目标放宽") && !out(&output).contains("新增项目"),
            "{arguments:?} {}",
            err(&output)
        );
    }
}

#[test]
fn settings_and_standards_of_the_revision_hold_for_it() {
    let repository = Repository::empty("settings");
    repository.write("jixiao.toml", "standard = \"河北2025\"\n");
    repository.write("局/部门.jx", "部门 1 局 {\n  年度 2025\n}\n");
    repository.write("局/甲.jx", OLD);
    repository.commit("一");
    repository.write("局/甲.jx", &relaxed());
    repository.commit("二");
    let output = repository.diff(&["HEAD~1", "HEAD", "--", "局/甲.jx"]);
    assert!(out(&output).contains("局\n") && out(&output).contains("目标放宽"), "{}", out(&output));
    assert!(!out(&output).contains("换了标准"), "{}", out(&output));
}

#[test]
fn names_that_mean_nothing_or_two_things_are_told() {
    let repository = Repository::empty("names");
    let told = |arguments: &[&str], code: &str, words: &str| {
        let output = repository.diff(arguments);
        let said = err(&output).replace("\n  │", "");
        assert!(status(&output) == 2 && said.contains(code) && said.contains(words), "{arguments:?}: {said}");
    };
    told(&["HEAD~1"], "JX702", "还没有提交");
    repository.write("甲.jx", OLD);
    repository.commit("一");
    repository.git(&["tag", "year-2025"]);
    told(&["year-2026"], "JX702", "year-2025");
    told(&["HEAD..HEAD~9"], "JX702", "HEAD~9");
    told(&["HEAD:乙.jx"], "JX907", "乙.jx");
    told(&["HEAD", "--", "没有这个"], "JX907", "没有这个");
    repository.write("2026/甲.jx", OLD);
    repository.git(&["branch", "2026"]);
    told(&["2026"], "JX703", "./2026");
    assert_eq!(status(&repository.diff(&["./2026"])), 1);
    let outside = tempfile::tempdir().expect("a folder");
    let output = diff(outside.path(), &[]);
    assert!(status(&output) == 2 && err(&output).contains("JX701"), "{}", err(&output));
    let output = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .current_dir(&repository.folder)
        .arg("diff")
        .env("PATH", outside.path())
        .output()
        .expect("the program runs");
    assert!(status(&output) == 2 && err(&output).contains("JX704"), "{}", err(&output));
}

#[test]
fn folders_and_documents_need_no_repository() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("written");
    };
    write("旧/甲.jx", OLD);
    write("新/甲.jx", &relaxed());
    let output = diff(folder.path(), &["旧", "新"]);
    assert!(status(&output) == 1 && out(&output).contains("目标放宽"), "{} {}", out(&output), err(&output));
    let output = diff(folder.path(), &["旧/甲.jx", "新/甲.jx", "--stat"]);
    assert!(out(&output).contains("共 1 处变化"), "{}", out(&output));
    let built = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .current_dir(folder.path())
        .args(["build", "新", "--to", "xlsx", "-o", "表"])
        .output()
        .expect("runs");
    assert!(built.status.success(), "{}", err(&built));
    let table = walkdir::WalkDir::new(folder.path().join("表")).into_iter().filter_map(Result::ok);
    let table = table.map(walkdir::DirEntry::into_path).find(|path| path.extension().is_some_and(|one| one == "xlsx"));
    let table = table.expect("a workbook");
    let output = diff(folder.path(), &["旧", table.to_str().expect("a path"), "--class", "JC1"]);
    assert!(out(&output).contains("目标放宽"), "{} {}", out(&output), err(&output));
}

#[test]
fn what_is_not_approved_fails_and_what_is_approved_passes() {
    let county = Repository::county("approvals");
    let template = out(&county.diff(&["HEAD~6", "--approve-template"]));
    let filled = template
        .replace("reason = \"\"", "reason = \"任务调整\"")
        .replace("document = \"\"", "document = \"玉政办〔2025〕3号\"")
        .replace("date = \"\"", "date = 2025-06-01")
        .replace("by = \"\"", "by = \"王\"");
    county.write("批准.toml", &template);
    let output = county.diff(&["HEAD~6", "--require-approval", "批准.toml"]);
    assert!(status(&output) == 2 && err(&output).contains("JX705"), "{}", err(&output));
    county.write("批准.toml", &filled);
    let output = county.diff(&["HEAD~6", "--require-approval", "批准.toml"]);
    assert_eq!(status(&output), 0, "{}", out(&output));
    assert!(out(&output).contains("已批准：王，2025-06-01，玉政办〔2025〕3号，任务调整"), "{}", out(&output));
    let output = county.diff(&["HEAD~5", "--require-approval", "批准.toml"]);
    assert!(status(&output) == 0 && out(&output).contains("没有对应的变化"), "{}", out(&output));

    county.edit("03-法律顾问服务费.jx", &[("≤ 210 天", "≤ 240 天")]);
    let output = county.diff(&["HEAD~6", "--require-approval", "批准.toml"]);
    assert!(status(&output) == 1 && out(&output).contains("没有批准 1 处"), "{}", out(&output));
    let output = county.diff(&["HEAD~6", "--require-approval", "批准.toml", "--class", "JC4"]);
    assert_eq!(status(&output), 1, "what is not listed does not pass unapproved");
    let output = county.diff(&["HEAD~6", "--require-approval", "批准.toml", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(document["summary"]["unapproved"], 1);
    let failing = document["changes"].as_array().expect("changes").iter().filter(|one| one["fails"] == true);
    assert_eq!(failing.map(|one| one["code"].as_str().expect("a code")).collect::<Vec<_>>(), ["JC102"]);
}

#[test]
fn every_blank_of_a_partly_filled_list_is_told() {
    let county = Repository::county("blanks");
    let template = out(&county.diff(&["HEAD~6", "--approve-template"]));
    let entries = template.matches("[[approval]]").count();
    let filled = template.replacen("reason = \"\"", "reason = \"任务调整\"", 2).replacen("by = \"\"", "by = \"王\"", 1);
    county.write("批准.toml", &filled);
    let output = county.diff(&["HEAD~6", "--require-approval", "批准.toml"]);
    let said = err(&output);
    let told = ["reason", "document", "date", "by"].map(|key| said.matches(&format!("缺 `{key}`")).count());
    assert_eq!((status(&output), told), (2, [entries - 2, entries, entries, entries - 1]), "{said}");
    // Each at its line.
    let blanks = filled.lines().enumerate().filter(|(_, line)| line.ends_with("\"\""));
    for (number, line) in blanks {
        assert!(said.contains(&format!("第 {} 行", number + 1)), "{line}: {said}");
    }
}

#[test]
fn a_gate_sees_what_changed_in_another_file_than_the_project() {
    let repository = Repository::empty("other-files");
    let department = "部门 905 示例局 {\n  年度 2025\n  标准 我县\n}\n";
    let standard = "标准 我县 扩展 财预2015 {\n  计量单位 筐 { 量纲 计数；换算 10 }\n}\n";
    repository.write("jixiao.toml", "");
    repository.write("标准.jx", standard);
    repository.write("局/部门.jx", department);
    repository.write("局/甲.jx", "项目 甲 {\n  指标 数量 发放 ≥ 3 筐\n}\n");
    repository.commit("一");
    repository.write("批准.toml", "");
    let edits = [
        ("标准.jx", standard, "换算 10", "换算 5"),
        ("局/部门.jx", department, "年度 2025", "年度 2026"),
        ("局/部门.jx", department, "  标准 我县\n", ""),
    ];
    for (path, text, old, new) in edits {
        repository.write(path, &text.replace(old, new));
        for paths in [&[] as &[&str], &["--", "局/甲.jx"], &["--", "局"]] {
            let gates = [vec!["--fail-on", "放宽"], vec!["--require-approval", "批准.toml"]];
            for gate in gates {
                let arguments: Vec<&str> = gate.iter().chain(paths).copied().collect();
                let output = repository.diff(&arguments);
                let is_told_elsewhere = new.contains("2026") && paths.contains(&"局/甲.jx");
                let wanted = i32::from(!is_told_elsewhere);
                assert_eq!(status(&output), wanted, "{arguments:?} {new}: {} {}", out(&output), err(&output));
            }
        }
        repository.write(path, text);
    }
}

#[test]
fn a_printed_target_that_asks_for_less_is_told_in_every_format() {
    let repository = Repository::empty("printed");
    repository.write("甲.jx", OLD);
    repository.commit("一");
    repository.write("甲.jx", &OLD.replace("≥ 90%", "≥ 90% {\n    表述 \"≥80%\"\n  }"));
    for format in ["text", "json", "markdown", "html", "github"] {
        let output = repository.diff(&["--format", format, "--fail-on", "放宽"]);
        let said = out(&output);
        assert!(status(&output) == 1 && said.contains("印出的目标放宽") && said.contains("JC218"), "{format}: {said}");
    }
    repository.commit("印得低些");
    assert!(out(&jixiao(&repository.folder, &["log", "甲.满意"])).contains("印出的目标放宽"));
}

#[test]
fn a_bad_list_of_approvals_is_told_with_its_place() {
    let repository = Repository::empty("bad-approvals");
    repository.write("甲.jx", OLD);
    repository.commit("一");
    let entry = "[[approval]]\nfingerprint = \"0123456789abcdef\"\nreason = \"甲\"\ndocument = \"乙\"\nby = \"丙\"\n";
    let dated = format!("{entry}date = 2025-06-01\n");
    for (text, words) in [
        ("[[approval]\n".to_owned(), "第 1 行"),
        (entry.to_owned(), "date"),
        (format!("{entry}date = \"六月\"\n"), "第 6 行"),
        (format!("{dated}who = \"丁\"\n"), "who"),
        (format!("{dated}\n{dated}"), "第 8 行"),
        (dated.replace("0123456789abcdef", "0123"), "0123"),
        (dated.replace("\"甲\"", "\" \""), "reason"),
        ("approval = 3\n".to_owned(), "[[approval]]"),
    ] {
        repository.write("批准.toml", &text);
        let output = repository.diff(&["--require-approval", "批准.toml"]);
        let said = err(&output).replace("\n  │", "");
        assert!(status(&output) == 2 && said.contains("JX705") && said.contains(words), "{text}: {said}");
    }
}

#[test]
fn errors_in_a_version_are_told_since_what_is_not_understood_is_not_compared() {
    let repository = Repository::empty("errors");
    repository.write("甲.jx", OLD);
    repository.commit("一");
    repository.write("甲.jx", &OLD.replace("≥ 6 次", "≥ 六 次 {"));
    let output = repository.diff(&[]);
    assert!(err(&output).contains("处错误"), "{}", err(&output));
    assert_eq!(status(&output), 1);
}

#[test]
fn the_page_escapes_what_it_shows_and_loads_nothing() {
    let repository = Repository::empty("escapes");
    let text = OLD.replace("场次", "\"<script>alert(1)</script>\"");
    repository.write("甲.jx", &text);
    repository.commit("一");
    repository.write("甲.jx", &text.replace("≥ 6 次", "≥ 5 次"));
    let page = out(&repository.diff(&["--format", "html"]));
    assert!(
        page.contains("&lt;script&gt;")
            && !page.contains("<script")
            && !page.contains("http:")
            && !page.contains("https:"),
        "{page}"
    );
    let comment = out(&repository.diff(&["--format", "markdown"]));
    assert!(!comment.contains("<script"), "{comment}");
}

#[test]
fn the_page_can_be_read_filtered_and_printed_in_a_browser() {
    if !has_browser("playwright-core") {
        return;
    }
    let county = Repository::county("browser");
    let document = county.diff(&["HEAD~6", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_slice(&document.stdout).expect("JSON");
    let page = county.folder.join("review.html");
    std::fs::write(&page, county.diff(&["HEAD~6", "--format", "html"]).stdout).expect("written");
    let output = Command::new("node")
        .arg(root().join("tests/browser/review.mjs"))
        .arg(&page)
        .arg(document["summary"]["changes"].to_string())
        .arg(document["summary"]["by_risk"]["high"].to_string())
        .arg(county.folder.join("pictures"))
        .output()
        .expect("node");
    assert!(output.status.success(), "{}\n{}", out(&output), err(&output));
}
