//! The fonts that a document is printed in: which of them has a sign, and how wide it is there.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use krilla::text::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use crate::backend::page::{HalfAndFull, SignWidths, Thousandths, Typeface};

/// A font in a file.
#[derive(Clone)]
pub struct FontFile {
    /// The whole file.
    pub bytes: Arc<Vec<u8>>,
    /// Which font of a collection; zero for a file of one.
    pub index: u32,
}

/// The fonts to print with.
pub struct PrintFonts {
    fonts: Vec<(FontFile, Font)>,
    /// For each typeface, those that have its signs, the best first.
    chains: Vec<(Typeface, Vec<usize>)>,
    /// What was looked up.
    known: Mutex<HashMap<(Typeface, char), Option<SignShape>>>,
    missing: Mutex<BTreeSet<char>>,
}

/// A sign as a font draws it.
#[derive(Clone, Copy)]
pub(super) struct SignShape {
    pub font: usize,
    pub glyph: u32,
    /// Thousandths of the size.
    pub advance: Thousandths,
}

/// The first sign of all lists.
const HAN: char = '一';

impl PrintFonts {
    /// For each typeface the fonts that may serve it, the best first. None where one of the files is no font.
    pub fn new(chains: &[(Typeface, Vec<FontFile>)]) -> Option<Self> {
        let mut fonts: Vec<(FontFile, Font)> = Vec::new();
        let mut numbered = Vec::new();
        for (typeface, files) in chains {
            let mut chain = Vec::new();
            for file in files {
                let is_same =
                    |one: &(FontFile, Font)| Arc::ptr_eq(&one.0.bytes, &file.bytes) && one.0.index == file.index;
                let known = fonts.iter().position(is_same);
                if known.is_none() {
                    fonts.push((file.clone(), Font::new(file.bytes.clone().into(), file.index)?));
                }
                chain.push(known.unwrap_or(fonts.len() - 1));
            }
            numbered.push((*typeface, chain));
        }
        Some(Self { fonts, chains: numbered, known: Mutex::default(), missing: Mutex::default() })
    }

    /// Whether Han signs can be printed at all.
    pub fn has_han(&self) -> bool {
        Typeface::ALL.iter().all(|typeface| self.chain(*typeface).iter().any(|font| self.in_font(HAN, *font).is_some()))
    }

    /// The signs that were to be printed and that no font has.
    pub fn missing(&self) -> Vec<char> {
        self.missing.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect()
    }

    pub(super) fn font(&self, index: usize) -> Font {
        self.fonts[index].1.clone()
    }

    /// The sign in the first font that has it; none where no font does.
    pub(super) fn shape(&self, sign: char, typeface: Typeface) -> Option<SignShape> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        *known.entry((typeface, sign)).or_insert_with(|| {
            let found = self.chain(typeface).iter().find_map(|font| self.in_font(sign, *font));
            if found.is_none() && !is_drawn_over(sign) {
                self.missing.lock().unwrap_or_else(PoisonError::into_inner).insert(sign);
            }
            found
        })
    }

    /// What is drawn for a sign that no font has.
    pub(super) fn blank(&self, typeface: Typeface) -> usize {
        self.chain(typeface).first().copied().unwrap_or(0)
    }

    fn chain(&self, typeface: Typeface) -> &[usize] {
        self.chains.iter().find(|(one, _)| *one == typeface).map_or(&[], |(_, chain)| chain)
    }

    fn in_font(&self, sign: char, index: usize) -> Option<SignShape> {
        let file = &self.fonts[index].0;
        let font = FontRef::from_index(&file.bytes, file.index).ok()?;
        let glyph = font.charmap().map(sign).filter(|glyph| glyph.to_u32() != 0)?;
        let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
        let per_em = i64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em.max(1));
        // Widths in a font are whole numbers.
        let units = metrics.advance_width(glyph)? as i64;
        Some(SignShape { font: index, glyph: glyph.to_u32(), advance: (units * 1000 / per_em) as Thousandths })
    }
}

impl SignWidths for PrintFonts {
    fn of(&self, sign: char, typeface: Typeface) -> Thousandths {
        if is_drawn_over(sign) {
            return 0;
        }
        self.shape(sign, typeface).map_or_else(|| HalfAndFull.of(sign, typeface), |shape| shape.advance)
    }
}

/// Signs without a place of their own: joiners, variants, marks that are not seen.
pub(super) fn is_drawn_over(sign: char) -> bool {
    HalfAndFull.of(sign, Typeface::Song) == 0
}

impl fmt::Debug for PrintFonts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PrintFonts").field("chains", &self.chains).finish_non_exhaustive()
    }
}
