//! `jixiao man`: the manual page.

use clap::Command;

use super::output::{Terminal, cannot};
use super::{Failure, Outcome};
use crate::diagnostic::{Code, texts};

/// Prints the page of the whole command line.
pub fn run(whole: Command, terminal: &Terminal) -> Result<Outcome, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(whole)
        .render(&mut page)
        .map_err(|error| cannot(Code::JX909, texts::cannot_write("man", error.to_string())))?;
    terminal.print(&String::from_utf8_lossy(&page))?;
    Ok(Outcome::Fine)
}
