//! The columns of a document's indicator table, declared where they are not those of the standard.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::fit::{DocumentForm, TableColumn, column_contents, field_name, field_rule};
use crate::import::recognise::draft::FormColumn;
use crate::import::recognise::lexicon::{Content, column_key, key_of};
use crate::language::Field;
use crate::model::standard::Standard;
use crate::syntax::vocabulary::{Block, quoted, written_name};

pub fn declared(form: &DocumentForm, base: &Standard) -> Option<String> {
    // 佐证材料 of a form of the year is no column of targets.
    let of_targets = form.layout.iter().filter(|column| !(form.is_of_year && column.holds_evidence(base)));
    let mut own: Vec<TableColumn> = of_targets.map(table_column).collect();
    // A table of categories alone, as it stands over one of the whole period, says nothing of the columns.
    if own.iter().all(|(content, ..)| *content != Content::Indicator) {
        own.clear();
    }
    let of_period = [Content::WholePeriod, Content::WholePeriodWritten];
    let has_period = form.filled.contains(&(Block::Indicator, Field::WholePeriod.name));
    if has_period && !own.iter().any(|(content, ..)| of_period.contains(content)) {
        // The targets of the whole period stand in a table of their own.
        if own.is_empty() {
            own = column_contents(base);
        }
        own.push((Content::WholePeriod, None, Field::WholePeriod.name.to_owned()));
    }
    if own.is_empty() || own == column_contents(base) {
        return None;
    }
    let mut seen = BTreeSet::new();
    let mut text = "指标表 {\n".to_owned();
    let mut merged = Vec::new();
    for (content, above, heading) in own {
        let own_field = || {
            let key = key_of(&heading).text;
            let rule = field_rule(base, Block::Indicator, &key);
            rule.map_or_else(|| field_name(Block::Indicator, &key), |rule| base.field_rules[rule].name.clone())
        };
        let key = column_key(content).map_or_else(own_field, str::to_owned);
        if key.is_empty() || !seen.insert(key.clone()) {
            continue;
        }
        if base.merged_columns.contains(&key) {
            merged.push(key.clone());
        }
        let heading = match above {
            Some(above) => format!(" {} {}", quoted(&above), quoted(&heading)),
            None if heading == key => String::new(),
            None => format!(" {}", quoted(&heading)),
        };
        let _ = writeln!(text, "  列 {}{heading}", written_name(&key));
    }
    if !merged.is_empty() {
        let _ = writeln!(text, "  合并 {}", merged.join(" "));
    }
    text.push('}');
    Some(text)
}

/// A column as the table is printed: the parts of the target of the whole period are one column, under the heading over them.
fn table_column(column: &FormColumn) -> TableColumn {
    match &column.above {
        Some(above) if column.content == Content::WholePeriod => (column.content, None, above.clone()),
        above => (column.content, above.clone(), column.heading.clone()),
    }
}
