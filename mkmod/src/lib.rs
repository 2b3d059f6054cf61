//! Builds RT-Thread modules and checks that they load.
//!
//! - [`symbols`]: the exports, the loader and the configuration of a kernel.
//! - [`check`]: checks that a module loads on a kernel.
//! - [`elf`]: reads kernels, programs and objects.
//! - [`prototype`]: parameters and results of functions, in the kernel and in the module.
//! - [`info`]: the metadata of a module.
//! - [`size`]: the memory of a module by crate and function, and [`budget`]: limits for it.
//! - [`stack`]: how much stack the threads and callbacks of a module need.
//! - [`new`]: creates an application.
//! - [`build`]: runs cargo with a toolchain for the target and with our linker.
//! - [`install`]: copies modules to an SD card.
//! - [`pack`]: converts shared objects of GCC to modules.
//! - [`cc`]: calls GCC for modules in C and C++.
//! - [`board`]: a running kernel, over its console: files, and programs that are run there.
//! - [`run`]: runs a module on a board, and [`monitor`]: shows its console.
//! - [`gdb`]: starts GDB on a module that is loaded.
//! - [`trace`]: function, file and line of the addresses that a kernel prints.
//! - [`terminal`]: what the user types, and where text goes.
//! - [`link`]: the linker `mkmod-ld`, which makes a module from the objects of rustc.

pub mod board;
pub mod budget;
pub mod build;
pub mod bytes;
pub mod cc;
pub mod check;
pub mod elf;
pub mod escape;
pub mod gdb;
pub mod info;
pub mod install;
pub mod link;
pub mod machine;
pub mod manifest;
pub mod module;
pub mod monitor;
pub mod new;
pub mod pack;
pub mod prototype;
pub mod replace;
pub mod run;
pub mod size;
pub mod stack;
pub mod symbols;
pub mod terminal;
pub mod trace;
