//! A few instructions that nothing comes between.

use crate::sys::interrupt;

/// Runs `section` with interrupts off: `rt_hw_interrupt_disable` and `rt_hw_interrupt_enable`.
///
/// No other thread and no interrupt of any core runs in between, so keep it to a few instructions. A call in it that
/// would wait is refused. Sections may be inside of each other.
///
/// With the feature `critical-section` the module has an implementation of the crate of that name as well, by the same
/// means.
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
