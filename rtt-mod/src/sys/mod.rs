//! Safe functions over the module ABI. All unsafe code of this crate is here.

#[expect(dead_code, missing_docs, reason = "bindgen writes the whole header")]
#[rustfmt::skip]
mod bindings;

#[cfg(target_os = "none")]
mod allocator;
mod block;
pub mod callback;
pub mod class;
pub mod clock;
pub mod console;
pub mod converter;
mod counted;
mod critical;
pub mod device;
pub mod directory;
pub mod display;
pub mod driver;
pub mod entry;
pub mod environment;
pub mod event;
pub mod file;
pub mod handle;
pub mod heap;
#[cfg(not(target_os = "none"))]
pub mod host;
pub mod i2c;
pub mod interrupt;
pub mod kernel_heap;
mod length;
pub mod library;
#[cfg(feature = "log")]
pub mod logger;
pub mod mailbox;
#[cfg(thumb_2)]
mod memory;
pub mod mutex;
pub mod once;
#[cfg(target_os = "none")]
pub mod panic;
pub mod path;
pub mod pin;
pub mod pool;
pub mod process;
pub mod queue;
pub mod result;
pub mod rw_lock;
pub mod semaphore;
pub mod shell;
pub mod signature;
#[cfg(any(feature = "net", test))]
pub mod socket;
pub mod spi;
#[cfg(target_os = "none")]
pub mod tests;
pub mod thread;
pub mod time;
pub mod timer;
#[cfg(any(feature = "async", test))]
pub mod timer_queue;
pub mod uart;
#[cfg(any(feature = "async", test))]
pub mod waker;
#[cfg(any(feature = "embedded-hal-async", feature = "embedded-io-async"))]
pub mod waker_slot;
