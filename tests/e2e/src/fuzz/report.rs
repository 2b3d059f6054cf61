//! The report of a campaign.

use std::fmt;

use super::mutant::Mutant;

/// The outcome of a campaign.
#[derive(Debug)]
pub struct Report {
    /// How many were tried.
    pub mutants: usize,
    /// How many of them `mkmod check` has passed. If it differs between the loaders, the smaller number.
    pub passed: usize,
    /// The mutants that did something that they must not do.
    pub findings: Vec<Finding>,
}

/// A mutant that did something that it must not do.
#[derive(Debug)]
pub struct Finding {
    /// The mutant.
    pub mutant: Mutant,
    what: String,
}

impl Finding {
    /// A finding about `mutant`, which `what` describes.
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
