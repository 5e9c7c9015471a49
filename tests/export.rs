//! What offices publish: the exports are the county's own document, and other programs read them as they are meant.

use crate::support::{Example, examples, has, root, works};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use jixiao::backend::Artifact;
use jixiao::workspace::{Analysis, Input, analyse};

fn artifacts(name: &str, analysis: &Analysis) -> Vec<Artifact> {
    crate::support::artifacts(&analysis.model, name)
}

fn text_of(artifact: &Artifact) -> String {
    String::from_utf8(artifact.bytes.clone()).expect("text")
}

/// What a line says: without the marks of the word processor, each run of blanks as one.
fn said(line: &str) -> String {
    let mut rest = line;
    let mut plain = String::new();
    while let Some((before, mark)) = rest.split_once("[bookmark:") {
        plain += before;
        rest = mark.split_once(']').map_or("", |(_, after)| after);
    }
    plain += rest;
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A document as a word processor saves it, cell after cell: rows of cells, and what stands between them.
#[derive(Debug, PartialEq)]
enum Piece {
    Line(String),
    Row(Vec<String>),
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut row: Vec<String> = Vec::new();
    for line in text.lines() {
        if let Some(cell) = line.strip_prefix('\t') {
            row.push(said(cell));
            continue;
        }
        if !row.is_empty() {
            pieces.push(Piece::Row(std::mem::take(&mut row)));
        }
        pieces.extend(Some(said(line)).filter(|line| !line.is_empty()).map(Piece::Line));
    }
    pieces.extend((!row.is_empty()).then_some(Piece::Row(row)));
    pieces
}

/// The example's prose is its own: where it stands is compared, not what it says.
fn without_prose(pieces: &[Piece]) -> Vec<Piece> {
    let mut heading = "";
    let mut plain = Vec::new();
    for piece in pieces {
        plain.push(match piece {
            Piece::Line(_) if heading == "一、总体绩效目标" => Piece::Line("…".to_owned()),
            Piece::Line(line) if line.starts_with("绩效目标：") => Piece::Line("绩效目标：…".to_owned()),
            Piece::Line(line) if heading == "三、工作保障措施" && line.starts_with('（') => {
                Piece::Line(line.split('。').next().expect("a name").to_owned())
            }
            Piece::Line(line) => Piece::Line(line.clone()),
            Piece::Row(cells) => Piece::Row(match &cells[..] {
                [first, prose] if first.is_empty() && !prose.is_empty() => vec![String::new(), "…".to_owned()],
                [first, prose] if first == "绩效目标" && prose.starts_with("1.") => {
                    vec![first.clone(), "1.…".to_owned()]
                }
                _ => cells.clone(),
            }),
        });
        match piece {
            Piece::Line(line) if line.chars().nth(1) == Some('、') => heading = line,
            Piece::Line(_) if heading.starts_with('三') => {}
            Piece::Line(_) | Piece::Row(_) => heading = "",
        }
    }
    plain
}

/// Row by row and cell by cell, merged cells included; the prose of the example is its own.
#[test]
fn the_county_text_is_the_published_one() {
    let published = root().join("../shared/input/yutian-2025-targets.txt");
    let Ok(published) = std::fs::read_to_string(&published) else {
        eprintln!("skipped: the published document is not here");
        return;
    };
    let analysis = Example::read(&root().join("examples/yutian-2025")).analyse();
    let [artifact] = &artifacts("text", &analysis)[..] else { panic!("one department, one text") };
    assert_eq!(artifact.path, Path::new("玉田县人民政府办公室.txt"));
    let (published, ours) = (pieces(&published), pieces(&text_of(artifact)));
    for (one, other) in without_prose(&published).iter().zip(&without_prose(&ours)) {
        assert_eq!(one, other);
    }
    assert_eq!(published.len(), ours.len());
    let rows = ours.iter().filter(|piece| matches!(piece, Piece::Row(_))).count();
    assert_eq!(rows, 7 * (7 + 9), "seven projects: head and indicators");
}

/// Sixty indicators of one category, several paragraphs, signs that XML takes for its own or cannot hold.
fn long() -> Analysis {
    let mut text = "部门 1 \"<b>甲</b>\" {\n  年度 2025\n  总体目标 \"\u{1}办好 & 办实\\n\\n再办\"\n  分项目标 \"甲\\n乙\"\n}\n项目 长表 {\n  单位 1\n  预算 0.30 元 {\n    财政拨款 0.10 元\n    上年结转资金 0.20 元\n  }\n  用途 \"第一段\\n\\n<w:p>&amp;\"\n  目标 \"办好 & 办实\\n再办\"\n".to_owned();
    for number in 0..60 {
        let name = format!("第{number}项服务名称比较长需要换行的三级指标");
        let _ = write!(text, "  指标 数量 {name} ≥ {number} 次 {{\n    描述 \"\\\"引号\\\"<尖>{number}\"\n  }}\n");
    }
    text += "  指标 社会效益 效果 定性 优 { 优 良 中 差 }\n  指标 满意度 满意 ≥ 90%\n}\n项目 短表 {\n  预算 1 元\n  目标 \"办好一件。\"\n  指标 数量 件数 ≥ 1 件\n  指标 社会效益 效果 ≥ 1 次\n  指标 满意度 满意 ≥ 90%\n}\n";
    let analysis = analyse(vec![Input { path: "例.jx".to_owned(), text: text.into() }], None);
    assert!(!analysis.has_errors());
    analysis
}

/// Every example and the long one, by name.
fn documents() -> Vec<(String, Analysis)> {
    let mut all: Vec<(String, Analysis)> =
        examples().into_iter().map(|example| (example.name.clone(), example.analyse())).collect();
    all.push(("long".to_owned(), long()));
    all
}

/// An artifact on disk, in a folder of its own.
fn written(folder: &str, artifact: &Artifact) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("export").join(folder).join(&artifact.path);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(&path, &artifact.bytes).expect("written");
    path
}

