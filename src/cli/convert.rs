//! Programs on the machine that make a readable document of another kind. They run only where the person asks for it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::files;
use crate::diagnostic::{Code, Diagnostic, Text, texts};
use crate::import::kind::{Converter, Kind, converted_extension};

/// A document that takes longer is given up.
const TIME_LIMIT: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_millis(50);

/// The name and the bytes of a document, converted. The original stays as it is.
///
/// # Errors
/// JX611 where the program is missing, fails or takes too long.
pub fn convert(path: &Path, converter: Converter, kind: Kind) -> Result<(String, Vec<u8>), Box<Diagnostic>> {
    let program = converter.program();
    let failed =
        |reason: Text| Box::new(Diagnostic::without_place(Code::JX611, texts::converter_failed(program, reason)));
    let io = |error: std::io::Error| failed(files::reason(&error));
    let folder = tempfile::tempdir().map_err(io)?;
    let extension = converted_extension(kind);
    // A fixed name: a program must not take the name of a document for an option.
    let input = folder.path().join("document").with_extension(path.extension().unwrap_or_default());
    std::fs::copy(path, &input).map_err(io)?;
    let output = folder.path().join("document.out").with_extension(extension);
    let mut command = Command::new(program);
    match converter {
        Converter::Soffice => {
            let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
            command.arg(profile).args(["--headless", "--norestore", "--convert-to", extension, "--outdir"]);
            command.arg(folder.path().join("out")).arg(&input);
        }
        Converter::Pdftotext => {
            command.args(["-layout", "-enc", "UTF-8"]).arg(&input).arg(&output);
        }
    }
    run(command).map_err(|failure| match failure {
        Failure::Missing => Box::new(
            Diagnostic::without_place(Code::JX611, texts::converter_missing(program))
                .help(texts::install_converter(program)),
        ),
        Failure::Reason(reason) => failed(reason),
    })?;
    let made: PathBuf = match converter {
        Converter::Soffice => folder.path().join("out/document").with_extension(extension),
        Converter::Pdftotext => output,
    };
    let bytes = std::fs::read(made).map_err(io)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    Ok((format!("{stem}.{extension}"), bytes))
}

enum Failure {
    Missing,
    Reason(Text),
}

/// Runs a program to its end, silently, within the time limit.
fn run(mut command: Command) -> Result<(), Failure> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let reason = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => Failure::Missing,
        _ => Failure::Reason(files::reason(&error)),
    };
    let mut child = command.spawn().map_err(reason)?;
    let start = Instant::now();
    loop {
        match child.try_wait().map_err(reason)? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => return Err(Failure::Reason(Text::same(status.to_string()))),
            None if start.elapsed() > TIME_LIMIT => {
                // It may be gone by now.
                let _ = child.kill();
                let _ = child.wait();
                return Err(Failure::Reason(texts::reason_too_slow()));
            }
            None => std::thread::sleep(PAUSE),
        }
    }
}
