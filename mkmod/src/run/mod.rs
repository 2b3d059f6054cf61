//! `mkmod run`: runs a module on a board, as if it were a program of this computer.

mod board_tests;
mod subject;

use std::time::{Duration, Instant};

pub use board_tests::{BoardTest, End, has_tests, is_tests, listed};
pub use subject::{Subject, SubjectError};

use crate::board::{Board, BoardError, FileSum, Line, Loaded, State};
use crate::terminal::{Input, Screen};

/// How long the console is listened to before the keyboard is looked at.
const LISTEN: Duration = Duration::from_millis(20);

/// The board says when the program ends. It is asked as well, in case that was lost, and so that it knows that we are there.
const ASK: Duration = Duration::from_secs(1);

/// Ends the input of a program.
const END_OF_INPUT: u8 = 0x04;

/// How a run has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The program has this exit code.
    Ended(i32),
    /// It is a resident module, and stays.
    Stays,
    /// The user does not wait for the end of a program that does not end when it is killed.
    Left,
}

/// Sends `bytes` to `path`, unless the board has the same file there. Returns whether it was sent.
///
/// # Errors
/// When the board refuses the file or does not answer.
pub fn bring<L: Line>(
    board: &mut Board<L>,
    path: &str,
    bytes: &[u8],
    progress: impl FnMut(usize),
) -> Result<bool, BoardError> {
    if board.sum(path)? == Some(FileSum::of(bytes)) {
        return Ok(false);
    }
    board.put(path, bytes, progress)?;
    Ok(true)
}

/// Runs the module `name` of the board with `arguments`. Shows what is printed, and passes `input` on. An interrupt ends the
/// program.
///
/// # Errors
/// When the module does not load, or the board does not answer.
pub fn run<L: Line>(
    board: &mut Board<L>,
    name: &str,
    arguments: &[String],
    input: impl FnMut() -> Option<Input>,
    mut screen: impl Screen,
) -> Result<Outcome, BoardError> {
    board.take_text();
    match board.load(name, arguments)? {
        Loaded::Program(_) => run_loaded(board, input, screen),
        Loaded::Stays => {
            screen.show(&board.take_text())?;
            Ok(Outcome::Stays)
        }
    }
}

/// The same for a program that is loaded.
///
/// # Errors
/// When the board does not answer.
pub fn run_loaded<L: Line>(
    board: &mut Board<L>,
    mut input: impl FnMut() -> Option<Input>,
    mut screen: impl Screen,
) -> Result<Outcome, BoardError> {
    board.start()?;
    let mut typing = Typing::default();
    let mut outcome = None;
    let mut asked = Instant::now();
    while outcome.is_none() {
        let said = board.listen(LISTEN)?;
        screen.show(&board.take_text())?;
        outcome = said.iter().find_map(|said| Board::<L>::exit_code(said)).map(Outcome::Ended);
        if outcome.is_none() && asked.elapsed() > ASK {
            outcome = ended(board.state()?);
            asked = Instant::now();
        }
        while outcome.is_none()
            && let Some(input) = input()
        {
            outcome = typing.take(board, input)?;
        }
        if outcome.is_none() {
            typing.pass_on(board)?;
        }
    }
    screen.show(&board.take_text())?;
    Ok(outcome.unwrap_or(Outcome::Left))
}

fn ended(state: State) -> Option<Outcome> {
    match state {
        State::Runs => None,
        State::Ended(code) => Some(Outcome::Ended(code)),
    }
}

/// What was typed and is not passed on yet.
#[derive(Debug, Default)]
struct Typing {
    keys: Vec<u8>,
    is_killed: bool,
}

impl Typing {
    /// The second interrupt leaves the board alone.
    fn take<L: Line>(&mut self, board: &mut Board<L>, input: Input) -> Result<Option<Outcome>, BoardError> {
        match input {
            Input::Keys(keys) => self.keys.extend(keys),
            Input::End => self.keys.push(END_OF_INPUT),
            Input::Interrupt | Input::Quit if self.is_killed => return Ok(Some(Outcome::Left)),
            Input::Interrupt | Input::Quit => {
                board.kill()?;
                self.is_killed = true;
            }
        }
        Ok(None)
    }

    /// The board may have no room for all: then the program has not read what it has.
    fn pass_on<L: Line>(&mut self, board: &mut Board<L>) -> Result<(), BoardError> {
        if !self.keys.is_empty() {
            let taken = board.type_in(&self.keys)?;
            self.keys.drain(..taken.min(self.keys.len()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::*;
    use crate::board::answer::tests::printed;
    use crate::board::frame::tests::unframed;

    /// A board whose programs end just when mkmod asks for their state: it reports the end, and then answers.
    #[derive(Default)]
    struct Scripted {
        printed: Vec<u8>,
        exit_code: i32,
    }

    impl Line for Scripted {
        fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
            let Some((kind, number, _)) = bytes.get(1..bytes.len() - 1).and_then(unframed) else { return Ok(()) };
            let answer = match kind {
                b'w' => {
                    self.exit_code += 1;
                    self.printed.extend(printed(0, &format!("x {}", self.exit_code)));
                    format!("k {}", self.exit_code)
                }
                _ => "k".to_owned(),
            };
            self.printed.extend(printed(number, &answer));
            Ok(())
        }

        fn read(&mut self, into: &mut [u8], _: Duration) -> io::Result<usize> {
            let length = into.len().min(self.printed.len());
            into.iter_mut().zip(self.printed.drain(..length)).for_each(|(to, byte)| *to = byte);
            Ok(length)
        }
    }

    struct NoScreen;

    impl Screen for NoScreen {
        fn show(&mut self, _: &[u8]) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn the_end_of_a_program_is_not_taken_for_that_of_the_next() {
        let mut board = Board::connect(Scripted::default()).unwrap();
        for exit_code in 1..=2 {
            assert_eq!(run_loaded(&mut board, || None, NoScreen).unwrap(), Outcome::Ended(exit_code));
        }
    }
}
