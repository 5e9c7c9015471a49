//! Pages: where each sign and each rule of a document stands on paper, for the formats that are paper: PDF and OFD.
//!
//! Laid out in whole thousandths of a point, so that every machine gets the same page. How wide a sign is, is asked of a
//! [`SignWidths`]: a font that was found, or the half and full widths of Chinese type. Pages are handed to a
//! [`Canvas`] one by one; headings are counted by a first pass, for the contents that stand before them.

mod blocks;
mod contents;
mod flow;
mod lines;
mod look;
mod table;
mod volume;

use super::official::Drawn;
pub(super) use volume::lay_out_volume;

/// Thousandths of a point.
pub(super) type Thousandths = i32;

/// A point.
pub(super) const POINT: Thousandths = 1000;
/// A twentieth of a point, in which word processors measure.
const TWENTIETH: Thousandths = POINT / 20;

/// So many lines or signs of a height or width each.
fn times(count: usize, each: Thousandths) -> Thousandths {
    each.saturating_mul(Thousandths::try_from(count).unwrap_or(Thousandths::MAX))
}

/// How many of a height or width fit.
fn fitting(room: Thousandths, each: Thousandths) -> usize {
    usize::try_from(room / each.max(1)).unwrap_or(0)
}

/// The kinds of type of an official document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Typeface {
    /// 宋体: what stands in tables.
    Song,
    /// 仿宋: prose.
    FangSong,
    /// 黑体: headings.
    Hei,
    /// 楷体: what leads a paragraph.
    Kai,
}

impl Typeface {
    /// Each of them.
    pub const ALL: [Typeface; 4] = [Typeface::Song, Typeface::FangSong, Typeface::Hei, Typeface::Kai];
}

/// How wide signs are.
pub(super) trait SignWidths {
    /// Thousandths of the size of the type; nothing for a sign that is drawn over the one before.
    fn of(&self, sign: char, typeface: Typeface) -> Thousandths;
}

/// Chinese type without a font at hand: Han signs fill a square, others half of one.
pub(super) struct HalfAndFull;

impl SignWidths for HalfAndFull {
    fn of(&self, sign: char, _: Typeface) -> Thousandths {
        match unicode_width::UnicodeWidthChar::width_cjk(sign) {
            None | Some(0) => 0,
            Some(1) => 500,
            Some(_) => 1000,
        }
    }
}

/// A part of the document, for readers who do not see the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum DocumentPart {
    Title,
    /// With its level, from one.
    Heading(u8),
    Paragraph,
    Contents,
    /// An entry of the contents.
    Entry,
    /// With a description.
    Table(String),
    Row,
    /// How many columns and rows a cell takes.
    Cell {
        columns: usize,
        rows: usize,
        /// What a label is a label of.
        labels: Option<Labels>,
    },
}

/// What a label is a label of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Labels {
    Column,
    Row,
}

/// The number of a part, in the order in which they were begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PartId(pub usize);

/// A sheet with what stands on it.
pub(super) struct PaperSheet {
    pub width: Thousandths,
    pub height: Thousandths,
    /// What is printed at its foot; none on the pages before the first part.
    pub number: Option<usize>,
    pub words: Vec<WordsAt>,
    pub rules: Vec<StraightRule>,
    pub links: Vec<LinkTo>,
    pub headings: Vec<HeadingAt>,
}

/// A heading that contents and bookmarks list, on its sheet.
pub(super) struct HeadingAt {
    pub level: u8,
    pub text: String,
    pub top: Thousandths,
}

/// Signs of one type beside each other.
pub(super) struct WordsAt {
    pub left: Thousandths,
    /// From the top of the page to the line that the signs stand on.
    pub baseline: Thousandths,
    pub size: Thousandths,
    pub typeface: Typeface,
    pub text: String,
    /// From each sign to the next.
    pub advances: Vec<Thousandths>,
    /// What they are part of; none for what only serves the page.
    pub part: Option<PartId>,
}

/// A rule across or down the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StraightRule {
    pub from: (Thousandths, Thousandths),
    pub to: (Thousandths, Thousandths),
}

/// How thick rules are.
pub(super) const RULE: Thousandths = POINT / 2;

/// A place of the page that leads to a heading.
pub(super) struct LinkTo {
    pub left: Thousandths,
    pub top: Thousandths,
    pub width: Thousandths,
    pub height: Thousandths,
    /// Which of the listed headings.
    pub heading: usize,
    pub part: PartId,
}

/// A heading that contents and bookmarks list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ListedHeading {
    pub level: u8,
    pub text: String,
    /// Of all sheets, from zero.
    pub sheet: usize,
    /// What is printed at the foot of that sheet.
    pub number: usize,
    pub top: Thousandths,
}

/// Takes a document page by page.
pub(super) trait Canvas {
    /// Before all else: where each listed heading will stand.
    fn headings(&mut self, headings: &[ListedHeading]);
    /// A part begins, within another or at the top. Parts of one parent come in the order of reading. A canvas that tells
    /// nobody of parts gives them all one number.
    fn part(&mut self, part: DocumentPart, within: Option<PartId>) -> PartId;
    /// A sheet is full.
    fn sheet(&mut self, sheet: PaperSheet);
}

