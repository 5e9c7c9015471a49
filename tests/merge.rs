//! The laws of the three-way merge, on generated offices and seeded edits, and beside git's own merge of lines.
//!
//! `JIXIAO_CASES=10000 cargo test --release --test suites -- merge:: --nocapture` compares more triples and prints the counts.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::support::Generator;
use crate::support::triples::{Triple, triple};
use jixiao::diagnostic::Code;
use jixiao::format::{Formatting, format};
use jixiao::merge::{Markers, Merged, merge};
use jixiao::source::Sources;
use jixiao::syntax;

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
        assert!(!format(&merged.text, &Formatting::default()).is_refused, "{}", told(&triple, &merged));
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

const BASE: &str = "项目 防火宣传 {
  单位 1001
  预算 20 万元 {
    财政拨款 15 万元
    其他资金 5 万元
  }
  目标 \"\"\"
    全年进村宣传六次以上。
    火灾明显减少。
    \"\"\"

  指标 数量 宣传场次 ≥ 6 次 {
    描述 \"进村宣传的次数\"
    依据 计划标准 \"年度工作计划\"
  }

  # 上级考核
  指标 质量 材料合格率 ≥ 95%

  指标 满意度 村民满意度 ≥ 90%
}
";

/// Both sides replace one piece of the base.
fn edited(ours: (&str, &str), theirs: (&str, &str)) -> Merged {
    let side = |(from, to): (&str, &str)| {
        assert_eq!(BASE.matches(from).count(), 1, "{from}");
        BASE.replace(from, to)
    };
    merged(BASE, &side(ours), &side(theirs))
}

#[test]
fn facts_on_one_line_are_merged_one_by_one() {
    let cases = [
        (("宣传场次", "进村宣传场次"), ("≥ 6 次", "≥ 8 次"), "指标 数量 进村宣传场次 ≥ 8 次 {"),
        (("指标 数量 宣传", "指标 质量 宣传"), ("≥ 6 次", "≥ 8 次"), "指标 质量 宣传场次 ≥ 8 次 {"),
        (("计划标准 ", "历史标准 "), ("年度工作计划", "县里的计划"), "依据 历史标准 \"县里的计划\""),
        (("财政拨款 15", "财政拨款 16"), ("其他资金 5", "其他资金 4"), "财政拨款 16 万元\n    其他资金 4 万元"),
        (("宣传六次以上", "宣传八次以上"), ("火灾明显减少", "火灾减少一半"), "宣传八次以上。\n    火灾减少一半。"),
        (("≥ 95%\n", "＞＝９５％\n"), ("≥ 95%", "≥ 98%"), "指标 质量 材料合格率 ≥ 98%"),
        (("# 上级考核", "# 上级考核项"), ("≥ 95%", "≥ 98%"), "# 上级考核项\n  指标 质量 材料合格率 ≥ 98%"),
        (("≥ 95%\n", "≥ 95% {\n    来源 \"台账\"\n  }\n"), ("≥ 95%", "≥ 98%"), "材料合格率 ≥ 98% {\n    来源 \"台账\""),
        (("项目 防火", "项目 12 防火"), ("项目 防火宣传", "项目 防火宣传（二期）"), "项目 12 防火宣传（二期） {"),
    ];
    for (ours, theirs, wanted) in cases {
        for merged in [edited(ours, theirs), edited(theirs, ours)] {
            assert_eq!(merged.conflicts, Vec::<String>::new(), "{}", merged.text);
            assert!(merged.text.contains(wanted), "{wanted}: {}", merged.text);
        }
    }
}

