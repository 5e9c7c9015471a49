//! `jixiao log`: a target is followed through its names, its files and its values.

use std::path::Path;
use std::process::Command;

use crate::support::county_targets;

fn git(folder: &Path, arguments: &[&str]) {
    let fixed = ["-c", "user.name=甲", "-c", "user.email=a@example.invalid", "-c", "init.defaultBranch=main"];
    let output = Command::new("git").current_dir(folder).args(fixed).args(arguments).output().expect("git");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A repository of the county office with six commits.
fn history() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    git(path, &["init", "-q"]);
    let mut day = 0;
    let mut commit = |title: &str| {
        day += 1;
        let date = format!("2025-0{day}-01T09:00:00+0800");
        git(path, &["add", "-A"]);
        git(path, &["commit", "-q", "-m", title, "--date", &date]);
    };
    for file in county_targets() {
        std::fs::write(path.join(&file.path), &*file.text).expect("written");
    }
    let project = path.join("06-政府业务费.jx");
    let edit = |file: &Path, old: &str, new: &str| {
        let text = std::fs::read_to_string(file).expect("a text");
        assert!(text.contains(old), "{old}");
        std::fs::write(file, text.replace(old, new)).expect("written");
    };
    commit("年初填报");
    edit(&project, "会议服务保障率 ≥ 90%", "会议服务保障率 ≥ 95%");
    commit("提高");
    edit(&project, "会议服务保障率 ≥ 95%", "会议服务保障率 ≥ 85%");
    commit("下调");
    edit(&project, "200000.00 元", "180000.00 元");
    commit("压减");
    edit(&project, "会议服务保障率", "会议保障率");
    edit(&path.join("部门.jx"), "会议服务保障率", "会议保障率");
    std::fs::rename(&project, path.join("政府业务.jx")).expect("renamed");
    commit("改名");
    std::fs::remove_file(path.join("政府业务.jx")).expect("removed");
    edit(&path.join("部门.jx"), "    指标 政府业务费.会议保障率\n", "");
    commit("删去项目");
    folder
}

fn log(folder: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
    command.current_dir(folder).env("JIXIAO_LANG", "zh").arg("log").args(arguments);
    let output = command.output().expect("jixiao");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr), output.status.code())
}

/// The titles of the commits that are listed.
fn titles(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let (text, errors, code) = log(folder, &[arguments, &["--format", "json"]].concat());
    assert_eq!(code, Some(0), "{errors}");
    let document: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let entries = document["entries"].as_array().expect("entries");
    entries.iter().map(|entry| entry["title"].as_str().expect("a title").to_owned()).collect()
}

#[test]
fn a_target_is_followed_through_its_names_and_files() {
    let folder = history();
    let all = ["删去项目", "改名", "下调", "提高", "年初填报"];
    assert_eq!(titles(folder.path(), &["政府业务费.会议保障率"]), all);
    // From a version in which it had its older name.
    assert_eq!(titles(folder.path(), &["政府业务费.会议服务保障率", "--from", "HEAD~2"]), all[2..]);
    assert_eq!(titles(folder.path(), &["会议保障率", "-n", "2"]), all[..2]);
}

/// Targets, adjustments and what was reached stand on one line of time.
#[test]
fn the_year_of_a_target_is_in_its_history() {
    let folder = history();
    let path = folder.path();
    let commit = |name: &str, text: &str, title: &str| {
        std::fs::create_dir_all(path.join("监控")).expect("a folder");
        std::fs::write(path.join(name), text).expect("written");
        git(path, &["add", "-A"]);
        git(path, &["commit", "-q", "-m", title, "--date", "2025-10-01T09:00:00+0800"]);
    };
    let june = "监控 6月底 {\n  执行 政府业务费 98000 元\n  完成 政府业务费.办公任务完成率 66%\n  完成 政府业务费.提高办事效率 达成\n}\n";
    commit("监控/06月底.jx", june, "半年监控");
    commit("监控/06月底.jx", &june.replace("66%", "68%"), "改正");
    commit(
        "调整.jx",
        "调整 2025-09-10 \"甲\" {\n  理由 \"乙\"\n  指标值 政府业务费.办公任务完成率 ≥ 90% 改为 ≥ 85%\n}\n",
        "调整",
    );
    let (text, _, code) = log(path, &["政府业务费.办公任务完成率"]);
    assert_eq!(code, Some(0), "{text}");
    for title in ["半年监控", "改正", "调整"] {
        assert!(text.contains(title), "{title} in {text}");
    }
    assert!(text.contains("66") && text.contains("68") && text.contains("85"), "{text}");
    let (other, ..) = log(path, &["政府业务费.提高办事效率"]);
    assert!(other.contains("半年监控") && !other.contains("改正"), "{other}");
    let (project, ..) = log(path, &["政府业务费"]);
    assert!(project.contains("半年监控") && project.contains("改正"), "{project}");
}

