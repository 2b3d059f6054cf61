//! Commands of the shell.

use std::{
    cell::RefCell,
    ffi::{CString, c_char},
    rc::Rc,
    slice,
};

use crate::{
    bindings::{RTTM_ERROR_EXISTS, RTTM_OK, rttm_command, rttm_command_options},
    handle::Object,
};

thread_local! {
    static COMMANDS: RefCell<Vec<Rc<Command>>> = const { RefCell::new(Vec::new()) };
}

/// A command, released when it is neither registered nor running.
struct Command {
    name: Vec<u8>,
    options: rttm_command_options,
}

impl Drop for Command {
    fn drop(&mut self) {
        if let Some(release) = self.options.release {
            // SAFETY: nobody calls `run` any more.
            unsafe { release(self.options.context) };
        }
    }
}

/// A handle: registered as long as it is open.
struct Registration(Rc<Command>);

impl Drop for Registration {
    fn drop(&mut self) {
        COMMANDS.with_borrow_mut(|commands| commands.retain(|command| !Rc::ptr_eq(command, &self.0)));
    }
}

/// Runs the command that this thread has registered as `words[0]`, and returns its result. `None` without such a one.
///
/// # Panics
///
/// When a word has a NUL in it.
pub fn run_command(words: &[&str]) -> Option<i32> {
    let command = find(words[0].as_bytes())?;
    let words: Vec<CString> = words.iter().map(|word| CString::new(*word).expect("a word has no NUL")).collect();
    let mut arguments: Vec<*mut c_char> = words.iter().map(|word| word.as_ptr().cast_mut()).collect();
    // SAFETY: the arguments are as for a `main`, and the command is not released before `command` is dropped.
    command.options.run.map(|run| unsafe { run(command.options.context, words.len() as i32, arguments.as_mut_ptr()) })
}

fn find(name: &[u8]) -> Option<Rc<Command>> {
    COMMANDS.with_borrow(|commands| commands.iter().find(|command| command.name == name).cloned())
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
    let made = Rc::new(Command { name, options });
    COMMANDS.with_borrow_mut(|commands| commands.push(Rc::clone(&made)));
    // SAFETY: the caller has a place for the handle.
    unsafe { command.write(Object::open(Registration(made))) };
    RTTM_OK as i32
}
