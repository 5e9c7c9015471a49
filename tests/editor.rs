//! What an editor is answered: `‸` marks the cursor.

use std::collections::BTreeSet;

use crate::support::{Example, Generator, examples};
use jixiao::diagnostic::{Code, Edit, Language};
use jixiao::edit::Patch;
use jixiao::editor::completion::{Completion, complete};
use jixiao::editor::folding::{FoldKind, folds};
use jixiao::editor::semantic::{TokenKind, coloured};
use jixiao::editor::{actions, hints, hover, lenses, outline, references, rename, selection};
use jixiao::source::{FileId, Span};
use jixiao::workspace::{Analysis, Input, analyse};

const DEPARTMENT: &str = "部门 1 示例局 {
  年度 2025
  标准 财预2015
  单位 1001 示例局本级
  总体目标 \"少起火。\"
  分项目标 \"防火知识家喻户晓。\" {
    指标 防火宣传.宣传场次
  }
}
";
const PROJECT: &str = "项目 防火宣传 {
  单位 1001
  预算 20000 元 {
    财政拨款 15000 元
    其他资金 4000 元
  }
  支出计划 {
    6月底 50%
    12月底 100%
  }
  目标 \"全年进村宣传六次以上。\"
  指标 数量 宣传场次 ≥ 6 次 {
    依据 计划标准 \"年度工作计划\"
  }
  指标 成本 不超预算 ≤ 预算 × 95%
  指标 社会效益 火灾起数 2 起
  指标 满意度 村民满意度 ≥ 90%
}
";

/// A workspace of named texts; one of them holds the cursor.
struct Desk {
    analysis: Analysis,
    file: FileId,
    offset: usize,
}

impl Desk {
    fn new(files: &[(&str, &str)]) -> Self {
        let mut cursor = None;
        let inputs = files
            .iter()
            .map(|(path, text)| {
                if let Some(offset) = text.find('‸') {
                    cursor = Some(((*path).to_owned(), offset));
                }
                Input { path: (*path).to_owned(), text: text.replace('‸', "").into() }
            })
            .collect();
        let analysis = analyse(inputs, None);
        let (path, offset) = cursor.expect("a cursor");
        let file = file_of(&analysis, &path);
        Self { analysis, file, offset }
    }

    /// The department, and a project with one stretch of it replaced by a text that holds the cursor.
    fn project(old: &str, new: &str) -> Self {
        assert!(PROJECT.contains(old), "{old}");
        Self::new(&[("部门.jx", DEPARTMENT), ("项目.jx", &PROJECT.replacen(old, new, 1))])
    }

    fn department(old: &str, new: &str) -> Self {
        assert!(DEPARTMENT.contains(old), "{old}");
        Self::new(&[("部门.jx", &DEPARTMENT.replacen(old, new, 1)), ("项目.jx", PROJECT)])
    }

    fn complete(&self) -> Completion {
        complete(&self.analysis, self.file, self.offset)
    }

    fn labels(&self) -> Vec<String> {
        self.complete().items.into_iter().map(|item| item.label).collect()
    }

    fn hover(&self) -> String {
        let hover = hover::hover(&self.analysis, self.file, self.offset, Language::Chinese);
        hover.map(|hover| hover.text).unwrap_or_default()
    }

    fn slice(&self, span: Span) -> &str {
        self.analysis.sources.slice(span)
    }

    fn rename(&self, new: &str) -> Result<String, String> {
        let edits = rename::rename(&self.analysis, self.file, self.offset, new)
            .map_err(|reason| reason.in_language(Language::Chinese).into_owned())?;
        let texts = edited(&self.analysis, &edits);
        Ok(texts.into_iter().map(|(_, text)| text).collect())
    }
}

fn file_of(analysis: &Analysis, path: &str) -> FileId {
    analysis.sources.iter().find(|(_, source)| source.path == path).expect("a file").0
}

/// Every file of the workspace with edits made.
fn edited(analysis: &Analysis, edits: &[Edit]) -> Vec<(String, String)> {
    let changed = Patch::new(edits.to_vec()).expect("edits that do not meet").apply(&analysis.sources);
    let own = analysis.sources.iter().filter(|(_, source)| !source.path.starts_with('<'));
    own.map(|(file, source)| {
        let text = changed.get(&file).cloned().unwrap_or_else(|| source.text.to_string());
        (source.path.clone(), text)
    })
    .collect()
}

