//! Write RT-Thread applications in Rust.
//!
//! 1. **The names of `std`.** Where `std` has an item, this crate has it with the same name and shape: [`println!`],
//!    [`env::Args`], [`process::exit`], [`thread::sleep`].
//! 2. **A program pays only for what it uses.** There is no heap without an allocation, no `core::fmt` where the kernel
//!    can format the value, and no start-up code.
//! 3. **One binary runs on many kernels.** All calls go through the module ABI (`rtt_mod.h`). A module does not depend
//!    on structs, configuration macros or error numbers of a particular RT-Thread.
//! 4. **A fault ends only the module.** After a panic, an exit or a failed allocation the module ends with an exit
//!    code. The kernel and its shell go on.
//! 5. **`unsafe` code is in one place,** the module `sys`. The rest of the crate denies it.
//!
//! # An application
//!
//! ```no_run
//! #![no_std]
//! #![cfg_attr(target_os = "none", no_main)]
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
//! `mkmod new` creates such an application, and `cargo build` makes the file `NAME.mo`. Copy it to the card and run it by its
//! name.
//!
//! # Running on a PC
//!
//! With the PC's own target, `cargo test --target host-tuple` runs the tests of an application, and
//! `cargo run --target host-tuple` the application itself. The crate [`rtt-mod-host`](https://docs.rs/rtt-mod-host) is the
//! kernel there. For this, the application has a `main` on a PC: it begins with `#![no_std]` and
//! `#![cfg_attr(target_os = "none", no_main)]`.
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `async` | futures: the module `task`, and `async fn main` |
//! | `critical-section` | an implementation for the crate `critical-section` |
//! | `embassy-time` | the time driver of the crate `embassy-time`, for its timers in the futures of `task` |
//! | `embedded-can` | CAN, with the traits of the crate `embedded-can`: the module `can` |
//! | `embedded-graphics` | draw targets for the crate `embedded-graphics`: [`display`] |
//! | `embedded-hal-async` | the traits of the crate `embedded-hal-async` for [`delay::Delay`] and [`pin::Input`], with `async` |
//! | `embedded-io-async` | the trait `Read` of the crate `embedded-io-async` for serial ports: `uart::Receiver`, with `async` |
//! | `embedded-storage` | the traits of the crate `embedded-storage` for [`block`] devices and [`flash`] memories |
//! | `hashbrown` | `HashMap` and `HashSet` in the module [`collections`] |
//! | `log` | a logger for the crate `log`: the module `logger` |
//! | `net` | TCP and UDP: the module `net` |
//! | `rand_core` | the trait `TryRng` of the crate `rand_core` for the board's generator: [`random`] |
//! | `kernel-bindings` | the kernel's own functions, from the headers of your RT-Thread: the module `kernel` |
#![no_std]
#![deny(unsafe_code)]
#![expect(clippy::test_attr_in_doctest, reason = "the documentation of `tests` shows some")]

extern crate alloc;
// The macros use paths that begin with `::rtt_mod`.
extern crate self as rtt_mod;

pub mod adc;
pub mod block;
#[cfg(any(feature = "embedded-can", test))]
pub mod can;
pub mod collections;
pub mod dac;
pub mod delay;
mod destination;
pub mod device;
pub mod display;
pub mod dl;
mod embedded;
pub mod env;
mod error;
pub mod flash;
pub mod fs;
pub mod heap;
pub mod hwtimer;
pub mod i2c;
pub mod io;
#[cfg(feature = "kernel-bindings")]
#[expect(clippy::allow_attributes, reason = "the user's headers decide which lints apply")]
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
pub mod path;
pub mod pin;
#[cfg(feature = "embedded-hal-async")]
mod pin_wait;
pub mod pool;
pub mod prelude;
mod print;
pub mod process;
pub mod pwm;
pub mod random;
pub mod sensor;
pub mod shell;
pub mod spi;
pub mod sync;
#[cfg(any(feature = "async", test))]
pub mod task;
pub mod thread;
pub mod time;
pub mod uart;
pub mod watchdog;
pub mod workqueue;

