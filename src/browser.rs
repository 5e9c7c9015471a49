//! What a web page asks of the compiler that lies in it: files in memory, answers in memory, and nothing anywhere else.
//!
//! A question and its answer are one piece of bytes: the length of a JSON text in four bytes, the smallest first, that text,
//! and behind it the bytes of the files that it names. What is found, built and compared is what the program on a machine
//! writes for the same files, byte for byte (`tests/one_page.rs`).

mod documents;
mod frame;
mod packed;
mod told;
mod version;

use std::io;

use serde::{Deserialize, Serialize};

use crate::backend::{
    self, Artifact, AskedCheckpoint, AskedForms, CheckOutcome, Memory, RenderOptions, Scope, has_form, without_layout,
};
use crate::diagnostic::render::Style;
use crate::diagnostic::{Code, Diagnostic, Language, Text, texts};
use crate::diff;
use crate::findings;
use crate::import::report;
use crate::model::standard::year_form::YearForm;
use crate::review::{self, Entry, Review, Standing};
use frame::NamedBytes;
use told::{ToldDiagnostic, ToldVersion};
use version::{DroppedVersion, OutputList};

/// The versions that a page has been given: that which counts, and an older one that it is compared with.
#[derive(Default)]
pub struct PageDesk {
    new: Option<DroppedVersion>,
    old: Option<DroppedVersion>,
}

/// What a page asks. `in_english` says how the answer is worded.
#[derive(Deserialize)]
struct Question {
    #[serde(default)]
    in_english: bool,
    #[serde(flatten)]
    wish: Wish,
}

#[derive(Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
enum Wish {
    /// Which of the files below a folder are read; the bytes are those of the lists of outputs.
    Choose { paths: Vec<String>, outputs: Vec<String> },
    /// Takes in a version: its name and its files.
    Read { version: VersionWord, name: String, files: Vec<FileHead> },
    /// Lets a version go.
    Forget { version: VersionWord },
    /// What is known of a version.
    Tell { version: VersionWord },
    /// The findings of the version that counts.
    Findings { format: String },
    /// What `build` makes of it, of the targets or of all forms of the year.
    Build {
        to: String,
        #[serde(default)]
        forms: bool,
    },
    /// Its texts.
    Source,
    /// Where every sign of its documents went.
    Account { format: String },
    /// What changed since the older version.
    Changes { format: String },
    /// The given files as one.
    Pack { files: Vec<FileHead> },
    /// The scripts of the pages that are made, for the policy of the page that shows them.
    Scripts,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum VersionWord {
    New,
    Old,
}

/// A file of a question or an answer, whose bytes come behind the text in the same order.
#[derive(Deserialize, Serialize)]
struct FileHead {
    path: String,
    bytes: usize,
}

/// What a page is told. What is not asked for is left out.
#[derive(Default, Serialize)]
struct PageAnswer {
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<ToldDiagnostic>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<ToldVersion>,
    #[serde(skip_serializing_if = "Option::is_none")]
    chosen: Option<Vec<String>>,
    files: Vec<FileHead>,
}

impl PageDesk {
    /// The answer to a question. Bytes that are no question are refused like a file that is none.
    pub fn answer(&mut self, question: &[u8]) -> Vec<u8> {
        let (language, result) = match frame::read::<Question>(question) {
            Some((question, bytes)) => {
                let language = if question.in_english { Language::English } else { Language::Chinese };
                (language, self.fulfil(question.wish, bytes, language))
            }
            None => (Language::Chinese, Err(refusal(texts::no_question()))),
        };
        let (mut answer, files) = result.unwrap_or_else(|diagnostic| {
            let refused = Some(ToldDiagnostic::of(&diagnostic, language));
            (PageAnswer { refused, ..PageAnswer::default() }, Vec::new())
        });
        let head = |(path, bytes): &NamedBytes| FileHead { path: path.clone(), bytes: bytes.len() };
        answer.files = files.iter().map(head).collect();
        frame::written(&answer, &files)
    }

