//! The formats that other programs read are what those programs expect.

use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;

use jixiao::diagnostic::Language;
use jixiao::diagnostic::render::Style;
use jixiao::findings::Format;
use jixiao::workspace::{Analysis, Input, analyse};
use serde_json::Value;

const STYLE: Style = Style { language: Language::Chinese, colour: false, width: 100 };

/// Findings of every severity, in two files with names that have to be escaped, some with fixes, one excused, one without
/// a place.
fn sample() -> Analysis {
    let input = |path: &str, text: &str| Input { path: path.to_owned(), text: text.into() };
    let department = "部门 水务局 {\n  年度 2026\n  总体目标 \"管好河道，每年清淤。\"\n}\n";
    let project = "项目 河道清淤 {
  预算 20 万元
  目标 \"清淤: 100%, 不留死角。\"
  指标 数量 清淤长度 ≥ 10 公里
  指标 质量 断面恢复情况 定性 \"断面恢复情况\"  # 允许 JX061：旧表照搬 <照旧>
  指标 时效 工程款支付及时率 ≥ 100%
  指标 社会效益 提高防洪能力 定性 \"提高\"
  指标 满意度 沿河村民满意度 ≥ 900%
}
";
    analyse(vec![input("河 道/部门.jx", department), input("河 道/清淤, 一期.jx", project)], None)
}

fn written(format: Format, analysis: &Analysis, style: Style) -> String {
    let mut bytes = Vec::new();
    format.write(&mut &*analysis, style, &mut bytes).expect("memory");
    String::from_utf8(bytes).expect("a text")
}

fn json(format: Format) -> Value {
    serde_json::from_str(&written(format, &sample(), STYLE)).expect("JSON")
}

#[test]
fn the_sample_has_what_it_should() {
    let sample = sample();
    assert!(sample.has_errors() && sample.excused.len() == 1);
    assert!(sample.diagnostics.iter().any(|diagnostic| diagnostic.fix.is_some()));
}

/// The schema of SARIF comes with a crate that makes types of it; the crate is only there for this.
fn sarif_schema() -> Value {
    let metadata = crate::support::metadata();
    let packages = metadata["packages"].as_array().expect("packages");
    let package = packages.iter().find(|package| package["name"] == "serde-sarif").expect("the crate");
    let manifest = PathBuf::from(package["manifest_path"].as_str().expect("a path"));
    let schema = manifest.parent().expect("a folder").join("src/schema.json");
    serde_json::from_str(&std::fs::read_to_string(schema).expect("the schema")).expect("a schema")
}

