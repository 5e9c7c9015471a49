//! What an imported file may be: limits against files that are made to exhaust a machine.

/// The bytes of a file as it lies on disk.
pub const FILE_BYTES: u64 = 256 * 1024 * 1024;
/// The bytes of one part of a packed file after unpacking, and of all parts that are read.
pub const UNPACKED_BYTES: u64 = 1024 * 1024 * 1024;
/// How many times larger than the packed file the unpacked parts may be, once they pass [`FREE_BYTES`].
pub const EXPANSION: u64 = 200;
/// Unpacked bytes that no ratio is asked of.
pub const FREE_BYTES: u64 = 64 * 1024 * 1024;
/// The parts of a packed file.
pub const PARTS: usize = 10_000;
/// Elements inside one another.
pub const NESTING: usize = 256;
/// The cells of a document.
pub const CELLS: usize = 20_000_000;
/// The texts of all cells together, each as often as a cell shows it: files share a text among cells.
pub const TEXT_BYTES: usize = 256 * 1024 * 1024;
/// The columns of a table.
pub const COLUMNS: usize = 16_384;
