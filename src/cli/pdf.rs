//! `--to pdf`: the official documents by [`backend::Pdf`] with the fonts of the machine. Pages that were made for the screen,
//! an overview or a report with its findings, are printed by the browser of the machine; where it has no font with Han signs,
//! a browser or LibreOffice prints all.
//!
//! What such a program writes of the clock is replaced: the same model gives the same bytes.

use std::path::{Path, PathBuf};
use std::process::Command;

use sha2::{Digest, Sha256};
use time::OffsetDateTime;

use super::programs::{self, ProgramFailure as Trouble};
use super::writing::{self, ScratchFolder};
use super::{Failure, files, fonts};
use crate::backend::{self, Artifact, Backend, Contents, Pdf, PrintFonts, RenderOptions, Scope, Sink};
use crate::diagnostic::{Code, Diagnostic, Text, texts};
use crate::model::Model;
use crate::model::standard::year_form::YearForm;

/// The word after `--to`.
pub const NAME: &str = "pdf";

/// A program to use instead of those that are looked for. One that is neither a browser nor LibreOffice is given the
/// HTML file and the PDF to write.
const CHOSEN: &str = "JIXIAO_PDF";
/// Browsers that print, by name and where they lie when no path leads to them.
const BROWSERS: [&str; 13] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
    "microsoft-edge-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
];
const OFFICES: [&str; 3] = [
    "soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
];
/// The date of a file that has none: years, months, days, hours, minutes, seconds.
const NO_DATE: &str = "20000101000000";

/// A program that makes PDF files, with the arguments that lead its own.
struct Printer {
    kind: PrinterKind,
    program: PathBuf,
    arguments: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum PrinterKind {
    Browser,
    Office,
    Other,
}

/// How paper is made.
pub enum PaperWay {
    /// By our own pages.
    Drawn(PrintFonts),
    /// By another program, which has done it.
    Printed(Vec<Artifact>),
}

/// Finds out how, and prints at once what another program has to print.
///
/// # Errors
/// JX611 where nothing can print it, or the program that is there fails.
pub fn paper(model: &Model, options: &RenderOptions<'_>, fonts: Option<&Path>) -> Result<PaperWay, Failure> {
    let is_page = options.forms.is_some_and(|asked| asked.forms.contains(&YearForm::Overview))
        || options.review.is_some_and(|review| review.in_print);
    let is_chosen = std::env::var_os(CHOSEN).is_some_and(|chosen| !chosen.is_empty());
    if !is_page
        && !is_chosen
        && let Some(fonts) = fonts::find(fonts)?
    {
        return Ok(PaperWay::Drawn(fonts));
    }
    let missing = if is_page { texts::no_pdf_printer() } else { texts::no_pdf_program() };
    render(model, Scope::Workspace, options, missing).map(PaperWay::Printed)
}

impl PaperWay {
    /// Hands on what is printed.
    pub fn render(&self, model: &Model, options: &RenderOptions<'_>, sink: &mut dyn Sink) -> std::io::Result<()> {
        match self {
            PaperWay::Drawn(fonts) => {
                Pdf { fonts, date: date_in_parts(&date()) }.render(model, Scope::Workspace, options, sink)
            }
            PaperWay::Printed(artifacts) => artifacts
                .iter()
                .try_for_each(|artifact| sink.artifact(&artifact.path, &mut |out| out.write_all(&artifact.bytes))),
        }
    }

