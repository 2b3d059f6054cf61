//! Finds the tools that the chores need, and gets those that are missing where that is possible without asking: Rust's
//! targets with rustup; the rest with apt, installed by root or `sudo -n`, or else unpacked for this repository alone; what
//! is written in Python, else by pip for this repository alone.
//!
//! Whatever is run is shown first. Nothing that the user has is removed or replaced. What can't be had is an error that
//! says what to install, and how.

mod apt;
mod debian;
mod libclang;
mod need;
mod pip;
pub mod process;
pub mod rust;
mod tools;
mod unpack;
pub mod workspace;
mod wrapper;

pub use libclang::with_libclang;
pub use need::Need;
pub use tools::{folders_on_path, tool};

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
    /// not found: {what}; could not install it: {cause}; to do it by hand: {command}
    #[error("not found: {what}; could not install it: {cause}; to do it by hand: {command}")]
    Install {
        /// The tools.
        what: String,
        /// What went wrong.
        cause: String,
        /// The command to type.
        command: String,
    },
}

/// Makes sure that everything in `needs` is there. Costs next to nothing when it is.
///
/// # Errors
/// When something is missing and can't be had, with the command that installs it where there is one.
pub fn ensure(needs: &[Need]) -> Result<(), Error> {
    if unmet(needs).is_empty() {
        return Ok(());
    }
    // Of two chores that are started at once the second waits, and finds the work done.
    let _lock = tools::lock().inspect_err(|error| eprintln!("could not lock `{}`: {error}", tools::root().display()));
    let mut missing = unmet(needs);
    if missing.is_empty() {
        return Ok(());
    }
    eprintln!("missing: {}", list(&missing));
    missing.retain(|need| !need.install_without_apt());
    if !missing.is_empty() {
        debian::provide(&missing)?;
    }
    match unmet(&missing).first() {
        None => Ok(()),
        Some(need) => Err(Error::Missing { what: need.to_string(), mend: need.mend() }),
    }
}

fn unmet(needs: &[Need]) -> Vec<Need> {
    needs.iter().copied().filter(|need| !need.is_met()).collect()
}

fn list(needs: &[Need]) -> String {
    needs.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
