//! Mutants: whether what `mkmod check` passes never stops the kernel while it is loaded.
//!
//! Good modules are changed at random, `mkmod check` judges them, and those that pass are loaded on the real kernel: by
//! RT-Thread's own loader, and behind kernel-glue. There the refused ones are loaded as well, since the glue promises that
//! no file stops the kernel.

mod error;
mod judge;
mod lab;
mod layout;
mod loading;
mod mutant;
mod report;

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use crate::board::BOARDS;
use crate::e2e::World;
use crate::workspace;
pub use lab::Lab;
pub use layout::{Field, Layout};
pub use mutant::Mutant;
pub use report::Report;

/// Makes `count` mutants from `seed`, or from a fresh one, which is printed, and tries them.
///
/// # Errors
/// When something is found: the files that do it are kept.
pub fn fuzz(seed: Option<u64>, count: usize) -> Result<(), Box<dyn Error>> {
    let seed = seed.unwrap_or_else(fresh_seed);
    println!("seed {seed}");
    let report = Lab::build(&World::build(&BOARDS[0])?)?.try_seed(seed, count)?;
    println!("{report}");
    if report.findings.is_empty() {
        return Ok(());
    }
    let folder = keep(seed, &report)?;
    Err(format!("{} findings; their files are in {}", report.findings.len(), folder.display()).into())
}

fn fresh_seed() -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    now.as_millis() as u64
}

fn keep(seed: u64, report: &Report) -> Result<PathBuf, error::Error> {
    let folder = workspace::target_dir().join("fuzz").join(seed.to_string());
    fs::create_dir_all(&folder)?;
    for finding in &report.findings {
        let file = folder.join(finding.mutant.file_name());
        fs::write(&file, &finding.mutant.bytes).map_err(|error| error::Error::File(file, error))?;
    }
    Ok(folder)
}