#[test]
fn sarif_meets_its_schema() {
    let schema = jsonschema::validator_for(&sarif_schema()).expect("a schema");
    for analysis in [sample(), analyse(Vec::new(), None)] {
        let document: Value = serde_json::from_str(&written(Format::Sarif, &analysis, STYLE)).expect("JSON");
        let errors: Vec<String> =
            schema.iter_errors(&document).map(|error| format!("{} {error}", error.instance_path)).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    let mut wrong = json(Format::Sarif);
    wrong["runs"][0]["results"][0]["level"] = "grave".into();
    assert!(!schema.is_valid(&wrong), "the schema refuses nothing");
}

#[test]
fn sarif_names_rules_places_fixes_and_what_is_excused() {
    let document = json(Format::Sarif);
    let run = &document["runs"][0];
    let results = run["results"].as_array().expect("results");
    assert_eq!(results.len(), sample().diagnostics.len() + 1);
    for result in results {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
    }
    let excused = results.iter().find(|result| result["suppressions"].is_array()).expect("the excused one");
    assert_eq!(excused["suppressions"][0]["justification"], "旧表照搬 <照旧>");
    let uri = excused["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("an address");
    assert!(uri.starts_with("%E6%B2%B3%20%E9%81%93/") && uri.contains("%2C"), "{uri}");
    assert!(results.iter().any(|result| result["fixes"].is_array()));
    let states: Vec<&str> = run["properties"]["verdicts"]
        .as_array()
        .expect("verdicts")
        .iter()
        .filter_map(|one| one["state"].as_str())
        .collect();
    for state in ["found", "nothing_found", "not_enough_data", "off"] {
        assert!(states.contains(&state), "no rule is {state}");
    }
}

#[test]
fn junit_is_well_formed_and_fails_where_the_run_fails() {
    let text = written(Format::Junit, &sample(), STYLE);
    let mut reader = quick_xml::Reader::from_str(&text);
    let (mut cases, mut failures, mut skipped) = (0, 0, 0);
    loop {
        match reader.read_event().expect("well-formed XML") {
            quick_xml::events::Event::Start(tag) if tag.name().as_ref() == "testcase" => cases += 1,
            quick_xml::events::Event::Start(tag) if tag.name().as_ref() == "failure" => failures += 1,
            quick_xml::events::Event::Empty(tag) if tag.name().as_ref() == "skipped" => skipped += 1,
            quick_xml::events::Event::Eof => break,
            _ => {}
        }
    }
    assert!(text.contains(&format!("tests=\"{cases}\" failures=\"{failures}\" skipped=\"{skipped}\"")));
    let errors: std::collections::BTreeSet<_> =
        sample().diagnostics.iter().filter(|one| one.is_error()).map(|one| one.code).collect();
    assert_eq!(failures, errors.len());
    assert!(skipped > 0);
}

#[test]
fn a_spreadsheet_has_a_row_for_each_finding_and_each_silent_rule() {
    let text = written(Format::Csv, &sample(), STYLE);
    let body = text.strip_prefix('\u{feff}').expect("a mark that it is UTF-8");
    let mut reader = csv::Reader::from_reader(body.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("rows of one length");
    let sample = sample();
    let silent = sample.verdicts.iter().filter(|verdict| verdict.findings == 0).count();
    assert_eq!(rows.len(), sample.diagnostics.len() + sample.excused.len() + silent);
}

#[test]
fn annotations_are_one_line_each_and_escape_what_they_must() {
    let text = written(Format::Github, &sample(), STYLE);
    assert_eq!(text.lines().count(), sample().diagnostics.len());
    for line in text.lines() {
        let (head, _) = line[2..].split_once("::").expect("a command");
        let (kind, properties) = head.split_once(' ').expect("properties");
        assert!(["error", "warning", "notice"].contains(&kind), "{line}");
        for property in properties.split(',') {
            assert!(property.contains('=') && property.matches(':').count() == 0, "{property}");
        }
    }
    assert!(text.contains("河 道/清淤%2C 一期.jx"));
}

#[test]
fn code_quality_entries_have_names_of_their_own() {
    let document = json(Format::Gitlab);
    let entries = document.as_array().expect("entries");
    let names: std::collections::BTreeSet<&str> =
        entries.iter().map(|entry| entry["fingerprint"].as_str().expect("a name")).collect();
    assert_eq!(names.len(), entries.len());
    for entry in entries {
        assert!(["info", "minor", "major"].contains(&entry["severity"].as_str().expect("a severity")));
        assert!(entry["location"]["lines"]["begin"].as_u64().expect("a line") > 0);
    }
}

#[test]
fn the_web_page_asks_for_nothing_and_shows_every_finding() {
    let sample = sample();
    for language in [Language::Chinese, Language::English] {
        let page = written(Format::Html, &sample, Style { language, ..STYLE });
        assert!(!page.contains("http://") && !page.contains("https://") && !page.contains("<照旧>"));
        assert_eq!(page.matches("<pre>").count(), sample.diagnostics.len() + sample.excused.len());
    }
}

#[test]
fn every_format_is_the_same_from_run_to_run_and_stands_for_an_empty_workspace() {
    for format in Format::ALL {
        assert_eq!(written(*format, &sample(), STYLE), written(*format, &sample(), STYLE), "{}", format.id());
        written(*format, &analyse(Vec::new(), None), STYLE);
    }
}

/// Takes so many bytes, then nothing more; remembers the longest piece that it was given.
struct Disk {
    room: usize,
    longest: usize,
}

impl Write for Disk {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.longest = self.longest.max(piece.len());
        self.room = self.room.checked_sub(piece.len()).ok_or(ErrorKind::StorageFull)?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn every_format_is_written_in_pieces() {
    let project = |number: usize| {
        let name = format!("甲{number}");
        let text = format!("项目 {name} {{\n  预算 20 万元\n  目标 \"办。\"\n  指标 数量 次数 ≥ 900%\n}}\n");
        Input { path: format!("{name}.jx"), text: text.into() }
    };
    let analysis = analyse((0..300).map(project).collect(), None);
    for format in Format::ALL {
        let mut disk = Disk { room: usize::MAX, longest: 0 };
        format.write(&mut &analysis, STYLE, &mut disk).expect("room");
        let length = usize::MAX - disk.room;
        assert!(disk.longest <= 16 * 1024, "{}: {} of {length} bytes at once", format.id(), disk.longest);
        assert!(*format == Format::Grouped || length > 100_000, "{}: {length} bytes show nothing", format.id());
    }
}

#[test]
fn every_format_hands_on_why_it_cannot_be_written() {
    let sample = sample();
    for format in Format::ALL {
        let length = written(*format, &sample, STYLE).len();
        for room in [0, 1, length / 2, length - 1] {
            let error = format.write(&mut &sample, STYLE, &mut Disk { room, longest: 0 }).expect_err("no room");
            assert_eq!(error.kind(), ErrorKind::StorageFull, "{} after {room} bytes", format.id());
        }
    }
}