#[track_caller]
fn offers(desk: &Desk, wanted: &[&str]) {
    let labels = desk.labels();
    for label in wanted {
        assert!(labels.iter().any(|one| one == label), "no {label} in {labels:?}");
    }
}

#[test]
fn keywords_are_offered_at_the_top_and_by_their_pinyin() {
    offers(&Desk::new(&[("甲.jx", "‸")]), &["部门", "项目", "标准"]);
    assert_eq!(Desk::new(&[("甲.jx", "xm‸")]).labels()[0], "项目");
    assert_eq!(Desk::new(&[("甲.jx", "proj‸")]).labels()[0], "project");
}

#[test]
fn fields_of_the_block_are_offered_those_not_stated_first() {
    let labels = Desk::project("  目标 \"全年进村宣传六次以上。\"\n", "  ‸\n").labels();
    let place = |name: &str| labels.iter().position(|label| label == name).expect("offered");
    assert!(place("目标") < place("预算"), "{labels:?}");
    assert!(place("用途") < place("单位"), "{labels:?}");
    let inner = Desk::project("依据 计划标准 \"年度工作计划\"", "‸").labels();
    assert!(inner.contains(&"上年".to_owned()) && !inner.contains(&"预算".to_owned()), "{inner:?}");
    let item = Desk::project("  目标 \"全年进村宣传六次以上。\"\n", "  mb‸\n").complete().items.remove(0);
    assert_eq!((item.label.as_str(), item.text.as_str(), item.is_snippet), ("目标", "目标 \"${1}\"", true));
    assert!(item.documentation.is_some());
}

#[test]
fn names_of_the_standard_are_offered_where_they_belong() {
    offers(&Desk::project("    其他资金 4000 元\n", "    ‸\n"), &["其他资金", "财政拨款"]);
    offers(&Desk::project("    12月底 100%\n", "    ‸\n"), &["12月底"]);
    offers(&Desk::project("指标 满意度 村民满意度 ≥ 90%", "指标 ‸"), &["数量", "社会效益", "满意度"]);
    offers(&Desk::project("指标 满意度 村民满意度 ≥ 90%", "指标 产出指标.‸"), &["产出指标.数量指标"]);
    offers(&Desk::project("≥ 90%", "‸"), &["≥", "≤", "定性", "是"]);
    offers(&Desk::project("≥ 90%", "≥ 90 ‸"), &["%", "人", "次"]);
    offers(&Desk::project("≥ 90%", "≤ ‸"), &["预算", "上年", "财政拨款"]);
    offers(&Desk::project("单位 1001", "单位 ‸"), &["1001"]);
    offers(&Desk::project("依据 计划标准 \"年度工作计划\"", "依据 ‸"), &["计划标准", "历史标准"]);
    offers(&Desk::department("标准 财预2015", "标准 ‸"), &["财预2015", "河北2025"]);
    offers(&Desk::department("防火宣传.宣传场次", "‸"), &["防火宣传.宣传场次", "防火宣传.火灾起数"]);
    offers(&Desk::new(&[("甲.jx", "标准 我县 扩展 ‸")]), &["通用", "财预2015"]);
    offers(&Desk::new(&[("甲.jx", "标准 我县 扩展 通用 {\n  计量单位 车 { 量纲 ‸ }\n}\n")]), &["计数", "金额"]);
    offers(&Desk::new(&[("甲.jx", "标准 我县 扩展 通用 {\n  级别 JX012 ‸\n}\n")]), &["关闭", "警告"]);
}

#[test]
fn pinyin_finds_names_in_full_by_initials_and_mixed() {
    let mixed = ["防火宣传.hz", "防火宣传．hzqs", "防火xc.huozai", "防火xc.火灾q", "fhxc.火灾", "火灾qs"];
    for typed in ["hzqs", "huozai", "huozqs", "火灾", "防火宣传.火", "fhxc"].into_iter().chain(mixed) {
        let desk = Desk::department("防火宣传.宣传场次", &format!("{typed}‸"));
        let found = desk.complete();
        let item = found.items.iter().find(|item| item.label == "防火宣传.火灾起数");
        let item = item.unwrap_or_else(|| panic!("{typed} finds nothing: {:?}", desk.labels()));
        assert!(item.filter.to_lowercase().starts_with(typed), "{typed}: {}", item.filter);
        assert!(found.is_incomplete);
    }
    for typed in ["zzz", "防火zz", "防火宣传.zz", "防宣"] {
        assert!(Desk::department("防火宣传.宣传场次", &format!("{typed}‸")).labels().is_empty(), "{typed}");
    }
}