#[test]
fn a_project_and_a_folder_tell_all_that_changed_in_them() {
    let folder = history();
    let all = ["删去项目", "改名", "压减", "下调", "提高", "年初填报"];
    assert_eq!(titles(folder.path(), &["13022925P00JXC4198951"]), all);
    assert_eq!(titles(folder.path(), &[]), all);
    assert_eq!(titles(folder.path(), &["部门.jx"]).first().map(String::as_str), Some("删去项目"));
}

#[test]
fn the_text_reads_well() {
    let folder = history();
    let (text, _, _) = log(folder.path(), &["政府业务费.会议保障率"]);
    // The hashes depend on the version of git's own objects, not on ours.
    let hash = |line: &str| line.len() > 9 && line.as_bytes()[..8].iter().all(u8::is_ascii_hexdigit);
    let lines = text.lines().map(|line| if hash(line) { format!("········{}", &line[8..]) } else { line.to_owned() });
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_page_stands_alone_and_draws_the_values() {
    let folder = history();
    let (page, _, _) = log(folder.path(), &["政府业务费.会议保障率", "--format", "html"]);
    assert!(page.contains("<svg") && page.contains("default-src 'none'"), "{page}");
    assert_eq!(page.matches("<circle").count(), 4, "a point for each version that has the target");
}

#[test]
fn what_names_nothing_or_too_much_is_told_with_the_way_out() {
    let folder = history();
    let (_, errors, code) = log(folder.path(), &["政府业务费.会议服务"]);
    assert_eq!(code, Some(2));
    assert!(errors.contains("JX707") && errors.contains("会议保障率"), "{errors}");
    let (_, errors, code) = log(folder.path(), &["服务对象满意度"]);
    assert_eq!(code, Some(2));
    assert!(errors.contains("JX707"), "{errors}");
    let (_, errors, code) = log(Path::new("/"), &["甲.乙"]);
    assert_eq!(code, Some(2));
    assert!(errors.contains("JX701"), "{errors}");
}

/// Two lines of work raise and lower a target; the merge takes neither value.
fn merged() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let write = |file: &str, target: u32, name: &str| {
        let text = format!("项目 {name} {{\n  预算 10 元\n  目标 \"办好。\"\n  指标 数量 场次 ≥ {target} 次\n}}\n");
        std::fs::write(path.join(file), text).expect("written");
    };
    let commit = |title: &str| {
        git(path, &["add", "-A"]);
        git(path, &["commit", "-q", "-m", title]);
    };
    git(path, &["init", "-q"]);
    std::fs::write(path.join("部门.jx"), "部门 1 县局 {\n  年度 2026\n}\n").expect("written");
    write("甲.jx", 6, "甲");
    write("乙.jx", 1, "乙");
    commit("起草");
    git(path, &["checkout", "-q", "-b", "旁"]);
    write("甲.jx", 4, "甲");
    commit("下调");
    git(path, &["checkout", "-q", "main"]);
    write("甲.jx", 8, "甲");
    commit("上调");
    git(path, &["merge", "-q", "-s", "ours", "--no-commit", "旁"]);
    write("甲.jx", 7, "甲");
    commit("合并取中");
    std::fs::rename(path.join("甲.jx"), path.join("第一.jx")).expect("renamed");
    write("乙.jx", 2, "乙");
    commit("换文件名");
    folder
}

#[test]
fn a_merge_that_settles_a_conflict_is_in_the_history() {
    let folder = merged();
    let found = titles(folder.path(), &["甲.场次"]);
    assert_eq!(found.first().map(String::as_str), Some("合并取中"), "{found:?}");
    assert_eq!(found.len(), 4, "{found:?}");
}

#[test]
fn a_file_is_followed_by_what_it_declares_and_its_neighbours_stay_out() {
    let folder = merged();
    let found = titles(folder.path(), &["第一.jx"]);
    assert_eq!(found.first().map(String::as_str), Some("合并取中"), "{found:?}");
    assert!(found.contains(&"起草".to_owned()) && !found.contains(&"换文件名".to_owned()), "{found:?}");
    assert_eq!(titles(folder.path(), &["乙.jx"]), ["换文件名", "起草"]);
}

#[test]
fn blame_names_the_commit_that_set_each_target() {
    let folder = merged();
    let (text, errors, code) = log(folder.path(), &["--blame", "--format", "json"]);
    assert_eq!(code, Some(0), "{errors}");
    let document: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let lines = document["indicators"].as_array().expect("indicators").iter();
    let mut told: Vec<String> =
        lines.map(|line| format!("{} {} {}", line["project"], line["target"], line["title"])).collect();
    told.sort();
    assert_eq!(told, ["\"乙\" \"≥ 2 次\" \"换文件名\"", "\"甲\" \"≥ 7 次\" \"合并取中\""]);
    let (text, _, _) = log(folder.path(), &["--blame", "第一.jx"]);
    assert!(text.starts_with("甲\n  ") && text.contains("≥ 7 次  目标") && !text.contains('乙'), "{text}");
}
