//! Tests that are skipped on the RT-Thread that `RTT_PATH` names, each with its reason.

use std::ops::Range;

use firmware::{Board, Tree, Version};

/// A test that some versions of RT-Thread can't pass.
struct Exception {
    /// The test's group and name.
    test: &'static str,
    versions: Range<Version>,
    /// What the kernel's sources say.
    reason: &'static str,
}

const ALL: Range<Version> = Version::new(0, 0, 0)..Version::new(255, 0, 0);

const OWN_BUILD: &str = "it is about our own build of 4.0.3";

const BESIDE_DLMODULE: &str = "it compares with our own build of 4.0.3 without the glue";

const EXCEPTIONS: &[Exception] = &[
    Exception {
        test: "load::a_load_takes_no_more_than_these_instructions_and_sectors",
        versions: ALL,
        reason: BESIDE_DLMODULE,
    },
    Exception { test: "package::scons_wraps_what_the_glue_replaces", versions: ALL, reason: OWN_BUILD },
    Exception { test: "package::scons_wraps_no_loader_of_a_kernel_without_modules", versions: ALL, reason: OWN_BUILD },
    Exception {
        test: "threads::a_suspended_thread_ends_too",
        versions: Version::new(4, 1, 0)..Version::new(5, 3, 0),
        reason: "rt_thread_suspend asserts that a thread only suspends itself",
    },
];

/// Why the test called `name` is skipped on `board` with the kernel of `tree`; `None` if it is run.
pub fn reason_to_skip(board: &Board, tree: &Tree, name: &str) -> Option<&'static str> {
    if !tree.has_port(board) {
        return Some("the board has no BSP for this RT-Thread");
    }
    let is_of = |exception: &&Exception| name.ends_with(exception.test) && exception.versions.contains(&tree.version);
    EXCEPTIONS.iter().find(is_of).map(|exception| exception.reason)
}
