//! Fonts of the machine for `--to pdf`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use fontdb::{Database, Family, ID, Query, Source, Weight};

use super::Failure;
use super::files;
use crate::backend::{FontFile, PrintFonts, Typeface};
use crate::diagnostic::{Code, Diagnostic, texts};

/// The names of fonts that serve a typeface, the best first, as the systems that offices use call them.
const SONG: [&str; 9] = [
    "SimSun",
    "Songti SC",
    "STSong",
    "Noto Serif CJK SC",
    "Noto Serif SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "FandolSong",
    "AR PL UMing CN",
];
const FANG_SONG: [&str; 4] = ["FangSong", "FangSong_GB2312", "STFangsong", "FandolFang R"];
const HEI: [&str; 12] = [
    "SimHei",
    "STHeiti",
    "Heiti SC",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "FandolHei",
    "WenQuanYi Zen Hei",
    "WenQuanYi Micro Hei",
];
const KAI: [&str; 5] = ["KaiTi", "KaiTi_GB2312", "STKaiti", "Kaiti SC", "FandolKai"];

/// The fonts of the machine, or those of a folder; none where no font has Han signs.
///
/// # Errors
/// JX611 where the folder holds no font with Han signs.
pub fn find(folder: Option<&Path>) -> Result<Option<PrintFonts>, Failure> {
    let mut database = Database::new();
    match folder {
        Some(folder) => database.load_fonts_dir(folder),
        None => database.load_system_fonts(),
    }
    let mut found = FoundFonts { database, files: BTreeMap::new() };
    let others: Vec<ID> = match folder {
        // Whoever gives a folder means its fonts, whatever they are called.
        Some(_) => found.database.faces().map(|face| face.id).collect(),
        None => Vec::new(),
    };
    let song = found.named(&SONG, Weight::NORMAL);
    let hei = found.named(&HEI, Weight::NORMAL);
    let bold = found.named(&SONG, Weight::BOLD);
    let common: Vec<ID> = song.into_iter().chain(hei).chain(others).collect();
    let of = |found: &FoundFonts, typeface| match typeface {
        Typeface::Song => song,
        Typeface::FangSong => found.named(&FANG_SONG, Weight::NORMAL).or(song),
        Typeface::Hei => hei.or(bold),
        Typeface::Kai => found.named(&KAI, Weight::NORMAL).or(bold),
    };
    let mut chains = Vec::new();
    for typeface in Typeface::ALL {
        let mut chain: Vec<ID> = of(&found, typeface).into_iter().chain(common.iter().copied()).collect();
        let mut seen = Vec::new();
        chain.retain(|id| {
            !seen.contains(id) && {
                seen.push(*id);
                true
            }
        });
        chains.push((typeface, chain.iter().filter_map(|id| found.file(*id)).collect::<Vec<_>>()));
    }
    let fonts = PrintFonts::new(&chains).filter(PrintFonts::has_han);
    match (fonts, folder) {
        (None, Some(folder)) => {
            let message = texts::no_font_in(files::shown(folder));
            Err(Failure::Told(Diagnostic::without_place(Code::JX611, message).help(texts::font_help())))
        }
        (fonts, _) => Ok(fonts),
    }
}

struct FoundFonts {
    database: Database,
    /// What was read: collections hold several fonts.
    files: BTreeMap<PathBuf, Arc<Vec<u8>>>,
}

impl FoundFonts {
    /// The first font of one of these names.
    fn named(&self, names: &[&str], weight: Weight) -> Option<ID> {
        let of =
            |name: &&str| self.database.query(&Query { families: &[Family::Name(name)], weight, ..Query::default() });
        names.iter().find_map(of)
    }

    fn file(&mut self, id: ID) -> Option<FontFile> {
        let (source, index) = self.database.face_source(id)?;
        let Source::File(path) = source else { return None };
        if !self.files.contains_key(&path) {
            self.files.insert(path.clone(), Arc::new(std::fs::read(&path).ok()?));
        }
        Some(FontFile { bytes: self.files.get(&path)?.clone(), index })
    }
}
