//! Standards: the built-in ones are sound, and those of a workspace extend, replace and decide as they say.

use std::fmt::Write;
use std::path::Path;

use crate::support::root;
use jixiao::diagnostic::{Code, Language, Severity};
use jixiao::model::code::{check_sign, segments};
use jixiao::model::standard::{List, Searched, Standard};
use jixiao::workspace::{Analysis, Input, analyse};

fn analyse_text(text: &str) -> Analysis {
    analyse(vec![Input { path: "例.jx".to_owned(), text: text.into() }], None)
}

fn codes(analysis: &Analysis) -> Vec<(Code, Severity)> {
    analysis.diagnostics.iter().map(|diagnostic| (diagnostic.code, diagnostic.severity)).collect()
}

const PROJECT: &str = "项目 甲 {\n  预算 10 元\n  目标 \"办好6场。\"\n  指标 数量 场次 ≥ 6 次\n  指标 社会效益 起数 ≤ 2 起\n  指标 满意度 满意 ≥ 90%\n}\n";

/// Read as files of a workspace, so that their own findings are not passed over.
#[test]
fn built_in_standards_have_no_findings() {
    let folder = root().join("standards");
    let mut files: Vec<_> =
        std::fs::read_dir(&folder).expect("standards").map(|entry| entry.expect("entry").path()).collect();
    files.sort();
    let input = |path: &Path| Input {
        path: path.file_name().expect("a name").to_string_lossy().into_owned(),
        text: std::fs::read_to_string(path).expect("text").into(),
    };
    let analysis = analyse(files.iter().map(|path| input(path)).collect(), None);
    let told: Vec<_> = analysis.diagnostics.iter().map(|one| one.message.in_language(Language::Chinese)).collect();
    assert!(told.is_empty(), "{told:?}");
    let names: Vec<&str> = analysis.model.standards.iter().map(|standard| standard.name.as_str()).collect();
    for name in ["通用", "财预2015", "财预2021", "河北2025", "四川2023"] {
        assert!(names.contains(&name), "{name} is missing");
    }
}

#[test]
fn the_published_codes_fit_the_form_and_the_check_sign() {
    let analysis = analyse(Vec::new(), None);
    let standard = analysis.model.standards.iter().find(|standard| standard.name == "河北2025").expect("the standard");
    let form = standard.code_form.as_ref().expect("a form");
    let example = crate::support::Example::read(&root().join("examples/yutian-2025")).analyse();
    for project in &example.model.projects {
        let code = &project.code.as_ref().expect("a code").value;
        assert_eq!(check_sign(form, code), code.chars().last());
        let parts = segments(form, code).expect("the form");
        assert_eq!((parts[0].1, parts[1].1, parts[2].1), ("130229", "25", "P"));
    }
}

#[test]
fn a_standard_of_the_workspace_may_be_the_default_or_take_the_place_of_one() {
    let default = format!("标准 甲 扩展 财预2021 {{\n  缺省\n}}\n{PROJECT}");
    let analysis = analyse_text(&default);
    assert_eq!(analysis.model[analysis.model.projects[0].standard].name, "甲");
    let replaced = format!("标准 财预2015 扩展 财预2015 {{\n  字段 项目.用途 {{ 必填 }}\n}}\n{PROJECT}");
    assert!(codes(&analyse_text(&replaced)).contains(&(Code::JX001, Severity::Error)));
}

#[test]
fn levels_of_a_standard_hold_for_every_rule_of_the_field_and_for_no_rule_of_the_language() {
    let standard =
        |level: &str| format!("标准 甲 扩展 财预2015 {{\n  缺省\n  级别 JX013 {level}\n}}\n{PROJECT}{PROJECT}");
    assert_eq!(codes(&analyse_text(&standard("错误"))), [(Code::JX013, Severity::Error)]);
    assert_eq!(codes(&analyse_text(&standard("警告"))), [(Code::JX013, Severity::Warning)]);
    assert_eq!(codes(&analyse_text(&standard("关闭"))), []);
    let fixed = analyse_text("标准 甲 扩展 财预2015 {\n  级别 JX301 警告\n}\n");
    assert_eq!(codes(&fixed), [(Code::JX502, Severity::Error)]);
}

