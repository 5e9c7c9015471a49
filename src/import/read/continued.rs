//! Merged cells where a format has none: a form that was saved as CSV or as text has blank cells where its merged cells
//! went on.
//!
//! Only rows that say so by themselves are read this way: one text below a row that is filled to its end and states
//! figures, or figures below the texts of the row above, with the same blanks between them. A blank cell of a list stays one.

use crate::import::document::{Cell, Table};

/// Lets labels go on over the blanks below them, and texts over those to their right.
pub fn go_on_over_blanks(table: &mut Table) {
    for below in 1..table.rows.len() {
        let (above, rest) = table.rows.split_at_mut(below);
        let (Some(above), Some(row)) = (above.last_mut(), rest.first_mut()) else { continue };
        let (above, row) = (&mut above.cells, &mut row.cells);
        let begins_below = above.first().is_some_and(|cell| !cell.is_blank() || cell.continues)
            && row.first().is_some_and(|cell| cell.is_blank() && !cell.continues)
            && row.iter().chain(&*above).all(|cell| cell.columns == 1);
        if !begins_below {
            continue;
        }
        let full =
            |cells: &[Cell]| -> Vec<usize> { (1..cells.len()).filter(|column| !cells[*column].is_blank()).collect() };
        let columns = full(row);
        let are_figures =
            |cells: &[Cell]| full(cells).into_iter().filter(|column| is_figure(&cells[*column].text)).count();
        // 资金用途 | 预算数 | 680.00, and below it the purpose; under headings alone a blank is what is not filled in.
        let is_filled = above.iter().all(|cell| !cell.is_blank()) && are_figures(above) > 0;
        let are_shares = are_figures(above) == 0 && are_figures(row) == columns.len();
        if columns == [1] && row.len() > 2 && row.len() == above.len() && is_filled {
            row[0].continues = true;
            widen(row);
        } else if columns == full(above) && has_gap(&columns) && are_shares {
            row[0].continues = true;
            widen(row);
            widen(above);
        }
    }
}

/// Digits alone, or with a unit of money or a percent behind them.
fn is_figure(text: &str) -> bool {
    let rest = text.trim_start_matches(|sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ','));
    let rest = rest.trim();
    rest.len() < text.trim().len()
        && (matches!(rest, "" | "%" | "％") || rest.ends_with('元') && rest.chars().count() < 4)
}

/// Whether blanks stand between columns that are full.
fn has_gap(columns: &[usize]) -> bool {
    columns.windows(2).any(|pair| pair[1] > pair[0] + 1)
}

/// Each text takes the blanks to its right.
fn widen(row: &mut Vec<Cell>) {
    let mut wide: Vec<Cell> = Vec::with_capacity(row.len());
    for (column, cell) in row.drain(..).enumerate() {
        match wide.last_mut() {
            Some(last) if column > 0 && cell.is_blank() => last.columns = last.columns.saturating_add(1),
            _ => wide.push(cell),
        }
    }
    *row = wide;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::document::{Document, DocumentBlock, DocumentPlace, TableRow};
    use crate::import::read::sample::shown;

    fn continued(rows: &[&str]) -> String {
        let cell = |text: &str| Cell::new(text, DocumentPlace::Line(1));
        let row = |row: &&str| TableRow { cells: row.split('|').map(cell).collect() };
        let mut table = Table { rows: rows.iter().map(row).collect() };
        go_on_over_blanks(&mut table);
        shown(&Document { blocks: vec![DocumentBlock::Table(table)], ..Document::default() }).concat()
    }

    #[test]
    fn the_blanks_of_a_form_are_merged_cells() {
        assert_eq!(continued(&["用途|预算|1|财政|2", "|买车。|||"]), "用途|预算|1|财政|2 ; ↑|买车。×4");
        assert_eq!(
            continued(&["计划|3月底||6月底|12月底|", "|10%||60%|100%|"]),
            "计划|3月底×2|6月底|12月底×2 ; ↑|10%×2|60%|100%×2"
        );
    }

    #[test]
    fn the_blanks_of_a_list_stay() {
        for rows in [
            ["产出|数量|甲|5|台", "||乙|6|"],
            ["产出|数量|甲|5|", "|质量|乙|6|"],
            ["A1|甲||x|y", "A2|乙||x|y"],
            ["编码|名称|||", "|甲|||"],
            ["总体目标|预期目标|完成情况", "|建成。|"],
            ["总体目标|预期目标||完成情况|", "|建成。||建成了。|"],
        ] {
            assert_eq!(continued(&rows), rows.join(" ; "));
        }
    }
}
