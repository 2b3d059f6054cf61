//! `mkmod monitor`: the console of a board.

mod highlight;
mod log;

use std::io;
use std::time::{Duration, Instant};

pub use highlight::Highlighted;
pub use log::{Log, Logged};

use crate::board::Line;
use crate::terminal::{Input, Screen};

/// How long the console is listened to before the keyboard is looked at.
const LISTEN: Duration = Duration::from_millis(20);

/// If the input has ended, the console is shown until it is silent for this time.
const SILENCE: Duration = Duration::from_secs(1);

/// Or until this time is over, since programs may print for ever.
const REST: Duration = Duration::from_secs(10);

/// What is typed at once: the receive buffer of a board may hold 64 characters.
const TYPED_AT_ONCE: usize = 16;

const CTRL_C: u8 = 0x03;

/// Shows the console of `line`, and passes `input` on until the user quits.
///
/// # Errors
/// When the connection is lost, or the output is closed.
pub fn monitor(
    line: &mut impl Line,
    mut input: impl FnMut() -> Option<Input>,
    mut screen: impl Screen,
) -> io::Result<()> {
    let mut ended: Option<Instant> = None;
    let mut last_text = Instant::now();
    let mut bytes = [0; 4096];
    while ended.is_none_or(|ended| last_text.elapsed() < SILENCE && ended.elapsed() < REST) {
        let length = line.read(&mut bytes, LISTEN)?;
        if length > 0 {
            screen.show(&bytes[..length])?;
            last_text = Instant::now();
        }
        match input() {
            None => {}
            Some(Input::Quit) => return Ok(()),
            Some(Input::Interrupt) => line.write(&[CTRL_C])?,
            Some(Input::End) => ended = Some(Instant::now()),
            Some(Input::Keys(keys)) => type_in(line, &keys, &mut screen)?,
        }
    }
    Ok(())
}

/// Waits for the echo of a few characters before it types more.
fn type_in(line: &mut impl Line, keys: &[u8], screen: &mut impl Screen) -> io::Result<()> {
    let mut bytes = [0; 4096];
    for few in keys.chunks(TYPED_AT_ONCE) {
        line.write(few)?;
        let length = line.read(&mut bytes, LISTEN)?;
        screen.show(&bytes[..length])?;
    }
    Ok(())
}
