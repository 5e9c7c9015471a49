//! Names of kinds of change, as people write them: `JC102`, `JC1`, `target-relaxed`, `relaxed`, `放宽`, `high`.

use crate::diagnostic::Language;
use crate::diff::{Class, Risk, Sense};

/// The classes that a name means; none where nothing is called that.
pub fn classes(name: &str) -> Vec<Class> {
    if let Some(class) = Class::find(name) {
        return vec![class];
    }
    let all = |is_meant: &dyn Fn(Class) -> bool| Class::ALL.iter().copied().filter(|class| is_meant(*class)).collect();
    let no_worse = |risk: Risk| all(&move |class| class.risk() <= risk);
    match name {
        // Who asks for what is relaxed wants to hear of what cannot be shown not to be.
        "relaxed" | "looser" | "放宽" => all(&|class| matches!(class.sense(), Sense::Looser | Sense::Unclear)),
        "unclear" | "不明" => all(&|class| class.sense() == Sense::Unclear),
        "tightened" | "tighter" | "收紧" => all(&|class| class.sense() == Sense::Tighter),
        "any" | "全部" => all(&|_| true),
        // A risk means this one and all that are graver.
        "high" | "高" => no_worse(Risk::High),
        "medium" | "中" => no_worse(Risk::Medium),
        "low" | "低" => no_worse(Risk::Low),
        _ => {
            let begins = |class: Class| {
                name.len() > 2 && class.code().get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name))
            };
            let is_word = |class: Class| class.slug().split('-').any(|word| word == name);
            let is_in_title =
                |class: Class| name.chars().count() > 1 && class.title().in_language(Language::Chinese).contains(name);
            all(&|class| begins(class) || is_word(class) || is_in_title(class))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_code_a_beginning_a_word_a_sense_or_a_risk() {
        assert_eq!(classes("jc102"), [Class::TargetRelaxed]);
        assert_eq!(classes("target-relaxed"), [Class::TargetRelaxed]);
        assert!(classes("JC4").contains(&Class::BudgetRaised) && !classes("JC4").contains(&Class::TargetRelaxed));
        assert!(classes("relaxed").contains(&Class::DeadlineLater));
        assert!(
            classes("放宽").contains(&Class::TargetRedefined) && !classes("放宽").contains(&Class::TargetTightened)
        );
        assert!(!classes("unclear").contains(&Class::DeadlineLater));
        assert!(classes("removed").contains(&Class::IndicatorRemoved));
        assert!(classes("预算").contains(&Class::BudgetLowered));
        assert!(classes("medium").contains(&Class::TargetRelaxed) && classes("medium").contains(&Class::BasisChanged));
        assert!(classes("nothing-like-it").is_empty() && classes("JC").is_empty());
    }
}
