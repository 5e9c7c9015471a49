//! The list of changes for a terminal: by project, old beside new with the changed parts marked, then the counts.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::marked::{self, Part, Parts};
use super::{Entry, Review, Standing, nothing, place};
use crate::diagnostic::render::Style;
use crate::diagnostic::{Text, texts};
use crate::diff::{Class, Risk};

const INDENT: usize = 5;
const ARROW: &str = " → ";
/// Between two columns of long values.
const GAP: &str = " │ ";

pub fn text(review: &Review<'_>, style: Style) -> String {
    let pen = Pen { style };
    let mut lines = Lines { text: String::new() };
    if review.entries.is_empty() {
        lines.push(pen.say(&texts::nothing_changed_between(review.old.name.clone(), review.new.name.clone())));
        return lines.text;
    }
    lines.push(pen.bold(&pen.say(&texts::changes_between(review.old.name.clone(), review.new.name.clone()))));
    let mut department = None;
    for group in review.groups() {
        if department != Some(group.department) {
            department = Some(group.department);
            lines.push("");
            let name = group.department.map_or_else(|| pen.say(&texts::of_no_department()), str::to_owned);
            lines.push(pen.bold(&name));
        }
        lines.push("");
        if let Some(title) = &group.title {
            lines.push(format!("  {}", pen.paint("1;36", title)));
        }
        for (number, entry) in group.entries {
            change(number, entry, &pen, &mut lines);
        }
    }
    lines.push("");
    summary(review, &pen, &mut lines);
    lines.text
}

/// Only what is counted.
pub fn counts(review: &Review<'_>, style: Style) -> String {
    let mut lines = Lines { text: String::new() };
    summary(review, &Pen { style }, &mut lines);
    lines.text
}

struct Lines {
    text: String,
}

impl Lines {
    fn push(&mut self, line: impl AsRef<str>) {
        self.text += line.as_ref().trim_end();
        self.text.push('\n');
    }
}

struct Pen {
    style: Style,
}

impl Pen {
    fn say(&self, text: &Text) -> String {
        text.in_language(self.style.language).to_owned()
    }

