//! Handles of libraries, and their functions.

use alloc::string::String;
use core::{
    ffi::{CStr, c_char, c_void},
    marker::PhantomData,
    ops::Deref,
    ptr::{self, NonNull},
};

use super::{
    bindings::{self, rttm_library},
    length,
    signature::{Checked, Function},
};
use crate::dl::Error;

/// The beginning of the name of a function that returns the type of another one. `rtt-mod-macros` has it too.
const TYPE_PREFIX: &str = "rtt_mod_type_";

/// A loaded library. It is unloaded when it is dropped. While one of its functions is that of a thread, a timer, a callback, a
/// driver or a command, it stays loaded, until the program ends.
#[derive(Debug)]
pub struct Library(NonNull<rttm_library>);

// SAFETY: the kernel takes the handle of a library from any thread, and does not change what it stands for.
unsafe impl Send for Library {}
// SAFETY: as above.
unsafe impl Sync for Library {}

impl Library {
    /// Loads the library in the file `path`, which is relative to the working directory.
    ///
    /// If the program has the file open already, this is the same library, which stays loaded until all of its handles are
    /// dropped. Each program has a copy of its own, with its own variables and its own heap. Memory that the library has
    /// allocated has to be freed by the library.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] when there is no such file, and [`Error::Refused`] when it cannot be loaded, or where
    /// nothing may wait.
    ///
    /// ```no_run
    /// use rtt_mod::{dl::Library, println};
    ///
    /// match Library::open("codec.mo") {
    ///     Ok(_library) => println!("codec.mo is loaded"),
    ///     Err(error) => println!("codec.mo: {error}"),
    /// }
    /// ```
    pub fn open(path: &str) -> Result<Library, Error> {
        let Ok((path, length)) = length::text(path) else { return Err(Error::NotFound) };
        let mut library = ptr::null_mut();
        // SAFETY: the text has that many bytes, and there is a place for the result.
        let result = unsafe { bindings::rttm_library_open(path, length, &mut library) };
        match (result as u32, NonNull::new(library)) {
            (bindings::RTTM_LIBRARY_OPENED, Some(library)) => Ok(Library(library)),
            (bindings::RTTM_LIBRARY_NOT_FOUND, _) => Err(Error::NotFound),
            _ => Err(Error::Refused),
        }
    }

    /// Loads the library in `bytes`, which are those of its file. They may go when this returns. `name` is what the console
    /// calls the library. Each call loads a library of its own.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] when it cannot be loaded.
    ///
    /// ```no_run
    /// use rtt_mod::dl::{Error, Library};
    ///
    /// # static RECEIVED: [u8; 0] = [];
    /// let codec = Library::from_bytes("codec", &RECEIVED)?;
    /// # Ok::<(), Error>(())
    /// ```
    pub fn from_bytes(name: &str, bytes: &[u8]) -> Result<Library, Error> {
        let Ok((name, name_length)) = length::text(name) else { return Err(Error::Refused) };
        let Ok(length) = u32::try_from(bytes.len()) else { return Err(Error::Refused) };
        let mut library = ptr::null_mut();
        // SAFETY: text and bytes are that long and live until the call returns, and there is a place for the result.
        let result = unsafe {
            bindings::rttm_library_open_bytes(bytes.as_ptr().cast(), length, name, name_length, &mut library)
        };
        match (result as u32, NonNull::new(library)) {
            (bindings::RTTM_LIBRARY_OPENED, Some(library)) => Ok(Library(library)),
            _ => Err(Error::Refused),
        }
    }

