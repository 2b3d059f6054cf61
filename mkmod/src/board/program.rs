//! The program that a board runs for us.

use super::session::FILE_LIMIT;
use super::{Board, BoardError, Line};

/// What is typed goes to the board in pieces of this size.
const TYPED_AT_ONCE: usize = 128;

/// What has become of a module that was to be run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// It is a program, and runs.
    Runs,
    /// It is a resident module, and stays.
    Stays,
}

/// The state of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It has not ended.
    Runs,
    /// It has ended with this exit code.
    Ended(i32),
}

impl<L: Line> Board<L> {
    /// Runs the module called `name` with `arguments`, which don't have the name.
    ///
    /// # Errors
    /// When there is no such module or it does not load; when the board does not answer.
    pub fn start(&mut self, name: &str, arguments: &[String]) -> Result<Start, BoardError> {
        let words = [name].into_iter().chain(arguments.iter().map(String::as_str));
        let body: Vec<u8> = words.flat_map(|word| word.bytes().chain([0])).collect();
        match self.ask(b'x', &body, name, FILE_LIMIT)?.as_str() {
            "runs" => Ok(Start::Runs),
            "stays" => Ok(Start::Stays),
            other => Err(BoardError::Answer(other.to_owned())),
        }
    }

    /// Asks for the program's state.
    ///
    /// # Errors
    /// When the board does not answer.
    pub fn state(&mut self) -> Result<State, BoardError> {
        let answer = self.ask_soon(b'w', &[], "")?;
        match answer.parse() {
            Ok(code) => Ok(State::Ended(code)),
            Err(_) if answer == "runs" => Ok(State::Runs),
            Err(_) => Err(BoardError::Answer(answer)),
        }
    }

    /// The exit code in what the board says by itself when the program ends.
    pub fn exit_code(said: &str) -> Option<i32> {
        said.strip_prefix("x ")?.parse().ok()
    }

    /// Gives `keys` to the program. Returns how many of them; the board has no room for the others.
    ///
    /// # Errors
    /// When the board does not answer.
    pub fn type_in(&mut self, keys: &[u8]) -> Result<usize, BoardError> {
        let piece = &keys[..keys.len().min(TYPED_AT_ONCE)];
        let answer = self.ask_soon(b't', piece, "")?;
        answer.parse().map_err(|_| BoardError::Answer(answer))
    }

    /// Ends the program, as `mod kill` does. Its end is reported as every other.
    ///
    /// # Errors
    /// When the board does not answer.
    pub fn kill(&mut self) -> Result<(), BoardError> {
        self.ask_soon(b'i', &[], "").map(drop)
    }
}
