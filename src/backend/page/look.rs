//! How paragraphs look: type, size, room. The measures are those of the document for word processors.

use super::{POINT, Thousandths, Typeface};

#[derive(Clone, Copy)]
pub(super) struct Look {
    pub typeface: Typeface,
    pub size: Thousandths,
    /// From one line to the next.
    pub line: Thousandths,
    pub before: Thousandths,
    pub after: Thousandths,
    /// How far the first line stands in.
    pub indent: Thousandths,
    pub side: LineSide,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum LineSide {
    Left,
    Middle,
    Right,
    /// Both: lines are filled.
    Both,
}

const fn look(typeface: Typeface, size: Thousandths, line: Thousandths, at: LineSide) -> Look {
    Look { typeface, size, line, before: 0, after: 0, indent: 0, side: at }
}

pub(super) const TITLE: Look =
    Look { before: 48 * POINT, after: 36 * POINT, ..look(Typeface::Hei, 22 * POINT, 36 * POINT, LineSide::Middle) };
pub(super) const CONTENTS: Look =
    Look { after: 12 * POINT, ..look(Typeface::Hei, 16 * POINT, 28 * POINT, LineSide::Middle) };
pub(super) const ENTRY: Look = look(Typeface::FangSong, 14 * POINT, 22 * POINT, LineSide::Left);
pub(super) const PART_ORDINAL: Look =
    Look { before: 6 * POINT, after: 3 * POINT, ..look(Typeface::Hei, 14 * POINT, 24 * POINT, LineSide::Middle) };
pub(super) const PROSE: Look =
    Look { indent: 32 * POINT, ..look(Typeface::FangSong, 16 * POINT, 28 * POINT, LineSide::Both) };
pub(super) const ORDINAL: Look = Look { typeface: Typeface::Kai, ..PROSE };
pub(super) const FOOT: Look = look(Typeface::Song, 14 * POINT, 18 * POINT, LineSide::Middle);
/// What stands at the head of a page of a volume.
pub(super) const RUNNING_HEAD: Look = look(Typeface::Kai, 10 * POINT, 14 * POINT, LineSide::Middle);
/// The name of a table among paragraphs.
pub(super) const CAPTION: Look =
    Look { before: 6 * POINT, after: 4 * POINT, ..look(Typeface::Hei, 12 * POINT, 18 * POINT, LineSide::Middle) };

/// A heading of a level.
pub(super) fn heading(level: u8) -> Look {
    match level {
        1 => Look { after: 14 * POINT, ..look(Typeface::Hei, 18 * POINT, 28 * POINT, LineSide::Middle) },
        2 => Look { typeface: Typeface::Hei, side: LineSide::Left, ..PROSE },
        _ => Look { after: 6 * POINT, ..look(Typeface::Hei, 14 * POINT, 24 * POINT, LineSide::Middle) },
    }
}

/// What stands in cells, in the usual size or the small one of wide tables.
pub(super) fn cell(typeface: Typeface, is_small: bool, at: LineSide) -> Look {
    let size = if is_small { 9 * POINT } else { 10 * POINT + POINT / 2 };
    look(typeface, size, size * 13 / 10, at)
}

/// From the top of a line to what its signs stand on: the middle of the square of a Han sign lies in the middle of the line.
pub(super) fn baseline(look: Look) -> Thousandths {
    (look.line - look.size) / 2 + look.size * 88 / 100
}
