//! JSON with each entry of a list on a line of its own, down to indicators and the lines of a budget.

use std::io::{self, Write};

use serde_json::ser::Formatter;

/// Lists within so many lists: departments, projects, indicators.
const BROKEN: usize = 3;

#[derive(Default)]
pub(super) struct JsonLines {
    depth: usize,
}

impl Formatter for JsonLines {
    fn begin_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth += 1;
        out.write_all(b"[")
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, is_first: bool) -> io::Result<()> {
        if !is_first {
            out.write_all(b",")?;
        }
        if self.depth > BROKEN {
            return Ok(());
        }
        write!(out, "\n{:1$}", "", self.depth)
    }

    fn end_array<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.depth -= 1;
        out.write_all(b"]")
    }
}
