//! What offices publish: the exports are the county's own document, and other programs read them as they are meant.

mod support;

use std::path::Path;

use jixiao::backend::{ALL, Artifact, Options};
use jixiao::workspace::Analysis;
use support::{Example, root};

fn artifacts(name: &str, analysis: &Analysis) -> Vec<Artifact> {
    let backend = ALL.iter().find(|backend| backend.name() == name).expect("a backend");
    backend.render(&analysis.model, &Options::default())
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
        match line.strip_prefix('\t') {
            Some(cell) => row.push(said(cell)),
            None => {
                if !row.is_empty() {
                    pieces.push(Piece::Row(std::mem::take(&mut row)));
                }
                pieces.extend(Some(said(line)).filter(|line| !line.is_empty()).map(Piece::Line));
            }
        }
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
