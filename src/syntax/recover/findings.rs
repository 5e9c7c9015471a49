//! What a recovery finds: as much as is ever listed, and how much more there is.

use super::super::MAXIMUM_SYNTAX_ERRORS;
use crate::diagnostic::Diagnostic;

/// Findings in about the order of the text. A text of nothing but mistakes makes no more than are shown.
#[derive(Default)]
pub(super) struct RecoveryFindings {
    listed: Vec<Diagnostic>,
    /// With those that are not listed.
    count: usize,
}

impl RecoveryFindings {
    /// Some stand a little before the one that was found before them: the first that are shown are among twice as many.
    const KEPT: usize = 2 * MAXIMUM_SYNTAX_ERRORS;

    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.count += 1;
        if self.listed.len() < Self::KEPT {
            self.listed.push(diagnostic);
        }
    }

    /// Whether another is counted only: then it need not be made.
    pub(super) fn counts_only(&mut self) -> bool {
        let is_full = self.listed.len() == Self::KEPT;
        self.count += usize::from(is_full);
        is_full
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Those that are kept; the last says how many more there are.
    pub(super) fn listed(mut self) -> Vec<Diagnostic> {
        let more = self.count - self.listed.len();
        if let Some(last) = self.listed.last_mut() {
            last.more = u32::try_from(more).unwrap_or(u32::MAX);
        }
        self.listed
    }
}
