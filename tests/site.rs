//! `build --to html` of several departments, and of one with many projects: what changed since a revision, pages that lead to
//! each other, the same bytes a department at a time; and all of them as one printed volume.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::{has, works};

/// A county of two departments in a repository of its own, with a tag on its first version.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().expect("a folder"));
        place.write("县/一/部门.jx", "部门 101 一局 {\n  年度 2026\n}\n");
        place.write("县/一/修路.jx", &project("修路", 10, 90));
        place.write("县/一/架桥.jx", &project("架桥", 20, 80));
        place.write("县/二/部门.jx", "部门 102 二局 {\n  年度 2026\n}\n");
        place.write("县/二/绿化.jx", &project("绿化", 30, 70));
        place.write("县/三/部门.jx", "部门 103 三局 {\n  年度 2026\n}\n");
        place.write("县/三/旧事.jx", &project("旧事", 5, 60));
        place
    }

    fn in_repository(self) -> Self {
        self.git(&["init", "-q"]);
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "批复"]);
        self.git(&["tag", "v1"]);
        self
    }

    fn path(&self, inside: &str) -> PathBuf {
        self.0.path().join(inside)
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("written");
    }

    fn git(&self, arguments: &[&str]) {
        let mut command = Command::new("git");
        command
            .current_dir(self.0.path())
            .args(["-c", "user.name=甲", "-c", "user.email=a@example.com"])
            .args(arguments);
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
        let output = command.output().expect("git");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }

    fn build(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
        command.current_dir(self.0.path()).arg("build").args(arguments);
        command.output().expect("it runs")
    }

    /// The pages of a folder, by their paths in it.
    fn pages(&self, folder: &str) -> BTreeMap<String, String> {
        let mut pages = BTreeMap::new();
        let mut folders = vec![self.path(folder)];
        while let Some(next) = folders.pop() {
            for entry in std::fs::read_dir(next).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ending| ending == "html") {
                    let name = path.strip_prefix(self.path(folder)).expect("inside");
                    let name = name.to_str().expect("a name").replace('\\', "/");
                    pages.insert(name, std::fs::read_to_string(&path).expect("text"));
                }
            }
        }
        pages
    }
}

fn project(name: &str, money: u32, target: u32) -> String {
    format!(
        "项目 {name} {{\n  预算 {money} 万元\n  目标 \"办好{name}。\"\n  指标 数量 {name}处数 ≥ {target} 处\n  \
         指标 社会效益 受益人数 ≥ 300 人\n  指标 满意度 群众满意度 ≥ 90%\n}}\n"
    )
}

/// What a page links to, without what leads out of the folder.
fn links(page: &str) -> impl Iterator<Item = &str> {
    page.split("href=").skip(1).map(|rest| match rest.strip_prefix('"') {
        Some(rest) => rest.split('"').next().expect("an end"),
        None => rest.split(['>', ' ']).next().expect("an end"),
    })
}

/// Every link of every page leads to a page that is there and to something that has its name there.
fn lead_somewhere(pages: &BTreeMap<String, String>) {
    let ids: BTreeMap<&str, BTreeSet<&str>> = pages
        .iter()
        .map(|(name, page)| {
            let ids = page.split(" id=").skip(1);
            let ids = ids.map(|rest| rest.trim_start_matches('"').split(['"', '>', ' ']).next().expect("an id"));
            (name.as_str(), ids.collect())
        })
        .collect();
    for (name, page) in pages {
        let folder = Path::new(name).parent().expect("a folder");
        let page = page.split("<script").next().expect("a page");
        for link in links(page) {
            let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
            let mut target = folder.to_path_buf();
            for part in path.split('/').filter(|part| !part.is_empty()) {
                if part == ".." {
                    let _ = target.pop();
                } else {
                    target.push(part);
                }
            }
            let target =
                if path.is_empty() { name.clone() } else { target.to_str().expect("a name").replace('\\', "/") };
            let there = ids.get(target.as_str()).unwrap_or_else(|| panic!("{name}: {link}: no page"));
            assert!(anchor.is_empty() || there.contains(anchor), "{name}: {link}: nothing of that name");
        }
    }
}