#[test]
fn half_typed_lines_and_missing_braces_do_not_hide_the_block() {
    let text = "项目 甲 {\n  预算 1 元\n  指标 数量 场次 ≥ 6 次 {\n    依据 \"计划\"\n  指标 ‸\n";
    offers(&Desk::new(&[("甲.jx", text)]), &["数量"]);
    let text = "项目 甲 {\n  预算 1 元 {\n    ‸\n  指标 数量 场次 ≥ 6 次\n}\n";
    offers(&Desk::new(&[("甲.jx", text)]), &["财政拨款"]);
    let text = "项目 甲 {\n  指标 数量 场次 ≥ 6 次\n    ‸\n";
    offers(&Desk::new(&[("甲.jx", text)]), &["依据"]);
    assert!(Desk::project("\"全年进村宣传六次以上。\"", "\"全年‸").labels().is_empty());
}

#[test]
fn codes_are_offered_in_comments_that_excuse() {
    offers(&Desk::project("  目标", "  # 允许 ‸\n  目标"), &["JX020", "JX061"]);
    assert_eq!(Desk::project("  目标", "  # 允许 ‸\n  目标").labels()[0], "JX020");
    assert!(Desk::project("  目标", "  # 允许 JX020：‸\n  目标").labels().is_empty());
    offers(&Desk::project("  目标", "  # ‸\n  目标"), &["允许", "格式：关"]);
}

#[test]
fn hovers_say_what_things_come_to() {
    let target = Desk::project("≤ 预算 × 95%", "≤ ‸预算 × 95%").hover();
    assert!(target.contains("≤ 预算 × 95%") && target.contains("19,000"), "{target}");
    let project = Desk::project("项目 防火宣传", "项目 防‸火宣传").hover();
    assert!(
        project.contains("20,000 元") && project.contains("19,000 元") && project.contains("还差 1,000 元"),
        "{project}"
    );
    let unit = Desk::project("≥ 6 次", "≥ 6 ‸次").hover();
    assert!(unit.contains("计数") && unit.contains("内置标准 通用"), "{unit}");
    let category = Desk::project("指标 数量", "指标 数‸量").hover();
    assert!(category.contains("产出指标.数量指标") && category.contains("财预2015"), "{category}");
    assert!(Desk::project("  支出计划", "  支出‸计划").hover().contains("spending_plan"));
    assert!(Desk::department("财预2015", "财预‸2015").hover().contains("财预2015"));
    assert!(Desk::department("防火宣传.宣传场次", "防火宣传.宣传‸场次").hover().contains("≥ 6 次"));
    assert!(Desk::project("6月底", "6‸月底").hover().contains("2025-06-30"));
    let code = Desk::project("  目标", "  # 允许 JX0‸20：另有来源\n  目标").hover();
    assert!(code.contains("金额合计不平"), "{code}");
}

#[test]
fn definitions_and_references_go_across_files() {
    let at = |desk: &Desk| {
        let (_, span) = references::definition(&desk.analysis, desk.file, desk.offset).expect("a definition");
        (desk.analysis.sources.get(span.file).path.clone(), desk.slice(span).to_owned())
    };
    let own = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    assert_eq!(at(&Desk::department("宣传场次\n", "宣传‸场次\n")), own("项目.jx", "宣传场次"));
    assert_eq!(at(&Desk::department("防火宣传.宣", "防火‸宣传.宣")), own("项目.jx", "防火宣传"));
    assert_eq!(at(&Desk::project("单位 1001", "单位 10‸01")), own("部门.jx", "1001"));
    assert_eq!(at(&Desk::department("财预2015", "财‸预2015")), own("<standards>/财预2015.jx", "财预2015"));
    assert_eq!(at(&Desk::project("≥ 6 次", "≥ 6 ‸次")), own("<standards>/通用.jx", "次"));
    assert_eq!(at(&Desk::project("其他资金", "其他‸资金")), own("<standards>/通用.jx", "其他资金"));
    assert_eq!(at(&Desk::project("6月底", "6‸月底")), own("<standards>/通用.jx", "6月底"));
    assert_eq!(at(&Desk::project("指标 满意度", "指标 满‸意度")).0, "<standards>/财预2015.jx");
    let desk = Desk::project("宣传场次 ≥", "宣传‸场次 ≥");
    let found = references::references(&desk.analysis, desk.file, desk.offset);
    assert_eq!(found.len(), 2);
    assert_eq!(found.iter().filter(|one| one.is_declaration).count(), 1);
    assert!(jixiao::editor::built_in_text("<standards>/通用.jx").is_some());
}

