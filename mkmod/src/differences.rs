//! `mkmod symbols --diff`.

use super::{Outcome, print, report};
use mkmod::check::Report;
use mkmod::symbols::{Difference, Kernel};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

/// Prints what differs between two kernels, and which of the modules load on the first alone.
pub fn differences(old: &Path, new: &Path, modules: &[PathBuf]) -> Outcome {
    let (old, new) = (Kernel::open(old)?, Kernel::open(new)?);
    print(&Difference::between(&old, &new).to_string())?;
    let mut files = vec![];
    modules.iter().try_for_each(|path| find_modules(path, &mut files))?;
    files.sort();
    let mut outcome = ExitCode::SUCCESS;
    for file in &files {
        let (before, now) = (report(file, &old, None)?, report(file, &new, None)?);
        let says = match (before.refused(), now.refused()) {
            (false, true) => "breaks",
            (true, true) => "loads on neither",
            (true, false) => "loads now",
            (false, false) => "goes on",
        };
        print(&format!("{}: {says}\n", file.display()))?;
        if !before.refused() && now.refused() {
            outcome = ExitCode::FAILURE;
            print_errors(&now);
        }
    }
    Ok(outcome)
}

fn print_errors(report: &Report) {
    anstream::eprint!("{}", report.colored());
}

/// The file, or all modules in the folder and the folders in it.
fn find_modules(path: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        found.push(path.into());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?.path();
        if entry.is_dir() || entry.extension().is_some_and(|extension| extension == "mo") {
            find_modules(&entry, found)?;
        }
    }
    Ok(())
}
