//! Where every sign of a document went: into the targets, into what the form prints by itself, or nowhere yet.
//!
//! A cell starts unclaimed. What nobody claims is left over, so that nothing can be lost by being forgotten.

use std::ops::Range;

use super::document::{Cell, DocumentPlace};

/// A part of a cell's text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellPiece {
    pub cell: u32,
    pub bytes: Range<u32>,
}

/// What became of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// It stands in the targets.
    Placed(Destination),
    /// The form prints it by itself.
    Furniture,
    /// It says again what stands elsewhere in the document.
    Repeat,
}

/// The place in the targets: a field of the department, of a project, or of an indicator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Destination {
    pub project: Option<u32>,
    pub indicator: Option<u32>,
    pub field: &'static str,
}

/// The cells of a document in reading order.
#[derive(Debug, Default)]
pub struct Cells {
    cells: Vec<Cell>,
}

#[derive(Clone, Debug, Default)]
enum Fate {
    #[default]
    Unclaimed,
    Whole(Use),
    Parts(Vec<(Range<u32>, Use)>),
}

/// The fate of every cell.
#[derive(Debug, Default)]
pub struct Account {
    fates: Vec<Fate>,
}

/// Signs by what became of them; blanks do not count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub placed: usize,
    pub furniture: usize,
    pub repeated: usize,
    pub left_over: usize,
}

impl Cells {
    pub fn add(&mut self, cell: Cell) -> u32 {
        self.cells.push(cell);
        self.cells.len() as u32 - 1
    }

    pub fn get(&self, cell: u32) -> &Cell {
        &self.cells[cell as usize]
    }

    pub fn len(&self) -> u32 {
        self.cells.len() as u32
    }

    pub fn text(&self, piece: &CellPiece) -> &str {
        &self.cells[piece.cell as usize].text[piece.bytes.start as usize..piece.bytes.end as usize]
    }

    pub fn place(&self, piece: &CellPiece) -> &DocumentPlace {
        &self.cells[piece.cell as usize].place
    }

    /// The whole text of a cell.
    pub fn whole(&self, cell: u32) -> CellPiece {
        CellPiece { cell, bytes: 0..self.cells[cell as usize].text.len() as u32 }
    }
}

impl CellPiece {
    /// A part of the piece, by bytes of its own text, without the blanks at its ends.
    pub fn part(&self, text: &str, bytes: Range<usize>) -> CellPiece {
        let part = &text[bytes.clone()];
        let start = bytes.start + (part.len() - part.trim_start().len());
        let end = (start + part.trim().len()).max(start);
        CellPiece { cell: self.cell, bytes: self.bytes.start + start as u32..self.bytes.start + end as u32 }
    }

    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}

impl Account {
    /// Says what became of a part. What is said first holds; blanks need no saying.
    pub fn claim(&mut self, piece: &CellPiece, use_: Use, cells: &Cells) {
        let index = piece.cell as usize;
        if self.fates.len() <= index {
            self.fates.resize(cells.cells.len().max(index + 1), Fate::Unclaimed);
        }
        let length = cells.get(piece.cell).text.len() as u32;
        let fate = &mut self.fates[index];
        match fate {
            Fate::Unclaimed if piece.bytes == (0..length) => *fate = Fate::Whole(use_),
            Fate::Unclaimed => *fate = Fate::Parts(vec![(piece.bytes.clone(), use_)]),
            Fate::Whole(_) => {}
            Fate::Parts(parts) => {
                let is_new =
                    parts.iter().all(|(bytes, _)| bytes.end <= piece.bytes.start || piece.bytes.end <= bytes.start);
                if is_new {
                    parts.push((piece.bytes.clone(), use_));
                } else {
                    // What is free of the part is claimed sign by sign, so that nothing is claimed twice.
                    let free = gaps(parts, piece.bytes.clone());
                    parts.extend(free.into_iter().map(|bytes| (bytes, use_)));
                }
                parts.sort_by_key(|(bytes, _)| bytes.start);
            }
        }
    }