#[test]
fn renaming_changes_every_place_and_quotes_where_it_must() {
    let desk = Desk::department("宣传场次\n", "宣传‸场次\n");
    let text = desk.rename("进村 宣传").expect("renamed");
    assert!(text.contains("指标 防火宣传.\"进村 宣传\"") && text.contains("指标 数量 \"进村 宣传\" ≥ 6 次"), "{text}");
    let text = Desk::project("项目 防火宣传", "项目 防火‸宣传").rename("森林防火").expect("renamed");
    assert!(text.contains("项目 森林防火 {") && text.contains("指标 森林防火.宣传场次"), "{text}");
    let text = Desk::project("单位 1001", "单位 10‸01").rename("1002").expect("renamed");
    assert_eq!(text.matches("单位 1002").count(), 2);
}

#[test]
fn renaming_is_refused_with_a_reason() {
    let reason = Desk::project("宣传场次 ≥", "宣传‸场次 ≥").rename("火灾起数").expect_err("taken");
    assert!(reason.contains("已经有"), "{reason}");
    let reason = Desk::project("≥ 6 次", "≥ 6 ‸次").rename("回").expect_err("built in");
    assert!(reason.contains("内置标准"), "{reason}");
    assert!(Desk::project("宣传场次 ≥", "宣传‸场次 ≥").rename("  ").is_err());
    assert!(Desk::project("年度工作", "年度‸工作").rename("甲").is_err());
    let desk = Desk::project("宣传场次 ≥", "宣传‸场次 ≥");
    let (span, name) = rename::prepare(&desk.analysis, desk.file, desk.offset).expect("a name");
    assert_eq!((desk.slice(span), name.as_str()), ("宣传场次", "宣传场次"));
}

#[test]
fn names_of_a_standard_in_the_workspace_are_renamed_with_their_uses() {
    let standard = "标准 我县 扩展 财预2015 {
  计量单位 校车日 { 量纲 计数；整数 }
  资金来源 财政拨款
  资金来源 县级配套
  支出节点 6月底
  支出节点 12月底
  一级指标 产出指标 {
    二级指标 数量指标
  }
  字段 项目.主管股室 { 类型 文本 }
}
";
    let project = "项目 校车 {
  预算 2 元 {
    财政拨款 1 元
    县级配套 1 元
  }
  支出计划 {
    6月底 50%
    12月底 100%
  }
  主管股室 \"教育股\"
  指标 数量 开行 ≥ 6 校车日
  指标 产出.数量 上限 ≤ 县级配套
}
";
    let department = "部门 教育局 {\n  标准 我县\n}\n";
    let rename = |old: &str, new: &str, name: &str| {
        let marked = |text: &str| text.replacen(old, new, 1);
        let (standard, is_there) = (marked(standard), standard.contains(old));
        assert!(is_there, "{old}");
        Desk::new(&[("标准.jx", &standard), ("部门.jx", department), ("项目.jx", project)]).rename(name)
    };
    let text = rename("校车日", "校‸车日", "班车日").expect("unit");
    assert!(text.contains("≥ 6 班车日") && text.contains("计量单位 班车日"), "{text}");
    let text = rename("县级配套", "县级‸配套", "县财政").expect("fund source");
    assert!(text.contains("县财政 1 元") && text.contains("≤ 县财政"), "{text}");
    let text = rename("12月底", "12‸月底", "11月底").expect("checkpoint");
    assert!(text.contains("11月底 100%"), "{text}");
    let text = rename("数量指标", "数量‸指标", "规模指标").expect("category");
    assert!(text.contains("指标 规模 开行") && text.contains("指标 产出.规模 上限"), "{text}");
    let text = rename("产出指标", "产出‸指标", "产量指标").expect("first level");
    assert!(text.contains("指标 产量.数量 上限") && text.contains("指标 数量 开行"), "{text}");
    let text = rename("标准 我县", "标准 我‸县", "我市").expect("standard");
    assert!(text.contains("标准 我市 扩展") && text.contains("  标准 我市\n"), "{text}");
    let text = rename("项目.主管股室", "项目.主管‸股室", "项目.归口股室").expect("field");
    assert!(text.contains("归口股室 \"教育股\"") && text.contains("字段 项目.归口股室"), "{text}");
}

