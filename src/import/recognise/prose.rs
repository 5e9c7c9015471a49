//! What a paragraph says of the department: a heading, a label with its value, a part of the section that it stands in.

use super::claim::{Claim, Claims};
use super::department_fact;
use super::draft::SafeguardDraft;
use super::lexicon::{Content, LabelRoom, key_of, ordinal_length};
use super::signs::{amount_like, is_money_word, names_in, year_figures, year_length};
use super::title::{form_of_title, is_of_the_page, year_within};
use super::view::{Section, View};
use super::year_content::{YearContent, months_in};
use crate::diagnostic::texts;
use crate::import::account::CellPiece;
use crate::language::Field;
use crate::model::text::key;

/// The most signs of a safeguard's name, and of a label before a colon.
const NAME_SIGNS: usize = 30;

/// A label on a line of its own: the start of a section, or words of the form.
pub fn heading(view: &View<'_>, piece: &CellPiece) -> Option<Claims> {
    let text = view.text(piece);
    let key = key_of(text);
    if key.text.is_empty() && view.at.section != Section::SubGoals {
        return None;
    }
    let section = match view.lexicon.find(LabelRoom::Department, text) {
        Some(Content::OverallGoal) => Section::OverallGoal,
        Some(Content::SubGoals) => Section::SubGoals,
        Some(Content::Safeguards) => Section::Safeguards,
        // Inside the sub-goals these words lead a paragraph; without text they are a mere line of the form.
        Some(Content::Furniture | Content::SubGoalIndicators | Content::Goal | Content::Plain(Field::PeriodGoal)) => {
            let mut claims = year_within(view, piece);
            // 部门整体绩效目标表: known as a whole, and still the title of a form.
            if view.lexicon.title_end(&key.text).is_some_and(|end| end.ends_with('表')) {
                claims.extend(form_of_title(view, piece));
            }
            claims.push(Claim::Furniture(piece.clone()));
            if key.text == "目录" {
                claims.push(Claim::Section(Section::Contents));
            } else if view.at.section != Section::SubGoals {
                claims.push(Claim::Section(Section::None));
            }
            return Some(claims);
        }
        _ if is_of_the_page(view, text) => return Some(vec![Claim::Furniture(piece.clone())]),
        _ => return year_in_brackets(view, piece),
    };
    Some(vec![Claim::Furniture(piece.clone()), Claim::EndOfProject(piece.cell), Claim::Section(section)])
}

/// `（2025年度）`, `2025年`: on a line of its own.
fn year_in_brackets(view: &View<'_>, piece: &CellPiece) -> Option<Claims> {
    let text = view.text(piece);
    let inner = text.trim().trim_start_matches(['（', '(']).trim_end_matches(['）', ')']).trim();
    let start = text.find(inner).unwrap_or(0);
    let months = months_in(inner);
    let end_of_year = months.as_ref().map_or(inner.len(), |(bytes, _)| bytes.start);
    let is_rest = |length: &usize| {
        let after = months.as_ref().map_or("", |(bytes, _)| inner[bytes.end..].trim());
        let year = inner.get(*length..end_of_year).map(key);
        after.is_empty() && matches!(year.as_deref(), Some("" | "年" | "年度"))
    };
    // 2024 年度
    let length = year_figures(inner).filter(is_rest)?;
    let mut claims: Claims = months.iter().map(|(_, month)| Claim::Months(*month)).collect();
    if view.draft.department.year.is_some() {
        claims.push(Claim::Repeat(piece.clone()));
        return Some(claims);
    }
    let end = start + inner.len();
    claims.extend([
        Claim::DepartmentYear(piece.part(text, start..start + length)),
        Claim::Furniture(piece.part(text, start + length..end)),
        Claim::Furniture(piece.part(text, 0..start)),
        Claim::Furniture(piece.part(text, end..text.len())),
    ]);
    Some(claims)
}

/// `434001某某局本级 单位：元`: what stands above a form, on one line.
pub fn money_line(view: &View<'_>, piece: &CellPiece) -> Option<Claims> {
    let text = view.text(piece);
    let (unit, rest) = text.rsplit_once(char::is_whitespace)?;
    let (label, money) = rest.split_once(['：', ':'])?;
    let content = view.lexicon.find(LabelRoom::Project, label);
    let is_unit = unit.trim().starts_with(|sign: char| sign.is_ascii_digit()) && !unit.contains(['：', ':', '。']);
    if !is_unit || !matches!(content, Some(Content::Unit | Content::MoneyUnit)) || !is_money_word(money) {
        return None;
    }
    // `2025年度 单位：元`
    if let Some(length) = year_length(unit) {
        let year = piece.part(text, 0..length);
        let is_known = view.draft.department.year.is_some();
        return Some(vec![
            Claim::MoneyUnit(money.to_owned()),
            if is_known { Claim::Repeat(year) } else { Claim::DepartmentYear(year) },
            Claim::Furniture(piece.clone()),
        ]);
    }
    let mut claims = Vec::new();
    // It opens a form, where the title did not.
    if view.at.project.is_none_or(|index| !view.draft.projects[index].indicators.is_empty()) {
        claims.push(Claim::Project(piece.cell));
    }
    claims.push(Claim::MoneyUnit(money.to_owned()));
    claims.push(Claim::Furniture(piece.part(text, text.len() - rest.len()..text.len())));
    claims.push(Claim::Fact { content: Content::Unit, label: None, value: piece.part(text, 0..unit.len()) });
    Some(claims)
}

