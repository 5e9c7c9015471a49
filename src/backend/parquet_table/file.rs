//! A table as a Parquet file: cells are kept for one row group, column by column and each text once, then written.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::metadata::{KeyValue, SortingColumn};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};

use crate::backend::tables::{ColumnType, EngineCell, EngineColumn, EngineTable, SCHEMA_VERSION, TableOffice};

/// What engines take for one at a time, and read in parallel.
const ROWS_OF_GROUP: usize = 122_880;
/// So many texts are handed over at once.
const TEXTS_AT_ONCE: usize = 8_192;

/// A file that is being written.
pub(super) struct TableFile<'t> {
    table: &'t EngineTable,
    /// What it has written and nobody has taken yet is in the vector.
    writer: SerializedFileWriter<Vec<u8>>,
    columns: Vec<ColumnBuffer>,
    rows: usize,
}

impl<'t> TableFile<'t> {
    pub fn new(table: &'t EngineTable) -> io::Result<Self> {
        let writer = SerializedFileWriter::new(Vec::new(), schema(table).map_err(failure)?, properties(table).into());
        let columns = table.columns.iter().map(ColumnBuffer::new).collect();
        Ok(Self { table, writer: writer.map_err(failure)?, columns, rows: 0 })
    }

    /// Appends the rows of a department. Departments come in the order of their keys.
    pub fn department(&mut self, office: &TableOffice<'_>, out: &mut dyn Write) -> io::Result<()> {
        let table = self.table;
        let mut done = Ok(());
        (table.rows)(office, &mut |cells| {
            if done.is_ok() {
                done = self.row(cells, out);
            }
        });
        done
    }

    /// Writes what is left, and the end of the file.
    pub fn finish(mut self, out: &mut dyn Write) -> io::Result<()> {
        self.write_group(out)?;
        self.writer.finish().map_err(failure)?;
        out.write_all(self.writer.inner())
    }

    /// Appends a row.
    pub fn row(&mut self, cells: &[EngineCell<'_>], out: &mut dyn Write) -> io::Result<()> {
        // Invariant: a row has a cell for each column of its table.
        debug_assert_eq!(cells.len(), self.columns.len(), "a row of {}", self.table.name);
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(cell);
        }
        self.rows += 1;
        if self.rows == ROWS_OF_GROUP { self.write_group(out) } else { Ok(()) }
    }

    fn write_group(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if self.rows > 0 {
            self.encode_group().map_err(failure)?;
            self.rows = 0;
        }
        out.write_all(&std::mem::take(self.writer.inner_mut()))
    }

    fn encode_group(&mut self) -> Result<(), ParquetError> {
        let mut group = self.writer.next_row_group()?;
        for (column, kept) in self.columns.iter_mut().zip(self.table.columns) {
            let buffer = std::mem::replace(column, ColumnBuffer::new(kept));
            let Some(writer) = group.next_column()? else { break };
            buffer.write(writer)?;
        }
        group.close()?;
        Ok(())
    }
}

/// The cells of a column in one row group.
struct ColumnBuffer {
    kind: ColumnType,
    /// One for a value, zero for NULL; none where the column has none.
    levels: Option<Vec<i16>>,
    values: ColumnValues,
}

enum ColumnValues {
    Texts(TextValues),
    Wholes(Vec<i32>),
    Decimals(Vec<i64>),
    Truths(Vec<bool>),
}

/// Texts of which most come again: each is kept once.
#[derive(Default)]
struct TextValues {
    all: Vec<u8>,
    /// Where each different text lies.
    places: Vec<(usize, usize)>,
    /// The last text of a hash. Two texts of one hash only make it longer.
    known: HashMap<u64, u32>,
    rows: Vec<u32>,
}

impl TextValues {
    fn push(&mut self, text: &str) {
        let mut hasher = DefaultHasher::new();
        text.hash(&mut hasher);
        let hash = hasher.finish();
        let is_same = |number: &u32| {
            let (start, end) = self.places[*number as usize];
            self.all[start..end] == *text.as_bytes()
        };
        let number = self.known.get(&hash).copied().filter(|number| is_same(number)).unwrap_or_else(|| {
            let number = self.places.len() as u32;
            let start = self.all.len();
            self.all.extend_from_slice(text.as_bytes());
            self.places.push((start, self.all.len()));
            self.known.insert(hash, number);
            number
        });
        self.rows.push(number);
    }
}

impl ColumnBuffer {
    fn new(column: &EngineColumn) -> Self {
        let values = match column.kind {
            ColumnType::Text => ColumnValues::Texts(TextValues::default()),
            ColumnType::Whole | ColumnType::Day | ColumnType::Share => ColumnValues::Wholes(Vec::new()),
            ColumnType::Decimal => ColumnValues::Decimals(Vec::new()),
            ColumnType::Truth => ColumnValues::Truths(Vec::new()),
        };
        Self { kind: column.kind, levels: column.may_be_null.then(Vec::new), values }
    }

