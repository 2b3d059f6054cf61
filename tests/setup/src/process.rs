//! Runs other programs, with errors that name the command that failed.

use std::io;
use std::process::{Command, ExitStatus, Output, Stdio};

/// Why a command failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// could not start `{0}`: {1}
    #[error("could not start `{0}`: {1}")]
    Start(String, #[source] io::Error),
    /// `{0}` failed ({1})
    #[error("`{0}` failed ({1})")]
    Failed(String, ExitStatus),
}

/// The cargo that runs this program.
pub fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs `command`. Its output goes to the terminal.
pub fn run(command: &mut Command) -> Result<(), Error> {
    let status = command.status().map_err(|error| Error::Start(shown(command), error))?;
    if status.success() { Ok(()) } else { Err(Error::Failed(shown(command), status)) }
}

/// Runs `command` and returns its output, whatever its exit status.
pub fn output(command: &mut Command) -> Result<Output, Error> {
    command.output().map_err(|error| Error::Start(shown(command), error))
}

/// Runs `command` and returns its standard output. Its messages go to the terminal.
pub fn text(command: &mut Command) -> Result<String, Error> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| Error::Start(shown(command), error))?;
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout).into_owned()),
        false => Err(Error::Failed(shown(command), output.status)),
    }
}

/// The command line, for messages.
pub fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
