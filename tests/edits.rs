//! How large an edit is once the file is formatted, and that edits of two people meet in git without conflict.

use std::path::PathBuf;
use std::process::Command;

use jixiao::format::{Formatting, format};
use similar::{ChangeTag, TextDiff};

const HEAD: &str = "项目 防火宣传 {
  单位 1001
  预算 20 万元 {
    财政拨款 15 万元
    其他资金 5 万元
  }
  用途 \"印制材料，进村宣传。\"
  支出计划 {
    6月底 50%
    12月底 100%
  }
  目标 \"\"\"
    全年进村宣传六次以上。
    火灾明显减少。
    \"\"\"
";

/// Indicators with and without a block, one behind another.
const INDICATORS: [&str; 6] = [
    "  指标 数量 宣传场次 ≥ 6 次 {\n    描述 \"进村宣传的次数\"\n    依据 计划标准 \"年度工作计划\"\n  }",
    "  指标 质量 材料合格率 ≥ 95% {\n    描述 \"抽查合格的比例\"\n  }",
    "  指标 时效 完成时间 ≤ 10月底",
    "  指标 成本 总支出 ≤ 预算",
    "  指标 社会效益 火灾起数 ≤ 2 起 {\n    描述 \"全年火灾\"\n    来源 \"报表\"\n  }",
    "  指标 满意度 村民满意度 ≥ 90%",
];

fn formatted(text: &str) -> String {
    let result = format(text, &Formatting::default());
    assert!(!result.is_refused && !result.has_mistakes, "{text}");
    result.text
}

fn file(indicators: &[String]) -> String {
    let indicators: Vec<&String> = indicators.iter().filter(|one| !one.is_empty()).collect();
    formatted(&format!("{HEAD}{}}}\n", indicators.iter().flat_map(|one| ["\n", one, "\n"]).collect::<String>()))
}

fn indicators() -> Vec<String> {
    INDICATORS.map(str::to_owned).to_vec()
}

fn changed_lines(before: &str, after: &str) -> usize {
    let diff = TextDiff::from_lines(before, after);
    diff.iter_all_changes().filter(|change| change.tag() != ChangeTag::Equal).count()
}

#[test]
fn an_edit_changes_as_many_lines_as_it_has_facts() {
    let base = file(&indicators());
    let moved = "指标 时效 完成时间 ≤ 10月底";
    // What, the words, what a hurried hand puts for them, and the lines that may change.
    let edits = [
        ("retarget", "宣传场次 ≥ 6 次", "宣传场次＞＝８　次", 2),
        ("rename an indicator", "火灾起数", "\"火灾数\"", 2),
        ("another category", "指标 质量 材料", "指标：产出．质量 材料", 2),
        ("another unit", "≤ 2 起", "≤2件", 2),
        ("another budget", "预算 20 万元 {", "预算：２５万 元｛", 2),
        ("another fund amount", "财政拨款 15 万元", "财政拨款 １６万元", 2),
        ("a new fund line", "    其他资金", "上年结转资金：１ 万元\n    其他资金", 1),
        ("another share of the plan", "6月底 50%", "６月底　６０％", 2),
        ("another sentence", "火灾明显减少。", "火灾减少一半。", 2),
        ("one sentence more", "火灾明显减少。", "火灾明显减少。林区不冒烟。", 1),
        ("a field more", "    描述 \"全年火灾\"", "描述：“全年火灾”；权重 10", 1),
        ("a field less", "    来源 \"报表\"\n", "", 1),
        ("a reason to excuse", "  指标 成本 总支出", "＃ 允许 JX060：上级统一\n指标 成本 总支出", 1),
        ("a block for a line", "≥ 90%\n", "≥ 90% { 描述 \"问卷\" }\n", 4),
        ("an indicator more", moved, "指标 时效 完成时间 ≤ 10月底\n指标 时效 到位率 ≥ 99% { 描述 \"按期\" }", 4),
        ("an indicator less", "  指标 时效 完成时间 ≤ 10月底\n", "", 2),
        (
            "an indicator behind another",
            "  指标 时效 完成时间 ≤ 10月底\n\n  指标 成本 总支出 ≤ 预算\n",
            "指标 成本 总支出 ≤ 预算\n指标 时效 完成时间 ≤ 10月底\n",
            4,
        ),
    ];
    for (what, from, to, limit) in edits {
        assert_eq!(base.matches(from).count(), 1, "{what}");
        let edited = formatted(&base.replace(from, to));
        let lines = changed_lines(&base, &edited);
        assert!(0 < lines && lines <= limit, "{what}: {lines} lines\n{edited}");
    }
}

type Edit = (&'static str, fn(&str) -> String);

/// Edits of one indicator.
const EDITS: [Edit; 7] = [
    ("retarget", |one| one.replacen(['≥', '≤'], "= ", 1)),
    ("rename", |one| {
        one.replacen(" 宣", " 新宣", 1)
            .replacen("率", "比率", 1)
            .replacen("时间", "日期", 1)
            .replacen("支出", "费用", 1)
            .replacen("起数", "数", 1)
            .replacen("村民", "居民", 1)
    }),
    ("describe", |one| match one.split_once("描述 \"") {
        Some((before, after)) => format!("{before}描述 \"全部的{after}"),
        None => format!("{one} {{ 描述 \"说明\" }}"),
    }),
    ("add a field", |one| match one.strip_suffix('}') {
        Some(before) => format!("{before}计分 \"按比例\" }}"),
        None => format!("{one} {{ 计分 \"按比例\" }}"),
    }),
    ("drop the block", |one| match one.split_once('{') {
        Some((head, _)) => head.to_owned(),
        None => format!("{one} {{ 来源 \"台账\" }}"),
    }),
    ("comment", |one| format!("# 明年再议\n{one}")),
    ("remove", |_| String::new()),
];

fn merged(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("merge");
    std::fs::create_dir_all(&folder).expect("a folder");
    for (name, text) in [("base", base), ("ours", ours), ("theirs", theirs)] {
        std::fs::write(folder.join(name), text).expect("written");
    }
    let output = Command::new("git").current_dir(&folder).args(["merge-file", "-p", "ours", "base", "theirs"]).output();
    let output = output.expect("git runs");
    output.status.success().then(|| String::from_utf8(output.stdout).expect("text"))
}

/// Removing an indicator leaves no line between it and the next one, so a neighbour's edit may meet it: git asks then, and
/// that is right. All other edits of two indicators merge, neighbours or not, and the result is formatted.
#[test]
fn edits_of_two_indicators_merge_without_conflict() {
    let base = file(&indicators());
    let with = |edits: &[(usize, &Edit)]| {
        let mut all = indicators();
        for (index, (_, edit)) in edits {
            all[*index] = edit(&all[*index]);
        }
        file(&all)
    };
    for first in 0..INDICATORS.len() {
        for second in first + 1..INDICATORS.len() {
            for one in &EDITS {
                for other in &EDITS {
                    let removes = one.0 == "remove" || other.0 == "remove";
                    if removes && second - first < 2 {
                        continue;
                    }
                    let (ours, theirs) = (with(&[(first, one)]), with(&[(second, other)]));
                    assert!(ours != base && theirs != base, "{first} {} {second} {}", one.0, other.0);
                    let told = || format!("{} of {first} and {} of {second}\n{ours}\n{theirs}", one.0, other.0);
                    let merged = merged(&base, &ours, &theirs).unwrap_or_else(|| panic!("conflict: {}", told()));
                    assert_eq!(merged, with(&[(first, one), (second, other)]), "{}", told());
                }
            }
        }
    }
}
