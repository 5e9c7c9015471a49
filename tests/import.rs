//! Documents of other places, each in its own form: what comes in, what is left over, what is guessed.
//!
//! The snapshots hold the produced files and the account. Read a changed snapshot before it is kept.

use crate::support::Generator;
use std::fmt::Write;

use jixiao::diagnostic::Language;
use jixiao::import::{Imported, Importing, import, report};
use jixiao::workspace::{Analysis, Input, analyse};
use rust_xlsxwriter::{Format, Workbook};
use serde_json::Value;

fn read(name: &str) -> Imported {
    let path = crate::support::root().join("tests/cases/import").join(name);
    imported(name, &std::fs::read(path).expect("a case"))
}

fn imported(name: &str, bytes: &[u8]) -> Imported {
    let problem = |problem: jixiao::diagnostic::Diagnostic| problem.message.in_language(Language::Chinese).into_owned();
    import(name, bytes, &Importing::default()).map_err(problem).expect("a document with targets")
}

pub(crate) fn check(imported: &Imported) -> Analysis {
    let input = |(path, text): &(String, String)| Input { path: path.clone(), text: text.as_str().into() };
    analyse(imported.files.iter().map(input).collect(), None)
}

/// All that a person is told of an import, with the files.
fn told(imported: &Imported) -> String {
    let mut told = String::new();
    for (path, text) in &imported.files {
        let _ = write!(told, "════ {path}\n{text}");
    }
    let _ = writeln!(told, "════ {}", imported.standard);
    for left in imported.left_over() {
        let _ = writeln!(told, "剩余 {} {}", left.place.shown().in_language(Language::Chinese), left.text);
    }
    for guess in imported.guesses() {
        let place = guess
            .place
            .as_ref()
            .map(|place| place.shown().in_language(Language::Chinese).into_owned())
            .unwrap_or_default();
        let _ = writeln!(told, "推断 {place} {}", guess.text.in_language(Language::Chinese));
    }
    let analysis = check(imported);
    for error in analysis.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()) {
        let _ = writeln!(told, "错误 {} {}", error.code.id(), error.message.in_language(Language::Chinese));
    }
    told
}

#[test]
fn documents_of_other_places_come_in() {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::glob!("cases/import/*", |path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            insta::assert_snapshot!(told(&read(&name)));
        });
    });
}

fn placed(imported: &Imported, text: &str) -> Vec<String> {
    let report: Value =
        serde_json::from_str(&report::json(&[("甲".to_owned(), imported)], Language::Chinese)).expect("JSON");
    let parts = report["documents"][0]["parts"].as_array().expect("parts");
    let of_text = parts.iter().filter(|part| part["text"] == text && part["fate"] == "placed");
    of_text.map(|part| part["to"].as_str().unwrap_or_default().to_owned()).collect()
}

fn targets(imported: &Imported) -> Vec<String> {
    let lines = imported.files.iter().flat_map(|(_, text)| text.lines());
    lines.filter(|line| line.starts_with("  指标 ")).map(|line| line.trim().trim_end_matches(" {").to_owned()).collect()
}

