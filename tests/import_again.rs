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

/// What one of our own forms prints of the year is known, or follows from what is known.
#[test]
fn our_own_forms_of_the_year_bring_nothing_new() {
    let office = Office::new("own_forms");
    let source = root().join("examples/yutian-2025");
    for entry in walkdir::WalkDir::new(&source).into_iter().map(|entry| entry.expect("an entry")) {
        let path = office.0.join("全年").join(entry.path().strip_prefix(&source).expect("inside"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(path).expect("a folder");
        } else {
            fs::copy(entry.path(), path).expect("a copy");
        }
    }
    let before = texts(&office.0.join("全年"));
    for arguments in [&["--form", "自评表"][..], &["--form", "监控表"], &["--form", "监控表", "--at", "6月底"]]
    {
        let _ = fs::remove_dir_all(office.0.join("表"));
        let made = office.run(&[&["build", "全年", "--to", "docx", "-o", "表"], arguments].concat());
        assert_eq!(made.status.code(), Some(0), "{}", err(&made));
        let mut forms = fs::read_dir(office.0.join("表")).expect("a folder").map(|entry| entry.expect("one").path());
        let form = forms.find(|path| path.extension().is_some_and(|one| one == "docx")).expect("a form");
        let again = office.run(&["import", &form.display().to_string(), "-o", "全年"]);
        assert_eq!(again.status.code(), Some(0), "{arguments:?}\n{}", err(&again));
        let said = String::from_utf8_lossy(&again.stdout).into_owned();
        assert!(said.contains("按已有的文件算出来一样，不另写") && !said.contains("已有的是"), "{said}");
        let _ = fs::remove_dir_all(office.0.join("全年/.jixiao.imports"));
        assert!(texts(&office.0.join("全年")) == before, "{arguments:?}");
    }
}

#[test]
fn another_spelling_is_no_conflict() {
    let office = Office::new("spelling");
    fs::remove_dir_all(office.0.join("办公室/.jixiao.imports")).expect("removed");
    let text = office.read(READING);
    let spelt = text
        .replace("预算 150000.00 元", "预算 15 万元")
        .replace("其他资金 30000.00 元", "其他资金 3万元")
        .replace("11月底", "2025-11-30")
        .replace("≥ 95%", "≥ 95.00%");
    assert!(spelt.contains("2025-11-30") && spelt.contains("95.00%"), "{text}");
    assert!(spelt.matches("万元").count() > text.matches("万元").count() && spelt != text, "{text}");
    fs::write(office.0.join(READING), &spelt).expect("written");
    let again = office.import(&[]);
    assert_eq!(again.status.code(), Some(0), "{}\n{}", err(&again), office.read(READING));
    assert_eq!(office.read(READING), spelt);
}

#[test]
fn what_somebody_took_out_stays_out_and_is_told() {
    let office = Office::new("taken_out");
    fs::remove_file(office.0.join("办公室/02-图书采购.jx")).expect("removed");
    let again = office.import(&[]);
    assert_eq!(again.status.code(), Some(0), "{}", err(&again));
    assert!(err(&again).contains("没有再写：图书采购"), "{}", err(&again));
    assert!(!office.0.join("办公室/02-图书采购.jx").exists());
    // The document says something else of it now: a person decides.
    let draft = office.read("原稿/02-图书采购.jx");
    let changed = draft.replacen("≥ ", "≥ 9", 1);
    fs::write(office.0.join("原稿/02-图书采购.jx"), changed).expect("written");
    office.publish();
    let again = office.import(&[]);
    assert_eq!(again.status.code(), Some(1), "{}", err(&again));
    let text = office.read("办公室/02-图书采购.jx");
    assert!(text.contains("<<<<<<<") && text.contains("图书采购"), "{text}");
    // Who empties the folder begins anew.
    for file in ["01-全民阅读活动.jx", "02-图书采购.jx", "部门.jx"] {
        fs::remove_file(office.0.join("办公室").join(file)).expect("removed");
    }
    assert_eq!(office.import(&[]).status.code(), Some(0));
    assert!(office.0.join(READING).exists() && office.0.join("办公室/02-图书采购.jx").exists());
}

#[test]
fn a_file_with_a_mistake_is_told_and_nothing_is_written() {
    let office = Office::new("damaged");
    office.change(READING, SESSIONS, "举办活动场数 ≥ \"24 场");
    office.change(DRAFT, "送书下乡覆盖乡镇 = 8 乡镇", "送书下乡覆盖乡镇 = 9 乡镇");
    office.publish();
    let before = texts(&office.0.join("办公室"));
    let again = office.import(&[]);
    assert_eq!(again.status.code(), Some(1), "{}", err(&again));
    assert!(err(&again).contains("01-全民阅读活动.jx") && err(&again).contains("什么也没有写"), "{}", err(&again));
    assert!(texts(&office.0.join("办公室")) == before);
}

/// The lines of the year name projects and indicators.
#[test]
fn what_names_a_project_follows_its_new_name() {
    let office = Office::new("renamed");
    let year = "监控 6月底 {\n  执行 全民阅读活动 5 万元\n  完成 全民阅读活动.举办活动场数 12 场\n}\n";
    fs::write(office.0.join("办公室/监控.jx"), year).expect("written");
    let rename =
        |text: String| text.replace("全民阅读活动", "全民阅读推广").replace("举办活动场数", "举办读书活动场数");
    for file in ["01-全民阅读活动.jx", "部门.jx"] {
        let path = office.0.join("原稿").join(file);
        fs::write(&path, rename(fs::read_to_string(&path).expect("a text"))).expect("written");
    }
    office.publish();
    let again = office.import(&[]);
    assert_eq!(again.status.code(), Some(0), "{}", err(&again));
    assert!(err(&again).contains("全民阅读活动 → 全民阅读推广"), "{}", err(&again));
    assert_eq!(office.read("办公室/监控.jx"), rename(year.to_owned()));
    let checked = office.run(&["check", "办公室"]);
    assert_eq!(checked.status.code(), Some(0), "{}", String::from_utf8_lossy(&checked.stdout));
}

/// The standard of the county lies above; that of another department is nobody else's.
#[test]
fn the_standard_is_the_one_that_a_check_would_take() {
    let office = Office::new("standard");
    let standard = "标准 本县 \"示例县本级项目绩效目标表\" 扩展 河北2025 {\n  文号 \"财预〔2015〕88号\"\n}\n";
    fs::create_dir_all(office.0.join("全县/民政局")).expect("a folder");
    fs::write(office.0.join("全县/jixiao.toml"), "standard = \"本县\"\n").expect("written");
    fs::write(office.0.join("全县/标准.jx"), standard).expect("written");
    fs::write(office.0.join("全县/民政局/标准.jx"), standard.replace("本县 ", "民政局 ")).expect("written");
    let other = "部门 902 示例县民政局 {\n  年度 2025\n  标准 民政局\n}\n";
    fs::write(office.0.join("全县/民政局/部门.jx"), other).expect("written");
    for folder in ["全县", "全县/图书馆"] {
        let made = office.run(&["import", "文档.docx", "-o", folder, "--diff"]);
        let said = String::from_utf8_lossy(&made.stdout).into_owned();
        assert!(said.contains("标准 本县") || said.contains("扩展 本县"), "{folder}: {said}");
        assert!(!said.contains("民政局"), "{folder}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn all_is_written_or_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let office = Office::new("together");
    office.change(DRAFT, "送书下乡覆盖乡镇 = 8 乡镇", "送书下乡覆盖乡镇 = 9 乡镇");
    let draft = office.read("原稿/02-图书采购.jx");
    fs::write(office.0.join("原稿/02-图书采购.jx"), draft.replacen("≥ ", "≥ 9", 1)).expect("written");
    office.publish();
    let path = office.0.join("办公室/02-图书采购.jx");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).expect("read-only");
    let before = texts(&office.0.join("办公室"));
    let again = office.import(&[]);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("writable");
    assert_eq!(again.status.code(), Some(2), "{}", err(&again));
    assert!(err(&again).contains("JX909") && err(&again).contains("02-图书采购.jx"), "{}", err(&again));
    assert!(texts(&office.0.join("办公室")) == before);
}

#[test]
fn a_conflict_of_the_year_names_its_indicator() {
    let office = Office::new("year_conflict");
    let lines = |value: u32| format!("监控 6月底 {{\n  完成 全民阅读活动.举办活动场数 {value} 场\n}}\n");
    let merged = jixiao::merge::merge("", &lines(12), &lines(13), &jixiao::merge::Markers::default());
    assert_eq!(merged.conflicts, ["完成 全民阅读活动.举办活动场数"]);
    let quiet = office.import(&["-q"]);
    assert_eq!((err(&quiet).as_str(), quiet.stdout.len()), ("", 0));
}

#[test]
fn a_check_of_a_document_points_to_the_import() {
    let office = Office::new("check_document");
    for command in ["check", "fmt"] {
        let checked = office.run(&[command, "文档.docx"]);
        let said = String::from_utf8_lossy(&checked.stdout).into_owned() + &err(&checked);
        assert!(said.contains("jixiao import 文档.docx"), "{command}: {said}");
    }
}

#[test]
fn a_document_that_names_no_department_belongs_to_that_of_the_folder() {
    let office = Office::new("unnamed");
    let department = office.read("办公室/部门.jx");
    let table = "项目名称,防火宣传\n一级指标,二级指标,三级指标,指标值\n产出指标,数量指标,宣传场次,≥8场\n";
    fs::write(office.0.join("一个项目.csv"), table).expect("written");
    let output = office.run(&["import", "一个项目.csv", "-o", "办公室"]);
    let told = err(&output);
    assert!(output.status.success(), "{told}");
    let account = String::from_utf8_lossy(&output.stdout);
    assert!(account.contains("文档没有写部门名称，归入 `"), "{account}");
    assert!(office.read("办公室/01-防火宣传.jx").contains("宣传场次 ≥ 8 场"), "{told}");
    let name = department.lines().find(|line| line.starts_with("部门 ")).expect("a head");
    assert!(office.read("办公室/部门.jx").contains(name), "it stays called so");
    // One that names another goes nowhere, and is told where it could.
    fs::write(office.0.join("另一个.csv"), format!("部门名称,别的单位\n{table}")).expect("written");
    let before = texts(&office.0.join("办公室"));
    let output = office.run(&["import", "另一个.csv", "-o", "办公室"]);
    let told = err(&output);
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert!(told.contains("别的单位") && told.contains("导入到它自己的文件夹"), "{told}");
    assert_eq!(texts(&office.0.join("办公室")), before);
}
