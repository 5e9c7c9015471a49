//! Declarations of the year that a command writes: reports to be filled in, adjustments with what was and what becomes.

use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

use jixiao::workspace::{Input, analyse};

const OFFICE: &str = r#"部门 434 示例县人民政府办公室 {
  年度 2025
  标准 河北2025
  单位 434001 办公室本级
  单位 434002 政务服务中心
}

项目 政府业务费 {
  单位 434001
  预算 200000.00 元 {
    财政资金 200000.00 元
    其他资金
  }
  指标 质量 会议服务保障率 ≥ 90% {
    权重 20
  }
  指标 数量 办件 ≥ 60 份
}

项目 热线外包服务 {
  单位 434002
  预算 63 万元 {
    财政资金 50 万元
    其他资金 13 万元
  }
  指标 数量 受理工单 ≥ 12000 件
  指标 满意度 "群众满意度" ≥ 90%
}
"#;

fn office() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("部门.jx"), OFFICE).expect("written");
    folder
}

fn jixiao(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::cargo_bin("jixiao").expect("the program");
    command.current_dir(folder).args(["--lang", "zh"]).args(arguments).output().expect("it runs")
}

fn adjust(folder: &Path, document: &str, date: &str, changes: &[&str]) -> Output {
    let said = ["adjust", "--document", document, "--date", date, "--reason", "合同变更。"];
    jixiao(folder, &[&said, changes].concat())
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn file(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn a_checkpoint_has_a_line_for_all_that_is_due_and_none_twice() {
    let folder = office();
    let folder = folder.path();
    let first = jixiao(folder, &["monitor", "--new", "6月底"]);
    assert!(first.status.success(), "{}", told(&first));
    let lines = "监控 6月底 {\n  执行 政府业务费 待填\n  执行 热线外包服务 待填\n  完成 政府业务费.会议服务保障率 待填\n  \
                 完成 政府业务费.办件 待填\n  完成 热线外包服务.受理工单 待填\n  完成 热线外包服务.群众满意度 待填\n}\n";
    assert_eq!(file(folder, "监控/06月底.jx"), lines);
    assert!(told(&first).contains("有 6 行待填"), "{}", told(&first));
    let again = jixiao(folder, &["monitor", "--new", "2025-06-30"]);
    assert!(again.status.success() && told(&again).contains("没有要填的了"), "{}", told(&again));
    // What is missing is added where somebody says.
    std::fs::write(folder.join("监控/06月底.jx"), lines.replace("  完成 政府业务费.办件 待填\n", "")).expect("written");
    let refused = jixiao(folder, &["monitor", "--new", "6月底"]);
    assert_eq!(refused.status.code(), Some(2), "the file is there");
    let rest = jixiao(folder, &["monitor", "--new", "6月底", "-o", "-"]);
    assert_eq!(String::from_utf8_lossy(&rest.stdout), "监控 6月底 {\n  完成 政府业务费.办件 待填\n}\n");
}

#[test]
fn each_unit_gets_its_own_file_and_what_was_adjusted_counts() {
    let folder = office();
    let folder = folder.path();
    let changes = ["政府业务费.培训", "增加指标 数量 ≥ 2 场", "办件", "撤销指标 并入年度统计。"];
    let adjusted = adjust(folder, "示财预〔2025〕41号", "2025-05-10", &changes);
    assert!(adjusted.status.success(), "{}", told(&adjusted));
    let run = jixiao(folder, &["monitor", "--new", "6月底", "--by-unit"]);
    assert!(run.status.success(), "{}", told(&run));
    let own =
        "监控 6月底 {\n  执行 政府业务费 待填\n  完成 政府业务费.会议服务保障率 待填\n  完成 政府业务费.培训 待填\n}\n";
    assert_eq!(file(folder, "监控/06月底/434001-办公室本级.jx"), own);
    let other = file(folder, "监控/06月底/434002-政务服务中心.jx");
    assert!(other.contains("执行 热线外包服务 待填") && !other.contains("政府业务费"), "{other}");
    // Before it was adjusted the other indicators were in force.
    let march = jixiao(folder, &["monitor", "--new", "3月底", "-o", "-"]);
    let march = String::from_utf8_lossy(&march.stdout).into_owned();
    assert!(march.contains("政府业务费.办件 待填") && !march.contains("培训"), "{march}");
}

#[test]
fn a_self_evaluation_waits_for_values_and_words() {
    let folder = office();
    let folder = folder.path();
    let run = jixiao(folder, &["score", "--new"]);
    assert!(run.status.success(), "{}", told(&run));
    let text = file(folder, "自评.jx");
    assert_eq!(text.matches("待填").count(), 6 + 8, "{text}");
    assert!(text.contains("  总体完成 政府业务费 \"待填\"\n"), "{text}");
    let read = analyse(vec![Input { path: "自评.jx".to_owned(), text: text.into() }], None);
    assert!(read.diagnostics.iter().all(|one| one.code.has_level() || one.code.id() == "JX138"), "it can be read");
}

#[test]
fn an_adjustment_states_what_is_in_force_that_day() {
    let folder = office();
    let folder = folder.path();
    let first = adjust(folder, "示财预〔2025〕41号", "2025-05-10", &["政府业务费", "18 万元", "办件", "≥ 50 份"]);
    assert!(first.status.success(), "{}", told(&first));
    let expected = "调整 2025-05-10 \"示财预〔2025〕41号\" {\n  理由 \"合同变更。\"\n  预算 政府业务费 200000.00 元 改为 18 万元 {\n    \
                    财政资金 200000.00 元 改为 18 万元\n  }\n  指标值 政府业务费.办件 ≥ 60 份 改为 ≥ 50 份\n}\n";
    assert_eq!(file(folder, "调整/2025-05-10.jx"), expected);
    // One document of one day is one adjustment; another document is another file.
    let more = adjust(folder, "示财预〔2025〕41号", "2025-05-10", &["会议服务保障率", "权重 15"]);
    assert!(more.status.success(), "{}", told(&more));
    let together = file(folder, "调整/2025-05-10.jx");
    assert!(together.contains("≥ 50 份\n  权重 政府业务费.会议服务保障率 20 分 改为 15 分\n}"), "{together}");
    let other = adjust(folder, "示财预〔2025〕42号", "2025-05-10", &["受理工单", "≥ 10000 件"]);
    assert!(other.status.success() && folder.join("调整/2025-05-10-2.jx").exists(), "{}", told(&other));
    // Later, what was adjusted before is the old value.
    let later = adjust(folder, "示财预〔2025〕60号", "2025-09-01", &["办件", "≥ 45 份", "政府业务费", "17 万元"]);
    assert!(later.status.success(), "{}", told(&later));
    let text = file(folder, "调整/2025-09-01.jx");
    assert!(text.contains("≥ 50 份 改为 ≥ 45 份") && text.contains("财政资金 18 万元 改为 17 万元"), "{text}");
    let checked = jixiao(folder, &["check", "--select", "JX124"]);
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stdout));
}

