//! 总览: every figure is one that `monitor` or `score` gives; what is left out or missing is told; nothing is told by colour
//! alone; and the page is whole without a script.

use assert_cmd::Command;
use serde_json::Value;

use crate::standing::{JUNE, OF_THE_YEAR, OFFICE, PURCHASE, june, purchase, read};
use crate::support::{Example, rendered, root};
use crate::whole;
use jixiao::backend::{Artifact, AskedCheckpoint, AskedForms, RenderOptions, Scope, has_form};
use jixiao::diagnostic::Language;
use jixiao::model::calendar::Date;
use jixiao::model::standard::scoring::RoundingMode;
use jixiao::model::standard::year_form::YearForm;
use jixiao::score::{Exact, ScoreBasis, monitor_projects};
use jixiao::standing::{LightsOfOffice, ScoresOfOffice, lights_json, scores_json};
use jixiao::workspace::{Analysis, analyse};

fn overviews(analysis: &Analysis, at: AskedCheckpoint, language: Language) -> Vec<Artifact> {
    let asked = AskedForms { forms: &[YearForm::Overview], at, sources: &analysis.sources };
    let options = RenderOptions { forms: Some(asked), language, ..RenderOptions::default() };
    rendered(&analysis.model, "html", Scope::Workspace, &options)
}

fn page_at(analysis: &Analysis, at: AskedCheckpoint) -> String {
    let mut pages = overviews(analysis, at, Language::Chinese);
    assert_eq!(pages.len(), 1);
    String::from_utf8(pages.remove(0).bytes).expect("text")
}

fn page(analysis: &Analysis) -> String {
    page_at(analysis, AskedCheckpoint::Last)
}

fn county() -> Analysis {
    Example::read(&root().join("examples/yutian-2025")).analyse()
}

fn date(written: &str) -> Date {
    Date::read(written).expect("a date")
}

/// The section that a heading names.
fn section<'a>(page: &'a str, id: &str) -> &'a str {
    let start = page.find(&format!("<section aria-labelledby=\"{id}\">")).unwrap_or_else(|| panic!("no section {id}"));
    let (section, _) = page[start..].split_once("</section>").expect("its end");
    section
}

/// The words above the sections.
fn head(page: &str) -> String {
    let (_, rest) = page.split_once("<header>").expect("a head");
    words(rest.split_once("</header>").expect("its end").0)
}

