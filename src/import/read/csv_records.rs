//! Tables as text: comma, semicolon or tab between the fields, in whatever encoding a program saved them.

use std::borrow::Cow;

use csv::{ByteRecord, ReaderBuilder, Trim};

use crate::diagnostic::{Diagnostic, texts};

use super::{continued, encoding, limits, refusal};
use crate::import::document::{Cell, Document, DocumentBlock, DocumentPlace, Remark, Table, TableRow};

/// Signs between fields. Of those that would do, the one comes first that hardly stands in fields.
const DELIMITERS: [u8; 4] = [b'\t', b',', b';', b'|'];
/// The rows by which the delimiter is told.
const ROWS_TRIED: usize = 200;

/// The document of a file of records: one table.
pub fn read(name: &str, bytes: &[u8]) -> Result<Document, Diagnostic> {
    let decoded = encoding::decode(bytes, None);
    let mut document = Document { remarks: decoded.remarks, ..Document::default() };
    let text = decoded.text.replace("\r\n", "\n").replace('\r', "\n");
    // Some programs state the delimiter in a line of its own.
    let stated = text.strip_prefix("sep=").filter(|rest| rest.as_bytes().get(1) == Some(&b'\n'));
    let (delimiter, records, first_row) = match stated {
        Some(rest) => (rest.as_bytes()[0], &rest[2..], 2),
        None => (delimiter(&text), text.as_str(), 1),
    };
    let mut table = Table::default();
    let mut cells = 0;
    let mut record = ByteRecord::new();
    let mut reader = reader(records, delimiter);
    // Line ends inside fields, and those before the record: a spreadsheet counts the former into one row.
    let mut inner_lines = 0;
    // A record of fields in memory cannot fail to be read.
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let position = record.position().map_or((1, 0), |position| (position.line() as u32, position.byte() as usize));
        // Blank lines are passed over after the position is taken.
        let blank = records.as_bytes()[position.1.min(records.len())..].iter().take_while(|byte| **byte == b'\n');
        let row = (position.0 + blank.count() as u32 + first_row - 1).saturating_sub(inner_lines);
        let mut fields = Vec::with_capacity(record.len());
        for (field, bytes) in (1..).zip(&record) {
            inner_lines += bytes.split(|byte| *byte == b'\n').count() as u32 - 1;
            let text = String::from_utf8_lossy(bytes);
            fields.push(Cell::new(plain(text.trim()), DocumentPlace::Record { row, field }));
        }
        cells += fields.len();
        if cells > limits::CELLS {
            return Err(refusal::too_many_cells(name));
        }
        if fields.iter().any(|cell| !cell.is_blank()) {
            table.rows.push(TableRow { cells: fields });
        }
    }
    if let Some(place) = unclosed_quote(records, &table) {
        document.remarks.push(Remark::partial(Some(place), texts::quote_not_closed()));
    }
    continued::go_on_over_blanks(&mut table);
    if !table.rows.is_empty() {
        document.blocks.push(DocumentBlock::Table(table));
    }
    Ok(document)
}

/// A field without the signs by which programs keep a spreadsheet from reading a code as a number: `="0012"`, `'0012`.
fn plain(field: &str) -> Cow<'_, str> {
    if let Some(text) = field.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return text.replace("\"\"", "\"").into();
    }
    field.strip_prefix('\'').filter(|rest| !rest.is_empty() && !rest.contains('\'')).unwrap_or(field).into()
}

/// The delimiter that gives most fields in rows of the same number of them.
pub fn delimiter(text: &str) -> u8 {
    let score = |delimiter: u8| {
        let mut counts: Vec<usize> =
            reader(text, delimiter).byte_records().take(ROWS_TRIED).flatten().map(|record| record.len()).collect();
        counts.sort_unstable();
        let runs = counts.chunk_by(|one, other| one == other);
        runs.filter(|run| run[0] > 1).map(|run| (run.len() * run[0], run[0])).max().unwrap_or_default()
    };
    // Of equals the first counts.
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| score(*delimiter)).unwrap_or(b',')
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter).has_headers(false).flexible(true).trim(Trim::None);
    builder.from_reader(text.as_bytes())
}

/// Where a quote opens that reaches to the end of the file: all that follows would be one field.
fn unclosed_quote(text: &str, table: &Table) -> Option<DocumentPlace> {
    let last = table.rows.last()?.cells.last()?;
    let is_odd = text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1;
    (is_odd && last.text.contains('\n')).then(|| last.place.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::read::sample::{shown, survives};

    fn read_text(text: &str) -> Document {
        read("甲.csv", text.as_bytes()).expect("document")
    }

    #[test]
    fn delimiters_quotes_and_ragged_rows() {
        for (text, expected) in [
            ("\u{feff}甲,\"乙,\"\"丙\"\"\"\r\n丁\r\n,\r\n戊,己,庚", "甲|乙,\"丙\" ; 丁 ; 戊|己|庚"),
            ("甲\t1,000\n乙\t2,000\n", "甲|1,000 ; 乙|2,000"),
            ("甲;1,5\n乙;2\n", "甲|1,5 ; 乙|2"),
            ("sep=;\n甲,乙;丙\n", "甲,乙|丙"),
            ("甲\r乙,丙\r", "甲 ; 乙|丙"),
            ("=\"0012\",'0012\n\"=\"\"≥95%\"\"\",'甲'\n=\"\",'\n", "0012|0012 ; ≥95%|'甲' ; |'"),
        ] {
            assert_eq!(shown(&read_text(text)), [expected]);
        }
        assert!(read_text("\n\n").blocks.is_empty());
    }

    #[test]
    fn rows_count_as_in_a_spreadsheet() {
        let document = read_text("甲,\"一\n二\"\n\n乙,丙\n");
        let DocumentBlock::Table(table) = &document.blocks[0] else { panic!("a table") };
        assert_eq!(table.rows[1].cells[1].place, DocumentPlace::Record { row: 3, field: 2 });
        assert_eq!(&*table.rows[0].cells[1].text, "一\n二");
    }

    #[test]
    fn what_is_wrong_is_told() {
        assert_eq!(read_text("甲,\"乙\n丙,丁\n").remarks.len(), 1);
        let (gbk, _, _) = encoding_rs::GBK.encode("项目名称,预算数\n校园安全,10\n");
        let document = read("甲.csv", &gbk).expect("document");
        assert_eq!((shown(&document)[0].as_str(), document.remarks.len()), ("项目名称|预算数 ; 校园安全|10", 1));
        survives(&gbk, 2000, |bytes| drop(read("甲.csv", bytes)));
    }
}
