//! The first part of the document: the goals of the department in prose.

use super::FormBlock;
use crate::language::Field;
use crate::model::standard::Standard;
use crate::model::{Department, IndicatorId, Model};

/// The chapters that the department wrote, each with its heading.
pub(in crate::backend) struct Overall {
    pub goal: Option<(String, Vec<String>)>,
    pub sub_goals: Option<(String, Vec<SubGoalText>)>,
    /// What leads each (`（一）`, `完善制度建设。`) and what follows.
    pub safeguards: Option<(String, Vec<SafeguardText>)>,
}

pub(in crate::backend) struct SubGoalText {
    /// `（一）`
    pub ordinal: String,
    /// `绩效目标：` and the goal.
    pub goal: Option<(String, String)>,
    /// `绩效指标：` and the indicators that show it.
    pub indicators: Option<(String, Vec<IndicatorId>)>,
}

pub(in crate::backend) struct SafeguardText {
    /// `（一）`
    pub ordinal: String,
    /// `完善制度建设。`
    pub name: String,
    pub text: String,
}

/// What stands between the indicators of a goal, and after them.
pub(in crate::backend) const BETWEEN: &str = "、";
pub(in crate::backend) const AFTER: &str = "。";

/// None where the department wrote nothing of the kind.
pub(in crate::backend) fn read(department: &Department, standard: &Standard) -> Option<Overall> {
    let mut number = 0;
    let mut heading = |key: &str| {
        number += 1;
        format!("{}、{}", ordinal(number), standard.label(key))
    };
    let goal = department.overall_goal();
    let goal = goal.map(|goal| (heading(Field::OverallGoal.name), goal.value.lines().map(str::to_owned).collect()));
    let sub_goals = (!department.sub_goals.is_empty()).then(|| heading(Field::SubGoal.name));
    let sub_goals = sub_goals.map(|heading| (heading, sub_goals_of(department, standard)));
    let safeguards = (!department.safeguards.is_empty()).then(|| heading(Field::Safeguard.name));
    let safeguards = safeguards.map(|heading| (heading, safeguards_of(department)));
    let is_empty = goal.is_none() && sub_goals.is_none() && safeguards.is_none();
    (!is_empty).then_some(Overall { goal, sub_goals, safeguards })
}

fn sub_goals_of(department: &Department, standard: &Standard) -> Vec<SubGoalText> {
    let one = |(number, goal): (usize, &crate::model::SubGoal)| {
        let named: Vec<IndicatorId> = goal.indicators.iter().filter_map(|one| one.target).collect();
        SubGoalText {
            ordinal: in_brackets(number),
            goal: goal.goal.as_ref().map(|text| (format!("{}：", standard.label("绩效目标")), text.value.to_string())),
            indicators: (!named.is_empty()).then(|| (format!("{}：", standard.label("分项指标")), named)),
        }
    };
    (1..).zip(&department.sub_goals).map(one).collect()
}

fn safeguards_of(department: &Department) -> Vec<SafeguardText> {
    let one = |(number, safeguard): (usize, &crate::model::Safeguard)| SafeguardText {
        ordinal: in_brackets(number),
        name: format!("{}。", safeguard.name.value),
        text: safeguard.text.as_ref().map(|text| text.value.replace('\n', "")).unwrap_or_default(),
    };
    (1..).zip(&department.safeguards).map(one).collect()
}

impl Overall {
    /// The chapters one after the other.
    pub fn blocks(&self, model: &Model) -> Vec<FormBlock> {
        let mut blocks = Vec::new();
        if let Some((heading, texts)) = &self.goal {
            blocks.push(FormBlock::Heading(heading.clone()));
            blocks.extend(texts.iter().flat_map(|text| paragraphs("", text)));
        }
        if let Some((heading, goals)) = &self.sub_goals {
            blocks.push(FormBlock::Heading(heading.clone()));
            for goal in goals {
                blocks.push(FormBlock::Ordinal(goal.ordinal.clone()));
                blocks.extend(goal.goal.iter().flat_map(|(lead, text)| paragraphs(lead, text)));
                blocks.extend(goal.indicators.iter().map(|(lead, named)| indicators(lead, named, model)));
            }
        }
        if let Some((heading, safeguards)) = &self.safeguards {
            blocks.push(FormBlock::Heading(heading.clone()));
            blocks.extend(safeguards.iter().map(|one| FormBlock::Paragraph {
                lead: format!("{}{}", one.ordinal, one.name),
                text: one.text.clone(),
            }));
        }
        blocks
    }
}

/// A text as paragraphs, of which the first has the lead.
fn paragraphs(lead: &str, text: &str) -> Vec<FormBlock> {
    let paragraph = |(index, line): (usize, &str)| FormBlock::Paragraph {
        lead: if index == 0 { lead } else { "" }.to_owned(),
        text: line.to_owned(),
    };
    text.split('\n').enumerate().map(paragraph).collect()
}

fn indicators(lead: &str, named: &[IndicatorId], model: &Model) -> FormBlock {
    let texts: Vec<&str> = named.iter().map(|id| &*model[*id].name.value).collect();
    FormBlock::Paragraph { lead: lead.to_owned(), text: format!("{}{AFTER}", texts.join(BETWEEN)) }
}

/// Numbers chapters as official documents do: `一、基本情况`.
pub(in crate::backend) fn in_chapters(standard: &Standard) -> impl FnMut(&str) -> FormBlock {
    let mut number = 0;
    move |name: &str| {
        number += 1;
        FormBlock::Heading(format!("{}、{}", ordinal(number), standard.label(name)))
    }
}

fn in_brackets(number: usize) -> String {
    format!("（{}）", ordinal(number))
}

/// 1 as 一, 12 as 十二: ordinals of official documents, below one hundred; above, digits.
fn ordinal(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match number {
        1..=9 => DIGITS[number].to_owned(),
        10..=19 => format!("十{}", DIGITS[number - 10]),
        20..=99 => format!("{}十{}", DIGITS[number / 10], DIGITS[number % 10]),
        _ => number.to_string(),
    }
}
