//! What a file is: told by its bytes, and by its name where bytes do not tell.

use crate::diagnostic::{Code, Diagnostic, Text, texts};

use super::package::Package;
use super::{encoding, markdown, refusal};
use crate::import::document::Remark;

/// The kinds of files that come from offices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// Office Open XML, of Word and of newer WPS.
    Docx,
    /// Office Open XML, of Excel and of newer WPS.
    Xlsx,
    /// A page on its own.
    Html,
    /// A page in one file with its pictures.
    Mhtml,
    /// In UTF-8 or an encoding that is found out.
    Csv,
    /// GB/T 33190, the fixed layout of Chinese offices.
    Ofd,
    /// The JSON that `build` writes.
    Json,
    /// A text with pipe tables.
    Markdown,
    /// Fixed pages; also one that holds only pictures.
    Pdf,
    /// Words without a table.
    Text,
    /// Word 97 to 2003, and WPS.
    Doc,
    /// Excel 97 to 2003, and WPS.
    Xls,
    /// Presentations, old and new.
    Slides,
    /// Rich Text Format.
    Rtf,
    /// OpenDocument text.
    Odt,
    /// OpenDocument workbook, and the binary workbook of Excel.
    OtherWorkbook,
    /// The XML of Word 2003.
    WordXml,
    /// The XML of Excel 2003.
    ExcelXml,
    /// A scan or a photograph.
    Image,
    /// Files packed together.
    Archive,
    /// Nothing that is known.
    Unknown,
}

/// The extensions of documents that a folder is searched for.
pub const EXTENSIONS: &[&str] = &[
    "docx", "docm", "xlsx", "xlsm", "html", "htm", "mht", "mhtml", "csv", "tsv", "txt", "text", "md", "doc", "wps",
    "rtf", "odt", "xls", "et", "ods", "ofd", "pdf",
];

/// A program on the machine that makes a document of another kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Converter {
    /// LibreOffice.
    Soffice,
}

impl Converter {
    /// The name of the program.
    pub fn program(self) -> &'static str {
        match self {
            Converter::Soffice => "soffice",
        }
    }
}

/// The kind of a file, where it can be read, and a remark where its name says another one. Else a finding that says how
/// to make a file of it that can.
pub fn readable(name: &str, bytes: &[u8]) -> Result<(FileKind, Option<Remark>), Diagnostic> {
    if let Some(finding) = locked(name, bytes) {
        return Err(finding);
    }
    let kind = FileKind::of(name, bytes);
    if !kind.is_readable() {
        return Err(unsupported(name, kind));
    }
    let by_name = FileKind::of_extension(&extension(name));
    let is_other = by_name.is_some_and(|by_name| by_name != kind)
        && !(matches!(kind, FileKind::Csv | FileKind::Markdown) && by_name == Some(FileKind::Text));
    let remark = is_other.then(|| Remark::guess(None, texts::wrong_extension(name, kind.shown())));
    Ok((kind, remark))
}

/// The program that makes a readable document of a kind.
pub fn converter(kind: FileKind) -> Option<Converter> {
    match kind {
        FileKind::Doc
        | FileKind::Xls
        | FileKind::Rtf
        | FileKind::Odt
        | FileKind::OtherWorkbook
        | FileKind::WordXml
        | FileKind::ExcelXml => Some(Converter::Soffice),
        FileKind::Docx
        | FileKind::Xlsx
        | FileKind::Html
        | FileKind::Mhtml
        | FileKind::Csv
        | FileKind::Json
        | FileKind::Markdown
        | FileKind::Text
        | FileKind::Slides
        | FileKind::Ofd
        | FileKind::Pdf
        | FileKind::Image
        | FileKind::Archive
        | FileKind::Unknown => None,
    }
}

/// The kind that [`converter`] makes of a kind, by its extension.
pub fn converted_extension(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Xls | FileKind::OtherWorkbook | FileKind::ExcelXml => "xlsx",
        FileKind::Docx
        | FileKind::Xlsx
        | FileKind::Html
        | FileKind::Mhtml
        | FileKind::Csv
        | FileKind::Json
        | FileKind::Markdown
        | FileKind::Text
        | FileKind::Doc
        | FileKind::Slides
        | FileKind::Rtf
        | FileKind::Odt
        | FileKind::WordXml
        | FileKind::Ofd
        | FileKind::Pdf
        | FileKind::Image
        | FileKind::Archive
        | FileKind::Unknown => "docx",
    }
}

