//! `mkmod check` on many mutants.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use firmware::Mkmod;
use setup::process;

use super::error::Error;
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

/// `mkmod check`, for one kernel.
pub struct Oracle {
    pub mkmod: Mkmod,
    /// What the kernel exports, as `mkmod symbols` writes it.
    pub symbols: PathBuf,
}

impl Oracle {
    /// Judges each of `mutants`, on all processors.
    pub fn oracle(&self, mutants: &[Mutant]) -> Result<Vec<Verdict>, Error> {
        let folder = tempfile::tempdir()?;
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let judge_some = |some: &[Mutant]| some.iter().map(|mutant| self.judge_one(mutant, folder.path())).collect();
        thread::scope(|scope| {
            let shares = mutants.chunks(mutants.len().div_ceil(workers).max(1));
            let workers: Vec<_> = shares.map(|some| scope.spawn(move || judge_some(some))).collect();
            let verdicts = workers.into_iter().map(|worker| match worker.join() {
                Ok(verdicts) => verdicts,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            Ok(verdicts.collect::<Result<Vec<Vec<_>>, Error>>()?.concat())
        })
    }

    fn judge_one(&self, mutant: &Mutant, folder: &Path) -> Result<Verdict, Error> {
        let file = folder.join(&mutant.name).with_extension("mo");
        fs::write(&file, &mutant.bytes).map_err(|error| Error::File(file.clone(), error))?;
        let mut check = self.mkmod.command();
        check.arg("check").arg(&file).args(["--ram", RAM, "--kernel"]).arg(&self.symbols);
        let output = process::output(&mut check)?;
        Ok(match output.status.code() {
            Some(0) => Verdict::Passes,
            Some(1) => Verdict::Refused,
            _ => Verdict::Broke(format!("{}: {}", output.status, String::from_utf8_lossy(&output.stderr).trim())),
        })
    }
}
