//! The oracle: the verdict of `mkmod check` on a mutant, for a kernel with one of the two loaders.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use firmware::Mkmod;
use setup::process;
use tempfile::TempDir;

use super::error::Error;
use super::loading::Loader;
use super::mutant::Mutant;

/// The value for `mkmod check --ram`. It is less than what is free of the board's heap of 256 KB.
const RAM: &str = "192K";

/// The verdict of `mkmod check`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Passes,
    Refused,
    /// It panicked or crashed.
    Broke(String),
}

/// The beginning of the line in the output of `mkmod symbols` that names the kernel's loader.
const LOADER: &str = "# loader: ";

/// `mkmod check`, for a kernel with one loader.
pub struct Oracle {
    mkmod: Mkmod,
    /// The folder with the symbols of the kernel.
    folder: TempDir,
}

impl Oracle {
    /// An oracle for a kernel with `loader`. `symbols` is the output of `mkmod symbols`, whatever loader it names.
    pub fn new(mkmod: &Mkmod, symbols: &Path, loader: Loader) -> Result<Self, Error> {
        let of_symbols = |error| Error::File(symbols.into(), error);
        let text = fs::read_to_string(symbols).map_err(of_symbols)?;
        let oracle = Self { mkmod: mkmod.clone(), folder: tempfile::tempdir()? };
        fs::write(oracle.symbols(), with_loader(&text, loader)).map_err(of_symbols)?;
        Ok(oracle)
    }

    /// The verdicts on `mutants`. Several `mkmod check` run in parallel.
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

/// The output of `mkmod symbols`, with another loader.
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
