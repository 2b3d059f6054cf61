//! What came of a campaign.

use std::fmt;

use super::mutant::Mutant;

/// What came of the mutants.
#[derive(Debug)]
pub struct Report {
    /// How many were tried.
    pub mutants: usize,
    /// How many of them `mkmod check` has passed: for the loader for which it has passed fewer.
    pub passed: usize,
    /// Those that did what they must not.
    pub findings: Vec<Finding>,
}

/// A mutant that did what it must not.
#[derive(Debug)]
pub struct Finding {
    /// The mutant.
    pub mutant: Mutant,
    what: String,
}

impl Finding {
    /// `what` `mutant` did.
    pub fn new(mutant: &Mutant, what: String) -> Self {
        Self { mutant: mutant.clone(), what }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { mutants, passed, findings } = self;
        writeln!(f, "{mutants} mutants, {passed} of them pass `mkmod check`; {} findings", findings.len())?;
        findings.iter().try_for_each(|finding| writeln!(f, "{finding}"))
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}) {}", self.mutant.file_name(), self.mutant.story, self.what)
    }
}
