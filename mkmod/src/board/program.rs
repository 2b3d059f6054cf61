//! The program that a board runs for us.

use super::session::FILE_LIMIT;
use super::{Board, BoardError, Line};

/// What is typed goes to the board in pieces of this size.
const TYPED_AT_ONCE: usize = 128;

/// What has become of a module that was to be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loaded {
    /// It is a program, which waits for its start.
    Program(Image),
    /// It is a resident module, and stays.
    Stays,
}

/// Where a module is in the memory of the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Of what is at address 0 in the ELF file.
    pub address: u64,
    /// Identifies the ELF file.
    pub build: [u8; 8],
    /// The name of the module on the board, which may be shortened.
    pub name: String,
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
    /// Loads the module called `name` with `arguments`, which don't have the name.
    ///
    /// # Errors
    /// When there is no such module or it does not load; when the board does not answer.
    pub fn load(&mut self, name: &str, arguments: &[String]) -> Result<Loaded, BoardError> {
        let words = [name].into_iter().chain(arguments.iter().map(String::as_str));
        let body: Vec<u8> = words.flat_map(|word| word.bytes().chain([0])).collect();
        match self.ask(b'o', &body, name, FILE_LIMIT)?.as_str() {
            "stays" => Ok(Loaded::Stays),
            other => Image::read(other).map(Loaded::Program).ok_or_else(|| BoardError::Answer(other.to_owned())),
        }
    }

    /// Starts the program that was loaded.
    ///
    /// # Errors
    /// When the board does not answer.
    pub fn start(&mut self) -> Result<(), BoardError> {
        // If the board was asked for the state of a program just when it ended, it has answered and reported the end as well.
        self.forget_earlier();
        self.ask_soon(b'x', &[], "").map(drop)
    }

    /// Where the newest module called `name` is.
    ///
    /// # Errors
    /// When no module has that name, or the board does not answer.
    pub fn image_of(&mut self, name: &str) -> Result<Image, BoardError> {
        let answer = self.ask_soon(b'm', name.as_bytes(), name)?;
        Image::read(&answer).ok_or(BoardError::Answer(answer))
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

impl Image {
    fn read(answer: &str) -> Option<Self> {
        let mut words = answer.splitn(3, ' ');
        let address = u64::from_str_radix(words.next()?.strip_prefix("0x")?, 16).ok()?;
        let build = u64::from_str_radix(words.next()?, 16).ok()?.to_be_bytes();
        Some(Self { address, build, name: words.next()?.to_owned() })
    }
}