#[test]
fn outlines_nest_and_searches_find_by_pinyin_and_code() {
    let desk = Desk::project("项目 防", "项目 ‸防");
    let symbols = outline::symbols(&desk.analysis, desk.file);
    assert_eq!(symbols.len(), 1);
    let names: Vec<&str> = symbols[0].children.iter().map(|symbol| symbol.name.as_str()).collect();
    assert_eq!(names, ["宣传场次", "不超预算", "火灾起数", "村民满意度"]);
    assert!(desk.slice(symbols[0].span).ends_with('}'));
    let department = outline::symbols(&desk.analysis, file_of(&desk.analysis, "部门.jx"));
    assert_eq!(department[0].children[0].kind, outline::SymbolKind::SubGoal);
    for query in ["cmmyd", "村民", "cunmin"] {
        assert_eq!(outline::search(&desk.analysis, query)[0].name, "村民满意度", "{query}");
    }
    assert_eq!(outline::search(&desk.analysis, "1")[0].name, "示例局");
}

#[test]
fn folds_selections_and_colours_follow_the_text() {
    let desk = Desk::project(
        "  目标 \"全年进村宣传六次以上。\"\n",
        "  # 甲\n  # 乙\n  目标 \"\"\"\n    全年‸。\n    \"\"\"\n  # 格式：关\n\n  # 格式：开\n",
    );
    let kinds: BTreeSet<FoldKind> = folds(&desk.analysis, desk.file).iter().map(|fold| fold.kind).collect();
    assert_eq!(kinds.len(), 4);
    let desk = Desk::project("宣传场次 ≥", "宣传‸场次 ≥");
    let grown: Vec<&str> =
        selection::selections(&desk.analysis, desk.file, desk.offset).iter().map(|span| desk.slice(*span)).collect();
    assert_eq!(grown[1], "宣传场次");
    assert!(grown.contains(&"指标 数量 宣传场次 ≥ 6 次"), "{grown:?}");
    assert!(grown.len() >= 5);
    let all = coloured(&desk.analysis, Span::new(desk.file, 0, desk.analysis.sources.get(desk.file).text.len()));
    let kind = |text: &str| all.iter().find(|one| desk.slice(one.span) == text).map(|one| one.kind);
    assert_eq!(kind("项目"), Some(TokenKind::Keyword));
    assert_eq!(kind("防火宣传"), Some(TokenKind::Project));
    assert_eq!(kind("次"), Some(TokenKind::Unit));
    assert_eq!(kind("预算"), Some(TokenKind::Field));
    assert_eq!(kind("财政拨款"), Some(TokenKind::Name));
    assert_eq!(kind("计划标准"), Some(TokenKind::Word));
}

#[test]
fn hints_and_lenses_say_what_is_implied() {
    let desk = Desk::project("项目 防", "项目 ‸防");
    let whole = Span::new(desk.file, 0, desk.analysis.sources.get(desk.file).text.len());
    let labels: Vec<String> = hints::hints(&desk.analysis, whole).into_iter().map(|hint| hint.label).collect();
    assert_eq!(labels, [" Σ 19,000 元（-1,000）", " ≈ 3,333.33 元/次", " = 19,000 元", "= "]);
    let titles = |file: FileId| -> Vec<String> {
        lenses::lenses(&desk.analysis, file)
            .into_iter()
            .map(|lens| lens.title.in_language(Language::Chinese).into_owned())
            .collect()
    };
    assert_eq!(titles(desk.file), ["4 条指标，20,000 元，有分项目标", "1 条分项目标引用"]);
    assert_eq!(
        titles(file_of(&desk.analysis, "部门.jx")),
        ["1 个项目，预算合计 20,000 元，其中分项目标覆盖 20,000 元"]
    );
}

const YEAR: &str = "调整 2025-05-10 \"甲\" {
  理由 \"加一次夜间宣传。\"
  指标值 防火宣传.宣传场次 ≥ 6 次 改为 ≥ 7 次
}

监控 6月底 {
  执行 防火宣传 8000 元
  完成 防火宣传.宣传场次 2 次
  完成 防火宣传.村民满意度 待填
}

自评 {
  执行 防火宣传 19000 元
  完成 防火宣传.宣传场次 7 次
}
";

fn desk_of_year(old: &str, new: &str) -> Desk {
    assert!(YEAR.contains(old) || PROJECT.contains(old), "{old}");
    let (project, year) = (PROJECT.replacen(old, new, 1), YEAR.replacen(old, new, usize::from(!PROJECT.contains(old))));
    Desk::new(&[("部门.jx", DEPARTMENT), ("年.jx", &year), ("项目.jx", &project)])
}

