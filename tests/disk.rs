//! What lies on the disk besides texts, and what the program leaves there: nothing is passed over in silence, nothing is
//! lost, and nothing is half written.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::{has, root};
use jixiao::diagnostic::Language;
use jixiao::findings::Format;

const PROGRAM: &str = env!("CARGO_BIN_EXE_jixiao");
const DEPARTMENT: &str = "部门 所 {\n  年度 2025\n  总体目标 \"办好。\"\n}\n";

fn project(name: &str) -> String {
    format!(
        "项目 {name} {{\n  预算 10 元\n  目标 \"办好{name}的6场。\"\n\n  指标 数量 {name}场次 ≥ 6 次\n\n  指标 社会效益 {name}投诉起数 ≤ 2 起\n\n  指标 满意度 {name}满意度 ≥ 90%\n}}\n"
    )
}

/// An office of two projects in a folder of its own, in which commands are run.
struct Office {
    folder: PathBuf,
}

impl Office {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("disk").join(name);
        let _ = fs::set_permissions(folder.join("所/乙"), PermissionsExt::from_mode(0o755));
        let _ = fs::remove_dir_all(&folder);
        let office = Self { folder };
        office.write("所/部门.jx", DEPARTMENT);
        office.write("所/甲.jx", project("甲"));
        office.write("所/乙/乙.jx", project("乙"));
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("written");
        path
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect(name)
    }

    fn run(&self, arguments: &[&str]) -> Told {
        self.run_as(Command::new(PROGRAM), arguments)
    }

    fn run_as(&self, mut command: Command, arguments: &[&str]) -> Told {
        let command = command.current_dir(&self.folder).args(arguments).env("JIXIAO_LANG", "zh");
        command.output().expect("runs").into()
    }

    fn with_stdin(&self, text: &str, arguments: &[&str]) -> Told {
        let input = self.write("../输入", text);
        let mut command = Command::new(PROGRAM);
        command.stdin(fs::File::open(input).expect("a text"));
        self.run_as(command, arguments)
    }

    fn mode(&self, name: &str, mode: u32) {
        fs::set_permissions(self.path(name), PermissionsExt::from_mode(mode)).expect("a mode");
    }

    fn mode_of(&self, name: &str) -> u32 {
        fs::metadata(self.path(name)).expect(name).mode() & 0o7777
    }

    /// Every path below a folder, hidden ones, too.
    fn tree(&self, folder: &str) -> Vec<String> {
        let entries = walkdir::WalkDir::new(self.path(folder)).sort_by_file_name().into_iter().filter_map(Result::ok);
        let below =
            entries.filter_map(|entry| Some(entry.path().strip_prefix(&self.folder).ok()?.display().to_string()));
        below.collect()
    }
}

#[derive(Debug)]
struct Told {
    status: Option<i32>,
    out: String,
    err: String,
}

