//! What threads share, and how they wait for each other.
//!
//! Each of these is an object of the kernel's, or made of some. The kernel makes the object when it is first used, so
//! all of them can be a `static`; it is deleted when its owner is dropped.
#![forbid(unsafe_code)]

mod semaphore;

pub use semaphore::Semaphore;
