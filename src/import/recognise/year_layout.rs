//! What a form of the year calls things: its labels, by the names under which a standard declares them.

use super::draft::YearFormDraft;
use super::lexicon::{Content, key_of};
use super::year_content::YearContent;
use crate::language::Field;

/// Notes a label of a form. `is_section`: it stands over more than its value.
pub fn note_label(form: &mut YearFormDraft, content: Content, text: &str, is_section: bool) {
    let Some(mut name) = name_of(content) else { return };
    // 年度总体目标 over 预期目标 and 实际完成情况; where it stands over nothing, it is the goal's.
    if content == Content::Goal && !is_section && form.labels.contains_key(GOAL) {
        name = "预期目标";
    }
    // As the form writes it: a key has brackets of half a width.
    let key = key_of(text).text.replace('(', "（").replace(')', "）");
    if !key.is_empty() && !form.labels.contains_key(name) {
        form.labels.insert(name, key);
        form.order.push(name);
    }
}

const GOAL: &str = "年度目标";

/// The name under which a standard declares the label of a content in forms of the year.
fn name_of(content: Content) -> Option<&'static str> {
    Some(match content {
        Content::Name => "项目名称",
        Content::Code => Field::ProjectCode.row().name,
        Content::DepartmentName => "主管部门",
        Content::Unit => "实施单位",
        Content::Money => "项目资金",
        Content::Budget => "年度资金",
        Content::Goal => GOAL,
        Content::OfYear(YearContent::Overall) => "实际完成情况",
        Content::OfYear(YearContent::Grade) => Field::GradeBand.row().name,
        Content::OfYear(YearContent::Conclusion) => Field::SelfConclusion.row().name,
        Content::OfYear(YearContent::Problem) => Field::SelfProblem.row().name,
        Content::OfYear(YearContent::Improvement) => Field::SelfImprovement.row().name,
        Content::OfYear(YearContent::Suggestion) => Field::SelfSuggestion.row().name,
        _ => return None,
    })
}