impl From<Output> for Told {
    fn from(output: Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { status: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }
}

/// The program as somebody to whom modes apply. Root is bound by none, unless its capabilities are taken away.
fn bound() -> Option<Command> {
    let is_root = fs::metadata(env!("CARGO_TARGET_TMPDIR")).expect("a folder").uid() == 0;
    if !is_root {
        return Some(Command::new(PROGRAM));
    }
    let mut command = Command::new("setpriv");
    let works = command.args(["--bounding-set=-all", "--inh-caps=-all", "true"]).status();
    if !has("setpriv, which takes the rights of root away", works.is_ok_and(|status| status.success())) {
        return None;
    }
    let mut command = Command::new("setpriv");
    command.args(["--bounding-set=-all", "--inh-caps=-all", PROGRAM]);
    Some(command)
}

#[test]
fn a_folder_that_cannot_be_read_is_told_and_nothing_is_made_without_it() {
    let office = Office::new("unreadable");
    office.write("所/甲.jx", project("甲").replace("  预算", "预算"));
    office.mode("所/乙", 0o000);
    let run = |arguments: &[&str]| Some(office.run_as(bound()?, arguments));
    let Some(check) = run(&["check", "所"]) else { return };
    assert!(check.status == Some(1) && check.out.contains("JX907") && check.out.contains("所/乙"), "{check:?}");
    for (arguments, status) in
        [(&["rollover", "--to", "2026", "所", "-o", "新"][..], 2), (&["build", "所", "-o", "成果"], 1)]
    {
        let told = run(arguments).expect("as before");
        assert!(told.status == Some(status) && told.err.contains("所/乙"), "{told:?}");
        assert!(!office.path("新").exists() && !office.path("成果").exists());
    }
    let formatted = run(&["fmt", "所"]).expect("as before");
    assert!(formatted.status == Some(2) && formatted.err.contains("所/乙"), "{formatted:?}");
    assert_eq!(office.read("所/甲.jx"), project("甲"));
    let imported = run(&["import", "所", "-o", "读入"]).expect("as before");
    assert!(imported.status == Some(2) && imported.err.contains("所/乙"), "{imported:?}");
    // What cannot be read may have changed.
    office.write("旧/甲.jx", project("甲"));
    let compared = run(&["diff", "旧", "所", "--fail-on", "放宽"]).expect("as before");
    assert!(compared.status == Some(1) && compared.err.contains("所/乙"), "{compared:?}");
    office.mode("所/乙", 0o755);
    let file = run(&["check", "所"]).expect("as before");
    assert_eq!(file.status, Some(0), "{file:?}");
    office.mode("所/乙/乙.jx", 0o000);
    let file = run(&["rollover", "--to", "2026", "所", "-o", "新"]).expect("as before");
    assert!(file.status == Some(2) && file.err.contains("所/乙/乙.jx"), "{file:?}");
}

#[test]
fn a_link_in_a_folder_is_told_where_something_lies_behind_it_that_is_not_read() {
    let office = Office::new("links");
    office.write("别处/丙.jx", project("丙"));
    office.write("空处/说明.txt", "没有");
    let links: [(&str, &str, bool); 8] = [
        ("../别处/丙.jx", "丙.jx", true),
        ("../别处", "别处", true),
        ("../没有.jx", "没有.jx", true),
        ("乙/乙.jx", "又一个.jx", false),
        ("乙", "又一处", false),
        ("..", "上面", false),
        ("../空处", "空处", false),
        ("../没有", "没有", false),
    ];
    for (target, name, is_told) in links {
        let link = office.path("所").join(name);
        symlink(target, &link).expect("a link");
        let check = office.run(&["check", "所"]);
        let (status, name) = if is_told { (1, name) } else { (0, "") };
        assert!(check.status == Some(status) && check.out.contains(name), "{target}: {check:?}");
        for arguments in [&["rollover", "--to", "2026", "所", "-o", "新"][..], &["build", "所", "-o", "成果"]] {
            let told = office.run(arguments);
            assert_eq!(told.status == Some(0), !is_told, "{target}: {told:?}");
            assert_eq!(office.path("新").exists() || office.path("成果").exists(), !is_told, "{target}");
            let _ = fs::remove_dir_all(office.path("新")).and(fs::remove_dir_all(office.path("成果")));
        }
        fs::remove_file(&link).expect("the link");
        let _ = fs::remove_dir_all(office.path("成果"));
    }
    symlink("../别处/丙.jx", office.path("所/丙.jx")).expect("a link");
    let named = office.run(&["check", "所/丙.jx"]);
    assert_eq!(named.status, Some(0), "{named:?}");
}

#[test]
fn what_is_no_regular_file_is_refused_and_not_waited_for() {
    let office = Office::new("pipes");
    let made = Command::new("mkfifo").arg(office.path("所/管道.jx")).status();
    if !has("mkfifo", made.is_ok_and(|status| status.success())) {
        return;
    }
    for arguments in [
        &["check", "所"][..],
        &["check", "所/管道.jx"],
        &["fmt", "所/管道.jx"],
        &["fmt", "--check", "所"],
        &["build", "所", "-o", "成果"],
        &["rollover", "--to", "2026", "所", "-o", "新"],
        &["import", "所/管道.jx"],
        &["check", "所/甲.jx", "--baseline", "所/管道.jx"],
        &["diff", "所", "所/管道.jx"],
        &["textconv", "所/管道.jx"],
        &["check", "/dev/zero"],
    ] {
        let started = std::time::Instant::now();
        let mut command = Command::new("timeout");
        command.args(["20", PROGRAM]);
        let told = office.run_as(command, arguments);
        assert!(started.elapsed() < std::time::Duration::from_secs(20), "{arguments:?}");
        let is_told = format!("{}{}", told.out, told.err).contains("不是普通文件");
        // Git gives up a whole diff where a conversion fails.
        assert!(is_told && (told.status != Some(0) || arguments[0] == "textconv"), "{arguments:?}: {told:?}");
    }
    assert!(!office.path("成果").exists() && !office.path("新").exists());
}

#[test]
fn a_name_that_no_text_can_hold_is_told_and_one_with_a_backslash_is_its_own() {
    let office = Office::new("names");
    let name = office.path("所").join(<std::ffi::OsStr as std::os::unix::ffi::OsStrExt>::from_bytes(b"\xD7\xE5.jx"));
    if fs::write(&name, project("丙")).is_err() {
        return;
    }
    let told = office.run(&["check", "所"]);
    assert!(told.status == Some(1) && told.out.contains("名称不是 UTF-8"), "{told:?}");
    fs::remove_file(name).expect("the file");
    let backslash = office.write("所/乙\\乙.jx", project("丁").replace("  预算", "预算"));
    assert_eq!(office.run(&["fmt", "所"]).status, Some(0));
    assert_eq!(fs::read_to_string(backslash).expect("text"), project("丁"));
    assert_eq!(office.read("所/乙/乙.jx"), project("乙"));
}

#[test]
fn quiet_changes_nothing_that_a_program_reads() {
    let office = Office::new("quiet");
    office.write("所/甲.jx", project("甲").replace("≥ 90%", "≥ 100%"));
    for format in Format::ALL {
        let loud = office.run(&["check", "--format", format.id(), "所"]);
        let quiet = office.run(&["check", "-q", "--format", format.id(), "所"]);
        assert!(!loud.out.is_empty(), "{}", format.id());
        if format.is_for_people() {
            assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""), "{}", format.id());
        } else {
            assert_eq!(quiet.out, loud.out, "{}", format.about(Language::English));
        }
    }
    for arguments in
        [&["fmt", "--check", "所"][..], &["rules", "--format", "json"], &["build", "所", "--to", "json", "-o", "-"]]
    {
        let quiet = office.run(&[arguments, &["-q"]].concat());
        assert_eq!(quiet.out, office.run(arguments).out);
    }
}

