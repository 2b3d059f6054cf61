//! Memory pools: blocks of one size, which are allocated and freed in constant time, also by interrupts. RT-Thread's
//! `rt_mempool`.
//!
//! The memory of all blocks is allocated at once, when the pool is first used. It is freed when the pool is dropped, or when the
//! module ends.
//!
//! ```no_run
//! use rtt_mod::pool::Pool;
//!
//! static FRAMES: Pool<[u8; 64]> = Pool::new(4);
//!
//! let mut frame = FRAMES.allocate([0; 64]);
//! frame[0] = 0x55;
//! assert_eq!(FRAMES.available(), 3);
//! drop(frame);
//! assert_eq!(FRAMES.available(), 4);
//! ```
#![forbid(unsafe_code)]

use core::time::Duration;

pub use crate::sys::pool::Block;
use crate::{
    Result,
    error::expect,
    sys::{self, time},
};

/// A pool of blocks for values of type `T`, which have at most 65,528 bytes.
///
/// Each block takes the size of `T`, rounded up to `RT_ALIGN_SIZE`, and a pointer.
///
/// ```no_run
/// use rtt_mod::pool::Pool;
///
/// struct Reading {
///     channel: u8,
///     volts: f32,
/// }
///
/// static READINGS: Pool<Reading> = Pool::new(8);
///
/// let reading = READINGS.allocate(Reading { channel: 2, volts: 3.3 });
/// ```
#[derive(Debug)]
pub struct Pool<T>(sys::pool::Pool<T>);

impl<T> Pool<T> {
    /// A pool of `blocks` blocks, at least one.
    ///
    /// # Panics
    ///
    /// When `blocks` is 0: in a `static`, when it is compiled.
    ///
    /// ```
    /// static FRAMES: rtt_mod::pool::Pool<[u8; 64]> = rtt_mod::pool::Pool::new(4);
    /// ```
    pub const fn new(blocks: u16) -> Self {
        assert!(blocks > 0, "a pool has at least one block");
        Pool(sys::pool::Pool::new(blocks as u32))
    }

    /// Gives it a name. From then on it is in the list of the shell's command `list_mempool`. The kernel keeps
    /// `RT_NAME_MAX` - 1 bytes of the name, usually 7.
    ///
    /// # Errors
    ///
    /// [`Error::OutOfMemory`](crate::Error::OutOfMemory) if the kernel has no memory for it;
    /// [`Error::WouldWait`](crate::Error::WouldWait) if it is not made yet and this is an interrupt or a timer's callback.
    ///
    /// ```no_run
    /// static FRAMES: rtt_mod::pool::Pool<[u8; 64]> = rtt_mod::pool::Pool::new(4);
    ///
    /// FRAMES.set_name("frames")?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn set_name(&self, name: &str) -> Result<()> {
        self.0.set_name(name)
    }

    /// Takes a block and moves `value` there. Waits for a block without a limit: `rt_mp_alloc` with `RT_WAITING_FOREVER`.
    ///
    /// # Panics
    ///
    /// In an interrupt or a timer's callback, if it would wait; and when the kernel has no memory for the pool.
    ///
    /// ```no_run
    /// # static NUMBERS: rtt_mod::pool::Pool<u32> = rtt_mod::pool::Pool::new(4);
    /// let seven = NUMBERS.allocate(7);
    /// assert_eq!(*seven, 7);
    /// ```
    #[track_caller]
    pub fn allocate(&self, value: T) -> Block<'_, T> {
        expect(self.0.allocate(value, time::FOREVER))
    }

    /// Takes a block if there is one, and moves `value` there: `rt_mp_alloc` with `RT_WAITING_NO`. Interrupts can call it too,
    /// if a thread has used the pool before.
    ///
    /// # Errors
    ///
    /// [`Error::Empty`](crate::Error::Empty) when all blocks are in use. The value is dropped.
    ///
    /// ```no_run
    /// # static NUMBERS: rtt_mod::pool::Pool<u32> = rtt_mod::pool::Pool::new(4);
    /// if NUMBERS.try_allocate(7).is_err() {
    ///     rtt_mod::println!("no block is free");
    /// }
    /// ```
    pub fn try_allocate(&self, value: T) -> Result<Block<'_, T>> {
        self.0.allocate(value, 0)
    }

    /// Takes a block and moves `value` there. Waits for a block for at most `timeout`, which is rounded up to the kernel's tick.
    ///
    /// # Errors
    ///
    /// [`Error::TimedOut`](crate::Error::TimedOut) when no block has become free, and
    /// [`Error::WouldWait`](crate::Error::WouldWait) in an interrupt or a timer's callback. The value is dropped.
    ///
    /// ```no_run
    /// # static NUMBERS: rtt_mod::pool::Pool<u32> = rtt_mod::pool::Pool::new(4);
    /// let seven = NUMBERS.allocate_timeout(7, core::time::Duration::from_millis(100))?;
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn allocate_timeout(&self, value: T, timeout: Duration) -> Result<Block<'_, T>> {
        self.0.allocate(value, time::milliseconds(timeout))
    }

    /// Returns how many blocks are free.
    ///
    /// # Panics
    ///
    /// When the kernel has no memory for the pool.
    ///
    /// ```no_run
    /// static NUMBERS: rtt_mod::pool::Pool<u32> = rtt_mod::pool::Pool::new(4);
    /// assert_eq!(NUMBERS.available(), 4);
    /// ```
    #[track_caller]
    pub fn available(&self) -> usize {
        expect(self.0.free()) as usize
    }
}

#[cfg(test)]
mod tests {
    extern crate std;

    use std::thread;

    use super::*;
    use crate::{Error, sync::Arc};

    #[test]
    fn blocks_come_back_with_their_values_dropped() {
        let (pool, value) = (Pool::new(2), Arc::new(5));
        let first = pool.allocate(Arc::clone(&value));
        let mut second = pool.try_allocate(Arc::clone(&value)).unwrap();
        assert_eq!(pool.try_allocate(Arc::clone(&value)).unwrap_err(), Error::Empty);
        assert_eq!((pool.available(), Arc::strong_count(&value)), (0, 3));
        *second = Arc::new(6);
        assert_eq!((**first, **second), (5, 6));
        drop(first);
        assert_eq!((pool.available(), Arc::strong_count(&value)), (1, 1));
    }

    #[test]
    fn a_thread_waits_for_a_block() {
        static POOL: Pool<u8> = Pool::new(1);

        let block = POOL.allocate(1);
        assert_eq!(POOL.allocate_timeout(2, Duration::from_millis(1)).unwrap_err(), Error::TimedOut);
        let waits = thread::spawn(|| *POOL.allocate(3));
        drop(block);
        assert_eq!(waits.join().unwrap(), 3);
    }

    #[test]
    fn a_value_is_aligned() {
        #[repr(align(64))]
        struct Line(u8);

        let pool = Pool::new(3);
        let lines = [1, 2, 3].map(|byte| pool.allocate(Line(byte)));
        for (line, byte) in lines.iter().zip(1..) {
            assert_eq!(((&raw const **line).addr() % 64, line.0), (0, byte));
        }
    }

    #[test]
    fn a_value_may_have_no_bytes() {
        let pool = Pool::new(1);
        drop(pool.allocate(()));
        assert_eq!(pool.available(), 1);
    }
}
