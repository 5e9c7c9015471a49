//! Planted mistakes: k independent slips in a valid file give exactly k errors, each within one line of its slip.

use crate::support::{Generator, check, examples};

/// A slip: what it does to the lines, and which line (counted from zero) it hits.
struct Slip {
    kind: &'static str,
    line: usize,
    text: String,
}

const KINDS: [&str; 10] = [
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

const CASES: usize = 2_000;

#[test]
fn planted_mistakes_are_each_reported_once_and_at_their_place() {
    let files: Vec<Vec<String>> = examples()
        .iter()
        .flat_map(crate::support::Example::as_single_files)
        .map(|text| text.lines().map(str::to_owned).collect())
        .collect();
    let mut generator = Generator::new(20_251_123);
    let (mut exact, mut far, mut too_many) = (0, Vec::new(), Vec::new());
    let mut inexact = Vec::new();
    for case in 0..CASES {
        let lines = &files[generator.below(files.len())];
        let slips = plant(lines, 1 + case % 10, &mut generator);
        let mut changed = lines.clone();
        for slip in &slips {
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
        // A slip that stands in an inserted line shifts nothing: lines are replaced, never added.
        let is_near = |line: usize| slips.iter().any(|slip| line.abs_diff(slip.line + 1) <= 1);
        if errors.iter().any(|(line, _)| !is_near(*line)) {
            far.push(told());
        }
    }
    println!("{exact} of {CASES} exact, {} far, {} too many", far.len(), too_many.len());
    for told in inexact.iter().take(40) {
        println!("{told}");
    }
    assert!(too_many.is_empty(), "{} cases with more than k + 1 errors:\n{}", too_many.len(), too_many[0]);
    assert!(far.is_empty(), "{} cases with an error away from every slip:\n{}", far.len(), far[0]);
    assert!(exact * 100 >= CASES * 95, "only {exact} of {CASES} cases give exactly k errors");
}

/// Up to `count` slips, at least two lines apart, so that they are independent.
fn plant(lines: &[String], count: usize, generator: &mut Generator) -> Vec<Slip> {
    let mut slips: Vec<Slip> = Vec::new();
    let mut tries = 0;
    while slips.len() < count && tries < 2_000 {
        tries += 1;
        let kind = KINDS[generator.below(KINDS.len())];
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
        _ => None,
    }
}

fn inside_text_block(lines: &[String], line: usize) -> bool {
    let opened = lines[..line].iter().filter(|line| line.contains("\"\"\"")).count();
    opened % 2 == 1 || lines[line].contains("\"\"\"")
}
