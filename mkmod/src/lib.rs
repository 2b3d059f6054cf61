//! Makes RT-Thread modules and proves that they load.
//!
//! - [`symbols`]: what a kernel exports, and what it is made for.
//! - [`check`]: whether a module loads on that kernel, and if not, why and what mends it.
//! - [`prototype`]: what a function takes and returns, for the kernel and for the module.
//! - [`info`]: what a module is and what it costs.
//! - [`size`]: what its memory is spent on, and [`budget`]: how much it may take.
//! - [`new`]: an application to begin with.
//! - [`build`]: cargo with a toolchain for the target, and with that linker.
//! - [`pack`]: modules of shared objects that another linker has made.
//! - [`send`]: a file on the card of a kernel that runs, replaced over its console.
//! - [`link`]: the linker `mkmod-ld`, which makes a module of what rustc compiles.

pub mod budget;
pub mod build;
pub mod bytes;
pub mod check;
pub mod escape;
pub mod info;
pub mod install;
pub mod link;
pub mod machine;
pub mod manifest;
pub mod module;
pub mod new;
pub mod note;
pub mod pack;
pub mod prototype;
pub mod send;
pub mod size;
pub mod symbols;
