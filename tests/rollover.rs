//! Next year's workspace: what is edited, that nothing else is, and that it checks and stays formatted.

use std::path::PathBuf;

use crate::support::offices::{Facts, office};
use crate::support::{Generator, root};
use assert_cmd::Command;
use jixiao::diagnostic::{Code, Language};
use jixiao::format::{Formatting, format};
use jixiao::model::target::Target;
use jixiao::rollover::{Rolled, roll_over};
use jixiao::source::FileId;
use jixiao::workspace::{Analysis, Input, analyse};

fn rolled(files: &[Input], settings: Option<&Input>, to: u16) -> (Analysis, Rolled, Vec<Input>) {
    let analysis = analyse(files.to_vec(), settings.cloned());
    let asked: Vec<FileId> = analysis
        .sources
        .iter()
        .filter(|(_, one)| files.iter().any(|file| file.path == one.path))
        .map(|(id, _)| id)
        .collect();
    let rolled = roll_over(&analysis.model, &analysis.sources, &asked, to).expect("rolled over");
    let text = |file: &Input| {
        let id = asked.iter().find(|id| analysis.sources.get(**id).path == file.path).expect("asked for");
        rolled.texts.get(id).cloned().unwrap_or_else(|| file.text.to_string())
    };
    let is_left = |file: &&Input| {
        let id = asked.iter().find(|id| analysis.sources.get(**id).path == file.path).expect("asked for");
        !rolled.left_behind.contains(id)
    };
    let kept = files.iter().filter(is_left);
    let new = kept.map(|file| Input { path: file.path.clone(), text: text(file).into() }).collect();
    (analysis, rolled, new)
}

fn errors(analysis: &Analysis) -> Vec<String> {
    let errors = analysis.diagnostics.iter().filter(|one| one.is_error());
    errors.map(|one| format!("{} {}", one.code.id(), one.message.in_language(Language::English))).collect()
}

/// What holds of every workspace that is rolled over.
fn check(files: &[Input], settings: Option<&Input>, from: u16) {
    let (before, _, new) = rolled(files, settings, from + 1);
    let after = analyse(new.clone(), settings.cloned());
    let told = || new.iter().map(|file| format!("--- {}\n{}", file.path, file.text)).collect::<Vec<_>>().concat();
    assert_eq!(errors(&after), errors(&before), "{}", told());
    for new in &new {
        let old = files.iter().find(|old| old.path == new.path).expect("a file that was there");
        let is_formatted = |text: &str| format(text, &Formatting::default()).text == text;
        assert!(!is_formatted(&old.text) || is_formatted(&new.text), "{}\n{}", new.path, new.text);
        let comments = |text: &str| text.lines().filter(|line| line.trim_start().starts_with('#')).count();
        assert_eq!(comments(&old.text), comments(&new.text));
    }
    for (old, new) in before.model.departments.iter().zip(&after.model.departments) {
        assert_eq!(new.year.as_ref().map(|year| year.value), old.year.as_ref().map(|_| from + 1));
    }
    // What was reached counts, where it was reported.
    let is_reported = before.model.groups().any(|group| before.model.record(group).snapshots().next().is_some());
    let pairs = before.model.projects.iter().zip(&after.model.projects);
    assert_eq!(before.model.projects.len(), after.model.projects.len());
    for (one, other) in pairs.flat_map(|(one, other)| one.indicators.iter().zip(&other.indicators)) {
        assert_eq!(*one.name.value, *other.name.value);
        if let Target::Quantity { quantity, .. } = &one.target.value {
            let last_year = other.last_year().expect("last year");
            if is_reported {
                continue;
            }
            assert_eq!((last_year.value, last_year.multiplier), (quantity.value, quantity.multiplier));
        }
    }
    // Made again, or made of what it made with the year put back, it gives the same.
    let (_, _, again) = rolled(files, settings, from + 1);
    assert_eq!(
        new.iter().map(|file| &*file.text).collect::<Vec<_>>(),
        again.iter().map(|file| &*file.text).collect::<Vec<_>>()
    );
}

#[test]
fn every_example_rolls_over() {
    for example in crate::support::examples() {
        let years: Vec<u16> =
            example.analyse().model.departments.iter().filter_map(|one| Some(one.year.as_ref()?.value)).collect();
        let Some(year) = years.iter().max() else { continue };
        check(&example.files, example.settings.as_ref(), *year);
    }
}

#[test]
fn generated_offices_roll_over() {
    let mut generator = Generator::new(21);
    for _ in 0..120 {
        let office = office(&mut generator, Facts::Every);
        let year = analyse(office.files.clone(), None).model.departments[0].year.as_ref().map(|year| year.value);
        let tidy: Vec<Input> = office
            .files
            .iter()
            .map(|file| Input { text: format(&file.text, &Formatting::default()).text.into(), ..file.clone() })
            .collect();
        check(&tidy, None, year.expect("a year"));
        check(&office.files, None, year.expect("a year"));
    }
}