    /// The signs that no font has.
    pub fn missing(&self) -> Vec<char> {
        match self {
            PaperWay::Drawn(fonts) => fonts.missing(),
            PaperWay::Printed(_) => Vec::new(),
        }
    }
}

/// The files of a scope: one report, or one document a department.
///
/// # Errors
/// JX611 where no program is there, or the one that is fails.
fn render(model: &Model, scope: Scope, options: &RenderOptions<'_>, missing: Text) -> Result<Vec<Artifact>, Failure> {
    let folder = ScratchFolder::new().map_err(|error| failed(NAME, files::reason(&error)))?;
    for printer in printers() {
        let format = if printer.kind == PrinterKind::Office { "docx" } else { "html" };
        let mut backends = backend::ALL.iter().filter(|backend| backend.name() == format);
        let asked = || options.forms.into_iter().flat_map(|asked| asked.forms);
        if backends.clone().any(|backend| asked().any(|form| !backend.holds(*form))) {
            continue;
        }
        // On paper, what is meant for the screen only is not there at all.
        let options =
            RenderOptions { review: options.review.filter(|review| review.in_print), is_one_page: true, ..*options };
        let mut print = Print { printer: &printer, folder: folder.path(), printed: Vec::new(), trouble: None };
        let rendered = backends.try_for_each(|backend| backend.render(model, scope, &options, &mut print));
        let trouble = print.trouble.map_or(rendered.map_err(|error| told(&error)), Err);
        match trouble {
            Ok(()) => return Ok(print.printed),
            Err(Trouble::Missing) if std::env::var_os(CHOSEN).is_none_or(|chosen| chosen.is_empty()) => {}
            Err(Trouble::Missing) => return Err(failed(&printer.shown(), texts::no_such_file())),
            Err(Trouble::Reason(reason)) => return Err(failed(&printer.shown(), reason)),
        }
    }
    let diagnostic = Diagnostic::without_place(Code::JX611, missing);
    Err(Failure::Told(diagnostic.help(texts::pdf_help())))
}

/// Prints what is rendered, page by page.
struct Print<'a> {
    printer: &'a Printer,
    folder: &'a Path,
    printed: Vec<Artifact>,
    /// Why the last page could not be printed.
    trouble: Option<Trouble>,
}

impl Sink for Print<'_> {
    fn artifact(&mut self, path: &Path, contents: Contents<'_>) -> std::io::Result<()> {
        match self.printer.print(path, contents, self.folder) {
            Ok(artifact) => {
                self.printed.push(artifact);
                Ok(())
            }
            Err(trouble) => {
                self.trouble = Some(trouble);
                Err(std::io::ErrorKind::Other.into())
            }
        }
    }
}

fn told(error: &std::io::Error) -> Trouble {
    Trouble::Reason(files::reason(error))
}

fn failed(program: &str, reason: Text) -> Failure {
    let diagnostic = Diagnostic::without_place(Code::JX611, texts::converter_failed(program, reason));
    Failure::Told(diagnostic.help(texts::pdf_help()))
}

/// The programs to try: the one that was chosen, or all that are known, the best first.
fn printers() -> Vec<Printer> {
    let chosen = std::env::var(CHOSEN).unwrap_or_default();
    if Path::new(chosen.trim()).is_file() {
        return vec![Printer::new(chosen.trim(), Vec::new())];
    }
    let mut words = chosen.split_whitespace();
    if let Some(program) = words.next() {
        return vec![Printer::new(program, words.map(str::to_owned).collect())];
    }
    BROWSERS.iter().chain(&OFFICES).map(|program| Printer::new(program, Vec::new())).collect()
}

impl Printer {
    fn new(program: &str, arguments: Vec<String>) -> Self {
        let name = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or(path).trim_end_matches(".exe").to_lowercase();
        let is_one_of = |known: &[&str]| known.iter().any(|one| name(one) == name(program));
        let kind = if is_one_of(&BROWSERS) {
            PrinterKind::Browser
        } else if is_one_of(&OFFICES) {
            PrinterKind::Office
        } else {
            PrinterKind::Other
        };
        Self { kind, program: program.into(), arguments }
    }

    fn shown(&self) -> String {
        self.program.display().to_string()
    }

    /// Makes a PDF of a page in a folder of its own.
    fn print(&self, path: &Path, contents: Contents<'_>, folder: &Path) -> Result<Artifact, Trouble> {
        let io = |error: std::io::Error| told(&error);
        let input = folder.join("document").with_extension(path.extension().unwrap_or_default());
        let output = folder.join("document.pdf");
        writing::write_by(&input, contents).map_err(io)?;
        let mut command = match self.kind {
            PrinterKind::Browser => self.browser(&input, &output, folder),
            PrinterKind::Office => programs::soffice(&self.program, &input, "pdf", folder),
            PrinterKind::Other => {
                let mut command = Command::new(&self.program);
                command.args(&self.arguments).arg(&input).arg(&output);
                command
            }
        };
        programs::run(&mut command)?;
        let bytes = std::fs::read(&output).map_err(|_| Trouble::Reason(texts::reason_no_pdf()))?;
        std::fs::remove_file(&output).map_err(io)?;
        if !bytes.starts_with(b"%PDF-") {
            return Err(Trouble::Reason(texts::reason_no_pdf()));
        }
        Ok(Artifact { path: path.with_extension("pdf"), bytes: without_clock(bytes, &date()) })
    }

