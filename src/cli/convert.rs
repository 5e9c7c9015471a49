//! Documents of a kind that cannot be read, made readable by a program on the machine.

use std::path::Path;

use super::files;
use super::programs::{self, ProgramFailure};
use super::writing::ScratchFolder;
use crate::diagnostic::{Code, Diagnostic, Text, texts};
use crate::import::kind::{Converter, FileKind, converted_extension};

/// The name and the bytes of a document, converted. The original stays as it is.
///
/// # Errors
/// JX611 where the program is missing, fails or takes too long.
pub fn convert(path: &Path, converter: Converter, kind: FileKind) -> Result<(String, Vec<u8>), Diagnostic> {
    let program = converter.program();
    let failed = |reason: Text| Diagnostic::without_place(Code::JX611, texts::converter_failed(program, reason));
    let io = |error: std::io::Error| failed(files::reason(&error));
    let folder = ScratchFolder::new().map_err(io)?;
    let extension = converted_extension(kind);
    // A fixed name: a program must not take the name of a document for an option.
    let input = folder.path().join("document").with_extension(path.extension().unwrap_or_default());
    std::fs::copy(path, &input).map_err(io)?;
    let out = folder.path().join("out");
    std::fs::create_dir(&out).map_err(io)?;
    let output = out.join("document").with_extension(extension);
    let mut command = match converter {
        Converter::Soffice => programs::soffice(Path::new(program), &input, extension, &out),
    };
    programs::run(&mut command).map_err(|failure| match failure {
        ProgramFailure::Missing => Diagnostic::without_place(Code::JX611, texts::converter_missing(program))
            .help(texts::install_converter(program)),
        ProgramFailure::Reason(reason) => failed(reason),
    })?;
    let bytes = std::fs::read(output).map_err(io)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    Ok((format!("{stem}.{extension}"), bytes))
}