#[test]
fn a_true_conflict_names_the_indicator_and_shows_both() {
    let merged = edited(("≥ 6 次", "≥ 8 次"), ("≥ 6 次", "≥ 10 次"));
    assert_eq!(merged.conflicts, ["防火宣传.宣传场次 指标值"]);
    let wanted = "
<<<<<<< ours 防火宣传.宣传场次 指标值
  指标 数量 宣传场次 ≥ 8 次 {
=======
  指标 数量 宣传场次 ≥ 10 次 {
>>>>>>> theirs 防火宣传.宣传场次 指标值
    描述 \"进村宣传的次数\"
";
    assert!(merged.text.contains(wanted), "{}", merged.text);
    assert_eq!(mistakes(&merged.text), [Code::JX213]);
    let shown = crate::support::check(&merged.text);
    let conflicts: Vec<_> = shown.iter().filter(|(_, message)| message.starts_with("JX213")).collect();
    assert_eq!(conflicts.len(), 1, "{shown:?}");
    assert!(conflicts[0].1.contains("防火宣传.宣传场次"), "{shown:?}");
    let formatted = format(&merged.text.replace("描述 \"进村", "描述：\"进村"), &Formatting::default());
    assert_eq!(formatted.text, merged.text);
}

#[test]
fn edited_against_removed_is_a_conflict_and_so_is_one_field_twice() {
    let indicator = "  # 上级考核\n  指标 质量 材料合格率 ≥ 95%\n\n";
    let one = edited((indicator, ""), ("≥ 95%", "≥ 98%"));
    assert_eq!(one.conflicts, ["防火宣传.材料合格率"]);
    assert!(one.text.contains("=======\n  指标 质量 材料合格率 ≥ 98%\n>>>>>>> theirs"), "{}", one.text);
    let two = edited(("进村宣传的次数", "进村的次数"), ("进村宣传的次数", "宣传次数"));
    assert_eq!(two.conflicts, ["防火宣传.宣传场次 描述"]);
    for merged in [one, two] {
        assert_eq!(mistakes(&merged.text), [Code::JX213], "{}", merged.text);
        assert_eq!(format(&merged.text, &Formatting::default()).text, merged.text);
    }
}

#[test]
fn a_side_that_was_reformatted_or_put_in_another_order_takes_the_others_edits() {
    let untidy = BASE
        .replace("    描述", "\t描述：")
        .replace("预算 20 万元 {", "预算：２０ 万元｛")
        .replace("\n\n  指标", "\n  指标");
    let merged_untidy = merged(&untidy, BASE, &untidy.replace("≥ 6 次", "≥ 8 次"));
    assert_eq!(merged_untidy.text, BASE.replace("≥ 6 次", "≥ 8 次"));
    let (first, second) = ("  指标 满意度 村民满意度 ≥ 90%\n", "  # 上级考核\n  指标 质量 材料合格率 ≥ 95%\n");
    let moved = BASE.replace(&format!("{second}\n{first}"), &format!("{first}\n{second}"));
    let edited = BASE.replace("≥ 95%", "≥ 98%").replace("≥ 90%", "≥ 92%");
    let wanted = moved.replace("≥ 95%", "≥ 98%").replace("≥ 90%", "≥ 92%");
    assert_eq!(merged(BASE, &moved, &edited).text, wanted);
    assert_eq!(merged(BASE, &edited, &moved).text, wanted);
}

#[test]
fn what_has_mistakes_is_merged_by_lines_and_the_rest_by_facts() {
    let other = "\n项目 扫雪 {\n  预算 3 万元\n  目标 “扫雪\"\n  指标 数量 次数 ≥ 3 次\n}\n";
    let base = format!("{BASE}{other}");
    let ours = base.replace("宣传场次", "进村宣传场次").replace("预算 3", "预算 4");
    let theirs = base.replace("≥ 6 次", "≥ 8 次").replace("≥ 3 次", "≥ 5 次");
    let merged = merged(&base, &ours, &theirs);
    assert_eq!(merged.conflicts, Vec::<String>::new(), "{}", merged.text);
    assert!(merged.text.contains("进村宣传场次 ≥ 8 次 {"), "{}", merged.text);
    assert!(merged.text.contains("预算 4 万元\n  目标 “扫雪\"\n  指标 数量 次数 ≥ 5 次"), "{}", merged.text);
}

#[test]
fn line_ends_and_byte_order_marks_are_those_of_ours() {
    let windows = |text: &str| format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
    let ours = windows(&BASE.replace("宣传场次", "进村宣传场次"));
    let theirs = BASE.replace("≥ 6 次", "≥ 8 次");
    let wanted = windows(&BASE.replace("宣传场次 ≥ 6 次", "进村宣传场次 ≥ 8 次"));
    assert_eq!(merged(&windows(BASE), &ours, &theirs).text, wanted);
}

#[test]
fn any_bytes_are_merged_without_a_panic() {
    let mut generator = Generator::new(15);
    let pieces = [
        "项目 甲 {\n",
        "}\n",
        "  指标 数量 乙 ≥ 1 次\n",
        "<<<<<<< a\n",
        "=======\n",
        ">>>>>>> b\n",
        "\"\"\"\n",
        "#\n",
        "；",
        " {",
        "\r\n",
        "\u{FEFF}",
        "部门 乙 {\n",
        "  目标 \"丙。丁。\"\n",
    ];
    let mut text = || (0..generator.below(12)).map(|_| pieces[generator.below(pieces.len())]).collect::<String>();
    for _ in 0..2_000 {
        let (base, ours, theirs) = (text(), text(), text());
        let merged = merged(&base, &ours, &theirs);
        let again = format(&merged.text, &Formatting::default());
        assert!(!again.is_refused, "{}", merged.text);
    }
}
