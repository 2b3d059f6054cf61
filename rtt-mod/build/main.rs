//! With the feature `kernel-bindings`, makes the module `kernel` of the user's RT-Thread. Else there is nothing to do.

#[cfg(feature = "kernel-bindings")]
mod configuration;
#[cfg(feature = "kernel-bindings")]
mod kernel;
#[cfg(feature = "kernel-bindings")]
mod newlib;
#[cfg(feature = "kernel-bindings")]
mod target;

#[cfg(feature = "kernel-bindings")]
fn main() {
    if let Err(error) = kernel::generate() {
        println!("cargo::error={error}");
    }
}

#[cfg(not(feature = "kernel-bindings"))]
fn main() {
    println!("cargo::rerun-if-changed=build");
}