#[expect(unsafe_code, reason = "this module wraps the C functions of the module ABI")]
mod sys;

#[doc(inline)]
pub use env::Args;
pub use error::{Error, Result};

/// Marks the `main` function of a program.
///
/// The function takes no argument or [`env::Args`]. It returns a type that implements [`process::Termination`]: `()`,
/// `i32`, [`process::ExitCode`], or a `Result` of one of them. With the feature `async` it can be an `async fn`.
///
/// | option | meaning | values | default |
/// |---|---|---|---|
/// | `stack` | stack of the main thread, and of each command of the shell | 512 bytes to `"32K"`; `"auto"` | `"auto"` |
/// | `priority` | priority of the main thread | 0, the highest, to 254; the kernel may have fewer | that of the shell |
/// | `heap` | size of an arena that `alloc` allocates from, or the [heap](mod@heap) of the kernel | 0 to `"16M"`; `"kernel"` | `"kernel"` |
/// | `panic` | whether a panic prints its message, or only where it happened | `"message"`, `"location"` | `"message"` |
/// | `name` | name of the module's file, without `.mo` | letters, digits, `-` and `_` | the crate's name |
/// | `desc` | description for `mod list`, one line | a text | the crate's description, for `mkmod info` only |
/// | `run` | whether the kernel starts the module at boot | `true`, `false` | `false` |
/// | `cmd` | whether the shell finds the module by its bare name | `true`, `false` | `false` |
///
/// With `stack = "auto"` the linker sets the stack to what the program needs, as `mkmod stack` shows it. If it can't prove
/// how much that is, the stack has 4 KiB, or 8 KiB on 64 bits, and the build fails if even the least need is larger.
///
/// Sizes are numbers of bytes, or texts with a unit: `4096`, `"512"`, `"4K"`, `"1M"`. An arena is part of the module
/// only if the program allocates. `mkmod install` copies the module to the folder that `run` and `cmd` need.
///
/// With `panic = "location"` the texts of panics, and what formats them, are not in the module: it can be 1 to 2 KB smaller.
///
/// On a PC's own target the attribute makes a program for the PC: see [Running on a PC](crate#running-on-a-pc). A crate that
/// uses the attribute can `#![deny(unsafe_code)]` but not forbid it, since the attribute exports C functions.
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

/// The same as [`main`](macro@main), with the name that RT-Thread's older Rust layer uses.
///
/// ```no_run
/// use rtt_mod::rtt_main;
///
/// #[rtt_main(name = "demo", run = true, cmd = true, desc = "demo app.")]
/// fn main() {}
/// ```
pub use rtt_mod_macros::main as rtt_main;

/// Marks a module of tests that run on the board, and on a PC as any others.
///
/// The functions in it are those of tests anywhere: `#[test]`, with `#[should_panic]`, `#[should_panic(expected = "…")]` and
/// `#[ignore]`. They return `()`, or a `Result` whose error has `Debug`, and with the feature `async` they can be `async`.
/// A function with `#[init]` runs in front of each test, which may take what it returns.
///
/// ```
/// # // Doctests are not tests themselves.
/// #[cfg(test)]
/// #[rtt_mod::tests(stack = "4K")]
/// mod tests {
///     use rtt_mod::{Result, fs::File};
///
///     #[init]
///     fn open() -> File {
///         File::open("/data.txt").unwrap()
///     }
///
///     #[test]
///     fn it_is_small(file: File) -> Result<()> {
///         assert!(file.metadata()?.len() < 100);
///         Ok(())
///     }
///
///     #[test]
///     #[should_panic(expected = "out of bounds")]
///     fn there_is_no_fourth() {
///         let numbers = core::hint::black_box([1, 2, 3].as_slice());
///         let _ = numbers[3];
///     }
/// }
/// # fn main() {}
/// ```
///
/// `cargo test --target thumbv7m-none-eabi` builds a module of all tests of a crate, and its runner, `mkmod run`, runs one after
/// the other on the board. Each one has the module anew, so a panic or a fault fails that test alone. A test that takes longer
/// than 60 seconds is killed. The crate [`rtt-mod-test`](https://docs.rs/rtt-mod-test) is needed for it: `mkmod new` puts it
/// among the dependencies. Tests with `#[test]` outside of such a module are for the PC; they need
/// `#[cfg(not(target_os = "none"))]`.
///
/// | option | meaning | values | default |
/// |---|---|---|---|
/// | `stack` | stack of the thread of each test | 512 bytes to `"32K"` | 4 KiB, or 8 KiB on 64 bits |
pub use rtt_mod_macros::tests;

