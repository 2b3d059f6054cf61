//! Runs RT-Thread applications on a PC: the module ABI over the standard library.
//!
//! An application that is built for the PC's own target links with this crate, since `rtt-mod` depends on it there. So
//! `cargo run --target …` runs the same source as on a board, and its tests are tests like any others.
//!
//! - **Console.** Programs print to the standard output, formatted by the code that runs in the firmware. Tests capture
//!   it as usual, and [`printed`] returns it. [`type_in`] types what a program reads.
//! - **Files.** The root of a program's volume is the current folder, or the one that the variable `RTT_MOD_HOST_ROOT`
//!   names. Tests have an empty volume in memory, which [`put_file`] fills; [`use_folder`] gives them a folder.
//! - **Hardware.** [`device`] puts a bus, a converter or a serial port on the board, and [`pin`] is a pin of it. Nothing
//!   else is there.
//! - **Threads and timers** are threads of `std`.
//! - **The shell.** A resident module gets a prompt for its commands; [`run_command`] runs one in a test.
//! - **Isolation.** What one test makes, another one does not see, even in parallel: each thread has a kernel of its own,
//!   which the threads of the program under test share.
//!
//! # What is not as on a board
//!
//! - Priorities are kept but do nothing, and no thread is suspended.
//! - The heap is that of the PC. The option `heap` does nothing, and [`used`] counts only the blocks of the kernel's heap.
//! - Stacks are those of the PC, so a stack that is too small for the board is not noticed.
//! - A panic ends a program with exit code 101, also in a command of the shell. In a thread that a test has started, it
//!   ends the test run, since a thread of a module has nobody to tell.
//! - An exit code has 8 bits on most systems. One that would become 0 by that becomes 1.
//! - Modules can't be loaded: `dl::Library::open` finds none. Functions of the firmware (`#[rtt_mod::import]`) do not exist,
//!   unless a test defines them.
//! - There are no watchdogs, block devices and displays. The time of day is the PC's, until a program sets it.
//! - Only terminals of Unix give single keys. Elsewhere the terminal shows the keys, and the program shows them again.
//!
//! [`used`]: https://docs.rs/rtt-mod/latest/rtt_mod/heap/fn.used.html

#![expect(unsafe_code, reason = "the crate implements a C ABI")]

mod board;
mod calls;
mod console;
mod critical;
mod device;
mod driver;
mod environment;
mod error;
mod event;
mod exit;
mod file;
mod handle;
mod heap;
mod interrupt;
mod kernel;
mod keys;
mod library;
mod mailbox;
mod messages;
mod mutex;
mod network;
mod notifier;
mod pool;
mod program;
mod queue;
mod semaphore;
mod shell;
mod sleep;
mod socket;
mod thread;
mod time;
mod timer;
mod wait;

#[expect(dead_code, reason = "not every constant of the header is used here")]
#[rustfmt::skip]
mod bindings;

pub use board::{Device, Pin, Pulse, Wire, device, pin};
pub use console::{printed, type_in};
pub use file::{put_file, use_folder};
pub use handle::open_handles;
#[doc(hidden)]
pub use program::{arguments, library, run, stay, tests_need_a_main};
pub use shell::run_command;
pub use sleep::slept;
