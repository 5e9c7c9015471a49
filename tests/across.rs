//! What only shows between departments: a project that was copied, a price that is out of line.

use jixiao::control::Wishes;
use jixiao::diagnostic::Code;
use jixiao::workspace::{Analysis, Input, Session, analyse};

/// A department of one project: its cost for each of those it helps, and how many they are.
fn office(name: &str, year: u16, price: &str, people: u32) -> Input {
    let text = format!(
        "部门 {name} {{\n  年度 {year}\n}}\n\n项目 {name}救助 {{\n  预算 20 万元\n  目标 \"救助{people}人次。\"\n  \
         指标 数量 救助人次 ≥ {people} 人次\n  指标 时效 送返时限 ≤ 7 天\n  指标 成本 救助费用 ≤ {price}\n  \
         指标 社会效益 滞留街头人员 ≤ 5 人\n  指标 满意度 受助人员满意度 ≥ 90%\n}}\n"
    );
    Input { path: format!("{name}/部门.jx"), text: text.into() }
}

/// Departments that differ in how many they help, at these prices.
fn at_prices(prices: &[&str]) -> Vec<Input> {
    let names = ["甲", "乙", "丙", "丁", "戊", "己"];
    names.iter().zip(prices).zip(100..).map(|((name, price), people)| office(name, 2025, price, people)).collect()
}

/// The files in which a code is told.
fn told(analysis: &Analysis, code: Code) -> Vec<String> {
    let told = analysis.diagnostics.iter().filter(|one| one.code == code);
    told.map(|one| analysis.sources.get(one.span().expect("a place").file).path.clone()).collect()
}

fn of(files: &[Input], code: Code) -> Vec<String> {
    told(&analyse(files.to_vec(), None), code)
}

#[test]
fn a_price_out_of_line_is_told_once_wherever_it_stands() {
    let of = |prices: &[&str]| of(&at_prices(prices), Code::JX074);
    // Files stand in the order of their paths: 丁, 丙, 乙, 己, 戊, 甲.
    let usual = ["600 元/人次", "650 元/人次", "700 元/人次", "580 元/人次", "610 元/人次", "640 元/人次"];
    assert!(of(&usual).is_empty());
    for at in 0..usual.len() {
        for odd in ["6000 元/人次", "60 元/人次", "0.6 万元/人次"] {
            let mut prices = usual;
            prices[at] = odd;
            assert_eq!(of(&prices).len(), 1, "{odd} at {at}");
        }
    }
    assert!(of(&["600 元/人次", "1799 元/人次"]).is_empty());
    assert_eq!(of(&["600 元/人次", "1800 元/人次"]), ["甲/部门.jx"]);
    assert_eq!(of(&["1800 元/人次", "600 元/人次"]), ["甲/部门.jx"]);
    // Another unit is another price.
    assert!(of(&["600 元/人次", "6000 元/户"]).is_empty());
}

#[test]
fn a_project_that_says_the_same_is_told_of_the_later_department() {
    let first = office("乙", 2025, "600 元/人次", 100);
    let copied = |year, price| of(&[first.clone(), office("甲", year, price, 100)], Code::JX049);
    assert_eq!(copied(2025, "600 元/人次"), ["甲/部门.jx"]);
    assert_eq!(copied(2025, "600元/人次"), ["甲/部门.jx"]);
    assert!(copied(2025, "601 元/人次").is_empty());
    assert!(copied(2024, "600 元/人次").is_empty(), "years are not compared");
    assert!(of(&[first], Code::JX049).is_empty());
}

#[test]
fn standards_and_comments_say_what_is_told() {
    let mut files = vec![office("乙", 2025, "600 元/人次", 100), office("甲", 2025, "1300 元/人次", 120)];
    let standard = "标准 县里 扩展 财预2015 {\n  规则 JX074 { 限度 200% }\n}\n";
    files.push(Input { path: "县里.jx".to_owned(), text: standard.into() });
    assert!(of(&files, Code::JX074).is_empty());
    files[1].text = files[1].text.replace("  年度", "  标准 县里\n  年度").into();
    assert_eq!(of(&files, Code::JX074), ["甲/部门.jx"]);
    let excused = files[1].text.replace("  指标 成本", "  # 允许 JX074：路远\n  指标 成本");
    files[1].text = excused.into();
    let analysis = analyse(files, None);
    assert!(told(&analysis, Code::JX074).is_empty() && told(&analysis, Code::JX514).is_empty());
    assert!(analysis.excused.iter().any(|one| one.diagnostic.code == Code::JX074));
}

#[test]
fn an_editor_is_told_as_prices_change() {
    let mut files = at_prices(&["600 元/人次", "650 元/人次", "700 元/人次"]);
    let mut session = Session::new(files.clone(), None, Wishes::default());
    for (file, price, people) in
        [(1, "6500 元/人次", 100), (0, "6000 元/人次", 101), (2, "700 元/人次", 101), (1, "70 元/人次", 9)]
    {
        let name = files[file].path.split('/').next().expect("a folder").to_owned();
        files[file] = office(&name, 2025, price, people);
        let id = session.file(&files[file].path).expect("known");
        session.update(vec![(id, files[file].text.clone())]);
        let fresh = analyse(files.clone(), None);
        for code in [Code::JX049, Code::JX074] {
            assert_eq!(told(session.analysis(), code), told(&fresh, code), "{code:?} after {price}");
        }
        assert_eq!(session.analysis().diagnostics.len(), fresh.diagnostics.len());
    }
}
