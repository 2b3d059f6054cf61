//! Write RT-Thread applications in Rust.
//!
//! 1. **`std`'s names.** What `std` has, is here under its name and in its shape: [`println!`], [`env::Args`],
//!    [`process::exit`], [`thread::sleep`].
//! 2. **Nothing is paid for that is not used.** No heap without an allocation, no `core::fmt` where the kernel can
//!    format the value, no start-up code.
//! 3. **One binary for many kernels.** Everything goes through the module ABI (`rtt_mod.h`), never through a struct, a
//!    configuration macro or an error number of a certain RT-Thread.
//! 4. **A wrong module is a dead module, and no more.** A panic, an exit and running out of memory end the module with an
//!    exit code; the kernel and its shell go on.
//! 5. **`unsafe` is in one place,** the module `sys`. The rest of the crate denies it.
//!
//! # An application
//!
//! ```no_run
//! #![no_std]
//! #![no_main]
//! # extern crate std;
//!
//! use rtt_mod::{env::Args, println};
//!
//! #[rtt_mod::main(stack = "2K")]
//! fn main(args: Args) {
//!     println!("hello from Rust");
//!     for (n, arg) in args.enumerate() {
//!         println!("argument {n}: {arg}");
//!     }
//! }
//! ```
//!
//! `mkmod build` makes `NAME.mo` of it, and on the card it is run by its name.
//!
//! # Features
//!
//! | feature | what it brings |
//! |---|---|
//! | `async` | futures: the module `task`, and `async fn main` |
//! | `embassy-time` | the clock of the crate `embassy-time`, for its timers in the futures of `task` |
//! | `net` | TCP and UDP: the module `net` |
//! | `kernel-bindings` | the kernel's own functions, from the headers of your RT-Thread: the module `kernel` |
#![no_std]
#![deny(unsafe_code)]

extern crate alloc;
// So that the macros' paths hold in here too.
extern crate self as rtt_mod;

pub mod adc;
pub mod delay;
pub mod device;
pub mod dl;
mod embedded;
pub mod env;
mod error;
pub mod fs;
pub mod heap;
pub mod i2c;
pub mod io;
#[cfg(feature = "kernel-bindings")]
#[expect(clippy::allow_attributes, reason = "nobody knows what the user's headers have")]
#[allow(
    missing_docs,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    unnecessary_transmutes,
    unsafe_code,
    unsafe_op_in_unsafe_fn,
    clippy::all,
    clippy::undocumented_unsafe_blocks
)]
pub mod kernel;
#[cfg(feature = "log")]
pub mod logger;
#[cfg(any(feature = "net", test))]
pub mod net;
mod note;
#[cfg(target_os = "none")]
mod panic;
pub mod pin;
mod print;
pub mod process;
pub mod pwm;
pub mod shell;
pub mod spi;
pub mod sync;
#[cfg(any(feature = "async", test))]
pub mod task;
pub mod thread;
pub mod time;
pub mod uart;

#[expect(unsafe_code, reason = "this module wraps the C functions of the module ABI")]
mod sys;

#[doc(inline)]
pub use env::Args;
pub use error::{Error, Result};

