//! 自评规则: how a self-evaluation is scored, rounded and graded.

use rust_decimal::Decimal;

use super::Citation;
use super::method::{Band, Method, MethodRule, ScoredKind};
use crate::source::Spanned;

/// What a standard says of scoring. What it does not say is none: nothing is scored by a rule that nobody wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ScoringRules {
    /// 执行率
    pub execution: Option<ExecutionRule>,
    /// 得分小数: how many decimals a score has.
    pub places: Option<Spanned<u32>>,
    /// 舍入
    pub rounding: Option<Spanned<RoundingMode>>,
    /// 计分: by the kind of target, in the order of the kinds.
    pub methods: Vec<(ScoredKind, MethodRule)>,
    /// 超额
    pub excess: Option<ExcessRule>,
    /// 不适用
    pub not_applicable: Option<Spanned<WithoutValue>>,
    /// 等次, best first.
    pub grades: Vec<GradeBand>,
    /// 应用: what results may be used for.
    pub uses: Vec<String>,
}

/// 执行率: the points for execution of the budget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExecutionRule {
    /// What full execution earns.
    pub points: Spanned<Decimal>,
    /// What is divided by.
    pub base: MoneyBase,
    /// In percent: below it a reason is due.
    pub explain_below: Option<Spanned<Decimal>>,
    /// What a budget of zero earns.
    pub zero_budget: WithoutBudget,
    /// The document that says so.
    pub citation: Citation,
}

/// 超额: over-achievement of a target for more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExcessRule {
    /// In percent of the target: from it on a reason is due.
    pub threshold: Spanned<Decimal>,
    /// What is taken off; none where nothing is.
    pub deduction: Option<ExcessDeduction>,
    /// The document that says so.
    pub citation: Citation,
}

/// What over-achievement costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExcessDeduction {
    /// How often the excess counts.
    pub multiple: Decimal,
    /// In percent of the weight: what is left at least.
    pub floor: Decimal,
}

/// 等次: from its lower bound up to the next better one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GradeBand {
    /// 优
    pub name: String,
    /// The lower bound belongs to it.
    pub from: Spanned<Decimal>,
}

/// How a number is cut to its places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundingMode {
    /// A half goes up.
    HalfUp,
    /// A half goes to the even neighbour.
    HalfEven,
    /// What is behind the places falls away.
    Down,
}

/// Which budget execution is measured by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyBase {
    /// As approved.
    Original,
    /// With adjustments and what was carried over.
    Adjusted,
}

/// What a budget of zero earns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithoutBudget {
    /// No points can be given.
    None,
    /// All of them.
    Full,
    /// Zero.
    Zero,
}

/// How an indicator counts that does not apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithoutValue {
    /// A person gives the points.
    ByHand,
    /// Its weight leaves the total, which is scaled up.
    Scaled,
    /// All points.
    Full,
    /// Zero.
    Zero,
}

impl RoundingMode {
    /// The names in both languages.
    pub const ALL: [(RoundingMode, &'static str, &'static str); 3] = [
        (RoundingMode::HalfUp, "四舍五入", "half_up"),
        (RoundingMode::HalfEven, "四舍六入五成双", "half_even"),
        (RoundingMode::Down, "截去", "down"),
    ];

    /// As a text writes it in Chinese.
    pub fn word(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// The word in machine output.
    pub fn english(self) -> &'static str {
        Self::ALL[self as usize].2
    }
}

impl MoneyBase {
    /// The names in both languages.
    pub const ALL: [(MoneyBase, &'static str, &'static str); 2] =
        [(MoneyBase::Original, "年初", "original"), (MoneyBase::Adjusted, "调整后", "adjusted")];
}

impl WithoutBudget {
    /// The names in both languages.
    pub const ALL: [(WithoutBudget, &'static str, &'static str); 3] = [
        (WithoutBudget::None, "无分", "none"),
        (WithoutBudget::Full, "满分", "full"),
        (WithoutBudget::Zero, "零分", "zero"),
    ];
}

impl WithoutValue {
    /// The names in both languages.
    pub const ALL: [(WithoutValue, &'static str, &'static str); 4] = [
        (WithoutValue::ByHand, "人工", "by_hand"),
        (WithoutValue::Scaled, "折算", "scaled"),
        (WithoutValue::Full, "满分", "full"),
        (WithoutValue::Zero, "零分", "zero"),
    ];
}

impl ScoringRules {
    /// How targets of a kind are scored; none where the standard does not say.
    pub fn method(&self, kind: ScoredKind) -> Option<&MethodRule> {
        self.methods.iter().find(|(known, _)| *known == kind).map(|(_, rule)| rule)
    }

    /// The bands of a method: its own, else those of words.
    pub fn bands<'a>(&'a self, method: &'a Method) -> &'a [Band] {
        match method {
            Method::Bands(bands) if bands.is_empty() => {
                match self.method(ScoredKind::Words).map(|rule| &rule.method.value) {
                    Some(Method::Bands(bands)) => bands,
                    _ => &[],
                }
            }
            Method::Bands(bands) => bands,
            _ => &[],
        }
    }

    /// Puts a line in the place of the one for its kind.
    pub(super) fn set_method(&mut self, kind: ScoredKind, rule: MethodRule) {
        self.methods.retain(|(known, _)| *known != kind);
        self.methods.push((kind, rule));
        self.methods.sort_by_key(|(kind, _)| *kind);
    }
}