/// What a reader sees.
fn words(markup: &str) -> String {
    let parts = markup.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let text: String = parts.collect();
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The rows of tables, each cell with its markup.
fn rows(markup: &str) -> Vec<Vec<&str>> {
    let rows = markup.split("<tr").skip(1).map(|rest| rest.split_once("</tr>").map_or(rest, |(row, _)| row));
    rows.map(|row| {
        let starts = row.match_indices("<t").filter(|(at, _)| matches!(row.as_bytes().get(at + 2), Some(b'd' | b'h')));
        let starts: Vec<usize> = starts.map(|(at, _)| at).chain([row.len()]).collect();
        starts.windows(2).map(|pair| &row[pair[0]..pair[1]]).collect()
    })
    .collect()
}

/// The cells of the row that begins with a name, as a reader sees them.
fn row(markup: &str, name: &str) -> Vec<String> {
    let all: Vec<Vec<String>> = rows(markup).iter().map(|row| row.iter().map(|cell| words(cell)).collect()).collect();
    let found = all.iter().find(|row| row.first().is_some_and(|first| first == name));
    found.unwrap_or_else(|| panic!("no row {name}: {all:?}"))[1..].to_vec()
}

/// `1752541.09` as `1,752,541.09`.
fn grouped(cents: i64) -> String {
    let (whole, rest) = (cents / 100, cents % 100);
    let digits = whole.to_string();
    let from_end = |index: usize| index > 0 && (digits.len() - index).is_multiple_of(3);
    let sign = |(index, sign): (usize, char)| [from_end(index).then_some(','), Some(sign)];
    let grouped: String = digits.chars().enumerate().flat_map(sign).flatten().collect();
    format!("{grouped}.{rest:02}")
}

/// The sum over the projects of a document of what one of some keys holds, in cents.
fn sum(projects: &Value, keys: &[&str]) -> i64 {
    let cents = |one: &Value| {
        let written = keys.iter().find_map(|key| one[*key].as_str()).expect("an amount");
        written.replace('.', "").parse::<i64>().expect("cents")
    };
    projects.as_array().expect("projects").iter().map(cents).sum()
}

fn lights(analysis: &Analysis, at: &str) -> Value {
    let offices = LightsOfOffice::all(&analysis.model, date(at));
    let json = lights_json(&analysis.model, &analysis.sources, &offices, Language::Chinese);
    serde_json::from_str::<Value>(&json).expect("JSON")["departments"][0].take()
}

fn scores(analysis: &Analysis) -> Value {
    let offices = ScoresOfOffice::all(&analysis.model, ScoreBasis::Reported);
    let json = scores_json(&analysis.model, &analysis.sources, &offices, Language::Chinese);
    serde_json::from_str::<Value>(&json).expect("JSON")["departments"][0].take()
}

#[test]
fn lights_are_those_of_monitoring() {
    let analysis = county();
    let page = page(&analysis);
    let section = section(&page, "lights");
    let rows = rows(section);
    let checkpoints = ["3月底", "6月底", "10月底"];
    assert_eq!(row(section, "项目"), checkpoints);
    let signs = [("red", "■ 红"), ("yellow", "▲ 黄"), ("green", "● 绿")];
    for (place, at) in checkpoints.iter().enumerate() {
        for project in lights(&analysis, at)["projects"].as_array().expect("projects") {
            let name = project["project"].as_str().expect("a name");
            let row = rows.iter().find(|row| words(row[0]) == name).expect("a row");
            for (key, cell) in ["money", "goals"].iter().zip(&row[1 + 2 * place..]) {
                let light = project[*key].as_str().expect("a light");
                let (_, shown) = signs.iter().find(|(id, _)| *id == light).expect("a light that is known");
                assert!(cell.starts_with(&format!("<td class=\"light {light}\">")), "{name} {at} {key}: {cell}");
                assert_eq!(words(cell), *shown, "{name} {at} {key}");
            }
        }
    }
    assert!(words(section).contains("10月底没有黄灯和红灯。"), "{}", words(section));
    // The bounds are those of the standard.
    assert!(words(section).contains("■ 红 < 60% ▲ 黄 < 80% ● 绿"), "{}", words(section));
}

#[test]
fn points_are_those_of_the_self_evaluation_with_their_derivation() {
    let analysis = county();
    let page = page(&analysis);
    let section = section(&page, "scores");
    let projects: Vec<&str> = section.split("<details").skip(1).collect();
    let json = scores(&analysis);
    let evaluated = json["projects"].as_array().expect("projects");
    assert_eq!(projects.len(), evaluated.len());
    for (shown, one) in projects.iter().zip(evaluated) {
        let (summary, table) = shown.split_once("</summary>").expect("a summary");
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let summary = words(summary);
        assert!(summary.starts_with(&text(&one["project"])), "{summary}");
        assert!(summary.ends_with(&format!("{}{}", text(&one["total"]), text(&one["grade"]))), "{summary}");
        for line in one["indicators"].as_array().expect("indicators") {
            let cells = row(table, &text(&line["name"]));
            let (weight, points) = (text(&line["weight"]), text(&line["points"]["points"]));
            assert_eq!(cells[..4], [text(&line["target"]), text(&line["actual"]), weight, points]);
            for step in line["points"]["steps"].as_array().expect("steps") {
                assert!(cells[4].contains(&text(&step["text"])), "{}: {}", line["name"], cells[4]);
            }
        }
        assert_eq!(row(table, "预算执行率")[1], text(&one["rate"]));
    }
}

#[test]
fn money_is_that_of_the_reports() {
    let analysis = county();
    let page = page(&analysis);
    let figures = head(&page);
    let of_year = scores(&analysis);
    let (budget, spent) = (sum(&of_year["projects"], &["budget"]), sum(&of_year["projects"], &["spent"]));
    let approved = sum(&lights(&analysis, "6月底")["projects"], &["budget"]);
    for figure in [grouped(approved), grouped(budget), grouped(spent), "99.20%".to_owned(), "优 7".to_owned()] {
        assert!(figures.contains(&figure), "{figure}: {figures}");
    }
    assert!(figures.contains("3 3月底 6月底 10月底"), "{figures}");

    let section = section(&page, "spending");
    for (at, planned, of_plan) in
        [("3月底", "438,135.27", "94.31%"), ("6月底", "876,270.55", "87.52%"), ("10月底", "1,300,155.82", "105.77%")]
    {
        let spent = grouped(sum(&lights(&analysis, at)["projects"], &["spent"]));
        assert_eq!(row(section, at)[..3], [planned, &spent, of_plan]);
    }
    assert_eq!(row(section, "12月底自评")[..2], [grouped(budget), grouped(spent)]);
    // The sum is cut once: of parts that were cut before it would be a cent more.
    let department = analysis.model.groups().next().expect("a department");
    let standing = monitor_projects(&analysis.model, department, date("10月底"));
    let expected = standing.iter().map(|one| {
        let stated = one.standing.expected.as_ref().map(|expected| expected.value.clone());
        stated.or(one.standing.forecast.clone()).expect("a forecast")
    });
    let expected = expected.sum::<Exact>().rounded(2, RoundingMode::HalfUp).fixed(2);
    assert_eq!(row(section, "预计全年10月底时")[1].replace(',', ""), expected);
    // A point of each line for each day: four planned, four spent.
    let (drawing, _) = section.split_once("</svg>").expect("a drawing");
    assert_eq!((drawing.matches("<circle").count(), drawing.matches("<rect").count()), (4, 4));
    assert!(!section.contains("left-out"), "every project has a plan and reported: {}", words(section));
}

#[test]
fn what_is_to_be_mended_is_overdue_by_the_last_checkpoint() {
    let analysis = county();
    let said = |at| words(section(&page_at(&analysis, at), "rectifications"));
    let year = said(AskedCheckpoint::Last);
    assert!(year.contains("■ 逾期 61 天 政府业务费.办公任务完成率 2025年8月31日前"), "{year}");
    assert!(year.contains("补录一人，跨月任务逐项销号。") && year.contains("已办结 1 项。"), "{year}");
    assert!(!year.contains("结清上半年尾款"), "{year}");
    let june = said(AskedCheckpoint::At(date("6月底")));
    assert!(june.contains("● 还有 62 天 政府业务费.办公任务完成率"), "{june}");
    assert!(june.contains("● 还有 92 天 法律顾问服务费 2025年9月30日前") && !june.contains("办结 1"), "{june}");
}

#[test]
fn an_earlier_checkpoint_knows_nothing_of_what_came_later() {
    let analysis = county();
    let at = AskedCheckpoint::At(date("6月底"));
    let artifact = overviews(&analysis, at, Language::Chinese).remove(0);
    assert_eq!(artifact.path.to_str(), Some("玉田县人民政府办公室-总览-6月底.html"));
    let page = page_at(&analysis, at);
    assert_eq!(row(section(&page, "lights"), "项目"), ["3月底", "6月底"]);
    assert!(words(section(&page, "scores")).contains("没有自评，没有得分。"));
    assert!(!page.contains("10月底</text>") || !section(&page, "lights").contains("10月底"));
    // What stands behind the lights: money by its formula and what is expected, then goals.
    let lights = words(section(&page, "lights"));
    assert!(lights.contains("6月底没有亮绿灯的：4 处"), "{lights}");
    assert!(
        lights.contains("■ 红 法律顾问服务费 资金 50000.00 ÷ (199000.00 × 50%) = 50.25% 预计全年 176,500.00 元"),
        "{lights}"
    );
    assert!(lights.contains("▲ 黄 政府业务费.办公任务完成率 66 ÷ 90 = 73.33% 预计全年 88%"), "{lights}");
}

/// Every light has a sign and a word; the page is whole without a script and asks for nothing.
#[test]
fn the_page_needs_neither_script_nor_colour() {
    let whole = read(&[("局/部门.jx", whole::OFFICE), ("局/年.jx", whole::YEAR)]);
    for analysis in [county(), june(), purchase(), whole] {
        for language in [Language::Chinese, Language::English] {
            let bytes = overviews(&analysis, AskedCheckpoint::Last, language).remove(0).bytes;
            let page = String::from_utf8(bytes).expect("text");
            for one in ["<script", "javascript:", " onclick", " onload", "http://", "https://", " style=\""] {
                assert!(!page.contains(one), "{one}");
            }
            assert!(page.contains("default-src 'none'; style-src 'sha256-"));
            for (colour, sign) in [("red", "■"), ("yellow", "▲"), ("green", "●"), ("blue", "◆"), ("grey", "○")]
            {
                for rest in page.split(&format!("class=\"light {colour}\"")).skip(1) {
                    let shown = words(rest.split_once('>').expect("a tag").1.split("</td>").next().expect("a cell"));
                    let is_told = shown.starts_with(sign) && shown.chars().count() > 2 || shown.starts_with('—');
                    assert!(is_told, "{colour}: {shown}");
                }
            }
            // One main part, one first heading, and no level left out.
            assert_eq!((page.matches("<main>").count(), page.matches("<h1>").count()), (1, 1));
            assert!(page.contains("<h2 ") && !page.contains("<h3") && !page.contains("<h4"));
            for id in page.split("aria-labelledby=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(page.contains(&format!("id=\"{id}\"")), "{id}");
            }
            let same = overviews(&analysis, AskedCheckpoint::Last, language).remove(0).bytes;
            assert!(same == page.into_bytes(), "the same bytes each time");
        }
    }
}

