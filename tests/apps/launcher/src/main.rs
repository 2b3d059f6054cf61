//! Types a line at the shell, as `launcher "mod start stuck sleep"`: so a module starts another. With a second argument it
//! stays then.
#![no_std]
#![no_main]
#![expect(unsafe_code, reason = "`system` is a function of the firmware")]

use core::{
    ffi::{c_char, c_int},
    time::Duration,
};

use rtt_mod::{env::Args, println, thread};

unsafe extern "C" {
    /// The kernel's: runs a line of the shell's in the calling thread.
    fn system(line: *const c_char) -> c_int;
}

#[rtt_mod::main]
fn main(args: Args) -> i32 {
    let mut args = args.c_strs().skip(1);
    let Some(line) = args.next() else {
        return 1;
    };
    // SAFETY: the line ends with a NUL, and the kernel copies it.
    let result = unsafe { system(line.as_ptr()) };
    println!("launched: {result}");
    if args.next().is_some() {
        thread::sleep(Duration::MAX);
    }
    0
}