#[test]
fn money_of_several_sources_is_adjusted_by_source() {
    let folder = office();
    let folder = folder.path();
    let asked = adjust(folder, "甲", "2025-05-10", &["热线外包服务", "60 万元"]);
    assert_eq!(asked.status.code(), Some(2));
    assert!(told(&asked).contains("财政资金、其他资金"), "{}", told(&asked));
    let alone = adjust(folder, "甲", "2025-05-10", &["热线外包服务.其他资金", "10 万元"]);
    assert!(told(&alone).contains("没有写合计"), "{}", told(&alone));
    let both = ["热线外包服务.其他资金", "10 万元", "热线外包服务", "60 万元"];
    let done = adjust(folder, "甲", "2025-05-10", &both);
    assert!(done.status.success(), "{}", told(&done));
    let text = file(folder, "调整/2025-05-10.jx");
    assert!(text.contains("63 万元 改为 60 万元 {\n    其他资金 13 万元 改为 10 万元\n  }"), "{text}");
}

#[test]
fn what_cannot_be_written_leaves_nothing_behind() {
    let folder = office();
    let folder = folder.path();
    let wrong: [(&[&str], &str); 9] = [
        (&["办件x", "≥ 5 份"], "是不是 `政府业务费.办件`？"),
        (&["办件"], "成对"),
        (&["办件", "≥ 5 只猫"], "只猫"),
        (&["办件", "五十"], ""),
        (&["办件", "权重 5"], "没有写分值"),
        (&["政府业务费", "权重 5"], "不能这样调整"),
        (&["办件", "≥ 5 份 } 项目 又一个 {"], ""),
        (&["办件", "≥ 5 份\n项目"], "一行"),
        (&["没有.新指标", "增加指标 数量 ≥ 2 场"], "没有叫 `没有` 的"),
    ];
    for (changes, reason) in wrong {
        let output = adjust(folder, "甲", "2025-05-10", changes);
        assert_eq!(output.status.code(), Some(2), "{changes:?} {}", told(&output));
        assert!(told(&output).contains(reason), "{changes:?} {}", told(&output));
        assert!(!folder.join("调整").exists(), "{changes:?}");
    }
    for asked in [
        ["--date", "某日", "--document", "甲", "--reason", "因"],
        ["--date", "2025-05-10", "--document", " ", "--reason", "因"],
    ] {
        let output = jixiao(folder, &[&["adjust", "办件", "≥ 5 份"], &asked[..]].concat());
        assert_eq!(output.status.code(), Some(2), "{}", told(&output));
    }
    assert!(!folder.join("调整").exists());
    // Two departments have two folders.
    std::fs::create_dir_all(folder.join("另一个")).expect("a folder");
    std::fs::write(folder.join("另一个/部门.jx"), "部门 435 另一个 {\n  年度 2025\n}\n").expect("written");
    let output = jixiao(folder, &["monitor", "--new", "6月底"]);
    assert!(output.status.code() == Some(2) && told(&output).contains("这里有 2 个"), "{}", told(&output));
    let unknown = jixiao(&folder.join("另一个"), &["monitor", "--new", "2月底"]);
    assert!(unknown.status.code() == Some(2) && told(&unknown).contains("没有监控节点"), "{}", told(&unknown));
}