/// The reader is the distribution's own, which tests/run installs.
fn has_reader(module: &str) -> bool {
    let found = Command::new("/usr/bin/python3").args(["-c", &format!("import {module}")]).output();
    has(&format!("Python's {module}"), found.is_ok_and(|output| output.status.success()))
}

#[test]
fn another_program_reads_every_cell_and_merge_of_the_docx() {
    if !has_reader("docx") {
        return;
    }
    for (name, analysis) in documents() {
        let (docx, text) = (artifacts("docx", &analysis), artifacts("text", &analysis));
        for (docx, text) in docx.iter().zip(&text) {
            let output = Command::new("/usr/bin/python3")
                .arg(root().join("tests/validate/read_docx.py"))
                .args([written(&name, docx), written(&name, text)])
                .output()
                .expect("it runs");
            assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        }
    }
}

/// The pages of a document as LibreOffice lays them out, without blanks.
fn pages(document: &Path, folder: &str) -> Vec<String> {
    let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("export").join(folder);
    let profile = format!("-env:UserInstallation=file://{}", out.join("profile").display());
    let run = Command::new("soffice")
        .args([&profile, "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(&out)
        .arg(document)
        .output()
        .expect("it runs");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let pdf = out.join(document.with_extension("pdf").file_name().expect("a name"));
    let text = Command::new("pdftotext").arg("-raw").arg(pdf).arg("-").output().expect("it runs");
    let text = String::from_utf8_lossy(&text.stdout).into_owned();
    let mut pages: Vec<String> = text.split('\u{c}').map(|page| page.split_whitespace().collect()).collect();
    assert_eq!(pages.pop().as_deref(), Some(""), "a page ends with a form feed");
    pages
}

#[test]
fn libreoffice_lays_the_docx_out_with_every_word_and_no_blank_page() {
    if !has("LibreOffice", works("soffice", "--version")) || !has("pdftotext of poppler", works("pdftotext", "-v")) {
        return;
    }
    for (name, analysis) in documents() {
        for (docx, text) in artifacts("docx", &analysis).iter().zip(&artifacts("text", &analysis)) {
            let pages = pages(&written(&name, docx), &name);
            let all = pages.concat();
            for piece in pieces(&text_of(text)) {
                let words = match piece {
                    Piece::Line(line) => vec![line],
                    Piece::Row(cells) => cells,
                };
                for word in words {
                    let word: String = word.split_whitespace().collect();
                    // Where a page ends in a paragraph, the number of the page stands in it.
                    let is_there = all.contains(&word) || pages.len() > 3 && word.chars().count() > 60;
                    assert!(is_there, "{name}: {word} is not on the pages");
                }
            }
            assert!(pages.iter().all(|page| page.chars().count() > 10), "{name} has a blank page: {pages:?}");
            assert!(pages[1].ends_with("—1—"), "{name}: the second page is the first that is numbered");
        }
    }
    let county = artifacts("docx", &Example::read(&root().join("examples/yutian-2025")).analyse()).remove(0);
    let county = pages(&written("yutian-2025", &county), "yutian-2025");
    for number in 2..=7 {
        let start = format!("{number}.");
        assert!(county.iter().any(|page| page.starts_with(&start)), "project {number} begins a page");
    }
    let long = pages(&written("long", &artifacts("docx", &long())[0]), "long");
    let with_head = long.iter().filter(|page| page.contains("一级指标二级指标三级指标")).count();
    assert!(with_head >= 3, "the head of a long table stands on each of its pages: {with_head}");
}

#[test]
fn a_docx_on_standard_output_is_the_file() {
    let build = Command::new(env!("CARGO_BIN_EXE_jixiao"))
        .current_dir(root())
        .args(["build", "examples/入门", "--to", "docx", "-o", "-"])
        .output()
        .expect("it runs");
    let analysis = Example::read(&root().join("examples/入门")).analyse();
    assert!(build.status.success() && build.stdout == artifacts("docx", &analysis)[0].bytes);
}

/// As GitHub reads it: nothing in the words becomes a mark, and every row has all its cells.
#[test]
fn markdown_says_the_same_words_in_whole_tables() {
    use pulldown_cmark::{Event, Options as Dialect, Parser, Tag, TagEnd};
    for (name, analysis) in documents() {
        for (markdown, text) in artifacts("markdown", &analysis).iter().zip(&artifacts("text", &analysis)) {
            let markdown = text_of(markdown);
            let (mut said, mut bodies, mut cells, mut rows) = (String::new(), 0, 0, 0);
            for event in Parser::new_ext(&markdown, Dialect::ENABLE_TABLES | Dialect::ENABLE_STRIKETHROUGH) {
                match event {
                    Event::Text(words) => said.extend(words.split_whitespace()),
                    Event::Html(tag) | Event::InlineHtml(tag) => assert_eq!(&*tag, "<br>", "{name}"),
                    Event::Start(Tag::Table(columns)) => bodies = columns.len(),
                    Event::Start(Tag::TableCell) => cells += 1,
                    Event::End(TagEnd::TableRow) => {
                        assert_eq!(cells, bodies, "{name}: a row lacks cells");
                        (cells, rows) = (0, rows + 1);
                    }
                    Event::End(TagEnd::TableHead) => cells = 0,
                    Event::Start(Tag::List(_) | Tag::Emphasis | Tag::Strikethrough | Tag::Link { .. })
                    | Event::Code(_)
                    | Event::Rule => panic!("{name}: words became a mark: {event:?}"),
                    _ => {}
                }
            }
            let indicators: usize = analysis.model.projects.iter().map(|project| project.indicators.len()).sum();
            assert!(rows > 0 && (analysis.model.departments.len() > 1 || rows > indicators));
            for piece in pieces(&text_of(text)) {
                let words = match piece {
                    Piece::Line(line) => vec![line],
                    Piece::Row(cells) => cells,
                };
                for word in words {
                    let word: String = word.split_whitespace().collect();
                    // A label beside several rows of which none is its own.
                    let is_there = said.contains(&word) || word == "资金用途";
                    assert!(is_there, "{name}: {word} is not there");
                }
            }
        }
    }
}
