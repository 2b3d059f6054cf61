//! The loader of the firmware: the crate `loader` behind the C interface of `kernel-glue/src/module/loader.h`.
//!
//! 1. **It does not panic.** The function that a panic would call does not exist: with one that the compiler can't rule
//!    out, the library does not link.
//! 2. **It has one visible symbol**, `rttm_loader_load`. Everything else is local to the object, so that it lives beside
//!    other static libraries in Rust.
//! 3. **All `unsafe` is in `kernel`,** which turns C's functions and pointers into safe ones.
#![no_std]
#![deny(unsafe_code)]

#[rustfmt::skip]
mod bindings;
mod kernel;
mod load;
mod load_error;
mod panic;
mod role;
