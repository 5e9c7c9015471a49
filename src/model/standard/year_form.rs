//! 监控表, 自评表 and the like: what the printed forms of the year hold, as a standard declares it over those it extends.

use super::super::read::{self, FieldEntry};
use super::Standard;
use super::of_year::starts;
use super::parts::{name_and_texts, report, word_of};
use crate::diagnostic::{Diagnostic, texts};
use crate::language::{Block, Field, field, own};

/// A printed form of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum YearForm {
    /// 监控表: a project at a checkpoint.
    Monitoring,
    /// 自评表: a project at the end of the year.
    SelfEvaluation,
    /// 部门自评表: a department at the end of the year.
    Department,
    /// 转移支付自评表: a transfer payment at the end of the year.
    Transfer,
    /// 复核表: the points of a self-evaluation beside those of its review.
    Review,
    /// 评价报告: prose with tables, whose form no standard declares.
    Report,
    /// 总览: a department's year on one page, whose form no standard declares.
    Overview,
}

/// What a form prints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FormLayout {
    /// 资金列, from the left.
    pub money: Vec<YearColumn>,
    /// 列, from the left.
    pub columns: Vec<YearColumn>,
    /// 合并: contents of columns whose equal neighbours print as one cell.
    pub merged: Vec<String>,
    /// 结尾, from the top.
    pub closing: Vec<ClosingCell>,
}

/// A column of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearColumn {
    /// What it holds, in Chinese.
    pub content: String,
    /// The heading over it and its neighbours; none where it has one heading.
    pub above: Option<String>,
    /// Its own heading.
    pub heading: String,
}

/// What a column of the money holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyContent {
    /// As it was approved.
    Approved,
    /// With adjustments and what was carried over.
    Budget,
    /// What was spent.
    Spent,
    /// Spent of the budget.
    Rate,
    /// What full execution earns.
    Weight,
    /// What it earned.
    Points,
    /// What will be spent by the end of the year.
    Expected,
    /// Spent of what was due.
    Pace,
    /// How it stands.
    Light,
    /// Why it deviates.
    Deviation,
    /// What is done about it.
    Measure,
}

/// What a column of the indicators holds that an indicator table cannot: contents of the latter can stand beside them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowContent {
    /// The target as it was approved.
    Approved,
    /// The target after its adjustment; blank where it was not adjusted.
    Adjusted,
    /// What was reached.
    Actual,
    /// What will be reached by the end of the year.
    Expected,
    /// The weight in force.
    Weight,
    /// What it earned.
    Points,
    /// Of the weight.
    Share,
    /// How the points came about.
    Derivation,
    /// How it stands.
    Light,
    /// Whether the target will be met.
    Likelihood,
    /// Why it deviates.
    Deviation,
    /// What is done about it.
    Measure,
    /// Both.
    Reasons,
    /// What has no cell of its own.
    Remarks,
    /// The points of the review.
    ReviewPoints,
    /// Why they are others.
    ReviewReason,
}

/// A cell at the end of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClosingCell {
    /// 等次
    Grade,
    /// 结论
    Conclusion,
    /// 问题
    Problem,
    /// 改进
    Improvement,
    /// 建议
    Suggestion,
    /// 应用
    Applied,
}

impl YearForm {
    /// The words of the forms in both languages.
    pub const ALL: [(YearForm, &'static str, &'static str); 7] = [
        (YearForm::Monitoring, Field::MonitoringForm.row().name, "monitoring"),
        (YearForm::SelfEvaluation, Field::SelfEvaluationForm.row().name, "self_evaluation"),
        (YearForm::Department, Field::DepartmentForm.row().name, "department"),
        (YearForm::Transfer, Field::TransferForm.row().name, "transfer"),
        (YearForm::Review, Field::ReviewForm.row().name, "review"),
        (YearForm::Report, "评价报告", "report"),
        (YearForm::Overview, "总览", "overview"),
    ];

    /// Its word in Chinese.
    pub fn word(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// Its word in English.
    pub fn english(self) -> &'static str {
        Self::ALL[self as usize].2
    }

    /// Whether a standard says what it holds.
    pub fn is_declared(self) -> bool {
        match self {
            YearForm::Monitoring
            | YearForm::SelfEvaluation
            | YearForm::Department
            | YearForm::Transfer
            | YearForm::Review => true,
            YearForm::Report | YearForm::Overview => false,
        }
    }
}

impl MoneyContent {
    /// The names in both languages.
    pub const ALL: [(MoneyContent, &'static str, &'static str); 11] = [
        (MoneyContent::Approved, "年初预算数", "approved"),
        (MoneyContent::Budget, "全年预算数", "budget"),
        (MoneyContent::Spent, "执行数", "spent"),
        (MoneyContent::Rate, Field::ExecutionScore.row().name, "rate"),
        (MoneyContent::Weight, Field::Weight.row().name, "weight"),
        (MoneyContent::Points, Field::CompletionPoints.row().name, "points"),
        (MoneyContent::Expected, "预计执行数", "expected"),
        (MoneyContent::Pace, Field::Pace.row().name, "pace"),
        (MoneyContent::Light, Field::Light.row().name, "light"),
        (MoneyContent::Deviation, Field::ExecutionDeviation.row().name, "deviation"),
        (MoneyContent::Measure, Field::ExecutionMeasure.row().name, "measure"),
    ];
}