/// JX601, with the command that makes a readable file.
pub fn unsupported(name: &str, kind: FileKind) -> Diagnostic {
    let help = match converter(kind) {
        Some(Converter::Soffice) => texts::convert_with(command(name, kind)),
        None => match kind {
            FileKind::Image => texts::image_help(),
            FileKind::Archive => texts::archive_help(),
            _ => texts::readable_kinds(),
        },
    };
    Diagnostic::without_place(Code::JX601, texts::unsupported_document(name, kind.shown())).help(help)
}

/// What a person would type to convert a file.
fn command(name: &str, kind: FileKind) -> String {
    let plain = name.chars().all(|sign| sign.is_alphanumeric() || "-_./".contains(sign));
    let name = if plain { name.to_owned() } else { format!("'{}'", name.replace('\'', "'\\''")) };
    format!("soffice --headless --convert-to {} {name}", converted_extension(kind))
}

/// JX603 for a file whose bytes are encrypted as a whole.
fn locked(name: &str, bytes: &[u8]) -> Option<Diagnostic> {
    let is_locked = bytes.starts_with(OLE) && streams(bytes).iter().any(|stream| stream == "EncryptedPackage");
    is_locked.then(|| refusal::locked(name))
}

const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
const IMAGES: [&[u8]; 7] = [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF"];

impl FileKind {
    /// The kind of a file by its bytes, else by its name.
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        let by_name = Self::of_extension(&extension(name));
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return packed(bytes, by_name);
        }
        if bytes.starts_with(OLE) {
            return compound(bytes, by_name);
        }
        let is_image = IMAGES.iter().any(|magic| bytes.starts_with(magic)) && !is_text(bytes);
        // Some programs write a few bytes before the mark.
        if bytes[..bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-") {
            return FileKind::Pdf;
        }
        if bytes.starts_with(b"{\\rtf") {
            return FileKind::Rtf;
        }
        if is_image {
            return FileKind::Image;
        }
        if [&b"Rar!"[..], b"7z\xBC\xAF", b"\x1F\x8B"].iter().any(|magic| bytes.starts_with(magic)) {
            return FileKind::Archive;
        }
        written(bytes, by_name)
    }

    /// The kind that an extension stands for, in small letters.
    fn of_extension(extension: &str) -> Option<Self> {
        Some(match extension {
            "docx" | "docm" | "dotx" | "dotm" => FileKind::Docx,
            "xlsx" | "xlsm" | "xltx" | "xltm" => FileKind::Xlsx,
            "html" | "htm" | "xhtml" | "shtml" => FileKind::Html,
            "mht" | "mhtml" => FileKind::Mhtml,
            "csv" | "tsv" => FileKind::Csv,
            "json" => FileKind::Json,
            "md" | "markdown" => FileKind::Markdown,
            "txt" | "text" => FileKind::Text,
            "doc" | "dot" | "wps" | "wpt" => FileKind::Doc,
            "xls" | "xlt" | "et" | "ett" => FileKind::Xls,
            "ppt" | "pptx" | "dps" => FileKind::Slides,
            "rtf" => FileKind::Rtf,
            "odt" | "ott" | "uot" | "fodt" => FileKind::Odt,
            "ods" | "ots" | "xlsb" | "uos" | "fods" => FileKind::OtherWorkbook,
            "pdf" => FileKind::Pdf,
            "ofd" => FileKind::Ofd,
            "png" | "jpg" | "jpeg" | "gif" | "bmp" | "tif" | "tiff" | "webp" => FileKind::Image,
            "zip" | "rar" | "7z" | "gz" => FileKind::Archive,
            _ => return None,
        })
    }

    fn is_readable(self) -> bool {
        self <= FileKind::Text
    }

    /// What people call it.
    pub fn shown(self) -> Text {
        match self {
            FileKind::Docx => texts::kind_docx(),
            FileKind::Xlsx => texts::kind_xlsx(),
            FileKind::Html | FileKind::Mhtml => texts::kind_html(),
            FileKind::Csv => texts::kind_csv(),
            FileKind::Json => Text::new("JSON", "JSON"),
            FileKind::Markdown => Text::new("Markdown", "Markdown"),
            FileKind::Text => texts::kind_text(),
            FileKind::Doc | FileKind::WordXml => texts::kind_doc(),
            FileKind::Xls | FileKind::ExcelXml => texts::kind_xls(),
            FileKind::Slides => texts::kind_slides(),
            FileKind::Rtf => texts::kind_rtf(),
            FileKind::Odt => texts::kind_odt(),
            FileKind::OtherWorkbook => texts::kind_other_workbook(),
            FileKind::Pdf => texts::kind_pdf(),
            FileKind::Ofd => texts::kind_ofd(),
            FileKind::Image => texts::kind_image(),
            FileKind::Archive => texts::kind_archive(),
            FileKind::Unknown => texts::kind_unknown(),
        }
    }
}

