//! The console: what is typed at it, and what is written to it.

use std::{
    collections::VecDeque,
    ffi::c_char,
    io::{self, Read as _, Write as _},
    mem,
};

use crate::{
    bindings::{RTTM_ERROR_IO, RTTM_LOG_ERROR, RTTM_LOG_INFO, RTTM_LOG_WARNING, rttm_arg, rttm_format, rttm_sink},
    kernel::{Kernel, lock},
    keys::Keys,
};

/// The console of a kernel.
#[derive(Default)]
pub struct Console {
    input: Input,
    /// What is printed, while a test collects it. Otherwise it goes to the standard output.
    collected: Option<Vec<u8>>,
    /// The beginning of a character whose other bytes are still to come.
    incomplete: Vec<u8>,
}

/// Where the keys come from.
enum Input {
    /// From a test.
    Typed(VecDeque<u8>),
    /// From the standard input.
    Standard,
}

impl Default for Input {
    fn default() -> Self {
        Input::Typed(VecDeque::new())
    }
}

impl Console {
    /// Reads keys from the standard input from now on.
    pub fn read_standard_input(&mut self) {
        self.input = Input::Standard;
    }

    fn write(&mut self, bytes: &[u8]) {
        match &mut self.collected {
            Some(collected) => collected.extend_from_slice(bytes),
            None => self.write_out(bytes),
        }
    }

    /// Writes to the standard output: text with `print!`, which tests capture.
    fn write_out(&mut self, bytes: &[u8]) {
        let mut rest = mem::take(&mut self.incomplete);
        rest.extend_from_slice(bytes);
        let mut rest = rest.as_slice();
        while !rest.is_empty() {
            let error = match std::str::from_utf8(rest) {
                Ok(text) => return print!("{text}"),
                Err(error) => error,
            };
            let (text, damaged) = rest.split_at(error.valid_up_to());
            print!("{}", String::from_utf8_lossy(text));
            let Some(length) = error.error_len() else {
                self.incomplete = damaged.to_vec();
                return;
            };
            // A console takes bytes of any value. What becomes of a failure is unknown, as with `print!` on the board.
            let _ = io::stdout().write_all(&damaged[..length]);
            rest = &damaged[length..];
        }
    }
}

/// Types keys, behind those that are not read yet. When all are read there is no more.
pub fn type_in(keys: &[u8]) {
    if let Input::Typed(typed) = &mut lock(&Kernel::current().console).input {
        typed.extend(keys);
    }
}

/// Returns what `program` and its threads print.
///
/// # Panics
///
/// If that is not UTF-8.
///
/// ```
/// assert_eq!(rtt_mod_host::printed(|| ()), "");
/// ```
pub fn printed(program: impl FnOnce()) -> String {
    let kernel = Kernel::current();
    let outer = lock(&kernel.console).collected.replace(Vec::new());
    program();
    let printed = mem::replace(&mut lock(&kernel.console).collected, outer);
    String::from_utf8(printed.unwrap_or_default()).expect("a module prints UTF-8")
}

fn write(bytes: &[u8]) {
    lock(&Kernel::current().console).write(bytes);
}

/// What a terminal sends at the end of the input.
const CTRL_D: u8 = 0x04;

/// Reads keys from the standard input into `place`, and returns their number. Its end is Ctrl-D, as at a terminal.
fn read_standard_input(place: &mut [u8]) -> i32 {
    // A prompt has no end of a line.
    let _ = io::stdout().flush();
    let _keys = Keys::without_echo();
    match io::stdin().lock().read(place) {
        Ok(0) => {
            place[..1].fill(CTRL_D);
            1
        }
        Ok(length) => length as i32,
        Err(_) => RTTM_ERROR_IO,
    }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_console_read(bytes: *mut u8, capacity: u32) -> i32 {
    // SAFETY: there is room for so many bytes.
    let bytes = unsafe { std::slice::from_raw_parts_mut(bytes, capacity as usize) };
    match &mut lock(&Kernel::current().console).input {
        Input::Typed(typed) => {
            let length = typed.len().min(bytes.len());
            bytes.iter_mut().zip(typed.drain(..length)).for_each(|(place, key)| *place = key);
            return length as i32;
        }
        Input::Standard => {}
    }
    // Others may print while this one waits.
    read_standard_input(bytes)
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_console_write(bytes: *const u8, length: u32) -> i32 {
    // SAFETY: there are so many bytes.
    write(unsafe { std::slice::from_raw_parts(bytes, length as usize) });
    length as i32
}

/// A sink, and the text that it has taken.
#[repr(C)]
struct Sink {
    sink: rttm_sink,
    text: Vec<u8>,
}

/// What `print.c` has for programs, here so that Rust's linker finds the C file.
#[used]
static SINK_WRITE: unsafe extern "C" fn(*mut rttm_sink, *const c_char, u32) = crate::bindings::rttm_sink_write;

unsafe extern "C" fn take(sink: *mut rttm_sink, text: *const c_char, length: u32) {
    // SAFETY: print.c calls this function with its sink, which is the first field of a `Sink`, and `length` bytes of text.
    let (sink, text) =
        unsafe { (&mut *sink.cast::<Sink>(), std::slice::from_raw_parts(text.cast::<u8>(), length as usize)) };
    sink.text.extend_from_slice(text);
}

/// See `rtt_mod.h`. What an argument prints while it is formatted comes first.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_print(template: *const u8, length: u32, arguments: *const rttm_arg) {
    let mut sink = Sink { sink: rttm_sink { write: Some(take) }, text: Vec::new() };
    // SAFETY: the caller's promise; the sink begins as print.c expects.
    unsafe { rttm_format((&raw mut sink).cast(), template, length, arguments) }
    write(&sink.text);
}

/// See `rtt_mod.h`. A message is a line, as on a kernel without ulog.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_log_message(
    level: u32,
    tag: *const c_char,
    tag_length: u32,
    text: *const c_char,
    text_length: u32,
) {
    // SAFETY: the texts have so many bytes.
    let (tag, text) = unsafe {
        (
            std::slice::from_raw_parts(tag.cast::<u8>(), tag_length as usize),
            std::slice::from_raw_parts(text.cast::<u8>(), text_length as usize),
        )
    };
    let letter: &[u8] = match level {
        ..=RTTM_LOG_ERROR => b"E/",
        RTTM_LOG_WARNING => b"W/",
        RTTM_LOG_INFO => b"I/",
        _ => b"D/",
    };
    write(&[letter, tag, b": ", text, b"\n"].concat());
}
