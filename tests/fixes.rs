//! Fixes mend: after each one its finding is gone, no error is new, and a target means what it meant, or the title says
//! what it means now. Over every explained example, every review case, every example workspace, and documents with slips
//! of every kind that has a fix: `JIXIAO_CASES` is how many fixes are made of those.

use std::collections::{BTreeMap, BTreeSet};

use jixiao::diagnostic::{Code, Diagnostic, Language, Safety, fix};
use jixiao::model::target::Target;
use jixiao::model::target::admitted::{Admitted, Relation, Stated};
use jixiao::model::{Indicator, Project};
use jixiao::workspace::{Analysis, Input, analyse};

use crate::support::Generator;

struct Workspace {
    name: String,
    inputs: Vec<Input>,
}

fn input(path: &str, text: &str) -> Input {
    Input { path: path.to_owned(), text: text.into() }
}

/// The failing examples of the pages, the labelled cases, and the examples.
fn workspaces() -> Vec<Workspace> {
    let mut all = Vec::new();
    for code in Code::ALL.iter().filter(|code| code.id() < "JX900") {
        for (index, block) in code.explanation().split("```").skip(1).step_by(2).enumerate() {
            if let Some(text) = block.strip_prefix("jx,fails\n") {
                all.push(Workspace { name: format!("{} {index}", code.id()), inputs: vec![input("例.jx", text)] });
            }
        }
    }
    for (name, text) in crate::support::review_cases() {
        all.push(Workspace { inputs: vec![input(&name, &text)], name });
    }
    for example in crate::support::examples() {
        all.push(Workspace { name: example.name, inputs: example.files });
    }
    all
}

fn check(inputs: &[Input]) -> Analysis {
    analyse(inputs.to_vec(), None)
}

fn mended(inputs: &[Input], analysis: &Analysis, diagnostics: &[&Diagnostic], with_suggested: bool) -> Vec<Input> {
    let fixed = fix::apply(diagnostics.iter().copied(), &analysis.sources, with_suggested);
    let mut inputs = inputs.to_vec();
    for (file, text) in fixed.texts {
        let path = &analysis.sources.get(file).path;
        let input = inputs.iter_mut().find(|input| input.path == *path).expect("a file of the workspace");
        input.text = text.into();
    }
    inputs
}

fn errors(analysis: &Analysis) -> BTreeMap<Code, usize> {
    let mut errors = BTreeMap::new();
    for diagnostic in analysis.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()) {
        *errors.entry(diagnostic.code).or_default() += 1;
    }
    errors
}

fn count(analysis: &Analysis, code: Code) -> usize {
    analysis.diagnostics.iter().filter(|diagnostic| diagnostic.code == code).count()
}

/// What a fix does wrong; none where it does what it should.
fn wrong(inputs: &[Input], before: &Analysis, diagnostic: &Diagnostic) -> Option<String> {
    let code = diagnostic.code;
    let inputs = mended(inputs, before, &[diagnostic], true);
    let after = check(&inputs);
    if count(&after, code) >= count(before, code) {
        return Some("it stays after its fix".to_owned());
    }
    let old = errors(before);
    for (other, count) in errors(&after) {
        // A rule of the field that was silent over a damaged line may speak when the line can be read.
        if count > old.get(&other).copied().unwrap_or(0) && !other.has_level() {
            return Some(format!("it brings {}", other.id()));
        }
    }
    let title = diagnostic.fix.as_ref()?.title.in_language(Language::Chinese).to_string();
    changed_target(before, &after, &title)
}

