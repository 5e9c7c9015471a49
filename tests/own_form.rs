//! A place's own form comes back: document, import, files, document. What is counted are the words of the document that are
//! missing in the one that is printed.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use crate::import_forms::{in_every_format, merged};
use crate::import_samples::own_kinds;
use crate::support::artifacts;
use jixiao::backend::AskedCheckpoint;
use jixiao::diagnostic::Code;
use jixiao::import::{Imported, Importing, import};
use jixiao::model::Model;
use jixiao::model::standard::year_form::YearForm;
use jixiao::workspace::{Input, analyse};

/// The words of a text: what stands between signs that are neither letters nor digits. A comma within a number is none.
fn words<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for text in texts {
        let signs: Vec<char> = text.chars().collect();
        let is_digit = |sign: Option<&char>| sign.is_some_and(char::is_ascii_digit);
        let mut word = String::new();
        for (at, sign) in signs.iter().enumerate() {
            let is_within = at > 0 && is_digit(signs.get(at - 1)) && is_digit(signs.get(at + 1));
            match sign {
                ',' | '，' if is_within => {}
                '.' if is_within => word.push('.'),
                sign if sign.is_alphanumeric() => word.push(*sign),
                _ => words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty())),
            }
        }
        words.extend(Some(word).filter(|word| !word.is_empty()));
    }
    words
}

/// The words of cells, and those that they are without blanks, which names do not keep.
fn with_joined<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    let texts: Vec<&str> = texts.into_iter().collect();
    let joined: Vec<String> = texts.iter().map(|text| text.split_whitespace().collect()).collect();
    words(texts.into_iter().chain(joined.iter().map(String::as_str)))
}

/// Whether a document is a form of targets: a project with indicators, and nothing of the year.
pub(crate) fn is_form(imported: &Imported) -> bool {
    let is_of_year = |(_, text): &(String, String)| {
        text.lines().any(|line| ["自评 ", "监控 ", "复核 ", "评价 "].iter().any(|word| line.starts_with(word)))
    };
    imported.model.projects.iter().any(|one| !one.indicators.is_empty()) && !imported.files.iter().any(is_of_year)
}

/// What a model prints: the words of the texts and of the word processor's document.
fn printed(model: &Model, format: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for artifact in artifacts(model, format) {
        if format == "text" {
            all.extend(with_joined(std::str::from_utf8(&artifact.bytes).expect("text").lines()));
        } else {
            let name = artifact.path.display().to_string();
            let back = import(&name, &artifact.bytes, &Importing::default()).expect("a document");
            all.extend(with_joined(back.texts()));
        }
    }
    all
}

/// The words of an import's cells that are not among others, and were not told as left over. A cell may come back without
/// its blanks.
fn missing(imported: &Imported, printed: &BTreeSet<String>) -> BTreeSet<String> {
    let left: Vec<String> = imported.left_over().into_iter().map(|left| left.text).collect();
    let printed = &printed.union(&words(left.iter().map(String::as_str))).cloned().collect();
    let mut missing = BTreeSet::new();
    for text in imported.texts() {
        let joined: String = text.split_whitespace().collect();
        if !words([joined.as_str()]).is_subset(printed) {
            missing.extend(words([text]).difference(printed).cloned());
        }
    }
    missing
}

/// How many words the form of an import has, and how many the texts that are printed of it lack.
pub(crate) fn words_and_missing(imported: &Imported) -> (usize, usize) {
    let missing = missing(imported, &printed(&imported.model, "text"));
    (words(imported.texts()).len(), missing.len())
}

#[derive(Default)]
struct Figures {
    documents: usize,
    words: usize,
    /// What did not come back in the usual form, and in the own one.
    before: usize,
    after: usize,
    missing: String,
}

impl Figures {
    fn add(&mut self, name: &str, mut imported: Imported) {
        if !is_form(&imported) {
            return;
        }
        self.documents += 1;
        self.words += words(imported.texts()).len();
        for format in ["text", "docx"] {
            let missing = missing(&imported, &printed(&imported.model, format));
            if format == "text" {
                self.after += missing.len();
            }
            if !missing.is_empty() {
                let missing: Vec<String> = missing.into_iter().collect();
                let _ = writeln!(self.missing, "{name} as {format}: {}", missing.join(" "));
            }
        }
        for standard in &mut imported.model.standards {
            Arc::make_mut(standard).project_form = None.into();
        }
        self.before += missing(&imported, &printed(&imported.model, "text")).len();
    }

