//! Commands for RT-Thread's shell, MSH.
//!
//! Usually a [resident module](macro@crate::init) registers them. A program can register some as well, for as long as
//! it runs.
//!
//! ```no_run
//! use rtt_mod::{println, shell::Command};
//!
//! #[rtt_mod::init]
//! fn init() -> rtt_mod::Result<()> {
//!     Command::register("double", "double a number", |mut args| match args.nth(1).and_then(|n| n.parse::<i32>().ok())
//!         { Some(number) => println!("{}", 2 * number),
//!         None => println!("usage: double NUMBER"),
//!     })?
//!     .leak();
//!     Ok(())
//! }
//! ```
#![forbid(unsafe_code)]

use core::slice;

use crate::{
    Result,
    env::iterate,
    process::{Termination, exit_code},
    sys::{self, entry::ArgumentText},
};

/// A registered command of the shell. It is unregistered when it is dropped, unless it was [leaked](Command::leak).
///
/// `help` and the Tab key list it after the kernel's own commands.
///
/// ```no_run
/// use rtt_mod::shell::Command;
///
/// let command = Command::register("ping", "answer", |_| rtt_mod::println!("pong"))?;
/// // ...
/// drop(command);
/// # Ok::<(), rtt_mod::Error>(())
/// ```
#[derive(Debug)]
#[must_use = "the command is unregistered when this is dropped; `leak` leaves it registered until the module ends"]
pub struct Command(sys::shell::Command);

impl Command {
    /// Registers a command: `rttm_command_register`.
    ///
    /// `run` gets the words of the command line, the command's own name first. It runs in a thread of the module's, with a
    /// stack as large as that of `main` or `init`, while the shell waits. Its return value is the command's result, as with
    /// [`main`](macro@crate::main). A panic in it ends the module but not the shell. Ctrl-C ends the shell's wait, and a
    /// second one within a second the module. It may drop its own `Command`.
    ///
    /// # Errors
    ///
    /// [`Error::AlreadyExists`](crate::Error::AlreadyExists) if the kernel or a module has a command of this name;
    /// [`Error::InvalidFilename`](crate::Error::InvalidFilename) if the name is empty, longer than 31 bytes, or
    /// contains blanks or control characters; [`Error::Unsupported`](crate::Error::Unsupported) on a kernel without
    /// MSH; [`Error::OutOfMemory`](crate::Error::OutOfMemory) if the kernel has no memory for the command.
    ///
    /// ```no_run
    /// use core::sync::atomic::{AtomicU32, Ordering};
    /// use rtt_mod::{process::ExitCode, shell::Command};
    ///
    /// static CALLS: AtomicU32 = AtomicU32::new(0);
    ///
    /// let count = Command::register("count", "count the calls", |args| {
    ///     CALLS.fetch_add(1, Ordering::Relaxed);
    ///     if args.len() == 1 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    /// })?;
    /// # drop(count);
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn register<F, T>(name: &str, description: &str, run: F) -> Result<Command>
    where
        F: Fn(Args<'_>) -> T + Send + Sync + 'static,
        T: Termination,
    {
        let run = move |texts: &[ArgumentText<'_>]| exit_code(run(Args { texts: texts.iter() }));
        sys::shell::Command::register(name, description, run).map(Command)
    }

    /// Leaves the command registered until the module ends.
    ///
    /// ```no_run
    /// # use rtt_mod::shell::Command;
    /// Command::register("ping", "answer", |_| rtt_mod::println!("pong"))?.leak();
    /// # Ok::<(), rtt_mod::Error>(())
    /// ```
    pub fn leak(self) {
        self.0.leak();
    }
}

/// An iterator over the words of a command line, the command's own name first. Unlike those of
/// [`env::Args`](crate::env::Args), the words belong to the shell and are valid during the call only.
///
/// ```no_run
/// use rtt_mod::shell::Args;
///
/// fn largest(args: Args<'_>) -> i32 {
///     args.skip(1).filter_map(|word| word.parse().ok()).max().unwrap_or(0)
/// }
/// ```
#[derive(Clone)]
pub struct Args<'a> {
    texts: slice::Iter<'a, ArgumentText<'a>>,
}

iterate!(Args<'a>, &'a str, ArgumentText::to_str, 'a);

#[cfg(test)]
mod tests {
    extern crate std;

    use std::{sync::Arc, sync::Mutex, vec::Vec};

    use super::*;
    use crate::Error;

    #[test]
    fn a_command_gets_its_words_and_gives_a_result() {
        let command =
            Command::register("sum", "add", |args| args.skip(1).map(|n| n.parse::<i32>().unwrap()).sum::<i32>());
        assert_eq!(rtt_mod_host::run_command(&["sum", "3", "4"]), Some(7));
        drop(command);
        assert_eq!(rtt_mod_host::run_command(&["sum", "3", "4"]), None);
    }

    #[test]
    fn a_name_is_given_once() {
        let _first = Command::register("twice", "", |_| ());
        assert_eq!(Command::register("twice", "", |_| ()).unwrap_err(), Error::AlreadyExists);
    }

    #[test]
    fn what_a_command_owns_is_dropped_with_it() {
        let owned = Arc::new(());
        let inside = Arc::clone(&owned);
        let command = Command::register("own", "", move |_| Arc::strong_count(&inside) as i32).unwrap();
        assert_eq!(rtt_mod_host::run_command(&["own"]), Some(2));
        drop(command);
        assert_eq!(Arc::strong_count(&owned), 1);
        let inside = Arc::clone(&owned);
        let _taken = Command::register("taken", "", |_| ()).unwrap();
        assert!(Command::register("taken", "", move |_| drop(Arc::clone(&inside))).is_err());
        assert_eq!(Arc::strong_count(&owned), 1);
    }

    #[test]
    fn a_command_may_drop_itself() {
        let place = Arc::new(Mutex::new(None));
        let (inside, words) = (Arc::clone(&place), Arc::new(Mutex::new(Vec::new())));
        let seen = Arc::clone(&words);
        let command = Command::register("once", "", move |args| {
            drop(inside.lock().unwrap().take());
            seen.lock().unwrap().extend(args.map(std::string::String::from));
        });
        *place.lock().unwrap() = Some(command.unwrap());
        assert_eq!(rtt_mod_host::run_command(&["once", "more"]), Some(0));
        assert_eq!(*words.lock().unwrap(), ["once", "more"]);
        assert_eq!(rtt_mod_host::run_command(&["once"]), None);
        assert_eq!(Arc::strong_count(&words), 1);
    }
}