    /// The parts of a cell with what became of each; none means left over. Blank parts are left out.
    pub fn parts(&self, cell: u32, cells: &Cells) -> Vec<(CellPiece, Option<Use>)> {
        let text = &cells.get(cell).text;
        let whole = 0..text.len() as u32;
        let piece = |bytes: Range<u32>| CellPiece { cell, bytes };
        let mut parts = match self.fates.get(cell as usize) {
            None | Some(Fate::Unclaimed) => vec![(piece(whole), None)],
            Some(Fate::Whole(use_)) => vec![(piece(whole), Some(*use_))],
            Some(Fate::Parts(parts)) => {
                let free = gaps(parts, whole);
                let claimed = parts.iter().map(|(bytes, use_)| (piece(bytes.clone()), Some(*use_)));
                claimed.chain(free.into_iter().map(|bytes| (piece(bytes), None))).collect()
            }
        };
        parts.retain(|(piece, _)| !cells.text(piece).trim().is_empty());
        parts.sort_by_key(|(piece, _)| piece.bytes.start);
        parts
    }

    /// What nobody claimed, in reading order.
    pub fn left_over(&self, cells: &Cells) -> Vec<CellPiece> {
        let unclaimed = |cell: u32| {
            let parts = self.parts(cell, cells).into_iter();
            parts.filter(|(_, use_)| use_.is_none()).map(|(piece, _)| piece)
        };
        (0..cells.len())
            .filter(|cell| !matches!(self.fates.get(*cell as usize), Some(Fate::Whole(_))))
            .flat_map(unclaimed)
            .collect()
    }

    /// How many signs went where.
    pub fn tally(&self, cells: &Cells) -> Tally {
        let mut tally = Tally::default();
        for cell in 0..cells.len() {
            for (piece, use_) in self.parts(cell, cells) {
                let signs = cells.text(&piece).chars().filter(|sign| !sign.is_whitespace()).count();
                *match use_ {
                    Some(Use::Placed(_)) => &mut tally.placed,
                    Some(Use::Furniture) => &mut tally.furniture,
                    Some(Use::Repeat) => &mut tally.repeated,
                    None => &mut tally.left_over,
                } += signs;
            }
        }
        tally
    }
}

impl Tally {
    pub fn total(self) -> usize {
        self.placed + self.furniture + self.repeated + self.left_over
    }
}

/// The parts of a range that none of the sorted parts covers.
fn gaps(parts: &[(Range<u32>, Use)], whole: Range<u32>) -> Vec<Range<u32>> {
    let mut gaps = Vec::new();
    let mut start = whole.start;
    for (bytes, _) in parts.iter().filter(|(bytes, _)| bytes.end > whole.start && bytes.start < whole.end) {
        if start < bytes.start {
            gaps.push(start..bytes.start);
        }
        start = start.max(bytes.end);
    }
    if start < whole.end {
        gaps.push(start..whole.end);
    }
    gaps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_claims_is_left_over() {
        let mut cells = Cells::default();
        let cell = cells.add(Cell::new("绩效目标：办好。 附注".to_owned(), DocumentPlace::Line(1)));
        let mut account = Account::default();
        let whole = cells.whole(cell);
        let text = cells.text(&whole).to_owned();
        let label = whole.part(&text, 0.."绩效目标：".len());
        account.claim(&label, Use::Furniture, &cells);
        let goal = whole.part(&text, "绩效目标：".len().."绩效目标：办好。".len());
        let destination = Destination { project: None, indicator: None, field: "目标" };
        account.claim(&goal, Use::Placed(destination), &cells);
        let left: Vec<&str> = account.left_over(&cells).iter().map(|piece| cells.text(piece).trim()).collect();
        assert_eq!(left, ["附注"]);
        assert_eq!(account.tally(&cells), Tally { placed: 3, furniture: 5, repeated: 0, left_over: 2 });
    }

    #[test]
    fn a_sign_is_claimed_once() {
        let mut cells = Cells::default();
        let cell = cells.add(Cell::new("甲乙丙".to_owned(), DocumentPlace::Line(1)));
        let mut account = Account::default();
        account.claim(&CellPiece { cell, bytes: 3..6 }, Use::Furniture, &cells);
        account.claim(&cells.whole(cell), Use::Repeat, &cells);
        assert_eq!(account.tally(&cells), Tally { placed: 0, furniture: 1, repeated: 2, left_over: 0 });
    }
}
