//! The laws of the three-way merge, on generated offices and seeded edits, and beside git's own merge of lines.
//!
//! `JIXIAO_CASES=10000 cargo test --release --test merge -- --nocapture` compares more triples and prints the counts.

mod support;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use jixiao::diagnostic::Code;
use jixiao::format::{Options, format};
use jixiao::merge::{Markers, Merged, merge};
use jixiao::source::Sources;
use jixiao::syntax;
use support::Generator;
use support::triples::{Triple, triple};

fn cases() -> usize {
    std::env::var("JIXIAO_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(300)
}

fn merged(base: &str, ours: &str, theirs: &str) -> Merged {
    merge(base, ours, theirs, &Markers::default())
}

fn mistakes(text: &str) -> Vec<Code> {
    let file = Sources::default().add("", "");
    syntax::parse(file, text).1.iter().map(|one| one.code).collect()
}

fn told(triple: &Triple, merged: &Merged) -> String {
    format!(
        "{}\n--- base\n{}\n--- ours\n{}\n--- theirs\n{}\n--- merged\n{}",
        triple.what, triple.base, triple.ours, triple.theirs, merged.text
    )
}

#[test]
fn a_side_that_changed_nothing_takes_the_other() {
    let mut generator = Generator::new(11);
    for _ in 0..cases() {
        let Triple { base, ours, .. } = triple(&mut generator, false);
        for (one, other) in [(&ours, &base), (&base, &ours), (&ours, &ours)] {
            let merged = merged(&base, one, other);
            assert_eq!(merged, Merged { text: ours.clone(), conflicts: Vec::new() });
        }
    }
}

#[test]
fn edits_of_different_facts_never_conflict_and_both_are_made() {
    let mut generator = Generator::new(12);
    for _ in 0..cases() {
        let triple = triple(&mut generator, true);
        let Some(both) = &triple.both else { continue };
        let merged = merged(&triple.base, &triple.ours, &triple.theirs);
        assert!(merged.conflicts.is_empty(), "{:?}\n{}", merged.conflicts, told(&triple, &merged));
        assert_eq!(&merged.text, both, "{}", told(&triple, &merged));
    }
}

#[test]
fn nothing_of_either_side_is_lost_and_what_is_clean_is_sound_and_commutes() {
    let mut generator = Generator::new(13);
    for _ in 0..cases() {
        let triple = triple(&mut generator, false);
        let merged = merged(&triple.base, &triple.ours, &triple.theirs);
        for mark in &triple.marks {
            assert!(merged.text.contains(mark), "{mark} is lost: {}", told(&triple, &merged));
        }
        let wanted = vec![Code::JX213; merged.conflicts.len()];
        assert_eq!(mistakes(&merged.text), wanted, "{}", told(&triple, &merged));
        let other = self::merged(&triple.base, &triple.theirs, &triple.ours);
        assert_eq!(merged.conflicts.len(), other.conflicts.len(), "{}", told(&triple, &merged));
        if merged.conflicts.is_empty() && triple.adds_apart {
            assert_eq!(merged.text, other.text, "{}", told(&triple, &merged));
        }
        assert_eq!(format(&merged.text, &Options::default()).is_refused, false, "{}", told(&triple, &merged));
    }
}

#[test]
fn what_git_merges_is_merged_and_most_of_what_it_does_not() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("merge-triples");
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut generator = Generator::new(14);
    let mut counts: BTreeMap<(bool, bool), usize> = BTreeMap::new();
    let mut only_ours = Vec::new();
    for _ in 0..cases() {
        let triple = triple(&mut generator, false);
        for (name, text) in [("base", &triple.base), ("ours", &triple.ours), ("theirs", &triple.theirs)] {
            std::fs::write(folder.join(name), text).expect("written");
        }
        let mut git = Command::new("git");
        git.current_dir(&folder).args(["merge-file", "-p", "ours", "base", "theirs"]);
        let is_clean = git.output().expect("git runs").status.success();
        let merged = merged(&triple.base, &triple.ours, &triple.theirs);
        *counts.entry((is_clean, merged.conflicts.is_empty())).or_default() += 1;
        if is_clean && !merged.conflicts.is_empty() {
            only_ours.push(told(&triple, &merged));
        }
    }
    let count = |git, ours| counts.get(&(git, ours)).copied().unwrap_or(0);
    println!(
        "{} triples: both merge {}, both conflict {}, only git conflicts {}, only we conflict {}",
        cases(),
        count(true, true),
        count(false, false),
        count(false, true),
        count(true, false)
    );
    assert!(count(false, true) * 4 > count(false, false), "{counts:?}");
    assert_eq!(only_ours.len(), 0, "{}", only_ours[0]);
}
