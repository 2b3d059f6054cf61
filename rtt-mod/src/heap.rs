//! The heaps: how much is used, and how much is left.
//!
//! A program allocates from an arena in its own memory, as large as the option `heap` of
//! [`main`](macro@crate::main) says, which goes when the program goes. With `heap = "kernel"` it allocates from the heap
//! that all programs and the kernel share: nothing is set apart, but others may use it up; what the program has not freed
//! is given back when it ends.
//!
//! Without memory the program ends, with a message that names the heap. `Vec::try_reserve` and its like are `Err` instead.
//!
//! ```no_run
//! let numbers = vec![0u32; 100];
//! rtt_mod::println!("{} of {} bytes", rtt_mod::heap::used(), rtt_mod::heap::total());
//! # drop(numbers);
//! ```
#![forbid(unsafe_code)]

use crate::{Result, sys};

/// Bytes that the program has allocated, with what each block takes beside.
///
/// With `heap = "kernel"`, without that.
///
/// ```no_run
/// let before = rtt_mod::heap::used();
/// ```
pub fn used() -> usize {
    sys::heap::figures().used
}

/// Bytes that are left for the program, in one piece or in many.
///
/// With `heap = "kernel"` that is what the kernel's heap has left, for all.
///
/// ```no_run
/// if rtt_mod::heap::free() < 1024 {
///     rtt_mod::println!("memory is short");
/// }
/// ```
pub fn free() -> usize {
    sys::heap::figures().free
}

/// Bytes of the heap that the program allocates from.
///
/// ```no_run
/// let share = 100 * rtt_mod::heap::used() / rtt_mod::heap::total();
/// ```
pub fn total() -> usize {
    sys::heap::figures().total
}

/// The kernel's heap, whatever the program allocates from: `rt_memory_info`.
///
/// # Errors
///
/// [`Error::Unsupported`](crate::Error::Unsupported) where the kernel does not count.
///
/// ```no_run
/// let kernel = rtt_mod::heap::kernel()?;
/// rtt_mod::println!("the kernel has {} bytes left", kernel.free());
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn kernel() -> Result<Kernel> {
    sys::kernel_heap::figures().map(Kernel)
}

/// Figures of the kernel's heap, in bytes, at the time of [`kernel`].
///
/// ```no_run
/// let largest = rtt_mod::heap::kernel()?.peak();
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Kernel(sys::kernel_heap::Figures);

impl Kernel {
    /// The whole heap.
    ///
    /// ```no_run
    /// let bytes = rtt_mod::heap::kernel()?.total();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn total(&self) -> usize {
        self.0.total
    }

    /// What is in use, by anybody.
    ///
    /// ```no_run
    /// let bytes = rtt_mod::heap::kernel()?.used();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn used(&self) -> usize {
        self.0.used
    }

    /// What is left, in one piece or in many.
    ///
    /// ```no_run
    /// let bytes = rtt_mod::heap::kernel()?.free();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn free(&self) -> usize {
        self.0.total.saturating_sub(self.0.used)
    }

    /// The most that was in use since the kernel booted.
    ///
    /// ```no_run
    /// let bytes = rtt_mod::heap::kernel()?.peak();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn peak(&self) -> usize {
        self.0.peak
    }

    /// What this program has allocated of it, with `heap = "kernel"`.
    ///
    /// ```no_run
    /// let bytes = rtt_mod::heap::kernel()?.module();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn module(&self) -> usize {
        self.0.module
    }
}
