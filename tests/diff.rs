//! What a comparison promises: nothing for what means the same, everything that changed, and the same read backwards.
//! `JIXIAO_CASES` sets how many pairs are generated.

mod support;

use std::collections::BTreeMap;

use jixiao::diagnostic::Language;
use jixiao::diff::{Change, Class, Comparison, Sense, Side, apply, compare, form};
use jixiao::format::{Options, format};
use jixiao::workspace::{Analysis, Input, analyse};
use support::offices::{self, Facts};
use support::revisions::revise;
use support::{Generator, examples};

fn cases() -> u64 {
    std::env::var("JIXIAO_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(300)
}

fn side(analysis: &Analysis) -> Side<'_> {
    Side { model: &analysis.model, sources: &analysis.sources }
}

fn between(old: &[Input], new: &[Input]) -> Comparison {
    compare(side(&analyse(old.to_vec(), None)), side(&analyse(new.to_vec(), None)))
}

fn one_file(text: &str) -> Vec<Input> {
    vec![Input { path: "例.jx".to_owned(), text: text.into() }]
}

fn classes(old: &str, new: &str) -> Vec<Class> {
    let (old, new) = (analyse(one_file(old), None), analyse(one_file(new), None));
    compare(side(&old), side(&new)).changes.iter().map(|change| change.class).collect()
}

fn told(changes: &[Change]) -> String {
    let side = |said: &Option<jixiao::diff::Said>| said.as_ref().map_or("—".to_owned(), |said| said.text.clone());
    changes
        .iter()
        .map(|change| {
            let (class, place) = (change.class.slug(), &change.subject.identity);
            format!("{class} {place}: {} → {}\n", side(&change.old), side(&change.new))
        })
        .collect()
}

/// The pairs of a run: an office, a revision of it, or another office.
fn pairs(mut check: impl FnMut(u64, &[Input], &[Input])) {
    for seed in 1..=cases() {
        let mut generator = Generator::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let old = offices::office(&mut generator, Facts::Every).files;
        let new = match generator.below(8) {
            0 => offices::office(&mut generator, Facts::Every).files,
            _ => revise(&mut generator, &old, 6),
        };
        check(seed, &old, &new);
    }
}

#[test]
fn the_same_is_no_change_in_any_layout_language_or_file() {
    for example in examples() {
        let respelt = |language| {
            let options = Options { keywords: Some(language), ..Options::default() };
            let rewrite = |file: &Input| Input { text: format(&file.text, &options).text.into(), ..file.clone() };
            example.files.iter().map(rewrite).collect::<Vec<_>>()
        };
        let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        let moved: Vec<Input> = example
            .files
            .iter()
            .rev()
            .enumerate()
            .map(|(index, file)| Input { path: format!("{}{index}.jx", folder(&file.path)), text: file.text.clone() })
            .collect();
        let inputs = [example.files.clone(), respelt(Language::Chinese), respelt(Language::English), moved];
        for other in inputs {
            let comparison = between(&example.files, &other);
            assert!(comparison.changes.is_empty(), "{}:\n{}", example.name, told(&comparison.changes));
        }
    }
    for seed in 1..=cases() / 3 {
        let mut generator = Generator::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let files = offices::office(&mut generator, Facts::Every).files;
        let options = Options { keywords: Some(Language::English), ..Options::default() };
        let rewrite = |file: &Input| Input { text: format(&file.text, &options).text.into(), ..file.clone() };
        let other: Vec<Input> = files.iter().map(rewrite).collect();
        let comparison = between(&files, &other);
        assert!(comparison.changes.is_empty(), "seed {seed}:\n{}", told(&comparison.changes));
    }
}

