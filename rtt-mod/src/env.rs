//! What the program was called with.
#![forbid(unsafe_code)]

use core::{ffi::CStr, fmt, iter::FusedIterator, slice};

use crate::sys::entry::ArgumentText;

/// The words of the command line, the program's own name first, as [`main`](macro@crate::main) gets them.
///
/// ```no_run
/// use rtt_mod::{env::Args, println};
///
/// #[rtt_mod::main]
/// fn main(args: Args) {
///     for word in args.skip(1) {
///         println!("{word}");
///     }
/// }
/// ```
#[derive(Clone)]
pub struct Args {
    texts: slice::Iter<'static, ArgumentText>,
}

impl Args {
    pub(crate) fn new(texts: &'static [ArgumentText]) -> Self {
        Args { texts: texts.iter() }
    }

    /// The same words, for C functions.
    ///
    /// ```no_run
    /// # fn rename(from: &core::ffi::CStr, to: &core::ffi::CStr) {}
    /// #[rtt_mod::main]
    /// fn main(args: rtt_mod::Args) {
    ///     let mut words = args.c_strs().skip(1);
    ///     if let (Some(from), Some(to)) = (words.next(), words.next()) {
    ///         rename(from, to);
    ///     }
    /// }
    /// ```
    pub fn c_strs(self) -> CStrs {
        CStrs { texts: self.texts }
    }
}

/// The words of the command line for C functions, made by [`Args::c_strs`].
///
/// ```no_run
/// # fn of(args: rtt_mod::Args) -> Option<&'static core::ffi::CStr> {
/// args.c_strs().last()
/// # }
/// ```
#[derive(Clone)]
pub struct CStrs {
    texts: slice::Iter<'static, ArgumentText>,
}

/// The traits that the arguments' iterators have in `std`, for an iterator over `texts`.
macro_rules! iterate {
    ($iterator:ty, $item:ty, $convert:path) => {
        impl Iterator for $iterator {
            type Item = $item;

            fn next(&mut self) -> Option<Self::Item> {
                self.texts.next().copied().map($convert)
            }

            fn size_hint(&self) -> (usize, Option<usize>) {
                self.texts.size_hint()
            }
        }

        impl DoubleEndedIterator for $iterator {
            fn next_back(&mut self) -> Option<Self::Item> {
                self.texts.next_back().copied().map($convert)
            }
        }

        impl ExactSizeIterator for $iterator {}

        impl FusedIterator for $iterator {}

        impl fmt::Debug for $iterator {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.debug_list().entries(self.clone()).finish()
            }
        }
    };
}

iterate!(Args, &'static str, ArgumentText::to_str);
iterate!(CStrs, &'static CStr, ArgumentText::to_c_str);