/// A text that both `fmt` and `--fix` change.
fn untidy() -> String {
    project("甲").replace("  预算", "预算").replace("满意度 ≥ 90%", "满意度 ≥ 90%\n  指标 时效 支付及时率 ≥ 100%")
}

const WRITERS: [&[&str]; 2] = [&["fmt"], &["check", "-q", "--fix"]];

#[test]
fn a_file_keeps_its_mode_and_its_links() {
    let office = Office::new("modes");
    for writer in WRITERS {
        for mode in [0o600, 0o640, 0o755, 0o664] {
            let text = untidy();
            office.write("所/甲.jx", &text);
            office.mode("所/甲.jx", mode);
            let told = office.run(&[writer, &["所/甲.jx"]].concat());
            assert!(told.status == Some(0) && office.read("所/甲.jx") != text, "{told:?}");
            assert_eq!(office.mode_of("所/甲.jx"), mode, "{writer:?}");
        }
        let (text, names) = (untidy(), ["所/甲.jx", "别名.jx", "硬链接.jx"]);
        office.write(names[0], &text);
        let _ = fs::remove_file(office.path(names[1])).and(fs::remove_file(office.path(names[2])));
        symlink(names[0], office.path(names[1])).expect("a link");
        assert_eq!(office.run(&[writer, &[names[1]]].concat()).status, Some(0));
        assert!(fs::symlink_metadata(office.path(names[1])).expect("a link").is_symlink());
        assert_ne!(office.read(names[0]), text, "{writer:?}");
        office.write(names[0], &text);
        fs::hard_link(office.path(names[0]), office.path(names[2])).expect("a link");
        let number = fs::metadata(office.path(names[2])).expect("a file").ino();
        assert_eq!(office.run(&[writer, &[names[2]]].concat()).status, Some(0));
        assert_eq!(fs::metadata(office.path(names[0])).expect("a file").ino(), number);
        assert!(office.read(names[0]) != text && office.read(names[0]) == office.read(names[2]), "{writer:?}");
        fs::remove_file(office.path(names[2])).expect("the link");
    }
    assert!(office.tree(".").iter().all(|path| !path.contains(".jixiao-")), "{:?}", office.tree("."));
}

