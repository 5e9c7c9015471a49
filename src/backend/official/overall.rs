//! The first part of the document: the goals of the department in prose.

use super::FormBlock;
use crate::language::Field;
use crate::model::standard::Standard;
use crate::model::{Department, IndicatorId, Model, Project, print};

/// The chapters that the department wrote, each with its heading.
pub(in crate::backend) struct Overall {
    pub goal: Option<(String, Vec<String>)>,
    pub sub_goals: Option<(String, Vec<SubGoalText>)>,
    /// What leads each (`（一）`, `完善制度建设。`) and what follows.
    pub safeguards: Option<(String, Vec<SafeguardText>)>,
    /// `整体预算：12400.00 万元`, then the indicators of each category: `运行成本：`.
    pub whole: Option<(String, Vec<(String, String)>)>,
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
pub(in crate::backend) fn read(model: &Model, department: &Department, standard: &Standard) -> Option<Overall> {
    let in_whole = department.whole.as_ref().map_or(standard, |whole| &model[whole.standard]);
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
    let whole = department.whole.as_deref().map(|whole| (heading(INDICATORS), whole_of(whole, in_whole)));
    let is_empty = goal.is_none() && sub_goals.is_none() && safeguards.is_none() && whole.is_none();
    (!is_empty).then_some(Overall { goal, sub_goals, safeguards, whole })
}

/// The key of the heading of the indicators of the whole department.
const INDICATORS: &str = "部门整体指标";

/// Its money, then its indicators by category: each with its target, and its weight where there is one.
fn whole_of(whole: &Project, standard: &Standard) -> Vec<(String, String)> {
    let mut parts = Vec::new();
    if let Some(total) = whole.budget.as_ref().and_then(|budget| budget.total.as_ref()) {
        let amount = format!("{}{}", print::amount(total, standard), standard.money_unit_name());
        parts.push((format!("{}：", standard.label(Field::OverallBudget.name)), format!("{amount}{AFTER}")));
    }
    let mut of_category: Option<&str> = None;
    for indicator in &whole.indicators {
        let category = super::indicators::category(indicator, standard);
        let weight =
            indicator.weight().map(|weight| format!("（{} {}）", standard.label(Field::Weight.name), weight.value));
        let said = format!(
            "{}{}{}",
            indicator.name.value,
            print::target_cell(indicator, standard),
            weight.unwrap_or_default()
        );
        match parts.last_mut().filter(|_| of_category == Some(category)) {
            Some((_, text)) => {
                text.truncate(text.len() - AFTER.len());
                text.extend(["；", &said, AFTER]);
            }
            None => parts.push((format!("{category}："), format!("{said}{AFTER}"))),
        }
        of_category = Some(category);
    }
    parts
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
        if let Some((heading, parts)) = &self.whole {
            blocks.push(FormBlock::Heading(heading.clone()));
            blocks.extend(
                parts.iter().map(|(lead, text)| FormBlock::Paragraph { lead: lead.clone(), text: text.clone() }),
            );
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
