//! Values that each thread has of its own.

use core::{
    cell::{Cell, RefCell},
    fmt,
};

use crate::{error::expect, sys::thread::local::Values};

/// Declares values of which each thread has its own, like the macro of this name in `std`.
///
/// A value is made when its thread first uses it. It is dropped when a thread that
/// [`spawn`](crate::thread::spawn()) has started returns. The values of `main`, and of threads that call the module from
/// outside, such as the shell, are not dropped; their memory is given back when the module ends.
///
/// Each use costs a call of the kernel and a search in a list of the threads that have a value.
///
/// ```no_run
/// use core::cell::RefCell;
///
/// use rtt_mod::{thread, thread_local};
///
/// thread_local! {
///     static SEEN: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
/// }
///
/// SEEN.with_borrow_mut(|seen| seen.push(1));
/// thread::spawn(|| assert!(SEEN.with_borrow(Vec::is_empty))).join().unwrap();
/// ```
#[macro_export]
macro_rules! thread_local {
    () => {};
    ($(#[$attribute:meta])* $visibility:vis static $name:ident: $type:ty = const $value:block $(; $($rest:tt)*)?) => {
        $crate::thread_local!($(#[$attribute])* $visibility static $name: $type = $value $(; $($rest)*)?);
    };
    ($(#[$attribute:meta])* $visibility:vis static $name:ident: $type:ty = $value:expr $(; $($rest:tt)*)?) => {
        $(#[$attribute])*
        $visibility static $name: $crate::thread::LocalKey<$type> = $crate::thread::LocalKey::new({
            fn init() -> $type {
                $value
            }
            init
        });
        $($crate::thread_local!($($rest)*);)?
    };
}

/// A value that each thread has of its own. [`thread_local!`](crate::thread_local!) declares it.
///
/// ```no_run
/// # use core::cell::Cell;
/// rtt_mod::thread_local! {
///     static DEPTH: Cell<u32> = const { Cell::new(0) };
/// }
///
/// DEPTH.set(DEPTH.get() + 1);
/// ```
pub struct LocalKey<T: 'static> {
    values: Values<T>,
    init: fn() -> T,
}

impl<T: 'static> LocalKey<T> {
    #[doc(hidden)]
    pub const fn new(init: fn() -> T) -> Self {
        LocalKey { values: Values::new(), init }
    }

    /// Calls `work` with the value of the calling thread.
    ///
    /// # Panics
    ///
    /// In an interrupt; and when the kernel has no memory for a handle of the thread.
    ///
    /// ```no_run
    /// # rtt_mod::thread_local! { static NAME: String = String::from("none"); }
    /// NAME.with(|name| rtt_mod::println!("{name}"));
    /// ```
    #[track_caller]
    pub fn with<R>(&'static self, work: impl FnOnce(&T) -> R) -> R {
        expect(self.values.with(self.init, work))
    }

    /// Calls `work` with the value of the calling thread, where there is one.
    ///
    /// # Errors
    ///
    /// Where [`with`](LocalKey::with) panics.
    ///
    /// ```no_run
    /// # rtt_mod::thread_local! { static NAME: String = String::from("none"); }
    /// let length = NAME.try_with(String::len);
    /// ```
    pub fn try_with<R>(&'static self, work: impl FnOnce(&T) -> R) -> Result<R, AccessError> {
        self.values.with(self.init, work).map_err(|_| AccessError(()))
    }
}

impl<T: 'static> LocalKey<Cell<T>> {
    /// Sets the value of the calling thread.
    ///
    /// ```no_run
    /// # rtt_mod::thread_local! { static DEPTH: core::cell::Cell<u32> = const { core::cell::Cell::new(0) }; }
    /// DEPTH.set(1);
    /// ```
    pub fn set(&'static self, value: T) {
        self.with(|cell| cell.set(value));
    }

    /// Returns the value of the calling thread.
    ///
    /// ```no_run
    /// # rtt_mod::thread_local! { static DEPTH: core::cell::Cell<u32> = const { core::cell::Cell::new(0) }; }
    /// assert_eq!(DEPTH.get(), 0);
    /// ```
    pub fn get(&'static self) -> T
    where
        T: Copy,
    {
        self.with(Cell::get)
    }

    /// Returns the value of the calling thread, and leaves the default in its place.
    ///
    /// ```no_run
    /// # rtt_mod::thread_local! { static DEPTH: core::cell::Cell<u32> = const { core::cell::Cell::new(0) }; }
    /// assert_eq!(DEPTH.take(), 0);
    /// ```
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(Cell::take)
    }

    /// Returns the value of the calling thread, and leaves `value` in its place.
    ///
    /// ```no_run
    /// # rtt_mod::thread_local! { static DEPTH: core::cell::Cell<u32> = const { core::cell::Cell::new(0) }; }
    /// assert_eq!(DEPTH.replace(1), 0);
    /// ```
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}

impl<T: 'static> LocalKey<RefCell<T>> {
    /// Calls `work` with the value of the calling thread, borrowed.
    ///
    /// # Panics
    ///
    /// Where [`RefCell::borrow`] and [`with`](LocalKey::with) panic.
    ///
    /// ```no_run
    /// # rtt_mod::thread_local! { static SEEN: core::cell::RefCell<Vec<u8>> = const { core::cell::RefCell::new(Vec::new()) }; }
    /// let count = SEEN.with_borrow(Vec::len);
    /// ```
    pub fn with_borrow<R>(&'static self, work: impl FnOnce(&T) -> R) -> R {
        self.with(|cell| work(&cell.borrow()))
    }

    /// Calls `work` with the value of the calling thread, borrowed exclusively.
    ///
    /// # Panics
    ///
    /// Where [`RefCell::borrow_mut`] and [`with`](LocalKey::with) panic.
    ///
    /// ```no_run
    /// # rtt_mod::thread_local! { static SEEN: core::cell::RefCell<Vec<u8>> = const { core::cell::RefCell::new(Vec::new()) }; }
    /// SEEN.with_borrow_mut(|seen| seen.push(1));
    /// ```
    pub fn with_borrow_mut<R>(&'static self, work: impl FnOnce(&mut T) -> R) -> R {
        self.with(|cell| work(&mut cell.borrow_mut()))
    }
}

impl<T: 'static> fmt::Debug for LocalKey<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalKey").finish_non_exhaustive()
    }
}

