//! The types of functions in libraries, as texts that both sides compare.
//!
//! `#[rtt_mod::export]` writes the text of a function's type next to the function, if the type has one: `fn(i32, i32) -> i32`.
//! The names come from the types and not from the words in the source, so an alias has the name of what it stands for.

use core::ffi::c_void;

/// The name of a type.
#[derive(Debug)]
pub struct Name {
    text: &'static str,
    /// For a pointer, what it points to.
    of: Option<&'static Name>,
}

impl Name {
    /// Stands for no result.
    pub const NOTHING: &'static Name = &Name { text: "()", of: None };

    const fn is_nothing(&self) -> bool {
        self.of.is_none() && self.text.len() == 2
    }
}

/// Types that have a name, which both sides of a call know: integers, floats, `bool`, pointers to them, and no result.
pub trait Type: Copy {
    /// The name.
    #[doc(hidden)]
    const NAME: &'static Name;
}

macro_rules! types {
    ($($type:ty),+) => {$(
        impl Type for $type {
            const NAME: &'static Name = &Name { text: stringify!($type), of: None };
        }
    )+};
}

types!(u8, u16, u32, u64, usize, i8, i16, i32, i64, isize, f32, f64, bool);

impl Type for () {
    const NAME: &'static Name = Name::NOTHING;
}

impl Type for *const c_void {
    const NAME: &'static Name = &Name { text: "*const c_void", of: None };
}

impl Type for *mut c_void {
    const NAME: &'static Name = &Name { text: "*mut c_void", of: None };
}

impl<T: Type> Type for *const T {
    const NAME: &'static Name = &Name { text: "*const ", of: Some(T::NAME) };
}

impl<T: Type> Type for *mut T {
    const NAME: &'static Name = &Name { text: "*mut ", of: Some(T::NAME) };
}

/// The type of a function.
#[derive(Clone, Copy, Debug)]
pub struct Signature {
    /// `unsafe ` or nothing.
    pub safety: &'static str,
    /// The types of the arguments.
    pub arguments: &'static [&'static Name],
    /// The type of the result.
    pub result: &'static Name,
}

impl Signature {
    /// The length of the text, with a NUL at its end.
    pub const fn bytes(&self) -> usize {
        let mut writer = Writer { text: [], length: 0 };
        writer.signature(self);
        writer.length
    }

    /// The text, which has [`bytes`](Self::bytes) bytes.
    pub const fn text<const BYTES: usize>(&self) -> [u8; BYTES] {
        let mut writer = Writer { text: [0; BYTES], length: 0 };
        writer.signature(self);
        writer.text
    }

    /// Whether a function with this text can be called as one of this type: it has the type, or is safe and else the same.
    pub fn takes(&self, text: &[u8]) -> bool {
        let mut rest = Some(text.strip_prefix(self.safety.as_bytes()).unwrap_or(text));
        self.after_safety(|piece| rest = rest.and_then(|rest| rest.strip_prefix(piece.as_bytes())));
        rest == Some(&[])
    }

    /// Calls `take` with the pieces of the text.
    pub fn each(&self, mut take: impl FnMut(&'static str)) {
        take(self.safety);
        self.after_safety(take);
    }

    fn after_safety(&self, mut take: impl FnMut(&'static str)) {
        take("fn(");
        for (position, name) in self.arguments.iter().enumerate() {
            if position > 0 {
                take(", ");
            }
            each(name, &mut take);
        }
        take(")");
        if !self.result.is_nothing() {
            take(" -> ");
            each(self.result, &mut take);
        }
    }
}

fn each(name: &'static Name, take: &mut impl FnMut(&'static str)) {
    let mut next = Some(name);
    while let Some(name) = next {
        take(name.text);
        next = name.of;
    }
}

/// Writes the same at compile time, where there are no closures. What does not fit is counted only.
struct Writer<const BYTES: usize> {
    text: [u8; BYTES],
    length: usize,
}

impl<const BYTES: usize> Writer<BYTES> {
    const fn signature(&mut self, signature: &Signature) {
        self.piece(signature.safety);
        self.piece("fn(");
        let mut position = 0;
        while position < signature.arguments.len() {
            if position > 0 {
                self.piece(", ");
            }
            self.name(signature.arguments[position]);
            position += 1;
        }
        self.piece(")");
        if !signature.result.is_nothing() {
            self.piece(" -> ");
            self.name(signature.result);
        }
        self.piece("\0");
    }

    const fn name(&mut self, name: &Name) {
        self.piece(name.text);
        if let Some(of) = name.of {
            self.name(of);
        }
    }

