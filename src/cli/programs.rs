//! Programs on the machine: run silently within a time limit, and only where the person asks for what they alone can do.

use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::files;
use crate::diagnostic::{Text, texts};

/// A document that takes longer is given up.
const TIME_LIMIT: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_millis(50);
/// The end of what a program complains, where its reason is looked for.
const COMPLAINT_BYTES: u64 = 4096;

/// Why a program did not do its work.
pub enum ProgramFailure {
    Missing,
    Reason(Text),
}

/// Runs a program to its end.
///
/// # Errors
/// It is not there, it fails, or it takes too long.
pub fn run(command: &mut Command) -> Result<(), ProgramFailure> {
    let reason = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => ProgramFailure::Missing,
        _ => ProgramFailure::Reason(files::reason(&error)),
    };
    // A file, not a pipe: nobody has to read along for the program to go on.
    let mut complaints = tempfile::tempfile().map_err(reason)?;
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(complaints.try_clone().map_err(reason)?);
    let mut child = command.spawn().map_err(reason)?;
    let start = Instant::now();
    loop {
        match child.try_wait().map_err(reason)? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => {
                let complaint = last_line(&mut complaints).unwrap_or_else(|| status.to_string());
                return Err(ProgramFailure::Reason(Text::same(complaint)));
            }
            None if start.elapsed() > TIME_LIMIT => {
                // It may be gone by now.
                let _ = child.kill();
                let _ = child.wait();
                return Err(ProgramFailure::Reason(texts::reason_too_slow()));
            }
            None => std::thread::sleep(PAUSE),
        }
    }
}

/// LibreOffice, to make a file of another kind of a document: `<stem of input>.<extension>` in a folder. Its profile lies
/// in the folder, too, so that an open LibreOffice of the person does not matter.
pub fn soffice(program: &Path, input: &Path, extension: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()));
    command.args(["--headless", "--norestore", "--convert-to", extension, "--outdir"]).arg(folder).arg(input);
    command
}

fn last_line(complaints: &mut std::fs::File) -> Option<String> {
    let length = complaints.seek(SeekFrom::End(0)).ok()?;
    complaints.seek(SeekFrom::Start(length.saturating_sub(COMPLAINT_BYTES))).ok()?;
    let mut bytes = Vec::new();
    complaints.take(COMPLAINT_BYTES).read_to_end(&mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    text.lines().rev().map(str::trim).find(|line| !line.is_empty()).map(str::to_owned)
}
