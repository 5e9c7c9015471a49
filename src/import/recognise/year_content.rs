//! What the labels of a form of the year announce, and the months that some of them name: `1—7月执行数`.

use std::ops::Range;

use crate::language::Field;
use crate::model::standard::Standard;
use crate::model::text::key;
use crate::model::year::ReportTextKind;

/// What is said in words of a project, and the text of a report that it is.
pub const REPORT_TEXTS: [(YearContent, ReportTextKind); 5] = [
    (YearContent::Overall, ReportTextKind::Overall),
    (YearContent::Conclusion, ReportTextKind::Conclusion),
    (YearContent::Problem, ReportTextKind::Problem),
    (YearContent::Improvement, ReportTextKind::Improvement),
    (YearContent::Suggestion, ReportTextKind::Suggestion),
];

/// A fact of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum YearContent {
    /// 全年预算数: the money after adjustments.
    AdjustedBudget,
    /// 执行数
    Spent,
    /// 全年预计执行数, or the value expected at the end of the year.
    Expected,
    /// 执行率, which the language computes.
    ExecutionRate,
    /// Why the money is not spent as it should be.
    SpentDeviation,
    /// What execution earns at most, and what it earned.
    ExecutionWeight,
    ExecutionPoints,
    /// 完成值
    Reached,
    /// The target after adjustments.
    AdjustedTarget,
    /// 得分
    Points,
    /// Why a value is not where it should be.
    Deviation,
    /// The same, in a column of one kind.
    DeviationOfKind,
    /// 措施
    Remedy,
    /// The cause and what is done about it, in one cell.
    DeviationAndRemedy,
    /// 可能性
    Likelihood,
    /// The same, in a column of one word: a tick says it.
    LikelihoodTick,
    /// 证据
    Evidence,
    /// 样本
    Sample,
    /// 口径说明
    Scope,
    /// 总体完成
    Overall,
    /// 结论
    Conclusion,
    /// 问题
    Problem,
    /// 改进
    Improvement,
    /// 建议
    Suggestion,
    /// 填报
    Filed,
    /// 截止
    Until,
    /// 总分, what all rows earn at most, and 等次: the language computes them.
    Total,
    TotalWeight,
    Grade,
}

impl YearContent {
    /// Whether it is a day that a form of targets may state, too.
    pub fn is_day(self) -> bool {
        matches!(self, YearContent::Filed | YearContent::Until)
    }
}

/// The contents of each room, with the name under which a standard lists their spellings.
pub const PROJECT_OF_YEAR: &[(&str, YearContent)] = &[
    ("调整后预算", YearContent::AdjustedBudget),
    (Field::EvaluationSpent.row().name, YearContent::Spent),
    ("预计执行", YearContent::Expected),
    (Field::ExecutionScore.row().name, YearContent::ExecutionRate),
    ("执行偏差", YearContent::SpentDeviation),
    ("执行率分值", YearContent::ExecutionWeight),
    ("执行率得分", YearContent::ExecutionPoints),
    (Field::EvaluationOverall.row().name, YearContent::Overall),
];
/// What closes the form of a project, and that of a department.
pub const CLOSING_OF_YEAR: &[(&str, YearContent)] = &[
    (Field::SelfConclusion.row().name, YearContent::Conclusion),
    (Field::SelfProblem.row().name, YearContent::Problem),
    (Field::SelfImprovement.row().name, YearContent::Improvement),
    (Field::SelfSuggestion.row().name, YearContent::Suggestion),
    (Field::EvaluationFiled.row().name, YearContent::Filed),
    (Field::EvaluationUntil.row().name, YearContent::Until),
    ("总分", YearContent::Total),
    ("总分分值", YearContent::TotalWeight),
    (Field::GradeBand.row().name, YearContent::Grade),
];
pub const COLUMNS_OF_YEAR: &[(&str, YearContent)] = &[
    (Field::EvaluationReached.row().name, YearContent::Reached),
    ("调整后指标值", YearContent::AdjustedTarget),
    (Field::CompletionExpected.row().name, YearContent::Expected),
    (Field::CompletionPoints.row().name, YearContent::Points),
    ("偏差和措施", YearContent::DeviationAndRemedy),
    (Field::CompletionDeviation.row().name, YearContent::Deviation),
    (Field::CompletionMeasure.row().name, YearContent::Remedy),
    (Field::CompletionLikelihood.row().name, YearContent::Likelihood),
    (Field::CompletionEvidence.row().name, YearContent::Evidence),
    (Field::CompletionSample.row().name, YearContent::Sample),
    (Field::CompletionScope.row().name, YearContent::Scope),
];

/// The months of a year up to one, as a heading or a title names them: where they stand, and the last.
pub fn months_in(text: &str) -> Option<(Range<usize>, u8)> {
    months_from_january(text).or_else(|| months_until(text))
}

/// Words for a part of the year, as standards list them, and the month in which each ends: 上半年.
#[derive(Debug, Default)]
pub struct PartsOfYear {
    words: Vec<(String, u8)>,
    /// The signs that they begin with.
    starts: Vec<char>,
}

impl PartsOfYear {
    /// Those of a standard, the longest first.
    pub fn add(&mut self, standard: &Standard) {
        for entry in standard.words("时段用语").entries() {
            let Some((word, day)) = entry.split_once('→') else { continue };
            let month = day.strip_suffix("月底").and_then(|month| month.parse().ok());
            let one = month.map(|month| (key(word), month));
            self.words.extend(one.filter(|one| !self.words.contains(one)));
        }
        self.words.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        self.starts = self.words.iter().filter_map(|(word, _)| word.chars().next()).collect();
        self.starts.sort_unstable();
        self.starts.dedup();
    }

