//! Makes mutants, asks `mkmod check` about them, and loads them.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::Error;
use super::loading::{Fate, Firmware, Loader};
use super::mutant::{Base, Mutant};
use super::oracle::{Oracle, Verdict};
use super::report::{Finding, Report};
use crate::{Fixture, c_module};

/// Runs campaigns on one board.
pub struct Runner {
    /// The oracle for dlmodule.
    stock: Oracle,
    /// The oracle for kernel-glue.
    glue: Oracle,
    firmware: Firmware,
    bases: Vec<Base>,
}

/// Mutants by the verdict of `mkmod check` for one loader.
#[derive(Default)]
struct Sorted<'m> {
    passed: Vec<&'m Mutant>,
    refused: Vec<&'m Mutant>,
    unfit: Vec<&'m Mutant>,
    /// The mutants on which `mkmod check` crashed.
    findings: Vec<Finding>,
}

impl Runner {
    /// Builds a firmware with the command `load_all`, and the modules that mutants are made from.
    ///
    /// # Errors
    /// When one of them can't be built.
    pub fn build(fixture: &Fixture) -> Result<Self, Error> {
        let command = fixture.source("tests/firmware/commands/load_all.c");
        let elf = firmware::build_with(fixture.board, "rtthread-fuzz.elf", &[command])?.elf;
        let oracle = |loader| Oracle::new(&fixture.kernel_symbols, loader);
        Ok(Self {
            stock: oracle(Loader::Stock)?,
            glue: oracle(Loader::Glue)?,
            firmware: Firmware { board: fixture.board, elf },
            bases: bases(fixture)?,
        })
    }

    /// Makes `count` mutants from `seed` and tries them.
    ///
    /// # Errors
    /// As [`try_mutants`](Self::try_mutants).
    pub fn try_seed(&self, seed: u64, count: usize) -> Result<Report, Error> {
        self.try_mutants((0..count).map(|index| Mutant::make(&self.bases, seed, index)).collect())
    }

    /// Asks `mkmod check` about each mutant, and loads those that must be harmless.
    ///
    /// # Errors
    /// When the campaign ends early. Findings are not errors, but in the report.
    pub fn try_mutants(&self, mutants: Vec<Mutant>) -> Result<Report, Error> {
        let stock = sort(&mutants, self.stock.ask(&mutants));
        let glue = sort(&mutants, self.glue.ask(&mutants));
        let passed = stock.passed.len().min(glue.passed.len());
        let mut findings = [stock.findings, glue.findings].into_iter().flatten().collect::<Vec<_>>();
        findings.extend(self.load(Loader::Stock, &stock.passed, Fate::fault_of_passed)?);
        findings.extend(self.load(Loader::Glue, &glue.passed, Fate::fault_of_passed)?);
        findings.extend(self.load(Loader::Glue, &glue.refused, Fate::fault_of_refused)?);
        findings.extend(self.load(Loader::Glue, &glue.unfit, Fate::fault_of_unfit)?);
        Ok(Report { mutants: mutants.len(), passed, findings })
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

fn sort(mutants: &[Mutant], verdicts: Vec<Verdict>) -> Sorted<'_> {
    let mut sorted = Sorted::default();
    for (mutant, verdict) in mutants.iter().zip(verdicts) {
        match verdict {
            Verdict::Passes => sorted.passed.push(mutant),
            Verdict::Refused => sorted.refused.push(mutant),
            Verdict::Unfit => sorted.unfit.push(mutant),
            Verdict::Broke(words) => {
                sorted.findings.push(Finding::new(mutant, format!("`mkmod check` broke: {words}")));
            }
        }
    }
    sorted
}

/// The applications, and a C program with all kinds of variables, linked for size and with GCC's defaults.
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
