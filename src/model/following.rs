//! Declarations that stay as they are while the text around them changes: their places and words follow it.

use super::target::{Ends, Target};
use super::unit::Quantity;
use super::{
    Basis, Budget, Department, ExtraField, ExtraValue, FundLine, Indicator, Interim, PlanLine, Project, Reference,
    Safeguard, SpendingPlan, SubGoal, Text, UnitOfAccount,
};
use crate::source::{Spanned, TextChange};

impl Project {
    /// Follows a change elsewhere in its file.
    pub fn follow(&mut self, change: &TextChange) {
        let Self {
            span,
            department: _,
            standard: _,
            code,
            name,
            unit_of_account,
            budget,
            plan,
            investment,
            plain,
            indicators,
            extra,
            damage: _,
            is_head: _,
        } = self;
        change.span(span);
        text(name, change);
        [code, unit_of_account].into_iter().flatten().for_each(|one| text(one, change));
        plain.follow(change);
        if let Some(Budget { span, total, funds }) = budget {
            change.span(span);
            if let Some(total) = total {
                quantity(total, change);
            }
            fund_lines(funds, change);
        }
        fund_lines(investment, change);
        if let Some(SpendingPlan { span, lines }) = plan {
            change.span(span);
            for PlanLine { span, checkpoint: _, share } in lines {
                change.span(span);
                quantity(share, change);
            }
        }
        for one in indicators {
            indicator(one, change);
        }
        for one in extra {
            extra_field(one, change);
        }
    }
}

fn fund_lines(lines: &mut [FundLine], change: &TextChange) {
    for FundLine { span, source: _, amount } in lines {
        change.span(span);
        if let Some(amount) = amount {
            quantity(amount, change);
        }
    }
}

impl Department {
    /// Follows a change elsewhere in its file.
    pub fn follow(&mut self, change: &TextChange) {
        let Self {
            span,
            code,
            name,
            year,
            standard: _,
            units_of_account,
            sub_goals,
            safeguards,
            whole,
            plain,
            extra,
            // The session reads it anew.
            record: _,
            is_damaged: _,
        } = self;
        change.span(span);
        text(name, change);
        if let Some(code) = code {
            text(code, change);
        }
        plain.follow(change);
        if let Some(year) = year {
            change.span(&mut year.span);
        }
        for UnitOfAccount { code, name } in units_of_account {
            text(code, change);
            if let Some(name) = name {
                text(name, change);
            }
        }
        for SubGoal { span, goal, indicators } in sub_goals {
            change.span(span);
            if let Some(goal) = goal {
                text(goal, change);
            }
            for Reference { span, project, indicator, target: _ } in indicators {
                change.span(span);
                if let Some(project) = project {
                    change.words(project);
                }
                change.words(indicator);
            }
        }
        if let Some(whole) = whole {
            whole.follow(change);
        }
        for Safeguard { name, text: said } in safeguards {
            text(name, change);
            if let Some(said) = said {
                text(said, change);
            }
        }
        for one in extra {
            extra_field(one, change);
        }
    }
}

fn indicator(indicator: &mut Indicator, change: &TextChange) {
    let Indicator {
        span,
        category: _,
        category_span,
        name,
        target: own_target,
        whole_period,
        basis,
        direction,
        interim,
        plain,
        extra,
    } = indicator;
    change.span(span);
    change.span(category_span);
    text(name, change);
    target(own_target, change);
    if let Some(one) = whole_period {
        target(one, change);
    }
    if let Some(Basis { kind, text: said }) = basis {
        if let Some(kind) = kind {
            text(kind, change);
        }
        text(said, change);
    }
    if let Some(direction) = direction {
        change.span(&mut direction.span);
    }
    for Interim { span, date: _, target: one } in interim {
        change.span(span);
        target(one, change);
    }
    plain.follow(change);
    for one in extra {
        extra_field(one, change);
    }
}

fn target(target: &mut Spanned<Target>, change: &TextChange) {
    change.span(&mut target.span);
    match &mut target.value {
        Target::Quantity { comparator: _, quantity: one } => quantity(one, change),
        Target::Range { ends } => {
            let Ends { low, high } = &mut **ends;
            quantity(low, change);
            quantity(high, change);
        }
        Target::Money { comparator: _, symbol: _, share } => {
            if let Some(share) = share {
                quantity(share, change);
            }
        }
        Target::LastYear { comparator: _, change: added } => {
            if let Some(added) = added {
                quantity(&mut added.1, change);
            }
        }
        Target::Grade { grade, scale } => {
            change.words(grade);
            for grade in scale {
                change.words(grade);
            }
        }
        Target::Words(words) => change.words(words),
        Target::Deadline { comparator: _, date: _ } | Target::YesNo(_) | Target::Damaged => {}
    }
}

fn text(text: &mut Text, change: &TextChange) {
    change.span(&mut text.span);
    change.words(&mut text.value);
}

fn quantity(quantity: &mut Quantity, change: &TextChange) {
    change.span(&mut quantity.span);
}

fn extra_field(field: &mut ExtraField, change: &TextChange) {
    let ExtraField { rule: _, span, value } = field;
    change.span(span);
    match value {
        ExtraValue::Text(words) => change.words(words),
        ExtraValue::Quantity(one) => quantity(one, change),
        ExtraValue::Number(_) | ExtraValue::Date(_) | ExtraValue::YesNo(_) => {}
    }
}