/// A place for a seal, and nothing said.
fn is_for_seal(text: &str) -> bool {
    let inner = text.trim().trim_matches(|sign: char| "()（）[]［］【】".contains(sign) || sign.is_whitespace());
    matches!(inner, "盖章" | "公章" | "签章" | "章")
}

/// `单位：万元`, `部门名称：某某局`, several of them on one line: labels and values.
pub fn labels(view: &View<'_>, piece: &CellPiece) -> Vec<(CellPiece, CellPiece)> {
    let text = view.text(piece);
    let parted = |bytes: std::ops::Range<usize>| {
        let part = &text[bytes.clone()];
        let colon = part.find(['：', ':'])?;
        let (label, after) = part.split_at(colon);
        let at = bytes.start + colon + after.chars().next().map_or(0, char::len_utf8);
        let is_label = label.chars().count() <= NAME_SIGNS;
        is_label.then(|| (piece.part(text, bytes.start..at), piece.part(text, at..bytes.end)))
    };
    labelled_parts(text, view.at.section == Section::SubGoals).into_iter().filter_map(parted).collect()
}

/// A label with its value. Whether it was understood.
pub fn labelled(view: &View<'_>, label: CellPiece, value: CellPiece) -> (Claims, bool) {
    let text = view.text(&value);
    let known = view.lexicon.find(LabelRoom::Department, view.text(&label));
    let Some(content) = known.or_else(|| of_project(view, view.text(&label), text)) else { return (Vec::new(), false) };
    if matches!(content, Content::Unit | Content::MoneyUnit) && is_money_word(text) {
        let unit = text.to_owned();
        return (vec![Claim::Furniture(label), Claim::Furniture(value), Claim::MoneyUnit(unit)], true);
    }
    let claims = match content {
        Content::Goal if view.at.section == Section::SubGoals => {
            vec![Claim::SubGoalLabelled(value), Claim::Furniture(label)]
        }
        Content::SubGoalIndicators if view.at.section == Section::SubGoals => {
            let mut claims = Vec::new();
            let mut end = 0;
            for bytes in names_in(text) {
                claims.push(Claim::Furniture(value.part(text, end..bytes.start)));
                end = bytes.end;
                claims.push(Claim::SubGoalIndicator(value.part(text, bytes)));
            }
            claims.push(Claim::Furniture(value.part(text, end..text.len())));
            claims.push(Claim::Furniture(label));
            claims
        }
        // 填报单位：（盖章）
        Content::DepartmentName if is_for_seal(text) => vec![Claim::Furniture(label), Claim::Furniture(value)],
        Content::DepartmentName | Content::DepartmentCode | Content::Year | Content::StandardName => {
            let fact = department_fact::read(view, content, &value);
            let is_understood = fact.is_some_and(|fact| fact.is_new_or_same);
            return (vec![Claim::DepartmentFact { content, label, value }], is_understood);
        }
        Content::OverallGoal => {
            vec![Claim::Section(Section::OverallGoal), Claim::OverallGoal(value), Claim::Furniture(label)]
        }
        // What a form of the year states of itself before its project is named.
        Content::Code
        | Content::Name
        | Content::Unit
        | Content::UnitCode
        | Content::OfYear(YearContent::Filed | YearContent::Until) => {
            vec![Claim::Fact { content, label: Some(label), value }]
        }
        // A line of a project's form that stands outside its tables.
        Content::Goal | Content::Plain(Field::PeriodGoal) | Content::OfYear(_) if view.at.project.is_some() => {
            vec![Claim::Fact { content, label: Some(label), value }]
        }
        Content::Budget | Content::Fund | Content::Purpose if known.is_none() => {
            vec![Claim::Fact { content, label: Some(label), value }]
        }
        _ => return (Vec::new(), false),
    };
    (claims, true)
}

/// What a line outside the tables of a project's form says of its money: `预算数：200000元`.
fn of_project(view: &View<'_>, label: &str, value: &str) -> Option<Content> {
    view.at.project.filter(|_| !view.at.is_whole && view.at.section == Section::None)?;
    let content = view.lexicon.find(LabelRoom::Project, label)?;
    let is_stated = match content {
        Content::Budget | Content::Fund => amount_like(value),
        content => content == Content::Purpose,
    };
    is_stated.then_some(content)
}

/// A paragraph outside any section: the head of a page, or nothing that is known.
pub fn outside_sections(view: &View<'_>, piece: CellPiece) -> Claims {
    if says_department_again(view, view.text(&piece)) { vec![Claim::Repeat(piece)] } else { Vec::new() }
}

