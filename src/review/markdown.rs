//! A comment for a pull request: the counts, then a table a project.

use std::io::{self, Write};

use super::marked::{self, MarkedValue};
use super::{Entry, Review, Standing, place};
use crate::diagnostic::render::Style;
use crate::diagnostic::{Language, Text, texts};

pub fn write(review: &Review<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let language = style.language;
    let say = |text: Text| text.in_language(language).to_string();
    let (old, new) = (review.old.name.clone(), review.new.name.clone());
    if review.entries.is_empty() {
        return writeln!(out, "**{}**", escaped(&say(texts::nothing_changed_between(old, new))));
    }
    let (departments, projects) = review.reach();
    writeln!(out, "## {}\n", escaped(&say(texts::changes_between(old, new))))?;
    writeln!(out, "{}\n", say(texts::changes_reach(review.entries.len(), departments, projects)))?;
    for (class, count) in review.counts() {
        let risk = say(texts::risk_of(class.risk().title()));
        writeln!(out, "- {risk} · {} ({}): {count}", say(class.title()), class.code())?;
    }
    let (approved, unapproved) = (review.approved(), review.unapproved());
    if approved + unapproved > 0 {
        writeln!(out, "\n**{}**", say(texts::approvals_counted(approved, unapproved)))?;
    }
    for approval in &review.unused {
        let said = say(texts::unused_approval(&approval.fingerprint, &approval.document));
        writeln!(out, "\n{}", escaped(&said))?;
    }
    for group in review.groups() {
        let department = say(group.heading());
        let title = group.title.as_ref().map_or(department.clone(), |title| format!("{department} · {title}"));
        writeln!(out, "\n### {}\n", escaped(&title))?;
        let heads = [
            texts::column_number(),
            texts::column_risk(),
            texts::column_change(),
            texts::column_place(),
            texts::column_old(),
            texts::column_new(),
            texts::column_remark(),
        ];
        writeln!(out, "| {} |\n|--:|:--|:--|:--|:--|:--|:--|", heads.map(say).join(" | "))?;
        for (number, entry) in group.entries {
            writeln!(out, "{}", row(number, entry, language))?;
        }
    }
    Ok(())
}

fn row(number: usize, entry: &Entry<'_>, language: Language) -> String {
    let say = |text: Text| text.in_language(language).to_string();
    let change = entry.change;
    let sides = marked::sides(change, language).unwrap_or_default();
    let (old, new) = (parts(&sides.0, "del"), parts(&sides.1, "ins"));
    let mut remarks: Vec<String> = change.details.iter().map(|detail| escaped(&say(detail.text()))).collect();
    match entry.standing {
        Standing::Approved(approval) => remarks.push(escaped(&say(approval.text()))),
        Standing::Unapproved => remarks.push(format!("**{}**", say(texts::change_not_approved()))),
        Standing::Free => {}
    }
    remarks.push(format!("`{}`", entry.fingerprint));
    let cells = [
        number.to_string(),
        say(change.class.risk().title()),
        format!("{} {}", say(change.class.title()), change.class.code()),
        place(change).map(say).map_or_else(String::new, |text| escaped(&text)),
        old,
        new,
        remarks.join("<br>"),
    ];
    format!("| {} |", cells.join(" | "))
}

fn parts(parts: &MarkedValue, mark: &str) -> String {
    let part = |part: &marked::MarkedPart| {
        let text = escaped(&part.text);
        if part.has_changed { format!("<{mark}>{text}</{mark}>") } else { text }
    };
    parts.iter().map(part).collect()
}

/// Text that Markdown and HTML leave alone, on one line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '\n' => escaped += "<br>",
            '<' => escaped += "&lt;",
            '>' => escaped += "&gt;",
            '&' => escaped += "&amp;",
            '\\' | '`' | '*' | '_' | '|' | '[' | ']' | '~' | '#' | '@' => {
                escaped.push('\\');
                escaped.push(sign);
            }
            sign => escaped.push(sign),
        }
    }
    escaped
}
