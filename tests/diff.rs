//! What a comparison promises: nothing for what means the same, everything that changed, and the same read backwards.
//! `JIXIAO_CASES` sets how many pairs are generated.

use std::collections::BTreeMap;
use std::path::Path;

use crate::support::offices::{self, Facts};
use crate::support::revisions::revise;
use crate::support::{Generator, examples, root};
use jixiao::diagnostic::Language;
use jixiao::diff::{Change, Class, Comparison, Fact, Sense, Side, apply, compare, form};
use jixiao::format::{Formatting, format};
use jixiao::language::Field;
use jixiao::workspace::{Analysis, Input, VersionInput, Versions, analyse};

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
        .collect::<Vec<_>>()
        .concat()
}

/// A change by its class and its two sides.
type Told = (Class, Option<String>, Option<String>);

/// The pairs of a run: an office or a county, and a revision of it or another one.
fn pairs(mut check: impl FnMut(u64, &[Input], &[Input])) {
    for seed in 1..=cases() {
        let mut generator = Generator::new(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let is_county = generator.below(4) == 0;
        let old = if is_county { county(&mut generator) } else { offices::office(&mut generator, Facts::Every).files };
        let mut new = match generator.below(8) {
            0 if is_county => county(&mut generator),
            0 => offices::office(&mut generator, Facts::Every).files,
            _ => revise(&mut generator, &old, 6),
        };
        if is_county && generator.below(2) == 0 {
            // A file goes to another department, or out of all.
            let (index, folder) = (generator.below(new.len()), ["甲/", "乙/", "丙/"][generator.below(3)]);
            let name = new[index].path.rsplit('/').next().unwrap_or_default().to_owned();
            new[index].path = format!("{folder}又{name}");
        }
        check(seed, &old, &new);
    }
}

/// Two offices beside each other.
fn county(generator: &mut Generator) -> Vec<Input> {
    let mut files = Vec::new();
    for folder in ["甲", "乙"] {
        let office = offices::office(generator, Facts::Every).files;
        files.extend(office.into_iter().map(|file| Input { path: format!("{folder}/{}", file.path), ..file }));
    }
    files
}

#[test]
fn the_same_is_no_change_in_any_layout_language_or_file() {
    for example in examples() {
        let respelt = |language| {
            let options = Formatting { keywords: Some(language), ..Formatting::default() };
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
        let options = Formatting { keywords: Some(Language::English), ..Formatting::default() };
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
fn versions_read_side_by_side_compare_like_versions_read_whole() {
    let version = |files: &[Input]| VersionInput { files: files.to_vec(), settings: None };
    let mut versions = Versions::default();
    let mut heads = 0;
    pairs(|seed, old, new| {
        let [old, new] = [old, new].map(|files| {
            let folder = Path::new(&files[0].path).parent().expect("a folder");
            let path = folder.join("每版都有.jx").to_str().expect("a path").to_owned();
            let text = "项目 每版都有 {\n  指标 数量 宣传场次 ≥ 6 次\n}\n";
            [files, &[Input { path, text: text.into() }]].concat()
        });
        let [one, other] = versions.read(version(&old), version(&new));
        heads += one.model.projects.iter().filter(|project| project.is_head).count();
        let (comparison, whole) = (compare(side(&one), side(&other)), between(&old, &new));
        assert_eq!(format!("{comparison:#?}"), format!("{whole:#?}"), "seed {seed}");
    });
    assert!(heads as u64 > cases(), "{heads} projects stood in both versions");
}

#[test]
fn a_project_is_read_again_where_its_standard_changed_or_a_sub_goal_names_it() {
    let standard = "标准 我县 扩展 河北2025 {\n  单位表 数量 { 单位 场 { 同义 次 } }\n}\n";
    let department = "部门 1 局 {\n  标准 我县\n  分项目标 \"做好\" {\n    指标 甲.场次\n  }\n}\n";
    let project = |name: &str, count: u32| format!("项目 {name} {{\n  指标 数量 场次 ≥ {count} 次\n}}\n");
    let version = |standard: &str, department: &str, last: u32| {
        let text = format!("{department}{}{}{}", project("甲", 1), project("乙", 2), project("丙", last));
        let files = [("标准.jx", standard.to_owned()), ("部门.jx", text)];
        let files = files.map(|(path, text)| Input { path: path.to_owned(), text: text.into() });
        VersionInput { files: files.to_vec(), settings: None }
    };
    let old = version(standard, department, 3);
    let other_goal = department.replace("甲.场次", "乙.场次");
    let cases = [
        (version(standard, department, 3), vec!["甲", "乙", "丙"]),
        (version(standard, department, 4), vec!["乙"]),
        (version(standard, &other_goal, 3), vec!["丙"]),
        (version(standard, &department.replace("甲.", ""), 3), vec![]),
        (version(&standard.replace("数量", "时长"), department, 3), vec![]),
    ];
    for (number, (new, heads)) in cases.into_iter().enumerate() {
        let whole = between(&old.files, &new.files);
        let read = Versions::default().read(old.clone(), new);
        for analysis in &read {
            let known = analysis.model.projects.iter().filter(|project| project.is_head);
            assert_eq!(known.map(|project| &*project.name.value).collect::<Vec<_>>(), heads, "case {number}");
        }
        let comparison = compare(side(&read[0]), side(&read[1]));
        assert_eq!(format!("{comparison:?}"), format!("{whole:?}"), "case {number}");
    }
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
    for unit in units.iter().cycle().take(cases() as usize) {
        let written = [target(unit), target("%"), target(unit)];
        let [one, two, three] = [0, 1, 2].map(|index| office(&written[index]));
        if (sense(&one, &two), sense(&two, &three)) == (Some(Sense::Tighter), Some(Sense::Tighter)) {
            assert_eq!(sense(&one, &three), Some(Sense::Tighter), "{written:?}");
        }
    }
}

/// The fenced examples of a page with a given mark.
fn example(page: &str, mark: &str) -> String {
    let start = format!("```{mark}\n");
    let (_, rest) = page.split_once(&start).unwrap_or_else(|| panic!("no {mark} in {page}"));
    rest.split_once("```").expect("an end").0.to_owned()
}

#[test]
fn every_class_has_its_page_whose_example_shows_it_and_its_mirror() {
    let mut pages: Vec<String> = std::fs::read_dir(root().join("docs/changes"))
        .expect("pages")
        .map(|entry| entry.expect("entry").file_name().to_string_lossy().trim_end_matches(".md").to_owned())
        .collect();
    pages.sort();
    assert_eq!(pages, Class::ALL.iter().map(|class| class.code()).collect::<Vec<_>>());
    for class in Class::ALL.iter().copied() {
        let (page, title) = (class.explanation(), class.title());
        let wanted = format!(
            "# {}: {} · {}",
            class.code(),
            title.in_language(Language::Chinese),
            title.in_language(Language::English)
        );
        assert_eq!(page.lines().next(), Some(wanted.as_str()));
        for part in ["## 中文", "**含义**", "**看什么**", "## English", "**Meaning**", "**What to look at**"] {
            assert!(page.contains(part), "{} lacks {part}", class.code());
        }
        let (old, new) = (example(page, "jx,old"), example(page, "jx,new"));
        let (forth, back) = (classes(&old, &new), classes(&new, &old));
        assert!(forth.contains(&class), "{} shows {forth:?}", class.code());
        assert!(back.contains(&class.mirror()), "{} backwards shows {back:?}", class.code());
        assert_eq!(class.mirror().mirror(), class);
    }
}

#[test]
fn every_field_of_the_model_is_told_when_it_changes() {
    let department = |lines: &str| format!("部门 905 示例局 {{\n  年度 2025\n{lines}\n}}\n");
    let project = |lines: &str| format!("项目 甲 {{\n{lines}\n}}\n");
    let indicator = |fields: &str| project(&format!("  指标 数量 某事 ≥ 1 次 {{\n    {fields}\n  }}"));
    let standard = |lines: &str| format!("标准 我县 扩展 财预2015 {{\n{lines}\n}}\n");
    let with_fields = |block: &str| standard(&format!("  字段 {block}.备注 {{ 类型 文本 }}"));
    let goals = |first: &str, second: &str| {
        let goal = |text: &str| format!("  分项目标 \"{text}\" {{\n    指标 甲.某事\n  }}\n");
        department(&(goal(first) + &goal(second))) + &indicator("")
    };
    let names = |indicators: &str| department(&format!("  分项目标 \"畅通\" {{\n{indicators}\n  }}"));
    let two = project("  指标 数量 某事 ≥ 1 次\n  指标 数量 别的 ≥ 1 次");
    let note = |text: &str| department("  标准 我县") + &project(&format!("  备注 \"{text}\""));
    let frameworks = standard("  指标框架 甲框 { 一级指标 一 }\n  指标框架 乙框 { 一级指标 一 }");
    let framed = |name: &str| project(&format!("  框架 {name}\n  指标 一 某事 ≥ 1 次"));
    let pairs: Vec<(Fact, String, String, Class)> = vec![
        (Fact::DepartmentName, department(""), department("").replace("示例", "样例"), Class::DepartmentRenamed),
        (Fact::DepartmentCode, department(""), department("").replace("905", "906"), Class::DepartmentCodeChanged),
        (Fact::Year, department(""), department("").replace("2025", "2026"), Class::YearChanged),
        (
            Fact::DepartmentStandard,
            department("  标准 财预2015"),
            department("  标准 河北2025"),
            Class::StandardSwitched,
        ),
        (Fact::Unit, department("  单位 1 甲"), department("  单位 1 乙"), Class::UnitRenamed),
        (Fact::UnitOrder, department("  单位 1\n  单位 2"), department("  单位 2\n  单位 1"), Class::Reordered),
        (
            Fact::DepartmentExtra,
            with_fields("部门") + &department("  标准 我县\n  备注 \"一\""),
            with_fields("部门") + &department("  标准 我县\n  备注 \"二\""),
            Class::FieldChanged,
        ),
        (
            Fact::Plain(Field::OverallGoal),
            department("  总体目标 \"一\""),
            department("  总体目标 \"二\""),
            Class::OverallGoalChanged,
        ),
        (
            Fact::Plain(Field::ProjectFramework),
            frameworks.clone() + &department("  标准 我县") + &framed("甲框"),
            frameworks.clone() + &department("  标准 我县") + &framed("乙框"),
            Class::FrameworkChanged,
        ),
        (
            Fact::Plain(Field::ProjectKind),
            project("  类型 运转类"),
            project("  类型 特定目标类"),
            Class::ProjectKindChanged,
        ),
        (
            Fact::Plain(Field::Period),
            project("  起止 2025-01-01 .. 2026-12-31"),
            project("  起止 2025-01-01 .. 2027-12-31"),
            Class::PeriodChanged,
        ),
        (
            Fact::Plain(Field::TotalInvestment),
            project("  总投资 1 元"),
            project("  总投资 2 元"),
            Class::TotalInvestmentChanged,
        ),
        (Fact::SubGoalOrder, goals("河道畅通", "群众满意"), goals("群众满意", "河道畅通"), Class::Reordered),
        (
            Fact::SafeguardOrder,
            department("  保障措施 甲 \"一\"\n  保障措施 乙 \"二\""),
            department("  保障措施 乙 \"二\"\n  保障措施 甲 \"一\""),
            Class::Reordered,
        ),
        (Fact::DepartmentDamage, department(""), department("  不认识 1"), Class::NotUnderstood),
        (Fact::SubGoalText, goals("河道畅通", "群众满意"), goals("河道更畅通", "群众满意"), Class::SubGoalReworded),
        (Fact::Reference, names("    指标 甲.某事") + &two, names("    指标 甲.别的") + &two, Class::SubGoalLost),
        (
            Fact::ReferenceOrder,
            names("    指标 甲.某事\n    指标 甲.别的") + &two,
            names("    指标 甲.别的\n    指标 甲.某事") + &two,
            Class::Reordered,
        ),
        (
            Fact::SafeguardName,
            department("  保障措施 落实责任 \"一\""),
            department("  保障措施 落实到人 \"一\""),
            Class::SafeguardChanged,
        ),
        (
            Fact::SafeguardText,
            department("  保障措施 甲 \"一\""),
            department("  保障措施 甲 \"二\""),
            Class::SafeguardChanged,
        ),
        (
            Fact::ProjectName,
            project("").replace('甲', "1300001 甲"),
            project("").replace('甲', "1300001 乙"),
            Class::ProjectRenamed,
        ),
        (Fact::ProjectCode, project(""), project("").replace('甲', "1300001 甲"), Class::ProjectCodeChanged),
        (
            Fact::ProjectStandard,
            standard("  缺省").replace("我县", "你县").replace("财预2015", "财预2021") + &project(""),
            standard("  缺省").replace("财预2015", "财预2021") + &project(""),
            Class::StandardSwitched,
        ),
        (Fact::ProjectUnit, project("  单位 1"), project("  单位 2"), Class::ProjectUnitChanged),
        (Fact::ProjectExtra, with_fields("项目") + &note("一"), with_fields("项目") + &note("二"), Class::FieldChanged),
        (Fact::Budget, project("  预算 1 元"), project("  预算 2 元"), Class::BudgetRaised),
        (
            Fact::Fund,
            project("  预算 1 元 {\n    财政拨款 1 元\n  }"),
            project("  预算 1 元 {\n    财政拨款 2 元\n  }"),
            Class::FundRaised,
        ),
        (
            Fact::InvestmentFund,
            project("  总投资 2 元 {\n    财政拨款 1 元\n    其他资金\n  }"),
            project("  总投资 2 元 {\n    财政拨款 2 元\n    其他资金\n  }"),
            Class::TotalInvestmentChanged,
        ),
        (Fact::Plain(Field::Purpose), project("  用途 \"一\""), project("  用途 \"二\""), Class::PurposeChanged),
        (
            Fact::Plain(Field::PeriodGoal),
            project("  实施期目标 \"一\""),
            project("  实施期目标 \"二\""),
            Class::GoalChanged,
        ),
        (Fact::Plan, project(""), project("  支出计划 {\n    12月底 100%\n  }"), Class::PlanAdded),
        (
            Fact::Checkpoint,
            project("  支出计划 {\n    6月底 10%\n  }"),
            project("  支出计划 {\n    6月底 20%\n  }"),
            Class::PlanBroughtForward,
        ),
        (Fact::Plain(Field::Goal), project("  目标 \"一\""), project("  目标 \"二\""), Class::GoalChanged),
        (
            Fact::IndicatorOrder,
            two.clone(),
            project("  指标 数量 别的 ≥ 1 次\n  指标 数量 某事 ≥ 1 次"),
            Class::IndicatorsReordered,
        ),
        (Fact::ProjectDamage, project(""), project("  不认识 1"), Class::NotUnderstood),
        (Fact::IndicatorName, indicator(""), indicator("").replace("某事", "某件事"), Class::IndicatorRenamed),
        (Fact::Category, indicator(""), indicator("").replace("数量", "质量"), Class::CategoryMoved),
        (Fact::Target, indicator(""), indicator("").replace("≥ 1", "≥ 2"), Class::TargetTightened),
        (Fact::WholePeriod, indicator("实施期 ≥ 2 次"), indicator("实施期 ≥ 1 次"), Class::TargetRelaxed),
        (
            Fact::Plain(Field::Description),
            indicator("描述 \"一\""),
            indicator("描述 \"二\""),
            Class::DescriptionChanged,
        ),
        (Fact::BasisKind, indicator("依据 计划标准 \"一\""), indicator("依据 \"一\""), Class::BasisChanged),
        (Fact::Basis, indicator("依据 \"一\""), indicator("依据 \"二\""), Class::BasisChanged),
        (Fact::Plain(Field::Source), indicator("来源 \"一\""), indicator("来源 \"二\""), Class::SourceChanged),
        (Fact::Plain(Field::Weight), indicator("权重 1"), indicator("权重 2"), Class::WeightRaised),
        (Fact::Direction, indicator(""), indicator("方向 正向"), Class::DirectionChanged),
        (Fact::Plain(Field::LastYear), indicator("上年 1 次"), indicator("上年 2 次"), Class::LastYearRestated),
        (Fact::Plain(Field::Scoring), indicator("计分 \"一\""), indicator("计分 \"二\""), Class::ScoringChanged),
        (Fact::Plain(Field::Wording), indicator("表述 \"一\""), indicator("表述 \"二\""), Class::PrintedChanged),
        (Fact::Interim, indicator("节点 6月底 ≥ 1 次"), indicator("节点 6月底 ≥ 2 次"), Class::InterimChanged),
        (Fact::Plain(Field::Counting), indicator("口径 累计"), indicator("口径 期末"), Class::CountingChanged),
        (Fact::Plain(Field::Core), indicator("核心 是"), indicator("核心 否"), Class::CoreChanged),
        (
            Fact::Plain(Field::Computed),
            indicator("取值 预算执行率"),
            indicator("取值 预算调整率"),
            Class::ComputedChanged,
        ),
        (Fact::Plain(Field::Note), indicator("备注 \"一\""), indicator("备注 \"二\""), Class::FieldChanged),
        (
            Fact::IndicatorExtra,
            with_fields("指标") + &department("  标准 我县") + &indicator("备注 \"一\""),
            with_fields("指标") + &department("  标准 我县") + &indicator("备注 \"二\""),
            Class::FieldChanged,
        ),
        (Fact::StandardName, String::new(), standard(""), Class::StandardAdded),
        (
            Fact::Title,
            standard(""),
            standard("").replace("我县 ", "我县 \"我县绩效目标表\" "),
            Class::StandardPartChanged,
        ),
        (Fact::Document, standard("  文号 \"一\""), standard("  文号 \"二\""), Class::StandardPartAdded),
        (
            Fact::DocumentOrder,
            standard("  文号 \"一\"\n  文号 \"二\""),
            standard("  文号 \"二\"\n  文号 \"一\""),
            Class::StandardPartChanged,
        ),
        (Fact::InForceFrom, standard(""), standard("  生效 2025-01-01"), Class::StandardPartChanged),
        (Fact::InForceUntil, standard(""), standard("  失效 2025-12-31"), Class::StandardPartAdded),
        (Fact::Default, standard(""), standard("  缺省"), Class::StandardPartAdded),
        (Fact::MoneyUnit, standard(""), standard("  金额单位 万元"), Class::StandardPartChanged),
        (
            Fact::Measure,
            standard("  计量单位 车日 { 量纲 计数 }"),
            standard("  计量单位 车日 { 量纲 时长 }"),
            Class::StandardPartChanged,
        ),
        (Fact::UnitForm, standard(""), standard("  计量单位 车日 { 别名 次 }"), Class::StandardPartAdded),
        (Fact::FundSource, standard("  资金来源 甲"), standard("  资金来源 乙"), Class::StandardPartAdded),
        (
            Fact::FundSourceOrder,
            standard("  资金来源 甲\n  资金来源 乙"),
            standard("  资金来源 乙\n  资金来源 甲"),
            Class::StandardPartChanged,
        ),
        (Fact::CheckpointRule, standard("  支出节点 6月底"), standard("  支出节点 7月底"), Class::StandardPartAdded),
        (
            Fact::CheckpointOrder,
            standard("  支出节点 6月底\n  支出节点 12月底"),
            standard("  支出节点 12月底\n  支出节点 6月底"),
            Class::StandardPartChanged,
        ),
        (
            Fact::CategoryRule,
            standard("  一级指标 产出指标"),
            standard("  一级指标 产出指标 { 必设 }"),
            Class::StandardPartChanged,
        ),
        (
            Fact::CategoryOrder,
            standard("  一级指标 产出指标\n  一级指标 效益指标"),
            standard("  一级指标 效益指标\n  一级指标 产出指标"),
            Class::StandardPartChanged,
        ),
        (Fact::Framework, standard(""), standard("  指标框架 甲框 { 一级指标 一 }"), Class::StandardPartAdded),
        (Fact::ProjectKinds, standard(""), standard("  项目类型 甲类"), Class::StandardPartChanged),
        (Fact::WeightTotal, standard("  权重合计 90"), standard("  权重合计 100"), Class::StandardPartChanged),
        (
            Fact::WeightScheme,
            standard("  权重方案 { 产出指标 50 }"),
            standard("  权重方案 { 产出指标 60 }"),
            Class::StandardPartChanged,
        ),
        (
            Fact::WeightSchemeOrder,
            standard("  权重方案 { 产出指标 50 }\n  权重方案 { 效益指标 50 }"),
            standard("  权重方案 { 效益指标 50 }\n  权重方案 { 产出指标 50 }"),
            Class::StandardPartChanged,
        ),
        (Fact::Grades, standard("  等级 甲 乙"), standard("  等级 甲 乙 丙"), Class::StandardPartChanged),
        (
            Fact::FieldRule,
            standard("  字段 项目.备注 { 类型 文本 }"),
            standard("  字段 项目.备注 { 类型 数值 }"),
            Class::StandardPartChanged,
        ),
        (
            Fact::FieldRuleOrder,
            standard("  字段 项目.甲 { 类型 文本 }\n  字段 项目.乙 { 类型 文本 }"),
            standard("  字段 项目.乙 { 类型 文本 }\n  字段 项目.甲 { 类型 文本 }"),
            Class::StandardPartChanged,
        ),
        (Fact::CodeForm, standard(""), standard("  项目编码 {\n    段 年度 2\n  }"), Class::StandardPartChanged),
        (
            Fact::Column,
            standard("  指标表 {\n    列 三级指标 \"一\"\n  }"),
            standard("  指标表 {\n    列 三级指标 \"二\"\n  }"),
            Class::StandardPartChanged,
        ),
        (
            Fact::ColumnOrder,
            standard("  指标表 {\n    列 三级指标 \"一\"\n    列 指标值 \"二\"\n  }"),
            standard("  指标表 {\n    列 指标值 \"二\"\n    列 三级指标 \"一\"\n  }"),
            Class::StandardPartChanged,
        ),
        (
            Fact::MergedColumns,
            standard("  指标表 {\n    列 三级指标 \"一\"\n  }"),
            standard("  指标表 {\n    列 三级指标 \"一\"\n    合并 三级指标\n  }"),
            Class::StandardPartAdded,
        ),
        (Fact::Label, standard("  标签 甲 \"一\""), standard("  标签 甲 \"二\""), Class::StandardPartChanged),
        (Fact::Words, standard("  词表 甲 \"一\""), standard("  词表 甲 \"二\""), Class::StandardPartAdded),
        (Fact::Reading, standard("  读作 甲 \"一\""), standard("  读作 甲 \"二\""), Class::StandardPartRemoved),
        (Fact::Level, standard("  级别 JX012 关闭"), standard("  级别 JX012 错误"), Class::StandardPartChanged),
        (Fact::RuleSource, standard(""), standard("  规则 JX012 { 审核 可行性 }"), Class::StandardPartChanged),
        (Fact::NameLength, standard("  名称长度 20"), standard("  名称长度 30"), Class::StandardPartChanged),
        (
            Fact::MonitoringRules,
            standard("  监控规则 {\n    报送 15 天\n  }"),
            standard("  监控规则 {\n    报送 20 天\n  }"),
            Class::StandardPartChanged,
        ),
        (
            Fact::ScoringRules,
            standard("  自评规则 {\n    计分 反向 反比\n  }"),
            standard("  自评规则 {\n    计分 反向 全或无\n  }"),
            Class::StandardPartChanged,
        ),
        (
            Fact::YearForm,
            standard("  自评表 {\n    列 完成值 \"一\"\n  }"),
            standard("  自评表 {\n    列 完成值 \"二\"\n  }"),
            Class::StandardPartChanged,
        ),
        (
            Fact::ProjectForm,
            standard("  项目表 {\n    表行 \"名\" 项目名称\n  }"),
            standard("  项目表 {\n    表行 \"名称\" 项目名称\n  }"),
            Class::StandardPartChanged,
        ),
    ];
    let mut fields: Vec<Fact> = pairs.iter().map(|(field, ..)| *field).collect();
    fields.dedup();
    assert_eq!(fields, Fact::all(), "every field has its pair, in the order of the fields");
    let mut wrong = Vec::new();
    for (field, old, new, class) in &pairs {
        let (old, new) = (analyse(one_file(old), None), analyse(one_file(new), None));
        let (before, after) = (form(side(&old)), form(side(&new)));
        let places = before.facts.keys().chain(after.facts.keys()).filter(|place| place.field == *field);
        let differs = places.into_iter().any(|place| before.facts.get(place) != after.facts.get(place));
        let changes = compare(side(&old), side(&new)).changes;
        let is_told = changes.iter().any(|change| change.class == *class);
        if !differs || !is_told || apply(&before, &changes) != after {
            wrong.push(format!("{field:?}: differs {differs}, wanted {class:?}:\n{}", told(&changes)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The class of a change of the target of one indicator.
fn class_of(old: &str, new: &str) -> Vec<Class> {
    let text = |target: &str| {
        let fields = if target.contains("上年") { " {\n    上年 90%\n  }" } else { "" };
        format!("部门 示例局 {{\n  年度 2025\n}}\n项目 甲 {{\n  预算 100 元\n  指标 质量 某事 {target}{fields}\n}}\n")
    };
    classes(&text(old), &text(new))
}

#[test]
fn targets_are_compared_by_the_values_that_reach_them() {
    let same = [
        ("= 100%", "≥ 100%"),
        ("> 9 人", "≥ 10 人"),
        ("< 10 人", "≤ 9 人"),
        ("≤ 0 起", "= 0 起"),
        ("≤ 2 万元", "≤ 20000 元"),
        ("≥ 95%", "≥ 950 ‰"),
        ("≥ 48 小时", "≥ 2 天"),
        ("≤ 3 万元/公里", "≤ 30000 元/公里"),
        ("90% .. 100%", "≥ 90%"),
        ("≤ 10月底", "≤ 2025-10-31"),
        ("≤ 10月底", "10月31日"),
        ("< 11月1日", "≤ 10月底"),
        ("≤ 预算", "≤ 100 元"),
        ("≤ 预算", "≤ 预算 × 100%"),
        ("≥ 上年 + 2%", "≥ 上年 + 2.0%"),
        ("1.50 万亩", "1.5 万亩"),
    ];
    for (old, new) in same {
        assert_eq!(class_of(old, new), [Class::TargetRewritten], "{old} → {new}");
    }
    let other = [
        ("≤ 180 天", "≤ 6 个月", Class::TargetRedefined),
        ("≥ 3 次", "≥ 3 场", Class::TargetRedefined),
        ("≥ 90%", "> 90%", Class::TargetTightened),
        ("≥ 90%", "≥ 90.0001%", Class::TargetTightened),
        ("≥ 90%", "= 95%", Class::TargetTightened),
        ("≤ 预算", "≤ 预算 × 95%", Class::TargetTightened),
        ("≤ 99 元", "≤ 预算", Class::TargetRelaxed),
        ("≤ 财政拨款", "≤ 财政拨款 × 90%", Class::TargetTightened),
        ("≥ 上年", "≥ 上年 + 2%", Class::TargetTightened),
        ("≥ 上年 × 105%", "≥ 上年", Class::TargetRelaxed),
        ("≥ 90%", "90% .. 95%", Class::TargetTightened),
        ("90% .. 95%", "85% .. 99%", Class::RangeWidened),
        ("90% .. 95%", "92% .. 98%", Class::TargetShifted),
        ("≥ 90%", "≤ 95%", Class::ComparisonReversed),
        ("= 10 人", "= 11 人", Class::TargetShifted),
        ("10 人", "≥ 10 人", Class::TargetRelaxed),
        ("≤ 2月底", "≤ 2月27日", Class::DeadlineEarlier),
        ("≤ 2025年底", "≤ 2026年1月15日", Class::DeadlineLater),
        ("是", "否", Class::AnswerReversed),
        ("是", "定性 \"好\"", Class::BecameWords),
        ("定性 优 { 优 良 差 }", "≥ 90%", Class::BecameMeasured),
    ];
    for (old, new, class) in other {
        assert_eq!(class_of(old, new), [class], "{old} → {new}");
        assert_eq!(class_of(new, old), [class.mirror()], "{new} → {old}");
    }
}

#[test]
fn a_target_moves_with_the_money_it_follows() {
    let text = |budget: &str, target: &str| format!("项目 甲 {{\n  预算 {budget}\n  指标 成本 支出 {target}\n}}\n");
    let raised = classes(&text("100 元", "≤ 预算"), &text("120 元", "≤ 预算"));
    assert_eq!(raised, [Class::BudgetRaised, Class::TargetRelaxed]);
    let rewritten = classes(&text("100 元", "≤ 预算"), &text("0.01 万元", "≤ 预算"));
    assert_eq!(rewritten, [Class::AmountRewritten]);
    // Each side by its own budget: 95 became 96.
    let both = classes(&text("100 元", "≤ 预算 × 95%"), &text("120 元", "≤ 预算 × 80%"));
    assert_eq!(both, [Class::BudgetRaised, Class::TargetRelaxed]);
}

#[test]
fn the_next_year_is_matched_by_the_sequence_of_codes() {
    let office = |year: &str, code: &str, name: &str, target: &str| {
        format!(
            "部门 905 示例局 {{\n  年度 20{year}\n  标准 河北2025\n}}\n项目 {code} {name} {{\n  预算 1 元\n  指标 数量 某事 {target}\n}}\n"
        )
    };
    let (old, new) = (
        office("25", "13022925P004R2810661U", "甲", "≤ 2025-10-31"),
        office("26", "13022926P004R2810661Q", "完全不同的名称", "≤ 2026-10-31"),
    );
    let (old, new) = (analyse(one_file(&old), None), analyse(one_file(&new), None));
    let comparison = compare(side(&old), side(&new));
    assert_eq!(comparison.matches[0].evidence, jixiao::diff::Evidence::CodeSequence);
    let found: Vec<Class> = comparison.changes.iter().map(|change| change.class).collect();
    // A date of the same day of its fiscal year is the same.
    let wanted = [Class::YearChanged, Class::ProjectRenamed, Class::ProjectCodeChanged, Class::TargetRewritten];
    assert_eq!(found, wanted, "{}", told(&comparison.changes));
}

#[test]
fn fingerprints_stay_whatever_else_changes() {
    let text = |code: &str, more: &str, target: &str| {
        format!("项目 {code}甲 {{\n  预算 100 元\n  指标 数量 某事 {target}\n{more}}}\n")
    };
    let fingerprint = |old: &str, new: &str| {
        let (old, new) = (analyse(one_file(old), None), analyse(one_file(new), None));
        let changes = compare(side(&old), side(&new)).changes;
        let tightened = changes.iter().find(|change| change.class == Class::TargetTightened);
        tightened.map(Change::fingerprint).expect("a tightened target")
    };
    let plain = fingerprint(&text("", "", "≥ 1 次"), &text("", "", "≥ 2 次"));
    let more = text("", "  指标 质量 合格率 ≥ 9%\n", "≥ 2 次").replace("指标", "indicator").replace("项目", "project");
    assert_eq!(plain, fingerprint(&text("", "", "≥ 1 次"), &more));
    assert_ne!(plain, fingerprint(&text("", "", "≥ 1 次"), &text("", "", "≥ 3 次")));
    let named = fingerprint(&text("1300001 ", "", "≥ 1 次"), &text("1300001 ", "", "≥ 2 次"));
    let renamed = text("1300001 ", "", "≥ 2 次").replace("某事", "某件事").replace('甲', "乙");
    assert_eq!(named, fingerprint(&text("1300001 ", "", "≥ 1 次"), &renamed));
}

#[test]
fn money_between_projects_is_told_with_its_balance() {
    let project = |name: &str, yuan: u32| format!("项目 {name} {{\n  预算 {yuan} 元\n}}\n");
    let all = |amounts: [u32; 4]| {
        ["甲", "乙", "丙", "丁"].iter().zip(amounts).map(|(name, yuan)| project(name, yuan)).collect::<String>()
    };
    let moved = |new: [u32; 4]| {
        let (old, new) = (analyse(one_file(&all([100, 100, 100, 100])), None), analyse(one_file(&all(new)), None));
        let changes = compare(side(&old), side(&new)).changes;
        let moved = changes.into_iter().filter(|change| change.class == Class::MoneyMoved);
        moved
            .map(|change| {
                change
                    .details
                    .iter()
                    .map(|detail| detail.text().in_language(Language::English).into_owned())
                    .collect::<Vec<_>>()
            })
            .collect::<Vec<_>>()
    };
    let last = |told: &[Vec<String>]| told.iter().filter_map(|details| details.last().cloned()).collect::<Vec<_>>();
    // All of a department together.
    assert_eq!(last(&moved([70, 110, 120, 100])), ["out 30 元, in 30 元, balance 0 元"]);
    // Two among others, and one against two.
    assert_eq!(last(&moved([70, 130, 107, 100])), ["out 30 元, in 30 元, balance 0 元"]);
    assert_eq!(last(&moved([70, 110, 120, 107])), ["out 30 元, in 30 元, balance 0 元"]);
    // Mere growth is no transfer.
    assert!(moved([110, 120, 130, 100]).is_empty());
}

#[test]
fn many_new_names_and_codes_are_matched_by_what_projects_say() {
    const COUNT: usize = 600;
    let office = |suffix: &str, kind: char| {
        (0..COUNT)
            .map(|number| {
                format!(
                    "项目 13022925{kind}{number:012} 示例项目{}{suffix} {{\n  预算 {number} 元\n  指标 数量 完成数量 ≥ 1 次\n}}\n",
                    number * 7919
                )
            })
            .collect::<Vec<_>>()
            .concat()
    };
    let (old, new) = (analyse(one_file(&office("", 'T')), None), analyse(one_file(&office("（续）", 'P')), None));
    let comparison = compare(side(&old), side(&new));
    let by_content = comparison
        .matches
        .iter()
        .filter(|one| matches!(one.evidence, jixiao::diff::Evidence::Content { .. }) && one.old.0 == one.new.0);
    assert!(by_content.count() > COUNT * 9 / 10, "{} matches", comparison.matches.len());
}

#[test]
fn many_projects_of_one_name_are_told_apart_by_what_they_say() {
    let project = |budget: usize| format!("项目 零星项目 {{\n  预算 {budget} 元\n  目标 \"办成{budget}件。\"\n}}\n");
    let same: String = (0..100).map(|_| project(1)).collect();
    let different: String = (1..=100).map(project).collect();
    let in_department = |text: &str| format!("部门 示例局 {{\n  年度 2025\n}}\n{text}");
    for text in [same.clone(), different.clone(), in_department(&same), in_department(&different)] {
        assert_eq!(classes(&text, &text), []);
    }
    // One of them changed, in whatever order they stand.
    let turned: String = (1..=100).rev().map(|budget| project(if budget == 50 { 500 } else { budget })).collect();
    let changed = classes(&different, &turned);
    assert_eq!(changed.iter().filter(|class| **class == Class::BudgetRaised).count(), 1, "{changed:?}");
    assert!(!changed.contains(&Class::ProjectRemoved), "{changed:?}");
    // All of them changed: the first is the first.
    let raised: String = (1..=100).map(|budget| project(budget + 1000)).collect();
    let changed = classes(&different, &raised);
    assert!(changed.iter().filter(|class| **class == Class::BudgetRaised).count() == 100, "{changed:?}");
    // One more, or one less.
    assert_eq!(classes(&same, &format!("{same}{}", project(1))), [Class::ProjectAdded]);
    assert_eq!(classes(&format!("{same}{}", project(1)), &same), [Class::ProjectRemoved]);
}