/// A target that means something else than before while the title does not name it.
fn changed_target(before: &Analysis, after: &Analysis, title: &str) -> Option<String> {
    fn all(analysis: &Analysis) -> Vec<(&Project, &Indicator)> {
        let projects = analysis.model.projects.iter();
        projects.flat_map(|project| project.indicators.iter().map(move |indicator| (project, indicator))).collect()
    }
    let (old, new) = (all(before), all(after));
    // Where lines find their block again there are more indicators than before.
    for (index, (project, indicator)) in old.iter().enumerate() {
        let same_name = |one: &&(&Project, &Indicator)| one.1.name.value == indicator.name.value;
        let other = if old.len() == new.len() { new.get(index) } else { new.iter().find(same_name) };
        let Some((other_project, other)) = other else {
            return Some(format!("`{}` is gone", indicator.name.value));
        };
        let (was, is) = (&indicator.target.value, &other.target.value);
        if *was != Target::Damaged && *is == Target::Damaged {
            return Some(format!("the target of `{}` is lost", indicator.name.value));
        }
        let admitted = |analysis: &Analysis, project: &Project, indicator: &Indicator| {
            let (target, standard) = (&indicator.target.value, &analysis.model[project.standard]);
            Admitted::of(Stated { target, indicator, project, standard, year: None })
        };
        let is_same = match (admitted(before, project, indicator), admitted(after, other_project, other)) {
            (Some(was), Some(is)) => was.relation(&is) == Relation::Equal,
            (None, None) => true,
            (None, Some(_)) | (Some(_), None) => false,
        };
        // A share of an amount that was not understood is known when the amount is, which the title names.
        let budget = |project: &Project| {
            project.budget.as_ref().and_then(|budget| budget.total.as_ref()).map(|total| total.value)
        };
        let counts_from_mended = matches!(is, Target::Money { .. })
            && was == is
            && budget(project).is_none()
            && budget(other_project).is_some_and(|amount| title.contains(&amount.to_string()));
        if counts_from_mended {
            continue;
        }
        let number = match is {
            Target::Quantity { quantity, .. } => quantity.value.to_string(),
            Target::Range { ends } => ends.high.value.to_string(),
            Target::Deadline { date, .. } => date.to_string(),
            _ => String::new(),
        };
        let sign = is.comparator().map_or("", jixiao::model::target::Comparator::sign);
        let is_told = title.contains(&number) && title.contains(sign);
        if !is_same && !is_told {
            return Some(format!("the target of `{}` is another, and `{title}` does not say so", indicator.name.value));
        }
    }
    None
}

#[test]
fn after_a_fix_its_finding_is_gone_no_error_is_new_and_targets_mean_what_they_meant() {
    let mut mending: BTreeSet<Code> = BTreeSet::new();
    for workspace in workspaces() {
        let before = check(&workspace.inputs);
        for diagnostic in before.diagnostics.iter().filter(|diagnostic| diagnostic.fix.is_some()) {
            let (code, message) = (diagnostic.code, &diagnostic.message.in_language(Language::Chinese));
            if let Some(wrong) = wrong(&workspace.inputs, &before, diagnostic) {
                panic!("{}: {} `{message}`: {wrong}", workspace.name, code.id());
            }
            mending.insert(code);
        }
    }
    let rules = mending.iter().filter(|code| code.has_level()).count();
    assert!(rules >= 15, "only {rules} rules with fixes were seen: {mending:?}");
}

