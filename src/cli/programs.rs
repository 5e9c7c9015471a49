//! Programs on the machine: run silently within a time limit, and only where the person asks for what they alone can do.
//! What they start in turn ends with them, and all of it with this run, however it ends.

use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::files;
use crate::diagnostic::{Text, texts};

/// A document that takes longer is given up.
const TIME_LIMIT: Duration = Duration::from_mins(2);
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
    run_within(TIME_LIMIT, command)
}

fn run_within(limit: Duration, command: &mut Command) -> Result<(), ProgramFailure> {
    let reason = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => ProgramFailure::Missing,
        _ => ProgramFailure::Reason(files::reason(&error)),
    };
    // A file, not a pipe: nobody has to read along for the program to go on.
    let mut complaints = tempfile::tempfile().map_err(reason)?;
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(complaints.try_clone().map_err(reason)?);
    let mut child = group::lead(command).spawn().map_err(reason)?;
    let _group = group::watched(&child);
    let start = Instant::now();
    loop {
        match child.try_wait().map_err(reason)? {
            Some(status) if status.success() => return Ok(()),
            Some(status) => {
                let complaint = last_line(&mut complaints).unwrap_or_else(|| status.to_string());
                return Err(ProgramFailure::Reason(Text::same(complaint)));
            }
            None if start.elapsed() > limit => {
                group::end(&mut child);
                return Err(ProgramFailure::Reason(texts::reason_too_slow()));
            }
            None => std::thread::sleep(PAUSE),
        }
    }
}

/// A program with all that it starts.
#[cfg(unix)]
mod group {
    use std::os::unix::process::CommandExt;

    use super::{Child, Command, Stdio};

    /// Lets a program lead a group of its own.
    pub fn lead(command: &mut Command) -> &mut Command {
        command.process_group(0)
    }

    /// Ends its group when it is dropped.
    ///
    /// A shell of the group waits for its standard input to end, and that ends with this run, whatever becomes of it. So
    /// nothing has to catch signals here, nor is any left out that nothing can catch.
    pub struct Group(Option<Child>);

    pub fn watched(leader: &Child) -> Group {
        let Ok(id) = i32::try_from(leader.id()) else { return Group(None) };
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", "read _; kill -KILL 0"]).process_group(id);
        Group(shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok())
    }

    impl Drop for Group {
        fn drop(&mut self) {
            if let Some(shell) = &mut self.0 {
                drop(shell.stdin.take());
                let _ = shell.wait();
            }
        }
    }

    /// Ends the leader; the others end with [`Group`].
    pub fn end(leader: &mut Child) {
        // It may be gone by now.
        let _ = leader.kill();
        let _ = leader.wait();
    }
}

#[cfg(not(unix))]
mod group {
    use super::{Child, Command, Stdio};

    pub fn lead(command: &mut Command) -> &mut Command {
        command
    }

    pub fn watched(_: &Child) {}

    /// Ends a program with all that it started.
    pub fn end(leader: &mut Child) {
        let mut tree = Command::new("taskkill");
        tree.args(["/T", "/F", "/PID", &leader.id().to_string()]);
        let _ = tree.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
        // It may be gone by now.
        let _ = leader.kill();
        let _ = leader.wait();
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

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_takes_too_long_ends_with_all_that_it_started() {
        let folder = tempfile::tempdir().expect("a folder");
        let alive = folder.path().join("alive");
        let mut command = Command::new("sh");
        // A child that would outlive its parent and goes on telling so.
        command.args(["-c", "(while :; do date > \"$0\"; sleep 0.1; done) & wait"]).arg(&alive);
        let limit = Duration::from_millis(700);
        assert!(matches!(run_within(limit, &mut command), Err(ProgramFailure::Reason(_))));
        assert!(alive.exists(), "the child ran");
        std::fs::remove_file(&alive).expect("its sign");
        std::thread::sleep(Duration::from_millis(500));
        assert!(!alive.exists(), "the child is gone");
    }

    #[test]
    fn a_program_that_ends_is_waited_for_and_no_longer() {
        for (script, is_fine) in [("true", true), ("exit 3", false)] {
            let start = Instant::now();
            assert_eq!(run(Command::new("sh").args(["-c", script])).is_ok(), is_fine);
            assert!(start.elapsed() < Duration::from_secs(10), "{script}");
        }
    }
}
