//! Checks the linker of modules, says which processors have the small functions for memory, and with the feature
//! `kernel-bindings` makes the module `kernel` of the user's RT-Thread.

#[cfg(feature = "kernel-bindings")]
mod configuration;
#[cfg(feature = "kernel-bindings")]
mod defines;
#[cfg(feature = "kernel-bindings")]
mod kernel;
mod linker;
#[cfg(feature = "kernel-bindings")]
mod newlib;
#[cfg(feature = "kernel-bindings")]
mod sizes;
#[cfg(feature = "kernel-bindings")]
mod target;

use std::env;

/// Processors with Thumb-2, on which a word may be read at any address.
const THUMB_2: &[&str] = &["thumbv7m-", "thumbv7em-", "thumbv8m.main-"];

fn main() {
    println!("cargo::rerun-if-changed=build");
    small_memory_functions();
    if let Err(error) = linker::check().and_then(|()| generate()) {
        println!("cargo::error={error}");
    }
}

fn small_memory_functions() {
    let target = env::var("TARGET").unwrap_or_default();
    println!("cargo::rustc-check-cfg=cfg(thumb_2)");
    if THUMB_2.iter().any(|begin| target.starts_with(begin)) {
        println!("cargo::rustc-cfg=thumb_2");
    }
}

#[cfg(feature = "kernel-bindings")]
fn generate() -> Result<(), String> {
    kernel::generate()
}

#[cfg(not(feature = "kernel-bindings"))]
#[expect(clippy::unnecessary_wraps, reason = "with the feature, it can fail")]
fn generate() -> Result<(), String> {
    Ok(())
}
