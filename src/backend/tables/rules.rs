//! The rules that findings name, in two languages, and what they serve by the standard of the first department.

use super::cell::EngineCell;
use super::{PutRow, TableOffice};
use crate::diagnostic::{Code, Language};

pub(super) fn rows(office: &TableOffice<'_>, put: &mut PutRow<'_>) {
    if !office.is_first {
        return;
    }
    let sources = &office.standard().rule_sources;
    for code in Code::ALL {
        let [year, region, _] = office.common();
        let source = sources.get(code);
        let criteria = source.map(|source| source.criteria.join("、")).filter(|criteria| !criteria.is_empty());
        let document = source.and_then(|source| source.citation.document.as_deref());
        put(&[
            year,
            region,
            EngineCell::text(code.id()),
            EngineCell::text(code.title().in_language(Language::Chinese).into_owned()),
            EngineCell::text(code.title().in_language(Language::English).into_owned()),
            EngineCell::may_text(criteria),
            EngineCell::may_text(paragraph(*code, "**怎么改** ")),
            EngineCell::may_text(paragraph(*code, "**How to mend it** ")),
            EngineCell::may_text(document),
        ]);
    }
}

/// The paragraph of the page of a rule that begins so.
fn paragraph(code: Code, beginning: &str) -> Option<&'static str> {
    code.explanation().lines().find_map(|line| line.strip_prefix(beginning))
}
