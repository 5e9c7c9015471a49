//! The list of changes for a terminal: by project, old beside new with the changed parts marked, then the counts.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::marked::{self, MarkedPart, MarkedValue};
use super::{Entry, Review, Standing, place};
use crate::diagnostic::render::Style;
use crate::diagnostic::{Text, texts};
use crate::diff::{Class, Risk};

const INDENT: usize = 5;
const ARROW: &str = " → ";
/// Between two columns of long values.
const GAP: &str = " │ ";

pub fn write(review: &Review<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    if review.entries.is_empty() {
        return counts(review, style, out);
    }
    let (pen, mut lines) = (Pen { style }, ReviewLines { out });
    lines.push(pen.bold(&pen.say(&texts::changes_between(review.old.name.clone(), review.new.name.clone()))))?;
    let mut department = None;
    for group in review.groups() {
        let heading = pen.say(&group.heading());
        if department.as_ref() != Some(&heading) {
            lines.push("")?;
            lines.push(pen.bold(&heading))?;
            department = Some(heading);
        }
        if let Some(title) = &group.title {
            lines.push("")?;
            lines.push(format!("  {}", pen.paint("1;36", title)))?;
        }
        for (number, entry) in group.entries {
            change(number, entry, &pen, &mut lines)?;
        }
    }
    lines.push("")?;
    summary(review, &pen, &mut lines)
}

/// Writes only how many changes there are.
pub fn counts(review: &Review<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let (pen, mut lines) = (Pen { style }, ReviewLines { out });
    if review.entries.is_empty() {
        lines.push(pen.say(&texts::nothing_changed_between(review.old.name.clone(), review.new.name.clone())))
    } else {
        summary(review, &pen, &mut lines)
    }
}

struct ReviewLines<'a> {
    out: &'a mut dyn Write,
}

impl ReviewLines<'_> {
    fn push(&mut self, line: impl AsRef<str>) -> io::Result<()> {
        writeln!(self.out, "{}", line.as_ref().trim_end())
    }
}

struct Pen {
    style: Style,
}

