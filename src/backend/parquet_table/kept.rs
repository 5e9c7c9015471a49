//! Rows of a table that are kept until it is known where they stand: a text once, a number as short as it is.

use std::collections::HashMap;
use std::io;

use crate::backend::tables::EngineCell;

/// What a cell begins with.
mod sign {
    pub const NULL: u8 = 0;
    pub const FALSE: u8 = 1;
    pub const TRUE: u8 = 2;
    pub const WHOLE: u8 = 3;
    pub const DECIMAL: u8 = 4;
    pub const DAY: u8 = 5;
    pub const NEW_TEXT: u8 = 6;
    pub const KNOWN_TEXT: u8 = 7;
}

/// Rows that are written down.
#[derive(Default)]
pub(super) struct RowsKept {
    pub bytes: Vec<u8>,
    known: HashMap<Box<str>, u32>,
}

impl RowsKept {
    pub fn add(&mut self, cells: &[EngineCell<'_>]) {
        for cell in cells {
            match cell {
                EngineCell::Null => self.bytes.push(sign::NULL),
                EngineCell::Truth(false) => self.bytes.push(sign::FALSE),
                EngineCell::Truth(true) => self.bytes.push(sign::TRUE),
                EngineCell::Whole(number) => self.number(sign::WHOLE, i64::from(*number)),
                EngineCell::Decimal(number) => self.number(sign::DECIMAL, *number),
                EngineCell::Day(number) => self.number(sign::DAY, i64::from(*number)),
                EngineCell::Text(text) => self.text(text),
            }
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(number) = self.known.get(text) {
            let number = u64::from(*number);
            self.bytes.push(sign::KNOWN_TEXT);
            return self.unsigned(number);
        }
        self.known.insert(text.into(), self.known.len() as u32);
        self.bytes.push(sign::NEW_TEXT);
        self.unsigned(text.len() as u64);
        self.bytes.extend_from_slice(text.as_bytes());
    }

    fn number(&mut self, sign: u8, number: i64) {
        self.bytes.push(sign);
        // Small ones below zero stay short, too.
        self.unsigned(((number << 1) ^ (number >> 63)).cast_unsigned());
    }

    /// Seven bits a byte.
    fn unsigned(&mut self, mut number: u64) {
        while number > 0x7f {
            self.bytes.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }
}

/// Hands on the rows that were written down, of so many cells each.
///
/// # Errors
/// That of `put`; and where the bytes are not those that were written down.
pub(super) fn read_rows<'b>(
    bytes: &'b [u8],
    cells: usize,
    put: &mut dyn FnMut(&mut [EngineCell<'b>]) -> io::Result<()>,
) -> io::Result<()> {
    let mut reader = RowReader { rest: bytes, known: Vec::new() };
    let mut row = Vec::with_capacity(cells);
    while !reader.rest.is_empty() {
        row.clear();
        for _ in 0..cells {
            row.push(reader.cell().ok_or(io::ErrorKind::InvalidData)?);
        }
        put(&mut row)?;
    }
    Ok(())
}

struct RowReader<'b> {
    rest: &'b [u8],
    known: Vec<&'b str>,
}

impl<'b> RowReader<'b> {
    fn cell(&mut self) -> Option<EngineCell<'b>> {
        Some(match self.byte()? {
            sign::NULL => EngineCell::Null,
            sign::FALSE => EngineCell::Truth(false),
            sign::TRUE => EngineCell::Truth(true),
            sign::WHOLE => EngineCell::Whole(self.number()?.try_into().ok()?),
            sign::DECIMAL => EngineCell::Decimal(self.number()?),
            sign::DAY => EngineCell::Day(self.number()?.try_into().ok()?),
            sign::NEW_TEXT => {
                let length = self.unsigned()?.try_into().ok()?;
                let (text, rest) = self.rest.split_at_checked(length)?;
                self.rest = rest;
                let text = str::from_utf8(text).ok()?;
                self.known.push(text);
                EngineCell::text(text)
            }
            sign::KNOWN_TEXT => {
                let number: usize = self.unsigned()?.try_into().ok()?;
                EngineCell::text(*self.known.get(number)?)
            }
            _ => return None,
        })
    }

    fn number(&mut self) -> Option<i64> {
        let number = self.unsigned()?;
        Some((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    fn unsigned(&mut self) -> Option<u64> {
        let mut number = 0;
        for bits in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << bits;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_were() {
        let texts = ["甲", "", "甲", "乙", ""].map(EngineCell::text);
        let numbers = [0, 1, -1, 63, 64, i64::MIN, i64::MAX].map(EngineCell::Decimal);
        let others = [
            EngineCell::Null,
            EngineCell::Truth(true),
            EngineCell::Truth(false),
            EngineCell::Whole(i32::MIN),
            EngineCell::Day(-1),
        ];
        let cells: Vec<EngineCell<'_>> = texts.into_iter().chain(numbers).chain(others).collect();
        let mut kept = RowsKept::default();
        kept.add(&cells);
        kept.add(&cells);
        let mut rows = 0;
        let count = |row: &mut [EngineCell<'_>]| {
            assert_eq!(row, cells);
            rows += 1;
            Ok(())
        };
        read_rows(&kept.bytes, cells.len(), &mut { count }).expect("rows");
        assert_eq!(rows, 2);
    }

    #[test]
    fn other_bytes_are_no_rows() {
        let mut put = |_: &mut [EngineCell<'_>]| Ok(());
        for bytes in
            [&[9][..], &[sign::KNOWN_TEXT, 0], &[sign::NEW_TEXT, 200], &[sign::WHOLE, 0xff], &[sign::NEW_TEXT, 1, 0xff]]
        {
            assert!(read_rows(bytes, 1, &mut put).is_err(), "{bytes:?}");
        }
        assert!(read_rows(&[sign::NULL], 2, &mut put).is_err());
    }
}
