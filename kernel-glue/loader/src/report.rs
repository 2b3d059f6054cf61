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

/// A [`Subject`] without a name, which two registers hold.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    File,
    Image,
    Segment(u32),
    Section(u32),
    Dynamic(u32),
    Entry(u32),
}

/// What was reported of a module, as far as the next steps need to know.
pub(crate) struct Told<'r> {
    report: Option<Report<'r>>,
    /// Whether anything was reported.
    pub is_refused: bool,
}

impl<'r> Told<'r> {
    pub fn new(report: Report<'r>) -> Self {
        Self { report: Some(report), is_refused: false }
    }

    /// Nobody hears of it.
    pub fn silent() -> Self {
        Self { report: None, is_refused: false }
    }

    /// Reports that something is wrong with `part`.
    #[inline(never)] // for the sake of the stack
    pub fn tell(&mut self, part: Part, code: Code) {
        let subject = match part {
            Part::File => Subject::File,
            Part::Image => Subject::Image,
            Part::Segment(index) => Subject::Segment(index),
            Part::Section(index) => Subject::Section(index),
            Part::Dynamic(tag) => Subject::Dynamic(tag),
            Part::Entry(function) => Subject::Entry(function),
        };
        self.pass_on(&Diagnostic::new(subject, code));
    }

    pub fn pass_on(&mut self, diagnostic: &Diagnostic) {
        self.is_refused = true;
        if let Some(report) = &mut self.report {
            report(diagnostic);
        }
    }

    /// What `result` says if nothing was reported. That a file can't be read is reported too.
    pub fn finish<T, E: Into<ReadError>>(&mut self, result: Result<T, E>) -> Result<T, Refused> {
        match result {
            Ok(found) if !self.is_refused => return Ok(found),
            Ok(_) => {}
            Err(error) => self.tell(Part::File, Code::Unreadable(error.into())),
        }
        Err(Refused)
    }
}