/// Marks the `init` function of a resident module: a module without a `main`, which stays loaded.
///
/// `init` registers what the module provides: [commands](shell::Command) of the shell, timers, devices, threads. It
/// runs in a thread of the module's, and the thread that loads the module waits; at the shell, Ctrl-C ends it. It takes no
/// argument and returns `()`, or a `Result<(), E>` whose `E`
/// implements `Debug`. After an `Err` or a panic the module is unloaded again, and the console shows the reason.
///
/// `mod load FILE` loads the module, and so does typing its name. `mod unload NAME` unloads it and frees all its kernel
/// objects. Only one resident module of a name can be loaded.
///
/// | option | meaning | values | default |
/// |---|---|---|---|
/// | `stack` | stack of `init`, and of each command of the shell | as in [`main`](macro@main) | `"auto"` |
/// | `heap` | size of an arena that `alloc` allocates from, or the [heap](mod@heap) of the kernel | 0 to `"16M"`; `"kernel"` | `"kernel"` |
/// | `level` | when the kernel's initialization loads a module that is built in | `"prev"`, `"device"`, `"component"`, `"env"`, `"app"` | it does not |
/// | `name`, `desc`, `run`, `cmd` | as in [`main`](macro@main) | | |
///
/// `level = "device"` is RT-Thread's `INIT_DEVICE_EXPORT`, for a module that `mkmod build --static` makes a part of the firmware:
/// `init` runs behind the firmware's own functions of this level. Built in, `run = true` is `level = "app"`. A `.mo` file
/// can't be loaded before the card is mounted: there, `level` is `run = true`. At `INIT_BOARD_EXPORT` there are no threads yet,
/// so it is refused.
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

/// Makes a library: a module without a `main`, whose functions other modules call.
///
/// Write it once, in the `src/main.rs` of a binary crate, and mark the functions of the library with [`macro@export`].
/// They run in the threads of their callers, so there are no options `stack` and `priority`.
///
/// | option | meaning | values | default |
/// |---|---|---|---|
/// | `heap` | size of an arena that `alloc` allocates from, or the [heap](mod@heap) of the kernel | 0 to `"16M"`; `"kernel"` | `"kernel"` |
///
/// Rust modules call the functions with [`dl::Library`], C modules with `dlopen` and `dlsym`.
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

/// Exports a function: other modules find it by name, with [`dl::Library::get`] or `dlsym`.
///
/// If the at most six arguments and the result are numbers, `bool` or pointers to them, written as such, the type of the function is
/// exported as well, and [`dl::Library::get`] compares it.
///
/// The function gets the C calling convention and keeps its name. Names that the runtime uses, such as `memcpy`, are
/// refused. A module that exports functions and has no `main` uses [`library!`].
///
/// ```
/// #[rtt_mod::export]
/// pub fn add(left: i32, right: i32) -> i32 {
///     left + right
/// }
/// # fn main() {}
/// ```
pub use rtt_mod_macros::export;

/// Marks declarations of kernel functions, so that `mkmod check` compares their prototypes with those of the kernel.
///
/// It is used on an `unsafe extern "C"` block, which it leaves as it is. The sizes of arguments and results are
/// recorded in the program's file and take no memory on the device. If the kernel's ELF file has debug information,
/// `mkmod check` reports functions whose arguments or results have other sizes there.
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
/// For declarations made by bindgen, put `#[rtt_mod::import]` in front of each `unsafe extern "C"` of its output.
pub use rtt_mod_macros::import;