    fn fulfil(
        &mut self,
        wish: Wish,
        mut bytes: &[u8],
        language: Language,
    ) -> Result<(PageAnswer, Vec<NamedBytes>), Diagnostic> {
        let mut taken = |files: Vec<FileHead>| -> Option<Vec<NamedBytes>> {
            let mut take = |file: FileHead| {
                let (own, rest) = bytes.split_at_checked(file.bytes)?;
                bytes = rest;
                Some((file.path, own.to_vec()))
            };
            files.into_iter().map(&mut take).collect()
        };
        let only = |files: Vec<NamedBytes>| Ok((PageAnswer::default(), files));
        match wish {
            Wish::Choose { paths, outputs } => {
                let lists: Vec<OutputList> = OutputList::all(&outputs);
                let chosen = Some(version::chosen(paths, &lists));
                Ok((PageAnswer { chosen, ..PageAnswer::default() }, Vec::new()))
            }
            Wish::Read { version, name, files } => {
                let files = taken(files).ok_or_else(|| refusal(texts::no_question()))?;
                let read = DroppedVersion::read(name, files, language);
                let told = told::version(&read, language);
                *self.side(version) = Some(read);
                Ok((PageAnswer { version: Some(told), ..PageAnswer::default() }, Vec::new()))
            }
            Wish::Forget { version } => {
                *self.side(version) = None;
                only(Vec::new())
            }
            Wish::Tell { version } => {
                let told = self.side(version).as_ref().map(|one| told::version(one, language));
                Ok((PageAnswer { version: told, ..PageAnswer::default() }, Vec::new()))
            }
            Wish::Findings { format } => {
                let write = match &*format {
                    "html" => findings::as_html,
                    "json" => findings::as_json,
                    "csv" => findings::as_csv,
                    _ => return Err(refusal(texts::no_question())),
                };
                let version = self.read_version()?;
                let name = format!("findings.{format}");
                written(name, |out| write(&mut &version.analysis, style(language), out)).and_then(only)
            }
            Wish::Build { to, forms } => only(self.built(&to, forms, language)?),
            Wish::Source => {
                let texts = self.read_version()?.files.iter();
                only(texts.map(|file| (file.path.clone(), file.text.as_bytes().to_vec())).collect())
            }
            Wish::Account { format } => {
                let version = self.read_version()?;
                let imports = version.imports();
                let of_format = if format == "json" { report::json } else { report::html };
                only(vec![(format!("import.{format}"), of_format(&imports, language).into_bytes())])
            }
            Wish::Changes { format } => only(self.changes(&format, language)?),
            Wish::Pack { files } => {
                let files = taken(files).ok_or_else(|| refusal(texts::no_question()))?;
                only(vec![(String::new(), packed::packed(&files).map_err(|error| unwritten("zip", &error))?)])
            }
            Wish::Scripts => {
                let scripts = backend::scripts().into_iter();
                only(scripts.map(|script| (String::new(), script.as_bytes().to_vec())).collect())
            }
        }
    }

    fn side(&mut self, word: VersionWord) -> &mut Option<DroppedVersion> {
        match word {
            VersionWord::New => &mut self.new,
            VersionWord::Old => &mut self.old,
        }
    }

    fn read_version(&self) -> Result<&DroppedVersion, Diagnostic> {
        self.new.as_ref().ok_or_else(|| refusal(texts::nothing_dropped()))
    }

    /// The files of a format; of the forms of the year all that there are.
    fn built(&self, to: &str, of_year: bool, language: Language) -> Result<Vec<NamedBytes>, Diagnostic> {
        let format = backend::ALL.iter().find(|one| one.name() == to).ok_or_else(|| refusal(texts::no_question()))?;
        let analysis = &self.read_version()?.analysis;
        if analysis.has_errors() {
            return Err(refusal(texts::nothing_written()));
        }
        let (model, sources) = (&analysis.model, &analysis.sources);
        let is_there = |form: &YearForm| has_form(model, *form) && without_layout(model, *form).is_empty();
        let forms: Vec<YearForm> = YearForm::ALL
            .into_iter()
            .map(|(form, ..)| form)
            .filter(|form| is_there(form) && format.holds(*form))
            .collect();
        if of_year && forms.is_empty() {
            return Ok(Vec::new());
        }
        let review = CheckOutcome { diagnostics: &analysis.diagnostics, sources, in_print: false };
        let options = RenderOptions {
            language,
            review: Some(review),
            forms: of_year.then_some(AskedForms { forms: &forms, at: AskedCheckpoint::All, sources }),
            sources: Some(sources),
            ..RenderOptions::default()
        };
        let mut memory = Memory::default();
        format.render(model, Scope::Workspace, &options, &mut memory).map_err(|error| unwritten(to, &error))?;
        let named = |Artifact { path, bytes }: Artifact| (path.to_string_lossy().replace('\\', "/"), bytes);
        Ok(memory.0.into_iter().map(named).collect())
    }

    /// The list of what changed, as `diff` writes it.
    fn changes(&self, format: &str, language: Language) -> Result<Vec<NamedBytes>, Diagnostic> {
        let (write, ending): (ReviewWriter, &str) = match format {
            "html" => (review::as_html, "html"),
            "json" => (review::as_json, "json"),
            "markdown" => (review::as_markdown, "md"),
            _ => return Err(refusal(texts::no_question())),
        };
        let (Some(old), Some(new)) = (&self.old, &self.new) else { return Err(refusal(texts::nothing_dropped())) };
        let [old_read, new_read] = version::compared(old, new, language);
        let comparison = diff::compare(version::side(&old_read), version::side(&new_read));
        let entry =
            |change| Entry { change, fingerprint: change.fingerprint(), standing: Standing::Free, fails: false };
        let review = Review {
            old: old.as_reviewed(&old_read),
            new: new.as_reviewed(&new_read),
            entries: comparison.changes.iter().map(entry).collect(),
            unused: Vec::new(),
        };
        written(format!("changes.{ending}"), |out| write(&review, style(language), out))
    }
}

/// What there is to read is not drawn for a terminal.
fn style(language: Language) -> Style {
    Style { language, colour: false, width: 100 }
}

fn written(
    name: String,
    write: impl FnOnce(&mut dyn io::Write) -> io::Result<()>,
) -> Result<Vec<NamedBytes>, Diagnostic> {
    let mut bytes = Vec::new();
    write(&mut bytes).map_err(|error| unwritten(&name, &error))?;
    Ok(vec![(name, bytes)])
}

fn unwritten(name: &str, error: &io::Error) -> Diagnostic {
    Diagnostic::without_place(Code::JX909, texts::cannot_write(name, error.to_string()))
}

fn refusal(text: Text) -> Diagnostic {
    Diagnostic::without_place(Code::JX911, text)
}

/// Writes a review in one format.
type ReviewWriter = fn(&Review<'_>, Style, &mut dyn io::Write) -> io::Result<()>;