/// Makes a function the module's `main`.
///
/// The function takes nothing or [`env::Args`], and returns what has [`process::Termination`]: `()`, `i32`,
/// [`process::ExitCode`], or a `Result` of these. With the feature `async` it may be an `async fn`.
///
/// | option | what it is | values | without it |
/// |---|---|---|---|
/// | `stack` | stack of the main thread | 512 bytes to `"32K"` | `"4K"`; `"8K"` on 64 bits |
/// | `priority` | priority of the main thread | 0, the highest, to 254; the kernel may have fewer | that of the shell |
/// | `heap` | the arena that `alloc` allocates from, or the [heap](mod@heap) of the kernel | 0 to `"16M"`; `"kernel"` | `"8K"` |
/// | `name` | the module's file, without `.mo` | letters, digits, `-` and `_` | the crate's name |
/// | `desc` | a line for `mod list` | a text | the crate's description, for `mkmod info` only |
/// | `run` | whether the kernel starts it at boot, from its folder for that | `true`, `false` | `false` |
/// | `cmd` | whether it is installed where the shell finds it by its bare name | `true`, `false` | `false` |
///
/// Sizes are bytes, or have a unit: `4096`, `"512"`, `"4K"`, `"1M"`. The arena is in the module only if the program
/// allocates. `mkmod install` puts the module where `run` and `cmd` want it.
///
/// On other targets than RT-Thread's the attribute makes a program that panics, so that types are checked there.
/// A crate that uses it can `#![deny(unsafe_code)]`, but not forbid it: what the kernel calls has to have its C name.
///
/// ```no_run
/// use rtt_mod::{env::Args, process::ExitCode};
///
/// #[rtt_mod::main(stack = "4K", priority = 20, heap = "16K")]
/// fn main(args: Args) -> ExitCode {
///     if args.len() == 3 { ExitCode::SUCCESS } else { ExitCode::from(2) }
/// }
/// ```
pub use rtt_mod_macros::main;

/// [`main`](macro@main) under the name that it has in RT-Thread's older Rust layer.
///
/// ```no_run
/// use rtt_mod::rtt_main;
///
/// #[rtt_main(name = "demo", run = true, cmd = true, desc = "demo app.")]
/// fn main() {}
/// ```
pub use rtt_mod_macros::main as rtt_main;

/// Makes a function the beginning of a resident module: one that stays when it is loaded, and has no `main`.
///
/// `init` registers what the module is there for: [commands](shell::Command) of the shell, timers, devices, threads. It
/// runs in the thread that loads the module, takes nothing, and returns `()` or a `Result<(), E>` whose `E` has `Debug`.
/// After an `Err` or a panic the module is unloaded again, and the console says why.
///
/// `mod load FILE` loads it, and so does typing its name; `mod unload NAME` takes it away, with all that it has of the
/// kernel. There is one of a name at a time.
///
/// | option | what it is | values | without it |
/// |---|---|---|---|
/// | `heap` | the arena that `alloc` allocates from, or the [heap](mod@heap) of the kernel | 0 to `"16M"`; `"kernel"` | `"8K"` |
/// | `name`, `desc`, `run`, `cmd` | as in [`main`](macro@main) | | |
///
/// ```no_run
/// use rtt_mod::{println, shell::Command};
///
/// #[rtt_mod::init(desc = "greets")]
/// fn init() -> rtt_mod::Result<()> {
///     Command::register("greet", "say hello", |_| println!("Hello!"))?.leak();
///     Ok(())
/// }
/// ```
pub use rtt_mod_macros::init;

/// Makes a module without a `main`: a library, whose functions other modules call.
///
/// It stands once, in the `src/main.rs` of a binary crate; what the library offers is marked with [`macro@export`]. The
/// functions run in the threads of those who call them, so there is neither a `stack` nor a `priority`.
///
/// | option | what it is | values | without it |
/// |---|---|---|---|
/// | `heap` | the arena that `alloc` allocates from, or the [heap](mod@heap) of the kernel | 0 to `"16M"`; `"kernel"` | `"8K"` |
///
/// C and Rust find the functions with `dlopen` and `dlsym`; Rust has [`dl::Library`] for it.
///
/// ```no_run
/// rtt_mod::library!(heap = "4K");
///
/// #[rtt_mod::export]
/// pub fn add(left: i32, right: i32) -> i32 {
///     left + right
/// }
/// ```
pub use rtt_mod_macros::library;

/// Exports a function: other modules find it by name, with `dlsym` or [`dl::Library::get`].
///
/// It gets the C calling convention and keeps its name. A module that exports functions and has no `main` says so with
/// [`library!`].
///
/// ```
/// #[rtt_mod::export]
/// pub fn add(left: i32, right: i32) -> i32 {
///     left + right
/// }
/// # fn main() {}
/// ```
pub use rtt_mod_macros::export;