#[test]
fn a_read_only_file_is_refused_and_the_others_are_written() {
    let office = Office::new("read-only");
    for writer in WRITERS {
        office.write("所/甲.jx", untidy());
        office.write("所/丙.jx", untidy().replace('甲', "丙"));
        office.mode("所/甲.jx", 0o444);
        let told = office.run(&[writer, &["所"]].concat());
        assert!(told.status == Some(2) && told.err.contains("JX909") && told.err.contains("只读"), "{told:?}");
        assert_eq!((office.read("所/甲.jx"), office.mode_of("所/甲.jx")), (untidy(), 0o444));
        assert_ne!(office.read("所/丙.jx"), untidy().replace('甲', "丙"), "{writer:?}");
        office.mode("所/甲.jx", 0o644);
    }
    office.write("所/甲.jx", project("甲"));
    assert_eq!(office.run(&["build", "所", "-o", "成果"]).status, Some(0));
    office.mode("成果/report.html", 0o444);
    let told = office.run(&["build", "所", "-o", "成果"]);
    assert!(told.status == Some(2) && told.err.contains("成果/report.html"), "{told:?}");
}

#[test]
fn a_new_file_has_the_mode_that_the_person_wants() {
    let office = Office::new("mask");
    for (mask, mode) in [("077", 0o600), ("022", 0o644), ("002", 0o664)] {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("umask {mask}; exec \"$0\" \"$@\""), PROGRAM]);
        assert_eq!(office.run_as(shell, &["build", "所", "-o", mask]).status, Some(0));
        assert_eq!(office.mode_of(&format!("{mask}/report.html")), mode, "{mask}");
    }
}

#[test]
fn a_stream_is_written_as_it_is() {
    let office = Office::new("stream");
    let told = office.run(&["check", "-q", "所", "--write-baseline", "/dev/stdout"]);
    assert!(told.status == Some(0) && told.out.starts_with('{'), "{told:?}");
    assert!(fs::symlink_metadata("/dev/stdout").expect("standard output").is_symlink());
}

