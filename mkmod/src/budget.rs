//! Budgets of a package: limits for the size of its modules, and a report of what has grown past them.
//!
//! ```toml
//! [package.metadata.mkmod]
//! max-resident = "8K"   # memory while it is loaded, with its heap arena
//! max-file = 1300       # the `.mo` file
//! max-stack = "2K"      # the stack that it asks for
//! ```
//!
//! `max-interrupt-stack` is held by the linker: see [`stack::check_interrupts`](crate::stack::check_interrupts).
//!
//! A build that exceeds a budget fails and writes nothing. The files of the last build are still there, so the error can
//! show what has grown since.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use crate::manifest::{Bytes, Settings};
use crate::module::{Module, ModuleError};
use crate::size::{self, Files, Report};

/// The number of functions in an error.
const FUNCTIONS: usize = 8;

/// A module that exceeds its budgets: by how much, and what has grown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub struct Overrun {
    /// The module.
    pub name: String,
    /// The budgets that it exceeds; at least one.
    pub excesses: Vec<Excess>,
    /// The functions that take its bytes. `None`: they are not known, or only the stack is too large.
    pub functions: Option<Functions>,
}

/// A budget that is exceeded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excess {
    /// The budget.
    pub budget: Budget,
    /// The limit in bytes.
    pub allowed: u64,
    /// The size in bytes.
    pub taken: u64,
    /// The size in the last build, in bytes.
    pub before: Option<u64>,
}

/// The sizes that have a budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    /// Memory while the module is loaded.
    Resident,
    /// The module's file.
    File,
    /// The stack that the module asks for.
    Stack,
}

/// The functions that take the bytes of a module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Functions {
    /// Those that have grown since the last build, and by how many bytes; the largest growth first.
    Grown(Vec<(String, u64)>),
    /// The largest functions: there was no last build, or nothing has grown.
    Largest(Vec<(String, u64)>),
}

/// Checks a module against the budgets in `settings`. If it exceeds one, compares it with the last build: the first module
/// of `previous` that exists, and whose program does.
///
/// # Errors
/// When the module exceeds a budget.
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

/// Why the budgets of a module can't be kept.
#[derive(Debug, thiserror::Error)]
pub enum BudgetError {
    /// It exceeds one.
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
        functions: now.map(|now| Functions::of(&now, before.map(|before| before.report).as_ref())),
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

impl Functions {
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

/// The bytes of each function. Functions of the same name are added up.
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
            // A library runs on the stack of its caller.
            Self::Stack => note.and_then(format::note::Note::stack).map(u64::from),
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
    fn message(&self) -> String {
        let mut out = format!("{} exceeds the budget of its package:", self.name);
        for excess in &self.excesses {
            out += &format!("\n  {excess}");
        }
        let (title, sign, functions) = match &self.functions {
            Some(Functions::Grown(functions)) => ("grown since the last build", "+", functions),
            Some(Functions::Largest(functions)) => ("the largest functions", "", functions),
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

const MEND: &str = "\nmake it smaller, or raise the limit in `[package.metadata.mkmod]` of its Cargo.toml";