#[test]
fn a_line_of_the_year_leads_to_its_target_and_the_target_tells_its_year() {
    let desk = desk_of_year("宣传场次 2 次", "宣传‸场次 2 次");
    let (_, declared) = references::definition(&desk.analysis, desk.file, desk.offset).expect("a definition");
    assert_eq!((desk.slice(declared), declared.file), ("宣传场次", file_of(&desk.analysis, "项目.jx")));
    // The target, the sub-goal, the adjustment and two reports.
    assert_eq!(references::references(&desk.analysis, desk.file, desk.offset).len(), 5);
    let hover = desk.hover();
    for part in ["2025年5月10日　`≥ 6 次` 调整为 `≥ 7 次`", "6月底　2 次 · 红 · 2 ÷ 3.5 = 57.14%", "自评　7 次"]
    {
        assert!(hover.contains(part), "{part} in {hover}");
    }
    let of_project = desk_of_year("执行 防火宣传 8000", "执行 防火‸宣传 8000").hover();
    assert!(of_project.contains("6月底　8000.00 元 · 序时 80.00% · 绿"), "{of_project}");
    let titles = |path: &str| -> Vec<String> {
        let lenses = lenses::lenses(&desk.analysis, file_of(&desk.analysis, path)).into_iter();
        lenses.map(|lens| lens.title.in_language(Language::Chinese).into_owned()).collect()
    };
    assert!(titles("项目.jx").contains(&"完成：6月底 2 次 · 2025 7 次".to_owned()), "{:?}", titles("项目.jx"));
    let whole = Span::new(desk.file, 0, desk.analysis.sources.get(desk.file).text.len());
    let labels: Vec<String> = hints::hints(&desk.analysis, whole).into_iter().map(|hint| hint.label).collect();
    assert_eq!(labels, ["（20000.00 元）", "（≥ 7 次）", "（≥ 90%）", "（20000.00 元）", "（≥ 7 次）"]);
}

#[test]
fn renaming_reaches_the_lines_of_the_year() {
    let renamed = desk_of_year("数量 宣传场次", "数量 宣传‸场次").rename("进村场次").expect("renamed");
    assert!(!renamed.contains("宣传场次"), "{renamed}");
    assert_eq!(renamed.matches("防火宣传.进村场次").count(), 4, "{renamed}");
    let project = desk_of_year("执行 防火宣传 8000", "执行 ‸防火宣传 8000").rename("防火 防汛").expect("renamed");
    assert!(project.contains("执行 \"防火 防汛\" 8000 元"), "{project}");
    assert!(project.contains("完成 \"防火 防汛\".村民满意度 待填"), "{project}");
    // A project that is called like the department itself keeps its quotes.
    let taken = desk_of_year("执行 防火宣传 8000", "执行 ‸防火宣传 8000").rename("部门").expect("renamed");
    assert!(taken.contains("执行 \"部门\" 8000 元"), "{taken}");
}

#[test]
fn what_is_not_reported_yet_is_offered_first() {
    let desk = desk_of_year("完成 防火宣传.村民满意度 待填", "完成 ‸");
    let labels = desk.labels();
    let place =
        |path: &str| labels.iter().position(|label| label == path).unwrap_or_else(|| panic!("{path}: {labels:?}"));
    assert!(place("防火宣传.宣传场次") > place("防火宣传.村民满意度"), "{labels:?}");
    assert!(place("防火宣传.宣传场次") > place("防火宣传.不超预算"), "{labels:?}");
}

