//! The layout of a document's form: the headings of its first table, from the left.

use super::draft::{Draft, FormColumn};
use super::lexicon::{Content, column_key};

/// The headings of the first table that is a project's form tell the layout of the document; where there is none, those
/// of the first table of several projects.
pub fn note(draft: &mut Draft, columns: Vec<FormColumn>, is_flat: bool) {
    let of_year = |column: &FormColumn| matches!(column.content, Content::OfYear(_));
    if !is_flat && draft.year_form.columns.is_empty() && columns.iter().any(of_year) {
        draft.year_form.columns.clone_from(&columns);
    }
    // What was reached is no part of a table of targets.
    let columns: Vec<FormColumn> = columns.into_iter().filter(|column| !of_year(column)).collect();
    let layout = if is_flat { &mut draft.flat_layout } else { &mut draft.layout };
    let is_typed = columns.iter().any(|column| column.content == Content::Written);
    if layout.is_empty() && !(is_flat && is_typed) {
        *layout = columns;
    }
}

/// The form's own table has a column for the first level that it says in rows.
pub fn category_rows(draft: &mut Draft) {
    if draft.layout.iter().all(|column| column.content != Content::Category) {
        let heading = column_key(Content::Category).unwrap_or_default().to_owned();
        draft.layout.insert(0, FormColumn { content: Content::Category, above: None, heading });
    }
}

/// The column of the second level holds names: so it is printed.
pub fn names_in_second_level(draft: &mut Draft) {
    if draft.layout.iter().all(|column| column.content != Content::Indicator)
        && let Some(second) = draft.layout.iter_mut().find(|column| column.content == Content::Subcategory)
    {
        second.content = Content::Indicator;
    }
}
