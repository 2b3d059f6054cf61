//! Checks that a module loads on a kernel. If it does not, the report says why, and how to mend it.
//!
//! 1. **The rules are those of the kernel's loader.** The firmware and this check use the same code for our loader
//!    ([`loader`]): here as a dry run, at several addresses. For a kernel that has only RT-Thread's own dlmodule, the rules
//!    of dlmodule are added.
//! 2. **It checks what no loader can see**: the processor, prototypes, names, stack and memory.
//! 3. **It reports everything** that it finds, not only the first error.

mod abi;
mod advice;
mod branches;
mod constructors;
mod dlmodule;
mod dry_run;
mod finding;
mod gaps;
mod groups;
mod imports;
mod memory;
mod names;
mod note;
mod processor;
mod program;
mod prototypes;
mod report;

use crate::module::{Module, ModuleError};
use crate::symbols::{Kernel, Loader};
use std::path::PathBuf;

pub(crate) use dry_run::structure;
pub use finding::{Cause, Finding, Severity, Use};
pub use report::Report;

/// The module to check.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The name of its file, as in `hello.mo`.
    pub file_name: &'a str,
    /// The bytes of its file.
    pub bytes: &'a [u8],
    /// The ELF file with symbols that it was made from. It contains the callers of each import.
    pub unstripped: Option<&'a [u8]>,
}

/// Options of a check.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The free heap of the kernel in bytes.
    pub ram_bytes: Option<u64>,
    /// Source files are shown relative to this folder.
    pub source_root: Option<PathBuf>,
}

/// The input of each check.
struct Case<'a> {
    subject: Subject<'a>,
    module: Module,
    program: Option<program::Program<'a>>,
    kernel: &'a Kernel,
    loader: Loader,
    options: &'a Options,
}

/// Checks a module against a kernel.
///
/// # Errors
/// When it is no module at all. All errors in a module are in the report.
pub fn check(subject: Subject<'_>, kernel: &Kernel, options: &Options) -> Result<Report, ModuleError> {
    let module = match Module::parse(subject.file_name, subject.bytes) {
        Err(error @ ModuleError::Damaged { .. }) => return damaged(subject, kernel, error),
        module => module?,
    };
    let damages = dry_run::tables(subject.bytes);
    if !damages.is_empty() {
        return Ok(Report::of_damaged(subject, kernel, damages));
    }
    // A module that GCC has linked still has its symbols.
    let program = program::Program::parse(subject.unstripped.unwrap_or(subject.bytes));
    let loader = loader(&module, kernel);
    let case = Case { subject, module, program, kernel, loader, options };
    let checks = [
        processor::check,
        gaps::check,
        dry_run::check,
        imports::check,
        prototypes::check,
        abi::check,
        constructors::check,
        names::check,
        note::check,
        memory::check,
    ];
    let mut findings: Vec<_> = checks.iter().flat_map(|check| check(&case)).collect();
    if loader == Loader::Dlmodule {
        findings.extend(dlmodule::check(&case));
    }
    Ok(Report::new(&case, findings))
}

/// The loader that the module will be loaded by: a module that uses the module ABI needs kernel-glue, which has our loader.
fn loader(module: &Module, kernel: &Kernel) -> Loader {
    let uses_abi = module.imports.iter().any(|import| abi::is_marker(&import.name));
    if uses_abi && kernel.abi_major().is_none() { Loader::Glue } else { kernel.loader }
}

/// Verifies a module whose tables can't be read, to find where they are wrong.
fn damaged(subject: Subject<'_>, kernel: &Kernel, error: ModuleError) -> Result<Report, ModuleError> {
    let findings = dry_run::structure(subject.bytes, None);
    if findings.is_empty() { Err(error) } else { Ok(Report::of_damaged(subject, kernel, findings)) }
}
