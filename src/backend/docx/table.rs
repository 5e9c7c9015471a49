//! Tables with a fixed grid and merged cells.

use super::body::{paragraph, run};
use crate::backend::official::kept::LONG;
use crate::backend::official::{CellKind, FormCell, FormTable};
use crate::backend::xml::{Attributes, XmlWriter};

/// A comfortable row of one line.
const ROW_HEIGHT: &str = "425";

/// A table of a width in twentieths of a point, with words for those who cannot see it.
pub(super) fn draw(xml: &mut XmlWriter<'_>, table: &FormTable, description: &str, width: usize) {
    if table.widths.is_empty() {
        return;
    }
    let edges = table.edges(width);
    let is_small = table.is_crowded();
    xml.element("w:tbl", &[], |xml| {
        properties(xml, description, width);
        xml.element("w:tblGrid", &[], |xml| {
            for pair in edges.windows(2) {
                xml.empty("w:gridCol", &[("w:w", &(pair[1] - pair[0]).to_string())]);
            }
        });
        for ((index, cells), is_kept) in table.rows.iter().enumerate().zip(table.kept()) {
            let outside = RuleSide::of(&table.rows, index);
            let look = RowLook { is_heading: index < table.heading_rows, is_small, is_kept, outside };
            row(xml, cells, &edges, look);
        }
    });
}

/// How a row is set.
#[derive(Clone, Copy)]
struct RowLook {
    is_heading: bool,
    is_small: bool,
    /// On the page of the next row.
    is_kept: bool,
    outside: RuleSide,
}

/// Where a row stands that has no rules of its own.
#[derive(Clone, Copy)]
enum RuleSide {
    /// It is no such row.
    Within,
    /// Next above the table.
    Above,
    /// Next below it.
    Below,
    /// With others between.
    Far,
}

impl RuleSide {
    fn of(rows: &[Vec<FormCell>], index: usize) -> Self {
        let is_outside = |row: &Vec<FormCell>| row.iter().all(|cell| cell.kind == CellKind::Above);
        if !is_outside(&rows[index]) {
            return RuleSide::Within;
        }
        match (rows[..index].iter().all(is_outside), rows.get(index + 1).is_some_and(is_outside)) {
            (true, false) => RuleSide::Above,
            (true, true) => RuleSide::Far,
            (false, _) if is_outside(&rows[index - 1]) => RuleSide::Far,
            (false, _) => RuleSide::Below,
        }
    }
}

fn properties(xml: &mut XmlWriter<'_>, description: &str, width: usize) {
    xml.element("w:tblPr", &[], |xml| {
        measure(xml, "w:tblW", width);
        xml.empty("w:jc", &[("w:val", "center")]);
        xml.element("w:tblBorders", &[], |xml| {
            for side in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
                xml.empty(side, &[("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "auto")]);
            }
        });
        xml.empty("w:tblLayout", &[("w:type", "fixed")]);
        xml.element("w:tblCellMar", &[], |xml| {
            for (side, width) in [("w:top", 28), ("w:left", 45), ("w:bottom", 28), ("w:right", 45)] {
                measure(xml, side, width);
            }
        });
        xml.empty("w:tblCaption", &[("w:val", &crate::backend::xml::plain(description))]);
    });
}

fn measure(xml: &mut XmlWriter<'_>, name: &str, width: usize) {
    xml.empty(name, &[("w:w", &width.to_string()), ("w:type", "dxa")]);
}

fn row(xml: &mut XmlWriter<'_>, cells: &[FormCell], edges: &[usize], look: RowLook) {
    let is_above = cells.iter().all(|cell| cell.kind == CellKind::Above);
    xml.element("w:tr", &[], |xml| {
        xml.element("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[]);
            if !is_above {
                xml.empty("w:trHeight", &[("w:val", ROW_HEIGHT), ("w:hRule", "atLeast")]);
            }
            if look.is_heading {
                xml.empty("w:tblHeader", &[]);
            }
        });
        let mut column = 0;
        for (index, one) in cells.iter().enumerate() {
            // Invariant: the cells of a row fill the grid.
            let end = (column + one.columns).min(edges.len() - 1);
            let place = match (index, cells.len()) {
                (_, 1) => "center",
                (0, _) => "left",
                (index, count) if index + 1 == count => "right",
                _ => "center",
            };
            cell(xml, one, edges[end] - edges[column.min(end)], place, look);
            column = end;
        }
    });
}

/// `place` is where what stands outside the rules is set.
fn cell(xml: &mut XmlWriter<'_>, cell: &FormCell, width: usize, place: &'static str, look: RowLook) {
    xml.element("w:tc", &[], |xml| {
        xml.element("w:tcPr", &[], |xml| {
            measure(xml, "w:tcW", width);
            if cell.columns > 1 {
                xml.empty("w:gridSpan", &[("w:val", &cell.columns.to_string())]);
            }
            if cell.continues() {
                xml.empty("w:vMerge", &[]);
            } else if cell.rows > 1 {
                xml.empty("w:vMerge", &[("w:val", "restart")]);
            }
            if cell.kind == CellKind::Above {
                xml.element("w:tcBorders", &[], |xml| {
                    // The rule of the table goes along the line that is next to it.
                    let sides: &[&str] = match look.outside {
                        RuleSide::Within | RuleSide::Above => &["w:top", "w:left", "w:right"],
                        RuleSide::Far => &["w:top", "w:left", "w:bottom", "w:right"],
                        RuleSide::Below => &["w:left", "w:bottom", "w:right"],
                    };
                    for side in sides {
                        xml.empty(side, &[("w:val", "nil")]);
                    }
                });
            }
            xml.empty("w:vAlign", &[("w:val", if cell.rows > LONG { "top" } else { "center" })]);
        });
        let (style, side) = match cell.kind {
            CellKind::Heading => ("TableHeading", None),
            CellKind::Text | CellKind::Number => ("TableText", None),
            CellKind::Prose => ("TableProse", None),
            CellKind::Above => ("TableText", Some(place)),
        };
        let kept = look.is_kept.then_some(("w:keepNext", "1"));
        let more: Vec<(&str, &str)> = kept.into_iter().chain(side.map(|side| ("w:jc", side))).collect();
        let letters: Attributes<'_> = if look.is_small { &[("w:sz", "18"), ("w:szCs", "18")] } else { &[] };
        for line in cell.text.split('\n') {
            paragraph(xml, style, &more, |xml| {
                if !line.is_empty() {
                    run(xml, letters, line);
                }
            });
        }
    });
}
