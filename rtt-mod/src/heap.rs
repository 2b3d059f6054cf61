//! Statistics of the heaps: how much is used, and how much is left.
//!
//! A program allocates from the heap that the kernel and all programs share. No memory is reserved, but other programs can
//! use it up. The kernel frees what is left when the program ends. With the option `heap = "16K"` of
//! [`main`](macro@crate::main) the program allocates from an arena of this size in its own memory: the memory is bounded,
//! nobody else can use it up, and it is freed with the program.
//!
//! When an allocation fails the program ends, with a message that names the heap. `Vec::try_reserve` and similar
//! functions return `Err` instead.
//!
//! ```no_run
//! let numbers = vec![0u32; 100];
//! rtt_mod::println!("{} of {} bytes", rtt_mod::heap::used(), rtt_mod::heap::total());
//! # drop(numbers);
//! ```
#![forbid(unsafe_code)]

use crate::{Result, sys};

/// Returns the number of bytes that the program has allocated.
///
/// In an arena, the number includes the overhead of each block.
///
/// ```no_run
/// let before = rtt_mod::heap::used();
/// ```
pub fn used() -> usize {
    sys::heap::statistics().used
}

/// Returns the number of free bytes, which may be in several blocks.
///
/// Without an arena, these are the free bytes of the kernel's heap, which all programs share.
///
/// ```no_run
/// if rtt_mod::heap::free() < 1024 {
///     rtt_mod::println!("memory is short");
/// }
/// ```
pub fn free() -> usize {
    sys::heap::statistics().free
}

/// Returns the size of the heap that the program allocates from, in bytes.
///
/// ```no_run
/// let share = 100 * rtt_mod::heap::used() / rtt_mod::heap::total();
/// ```
pub fn total() -> usize {
    sys::heap::statistics().total
}

/// Returns statistics of the kernel's heap: `rt_memory_info`.
///
/// # Errors
///
/// [`Error::Unsupported`](crate::Error::Unsupported) when the kernel is built without statistics.
///
/// ```no_run
/// let kernel = rtt_mod::heap::kernel()?;
/// rtt_mod::println!("the kernel has {} bytes left", kernel.free());
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub fn kernel() -> Result<Kernel> {
    sys::kernel_heap::statistics().map(Kernel)
}

/// Statistics of the kernel's heap, in bytes, at the time of the call of [`kernel`].
///
/// ```no_run
/// let largest = rtt_mod::heap::kernel()?.peak();
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Kernel(sys::kernel_heap::Statistics);

impl Kernel {
    /// Returns the size of the heap.
    ///
    /// ```no_run
    /// let bytes = rtt_mod::heap::kernel()?.total();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn total(&self) -> usize {
        self.0.total
    }

    /// Returns the number of bytes in use, by the kernel and all programs.
    ///
    /// ```no_run
    /// let bytes = rtt_mod::heap::kernel()?.used();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn used(&self) -> usize {
        self.0.used
    }

    /// Returns the number of free bytes, which may be in several blocks.
    ///
    /// ```no_run
    /// let bytes = rtt_mod::heap::kernel()?.free();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn free(&self) -> usize {
        self.0.total.saturating_sub(self.0.used)
    }

    /// Returns the largest number of bytes that were in use at once since the kernel booted.
    ///
    /// ```no_run
    /// let bytes = rtt_mod::heap::kernel()?.peak();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn peak(&self) -> usize {
        self.0.peak
    }

    /// Returns the number of bytes that this program has allocated from it.
    ///
    /// ```no_run
    /// let bytes = rtt_mod::heap::kernel()?.module();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn module(&self) -> usize {
        self.0.module
    }
}