    fn permille(&self, missing: usize) -> usize {
        missing * 1000 / self.words.max(1)
    }
}

/// Our own kinds are small and odd: sums of lists, pages that go on, tables without a project's form, projects beside each
/// other, which are told to be printed one by one. Of a thousand words so many do not come back.
const MOST_OF_KINDS: usize = 36;

/// The goal: of a hundred words of the forms two do not come back.
const MOST: usize = 20;

#[test]
fn the_words_of_the_cases_come_back() {
    let folder = crate::support::root().join("../shared/cases/import");
    let Ok(listing) = std::fs::read_dir(&folder) else {
        eprintln!("skipped: {} is not there", folder.display());
        return;
    };
    let mut files: Vec<std::path::PathBuf> = listing.map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    let mut figures = Figures::default();
    for path in files {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if name.ends_with(".jx") || name.ends_with(".md") && !name.ends_with(".input.md") {
            continue;
        }
        if let Ok(imported) = import(&name, &std::fs::read(&path).expect("a case"), &Importing::default()) {
            figures.add(&name, imported);
        }
    }
    let (before, after) = (figures.permille(figures.before), figures.permille(figures.after));
    eprintln!("{} forms, {} words: {before} ‰ before, {after} ‰ now", figures.documents, figures.words);
    assert!(after <= MOST, "{after} ‰ of {} words\n{}", figures.words, figures.missing);
}

#[test]
fn the_words_of_our_own_kinds_come_back_in_every_format() {
    let mut figures = Figures::default();
    for (name, rows) in own_kinds() {
        for imported in in_every_format(&merged(&rows)) {
            let kind = imported.kind;
            figures.add(&format!("{name} from {kind:?}"), imported);
        }
    }
    let (before, after) = (figures.permille(figures.before), figures.permille(figures.after));
    eprintln!("{} forms, {} words: {before} ‰ before, {after} ‰ now", figures.documents, figures.words);
    assert!(after <= MOST_OF_KINDS, "{after} ‰ of {} words\n{}", figures.words, figures.missing);
}

/// A standard that lays out the form of a project: cells beside and below one another, a group for each source.
const LAID_OUT: &str = r#"标准 我县 扩展 财预2015 {
  金额单位 万元
  字段 项目.联系电话 { 类型 文本 }
  级别 JX001 关闭
  级别 JX040 关闭
  项目表 {
    表题 "项目支出绩效目标表"
    表题 "（{年度}年度）"
    表上 "填报单位：{单位}" "单位：{金额单位}"
    表行 "项目名称" 项目名称 5
    表行 "主管部门及代码" "[{部门编码}]{主管部门}" 2 "实施单位" 单位 2
    表行 "项目资金（{金额单位}）" 1 × 2 "年度资金总额" 2 预算 3
    逐项 资金来源 { 表行 资金来源 2 金额 3 }
    表行 "支出计划" 1 × 2 "花括号{{}}" 5
    逐项 支出节点 5 {
      表行 支出节点
      表行 比例
    }
    表行 "年度总体目标" 目标 5
    指标表 "绩效指标"
    表行 "联系电话" 联系电话 5
    表下 "填报人：" "填报日期：" "单位（盖章）"
  }
}
部门 905 示例县民政局 {
  年度 2025
  标准 我县
  单位 905001 示例县民政局本级
}
项目 养老院建设 {
  单位 905001
  预算 12.5 万元 { 财政拨款 12.5 万元 }
  支出计划 { 6月底 40%；12月底 100% }
  目标 "办好养老院。"
  联系电话 "0311-1234567"
  指标 数量 养老院床位数 ≥ 10 张
}
项目 救助 {
}
"#;

