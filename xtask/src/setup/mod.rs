//! Finds the tools that the chores need, and installs those that are missing where that is possible without asking:
//! with apt as root or by `sudo -n`, and with rustup for Rust's targets.
//!
//! Whatever is run is shown first. What can't be installed is an error that says what to install, and how.

mod apt;
mod need;
pub mod rust;

pub use need::Need;

use crate::process;

/// Why a tool is still missing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// not found: {what}; {mend}
    #[error("not found: {what}; {mend}")]
    Missing {
        /// The tool.
        what: String,
        /// What the user can do.
        mend: String,
    },
    /// not found: {what}; installing failed: {cause}; to do it by hand: {command}
    #[error("not found: {what}; installing failed: {cause}; to do it by hand: {command}")]
    Install {
        /// The tools.
        what: String,
        /// What went wrong.
        cause: process::Error,
        /// The command to type.
        command: String,
    },
}

/// Makes sure that everything in `needs` is there. Costs next to nothing when it is.
///
/// # Errors
/// When something is missing and can't be installed, with the command that installs it where there is one.
pub fn ensure(needs: &[Need]) -> Result<(), Error> {
    let mut missing: Vec<Need> = needs.iter().copied().filter(|need| !need.is_met()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    eprintln!("missing: {}", list(&missing));
    missing.retain(|need| !need.install_without_apt());
    if !missing.is_empty() {
        apt::install(&missing)?;
    }
    match missing.into_iter().find(|need| !need.is_met()) {
        None => Ok(()),
        Some(need) => Err(Error::Missing { what: need.to_string(), mend: need.mend() }),
    }
}

fn list(needs: &[Need]) -> String {
    needs.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
