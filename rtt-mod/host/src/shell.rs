//! Commands of the shell, and a small shell that runs them.

use std::{
    ffi::{CString, c_char},
    io::{self, BufRead as _, IsTerminal as _, Write as _},
    slice,
    sync::Arc,
};

use crate::{
    bindings::{RTTM_ERROR_EXISTS, RTTM_OK, rttm_command, rttm_command_options},
    handle::Object,
    kernel::{Kernel, lock},
};

/// A command, released when it is neither registered nor running.
pub struct Command {
    name: Vec<u8>,
    options: rttm_command_options,
}

// SAFETY: any thread may run the command, says the ABI.
unsafe impl Send for Command {}
// SAFETY: several may at once, since there may be several shells.
unsafe impl Sync for Command {}

impl Drop for Command {
    fn drop(&mut self) {
        if let Some(release) = self.options.release {
            // SAFETY: nobody calls `run` any more.
            unsafe { release(self.options.context) };
        }
    }
}

/// A handle: registered as long as it is open.
struct Registration {
    command: Arc<Command>,
    kernel: Arc<Kernel>,
}

impl Drop for Registration {
    fn drop(&mut self) {
        lock(&self.kernel.commands).retain(|command| !Arc::ptr_eq(command, &self.command));
    }
}

/// Runs the command that is registered as `words[0]`, and returns its result. `None` without such a one.
///
/// # Panics
///
/// When a word has a NUL in it.
///
/// ```
/// assert_eq!(rtt_mod_host::run_command(&["greet", "Ada"]), None);
/// ```
pub fn run_command(words: &[&str]) -> Option<i32> {
    let command = find(words.first()?.as_bytes())?;
    let words: Vec<CString> = words.iter().map(|word| CString::new(*word).expect("a word has no NUL")).collect();
    let mut arguments: Vec<*mut c_char> = words.iter().map(|word| word.as_ptr().cast_mut()).collect();
    // SAFETY: the arguments are as for a `main`, and the command is not released before `command` is dropped.
    command.options.run.map(|run| unsafe { run(command.options.context, words.len() as i32, arguments.as_mut_ptr()) })
}

fn find(name: &[u8]) -> Option<Arc<Command>> {
    lock(&Kernel::current().commands).iter().find(|command| command.name == name).cloned()
}

/// Runs the commands that are typed, until the input ends or `exit` is typed.
pub fn shell() {
    let is_terminal = io::stdin().is_terminal();
    loop {
        if is_terminal {
            print!("msh />");
        }
        // Without a terminal there is nothing to show in time.
        let _ = io::stdout().flush();
        let mut line = String::new();
        if !io::stdin().lock().read_line(&mut line).is_ok_and(|length| length > 0) {
            return;
        }
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.first() {
            None => {}
            Some(&"exit") => return,
            Some(name) if run_command(&words).is_none() => println!("{name}: command not found."),
            Some(_) => {}
        }
    }
}

/// See `rtt_mod.h`.
///
/// # Safety
///
/// As `rtt_mod.h` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn rttm_command_register(
    options: *const rttm_command_options,
    command: *mut *mut rttm_command,
) -> i32 {
    // SAFETY: the caller has options, whose name is as long as they say.
    let (options, name) = unsafe {
        let options = options.read();
        (options, slice::from_raw_parts(options.name.cast::<u8>(), options.name_length as usize).to_vec())
    };
    if find(&name).is_some() {
        return RTTM_ERROR_EXISTS;
    }
    let (made, kernel) = (Arc::new(Command { name, options }), Kernel::current());
    lock(&kernel.commands).push(Arc::clone(&made));
    // SAFETY: the caller has a place for the handle.
    unsafe { command.write(Object::open(Registration { command: made, kernel })) };
    RTTM_OK as i32
}