    /// Finds the function that the library exports as `name`, and checks that its type is `F`. A function that is safe is also
    /// found as an `unsafe` one.
    ///
    /// A function of a library in Rust has its type in the file, if that consists of integers, floats, `bool` and pointers to
    /// them: [`macro@crate::export`] writes it. For all others there is [`get_unchecked`](Self::get_unchecked).
    ///
    /// # Errors
    ///
    /// [`Error::NoFunction`] when the library exports no function of this name, [`Error::NoType`] when the file does not have the
    /// function's type, and [`Error::OtherType`] when that is not `F`. The console shows both types then.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), rtt_mod::dl::Error> {
    /// let library = rtt_mod::dl::Library::open("sums.mo")?;
    /// let add = library.get::<extern "C" fn(i32, i32) -> i32>("add")?;
    /// rtt_mod::println!("{}", add.call(1, 2));
    /// # Ok(())
    /// # }
    /// ```
    pub fn get<F: Function>(&self, name: &str) -> Result<Checked<'_, F>, Error> {
        // SAFETY: the function's type is compared below, before the function can be called.
        let symbol = unsafe { self.get_unchecked::<F>(name) }?;
        let text = self.type_of(name).ok_or(Error::NoType)?;
        if F::SIGNATURE.takes(text.as_bytes()) {
            return Ok(Checked::new(symbol));
        }
        crate::print!("{name} is {text}, not ");
        F::SIGNATURE.each(|piece| crate::print!("{piece}"));
        crate::println!();
        Err(Error::OtherType)
    }

    /// The type of the function `name`, if the library says it. The text is in the library.
    fn type_of(&self, name: &str) -> Option<&str> {
        let mut type_name = String::new();
        type_name.try_reserve_exact(TYPE_PREFIX.len() + name.len()).ok()?;
        type_name.push_str(TYPE_PREFIX);
        type_name.push_str(name);
        // SAFETY: only `#[rtt_mod::export]` exports such names, which others can't have. This is the type of the function.
        let text = unsafe { self.get_unchecked::<extern "C" fn() -> *const c_char>(&type_name) }.ok()?;
        // SAFETY: the function returns a text with a NUL, which is there as long as the library.
        unsafe { CStr::from_ptr(text()) }.to_str().ok()
    }

    /// Finds the function that the library exports as `name`. `F` is its type: a function pointer.
    ///
    /// # Errors
    ///
    /// [`Error::NoFunction`] when the library exports no function of this name.
    ///
    /// # Safety
    ///
    /// - `F` is the type that the function has in the library, including its calling convention. For a function marked
    ///   with [`rtt_mod::export`](crate::export) that is `extern "C" fn(…)`, or `unsafe extern "C" fn(…)`.
    /// - The library's code and variables are gone after the [`Library`] is dropped. From then on, no copy of the
    ///   function pointer is called, and nothing is used that points into the library: no `&'static` that one of its
    ///   functions has returned, and no closure or trait object that it has made.
    ///
    /// ```no_run
    /// # fn main() -> Result<(), rtt_mod::dl::Error> {
    /// let library = rtt_mod::dl::Library::open("sums.mo")?;
    /// // SAFETY: `add` in sums.mo is `fn add(left: i32, right: i32) -> i32`.
    /// let add = unsafe { library.get_unchecked::<extern "C" fn(i32, i32) -> i32>("add") }?;
    /// rtt_mod::println!("{}", add(1, 2));
    /// # Ok(())
    /// # }
    /// ```
    pub unsafe fn get_unchecked<F: Copy>(&self, name: &str) -> Result<Symbol<'_, F>, Error> {
        const { assert!(size_of::<F>() == size_of::<*mut c_void>(), "`F` is a function pointer") };
        let Ok((name, length)) = length::text(name) else { return Err(Error::NoFunction) };
        // SAFETY: the library is open, and the text has that many bytes.
        let address = unsafe { bindings::rttm_library_symbol(self.0.as_ptr(), name, length) };
        if address.is_null() {
            return Err(Error::NoFunction);
        }
        // SAFETY: the caller's promise: the function at this address is an `F`.
        let function = unsafe { (&raw const address).cast::<F>().read() };
        Ok(Symbol { function, library: PhantomData })
    }
}

impl Drop for Library {
    fn drop(&mut self) {
        // SAFETY: the library is open. No `Symbol` outlives it, and by the contract of `get` no other pointer into it
        // is used.
        unsafe { bindings::rttm_library_close(self.0.as_ptr()) }
    }
}

/// A function of a library, which is called like any other. It cannot outlive the [`Library`].
#[derive(Clone, Copy, Debug)]
pub struct Symbol<'library, F> {
    function: F,
    library: PhantomData<&'library Library>,
}

impl<F> Deref for Symbol<'_, F> {
    type Target = F;

    fn deref(&self) -> &F {
        &self.function
    }
}
