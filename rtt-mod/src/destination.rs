//! Where `format!`, `write!` and `writeln!` write to.
//!
//! `write!` calls `(&&Destination::of(&*to)).kind()`. For a type with [`core::fmt::Write`] this is the method of [`OfFmt`], for
//! one with [`io::Write`] that of [`OfIo`], by auto-referencing. The kernel formats for both. For all others it is that of
//! [`Other`], and the macro does what that of `core` does.
#![forbid(unsafe_code)]
#![expect(clippy::unused_self, reason = "the type of `self` chooses the method")]

use alloc::string::String;
use core::{fmt, marker::PhantomData};

use crate::{
    Result,
    io::{self, Adapter},
    sys::console::{Argument, Template, format_to},
};

/// The text that a template and its arguments make.
pub fn format<const ARGUMENTS: usize>(template: Template<ARGUMENTS>, arguments: &[Argument<'_>; ARGUMENTS]) -> String {
    let mut text = String::new();
    // A string takes all text, and a `Display` that fails ends it here.
    let _ = format_to(&mut text, template, arguments);
    text
}

/// Makes `write!` take what a method call takes as its receiver: a place, a reference, a value.
///
/// It is not for slices, since a `&mut [u8]` is a destination itself. So it is not for all types without a size.
pub trait IntoDestination {
    /// The exclusive reference.
    fn __rtt_mod_destination(&mut self) -> &mut Self;
}

macro_rules! destinations {
    ($([$($generic:tt)*] $type:ty,)+) => {$(
        impl<$($generic)*> IntoDestination for $type {
            #[inline(always)]
            fn __rtt_mod_destination(&mut self) -> &mut Self {
                self
            }
        }
    )+};
}

destinations! {
    [T] T,
    [] dyn fmt::Write + '_,
    [] dyn fmt::Write + Send + '_,
    [] dyn io::Write + '_,
    [] dyn io::Write + Send + '_,
}

/// The type of a destination.
pub struct Destination<T: ?Sized>(PhantomData<T>);

impl<T: ?Sized> Clone for Destination<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Destination<T> {}

impl<T: ?Sized> Destination<T> {
    /// The type of `_to`.
    #[inline(always)]
    pub fn of(_to: &T) -> Self {
        Destination(PhantomData)
    }
}

/// Types with [`core::fmt::Write`].
pub trait OfFmt {
    /// Tells them apart.
    #[inline(always)]
    fn kind(&self) -> Fmt {
        Fmt
    }
}

impl<T: fmt::Write + ?Sized> OfFmt for &Destination<T> {}

/// Types with [`io::Write`].
pub trait OfIo {
    /// Tells them apart.
    #[inline(always)]
    fn kind(&self) -> Io {
        Io
    }
}

impl<T: io::Write + ?Sized> OfIo for Destination<T> {}

/// Other types.
pub trait Other {
    /// Tells them apart.
    #[inline(always)]
    fn kind(self) -> Unknown
    where
        Self: Sized,
    {
        Unknown
    }
}

impl<T: ?Sized> Other for Destination<T> {}

/// See [`OfFmt`].
pub struct Fmt;

impl Fmt {
    /// Writes to `to`. `_by_core_fmt` would do the same.
    #[inline(always)]
    pub fn write<T: fmt::Write + ?Sized, const ARGUMENTS: usize>(
        self,
        to: &mut T,
        template: Template<ARGUMENTS>,
        arguments: &[Argument<'_>; ARGUMENTS],
        _by_core_fmt: impl FnOnce(&mut T) -> fmt::Result,
    ) -> fmt::Result {
        format_to(to, template, arguments)
    }
}

/// See [`OfIo`].
pub struct Io;

impl Io {
    /// Writes to `to`. `_by_core_fmt` would do the same.
    #[inline(always)]
    pub fn write<T: io::Write + ?Sized, const ARGUMENTS: usize>(
        self,
        to: &mut T,
        template: Template<ARGUMENTS>,
        arguments: &[Argument<'_>; ARGUMENTS],
        _by_core_fmt: impl FnOnce(&mut T) -> Result<()>,
    ) -> Result<()> {
        let mut gathered = Gathered { to, text: [0; GATHERED_BYTES], length: 0 };
        Adapter::write(&mut gathered, |adapter| format_to(adapter, template, arguments))?;
        io::Write::flush(&mut gathered)
    }
}

/// So much text is gathered at most.
const GATHERED_BYTES: usize = 64;

/// Gathers the pieces of a text: a line is one write to a file or one packet of a connection, as a rule.
struct Gathered<'a, T: ?Sized> {
    to: &'a mut T,
    /// What is not written yet.
    text: [u8; GATHERED_BYTES],
    length: usize,
}

impl<T: io::Write + ?Sized> io::Write for Gathered<'_, T> {
    fn write(&mut self, piece: &[u8]) -> Result<usize> {
        if piece.len() > GATHERED_BYTES - self.length {
            self.flush()?;
        }
        match self.text.get_mut(self.length..).and_then(|free| free.get_mut(..piece.len())) {
            Some(place) => {
                place.copy_from_slice(piece);
                self.length += piece.len();
            }
            None => self.to.write_all(piece)?,
        }
        Ok(piece.len())
    }

    fn flush(&mut self) -> Result<()> {
        match self.text.get(..core::mem::take(&mut self.length)) {
            Some(text) if !text.is_empty() => self.to.write_all(text),
            _ => Ok(()),
        }
    }
}

/// See [`Other`].
pub struct Unknown;

impl Unknown {
    /// Writes to `to` by `by_core_fmt`.
    #[inline(always)]
    pub fn write<T: ?Sized, R, const ARGUMENTS: usize>(
        self,
        to: &mut T,
        _template: Template<ARGUMENTS>,
        _arguments: &[Argument<'_>; ARGUMENTS],
        by_core_fmt: impl FnOnce(&mut T) -> R,
    ) -> R {
        by_core_fmt(to)
    }
}

#[cfg(test)]
mod tests {
    use alloc::{vec, vec::Vec};

    use super::*;
    use crate::{Error, io::Write};

    /// Remembers each write.
    #[derive(Default)]
    struct Writes(Vec<String>);

    impl Write for Writes {
        fn write(&mut self, buf: &[u8]) -> Result<usize> {
            self.0.push(core::str::from_utf8(buf).unwrap().into());
            Ok(buf.len())
        }

        fn flush(&mut self) -> Result<()> {
            Ok(())
        }
    }

    #[cfg_attr(miri, ignore = "formats by C")]
    #[test]
    fn a_line_is_one_write() {
        let mut writes = Writes::default();
        let (a, b) = (12, "b");
        crate::writeln!(writes, "{a}:{b}:{}", 'c').unwrap();
        assert_eq!(writes.0, ["12:b:c\n"]);
    }

    #[cfg_attr(miri, ignore = "formats by C")]
    #[test]
    fn a_long_text_is_written_in_its_order() {
        let mut writes = Writes::default();
        let (long, short) = ("x".repeat(100), "y".repeat(40));
        crate::write!(writes, "{short}{short}{long}{}", 1).unwrap();
        assert_eq!(writes.0, vec![short.clone(), short, long, "1".into()]);
    }

    #[cfg_attr(miri, ignore = "formats by C")]
    #[test]
    fn errors_are_those_of_the_destination() {
        let mut full = &mut [0; 2][..];
        assert_eq!(crate::write!(full, "{}{}", "a", "bc"), Err(Error::WriteZero));
    }
}
