//! Processor faults in modules: the module ends, and everything else goes on.

use e2e::Fixture;

use super::{TestResult, Tests};

pub const TESTS: Tests = &[
    ("a_call_of_nothing_ends_the_module", |fixture| {
        ends(fixture, "call", &["forbidden instruction fetch", "0xf0000000, called from image+0x"])
    }),
    ("an_undefined_instruction_ends_the_module", |fixture| {
        ends(fixture, "instruction", &["undefined instruction", "image+0x", "the image is at", "on the stack:"])
    }),
    ("an_access_to_nothing_ends_the_module", |fixture| {
        ends(fixture, "access", &["data access at 0xf0000000", "12 0x"])
    }),
];

/// Stack overflows that the processor notices, or kernel-glue when it switches threads.
pub const FRAME_TESTS: Tests = &[
    ("a_stack_that_is_a_little_too_small_ends_the_module", |fixture| {
        if fixture.board.core.stack_bytes_of_interrupts() == 0 {
            return ends(fixture, "brim", &[OVERFLOW]);
        }
        // What the registers of an interrupt may take is not found, and no stack is smaller where there are some for floats.
        ends(fixture, "beyond", &["stack overflow: its 1152 bytes are used up"])
    }),
    ("a_frame_larger_than_the_stack_ends_the_module", |fixture| {
        // At the frame itself, or at the next call of the kernel.
        ends(fixture, "frame", &["stack overflow: ", "16384"])
    }),
];

/// Stack overflows that only the processor notices: without it, an endless recursion overwrites all memory.
pub const STACK_TESTS: Tests = &[("a_stack_overflow_ends_the_module", |fixture| ends(fixture, "stack", &[OVERFLOW]))];

const OVERFLOW: &str = "stack overflow: its 1024 bytes are used up";

fn ends(fixture: &Fixture, kind: &str, texts: &[&str]) -> TestResult {
    let mut session = fixture.boot()?;
    session.run("mod run hello")?.prints("exit code 0")?;
    let before = session.settled_memory()?;
    for _ in 0..3 {
        let mut printed = session
            .run(&format!("mod run faulty {kind}"))?
            .prints("before")?
            .prints_no("behind")?
            .prints("module 'faulty', thread '")?
            .prints("exit code 102")?;
        for text in texts {
            printed = printed.prints(text)?;
        }
    }
    session.lists_no("mod list", "faulty")?;
    session.lists_no("list_thread", "faulty")?;
    session.run("mod run hello")?.prints("exit code 0")?;
    session.uses(before)?;
    Ok(())
}
