//! Tables that lines of dashes frame, as converters write them into plain text: a run of dashes stands over each column, and
//! what stands below or above it belongs to the column. A blank cell is seen by its place.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

/// The lines that headings may take under a solid line.
const HEADING_LINES: usize = 8;

/// A framed table among lines.
#[derive(Debug, PartialEq, Eq)]
pub struct RuledTable {
    /// The row, and its cells by lines and bytes: one range for each line of a cell.
    pub rows: Vec<Vec<Vec<(usize, Range<usize>)>>>,
    /// The lines that it takes.
    pub lines: usize,
}

/// Whether a line only draws a rule.
pub fn is_rule(line: &str) -> bool {
    let mut runs = line.split_whitespace().peekable();
    let is_drawn = |run: &str| run.chars().count() > 1 && run.chars().all(|sign| matches!(sign, '-' | '─' | '━' | '='));
    runs.peek().is_some_and(|run| run.len() > 2) && runs.all(is_drawn)
}

/// The table that begins with the first of the lines; none where none does.
pub fn table(lines: &[&str]) -> Option<RuledTable> {
    // A solid line may stand on top, and a row of headings before the line that shows the columns.
    let solid = usize::from(is_rule(lines.first()?) && columns_of(lines[0]).len() == 1);
    let most = if solid == 1 { HEADING_LINES } else { 1 };
    let above = lines[solid..].iter().take(most + 1);
    let heads = above.take_while(|line| !line.trim().is_empty() && !is_rule(line)).count();
    let rule = solid + heads;
    let columns = columns_of(lines.get(rule).filter(|line| is_rule(line))?);
    if columns.len() < 2 {
        return None;
    }
    let below = &lines[rule + 1..];
    let closing = below.iter().position(|line| is_rule(line));
    let blank = below.iter().position(|line| line.trim().is_empty());
    // Without a line that closes it, the table ends where a line is blank.
    let end = closing.or(blank).unwrap_or(below.len());
    let body = &below[..end];
    // Rows of several lines have blank lines between them.
    let are_parted = body.iter().any(|line| line.trim().is_empty());
    let mut rows: Vec<Vec<Vec<(usize, Range<usize>)>>> = Vec::new();
    let mut is_open = false;
    let numbered = (solid..rule).chain(rule + 1..rule + 1 + end);
    for number in numbered {
        let line = lines[number];
        if line.trim().is_empty() || number == rule + 1 {
            is_open = false;
        }
        if line.trim().is_empty() {
            continue;
        }
        let cells = cells_of(line, &columns);
        let joins = is_open && (number < rule || are_parted);
        if !joins {
            rows.push(vec![Vec::new(); columns.len()]);
        }
        is_open = true;
        if let Some(row) = rows.last_mut() {
            for (cell, bytes) in row.iter_mut().zip(cells) {
                cell.extend((!bytes.is_empty()).then_some((number, bytes)));
            }
        }
    }
    let lines = rule + 1 + end + usize::from(closing.is_some());
    (!rows.is_empty()).then_some(RuledTable { rows, lines })
}

/// Where the runs of dashes begin, in columns of the screen.
fn columns_of(rule: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut is_inside = false;
    for (column, sign) in rule.chars().enumerate() {
        if sign == ' ' {
            is_inside = false;
        } else if !is_inside {
            is_inside = true;
            starts.push(column);
        }
    }
    starts
}

/// The bytes of each column of a line, without blanks at its ends.
fn cells_of(line: &str, columns: &[usize]) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut bounds: Vec<usize> = Vec::with_capacity(columns.len() + 1);
    for (offset, sign) in line.char_indices() {
        while bounds.len() < columns.len() && (bounds.is_empty() || at >= columns[bounds.len()]) {
            bounds.push(offset);
        }
        at += sign.width().unwrap_or(0);
    }
    bounds.resize(columns.len() + 1, line.len());
    let bounds = bounds.windows(2).map(|pair| pair[0]..pair[1]);
    let trimmed = |bytes: Range<usize>| {
        let text = &line[bytes.clone()];
        let start = bytes.start + text.len() - text.trim_start().len();
        start..(start + text.trim().len()).max(start)
    };
    bounds.map(trimmed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Option<(Vec<String>, usize)> {
        let lines: Vec<&str> = text.lines().collect();
        let table = table(&lines)?;
        let cell = |cell: &Vec<(usize, Range<usize>)>| {
            cell.iter().map(|(line, bytes)| &lines[*line][bytes.clone()]).collect::<Vec<_>>().join("/")
        };
        let rows = table.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("|")).collect();
        Some((rows, table.lines))
    }

    #[test]
    fn columns_are_where_the_dashes_are() {
        let text = "  ---- ------ --\n  指标   定性   优\n  甲            5\n  ---- ------ --\n后面\n";
        assert_eq!(rows(text), Some((vec!["指标|定性|优".to_owned(), "甲||5".to_owned()], 4)));
    }

    #[test]
    fn headings_and_rows_of_several_lines() {
        let text = "  名称     数\n  -------- ---\n  甲       1\n\n正文\n";
        assert_eq!(rows(text), Some((vec!["名称|数".to_owned(), "甲|1".to_owned()], 3)));
        let text = "------------\n 名称    数\n 全\n------- ----\n 甲      1\n 乙\n\n 丙      2\n------------\n";
        let expected = ["名称/全|数", "甲/乙|1", "丙|2"].map(str::to_owned).to_vec();
        assert_eq!(rows(text), Some((expected, 9)));
    }

    #[test]
    fn dashes_alone_are_no_table() {
        for text in ["----\n正文\n", "甲乙\n丙 丁\n", "- 一\n- 二\n", ""] {
            assert_eq!(rows(text), None, "{text}");
        }
    }
}