    fn push(&mut self, cell: &EngineCell<'_>) {
        if let Some(levels) = &mut self.levels {
            levels.push(i16::from(*cell != EngineCell::Null));
        }
        match (&mut self.values, cell) {
            (_, EngineCell::Null) if self.levels.is_some() => {}
            (ColumnValues::Texts(texts), EngineCell::Text(text)) => texts.push(text),
            (ColumnValues::Wholes(numbers), EngineCell::Whole(number) | EngineCell::Day(number)) => {
                numbers.push(*number);
            }
            // Invariant: nine digits fit.
            (ColumnValues::Wholes(numbers), EngineCell::Decimal(number)) => numbers.push(*number as i32),
            (ColumnValues::Decimals(numbers), EngineCell::Decimal(number)) => numbers.push(*number),
            (ColumnValues::Truths(truths), EngineCell::Truth(truth)) => truths.push(*truth),
            // Invariant: a cell has the type of its column, and no key is NULL. A value stands there, so that rows stay rows.
            (values, cell) => {
                debug_assert!(false, "{cell:?} in a column of {:?}", self.kind);
                match values {
                    ColumnValues::Texts(texts) => texts.push(""),
                    ColumnValues::Wholes(numbers) => numbers.push(0),
                    ColumnValues::Decimals(numbers) => numbers.push(0),
                    ColumnValues::Truths(truths) => truths.push(false),
                }
            }
        }
    }

    fn write(self, mut writer: SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let levels = self.levels.as_deref();
        match self.values {
            ColumnValues::Wholes(numbers) => write_values::<Int32Type>(&mut writer, &numbers, levels)?,
            ColumnValues::Decimals(numbers) => write_values::<Int64Type>(&mut writer, &numbers, levels)?,
            ColumnValues::Truths(truths) => write_values::<BoolType>(&mut writer, &truths, levels)?,
            ColumnValues::Texts(texts) => {
                let TextValues { all, places, rows, .. } = texts;
                let all = ByteArray::from(all);
                let text = |number: &u32| {
                    let (start, end) = places[*number as usize];
                    all.slice(start, end - start)
                };
                match levels {
                    None => {
                        for rows in rows.chunks(TEXTS_AT_ONCE) {
                            let values: Vec<ByteArray> = rows.iter().map(text).collect();
                            write_values::<ByteArrayType>(&mut writer, &values, None)?;
                        }
                    }
                    Some(levels) => {
                        let mut rows = &rows[..];
                        for levels in levels.chunks(TEXTS_AT_ONCE) {
                            let count = levels.iter().filter(|level| **level == 1).count();
                            let (now, later) = rows.split_at(count);
                            rows = later;
                            let values: Vec<ByteArray> = now.iter().map(text).collect();
                            write_values::<ByteArrayType>(&mut writer, &values, Some(levels))?;
                        }
                    }
                }
            }
        }
        writer.close()
    }
}

fn write_values<T: DataType>(
    writer: &mut SerializedColumnWriter<'_>,
    values: &[T::T],
    levels: Option<&[i16]>,
) -> Result<(), ParquetError> {
    writer.typed::<T>().write_batch(values, levels, None)?;
    Ok(())
}

fn schema(table: &EngineTable) -> Result<TypePtr, ParquetError> {
    let columns = table.columns.iter().map(|column| field(column).map(Arc::new));
    let columns = columns.collect::<Result<Vec<_>, _>>()?;
    Ok(Arc::new(Type::group_type_builder(table.name).with_fields(columns).build()?))
}

fn field(column: &EngineColumn) -> Result<Type, ParquetError> {
    let physical = match column.kind {
        ColumnType::Text => PhysicalType::BYTE_ARRAY,
        ColumnType::Whole | ColumnType::Day | ColumnType::Share => PhysicalType::INT32,
        ColumnType::Decimal => PhysicalType::INT64,
        ColumnType::Truth => PhysicalType::BOOLEAN,
    };
    let (scale, digits) = (ColumnType::PLACES.cast_signed(), column.kind.digits().map(u32::cast_signed));
    let logical = match column.kind {
        ColumnType::Text => Some(LogicalType::String),
        ColumnType::Day => Some(LogicalType::Date),
        ColumnType::Decimal | ColumnType::Share => digits.map(|precision| LogicalType::decimal(scale, precision)),
        ColumnType::Whole | ColumnType::Truth => None,
    };
    let repetition = if column.may_be_null { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    let builder = Type::primitive_type_builder(column.name, physical);
    let builder = builder.with_repetition(repetition).with_logical_type(logical);
    match digits {
        Some(digits) => builder.with_precision(digits).with_scale(scale).build(),
        None => builder.build(),
    }
}

/// Who wrote it, which schema it has, and what people call its columns: nothing of the run.
fn properties(table: &EngineTable) -> WriterProperties {
    let value = |key: String, value: &str| KeyValue { key, value: Some(value.to_owned()) };
    let labels = table.columns.iter().map(|column| value(format!("jixiao.label.{}", column.name), column.label));
    let own = [
        value("jixiao.schema".to_owned(), &SCHEMA_VERSION.to_string()),
        value("jixiao.table".to_owned(), table.name),
        value("jixiao.label".to_owned(), table.label),
    ];
    let order =
        |index: usize| SortingColumn { column_idx: (index as u32).cast_signed(), descending: false, nulls_first: true };
    WriterProperties::builder()
        .set_created_by(format!("jixiao {}", env!("CARGO_PKG_VERSION")))
        .set_compression(Compression::SNAPPY)
        .set_max_row_group_row_count(Some(ROWS_OF_GROUP))
        .set_sorting_columns(Some((0..table.key).map(order).collect()))
        .set_key_value_metadata(Some(own.into_iter().chain(labels).collect()))
        .build()
}

/// Only the stream can fail: what is written fits its schema.
fn failure(error: ParquetError) -> io::Error {
    io::Error::other(error.to_string())
}