fn laid_out() -> Model {
    let analysis = analyse(vec![Input { path: "一.jx".to_owned(), text: LAID_OUT.into() }], None);
    let errors: Vec<_> = analysis.diagnostics.iter().filter(|one| one.is_error()).map(|one| one.code).collect();
    assert_eq!(errors, [], "{:?}", analysis.diagnostics);
    analysis.model
}

#[test]
fn a_declared_form_is_printed_in_every_format() {
    let model = laid_out();
    for format in ["text", "markdown"] {
        let artifact = artifacts(&model, format).remove(0);
        insta::assert_snapshot!(format!("own_form_as_{format}"), String::from_utf8(artifact.bytes).expect("text"));
    }
    // What is printed is what is read: the form comes in with the same facts and is declared the same way.
    for format in ["docx", "xlsx", "html"] {
        let artifact = artifacts(&model, format).remove(0);
        let back =
            import(&artifact.path.display().to_string(), &artifact.bytes, &Importing::default()).expect("a form");
        let names: Vec<&str> = back.model.projects.iter().map(|one| &*one.name.value).collect();
        assert_eq!(names.first(), Some(&"养老院建设"), "{format}");
        let (_, standard) = back.files.iter().find(|(path, _)| path == "标准.jx").expect("a standard of its own");
        for line in [
            "表题 \"项目支出绩效目标表\"",
            "\"主管部门及代码\"",
            "\"年度资金总额\"",
            "\"其中：财政拨款\"",
            "\"年度总体目标\"",
            "\"联系电话\"",
        ] {
            assert!(standard.contains(line), "{format}: {line} is not in\n{standard}");
        }
    }
}

/// A cell over lines of which one is a group goes on over all rows of the group.
#[test]
fn a_form_without_facts_has_a_place_for_everything() {
    let model = laid_out();
    let text = String::from_utf8(artifacts(&model, "text").remove(0).bytes).expect("text");
    let (filled, blank) = text.split_once("联系电话\n\t0311-1234567").expect("two forms");
    let rows = |form: &str, label: &str| form.matches(&format!("\t{label}\n")).count();
    for label in ["年度资金总额", "其中：财政拨款", "上年结转资金", "其他资金", "12月底", "年度总体目标", "项目名称"]
    {
        assert_eq!((rows(filled, label), rows(blank, label)), (1, 1), "{label}");
    }
    // The usual form of a project of which nothing is stated yet.
    let usual = LAID_OUT.split_once("  项目表 {").expect("a form").0.to_owned()
        + "}\n部门 905 示例县民政局 {\n  标准 我县\n}\n项目 救助 {\n}\n";
    let usual = analyse(vec![Input { path: "一.jx".to_owned(), text: usual.into() }], None).model;
    let text = String::from_utf8(artifacts(&usual, "text").remove(0).bytes).expect("text");
    for label in ["项目编码", "预算数", "资金支出计划", "12月底", "绩效目标", "指标值"] {
        assert_eq!(rows(&text, label), 1, "{label} in\n{text}");
    }
}

#[test]
fn what_a_form_cannot_print_is_told() {
    let wrong = |line: &str| {
        let text = format!("标准 我县 扩展 财预2015 {{\n  项目表 {{\n    {line}\n  }}\n}}\n");
        let analysis = analyse(vec![Input { path: "一.jx".to_owned(), text: text.into() }], None);
        analysis.diagnostics.into_iter().map(|one| one.code).collect::<Vec<_>>()
    };
    for line in
        ["表行 \"名\" 某某", "表行 \"{某某}\"", "表行 \"{年度\"", "表题 \"}\"", "表行 \"名\" 金额", "表行 预算.某某"]
    {
        assert_eq!(wrong(line), [Code::JX502], "{line}");
    }
    for line in ["表行", "表行 3", "表行 \"名\" 0", "表行 \"名\" 1 × 900", "表行 \"名\" ×", "逐项 项目 { 表行 \"名\" }"]
    {
        let found = wrong(line);
        assert!(found.iter().any(|code| matches!(code, Code::JX401 | Code::JX209)), "{line}: {found:?}");
    }
    assert_eq!(wrong("表行 \"名\" 项目名称 2 × 3 \"{{}}\" \"{预算.财政拨款}\" 6月底"), []);
}