/// What stands between two words of a page, without its tags.
fn said_between(page: &str, from: &str, to: &str) -> String {
    let after = page.split_once(from).unwrap_or_else(|| panic!("{from} is not there")).1;
    let part = after.split_once(to).map_or(after, |(part, _)| part);
    let words = part.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, words)| words));
    words.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_report_tells_what_changed_in_each_department_since_a_revision() {
    let place = Place::new().in_repository();
    place.write("县/一/修路.jx", &project("修路", 8, 95));
    place.write("县/一/架桥.jx", &project("架桥", 20, 70));
    std::fs::remove_dir_all(place.path("县/三")).expect("gone");
    let built = place.build(&["县", "--to", "html", "--since", "v1", "-o", "出", "--lang", "zh"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let pages = place.pages("出");
    lead_somewhere(&pages);
    let index = &pages["report.html"];
    let table = said_between(index, "<h2 id=\"changes\">", "</table>");
    assert!(table.contains("自 v1 以来的变化"), "{table}");
    assert!(table.contains("放宽") && table.contains("收紧") && table.contains("资金变动"), "{table}");
    assert!(!table.contains("二局"), "what did not change has no row: {table}");
    let elsewhere = said_between(index, "id=\"changes-elsewhere\"", "</section>");
    assert!(elsewhere.contains("三局") && elsewhere.contains("删去部门"), "{elsewhere}");

    // Numbers of projects count by path: 一/修路 before 一/架桥, or behind it.
    let page = &pages["report/01-一局.html"];
    let said = said_between(page, "id=d1-changes", "</section>");
    for words in ["预算减少", "目标收紧", "目标放宽", "架桥处数", "一/架桥.jx:4", "≥ 80 处 → ≥ 70 处"]
    {
        let plain = |text: &str| text.split_whitespace().collect::<String>();
        assert!(plain(&said).contains(&plain(words)), "{words}: {said}");
    }
    let relaxed = page.split_once("id=d1-changes-relaxed").expect("relaxed").1;
    let link = links(relaxed).next().expect("a link").trim_start_matches('#').to_owned();
    let row = said_between(page, &format!("<tr id={link}"), "<tr");
    assert!(row.contains("架桥处数"), "{link} is the row of what was relaxed: {row}");
    let quiet = said_between(&pages["report/02-二局.html"], "id=d2-changes", "</section>");
    assert!(quiet.contains("没有变化"), "{quiet}");

    let english = place.build(&["县", "--to", "html", "--since", "v1", "-o", "out", "--lang", "en"]);
    assert!(english.status.success());
    let index = place.pages("out").remove("report.html").expect("a page");
    let table = said_between(&index, "<h2 id=\"changes\">", "</table>");
    assert!(table.contains("Changes since v1") && table.contains("relaxed"), "{table}");

    // One department, and what is built without a revision.
    let one = place.build(&["县/一", "--to", "html", "--since", "v1", "-o", "-", "--lang", "zh"]);
    assert!(String::from_utf8_lossy(&one.stdout).contains("目标放宽"));
    let plain = place.build(&["县", "--to", "html", "-o", "出", "--lang", "zh"]);
    assert!(plain.status.success() && !place.pages("出")["report.html"].contains("以来的变化"));
}

#[test]
fn changes_of_very_many_files_are_told_in_the_same_bytes() {
    let place = Place::new().in_repository();
    place.write("县/一/修路.jx", &project("修路", 8, 95));
    place.write("县/二/新事.jx", &project("新事", 1, 2));
    std::fs::remove_file(place.path("县/一/架桥.jx")).expect("gone");
    let build = |output: &str| {
        let built = place.build(&["县", "--to", "html", "--since", "v1", "-o", output]);
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        place.pages(output)
    };
    let few = build("甲");
    for number in 0..300 {
        place.write(&format!("县/三/注释/{number:03}.jx"), "# 只有注释\n");
    }
    assert_eq!(few, build("乙"));
}

#[test]
fn what_cannot_be_compared_is_told_as_diff_tells_it() {
    let place = Place::new();
    let refused = |place: &Place, arguments: &[&str], code: &str| {
        let mut all = vec!["县", "--lang", "en"];
        all.extend(arguments);
        let built = place.build(&all);
        let told = String::from_utf8_lossy(&built.stderr).into_owned();
        assert!(built.status.code() == Some(2) && told.contains(code), "{arguments:?}: {told}");
        assert!(!place.path("出").exists(), "nothing is written");
    };
    refused(&place, &["--to", "html", "--since", "v1", "-o", "出"], "JX701");
    let place = place.in_repository();
    refused(&place, &["--to", "html", "--since", "v2", "-o", "出"], "JX702");
    refused(&place, &["--to", "csv", "--since", "v1", "-o", "出"], "JX911");
    refused(&place, &["--form", "监控表", "--since", "v1", "-o", "出"], "JX911");
}

/// More projects than one page holds: a page each, which the pages before lead to, and which lead back.
#[test]
fn a_department_of_many_projects_has_a_page_for_each() {
    let place = Place::new();
    let many = |folder: &str| {
        for number in 0..130 {
            place.write(&format!("{folder}/{number:03}.jx"), &project(&format!("村路{number}"), 3, 5));
        }
    };
    many("县/二");
    let place = place.in_repository();
    place.write("县/二/007.jx", &project("村路7", 3, 4));
    let built = place.build(&["县", "--to", "html", "--since", "v1", "-o", "出", "--lang", "zh"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let pages = place.pages("出");
    lead_somewhere(&pages);
    assert_eq!(pages.len(), 1 + 3 + 131 + usize::from(pages.contains_key("report/comparisons.html")));
    let page = &pages["report/03-二局.html"];
    assert_eq!(page.matches("<details class=more").count(), 1, "a hundred stand open");
    assert!(page.contains("村路129") && !page.contains("村路129处数"), "rows, not tables");
    let changed = page.split_once("id=d3-changes-relaxed").expect("changes").1;
    let link = links(changed).next().expect("a link");
    let (path, anchor) = link.split_once('#').expect("a row");
    let own = &pages[&format!("report/{path}")];
    assert!(said_between(own, &format!("<tr id={anchor}"), "<tr").contains("村路7处数"), "{link}");
    assert!(own.contains("../03-二局.html") && own.contains("目标放宽") && own.contains("二/007.jx:4"));

    // The same alone.
    let built = place.build(&["县/二", "--to", "html", "-o", "单"]);
    assert!(built.status.success());
    let pages = place.pages("单");
    lead_somewhere(&pages);
    assert!(pages.len() == 132 && pages["report/007.html"].contains("../report.html"));
    let refused = place.build(&["县/二", "--to", "html", "-o", "-"]);
    assert_eq!(refused.status.code(), Some(2));
}

#[test]
fn several_departments_are_also_one_volume_with_contents() {
    let found = Command::new("fc-list").arg(":lang=zh").output();
    let has_fonts = has("a font with Han signs", found.is_ok_and(|output| !output.stdout.is_empty()));
    if !has_fonts || !has("pdftotext of poppler", works("pdftotext", "-v")) {
        return;
    }
    let place = Place::new();
    let built = place.build(&["县", "--to", "pdf", "-o", "出"]);
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let volume = place.path("出/全册-2026年度部门预算绩效目标.pdf");
    let page = |number: usize| {
        let number = number.to_string();
        let mut command = Command::new("pdftotext");
        let output =
            command.args(["-raw", "-f", &number, "-l", &number]).arg(&volume).arg("-").output().expect("it runs");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    // The contents name the page of each department, counted behind the contents themselves.
    let contents = page(1);
    let entries: Vec<(String, usize)> = contents
        .lines()
        .filter_map(|line| {
            let (name, number) = line.trim().rsplit_once(['.', ' '])?;
            Some((name.trim_end_matches(['.', ' ']).to_owned(), number.trim().parse().ok()?))
        })
        .collect();
    let names: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["各部门汇总", "一局", "三局", "二局"], "{contents}");
    for (name, number) in &entries {
        let said = page(number + 1);
        assert!(said.contains(name) && said.contains(&format!("— {number} —")), "{name} on {number}: {said}");
    }
    let sums: String = page(entries[0].1 + 1).split_whitespace().collect();
    assert!(sums.contains("合计") && sums.contains("41212"), "four projects, twelve indicators: {sums}");
    assert!(place.path("出/01-一局.pdf").exists(), "each alone, too");
    let bytes = std::fs::read(&volume).expect("bytes");
    let holds = |word: &str| bytes.windows(word.len()).any(|one| one == word.as_bytes());
    for claim in ["pdfaid:part>2<", "pdfuaid:part>1<", "/Outlines"] {
        assert!(holds(claim), "{claim}");
    }
}