#[test]
fn units_are_taken_over_lists_replaced_and_words_added() {
    let text = "标准 甲 扩展 河北2025 {\n  计量单位 百分率 { 量纲 比例；符号 \"%\"；范围 0 .. 100 }\n  资金来源 专项资金\n  词表 占位符 追加 \"（待补）\"\n}\n";
    let analysis = analyse_text(text);
    let of = |name: &str| analysis.model.standards.iter().find(|standard| standard.name == name).expect("a standard");
    let (own, base) = (of("甲"), of("河北2025"));
    assert_eq!(own.units[own.unit("%").expect("a unit") as usize].label(), "%");
    assert_eq!(base.units[base.unit("%").expect("a unit") as usize].label(), "比率");
    let sources: Vec<&str> = own.fund_sources.iter().map(|source| source.name.as_str()).collect();
    assert_eq!(sources, ["专项资金"]);
    assert!(own.words("占位符").words().len() == base.words("占位符").words().len() + 1);
    assert_eq!(own.categories.len(), base.categories.len());
}

/// All lists are searched at once; each must say what it would say alone.
#[test]
fn one_pass_over_a_text_finds_for_each_list_what_stands_there() {
    let analysis = analyse(Vec::new(), None);
    let standard = analysis.model.standards.iter().find(|standard| standard.name == "河北2025").expect("the standard");
    let words: Vec<&str> =
        List::ALL.iter().flat_map(|list| standard.words(list.name()).words()).map(String::as_str).collect();
    assert!(words.len() > 1000);
    let mut texts: Vec<String> = words.windows(3).map(<[&str]>::concat).collect();
    texts.extend(words.iter().map(|word| format!("甲{word}。")));
    texts.extend(["", "甲", "𠮷率", "工作计划和工作安排"].map(str::to_owned));
    for text in texts.iter().step_by(3) {
        let searched = Searched::new(standard, text.as_str());
        let ends: Vec<usize> = text.char_indices().map(|(start, _)| start).chain([text.len()]).collect();
        let middle = ends[ends.len() / 3]..ends[ends.len() - 1 - ends.len() / 4];
        for bytes in [0..text.len(), middle] {
            let (phrase, part) = (searched.phrase().part(bytes.clone()), &text[bytes]);
            for list in List::ALL {
                let found = alone(part, *list, standard);
                let at = |range: &std::ops::Range<usize>| &part[range.clone()];
                assert_eq!(phrase.first_in(*list), found.first().map(at), "{part} {list:?}");
                assert!(phrase.all_in(*list).eq(apart(&found)), "{part} {list:?}");
                let start = found.iter().find(|word| word.start == 0).map(at);
                let end = found.iter().find(|word| word.end == part.len()).map(at);
                assert_eq!((phrase.start_of(*list), phrase.end_of(*list)), (start, end), "{part} {list:?}");
                assert_eq!(phrase.is_in(*list), standard.words(list.name()).holds(part), "{part} {list:?}");
            }
        }
    }
}

/// The words of a list in a text: from the left, the longest first.
fn alone(text: &str, list: List, standard: &Standard) -> Vec<std::ops::Range<usize>> {
    let words = standard.words(list.name()).words();
    let mut found = Vec::new();
    for (start, _) in text.char_indices() {
        let here = words.iter().filter(|word| text[start..].starts_with(word.as_str()));
        found.extend(here.map(|word| start..start + word.len()));
    }
    found.sort_by_key(|word| (word.start, std::cmp::Reverse(word.end)));
    found.dedup();
    found
}

/// Those of them that are not inside one before.
fn apart(found: &[std::ops::Range<usize>]) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut end = 0;
    found
        .iter()
        .filter(move |word| {
            word.start >= end && {
                end = word.end;
                true
            }
        })
        .cloned()
}

/// 财预〔2021〕101号 as the design states it: total 90; 20/40/20/10 with cost, 50/30/10 without.
#[test]
fn weights_follow_the_scheme_of_the_categories_that_occur() {
    let project = |cost: u32, output: u32, benefit: u32, satisfaction: u32| {
        let mut text =
            "部门 1 示例局 {\n  年度 2025\n  标准 财预2021\n}\n项目 甲 {\n  预算 10 元\n  目标 \"办好。\"\n".to_owned();
        for (category, weight) in
            [("经济成本", cost), ("数量", output), ("社会效益", benefit), ("满意度", satisfaction)]
        {
            if weight > 0 {
                let _ = write!(text, "  指标 {category} 甲{category} ≥ 6 次 {{\n    权重 {weight}\n  }}\n");
            }
        }
        let found = codes(&analyse_text(&(text + "}\n")));
        found.iter().filter(|(code, _)| *code == Code::JX090).count()
    };
    assert_eq!(project(20, 40, 20, 10), 0);
    assert_eq!(project(0, 50, 30, 10), 0);
    assert_eq!(project(20, 40, 30, 0), 0);
    assert_eq!(project(0, 50, 40, 0), 0);
    assert!(project(20, 50, 10, 10) > 0);
    assert!(project(0, 60, 30, 10) > 0);
}