#[test]
fn actions_mend_excuse_and_fill_in() {
    let desk = Desk::project("预算 20000 元", "预算 2‸0000 元");
    let at = Span::new(desk.file, desk.offset, desk.offset);
    let found = actions::actions(&desk.analysis, at, Language::Chinese);
    let excuse = found
        .iter()
        .find(|action| action.title.in_language(Language::Chinese).starts_with("允许 JX020"))
        .expect("an excuse");
    let texts = edited(&desk.analysis, &excuse.edits);
    assert!(texts[1].1.contains("\n  # 允许 JX020：写明理由\n  预算 20000 元"), "{}", texts[1].1);
    let inputs = texts.into_iter().map(|(path, text)| Input { path, text: text.into() }).collect();
    let after = analyse(inputs, None);
    assert!(after.diagnostics.iter().all(|found| found.code.id() != "JX020" && found.code.id() != "JX514"));

    let desk = Desk::new(&[("甲.jx", "部门 甲局 {\n  标准 河北2025\n}\n项目‸ 乙 {\n  预算 1 元\n}\n")]);
    let at = Span::new(desk.file, desk.offset, desk.offset);
    let found = actions::actions(&desk.analysis, at, Language::Chinese);
    let fill =
        found.iter().find(|action| action.title.in_language(Language::Chinese).starts_with("补上")).expect("fields");
    let text = &edited(&desk.analysis, &fill.edits)[0].1;
    assert!(text.contains("项目 乙 {\n  单位\n  预算 1 元\n  用途 \"\"\n  支出计划 {\n  }\n  目标 \"\"\n}"), "{text}");

    let desk = Desk::project("  目标", "  # 允许 J‸X061：旧的\n  目标");
    let at = Span::new(desk.file, desk.offset, desk.offset);
    let fix = actions::actions(&desk.analysis, at, Language::Chinese);
    assert!(fix.iter().any(|action| action.is_preferred), "{fix:?}");
    assert!(fix.iter().any(|action| action.kind == actions::ActionKind::FixAll));
}

fn nested(analysis: &Analysis, symbol: &outline::OutlineSymbol) {
    assert!(symbol.span.start <= symbol.name_span.start && symbol.name_span.end <= symbol.span.end);
    assert!(!analysis.sources.slice(symbol.span).is_empty());
    for child in &symbol.children {
        nested(analysis, child);
    }
}

/// Every answer at a byte; each span lies in its file, on the boundaries of signs.
fn ask_everything(analysis: &Analysis, file: FileId, offset: usize, is_thorough: bool) {
    let check = |span: Span| {
        let text = &analysis.sources.get(span.file).text;
        assert!(text.get(span.range()).is_some(), "{span:?} at {offset}");
    };
    complete(analysis, file, offset).items.iter().for_each(|item| check(item.replaces));
    if let Some(hover) = hover::hover(analysis, file, offset, Language::English) {
        check(hover.span);
    }
    selection::selections(analysis, file, offset).into_iter().for_each(check);
    let at = Span::new(file, offset, offset);
    let all = actions::actions(analysis, at, Language::Chinese);
    all.iter().flat_map(|action| &action.edits).for_each(|edit| check(edit.span));
    let definition = references::definition(analysis, file, offset);
    if let Some((named, span)) = &definition {
        check(*span);
        check(named.span);
    }
    if is_thorough {
        if let Some((named, _)) = &definition {
            let found = references::references(analysis, file, offset);
            for one in &found {
                check(one.span);
            }
            let text = &analysis.sources.get(file).text;
            let holds = found.iter().any(|one| one.span == named.span);
            assert!(holds || !text[named.span.range()].contains(char::is_alphabetic) || is_code(analysis, named.span));
        }
        if let Ok(edits) = rename::rename(analysis, file, offset, "另一个名称") {
            for edit in &edits {
                check(edit.span);
            }
        }
    }
}

/// A code of a project or a department stands for it and is no place of its name.
fn is_code(analysis: &Analysis, span: Span) -> bool {
    let codes = analysis.model.projects.iter().filter_map(|project| project.code.as_ref());
    let codes = codes.chain(analysis.model.departments.iter().filter_map(|department| department.code.as_ref()));
    codes.into_iter().any(|code| code.span == span)
}

fn ask_of_file(analysis: &Analysis, file: FileId) {
    let text = &analysis.sources.get(file).text;
    let check = |span: Span| assert!(text.get(span.range()).is_some(), "{span:?}");
    for fold in folds(analysis, file) {
        check(fold.span);
    }
    let whole = Span::new(file, 0, text.len());
    let mut end = 0;
    for one in coloured(analysis, whole) {
        check(one.span);
        assert!(one.span.start >= end, "colours overlap");
        end = one.span.end;
    }
    for hint in hints::hints(analysis, whole) {
        check(Span { file, start: hint.offset, end: hint.offset });
    }
    for lens in lenses::lenses(analysis, file) {
        check(lens.span);
    }
    for symbol in outline::symbols(analysis, file) {
        nested(analysis, &symbol);
    }
    actions::fix_all(analysis, file);
}

fn boundaries(text: &str) -> impl Iterator<Item = usize> {
    (0..=text.len()).filter(|offset| text.is_char_boundary(*offset))
}

