//! A program on the PC: its arguments, its console and its end.

use std::{
    env,
    ffi::{CString, c_char},
    panic,
    path::Path,
    process,
    thread::{self, JoinHandle},
};

use crate::{
    bindings::RTTM_EXIT_PANIC,
    exit::status,
    kernel::{Kernel, lock},
    shell,
};

/// The arguments of the process as those of a module: the first one is the program's name without folder and extension.
/// They live as long as the process.
pub fn arguments() -> (i32, *const *const c_char) {
    let texts = env::args_os().enumerate().map(|(number, argument)| {
        let word = if number == 0 { Path::new(&argument).file_stem() } else { None };
        // No system passes a NUL.
        CString::new(word.unwrap_or(&argument).to_string_lossy().into_owned()).unwrap_or_default()
    });
    let texts: Vec<*const c_char> = texts.map(|text| text.into_raw().cast_const()).collect();
    let texts = texts.leak();
    (texts.len() as i32, texts.as_ptr())
}

/// Runs a program, and ends the process with its exit code.
pub fn run(main: impl FnOnce() -> i32 + Send + 'static) -> ! {
    in_thread(main)
}

/// Runs a resident module: `init`, then the commands that are typed.
pub fn stay(init: impl FnOnce() -> i32 + Send + 'static) -> ! {
    in_thread(|| {
        let code = init();
        if code == 0 {
            shell::shell();
        }
        code
    })
}

/// Calls `work` in a thread with the name of the program, as on a board, and ends the process with its result.
fn in_thread(work: impl FnOnce() -> i32 + Send + 'static) -> ! {
    let name = env::args_os().next().unwrap_or_default();
    let name = Path::new(&name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let begin_and_work = || {
        begin();
        work()
    };
    let ended = thread::Builder::new().name(name).spawn(begin_and_work).map(JoinHandle::join);
    // A panic ends the process before its thread is joined.
    process::exit(ended.ok().and_then(Result::ok).map_or(RTTM_EXIT_PANIC as i32, status))
}

/// Says that a library does not run by itself.
pub fn library() -> ! {
    eprintln!("this module is a library: other modules call its functions, and its tests run with `cargo t`");
    process::exit(1)
}

/// Says why the tests of a program with `#![no_main]` do not run.
pub fn tests_need_a_main() -> ! {
    eprintln!(
        "the tests can't run, since the crate has no `main` on a PC: write `#![cfg_attr(target_os = \"none\", no_main)]` \
         in place of `#![no_main]`"
    );
    process::exit(1)
}

/// Gives this thread the PC's console and files, and has any panic end the process.
fn begin() {
    let kernel = Kernel::current();
    lock(&kernel.console).read_standard_input();
    if let Ok(folder) = env::current_dir() {
        lock(&kernel.files).use_folder(folder);
    }
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        report(panic);
        process::exit(RTTM_EXIT_PANIC as i32);
    }));
}