#[test]
fn what_was_built_is_no_source() {
    let office = Office::new("outputs");
    let formats: Vec<&str> = jixiao::backend::ALL.iter().flat_map(|backend| ["--to", backend.name()]).collect();
    let folder = office.path("所");
    let run = |arguments: &[&str]| -> Told {
        Command::new(PROGRAM)
            .current_dir(&folder)
            .env("JIXIAO_LANG", "zh")
            .args(arguments)
            .output()
            .expect("runs")
            .into()
    };
    let before = run(&["check", ".", "--format", "json"]);
    for output in [&[][..], &["-o", "成果/本年"], &["-o", "."], &["-o", "乙"]] {
        // Tables for engines are of a region and a year, which these texts do not state.
        let build = [&["build", ".", "--region", "130229", "--year", "2025"], output, &formats].concat();
        // Again, too: nothing that was written is in the way.
        for _ in 0..2 {
            let told = run(&build);
            assert_eq!(told.status, Some(0), "{output:?}: {told:?}");
        }
        let after = run(&["check", ".", "--format", "json"]);
        assert_eq!((after.status, &after.out), (before.status, &before.out), "{output:?}");
        assert_eq!(run(&["fmt", "--check", "."]).out, "", "{output:?}");
        assert!(run(&["import", ".", "-o", "../读入"]).err.contains("JX908"), "{output:?}");
        let rolled = run(&["rollover", "--to", "2026", ".", "-o", "../新"]);
        assert!(rolled.status == Some(0) && office.tree("新").len() == 5, "{rolled:?}{:?}", office.tree("新"));
        fs::remove_dir_all(office.path("新")).expect("the new folder");
    }
    office.write("所/jixiao.toml", "output = \"表\"\n");
    assert_eq!(run(&["build", ".", "--to", "jx"]).status, Some(0));
    assert_eq!(run(&["check", ".", "--format", "json"]).out, before.out);
    // Whoever names it means it.
    for path in ["表", "表/jx", "jixiao-out"] {
        assert_eq!(run(&["check", path, "-q"]).status, Some(0), "{path}");
    }
    fs::rename(office.path("所/成果/本年"), office.path("别处")).expect("moved");
    let again = run(&["build", "../别处", "--to", "jx", "-o", "../别处"]);
    assert!(again.status == Some(2) && again.err.contains("别处/jx"), "{again:?}");
    // What a person puts there is read.
    office.write("所/成果/丙.jx", project("丙").replace("目标", "目标啊"));
    assert!(run(&["check", "."]).out.contains("成果/丙.jx"));
}

#[test]
fn what_was_built_is_no_source_in_a_commit_either() {
    let office = Office::new("built-commit");
    let git = |arguments: &[&str]| {
        let who = ["-c", "user.name=甲", "-c", "user.email=a@example.invalid"];
        let output = Command::new("git").current_dir(&office.folder).args(who).args(arguments).output();
        assert!(output.expect("git").status.success(), "{arguments:?}");
    };
    assert_eq!(office.run(&["build", ".", "--to", "jx", "-o", "成果"]).status, Some(0));
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "年初"]);
    assert_eq!(office.run(&["diff"]).status, Some(0));
    fs::remove_dir_all(office.path("成果")).expect("the outputs");
    let told = office.run(&["diff"]);
    assert_eq!(told.status, Some(0), "{told:?}");
}

#[test]
fn a_report_of_an_import_is_no_document() {
    let office = Office::new("report");
    fs::copy(root().join("tests/cases/import/值.csv"), office.path("表.csv")).expect("a document");
    for _ in 0..2 {
        office.run(&["import", ".", "-o", "读入", "--report", "去处"]);
    }
    let told = office.run(&["import", ".", "-o", "读入", "--report", "去处"]);
    assert!(told.out.contains("表.csv") && !told.out.contains("去处"), "{told:?}");
}

#[test]
fn the_drafts_of_a_run_that_was_ended_go_and_those_of_one_that_lives_stay() {
    let office = Office::new("drafts");
    let dead = [office.write("所/.jixiao-a1B2c3", "半"), office.write(".jixiao-d4E5f6.d/所/甲.jx", "半")];
    let living = office.write("所/.jixiao-living", "写着");
    let held = fs::File::open(&living).expect("a draft");
    held.lock().expect("a lock");
    let living_folder = office.write("所/.jixiao-living.d/甲.jx", "写着");
    let others = [office.write("所/.jixiao-notes.txt", "别人的"), office.write("所/.jixiao-notesss", "别人的")];
    office.write("所/甲.jx", untidy());
    assert_eq!(office.run(&["fmt", "所"]).status, Some(0));
    assert_eq!(office.run(&["rollover", "--to", "2026", "所"]).status, Some(0));
    assert!(dead.iter().all(|path| !path.exists()), "{:?}", office.tree("."));
    assert!(living.exists() && living_folder.exists() && others.iter().all(|path| path.exists()));
    drop(held);
}

