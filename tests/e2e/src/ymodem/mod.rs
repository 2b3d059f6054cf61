//! A terminal program that sends a file by YMODEM: the other end of `mod receive`, as Tera Term is for a user.
//!
//! Each block has 128 bytes and a checksum, and is acknowledged. A damaged block ends the transfer, since RT-Thread's YMODEM
//! does not ask for it again.

mod block;

use std::io;
use std::time::{Duration, Instant};

use block::{Block, DATA};
use mkmod::board::Line;

const EOT: u8 = 0x04;
const ACK: u8 = 0x06;
const NAK: u8 = 0x15;
const CAN: u8 = 0x18;
/// Sent by the receiver when it waits for a file.
const READY: u8 = b'C';

/// The time within which the kernel answers, even if it writes to a slow card.
const ANSWER: Duration = Duration::from_secs(10);

/// The time within which a waiting shell prints its prompt.
const PROMPT_AFTER_RETURN: Duration = Duration::from_secs(1);

/// The beginning of MSH's prompt.
const PROMPT: &str = "msh ";

/// The beginning of the kernel's last message if the transfer has succeeded.
const DONE: &str = "received ";

/// Why a file is not sent.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// The connection is lost.
    #[error("the connection to the kernel is lost: {0}")]
    Line(#[from] io::Error),
    /// The name is too long for the protocol.
    #[error("the name `{0}` is too long for YMODEM; use a shorter one")]
    Name(String),
    /// The kernel does not answer.
    #[error("the kernel does not answer")]
    Silent,
    /// The kernel refuses the file.
    #[error("the kernel refuses the file: {0}")]
    Refused(String),
}

/// Writes `bytes` to the file `path` of the kernel, whose shell must show its prompt. Returns the kernel's last message.
///
/// # Errors
/// When the kernel refuses the file or does not answer. The old file is unchanged then.
pub fn send(line: &mut impl Line, path: &str, bytes: &[u8]) -> Result<String, SendError> {
    reach_prompt(line)?;
    start_receiver(line, path)?;
    transfer(line, path, bytes)?;
    let said = rest(line, String::new())?;
    match said.lines().find(|said| said.starts_with(DONE)) {
        Some(done) => Ok(done.to_owned()),
        None => Err(SendError::Refused(said)),
    }
}

/// Sends return until the prompt appears: the kernel may be booting, or there may be an incomplete line.
fn reach_prompt(line: &mut impl Line) -> Result<(), SendError> {
    let deadline = Instant::now() + ANSWER;
    while Instant::now() < deadline {
        line.write(b"\r")?;
        if ends_with_prompt(&read_until(line, PROMPT_AFTER_RETURN, ends_with_prompt)?) {
            return Ok(());
        }
    }
    Err(SendError::Silent)
}

/// Sends the command, and waits for the receiver after the echo, which may contain the letter C.
fn start_receiver(line: &mut impl Line, path: &str) -> Result<(), SendError> {
    let command = format!("mod receive {path}");
    line.write(format!("{command}\r").as_bytes())?;
    let is_echo = |text: &str| text.ends_with('\n') && text.contains(&command);
    match is_echo(&read_until(line, ANSWER, is_echo)?) {
        true => expect(line, READY),
        false => Err(SendError::Silent),
    }
}

fn transfer(line: &mut impl Line, path: &str, bytes: &[u8]) -> Result<(), SendError> {
    let name = path.rsplit('/').next().unwrap_or(path);
    line.write(&Block::head(name, bytes.len()).ok_or_else(|| SendError::Name(name.to_owned()))?.bytes())?;
    expect(line, ACK)?;
    expect(line, READY)?;
    for (index, data) in bytes.chunks(DATA).enumerate() {
        line.write(&Block::data(index, data).bytes())?;
        expect(line, ACK)?;
    }
    for answer in [NAK, ACK] {
        line.write(&[EOT])?;
        expect(line, answer)?;
    }
    expect(line, READY)?;
    line.write(&Block::end().bytes())?;
    expect(line, ACK)
}

/// Waits for `wanted`. Any other byte is the beginning of an error message.
fn expect(line: &mut impl Line, wanted: u8) -> Result<(), SendError> {
    match next(line, ANSWER)? {
        Some(byte) if byte == wanted => Ok(()),
        // The receiver repeats its request if we are slow.
        Some(READY) => expect(line, wanted),
        Some(byte) => Err(SendError::Refused(rest(line, char::from(byte).to_string())?)),
        None => Err(SendError::Silent),
    }
}