impl Pen {
    fn say(&self, text: &Text) -> String {
        text.in_language(self.style.language).to_string()
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

    /// Without colours, changed parts stand in brackets.
    fn prepared(&self, parts: MarkedValue) -> MarkedValue {
        if self.style.colour {
            return parts;
        }
        let text = |part: &MarkedPart| if part.has_changed { format!("[{}]", part.text) } else { part.text.clone() };
        marked::plain(parts.iter().map(text).collect::<String>())
    }

    fn part(&self, part: &MarkedPart, is_old: bool) -> String {
        if part.has_changed { self.paint(if is_old { "31" } else { "32" }, &part.text) } else { part.text.clone() }
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

fn change(number: usize, entry: &Entry<'_>, pen: &Pen, lines: &mut ReviewLines<'_>) -> io::Result<()> {
    let class = entry.change.class;
    let head = format!("{number:>3}  {} {}", pen.risk(class.risk()), pen.bold(&pen.say(&class.title())));
    let place = place(entry.change).map(|text| format!("  {}", pen.say(&text))).unwrap_or_default();
    let names = pen.dim(&format!("  {} {}", class.code(), entry.fingerprint));
    lines.push(format!("{head}{place}{names}"))?;
    values(entry, pen, lines)?;
    let details = entry.change.details.iter().map(|detail| pen.say(&detail.text()));
    let standing = match entry.standing {
        Standing::Approved(approval) => Some(pen.paint("32", &pen.say(&approval.text()))),
        Standing::Unapproved => Some(pen.paint("1;31", &pen.say(&texts::change_not_approved()))),
        Standing::Free => None,
    };
    for line in details.chain(standing) {
        for line in wrapped(&[MarkedPart { text: line, has_changed: false }], pen.style.width.saturating_sub(INDENT)) {
            lines.push(format!("{}{}", " ".repeat(INDENT), joined(&line, pen, true)))?;
        }
    }
    Ok(())
}

/// Old and new on one line where there is room, else in two columns.
fn values(entry: &Entry<'_>, pen: &Pen, lines: &mut ReviewLines<'_>) -> io::Result<()> {
    let Some((old, new)) = marked::sides(entry.change, pen.style.language) else { return Ok(()) };
    let (old, new) = (pen.prepared(old), pen.prepared(new));
    let blank = " ".repeat(INDENT);
    let room = pen.style.width.saturating_sub(INDENT);
    let is_one_line = |parts: &MarkedValue| parts.iter().all(|part| !part.text.contains('\n'));
    if is_one_line(&old) && is_one_line(&new) && width_of(&old) + ARROW.width() + width_of(&new) <= room {
        return lines.push(format!("{blank}{}{}{}", joined(&old, pen, true), pen.dim(ARROW), joined(&new, pen, false)));
    }
    let column = room.saturating_sub(GAP.width()) / 2;
    let (left, right) = (wrapped(&old, column), wrapped(&new, column));
    for index in 0..left.len().max(right.len()) {
        let empty = Vec::new();
        let one = left.get(index).unwrap_or(&empty);
        let other = right.get(index).unwrap_or(&empty);
        let padding = " ".repeat(column.saturating_sub(width_of(one)));
        lines.push(format!(
            "{blank}{}{padding}{}{}",
            joined(one, pen, true),
            pen.dim(GAP),
            joined(other, pen, false)
        ))?;
    }
    Ok(())
}

fn joined(parts: &[MarkedPart], pen: &Pen, is_old: bool) -> String {
    parts.iter().map(|part| pen.part(part, is_old)).collect()
}

fn width_of(parts: &[MarkedPart]) -> usize {
    parts.iter().map(|part| part.text.width()).sum()
}

/// Signs that no line begins with.
const NEVER_FIRST: &str = "，。；：、！？）》」』”’％%,.;:!?)";

/// Signs that no line ends with.
const NEVER_LAST: &str = "（《「『“‘([";

/// The parts in lines of at most so many columns. Lines are cut between wide signs and at blanks; a number is not cut, unless
/// it alone is wider than a line.
fn wrapped(parts: &[MarkedPart], width: usize) -> Vec<MarkedValue> {
    let mut signs: Vec<(char, bool)> =
        parts.iter().flat_map(|part| part.text.chars().map(|sign| (sign, part.has_changed))).collect();
    let mut lines = Vec::new();
    loop {
        let mut used = 0;
        let over = |(sign, _): &(char, bool)| {
            used += sign.width().unwrap_or(0);
            *sign == '\n' || used > width
        };
        let Some(limit) = signs.iter().position(over) else { break };
        let end = if signs[limit].0 == '\n' { limit } else { cut(&signs, limit) };
        let rest = signs.split_off(end);
        lines.push(line(&signs));
        // A blank at which a line is cut is not printed.
        signs = rest
            .into_iter()
            .skip_while({
                let mut is_first = true;
                move |(sign, _)| std::mem::take(&mut is_first) && matches!(sign, ' ' | '\n')
            })
            .collect();
    }
    lines.push(line(&signs));
    lines
}

/// Where to cut before a sign that has no room.
fn cut(signs: &[(char, bool)], limit: usize) -> usize {
    let may_cut = |at: &usize| {
        let (before, after) = (signs[at - 1].0, signs[*at].0);
        let is_inner = |sign: char| sign.is_ascii() && sign != ' ';
        !(NEVER_FIRST.contains(after) || NEVER_LAST.contains(before) || is_inner(before) && is_inner(after))
    };
    (1..=limit).rev().find(may_cut).unwrap_or(limit.max(1))
}

fn line(signs: &[(char, bool)]) -> MarkedValue {
    let mut parts: MarkedValue = Vec::new();
    for (sign, has_changed) in signs {
        match parts.last_mut().filter(|part| part.has_changed == *has_changed) {
            Some(part) => part.text.push(*sign),
            None => parts.push(MarkedPart { text: sign.to_string(), has_changed: *has_changed }),
        }
    }
    parts
}

fn summary(review: &Review<'_>, pen: &Pen, lines: &mut ReviewLines<'_>) -> io::Result<()> {
    let (departments, projects) = review.reach();
    lines.push(pen.bold(&pen.say(&texts::changes_reach(review.entries.len(), departments, projects))))?;
    let counts: Vec<(Class, usize)> = review.counts();
    let title_width = counts.iter().map(|(class, _)| pen.say(&class.title()).width()).max().unwrap_or(0);
    let count_width = counts.iter().map(|(_, count)| count.to_string().len()).max().unwrap_or(0);
    for (class, count) in counts {
        let title = pen.say(&class.title());
        let padding = " ".repeat(title_width - title.width());
        let risk = pen.risk(class.risk());
        let blank = " ".repeat(risk_width(pen) - pen.say(&class.risk().title()).width());
        lines.push(format!("  {risk}{blank}  {title}{padding}  {count:>count_width$}  {}", pen.dim(class.code())))?;
    }
    let (approved, unapproved) = (review.approved(), review.unapproved());
    if approved + unapproved > 0 {
        lines.push(pen.say(&texts::approvals_counted(approved, unapproved)))?;
    }
    for approval in &review.unused {
        lines.push(pen.paint("33", &pen.say(&texts::unused_approval(&approval.fingerprint, &approval.document))))?;
    }
    Ok(())
}

fn risk_width(pen: &Pen) -> usize {
    [Risk::High, Risk::Medium, Risk::Low, Risk::None]
        .map(|risk| pen.say(&risk.title()).width())
        .into_iter()
        .max()
        .unwrap_or(0)
}
