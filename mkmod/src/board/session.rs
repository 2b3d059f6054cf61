//! A conversation with a board: requests, which are repeated until they are answered.

use std::mem;
use std::time::{Duration, Instant, SystemTime};

use super::answer::{Answer, Parser};
use super::frame::Request;
use super::{BoardError, Line};

/// A board that is connected but silent for this time does not answer any more: it was reset.
const SILENCE: Duration = Duration::from_secs(5);

/// The time for requests that write a window.
pub(super) const WRITE_LIMIT: Duration = Duration::from_secs(10);

/// The time for requests that read or check a whole file.
pub(super) const FILE_LIMIT: Duration = Duration::from_secs(60);

/// A request is repeated after this time. It is longer than the line takes for a window of blocks before it.
const REPEAT: Duration = Duration::from_secs(1);

/// The kernel may be booting.
const CONNECT_LIMIT: Duration = Duration::from_secs(20);

/// What is typed at once: the shell's receive buffer may hold 64 characters.
const TYPED_AT_ONCE: usize = 16;
const TYPING_PAUSE: Duration = Duration::from_millis(20);

/// Erases the rest of a line that somebody has typed, or of a frame that a shell has read.
const BACKSPACE: u8 = 0x08;
const FEW: usize = 16;
const WHOLE_LINE: usize = 128;

const COMMAND: &[u8] = b"mod serve\r";

/// A board whose `mod serve` answers.
pub struct Board<L: Line> {
    line: L,
    parser: Parser,
    /// Of the last request.
    number: u32,
    text: Vec<u8>,
    answers: Vec<Answer>,
    /// How long an answer is waited for at least.
    patience: Duration,
    /// Whether `mod serve` runs, as far as we know. What it does not read, the shell does.
    is_served: bool,
}

impl<L: Line> Board<L> {
    /// Starts `mod serve` at the prompt of the board's shell.
    ///
    /// # Errors
    /// When the board does not answer, or the connection is lost.
    pub fn connect(line: L) -> Result<Self, BoardError> {
        // The board may still have an answer to an earlier conversation.
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let number = now.subsec_nanos() ^ std::process::id();
        let mut board = Self {
            line,
            parser: Parser::default(),
            number,
            text: vec![],
            answers: vec![],
            patience: SILENCE,
            is_served: false,
        };
        board.reconnect()?;
        Ok(board)
    }

    /// The same for a board that was reset.
    ///
    /// # Errors
    /// As [`connect`](Self::connect).
    pub fn reconnect(&mut self) -> Result<(), BoardError> {
        let deadline = Instant::now() + CONNECT_LIMIT;
        let mut erased = FEW;
        while Instant::now() < deadline {
            self.type_slowly(&vec![BACKSPACE; erased])?;
            self.type_slowly(COMMAND)?;
            if self.ask_once(b'h', &[], REPEAT)?.is_some() {
                self.text.clear();
                self.is_served = true;
                return Ok(());
            }
            erased = WHOLE_LINE;
        }
        Err(BoardError::Silent)
    }

    /// Waits for answers as long as it takes, since a debugger may have stopped the processor.
    pub fn wait_for_ever(&mut self) {
        const A_WEEK: Duration = Duration::from_secs(7 * 24 * 60 * 60);
        self.patience = A_WEEK;
    }

    /// Tells the board that somebody is there. It need not answer.
    ///
    /// # Errors
    /// When the connection is lost.
    pub fn ask_for_nothing(&mut self) -> Result<(), BoardError> {
        self.ask_once(b'h', &[], REPEAT).map(drop)
    }

    /// Ends `mod serve`, so that the shell shows its prompt again.
    ///
    /// # Errors
    /// When the connection is lost.
    pub fn goodbye(mut self) -> Result<(), BoardError> {
        // If no answer comes, the board has left already, or will soon.
        self.ask_once(b'q', &[], REPEAT)?;
        self.is_served = false;
        Ok(())
    }