    const fn piece(&mut self, piece: &str) {
        let piece = piece.as_bytes();
        let mut position = 0;
        while position < piece.len() {
            if self.length < BYTES {
                self.text[self.length] = piece[position];
            }
            self.length += 1;
            position += 1;
        }
    }
}

/// Types of functions that [`Library::get`](crate::dl::Library::get) can check: `extern "C" fn` and `unsafe extern "C" fn` with up
/// to six arguments, of types that are a [`Type`](crate::dl::Type).
pub trait Function: Copy {
    /// The type, as a value.
    #[doc(hidden)]
    const SIGNATURE: Signature;
}

/// A function of a library, whose type was checked. [`Library::get`](crate::dl::Library::get) finds it. The library stays loaded
/// as long as it is borrowed, so the function can be called, but its address can't be taken out.
///
/// `call` takes the arguments of the function. For an `unsafe` function it is `unsafe`.
///
/// ```no_run
/// # fn main() -> Result<(), rtt_mod::dl::Error> {
/// let library = rtt_mod::dl::Library::open("sums.mo")?;
/// let add = library.get::<extern "C" fn(i32, i32) -> i32>("add")?;
/// rtt_mod::println!("{}", add.call(1, 2));
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a, F>(super::library::Symbol<'a, F>);

impl<'a, F> Checked<'a, F> {
    /// `symbol`, whose type was checked.
    pub(super) fn new(symbol: super::library::Symbol<'a, F>) -> Self {
        Checked(symbol)
    }
}

macro_rules! functions {
    ($($argument:ident: $Type:ident),*) => {
        impl<$($Type: Type,)* R: Type> Function for extern "C" fn($($Type),*) -> R {
            const SIGNATURE: Signature =
                Signature { safety: "", arguments: &[$($Type::NAME),*], result: R::NAME };
        }

        impl<$($Type: Type,)* R: Type> Function for unsafe extern "C" fn($($Type),*) -> R {
            const SIGNATURE: Signature =
                Signature { safety: "unsafe ", arguments: &[$($Type::NAME),*], result: R::NAME };
        }

        impl<$($Type: Type,)* R: Type> Checked<'_, extern "C" fn($($Type),*) -> R> {
            /// Calls the function, in the calling thread.
            pub fn call(&self $(, $argument: $Type)*) -> R {
                (*self.0)($($argument),*)
            }
        }

        impl<$($Type: Type,)* R: Type> Checked<'_, unsafe extern "C" fn($($Type),*) -> R> {
            /// Calls the function, in the calling thread.
            ///
            /// # Safety
            ///
            /// That of the function.
            pub unsafe fn call(&self $(, $argument: $Type)*) -> R {
                // SAFETY: the caller's promise.
                unsafe { (*self.0)($($argument),*) }
            }
        }
    };
}

functions!();
functions!(a: A);
functions!(a: A, b: B);
functions!(a: A, b: B, c: C);
functions!(a: A, b: B, c: C, d: D);
functions!(a: A, b: B, c: C, d: D, e: E);
functions!(a: A, b: B, c: C, d: D, e: E, f: F);

#[cfg(test)]
mod tests {
    extern crate std;

    use std::{string::String, vec::Vec};

    use super::*;

    fn text<F: Function>() -> String {
        let mut text = String::new();
        F::SIGNATURE.each(|piece| text.push_str(piece));
        text
    }

    #[test]
    fn a_type_has_a_text() {
        type Word = u32;
        assert_eq!(text::<extern "C" fn()>(), "fn()");
        assert_eq!(text::<extern "C" fn(Word, bool) -> f32>(), "fn(u32, bool) -> f32");
        assert_eq!(
            text::<unsafe extern "C" fn(*const *mut u8, *mut c_void) -> *const c_void>(),
            "unsafe fn(*const *mut u8, *mut c_void) -> *const c_void"
        );
    }

    #[test]
    fn the_text_of_the_compile_time_is_the_same() {
        const SIGNATURE: Signature = <unsafe extern "C" fn(*const u8, usize) -> u32 as Function>::SIGNATURE;
        static TEXT: [u8; SIGNATURE.bytes()] = SIGNATURE.text();
        assert_eq!(TEXT, *b"unsafe fn(*const u8, usize) -> u32\0");
        assert!(SIGNATURE.takes(&TEXT[..TEXT.len() - 1]));
    }

    #[test]
    fn a_safe_function_can_be_taken_for_an_unsafe_one() {
        let (safe, other) = (<extern "C" fn() as Function>::SIGNATURE, <unsafe extern "C" fn() as Function>::SIGNATURE);
        assert!(safe.takes(b"fn()") && other.takes(b"fn()") && other.takes(b"unsafe fn()"));
        assert!(!safe.takes(b"unsafe fn()") && !other.takes(b"unsafe unsafe fn()"));
    }

    #[test]
    fn only_the_whole_text_is_the_same() {
        let signature = <extern "C" fn(i32) -> i32 as Function>::SIGNATURE;
        let texts = ["fn(i32) -> i32", "fn(i32) -> i3", "fn(i32) -> i322", "fn(i32)", ""];
        let same = texts.map(|text| signature.takes(text.as_bytes()));
        assert_eq!(same.into_iter().collect::<Vec<_>>(), [true, false, false, false, false]);
    }
}
