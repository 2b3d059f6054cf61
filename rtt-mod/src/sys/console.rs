//! The console: templates and their arguments, the sink for `core::fmt`, and byte input and output.

use core::{
    ffi::{CStr, c_char, c_void},
    fmt,
    marker::PhantomData,
    ptr, slice,
};

use super::{
    bindings::{self, rttm_arg, rttm_sink},
    length,
    result::check,
};
use crate::{Error, Result};

/// A well-formed template with `ARGUMENTS` placeholders.
#[derive(Clone, Copy)]
pub struct Template<const ARGUMENTS: usize>(&'static [u8]);

impl<const ARGUMENTS: usize> Template<ARGUMENTS> {
    /// A template of `bytes`.
    ///
    /// # Panics
    ///
    /// When `bytes` is not well formed: text that is not UTF-8, an incomplete placeholder, or a wrong number of
    /// placeholders.
    pub const fn new(bytes: &'static [u8]) -> Self {
        let mut placeholders = 0;
        let mut text_begin = 0;
        let mut at = 0;
        while at < bytes.len() {
            let placeholder_bytes = match bytes[at] as u32 {
                bindings::RTTM_PLAIN => 1,
                bindings::RTTM_SPEC => 5,
                _ => 0,
            };
            if placeholder_bytes == 0 {
                at += 1;
                continue;
            }
            assert_utf8(bytes, text_begin, at);
            placeholders += 1;
            at += placeholder_bytes;
            text_begin = at;
        }
        assert_utf8(bytes, text_begin, bytes.len());
        assert!(bytes.len() <= u32::MAX as usize, "a template has less than 4 GiB");
        assert!(placeholders == ARGUMENTS, "each placeholder has one argument");
        Template(bytes)
    }
}

const fn assert_utf8(bytes: &[u8], begin: usize, end: usize) {
    let text = bytes.split_at(end).0.split_at(begin).1;
    assert!(core::str::from_utf8(text).is_ok(), "text is UTF-8");
}

/// A text without placeholders, with a NUL after its end.
#[derive(Clone, Copy)]
pub struct Line(&'static [u8]);

impl Line {
    /// The text of `bytes`, whose last one is the NUL.
    ///
    /// # Panics
    ///
    /// When there is no NUL at the end, another one before it, or text that is not UTF-8.
    pub const fn new(bytes: &'static [u8]) -> Self {
        assert!(CStr::from_bytes_with_nul(bytes).is_ok(), "the only NUL is at the end");
        assert_utf8(bytes, 0, bytes.len());
        assert!(bytes.len() <= u32::MAX as usize, "a text has less than 4 GiB");
        Line(bytes)
    }
}

/// Prints a text.
#[inline(always)]
pub fn print_line(text: Line) {
    // SAFETY: the text has no placeholder, and there is a NUL after it. `Line::new` has looked at the length.
    unsafe { bindings::rttm_print(text.0.as_ptr(), text.0.len() as u32 - 1, ptr::null()) }
}

/// Prints a template with its arguments.
#[inline(always)]
pub fn print<const ARGUMENTS: usize>(template: Template<ARGUMENTS>, arguments: &[Argument<'_>; ARGUMENTS]) {
    let (bytes, length) = (template.0.as_ptr(), template.0.len() as u32); // `Template::new` has looked at the length
    // SAFETY: the template is well formed and has one placeholder for each argument. An `Argument` has the layout of
    // `rttm_arg`, and borrows what it points to.
    unsafe { bindings::rttm_print(bytes, length, arguments.as_ptr().cast()) }
}

/// Formats a template with its arguments to `to`.
///
/// # Errors
///
/// If `to` fails. What follows is not written then.
#[inline(always)]
pub fn format_to<W: fmt::Write + ?Sized, const ARGUMENTS: usize>(
    to: &mut W,
    template: Template<ARGUMENTS>,
    arguments: &[Argument<'_>; ARGUMENTS],
) -> fmt::Result {
    let mut pieces = Pieces { sink: rttm_sink { write: Some(write_piece::<W>) }, to, result: Ok(()) };
    let (bytes, length) = (template.0.as_ptr(), template.0.len() as u32); // `Template::new` has looked at the length
    // SAFETY: the template and the arguments are those of `print`. The sink is the first field of `Pieces<W>`, which lasts as
    // long as the call.
    unsafe { bindings::rttm_format((&raw mut pieces).cast(), bytes, length, arguments.as_ptr().cast()) };
    pieces.result
}

/// A sink that writes the pieces of a text to `to`.
#[repr(C)]
struct Pieces<'a, W: ?Sized> {
    sink: rttm_sink,
    to: &'a mut W,
    result: fmt::Result,
}

/// The kernel calls this for each piece of the text.
#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.format"))]
unsafe extern "C" fn write_piece<W: fmt::Write + ?Sized>(sink: *mut rttm_sink, text: *const c_char, length: u32) {
    // SAFETY: `format_to` has given the kernel the first field of a `Pieces<W>`, and the kernel calls this with it.
    let pieces = unsafe { &mut *sink.cast::<Pieces<'_, W>>() };
    // SAFETY: the kernel gives so many bytes of UTF-8, which a template and its arguments are.
    let text = unsafe { core::str::from_utf8_unchecked(slice::from_raw_parts(text.cast(), length as usize)) };
    if pieces.result.is_ok() {
        pieces.result = pieces.to.write_str(text);
    }
}

/// An argument of a template, which borrows its value. It stays in its thread, since it may refer to a closure that is
/// not `Sync`.
#[repr(transparent)]
pub struct Argument<'a>(rttm_arg, PhantomData<(&'a (), *const ())>);

#[inline(always)]
fn argument<'a>(kind: u32, a: usize, b: usize) -> Argument<'a> {
    Argument(rttm_arg { kind: kind as usize, a, b }, PhantomData)
}

impl<'a> Argument<'a> {
    /// A text.
    #[inline(always)]
    pub fn text(text: &'a str) -> Self {
        argument(bindings::RTTM_ARG_STR, text.as_ptr() as usize, text.len())
    }

    /// An unsigned integer of up to 32 bits.
    #[inline(always)]
    pub fn unsigned(value: u32) -> Self {
        argument(bindings::RTTM_ARG_U32, value as usize, 0)
    }

    /// A signed integer of up to 32 bits.
    #[inline(always)]
    pub fn signed(value: i32) -> Self {
        argument(bindings::RTTM_ARG_I32, value as u32 as usize, 0)
    }

    /// An unsigned integer of 64 bits.
    #[inline(always)]
    pub fn unsigned_long(value: u64) -> Self {
        long(bindings::RTTM_ARG_U64, value)
    }

    /// A signed integer of 64 bits.
    #[inline(always)]
    pub fn signed_long(value: i64) -> Self {
        long(bindings::RTTM_ARG_I64, value as u64)
    }

    /// A `usize`.
    #[inline(always)]
    pub fn word(value: usize) -> Self {
        #[cfg(target_pointer_width = "32")]
        return Self::unsigned(value as u32);
        #[cfg(target_pointer_width = "64")]
        return Self::unsigned_long(value as u64);
    }

    /// An `isize`.
    #[inline(always)]
    pub fn signed_word(value: isize) -> Self {
        #[cfg(target_pointer_width = "32")]
        return Self::signed(value as i32);
        #[cfg(target_pointer_width = "64")]
        return Self::signed_long(value as i64);
    }

    /// A character.
    #[inline(always)]
    pub fn character(value: char) -> Self {
        argument(bindings::RTTM_ARG_CHAR, value as usize, 0)
    }

    /// `true` or `false`.
    #[inline(always)]
    pub fn boolean(value: bool) -> Self {
        argument(bindings::RTTM_ARG_BOOL, value.into(), 0)
    }

    /// The name of an error, as its `Debug` writes it.
    #[inline(always)]
    pub fn error(value: Error) -> Self {
        argument(bindings::RTTM_ARG_ERROR, value as i32 as u32 as usize, 0)
    }

    /// The text that `write` writes with `core::fmt`.
    #[inline(always)]
    pub fn formatted<F: Fn(&mut Sink<'_>) -> fmt::Result>(write: &'a F) -> Self {
        let callback: unsafe extern "C" fn(*mut c_void, *mut rttm_sink) = write_formatted::<F>;
        argument(bindings::RTTM_ARG_FORMAT, callback as usize, &raw const *write as usize)
    }

    /// Whether `core::fmt` formats the argument, and not the kernel.
    #[cfg(test)]
    pub fn is_formatted(&self) -> bool {
        self.0.kind == bindings::RTTM_ARG_FORMAT as usize
    }
}

/// On a 32-bit kernel the high word has a field of its own.
#[inline(always)]
fn long<'a>(kind: u32, value: u64) -> Argument<'a> {
    let high = if cfg!(target_pointer_width = "32") { value >> 32 } else { 0 };
    argument(kind, value as usize, high as usize)
}

/// The kernel calls this for an argument made by [`Argument::formatted`].
#[cfg_attr(target_os = "none", unsafe(link_section = ".text.rtt_mod.format"))]
unsafe extern "C" fn write_formatted<F: Fn(&mut Sink<'_>) -> fmt::Result>(context: *mut c_void, sink: *mut rttm_sink) {
    // SAFETY: the kernel passes the context of the same argument, which borrows it and stays in the calling thread.
    let write = unsafe { &*context.cast::<F>() };
    // If a `Display` fails, the output ends here: printing has no result.
    let _ = write(&mut Sink(sink, PhantomData));
}

/// The destination of `core::fmt` while the kernel prints.
pub struct Sink<'a>(*mut rttm_sink, PhantomData<&'a mut ()>);

impl fmt::Write for Sink<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let (text, length) = length::text(text).map_err(|_| fmt::Error)?;
        // SAFETY: a `Sink` exists only while the kernel's callback runs, and the text has that many bytes.
        unsafe { bindings::rttm_sink_write(self.0, text, length) };
        Ok(())
    }

    /// A loop is half of what `char::encode_utf8` takes, and each program with a formatted panic has this function.
    fn write_char(&mut self, character: char) -> fmt::Result {
        let (mut scalar, mut utf8) = (u32::from(character), [0; 4]);
        let rest = usize::from(scalar >= 0x80) + usize::from(scalar >= 0x800) + usize::from(scalar >= 0x1_0000);
        let mut at = rest;
        while at > 0 {
            utf8[at % 4] = 0x80 | (scalar & 0x3F) as u8;
            scalar >>= 6;
            at -= 1;
        }
        utf8[0] = (0xF0_E0_C0_00_u32 >> (8 * rest)) as u8 | scalar as u8;
        // SAFETY: a `Sink` exists only while the kernel's callback runs, and there are so many bytes of UTF-8.
        unsafe { bindings::rttm_sink_write(self.0, utf8.as_ptr().cast(), rest as u32 + 1) };
        Ok(())
    }
}

/// Writes bytes of any value to the console, and returns their number.
pub fn write(bytes: &[u8]) -> Result<usize> {
    let most = length::at_most(bytes.len());
    // SAFETY: there are that many bytes.
    check(unsafe { bindings::rttm_console_write(bytes.as_ptr(), most) }).map(|count| length::within(count, bytes.len()))
}

/// Waits for input and reads it. Returns the number of bytes; 0 if `bytes` is empty.
pub fn read(bytes: &mut [u8]) -> Result<usize> {
    if bytes.is_empty() {
        return Ok(0);
    }
    let capacity = length::at_most(bytes.len());
    // SAFETY: there is room for that many bytes.
    check(unsafe { bindings::rttm_console_read(bytes.as_mut_ptr(), capacity) })
        .map(|count| length::within(count, bytes.len()))
}

/// Waits for one byte of input.
pub fn read_byte() -> Result<u8> {
    let mut byte = [0];
    if read(&mut byte)? == 0 { Err(Error::UnexpectedEof) } else { Ok(byte[0]) }
}