/// Standards over one that lays a form out print it, too; an empty declaration is the usual form again.
#[test]
fn a_layout_is_inherited_and_given_up() {
    let over = |inside: &str| {
        let text = LAID_OUT.replace("标准 我县\n", "标准 我镇\n") + &format!("标准 我镇 扩展 我县 {{\n{inside}}}\n");
        let model = analyse(vec![Input { path: "一.jx".to_owned(), text: text.into() }], None).model;
        String::from_utf8(artifacts(&model, "text").remove(0).bytes).expect("text")
    };
    assert!(over("").contains("年度资金总额"));
    let given_up = over("  项目表 {\n  }\n");
    assert!(!given_up.contains("年度资金总额") && given_up.contains("1.养老院建设绩效目标表"), "{given_up}");
}

/// A heading over its sign, its number and its unit comes back as two rows of headings, merged as they were.
#[test]
fn headings_in_two_rows_come_back_in_two_rows() {
    let form = merged(
        "项目绩效目标申报表{8}\n项目名称|机关物业{7}\n年度目标|保障机关运转。{7}\n一级指标{1,2}|二级指标{1,2}|三级指标{1,2}|年度指标值{3}|指标方向性{1,2}|指标分值{1,2}\n符号|数值|计量单位\n产出指标|数量指标|保洁面积|≥|12000|平方米|正向|60\n满意度指标|服务对象满意度指标|职工满意度|≥|95|%|正向|40",
    );
    let columns = "  指标表 {\n    列 一级指标\n    列 二级指标\n    列 三级指标\n    列 指标性质 \"年度指标值\" \"符号\"\n    列 数值 \"年度指标值\" \"数值\"\n    列 计量单位 \"年度指标值\" \"计量单位\"\n    列 方向 \"指标方向性\"\n    列 权重 \"指标分值\"\n    合并 一级指标 二级指标\n  }\n";
    for imported in in_every_format(&form) {
        let kind = imported.kind;
        let standard =
            |one: &Imported| one.files.iter().find(|(path, _)| path == "标准.jx").map(|(_, text)| text.clone());
        assert!(standard(&imported).expect("a standard").contains(columns), "{kind:?}: {:?}", standard(&imported));
        let html = artifacts(&imported.model, "html").remove(0);
        let html = String::from_utf8(html.bytes).expect("text");
        assert!(html.contains("colspan=3>年度指标值"), "{kind:?}");
        assert!(html.contains("rowspan=2>指标方向性"), "{kind:?}");
        for format in ["docx", "xlsx", "html", "ofd"] {
            let artifact = artifacts(&imported.model, format).remove(0);
            let name = artifact.path.display().to_string();
            let back = import(&name, &artifact.bytes, &Importing::default()).expect("a form");
            assert!(
                standard(&back).expect("a standard").contains(columns),
                "{kind:?} as {format}: {:?}",
                standard(&back)
            );
        }
    }
}

/// What is printed of a form of the year: the words of its document.
fn printed_of_year(imported: &Imported, form: YearForm) -> BTreeSet<String> {
    let analysis = crate::import::check(imported);
    let artifacts = crate::forms::printed(&analysis, "docx", &[form], AskedCheckpoint::Last);
    let mut all = BTreeSet::new();
    for artifact in artifacts {
        let name = artifact.path.display().to_string();
        let back = import(&name, &artifact.bytes, &Importing::default()).expect("a document");
        all.extend(with_joined(back.texts()));
    }
    all
}