fn says(imported: &Imported, wanted: &[&str]) {
    let text: String = imported.files.iter().map(|(_, text)| text.as_str()).collect();
    for line in wanted {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
}

#[test]
fn the_money_of_the_year_is_not_that_of_the_period() {
    let imported = read("两半并排.html");
    says(
        &imported,
        &[
            "预算 300 万元 {\n    财政拨款 200 万元\n    其他资金 100 万元",
            "总投资 900 万元 {\n    财政拨款 600 万元\n    其他资金 300 万元",
        ],
    );
    assert!(imported.left_over().is_empty(), "{:?}", imported.left_over());
}

#[test]
fn what_was_spent_stands_beside_what_was_planned() {
    let imported = read("自评表.html");
    says(
        &imported,
        &[
            "预算 200 万元 {",
            "执行 消防站装备更新 205.8 万元 {\n    当年财政拨款 186 万元",
            "得分 26 分",
            "200 万元 改为 210 万元",
        ],
    );
    assert_eq!(placed(&imported, "部分达成"), ["消防站装备更新.出警能力提升.完成"]);
    assert!(imported.left_over().is_empty(), "{:?}", imported.left_over());
}

#[test]
fn the_column_of_the_year_is_found_among_those_of_other_years() {
    let imported = read("湖北式.csv");
    assert_eq!(targets(&imported)[0], "指标 数量 公益培训班次 45 期");
    says(
        &imported,
        &["上年 40 期", "前年实现值 \"36期\"", "预算 20 万元 {\n    一般公共预算财政拨款 20 万元\n    其他资金 0 万元"],
    );
}

#[test]
fn a_table_of_several_projects_parts_them() {
    for name in ["平表.csv", "云南省对下.html"] {
        let imported = read(name);
        assert_eq!(imported.model.projects.len(), 2, "{name}");
        assert!(imported.left_over().is_empty(), "{name}: {:?}", imported.left_over());
    }
}

#[test]
fn a_form_without_a_level_has_its_categories() {
    assert_eq!(targets(&read("无三级.txt"))[1], "指标 产出 借阅册次 定性 \"8万册次\"");
    assert_eq!(targets(&read("无三级二列.html"))[1], "指标 产出 新购图书 2 批次 .. 3 批次");
    assert_eq!(targets(&read("无一级.html"))[3], "指标 成本 每公里养护成本 ≤ 6000 元/公里");
}

#[test]
fn values_are_typed_as_they_are_meant() {
    let imported = read("值.csv");
    let wanted = [
        "甲 ≥ 95%",
        "乙 ≥ 3 次",
        "丙 ≤ 10月底",
        "丁 ≥ 90%",
        "戊 = 100%",
        "己 2 次 .. 3 次",
        "庚 12 个",
        "辛 0 起",
        "壬 定性 优 { 优 良 中 低 差 }",
        "癸 是",
        "子 定性 \"较上年提高\"",
        "丑 292%",
        "寅 100 无单位",
        "卯 ≥ 90 无单位",
        "辰 ≥ 95%",
        "巳 定性 \"100%及时办理\"",
        "午 定性 优 { 优 良 中 差 }",
        "未 ≥ 95%",
    ];
    let found = targets(&imported);
    for (found, wanted) in found.iter().zip(wanted) {
        assert!(found.ends_with(wanted), "{found} is not {wanted}");
    }
    assert_eq!(found.len(), wanted.len());
}

#[test]
fn a_deadline_is_the_day_that_the_cell_says_or_its_words() {
    let dates = [
        "2026年9月底",
        "2026年6月底",
        "2026年3月底",
        "2026年6月底",
        "≤ 2026年6月底",
        "2026年1月底",
        "≤ 2026年11月底",
        "2026年9月30日",
        "≤ 2026年9月30日",
        "2026年11月底",
        "≤ 2026年11月底",
        "≤ 2026年11月30日",
        "< 2026年11月底",
        "≤ 11月15日",
        "≤ 2026年11月底",
    ];
    let found = targets(&read("时限.csv"));
    for (found, wanted) in found.iter().zip(dates) {
        assert!(found.ends_with(&format!("件办结 {wanted}")), "{found} is not {wanted}");
    }
    // What is more, less or other than one day is no date.
    let words = &found[dates.len()..];
    assert!(!words.is_empty() && words.iter().all(|one| one.contains("件办结 定性 \"")), "{words:?}");
}

/// The only errors are what the documents themselves lack or contradict.
#[test]
fn an_import_causes_no_errors() {
    let of_the_document = ["JX001", "JX020", "JX040", "JX066", "JX090"];
    // What a form of the year leaves to be filled in, or scores otherwise than the rules.
    let of_the_year = ["JX111", "JX119", "JX122", "JX123", "JX140"];
    for name in cases() {
        let imported = read(&name);
        for error in check(&imported).diagnostics.iter().filter(|diagnostic| diagnostic.is_error()) {
            assert!(
                of_the_document.iter().chain(&of_the_year).any(|code| *code == error.code.id()),
                "{name}: {}",
                error.message.in_language(Language::Chinese)
            );
        }
    }
}

/// Every word of an indicator table is in the official table that is printed from the import.
#[test]
fn the_official_table_has_the_words_of_the_document() {
    for name in cases() {
        let imported = read(&name);
        let analysis = check(&imported);
        let printed: String = crate::support::artifacts(&analysis.model, "text")
            .into_iter()
            .map(|artifact| String::from_utf8(artifact.bytes).expect("text"))
            .collect();
        let printed = bare(&printed);
        let report: Value =
            serde_json::from_str(&report::json(&[(name.clone(), &imported)], Language::Chinese)).expect("JSON");
        for part in report["documents"][0]["parts"].as_array().expect("parts") {
            let of_year = ["完成", "得分", "偏差", "措施", "预计", "可能性", "口径说明", "证据"];
            let is_of_indicator = part["to"].as_str().is_some_and(|to| {
                let field = to.rsplit('.').next().unwrap_or_default();
                to.matches('.').count() == 2 && !of_year.contains(&field)
            });
            let text = bare(part["text"].as_str().expect("text"));
            // A comparator in words, or in another width, prints as its sign.
            let is_sign = ["大于等于", "小于等于", ">=", "＝"].contains(&text.as_str())
                || part["to"].as_str().is_some_and(|to| to.ends_with(".实施期"));
            assert!(
                !is_of_indicator || is_sign || printed.contains(&text),
                "{name}: {text} is not printed in\n{printed}"
            );
        }
    }
}

fn cases() -> Vec<String> {
    let folder = std::fs::read_dir(crate::support::root().join("tests/cases/import")).expect("cases");
    let mut names: Vec<String> =
        folder.map(|entry| entry.expect("entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// A text without blanks, quotes and escapes.
fn bare(text: &str) -> String {
    text.replace("\\n", "").chars().filter(|sign| !sign.is_whitespace() && !matches!(sign, '"' | '\\')).collect()
}

/// Each sheet is a project's, and only its name says so; the departments differ.
#[test]
fn sheets_are_projects_of_their_departments() {
    let mut book = Workbook::new();
    for (sheet, department, value) in [("校园安保", "东平县教育局", "12个"), ("村医补助", "东平县卫健局", "46人")]
    {
        let page = book.add_worksheet();
        page.set_name(sheet).expect("a name");
        let format = Format::new();
        page.merge_range(0, 0, 0, 3, "项目支出绩效目标表（2025年度）", &format).expect("a title");
        for (row, (label, fact)) in
            [("主管部门", department), ("预算数", "8万元"), ("年度目标", "保障运转。")].into_iter().enumerate()
        {
            page.write(row as u32 + 1, 0, label).expect("a label");
            page.merge_range(row as u32 + 1, 1, row as u32 + 1, 3, fact, &format).expect("a fact");
        }
        for (column, heading) in ["一级指标", "二级指标", "三级指标", "指标值"].into_iter().enumerate() {
            page.write(4, column as u16, heading).expect("a heading");
        }
        page.merge_range(5, 0, 6, 0, "产出指标", &format).expect("a category");
        for (row, cells) in
            [["数量指标", "覆盖数量", value], ["质量指标", "考核合格率", "100%"]].into_iter().enumerate()
        {
            for (column, text) in cells.into_iter().enumerate() {
                page.write(row as u32 + 5, column as u16 + 1, text).expect("a cell");
            }
        }
    }
    let imported = imported("合并.xlsx", &book.save_to_buffer().expect("a workbook"));
    let names: Vec<&str> = imported.model.projects.iter().map(|project| &*project.name.value).collect();
    assert_eq!(names, ["校园安保", "村医补助"]);
    let departments: Vec<&str> = imported.model.departments.iter().map(|department| &*department.name.value).collect();
    assert_eq!(departments, ["东平县教育局", "东平县卫健局"]);
    assert!(targets(&imported).contains(&"指标 数量 覆盖数量 46 人".to_owned()), "{:?}", targets(&imported));
    assert!(imported.left_over().is_empty(), "{:?}", imported.left_over());
}

/// Whatever happens to a document on its way, no sign of it is lost from the account, and what is said to be placed as
/// prose stands in the files.
#[test]
fn the_account_of_damaged_documents_adds_up() {
    let texts: Vec<String> = cases().iter().map(|name| as_text(name)).collect();
    for seed in 1..=600 {
        let mut generator = Generator::new(seed * 7919);
        let mut text = texts[generator.below(texts.len())].clone();
        for _ in 0..=generator.below(4) {
            text = damaged(&text, &mut generator);
        }
        let signs = text.chars().filter(|sign| !sign.is_whitespace()).count();
        let Ok(imported) = import("损坏.txt", text.as_bytes(), &Importing::default()) else { continue };
        assert_eq!(imported.tally().total(), signs, "seed {seed}\n{text}");
        let source = bare(&imported.files.iter().map(|(_, text)| text.as_str()).collect::<String>());
        let report: Value =
            serde_json::from_str(&report::json(&[("甲".to_owned(), &imported)], Language::Chinese)).expect("JSON");
        for part in
            report["documents"][0]["parts"].as_array().expect("parts").iter().filter(|part| part["fate"] == "placed")
        {
            let to = part["to"].as_str().expect("a place");
            let prose = ["目标", "用途", "描述", "依据", "来源", "计分", "表述", "标准的字段", "总体目标"];
            let of_year = ["口径说明", "偏差", "措施", "总体完成", "结论", "问题", "改进"];
            let is_prose = prose.iter().chain(&of_year).any(|field| to.rsplit('.').next() == Some(*field));
            let words = bare(part["text"].as_str().expect("text"));
            assert!(!is_prose || source.contains(&words), "seed {seed}: {words} ({to}) is not in\n{source}");
        }
    }
}

/// A case as plain text, one row a line.
fn as_text(name: &str) -> String {
    let path = crate::support::root().join("tests/cases/import").join(name);
    let text = std::fs::read_to_string(path).expect("a case");
    match name.rsplit_once('.').expect("a kind").1 {
        "csv" => text.replace(',', "\t"),
        "html" => text
            .replace("</tr>", "\n")
            .replace("</p>", "\n")
            .replace("</td>", "\t")
            .split('<')
            .map(|part| part.split_once('>').map_or(part, |(_, rest)| rest))
            .collect(),
        _ => text,
    }
}

fn damaged(text: &str, generator: &mut Generator) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return text.to_owned();
    }
    let (at, other) = (generator.below(lines.len()), generator.below(lines.len()));
    match generator.below(8) {
        0 => {
            lines.remove(at);
        }
        1 => lines.insert(other, lines[at].clone()),
        2 => lines.swap(at, other),
        3 => lines.truncate(at + 1),
        4 => lines[at] = lines[at].replacen('\t', "", 1),
        5 => {
            let next = lines.get(at + 1).cloned().unwrap_or_default();
            lines[at] += &next;
        }
        6 => {
            let mut cells: Vec<&str> = lines[at].split('\t').collect();
            cells.remove(generator.below(cells.len()));
            lines[at] = cells.join("\t");
        }
        _ => {
            let junk = [
                "— 7 —",
                "第一部分\t总体",
                "\t\t\t",
                "≥",
                "一级指标\t指标值",
                "项目名称",
                "（一）办好。",
                "3月底\t30",
                "\u{3000}",
                "指标值\t三级指标\t一级指标",
            ];
            lines.insert(at, junk[generator.below(junk.len())].to_owned());
        }
    }
    lines.join("\n") + "\n"
}

/// Word processors' marks dropped, blanks folded.
fn folded(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(start) = rest.find("[bookmark:") {
        let end = rest[start..].find(']').expect("a mark that closes");
        plain += &rest[..start];
        rest = &rest[start + end + 1..];
    }
    plain += rest;
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The real document of a county office: in without a loss, and out with the same words.
#[test]
fn the_published_document_comes_back_word_for_word() {
    let path = crate::support::root().join("../shared/input/yutian-2025-targets.txt");
    let Ok(bytes) = std::fs::read(&path) else {
        eprintln!("skipped: {} is not here", path.display());
        return;
    };
    let imported = imported("yutian-2025-targets.txt", &bytes);
    assert!(imported.is_whole(), "{:?}", imported.findings());
    assert_eq!((imported.model.projects.len(), imported.indicator_count()), (7, 56));
    assert_eq!(imported.standard, "河北2025");
    let analysis = check(&imported);
    assert!(!analysis.has_errors(), "{:?}", analysis.diagnostics.iter().find(|one| one.is_error()));
    let artifact = crate::support::artifacts(&analysis.model, "text").remove(0);
    let (published, printed) =
        (String::from_utf8(bytes).expect("text"), String::from_utf8(artifact.bytes).expect("text"));
    assert_eq!(folded(&printed), folded(&published));
}
