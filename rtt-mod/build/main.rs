//! Checks the linker of modules, and with the feature `kernel-bindings` makes the module `kernel` of the user's RT-Thread.

#[cfg(feature = "kernel-bindings")]
mod configuration;
#[cfg(feature = "kernel-bindings")]
mod kernel;
mod linker;
#[cfg(feature = "kernel-bindings")]
mod newlib;
#[cfg(feature = "kernel-bindings")]
mod target;

fn main() {
    println!("cargo::rerun-if-changed=build");
    if let Err(error) = linker::check().and_then(|()| generate()) {
        println!("cargo::error={error}");
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
