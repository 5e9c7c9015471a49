//! A document comes into a folder where people have worked on what it said before.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use crate::support::root;
use assert_cmd::Command;

/// A folder with a document of the example, and what was imported from it.
struct Office(PathBuf);

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

impl Office {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("import_again").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("原稿")).expect("a folder");
        for entry in fs::read_dir(root().join("examples/入门")).expect("the example") {
            let path = entry.expect("an entry").path();
            fs::copy(&path, folder.join("原稿").join(path.file_name().expect("a name"))).expect("a copy");
        }
        let office = Self(folder);
        office.publish();
        assert_eq!(office.import(&[]).status.code(), Some(0));
        office
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::cargo_bin("jixiao").expect("the program");
        command.current_dir(&self.0).args(arguments).env_remove("JIXIAO_LANG").env("LANG", "zh_CN.UTF-8");
        command.env_remove("LC_ALL").output().expect("runs")
    }

    fn import(&self, more: &[&str]) -> Output {
        self.run(&[&["import", "文档.docx", "-o", "办公室"], more].concat())
    }

    /// Makes the document from what is written in the drafts.
    fn publish(&self) {
        let _ = fs::remove_dir_all(self.0.join("印好的"));
        let made = self.run(&["build", "原稿", "--to", "docx", "-o", "印好的"]);
        assert_eq!(made.status.code(), Some(0), "{}", err(&made));
        let is_document = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "docx");
        let mut paths = fs::read_dir(self.0.join("印好的")).expect("a folder").map(|entry| entry.expect("one").path());
        fs::copy(paths.find(is_document).expect("a document"), self.0.join("文档.docx")).expect("a copy");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.join(path)).expect(path)
    }

    /// Puts one text in the place of another, which must be there.
    fn change(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{old} is not in {path}:\n{text}");
        fs::write(self.0.join(path), text.replace(old, new)).expect("written");
    }
}

const READING: &str = "办公室/01-全民阅读活动.jx";
const DRAFT: &str = "原稿/01-全民阅读活动.jx";
const SESSIONS: &str = "举办活动场数 ≥ 24 场";

fn texts(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    files.map(|path| (path.clone(), fs::read(&path).expect("bytes"))).collect()
}

#[test]
fn what_people_changed_stays_where_the_document_says_what_it_said() {
    let office = Office::new("stays");
    office.change(READING, SESSIONS, "举办活动场数 ≥ 30 场 # 馆长说的");
    office.change("办公室/02-图书采购.jx", "图书采购", "图画书采购");
    let before = texts(&office.0.join("办公室"));
    let again = office.import(&[]);
    assert_eq!(again.status.code(), Some(0), "{}", err(&again));
    assert!(err(&again).contains("和原来一样") && !err(&again).contains("已写入"), "{}", err(&again));
    assert!(texts(&office.0.join("办公室")) == before);
}

#[test]
fn what_the_document_says_anew_comes_in_beside_it() {
    let office = Office::new("anew");
    office.change(READING, SESSIONS, "举办活动场数 ≥ 30 场 # 馆长说的");
    office.change(DRAFT, "送书下乡覆盖乡镇 = 8 乡镇", "送书下乡覆盖乡镇 = 9 乡镇");
    office.change(DRAFT, "其他资金 30000.00 元", "其他资金 40000.00 元");
    office.change(DRAFT, "预算 150000.00 元", "预算 160000.00 元");
    office.publish();
    let shown = office.import(&["--diff"]);
    let changes = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(changes.contains("-  指标 数量 送书下乡覆盖乡镇 = 8 乡镇"), "{changes}");
    assert!(changes.contains("+  指标 数量 送书下乡覆盖乡镇 = 9 乡镇"), "{changes}");
    assert!(office.read(READING).contains("= 8 乡镇"), "nothing is written yet");
    let again = office.import(&[]);
    assert_eq!(again.status.code(), Some(0), "{}", err(&again));
    let text = office.read(READING);
    for said in
        ["举办活动场数 ≥ 30 场 # 馆长说的", "送书下乡覆盖乡镇 = 9 乡镇", "其他资金 40000.00 元", "预算 160000.00 元"]
    {
        assert!(text.contains(said), "{said}\n{text}");
    }
    assert_eq!(office.run(&["check", "办公室"]).status.code(), Some(0));
    assert!(err(&office.import(&[])).contains("和原来一样"));
}

#[test]
fn what_both_changed_stands_between_markers_and_force_takes_the_document() {
    let office = Office::new("both");
    office.change(READING, SESSIONS, "举办活动场数 ≥ 30 场 # 馆长说的");
    office.change(DRAFT, SESSIONS, "举办活动场数 ≥ 26 场");
    office.publish();
    let before = office.read(READING);
    let again = office.import(&[]);
    assert_eq!(again.status.code(), Some(1), "{}", err(&again));
    assert!(err(&again).contains("JX608"), "{}", err(&again));
    assert!(err(&again).contains("全民阅读活动.举办活动场数 指标值"), "{}", err(&again));
    let text = office.read(READING);
    assert!(text.contains("<<<<<<< 文件夹") && text.contains(">>>>>>> 文档.docx"), "{text}");
    assert!(text.contains("≥ 30 场") && text.contains("≥ 26 场"), "{text}");
    let open = office.import(&[]);
    assert_eq!(open.status.code(), Some(1), "{}", err(&open));
    assert!(err(&open).contains("还没有解决") && err(&open).contains("01-全民阅读活动.jx"), "{}", err(&open));
    assert_eq!(office.read(READING), text);
    assert_eq!(office.import(&["--force"]).status.code(), Some(0));
    assert!(office.read(READING).contains("≥ 26 场") && !office.read(READING).contains("<<<<<<<"));
    // The document is taken for known now: what a person decides is theirs.
    fs::write(office.0.join(READING), &before).expect("written");
    assert!(err(&office.import(&[])).contains("和原来一样"));
    // Another change of the document, and whoever says so has the document win.
    office.change(DRAFT, "举办活动场数 ≥ 26 场", "举办活动场数 ≥ 28 场");
    office.publish();
    assert_eq!(office.import(&["--force"]).status.code(), Some(0));
    let text = office.read(READING);
    assert!(
        text.contains("举办活动场数 ≥ 28 场") && text.contains("# 馆长说的") && !text.contains("<<<<<<<"),
        "{text}"
    );
}

