//! The board's console for a test: waits for MSH's prompt, types commands, and collects what they print.
//!
//! MSH does not wait for a module that is run by name. Its prompt may come before the output of the module, and if its time
//! slice ends in the middle of the prompt, the output comes in between. So a command is finished when the prompt was printed
//! and nothing was printed for a moment. If the prompt is in pieces, the console asks for another one.

use std::io::{self, Read, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use super::{Machine, fault};

/// A command is finished when nothing was printed for this time.
const QUIET: Duration = Duration::from_millis(100);

/// The console asks for another prompt when nothing was printed for this time after a prompt in pieces.
const TORN: Duration = Duration::from_secs(1);

/// A kernel that is not at its prompt after this time hangs. It takes a second or two; a machine that builds something at the
/// same time may be twenty times slower.
const BOOT_LIMIT: Duration = Duration::from_secs(120);

/// So many characters are typed before the console waits for their echo. The kernel's receive buffer holds more.
const TYPED_AT_ONCE: usize = 16;

/// `FINSH_CMD_SIZE` in the firmware's `rtconfig.h`. MSH drops a line with as many characters.
const COMMAND_LIMIT: usize = 128;

/// Why a command did not finish.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// could not start QEMU: {0}
    #[error("could not start QEMU: {0}")]
    Start(#[source] io::Error),
    /// could not type `{0}`: {1}
    #[error("could not type `{0}`: {1}")]
    Type(String, #[source] io::Error),
    /// `{0}` has {1} characters, but MSH takes only {max}
    #[error("`{0}` has {1} characters, but MSH takes only {max}", max = COMMAND_LIMIT - 1)]
    TooLong(String, usize),
    /// the kernel stopped in {0}: {1}
    #[error("the kernel stopped in {0}: {1}")]
    Fault(String, String),
    /// {0} did not finish within {1:?}
    #[error("{0} did not finish within {1:?}")]
    Hang(String, Duration),
    /// QEMU ended in {0}: {1}
    #[error("QEMU ended in {0}: {1}")]
    Ended(String, String),
}

/// The console of a running machine. Dropping it ends QEMU.
pub struct Console {
    qemu: Child,
    input: ChildStdin,
    pub(super) received: Receiver<Vec<u8>>,
    pub(super) transcript: Vec<u8>,
    /// Where in the transcript the echo of the last line begins.
    last_line: usize,
}

impl Console {
    /// Starts a machine.
    ///
    /// # Errors
    /// When QEMU does not start.
    pub fn start(machine: &Machine) -> Result<Self, Error> {
        let mut command = machine.qemu();
        // The kernel's clock counts instructions, so that a busy host does not cut time slices short.
        if !machine.arguments.iter().any(|argument| argument == "-icount") {
            command.args(["-icount", "shift=0"]);
        }
        command.args(["-monitor", "none", "-serial", "stdio"]);
        command.args(&machine.sockets);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut qemu = command.spawn().map_err(Error::Start)?;
        let no_pipe = || Error::Start(io::Error::other("it has no console"));
        let input = qemu.stdin.take().ok_or_else(no_pipe)?;
        let output = qemu.stdout.take().ok_or_else(no_pipe)?;
        Ok(Self { qemu, input, received: read_in_background(output), transcript: Vec::new(), last_line: 0 })
    }

    /// Waits for the first prompt.
    ///
    /// # Errors
    /// When the kernel faults or does not reach its prompt, or when QEMU ends.
    pub fn wait_for_boot(&mut self) -> Result<(), Error> {
        self.wait_for_prompt(0, "the boot", BOOT_LIMIT)
    }

    /// Types `command`, waits for the prompt, and returns what was printed without the echo and the prompts.
    ///
    /// # Errors
    /// When the kernel faults, the prompt does not come back within `limit`, or QEMU ends.
    pub fn command(&mut self, command: &str, limit: Duration) -> Result<String, Error> {
        let start = self.type_line(command)?;
        self.wait_for_prompt(start, &format!("`{command}`"), limit)?;
        Ok(output_of(command, &self.text_from(start)))
    }

    /// Types `command`, which goes on in the background, and waits for the prompt and for `text`.
    ///
    /// # Errors
    /// As [`command`](Self::command).
    pub fn command_printing(&mut self, command: &str, text: &str, limit: Duration) -> Result<String, Error> {
        let start = self.type_line(command)?;
        let what = format!("`{text}` of `{command}`");
        self.receive_until(start, &what, limit, |printed| {
            after_prompt(printed).is_some() && output_of(command, printed).contains(text)
        })?;
        Ok(output_of(command, &self.text_from(start)))
    }

    /// Types `command`, which reads from the console. Each of `turns` is a text to wait for and the keys to type then.
    ///
    /// # Errors
    /// As [`command`](Self::command).
    pub fn command_answered(
        &mut self,
        command: &str,
        turns: &[(&str, &str)],
        limit: Duration,
    ) -> Result<String, Error> {
        let start = self.type_line(command)?;
        let mut turn_start = start;
        for (question, keys) in turns {
            let what = format!("`{question}` of `{command}`");
            self.receive_until(turn_start, &what, limit, |text| text.contains(question))?;
            turn_start = self.transcript.len();
            self.type_characters(keys.as_bytes()).map_err(|error| Error::Type((*keys).to_owned(), error))?;
        }
        self.wait_for_prompt(turn_start, &format!("`{command}`"), limit)?;
        Ok(output_of(command, &self.text_from(start)))
    }

    /// Waits until `text` was printed after the last typed line.
    ///
    /// # Errors
    /// As [`command`](Self::command).
    pub fn wait_for(&mut self, text: &str, limit: Duration) -> Result<String, Error> {
        let start = self.last_line;
        self.receive_until(start, &format!("`{text}`"), limit, |printed| printed.contains(text))?;
        Ok(self.text_from(start))
    }

    /// Everything that was printed, with `\n` as the end of a line.
    pub fn transcript(&self) -> String {
        self.text_from(0)
    }

    fn wait_for_prompt(&mut self, start: usize, what: &str, limit: Duration) -> Result<(), Error> {
        self.receive_until(start, what, limit, |text| after_prompt(text).is_some())
    }

    /// Types a line. Returns the position of its echo in the transcript.
    fn type_line(&mut self, line: &str) -> Result<usize, Error> {
        if line.len() >= COMMAND_LIMIT {
            return Err(Error::TooLong(line.to_owned(), line.len()));
        }
        self.catch_up();
        let start = self.transcript.len();
        self.last_line = start;
        for characters in format!("{line}\r").as_bytes().chunks(TYPED_AT_ONCE) {
            self.type_characters(characters).map_err(|error| Error::Type(line.to_owned(), error))?;
        }
        Ok(start)
    }

    fn type_characters(&mut self, characters: &[u8]) -> io::Result<()> {
        let echoed = self.transcript.len() + characters.len();
        self.write(characters)?;
        while self.transcript.len() < echoed
            && let Ok(bytes) = self.received.recv_timeout(QUIET)
        {
            self.transcript.extend(bytes);
        }
        Ok(())
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.input.write_all(bytes)?;
        self.input.flush()
    }

    /// Reads what was printed meanwhile.
    pub(super) fn catch_up(&mut self) {
        while let Ok(bytes) = self.received.try_recv() {
            self.transcript.extend(bytes);
        }
    }

    /// Receives until `done` holds for what was printed since `start`, and nothing more is printed.
    fn receive_until(
        &mut self,
        start: usize,
        what: &str,
        limit: Duration,
        done: impl Fn(&str) -> bool,
    ) -> Result<(), Error> {
        let deadline = Instant::now() + limit;
        let mut last_byte = Instant::now();
        loop {
            match self.received.recv_timeout(QUIET) {
                Ok(bytes) => {
                    self.transcript.extend(bytes);
                    last_byte = Instant::now();
                }
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(Error::Ended(what.to_owned(), self.last_words()));
                }
                Err(RecvTimeoutError::Timeout) => {
                    let text = self.text_from(start);
                    if let Some(line) = fault::find(&text) {
                        return Err(Error::Fault(what.to_owned(), line.to_owned()));
                    }
                    if done(&text) {
                        return Ok(());
                    }
                    if last_byte.elapsed() > TORN && has_torn_prompt(&text) {
                        self.type_characters(b"\r").map_err(|error| Error::Type(what.to_owned(), error))?;
                        last_byte = Instant::now();
                    }
                }
            }
            if Instant::now() > deadline {
                return Err(Error::Hang(what.to_owned(), limit));
            }
        }
    }

    fn text_from(&self, start: usize) -> String {
        String::from_utf8_lossy(&self.transcript[start..]).replace('\r', "")
    }

    /// What QEMU has written to its standard error.
    fn last_words(&mut self) -> String {
        let mut words = String::new();
        if let Some(mut stderr) = self.qemu.stderr.take()
            && stderr.read_to_string(&mut words).is_err()
        {
            words.push_str("its reason is not readable");
        }
        words.trim().to_owned()
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        // Both fail only if QEMU has already ended.
        let _ = self.qemu.kill();
        let _ = self.qemu.wait();
    }
}

fn read_in_background(mut output: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(length @ 1..) = output.read(&mut buffer)
            && sender.send(buffer[..length].to_vec()).is_ok()
        {}
    });
    receiver
}

