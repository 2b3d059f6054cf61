//! Finds the tools that the tests and chores need, and installs those that are missing.
//!
//! rustup adds Rust targets. apt installs everything else if this user is root or if `sudo` asks for no password. Otherwise
//! the packages are downloaded and unpacked into `target/tools`, and pip installs Python programs there. Each command is
//! printed before it runs. Nothing on the user's system is removed or replaced. If a tool can't be installed, the error says
//! which command installs it.

mod apt;
mod debian;
mod libclang;
mod need;
mod pip;
pub mod process;
pub mod rust;
mod tools;
mod unpack;
pub mod windows;
pub mod workspace;
mod wrapper;

pub use libclang::with_libclang;
pub use need::{Need, python};
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

/// Makes sure that everything in `needs` is there. Takes a few milliseconds if nothing is missing.
///
/// # Errors
/// When a tool is missing and can't be installed. The message has the command that installs it.
pub fn ensure(needs: &[Need]) -> Result<(), Error> {
    if unmet(needs).is_empty() {
        return Ok(());
    }
    // If two chores start at once, the second waits here and then finds everything installed.
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