#[test]
fn without_a_record_nothing_is_taken_away() {
    let office = Office::new("unknown");
    fs::remove_dir_all(office.0.join("办公室/.jixiao.imports")).expect("removed");
    let all = office.read(READING) + "\n" + &office.read("办公室/02-图书采购.jx");
    fs::remove_file(office.0.join("办公室/02-图书采购.jx")).expect("removed");
    let all = all
        .replace(SESSIONS, "举办活动场数 ≥ 30 场")
        .replace("项目 99010125T000000000001", "# 大项目\n项目 99010125T000000000001");
    fs::write(office.0.join(READING), format!("{all}\n项目 临时项目 {{\n  单位 901001\n  预算 1 元\n}}\n"))
        .expect("written");
    let again = office.import(&[]);
    assert_eq!(again.status.code(), Some(1), "{}", err(&again));
    let text = office.read(READING);
    assert!(text.contains("临时项目") && text.contains("# 大项目"), "{text}");
    assert_eq!(text.matches("<<<<<<<").count(), 1, "{text}");
    assert!(!office.0.join("办公室/02-图书采购.jx").exists(), "it has its place in the other file");
}

#[test]
fn a_project_that_the_document_has_no_more_stays_and_is_told() {
    let office = Office::new("gone");
    fs::remove_file(office.0.join("原稿/02-图书采购.jx")).expect("removed");
    // What refers to it goes with it.
    let department = office.read("原稿/部门.jx");
    let kept: Vec<&str> = department.lines().filter(|line| !line.contains("图书采购.")).collect();
    fs::write(office.0.join("原稿/部门.jx"), kept.join("\n")).expect("written");
    office.publish();
    let again = office.import(&[]);
    assert!(err(&again).contains("仍保留：图书采购"), "{}", err(&again));
    assert!(office.read("办公室/02-图书采购.jx").contains("图书采购"));
}

#[test]
fn a_document_of_another_department_is_refused() {
    let office = Office::new("other");
    let department = office.read("原稿/部门.jx");
    let head = department.lines().find(|line| line.starts_with("部门 ")).expect("a head").to_owned();
    office.change("原稿/部门.jx", &head, "部门 902 示例县档案馆 {");
    office.publish();
    let before = texts(&office.0.join("办公室"));
    let again = office.import(&[]);
    assert_eq!(again.status.code(), Some(1), "{}", err(&again));
    assert!(err(&again).contains("示例县档案馆") && err(&again).contains("什么也没有写"), "{}", err(&again));
    assert!(texts(&office.0.join("办公室")) == before);
}

/// Documents of several projects often have one name.
#[test]
fn a_document_of_a_part_takes_nothing_from_the_department() {
    let office = Office::new("part");
    let before = office.read("办公室/部门.jx");
    fs::remove_file(office.0.join(DRAFT)).expect("removed");
    let department = office.read("原稿/部门.jx");
    let head: Vec<&str> = department.lines().take_while(|line| !line.contains("总体目标")).collect();
    fs::write(office.0.join("原稿/部门.jx"), head.join("\n") + "\n}\n").expect("written");
    office.publish();
    let again = office.import(&[]);
    assert!(err(&again).contains("仍保留：全民阅读活动"), "{}", err(&again));
    assert_eq!(office.read("办公室/部门.jx"), before);
}

/// A code that only one side knows, a department that lies somewhere in the folder, a record that somebody damaged.
#[test]
fn what_comes_in_finds_its_place() {
    let office = Office::new("place");
    fs::remove_dir_all(office.0.join("办公室/.jixiao.imports")).expect("removed");
    office.change(READING, "项目 99010125T000000000001 全民阅读活动", "项目 全民阅读活动");
    let again = office.import(&[]);
    assert_eq!(again.status.code(), Some(0), "{}", err(&again));
    assert_eq!(
        office.read(READING).matches("项目 99010125T000000000001 全民阅读活动 {").count(),
        1,
        "{}",
        office.read(READING)
    );
    assert_eq!(office.run(&["check", "办公室"]).status.code(), Some(0));
    fs::create_dir(office.0.join("全县")).expect("a folder");
    fs::rename(office.0.join("办公室"), office.0.join("全县/图书馆")).expect("moved");
    fs::create_dir(office.0.join("收到的")).expect("a folder");
    fs::copy(office.0.join("文档.docx"), office.0.join("收到的/文档.docx")).expect("a copy");
    let county = office.run(&["import", "收到的", "-o", "全县"]);
    assert_eq!(county.status.code(), Some(0), "{}", err(&county));
    assert!(!office.0.join("全县/文档").exists() && err(&county).contains("和原来一样"), "{}", err(&county));
    let record = office.0.join("全县/.jixiao.imports/文档.docx.json");
    fs::write(&record, "<<<<<<<").expect("written");
    let damaged = office.run(&["import", "收到的", "-o", "全县"]);
    assert_eq!(damaged.status.code(), Some(2), "{}", err(&damaged));
    assert!(err(&damaged).contains("JX907") && err(&damaged).contains("文档.docx.json"), "{}", err(&damaged));
}
