//! The types whose values the kernel formats.
//!
//! The printing macros call `(&Value::<Marker, _>::new(&value)).argument(&by_core_fmt)`. If the type implements
//! [`Direct`] for the marker, this is the method of [`ByKernel`]. Otherwise auto-referencing makes it that of
//! [`ByCoreFmt`]. The closure is compiled only if it is used.
#![forbid(unsafe_code)]

use alloc::{borrow::Cow, boxed::Box, string::String};
use core::{fmt, marker::PhantomData, num::NonZero};

use crate::{
    Error,
    sys::console::{Argument, Sink},
};

/// `{}`
pub enum Display {}

/// `{:.3}`
pub enum Truncated {}

/// `{:?}`
pub enum Debug {}

/// `{:x}`, `{:X}`, `{:o}`, `{:b}`
pub enum Radix {}

/// A value in a printing macro.
pub struct Value<'a, Marker, T: ?Sized>(&'a T, PhantomData<Marker>);

impl<'a, Marker, T: ?Sized> Value<'a, Marker, T> {
    /// `value`, to be formatted as `Marker` says.
    #[inline(always)]
    pub fn new(value: &'a T) -> Self {
        Value(value, PhantomData)
    }
}

/// Values that the kernel formats.
pub trait ByKernel<'a> {
    /// The argument that stands for the value.
    fn argument<F: Fn(&mut Sink<'_>) -> fmt::Result>(&self, by_core_fmt: &'a F) -> Argument<'a>;
}

impl<'a, Marker, T: Direct<Marker> + ?Sized> ByKernel<'a> for Value<'a, Marker, T> {
    #[inline(always)]
    fn argument<F: Fn(&mut Sink<'_>) -> fmt::Result>(&self, by_core_fmt: &'a F) -> Argument<'a> {
        self.0.argument(by_core_fmt)
    }
}

/// All other values.
pub trait ByCoreFmt<'a> {
    /// The argument that stands for the value.
    fn argument<F: Fn(&mut Sink<'_>) -> fmt::Result>(&self, by_core_fmt: &'a F) -> Argument<'a>;
}

impl<'a, Marker, T: ?Sized> ByCoreFmt<'a> for &Value<'a, Marker, T> {
    #[inline(always)]
    fn argument<F: Fn(&mut Sink<'_>) -> fmt::Result>(&self, by_core_fmt: &'a F) -> Argument<'a> {
        Argument::formatted(by_core_fmt)
    }
}

/// Types that the kernel can format as `Marker` says.
pub trait Direct<Marker> {
    /// The argument that stands for the value.
    fn argument<'a, F: Fn(&mut Sink<'_>) -> fmt::Result>(&'a self, by_core_fmt: &'a F) -> Argument<'a>;
}

/// `impl Direct<Marker> for Type`, with `self` as `$value`.
macro_rules! direct {
    ($($marker:ident)+: $type:ty, $value:ident => $argument:expr) => {$(
        impl Direct<$marker> for $type {
            #[inline(always)]
            fn argument<'a, F: Fn(&mut Sink<'_>) -> fmt::Result>(&'a self, _: &'a F) -> Argument<'a> {
                let $value = self;
                $argument
            }
        }
    )+};
}

macro_rules! integers {
    ($($type:ident, $unsigned:ident: $decimal:ident, $radix:ident;)+) => {$(
        direct!(Display Truncated Debug: $type, value => Argument::$decimal((*value).into()));
        direct!(Radix: $type, value => Argument::$radix((*value as $unsigned).into()));
        direct!(Display Truncated Debug: NonZero<$type>, value => Argument::$decimal(value.get().into()));
        direct!(Radix: NonZero<$type>, value => Argument::$radix((value.get() as $unsigned).into()));
    )+};
}

integers! {
    u8, u8: unsigned, unsigned;
    u16, u16: unsigned, unsigned;
    u32, u32: unsigned, unsigned;
    u64, u64: unsigned_long, unsigned_long;
    i8, u8: signed, unsigned;
    i16, u16: signed, unsigned;
    i32, u32: signed, unsigned;
    i64, u64: signed_long, unsigned_long;
}

direct!(Display Truncated Debug Radix: usize, value => Argument::word(*value));
direct!(Display Truncated Debug: isize, value => Argument::signed_word(*value));
direct!(Radix: isize, value => Argument::word(*value as usize));

direct!(Display Truncated: str, value => Argument::text(value));
direct!(Display Truncated: String, value => Argument::text(value));
direct!(Display Truncated: Cow<'_, str>, value => Argument::text(value));
direct!(Display: char, value => Argument::character(*value));
direct!(Debug: Error, value => Argument::error(*value));
direct!(Display Debug: bool, value => Argument::boolean(*value));

/// The kernel does not format them. They are here so that inferring the type of a literal does not fail.
macro_rules! long_integers {
    ($($type:ident)+) => {$(
        impl<Marker> Direct<Marker> for $type {
            #[inline(always)]
            fn argument<'a, F: Fn(&mut Sink<'_>) -> fmt::Result>(&'a self, by_core_fmt: &'a F) -> Argument<'a> {
                Argument::formatted(by_core_fmt)
            }
        }
    )+};
}

long_integers!(u128 i128);

/// References and boxes are formatted like what they refer to.
macro_rules! transparent {
    ($($type:ty),+) => {$(
        impl<Marker, T: Direct<Marker> + ?Sized> Direct<Marker> for $type {
            #[inline(always)]
            fn argument<'a, F: Fn(&mut Sink<'_>) -> fmt::Result>(&'a self, by_core_fmt: &'a F) -> Argument<'a> {
                (**self).argument(by_core_fmt)
            }
        }
    )+};
}

transparent!(&T, &mut T, Box<T>);

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether `core::fmt` is drawn in by a value under a marker.
    macro_rules! by_core_fmt {
        ($marker:ident, $value:expr) => {
            (&Value::<$marker, _>::new(&$value)).argument(&|_: &mut Sink<'_>| Ok(())).is_formatted()
        };
    }

    #[test]
    fn the_kernel_formats_what_it_can() {
        assert!(!by_core_fmt!(Display, 5));
        assert!(!by_core_fmt!(Display, "text"));
        assert!(!by_core_fmt!(Display, &&String::new()));
        assert!(!by_core_fmt!(Display, Box::new('c')));
        assert!(!by_core_fmt!(Truncated, Cow::from("text")));
        assert!(!by_core_fmt!(Debug, true));
        assert!(!by_core_fmt!(Debug, Error::Busy));
        assert!(!by_core_fmt!(Debug, &mut 5i64));
        assert!(!by_core_fmt!(Radix, usize::MAX));
    }

    #[test]
    fn the_rest_is_for_core_fmt() {
        assert!(by_core_fmt!(Display, 1.5));
        assert!(by_core_fmt!(Display, 5u128));
        assert!(by_core_fmt!(Debug, "text"));
        assert!(by_core_fmt!(Truncated, true));
        assert!(by_core_fmt!(Debug, Some(1)));
    }
}
