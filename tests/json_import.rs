//! `targets.json` comes back as the same facts, and what is not of the format is told with its path.

use crate::support::offices::{Facts, office};
use crate::support::{Generator, artifacts as render, examples};
use jixiao::backend::Artifact;
use jixiao::diagnostic::{Code, Diagnostic, Language};
use jixiao::import::json;
use jixiao::model::Model;
use jixiao::workspace::{self, Analysis, Input, analyse};

fn texts(model: &Model) -> Vec<(String, String)> {
    let text =
        |artifact: Artifact| (artifact.path.display().to_string(), String::from_utf8(artifact.bytes).expect("text"));
    render(model, "jx").into_iter().map(text).collect()
}

/// Through JSON and back, without a difference in the source text and in the JSON.
fn comes_back(name: &str, analysis: &Analysis, files: &[Input]) {
    let library = workspace::library(files.to_vec());
    let written = render(&analysis.model, "json").remove(0).bytes;
    let model = json::read("targets.json", &written, &library).unwrap_or_else(|problem| {
        panic!("{name}: {}\n{:?}", problem.message.in_language(Language::English), problem.help)
    });
    assert_eq!(texts(&analysis.model), texts(&model), "{name}");
    let again = render(&model, "json").remove(0).bytes;
    assert_eq!(String::from_utf8_lossy(&written), String::from_utf8_lossy(&again), "{name}");
}

#[test]
fn every_example_comes_back() {
    for example in examples() {
        comes_back(&example.name, &example.analyse(), &example.files);
    }
}

#[test]
fn generated_offices_have_no_errors_and_come_back() {
    let mut standards = std::collections::BTreeMap::new();
    for seed in 1..=240 {
        let facts = if seed % 3 == 0 { Facts::Printed } else { Facts::Every };
        let office = office(&mut Generator::new(seed * 7919), facts);
        *standards.entry(office.standard.clone()).or_insert(0) += 1;
        let analysis = analyse(office.files.clone(), None);
        let errors: Vec<&Diagnostic> = analysis.diagnostics.iter().filter(|one| one.is_error()).collect();
        let shown: Vec<String> = errors
            .iter()
            .map(|one| {
                let line = one.span().map(|span| analysis.sources.get(span.file).line_text(span.start).to_owned());
                format!("{} {} {}", one.code.id(), one.message.in_language(Language::English), line.unwrap_or_default())
            })
            .collect();
        assert!(errors.is_empty(), "seed {seed} under {}: {shown:#?}", office.standard);
        comes_back(&format!("seed {seed}"), &analysis, &office.files);
        let written = texts(&analysis.model).into_iter();
        let mut files: Vec<Input> = written.map(|(path, text)| Input { path, text: text.into() }).collect();
        files.extend(office.files.into_iter().filter(|file| file.path == "标准.jx"));
        let again = analyse(files, None);
        let json = |model: &Model| String::from_utf8(render(model, "json").remove(0).bytes).expect("text");
        assert_eq!(json(&analysis.model), json(&again.model), "seed {seed}: source text");
    }
    assert!(standards.len() >= 5, "{standards:?}");
}

/// The findings of a changed document.
fn told(change: impl FnOnce(&mut serde_json::Value)) -> Diagnostic {
    let example = &examples()[0];
    let written = render(&example.analyse().model, "json").remove(0).bytes;
    let mut document = serde_json::from_slice(&written).expect("JSON");
    change(&mut document);
    let library = workspace::library(example.files.clone());
    let read = json::read("targets.json", document.to_string().as_bytes(), &library);
    read.expect_err("an error")
}

#[test]
fn what_is_not_of_the_format_is_told_with_its_path() {
    let says = |problem: &Diagnostic, code: Code, words: &[&str]| {
        assert_eq!(problem.code, code, "{}", problem.message.in_language(Language::English));
        for word in words {
            assert!(
                problem.message.in_language(Language::Chinese).contains(word),
                "{} lacks {word}",
                problem.message.in_language(Language::Chinese)
            );
            assert!(
                problem.message.in_language(Language::English).contains(word),
                "{} lacks {word}",
                problem.message.in_language(Language::English)
            );
        }
    };
    let problem = told(|document| document["departments"][0]["projects"][2]["budgt"] = "1".into());
    says(&problem, Code::JX602, &["`departments[0].projects[2].budgt`", "`targets.json`"]);
    assert!(problem.help.as_ref().expect("help").in_language(Language::English).contains("`budget`"));
    let problem = told(|document| document["departments"][0]["standard"]["name"] = "河北2026".into());
    says(&problem, Code::JX303, &["`departments[0].standard.name`", "`河北2026`"]);
    let problem = told(|document| document["schema_version"] = 7.into());
    says(&problem, Code::JX602, &["`schema_version`", "7", "2"]);
    let target = "`departments[0].projects[0].indicators[0].target";
    let first = |document: &mut serde_json::Value, key: &str, value: serde_json::Value| {
        document["departments"][0]["projects"][0]["indicators"][0]["target"]["quantity"][key] = value;
    };
    says(&told(|document| first(document, "value", 10.into())), Code::JX602, &[target, "quantity.value`"]);
    says(&told(|document| first(document, "value", "1e3".into())), Code::JX602, &[target, "1e3"]);
    says(&told(|document| first(document, "unit", "光年".into())), Code::JX304, &[target, "光年"]);
    says(&told(|document| first(document, "value", 1.5.into())), Code::JX602, &["12.40"]);
    let problem = told(|document| document["departments"][0]["sub_goals"][0]["indicators"][0]["id"] = "p1-i1".into());
    says(&problem, Code::JX100, &["`departments[0].sub_goals[0].indicators[0]`"]);
    let problem = told(|document| document["departments"][0]["code"] = "434 }\n项目 甲".into());
    says(&problem, Code::JX602, &["`departments[0].code`"]);
}

#[test]
fn no_bytes_make_it_panic() {
    let library = workspace::library(Vec::new());
    let deep = "[".repeat(100_000);
    let repeated = r#"{"schema_version":1,"schema_version":1,"departments":[]}"#;
    for bytes in [&b""[..], b"{", b"\xFF\xFE", b"null", b"[]", b"{}", deep.as_bytes(), repeated.as_bytes()] {
        assert!(json::read("x.json", bytes, &library).is_err());
    }
    let example = &examples()[0];
    let written = render(&example.analyse().model, "json").remove(0).bytes;
    let mut generator = Generator::new(5);
    for _ in 0..300 {
        let mut bytes = written[..generator.below(written.len())].to_vec();
        if let Some(place) = (!bytes.is_empty()).then(|| generator.below(bytes.len())) {
            bytes[place] = generator.below(256) as u8;
        }
        let _ = json::read("x.json", &bytes, &library);
    }
}
