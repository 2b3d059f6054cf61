//! Critical sections with interrupts off.

use crate::sys::interrupt;

/// Runs `section` with interrupts off: `rt_hw_interrupt_disable` and `rt_hw_interrupt_enable`.
///
/// No other thread and no interrupt of any core runs in between, so keep the section to a few instructions. Calls in it
/// that would wait are refused, and so is an allocation from the kernel's heap, whose lock another thread may have. A thread
/// that the section wakes runs after it. Sections can be nested.
///
/// With the feature `critical-section` the module also has an implementation for the crate of that name.
///
/// ```no_run
/// use core::cell::Cell;
/// use rtt_mod::sync::critical;
///
/// # let (low, high) = (Cell::new(0), Cell::new(0));
/// let both = critical::section(|| (low.get(), high.get()));
/// ```
pub fn section<T>(section: impl FnOnce() -> T) -> T {
    interrupt::without(section)
}
