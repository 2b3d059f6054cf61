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
        Adapter::write(to, |adapter| format_to(adapter, template, arguments))
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
