//! Whether a module loads on a kernel, and if not, why and what mends it.
//!
//! The load is rehearsed with the code that the firmware has ([`loader`]), at several addresses, and as RT-Thread's own
//! dlmodule does it; what no loader looks at is looked at besides. All that is found is in the [`Report`].

mod abi;
mod branches;
mod contents;
mod finding;
mod groups;
mod imports;
mod memory;
mod names;
mod note;
mod processor;
mod program;
mod prototypes;
mod rehearsal;
mod report;
mod stock;

use crate::module::{Module, ModuleError};
use crate::symbols::Kernel;
use std::path::PathBuf;

pub use finding::{Cause, Finding, Severity, Use};
pub(crate) use rehearsal::structure;
pub use report::Report;

/// A module to be checked.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The name of its file, as in `hello.mo`.
    pub file_name: &'a str,
    /// The bytes of its file.
    pub bytes: &'a [u8],
    /// The unstripped ELF that it was made from: tells who calls what.
    pub unstripped: Option<&'a [u8]>,
}

/// What the check is to know besides.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// How much memory the kernel has left for a load.
    pub ram_bytes: Option<u64>,
    /// The folder that names of source files are told from.
    pub source_root: Option<PathBuf>,
}

/// Everything that one check looks at.
struct Case<'a> {
    subject: Subject<'a>,
    module: Module,
    program: Option<program::Program<'a>>,
    kernel: &'a Kernel,
    options: &'a Options,
}

/// Checks a module against a kernel.
///
/// # Errors
/// When it is no module at all. What is wrong with a module is in the report.
pub fn check(subject: Subject<'_>, kernel: &Kernel, options: &Options) -> Result<Report, ModuleError> {
    let module = match Module::parse(subject.file_name, subject.bytes) {
        Err(error @ ModuleError::Damaged { .. }) => return damaged(subject, kernel, error),
        module => module?,
    };
    // What GCC links still has its own symbols.
    let program = program::Program::parse(subject.unstripped.unwrap_or(subject.bytes));
    let case = Case { subject, module, program, kernel, options };
    let checks = [
        processor::check,
        contents::check,
        rehearsal::check,
        imports::check,
        prototypes::check,
        abi::check,
        names::check,
        note::check,
        memory::check,
    ];
    Ok(Report::new(&case, checks.iter().flat_map(|check| check(&case)).collect()))
}

/// A module whose tables can't be read can still be told where they are wrong.
fn damaged(subject: Subject<'_>, kernel: &Kernel, error: ModuleError) -> Result<Report, ModuleError> {
    let findings = rehearsal::structure(subject.bytes, None);
    if findings.is_empty() { Err(error) } else { Ok(Report::of_damaged(subject, kernel, findings)) }
}