/// Lays a document out. It is drawn twice: the contents stand before what they list.
pub(super) fn lay_out<'a>(drawn: impl Fn() -> Drawn<'a>, widths: &dyn SignWidths, canvas: &mut dyn Canvas) {
    let mut counted = HeadingCount::default();
    blocks::draw(drawn(), 1, widths, &mut counted);
    let document = drawn();
    let mut front = contents::Front::default();
    if !document.contents.is_empty() {
        front = contents::lay_out(&document, counted.headings.iter().enumerate(), None, widths);
        for heading in &mut counted.headings {
            heading.sheet += front.sheets();
        }
    }
    canvas.headings(&counted.headings);
    front.draw(canvas);
    blocks::draw(document, 1, widths, canvas);
}

/// Learns where headings stand, and draws nothing.
#[derive(Default)]
struct HeadingCount {
    sheets: usize,
    headings: Vec<ListedHeading>,
}

impl Canvas for HeadingCount {
    fn headings(&mut self, _: &[ListedHeading]) {}

    fn part(&mut self, _: DocumentPart, _: Option<PartId>) -> PartId {
        PartId(0)
    }

    fn sheet(&mut self, sheet: PaperSheet) {
        let number = sheet.number.unwrap_or_default();
        let listed = sheet.headings.into_iter().map(|one| {
            let HeadingAt { level, text, top } = one;
            ListedHeading { level, text, sheet: self.sheets, number, top }
        });
        self.headings.extend(listed);
        self.sheets += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::official::{CellKind, FormBlock, FormCell, FormTable};

    #[derive(Default)]
    struct Kept {
        parts: Vec<(DocumentPart, Option<PartId>)>,
        sheets: Vec<PaperSheet>,
        headings: Vec<ListedHeading>,
    }

    impl Canvas for Kept {
        fn headings(&mut self, headings: &[ListedHeading]) {
            self.headings = headings.to_vec();
        }

        fn part(&mut self, part: DocumentPart, within: Option<PartId>) -> PartId {
            self.parts.push((part, within));
            PartId(self.parts.len() - 1)
        }

        fn sheet(&mut self, sheet: PaperSheet) {
            self.sheets.push(sheet);
        }
    }

    /// A number that follows from the one before.
    fn next(seed: &mut u64, below: usize) -> usize {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) as usize % below.max(1)
    }

    fn prose(seed: &mut u64, signs: usize) -> String {
        let signs =
            (0..next(seed, signs + 1)).map(|_| "绩效目标项目，。12a（）".chars().nth(next(seed, 13)).unwrap_or('目'));
        signs.collect()
    }

    /// A table with merged cells, long cells and more rows than a page holds.
    fn table(seed: &mut u64) -> FormTable {
        let columns = 2 + next(seed, 9);
        let heading_rows = next(seed, 2);
        let mut rows: Vec<Vec<FormCell>> = Vec::new();
        let mut below = 0;
        for row in 0..=next(seed, 60) {
            let is_heading = row < heading_rows;
            let mut cells = Vec::new();
            for column in 0..columns {
                let kind = match (column, next(seed, 4)) {
                    (0, _) => CellKind::Heading,
                    (_, 0) => CellKind::Prose,
                    (_, 1) => CellKind::Number,
                    _ => CellKind::Text,
                };
                if column == 0 && below > 0 && !is_heading {
                    below -= 1;
                    cells.push(FormCell::continued(&rows[row - 1][0]));
                    continue;
                }
                let length = if kind == CellKind::Prose && next(seed, 40) == 0 { 1500 } else { 30 };
                let mut cell = FormCell::new(kind, 1, prose(seed, length));
                if column == 0 && !is_heading && next(seed, 3) == 0 {
                    below = next(seed, 20);
                    cell = cell.over_rows(below + 1);
                }
                cells.push(cell);
            }
            rows.push(cells);
        }
        // A merged cell takes no more rows than there are.
        while below > 0 {
            let continued = FormCell::continued(&rows[rows.len() - 1][0]);
            let others = (1..columns).map(|_| FormCell::new(CellKind::Text, 1, ""));
            rows.push(std::iter::once(continued).chain(others).collect());
            below -= 1;
        }
        FormTable { widths: vec![1; columns], heading_rows, rows }
    }

    fn blocks(seed: u64) -> Vec<FormBlock> {
        let mut seed = seed;
        let mut blocks = vec![FormBlock::Part { ordinal: None, name: "部门整体绩效目标".to_owned() }];
        for _ in 0..=next(&mut seed, 6) {
            blocks.push(match next(&mut seed, 4) {
                0 => FormBlock::Heading(prose(&mut seed, 60)),
                1 => FormBlock::Ordinal("（一）".to_owned()),
                2 => FormBlock::Paragraph { lead: prose(&mut seed, 8), text: prose(&mut seed, 900) },
                _ => FormBlock::Table { caption: prose(&mut seed, 20), table: Box::new(table(&mut seed)) },
            });
        }
        blocks
    }