    fn paint(&self, colour: &str, text: &str) -> String {
        if self.style.colour && !text.is_empty() { format!("\u{1b}[{colour}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn bold(&self, text: &str) -> String {
        self.paint("1", text)
    }

    fn dim(&self, text: &str) -> String {
        self.paint("2", text)
    }

    fn risk(&self, risk: Risk) -> String {
        let word = self.say(&risk.title());
        self.paint(colour(risk), &word)
    }

    /// A changed part is coloured; without colours it stands in brackets.
    fn part(&self, part: &Part, is_old: bool) -> String {
        match (part.has_changed, self.style.colour) {
            (false, _) => part.text.clone(),
            (true, true) => self.paint(if is_old { "31" } else { "32" }, &part.text),
            (true, false) => format!("[{}]", part.text),
        }
    }
}

fn colour(risk: Risk) -> &'static str {
    match risk {
        Risk::High => "1;31",
        Risk::Medium => "33",
        Risk::Low => "36",
        Risk::None => "2",
    }
}

fn change(number: usize, entry: &Entry<'_>, pen: &Pen, lines: &mut Lines) {
    let class = entry.change.class;
    let head = format!("{number:>3}  {} {}", pen.risk(class.risk()), pen.bold(&pen.say(&class.title())));
    let place = place(entry.change).map(|text| format!("  {}", pen.say(&text))).unwrap_or_default();
    let names = pen.dim(&format!("  {} {}", class.code(), entry.fingerprint));
    lines.push(format!("{head}{place}{names}"));
    values(entry, pen, lines);
    let details = entry.change.details.iter().map(|detail| pen.say(&detail.text()));
    let standing = match entry.standing {
        Standing::Approved(approval) => Some(pen.paint("32", &pen.say(&approval.text()))),
        Standing::Unapproved => Some(pen.paint("1;31", &pen.say(&texts::change_not_approved()))),
        Standing::Free => None,
    };
    for line in details.chain(standing) {
        for line in wrapped(&[Part { text: line, has_changed: false }], pen.style.width.saturating_sub(INDENT)) {
            lines.push(format!("{}{}", " ".repeat(INDENT), joined(&line, pen, true)));
        }
    }
}

/// Old and new on one line where there is room, else in two columns.
fn values(entry: &Entry<'_>, pen: &Pen, lines: &mut Lines) {
    let change = entry.change;
    let blank = " ".repeat(INDENT);
    let none = || marked::plain(&pen.say(&nothing()));
    let (old, new) = match (&change.old, &change.new) {
        (None, None) => return,
        (Some(old), None) => (marked::plain(&old.text), none()),
        (None, Some(new)) => (none(), marked::plain(&new.text)),
        (Some(old), Some(new)) => marked::marked(&old.text, &new.text),
    };
    let (old_width, new_width) = (width_of(&old, pen), width_of(&new, pen));
    let room = pen.style.width.saturating_sub(INDENT);
    let is_one_line = |parts: &Parts| parts.iter().all(|part| !part.text.contains('\n'));
    if is_one_line(&old) && is_one_line(&new) && old_width + ARROW.width() + new_width <= room {
        lines.push(format!("{blank}{}{}{}", joined(&old, pen, true), pen.dim(ARROW), joined(&new, pen, false)));
        return;
    }
    let column = room.saturating_sub(GAP.width()) / 2;
    let (left, right) = (wrapped_in(&old, column, pen), wrapped_in(&new, column, pen));
    for index in 0..left.len().max(right.len()) {
        let empty = Vec::new();
        let one = left.get(index).unwrap_or(&empty);
        let other = right.get(index).unwrap_or(&empty);
        let padding = " ".repeat(column.saturating_sub(width_of(one, pen)));
        lines.push(format!("{blank}{}{padding}{}{}", joined(one, pen, true), pen.dim(GAP), joined(other, pen, false)));
    }
}

fn joined(parts: &[Part], pen: &Pen, is_old: bool) -> String {
    parts.iter().map(|part| pen.part(part, is_old)).collect()
}

/// Brackets count where there are no colours.
fn width_of(parts: &[Part], pen: &Pen) -> usize {
    let brackets = if pen.style.colour { 0 } else { 2 * parts.iter().filter(|part| part.has_changed).count() };
    parts.iter().map(|part| part.text.width()).sum::<usize>() + brackets
}

/// Brackets are added after the lines are cut, so that room for them is kept.
fn wrapped_in(parts: &[Part], width: usize, pen: &Pen) -> Vec<Parts> {
    let brackets = if pen.style.colour || parts.iter().all(|part| !part.has_changed) { 0 } else { 2 };
    let mut lines = wrapped(parts, width.saturating_sub(brackets).max(2));
    // Several marked parts on one line take more room than was kept: such a line is cut again.
    let mut index = 0;
    while index < lines.len() {
        let over = width_of(&lines[index], pen).saturating_sub(width);
        let text_width: usize = lines[index].iter().map(|part| part.text.width()).sum();
        if over > 0 && text_width > over + 2 {
            let again = wrapped(&lines[index], text_width - over);
            lines.splice(index..=index, again);
        }
        index += 1;
    }
    lines
}

/// Signs that no line begins with.
const NEVER_FIRST: &str = "，。；：、！？）》」』”’％%,.;:!?)";

/// The parts in lines of at most so many columns; a wide sign is never cut.
fn wrapped(parts: &[Part], width: usize) -> Vec<Parts> {
    let mut lines: Vec<Parts> = vec![Vec::new()];
    let mut used = 0;
    for part in parts {
        for sign in part.text.chars() {
            if sign == '\n' {
                lines.push(Vec::new());
                used = 0;
                continue;
            }
            let wide = sign.width().unwrap_or(0);
            if used + wide > width {
                let carried = if NEVER_FIRST.contains(sign) { taken(&mut lines) } else { None };
                lines.push(Vec::new());
                used = 0;
                if let Some((sign, has_changed)) = carried {
                    used += sign.width().unwrap_or(0);
                    add(&mut lines, sign, has_changed);
                }
            }
            used += wide;
            add(&mut lines, sign, part.has_changed);
        }
    }
    lines
}

/// Takes the last sign of the last line, where it is not all that stands there.
fn taken(lines: &mut [Parts]) -> Option<(char, bool)> {
    let line = lines.last_mut()?;
    let signs: usize = line.iter().map(|part| part.text.chars().count()).sum();
    if signs < 2 {
        return None;
    }
    let last = line.last_mut()?;
    let sign = last.text.pop()?;
    let has_changed = last.has_changed;
    if last.text.is_empty() {
        line.pop();
    }
    Some((sign, has_changed))
}

fn add(lines: &mut [Parts], sign: char, has_changed: bool) {
    let Some(line) = lines.last_mut() else { return };
    match line.last_mut().filter(|part| part.has_changed == has_changed) {
        Some(part) => part.text.push(sign),
        None => line.push(Part { text: sign.to_string(), has_changed }),
    }
}

fn summary(review: &Review<'_>, pen: &Pen, lines: &mut Lines) {
    let (departments, projects) = review.reach();
    lines.push(pen.bold(&pen.say(&texts::changes_reach(review.entries.len(), departments, projects))));
    let counts: Vec<(Class, usize)> = review.counts();
    let title_width = counts.iter().map(|(class, _)| pen.say(&class.title()).width()).max().unwrap_or(0);
    let count_width = counts.iter().map(|(_, count)| count.to_string().len()).max().unwrap_or(0);
    for (class, count) in counts {
        let title = pen.say(&class.title());
        let padding = " ".repeat(title_width - title.width());
        let risk = pen.risk(class.risk());
        let blank = " ".repeat(risk_width(pen) - pen.say(&class.risk().title()).width());
        lines.push(format!("  {risk}{blank}  {title}{padding}  {count:>count_width$}  {}", pen.dim(class.code())));
    }
    let (approved, unapproved) = (review.approved(), review.unapproved());
    if approved + unapproved > 0 {
        lines.push(pen.say(&texts::approvals_counted(approved, unapproved)));
    }
    for approval in &review.unused {
        lines.push(pen.paint("33", &pen.say(&texts::unused_approval(&approval.fingerprint, &approval.document))));
    }
}

fn risk_width(pen: &Pen) -> usize {
    [Risk::High, Risk::Medium, Risk::Low, Risk::None]
        .map(|risk| pen.say(&risk.title()).width())
        .into_iter()
        .max()
        .unwrap_or(0)
}
