//! A session finds after every edit what a fresh check of the same texts finds.

use std::fmt::Write;
use std::sync::Arc;

use crate::support::{Example, Generator, examples, typing};
use jixiao::control::Wishes;
use jixiao::workspace::{Analysis, Input, Session, analyse};

/// Edits a workspace so many times, and compares after every one.
fn compare(example: &Example, seed: u64, edits: usize) {
    let mut random = Generator::new(seed);
    let mut files = example.files.clone();
    let mut session = Session::new(files.clone(), example.settings.clone(), Wishes::default());
    same(&session, &files, example, "at first");
    for number in 0..edits {
        // Mostly one file at a time, and the same one for a while.
        let count = if random.below(10) == 0 { 2 } else { 1 };
        let mut texts = Vec::new();
        let mut told = String::new();
        for _ in 0..count {
            let index = if random.below(4) == 0 { random.below(files.len()) } else { number / 7 % files.len() };
            let (bytes, text) = typing::edit(&mut random, &files[index].text, &example.files[index].text);
            let _ = writeln!(told, "{number}: {} {bytes:?} {text:?}", files[index].path);
            let old = &files[index].text;
            files[index].text = [&old[..bytes.start], &text, &old[bytes.end..]].concat().into();
            texts.push((session.file(&files[index].path).expect("a file"), files[index].text.clone()));
        }
        session.update(texts);
        same(&session, &files, example, &told);
    }
}

fn same(session: &Session, files: &[Input], example: &Example, told: &str) {
    let fresh = analyse(files.to_vec(), example.settings.clone());
    let parts = |analysis: &Analysis| {
        let list = |items: Vec<String>| items.join("\n");
        [
            list(analysis.diagnostics.iter().map(|one| format!("{one:?}")).collect()),
            list(analysis.excused.iter().map(|one| format!("{one:?}")).collect()),
            list(analysis.verdicts.iter().map(|one| format!("{one:?}")).collect()),
            list(analysis.model.departments.iter().map(|one| format!("{one:?}")).collect()),
            list(analysis.model.projects.iter().map(|one| format!("{one:?}")).collect()),
            list(analysis.sources.iter().map(|(_, one)| format!("{} {:?}", one.text, one.lines())).collect()),
        ]
    };
    for (ours, expected) in parts(session.analysis()).iter().zip(&parts(&fresh)) {
        if ours == expected {
            continue;
        }
        let differing = ours.lines().zip(expected.lines()).find(|(one, other)| one != other);
        panic!(
            "{} after {told}: {} and {} lines; {differing:#?}",
            example.name,
            ours.lines().count(),
            expected.lines().count()
        );
    }
    // What is kept shares the text of now, so that no old one stays in memory.
    for project in &session.analysis().model.projects {
        let source: &Arc<str> = &session.analysis().sources.get(project.span.file).text;
        for (words, _) in
            project.all_words().filter(|(words, span)| !words.is_empty() && ***words == source[span.range()])
        {
            assert!(words.start_in(source).is_some(), "{} after {told}: {words}", example.name);
        }
    }
}

fn cases() -> usize {
    std::env::var("JIXIAO_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(500)
}

#[test]
fn after_any_edit_a_session_finds_what_a_fresh_check_finds() {
    let examples = examples();
    let each = cases() / examples.len();
    for (number, example) in examples.iter().enumerate() {
        compare(example, 0x5EED + number as u64, each);
    }
}

#[test]
fn a_file_that_holds_a_whole_department_is_read_by_pieces() {
    for (number, example) in examples().iter().enumerate() {
        for (part, text) in example.as_single_files().into_iter().enumerate() {
            let input = Input { path: "全部.jx".to_owned(), text: text.into() };
            let name = format!("{} {part}", example.name);
            let example = Example { name, files: vec![input], settings: None };
            compare(&example, 0xF11E + (number * 10 + part) as u64, cases() / 12);
        }
    }
}

#[test]
fn files_that_are_read_again_are_checked_as_far_as_they_changed() {
    for example in examples() {
        let mut files = example.files.clone();
        let mut session = Session::new(files.clone(), example.settings.clone(), Wishes::default());
        for file in &mut files {
            file.text = file.text.replacen("指标", "指标 ", 1).replace("≥ 9", "≥ 8").into();
        }
        assert!(session.reread(&files, example.settings.as_ref()));
        same(&session, &files, &example, "other texts");
        assert!(!session.reread(&files[1..], example.settings.as_ref()) && !session.reread(&files, Some(&files[0])));
        files[0].path.insert(0, '又');
        assert!(!session.reread(&files, example.settings.as_ref()), "{}: another file", example.name);
    }
}