/// A line as a person may write it wrongly, and what the fix makes of it: none where nothing may be made of it.
const SLIPS: [(&str, Option<&str>); 45] = [
    ("指标 质量 合格率 ≥ 9O%", Some("指标 质量 合格率 ≥ 90%")),
    ("指标 质量 合格率 ≥ 9o%", Some("指标 质量 合格率 ≥ 90%")),
    ("指标 数量 宣传场次 ≥ 1l 次", None),
    ("指标 数量 宣传场次 ≥ 1l次", Some("指标 数量 宣传场次 ≥ 11 次")),
    ("指标 数量 宣传场次 ≥ 1OO场", Some("指标 数量 宣传场次 ≥ 100 场")),
    ("指标 数量 宣传场次 ≥ 5lm", None),
    ("指标 社会效益 安全事故 0 起", Some("指标 社会效益 安全事故 = 0 起")),
    ("指标 数量 安全事故 3 起", None),
    ("指标 质量 财政收入增幅 -2%", None),
    ("指标 质量 差错率 0%", Some("指标 质量 差错率 = 0%")),
    ("指标 质量 差错率 2%", Some("指标 质量 差错率 ≤ 2%")),
    ("指标 质量 合格率 95%", Some("指标 质量 合格率 ≥ 95%")),
    ("指标 质量 路面平整度 95%", None),
    ("指标 社会效益 带动就业 50 人", None),
    ("指标 数量 宣传场次 6 次", Some("指标 数量 宣传场次 ≥ 6 次")),
    ("指标 时效 处置时间 3 天", Some("指标 时效 处置时间 ≤ 3 天")),
    ("指标 质量 合格率 ≥ 95%以上", Some("指标 质量 合格率 ≥ 95%")),
    ("指标 质量 合格率 95%以上", Some("指标 质量 合格率 ≥ 95%")),
    ("指标 质量 合格率 >= 95%及以上", Some("指标 质量 合格率 ≥ 95%")),
    ("指标 质量 差错率 ≤ 2%以内", Some("指标 质量 差错率 ≤ 2%")),
    ("指标 质量 合格率 ≤ 95%以上", None),
    ("指标 质量 合格率 = 95%以上", None),
    ("指标 质量 合格率 > 95%以上", None),
    ("指标 质量 合格率 90% .. 95%以内", None),
    ("指标 质量 合格率 ≥ 上年 + 2%以上", None),
    ("指标 数量 宣传场次 ≥ 6 W", None),
    ("指标 数量 宣传人数 ≥ 6 W人", Some("指标 数量 宣传人数 ≥ 6 万人")),
    ("指标 数量 展板 ≥ 3 平方末", Some("指标 数量 展板 ≥ 3 平方米")),
    ("指标 数量 展板 ≥ 3 米平方", None),
    ("指标 数量 药品 ≥ 3 KG", Some("指标 数量 药品 ≥ 3 kg")),
    ("指标 数量 林地 ≥ 3 公倾", None),
    ("指标 数量 值守 ≥ 3 台时时", Some("指标 数量 值守 ≥ 3 台时")),
    ("指标 成本 费用 ≤ 3 白元", None),
    ("预算 2 W", Some("预算 2 万元")),
    ("预算 2W", Some("预算 2 万元")),
    ("预算 20 万元以内", None),
    ("预算 3 白元", None),
    ("指标 质重 合格率 ≥ 95%", Some("指标 质量 合格率 ≥ 95%")),
    ("指标 产出.社会效益 合格率 ≥ 95%", Some("指标 效益指标.社会效益指标 合格率 ≥ 95%")),
    ("指标 会效益 群众收入 ≥ 95%", Some("指标 社会效益 群众收入 ≥ 95%")),
    ("用 途 \"买书\"", Some("用途 \"买书\"")),
    ("指 标 质量 合格率 ≥ 95%", Some("指标 质量 合格率 ≥ 95%")),
    ("用途 买书\"", Some("用途 \"买书\"")),
    ("用途 \"买书", Some("用途 \"买书\"")),
    ("指标 质量 合格率 ≥ 95% { 权种 10 }", Some("指标 质量 合格率 ≥ 95% { 权重 10 }")),
];