#[test]
fn changes_made_on_the_old_facts_give_the_new_ones_and_read_backwards_are_mirrored() {
    let mut seen: BTreeMap<Class, usize> = BTreeMap::new();
    pairs(|seed, old, new| {
        let (old, new) = (analyse(old.to_vec(), None), analyse(new.to_vec(), None));
        let (forth, back) = (compare(side(&old), side(&new)), compare(side(&new), side(&old)));
        let (before, after) = (form(side(&old)), form(side(&new)));
        let made = apply(&before, &forth.changes);
        if made != after {
            let missing: Vec<_> =
                after.facts.iter().filter(|(place, value)| made.facts.get(place) != Some(value)).collect();
            let surplus: Vec<_> =
                made.facts.iter().filter(|(place, value)| after.facts.get(place) != Some(value)).collect();
            panic!("seed {seed}: missing {missing:#?}\nsurplus {surplus:#?}\n{}", told(&forth.changes));
        }
        assert_eq!(forth.changes.is_empty(), before == after, "seed {seed}");
        let backwards = |comparison: &Comparison, is_mirrored: bool| {
            let mut all: Vec<_> = comparison
                .changes
                .iter()
                .map(|change| {
                    let text = |said: &Option<jixiao::diff::Said>| said.as_ref().map(|said| said.text.clone());
                    let sides = (text(&change.old), text(&change.new));
                    if is_mirrored {
                        (change.class.mirror(), sides.1, sides.0)
                    } else {
                        (change.class, sides.0, sides.1)
                    }
                })
                .collect();
            all.sort();
            all
        };
        let (one, other) = (backwards(&forth, false), backwards(&back, true));
        type Told = (Class, Option<String>, Option<String>);
        let only = |these: &[Told], those: &[Told]| {
            these.iter().filter(|one| !those.contains(one)).cloned().collect::<Vec<Told>>()
        };
        if one != other {
            let (forth_only, back_only) = (only(&one, &other), only(&other, &one));
            panic!("seed {seed}: forth {forth_only:#?}\nback {back_only:#?}\n{}", told(&forth.changes));
        }
        for change in &forth.changes {
            *seen.entry(change.class).or_default() += 1;
        }
    });
    eprintln!("{} classes: {seen:?}", seen.len());
}

#[test]
fn tighter_than_the_tighter_is_tighter() {
    let numbers = ["0", "1", "9", "9.5", "10", "11", "50", "90", "95", "99", "100"];
    let units = ["%", " 人", " 天", " 小时", " 元", " 万元", " 工作日", " ‰"];
    let mut generator = Generator::new(0x5EED_0001);
    let mut target = |unit: &str| {
        let mut number = || numbers[generator.below(numbers.len())];
        let (one, other) = (number(), number());
        let sign = ["≥ ", "≤ ", "> ", "< ", "= ", ""][generator.below(6)];
        match generator.below(8) {
            0 if one.parse::<u32>().ok() <= other.parse::<u32>().ok() => format!("{one} .. {other}{unit}"),
            1 => format!("≤ {}月底", 1 + generator.below(12)),
            2 => format!("{sign}2025-{:02}-{:02}", 1 + generator.below(12), 1 + generator.below(28)),
            3 => ["≤ 预算", "≤ 预算 × 95%", "≤ 预算 × 50%", "≥ 上年", "≥ 上年 + 2%"][generator.below(5)].to_owned(),
            4 => format!("定性 {} {{ 优 良 中 差 }}", ["优", "良", "中", "差"][generator.below(4)]),
            5 => format!("定性 \"{}\"", ["提高", "改善"][generator.below(2)]),
            _ => format!("{sign}{one}{unit}"),
        }
    };
    let office = |target: &str| {
        let text = format!("项目 甲 {{\n  预算 100 元\n  指标 数量 某事 {target} {{\n    上年 90%\n  }}\n}}\n");
        analyse(one_file(&text), None)
    };
    let sense = |one: &Analysis, other: &Analysis| {
        let changes = compare(side(one), side(other)).changes;
        let on_target = changes.iter().find(|change| change.subject.indicator.is_some());
        on_target.map(|change| change.class.sense())
    };
    for _ in 0..cases() {
        let unit = units[(cases() as usize + numbers.len()) % units.len()];
        let written = [target(unit), target("%"), target(unit)];
        let [one, two, three] = [0, 1, 2].map(|index| office(&written[index]));
        if (sense(&one, &two), sense(&two, &three)) == (Some(Sense::Tighter), Some(Sense::Tighter)) {
            assert_eq!(sense(&one, &three), Some(Sense::Tighter), "{written:?}");
        }
    }
}