fn extension(name: &str) -> String {
    name.rsplit_once('.').map_or_else(String::new, |(_, extension)| extension.to_lowercase())
}

/// The kind of a packed file, by its parts. Of one that is broken the names of parts still stand in its bytes.
fn packed(bytes: &[u8], by_name: Option<FileKind>) -> FileKind {
    const MARKS: [(&str, FileKind); 7] = [
        ("word/", FileKind::Docx),
        ("xl/workbook.bin", FileKind::OtherWorkbook),
        ("xl/", FileKind::Xlsx),
        ("ppt/", FileKind::Slides),
        ("ofd.xml", FileKind::Ofd),
        ("mimetypeapplication/vnd.oasis.opendocument.text", FileKind::Odt),
        ("mimetypeapplication/vnd.oasis.opendocument.spreadsheet", FileKind::OtherWorkbook),
    ];
    let at_start = |mark: &str| bytes.get(30..30 + mark.len()).is_some_and(|found| found == mark.as_bytes());
    if let Ok(package) = Package::open("", bytes) {
        let found = MARKS.iter().find(|(mark, _)| package.has(mark) || at_start(mark));
        return found.map_or(FileKind::Archive, |(_, kind)| *kind);
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(64 * 1024)]).to_lowercase();
    let found = MARKS.iter().find(|(mark, _)| head.contains(mark)).map(|(_, kind)| *kind);
    found.unwrap_or(match by_name {
        Some(FileKind::Xls | FileKind::Xlsx) => FileKind::Xlsx,
        Some(FileKind::Doc | FileKind::Docx) => FileKind::Docx,
        _ => FileKind::Archive,
    })
}

/// The kind of a compound file of old programs, by its streams.
fn compound(bytes: &[u8], by_name: Option<FileKind>) -> FileKind {
    const MARKS: [(&str, FileKind); 4] = [
        ("WordDocument", FileKind::Doc),
        ("Workbook", FileKind::Xls),
        ("Book", FileKind::Xls),
        ("PowerPoint Document", FileKind::Slides),
    ];
    let streams = streams(bytes);
    let found = MARKS.iter().find(|(mark, _)| streams.iter().any(|stream| stream == mark)).map(|(_, kind)| *kind);
    found.or(by_name.filter(|kind| !kind.is_readable())).unwrap_or(FileKind::Doc)
}

/// The names of the streams in a compound file: entries of 128 bytes, each with its name in UTF-16 and that name's
/// length in bytes.
fn streams(bytes: &[u8]) -> Vec<String> {
    let name = |entry: &[u8]| {
        let length = usize::from(u16::from_le_bytes([entry[64], entry[65]]));
        let is_entry = (4..=64).contains(&length) && length % 2 == 0 && matches!(entry[66], 1 | 2 | 5);
        let units = entry[..length.saturating_sub(2).min(64)].chunks_exact(2);
        let units: Vec<u16> = units.map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        is_entry.then(|| String::from_utf16(&units).ok()).flatten()
    };
    bytes.chunks_exact(128).filter_map(name).collect()
}

/// Whether the beginning holds no byte that texts do not have.
fn is_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    head.iter().all(|byte| *byte >= 0x20 || matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C))
}

