//! The oracle: what `mkmod check` says of a mutant, for a kernel that has one loader or the other.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use firmware::Mkmod;
use setup::process;
use tempfile::TempDir;

use super::error::Error;
use super::loading::Loader;
use super::mutant::Mutant;

/// What `mkmod check --ram` is told: less than the board has free, of a heap of 256K.
const RAM: &str = "192K";

/// What `mkmod check` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Passes,
    Refused,
    /// It panicked, or the like.
    Broke(String),
}

/// In front of the kernel's loader in the text of `mkmod symbols`.
const LOADER: &str = "# loader: ";

/// `mkmod check`, for a kernel with one loader.
pub struct Oracle {
    mkmod: Mkmod,
    /// Where the kernel's text is.
    folder: TempDir,
}

impl Oracle {
    /// The oracle for the kernel of which `mkmod symbols` has written `symbols`, if it had this loader.
    pub fn new(mkmod: &Mkmod, symbols: &Path, loader: Loader) -> Result<Self, Error> {
        let of_symbols = |error| Error::File(symbols.into(), error);
        let text = fs::read_to_string(symbols).map_err(of_symbols)?;
        let oracle = Self { mkmod: mkmod.clone(), folder: tempfile::tempdir()? };
        fs::write(oracle.symbols(), with_loader(&text, loader)).map_err(of_symbols)?;
        Ok(oracle)
    }

    /// What `mkmod check` says of each of `mutants`. It is asked on all processors.
    pub fn ask(&self, mutants: &[Mutant]) -> Result<Vec<Verdict>, Error> {
        let folder = tempfile::tempdir()?;
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let ask_some = |some: &[Mutant]| some.iter().map(|mutant| self.ask_one(mutant, folder.path())).collect();
        thread::scope(|scope| {
            let shares = mutants.chunks(mutants.len().div_ceil(workers).max(1));
            let workers: Vec<_> = shares.map(|some| scope.spawn(move || ask_some(some))).collect();
            let verdicts = workers.into_iter().map(|worker| match worker.join() {
                Ok(verdicts) => verdicts,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            Ok(verdicts.collect::<Result<Vec<Vec<_>>, Error>>()?.concat())
        })
    }

    fn ask_one(&self, mutant: &Mutant, folder: &Path) -> Result<Verdict, Error> {
        let file = folder.join(&mutant.name).with_extension("mo");
        fs::write(&file, &mutant.bytes).map_err(|error| Error::File(file.clone(), error))?;
        let mut check = self.mkmod.command();
        check.arg("check").arg(&file).args(["--ram", RAM, "--kernel"]).arg(self.symbols());
        let output = process::output(&mut check)?;
        Ok(match output.status.code() {
            Some(0) => Verdict::Passes,
            Some(1) => Verdict::Refused,
            _ => Verdict::Broke(format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim())),
        })
    }

    fn symbols(&self) -> PathBuf {
        self.folder.path().join("kernel.syms")
    }
}

/// The text of `mkmod symbols` for the same kernel with another loader.
fn with_loader(symbols: &str, loader: Loader) -> String {
    let lines = symbols.lines().map(|line| match line.starts_with(LOADER) {
        true => format!("{LOADER}{}\n", loader.name()),
        false => format!("{line}\n"),
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_loader_alone_is_another() {
        let text = "# kernel: rtthread.elf\n# loader: kernel-glue\nrt_kprintf => 0x00002001\n";
        assert_eq!(with_loader(text, Loader::Glue), text);
        assert_eq!(with_loader(text, Loader::Stock), text.replace("kernel-glue", "dlmodule"));
    }
}
