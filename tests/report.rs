//! The outputs, seen by the programs that will read them: the report in a real browser, the JSON by an independent
//! validator. Both need Node with the packages of `tests/browser`; the browser needs Chromium and poppler. Where they are
//! missing the tests say so and pass, except on CI.

use std::fmt::Write;
use std::path::PathBuf;
use std::process::Command;

use crate::support::{examples, has, has_browser, has_packages, rendered, root, works};
use jixiao::backend::{ALL, Artifact, CheckOutcome, RenderOptions, Scope, schema};
use jixiao::diagnostic::{Code, Language, Severity};
use jixiao::workspace::{Analysis, Input, analyse};
use rust_decimal::Decimal;

/// The output with the findings of the check, as `build` makes it.
fn artifact(name: &str, analysis: &Analysis) -> Vec<u8> {
    with_review(name, analysis, Some(false))
}

/// The output with the findings, on paper or not; none leaves them out.
fn with_review(name: &str, analysis: &Analysis, in_print: Option<bool>) -> Vec<u8> {
    let review = |in_print| CheckOutcome { diagnostics: &analysis.diagnostics, sources: &analysis.sources, in_print };
    let options = RenderOptions { review: in_print.map(review), ..RenderOptions::default() };
    rendered(&analysis.model, name, Scope::Workspace, &options).remove(0).bytes
}

fn report(analysis: &Analysis, in_print: Option<bool>) -> String {
    String::from_utf8(with_review("html", analysis, in_print)).expect("text")
}

fn try_in_browser(name: &str, analysis: &Analysis, word: &str) {
    for (number, page) in pages_of_departments(analysis).into_iter().enumerate() {
        try_page(&format!("{name}-{number}"), &page, word);
    }
}

/// The pages that hold projects.
fn pages_of_departments(analysis: &Analysis) -> Vec<String> {
    let review = CheckOutcome { diagnostics: &analysis.diagnostics, sources: &analysis.sources, in_print: false };
    let options = RenderOptions { review: Some(review), ..RenderOptions::default() };
    let pages = rendered(&analysis.model, "html", Scope::Workspace, &options);
    let is_of_department = |page: &&Artifact| pages.len() == 1 || page.path.starts_with("report");
    let text = |page: &Artifact| String::from_utf8(page.bytes.clone()).expect("text");
    pages.iter().filter(is_of_department).map(text).collect()
}