    /// A browser that prints a page, of a profile of its own, without talking to anybody.
    fn browser(&self, input: &Path, output: &Path, folder: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).args([
            "--headless=new",
            "--disable-gpu",
            "--no-first-run",
            "--no-default-browser-check",
            "--disable-extensions",
            "--disable-sync",
            "--disable-background-networking",
            "--disable-component-update",
            "--no-pdf-header-footer",
        ]);
        if is_root(folder) {
            // Chromium refuses to run for root in its sandbox. The page is ours.
            command.arg("--no-sandbox");
        }
        let with_path = |option: &str, path: &Path| {
            let mut argument = std::ffi::OsString::from(option);
            argument.push(path);
            argument
        };
        command.arg(with_path("--user-data-dir=", &folder.join("profile")));
        command.arg(with_path("--print-to-pdf=", output)).arg(input);
        command
    }
}

/// Whether we are root, by whom a folder of ours belongs to.
#[cfg(unix)]
fn is_root(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(folder).is_ok_and(|metadata| metadata.uid() == 0)
}

#[cfg(not(unix))]
fn is_root(_: &Path) -> bool {
    false
}

/// The date that a reproducible build asks for (`SOURCE_DATE_EPOCH`, in seconds since 1970), as PDF writes it.
fn date() -> String {
    let wanted = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.trim().parse::<u64>().ok());
    wanted.and_then(date_of).unwrap_or_else(|| NO_DATE.to_owned())
}

/// Year, month, day, hour, minute, second.
fn date_in_parts(date: &str) -> [u16; 6] {
    [0..4, 4..6, 6..8, 8..10, 10..12, 12..14].map(|part| date.get(part).and_then(|one| one.parse().ok()).unwrap_or(0))
}

fn date_of(seconds: u64) -> Option<String> {
    let date = OffsetDateTime::from_unix_timestamp(i64::try_from(seconds).ok()?).ok()?;
    let (hour, minute, second) = date.to_hms();
    Some(format!("{:04}{:02}{:02}{hour:02}{minute:02}{second:02}", date.year(), u8::from(date.month()), date.day()))
}

/// The file with the dates, the identity and the checksum that a program draws from the clock replaced by ones of the
/// content. Nothing changes its length: the places of the objects are written in the file.
fn without_clock(mut bytes: Vec<u8>, date: &str) -> Vec<u8> {
    for key in [&b"/CreationDate"[..], b"/ModDate"] {
        for start in places(&bytes, key) {
            stamp(&mut bytes[start..], date);
        }
    }
    renumber(&mut bytes);
    let drawn: Vec<usize> = [&b"/ID"[..], b"/DocChecksum"]
        .iter()
        .flat_map(|key| places(&bytes, key))
        .flat_map(|at| hex(&bytes, at))
        .collect();
    for place in &drawn {
        bytes[*place] = b'0';
    }
    let digest = Sha256::digest(&bytes);
    let digits: Vec<u8> = digest.iter().flat_map(|byte| format!("{byte:02X}").into_bytes()).take(32).collect();
    for (place, digit) in drawn.iter().zip(digits.iter().cycle()) {
        bytes[*place] = *digit;
    }
    bytes
}

/// The places right after each occurrence of a key.
fn places(bytes: &[u8], key: &[u8]) -> Vec<usize> {
    let found = bytes.windows(key.len()).enumerate().filter(|(_, window)| *window == key);
    found.map(|(at, _)| at + key.len()).collect()
}

