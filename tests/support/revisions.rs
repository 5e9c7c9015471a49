//! Edits as people make them between two versions of an office, at random. The same seed gives the same edits.

use jixiao::workspace::Input;

use super::Generator;

/// The files after one to `most` edits.
pub fn revise(generator: &mut Generator, files: &[Input], most: usize) -> Vec<Input> {
    let mut files: Vec<Input> = files.to_vec();
    for _ in 0..=generator.below(most) {
        let index = generator.below(files.len());
        let text = edit(generator, &files[index].text);
        files[index].text = text.into();
        if generator.below(12) == 0 && files.len() > 2 {
            let index = generator.below(files.len());
            files.remove(index);
        }
    }
    files
}

fn edit(generator: &mut Generator, text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        return text.to_owned();
    }
    let at = generator.below(lines.len());
    match generator.below(12) {
        0..=2 => lines[at] = with_other_number(generator, &lines[at]),
        3 => {
            let signs = ["≥", "≤", ">", "<", "="];
            if let Some(sign) = signs.iter().find(|sign| lines[at].contains(&format!(" {sign} "))) {
                lines[at] = lines[at].replacen(sign, signs[generator.below(signs.len())], 1);
            }
        }
        4 => lines[at] = with_other_text(generator, &lines[at]),
        5 if !lines[at].trim_end().ends_with(['{', '}']) && !lines[at].contains("\"\"\"") => {
            lines.remove(at);
        }
        6 => {
            if let Some(block) = block_at(&lines, at) {
                lines.drain(block);
            }
        }
        7 => {
            if let Some(block) = block_at(&lines, at) {
                let next = block_at(&lines, block.end).filter(|next| next.start == block.end);
                if let Some(next) = next {
                    let moved: Vec<String> = lines.drain(next.clone()).collect();
                    lines.splice(block.start..block.start, moved);
                }
            }
        }
        8 => {
            if let Some(block) = block_at(&lines, at) {
                let copied: Vec<String> = lines[block.clone()].iter().map(|line| renamed(line)).collect();
                lines.splice(block.end..block.end, copied);
            }
        }
        9 | 10 => lines[at] = renamed(&lines[at]),
        _ => {
            for line in &mut lines {
                if line.trim_start().starts_with(['预', '财', '其']) {
                    *line = with_other_number(generator, line);
                }
            }
        }
    }
    lines.join("\n") + "\n"
}

fn with_other_number(generator: &mut Generator, line: &str) -> String {
    let Some(start) = line.find(|sign: char| sign.is_ascii_digit()) else { return line.to_owned() };
    let end = line[start..].find(|sign: char| !sign.is_ascii_digit()).map_or(line.len(), |length| start + length);
    let number: u64 = line[start..end].parse().unwrap_or(1);
    let other = match generator.below(4) {
        0 => number + 1,
        1 => number.saturating_sub(1),
        2 => number * 2,
        _ => 1 + generator.below(90) as u64,
    };
    format!("{}{other}{}", &line[..start], &line[end..])
}

fn with_other_text(generator: &mut Generator, line: &str) -> String {
    let words = ["改写后的一句话。", "另有安排", "按月公布进度；年底总结。"];
    match (line.find('"'), line.rfind('"')) {
        (Some(start), Some(end)) if start < end && !line.contains('\\') && !line.contains("\"\"\"") => {
            format!("{}\"{}{}", &line[..start], words[generator.below(words.len())], &line[end..])
        }
        _ => line.to_owned(),
    }
}

/// The line of an indicator or a project with another name.
fn renamed(line: &str) -> String {
    let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
    let start = line.len() - line.trim_start().len();
    let name = start + if words.get(start).is_some_and(|word| word == "指标") { 2 } else { 1 };
    if let Some(word) = words.get_mut(name).filter(|word| word.chars().all(char::is_alphabetic)) {
        word.push('新');
    }
    words.join(" ")
}

/// The indicator that starts on a line or after it.
fn block_at(lines: &[String], from: usize) -> Option<std::ops::Range<usize>> {
    let start = (from..lines.len()).find(|index| lines[*index].starts_with("  指标 "))?;
    if !lines[start].ends_with('{') {
        return Some(start..start + 1);
    }
    let length = lines[start..].iter().position(|line| line == "  }")?;
    Some(start..start + length + 1)
}
