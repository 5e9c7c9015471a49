//! Whether a form is the one that its standard prints anyway.

use super::ProjectLayout;
use crate::language::Block;
use crate::model::standard::project_form::{FactWord, LayoutCell, LayoutLine, LayoutPart, ProjectFact, ProjectForm};

impl ProjectLayout<'_> {
    /// Whether the standard prints the form as it is: its labels are the usual ones, in their order.
    pub(super) fn is_usual(&self, form: &ProjectForm) -> bool {
        let standard = self.standard;
        let plain = |text: &str| text.split_whitespace().collect::<String>();
        if form.beside.is_some() || !form.after.is_empty() || !form.below.is_empty() || form.titles.len() > 1 {
            return false;
        }
        let name = &self.project.name.value;
        let usual_title = plain(&format!("{name}{}", standard.label("项目表")));
        let said = |cell: &LayoutCell| -> String {
            let parts = cell.parts.iter().map(|part| match part {
                LayoutPart::Text(text) => plain(text),
                LayoutPart::Fact(ProjectFact::Word(FactWord::Name)) => plain(name),
                LayoutPart::Fact(ProjectFact::Word(FactWord::Number)) => "1".to_owned(),
                LayoutPart::Fact(ProjectFact::Word(FactWord::MoneyUnit)) => standard.money_unit_name(),
                LayoutPart::Fact(_) => String::new(),
            });
            parts.collect()
        };
        let is_usual_title = |title: &LayoutCell| {
            said(title).strip_suffix(&usual_title).is_some_and(|number| {
                number.is_empty()
                    || number.strip_suffix('.').is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()))
            })
        };
        if !form.titles.iter().all(is_usual_title) {
            return false;
        }
        let mut labels = vec![
            standard.label("项目编码"),
            standard.label("项目名称"),
            standard.label("资金用途"),
            standard.label("预算"),
        ];
        labels.extend(standard.fund_sources.iter().map(|one| one.label.as_deref().unwrap_or(&one.name)));
        labels.push(standard.label("支出计划"));
        labels.extend(standard.checkpoints.iter().map(|one| one.label.as_str()));
        let own = standard.field_rules.iter().filter(|rule| rule.block == Block::Project && rule.kind.is_some());
        labels.extend(own.map(|rule| rule.label.as_deref().unwrap_or(&rule.name)));
        labels.push(standard.label("绩效目标"));
        let labels: Vec<String> = labels.into_iter().map(plain).collect();
        let mut at = 0;
        let rows = form.before.iter().flat_map(|line| match line {
            LayoutLine::Row(row) => row.iter(),
            LayoutLine::Each { .. } => [].iter(),
        });
        for cell in rows.filter(|cell| cell.is_label()) {
            let said = said(cell);
            let mut parts = said.split(['：', ':']);
            let is_whole = |label: &String| *label == said;
            if let Some(found) = labels.iter().position(is_whole) {
                if found < at {
                    return false;
                }
                at = found;
            } else if !parts.all(|part| labels.iter().any(|label| label == part)) {
                return false;
            }
        }
        let Some(above) = form.above.first() else { return true };
        let unit = plain(standard.label("金额单位"));
        form.above.len() == 1
            && above.iter().all(|cell| match cell.parts.first() {
                Some(LayoutPart::Text(text)) => plain(text).trim_end_matches(['：', ':']) == unit,
                Some(LayoutPart::Fact(_)) | None => true,
            })
    }
}