const OFFICE: &str = "# 2025 年的目标
部门 1 示例局 {
  年度 2025
  标准 河北2025
  单位 434001 本级
  总体目标 \"2025年办好三件事。\"
}

项目 13022925P00JXC4198951 政府业务费 {
  单位 434001
  预算 20 万元 {
    财政资金 20 万元
  }
  用途 \"开会。\"
  支出计划 {
    3月底 25%
    6月底 50%
    10月底 75%
    12月底 100%
  }
  目标 \"办好会议。\"

  指标 数量 会议场次 ≥ 12 次 {
    描述 \"场次\"  # 不含例会
    依据 \"计划\"
    上年 12 次
    计分 \"按比例\"
  }

  # 重点
  指标 质量 保障率 ≥ 上年 + 2% {
    描述 \"比率\"
    依据 \"计划\"
    上年 88%
  }

  指标 时效 完成时间 ≤ 2025年11月底 {
    描述 \"时间\"
    依据 \"计划\"
  }

  指标 成本 不超预算 ≤ 预算 {
    描述 \"支出\"
    依据 \"计划\"
  }

  指标 社会效益 投诉 ≤ 2 件 {
    描述 \"件数\"
    依据 \"计划\"
  }

  指标 满意度 满意率 ≥ 90%
}
";

#[test]
fn what_is_edited_is_edited_in_place_and_the_rest_is_told() {
    let files = [Input { path: "甲.jx".to_owned(), text: OFFICE.into() }];
    let (analysis, rolled, new) = rolled(&files, None, 2026);
    let text = &*new[0].text;
    let code = text.split("项目 ").nth(1).and_then(|rest| rest.split(' ').next()).expect("a code");
    assert!(code.starts_with("13022926P00JXC419895"), "{code}");
    let wanted = OFFICE
        .replace("年度 2025", "年度 2026")
        .replace("13022925P00JXC4198951", code)
        .replace("上年 88%", "上年 90%")
        .replace("2025年11月底", "2026年11月底")
        .replace("    描述 \"件数\"\n    依据 \"计划\"\n", "    描述 \"件数\"\n    依据 \"计划\"\n    上年 2 件\n")
        .replace("满意率 ≥ 90%", "满意率 ≥ 90% {\n    上年 90%\n  }");
    assert_eq!(text, wanted);
    let after = analyse(new.clone(), None);
    assert!(
        after.diagnostics.iter().all(|one| !matches!(one.code, Code::JX010 | Code::JX011 | Code::JX012)),
        "{:?}",
        after.diagnostics
    );
    assert_eq!(errors(&after), errors(&analysis));
    let looks: Vec<_> = rolled.looks.iter().map(|note| note.text.in_language(Language::Chinese)).collect();
    for wanted in [
        "会议场次：目标值和上年一样，都是 12 次",
        "文字里有 2025：2025年办好三件事。",
        "文字里有 2025：# 2025 年的目标",
    ] {
        assert!(looks.iter().any(|look| look == wanted), "{wanted}: {looks:?}");
    }
}

#[test]
fn a_code_that_cannot_be_renewed_stays_and_is_told() {
    let text = OFFICE.replace("13022925P00JXC4198951", "ABC");
    let (_, rolled, new) = rolled(&[Input { path: "甲.jx".to_owned(), text: text.into() }], None, 2026);
    assert!(new[0].text.contains("项目 ABC 政府业务费"));
    assert!(rolled.looks.iter().any(|note| note.code == Some(Code::JX715)), "{:?}", rolled.looks);
}

fn jixiao(arguments: &[&str]) -> std::process::Output {
    let mut command = Command::cargo_bin("jixiao").expect("the program");
    command.current_dir(root()).env("JIXIAO_LANG", "zh").args(arguments).output().expect("runs")
}

#[test]
fn the_new_folder_is_written_once_and_checks_clean() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("rollover");
    let _ = std::fs::remove_dir_all(&folder);
    let old = folder.join("我县-2025");
    for file in &crate::support::Example::read(&root().join("examples/yutian-2025")).files {
        let path = old.join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, &*file.text).expect("written");
    }
    let old = old.display().to_string();
    let output = jixiao(&["rollover", "--to", "2026", &old]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{told}{}", String::from_utf8_lossy(&output.stderr));
    assert!(told.contains("年度 2025 → 2026") && told.contains("请看") && !told.contains("多了"), "{told}");
    let new = folder.join("我县-2026").display().to_string();
    assert_eq!(jixiao(&["check", "-q", &new]).status.code(), Some(0));
    assert_eq!(jixiao(&["fmt", "--check", &new]).status.code(), Some(0));
    assert_eq!(jixiao(&["rollover", "--to", "2026", &old]).status.code(), Some(2));
    assert_eq!(jixiao(&["rollover", "--to", "2025", &old, "-o", &format!("{new}-x")]).status.code(), Some(2));
    assert!(!folder.join("我县-2026-x").exists());
}