    fn drawn(seed: u64) -> Drawn<'static> {
        let contents: Vec<(u8, String)> = blocks(seed).iter().filter_map(FormBlock::listed).collect();
        Drawn {
            title: "某局2025年度部门预算绩效目标",
            owner: "某局",
            contents,
            is_wide: seed.is_multiple_of(5),
            blocks: Box::new(blocks(seed).into_iter()),
        }
    }

    fn said_by(block: &FormBlock) -> Vec<String> {
        match block {
            FormBlock::Part { ordinal, name } => ordinal.iter().chain([name]).cloned().collect(),
            FormBlock::Heading(text) | FormBlock::Ordinal(text) => vec![text.clone()],
            FormBlock::Paragraph { lead, text } => vec![format!("{lead}{text}")],
            FormBlock::Table { caption, table } => {
                let cells = table.rows.iter().flatten().filter(|cell| !cell.continues()).map(|cell| cell.text.clone());
                std::iter::once(caption.clone()).chain(cells).collect()
            }
            FormBlock::Project(_) | FormBlock::Form(_) => Vec::new(),
        }
    }

    #[test]
    fn every_sign_is_set_once_and_on_the_paper() {
        for seed in 0..200 {
            let mut kept = Kept::default();
            lay_out(|| drawn(seed), &HalfAndFull, &mut kept);
            let front = kept.parts.iter().position(|(part, _)| *part == DocumentPart::Heading(1)).unwrap_or_default();
            let mut said = vec![String::new(); kept.parts.len()];
            for sheet in &kept.sheets {
                let last = sheet.height - 40 * POINT;
                for words in &sheet.words {
                    let right = words.left + words.advances.iter().sum::<Thousandths>();
                    // A mark at the end of a line may hang over by its blank half.
                    assert!(words.left >= 0 && right <= sheet.width, "seed {seed}: {}", words.text);
                    assert!(
                        words.baseline > words.size / 2 && words.baseline < last + 20 * POINT,
                        "seed {seed}: {} at {} of {last}, repeated {}",
                        words.text,
                        words.baseline,
                        words.part.is_none()
                    );
                    assert_eq!(words.text.chars().count(), words.advances.len());
                    if let Some(part) = words.part {
                        said[part.0].push_str(&words.text);
                    }
                }
                for rule in &sheet.rules {
                    let is_straight = rule.from.0 == rule.to.0 || rule.from.1 == rule.to.1;
                    assert!(is_straight && rule.to.1 <= last && rule.from.1 <= rule.to.1, "seed {seed}: {rule:?}");
                }
            }
            let is_text = |part: &DocumentPart| {
                matches!(part, DocumentPart::Heading(_) | DocumentPart::Paragraph | DocumentPart::Cell { .. })
            };
            let set =
                kept.parts.iter().zip(said).skip(front).filter(|((part, _), _)| is_text(part)).map(|(_, text)| text);
            let meant = blocks(seed).iter().flat_map(said_by).collect::<Vec<_>>();
            assert_eq!(set.collect::<Vec<_>>(), meant, "seed {seed}");
        }
    }

    #[test]
    fn the_contents_name_the_page_of_each_heading() {
        for seed in 0..50 {
            let mut kept = Kept::default();
            lay_out(|| drawn(seed), &HalfAndFull, &mut kept);
            for heading in &kept.headings {
                let sheet = &kept.sheets[heading.sheet];
                assert_eq!(sheet.number, Some(heading.number), "seed {seed}");
                assert!(
                    sheet.headings.iter().any(|one| one.text == heading.text && one.top == heading.top),
                    "seed {seed}"
                );
            }
            let links: Vec<usize> =
                kept.sheets.iter().flat_map(|sheet| &sheet.links).map(|link| link.heading).collect();
            assert_eq!(links, (0..kept.headings.len()).collect::<Vec<_>>(), "seed {seed}");
        }
    }

    #[test]
    fn headings_stand_above_every_piece_of_a_table() {
        let heading = vec![FormCell::new(CellKind::Heading, 1, "指标"), FormCell::new(CellKind::Heading, 1, "指标值")];
        let row = |number: usize| {
            vec![FormCell::new(CellKind::Text, 1, format!("指标{number}")), FormCell::new(CellKind::Number, 1, "≥90%")]
        };
        let mut rows = vec![heading];
        rows.extend((0..100).map(row));
        let table = || FormTable { widths: vec![2, 1], heading_rows: 1, rows: rows.clone() };
        let block = || FormBlock::Table { caption: "指标表".to_owned(), table: Box::new(table()) };
        let drawn = || Drawn {
            title: "",
            owner: "",
            contents: Vec::new(),
            is_wide: false,
            blocks: Box::new(std::iter::once(block())),
        };
        let mut kept = Kept::default();
        lay_out(drawn, &HalfAndFull, &mut kept);
        assert!(kept.sheets.len() > 2);
        for (index, sheet) in kept.sheets.iter().enumerate() {
            let headings: Vec<bool> =
                sheet.words.iter().filter(|words| words.text == "指标值").map(|words| words.part.is_some()).collect();
            // Read aloud once.
            assert_eq!(headings, [index == 0]);
        }
    }
}