fn try_page(name: &str, page: &str, word: &str) {
    if !has_browser("playwright-core") || !has("pdftotext of poppler", works("pdftotext", "-v")) {
        return;
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).expect("a folder");
    let report = folder.join("report.html");
    std::fs::write(&report, page).expect("written");
    let output = Command::new("node")
        .arg(root().join("tests/browser/report.mjs"))
        .arg(&report)
        .arg(page.matches("<section class=project").count().to_string())
        .arg(word)
        .arg(&folder)
        .output()
        .expect("node");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{name}:\n{told}\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn every_example_can_be_read_searched_and_printed_in_a_browser() {
    for example in examples() {
        try_in_browser(&example.name, &example.analyse(), "满意");
    }
}

/// Sixty indicators of one category, long names, several paragraphs, signs that HTML would take for its own.
#[test]
fn a_category_that_crosses_pages_is_named_on_each() {
    let mut text = "部门 1 \"<b>甲</b>\" {\n  年度 2025\n}\n项目 长表 {\n  预算 0.30 元 {\n    财政拨款 0.10 元\n    上年结转资金 0.20 元\n  }\n  用途 \"第一段\\n<script>alert(1)</script>\"\n  目标 \"办好 & 办实\"\n".to_owned();
    for number in 0..60 {
        let name = format!("第{number}项服务名称比较长需要换行的三级指标");
        let _ =
            write!(text, "  指标 数量 {name} ≥ {number} 次 {{\n    描述 \"\\\"引号\\\"和<尖括号>{number}\"\n  }}\n");
    }
    text += "  指标 社会效益 效果 定性 优 { 优 良 中 差 }\n  指标 满意度 满意 ≥ 90%\n}\n";
    let analysis = analyse(vec![Input { path: "例.jx".to_owned(), text: text.into() }], None);
    assert!(!analysis.has_errors(), "{:?}", analysis.diagnostics);
    let html = String::from_utf8(artifact("html", &analysis)).expect("text");
    assert!(!html.contains("<script>alert") && !html.contains("<b>甲"), "text is escaped");
    try_in_browser("long", &analysis, "满意");
}

#[test]
fn the_json_of_every_example_fits_the_schema() {
    if !has_packages("ajv") {
        return;
    }
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("json");
    std::fs::create_dir_all(&folder).expect("a folder");
    let schema_file = folder.join("schema.json");
    std::fs::write(&schema_file, schema()).expect("written");
    let mut command = Command::new("node");
    command.arg(root().join("tests/browser/schema.mjs")).arg(&schema_file);
    for example in examples() {
        let file = folder.join(format!("{}.json", example.name));
        std::fs::write(&file, artifact("json", &example.analyse())).expect("written");
        command.arg(file);
    }
    let output = command.output().expect("node");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn outputs_are_the_same_bytes_from_run_to_run_and_for_any_order_of_files() {
    for example in examples() {
        let mut reversed = example.files.clone();
        reversed.reverse();
        let (first, second) = (example.analyse(), analyse(reversed, example.settings.clone()));
        for backend in ALL {
            assert_eq!(artifact(backend.name(), &first), artifact(backend.name(), &second), "{}", example.name);
        }
    }
}

/// The figures of the county document, computed by hand from the published tables.
#[test]
fn the_county_example_has_the_published_figures() {
    let example = crate::support::Example::read(&root().join("examples/yutian-2025"));
    let analysis = example.analyse();
    assert!(analysis.diagnostics.iter().all(|one| !one.is_error()), "{:?}", analysis.diagnostics);
    let json: serde_json::Value = serde_json::from_slice(&artifact("json", &analysis)).expect("JSON");
    let department = &json["departments"][0];
    assert_eq!(department["derived"]["budget"], "1752541.09");
    assert_eq!(department["derived"]["projects"], 7);
    assert_eq!(department["derived"]["indicators"], 56);
    assert_eq!(department["sub_goals"].as_array().map(Vec::len), Some(5));
    assert_eq!(department["safeguards"].as_array().map(Vec::len), Some(7));
    let named: Vec<&str> = department["sub_goals"]
        .as_array()
        .expect("goals")
        .iter()
        .map(|goal| goal["indicators"][0]["id"].as_str().expect("an id"))
        .collect();
    assert_eq!(named, ["p6-i1", "p6-i2", "p4-i3", "p3-i6", "p7-i3"]);
    let budgets: Vec<&str> = department["projects"]
        .as_array()
        .expect("projects")
        .iter()
        .map(|project| project["budget"]["total"]["value"].as_str().expect("a value"))
        .collect();
    assert_eq!(budgets, ["516541.09", "87000.00", "199000.00", "100000.00", "20000.00", "200000.00", "630000.00"]);
}

/// Every cell of the published indicator tables comes out as it was printed.
#[test]
fn the_county_report_prints_the_published_cells() {
    let published = root().join("../shared/input/yutian-2025-targets.txt");
    let Ok(published) = std::fs::read_to_string(&published) else {
        eprintln!("skipped: the published document is not here");
        return;
    };
    let example = crate::support::Example::read(&root().join("examples/yutian-2025"));
    let json: serde_json::Value = serde_json::from_slice(&artifact("json", &example.analyse())).expect("JSON");
    let cells: Vec<&str> = published.lines().map(str::trim).collect();
    let mut seen = 0;
    for project in json["departments"][0]["projects"].as_array().expect("projects") {
        for indicator in project["indicators"].as_array().expect("indicators") {
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            let row = [
                text(&indicator["subcategory"]),
                text(&indicator["name"]),
                text(&indicator["description"]),
                text(&indicator["printed"]["cell"]),
                text(&indicator["basis"]["text"]),
            ];
            let is_there =
                cells.windows(row.len()).any(|window| window.iter().zip(&row).all(|(cell, wanted)| cell == wanted));
            assert!(is_there, "{row:?}");
            seen += 1;
        }
    }
    assert_eq!(seen, 56);
}

/// What stands between two marks, for each place where the first one stands.
fn between<'a>(text: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    text.split(start).skip(1).map(|rest| rest.split(end).next().expect("a part")).collect()
}

/// A piece of a page without its tags.
fn words(markup: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for sign in markup.chars() {
        match sign {
            '<' => is_tag = true,
            '>' => is_tag = false,
            _ if !is_tag => text.push(sign),
            _ => {}
        }
    }
    text
}

/// The rows of a table of bars: name, and the figures of both parts.
fn bars(table: &str) -> Vec<(String, usize, usize)> {
    between(table, "<th scope=row>", "<tr>")
        .into_iter()
        .map(|row| {
            let figures: Vec<usize> =
                between(row, "<td class=amount>", "<").iter().map(|figure| figure.parse().expect("a number")).collect();
            (words(row.split("<td").next().expect("a name")), figures[0], figures[1])
        })
        .collect()
}

/// Counted in the published tables: 28 of 56 targets are words, none of which can be told reached or not.
#[test]
fn the_county_overview_counts_what_can_be_measured_and_what_goals_cover() {
    let analysis = crate::support::Example::read(&root().join("examples/yutian-2025")).analyse();
    let html = report(&analysis, Some(false));
    let tables = between(&html, r#"<table class="shares split">"#, "</table>");
    let by_category: Vec<(String, usize, usize)> = bars(tables[0]);
    let figures: Vec<(&str, usize, usize)> =
        by_category.iter().map(|(name, first, second)| (name.as_str(), *first, *second)).collect();
    assert_eq!(figures, [("合计", 28, 28), ("产出指标", 21, 7), ("效益指标", 0, 21), ("满意度指标", 7, 0)]);
    let by_project = bars(tables[1]);
    assert_eq!(by_project.len(), 7);
    assert_eq!(by_project.iter().map(|(_, first, second)| first + second).sum::<usize>(), 56);
    assert_eq!(by_project.iter().map(|(_, _, second)| second).sum::<usize>(), 28);

    let coverage = between(&html, "<div class=coverage>", "</dl>").remove(0);
    let money: Vec<&str> = between(coverage, "<b>", "</b>");
    assert_eq!(money, ["1,129,000.00", "623,541.09"], "four of the seven projects have a goal");
    let sum: Decimal = money.iter().map(|one| one.replace(',', "").parse::<Decimal>().expect("a number")).sum();
    assert_eq!(sum, "1752541.09".parse().expect("a number"));
}

#[test]
fn every_finding_leads_to_what_it_is_about() {
    for example in examples() {
        let analysis = example.analyse();
        let html = report(&analysis, Some(false));
        let sections = between(&html, "<section class=review", "</section>");
        let review = sections.concat();
        let listed = between(&review, "<div class=findings>", "</ul></details></div></div>").concat();
        let links = between(&listed, "<a href=#", ">");
        assert_eq!(links.len(), analysis.diagnostics.len(), "{}: every finding is listed once", example.name);
        for link in links {
            assert_eq!(
                [">", " "].map(|end| html.matches(&format!(" id={link}{end}")).count()).iter().sum::<usize>(),
                1,
                "{}: {link}",
                example.name
            );
        }
        for severity in [Severity::Warning, Severity::Note] {
            let count = analysis.diagnostics.iter().filter(|one| one.severity == severity).count();
            let headings = between(&review, &format!("<div class={}><h3>", severity.id()), "</h3>");
            let told: usize = headings
                .iter()
                .map(|heading| between(heading, "<span class=count>", "</span>")[0].parse::<usize>().expect("a number"))
                .sum();
            assert_eq!(told, count, "{}", example.name);
        }
    }
}

/// Rows in the middle of a project, a field after the indicators, a goal, the department itself.
#[test]
fn findings_stand_at_their_own_rows() {
    let analysis = crate::support::Example::read(&root().join("examples/yutian-2025")).analyse();
    let html = report(&analysis, Some(false));
    let rule = |code: Code| {
        let start = format!("<span class=code>{}</span>", code.id());
        between(&html, &start, "</details>").concat()
    };
    assert!(rule(Code::JX101).contains("href=#d1-g4>"), "the fourth goal rests on words");
    assert!(rule(Code::JX102).contains("href=#p1>"), "no goal names the first project");
    assert!(rule(Code::JX044).contains("href=#p1-i3>"), "the third indicator of the first project");

    let text = "部门 1 甲 {\n}\n项目 乙 {\n  预算 10 元\n  用途 \"办事\"\n  指标 数量 做成 ≥ 1 次\n  指标 社会效益 效果 定性 \"较好\"\n  指标 满意度 满意 ≥ 90%\n  目标 \"办事\"\n}\n";
    let analysis = analyse(vec![Input { path: "例.jx".to_owned(), text: text.into() }], None);
    assert!(!analysis.has_errors(), "{:?}", analysis.diagnostics);
    let html = report(&analysis, Some(false));
    let goal = between(&html, "<span class=code>JX030</span>", "</details>").concat();
    assert!(goal.contains("href=#p1>"), "a field after the indicators belongs to the project: {goal}");
    let effect = between(&html, "<span class=code>JX060</span>", "</details>").concat();
    assert!(effect.contains("href=#p1-i2>"), "{effect}");
}

#[test]
fn findings_are_printed_only_where_asked_and_left_out_where_asked() {
    for example in examples() {
        let analysis = example.analyse();
        let (screen, print, none) =
            (report(&analysis, Some(false)), report(&analysis, Some(true)), report(&analysis, None));
        assert!(screen.contains("<section class=review ") && !screen.contains(r#"<section class="review paper""#));
        assert!(print.contains(r#"<section class="review paper" "#) && !print.contains("<section class=review "));
        let below_contents = |page: &str| page[page.find("<main").expect("a main part")..].to_owned();
        let (print, none) = (below_contents(&print), below_contents(&none));
        assert!(!print.contains("<details>"), "nothing is folded away on paper");
        for word in ["<section class=review", "<section class=\"review", "-review\"", "检查发现", "<details"] {
            assert!(!none.contains(word), "{} holds {word}", example.name);
        }
        for diagnostic in &analysis.diagnostics {
            assert!(
                !none.contains(diagnostic.code.id())
                    && !none.contains(&*diagnostic.message.in_language(Language::Chinese))
            );
        }
        for other in ["json", "jx"] {
            assert_eq!(with_review(other, &analysis, Some(true)), with_review(other, &analysis, None));
        }
    }
    let build = |findings: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
        command.current_dir(root()).args(["build", "examples/入门", "--to", "html", "-o", "-", "--findings", findings]);
        String::from_utf8(command.output().expect("it runs").stdout).expect("text")
    };
    assert!(build("screen").contains("JX002") && build("print").contains(r#"class="review paper""#));
    let none = build("none");
    assert!(none.contains("</html>") && !none.contains("JX002"));
}

/// The neighbours of a single file are in the report: what is wrong with them counts.
#[test]
fn a_report_of_one_file_counts_the_findings_of_all_it_shows() {
    let jixiao = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jixiao"));
        command
            .current_dir(root())
            .arg("build")
            .args(arguments)
            .args(["--to", "html", "-o", "-"])
            .output()
            .expect("it runs")
    };
    let whole = jixiao(&["examples/yutian-2025"]);
    let one = jixiao(&["examples/yutian-2025/02-残疾人保障金.jx"]);
    assert!(one.status.success() && one.stdout == whole.stdout);

    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("neighbours");
    std::fs::create_dir_all(&folder).expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).expect("written");
    write("部门.jx", "部门 1 甲 {\n  年度 2025\n}\n");
    write("1.jx", "项目 乙 {\n  指标 数量 做成 ≥ 1 次\n}\n");
    write("2.jx", "项目 丙 {\n  指标 数量 做成 ≥ 1\n}\n");
    let broken = jixiao(&[&folder.join("1.jx").display().to_string()]);
    assert_eq!(broken.status.code(), Some(1));
    assert!(broken.stdout.is_empty(), "nothing is written where a neighbour has an error");
}

/// Projects outside any department, and a check that found nothing: nothing empty is drawn.
#[test]
fn an_overview_without_goals_or_findings_has_nothing_empty() {
    let text = "项目 乙 {\n  指标 数量 做成 ≥ 1 次\n}\n";
    let mut analysis = analyse(vec![Input { path: "例.jx".to_owned(), text: text.into() }], None);
    analysis.diagnostics.clear();
    let html = report(&analysis, Some(false));
    assert!(html.contains("检查没有发现问题。") && !html.contains(r#"<div class="findings">"#));
    assert!(!html.contains("<div class=coverage>") && !html.contains("<div class=charts></div>"));
    let bare = analyse(vec![Input { path: "例.jx".to_owned(), text: "部门 1 甲 {\n}\n".into() }], None);
    let html = report(&bare, None);
    assert!(!html.contains("<table class=shares") && !html.contains("<table class=\"shares") && !html.contains("<svg"));
}

#[test]
fn the_page_asks_for_nothing_outside_itself() {
    for example in examples() {
        let html = String::from_utf8(artifact("html", &example.analyse())).expect("text");
        for word in ["http:", "https:", "//cdn", "url(", "@import", "<link", "<img", "javascript:", " src="] {
            assert!(!html.contains(word), "{} holds {word}", example.name);
        }
    }
}

/// Three departments, one of which reported its year: sums that sort, a search, links that lead to rows of other pages.
#[test]
fn the_page_before_several_departments_can_be_sorted_and_searched_in_a_browser() {
    if !has_browser("playwright-core") {
        return;
    }
    let mut files = Vec::new();
    let price = |text: &str, price: u32| {
        let end = text.trim_end().strip_suffix('}').expect("a brace");
        format!("{end}\n  指标 成本 培训人均费用 ≤ {price} 元/人\n}}\n")
    };
    for example in examples().into_iter().filter(|example| example.name != "入门") {
        let mut is_priced = false;
        for file in example.files.into_iter().filter(|file| !file.path.ends_with("标准.jx")) {
            let is_first = file.text.starts_with("项目 ") && !std::mem::replace(&mut is_priced, true);
            let cost = if example.name == "一个县" { 90 } else { 20 };
            let text = if is_first { price(&file.text, cost).into() } else { file.text };
            files.push(Input { path: format!("{}/{}", example.name, file.path), text });
        }
    }
    let analysis = analyse(files, None);
    let review = CheckOutcome { diagnostics: &analysis.diagnostics, sources: &analysis.sources, in_print: false };
    let options = RenderOptions { review: Some(review), ..RenderOptions::default() };
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("几个部门");
    for artifact in rendered(&analysis.model, "html", Scope::Workspace, &options) {
        let path = folder.join(&artifact.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, artifact.bytes).expect("written");
    }
    let output = Command::new("node")
        .arg(root().join("tests/browser/site.mjs"))
        .arg(folder.join("report.html"))
        .arg(analysis.model.departments.len().to_string())
        .output()
        .expect("node");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// More projects than one page holds: rows that unfold, sort and are searched, and a page for each.
#[test]
fn a_department_of_many_projects_can_be_read_in_a_browser() {
    if !has_browser("playwright-core") {
        return;
    }
    let mut files = vec![Input { path: "部门.jx".to_owned(), text: "部门 1 甲局 {\n  年度 2026\n}\n".into() }];
    for number in 0..230 {
        let money = 10 + number * 7 % 100;
        let text = format!(
            "项目 村路{number} {{\n  预算 {money} 万元\n  目标 \"修好。\"\n  指标 数量 村路{number}里程 ≥ 5 公里\n}}\n"
        );
        files.push(Input { path: format!("{number:03}.jx"), text: text.into() });
    }
    let analysis = analyse(files, None);
    let review = CheckOutcome { diagnostics: &analysis.diagnostics, sources: &analysis.sources, in_print: false };
    let options = RenderOptions { review: Some(review), ..RenderOptions::default() };
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("许多项目");
    for artifact in rendered(&analysis.model, "html", Scope::Workspace, &options) {
        let path = folder.join(&artifact.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, artifact.bytes).expect("written");
    }
    let output = Command::new("node")
        .arg(root().join("tests/browser/projects.mjs"))
        .arg(folder.join("report.html"))
        .arg("230")
        .output()
        .expect("node");
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}\n{}", String::from_utf8_lossy(&output.stderr));
}
