//! The user's terminal: what is typed there, and how text is shown.

use std::io::{self, IsTerminal, Read, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::terminal;

/// What the user does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Types keys, as a serial terminal would send them.
    Keys(Vec<u8>),
    /// Interrupts: Ctrl-C, or the system asks for the end.
    Interrupt,
    /// Quits: Ctrl-].
    Quit,
    /// The standard input is a file or a pipe, and has ended.
    End,
}

/// The keyboard, or the standard input if that is no terminal.
#[derive(Debug)]
pub struct Keyboard {
    input: Receiver<Input>,
    is_raw: bool,
}

impl Keyboard {
    /// Takes the standard input. A terminal sends each key at once until this is dropped.
    ///
    /// # Errors
    /// When the terminal has no such mode.
    pub fn open() -> io::Result<Self> {
        let (sender, input) = channel();
        let interrupts = sender.clone();
        // It fails if there is a handler already, as in a test: then that one is asked.
        let _ = ctrlc::set_handler(move || drop(interrupts.send(Input::Interrupt)));
        let is_raw = io::stdin().is_terminal();
        if is_raw {
            terminal::enable_raw_mode()?;
            thread::spawn(move || send_keys(&sender));
        } else {
            thread::spawn(move || send_bytes(&sender));
        }
        Ok(Self { input, is_raw })
    }

    /// What the user has done next, if there is something.
    pub fn take(&mut self) -> Option<Input> {
        self.input.try_recv().ok()
    }
}

impl Drop for Keyboard {
    fn drop(&mut self) {
        if self.is_raw {
            // If the terminal is gone, there is nothing to restore.
            let _ = terminal::disable_raw_mode();
        }
    }
}

fn send_bytes(sender: &Sender<Input>) {
    let mut bytes = [0; 256];
    while let Ok(length @ 1..) = io::stdin().read(&mut bytes)
        && sender.send(Input::Keys(bytes[..length].to_vec())).is_ok()
    {}
    let _ = sender.send(Input::End);
}

fn send_keys(sender: &Sender<Input>) {
    while let Ok(event) = event::read() {
        let input = match event {
            Event::Key(key) if key.kind != KeyEventKind::Release => input_of(key),
            _ => None,
        };
        if input.is_some_and(|input| sender.send(input).is_err()) {
            return;
        }
    }
}

fn input_of(key: KeyEvent) -> Option<Input> {
    let text = match key.code {
        KeyCode::Char(letter) if key.modifiers.contains(KeyModifiers::CONTROL) => return control(letter),
        KeyCode::Char(letter) => letter.to_string(),
        KeyCode::Enter => "\r".into(),
        KeyCode::Tab => "\t".into(),
        KeyCode::Backspace => "\x08".into(),
        KeyCode::Esc => "\x1b".into(),
        KeyCode::Up => "\x1b[A".into(),
        KeyCode::Down => "\x1b[B".into(),
        KeyCode::Right => "\x1b[C".into(),
        KeyCode::Left => "\x1b[D".into(),
        KeyCode::Home => "\x1b[H".into(),
        KeyCode::End => "\x1b[F".into(),
        KeyCode::Delete => "\x1b[3~".into(),
        _ => return None,
    };
    Some(Input::Keys(text.into_bytes()))
}

/// Terminals report Ctrl-] as Ctrl-5, which has the same code.
fn control(letter: char) -> Option<Input> {
    match letter.to_ascii_lowercase() {
        'c' => Some(Input::Interrupt),
        ']' | '5' => Some(Input::Quit),
        letter @ 'a'..='z' => Some(Input::Keys(vec![letter as u8 - b'a' + 1])),
        _ => None,
    }
}

/// Where the text of a console goes.
pub trait Screen {
    /// Shows text as the board prints it, with `\r\n` at the ends of lines.
    ///
    /// # Errors
    /// When the output is closed.
    fn show(&mut self, text: &[u8]) -> io::Result<()>;
}

/// The standard output. A file or a pipe gets `\n` at the ends of lines.
#[derive(Debug, Default)]
pub struct Stdout;

impl Screen for Stdout {
    fn show(&mut self, text: &[u8]) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        if stdout.is_terminal() {
            stdout.write_all(text)?;
        } else {
            let text: Vec<_> = text.iter().copied().filter(|&byte| byte != b'\r').collect();
            stdout.write_all(&text)?;
        }
        stdout.flush()
    }
}

impl<W: Screen + ?Sized> Screen for &mut W {
    fn show(&mut self, text: &[u8]) -> io::Result<()> {
        (**self).show(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sent_as_a_serial_terminal_does() {
        let typed = |code, modifiers| input_of(KeyEvent::new(code, modifiers));
        let keys = |text: &str| Some(Input::Keys(text.into()));
        assert_eq!(typed(KeyCode::Enter, KeyModifiers::NONE), keys("\r"));
        assert_eq!(typed(KeyCode::Char('ö'), KeyModifiers::NONE), keys("ö"));
        assert_eq!(typed(KeyCode::Char('d'), KeyModifiers::CONTROL), keys("\x04"));
        assert_eq!(typed(KeyCode::Up, KeyModifiers::NONE), keys("\x1b[A"));
        assert_eq!(typed(KeyCode::Char('c'), KeyModifiers::CONTROL), Some(Input::Interrupt));
        assert_eq!(typed(KeyCode::Char('5'), KeyModifiers::CONTROL), Some(Input::Quit));
    }
}
