//! Budgets of a package: how much its modules may take, and what has grown when one takes more.
//!
//! ```toml
//! [package.metadata.mkmod]
//! max-resident = "8K"   # memory while it is loaded, with its heap arena
//! max-file = 1300       # the `.mo` file
//! max-stack = "2K"      # the stack that it asks for
//! ```
//!
//! The build that is past a budget fails and writes nothing. So the files of the last build that was not are still there,
//! and tell what has grown since.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use crate::manifest::{Bytes, Settings};
use crate::module::{Module, ModuleError};
use crate::size::{self, Files, Report};

/// How many functions a refusal tells.
const FUNCTIONS: usize = 8;

/// A module that is past its budgets: by how much, and what has grown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.told())]
pub struct Overrun {
    /// The module.
    pub name: String,
    /// What it has too much of; at least one.
    pub excesses: Vec<Excess>,
    /// What its bytes are spent on; `None` if that can't be told, or does not matter.
    pub reason: Option<Reason>,
}

/// A budget that is too small.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excess {
    /// Which.
    pub budget: Budget,
    /// What the module may take, in bytes.
    pub allowed: u64,
    /// What it takes, in bytes.
    pub taken: u64,
    /// What it took in the last build, in bytes.
    pub before: Option<u64>,
}

/// What there are budgets for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    /// Memory while the module is loaded.
    Resident,
    /// The module's file.
    File,
    /// The stack that the module asks for.
    Stack,
}

/// What the bytes of a module are spent on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// What has more bytes than in the last build, and how many more; the largest growth first.
    Grown(Vec<(String, u64)>),
    /// The largest functions: there was no build before, or nothing has grown.
    Largest(Vec<(String, u64)>),
}

/// Compares a module with the budgets in `settings`, and if it is past one, with the module of the last build, which is
/// the first in `previous` that is there with its program.
///
/// # Errors
/// When the module is past a budget.
pub fn check(files: Files<'_>, settings: &Settings, previous: &[PathBuf]) -> Result<(), BudgetError> {
    let budgets = [
        (Budget::Resident, settings.max_resident),
        (Budget::File, settings.max_file),
        (Budget::Stack, settings.max_stack),
    ];
    if budgets.iter().all(|(_, allowed)| allowed.is_none()) {
        return Ok(());
    }
    let module = Module::parse(files.module_name, files.module)?;
    let excesses = budgets.into_iter().filter_map(|(budget, allowed)| excess(budget, allowed?, &module));
    let excesses: Vec<Excess> = excesses.collect();
    if excesses.is_empty() {
        return Ok(());
    }
    Err(overrun(files, excesses, previous).into())
}

/// Why a module is not within its budgets.
#[derive(Debug, thiserror::Error)]
pub enum BudgetError {
    /// It is past one.
    #[error(transparent)]
    Overrun(#[from] Overrun),
    /// It can't be read.
    #[error(transparent)]
    Module(#[from] ModuleError),
}

fn excess(budget: Budget, Bytes(allowed): Bytes, module: &Module) -> Option<Excess> {
    let taken = budget.taken(module)?;
    (taken > allowed).then_some(Excess { budget, allowed, taken, before: None })
}

fn overrun(files: Files<'_>, mut excesses: Vec<Excess>, previous: &[PathBuf]) -> Overrun {
    let before = previous.iter().find_map(|path| Before::read(path));
    for excess in &mut excesses {
        excess.before = before.as_ref().and_then(|before| excess.budget.taken(&before.module));
    }
    let matters = excesses.iter().any(|excess| excess.budget != Budget::Stack);
    let now = if matters { size::measure(files, None).ok() } else { None };
    Overrun {
        name: files.module_name.to_owned(),
        excesses,
        reason: now.map(|now| Reason::of(&now, before.map(|before| before.report).as_ref())),
    }
}

/// The last build.
struct Before {
    module: Module,
    report: Report,
}

impl Before {
    fn read(path: &std::path::Path) -> Option<Self> {
        let report = size::open(path, None).ok()?;
        let module = Module::parse(&report.file, &std::fs::read(path).ok()?).ok()?;
        Some(Self { module, report })
    }
}

impl Reason {
    fn of(now: &Report, before: Option<&Report>) -> Self {
        let old = before.map(bytes_by_name).unwrap_or_default();
        let sizes = bytes_by_name(now).into_iter();
        let grown = sizes.map(|(name, bytes)| (name, bytes.saturating_sub(old.get(name).copied().unwrap_or(0))));
        let mut grown: Vec<(String, u64)> =
            grown.filter(|(_, bytes)| *bytes > 0).map(|(name, bytes)| (name.to_owned(), bytes)).collect();
        if before.is_none() || grown.is_empty() {
            return Self::Largest(now.functions.iter().map(|row| (row.name.clone(), row.bytes)).collect());
        }
        grown.sort_by_key(|(_, bytes)| u64::MAX - bytes);
        Self::Grown(grown)
    }
}

/// Functions by name: those of one name are one.
fn bytes_by_name(report: &Report) -> BTreeMap<&str, u64> {
    let mut sizes = BTreeMap::new();
    for row in &report.functions {
        *sizes.entry(row.name.as_str()).or_default() += row.bytes;
    }
    sizes
}

impl Budget {
    fn taken(self, module: &Module) -> Option<u64> {
        let note = module.complete_note();
        match self {
            Self::Resident => Some(module.image_bytes()),
            Self::File => Some(module.file_bytes),
            // A library runs on the stack of who calls it.
            Self::Stack => note.filter(|note| !note.library).map(|note| note.stack_bytes.into()),
        }
    }

    fn key(self) -> &'static str {
        match self {
            Self::Resident => "max-resident",
            Self::File => "max-file",
            Self::Stack => "max-stack",
        }
    }
}

impl fmt::Display for Budget {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Resident => "resident",
            Self::File => "in its file",
            Self::Stack => "of stack",
        })
    }
}

impl fmt::Display for Excess {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { budget, allowed, taken, before } = self;
        write!(out, "{taken} bytes {budget}, {} more than {} = {allowed}", taken - allowed, budget.key())?;
        match before {
            Some(before) => write!(out, "; it was {before} in the last build"),
            None => Ok(()),
        }
    }
}

impl Overrun {
    fn told(&self) -> String {
        let mut out = format!("{} is larger than its package allows:", self.name);
        for excess in &self.excesses {
            out += &format!("\n  {excess}");
        }
        let (title, sign, functions) = match &self.reason {
            Some(Reason::Grown(functions)) => ("what has grown since the last build", "+", functions),
            Some(Reason::Largest(functions)) => ("what is largest in it", "", functions),
            None => return out + MEND,
        };
        out += &format!("\n{title}:");
        for (name, bytes) in functions.iter().take(FUNCTIONS) {
            let name = size::shortened(name, 68);
            let bytes = format!("{sign}{bytes}");
            out += &format!("\n{bytes:>10}  {name}");
        }
        if let more @ 1.. = functions.len().saturating_sub(FUNCTIONS) {
            out += &format!("\n{:>10}  and {more} more", "");
        }
        out + MEND
    }
}

const MEND: &str = "\nmake it smaller, or allow it more in `[package.metadata.mkmod]` of its Cargo.toml";
