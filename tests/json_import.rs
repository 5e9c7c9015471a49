//! `targets.json` comes back as the same facts, and what is not of the format is told with its path.

use crate::support::offices::{Facts, office};
use crate::support::{Generator, artifacts as render, examples};
use jixiao::backend::Artifact;
use jixiao::diagnostic::{Code, Diagnostic, Language};
use jixiao::import::json;
use jixiao::model::Model;
use jixiao::workspace::{self, Analysis, Input, analyse};

fn texts(model: &Model) -> Vec<(String, String)> {
    let text =
        |artifact: Artifact| (artifact.path.display().to_string(), String::from_utf8(artifact.bytes).expect("text"));
    render(model, "jx").into_iter().map(text).collect()
}

/// Through JSON and back, without a difference in the source text and in the JSON.
fn comes_back(name: &str, analysis: &Analysis, files: &[Input]) {
    let library = workspace::library(files.to_vec());
    let written = render(&analysis.model, "json").remove(0).bytes;
    let model = json::read("targets.json", &written, &library).unwrap_or_else(|problem| {
        panic!("{name}: {}\n{:?}", problem.message.in_language(Language::English), problem.help)
    });
    assert_eq!(texts(&analysis.model), texts(&model), "{name}");
    let again = render(&model, "json").remove(0).bytes;
    assert_eq!(String::from_utf8_lossy(&written), String::from_utf8_lossy(&again), "{name}");
}

#[test]
fn every_example_comes_back() {
    for example in examples() {
        comes_back(&example.name, &example.analyse(), &example.files);
    }
}

/// A year with every kind of declaration, and every kind of line.
const YEAR: [(&str, &str); 3] = [
    ("部门.jx", "部门 901 示例县文化局 {\n  年度 2025\n  标准 财预2021\n  总体目标 \"办好文化。\"\n}\n"),
    (
        "01.jx",
        r#"项目 图书下乡 {
  预算 30 万元 {
    财政拨款 20 万元
    其他资金 10 万元
  }
  目标 "送书下乡。"
  指标 数量 送书册数 ≥ 5000 册 { 权重 30 }
  指标 质量 图书完好率 ≥ 95% { 权重 20 }
  指标 时效 完成时间 ≤ 11月底 { 权重 10 }
  指标 社会效益 读书氛围 定性 "有所改善" { 权重 20 }
  指标 社会效益 评选等级 定性 优 { 优 良 中 差 } { 权重 5 }
  指标 社会效益 建立名册 是 { 权重 5 }
}
"#,
    ),
    (
        "年.jx",
        r#"批复 2025-01-20 "示财预〔2025〕3号" {
  指纹 图书下乡 "4f21e029c129fdbe"
  指纹 部门 "90c1d4aa5be27f03"
}
调整 2025-09-10 "示财预〔2025〕41号" {
  理由 "压减。"
  预算 图书下乡 30 万元 改为 28 万元 {
    财政拨款 20 万元 改为 18 万元
  }
  结转 图书下乡 1 万元
  指标值 图书下乡.送书册数 ≥ 5000 册 改为 ≥ 4800 册
  权重 图书下乡.图书完好率 20 分 改为 18 分
  目标 图书下乡 "送好书下乡。"
  增加指标 图书下乡.培训场次 数量 ≥ 2 场 {
    权重 2
    依据 计划标准 "普法工作要点"
  }
  撤销指标 图书下乡.建立名册 "并入图书完好率。"
}
监控 6月底 {
  截止 2025-06-30
  填报 2025-07-08
  执行 图书下乡 12 万元 {
    财政拨款 10 万元
    预计 27 万元
    偏差 经费保障 "六月才到。"
    措施 "三季度补上。"
  }
  完成 图书下乡.送书册数 2000 册 {
    预计 4800 册
    可能性 有可能
    偏差 人员保障 "人少。"
    偏差 其他
    措施 "招人。"
    证据 "台账"
    样本 20 份
    累计 9000 册
    口径说明 "含捐赠。"
  }
  完成 图书下乡.图书完好率 待测 "年底统一清点"
  完成 图书下乡.读书氛围 部分达成
  完成 图书下乡.评选等级 良
  完成 图书下乡.建立名册 否
  完成 图书下乡.培训场次 待填
  整改 图书下乡.送书册数 2025-08-31 "补招两人。" {
    结果 "已补。"
  }
  整改 图书下乡 2025-09-30 "补拨。"
  总体完成 图书下乡 "过半。"
}
自评 {
  填报 2026-01-15
  执行 图书下乡 待填
  完成 图书下乡.送书册数 4900 册 {
    得分 30 分
  }
  完成 图书下乡.图书完好率 不适用 "改为电子书。"
  完成 图书下乡.完成时间 2025-11-20
  完成 图书下乡.读书氛围 达成 { 得分 18.5 分 }
  完成 图书下乡.评选等级 达成
  完成 图书下乡.建立名册 是
  总体完成 图书下乡 "完成。"
  结论 图书下乡 "较好。"
  问题 图书下乡 "书少。"
  改进 图书下乡 "多买。"
  建议 图书下乡 "早拨。"
  应用 图书下乡 继续安排 "照旧。"
}
复核 2026-03-15 "县财政局" {
  得分 图书下乡.送书册数 28 分 "少一百册。"
  应用 图书下乡 整改
}
评价 2026-06-20 图书下乡 {
  框架 项目评价
  得分 决策.项目立项.立项依据充分性 3 分 "依据齐全。"
  得分 产出.产出数量.实际完成率 取自 自评
  结论 "总体良好。"
  应用 整改 "补齐制度。"
}
区域 全县资助 {
  汇总 示例县文化局.图书下乡
  指标 数量 送书册数 ≥ 9000 册 {
    权重 50
  }
}
"#,
    ),
];