/// The numbers of a browser for the parts of a page go on from where its start left off, which is not always the same:
/// the first is one.
fn renumber(bytes: &mut [u8]) {
    let number = |at: usize| {
        let digits = bytes.get(at..at + 8).filter(|digits| digits.iter().all(u8::is_ascii_digit))?;
        std::str::from_utf8(digits).ok()?.parse::<u32>().ok()
    };
    let found: Vec<(usize, u32)> =
        places(bytes, b"node").into_iter().filter_map(|at| Some((at, number(at)?))).collect();
    let Some(before) = found.iter().map(|(_, number)| number.saturating_sub(1)).min() else { return };
    for (at, number) in found {
        bytes[at..at + 8].copy_from_slice(format!("{:08}", number - before).as_bytes());
    }
}

/// Writes a date over `(D:20251231235959+08'00')`: as much of it as there is, in no other zone than UTC.
fn stamp(bytes: &mut [u8], date: &str) {
    let blank = bytes.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    if !bytes[blank..].starts_with(b"(D:") {
        return;
    }
    let inside = bytes[blank + 3..].iter_mut().take_while(|byte| **byte != b')').take(24);
    for (index, byte) in inside.enumerate() {
        *byte = match (*byte, date.as_bytes().get(index)) {
            (b'0'..=b'9', Some(digit)) => *digit,
            (b'0'..=b'9', None) => b'0',
            (b'-', _) => b'+',
            (other, _) => other,
        };
    }
}

/// The places of the hexadecimal digits of a value: `[ <0A…> <0A…> ]`, `/0A…`.
fn hex(bytes: &[u8], start: usize) -> Vec<usize> {
    const MOST: usize = 160;
    let is_punctuation = |byte: u8| byte.is_ascii_whitespace() || b"[<>/".contains(&byte);
    let value = bytes[start..].iter().copied().enumerate().take(MOST);
    let value: Vec<(usize, u8)> =
        value.take_while(|(_, byte)| is_punctuation(*byte) || byte.is_ascii_hexdigit()).collect();
    let digits: Vec<usize> =
        value.iter().filter(|(_, byte)| byte.is_ascii_hexdigit()).map(|(at, _)| start + at).collect();
    // Sixteen bytes, once or twice: anything else is another thing of that name.
    if digits.len() == 32 || digits.len() == 64 { digits } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_from_the_clock_is_replaced_in_its_place() {
        let file = |date: &str, id: &str| {
            format!("%PDF-1.7\n/CreationDate{date}/ModDate {date}>>\n/ID [ <{id}>\n<{id}> ]\n/DocChecksum /{id}\n")
        };
        let ids = ["0123456789ABCDEF".repeat(2), "FEDCBA9876543210".repeat(2)];
        let one = without_clock(file("(D:20251231235959+08'00')", &ids[0]).into_bytes(), "20000101000000");
        let other = without_clock(file("(D:20260101000000-05'30')", &ids[1]).into_bytes(), "20000101000000");
        assert_eq!(one, other);
        let text = String::from_utf8(one).expect("text");
        assert!(text.contains("/CreationDate(D:20000101000000+00'00')/ModDate (D:2000"), "{text}");
        assert!(!text.contains(&ids[0]) && text.len() == file("(D:20251231235959+08'00')", &ids[0]).len());
    }

    #[test]
    fn parts_of_a_page_are_numbered_from_one() {
        let mut bytes = b"/ID (node00000082)>> /Headers [(node00000090)] node7".to_vec();
        renumber(&mut bytes);
        assert_eq!(bytes, b"/ID (node00000001)>> /Headers [(node00000009)] node7");
    }

    #[test]
    fn a_reproducible_date_is_a_day_of_the_calendar() {
        for (seconds, wanted) in [
            (0, "19700101000000"),
            (951_782_399, "20000228235959"),
            (951_868_799, "20000229235959"),
            (1_735_689_600, "20250101000000"),
        ] {
            assert_eq!(date_of(seconds).as_deref(), Some(wanted));
        }
        assert_eq!(date_of(u64::MAX), None);
    }

    #[test]
    fn a_program_is_known_by_its_name() {
        for (program, kind) in [
            ("/opt/chrome/chrome", PrinterKind::Browser),
            (r"D:\Edge\msedge.exe", PrinterKind::Browser),
            ("soffice", PrinterKind::Office),
            ("weasyprint", PrinterKind::Other),
        ] {
            assert_eq!(Printer::new(program, Vec::new()).kind, kind, "{program}");
        }
    }
}