/// Reads up to the next prompt, and returns `said` and that text without the characters of the protocol.
fn rest(line: &mut impl Line, said: String) -> Result<String, SendError> {
    let text = said + &read_until(line, ANSWER, ends_with_prompt)?;
    let text: String = text.chars().filter(|&sign| sign != char::from(CAN) && sign != '\r').collect();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with(PROMPT));
    Ok(lines.collect::<Vec<_>>().join("\n"))
}

/// Reads until the text is `enough`, or nothing arrives within `limit`.
fn read_until(line: &mut impl Line, limit: Duration, enough: impl Fn(&str) -> bool) -> Result<String, SendError> {
    let mut text = String::new();
    while !enough(&text)
        && let Some(byte) = next(line, limit)?
    {
        text.push(char::from(byte));
    }
    Ok(text)
}

fn next(line: &mut impl Line, limit: Duration) -> io::Result<Option<u8>> {
    let mut byte = [0];
    Ok((line.read(&mut byte, limit)? == 1).then_some(byte[0]))
}

fn ends_with_prompt(text: &str) -> bool {
    text.lines().next_back().is_some_and(|last| last.starts_with(PROMPT) && last.ends_with('>'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::VecDeque;

    /// A kernel that says what it is told to, a word for each thing that it is sent.
    struct Kernel {
        words: VecDeque<&'static [u8]>,
        says: VecDeque<u8>,
        heard: Vec<Vec<u8>>,
    }

    impl Kernel {
        fn saying(words: &[&'static [u8]]) -> Self {
            Self { words: words.iter().copied().collect(), says: VecDeque::new(), heard: vec![] }
        }
    }

    impl Line for Kernel {
        fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
            self.heard.push(bytes.to_vec());
            self.says.extend(self.words.pop_front().unwrap_or_default());
            Ok(())
        }

        fn read(&mut self, into: &mut [u8], _limit: Duration) -> io::Result<usize> {
            Ok(self.says.pop_front().map(|byte| into[0] = byte).iter().count())
        }
    }

    const AT_PROMPT: &[u8] = b"\r\nmsh />";
    const ECHO: &[u8] = b"mod receive /Clock.mo\r\nC";

    #[test]
    fn a_file_goes_over_in_blocks() {
        let mut kernel = Kernel::saying(&[
            AT_PROMPT,
            ECHO,
            &[ACK, READY],
            &[ACK],
            &[ACK],
            &[NAK],
            &[ACK, READY],
            b"\x06received /Clock.mo, 200 bytes\r\nmsh />",
        ]);
        let said = send(&mut kernel, "/Clock.mo", &[7; 200]).unwrap();
        assert_eq!(said, "received /Clock.mo, 200 bytes");
        assert_eq!(&kernel.heard[2][3..16], b"Clock.mo\x00200\0");
        assert_eq!(kernel.heard[4][1..3], [2, 253]);
        assert!(kernel.heard[4][3 + 72..3 + 128].iter().all(|&filler| filler == 0x1a));
    }

    #[test]
    fn a_repeated_request_is_answered_once() {
        let mut kernel = Kernel::saying(&[
            AT_PROMPT,
            b"mod receive a\r\nCC",
            &[ACK, READY, READY],
            &[ACK],
            &[NAK],
            &[ACK, READY],
            b"\x06received a, 1 bytes\nmsh />",
        ]);
        assert!(send(&mut kernel, "a", b"1").is_ok());
    }

    #[test]
    fn the_error_contains_the_message_of_the_kernel() {
        let full = b"\x18\x18\x18\x18mod: not received: it can't be written\r\nmsh />";
        let mut kernel = Kernel::saying(&[AT_PROMPT, ECHO, &[ACK, READY], full]);
        let error = send(&mut kernel, "/Clock.mo", &[0; 10]).unwrap_err();
        assert_eq!(error.to_string(), "the kernel refuses the file: mod: not received: it can't be written");
        let mut kernel = Kernel::saying(&[AT_PROMPT, b"mod receive a\r\nmod: command not found.\r\nmsh />"]);
        let error = send(&mut kernel, "a", &[0; 10]).unwrap_err();
        assert_eq!(error.to_string(), "the kernel refuses the file: mod: command not found.");
    }

    #[test]
    fn a_silent_kernel_is_an_error() {
        let error = send(&mut Kernel::saying(&[AT_PROMPT]), "a", b"1").unwrap_err();
        assert!(matches!(error, SendError::Silent));
    }
}