/// Declares functions of the kernel, so that `mkmod check` compares their prototypes with the kernel's own.
///
/// It goes on an `unsafe extern "C"` block, and changes nothing in it. The sizes of arguments and results are kept for
/// the linker, beside the program: they cost no memory on the device. Where the kernel's ELF file has debug information,
/// a function that takes or returns something of another size there is an error.
///
/// ```no_run
/// use core::ffi::c_char;
///
/// #[rtt_mod::import]
/// unsafe extern "C" {
///     /// Waits for some milliseconds.
///     fn rt_thread_mdelay(milliseconds: i32) -> isize;
///     #[link_name = "rt_kprintf"]
///     fn kernel_printf(format: *const c_char, ...);
///     static rt_interrupt_nest: u8;
/// }
///
/// // SAFETY: the function takes any number, and this is a thread.
/// unsafe { rt_thread_mdelay(10) };
/// ```
///
/// Declarations that bindgen makes can have it too: put `#[rtt_mod::import]` in front of each `unsafe extern "C"` of
/// its output.
pub use rtt_mod_macros::import;

/// Prints to the console, as `std`'s macro of this name does.
///
/// Integers, texts, `char` and `bool` are formatted by the kernel. `core::fmt`, which is some kilobytes large, is drawn
/// in by other types, by `{:?}` of anything but integers and `bool`, and by widths that are arguments. Should a
/// `Display` fail, the line ends there.
///
/// ```no_run
/// let (name, volts) = ("vdd", 3312);
/// rtt_mod::print!("{name:>8} {volts:05} mV ");
/// ```
pub use rtt_mod_macros::print;

/// Prints a line to the console. See [`print!`].
///
/// ```no_run
/// rtt_mod::println!("{:#06x}", 255);
/// ```
pub use rtt_mod_macros::println;

/// Prints to the console, which has one stream for all: the same as [`print!`].
///
/// ```no_run
/// rtt_mod::eprint!("no card");
/// ```
pub use rtt_mod_macros::print as eprint;

/// Prints a line to the console, which has one stream for all: the same as [`println!`].
///
/// ```no_run
/// rtt_mod::eprintln!("no card in slot {}", 2);
/// ```
pub use rtt_mod_macros::println as eprintln;

/// Prints an expression with its place in the source and its value, and is the value: `std`'s macro of this name.
///
/// `{:#?}` of anything but integers and `bool` draws in `core::fmt`.
///
/// ```no_run
/// let area = rtt_mod::dbg!(3 * 4) + 1;
/// // [src/main.rs:5:12] 3 * 4 = 12
/// # let _ = area;
/// ```
#[macro_export]
macro_rules! dbg {
    () => {
        $crate::eprintln!("[{}:{}:{}]", ::core::file!(), ::core::line!(), ::core::column!())
    };
    ($value:expr $(,)?) => {
        // A `match`, so that what the expression borrows lives as long as its value.
        match $value {
            value => {
                let (file, line, column) = (::core::file!(), ::core::line!(), ::core::column!());
                let expression = ::core::stringify!($value);
                $crate::eprintln!("[{}:{}:{}] {} = {:#?}", file, line, column, expression, &value);
                value
            }
        }
    };
    ($($value:expr),+ $(,)?) => {
        ($($crate::dbg!($value)),+,)
    };
}

/// What the macros' code is made of. No part of the crate's interface.
#[doc(hidden)]
pub mod __private {
    pub use crate::{
        note::{note, note_bytes},
        print::{ByCoreFmt, ByKernel, Debug, Display, Radix, Truncated, Value},
        process::{exit_code, init_result},
        sys::{
            console::{Argument, Sink, Template, print},
            entry::{App, LongApp, STACK_BYTES, app, arguments, init, library, resident, rt_dlmodule},
            heap::{Figures, Heap},
            kernel_heap::KernelHeap,
        },
    };

    /// Reports a wrong type of `main`'s argument in the words of the compiler.
    #[inline(always)]
    pub fn same(arguments: crate::env::Args) -> crate::env::Args {
        arguments
    }
}
