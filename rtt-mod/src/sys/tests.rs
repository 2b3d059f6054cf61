//! The tests of a module: `#[rtt_mod::tests]` puts a record of each into a section, which is the table of them.

use core::{hint::black_box, slice};

/// A test.
#[derive(Debug)]
#[repr(C)]
pub struct Test {
    /// Its path.
    pub name: &'static str,
    /// Whether it runs only when it is asked for.
    pub is_ignored: bool,
    /// Whether it has to panic.
    pub panics: Panics,
    /// The stack of its thread, in bytes.
    pub stack_bytes: u32,
    /// Runs it. The result is an exit code.
    pub run: fn() -> i32,
}

/// Whether a test has to panic.
#[derive(Clone, Copy, Debug)]
pub enum Panics {
    /// It fails when it panics.
    No,
    /// It fails unless it panics with a message that has this text in it.
    With(&'static str),
}

/// The tests of the module.
pub fn all() -> impl Iterator<Item = &'static Test> {
    unsafe extern "C" {
        // The linker makes these two symbols for a section with such a name.
        static __start_rtt_mod_tests: u8;
        static __stop_rtt_mod_tests: u8;
    }
    black_box(&NOT_A_TEST);
    let (start, stop) = (&raw const __start_rtt_mod_tests, &raw const __stop_rtt_mod_tests);
    let count = (stop.addr() - start.addr()) / size_of::<Test>();
    // SAFETY: only `#[rtt_mod::tests]`, and the static below, put something into the section: whole records of this type.
    let tests = unsafe { slice::from_raw_parts(start.cast::<Test>(), count) };
    tests.iter().filter(|test| !test.name.is_empty())
}

/// Without a test there would be no section, and no symbols. It has no name, and is not a test. It is not `#[used]`, so that it
/// is not in programs.
#[unsafe(link_section = "rtt_mod_tests")]
static NOT_A_TEST: Test = Test { name: "", is_ignored: false, panics: Panics::No, stack_bytes: 0, run: || 0 };
