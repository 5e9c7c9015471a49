//! Documents for the tests of the readers: packed here, and shown in one line a block.

use std::io::{Cursor, Write};

use crate::import::document::{Cell, Document, DocumentBlock};

/// A packed file of these parts.
pub fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        zip.start_file(*path, zip::write::SimpleFileOptions::default()).expect("part");
        zip.write_all(bytes).expect("bytes");
    }
    zip.finish().expect("package").into_inner()
}

/// `1:一级标题`, `[表一]`, and tables as `甲×2|乙/丙 ; ↑×2|丁`.
pub fn shown(document: &Document) -> Vec<String> {
    let cell = |cell: &Cell| {
        let mark = if cell.continues { "↑" } else { "" };
        let width = if cell.columns > 1 { format!("×{}", cell.columns) } else { String::new() };
        format!("{mark}{}{width}", cell.text.replace('\n', "/"))
    };
    let row = |cells: &[Cell]| cells.iter().map(cell).collect::<Vec<_>>().join("|");
    let block = |block: &DocumentBlock| match block {
        DocumentBlock::Part(name) => format!("[{name}]"),
        DocumentBlock::Paragraph(paragraph) => format!("{}:{}", paragraph.level, cell(&paragraph.cell)),
        DocumentBlock::Table(table) => table.rows.iter().map(|one| row(&one.cells)).collect::<Vec<_>>().join(" ; "),
    };
    document.blocks.iter().map(block).collect()
}

/// Calls `read` with `count` damaged copies of a file: cut short, or with bytes changed. It only has to return.
pub fn survives(bytes: &[u8], count: usize, read: impl Fn(&[u8])) {
    let mut seed = 0x9E37_79B9_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below.max(1)
    };
    for number in 0..count {
        let mut copy = bytes.to_vec();
        if number % 3 == 0 {
            copy.truncate(next(bytes.len()));
        }
        for _ in 0..next(8) {
            let at = next(copy.len());
            if let Some(byte) = copy.get_mut(at) {
                *byte = next(256) as u8;
            }
        }
        read(&copy);
    }
}