#[test]
fn every_answer_at_every_place_of_the_examples_lies_in_the_text() {
    let is_long = std::env::var_os("JIXIAO_CASES").is_some();
    for example in examples() {
        let analysis = example.analyse();
        let own: Vec<FileId> = analysis
            .sources
            .iter()
            .filter(|(_, source)| source.path.ends_with(".jx") && !source.path.starts_with('<'))
            .map(|(file, _)| file)
            .collect();
        for (index, file) in own.into_iter().enumerate() {
            ask_of_file(&analysis, file);
            // In the long run every sign; else one in seven of the first file, fewer of the others.
            let step = if is_long {
                1
            } else if index == 0 {
                7
            } else {
                61
            };
            for (count, offset) in boundaries(&analysis.sources.get(file).text).step_by(step).enumerate() {
                ask_everything(&analysis, file, offset, count % 199 == 0);
            }
        }
    }
}

#[test]
fn every_answer_in_mutated_files_lies_in_the_text() {
    let texts: Vec<String> = examples().iter().flat_map(Example::as_single_files).collect();
    let mut generator = Generator::new(11);
    let pieces = [
        "{",
        "}",
        "\"",
        "“",
        "\"\"\"",
        "#",
        "\n",
        "指标 ",
        "定性 优 {",
        "≥",
        "；",
        "预算",
        "# 允许 JX",
        "项目 ",
        "０",
        "\r",
        "\\",
    ];
    for number in 0..200 {
        let mut text = texts[generator.below(texts.len())].clone();
        for _ in 0..=generator.below(3) {
            let places: Vec<usize> = boundaries(&text).collect();
            let at = places[generator.below(places.len())];
            if generator.below(2) == 0 {
                text.insert_str(at, pieces[generator.below(pieces.len())]);
            } else {
                let end = places[generator.below(places.len())].clamp(at, text.len()).min(at + 40);
                let end = (end..=text.len()).find(|end| text.is_char_boundary(*end)).unwrap_or(at);
                text.replace_range(at..end, "");
            }
        }
        let analysis = analyse(vec![Input { path: "甲.jx".to_owned(), text: text.into() }], None);
        let file = file_of(&analysis, "甲.jx");
        ask_of_file(&analysis, file);
        let places: Vec<usize> = boundaries(&analysis.sources.get(file).text).collect();
        for count in 0..6 {
            ask_everything(&analysis, file, places[generator.below(places.len())], count == 0 && number % 8 == 0);
        }
    }
}

#[test]
fn renaming_leaves_the_findings_as_they_were() {
    for example in examples() {
        let analysis = example.analyse();
        for project in analysis.model.projects.iter().take(3) {
            for indicator in project.indicators.iter().take(2) {
                let span = indicator.name.span;
                let edits = rename::rename(&analysis, span.file, span.start as usize, "另起的名称").expect("renamed");
                let files = edited(&analysis, &edits).into_iter().filter(|(path, _)| path.ends_with(".jx"));
                let files = files.map(|(path, text)| Input { path, text: text.into() }).collect();
                let after = analyse(files, example.settings.clone());
                // What was approved is no longer what stands.
                let is_kept = |code: Code| code != Code::JX110;
                let errors = |analysis: &Analysis| {
                    let errors = analysis.diagnostics.iter().filter(|one| one.is_error() && is_kept(one.code));
                    errors.map(|found| found.code.id()).collect::<Vec<_>>()
                };
                assert_eq!(errors(&analysis), errors(&after), "{} {}", example.name, indicator.name.value);
            }
        }
    }
}

/// A place in a large file is answered without reading all of it again and again.
#[test]
fn a_large_file_is_answered_in_a_part_of_the_time_that_reading_it_takes() {
    let text: String = (0..4000).map(|index| PROJECT.replace("防火宣传", &format!("防火宣传{index}"))).collect();
    let started = std::time::Instant::now();
    let analysis = analyse(vec![Input { path: "甲.jx".to_owned(), text: text.into() }], None);
    let reading = started.elapsed();
    let file = file_of(&analysis, "甲.jx");
    let offset = analysis.sources.get(file).text.rfind("≥ 90").expect("a target") + "≥ 90".len();
    let started = std::time::Instant::now();
    for _ in 0..5 {
        assert!(!complete(&analysis, file, offset).items.is_empty());
        assert!(hover::hover(&analysis, file, offset - 1, Language::Chinese).is_some());
    }
    let answering = started.elapsed() / 10;
    println!("read in {reading:?}, answered in {answering:?}");
    assert!(answering * 4 < reading, "read in {reading:?}, answered in {answering:?}");
}
