//! Builds a firmware with SCons: RT-Thread's build tools, the BSP and kernel-glue as a package.

use std::path::{Path, PathBuf};
use std::thread;

use setup::{Need, process};

use crate::board::Board;
use crate::bsp::{self, Bsp};
use crate::configuration::Configuration;
use crate::modules::Mkmod;
use crate::tree::Tree;

/// Why SCons could not build the firmware.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// SCons is missing
    #[error(transparent)]
    Setup(#[from] setup::Error),
    /// the BSP could not be put together
    #[error(transparent)]
    Bsp(#[from] bsp::Error),
    /// mkmod or the firmware does not build; the messages are above
    #[error(transparent)]
    Failed(#[from] process::Error),
    /// a build failed; its messages follow
    #[error("{0}")]
    Messages(String),
}

/// Builds the firmware of `board` with the RT-Thread in `tree` in this configuration, and with the files `added`. The ELF
/// file `name` is in `folder`.
pub fn build(
    board: &Board,
    tree: &Tree,
    configuration: Option<Configuration>,
    folder: &Path,
    name: &str,
    added: &[PathBuf],
) -> Result<PathBuf, Error> {
    setup::ensure(&[Need::Scons])?;
    let bsp = Bsp::put_together(folder, board, tree.version, configuration)?;
    bsp.choose(board, name.trim_end_matches(".elf"), added)?;
    eprintln!("building {name} of {} with RT-Thread {}", board.name, tree.version);
    let jobs = thread::available_parallelism().map_or(1, usize::from);
    let mut scons = bsp.scons(&Mkmod::build()?, &tree.root);
    let output = process::output(scons.arg(format!("-j{jobs}")))?;
    if output.status.success() { Ok(bsp.path(name)) } else { Err(Error::Messages(messages(&output))) }
}

/// What SCons has printed when it failed: what the compiler says, and at the end what SCons could not make.
fn messages(output: &std::process::Output) -> String {
    let printed = String::from_utf8_lossy(&output.stdout);
    let quiet = |line: &&str| !["CC ", "AS ", "RUST "].iter().any(|step| line.starts_with(step));
    let printed: Vec<_> = printed.lines().filter(quiet).collect();
    format!("scons could not build the firmware:\n{}\n{}", printed.join("\n"), String::from_utf8_lossy(&output.stderr))
}