#[test]
fn a_fix_is_offered_only_where_one_thing_can_be_meant() {
    let mut wrong = Vec::new();
    for (slip, right) in SLIPS {
        let budget = if slip.starts_with("预算") { "" } else { "  预算 2 万元\n" };
        let text = |line: &str| format!("项目 防火宣传 {{\n{budget}  {line}\n}}\n");
        let inputs = [input("例.jx", &text(slip))];
        let before = check(&inputs);
        // What rules say of the line once it is right is no matter here.
        let line = if budget.is_empty() { 2 } else { 3 };
        let is_here = |one: &&Diagnostic| {
            let place = one.span().map(|span| before.sources.get(span.file).location(span.start).line);
            place == Some(line) && (one.is_error() || one.code == Code::JX063)
        };
        let found: Vec<&Diagnostic> = before.diagnostics.iter().filter(is_here).collect();
        let fixable = found.iter().find(|one| one.fix.is_some());
        let made = fixable.map(|one| mended(&inputs, &before, &[one], true)[0].text.to_string());
        if made != right.map(text) {
            wrong.push(format!("{slip}: {made:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Makes slips in sound documents: those that have fixes, several in one document, some on one line.
fn with_slips(text: &str, generator: &mut Generator) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=generator.below(4) {
        let index = generator.below(lines.len());
        lines[index] = slipped(&lines[index], generator);
    }
    lines.join("\n") + "\n"
}

fn slipped(line: &str, generator: &mut Generator) -> String {
    let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
    let comparators = ["≥", "≤", "=", ">", "<"];
    let sign = words.iter().position(|word| comparators.contains(&word.as_str()));
    let figure = words.iter().position(|word| word.starts_with(|sign: char| sign.is_ascii_digit()));
    let signs: Vec<char> = line.chars().collect();
    let place = generator.below(signs.len().max(1));
    let pick = |generator: &mut Generator, all: &[&str]| all[generator.below(all.len())].to_owned();
    match generator.below(12) {
        0 => words.retain(|word| !comparators.contains(&word.as_str())),
        1 if let (Some(_), Some(last)) = (sign, figure) => {
            let last = if words[last].ends_with('%') { last } else { (last + 1).min(words.len() - 1) };
            words[last] += &pick(generator, &["以上", "以下", "以内", "及以上", "左右"]);
        }
        2 if let Some(figure) = figure => {
            words[figure] = words[figure].replace('0', "O").replace('1', "l");
        }
        3 if let Some(figure) = figure => words[figure] = pick(generator, &["0", "0%", "-3", "-3%", "100%"]),
        4 if let Some(figure) = figure.filter(|figure| figure + 1 < words.len()) => {
            words[figure + 1] =
                pick(generator, &["W", "w人", "KG", "公倾", "平方末", "元万", "次次", "白元", "MM", "台时"]);
        }
        5 if let Some(sign) = sign => words[sign] = pick(generator, &["≥ ≥", "=>", "≧", "不少于", "≤", "="]),
        6 => return signs.iter().enumerate().filter(|(index, _)| *index != place).map(|(_, sign)| *sign).collect(),
        7 => {
            return signs
                .iter()
                .enumerate()
                .flat_map(|(index, sign)| vec![*sign; 1 + usize::from(index == place)])
                .collect();
        }
        8 => {
            let mut signs = signs;
            if place > 0 {
                signs.swap(place - 1, place);
            }
            return signs.into_iter().collect();
        }
        9 => {
            let wrong = pick(generator, &["{", "}", "(", "）", "\"", "”", "；", "。", "，", "O", "l", "末", "W"]);
            let (before, after) = signs.split_at(place);
            return before.iter().collect::<String>() + &wrong + &after.iter().collect::<String>();
        }
        10 => {
            let figures = words.iter().position(|word| word.contains(|sign: char| sign.is_ascii_digit()));
            if let Some(index) = figures {
                words[index] = words[index].chars().map(|sign| if sign == '6' { '9' } else { sign }).collect();
            }
            if let Some(index) = (words.len() > 1).then(|| generator.below(words.len())) {
                words[index].pop();
            }
        }
        _ => {
            let index = generator.below(words.len());
            let mut signs: Vec<char> = words[index].chars().collect();
            if !signs.is_empty() {
                let place = generator.below(signs.len());
                signs[place] = ['末', '目', '人', '万', '种', '力'][generator.below(6)];
            }
            words[index] = signs.into_iter().collect();
        }
    }
    words.join(" ")
}

#[test]
fn no_fix_of_a_generated_document_is_wrong() {
    let wanted = std::env::var("JIXIAO_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(400);
    let mut texts: Vec<String> = crate::support::examples()
        .iter()
        .flat_map(crate::support::Example::as_single_files)
        .flat_map(|text| one_by_one(&text))
        .collect();
    texts.extend(crate::support::review_cases().into_iter().map(|(_, text)| text).filter(|text| text.len() < 6_000));
    let mut generator = Generator::new(20_261_127);
    let (mut made, mut wrongly, mut codes) = (0, Vec::new(), BTreeMap::<Code, usize>::new());
    while made < wanted {
        let text = with_slips(&texts[generator.below(texts.len())], &mut generator);
        let inputs = [input("例.jx", &text)];
        let before = check(&inputs);
        for diagnostic in before.diagnostics.iter().filter(|diagnostic| diagnostic.fix.is_some()) {
            made += 1;
            *codes.entry(diagnostic.code).or_default() += 1;
            if let Some(wrong) = wrong(&inputs, &before, diagnostic) {
                let fix = diagnostic.fix.as_ref().expect("it has one");
                let place = diagnostic.span().map(|span| before.sources.get(span.file).line_text(span.start));
                wrongly.push(format!(
                    "{} `{}`, `{}`: {wrong}\n  {:?} → {:?} in\n{text}",
                    diagnostic.code.id(),
                    diagnostic.message.in_language(Language::Chinese),
                    fix.title.in_language(Language::Chinese),
                    place.unwrap_or_default(),
                    fix.edits.iter().map(|edit| &*edit.text).collect::<Vec<_>>(),
                ));
            }
        }
    }
    println!("{made} fixes of {} codes, {} wrong: {codes:?}", codes.len(), wrongly.len());
    assert!(wrongly.is_empty(), "{} of {made} fixes are wrong:\n{}", wrongly.len(), wrongly.join("\n"));
}

/// The projects of a text, each with one head of a department: small documents are checked fast.
fn one_by_one(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in text.lines() {
        if line.starts_with("项目 ") {
            all.push(String::new());
        }
        if let Some(last) = all.last_mut() {
            *last += line;
            last.push('\n');
        }
    }
    all.retain(|project| project.len() < 6_000 && !project.contains("\n标准 ") && !project.contains("\n部门 "));
    all
}

#[test]
fn fixing_ends_and_a_second_run_changes_nothing() {
    for workspace in workspaces() {
        for with_suggested in [false, true] {
            let mut inputs = workspace.inputs.clone();
            let mut rounds = 0;
            loop {
                let analysis = check(&inputs);
                let all: Vec<&Diagnostic> = analysis.diagnostics.iter().collect();
                let next = mended(&inputs, &analysis, &all, with_suggested);
                if next.iter().zip(&inputs).all(|(one, other)| one.text == other.text) {
                    break;
                }
                inputs = next;
                rounds += 1;
                assert!(rounds < 10, "{} is never done", workspace.name);
            }
        }
    }
}

#[test]
fn safe_fixes_leave_the_numbers_of_the_tables_alone() {
    for workspace in workspaces() {
        let before = check(&workspace.inputs);
        let safe: Vec<&Diagnostic> = before
            .diagnostics
            .iter()
            .filter(|one| one.code.has_level() && one.fix.as_ref().is_some_and(|fix| fix.safety == Safety::Safe))
            .collect();
        let after = check(&mended(&workspace.inputs, &before, &safe, false));
        let numbers = |analysis: &Analysis| -> Vec<String> {
            let indicators = analysis.model.projects.iter().flat_map(|project| &project.indicators);
            indicators
                .filter_map(|indicator| match &indicator.target.value {
                    Target::Quantity { quantity, .. } => Some(quantity.value.to_string()),
                    _ => None,
                })
                .collect()
        };
        assert_eq!(numbers(&before), numbers(&after), "{}", workspace.name);
    }
}