#[test]
fn what_cannot_be_compared_is_left_out_and_told() {
    let more = "项目 无计划 {\n  预算 100 元\n}\n项目 无预算 {\n  支出计划 { 12月底 100% }\n}\n项目 未报 {\n  预算 100 元\n  支出计划 { 12月底 100% }\n}\n项目 补报 {\n  预算 100 元\n  支出计划 { 12月底 100% }\n}\n";
    let year = "监控 6月底 {\n  执行 政府业务费 98000.00 元\n  执行 法律顾问服务费 50000.00 元\n  执行 热线外包服务 262500.00 元\n  执行 无计划 60 元\n  执行 无预算 1 元\n}\n监控 10月底 {\n  执行 政府业务费 150000 元\n  执行 补报 80 元\n  执行 热线外包服务 待填\n}\n";
    let analysis = read(&[("局/部门.jx", &format!("{OFFICE}\n{more}")), ("局/监控.jx", year)]);
    let page = page(&analysis);
    let spending = section(&page, "spending");
    let said = words(spending);
    for told in [
        "没有写支出计划的不在内：无计划",
        "没有预算数的不在内：无预算",
        "没有报过执行数的不在内：未报",
        "前面有节点没有报执行数的不在内：补报",
        "10月底没有报执行数，合不成总数：法律顾问服务费、热线外包服务",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    // 98000 + 50000 + 262500: what is left out is in no sum.
    assert_eq!(row(spending, "6月底")[..2], ["514,500.00", "410,500.00"]);
    assert_eq!(row(spending, "10月底")[1], "—");
    assert!(!spending.contains("预计全年"), "{said}");
    let missing = words(section(&page, "missing"));
    assert!(missing.contains("没有报监控的节点：3月底、12月底"), "{missing}");
    assert!(missing.contains("没有自评。") && missing.contains("10月底："), "{missing}");
    assert!(missing.contains("热线外包服务.受理工单"), "{missing}");
}

#[test]
fn a_department_without_some_of_it_has_a_clear_page() {
    let said = |analysis: &Analysis, id: &str| words(section(&page(analysis), id));
    let analysis = purchase();
    assert!(said(&analysis, "lights").contains("没有报监控，没有灯。"));
    assert!(said(&analysis, "rectifications").contains("没有报监控"));
    assert!(said(&analysis, "spending").contains("没有一个项目既有支出计划又报了执行数"));
    assert!(said(&analysis, "scores").contains("医疗设备购置93.29优"), "{}", said(&analysis, "scores"));
    assert!(said(&june(), "scores").contains("没有自评，没有得分。"));
    // A row without points: bounds, and what is missing.
    let part = OF_THE_YEAR.replace("  完成 医疗设备购置.购置CT 1 台\n", "");
    let analysis = read(&[("院/部门.jx", PURCHASE), ("院/自评.jx", &part)]);
    assert!(said(&analysis, "scores").contains("85.29～93.29未评"), "{}", said(&analysis, "scores"));
    assert!(said(&analysis, "missing").contains("医疗设备购置.购置CT 缺实际完成值"));

    // Nothing happened yet: no page. Beside a department that reported, one that did not is told so.
    assert!(!has_form(&read(&[("局/部门.jx", OFFICE)]).model, YearForm::Overview));
    let files = [("局/部门.jx", OFFICE), ("局/监控.jx", JUNE), ("院/部门.jx", PURCHASE)];
    let pages = overviews(&read(&files), AskedCheckpoint::Last, Language::Chinese);
    let paths: Vec<&str> = pages.iter().filter_map(|one| one.path.to_str()).collect();
    assert_eq!(paths, ["01-示例县人民政府办公室-总览.html", "02-示例县人民医院-总览.html"]);
    let silent = String::from_utf8(pages[1].bytes.clone()).expect("text");
    let figures = head(&silent);
    assert!(figures.contains("没有报监控 · 还没有自评") && figures.contains("项目预算680.00执行—"), "{figures}");
    let missing = words(section(&silent, "missing"));
    assert!(missing.contains("没有自评。"), "{missing}");
}

#[test]
fn a_department_as_a_whole_stands_behind_its_projects() {
    let analysis = read(&[("局/部门.jx", whole::OFFICE), ("局/年.jx", whole::YEAR)]);
    let page = page(&analysis);
    let figures = head(&page);
    for figure in [
        "整体预算（年初）12,400.00",
        "整体预算（调整后）12,150.00",
        "执行11,786.40",
        "执行率97.01%",
        "部门整体得分98.34 优",
    ] {
        assert!(figures.contains(figure), "{figure}: {figures}");
    }
    assert!(words(section(&page, "scores")).contains("部门98.34优"), "{}", words(section(&page, "scores")));
}

#[test]
fn names_are_shown_as_they_are_written() {
    let name = "<b onclick=x>\u{202E}甲&乙";
    let office = OFFICE.replace("政府业务费", &format!("\"{name}\"")).replace("示例县人民政府办公室", "\"<i>局\"");
    let june = JUNE.replace("政府业务费", &format!("\"{name}\""));
    let june = june.replace("  填报", &format!("  整改 \"{name}\" 2025-08-31 \"<u>补</u>\"\n  填报"));
    let page = page(&read(&[("局/部门.jx", &office), ("局/监控.jx", &june)]));
    assert!(!page.contains("<b onclick") && !page.contains("<i>局") && !page.contains("<u>补"));
    assert!(page.contains("&lt;b onclick=x&gt;") && page.contains("甲&amp;乙") && page.contains("&lt;u&gt;补"));
    assert!(!page.contains('\u{202E}'), "a sign that turns the order of what is shown");
}

#[test]
fn the_order_of_files_does_not_matter() {
    let mut files = Example::read(&root().join("examples/yutian-2025")).files;
    let first = page(&analyse(files.clone(), None));
    files.reverse();
    assert!(first == page(&analyse(files, None)));
}

#[test]
fn an_overview_is_built_as_a_page_and_as_nothing_else() {
    let folder = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("overview");
    let build_of = |example: &str, arguments: &[&str]| {
        let _ = std::fs::remove_dir_all(&folder);
        let mut command = Command::cargo_bin("jixiao").expect("the program");
        command.env("JIXIAO_LANG", "zh").arg("build").args(arguments).arg("-o").arg(&folder);
        let output = command.arg(root().join("examples").join(example)).output().expect("a run");
        let built = std::fs::read_dir(&folder).map(|entries| {
            let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
            let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
            names.sort();
            names
        });
        (output.status.code(), built.unwrap_or_default(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let build = |arguments: &[&str]| build_of("yutian-2025", arguments);
    let page = "玉田县人民政府办公室-总览.html";
    assert_eq!(build(&["--form", "总览"]).1, [page]);
    assert_eq!(build(&["--form", "overview", "--to", "html"]).1, [page]);
    assert_eq!(build(&["--form", "总览,自评表", "--to", "html"]).1.len(), 2);
    assert!(build(&["--form", "全部"]).1.contains(&page.to_owned()));
    let others = build(&["--form", "全部", "--to", "markdown"]).1;
    assert!(others.len() > 3 && others.iter().all(|name| !name.contains("总览")), "{others:?}");
    for (arguments, words) in [
        (&["--form", "总览", "--to", "docx"][..], &["`总览` 不能写成 docx", "--to html", "monitor"][..]),
        (&["--form", "总览", "--to", "html", "--to", "json"], &["`总览` 不能写成 json"]),
        (&["--form", "监控表,总览", "--to", "docx"], &["`总览` 不能写成 docx"]),
        (&["--form", "总览", "--at", "7月底"], &["没有监控节点 `7月底`"]),
    ] {
        let (code, files, told) = build(arguments);
        assert_eq!((code, files.len()), (Some(2), 0), "{arguments:?}: {told}");
        for word in words {
            assert!(told.contains(word), "{word}\n{told}");
        }
    }
    let (code, files, told) = build_of("入门", &["--form", "总览"]);
    assert_eq!((code, files.len()), (Some(2), 0));
    assert!(told.contains("没有可以印 `总览` 的内容") && told.contains("监控 6月底 {"), "{told}");
}