/// The kind of a file that is written in signs, in whatever encoding.
fn written(bytes: &[u8], by_name: Option<FileKind>) -> FileKind {
    let head = &bytes[..bytes.len().min(16 * 1024)];
    let of_16_bits = encoding::in_16_bits(head);
    let decoded = of_16_bits.as_deref();
    let lossy = decoded.map_or_else(|| String::from_utf8_lossy(head), Into::into).to_lowercase();
    let text = lossy.trim_start_matches(|sign: char| sign.is_whitespace() || sign == '\u{feff}' || sign == '\u{fffd}');
    let is_marked_up = text.starts_with('<');
    if is_marked_up && text.contains("urn:schemas-microsoft-com:office:spreadsheet") && !text.contains("<html") {
        return FileKind::ExcelXml;
    }
    if is_marked_up && (text.contains("<w:worddocument") || text.contains("<pkg:package")) && !text.contains("<html") {
        return FileKind::WordXml;
    }
    if is_marked_up && text.contains("urn:oasis:names:tc:opendocument:xmlns:office") && !text.contains("<html") {
        let is_workbook = text.contains("opendocument.spreadsheet");
        return if is_workbook { FileKind::OtherWorkbook } else { FileKind::Odt };
    }
    if text.starts_with("mime-version:") || text.starts_with("from:") && text.contains("multipart/related") {
        return FileKind::Mhtml;
    }
    let has_tag = |tags: &[&str]| tags.iter().any(|tag| text.contains(tag));
    if is_marked_up && has_tag(&["<html", "<!doctype html", "<table", "<body", "<head", "<div", "<p>", "<meta"]) {
        return FileKind::Html;
    }
    let of_object = |text: &str| text.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}']));
    if of_object(text) || text.strip_prefix('[').is_some_and(|rest| of_object(rest.trim_start())) {
        return FileKind::Json;
    }
    let is_binary = !is_text(decoded.map_or(head, str::as_bytes));
    if !is_binary && matches!(by_name, None | Some(FileKind::Text)) && markdown::has_table(text) {
        return FileKind::Markdown;
    }
    match by_name {
        _ if is_binary => FileKind::Unknown,
        Some(
            kind @ (FileKind::Html
            | FileKind::Mhtml
            | FileKind::Csv
            | FileKind::Json
            | FileKind::Markdown
            | FileKind::Text),
        ) => kind,
        // Programs save tables under the names of workbooks.
        Some(FileKind::Xls | FileKind::Xlsx | FileKind::OtherWorkbook) => FileKind::Csv,
        _ => FileKind::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Language;
    use crate::import::read::sample::packed;

    #[test]
    fn bytes_tell_more_than_names() {
        let docx = packed(&[("[Content_Types].xml", b""), ("word/document.xml", b"")]);
        let xlsx = packed(&[("xl/workbook.xml", b"")]);
        for (name, bytes, expected) in [
            ("甲.docx", docx.as_slice(), FileKind::Docx),
            ("甲.doc", &docx[..60], FileKind::Docx),
            ("甲.docx", &xlsx, FileKind::Xlsx),
            (
                "甲.xls",
                b"\xEF\xBB\xBF <html xmlns:x='urn:schemas-microsoft-com:office:spreadsheet'><table>",
                FileKind::Html,
            ),
            (
                "甲.xls",
                b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
                FileKind::ExcelXml,
            ),
            ("甲.doc", b"MIME-Version: 1.0\r\n", FileKind::Mhtml),
            ("甲.xls", "甲\t乙\n".as_bytes(), FileKind::Csv),
            ("甲.txt", b"{ \"a\": 1 }", FileKind::Json),
            ("甲.txt", b"[\n { \"a\": 1 }]", FileKind::Json),
            ("甲.txt", b"[bookmark: a]", FileKind::Text),
            ("甲", b"%PDF-1.7", FileKind::Pdf),
            ("甲.doc", b"{\\rtf1", FileKind::Rtf),
            ("甲.txt", b"BM in words", FileKind::Text),
            ("甲.txt", b"\xFF\xFE2u3u\n\0", FileKind::Text),
            ("甲.txt", b"\xFF\xFE\x2Do\x8Bm\x7F\x89", FileKind::Text),
            ("甲.csv", b"2u,\0\x33u\n\0", FileKind::Csv),
            ("甲.txt", "|甲|乙|\n|-|--|\n".as_bytes(), FileKind::Markdown),
            (
                "甲.fods",
                b"<?xml version='1.0'?><office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' office:\
                  mimetype='application/vnd.oasis.opendocument.spreadsheet'>",
                FileKind::OtherWorkbook,
            ),
            ("甲.docx", b"\x01\x02\x03", FileKind::Unknown),
        ] {
            assert_eq!(FileKind::of(name, bytes), expected, "{name}");
        }
    }

    #[test]
    fn what_cannot_be_read_comes_with_the_command_that_helps() {
        let finding = readable("2025 年.rtf", b"{\\rtf1 }").expect_err("a finding");
        assert_eq!(finding.code, Code::JX601);
        assert!(
            finding
                .help
                .as_ref()
                .expect("help")
                .in_language(Language::Chinese)
                .contains("soffice --headless --convert-to docx '2025 年.rtf'")
        );
        let (kind, remark) = readable("甲.doc", b"<html><table>").expect("a page");
        assert!(kind == FileKind::Html && remark.is_some());
        let mut ole = OLE.to_vec();
        ole.resize(512, 0);
        let name: Vec<u8> = "EncryptedPackage\0".encode_utf16().flat_map(u16::to_le_bytes).collect();
        ole.extend(&name);
        ole.resize(512 + 64, 0);
        ole.extend([name.len() as u8, 0, 2]);
        ole.resize(1024, 0);
        assert_eq!(readable("甲.docx", &ole).expect_err("a finding").code, Code::JX603);
    }
}
