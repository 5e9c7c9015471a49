//! A table for a spreadsheet: a row a finding, then a row for each rule that has none.

use std::io::{self, Write};

use csv::{ErrorKind, Writer};

use super::FoundParts;
use crate::control::{Excused, VerdictState};
use crate::diagnostic::render::Style;
use crate::diagnostic::{Diagnostic, Language};
use crate::source::signs;
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
pub fn write(parts: &mut dyn FoundParts, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let language = style.language;
    out.write_all("\u{feff}".as_bytes())?;
    let mut table = FindingsTable(Writer::from_writer(out));
    table.row(&HEADS.map(|[chinese, english]| if language == Language::Chinese { chinese } else { english }))?;
    let mut all_excused = Vec::new();
    parts.each(&mut |part| {
        let row = |excused: &Excused| finding("excused", &excused.diagnostic, &excused.reason, part, language);
        all_excused.extend(part.excused.iter().map(row));
        let found = VerdictState::Found.id();
        part.diagnostics.iter().try_for_each(|one| table.row(&finding(found, one, "", part, language)))
    })?;
    all_excused.iter().try_for_each(|row| table.row(row))?;
    for verdict in parts.verdicts().iter().filter(|verdict| verdict.state != VerdictState::Found) {
        let title = verdict.code.title().in_language(language).to_string();
        table.row(&[verdict.state.id(), verdict.code.id(), &title, "", "", "", "", "", "", ""])?;
    }
    table.0.flush()
}

struct FindingsTable<'a>(Writer<&'a mut dyn Write>);

impl FindingsTable<'_> {
    fn row<T: AsRef<[u8]>>(&mut self, row: &[T; 10]) -> io::Result<()> {
        self.0.write_record(row).map_err(|error| match error.into_kind() {
            ErrorKind::Io(error) => error,
            other => io::Error::other(format!("{other:?}")),
        })
    }
}

fn finding(
    state: &str,
    diagnostic: &Diagnostic,
    reason: &str,
    analysis: &Analysis,
    language: Language,
) -> [String; 10] {
    let place = diagnostic.span().map(|span| {
        let source = analysis.sources.get(span.file);
        (source.shown_path().into_owned(), source.location(span.start))
    });
    let number = |number: Option<u32>| number.map(|number| number.to_string()).unwrap_or_default();
    let help = diagnostic.help.as_ref().map(|help| help.in_language(language).into_owned());
    [
        state.to_owned(),
        diagnostic.code.id().to_owned(),
        diagnostic.code.title().in_language(language).into_owned(),
        diagnostic.severity.word(language).to_owned(),
        place.as_ref().map(|(path, _)| path.clone()).unwrap_or_default(),
        number(place.as_ref().map(|(_, place)| place.line)),
        number(place.as_ref().map(|(_, place)| place.column)),
        diagnostic.message.in_language(language).into_owned(),
        help.unwrap_or_default(),
        signs::in_one_line(reason).into_owned(),
    ]
}