#[test]
fn a_rollover_that_is_ended_leaves_nothing_half_and_can_be_run_again() {
    let office = Office::new("ended");
    for number in 0..200 {
        office.write(&format!("所/{number:03}.jx"), project(&format!("项目{number:03}")));
    }
    let wanted = office.tree("所").len();
    let rollover = ["rollover", "--to", "2026", "所", "-o", "新"];
    for delay in 0..8 {
        let mut command = Command::new(PROGRAM);
        let child = command.current_dir(&office.folder).args(rollover).stdout(std::process::Stdio::null());
        let mut child = child.stderr(std::process::Stdio::null()).spawn().expect("runs");
        std::thread::sleep(std::time::Duration::from_millis(40 * delay));
        child.kill().expect("ended");
        child.wait().expect("gone");
        if office.path("新").exists() {
            assert_eq!(office.tree("新").len(), wanted);
            break;
        }
    }
    let _ = fs::remove_dir_all(office.path("新"));
    assert_eq!(office.run(&rollover).status, Some(0));
    assert_eq!(office.tree("新").len(), wanted);
    let left = office.tree(".").into_iter().filter(|path| path.contains(".jixiao-")).collect::<Vec<_>>();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn several_folders_are_rolled_over_all_or_none_and_what_an_ended_run_left_is_completed() {
    let office = Office::new("several");
    office.write("室/部门.jx", DEPARTMENT.replace('所', "室"));
    office.write("站/部门.jx", DEPARTMENT.replace('所', "站"));
    office.write("站/丙.jx", "项目 丙 {\n  目标 \"没有完\n}\n");
    let broken = office.run(&["rollover", "--to", "2026", "所", "室", "站", "-o", "深/新"]);
    assert!(broken.status == Some(2) && !office.path("深").exists(), "{broken:?}");
    let (here, there) = (["rollover", "--to", "2026", "所", "室"], ["所-2026", "室-2026"]);
    // The second has no room: the first is not there either.
    office.write("室-2026", "一份文件");
    assert_eq!(office.run(&here).status, Some(2));
    assert!(!office.path("所-2026").exists());
    fs::remove_file(office.path("室-2026")).expect("the file");
    assert_eq!(office.run(&here).status, Some(0));
    let whole = there.map(|name| office.tree(name));
    fs::remove_dir_all(office.path("室-2026")).expect("the folder");
    let again = office.run(&here);
    assert!(again.status == Some(0) && again.err.contains("所-2026"), "{again:?}");
    assert_eq!(there.map(|name| office.tree(name)), whole);
    assert_eq!(office.run(&here).status, Some(2));
    fs::remove_dir_all(office.path("室-2026")).expect("the folder");
    office.write("所-2026/甲.jx", "改过了");
    assert_eq!(office.run(&here).status, Some(2));
    assert!(office.read("所-2026/甲.jx") == "改过了" && !office.path("室-2026").exists());
}

#[test]
fn a_rollover_tells_places_in_the_new_folder() {
    let office = Office::new("places");
    office.write("所/甲.jx", project("甲").replace("办好甲的6场", "2025年办好") + "# 2025 年的说明\n");
    let told = office.run(&["rollover", "--to", "2026", "所", "-o", "新"]);
    assert_eq!(told.status, Some(0), "{told:?}");
    let mut places = 0;
    for line in told.out.lines().filter(|line| line.contains(".jx:")) {
        let (place, text) = line.trim().split_once("  ").expect("a place");
        let (path, number) = place.rsplit_once(':').expect("a line");
        assert!(path.starts_with("新/"), "{line}");
        let text_there = office.read(path);
        let there = text_there.lines().nth(number.parse::<usize>().expect("a number") - 1).expect("the line");
        let what = text.split(['：', ' ']).next().expect("a word");
        let is_year = text.starts_with("年度") && there.contains("年度 2026");
        let is_text = text.starts_with("文字里有 2025") && there.contains("2025");
        assert!(is_year || is_text || there.contains(what), "{line}\n{there}");
        places += 1;
    }
    assert!(places >= 6, "{}", told.out);
}

#[test]
fn new_leaves_a_whole_folder() {
    let office = Office::new("new");
    fs::create_dir(office.path("空")).expect("a folder");
    assert_eq!(office.run(&["new", "空"]).status, Some(0));
    assert_eq!(office.run(&["new", "深/处/我的单位"]).status, Some(0));
    assert_eq!(office.tree("空").len(), office.tree("深/处/我的单位").len());
}

#[test]
fn standard_input_with_a_name_is_read_as_that_file() {
    let office = Office::new("stdin");
    office.write("jixiao.toml", "[levels]\nJX061 = \"deny\"\n");
    office.write("标准.jx", "标准 本县 扩展 财预2015 {\n  计量单位 篓 {\n    量纲 计数\n  }\n}\n");
    office.write("所/部门.jx", DEPARTMENT.replace("  年度", "  标准 本县\n  年度"));
    let text = project("甲").replace("≥ 6 次", "≥ 6 篓").replace("满意度 ≥ 90%", "满意度 定性 \"甲满意度\"");
    let same = |told: &Told| (told.status, told.out.clone());
    let named = office.with_stdin(&text, &["check", "-", "--stdin-filename", "所/甲.jx", "--format", "json"]);
    office.write("所/甲.jx", &text);
    let stored = office.run(&["check", "所/甲.jx", "--format", "json"]);
    assert_eq!(same(&named), same(&stored));
    assert!(named.status == Some(1) && named.out.contains("JX061") && !named.out.contains("篓"), "{named:?}");
    // The same by other ways to write it, and where the folder is read besides.
    for arguments in
        [&["check", "-", "--stdin-filename", "./所/甲.jx"][..], &["check", "所", "-", "--stdin-filename", "所/甲.jx"]]
    {
        office.write("所/甲.jx", "项目 甲 {\n");
        let told = office.with_stdin(&text, &[arguments, &["--format", "json"]].concat());
        assert!(told.status == Some(1) && told.out.contains("JX061") && !told.out.contains("JX2"), "{told:?}");
    }
    // What is fixed or formatted goes out, and the file stays.
    for writer in [&["fmt"][..], &["check", "--fix"]] {
        let told = office.with_stdin(&untidy(), &[writer, &["-", "--stdin-filename", "./所/甲.jx"]].concat());
        assert!(told.out.starts_with("项目 甲 {"), "{told:?}");
        assert_eq!(office.read("所/甲.jx"), "项目 甲 {\n");
    }
    // A path that is nowhere yet.
    let nowhere = office.with_stdin(&project("甲"), &["check", "-", "--stdin-filename", "没有/这里/甲.jx"]);
    assert_eq!(nowhere.status, Some(0), "{nowhere:?}");
    let plain = office.with_stdin(&project("甲"), &["check", "-"]);
    assert_eq!(plain.status, Some(0), "{plain:?}");
}

#[test]
fn files_of_a_folder_that_are_named_one_by_one_are_read_once() {
    let office = Office::new("one-by-one");
    let names: Vec<String> = (0..40).map(|number| format!("所/{number:02}.jx")).collect();
    for name in &names {
        office.write(name, project(Path::new(name).file_stem().expect("a name").to_str().expect("text")));
    }
    let whole = office.run(&["check", "所", "--format", "short"]);
    let all: Vec<&str> = office.tree("所").iter().filter(|path| path.ends_with(".jx")).map(|_| "").collect();
    let mut arguments = vec!["check", "--format", "short", "所/部门.jx", "所/甲.jx", "所/乙/乙.jx"];
    arguments.extend(names.iter().map(String::as_str));
    assert_eq!(arguments.len() - 3, all.len());
    let parts = office.run(&arguments);
    assert_eq!(parts.out.lines().count(), whole.out.lines().count());
}
