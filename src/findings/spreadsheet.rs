//! A table for a spreadsheet: a row a finding, then a row for each rule that has none.

use csv::Writer;

use crate::control::State;
use crate::diagnostic::{Diagnostic, Language};
use crate::workspace::Analysis;

const HEADS: [[&str; 2]; 10] = [
    ["结果", "state"],
    ["代码", "code"],
    ["规则", "rule"],
    ["级别", "severity"],
    ["文件", "path"],
    ["行", "line"],
    ["列", "column"],
    ["问题", "message"],
    ["帮助", "help"],
    ["理由", "reason"],
];

/// Opens with a byte order mark: without one the usual spreadsheet reads Chinese as something else.
pub fn table(analysis: &Analysis, language: Language) -> String {
    let mut writer = Writer::from_writer(vec![0xEF, 0xBB, 0xBF]);
    let mut write = |row: [&str; 10]| {
        // Invariant: every row has the same length, and memory does not fail.
        let _ = writer.write_record(row);
    };
    write(HEADS.map(|[chinese, english]| if language == Language::Chinese { chinese } else { english }));
    let mut finding = |state: &str, diagnostic: &Diagnostic, reason: &str| {
        let place = diagnostic.span().map(|span| {
            let source = analysis.sources.get(span.file);
            (source.path.as_str(), source.location(span.start))
        });
        let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
        write([
            state,
            diagnostic.code.id(),
            &diagnostic.code.title().in_language(language),
            diagnostic.severity.word(language),
            place.map_or("", |(path, _)| path),
            &number(place.map(|(_, place)| place.line)),
            &number(place.map(|(_, place)| place.column)),
            &diagnostic.message.in_language(language),
            &diagnostic.help.as_ref().map(|help| help.in_language(language)).unwrap_or_default(),
            reason,
        ]);
    };
    for diagnostic in &analysis.diagnostics {
        finding(State::Found.id(), diagnostic, "");
    }
    for excused in &analysis.excused {
        finding("excused", &excused.diagnostic, &excused.reason);
    }
    for verdict in analysis.verdicts.iter().filter(|verdict| verdict.state != State::Found) {
        let title = verdict.code.title();
        write([verdict.state.id(), verdict.code.id(), &title.in_language(language), "", "", "", "", "", "", ""]);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}