/// What `command` printed: `text` without the echo of the command, and without prompts.
fn output_of(command: &str, text: &str) -> String {
    let echo = format!("{command}\n");
    let mut rest = text.split_once(&echo).map_or(text, |(_, rest)| rest);
    let mut output = String::new();
    while let Some((before, after)) = split_at_prompt(rest) {
        output.push_str(before);
        rest = after;
    }
    output + rest
}

fn after_prompt(text: &str) -> Option<&str> {
    split_at_prompt(text).map(|(_, after)| after)
}

/// Whether the characters of the prompt are there in their order, with something between them.
fn has_torn_prompt(text: &str) -> bool {
    let mut characters = text.chars();
    after_prompt(text).is_none() && "msh />".chars().all(|wanted| characters.any(|character| character == wanted))
}

/// Splits `text` around the first prompt: `msh`, a space, the working directory if the kernel has files, `>`.
fn split_at_prompt(text: &str) -> Option<(&str, &str)> {
    text.match_indices("msh ").find_map(|(at, msh)| {
        let line = text[at..].lines().next()?;
        line[msh.len()..].starts_with(['/', '>']).then_some(())?;
        let end = at + line.find('>')? + 1;
        Some((&text[..at], &text[end..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_output_has_neither_echo_nor_prompt() {
        assert_eq!(output_of("echo a", "echo a\na\nmsh />"), "a\n");
    }

    #[test]
    fn a_prompt_may_come_before_the_modules_output() {
        assert_eq!(output_of("hello", "hello\nmsh /data>Hello.\n"), "Hello.\n");
        assert_eq!(output_of("hello", "hello\nmsh >Hello, msh user >.\n"), "Hello, msh user >.\n");
    }

    #[test]
    fn a_prompt_may_have_the_modules_output_inside() {
        assert!(has_torn_prompt("hello\nmHello.\nsh />"));
        assert!(!has_torn_prompt("hello\nHello.\nmsh />"));
        assert!(!has_torn_prompt("hello\nHello.\n"));
    }

    #[test]
    fn a_prompt_is_complete_when_its_directory_is() {
        assert_eq!(after_prompt("ls\nmsh /da"), None);
        assert_eq!(after_prompt("ls\nmsh /data>"), Some(""));
    }
}
