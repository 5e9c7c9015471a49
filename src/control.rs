//! Which findings count: what a person, the settings, a profile and the standard make of each rule, and which places are
//! excused in a comment.
//!
//! The command line wins over the settings, the settings over the profile, the profile over the standard of the place,
//! and that over the level a rule has by itself.

pub mod baseline;
mod suppression;
mod verdict;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::standard::{Level, Standard};

pub use suppression::{Excused, Suppressions};
pub use verdict::{Verdict, VerdictState, joined, verdicts};

/// What a person asks for on the command line.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    /// The name of a standard whose levels hold over those of the departments' standards.
    pub profile: Option<String>,
    /// Only these rules; all where empty. A rule that is off by default runs where it is named.
    pub select: Vec<Code>,
    /// Never these.
    pub ignore: Vec<Code>,
    /// These as errors.
    pub deny: Vec<Code>,
    /// Every warning as an error.
    pub deny_warnings: bool,
    /// Fixes of errors alone: who publishes, scores or monitors prints no warning, and reading back what its fix would
    /// write costs as much as finding it.
    pub fixes_of_errors_alone: bool,
}

/// The level of every rule under every standard.
pub struct Levels<'a> {
    /// What the command line asks for.
    pub wishes: &'a Wishes,
    /// What the settings file asks for.
    pub config: &'a Config,
    /// The standard whose levels hold for all, where one was asked for.
    pub profile: Option<&'a Standard>,
}

impl Levels<'_> {
    /// What becomes of a rule's findings in a place that follows a standard.
    pub fn level(&self, code: Code, standard: Option<&Standard>) -> Level {
        if !code.has_level() {
            return Level::Report(code.severity());
        }
        let stated = self.config.levels.get(&code);
        let of_profile = || self.profile.and_then(|profile| profile.levels.get(&code));
        let of_standard = || standard.and_then(|standard| standard.levels.get(&code));
        let own = Level::Report(code.severity());
        let level = *stated.or_else(of_profile).or_else(of_standard).unwrap_or(&own);
        self.wished(code, level, own)
    }

    fn wished(&self, code: Code, level: Level, own: Level) -> Level {
        let Wishes { select, ignore, deny, deny_warnings, profile: _, fixes_of_errors_alone: _ } = self.wishes;
        let is_selected = select.contains(&code) || deny.contains(&code);
        if ignore.contains(&code) || !select.is_empty() && !is_selected {
            return Level::Off;
        }
        let level = if level == Level::Off && is_selected { own } else { level };
        match level {
            Level::Report(_) if deny.contains(&code) => Level::Report(Severity::Error),
            Level::Report(Severity::Warning) if *deny_warnings => Level::Report(Severity::Error),
            level => level,
        }
    }

    /// Gives a finding its severity. False where it is not wanted.
    pub fn apply(&self, diagnostic: &mut Diagnostic, standard: Option<&Standard>) -> bool {
        if !diagnostic.code.has_level() {
            return true;
        }
        match self.level(diagnostic.code, standard) {
            Level::Off => false,
            Level::Report(severity) => {
                diagnostic.severity = severity;
                true
            }
        }
    }
}