/// The error of [`LocalKey::try_with`]: this is no thread.
///
/// ```no_run
/// # rtt_mod::thread_local! { static NAME: String = String::new(); }
/// assert!(NAME.try_with(String::len).is_ok());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccessError(());

impl fmt::Display for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is no thread that has values of its own")
    }
}

impl core::error::Error for AccessError {}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::sync::mpsc;

    use super::*;
    use crate::thread::spawn;

    #[test]
    fn each_thread_has_its_own_value() {
        crate::thread_local! {
            static COUNT: Cell<u32> = const { Cell::new(5) };
            static TEXTS: RefCell<std::vec::Vec<u32>> = RefCell::default()
        }
        COUNT.set(7);
        TEXTS.with_borrow_mut(|texts| texts.push(1));
        let other = spawn(|| {
            let count = COUNT.get();
            COUNT.set(9);
            (count, COUNT.get(), TEXTS.with_borrow(std::vec::Vec::len))
        });
        assert_eq!(other.join(), Ok((5, 9, 0)));
        assert_eq!((COUNT.replace(8), COUNT.take(), COUNT.get()), (7, 8, 0));
        assert_eq!(TEXTS.with_borrow(std::vec::Vec::len), 1);
    }

    #[test]
    fn a_thread_that_ends_drops_its_values_and_closes_its_handles() {
        struct Telling(mpsc::Sender<u32>, u32);

        impl Drop for Telling {
            fn drop(&mut self) {
                self.0.send(self.1).unwrap();
                // A destructor may make a value once more.
                LATE.with(|late| *late.borrow_mut() += 1);
            }
        }

        crate::thread_local! {
            static FIRST: RefCell<Option<Telling>> = const { RefCell::new(None) };
            static LATE: RefCell<u32> = const { RefCell::new(0) };
        }
        let before = rtt_mod_host::open_handles();
        let (sender, receiver) = mpsc::channel();
        for number in 0..3 {
            let sender = sender.clone();
            let thread = spawn(move || FIRST.with_borrow_mut(|first| *first = Some(Telling(sender, number))));
            thread.join().unwrap();
            assert_eq!(receiver.try_recv(), Ok(number));
        }
        assert_eq!(rtt_mod_host::open_handles(), before);
    }
}
