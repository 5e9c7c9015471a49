//! Planted mistakes: k independent slips in a valid file give exactly k errors, each within one line of its slip.

use crate::support::{Generator, check, examples};

/// A slip: what stands in the place of a line (counted from zero), which may be several lines, or none.
struct Slip {
    kind: &'static str,
    line: usize,
    text: String,
}

/// Slips of writing: the meaning of each is lost, or one sign of it.
const OF_WRITING: [&str; 10] = [
    "missing brace",
    "unclosed text",
    "misspelt field",
    "bad number",
    "unknown unit",
    "unknown category",
    "bad code",
    "stray text",
    "missing value",
    "half and full width mixed",
];

/// What people bring from tables, from texts and from their input methods, and what editing leaves behind.
const OF_CLERKS: [&str; 20] = [
    "field in the wrong block",
    "surplus brace",
    "lost indicator line",
    "lost project line",
    "pasted row",
    "pasted block",
    "pasted heading",
    "stray cell",
    "comparison in words",
    "number in words",
    "about so many",
    "range in words",
    "date in another form",
    "stop at the end",
    "numbering",
    "commas for blanks",
    "lost keyword",
    "other quotes",
    "two fields on a line",
    "sign of money",
];

fn cases() -> usize {
    std::env::var("JIXIAO_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(2_000)
}

/// Slips of each way alone are told exactly, and near their place.
#[test]
fn slips_of_writing_are_each_reported_once_and_at_their_place() {
    let told = told_of(&OF_WRITING);
    println!("{told}");
    assert!(told.too_many.is_empty(), "with more than k + 1 errors:\n{}", told.too_many.join("\n"));
    assert!(told.far.is_empty(), "with an error away from every slip:\n{}", told.far.join("\n"));
    assert!(told.exact * 100 >= cases() * 97, "{told}");
}

/// All kinds in one file: a slip may hide behind another, seldom.
#[test]
fn slips_of_all_kinds_are_each_reported_once() {
    let told = told_of(&[&OF_WRITING[..], &OF_CLERKS].concat());
    println!("{told}");
    assert!(told.too_many.len() * 100 <= cases(), "with more than k + 1 errors:\n{}", told.too_many.join("\n"));
    assert!(told.far.len() * 100 <= cases() * 2, "with an error away from every slip:\n{}", told.far.join("\n"));
    assert!(told.exact * 100 >= cases() * 95, "{told}");
}

/// What was told of the cases of a run.
struct Told {
    exact: usize,
    inexact: Vec<String>,
    far: Vec<String>,
    too_many: Vec<String>,
}

impl std::fmt::Display for Told {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { exact, far, too_many, inexact } = self;
        writeln!(formatter, "{exact} of {} exact, {} far, {} too many", cases(), far.len(), too_many.len())?;
        inexact.iter().take(60).try_for_each(|case| writeln!(formatter, "{case}"))
    }
}