#[test]
fn a_year_comes_back() {
    let files = YEAR.map(|(path, text)| Input { path: path.to_owned(), text: text.into() });
    let analysis = analyse(files.to_vec(), None);
    assert_eq!(analysis.model.departments[0].record.occasions.len(), 7);
    comes_back("year", &analysis, &files);
}

#[test]
fn generated_offices_have_no_errors_and_come_back() {
    let mut standards = std::collections::BTreeMap::new();
    for seed in 1..=240 {
        let facts = if seed % 3 == 0 { Facts::Printed } else { Facts::Every };
        let office = office(&mut Generator::new(seed * 7919), facts);
        *standards.entry(office.standard.clone()).or_insert(0) += 1;
        let analysis = analyse(office.files.clone(), None);
        let errors: Vec<&Diagnostic> = analysis.diagnostics.iter().filter(|one| one.is_error()).collect();
        let shown: Vec<String> = errors
            .iter()
            .map(|one| {
                let line = one.span().map(|span| analysis.sources.get(span.file).line_text(span.start).to_owned());
                format!("{} {} {}", one.code.id(), one.message.in_language(Language::English), line.unwrap_or_default())
            })
            .collect();
        assert!(errors.is_empty(), "seed {seed} under {}: {shown:#?}", office.standard);
        comes_back(&format!("seed {seed}"), &analysis, &office.files);
        let written = texts(&analysis.model).into_iter();
        let mut files: Vec<Input> = written.map(|(path, text)| Input { path, text: text.into() }).collect();
        files.extend(office.files.into_iter().filter(|file| file.path == "标准.jx"));
        let again = analyse(files, None);
        let json = |model: &Model| String::from_utf8(render(model, "json").remove(0).bytes).expect("text");
        assert_eq!(json(&analysis.model), json(&again.model), "seed {seed}: source text");
    }
    assert!(standards.len() >= 5, "{standards:?}");
}

/// The findings of a changed document.
fn told(change: impl FnOnce(&mut serde_json::Value)) -> Diagnostic {
    let example = &examples()[0];
    let written = render(&example.analyse().model, "json").remove(0).bytes;
    let mut document = serde_json::from_slice(&written).expect("JSON");
    change(&mut document);
    let library = workspace::library(example.files.clone());
    let read = json::read("targets.json", document.to_string().as_bytes(), &library);
    read.expect_err("an error")
}

#[test]
fn what_is_not_of_the_format_is_told_with_its_path() {
    let says = |problem: &Diagnostic, code: Code, words: &[&str]| {
        assert_eq!(problem.code, code, "{}", problem.message.in_language(Language::English));
        for word in words {
            assert!(
                problem.message.in_language(Language::Chinese).contains(word),
                "{} lacks {word}",
                problem.message.in_language(Language::Chinese)
            );
            assert!(
                problem.message.in_language(Language::English).contains(word),
                "{} lacks {word}",
                problem.message.in_language(Language::English)
            );
        }
    };
    let problem = told(|document| document["departments"][0]["projects"][2]["budgt"] = "1".into());
    says(&problem, Code::JX602, &["`departments[0].projects[2].budgt`", "`targets.json`"]);
    assert!(problem.help.as_ref().expect("help").in_language(Language::English).contains("`budget`"));
    let problem = told(|document| document["departments"][0]["standard"]["name"] = "河北2026".into());
    says(&problem, Code::JX303, &["`departments[0].standard.name`", "`河北2026`"]);
    let problem = told(|document| document["schema_version"] = 7.into());
    says(&problem, Code::JX602, &["`schema_version`", "7", "2"]);
    let target = "`departments[0].projects[0].indicators[0].target";
    let first = |document: &mut serde_json::Value, key: &str, value: serde_json::Value| {
        document["departments"][0]["projects"][0]["indicators"][0]["target"]["quantity"][key] = value;
    };
    says(&told(|document| first(document, "value", 10.into())), Code::JX602, &[target, "quantity.value`"]);
    says(&told(|document| first(document, "value", "1e3".into())), Code::JX602, &[target, "1e3"]);
    says(&told(|document| first(document, "unit", "光年".into())), Code::JX304, &[target, "光年"]);
    says(&told(|document| first(document, "value", 1.5.into())), Code::JX602, &["12.40"]);
    let problem = told(|document| document["departments"][0]["sub_goals"][0]["indicators"][0]["id"] = "p1-i1".into());
    says(&problem, Code::JX100, &["`departments[0].sub_goals[0].indicators[0]`"]);
    let problem = told(|document| document["departments"][0]["code"] = "434 }\n项目 甲".into());
    says(&problem, Code::JX602, &["`departments[0].code`"]);
}

#[test]
fn no_bytes_make_it_panic() {
    let library = workspace::library(Vec::new());
    let deep = "[".repeat(100_000);
    let repeated = r#"{"schema_version":1,"schema_version":1,"departments":[]}"#;
    for bytes in [&b""[..], b"{", b"\xFF\xFE", b"null", b"[]", b"{}", deep.as_bytes(), repeated.as_bytes()] {
        assert!(json::read("x.json", bytes, &library).is_err());
    }
    let example = &examples()[0];
    let written = render(&example.analyse().model, "json").remove(0).bytes;
    let mut generator = Generator::new(5);
    for _ in 0..300 {
        let mut bytes = written[..generator.below(written.len())].to_vec();
        if let Some(place) = (!bytes.is_empty()).then(|| generator.below(bytes.len())) {
            bytes[place] = generator.below(256) as u8;
        }
        let _ = json::read("x.json", &bytes, &library);
    }
}