    /// All months up to one, by their numbers or by a word: where they stand, and the last.
    pub fn months_in(&self, text: &str) -> Option<(Range<usize>, u8)> {
        months_in(text).or_else(|| self.named_in(text))
    }

    /// The longest of the words that a text holds. Every label of a document is asked: the text is walked once, not once a
    /// word.
    pub fn named_in(&self, text: &str) -> Option<(Range<usize>, u8)> {
        let mut found: Option<(usize, usize)> = None;
        for (at, sign) in text.char_indices().filter(|(_, sign)| self.starts.contains(sign)) {
            let before = found.map_or(self.words.len(), |(index, _)| index);
            let words = self.words[..before].iter();
            let longer = words.clone().position(|(word, _)| word.starts_with(sign) && text[at..].starts_with(&**word));
            found = longer.map(|index| (index, at)).or(found);
        }
        let (index, at) = found?;
        let (word, month) = &self.words[index];
        Some((at..at + word.len(), *month))
    }
}

/// `截至6月底完成值`, `截至2025年6月30日`, `6月末执行数`: all months up to one, named by its end.
fn months_until(text: &str) -> Option<(Range<usize>, u8)> {
    for (at, _) in text.match_indices('月') {
        let before = &text[..at];
        let start = before
            .rfind(|sign: char| !sign.is_ascii_digit())
            .map_or(0, |sign| sign + before[sign..].chars().next().map_or(0, char::len_utf8));
        let Some(month) = before[start..].parse().ok().filter(|month| (1..=12).contains(month)) else { continue };
        let without_year =
            before[..start].strip_suffix('年').map(|lead| lead.trim_end_matches(|sign: char| sign.is_ascii_digit()));
        let lead = without_year.unwrap_or(&before[..start]);
        let until = ["截至", "截止到", "截止至", Field::EvaluationUntil.row().name]
            .iter()
            .find_map(|word| lead.strip_suffix(word));
        let rest = &text[at + '月'.len_utf8()..];
        let days = rest.trim_start_matches(|sign: char| sign.is_ascii_digit());
        let end = rest.strip_prefix(['底', '末']).or_else(|| {
            until.and_then(|_| {
                days.strip_prefix(['日', '号'])
                    .filter(|_| days.len() < rest.len())
                    .or(rest.strip_prefix('份'))
                    .or(Some(rest))
            })
        });
        let Some(end) = end else { continue };
        // A deadline, or the day itself, is no stretch of months.
        let is_heading =
            !end.is_empty() && !end.starts_with(['前', '以', '之']) && end != Field::EvaluationReached.row().name
                || until.is_some();
        if is_heading {
            let from = until.map_or(if without_year.is_some() { lead.len() } else { start }, str::len);
            return Some((from..text.len() - end.len(), month));
        }
    }
    None
}

fn months_from_january(text: &str) -> Option<(Range<usize>, u8)> {
    let is_dash = |sign: char| matches!(sign, '-' | '—' | '－' | '–' | '~' | '～' | '至' | '到');
    let starts = text.char_indices().filter(|(at, sign)| *sign == '1' && !ends_in_digit(&text[..*at]));
    for (start, _) in starts {
        let rest = &text[start + 1..];
        let rest = rest.strip_prefix('月').unwrap_or(rest);
        let after = rest.trim_start_matches(is_dash);
        let digits = after.find(|sign: char| !sign.is_ascii_digit()).unwrap_or(after.len());
        let Some(end) = after[digits..].strip_prefix('月').filter(|_| after.len() < rest.len()) else { continue };
        let end = end.strip_prefix(['份', '底', '末']).unwrap_or(end);
        if let Some(month) = after[..digits].parse().ok().filter(|month| (1..=12).contains(month)) {
            return Some((start..text.len() - end.len(), month));
        }
    }
    None
}

fn ends_in_digit(text: &str) -> bool {
    text.ends_with(|sign: char| sign.is_ascii_digit())
}

/// How a standard writes months of which the last may be any: `1—N月执行数`.
pub const ANY_MONTHS: &str = "1—N月";

/// A key whose months may be any.
pub fn of_any_months(key: &str) -> String {
    months_in(key).map_or_else(|| key.to_owned(), |(bytes, _)| of_months(key, &bytes))
}

/// A key with any months in the place of those that it names.
pub fn of_months(key: &str, bytes: &Range<usize>) -> String {
    format!("{}{ANY_MONTHS}{}", &key[..bytes.start], &key[bytes.end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_found_wherever_they_stand() {
        assert_eq!(months_in("1—7月执行数"), Some((0..8, 7)));
        assert_eq!(of_any_months("2025年1至10月份完成情况"), "2025年1—N月完成情况");
        assert_eq!(of_any_months("1-6月底执行数"), "1—N月执行数");
        assert_eq!(of_any_months("截至6月底完成值"), "1—N月完成值");
        assert_eq!(of_any_months("截至2025年6月30日累计执行数"), "1—N月累计执行数");
        assert_eq!(of_any_months("9月末执行数"), "1—N月执行数");
        for other in ["11月执行数", "7月", "1月", "21-7月", "1-13月", "10月底前", "6月底", "12月底完成"]
        {
            assert_eq!(months_in(other), None, "{other}");
        }
    }
}
