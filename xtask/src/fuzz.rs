//! `cargo xtask fuzz`: a campaign of [`e2e::fuzz`] with fresh mutants.

use std::error::Error;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::time::SystemTime;

use e2e::Fixture;
use e2e::fuzz::{Report, Runner};
use firmware::BOARDS;
use setup::workspace;

/// Makes `count` mutants from `seed`, or from a fresh seed, and tries them. Prints the seed.
///
/// # Errors
/// When a mutant does something that it must not do. The files of these mutants are kept.
pub fn fuzz(seed: Option<u64>, count: usize) -> Result<(), Box<dyn Error>> {
    let seed = seed.unwrap_or_else(fresh_seed);
    println!("seed {seed}");
    let report = Runner::build(&Fixture::build(&BOARDS[0])?)?.try_seed(seed, count)?;
    println!("{report}");
    if report.findings.is_empty() {
        return Ok(());
    }
    let folder = keep(seed, &report)?;
    Err(format!("{} findings; their files are in {}", report.findings.len(), folder.display()).into())
}

/// A seed that was not used before.
pub fn fresh_seed() -> u64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    now.as_millis() as u64
}

fn keep(seed: u64, report: &Report) -> io::Result<PathBuf> {
    let folder = workspace::target_dir().join("fuzz").join(seed.to_string());
    fs::create_dir_all(&folder)?;
    for finding in &report.findings {
        fs::write(folder.join(finding.mutant.file_name()), &finding.mutant.bytes)?;
    }
    Ok(folder)
}
