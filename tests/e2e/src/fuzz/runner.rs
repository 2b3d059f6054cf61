//! Where mutants are made, judged and tried.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::Error;
use super::loading::{Fate, Firmware, Loader};
use super::mutant::{Base, Mutant};
use super::oracle::{Oracle, Verdict};
use super::report::{Finding, Report};
use crate::{Fixture, c_module};

/// Everything that a campaign needs.
pub struct Runner {
    oracle: Oracle,
    firmware: Firmware,
    bases: Vec<Base>,
}

impl Runner {
    /// Builds the firmware with the command `load_all`, and the modules that the mutants are made of.
    pub fn build(fixture: &Fixture) -> Result<Self, Error> {
        let command = fixture.source("tests/firmware/commands/load_all.c");
        let elf = firmware::build_with(fixture.board, "rtthread-fuzz.elf", &[command])?.elf;
        Ok(Self {
            oracle: Oracle { mkmod: fixture.mkmod.clone(), symbols: fixture.kernel_symbols.clone() },
            firmware: Firmware { board: fixture.board, elf },
            bases: bases(fixture)?,
        })
    }

    /// Makes `count` mutants of `seed` and tries them.
    pub fn try_seed(&self, seed: u64, count: usize) -> Result<Report, Error> {
        self.try_mutants((0..count).map(|index| Mutant::make(&self.bases, seed, index)).collect())
    }

    /// Judges each mutant, and loads it where it has to be harmless.
    pub fn try_mutants(&self, mutants: Vec<Mutant>) -> Result<Report, Error> {
        let verdicts = self.oracle.oracle(&mutants)?;
        let broken = mutants.iter().zip(&verdicts).filter_map(|(mutant, verdict)| match verdict {
            Verdict::Broke(words) => Some(Finding::new(mutant, format!("`mkmod check` broke: {words}"))),
            Verdict::Passes | Verdict::Refused => None,
        });
        let mut findings: Vec<_> = broken.collect();

        let (passed, refused): (Vec<_>, Vec<_>) =
            mutants.iter().zip(&verdicts).partition(|(_, verdict)| **verdict == Verdict::Passes);
        let [passed, refused] =
            [passed, refused].map(|some| some.into_iter().map(|(mutant, _)| mutant).collect::<Vec<_>>());
        findings.extend(self.load(Loader::Stock, &passed, Fate::fault_of_passed)?);
        findings.extend(self.load(Loader::Glue, &passed, Fate::fault_of_passed)?);
        findings.extend(self.load(Loader::Glue, &refused, Fate::fault_of_refused)?);
        Ok(Report { mutants: mutants.len(), passed: passed.len(), findings })
    }

    fn load(
        &self,
        loader: Loader,
        mutants: &[&Mutant],
        fault: fn(&Fate) -> Option<String>,
    ) -> Result<Vec<Finding>, Error> {
        let fates = self.firmware.load(loader, mutants)?;
        let faults = mutants.iter().zip(&fates).filter_map(|(mutant, fate)| Some((mutant, fault(fate)?)));
        Ok(faults.map(|(mutant, fault)| Finding::new(mutant, format!("{loader}: {fault}"))).collect())
    }
}

/// The applications, and a program in C that has everything: as small as it can be, and linked the usual way.
fn bases(fixture: &Fixture) -> Result<Vec<Base>, Error> {
    let folder = tempfile::tempdir()?;
    let source = fixture.source("tests/c/variables.c");
    let mut files: Vec<PathBuf> =
        fixture.modules.iter().filter(|file| !file.ends_with("missing.mo")).cloned().collect();
    let [small, usual] = ["small.mo", "usual.mo"].map(|name| folder.path().join(name));
    c_module::build(fixture, &source, &small)?;
    c_module::build_as_usual(fixture, &source, &usual)?;
    files.extend([small, usual]);
    files.iter().map(|file| base(file)).collect()
}

fn base(file: &Path) -> Result<Base, Error> {
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let bytes = fs::read(file).map_err(|error| Error::File(file.into(), error))?;
    Ok(Base { name, bytes })
}
