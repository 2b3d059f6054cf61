//! How the loader tells what is wrong.

use core::fmt;
use format::{Code, Diagnostic, ReadError, Subject};

/// What hears of each diagnostic.
pub(crate) type Report<'r> = &'r mut dyn FnMut(&Diagnostic);

/// The module can't be loaded; each reason was reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused;

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the module can't be loaded")
    }
}

impl core::error::Error for Refused {}

/// Reports that the file can't be read.
pub(crate) fn unreadable(error: ReadError, report: Report<'_>) -> Refused {
    tell(Subject::File, Code::Unreadable(error), report);
    Refused
}

pub(crate) fn tell(subject: Subject, code: Code, report: Report<'_>) {
    report(&Diagnostic::new(subject, code));
}