    /// Sends a request until it is answered, and returns the answer without its first letter.
    ///
    /// # Errors
    /// When the board refuses it, which is reported as being about `what`; when it does not answer within `limit`.
    pub(super) fn ask(&mut self, kind: u8, body: &[u8], what: &str, limit: Duration) -> Result<String, BoardError> {
        let number = self.next_number();
        let deadline = Instant::now() + limit.max(self.patience);
        while Instant::now() < deadline {
            let Some(answer) = self.ask_as(number, kind, body, REPEAT)? else { continue };
            return match answer.split_at_checked(1) {
                Some(("k", rest)) => Ok(rest.trim_start().to_owned()),
                Some(("e", reason)) => Err(self.refused(what, reason.trim_start())),
                _ => Err(BoardError::Answer(answer)),
            };
        }
        self.is_served = false;
        Err(BoardError::Silent)
    }

    /// The same for requests that take no time.
    pub(super) fn ask_soon(&mut self, kind: u8, body: &[u8], what: &str) -> Result<String, BoardError> {
        self.ask(kind, body, what, SILENCE)
    }

    /// Sends what has no answer.
    pub(super) fn send(&mut self, kind: u8, number: u32, body: &[u8]) -> Result<(), BoardError> {
        Ok(self.line.write(&Request { kind, number, body }.frame())?)
    }

    /// Reads the console for `limit` at most. Returns what the board says by itself.
    ///
    /// # Errors
    /// When the connection is lost.
    pub fn listen(&mut self, limit: Duration) -> Result<Vec<String>, BoardError> {
        self.read(limit)?;
        let (own, other): (Vec<_>, Vec<_>) = mem::take(&mut self.answers).into_iter().partition(|it| it.number == 0);
        self.answers = other;
        Ok(own.into_iter().map(|answer| answer.text).collect())
    }

    /// Drops what the board has said by itself: it is about an earlier program.
    pub(super) fn forget_earlier(&mut self) {
        self.answers.clear();
    }

    /// The text of the console since the last call.
    pub fn take_text(&mut self) -> Vec<u8> {
        mem::take(&mut self.text)
    }

    fn ask_once(&mut self, kind: u8, body: &[u8], limit: Duration) -> Result<Option<String>, BoardError> {
        let number = self.next_number();
        self.ask_as(number, kind, body, limit)
    }

    /// Sends a request once, and waits for its answer.
    fn ask_as(&mut self, number: u32, kind: u8, body: &[u8], limit: Duration) -> Result<Option<String>, BoardError> {
        self.send(kind, number, body)?;
        let deadline = Instant::now() + limit;
        loop {
            if let Some(index) = self.answers.iter().position(|answer| answer.number == number) {
                return Ok(Some(self.answers.swap_remove(index).text));
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Ok(None);
            }
            self.read(left)?;
        }
    }

    fn read(&mut self, limit: Duration) -> Result<(), BoardError> {
        let mut bytes = [0; 4096];
        let length = self.line.read(&mut bytes, limit)?;
        self.answers.extend(self.parser.take(&bytes[..length], &mut self.text));
        Ok(())
    }

    fn type_slowly(&mut self, keys: &[u8]) -> Result<(), BoardError> {
        for few in keys.chunks(TYPED_AT_ONCE) {
            self.line.write(few)?;
            self.read(TYPING_PAUSE)?;
        }
        Ok(())
    }

    /// Never 0, which is that of what the board says by itself.
    fn next_number(&mut self) -> u32 {
        self.answers.retain(|answer| answer.number == 0);
        self.number = self.number.wrapping_add(1).max(1);
        self.number
    }

    /// With what the kernel has printed about `what`.
    fn refused(&self, what: &str, reason: &str) -> BoardError {
        let text = String::from_utf8_lossy(&self.text).replace('\r', "");
        let about = |line: &&str| !what.is_empty() && line.contains(what);
        let said: Vec<_> = text.lines().filter(about).map(str::trim).collect();
        BoardError::Refused { what: what.to_owned(), reason: reason.to_owned(), said: said.join("\n") }
    }
}

/// After an error, the board need not wait until it misses us.
impl<L: Line> Drop for Board<L> {
    fn drop(&mut self) {
        if self.is_served {
            let number = self.next_number();
            // If the connection is lost, the board leaves by itself.
            let _ = self.send(b'q', number, &[]);
        }
    }
}