/// The head of a page: name and year of the department, as the document has stated them.
fn says_department_again(view: &View<'_>, text: &str) -> bool {
    let department = &view.draft.department;
    let says = |piece: &Option<CellPiece>| piece.as_ref().is_some_and(|piece| text.contains(view.text(piece)));
    let is_short = text.chars().count() <= 2 * NAME_SIGNS && !text.contains(['。', '；', '，']);
    is_short && says(&department.name) && says(&department.year)
}

/// The number before a paragraph begins a sub-goal. What follows the number.
pub fn sub_goal_number(view: &View<'_>, piece: &CellPiece) -> (Claims, CellPiece) {
    let text = view.text(piece);
    let ordinal = ordinal_length(text);
    let rest = piece.part(text, ordinal..text.len());
    if ordinal == 0 {
        return (Vec::new(), rest);
    }
    (vec![Claim::Furniture(piece.part(text, 0..ordinal)), Claim::SubGoal], rest)
}

/// `（一）完善制度建设。制定…`: the name ends at the first full stop.
pub fn safeguard(view: &View<'_>, piece: &CellPiece) -> Claims {
    let text = view.text(piece);
    let ordinal = ordinal_length(text);
    if ordinal == 0 && !view.draft.department.safeguards.is_empty() {
        return vec![Claim::SafeguardText(piece.clone())];
    }
    let mut claims = Vec::new();
    let body = &text[ordinal..];
    let stop = body.char_indices().find(|(_, sign)| matches!(sign, '。' | '：' | ':' | '\n'));
    let stop = stop.filter(|(at, _)| body[..*at].chars().count() <= NAME_SIGNS);
    if stop.is_none() && body.chars().count() > NAME_SIGNS {
        // No name can be told from the text: it stays as it is, and is told.
        claims.push(Claim::Guess(piece.clone(), texts::guessed_safeguard_name()));
    }
    let (name, rest) = stop.map_or((ordinal..text.len(), text.len()), |(at, sign)| {
        (ordinal..ordinal + at, ordinal + at + sign.len_utf8())
    });
    let name = piece.part(text, name);
    let between = CellPiece { cell: piece.cell, bytes: name.bytes.end..piece.bytes.start + rest as u32 };
    let rest = piece.part(text, rest..text.len());
    let text_of_it = if rest.is_empty() { Vec::new() } else { vec![rest] };
    claims.push(Claim::Safeguard(SafeguardDraft { name, text: text_of_it }));
    claims.push(Claim::Furniture(piece.part(text, 0..ordinal)));
    claims.push(Claim::Furniture(between));
    claims
}

/// The parts of a line between wide blanks and tabs.
fn wide_parts(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut parts: Vec<std::ops::Range<usize>> = Vec::new();
    let mut blanks = 2;
    for (at, sign) in text.char_indices() {
        match sign {
            '\t' | '\u{3000}' | '\n' => blanks += 2,
            ' ' | '\u{A0}' => blanks += 1,
            _ => {
                let end = at + sign.len_utf8();
                match parts.last_mut() {
                    Some(last) if blanks < 2 => last.end = end,
                    _ => parts.push(at..end),
                }
                blanks = 0;
            }
        }
    }
    parts
}

/// The bytes of the labels that stand in a text behind a blank, the second and those after it: `填报人：李某 联系电话：…`.
pub fn later_labels(text: &str) -> impl Iterator<Item = usize> {
    /// The most signs of a label behind another pair.
    const LATER_SIGNS: usize = 8;
    let is_start = move |at: usize| {
        let label = text[at..].find(['：', ':']).map(|length| &text[at..at + length]);
        label.is_some_and(|label| {
            (2..=LATER_SIGNS).contains(&label.chars().count())
                && label.chars().all(|sign| sign.is_alphabetic() && !sign.is_ascii())
        })
    };
    let first = text.find(['：', ':']).unwrap_or(text.len());
    let blanks = text.char_indices().filter(move |(at, sign)| *at > first && matches!(sign, ' ' | '\u{A0}'));
    blanks.map(|(at, sign)| at + sign.len_utf8()).filter(move |at| is_start(*at))
}

/// The same, where a label whose value stands after a wide blank has it, and prose has what stands after one.
fn labelled_parts(text: &str, is_prose: bool) -> Vec<std::ops::Range<usize>> {
    let mut parts: Vec<std::ops::Range<usize>> = Vec::new();
    let mut pairs: Vec<std::ops::Range<usize>> = Vec::new();
    for mut part in wide_parts(text) {
        for at in later_labels(&text[part.clone()]).filter(|_| !is_prose).map(|at| part.start + at).collect::<Vec<_>>()
        {
            pairs.push(part.start..text[..at].trim_end().len());
            part.start = at;
        }
        pairs.push(part);
    }
    for part in pairs {
        let is_value = !text[part.clone()].contains(['：', ':']);
        let takes = |label: &str| label.ends_with(['：', ':']) || is_prose && label.contains(['：', ':']);
        match parts.last_mut().filter(|last| is_value && takes(&text[last.start..last.end])) {
            Some(label) => label.end = part.end,
            None => parts.push(part),
        }
    }
    parts
}