/// Prints to the console, like the macro of this name in `std`.
///
/// The kernel formats integers, texts, `char` and `bool`. Other types link `core::fmt`, which has several kilobytes. So
/// do `{:?}` for types other than integers and `bool`, and widths that are arguments. If a `Display` fails, the output
/// ends there.
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

/// Prints to the console. It is the same as [`print!`], since the console has a single stream.
///
/// ```no_run
/// rtt_mod::eprint!("no card");
/// ```
pub use rtt_mod_macros::print as eprint;

/// Prints a line to the console. It is the same as [`println!`], since the console has a single stream.
///
/// ```no_run
/// rtt_mod::eprintln!("no card in slot {}", 2);
/// ```
pub use rtt_mod_macros::println as eprintln;

/// Makes a `String` of formatted text, like the macro of this name in `std`.
///
/// The kernel formats integers, texts, `char` and `bool`, as for [`print!`].
///
/// ```no_run
/// let line = rtt_mod::format!("{};{:05}", "vdd", 3312);
/// assert_eq!(line, "vdd;03312");
/// ```
pub use rtt_mod_macros::format;

/// Writes formatted text to a file, a text, a formatter or another destination, like the macro of this name in `std`.
///
/// As in `std`, the trait of the destination has to be in scope: [`io::Write`] or [`core::fmt::Write`]. The kernel formats
/// integers, texts, `char` and `bool`, as for [`print!`]. For destinations that have neither trait, `core::fmt` does it all.
///
/// A reference to a type without a size, other than the trait objects of the two traits, has to be in a `mut` variable.
///
/// ```no_run
/// use core::fmt::Write as _;
///
/// use rtt_mod::{fs::File, io::Write, write};
///
/// let mut line = String::new();
/// write!(line, "{:04x}", 48879).unwrap();
/// write!(File::create("/log.txt")?, "{line}")?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub use rtt_mod_macros::write;

/// Writes a line. See [`write!`].
///
/// ```no_run
/// use rtt_mod::{fs::File, io::Write, writeln};
///
/// writeln!(File::create("/log.txt")?, "started")?;
/// # Ok::<(), rtt_mod::Error>(())
/// ```
pub use rtt_mod_macros::writeln;

#[doc(no_inline)]
pub use alloc::{borrow, boxed, fmt, rc, slice, str, string, vec};

/// Prints an expression with its location and its value, and returns the value, like the macro of this name in `std`.
///
/// It formats with `{:#?}`, which links `core::fmt` for types other than integers and `bool`.
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

/// Items for the code of the macros. They are not part of the crate's interface.
#[doc(hidden)]
pub mod __private {
    #[cfg(not(target_os = "none"))]
    pub use crate::sys::host;
    #[cfg(target_os = "none")]
    pub use crate::sys::tests;
    pub use alloc::{fmt::format as format_with_core_fmt, string::String};

    pub use crate::{
        destination::{Destination, IntoDestination, OfFmt, OfIo, Other, format},
        note::{at_init_level, note, note_bytes, with_automatic_stack},
        print::{ByCoreFmt, ByKernel, Debug, Display, Radix, Truncated, Value},
        process::{Returned, ReturnedOther, exit_code, init_result},
        sys::{
            console::{Argument, Line, Sink, Template, print, print_line},
            entry::{App, LongApp, STACK_BYTES, app, arguments, init, library, resident, rt_dlmodule},
            heap::{Heap, Statistics},
            kernel_heap::KernelHeap,
            signature::{Function, Signature},
        },
    };

    /// Has the compiler report a wrong type of `main`'s argument.
    #[inline(always)]
    pub fn same(arguments: crate::env::Args) -> crate::env::Args {
        arguments
    }
}
