//! Properties of every text: random edits never panic and keep within time, the two ways of reading agree, and what is
//! printed from a model reads back as the same model.

use std::time::{Duration, Instant};

use crate::support::{artifacts, examples};
use jixiao::diagnostic::Code;
use jixiao::diagnostic::Language;
use jixiao::source::Sources;
use jixiao::syntax;
use jixiao::workspace::{Analysis, Input, analyse};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

fn single_files() -> Vec<String> {
    examples().iter().flat_map(crate::support::Example::as_single_files).collect()
}

/// The same cases on every machine.
fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// Puts `insert` in the place of some characters.
fn edited(text: &str, place: usize, length: usize, insert: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    let start = place % (signs.len() + 1);
    let end = (start + length).min(signs.len());
    signs[..start].iter().collect::<String>() + insert + &signs[end..].iter().collect::<String>()
}

fn analyse_text(text: &str) -> Analysis {
    analyse(vec![Input { path: "case.jx".to_owned(), text: text.into() }], None)
}

fn edits() -> impl Strategy<Value = Vec<(usize, usize, usize, String)>> {
    let hostile = prop_oneof![
        Just(String::new()),
        prop::sample::select(vec![
            "{", "}", "\"", "“", "”", "\"\"\"", "#", "\n", "\r", "；", "项目 ", "标准 ", "指标 ", "≥", "..",
            "\u{FEFF}", "0", "%", "\\"
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
        ".{0,12}",
    ];
    prop::collection::vec((any::<usize>(), any::<usize>(), 0usize..40, hostile), 1..6)
}

#[test]
fn random_edits_never_panic_and_keep_within_time() {
    let files = single_files();
    let outcome = runner(400).run(&edits(), |edits| {
        let mut text = files[edits[0].0 % files.len()].clone();
        for (_, place, length, insert) in &edits {
            text = edited(&text, *place, *length, insert);
        }
        let started = Instant::now();
        let analysis = analyse_text(&text);
        for diagnostic in &analysis.diagnostics {
            for label in &diagnostic.labels {
                prop_assert!(analysis.sources.get(label.span.file).text.get(label.span.range()).is_some());
            }
            jixiao::diagnostic::render::one_line(diagnostic, &analysis.sources, Language::Chinese);
        }
        prop_assert!(started.elapsed() < Duration::from_secs(5), "slow: {:?}", started.elapsed());
        Ok(())
    });
    outcome.unwrap();
}

/// A file in which the parser finds nothing wrong is a file of the grammar, and the other way round.
#[test]
fn reading_declaration_by_declaration_agrees_with_the_grammar_of_the_whole_file() {
    let files = single_files();
    for text in &files {
        assert!(syntax::grammar_accepts(text));
    }
    let outcome = runner(600).run(&edits(), |edits| {
        let mut text = files[edits[0].0 % files.len()].clone();
        for (_, place, length, insert) in &edits {
            text = edited(&text, *place, (*length).min(2), insert);
        }
        let mut sources = Sources::default();
        let file = sources.add("case.jx", text.clone());
        let (_, found) = syntax::parse(file, &text);
        // A statement in the wrong block may be told by its block, which knows its standard.
        let is_misplaced = || analyse_text(&text).diagnostics.iter().any(|one| one.code == Code::JX301);
        if found.is_empty() && !is_misplaced() {
            prop_assert!(syntax::grammar_accepts(&text), "no error, but not in the grammar:\n{text}");
        }
        Ok(())
    });
    outcome.unwrap();
}

#[test]
fn a_printed_model_reads_back_as_the_same_model() {
    let json = |analysis: &Analysis| artifacts(&analysis.model, "json").remove(0).bytes;
    for example in examples() {
        let first = example.analyse();
        assert!(!first.has_errors(), "{}", example.name);
        let mut files: Vec<Input> = artifacts(&first.model, "jx")
            .into_iter()
            .map(|artifact| Input {
                path: artifact.path.display().to_string(),
                text: String::from_utf8(artifact.bytes).expect("text").into(),
            })
            .collect();
        // Standards are not part of what is printed.
        files.extend(example.files.iter().filter(|file| file.path == "标准.jx").cloned());
        for file in &files {
            assert!(syntax::grammar_accepts(&file.text), "{}:\n{}", file.path, file.text);
        }
        let second = analyse(files, example.settings.clone());
        let (first, second) = (json(&first), json(&second));
        assert_eq!(String::from_utf8_lossy(&first), String::from_utf8_lossy(&second), "{}", example.name);
    }
}

#[test]
fn full_width_spellings_and_english_keywords_mean_the_same() {
    let chinese = "项目 X001 甲 {\n  预算 1200.50 元 {\n    财政拨款 1200.50 元\n  }\n  目标 \"办好。\"\n  指标 数量 次数目标 ≥ 90% {\n    描述 \"说明\"\n  }\n}\n";
    let wide = "项目　X001　甲　｛\n　　预算：１，２００．５０　元　｛\n　　　　财政拨款：１２００．５０元\n　　｝\n　　目标：“办好。”\n　　指标　数量　次数目标＞＝９０％｛\n　　　　描述：“说明”\n　　｝\n｝\n";
    let english = "project X001 甲 {\n  budget 1200.50 元 {\n    财政拨款 1200.50 元\n  }\n  goal \"办好。\"\n  indicator 数量 次数目标 >= 90% {\n    description \"说明\"\n  }\n}\n";
    let printed = |text: &str| {
        let analysis = analyse_text(text);
        let found: Vec<String> = analysis
            .diagnostics
            .iter()
            .filter(|one| one.code.id() >= "JX200")
            .map(|one| one.message.in_language(Language::English).into_owned())
            .collect();
        assert!(found.is_empty(), "{found:?}");
        String::from_utf8(artifacts(&analysis.model, "jx").remove(0).bytes).expect("text")
    };
    assert_eq!(printed(chinese), printed(wide));
    assert_eq!(printed(chinese), printed(english));
}

/// A name with a point or a sign that is no letter of the grammar stands in quotes, alone and in a path.
#[test]
fn names_that_need_quotes_are_read_and_printed() {
    let text = "部门 1 甲局 {\n  年度 2025\n  分项目标 \"办好。\" {\n    指标 \"甲.乙项目\".\"面积m²\"\n  }\n}\n项目 \"甲.乙项目\" {\n  预算 1 元\n  目标 \"办好。\"\n  指标 数量 \"面积m²\" ≥ 1 次\n  指标 社会效益 \"起数Ⅳ\" ≤ 2 起\n  指标 满意度 满意 ≥ 90%\n}\n";
    let first = analyse_text(text);
    assert!(!first.has_errors(), "{:?}", first.diagnostics);
    let files: Vec<String> = artifacts(&first.model, "jx")
        .into_iter()
        .map(|artifact| String::from_utf8(artifact.bytes).expect("text"))
        .collect();
    let second = analyse_text(&files.concat());
    assert!(!second.has_errors(), "{files:?}: {:?}", second.diagnostics);
    assert!(files.concat().contains("\"甲.乙项目\".\"面积m²\""), "{files:?}");
}