impl RowContent {
    /// The names in both languages.
    pub const ALL: [(RowContent, &'static str, &'static str); 16] = [
        (RowContent::Approved, "年初指标值", "approved"),
        (RowContent::Adjusted, "调整指标值", "adjusted"),
        (RowContent::Actual, "完成值", "actual"),
        (RowContent::Expected, "预计完成值", "expected"),
        (RowContent::Weight, Field::Weight.row().name, "weight"),
        (RowContent::Points, Field::CompletionPoints.row().name, "points"),
        (RowContent::Share, "得分系数", "share"),
        (RowContent::Derivation, "得分依据", "derivation"),
        (RowContent::Light, Field::Light.row().name, "light"),
        (RowContent::Likelihood, Field::CompletionLikelihood.row().name, "likelihood"),
        (RowContent::Deviation, Field::CompletionDeviation.row().name, "deviation"),
        (RowContent::Measure, Field::CompletionMeasure.row().name, "measure"),
        (RowContent::Reasons, "偏差和措施", "reasons"),
        (RowContent::Remarks, Field::Note.row().name, Field::Note.row().english),
        (RowContent::ReviewPoints, "复核得分", "review_points"),
        (RowContent::ReviewReason, "复核理由", "review_reason"),
    ];
}

impl ClosingCell {
    /// The names in both languages.
    pub const ALL: [(ClosingCell, &'static str, &'static str); 6] = [
        (ClosingCell::Grade, Field::GradeBand.row().name, "grade"),
        (ClosingCell::Conclusion, Field::SelfConclusion.row().name, "conclusion"),
        (ClosingCell::Problem, Field::SelfProblem.row().name, "problem"),
        (ClosingCell::Improvement, Field::SelfImprovement.row().name, "improvement"),
        (ClosingCell::Suggestion, Field::SelfSuggestion.row().name, "suggestion"),
        (ClosingCell::Applied, Field::SelfApplied.row().name, "applied"),
    ];
}

/// What an entry of a table means by its name in either language.
pub fn meant<T: Copy>(table: &[(T, &'static str, &'static str)], word: &str) -> Option<(T, &'static str)> {
    let found = table.iter().find(|(_, chinese, english)| *chinese == word || *english == word);
    found.map(|(one, chinese, _)| (*one, *chinese))
}

/// `自评表 { … }`
pub(super) fn declare(form: YearForm, entry: FieldEntry<'_>, standard: &mut Standard, found: &mut Vec<Diagnostic>) {
    let mut layout = standard.forms.get(&form).cloned().unwrap_or_default();
    let mut seen: Vec<own::YearForm> = Vec::new();
    read::fields(entry.node, Block::YearForm, &[], found, |name, entry, found| {
        let Some(part) = name.word().and_then(own::YearForm::of) else { return };
        let is_first = starts(part, &mut seen);
        match part {
            own::YearForm::Money => {
                if is_first {
                    layout.money.clear();
                }
                let known = |content: &str| meant(&MoneyContent::ALL, content).map(|(_, chinese)| chinese.to_owned());
                layout.money.extend(column(entry, known, found));
            }
            own::YearForm::Column => {
                if is_first {
                    layout.columns.clear();
                }
                layout.columns.extend(column(entry, |content| of_indicator(content, standard), found));
            }
            own::YearForm::Merged => {
                let names = entry.values.iter().filter_map(|value| read::any_name(entry, value));
                layout.merged = names.map(|name| name.value.into()).collect();
            }
            own::YearForm::Closing => {
                let each = entry.values.chunks(1);
                let each =
                    each.filter_map(|one| word_of(FieldEntry { values: one, ..entry }, &ClosingCell::ALL, found));
                layout.closing = each.collect();
            }
            own::YearForm::CitedFrom | own::YearForm::Sureness => {}
        }
    });
    standard.forms.insert(form, layout);
}

/// `列 完成值 "实际完成值"`: a content, and one heading or two. Reports JX502 for a content that nothing is.
fn column(
    entry: FieldEntry<'_>,
    known: impl Fn(&str) -> Option<String>,
    found: &mut Vec<Diagnostic>,
) -> Option<YearColumn> {
    let (content, headings) = name_and_texts(entry, found)?;
    let Some(content) = known(&content) else {
        report(entry.values_span(), texts::reason_unknown_word(&content), found);
        return None;
    };
    let (above, heading) = self::headings(headings, &content);
    Some(YearColumn { content, above, heading })
}

/// The heading of a column, and the one over it where two are written; the content itself where none is.
pub(super) fn headings(written: Vec<String>, content: &str) -> (Option<String>, String) {
    let mut written = written.into_iter();
    match (written.next(), written.next()) {
        (Some(above), Some(heading)) => (Some(above), heading),
        (heading, _) => (None, heading.unwrap_or_else(|| content.to_owned())),
    }
}

/// What a column can hold of an indicator: of the year, of the indicator table, a kind of deviation.
fn of_indicator(content: &str, standard: &Standard) -> Option<String> {
    let of_table = [Field::Category, Field::Subcategory, Field::AdjustedTarget, Field::Measure];
    let of_year = || meant(&RowContent::ALL, content).map(|(_, chinese)| chinese);
    let of_table = || of_table.into_iter().find(|field| field.is_called(content)).map(|field| field.name);
    let of_target = || [Field::Leaf.name, "指标性质", "数值"].into_iter().find(|known| *known == content);
    let of_language = || field(Block::Indicator, content).map(|field| field.name);
    let is_own = standard.field_rules.iter().any(|rule| rule.block == Block::Indicator && rule.name == content)
        || standard.monitoring.deviation_kinds.iter().any(|kind| kind == content);
    let word = of_year().or_else(of_table).or_else(of_target).or_else(of_language);
    word.map(str::to_owned).or_else(|| is_own.then(|| content.to_owned()))
}
