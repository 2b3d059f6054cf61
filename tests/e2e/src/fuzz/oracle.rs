//! The oracle: the verdict of `mkmod check` on a mutant, for a kernel with one of the two loaders.

use std::any::Any;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::thread;

use mkmod::check::{self, Cause, Finding, Options, Severity, Subject};
use mkmod::symbols::Kernel;

use super::error::Error;
use super::loading::Loader;
use super::mutant::Mutant;

/// The free heap. It is less than what is free of the board's heap of 256 KB.
const RAM: u64 = 192 << 10;

/// The verdict of `mkmod check`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Passes,
    /// The loader does not load it.
    Refused,
    /// It would fail when it runs, which no loader can see.
    Unfit,
    /// The check panicked.
    Broke(String),
}

/// `mkmod check`, for a kernel with one loader.
pub struct Oracle {
    kernel: Kernel,
    options: Options,
}

impl Oracle {
    /// An oracle for a kernel with `loader`. `symbols` is the output of `mkmod symbols`, whatever loader it names.
    pub fn new(symbols: &Path, loader: Loader) -> Result<Self, Error> {
        let kernel = Kernel { loader: loader.of_kernel(), ..Kernel::open(symbols)? };
        Ok(Self { kernel, options: Options { ram_bytes: Some(RAM), ..Options::default() } })
    }

    /// The verdicts on `mutants`. Several checks run in parallel.
    pub fn ask(&self, mutants: &[Mutant]) -> Vec<Verdict> {
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let ask_some = |some: &[Mutant]| some.iter().map(|mutant| self.ask_one(mutant)).collect::<Vec<_>>();
        thread::scope(|scope| {
            let shares = mutants.chunks(mutants.len().div_ceil(workers).max(1));
            let workers: Vec<_> = shares.map(|some| scope.spawn(move || ask_some(some))).collect();
            let verdicts = workers.into_iter().map(|worker| match worker.join() {
                Ok(verdicts) => verdicts,
                Err(panic) => panic::resume_unwind(panic),
            });
            verdicts.collect::<Vec<_>>().concat()
        })
    }

    fn ask_one(&self, mutant: &Mutant) -> Verdict {
        let file_name = mutant.file_name();
        let subject = Subject { file_name: &file_name, bytes: &mutant.bytes, unstripped: None };
        match panic::catch_unwind(AssertUnwindSafe(|| check::check(subject, &self.kernel, &self.options))) {
            Ok(Ok(report)) => verdict(report.findings()),
            Ok(Err(_)) => Verdict::Refused,
            Err(panic) => Verdict::Broke(words(panic.as_ref())),
        }
    }
}

fn verdict(findings: &[Finding]) -> Verdict {
    let errors = || findings.iter().map(|finding| &finding.cause).filter(|cause| cause.severity() == Severity::Error);
    if errors().any(is_of_loader) {
        Verdict::Refused
    } else if errors().next().is_some() {
        Verdict::Unfit
    } else {
        Verdict::Passes
    }
}

/// Whether the loader looks for it too.
fn is_of_loader(cause: &Cause) -> bool {
    matches!(
        cause,
        Cause::Structure(_)
            | Cause::Dlmodule(_)
            | Cause::Missing { .. }
            | Cause::Abi { .. }
            | Cause::Architecture { .. }
            | Cause::HardFloat { .. }
    )
}

/// The message of a panic.
fn words(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(causes: &[Cause]) -> Verdict {
        verdict(&causes.iter().cloned().map(Finding::new).collect::<Vec<_>>())
    }

    #[test]
    fn what_a_loader_does_not_look_for_is_no_refusal() {
        let missing = || Cause::Missing { name: "rt_pin_write".into(), kernel: "kernel".into() };
        assert_eq!(of(&[Cause::NoNote]), Verdict::Passes);
        assert_eq!(of(&[Cause::NoNote, Cause::NoteEntry]), Verdict::Unfit);
        assert_eq!(of(&[Cause::NoteEntry, missing()]), Verdict::Refused);
    }
}