fn told_of(kinds: &[&'static str]) -> Told {
    let files: Vec<Vec<String>> = examples()
        .iter()
        .flat_map(crate::support::Example::as_single_files)
        .map(|text| text.lines().map(str::to_owned).collect())
        .collect();
    let mut generator = Generator::new(20_251_123);
    let (mut exact, mut far, mut too_many) = (0, Vec::new(), Vec::new());
    let mut inexact = Vec::new();
    for case in 0..cases() {
        let lines = &files[generator.below(files.len())];
        let slips = plant(kinds, lines, 1 + case % 10, &mut generator);
        let mut changed = lines.clone();
        // Where each slip starts and ends, counted from one.
        let mut places = Vec::new();
        let mut more = 0;
        for slip in &slips {
            let own = slip.text.matches('\n').count();
            places.push(slip.line + 1 + more..=slip.line + 1 + more + own);
            more += own;
            changed[slip.line].clone_from(&slip.text);
        }
        let text = changed.join("\n") + "\n";
        let errors = check(&text);
        let told = || {
            let slips: Vec<String> = slips
                .iter()
                .map(|slip| format!("  slip {}: {} → {}", slip.line + 1, slip.kind, slip.text.trim()))
                .collect();
            let errors: Vec<String> =
                errors.iter().map(|(line, message)| format!("  error {line}: {message}")).collect();
            format!("case {case}\n{}\n{}", slips.join("\n"), errors.join("\n"))
        };
        exact += usize::from(errors.len() == slips.len());
        if errors.len() != slips.len() {
            inexact.push(told());
        }
        if errors.len() > slips.len() + 1 {
            too_many.push(told());
        }
        let is_near = |line: usize| places.iter().any(|place| line + 1 >= *place.start() && line <= *place.end() + 1);
        if errors.iter().any(|(line, _)| !is_near(*line)) {
            far.push(told());
        }
    }
    Told { exact, inexact, far, too_many }
}

/// Up to `count` slips, at least two lines apart, so that they are independent.
fn plant(kinds: &[&'static str], lines: &[String], count: usize, generator: &mut Generator) -> Vec<Slip> {
    let mut slips: Vec<Slip> = Vec::new();
    let mut tries = 0;
    while slips.len() < count && tries < 2_000 {
        tries += 1;
        let kind = kinds[generator.below(kinds.len())];
        let line = generator.below(lines.len());
        let is_apart = slips.iter().all(|slip| slip.line.abs_diff(line) > 2);
        if let Some(text) = slip(kind, lines, line, generator).filter(|_| is_apart) {
            slips.push(Slip { kind, line, text });
        }
    }
    slips.sort_by_key(|slip| slip.line);
    slips
}

/// The line with a slip of a kind; none where the line does not lend itself to it.
fn slip(kind: &str, lines: &[String], line: usize, generator: &mut Generator) -> Option<String> {
    let text = &lines[line];
    if inside_text_block(lines, line) || text.trim_start().starts_with('#') {
        return None;
    }
    let indent = &text[..text.len() - text.trim_start().len()];
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let statement = |words: &[&str]| Some(format!("{indent}{}", words.join(" ")));
    match kind {
        "missing brace" if text.trim() == "}" => Some(String::new()),
        "missing brace" if text.ends_with(" {") && lines.get(line + 1).is_some_and(|next| next.trim() != "}") => {
            Some(text.trim_end_matches(" {").to_owned())
        }
        "unclosed text" if text.contains('"') && !text.contains("\"\"\"") && text.matches('"').count() == 2 => {
            let last = text.rfind('"')?;
            Some(format!("{}{}", &text[..last], &text[last + 1..]))
        }
        "misspelt field" => {
            let known = [
                "描述",
                "依据",
                "来源",
                "权重",
                "用途",
                "支出计划",
                "单位",
                "总体目标",
                "分项目标",
                "保障措施",
                "预算",
            ];
            let label = words.first()?;
            if !known.contains(label) || !indent.starts_with("  ") {
                return None;
            }
            let mut signs: Vec<char> = label.chars().collect();
            let index = generator.below(signs.len());
            signs[index] = '瓿';
            let misspelt: String = signs.into_iter().collect();
            words[0] = &misspelt;
            statement(&words)
        }
        "bad number" => {
            let index =
                words.iter().position(|word| word.ends_with('%') && word.len() > 1 || word.parse::<f64>().is_ok())?;
            if index == 0 || matches!(words[0], "单位" | "部门" | "项目" | "年度" | "权重") {
                return None;
            }
            let digit = words[index].find(|sign: char| sign.is_ascii_digit())?;
            let wrong = match generator.below(3) {
                0 => format!("{}O.{}", &words[index][..=digit], &words[index][digit + 1..]),
                1 => format!("{}..{}", &words[index][..=digit], &words[index][digit + 1..]),
                _ => format!("{},x{}", &words[index][..=digit], &words[index][digit + 1..]),
            };
            words[index] = &wrong;
            statement(&words)
        }
        "unknown unit" => {
            let index = words
                .iter()
                .position(|word| matches!(*word, "人" | "天" | "次" | "工作日" | "元" | "万元" | "家" | "公里"))?;
            (words[index - 1].parse::<f64>().is_ok()).then(|| {
                words[index] = "瓩甓";
                format!("{indent}{}", words.join(" "))
            })
        }
        "unknown category" => {
            if words.first() != Some(&"指标") || words.len() < 4 {
                return None;
            }
            words[1] = ["瓩甓", "数两甓", "产出.瓩"][generator.below(3)];
            statement(&words)
        }
        "bad code" => {
            if words.first() != Some(&"项目") || words.len() < 4 {
                return None;
            }
            let code = words[1];
            let wrong = match generator.below(3) {
                0 => code[..code.len() - 1].to_owned(),
                1 => format!("{code}7"),
                _ => format!("{}@{}", &code[..5], &code[6..]),
            };
            words[1] = &wrong;
            statement(&words)
        }
        "stray text" if text.trim().is_empty() => {
            Some(["这里多写了一句话。", "待定", "oops ??", "；；、、", "（此处略）"][generator.below(5)].to_owned())
        }
        "missing value" => {
            let is_value_field =
                ["描述", "依据", "用途", "预算", "年度"].contains(words.first()?) && indent.starts_with("  ");
            if is_value_field && words.len() > 1 && !text.contains("\"\"\"") {
                let brace = if text.ends_with(" {") { " {" } else { "" };
                return (words[0] != "预算").then(|| format!("{indent}{}{brace}", words[0]));
            }
            let comparator = words.iter().position(|word| matches!(*word, "≥" | "≤"))?;
            let brace = if text.ends_with('{') { " {" } else { "" };
            let keep = comparator + 1 + generator.below(2).min(usize::from(words.len() > comparator + 3));
            Some(format!("{indent}{}{brace}", words[..keep].join(" "))).filter(|_| {
                words[0] == "指标"
                    && words[comparator + 1] != "预算"
                    && words[comparator + 1] != "上年"
                    && keep == comparator + 1
            })
        }
        "half and full width mixed" => match generator.below(3) {
            0 if text.matches('"').count() == 2 && !text.contains("\"\"\"") => Some(text.replacen('"', "“", 1)),
            1 if text.ends_with(" {") && words[0] == "指标" => Some(format!("{} 〔", text.trim_end_matches(" {"))),
            2 if text.contains(" ≥ ") => Some(text.replace(" ≥ ", " 》 ")),
            _ => None,
        },
        _ => slip_of_a_clerk(kind, lines, line, generator),
    }
}

/// Kinds of slips that are clear: what people bring from tables, from texts and from their input methods.
fn slip_of_a_clerk(kind: &str, lines: &[String], line: usize, generator: &mut Generator) -> Option<String> {
    let text = &lines[line];
    let indent = &text[..text.len() - text.trim_start().len()];
    let words: Vec<&str> = text.split_whitespace().collect();
    let first = *words.first()?;
    let in_project = lines[..line].iter().rev().find(|line| !line.starts_with([' ', '#']) && !line.is_empty());
    let in_project = in_project.is_some_and(|line| line.starts_with("项目"));
    let is_indicator = first == "指标" && indent == "  " && in_project;
    let is_in_indicator = indent == "    " && ["描述", "依据"].contains(&first) && in_project;
    let brace = if text.ends_with(" {") { " {" } else { "" };
    let target = words.iter().position(|word| *word == "≥").filter(|_| is_indicator);
    let number = target.and_then(|at| words.get(at + 1).filter(|word| word.ends_with('%')).map(|word| (at, *word)));
    let with_target = |target: String| {
        let (at, _) = number?;
        Some(format!("{indent}{} {target}{brace}", words[..at].join(" ")))
    };
    let mut one_of = |choices: &[&str]| choices[generator.below(choices.len())].to_owned();
    match kind {
        "field in the wrong block" if is_in_indicator => {
            Some(format!("{text}\n{}", one_of(&["    用途 \"放错了\"", "    单位 434001", "    目标 \"放错了\""])))
        }
        "field in the wrong block" if first == "目标" && indent == "  " && !text.contains("\"\"\"") => {
            Some(format!("{text}\n{}", one_of(&["  描述 \"放错了\"", "  依据 \"放错了\"", "  权重 10"])))
        }
        "surplus brace" if text == "  }" && in_project => Some("  }\n  }".to_owned()),
        "lost indicator line" if is_indicator && !brace.is_empty() => Some(String::new()),
        "lost project line" if first == "项目" && indent.is_empty() && !brace.is_empty() => Some(String::new()),
        "pasted row" if text == "  }" && in_project => Some(format!(
            "  }}\n{}",
            one_of(&["数量指标\t误贴场次\t≥6次", "| 数量 | 误贴场次 | ≥ 6 次 |", "  数量 误贴场次 ≥ 6 次"])
                .replace("场次", &format!("场次{line}"))
        )),
        "pasted block" if is_in_indicator && first == "描述" => {
            Some(format!("{text}\n  指标 数量 误贴{line}场次 ≥ 6 次 {{\n    描述 \"误贴\"\n  }}"))
        }
        "pasted heading" if text.is_empty() => Some(one_of(&[
            "一、项目概况",
            "（二）绩效指标",
            "附件1：绩效目标表",
            "单位：万元",
            "填报人：张三  联系电话：12345",
        ])),
        "stray cell" if is_in_indicator => {
            Some(format!("{text}\n{indent}{}", one_of(&["≥ 90%", "90%", "合计 3", "| 90 |", "√", "———"])))
        }
        "comparison in words" => {
            let (_, percent) = number?;
            let word = one_of(&["不少于", "大于等于", "不低于", "至少", "=>", "＝>", "高于", "不得少于", "≥≥"]);
            with_target(format!("{word}{percent}"))
        }
        "number in words" => {
            with_target(one_of(&["≥ 九成", "百分之九十五", "不低于百分之九十", "≥ 九成五", "≥百分之八十以上"]))
        }
        "about so many" => {
            let (_, percent) = number?;
            let (before, after) = [("≥ ", "左右"), ("约", ""), ("大约 ", ""), ("≥ 约 ", "")][generator.below(4)];
            with_target(format!("{before}{percent}{after}"))
        }
        "range in words" => {
            with_target(one_of(&["90-95%", "90%至95%", "90—95%", "90%～95%之间", "90 到 95%", "90%－95%", "90至95%"]))
        }
        "date in another form" => with_target(one_of(&[
            "≤ 2025.12.31",
            "年底前",
            "≤ 第三季度",
            "≤ 12 月 31 日",
            "2025年12月31日前",
            "≤ 2025/12/31",
            "12月底前完成",
            "≤ 2025年12月",
        ])),
        "stop at the end" if is_indicator && brace.is_empty() || is_in_indicator && text.ends_with('"') => {
            Some(format!("{text}{}", one_of(&["。", "，", "、", " 。"])))
        }
        "numbering" if is_indicator || is_in_indicator => Some(format!(
            "{indent}{}{}",
            one_of(&["（1）", "1. ", "1、", "①", "• ", "- ", "一、", "（一）", "* "]),
            text.trim_start()
        )),
        "commas for blanks" if number.is_some() => {
            let comma = one_of(&["，", "、", ", "]);
            Some(format!("{indent}{}{brace}", text.trim_end_matches(" {").trim_start().replace(' ', &comma)))
        }
        "lost keyword" if number.is_some() => Some(format!("{indent}{}", words[1..].join(" "))),
        "other quotes" if text.matches('"').count() == 2 && brace.is_empty() && words.len() == 2 => {
            let (open, close) = [("「", "」"), ("‘", "’"), ("'", "'"), ("『", "』"), ("", "")][generator.below(5)];
            let body = text.trim_start().strip_prefix(first)?.trim().trim_matches('"');
            let is_plain = !body.contains(['\'', '{', '}', ';', '；', '#', '“', '”', '\\']);
            // A bare word is a text, too.
            let is_wrong = !open.is_empty() || body.contains(['，', '。']);
            (is_plain && is_wrong && in_project).then(|| format!("{indent}{first} {open}{body}{close}"))
        }
        "two fields on a line" if is_in_indicator && first == "描述" && text.matches('"').count() == 2 => {
            Some(format!("{text} 备注 \"台账\""))
        }
        "sign of money" if first == "预算" && words.get(2) == Some(&"元") => {
            let number = words[1];
            let amount = match generator.below(4) {
                0 => format!("￥{number}"),
                1 => format!("人民币{number}元"),
                2 => format!("{number}元整"),
                _ => format!("约{number}元"),
            };
            Some(format!("{indent}预算 {amount}{brace}"))
        }
        _ => None,
    }
}

fn inside_text_block(lines: &[String], line: usize) -> bool {
    let opened = lines[..line].iter().filter(|line| line.contains("\"\"\"")).count();
    opened % 2 == 1 || lines[line].contains("\"\"\"")
}