/// The words of a form of the year that are not printed again: numbers by what they are, and a title behind the name of its
/// project.
fn missing_of_year(imported: &Imported, form: YearForm) -> BTreeSet<String> {
    let plain = |word: &str| match word.split_once('.') {
        Some((whole, _)) if whole.bytes().all(|sign| sign.is_ascii_digit()) => {
            word.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        _ => word.to_owned(),
    };
    let printed: BTreeSet<String> = printed_of_year(imported, form).iter().map(|word| plain(word)).collect();
    let missing = missing(imported, &printed).into_iter().map(|word| plain(&word));
    missing.filter(|word| printed.iter().all(|one| !one.ends_with(word.as_str()))).collect()
}

/// A self-evaluation of another place: its words for things, its columns in their order, some in two rows, its own fields.
#[test]
fn a_form_of_the_year_comes_back_in_its_own_words_and_columns() {
    let form = merged(
        "财政支出项目绩效自评情况表{9}\n（2024年度）{9}\n项目全称|城区绿化{3}|业务主管部门|云岭县园林局{4}\n项目属性|延续性项目{3}|负责人|王五{4}\n预算执行情况（万元）{1,3}|{1}|年初预算|调整后预算|实际支出|执行率|满分|得分{2}\n年度资金总额|500|500|495|99.00%|10|9.9{2}\n其中：财政拨款|500|500|495|99.00%|—|—{2}\n年度绩效目标{1,2}|设定目标{4}|完成情况综述{4}\n养护绿地120公顷。{4}|养护绿地121公顷。{4}\n一级指标{1,2}|二级指标{1,2}|三级指标{1,2}|指标权重{1,2}|年度指标值{1,2}|完成情况{1,2}|得分情况{1,2}|未完成说明{2}\n未完成原因分析|整改措施\n产出指标|数量指标|养护绿地|60|120公顷|121公顷|60||\n满意度指标|服务对象满意度指标|市民满意度|30|≥90%|85%|28.33|返修多|加强巡查\n自评结论|完成较好。{8}\n存在的主要问题|巡查不足。{8}\n下一步打算|增加巡查。{8}",
    );
    for imported in in_every_format(&form) {
        let kind = imported.kind;
        let (_, standard) = imported.files.iter().find(|(path, _)| path == "标准.jx").expect("a standard of its own");
        for line in [
            "  标签 自评表 \"财政支出项目绩效自评情况表\"\n",
            "    资金列 年初预算数 \"年初预算\"\n    资金列 全年预算数 \"调整后预算\"\n    资金列 执行数 \"实际支出\"\n",
            "    列 三级指标\n    列 权重 \"指标权重\"\n    列 指标值 \"年度指标值\"\n    列 完成值 \"完成情况\"\n    列 得分 \"得分情况\"\n    列 偏差 \"未完成说明\" \"未完成原因分析\"\n    列 措施 \"未完成说明\" \"整改措施\"\n",
            "    结尾 结论 问题 改进\n",
            "  标签 项目名称 \"项目全称\"\n",
            "  标签 主管部门 \"业务主管部门\"\n",
            "  标签 改进 \"下一步打算\"\n",
        ] {
            assert!(standard.contains(line), "{kind:?}: {line} is not in\n{standard}");
        }
        assert_eq!(missing_of_year(&imported, YearForm::SelfEvaluation), BTreeSet::new(), "{kind:?}");
    }
}

/// Of a hundred words of the forms of the year of other places so many do not come back: sentences of goals beside labels
/// that our form has no place for, tables of points for the process.
const MOST_OF_YEAR: usize = 100;

#[test]
fn the_words_of_forms_of_the_year_come_back() {
    let folder = crate::support::root().join("tests/cases/import");
    let mut files: Vec<std::path::PathBuf> =
        std::fs::read_dir(&folder).expect("cases").map(|entry| entry.expect("a file").path()).collect();
    files.sort();
    let (mut words_of_all, mut lost, mut told) = (0, 0, String::new());
    for path in files {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let form = match name.split('_').next() {
            Some("自评") => YearForm::SelfEvaluation,
            Some("监控") => YearForm::Monitoring,
            _ => continue,
        };
        let imported = import(&name, &std::fs::read(&path).expect("a case"), &Importing::default()).expect("a form");
        if imported.model.projects.is_empty() {
            continue;
        }
        let missing = missing_of_year(&imported, form);
        words_of_all += words(imported.texts()).len();
        lost += missing.len();
        let _ = writeln!(told, "{name}: {}", missing.into_iter().collect::<Vec<_>>().join(" "));
    }
    eprintln!("{lost} of {words_of_all} words\n{told}");
    assert!(lost * 1000 <= MOST_OF_YEAR * words_of_all, "{lost} of {words_of_all} words\n{told}");
}
